"""The part of the ledger that people may see under a marking.

An edition is frozen, but markings are not: facts that it rests on may have a stricter marking now. The whole
edition is then hidden, because no words can be removed from its paragraphs; from a state, only those facts
and entries are removed.
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
"""Role of the section that says what changed since the previous edition."""


def editions(issued: Sequence[Issued], library: Library, marking: Marking) -> tuple[Issued, ...]:
    """Return the editions of a brief that people may see under a marking.

    ``issued`` are all of them, oldest first, under present names. An edition that says what changed may quote
    words that only the previous edition showed.
    """
    found = []
    for before, item in zip((None, *issued), issued, strict=False):
        quoted = [item, before] if before and _shows_changes(item) else [item]
        closed = set[str]().union(*(_closed(each.state, library, marking) for each in quoted))
        if not marking < _strictest(item, library) and not closed & set[str]().union(*map(_named, quoted)):
            found.append(item)
    return tuple(found)


def _strictest(issued: Issued, library: Library) -> Marking:
    """Return the marking of an edition, or of its brief if that is stricter now."""
    brief = library.briefs.get(issued.brief)
    now = brief.marking or library.project.marking if brief else issued.printed.marking
    return max(now, issued.printed.marking)


def _shows_changes(issued: Issued) -> bool:
    return any(section.role == CHANGES for section in issued.printed.sections)


def state(before: State, library: Library, marking: Marking) -> State:
    """Return a state without facts of a stricter marking, and without entries that rest on these."""
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
    """Return facts that have a stricter marking now, or had one when they were printed."""
    usual = library.project.marking
    then = {str(fact.id) for fact in before.facts if marking < (fact.marking or usual)}
    return then | query.stricter_than(library, marking)


def _named(issued: Issued) -> set[str]:
    """Return every fact that an edition shows or rests on."""
    found = {str(note.fact) for note in issued.printed.notes} | {str(fact.id) for fact in issued.state.facts}
    drawn = (section.figure for section in issued.printed.sections if section.figure)
    found |= {str(mark.fact) for figure in drawn for mark in figure.marks}
    return found.union(*(item.rests_on for item in issued.state.entries))
