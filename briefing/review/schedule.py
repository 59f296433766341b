"""When a fact is to be looked at again, and which expectations still stand.

A fact says so itself (``review_by``), or it is a commitment and its status says so: what moves fast is asked
after soon, what is finished never. No clock here: who compares with today does that for himself.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.model.facts import Fact
from briefing.model.library import Library, Project
from briefing.model.scales import Flag, Status
from briefing.model.values import Date

USUAL: Mapping[Status, tuple[int | None, str]] = {
    Status.INTEREST: (
        90,
        "one side's words; the next meeting of the two, a quarter on, confirms or buries them",
    ),
    Status.REQUESTED: (90, "a request is answered, repeated or dropped within a quarter"),
    Status.DISCUSSED: (90, "talks go on from meeting to meeting, about four a year"),
    Status.ANNOUNCED: (90, "what was announced as near has begun after a quarter, or was put off"),
    Status.INTENT: (180, "a declaration turns into talks on a contract or goes quiet within half a year"),
    Status.AGREED: (180, "signature, ratification or a first payment is due within half a year"),
    Status.CONTRACTED: (365, "a contract runs for years, and both sides report on it once a year"),
    Status.FINANCED: (180, "money is paid out in tranches, and budgets are amended in mid-year"),
    Status.IN_PRODUCTION: (180, "delays show when the next lot is due, about twice a year"),
    Status.DELIVERING: (90, "every lot changes the count of what was handed over"),
    Status.DELIVERED: (None, "it has happened, and time does not undo it"),
    Status.IN_SERVICE: (None, "it is in use; a loss would be a fact of its own"),
}
"""Status -> after how many days a commitment is looked at again (None for never), and why then.

The figures are ours: rules of thumb of a desk, long enough that something can have happened and short enough
that a brief does not print it for long after it has. A project sets its own with ``review_after``.
"""

_VOID = frozenset({Flag.CANCELLED, Flag.SUPERSEDED})
"""Flags of what is over: nothing more is to be expected of it."""


@dataclass(frozen=True, slots=True)
class Review:
    """By when a fact is to be looked at again."""

    fact: Fact
    by: Date
    """The day, or the month or year at whose end it is."""
    after: int | None = None
    """So many days after it was asserted, by its status; None where the fact itself gives the day."""

    @property
    def is_given(self) -> bool:
        """Whether the fact itself gives the day."""
        return self.after is None

    @property
    def day(self) -> datetime.date:
        """The last day on which it is not yet late."""
        return self.by.latest


def due_on(fact: Fact, project: Project) -> Review | None:
    """When a fact is to be looked at again; None where neither it nor its status names a day."""
    if fact.review_by:
        return Review(fact, fact.review_by)
    if fact.status is None or fact.asserted is None or is_void(fact):
        return None
    days, since = days_after(fact.status, project), fact.asserted.latest
    if days is None or (datetime.date.max - since).days < days:
        return None
    return Review(fact, Date((since + datetime.timedelta(days)).isoformat(), at=fact.at), days)


def days_after(status: Status, project: Project) -> int | None:
    """After how many days a commitment with a status is to be looked at again; None for never."""
    if status in project.review_after:
        return project.review_after[status]
    return USUAL[status][0]


def agenda(library: Library) -> tuple[Review, ...]:
    """The facts that are to be looked at again, by their day; none as of an earlier day, when nobody knew."""
    if library.as_of:
        return ()
    found = (due_on(fact, library.project) for fact in library.facts.values())
    return tuple(sorted(filter(None, found), key=lambda item: (item.day, item.fact.id)))


def anchor(date: Date) -> datetime.date:
    """The day on which a date stands in a calendar: its last, or its first where its end is open."""
    return date.latest if date.span.end else date.earliest


def is_void(fact: Fact) -> bool:
    """Whether a fact is over: cancelled, or superseded by another."""
    return not _VOID.isdisjoint(fact.flags)


def called_off(library: Library) -> frozenset[str]:
    """Keys of the milestones that nobody waits for any more: all that they rest on is over."""
    void = {key for key, fact in library.facts.items() if is_void(fact)}
    return frozenset(
        key
        for key, milestone in library.milestones.items()
        if not milestone.met_by and milestone.facts and void.issuperset(milestone.facts)
    )
