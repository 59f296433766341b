"""Queries on the library that several steps need: which facts, of which sheet, from how many origins."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.model.briefs import Brief, Selection
from briefing.model.facts import Assertion, Disagreement, Fact
from briefing.model.library import Library
from briefing.model.scales import FactKind
from briefing.model.sources import Evidence, Source, Uncited, Verification
from briefing.model.values import Date, Key, Label, Slug


def select(selection: Selection, library: Library) -> tuple[Fact, ...]:
    """Return the facts that a selection names, then those that meet all its conditions, in sheet order."""
    named = [library.facts[key] for key in selection.facts if key in library.facts]
    has_conditions = any(
        (
            selection.sheets,
            selection.kinds,
            selection.statuses,
            selection.systems,
            selection.actors,
            selection.matters,
        )
    )
    if not has_conditions:
        return tuple(fact for fact in named if fact.id not in selection.except_facts)
    chosen = [
        fact
        for fact in _facts_of(selection.sheets, library)
        if (not selection.kinds or fact.kind in selection.kinds)
        and (not selection.statuses or (fact.status and fact.status.id in selection.statuses))
        and (not selection.systems or set(fact.systems) & set(selection.systems))
        and (not selection.actors or set(fact.actors) & set(selection.actors))
        and (not selection.matters or set(fact.matters) & set(selection.matters))
    ]
    unique = {fact.id: fact for fact in (*named, *chosen)}
    return tuple(fact for key, fact in unique.items() if key not in selection.except_facts)


def _facts_of(sheets: Collection[str], library: Library) -> Iterator[Fact]:
    """Yield the facts of some sheets, or of all if none is named, in the order of the sheets."""
    for name in library.sheets:
        if not sheets or name in sheets:
            yield from library.sheets[name].facts


def chosen(brief: Brief, library: Library, register: str) -> list[Any]:
    """Return the entries of a register that a brief prints: those that it names, or all of its sheets."""
    named = getattr(brief, register)
    entries = getattr(library, register)
    if named is not None:
        return [entries[key] for key in named if key in entries]
    sheets = (library.sheets[name] for name in brief.sheets if name in library.sheets)
    return [entry for sheet in sheets for entry in getattr(sheet, register)]


def sheet_of(key: str) -> Slug:
    """Return the id of the sheet that a key belongs to."""
    return Slug(key.partition(".")[0])


def origins_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the origins of passages: the statements that they relay, or the sources; each once."""
    return tuple(dict.fromkeys(str(item.origin or item.source) for item in evidence))


def independent_origins(evidence: Iterable[Evidence], library: Library) -> int:
    """Return how many origins with no speaker in common the passages have.

    Statements that share a speaker count once. Sources in their own voice count once for each publisher,
    because two of one publisher are not independent; those without a stated publisher count as one, because
    nobody can know whether they are.
    """
    groups: list[set[str]] = []
    for name in origins_of(evidence):
        origin = library.origins.get(Slug(name))
        speakers = _voices(origin.said_by, library) if origin else {_own_voice(name, library)}
        touching = [group for group in groups if group & speakers] if speakers else []
        groups = [group for group in groups if group not in touching]
        groups.append(speakers.union(*touching) if speakers else {f"origin {name}"})
    return len(groups)


def _own_voice(name: str, library: Library) -> str:
    source = library.sources.get(Slug(name))
    return f"publisher {(source and source.publisher) or 'not stated'}"


def _voices(speakers: Collection[Slug], library: Library) -> set[str]:
    """Return the speakers, and the actors whose office or spokesman they are."""
    known = (library.actors.get(name) for name in speakers)
    principals = {actor.speaks_for for actor in known if actor and actor.speaks_for}
    return {f"actor {name}" for name in {*speakers, *principals}}


def voices_of(state: Fact | Assertion, library: Library) -> set[str]:
    """Return who says a state of a fact: speakers with those for whom they speak; publishers of reports.

    A report without a stated publisher is a voice of its own, because nobody can know whose it is.
    """
    if state.said_by:
        return _voices(state.said_by, library)
    known = ((item.source, library.sources.get(item.source)) for item in state.evidence)
    return {
        f"publisher {source.publisher}" if source and source.publisher else name for name, source in known
    }


def known_on(library: Library, facts: Iterable[Fact]) -> datetime.date:
    """Return the day that facts show: the day of the library, or else that of the newest of them."""
    days = (day.latest for day in known_days(library, tuple(facts)))
    return library.as_of or max(days, default=datetime.date.min)


def known_days(library: Library, facts: Collection[Fact]) -> tuple[Date, ...]:
    """Return the days from which facts hold; for a fact without one, those on which its texts were read."""
    days = [fact.asserted for fact in facts if fact.asserted]
    undated = (fact for fact in facts if not fact.asserted)
    for name in sorted({item.source for fact in undated for item in fact.evidence}):
        days += [day for day in read_on(name, library) if day]
    return tuple(days)


def read_on(source: str, library: Library) -> tuple[Date | None, ...]:
    """Return the days on which a source was retrieved and last verified, each None where it is not known."""
    item, verified = library.sources.get(Slug(source)), library.verifications.get(Slug(source))
    return (item.retrieved if item else None, verified.day if verified else None)


def seen_on(source: str, library: Library) -> Date | None:
    """Return the day on which a source was retrieved, or else published, or else as of which it counts."""
    item = library.sources.get(Slug(source))
    return item.seen or item.as_of if item else None


def since_when_known(fact: Fact, library: Library) -> tuple[Date | None, ...]:
    """Return the days on which the states of a fact became known here, the oldest first.

    A state became known with the first of its texts that no earlier state cites: on the day on which that was
    retrieved or else published; where neither is on record, on that as of which the text counts, or else on
    that since when the state holds. Of two texts of one day the one that states it goes first. No state is
    known before an earlier one.
    """
    found: list[Date | None] = []
    cited: set[str] = set()
    states: tuple[Fact | Assertion, ...] = (*fact.history, fact)
    for state in states:
        names = dict.fromkeys(str(item.source) for item in state.evidence)
        new = [name for name in names if name not in cited] or [*names]
        cited |= names.keys()
        days = [day for name in new if (day := seen_on(name, library) or state.asserted)]
        day = min(days, key=lambda day: (day.latest, len(day.inferred)), default=state.asserted)
        before = found[-1] if found else None
        found.append(before if before and (day is None or day.latest < before.latest) else day)
    return tuple(found)


def passed_by(library: Library, facts: Iterable[Fact], briefs: Iterable[str]) -> datetime.date:
    """Return the day by which expectations have come true or passed: the one shown, or a later day of issue.

    As of a day it is that day. Otherwise a brief that was issued after the newest of its facts must not
    expect what its readers see to be past.
    """
    known = known_on(library, facts)
    if library.as_of:
        return known
    issued = (item.issued.latest for name in briefs for item in library.issued.get(Slug(name), ()))
    return max(known, *issued, datetime.date.min)


def outlets(fact: Fact, library: Library) -> tuple[Slug, ...]:
    """Return the outlets through which alone a fact reached its sources; empty if any passage is nearer."""
    found: dict[Slug, None] = {}
    for item in fact.evidence:
        origin = library.origins.get(item.origin or Slug(""))
        if not origin or not origin.via:
            return ()
        found |= dict.fromkeys(origin.via)
    return tuple(found)


def concerned(fact: Fact, library: Library) -> tuple[Slug, ...]:
    """Return the actors that a fact concerns: those that it names, without outlets that only relayed it."""
    origins = [library.origins.get(item.origin or Slug("")) for item in fact.evidence]
    relaying = {name for origin in origins if origin for name in origin.via}
    return tuple(name for name in fact.actors if name not in relaying)


def is_about_wording(fact: Fact, disagreements: Iterable[Disagreement]) -> bool:
    """Return whether a fact only records what we see in texts, or how they word what they differ on.

    The latter holds if it is context and a reading of one of the ``disagreements``, and that is about what
    actors are called or the fact has a name for its value.
    """
    is_name = isinstance(fact.value, Label)
    return fact.kind is FactKind.OBSERVATION or (
        fact.kind is FactKind.CONTEXT
        and any((item.actors or is_name) and fact.id in item.rests_on for item in disagreements)
    )


def passage_digest(item: Evidence) -> str:
    """Return the digest that a verification keeps of a piece of evidence: its paragraph and its terms."""
    return hashlib.sha256(repr((item.paragraph, item.terms)).encode()).hexdigest()[:12]


def verification_of(source: Source, library: Library) -> Verification | None:
    """Return the last verification of a capture; None if another capture is registered now."""
    verified = library.verifications.get(source.id)
    return verified if verified and verified.sha256 == source.sha256 else None


def verified_on(item: Evidence, library: Library) -> Date | None:
    """Return when the present form of a piece of evidence was last found in its registered capture."""
    source = library.sources.get(item.source)
    verified = verification_of(source, library) if source else None
    return verified.day if verified and passage_digest(item) in verified.passages else None


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """One paragraph of a source, as far as the library knows it: what cites it, or why nothing has to."""

    number: int
    """Which non-empty line of the capture, counted from 1."""
    facts: tuple[Key, ...] = ()
    """Facts that cite it, now or in an earlier state, in the order of the sheets."""
    actors: tuple[Slug, ...] = ()
    """Actors whose role it states."""
    uncited: tuple[Uncited, ...] = ()
    """Why no fact has to cite it, or some of its words."""
    open: tuple[str, ...] = ()
    """Figures, dates and names in it that nothing cites or explains, as the last verification found them."""

    @property
    def is_cited(self) -> bool:
        """Whether anything cites it."""
        return bool(self.facts or self.actors)

    @property
    def is_explained(self) -> bool:
        """Whether a reason is given why nothing has to cite the whole of it."""
        return any(not item.terms for item in self.uncited)


def paragraphs_cited(facts: Iterable[Fact], source: str) -> Mapping[int, tuple[Key, ...]]:
    """Return those of some facts that cite each paragraph of a source, now or earlier, by its number."""
    found: dict[int, dict[Key, None]] = defaultdict(dict)
    for fact in facts:
        for item in (item for state in fact.states for item in state.evidence):
            if item.source == source:
                found[item.paragraph][fact.id] = None
    return {number: tuple(found[number]) for number in sorted(found)}


def paragraphs(
    library: Library, source: Source, cited: Mapping[int, tuple[Key, ...]] | None = None
) -> tuple[SourceParagraph, ...]:
    """Return every paragraph of a source; only cited or explained ones if their number is not recorded.

    ``cited`` are the facts that cite each of its paragraphs, where the caller knows them.
    """
    if cited is None:
        cited = paragraphs_cited(library.facts.values(), source.id)
    roles: dict[int, dict[Slug, None]] = defaultdict(dict)
    for actor in library.actors.values():
        for role in actor.roles:
            if role.evidence.source == source.id:
                roles[role.evidence.paragraph][actor.id] = None
    verified = verification_of(source, library)
    open_: dict[int, list[str]] = defaultdict(list)
    for mention in verified.uncited if verified else ():
        number, _, words = mention.partition(": ")
        if number.isdecimal():
            open_[int(number)].append(words)
    explained = [number for item in source.uncited for number in item.paragraphs]
    numbers = {*cited, *roles, *explained, *open_, *range(1, (verified.paragraphs if verified else 0) + 1)}
    return tuple(
        SourceParagraph(
            number,
            cited.get(number, ()),
            tuple(roles.get(number, ())),
            tuple(item for item in source.uncited if number in item.paragraphs),
            tuple(open_.get(number, ())),
        )
        for number in sorted(numbers)
    )


def named_in(fact: Fact, library: Library) -> dict[str, list[str]]:
    """Return kind -> ids of the records that a fact names, each once; outlets as those that relayed it."""
    names: dict[str, Iterable[str | None]] = {
        "sources": (item.source for item in fact.evidence),
        "origins": (item.origin for item in fact.evidence),
        "actors": (*fact.actors, *fact.said_by),
        "speakers": fact.said_by,
        "concerned": fact.actors,
        "outlets": outlets(fact, library),
        "systems": fact.systems,
    }
    return {kind: list(filter(None, dict.fromkeys(found))) for kind, found in names.items()}
