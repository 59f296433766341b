"""The kinds of file that can be read: plain text, saved web pages and PDFs.

Words are never changed; the remarks say how lines were changed, and which hidden characters were left out.
"""

from __future__ import annotations

from briefing.model.findings import UsageError
from briefing.sources.extract import html, pdf, plain
from briefing.sources.extract.extracted import FIELDS, Choice, Extracted, Stated, visible

__all__ = ["FIELDS", "Choice", "Extracted", "Stated", "read"]

_OTHERS = {
    b"PK\x03\x04": "an Office file or an archive",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"{\\rtf": "a rich-text file",
    b"From: <Saved by": "a web archive",
    b"MIME-Version:": "a web archive or a mail",
}
"""The first bytes of files that would be mistaken for text, or cannot be read."""
_HTML_BEGINS = (b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head")
_HTML_ENDINGS = (".html", ".htm", ".xhtml")


def read(data: bytes, name: str, choice: Choice = Choice()) -> Extracted:
    """Return the text of a file. Raises UsageError where it has none or is of an unknown kind."""
    begin = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in _OTHERS.items():
        if begin.startswith(mark):
            raise UsageError(f"{name} is {kind}; save it as plain text, HTML or PDF and add that")
    if b"%PDF-" in data[:1024]:
        extracted = pdf.read(data, name, choice)
    elif name.lower().endswith(_HTML_ENDINGS) or begin.lower().startswith(_HTML_BEGINS):
        extracted = html.read(data, name, choice)
    elif b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"{name} is not a text file; only plain text, HTML and PDF can be added")
    else:
        extracted = plain.read(data, name)
    extracted = visible(extracted)
    if not extracted.paragraphs:
        raise UsageError(f"{name} contains no text")
    return extracted
