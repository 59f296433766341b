"""The command line: it reads the call, the clock and the terminal, asks for the work and reports.

Modules that are slow to import are imported where they are needed, so that a build with nothing to do and
``--help`` answer at once.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from briefing import __version__, files, record, report, request
from briefing.files import Texts
from briefing.jobs import Outcome
from briefing.problems import BriefingError, UsageError
from briefing.request import Request

QUIET_SECONDS = 1
"""So long a command may take without saying how far it is."""
EXIT_STATUS = (
    "Exit status: 0 all is well, 1 the content has errors, 2 the call or the computer has a problem."
)
EXIT_MACHINE = 2


class _Day(click.ParamType):  # type: ignore[type-arg]
    """A calendar day such as 2025-11-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a day such as 2025-11-30", param, ctx)


def _common(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "--project",
            type=click.Path(file_okay=False, path_type=Path),
            default=".",
            help="Folder of the project: the one that holds content/. Default: here.",
        ),
        click.option(
            "--only",
            metavar="BRIEF",
            multiple=True,
            help="Only this brief, by the name of its file; may be repeated. The site is left as it is.",
        ),
        click.option(
            "--as-of",
            type=_Day(),
            metavar="DATE",
            help="Show what was known on this day, such as 2025-11-30, instead of everything.",
        ),
        click.option("--json", is_flag=True, help="Print one JSON record instead of text."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _with_output(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "--output",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for the results. Default: output/ in the project.",
        ),
        click.option(
            "--format",
            type=click.Choice(request.FORMATS),
            multiple=True,
            help="Only this format; may be repeated. Default: all, with the site.",
        ),
        click.option("--verbose", is_flag=True, help="Name every file, those that are kept as well."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    epilog=EXIT_STATUS,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "BRIEFING"},
)
@click.version_option(__version__, prog_name="briefing")
@click.pass_context
def main(context: click.Context) -> None:
    """Turn sourced facts into policy briefs.

    Facts stand in content/facts, briefs in content/briefs. "briefing check" tells what is wrong with them,
    "briefing plan" what a build would do and why, and "briefing build" makes the Markdown, HTML and PDF files
    of every brief and the site.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False  # https://no-color.org; click itself looks at the terminal only


@main.command(epilog=EXIT_STATUS)
@_common
@click.option(
    "--verbose", is_flag=True, help="Print notes as well: what is good to know and needs no mending."
)
def check(
    project: Path, only: tuple[str, ...], as_of: datetime.date | None, json: bool, verbose: bool
) -> None:
    """Tell what is wrong with the content, without making anything."""
    asked = Request("check", project, project / "output", datetime.date.today(), only, (), as_of)
    _run(asked, json, verbose)


@main.command(epilog=EXIT_STATUS)
@_common
@_with_output
def plan(
    project: Path,
    only: tuple[str, ...],
    as_of: datetime.date | None,
    json: bool,
    output: Path | None,
    format: tuple[str, ...],
    verbose: bool,
) -> None:
    """Tell what a build would make, remove or hold back, and why."""
    today = datetime.date.today()
    _run(Request("plan", project, output or project / "output", today, only, format, as_of), json, verbose)


@main.command(epilog=EXIT_STATUS)
@_common
@_with_output
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    metavar="N",
    help="How many PDFs are made at a time. Default: one for each processor.",
)
def build(
    project: Path,
    only: tuple[str, ...],
    as_of: datetime.date | None,
    json: bool,
    output: Path | None,
    format: tuple[str, ...],
    verbose: bool,
    jobs: int | None,
) -> None:
    """Make what has changed: every brief in every format, and the site."""
    today = datetime.date.today()
    folder = output or project / "output"
    asked = Request("build", project, folder, today, only, format, as_of, jobs or _processors())
    _run(asked, json, verbose)


@main.command(name="reference", epilog=EXIT_STATUS)
def print_reference() -> None:
    """Print the reference: every command, field, form, scale and check."""
    from briefing import reference

    click.echo(reference.text(main), nl=False)


def _run(asked: Request, as_json: bool, verbose: bool = False) -> None:
    """Do what is asked, print what came of it, and exit."""
    try:
        texts = _texts(asked)
        outcome = _outcome(asked, texts)
    except BriefingError as error:
        click.echo(f"briefing: {error}", err=True)
        sys.exit(EXIT_MACHINE)
    except KeyboardInterrupt:
        click.echo("briefing: stopped; finished files stay as they were", err=True)
        sys.exit(EXIT_MACHINE)
    if as_json:
        click.echo(json.dumps(record.of_outcome(outcome), ensure_ascii=False, indent=2))
    else:
        _print(outcome, texts, asked, verbose)
    sys.exit(outcome.exit_code)


def _texts(asked: Request) -> Texts:
    if not asked.root.is_dir():
        raise UsageError(f"there is no folder {asked.root}")
    texts = files.read(asked.root, request.FOLDERS)
    if request.PROJECT_FILE not in (*texts.texts, *(finding.at.path for finding in texts.findings)):
        raise UsageError(f"{asked.root} is no project: it has no {request.PROJECT_FILE}")
    return texts


def _outcome(asked: Request, texts: Texts) -> Outcome:
    if asked.command == "check":
        return _line(asked, texts, files.Manifest(), "")
    inputs = request.digest(asked, texts)
    if asked.command == "plan":
        manifest = files.read_manifest(asked.output)
        return request.remembered(asked, inputs, manifest) or _line(asked, texts, manifest, inputs)
    with files.locked(asked.output):
        manifest = files.read_manifest(asked.output)
        return request.remembered(asked, inputs, manifest) or _line(asked, texts, manifest, inputs)


def _line(asked: Request, texts: Texts, manifest: files.Manifest, inputs: str) -> Outcome:
    from briefing import workers

    with workers.crew(asked.processes) as crew, _progress() as progress:
        if asked.command == "build" and (not asked.formats or {"pdf", request.SITE} & {*asked.formats}):
            crew.warm_up()
        from briefing import build as line

        return line.run(asked, texts, manifest, inputs, crew, progress)


def _print(outcome: Outcome, texts: Texts, asked: Request, verbose: bool) -> None:
    for line in report.findings(outcome.findings, texts.texts, verbose):
        click.echo(line, err=True)
    if outcome.command != "check":
        for line in report.decisions(outcome, verbose):
            click.echo(line)
        for failure in outcome.failures:
            click.echo(f"{failure.path}: {failure.message}", err=True)
    click.echo(report.summary(outcome, str(asked.output)))


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
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


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
