"""Captures as paragraphs, and where in them a term stands: literally, in other signs, elsewhere or nowhere.

A term is looked for as it is written. Only where that fails are both sides normalised: typographic signs,
hyphens, blanks and Unicode forms that look alike count as one, and the differences that had to be overlooked
are named. Words and their case are never overlooked.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

NEAR, NEAR_ELSEWHERE = 0.6, 0.75
"""From which likeness on words are offered as what was meant, in their paragraph and in others."""


class TermDifference(StrEnum):
    """In what a term and a text may differ and still be the same words."""

    QUOTATION = "quotation marks or apostrophes"
    DASH = "dashes or hyphens"
    BLANK = "blanks"
    INVISIBLE = "invisible characters"
    FORM = "Unicode forms"
    """Composed or decomposed letters, ligatures, full-width letters."""


ALL = frozenset(TermDifference)

_QUOTATION = dict.fromkeys("‘’‚‛′`´ʼʹ", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_EDGES = '"“”„«»,.;:!?()'
_JAMO = range(0x1160, 0x1200)
"""Vowels and final consonants that join the syllable before them."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term was found in a text."""

    words: str
    """The term as the text writes it."""
    differences: tuple[TermDifference, ...] = ()
    """What had to be overlooked; nothing where it stands there literally."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a term stands in a capture, seen from the paragraph in which it is wanted."""

    term: str
    match: Match | None
    """How it stands in the wanted paragraph; None where it does not."""
    elsewhere: tuple[int, ...] = ()
    """The other paragraphs in which it stands; looked for only where it is not in the wanted one."""
    nearest: str = ""
    """Words that come near, of the wanted paragraph or else of another; empty where none do."""
    nearest_in: int = 0
    """The paragraph in which the nearest words stand."""

    @property
    def differs_in_case(self) -> bool:
        """Whether the nearest words are the term but for capital letters."""
        return bool(self.nearest) and normalised(self.nearest).casefold() == normalised(self.term).casefold()


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something: the first is paragraph 1."""
    return tuple(line for line in text.removeprefix("\ufeff").splitlines() if line.strip())


def normalised(text: str, overlooked: Collection[TermDifference] = ALL) -> str:
    """The text with one sign for all that look alike, for the kinds of difference to be overlooked."""
    return _normalised(text, frozenset(overlooked))


@functools.lru_cache(maxsize=20_000)
def _normalised(text: str, overlooked: frozenset[TermDifference]) -> str:
    # Kept, because a term that is gone is looked for in every paragraph.
    return "".join(sign for sign, _ in _signs(text, overlooked))


def find(term: str, text: str) -> Match | None:
    """A term in a text; None where it is not there. A figure is not found within a longer figure."""
    if (start := _index(term, text)) is not None:
        return Match(text[start : start + len(term)])
    if _index(normalised(term), normalised(text)) is None:
        return None
    for size in range(1, len(TermDifference) + 1):
        for overlooked in itertools.combinations(TermDifference, size):
            signs = list(_signs(text, overlooked))
            wanted = normalised(term, overlooked)
            start = _index(wanted, "".join(sign for sign, _ in signs))
            if start is not None:
                first, after = signs[start][1], start + len(wanted)
                last = signs[after][1] if after < len(signs) else len(text)
                return Match(text[first:last].strip(), overlooked)
    raise AssertionError("found with every difference overlooked, and with no choice of them")


def spans(term: str, text: str) -> list[tuple[int, int]]:
    """Where a term stands in a text, as the text writes it: start and end of each place."""
    match = find(term, text)
    found: list[tuple[int, int]] = []
    start = _index(match.words, text) if match else None
    while match and start is not None:
        found.append((start, start + len(match.words)))
        start = _index(match.words, text, start + 1)
    return found


def locate(term: str, texts: Sequence[str], wanted: int) -> Location:
    """Where a term stands among the paragraphs of a capture; ``wanted`` counts from 1."""
    text = texts[wanted - 1] if 0 < wanted <= len(texts) else ""
    match = find(term, text)
    if match:
        return Location(term, match)
    elsewhere = standing_in((term,), texts)
    (_, nearest), nearest_in = _nearest(term, text), wanted
    if not nearest and not elsewhere:
        found = ((*_nearest(term, other), number) for number, other in enumerate(texts, 1))
        near, nearest, nearest_in = max(found, key=lambda item: item[0], default=(0.0, "", 0))
        nearest = nearest if near > NEAR_ELSEWHERE else ""
    return Location(term, None, elsewhere, nearest, nearest_in if nearest else 0)


def standing_in(terms: Sequence[str], texts: Sequence[str]) -> tuple[int, ...]:
    """Numbers of the paragraphs in which all of some terms stand."""
    return tuple(
        number for number, text in enumerate(texts, 1) if all(find(term, text) is not None for term in terms)
    )


def _index(term: str, text: str, first: int = 0) -> int | None:
    """Where a term begins, if it cuts no figure in two: "100" does not stand in "1,100" or "100,000"."""
    start = text.find(term, first)
    while start >= 0 and term:
        before, after = text[:start], text[start + len(term) :]
        is_cut = (term[0].isdigit() and re.search(r"\d[.,]?$", before)) or (
            term[-1].isdigit() and re.match(r"[.,]?\d", after)
        )
        if not is_cut:
            return start
        start = text.find(term, start + 1)
    return None


def _signs(text: str, overlooked: Collection[TermDifference]) -> Iterator[tuple[str, int]]:
    """The signs of the normalised text, each with where it comes from in the text itself."""
    quotation = _QUOTATION if TermDifference.QUOTATION in overlooked else {}
    table = str.maketrans(quotation | (_DASHES if TermDifference.DASH in overlooked else {}))
    is_after_blank = False
    for cluster, start in _clusters(text, TermDifference.INVISIBLE in overlooked):
        signs = cluster.translate(table)
        if TermDifference.FORM in overlooked:
            signs = unicodedata.normalize("NFKC", signs).translate(table)
        for sign in signs:
            is_blank = TermDifference.BLANK in overlooked and sign.isspace()
            if not (is_blank and is_after_blank):
                yield " " if is_blank else sign, start
            is_after_blank = is_blank


def _clusters(text: str, without_invisible: bool) -> Iterator[tuple[str, int]]:
    """The text cut before every sign that does not join the one before it, with the place of each piece."""
    cluster, start = "", 0
    for index, sign in enumerate(text):
        if without_invisible and _INVISIBLE.match(sign):
            continue
        if cluster and not _joins(sign):
            yield cluster, start
            cluster = ""
        start = start if cluster else index
        cluster += sign
    if cluster:
        yield cluster, start


@functools.lru_cache(maxsize=4096)
def _joins(sign: str) -> bool:
    """Whether a sign may melt into the one before it when the text is normalised."""
    first = unicodedata.normalize("NFKC", sign)[0]
    return unicodedata.category(first).startswith("M") or ord(first) in _JAMO


def _nearest(term: str, text: str) -> tuple[float, str]:
    """As many words of a text in a row, one more or one less, as come nearest to a term, and how near."""
    import difflib  # only when something is wrong

    words, plain = text.split(), normalised(text).casefold().split()
    if len(words) != len(plain):  # a sign that vanishes stood alone
        words = plain
    size = len(term.split())
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(normalised(term).casefold())
    best, nearest = NEAR, ""
    for length in (size, size - 1, size + 1):
        for start in range(len(words) - length + 1 if length else 0):
            matcher.set_seq1(" ".join(plain[start : start + length]).strip(_EDGES))
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                ratio = matcher.ratio()
                if ratio > best:
                    best, nearest = ratio, " ".join(words[start : start + length]).strip(_EDGES)
    return best, nearest
