"""The pages of the site: one function for each kind of page, which also names the facts that it shows.

Links are relative and no page loads anything from outside the folder, so the site works from a web server in
any sub-path and as files opened from a disk. It is one publication: all pages are prepared from one library.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.changes import history
from briefing.changes.fact_fields import FIELDS
from briefing.compose import cite
from briefing.compose.templates import joined
from briefing.formats import html
from briefing.formats.base import Theme
from briefing.language import scale_texts
from briefing.language.order import natural
from briefing.language.words import Words
from briefing.model import query
from briefing.model.briefs import Brief, Page
from briefing.model.editions import Claim, Draft, DraftSection, Edition
from briefing.model.facts import Fact, FactSheet
from briefing.model.findings import Finding
from briefing.model.ladders import RungId, Status
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.scales import ActorKind, FactKind, Reliability
from briefing.model.values import Date, Prose, Slug
from briefing.site import (
    all_changes,
    archive,
    brackets,
    citations,
    fact_rows,
    front_page,
    how_to_read,
    list_pages,
    lists,
    matters,
    months,
    news,
    page_metadata,
    registers,
    stats,
    texts,
    urls,
)
from briefing.site.brackets import Brackets
from briefing.site.exports import calendar as calendars
from briefing.site.exports import data_files, discovery, feeds, lines, social_cards, tables
from briefing.site.exports.data_files import Joined
from briefing.site.files import EVERY_FACT, ODD, OVERVIEW, Lines, SiteFile, laid, with_facts
from briefing.site.lists import RecordsPage
from briefing.site.lookups import Briefs, Lookups, OfActor
from briefing.site.printer import ALL_PAGES, Piece, Printer, Section, Step, Whole
from briefing.site.search import documents
from briefing.sources.captures import Share
from briefing.store.request import DRAFTS_FOLDER
from briefing.store.results import Inputs

ICON = "icon.svg"
COPY = "copy.js"
"""Copies a citation; pages that have one name it."""
MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "menu.known",
        (
            ("index.html", "menu.overview"),
            (matters.BOARD, "matters.menu"),
            (matters.VOICES, "voices.title"),
            ("index.html#briefs", "menu.briefs"),
            (list_pages.TOPICS, "menu.topics"),
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
            (how_to_read.PATH, "how.title"),
            ("scales.html", "menu.scales"),
            (ALL_PAGES, ""),
        ),
    ),
)
"""The menu in groups, each with its words and its pages with theirs. Pages for editors are not among them."""
_ACTORS = dict(
    zip(
        lists.KINDS_OF_ACTORS,
        ("list.people", "list.organisations", "list.groups", "list.countries"),
        strict=True,
    )
)
"""Kinds of actors in the order in which the list shows them, each with its heading."""
LISTS = {
    "facts": "menu.facts",
    "sources": "menu.sources",
    "actors": "list.actors",
    "systems": "list.systems",
}
"""The words in the title of the list of each kind of record."""
_FACTS = "site-facts-parts.html.j2"
_TIMELINE = "site-timeline-parts.html.j2"
_COVERAGE = "site-coverage-parts.html.j2"
"""The templates of what one topic or source adds to lists."""
_NO_STATUS = Status(RungId(""))
"""A status below all others."""
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
        language=urls.language_of_page(page, library.project),
        at=page.at,
    )


def prepare(
    briefs: Briefs, pages: Mapping[str, Edition], library: Library, theme: Theme
) -> tuple[SiteFile, ...]:
    """Render every page of the site. ``pages`` are plain pages, cited."""
    lookups = Lookups.of(briefs, pages, library)
    printer = Printer(lookups, theme, MENU)
    files = [
        file
        for section in sections()
        for key in section.keys(lookups)
        for file in section.step(printer, lookups, key)
    ]
    parts = lines.of(lookups, map(laid, files)).parts
    files += documents.index_files(printer, lookups)
    for step in ABOUT_PAGES.values():
        files += step(printer, lookups, lambda part: [parts[part]] if part in parts else [])
    files += social_cards.files(printer, lookups)
    facts = frozenset[str](library.facts)
    return tuple(dataclasses.replace(file, inputs=with_facts(file.inputs, facts)) for file in files)


def front(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the front page."""
    yield front_page.page(printer, lookups)


def brief(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the page of a brief, with its citation."""
    if edition := lookups.editions.get(name):
        yield from brief_page(printer, lookups, edition)


def draft(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the page of a draft that the site shows apart."""
    if edition := lookups.drafts.get(name):
        page = _page_of_brief(printer, lookups, edition, DRAFTS_FOLDER)
        yield from tables.beside(printer, page, is_by_section=True)


def index_of_drafts(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the list of the drafts that the site shows apart; nothing where it shows none."""
    if drafts := list(lookups.named_drafts.values()):
        yield printer.page(
            f"{DRAFTS_FOLDER}/index.html",
            "site-drafts.html.j2",
            (),
            title=lookups.say("drafts.title"),
            about=page_metadata.About(is_listed=False),
            drafts=drafts,
            editions={item.brief: lookups.named.get(item.brief) for item in drafts},
        )


def plain(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield a page of the program or of the corpus, with its Markdown."""
    if edition := lookups.pages.get(name):
        yield plain_page(printer, name, edition)
        yield data_files.beside_page(printer, lookups, name, edition)


def topic(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the page of a fact sheet, with its data."""
    if sheet := lookups.library.sheets.get(name):
        yield from tables.beside(printer, topic_page(printer, lookups, sheet), is_by_section=True)
        yield data_files.beside_topic(printer, lookups, sheet)


def one_fact(printer: Printer, lookups: Lookups, key: str) -> Iterator[SiteFile]:
    """Yield the page of a fact, with its data and its citation."""
    if fact := lookups.library.facts.get(key):
        citation = citations.of_fact(fact, lookups.library, lookups.wording)
        yield from tables.beside(printer, fact_page(printer, lookups, fact, citation), is_by_section=True)
        yield data_files.beside_fact(printer, lookups, fact)
        inputs = Inputs(frozenset([str(fact.id)]), ())
        yield printer.citation(f"facts/{fact.id}", citation, inputs)
        yield printer.bibtex(f"facts/{fact.id}", citation, inputs)


def _record(kind: str) -> Step:
    def step(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
        if record := getattr(lookups.library, kind).get(name):
            page = record_page(printer, lookups, kind, record)
            yield from tables.beside(printer, page, is_by_section=True)
            yield data_files.beside_record(printer, lookups, kind, record)

    return step


def _list(kind: str) -> Section:
    def step(printer: Printer, lookups: Lookups, key: str) -> Iterator[SiteFile]:
        if page := lookups.lists.records[kind].get(key):
            yield from tables.beside(printer, list_page(printer, lookups, kind, page))
        if key == "index":
            yield data_files.beside_list(printer, lookups, kind)

    return Section(f"list of {kind}", lambda lookups: list_pages.pages_of(kind, lookups), step, is_list=True)


@dataclass(frozen=True, slots=True)
class TopicInList:
    """What one topic adds to the list of all facts."""

    title: str
    count: int
    html: str
    brackets: Brackets
    """What is inferred of the dates in it."""
    data: str


def _in_list(printer: Printer, lookups: Lookups, name: str) -> TopicInList:
    sheet = lookups.library.sheets[name]
    tables = fact_rows.of_topic(printer, sheet.id)
    is_long = lists.STATEMENTS in lookups.lists.long
    html = "" if is_long else printer.fragment(_FACTS, "topic", sheet, tables, root="../")
    listed = data_files.elements(map(data_files.listed_fact, sheet.facts))
    dated = max((table.brackets for table in tables), default=Brackets.NONE)
    return TopicInList(sheet.title, len(sheet.facts), html, dated, listed)


IN_LIST = Piece("topic in list", lambda lookups: lookups.library.sheets, _in_list, level=1)


def list_of_facts(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the list of all facts by topic, with its data."""
    topics = printer.pieces(IN_LIST)
    found = {"facts": Joined(topic.data for topic in topics.values())}
    yield data_files.written(printer, "facts/index", found, EVERY_FACT)
    if lists.STATEMENTS in lookups.lists.long:
        yield from list_pages.statements(printer, lookups)
        return
    title = lookups.say(LISTS["facts"])
    html = joined(topic.html for topic in topics.values())
    page = printer.page(
        "facts/index.html",
        "site-facts.html.j2",
        EVERY_FACT,
        (*printer.parts_of(_FACTS), *printer.parts_of(fact_rows.PARTS)),
        title=title,
        topics=topics,
        html=html,
    )
    yield from tables.beside(printer, page)


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact on the timeline."""

    day: datetime.date
    """The last day that its date can mean, or the first where that is open."""
    begins: datetime.date
    """The day from which it is no longer ahead."""
    id: str
    date: str
    """Its date in words; without one, the day as of which it is recorded."""
    status: Status | None
    brackets: Brackets
    """What is inferred of its date."""
    is_of_text: bool
    """Whether its date is no more than the one that a text has, which is no event."""
    matter: str
    """The matter that it is about, or itself where it is about none."""
    html: str
    """The rest of its line."""
    data: str


def _dated(printer: Printer, lookups: Lookups, name: str) -> tuple[Dated, ...]:
    facts = [fact for fact in lookups.library.sheets[name].facts if fact.date]
    return tuple(_on_timeline(printer, lookups, facts))


def _undated(printer: Printer, lookups: Lookups, name: str) -> tuple[Dated, ...]:
    """Return the commitments of a topic that no text dates, each under the day as of which it is recorded."""
    facts = [fact for fact in lookups.library.sheets[name].facts if fact.status and not fact.date]
    return tuple(_on_timeline(printer, lookups, facts))


def _on_timeline(printer: Printer, lookups: Lookups, facts: Sequence[Fact]) -> Iterator[Dated]:
    say, wording = lookups.say, lookups.wording
    printed = printer.fragments(_TIMELINE, "entry", [(fact,) for fact in facts])
    for fact, entry in zip(facts, printed, strict=True):
        date = fact.date or fact.asserted
        words = wording.date(date) if date else say("date.none")
        yield Dated(
            (date.latest if date.span.end else date.earliest) if date else datetime.date.max,
            date.sort_day if date else datetime.date.max,
            str(fact.id),
            words if fact.date or not date else say("matters.as_of", day=words),
            fact.status,
            brackets.of_date(date, wording),
            _is_date_of_text(fact, lookups.library),
            str(next(iter(fact.matters), fact.id)),
            entry,
            data_files.elements([data_files.dated(fact)]),
        )


def _is_date_of_text(fact: Fact, library: Library) -> bool:
    """Return whether a fact is about no more than the date that one of its texts has, which is no event.

    Context is, where it has that day; anything else only where it cites nothing but the date itself.
    """
    if fact.said_by or fact.matters or not fact.date:
        return False
    texts = [library.sources[item.source] for item in fact.evidence if item.source in library.sources]
    if not any(text.published and text.published.edtf == fact.date.edtf for text in texts):
        return False
    terms = [term for item in fact.evidence for term in item.terms]
    is_context = fact.kind in (FactKind.CONTEXT, FactKind.OBSERVATION)
    return is_context or all(_is_only(fact.date, term) for term in terms)


def _is_only(date: Date, term: str) -> bool:
    """Return whether a term has the numbers of a date and no others, and at most one word: a month."""
    numbers = {int(number) for number in re.findall(r"[0-9]+", term)}
    parts = {date.latest.year, date.latest.month, date.latest.day}
    return bool(numbers) and numbers <= parts and len(re.findall(r"[^\W\d_]+", term)) <= 1


UNDATED = Piece("commitments of topic without a date", lambda lookups: lookups.library.sheets, _undated)
DATED = Piece(
    "dates of topic",
    lambda lookups: lookups.library.sheets,
    _dated,
    is_list=False,  # whether a date is that of a text alone is seen from the terms, which lists do not have
)


def timeline(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the page of everything with a date, past and ahead, and of undated commitments, with its data."""
    dated, undated = (
        sorted(
            (item for items in printer.pieces(piece).values() for item in items),
            key=lambda item: (item.day, item.date, natural(item.id)),
        )
        for piece in (DATED, UNDATED)
    )
    undated.sort(key=lambda item: item.status or _NO_STATUS, reverse=True)
    events = [item for item in dated if not item.is_of_text]
    of_texts = [item.date for item in dated if item.is_of_text]
    past = [item for item in events if item.begins <= lookups.known_on]
    ahead = [item for item in events if item.begins > lookups.known_on]
    is_long = len(dated) > lists.MAX_ROWS
    all_ahead = len(ahead)
    if is_long:
        past, ahead = [], ahead[: lists.MAX_NEXT]
    months = list_pages.periods(lookups, lists.ALL) if is_long or len(undated) > lists.MAX_ROWS else ()
    shown = undated if len(undated) <= lists.MAX_ROWS else []
    yield printer.page(
        "timeline.html",
        "site-timeline.html.j2",
        [item.id for item in (*past, *ahead, *shown)],
        (*printer.parts_of(_TIMELINE), *printer.parts_of(list_pages.PARTS)),
        title=lookups.say("menu.timeline"),
        months=[link for link in months if lists.UNDATED not in link.path] if is_long else [],
        past=past,
        ahead=ahead,
        all_ahead=all_ahead,
        of_texts=of_texts[-1] if of_texts else "",
        undated=[(status, list(own)) for status, own in itertools.groupby(shown, lambda item: item.status)],
        undated_matters=len({item.matter for item in shown}),
        more_undated=[link for link in months if lists.UNDATED in link.path] if not shown else [],
        as_it_is=joined,
        brackets=max((item.brackets for item in (*past, *ahead, *shown)), default=Brackets.NONE),
    )
    found = {
        "timeline": Joined(item.data for item in dated),
        "undated": Joined(item.data for item in undated),
    }
    yield data_files.written(printer, "timeline", found, EVERY_FACT)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one source adds to the page of the coverage."""

    title: str
    row: str
    section: str
    """Its paragraphs; none where there are so many sources that they are on their own pages only."""
    is_verified: bool
    paragraphs: int
    cited: Share
    explained: int
    open: int
    data: str


def _coverage(printer: Printer, lookups: Lookups, name: str) -> Coverage:
    item = lookups.covered[name]
    is_long = len(lookups.library.sources) > lists.MAX_COVERED
    page = f"sources/{name}.html#coverage" if is_long else f"#{name}"
    return Coverage(
        item.source.title or item.source.label,
        printer.fragment(_COVERAGE, "row", item, page),
        "" if is_long else printer.fragment(_COVERAGE, "section", item),
        item.verified is not None,
        len(item.paragraphs),
        item.cited,
        item.explained,
        item.open,
        data_files.items({name: data_files.covered(item)}),
    )


COVERAGE = Piece("coverage of source", lambda lookups: lookups.library.sources, _coverage)


def coverage(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield every source, paragraph by paragraph, for those who look for gaps, with its data."""
    sources = printer.pieces(COVERAGE)
    found = sources.values()
    is_long = len(sources) > lists.MAX_COVERED
    names = sorted(sources, key=lambda name: natural(sources[name].title)) if is_long else list(sources)
    for key, page in lists.numbered("coverage", names).items():
        own = {name: sources[name] for name in page.names}
        laid_out = printer.page(
            f"{key}.html",
            "site-coverage.html.j2",
            EVERY_FACT,
            (*printer.parts_of(_COVERAGE), *printer.parts_of(list_pages.PARTS)),
            title=list_pages.title_of(page, lookups.say("coverage.title"), lookups),
            page=page,
            sources={} if is_long else own,
            rows=joined(item.row for item in own.values()),
            sections=joined(item.section for item in own.values()),
            are_verified=all(item.is_verified for item in found),
            paragraphs=sum(item.paragraphs for item in found),
            total=sum((item.cited for item in found), Share(0, 0)),
            explained=sum(item.explained for item in found),
            open=sum(item.open for item in found),
        )
        yield from tables.beside(printer, laid_out)
    data = {"sources": Joined((item.data for item in found), "{}")}
    yield data_files.written(printer, "coverage", data, EVERY_FACT)


def calendar(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the calendar of milestones; nothing where it would be empty. Reviews are for editors."""
    if lookups.has_calendar:
        topics = printer.pieces(EVENTS).values()
        shown = {key for topic in topics for key in topic.shown}
        found = (event for topic in topics for event in topic.events)
        prepared = calendars.prepared(found, lookups.library.project)
        parts = tuple((item.rpartition(" ")[0], item.rpartition(" ")[2]) for item in prepared.versions)
        yield printer.file("calendar.ics", prepared, Inputs(frozenset(shown), parts))


@dataclass(frozen=True, slots=True)
class EventsOfTopic:
    """What a topic adds to the calendar."""

    events: tuple[calendars.Event, ...]
    shown: tuple[str, ...]
    """The facts that they rest on."""


def _events(_: Printer, lookups: Lookups, name: str) -> EventsOfTopic:
    sheet = lookups.library.sheets[name]
    shown = dict.fromkeys(key for item in sheet.milestones for key in item.rests_on)
    found = calendars.events(lookups.library, (), sheet.milestones, lookups.called_off)
    return EventsOfTopic(found, tuple(map(str, shown)))


EVENTS = Piece("events of topic", lambda lookups: lookups.library.sheets, _events, is_list=False)


def scales(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the page of the scales that statuses and grades belong to."""
    say = lookups.say
    yield printer.page(
        "scales.html",
        "site-scales.html.j2",
        (),
        title=say("menu.scales"),
        scales=scale_texts.every(lookups.library.ladders.values(), say),
        shapes={
            say.named(status): status.glyph
            for ladder in lookups.library.ladders.values()
            for status in ladder.statuses
        },
    )
    yield data_files.scales_file(printer, lookups)


def issued(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the pages and files of the issued editions of a brief."""
    for file in archive.of_brief(printer, lookups, lookups.library.issued.get(name, ())):
        if file.title:
            yield from tables.beside(printer, file, is_by_section=True)
        else:
            yield file


def _about_all(whole: Whole, is_list: bool = False) -> Section:
    return Section(
        whole.__name__, lambda _: ("",), lambda printer, lookups, _: whole(printer, lookups), is_list, whole
    )


def overview(printer: Printer, lookups: Lookups, known: Lines) -> Iterator[SiteFile]:
    """Yield the overview of the site for programs."""
    yield data_files.of_everything(printer, lookups, known(OVERVIEW))


def fonts_and_styles(printer: Printer, _: Lookups, known: Lines) -> Iterator[SiteFile]:
    """Yield the fonts and the styles of the site, and its icon."""
    yield printer.asset(ICON, "picture")
    yield printer.asset(COPY, "script")
    yield from printer.fonts(known(ODD))


AboutPages = Callable[[Printer, Lookups, Lines], Iterator[SiteFile]]
"""Yields files about all pages."""


class _FactsByTopic(Mapping[str, Iterable[str]]):
    """The keys of the facts of each topic."""

    def __init__(self, lookups: Lookups) -> None:
        self._sheets = lookups.library.sheets

    def __getitem__(self, name: str) -> Iterable[str]:
        return [fact.id for fact in self._sheets[Slug(name)].facts]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)


SECTIONS: tuple[Section | Whole, ...] = (
    _about_all(front, is_list=True),
    Section("brief", lambda lookups: lookups.named, brief),
    Section("draft", lambda lookups: lookups.named_drafts, draft),
    _about_all(index_of_drafts, is_list=True),
    Section(
        "index of briefs",
        lambda lookups: list_pages.pages_of(lists.BRIEFS, lookups),
        list_pages.index_of_briefs,
        is_list=True,
    ),
    Section("plain page", lambda lookups: lookups.pages, plain),
    Section("topic", lambda lookups: lookups.library.sheets, topic),
    Section(
        "index of topics",
        lambda lookups: list_pages.pages_of(lists.TOPICS, lookups),
        list_pages.index_of_topics,
        is_list=True,
    ),
    _about_all(matters.board, is_list=True),
    Section("matter", lambda lookups: lookups.library.matters, matters.one),
    _about_all(matters.voices, is_list=True),
    Section("fact", lambda lookups: lookups.library.facts, one_fact, groups=_FactsByTopic),
    _about_all(list_of_facts, is_list=True),
    Section(
        "page of statements",
        lambda lookups: filter(lists.has_page, lookups.lists.pages_of_shelves),
        list_pages.shelf_page,
        is_list=True,
    ),
    Section("source", lambda lookups: lookups.library.sources, _record("sources"), is_list=True),
    _list("sources"),
    Section("actor", lambda lookups: lookups.library.actors, _record("actors"), is_list=True),
    _list("actors"),
    Section("system", lambda lookups: lookups.library.systems, _record("systems"), is_list=True),
    _list("systems"),
    _about_all(timeline, is_list=True),
    _about_all(registers.registers, is_list=True),
    _about_all(coverage, is_list=True),
    _about_all(registers.reviews, is_list=True),
    _about_all(calendar, is_list=True),
    how_to_read.worked_example,
    scales,
    Section("issued", lambda lookups: lookups.library.issued, issued),
    _about_all(all_changes.changes, is_list=True),
    _about_all(feeds.feed_of_editions, is_list=True),
    _about_all(feeds.feed_of_facts, is_list=True),
    _about_all(feeds.feed_of_moves, is_list=True),
    discovery.guide,
    documents.search_page,
)
"""The sections of the site, in the order in which its pages are listed. A new page is a line here: a function
that yields files about everything, or a section with the function for one thing."""


ABOUT_PAGES: Mapping[str, AboutPages] = {
    "overview": overview,
    "site map": discovery.sitemaps,
    "forwarding": archive.forwarding,
    "fonts and styles": fonts_and_styles,
}
"""The files about all pages of the site. A new one is a line here."""
PIECES: tuple[Piece[Any], ...] = (
    archive.PARTS,
    fact_rows.ROWS,
    fact_rows.OF_RECORD,
    list_pages.ON_SHELVES,
    list_pages.IN_INDEX,
    matters.ROWS,
    matters.FRONT_ROWS,
    matters.ROWS_OF_TOPICS,
    matters.SPOKEN,
    matters.VOICES_OF_TOPIC,
    news.OF_TOPIC,
    news.OF_MATTER,
    front_page.ROWS,
    front_page.CARDS,
    front_page.NEWS_OF_TOPIC,
    front_page.NEWS_OF_BRIEF,
    front_page.DAYS_OF_SOURCES,
    IN_LIST,
    DATED,
    UNDATED,
    registers.OF_TOPIC,
    registers.SIGNS,
    COVERAGE,
    EVENTS,
    all_changes.OF_TOPIC,
    all_changes.LISTS,
    months.OF_TOPIC,
    all_changes.OF_BRIEF,
    all_changes.OF_SOURCE,
    feeds.STATES,
    feeds.NEWEST,
    feeds.OF_TOPIC,
    feeds.OF_BRIEF,
    data_files.BRIEFS,
    discovery.ASSERTED,
    discovery.ISSUED,
    discovery.TOPICS,
    discovery.BRIEFS,
    *documents.PIECES,
)
"""The pieces that pages about many things are joined from. A new kind of piece is a line here."""


def sections() -> tuple[Section, ...]:
    """Return all sections."""
    return tuple(item if isinstance(item, Section) else _about_all(item) for item in SECTIONS)


def brief_page(printer: Printer, lookups: Lookups, edition: Edition) -> Iterator[SiteFile]:
    """Yield the page of a brief as it is published, with its downloads, its editions and its citation."""
    issued = lookups.library.issued.get(edition.brief, ())
    page = _page_of_brief(printer, lookups, edition, lists.BRIEFS)
    yield from tables.beside(printer, page, is_by_section=True)
    inputs = Inputs(frozenset(note.fact for note in edition.notes), archive.parts_of(issued))
    citation = citations.of_brief(edition, issued, lookups.library)
    yield printer.citation(f"briefs/{edition.brief}", citation, inputs)
    yield printer.bibtex(f"briefs/{edition.brief}", citation, inputs)


def _page_of_brief(printer: Printer, lookups: Lookups, edition: Edition, folder: str) -> SiteFile:
    """Return the page of a brief in a folder of the site: of what is published, or of a draft apart."""
    library = lookups.library
    issued = library.issued.get(edition.brief, ())
    is_apart = folder == DRAFTS_FOLDER
    about = page_metadata.of_brief(edition, issued, library)
    return printer.page(
        f"{folder}/{edition.brief}.html",
        "site-brief.html.j2",
        {note.fact for note in edition.notes},
        archive.parts_of(issued),
        title=edition.title,
        about=dataclasses.replace(about, is_listed=not is_apart),
        issued=issued,
        sheets=[
            library.sheets[name] for name in library.briefs[edition.brief].sheets if name in library.sheets
        ],
        downloads=lookups.downloads_of(edition.brief, is_apart),
        citation=citations.of_brief(edition, issued, library),
        is_apart=is_apart,
        changed=history.since_issued(issued[-1], library, lookups.wording)
        if issued and not edition.is_draft
        else (),
        target=functools.partial(all_changes.target, library=library),
        has_draft_apart=not is_apart and edition.brief in lookups.named_drafts,
        cards=html.cards(edition),
        **html.context(edition, html.opener(edition.language)),
    )


def plain_page(printer: Printer, name: str, edition: Edition) -> SiteFile:
    """Return a page such as the method: prose whose claims link to the facts' pages."""

    def marker(claim: Claim) -> html.ClaimMarkup:
        return html.ClaimMarkup(f'<a class="fact" href="../facts/{claim.fact}.html">', "</a>")

    facts = [
        part.fact for section in edition.sections for part in section.segments if isinstance(part, Claim)
    ]
    parts = [
        html.section_html(section, marker, edition.language, is_screen=True) for section in edition.sections
    ]
    return printer.page(
        f"pages/{name}.html",
        "site-page.html.j2",
        facts,
        title=edition.title,
        language=edition.language,
        parts=parts,
        contents=html.contents(parts),
    )


def topic_page(printer: Printer, lookups: Lookups, sheet: FactSheet) -> SiteFile:
    """Return the page of a fact sheet with its registers."""
    briefs = [lookups.named[name] for name in lookups.briefs_on[sheet.id]]
    basis = {judgement.id: printer.prose(judgement.basis) for judgement in sheet.judgements}
    tally = stats.of_topic(sheet, lookups.library)
    on_board = matters.of_topic(printer, sheet.id)
    shelf = list_pages.shelf_for("topic", sheet.id, lookups)
    return printer.page(
        f"topics/{sheet.id}.html",
        "site-topic.html.j2",
        [
            *(fact.id for fact in sheet.facts),
            *(fact.id for fact in tally.matters),
            *(key for item in sheet.entries for key in item.rests_on),
        ],
        (*printer.parts_of(fact_rows.PARTS), *printer.parts_of(matters.PARTS)),
        title=sheet.title,
        about=page_metadata.About(sheet.summary),
        sheet=sheet,
        boards=matters.boards(lookups, on_board, sheet.id),
        elsewhere=list(_elsewhere(lookups, sheet)),
        sides=matters.sides(lookups, on_board.values()),
        tables=() if shelf else fact_rows.of_topic(printer, sheet.id),
        texts=None if shelf else texts.of(sheet.facts),
        shelf=shelf,
        passed_by=lookups.passed_by,
        called_off=lookups.called_off,
        watched=stats.watched(sheet.milestones, lookups.passed_by, lookups.called_off),
        briefs=briefs,
        basis=basis,
        tally=tally,
        moves=news.of_topic(printer, sheet.id),
    )


def _elsewhere(lookups: Lookups, sheet: FactSheet) -> Iterator[tuple[Matter, tuple[list_pages.Link, ...]]]:
    """Yield the matters of a topic of which others alone say how far they have come, with these topics."""
    library = lookups.library
    for matter in library.matters.values():
        if matter.topic == sheet.id:
            rated = [key for key in library.about("matter", matter.id) if library.facts[key].status]
            if rated and sheet.id not in map(query.sheet_of, rated):
                yield matter, list_pages.topics_of(rated, lookups)


@dataclass(frozen=True, slots=True)
class RowsOfFact:
    """The columns of the rows of a fact on its page."""

    name: str
    value: str
    has_status: bool
    has_date: bool
    """Whether a row has a date beside its name."""
    has_caveat: bool


def _rows_of(fact: Fact, say: Words) -> RowsOfFact | None:
    """Return the columns of a fact's rows, named as its table names them; None where it has no rows."""
    if not fact.rows:
        return None
    return RowsOfFact(
        fact.table.name if fact.table else say("brief.row"),
        fact.table.value if fact.table else say("brief.value"),
        any(row.status for row in fact.rows),
        any(row.date for row in fact.rows),
        any(row.caveat for row in fact.rows),
    )


def fact_page(printer: Printer, lookups: Lookups, fact: Fact, citation: citations.Citation) -> SiteFile:
    """Return the page of a fact: its evidence, what it said before, where it is used."""
    library, say = lookups.library, lookups.say
    # What we see in the texts ourselves is no report that may be true, and no event that has a day.
    is_ours = fact.kind is FactKind.OBSERVATION
    fields = {field.name: field.read(fact, lookups.wording) for field in FIELDS if field.is_on_page}
    if fact.status:
        # The status says what it is: the kind would call a wish or talk a commitment.
        fields.pop("kind", None)
    return printer.page(
        f"facts/{fact.id}.html",
        "site-fact.html.j2",
        [fact.id],
        title=fact.statement,
        about=page_metadata.of_fact(fact, library),
        fact=fact,
        sheet=lookups.topics[query.sheet_of(fact.id)],
        value=fact.value and lookups.wording.value(fact.value),
        originals=scale_texts.originals(
            query.independent_origins(fact.evidence, library), fact.credibility, say
        ),
        used_in=lookups.cited_in[fact.id],
        states=history.of_fact(fact, library, lookups.wording),
        rows=_rows_of(fact, say),
        status_meaning=scale_texts.meaning(fact.status, say) if fact.status else "",
        caveat=scale_texts.caveat(fact, lookups.wording),
        remark=scale_texts.remark(fact, lookups.wording),
        credibility=scale_texts.graded(fact.credibility, say) if fact.credibility and not is_ours else "",
        is_ours=is_ours,
        concerned=query.concerned(fact, library),
        lines=[(name, words) for name, words in fields.items() if words],
        disagreements=lookups.disputed[fact.id],
        citation=citation,
    )


def record_page(printer: Printer, lookups: Lookups, kind: str, record: Any) -> SiteFile:
    """Return the page of a source, an actor or a system, with the facts that name it."""
    facts = lookups.keys_of[kind][record.id]
    members = _members(lookups, record.id) if kind == "actors" else []
    own = [key for name in members for key in lookups.keys_of["speakers"].get(name, ())]
    title = record.title or record.label if kind == "sources" else record.name
    shelf = list_pages.shelf_for(kind.removesuffix("s"), record.id, lookups) if kind != "actors" else ()
    side = _speakers_of_side(printer, lookups, record.id) if kind == "actors" else None
    said = list(_says_and_concerned(printer, lookups, record.id)) if kind == "actors" else []
    return printer.page(
        f"{kind}/{record.id}.html",
        f"site-{_GROUPS[kind]}.html.j2",
        [*facts, *own],
        printer.parts_of(fact_rows.PARTS),
        title=title,
        about=page_metadata.of_source(record)
        if kind == "sources"
        else page_metadata.About(record.description),
        record=record,
        tables=fact_rows.of_record(printer, kind, record.id, facts) if kind != "actors" and not shelf else (),
        shelf=shelf,
        matters=[item for item in lookups.library.matters.values() if record.id in item.systems]
        if kind == "systems"
        else [],
        topics=list_pages.topics_of(facts, lookups) if shelf else (),
        texts=texts.of(lookups.library.facts[key] for key in facts)
        if kind == "systems" and not shelf and facts
        else None,
        side=side,
        of_side=matters.of_side(printer, record.id) if members and lookups.library.matters else None,
        lists=said,
        brackets=max(
            [
                *(table.brackets for item in said for table in item.tables),
                *(speaker.brackets for speaker in (side.speakers if side else ())),
            ],
            default=Brackets.NONE,
        ),
        covered=lookups.covered[record.id] if kind == "sources" else None,
        reliability=scale_texts.graded(record.reliability, lookups.say) if kind == "sources" else "",
    )


def _members(lookups: Lookups, actor: str) -> list[str]:
    """Return the actors of a side, itself first, where it has others than itself."""
    found = [name for name in lookups.actors_of.get(actor, ()) if name != actor]
    return [actor, *found] if found else []


def _speakers_of_side(printer: Printer, lookups: Lookups, actor: str) -> SpeakersOfSide | None:
    """Return what the speakers of a side say; None where it has no other speakers than itself."""
    keys = {name: lookups.keys_of["speakers"].get(name, ()) for name in _members(lookups, actor)}
    spoken = {name: found for name, found in keys.items() if found}
    if not spoken or list(spoken) == [actor]:
        return None
    is_long = sum(map(len, spoken.values())) > lists.MAX_ROWS
    speakers = [
        SpeakerOfSide(
            name,
            lookups.library.actors[Slug(name)].name,
            _of_which(lookups, found),
            list_pages.topics_of(found, lookups),
            joined(group.rows for group in groups),
            max((group.brackets for group in groups), default=Brackets.NONE),
        )
        for name, found in sorted(spoken.items(), key=lambda item: -len(item[1]))
        for groups in [[] if is_long else fact_rows.of_record(printer, "speakers", name, found)]
    ]
    every = dict.fromkeys(key for found in spoken.values() for key in found)
    return SpeakersOfSide(_of_which(lookups, every), tuple(speakers), is_long)


def _of_which(lookups: Lookups, keys: Collection[str]) -> str:
    """Return how many statements speakers make, and how many by our reading or at second hand."""
    say, library = lookups.say, lookups.library
    facts = [library.facts[key] for key in keys]
    counts = {
        "voices.n_inferred": sum(fact.is_voice_inferred for fact in facts),
        "voices.n_relayed": sum(bool(query.outlets(fact, library)) for fact in facts),
    }
    parts = [say(key, n=number) for key, number in counts.items() if number]
    count = say("list.n", n=len(facts))
    return say("voices.of_which", count=count, parts=say("value.list").join(parts)) if parts else count


@dataclass(frozen=True, slots=True)
class SpeakerOfSide:
    """Somebody who speaks for a side, with what that one says."""

    id: str
    name: str
    count: str
    """How many statements, and how many of them are by our reading or at second hand, in words."""
    topics: tuple[list_pages.Link, ...]
    rows: Any
    """The statements as HTML; none where those of the side are too many for its page."""
    brackets: Brackets
    """What is inferred of the dates in them."""


@dataclass(frozen=True, slots=True)
class SpeakersOfSide:
    """What the speakers of a side say."""

    count: str
    """How many statements, those of two speakers once, and how many by our reading or at second hand."""
    speakers: tuple[SpeakerOfSide, ...]
    is_long: bool


def _says_and_concerned(printer: Printer, lookups: Lookups, actor: str) -> Iterator[StatementsOfActor]:
    """Yield what an actor says, what it alone relays, and what others say that concerns it."""
    found = OfActor.of(actor, lookups.keys_of, _members(lookups, actor))
    for kind, facts in (
        ("speakers", found.said),
        ("outlets", found.relayed),
        ("concerned", found.concerning),
    ):
        facet = lists.OF_RECORDS[kind]
        shelf = list_pages.shelf_for(facet, actor, lookups)
        tables = () if shelf else fact_rows.of_record(printer, kind, actor, facts)
        topics = list_pages.topics_of(facts, lookups) if shelf else ()
        if facts:
            is_person = lookups.library.actors[Slug(actor)].kind is ActorKind.PERSON
            heading = "record.concerned_person" if is_person and kind == "concerned" else f"record.{kind}"
            yield StatementsOfActor(kind, heading, tuple(tables), shelf, topics)


@dataclass(frozen=True, slots=True)
class StatementsOfActor:
    """What an actor says or relays, or what others say that concerns it."""

    id: str
    heading: str
    tables: tuple[fact_rows.Group, ...]
    shelf: tuple[list_pages.Link, ...]
    """The pages that list them, where they are too many for this one."""
    topics: tuple[list_pages.Link, ...]


def list_page(printer: Printer, lookups: Lookups, kind: str, page: RecordsPage) -> SiteFile:
    """Return one page of the list of all sources, actors or systems."""
    named = getattr(lookups.library, kind)
    is_whole = len(page.pages) == 1 and not page.facet
    names = list(named) if kind == "sources" and is_whole else page.names
    records = [named[name] for name in names]
    title = lookups.say(LISTS[kind])
    return printer.page(
        f"{kind}/{page.key}.html",
        "site-list.html.j2",
        (),
        printer.parts_of(list_pages.PARTS),
        title=list_pages.title_of(page, title, lookups),
        list_title=title,
        kind=kind,
        records=records,
        counts=lookups.counts[kind],
        covered=lookups.covered,
        reliability={grade: scale_texts.graded(grade, lookups.say) for grade in Reliability},
        listed=_grouped(kind, records, lookups.say) if kind in ("actors", "systems") else [],
        **list_pages.links_of(kind, page, lookups),
    )


def _grouped(kind: str, records: Sequence[Any], say: Words) -> list[tuple[str, list[Any]]]:
    """Return records as they are ordered; actors under their kinds."""
    if kind != "actors":
        return [("", list(records))]
    return [(say(_ACTORS[sort]), [item for item in records if item.kind is sort]) for sort in _ACTORS]
