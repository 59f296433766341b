"""The benchmark is run by hand, so a test holds that what it calls is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import typesetting
from tests.conftest import SAMPLE


@pytest.mark.process
def test_the_page_that_is_typeset_beside_a_build_is_that_of_the_build(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    page, styles = bench._page_for_print(project, "ferry-purchase")
    assert "The ferry purchase" in page.read_text("utf-8")
    assert "@page" in styles.read_text("utf-8")


@pytest.mark.process
def test_typesetting_is_compared_on_the_pages_of_the_build(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    pages = typesetting.pages_of(project)
    names = ("ferry-purchase.pdf", "ferry-purchase.flash.pdf")
    found = typesetting.comparisons(tmp_path, {name: pages[name] for name in names}, names[:1])
    assert found[0].name == "ferry-purchase.pdf: cold"
    assert "The ferry purchase" in (tmp_path / "ferry-purchase.pdf.html").read_text("utf-8")
    assert "@page" in (tmp_path / "ferry-purchase.pdf.css").read_text("utf-8")
