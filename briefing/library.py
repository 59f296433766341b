"""Records to a library: every reference followed, every index made, as of one day.

A library as of a day holds each fact as it was known then: the newest assertion of its history not after the
day, supported by the sources published by then. Facts that became known later are listed in ``later``.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from briefing import links
from briefing.model import (
    Actor,
    Assertion,
    Brief,
    Date,
    Evidence,
    Fact,
    FactSheet,
    Library,
    Origin,
    Page,
    Project,
    Source,
    System,
    Verification,
    place_of,
)
from briefing.problems import Finding, Place, nearest
from briefing.query import sheet_of
from briefing.silences import Silence


@dataclass(frozen=True, slots=True)
class Records:
    """All that was read and fits, not yet linked. ``broken`` names what was read and does not fit."""

    project: Project
    sources: tuple[Source, ...] = ()
    origins: tuple[Origin, ...] = ()
    actors: tuple[Actor, ...] = ()
    systems: tuple[System, ...] = ()
    sheets: tuple[FactSheet, ...] = ()
    briefs: tuple[Brief, ...] = ()
    pages: tuple[Page, ...] = ()
    verifications: tuple[Verification, ...] = ()
    silences: tuple[Silence, ...] = ()
    """Findings that the authors allow, each with a reason."""
    broken: frozenset[str] = frozenset()
    """What exists and could not be read: ``actors``, ``facts/rafale``. What refers to it is not lost."""

    def broken_in(self, folder: str) -> frozenset[str]:
        """Ids of what could not be read in a folder of the content."""
        return frozenset(
            name.removeprefix(f"{folder}/") for name in self.broken if name.startswith(f"{folder}/")
        )


def link(records: Records, as_of: datetime.date | None = None) -> tuple[Library, tuple[Finding, ...]]:
    """Link records to a library, and report every reference that leads nowhere."""
    sources: dict[str, Source] = {source.id: source for source in records.sources}
    known: dict[str, Fact] = {}
    later: dict[str, datetime.date] = {}
    for sheet in records.sheets:
        for fact in sheet.facts:
            current, since = _as_of(_dated(fact, sources), sources, as_of)
            if current:
                known[fact.id] = current
            else:
                later[fact.id] = since
    sheets: dict[str, FactSheet] = {sheet.id: _resting_on(sheet, known) for sheet in records.sheets}
    library = Library(
        project=records.project,
        sources=MappingProxyType(sources),
        origins=_index(records.origins),
        actors=_index(records.actors),
        systems=_index(records.systems),
        sheets=MappingProxyType(sheets),
        facts=MappingProxyType(known),
        disagreements=_index(item for sheet in sheets.values() for item in sheet.disagreements),
        gaps=_index(item for sheet in sheets.values() for item in sheet.gaps),
        milestones=_index(item for sheet in sheets.values() for item in sheet.milestones),
        judgements=_index(item for sheet in sheets.values() for item in sheet.judgements),
        briefs=_index(records.briefs),
        pages=_index(records.pages),
        verifications=_index(records.verifications),
        later=MappingProxyType(later),
        as_of=as_of,
        is_whole=not records.broken,
    )
    return library, tuple(_Follower(records).findings())


def without(library: Library, keys: frozenset[str]) -> Library:
    """The library without some facts, and without what rests on them: what a stricter marking keeps back."""
    if not keys:
        return library
    facts = {key: fact for key, fact in library.facts.items() if key not in keys}
    kept = _named_by(facts.values())
    for role in (role for actor in library.actors.values() for role in actor.roles):
        kept |= {("source", role.evidence.source), ("origin", role.evidence.origin or "")}
    hidden = _named_by(fact for key, fact in library.facts.items() if key in keys) - kept
    origins = {name: item for name, item in library.origins.items() if ("origin", name) not in hidden}
    hidden -= {("actor", name) for origin in origins.values() for name in origin.said_by}
    sources = {
        name: dataclasses.replace(item, origins=tuple(origin for origin in item.origins if origin in origins))
        for name, item in library.sources.items()
        if ("source", name) not in hidden
    }
    sheets = {name: _resting_on(sheet, facts) for name, sheet in library.sheets.items()}
    return dataclasses.replace(
        library,
        sources=MappingProxyType(sources),
        origins=MappingProxyType(origins),
        verifications=_index(item for item in library.verifications.values() if item.id in sources),
        actors=_index(item for item in library.actors.values() if ("actor", item.id) not in hidden),
        systems=_index(item for item in library.systems.values() if ("system", item.id) not in hidden),
        facts=MappingProxyType(facts),
        sheets=MappingProxyType(sheets),
        disagreements=_index(item for sheet in sheets.values() for item in sheet.disagreements),
        gaps=_index(item for sheet in sheets.values() for item in sheet.gaps),
        milestones=_index(item for sheet in sheets.values() for item in sheet.milestones),
        judgements=_index(item for sheet in sheets.values() for item in sheet.judgements),
    )


def _named_by(facts: Iterable[Fact]) -> set[tuple[str, str]]:
    """The sources, actors and systems that facts name, each as (kind, id)."""
    found: set[tuple[str, str]] = set()
    for fact in facts:
        found |= {("actor", name) for name in fact.actors} | {("system", name) for name in fact.systems}
        for state in fact.states:
            found |= {("actor", name) for name in state.said_by}
            found |= {("source", item.source) for item in state.evidence}
            found |= {("origin", item.origin) for item in state.evidence if item.origin}
    return found


def _index(records: Iterable[Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType({record.id: record for record in records})


def _dated(fact: Fact, sources: Mapping[str, Source]) -> Fact:
    """The fact with ``asserted`` filled: the day its first source was published."""
    if fact.asserted:
        return fact
    published = [
        source.published
        for item in fact.evidence
        if (source := sources.get(item.source)) and source.published is not None
    ]
    first: Date | None = min(published, key=lambda date: date.latest, default=None)
    return dataclasses.replace(fact, asserted=first)


def _as_of(
    fact: Fact, sources: Mapping[str, Source], day: datetime.date | None
) -> tuple[Fact | None, datetime.date]:
    """The fact as known on a day, or None with the day it became known."""
    if day is None:
        return fact, datetime.date.min
    states: list[Fact | Assertion] = [*fact.history, fact]
    since = {id(state): _known_since(state, sources) for state in states}
    held = [state for state in states if since[id(state)] <= day]
    if not held:
        return None, min(since.values())
    state = held[-1]
    kept = tuple(item for item in state.evidence if _published(item, sources) <= day)
    changes = {field.name: getattr(state, field.name) for field in dataclasses.fields(Assertion)}
    history = tuple(earlier for earlier in fact.history if earlier in held and earlier is not state)
    changes |= {"evidence": kept, "history": history, "at": fact.at}
    return dataclasses.replace(fact, **changes), datetime.date.min


def _known_since(state: Fact | Assertion, sources: Mapping[str, Source]) -> datetime.date:
    """The day from which a state could be known: asserted by then, and published by one of its sources."""
    asserted = state.asserted.latest if state.asserted else datetime.date.min
    return max(
        asserted, min((_published(item, sources) for item in state.evidence), default=datetime.date.min)
    )


def _published(item: Evidence, sources: Mapping[str, Source]) -> datetime.date:
    """The day on which a passage was published; the first of all days where that is not stated."""
    source = sources.get(item.source)
    return source.published.latest if source and source.published else datetime.date.min


def _resting_on(sheet: FactSheet, known: Mapping[str, Fact]) -> FactSheet:
    """The sheet with the facts that are known, and without what rests on others."""
    return dataclasses.replace(
        sheet,
        facts=tuple(known[fact.id] for fact in sheet.facts if fact.id in known),
        disagreements=tuple(
            item
            for item in sheet.disagreements
            if all(key in known for reading in item.readings for key in reading.facts)
        ),
        gaps=tuple(item for item in sheet.gaps if all(key in known for key in item.facts)),
        milestones=tuple(
            item if item.met_by in known else dataclasses.replace(item, met_by=None)
            for item in sheet.milestones
            if all(key in known for key in item.facts)
        ),
        judgements=tuple(
            item for item in sheet.judgements if all(found.key in known for found in links.find(item.basis))
        ),
    )


class _Follower:
    """Follows every reference of the records and reports those that lead nowhere."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.broken_sheets = records.broken_in("facts")
        self.sources = {source.id for source in records.sources} | records.broken_in("sources")
        self.origins = {origin.id for origin in records.origins}
        self.actors = {actor.id for actor in records.actors}
        self.systems = {system.id for system in records.systems}
        self.sheets = {sheet.id for sheet in records.sheets} | self.broken_sheets
        self.briefs = {brief.id for brief in records.briefs} | records.broken_in("briefs")
        self.registers = {
            kind: {item.id for sheet in records.sheets for item in getattr(sheet, kind)}
            for kind in ("disagreements", "gaps", "milestones", "judgements")
        }
        self.facts = {fact.id for sheet in records.sheets for fact in sheet.facts}

    def findings(self) -> Iterator[Finding]:
        for source in self.records.sources:
            yield from self.lost(source.origins, self.origins, "origin", source.at)
        for origin in self.records.origins:
            yield from self.lost((*origin.said_by, *origin.via), self.actors, "actor", origin.at)
        for actor in self.records.actors:
            yield from self.evidence((role.evidence for role in actor.roles), actor.at)
            spoken_for = (actor.speaks_for,) if actor.speaks_for else ()
            yield from self.lost(spoken_for, self.actors, "actor", actor.at)
        for sheet in self.records.sheets:
            yield from self.sheet(sheet)
        for brief in self.records.briefs:
            yield from self.brief(brief)
        verified = (item.id for item in self.records.verifications)
        yield from self.lost(verified, self.sources, "source", Place("content/verification.yaml"))
        yield from self.lost(self.records.project.home, self.briefs, "brief", self.records.project.at)

    def sheet(self, sheet: FactSheet) -> Iterator[Finding]:
        for fact in sheet.facts:
            yield from self.lost(fact.actors, self.actors, "actor", fact.at)
            yield from self.lost(fact.systems, self.systems, "system", fact.at)
            yield from self.lost(fact.sum_of, self.facts, "fact", fact.at)
            for state in fact.states:
                yield from self.lost(state.said_by, self.actors, "actor", state.at)
                yield from self.evidence(state.evidence, state.at)
        for disagreement in sheet.disagreements:
            for reading in disagreement.readings:
                yield from self.lost(reading.facts, self.facts, "fact", disagreement.at)
            yield from self.lost(disagreement.actors, self.actors, "actor", disagreement.at)
        for gap in sheet.gaps:
            yield from self.lost(gap.facts, self.facts, "fact", gap.at)
        for milestone in sheet.milestones:
            met_by = (milestone.met_by,) if milestone.met_by else ()
            yield from self.lost((*milestone.facts, *met_by), self.facts, "fact", milestone.at)
        for judgement in sheet.judgements:
            for link in links.find(judgement.basis):
                at = place_of(judgement.basis, judgement.at, f"(fact:{link.key}")
                yield from self.lost((link.key,), self.facts, "fact", at)
        seen: dict[str, Place] = {}
        named: tuple[Any, ...] = (
            *sheet.facts,
            *sheet.disagreements,
            *sheet.gaps,
            *sheet.milestones,
            *sheet.judgements,
        )
        for item in named:
            if item.id in seen:
                message = f"'{item.id}' is the name of two things; the other is on line {seen[item.id].line}"
                yield Finding("duplicate-name", message, item.at, "rename one of the two")
            seen.setdefault(item.id, item.at)

    def brief(self, brief: Brief) -> Iterator[Finding]:
        yield from self.lost(brief.sheets, self.sheets, "sheet", brief.at)
        for kind, known in self.registers.items():
            yield from self.lost(getattr(brief, kind) or (), known, kind.removesuffix("s"), brief.at)
        for selection in (brief.commitments, brief.timeline):
            yield from self.lost(selection.sheets, self.sheets, "sheet", brief.at)
            yield from self.lost(selection.systems, self.systems, "system", brief.at)
            yield from self.lost(selection.actors, self.actors, "actor", brief.at)
            yield from self.lost((*selection.facts, *selection.except_facts), self.facts, "fact", brief.at)

    def evidence(self, evidence: Iterable[Evidence], at: Place) -> Iterator[Finding]:
        for item in evidence:
            yield from self.lost((item.source,), self.sources, "source", at)
            yield from self.lost((item.origin,) if item.origin else (), self.origins, "origin", at)

    def lost(self, names: Iterable[str], known: Set[str], what: str, at: Place) -> Iterator[Finding]:
        if f"{what}s" in self.records.broken:
            return
        for name in names:
            if name not in known and not ("." in name and sheet_of(name) in self.broken_sheets):
                yield Finding(
                    "unknown-reference",
                    f"there is no {what} '{name}'",
                    place_of(name, at),
                    nearest(name, known, f"add it, or name another {what}"),
                )
