"""Two states of a brief are found by edition, by day, or as the brief stands."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from briefing.commands import diff
from briefing.model.findings import UsageError
from briefing.redline.tree import EditKind
from briefing.store import disk, request
from tests.conftest import Project, Said

FERRY = "content/facts/ferry.yaml"
PURCHASE = "ferry-purchase"
COUNT = "value: {amount: 4, unit: ferries}"
FIVE = "value: {amount: 5, unit: ferries}"
TODAY = datetime.date(2031, 5, 1)


def compared(root: Path, old: str, new: str = diff.NOW) -> diff.Comparison:
    return diff.run(disk.read(root, request.FOLDERS), PURCHASE, old, new, TODAY)


def issued(project: Project, note: str) -> Said:
    said = project.call("issue", PURCHASE, "--note", note, "--by", "R. Lund")
    assert said.exit_code == 0, said.text
    return said


def test_without_an_edition_a_day_has_to_be_named(project: Project) -> None:
    with pytest.raises(UsageError, match="has no issued edition yet; name a day: --from DATE"):
        compared(project.root, "")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "7",
            "expected a day such as 2025-11-30 or an edition of 'ferry-purchase', found '7'; there are none",
        ),
        ("2031-02-31", "there is no day 2031-02-31"),
    ],
)
def test_state_that_does_not_exist_is_told(project: Project, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compared(project.root, name)


@pytest.mark.pdf
def test_from_the_last_edition_to_what_is_written_now(project: Project) -> None:
    issued(project, "The first.")
    project.change(FERRY, COUNT, FIVE)
    project.change(
        "content/briefs/ferry-purchase.md", "What the letter of intent covers", "What the letter covers"
    )
    redline = compared(project.root, "").redline
    assert redline is not None
    assert redline.old.words.startswith("edition 1 (")
    assert redline.new.words.startswith("the draft of today’s statements (as of ")
    assert (redline.old.name, redline.new.name) == ("1", "now")
    assert any("4 ferries" in line and "5 ferries" in line for line in redline.front)
    assert redline.counts[EditKind.INSERTED] and redline.counts[EditKind.DELETED]


@pytest.mark.pdf
def test_what_speaks_of_changes_is_no_part_of_the_text(project: Project) -> None:
    issued(project, "The first.")
    project.change(FERRY, COUNT, FIVE)
    redline = compared(project.root, "").redline
    assert redline is not None
    written = project.call("diff", PURCHASE, "--format", "md")
    assert written.exit_code == 0
    text = (project.output / "redlines/ferry-purchase-1-to-now.md").read_text("utf-8")
    assert "{--4--}{++5++} ferries" in text or "{--4 ferries--}{++5 ferries++}" in text
    assert "To be checked" not in text
    assert "to be checked" not in text
    assert "What changed since edition 1" not in text


@pytest.mark.pdf
def test_brief_as_it_was_issued_has_no_changes(project: Project) -> None:
    issued(project, "The first.")
    redline = compared(project.root, "").redline
    assert redline is not None
    assert redline.old == redline.new
    assert redline.counts == {EditKind.INSERTED: 0, EditKind.DELETED: 0}
    assert redline.front == ()


def test_days_are_compared_as_what_was_known_on_them(project: Project) -> None:
    redline = compared(project.root, "2031-03-31").redline
    assert redline is not None
    assert redline.old.words == "the draft as of 31\N{NO-BREAK SPACE}March 2031"
    assert redline.counts[EditKind.INSERTED]


def test_brief_with_errors_is_told_and_not_compared(project: Project) -> None:
    project.change(FERRY, COUNT, "value: {amount: many, unit: ferries}")
    said = project.call("diff", PURCHASE, "--from", "2031-03-31")
    assert said.exit_code == 1
    assert "held back, because of errors" in said.err
    assert f"{FERRY}:" in said.err


def test_command_writes_and_names_the_file(project: Project) -> None:
    said = project.call("diff", PURCHASE, "--from", "2031-03-31")
    assert said.exit_code == 0, said.text
    path = project.output / "redlines" / "ferry-purchase-2031-03-31-to-now.html"
    assert path.read_bytes().startswith(b"<!doctype html>")
    assert said.out.startswith(f"{path}: ")
    assert "insertion" in said.out and "deletion" in said.out


def test_build_leaves_redlines_alone(project: Project) -> None:
    project.call("diff", PURCHASE, "--from", "2031-03-31", "--format", "md")
    path = project.output / "redlines" / "ferry-purchase-2031-03-31-to-now.md"
    before = path.read_bytes()
    assert project.build("--format", "markdown").exit_code == 0
    assert path.read_bytes() == before


def test_output_goes_where_it_is_asked_for(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "out" / "mine.md"
    said = project.call("diff", PURCHASE, "--from", "2031-03-31", "--format", "md", "--output", str(target))
    assert said.exit_code == 0, said.text
    assert target.read_text("utf-8").startswith("# Redline of The ferry purchase")


def test_unknown_brief_is_told_with_those_there_are(project: Project) -> None:
    said = project.call("diff", "ferry")
    assert said.exit_code == 2
    assert "there is no brief 'ferry'; the choices are ferry-purchase, overview" in said.err


@pytest.mark.pdf
def test_a_redline_is_marked_as_strictly_as_what_its_older_text_shows_now(project: Project) -> None:
    issued(project, "The first.")
    project.change(FERRY, "\n  type:\n", "\n  type:\n    marking: AMBER\n")
    project.change("content/briefs/ferry-purchase.md", "of the class [](fact:ferry.type), to", "to")
    project.change("content/pages/method.md", "[](fact:ferry.type)", "a fact")
    redline = compared(project.root, "").redline
    assert redline
    assert redline.marking == "AMBER"
