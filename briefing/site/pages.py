"""The site: every brief, fact, source, actor and system on a page of its own, linked both ways.

Links are relative and no page asks for anything outside the folder, so it works from a web server in any
sub-path and as files opened from a disk. It is one publication: all pages are prepared from one library.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.changes import history
from briefing.compose import cite, templates
from briefing.formats import fonts as webfonts
from briefing.formats import html
from briefing.formats.base import Prepared, Theme
from briefing.language import scale_texts
from briefing.language.wording import Wording
from briefing.model import fact_links, query
from briefing.model.briefs import Brief, Page
from briefing.model.editions import Claim, Draft, DraftSection, Edition
from briefing.model.facts import Disagreement, Fact, FactSheet, Milestone
from briefing.model.findings import Finding
from briefing.model.library import Library
from briefing.model.query import Paragraph
from briefing.model.scales import ActorKind, Status
from briefing.model.sources import Source, Verification
from briefing.model.values import Slug
from briefing.review import schedule
from briefing.site import archive, citations, front_page, page_metadata, search, stats
from briefing.site.citations import Citation
from briefing.site.exports import calendar as calendars
from briefing.site.exports import data_files, discovery, social_cards
from briefing.sources.captures import Share
from briefing.store.results import Ingredients

STYLES = ("tokens.css", "night.css", "text.css", "screen.css", "site.css", "search.css")
ICON = "icon.svg"
FACTS = "facts"
DOWNLOADS = {
    "pdf": "PDF",
    "two-page": "PDF, two pages",
    "flash": "PDF, one page",
    "markdown": "Markdown",
    FACTS: "Facts as JSON",
}
"""What stands beside a brief's page, in this order: formats, and the facts as data; with words for links."""
_ACTORS = {
    ActorKind.PERSON: "People",
    ActorKind.ORGANISATION: "Organisations",
    ActorKind.GROUP: "Groups",
    ActorKind.COUNTRY: "Countries",
}
"""Kinds of actors in the order in which the list shows them, each with its heading."""
_GROUPS = {"briefs": "brief", "facts": "fact", "sources": "source", "actors": "actor", "systems": "system"}


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site, by its path below the site's folder."""

    path: str
    prepared: Prepared
    ingredients: Ingredients


@dataclass(frozen=True, slots=True)
class Download:
    """A file that stands beside a brief's page."""

    name: str
    """One of ``DOWNLOADS``."""
    suffix: str
    prepared: Prepared
    ingredients: Ingredients

    @property
    def words(self) -> str:
        """What a link to it says."""
        return DOWNLOADS[self.name]


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A row of a source's table: one paragraph, or several in a row that are explained by the same reason."""

    first: int
    last: int
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class CoveredSource:
    """A source from the other side: what in it is cited, explained or neither, by what the site may show."""

    source: Source
    verified: Verification | None
    """None where the number of its paragraphs is not on record."""
    paragraphs: tuple[Paragraph, ...]

    @property
    def cited(self) -> Share:
        """Paragraphs that something cites, of those with content: all but those explained as a whole."""
        cited = sum(item.is_cited for item in self.paragraphs)
        return Share(cited, len(self.paragraphs) - self.explained)

    @property
    def explained(self) -> int:
        """How many paragraphs nothing has to cite."""
        return sum(item.is_explained and not item.is_cited for item in self.paragraphs)

    @property
    def open(self) -> int:
        """How many figures, dates and names in it are neither cited nor explained."""
        return sum(len(item.open) for item in self.paragraphs)

    @property
    def rows(self) -> tuple[ParagraphRow, ...]:
        """Its table."""
        rows: list[ParagraphRow] = []
        for item in self.paragraphs:
            before = rows[-1] if rows else None
            if before and before.last == item.number - 1 and _reads_alike(before.paragraph, item):
                rows[-1] = ParagraphRow(before.first, item.number, before.paragraph)
            else:
                rows.append(ParagraphRow(item.number, item.number, item))
        return tuple(rows)


def coverage_of(library: Library) -> Mapping[str, CoveredSource]:
    """Every source of a library, by its id, as far as that can be told without the captures."""
    return {
        name: CoveredSource(source, query.verification_of(source, library), query.paragraphs(library, source))
        for name, source in library.sources.items()
    }


def _reads_alike(one: Paragraph, other: Paragraph) -> bool:
    """Whether two paragraphs say the same in the table: those that something cites or holds open never do."""
    return not any((one.is_cited, other.is_cited, one.open, other.open)) and one.uncited == other.uncited


def cite_page(page: Page, library: Library) -> tuple[Edition | None, tuple[Finding, ...]]:
    """A plain page as an edition: its fact links become claims as in a brief."""
    brief = Brief(
        id=page.id,
        title=page.title,
        subtitle="",
        owner=None,
        sheets=(),
        bottom_line=page.body,
        body=page.body,
        language=library.project.languages[0],
        at=page.at,
    )
    drafted = Draft(page.id, (DraftSection("page-text", "", page.body),))
    return cite.resolve(drafted, brief, library)


def prepare(
    editions: Mapping[str, Edition],
    pages: Mapping[str, Edition],
    downloads: Mapping[str, Sequence[Download]],
    library: Library,
    theme: Theme,
) -> tuple[SiteFile, ...]:
    """Render every page of the site. ``pages`` are plain pages, cited."""
    press = Press(editions, pages, downloads, library, theme)
    files = [*press.files(), *archive.files(press)]
    files += search.files(press)
    files += data_files.files(press)
    files += discovery.files(press, files)
    files += archive.forwarding(press, [file.path for file in files])
    files += social_cards.files(press)
    files.append(press.asset(ICON, "picture"))
    fonts = tuple(
        SiteFile(f"assets/fonts/{face.name}", webfonts.prepare(face), _nothing("font packages"))
        for face in webfonts.FACES
    )
    return (*files, press.style_sheet(), *fonts)


class Press:
    """Prints pages: one method a kind of page, each naming the facts that it shows."""

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
        self.former_names = archive.former_names(library)
        self.called_off = schedule.called_off(library)
        self.reviews = schedule.agenda(library)
        self.review_of = {review.fact.id: review for review in self.reviews}
        self.milestones = sorted(library.milestones.values(), key=lambda item: (item.date.sort_day, item.id))
        self.dated = sorted((fact for fact in library.facts.values() if fact.date), key=_by_date)
        self.titles: dict[str, str] = {}
        """Path -> title of every page that was printed, former addresses apart."""
        self.pictures = social_cards.paths(editions, library.project)
        self.digests = {name: _digest(text) for name, text in theme.texts.items()}

    def files(self) -> Iterator[SiteFile]:
        """Every page of what stands now; what stood before is the archive's."""
        library = self.library
        yield front_page.page(self)
        for edition in self.editions.values():
            yield from self.brief(edition)
        for name, edition in self.pages.items():
            yield self.plain_page(name, edition)
        for sheet in library.sheets.values():
            yield self.topic(sheet)
        for fact in library.facts.values():
            yield self.fact(fact)
        yield self.list_of("facts", "Facts", library.facts.values())
        for kind, title in (
            ("sources", "Sources"),
            ("actors", "People, organisations and countries"),
            ("systems", "Systems, programmes and funds"),
        ):
            for record in getattr(library, kind).values():
                yield self.record(kind, record)
            yield self.list_of(kind, title, getattr(library, kind).values())
        yield self.page(
            "timeline.html",
            "site-timeline.html.j2",
            [fact.id for fact in self.dated],
            title="Timeline",
            past=[fact for fact in self.dated if fact.date and fact.date.sort_day <= self.known_on],
            ahead=[fact for fact in self.dated if fact.date and fact.date.sort_day > self.known_on],
        )
        yield self.registers()
        yield self.coverage()
        yield from self.calendar()
        shapes = {status.words: status.stage.shape for status in Status}
        yield self.page(
            "scales.html", "site-scales.html.j2", (), title="Scales", scales=scale_texts.ALL, shapes=shapes
        )

    def brief(self, edition: Edition) -> Iterator[SiteFile]:
        """A brief as it stands, with its downloads and the list of its editions."""
        issued = self.library.issued.get(edition.brief, ())
        downloads = self.downloads_of(edition.brief)
        citation = citations.of_brief(edition, issued, self.library)
        yield self.page(
            f"briefs/{edition.brief}.html",
            "site-brief.html.j2",
            {note.fact for note in edition.notes},
            archive.parts_of(issued),
            title=edition.title,
            about=page_metadata.of_brief(edition, issued, self.library),
            issued=issued,
            sheets=[
                self.library.sheets[name]
                for name in self.library.briefs[edition.brief].sheets
                if name in self.library.sheets
            ],
            downloads=downloads,
            citation=citation,
            cards=html.cards(edition),
            **html.context(edition, html.opener),
        )
        facts = frozenset(note.fact for note in edition.notes)
        yield self.citation(f"briefs/{edition.brief}", citation, Ingredients(facts, archive.parts_of(issued)))
        for download in downloads:
            yield SiteFile(
                f"briefs/{edition.brief}{download.suffix}", download.prepared, download.ingredients
            )

    def downloads_of(self, brief: str) -> list[Download]:
        """The files that stand beside a brief's page, the most asked for first."""
        order = list(DOWNLOADS)
        return sorted(self.downloads.get(brief, ()), key=lambda download: order.index(download.name))

    def citation(self, page: str, citation: Citation, ingredients: Ingredients) -> SiteFile:
        """The file for reference managers that stands beside a page."""
        return self.file(f"{page}.ris", Prepared("text", citation.ris, title="citation"), ingredients)

    def plain_page(self, name: str, edition: Edition) -> SiteFile:
        """A page such as the method: prose whose claims lead to the facts' pages."""

        def marker(claim: Claim) -> html.ClaimMarkup:
            return html.ClaimMarkup(f'<a class="fact" href="../facts/{claim.fact}.html">', "</a>")

        facts = [
            part.fact for section in edition.sections for part in section.segments if isinstance(part, Claim)
        ]
        parts = [html.section_html(section, marker) for section in edition.sections]
        return self.page(
            f"pages/{name}.html",
            "site-page.html.j2",
            facts,
            title=edition.title,
            parts=parts,
            contents=html.contents(parts),
        )

    def topic(self, sheet: FactSheet) -> SiteFile:
        """A fact sheet with its registers."""
        briefs = [self.editions[name] for name in self.briefs_on[sheet.id]]
        basis = {judgement.id: self.prose(judgement.basis) for judgement in sheet.judgements}
        return self.page(
            f"topics/{sheet.id}.html",
            "site-topic.html.j2",
            [*(fact.id for fact in sheet.facts), *_named_on(sheet)],
            title=sheet.title,
            about=page_metadata.About(sheet.summary),
            sheet=sheet,
            briefs=briefs,
            basis=basis,
            tally=stats.of(sheet.facts),
        )

    def fact(self, fact: Fact) -> SiteFile:
        """A fact: what it rests on, what it said before, where it is used."""
        library = self.library
        return self.page(
            f"facts/{fact.id}.html",
            "site-fact.html.j2",
            [fact.id],
            title=fact.statement,
            about=page_metadata.of_fact(fact, library),
            fact=fact,
            review=self.review_of.get(fact.id),
            sheet=library.sheets[query.sheet_of(fact.id)],
            value=fact.value and self.wording.value(fact.value),
            independent=query.independent_origins(fact.evidence, library),
            used_in=self.cited_in[fact.id],
            states=history.of_fact(fact, self.wording),
            former=self.former_names.get(fact.id, ()),
            status_meaning=scale_texts.STATUS_MEANINGS.get(fact.status) if fact.status else "",
            credibility_meaning=scale_texts.CREDIBILITY_MEANINGS.get(fact.credibility)
            if fact.credibility
            else "",
            disagreements=self.disputed[fact.id],
        )

    def registers(self) -> SiteFile:
        """All disagreements, gaps, milestones and judgements, so that what is open is found in one place."""
        library = self.library
        resting = [key for sheet in library.sheets.values() for key in _named_on(sheet)]
        resting += (review.fact.id for review in self.reviews)
        return self.page(
            "registers.html",
            "site-registers.html.j2",
            resting,
            title="Open questions and reviews",
            sheets=list(library.sheets.values()),
            milestones=self.milestones,
            reviews={day: [*found] for day, found in itertools.groupby(self.reviews, lambda item: item.day)},
            basis={item.id: self.prose(item.basis, "") for item in library.judgements.values()},
        )

    def calendar(self) -> Iterator[SiteFile]:
        """The reviews and milestones for calendar programs; an empty calendar would be none."""
        if self.has_calendar:
            shown: set[str] = {review.fact.id for review in self.reviews}
            shown |= {key for item in self.milestones for key in _resting(item)}
            prepared = calendars.prepare(self.library, self.reviews, self.milestones)
            parts = tuple((item.rpartition(" ")[0], item.rpartition(" ")[2]) for item in prepared.versions)
            yield SiteFile("calendar.ics", prepared, Ingredients(frozenset(shown), parts))

    @property
    def has_calendar(self) -> bool:
        """Whether there is anything to put into a calendar."""
        return bool(self.reviews or self.milestones)

    def coverage(self) -> SiteFile:
        """Every source, paragraph by paragraph: for curators, and readers who ask what was left out."""
        total = sum((item.cited for item in self.covered.values()), Share(0, 0))
        return self.page(
            "coverage.html",
            "site-coverage.html.j2",
            self.library.facts,
            title="Coverage of the sources",
            sources=list(self.covered.values()),
            total=total,
        )

    def record(self, kind: str, record: Any) -> SiteFile:
        """A source, an actor or a system, with the facts that name it."""
        facts = self.facts_of[kind][record.id]
        title = record.title or record.label if kind == "sources" else record.name
        return self.page(
            f"{kind}/{record.id}.html",
            f"site-{_GROUPS[kind]}.html.j2",
            [fact.id for fact in facts],
            title=title,
            about=page_metadata.of_source(record)
            if kind == "sources"
            else page_metadata.About(record.description),
            record=record,
            facts=facts,
            covered=self.covered[record.id] if kind == "sources" else None,
            reliability_meaning=scale_texts.RELIABILITY_MEANINGS[record.reliability]
            if kind == "sources"
            else "",
        )

    def by_topic(self, facts: Sequence[Fact]) -> list[tuple[FactSheet, list[Fact]]]:
        """Facts under their topics, that with the most of them first."""
        found: dict[Slug, list[Fact]] = defaultdict(list)
        for fact in facts:
            found[query.sheet_of(fact.id)].append(fact)
        order = list(self.library.sheets)
        by_size = sorted(found.items(), key=lambda item: (-len(item[1]), order.index(item[0])))
        return [(self.library.sheets[name], items) for name, items in by_size]

    def list_of(self, kind: str, title: str, records: Iterable[Any]) -> SiteFile:
        """All records of a kind."""
        records = list(records)
        facts = self.library.facts if kind == "facts" else ()
        counts = {} if kind == "facts" else {name: len(found) for name, found in self.facts_of[kind].items()}
        return self.page(
            f"{kind}/index.html",
            "site-list.html.j2",
            facts,
            title=title,
            kind=kind,
            records=records,
            counts=counts,
            covered=self.covered,
            reliability=scale_texts.RELIABILITY_MEANINGS,
            listed=_grouped(kind, records) if kind in ("actors", "systems") else [],
        )

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
        if path.endswith(".html") and template != archive.FORWARDING:
            self.titles[path] = context["title"]
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
        )

    def file(self, path: str, prepared: Prepared, ingredients: Ingredients) -> SiteFile:
        """A file of the site that is no page."""
        return SiteFile(path, prepared, ingredients)

    def asset(self, name: str, what: str) -> SiteFile:
        """A file of the theme as it stands; ``what`` says in a word what it is."""
        text = self.theme.texts[name]
        parts = ((f"{what} {name}", self.digests[name]),)
        return SiteFile(f"assets/{name}", Prepared("text", text, title=name), Ingredients(frozenset(), parts))

    def twins_of(self, path: str) -> tuple[data_files.Twin, ...]:
        """The files with the same matter as a page."""
        brief = path.removeprefix("briefs/").removesuffix(".html")
        return data_files.beside(path, [download.suffix for download in self.downloads.get(brief, ())])

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


def _named_on(sheet: FactSheet) -> Iterator[str]:
    """Facts, of other topics too, that the registers of a sheet name."""
    for gap in sheet.gaps:
        yield from gap.facts
    for disagreement in sheet.disagreements:
        for reading in disagreement.readings:
            yield from reading.facts
    for milestone in sheet.milestones:
        yield from _resting(milestone)
    for judgement in sheet.judgements:
        yield from (link.key for link in fact_links.find(judgement.basis))


def _resting(milestone: Milestone) -> Iterator[str]:
    """The facts that a milestone rests on, and the one that met it."""
    yield from milestone.facts
    if milestone.met_by:
        yield milestone.met_by


def _cited_in(editions: Mapping[str, Edition]) -> Mapping[str, list[Edition]]:
    found: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions.values():
        for note in edition.notes:
            found[note.fact].append(edition)
    return found


def _disputed(library: Library) -> Mapping[str, list[Disagreement]]:
    found: dict[str, list[Disagreement]] = defaultdict(list)
    for item in library.disagreements.values():
        for key in dict.fromkeys(key for reading in item.readings for key in reading.facts):
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


def _grouped(kind: str, records: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Records by name; actors under what they are, and people by their ids, which are surnames."""
    named = sorted(records, key=lambda record: record.name)
    if kind != "actors":
        return [("", named)]
    groups = {heading: [item for item in named if item.kind is sort] for sort, heading in _ACTORS.items()}
    groups[_ACTORS[ActorKind.PERSON]].sort(key=lambda person: person.id)
    return [*groups.items()]


def _by_date(fact: Fact) -> tuple[datetime.date, str]:
    assert fact.date
    return (fact.date.sort_day, fact.id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _nothing(part: str) -> Ingredients:
    return Ingredients(frozenset(), ((part, ""),))
