"""The pages of long lists: statements by facet and month, records by number, indexes of briefs and topics.

Each page reads only what it lists, so that a changed statement makes again the pages on which it is.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.compose.templates import joined
from briefing.content import ladders
from briefing.language.order import natural
from briefing.memo.engine import Parts
from briefing.model import query
from briefing.model.ladders import Status
from briefing.model.scales import FactKind
from briefing.model.values import Slug
from briefing.site import fact_rows, lists, stats
from briefing.site.brackets import Brackets
from briefing.site.exports import tables
from briefing.site.fact_rows import Group
from briefing.site.files import SiteFile
from briefing.site.lists import RecordsPage, ShelfPage
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

INDEX = "facts/index.html"
BRIEFS = "briefs/index.html"
TOPICS = "topics/index.html"
_SIDES = "sides_all"
"""The key of the page of all sides."""
PARTS = "site-pager-parts.html.j2"
"""The template of links between pages of a list."""
_ROWS = "site-indexes-parts.html.j2"
"""The template of a row of the indexes of briefs and of topics."""
_PAGES_OF_RECORDS = {
    "speaker": "actors/{}.html#speakers",
    "concerned": "actors/{}.html#concerned",
    "outlet": "actors/{}.html#outlets",
    "system": "systems/{}.html",
    "source": "sources/{}.html",
    "topic": "topics/{}.html#facts",
}
"""The page that lists the pages of a shelf, where that is the page of a record or a topic."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a part of a list, with the number of what is there."""

    path: str
    """Below the site's folder."""
    words: str
    count: int
    sign: str = ""
    """The symbol of a status."""
    id: str = ""
    """The anchor of the link itself, where other pages lead to it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """The parts of a list by one property, under its heading."""

    id: str
    title: str
    links: tuple[Link, ...]
    cut: str = ""
    """That not every value has a link, in words."""
    every: Link | None = None
    """Where all values are."""


def _on_shelves(printer: Printer, lookups: Lookups, name: str) -> Parts:
    """Return the rows of a topic by shelf and month."""
    of_topic, found = printer.piece(fact_rows.ROWS, name), dict[str, list[tuple[str, str, Brackets]]]()
    long = lookups.lists.long_shelves
    facts = lookups.library.sheets[Slug(name)].facts
    for fact in sorted(facts, key=lambda fact: fact.date.sort_day.isoformat() if fact.date else ""):
        for shelf in lists.shelves_of(fact, lookups.library):
            if lists.is_of_facet(shelf) or shelf in long:
                part = lists.part_of(shelf, lists.month_of(fact))
                key = str(fact.id)
                dated = of_topic.brackets.get(key, Brackets.NONE)
                found.setdefault(part, []).append((key, of_topic.rows[key], dated))
    return Parts({part: tuple(own) for part, own in found.items()})


ON_SHELVES = Piece(
    "rows on shelves of topic",
    lambda lookups: lookups.library.sheets,
    _on_shelves,
    is_list=False,  # a shelf is chosen by what lists do not say, such as the systems
    level=1,
)


# ------------------------------------------------------------------------------------------------ statements


def words_of_shelf(shelf: str, lookups: Lookups) -> str:
    """Return the words of a shelf: its name, with what joins that to the statements: from a source."""
    facet, name = shelf.partition("_")[0], name_of_shelf(shelf, lookups)
    return lookups.say(f"list.of_{facet}", name=name) if facet in _PAGES_OF_RECORDS else name


def name_of_shelf(shelf: str, lookups: Lookups) -> str:
    """Return the name of the status, kind, side, topic or record of a shelf."""
    facet, _, value = shelf.partition("_")
    library, wording, say = lookups.library, lookups.wording, lookups.say
    if facet == "status":
        status = _status(value, lookups)
        return wording.named(status) if status else value
    if facet == "kind":
        return wording.named(FactKind(value))
    if shelf == f"side_{lists.REPORTS}":
        return say("matters.reports")
    if facet == "topic":
        return lookups.topics[Slug(value)].title
    if facet == "system":
        return library.systems[Slug(value)].name
    if facet == "source":
        source = library.sources[Slug(value)]
        return source.title or source.label
    if facet in ("side", "speaker", "concerned", "outlet"):
        return library.actors[Slug(value)].name
    return ""


def _status(name: str, lookups: Lookups) -> Status | None:
    found = (item for ladder in lookups.library.ladders.values() for item in ladder.statuses)
    return next((item for item in found if item.id == name), None)


def contents_of(shelf: str) -> str:
    """Return the path of the page that lists the pages of a shelf."""
    facet, _, value = shelf.partition("_")
    if shelf == lists.ALL:
        return f"{INDEX}#month"
    return _PAGES_OF_RECORDS[facet].format(value) if facet in _PAGES_OF_RECORDS else f"facts/{shelf}.html"


def periods(lookups: Lookups, shelf: str) -> tuple[Link, ...]:
    """Return links to the pages of a long shelf, by year or month; none where it is short."""
    pages = lookups.lists.shelves.get(shelf, ())
    return tuple(
        Link(f"facts/{page.key}.html", _words_of_page(page, lookups), page.rows.stop - page.rows.start)
        for page in pages
        if not page.is_contents
    )


def shelf_for(facet: str, name: str, lookups: Lookups) -> tuple[Link, ...]:
    """Return links to the pages with the statements of a topic or record, where they are too many for one."""
    shelf = f"{facet}_{name}"
    return periods(lookups, shelf) if shelf in lookups.lists.long_shelves else ()


def topics_of(facts: Iterable[str], lookups: Lookups) -> tuple[Link, ...]:
    """Return links to the topics of some facts, each with their number."""
    counts = Counter(query.sheet_of(key) for key in facts)
    return _in_order(
        Link(f"topics/{name}.html#facts", lookups.topics[name].title, count, id=f"in-{name}")
        for name, count in counts.items()
    )


def _words_of_page(page: ShelfPage, lookups: Lookups) -> str:
    words = lists.period_words(page.period, lookups.wording) if page.period else ""
    if page.of > 1:
        return lookups.say("list.page_of", title=words, n=page.number, of=page.of)
    return words


def shelf_page(printer: Printer, lookups: Lookups, key: str) -> Iterator[SiteFile]:
    """Yield one page of a shelf of statements."""
    page = lookups.lists.pages_of_shelves.get(key)
    if page is None or not lists.has_page(key):
        return
    parts = (words_of_shelf(page.shelf, lookups), _words_of_page(page, lookups))
    words = lookups.say("value.list").join(filter(None, parts))
    groups, keys = _groups_on(printer, lookups, page)
    laid_out = printer.page(
        f"facts/{key}.html",
        "site-shelf.html.j2",
        keys,
        (*printer.parts_of(fact_rows.PARTS), *printer.parts_of(PARTS)),
        title=lookups.say("list.title", list=lookups.say("menu.facts"), words=words),
        words=words,
        about_shelf=name_of_shelf(page.shelf, lookups),
        page=page,
        tables=groups,
        periods=periods(lookups, page.shelf) if page.is_contents else (),
        contents=contents_of(page.shelf),
        before=_neighbour(lookups, page.before),
        after=_neighbour(lookups, page.after),
    )
    yield from tables.beside(printer, laid_out)


def _neighbour(lookups: Lookups, key: str) -> Link | None:
    page = lookups.lists.pages_of_shelves[key] if key else None
    return Link(f"facts/{key}.html", _words_of_page(page, lookups), 0) if page else None


def _groups_on(printer: Printer, lookups: Lookups, page: ShelfPage) -> tuple[list[Group], list[str]]:
    """Return the rows of a page under their topics, and the keys of their facts."""
    found: dict[str, list[tuple[str, str, Brackets]]] = {}
    for month in page.months:
        for topic, own in printer.part(ON_SHELVES, lists.part_of(page.shelf, month)).items():
            found.setdefault(topic, []).extend(own)
    titled = {topic: lookups.topics[Slug(topic)].title for topic in found}
    topics = sorted(found, key=lambda topic: natural(titled[topic]))
    rows = ((topic, *row) for topic in topics for row in found[topic])
    shown = list(rows)[page.rows]
    by_topic = {topic: list(own) for topic, own in itertools.groupby(shown, key=lambda row: row[0])}
    groups = [
        Group(topic, titled[topic], joined(html for _, _, html, _ in own), max(dated for *_, dated in own))
        for topic, own in by_topic.items()
    ]
    return groups, [key for _, key, _, _ in shown]


def facets(lookups: Lookups) -> list[Facet]:
    """Return the facets of all statements: topics, statuses, kinds, sides and months."""
    say, found = lookups.say, list(lookups.lists.shelves)

    def of(facet: str) -> list[Link]:
        return [_to_shelf(shelf, lookups) for shelf in found if shelf.startswith(f"{facet}_")]

    order = {
        str(status.id): place
        for place, status in enumerate(
            status for ladder in lookups.library.ladders.values() for status in ladder.statuses
        )
    }
    statuses = sorted(
        (shelf for shelf in found if shelf.startswith("status_")),
        key=lambda shelf: order.get(shelf.partition("_")[2], len(order)),
    )
    made = (
        Facet("topic", say("list.by_topic"), tuple(_topics(lookups))),
        Facet("status", say("list.by_status"), tuple(_to_shelf(shelf, lookups) for shelf in statuses)),
        Facet("kind", say("list.by_kind"), _in_order(of("kind"))),
        Facet("side", say("list.by_side"), tuple(_first_sides(lookups))),
        Facet("month", say("list.by_date"), periods(lookups, lists.ALL)),
    )
    return [facet for facet in made if facet.links]


def _first_sides(lookups: Lookups) -> Iterator[Link]:
    """Yield the sides; of many those with the most statements, and the page of all."""
    sides = sorted(_sides(lookups), key=_most_first)
    yield from sides[: lists.MAX_LINKS]
    if len(sides) > lists.MAX_LINKS:
        yield Link(f"facts/{_SIDES}.html", lookups.say("list.every_side", n=len(sides)), 0)


def _to_shelf(shelf: str, lookups: Lookups) -> Link:
    status = _status(shelf.partition("_")[2], lookups) if shelf.startswith("status_") else None
    first = lookups.lists.shelves[shelf][0]
    sign = status.glyph if status else ""
    return Link(f"facts/{shelf}.html", words_of_shelf(shelf, lookups), first.count, sign)


def _topics(lookups: Lookups) -> Iterator[Link]:
    """Yield the topics, or where they are too many their index."""
    if len(lookups.topics) > lists.MAX_LINKS:
        words = lookups.say("list.all_topics", n=len(lookups.topics))
        yield Link(TOPICS, words, sum(lookups.lists.lengths.values()))
        return
    found = (
        Link(f"topics/{name}.html#facts", topic.title, lookups.lists.lengths[name])
        for name, topic in lookups.topics.items()
    )
    yield from _in_order(found)


def _in_order(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: natural(link.words)))


def _most_first(link: Link) -> tuple[int, Any]:
    return (-link.count, natural(link.words))


def statements(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the first page of a long list of statements: how many they are, and where each is listed."""
    yield printer.page(
        INDEX,
        "site-statements.html.j2",
        (),
        printer.parts_of(PARTS),
        title=lookups.say("menu.facts"),
        count=sum(lookups.lists.lengths.values()),
        facets=facets(lookups),
    )
    sides = {link.path: link for link in _in_order(_sides(lookups))}
    if len(sides) <= lists.MAX_LINKS:
        return
    title = lookups.say("list.title", list=lookups.say("menu.facts"), words=lookups.say("list.by_side"))
    for key, page in lists.numbered(_SIDES, sides).items():
        yield printer.page(
            f"facts/{key}.html",
            "site-sides.html.j2",
            (),
            printer.parts_of(PARTS),
            title=title_of(page, title, lookups),
            page=page,
            links=[sides[path] for path in page.names],
        )


def _sides(lookups: Lookups) -> list[Link]:
    return [_to_shelf(shelf, lookups) for shelf in lookups.lists.shelves if shelf.startswith("side_")]


# --------------------------------------------------------------------------------------------------- records


def pages_of(kind: str, lookups: Lookups) -> Iterable[str]:
    """Return the keys of the pages of a list of records."""
    if kind in (lists.BRIEFS, lists.TOPICS) and kind not in lookups.lists.long:
        return ()
    return lookups.lists.records[kind]


def links_of(kind: str, page: RecordsPage, lookups: Lookups) -> dict[str, Any]:
    """Return what a page of a list of records prints beside its rows: the way to the other pages."""
    heads = dict.fromkeys(part.facet for part in page.parts)
    return {
        "path_of": lambda key: f"{key}.html",
        "page": page,
        "facets": [
            _facet(facet, kind, [part for part in page.parts if part.facet == facet], lookups)
            for facet in heads
        ],
    }


def _facet(name: str, kind: str, parts: Sequence[lists.Part], lookups: Lookups) -> Facet:
    """Return a facet of a list of records; one that is cut says so and, of topics, leads to all."""
    links = tuple(Link(f"{kind}/{part.key}.html", part.words, part.count) for part in parts)
    title, of = lookups.say(f"list.by_{name}"), parts[0].of
    if of == len(parts):
        return Facet(name, title, links)
    every = Link(TOPICS, lookups.say("list.all_topics", n=len(lookups.topics)), 0)
    cut = lookups.say("list.some_values", n=len(parts), of=of)
    return Facet(name, title, links, cut, every if name == "topic" else None)


def title_of(page: RecordsPage, title: str, lookups: Lookups) -> str:
    """Return the title of a page of a list of records: that of the list, its facet and its number."""
    if page.words:
        title = lookups.say("list.title", list=title, words=page.words)
    if page.number > 1:
        title = lookups.say("list.page_of", title=title, n=page.number, of=len(page.pages))
    return title


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the index of topics."""

    html: str
    shown: tuple[str, ...]
    """The facts that its counts rest on."""


def _topic(printer: Printer, lookups: Lookups, name: str) -> TopicRow:
    sheet = lookups.library.sheets[Slug(name)]
    tally = stats.of_topic(sheet, lookups.library)
    briefs = len(lookups.briefs_on[sheet.id])
    html = printer.fragment(_ROWS, "topic", sheet, tally, briefs, root="../")
    return TopicRow(html, tuple(str(fact.id) for fact in tally.matters))


IN_INDEX = Piece("topic in index", lambda lookups: lookups.library.sheets, _topic)


def index_of_topics(printer: Printer, lookups: Lookups, key: str) -> Iterator[SiteFile]:
    """Yield one page of the index of topics."""
    page = lookups.lists.records[lists.TOPICS].get(key)
    if page:
        rows = [printer.piece(IN_INDEX, name) for name in page.names]
        yield from _index(
            printer, lookups, lists.TOPICS, page, "menu.topics",
            [row.html for row in rows], {key for row in rows for key in row.shown},
        )  # fmt: skip


def index_of_briefs(printer: Printer, lookups: Lookups, key: str) -> Iterator[SiteFile]:
    """Yield one page of the index of briefs."""
    page = lookups.lists.records[lists.BRIEFS].get(key)
    if page:
        calls = [(lookups.named[name], _topics_of(name, lookups)) for name in page.names]
        rows = printer.fragments(_ROWS, "brief", calls, root="../")
        yield from _index(printer, lookups, lists.BRIEFS, page, "menu.briefs", rows, ())


def _topics_of(brief: str, lookups: Lookups) -> list[Any]:
    record = lookups.library.briefs.get(Slug(brief))
    found = (lookups.topics.get(name) for name in record.sheets) if record else ()
    return list(filter(None, found))


def _index(
    printer: Printer,
    lookups: Lookups,
    kind: str,
    page: RecordsPage,
    title: str,
    rows: Sequence[str],
    shown: Iterable[str],
) -> Iterator[SiteFile]:
    laid_out = printer.page(
        f"{kind}/{page.key}.html",
        f"site-index-of-{kind}.html.j2",
        shown,
        (*printer.parts_of(_ROWS), *printer.parts_of(PARTS)),
        title=title_of(page, lookups.say(title), lookups),
        list_title=lookups.say(title),
        rows=joined(rows),
        ladder=ladders.for_tables(lookups.library.ladders),
        **links_of(kind, page, lookups),
    )
    yield from tables.beside(printer, laid_out)
