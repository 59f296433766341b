"""What a web page states about itself for programs: meta terms, JSON-LD and microdata.

A date or a name that would have to be guessed from the text, such as a by-line, is left to the curator.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.sources.extract.extracted import FIELDS, Stated, clean

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?![\d-])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TERMS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "ld:headline", "item:headline", "twitter:title", "dc.title", "<title>"),
    "publisher": ("og:site_name", "ld:publisher", "item:publisher", "dc.publisher"),
    "author": ("ld:author", "author", "item:author", "dc.creator", "article:author"),
    "published": (
        "article:published_time",
        "ld:datePublished",
        "item:datepublished",
        "datepublished",
        "dc.date",
        "dcterms.date",
        "date",
    ),
    "url": ("<link rel=canonical>", "og:url", "ld:url"),
    "language": ("<html lang>", "content-language", "ld:inLanguage"),
}
"""Where a page may state each field, the best first; ``ld:`` is its JSON-LD, ``item:`` its microdata."""
_CHANGED = (
    "article:modified_time",
    "ld:dateModified",
    "item:datemodified",
    "dcterms.modified",
    "last-modified",
)
_ARTICLES = ("Article", "Posting", "Report")
_DAMAGED = "damaged"
"""The mark of linked data that cannot be read."""
_LINKED = ("headline", "publisher", "author", "datePublished", "dateModified", "url", "inLanguage")


def stated(root: Any) -> tuple[dict[str, Stated], tuple[str, ...]]:
    """Return what a page states about itself, and sentences where it states different things."""
    terms = _terms(root)
    found: dict[str, Stated] = {}
    for field in FIELDS:
        for term in _TERMS[field]:
            if (value := _usable(field, terms.get(term, ""))) and field not in found:
                found[field] = Stated(value, _named(term))
    return found, tuple(_differences(terms))


def _named(term: str) -> str:
    return term.replace("ld:", "JSON-LD ").replace("item:", "microdata ")


def _differences(terms: Mapping[str, str]) -> Iterator[str]:
    days = {term: day for term in _TERMS["published"] if (day := _day(clean(terms.get(term, ""))))}
    if len(set(days.values())) > 1:
        said = ", ".join(f"{day} ({_named(term)})" for term, day in days.items())
        yield f"The page states different days of publication: {said}."
    for term in _CHANGED:
        day = _day(clean(terms.get(term, "")))
        if day and day not in days.values():
            yield f"The page states that it was changed on {day} ({_named(term)})."
            break
    if _DAMAGED in terms:
        yield "The JSON-LD of the page is damaged, so what it states there is not known."


def _usable(field: str, value: str) -> str:
    """Return a stated value in the form of the field; empty where it is not usable."""
    value = clean(html.unescape(value) if "&" in value else value)
    if field == "published":
        return _day(value)
    if field == "language":
        return value if _LANGUAGE.fullmatch(value) else ""
    if field == "url":
        return value if re.match(r"https?://\S+$", value) else ""
    if field == "author":
        if value.startswith(("http://", "https://")):
            return ""
        return re.sub(r"^(?:by|von|par|por|di)\s+(?=[A-ZÀ-Þ])", "", value, flags=re.IGNORECASE)
    return value


def _day(value: str) -> str:
    """Return the day of an ISO 8601 date or time; empty for anything else."""
    day = _DAY.match(value)
    try:
        return datetime.date.fromisoformat(day[1]).isoformat() if day else ""
    except ValueError:
        return ""


def _terms(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}

    def keep(term: str, value: str | None) -> None:
        if term and value and value.strip():
            found.setdefault(term, value)

    for element in root.iter("html", "meta", "link", "title"):
        if element.tag == "html":
            keep(
                "<html lang>",
                element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang"),
            )
        elif element.tag == "meta":
            for key in ("property", "name", "itemprop", "http-equiv"):
                keep((element.get(key) or "").lower(), element.get("content"))
        elif element.tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
            keep("<link rel=canonical>", element.get("href"))
        elif element.tag == "title" and not any(parent.tag == "svg" for parent in element.iterancestors()):
            keep("<title>", element.text_content())
    for element in root.iter():
        item = element.get("itemprop") if isinstance(element.tag, str) and element.tag != "meta" else None
        for name in (item or "").lower().split():
            if name in ("headline", "datepublished", "datemodified", "author", "publisher"):
                keep(f"item:{name}", _item(element))
    scripts = [
        script.text or ""
        for script in root.iter("script")
        if (script.get("type") or "").lower().startswith("application/ld+json")
    ]
    return found | _linked_data(scripts)


def _item(element: Any) -> str:
    """Return the value of an element of microdata."""
    for name in ("content", "datetime"):
        if value := element.get(name):
            return str(value)
    names = element.xpath(".//*[@itemprop='name']")
    return str((names[0].get("content") or names[0].text_content()) if names else element.text_content())


def _linked_data(scripts: list[str]) -> dict[str, str]:
    """Return the metadata of the first article in a page's JSON-LD."""
    every: list[dict[str, Any]] = []
    for script in scripts:
        text = re.sub(
            r"^\s*(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?\s*$", "", script
        )
        text = re.sub(r"^\s*<!--|-->\s*$", "", text)
        try:
            every += _nodes(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            every += [{_DAMAGED: True}] if any(f'"{name}"' in script for name in _LINKED) else []
    by_id = {node["@id"]: node for node in every if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in every:
        if any(str(kind).endswith(_ARTICLES) for kind in _many(node.get("@type"))):
            return {f"ld:{field}": _words(node.get(field), by_id) for field in _LINKED}
    return {_DAMAGED: _DAMAGED} if any(_DAMAGED in node for node in every) else {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    for item in _many(data):
        if isinstance(item, dict):
            yield item
            for name in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _nodes(item.get(name, []))


def _many(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data]


def _words(data: Any, by_id: Mapping[str, dict[str, Any]]) -> str:
    """Return a name, or several names separated by commas; a reference to another node is followed."""
    named = []
    for item in _many(data):
        if isinstance(item, dict):
            at = item.get("@id")
            item = item if "name" in item or not isinstance(at, str) else by_id.get(at, item)  # noqa: PLW2901
            name = item.get("name", "")
            named += (
                [name] if isinstance(name, str) else [part for part in _many(name) if isinstance(part, str)]
            )
        else:
            named.append(item)
    return ", ".join(item for item in named if isinstance(item, str) and item)
