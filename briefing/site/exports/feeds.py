"""Feeds of editions and of facts: Atom 1.0 (RFC 4287), from the record alone.

The id of an entry is made of what never changes: the seal of an edition, or the first name of a fact and
since when it holds. Its day is that of the record, at midnight, because the record knows no hour.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.changes.history import DatedNews, FactVersion, NewEdition, address
from briefing.changes.in_words import ChangeText
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.ledger import Issued
from briefing.model.library import Library

TEMPLATE = "site-feed.xml.j2"
EDITIONS = "editions.atom"
FACTS = "facts.atom"
MAX_ENTRIES = 200
"""So many entries, the newest, a feed holds: readers ask for it again and again."""
_NAMES = uuid.UUID("7d0e3c0a-6f0b-5a0e-9d55-2f6a3b8f4c11")
"""The space of names of this program's entries; it must never change."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    id: str
    title: str
    page: str
    """Where it leads, below the site's folder."""
    published: str
    updated: str
    author: str
    """Who answers for it, where that is another than the publisher."""
    note: str
    """What is said of it, as plain text."""
    told: tuple[ChangeText, ...]
    """What changed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, as it is written out."""

    name: str
    """Its file."""
    id: str
    title: str
    updated: str
    base: str
    """The address of the site, with its stroke at the end; empty where it is not known."""
    entries: tuple[FeedEntry, ...]


def of_editions(days: Sequence[DatedNews], library: Library) -> Feed:
    """Every edition that may be shown, and every withdrawal."""
    entries = [entry for day in days for entry in _entries_of_editions(day, library)]
    return _feed(EDITIONS, "Editions", entries, library)


def of_facts(days: Sequence[DatedNews], library: Library) -> Feed:
    """Every state of a fact, since the day from which it holds."""
    seen: Counter[str] = Counter()
    entries = []
    for day in days:
        for since in sorted(day.facts, key=lambda item: (item.fact.id, item.number)):
            assert since.fact.asserted
            name = f"{_first_name(since.fact, library)} {since.fact.asserted.edtf}"
            seen[name] += 1
            entries.append(_of_state(since, _stamp(day.latest), f"fact {name} {seen[name]}", library))
    return _feed(FACTS, "Facts", entries, library)


def _entries_of_editions(day: DatedNews, library: Library) -> Iterator[FeedEntry]:
    for issued in day.withdrawn:
        assert issued.withdrawn
        taken = issued.withdrawn
        yield FeedEntry(
            id=_name(f"withdrawal {_sealed(issued, library)}"),
            title=f"Withdrawn: {issued.printed.title}, edition {issued.id}",
            page=_page(issued),
            published=_stamp(taken.day.latest),
            updated=_stamp(taken.day.latest),
            author=taken.by,
            note=taken.reason,
            told=(),
        )
    yield from (_of_edition(new, library) for new in day.editions)


def _of_edition(new: NewEdition, library: Library) -> FeedEntry:
    issued = new.issued
    last = issued.withdrawn.day if issued.withdrawn else issued.issued
    return FeedEntry(
        id=_name(f"edition {_sealed(issued, library)}"),
        title=f"{issued.printed.title}, edition {issued.id}" + (" (withdrawn)" if issued.withdrawn else ""),
        page=_page(issued),
        published=_stamp(issued.issued.latest),
        updated=_stamp(last.latest),
        author=issued.by,
        note=f"Corrects edition {issued.corrects}. {issued.note}" if issued.corrects else issued.note,
        told=new.told,
    )


def _sealed(issued: Issued, library: Library) -> str:
    """What is never changed in an edition: what its brief was called at first, its number, its seal."""
    brief = library.briefs.get(issued.brief)
    first = brief.formerly[0] if brief and brief.formerly else issued.brief
    return f"{issued.id} of {first}: {issued.seal}"


def _of_state(since: FactVersion, stamp: str, name: str, library: Library) -> FeedEntry:
    fact = since.fact
    project = library.project
    return FeedEntry(
        id=_name(f"{name} of {project.title}, {project.publisher}"),
        title=fact.statement,
        page=f"facts/{fact.id}.html#{since.anchor}",
        published=stamp,
        updated=stamp,
        author="",
        note="" if since.told else "New.",
        told=since.told,
    )


def _first_name(fact: Fact, library: Library) -> str:
    """What a fact was called at first, so that a rename makes no new entry of it."""
    first = fact.formerly[0] if fact.formerly else fact.id
    sheet, _, name = first.partition(".")
    former = library.sheets[query.sheet_of(fact.id)].formerly
    return f"{former[0]}.{name}" if former and sheet == query.sheet_of(fact.id) else first


def _feed(name: str, what: str, entries: list[FeedEntry], library: Library) -> Feed:
    project = library.project
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    return Feed(
        name=name,
        id=_name(f"feed {name} of {project.title}, {project.publisher}"),
        title=f"{project.title}: {what.lower()}",
        updated=entries[0].updated if entries else _stamp(_newest(library)),
        base=f"{project.base_url.rstrip('/')}/" if project.base_url else "",
        entries=tuple(entries[:MAX_ENTRIES]),
    )


def _newest(library: Library) -> datetime.date:
    known = (fact.asserted.latest for fact in library.facts.values() if fact.asserted)
    return max(known, default=datetime.date.min)


def _page(issued: Issued) -> str:
    return f"{address(issued)}.html"


def _name(text: str) -> str:
    return uuid.uuid5(_NAMES, text).urn


def _stamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
