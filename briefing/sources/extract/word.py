"""A Word document: paragraphs, tables and notes, and what is deleted, hidden or beside its text.

Every text of the document's parts is in a paragraph or is left out with its kind. Insertions that are tracked
count as accepted, deletions as made, and the record says so.
"""

from __future__ import annotations

import io
import zipfile
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
MOST_BYTES = 100_000_000
"""The most that a part of a document may have, unpacked."""
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


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a document. Raises UsageError where it is damaged or has none."""
    parts = _parts(data, name)
    state = _State()
    pieces = list(_blocks(parts["document"].find(f"{_W}body"), state))
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        pieces += _notes(parts.get(part), tag, state)
    for part, kind in (("header", "page header"), ("footer", "page footer"), ("comments", "comment")):
        for key in sorted(key for key in parts if key.startswith(part)):
            text = "\n".join(piece.text for piece in _blocks(parts[key], _State()) if not piece.kind)
            pieces.append(Piece(text, kind))
    found = of_pieces(pieces, choice, stated=_stated(parts.get("core")), doubts=tuple(_doubts(state)))
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


def _parts(data: bytes, name: str) -> dict[str, Any]:
    """Return the parts of a document that have text, by their names."""
    try:
        import lxml.etree
    except ImportError as error:
        raise MissingLibraryError(
            f"the document {name} needs lxml; install it with: {versions.how_to_install('web')}"
        ) from error
    found: dict[str, Any] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for info in packed.infolist():
                key = info.filename.removeprefix("word/").removesuffix(".xml")
                is_text = info.filename.startswith("word/") and key.rstrip("0123456789") in _TEXTS
                if not is_text and info.filename != "docProps/core.xml":
                    continue
                if info.file_size > MOST_BYTES:
                    raise UsageError(
                        f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB; save it as plain text"
                    )
                parser = lxml.etree.XMLParser(
                    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
                )
                found["core" if info.filename.startswith("docProps") else key] = lxml.etree.fromstring(
                    packed.read(info), parser
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
    ) as error:
        raise UsageError(
            f"{name} is a damaged Word document, or one with a password; save it again as .docx"
        ) from error
    return found


_TEXTS = ("document", "footnotes", "endnotes", "header", "footer", "comments")


def _blocks(parent: Any, state: _State) -> Iterator[Piece]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, state)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                yield from _row(row, state)
        elif element.tag in (f"{_W}del", f"{_W}moveFrom"):
            state.deleted += 1
            yield Piece(clean(_raw(element)), "deleted text")
        elif isinstance(element.tag, str) and element.tag not in (f"{_W}sectPr", f"{_W}tblPr"):
            yield from _blocks(element, state)


def _paragraph(element: Any, state: _State) -> Iterator[Piece]:
    state.counted += element.find(f"{_W}pPr/{_W}numPr") is not None
    text = _text(element, state)
    for line in text.split("\n"):
        yield Piece(clean(line))
    hidden, state.hidden = state.hidden, []
    boxes, state.boxes = state.boxes, []
    yield from hidden
    for box in boxes:
        yield from _blocks(box, state)


def _row(row: Any, state: _State) -> Iterator[Piece]:
    cells: list[str] = []
    hidden: list[Piece] = []
    before = (
        int(_value(row.find(f"{_W}trPr/{_W}gridBefore")) or 0) if row.find(f"{_W}trPr") is not None else 0
    )
    cells += [""] * min(before, 60)
    for cell in row.iter(f"{_W}tc"):
        if any(parent.tag == f"{_W}tc" for parent in cell.iterancestors()):
            continue
        found = list(_blocks(cell, state))
        cells.append("; ".join(piece.text for piece in found if piece.text and not piece.kind))
        hidden += [piece for piece in found if piece.kind]
        span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan")) or "1"
        cells += [""] * (min(int(span), 60) - 1 if span.isdecimal() else 0)
    is_deleted = row.find(f"{_W}trPr/{_W}del") is not None
    state.deleted += is_deleted
    if any(cells):
        yield Piece(clean(" | ".join(cells)), "deleted text" if is_deleted else "")
    yield from hidden


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
            found += "".join(child.itertext())
        else:
            state.inserted += tag in (f"{_W}ins", f"{_W}moveTo")
            found += _text(child, state)
    return found


def _run(run: Any, before: str, state: _State) -> str:
    text = "".join(_item(item, state) for item in run)
    form = run.find(f"{_W}rPr")
    if form is None or not text.strip():
        return before + text
    for kind, names in (("hidden text", ("vanish",)), ("struck-out text", ("strike", "dstrike"))):
        if any(_is_on(form.find(f"{_W}{name}")) for name in names):
            state.hidden.append(Piece(clean(text), kind))
            return before
    place = _value(form.find(f"{_W}vertAlign"))
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
    if tag == "delText":
        state.hidden.append(Piece(item.text or "", "deleted text"))
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
