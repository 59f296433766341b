"""A redline as a Word document with tracked changes. The only door to pandoc.

Pandoc writes footnotes, heads of tables and tracked words. It cannot express that a whole paragraph or row
was inserted or deleted, so this module adds that to its output: otherwise rejecting a paragraph would leave
an empty one. A note is at a kept mark; where it has none, it goes with the deleted mark and comes with the
inserted one.
"""

from __future__ import annotations

import datetime
import html as entities
import io
import itertools
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.dom import minidom

from briefing.formats import html
from briefing.model.findings import MissingLibraryError, RenderError
from briefing.redline import blocks as texts
from briefing.redline import tree as redlines
from briefing.redline.tree import BREAK, Block, EditKind, Redline, Run, Style, Token, accepted, rejected
from briefing.store import versions

_API = [1, 23, 1]
_CLASSES = {EditKind.DELETED: "deletion", EditKind.INSERTED: "insertion"}
_ELEMENTS = {EditKind.DELETED: "w:del", EditKind.INSERTED: "w:ins"}
_PLAIN: list[Any] = ["", [], []]
_EMPHASIS = {"strong": "Strong", "em": "Emph", "s": "Strikeout"}
_FIRST_ID = 1_000_000
"""Tracked changes are numbered from here, above all other ids, because pandoc repeats ids."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of the files within the document: the clock must not affect a byte."""

Json = dict[str, Any]


def is_available() -> bool:
    """Return whether pandoc is installed."""
    try:
        import pypandoc

        pypandoc.get_pandoc_version()
    except (ImportError, OSError):
        return False
    return True


def make(redline: Redline) -> bytes:
    """Return the document. Raises MissingLibraryError without pandoc."""
    if not is_available():
        raise MissingLibraryError(f"Word needs pandoc; install it with: {versions.how_to_install('word')}")
    import pypandoc

    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        file = Path(folder) / "redline.docx"
        try:
            pypandoc.convert_text(json.dumps(document(redline)), "docx", "json", outputfile=str(file))
        except RuntimeError as error:
            raise RenderError(f"pandoc could not write the document: {error}") from error
        return _finished(file.read_bytes(), redline)


def document(redline: Redline) -> Json:
    """Return the redline as pandoc's own kind of document."""
    writer = _WordWriter(redline)
    front = [
        _header(1, [_str(f"Redline of {redline.title}")]),
        _para([_str(f"From {redline.old.words} to {redline.new.words}")]),
        _para([_str(f"{redlines.in_words(redline.counts)}. TLP:{redline.marking}. {redline.publisher}.")]),
    ]
    if redline.front:
        items = [[_plain(writer.inlines(texts.line("p", html.inline(line)).runs))] for line in redline.front]
        front += [_header(2, [_str("What changed in the facts")]), {"t": "BulletList", "c": items}]
    # Pandoc would print title and author too, so they go into the file's properties at the end.
    meta = {"lang": redline.language}
    return {
        "pandoc-api-version": _API,
        "meta": {name: {"t": "MetaString", "c": value} for name, value in meta.items()},
        "blocks": [*front, *writer.blocks(redline.article.blocks)],
    }


@dataclass(frozen=True, slots=True)
class _NoteCall:
    """A note in the text, with its number and words."""

    number: int
    runs: tuple[Run, ...]


class _WordWriter:
    def __init__(self, redline: Redline) -> None:
        self.tracked = [["author", redline.publisher], ["date", _time(redline.day)]]
        parts = [part for part in redline.article.blocks if part.role == "part notes"]
        self.notes = {note.key: note for part in parts for note in part.blocks[-1].blocks}
        self.article = redline.article
        self.places = self._places()
        self.placed: set[int] = set()

    def _places(self) -> dict[tuple[str, EditKind], _NoteCall]:
        """Return the place of every note by the change of its marks; the first such mark carries the note."""
        marks = [mark for mark in _marks(self.article) if mark[0] in self.notes]
        kept = {fact for fact, change in marks if change is EditKind.KEPT}
        found: dict[tuple[str, EditKind], _NoteCall] = {}
        for fact, change in marks:
            if (fact, change) not in found and (change is EditKind.KEPT or fact not in kept):
                found[fact, change] = _NoteCall(len(found) + 1, _words_of(self.notes[fact], change))
        return found

    # ------------------------------------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[Block]) -> list[Json]:
        """Return blocks in pandoc's form."""
        return [item for block in blocks for item in self.block(block)]

    def block(self, block: Block) -> Iterator[Json]:
        """Yield one block; a section or the like yields its content."""
        if block.role == "part notes":
            return
        if block.tag in ("section", "header", "div"):
            yield from self.blocks(block.blocks)
        elif block.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            level = 1 if block.role == "brief-title" else int(block.tag[1])
            yield _header(level, self.inlines(block.runs))
        elif block.tag in ("ul", "ol"):
            yield self.listed(block)
        elif block.tag == "dl":
            yield from (_para(self.entry(part)) for part in block.blocks)
        elif block.tag == "table":
            yield self.table(block)
        elif block.tag == "blockquote":
            yield {"t": "BlockQuote", "c": self.inside(block)}
        elif block.tag == "hr":
            yield from [] if block.change is EditKind.DELETED else [{"t": "HorizontalRule"}]
        elif block.tag == "":
            yield _plain(self.inlines(block.runs))
        else:
            yield _para(self.inlines(block.runs))

    def inside(self, block: Block) -> list[Json]:
        """Return the content of an item, quotation or cell."""
        return self.blocks(block.blocks) if block.blocks else [_plain(self.inlines(block.runs))]

    def listed(self, block: Block) -> Json:
        """Return a list."""
        items = [self.inside(item) for item in block.blocks]
        if block.tag == "ul":
            return {"t": "BulletList", "c": items}
        first = int(dict(block.attributes).get("start", 1))
        return {"t": "OrderedList", "c": [[first, {"t": "Decimal"}, {"t": "Period"}], items]}

    def entry(self, block: Block) -> list[Json]:
        """Return a term with its meaning, in one paragraph."""
        term, meaning = block.blocks
        between = self.change(Run(block.change, (Token(": "),)))
        return [{"t": "Strong", "c": self.inlines(term.runs)}, *between, *self.inlines(meaning.runs)]

    def table(self, block: Block) -> Json:
        """Return a table with its head."""
        heads = [row for part in block.blocks if part.tag == "thead" for row in part.blocks]
        rows = [row for part in block.blocks if part.tag != "thead" for row in part.blocks]
        count = len((heads or rows)[0].blocks)
        columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in _widths(block, count)]
        body = [[_PLAIN, 0, [], [self.row(row) for row in rows]]]
        head = [_PLAIN, [self.row(row) for row in heads]]
        return {"t": "Table", "c": [_PLAIN, [None, []], columns, head, body, [_PLAIN, []]]}

    def row(self, row: Block) -> list[Any]:
        """Return a row of a table."""
        return [_PLAIN, [[_PLAIN, {"t": "AlignDefault"}, 1, 1, self.inside(cell)] for cell in row.blocks]]

    # ---------------------------------------------------------------------------------------------- words

    def inlines(self, runs: Iterable[Run]) -> list[Json]:
        """Return words with their changes."""
        return [item for run in runs for item in self.change(run)]

    def change(self, run: Run) -> list[Json]:
        """Return the words of a run, tracked if they changed."""
        groups = itertools.groupby(run.tokens, key=lambda token: token.styles)
        words = [item for styles, tokens in groups for item in self.styled(styles, tokens, run.change)]
        if run.change is EditKind.KEPT:
            return words
        return [{"t": "Span", "c": [["", [_CLASSES[run.change]], self.tracked], words]}]

    def styled(self, styles: tuple[Style, ...], tokens: Iterable[Token], change: EditKind) -> list[Json]:
        """Return words of one style."""
        is_code = any(style.tag == "code" for style in styles)
        words: list[Json] = []
        last: Token | None = None
        for token in tokens:
            if token.note:
                words += [_superscript(", ")] if last and last.note else []
                words += self.mark(token, change)
            elif token.name == BREAK or token.text == "\n":
                words.append({"t": "LineBreak"})
            else:
                words.append({"t": "Code", "c": [_PLAIN, token.text]} if is_code else _str(token.text))
            last = token
        for style in reversed(styles):
            if style.tag == "a":
                address = dict(style.attributes).get("href", "")
                words = [{"t": "Link", "c": [_PLAIN, words, [address, ""]]}]
            elif style.tag != "code":
                words = [{"t": _EMPHASIS[style.tag], "c": words}]
        return words

    def mark(self, token: Token, change: EditKind) -> list[Json]:
        """Return the mark of a note: the note itself at its place, elsewhere a field with its number."""
        place = self.places.get((token.note, change))
        if place and place.number not in self.placed:
            self.placed.add(place.number)
            note = {"t": "Note", "c": [_para(self.inlines(place.runs))]}
            return [{"t": "Span", "c": [[_bookmark(place), [], []], [note]]}]
        place = place or self.places.get((token.note, EditKind.KEPT))
        if place is None or change is EditKind.DELETED:
            return [_superscript(str(place.number) if place else token.text)]
        return [_number_of(place)]


def _marks(block: Block) -> Iterator[tuple[str, EditKind]]:
    for run in block.runs:
        yield from ((token.note, run.change) for token in run.tokens if token.note)
    for part in block.blocks:
        yield from _marks(part)


def _words_of(note: Block, change: EditKind) -> tuple[Run, ...]:
    """Return the words of a note at its place: with their changes, or all deleted or inserted."""
    if change is EditKind.KEPT:
        return note.runs
    state = rejected(note) if change is EditKind.DELETED else accepted(note)
    return (Run(change, state.tokens),) if state else ()


def _widths(table: Block, count: int) -> list[float]:
    """Return the relative widths of a table's columns, by the length of their content."""
    rows = [row.blocks for part in table.blocks for row in part.blocks]
    lengths = [
        [len("".join(token.text for token in row[column].tokens)) for row in rows] for column in range(count)
    ]
    weights = [min(max(sum(found) / len(found), 9), 45) for found in lengths]
    return [round(weight / sum(weights), 4) for weight in weights]


def _str(text: str) -> Json:
    return {"t": "Space"} if text == " " else {"t": "Str", "c": text}


def _superscript(text: str) -> Json:
    return {"t": "Superscript", "c": [_str(text)]}


def _plain(words: list[Json]) -> Json:
    return {"t": "Plain", "c": words}


def _para(words: list[Json]) -> Json:
    return {"t": "Para", "c": words}


def _header(level: int, words: list[Json]) -> Json:
    return {"t": "Header", "c": [level, _PLAIN, words]}


def _bookmark(place: _NoteCall) -> str:
    return f"note{place.number}"


def _number_of(place: _NoteCall) -> Json:
    """Return a field in which Word keeps the current number of a note."""
    style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> NOTEREF {_bookmark(place)} \\f \\h </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{place.number}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return {"t": "RawInline", "c": ["openxml", "".join(f"<w:r>{style}{part}</w:r>" for part in parts)]}


def _time(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# ------------------------------------------------------------------------------ what pandoc cannot express


def _finished(data: bytes, redline: Redline) -> bytes:
    """Return the document with tracked paragraphs and rows, and the later state's day as every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "word/document.xml":
                content = _tracked(content, redline)
            elif name == "docProps/core.xml":
                content = _properties(content.decode(), redline).encode()
            made.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _properties(text: str, redline: Redline) -> str:
    values = {
        "dc:title": entities.escape(f"Redline of {redline.title}"),
        "dc:creator": entities.escape(redline.publisher),
        "dcterms:created": _time(redline.day),
        "dcterms:modified": _time(redline.day),
    }

    def value(match: re.Match[str]) -> str:
        return f"{match[1]}{values[match[2]]}<"

    return re.sub(rf"(<({'|'.join(values)})(?: [^>]*)?>)[^<]*<", value, text)


def _tracked(content: bytes, redline: Redline) -> bytes:
    """Return the document with paragraphs and rows tracked if all their words were inserted, or deleted."""
    tree = minidom.parseString(content)

    def mark(within: Any, fate: str) -> None:
        element = tree.createElement(fate)
        element.setAttribute("w:author", redline.publisher)
        element.setAttribute("w:date", _time(redline.day))
        within.insertBefore(element, within.firstChild if within.tagName == "w:rPr" else None)

    for paragraph in tree.getElementsByTagName("w:p"):
        if fate := _fate(paragraph):
            mark(_child(tree, _child(tree, paragraph, "w:pPr", is_first=True), "w:rPr"), fate)
    for row in tree.getElementsByTagName("w:tr"):
        if fate := _fate(row):
            mark(_child(tree, row, "w:trPr", is_first=True), fate)
    changes = [node for name in _ELEMENTS.values() for node in tree.getElementsByTagName(name)]
    for number, node in enumerate(changes, _FIRST_ID):
        node.setAttribute("w:id", str(number))
    return bytes(tree.toxml("utf-8"))


def _fate(element: Any) -> str:
    """Return the one change that holds all text of an element; empty where none does."""
    fates = {_change_around(run, element) for run in element.getElementsByTagName("w:r")}
    return fates.pop() if len(fates) == 1 else ""


def _change_around(run: Any, element: Any) -> str:
    node = run.parentNode
    while node is not element:
        if node.tagName in _ELEMENTS.values():
            return str(node.tagName)
        node = node.parentNode
    return ""


def _child(tree: Any, parent: Any, name: str, is_first: bool = False) -> Any:
    """Return the child with a name; a missing one is added, as the first or the last."""
    for node in parent.childNodes:
        if node.nodeName == name:
            return node
    made = tree.createElement(name)
    parent.insertBefore(made, parent.firstChild if is_first else None)
    return made
