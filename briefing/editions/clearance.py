"""What of the ledger may be shown to those who may read a marking.

An edition is frozen, markings are not: what it rests on may have become stricter since. Then the edition is
kept back whole, because the words of a paragraph cannot be taken out of it; of a state, only that part is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from briefing.model import query
from briefing.model.facts import REGISTERS
from briefing.model.ledger import Issued, State
from briefing.model.library import Library
from briefing.model.scales import Marking

CHANGES = "changes"
"""Role of the section that says what changed since the edition before."""


def editions(issued: Sequence[Issued], library: Library, marking: Marking) -> tuple[Issued, ...]:
    """The editions of a brief that nothing in them keeps back.

    ``issued`` are all of them, oldest first, with everything called as it is called now. An edition that
    tells what changed may quote what only the edition before it showed.
    """
    found = []
    for before, item in zip((None, *issued), issued, strict=False):
        told_of = [item, before] if before and _tells_changes(item) else [item]
        closed = set[str]().union(*(_closed(each.state, library, marking) for each in told_of))
        if not marking < _strictest(item, library) and not closed & set[str]().union(*map(_named, told_of)):
            found.append(item)
    return tuple(found)


def _strictest(issued: Issued, library: Library) -> Marking:
    """The marking of an edition, or of its brief where that has become stricter since."""
    brief = library.briefs.get(issued.brief)
    now = brief.marking or library.project.marking if brief else issued.printed.marking
    return max(now, issued.printed.marking)


def _tells_changes(issued: Issued) -> bool:
    return any(section.role == CHANGES for section in issued.printed.sections)


def state(before: State, library: Library, marking: Marking) -> State:
    """A state without what is stricter, and without what rests on that."""
    closed = _closed(before, library, marking)
    if not closed:
        return before
    facts = tuple(fact for fact in before.facts if fact.id not in closed)
    cited = {item.source for fact in facts for item in fact.evidence}
    registers: dict[str, Any] = {
        name: tuple(item for item in getattr(before, name) if closed.isdisjoint(item.rests_on))
        for name in REGISTERS
    }
    return dataclasses.replace(
        before,
        facts=facts,
        sources=tuple(item for item in before.sources if item.id in cited),
        **registers,
    )


def _closed(before: State, library: Library, marking: Marking) -> set[str]:
    """Facts that are stricter now, or were when they were printed."""
    usual = library.project.marking
    then = {str(fact.id) for fact in before.facts if marking < (fact.marking or usual)}
    return then | query.stricter_than(library, marking)


def _named(issued: Issued) -> set[str]:
    """Every fact that an edition shows or rests on."""
    found = {str(note.fact) for note in issued.printed.notes} | {str(fact.id) for fact in issued.state.facts}
    drawn = (section.figure for section in issued.printed.sections if section.figure)
    found |= {str(mark.fact) for figure in drawn for mark in figure.marks}
    return found.union(*(item.rests_on for item in issued.state.entries))
