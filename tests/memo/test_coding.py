"""Values to bytes and back: equal bytes mean equal values, and nothing but values comes back."""

from __future__ import annotations

import datetime
import os
import pickle
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.memo import coding
from briefing.memo.coding import DamagedError
from briefing.model.findings import Finding, Place
from briefing.model.values import Date, Placed
from tests import values
from tests.values import Reached

PLACE = Place("content/facts/trams.yaml", 3, 5)


def test_a_value_comes_back_as_it_was() -> None:
    fact = values.fact("trams.order")
    found = coding.load(coding.dump(fact))
    assert (found, found.at) == (fact, fact.at)
    kept = (
        Reached.CONTRACTED,
        Decimal("12.10"),
        datetime.date(2030, 1, 2),
        Date("2030"),
        MappingProxyType({"a": 1}),
    )
    assert coding.load(coding.dump(kept)) == kept


def test_a_text_keeps_its_place() -> None:
    text = Placed("four trams", PLACE, "four\n trams")
    found = coding.load(coding.dump(text))
    assert (found, found.at, found.raw) == ("four trams", PLACE, "four\n trams")


def test_a_text_at_another_place_is_another_value() -> None:
    assert coding.dump(Placed("a", PLACE)) != coding.dump(
        Placed("a", Place("content/facts/trams.yaml", 4, 5))
    )


def test_bytes_do_not_depend_on_which_parts_are_one_object() -> None:
    one = Finding("sum", "x" * 400, PLACE)
    other = Finding("sum", "".join(["x"] * 400), Place("content/facts/trams.yaml", 3, 5))
    assert coding.dump((one, one)) == coding.dump((one, other))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=30))
def test_plain_values_come_back(value: object) -> None:
    assert coding.load(coding.dump(value)) == value


def test_what_is_no_value_cannot_be_kept() -> None:
    with pytest.raises(TypeError, match="a result cannot be kept"):
        coding.dump(lambda: None)


class _Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return os.getcwd, ()


def test_bytes_that_somebody_else_wrote_run_nothing() -> None:
    with pytest.raises(DamagedError, match="is no class of a value"):
        coding.load(b"p" + pickle.dumps(_Harmful()))


@pytest.mark.parametrize("name", ["run", "findings"])
def test_functions_of_the_program_are_no_values(name: str) -> None:
    written = b"p\x80\x04c" + f"briefing.checks.runner\n{name}\n.".encode()
    with pytest.raises(DamagedError):
        coding.load(written)


@given(st.binary(max_size=60))
def test_damaged_bytes_are_told(data: bytes) -> None:
    try:
        coding.load(data)
    except DamagedError:
        return
