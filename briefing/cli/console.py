"""What all commands share: options, the clock, the terminal, and the reporting of problems.

This is the only module that reads the clock; steps that need the day receive it as an argument.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import shlex
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from briefing.cli import streams
from briefing.cli.reports import plain_text
from briefing.model import characters, moments
from briefing.model.findings import BriefingError, Finding, UsageError, nearest_of
from briefing.store import disk, records, request
from briefing.store.disk import NOTHING_KNOWN, Texts
from briefing.store.known_texts import Known, Unchanged
from briefing.store.locks import Holder, Wait
from briefing.store.records import Call, Records

WAIT_SECONDS = 10.0
"""A command waits so long for another one that writes into the same folder."""
QUIET_WAIT_SECONDS = 0.3
"""A command that waits longer than this says for whom."""
_PAUSE_SECONDS = 0.02
QUIET_SECONDS = 1
"""A command that takes longer than this shows its progress."""
EXIT_STATUS = (
    "Exit status: 0 all is well, 1 the content has errors, 2 the call or the computer has a problem."
)
EXIT_MACHINE = 2


def today() -> datetime.date:
    """Return the day on which the command is called."""
    return datetime.date.today()


def now() -> datetime.datetime:
    """Return the time of the call, with its zone: that of ``--now``, or the clock's in UTC."""
    context = click.get_current_context(silent=True)
    given: datetime.datetime | None = context.meta.get(_NOW) if context else None
    return given or datetime.datetime.now(datetime.UTC)


_NOW = "briefing.now"


def _keep_now(ctx: click.Context, _: click.Parameter, value: datetime.datetime | None) -> None:
    ctx.meta[_NOW] = value


class MomentParam(click.ParamType):  # type: ignore[type-arg]
    """A day, or a day and a time with its zone, such as 2025-11-30T09:00+01:00."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Return the moment that a value names; click calls this."""
        if isinstance(value, datetime.datetime):
            return value
        try:
            return moments.parse(value)
        except ValueError as error:
            hint = "write 2025-11-30T09:00+01:00, or 2025-11-30 for 00:00 UTC"
            self.fail(f"{error}; {hint}", param, ctx)


class DayParam(click.ParamType):  # type: ignore[type-arg]
    """A calendar day such as 2025-11-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Return the day that a value names; click calls this."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"expected a day such as 2025-11-30, found '{value}'", param, ctx)


class TextParam(click.ParamType):  # type: ignore[type-arg]
    """One line of text from a person for the record, without characters that hide or reorder words."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words with single spaces between them; click calls this."""
        words = " ".join(str(value).split())
        if not words:
            self.fail("expected some text, found none", param, ctx)
        if not words.isprintable() and (odd := characters.shown_name(words)) != words:
            self.fail(f"the text contains a character that cannot be printed: '{odd}'", param, ctx)
        for found in characters.find(words):
            self.fail(f"{found.message}; {found.hint}", param, ctx)
        return words


class ChoiceParam(click.Choice):  # type: ignore[type-arg]
    """One of several words; a wrong word is answered with the nearest one and the whole list."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return the message for a word that is not in the list; click calls this."""
        words = [str(word) for word in self.choices]
        near = nearest_of(str(value), words)
        return f"expected one of {', '.join(words)}, found '{value}'" + (
            f"; did you mean '{near}'?" if near else ""
        )


PROJECT = click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Folder of the project: the one that contains content/. Default: the current folder.",
)
BRIEF_MEANING = "The brief, by the name of its file in content/briefs."
BRIEF = click.argument("brief", help=BRIEF_MEANING)
CAPTURES = click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="BRIEFING_CAPTURES",
    metavar="FOLDER",
    help="Folder of the captured texts; you can set BRIEFING_CAPTURES instead. Default: the folder that the "
    "project file names under captures, or else the folder captures of the project.",
)
BY = click.option(
    "--by",
    type=TextParam(),
    metavar="NAME",
    required=True,
    help="The person who answers for it; you can set BRIEFING_BY instead.",
    envvar="BRIEFING_BY",
)
NOW = click.option(
    "--now",
    type=MomentParam(),
    metavar="TIME",
    expose_value=False,
    callback=_keep_now,
    help="The time of this call, such as 2025-11-30T09:00+01:00; an edition is held until its hour. Default: "
    "the computer's clock.",
)
KEY = click.option(
    "--key",
    "key_file",
    metavar="FILE",
    default="",
    envvar="BRIEFING_KEY",
    help="Where the project asks for signatures: the file of your SSH key. You can set BRIEFING_KEY instead. "
    "Default: the key of the SSH agent or in ~/.ssh that content/signers.yaml has for NAME; for GPG, the "
    "keyring.",
)
JSON = click.option("--json", is_flag=True, help="Print one JSON record instead of text.")


@contextlib.contextmanager
def machine_problems() -> Iterator[None]:
    """Report a problem of the call or the computer in one sentence, and exit."""
    try:
        yield
    except BriefingError as error:
        print_problem(f"briefing: {error}")
        sys.exit(EXIT_MACHINE)
    except KeyboardInterrupt as error:
        name = f" by {error}" if isinstance(error, Terminated) else ""
        click.echo(f"briefing: interrupted{name}; finished files stay as they were", err=True)
        sys.exit(EXIT_MACHINE)


class Terminated(KeyboardInterrupt):
    """The system or another program asks this one to end; it clears up as after Ctrl-C."""


def read_texts(root: Path, known: Known = NOTHING_KNOWN) -> Texts:
    """Return the texts of a project. Raises UsageError if the folder is not a project.

    Those that look as when they were ``known`` are read when they are asked for.
    """
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}; 'briefing init {quoted(root)}' makes a project there")
    texts = records.read(root, request.FOLDERS, call(), known)
    if request.PROJECT_FILE not in (*texts.texts, *(finding.at.path for finding in texts.findings)):
        raise UsageError(
            f"{root.absolute()} is not a project: it has no {request.PROJECT_FILE}; {_way_out(root)}"
        )
    return texts


@contextlib.contextmanager
def recording(root: Path) -> Iterator[Records]:
    """Lock the records of a project from reading to writing. Raises UsageError if it is not a project."""
    refuse_no_project(root)
    with records.opened(root, request.FOLDERS, call()) as opened:
        yield opened


def captures_of(root: Path, given: Path | None, *, is_made: bool = False) -> Path:
    """Return the folder of the captures: the one given, or else that of the project.

    If ``is_made``, the command makes one that the project file names. Raises UsageError if there is none.
    """
    refuse_no_project(root)
    if given is not None:
        return given
    folder = root / disk.captures_of(root)
    if not folder.is_dir() and not (is_made and folder.name != disk.CAPTURES):
        raise UsageError(
            f"there is no folder {folder}; name the folder of the captured texts with --captures FOLDER, or "
            "once for all in BRIEFING_CAPTURES; one below the project also with captures: in "
            f"{request.PROJECT_FILE}"
        )
    return folder


def refuse_no_project(root: Path) -> None:
    """Raise UsageError if a folder is not a project, before anything is written there."""
    if not (root / request.PROJECT_FILE).is_file():
        read_texts(root)


def call() -> Call:
    """Return the running command, as the records name it to other commands."""
    context = click.get_current_context(silent=True)
    command = context.command_path if context else "briefing"
    since = datetime.datetime.now().isoformat(" ", "seconds")
    return Call(command, since, waiting(), lambda words: print_problem(f"briefing: {words}"))


def waiting() -> Wait:
    """Return how a command waits for another one: for some seconds, and it soon says for whom."""
    started = time.monotonic()
    has_said = False

    def wait(holder: Holder) -> bool:
        nonlocal has_said
        waited = time.monotonic() - started
        if waited >= WAIT_SECONDS:
            return False
        if not has_said and waited >= QUIET_WAIT_SECONDS:
            print_problem(f"briefing: waiting for {holder}")
            has_said = True
        time.sleep(_PAUSE_SECONDS)
        return True

    return wait


def _way_out(root: Path) -> str:
    """Return what to do about a folder that is not a project."""
    above = next((path for path in root.absolute().parents if (path / request.PROJECT_FILE).is_file()), None)
    if above:
        return f"{above} is one, so give --project {quoted(above)}; 'briefing init FOLDER' makes another"
    named = root / request.PROJECT_FILE
    there = (path.name for path in named.parent.glob(f"{named.stem}.*"))
    misnamed = next((name for name in sorted(there) if disk.meant_name(name, (named.suffix,))), "")
    if misnamed:
        return f"rename content/{misnamed} to {named.name}; Windows may hide the end of its name"
    if (root / "content").exists():
        return "write one, modelled on the one that 'briefing init FOLDER' makes in another folder"
    return "'briefing init' makes one here" if root == Path() else f"'briefing init {quoted(root)}' makes one"


def quoted(path: Path) -> str:
    """Return a path as people type it after a command."""
    return shlex.quote(str(path))


def print_record(found: dict[str, Any]) -> None:
    """Print one JSON record."""
    print_data(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def print_data(text: str) -> None:
    """Print text for programs: in UTF-8 whatever the encoding of the stream, except on a terminal."""
    click.echo(text if sys.stdout.isatty() else text.encode("utf-8", streams.LACKING), nl=False)


def print_findings(
    found: Sequence[Finding],
    texts: Texts,
    has_notes: bool = False,
    fresh: Collection[Finding] = (),
    how_to_see_all: str = "",
) -> None:
    """Print findings to standard error, each with its source line, and a table of them if they are many.

    If there is another way to see all of them, which may name the check as ``{}``, few of each check are
    printed.
    """
    room = streams.room(sys.stderr)
    most = plain_text.MAX_OF_A_CHECK if how_to_see_all else 0
    for line in (
        *plain_text.findings(found, Unchanged(texts.texts), has_notes, fresh, room, most),
        *plain_text.by_check(found, has_notes, most, how_to_see_all, room),
    ):
        click.echo(line, err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Print results, in lines that fit if they go to a terminal."""
    room = streams.room(sys.stdout)
    for line in lines:
        for part in plain_text.fitted(line, room):
            click.echo(part)


def print_problem(text: str) -> None:
    """Print to standard error why something could not be done."""
    for part in plain_text.fitted(characters.shown(text), streams.room(sys.stderr)):
        click.echo(part, err=True)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """Show the progress of slow work in a line, on a terminal only, and erase it at the end."""
    is_terminal = streams.is_terminal(sys.stderr)
    room = min(78, (streams.room(sys.stderr) or 80) - 1)
    started = time.monotonic()
    width = 0

    def show(done: int, total: int, title: str) -> None:
        nonlocal width
        if is_terminal and time.monotonic() - started > QUIET_SECONDS:
            text = f"{done} of {total}: {title}"[:room]
            click.echo("\r" + text.ljust(width), nl=False, err=True)
            width = len(text)

    try:
        yield show
    finally:
        if width:
            click.echo("\r" + " " * width + "\r", nl=False, err=True)
