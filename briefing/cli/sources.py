"""The commands for sources: compare them with their captures, show them and their coverage, register them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.cli.program import Group
from briefing.model.counting import spans
from briefing.model.findings import UsageError
from briefing.store import disk


@click.command(epilog=EXIT_STATUS)
@console.CAPTURES
@click.option(
    "--record",
    "is_recorded",
    is_flag=True,
    help="If all is well, record it in content/verification.yaml: briefs then say when they were verified.",
)
@console.PROJECT
@console.JSON
def verify(captures: Path | None, is_recorded: bool, project: Path, json: bool) -> None:
    """Check whether every passage that facts cite is still in its capture.

    The command looks for each term of each piece of evidence in its paragraph, literally. If a term is not
    there, it says where else the term is, or which words are nearest; if a capture has changed, it says what
    has happened to every passage cited from it.
    """
    with console.machine_problems():
        from briefing.cli.reports import audit as audit_report
        from briefing.commands import audit

        captures = console.captures_of(project, captures)
        today, recorded = console.today(), ""
        if is_recorded:
            with console.recording(project) as records:
                texts = records.texts
                found = audit.run(texts, captures, today)
                recorded = "" if found.has_errors else audit.record(records, found, today)
        else:
            texts = console.read_texts(project)
            found = audit.run(texts, captures, today)
    if json:
        sources = [audit_report.of_verified(item) for item in found.verified]
        console.print_record(audit_report.of_audit("verify", found, sources))
    else:
        console.print_findings(found.findings, texts, how_to_see_all="--json lists all")
        console.print_lines(audit_report.verified(found.verified))
        console.print_lines([audit_report.verified_summary(found.verified, found.findings)])
        if recorded:
            console.print_lines([f"Recorded in {recorded}."])
    if is_recorded and not recorded:
        console.print_problem("Nothing was recorded, because there are errors.")
    sys.exit(int(found.has_errors))


@click.command(epilog=EXIT_STATUS)
@click.argument("source", required=False, help="The source, by the name of its file in content/sources.")
@click.option("--all", "is_all", is_flag=True, help="All sources of the register.")
@console.CAPTURES
@console.PROJECT
@console.JSON
def coverage(source: str | None, is_all: bool, captures: Path | None, project: Path, json: bool) -> None:
    """Show what in SOURCE no fact cites, paragraph by paragraph.

    A paragraph is open if nothing cites or explains it. In any paragraph, a figure, amount, percentage, date,
    or name of a known actor or system is open if no term cited from the paragraph contains it. A paragraph or
    mention is explained if the source lists it under "uncited" with a reason. The exit status is 1 while
    anything is open.
    """
    with console.machine_problems():
        if bool(source) == is_all:
            raise UsageError("name one source, by the name of its file, or give --all")
        from briefing.cli.reports import audit as audit_report
        from briefing.commands import audit

        captures = console.captures_of(project, captures)
        texts = console.read_texts(project)
        found = audit.run(texts, captures, console.today())
        found = audit.only(found, source) if source else found
    if json:
        sources = [audit_report.of_covered(item) for item in found.covered]
        console.print_record(audit_report.of_audit("coverage", found, sources))
    else:
        console.print_findings([finding for finding in found.findings if finding.is_error], texts)
        for item in found.covered:
            console.print_lines(audit_report.covered(item))
        console.print_lines([audit_report.covered_summary(found.covered)])
        console.print_lines(audit_report.accounted(found.accounted))
    sys.exit(int(found.has_errors or not all(item.is_whole for item in found.covered)))


@click.group(name="source", cls=Group, subcommand_metavar="COMMAND [OPTIONS]")
def source_group() -> None:
    """Register sources, and show what was taken of them."""


def _of_the_source(name: str, meaning: str, metavar: str = "TEXT") -> Callable[..., Any]:
    return click.option(f"--{name}", metavar=metavar, help=meaning)


class TakeParam(click.ParamType):  # type: ignore[type-arg]
    """Numbers of left-out parts, such as 2,5-7."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers that a value names; click calls this."""
        if isinstance(value, tuple):
            return value
        try:
            found = spans(str(value))
        except ValueError:
            self.fail(f"expected numbers such as 2,5-7, found '{value}'", param, ctx)
        return tuple(number for first, last in found for number in range(first, last + 1))


@source_group.command(epilog=EXIT_STATUS)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="Plain texts, saved web pages, PDFs, mails, Word documents, tables, or folders of them.",
)
@console.CAPTURES
@click.option(
    "--name", metavar="NAME", help="The name under which facts cite it. Default: made from the file's name."
)
@console.PROJECT
@_of_the_source("title", "Its headline, as the text has it.")
@_of_the_source("publisher", "Who published it, as the text has it.")
@_of_the_source("author", "Who wrote it, as the text has it.")
@_of_the_source("published", "When it was published, if the text says so.", "DATE")
@_of_the_source("url", "Where it can be read.", "ADDRESS")
@_of_the_source("retrieved", "When you saved it.", "DATE")
@_of_the_source("language", "Language of the text, such as en or uk, if the file does not say.", "TAG")
@_of_the_source("label", "How a brief names it if headline or publisher are not stated.")
@click.option(
    "--take",
    type=TakeParam(),
    default=(),
    help="Take left-out parts, by their numbers in `source show`: 2,5-7.",
)
@click.option(
    "--selector",
    metavar="SELECTOR",
    default="",
    help="Take only these elements of a web page: CSS, or XPath from /.",
)
@click.option("--pages", metavar="PAGES", default="", help="Take only these pages of a PDF: 2-5,9.")
@click.option(
    "--metadata",
    "reference",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A record of the reference in RIS or CSL-JSON, which states what the file does not.",
)
@click.option(
    "--keep",
    "is_kept",
    is_flag=True,
    help="Keep the file itself beside the capture, in the folder originals.",
)
@click.option(
    "--new-version",
    "is_new_version",
    is_flag=True,
    help="The file is a new state of a known source: make it the next version of its capture, and compare.",
)
def add(
    files: tuple[Path, ...],
    captures: Path | None,
    name: str | None,
    project: Path,
    take: tuple[int, ...],
    selector: str,
    pages: str,
    reference: Path | None,
    is_kept: bool,
    is_new_version: bool,
    **given: str | None,
) -> None:
    """Register FILES as sources: texts, saved web pages, PDFs, mails (.eml), .docx, .xlsx and CSV.

    The text goes into the folder of the captures, one paragraph to a line, and its record into
    content/sources. The command takes title, author, publisher and dates only from the text or the file
    itself; the rest is "not stated". It never overwrites an existing file. Beside a capture, it records what
    of the file is not in it, and which decisions to look at.
    """
    with console.machine_problems():
        from briefing.cli.reports import intake as report
        from briefing.commands import add_sources
        from briefing.commands.add_source import Wanted
        from briefing.sources.extract.extracted import Choice

        captures = console.captures_of(project, captures, is_made=True)
        console.refuse_no_project(project)
        stated = {field: value for field, value in given.items() if value}
        record = (disk.read_foreign(reference), reference.name) if reference else None
        wanted = Wanted(stated, Choice(take, selector, pages), record, is_kept)
        found = add_sources.prepare(files, name, wanted)
        with console.recording(project) as records:
            if is_new_version:
                renewed = add_sources.renew(records, captures, found)
                lines = report.renewed(*renewed)
            else:
                lines = report.added(add_sources.add(records, captures, found))
        said = list(lines)
    console.print_lines(said)
    for problem in found.refused:
        console.print_problem(problem)
    sys.exit(2 if found.refused else 0)


@source_group.command(epilog=EXIT_STATUS)
@click.argument("source", help="The source, by the name of its file in content/sources.")
@console.CAPTURES
@console.PROJECT
@click.option("--all", "is_all", is_flag=True, help="Show long parts that were left out in full.")
def show(source: str, captures: Path | None, project: Path, is_all: bool) -> None:
    """Show the numbered paragraphs of SOURCE, what of its file was left out, and what to look at."""
    with console.machine_problems():
        from briefing.commands import renew_source

        captures = console.captures_of(project, captures)
        shown = renew_source.show(console.read_texts(project), captures, source)
        lines = list(renew_source.lines(shown, is_all))
    console.print_lines(lines)
