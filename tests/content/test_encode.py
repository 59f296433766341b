"""What the program writes of a value, it reads again as the same value."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import decode, encode, yaml_nodes
from briefing.model import characters
from briefing.model.editions import DraftSection
from briefing.model.facts import Computed, Fact, Row, Table
from briefing.model.ledger import State
from briefing.model.scales import Bound, Credibility, DatePart, FactKind, Instrument, Marking
from briefing.model.values import Date, Key, Label, Money, Quantity, Slug, Value
from tests import values
from tests.values import Flags

PRINTABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"),
    max_size=200,
).filter(lambda text: not characters.is_odd(text))


def read_again(state: State) -> State:
    text = yaml_nodes.write(encode.to_plain(state), "A state.")
    node, findings = yaml_nodes.parse(text, "state.yaml")
    assert node is not None, findings
    again, misfits = decode.shape(State, node)
    assert again is not None, (misfits, text)
    return again


def state(*facts: Fact) -> State:
    return State(as_of=Date("2026-02-09"), facts=facts)


@pytest.mark.parametrize(
    "value",
    [
        Quantity(Decimal(100), "aircraft"),
        Quantity(Decimal("12.5"), "%", Bound.ABOUT),
        Quantity(Decimal(8_000_000), "drones per year", Bound.BETWEEN, Decimal("9500000")),
        Money(Decimal("90000000000"), "EUR", Bound.UP_TO, None, Instrument.LOAN, None),
        Money(Decimal("1.10"), "USD", price_basis="2024 prices"),
        Date("../2035"),
        Date("2025-11-17", (DatePart.YEAR,)),
        Label("F4"),
    ],
    ids=str,
)
def test_every_sort_of_value_comes_back(value: Value) -> None:
    assert read_again(state(values.fact(value=value))).facts[0].value == value


def test_large_amounts_are_written_as_people_write_them() -> None:
    assert encode.to_plain(Decimal("90000000000")) == "90 billion"
    assert encode.to_plain(Decimal(1_250)) == "1250"
    assert encode.to_plain(Decimal("12.50")) == "12.50"


def test_what_has_its_default_is_left_out() -> None:
    assert set(encode.to_plain(values.fact())) == {"kind", "statement", "evidence", "status"}


def test_every_field_of_a_fact_comes_back() -> None:
    fact = values.fact(
        said_by=("minister",),
        asserted=Date("2026-02-09"),
        marking=Marking.AMBER_STRICT,
        sum_of=(Key("drones.one"), Key("drones.two")),
        formerly=(Key("drones.paper"),),
        history=(values.assertion("2026-01-01"),),
    )
    claim = values.fact("drones.claim", kind=FactKind.CLAIM, said_by=("minister",), date=Date("2026"))
    again = read_again(state(fact, claim))
    assert again.facts == (fact, claim)
    assert [item.id for item in again.facts] == ["drones.letter", "drones.claim"]


def test_registers_come_back() -> None:
    whole = State(
        as_of=Date("2026-02-09"),
        facts=(values.fact(),),
        disagreements=(values.disagreement("drones.number", "drones.letter", "drones.other"),),
        gaps=(values.gap("drones.price", "drones.letter"),),
        milestones=(values.milestone("drones.contract", "2027", "drones.letter"),),
        judgements=(values.judgement("drones.likely", "See [it](fact:drones.letter)."),),
    )
    assert read_again(whole) == whole


@given(PRINTABLE)
def test_any_text_comes_back(text: str) -> None:
    text = text.strip()
    fact = values.fact(caveat=text, statement=text or "Something.")
    assert read_again(state(fact)).facts == (fact,)


@given(st.lists(PRINTABLE.map(str.rstrip), max_size=6).map("\n".join))
def test_any_text_of_several_lines_comes_back(text: str) -> None:
    text = text.strip()
    section = DraftSection("narrative", "", text)
    written = yaml_nodes.write(encode.to_plain(section), "A section.")
    node, findings = yaml_nodes.parse(written, "section.yaml")
    assert node is not None, findings
    again, misfits = decode.shape(DraftSection, node)
    assert again == section, (misfits, written)


@given(st.decimals(min_value=0, max_value=10**13, allow_nan=False, places=1))
def test_any_amount_comes_back(amount: Decimal) -> None:
    fact = values.fact(value=Quantity(amount, "drones"))
    assert read_again(state(fact)).facts == (fact,)


def test_no_field_of_the_model_is_forgotten() -> None:
    given_elsewhere = {"id", "at"}
    for field in dataclasses.fields(Fact):
        made = encode.to_plain(values.fact(**_changed(field.name)))
        assert field.name in given_elsewhere or field.name in made, field.name


def _changed(name: str) -> dict[str, Any]:
    other: dict[str, Any] = {
        "said_by": ("minister",),
        "label": "A letter",
        "value": Label("F4"),
        "status_basis": "intent, as the letter binds nobody",
        "flags": (Flags.DISPUTED,),
        "date": Date("2026"),
        "asserted": Date("2026"),
        "actors": ("minister",),
        "systems": ("drones",),
        "matters": ("drone-deal",),
        "credibility": Credibility.THREE,
        "marking": Marking.RED,
        "review_by": Date("2027"),
        "caveat": "Mind it.",
        "remark": "The day is not stated.",
        "sum_of": (Key("drones.one"),),
        "history": (values.assertion("2026-01-01"),),
        "formerly": (Key("drones.old"),),
        "computed": Computed(total=(Key("drones.one"), Key("drones.two"))),
        "rows": (Row(Slug("2026"), Quantity(Decimal(3), "drones")),),
        "table": Table(Slug("report"), "Year", "Drones"),
    }
    return {name: other[name]} if name in other else {}
