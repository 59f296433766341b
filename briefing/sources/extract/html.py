"""A saved web page: its main text, and what it states about itself. The only door to trafilatura.

Taken as stated is what stands in the head of the page for programs to read. What would have to be guessed
from the text, as a date or a name in a byline, is left to the curator.
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

    Raises UsageError where none is found or its encoding is not known, MissingLibraryError without the extra
    ``web``, which brings trafilatura.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise MissingLibraryError(
            f"the web page {name} needs trafilatura; install it with: {versions.how_to_install('web')}"
        ) from error
    page = _decoded(data, name)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it has to say is said below
    document = trafilatura.bare_extraction(page, include_comments=False, include_tables=True)
    body = getattr(document, "body", None)
    paragraphs = tuple(_paragraphs(body)) if body is not None else ()
    if not paragraphs:
        raise UsageError(f"no main text is found in {name}; copy the text into a plain file and add that")
    return Extracted(paragraphs, f"trafilatura {trafilatura.__version__}", _stated(page))


def _decoded(data: bytes, name: str) -> str:
    """A page as text: by its mark, by the encoding that it names, or else as UTF-8."""
    named = _CHARSET.search(data[:_HEAD_BYTES])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode(named[1].decode())
        except (LookupError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{name} says that its encoding is {named[1].decode()}, and it is not; save it as UTF-8"
            ) from error
    return plain.decoded(data, name)


def _paragraphs(body: Any) -> Iterator[str]:
    """The blocks of an extracted text, each as one line."""
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
    """A stated value in the form of the field; empty where it cannot be one."""
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
    """The day of a date or a time in the form of ISO 8601; empty for anything else."""
    day = _DAY.match(value)
    try:
        return datetime.date.fromisoformat(day[1]).isoformat() if day else ""
    except ValueError:
        return ""


class _PageMetadata(HTMLParser):
    """What the head of a page says for programs to read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.terms: dict[str, str] = {}
        self.scripts: list[str] = []
        self._open = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what stands in attributes; mind whose text follows."""
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
        """Gather the text of what is open."""
        if self._open:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Keep the text of what ends."""
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
    """What the first article in a page's JSON-LD states."""
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
    """A name, or several with commas between them."""
    named = [item.get("name", "") if isinstance(item, dict) else item for item in _many(data)]
    return ", ".join(item for item in named if isinstance(item, str) and item)
