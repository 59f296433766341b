"""Moving a corpus to matters: what is proposed, and that the files stay as they are but for that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.commands import migrate
from briefing.content import layout, linker
from briefing.model.values import Key
from briefing.store import disk, request
from briefing.store.disk import Texts
from tests import values
from tests.conftest import Project

SHEET = "content/facts/drones.yaml"
MATTERS = "content/matters.yaml"
TALKS = """  talks:
    # Nobody says what they are about.
    kind: commitment   # It has a status.
    statement: They talk.
    evidence: [{source: report, paragraph: 1, terms: [a letter]}]
    status: discussed
  braces: {kind: commitment, statement: They go on., status: discussed,
    evidence: [{source: report, paragraph: 1, terms: [a letter]}], systems: [interceptor]}
"""


def unmoved() -> dict[str, str]:
    """The texts of the good project as they were before there were matters, with two talks more."""
    texts = {path: text for path, text in values.good_texts().texts.items() if path != MATTERS}
    for path, text in texts.items():
        texts[path] = "".join(
            line
            for line in text.splitlines(keepends=True)
            if "matters: [drone-deal]" not in line and "matters: [sheet]" not in line
        )
    texts[SHEET] = texts[SHEET].replace("  price:\n", f"{TALKS}  price:\n", 1)
    return texts


def proposed(texts: dict[str, str]) -> migrate.Migration:
    return migrate.proposed(Texts(texts, (), ""))


def test_a_system_is_a_matter_and_so_is_the_rest_of_a_sheet() -> None:
    found = proposed(unmoved())
    assert [(item.id, item.name, item.topic) for item in found.matters] == [
        ("interceptor", "Interceptor", "drones"),
        ("drones-in-general", "Drones in general", "drones"),
        ("papers-in-general", "Papers in general", "papers"),
    ]
    assert found.facts == {
        "drones.letter": ("interceptor",),
        "drones.talks": ("drones-in-general",),
        "drones.braces": ("interceptor",),
        "papers.picture": ("papers-in-general",),
    }


def test_the_files_have_new_lines_and_are_otherwise_the_same() -> None:
    before = unmoved()
    files = proposed(before).files
    assert files
    new = [line for line in files[SHEET].splitlines() if line not in before[SHEET].splitlines()]
    assert new == [
        "    matters: [interceptor]",
        "    matters: [drones-in-general]",
        "  braces: {matters: [interceptor], kind: commitment, statement: They go on., status: discussed,",
    ]
    assert "kind: commitment   # It has a status.\n    matters: [drones-in-general]\n" in files[SHEET]


def test_what_is_written_is_sound_and_leaves_nothing_to_do() -> None:
    moved = {**unmoved(), **(proposed(unmoved()).files or {})}
    records, findings = layout.load(Texts(moved, (), ""))
    assert records
    assert (findings, linker.link(records)[1]) == ((), ())
    again = proposed(moved)
    assert (again.matters, again.facts, again.files) == ((), {}, {})


def test_matters_that_there_are_stay_as_they_are_and_take_what_concerns_the_same() -> None:
    texts = {
        **unmoved(),
        MATTERS: "# Ours.\ndeal:\n  name: The deal\n  topic: drones\n  systems: [interceptor]\n",
    }
    found = proposed(texts)
    assert found.files
    assert [item.id for item in found.matters] == ["drones-in-general", "papers-in-general"]
    assert (found.facts or {})[Key("drones.letter")] == ("deal",)
    assert found.files[MATTERS].startswith(texts[MATTERS])


@pytest.mark.parametrize("broken", ["title: [", "title: Drones\nsummary: x\nfacts: {}\nodd: 1\n"])
def test_a_corpus_with_errors_is_left_alone(broken: str) -> None:
    found = proposed({**unmoved(), SHEET: broken})
    assert (found.facts, found.files) == (None, None)
    assert found.findings


def test_it_is_shown_first_and_written_on_demand(tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")))
    for path, text in unmoved().items():
        project.write(path, text)
    (project.root / MATTERS).unlink()
    shown = project.call("migrate")
    assert shown.exit_code == 0
    assert shown.text.startswith(
        "3 new matters, and the matters of 4 facts in 2 sheets, would be written.\n  interceptor: Interceptor"
    )
    assert not (project.root / MATTERS).exists()
    written = project.call("migrate", "--write")
    assert "were written" in written.text
    assert disk.read(project.root, request.FOLDERS).texts[MATTERS].startswith("# What the facts are about.")
    assert project.call("migrate").text.startswith("Every commitment has a matter")


def test_a_corpus_with_errors_ends_with_them(tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")))
    project.change(SHEET, "status: intent", "status: intended")
    said = project.call("migrate", "--write")
    assert said.exit_code == 1
    assert "Nothing was written: correct these errors first." in said.text
