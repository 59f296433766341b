"""A Word document: paragraphs, tables and notes, and what is deleted, hidden or beside its text.

Every text of the document's parts is in a paragraph or is left out with its kind. Insertions that are tracked
count as accepted, deletions as made, and the record says so.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.model.counting import counted
from briefing.model.findings import MissingLibraryError, UsageError
from briefing.sources.extract.extracted import AS_IT_IS, Choice, Extracted, Piece, Stated, clean, of_pieces
from briefing.sources.extract.page_text import raised
from briefing.store import versions

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"
MOST_BYTES = 40_000_000
"""The most that the parts of a document with text may have together, unpacked."""
_STRICT = b"http://purl.oclc.org/ooxml/"
"""The begin of the names of the strict form of such documents."""
_LOOSE = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _MATH[1:-1].encode()),
)
_OFF = ("0", "false", "none", "off")


@dataclass(slots=True)
class _State:
    """What was found on the way through a document."""

    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """The numbers of notes, by their kind and id, as the text calls them."""
    inserted: int = 0
    deleted: int = 0
    counted: int = 0
    """Paragraphs with a number that Word counts."""
    hidden: list[Piece] = field(default_factory=list)
    """What is hidden within the present paragraph."""
    boxes: list[Any] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)
    """Why texts of a style are left out, by the style's id."""
    style: str = ""
    """The style of the present paragraph."""
    carried: str = ""
    """The text of a paragraph of which the end is deleted, so that the next one goes on with it."""


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a document. Raises UsageError where it is damaged or has none."""
    parts, others = _parts(data, name)
    state = _State(styles=_hiding(parts.get("styles")))
    pieces = list(_blocks(parts["document"].find(f"{_W}body"), state))
    pieces += [Piece(clean(state.carried))]
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        pieces += _notes(parts.get(part), tag, state)
    for part, kind in (("header", "page header"), ("footer", "page footer"), ("comments", "comment")):
        for key in sorted(key for key in parts if key.startswith(part)):
            text = "\n".join(piece.text for piece in _blocks(parts[key], _State()) if not piece.kind)
            pieces.append(Piece(text, kind))
    for key in sorted(key for key in parts if key.startswith(_DRAWN)):
        drawn = (item.text or "" for item in parts[key].iter("{*}t", "{*}v"))
        pieces.append(Piece(clean(" ".join(drawn)), "chart" if key.startswith("charts") else "drawing"))
    doubts = (*_doubts(state), *_not_read(others))
    found = of_pieces(pieces, choice, stated=_stated(parts.get("core")), doubts=doubts)
    if not found.paragraphs:
        raise UsageError(f"{name} contains no text")
    return found


def _doubts(state: _State) -> Iterator[str]:
    if state.inserted or state.deleted:
        yield (
            "The document has tracked changes, which were taken as accepted: "
            f"insertions {state.inserted}, deletions {state.deleted}."
        )
    if state.counted:
        count = counted(state.counted, "paragraph")
        yield f"The numbers of {count}, which Word counts itself, are not in the capture."


def _not_read(others: list[str]) -> Iterator[str]:
    if others:
        count = counted(len(others), "embedded file")
        names = ", ".join(others)
        yield f"The document contains {count}, and nothing of what is in such files was read: {names}."


def _hiding(styles: Any) -> dict[str, str]:
    """Return why texts are left out by their style, for the styles that hide texts or strike them out."""
    every = (
        {} if styles is None else {item.get(f"{_W}styleId") or "": item for item in styles.iter(f"{_W}style")}
    )
    found: dict[str, str] = {}
    for key in every:
        at, seen = key, set[str]()
        while at in every and at not in seen and key not in found:
            form = every[at].find(f"{_W}rPr")
            if form is not None and (kind := _gone(form)):
                found[key] = kind
            seen.add(at)
            at = _value(every[at].find(f"{_W}basedOn"))
    return found


def _parts(data: bytes, name: str) -> tuple[dict[str, Any], list[str]]:
    """Return the parts of a document that have text, by their names, and the names of files within it."""
    try:
        import lxml.etree
    except ImportError as error:
        raise MissingLibraryError(
            f"the document {name} needs lxml; install it with: {versions.how_to_install('web')}"
        ) from error
    found: dict[str, Any] = {}
    others: list[str] = []
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for info in packed.infolist():
                key = info.filename.removeprefix("word/").removesuffix(".xml")
                if key.startswith("embeddings/") or "afchunk" in key.lower():
                    others.append(key.rsplit("/", maxsplit=1)[-1])
                is_text = info.filename.startswith("word/") and key.rstrip("0123456789") in _TEXTS
                if not is_text and info.filename != "docProps/core.xml":
                    continue
                size += info.file_size
                if size > MOST_BYTES:
                    raise UsageError(
                        f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB; save it as plain text"
                    )
                parser = lxml.etree.XMLParser(
                    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
                )
                part = packed.read(info)
                for strict, loose in _LOOSE if _STRICT in part[:10_000] else ():
                    part = part.replace(strict, loose)
                found["core" if info.filename.startswith("docProps") else key] = lxml.etree.fromstring(
                    part, parser
                )
        if found["document"].find(f"{_W}body") is None:
            raise KeyError("document")
    except (
        zipfile.BadZipFile,
        lxml.etree.XMLSyntaxError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
        zlib.error,
    ) as error:
        raise UsageError(
            f"{name} is a damaged Word document, or one with a password; save it again as .docx"
        ) from error
    return found, others


_DRAWN = ("charts/chart", "diagrams/data")
"""Charts and drawings, which have texts of their own."""
_TEXTS = ("document", "footnotes", "endnotes", "header", "footer", "comments", "styles", *_DRAWN)


def _blocks(parent: Any, state: _State) -> Iterator[Piece]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, state)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, state)
        elif element.tag in (f"{_W}del", f"{_W}moveFrom"):
            state.deleted += 1
            yield Piece(clean(_raw(element)), "deleted text")
        elif isinstance(element.tag, str) and element.tag not in (f"{_W}sectPr", f"{_W}tblPr"):
            yield from _blocks(element, state)


def _paragraph(element: Any, state: _State) -> Iterator[Piece]:
    state.counted += element.find(f"{_W}pPr/{_W}numPr") is not None
    state.style = _value(element.find(f"{_W}pPr/{_W}pStyle"))
    text, state.carried = state.carried + _text(element, state), ""
    if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
        state.deleted += 1
        text, state.carried = "", text
    for line in text.split("\n"):
        yield Piece(clean(line))
    hidden, state.hidden = state.hidden, []
    boxes, state.boxes = state.boxes, []
    yield from hidden
    for box in boxes:
        yield from _blocks(box, state)


def _table(table: Any, state: _State) -> Iterator[Piece]:
    """Yield the rows of a table; a cell that reaches down is named again where it is the first of a row."""
    above = ""
    for row in _own(table, "tr"):
        deleted = [item for name in ("ins", "del") for item in row.findall(f"{_W}trPr/{_W}{name}")]
        is_deleted = any(item.tag == f"{_W}del" for item in deleted)
        state.deleted += is_deleted
        state.inserted += bool(deleted) and not is_deleted
        hidden: list[Piece] = []
        cells = list(_cells(row, state, hidden))
        first = next(_own(row, "tc"), None)
        merged = first.find(f"{_W}tcPr/{_W}vMerge") if first is not None else None
        if merged is not None and _value(merged) != "restart" and cells and not cells[0]:
            cells[0] = above
        above = cells[0] if merged is not None and cells and not cells[0].isdecimal() else ""
        if any(cells):
            yield Piece(clean(" | ".join(cells)), "deleted text" if is_deleted else "")
        yield from hidden


def _own(parent: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, and none of the tables in them."""
    for element in parent:
        if element.tag == f"{_W}{name}":
            yield element
        elif element.tag not in (f"{_W}tc", f"{_W}p") and isinstance(element.tag, str):
            yield from _own(element, name)


def _cells(row: Any, state: _State, hidden: list[Piece]) -> Iterator[str]:
    """Yield the texts of a row's cells in their places, and keep what is hidden in them."""
    before = _value(row.find(f"{_W}trPr/{_W}gridBefore"))
    yield from [""] * (min(int(before), 60) if before.isdecimal() else 0)
    for cell in _own(row, "tc"):
        found = list(_blocks(cell, state))
        if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
            state.deleted += 1
            found = [Piece(piece.text, piece.kind or "deleted text") for piece in found]
        # A row of a table within the cell has cells of its own.
        yield "; ".join(piece.text.replace(" | ", ": ") for piece in found if piece.text and not piece.kind)
        hidden += [piece for piece in found if piece.kind]
        span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        yield from [""] * (min(int(span), 60) - 1 if span.isdecimal() else 0)


def _value(element: Any) -> str:
    return str(element.get(f"{_W}val") or "") if element is not None else ""


def _is_on(element: Any) -> bool:
    return element is not None and _value(element) not in _OFF


def _raw(element: Any) -> str:
    return "".join(item.text or "" for item in element.iter(f"{_W}t", f"{_W}delText"))


def _text(element: Any, state: _State) -> str:
    """Return the text of what is in a paragraph; what is hidden in it is kept apart."""
    found = ""
    for child in element:
        tag = child.tag
        if tag == f"{_W}r":
            found = _run(child, found, state)
        elif tag in (f"{_W}del", f"{_W}moveFrom"):
            state.deleted += 1
            state.hidden.append(Piece(clean(_raw(child)), "deleted text"))
        elif tag in (f"{_W}pPr", f"{_W}rPr", _FALLBACK):
            continue
        elif isinstance(tag, str) and tag.startswith(_MATH):
            found += _formula(child)
        else:
            state.inserted += tag in (f"{_W}ins", f"{_W}moveTo")
            found += _text(child, state)
    return found


def _gone(form: Any) -> str:
    """Return why a text of this form is left out; empty for others."""
    for kind, names in (("hidden text", ("vanish",)), ("struck-out text", ("strike", "dstrike"))):
        if any(_is_on(form.find(f"{_W}{name}")) for name in names):
            return kind
    return ""


_RAISED = {"sup": False, "sub": True}


def _formula(element: Any) -> str:
    """Return a formula in one line: raised and lowered parts apart, a fraction with a stroke."""
    name = str(element.tag).removeprefix(_MATH)
    text = "".join(_formula(child) for child in element) or (element.text or "" if name == "t" else "")
    if name in _RAISED and text.strip():
        return raised(text, is_lowered=_RAISED[name])
    return f"/{text}" if name == "den" else text


def _run(run: Any, before: str, state: _State) -> str:
    text = "".join(_item(item, state) for item in run)
    form = run.find(f"{_W}rPr")
    if not text.strip():
        return before + text
    by_style = state.styles.get(state.style, "")
    if form is not None:
        is_shown = any(
            (item := form.find(f"{_W}{name}")) is not None and not _is_on(item)
            for name in ("vanish", "strike")
        )
        by_style = state.styles.get(_value(form.find(f"{_W}rStyle")), "" if is_shown else by_style)
    if kind := (_gone(form) if form is not None else "") or by_style:
        state.hidden.append(Piece(clean(text), kind))
        return before
    if form is None:
        return before + text
    position = _value(form.find(f"{_W}position"))
    height = int(position) if re.fullmatch(r"-?\d{1,4}", position) else 0
    place = _value(form.find(f"{_W}vertAlign")) or (
        "superscript" if height > 3 else "subscript" if height < -3 else ""
    )
    is_figure = any(sign.isdigit() for sign in text) and "(" not in text
    is_raised = place == "superscript" and before[-1:].strip()
    if is_figure and (is_raised or (place == "subscript" and before[-1:].isdigit())):
        text = raised(text, is_lowered=place == "subscript")
    return before + text


_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def _item(item: Any, state: _State) -> str:
    """Return the text of a part of a run."""
    tag = str(item.tag).removeprefix(_W)
    if tag == "t":
        return item.text or ""
    if tag in _SIGNS:
        return _SIGNS[tag]
    if tag in ("footnoteReference", "endnoteReference"):
        key = (tag.removesuffix("Reference"), item.get(f"{_W}id") or "")
        return raised(state.notes.setdefault(key, str(len(state.notes) + 1)))
    if tag == "sym":
        return "\u25a1"  # its meaning is in a font of signs
    if tag == "ruby":
        base, above = (
            _raw(part) if (part := item.find(f"{_W}{name}")) is not None else ""
            for name in ("rubyBase", "rt")
        )
        return f"{base}({above})"
    if tag == "delText":
        state.hidden.append(Piece(item.text or "", "deleted text"))
    for picture in item.iter("{*}docPr"):
        if text := clean(picture.get("descr") or ""):
            state.hidden.append(Piece(text, "description of a picture"))
    for box in item.iter(f"{_W}txbxContent"):
        if not any(parent.tag in (_FALLBACK, f"{_W}txbxContent") for parent in box.iterancestors()):
            state.boxes.append(box)
    return ""


def _notes(part: Any, tag: str, state: _State) -> Iterator[Piece]:
    """Yield the notes of a document in the order of their numbers, each with it."""
    if part is None:
        return
    by_id = {
        note.get(f"{_W}id") or "": note
        for note in part.iter(f"{_W}{tag}")
        if note.get(f"{_W}type") in (None, "normal")
    }
    called = [
        (key[1], number) for key, number in list(state.notes.items()) if key[0] == tag and key[1] in by_id
    ]
    for at, number in called:
        texts = list(_blocks(by_id.pop(at), state))
        first = next((piece for piece in texts if piece.text.strip() and not piece.kind), None)
        for piece in texts:
            yield Piece(f"{number} {piece.text}") if piece is first else piece
    for note in by_id.values():
        yield Piece(clean(_raw(note)), "note that the text does not call")


def _stated(core: Any) -> dict[str, Stated]:
    found = {}
    for of, key in (("title", "title"), ("author", "creator"), ("language", "language")):
        element = core.find(f"{_DC}{key}") if core is not None else None
        if element is not None and (value := clean(element.text or "")):
            found[of] = Stated(value, f"the document's {key}")
    return found
