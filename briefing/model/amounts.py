"""Amounts of things and of money: what they can mean, and what they make together."""

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
"""Far more digits than amounts may have: nothing is rounded."""


def measure(amount: Amount) -> str:
    """What is counted: the unit, or the currency."""
    return amount.currency if isinstance(amount, Money) else amount.unit


def can_agree(one: Amount, other: Amount) -> bool:
    """Whether two amounts of the same can be meant of one thing.

    Amounts with the same bound agree where they are equal; "up to 100" and "80" agree, "up to 100" and "120"
    do not.
    """
    if one.bound is other.bound:
        return (one.amount, one.upper) == (other.amount, other.upper)
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    is_below = high is not None and other_low is not None and high < other_low
    is_above = low is not None and other_high is not None and low > other_high
    return not is_below and not is_above


def total(amounts: Sequence[Amount]) -> Amount | None:
    """What amounts of the same make together, with the bound that follows; None where none does.

    "Up to" and "at least" make nothing that can be said with one bound, nor does "about" with either of
    them or with "between".
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
    """The lowest and the highest number that is meant; None where that end is open."""
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
