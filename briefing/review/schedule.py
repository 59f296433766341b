"""The days of review of facts, and the milestones that are called off.

A fact gives its day itself (``review_by``), or it is a commitment and its status gives one: soon for a matter
that moves fast, never for one that is finished. This module has no clock: its callers compare with today.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from briefing.model.facts import Fact, Milestone
from briefing.model.ladders import RungId, Status
from briefing.model.library import Library, Project
from briefing.model.scales import Degree
from briefing.model.values import Date

USUAL: Mapping[Degree, tuple[int | None, str]] = {
    Degree.INTEREST: (
        90,
        "one side's words; the next meeting of the two, about a quarter later, confirms or ends the matter",
    ),
    Degree.REQUESTED: (90, "a request is answered, repeated or dropped within a quarter"),
    Degree.DISCUSSED: (90, "talks continue from meeting to meeting, about four a year"),
    Degree.ANNOUNCED: (90, "a step announced as near has begun within a quarter, or was put off"),
    Degree.INTENT: (180, "a declaration leads to talks on a contract or lapses within half a year"),
    Degree.AGREED: (180, "signature, ratification or a first payment is due within half a year"),
    Degree.CONTRACTED: (365, "a contract runs for years, and both sides report on it once a year"),
    Degree.FINANCED: (180, "money is paid out in tranches, and budgets are amended mid-year"),
    Degree.IN_PRODUCTION: (180, "delays show when the next lot is due, about twice a year"),
    Degree.DELIVERING: (90, "every lot changes the number handed over"),
    Degree.SUPPLIED: (180, "more of it may follow, or somebody may say how much it was"),
    Degree.DELIVERED: (None, "it has happened, and time does not change that"),
    Degree.IN_SERVICE: (None, "it is in use; a loss would be a separate fact"),
}
"""Degree -> the number of days after which a commitment is due for review (None for never), and the reason.

The figures are our own rules of thumb: long enough that something can have happened, and short enough that a
brief does not print an outdated state for long. A project sets its own with ``review_after``.
"""


@dataclass(frozen=True, slots=True)
class Review:
    """The day by which a fact is due for review."""

    fact: Fact
    by: Date
    """The day, or the month or year at the end of which it is due."""
    after: int | None = None
    """The number of days after it was asserted, by its status; None where the fact itself gives the day."""

    @property
    def is_given(self) -> bool:
        """Whether the fact itself gives the day."""
        return self.after is None

    @property
    def day(self) -> datetime.date:
        """The last day on which it is not yet overdue."""
        return self.by.latest


def due_on(fact: Fact, project: Project) -> Review | None:
    """Return when a fact is due for review; None where neither it nor its status gives a day."""
    if fact.review_by:
        return Review(fact, fact.review_by)
    if fact.status is None or fact.asserted is None or is_void(fact):
        return None
    days, since = days_after(fact.status, project), fact.asserted.latest
    if days is None or (datetime.date.max - since).days < days:
        return None
    return Review(fact, Date((since + datetime.timedelta(days)).isoformat(), at=fact.at), days)


def days_after(status: Status, project: Project) -> int | None:
    """Return after how many days a commitment with a status is due for review; None for never.

    The project may say so for the rung, or for the step of the standard scale that it resembles.
    """
    for name in (status.id, RungId(status.degree.value)):
        if name in project.review_after:
            return project.review_after[name]
    return USUAL[status.degree][0]


def agenda(library: Library) -> tuple[Review, ...]:
    """Return the facts due for review, by their day; none as of an earlier day."""
    if library.as_of:
        return ()
    found = (due_on(fact, library.project) for fact in library.facts.values())
    return tuple(sorted(filter(None, found), key=lambda item: (item.day, item.fact.id)))


def anchor(date: Date) -> datetime.date:
    """Return the day of a date in a calendar: its last, or its first where its end is open."""
    return date.latest if date.span.end else date.earliest


def is_void(fact: Fact) -> bool:
    """Return whether a fact is over: cancelled, superseded by another, or by a flag of its ladder."""
    return any(flag.ends for flag in fact.flags)


def called_off(library: Library) -> frozenset[str]:
    """Return the keys of the milestones that are called off."""
    return frozenset(CalledOff(library))


class CalledOff(Set[str]):
    """The keys of the milestones that are called off; one milestone is asked for by itself."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __contains__(self, key: object) -> bool:
        milestone = self._library.milestones.get(key) if isinstance(key, str) else None
        return milestone is not None and is_called_off(milestone, self._library)

    def __iter__(self) -> Iterator[str]:
        milestones = self._library.milestones.items()
        return (key for key, item in milestones if is_called_off(item, self._library))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def is_called_off(milestone: Milestone, library: Library) -> bool:
    """Return whether all facts are over on which a milestone rests that was not met."""
    known = [library.facts.get(key) for key in milestone.facts]
    return bool(known) and not milestone.met_by and all(fact and is_void(fact) for fact in known)
