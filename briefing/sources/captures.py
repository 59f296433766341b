"""Captures and the results of reading them, as values: verify and coverage make them, reports show them."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.query import SourceParagraph
from briefing.model.sources import Evidence
from briefing.model.values import Slug
from briefing.sources import term_matching
from briefing.sources.term_matching import Location

_MARK = b"\xef\xbb\xbf"
"""The byte-order mark, as UTF-8 has it."""
_LINE_END = re.compile(rb"\r\n|\r|\n")


class CaptureState(StrEnum):
    """The state of a capture in comparison with its registered digest."""

    REGISTERED = "as registered"
    CHANGED = "changed"
    MISSING = "missing"
    NOT_TEXT = "not UTF-8"


class Verdict(StrEnum):
    """The result of looking for a piece of evidence in its capture."""

    HOLDS = "holds"
    NORMALISED = "holds when normalised"
    MOVED = "moved"
    GONE = "gone"


class Coverage(StrEnum):
    """Whether something in a source is accounted for."""

    CITED = "cited"
    EXPLAINED = "explained"
    OPEN = "open"
    """Nothing cites it, and no reason is given why nothing should."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A captured text, read from its bytes."""

    state: CaptureState
    """REGISTERED until it is compared; or MISSING or NOT_TEXT."""
    sha256: str = ""
    paragraphs: tuple[str, ...] = ()
    """Its non-empty lines."""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class CheckedPassage:
    """One piece of evidence, or one explanation, looked for in its capture."""

    owner: str
    """The record that rests on it: a fact's key, its earlier state, an actor's role, or ``uncited``."""
    evidence: Evidence
    verdict: Verdict
    locations: tuple[Location, ...] = ()
    """One for each term; none where all of them moved together."""
    moved_to: tuple[int, ...] = ()
    """The paragraphs that contain all of its terms, where the one that it names does not."""
    is_evidence: bool = True
    """Whether a record rests on it; otherwise it only explains why nothing has to cite the passage."""

    @property
    def is_found(self) -> bool:
        """Whether all of its terms are in its paragraph."""
        return self.verdict in (Verdict.HOLDS, Verdict.NORMALISED)


@dataclass(frozen=True, slots=True)
class Verified:
    """A source, compared with its capture."""

    source: Slug
    capture: str
    """File name of the capture."""
    state: CaptureState
    sha256: str
    """The present digest of the capture; empty where it is missing."""
    paragraphs: tuple[str, ...]
    pieces: tuple[CheckedPassage, ...]
    rewritten: tuple[str, ...] = ()
    """How a changed capture differs that has the lines of the registered one: line ends and the like."""

    @property
    def passages(self) -> tuple[CheckedPassage, ...]:
        """The pieces on which a record rests."""
        return tuple(piece for piece in self.pieces if piece.is_evidence)

    @property
    def counts(self) -> Counter[Verdict]:
        """The number of its passages by verdict."""
        return Counter(piece.verdict for piece in self.passages)


@dataclass(frozen=True, slots=True)
class ParagraphMention:
    """A figure, date or known name in a paragraph."""

    kind: str
    """number, money, percentage, share, date or name."""
    text: str
    coverage: Coverage
    names: tuple[Slug, ...] = ()
    """Ids of the actors and systems that the name may mean."""


@dataclass(frozen=True, slots=True)
class CoveredParagraph:
    """One paragraph of a source, with the records that cite it and the mentions in it."""

    known: SourceParagraph
    """The library's records about it."""
    coverage: Coverage
    mentions: tuple[ParagraphMention, ...]
    """In the order of the text."""

    @property
    def open(self) -> tuple[ParagraphMention, ...]:
        """The mentions that nothing cites or explains."""
        return tuple(item for item in self.mentions if item.coverage is Coverage.OPEN)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """The share in per cent, rounded down, so that 100 always means all."""
        return 100 * self.part // self.whole if self.whole else 100

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """A source, paragraph by paragraph."""

    source: Slug
    label: str
    paragraphs: tuple[CoveredParagraph, ...]

    @property
    def cited_paragraphs(self) -> Share:
        """The cited paragraphs, as a share of those that are not explained as a whole."""
        return _share(item.coverage for item in self.paragraphs)

    @property
    def cited_mentions(self) -> Share:
        """The cited mentions, as a share of those that are not explained."""
        return _share(item.coverage for paragraph in self.paragraphs for item in paragraph.mentions)

    @property
    def explained(self) -> int:
        """The number of paragraphs that nothing has to cite."""
        return sum(item.coverage is Coverage.EXPLAINED for item in self.paragraphs)

    @property
    def is_whole(self) -> bool:
        """Whether everything in it is cited or explained."""
        return all(item.coverage is not Coverage.OPEN and not item.open for item in self.paragraphs)


def read(data: bytes | None) -> Capture:
    """Return the capture in the bytes of a file; ``data`` is None where the file is missing."""
    if data is None:
        return Capture(CaptureState.MISSING)
    digest = hashlib.sha256(data).hexdigest()
    try:
        return Capture(CaptureState.REGISTERED, digest, term_matching.paragraphs(data.decode()), data)
    except UnicodeDecodeError:
        return Capture(CaptureState.NOT_TEXT, digest)


def rewritten(data: bytes, sha256: str) -> tuple[str, ...]:
    """Return how a text differs from one with the same lines; nothing if the digest is that of other lines.

    An editor may write other line ends or a byte-order mark, which are no words. Only the digest of the other
    text is known, so each way to write these lines is tried.
    """
    mark = data[: len(_MARK)] if data.startswith(_MARK) else b""
    lines = _LINE_END.split(data.removeprefix(_MARK))
    text = list(lines)
    while text and not text[-1]:
        del text[-1]
    last = len(lines) - len(text)
    for other, end, count in itertools.product((b"", _MARK), (b"\n", b"\r\n", b"\r"), {0, 1, 2, last}):
        if hashlib.sha256(other + end.join(text) + end * count).hexdigest() == sha256:
            differences = {
                "other line ends": set(_LINE_END.findall(data)) - {end},
                "a byte-order mark": mark and not other,
                "no byte-order mark": other and not mark,
                "more or fewer line ends at its end": count != last,
            }
            return tuple(name for name, is_so in differences.items() if is_so)
    return ()


def _share(states: Iterator[Coverage]) -> Share:
    counted = Counter(states)
    return Share(counted[Coverage.CITED], counted[Coverage.CITED] + counted[Coverage.OPEN])
