"""Paragraphs of plain text. Lines wrapped to a width are joined; nothing else is changed."""

from __future__ import annotations

import codecs
import itertools
import re

from briefing.model.findings import SAVE_AS_UTF_8, UsageError
from briefing.sources import term_matching
from briefing.sources.extract.extracted import Extracted

NARROWEST_WRAP, WIDEST_WRAP = 30, 100
"""The widths, in characters, at which people or mail programs wrap lines."""
FEWEST_WRAPPED = 3
"""The least number of lines that are not filled by chance."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(data: bytes, name: str) -> Extracted:
    """Return the text of a plain file. Raises UsageError where it has neither UTF-8 nor a byte order mark."""
    text = decoded(data, name)
    wrapped_at = _width_of_wrap(text)
    if not wrapped_at:
        is_as_it_is = text.encode() == data
        return Extracted(term_matching.paragraphs(text), data=data if is_as_it_is else b"")
    blocks = (block.split("\n") for block in _blocks(text))
    paragraphs = tuple(" ".join(line.strip() for line in block) for block in blocks)
    remark = f"Its lines, wrapped at {wrapped_at} characters, were joined into paragraphs."
    return Extracted(paragraphs, remarks=(remark,))


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


def _width_of_wrap(text: str) -> int:
    """Return the width at which the lines of a text were wrapped; 0 where they were not.

    In wrapped text the first word of a line would not have fitted into the line before it, and most lines end
    within a sentence. The first condition has to hold for every line, so that a list or a poem is left alone.
    """
    blocks = [block.split("\n") for block in _blocks(text)]
    width = max((len(line) for block in blocks for line in block), default=0)
    pairs = [(line, after) for block in blocks for line, after in itertools.pairwise(block)]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP or len(pairs) < FEWEST_WRAPPED:
        return 0
    is_filled = all(len(line) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairs)
    broken_off = [line for line, _ in pairs if not re.search(r"[.!?:][\"'”’»)]*$", line)]
    return width if is_filled and 2 * len(broken_off) > len(pairs) else 0
