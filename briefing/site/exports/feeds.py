"""Feeds of editions, of facts and of moves: Atom 1.0 (RFC 4287), from the record alone.

The id of an entry is made of values that never change: the seal of an edition, or the first name of a fact
and the day since when it holds. Its time is midnight of the recorded day, because no hours are on record.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.changes import history
from briefing.changes.history import DatedNews, Day, FactVersion, NewEdition, PlaceOfDay, address
from briefing.changes.in_words import ChangeText
from briefing.changes.moves import Move
from briefing.language.words import Words
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.ledger import Issued
from briefing.model.library import Library
from briefing.model.values import Key, Slug
from briefing.site import archive, news
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

TEMPLATE = "site-feed.xml.j2"
EDITIONS = "editions.atom"
FACTS = "facts.atom"
MOVES = "moves.atom"
MAX_ENTRIES = 200
"""The number of entries, the newest, in a feed; it is limited because readers fetch it again and again."""
_NAMES = uuid.UUID("7d0e3c0a-6f0b-5a0e-9d55-2f6a3b8f4c11")
"""The namespace of the ids of this program's entries; it must never change."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    id: str
    title: str
    page: str
    """The page that it links to, below the site's folder."""
    published: str
    updated: str
    author: str
    """The person responsible for it; empty where that is the publisher."""
    note: str
    """What the entry says, as plain text."""
    changes: tuple[ChangeText, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, as it is written out."""

    name: str
    """Its file."""
    id: str
    title: str
    updated: str
    base: str
    """The address of the site, with a slash at the end; empty where it is not known."""
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its place among those of its feed."""

    day: PlaceOfDay
    rank: tuple[int, str, int, int]
    """Its place on that day."""
    entry: FeedEntry


@dataclass(frozen=True, slots=True)
class StateOfFact:
    """A state of a fact by its place among all, without the rest."""

    day: PlaceOfDay
    fact: str
    number: int


def _newest_states(lookups: Lookups, topic: str) -> list[tuple[DatedNews, FactVersion]]:
    """Return the newest states of the facts of a topic, as many as a feed may have."""
    found = [
        (dated, since)
        for dated in history.days(lookups.wording, lookups.versions[topic])
        for since in sorted(dated.facts, key=lambda item: (item.fact.id, item.number))
    ]
    return found[:MAX_ENTRIES]


def _states(_: Printer, lookups: Lookups, topic: str) -> tuple[StateOfFact, ...]:
    found = _newest_states(lookups, topic)
    return tuple(StateOfFact(dated.day.place, str(since.fact.id), since.number) for dated, since in found)


def _newest(printer: Printer, _: Lookups, __: str) -> tuple[StateOfFact, ...]:
    states = [item for items in printer.pieces(STATES).values() for item in items]
    states.sort(key=lambda item: (item.fact, item.number))
    return tuple(sorted(states, key=lambda item: item.day, reverse=True)[:MAX_ENTRIES])


def _entries(_: Printer, lookups: Lookups, topic: str) -> dict[str, FeedEntry]:
    """Return fact and number -> entry of the newest states of a topic."""
    library, seen = lookups.library, Counter[str]()
    entries: dict[str, FeedEntry] = {}
    for dated, since in _newest_states(lookups, topic):
        held = since.fact.asserted.edtf if since.fact.asserted else "undated"
        name = f"{_first_name(since.fact, lookups)} {held}"
        seen[name] += 1
        name = f"fact {name} {seen[name]}"
        entry = _of_state(since, dated.day, name, library, lookups.say)
        entries[f"{since.fact.id} {since.number}"] = entry
    return entries


def _of_brief(_: Printer, lookups: Lookups, name: str) -> tuple[Ranked, ...]:
    library, wording = lookups.library, lookups.wording
    items = library.issued.get(name, ())
    found: list[Ranked] = []
    for found_on in history.days(wording, editions=history.of_brief(items, library, wording)):
        for issued in found_on.withdrawn:
            title, (major, minor) = issued.printed.title, issued.order
            entry = _of_withdrawal(issued, library, lookups.say)
            found.append(Ranked(found_on.day.place, (0, title, major, minor), entry))
        for new in found_on.editions:
            title, (major, minor) = new.issued.printed.title, new.issued.order
            entry = _of_edition(new, library, lookups.say)
            found.append(Ranked(found_on.day.place, (1, title, -major, -minor), entry))
    return tuple(found)


STATES = Piece("feed states", lambda lookups: lookups.library.sheets, _states)
NEWEST = Piece("newest states", lambda _: ("",), _newest, level=1)
OF_TOPIC = Piece("feed of topic", lambda lookups: lookups.library.sheets, _entries)
OF_BRIEF = Piece("feed of brief", lambda lookups: lookups.library.issued, _of_brief)


def feed_of_editions(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the feed of every edition that may be shown, and of every withdrawal."""
    ranked = [item for items in printer.pieces(OF_BRIEF).values() for item in items]
    ranked.sort(key=lambda item: item.rank)
    ranked.sort(key=lambda item: item.day, reverse=True)
    entries = sorted((item.entry for item in ranked), key=lambda entry: entry.updated, reverse=True)
    yield _file(printer, lookups, EDITIONS, "feed.editions", entries, ())


def feed_of_facts(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the feed of every state of a fact, under the day on which it became known here."""
    newest = printer.piece(NEWEST, "")
    topics = {query.sheet_of(item.fact) for item in newest}
    known = {topic: printer.piece(OF_TOPIC, topic) for topic in sorted(topics)}
    entries = [known[query.sheet_of(item.fact)][f"{item.fact} {item.number}"] for item in newest]
    yield _file(printer, lookups, FACTS, "feed.facts", entries, EVERY_FACT)


def feed_of_moves(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the feed of every move, under the day on which it became known here."""
    newest = news.of_all(printer)[:MAX_ENTRIES]
    yield _file(
        printer, lookups, MOVES, "feed.moves", [_of_move(move, lookups) for move in newest], EVERY_FACT
    )


def _of_move(move: Move, lookups: Lookups) -> FeedEntry:
    library = lookups.library
    if matter := library.matters.get(Slug(move.matter)):
        name = f"matter {matter.formerly[0] if matter.formerly else matter.id}"
    else:
        name = f"fact {_first_name(library.facts[Key(move.facts[0])], lookups)}"
    stamp = _stamp(move.day.latest)
    reversal = lookups.say("changes.reversal").rstrip(" :\u00a0") + "." if move.is_reversal else ""
    return FeedEntry(
        id=_name(f"move {move.number} of {name} of {library.project.title}, {library.project.publisher}"),
        title=f"{move.subject.rstrip('.')}: {move.what}",
        page=move.page,
        published=stamp,
        updated=stamp,
        author="",
        note=_dated(reversal, move.day, lookups.say),
        changes=(),
    )


def _of_withdrawal(issued: Issued, library: Library, say: Words) -> FeedEntry:
    assert issued.withdrawn
    taken = issued.withdrawn
    return FeedEntry(
        id=_name(f"withdrawal {_sealed(issued, library)}"),
        title=say("feed.withdrawn", title=issued.printed.title, number=issued.id),
        page=_page(issued),
        published=_stamp(taken.day.latest),
        updated=_stamp(taken.day.latest),
        author=taken.by,
        note=taken.reason,
        changes=(),
    )


def _of_edition(new: NewEdition, library: Library, say: Words) -> FeedEntry:
    issued = new.issued
    key = "changes.edition_withdrawn" if issued.withdrawn else "changes.edition"
    corrected = say("feed.corrects", number=issued.corrects, note=issued.note)
    last = issued.withdrawn.day if issued.withdrawn else issued.issued
    return FeedEntry(
        id=_name(f"edition {_sealed(issued, library)}"),
        title=say(key, title=issued.printed.title, number=issued.id),
        page=_page(issued),
        published=_stamp(issued.issued.latest),
        updated=_stamp(last.latest),
        author=issued.by,
        note=corrected if issued.corrects else issued.note,
        changes=new.changes,
    )


def _sealed(issued: Issued, library: Library) -> str:
    """Return the parts of an edition that never change: its number, its brief's first name, its seal."""
    brief = library.briefs.get(issued.brief)
    first = brief.formerly[0] if brief and brief.formerly else issued.brief
    return f"{issued.id} of {first}: {issued.seal}"


def _dated(note: str, day: Day, say: Words) -> str:
    """Return a note with its day where that is inferred, because the time of an entry cannot say so."""
    return " ".join(filter(None, (note, say("feed.inferred", day=day.words) if day.inferred else "")))


def _of_state(since: FactVersion, day: Day, name: str, library: Library, say: Words) -> FeedEntry:
    fact, stamp = since.fact, _stamp(day.latest)
    project = library.project
    return FeedEntry(
        id=_name(f"{name} of {project.title}, {project.publisher}"),
        title=fact.statement,
        page=f"facts/{fact.id}.html#{since.anchor}",
        published=stamp,
        updated=stamp,
        author="",
        note=_dated("" if since.changes else say("feed.new"), day, say),
        changes=since.changes,
    )


def _first_name(fact: Fact, lookups: Lookups) -> str:
    """Return the first name of a fact, so that a rename makes no new entry."""
    first = fact.formerly[0] if fact.formerly else fact.id
    sheet, _, name = first.partition(".")
    former = lookups.topics[query.sheet_of(fact.id)].formerly
    return f"{former[0]}.{name}" if former and sheet == query.sheet_of(fact.id) else first


def _file(
    printer: Printer, lookups: Lookups, name: str, what: str, entries: list[FeedEntry], shown: Iterable[str]
) -> SiteFile:
    project, say = lookups.library.project, lookups.say
    feed = Feed(
        name=name,
        id=_name(f"feed {name} of {project.title}, {project.publisher}"),
        title=say("feed.title", title=project.title, what=say(what)),
        updated=entries[0].updated if entries else _newest_fact(printer),
        base=f"{project.base_url.rstrip('/')}/" if project.base_url else "",
        entries=tuple(entries[:MAX_ENTRIES]),
    )
    return printer.page(name, TEMPLATE, shown, archive.parts(printer), feed=feed, title=feed.title)


def _newest_fact(printer: Printer) -> str:
    newest = printer.piece(NEWEST, "")
    return _stamp(max((item.day[0] for item in newest), default=datetime.date.min))


def _page(issued: Issued) -> str:
    return f"{address(issued)}.html"


def _name(text: str) -> str:
    return uuid.uuid5(_NAMES, text).urn


def _stamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
