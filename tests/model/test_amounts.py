"""Amounts: when two can be meant of one thing, and what several make together."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import amounts
from briefing.model.scales import Bound
from briefing.model.values import Money, Quantity

BOUNDS = {"": Bound.EXACTLY} | {f"{bound} ": bound for bound in Bound if bound is not Bound.EXACTLY}


def some(text: str) -> Quantity:
    """``up to 100``, ``between 10 and 20``: so many ferries."""
    prefix = max((word for word in BOUNDS if text.startswith(word)), key=len)
    low, _, high = text.removeprefix(prefix).partition(" and ")
    return Quantity(Decimal(low), "ferries", BOUNDS[prefix], Decimal(high) if high else None)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["10", "20"], "30"),
        (["10", "20", "0.5"], "30.5"),
        (["up to 10", "20"], "up to 30"),
        (["up to 10", "up to 20"], "up to 30"),
        (["at least 10", "20"], "at least 30"),
        (["about 10", "20"], "about 30"),
        (["about 10", "about 20"], "about 30"),
        (["between 10 and 20", "5"], "between 15 and 25"),
        (["between 10 and 20", "between 1 and 2"], "between 11 and 22"),
        (["between 10 and 20", "up to 5"], "up to 25"),
        (["between 10 and 20", "at least 5"], "at least 15"),
        (["less than 10", "20"], "less than 30"),
        (["less than 10", "up to 20"], "less than 30"),
        (["more than 10", "at least 20"], "more than 30"),
        (["between 10 and 20", "more than 5"], "more than 15"),
        (["over 10", "20"], "more than 30"),
        (["under 10", "20"], "less than 30"),
        (["around 10", "about 20"], "about 30"),
        (["nearly 10", "20"], "nearly 30"),
        (["almost 10", "nearly 20"], "nearly 30"),
        (["nearly 10", "about 20"], "about 30"),
        (["nearly 10", "over 20"], None),
        (["up to 10", "at least 20"], None),
        (["less than 10", "more than 20"], None),
        (["about 10", "more than 20"], None),
        (["up to 10", "20", "at least 20"], None),
        (["about 10", "up to 20"], None),
        (["about 10", "at least 20"], None),
        (["about 10", "between 20 and 30"], None),
    ],
)
def test_what_amounts_make_together(parts: list[str], whole: str | None) -> None:
    expected = some(whole) if whole else None
    assert amounts.total([some(part) for part in parts]) == expected
    assert amounts.total([some(part) for part in reversed(parts)]) == expected


NUMBERS = st.decimals(0, 10**12, places=3)
ANY = st.one_of(
    st.builds(
        Quantity, NUMBERS, st.just("ferries"), st.sampled_from([b for b in Bound if b is not Bound.BETWEEN])
    ),
    st.tuples(NUMBERS, NUMBERS).map(
        lambda ends: Quantity(ends[0], "ferries", Bound.BETWEEN, ends[0] + ends[1] + 1)
    ),
)


@given(st.lists(ANY, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_their_order_does_not_matter(parts: list[Quantity], random: object) -> None:
    whole = amounts.total(parts)
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert amounts.total(parts) == whole


@given(ANY)
def test_one_amount_makes_itself(part: Quantity) -> None:
    assert amounts.total([part]) == part


def test_no_digit_is_lost() -> None:
    large, small = Decimal(10) ** 27, Decimal("0.001")
    whole = amounts.total([Quantity(large, "x"), Quantity(small, "x")])
    assert whole
    assert f"{whole.amount:f}" == "1000000000000000000000000000.001"


@pytest.mark.parametrize(
    ("one", "other", "do_agree"),
    [
        ("100", "100", True),
        ("100", "100.0", True),
        ("100", "80", False),
        ("up to 100", "80", True),
        ("up to 100", "100", True),
        ("up to 100", "120", False),
        ("up to 100", "up to 80", False),
        ("at least 100", "120", True),
        ("at least 100", "80", False),
        ("at least 100", "up to 80", False),
        ("at least 80", "up to 100", True),
        ("more than 100", "120", True),
        ("more than 100", "100", False),
        ("less than 100", "99", True),
        ("less than 100", "100", False),
        ("less than 100", "at least 100", False),
        ("up to 100", "at least 100", True),
        ("between 80 and 100", "more than 100", False),
        ("about 100", "105", True),
        ("about 100", "120", False),
        ("about 100", "about 105", False),
        ("between 80 and 120", "100", True),
        ("between 80 and 120", "130", False),
        ("between 80 and 120", "between 80 and 130", False),
    ],
)
def test_whether_two_can_be_meant_of_one_thing(one: str, other: str, do_agree: bool) -> None:
    assert amounts.can_agree(some(one), some(other)) is do_agree
    assert amounts.can_agree(some(other), some(one)) is do_agree


@given(ANY)
def test_an_amount_agrees_with_itself(part: Quantity) -> None:
    assert amounts.can_agree(part, part)


def test_what_is_counted() -> None:
    assert amounts.measure(some("1")) == "ferries"
    assert amounts.measure(Money(Decimal(1), "EUR")) == "EUR"
