"""The table of a fact's fields: it has them all, and says of each what is made of it."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from briefing.changes import fact_fields
from briefing.changes.fact_fields import FIELDS, LIGHT, ChangeKind, Compared
from briefing.language import words
from briefing.language.wording import Wording
from briefing.model.facts import AcceptedState, Assertion, Fact
from briefing.model.scales import Credibility, DatePart, Marking, ValuePart
from briefing.model.values import Date, Key, Quantity, Slug
from briefing.review import signoff
from tests import values
from tests.values import Flags, Reached

LIBRARY = values.library()
WORDING = Wording("en-GB", LIBRARY.actors)
FACT = values.fact(
    value=Quantity(Decimal(100), "drones"),
    flags=(Flags.DISPUTED,),
    date=Date("2026-02"),
    said_by=(Slug("minister"), Slug("general")),
    credibility=Credibility.TWO,
    caveat="No contract is known.",
    marking=Marking.GREEN,
)

LEFT_OUT = {
    # Who and what a fact concerns decides which tables show it, and is no word of the fact; the rest is for
    # those who keep the facts.
    "told": {
        *("kind", "asserted", "actors", "systems", "matters", "marking", "review_by", "label", "sum_of"),
        *("history", "status_basis", "computed", "table", "remark"),
    },
    # Prose stays as true as it was; another check looks after the grade and the passages.
    "relied on": {"credibility", "evidence"},
    # The statement is the title of what is found; names of actors and systems are searched with all they
    # are called by, the status and the kind as the state.
    "searched": {"statement", "status", "flags", "credibility", "evidence"},
    # Who says so is there in words; against the others no edition's marking was held.
    "copied": {"said_by"},
}
"""The fields that something deliberately does without; beside those that are not told of at all."""


NAMES = {"id", "formerly", "at"}
"""What a fact is called and where it stands: nothing of what it says."""


def named(record: type) -> set[str]:
    return {field.name for field in dataclasses.fields(record)}


def test_the_table_has_every_field_once() -> None:
    names = [field.name for field in FIELDS]
    assert len({*names}) == len(names)
    assert {*names} | NAMES == named(Fact)
    assert not NAMES & {*names}


@pytest.mark.parametrize(
    ("what", "has"),
    [
        ("told", {field.name for field in FIELDS if field.turn}),
        ("relied on", {field.name for field in FIELDS if field.is_relied_on}),
        ("searched", {field.name for field in FIELDS if field.is_searched}),
        ("copied", {field.name for field in FIELDS if field.is_copied} - {"kind", "status_basis", "remark"}),
    ],
)
def test_what_is_left_out_is_left_out_on_purpose(what: str, has: set[str]) -> None:
    left_out = LEFT_OUT["told"] | LEFT_OUT[what]
    assert {field.name for field in FIELDS} - has == left_out


def test_a_record_of_accepted_prose_keeps_all_that_it_relies_on() -> None:
    relied_on = {field.name for field in FIELDS if field.is_relied_on}
    # Who could read it then decides to whom it may be told what it said.
    assert named(AcceptedState) - {"id", "fact", "at"} == relied_on | {"marking"}


def test_a_state_of_the_past_has_what_is_told_of_the_present() -> None:
    # Why it had its status goes with the status.
    # An earlier state has no table.
    told = {field.name for field in FIELDS if field.turn} - {"rows"}
    assert named(Assertion) - {"at", "asserted", "status_basis", "marking"} == told


def test_every_kind_of_change_of_a_field_is_told_and_those_of_words_are_light() -> None:
    printed = words.entries("en")
    assert all(field.turn.key in printed for field in FIELDS if isinstance(field.turn, ChangeKind))
    light = {field.turn for field in FIELDS if field.is_light and isinstance(field.turn, ChangeKind)}
    # Passages are compared by a rule of their own, and registers are no fields.
    assert light | {ChangeKind.EVIDENCE, ChangeKind.READINGS} == LIGHT
    assert all(f"{turn.key}_light" in printed for turn in LIGHT)


def test_records_on_file_keep_their_names() -> None:
    """The name of a record is made of what it keeps; records that were written before have the same."""
    assert signoff.accepted_state(values.fact()).id == "ed6772d14713"
    assert signoff.accepted_state(FACT).id == "00963f31f55a"


def test_a_fact_in_words_by_weight() -> None:
    assert fact_fields.in_words(FACT, WORDING) == {
        "status": "declared intent",
        "flags": "disputed",
        "value": "100 drones",
        "date": "February 2026",
        "speakers": "The minister and The general",
        "credibility": "2 (probably true)",
        "caveat": "No contract is known.",
        "statement": "The two ministers signed a letter of intent.",
        "evidence": "report 1 ",
    }
    assert next(iter(fact_fields.in_words(FACT, WORDING))) == "status"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_differs_from_itself_in_nothing(field: fact_fields.FactField) -> None:
    assert not field.differs(FACT, dataclasses.replace(FACT))
    assert field.meaning(FACT) == field.meaning(dataclasses.replace(FACT))


@pytest.mark.parametrize(
    ("name", "same", "other"),
    [
        ("caveat", "No contract, is KNOWN!", "A contract is known."),
        ("said_by", (Slug("general"), Slug("minister")), (Slug("general"),)),
        ("status", Reached.INTENT, None),
        ("sum_of", (), (Key("drones.other"),)),
        ("date", Date("2026-02", basis="as the report says"), Date("2026-02", (DatePart.MONTH,))),
        (
            "value",
            Quantity(Decimal(100), "drones", basis="two by two"),
            Quantity(Decimal(100), "drones", inferred=(ValuePart.UNIT,)),
        ),
    ],
)
def test_what_counts_of_a_field(name: str, same: Any, other: Any) -> None:
    (field,) = (field for field in FIELDS if field.name == name)
    assert not field.differs(FACT, dataclasses.replace(FACT, **{name: same}))
    assert field.differs(FACT, dataclasses.replace(FACT, **{name: other}))
    assert field.compared is {"caveat": Compared.AS_WORDS, "said_by": Compared.AS_SET}.get(
        name, Compared.EXACTLY
    )
