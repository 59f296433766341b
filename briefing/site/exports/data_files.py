"""An alternate of every page for machines: the same content as JSON, or as Markdown where a page is prose.

An alternate is beside its page and holds the same content, limited to what the site may show. Records have
the form that they have in the content; additions of the page, such as where a fact is used, are beside them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.content import encode
from briefing.formats.base import Prepared
from briefing.language import scale_texts
from briefing.model import fact_links, query
from briefing.model.editions import Claim, Edition
from briefing.model.facts import Fact, FactSheet
from briefing.site.files import EVERY_FACT, Laid, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer
from briefing.site.source_coverage import CoveredSource
from briefing.store.results import Inputs

WHOLE = "index.json"
"""The alternate of the home page: everything on the site."""
_KINDS = {
    "briefs": "brief", "facts": "fact", "topics": "topic", "sources": "source", "actors": "actor",
    "systems": "system", "matters": "matter", "pages": "page", "editions": "edition",
}  # fmt: skip


def beside_fact(printer: Printer, lookups: Lookups, fact: Fact) -> SiteFile:
    """Return the alternate of the page of a fact."""
    return written(printer, f"facts/{fact.id}", of_fact(fact, lookups), [fact.id])


def beside_topic(printer: Printer, lookups: Lookups, sheet: FactSheet) -> SiteFile:
    """Return the alternate of the page of a fact sheet."""
    shown = [fact.id for fact in sheet.facts]
    rest = dataclasses.replace(sheet, facts=())
    return written(printer, f"topics/{sheet.id}", of_topic(sheet, lookups), shown, rest)


def beside_record(printer: Printer, lookups: Lookups, kind: str, record: Any) -> SiteFile:
    """Return the alternate of the page of a source, an actor or a system."""
    facts = lookups.keys_of[kind][record.id]
    return written(printer, f"{kind}/{record.id}", of_record(kind, record, lookups), facts, record)


def beside_list(printer: Printer, lookups: Lookups, kind: str) -> SiteFile:
    """Return the alternate of the list of all sources, actors or systems."""
    return written(printer, f"{kind}/index", {kind: list(_listed(lookups, kind))}, EVERY_FACT)


def beside_page(printer: Printer, lookups: Lookups, name: str, edition: Edition) -> SiteFile:
    """Return the alternate of a plain page."""
    parts = (("the page's own text", _digest(repr(lookups.library.pages[name]))),)
    prepared = Prepared("text", of_page(edition), title=edition.title)
    return printer.file(f"pages/{name}.md", prepared, Inputs(frozenset(_cited(edition)), parts))


def of_everything(printer: Printer, lookups: Lookups, pages: Iterable[str]) -> SiteFile:
    """Return the overview of the site. ``pages`` are its pages as ``in_overview`` describes them, as JSON."""
    return written(printer, WHOLE.removesuffix(".json"), of_site(printer, lookups, pages), EVERY_FACT)


def scales_file(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the alternate of the page scales.html."""
    scales = scale_texts.every(lookups.library.ladders.values(), lookups.say)
    return written(printer, "scales", {"scales": list(map(_scale, scales))}, ())


def of_fact(fact: Fact, lookups: Lookups) -> dict[str, Any]:
    """Return a fact, with the additions of its page."""
    library = lookups.library
    found: dict[str, Any] = {
        "id": fact.id,
        "page": f"facts/{fact.id}.html",
        "topic": query.sheet_of(fact.id),
        "fact": encode.to_plain(fact),
        "words": {
            "value": lookups.wording.value(fact.value) if fact.value else None,
            "date": lookups.wording.date(fact.date) if fact.date else None,
        },
        "independent_origins": query.independent_origins(fact.evidence, library),
        "review_by": review.by.edtf if (review := lookups.review_of.get(fact.id)) else None,
        "formerly": list(lookups.former_names.get(fact.id, ())),
        "used_in": [_brief(edition) for edition in lookups.cited_in[fact.id]],
        "disagreements": [item.id for item in lookups.disputed[fact.id]],
    }
    return found


def of_topic(sheet: FactSheet, lookups: Lookups) -> dict[str, Any]:
    """Return a fact sheet with its facts and registers."""
    briefs = [_brief(lookups.named[name]) for name in lookups.briefs_on[sheet.id]]
    return {
        "id": sheet.id,
        "page": f"topics/{sheet.id}.html",
        "topic": encode.to_plain(sheet),
        "used_in": briefs,
    }


def of_record(kind: str, record: Any, lookups: Lookups) -> dict[str, Any]:
    """Return a source, an actor or a system, with the facts that name it."""
    found = {
        "id": record.id,
        "page": f"{kind}/{record.id}.html",
        _KINDS[kind]: encode.to_plain(record),
        "facts": lookups.keys_of[kind][record.id],
    }
    if kind == "sources":
        found["origins"] = {name: encode.to_plain(lookups.library.origins[name]) for name in record.origins}
        found["coverage"] = covered(lookups.covered[record.id])
    return found


def of_page(edition: Edition) -> str:
    """Return a plain page as Markdown; its claims link to the facts' pages."""
    text = "\n\n".join(
        "".join(
            part if isinstance(part, str) else f"[{part.words}](../facts/{part.fact}.html)"
            for part in section.segments
        )
        for section in edition.sections
    )
    return f"# {fact_links.escape(edition.title)}\n\n{text.strip()}\n"


def in_overview(lookups: Lookups, file: Laid) -> dict[str, Any]:
    """Return a page as the overview of the site lists it."""
    return {
        "path": file.path,
        "kind": _kind(file.path),
        "title": file.title,
        "twins": {item.name.lower(): item.path for item in lookups.alternates_of(file.path)},
    }


def _brief_in_overview(_: Printer, lookups: Lookups, name: str) -> str:
    return elements([_brief(lookups.named[name])])


BRIEFS = Piece("brief in overview", lambda lookups: lookups.named, _brief_in_overview)


def of_site(printer: Printer, lookups: Lookups, pages: Iterable[str]) -> dict[str, Any]:
    """Return an overview of everything on the site, page by page."""
    library = lookups.library
    project = library.project
    return {
        "title": project.title,
        "subtitle": project.subtitle,
        "publisher": project.publisher,
        "contact": project.contact,
        "licence": project.licence or None,
        "language": project.languages[0],
        "marking": project.marking.value,
        "as_of": library.as_of.isoformat() if library.as_of else None,
        "address": project.base_url or None,
        "briefs": Joined(printer.pieces(BRIEFS).values()),
        "pages": Joined(pages),
    }


def _kind(path: str) -> str:
    folder, slash, name = path.partition("/")
    return "list" if not slash or name == "index.html" or "_" in name else _KINDS[folder]


def _brief(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.brief,
        "title": edition.title,
        "page": f"briefs/{edition.brief}.html",
        "edition": edition.label,
        "is_draft": edition.is_draft,
        "as_of": edition.as_of_day.isoformat(),
        "notice": edition.notice or None,
    }


def listed_fact(fact: Fact) -> dict[str, Any]:
    """Return a fact as the list of all facts has it."""
    return {
        "id": fact.id,
        "statement": fact.statement,
        "status": fact.status and fact.status.id,
        "page": f"facts/{fact.id}.html",
        "data": f"facts/{fact.id}.json",
    }


def _listed(lookups: Lookups, kind: str) -> Iterator[dict[str, Any]]:
    for record in getattr(lookups.library, kind).values():
        yield {
            "id": record.id,
            "name": (record.title or record.label) if kind == "sources" else record.name,
            "facts": lookups.counts[kind].get(record.id, 0),
            "page": f"{kind}/{record.id}.html",
            "data": f"{kind}/{record.id}.json",
        }


def dated(fact: Fact) -> dict[str, Any]:
    """Return a fact as the timeline lists it."""
    return {
        "date": encode.to_plain(fact.date),
        "asserted": encode.to_plain(fact.asserted),
        "fact": fact.id,
        "statement": fact.statement,
        "status": fact.status and fact.status.id,
    }


def covered(item: CoveredSource) -> dict[str, Any]:
    """Return the coverage of a source in numbers."""
    return {
        "verified": item.verified.day.edtf if item.verified else None,
        "cited": item.cited.part,
        "explained": item.explained,
        "with_content": item.cited.whole if item.verified else None,
        "open": item.open,
    }


def _scale(scale: Any) -> dict[str, Any]:
    return {"title": scale.title, "source": scale.source, "steps": [list(row) for row in scale.rows]}


def _cited(edition: Edition) -> Iterator[str]:
    for section in edition.sections:
        yield from (part.fact for part in section.segments if isinstance(part, Claim))


def written(
    printer: Printer, stem: str, value: Mapping[str, Any], shown: Iterable[str], record: object = None
) -> SiteFile:
    """Return an alternate as JSON; ``stem`` is the path of its page without the ending."""
    text = _json(value) + "\n"
    parts = (("its own entry", _digest(repr(record))),) if record else ()
    return printer.file(f"{stem}.json", Prepared("text", text, title=stem), Inputs(frozenset(shown), parts))


class Joined:
    """A list, or a mapping, whose elements are JSON already, as ``elements`` or ``items`` write them."""

    def __init__(self, texts: Iterable[str], brackets: str = "[]") -> None:
        self.texts = tuple(texts)
        self.brackets = brackets


def elements(values: Iterable[object]) -> str:
    """Return values as the elements of a list in JSON."""
    return ",\n".join(map(_json, values))


def items(values: Mapping[str, object]) -> str:
    """Return a mapping as JSON without its brackets."""
    return ",\n".join(f"{_scalar(key)}: {_json(item)}" for key, item in values.items())


def _json(value: object, pad: str = "\n") -> str:
    """Return a value as ``json.dumps`` indents it by one. ``pad`` begins the line of its closing bracket."""
    inner, brackets = f"{pad} ", "[]"
    if isinstance(value, Joined):
        texts, brackets = [text.replace("\n", inner) for text in value.texts if text], value.brackets
    elif isinstance(value, Mapping):
        texts = [f"{_scalar(key)}: {_json(item, inner)}" for key, item in value.items()]
        brackets = "{}"
    elif isinstance(value, list | tuple):
        texts = [_json(item, inner) for item in value]
    else:
        return _scalar(value)
    return f"{brackets[0]}{inner}{f',{inner}'.join(texts)}{pad}{brackets[1]}" if texts else brackets


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
