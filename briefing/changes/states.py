"""The changes between two states of what a brief rests on: facts, registers, sources; the heaviest first.

Nothing is read from prose: two records of the same fact are compared, field by field. A rename is not a
change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.changes import fact_fields
from briefing.changes.fact_fields import ChangeKind
from briefing.editions.renames import renamed
from briefing.language.sentences import same_words
from briefing.model.facts import Disagreement, Entry, Fact, Judgement, Milestone
from briefing.model.ledger import ListedSource, State
from briefing.model.library import Renames

Subject = Fact | Entry | ListedSource
"""A thing that can change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed."""

    turn: ChangeKind
    key: str
    """Its present name: of the fact, the entry of a register, or the source."""
    before: Subject | None
    """Its earlier state; None where it is new."""
    after: Subject | None
    """Its later state; None where it is gone."""


def between(before: State, after: State, renames: Renames | None = None) -> tuple[Change, ...]:
    """Return the changes by weight, then in the order of the later state."""
    before = renamed(before, renames or Renames())
    found = [
        *_facts(_by_id(before.facts), _by_id(after.facts)),
        *_disagreements(_by_id(before.disagreements), _by_id(after.disagreements)),
        *_milestones(before, after),
        *_judgements(_by_id(before.judgements), _by_id(after.judgements)),
        *_coming_and_going(_by_id(before.gaps), _by_id(after.gaps), ChangeKind.ASKED, ChangeKind.ANSWERED),
        *_coming_and_going(
            _by_id(before.sources), _by_id(after.sources), ChangeKind.SOURCE_ADDED, ChangeKind.SOURCE_DROPPED
        ),
    ]
    return tuple(sorted(found, key=lambda change: change.turn.weight))


def of_fact(before: Fact, after: Fact) -> tuple[Change, ...]:
    """Return the changes in one fact, by weight."""
    return tuple(
        sorted(
            (Change(turn, after.id, before, after) for turn in fact_fields.turns(before, after)),
            key=lambda change: change.turn.weight,
        )
    )


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {str(item.id): item for item in items}


# ------------------------------------------------------------------------------------------------ facts


def _facts(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[Change]:
    yield from _coming_and_going(before, after, ChangeKind.ADDED, ChangeKind.REMOVED)
    for key, fact in after.items():
        if key in before:
            yield from of_fact(before[key], fact)


# -------------------------------------------------------------------------------------------- registers


def _coming_and_going(
    before: Mapping[str, Any], after: Mapping[str, Any], come: ChangeKind, gone: ChangeKind
) -> Iterator[Change]:
    for key, item in after.items():
        if key not in before:
            yield Change(come, key, None, item)
    for key, item in before.items():
        if key not in after:
            yield Change(gone, key, item, None)


def _disagreements(before: Mapping[str, Disagreement], after: Mapping[str, Disagreement]) -> Iterator[Change]:
    yield from _coming_and_going(before, after, ChangeKind.NEWLY_DISPUTED, ChangeKind.RESOLVED)
    for key, item in after.items():
        if key in before and not _reads_alike(before[key], item):
            yield Change(ChangeKind.READINGS, key, before[key], item)


def _reads_alike(one: Disagreement, other: Disagreement) -> bool:
    readings = [(reading.says, sorted(reading.facts)) for reading in one.readings]
    other_readings = [(reading.says, sorted(reading.facts)) for reading in other.readings]
    return readings == other_readings and same_words(one.wording, other.wording)


def _milestones(before: State, after: State) -> Iterator[Change]:
    old, new = _by_id(before.milestones), _by_id(after.milestones)
    for change in _coming_and_going(old, new, ChangeKind.MILESTONE, ChangeKind.MILESTONE):
        # A date that only left its table is still in the brief.
        if change.after or not _is_still_cited(old[change.key], after):
            yield change
    for key in new.keys() & old.keys():
        was, now = old[key], new[key]
        if now.met_by and not was.met_by:
            yield Change(ChangeKind.MET, key, was, now)
        elif was.date != now.date:
            yield Change(ChangeKind.MILESTONE, key, was, now)
        elif not now.met_by and before.as_of.latest <= now.date.latest < after.as_of.latest:
            yield Change(ChangeKind.MISSED, key, was, now)


def _is_still_cited(milestone: Milestone, state: State) -> bool:
    """Return whether everything that a milestone rests on is still cited."""
    return bool(milestone.facts) and {*milestone.facts} <= {fact.id for fact in state.facts}


def _judgements(before: Mapping[str, Judgement], after: Mapping[str, Judgement]) -> Iterator[Change]:
    yield from _coming_and_going(before, after, ChangeKind.JUDGEMENT, ChangeKind.JUDGEMENT)
    for key in (key for key in after if key in before):
        was, now = before[key], after[key]
        if (was.likelihood, was.confidence) != (now.likelihood, now.confidence) or not same_words(
            was.statement, now.statement
        ):
            yield Change(ChangeKind.JUDGEMENT, key, was, now)


# ---------------------------------------------------------------------------------------------- renames
