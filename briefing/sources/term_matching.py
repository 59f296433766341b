"""The places of terms in the paragraphs of a capture: literal, in other characters, elsewhere or none.

A term is looked up as it is written, whole: "signed" is not in "unsigned", nor "250" in "1 250" or "−250".
Only if that fails are both sides normalised: quotation marks, hyphens, spaces, letters and Unicode forms that
look alike count as the same, and the result names the differences that were ignored. Words and their case are
never ignored.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.characters import LOOKING_ALIKE

NEAR, NEAR_ELSEWHERE = 0.6, 0.75
"""The least likeness of words that are offered as the ones meant, in the paragraph and in others."""


class TermDifference(StrEnum):
    """The ways in which a term and a text may differ and still have the same words."""

    QUOTATION = "quotation marks or apostrophes"
    DASH = "dashes or hyphens"
    BLANK = "spaces"
    INVISIBLE = "invisible characters"
    FORM = "Unicode forms"
    """Composed or decomposed letters, ligatures, full-width letters."""
    LETTERS = "letters of another script"
    """Cyrillic letters in a word of Latin ones, and the like."""


ALL = frozenset(TermDifference)

_QUOTATION = dict.fromkeys("‘’‚‛′`´ʼʹ", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_EDGE = 24
"""Number of characters around a term that show whether it is whole."""
_EDGES = '"“”„«»,.;:!?()'
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts that put no blanks between words, so that a word in them has no visible edge."""
_BEFORE_WORD = re.compile(rf"(?:(?![{_UNSPACED}])\w|(?![{_UNSPACED}])\w[-‐‑])$")
_HYPHENS = "-‐‑"
_AFTER_WORD = re.compile(rf"(?:[^\W{_UNSPACED}]|[-‐‑](?:(?![{_UNSPACED}])\w)|['’]t(?!\w))")
_BLANKS = " \u00a0\u2007\u2009\u202f"
_BEFORE_FIGURE = re.compile(r"(?:\w|\d[.,:/·]|[^\W\d][-‐‑]|(?:^|[^\w)\]’%.])[−–‐‑-])$")
_BEFORE_GROUP = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_BLANKS}'’‘]\d{{3}}){{0,9}}[{_BLANKS}'’‘]$")
"""Digits to which three further digits belong: the 1 of 1 250."""
_AFTER_FIGURE = re.compile(rf"(?:\w|[.,:/·]\d|[{_BLANKS}'’‘]\d{{3}}(?!\d))")
_SMALL_FORMS = ("<super>", "<sub>", "<fraction>")
"""Decompositions that change what is meant: 10² is not 102, nor ½ 12."""
_JAMO = range(0x1160, 0x1200)
"""Vowels and final consonants that join the syllable before them."""


@dataclass(frozen=True, slots=True)
class Match:
    """A term, found in a text."""

    words: str
    """The term as it is written in the text."""
    differences: tuple[TermDifference, ...] = ()
    """The differences that were ignored; empty where the text has the term literally."""


@dataclass(frozen=True, slots=True)
class Location:
    """The place of a term in a capture, in relation to the paragraph in which it is wanted."""

    term: str
    match: Match | None
    """The term in the wanted paragraph; None where it is not there."""
    elsewhere: tuple[int, ...] = ()
    """The other paragraphs that contain it; looked up only where it is not in the wanted one."""
    nearest: str = ""
    """The nearest words, in the wanted paragraph or else in another; empty where none are near."""
    nearest_in: int = 0
    """The paragraph that contains the nearest words."""
    inside: str = ""
    """The longer word or figure of the wanted paragraph of which the term is only a part."""

    @property
    def differs_in_case(self) -> bool:
        """Whether the nearest words differ from the term only in capital letters."""
        return bool(self.nearest) and normalised(self.nearest).casefold() == normalised(self.term).casefold()


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of a text; the first is paragraph 1."""
    return tuple(line for line in text.removeprefix("\ufeff").splitlines() if line.strip())


def normalised(text: str, ignored: Collection[TermDifference] = ALL) -> str:
    """Return the text with one character for all that look alike, for the kinds of difference to ignore."""
    return _normalised(text, frozenset(ignored))


@functools.lru_cache(maxsize=20_000)
def _normalised(text: str, ignored: frozenset[TermDifference]) -> str:
    # Cached, because a missing term is looked up in every paragraph.
    return "".join(character for character, _ in _characters(text, ignored))


def find(term: str, text: str) -> Match | None:
    """Return a term in a text; None where it is missing. A figure is not found within a longer figure."""
    if (start := _index(term, text)) is not None:
        return Match(text[start : start + len(term)])
    if _index(normalised(term), normalised(text)) is None:
        return None
    for size in range(1, len(TermDifference) + 1):
        for ignored in itertools.combinations(TermDifference, size):
            characters = list(_characters(text, ignored))
            wanted = normalised(term, ignored)
            start = _index(wanted, "".join(character for character, _ in characters))
            if start is not None:
                first, after = characters[start][1], start + len(wanted)
                last = characters[after][1] if after < len(characters) else len(text)
                return Match(text[first:last].strip(), ignored)
    raise AssertionError("found with all differences ignored, but with no combination of them")


def spans(term: str, text: str) -> list[tuple[int, int]]:
    """Return the start and end of each place of a term in a text."""
    match = find(term, text)
    found: list[tuple[int, int]] = []
    start = _index(match.words, text) if match else None
    while match and start is not None:
        found.append((start, start + len(match.words)))
        start = _index(match.words, text, start + 1)
    return found


def locate(term: str, texts: Sequence[str], wanted: int) -> Location:
    """Return the place of a term in the paragraphs of a capture; ``wanted`` counts from 1."""
    text = texts[wanted - 1] if 0 < wanted <= len(texts) else ""
    match = find(term, text)
    if match:
        return Location(term, match)
    elsewhere = containing((term,), texts)
    (_, nearest), nearest_in = _nearest(term, text), wanted
    if not nearest and not elsewhere:
        found = ((*_nearest(term, other), number) for number, other in enumerate(texts, 1))
        near, nearest, nearest_in = max(found, key=lambda item: item[0], default=(0.0, "", 0))
        nearest = nearest if near > NEAR_ELSEWHERE else ""
    return Location(term, None, elsewhere, nearest, nearest_in if nearest else 0, _longer(term, text))


def _longer(term: str, text: str) -> str:
    """Return the longer word or figure in which alone a text has a term; empty where it has it in none."""
    plain, wanted = normalised(text), normalised(term)
    start = plain.find(wanted) if wanted else -1
    if start < 0:
        return ""
    group = _BEFORE_GROUP.search(plain[:start]) if wanted[0].isdigit() else None
    first = group.start() if group else start
    while first and not plain[first - 1].isspace():
        first -= 1
    after = start + len(wanted)
    while after < len(plain) and not plain[after].isspace():
        after += 1
    return plain[first:after].strip(_EDGES)


def containing(terms: Sequence[str], texts: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the paragraphs that contain all of some terms."""
    return tuple(
        number for number, text in enumerate(texts, 1) if all(find(term, text) is not None for term in terms)
    )


def _index(term: str, text: str, first: int = 0) -> int | None:
    """Return where a term begins, without splitting a word or a figure."""
    start = text.find(term, first)
    while start >= 0 and term:
        if not _is_cut(term, text, start):
            return start
        start = text.find(term, start + 1)
    return None


def _is_cut(term: str, text: str, start: int) -> bool:
    """Return whether a term at a place is a part of a longer word or figure."""
    before, after = text[max(0, start - _EDGE) : start], text[start + len(term) : start + len(term) + _EDGE]
    if term[0].isdigit():
        is_group = re.match(r"\d{3}(?!\d)", term) is not None
        if _BEFORE_FIGURE.search(before) or (is_group and _BEFORE_GROUP.search(before)):
            return True
    elif term[0].isalnum() and not re.match(rf"[{_UNSPACED}]", term) and _BEFORE_WORD.search(before):
        return True
    if term[-1].isdigit():
        return _AFTER_FIGURE.match(after) is not None
    if not term[-1].isalnum() or re.search(rf"[{_UNSPACED}]$", term):
        return False
    if after[:1] in tuple(_HYPHENS) and term.rsplit(maxsplit=1)[-1][0].isupper():
        return False  # a name may begin a compound: Aster-30, Dassault-made
    return _AFTER_WORD.match(after) is not None


def _characters(text: str, ignored: Collection[TermDifference]) -> Iterator[tuple[str, int]]:
    """Yield the characters of the normalised text, each with its place in the text itself."""
    quotation = _QUOTATION if TermDifference.QUOTATION in ignored else {}
    table = str.maketrans(quotation | (_DASHES if TermDifference.DASH in ignored else {}))
    is_after_blank = False
    for cluster, start in _clusters(text, TermDifference.INVISIBLE in ignored):
        characters = cluster.translate(table)
        if TermDifference.FORM in ignored and not unicodedata.decomposition(cluster[0]).startswith(
            _SMALL_FORMS
        ):
            characters = unicodedata.normalize("NFKC", characters).translate(table)
        if TermDifference.LETTERS in ignored:
            characters = characters.translate(LOOKING_ALIKE)
        for character in characters:
            is_blank = TermDifference.BLANK in ignored and character.isspace()
            if not (is_blank and is_after_blank):
                yield " " if is_blank else character, start
            is_after_blank = is_blank


def _clusters(text: str, without_invisible: bool) -> Iterator[tuple[str, int]]:
    """Yield the text in pieces, each a character and those that combine with it, with their places."""
    cluster, start = "", 0
    for index, character in enumerate(text):
        if without_invisible and _INVISIBLE.match(character):
            continue
        if cluster and not _joins(character):
            yield cluster, start
            cluster = ""
        start = start if cluster else index
        cluster += character
    if cluster:
        yield cluster, start


@functools.lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Return whether a character may combine with the one before it when the text is normalised."""
    first = unicodedata.normalize("NFKC", character)[0]
    return unicodedata.category(first).startswith("M") or ord(first) in _JAMO


def _nearest(term: str, text: str) -> tuple[float, str]:
    """Return the likeness to a term, and the words, of the nearest run of about as many words in a text."""
    import difflib  # needed only when a term is missing

    words, plain = text.split(), normalised(text).casefold().split()
    if len(words) != len(plain):  # a character that vanishes was a word of its own
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
