"""Feeds of editions and of facts: Atom 1.0 (RFC 4287), from the record alone.

The id of an entry is made of values that never change: the seal of an edition, or the first name of a fact
and the day since when it holds. Its time is midnight of the recorded day, because no hours are on record.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.changes.history import DatedNews, FactVersion, NewEdition, address
from briefing.changes.in_words import ChangeText
from briefing.language.words import Words
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.ledger import Issued
from briefing.model.library import Library

TEMPLATE = "site-feed.xml.j2"
EDITIONS = "editions.atom"
FACTS = "facts.atom"
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


def of_editions(days: Sequence[DatedNews], library: Library, say: Words) -> Feed:
    """Return the feed of every edition that may be shown, and of every withdrawal."""
    entries = [entry for day in days for entry in _entries_of_editions(day, library, say)]
    return _feed(EDITIONS, say("feed.editions"), entries, library, say)


def of_facts(days: Sequence[DatedNews], library: Library, say: Words) -> Feed:
    """Return the feed of every state of a fact, under the day since when it holds."""
    seen: Counter[str] = Counter()
    entries = []
    for day in days:
        for since in sorted(day.facts, key=lambda item: (item.fact.id, item.number)):
            assert since.fact.asserted
            name = f"{_first_name(since.fact, library)} {since.fact.asserted.edtf}"
            seen[name] += 1
            name = f"fact {name} {seen[name]}"
            entries.append(_of_state(since, _stamp(day.latest), name, library, say))
    return _feed(FACTS, say("feed.facts"), entries, library, say)


def _entries_of_editions(day: DatedNews, library: Library, say: Words) -> Iterator[FeedEntry]:
    for issued in day.withdrawn:
        assert issued.withdrawn
        taken = issued.withdrawn
        yield FeedEntry(
            id=_name(f"withdrawal {_sealed(issued, library)}"),
            title=say("feed.withdrawn", title=issued.printed.title, number=issued.id),
            page=_page(issued),
            published=_stamp(taken.day.latest),
            updated=_stamp(taken.day.latest),
            author=taken.by,
            note=taken.reason,
            changes=(),
        )
    yield from (_of_edition(new, library, say) for new in day.editions)


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


def _of_state(since: FactVersion, stamp: str, name: str, library: Library, say: Words) -> FeedEntry:
    fact = since.fact
    project = library.project
    return FeedEntry(
        id=_name(f"{name} of {project.title}, {project.publisher}"),
        title=fact.statement,
        page=f"facts/{fact.id}.html#{since.anchor}",
        published=stamp,
        updated=stamp,
        author="",
        note="" if since.changes else say("feed.new"),
        changes=since.changes,
    )


def _first_name(fact: Fact, library: Library) -> str:
    """Return the first name of a fact, so that a rename makes no new entry."""
    first = fact.formerly[0] if fact.formerly else fact.id
    sheet, _, name = first.partition(".")
    former = library.sheets[query.sheet_of(fact.id)].formerly
    return f"{former[0]}.{name}" if former and sheet == query.sheet_of(fact.id) else first


def _feed(name: str, what: str, entries: list[FeedEntry], library: Library, say: Words) -> Feed:
    project = library.project
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    return Feed(
        name=name,
        id=_name(f"feed {name} of {project.title}, {project.publisher}"),
        title=say("feed.title", title=project.title, what=what),
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
