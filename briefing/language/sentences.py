"""Prose split into sentences, with the facts that each cites. The only module that imports sentencex.

A sentence is plain text: links are reduced to their words, and emphasis is removed. Where a link prints a
fact's value, the sentence has that value in a plain form, so that checks can read the words around it.
"""

from __future__ import annotations

import bisect
import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
LONGEST = 2_000
"""The most characters of a sentence. A longer one is read in parts, for words are held to one another."""
_NOTHING = "_"
"""The text of a link that cannot be printed; it neither ends a sentence nor makes it a question."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A fact link within a sentence."""

    fact: Key
    start: int
    end: int
    words: str
    """The words of the link as plain text; empty where the link prints the fact."""
    form: str

    @property
    def is_printed(self) -> bool:
        """Whether the link has no words of its own and prints the fact."""
        return not self.words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text."""

    text: str
    cited: tuple[Cited, ...]
    origins: tuple[int, ...]
    """For each character, its place in the original text."""
    paragraph: str
    """The paragraph that it is part of, as plain text."""
    start: int
    """Where it begins in that paragraph."""
    lead: str = ""
    """The sentence that introduces the list that it is part of, as plain text; empty elsewhere."""

    @property
    def before(self) -> str:
        """The introduction of its list and the sentences before it in its paragraph, as plain text."""
        return f"{self.lead} {self.paragraph[: self.start]}".lstrip()

    @property
    def after(self) -> str:
        """The sentences behind it in its paragraph, as plain text."""
        return self.paragraph[self.start + len(self.text) :].lstrip()

    def touched(self, start: int, end: int) -> Sequence[Cited]:
        """Return the links that a part of the sentence touches."""
        first = bisect.bisect_right(self.cited, start, key=lambda item: item.end)
        return self.cited[first : bisect.bisect_left(self.cited, end, key=lambda item: item.start)]

    def within(self, start: int, end: int) -> Cited | None:
        """Return the first link that a part of the sentence touches, if any."""
        return next(iter(self.touched(start, end)), None)


def split(
    text: str, language: str, facts: Mapping[str, Fact], *, has_code: bool = False
) -> Iterator[Sentence]:
    """Yield the sentences of a Markdown text, in order; with ``has_code`` also what it prints as code."""
    return iter(_split(str(text), language, _with_words(text, language, facts), has_code))


@functools.lru_cache(maxsize=16384)
def _split(
    text: str, language: str, found: Sequence[tuple[fact_links.Link, str]], has_code: bool
) -> tuple[Sentence, ...]:
    written = fact_links.with_code_as_words(text) if has_code else fact_links.without_code(text)
    every: list[Sentence] = []
    lead = ""
    for block in markdown_blocks.find(text):
        if block.kind is BlockKind.MARKUP or (block.kind is BlockKind.CODE and not has_code):
            continue
        start, end = block.words_start, block.words_end
        if block.kind is BlockKind.CODE:
            start, end = block.start, block.end
        first, last = (
            bisect.bisect_left(found, index, key=lambda item: item[0].start) for index in (start, end)
        )
        plain = _plain(written, start, end, found[first:last])
        lead = lead if block.items else ""
        said = list(_of_block(plain, language, lead))
        every += said
        if said and not block.items and said[-1].text.endswith(":"):
            lead = said[-1].text
    return tuple(every)


_OPENING = frozenset("*_“\"‘'([")
"""What may be between the beginning of a sentence and its first word, beside spaces and markers of lines."""
_MARKER = re.compile(r"[ \t]*(?:[-+]|\d{1,9}[.)]|#{1,6}|>)")
"""A marker at the beginning of a line: of an item, a heading or a quotation."""


def begins_sentence(text: str, index: int, language: str) -> bool:
    """Return whether a sentence begins at a place in a Markdown text; the cell of a table is no sentence."""
    before = re.split(r"\n[ \t]*\n", text[:index])[-1]
    if before.rpartition("\n")[2].lstrip().startswith("|"):
        return False
    before = before[: _end_of_words(before)]
    if not before.strip():
        return True
    if not re.search(r"[.!?…][”’\"')*_]*$", before):
        return False
    said = _plain(fact_links.without_code(before), 0, len(before), _with_words(before, language, {}))
    return len(_boundaries(language.partition("-")[0], f"{said.text.strip()} so it goes.")) > len(
        _boundaries(language.partition("-")[0], said.text.strip())
    )


def _end_of_words(text: str) -> int:
    """Return where the last word of a text ends, with its marks, before what opens a sentence."""
    end = len(text)
    while True:
        while end and (text[end - 1] in _OPENING or text[end - 1].isspace()):
            end -= 1
        line = text.rfind("\n", 0, end) + 1
        if not text[end : end + 1].isspace() or not _MARKER.fullmatch(text, line, end):
            return end
        end = line


def plain(text: str, language: str, facts: Mapping[str, Fact]) -> str:
    """Return a whole Markdown text, such as a cell or a line, as plain text."""
    return _plain(text, 0, len(text), _with_words(text, language, facts)).text.strip()


@dataclass(slots=True)
class _Plain:
    """A block as plain text, with its fact links and the origin of each character."""

    text: str
    origins: list[int]
    cited: list[Cited]


def _with_words(
    text: str, language: str, facts: Mapping[str, Fact]
) -> tuple[tuple[fact_links.Link, str], ...]:
    """Return the fact links of a text, each with the words that it prints if it has none of its own."""
    return tuple((link, _printed(facts.get(link.key), link, language)) for link in fact_links.find(text))


def _plain(written: str, start: int, end: int, found: Iterable[tuple[fact_links.Link, str]]) -> _Plain:
    plain = _Plain("", [], [])
    position = start
    for link, printed in found:
        _copy(written, position, link.start, plain)
        before = len(plain.text)
        if link.words:
            _copy(written, link.start + 1, link.start + 1 + len(link.words), plain)
        else:
            plain.text += printed
            plain.origins += [link.start] * len(printed)
        words = plain.text[before:] if link.words else ""
        plain.cited.append(Cited(link.key, before, len(plain.text), words, link.form))
        position = link.end
    _copy(written, position, end, plain)
    return plain


def _copy(written: str, start: int, end: int, plain: _Plain) -> None:
    """Copy a stretch of Markdown without its markup."""
    position = start
    for match in _MARK.finditer(written, start, end):
        _append(written, position, match.start(), plain)
        if match["link"]:
            _copy(written, *match.span("words"), plain)
        elif match["escape"]:
            _append(written, *match.span("character"), plain)
        elif match["reference"]:
            character = html.unescape(match.group())
            plain.text += character
            plain.origins += [match.start()] * len(character)
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
    starts = [item.start for item in plain.cited]
    ends = [
        end
        for end in _boundaries(language.partition("-")[0], plain.text)
        if not _is_in_any_link(plain, end, starts)
    ]
    # No sentence ends within a word, such as the name of a site: a space or the end of the text must follow.
    ends = [end for end in ends if re.search(r"\s", plain.text[end - 1 : end + 1]) or end >= len(plain.text)]
    if ends and ends[-1] < len(plain.text):
        ends[-1] = len(plain.text)
    for end in ends:
        position += len(plain.text[position:end]) - len(plain.text[position:end].lstrip())
        text = plain.text[position:end].rstrip()
        if text:
            first = bisect.bisect_left(starts, position)
            # A link that prints nothing may follow the full stop.
            last = len(starts) if end == len(plain.text) else bisect.bisect_left(starts, end)
            cited = tuple(
                Cited(
                    item.fact,
                    min(item.start - position, len(text)),
                    min(item.end - position, len(text)),
                    item.words,
                    item.form,
                )
                for item in plain.cited[first:last]
            )
            origins = tuple(plain.origins[position : position + len(text)])
            yield Sentence(text, cited, origins, plain.text, position, lead)
        position = end


def of_plain(text: str, language: str) -> list[str]:
    """Return the sentences of a plain text, each on one line."""
    line = " ".join(text.split())
    ends = _boundaries(language.partition("-")[0], line) if line else ()
    found = (line[start:end].strip() for start, end in zip((0, *ends), ends, strict=False))
    return [sentence for sentence in found if sentence]


def ends(text: str, language: str) -> tuple[int, ...]:
    """Return where the sentences of a plain text end."""
    return _boundaries(language.partition("-")[0], text) if text else ()


@functools.lru_cache(maxsize=65536)
def _boundaries(language: str, text: str) -> tuple[int, ...]:
    """Return where the sentences of a plain text end, by the library's rules for its language."""
    found = tuple(item["end_index"] for item in sentencex.get_sentence_boundaries(language, text))
    return found if len(text) <= LONGEST else tuple(_divided(text, found))


def _divided(text: str, ends: Iterable[int]) -> Iterator[int]:
    """Yield the ends of sentences, and of the parts of those that are too long, which end before a word."""
    start = 0
    for end in ends:
        while end - start > LONGEST:
            cut = text.rfind(" ", start, start + LONGEST) + 1 or text.find(" ", start + LONGEST, end) + 1
            if not cut:
                break
            yield cut
            start = cut
        yield end
        start = end


def _is_in_any_link(plain: _Plain, end: int, starts: Sequence[int]) -> bool:
    """Return whether a sentence would end within a link or after one; only the nearest can be those."""
    for index in range(bisect.bisect_left(starts, end) - 1, -1, -1):
        cited = plain.cited[index]
        if _is_in_link(plain.text, end, cited):
            return True
        if cited.end > end or plain.text[cited.end : end].strip():
            return False
    return False


def _is_in_link(text: str, end: int, cited: Cited) -> bool:
    """Return whether a sentence would end within a link, or after it where the text goes on in lower case."""
    is_behind = cited.start < cited.end <= end and not text[cited.end : end].strip()
    return cited.start < end < cited.end or (is_behind and text[end:].lstrip()[:1].islower())


def _printed(fact: Fact | None, link: fact_links.Link, language: str) -> str:
    """Return the words that a link prints by itself; empty if it has words of its own."""
    if link.words:
        return ""
    own = wording.for_reading(language)
    words = own.fact(fact, link.form) if fact and own.is_form(fact, link.form) else None
    return _NOTHING if words is None else words


def index_at(sentence: Sentence, index: int) -> int:
    """Return the place of a character of a sentence in the original text."""
    return sentence.origins[min(index, len(sentence.origins) - 1)] if sentence.origins else 0


def same_words(one: str, other: str) -> bool:
    """Return whether two texts differ only in spaces, punctuation and case."""
    return one == other or words(one) == words(other)


def words(text: str) -> list[str]:
    """Return the words of a text without punctuation and case; symbols such as % and € are words."""
    return _WORD.findall(text.casefold())
