"""Where matters stand, counted: how far commitments have come, and what is expected of them.

A matter is one commitment on record. What is over, cancelled or superseded, is counted apart; nothing is
weighed and no amount is added up.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.facts import Fact, Milestone
from briefing.model.scales import Flag, Stage, Status
from briefing.review import schedule


@dataclass(frozen=True, slots=True)
class Tally:
    """The matters among some facts."""

    matters: tuple[Fact, ...]
    """The commitments that are not over."""
    over: int
    """How many were cancelled or superseded."""

    @property
    def furthest(self) -> Status | None:
        """The highest status that any of them has; None where there is no matter."""
        return max((fact.status for fact in self.matters if fact.status), default=None)

    @property
    def at_furthest(self) -> tuple[Fact, ...]:
        """The matters that have it."""
        return tuple(fact for fact in self.matters if fact.status is self.furthest)

    @property
    def bound(self) -> tuple[Fact, ...]:
        """The matters that are contracted or further along, the furthest first."""
        found = [
            fact
            for fact in self.matters
            if fact.status and fact.status.stage in (Stage.BINDING, Stage.UNDER_WAY)
        ]
        return tuple(sorted(found, key=lambda fact: fact.status or Status.CONTRACTED, reverse=True))

    @property
    def contracted(self) -> int:
        """How many are contracted or further along."""
        return len(self.bound)

    def of_stage(self, stage: Stage) -> int:
        """How many have come to a stage, and no further."""
        return sum(fact.status is not None and fact.status.stage is stage for fact in self.matters)

    def flagged(self, flag: Flag) -> int:
        """How many carry a flag."""
        return sum(flag in fact.flags for fact in self.matters)


def tally(facts: Iterable[Fact]) -> Tally:
    """Count the matters among some facts."""
    commitments = [fact for fact in facts if fact.status]
    matters = tuple(fact for fact in commitments if not schedule.is_void(fact))
    return Tally(matters, len(commitments) - len(matters))


class Outlook(StrEnum):
    """What has become of an expectation."""

    MET = "met"
    CALLED_OFF = "called off"
    PASSED = "passed"
    """Its day has passed, and no source reports what came of it."""
    AHEAD = "ahead"


def outlook(milestone: Milestone, known_on: datetime.date, called_off: Collection[str]) -> Outlook:
    """What has become of a milestone by a day. ``called_off`` are the keys of those that nobody waits for."""
    if milestone.met_by:
        return Outlook.MET
    if milestone.id in called_off:
        return Outlook.CALLED_OFF
    return Outlook.PASSED if milestone.date.latest < known_on else Outlook.AHEAD
