"""A saved web page: its main text and its metadata. The only module that imports trafilatura.

Metadata are read only from the head of the page, where they are meant for programs. A date or a name that
would have to be guessed from the text, such as a byline, is left to the curator.
"""

from __future__ import annotations

import codecs
import datetime
import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from briefing.model.findings import MissingLibraryError, UsageError
from briefing.sources.extract import plain
from briefing.sources.extract.extracted import FIELDS, Extracted, Stated, clean
from briefing.store import versions

_BLOCKS = {"p", "head", "item", "quote", "row", "list", "table", "code", "ab", "div", "main", "body", "fw"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_NO_ENCODINGS = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
)
"""What Python calls an encoding and no page is written in; a browser would show other words."""
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?![\d-])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TERMS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "ld:headline", "twitter:title", "dc.title", "<title>"),
    "publisher": ("og:site_name", "ld:publisher", "dc.publisher"),
    "author": ("ld:author", "author", "dc.creator", "article:author"),
    "published": (
        "article:published_time",
        "ld:datePublished",
        "datepublished",
        "dc.date",
        "dcterms.date",
        "date",
    ),
    "url": ("<link rel=canonical>", "og:url", "ld:url"),
    "language": ("<html lang>", "content-language", "ld:inLanguage"),
}
"""Where a page may state each field, the best first; ``ld:`` is its JSON-LD."""


def read(data: bytes, name: str) -> Extracted:
    """Return the main text of a page.

    Raises UsageError where it has none or its encoding is not known, and MissingLibraryError without the
    extra ``web``, which installs trafilatura.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise MissingLibraryError(
            f"the web page {name} needs trafilatura; install it with: {versions.how_to_install('web')}"
        ) from error
    page = _decoded(data, name)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the errors below say all that users need
    document = trafilatura.bare_extraction(page, include_comments=False, include_tables=True)
    body = getattr(document, "body", None)
    paragraphs = tuple(_paragraphs(body)) if body is not None else ()
    if not paragraphs:
        raise UsageError(f"{name} has no main text; copy the text into a plain file and add that")
    return Extracted(paragraphs, f"trafilatura {trafilatura.__version__}", _stated(page))


def _decoded(data: bytes, name: str) -> str:
    """Return a page as text: by its byte order mark, by the encoding that it names, or else as UTF-8."""
    named = _CHARSET.search(data[:_HEAD_BYTES])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = named[1].decode()
        try:
            if codecs.lookup(encoding).name in _NO_ENCODINGS:
                raise LookupError(encoding)
            return data.decode(encoding)
        except (LookupError, UnicodeError) as error:
            raise UsageError(
                f"{name} says that its encoding is {encoding}, but it is not; save it as UTF-8"
            ) from error
    return plain.decoded(data, name)


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the blocks of an extracted text, each as one line."""
    found: list[str] = [""]
    _gather(body, found)
    yield from (line for line in map(clean, found) if line)


def _gather(element: Any, found: list[str]) -> None:
    is_block = element.tag in _BLOCKS
    if is_block or element.tag == "lb":
        found.append("")
    if isinstance(element.tag, str):
        found[-1] += element.text or ""
        for index, child in enumerate(element):
            if child.tag == "cell" and index:
                found[-1] += " | "
            _gather(child, found)
            found[-1] += child.tail or ""
    if is_block:
        found.append("")


# ------------------------------------------------------------------------------------------------- stated


def _stated(page: str) -> dict[str, Stated]:
    head = _PageMetadata()
    head.feed(page)
    head.close()
    terms = head.terms | _linked_data(head.scripts)
    found: dict[str, Stated] = {}
    for field in FIELDS:
        for term in _TERMS[field]:
            if (value := _usable(field, terms.get(term, ""))) and field not in found:
                found[field] = Stated(value, term.replace("ld:", "JSON-LD "))
    return found


def _usable(field: str, value: str) -> str:
    """Return a stated value in the form of the field; empty where it is not usable."""
    value = clean(value)
    if field == "published":
        return _day(value)
    if field == "language":
        return value if _LANGUAGE.fullmatch(value) else ""
    if field == "url":
        return value if re.match(r"https?://\S+$", value) else ""
    is_address = field == "author" and value.startswith(("http://", "https://"))
    return "" if is_address else value


def _day(value: str) -> str:
    """Return the day of an ISO 8601 date or time; empty for anything else."""
    day = _DAY.match(value)
    try:
        return datetime.date.fromisoformat(day[1]).isoformat() if day else ""
    except ValueError:
        return ""


class _PageMetadata(HTMLParser):
    """The metadata in the head of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.terms: dict[str, str] = {}
        self.scripts: list[str] = []
        self._open = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the metadata in attributes, and note an element whose text is needed."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._keep("<html lang>", given.get("lang", ""))
        elif tag == "meta":
            for key in ("property", "name", "itemprop", "http-equiv"):
                self._keep(given.get(key, "").lower(), given.get("content", ""))
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self._keep("<link rel=canonical>", given.get("href", ""))
        is_data = tag == "script" and given.get("type", "").lower() == "application/ld+json"
        if is_data or (tag == "title" and "<title>" not in self.terms):
            self._open, self._text = tag, ""

    def handle_data(self, data: str) -> None:
        """Collect the text of the open element."""
        if self._open:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Keep the text of the element that ends."""
        if tag != self._open:
            return
        if tag == "title":
            self._keep("<title>", self._text)
        else:
            self.scripts.append(self._text)
        self._open = ""

    def _keep(self, term: str, value: str) -> None:
        if term and value.strip():
            self.terms.setdefault(term, value)


def _linked_data(scripts: list[str]) -> dict[str, str]:
    """Return the metadata of the first article in a page's JSON-LD."""
    for script in scripts:
        try:
            nodes = list(_nodes(json.loads(script)))
        except (ValueError, RecursionError):
            continue
        for node in nodes:
            kinds = node.get("@type")
            if any(str(kind).endswith(("Article", "Posting", "Report")) for kind in _many(kinds)):
                fields = ("headline", "publisher", "author", "datePublished", "url", "inLanguage")
                return {f"ld:{field}": _words(node.get(field)) for field in fields}
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    for item in _many(data):
        if isinstance(item, dict):
            yield item
            yield from _nodes(item.get("@graph", []))


def _many(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data]


def _words(data: Any) -> str:
    """Return a name, or several names separated by commas."""
    named = [item.get("name", "") if isinstance(item, dict) else item for item in _many(data)]
    return ", ".join(item for item in named if isinstance(item, str) and item)
