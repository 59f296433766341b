"""The page of all changes by day, with its data: joined from what each topic, brief and source adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.changes import history
from briefing.changes.history import Day, FactVersion, NewEdition, PlaceOfDay, address
from briefing.changes.in_words import ChangeText
from briefing.changes.moves import Move, has_moved
from briefing.compose.templates import joined
from briefing.content import encode
from briefing.model.facts import Disagreement
from briefing.model.ledger import Issued, ListedSource
from briefing.model.library import Library
from briefing.site import archive, list_pages, lists, months, news
from briefing.site.exports import data_files
from briefing.site.exports.data_files import Joined
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

_PARTS = months.PARTS
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
class OfTopic:
    """What a topic adds to its days."""

    days: tuple[DayOfTopic, ...]
    left_out: int
    """How many of its statements are under no day: they record how texts word something, or have none."""


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


@dataclass(slots=True)
class _Whole:
    """A day with all that was added to it."""

    day: Day
    withdrawn: list[Entry] = field(default_factory=list)
    editions: list[Entry] = field(default_factory=list)
    topics: list[tuple[str, DayOfTopic]] = field(default_factory=list)
    sources: list[Entry] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def _of_topic(printer: Printer, lookups: Lookups, name: str) -> OfTopic:
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
    listed = {since.fact.id for item in found for since in item.facts}
    left_out = len(lookups.library.sheets[name].facts) - len(listed)
    return OfTopic(tuple(of_day(item.day, item.facts) for item in found), left_out)


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
        (*printer.parts_of(_PARTS), *printer.parts_of(list_pages.PARTS), *archive.parts(printer)),
        title=lookups.say("menu.changes"),
        months=list(months.of_all(printer, lookups)),
        shown=lists.MAX_LINKS,
        days=[_shown(item, lists.STATEMENTS in lookups.lists.long) for item in days],
        last_issue=next((item.day for item in days if item.editions), None),
        retired=joined(item.retired for item in briefs),
        left_out=sum(topic.left_out for topic in printer.pieces(OF_TOPIC).values()),
    )
    yield printer.asset(SCRIPT, "script")
    yield data_files.written(printer, "changes", {"days": [_data(item) for item in days]}, EVERY_FACT)


def _days(printer: Printer) -> list[_Whole]:
    """Return all days, the newest first."""
    found: dict[PlaceOfDay, _Whole] = {}

    def on(day: Day) -> _Whole:
        whole = found.setdefault(day.place, _Whole(day))
        whole.day = history.stated(whole.day, day)
        return whole

    for name, topic in printer.pieces(OF_TOPIC).items():
        for item in topic.days:
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
