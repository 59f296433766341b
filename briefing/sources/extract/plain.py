"""Paragraphs of plain text. Lines wrapped to a width are joined, block by block; nothing else is changed."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Sequence

from briefing.model.counting import counted
from briefing.model.findings import SAVE_AS_UTF_8, UsageError
from briefing.sources import term_matching
from briefing.sources.extract.extracted import Extracted

NARROWEST_WRAP, WIDEST_WRAP = 30, 100
"""The widths, in characters, at which people or mail programs wrap lines."""
FEWEST_WRAPPED = 3
"""The least number of line ends, in one block or in all, that are not filled by chance."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ADDRESS = re.compile(r"\S+|\S*(?:://|@)\S+")
_OWN_LINE = re.compile(
    r"\s*(?:[-*•+]\s|\d{1,3}[.)]\s|[a-z][.)]\s|#{1,6}\s|\||>|={3,}|-{3,}|~{3}|`{3}|[\w-]{2,20}:\s)",
    re.IGNORECASE,
)
"""The begin of a line that is no part of a paragraph before it: an item, a heading, a row of a table."""


def read(data: bytes, name: str) -> Extracted:
    """Return the text of a plain file. Raises UsageError where it has neither UTF-8 nor a byte order mark."""
    text = decoded(data, name)
    joined = paragraphs(text)
    as_lines = term_matching.paragraphs(text)
    if joined == as_lines:
        is_as_it_is = text.encode() == data
        return Extracted(as_lines, data=data if is_as_it_is else b"")
    count = len(as_lines) - len(joined)
    ends = counted(count, "line end")
    remark = f"Its lines, wrapped at {_width(text)} characters, were joined into paragraphs ({ends})."
    return Extracted(joined, remarks=(remark,))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; a block whose lines are not wrapped has one a line."""
    blocks = [block.split("\n") for block in _blocks(text)]
    width = _width(text)
    runs = [run for block in blocks for run in _runs(block)]
    wrapped = [_is_wrapped(run, width) for run in runs]
    ends = sum(len(run) - 1 for run, is_wrapped in zip(runs, wrapped, strict=True) if is_wrapped)
    is_wrapped_text = width and ends >= FEWEST_WRAPPED
    found: list[str] = []
    for run, is_wrapped in zip(runs, wrapped, strict=True):
        found += [" ".join(line.strip() for line in run)] if is_wrapped and is_wrapped_text else run
    return term_matching.paragraphs("\n".join(found))


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


def _runs(block: Sequence[str]) -> list[list[str]]:
    """Return the lines of a block, divided where one begins something of its own, such as an item."""
    found: list[list[str]] = []
    for line in block:
        indented = bool(found) and re.match(r"\s{2,}\S", line) and not re.match(r"\s", found[-1][-1])
        is_own = _OWN_LINE.match(line) or (indented and not _OWN_LINE.match(found[-1][0]))
        if found and not is_own:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _width(text: str) -> int:
    """Return the width at which lines of a text may have been wrapped; 0 where none was.

    It is the longest line of more than one word that is followed by another in its block, so that an address
    somewhere in the text says nothing.
    """
    lengths = [
        len(line)
        for block in _blocks(text)
        for run in _runs(block.split("\n"))
        for line in run[:-1]
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
    is_filled = all(len(line) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairs)
    broken_off = [line for line, _ in pairs if not re.search(r"[.!?:][\"'”’»)]*$", line)]
    return is_filled and 2 * len(broken_off) >= len(pairs)
