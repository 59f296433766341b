"""What may be seen: the one rule by which everything that leaves is made.

``seen_at`` gives the view of a library for readers at a level. It is defined by deletion: the view is the
library of a project in which everything above the level was deleted by hand.

1. *Strictness goes up.* A record is as strict as its own marking and as everything that it is made of or
   speaks of: a fact as its sheet, its sources, statements, speakers, actors and systems, the sources and
   statements of its rows, and the facts from which it is computed or from whose date its time runs; a
   statement as its speakers and outlets; an entry of a register as its sheet and the facts that it rests on;
   a part of a text as its mark, the headings above it and the facts that it links; an edition as everything
   that it printed, with the markings of then and of now. A sheet, a heading and a text are at least as strict
   as the least strict thing in them, because without any they would be a title without matter.
2. *Details are cut.* An earlier state of a fact, the role of an actor, the principal of a spokesman, the
   whole of which an actor is a part, the statement that a source relays, the fact that met a milestone, the
   matters of a fact or an entry, a name in a selection or a series of a brief: what of these is above the
   level is left out of a record that is not.
3. *Needs go along.* Sources, statements, actors, systems and matters have no marking unless one is written.
   One without is seen if something that is seen names it, or if nothing that is hidden does. So a hidden fact
   takes along what only it, and what it names in turn, needs. Ladders have no marking, and go likewise; that
   of the project is always seen.

Nothing that is left names anything that is not, so a view is a library in every respect.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from briefing.content import as_of, ladders, strictness
from briefing.content.strictness import OPEN
from briefing.language import portion_marks
from briefing.model import query
from briefing.model.briefs import Brief, Page, Selection
from briefing.model.facts import REGISTERS, AcceptedState, Assertion, Entry, Fact, FactSheet
from briefing.model.findings import UsageError, nearest
from briefing.model.ladders import Ladder
from briefing.model.ledger import Accepted, Issued, Printed, State
from briefing.model.library import Audience, Library, Project, Renames
from briefing.model.matters import Matter
from briefing.model.scales import Marking
from briefing.model.sources import Actor, Evidence, Role, Source, Verification
from briefing.model.values import Key, Slug

CHANGES = "changes"
"""Role of the section of an edition that says what changed since the one before."""
_NAMED = ("sources", "origins", "actors", "systems", "matters")
"""The kinds of records that have no marking unless one is written."""
_Name = tuple[str, str]
"""The kind and the id of such a record."""
_NAMES_WANTED = ("sheets", "systems", "actors", "matters")
_CONDITIONS = (*_NAMES_WANTED, "kinds", "statuses")
_STATE = ("statement", "value", "status", "flags", "rows", "date", "said_by", "caveat")


def seen_at(library: Library, level: Marking) -> Library:
    """Return the view of a library for readers who may read what is not marked more strictly than a level.

    The view says that the level is its marking and that of its project; a view of this level is itself.
    """
    if library.level is level:
        return library
    found = library._indexes.views
    if level not in found:
        if library.of_now is not library and library.as_of is not None:
            found[level] = as_of.shown(seen_at(library.of_now, level), library.as_of)
        else:
            found[level] = _View(library, level).library()
    return found[level]


def of_brief(brief: Brief, library: Library) -> Library:
    """Return the view of which a brief is made: at the level of a view, else at the brief's own marking."""
    return seen_at(library, level_of(brief, library))


def level_of(brief: Brief, library: Library) -> Marking:
    """Return the marking that a brief carries: the level of a view, else its own or the project's."""
    return library.level or brief.marking or library.project.marking


def of_site(library: Library) -> Library:
    """Return the view of which the site and what is beside it is made."""
    return seen_at(library, library.level or library.project.marking)


def audience_of(project: Project, name: str) -> Audience:
    """Return an audience of a project by its name, or that of a step of the scale: GREEN.

    Raises UsageError if there is no such audience.
    """
    found = {str(item.id): item for item in project.audiences}
    levels = {item.value: Audience(Slug(item.value), item) for item in Marking}
    wanted = name.removeprefix("TLP:").upper()
    if name not in found and wanted not in levels:
        raise UsageError(f"there is no audience '{name}'; {nearest(name, [*found, *levels])}")
    return found.get(name) or levels[wanted]


def for_audience(library: Library, audience: Audience) -> Library:
    """Return the view of an audience, which knows how much is withheld where the audience is to know it."""
    view = seen_at(library, audience.level)
    base_url = audience.base_url or view.project.base_url
    view = dataclasses.replace(view, project=dataclasses.replace(view.project, base_url=base_url))
    return dataclasses.replace(view, withheld=_withheld(library, view)) if audience.says_withheld else view


def stated(record: object) -> Iterator[Marking]:
    """Yield every marking that is written anywhere in a record, portion marks of its prose included."""
    if isinstance(record, Marking):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from stated(item)
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            yield from stated(getattr(record, field.name))
        if isinstance(record, Brief | Page):
            texts = record.prose.values() if isinstance(record, Brief) else (record.body,)
            marks = (part.marking for text in texts for part in portion_marks.portions(text))
            yield from (mark for mark in marks if mark is not OPEN)


def _withheld(library: Library, view: Library) -> Mapping[str, int]:
    """Return how many facts of each brief that is seen, and of all, are not in a view."""
    hidden = library.facts.keys() - view.facts.keys()
    by_brief = {name: len(hidden & _facts_of(library.briefs[name], library)) for name in view.briefs}
    return MappingProxyType({"": len(hidden), **by_brief})


def _facts_of(brief: Brief, library: Library) -> set[Key]:
    """Return the facts that a brief would show if everybody might read them."""
    found = {fact.id for selection in brief.selections for fact in query.select(selection, library)}
    found |= {*brief.linked}
    found |= {item.fact for item in brief.series}
    entries = [library.judgements[key] for key in brief.judgements if key in library.judgements]
    entries += [item for name in REGISTERS[:3] for item in query.chosen(brief, library, name)]
    return found | {key for entry in entries for key in entry.rests_on}


class _View:
    """The view of a library at a level, while it is made."""

    def __init__(self, library: Library, level: Marking) -> None:
        self.whole = library
        self.level = level
        self.strict = strictness.of(library)
        self.usual = library.project.marking
        self.keys = {key for key, strictest in self.strict.facts.items() if not level < strictest}
        self.entries = {
            str(entry.id)
            for sheet in library.sheets.values()
            for entry in sheet.entries
            if not level < self.strict.entry(entry)
        }
        self.issued = self._issued()
        self.named = self._needed()

    def library(self) -> Library:
        """Return the view."""
        whole = self.whole
        facts = {key: self.fact(fact) for key, fact in whole.facts.items() if key in self.keys}
        sheets = {
            name: self.sheet(item, facts)
            for name, item in whole.sheets.items()
            if not self.level < self.strict.sheet(item)
        }
        briefs = {
            name: self.brief(item, sheets) for name, item in whole.briefs.items() if self.has_brief(item)
        }
        kept = self.issued.keys() | briefs.keys()
        return dataclasses.replace(
            whole,
            project=dataclasses.replace(
                whole.project,
                marking=self.level,
                **self._site(whole.project),
                home=tuple(name for name in whole.project.home if name in briefs),
                audiences=(),
            ),
            sources=self.records("sources", self.source),
            origins=self.records("origins"),
            actors=self.records("actors", self.actor),
            systems=self.records("systems"),
            matters=self.records("matters"),
            ladders=self.seen_ladders(facts, sheets),
            sheets=MappingProxyType(sheets),
            facts=MappingProxyType(facts),
            **as_of.registers(sheets.values()),
            briefs=MappingProxyType(briefs),
            pages=MappingProxyType(
                {name: self.page(item) for name, item in whole.pages.items() if self.has_page(item)}
            ),
            verifications=self.verifications(facts),
            issued=MappingProxyType(self.issued),
            reduced=MappingProxyType(
                {name: item for name in briefs if (item := self.reduced(name)) is not None}
            ),
            accepted=MappingProxyType(
                {name: self.accepted(item, facts) for name, item in whole.accepted.items() if name in briefs}
            ),
            # Seals, signatures and keys are for checks, which see everything.
            seals=MappingProxyType({}),
            signatures=MappingProxyType({}),
            signed=MappingProxyType({}),
            signing_keys=(),
            signed_keys=(),
            reviews=MappingProxyType({name: item for name, item in whole.reviews.items() if name in briefs}),
            renamed=Renames(
                self.leading(whole.renamed.keys, self.keys | self.entries),
                self.leading(whole.renamed.sheets, sheets),
                self.leading(whole.renamed.briefs, kept),
                self.leading(whole.renamed.matters, (name for of, name in self.named if of == "matters")),
            ),
            level=self.level,
        )

    def is_open(self, marking: Marking) -> bool:
        return not self.level < marking

    def leading(self, names: Mapping[str, Any], kept: Iterable[str]) -> Mapping[str, Any]:
        """Return the former names of what is seen."""
        known = {*kept}
        return MappingProxyType({old: now for old, now in names.items() if now in known})

    # ------------------------------------------------------------------------------------ facts and entries

    def fact(self, fact: Fact) -> Any:
        history = tuple(state for state in fact.history if self.is_open(self.strict.state(state)))
        found = fact if history == fact.history else dataclasses.replace(fact, history=history)
        kept = self.within_matters(found)
        return kept if kept is found else self.on_its_ladder(kept)

    def on_its_ladder(self, fact: Fact) -> Fact:
        """Return a fact that lost a matter on the ladder that counts without it, if that has its statuses."""
        whole = self.whole
        seen = {name: matter for name, matter in whole.matters.items() if ("matters", name) in self.named}
        ladder = ladders.of_fact(fact, whole.sheets.get(query.sheet_of(fact.id)), seen, whole.ladders)
        found = ladders.linked(fact, ladder)
        return found if found == fact else fact

    def seen_ladders(
        self, facts: Mapping[str, Fact], sheets: Mapping[str, FactSheet]
    ) -> Mapping[str, Ladder]:
        """Return the ladders without those that only sheets, matters and facts name which are not seen."""
        whole = self.whole
        matters = [whole.matters[Slug(name)] for kind, name in self.named if kind == "matters"]
        editions = (fact for items in self.issued.values() for item in items for fact in item.state.facts)
        usual = next(iter(whole.ladders), Slug(""))
        seen = {usual, *_ladders((*sheets.values(), *matters), (*facts.values(), *editions))}
        every = _ladders((*whole.sheets.values(), *whole.matters.values()), whole.facts.values())
        gone = {*every} - seen
        return MappingProxyType({name: item for name, item in whole.ladders.items() if name not in gone})

    def within_matters(self, item: Any) -> Any:
        """Return a fact or an entry without the matters that are not seen."""
        kept = tuple(name for name in item.matters if ("matters", name) in self.named)
        return item if kept == item.matters else dataclasses.replace(item, matters=kept)

    def sheet(self, sheet: FactSheet, facts: Mapping[str, Fact]) -> FactSheet:
        registers: dict[str, Any] = {
            name: tuple(self.within_matters(item) for item in getattr(sheet, name) if item.id in self.entries)
            for name in REGISTERS
        }
        registers["milestones"] = tuple(
            item
            if item.met_by is None or item.met_by in facts
            # Unless a fact that is seen met it, a milestone is still expected.
            else dataclasses.replace(item, met_by=None)
            for item in registers["milestones"]
        )
        known = tuple(facts[fact.id] for fact in sheet.facts if fact.id in facts)
        return dataclasses.replace(sheet, facts=known, **registers)

    # -------------------------------------------------------------------------------------- what facts name

    def records(self, kind: str, cut: Any = lambda record: record) -> Mapping[str, Any]:
        found = getattr(self.whole, kind)
        return MappingProxyType(
            {name: cut(item) for name, item in found.items() if (kind, name) in self.named}
        )

    def source(self, source: Source) -> Source:
        origins = tuple(name for name in source.origins if ("origins", name) in self.named)
        return source if origins == source.origins else dataclasses.replace(source, origins=origins)

    def actor(self, actor: Actor) -> Actor:
        roles = tuple(role for role in actor.roles if self.has_role(role))
        speaks_for, part_of = (
            name if ("actors", name) in self.named else None for name in (actor.speaks_for, actor.part_of)
        )
        if (roles, speaks_for, part_of) == (actor.roles, actor.speaks_for, actor.part_of):
            return actor
        title = actor.role if roles or not actor.roles else ""
        return dataclasses.replace(actor, roles=roles, role=title, speaks_for=speaks_for, part_of=part_of)

    def verifications(self, facts: Mapping[str, Fact]) -> Mapping[str, Verification]:
        """Return the verifications of the sources that are seen, without the passages of hidden evidence."""

        def digests(known: Iterable[Fact], actors: Iterable[Actor]) -> set[str]:
            found = [item for fact in known for state in fact.states for item in state.evidence]
            found += [role.evidence for actor in actors for role in actor.roles]
            return {query.passage_digest(item) for item in found}

        seen = (item for name, item in self.whole.actors.items() if ("actors", name) in self.named)
        shown = digests(facts.values(), map(self.actor, seen))
        hidden = digests(self.whole.facts.values(), self.whole.actors.values()) - shown
        return MappingProxyType(
            {
                name: item
                if hidden.isdisjoint(item.passages)
                else dataclasses.replace(
                    item, passages=tuple(name for name in item.passages if name not in hidden)
                )
                for name, item in self.whole.verifications.items()
                if ("sources", name) in self.named
            }
        )

    def _site(self, project: Project) -> dict[str, Any]:
        """Return the settings of the site: it is for one level, and no other file names its address."""
        if self.level is project.marking:
            return {}
        return {"base_url": "", "drafts": project.drafts_on_site}  # which follows from the address

    def has_role(self, role: Role) -> bool:
        return self.is_open(max(role.marking or OPEN, self.strict.evidence(role.evidence)))

    def _named_by_what_is_seen(self) -> tuple[list[_Name], list[_Name]]:
        """Return what facts, entries and editions name: those that are seen, and those that are not."""
        whole = self.whole
        shown: list[_Name] = []
        hidden: list[_Name] = []
        for key, fact in whole.facts.items():
            is_seen = key in self.keys
            (shown if is_seen else hidden).extend(_concerning(fact))
            for state in fact.states:
                is_kept = is_seen and (state is fact or self.is_open(self.strict.state(state)))
                (shown if is_kept else hidden).extend(_named_in(state))
        for entry in whole.disagreements.values():
            names = [("actors", str(name)) for name in entry.actors]
            (shown if entry.id in self.entries else hidden).extend(names)
        for sheet in whole.sheets.values():
            for record in sheet.entries:
                matters = [("matters", str(name)) for name in record.matters]
                (shown if record.id in self.entries else hidden).extend(matters)
        for brief, items in whole.issued.items():
            kept = self.issued.get(brief, ())
            for item in items:
                for fact in item.state.facts:
                    (shown if item in kept else hidden).extend(_all_named(fact))
        return shown, hidden

    def _needed(self) -> set[_Name]:
        """Return the sources, statements, actors, systems and matters that are seen."""
        whole = self.whole
        shown, hidden = self._named_by_what_is_seen()
        every = [(kind, str(name)) for kind in _NAMED for name in getattr(whole, kind)]
        for name in every:
            if not self.is_open(self.strict.record(*name)):
                hidden.append(name)
        for actor in whole.actors.values():
            hidden += (
                name for role in actor.roles if not self.has_role(role) for name in _cited(role.evidence)
            )
        while True:
            closed = self._closure(hidden, only_seen=False)
            free = [
                name
                for name in every
                if self.record(name).marking or (name not in closed and self.is_open(self.usual))
            ]
            found = self._closure([*shown, *free], only_seen=True)
            relayed = {
                ("origins", str(origin))
                for name, source in whole.sources.items()
                if ("sources", name) not in found
                for origin in source.origins
            }
            if relayed <= closed:
                return found
            hidden += relayed

    def record(self, name: _Name) -> Any:
        """Return a source, a statement, an actor or a system."""
        return getattr(self.whole, name[0])[name[1]]

    def _closure(self, names: Iterable[_Name], only_seen: bool) -> set[_Name]:
        """Return records with everything that they name in turn; ``only_seen`` leaves out what is above."""
        found: set[_Name] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found or name[1] not in getattr(self.whole, name[0]):
                continue
            if only_seen and not self.is_open(self.strict.record(*name)):
                continue
            found.add(name)
            waiting += self._names_of(name, only_seen)
        return found

    def _names_of(self, name: _Name, only_seen: bool) -> Iterator[_Name]:
        kind, key = name
        if kind == "origins":
            origin = self.whole.origins[Slug(key)]
            yield from (("actors", str(actor)) for actor in (*origin.said_by, *origin.via))
        elif kind == "actors":
            actor = self.whole.actors[Slug(key)]
            above = filter(None, (actor.speaks_for, actor.part_of))
            yield from (("actors", str(other)) for other in above)
            for role in actor.roles:
                if not only_seen or self.has_role(role):
                    yield from _cited(role.evidence)
        elif kind == "matters":
            matter = self.whole.matters[Slug(key)]
            yield from (("systems", str(system)) for system in matter.systems)
            yield from (("actors", str(actor)) for actor in matter.actors)

    # ------------------------------------------------------------------------------------- briefs and pages

    def text(self, text: Any) -> Any:
        return portion_marks.seen(text, lambda part: self.is_open(self.strict.portion(part)))

    def is_emptied(self, text: str) -> bool:
        return bool(text.strip()) and not self.text(text).strip()

    def has_brief(self, brief: Brief) -> bool:
        return self.is_open(brief.marking or self.usual) and not self.is_emptied(brief.bottom_line)

    def has_page(self, page: Page) -> bool:
        return self.is_open(page.marking or self.usual) and not self.is_emptied(page.body)

    def page(self, page: Page) -> Page:
        return dataclasses.replace(page, body=self.text(page.body))

    def brief(self, brief: Brief, sheets: Mapping[str, FactSheet]) -> Brief:
        def kept(keys: tuple[Key, ...] | None) -> tuple[Key, ...] | None:
            return None if keys is None else tuple(key for key in keys if key in self.entries)

        # At another level than the project's, what a brief has by default is written down.
        marking = brief.marking if self.level is self.usual else brief.marking or self.usual
        return dataclasses.replace(
            brief,
            marking=marking,
            **{name: self.text(text) for name, text in brief.prose.items()},
            sheets=tuple(name for name in brief.sheets if name in sheets),
            judgements=kept(brief.judgements) or (),
            disagreements=kept(brief.disagreements),
            gaps=kept(brief.gaps),
            milestones=kept(brief.milestones),
            commitments=self.selection(brief.commitments, sheets),
            timeline=self.selection(brief.timeline, sheets),
            money=self.selection(brief.money, sheets),
            board=self.selection(brief.board, sheets),
            series=tuple(item for item in brief.series if item.fact in self.keys),
        )

    def selection(self, selection: Selection, sheets: Mapping[str, FactSheet]) -> Selection:
        """Return a selection without names that are not seen; none meets a condition that lost all names."""
        changes: dict[str, Any] = {
            "sheets": tuple(name for name in selection.sheets if name in sheets),
            "systems": tuple(name for name in selection.systems if ("systems", name) in self.named),
            "actors": tuple(name for name in selection.actors if ("actors", name) in self.named),
            "matters": tuple(name for name in selection.matters if ("matters", name) in self.named),
            "facts": tuple(key for key in selection.facts if key in self.keys),
            "except_facts": tuple(key for key in selection.except_facts if key in self.keys),
        }
        if any(getattr(selection, name) and not changes[name] for name in _NAMES_WANTED):
            changes |= dict.fromkeys(_CONDITIONS, ())
        return dataclasses.replace(selection, **changes)

    # ------------------------------------------------------------------------------------------- the ledger

    def _issued(self) -> dict[str, tuple[Issued, ...]]:
        found = {}
        for brief, items in self.whole.issued.items():
            kept = tuple(
                item
                for before, item in zip((None, *items), items, strict=False)
                if self.has_edition(brief, item, before)
            )
            if kept:
                found[brief] = kept
        return found

    def has_edition(self, brief: str, item: Issued, before: Issued | None) -> bool:
        """Return whether an edition is seen; one that says what changed may quote words of the one before."""
        quoted = [item, before] if before and _shows_changes(item) else [item]
        return (
            self.is_open(self.strict.edition(brief, item))
            and all(self.has_key(key, each.state) for each in quoted for key in _shown_in(each))
            and all(self.is_open(self.strict.of_then(fact)) for each in quoted for fact in each.state.facts)
            and all(
                self.is_open(self.strict.matters_then(record))
                for each in quoted
                for record in (*each.state.facts, *each.state.entries)
            )
        )

    def has_key(self, key: str, then: State) -> bool:
        """Return whether a fact or an entry of an edition, named as it was then, is not above the level."""
        now = str(self.whole.renamed.keys.get(key, key))
        registers = [getattr(self.whole, name) for name in REGISTERS]
        entries = {str(item.id): item for item in then.entries}
        if key in entries:
            is_kept = now in self.entries or not any(now in register for register in registers)
            return is_kept and self.is_open(entries[key].marking or self.usual)
        return now not in self.whole.facts or now in self.keys

    def reduced(self, brief: str) -> Issued | None:
        """Return the last edition of a brief without its words, if not all of it may be seen any longer.

        A draft then says what has changed since in what may be seen.
        """
        items = self.whole.issued.get(brief, ())
        last = items[-1] if items else None
        if last is None or last in self.issued.get(brief, ()):
            return None
        if not self.is_open(self.strict.edition(brief, last)):
            return None
        printed = last.printed
        words = Printed(
            title=printed.title,
            subtitle="",
            owner=None,
            marking=printed.marking,
            language=printed.language,
            publisher="",
            as_of=printed.as_of,
            as_of_day=printed.as_of_day,
            length=printed.length,
            counts="",
            sections=(),
            notes=(),
            references=(),
        )
        return dataclasses.replace(last, note="", by="", printed=words, state=self.state(last.state))

    def state(self, then: State) -> State:
        """Return what may be seen of the state that an edition rests on."""
        facts = tuple(
            self.then_within_matters(fact) for fact in then.facts if self.is_open(self.strict.of_then(fact))
        )
        cited = {item.source for fact in facts for part in (fact, *fact.rows) for item in part.evidence}
        closed = {fact.id for fact in then.facts} - {fact.id for fact in facts}

        def is_seen(entry: Entry) -> bool:
            return self.has_key(entry.id, then) and all(
                key not in closed and self.has_key(key, then) for key in entry.rests_on
            )

        registers: dict[str, Any] = {
            name: tuple(self.then_within_matters(item) for item in getattr(then, name) if is_seen(item))
            for name in REGISTERS
        }
        sources = tuple(item for item in then.sources if item.id in cited)
        return dataclasses.replace(then, facts=facts, sources=sources, **registers)

    def then_within_matters(self, item: Any) -> Any:
        """Return a fact or an entry of an edition without the matters that are above the level now."""
        if self.is_open(self.strict.matters_then(item)):
            return item
        renamed = self.whole.renamed.matters
        kept = (
            name
            for name in item.matters
            if self.is_open(self.strict.record("matters", renamed.get(name, name)))
        )
        return dataclasses.replace(item, matters=tuple(kept))

    def accepted(self, record: Accepted, facts: Mapping[str, Fact]) -> Accepted:
        """Return the acceptances that rest on facts which are seen, each with the states that may be."""
        states = {item.id: item for item in record.states}
        kept = tuple(
            item
            for item in record.acceptances
            if all(states[name].fact in facts for name in item.rests_on if name in states)
        )
        named = {name for item in kept for name in item.rests_on}
        return Accepted(kept, tuple(self.then(item, facts) for item in record.states if item.id in named))

    def then(self, state: AcceptedState, facts: Mapping[str, Fact]) -> AcceptedState:
        """Return an accepted state; of one that was stricter, only whether the fact is still the same."""
        speakers = (self.strict.own("actors", name) for name in state.said_by)
        rows = (self.strict.evidence(item) for row in state.rows for item in row.evidence)
        if self.is_open(max((state.marking or self.usual, *speakers, *rows))):
            return state
        now = facts[state.fact]
        if all(getattr(state, name) == getattr(now, name) for name in _STATE):
            return dataclasses.replace(state, marking=None)
        return AcceptedState(state.id, state.fact, "", marking=state.marking)


def _all_named(fact: Fact) -> Iterator[_Name]:
    yield from _concerning(fact)
    for state in fact.states:
        yield from _named_in(state)


def _concerning(fact: Fact) -> Iterator[_Name]:
    yield from (("actors", str(name)) for name in fact.actors)
    yield from (("systems", str(name)) for name in fact.systems)
    yield from (("matters", str(name)) for name in fact.matters)


def _named_in(state: Fact | Assertion) -> Iterator[_Name]:
    yield from (("actors", str(name)) for name in state.said_by)
    for item in state.evidence:
        yield from _cited(item)
    if isinstance(state, Fact) and state.table:
        yield "sources", str(state.table.source)


def _ladders(named: Iterable[FactSheet | Matter], facts: Iterable[Fact]) -> Iterator[Slug]:
    """Yield the ladders that sheets and matters name, and those on which facts have a status."""
    yield from (item.ladder for item in named if item.ladder)
    yield from (state.status.ladder for fact in facts for state in fact.states if state.status)


def _cited(item: Evidence) -> Iterator[_Name]:
    yield "sources", str(item.source)
    if item.origin:
        yield "origins", str(item.origin)


def _shows_changes(issued: Issued) -> bool:
    return any(section.role == CHANGES for section in issued.printed.sections)


def _shown_in(issued: Issued) -> set[str]:
    """Return every fact and entry that an edition shows or rests on, by the names of then."""
    found = {str(note.fact) for note in issued.printed.notes} | {str(fact.id) for fact in issued.state.facts}
    drawn = (section.figure for section in issued.printed.sections if section.figure)
    found |= {str(mark.fact) for figure in drawn for mark in figure.marks}
    for entry in issued.state.entries:
        found |= {str(entry.id), *map(str, entry.rests_on)}
    return found
