"""Amounts of things and of money: which numbers they can mean, and their totals."""

from __future__ import annotations

import dataclasses
import decimal
import re
from collections.abc import Sequence
from decimal import Decimal

from briefing.model.scales import Bound, ValuePart
from briefing.model.values import Money, Quantity

Amount = Quantity | Money

_ABOUT = Decimal("0.1")
"""How far an amount that is meant roughly may be off, as a share of it."""
_EXACT = decimal.Context(prec=100)
"""Far more digits than amounts may have, so that nothing is rounded."""


def measure(amount: Amount) -> str:
    """Return the unit of a quantity, or the currency of money, with what it is per: GBP per MWh."""
    what = amount.currency if isinstance(amount, Money) else amount.unit
    return f"{what} per {amount.per}" if amount.per else what


def as_counted(amount: Amount) -> Amount:
    """Return an amount per something as a quantity of one unit, by which it is read: GBP per MWh."""
    if not amount.per:
        return amount
    inferred = tuple(
        ValuePart.UNIT if part in (ValuePart.PER, ValuePart.CURRENCY) else part for part in amount.inferred
    )
    return Quantity(
        amount.amount, measure(amount), amount.bound, amount.upper, inferred=inferred, basis=amount.basis
    )


def is_rate_of_exchange(amount: Amount) -> bool:
    """Return whether money is given per unit of another currency."""
    return isinstance(amount, Money) and re.fullmatch("[A-Z]{3}", amount.per) is not None


def can_agree(one: Amount, other: Amount) -> bool:
    """Return whether two amounts with the same unit can mean the same number.

    Amounts with the same bound agree if they are equal; "up to 100" and "80" agree, "up to 100" and "120" do
    not, nor do "less than 100" and "100".
    """
    if one.bound.sense is other.bound.sense:
        return (one.amount, one.upper) == (other.amount, other.upper)
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    is_strict = one.bound.is_strict or other.bound.is_strict
    return not _is_past(low, other_high, is_strict) and not _is_past(other_low, high, is_strict)


def _is_past(low: Decimal | None, high: Decimal | None, is_strict: bool) -> bool:
    """Return whether one amount begins above the end of another, or at it where one of the two is open."""
    return low is not None and high is not None and (low > high or (is_strict and low == high))


def total(amounts: Sequence[Amount]) -> Amount | None:
    """Return the total of amounts with the same unit, with the bound that follows; None if none follows.

    No single bound describes the total of an upper bound and a lower one ("up to", "at least"), or of "about"
    with either of them or with "between".
    """
    if len(amounts) == 1:
        return amounts[0]  # in its own words
    rough = [item for item in amounts if item.bound.is_rough]
    if rough and any(not item.bound.is_rough and item.bound is not Bound.EXACTLY for item in amounts):
        return None
    low = high = Decimal(0)
    bounds = {item.bound.sense for item in amounts}
    for item in amounts:
        low = _EXACT.add(low, item.amount)
        high = _EXACT.add(high, item.amount if item.upper is None else item.upper)
    ceilings = [bound for bound in bounds if bound.is_ceiling]
    floors = [bound for bound in bounds if bound.is_floor]
    if ceilings and floors:
        return None
    if rough:
        bound = Bound.ABOUT if Bound.ABOUT in bounds else Bound.NEARLY
        return dataclasses.replace(amounts[0], amount=low, bound=bound, upper=None)
    if ceilings:
        bound = Bound.LESS_THAN if Bound.LESS_THAN in bounds else Bound.UP_TO
        return dataclasses.replace(amounts[0], amount=high, bound=bound, upper=None)
    if floors:
        bound = Bound.MORE_THAN if Bound.MORE_THAN in bounds else Bound.AT_LEAST
        return dataclasses.replace(amounts[0], amount=low, bound=bound, upper=None)
    if Bound.BETWEEN in bounds:
        return dataclasses.replace(amounts[0], amount=low, bound=Bound.BETWEEN, upper=high)
    return dataclasses.replace(amounts[0], amount=low, bound=Bound.EXACTLY, upper=None)


def _ends(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest number that an amount can mean; None for an open end."""
    low: Decimal | None = amount.amount
    high = amount.amount if amount.upper is None else amount.upper
    if amount.bound.is_ceiling:
        return None, high
    if amount.bound.is_floor:
        return low, None
    if amount.bound.is_rough:
        off = abs(amount.amount) * _ABOUT
        return amount.amount - off, high if amount.bound.sense is Bound.NEARLY else amount.amount + off
    return low, high


# ------------------------------------------------------------------------------------------- arithmetic


def difference(one: Amount, other: Amount) -> Amount | None:
    """Return an amount less another of the same unit, with the bound that follows; None if none follows."""
    low, high = _ends(one), _ends(other)
    return _bounded(one, other, _minus(low[0], high[1]), _minus(low[1], high[0]), one.amount - other.amount)


def quotient(one: Amount, other: Amount, factor: Decimal = Decimal(1)) -> Amount | None:
    """Return a positive amount divided by another, times a factor, with the bound that follows."""
    if one.amount <= 0 or other.amount <= 0:
        return None
    low, high = _ends(one), _ends(other)
    middle = _EXACT.divide(one.amount * factor, other.amount)
    return _bounded(one, other, _over(low[0], high[1], factor), _over(low[1], high[0], factor), middle)


def product(one: Amount, other: Amount) -> Amount | None:
    """Return a positive amount times another, as a bare number with the bound that follows."""
    if one.amount <= 0 or other.amount <= 0:
        return None
    low, high = _ends(one), _ends(other)
    return _bounded(
        one,
        other,
        _times(low[0], high[0]),
        _times(low[1], high[1]),
        _EXACT.multiply(one.amount, other.amount),
    )


def rounded(amount: Amount, places: int) -> Amount:
    """Return an amount to some decimals: bounds are rounded outwards, and an exact amount is then "about"."""
    step = Decimal(1).scaleb(-places)
    sense = amount.bound.sense
    down = decimal.ROUND_FLOOR if amount.bound.is_floor or sense is Bound.BETWEEN else decimal.ROUND_HALF_UP
    way = decimal.ROUND_CEILING if amount.bound.is_ceiling else down
    low = amount.amount.quantize(step, way)
    high = amount.upper and amount.upper.quantize(step, decimal.ROUND_CEILING)
    is_exact = low == amount.amount and high == amount.upper
    bound = Bound.ABOUT if sense is Bound.EXACTLY and not is_exact else amount.bound
    return dataclasses.replace(amount, amount=_plain(low), upper=high and _plain(high), bound=bound)


def _plain(number: Decimal) -> Decimal:
    """Return a number without zeros at its end."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _bounded(
    one: Amount, other: Amount, low: Decimal | None, high: Decimal | None, middle: Decimal
) -> Amount | None:
    """Return the first amount with what follows for it from two: its ends, or that it is rough."""
    bounds = {one.bound.sense, other.bound.sense}
    if any(bound.is_rough for bound in bounds):
        is_clear = all(bound.is_rough or bound is Bound.EXACTLY for bound in bounds)
        is_near = one.bound.sense is Bound.NEARLY and other.bound is Bound.EXACTLY
        bound = Bound.NEARLY if is_near else Bound.ABOUT
        return dataclasses.replace(one, amount=middle, bound=bound, upper=None) if is_clear else None
    is_strict = any(bound.is_strict for bound in bounds)
    if low is not None and high is not None:
        bound = Bound.EXACTLY if low == high else Bound.BETWEEN
        return dataclasses.replace(one, amount=low, bound=bound, upper=None if low == high else high)
    if low is not None:
        floor = Bound.MORE_THAN if is_strict else Bound.AT_LEAST
        return dataclasses.replace(one, amount=low, bound=floor, upper=None)
    if high is not None:
        ceiling = Bound.LESS_THAN if is_strict else Bound.UP_TO
        return dataclasses.replace(one, amount=high, bound=ceiling, upper=None)
    return None


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else _EXACT.subtract(one, other)


def _times(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else _EXACT.multiply(one, other)


def _over(one: Decimal | None, other: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if one is None or not other else _EXACT.divide(one * factor, other)
