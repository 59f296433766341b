"""Former names: an earlier state under present names."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from briefing.model.facts import OPERATIONS, Disagreement, Fact, Gap, Milestone
from briefing.model.ledger import State
from briefing.model.library import Renames
from briefing.model.values import Key


def renamed(state: State, renames: Renames) -> State:
    """Return a state under present names."""
    if not renames.keys and not renames.matters:
        return state

    def now(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(_named_now(item, renames) for item in items)

    return dataclasses.replace(
        state,
        facts=now(state.facts),
        disagreements=now(state.disagreements),
        gaps=now(state.gaps),
        milestones=now(state.milestones),
        judgements=now(state.judgements),
    )


def _named_now(item: Any, renames: Renames) -> Any:
    """Return a fact or an entry of a register under present names."""
    keys = renames.keys

    def now(names: Sequence[Key]) -> tuple[Key, ...]:
        return tuple(keys.get(name, name) for name in names)

    changed: dict[str, Any] = {
        "id": keys.get(item.id, item.id),
        "matters": tuple(renames.matters.get(name, name) for name in item.matters),
    }
    if isinstance(item, Fact):
        changed["sum_of"] = now(item.sum_of)
        if item.computed:
            parts: dict[str, Any] = {name: now(getattr(item.computed, name)) for name in OPERATIONS}
            changed["computed"] = dataclasses.replace(item.computed, **parts)
    elif isinstance(item, Disagreement):
        changed["readings"] = tuple(
            dataclasses.replace(reading, facts=now(reading.facts)) for reading in item.readings
        )
    elif isinstance(item, Gap | Milestone):
        changed["facts"] = now(item.facts)
    if isinstance(item, Milestone) and item.met_by:
        changed["met_by"] = keys.get(item.met_by, item.met_by)
    return dataclasses.replace(item, **changed)
