"""The kinds of file that can be read, by what they begin with and by their names.

Words are never changed; the remarks say how lines were changed, and which hidden characters were left out.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from briefing.model.findings import UsageError
from briefing.sources.extract import html, mail, markdown, pdf, plain, tables, word
from briefing.sources.extract.extracted import (
    AS_IT_IS,
    FIELDS,
    Choice,
    Extracted,
    Piece,
    Stated,
    of_pieces,
    visible,
)

__all__ = ["AS_IT_IS", "ENDINGS", "FIELDS", "Choice", "Extracted", "Stated", "read"]

_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an Office file of an old kind, or one with a password",
    b"{\\rtf": "a rich-text file",
    b"From: <Saved by": "a web archive",
    b"PK\x03\x04": "an Office file or an archive",
}
"""The first bytes of files that would be mistaken for text, or cannot be read."""
_HTML_BEGINS = (b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head")
_HTML_ENDINGS = (".html", ".htm", ".xhtml")
_COLUMNS = 50
"""The most columns of a table that the note on its source names."""
_RECORDS = (".ris", ".bib", ".nbib", ".enw")


def _table(data: bytes, name: str, choice: Choice) -> Extracted:
    found = tables.read(data, name)
    heads = next((table.heads for table in found if table.heads), ())
    others = f" and {len(heads) - _COLUMNS} more" if len(heads) > _COLUMNS else ""
    columns = " | ".join(heads[:_COLUMNS]) + others
    remarks = (f"Each row of the table is a paragraph; its columns are {columns}.",)
    doubts = tuple(doubt for table in found for doubt in table.doubts)
    extracted = of_pieces((Piece(*piece) for piece in tables.pieces(found)), choice, doubts=doubts)
    return dataclasses.replace(extracted, remarks=remarks if heads else ())


_READERS: dict[str, Callable[[bytes, str, Choice], Extracted]] = {
    ".csv": _table,
    ".docx": word.read,
    ".eml": mail.read,
    ".md": markdown.read,
    ".tsv": _table,
    ".xlsx": _table,
}
"""The readers of files that are known by the endings of their names."""
_PACKED = (".docx", ".xlsx")
ENDINGS = (".htm", ".html", ".pdf", ".txt", ".xhtml", *_READERS)
"""The endings of the files that are taken from a folder."""


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a file. Raises UsageError where it has none or is of an unknown kind."""
    extracted = visible(_read(data, name, choice))
    if not extracted.paragraphs:
        raise UsageError(f"{name} contains no text")
    unknown = [number for number in choice.take if not 1 <= number <= _count(extracted, choice)]
    if unknown:
        raise UsageError(
            f"--take: {name} has no left-out part {', '.join(map(str, unknown))}; "
            "`briefing source show` lists them"
        )
    return extracted


def _count(extracted: Extracted, choice: Choice) -> int:
    return len(extracted.left_out) + len(set(choice.take))


def _read(data: bytes, name: str, choice: Choice) -> Extracted:
    begin = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    ending = "".join(re.findall(r"\.[a-z0-9]+$", name.lower()))
    _refuse_misplaced(choice, ending, name)
    is_packed = begin.startswith(b"PK\x03\x04")
    reader = _READERS.get(ending)
    if reader is not None and is_packed == (ending in _PACKED) and not begin.startswith(b"From: <Saved by"):
        return reader(data, name, choice)
    for mark, kind in _OTHERS.items():
        if begin.startswith(mark):
            raise UsageError(
                f"{name} is {kind}; save it as plain text, HTML, PDF, .docx or .xlsx and add that"
            )
    if begin.startswith(b"MIME-Version:"):
        raise UsageError(
            f"{name} is a web archive or a mail; give a mail the ending .eml, save a page as HTML"
        )
    if ending in _RECORDS:
        raise UsageError(
            f"{name} is a record of a reference and has no text; name it with --metadata beside the text"
        )
    if b"%PDF-" in data[:1024]:
        return pdf.read(data, name, choice)
    if ending in _HTML_ENDINGS or begin.lower().startswith(_HTML_BEGINS):
        return html.read(data, name, choice)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"{name} is not a text file; only {', '.join(ENDINGS)} can be added")
    return plain.read(data, name)


def _refuse_misplaced(choice: Choice, ending: str, name: str) -> None:
    if choice.pages and ending != ".pdf":
        raise UsageError(f"--pages: {name} has no pages; only a PDF has")
    if choice.selector and ending not in _HTML_ENDINGS:
        raise UsageError(f"--selector: {name} is not a web page")
