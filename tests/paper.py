"""What stands on the pages of a PDF, read back: lines of text with their places and what they are part of.

The lines come from the drawn page and their parts from the structure tree, so that a paragraph is known again
where it goes on after a page break. What the tree does not know is an artifact: running and repeated heads.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw

from tests.conftest import pictures

_BLOCKS = {
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "P",
    "LBody",
    "TD",
    "TH",
    "Note",
    "Caption",
    "Code",
    "BlockQuote",
}
HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
RUNNING = 52.0
"""Running heads and feet stand within so many points of the edge of the sheet."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item, cell, note or figure."""

    order: int
    """Its place in the order of reading."""
    kind: str
    row: int = -1
    """The row of a table of which it is a cell."""
    table: int = -1


ARTIFACT = Block(-1, "Artifact")


@dataclass(frozen=True)
class Line:
    """A line of a block, by the ink of its letters, in points from the upper left corner of the sheet."""

    page: int
    block: Block
    left: float
    top: float
    right: float
    bottom: float
    text: str
    size: float = 0.0
    """The size of its largest letters, in points."""

    def meets(self, other: Line) -> bool:
        """Whether both cover one another by more than a hair."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 1
        )


@dataclass(frozen=True)
class Paper:
    """A PDF, read back."""

    sizes: tuple[tuple[float, float], ...]
    lines: tuple[Line, ...]
    calls: Mapping[str, int]
    """The number of a note -> the page that first has it in the text."""

    def running(self, page: int) -> list[Line]:
        """The running head and foot of a page."""
        height = self.sizes[page][1]
        return [
            line for line in self.on(page, ARTIFACT) if line.top < RUNNING or line.bottom > height - RUNNING
        ]

    def on(self, page: int, block: Block | None = None) -> list[Line]:
        """The lines of a page, all or those of a block."""
        return [line for line in self.lines if line.page == page and block in (None, line.block)]

    def text(self, page: int) -> list[Line]:
        """The lines of a page that are part of the text, without its notes."""
        return [line for line in self.on(page) if line.block.kind not in ("Artifact", "Note")]

    @property
    def blocks(self) -> dict[Block, list[Line]]:
        """The lines of every block, in the order of reading."""
        found = defaultdict(list)
        for line in self.lines:
            if line.block != ARTIFACT:
                found[line.block].append(line)
        return {block: found[block] for block in sorted(found, key=lambda block: block.order)}


def read(data: bytes) -> Paper:
    """Read a PDF back."""
    blocks, calls = _structure(data)
    document = pypdfium2.PdfDocument(data)
    lines: list[Line] = []
    first_calls: dict[str, int] = {}
    for number, page in enumerate(document):
        drawn = list(_drawn(page, number, blocks))
        for mark, piece in drawn:
            called = piece.text.strip()
            if (number, mark) in calls and called.isdigit():
                first_calls.setdefault(called, number)
        lines += _in_lines([piece for _, piece in drawn])
    return Paper(tuple(page.get_size() for page in document), tuple(lines), first_calls)


def keep(data: bytes, name: str) -> None:
    """Keep a picture of every page, if pictures are asked for."""
    folder = pictures()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pypdfium2.PdfDocument(data), start=1):
            page.render(scale=1.3).to_pil().save(folder / f"{name}.{number}.png")


def _drawn(page: Any, number: int, blocks: Mapping[tuple[int, int], Block]) -> Iterator[tuple[int, Line]]:
    """The pieces of text that a page draws, with the number that the tree knows them by."""
    words = page.get_textpage()
    height = page.get_height()
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_TEXT, pypdfium2.raw.FPDF_PAGEOBJ_FORM]
    for item in page.get_objects(filter=kinds, max_depth=1):
        is_drawing = item.type == pypdfium2.raw.FPDF_PAGEOBJ_FORM
        text = "a drawing" if is_drawing else _text_of(item, words)
        if text.strip():
            mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(item.raw)
            left, bottom, right, top = item.get_bounds()
            block = blocks.get((number, mark), ARTIFACT)
            size = 0.0 if is_drawing else _size_of(item)
            yield mark, Line(number, block, left, height - top, right, height - bottom, text, size)


def _size_of(item: Any) -> float:
    """The size of the letters of a text as they are drawn."""
    size = ctypes.c_float()
    pypdfium2.raw.FPDFTextObj_GetFontSize(item.raw, size)
    placed = item.get_matrix()
    return size.value * math.hypot(placed.c, placed.d)


def _text_of(item: Any, words: Any) -> str:
    size = pypdfium2.raw.FPDFTextObj_GetText(item.raw, words.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pypdfium2.raw.FPDFTextObj_GetText(item.raw, words.raw, pointer, size)
    return buffer.raw.decode("utf-16-le", "ignore").split("\0")[0]


def _in_lines(pieces: Sequence[Line]) -> list[Line]:
    """Pieces of one block at one height as one line; artifacts stay pieces."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        index = next((i for i, line in enumerate(lines) if _continues(line, piece)), None)
        if index is None:
            lines.append(piece)
        else:
            lines[index] = _joined(lines[index], piece)
    return lines


def _continues(line: Line, piece: Line) -> bool:
    shared = min(line.bottom, piece.bottom) - max(line.top, piece.top)
    least = min(line.bottom - line.top, piece.bottom - piece.top)
    return piece.block == line.block != ARTIFACT and shared > 0.4 * least


def _joined(line: Line, piece: Line) -> Line:
    return replace(
        line,
        left=min(line.left, piece.left),
        top=min(line.top, piece.top),
        right=max(line.right, piece.right),
        bottom=max(line.bottom, piece.bottom),
        size=max(line.size, piece.size),
        text=f"{line.text} {piece.text}" if line.left <= piece.left else f"{piece.text} {line.text}",
    )


class _Tree:
    """Walks the structure tree in the order of reading."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages)}
        self.blocks: dict[tuple[int, int], Block] = {}
        self.calls: set[tuple[int, int]] = set()
        self._count = 0

    def walk(self, item: Any, block: Block | None = None, page: int = -1, is_call: bool = False) -> None:
        kind = str(item.get("/S", "")).lstrip("/")
        page = self.pages.get(item.Pg.objgen, page) if "/Pg" in item else page
        inner = self._inner(kind, block)
        is_call = (is_call or kind == "Reference") and kind != "Note"
        kids = item.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.walk(kid, inner, page, is_call)
            elif not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid:
                self._found(kid, inner, page, is_call)

    def _inner(self, kind: str, block: Block | None) -> Block | None:
        self._count += 1
        row, table = (block.row, block.table) if block else (-1, -1)
        if kind == "Table":
            return Block(self._count, kind, table=self._count)
        if kind == "TR":
            return Block(self._count, kind, self._count, table)
        if kind in _BLOCKS or kind == "Figure":
            return Block(self._count, kind, row, table)
        if kind == "Lbl" and not (block and block.kind == "Note"):
            return Block(self._count, kind)
        return block

    def _found(self, kid: Any, block: Block | None, page: int, is_call: bool) -> None:
        if isinstance(kid, pikepdf.Dictionary):
            page = self.pages[kid.Pg.objgen] if "/Pg" in kid else page
            kid = kid.MCID
        self.blocks[page, int(kid)] = block or ARTIFACT
        if is_call:
            self.calls.add((page, int(kid)))


def _structure(data: bytes) -> tuple[Mapping[tuple[int, int], Block], set[tuple[int, int]]]:
    with pikepdf.open(io.BytesIO(data)) as document:
        root: Any = document.Root.StructTreeRoot.K
        tree = _Tree(document)
        for item in root if isinstance(root, pikepdf.Array) else [root]:
            tree.walk(item)
        return tree.blocks, tree.calls


def bare(text: str) -> str:
    """A text without spaces and invisible signs."""
    return re.sub("[\\s\N{WORD JOINER}\N{ZERO WIDTH SPACE}]+", "", text)
