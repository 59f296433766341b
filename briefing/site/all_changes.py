"""The pages of changes, with their data: joined from what each topic, brief and source adds.

The first page has what moved, and of each day what was recorded in how many statements of which topic. A page
for each month has the statements themselves, and what each edition changed.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.changes import history
from briefing.changes.fact_fields import MOVES
from briefing.changes.history import Day, FactVersion, NewEdition, PlaceOfDay, address
from briefing.changes.in_words import ChangeText
from briefing.changes.moves import Move, has_moved
from briefing.compose.templates import joined
from briefing.content import encode
from briefing.language.order import natural
from briefing.memo.engine import Parts
from briefing.model.facts import Disagreement
from briefing.model.ledger import Issued, ListedSource
from briefing.model.library import Library
from briefing.model.values import Date
from briefing.site import archive, list_pages, lists, months, news
from briefing.site.exports import data_files
from briefing.site.exports.data_files import Joined
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

_PARTS = months.PARTS
SCRIPT = "since.js"
"""The script of the page, which leaves out what is older than a day; without it the page shows everything."""
MAX_MONTHS = 12
"""How many months, the newest, the first page has; the others have only their own."""
MAX_MOVES = 20
"""How many moves, the newest, the first page has."""
MAX_ITEMS = 24
"""How many items of a month the first page names."""
MAX_TOPICS = 12
"""How many topics of a day, those with the most statements, the first page names."""


@dataclass(frozen=True, slots=True)
class DayOfTopic:
    """What a topic adds to a day."""

    day: Day
    month: Day
    reworded: int
    """The number of its facts that changed, but did not move."""
    added: int
    """The number of its new facts."""
    data: str


@dataclass(frozen=True, slots=True)
class OfTopic:
    """What a topic adds to its days."""

    title: str
    days: tuple[DayOfTopic, ...]
    left_out: int
    """How many of its statements are under no day: they record how texts word something, or have none."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The statements of a topic on a day, those that changed apart: else they are lost among the new ones."""

    place: PlaceOfDay
    changed: str
    """The list of those that changed, but did not move, as HTML."""
    new: str
    """The list of the new ones, as HTML."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of a status, figure or date that an edition brought, of a statement in it."""

    fact: str
    what: str
    subject: str
    page: str
    edition: str
    """The number of the edition."""
    path: str
    """Where the edition is, below the folder of the site."""
    day: Day


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition, a withdrawal or a source on a day."""

    day: Day
    month: Day
    rank: tuple[str, int, int]
    """Its place among those of its kind."""
    html: str
    data: str
    title: str = ""
    """The title of the brief."""
    number: str = ""
    """The number of the edition."""
    path: str = ""
    """Where the edition is, below the folder of the site."""
    changes: int = 0
    """How many changes the edition brought."""
    is_withdrawal: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def id(self) -> str:
        """Its place on the page of its month."""
        name = self.path.rpartition("/")[2].removesuffix(".html")
        return f"withdrawn-{name}" if self.is_withdrawal else name


@dataclass(frozen=True, slots=True)
class OfBrief:
    """What a brief adds to its days."""

    withdrawn: tuple[Entry, ...]
    editions: tuple[Entry, ...]
    retired: str
    """All its editions, where the brief is no more."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What editions corrected in one statement without a move: nothing new, another reading of ours."""

    subject: str
    page: str
    day: Day
    """The day of the last of them."""
    steps: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Each correction in words, with the numbers and the addresses of the editions that brought it."""


@dataclass(slots=True)
class _Whole:
    """A day with all that was added to it."""

    day: Day
    month: Day
    withdrawn: list[Entry] = field(default_factory=list)
    editions: list[Entry] = field(default_factory=list)
    topics: list[tuple[str, str, DayOfTopic]] = field(default_factory=list)
    """The id and the title of each topic, with what it adds."""
    sources: list[Entry] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    @property
    def added(self) -> int:
        """How many statements are new."""
        return sum(item.added for _, _, item in self.topics)

    @property
    def reworded(self) -> int:
        """How many statements changed, but did not move."""
        return sum(item.reworded for _, _, item in self.topics)

    @property
    def new(self) -> list[tuple[str, str, int]]:
        """The id and the title of each topic with new statements, and their number: the most first."""
        found = [(name, title, item.added) for name, title, item in self.topics if item.added]
        return sorted(found, key=lambda item: -item[2])

    @property
    def changed(self) -> list[tuple[str, str, int]]:
        """The id and the title of each topic with reworded statements, and their number: the most first."""
        found = [(name, title, item.reworded) for name, title, item in self.topics if item.reworded]
        return sorted(found, key=lambda item: -item[2])

    @property
    def briefs(self) -> list[tuple[str, list[Entry]]]:
        """What was withdrawn and issued of each brief."""
        entries = sorted((*self.withdrawn, *self.editions), key=lambda entry: entry.rank)
        return [(title, list(own)) for title, own in itertools.groupby(entries, lambda entry: entry.title)]

    @property
    def html(self) -> Any:
        """The same with what each edition changed, as HTML."""
        return joined(item.html for item in (*self.withdrawn, *self.editions))

    @property
    def of_sources(self) -> Any:
        """The sources, as HTML."""
        return joined(item.html for item in self.sources)


@dataclass(frozen=True, slots=True)
class MonthOfChanges:
    """A month with what was recorded in it."""

    month: Day
    days: tuple[_Whole, ...]
    said: months.Month | None
    """What was said of commitments."""

    @property
    def path(self) -> str:
        """Its page."""
        return page_of(self.month)

    @property
    def count(self) -> int:
        """How many statements are new or reworded."""
        return sum(day.added + day.reworded for day in self.days)

    @property
    def is_long(self) -> bool:
        """Whether it has too many statements for its page, which then has their numbers."""
        return self.count > lists.MAX_ROWS


def page_of(month: Day) -> str:
    """Return the path of the page of a month."""
    return month.page.partition("#")[0]


def _of_topic(printer: Printer, lookups: Lookups, name: str) -> OfTopic:
    def of_day(day: Day, facts: list[FactVersion]) -> DayOfTopic:
        in_order = sorted(facts, key=lambda item: (item.fact.id, item.number))
        data = data_files.elements(map(_state, in_order))
        return DayOfTopic(day, _month_of(facts, lookups), len(_reworded(facts)), len(_new(facts)), data)

    found = history.days(lookups.wording, lookups.versions[name])
    listed = {since.fact.id for item in found for since in item.facts}
    left_out = len(lookups.library.sheets[name].facts) - len(listed)
    days = tuple(of_day(item.day, item.facts) for item in found)
    return OfTopic(lookups.topics[name].title, days, left_out)


def _lists_of_topic(printer: Printer, lookups: Lookups, name: str) -> Parts:
    """Return the lists of the statements of a topic by month."""

    def printed(kind: str, day: Day, states: list[FactVersion]) -> str:
        anchor, topic = f"{kind}-{day.anchor}", lookups.topics[name]
        return printer.fragment(_PARTS, "topic", topic, states, anchor, root="../") if states else ""

    found: dict[str, list[Listed]] = {}
    for item in history.days(lookups.wording, lookups.versions[name]):
        changed = printed("changed", item.day, _reworded(item.facts))
        new = printed("new", item.day, _new(item.facts))
        found.setdefault(item.day.month, []).append(Listed(item.day.place, changed, new))
    return Parts({month: tuple(days) for month, days in found.items()})


def _month_of(facts: Iterable[FactVersion], lookups: Lookups) -> Day:
    known = [months.month_of(item.known, lookups) for item in facts if item.known]
    return functools.reduce(history.stated, known)


def _new(facts: Iterable[FactVersion]) -> list[FactVersion]:
    return [item for item in facts if item.number == 1]


def _reworded(facts: Iterable[FactVersion]) -> list[FactVersion]:
    """Return the facts that changed, but did not move."""
    return [item for item in facts if item.number > 1 and not has_moved(item)]


def _of_brief(printer: Printer, lookups: Lookups, name: str) -> OfBrief:
    library = lookups.library
    items = library.issued.get(name, ())
    withdrawn: list[Entry] = []
    editions: list[Entry] = []

    def entry(item: Issued, found: Day, html: str, data: str, **more: Any) -> Entry:
        title, major, minor = _rank(item)
        month = months.month_of(Date(found.latest.isoformat()), lookups)
        rank = (title, -major, -minor)  # the newest first
        return Entry(found, month, rank, html, data, title, item.id, f"{address(item)}.html", **more)

    for found in history.days(lookups.wording, editions=history.of_brief(items, library, lookups.wording)):
        for issued in found.withdrawn:
            html = printer.fragment(_PARTS, "withdrawn", issued, root="../")
            data = data_files.elements([_edition(issued)])
            withdrawn.append(entry(issued, found.day, html, data, is_withdrawal=True))
        for new in found.editions:
            html = printer.fragment(
                _PARTS, "edition", new, lambda change: target(change, library), root="../"
            )
            corrections = tuple(
                Correction(
                    text.key,
                    text.what,
                    text.subject,
                    target(text, library),
                    new.issued.id,
                    f"{address(new.issued)}.html",
                    found.day,
                )
                for text in new.changes
                if text.change.turn in MOVES
            )
            data = data_files.elements([_new_edition(new)])
            more = {"changes": len(new.changes), "corrections": corrections}
            editions.append(entry(new.issued, found.day, html, data, **more))
    is_retired = bool(items) and name not in library.briefs
    retired = printer.fragment(_PARTS, "retired", items) if is_retired else ""
    return OfBrief(tuple(withdrawn), tuple(editions), retired)


def _of_source(printer: Printer, lookups: Lookups, name: str) -> Entry | None:
    source = lookups.library.sources[name]
    found = history.days(lookups.wording, sources=[source])
    if not (found and source.seen):
        return None
    html = printer.fragment(_PARTS, "source", source, root="../")
    month = months.month_of(source.seen, lookups)
    return Entry(found[0].day, month, ("", 0, 0), html, source.id)


OF_TOPIC = Piece("changes of topic", lambda lookups: lookups.library.sheets, _of_topic)
LISTS = Piece("lists of changes of topic", lambda lookups: lookups.library.sheets, _lists_of_topic)
"""What is read for the pages of those months only that list their statements."""
OF_BRIEF = Piece("changes of brief", lambda lookups: lookups.library.issued, _of_brief)
OF_SOURCE = Piece("changes of source", lambda lookups: lookups.library.sources, _of_source)


def changes(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield what moved and all that was recorded by day, with the pages of the months and all data."""
    days = _days(printer, lookups)
    by_month = _months(printer, lookups, days)
    moves = news.of_all(printer)
    parts = (*printer.parts_of(_PARTS), *printer.parts_of(list_pages.PARTS), *archive.parts(printer))
    yield printer.page(
        "changes.html",
        "site-changes.html.j2",
        EVERY_FACT,
        parts,
        title=lookups.say("menu.changes"),
        months=by_month[:MAX_MONTHS],
        earlier=[list_pages.Link(item.path, item.month.words, item.count) for item in by_month[MAX_MONTHS:]],
        shown=MAX_TOPICS,
        items=MAX_ITEMS,
        moves=moves[:MAX_MOVES],
        more_moves=max(len(moves) - MAX_MOVES, 0),
        corrected=corrected(printer),
        last_issue=next((item.day for item in days if item.editions), None),
        retired=joined(item.retired for item in printer.pieces(OF_BRIEF).values()),
        left_out=sum(topic.left_out for topic in printer.pieces(OF_TOPIC).values()),
    )
    title = lookups.say("menu.changes")
    for before, item, after in zip([None, *by_month], by_month, [*by_month[1:], None], strict=False):
        yield printer.page(
            item.path,
            "site-changes-of-month.html.j2",
            EVERY_FACT,
            parts,
            title=lookups.say("list.title", list=title, words=item.month.words),
            month=item,
            lists={} if item.is_long else _lists(printer, item),
            later=before,
            earlier=after,
            shown=lists.MAX_LINKS,
        )
    yield printer.asset(SCRIPT, "script")
    yield data_files.written(printer, "changes", {"days": [_data(item) for item in days]}, EVERY_FACT)


def _lists(printer: Printer, month: MonthOfChanges) -> dict[PlaceOfDay, tuple[Any, Any]]:
    """Return the changed and the new statements of each day of a month, by topic, as HTML."""
    found: dict[PlaceOfDay, list[Listed]] = {}
    for days in printer.part(LISTS, month.month.month).values():
        for item in days:
            found.setdefault(item.place, []).append(item)
    return {
        place: (joined(item.changed for item in items), joined(item.new for item in items))
        for place, items in found.items()
    }


def corrected(printer: Printer) -> tuple[Corrected, ...]:
    """Return the statements whose status, figure or date editions changed, although nothing moved."""
    moved = {key for move in news.of_all(printer) for key in move.facts}
    by_fact: dict[str, list[Correction]] = {}
    for brief in printer.pieces(OF_BRIEF).values():
        for entry in brief.editions:
            for item in entry.corrections:
                if item.fact not in moved:
                    by_fact.setdefault(item.fact, []).append(item)
    found = [_corrected(items) for items in by_fact.values()]
    return tuple(sorted(found, key=lambda item: item.day.place, reverse=True))


def _corrected(items: Collection[Correction]) -> Corrected:
    in_order = sorted(items, key=lambda item: (item.day.place, natural(item.edition)))
    last = in_order[-1]
    steps: dict[str, list[tuple[str, str]]] = {}
    for item in in_order:
        steps.setdefault(item.what, []).append((item.edition, item.path))
    return Corrected(
        last.subject, last.page, last.day, tuple((what, tuple(own)) for what, own in steps.items())
    )


def _months(printer: Printer, lookups: Lookups, days: Iterable[_Whole]) -> list[MonthOfChanges]:
    """Return all months, the newest first."""
    said = {item.month.month: item for item in months.of_all(printer, lookups)}
    by_month: dict[str, list[_Whole]] = {}
    for day in days:
        by_month.setdefault(day.day.month, []).append(day)
    found = []
    for name, own in by_month.items():
        known = [day.month for day in own] + ([said[name].month] if name in said else [])
        found.append(MonthOfChanges(functools.reduce(history.stated, known), tuple(own), said.get(name)))
    return sorted(found, key=lambda item: item.month.place, reverse=True)


def _days(printer: Printer, lookups: Lookups) -> list[_Whole]:
    """Return all days, the newest first."""
    found: dict[PlaceOfDay, _Whole] = {}

    def on(day: Day, month: Day) -> _Whole:
        whole = found.setdefault(day.place, _Whole(day, month))
        whole.day = history.stated(whole.day, day)
        whole.month = history.stated(whole.month, month)
        return whole

    for name, topic in printer.pieces(OF_TOPIC).items():
        for item in topic.days:
            on(item.day, item.month).topics.append((name, topic.title, item))
    for brief in printer.pieces(OF_BRIEF).values():
        for entry in brief.withdrawn:
            on(entry.day, entry.month).withdrawn.append(entry)
        for entry in brief.editions:
            on(entry.day, entry.month).editions.append(entry)
    for source in printer.pieces(OF_SOURCE).values():
        if source:
            on(source.day, source.month).sources.append(source)
    for move in news.of_all(printer):
        known = found.get(move.day.place)
        month = known.month if known else months.month_of(Date(move.day.latest.isoformat()), lookups)
        on(move.day, month).moves.append(move)
    for whole in found.values():
        whole.withdrawn.sort(key=lambda entry: (entry.title, *(-number for number in entry.rank[1:])))
        whole.editions.sort(key=lambda entry: entry.rank)
    return [found[place] for place in sorted(found, reverse=True)]


def _data(whole: _Whole) -> dict[str, Any]:
    topics = sorted(whole.topics, key=lambda item: f"{item[0]}.")  # the order of the keys of their facts
    return {
        "from": whole.day.earliest.isoformat(),
        "to": whole.day.latest.isoformat(),
        "moves": [data_of(move) for move in whole.moves],
        "withdrawn": Joined(item.data for item in whole.withdrawn),
        "editions": Joined(item.data for item in whole.editions),
        "facts": Joined(item.data for _, _, item in topics),
        "sources": [item.data for item in whole.sources],
    }


def data_of(move: Move) -> dict[str, Any]:
    """Return a move as data."""
    return {
        "what": move.what,
        "subject": move.subject,
        "page": move.page,
        "facts": list(move.facts),
        "is_reversal": move.is_reversal,
    }


def _rank(issued: Issued) -> tuple[str, int, int]:
    return (issued.printed.title, *issued.order)


def _state(since: FactVersion) -> dict[str, Any]:
    return {
        "fact": since.fact.id,
        "state": since.number,
        "is_now": since.is_now,
        "statement": since.fact.statement,
        "changes": _change_texts(since.changes),
    }


def _new_edition(new: NewEdition) -> dict[str, Any]:
    return {**_edition(new.issued), "changes": _change_texts(new.changes)}


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
