"""Files to captures: the text of a plain file, a saved web page or a PDF, one paragraph a line.

Words are never changed; what was done to lines is said in the remarks.
"""

from __future__ import annotations

from briefing.model.findings import UsageError
from briefing.sources.extract import html, pdf, plain
from briefing.sources.extract.extracted import FIELDS, Extracted, Stated

__all__ = ["FIELDS", "Extracted", "Stated", "read"]

_OTHERS = {
    b"PK\x03\x04": "an Office file or an archive",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"{\\rtf": "a rich-text file",
    b"From: <Saved by": "a web archive",
    b"MIME-Version:": "a web archive or a mail",
}
"""How files begin that would be taken for text, or cannot be read at all."""
_HTML_BEGINS = (b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head")
_HTML_ENDINGS = (".html", ".htm", ".xhtml")


def read(data: bytes, name: str) -> Extracted:
    """The text of a file. Raises UsageError where it is none, or of no kind that can be read."""
    begin = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in _OTHERS.items():
        if begin.startswith(mark):
            raise UsageError(f"{name} is {kind}; save it as plain text, HTML or PDF and add that")
    if b"%PDF-" in data[:1024]:
        extracted = pdf.read(data, name)
    elif name.lower().endswith(_HTML_ENDINGS) or begin.lower().startswith(_HTML_BEGINS):
        extracted = html.read(data, name)
    elif b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"{name} is no text; plain text, HTML and PDF can be added")
    else:
        extracted = plain.read(data, name)
    if not extracted.paragraphs:
        raise UsageError(f"{name} holds no text")
    return extracted
