"""Prose cut into sentences, with the facts that each cites. The only door to sentencex.

A sentence is plain text: links are their words, marks of emphasis are gone. Where a link prints a fact's
value the sentence holds that value in a plain form, so that what is said around it can be read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import sentencex

from briefing import links
from briefing.model import Bound, Date, Fact, Key, Label, Money, Quantity

_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>|]|\d+[.)]|#)[ \t])")
_MARK = re.compile(
    r"""
      (?P<link>(?<!!)\[(?P<words>(?:\\.|[^\[\]\\])*)\]\([^)\s]{0,2000}(?:\s{1,9}"[^"\n]{0,500}")?\))
    | (?P<address><[a-z]{1,20}:[^>\s]{0,2000}>)
    | (?P<escape>\\(?P<character>[!-/:-@\[-`{-~]))
    | (?P<emphasis>\*+|(?<!\w)_+|_+(?!\w))
    | (?P<lead>^[ \t]*(?:\#{1,6}|[-*+>]|\d+[.)])[ \t]+)
    | (?P<break>(?:(?<![ \t])[ \t]++)?\n[ \t]*)
    """,
    re.VERBOSE | re.MULTILINE,
)

_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|«[^»]{0,2000}»|(?<!\w)‘[^’]{0,2000}’(?!\w)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A fact link within a sentence."""

    fact: Key
    start: int
    end: int
    words: str
    """The words of the link, plain; empty where the fact is printed."""
    form: str

    @property
    def is_printed(self) -> bool:
        """Whether the fact itself gives the words."""
        return not self.words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text."""

    text: str
    cited: tuple[Cited, ...]
    origins: tuple[int, ...]
    """For each character, where it stands in the text that was cut."""
    paragraph: str
    """All of the paragraph that it is part of, plain."""
    start: int
    """Where in that it begins."""

    @property
    def before(self) -> str:
        """The sentences before it in its paragraph, plain."""
        return self.paragraph[: self.start]

    def within(self, start: int, end: int) -> Cited | None:
        """The link that a part of the sentence touches, if any."""
        return next((item for item in self.cited if item.start < end and start < item.end), None)


def split(text: str, language: str, facts: Mapping[str, Fact]) -> Iterator[Sentence]:
    """The sentences of a Markdown text, in order."""
    written = links.without_code(text)
    found = {link.start: link for link in links.find(text)}
    position = 0
    for block in [*_BLOCK.finditer(written), None]:
        end = block.start() if block else len(written)
        yield from _of_block(_plain(written, position, end, found, facts), language)
        position = end


@dataclass(slots=True)
class _Plain:
    """A block as plain text, with what it cites and where each character comes from."""

    text: str
    origins: list[int]
    cited: list[Cited]


def _plain(
    written: str, start: int, end: int, found: Mapping[int, links.Link], facts: Mapping[str, Fact]
) -> _Plain:
    plain = _Plain("", [], [])
    starts = sorted(index for index in found if start <= index < end)
    position = start
    for index in [*starts, end]:
        _copy(written, position, index, plain)
        if index == end:
            break
        link = found[index]
        before = len(plain.text)
        if link.words:
            _copy(written, link.start + 1, link.start + 1 + len(link.words), plain)
        else:
            words = _printed(facts.get(link.key), link.form)
            plain.text += words
            plain.origins += [link.start] * len(words)
        words = plain.text[before:] if link.words else ""
        plain.cited.append(Cited(link.key, before, len(plain.text), words, link.form))
        position = link.end
    return plain


def _copy(written: str, start: int, end: int, plain: _Plain) -> None:
    """Copy a stretch of Markdown without its marks."""
    position = start
    for match in _MARK.finditer(written, start, end):
        _append(written, position, match.start(), plain)
        if match["link"]:
            _copy(written, *match.span("words"), plain)
        elif match["escape"]:
            _append(written, *match.span("character"), plain)
        elif match["break"]:
            plain.text += " "
            plain.origins.append(match.start())
        position = match.end()
    _append(written, position, end, plain)


def _append(written: str, start: int, end: int, plain: _Plain) -> None:
    plain.text += written[start:end]
    plain.origins += range(start, end)


def _of_block(plain: _Plain, language: str) -> Iterator[Sentence]:
    position = 0
    ends = [
        item["end_index"]
        for item in sentencex.get_sentence_boundaries(language.partition("-")[0], plain.text)
    ]
    # No sentence ends within the words of a link.
    ends = [end for end in ends if not any(item.start < end < item.end for item in plain.cited)]
    # Nor within a word, such as the name of a site: a blank has to be there, or the end of the text.
    ends = [end for end in ends if re.search(r"\s", plain.text[end - 1 : end + 1]) or end >= len(plain.text)]
    if ends and ends[-1] < len(plain.text):
        ends[-1] = len(plain.text)
    for end in ends:
        position += len(plain.text[position:end]) - len(plain.text[position:end].lstrip())
        text = plain.text[position:end]
        if text:
            cited = tuple(
                Cited(item.fact, item.start - position, item.end - position, item.words, item.form)
                for item in plain.cited
                if position <= item.start < end
            )
            text = text.rstrip()
            origins = tuple(plain.origins[position : position + len(text)])
            yield Sentence(text, cited, origins, plain.text, position)
        position = end


def _printed(fact: Fact | None, form: str) -> str:
    """About what a link prints: exact enough to read the sentence, not to be set in type."""
    if fact is None:
        return "?"
    by_form: Mapping[str, Callable[[], str]] = {
        "date": lambda: _date(fact.date) if fact.date else "?",
        "status": lambda: fact.status.value if fact.status else "?",
        "statement": lambda: fact.statement,
        "speaker": lambda: ", ".join(fact.said_by).replace("-", " ").title(),
        "mark": lambda: "",
    }
    return by_form[form]() if form in by_form else _value(fact, form)


def _value(fact: Fact, form: str) -> str:
    value = fact.value
    if isinstance(value, Date):
        return _date(value)
    if isinstance(value, Label):
        return value.text
    if not isinstance(value, Quantity | Money):
        return "?"
    amount = f"{value.amount:,}" if value.upper is None else f"{value.amount:,} and {value.upper:,}"
    bound = "" if value.bound is Bound.EXACTLY or form == "number" else f"{value.bound.value} "
    if isinstance(value, Money):
        return f"{bound}{value.currency} {amount}"
    return f"{bound}{amount}" if form in ("number", "short") else f"{bound}{amount} {value.unit}"


def _date(date: Date) -> str:
    return date.edtf.replace("../", "by ").replace("/..", " on")


def index_at(sentence: Sentence, index: int) -> int:
    """Where a character of a sentence stands in the text that was cut."""
    return sentence.origins[min(index, len(sentence.origins) - 1)] if sentence.origins else 0


@functools.lru_cache(maxsize=4096)
def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotations begin and end."""
    return tuple(match.span() for match in _QUOTED.finditer(text))
