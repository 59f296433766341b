"""Fact links in Markdown: ``[words](fact:sheet.name#form)``.

A fact link is an ordinary Markdown link, so every editor shows it. This module finds fact links outside code
spans and code blocks. It is the only module that knows the syntax: templates write it, checks and citing read
it.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model.findings import Place
from briefing.model.values import Key, Placed

SCHEME = "fact:"

_LINK = re.compile(
    r"""
      # a fenced block, also in a quotation, to its end or that of the text
      ^(?P<fence>(?:[ ]{0,3}>[ ]?)*+[ ]{0,3}(?P<ticks>`{3,}+(?=[^`\n]*\n)|~{3,}+)[^\n]*\n
         (?:.*?^(?:[ ]{0,3}>[ ]?)*+[ ]{0,3}(?P=ticks)[`~]*[ \t]*$|.*))
      # what may begin a code span
    | (?P<run>(?<!`)`+)
      # an escaped character
    | (?P<escape>\\.)
      # a fact link; code within its words must end there
    | \[(?P<words>(?:\\.|`[^`\n]*`|\[[^\[\]\\`\n]*\](?![(\[])|(?!\n[ \t]*\n)[^\[\]\\`])*)\]
      \(fact:(?P<key>[^)\s\#]{0,200})(?:\#(?P<form>[^)\s]{1,80}))?\)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


_RUN = re.compile("`+")
_END_OF_CODE = re.compile(r"\n[ \t]*(?:\n|[-*+>|#]|\d+[.)]|`{3}|~{3})")
"""A code span ends with its paragraph, item, heading or row."""


@dataclass(frozen=True, slots=True)
class Link:
    """One fact link and its place in its text."""

    key: Key
    words: str
    """The link's text as Markdown; empty if the link prints the fact's value."""
    form: str
    """Name of the form in which to print the value; empty for the usual one."""
    start: int
    end: int


def find(text: str) -> Iterator[Link]:
    """Yield every fact link of a Markdown text, in order."""
    return iter(_found(str(text)))


@functools.lru_cache(maxsize=8192)
def _found(text: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            Key(match["key"]),
            match["words"] if any(map(_is_visible, match["words"])) else "",
            match["form"] or "",
            match.start(),
            match.end(),
        )
        for match, _ in _matches(text)
        if match["key"] is not None
    )


def _is_visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"


def keys(text: str) -> tuple[Key, ...]:
    """Return the keys of the facts that a text links, each once, in order."""
    return tuple(dict.fromkeys(link.key for link in find(text)))


def without_code(text: str) -> str:
    """Return the text with spaces instead of its code, so that places stay correct."""
    return _blanked(str(text)) if "`" in text or "~~~" in text else text


@functools.lru_cache(maxsize=8192)
def _blanked(text: str) -> str:
    parts, done = [], 0
    for match, end in _matches(text):
        if match["fence"] is not None or match["run"]:
            parts += [text[done : match.start()], re.sub(r"[^\n]", " ", text[match.start() : end])]
            done = end
    return "".join((*parts, text[done:]))


def with_code_as_words(text: str) -> str:
    """Return the text with spaces instead of the backticks of its code, which a brief prints as words."""
    return _unmarked(str(text)) if "`" in text or "~~~" in text else text


@functools.lru_cache(maxsize=8192)
def _unmarked(text: str) -> str:
    parts, done = [], 0
    for match, end in _matches(text):
        if match["fence"] is not None or match["run"]:
            parts += [text[done : match.start()], re.sub("[`~]", " ", text[match.start() : end])]
            done = end
    return "".join((*parts, text[done:]))


def _matches(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield code, escapes and links in order, each with its end; what only looks like code is left out."""
    runs: dict[int, list[int]] = {}
    breaks: list[int] = []
    place = 0
    while match := _LINK.search(text, place):
        place = match.end()
        if match["run"]:
            if not runs:
                for run in _RUN.finditer(text):
                    runs.setdefault(len(run.group()), []).append(run.start())
                breaks = [item.start() for item in _END_OF_CODE.finditer(text)]
            closing = _next(runs[len(match["run"])], place)
            if closing is None or closing > (_next(breaks, place) or closing):
                continue
            place = closing + len(match["run"])
        yield match, place


def _next(places: Sequence[int], place: int) -> int | None:
    """Return the first of some places, in order, from one on."""
    index = bisect.bisect_left(places, place)
    return places[index] if index < len(places) else None


def write(key: str, form: str = "", words: str = "") -> str:
    """Return a fact link; ``words`` is Markdown already."""
    return f"[{words}]({SCHEME}{key}{'#' + form if form else ''})"


def place_at(text: str, index: int, start: Place) -> Place:
    """Return the place of ``text[index]``, which is exact if the lines of the text are those of its file."""
    if isinstance(text, Placed) and (known := text.place_in_file(index)):
        return known
    if isinstance(text, Placed) and text.raw and text.raw != text:
        word = next(iter(text[index : index + 24].split()), "")
        earlier, text, index = text[:index].count(word) if word else 0, text.raw, -1
        for _ in range(earlier + 1):
            index = text.find(word, index + 1)
        index = max(index, 0)
    return start.at_index(text, index)


_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&]")
_ESCAPED = re.compile(r"\\([^\w\s]|_)")
_BLANK = re.compile(r"[\x00-\x20\x7f]+")
"""Characters that become one space; a no-break space stays."""
_AT_END = re.compile(r"(?<=\s)(#+)$")
"""Characters that Markdown would read as the end of a heading."""
_AT_START = re.compile(r"(?:[-+=#]|\d+[.)])")


def escape(text: str) -> str:
    """Return plain text as Markdown that prints exactly this text; line breaks become spaces."""
    flat = _BLANK.sub(" ", text).strip(" ")
    escaped = _SPECIAL.sub(lambda match: "\\" + match.group(), flat)
    escaped = _AT_END.sub(r"\\\1", escaped)
    if start := _AT_START.match(escaped):
        return escaped[: start.end() - 1] + "\\" + escaped[start.end() - 1 :]
    return escaped


def unescape(text: str) -> str:
    """Return the plain text of an escaped one."""
    return _ESCAPED.sub(r"\1", text)
