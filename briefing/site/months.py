"""What was said of commitments, month by month, for the pages of changes.

Each topic has a piece of it, with no more than is shown: of a matter in a month the statements that have a
name, or else one, and the number of all.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.changes import history
from briefing.changes.history import Day, FactVersion
from briefing.changes.moves import has_moved
from briefing.compose.templates import joined
from briefing.model.scales import DatePart
from briefing.model.values import Date, Money
from briefing.site.list_pages import Link
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

PARTS = "site-changes-parts.html.j2"
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
    is_rated: bool
    """Whether any has a status, so that the page of the matter says when it was said."""


@dataclass(frozen=True, slots=True)
class SaidOfTopic:
    """What was said of the commitments of a topic."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter with what was said of its commitments in a month."""

    words: str
    path: str
    """Below the site's folder."""
    said: Any
    """Statements as HTML."""
    more: int
    """How many other statements there are."""
    count: int
    """How many statements there are in all."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what was said of commitments: by matter or, of very many, the numbers by topic."""

    month: Day
    subjects: Sequence[Subject | Link]
    is_long: bool
    """Whether it has so many that pages have their numbers only."""


def _of_topic(printer: Printer, lookups: Lookups, name: str) -> SaidOfTopic:
    library = lookups.library
    again = said_again(lookups.versions[name])
    months: dict[tuple[datetime.date, datetime.date], Day] = {}
    found: dict[tuple[tuple[datetime.date, datetime.date], tuple[str, str]], list[FactVersion]] = {}
    for dated in history.days(lookups.wording, lookups.versions[name]):
        for since in dated.facts:
            is_said = since.fact.status or isinstance(since.fact.value, Money)
            is_new = since.number == 1 or has_moved(since) or (since.fact.id, since.number) in again
            if is_said and since.known and is_new:
                matter = next(
                    (library.matters[item] for item in since.fact.matters if item in library.matters), None
                )
                about = (str(matter.id), matter.plain) if matter else ("", "")
                month = month_of(since.known, lookups)
                months[month.place[:2]] = history.stated(months.get(month.place[:2], month), month)
                found.setdefault((month.place[:2], about), []).append(since)

    def shown(said: list[FactVersion]) -> tuple[str, ...]:
        now = [since for since in said if since.is_now]
        found = [since for since in now if since.fact.label]
        # A status that none of those with a name has is shown by its first statement.
        for since in now or said[:1]:
            if since.fact.status not in {item.fact.status for item in found}:
                found.append(since)
        return tuple(
            printer.fragment(PARTS, "said", since, since.number > 1 and not has_moved(since), root="../")
            for since in found
        )

    return SaidOfTopic(
        lookups.topics[name].title,
        tuple(
            Said(months[place], about, shown(said), len(said), any(since.fact.status for since in said))
            for (place, about), said in found.items()
        ),
    )


def said_again(versions: Iterable[FactVersion]) -> set[tuple[str, int]]:
    """Return the later states of facts, by their numbers, that a text has which no earlier state cites."""
    cited: dict[str, set[str]] = {}
    found = set()
    for since in versions:
        names = {str(item.source) for item in since.fact.evidence}
        earlier = cited.setdefault(since.fact.id, set())
        if since.number > 1 and not names <= earlier:
            found.add((str(since.fact.id), since.number))
        earlier |= names
    return found


def month_of(date: Date, lookups: Lookups) -> Day:
    """Return the month of a day on which something became known; a longer period stays as it is."""
    first, last = date.earliest, date.latest
    if (first.year, first.month) == (last.year, last.month):
        date = Date(last.isoformat()[:7], tuple(part for part in date.inferred if part is not DatePart.DAY))
    return history.day_of(date, lookups.wording)


OF_TOPIC = Piece(
    "said of commitments of topic", lambda lookups: lookups.library.sheets, _of_topic, is_list=False
)


def of_all(printer: Printer, lookups: Lookups) -> Iterator[Month]:
    """Yield all months, the newest first: the statements of each by matter, or their numbers by topic."""
    months: dict[tuple[datetime.date, datetime.date], Day] = {}
    found: dict[tuple[datetime.date, datetime.date], list[tuple[tuple[str, str], Said]]] = {}
    for name, topic in printer.pieces(OF_TOPIC).items():
        for item in topic.said:
            place = item.month.place[:2]
            months[place] = history.stated(months.get(place, item.month), item.month)
            found.setdefault(place, []).append(((name, topic.title), item))
    for place in sorted(months, reverse=True):
        said = found[place]
        if sum(item.count for _, item in said) > MAX_SAID:
            yield Month(months[place], _by_topic(said), True)
        else:
            yield Month(months[place], _by_matter(said, lookups.say("value.long_list")), False)


def _by_topic(found: Collection[tuple[tuple[str, str], Said]]) -> list[Link]:
    """Return the numbers of statements by topic, the largest first."""
    counts = Counter[tuple[str, str]]()
    for topic, item in found:
        counts[topic] += item.count
    return [Link(f"topics/{name}.html#facts", title, n) for (name, title), n in counts.most_common()]


def _by_matter(found: Collection[tuple[tuple[str, str], Said]], separator: str) -> list[Subject]:
    subjects: dict[tuple[str, str], list[Said]] = {}
    rated = {item.matter for _, item in found if item.is_rated}
    for (topic, of_topic), item in found:
        matter, title = item.matter
        part = "moves" if item.matter in rated else "said"
        page = f"matters/{matter}.html#{part}" if matter else f"topics/{topic}.html#facts"
        subjects.setdefault((page, title or of_topic), []).append(item)
    return [
        Subject(
            title,
            page,
            joined((html for item in items for html in item.shown), separator),
            sum(item.count - len(item.shown) for item in items),
            sum(item.count for item in items),
        )
        for (page, title), items in subjects.items()
    ]
