"""Prose cut into sentences, with the facts that each cites. The only door to sentencex.

A sentence is plain text: links are their words, marks of emphasis are gone. Where a link prints a fact's
value the sentence holds that value in a plain form, so that what is said around it can be read.
"""

from __future__ import annotations

import bisect
import functools
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sentencex

from briefing.language import markdown_blocks, wording
from briefing.language.markdown_blocks import BlockKind
from briefing.model import fact_links
from briefing.model.facts import Fact
from briefing.model.values import Key

_MARK = re.compile(
    r"""
      (?P<link>(?<!!)\[(?P<words>(?:\\.|[^\[\]\\])*)\]\([^)\s]{0,2000}(?:\s{1,9}"[^"\n]{0,500}")?\))
    | (?P<address><[a-z]{1,20}:[^>\s]{0,2000}>)
    | (?P<escape>\\(?P<character>[!-/:-@\[-`{-~]))
    | (?P<reference>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<unseen>[\u00ad\u200b\u2060\ufeff])
    | (?P<emphasis>\*+|(?<!\w)_+|_+(?!\w))
    | (?P<break>(?:(?<![ \t])[ \t]++)?\n[ \t]*(?:>[ \t]*)*)
    """,
    re.VERBOSE,
)

_WORD = re.compile(r"[^\W_]+|[%€$£₴]")
_NOTHING = "_"
"""Stands for what a link cannot print; no sentence ends with it, and none is a question by it."""


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
    lead: str = ""
    """What introduces the list that it is part of, plain; empty elsewhere."""

    @property
    def before(self) -> str:
        """What introduces its list, and the sentences before it in its paragraph, plain."""
        return f"{self.lead} {self.paragraph[: self.start]}".lstrip()

    def within(self, start: int, end: int) -> Cited | None:
        """The link that a part of the sentence touches, if any."""
        return next((item for item in self.cited if item.start < end and start < item.end), None)


def split(text: str, language: str, facts: Mapping[str, Fact]) -> Iterator[Sentence]:
    """The sentences of a Markdown text, in order."""
    written = fact_links.without_code(text)
    found = list(fact_links.find(text))
    lead = ""
    for block in markdown_blocks.find(text):
        if block.kind in (BlockKind.CODE, BlockKind.SIGNS):
            continue
        start, end = block.words_start, block.words_end
        first, last = (
            bisect.bisect_left(found, index, key=lambda link: link.start) for index in (start, end)
        )
        plain = _plain(written, start, end, found[first:last], language, facts)
        lead = lead if block.items else ""
        said = list(_of_block(plain, language, lead))
        yield from said
        if said and not block.items and said[-1].text.endswith(":"):
            lead = said[-1].text


def plain(text: str, language: str, facts: Mapping[str, Fact]) -> str:
    """A Markdown text as plain text, whole: for cells and lines that nobody has to cut."""
    return _plain(text, 0, len(text), list(fact_links.find(text)), language, facts).text.strip()


@dataclass(slots=True)
class _Plain:
    """A block as plain text, with what it cites and where each character comes from."""

    text: str
    origins: list[int]
    cited: list[Cited]


def _plain(
    written: str,
    start: int,
    end: int,
    found: Sequence[fact_links.Link],
    language: str,
    facts: Mapping[str, Fact],
) -> _Plain:
    plain = _Plain("", [], [])
    position = start
    for link in found:
        _copy(written, position, link.start, plain)
        before = len(plain.text)
        if link.words:
            _copy(written, link.start + 1, link.start + 1 + len(link.words), plain)
        else:
            words = _printed(facts.get(link.key), link.form, language)
            plain.text += words
            plain.origins += [link.start] * len(words)
        words = plain.text[before:] if link.words else ""
        plain.cited.append(Cited(link.key, before, len(plain.text), words, link.form))
        position = link.end
    _copy(written, position, end, plain)
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
        elif match["reference"]:
            sign = html.unescape(match.group())
            plain.text += sign
            plain.origins += [match.start()] * len(sign)
        elif match["break"]:
            plain.text += " "
            plain.origins.append(match.start())
        position = match.end()
    _append(written, position, end, plain)


def _append(written: str, start: int, end: int, plain: _Plain) -> None:
    plain.text += written[start:end]
    plain.origins += range(start, end)


def _of_block(plain: _Plain, language: str, lead: str) -> Iterator[Sentence]:
    position = 0
    ends = [
        end
        for end in _boundaries(language.partition("-")[0], plain.text)
        if not any(_is_in_link(plain.text, end, item) for item in plain.cited)
    ]
    # Nor within a word, such as the name of a site: a blank has to be there, or the end of the text.
    ends = [end for end in ends if re.search(r"\s", plain.text[end - 1 : end + 1]) or end >= len(plain.text)]
    if ends and ends[-1] < len(plain.text):
        ends[-1] = len(plain.text)
    for end in ends:
        position += len(plain.text[position:end]) - len(plain.text[position:end].lstrip())
        text = plain.text[position:end].rstrip()
        if text:
            cited = tuple(
                Cited(
                    item.fact,
                    min(item.start - position, len(text)),
                    min(item.end - position, len(text)),
                    item.words,
                    item.form,
                )
                for item in plain.cited
                # One that prints nothing may stand behind the full stop.
                if position <= item.start < end or item.start == end == len(plain.text)
            )
            origins = tuple(plain.origins[position : position + len(text)])
            yield Sentence(text, cited, origins, plain.text, position, lead)
        position = end


@functools.lru_cache(maxsize=65536)
def _boundaries(language: str, text: str) -> tuple[int, ...]:
    """Where the sentences of a plain text end, by the library's rules for its language."""
    return tuple(item["end_index"] for item in sentencex.get_sentence_boundaries(language, text))


def _is_in_link(text: str, end: int, cited: Cited) -> bool:
    """Whether a sentence would end within the words of a link, or with them where it goes on behind it."""
    is_behind = cited.start < cited.end <= end and not text[cited.end : end].strip()
    return cited.start < end < cited.end or (is_behind and text[end:].lstrip()[:1].islower())


def _printed(fact: Fact | None, form: str, language: str) -> str:
    """What a link without words prints."""
    words = wording.for_reading(language).fact(fact, form) if fact and form in wording.FORMS else None
    return _NOTHING if words is None else words


def index_at(sentence: Sentence, index: int) -> int:
    """Where a character of a sentence stands in the text that was cut."""
    return sentence.origins[min(index, len(sentence.origins) - 1)] if sentence.origins else 0


def same_words(one: str, other: str) -> bool:
    """Return whether two texts differ in nothing but spaces, signs and the size of letters."""
    return one == other or words(one) == words(other)


def words(text: str) -> list[str]:
    """Return the words of a text without regard to signs and case; signs of measures are words."""
    return _WORD.findall(text.casefold())
