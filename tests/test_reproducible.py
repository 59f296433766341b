"""The same state gives the same bytes: elsewhere, later, in another language, by more processes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, SAMPLE, contents, environment, run

ELSEWHERE = {
    "PYTHONHASHSEED": "12345",
    "TZ": "Pacific/Kiritimati",
    "LANG": "uk_UA.UTF-8",
    "LC_ALL": "C",
    "LANGUAGE": "fr",
    "HOME": "/nonexistent",
}


def _differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    assert one.keys() == other.keys()
    return [path for path in one if one[path] != other[path]]


@pytest.fixture(scope="module")
def sample_elsewhere(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample as it was built, and built again in a folder of an odd name, one file at a time."""
    folder = tmp_path_factory.mktemp("an other place") / "Проєкт №2"
    shutil.copytree(SAMPLE, folder)
    time.sleep(1.1)
    said = run("build", "--project", ".", "--jobs", "1", cwd=folder, env=environment(**ELSEWHERE))
    assert said.exit_code == 0, said.text
    return built_sample / "output", folder / "output"


def test_texts_and_fonts_of_the_sample_are_the_same_everywhere(sample_elsewhere: tuple[Path, Path]) -> None:
    here, there = map(contents, sample_elsewhere)
    assert [path for path in _differing(here, there) if not path.endswith(".pdf")] == []


def test_pdfs_of_the_sample_are_the_same_everywhere(sample_elsewhere: tuple[Path, Path]) -> None:
    here, there = map(contents, sample_elsewhere)
    assert _differing(here, there) == []


def test_no_path_name_or_clock_is_in_a_file(sample_elsewhere: tuple[Path, Path]) -> None:
    for output in sample_elsewhere:
        for path, data in contents(output).items():
            for trace in (str(output).encode(), str(REPOSITORY).encode(), "Проєкт".encode(), b"/tmp/"):
                assert trace not in data, path


@pytest.fixture(scope="module")
def shipped_elsewhere(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("elsewhere")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, folder / "copy" / name)
    arguments = ("--project", "copy", "--output", "results", "--jobs", "3")
    said = run("build", *arguments, cwd=folder, env=environment(**ELSEWHERE))
    assert said.exit_code == 0, said.text
    return shipped, folder / "results"


def test_texts_and_fonts_of_the_shipped_content_are_the_same_everywhere(
    shipped_elsewhere: tuple[Path, Path],
) -> None:
    here, there = map(contents, shipped_elsewhere)
    assert [path for path in _differing(here, there) if not path.endswith(".pdf")] == []


def test_pdfs_of_the_shipped_content_are_the_same_everywhere(shipped_elsewhere: tuple[Path, Path]) -> None:
    here, there = map(contents, shipped_elsewhere)
    assert _differing(here, there) == []
