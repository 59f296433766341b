"""The rows of the tables of a brief: those of one speaker together, and no empty column."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.values import Key

_MANY = 3
"""From so many rows of one speaker on they have a table of their own; so many are listed in one row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Some facts as rows; a row has several facts where a speaker lists them without numbers."""

    rows: tuple[tuple[Fact, ...], ...]
    columns: Collection[str]
    """The columns of which at least half of the cells are stated."""
    speakers: str = ""
    """Who says all of it; empty where each row says so itself."""
    nothing: str = ""
    """The sentence on the columns in which nothing at all is stated; empty where there is none."""
    behind: Collection[str] = ()
    """The columns that are left out because most cells are empty; the few others come behind another."""


def of_commitments(facts: Sequence[Fact], through: Mapping[Key, str], wording: Wording) -> tuple[Table, ...]:
    """Return the tables of commitments: one for each speaker of three rows, and one for the others.

    ``through`` names the outlets by which facts came to us.
    """
    by_voice: dict[str, list[Fact]] = {}
    for fact in facts:
        by_voice.setdefault(_voice(fact, through, wording), []).append(fact)
    rows = {voice: _listed(found) for voice, found in by_voice.items()}
    titled = {voice for voice, found in rows.items() if voice and len(found) >= _MANY}
    others = [row for voice, found in rows.items() if voice not in titled for row in found]
    places = {fact.id: place for place, fact in enumerate(facts)}
    others.sort(key=lambda row: places[row[0].id])
    tables = [_commitments(rows[voice], voice, wording) for voice in titled]
    tables += [_commitments(others, "", wording)] if others else []
    return tuple(sorted(tables, key=lambda table: places[table.rows[0][0].id]))


def of_money(facts: Sequence[Fact], wording: Wording) -> Table:
    """Return the table of money, with the amounts and the statuses as soon as one of them is stated."""
    amounts = [fact.value is not None for fact in facts]
    table = _table(((fact,) for fact in facts), {"amount": amounts}, "", wording, most=len(amounts))
    has_status = any(fact.status for fact in facts)
    return dataclasses.replace(table, columns={*table.columns, "status"}) if has_status else table


def _voice(fact: Fact, through: Mapping[Key, str], wording: Wording) -> str:
    """Return who says a fact, and through whom; empty where no speaker does."""
    speakers = wording.speakers(fact) if fact.said_by else ""
    if speakers and fact.id in through:
        return wording.say("who.through", speakers=speakers, outlets=through[fact.id])
    return speakers


def _listed(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """Return the rows of one speaker: things without number, of one status and date, are listed in one."""
    alike: dict[object, list[Fact]] = {}
    for fact in facts:
        can_be_listed = fact.label and fact.said_by and fact.value is None
        alike.setdefault((fact.status, fact.flags, fact.date) if can_be_listed else fact.id, []).append(fact)
    return list(_rows(alike.values()))


def _rows(groups: Iterable[Sequence[Fact]]) -> Iterator[tuple[Fact, ...]]:
    for group in groups:
        if len(group) >= _MANY:
            yield tuple(group)
        else:
            yield from ((fact,) for fact in group)


def _commitments(rows: Sequence[tuple[Fact, ...]], speakers: str, wording: Wording) -> Table:
    stated = {
        "amount": [any(fact.value for fact in row) for row in rows],
        "date": [any(fact.date for fact in row) for row in rows],
    }
    return _table(rows, stated, speakers, wording, most=len(rows) // 2)


def _table(
    rows: Iterable[tuple[Fact, ...]],
    stated: Mapping[str, Sequence[bool]],
    speakers: str,
    wording: Wording,
    most: int,
) -> Table:
    """Return a table. ``stated`` says of each column which cells are; it may have ``most`` empty ones."""
    every = tuple(rows)
    missing = [wording.say(f"nothing.{name}") for name, cells in stated.items() if not any(cells)]
    words = wording.say("nothing.stated", n=sum(map(len, every)), columns=wording.say.listed(missing))
    some = [name for name, cells in stated.items() if any(cells)]
    columns = frozenset(name for name in some if stated[name].count(False) <= most)
    behind = frozenset(name for name in some if name not in columns)
    return Table(every, columns, speakers, words[:1].upper() + words[1:] if missing else "", behind)
