"""The program at every sort of output: encodings, closed pipes, narrow terminals; and help that is whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click
import pytest

from briefing.cli import main, reference
from briefing.cli.program import EXAMPLES, example
from briefing.cli.reports import plain_text
from tests import forks, values
from tests.cli.test_cli import on_a_terminal
from tests.conftest import Project, Said, call, environment

COMMANDS = dict(reference.commands(main))
WIDTHS = (40, 50, 60, 72, 80, 100, 120, 200)
FACT = """title: Порт
summary: More.
facts:
  claim-about-a-harbour-whose-name-is-longer-than-any-line-of-a-narrow-terminal:
    kind: claim
    statement: The minister calls the harbour “Чорноморськ” — and says so.
    evidence:
      - {source: report, paragraph: 1, terms: [a letter], origin: post}
    said_by: [minister]
"""
"""A sheet that no brief shows: a note, with letters that Latin encodings lack."""


@pytest.fixture
def harbour(tmp_path: Path) -> Project:
    """The tiny good project with a note, and letters of another script."""
    project = Project(tmp_path / "project")
    project.write("content/facts/harbour.yaml", FACT)
    for path in values.GOOD_PROJECT.rglob("*.*"):
        project.write(path.relative_to(values.GOOD_PROJECT).as_posix(), path.read_text("utf-8"))
    project.change("content/pages/method.md", "title: ", "title: Метод, ")
    project.change("content/briefs/letter.md", "subtitle: What it says", "subtitle: Що він каже…")
    return project


# -------------------------------------------------------------------------------------------- encodings


def answer(calls: Iterable[tuple[str, ...]]) -> None:
    """Call the program many times in this process, each time with files as its streams."""
    codes = []
    for number, arguments in enumerate(calls):
        for stream, name in ((1, "out"), (2, "err")):
            file = os.open(f"{number}.{name}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
            os.dup2(file, stream)
            os.close(file)
        try:
            main(arguments, prog_name="briefing")
        except SystemExit as end:
            codes.append(end.code or 0)
    Path("codes").write_text(json.dumps(codes), "utf-8")


SCOPE = ("--format", "markdown")
JSON_CALLS = ("check --json", "plan --json", "due --json", "editions --json", "check --format sarif")
DATA_CALLS = ("check --format github --verbose", "due --ics", "reference")
CALLS: tuple[tuple[str, ...], ...] = (
    ("init", "початок"),
    ("handbook",),
    ("check", "--verbose"),
    *(tuple(words.split()) for words in JSON_CALLS),
    ("check", "--format", "github", "--verbose"),
    ("check", "--only", "щось"),
    ("plan", *SCOPE),
    ("build", *SCOPE),
    ("preview", "щось", "--no-open"),
    ("due",),
    ("due", "--owner", "хтось"),
    ("due", "--ics"),
    ("impact", "harbour"),
    ("verify", "--captures", "captures"),
    ("coverage", "--all", "--captures", "captures"),
    (
        "source",
        "add",
        "порт.txt",
        "--captures",
        "captures",
        "--name",
        "harbour",
        "--language",
        "uk",
        "--title",
        "Порт",
    ),
    ("source", "show", "harbour", "--captures", "captures"),
    ("rows", "harbour.порт", "порт.txt"),
    ("migrate",),
    ("accept", "letter", "--list"),
    ("accept", "letter", "--by", "Оля"),
    ("signers", "--by", "Оля"),
    ("adopt", "letter", "--by", "Оля"),
    ("review", "letter", "--by", "Оля"),
    ("issue", "letter", "--note", "Перше.", "--by", "Оля"),
    ("diff", "letter", "--from", "1", "--format", "md"),
    ("withdraw", "letter", "1", "--reason", "Помилка.", "--by", "Оля"),
    ("new", "actor", "captain", "--called", "Капітан"),
    ("schema",),
    ("editions",),
    ("reference",),
    ("що",),
)


def _outputs(project: Project, encoding: str) -> list[Said]:
    """What every call answers where standard output and error have this encoding.

    One encoding comes from the environment, in a process from nothing. The others need only the streams that
    Python makes of it, and a fork has those for a third of the time.
    """
    project.write("порт.txt", "Порт\n\nThe harbour was opened.\n")
    if encoding == "ascii":
        done = subprocess.run(
            [sys.executable, "-c", "from tests.cli import test_terminals as it; it.answer(it.CALLS)"],
            env=environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
            cwd=project.root,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    else:
        with (project.root / "said").open("w+b") as file:

            def work() -> None:
                os.chdir(project.root)
                answer(CALLS)

            pid = forks.start_at((file.fileno(),) * 3, work, encoding)
            _, status = os.waitpid(pid, 0)
            file.seek(0)
            assert (status, file.read()) == (0, b"")
    codes = json.loads(project.read("codes"))
    return [
        Said(
            code,
            *((project.root / f"{number}.{name}").read_bytes().decode("latin-1") for name in ("out", "err")),
        )
        for number, code in enumerate(codes)
    ]


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")


def test_every_command_is_called() -> None:
    assert {name for name in COMMANDS if any(" ".join(words).startswith(name) for words in CALLS)} == {
        *COMMANDS
    }


@pytest.mark.pdf
@pytest.mark.process
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_no_encoding_makes_a_command_fail_and_data_stays_whole(encoding: str, harbour: Project) -> None:
    harbour.change("content/facts/harbour.yaml", "[minister]\n", "[minister]\n    review_by: 2020-01-01\n")
    harbour.change("content/facts/harbour.yaml", "summary: More.\n", "summary: More.\nowner: Оля\n")
    said = _outputs(harbour, encoding)
    assert len(said) == len(CALLS)
    read_as = (
        "utf-8" if encoding == "ascii" else encoding
    )  # ASCII is what a locale that nobody set looks like
    good = {0: [], 1: [], 2: []}  # type: dict[int, list[str]]
    for words, answer in zip(CALLS, said, strict=True):
        line = " ".join(words)
        assert "Traceback" not in answer.text, line
        good[answer.exit_code].append(line)
        if line in JSON_CALLS:
            told = json.loads(_bytes(answer.out))
            assert line != "due --json" or told["entries"][0]["owners"] == ["Оля"]
        elif line not in DATA_CALLS:
            _bytes(answer.out).decode(read_as)
        _bytes(answer.err).decode(read_as)
    assert good[2] == [
        "check --only щось",
        "preview щось --no-open",
        "due --owner хтось",
        "rows harbour.порт порт.txt",
        "signers --by Оля",
        "adopt letter --by Оля",
        "що",
    ]
    assert {line.split()[0] for line in good[1]} <= {"due", "impact", "verify", "coverage", "withdraw"}
    by_call = dict(zip(CALLS, said, strict=True))
    unknown = _bytes(by_call["check", "--only", "щось"].err).decode(read_as)
    assert ("щось" if read_as == "utf-8" else r"\u0449\u043e\u0441\u044c") in unknown
    assert _bytes(by_call["reference",].out).decode("utf-8").startswith("# Reference\n")
    assert _bytes(by_call["due", "--ics"].out).decode("utf-8").startswith("BEGIN:VCALENDAR")


# ------------------------------------------------------------------------------------ pipes and streams


def _in_a_shell(line: str, project: Project) -> subprocess.CompletedProcess[bytes]:
    program = f'"{sys.executable}" -m briefing'
    return subprocess.run(
        ["sh", "-c", line.replace("briefing", program, 1)],
        cwd=project.root,
        env=environment(),
        capture_output=True,
        check=False,
    )


@pytest.mark.process
@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("briefing reference | head -n 1", b"# Reference\n"),
        ("briefing check --verbose 2>&1 | true", b""),
        ("briefing check --json | head -c 1", b"{"),
        ("briefing check >&-; echo $?", b"0\n"),
        ("briefing check --verbose 2>&-; echo $?", b"0 errors, 0 warnings, 1 note (1 new)\n0\n"),
        ("briefing build --format markdown <&- >&- 2>&-; echo $?", b"0\n"),
        ("briefing check --only nothing >&- 2>&-; echo $?", b"2\n"),
    ],
)
def test_reader_that_goes_away_and_streams_that_are_closed_change_nothing(
    line: str, out: bytes, harbour: Project
) -> None:
    done = _in_a_shell(line, harbour)
    assert (done.stdout, done.stderr) == (out, b"")


@pytest.mark.process
def test_output_that_cannot_be_written_is_told(harbour: Project) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a disk that is always full")
    done = _in_a_shell("briefing check > /dev/full", harbour)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("briefing: the output could not be written: No space left")


@pytest.mark.process
def test_dumb_terminal_gets_neither_colour_nor_progress(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "review_by: 2099-12-31", "review_by: 2020-01-01")
    text = on_a_terminal("build", "--project", str(project.root), "--format", "pdf", TERM="dumb")
    assert "warning[review-due]" in text
    assert "\x1b" not in text
    assert "\r" not in text.replace("\r\n", "\n")


# -------------------------------------------------------------------------------------------- widths


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--verbose"),
        ("plan", "--format", "markdown", "--verbose"),
        ("impact", "drones.letter"),
        ("due", "--within", "3650d"),
        ("editions",),
        ("accept", "letter", "--list"),
        ("diff", "no-such-brief"),
    ],
)
def test_reports_fit_the_terminal_and_no_word_is_lost(arguments: tuple[str, ...], harbour: Project) -> None:
    widest = call(*arguments, "--project", harbour.root, env={"COLUMNS": "200"})
    for width in WIDTHS:
        said = call(*arguments, "--project", harbour.root, env={"COLUMNS": str(width)})
        assert said.exit_code == widest.exit_code
        for line in said.text.splitlines():
            assert len(line) <= width or len(line.split()) == 1 or " | " in line[:12], (width, line)
        if arguments[0] != "impact":  # its columns go one below the other where it is narrow
            shown = [line for line in said.text.splitlines() if not re.match(r" +\d* +\| ", line)]
            assert {*" ".join(shown).split()} <= {*widest.text.split()}


def test_words_of_a_line_stay_whole_and_later_lines_are_set_in() -> None:
    line = "  make   briefs/a.md, briefs/b.md: this and that is new"
    assert list(plain_text.fitted(line, 24)) == [
        "  make   briefs/a.md,",
        "      briefs/b.md: this",
        "      and that is new",
    ]
    assert list(plain_text.fitted(line, 0)) == [line]
    assert list(plain_text.fitted("a-word-that-is-too-long", 9)) == ["a-word-that-is-too-long"]
    assert list(plain_text.fitted("", 9)) == [""]


@pytest.mark.parametrize("width", WIDTHS)
def test_help_is_whole_at_every_width(width: int) -> None:
    text = call("--help", env={"COLUMNS": str(width)}).out
    assert "..." not in text
    assert "…" not in text
    joined = "".join(text.split())
    for item in main.commands.values():
        first = (item.help or "").partition("\n\n")[0]
        assert "".join(first.split()) in joined
    for command in COMMANDS:
        lines = call(*command.split(), "--help", env={"COLUMNS": str(width)}).out.splitlines()
        # A command or a comment to be copied is one line at every width.
        broken = [line for line in lines if not line.lstrip().startswith(("briefing ", "# "))]
        assert max(map(len, broken)) <= width, command


# ------------------------------------------------------------------------------------ mistaken calls

NEEDED = [(name, item) for name, command in COMMANDS.items() for item in command.params if item.required]


def _without(command: click.Command, path: str, left_out: click.Parameter) -> list[str]:
    """A call of a command that gives all it must give but one thing."""
    words = path.split()
    for item in command.params:
        if item.required and item is not left_out:
            value = EXAMPLES[item.name or ""].strip("'")
            words += [item.opts[0], value] if isinstance(item, click.Option) else []
    needed = [item for item in command.params if item.required and isinstance(item, click.Argument)]
    stop = (
        needed.index(left_out) if left_out in needed else len(needed)
    )  # those after it would take its place
    return words + [EXAMPLES[item.name or ""] for item in needed[:stop]]


@pytest.mark.parametrize(("path", "item"), NEEDED, ids=lambda part: getattr(part, "name", part))
def test_what_is_missing_is_explained_with_a_line_to_copy(
    path: str, item: click.Parameter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFING_CAPTURES", raising=False)
    (tmp_path / EXAMPLES["files"]).write_text("Text.")
    said = call(*_without(COMMANDS[path], path, item))
    assert said.exit_code == 2
    name = item.opts[0] if isinstance(item, click.Option) else item.make_metavar(click.Context(main))
    assert f"Missing {item.param_type_name} '{name}'. " in said.err
    meaning = getattr(item, "help", "")
    assert meaning and meaning in said.err
    assert f"\n  briefing {path} " in said.err
    line = example(COMMANDS[path], f"briefing {path}", item)
    assert line in said.err
    assert all(EXAMPLES[other.name or ""] in line for other in COMMANDS[path].params if other.required)


def test_missing_captures_name_every_way_to_give_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRIEFING_CAPTURES", raising=False)
    made = shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")
    (made / "captures").rename(made / "texts")
    for command in (("verify",), ("coverage", "--all"), ("source", "add", __file__, "--language", "en")):
        said = call(*command, "--project", made)
        assert said.exit_code == 2
        assert f"there is no folder {made / 'captures'}; " in said.err
        assert "--captures FOLDER, or once for all in BRIEFING_CAPTURES" in said.err
        assert "captures: in content/project.yaml" in said.err


def test_who_accepts_must_be_named(harbour: Project) -> None:
    said = call("accept", "letter", "--project", harbour.root)
    assert said.exit_code == 2
    assert "Missing option '--by'. " in said.err
    assert "\n  briefing accept overview --by 'Ada Marsh'\n" in said.err


CHOICES = [
    (name, item, item.type.choices)
    for name, command in COMMANDS.items()
    for item in command.params
    if isinstance(item.type, click.Choice)
]


@pytest.mark.parametrize(("path", "item", "words"), CHOICES, ids=lambda part: getattr(part, "name", None))
def test_wrong_choice_is_answered_with_all_of_them(
    path: str, item: click.Parameter, words: tuple[str, ...]
) -> None:
    needed = [EXAMPLES[other.name or ""] for other in COMMANDS[path].params if other.required]
    given = [item.opts[0]] if isinstance(item, click.Option) else []
    said = call(*path.split(), *needed, *given, "wrong")
    assert said.exit_code == 2
    assert f"expected one of {', '.join(words)}, found 'wrong'" in said.err
    near = call(*path.split(), *needed, *given, f"{words[0]}x")
    assert f"did you mean '{words[0]}'?" in near.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("chek", "No such command 'chek'. (Did you mean one of: 'check', 'schema'?)"),
        ("source ad", "No such command 'ad'. Did you mean 'add'?"),
        ("check --verbos", "No such option '--verbos'. Did you mean '--verbose'?"),
        ("frobnicate", "No such command 'frobnicate'; the commands are init, check, plan, "),
        ("source zzz", "No such command 'zzz'; the commands are add"),
        ("check --zzz", "No such option '--zzz'; the options are --project, --only, "),
        ("check --check zzz", "there is no check 'zzz'; the nearest of "),
        ("check --check silnce", "there is no check 'silnce'; did you mean 'silence'? The nearest of "),
        ("check --only leter", "there is no brief 'leter'; did you mean 'letter'?"),
        ("diff leter", "there is no brief 'leter'; did you mean 'letter'?"),
        ("accept leter --list", "there is no brief 'leter'; did you mean 'letter'?"),
        ("issue leter --note x --by y", "there is no brief 'leter'; did you mean 'letter'?"),
        ("editions leter", "there is no brief 'leter'; did you mean 'letter'?"),
        ("impact drones.leter", "there is no fact 'drones.leter'; did you mean 'drones.letter'?"),
        ("impact drone", "there is no sheet 'drone'; did you mean 'drones'?"),
        ("coverage reprot --captures captures", "did you mean 'report'?"),
    ],
)
def test_misspelt_name_is_answered_with_the_nearest(
    line: str, words: str, harbour: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(harbour.root)
    said = call(*line.split())
    assert said.exit_code == 2
    assert words in said.err


# ------------------------------------------------------------------------------------------ new notes


def test_a_note_is_new_until_a_build_has_reported_it(harbour: Project) -> None:
    scope = ("--format", "markdown")
    assert harbour.call("check").out == "0 errors, 0 warnings, 1 new note (--verbose shows all)\n"
    assert "new note[unused-fact] no brief shows" in harbour.call("check", "--verbose").err
    assert ", 1 new note (" in harbour.call("plan", *scope).out
    assert ", 1 new note (" in harbour.build(*scope).out
    assert "new note" not in harbour.build(*scope).out
    assert "new note" not in harbour.call("plan", *scope).out
    assert harbour.call("check").out == "0 errors, 0 warnings\n"
    shown = harbour.call("check", "--verbose")
    assert shown.out == "0 errors, 0 warnings, 1 note (0 new)\n"
    assert ": note[unused-fact] no brief shows" in shown.err


def test_the_same_note_at_another_line_is_not_new_and_another_one_is(harbour: Project) -> None:
    assert harbour.build("--format", "markdown").exit_code == 0
    name = "content/facts/harbour.yaml"
    harbour.write(name, "# A comment moves everything down.\n" + FACT)
    assert harbour.call("check").out == "0 errors, 0 warnings\n"
    second = FACT.partition("facts:\n")[2].replace("claim-about-a-harbour", "second")
    harbour.write(name, FACT + second)
    assert harbour.call("check").out.endswith(", 1 new note (--verbose shows all)\n")
    shown = harbour.call("check", "--verbose")
    assert shown.out.endswith(", 2 notes (1 new)\n")
    assert len(re.findall(r": new note\[", shown.err)) == 1


def test_a_build_of_one_brief_forgets_no_note(harbour: Project) -> None:
    assert harbour.build("--format", "markdown").exit_code == 0
    assert harbour.build("--format", "markdown", "--only", "letter").exit_code == 0
    assert harbour.call("check").out == "0 errors, 0 warnings\n"


def test_records_hold_every_note_whether_new_or_not(harbour: Project) -> None:
    first = harbour.call("check", "--json").record
    assert harbour.build("--format", "markdown").exit_code == 0
    assert harbour.call("check", "--json").record == first
    assert [item["check"] for item in first["findings"]] == ["unused-fact"]
