"""Marks on a page: the words that a finding is about, and a badge that opens it.

A page is read as markup and words; nothing of it changes but what is put around words and after them. Words
are compared without spaces, punctuation and case, because typesetting changes those.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.model.findings import Severity

_PART = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_WORD = re.compile(r"&(?:#?\w+);|[^\W_]+|[%€$£₴]")
_CLOSING = re.compile(r"[.,;:!?…”’)»\]]+")
_FACT = re.compile(r'^<span data-fact="([^"]*)"')
_VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "col", "wbr", "source"})
_UNREAD = ("dialog", "svg", "sup", "nav", "script", "style", "button")
"""Elements whose words come from no text of a brief."""
_CLOSED = ("a", "button", "label", "sup", "summary")
"""Elements that may contain no button; a badge is put behind them, and behind the number of a note."""
_CLOSED_TAG = re.compile(r'</(?:a|button|label|span|sup|summary)>|<sup class="mark"')


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a page a finding is about: words, every appearance of a fact, or an element."""

    words: tuple[str, ...] = ()
    """Words outside claims, in lower case."""
    nth: int = 0
    """Which appearance of these words it is, from 0; the last one if there are fewer."""
    before: int = 0
    """How many claims the sentence has before its first word."""
    after: int = 0
    """How many claims it has behind its last word."""
    fact: str = ""
    """The key of a fact."""
    anchor: str = ""
    """The id of an element."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding to be marked."""

    number: int
    severity: Severity
    spot: Spot
    badge: str
    """The badge as HTML; it comes after the words."""


@dataclass(slots=True)
class _Part:
    """A tag, or text between two tags."""

    text: str
    is_read: bool
    """Whether it is text of the page itself."""
    closed: int
    """How many elements are open here that may contain no button."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A word, or a claim with its words, by the parts that it is in."""

    word: str
    start: tuple[int, int]
    """Number of the part, and place in it."""
    end: tuple[int, int]
    fact: str = ""
    """The key of the fact of a claim; empty for a word."""


_Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class _Read:
    """A page in parts, with its words and claims in order."""

    parts: list[_Part] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    """Id of an element -> number of its opening tag."""


def marked(page: str, wanted: Iterable[Mark]) -> tuple[str, frozenset[int]]:
    """Return a page with marks, and the numbers of those that have a place on it."""
    wanted = tuple(wanted)
    if not wanted:
        return page, frozenset()
    read = _read(page)
    found: list[tuple[Mark, Sequence[_Range]]] = []
    for mark in wanted:
        ranges = _ranges(read, mark.spot)
        if ranges:
            found.append((mark, ranges))
    return _written(read, found), frozenset(mark.number for mark, _ in found)


def _read(page: str) -> _Read:
    read = _Read()
    open_tags: list[tuple[str, bool, bool]] = []
    """Name, whether its words are not read, whether it may contain no button."""
    unread = closed = 0
    claim: tuple[int, int] | None = None
    fact = ""
    depth_of_claim = 0
    is_article = False
    for number, match in enumerate(_PART.finditer(page)):
        text = match[0]
        tag = _TAG.match(text)
        if tag is None:
            is_text = not text.startswith("<") and is_article and not unread
            read.parts.append(_Part(text, is_text, closed))
            if is_text and claim is None:
                read.items += (
                    _Item(word[0].casefold(), (number, word.start()), (number, word.end()))
                    for word in _WORD.finditer(text)
                    if not word[0].startswith("&")
                )
            continue
        name = tag[2].lower()
        if tag[1]:
            while open_tags:
                last, was_unread, was_closed = open_tags.pop()
                unread -= was_unread
                closed -= was_closed
                if last == name:
                    break
            read.parts.append(_Part(text, False, closed))
            if claim and len(open_tags) < depth_of_claim:
                read.items.append(_Item("", claim, (number, 0), fact))
                claim = None
            is_article = is_article and name != "main"
            continue
        read.parts.append(_Part(text, False, closed))
        if anchor := re.search(r'\sid="([^"]*)"', text):
            read.anchors.setdefault(anchor[1], number)
        if name in _VOID or text.endswith("/>"):
            continue
        is_article = is_article or name == "main"
        is_unread = name in _UNREAD or 'class="to-check"' in text or 'class="rail"' in text
        is_closed = name in _CLOSED
        open_tags.append((name, is_unread, is_closed))
        unread += is_unread
        closed += is_closed
        if (found := _FACT.match(text)) and not unread:
            claim, fact, depth_of_claim = (number, 0), found[1], len(open_tags)
    return read


def _ranges(read: _Read, spot: Spot) -> Sequence[_Range]:
    if spot.anchor:
        start = read.anchors.get(spot.anchor)
        return () if start is None else (_first_text(read, start),)
    if spot.fact:
        return [(item.start, item.end) for item in read.items if item.fact == spot.fact]
    if not spot.words:
        return ()
    plain = [place for place, item in enumerate(read.items) if not item.fact]
    words = [read.items[place].word for place in plain]
    size = len(spot.words)
    wanted = list(spot.words)
    places = [
        start
        for start in range(len(words) - size + 1)
        if words[start] == wanted[0] and words[start : start + size] == wanted
    ]
    if not places:
        return ()
    start = places[min(spot.nth, len(places) - 1)]
    first, last = plain[start], plain[start + size - 1]
    for _ in range(spot.before):
        first -= first > 0 and bool(read.items[first - 1].fact)
    for _ in range(spot.after):
        last += last + 1 < len(read.items) and bool(read.items[last + 1].fact)
    return ((read.items[first].start, read.items[last].end),)


def _first_text(read: _Read, start: int) -> _Range:
    number = next(
        (at for at in range(start, len(read.parts)) if read.parts[at].text.strip("\n ")[:1] != "<"), start
    )
    return (number, 0), (number, len(read.parts[number].text))


def _written(read: _Read, found: Sequence[tuple[Mark, Sequence[_Range]]]) -> str:
    badges: dict[int, dict[int, str]] = {}
    covers: dict[int, list[tuple[int, int, Mark]]] = {}
    for mark, ranges in found:
        for first, last in ranges:
            for number in range(first[0], last[0] + 1):
                part = read.parts[number]
                if part.is_read:
                    start = first[1] if number == first[0] else 0
                    end = last[1] if number == last[0] else len(part.text)
                    covers.setdefault(number, []).append((start, end, mark))
        number, at = _place_of_badge(read.parts, *ranges[0][1])
        here = badges.setdefault(number, {})
        here[at] = here.get(at, "") + mark.badge
    return "".join(
        _with_marks(part.text, covers.get(number, ()), badges.get(number, {}))
        if number in covers or number in badges
        else part.text
        for number, part in enumerate(read.parts)
    )


def _place_of_badge(parts: Sequence[_Part], number: int, at: int) -> tuple[int, int]:
    """Return where the badge of words that end somewhere may be: behind their note, and their punctuation."""
    if at == len(parts[number].text):
        number, at = number + 1, 0
    while number + 1 < len(parts) and (parts[number].closed or _CLOSED_TAG.match(parts[number].text)):
        number, at = number + 1, 0
    behind = _CLOSING.match(parts[number].text, at) if parts[number].is_read else None
    return number, behind.end() if behind else at


def _with_marks(text: str, covers: Sequence[tuple[int, int, Mark]], badges: Mapping[int, str]) -> str:
    cuts = sorted({0, len(text), *badges, *(at for start, end, _ in covers for at in (start, end))})
    written = ""
    for start, end in itertools.pairwise(cuts):
        written += badges.get(start, "")
        over = [mark for first, last, mark in covers if first <= start and end <= last]
        if over and not text[start:end].isspace():
            worst = min((mark.severity for mark in over), key=list(Severity).index)
            numbers = " ".join(str(mark.number) for mark in over)
            written += f'<mark class="found {worst}" data-found="{numbers}">{text[start:end]}</mark>'
        else:
            written += text[start:end]
    return written + badges.get(len(text), "")
