"""A library as of a day: the facts known then, and those of today's words that could have been written then.

Nobody judges a text; four rules decide.

1. The library shows a fact in the newest state that held on that day and that a text published by then
   supports. A text without a date supports every state that held. Beside other texts it counts as published
   on the newest day from which a fact that rests on it alone holds, because no text is older than the events
   that it reports.
2. A fact is unchanged if that state is the newest, all its passages had been published, and its own date has
   not passed in the meantime. If the newest state is not unchanged, its caveat and the bases of its value,
   dates and status are withheld, and its grade too if passages are missing, because all may take account of
   later events.
3. Text written around facts (a section of a brief or a page, an entry of a register) is shown if every fact
   that it cites is unchanged.
4. Text that cites no fact (a subtitle, a summary, a description, a note) is shown if every fact around it is
   unchanged; otherwise nobody can know from which day it was true.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from briefing.language import markdown_blocks
from briefing.language.words import Words
from briefing.model import fact_links, query
from briefing.model.briefs import Brief, Selection
from briefing.model.facts import REGISTERS, Assertion, Entry, Fact, FactSheet, Row
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.sources import Actor, Evidence, Origin, Source
from briefing.model.values import Date, Prose, Value

WITHHELD = "as_of.caveat"
"""The words in place of the caveat of a newest state that is not unchanged."""
BASIS_WITHHELD = "as_of.basis"
"""The words in place of how we came to its value, date or status; without any, it would look as if stated."""

_Based = TypeVar("_Based", Value | None, Date | None)
_STATE = tuple(field.name for field in dataclasses.fields(Assertion))


def shown(present: Library, day: datetime.date) -> Library:
    """Return a library that shows everything, as it was on a day."""
    then = _KnownByDay(present, day)
    known: dict[str, Fact] = {}
    later: dict[str, datetime.date] = {}
    otherwise: set[str] = set()
    only_passed: set[str] = set()
    for key, fact in present.facts.items():
        state = then.state_of(fact)
        if state is None:
            later[key] = min(then.since(item) for item in fact.states)
            continue
        has_passed = state is fact and then.has_passed_since(fact)
        kept = then.passages(state)
        known[key] = then.fact(fact, state, kept, has_passed)
        if state is not fact or len(kept) < len(fact.evidence):
            otherwise.add(key)
        elif has_passed:
            only_passed.add(key)
    library = dataclasses.replace(
        present,
        facts=MappingProxyType(known),
        later=MappingProxyType(later),
        otherwise=frozenset(otherwise | only_passed),
        as_of=day,
        _now=present,
    )
    topics = [
        name
        for name, sheet in library.sheets.items()
        if any(fact.id in known for fact in sheet.facts) or all_unchanged(library)
    ]
    library = _with_matters(library, topics)
    # A milestone itself says whether its day has passed, so a passed date of its facts does not matter.
    sheets = {name: _sheet(library.sheets[name], library, only_passed) for name in topics}
    library = dataclasses.replace(library, sheets=MappingProxyType(sheets), **registers(sheets.values()))
    return _records(library, present, then)


def _with_matters(library: Library, topics: Collection[str]) -> Library:
    """Return the library with those matters only that its facts are about and whose topic it shows."""
    is_all = all_unchanged(library)
    named = {name for fact in library.facts.values() for name in fact.matters}
    matters = {
        name: item
        for name, item in library.matters.items()
        if item.topic in topics and (is_all or name in named)
    }
    facts = {key: _within(fact, matters) for key, fact in library.facts.items()}
    return dataclasses.replace(library, facts=MappingProxyType(facts), matters=MappingProxyType(matters))


def _within(item: Any, matters: Container[str]) -> Any:
    """Return a fact or an entry that names none but some matters."""
    kept = tuple(name for name in item.matters if name in matters)
    return item if kept == item.matters else dataclasses.replace(item, matters=kept)


def is_unchanged(key: str, library: Library) -> bool:
    """Return whether a fact was known on the library's day and has not changed since."""
    return key not in library.later and key not in library.otherwise


def all_unchanged(library: Library, sheets: Iterable[str] | None = None) -> bool:
    """Return whether every fact, of some sheets or of all, is unchanged since the library's day."""
    changed = library.later.keys() | library.otherwise
    return not changed if sheets is None else {query.sheet_of(key) for key in changed}.isdisjoint(sheets)


@dataclass(frozen=True, slots=True)
class Passages:
    """The part of a text that could have been written on the library's day."""

    text: Prose
    kept: int
    """Blocks that are shown; headings are not counted."""
    left_out: int


def passages(text: Prose, library: Library, is_whole: bool) -> Passages:
    """Return the sections of a text in which every fact is unchanged.

    The blocks below one heading depend on one another, so they are shown or left out together. If the text is
    not whole, blocks that cite no fact are left out too, as is the heading of a section that lost a block.
    """
    parts = list(_parts(text))
    blocks = sum(len(part.blocks) for part in parts)
    if is_whole:
        return Passages(text, blocks, 0)
    kept = [part.unchanged_blocks(library) for part in parts]
    written: list[str] = []
    for number, part in enumerate(parts):
        below = [
            index
            for index in range(number, len(parts))
            if index == number or all(other.level > part.level for other in parts[number + 1 : index + 1])
        ]
        is_complete = all(len(kept[index]) == len(parts[index].blocks) for index in below)
        if part.heading and is_complete and any(kept[index] for index in below):
            written.append(part.heading)
        written += kept[number]
    count = sum(map(len, kept))
    return Passages(Prose("\n\n".join(written)), count, blocks - count)


def is_whole(brief: Brief, library: Library) -> bool:
    """Return whether every fact that a brief covers or cites is unchanged."""
    selections = brief.selections
    if any(_is_open(selection) for selection in selections) and not all_unchanged(library):
        return False
    cited = [*brief.linked]
    cited += [key for selection in selections for key in selection.facts]
    sheets = {*brief.sheets, *(name for selection in selections for name in selection.sheets)}
    return all(is_unchanged(key, library) for key in cited) and all_unchanged(library, sheets)


def _is_open(selection: Selection) -> bool:
    """Return whether a selection looks for facts in all sheets."""
    wanted = (selection.kinds, selection.statuses, selection.systems, selection.actors, selection.matters)
    return not selection.sheets and any(wanted)


# ---------------------------------------------------------------------------------------------- facts


class _KnownByDay:
    """The knowledge that was possible by the end of a day."""

    def __init__(self, library: Library, day: datetime.date) -> None:
        self.sources = library.sources
        self.say = Words(library.project.languages[0])
        self.day = day
        self.newest = query.known_on(library, library.facts.values())
        """The day that the present library shows."""
        self.inferred = self._inferred(library)

    def _inferred(self, library: Library) -> Mapping[str, datetime.date]:
        """Return the day on which each text counts as published if it states no date."""
        alone: dict[str, datetime.date] = {}
        beside: dict[str, datetime.date] = {}
        for fact in library.facts.values():
            for state in fact.states:
                names: set[str] = {item.source for item in state.evidence}
                for name in names:
                    days = alone if len(names) == 1 else beside
                    days[name] = max(days.get(name, datetime.date.min), self.since(state))
        found: dict[str, datetime.date] = {}
        for name, source in library.sources.items():
            day = alone.get(name) or beside.get(name) or self.newest
            found[name] = min(day, source.retrieved.latest) if source.retrieved else day
        return found

    def since(self, state: Fact | Assertion) -> datetime.date:
        """Return the day from which a state could be known: it held, and a source had published it."""
        stated = [self.stated(item) for item in state.evidence]
        published = [day for day in stated if day]
        if state.asserted is None:
            return min(published, default=self.newest)
        if len(published) < len(stated):
            return state.asserted.latest
        return max([state.asserted.latest, *([min(published)] if published else [])])

    def stated(self, item: Evidence) -> datetime.date | None:
        """Return the day on which a passage was published, as its source states it."""
        source = self.sources.get(item.source)
        return source.published.latest if source and source.published else None

    def published(self, name: str) -> datetime.date:
        """Return the day on which a source was published, or counts as published."""
        source = self.sources[name]
        return source.published.latest if source.published else self.inferred[name]

    def state_of(self, fact: Fact) -> Fact | Assertion | None:
        """Return the newest state that was known; None if none was."""
        newest_first: list[Fact | Assertion] = [fact, *reversed(fact.history)]
        return next((state for state in newest_first if self.since(state) <= self.day), None)

    def passages(self, state: Fact | Assertion) -> tuple[Evidence, ...]:
        """Return the passages that supported a state by then; a state that was known has at least one."""
        kept = tuple(
            item
            for item in state.evidence
            if item.source in self.sources and self.published(item.source) <= self.day
        )
        return kept or tuple(item for item in state.evidence if self.stated(item) is None)

    def has_row(self, row: Row) -> bool:
        """Return whether a passage of a row was published by then; one of its fact was."""
        return not row.evidence or any(self.published(item.source) <= self.day for item in row.evidence)

    def has_passed_since(self, fact: Fact) -> bool:
        """Return whether the fact's own date was in the future then and is no longer."""
        return fact.date is not None and self.day <= fact.date.latest < self.newest

    def fact(self, fact: Fact, state: Fact | Assertion, kept: tuple[Evidence, ...], has_passed: bool) -> Fact:
        """Return a fact in one of its states, with the history before it."""
        changes: dict[str, Any] = {name: getattr(state, name) for name in _STATE}
        earlier = itertools.takewhile(lambda item: item is not state, fact.history)
        is_partial = len(kept) < len(state.evidence)
        changes |= {
            "evidence": kept,
            "history": tuple(
                dataclasses.replace(item, evidence=self.passages(item))
                for item in earlier
                if self.since(item) <= self.day
            ),
            "at": fact.at,
            "rows": tuple(row for row in fact.rows if self.has_row(row)),
        }
        if is_partial or has_passed:
            basis = self.say(BASIS_WITHHELD)
            changes["caveat"] = self.say(WITHHELD) if state.caveat else ""
            changes["status_basis"] = basis if state.status_basis else ""
            for name in ("value", "date", "asserted"):
                changes[name] = _with_basis(changes[name], basis)
        if is_partial:
            changes["credibility"] = None
        if state is not fact or is_partial or has_passed:
            changes["remark"] = ""
        if state is not fact:
            changes["label"] = ""  # it may contain what is known only today
        return dataclasses.replace(fact, **changes)


def _with_basis(value: _Based, basis: str) -> _Based:
    """Return a value or a date with other words on how we came to its inferred parts."""
    return dataclasses.replace(value, basis=basis) if value is not None and value.basis else value


# ------------------------------------------------------------------------------------------ registers


def _sheet(sheet: FactSheet, library: Library, only_passed: set[str]) -> FactSheet:
    """Return a sheet with the facts that were known and the entries whose facts are unchanged."""
    is_whole = all_unchanged(library, [sheet.id])

    def is_shown(item: Entry) -> bool:
        return all(is_unchanged(key, library) for key in item.rests_on) if item.rests_on else is_whole

    def is_known(key: str) -> bool:
        return is_unchanged(key, library) or key in only_passed

    def shown_in(register: Iterable[Entry]) -> tuple[Any, ...]:
        return tuple(_within(item, library.matters) for item in register if is_shown(item))

    return dataclasses.replace(
        sheet,
        summary=sheet.summary if is_whole else "",
        facts=tuple(library.facts[fact.id] for fact in sheet.facts if fact.id in library.facts),
        disagreements=shown_in(sheet.disagreements),
        gaps=shown_in(sheet.gaps),
        milestones=tuple(
            item if item.met_by and is_known(item.met_by) else dataclasses.replace(item, met_by=None)
            for item in (_within(item, library.matters) for item in sheet.milestones)
            if all(map(is_known, item.facts))
        ),
        judgements=shown_in(sheet.judgements),
    )


def registers(sheets: Iterable[FactSheet]) -> dict[str, Any]:
    """Return the registers of a library: each maps the keys of its entries to them."""
    found = list(sheets)
    return {
        name: MappingProxyType({item.id: item for sheet in found for item in getattr(sheet, name)})
        for name in REGISTERS
    }


# -------------------------------------------------------------------------- sources, people, briefs, pages


def _records(library: Library, present: Library, then: _KnownByDay) -> Library:
    """Return the library with the sources of then and the people they name, without words of unknown date."""
    is_all = all_unchanged(library)
    named = _naming(library.facts.values()).keys()
    around = _naming(present.facts.values())

    def is_steady(kind: str, name: str) -> bool:
        keys = around.get((kind, name))
        return is_all or bool(keys and all(is_unchanged(key, library) for key in keys))

    def seen(kind: str, records: Mapping[str, Any], then: Container[str], **blank: Any) -> dict[str, Any]:
        return {
            name: item if is_steady(kind, name) else dataclasses.replace(item, **blank)
            for name, item in records.items()
            if is_all or name in then
        }

    def ids(kind: str) -> set[str]:
        return {name for of, name in named if of == kind}

    published = {name for name in library.sources if then.published(name) <= then.day}
    sources = seen("source", library.sources, published | ids("source"), note="")
    origins = seen("origin", library.origins, ids("origin"), note="")
    actors = {
        name: _as_held(item, sources, is_steady("actor", name)) for name, item in library.actors.items()
    }
    people = ids("actor") | {name for item in origins.values() for name in (*item.said_by, *item.via)}
    people = {*actors} if is_all else _with_sides(people, actors)
    systems = seen("system", library.systems, ids("system"), names=(), description="")
    matters = seen("matter", library.matters, library.matters, names=(), description="")
    library = dataclasses.replace(
        library,
        sources=MappingProxyType({name: _relaying(item, origins) for name, item in sources.items()}),
        origins=MappingProxyType(origins),
        actors=MappingProxyType(seen("actor", actors, people)),
        systems=MappingProxyType(systems),
        matters=MappingProxyType(
            {name: _concerning(item, systems, people) for name, item in matters.items()}
        ),
    )
    return _publications(library, then, is_all)


def _with_sides(people: Iterable[str], actors: Mapping[str, Actor]) -> set[str]:
    """Return some actors with those that they speak for or are a part of, and so on to their sides."""
    found, waiting = set[str](), [*people]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            record = actors.get(name)
            waiting += filter(None, (record.speaks_for, record.part_of)) if record else ()
    return found


def _concerning(matter: Matter, systems: Container[str], actors: Container[str]) -> Matter:
    """Return a matter that names none but some systems and actors."""
    return dataclasses.replace(
        matter,
        systems=tuple(name for name in matter.systems if name in systems),
        actors=tuple(name for name in matter.actors if name in actors),
    )


def _publications(library: Library, then: _KnownByDay, is_all: bool) -> Library:
    """Return the library with the briefs, pages and verifications of then."""
    briefs = {
        name: item if is_whole(item, library) else dataclasses.replace(item, subtitle="")
        for name, item in library.briefs.items()
    }
    pages = {
        name: dataclasses.replace(item, body=text)
        for name, item in library.pages.items()
        if (text := passages(item.body, library, is_all).text)
    }
    verifications = {
        name: item
        for name, item in library.verifications.items()
        if name in library.sources and item.day.latest <= then.day
    }
    return dataclasses.replace(
        library,
        project=library.project if is_all else dataclasses.replace(library.project, subtitle=""),
        briefs=MappingProxyType(briefs),
        pages=MappingProxyType(pages),
        verifications=MappingProxyType(verifications),
    )


def _naming(facts: Iterable[Fact]) -> dict[tuple[str, str], set[str]]:
    """Return the keys of the facts that name each source, origin, actor, system and matter, by its id."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        named = [("actor", name) for name in fact.actors]
        named += [("system", name) for name in fact.systems]
        named += [("matter", name) for name in fact.matters]
        for state in fact.states:
            named += [("actor", name) for name in state.said_by]
            named += [("source", item.source) for item in state.evidence]
            named += [("origin", item.origin) for item in state.evidence if item.origin]
        for name in named:
            found[name].add(fact.id)
    return found


def _relaying(source: Source, origins: Mapping[str, Origin]) -> Source:
    return dataclasses.replace(source, origins=tuple(name for name in source.origins if name in origins))


def _as_held(actor: Actor, sources: Mapping[str, Source], is_steady: bool) -> Actor:
    """Return an actor with the roles that sources of then state; with any, it keeps today's printed role."""
    roles = tuple(role for role in actor.roles if role.evidence.source in sources)
    is_stated = bool(roles) if actor.roles else is_steady
    held = dataclasses.replace(actor, roles=roles, role=actor.role if is_stated else "")
    return held if is_steady else dataclasses.replace(held, names=(), description="")


# ---------------------------------------------------------------------------------------------- prose


@dataclass(frozen=True, slots=True)
class _ProseSection:
    """The blocks below one heading, up to the next of any level; the first section has no heading."""

    heading: str
    level: int
    blocks: tuple[str, ...]

    def unchanged_blocks(self, library: Library) -> list[str]:
        """Return the blocks that cite facts, if all of these are unchanged; otherwise none."""
        cited = [fact_links.keys(block) for block in self.blocks]
        if not all(is_unchanged(key, library) for keys in cited for key in keys):
            return []
        return [block for block, keys in zip(self.blocks, cited, strict=True) if keys]


def _parts(text: str) -> Iterator[_ProseSection]:
    """Yield the sections of a text, which begin at its headings."""
    heading, level, blocks = "", 0, list[str]()
    for passage in markdown_blocks.passages(text):
        written = text[passage[0].start : passage[-1].end]
        if passage[0].is_title:
            yield _ProseSection(heading, level, tuple(blocks))
            heading, level, blocks = written, passage[0].level, []
        else:
            blocks.append(written)
    yield _ProseSection(heading, level, tuple(blocks))
