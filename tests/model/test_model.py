"""The words of the trade: frozen values, ladders in order, and texts that know where they stand."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import pickle
import typing
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import field_docs
from briefing.model import scales
from briefing.model.facts import REGISTERS, Entry, Fact
from briefing.model.findings import Place
from briefing.model.ledger import State
from briefing.model.scales import Degree, Marking
from briefing.model.values import Date, Key, Placed, place_of
from tests import values
from tests.values import LADDER, Reached

AT = Place("content/briefs/x.md", 3, 7)
TYPES = [
    item
    for module in field_docs.MODULES
    for item in vars(module).values()
    if isinstance(item, type) and item.__module__ == module.__name__
]
RECORDS = [item for item in TYPES if dataclasses.is_dataclass(item)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_frozen_and_has_no_room_for_more(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert not hasattr(record, "__dict__") or "__slots__" in vars(record)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_places_take_no_part_in_equality_or_digests(record: type) -> None:
    hints = typing.get_type_hints(record)
    for field in dataclasses.fields(record):
        if hints[field.name] is Place:
            assert not field.compare
            assert not field.repr


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_records_hold_nothing_that_can_be_changed(record: type) -> None:
    for name, hint in typing.get_type_hints(record).items():
        origins = {typing.get_origin(part) or part for part in (hint, *typing.get_args(hint))}
        assert not origins & {list, dict, set, bytearray}, name


# ------------------------------------------------------------------------------------------- the scales


def test_the_ladder_of_commitments_is_the_one_agreed_on() -> None:
    shuffled = sorted(LADDER, key=lambda status: status.id)
    assert [status.id for status in sorted(shuffled)] == [
        "interest",
        "requested",
        "discussed",
        "announced",
        "intent",
        "agreed",
        "contracted",
        "financed",
        "in-production",
        "delivering",
        "supplied",
        "delivered",
        "in-service",
    ]
    assert [status.place for status in LADDER] == list(range(1, 14))
    assert [status.degree for status in LADDER] == list(Degree)


def test_a_declaration_of_intent_is_below_a_contract() -> None:
    assert Reached.INTENT < Reached.CONTRACTED
    assert not Reached.CONTRACTED < Reached.INTENT
    assert not Reached.INTENT < Reached.INTENT


def test_markings_run_from_free_to_strict() -> None:
    shuffled = sorted(Marking, key=lambda marking: marking.value, reverse=True)
    assert [marking.value for marking in sorted(shuffled)] == [
        "CLEAR",
        "GREEN",
        "AMBER",
        "AMBER+STRICT",
        "RED",
    ]


def test_scales_have_as_many_steps_as_their_sources() -> None:
    assert len(scales.Likelihood) == 7
    assert len(scales.Confidence) == 3
    assert len(scales.Reliability) == len(scales.Credibility) == 6


@pytest.mark.parametrize(
    "enum", [item for item in TYPES if issubclass(item, Enum)], ids=lambda item: item.__name__
)
def test_no_word_of_a_scale_looks_like_another_type(enum: type[Enum]) -> None:
    """The words are read as text; digits stand in quotation marks only by habit."""
    words = [member.value for member in enum]
    assert all(isinstance(word, str) and word == word.strip() for word in words)
    assert len({word.lower() for word in words}) == len(words)
    assert "not stated" not in words


# ------------------------------------------------------------------------------------------------ dates


def test_a_date_gives_its_days() -> None:
    date = Date("2025-11")
    assert (date.earliest, date.latest) == (datetime.date(2025, 11, 1), datetime.date(2025, 11, 30))


def test_a_date_stands_in_a_timeline_by_its_first_day_or_by_its_last_where_the_start_is_open() -> None:
    assert Date("2025-11/2026").sort_day == datetime.date(2025, 11, 1)
    assert Date("2026/..").sort_day == datetime.date(2026, 1, 1)
    assert Date("../2035").sort_day == datetime.date(2035, 12, 31)


def test_dates_are_equal_wherever_they_stand() -> None:
    assert Date("2025", at=AT) == Date("2025")
    assert hash(Date("2025", at=AT)) == hash(Date("2025"))
    assert repr(Date("2025", at=AT)) == repr(Date("2025"))


# ----------------------------------------------------------------------- texts that know their place


@given(st.text(), st.text())
def test_a_placed_text_is_the_text_in_every_other_respect(text: str, raw: str) -> None:
    placed = Placed(text, AT, raw)
    assert placed == text
    assert hash(placed) == hash(text)
    assert repr(placed) == repr(text)
    assert text in {placed}


@given(st.text())
def test_a_placed_text_travels_as_a_plain_text(text: str) -> None:
    for travelled in (pickle.loads(pickle.dumps(Placed(text, AT, "raw"))), copy.deepcopy(Placed(text, AT))):
        assert travelled == text
        assert type(travelled) is str


def test_a_text_made_by_the_program_stands_where_its_owner_does() -> None:
    assert place_of("made", AT) == AT


def test_a_part_of_a_text_is_found_in_its_raw_lines() -> None:
    text = Placed("one two three", Place("x", 2, 5), "one\n    two\n    three")
    assert place_of(text, AT) == Place("x", 2, 5)
    assert place_of(text, AT, "one") == Place("x", 2, 5)
    assert place_of(text, AT, "two") == Place("x", 3, 5)
    assert place_of(text, AT, "three") == Place("x", 4, 5)
    assert place_of(text, AT, "nowhere") == Place("x", 2, 5)


def test_a_part_in_the_first_line_counts_from_the_texts_own_column() -> None:
    assert place_of(Placed("one two", Place("x", 2, 5), "one two"), AT, "two") == Place("x", 2, 9)


# --------------------------------------------------------------------------------- what an entry rests on


@pytest.mark.parametrize(
    ("item", "keys"),
    [
        (values.fact(), []),
        (values.fact("a.total", sum_of=(Key("a.one"), Key("b.two"))), ["a.one", "b.two"]),
        (values.disagreement("a.d", "b.two", "a.one", "b.two"), ["b.two", "a.one"]),
        (values.gap("a.g"), []),
        (values.gap("a.g", "b.two", "a.one"), ["b.two", "a.one"]),
        (values.milestone("a.m", "2027", "a.one"), ["a.one"]),
        (values.milestone("a.m", "2027", "a.one", met_by=Key("b.two")), ["a.one", "b.two"]),
        (values.milestone("a.m", "2027", "a.one", met_by=Key("a.one")), ["a.one"]),
        (
            values.judgement("a.j", "`[](fact:c.d)` [so](fact:b.two#date) [](fact:a.one)[](fact:b.two)"),
            ["b.two", "a.one"],
        ),
    ],
    ids=str,
)
def test_an_entry_rests_on_the_facts_that_it_names_each_once_in_order(
    item: Fact | Entry, keys: list[str]
) -> None:
    assert [*item.rests_on] == keys


def test_a_sheet_and_a_state_hold_the_entries_of_every_register() -> None:
    entries: dict[str, typing.Any] = {
        "gaps": (values.gap("a.g"),),
        "judgements": (values.judgement("a.j", "Because."),),
        "disagreements": (values.disagreement("a.d", "a.one", "b.two"),),
        "milestones": (values.milestone("a.m", "2027", "a.one"),),
    }
    assert entries.keys() == {*REGISTERS}
    names = ["a.d", "a.g", "a.m", "a.j"]
    assert [item.id for item in values.sheet("a", **entries).entries] == names
    assert [item.id for item in State(Date("2026"), **entries).entries] == names
