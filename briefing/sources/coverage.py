"""The coverage of the sources: which of their paragraphs and mentions facts cite.

A mention is a figure, an amount, a percentage, a date, or the name of a known actor or system. It is cited
if it is in a term of the evidence for its paragraph; a name also if a fact that cites the paragraph concerns
that actor or system. The others are explained by the source's ``uncited``, or open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefing.language import lexicon, quantities, source_dates, source_figures, source_words
from briefing.language.lexicon import Lexicon
from briefing.language.mentions import Names
from briefing.language.quantities import NumberKind
from briefing.language.source_words import SourceWords
from briefing.model import query
from briefing.model.library import Library
from briefing.model.query import SourceParagraph
from briefing.model.sources import Evidence, Source
from briefing.model.values import Slug
from briefing.sources import term_matching
from briefing.sources.captures import Coverage, CoveredParagraph, ParagraphMention, SourceCoverage, Verified
from briefing.store import box

Span = tuple[int, int]
_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])")
"""A time of day is one mention, not two numbers."""
_ALSO_IN_NAMES = (NumberKind.MONEY, NumberKind.PERCENT)


@dataclass(slots=True)
class _CitedBy:
    """The terms and names that the records citing one paragraph account for."""

    terms: set[str] = field(default_factory=set)
    concerned: set[str] = field(default_factory=set)
    """Ids of the actors and systems that it is cited for."""


def sources(library: Library, verified: Sequence[Verified]) -> tuple[SourceCoverage, ...]:
    """Return every source whose capture could be read, paragraph by paragraph."""
    citing = _citing(library)
    names = Names(library.actors, library.systems)
    found = []
    for item in verified:
        if item.paragraphs:
            with box.reading(item.capture):
                source = library.sources[item.source]
                found.append(_covered(source, item.paragraphs, library, citing, names))
    return tuple(found)


def open_mentions(covered: SourceCoverage) -> tuple[str, ...]:
    """Return the open mentions of a source, in the form that a verification records: ``7: 40 percent``."""
    return tuple(
        f"{paragraph.known.number}: {text}"
        for paragraph in covered.paragraphs
        for text in dict.fromkeys(mention.text for mention in paragraph.open)
    )


def _citing(library: Library) -> dict[tuple[str, int], _CitedBy]:
    """Return what cites each paragraph, by source and number."""
    found: dict[tuple[str, int], _CitedBy] = {}

    def add(item: Evidence, concerned: set[Slug]) -> None:
        citing = found.setdefault((item.source, item.paragraph), _CitedBy())
        citing.terms |= {*item.terms}
        citing.concerned |= concerned
        if item.origin and (origin := library.origins.get(item.origin)):
            citing.concerned |= {*origin.said_by, *origin.via}

    for fact in library.facts.values():
        for state in fact.states:
            for item in state.evidence:
                add(item, {*fact.actors, *fact.systems, *state.said_by})
    for actor in library.actors.values():
        for role in actor.roles:
            add(role.evidence, {actor.id})
    return found


def _covered(
    source: Source,
    texts: Sequence[str],
    library: Library,
    citing: dict[tuple[str, int], _CitedBy],
    names: Names,
) -> SourceCoverage:
    known = {item.number: item for item in query.paragraphs(library, source)}
    words = lexicon.of_language(source.language) or source_words.of_language(source.language)
    paragraphs = []
    for number, text in enumerate(texts, 1):
        paragraph = known.get(number, SourceParagraph(number))
        cited = citing.get((source.id, number), _CitedBy())
        mentions = tuple(_mentions(text, paragraph, cited, names, words))
        paragraphs.append(CoveredParagraph(paragraph, _state(paragraph), mentions))
    return SourceCoverage(source.id, source.label, tuple(paragraphs))


def _state(paragraph: SourceParagraph) -> Coverage:
    if paragraph.is_cited:
        return Coverage.CITED
    return Coverage.EXPLAINED if paragraph.is_explained else Coverage.OPEN


def _mentions(
    text: str, paragraph: SourceParagraph, cited: _CitedBy, names: Names, words: Lexicon | SourceWords
) -> Iterator[ParagraphMention]:
    """Yield the mentions of one paragraph, in the order of its text."""
    in_terms = [span for term in cited.terms for span in term_matching.spans(term, text)]
    explained = [
        span for item in paragraph.uncited for term in item.terms for span in term_matching.spans(term, text)
    ]
    found = [((item.start, item.end), "name", item.ids) for item in names.find(text)]
    found += [(span, kind, ()) for span, kind in _figures(text, words, [span for span, _, _ in found])]
    for span, kind, ids in sorted(found):
        if _touches(span, in_terms) or cited.concerned & {*ids}:
            coverage = Coverage.CITED
        elif paragraph.is_explained or _touches(span, explained):
            coverage = Coverage.EXPLAINED
        else:
            coverage = Coverage.OPEN
        yield ParagraphMention(kind, text[slice(*span)], coverage, tuple(map(Slug, ids)))


def _figures(text: str, words: Lexicon | SourceWords, names: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the figures of a text; only those in digits where the words of its language are not known.

    A number within a name is part of the name, but an amount of money or a percentage is still one.
    """
    times = [match.span() for match in _TIME.finditer(text)]
    yield from ((span, NumberKind.DATE.value) for span in times)
    if isinstance(words, Lexicon):
        found = [((item.start, item.end), item.kind) for item in quantities.find(text, words)]
    else:
        found = list(_in_source(text, words))
    for span, kind in found:
        if not _touches(span, times) and (kind in _ALSO_IN_NAMES or not _touches(span, names)):
            yield span, kind.value


def _in_source(text: str, words: SourceWords) -> Iterator[tuple[Span, NumberKind]]:
    """Yield the dates and figures of a text in a language that only sources have; a year is a date."""
    days = [(item.start, item.end) for item in source_dates.find(text, words)]
    yield from ((span, NumberKind.DATE) for span in days)
    for figure in source_figures.find(text, words):
        span = (figure.start, figure.end)
        is_article = figure.amounts == {1} and text[slice(*span)].isalpha()
        if not is_article and not _touches(span, days):
            kind = NumberKind.MONEY if figure.currency else NumberKind.NUMBER
            yield span, NumberKind.PERCENT if figure.is_percent and "%" in text[slice(*span)] else kind


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
