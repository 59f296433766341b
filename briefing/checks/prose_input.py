"""Prose as the checks read it: sentence by sentence, with the figures, names and links in each."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.language import lexicon, quantities, sentences
from briefing.language.lexicon import Lexicon
from briefing.language.mentions import NameMention, Names
from briefing.language.quantities import FoundNumber
from briefing.language.sentences import Cited, Sentence
from briefing.language.status_claims import quoted
from briefing.model import fact_links
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

    def says(self, table: str, name: str) -> re.Pattern[str]:
        """Return an expression for a list of phrases of the lexicon."""
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
    """A text of a fact sheet. It has no links; its record says on which facts it rests."""

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

    def finding(self, index: int, message: str, hint: str) -> Finding:
        """Return a finding at a character of the text; check and severity are filled in later."""
        return Finding("", message, fact_links.place_at(self.text, index, place_of(self.text, self.at)), hint)


def written(library: Library) -> Iterator[SheetText]:
    """Yield the texts of the fact sheets that repeat what their facts say."""
    known = lexicon.of_language(library.project.languages[0])
    if known is None:
        return
    names = Names(library.actors, library.systems)
    for text, at, facts, dates, is_statement in _texts(library):
        if text:
            own = tuple(date for fact in facts for date in _dates(fact, library))
            named = tuple(names.find(text))
            yield SheetText(text, at, facts, (*dates, *own), known, named, is_statement)


_Text = tuple[str, Place, tuple[Fact, ...], tuple[Date, ...], bool]
_OWN = ("value", "status", "date", "evidence", "asserted")
"""The fields that each state of a fact has for itself."""


def _texts(library: Library) -> Iterator[_Text]:
    for fact in library.facts.values():
        for state in fact.states:
            own = {name: getattr(state, name) for name in _OWN}
            then = dataclasses.replace(fact, statement="", caveat="", history=(), **own)
            yield state.statement, state.at, (then,), (), True
        yield fact.caveat, fact.at, (fact,), (), False
        yield fact.label, fact.at, (fact,), (), True
    for disagreement in library.disagreements.values():
        every: list[Fact] = []
        for reading in disagreement.readings:
            facts = _known(reading.facts, library)
            every += facts
            yield reading.says, disagreement.at, facts, (), False
        for text in (disagreement.question, disagreement.why):
            yield text, disagreement.at, tuple(every), (), False
    for gap in library.gaps.values():
        for text in (gap.question, gap.note):
            yield text, gap.at, _known(gap.facts, library), (), False
    for milestone in library.milestones.values():
        yield milestone.expectation, milestone.at, _known(milestone.facts, library), (milestone.date,), False


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
def phrases(of: Lexicon, table: str, name: str) -> re.Pattern[str]:
    """Return an expression for a list of phrases of a lexicon."""
    listed: Any = of.words.get(table, {}).get(name, ())
    return lexicon.pattern(listed)
