"""The archive of the site: editions as they were issued, all changes by day, former addresses.

An address here is permanent: a page once published keeps its address, and says what has become of it or leads
to the page that replaces it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefing.changes import history
from briefing.changes.history import FactVersion, NewEdition, address
from briefing.changes.in_words import ChangeText
from briefing.editions import freeze
from briefing.formats import html, markdown
from briefing.model.editions import FactFile
from briefing.model.facts import Disagreement
from briefing.model.ledger import Issued, ListedSource
from briefing.model.library import Library
from briefing.model.values import Slug
from briefing.site import citations, page_metadata
from briefing.site.exports import feeds
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer
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


def of_brief(printer: Printer, lookups: Lookups, issued: Sequence[Issued]) -> Iterator[SiteFile]:
    """Yield the pages and files of the editions of one brief."""
    for new in history.of_brief(issued, lookups.library, lookups.wording):
        yield from _edition(printer, lookups, new, issued)


def forwarding(printer: Printer, lookups: Lookups, taken: Iterable[str]) -> Iterator[SiteFile]:
    """Yield forwarding pages for former addresses not in use. ``taken`` are the site's paths."""
    known = set(taken)
    for old, new, title in _moved(lookups):
        if old in known:
            continue
        known.add(old)
        target = "../" * old.count("/") + new
        yield printer.page(old, FORWARDING, (), (("address", new),), target=target, title=title)


def _edition(
    printer: Printer, lookups: Lookups, new: NewEdition, all_issued: Sequence[Issued]
) -> Iterator[SiteFile]:
    issued, later = new.issued, [item for item in all_issued if item.order > new.issued.order]
    edition = freeze.reissued(issued, later)
    parts = parts_of((issued, *later))
    citation = citations.of_edition(edition, issued, later, lookups.library)
    context: dict[str, Any] = {
        **html.context(edition, html.opener(edition.language)),
        "program": f"Briefing {issued.program}",
        "title": lookups.say("changes.edition", title=edition.title, number=edition.label),
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
        cards=html.cards(edition),
        citation=citation,
        **context,
    )
    yield printer.citation(address(issued), citation, Inputs(frozenset(), parts))
    words = markdown.prepare(edition, printer.theme, FactFile())
    yield printer.file(f"{address(issued)}.md", words, Inputs(frozenset(), parts))


def changes(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the page of all changes by day."""
    library = lookups.library
    retired = {name: items for name, items in library.issued.items() if name not in library.briefs}
    return printer.page(
        "changes.html",
        "site-changes.html.j2",
        library.facts,
        parts_of(item for items in library.issued.values() for item in items),
        title=lookups.say("menu.changes"),
        days=lookups.days,
        by_sheet={day.anchor: _by_sheet(day.facts, library) for day in lookups.days},
        retired=retired,
        target=lambda change_text: target(change_text, library),
    )


def _by_sheet(
    states: Iterable[FactVersion], library: Library
) -> Mapping[str, list[tuple[str, list[FactVersion]]]]:
    """Return changed facts and new ones apart, so that the few changed ones are not lost among the many."""
    return {
        name: list(history.by_sheet((item for item in states if (item.number > 1) is is_later), library))
        for name, is_later in (("changed", True), ("new", False))
    }


def target(change_text: ChangeText, library: Library) -> str:
    """Return the path of the page about what changed, below the site's folder; empty if it has none now."""
    change = change_text.change
    item = change.after or change.before
    if isinstance(item, ListedSource):
        return f"sources/{item.id}.html" if item.id in library.sources else ""
    if change.key in library.facts:
        return f"facts/{change.key}.html"
    sheet, _, name = change.key.partition(".")
    if isinstance(item, Disagreement) and change.key in library.disagreements:
        return f"topics/{sheet}.html#disagreement-{name}"
    is_kept = any(
        change.key in register for register in (library.gaps, library.milestones, library.judgements)
    )
    return f"topics/{sheet}.html" if is_kept else ""


def feed_files(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the feeds."""
    issued = parts_of(item for items in lookups.library.issued.values() for item in items)
    for feed in (
        feeds.of_editions(lookups.days, lookups.library, lookups.say),
        feeds.of_facts(lookups.days, lookups.library, lookups.say),
    ):
        shown = lookups.library.facts if feed.name == feeds.FACTS else ()
        yield printer.page(feed.name, feeds.TEMPLATE, shown, issued, feed=feed, title=feed.title)


def _moved(lookups: Lookups) -> Iterator[tuple[str, str, str]]:
    """Yield (former address, address now, title now) of everything that was renamed."""
    library = lookups.library
    for old, key in library.renamed.keys.items():
        if key in library.facts:
            yield f"facts/{old}.html", f"facts/{key}.html", library.facts[key].statement
    for old, name in library.renamed.sheets.items():
        if name in library.sheets:
            yield f"topics/{old}.html", f"topics/{name}.html", library.sheets[name].title
    for old, name in library.renamed.briefs.items():
        if name in lookups.editions:
            yield f"briefs/{old}.html", f"briefs/{name}.html", lookups.editions[name].title
        for issued in library.issued.get(name, ()):
            title = lookups.say("changes.edition", title=issued.printed.title, number=issued.id)
            former = address(dataclasses.replace(issued, brief=Slug(old)))
            yield f"{former}.html", f"{address(issued)}.html", title
