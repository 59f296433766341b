"""The tables of a brief: what one speaker says together, and no empty column."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from briefing.compose import tables
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.values import Date, Key, Money, Slug
from tests import values
from tests.values import Reached

WORDING = Wording("en-GB", {})


def said(name: str, speaker: str = "holm", **fields: object) -> Fact:
    plain = values.fact(f"trams.{name}", label=name.capitalize(), said_by=(Slug(speaker),), date=None)
    return dataclasses.replace(plain, **fields)  # type: ignore[arg-type]


def rows(table: tables.Table) -> list[list[str]]:
    return [[fact.label for fact in row] for row in table.rows]


def test_three_rows_of_one_speaker_stand_under_that_speaker_once() -> None:
    dated = [said(name, date=Date(f"203{number}")) for number, name in enumerate(("track", "depot", "trams"))]
    other = said("bridge", "brandt", date=Date("2040"))
    first, second = tables.of_commitments((dated[0], other, *dated[1:]), {}, WORDING)
    assert (first.speakers, rows(first)) == ("Holm", [["Track"], ["Depot"], ["Trams"]])
    assert (second.speakers, rows(second)) == ("", [["Bridge"]])
    through = {Key("trams.track"): "the Courier"}
    (mixed,) = tables.of_commitments(dated, through, WORDING)
    assert mixed.speakers == ""  # what came by way of somebody else is not one account


def test_what_a_speaker_lists_without_numbers_is_one_row() -> None:
    listed = [said(name) for name in ("trams", "rails", "masts")]
    done = said("depot", status=Reached.CONTRACTED)
    (table,) = tables.of_commitments((*listed, done), {}, WORDING)
    assert rows(table) == [["Trams", "Rails", "Masts"], ["Depot"]]
    bare = [dataclasses.replace(fact, label="") for fact in listed]
    assert len(tables.of_commitments(bare, {}, WORDING)[0].rows) == 3


def test_a_column_in_which_nothing_is_stated_is_left_out_and_a_sentence_says_so() -> None:
    (table,) = tables.of_commitments((said("trams"), said("rails")), {}, WORDING)
    assert not table.columns
    assert table.nothing == "No amount and no date is stated for any of these."
    (dated,) = tables.of_commitments((said("trams", date=Date("2031")),), {}, WORDING)
    assert (set(dated.columns), dated.nothing) == ({"date"}, "No amount is stated.")


def test_a_column_of_which_most_is_not_stated_goes_and_its_few_cells_stand_behind_another() -> None:
    bare = [said(name) for name in ("rails", "masts")]
    dated = said("trams", date=Date("2031"))
    (half,) = tables.of_commitments((dated, bare[0]), {}, WORDING)
    assert (set(half.columns), half.behind) == ({"date"}, frozenset())
    (most,) = tables.of_commitments((dated, *bare), {}, WORDING)
    assert (most.columns, most.behind) == (frozenset(), {"date"})
    assert most.nothing == "No amount is stated for any of these."


def test_money_has_its_amounts_and_statuses_as_soon_as_one_is_stated() -> None:
    loan = said("loan", value=Money(Decimal(9), "EUR", instrument="loan", price_basis=None))
    table = tables.of_money((loan, said("grant"), said("gift")), WORDING)
    assert (table.columns, table.behind, table.nothing) == ({"amount", "status"}, frozenset(), "")
    none = tables.of_money((said("grant"), said("gift")), WORDING)
    assert (none.columns, none.nothing) == ({"status"}, "No amount is stated for any of these.")


def test_the_terms_of_an_amount_are_those_that_are_stated() -> None:
    loan = Money(Decimal(9), "EUR", instrument="loan", price_basis=None)
    assert WORDING.terms(loan) == "loan"
    assert (
        WORDING.terms(dataclasses.replace(loan, price_basis="2025 prices"))
        == "loan, price basis: 2025 prices"
    )
    assert WORDING.terms(dataclasses.replace(loan, instrument=None)) == ""
