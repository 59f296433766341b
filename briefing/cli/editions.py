"""The commands that issue, withdraw and list editions."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@click.option(
    "--note",
    type=console.TextParam(),
    required=True,
    metavar="TEXT",
    help="What is new in it; its readers see this.",
)
@console.BY
@console.KEY
@click.option(
    "--major/--minor",
    "is_major",
    default=True,
    help="A minor edition corrects wording only, and keeps the day of the previous edition. Default: major.",
)
@click.option(
    "--corrects", metavar="EDITION", default="", help="The earlier edition that was wrong, such as 2."
)
@click.option(
    "--publish-on",
    type=console.MomentParam(),
    metavar="TIME",
    help="Hold it until this day (00:00 UTC) or time with its zone, such as 2025-11-30T09:00+01:00. Until "
    "then builds print the edition before it, and nothing of a brief that has none.",
)
@console.PROJECT
def issue(
    brief: str,
    note: str,
    by: str,
    key_file: str,
    is_major: bool,
    corrects: str,
    publish_on: datetime.datetime | None,
    project: Path,
) -> None:
    """Issue BRIEF: freeze its present text as its next edition.

    The text, the facts that it rests on and the digests of its files go into content/editions, which belongs
    under version control. A brief is marked as a draft until it is issued, and again as soon as anything in
    it changes. A brief with errors, or with suspect prose, cannot be issued.
    """
    with console.machine_problems():
        from briefing.build import workers
        from briefing.cli.reports import editions as editions_report
        from briefing.commands import issue as issuing

        request = issuing.IssueRequest(brief, by, note, not is_major, corrects, key_file, publish_on)
        with console.recording(project) as records, workers.started(1) as pool:
            texts = records.texts
            done = issuing.issue(records, request, console.today(), console.now(), pool)
    shown = [item for item in done.findings if item.is_error or item.check == "suspect"]
    console.print_findings(shown, texts)
    console.print_lines(editions_report.issued(done, brief))
    sys.exit(int(done.issued is None))


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@click.argument("edition", help="The number of the edition.")
@click.option(
    "--reason", type=console.TextParam(), required=True, metavar="TEXT", help="Why; its readers see this."
)
@console.BY
@console.KEY
@console.PROJECT
def withdraw(brief: str, edition: str, reason: str, by: str, key_file: str, project: Path) -> None:
    """Withdraw EDITION of BRIEF: it stays readable, and is marked as withdrawn everywhere."""
    with console.machine_problems():
        from briefing.commands import issue as issuing
        from briefing.commands.signing import Signer

        with console.recording(project) as records:
            signer = Signer(by, console.today(), key_file)
            done = issuing.withdraw(records, brief, edition, reason, signer, console.now())
    then = "it is never published" if done.is_unpublished else "the next build prints it"
    console.print_lines([f"Edition {edition} of {brief} is withdrawn; {done.path} records it, and {then}."])


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@console.BY
@console.KEY
@click.option("--clear", "step", flag_value="cleared", help="Clear it: its words may be issued as they are.")
@click.option("--return", "step", flag_value="returned", help="Give it back; it is a draft again.")
@click.option(
    "--reason",
    type=console.TextParam(),
    metavar="TEXT",
    help="What you say about it, for the record.",
)
@console.PROJECT
def review(brief: str, by: str, key_file: str, step: str | None, reason: str | None, project: Path) -> None:
    """Hand BRIEF in for review, clear it, or give it back.

    Its author hands it in; another person clears it, or gives it back. Each step counts for exactly the words
    that the brief has then: if one of them changes, it is a draft again. Where the project has a line
    "two_persons_since", a brief can be issued only after it is cleared.
    """
    with console.machine_problems():
        from briefing.commands import review as reviewing
        from briefing.model.signatures import ReviewStep

        taken = ReviewStep(step or ReviewStep.SUBMITTED)
        if taken is ReviewStep.RETURNED and not reason:
            raise click.UsageError("--return needs --reason: its author has to know what to change.")
        request = reviewing.ReviewRequest(brief, taken, by, reason or "", key_file)
        with console.recording(project) as records:
            texts = records.texts
            done = reviewing.review(records, request, console.today())
    shown = [item for item in done.findings if item.is_error or item.check == "suspect"]
    console.print_findings(shown, texts)
    if done.path:
        console.print_lines([f"{brief} is {_STATES[taken]} by {by}, in {done.path}."])
    else:
        console.print_lines([f"Nothing about {brief} is recorded: {done.reason}."])
    sys.exit(int(not done.path))


_STATES = {"submitted": "handed in", "cleared": "cleared", "returned": "given back"}
"""The step of a review -> its word in a sentence about the brief."""


@click.command(epilog=EXIT_STATUS)
@click.argument("brief", required=False, help=console.BRIEF_MEANING)
@console.PROJECT
@console.JSON
def editions(brief: str | None, project: Path, json: bool) -> None:
    """List the editions of BRIEF, or of all briefs, and the present state of each brief."""
    with console.machine_problems():
        from briefing.cli.reports import editions as editions_report
        from briefing.commands import issue as issuing

        texts = console.read_texts(project)
        listed = issuing.listed(texts, console.today(), brief)
        time = console.now()
    if json:
        console.print_record(editions_report.of_listed(listed))
    else:
        console.print_lines(editions_report.listed(listed, time))
