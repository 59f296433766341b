"""The README keeps its promises: every command line runs as printed, and every figure is compared.

Its shell blocks run in order, in a folder that has what a checkout has, with ``.venv/bin/briefing`` leading
to this program. What installs software is listed below with where it is run.
"""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import yaml

from briefing.cli import main
from tests.conftest import REPOSITORY, environment

README = (REPOSITORY / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROSE = BLOCK.sub("", README)
LESSON = "## A first change, from source to redline"
RUN_ELSEWHERE = {
    "sh .setup/build": "by hosted checks, on bare systems",
    "sh .setup/test": "by the gate, of which this test is a part",
    "python3 -m venv .venv": "test_distribution.py",
    ".venv/bin/briefing preview --project my-project": "tests/preview/test_browser.py",
    ".venv/bin/pip install '.[web,word]'": "test_distribution.py",
    'eval "$(_BRIEFING_COMPLETE=bash_source briefing)"': "below, in bash",
    ". .venv/bin/activate": "below, in bash",
}
"""Lines that this test does not run as they are -> where they are run."""


@dataclass(frozen=True)
class Block:
    """A fenced block of the README."""

    language: str
    text: str


BLOCKS = [Block(match[1], match[2]) for match in BLOCK.finditer(README)]


def lines_of(block: Block) -> list[str]:
    """The command lines of a block without remarks; a line that goes on is one with the next."""
    joined = block.text.replace("\\\n", " ")
    found = (line.split("   #")[0].strip() for line in joined.splitlines())
    return [line for line in found if line]


def is_run_elsewhere(block: Block) -> bool:
    return all(line in RUN_ELSEWHERE for line in lines_of(block))


def test_nothing_is_excused_that_is_not_there() -> None:
    lines = {line for block in BLOCKS if block.language == "sh" for line in lines_of(block)}
    assert RUN_ELSEWHERE.keys() <= lines


# ------------------------------------------------------------------------------------------- the commands


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder like a checkout after its set-up."""
    folder = tmp_path / "checkout"
    program = folder / ".venv/bin/briefing"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefing "$@"\n', "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (program.parent / "activate").write_text(f'PATH="{program.parent}:$PATH"\n', "utf-8")
    shutil.copytree(REPOSITORY / "content", folder / "content")
    return folder


def in_shell(script: str, folder: Path, shell: str = "sh") -> str:
    """What a script answers. It ends with the first line that fails, and that fails the test."""
    done = subprocess.run(
        [shell, "-e", "-c", script],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.pdf
@pytest.mark.process
def test_every_block_of_commands_runs_and_the_lesson_keeps_its_word(checkout: Path) -> None:
    before = {path.name for path in checkout.iterdir()}
    said: dict[str, str] = {}
    for block in BLOCKS:
        if block.language == "yaml" and block.text.startswith("  cost:"):
            sheet = checkout / "lesson/content/facts/money.yaml"
            was = sheet.read_text("utf-8")
            now, times = re.subn(
                r"^  cost:\n(?:    .*\n)+", block.text.replace("\\", r"\\"), was, flags=re.MULTILINE
            )
            assert times == 1
            sheet.write_text(now, "utf-8")
        if block.language != "sh" or is_run_elsewhere(block):
            continue
        if block.text.startswith("rm -r lesson"):
            check_the_lesson(checkout, said)
        said[lines_of(block)[0]] = in_shell(block.text, checkout)
    assert (checkout / "my-project/output/site/index.html").is_file()
    assert {path.name for path in checkout.iterdir()} == before | {"my-project"}


def check_the_lesson(checkout: Path, said: Mapping[str, str]) -> None:
    """What the lesson says that its reader sees."""
    planned = said[".venv/bin/briefing plan --project lesson"]
    assert "money.cost about EUR 180 million -> about EUR 195 million" in planned
    assert "+ Ashdown puts the cost of the whole line at about EUR 195 million." in planned
    assert "passages hold. 0 errors, 0 warnings" in planned
    accepted = said['.venv/bin/briefing accept tram-line --project lesson --by "A. Person"']
    assert accepted.startswith("3 paragraphs of tram-line accepted")
    brief = (checkout / "lesson/output/briefs/tram-line.md").read_text("utf-8")
    brief = brief.replace("\N{NO-BREAK SPACE}", " ")
    assert "about EUR 195 million" in brief.partition("Key judgements")[0]
    changed = brief.partition("## What changed")[2].partition("\n## ")[0]
    assert "about EUR 180 million" in changed
    (redline,) = (checkout / "lesson/output/redlines").iterdir()
    assert "195\N{NO-BREAK SPACE}million" in redline.read_text("utf-8")

    sheet = checkout / "lesson/content/facts/money.yaml"
    was = sheet.read_text("utf-8")
    sheet.write_text(was.replace("amount: 195 million", "amount: about 195 million"), "utf-8")
    done = subprocess.run(
        [checkout / ".venv/bin/briefing", "check", "--project", "lesson"],
        cwd=checkout,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "content/facts/money.yaml:13:" in done.stderr
    assert "write {amount: 195 million, bound: about}" in done.stderr


@pytest.mark.process
def test_completion_is_switched_on_as_printed(checkout: Path) -> None:
    (block,) = (block for block in BLOCKS if "_BRIEFING_COMPLETE" in block.text)
    assert "complete" in in_shell(block.text + "complete -p briefing", checkout, "bash")


def test_every_command_is_in_the_table() -> None:
    commands = set(main.commands) - {"source"} | {"source add", "source show"}
    rows = re.findall(r"^\| `briefing ([^`]+)` \|", README, re.MULTILINE)
    named = {" ".join(row.split()[: 2 if row.startswith("source ") else 1]) for row in rows}
    assert named == commands


def options_named() -> list[tuple[str, str]]:
    """(command, option) wherever a row of the table names an option."""
    found = []
    for row in re.findall(r"^\| `briefing .*$", README, re.MULTILINE):
        command = row.split("`")[1].removeprefix("briefing ")
        name = " ".join(command.split()[: 2 if command.startswith("source ") else 1])
        found += [(name, option) for option in re.findall(r"(?<![\w-])--[a-z-]+", row)]
    return found


@pytest.mark.parametrize(("name", "option"), options_named())
def test_every_option_in_the_table_is_there(name: str, option: str) -> None:
    command: click.Command = main
    for part in name.split():
        assert isinstance(command, click.Group)
        command = command.commands[part]
    assert option in {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)}


def test_workflow_steps_are_commands_of_the_program() -> None:
    steps = [yaml.safe_load(block.text) for block in BLOCKS if block.text.startswith("- run:")]
    (calls,) = steps
    assert [call["run"] for call in calls] == [".venv/bin/briefing check --format github"]


# -------------------------------------------------------------------------------------------- the figures


def files_of_the_corpus(shipped: Path) -> int:
    return sum(path.is_file() for path in shipped.rglob("*") if ".briefing" not in path.parts)


def facts_of_the_corpus() -> int:
    sheets = (REPOSITORY / "content/facts").glob("*.yaml")
    return sum(len(yaml.safe_load(sheet.read_text("utf-8"))["facts"]) for sheet in sheets)


COUNTED: Mapping[str, Callable[[], int]] = {
    r"(\d+) facts from five news texts": facts_of_the_corpus,
    r"with (\d+) matters in": lambda: len(
        yaml.safe_load((REPOSITORY / "content/matters.yaml").read_text("utf-8"))
    ),
    r"facts from (five) news texts": lambda: len([*(REPOSITORY / "content/sources").glob("*.yaml")]),
}
"""Figures of the README that a test can count."""
WORDS = {"five": 5}


@pytest.mark.parametrize("phrase", COUNTED)
def test_figures_that_can_be_counted_are_right(phrase: str) -> None:
    match = re.search(phrase, PROSE)
    assert match, f"the README no longer says {phrase!r}"
    assert int(WORDS.get(match[1], 0) or match[1]) == COUNTED[phrase]()


@pytest.mark.pdf
@pytest.mark.process
def test_the_number_of_files_is_right(shipped: Path) -> None:
    match = re.search(r"writes ([\d,]+) files", PROSE)
    assert match
    assert int(match[1].replace(",", "")) == files_of_the_corpus(shipped)


NAMES = (
    r"PDF/UA-1",
    r"PDF/A-3a",
    r"UTF-8",
    r"Debian 12 or 13",
    r"Ubuntu 22\.04 and 24\.04",
    r"Python \(3\.11 or newer\)",
    r"Python 3\.11 or newer",
    r"Source Serif 4",
    r"Source Sans 3",
    r"2025-11-30",
    r"^\*\*\d\. ",
    r"Exit status: 0 all is well, 1 the content has errors, 2 the call",
    r"exits with 1",
    r"--corrects 1",
    r"--from 1",
    r"--within 2w",
    r"EUR 1[89][05] million",
    r"[Aa]bout 195 million",
)
"""Figures that count nothing: names, steps, and what the lesson shows (which its own test compares)."""
MEASURED = {
    "time": ("| time, downloads included |", "wall time of the two commands on bare Debian 12 and 13"),
    "checkout": ("| in the checkout |", "du -s of the checkout afterwards, and before"),
    "system": ("| system packages |", "df of the bare system before and after"),
    "again": ("`.setup/build` takes a second", "the second call of .setup/build"),
}
"""Figures measured by hand, on a bare machine: no test goes by the clock."""


def test_every_figure_is_counted_named_or_measured() -> None:
    rest = PROSE
    for phrase in (*COUNTED, r"writes ([\d,]+) files", *NAMES):
        rest = re.sub(phrase, "", rest, flags=re.MULTILINE)
    for begin, _ in MEASURED.values():
        assert begin in README
        rest = "\n".join(line for line in rest.splitlines() if begin not in line)
    assert re.findall(r".*\d.*", rest) == []
