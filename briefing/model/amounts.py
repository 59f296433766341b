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
    not.
    """
    if one.bound is other.bound:
        return (one.amount, one.upper) == (other.amount, other.upper)
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    is_below = high is not None and other_low is not None and high < other_low
    is_above = low is not None and other_high is not None and low > other_high
    return not is_below and not is_above


def total(amounts: Sequence[Amount]) -> Amount | None:
    """Return the total of amounts with the same unit, with the bound that follows; None if none follows.

    No single bound describes the total of "up to" and "at least", or of "about" with either of them or with
    "between".
    """
    rough = [item for item in amounts if item.bound is Bound.ABOUT]
    if rough and any(item.bound not in (Bound.ABOUT, Bound.EXACTLY) for item in amounts):
        return None
    low = high = Decimal(0)
    bounds = {item.bound for item in amounts}
    for item in amounts:
        low = _EXACT.add(low, item.amount)
        high = _EXACT.add(high, item.amount if item.upper is None else item.upper)
    if {Bound.UP_TO, Bound.AT_LEAST} <= bounds:
        return None
    if rough:
        return dataclasses.replace(amounts[0], amount=low, bound=Bound.ABOUT, upper=None)
    if Bound.UP_TO in bounds:
        return dataclasses.replace(amounts[0], amount=high, bound=Bound.UP_TO, upper=None)
    if Bound.AT_LEAST in bounds:
        return dataclasses.replace(amounts[0], amount=low, bound=Bound.AT_LEAST, upper=None)
    if Bound.BETWEEN in bounds:
        return dataclasses.replace(amounts[0], amount=low, bound=Bound.BETWEEN, upper=high)
    return dataclasses.replace(amounts[0], amount=low, bound=Bound.EXACTLY, upper=None)


def _ends(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest number that an amount can mean; None for an open end."""
    low: Decimal | None = amount.amount
    high = amount.amount if amount.upper is None else amount.upper
    if amount.bound is Bound.UP_TO:
        return None, high
    if amount.bound is Bound.AT_LEAST:
        return low, None
    if amount.bound is Bound.ABOUT:
        off = abs(amount.amount) * _ABOUT
        return amount.amount - off, amount.amount + off
    return low, high
