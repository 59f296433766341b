"""Facts in tables of the site: the rows of each topic, which the pages of records and the lists share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Never

from briefing.compose.templates import joined
from briefing.model import query
from briefing.site import brackets
from briefing.site.brackets import Brackets
from briefing.site.lookups import Lookups, OfActor
from briefing.site.printer import Piece, Printer

PARTS = "site-rows-parts.html.j2"
"""The template of a row."""


@dataclass(frozen=True, slots=True)
class RowsOfTopic:
    """The rows of the facts of a topic, by their keys."""

    title: str
    rows: dict[str, str]
    brackets: dict[str, Brackets]
    """What is inferred of the date in each row, where anything is."""
    rated: dict[str, bool]
    """Whether each has a status."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some facts of one topic in a table."""

    id: str
    title: str
    rows: Any
    """Their rows as HTML."""
    brackets: Brackets
    """What is inferred of the dates in them."""
    count: int = 0
    """How many they are, where the page says so."""


@dataclass(frozen=True, slots=True)
class RowsOfRecord:
    """The rows of the facts of a topic that name a record."""

    html: str
    brackets: Brackets
    rated: int
    """How many have a status."""


def _rows(printer: Printer, lookups: Lookups, name: str) -> RowsOfTopic:
    sheet = lookups.library.sheets[name]
    rows = printer.fragments(PARTS, "row", [(fact,) for fact in sheet.facts], root="../")
    dated = {str(fact.id): brackets.of_date(fact.date, lookups.wording) for fact in sheet.facts}
    return RowsOfTopic(
        sheet.title,
        {str(fact.id): row for fact, row in zip(sheet.facts, rows, strict=True)},
        {key: found for key, found in dated.items() if found},
        {str(fact.id): fact.status is not None for fact in sheet.facts},
    )


def _of_record(printer: Printer, lookups: Lookups, name: str) -> RowsOfRecord:
    kind, record, topic = name.split(" ")
    of_topic = printer.piece(ROWS, topic)
    keys_in = lookups.keys_in[topic]
    keys = list(keys_in[kind].get(record, ()))
    if kind in ("outlets", "concerned"):
        found = OfActor.of(record, keys_in, lookups.actors_of.get(record, ()))
        keys = list(found.relayed if kind == "outlets" else found.concerning)
    if kind == "speakers":
        # Courtesies are many: how far something has come is before them.
        keys.sort(key=lambda key: not of_topic.rated[key])
    html = "".join(of_topic.rows[key] for key in keys)
    return RowsOfRecord(html, most(of_topic.brackets, keys), sum(of_topic.rated[key] for key in keys))


def most(found: Mapping[str, Brackets], keys: Iterable[str]) -> Brackets:
    """Return the most that is inferred of the date of any of some facts."""
    return max((found.get(key, Brackets.NONE) for key in keys), default=Brackets.NONE)


class _Records(Mapping[str, None]):
    """Records in topics that may name them: ``actors minister trams``."""

    def __init__(self, lookups: Lookups) -> None:
        self._topics = lookups.library.sheets

    def __getitem__(self, name: str) -> None:
        if name.rpartition(" ")[2] not in self._topics:
            raise KeyError(name)

    def __iter__(self) -> Never:
        raise AssertionError("no page shows the rows of all records")

    def __len__(self) -> Never:
        raise AssertionError("no page shows the rows of all records")


ROWS = Piece("rows of topic", lambda lookups: lookups.library.sheets, _rows)
OF_RECORD = Piece("rows of record in topic", _Records, _of_record, level=1)


def of_topic(printer: Printer, topic: str) -> list[Group]:
    """Return the table of all facts of a topic. Pages in a folder show it."""
    found = printer.piece(ROWS, topic)
    dated = most(found.brackets, found.rows)
    return [Group(topic, found.title, joined(found.rows.values()), dated)] if found.rows else []


def of_record(printer: Printer, kind: str, record: str, facts: Iterable[str]) -> list[Group]:
    """Return the facts that name a record under their topics, the topic with the most facts first.

    Of what somebody says the topic with the most statements that have a status is first.
    """
    lookups = printer.lookups
    counts = Counter(query.sheet_of(key) for key in facts)
    order = {name: place for place, name in enumerate(lookups.library.sheets)}
    names = sorted(counts, key=lambda name: (-counts[name], order[name]))
    found = {name: printer.piece(OF_RECORD, f"{kind} {record} {name}") for name in names}
    if kind == "speakers":
        found = dict(sorted(found.items(), key=lambda item: -item[1].rated))
    return [
        Group(name, lookups.topics[name].title, joined([own.html]), own.brackets)
        for name, own in found.items()
    ]
