"""The pages of the site: one function for each kind of page, which also names the facts that it shows.

Links are relative and no page loads anything from outside the folder, so the site works from a web server in
any sub-path and as files opened from a disk. It is one publication: all pages are prepared from one library.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.changes import history
from briefing.changes.fact_fields import FIELDS
from briefing.compose import cite
from briefing.formats import html
from briefing.formats.base import Theme
from briefing.language import scale_texts
from briefing.language.words import Words
from briefing.model import query
from briefing.model.briefs import Brief, Page
from briefing.model.editions import Claim, Draft, DraftSection, Edition
from briefing.model.facts import Fact, FactSheet
from briefing.model.findings import Finding
from briefing.model.library import Library
from briefing.model.scales import ActorKind, Reliability, Status
from briefing.model.values import Prose
from briefing.site import archive, citations, front_page, page_metadata, stats
from briefing.site.exports import calendar as calendars
from briefing.site.exports import data_files, discovery, social_cards
from briefing.site.files import Download, SiteFile, laid
from briefing.site.lookups import Lookups
from briefing.site.printer import ALL_PAGES, Printer
from briefing.site.search import documents
from briefing.sources.captures import Share
from briefing.store.results import Inputs

ICON = "icon.svg"
MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "menu.state",
        (
            ("index.html", "menu.overview"),
            ("index.html#briefs", "menu.briefs"),
            ("timeline.html", "menu.timeline"),
            ("changes.html", "menu.changes"),
            ("registers.html", "menu.registers"),
        ),
    ),
    (
        "menu.records",
        (
            ("facts/index.html", "menu.facts"),
            ("sources/index.html", "menu.sources"),
            ("systems/index.html", "menu.systems"),
            ("actors/index.html", "menu.actors"),
        ),
    ),
    (
        "menu.about",
        (
            (ALL_PAGES, ""),
            ("scales.html", "menu.scales"),
            ("coverage.html", "menu.coverage"),
        ),
    ),
)
"""The menu in groups: the words of each group, and its pages with their words."""
_ACTORS = {
    ActorKind.PERSON: "list.people",
    ActorKind.ORGANISATION: "list.organisations",
    ActorKind.GROUP: "list.groups",
    ActorKind.COUNTRY: "list.countries",
}
"""Kinds of actors in the order in which the list shows them, each with its heading."""
LISTS = {
    "facts": "menu.facts",
    "sources": "menu.sources",
    "actors": "list.actors",
    "systems": "list.systems",
}
"""The words in the title of the list of each kind of record."""
_GROUPS = {"briefs": "brief", "facts": "fact", "sources": "source", "actors": "actor", "systems": "system"}


def cite_page(page: Page, library: Library) -> tuple[Edition | None, tuple[Finding, ...]]:
    """Return a plain page as an edition: its fact links become claims as in a brief."""
    drafted = Draft(page.id, (DraftSection("page-text", "", page.body),))
    return cite.resolve(drafted, brief_of(page, library), library)


def brief_of(page: Page, library: Library) -> Brief:
    """Return a plain page as a brief without a bottom line."""
    return Brief(
        id=page.id,
        title=page.title,
        subtitle="",
        owner=None,
        sheets=(),
        bottom_line=Prose(""),
        body=page.body,
        language=library.project.languages[0],
        at=page.at,
    )


def prepare(
    editions: Mapping[str, Edition],
    pages: Mapping[str, Edition],
    downloads: Mapping[str, Sequence[Download]],
    library: Library,
    theme: Theme,
) -> tuple[SiteFile, ...]:
    """Render every page of the site. ``pages`` are plain pages, cited."""
    lookups = Lookups.of(editions, pages, downloads, library)
    printer = Printer(lookups, theme, MENU)
    files = [
        file
        for section in sections()
        for key in section.keys(lookups)
        for file in section.step(printer, lookups, key)
    ]
    titled = [(file.path, file.title) for file in files if file.title]
    files += documents.index_files(printer, lookups)
    files.append(data_files.of_everything(printer, lookups, titled))
    files += discovery.files(printer, lookups, map(laid, files))
    files += archive.forwarding(printer, lookups, [file.path for file in files])
    files += social_cards.files(printer, lookups)
    files.append(printer.asset(ICON, "picture"))
    return (*files, *printer.fonts(laid(file).odd for file in files))


def front(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the front page."""
    yield front_page.page(printer, lookups)


def brief(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the page of a brief, with its citation."""
    if edition := lookups.editions.get(name):
        yield from brief_page(printer, lookups, edition)


def plain(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield a page of the program or of the corpus, with its Markdown."""
    if edition := lookups.pages.get(name):
        yield plain_page(printer, name, edition)
        yield data_files.beside_page(printer, lookups, name, edition)


def topic(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the page of a fact sheet, with its data."""
    if sheet := lookups.library.sheets.get(name):
        yield topic_page(printer, lookups, sheet)
        yield data_files.beside_topic(printer, lookups, sheet)


def one_fact(printer: Printer, lookups: Lookups, key: str) -> Iterator[SiteFile]:
    """Yield the page of a fact, with its data."""
    if fact := lookups.library.facts.get(key):
        yield fact_page(printer, lookups, fact)
        yield data_files.beside_fact(printer, lookups, fact)


def _record(kind: str) -> Step:
    def step(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
        if record := getattr(lookups.library, kind).get(name):
            yield record_page(printer, lookups, kind, record)
            yield data_files.beside_record(printer, lookups, kind, record)

    return step


def _list(kind: str) -> Step:
    def step(printer: Printer, lookups: Lookups, _: str) -> Iterator[SiteFile]:
        yield list_page(printer, lookups, kind, getattr(lookups.library, kind).values())
        yield data_files.beside_list(printer, lookups, kind)

    return step


def timeline(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the page of everything with a date, past and ahead."""
    yield printer.page(
        "timeline.html",
        "site-timeline.html.j2",
        [fact.id for fact in lookups.dated],
        title=lookups.say("menu.timeline"),
        past=[fact for fact in lookups.dated if fact.date and fact.date.sort_day <= lookups.known_on],
        ahead=[fact for fact in lookups.dated if fact.date and fact.date.sort_day > lookups.known_on],
    )
    yield data_files.timeline_file(printer, lookups)


def registers(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the open questions, with their data."""
    yield registers_page(printer, lookups)
    yield data_files.registers_file(printer, lookups)


def coverage(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the coverage of the sources, with its data."""
    yield coverage_page(printer, lookups)
    yield data_files.coverage_file(printer, lookups)


def calendar(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the calendar of reviews and milestones; nothing where it would be empty."""
    if lookups.has_calendar:
        shown: set[str] = {review.fact.id for review in lookups.reviews}
        shown |= {key for item in lookups.milestones for key in item.rests_on}
        prepared = calendars.prepare(lookups.library, lookups.reviews, lookups.milestones)
        parts = tuple((item.rpartition(" ")[0], item.rpartition(" ")[2]) for item in prepared.versions)
        yield printer.file("calendar.ics", prepared, Inputs(frozenset(shown), parts))


def scales(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the page of the scales that statuses and grades belong to."""
    say = lookups.say
    yield printer.page(
        "scales.html",
        "site-scales.html.j2",
        (),
        title=say("menu.scales"),
        scales=scale_texts.every(say),
        shapes={say.named(status): status.stage.shape for status in Status},
    )
    yield data_files.scales_file(printer, lookups)


def issued(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the pages and files of the issued editions of a brief."""
    yield from archive.of_brief(printer, lookups, lookups.library.issued.get(name, ()))


def changes(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield all changes by day, with their data."""
    yield archive.changes(printer, lookups)
    yield data_files.changes_file(printer, lookups)


Whole = Callable[[Printer, Lookups], Iterator[SiteFile]]
"""Yields files about everything."""
Step = Callable[[Printer, Lookups, str], Iterator[SiteFile]]
"""Yields the files about one thing, by its id."""


@dataclass(frozen=True, slots=True)
class Section:
    """Files of the site of one kind: for which things there are any, and how those of one are laid out."""

    name: str
    keys: Callable[[Lookups], Iterable[str]]
    step: Step
    is_list: bool = False
    """Whether of facts they show no more than lists do; then a fact has nothing else to be read."""
    whole: Whole | None = None
    """What it consists in, if it is about everything."""


def _about_all(whole: Whole, is_list: bool = False) -> Section:
    return Section(
        whole.__name__, lambda _: ("",), lambda printer, lookups, _: whole(printer, lookups), is_list, whole
    )


SECTIONS: tuple[Section | Whole, ...] = (
    _about_all(front, is_list=True),
    Section("brief", lambda lookups: lookups.named, brief),
    Section("plain page", lambda lookups: lookups.pages, plain),
    Section("topic", lambda lookups: lookups.library.sheets, topic),
    Section("fact", lambda lookups: lookups.library.facts, one_fact),
    Section("list of facts", lambda _: ("",), _list("facts"), is_list=True),
    Section("source", lambda lookups: lookups.library.sources, _record("sources"), is_list=True),
    Section("list of sources", lambda _: ("",), _list("sources"), is_list=True),
    Section("actor", lambda lookups: lookups.library.actors, _record("actors"), is_list=True),
    Section("list of actors", lambda _: ("",), _list("actors"), is_list=True),
    Section("system", lambda lookups: lookups.library.systems, _record("systems"), is_list=True),
    Section("list of systems", lambda _: ("",), _list("systems"), is_list=True),
    _about_all(timeline, is_list=True),
    registers,
    _about_all(coverage, is_list=True),
    calendar,
    scales,
    Section("issued", lambda lookups: lookups.library.issued, issued),
    _about_all(changes, is_list=True),
    _about_all(archive.feed_files, is_list=True),
    documents.search_page,
)
"""The sections of the site, in the order in which its pages are listed. A new page is a line here: a function
that yields files about everything, or a section with the function for one thing."""


def sections() -> tuple[Section, ...]:
    """Return all sections."""
    return tuple(item if isinstance(item, Section) else _about_all(item) for item in SECTIONS)


def brief_page(printer: Printer, lookups: Lookups, edition: Edition) -> Iterator[SiteFile]:
    """Yield a brief as it is now, with its downloads and the list of its editions."""
    issued = lookups.library.issued.get(edition.brief, ())
    downloads = lookups.downloads_of(edition.brief)
    citation = citations.of_brief(edition, issued, lookups.library)
    yield printer.page(
        f"briefs/{edition.brief}.html",
        "site-brief.html.j2",
        {note.fact for note in edition.notes},
        archive.parts_of(issued),
        title=edition.title,
        about=page_metadata.of_brief(edition, issued, lookups.library),
        issued=issued,
        sheets=[
            lookups.library.sheets[name]
            for name in lookups.library.briefs[edition.brief].sheets
            if name in lookups.library.sheets
        ],
        downloads=downloads,
        citation=citation,
        cards=html.cards(edition),
        **html.context(edition, html.opener(edition.language)),
    )
    facts = frozenset(note.fact for note in edition.notes)
    yield printer.citation(f"briefs/{edition.brief}", citation, Inputs(facts, archive.parts_of(issued)))


def plain_page(printer: Printer, name: str, edition: Edition) -> SiteFile:
    """Return a page such as the method: prose whose claims link to the facts' pages."""

    def marker(claim: Claim) -> html.ClaimMarkup:
        return html.ClaimMarkup(f'<a class="fact" href="../facts/{claim.fact}.html">', "</a>")

    facts = [
        part.fact for section in edition.sections for part in section.segments if isinstance(part, Claim)
    ]
    parts = [html.section_html(section, marker, edition.language) for section in edition.sections]
    return printer.page(
        f"pages/{name}.html",
        "site-page.html.j2",
        facts,
        title=edition.title,
        parts=parts,
        contents=html.contents(parts),
    )


def topic_page(printer: Printer, lookups: Lookups, sheet: FactSheet) -> SiteFile:
    """Return the page of a fact sheet with its registers."""
    briefs = [lookups.named[name] for name in lookups.briefs_on[sheet.id]]
    basis = {judgement.id: printer.prose(judgement.basis) for judgement in sheet.judgements}
    return printer.page(
        f"topics/{sheet.id}.html",
        "site-topic.html.j2",
        [*(fact.id for fact in sheet.facts), *_named_on(sheet)],
        title=sheet.title,
        about=page_metadata.About(sheet.summary),
        sheet=sheet,
        passed_by=lookups.passed_by,
        called_off=lookups.called_off,
        briefs=briefs,
        basis=basis,
        tally=stats.tally(sheet.facts),
    )


def fact_page(printer: Printer, lookups: Lookups, fact: Fact) -> SiteFile:
    """Return the page of a fact: its evidence, what it said before, where it is used."""
    library, say = lookups.library, lookups.say
    lines = ((field.name, field.read(fact, lookups.wording)) for field in FIELDS if field.is_on_page)
    return printer.page(
        f"facts/{fact.id}.html",
        "site-fact.html.j2",
        [fact.id],
        title=fact.statement,
        about=page_metadata.of_fact(fact, library),
        fact=fact,
        review=lookups.review_of.get(fact.id),
        sheet=lookups.topics[query.sheet_of(fact.id)],
        value=fact.value and lookups.wording.value(fact.value),
        independent=query.independent_origins(fact.evidence, library),
        used_in=lookups.cited_in[fact.id],
        states=history.of_fact(fact, lookups.wording),
        former=lookups.former_names.get(fact.id, ()),
        status_meaning=scale_texts.meaning(fact.status, say) if fact.status else "",
        caveat=scale_texts.caveat(fact, lookups.wording),
        credibility=scale_texts.graded(fact.credibility, say) if fact.credibility else "",
        lines=[(name, words) for name, words in lines if words],
        disagreements=lookups.disputed[fact.id],
    )


def registers_page(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the page of all disagreements, gaps, milestones and judgements."""
    library = lookups.library
    resting = [key for sheet in library.sheets.values() for key in _named_on(sheet)]
    resting += (review.fact.id for review in lookups.reviews)
    return printer.page(
        "registers.html",
        "site-registers.html.j2",
        resting,
        title=lookups.say("registers.title"),
        sheets=list(library.sheets.values()),
        passed_by=lookups.passed_by,
        called_off=lookups.called_off,
        milestones=lookups.milestones,
        reviews={day: [*found] for day, found in itertools.groupby(lookups.reviews, lambda item: item.day)},
        basis={item.id: printer.prose(item.basis, "") for item in library.judgements.values()},
    )


def coverage_page(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the page of every source, paragraph by paragraph, for curators and readers who look for gaps."""
    total = sum((item.cited for item in lookups.covered.values()), Share(0, 0))
    return printer.page(
        "coverage.html",
        "site-coverage.html.j2",
        lookups.library.facts,
        title=lookups.say("coverage.title"),
        sources=list(lookups.covered.values()),
        total=total,
    )


def record_page(printer: Printer, lookups: Lookups, kind: str, record: Any) -> SiteFile:
    """Return the page of a source, an actor or a system, with the facts that name it."""
    facts = lookups.facts_of[kind][record.id]
    title = record.title or record.label if kind == "sources" else record.name
    return printer.page(
        f"{kind}/{record.id}.html",
        f"site-{_GROUPS[kind]}.html.j2",
        [fact.id for fact in facts],
        title=title,
        about=page_metadata.of_source(record)
        if kind == "sources"
        else page_metadata.About(record.description),
        record=record,
        facts=facts,
        covered=lookups.covered[record.id] if kind == "sources" else None,
        reliability=scale_texts.graded(record.reliability, lookups.say) if kind == "sources" else "",
    )


def list_page(printer: Printer, lookups: Lookups, kind: str, records: Iterable[Any]) -> SiteFile:
    """Return the list of all records of a kind."""
    records = list(records)
    facts = lookups.library.facts if kind == "facts" else ()
    counts = {} if kind == "facts" else lookups.counts[kind]
    return printer.page(
        f"{kind}/index.html",
        "site-list.html.j2",
        facts,
        title=lookups.say(LISTS[kind]),
        kind=kind,
        records=records,
        counts=counts,
        covered=lookups.covered,
        reliability={grade: scale_texts.graded(grade, lookups.say) for grade in Reliability},
        listed=_grouped(kind, records, lookups.say) if kind in ("actors", "systems") else [],
    )


def _named_on(sheet: FactSheet) -> Iterator[str]:
    """Yield the facts, of other topics too, that the registers of a sheet name."""
    return itertools.chain.from_iterable(item.rests_on for item in sheet.entries)


def _grouped(kind: str, records: Iterable[Any], say: Words) -> list[tuple[str, list[Any]]]:
    """Return records by name; actors under their kinds, and people by their ids, which are surnames."""
    named = sorted(records, key=lambda record: record.name)
    if kind != "actors":
        return [("", named)]
    groups = {sort: [item for item in named if item.kind is sort] for sort in _ACTORS}
    groups[ActorKind.PERSON].sort(key=lambda person: person.id)
    return [(say(_ACTORS[sort]), found) for sort, found in groups.items()]
