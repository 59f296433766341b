"""Questions to the library that several steps ask: which facts, of which sheet, from how many origins."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator

from briefing.model import Date, Evidence, Fact, Library, Marking, Selection, Slug


def select(selection: Selection, library: Library) -> tuple[Fact, ...]:
    """The facts that a selection names, then those that meet all its conditions, in the sheets' order."""
    named = [library.facts[key] for key in selection.facts if key in library.facts]
    has_conditions = any(
        (selection.sheets, selection.kinds, selection.statuses, selection.systems, selection.actors)
    )
    if not has_conditions:
        return tuple(fact for fact in named if fact.id not in selection.except_facts)
    chosen = [
        fact
        for fact in _facts_of(selection.sheets, library)
        if (not selection.kinds or fact.kind in selection.kinds)
        and (not selection.statuses or fact.status in selection.statuses)
        and (not selection.systems or set(fact.systems) & set(selection.systems))
        and (not selection.actors or set(fact.actors) & set(selection.actors))
    ]
    unique = {fact.id: fact for fact in (*named, *chosen)}
    return tuple(fact for key, fact in unique.items() if key not in selection.except_facts)


def _facts_of(sheets: Collection[str], library: Library) -> Iterator[Fact]:
    """Facts of some sheets, or of all where none is named, in the order of the sheets."""
    for sheet in library.sheets.values():
        if not sheets or sheet.id in sheets:
            yield from sheet.facts


def sheet_of(key: str) -> Slug:
    """Id of the sheet that a key belongs to."""
    return Slug(key.partition(".")[0])


def origins_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """What speaks in these passages: the statements they relay, or the sources themselves; each once."""
    return tuple(dict.fromkeys(str(item.origin or item.source) for item in evidence))


def independent_origins(evidence: Iterable[Evidence], library: Library) -> int:
    """How many origins with no speaker in common the passages have.

    Statements that share a speaker count once; a source that speaks in its own voice is one of its own.
    """
    groups: list[set[str]] = []
    for name in origins_of(evidence):
        origin = library.origins.get(Slug(name))
        speakers = {f"actor {actor}" for actor in origin.said_by} if origin else {f"source {name}"}
        touching = [group for group in groups if group & speakers] if speakers else []
        groups = [group for group in groups if group not in touching]
        groups.append(speakers.union(*touching) if speakers else {f"origin {name}"})
    return len(groups)


def stricter_than(library: Library, marking: Marking) -> frozenset[str]:
    """Keys of the facts that fewer people may read than a marking allows."""
    usual = library.project.marking
    return frozenset(fact.id for fact in library.facts.values() if marking < (fact.marking or usual))


def passage_digest(item: Evidence) -> str:
    """What a verification remembers of a piece of evidence: its paragraph and its terms."""
    return hashlib.sha256(repr((item.paragraph, item.terms)).encode()).hexdigest()[:12]


def verified_on(item: Evidence, library: Library) -> Date | None:
    """When a piece of evidence, as it stands now, was last found in its capture, as that is registered."""
    source, verified = library.sources.get(item.source), library.verifications.get(item.source)
    if not source or not verified or verified.sha256 != source.sha256:
        return None
    return verified.day if passage_digest(item) in verified.passages else None
