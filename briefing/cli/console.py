"""What all commands share: their options, the clock and the terminal, and how problems are told.

The only module that reads the clock; a step that needs the day is given it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from briefing import files, report, request
from briefing.files import Texts
from briefing.problems import BriefingError, Finding, UsageError

QUIET_SECONDS = 1
"""So long a command may take without saying how far it is."""
EXIT_STATUS = (
    "Exit status: 0 all is well, 1 the content has errors, 2 the call or the computer has a problem."
)
EXIT_MACHINE = 2


def today() -> datetime.date:
    """The day on which the command is called."""
    return datetime.date.today()


class Day(click.ParamType):  # type: ignore[type-arg]
    """A calendar day such as 2025-11-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day; click asks for it."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a day such as 2025-11-30", param, ctx)


class Words(click.ParamType):  # type: ignore[type-arg]
    """What a person says for the record: one line of text that means to a reader what it shows."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words with single spaces between them; click asks for it."""
        said = " ".join(str(value).split())
        if not said:
            self.fail("it says nothing", param, ctx)
        odd = next((sign for sign in said if _is_odd(sign)), "")
        if odd:
            self.fail(f"it holds a sign that cannot be printed (code {ord(odd):#06x})", param, ctx)
        return said


def _is_odd(sign: str) -> bool:
    """Whether a sign shows nothing, or turns round what is read after it."""
    turns = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return unicodedata.category(sign) in ("Cc", "Cs", "Cn") or unicodedata.bidirectional(sign) in turns


PROJECT = click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Folder of the project: the one that holds content/. Default: here.",
)
CAPTURES = click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    envvar="BRIEFING_CAPTURES",
    help="Folder of the captured texts; BRIEFING_CAPTURES may name it once for all.",
)
JSON = click.option("--json", is_flag=True, help="Print one JSON record instead of text.")


@contextlib.contextmanager
def machine_problems() -> Iterator[None]:
    """Say in one sentence what the call or the computer lacks, and exit."""
    try:
        yield
    except BriefingError as error:
        click.echo(f"briefing: {error}", err=True)
        sys.exit(EXIT_MACHINE)
    except KeyboardInterrupt:
        click.echo("briefing: stopped; finished files stay as they were", err=True)
        sys.exit(EXIT_MACHINE)


def read_texts(root: Path) -> Texts:
    """The texts of a project. Raises UsageError where a folder is none."""
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}")
    texts = files.read(root, request.FOLDERS)
    if request.PROJECT_FILE not in (*texts.texts, *(finding.at.path for finding in texts.findings)):
        raise UsageError(f"{root} is no project: it has no {request.PROJECT_FILE}")
    return texts


def print_record(found: dict[str, Any]) -> None:
    """Print one JSON record."""
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def print_findings(found: Sequence[Finding], texts: Texts, has_notes: bool = False) -> None:
    """Print findings beside the results, each with its source line."""
    for line in report.findings(found, texts.texts, has_notes):
        click.echo(line, err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Print results."""
    for line in lines:
        click.echo(line)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A line that says how far the slow work is, on a terminal only, wiped out at the end."""
    is_terminal = sys.stderr.isatty()
    started = time.monotonic()
    width = 0

    def tell(done: int, total: int, title: str) -> None:
        nonlocal width
        if is_terminal and time.monotonic() - started > QUIET_SECONDS:
            text = f"{done} of {total}: {title}"[:78]
            click.echo("\r" + text.ljust(width), nl=False, err=True)
            width = len(text)

    try:
        yield tell
    finally:
        if width:
            click.echo("\r" + " " * width + "\r", nl=False, err=True)
