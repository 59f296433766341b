"""Sources from the other side: what in them is cited, explained or neither, by what the site may show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.model import query
from briefing.model.library import Library
from briefing.model.query import SourceParagraph
from briefing.model.sources import Source, Verification
from briefing.sources.captures import Share


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A row of a source's table: one paragraph, or several in a row that are explained by the same reason."""

    first: int
    last: int
    paragraph: SourceParagraph


@dataclass(frozen=True, slots=True)
class CoveredSource:
    """A source from the other side: what in it is cited, explained or neither, by what the site may show."""

    source: Source
    verified: Verification | None
    """None where the number of its paragraphs is not on record."""
    paragraphs: tuple[SourceParagraph, ...]

    @property
    def cited(self) -> Share:
        """Paragraphs that something cites, of those with content: all but those explained as a whole."""
        cited = sum(item.is_cited for item in self.paragraphs)
        return Share(cited, len(self.paragraphs) - self.explained)

    @property
    def explained(self) -> int:
        """How many paragraphs nothing has to cite."""
        return sum(item.is_explained and not item.is_cited for item in self.paragraphs)

    @property
    def open(self) -> int:
        """How many figures, dates and names in it are neither cited nor explained."""
        return sum(len(item.open) for item in self.paragraphs)

    @property
    def rows(self) -> tuple[ParagraphRow, ...]:
        """Its table."""
        rows: list[ParagraphRow] = []
        for item in self.paragraphs:
            before = rows[-1] if rows else None
            if before and before.last == item.number - 1 and _reads_alike(before.paragraph, item):
                rows[-1] = ParagraphRow(before.first, item.number, before.paragraph)
            else:
                rows.append(ParagraphRow(item.number, item.number, item))
        return tuple(rows)


def coverage_of(library: Library) -> Mapping[str, CoveredSource]:
    """Every source of a library, by its id, as far as that can be told without the captures."""
    return {
        name: CoveredSource(source, query.verification_of(source, library), query.paragraphs(library, source))
        for name, source in library.sources.items()
    }


def _reads_alike(one: SourceParagraph, other: SourceParagraph) -> bool:
    """Whether two paragraphs say the same in the table: those that something cites or holds open never do."""
    return not any((one.is_cited, other.is_cited, one.open, other.open)) and one.uncited == other.uncited
