"""The printer: it lays out pages and knows what several of them look up.

Everything in it is settled when it is made, from the library and its editions; ``pages`` and the modules
beside it ask it for pages.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefing.changes import history
from briefing.compose import templates
from briefing.formats import fonts as webfonts
from briefing.formats import html
from briefing.formats.base import Prepared, Theme
from briefing.language.wording import Wording
from briefing.model import fact_links, query
from briefing.model.editions import Edition
from briefing.model.facts import Disagreement, Fact, FactSheet
from briefing.model.library import Library
from briefing.model.values import Slug
from briefing.review import schedule
from briefing.site import alternates, page_metadata, urls
from briefing.site.citations import Citation
from briefing.site.files import DOWNLOADS, Download, SiteFile
from briefing.site.source_coverage import coverage_of
from briefing.store.results import Ingredients

STYLES = ("tokens.css", "night.css", "text.css", "screen.css", "site.css", "search.css")


class Printer:
    """Lay out pages, and look up what several of them show."""

    def __init__(
        self,
        editions: Mapping[str, Edition],
        pages: Mapping[str, Edition],
        downloads: Mapping[str, Sequence[Download]],
        library: Library,
        theme: Theme,
    ) -> None:
        self.editions = {name: editions[name] for name in _in_order(editions, library)}
        self.pages = dict(
            sorted(pages.items(), key=lambda item: (library.pages[item[0]].order, item[1].title))
        )
        self.downloads = downloads
        self.library = library
        self.theme = theme
        self.wording = Wording(library.project.languages[0], library.actors)
        self.known_on = query.known_on(library, library.facts.values())
        self.cited_in = _cited_in(self.editions)
        self.briefs_on: dict[str, list[str]] = defaultdict(list)
        for name in self.editions:
            for sheet in library.briefs[name].sheets:
                self.briefs_on[sheet].append(name)
        self.disputed = _disputed(library)
        self.facts_of = {
            kind: _facts_by(library, kind) for kind in ("sources", "actors", "systems", "origins")
        }
        self.covered = coverage_of(library)
        self.days = history.days(library.issued, library, self.wording)
        self.former_names = urls.former_names(library)
        self.called_off = schedule.called_off(library)
        self.reviews = schedule.agenda(library)
        self.review_of = {review.fact.id: review for review in self.reviews}
        self.milestones = sorted(library.milestones.values(), key=lambda item: (item.date.sort_day, item.id))
        self.dated = sorted((fact for fact in library.facts.values() if fact.date), key=_by_date)
        self.pictures = urls.paths(editions, library.project)
        self.digests = {name: _digest(text) for name, text in theme.texts.items()}

    def downloads_of(self, brief: str) -> list[Download]:
        """The files that stand beside a brief's page, the most asked for first."""
        order = list(DOWNLOADS)
        return sorted(self.downloads.get(brief, ()), key=lambda download: order.index(download.name))

    def citation(self, page: str, citation: Citation, ingredients: Ingredients) -> SiteFile:
        """The file for reference managers that stands beside a page."""
        return self.file(f"{page}.ris", Prepared("text", citation.ris, title="citation"), ingredients)

    @property
    def has_calendar(self) -> bool:
        """Whether there is anything to put into a calendar."""
        return bool(self.reviews or self.milestones)

    def by_topic(self, facts: Sequence[Fact]) -> list[tuple[FactSheet, list[Fact]]]:
        """Facts under their topics, that with the most of them first."""
        found: dict[Slug, list[Fact]] = defaultdict(list)
        for fact in facts:
            found[query.sheet_of(fact.id)].append(fact)
        order = list(self.library.sheets)
        by_size = sorted(found.items(), key=lambda item: (-len(item[1]), order.index(item[0])))
        return [(self.library.sheets[name], items) for name, items in by_size]

    def page(
        self,
        path: str,
        template: str,
        shown: Iterable[str],
        made_of: Iterable[tuple[str, str]] = (),
        /,
        **context: Any,
    ) -> SiteFile:
        """One page: ``shown`` are the facts on it, ``made_of`` what else it is made of, with digests."""
        is_for_readers = path.endswith(".html") and template != urls.FORWARDING
        about = context.pop("about", page_metadata.About())
        project = self.library.project
        text = self.theme.templates.html(
            template,
            root="../" * path.count("/"),
            path=path,
            project=project,
            machine=page_metadata.head(path, context["title"], about, project, self.pictures),
            twins=self.twins_of(path),
            library=self.library,
            wording=self.wording,
            known_on=self.known_on,
            editions=list(self.editions.values()),
            menu=[(f"pages/{name}.html", edition.title) for name, edition in self.pages.items()],
            publisher=project.publisher,
            has_calendar=self.has_calendar,
            address=history.address,
            called_off=self.called_off,
            **{"smart": html.plain, "by_topic": self.by_topic, **context},
        )
        return SiteFile(
            path,
            Prepared("text", text, title=path),
            Ingredients(frozenset(shown), (*self.parts_of(template), *made_of)),
            context["title"] if is_for_readers else "",
        )

    def file(self, path: str, prepared: Prepared, ingredients: Ingredients) -> SiteFile:
        """A file of the site that is no page."""
        return SiteFile(path, prepared, ingredients)

    def asset(self, name: str, what: str) -> SiteFile:
        """A file of the theme as it stands; ``what`` says in a word what it is."""
        text = self.theme.texts[name]
        parts = ((f"{what} {name}", self.digests[name]),)
        return SiteFile(f"assets/{name}", Prepared("text", text, title=name), Ingredients(frozenset(), parts))

    def twins_of(self, path: str) -> tuple[alternates.Twin, ...]:
        """The files with the same matter as a page."""
        brief = path.removeprefix("briefs/").removesuffix(".html")
        return alternates.beside(path, [download.suffix for download in self.downloads.get(brief, ())])

    def parts_of(self, template: str) -> tuple[tuple[str, str], ...]:
        """The templates that a page is laid out by, each with its digest."""
        names = templates.closure(template, self.theme.texts)
        return tuple((f"template {name}", self.digests.get(name, "")) for name in names)

    def prose(self, text: str, root: str = "../") -> Any:
        """Prose of a register: fact links lead to the facts' pages."""
        written, position = "", 0
        for link in fact_links.find(text):
            fact = self.library.facts.get(link.key)
            words = link.words or fact_links.escape((fact and self.wording.fact(fact, link.form)) or link.key)
            written += text[position : link.start] + f"[{words}]({root}facts/{link.key}.html)"
            position = link.end
        return html.inline(written + text[position:])

    def style_sheet(self) -> SiteFile:
        """The one style sheet of all pages."""
        text = "\n".join([webfonts.style_sheet("fonts/"), *(self.theme.texts[name] for name in STYLES)])
        parts = tuple((f"style {name}", _digest(self.theme.texts[name])) for name in STYLES)
        return SiteFile(
            "assets/site.css", Prepared("text", text, title="style sheet"), Ingredients(frozenset(), parts)
        )


def _in_order(editions: Mapping[str, Edition], library: Library) -> list[str]:
    home = [name for name in library.project.home if name in editions]
    return home + sorted(
        (name for name in editions if name not in home), key=lambda name: editions[name].title
    )


def _cited_in(editions: Mapping[str, Edition]) -> Mapping[str, list[Edition]]:
    found: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions.values():
        for note in edition.notes:
            found[note.fact].append(edition)
    return found


def _disputed(library: Library) -> Mapping[str, list[Disagreement]]:
    found: dict[str, list[Disagreement]] = defaultdict(list)
    for item in library.disagreements.values():
        for key in item.rests_on:
            found[key].append(item)
    return found


def _facts_by(library: Library, kind: str) -> Mapping[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in library.facts.values():
        names: dict[str, Iterable[str | None]] = {
            "sources": (item.source for item in fact.evidence),
            "origins": (item.origin for item in fact.evidence),
            "actors": (*fact.actors, *fact.said_by),
            "systems": fact.systems,
        }
        for name in dict.fromkeys(names[kind]):
            if name:
                found[name].append(fact)
    return found


def _by_date(fact: Fact) -> tuple[datetime.date, str]:
    assert fact.date
    return (fact.date.sort_day, fact.id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
