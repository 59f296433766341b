"""What changed between two states of what a brief rests on: facts, registers, sources; the heaviest first.

Nothing is read out of prose: two records of the same fact are compared, field by field. What a thing was
called before makes no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from briefing.editions.renames import renamed
from briefing.model.facts import Disagreement, Fact, Gap, Judgement, Milestone
from briefing.model.ledger import ListedSource, State
from briefing.model.library import Renames


class Turn(StrEnum):
    """What sort of change it is; the order of the lines is that of their weight."""

    STATUS_DOWN = "status down"
    """A commitment has gone back on the ladder."""
    FLAGGED = "flagged"
    """It is suspended, cancelled, superseded or disputed now."""
    UNFLAGGED = "unflagged"
    """It is so no longer."""
    STATUS_UP = "status up"
    """A commitment has come further on the ladder."""
    VALUE = "value"
    """The figure, its bound or its unit is another."""
    ADDED = "added"
    """The fact was not in it before."""
    REMOVED = "removed"
    """The fact is in it no longer."""
    NEWLY_DISPUTED = "newly disputed"
    """Sources disagree now."""
    RESOLVED = "resolved"
    """A disagreement is over."""
    MET = "milestone met"
    """What was expected has come."""
    MISSED = "milestone missed"
    """Its day has passed, and no fact says that it was met."""
    MILESTONE = "milestone"
    """A milestone is new, has moved or is dropped."""
    JUDGEMENT = "judgement"
    """A judgement is new, is dropped, or is more or less likely or certain."""
    DATE = "date"
    """The thing itself has another date."""
    SPEAKER = "speaker"
    """Somebody else says so."""
    ANSWERED = "answered"
    """A question that no source answered is open no longer."""
    ASKED = "asked"
    """A question is newly open."""
    CREDIBILITY = "credibility"
    """The fact is graded otherwise."""
    CAVEAT = "caveat"
    """A reader has to know something else."""
    STATEMENT = "statement"
    """The fact is put in other words."""
    READINGS = "readings"
    """A disagreement goes on with other readings, or in other words."""
    SOURCE_ADDED = "source added"
    """A source is cited that was not."""
    SOURCE_DROPPED = "source dropped"
    """A source is cited no longer."""
    EVIDENCE = "evidence"
    """The fact rests on other passages."""

    @property
    def weight(self) -> int:
        """Its place, 0 for the heaviest."""
        return list(Turn).index(self)


LIGHT = frozenset({Turn.CAVEAT, Turn.STATEMENT, Turn.READINGS, Turn.EVIDENCE})
"""Changes of wording and of passages: a minor edition may have them, and no other."""

_WORD = re.compile(r"[^\W_]+|[%€$£₴]")

Entry = Fact | Disagreement | Gap | Milestone | Judgement | ListedSource


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed."""

    turn: Turn
    key: str
    """What it is called now: the fact, the entry of a register, or the source."""
    before: Entry | None
    """As it was; None where it was not."""
    after: Entry | None
    """As it is; None where it is no longer."""


def between(before: State, after: State, renames: Renames | None = None) -> tuple[Change, ...]:
    """What changed, by weight, then in the order in which the later state has it."""
    before = renamed(before, renames or Renames())
    found = [
        *_facts(_by_id(before.facts), _by_id(after.facts)),
        *_disagreements(_by_id(before.disagreements), _by_id(after.disagreements)),
        *_milestones(before, after),
        *_judgements(_by_id(before.judgements), _by_id(after.judgements)),
        *_coming_and_going(_by_id(before.gaps), _by_id(after.gaps), Turn.ASKED, Turn.ANSWERED),
        *_coming_and_going(
            _by_id(before.sources), _by_id(after.sources), Turn.SOURCE_ADDED, Turn.SOURCE_DROPPED
        ),
    ]
    return tuple(sorted(found, key=lambda change: change.turn.weight))


def of_fact(before: Fact, after: Fact) -> tuple[Change, ...]:
    """What changed in one fact, by weight."""
    return tuple(
        sorted(
            (Change(turn, after.id, before, after) for turn in _turns(before, after)),
            key=lambda change: change.turn.weight,
        )
    )


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but spaces, signs and the size of letters."""
    return one == other or words(one) == words(other)


def words(text: str) -> list[str]:
    """The words of a text without regard to signs and the size of letters; signs of measures are words."""
    return _WORD.findall(text.casefold())


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {str(item.id): item for item in items}


# ------------------------------------------------------------------------------------------------ facts


def _facts(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[Change]:
    yield from _coming_and_going(before, after, Turn.ADDED, Turn.REMOVED)
    for key, fact in after.items():
        if key in before:
            yield from of_fact(before[key], fact)


def _turns(before: Fact, after: Fact) -> Iterator[Turn]:
    if before.status and after.status and before.status is not after.status:
        yield Turn.STATUS_UP if before.status < after.status else Turn.STATUS_DOWN
    elif before.status is not after.status:
        yield Turn.STATUS_UP if after.status else Turn.STATUS_DOWN
    if set(after.flags) - set(before.flags):
        yield Turn.FLAGGED
    if set(before.flags) - set(after.flags):
        yield Turn.UNFLAGGED
    compared = (
        (Turn.VALUE, before.value == after.value),
        (Turn.DATE, before.date == after.date),
        (Turn.SPEAKER, _voice(before) == _voice(after)),
        (Turn.CREDIBILITY, before.credibility is after.credibility),
        (Turn.CAVEAT, same_words(before.caveat, after.caveat)),
        (Turn.STATEMENT, same_words(before.statement, after.statement)),
        (Turn.EVIDENCE, set(before.evidence) == set(after.evidence)),
    )
    yield from (turn for turn, is_same in compared if not is_same)


def _voice(fact: Fact) -> tuple[frozenset[str], bool]:
    return frozenset(fact.said_by), fact.is_voice_inferred


# -------------------------------------------------------------------------------------------- registers


def _coming_and_going(
    before: Mapping[str, Any], after: Mapping[str, Any], come: Turn, gone: Turn
) -> Iterator[Change]:
    for key, item in after.items():
        if key not in before:
            yield Change(come, key, None, item)
    for key, item in before.items():
        if key not in after:
            yield Change(gone, key, item, None)


def _disagreements(before: Mapping[str, Disagreement], after: Mapping[str, Disagreement]) -> Iterator[Change]:
    yield from _coming_and_going(before, after, Turn.NEWLY_DISPUTED, Turn.RESOLVED)
    for key, item in after.items():
        if key in before and not _reads_alike(before[key], item):
            yield Change(Turn.READINGS, key, before[key], item)


def _reads_alike(one: Disagreement, other: Disagreement) -> bool:
    readings = [(reading.says, sorted(reading.facts)) for reading in one.readings]
    other_readings = [(reading.says, sorted(reading.facts)) for reading in other.readings]
    return readings == other_readings and same_words(one.wording, other.wording)


def _milestones(before: State, after: State) -> Iterator[Change]:
    old, new = _by_id(before.milestones), _by_id(after.milestones)
    yield from _coming_and_going(old, new, Turn.MILESTONE, Turn.MILESTONE)
    for key in new.keys() & old.keys():
        was, now = old[key], new[key]
        if now.met_by and not was.met_by:
            yield Change(Turn.MET, key, was, now)
        elif was.date != now.date:
            yield Change(Turn.MILESTONE, key, was, now)
        elif not now.met_by and before.as_of.latest <= now.date.latest < after.as_of.latest:
            yield Change(Turn.MISSED, key, was, now)


def _judgements(before: Mapping[str, Judgement], after: Mapping[str, Judgement]) -> Iterator[Change]:
    yield from _coming_and_going(before, after, Turn.JUDGEMENT, Turn.JUDGEMENT)
    for key in (key for key in after if key in before):
        was, now = before[key], after[key]
        if (was.likelihood, was.confidence) != (now.likelihood, now.confidence) or not same_words(
            was.statement, now.statement
        ):
            yield Change(Turn.JUDGEMENT, key, was, now)


# ---------------------------------------------------------------------------------------------- renames
