"""Prose as the checks read it: sentence by sentence, with the figures, names and links in each."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from briefing.language import lexicon, quantities, sentences
from briefing.language.lexicon import Lexicon, Phrases
from briefing.language.mentions import NameMention, Names
from briefing.language.quantities import FoundNumber
from briefing.language.sentences import Cited, Sentence
from briefing.language.status_claims import quoted
from briefing.model import fact_links, query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Place
from briefing.model.library import Library
from briefing.model.values import Date, Key, Slug, place_of


@dataclass(frozen=True, slots=True)
class ProseSentence:
    """One sentence of a brief, of the basis of a judgement or of a page."""

    sentence: Sentence
    figures: tuple[FoundNumber, ...]
    names: tuple[NameMention, ...]
    lexicon: Lexicon
    library: Library
    source: str
    """The text that contains it."""
    start: Place
    """Where that text begins."""
    brief: str
    """Id of the brief that a finding in it holds back; empty for pages and judgements."""
    language: str
    """Its language, as a BCP 47 tag."""
    is_page: bool = False
    """Pages explain how the corpus is made: they may give examples that no fact holds."""

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return self.sentence.text

    @property
    def facts(self) -> list[tuple[Cited, Fact]]:
        """The facts that it cites, each with the words of its link."""
        known = self.library.facts
        return [(item, known[item.fact]) for item in self.sentence.cited if item.fact in known]

    def finding(self, index: int, message: str, hint: str) -> Finding:
        """Return a finding at a character of the sentence; check and severity are filled in later."""
        at = fact_links.place_at(self.source, sentences.index_at(self.sentence, index), self.start)
        return Finding("", message, at, hint, brief=self.brief)

    def says(self, table: str, name: str) -> Phrases:
        """Return a list of phrases of the lexicon."""
        return phrases(self.lexicon, table, name)

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether a part of the sentence is between quotation marks."""
        return is_quoted(self.text, start, end)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether a part of a text is between quotation marks."""
    return any(first <= start and end <= last for first, last in quoted(text))


def read(library: Library, only: Collection[str] = ()) -> Iterator[ProseSentence]:
    """Yield every sentence of prose in a language with a lexicon; ``only`` limits it to some briefs."""
    names = Names(library.actors, library.systems)
    own = library.project.languages[0]
    briefs = (brief for brief in library.briefs.values() if not only or brief.id in only)
    for brief in briefs:
        for text, at in ((brief.bottom_line, brief.at), (brief.body, brief.body_at)):
            yield from _of_text(text, at, brief.language, brief.id, library, names)
    for judgement in library.judgements.values():
        yield from _of_text(judgement.basis, judgement.at, own, "", library, names)
    for page in library.pages.values() if not only else ():
        yield from _of_text(page.body, page.body_at, own, "", library, names, is_page=True)


@dataclass(frozen=True, slots=True)
class SheetText:
    """A text that is printed as it is, without links; its record says on which facts it rests."""

    text: str
    at: Place
    facts: tuple[Fact, ...]
    """The facts that it rests on; for a fact's own statement, the fact without that statement."""
    dates: tuple[Date, ...]
    """Further dates that it may name: of its sources, of their statements, of the milestone itself."""
    lexicon: Lexicon
    names: tuple[NameMention, ...]
    is_statement: bool
    """Whether it is the statement or the label of its one fact."""
    brief: str = ""
    """Id of the brief that a finding in it holds back; empty for texts that several pages print."""
    ahead_of: datetime.date | None = None
    """The day after which dates are its own: a judgement may say by when. None where none are."""
    has_times: bool = False
    """Whether times of day are its own: a note on a source may say when its parts appeared."""

    def finding(self, index: int, message: str, hint: str) -> Finding:
        """Return a finding at a character of the text; check and severity are filled in later."""
        at = fact_links.place_at(self.text, index, place_of(self.text, self.at))
        return Finding("", message, at, hint, brief=self.brief)


def written(library: Library, only: Collection[str] = ()) -> Iterator[SheetText]:
    """Yield the texts without links that are printed; ``only`` limits those of briefs to some briefs."""
    names = Names(library.actors, library.systems)
    for item in itertools.chain(
        _of_sheets(library), _of_entries(library), _of_registers(library), _of_briefs(library, only)
    ):
        known = lexicon.of_language(item.language or library.project.languages[0])
        if known and item.text:
            own = tuple(date for fact in item.facts for date in _dates(fact, library))
            yield SheetText(
                item.text,
                item.at,
                item.facts,
                (*item.dates, *own),
                known,
                tuple(names.find(item.text)),
                item.is_statement,
                item.brief,
                item.ahead_of,
                item.has_times,
            )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text before it is read."""

    text: str
    at: Place
    facts: tuple[Fact, ...]
    dates: tuple[Date, ...] = ()
    is_statement: bool = False
    brief: str = ""
    language: str = ""
    ahead_of: datetime.date | None = None
    has_times: bool = False


_OWN = ("value", "status", "date", "evidence", "asserted")
"""The fields that each state of a fact has for itself."""


def _of_sheets(library: Library) -> Iterator[_Text]:
    for fact in library.facts.values():
        for state in fact.states:
            own = {name: getattr(state, name) for name in _OWN}
            then = dataclasses.replace(fact, statement="", caveat="", history=(), **own)
            yield _Text(state.statement, state.at, (then,), is_statement=True)
            yield _Text(state.caveat, state.at, (fact,))
        yield _Text(fact.label, fact.at, (fact,), is_statement=True)
    for sheet in library.sheets.values():
        for text in (sheet.title, sheet.summary):
            yield _Text(text, sheet.at, sheet.facts)


def _of_entries(library: Library) -> Iterator[_Text]:
    for disagreement in library.disagreements.values():
        every = _known(disagreement.rests_on, library)
        for reading in disagreement.readings:
            yield _Text(reading.says, disagreement.at, _known(reading.facts, library))
        for text in (disagreement.question, disagreement.wording, disagreement.why):
            yield _Text(text, disagreement.at, every)
    for gap in library.gaps.values():
        for text in (gap.question, gap.note):
            yield _Text(text, gap.at, _known(gap.facts, library))
    for milestone in library.milestones.values():
        facts = _known(milestone.rests_on, library)
        yield _Text(milestone.expectation, milestone.at, facts, (milestone.date,))
    for judgement in library.judgements.values():
        facts = _known(judgement.rests_on, library)
        for text in (judgement.statement, judgement.would_change):
            yield _Text(text, judgement.at, facts, ahead_of=query.known_on(library, facts))


def _of_registers(library: Library) -> Iterator[_Text]:
    """Yield our own words about sources, statements, actors and systems; what sources say is theirs.

    They may have the figures of every fact in a sheet that concerns the same.
    """
    concerned: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for sheet in library.sheets.values():
        for kind, name in set().union(*map(_named_in, sheet.facts)):
            concerned[kind, name] += sheet.facts
    for source in library.sources.values():
        dates = tuple(day for day in (source.published, source.retrieved) if day)
        # Its title and label name the text, as a reader would: the report on the meeting of 4 May.
        yield _Text(source.note, source.at, tuple(concerned["source", source.id]), dates, has_times=True)
    for origin in library.origins.values():
        facts = tuple(concerned["origin", origin.id])
        for text in (origin.title, origin.medium or "", origin.note):
            yield _Text(text, origin.at, facts, (origin.date,) if origin.date else ())
    for actor in library.actors.values():
        for text in (actor.role, actor.description):
            yield _Text(text, actor.at, tuple(concerned["actor", actor.id]))
    for system in library.systems.values():
        for text in (system.category, system.description):
            yield _Text(text, system.at, tuple(concerned["system", system.id]))


def _named_in(fact: Fact) -> set[tuple[str, str]]:
    """Return the sources, statements, actors and systems that a fact names, each with its kind."""
    found = {("actor", str(name)) for name in fact.actors} | {("system", str(name)) for name in fact.systems}
    for state in fact.states:
        found |= {("actor", name) for name in state.said_by}
        found |= {("source", item.source) for item in state.evidence}
        found |= {("origin", item.origin) for item in state.evidence if item.origin}
    return found


def _of_briefs(library: Library, only: Collection[str]) -> Iterator[_Text]:
    """Yield the titles: they may have the figures of the facts that the brief, page or project is about."""
    every = tuple(library.facts.values())
    for brief in library.briefs.values():
        if only and brief.id not in only:
            continue
        cited = {*fact_links.keys(brief.bottom_line), *fact_links.keys(brief.body)}
        facts = tuple(fact for fact in every if fact.id in cited or query.sheet_of(fact.id) in brief.sheets)
        for text in (brief.title, brief.subtitle):
            yield _Text(text, brief.at, facts, brief=brief.id, language=brief.language)
    for text in (library.project.title, library.project.subtitle):
        yield _Text(text, library.project.at, every)
    for page in library.pages.values() if not only else ():
        yield _Text(page.title, page.at, every)


def _known(keys: Iterable[Key], library: Library) -> tuple[Fact, ...]:
    return tuple(library.facts[key] for key in keys if key in library.facts)


def _dates(fact: Fact, library: Library) -> Iterator[Date]:
    """Yield the dates of a fact apart from its own: when it was asserted, said and published."""
    for date in (fact.asserted, *(state.asserted for state in fact.history)):
        if date:
            yield date
    for item in fact.evidence:
        origin, source = library.origins.get(item.origin or Slug("")), library.sources.get(item.source)
        for stated in (origin and origin.date, source and source.published):
            if stated:
                yield stated


def _of_text(
    text: str, at: Place, language: str, brief: str, library: Library, names: Names, is_page: bool = False
) -> Iterator[ProseSentence]:
    known = lexicon.of_language(language)
    if known is None:
        return
    start = place_of(text, at)
    for sentence in sentences.split(text, language, library.facts):
        named = names.find(sentence.text)
        spans = [(item.start, item.end) for item in named]
        found = quantities.find(sentence.text, known, spans)
        yield ProseSentence(
            sentence, found, tuple(named), known, library, text, start, brief, language, is_page
        )


@functools.cache
def phrases(of: Lexicon, table: str, name: str) -> Phrases:
    """Return a list of phrases of a lexicon."""
    return Phrases(of.words.get(table, {}).get(name, ()))
