"""The folder of the captures: the one of the call, the one of the project file, or the usual one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.store import disk, request
from tests import values
from tests.conftest import Project, call

PROJECT = "content/project.yaml"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The good project, with its captures in a folder that only the project file names."""
    monkeypatch.delenv("BRIEFING_CAPTURES", raising=False)
    made = Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")))
    (made.root / "texts").mkdir()
    (made.root / "captures").rename(made.root / "texts/read")
    made.write(PROJECT, made.read(PROJECT) + "captures: texts/read  # as we have always had it\n")
    return made


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ("", "captures"),
        ("captures: texts\n", "texts"),
        ("title: Trams\ncaptures:   'texts/read in'   # a note\n", "texts/read in"),
        ('captures: "texts"\n', "texts"),
        ("notes:\n  captures: texts\n", "captures"),
        ("captures: ../texts\n", "captures"),
        ("captures: /etc\n", "captures"),
        ("captures: content/sources\n", "captures"),
    ],
)
def test_the_folder_is_read_from_its_line(line: str, folder: str) -> None:
    assert disk.captures_folder(line) == folder


def test_every_command_finds_the_folder_of_the_project_file(elsewhere: Project) -> None:
    texts = disk.read(elsewhere.root, request.FOLDERS)
    assert (texts.captures, sorted(texts.captured)) == ("texts/read", ["interview.txt", "report.txt"])
    assert elsewhere.call("verify").exit_code == 0
    elsewhere.write("note.txt", "The maker delivered 20 drones on 3 March 2026.\n")
    said = call(
        *("source", "add", elsewhere.root / "note.txt", "--language", "en", "--project", elsewhere.root)
    )
    assert said.exit_code == 0, said.text
    assert (elsewhere.root / "texts/read/note.txt").is_file()


def test_the_checks_read_the_captures_there(elsewhere: Project) -> None:
    sheet = "content/facts/drones.yaml"
    elsewhere.change(sheet, "[up to twenty machines]", "[twenty machines]")
    elsewhere.change(sheet, "{amount: 20, unit: drones, bound: up to}", "{amount: 20, unit: drones}")
    assert "value-not-stated" in elsewhere.call("check").text
    (elsewhere.root / "texts/read").rename(elsewhere.root / "texts/unread")
    assert "value-not-stated" not in elsewhere.call("check").text


def test_a_call_goes_before_the_project_file(elsewhere: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (elsewhere.root / "texts/read").rename(other)
    assert "there is no folder" in elsewhere.call("verify").err
    assert elsewhere.call("verify", "--captures", str(other)).exit_code == 0
    said = call("verify", "--project", elsewhere.root, env={"BRIEFING_CAPTURES": str(other)})
    assert said.exit_code == 0


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("../texts", "it is not the path of a folder below the project"),
        ("/texts", "it is not the path of a folder below the project"),
        ("C:\\texts", "it has a character that a path of a project cannot have"),
        ("content/texts", "the folder content/ is for something else"),
        (">-\n  texts", "the folder of the captures is not on one line"),
    ],
)
def test_a_folder_that_cannot_be_used_is_an_error_at_its_line(
    elsewhere: Project, folder: str, message: str
) -> None:
    elsewhere.change(PROJECT, "texts/read  # as we have always had it", folder)
    said = elsewhere.call("check")
    assert said.exit_code == 1
    assert message in said.text
    line = elsewhere.read(PROJECT).partition("captures:")[0].count("\n") + 1
    assert f"{PROJECT}:{line}:" in said.text


def test_another_folder_is_read_while_the_preview_is_open(elsewhere: Project) -> None:
    before = disk.read(elsewhere.root, request.FOLDERS)
    assert disk.read_again(elsewhere.root, before, [PROJECT])
    elsewhere.change(PROJECT, "texts/read", "texts")
    assert disk.read_again(elsewhere.root, before, [PROJECT]) is None
