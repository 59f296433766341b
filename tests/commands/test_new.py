"""New records: a skeleton in its place, everything else as it was, and every slip explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.commands import new
from tests import values
from tests.conftest import Project, Said, call

SHEET = "content/facts/drones.yaml"


@pytest.fixture
def good(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")))


def made(project: Project, *arguments: str) -> Said:
    said = call("new", *arguments, "--project", project.root)
    assert said.exit_code == 0, said.text
    return said


def errors(project: Project) -> list[tuple[str, str]]:
    """What ``check`` asks for, without the lines."""
    found = call("check", "--json", "--project", project.root).record["findings"]
    return [(item["check"], item["message"]) for item in found if item["severity"] == "error"]


STATEMENT, EVIDENCE = ("empty", "'statement' has no value"), ("empty", "'evidence' has no value")


def test_a_fact_goes_to_the_end_of_the_facts_of_its_sheet(good: Project) -> None:
    before = good.read(SHEET)
    said = made(good, "fact", "drones.range", "drones.speed", "--source", "report")
    after = good.read(SHEET)
    begin, end = before.index("disagreements:"), after.index("disagreements:")
    assert after[end:] == before[begin:]
    assert after.startswith(before[:begin])
    block = after[begin:end]
    assert [line for line in block.splitlines() if line.endswith(":") and "#" not in line] == [
        "  range:",
        "  speed:",
    ]
    assert block.count("    kind: context   # One of commitment, event, claim, context, observation.\n") == 2
    assert 'report 5 "key words"' in block
    line = after[:begin].count("\n") + 3
    assert f"{SHEET}:{line}: 'statement' has no value" in said.out
    assert errors(good) == [STATEMENT, EVIDENCE, STATEMENT, EVIDENCE]


def test_a_fact_leaves_out_what_the_sheet_has_as_its_default(good: Project) -> None:
    good.change(SHEET, "facts:\n  letter:", "defaults:\n  source: report\n  kind: claim\nfacts:\n  letter:")
    made(good, "fact", "drones.range")
    block = good.read(SHEET).partition("  range:\n")[2].partition("disagreements:")[0]
    assert "kind:" not in block
    assert 'letter by letter: 5 "key words"' in block


def test_notes_and_empty_lines_stay_where_they_are(good: Project) -> None:
    good.write(
        SHEET,
        "title: T\nsummary: S\nfacts:  # All of them.\n\n    a: {kind: context, statement: A., "
        'evidence: report 1 "a letter"}\n\n# What nobody says:\ngaps:\n  x: {question: Who?}\n# End.',
    )
    made(good, "fact", "drones.b", "--source", "report")
    lines = good.read(SHEET).splitlines()
    assert lines[:5] == [
        *("title: T", "summary: S", "facts:  # All of them.", ""),
        '    a: {kind: context, statement: A., evidence: report 1 "a letter"}',
    ]
    assert lines[5:7] == ["", "    b:"]
    assert lines[7].startswith("      kind: context")
    assert lines[11:] == ["", "# What nobody says:", "gaps:", "  x: {question: Who?}", "# End."]


def test_the_ends_of_lines_stay_those_of_the_file(good: Project) -> None:
    path = good.root / "content/actors.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    made(good, "actor", "mara")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")


@pytest.mark.parametrize("facts", ["facts: {}", "facts:", "facts:   # None yet.", "# No facts."])
def test_the_first_fact_of_a_sheet(good: Project, facts: str) -> None:
    good.write("content/facts/other.yaml", f"title: T\nsummary: S\n{facts}\n")
    made(good, "fact", "other.first", "--source", "report")
    assert errors(good) == [STATEMENT, EVIDENCE]


def test_a_sheet_and_a_brief_ask_for_what_only_a_person_knows(good: Project) -> None:
    made(good, "sheet", "north-line", "--source", "report", "--called", "Line: the north")
    assert errors(good) == [("empty", "'summary' has no value")]
    good.change("content/facts/north-line.yaml", "summary:   #", "summary: The north.   #")
    assert errors(good) == []
    made(good, "fact", "north-line.opening")
    made(good, "brief", "north-line")
    assert "[your own words](fact:north-line.opening)" in good.read("content/briefs/north-line.md")
    assert errors(good) == [("empty", "'bottom_line' has no value"), STATEMENT, EVIDENCE]
    good.change(
        "content/briefs/north-line.md",
        "bottom_line:   #",
        "bottom_line: '[It opens](fact:north-line.opening).'   #",
    )
    sheet = "content/facts/north-line.yaml"
    good.change(sheet, "statement:   #", "statement: A line was opened.   #")
    good.change(sheet, "evidence:   #", 'evidence: 4 "opened in February 2026"   #')
    assert errors(good) == []


@pytest.mark.parametrize(
    ("kind", "path", "lines"),
    [
        ("actor", "content/actors.yaml", ["  name: Mara O'Dell   #", "  kind: person   #"]),
        ("system", "content/systems.yaml", ["  name: Mara O'Dell   #", "  category:   #"]),
        ("origin", "content/origins.yaml", ["  title:   #", "  said_by: []   #", "  date: not stated   #"]),
    ],
)
def test_a_record_of_a_register_goes_to_its_end(
    good: Project, kind: str, path: str, lines: list[str]
) -> None:
    before = good.read(path)
    made(good, kind, "mara", *(() if kind == "origin" else ("--called", "Mara O'Dell")))
    after = good.read(path)
    assert after.startswith(before)
    entry = after.removeprefix(before).lstrip("\n")
    assert entry.startswith("mara:\n")
    assert all(line in entry for line in lines)


def test_a_register_that_is_not_there_is_made(good: Project) -> None:
    (good.root / "content/systems.yaml").unlink()
    made(good, "system", "tram")
    assert good.read("content/systems.yaml").startswith("tram:\n  name: Tram   #")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("facts drones.x", "there is no kind 'facts'; did you mean 'fact'?"),
        ("fact range", "expected SHEET.NAME, found 'range'; the sheets are drones"),
        ("fact dornes.x", "there is no sheet 'dornes'; did you mean 'drones'?"),
        ("fact drones.letter", "the record 'letter' is already in content/facts/drones.yaml"),
        ("fact drones.payer", "the record 'payer' is already in content/facts/drones.yaml"),
        ("fact drones.A", "'A' cannot be a name: use lower-case letters"),
        ("fact drones.x --source reprot", "there is no source 'reprot'; did you mean 'report'?"),
        ("fact drones.x --called X", "--called: a new fact takes --source"),
        ("sheet drones", "the sheet 'drones' is already in content/facts/drones.yaml"),
        ("brief letter", "the brief 'letter' is already in content/briefs/letter.md"),
        ("brief x --sheet dornes", "there is no sheet 'dornes'; did you mean 'drones'?"),
        ("actor minister", "the actor 'minister' is already in content/actors.yaml"),
        ("actor one two --called X", "--called is the name of one record"),
    ],
)
def test_a_slip_is_explained_and_nothing_is_written(good: Project, arguments: str, words: str) -> None:
    before = {path: path.read_bytes() for path in good.root.rglob("content/**/*") if path.is_file()}
    said = call("new", *arguments.split(), "--project", good.root)
    assert said.exit_code == 2
    assert words in said.err.replace("\n", " ")
    assert before == {path: path.read_bytes() for path in good.root.rglob("content/**/*") if path.is_file()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: [\n", "has an error, so nothing was written; correct it first: content/facts/drones.yaml:"),
        (
            "title: T\nfacts: {a: {kind: context}}\n",
            "are between braces; write each on lines of its own first",
        ),
        ("title: T\nfacts:\n  {a: {kind: context}}\n", "cannot be extended"),
    ],
)
def test_a_sheet_that_cannot_be_extended_stays_as_it_is(good: Project, text: str, words: str) -> None:
    good.write(SHEET, text)
    said = call("new", "fact", "drones.x", "--project", good.root)
    assert said.exit_code == 2
    assert words in said.err.replace("\n", " ")
    assert good.read(SHEET) == text


def test_the_help_names_every_kind() -> None:
    assert new.KINDS.keys() >= {"sheet", "fact", "brief", "actor", "system", "origin"}
    said = call("new", "--help").out
    assert all(kind in said for kind in new.KINDS)
