"""The units of a library: what can be checked by itself, with look-ups in the rest.

A unit is a brief with its editions, a sheet with its facts and entries, a page, an entry of a register, or
the project itself. Each record belongs to one unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.model.briefs import Brief, Page
from briefing.model.facts import REGISTERS, Disagreement, Fact, FactSheet, Gap, Judgement, Milestone
from briefing.model.ladders import Ladder
from briefing.model.ledger import Issued
from briefing.model.library import Library, Project
from briefing.model.matters import Matter
from briefing.model.sources import Actor, Origin, Source, System

_REGISTERS = ("sources", "origins", "actors", "systems", "matters")
KINDS = ("sheets", *_REGISTERS, "ladders", "briefs", "pages", "project")
"""The kinds of units, in the order in which they are checked, named as the fields of a library."""


@dataclass(frozen=True, slots=True)
class Own:
    """The records that the checks look at, as opposed to those that they look up."""

    projects: Collection[Project] = ()
    facts: Collection[Fact] = ()
    sheets: Collection[FactSheet] = ()
    sources: Collection[Source] = ()
    origins: Collection[Origin] = ()
    actors: Collection[Actor] = ()
    systems: Collection[System] = ()
    matters: Collection[Matter] = ()
    ladders: Collection[Ladder] = ()
    """Those of the project; nobody has to look at those of the program."""
    disagreements: Collection[Disagreement] = ()
    gaps: Collection[Gap] = ()
    milestones: Collection[Milestone] = ()
    judgements: Collection[Judgement] = ()
    briefs: Collection[Brief] = ()
    pages: Collection[Page] = ()
    issued: Collection[Issued] = ()


def own_ladders(library: Library) -> dict[str, Ladder]:
    """Return the ladders that the project wrote itself, by id."""
    every = library.ladders.items()
    return {name: ladder for name, ladder in every if ladder.at.path.startswith("content/")}


def whole(library: Library) -> Own:
    """Return all records of a library."""
    kinds = ("facts", "sheets", *_REGISTERS, *REGISTERS, "briefs", "pages")
    issued = tuple(item for items in library.issued.values() for item in items)
    of_library: dict[str, Any] = {kind: getattr(library, kind).values() for kind in kinds}
    ladders = own_ladders(library).values()
    return Own((library.project,), ladders=ladders, issued=issued, **of_library)


def names(library: Library, kind: str) -> Iterator[str]:
    """Yield the names of all units of a kind."""
    if kind == "project":
        yield ""
    elif kind == "ladders":
        yield from own_ladders(library)
    else:
        # Editions outlive their brief.
        yield from dict.fromkeys((*getattr(library, kind), *(library.issued if kind == "briefs" else ())))


def of(library: Library, kind: str, name: str) -> Own:
    """Return the records of one unit."""
    if kind == "project":
        return Own((library.project,))
    record = getattr(library, kind).get(name)
    found: dict[str, Any] = {kind: (record,) if record else ()}
    if kind == "briefs":
        found["issued"] = library.issued.get(name, ())
    if kind == "sheets" and record:
        for held in ("facts", *REGISTERS):
            found[held] = tuple({item.id: item for item in getattr(record, held)}.values())
    return Own(**found)
