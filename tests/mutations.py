"""Facts with one value changed: each change is one that a hurried author could make.

``of_fact`` yields the mutants of a fact: another amount, bound, unit, currency, date, status, speaker or
label, in the fact or in one state of its history. The checks must refuse all of them: no passage states them.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.model.facts import Assertion, Fact
from briefing.model.library import Library
from briefing.model.scales import Bound
from briefing.model.values import Date, Label, Money, Quantity, Slug, Value
from tests.values import LADDER

State = Fact | Assertion
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "UAH", "JPY", "CAD")
UNITS = {"helicopters", "lorries", "tonnes", "%", "people"}
"""Units that somebody might write by mistake, beside those of the corpus."""


@dataclass(frozen=True)
class Mutant:
    """A fact in which one thing was changed."""

    fact: Fact
    what: str
    """The kind of change: amount, bound, unit, currency, date, status, speaker, text."""
    change: str
    """The change in words, for a message."""


def of_fact(fact: Fact, library: Library) -> Iterator[Mutant]:
    """Yield the mutants of a fact."""
    for index, state in enumerate(fact.states):
        for what, mutated, change in _of_state(state, fact, library):
            changed = _with_state(fact, index, mutated)
            yield Mutant(changed, what, f"{fact.id}{f' (history {index})' if index else ''}: {change}")


def _with_state(fact: Fact, index: int, state: Any) -> Fact:
    if isinstance(state, Fact):
        return state
    history = (*fact.history[: index - 1], state, *fact.history[index:])
    return dataclasses.replace(fact, history=history)


def _of_state(state: State, fact: Fact, library: Library) -> Iterator[tuple[str, State, str]]:
    is_sum = state is fact and bool(fact.sum_of)
    for what, value in _values(state.value, library) if state.value and not is_sum else ():
        yield what, dataclasses.replace(state, value=value), f"{state.value} -> {value}"
    for date in _dates(state.date) if state.date else ():
        yield "date", dataclasses.replace(state, date=date), f"date {state.date.edtf} -> {date.edtf}"  # type: ignore[union-attr]
    for status in LADDER if state.status else ():
        if status != state.status:
            yield "status", dataclasses.replace(state, status=status), f"{state.status} -> {status}"
    for actor in library.actors if state.said_by else ():
        if actor not in state.said_by and not _is_one_voice(actor, state, library):
            mutated = dataclasses.replace(state, said_by=(Slug(actor), *state.said_by[1:]))
            yield "speaker", mutated, f"said by {state.said_by} -> {actor}"


def _is_one_voice(actor: str, state: State, library: Library) -> bool:
    """Return whether an actor speaks for a speaker, or the other way round: their statements are one."""
    known = library.actors
    return any(
        known[name].speaks_for == actor or known[actor].speaks_for == name
        for name in state.said_by
        if name in known
    )


def _values(value: Value, library: Library) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Date):
        yield from (("date", date) for date in _dates(value))
    elif isinstance(value, Label):
        yield from (("text", dataclasses.replace(value, text=text)) for text in _other_texts(value.text))
    else:
        yield from (("amount", other) for other in _other_amounts(value))
        yield from (("bound", other) for other in _bounds(value))
        yield from _measures(value, library)


def _measures(value: Quantity | Money, library: Library) -> Iterator[tuple[str, Value]]:
    """Yield a value with another currency or another unit."""
    if isinstance(value, Money):
        for currency in CURRENCIES:
            if currency != value.currency:
                yield "currency", dataclasses.replace(value, currency=currency)
        return
    units = {fact.value.unit for fact in library.facts.values() if isinstance(fact.value, Quantity)}
    for unit in sorted((units | UNITS) - {value.unit}):
        if not {*unit.split()} <= {*value.unit.split()}:
            yield "unit", dataclasses.replace(value, unit=unit)


def _bounds(value: Quantity | Money) -> Iterator[Quantity | Money]:
    if value.bound is Bound.BETWEEN:
        yield dataclasses.replace(value, bound=Bound.EXACTLY, upper=None)
        if value.upper is not None:
            yield dataclasses.replace(value, bound=Bound.UP_TO, amount=value.upper, upper=None)
        return
    for bound in Bound:
        if bound.sense is not value.bound.sense and bound is not Bound.BETWEEN:
            yield dataclasses.replace(value, bound=bound)
    yield dataclasses.replace(value, bound=Bound.BETWEEN, upper=value.amount * 2)


def _other_amounts(value: Quantity | Money) -> Iterator[Quantity | Money]:
    for amount in _amounts(value.amount):
        if value.upper is None or amount < value.upper:
            yield dataclasses.replace(value, amount=amount)
    for upper in _amounts(value.upper) if value.upper is not None else ():
        if upper > value.amount:
            yield dataclasses.replace(value, upper=upper)


def _amounts(amount: Decimal) -> Iterator[Decimal]:
    """Yield amounts of slips: a digit wrong, two swapped, a nought too many, a scale lost, no sign."""
    digits = str(amount.to_integral_value()) if amount == amount.to_integral_value() else str(amount)
    found = {amount + 1, amount - 1, amount * 10, amount / 10, amount * 1000, amount + amount / 10, -amount}
    if len(digits) > 1 and digits[0] != digits[1] and digits[:2].isdigit() and digits[1] != "0":
        found.add(Decimal(digits[1] + digits[0] + digits[2:]))
    yield from sorted(found - {amount})


def _dates(date: Date) -> Iterator[Date]:
    """Yield dates that are a day, a month or a year off, and those with an end opened or closed."""
    span = date.span
    if span.is_interval:
        known = span.end or span.start
        assert known  # an interval has a start or an end
        other = known.text[:4]
        moved = str(int(other) + 1) + known.text[4:]
        yield dataclasses.replace(date, edtf=date.edtf.replace(known.text, moved))
        yield dataclasses.replace(date, edtf=known.text)
        return
    text, point = date.edtf.rstrip("?~%"), span.start
    if point is None or point.precision not in ("day", "month", "year"):
        return
    yield dataclasses.replace(
        date, edtf=str(int(text[:4]) + 1) + text[4:] if "-02-29" not in text else text[:7] + "-28"
    )
    yield dataclasses.replace(
        date, edtf=str(int(text[:4]) - 1) + text[4:] if "-02-29" not in text else text[:7] + "-27"
    )
    if point.precision == "day":
        for off in (1, -1, 10, 31):
            yield dataclasses.replace(date, edtf=(point.earliest + datetime.timedelta(off)).isoformat())
    if point.precision == "month":
        month = int(text[5:7]) % 12 + 1
        yield dataclasses.replace(date, edtf=f"{text[:4]}-{month:02d}")
    if not date.inferred:
        yield dataclasses.replace(date, edtf=f"../{text}")


def _other_texts(text: str) -> Iterator[str]:
    """Yield labels with one figure or one word changed."""
    for index, mark in enumerate(text):
        if mark.isdigit():
            yield text[:index] + str((int(mark) + 1) % 10) + text[index + 1 :]
    words = text.split()
    yield " ".join([*words[:-1], words[-1] + "x"])
