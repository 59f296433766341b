"""Parts of facts that follow from other facts: times after the date of another, and computed values."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from briefing.language import rates
from briefing.language.wording import in_message
from briefing.model import amounts, edtf
from briefing.model.amounts import Amount
from briefing.model.counting import counted
from briefing.model.facts import Assertion, Computed, Fact, Row
from briefing.model.scales import ValuePart
from briefing.model.sources import Source
from briefing.model.values import Date, Money, Quantity, Value

_State = TypeVar("_State", Fact, Assertion, Row)
_SIGNS = {
    "total": " + ",
    "difference": " \u2212 ",
    "share": " \u00f7 ",
    "rate": " \u00f7 ",
    "product": " \u00d7 ",
}
Known = Mapping[str, Fact]
"""The facts as they are written, by their keys."""


def linked(fact: Fact, known: Known, sources: Mapping[str, Source], above: tuple[str, ...] = ()) -> Fact:
    """Return a fact with all that follows from other facts and from its sources; ``above`` rest on it."""
    fact = _resolved(fact, known)
    if fact.computed:
        parts = [
            linked(known[key], known, sources, (*above, fact.id))
            for key in fact.computed.parts
            if key in known and key not in (*above, fact.id)
        ]
        fact = _computed(fact, parts)
    return dated(fact, sources)


def dated(fact: Fact, sources: Mapping[str, Source]) -> Fact:
    """Return the fact with ``asserted``, by default the day of its first source.

    That is the day on which the source was published or, where it states none, the day as of which it counts.
    Of several on one day the stated one counts, and of these the most exact, whatever their order.
    """
    if fact.asserted:
        return fact
    cited = [source for item in fact.evidence if (source := sources.get(item.source))]
    days = [day for source in cited if (day := source.published or source.as_of)]
    stated = {source.published for source in cited}

    def order(day: Date) -> tuple[object, ...]:
        return day.latest, day not in stated, len(day.inferred), -day.earliest.toordinal(), day.edtf

    return dataclasses.replace(fact, asserted=min(days, key=order, default=None))


# ------------------------------------------------------------------------------------------------- dates


def _resolved(fact: Fact, known: Known) -> Fact:
    """Return a fact with its dates that run from those of other facts, in every state and row."""
    if not any(map(_runs, fact.states)):
        return fact
    history = tuple(_state(state, known) for state in fact.history)
    rows = tuple(_state(row, known) for row in fact.rows)
    return dataclasses.replace(_state(fact, known), history=history, rows=rows)


def _runs(state: Fact | Assertion) -> bool:
    return any(isinstance(item, Date) and not item.edtf for item in (state.date, state.value))


def _state(state: _State, known: Known) -> _State:
    return dataclasses.replace(state, date=date(state.date, known), value=date(state.value, known))


_Value = TypeVar("_Value", bound=Value | None)


def date(value: _Value, known: Known) -> _Value:
    """Return a date with its days, where these run from the date of a fact; any other value as it is."""
    if not isinstance(value, Date) or value.edtf or not value.of:
        return value
    of = known[value.of].date if value.of in known else None
    try:
        return dataclasses.replace(value, edtf=edtf.within(value.within, of.edtf) if of else "")
    except edtf.NotADate:
        return value  # the check ``date-not-stated`` says that nothing can be within a time of an open end


# ------------------------------------------------------------------------------------------------ values


def _computed(fact: Fact, parts: Sequence[Fact]) -> Fact:
    """Return a computed fact with its value, and with the passages of its parts unless it cites its own."""
    assert fact.computed
    evidence = tuple(dict.fromkeys(item for part in parts for item in part.evidence))
    last = max((part.asserted for part in parts if part.asserted), key=lambda day: day.latest, default=None)
    return dataclasses.replace(
        fact,
        value=value_of(fact.computed, parts),
        evidence=fact.evidence or evidence,
        asserted=fact.asserted or last,
    )


def value_of(computed: Computed, parts: Sequence[Fact]) -> Amount | None:
    """Return what facts make by some arithmetic; None where ``refusal`` says why they do not fit."""
    if refusal(computed, parts)[0]:
        return None
    operation = computed.operation
    if operation == "count":
        return _ours(Quantity(Decimal(len(parts)), computed.unit), f"{len(parts)} {computed.unit}")
    values = _amounts(parts)
    found = _result(computed, values)
    if found is None:
        return None
    how = _SIGNS[operation].join(in_message(dataclasses.replace(value, inferred=())) for value in values)
    return _ours(found, f"{how}, so {in_message(found)}")


def _result(computed: Computed, values: Sequence[Amount]) -> Amount | None:
    one, *others = values
    plain = dataclasses.replace(one, inferred=(), basis="")
    match computed.operation:
        case "total":
            return amounts.total([dataclasses.replace(item, inferred=(), basis="") for item in values])
        case "difference":
            return amounts.difference(plain, others[0])
        case "share":
            share = amounts.quotient(_percent(one), _percent(others[0]), Decimal(100))
            return share and amounts.rounded(share, computed.places)
        case "rate":
            rate = amounts.quotient(plain, others[0])
            per = computed.per or amounts.measure(others[0])
            return rate and amounts.rounded(dataclasses.replace(rate, per=per), computed.places)
        case _:
            price = dataclasses.replace(others[0], per="", inferred=(), basis="")
            if isinstance(price, Money) and isinstance(one, Money):  # converted, it is the same money
                price = dataclasses.replace(price, instrument=one.instrument, price_basis=one.price_basis)
            whole = amounts.product(price, one)
            return whole and amounts.rounded(whole, computed.places)


def _percent(amount: Amount) -> Quantity:
    return Quantity(amount.amount, "%", amount.bound, amount.upper)


def _ours(amount: Amount, basis: str) -> Amount:
    """Return an amount marked as our arithmetic, with how we came to it."""
    return dataclasses.replace(
        amount, inferred=(ValuePart.AMOUNT,), basis=basis.replace("\N{NO-BREAK SPACE}", " ")
    )


def _amounts(parts: Sequence[Fact]) -> list[Amount]:
    return [part.value for part in parts if isinstance(part.value, Quantity | Money)]


def refusal(computed: Computed, parts: Sequence[Fact]) -> tuple[str, str]:
    """Return why facts cannot be computed with, and what to do; empty where they can."""
    operation = computed.operation
    if not operation:
        names = "total, difference, share, rate, product, count"
        return "names no arithmetic, or several", f"write one of {names}, with its facts in a list"
    if len(parts) < len(computed.parts):
        return "takes a fact that is missing, or that rests on it", "name other facts"
    if operation == "count":
        return ("", "") if computed.unit else ("counts things without a unit", "add 'unit: plants'")
    is_short = len(parts) < 2 if operation == "total" else len(parts) != 2
    if is_short:
        number = "two facts or more" if operation == "total" else "two facts"
        return f"is a {operation} of {counted(len(parts), 'fact')}", f"name {number}"
    values = _amounts(parts)
    if len(values) < len(parts):
        lost = next(part for part in parts if not isinstance(part.value, Quantity | Money))
        return f"takes {lost.id}, which has no amount", "name a fact with a quantity or an amount of money"
    apart = "give the amounts separately; only like amounts can be computed with"
    if operation == "product":
        wanted, has = values[1].per, amounts.measure(values[0])
        if wanted not in (has, has.removesuffix("s")):
            message = f"multiplies {in_message(values[0])} by {in_message(values[1])}, which is not per {has}"
            return message, f"name an amount and then a price or a rate per {has}"
    elif operation != "rate" and (unlike := _unlike(parts)):
        return unlike, apart
    if operation == "total" and (name := rate_among(parts)):
        return f"takes {name}, which is a rate or a share, and these add up to nothing", apart
    if _result(computed, values) is None:
        bounds = " and ".join(dict.fromkeys(f"'{value.bound}'" for value in values))
        return f"is a {operation} of {bounds}, from which no amount follows", apart
    return "", ""


def rate_among(parts: Sequence[Fact]) -> str:
    """Return the name of the first fact whose amounts add up to nothing; empty where there is none."""
    amounts_of = ((part.id, part.value) for part in parts if isinstance(part.value, Quantity | Money))
    return next((str(name) for name, value in amounts_of if rates.is_rate(value)), "")


def _unlike(parts: Sequence[Fact]) -> str:
    """Return the first way in which facts differ that must be alike; empty where they are."""
    first, *others = parts
    for other in others:
        for name, theirs in sorts(other).items():
            if (mine := sorts(first)[name]) != theirs:
                return f"takes {first.id}, which is {name} {mine}, and {other.id}, which is {name} {theirs}"
    return ""


@functools.lru_cache(maxsize=4096)
def _sorts(value: Amount, status: str) -> dict[str, str]:
    found = {"in": amounts.measure(value), "of status": status}
    given = value.instrument if isinstance(value, Money) else None
    basis = value.price_basis if isinstance(value, Money) else None
    return found | {
        "given as": given or "not stated",
        "in prices of": (basis or "not stated").removesuffix(" prices"),
    }


def sorts(fact: Fact) -> dict[str, str]:
    """Return the properties that an amount must share with another to be added to it, in words."""
    value = fact.value
    assert isinstance(value, Quantity | Money)
    return _sorts(value, fact.status.id if fact.status else "none")
