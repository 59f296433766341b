"""The page of all changes by day, with its data: joined from what each topic, brief and source adds."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.changes import history
from briefing.changes.history import Day, FactVersion, NewEdition, address
from briefing.changes.in_words import ChangeText
from briefing.changes.moves import Move, has_moved
from briefing.compose.templates import joined
from briefing.content import encode
from briefing.model.facts import Disagreement
from briefing.model.ledger import Issued, ListedSource
from briefing.model.library import Library
from briefing.model.scales import DatePart
from briefing.model.values import Date, Slug
from briefing.site import archive, lists, news
from briefing.site.exports import data_files
from briefing.site.exports.data_files import Joined
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

_PARTS = "site-changes-parts.html.j2"
MAX_MONTHS = 12
"""How many months, the newest, the page begins with."""
MAX_SAID = 60
"""How many statements of a month it names; of more it says how many each topic has."""
SCRIPT = "since.js"
"""The script of the page, which leaves out what is older than a day; without it the page shows everything."""


@dataclass(frozen=True, slots=True)
class DayOfTopic:
    """What a topic adds to a day."""

    day: Day
    reworded: int
    """The number of its facts that changed, but did not move."""
    changed: str
    """The list of them, as HTML."""
    added: int
    """The number of its new facts."""
    new: str
    """The list of them, as HTML."""
    data: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition, a withdrawal or a source on a day."""

    day: Day
    rank: tuple[str, int, int]
    """Its place among those of its kind."""
    html: str
    data: str


@dataclass(frozen=True, slots=True)
class OfBrief:
    """What a brief adds to its days."""

    withdrawn: tuple[Entry, ...]
    editions: tuple[Entry, ...]
    retired: str
    """All its editions, where the brief is no more."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement about how far something has come, as it came in or moved."""

    month: Day
    """The month of the day on which it is news, or that day where it is in no one month."""
    about: str
    """The matter that it is about first; empty where it is about none."""
    is_now: bool
    """Whether it is said now; of an earlier state, it was."""
    is_named: bool
    """Whether it is said now and has a name of a few words."""
    html: str


@dataclass(slots=True)
class _Whole:
    """A day with all that was added to it."""

    day: Day
    withdrawn: list[Entry] = field(default_factory=list)
    editions: list[Entry] = field(default_factory=list)
    topics: list[tuple[str, DayOfTopic]] = field(default_factory=list)
    sources: list[Entry] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def _of_topic(printer: Printer, lookups: Lookups, name: str) -> tuple[DayOfTopic, ...]:
    def of_day(day: Day, facts: list[FactVersion]) -> DayOfTopic:
        """Keep changed facts and new ones apart: else the few changed ones are lost among the many."""
        new = [item for item in facts if item.number == 1]
        later = [item for item in facts if item.number > 1 and not has_moved(item)]
        changed, added = (
            printer.fragment(_PARTS, "topic", lookups.topics[name], part) if part else ""
            for part in (later, new)
        )
        in_order = sorted(facts, key=lambda item: (item.fact.id, item.number))
        data = data_files.elements(map(_state, in_order))
        return DayOfTopic(day, len(later), changed, len(new), added, data)

    found = history.days(lookups.wording, lookups.versions[name])
    return tuple(of_day(item.day, item.facts) for item in found)


def _said(printer: Printer, lookups: Lookups, name: str) -> tuple[Said, ...]:
    """Return what was said of the commitments of a topic, the newest first."""
    return tuple(
        Said(
            _month_of(since.known, lookups),
            next(iter(since.fact.matters), ""),
            since.is_now,
            since.is_now and bool(since.fact.label),
            printer.fragment(_PARTS, "said", since),
        )
        for dated in history.days(lookups.wording, lookups.versions[name])
        for since in dated.facts
        if since.fact.status and since.known and (since.number == 1 or has_moved(since))
    )


def _month_of(date: Date, lookups: Lookups) -> Day:
    first, last = date.earliest, date.latest
    if (first.year, first.month) == (last.year, last.month):
        date = Date(last.isoformat()[:7], tuple(part for part in date.inferred if part is not DatePart.DAY))
    return history.day_of(date, lookups.wording)


def _of_brief(printer: Printer, lookups: Lookups, name: str) -> OfBrief:
    library = lookups.library
    items = library.issued.get(name, ())
    withdrawn: list[Entry] = []
    editions: list[Entry] = []
    for found in history.days(lookups.wording, editions=history.of_brief(items, library, lookups.wording)):
        for issued in found.withdrawn:
            html = printer.fragment(_PARTS, "withdrawn", issued)
            withdrawn.append(Entry(found.day, _rank(issued), html, data_files.elements([_edition(issued)])))
        for new in found.editions:
            html = printer.fragment(_PARTS, "edition", new, lambda change: target(change, library))
            title, *order = _rank(new.issued)
            rank = (title, -order[0], -order[1])  # the newest first
            editions.append(Entry(found.day, rank, html, data_files.elements([_new_edition(new)])))
    is_retired = bool(items) and name not in library.briefs
    retired = printer.fragment(_PARTS, "retired", items) if is_retired else ""
    return OfBrief(tuple(withdrawn), tuple(editions), retired)


def _of_source(printer: Printer, lookups: Lookups, name: str) -> Entry | None:
    source = lookups.library.sources[name]
    found = history.days(lookups.wording, sources=[source])
    html = printer.fragment(_PARTS, "source", source) if found else ""
    return next((Entry(item.day, ("", 0, 0), html, source.id) for item in found), None)


OF_TOPIC = Piece("changes of topic", lambda lookups: lookups.library.sheets, _of_topic)
SAID = Piece("said of commitments of topic", lambda lookups: lookups.library.sheets, _said)
OF_BRIEF = Piece("changes of brief", lambda lookups: lookups.library.issued, _of_brief)
OF_SOURCE = Piece("changes of source", lambda lookups: lookups.library.sources, _of_source)


def changes(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield all changes by day, with their data."""
    days = _days(printer)
    briefs = printer.pieces(OF_BRIEF).values()
    yield printer.page(
        "changes.html",
        "site-changes.html.j2",
        EVERY_FACT,
        (*printer.parts_of(_PARTS), *archive.parts(printer)),
        title=lookups.say("menu.changes"),
        months=list(_months(printer, lookups)),
        days=[_shown(item, lists.STATEMENTS in lookups.lists.long) for item in days],
        last_issue=next((item.day for item in days if item.editions), None),
        retired=joined(item.retired for item in briefs),
    )
    yield printer.asset(SCRIPT, "script")
    yield data_files.written(printer, "changes", {"days": [_data(item) for item in days]}, EVERY_FACT)


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter, or a topic, with what was said of its commitments in a month."""

    title: str
    page: str
    said: Any
    """Its statements that have a name, or its first, as HTML; none where the month has too many."""
    more: int
    """How many other statements it has."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what was said of commitments."""

    month: Day
    subjects: tuple[Subject, ...]


def _months(printer: Printer, lookups: Lookups) -> Iterator[Month]:
    """Yield the newest months, each with its statements by matter, or with their numbers by topic."""
    found: dict[tuple[datetime.date, datetime.date], Day] = {}
    said: dict[tuple[datetime.date, datetime.date], list[tuple[str, Said]]] = {}
    for topic, items in printer.pieces(SAID).items():
        for item in items:
            place = item.month.place
            found[place] = history.stated(found.get(place, item.month), item.month)
            said.setdefault(place, []).append((topic, item))
    for place in sorted(found, reverse=True)[:MAX_MONTHS]:
        yield Month(found[place], tuple(_subjects(said[place], lookups)))


def _subjects(said: Collection[tuple[str, Said]], lookups: Lookups) -> Iterator[Subject]:
    is_short = len(said) <= MAX_SAID
    subjects: dict[tuple[str, str], list[Said]] = {}
    for topic, item in said:
        about = item.about if is_short else ""
        subjects.setdefault((about, "" if about else topic), []).append(item)
    for (about, topic), items in subjects.items():
        matter = lookups.library.matters.get(Slug(about))
        title = matter.plain if matter else lookups.topics[topic].title
        page = f"matters/{about}.html#moves" if matter else f"topics/{topic}.html#facts"
        now = [item for item in items if item.is_now] or items
        named = [item for item in now if item.is_named] or now[:1]
        shown = [item.html for item in named] if is_short else []
        separator = lookups.say("value.long_list")
        yield Subject(title, page, joined(shown, separator), len(items) - len(shown))


def _days(printer: Printer) -> list[_Whole]:
    """Return all days, the newest first."""
    found: dict[tuple[datetime.date, datetime.date], _Whole] = {}

    def on(day: Day) -> _Whole:
        whole = found.setdefault(day.place, _Whole(day))
        whole.day = history.stated(whole.day, day)
        return whole

    for name, topic in printer.pieces(OF_TOPIC).items():
        for item in topic:
            on(item.day).topics.append((name, item))
    for brief in printer.pieces(OF_BRIEF).values():
        for entry in brief.withdrawn:
            on(entry.day).withdrawn.append(entry)
        for entry in brief.editions:
            on(entry.day).editions.append(entry)
    for source in printer.pieces(OF_SOURCE).values():
        if source:
            on(source.day).sources.append(source)
    for move in news.of_all(printer):
        on(move.day).moves.append(move)
    for whole in found.values():
        whole.withdrawn.sort(key=lambda entry: entry.rank)
        whole.editions.sort(key=lambda entry: entry.rank)
    return [found[place] for place in sorted(found, reverse=True)]


def _shown(whole: _Whole, is_long: bool) -> dict[str, Any]:
    """Return what the page shows of a day; of thousands of statements only how many there are."""
    topics = [] if is_long else [item for _, item in whole.topics]
    return {
        "day": whole.day,
        "editions": joined(item.html for item in (*whole.withdrawn, *whole.editions)),
        "moves": whole.moves,
        "reworded": sum(item.reworded for _, item in whole.topics),
        "added": sum(item.added for _, item in whole.topics),
        "with_new": sum(bool(item.added) for _, item in whole.topics),
        "count": len(whole.sources),
        "changed": joined(item.changed for item in topics),
        "new": joined(item.new for item in topics),
        "sources": joined(item.html for item in whole.sources),
    }


def _data(whole: _Whole) -> dict[str, Any]:
    topics = sorted(whole.topics, key=lambda item: f"{item[0]}.")  # the order of the keys of their facts
    return {
        "from": whole.day.earliest.isoformat(),
        "to": whole.day.latest.isoformat(),
        "moves": [data_of(move) for move in whole.moves],
        "withdrawn": Joined(item.data for item in whole.withdrawn),
        "editions": Joined(item.data for item in whole.editions),
        "facts": Joined(item.data for _, item in topics),
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
