"""The issue of an edition and the list of editions, for people and for programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.commands.issue import BriefEditions, IssueResult
from briefing.model import moments
from briefing.model.counting import counted
from briefing.model.ledger import Issued
from briefing.model.signatures import Progress

VERSION = 1


def issued(done: IssueResult, brief: str) -> Iterator[str]:
    """Yield what was issued, or why nothing was."""
    if done.issued is None:
        yield f"{brief} is not issued: {done.reason}."
        return
    files = done.issued.files
    held = f" and held until {moments.in_words(done.issued.publish_on)}" if done.issued.publish_on else ""
    yield f"Edition {done.issued.id} of {brief} is issued{held}, in {done.path}."
    for change in done.changed:
        yield f"  {change.key}: {change.turn.value}"
    yield f"  Markdown {files.markdown[:12]}, HTML {files.html[:12]}, PDF {files.pdf[:12]}"
    yield f"{'The first build after that' if held else 'briefing build'} makes its files and the site."


def listed(found: Sequence[BriefEditions], now: datetime.datetime) -> Iterator[str]:
    """Yield every brief with its editions, the newest first."""
    for item in found:
        since = f"; {counted(len(item.changed), 'change')} since" if item.changed else ""
        yield f"{item.brief}: {item.state}{_persons(item.review)}{since}"
        for edition in reversed(item.issued):
            yield f"  {edition.id:5} {edition.issued.edtf}  {edition.by}: {edition.note}{_fate(edition, now)}"


def of_listed(found: Sequence[BriefEditions]) -> dict[str, Any]:
    """Return every brief with its editions as a record."""
    return {
        "version": VERSION,
        "briefs": [
            {
                "brief": item.brief,
                "stands": item.state,
                "state": item.review.state.value,
                "author": item.review.author,
                "cleared_by": item.review.clearance.by if item.review.clearance else "",
                "changes": [{"key": change.key, "turn": change.turn.value} for change in item.changed],
                "editions": [_of_edition(edition) for edition in item.issued],
            }
            for item in found
        ],
    }


def _of_edition(edition: Issued) -> dict[str, Any]:
    return {
        "edition": edition.id,
        "issued": edition.issued.edtf,
        "dated": edition.dated.edtf,
        "by": edition.by,
        "note": edition.note,
        "author": edition.cleared.author if edition.cleared else "",
        "cleared_by": edition.cleared.by if edition.cleared else "",
        "corrects": edition.corrects,
        "publish_on": edition.publish_on,
        "withdrawn": edition.withdrawn.day.edtf if edition.withdrawn else "",
        "files": {"markdown": edition.files.markdown, "html": edition.files.html, "pdf": edition.files.pdf},
    }


def _persons(review: Progress) -> str:
    """Return who handed a brief in, and who cleared it."""
    cleared = f", cleared by {review.clearance.by}" if review.clearance else ""
    return f" (handed in by {review.author}{cleared})" if review.author else ""


def _fate(edition: Issued, now: datetime.datetime) -> str:
    if edition.withdrawn:
        when = " before it was published" if edition.withdrawn.is_unpublished else ""
        return f" (withdrawn on {edition.withdrawn.day.edtf}{when}: {edition.withdrawn.reason})"
    if edition.publish_on and not moments.has_come(edition.publish_on, now):
        return f" (held until {moments.in_words(edition.publish_on)})"
    return ""
