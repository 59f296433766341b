"""Accepting the prose of a brief."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.counting import counted

if TYPE_CHECKING:
    from briefing.commands.accept import AcceptResult
    from briefing.review.signoff import Reviewed


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@click.argument(
    "paragraphs",
    metavar="[PARAGRAPH]...",
    nargs=-1,
    help="Names of paragraphs, as --list shows them. Default: all that are not accepted yet.",
)
@click.option(
    "--by",
    type=console.TextParam(),
    metavar="NAME",
    help="The person who has read it; you can set BRIEFING_BY instead.",
    envvar="BRIEFING_BY",
)
@console.KEY
@click.option(
    "--reason", type=console.TextParam(), metavar="TEXT", help="Why it may stay as it is, for the record."
)
@click.option("--list", "is_list", is_flag=True, help="Only show every paragraph and its state.")
@console.PROJECT
def accept(
    brief: str,
    paragraphs: tuple[str, ...],
    by: str | None,
    key_file: str,
    reason: str | None,
    is_list: bool,
    project: Path,
) -> None:
    """Record that a person has compared PARAGRAPH of BRIEF with its facts, and answers for it.

    If a fact that a paragraph rests on changes later, the paragraph becomes suspect: "check" reports it, the
    draft marks it, and the brief cannot be issued until a person accepts it again. Without PARAGRAPH, the
    command accepts every paragraph that is not accepted in its present form. The record is in
    content/editions, beside the editions.
    """
    if is_list and (paragraphs or reason):
        raise click.UsageError("--list only shows paragraphs; leave out PARAGRAPH and --reason.")
    if not is_list and not by:
        context = click.get_current_context()
        (param,) = (item for item in context.command.params if item.name == "by")
        raise click.MissingParameter(ctx=context, param=param)
    with console.machine_problems():
        from briefing.commands import accept as accepting

        if is_list:
            texts = console.read_texts(project)
            found, done = accepting.reviewed(texts, brief, console.today())
        else:
            request = accepting.AcceptRequest(brief, str(by), key_file, paragraphs, reason or "")
            with console.recording(project) as records:
                texts = records.texts
                found, done = (), accepting.accept(records, request, console.today())
    console.print_findings(done.findings, texts)
    if done.held:
        console.print_lines([f"Nothing of {brief} is {'known' if is_list else 'accepted'}: {done.held}."])
        sys.exit(1)
    console.print_lines(_listed(found) if is_list else _accepted(done, brief))


def _accepted(done: AcceptResult, brief: str) -> Iterator[str]:
    if not done.accepted:
        yield f"All {counted(done.of, 'paragraph')} of {brief} are accepted already; nothing was written."
        return
    suspects = sum(item.is_suspect for item in done.accepted)
    were = f", of which {suspects} {'was' if suspects == 1 else 'were'} suspect" if suspects else ""
    yield f"{counted(len(done.accepted), 'paragraph')} of {brief} accepted{were}, in {done.path}."
    for item in done.accepted:
        yield f"  {item.paragraph.name}: {item.paragraph.opening}"


def _listed(found: Sequence[Reviewed]) -> Iterator[str]:
    from briefing.review import reasons

    for item in found:
        yield f"{item.paragraph.name}: {_state(item)}"
        yield f"  {item.paragraph.opening}"
        for difference in item.differences:
            yield f"  {reasons.in_words(item, difference)}"
    if not found:
        yield "No paragraph rests on a fact."


def _state(item: Reviewed) -> str:
    if item.is_suspect:
        return "suspect"
    if item.accepted is None:
        return "not accepted yet"
    reason = f" ({item.accepted.reason})" if item.accepted.reason else ""
    return f"accepted on {item.accepted.day.edtf} by {item.accepted.by}{reason}"
