"""Paragraphs of plain text. Lines wrapped to a width are joined, block by block; nothing else is changed."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model.counting import counted
from briefing.model.findings import SAVE_AS_UTF_8, UsageError
from briefing.sources import term_matching
from briefing.sources.extract import divided_words
from briefing.sources.extract.extracted import Extracted

NARROWEST_WRAP, WIDEST_WRAP = 30, 100
"""The widths, in characters, at which people or mail programs wrap lines."""
FEWEST_WRAPPED = 3
"""The least number of line ends, in one block or in all, that are not filled by chance."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ADDRESS = re.compile(r"\S+|\S*(?:://|@)\S+")
_QUOTE = re.compile(r"(?:>\s?)+")
"""What mail programs put before each line that they quote."""
_SENTENCE_END = re.compile(r"[.!?:][\"'”’»)]*$")
_OWN_LINE = re.compile(
    r"\s*(?:[-*•+]\s|\d{1,3}[.)]\s|[a-z][.)]\s|#{1,6}\s|\||>|={3,}|-{3,}|~{3}|`{3}|[\w-]{2,20}:\s)",
    re.IGNORECASE,
)
"""The begin of a line that is no part of a paragraph before it: an item, a heading, a row of a table."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines that are one paragraph, if they were wrapped."""

    lines: tuple[str, ...]
    quote: str = ""
    """What is before each of them in a text that quotes another."""

    @property
    def as_lines(self) -> list[str]:
        """The lines as they are."""
        return [f"{self.quote}{line}" for line in self.lines]


def read(data: bytes, name: str) -> Extracted:
    """Return the text of a plain file. Raises UsageError where it has neither UTF-8 nor a byte order mark."""
    text = decoded(data, name)
    found, undecided = _joined(text)
    as_lines = term_matching.paragraphs(text)
    if found == as_lines:
        is_as_it_is = text.encode() == data
        return Extracted(as_lines, data=data if is_as_it_is else b"")
    count = len(as_lines) - len(found)
    ends = counted(count, "line end")
    remark = f"Its lines, wrapped at {_width(text)} characters, were joined into paragraphs ({ends})."
    return Extracted(found, remarks=tuple(filter(None, (remark, divided_words.remark(undecided)))))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; a block whose lines are not wrapped has one a line."""
    return _joined(text)[0]


def _joined(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs of a text, and the divided words of which the hyphen is uncertain."""
    width = _width(text)
    runs = [
        part for block in _blocks(text) for run in _runs(block.split("\n")) for part in _at_ends(run, width)
    ]
    wrapped = [_is_wrapped(run.lines, width) for run in runs]
    ends = sum(len(run.lines) - 1 for run, is_wrapped in zip(runs, wrapped, strict=True) if is_wrapped)
    if not width or ends < FEWEST_WRAPPED:
        return term_matching.paragraphs(text), ()
    texts, undecided = divided_words.joined(
        [
            run.quote + "\n".join(line.strip() for line in run.lines)
            if is_wrapped
            else "\f".join(run.as_lines)
            for run, is_wrapped in zip(runs, wrapped, strict=True)
        ]
    )
    whole = "\n".join(text.replace("\n", " ").replace("\f", "\n") for text in texts)
    return term_matching.paragraphs(whole), undecided


def decoded(data: bytes, name: str) -> str:
    """Return bytes as text, by their byte order mark or else as UTF-8."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8; {SAVE_AS_UTF_8}") from error


def _blocks(text: str) -> list[str]:
    """Return the blocks of text between blank lines."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return [block for block in re.split(r"\n{2,}", lines.strip("\n")) if block.strip()]


def _runs(block: Sequence[str]) -> list[_Run]:
    """Return the lines of a block, divided where one begins something of its own, such as an item."""
    found: list[tuple[str, list[str]]] = []
    for raw in block:
        match = _QUOTE.match(raw)
        quote = match[0] if match else ""
        line = raw.removeprefix(quote)
        before = found[-1][1] if found and found[-1][0] == quote else None
        indented = (
            bool(before) and re.match(r"\s{2,}\S", line) and not re.match(r"\s", before[-1] if before else "")
        )
        is_own = _OWN_LINE.match(line) or (indented and not _OWN_LINE.match(before[0] if before else ""))
        if before and line and not is_own:
            before.append(line)
        else:
            found.append((quote, [line]))
    return [_Run(tuple(lines), quote) for quote, lines in found]


def _at_ends(run: _Run, width: int) -> list[_Run]:
    """Return a run divided at the few lines that end early, each with the end of a sentence."""
    pairs = list(itertools.pairwise(run.lines))
    odd = [at for at, (line, after) in enumerate(pairs, 1) if not _is_filled(line, after, width)]
    if not odd or 3 * len(odd) > len(pairs) or not all(_SENTENCE_END.search(run.lines[at - 1]) for at in odd):
        return [run]
    return [
        _Run(run.lines[first:end], run.quote) for first, end in itertools.pairwise([0, *odd, len(run.lines)])
    ]


def _is_filled(line: str, after: str, width: int) -> bool:
    """Return whether the first word of the next line would not have fitted into a line."""
    return len(line) + 1 + len((after.split(maxsplit=1) or [""])[0]) > width


def _width(text: str) -> int:
    """Return the width at which lines of a text may have been wrapped; 0 where none was.

    It is the longest line of more than one word that is followed by another in its block, so that an address
    somewhere in the text says nothing.
    """
    lengths = [
        len(line)
        for block in _blocks(text)
        for run in _runs(block.split("\n"))
        for line in run.lines[:-1]
        if not _ADDRESS.fullmatch(line.strip())
    ]
    return max(lengths, default=0) if NARROWEST_WRAP <= max(lengths, default=0) <= WIDEST_WRAP else 0


def _is_wrapped(run: Sequence[str], width: int) -> bool:
    """Return whether the lines of a block were wrapped.

    In wrapped text the first word of a line would not have fitted into the line before it, and most lines end
    within a sentence. The first condition has to hold for every line, so that a list or a poem is left alone;
    and lines of one word each are no text.
    """
    pairs = list(itertools.pairwise(run))
    if not pairs or sum(len(line.split()) > 2 for line in run) < 0.8 * len(run) - 1:
        return False
    is_filled = all(_is_filled(line, after, width) for line, after in pairs)
    broken_off = [line for line, _ in pairs if not _SENTENCE_END.search(line)]
    return is_filled and 2 * len(broken_off) >= len(pairs)
