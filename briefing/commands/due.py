"""What is due, and whose it is: facts to look at again, and milestones whose day comes or has passed.

It stands beside the line of the build and shares its first steps. Today is given: nothing here reads a clock.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.build import makers
from briefing.build.steps import Snapshot
from briefing.model import query
from briefing.model.editions import Edition
from briefing.model.facts import Fact, Milestone
from briefing.model.findings import Finding, Place, UsageError, nearest
from briefing.model.library import Library
from briefing.model.values import Date
from briefing.review import schedule
from briefing.review.schedule import Review
from briefing.site.exports import calendar as calendars

NOBODY = "not stated"
"""How a call names the owner of what nobody keeps."""
_CHECKS = ("review-due", "milestone-passed")
"""The checks that tell what is late."""


class DueKind(StrEnum):
    """What is due."""

    REVIEW = "review"
    """A fact is to be looked at again."""
    MILESTONE = "milestone"
    """Something is expected."""


@dataclass(frozen=True, slots=True)
class ShowingBrief:
    """A brief that shows a fact or prints a milestone."""

    brief: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due."""

    what: DueKind
    key: str
    """Of the fact or the milestone."""
    date: Date
    """When it is due, as far as that is known."""
    day: datetime.date
    """The last day of that; its first, where its end is open."""
    is_late: bool
    """Whether that day has passed."""
    after: int | None
    """For a review: how many days after the fact was asserted, by its status; None where the day was set."""
    status: str
    """Of the fact, with its flags; of all facts on which a milestone rests."""
    words: str
    """The statement of the fact; what is expected."""
    owners: tuple[str, ...]
    """Who keeps the sheet, or else who owns the briefs that show it; empty where nobody is stated."""
    briefs: tuple[ShowingBrief, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class Due:
    """What was found."""

    entries: tuple[DueItem, ...]
    """What is late first, then by day."""
    errors: tuple[Finding, ...]
    """Errors of the content: what they break may be missing here."""
    today: datetime.date
    until: datetime.date
    allowed: int = 0
    """How many more are late, and are allowed by the authors at the spot."""

    @property
    def exit_code(self) -> int:
        """0 where nothing is late and everything could be read, 1 otherwise."""
        return int(bool(self.errors) or any(entry.is_late for entry in self.entries))


def find(snapshot: Snapshot, today: datetime.date, until: datetime.date, owner: str | None = None) -> Due:
    """What is late on a day, and what is due from then until another.

    Raises UsageError where no sheet and no brief names the owner.
    """
    errors = tuple(finding for finding in snapshot.findings if finding.is_error)
    if snapshot.library is None:
        return Due((), errors, today, until)
    _refuse_unknown(owner, snapshot.library)
    found = [
        item
        for item in entries(snapshot.library, snapshot.editions, today, until)
        if _is_of(item.owners, owner)
    ]
    # What the checks do not tell, although it is late, was allowed.
    told = {finding.at for finding in snapshot.findings if finding.check in _CHECKS}
    kept = tuple(item for item in found if not item.is_late or item.at in told)
    return Due(kept, errors, today, until, len(found) - len(kept))


def entries(
    library: Library, editions: Mapping[str, Edition], today: datetime.date, until: datetime.date
) -> tuple[DueItem, ...]:
    """What is late on a day, and what is due from then until another; what is late first, then by day."""
    clerk = _Agenda(library, editions, today)
    called_off = schedule.called_off(library)
    found = [clerk.review(review) for review in schedule.agenda(library)]
    found += [
        clerk.milestone(item)
        for item in library.milestones.values()
        if not item.met_by and item.id not in called_off
    ]
    wanted = (item for item in found if item.is_late or today <= item.day <= until)
    return tuple(sorted(wanted, key=lambda item: (not item.is_late, item.day, item.key)))


def calendar(snapshot: Snapshot, owner: str | None = None) -> bytes:
    """The calendar of what one owner keeps, or of everything, whatever its day; empty where that is nothing.

    Raises UsageError where no sheet and no brief names the owner.
    """
    library = snapshot.library
    if library is None:
        return b""
    _refuse_unknown(owner, library)
    clerk = _Agenda(library, snapshot.editions, datetime.date.min)
    due = [item for item in schedule.agenda(library) if _is_of(clerk.review(item).owners, owner)]
    milestones = [item for item in library.milestones.values() if _is_of(clerk.milestone(item).owners, owner)]
    return makers.make(calendars.prepare(library, due, milestones)) if due or milestones else b""


def _refuse_unknown(owner: str | None, library: Library) -> None:
    known = {sheet.owner for sheet in library.sheets.values() if sheet.owner}
    known |= {brief.owner for brief in library.briefs.values() if brief.owner}
    if owner is not None and not _is_of((*known, NOBODY), owner):
        listed = ", ".join([*sorted(known), f"'{NOBODY}'"])
        raise UsageError(f"nobody is called '{owner}'; {nearest(owner, known, f'there are {listed}')}")


def _is_of(owners: Sequence[str], name: str | None) -> bool:
    """Whether a name is one of the owners; ``not stated`` is that of what has none. No name means any."""
    return name is None or name.casefold() in {item.casefold() for item in owners or (NOBODY,)}


class _Agenda:
    """Knows which briefs show what."""

    def __init__(self, library: Library, editions: Mapping[str, Edition], today: datetime.date) -> None:
        self.library = library
        self.today = today
        self.showing: dict[str, list[str]] = defaultdict(list)
        self.printing: dict[str, list[str]] = defaultdict(list)
        for name, edition in editions.items():
            for note in edition.notes:
                self.showing[note.fact].append(name)
            for milestone in query.chosen(library.briefs[name], library, "milestones"):
                self.printing[milestone.id].append(name)

    def review(self, review: Review) -> DueItem:
        fact = review.fact
        shown = self.shown(self.showing[fact.id])
        return DueItem(
            DueKind.REVIEW,
            fact.id,
            review.by,
            schedule.anchor(review.by),
            review.day < self.today,
            review.after,
            _status(fact) or fact.kind.value,
            fact.statement,
            self.owners(fact.id, shown),
            shown,
            review.by.at,
        )

    def milestone(self, milestone: Milestone) -> DueItem:
        shown = self.shown(self.printing[milestone.id])
        facts = (self.library.facts[key] for key in milestone.facts if key in self.library.facts)
        return DueItem(
            DueKind.MILESTONE,
            milestone.id,
            milestone.date,
            schedule.anchor(milestone.date),
            milestone.date.latest < self.today,
            None,
            ", ".join(dict.fromkeys(filter(None, map(_status, facts)))),
            milestone.expectation,
            self.owners(milestone.id, shown),
            shown,
            milestone.at,
        )

    def shown(self, names: Iterable[str]) -> tuple[ShowingBrief, ...]:
        return tuple(ShowingBrief(name, self.library.briefs[name].owner) for name in names)

    def owners(self, key: str, shown: Sequence[ShowingBrief]) -> tuple[str, ...]:
        keeper = self.library.sheets[query.sheet_of(key)].owner
        found = [keeper] if keeper else [item.owner for item in shown if item.owner]
        return tuple(sorted(map(str, dict.fromkeys(found))))


def _status(fact: Fact) -> str:
    return ", ".join([*([fact.status.value] if fact.status else []), *(flag.value for flag in fact.flags)])
