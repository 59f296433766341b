"""A project to start from: it is whole, sound, and never in the way of what is there already."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from briefing.build.steps import Snapshot
from briefing.cli import main, reference
from briefing.commands import init
from briefing.content import yaml_nodes
from briefing.content.linker import NAMED
from briefing.model.findings import BriefingError, UsageError
from briefing.model.library import Library
from briefing.model.scales import Bound, FactKind
from briefing.model.values import Money
from briefing.store import records
from briefing.store.records import Call
from tests import ledgers
from tests.conftest import REPOSITORY, Project, call, environment, run, snapshot_of
from tests.values import Reached

VERIFIED = "verification.yaml"
STARTERS = (init.FIRST, init.EXAMPLE)


def laid(folder: Path, name: str) -> Project:
    """A project as ``briefing init`` makes it."""
    said = call("init", folder, *(["--example"] if name == init.EXAMPLE else []))
    assert said.exit_code == 0, said.text
    return Project(folder)


@pytest.fixture(scope="module", params=STARTERS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Each of the starters; not to be changed."""
    return laid(tmp_path_factory.mktemp("init") / "new", request.param)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(laid(tmp_path_factory.mktemp("example"), init.EXAMPLE).root)


@pytest.fixture(scope="module")
def library(example: Snapshot) -> Library:
    assert example.library
    return example.library


# --------------------------------------------------------------------------------------------- it is sound


def test_a_new_project_has_no_error_and_no_warning(project: Project) -> None:
    said = project.call("check", "--verbose")
    assert (said.exit_code, said.out) == (0, "0 errors, 0 warnings\n") or "1 note" in said.out
    assert "warning[" not in said.err and "error[" not in said.err


def test_every_passage_of_a_new_project_is_in_its_text(project: Project) -> None:
    captures = str(project.root / init.CAPTURES)
    said = project.call("verify", "--captures", captures)
    assert said.exit_code == 0, said.text
    assert said.out.rstrip().endswith("0 errors, 0 warnings")
    said = project.call("coverage", "--all", "--captures", captures)
    assert said.exit_code == 0, said.text
    assert re.search(r"mentions cited \(100 %\)\n\d", said.out)  # then what is stated and inferred


@pytest.mark.pdf
@pytest.mark.process
def test_a_new_project_is_built_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder itself, which nobody names; ``test_readme`` does it in a process of its own."""
    monkeypatch.chdir(tmp_path)
    said = call("init", "mine")
    assert said.exit_code == 0, said.text
    monkeypatch.chdir("mine")
    said = call("build")
    assert said.exit_code == 0, said.text
    assert "0 errors, 0 warnings" in said.out
    site = tmp_path / "mine/output/site"
    assert (site / "index.html").is_file()
    assert (site / "pages/handbook.html").is_file()
    assert (site / "pages/method.html").is_file()
    assert (tmp_path / "mine/output/briefs/footbridge.pdf").read_bytes().startswith(b"%PDF")
    printed = (tmp_path / "mine/output/briefs/footbridge.md").read_text("utf-8")
    assert "## What is decided" in printed
    assert "put no notes" not in printed and "<!--" not in printed


def test_nothing_in_a_new_project_is_due_for_many_years(project: Project) -> None:
    said = project.call("due", "--within", "52w")
    assert said.exit_code == 0, said.text
    assert said.out.startswith("0 facts overdue, 0 milestones passed")


def test_results_stay_out_of_version_control(project: Project) -> None:
    assert "/output/" in project.read(".gitignore").splitlines()


def test_every_line_of_the_first_project_says_what_to_put_in_its_place() -> None:
    """All but lists of evidence, whose meaning is said once, and fields that an earlier block explained."""
    explained: set[str] = set()
    silent = []
    for path, data in init.tree(init.FIRST).items():
        if not path.endswith((".yaml", ".md")) or path.endswith(VERIFIED):
            continue
        lines = data.decode().splitlines()
        for number, line in enumerate(lines):
            field = re.match(r" *([a-z_0-9]+):(?= |$)", line)
            if not field or field[1] in explained:
                continue
            before = lines[number - 1] if number else ""
            if " # " in line or before.startswith("#"):
                explained.add(field[1])
            else:
                silent.append(f"{path}:{number + 1}: {line}")
    names = (
        "facts:",
        "money:",
        "closed:",
        "way-to-school:",
        "reopening:",
        "open-again:",
        "builder:",
        "joan-pell:",
    )
    assert [item for item in silent if not item.endswith(names) and "question:" not in item] == []


@pytest.mark.parametrize("name", STARTERS)
def test_every_field_of_a_starter_is_in_the_reference(name: str) -> None:
    written = (REPOSITORY / "REFERENCE.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `([a-z_0-9]+)` \|", written, re.MULTILINE))
    for path, data in init.tree(name).items():
        if not path.startswith("content/") or path.startswith("content/editions"):
            continue
        text = data.decode()
        if path.endswith(".md"):
            front, _ = yaml_nodes.parse_front_matter(text, path)
            node = front and front.head
        else:
            node, _ = yaml_nodes.parse(text, path)
        assert isinstance(node, yaml_nodes.Mapping)
        is_register = path.rpartition("/")[2] in ("actors.yaml", "systems.yaml", "origins.yaml", VERIFIED)
        fields = set(fields_of(node, is_register))
        assert fields
        assert fields <= documented, path


def fields_of(node: yaml_nodes.Node, is_register: bool = False) -> Iterator[str]:
    """The fields of a record and of all within it, without the names that records have in a register."""
    if isinstance(node, yaml_nodes.Sequence):
        for item in node.items:
            yield from fields_of(item)
    elif isinstance(node, yaml_nodes.Mapping):
        for key, value in node.items:
            if not is_register:
                yield key.text
            if key.text != "review_after":
                yield from fields_of(value, not is_register and key.text in NAMED)


def test_the_first_project_shows_what_newcomers_miss(tmp_path: Path) -> None:
    known = snapshot_of(laid(tmp_path / "first", init.FIRST).root).library
    assert known
    assert [fact.said_by for fact in known.facts.values() if fact.kind is FactKind.CLAIM] == [("joan-pell",)]
    assert known.actors["joan-pell"].name == "Joan Pell"
    bounds = [fact.value.bound for fact in known.facts.values() if isinstance(fact.value, Money)]
    assert bounds == [Bound.UP_TO]
    assert [item.date.edtf for item in known.milestones.values()] == ["../2027"]
    assert known.project.contact is None


def test_what_there_is_one_of_is_counted_in_the_singular(tmp_path: Path) -> None:
    made = ledgers.site_of(laid(tmp_path / "first", init.FIRST))
    listed = made["registers.html"]
    assert ">1 milestone<" in listed
    for path, page in made.items():
        if path.endswith(".html") and not path.startswith("pages/"):
            plural = r"\b1 (?:facts|milestones|judgements|differences|sources|questions|briefs|passages)\b"
            assert not re.search(plural, page), path


@pytest.mark.parametrize("name", STARTERS)
def test_no_starter_prints_an_address_that_nobody_reads(name: str) -> None:
    texts = {path: data.decode() for path, data in init.tree(name).items()}
    assert not [path for path, text in texts.items() if re.search(r"^contact:.*@example", text, re.M)]


def test_the_command_that_the_first_project_names_registers_its_own_text(tmp_path: Path) -> None:
    mine = laid(tmp_path / "mine", init.FIRST)
    note = mine.read("content/sources/town-news.yaml")
    written = next(line for line in note.splitlines() if "briefing source add" in line)
    report = mine.root / "report.txt"
    report.write_text(mine.read("captures/town-news.txt").replace("mill stream", "river"))
    words = shlex.split(written.lstrip("# "))[1:]
    words[words.index("report.txt")] = str(report)
    words[words.index("captures")] = str(mine.root / "captures")
    said = call(*words, "--project", mine.root)
    assert said.exit_code == 0, said.text
    entry = mine.read("content/sources/report.yaml")
    assert "publisher: Town News" in entry
    assert "published: 2025-06-03" in entry


# ----------------------------------------------------------------------------------- what the example shows


def test_the_example_has_one_of_everything(library: Library) -> None:
    facts = library.facts.values()
    assert library.disagreements and library.gaps and library.milestones and library.judgements
    assert any(fact.caveat for fact in facts)
    assert any(fact.history for fact in facts)
    statuses = {fact.status for fact in facts if fact.status}
    assert len(statuses) >= 6
    assert {Reached.INTENT, Reached.CONTRACTED, Reached.DELIVERED} <= statuses
    brief = library.briefs["tram-line"]
    assert brief.commitments.facts and brief.timeline.facts and brief.money.facts


def test_two_texts_of_the_example_relay_one_statement(library: Library) -> None:
    relaying = [item.id for item in library.sources.values() if "ashdown-speech" in item.origins]
    assert sorted(relaying) == ["courier", "harbour-radio"]


def test_the_example_has_an_edition_and_a_change_after_it(example: Snapshot) -> None:
    stands = example.standings["tram-line"]
    assert [item.id for item in stands.issued] == ["1"]
    assert not stands.is_issued
    assert {change.key for change in stands.changed} >= {"trams.trams", "line.route", "money.grant-paid"}


def test_the_redline_of_the_example_shows_the_contract(tmp_path: Path) -> None:
    project = laid(tmp_path / "tram", init.EXAMPLE)
    target = tmp_path / "redline.md"
    said = project.call("diff", "tram-line", "--format", "md", "--output", str(target))
    assert said.exit_code == 0, said.text
    text = target.read_text("utf-8")
    assert "{--" in text and "{++" in text and "contract" in text


@pytest.mark.parametrize("name", STARTERS)
def test_captures_of_a_starter_are_those_that_were_registered(name: str) -> None:
    tree = init.tree(name)
    registered = {
        re.search(r"^capture: (\S+)", text, re.M)[1]: re.search(r"^sha256: (\S+)", text, re.M)[1]  # type: ignore[index]
        for text in (data.decode() for path, data in tree.items() if path.startswith("content/sources/"))
    }
    there = {
        path.removeprefix("captures/"): hashlib.sha256(data).hexdigest()
        for path, data in tree.items()
        if path.startswith("captures/")
    }
    assert there == registered


# ------------------------------------------------------------------------------------------ what it refuses


def test_init_refuses_a_folder_with_a_project(tmp_path: Path) -> None:
    laid(tmp_path, init.FIRST)
    before = sorted(path for path in tmp_path.rglob("*"))
    said = call("init", "--example", tmp_path)
    assert (said.exit_code, said.out) == (2, "")
    assert said.err == (
        f"briefing: {tmp_path} already has a project, so nothing was written; name another folder\n"
    )
    assert sorted(path for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["content", "captures", ".gitignore"])
@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_init_refuses_to_overwrite_anything(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    taken = tmp_path / name
    if kind == "file":
        taken.write_text("mine")
    elif kind == "folder":
        taken.mkdir()
    else:
        taken.symlink_to("nowhere")
    said = call("init", tmp_path)
    assert (said.exit_code, said.out) == (2, "")
    assert said.err == f"briefing: {taken} already exists, so nothing was written; name an empty folder\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({name, "notes.txt"})


def test_init_refuses_a_file(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    said = call("init", taken)
    assert said.exit_code == 2
    assert said.err == f"briefing: {taken} is a file, so nothing was written; name a folder\n"
    said = call("init", taken / "below")
    assert said.exit_code == 2
    assert said.err.count("\n") == 1
    assert taken.read_text() == "mine"


def test_init_leaves_other_files_of_a_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    laid(tmp_path, init.FIRST)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gitignore",
        "captures",
        "content",
        "notes.txt",
        "schemas",
    ]


def put_tree(folder: Path, tree: dict[str, bytes]) -> None:
    records.create(folder, tree, Call("briefing init"), lambda: None)


def test_a_tree_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A file's name that no disk takes stops the work in the middle, and nothing remains of it."""
    folder = tmp_path / "deep" / "new"
    tree = {"a/one.txt": b"1", f"b/{'x' * 300}": b"2", "c.txt": b"3"}
    with pytest.raises(BriefingError):
        put_tree(folder, tree)
    assert list(tmp_path.iterdir()) == []


def test_a_tree_leaves_a_folder_as_it_was_where_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BriefingError):
        put_tree(tmp_path, {"a/one.txt": b"1", f"{'x' * 300}/two.txt": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_tree_does_not_replace_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError):
        put_tree(tmp_path, {"a.txt": b"1", "b/two.txt": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_init_into_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """As a user who is not root, because root may write everywhere."""
    if os.geteuid() == 0:
        place, reader = Path("/proc/1"), "/proc takes no new folders, whoever asks"
    else:
        place, reader = tmp_path / "closed", "the folder is closed"
        place.mkdir(mode=0o555)
    said = call("init", place / "new")
    assert said.exit_code == 2, reader
    assert said.err.startswith("briefing: ")
    assert said.err.count("\n") == 1


# -------------------------------------------------------------------------------------------- what it says


def test_init_ends_with_the_next_commands(tmp_path: Path) -> None:
    folder = tmp_path / "my files"
    said = call("init", folder)
    assert said.out.splitlines() == [
        f"A project is in {folder}. Open its files in a text editor; "
        "their notes say what to write instead of the invented text.",
        "Next:",
        f"  cd '{folder}'",
        "  briefing check                       says what is wrong, and in which line",
        "  briefing verify --captures captures  looks up every passage that a fact cites",
        "  briefing build                       makes the briefs and the site",
        f"Then open {folder}/output/site/index.html in a browser.",
        "To begin with a text of your own, name another folder and your file: "
        "briefing init FOLDER --text FILE --language en",
        "'briefing handbook' explains how to go on.",
    ]


@pytest.mark.process
def test_the_next_commands_work_as_they_are_printed(tmp_path: Path) -> None:
    said = run("init", "my files", cwd=tmp_path)
    lines = [line.strip().partition("  ")[0] for line in said.out.splitlines() if line.startswith("  ")]
    assert len(lines) == 4
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "briefing"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefing "$@"\n')
    command.chmod(0o755)
    script = "set -e\n" + "\n".join(lines).replace("briefing build", "briefing build --format markdown")
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=tmp_path,
        env=environment(PATH=f"{folder}:{os.environ['PATH']}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# ------------------------------------------------------------------------------------- the first hour

REPORT = """The Harbour Letter

The library committee decided on 12 May 2026 to open the reading room on Sundays.

It has set aside 18,500 euros a year for two attendants.

A petition with 1,204 signatures had asked for it.
"""
FACTS = """title: The reading room
summary: Opening on Sundays.
facts:
  decision:
    kind: event
    statement: The library committee decided to open the reading room on Sundays.
    evidence:
      - {source: report, paragraph: 2, terms: [decided on 12 May 2026, open the reading room]}
    date: 2026-05-12
    asserted: 2026-05-12
  money:
    kind: commitment
    statement: The committee has set money aside for attendants.
    evidence:
      - {source: report, paragraph: 3, terms: [set aside, "18,500 euros a year"]}
      - {source: report, paragraph: 2, terms: [12 May 2026]}
    value: {amount: 18500, currency: EUR, price_basis: not stated}
    status: financed
    asserted: 2026-05-12
    review_by: 2099-12-31
  petition:
    kind: context
    statement: A petition had asked for opening on Sundays.
    evidence:
      - {source: report, paragraph: 4, terms: ["1,204 signatures"]}
      - {source: report, paragraph: 2, terms: [12 May 2026]}
    value: {amount: 1204, unit: signatures}
    asserted: 2026-05-12
"""
BRIEF = """---
title: The reading room
subtitle: Open on Sundays
owner: A. Person
sheets: [reading-room]
bottom_line: >-
  The committee [decided to open the reading room](fact:reading-room.decision) and has set aside
  [](fact:reading-room.money).
commitments: {facts: [reading-room.money]}
---
A petition with [](fact:reading-room.petition) had asked for it.
"""


def test_from_nothing_to_a_brief_on_a_text_of_ones_own(tmp_path: Path) -> None:
    """As somebody does who follows the handbook; each step leaves a project that says what is still to do."""
    mine = Project(tmp_path / "mine")
    (tmp_path / "report.txt").write_text(REPORT)
    assert call("init", mine.root).exit_code == 0
    captures = str(mine.root / init.CAPTURES)
    said = call(
        *("source", "add", tmp_path / "report.txt", "--captures", captures),
        *("--language", "en", "--project", mine.root),
    )
    assert said.exit_code == 0, said.text
    mine.write("content/facts/reading-room.yaml", FACTS)
    mine.write("content/briefs/reading-room.md", BRIEF)
    mine.change("content/project.yaml", "home: [footbridge]", "home: [reading-room]")
    said = mine.call("check")
    assert said.exit_code == 0, said.text
    for path in ("facts/footbridge.yaml", "briefs/footbridge.md", "sources/town-news.yaml"):
        (mine.root / "content" / path).unlink()
    said = mine.call("check")
    assert "help: 'briefing verify --captures captures --record' writes this file again" in said.err
    said = mine.call("verify", "--captures", captures, "--record")
    assert said.exit_code == 0, said.text
    said = mine.call("check")
    assert (said.exit_code, said.err) == (0, ""), said.text
    said = mine.call("build", "--format", "markdown")
    assert said.exit_code == 0, said.text
    assert "has set aside EUR\N{NO-BREAK SPACE}18,500" in mine.read("output/briefs/reading-room.md")


# ----------------------------------------------------------------- commands in a folder that is no project

NEED_A_PROJECT = {
    name: command
    for name, command in reference.commands(main)
    if any(option.name == "project" for option in command.params)
}
ARGUMENTS = {
    "brief": "letter",
    "edition": "1",
    "facts": "trams.trams",
    "paragraphs": "",
    "source": "report",
    "file": __file__,
    "fact": "trams.trams",
    "kind": "actor",
    "names": "ada-marsh",
    "files": __file__,
}
REQUIRED = {"captures": ".", "by": "A. Person", "note": "New.", "reason": "Wrong."}


def call_without_project(name: str, command: click.Command, folder: Path) -> str:
    """What a command says in a folder that is no project, however it has to be called."""
    call_of = name.split()
    for item in command.params:
        if isinstance(item, click.Argument) and ARGUMENTS[item.name or ""]:
            call_of.append(ARGUMENTS[item.name or ""])
        elif isinstance(item, click.Option) and (item.required or item.name == "by"):
            call_of += [item.opts[0], REQUIRED[item.name or ""]]
    said = call(*call_of, "--project", folder)
    assert said.exit_code == 2, said.text
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    return said.err


def test_most_commands_need_a_project() -> None:
    assert len(NEED_A_PROJECT) >= 13
    others = {name for name, _ in reference.commands(main)} - NEED_A_PROJECT.keys()
    assert others == {"init", "handbook", "reference"}


@pytest.mark.parametrize("name", NEED_A_PROJECT)
def test_every_command_names_init_in_a_folder_that_is_no_project(name: str, tmp_path: Path) -> None:
    err = call_without_project(name, NEED_A_PROJECT[name], tmp_path)
    assert f"is not a project: it has no content/project.yaml; 'briefing init {tmp_path}' makes one" in err
    err = call_without_project(name, NEED_A_PROJECT[name], tmp_path / "no where")
    assert f"there is no folder {tmp_path}/no where; 'briefing init '{tmp_path}/no where''" in err
    (tmp_path / "content").mkdir()
    err = call_without_project(name, NEED_A_PROJECT[name], tmp_path)
    assert "write one, modelled on the one that 'briefing init FOLDER' makes in another folder" in err


def test_a_folder_within_a_project_leads_to_it(tmp_path: Path) -> None:
    laid(tmp_path, init.FIRST)
    said = call("check", "--project", tmp_path / "content")
    assert f"{tmp_path} is one, so give --project {tmp_path}" in said.err
    assert "briefing init" in said.err


def test_help_leads_a_newcomer(tmp_path: Path) -> None:
    said = call("--help")
    commands = re.findall(r"^  ([a-z]+)  ", said.out.partition("Commands:")[2], re.M)
    assert commands[:4] == ["init", "check", "plan", "build"]
    assert commands[-2:] == ["handbook", "reference"]
    for name in ("init", "handbook", "reference"):
        assert f"briefing {name}" in " ".join(said.out.split()).replace('"', "")
