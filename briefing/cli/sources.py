"""Sources: held against their captures, covered by facts, registered."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.cli.program import Group
from briefing.model.findings import UsageError
from briefing.store import disk


@click.command(epilog=EXIT_STATUS)
@console.CAPTURES
@click.option(
    "--record",
    "is_recorded",
    is_flag=True,
    help="Where all is well, note it in content/verification.yaml: briefs then say when they were verified.",
)
@console.PROJECT
@console.JSON
def verify(captures: Path, is_recorded: bool, project: Path, json: bool) -> None:
    """Tell whether every passage that facts cite still stands in its capture.

    Each term of each piece of evidence is looked for in its paragraph, literally. Where it is not there, the
    command says where else it stands, or which words come nearest; where a capture has changed, what has
    become of every passage cited from it.
    """
    with console.machine_problems():
        from briefing.cli.reports import audit as audit_report
        from briefing.commands import audit

        texts = console.read_texts(project)
        today = console.today()
        found = audit.run(texts, captures, today)
        recorded = audit.record(project, found, today) if is_recorded and not found.has_errors else ""
    if json:
        sources = [audit_report.of_verified(item) for item in found.verified]
        console.print_record(audit_report.of_audit("verify", found, sources))
    else:
        console.print_findings(found.findings, texts)
        console.print_lines(audit_report.verified(found.verified))
        console.print_lines([audit_report.verified_summary(found.verified, found.findings)])
        if recorded:
            console.print_lines([f"Recorded in {recorded}."])
    if is_recorded and not recorded:
        console.print_problem("Nothing is recorded while there are errors.")
    sys.exit(int(found.has_errors))


@click.command(epilog=EXIT_STATUS)
@click.argument("source", required=False, help="The source, by the name of its file in content/sources.")
@click.option("--all", "is_all", is_flag=True, help="All sources of the register.")
@console.CAPTURES
@console.PROJECT
@console.JSON
def coverage(source: str | None, is_all: bool, captures: Path, project: Path, json: bool) -> None:
    """Show what in SOURCE no fact cites, paragraph by paragraph.

    Open is a paragraph that nothing cites or explains, and in any paragraph a figure, amount, percentage,
    date, or name of a known actor or system that stands in no term cited from it. Explained is what the
    source lists under "uncited" with a reason. The exit status is 1 as long as anything is open.
    """
    with console.machine_problems():
        if bool(source) == is_all:
            raise UsageError("name one source, by the name of its file, or say --all")
        from briefing.cli.reports import audit as audit_report
        from briefing.commands import audit

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
    sys.exit(int(found.has_errors or not all(item.is_whole for item in found.covered)))


@click.group(name="source", cls=Group, subcommand_metavar="COMMAND [OPTIONS]")
def source_group() -> None:
    """Register sources."""


def _of_the_source(name: str, meaning: str, metavar: str = "TEXT") -> Callable[..., Any]:
    return click.option(f"--{name}", metavar=metavar, help=meaning)


@source_group.command(epilog=EXIT_STATUS)
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A plain text, a saved web page or a PDF.",
)
@console.CAPTURES
@click.option("--name", metavar="NAME", help="What facts are to call it. Default: made of the file's name.")
@console.PROJECT
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
    with console.machine_problems():
        from briefing.cli.reports import audit as audit_report
        from briefing.commands import add_source

        texts = console.read_texts(project)
        data = disk.read_captures(file.parent, [file.name])[file.name] or b""
        stated = {field: value for field, value in given.items() if value}
        entry = add_source.prepare(data, file.name, name or add_source.name_of(file.stem), stated)
        written = add_source.add(project, texts, captures, entry)
    console.print_lines(audit_report.added(entry, [str(path) for path in written]))
