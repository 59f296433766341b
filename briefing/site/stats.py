"""Counts of commitments: how far they have come, and what has become of expectations.

Commitments that are over (cancelled or superseded) are counted apart. Nothing is weighted and no amounts are
added up.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.facts import Fact, Milestone
from briefing.model.scales import Flag, Stage, Status
from briefing.review import schedule


@dataclass(frozen=True, slots=True)
class Tally:
    """The commitments among some facts."""

    matters: tuple[Fact, ...]
    """The commitments that are not over."""
    over: int
    """The number of those cancelled or superseded."""

    @property
    def furthest(self) -> Status | None:
        """The highest status among them; None where there is no commitment."""
        return max((fact.status for fact in self.matters if fact.status), default=None)

    @property
    def at_furthest(self) -> tuple[Fact, ...]:
        """The commitments with the highest status."""
        furthest = self.furthest
        return tuple(fact for fact in self.matters if fact.status is furthest)

    @property
    def bound(self) -> tuple[Fact, ...]:
        """The commitments that are contracted or further along, the furthest first."""
        found = [
            fact
            for fact in self.matters
            if fact.status and fact.status.stage in (Stage.BINDING, Stage.UNDER_WAY)
        ]
        return tuple(sorted(found, key=lambda fact: fact.status or Status.CONTRACTED, reverse=True))

    @property
    def contracted(self) -> int:
        """The number of those contracted or further along."""
        return len(self.bound)

    @property
    def counts(self) -> Counts:
        """How many there are of each status."""
        found = Counter(fact.status for fact in self.matters if fact.status)
        return Counts(dict(sorted(found.items())), self.over)

    def of_stage(self, stage: Stage) -> int:
        """Return how many have reached a stage, and no further one."""
        return sum(fact.status is not None and fact.status.stage is stage for fact in self.matters)

    def flagged(self, flag: Flag) -> int:
        """Return how many carry a flag."""
        return sum(flag in fact.flags for fact in self.matters)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commitments there are of each status."""

    by_status: Mapping[Status, int]
    """Those that are not over."""
    over: int
    """The number of those cancelled or superseded."""

    @property
    def matters(self) -> int:
        """The number of commitments that are not over."""
        return sum(self.by_status.values())

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
        return self.of_stage(Stage.BINDING) + self.of_stage(Stage.UNDER_WAY)

    def of_stage(self, stage: Stage) -> int:
        """Return how many have reached a stage, and no further one."""
        return sum(number for status, number in self.by_status.items() if status.stage is stage)


def together(counts: Iterable[Counts]) -> Counts:
    """Return the counts of several topics, added up."""
    found, over = Counter[Status](), 0
    for item in counts:
        found.update(item.by_status)
        over += item.over
    return Counts(found, over)


def tally(facts: Iterable[Fact]) -> Tally:
    """Count the commitments among some facts."""
    commitments = [fact for fact in facts if fact.status]
    matters = tuple(fact for fact in commitments if not schedule.is_void(fact))
    return Tally(matters, len(commitments) - len(matters))


class Outlook(StrEnum):
    """What has become of an expectation."""

    MET = "met"
    CALLED_OFF = "called off"
    PASSED = "passed"
    """Its day has passed, and no source reports the outcome."""
    AHEAD = "ahead"


def outlook(milestone: Milestone, passed_by: datetime.date, called_off: Collection[str]) -> Outlook:
    """Return what has become of a milestone by a day. ``called_off`` are the keys of abandoned milestones."""
    if milestone.met_by:
        return Outlook.MET
    if milestone.id in called_off:
        return Outlook.CALLED_OFF
    return Outlook.PASSED if milestone.date.latest < passed_by else Outlook.AHEAD
