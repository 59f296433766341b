"""Prose as the checks read it: sentence by sentence, with the figures, names and links in each."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from briefing.checks import units
from briefing.checks.units import Own
from briefing.language import lexicon, mentions, quantities, sentences
from briefing.language.lexicon import Lexicon, Phrases
from briefing.language.mentions import NameMention, Names
from briefing.language.quantities import FoundNumber
from briefing.language.sentences import Cited, Sentence
from briefing.language.status_claims import quoted
from briefing.model import fact_links, query
from briefing.model.briefs import Brief
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Place
from briefing.model.ladders import Group, Ladder, LadderFlag, Rung
from briefing.model.library import Library
from briefing.model.values import Date, Key, Quantity, Slug, place_of


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
        """The facts that it cites, as its links show them, each with the words of its link."""
        known = self.library.facts
        cited = [
            (item, *known[item.fact].linked(item.form)) for item in self.sentence.cited if item.fact in known
        ]
        return [
            (item if form == item.form else dataclasses.replace(item, form=form), fact)
            for item, fact, form in cited
        ]

    def about(self, kind: str, names: Collection[str]) -> list[Fact]:
        """Return the facts about some actors or systems, in the order of the library."""
        keys = {key for name in names for key in self.library.about(kind, name)}
        return list(in_order(self.library, keys))

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


def read(library: Library, only: Collection[str] = (), own: Own | None = None) -> Iterator[ProseSentence]:
    """Yield every sentence of prose in a language with a lexicon: of some records, or of the whole library.

    ``only`` limits those of briefs to some briefs.
    """
    own = own or units.whole(library)
    if not (own.briefs or own.judgements or own.pages):
        return
    names = mentions.known(library.named(), "actor", "system")
    usual = library.project.languages[0]
    briefs = (brief for brief in own.briefs if not only or brief.id in only)
    for brief in briefs:
        for name, text in brief.prose.items():
            at = brief.body_at if name == "body" else brief.at
            yield from _of_text(text, at, brief.language, brief.id, library, names)
    for judgement in own.judgements:
        yield from _of_text(judgement.basis, judgement.at, usual, "", library, names)
    for page in own.pages if not only else ():
        yield from _of_text(page.body, page.body_at, usual, "", library, names, is_page=True)


class LazyFacts(Sequence[Fact]):
    """Facts that are looked up one after the other, as far as somebody asks."""

    def __init__(self, read: Callable[[], Iterable[Fact]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._read())

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, index: int | slice) -> Fact | tuple[Fact, ...]:
        return tuple(self)[index]

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class SheetText:
    """A text that is printed as it is, without links; its record says on which facts it rests."""

    text: str
    at: Place
    facts: Sequence[Fact]
    """The facts that it rests on; for a fact's own statement, the fact without that statement."""
    dates: tuple[Date, ...]
    """Further dates that it may name: of the record itself, such as a milestone."""
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
    is_definition: bool = False
    """Whether it explains a word of the project, such as a rung: then its figures are of no fact."""
    unread: frozenset[str] = frozenset()
    """The sources that could not be read."""

    @property
    def is_known(self) -> bool:
        """Whether none of its facts rests on a source that could not be read."""
        return not self.unread or all(rests_on_none(fact, self.unread) for fact in self.facts)

    def finding(self, index: int, message: str, hint: str) -> Finding:
        """Return a finding at a character of the text; check and severity are filled in later."""
        at = fact_links.place_at(self.text, index, place_of(self.text, self.at))
        return Finding("", message, at, hint, brief=self.brief)


def rests_on_none(fact: Fact, sources: Collection[str]) -> bool:
    """Return whether no state of a fact cites any of some sources."""
    return not any(item.source in sources for state in fact.states for item in state.evidence)


def written(
    library: Library,
    only: Collection[str] = (),
    own: Own | None = None,
    unread: frozenset[str] = frozenset(),
) -> Iterator[SheetText]:
    """Yield the texts without links that are printed: of some records, or of the whole library.

    ``only`` limits those of briefs to some briefs; ``unread`` are the sources that could not be read.
    """
    own = own or units.whole(library)
    names = mentions.known(library.named(), "actor", "system")
    for item in itertools.chain(
        _of_sheets(own),
        _of_entries(own, library),
        _of_registers(own, library),
        _of_briefs(own, library, only),
    ):
        known = lexicon.of_language(item.language or library.project.languages[0])
        if known and item.text:
            yield SheetText(
                item.text,
                item.at,
                item.facts,
                item.dates,
                known,
                tuple(names.find(item.text)),
                item.is_statement,
                item.brief,
                item.ahead_of,
                item.has_times,
                item.is_definition,
                unread,
            )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text before it is read."""

    text: str
    at: Place
    facts: Sequence[Fact]
    dates: tuple[Date, ...] = ()
    is_statement: bool = False
    brief: str = ""
    language: str = ""
    ahead_of: datetime.date | None = None
    has_times: bool = False
    is_definition: bool = False


_OWN = ("value", "status", "date", "evidence", "asserted")
"""The fields that each state of a fact has for itself."""


def _of_sheets(own_records: Own) -> Iterator[_Text]:
    for fact in own_records.facts:
        for state in fact.states:
            own = {name: getattr(state, name) for name in _OWN}
            then = dataclasses.replace(fact, statement="", caveat="", remark="", history=(), **own)
            yield _Text(state.statement, state.at, (then,), is_statement=True)
            yield _Text(state.caveat, state.at, (fact,))
        yield _Text(fact.remark, fact.at, (fact,))
        yield _Text(fact.label, fact.at, (fact,), is_statement=True)
    for sheet in own_records.sheets:
        for text in (sheet.title, sheet.summary):
            yield _Text(text, sheet.at, sheet.facts)


def _of_entries(own: Own, library: Library) -> Iterator[_Text]:
    for disagreement in own.disagreements:
        every = _known(disagreement.rests_on, library)
        for reading in disagreement.readings:
            yield _Text(reading.says, disagreement.at, _known(reading.facts, library))
        for text in (disagreement.question, disagreement.wording, disagreement.why):
            yield _Text(text, disagreement.at, every)
    for gap in own.gaps:
        for text in (gap.question, gap.note):
            yield _Text(text, gap.at, _known(gap.facts, library))
    for milestone in own.milestones:
        facts = _known(milestone.rests_on, library)
        for text in (milestone.expectation, milestone.shows):
            yield _Text(text, milestone.at, facts, (milestone.date,))
    for judgement in own.judgements:
        facts = _known(judgement.rests_on, library)
        own_words = (
            judgement.statement,
            judgement.would_change,
            judgement.implication,
            judgement.alternative,
        )
        for text in own_words:
            yield _Text(text, judgement.at, facts, ahead_of=query.known_on(library, facts))


def _of_registers(own: Own, library: Library) -> Iterator[_Text]:
    """Yield our own words about sources, statements, actors, systems and matters; what sources say is theirs.

    They may have the figures of every fact in a sheet that concerns the same.
    """

    def concerned(kind: str, name: str) -> Sequence[Fact]:
        def facts() -> Iterator[Fact]:
            for sheet in dict.fromkeys(query.sheet_of(key) for key in library.about(kind, name)):
                yield from library.sheets[sheet].facts

        return LazyFacts(facts)

    for source in own.sources:
        dates = tuple(day for day in (source.published, source.retrieved) if day)
        # Its title and label name the text, as a reader would: the report on the meeting of 4 May.
        yield _Text(source.note, source.at, concerned("source", source.id), dates, has_times=True)
    for origin in own.origins:
        for text in (origin.title, origin.short, origin.medium or "", origin.note):
            days = (origin.date,) if origin.date else ()
            yield _Text(text, origin.at, concerned("origin", origin.id), days)
    for actor in own.actors:
        for text in (actor.role, actor.description):
            yield _Text(text, actor.at, concerned("actor", actor.id))
    for system in own.systems:
        for text in (system.category, system.description):
            yield _Text(text, system.at, concerned("system", system.id))
    yield from _of_matters(own, concerned)
    yield from _of_ladders(own)


def _of_matters(own: Own, concerned: Callable[[str, str], Sequence[Fact]]) -> Iterator[_Text]:
    """Yield the names and descriptions of matters, which are our own words for what facts are about."""
    for matter in own.matters:
        for text in (matter.name, matter.label, matter.description):
            yield _Text(text, matter.at, concerned("matter", matter.id))


def _of_ladders(own: Own) -> Iterator[_Text]:
    """Yield the names and meanings of the project's own ladders, which define words and state no fact."""
    for ladder in own.ladders:
        parts: tuple[Ladder | Group | Rung | LadderFlag, ...] = (
            ladder,
            *ladder.groups,
            *ladder.rungs,
            *ladder.flags,
        )
        for part in parts:
            for text in (part.name, getattr(part, "meaning", ""), getattr(part, "reason", "")):
                yield _Text(text, part.at, (), is_definition=True)


def _of_briefs(own: Own, library: Library, only: Collection[str]) -> Iterator[_Text]:
    """Yield the titles: they may have the figures of the facts that the brief, page or project is about."""
    for brief in own.briefs:
        if only and brief.id not in only:
            continue
        facts = LazyFacts(functools.partial(_of_brief, brief, library))
        for text in (brief.title, brief.subtitle):
            yield _Text(text, brief.at, facts, brief=brief.id, language=brief.language)
        for item in brief.series:
            shown = _known((item.fact,), library)
            yield _Text(item.title, brief.at, shown, brief=brief.id, language=brief.language)
    every = LazyFacts(functools.partial(one_by_one, library))
    for project in own.projects:
        for text in (project.title, project.subtitle):
            yield _Text(text, project.at, every)
    for page in own.pages if not only else ():
        yield _Text(page.title, page.at, every)


def _of_brief(brief: Brief, library: Library) -> Iterator[Fact]:
    """Yield the facts that a brief cites and those of its sheets, in the order of the library."""
    yield from in_order(library, brief.linked, brief.sheets)


def in_order(library: Library, keys: Collection[str], sheets: Collection[str] = ()) -> Iterator[Fact]:
    """Yield some facts, and those of some sheets, in the order of the library."""
    wanted = {*sheets, *map(query.sheet_of, keys)}
    for name in library.sheets if wanted else ():
        if name in wanted:
            facts = {fact.id: fact for fact in library.sheets[name].facts}.values()
            yield from (fact for fact in facts if name in sheets or fact.id in keys)


def one_by_one(library: Library) -> Iterator[Fact]:
    """Yield all facts, each looked up only when it is its turn."""
    for sheet in library.sheets:
        yield from library.sheets[sheet].facts


def _known(keys: Iterable[Key], library: Library) -> tuple[Fact, ...]:
    return tuple(library.facts[key] for key in keys if key in library.facts)


def dates_of(fact: Fact, library: Library) -> Iterator[Date]:
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
    for sentence in sentences.split(text, language, library.facts, has_code=not is_page):
        named = names.find(sentence.text)
        spans = [(item.start, item.end) for item in named]
        found = quantities.find(sentence.text, known, spans, _units_of(sentence, library))
        yield ProseSentence(
            sentence, found, tuple(named), known, library, text, start, brief, language, is_page
        )


def _units_of(sentence: Sentence, library: Library) -> Iterator[str]:
    """Yield what the facts that a sentence cites count."""
    for fact in _known((item.fact for item in sentence.cited), library):
        if isinstance(fact.value, Quantity):
            yield fact.value.unit


@functools.cache
def phrases(of: Lexicon, table: str, name: str) -> Phrases:
    """Return a list of phrases of a lexicon."""
    return Phrases(of.words.get(table, {}).get(name, ()))
