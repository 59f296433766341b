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
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from briefing import __version__, files, record, report, request
from briefing.files import Texts
from briefing.jobs import Outcome
from briefing.problems import BriefingError, Finding, Severity, UsageError
from briefing.request import Request

QUIET_SECONDS = 1
"""So long a command may take without saying how far it is."""
EXIT_STATUS = (
    "Exit status: 0 all is well, 1 the content has errors, 2 the call or the computer has a problem."
)
EXIT_MACHINE = 2
CHECK_FORMATS = ("text", "json", "sarif", "github")
"""How ``check`` prints what it found."""


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


_PROJECT = click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Folder of the project: the one that holds content/. Default: here.",
)
_CAPTURES = click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    envvar="BRIEFING_CAPTURES",
    help="Folder of the captured texts; BRIEFING_CAPTURES may name it once for all.",
)
_JSON = click.option("--json", is_flag=True, help="Print one JSON record instead of text.")


def _common(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        _PROJECT,
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
        _JSON,
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
@click.option(
    "--format",
    type=click.Choice(CHECK_FORMATS),
    help="How to print it: for people (default), as the JSON record, as SARIF for editors and code hosts, or "
    "as the command lines of a GitHub workflow.",
)
def check(
    project: Path,
    only: tuple[str, ...],
    as_of: datetime.date | None,
    json: bool,
    verbose: bool,
    format: str | None,
) -> None:
    """Tell what is wrong with the content, without making anything."""
    if json and format not in (None, "json"):
        raise click.UsageError("--json is short for --format json; give one of the two.")
    asked = Request("check", project, project / "output", datetime.date.today(), only, (), as_of)
    _run(asked, json or format == "json", verbose, format or CHECK_FORMATS[0])


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


# ------------------------------------------------------------------------------------------------ sources


@main.command(epilog=EXIT_STATUS)
@_CAPTURES
@click.option(
    "--record",
    "is_recorded",
    is_flag=True,
    help="Where all is well, note it in content/verification.yaml: briefs then say when they were verified.",
)
@_PROJECT
@_JSON
def verify(captures: Path, is_recorded: bool, project: Path, json: bool) -> None:
    """Tell whether every passage that facts cite still stands in its capture.

    Each term of each piece of evidence is looked for in its paragraph, literally. Where it is not there, the
    command says where else it stands, or which words come nearest; where a capture has changed, what has
    become of every passage cited from it.
    """
    with _machine_problems():
        from briefing import audit, audit_report

        texts = _texts(project)
        today = datetime.date.today()
        found = audit.run(texts, captures, today)
        recorded = audit.record(project, found, today) if is_recorded and not found.has_errors else ""
    if json:
        sources = [audit_report.of_verified(item) for item in found.verified]
        _print_record(audit_report.of_audit("verify", found, sources))
    else:
        _print_findings(found.findings, texts)
        _print_lines(audit_report.verified(found.verified))
        click.echo(audit_report.verified_summary(found.verified, found.findings))
        if recorded:
            click.echo(f"Recorded in {recorded}.")
    if is_recorded and not recorded:
        click.echo("Nothing is recorded while there are errors.", err=True)
    sys.exit(int(found.has_errors))


@main.command(epilog=EXIT_STATUS)
@click.argument("source", required=False)
@click.option("--all", "is_all", is_flag=True, help="All sources of the register.")
@_CAPTURES
@_PROJECT
@_JSON
def coverage(source: str | None, is_all: bool, captures: Path, project: Path, json: bool) -> None:
    """Show what in SOURCE no fact cites, paragraph by paragraph.

    Open is a paragraph that nothing cites or explains, and in any paragraph a figure, amount, percentage,
    date, or name of a known actor or system that stands in no term cited from it. Explained is what the
    source lists under "uncited" with a reason. The exit status is 1 as long as anything is open.
    """
    with _machine_problems():
        if bool(source) == is_all:
            raise UsageError("name one source, by the name of its file, or say --all")
        from briefing import audit, audit_report

        texts = _texts(project)
        found = audit.run(texts, captures, datetime.date.today())
        found = audit.only(found, source) if source else found
    if json:
        sources = [audit_report.of_covered(item) for item in found.covered]
        _print_record(audit_report.of_audit("coverage", found, sources))
    else:
        _print_findings([finding for finding in found.findings if finding.is_error], texts)
        for item in found.covered:
            _print_lines(audit_report.covered(item))
        click.echo(audit_report.covered_summary(found.covered))
    sys.exit(int(found.has_errors or not all(item.is_whole for item in found.covered)))


@main.group(name="source")
def sources() -> None:
    """Register sources."""


def _of_the_source(name: str, meaning: str, metavar: str = "TEXT") -> Callable[..., Any]:
    return click.option(f"--{name}", metavar=metavar, help=meaning)


@sources.command(epilog=EXIT_STATUS)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_CAPTURES
@click.option("--name", metavar="NAME", help="What facts are to call it. Default: made of the file's name.")
@_PROJECT
@_of_the_source("title", "Its headline, as the text writes it.")
@_of_the_source("publisher", "Who published it, as the text writes it.")
@_of_the_source("author", "Who wrote it, as the text writes it.")
@_of_the_source("published", "When it was published, if the text says so.", "DATE")
@_of_the_source("url", "Where it can be read.", "ADDRESS")
@_of_the_source("retrieved", "When you saved it.", "DATE")
@_of_the_source("language", "Language of the text, such as en or uk, where the file does not say.", "TAG")
@_of_the_source("label", "How a brief names it where headline or publisher are not stated.")
def add(file: Path, captures: Path, name: str | None, project: Path, **given: str | None) -> None:
    """Register FILE, a plain text, saved web page or PDF, as a source.

    The text goes into the folder of the captures, one paragraph a line, and its entry into content/sources.
    Title, author, publisher and dates are taken over only where the text or the file itself states them; the
    rest is "not stated". Nothing that is there already is overwritten.
    """
    with _machine_problems():
        from briefing import audit_report, intake

        texts = _texts(project)
        data = files.read_captures(file.parent, [file.name])[file.name] or b""
        stated = {field: value for field, value in given.items() if value}
        entry = intake.prepare(data, file.name, name or intake.name_of(file.stem), stated)
        written = intake.add(project, texts, captures, entry)
    _print_lines(audit_report.added(entry, [str(path) for path in written]))


# ---------------------------------------------------------------------------------------------- reference


@main.command(name="reference", epilog=EXIT_STATUS)
def print_reference() -> None:
    """Print the reference: every command, field, form, scale and check."""
    from briefing import reference

    click.echo(reference.text(main), nl=False)


def _run(asked: Request, as_json: bool, verbose: bool = False, form: str = "text") -> None:
    """Do what is asked, print what came of it, and exit."""
    with _machine_problems():
        texts = _texts(asked.root)
        outcome = _outcome(asked, texts)
    if as_json:
        _print_record(record.of_outcome(outcome))
    elif form == "text":
        _print(outcome, texts, asked, verbose)
    else:
        _hand_over(outcome, asked, form, verbose)
    sys.exit(outcome.exit_code)


def _hand_over(outcome: Outcome, asked: Request, form: str, verbose: bool) -> None:
    """Print findings for another program, with paths as they are seen from here."""
    from briefing import exchange

    seen = Path(os.path.relpath(asked.root))
    folder = "" if seen == Path() or ".." in seen.parts else seen.as_posix()
    if form == "sarif":
        click.echo(exchange.sarif(outcome.findings, folder))
    else:
        shown = [item for item in outcome.findings if verbose or item.severity is not Severity.NOTE]
        _print_lines(exchange.github(shown, folder))


@contextlib.contextmanager
def _machine_problems() -> Iterator[None]:
    """Say in one sentence what the call or the computer lacks, and exit."""
    try:
        yield
    except BriefingError as error:
        click.echo(f"briefing: {error}", err=True)
        sys.exit(EXIT_MACHINE)
    except KeyboardInterrupt:
        click.echo("briefing: stopped; finished files stay as they were", err=True)
        sys.exit(EXIT_MACHINE)


def _texts(root: Path) -> Texts:
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}")
    texts = files.read(root, request.FOLDERS)
    if request.PROJECT_FILE not in (*texts.texts, *(finding.at.path for finding in texts.findings)):
        raise UsageError(f"{root} is no project: it has no {request.PROJECT_FILE}")
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


def _print_record(found: dict[str, Any]) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _print_findings(found: Sequence[Finding], texts: Texts, has_notes: bool = False) -> None:
    for line in report.findings(found, texts.texts, has_notes):
        click.echo(line, err=True)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _print(outcome: Outcome, texts: Texts, asked: Request, verbose: bool) -> None:
    _print_findings(outcome.findings, texts, verbose)
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
