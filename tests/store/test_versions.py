"""Versions found without importing anything."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.model.findings import MissingLibraryError
from briefing.store import versions
from tests.conftest import REPOSITORY, environment


@pytest.mark.parametrize("name", ["weasyprint", "fonttools", "pydyf", "tinycss2", *versions.FONT_PACKAGES])
def test_version_is_that_of_the_installed_package(name: str) -> None:
    (found,) = versions.of_packages(name)
    assert found.startswith(f"{name} ")
    installed = importlib.metadata.version(name.replace("_", "-"))
    assert _numbers(found.rpartition(" ")[2]) == _numbers(installed)


def _numbers(version: str) -> list[int]:
    """4.4 and 4.004 are one version: names of folders leave noughts out."""
    return [int(part) for part in version.split(".")]


def test_package_that_is_not_there_is_absent() -> None:
    assert versions.of_packages("no-such-package") == ("no-such-package absent",)


def test_everything_that_sets_type_has_a_version() -> None:
    found = versions.of_typesetting()
    assert not [item for item in found if item.endswith((" absent", " None"))]
    assert len(found) == len({item.rpartition(" ")[0] for item in found})


@pytest.mark.process
def test_digest_of_everything_is_the_same_in_every_process() -> None:
    code = "from briefing.store import versions; print(versions.of_everything())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment(PYTHONHASHSEED=seed, LC_ALL="C"),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {versions.of_everything()}


@pytest.mark.parametrize(
    "file", ["templates/site/site.css", "briefing/pages/method.md", "briefing/model/edtf.py"]
)
@pytest.mark.process
def test_everything_that_comes_with_the_program_has_a_say(file: str, tmp_path: Path) -> None:
    """A project elsewhere is built anew where the program's own templates or pages have changed."""
    for folder in ("briefing", "templates"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))

    def digest() -> str:
        code = "from briefing.store import versions; print(versions.of_everything())"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    before = digest()
    assert digest() == before
    with (tmp_path / file).open("a", encoding="utf-8") as target:
        target.write("\n")
    assert digest() != before


def test_folder_of_a_package_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(MissingLibraryError, match="no-such-package is not installed; install it with"):
        versions.package_folder("no_such_package")
    assert versions.package_folder("fontpkg_source_sans_3").is_dir()


def test_program_is_installed_under_the_name_that_install_lines_use() -> None:
    assert importlib.metadata.metadata(versions.DISTRIBUTION)["Name"] == versions.DISTRIBUTION


@pytest.mark.parametrize(
    ("has_pip", "tool"),
    [
        (True, [sys.executable, "-m", "pip", "install"]),
        (False, ["uv", "pip", "install", "--python", sys.executable]),
    ],
)
def test_install_line_works_with_pip_and_without(
    has_pip: bool, tool: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if has_pip else None)
    assert shlex.split(versions.how_to_install("web")) == [*tool, "briefing-compiler[web]"]
    assert shlex.split(versions.how_to_install()) == [*tool, "briefing-compiler"]


def test_install_line_survives_a_folder_with_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/home/a writer/.venv/bin/python")
    assert shlex.split(versions.how_to_install("web"))[0] == "/home/a writer/.venv/bin/python"
