"""The benchmark is run by hand, so a test holds that what it calls is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.conftest import SAMPLE


@pytest.mark.process
def test_the_page_that_is_typeset_beside_a_build_is_that_of_the_build(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    page, styles = bench._page_for_print(project, "ferry-purchase")
    assert "The ferry purchase" in page.read_text("utf-8")
    assert "@page" in styles.read_text("utf-8")
