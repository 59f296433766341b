"""The rows of the tables of a brief: those of one speaker together, and no empty column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.values import Key, Money

_MANY = 3
"""From so many rows of one speaker on they have a table of their own; so many are listed in one row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Some facts as rows; a row has several facts where a speaker lists them without numbers."""

    rows: tuple[tuple[Fact, ...], ...]
    columns: Collection[str]
    """The columns in which anything is stated."""
    speakers: str = ""
    """Who says all of it; empty where each row says so itself."""
    nothing: str = ""
    """The sentence on the columns that are left out; empty where none are."""


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
    """Return the table of money."""
    sums = [fact.value for fact in facts if isinstance(fact.value, Money)]
    stated = {
        "amount": any(fact.value for fact in facts),
        "form": any(item.instrument for item in sums),
        "prices": any(item.price_basis for item in sums),
    }
    return _table(((fact,) for fact in facts), stated, "", wording)


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
    every = [fact for row in rows for fact in row]
    stated = {"amount": any(fact.value for fact in every), "date": any(fact.date for fact in every)}
    return _table(rows, stated, speakers, wording)


def _table(
    rows: Iterable[tuple[Fact, ...]], stated: Mapping[str, bool], speakers: str, wording: Wording
) -> Table:
    every = tuple(rows)
    missing = [wording.say(f"nothing.{name}") for name, is_stated in stated.items() if not is_stated]
    words = wording.say("nothing.stated", n=sum(map(len, every)), columns=wording.say.listed(missing))
    columns = frozenset(name for name, is_stated in stated.items() if is_stated)
    return Table(every, columns, speakers, words[:1].upper() + words[1:] if missing else "")
