"""Lists of the site in pages of bounded size: which pages there are, and what each lists.

A short list is one page. A long one begins with a page of counts and of links to its parts. Statements are on
*shelves* (those of a status, of a side, of a topic); a shelf with too many for one page is divided by year, a
year by month, and a month by number. So a new statement is on the page of its month and moves nothing else.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.language import scale_texts
from briefing.language.order import natural, unaccented
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.facts import Fact, FactSheet
from briefing.model.library import Library
from briefing.model.scales import ActorKind
from briefing.model.values import Date

MAX_ROWS = 200
"""How many statements a page lists. A list of no more of them is one page."""
MAX_RECORDS = 100
"""How many sources, people, briefs or topics a page lists."""
MAX_ON_FRONT_PAGE = 12
"""How many briefs and topics the front page shows. Where there are more, they have an index."""
MAX_COVERED = 20
"""How many sources the page of the coverage shows paragraph by paragraph."""
MAX_NEXT = 20
"""How many milestones and reviews, the next ones, a page shows beside the parts of a long list."""
_ALONE = 0.9
"""Where more than this share of the values of a facet have one record each, the facet is left out."""
MAX_LINKS = 60
"""How many values of a facet are linked, those with the most records."""
ALL = "all"
"""The shelf of all statements."""
UNDATED = "undated"
"""In place of a month: statements without a date."""
_NO_MONTH = "00"
FACETS = ("status", "kind", "side")
"""The facets of statements that have a shelf for each value; a topic has one where it is long."""
REPORTS = "reports"
"""In place of a side: texts in their own voice."""
OF_RECORDS = {
    "speakers": "speaker",
    "concerned": "concerned",
    "outlets": "outlet",
    "systems": "system",
    "sources": "source",
}
"""Kinds of records, each with the facet of its shelf, which a record has where its statements are many."""
STATEMENTS, BRIEFS, TOPICS = "facts", "briefs", "topics"
"""Lists that may be long."""
KINDS_OF_ACTORS = (ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.GROUP, ActorKind.COUNTRY)
"""Kinds of actors in the order of their list."""
RECORDS = (BRIEFS, TOPICS, "sources", "actors", "systems")
"""The lists of records."""


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page of a shelf. Its rows are those of its months."""

    key: str
    """The name of its file, without the ending."""
    shelf: str
    period: str
    """The year or month; empty where it is the whole shelf."""
    months: tuple[str, ...]
    """The months of its statements, in order; none on a page that lists other pages."""
    count: int
    number: int
    """Its place among the pages of its period, from 1."""
    of: int
    """How many pages its period has, all about as long."""
    before: str
    """The key of the page before it; empty on the first."""
    after: str

    @property
    def rows(self) -> slice:
        """Which of the statements of its period it lists."""
        size = -(-self.count // self.of)
        return slice((self.number - 1) * size, min(self.number * size, self.count))

    @property
    def is_contents(self) -> bool:
        """Whether it lists the other pages of its shelf, and no statements."""
        return not self.months


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a list sorts and divides it."""

    name: str
    words: str
    """What it is sorted by."""
    place: int = 0
    """What it is sorted by before its words."""
    facets: tuple[tuple[str, str], ...] = ()
    """Facets, each with its value."""


@dataclass(frozen=True, slots=True)
class Part:
    """The records of a list with one value of a facet: its words, how many they are, and their first page."""

    facet: str
    words: str
    count: int
    key: str
    of: int
    """How many values the facet has; no more than ``MAX_LINKS`` have a part."""


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """One page of a list of records."""

    key: str
    facet: str
    """What its records have in common; empty where they are all."""
    words: str
    """The value of the facet."""
    names: tuple[str, ...]
    count: int
    """How many the list has on all its pages."""
    number: int
    pages: tuple[str, ...]
    """The keys of all pages of the list, in order."""
    parts: tuple[Part, ...] = ()
    """On the first page of all: the other lists of the same records."""


@dataclass(frozen=True, slots=True)
class ListPages:
    """The pages of all lists."""

    long: Container[str]
    """The lists that are divided, or have an index beside the front page."""
    lengths: Mapping[str, int]
    """How many statements each topic has."""
    long_shelves: Container[str]
    """The shelves of topics and records that have more statements than a page may show."""
    shelves: Mapping[str, Sequence[ShelfPage]]
    """The pages of a shelf, by its name."""
    pages_of_shelves: Mapping[str, ShelfPage]
    """The same pages, by their keys."""
    records: Mapping[str, Mapping[str, RecordsPage]]
    """The pages of a list of records, by the name of the list and their keys."""

    @classmethod
    def of(cls, library: Library, counts: Mapping[str, Mapping[str, int]], entries: Entries) -> ListPages:
        """Return the pages of all lists. ``counts`` has the number of statements by kind of record and id."""
        topics = {str(name): len(sheet.facts) for name, sheet in library.sheets.items()}
        long = long_lists(topics, {name: len(found) for name, found in entries.items()})
        many = long_shelves(topics, counts)
        shelves: dict[str, tuple[ShelfPage, ...]] = {}
        if STATEMENTS in long:
            found = counted(library.facts.values(), library)
            shelves = {
                shelf: pages_of_shelf(shelf, months)
                for shelf, months in sorted(found.items())
                if is_of_facet(shelf) or shelf in many
            }
        pages = {page.key: page for found in shelves.values() for page in found}
        records = {kind: pages_of_records(found) for kind, found in entries.items()}
        return cls(long, topics, many, shelves, pages, records)


Entries = Mapping[str, Sequence[Entry]]
"""The records of each list."""


def chunks(items: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield items in parts of a size."""
    rest = iter(items)
    while part := tuple(itertools.islice(rest, size)):
        yield part


# ------------------------------------------------------------------------------------------------ statements


def month_of(fact: Fact) -> str:
    """Return the month of a fact: 2025-03; 2025-00 where only its year is known; or ``UNDATED``."""
    if not fact.date:
        return UNDATED
    day, span = fact.date.sort_day, fact.date.span
    is_month = not span.is_interval and (span.earliest.year, span.earliest.month) == (
        span.latest.year,
        span.latest.month,
    )
    return f"{day.year:04}-{day.month if is_month else 0:02}"


def shelves_of(fact: Fact, library: Library) -> Iterator[str]:
    """Yield the shelves that may have a fact: of its facets, its topic and the records that it names."""
    yield ALL
    yield f"status_{fact.status.id}" if fact.status else f"kind_{fact.kind.value}"
    sides = dict.fromkeys(library.side_of(actor) for actor in fact.said_by)
    yield from (f"side_{side}" for side in sides or [REPORTS])
    yield f"topic_{query.sheet_of(fact.id)}"
    named = query.named_in(fact, library)
    yield from (f"{facet}_{name}" for kind, facet in OF_RECORDS.items() for name in named[kind])


def counted(facts: Iterable[Fact], library: Library) -> dict[str, dict[str, int]]:
    """Return how many of some facts each shelf may have, by month."""
    found: dict[str, Counter[str]] = {}
    for fact in facts:
        for shelf in shelves_of(fact, library):
            found.setdefault(shelf, Counter())[month_of(fact)] += 1
    return {shelf: dict(months) for shelf, months in found.items()}


def has_page(key: str) -> bool:
    """Return whether a page of a shelf has a file: what a topic or a record has is listed on its own page."""
    return key != ALL and (is_of_facet(key) or key != shelf_of(key))


def is_of_facet(shelf: str) -> bool:
    """Return whether a shelf is that of all statements or of a facet, whatever its size."""
    return shelf == ALL or shelf.partition("_")[0] in FACETS


def shelf_of(key: str) -> str:
    """Return the shelf that a page belongs to, by its key."""
    facet, *rest = key.split("_")
    return facet if facet == ALL else "_".join((facet, *rest[:1]))


def pages_of_shelf(shelf: str, counts: Mapping[str, int]) -> tuple[ShelfPage, ...]:
    """Return the pages of a shelf. ``counts`` has the number of its statements by month."""
    total = sum(counts.values())
    if total <= MAX_ROWS:
        return (ShelfPage(shelf, shelf, "", tuple(sorted(counts)), total, 1, 1, "", ""),) if total else ()
    leaves = list(_leaves(shelf, counts))
    keys = ["", *(leaf[0] for leaf in leaves), ""]
    pages = (
        ShelfPage(key, shelf, period, months, count, number, of, keys[place], keys[place + 2])
        for place, (key, period, months, count, number, of) in enumerate(leaves)
    )
    return (ShelfPage(shelf, shelf, "", (), total, 1, 1, "", ""), *pages)


def _leaves(
    shelf: str, counts: Mapping[str, int]
) -> Iterator[tuple[str, str, tuple[str, ...], int, int, int]]:
    for year, found in itertools.groupby(sorted(counts), key=lambda month: month.partition("-")[0]):
        months = tuple(found)
        count = sum(counts[month] for month in months)
        if count <= MAX_ROWS:
            yield f"{shelf}_{year}", year, months, count, 1, 1
            continue
        for month in months:
            of = -(-counts[month] // MAX_ROWS)
            for number in range(1, of + 1):
                key = f"{shelf}_{month}" + (f"_p{number}" if number > 1 else "")
                yield key, month, (month,), counts[month], number, of


def part_of(shelf: str, month: str) -> str:
    """Return the name of a part of the rows of a topic: those on a shelf, of a month."""
    return f"{shelf} {month}"


def period_words(period: str, wording: Wording) -> str:
    """Return a year or month in words."""
    if period == UNDATED:
        return wording.say("list.undated")
    year, _, month = period.partition("-")
    if month == _NO_MONTH:
        return wording.say("list.no_month", year=wording.date(Date(year)))
    return wording.date(Date(period))


def long_lists(topics: Mapping[str, int], records: Mapping[str, int]) -> tuple[str, ...]:
    """Return the lists that are long, by the statements of each topic and the number of records."""
    found = [name for name in (BRIEFS, TOPICS) if records[name] > MAX_ON_FRONT_PAGE]
    return (*([STATEMENTS] if sum(topics.values()) > MAX_ROWS else []), *found)


def long_shelves(topics: Mapping[str, int], counts: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """Return the shelves of topics and records that have more statements than a page may show."""
    found = [f"topic_{name}" for name, count in topics.items() if count > MAX_ROWS]
    for kind, facet in OF_RECORDS.items():
        found += [f"{facet}_{name}" for name, count in counts.get(kind, {}).items() if count > MAX_ROWS]
    return tuple(found)


# --------------------------------------------------------------------------------------------------- records


def pages_of_records(entries: Iterable[Entry]) -> dict[str, RecordsPage]:
    """Return the pages of a list of records, by key: all of them, and where they are many each facet's."""
    in_order = sorted(entries, key=lambda entry: (entry.place, natural(entry.words)))
    parts: list[Part] = []
    found: dict[str, RecordsPage] = {}
    if len(in_order) > MAX_RECORDS:
        for facet, words, own, of in _divided(in_order):
            pages = _numbered(f"{facet}_{file_name(words)}", own, facet, words)
            found |= pages
            parts.append(Part(facet, words, len(own), next(iter(pages)), of))
    return {**_numbered("index", in_order, parts=tuple(parts)), **found}


def _divided(entries: Collection[Entry]) -> Iterator[tuple[str, str, list[Entry], int]]:
    """Yield the values of facets with the records that have them, and how many values the facet has."""
    by_value: dict[tuple[str, str], list[Entry]] = {}
    words: dict[tuple[str, str], str] = {}
    for entry in entries:
        for facet, value in entry.facets:
            by_value.setdefault((facet, file_name(value)), []).append(entry)
            words.setdefault((facet, file_name(value)), value)
    for facet in dict.fromkeys(facet for facet, _ in by_value):
        own = [key for key in by_value if key[0] == facet]
        alone = sum(len(by_value[key]) == 1 for key in own)
        if len(own) == 1 or alone > _ALONE * len(own):
            continue  # it divides nothing, or it is the list again
        most = sorted(own, key=lambda key: (-len(by_value[key]), natural(words[key])))[:MAX_LINKS]
        for key in sorted(most, key=lambda key: natural(words[key])):
            yield facet, words[key], by_value[key], len(own)


def _numbered(
    stem: str, entries: Iterable[Entry], facet: str = "", words: str = "", parts: tuple[Part, ...] = ()
) -> dict[str, RecordsPage]:
    names = [entry.name for entry in entries]
    found = list(chunks(names, MAX_RECORDS)) or [()]
    keys = tuple(stem if number == 1 else f"{stem}_p{number}" for number in range(1, len(found) + 1))
    return {
        key: RecordsPage(key, facet, words, own, len(names), number, keys, parts if number == 1 else ())
        for number, (key, own) in enumerate(zip(keys, found, strict=True), 1)
    }


def numbered(stem: str, names: Iterable[str]) -> dict[str, RecordsPage]:
    """Return the pages of a list that has no other parts, by key. ``stem`` is the key of the first."""
    return _numbered(stem, [Entry(name, "") for name in names])


def file_name(words: str) -> str:
    """Return words as a part of the name of a file: those of other scripts by their numbers."""
    plain = "".join(
        letter if letter.isascii() and letter.isalnum() else "-" if letter.isascii() else f"-{ord(letter):x}-"
        for letter in unaccented(words)
    )
    return "-".join(filter(None, plain.split("-")))[:60] or "none"


def entry_of(kind: str, record: Any, topics: Iterable[FactSheet], wording: Wording) -> Entry:
    """Return a record of a list as that sorts and divides it; of a brief, its edition and its topics."""
    say = wording.say
    if kind == BRIEFS:
        years = [("year", str(record.as_of_day.year))]
        return Entry(record.brief, record.title, 0, (*years, *(("topic", topic.title) for topic in topics)))
    if kind == TOPICS:
        return Entry(record.id, record.title)
    if kind == "sources":
        facets = (
            ("year", str(record.published.sort_day.year) if record.published else say("value.not_stated")),
            ("reliability", scale_texts.graded(record.reliability, say)),
            ("publisher", record.publisher or say("value.not_stated")),
        )
        return Entry(record.id, record.title or record.label, 0, facets)
    if kind == "actors":
        # The id of a person is often the surname, which sorts the name that has it.
        is_surname = record.kind is ActorKind.PERSON and record.id.replace("-", " ") in unaccented(
            record.name
        )
        words = record.id if is_surname else record.name
        kinds = (("kind", wording.named(record.kind)),)
        return Entry(record.id, words, KINDS_OF_ACTORS.index(record.kind), kinds)
    return Entry(record.id, record.name, 0, (("kind", record.category),))
