"""The blocks of a Markdown text, as the renderer reads them. The only module that imports markdown-it.

A block holds words itself: it is a paragraph, a heading, a row of a table, or code between fences. Lists and
quotations hold blocks. Every module that needs to know where a paragraph ends uses this one, so that checks,
recorded names and the printed page agree.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

__all__ = ["Block", "BlockKind", "Item", "MarkdownIt", "RendererHTML", "Token", "find", "parser", "passages"]

_LINE_BREAK = re.compile(r"\r\n?|\n")


class BlockKind(Enum):
    """The kinds of block."""

    TEXT = "text"
    """A paragraph, also one of a list or of a quotation."""
    HEADING = "heading"
    ROW = "row"
    """A row of a table, its head included."""
    CODE = "code"
    """Code between two fences, with the fences."""
    MARKUP = "markup"
    """Lines without words: a rule, the line below the head of a table, an empty item, the definition of a
    link's address."""


_KINDS = {
    "paragraph_open": BlockKind.TEXT,
    "heading_open": BlockKind.HEADING,
    "tr_open": BlockKind.ROW,
    "fence": BlockKind.CODE,
    "hr": BlockKind.MARKUP,
}
"""The tokens that open a block; all others contain blocks, or are part of one."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: where in the text the list and the item begin."""

    list_start: int
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """One block, with its place in the text."""

    kind: BlockKind
    start: int
    """Where its first line begins, including the markers of a list or quotation that it is part of."""
    end: int
    """Where its last line ends, without the line break."""
    words_start: int
    """Where its words begin, after the markers of its line."""
    words_end: int
    level: int = 0
    """The level of a heading, from 1 to 6; 0 for other blocks."""
    cells: tuple[str, ...] = ()
    """The cells of a row, each as Markdown."""
    items: tuple[Item, ...] = ()
    """The items that it is part of, the outermost first."""
    is_title: bool = False
    """Whether it is a heading of the text itself, not one within a list or quotation."""


def parser(marks: Sequence[str] = "“”‘’") -> MarkdownIt:
    """Return a parser with the settings under which every text is read and printed.

    ``marks`` are printed around a quotation and around one within it, where straight ones are written.
    """
    options = {"html": False, "typographer": True, "quotes": marks}
    made = MarkdownIt("commonmark", options).enable(["table", "smartquotes"])
    # A link in indented code could not be distinguished from one in a paragraph, so code needs fences.
    # Everybody who opens the page would fetch a picture, so a brief has none.
    return made.disable(["code", "image"])


def find(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text, in order: every line is part of a block or blank."""
    # A file ends with a line break and its printed text does not: stripped, both share one cache entry.
    return _find(text.rstrip("\n"))


@functools.lru_cache(maxsize=4096)
def _find(text: str) -> tuple[Block, ...]:
    text = text.replace("\x00", "\ufffd")  # as the parser does
    lines = _lines(text)
    found: list[Block] = []
    items: list[Item] = []
    line = 0
    tokens = _reader().parse(text)
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_close", "ordered_list_close"):
            items.pop()
        if token.map is None:
            continue
        first, last = token.map
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items.append(Item(lines[first][0], lines[first][0]))
        elif token.type == "list_item_open":
            items[-1] = Item(items[-1].list_start, lines[first][0])
        elif kind := _KINDS.get(token.type):
            found += _markup(text, lines[line:first])
            found.append(_block(kind, text, lines[first:last], tokens, index, tuple(items)))
            line = last
    found += _markup(text, lines[line:])
    return tuple(found)


def passages(text: str) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks of a text in groups separated by blank lines; each heading of the text is a group."""
    found: list[tuple[Block, ...]] = []
    for block in find(text):
        before = found[-1][-1] if found else None
        is_parted = before is None or len(_LINE_BREAK.findall(text, before.end, block.start)) > 1
        if before is None or is_parted or block.is_title or before.is_title:
            found.append((block,))
        else:
            found[-1] += (block,)
    return tuple(found)


# ----------------------------------------------------------------------------------------------- reading

_Span = tuple[int, int]


@functools.cache
def _reader() -> MarkdownIt:
    """Return a parser that reads only blocks and leaves the text within lines as it is."""
    made = parser()
    made.core.ruler.enableOnly(["normalize", "block"])
    return made


def _lines(text: str) -> list[_Span]:
    """Return where each line begins and ends, by the parser's own definition of a line."""
    breaks = [(0, 0), *(match.span() for match in _LINE_BREAK.finditer(text)), (len(text), len(text))]
    return [(before[1], after[0]) for before, after in itertools.pairwise(breaks)]


def _markup(text: str, lines: list[_Span]) -> Iterator[Block]:
    """Yield the lines of which the parser made no block, without the blank ones."""
    for is_blank, group in itertools.groupby(lines, lambda line: not text[slice(*line)].strip(" \t")):
        if not is_blank:
            spans = list(group)
            start, end = spans[0][0], spans[-1][1]
            yield Block(BlockKind.MARKUP, start, end, end, end)


def _block(
    kind: BlockKind, text: str, lines: list[_Span], tokens: list[Token], index: int, items: tuple[Item, ...]
) -> Block:
    token = tokens[index]
    while len(lines) > 1 and not text[slice(*lines[-1])].strip(" \t"):
        lines = lines[:-1]  # code without a closing fence continues to the end of the text
    level = int(token.tag[1]) if kind is BlockKind.HEADING else 0
    cells: tuple[str, ...] = ()
    if kind is BlockKind.ROW:
        row = itertools.takewhile(lambda part: part.type != "tr_close", tokens[index:])
        cells = tuple(part.content for part in row if part.type == "inline")
        words = _words_of_row(text, lines[0], cells)
    elif kind is BlockKind.HEADING and token.markup.startswith("#"):
        words = _words_of_title(text, lines[0], level, tokens[index + 1].content)
    elif kind in (BlockKind.TEXT, BlockKind.HEADING):
        # A heading without # has its rule on the last line.
        words = _words_of_lines(text, lines[:-1] if level else lines, tokens[index + 1].content)
    else:
        words = lines[-1][1], lines[-1][1]
    is_title = bool(level) and not token.level
    return Block(kind, lines[0][0], lines[-1][1], *words, level, cells, items, is_title)


def _words_of_lines(text: str, lines: list[_Span], content: str) -> _Span:
    """Return where the words of a paragraph are: its content runs from within its first line to its last."""
    first, last = content.partition("\n")[0], content.rpartition("\n")[2].lstrip(" \t")
    # A line of only non-breaking spaces is not part of the content.
    starts = (text.rfind(first, *line) for line in lines)
    ends = (text.rfind(last, *line) + len(last) for line in reversed(lines) if text.find(last, *line) >= 0)
    return next((start for start in starts if start >= 0), lines[0][0]), next(ends, lines[-1][1])


def _words_of_title(text: str, line: _Span, level: int, content: str) -> _Span:
    """Return where the words of a heading are: after its #, which is in no marker of a list or quotation."""
    start = text.find(content, text.index("#", *line) + level, line[1]) if content else line[1]
    return start, start + len(content)


def _words_of_row(text: str, line: _Span, cells: tuple[str, ...]) -> _Span:
    """Return where a row begins and ends: it begins at its first bar or, without one, at its first cell."""
    bar, cell = (text.find(part, *line) for part in ("|", cells[0]))
    start = cell if cells[0] and 0 <= cell < bar else max(bar, line[0])
    return start, line[0] + len(text[slice(*line)].rstrip())
