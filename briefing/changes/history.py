"""The history of a corpus from the record alone: editions, withdrawals, states of facts, sources, by day.

This module has no clock: an edition has the day on which it was issued, a fact the day since when it holds.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefing.changes import in_words
from briefing.changes import states as changes
from briefing.changes.in_words import ChangeText
from briefing.language.wording import Wording
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


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a month or year where the day is not known."""

    earliest: datetime.date
    latest: datetime.date
    words: str

    @property
    def anchor(self) -> str:
        """Its place on the page of all changes."""
        first, last = self.earliest.isoformat(), self.latest.isoformat()
        return last if first == last else f"{first}-to-{last}"

    @property
    def place(self) -> tuple[datetime.date, datetime.date]:
        """Its place in the order of days."""
        return self.latest, self.earliest


@dataclass(slots=True)
class DatedNews:
    """The news of a day."""

    day: Day
    withdrawn: list[Issued] = field(default_factory=list)
    editions: list[NewEdition] = field(default_factory=list)
    facts: list[FactVersion] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def of_fact(fact: Fact, wording: Wording) -> tuple[FactVersion, ...]:
    """Return the states of a fact, oldest first."""
    states = [
        *(
            dataclasses.replace(fact, **{name: getattr(item, name) for name in _STATE}, remark="", history=())
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
    wording: Wording,
    versions: Iterable[FactVersion] = (),
    editions: Iterable[NewEdition] = (),
    sources: Iterable[Source] = (),
) -> tuple[DatedNews, ...]:
    """Return news by day, the newest first: states of facts, editions and withdrawals, sources."""
    found = _NewsByDay(wording)
    for new in editions:
        found.on(new.issued.issued).editions.append(new)
        if taken := new.issued.withdrawn:
            found.on(taken.day).withdrawn.append(new.issued)
    for since in versions:
        if since.fact.asserted:
            found.on(since.fact.asserted).facts.append(since)
    for source in sources:
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
            self.known[place] = DatedNews(Day(date.earliest, date.latest, words))
        return self.known[place]

    def newest_first(self) -> tuple[DatedNews, ...]:
        return tuple(sorted(self.known.values(), key=lambda news: news.day.place, reverse=True))
