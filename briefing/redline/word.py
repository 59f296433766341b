"""A redline as a Word document with tracked changes. The only door to pandoc.

Pandoc writes footnotes, heads of tables and tracked words; ``word_parts`` adds what it cannot write. A note
is at a kept mark; where it has none, it goes with the deleted mark and comes with the inserted one.

What is deleted within a moved block is tracked as moved and as deleted, so that both accepting and rejecting
take it away. A row cannot be tracked as moved: it is deleted and inserted, with a comment at both places.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.formats import html
from briefing.language.words import Words
from briefing.model.findings import MissingLibraryError, RenderError
from briefing.model.scales import Paper
from briefing.redline import blocks as texts
from briefing.redline import tree as redlines
from briefing.redline import word_parts
from briefing.redline.tree import BREAK, Block, EditKind, Redline, Run, Style, Token, accepted, rejected
from briefing.store import versions

_API = [1, 23, 1]
_CLASSES = {EditKind.DELETED: "deletion", EditKind.INSERTED: "insertion"}
_TABULAR = {"table": "table", "tr": "row"}
_PLAIN: list[Any] = ["", [], []]
_EMPHASIS = {"strong": "Strong", "em": "Emph", "s": "Strikeout"}
Json = dict[str, Any]


def is_available() -> bool:
    """Return whether pandoc is installed."""
    try:
        import pypandoc

        pypandoc.get_pandoc_version()
    except (ImportError, OSError):
        return False
    return True


def make(redline: Redline, paper: Paper) -> bytes:
    """Return the document for sheets of paper. Raises MissingLibraryError without pandoc."""
    if not is_available():
        raise MissingLibraryError(f"Word needs pandoc; install it with: {versions.how_to_install('word')}")
    import pypandoc

    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        file = Path(folder) / "redline.docx"
        try:
            pypandoc.convert_text(json.dumps(document(redline)), "docx", "json", outputfile=str(file))
        except RuntimeError as error:
            raise RenderError(f"pandoc could not write the document: {error}") from error
        return word_parts.finished(file.read_bytes(), redline, paper)


def document(redline: Redline) -> Json:
    """Return the redline as pandoc's own kind of document."""
    writer = _WordWriter(redline)
    say = writer.say
    counts = redlines.in_words(redline.counts, say)
    front = [
        _header(1, [_str(say("redline.of", title=redline.title))]),
        _para([_str(say("redline.from_to", old=redline.old.words, new=redline.new.words))]),
        _para([_str(f"{counts}. TLP:{redline.marking}. {redline.publisher}.")]),
    ]
    if redline.front:
        items = [[_plain(writer.inlines(texts.line("p", html.inline(line)).runs))] for line in redline.front]
        front += [_header(2, [_str(say("redline.facts"))]), {"t": "BulletList", "c": items}]
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
        parts = [part for part in redline.article.blocks if part.role == "part notes"]
        self.notes = {note.key: note for part in parts for note in part.blocks[-1].blocks}
        self.say = Words(redline.language)
        self.article = redline.article
        self.places = self._places()
        self.placed: set[int] = set()
        self.moved: Block | None = None
        """The innermost moved block around what is being written."""
        self.comment = ""
        """What the first cell of a moved row or table says in a comment."""
        self.comments = itertools.count()

    @contextlib.contextmanager
    def within(self, block: Block) -> Iterator[None]:
        """Write what is in a block."""
        before = self.moved
        if block.move:
            if block.tag in _TABULAR and (before is None or before.move != block.move):
                place = "to" if block.is_moved_here else "from"
                self.comment = self.say(f"redline.{_TABULAR[block.tag]}_{place}", number=block.move)
            self.moved = block
        yield
        self.moved = before

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
        found: list[Json] = []
        for block in blocks:
            with self.within(block):
                found += self.block(block)
        return found

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
            yield {"t": "RawBlock", "c": ["openxml", word_parts.rule(block.change)]}
        elif block.tag == "":
            yield _plain(self.inlines(block.runs))
        else:
            yield _para(self.inlines(block.runs))

    def inside(self, block: Block) -> list[Json]:
        """Return the content of an item, quotation or cell."""
        with self.within(block):
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
        with self.within(row):
            cells = [self.inside(cell) for cell in row.blocks]
        if self.comment:
            cells[0] = [_plain(self.commented(cells[0][0]["c"])), *cells[0][1:]]
        return [_PLAIN, [[_PLAIN, {"t": "AlignDefault"}, 1, 1, cell] for cell in cells]]

    # ---------------------------------------------------------------------------------------------- words

    def inlines(self, runs: Iterable[Run]) -> list[Json]:
        """Return words with their changes."""
        return [item for run in runs for item in self.change(run)]

    def change(self, run: Run) -> list[Json]:
        """Return the words of a run, tracked if they changed."""
        groups = itertools.groupby(run.tokens, key=lambda token: token.styles)
        return [item for styles, tokens in groups for item in self.styled(styles, tokens, run.change)]

    def commented(self, words: list[Json]) -> list[Json]:
        """Return the words of a cell with the comment that it has."""
        name = ["id", str(next(self.comments))]
        start = [["", ["comment-start"], [name, ["author", "0"]]], [_str(self.comment)]]
        self.comment = ""
        return [{"t": "Span", "c": start}, *words, {"t": "Span", "c": [["", ["comment-end"], [name]], []]}]

    def tracked(self, words: list[Json], change: EditKind) -> list[Json]:
        """Return words with their change, and with that of the moved block that they are in."""
        move = self.moved.move if self.moved else 0
        if self.moved and self.moved.is_moved_here:
            if change is EditKind.INSERTED:
                return _span(words, change)
            words = words if change is EditKind.KEPT else _span(words, change)
            return _span(words, EditKind.INSERTED, move)
        return words if change is EditKind.KEPT else _span(words, change, move)

    def styled(self, styles: tuple[Style, ...], tokens: Iterable[Token], change: EditKind) -> list[Json]:
        """Return words of one style."""
        is_code = any(style.tag == "code" for style in styles)
        words: list[Json] = []
        last: Token | None = None
        for token in tokens:
            if token.note:
                words += [_superscript(", ")] if last and last.note else []
                # A copy would join the number to a figure before it, so it is in brackets, raised as it is.
                number = self.mark(token, _in_all(change, self.moved))
                words += [_superscript("["), *number, _superscript("]")]
            elif token.name == BREAK or token.text == "\n":
                words.append({"t": "LineBreak"})
            else:
                words.append({"t": "Code", "c": [_PLAIN, token.text]} if is_code else _str(token.text))
            last = token
        # Inside a link: the schema has no link within a tracked change.
        words = self.tracked(words, change)
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


def _marks(block: Block, moved: Block | None = None) -> Iterator[tuple[str, EditKind]]:
    moved = block if block.move else moved
    for run in block.runs:
        yield from ((token.note, _in_all(run.change, moved)) for token in run.tokens if token.note)
    for part in block.blocks:
        yield from _marks(part, moved)


def _in_all(change: EditKind, moved: Block | None) -> EditKind:
    """Return the change of words in the whole text: what is kept in a moved block is new at its place."""
    is_new = moved is not None and moved.is_moved_here and change is EditKind.KEPT
    return EditKind.INSERTED if is_new else change


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


def _span(words: list[Json], change: EditKind, move: int = 0) -> list[Json]:
    """Return tracked words; ``word_parts`` replaces the number of the move by the author."""
    return [{"t": "Span", "c": [["", [_CLASSES[change]], [["author", str(move)]]], words]}]


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
