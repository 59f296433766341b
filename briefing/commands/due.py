"""What is due, and for whom: facts to review, and milestones whose day is near or has passed.

It is separate from the build but shares its first steps. The caller passes the day; nothing here reads a
clock.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.build import makers
from briefing.build.steps import Snapshot
from briefing.model import moments, query
from briefing.model.editions import Edition
from briefing.model.facts import Fact, Milestone
from briefing.model.findings import Finding, Place, UsageError, nearest
from briefing.model.library import Library
from briefing.model.values import Date
from briefing.review import schedule
from briefing.review.schedule import Review
from briefing.site.exports import calendar as calendars

NOBODY = "not stated"
"""The owner that a call names to see entries without an owner."""
_CHECKS = ("review-due", "milestone-passed")
"""The checks that report late entries."""


class DueKind(StrEnum):
    """The kind of an entry."""

    REVIEW = "review"
    """A fact to review."""
    MILESTONE = "milestone"
    """A milestone, at which something is expected."""
    PUBLICATION = "publication"
    """An edition that is held until its hour."""


@dataclass(frozen=True, slots=True)
class ShowingBrief:
    """A brief that shows a fact or prints a milestone."""

    brief: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class DueItem:
    """One entry that is due."""

    what: DueKind
    key: str
    """Key of the fact or the milestone; brief and number of the edition."""
    date: Date
    """When it is due, as precisely as that is known."""
    day: datetime.date
    """The last day of that date; its first day, if its end is open."""
    is_late: bool
    """Whether that day has passed."""
    after: int | None
    """For a review: how many days after the fact was asserted, by its status; None if the day was set."""
    status: str
    """Status of the fact, with its flags; for a milestone, those of all facts on which it rests."""
    words: str
    """The statement of the fact, the expectation of the milestone, or the note of the edition."""
    owners: tuple[str, ...]
    """The owner of the sheet, or else the owners of the briefs that show it; empty if none is stated."""
    briefs: tuple[ShowingBrief, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class Due:
    """Everything that is due."""

    entries: tuple[DueItem, ...]
    """Late entries first, then by day."""
    errors: tuple[Finding, ...]
    """Errors in the content, because of which entries may be missing."""
    today: datetime.date
    until: datetime.date
    allowed: int = 0
    """How many more are late but allowed in the content."""

    @property
    def exit_code(self) -> int:
        """0 if nothing is late and the content has no errors, 1 otherwise."""
        return int(bool(self.errors) or any(entry.is_late for entry in self.entries))


def find(
    snapshot: Snapshot,
    now: datetime.datetime,
    today: datetime.date,
    until: datetime.date,
    owner: str | None = None,
) -> Due:
    """Return what is late on a day, and what is due from then until another.

    ``now`` decides which editions are held until their hour.

    Raises UsageError if no sheet and no brief names the owner.
    """
    errors = tuple(finding for finding in snapshot.findings if finding.is_error)
    if snapshot.library is None:
        return Due((), errors, today, until)
    _refuse_unknown(owner, snapshot.library)
    due = (
        *entries(snapshot.library, snapshot.editions, today, until),
        *(item for item in publications(snapshot.library, now) if today <= item.day <= until),
    )
    found = [item for item in due if _is_of(item.owners, owner)]
    # If an entry is late and the checks do not report it, the content allows it.
    reported = {finding.at for finding in snapshot.findings if finding.check in _CHECKS}
    kept = tuple(item for item in found if not item.is_late or item.at in reported)
    return Due(kept, errors, today, until, len(found) - len(kept))


def entries(
    library: Library, editions: Mapping[str, Edition], today: datetime.date, until: datetime.date
) -> tuple[DueItem, ...]:
    """Return late entries and those that are due from one day to another: late ones first, then by day."""
    agenda = _Agenda(library, editions, today)
    called_off = schedule.called_off(library)
    found = [agenda.review(review) for review in schedule.agenda(library)]
    found += [
        agenda.milestone(item)
        for item in library.milestones.values()
        if not item.met_by and item.id not in called_off
    ]
    wanted = (item for item in found if item.is_late or today <= item.day <= until)
    return tuple(sorted(wanted, key=lambda item: (not item.is_late, item.day, item.key)))


def publications(library: Library, now: datetime.datetime) -> tuple[DueItem, ...]:
    """Return the editions that are held until their hour, by that hour."""
    found = []
    for name, items in library.issued.items():
        brief = library.briefs.get(name)
        owners = (str(brief.owner),) if brief and brief.owner else ()
        for item in items:
            if not item.publish_on or item.withdrawn or moments.has_come(item.publish_on, now):
                continue
            day = moments.parse(item.publish_on).date()
            words = f"edition {item.id} is published at {moments.in_words(item.publish_on)}: {item.note}"
            shown = (ShowingBrief(name, owners[0] if owners else None),)
            found.append(
                DueItem(
                    DueKind.PUBLICATION,
                    f"{name} {item.id}",
                    Date(day.isoformat()),
                    day,
                    False,
                    None,
                    "",
                    words,
                    owners,
                    shown,
                    item.at,
                )
            )
    return tuple(sorted(found, key=lambda item: (item.day, item.key)))


def calendar(snapshot: Snapshot, owner: str | None = None) -> bytes:
    """Return the calendar of one owner, or of all, whatever the day; empty if nothing is due.

    Raises UsageError if no sheet and no brief names the owner.
    """
    library = snapshot.library
    if library is None:
        return b""
    _refuse_unknown(owner, library)
    agenda = _Agenda(library, snapshot.editions, datetime.date.min)
    due = [item for item in schedule.agenda(library) if _is_of(agenda.review(item).owners, owner)]
    milestones = [
        item for item in library.milestones.values() if _is_of(agenda.milestone(item).owners, owner)
    ]
    return makers.make(calendars.prepare(library, due, milestones)) if due or milestones else b""


def _refuse_unknown(owner: str | None, library: Library) -> None:
    known = {sheet.owner for sheet in library.sheets.values() if sheet.owner}
    known |= {brief.owner for brief in library.briefs.values() if brief.owner}
    if owner is not None and not _is_of((*known, NOBODY), owner):
        raise UsageError(f"there is no owner '{owner}'; {nearest(owner, [*sorted(known), NOBODY])}")


def _is_of(owners: Sequence[str], name: str | None) -> bool:
    """Return whether a name is one of the owners; ``not stated`` matches none, and no name matches any."""
    return name is None or name.casefold() in {item.casefold() for item in owners or (NOBODY,)}


class _Agenda:
    """Reviews and milestones as entries, with the briefs that show them."""

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
    return ", ".join([*([fact.status.id] if fact.status else []), *(str(flag) for flag in fact.flags)])
