"""How strict each record of a library is: as strict as its own marking and as everything that it is made of.

``views`` says what follows from this for readers; the checks over markings compare it with what is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.portion_marks import Portion
from briefing.model import query
from briefing.model.facts import Assertion, Disagreement, Entry, Fact, FactSheet, Milestone, run_from
from briefing.model.ledger import Issued
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.scales import Marking
from briefing.model.sources import Evidence
from briefing.model.values import Key, Slug

OPEN = Marking.CLEAR
"""The marking of what says nothing that could be restricted."""


def of(library: Library) -> Strictness:
    """Return how strict the records of a library are, worked out once for each library."""
    found = library._indexes.strictness
    if found is None:
        found = library._indexes.strictness = Strictness(library)
    assert isinstance(found, Strictness)
    return found


class Strictness:
    """How strict each record of a library is, by its own marking and by everything that it is made of."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.usual = library.project.marking
        self.facts = self._facts()

    def own(self, kind: str, name: str) -> Marking:
        """Return the marking that is written in a source, a statement, an actor, a system or a matter."""
        record = getattr(self.library, kind).get(name)
        return record.marking or OPEN if record else OPEN

    def record(self, kind: str, name: str) -> Marking:
        """Return how strict a source, a statement, an actor, a system or a matter is."""
        own = self.own(kind, name)
        matter = self.library.matters.get(Slug(name)) if kind == "matters" else None
        if matter is not None:
            return max((own, *self._around(matter)))
        origin = self.library.origins.get(Slug(name)) if kind == "origins" else None
        if origin is None:
            return own
        return max((own, *(self.own("actors", actor) for actor in (*origin.said_by, *origin.via))))

    def _around(self, matter: Matter) -> Iterator[Marking]:
        """Yield how strict the topic, the systems and the actors of a matter are."""
        topic = self.library.sheets.get(matter.topic)
        yield self.sheet(topic) if topic else OPEN
        yield from (self.own("systems", name) for name in matter.systems)
        yield from (self.own("actors", name) for name in matter.actors)

    def matters_then(self, item: Fact | Entry) -> Marking:
        """Return how strict the matters are that a fact or an entry of an edition is about."""
        now = self.library.renamed.matters
        return max((self.record("matters", now.get(name, name)) for name in item.matters), default=OPEN)

    def evidence(self, item: Evidence) -> Marking:
        """Return how strict a passage is."""
        return max(self.record("sources", item.source), self.record("origins", item.origin or ""))

    def state(self, state: Fact | Assertion) -> Marking:
        """Return how strict a state of a fact is, by itself; the present one has the rows and their table."""
        speakers = (self.own("actors", name) for name in state.said_by)
        rows = tuple(self._of_rows(state)) if isinstance(state, Fact) else ()
        return max((state.marking or OPEN, *map(self.evidence, state.evidence), *rows, *speakers))

    def _of_rows(self, fact: Fact) -> Iterator[Marking]:
        """Yield how strict the passages of the rows of a fact are, and the table from which they are read."""
        yield from (self.evidence(item) for row in fact.rows for item in row.evidence)
        if fact.table:
            yield self.own("sources", fact.table.source)

    def sheet(self, sheet: FactSheet) -> Marking:
        """Return how strict a sheet is: at least as the least strict of its facts."""
        least = min(
            (self.facts[fact.id] for fact in sheet.facts if fact.id in self.facts), default=self.usual
        )
        return max(sheet.marking or OPEN, least)

    def entry(self, entry: Entry) -> Marking:
        """Return how strict an entry of a register is."""
        sheet = self.library.sheets.get(query.sheet_of(entry.id))
        # That a milestone was met is a detail, which is cut; its day is none, even if a fact gives it.
        keys = entry.rests_on
        if isinstance(entry, Milestone):
            keys = (*entry.facts, *run_from(entry.date))
        actors = entry.actors if isinstance(entry, Disagreement) else ()
        return max(
            (
                entry.marking or self.usual,
                self.sheet(sheet) if sheet else OPEN,
                *(self.facts.get(key, OPEN) for key in keys),
                *(self.own("actors", name) for name in actors),
            )
        )

    def portion(self, part: Portion) -> Marking:
        """Return how strict a part of a text is."""
        return max((part.marking, *(self.facts.get(key, OPEN) for key in part.keys)))

    def edition(self, brief: str, issued: Issued) -> Marking:
        """Return how strict an edition's mark is: its own, or that of its brief if that is stricter now."""
        now = self.library.briefs.get(Slug(brief))
        return max(issued.printed.marking, (now.marking or self.usual) if now else OPEN)

    def of_then(self, fact: Fact) -> Marking:
        """Return how strict a fact of an edition is: as it was then, and as its names and it are now."""
        now = self.library.renamed.keys.get(fact.id, fact.id)
        actors = (self.own("actors", name) for name in fact.actors)
        systems = (self.own("systems", name) for name in fact.systems)
        states = map(self.state, fact.states)
        return max((fact.marking or self.usual, self.facts.get(Key(now), OPEN), *states, *actors, *systems))

    def reason(self, fact: Fact) -> str:
        """Return why a fact is stricter than its own marking, as words that follow it; empty if it is not."""
        strictest = self.facts[fact.id]
        if not (fact.marking or self.usual) < strictest:
            return ""
        sheet = self.library.sheets.get(query.sheet_of(fact.id))
        cited = (*fact.evidence, *(item for row in fact.rows for item in row.evidence))
        sources = [item.source for item in cited] + ([fact.table.source] if fact.table else [])
        named = [("its sheet", "", (sheet and sheet.marking) or OPEN)]
        named += [("its addend ", key, self.facts.get(key, OPEN)) for key in fact.rests_on]
        named += [("its source ", name, self.own("sources", name)) for name in sources]
        named += [
            ("the statement ", item.origin, self.record("origins", item.origin))
            for item in cited
            if item.origin
        ]
        for kind, names in (("actors", (*fact.said_by, *fact.actors)), ("systems", fact.systems)):
            named += [(f"the {kind[:-1]} ", name, self.own(kind, name)) for name in names]
        return next((f" by {what}{name}" for what, name, marking in named if marking is strictest), "")

    def _facts(self) -> dict[Key, Marking]:
        library = self.library
        found: dict[Key, Marking] = {}
        sums: dict[Key, list[Key]] = {}
        for fact in library.facts.values():
            key = fact.id
            sheet = library.sheets.get(query.sheet_of(key))
            actors = (self.own("actors", name) for name in fact.actors)
            systems = (self.own("systems", name) for name in fact.systems)
            own = fact.marking or self.usual
            found[key] = max((own, (sheet and sheet.marking) or OPEN, self.state(fact), *actors, *systems))
            for addend in fact.rests_on:
                sums.setdefault(addend, []).append(key)
        # A sum is as strict as its addends, and theirs.
        rising = [key for key in sums if key in found]
        while rising:
            addend = rising.pop()
            for key in sums.get(addend, ()):
                if found[key] < found[addend]:
                    found[key] = found[addend]
                    rising.append(key)
        return found
