"""Former names: an earlier state under present names."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.model.facts import Disagreement, Fact, Gap, Milestone
from briefing.model.ledger import State
from briefing.model.library import Renames
from briefing.model.values import Key


def renamed(state: State, renames: Renames) -> State:
    """Return a state under present names."""
    if not renames.keys:
        return state

    def now(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(_named_now(item, renames.keys) for item in items)

    return dataclasses.replace(
        state,
        facts=now(state.facts),
        disagreements=now(state.disagreements),
        gaps=now(state.gaps),
        milestones=now(state.milestones),
        judgements=now(state.judgements),
    )


def _named_now(item: Any, keys: Mapping[str, Key]) -> Any:
    """Return a fact or an entry of a register under present names."""

    def now(names: Sequence[Key]) -> tuple[Key, ...]:
        return tuple(keys.get(name, name) for name in names)

    changed: dict[str, Any] = {"id": keys.get(item.id, item.id)}
    if isinstance(item, Fact):
        changed["sum_of"] = now(item.sum_of)
    elif isinstance(item, Disagreement):
        changed["readings"] = tuple(
            dataclasses.replace(reading, facts=now(reading.facts)) for reading in item.readings
        )
    elif isinstance(item, Gap | Milestone):
        changed["facts"] = now(item.facts)
    if isinstance(item, Milestone) and item.met_by:
        changed["met_by"] = keys.get(item.met_by, item.met_by)
    return dataclasses.replace(item, **changed)
