"""What the last build remembers is exactly what the full line would say."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.build import pipeline, workers
from briefing.store import built, disk, request
from briefing.store.request import Request
from briefing.store.results import Outcome
from tests.conftest import QUICK, SAMPLE, Project, call, tries

FORMATS = ("markdown", "html")
EDITS = (
    ("content/facts/ferry.yaml", "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}"),
    ("content/facts/ferry.yaml", "review_by: 2099-12-31", "review_by: 2020-01-01"),
    ("content/facts/ferry.yaml", "status: discussed", "status: discused"),
    ("content/facts/harbour.yaml", "bound: up to", "bound: upto"),
    ("content/briefs/overview.md", "a storm", "<b>a storm</b>"),
    ("content/briefs/overview.md", "[](fact:ferry.places)", "[](fact:ferry.place)"),
    ("content/briefs/ferry-purchase.md", "owner: R. Lund", "owner: R. Lund\nlength: one-page"),
    ("content/pages/method.md", "A grade is a label.", "A grade is [](fact:ferry.nothing)."),
    ("content/project.yaml", "languages: [en-GB]", "languages: [en-GB]\ntypo: 1"),
)
TODAY = datetime.date(2031, 5, 1)


def _request(root: Path, command: str = "plan", **more: Any) -> Request:
    asked = Request(command, root, root / "output", datetime.date.today(), (), FORMATS)
    return dataclasses.replace(asked, **more)


def _remembered(asked: Request) -> Outcome | None:
    texts = disk.read(asked.root, request.FOLDERS)
    return request.remembered(asked, request.digest(asked, texts), built.read(asked.output))


def _in_full(asked: Request) -> Outcome:
    texts = disk.read(asked.root, request.FOLDERS)
    with workers.started(1) as pool:
        return pipeline.run(asked, texts, built.read(asked.output), "", pool, lambda *_: None)


@settings(max_examples=tries(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(EDITS), max_size=4, unique=True))
def test_shortcut_says_what_the_full_line_says(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str]]
) -> None:
    """Each edit is followed by a build: files of better days are held back, not forgotten."""
    project = Project(tmp_path_factory.mktemp("short") / "project")
    shutil.copytree(SAMPLE, project.root)
    for edit in (None, *edits):
        if edit:
            project.change(*edit)
        call("build", "--project", project.root, *QUICK)
        asked = _request(project.root)
        short, full = _remembered(asked), _in_full(asked)
        assert short is not None
        assert short.is_remembered
        assert dataclasses.replace(short, is_remembered=False) == full
        assert short.exit_code == full.exit_code
    shutil.rmtree(project.root)


@pytest.fixture
def remembering(quick: Project) -> Project:
    """A project of which everything is remembered."""
    assert _remembered(_request(quick.root)) is not None
    return quick


def test_it_answers_whatever_command_asks(remembering: Project) -> None:
    for command in ("plan", "build"):
        outcome = _remembered(_request(remembering.root, command))
        assert outcome
        assert outcome.command == command


def test_processes_and_folder_names_do_not_matter(remembering: Project, tmp_path: Path) -> None:
    moved = remembering.root.rename(tmp_path / "elsewhere")
    assert _remembered(_request(moved, processes=7)) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"briefs": ("overview",)},
        {"formats": ("markdown",)},
        {"formats": ()},
        {"as_of": datetime.date(2031, 4, 1)},
        {"today": datetime.date(2099, 1, 1)},
    ],
    ids=str,
)
def test_another_question_is_not_answered(remembering: Project, change: dict[str, Any]) -> None:
    assert _remembered(_request(remembering.root, **change)) is None


@pytest.mark.parametrize("edit", EDITS, ids=[str(number) for number in range(len(EDITS))])
def test_any_edit_is_noticed(remembering: Project, edit: tuple[str, str, str]) -> None:
    remembering.change(*edit)
    assert _remembered(_request(remembering.root)) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/pages/new.md", "x"),
        ("content/editions/overview.yaml", "x"),
        ("templates/own.j2", "x"),
        ("templates/print.css", "x"),
        ("output/briefs/overview.md", "by hand"),
    ],
)
def test_any_new_or_edited_file_is_noticed(remembering: Project, path: str, text: str) -> None:
    remembering.write(path, text)
    assert _remembered(_request(remembering.root)) is None


def test_missing_file_is_noticed(remembering: Project) -> None:
    (remembering.output / "briefs/overview.md").unlink()
    assert _remembered(_request(remembering.root)) is None


def test_interrupted_build_is_not_remembered(remembering: Project) -> None:
    manifest = built.read(remembering.output)
    built.write(remembering.output, dataclasses.replace(manifest, pending=frozenset({"briefs/x.md"})))
    assert _remembered(_request(remembering.root)) is None


def test_file_that_is_no_content_is_not_noticed(remembering: Project) -> None:
    remembering.write("notes.txt", "x")
    remembering.write("content/facts/.ferry.yaml.swp", "x")
    remembering.write("content/facts/ferry.yaml~", "x")
    assert _remembered(_request(remembering.root)) is not None


def test_digest_tells_files_apart_that_read_the_same_on_end(tmp_path: Path) -> None:
    """Text moved from the end of one file to the start of the next is another state."""
    digests = set()
    for one, two in (("ab", "c"), ("a", "bc"), ("abc", "")):
        root = Project(tmp_path / one)
        root.write("content/facts/a.yaml", one)
        root.write("content/facts/b.yaml", two)
        asked = Request("plan", root.root, root.output, TODAY)
        digests.add(request.digest(asked, disk.read(root.root, request.FOLDERS)))
    assert len(digests) == 3
