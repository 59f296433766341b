"""The history of a corpus from the record alone: editions, withdrawals, states of facts, sources, by day.

This module has no clock: an edition has the day on which it was issued, a source that on which it was
retrieved, a state of a fact that on which it became known here (``query.since_when_known``).
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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


PlaceOfDay = tuple[datetime.date, datetime.date, bool]
"""The last and the first day that a day can mean, and whether a text states any part of it."""
_PARTS = {"day": 3, "month": 2, "year": 1}
"""How many parts a date has, by how exact it is."""


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
    known: Date | None = None
    """The day on which it became known here; None where no day is on record."""

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
    """The day in words; what is inferred of it in brackets."""
    inferred: int = 0
    """How many of its parts are inferred: its year, its month, its day."""
    is_stated: bool = True
    """Whether a text states any part of it. A day that nothing states is apart from the same day, stated."""

    @property
    def anchor(self) -> str:
        """Its place on the pages of changes."""
        first, last = self.earliest.isoformat(), self.latest.isoformat()
        days = last if first == last else f"{first}-to-{last}"
        return days if self.is_stated else f"{days}-inferred"

    @property
    def month(self) -> str:
        """The month that it is in: 2026-02; of a longer period the whole of it."""
        first, last = self.earliest, self.latest
        if (first.year, first.month) == (last.year, last.month):
            return f"{last.year:04}-{last.month:02}"
        return f"{first.isoformat()}-to-{last.isoformat()}"

    @property
    def page(self) -> str:
        """The page of its month, with its place there, below the folder of the site."""
        return f"changes/month_{self.month}.html#day-{self.anchor}"

    @property
    def place(self) -> PlaceOfDay:
        """Its place in the order of days."""
        return self.latest, self.earliest, self.is_stated


@dataclass(slots=True)
class DatedNews:
    """The news of a day."""

    day: Day
    withdrawn: list[Issued] = field(default_factory=list)
    editions: list[NewEdition] = field(default_factory=list)
    facts: list[FactVersion] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def states_of(fact: Fact) -> tuple[Fact, ...]:
    """Return a fact in each of its states, the oldest first."""
    earlier = (
        dataclasses.replace(fact, **{name: getattr(item, name) for name in _STATE}, remark="", history=())
        for item in fact.history
    )
    return (*earlier, fact)


def of_fact(fact: Fact, library: Library, wording: Wording) -> tuple[FactVersion, ...]:
    """Return the states of a fact, oldest first, each with the day on which it became known here."""
    states = states_of(fact)
    known = query.since_when_known(fact, library)
    return tuple(
        FactVersion(
            state,
            in_words.texts(changes.of_fact(states[number - 2], state), wording) if number > 1 else (),
            number,
            state is fact,
            day,
        )
        for number, (state, day) in enumerate(zip(states, known, strict=True), 1)
    )


def of_brief(issued: Sequence[Issued], library: Library, wording: Wording) -> tuple[NewEdition, ...]:
    """Return the editions of a brief, oldest first, each with the changes that it brought."""

    def brought(before: Issued | None, item: Issued) -> tuple[ChangeText, ...]:
        changed = changes.between(before.state, item.state, library.renamed) if before else ()
        return in_words.merged_texts(in_words.without_unlisted(changed, library), wording)

    return tuple(
        NewEdition(item, before, brought(before, item))
        for before, item in zip((None, *issued), issued, strict=False)
    )


def since_issued(issued: Issued, library: Library, wording: Wording) -> tuple[ChangeText, ...]:
    """Return what has changed since an edition in the facts and entries that it shows, by weight.

    What its brief says or shows otherwise by now is left out: that is the business of its next edition.
    """
    then = issued.state
    facts = _still(then.facts, library.facts)
    days = query.known_days(library, facts)
    now = dataclasses.replace(
        then,
        as_of=max(days, key=lambda day: day.latest, default=then.as_of),
        facts=facts,
        disagreements=_still(then.disagreements, library.disagreements),
        gaps=_still(then.gaps, library.gaps),
        milestones=_still(then.milestones, library.milestones),
        judgements=_still(then.judgements, library.judgements),
    )
    return in_words.merged_texts(changes.between(then, now, library.renamed), wording)


def _still(then: Iterable[Any], now: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return the records of then, as they are now, that are still there."""
    return tuple(now[item.id] for item in then if item.id in now)


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
        if since.known:
            found.on(since.known).facts.append(since)
    for source in sources:
        if day := source.seen:
            found.on(day).sources.append(source)
    return found.newest_first()


def day_of(date: Date, wording: Wording) -> Day:
    """Return the day of a date. Neither its qualifiers nor its inferred parts make it another day."""
    is_day = date.earliest == date.latest
    if is_day and not date.inferred:
        return Day(date.earliest, date.latest, wording.day(date.latest))
    plain = Date(date.latest.isoformat() if is_day else date.edtf, date.inferred)
    end = date.span.end
    parts = _PARTS.get(end.precision, len(_PARTS) + 1) if end and not date.span.is_interval else len(_PARTS)
    number = len(date.inferred)
    return Day(date.earliest, date.latest, wording.date(plain), number, number < parts)


def stated(one: Day, other: Day) -> Day:
    """Return that of two equal days of which less is inferred: one text that states a day is enough."""
    return other if other.inferred < one.inferred else one


class _NewsByDay:
    """The news by day."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.known: dict[PlaceOfDay, DatedNews] = {}

    def on(self, date: Date) -> DatedNews:
        day = day_of(date, self.wording)
        news = self.known.setdefault(day.place, DatedNews(day))
        news.day = stated(news.day, day)
        return news

    def newest_first(self) -> tuple[DatedNews, ...]:
        return tuple(sorted(self.known.values(), key=lambda news: news.day.place, reverse=True))
