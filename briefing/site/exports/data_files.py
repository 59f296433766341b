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

from briefing.changes.history import address
from briefing.changes.in_words import ChangeText
from briefing.content import encode
from briefing.formats.base import Prepared
from briefing.language import scale_texts
from briefing.model import fact_links, query
from briefing.model.editions import Claim, Edition
from briefing.model.facts import Fact, FactSheet
from briefing.model.ledger import Issued
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer
from briefing.site.source_coverage import CoveredSource
from briefing.store.results import Inputs

WHOLE = "index.json"
"""The alternate of the home page: everything on the site."""
_KINDS = {
    "briefs": "brief", "facts": "fact", "topics": "topic", "sources": "source", "actors": "actor",
    "systems": "system", "pages": "page", "editions": "edition",
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
    facts = [fact.id for fact in lookups.facts_of[kind][record.id]]
    return written(printer, f"{kind}/{record.id}", of_record(kind, record, lookups), facts, record)


def beside_list(printer: Printer, lookups: Lookups, kind: str) -> SiteFile:
    """Return the alternate of the list of all records of a kind."""
    return written(printer, f"{kind}/index", {kind: list(_listed(lookups, kind))}, lookups.library.facts)


def beside_page(printer: Printer, lookups: Lookups, name: str, edition: Edition) -> SiteFile:
    """Return the alternate of a plain page."""
    parts = (("the page's own text", _digest(repr(lookups.library.pages[name]))),)
    prepared = Prepared("text", of_page(edition), title=edition.title)
    return printer.file(f"pages/{name}.md", prepared, Inputs(frozenset(_cited(edition)), parts))


def of_everything(printer: Printer, lookups: Lookups, titled: Iterable[tuple[str, str]]) -> SiteFile:
    """Return the overview of the site. ``titled`` are its pages, each with its path and title."""
    return written(printer, WHOLE.removesuffix(".json"), of_site(lookups, titled), lookups.library.facts)


def timeline_file(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the alternate of the page timeline.html."""
    return written(printer, "timeline", {"timeline": _timeline(lookups)}, lookups.library.facts)


def changes_file(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the alternate of the page changes.html."""
    return written(printer, "changes", {"days": list(_days(lookups))}, lookups.library.facts)


def registers_file(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the alternate of the page registers.html."""
    return written(printer, "registers", _registers(lookups), lookups.library.facts)


def coverage_file(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the alternate of the page coverage.html."""
    return written(printer, "coverage", {"sources": _coverage(lookups)}, lookups.library.facts)


def scales_file(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the alternate of the page scales.html."""
    return written(
        printer, "scales", {"scales": [_scale(item) for item in scale_texts.every(lookups.say)]}, ()
    )


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
        "facts": [fact.id for fact in lookups.facts_of[kind][record.id]],
    }
    if kind == "sources":
        found["origins"] = {name: encode.to_plain(lookups.library.origins[name]) for name in record.origins}
        found["coverage"] = _covered(lookups.covered[record.id])
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


def of_site(lookups: Lookups, titled: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return an overview of everything on the site, page by page."""
    library = lookups.library
    project = library.project
    return {
        "title": project.title,
        "subtitle": project.subtitle,
        "publisher": project.publisher,
        "contact": project.contact,
        "language": project.languages[0],
        "marking": project.marking.value,
        "as_of": library.as_of.isoformat() if library.as_of else None,
        "address": project.base_url or None,
        "briefs": [_brief(edition) for edition in lookups.named.values()],
        "pages": [
            {
                "path": path,
                "kind": _kind(path),
                "title": title,
                "twins": {item.name.lower(): item.path for item in lookups.alternates_of(path)},
            }
            for path, title in titled
        ],
    }


def _kind(path: str) -> str:
    folder, slash, name = path.partition("/")
    return "list" if not slash or name == "index.html" else _KINDS[folder]


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


def _listed(lookups: Lookups, kind: str) -> Iterator[dict[str, Any]]:
    for record in getattr(lookups.library, kind).values():
        if kind == "facts":
            entry = {"statement": record.statement, "status": record.status and record.status.value}
        else:
            name = (record.title or record.label) if kind == "sources" else record.name
            entry = {"name": name, "facts": lookups.counts[kind].get(record.id, 0)}
        paths = {"page": f"{kind}/{record.id}.html", "data": f"{kind}/{record.id}.json"}
        yield {"id": record.id, **entry, **paths}


def _timeline(lookups: Lookups) -> list[dict[str, Any]]:
    return [
        {
            "date": encode.to_plain(fact.date),
            "fact": fact.id,
            "statement": fact.statement,
            "status": fact.status and fact.status.value,
        }
        for fact in lookups.dated
    ]


def _days(lookups: Lookups) -> Iterator[dict[str, Any]]:
    for day in lookups.days:
        yield {
            "from": day.earliest.isoformat(),
            "to": day.latest.isoformat(),
            "withdrawn": [_edition(item) for item in day.withdrawn],
            "editions": [
                {**_edition(new.issued), "changes": _change_texts(new.changes)} for new in day.editions
            ],
            "facts": [
                {
                    "fact": since.fact.id,
                    "state": since.number,
                    "is_now": since.is_now,
                    "statement": since.fact.statement,
                    "changes": _change_texts(since.changes),
                }
                for since in sorted(day.facts, key=lambda item: (item.fact.id, item.number))
            ],
            "sources": [source.id for source in day.sources],
        }


def _edition(issued: Issued) -> dict[str, Any]:
    return {
        "brief": issued.brief,
        "number": issued.id,
        "page": f"{address(issued)}.html",
        "markdown": f"{address(issued)}.md",
        "note": issued.note,
        "withdrawn": encode.to_plain(issued.withdrawn) if issued.withdrawn else None,
    }


def _change_texts(changes: Iterable[ChangeText]) -> list[dict[str, str]]:
    return [{"what": item.what, "subject": item.subject} for item in changes]


def _registers(lookups: Lookups) -> dict[str, Any]:
    library = lookups.library
    found: dict[str, Any] = {
        name: {key: encode.to_plain(item) for key, item in getattr(library, name).items()}
        for name in ("gaps", "disagreements", "milestones", "judgements")
    }
    found["reviews"] = [{"fact": item.fact.id, "by": item.by.edtf} for item in lookups.reviews]
    return found


def _coverage(lookups: Lookups) -> dict[str, Any]:
    return {name: _covered(item) for name, item in lookups.covered.items()}


def _covered(item: CoveredSource) -> dict[str, Any]:
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
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    parts = (("its own entry", _digest(repr(record))),) if record else ()
    return printer.file(f"{stem}.json", Prepared("text", text, title=stem), Inputs(frozenset(shown), parts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
