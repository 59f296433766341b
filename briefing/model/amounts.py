"""Amounts of things and of money: which numbers they can mean, and their totals."""

from __future__ import annotations

import dataclasses
import decimal
from collections.abc import Sequence
from decimal import Decimal

from briefing.model.scales import Bound
from briefing.model.values import Money, Quantity

Amount = Quantity | Money

_ABOUT = Decimal("0.1")
"""How far an amount that is meant roughly may be off, as a share of it."""
_EXACT = decimal.Context(prec=100)
"""Far more digits than amounts may have, so that nothing is rounded."""


def measure(amount: Amount) -> str:
    """Return the unit of a quantity, or the currency of money."""
    return amount.currency if isinstance(amount, Money) else amount.unit


def can_agree(one: Amount, other: Amount) -> bool:
    """Return whether two amounts with the same unit can mean the same number.

    Amounts with the same bound agree if they are equal; "up to 100" and "80" agree, "up to 100" and "120" do
    not, nor do "less than 100" and "100".
    """
    if one.bound is other.bound:
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
    rough = [item for item in amounts if item.bound is Bound.ABOUT]
    if rough and any(item.bound not in (Bound.ABOUT, Bound.EXACTLY) for item in amounts):
        return None
    low = high = Decimal(0)
    bounds = {item.bound for item in amounts}
    for item in amounts:
        low = _EXACT.add(low, item.amount)
        high = _EXACT.add(high, item.amount if item.upper is None else item.upper)
    ceilings = [bound for bound in bounds if bound.is_ceiling]
    floors = [bound for bound in bounds if bound.is_floor]
    if ceilings and floors:
        return None
    if rough:
        return dataclasses.replace(amounts[0], amount=low, bound=Bound.ABOUT, upper=None)
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
    if amount.bound is Bound.ABOUT:
        off = abs(amount.amount) * _ABOUT
        return amount.amount - off, amount.amount + off
    return low, high
