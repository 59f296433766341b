"""The history of a corpus from the record alone: editions, withdrawals, states of facts, sources, by day.

This module has no clock: an edition has the day on which it was issued, a fact the day since when it holds.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.changes import in_words
from briefing.changes import states as changes
from briefing.changes.in_words import ChangeText
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.facts import Assertion, Fact
from briefing.model.ledger import Issued
from briefing.model.library import Library
from briefing.model.sources import Source
from briefing.model.values import Date

_STATE = tuple(item.name for item in dataclasses.fields(Assertion))


def address(issued: Issued) -> str:
    """Return the path of an edition on the site, without its ending; only brief and number determine it."""
    return f"editions/{issued.brief}-{issued.id}"


@dataclass(frozen=True, slots=True)
class FactVersion:
    """One state of a fact, which holds from a day on."""

    fact: Fact
    """The fact in this state."""
    changes: tuple[ChangeText, ...]
    """The changes from the state before; empty for the first."""
    number: int
    """Its number, 1 for the first."""
    is_now: bool
    """Whether it is the present state."""

    @property
    def anchor(self) -> str:
        """Its place on the page of the fact."""
        return f"state-{self.number}"


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition, with the changes that it brought."""

    issued: Issued
    before: Issued | None
    """The edition before; None where readers know of none."""
    changes: tuple[ChangeText, ...]
    """The changes from the edition before in what it rests on."""


@dataclass(slots=True)
class DatedNews:
    """The news of a day, or of a month or year where the day is not known."""

    earliest: datetime.date
    latest: datetime.date
    words: str
    withdrawn: list[Issued] = field(default_factory=list)
    editions: list[NewEdition] = field(default_factory=list)
    facts: list[FactVersion] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place on the page of all changes."""
        first, last = self.earliest.isoformat(), self.latest.isoformat()
        return last if first == last else f"{first}-to-{last}"


def of_fact(fact: Fact, wording: Wording) -> tuple[FactVersion, ...]:
    """Return the states of a fact, oldest first."""
    states = [
        *(
            dataclasses.replace(fact, **{name: getattr(item, name) for name in _STATE}, history=())
            for item in fact.history
        ),
        fact,
    ]
    return tuple(
        FactVersion(
            state,
            in_words.texts(changes.of_fact(states[number - 2], state), wording) if number > 1 else (),
            number,
            state is fact,
        )
        for number, state in enumerate(states, 1)
    )


def of_brief(issued: Sequence[Issued], library: Library, wording: Wording) -> tuple[NewEdition, ...]:
    """Return the editions of a brief, oldest first, each with the changes that it brought."""
    return tuple(
        NewEdition(
            item,
            before,
            in_words.merged_texts(changes.between(before.state, item.state, library.renamed), wording)
            if before
            else (),
        )
        for before, item in zip((None, *issued), issued, strict=False)
    )


def days(
    issued: Mapping[str, Sequence[Issued]],
    library: Library,
    wording: Wording,
    versions: Iterable[FactVersion] | None = None,
) -> tuple[DatedNews, ...]:
    """Return all dated news, newest first; ``issued`` are the editions that may be shown.

    ``versions`` are the states of all facts, where the caller knows them.
    """
    if versions is None:
        versions = (since for fact in library.facts.values() for since in of_fact(fact, wording))
    found = _NewsByDay(wording)
    for items in issued.values():
        for new in of_brief(items, library, wording):
            found.on(new.issued.issued).editions.append(new)
            if taken := new.issued.withdrawn:
                found.on(taken.day).withdrawn.append(new.issued)
    for since in versions:
        if since.fact.asserted:
            found.on(since.fact.asserted).facts.append(since)
    for source in library.sources.values():
        if source.published:
            found.on(source.published).sources.append(source)
    return found.newest_first()


class _NewsByDay:
    """The news by day. Neither qualifiers nor inferred parts of a date make it another day."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.known: dict[tuple[datetime.date, datetime.date], DatedNews] = {}

    def on(self, date: Date) -> DatedNews:
        place = (date.earliest, date.latest)
        if place not in self.known:
            is_day = date.earliest == date.latest
            words = self.wording.day(date.latest) if is_day else self.wording.date(Date(date.edtf))
            self.known[place] = DatedNews(date.earliest, date.latest, words)
        return self.known[place]

    def newest_first(self) -> tuple[DatedNews, ...]:
        ordered = sorted(self.known.values(), key=lambda day: (day.latest, day.earliest), reverse=True)
        for day in ordered:
            day.editions.sort(key=lambda new: new.issued.order, reverse=True)
            day.editions.sort(key=lambda new: new.issued.printed.title)
            day.withdrawn.sort(key=lambda issued: (issued.printed.title, issued.order))
        return tuple(ordered)


def by_sheet(states: Iterable[FactVersion], library: Library) -> Iterator[tuple[str, list[FactVersion]]]:
    """Yield states with the id of their sheet, in the order of the sheets."""
    found: dict[str, list[FactVersion]] = defaultdict(list)
    for item in states:
        found[query.sheet_of(item.fact.id)].append(item)
    yield from ((name, found[name]) for name in library.sheets if name in found)
