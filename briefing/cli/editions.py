"""Editions: issued, withdrawn, listed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS

_BY = click.option(
    "--by",
    type=console.TextParam(),
    metavar="NAME",
    required=True,
    help="Who answers for it; BRIEFING_BY may name the person once for all.",
    envvar="BRIEFING_BY",
)


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@click.option(
    "--note",
    type=console.TextParam(),
    required=True,
    metavar="TEXT",
    help="What is new in it, as its readers are told.",
)
@_BY
@click.option(
    "--major/--minor",
    "is_major",
    default=True,
    help="A minor edition mends wording only, and keeps the day of the edition before. Default: major.",
)
@click.option(
    "--corrects", metavar="EDITION", default="", help="The earlier edition that was wrong, such as 2."
)
@console.PROJECT
def issue(brief: str, note: str, by: str, is_major: bool, corrects: str, project: Path) -> None:
    """Issue BRIEF as it stands: freeze it as its next edition.

    Its words, what they rested on and the digests of its files go into content/editions, which belongs under
    version control. Until it is issued, and as soon as anything in it changes, a brief is marked as a draft.
    A brief with errors, or with prose that has become suspect, is not issued.
    """
    with console.machine_problems():
        from briefing.build import workers
        from briefing.cli.reports import editions as editions_report
        from briefing.commands import issue as issuing

        texts = console.read_texts(project)
        request = issuing.IssueRequest(brief, by, note, not is_major, corrects)
        with workers.started(1) as pool:
            done = issuing.issue(project, texts, request, console.today(), pool)
    told = [item for item in done.findings if item.is_error or item.check == "suspect"]
    console.print_findings(told, texts)
    console.print_lines(editions_report.issued(done, brief))
    sys.exit(int(done.issued is None))


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@click.argument("edition", help="The number of the edition.")
@click.option(
    "--reason", type=console.TextParam(), required=True, metavar="TEXT", help="Why, as readers are told."
)
@_BY
@console.PROJECT
def withdraw(brief: str, edition: str, reason: str, by: str, project: Path) -> None:
    """Take back EDITION of BRIEF: it stays readable, and says everywhere that it is withdrawn."""
    with console.machine_problems():
        from briefing.commands import issue as issuing

        texts = console.read_texts(project)
        path = issuing.withdraw(project, texts, brief, edition, by, reason, console.today())
    told = f"Edition {edition} of {brief} is withdrawn; {path} says so, and the next build prints it."
    console.print_lines([told])


@click.command(epilog=EXIT_STATUS)
@click.argument("brief", required=False, help=console.BRIEF_MEANING)
@console.PROJECT
@console.JSON
def editions(brief: str | None, project: Path, json: bool) -> None:
    """List the editions of BRIEF, or of all briefs, and how each brief stands now."""
    with console.machine_problems():
        from briefing.cli.reports import editions as editions_report
        from briefing.commands import issue as issuing

        texts = console.read_texts(project)
        listed = issuing.listed(texts, console.today(), brief)
    if json:
        console.print_record(editions_report.of_listed(listed))
    else:
        console.print_lines(editions_report.listed(listed))
