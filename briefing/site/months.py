"""What was said of commitments, month by month, as the page of changes begins.

Each topic has a piece of it, with no more than is shown: of a matter in a month the statements that have a
name, or else one, and the number of all.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.changes import history
from briefing.changes.history import Day, FactVersion
from briefing.changes.moves import has_moved
from briefing.compose.templates import joined
from briefing.model.scales import DatePart
from briefing.model.values import Date
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

PARTS = "site-changes-parts.html.j2"
MAX_MONTHS = 12
"""How many months, the newest, the page begins with."""
MAX_SAID = 60
"""How many statements of a month it names; of more it says how many each topic has."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in a month of the commitments of one matter, in one topic."""

    month: Day
    """The month of the day on which it is news, or that day where it is in no one month."""
    matter: tuple[str, str]
    """The id and the title of the matter; empty where they are about none."""
    shown: tuple[str, ...]
    """The statements that are shown, as HTML."""
    count: int
    """How many statements there are."""


@dataclass(frozen=True, slots=True)
class SaidOfTopic:
    """What was said of the commitments of a topic."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter, or a topic, with what was said of its commitments in a month."""

    title: str
    page: str
    said: Any
    """Statements as HTML; none where the month has too many."""
    more: int
    """How many other statements there are."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what was said of commitments."""

    month: Day
    subjects: tuple[Subject, ...]


def _of_topic(printer: Printer, lookups: Lookups, name: str) -> SaidOfTopic:
    library = lookups.library
    months: dict[tuple[datetime.date, datetime.date], Day] = {}
    found: dict[tuple[tuple[datetime.date, datetime.date], tuple[str, str]], list[FactVersion]] = {}
    for dated in history.days(lookups.wording, lookups.versions[name]):
        for since in dated.facts:
            if since.fact.status and since.known and (since.number == 1 or has_moved(since)):
                matter = next(
                    (library.matters[item] for item in since.fact.matters if item in library.matters), None
                )
                about = (str(matter.id), matter.plain) if matter else ("", "")
                month = _month_of(since.known, lookups)
                months[month.place] = history.stated(months.get(month.place, month), month)
                found.setdefault((month.place, about), []).append(since)

    def shown(said: list[FactVersion]) -> tuple[str, ...]:
        now = [since for since in said if since.is_now]
        named = [since for since in now if since.fact.label]
        return tuple(printer.fragment(PARTS, "said", since) for since in named or now[:1] or said[:1])

    return SaidOfTopic(
        lookups.topics[name].title,
        tuple(Said(months[place], about, shown(said), len(said)) for (place, about), said in found.items()),
    )


def _month_of(date: Date, lookups: Lookups) -> Day:
    first, last = date.earliest, date.latest
    if (first.year, first.month) == (last.year, last.month):
        date = Date(last.isoformat()[:7], tuple(part for part in date.inferred if part is not DatePart.DAY))
    return history.day_of(date, lookups.wording)


OF_TOPIC = Piece("said of commitments of topic", lambda lookups: lookups.library.sheets, _of_topic)


def of_all(printer: Printer, lookups: Lookups) -> Iterator[Month]:
    """Yield the newest months, each with its statements by matter, or with their numbers by topic."""
    months: dict[tuple[datetime.date, datetime.date], Day] = {}
    found: dict[tuple[datetime.date, datetime.date], list[tuple[tuple[str, str], Said]]] = {}
    for name, topic in printer.pieces(OF_TOPIC).items():
        for item in topic.said:
            place = item.month.place
            months[place] = history.stated(months.get(place, item.month), item.month)
            found.setdefault(place, []).append(((name, topic.title), item))
    for place in sorted(months, reverse=True)[:MAX_MONTHS]:
        subjects = _subjects(found[place], lookups.say("value.long_list"))
        yield Month(months[place], tuple(subjects))


def _subjects(found: Collection[tuple[tuple[str, str], Said]], separator: str) -> Iterator[Subject]:
    is_short = sum(item.count for _, item in found) <= MAX_SAID
    subjects: dict[tuple[str, str], list[Said]] = {}
    for (topic, of_topic), item in found:
        matter, title = item.matter
        is_of_matter = matter and is_short
        page = f"matters/{matter}.html#moves" if is_of_matter else f"topics/{topic}.html#facts"
        subjects.setdefault((page, title if is_of_matter else of_topic), []).append(item)
    for (page, title), items in subjects.items():
        shown = [html for item in items for html in item.shown] if is_short else []
        count = sum(item.count for item in items)
        yield Subject(title, page, joined(shown, separator), count - len(shown))
