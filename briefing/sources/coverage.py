"""The sources read from the other side: what in them does any fact cite, and what does none?

Counted are the paragraphs, and in them the mentions: figures, amounts, percentages, dates, and names of
known actors and systems. A mention is cited where it stands in a term of the evidence for its paragraph, a
name also where a fact that cites the paragraph concerns its bearer. The rest is explained by the source's
``uncited``, or open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefing.language import lexicon, quantities
from briefing.language.lexicon import Lexicon
from briefing.language.mentions import Names
from briefing.language.quantities import NumberKind
from briefing.model import query
from briefing.model.library import Library
from briefing.model.query import SourceParagraph
from briefing.model.sources import Evidence, Source
from briefing.model.values import Slug
from briefing.sources import term_matching
from briefing.sources.captures import Coverage, CoveredParagraph, ParagraphMention, SourceCoverage, Verified

Span = tuple[int, int]
_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])")
"""A time of day is one mention, not two numbers."""
_ALSO_IN_NAMES = (NumberKind.MONEY, NumberKind.PERCENT)
_DIGITS = re.compile(r"\d[\d.,\u00a0\u202f]*(?<=\d)")


@dataclass(slots=True)
class _CitedBy:
    """What cites one paragraph."""

    terms: set[str] = field(default_factory=set)
    bearers: set[str] = field(default_factory=set)
    """Ids of the actors and systems that it is cited for."""


def sources(library: Library, verified: Sequence[Verified]) -> tuple[SourceCoverage, ...]:
    """Every source whose capture could be read, paragraph by paragraph."""
    citing = _citing(library)
    names = Names(library.actors, library.systems)
    return tuple(
        _covered(library.sources[item.source], item.paragraphs, library, citing, names)
        for item in verified
        if item.paragraphs
    )


def open_mentions(covered: SourceCoverage) -> tuple[str, ...]:
    """What nothing in a source cites or explains, as a verification keeps it: ``7: 40 percent``."""
    return tuple(
        f"{paragraph.known.number}: {text}"
        for paragraph in covered.paragraphs
        for text in dict.fromkeys(mention.text for mention in paragraph.open)
    )


def _citing(library: Library) -> dict[tuple[str, int], _CitedBy]:
    """By source and number of the paragraph."""
    found: dict[tuple[str, int], _CitedBy] = {}

    def add(item: Evidence, bearers: set[Slug]) -> None:
        citing = found.setdefault((item.source, item.paragraph), _CitedBy())
        citing.terms |= {*item.terms}
        citing.bearers |= bearers
        if item.origin and (origin := library.origins.get(item.origin)):
            citing.bearers |= {*origin.said_by, *origin.via}

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
    words = lexicon.of_language(source.language)
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
    text: str, paragraph: SourceParagraph, cited: _CitedBy, names: Names, words: Lexicon | None
) -> Iterator[ParagraphMention]:
    """The mentions of one paragraph, in the order of its text."""
    in_terms = [span for term in cited.terms for span in term_matching.spans(term, text)]
    explained = [
        span for item in paragraph.uncited for term in item.terms for span in term_matching.spans(term, text)
    ]
    found = [((item.start, item.end), "name", item.ids) for item in names.find(text)]
    found += [(span, kind, ()) for span, kind in _figures(text, words, [span for span, _, _ in found])]
    for span, kind, ids in sorted(found):
        if _touches(span, in_terms) or cited.bearers & {*ids}:
            coverage = Coverage.CITED
        elif paragraph.is_explained or _touches(span, explained):
            coverage = Coverage.EXPLAINED
        else:
            coverage = Coverage.OPEN
        yield ParagraphMention(kind, text[slice(*span)], coverage, tuple(map(Slug, ids)))


def _figures(text: str, words: Lexicon | None, names: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """The figures of a text; those in digits alone where its language has no lexicon.

    A number within a name is part of the name, but an amount of money or a percentage is still one.
    """
    times = [match.span() for match in _TIME.finditer(text)]
    yield from ((span, NumberKind.DATE.value) for span in times)
    if words:
        found = [((item.start, item.end), item.kind) for item in quantities.find(text, words)]
    else:
        found = [(match.span(), NumberKind.NUMBER) for match in _DIGITS.finditer(text)]
    for span, kind in found:
        if not _touches(span, times) and (kind in _ALSO_IN_NAMES or not _touches(span, names)):
            yield span, kind.value


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
