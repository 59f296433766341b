"""Portion marks: the marking of a part of a text, written where the part begins.

``(TLP:AMBER)`` before the first word marks a paragraph, a list or a quotation as a whole. In a heading it
marks everything down to the next heading that is not below it. A part is never divided, because its
sentences, rows or items depend on one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.language import markdown_blocks
from briefing.language.markdown_blocks import Block, BlockKind
from briefing.model import fact_links
from briefing.model.scales import Marking
from briefing.model.values import Key, Placed

_MARK = re.compile(rf"\(TLP:({'|'.join(re.escape(item.value) for item in Marking)})\)(?=\s)")
_LIKE_A_MARK = re.compile(r"\(\s*TLP\s*:[^()\n]*\)", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a text that is seen or left out as a whole: a heading, a paragraph, a list or a table."""

    start: int
    end: int
    """Where the next part begins."""
    level: int
    """The level of a heading; 0 for other parts."""
    marking: Marking
    """The strictest of its own mark and those of the headings above it; CLEAR without any."""
    keys: tuple[Key, ...]
    """The facts that it links."""


def portions(text: str) -> tuple[Portion, ...]:
    """Return the parts of a text, in order; together they are the text without what is before the first."""
    groups = list(_groups(text))
    ends = [*(group[0].start for group in groups), len(text)][1:]
    found: list[Portion] = []
    above: list[tuple[int, Marking]] = []
    for group, end in zip(groups, ends, strict=True):
        first = group[0]
        level = first.level if first.is_title else 0
        if level:
            above = [item for item in above if item[0] < level]
        marking = max((own_mark(text, first), *(mark for _, mark in above)))
        if level:
            above.append((level, marking))
        keys = fact_links.keys(text[first.start : end])
        found.append(Portion(first.start, end, level, marking, keys))
    return tuple(found)


def _groups(text: str) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of each part: those between blank lines, and all of a list together."""
    open_: tuple[Block, ...] = ()
    for group in markdown_blocks.passages(text):
        first, last = group[0], open_[-1] if open_ else None
        lists = [block.items[0].list_start if block and block.items else -1 for block in (first, last)]
        if last and lists[0] >= 0 and lists[0] == lists[1]:
            open_ += group
            continue
        if open_:
            yield open_
        open_ = group
    if open_:
        yield open_


def own_mark(text: str, first: Block) -> Marking:
    """Return the mark with which a part begins; CLEAR if it has none. ``first`` is its first block."""
    is_words = first.kind in (BlockKind.TEXT, BlockKind.HEADING)
    found = _MARK.match(text, first.words_start) if is_words else None
    return Marking(found[1]) if found else Marking.CLEAR


def seen(text: str, is_seen: Callable[[Portion], bool]) -> str:
    """Return the parts of a text that are seen, as if the author had deleted the others.

    A heading is left out with the last of the parts below it.
    """
    parts = portions(text)
    kept = [is_seen(part) for part in parts]
    for number in range(len(parts) - 1, -1, -1):
        below = list(_below(parts, number))
        if parts[number].level and below and not any(kept[index] for index in below):
            kept[number] = False
    if all(kept):
        return text
    written, pieces = text[: parts[0].start], [(0, 0)]
    for part, is_kept in zip(parts, kept, strict=True):
        if is_kept:
            pieces.append((len(written), part.start))
            written += text[part.start : part.end]
    if not kept[-1]:
        written = written.rstrip() + text[len(text.rstrip()) :] if any(kept) else ""
    return text.cut(written, tuple(pieces)) if isinstance(text, Placed) else written


def _below(parts: tuple[Portion, ...], number: int) -> Iterator[int]:
    for index in range(number + 1, len(parts)):
        if parts[index].level and parts[index].level <= parts[number].level:
            return
        yield index


def misplaced(text: str) -> Iterator[tuple[int, str]]:
    """Yield what looks like a mark and marks nothing, with its place in the text."""
    firsts = {group[0].words_start for group in _groups(text)}
    code = [(block.start, block.end) for block in markdown_blocks.find(text) if block.kind is BlockKind.CODE]
    code += [match.span() for match in _CODE.finditer(text)]
    for start, words in like_marks(text):
        is_mark = start in firsts and _MARK.match(text, start)
        if not is_mark and not any(first <= start < end for first, end in code):
            yield start, words


def like_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield whatever looks like a mark, with its place in the text."""
    yield from ((match.start(), match.group()) for match in _LIKE_A_MARK.finditer(text))
