"""Coverage of the sources: what in them is cited, explained or neither, limited to what the site may show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.model.query import SourceParagraph
from briefing.model.sources import Source, Verification
from briefing.model.values import Key
from briefing.sources.captures import Share


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A row of a source's table: one paragraph, or several in a row with the same explanation."""

    first: int
    last: int
    paragraph: SourceParagraph


@dataclass(frozen=True, slots=True)
class CoveredSource:
    """A source with its paragraphs: what in them is cited, explained or neither."""

    source: Source
    verified: Verification | None
    """None where no verification, and so no number of paragraphs, is on record."""
    paragraphs: tuple[SourceParagraph, ...]

    @property
    def cited(self) -> Share:
        """The cited share of the paragraphs with content, which are all but those explained as a whole."""
        cited = sum(item.is_cited for item in self.paragraphs)
        return Share(cited, len(self.paragraphs) - self.explained)

    @property
    def explained(self) -> int:
        """The number of paragraphs that need no citation."""
        return sum(item.is_explained and not item.is_cited for item in self.paragraphs)

    @property
    def open(self) -> int:
        """The number of figures, dates and names in it that are neither cited nor explained."""
        return sum(len(item.open) for item in self.paragraphs)

    @property
    def rows(self) -> tuple[ParagraphRow, ...]:
        """The rows of its table."""
        rows: list[ParagraphRow] = []
        for item in self.paragraphs:
            before = rows[-1] if rows else None
            if before and before.last == item.number - 1 and _reads_alike(before.paragraph, item):
                rows[-1] = ParagraphRow(before.first, item.number, before.paragraph)
            else:
                rows.append(ParagraphRow(item.number, item.number, item))
        return tuple(rows)


def coverage_of(library: Library) -> Mapping[str, CoveredSource]:
    """Return the coverage of every source, by id, as far as it is known without the captures."""
    found: dict[str, dict[int, dict[Key, None]]] = defaultdict(lambda: defaultdict(dict))
    for fact in library.facts.values():
        for source, paragraph in citations_of(fact):
            found[source][paragraph][fact.id] = None
    cited = {name: {number: tuple(keys) for number, keys in item.items()} for name, item in found.items()}
    return {name: of_source(source, library, cited.get(name, {})) for name, source in library.sources.items()}


def of_source(source: Source, library: Library, cited: Mapping[int, tuple[Key, ...]]) -> CoveredSource:
    """Return the coverage of one source. ``cited`` are the facts that cite each of its paragraphs."""
    verified = query.verification_of(source, library)
    return CoveredSource(source, verified, query.paragraphs(library, source, cited))


def citations_of(fact: Fact) -> Iterable[tuple[str, int]]:
    """Return the sources and paragraphs that a fact cites, now or in an earlier state, each once."""
    cited = ((str(item.source), item.paragraph) for state in fact.states for item in state.evidence)
    return dict.fromkeys(cited)


def _reads_alike(one: SourceParagraph, other: SourceParagraph) -> bool:
    """Return whether two paragraphs can share a row: neither is cited or open, their reasons are equal."""
    return not any((one.is_cited, other.is_cited, one.open, other.open)) and one.uncited == other.uncited
