"""The command ``due``: what is due, by owner."""

from __future__ import annotations

import datetime
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.counting import counted
from briefing.store.json_record import VERSION, of_finding

if TYPE_CHECKING:
    from briefing.commands.due import Due, DueItem

_SPAN = re.compile(r"(?P<number>[0-9]{1,4})(?P<unit>[dw])")
_SOON = datetime.timedelta(days=30)


class SpanParam(click.ParamType):  # type: ignore[type-arg]
    """A span of time in days or weeks: 30d, 2w."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.timedelta:
        """Return the span of time that a value names; click calls this."""
        if isinstance(value, datetime.timedelta):
            return value
        match = _SPAN.fullmatch(value)
        if not match:
            self.fail(f"expected days or weeks, such as 30d or 2w, found '{value}'", param, ctx)
        return datetime.timedelta(days=int(match["number"]) * (7 if match["unit"] == "w" else 1))


@click.command(epilog=EXIT_STATUS)
@click.option(
    "--within",
    type=SpanParam(),
    metavar="SPAN",
    help="How far to look ahead, in days or weeks, such as 2w. Default: 30d.",
)
@click.option(
    "--owner", metavar="NAME", help="Show only this owner's entries; 'not stated' for those without an owner."
)
@click.option(
    "--ics",
    is_flag=True,
    help="Print a calendar (iCalendar) with all reviews and milestones, whatever their day.",
)
@console.PROJECT
@console.NOW
@console.JSON
def due(within: datetime.timedelta | None, owner: str | None, ics: bool, project: Path, json: bool) -> None:
    """Show what is due, by owner: facts to review, milestones, and editions that are held until their hour.

    A fact is due on the day under "review_by"; without one, a commitment is due a number of days after it was
    asserted, which depends on its status. Overdue facts and passed milestones come first, then those that
    are due soon. The owner is the owner of the fact sheet ("owner" in the sheet), or otherwise the owners of
    the briefs that show the fact. The exit status is 1 while anything is overdue or has passed.
    """
    if ics and (json or within is not None):
        raise click.UsageError("--ics prints all days, so it cannot be combined with --within or --json.")
    with console.machine_problems():
        from briefing.build import steps
        from briefing.commands import due as agenda

        texts = console.read_texts(project)
        today = console.today()
        snapshot = steps.snapshot(texts, today)
        until = today + (_SOON if within is None else within)
        found = agenda.find(snapshot, console.now(), today, until, owner)
        calendar = agenda.calendar(snapshot, owner) if ics else b""
    console.print_findings(found.errors, texts)
    if ics:
        click.echo(calendar, nl=False)
        sys.exit(int(bool(found.errors)))
    if json:
        console.print_record(_record(found))
    else:
        console.print_lines(_lines(found))
    sys.exit(found.exit_code)


def _lines(found: Due) -> Iterator[str]:
    """Yield the entries as text: under their owners, late ones first, with the counts in the last line."""
    states = {entry: _state(entry, found.today) for entry in found.entries}
    width = max(map(len, states.values()), default=0)
    by_owner = sorted(found.entries, key=lambda entry: (not entry.owners, entry.owners))
    for owners, entries in groupby(by_owner, lambda entry: entry.owners):
        yield " and ".join(owners) or "Owner not stated"
        for entry in entries:
            status = f" ({entry.status})" if entry.status else ""
            yield f"  {entry.day}  {states[entry].ljust(width)}  {entry.key}{status}"
            yield f"      {entry.words}"
            yield f"      {_where(entry)}"
        yield ""
    yield _summary(found)


def _state(entry: DueItem, today: datetime.date) -> str:
    """Return whether an entry is a review or a milestone, and in how many days it is due."""
    days = abs((entry.day - today).days)
    if entry.what.value == "publication":
        return f"published in {counted(days, 'day')}" if days else "published today"
    is_review = entry.what.value == "review"
    if entry.is_late:
        return f"{'overdue' if is_review else 'passed'} {counted(days, 'day')} ago"
    when = f"in {counted(days, 'day')}" if days else "today"
    return f"{'review' if is_review else 'expected'} {when}"


def _where(entry: DueItem) -> str:
    """Return the place of an entry, the briefs that show it with their owners, and the rule for its day."""
    shown = ", ".join(item.brief + (f" ({item.owner})" if item.owner else "") for item in entry.briefs)
    by_status = f"; {counted(entry.after, 'day')} after it was asserted, by its status" if entry.after else ""
    return f"{entry.at.path}:{entry.at.line}, {f'in {shown}' if shown else 'in no brief'}{by_status}"


def _summary(found: Due) -> str:
    counts = Counter((entry.what.value, entry.is_late) for entry in found.entries)
    overdue, passed = counts["review", True], counts["milestone", True]
    ahead, expected = counts["review", False], counts["milestone", False]
    held = counts["publication", False]
    published = f", {counted(held, 'edition')} to publish" if held else ""
    allowed = f" ({found.allowed} more allowed in the content)" if found.allowed else ""
    return (
        f"{counted(overdue, 'fact')} overdue, {counted(passed, 'milestone')} passed{allowed}; "
        f"until {found.until}: {counted(ahead, 'fact')} to review, {counted(expected, 'milestone')} expected"
        f"{published}."
    )


def _record(found: Due) -> dict[str, Any]:
    """Return the entries as a record for other programs."""
    return {
        "version": VERSION,
        "command": "due",
        "exit_code": found.exit_code,
        "findings": [of_finding(error) for error in found.errors],
        "today": found.today.isoformat(),
        "until": found.until.isoformat(),
        "allowed": found.allowed,
        "entries": [_of_entry(entry) for entry in found.entries],
    }


def _of_entry(entry: DueItem) -> dict[str, Any]:
    return {
        "what": entry.what.value,
        "key": entry.key,
        "day": entry.day.isoformat(),
        "date": entry.date.edtf,
        "is_late": entry.is_late,
        "days_by_status": entry.after,
        "status": entry.status,
        "words": entry.words,
        "owners": list(entry.owners),
        "briefs": [{"brief": item.brief, "owner": item.owner} for item in entry.briefs],
        "path": entry.at.path,
        "line": entry.at.line,
        "column": entry.at.column,
    }
