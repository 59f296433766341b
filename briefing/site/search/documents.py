"""The documents of the search: one for every brief, edition, topic, fact, source, actor, system and page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from briefing.changes.fact_fields import FIELDS
from briefing.changes.history import address
from briefing.formats import html
from briefing.formats.base import Prepared
from briefing.model import query
from briefing.model.editions import Claim, Edition
from briefing.model.facts import Fact
from briefing.model.sources import Source
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer
from briefing.site.search.index import ASIDE, FOLDER, KINDS, TITLE, Document, index
from briefing.store.results import Inputs

PAGE = "search.html"


TEMPLATE = "site-search.html.j2"


SCRIPT = "search.js"


def files(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the search page, its script and its index."""
    yield printer.page(PAGE, TEMPLATE, (), title="Search", kinds=KINDS)
    yield printer.asset(SCRIPT, "script")
    for piece in index(documents(lookups), lookups.library.project.languages[0]):
        digest = hashlib.sha256(piece.text.encode()).hexdigest()
        parts = () if piece.facts else (("words that can be searched for", digest),)
        prepared = Prepared("text", piece.text, title="search")
        yield printer.file(f"{FOLDER}/{piece.name}.js", prepared, Inputs(piece.facts, parts))


def documents(lookups: Lookups) -> Iterator[Document]:
    """Yield everything on the site that can be found, limited to what the site may show."""
    library = lookups.library
    for edition in lookups.editions.values():
        path = f"briefs/{edition.brief}.html"
        yield _of_edition(edition, path, "brief")
    for name, items in library.issued.items():
        for issued in items:
            yield Document(
                f"{address(issued)}.html",
                "edition",
                f"{issued.printed.title}, edition {issued.id}",
                issued.note,
                kept_with=name,
                state="withdrawn" if issued.withdrawn else lookups.wording.date(issued.issued),
            )
    for name, page in lookups.pages.items():
        yield _of_edition(page, f"pages/{name}.html", "page")
    for sheet in library.sheets.values():
        registers = [item.question for item in sheet.gaps]
        registers += [item.question for item in sheet.disagreements]
        registers += [item.expectation for item in sheet.milestones]
        registers += [lookups.wording.judgement(item) for item in sheet.judgements]
        yield Document(
            f"topics/{sheet.id}.html",
            "topic",
            sheet.title,
            _joined(sheet.summary, *registers),
            kept_with=sheet.id,
            rest=(sheet.id,),
            facts=frozenset(fact.id for fact in sheet.facts),
        )
    yield from (_of_fact(fact, lookups) for fact in library.facts.values())
    yield from (_of_source(source, lookups) for source in library.sources.values())
    for actor in library.actors.values():
        text = _joined(actor.role, *(role.title for role in actor.roles), actor.description)
        yield _of_record("actor", actor, text)
    for system in library.systems.values():
        yield _of_record("system", system, _joined(system.category, system.description))


def _of_edition(edition: Edition, path: str, kind: str) -> Document:
    """Return a brief or a plain page with all its text, as a reader sees it."""
    shown = [note.fact for note in edition.notes]
    shown += [
        part.fact for section in edition.sections for part in section.segments if isinstance(part, Claim)
    ]
    texts = (": ".join(filter(None, [section.title, html.bare(section)])) for section in edition.sections)
    return Document(
        path,
        kind,
        edition.title,
        _joined(edition.subtitle, *texts),
        kept_with=edition.brief,
        state=edition.label if kind == "brief" else "",
        rest=(edition.brief,),
        facts=frozenset(shown),
    )


def _of_fact(fact: Fact, lookups: Lookups) -> Document:
    wording, library = lookups.wording, lookups.library
    texts = [field.read(fact, wording) for field in FIELDS if field.is_searched]
    named: list[str] = []
    for name in fact.systems:
        named += (library.systems[name].name, *library.systems[name].names)
    for name in (*fact.actors, *fact.said_by):
        named += (library.actors[name].name, *library.actors[name].names)
    sheet = query.sheet_of(fact.id)
    states = [fact.status.words if fact.status else fact.kind.value, *(flag.value for flag in fact.flags)]
    return Document(
        f"facts/{fact.id}.html",
        "fact",
        fact.statement,
        _joined(*texts),
        kept_with=sheet,
        state=", ".join(states),
        rest=(fact.id, library.sheets[sheet].title, *dict.fromkeys(named)),
        facts=frozenset({str(fact.id)}),
        lead=TITLE if fact.status else ASIDE,
    )


def _of_source(source: Source, lookups: Lookups) -> Document:
    published = lookups.wording.date(source.published) if source.published else ""
    relayed = (lookups.library.origins[name].title for name in source.origins)
    return Document(
        f"sources/{source.id}.html",
        "source",
        source.title or source.label,
        _joined(source.publisher or "", source.author or "", published, *relayed, source.note),
        names=(source.label,),
        rest=(source.id,),
    )


def _of_record(kind: str, record: Any, text: str) -> Document:
    return Document(
        f"{kind}s/{record.id}.html",
        kind,
        record.name,
        _joined(text, *(name for name in record.names if name != record.name)),
        names=record.names,
        rest=(record.id,),
    )


def _joined(*texts: str) -> str:
    return " · ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
