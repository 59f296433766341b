"""The archive of the site: editions as they were issued, former addresses.

An address here is permanent: a page once published keeps its address, and says what has become of it or leads
to the page that replaces it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from briefing.changes import history
from briefing.changes.history import NewEdition, address
from briefing.editions import freeze
from briefing.formats import html, markdown
from briefing.model.editions import FactFile
from briefing.model.ledger import Issued
from briefing.model.values import Slug
from briefing.site import citations, issued_words, page_metadata
from briefing.site.files import PATHS, Lines, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer
from briefing.site.urls import FORWARDING
from briefing.store.results import Inputs


def parts_of(issued: Iterable[Issued]) -> tuple[tuple[str, str], ...]:
    """Return editions and withdrawals as parts of a page, each with its digest."""
    found = []
    for item in issued:
        name = f"edition {item.id} of {item.brief}"
        found.append((name, freeze.digest(dataclasses.replace(item, withdrawn=None))))
        if item.withdrawn:
            found.append((f"withdrawal of {name}", item.withdrawn.day.edtf))
    return tuple(found)


PARTS = Piece(
    "parts of issued",
    lambda lookups: lookups.library.issued,
    lambda _, lookups, name: parts_of(lookups.library.issued.get(name, ())),
)
"""The editions of each brief, as parts of a page."""


def parts(printer: Printer) -> Iterator[tuple[str, str]]:
    """Yield all editions and withdrawals as parts of a page."""
    for found in printer.pieces(PARTS).values():
        yield from found


def of_brief(printer: Printer, lookups: Lookups, issued: Sequence[Issued]) -> Iterator[SiteFile]:
    """Yield the pages and files of the editions of one brief."""
    for new in history.of_brief(issued, lookups.library, lookups.wording):
        yield from _edition(printer, lookups, new, issued)


def forwarding(printer: Printer, lookups: Lookups, lines: Lines) -> Iterator[SiteFile]:
    """Yield forwarding pages for former addresses not in use."""
    moved = list(_moved(lookups))
    known = {path for paths in lines(PATHS) for path in paths} if moved else set()
    for old, new, title in moved:
        if old in known:
            continue
        known.add(old)
        target = "../" * old.count("/") + new
        yield printer.page(old, FORWARDING, (), (("address", new),), target=target, title=title)


def _edition(
    printer: Printer, lookups: Lookups, new: NewEdition, all_issued: Sequence[Issued]
) -> Iterator[SiteFile]:
    issued, later = new.issued, [item for item in all_issued if item.order > new.issued.order]
    edition = freeze.reissued(issued, later, lookups.library.project.imprint_of(issued.brief))
    parts = parts_of((issued, *later))
    citation = citations.of_edition(edition, issued, later, lookups.library)
    context: dict[str, Any] = {
        **html.context(edition, html.opener(edition.language)),
        "program": f"Briefing {issued.program}",
        "title": lookups.say(
            "changes.edition",
            title=edition.title,
            number=issued_words.number(edition, lookups.library, lookups.wording),
        ),
    }
    yield printer.page(
        f"{address(issued)}.html",
        "site-edition.html.j2",
        (),
        parts,
        about=page_metadata.of_edition(edition, issued, lookups.library),
        issued=issued,
        editions=list(filter(None, [lookups.named.get(issued.brief)])),
        before=new.before,
        later=later,
        notice_path="" if issued.withdrawn else _notice_path(issued, later),
        cards=html.cards(edition),
        citation=citation,
        **context,
    )
    yield printer.citation(address(issued), citation, Inputs(frozenset(), parts))
    yield printer.bibtex(address(issued), citation, Inputs(frozenset(), parts))
    words = markdown.prepare(edition, printer.theme, FactFile())
    yield printer.file(f"{address(issued)}.md", words, Inputs(frozenset(), parts))


def _notice_path(issued: Issued, later: Sequence[Issued]) -> str:
    """Return the page of the edition that the notice of an old one names: its correction, or the last."""
    named = next((item for item in later if item.corrects == issued.id), later[-1] if later else None)
    return f"../{address(named)}.html" if named else ""


def _moved(lookups: Lookups) -> Iterator[tuple[str, str, str]]:
    """Yield (former address, address now, title now) of everything that was renamed."""
    library = lookups.library
    for old, key in library.renamed.keys.items():
        if key in library.facts:
            yield f"facts/{old}.html", f"facts/{key}.html", library.facts[key].statement
    for old, name in library.renamed.sheets.items():
        if name in library.sheets:
            yield f"topics/{old}.html", f"topics/{name}.html", library.sheets[name].title
    for old, name in library.renamed.matters.items():
        if name in library.matters:
            yield f"matters/{old}.html", f"matters/{name}.html", library.matters[name].name
    for old, name in library.renamed.briefs.items():
        if name in lookups.editions:
            yield f"briefs/{old}.html", f"briefs/{name}.html", lookups.editions[name].title
        for issued in library.issued.get(name, ()):
            title = lookups.say("changes.edition", title=issued.printed.title, number=issued.id)
            former = address(dataclasses.replace(issued, brief=Slug(old)))
            yield f"{former}.html", f"{address(issued)}.html", title
