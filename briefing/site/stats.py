"""Counts of matters: how far they have come, and what has become of expectations.

A topic counts each matter that it shows once, with the furthest of its commitments; in the counts of all
topics each matter is under its own alone. A commitment that is about no matter counts as one by itself.
Matters that are over (cancelled or superseded) are counted apart. Nothing is weighted and no amounts are
added up.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from briefing.model.facts import Fact, FactSheet, Milestone
from briefing.model.ladders import Flag, Group, Ladder, RungId, Status
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.scales import Stage
from briefing.model.values import Key
from briefing.review import schedule

_LAST = Status(RungId(""))
"""A status below all others."""
BOUND = (Stage.BINDING, Stage.UNDER_WAY)
"""The stages of what is contracted or further along."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The matters of a topic, each by the furthest of its commitments."""

    matters: tuple[Fact, ...]
    """Those that are not over; of two commitments as far as each other, one that a side states."""
    over: int
    """The number of those cancelled or superseded."""
    silent: int = 0
    """The number of matters of which no statement says how far they have come."""
    ours: tuple[Key, ...] = ()
    """Those, by their facts, of which it is our reading that they have come so far, or who says so."""
    alone: tuple[Key, ...] = ()
    """Those, by their facts, of which one side alone says so, and no report in its own voice."""

    @property
    def all(self) -> int:
        """The number of all that are not over."""
        return len(self.matters) + self.silent

    @property
    def is_ours(self) -> bool:
        """Whether it is our reading that all those with the highest status have come so far."""
        return self.counts.is_ours

    @property
    def ours_at_furthest(self) -> int:
        """Of how many of those with the highest status it is our reading."""
        return self.counts.ours_at_furthest

    @property
    def furthest(self) -> Status | None:
        """The highest status among them; None where there is none."""
        return max((fact.status for fact in self.matters if fact.status), default=None)

    @property
    def at_furthest(self) -> tuple[Fact, ...]:
        """Those with the highest status."""
        furthest = self.furthest
        return tuple(fact for fact in self.matters if fact.status == furthest)

    @property
    def is_reported(self) -> bool:
        """Whether only reports say of all those with the highest status that they have come so far."""
        return all(fact.is_reported for fact in self.at_furthest)

    @property
    def bound(self) -> tuple[Fact, ...]:
        """Those that are contracted or further along, the furthest first."""
        found = [fact for fact in self.matters if fact.status and fact.status.degree.stage in BOUND]
        return tuple(sorted(found, key=lambda fact: fact.status or _LAST, reverse=True))

    @property
    def contracted(self) -> int:
        """The number of those contracted or further along."""
        return len(self.bound)

    @property
    def counts(self) -> Counts:
        """How many there are of each status."""
        found = Counter(fact.status for fact in self.matters if fact.status)
        reported = Counter(fact.status for fact in self.matters if fact.status and fact.is_reported)
        ours = Counter(fact.status for fact in self.matters if fact.status and fact.id in self.ours)
        alone = Counter(fact.status for fact in self.matters if fact.status and fact.id in self.alone)
        return Counts(
            dict(sorted(found.items())),
            self.over,
            dict(sorted(reported.items())),
            self.silent,
            dict(sorted(ours.items())),
            dict(sorted(alone.items())),
        )

    def within(self, group: Group, ladder: Ladder) -> int:
        """Return how many have reached a group of a ladder, and no further one."""
        return self.counts.within(group, ladder)

    def flagged(self, flag: Flag) -> int:
        """Return how many carry a flag."""
        return sum(flag in fact.flags for fact in self.matters)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many matters there are of each status."""

    by_status: Mapping[Status, int]
    """Those that are not over."""
    over: int
    """The number of those cancelled or superseded."""
    reported: Mapping[Status, int] = field(default_factory=dict)
    """The number of those that are not over and of which only reports say so."""
    silent: int = 0
    """The number of matters of which no statement says how far they have come."""
    ours: Mapping[Status, int] = field(default_factory=dict)
    """The number of those of which it is our reading."""
    alone: Mapping[Status, int] = field(default_factory=dict)
    """The number of those of which one side alone says so, and no report in its own voice."""

    @property
    def matters(self) -> int:
        """The number of matters that have a status and are not over."""
        return sum(self.by_status.values())

    @property
    def all(self) -> int:
        """The number of all that are not over."""
        return self.matters + self.silent

    @property
    def furthest(self) -> Status | None:
        """The highest status among them; None where there is no commitment."""
        return max(self.by_status, default=None)

    @property
    def at_furthest(self) -> int:
        """The number of those with the highest status."""
        return self.by_status[self.furthest] if self.furthest else 0

    @property
    def contracted(self) -> int:
        """The number of those contracted or further along."""
        return sum(number for status, number in self.by_status.items() if status.degree.stage in BOUND)

    @property
    def is_reported(self) -> bool:
        """Whether only reports say of all those with the highest status that they have come so far."""
        furthest = self.furthest
        return furthest is not None and self.reported.get(furthest, 0) == self.at_furthest

    @property
    def is_ours(self) -> bool:
        """Whether it is our reading that all those with the highest status have come so far."""
        return self.furthest is not None and self.ours_at_furthest == self.at_furthest

    @property
    def ours_at_furthest(self) -> int:
        """Of how many of those with the highest status it is our reading."""
        return self.ours.get(self.furthest, 0) if self.furthest else 0

    def within(self, group: Group, ladder: Ladder) -> int:
        """Return how many have reached a group of a ladder, and no further one."""
        return sum(number for status, number in self.by_status.items() if ladder.group_of(status) == group.id)


def together(counts: Iterable[Counts]) -> Counts:
    """Return the counts of several topics, added up."""
    found, reported, over, silent = Counter[Status](), Counter[Status](), 0, 0
    ours, alone = Counter[Status](), Counter[Status]()
    for item in counts:
        found.update(item.by_status)
        reported.update(item.reported)
        ours.update(item.ours)
        alone.update(item.alone)
        over += item.over
        silent += item.silent
    return Counts(found, over, reported, silent, ours, alone)


def of_topic(sheet: FactSheet, library: Library) -> Tally:
    """Count the matters that a topic shows: its own, and those of others of which it says how far they are.

    What else it says of a matter, such as that nobody names a payer, brings the topic no further.
    """
    about = {name for fact in sheet.facts if fact.status for name in fact.matters}
    return _of_topic(sheet, library, [item for item in library.matters.values() if item.id in about])


def own_of_topic(sheet: FactSheet, library: Library) -> Tally:
    """Count the matters of a topic alone, so that the counts of all topics have each matter once."""
    return _of_topic(sheet, library, ())


def _of_topic(sheet: FactSheet, library: Library, others: Collection[Matter]) -> Tally:
    own = [item for item in library.matters.values() if item.topic == sheet.id]
    about = dict.fromkeys(item.id for item in (*own, *others))
    groups = [[library.facts[key] for key in library.about("matter", name)] for name in about]
    silent = sum(not any(fact.status for fact in facts) for facts in groups)
    alone = [[fact] for fact in sheet.facts if not fact.matters]
    return dataclasses.replace(tally([*groups, *alone], library), silent=silent)


def tally(groups: Iterable[Iterable[Fact]], library: Library) -> Tally:
    """Count some matters, each given as the facts about it; those without a commitment do not count."""
    commitments = [[fact for fact in facts if fact.status] for facts in groups]
    found = [facts for facts in commitments if facts]
    furthest = [(fact, _as_far(fact, facts)) for facts in found if (fact := _furthest(facts))]
    return Tally(
        tuple(fact for fact, _ in furthest),
        len(found) - len(furthest),
        ours=tuple(fact.id for fact, others in furthest if all(item.is_our_reading for item in others)),
        alone=tuple(
            fact.id
            for fact, others in furthest
            if not any(item.is_reported for item in others)
            and len({library.side_of(name) for item in others for name in item.said_by}) == 1
        ),
    )


def _as_far(fact: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """Return the commitments that are as far as the furthest one, and not over."""
    return [item for item in facts if item.status == fact.status and not schedule.is_void(item)]


def _furthest(facts: Iterable[Fact]) -> Fact | None:
    """Return the furthest commitment that is not over, one that a side states before one that is reported."""
    kept = [fact for fact in facts if not schedule.is_void(fact)]
    own_first = sorted(kept, key=lambda fact: fact.is_reported)
    return max(own_first, key=lambda fact: fact.status or _LAST, default=None)


class Outlook(StrEnum):
    """What has become of an expectation."""

    MET = "met"
    CALLED_OFF = "called off"
    PASSED = "passed"
    """Its day has passed, and no source reports the outcome."""
    AHEAD = "ahead"


def watched(
    milestones: Iterable[Milestone], passed_by: datetime.date, called_off: Collection[str]
) -> tuple[list[Milestone], list[Milestone]]:
    """Return the milestones that are ahead or settled, and those that have passed without an outcome."""
    found: tuple[list[Milestone], list[Milestone]] = ([], [])
    for item in milestones:
        found[outlook(item, passed_by, called_off) is Outlook.PASSED].append(item)
    return found


def outlook(milestone: Milestone, passed_by: datetime.date, called_off: Collection[str]) -> Outlook:
    """Return what has become of a milestone by a day. ``called_off`` are the keys of abandoned milestones."""
    if milestone.met_by:
        return Outlook.MET
    if milestone.id in called_off:
        return Outlook.CALLED_OFF
    return Outlook.PASSED if milestone.date.latest < passed_by else Outlook.AHEAD
