"""What of a value the cited words do not state: the number, its bound, its unit, its currency, its words."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from briefing.model.findings import Place
from briefing.model.project_words import UnitNames
from briefing.model.scales import Bound, Instrument, ValuePart
from briefing.model.values import Label, Money, Quantity
from briefing.sources import stated
from tests import values

Amount = Quantity | Money
TRAMS = (UnitNames("trams", ("rames", "Bahnen", "Straßenbahn*", "трамва*", "cars")),)


def lacks(
    value: Amount | Label,
    *terms: str,
    language: str = "en",
    paragraph: str = "",
    units: tuple[UnitNames, ...] = TRAMS,
) -> list[str]:
    library = values.library(
        sources=[values.source("report", language=language)], project=values.project(units=units)
    )
    cited = stated.passages(
        (values.evidence("report", 1, terms),), library, {"report": [paragraph]} if paragraph else {}
    )
    return [lack.part for lack in stated.lacking(value, cited, library)]


def count(
    amount: str, unit: str = "trams", bound: Bound = Bound.EXACTLY, upper: str | None = None
) -> Quantity:
    return Quantity(Decimal(amount), unit, bound, Decimal(upper) if upper else None)


def money(
    amount: str, currency: str = "EUR", bound: Bound = Bound.EXACTLY, upper: str | None = None
) -> Money:
    return Money(Decimal(amount), currency, bound, Decimal(upper) if upper else None)


BILLION = "000000000"

STATED = [
    (count("100"), "en", ["100 trams"]),
    (count("100"), "en", ["a hundred new trams"]),
    (count("24"), "en", ["two dozen low-floor trams"]),
    (count("6"), "en", ["half a dozen trams"]),
    (count("1"), "en", ["a tram"]),
    (count("1"), "en", ["one tram"]),
    (count("100"), "en", ["trams: 100"]),
    (count("100"), "en", ["100 low-floor cars"]),
    (count("100", "trams per year"), "en", ["100 trams", "per year"]),
    (count("100", "trams per year"), "en", ["100 trams a year"]),
    (count("20", "%"), "en", ["a fifth of them"]),
    (count("20", "%"), "en", ["20 per cent"]),
    (count("50", "%"), "fr", ["la moitié"]),
    (count("8000000", "trams", Bound.UP_TO), "en", ["up to 8 million trams"]),
    (count("5", "trams", Bound.BETWEEN, "7"), "en", ["between five and seven trams"]),
    (count("5", "trams", Bound.BETWEEN, "7"), "de", ["fünf bis sieben Bahnen"]),
    (count("7"), "en", ["raised from 5 to 7 trams"]),
    (count("250"), "fr", ["deux cent cinquante rames"]),
    (count("250"), "de", ["zweihundertfünfzig Straßenbahnen"]),
    (count("250"), "uk", ["двісті п’ятдесят трамваїв"]),
    (count("250"), "uk", ["250 нових трамваїв"]),
    (count("250"), "ru", ["двухсот пятидесяти трамваев"]),
    (count("6.5", "GW"), "fr", ["6,5 GW"]),
    (count("6.5", "gigawatts"), "fr", ["6,5 GW"]),
    (count("6.5", "GW"), "uk", ["6,5 ГВт"]),
    (count("12", "months"), "de", ["zwölf Monate"]),
    (count("241", "GBP/MWh"), "en", ["£241/MWh"]),
    (count("241", "GBP per MWh"), "en", ["241 pounds per megawatt-hour"]),
    (count("4", "kilowatt-hours per cubic metre"), "de", ["4 kWh pro Kubikmeter"]),
    (count("4", "euros per cubic metre"), "en", ["4 euros per m³"]),
    (count("68", "euros per household"), "en", ["68 euros per household"]),
    (count("68", "euros per household"), "en", ["€68 for each household"]),
    (count("68", "EUR/household"), "en", ["each household pays 68 euros"]),
    (count("68", "euros per household"), "fr", ["68 euros par foyer"]),
    (count("68", "euros per household"), "de", ["68 Euro je Haushalt"]),
    (count("68", "euros per household"), "uk", ["68 євро на домогосподарство"]),
    (count("68", "euros per household"), "ru", ["68 евро на домохозяйство"]),
    (count("68", "euros a head"), "en", ["68 euros per person"]),
    (count("68", "dollars a barrel"), "en", ["$68 a barrel"]),
    (count("4", "euros per square metre"), "fr", ["4 euros par mètre carré"]),
    (count("4", "euros per square metre"), "de", ["4 Euro pro Quadratmeter"]),
    (count("4", "euros per square metre"), "uk", ["4 євро за квадратний метр"]),
    (count("4", "euros per square metre"), "ru", ["4 евро за квадратный метр"]),
    (count("3", "million litres per day"), "en", ["3 million litres a day"]),
    (count("3", "million litres per day"), "de", ["3 Millionen Liter pro Tag"]),
    (count("3", "million euros per year"), "en", ["€3m a year"]),
    (count("3", "million euros per year"), "de", ["jährlich 3 Millionen Euro"]),
    (count("2", "per cent"), "en", ["2 per cent"]),
    (count("2", "% per year"), "de", ["2 Prozent pro Jahr"]),
    (count("2", "per cent of income"), "en", ["2 % of income"]),
    (money("2" + BILLION, "EUR", Bound.OVER), "en", ["over €2 billion"]),
    (money("2" + BILLION, "EUR", Bound.OVER), "en", ["more than €2 billion"]),
    (money("2" + BILLION, "EUR", Bound.OVER), "fr", ["plus de 2 milliards d'euros"]),
    (money("2" + BILLION, "EUR", Bound.UNDER), "de", ["unter 2 Milliarden Euro"]),
    (money("2" + BILLION, "EUR", Bound.AROUND), "de", ["rund 2 Milliarden Euro"]),
    (money("2" + BILLION, "EUR", Bound.NEARLY), "en", ["nearly €2 billion"]),
    (money("2" + BILLION, "EUR", Bound.ALMOST), "en", ["just under €2 billion"]),
    (money("2" + BILLION, "EUR", Bound.NEARLY), "fr", ["près de 2 milliards d'euros"]),
    (money("2" + BILLION, "EUR", Bound.NEARLY), "de", ["knapp 2 Milliarden Euro"]),
    (money("2" + BILLION, "EUR", Bound.NEARLY), "uk", ["майже 2 мільярди євро"]),
    (money("2" + BILLION, "EUR", Bound.NEARLY), "ru", ["почти 2 миллиарда евро"]),
    (money("2" + BILLION, "EUR", Bound.ABOUT), "en", ["nearly €2 billion"]),
    (money("90" + BILLION), "en", ["€90 billion loan"]),
    (money("90" + BILLION), "en", ["90 billion euros"]),
    (money("90" + BILLION), "fr", ["90 milliards d'euros"]),
    (money("992000000"), "de", ["992 Millionen Euro"]),
    (money("7500000"), "uk", ["7,5 млн євро"]),
    (money("2" + BILLION, "USD", Bound.ABOUT), "ru", ["около 2 млрд долларов"]),
    (money("5000000", "EUR", Bound.BETWEEN, "7000000"), "en", ["EUR 5-7 million"]),
    (money("-5000000"), "en", ["−€5 million"]),
    (money("40000000", "SEK"), "en", ["SEK40m"]),
    (Label("F4"), "en", ["Rafters F4 aircraft"]),
    (Label("generation 4.5"), "en", ["4.5-generation cars"]),
]


@pytest.mark.parametrize(("value", "language", "terms"), STATED, ids=lambda item: str(item)[:60])
def test_words_that_state_a_value_in_any_form_are_enough(
    value: Amount | Label, language: str, terms: list[str]
) -> None:
    assert lacks(value, *terms, language=language) == []


@pytest.mark.parametrize(
    ("value", "language", "terms", "parts"),
    [
        (count("110"), "en", ["100 trams"], ["amount"]),
        (count("100"), "en", ["1,100 trams"], ["amount"]),
        (count("250"), "en", ["1 250 trams"], ["amount"]),
        (count("7"), "en", ["−7 trams"], ["amount"]),
        (count("2020"), "en", ["the 2020s", "trams"], ["amount"]),
        (count("5"), "en", ["the 5th of the trams"], ["amount"]),
        (count("100"), "en", ["new trams"], ["amount"]),
        (count("100"), "en", ["up to 100 trams"], ["bound"]),
        (count("100"), "en", ["nearly 100 trams"], ["bound"]),
        (count("100", "trams", Bound.NEARLY), "en", ["about 100 trams"], ["bound"]),
        (count("100", "trams", Bound.OVER), "en", ["at least 100 trams"], ["bound"]),
        (count("100", "trams", Bound.UP_TO), "en", ["100 trams"], ["bound"]),
        (count("100", "trams", Bound.ABOUT), "en", ["at least 100 trams"], ["bound"]),
        (count("100", "buses"), "en", ["100 trams"], ["unit"]),
        (count("50", "trams"), "en", ["100 trams and 50 buses"], ["unit"]),
        (count("50", "trams"), "en", ["100 trams", "50 buses"], ["unit"]),
        (count("100", "trams per month"), "en", ["100 trams a year"], ["unit"]),
        (count("20", "%"), "en", ["20 trams"], ["unit"]),
        (count("68", "euros per household"), "en", ["68 euros per month"], ["unit"]),
        (count("68", "euros per household"), "en", ["68 pounds per household"], ["unit"]),
        (count("68", "euros per household"), "en", ["68 euros"], ["unit"]),
        (count("68", "euros per household"), "de", ["68 Euro je Einwohner"], ["unit"]),
        (count("68", "euros per household"), "uk", ["68 гривень на домогосподарство"], ["unit"]),
        (count("4", "euros per square metre"), "de", ["4 Euro pro Kubikmeter"], ["unit"]),
        (count("3", "million litres per day"), "en", ["3 litres per day"], ["amount"]),
        (count("3", "million litres per day"), "en", ["3 million litres per week"], ["unit"]),
        (count("2", "% per year"), "en", ["2 per cent a month"], ["unit"]),
        (
            count("7", "trams", Bound.BETWEEN, "9"),
            "en",
            ["between five and seven trams"],
            ["amount"],
        ),
        (count("260"), "fr", ["deux cent cinquante rames"], ["amount"]),
        (count("250"), "de", ["zweihundertsechzig Straßenbahnen"], ["amount"]),
        (count("250"), "uk", ["двісті шістдесят трамваїв"], ["amount"]),
        (count("1.25", "trams"), "de", ["1.250 Straßenbahnen"], ["amount"]),
        (count("6.5", "MW"), "fr", ["6,5 GW"], ["unit"]),
        (money("95" + BILLION), "en", ["€90 billion loan"], ["amount"]),
        (money("90000000"), "en", ["€90 billion loan"], ["amount"]),
        (money("90" + BILLION, "USD"), "en", ["€90 billion loan"], ["currency"]),
        (money("90" + BILLION, "CAD"), "en", ["90 billion dollars"], ["currency"]),
        (money("929000000"), "en", ["In May 2025", "992 million euros", "allocated"], ["amount"]),
        (money("5000000"), "en", ["−€5 million"], ["amount"]),
        (money("2" + BILLION, "GBP"), "en", ["more than £2bn"], ["bound"]),
        (Label("F3"), "en", ["Rafters F4 aircraft"], ["text"]),
        (Label("F4"), "en", ["F41 aircraft"], ["text"]),
        (Label("Zelensk"), "en", ["President Zelensky"], ["text"]),
    ],
    ids=lambda item: str(item)[:60],
)
def test_a_part_that_no_words_state_is_named(
    value: Amount | Label, language: str, terms: list[str], parts: list[str]
) -> None:
    assert lacks(value, *terms, language=language) == parts


def test_a_paragraph_shows_the_bound_and_the_scale_beside_a_term() -> None:
    assert lacks(count("100"), "100 trams") == []
    assert lacks(count("100"), "100 trams", paragraph="They want up to 100 trams.") == ["bound"]
    assert lacks(count("90"), "90", paragraph="It costs 90 billion euros.") == ["amount", "unit"]
    assert lacks(money("90" + BILLION), "90 billion", paragraph="It costs €90 billion.") == []


def test_a_unit_may_have_another_name_in_the_source() -> None:
    assert lacks(count("100"), "100 rames", language="fr", units=()) == ["unit"]
    assert lacks(count("100"), "100 rames", language="fr", units=(UnitNames("trams", ("rames",)),)) == []
    assert lacks(count("100", "trams per year"), "100 rames par an", language="fr") == []
    rate = (UnitNames("euros per tram", ("Euro je Bahn",)),)
    assert lacks(count("5", "euros per tram"), "5 Euro je Bahn", language="de", units=rate) == []
    assert lacks(count("5", "euros per tram"), "5 Euro je Halt", language="de", units=rate) == ["unit"]


@pytest.mark.parametrize(
    ("basis", "language", "wanted"),
    [
        ("2024 prices", "en", []),
        ("prices of 2024", "fr", []),
        ("2025 prices", "en", ["price_basis"]),
        ("2025 prices", "fr", ["price_basis"]),
        ("2\N{SUPERSCRIPT TWO}024 prices", "en", ["price_basis"]),
        ("2024/25 prices", "en", ["price_basis"]),
        ("current prices", "en", ["price_basis"]),
        ("constant prices", "en", []),
        ("constant prices", "fr", []),
    ],
)
def test_a_price_basis_has_its_year_or_its_words(basis: str, language: str, wanted: list[str]) -> None:
    term = "constant 2024 prices" if language == "en" else "euros constants de 2024"
    sum_ = Money(Decimal(90_000_000), "EUR", price_basis=basis)
    assert lacks(sum_, "€90 million", term, language=language) == wanted
    concluded = dataclasses.replace(sum_, inferred=(ValuePart.PRICE_BASIS,))
    assert lacks(concluded, "€90 million", term, language=language) == []


def test_an_instrument_has_its_word() -> None:
    loan = Money(Decimal(90_000_000_000), "EUR", instrument=Instrument.LOAN)
    assert lacks(loan, "€90 billion loan") == []
    assert lacks(loan, "€90 billion grant") == ["instrument"]
    assert lacks(loan, "90 milliards d'euros", "un prêt", language="fr") == []


def test_what_is_marked_as_inferred_is_not_missing() -> None:
    converted = Money(
        Decimal(12_500_000),
        "EUR",
        inferred=(ValuePart.AMOUNT, ValuePart.CURRENCY),
        basis="about GBP 10.8 million",
    )
    assert lacks(converted, "£10.8m") == []
    assert lacks(Quantity(Decimal(24), "cars", inferred=(ValuePart.AMOUNT,)), "4 trains of 6 cars") == []


def test_of_an_unknown_language_digits_and_signs_are_compared() -> None:
    assert lacks(money("90" + BILLION), "€90 mil milhões", language="pt") == []
    assert lacks(money("95" + BILLION), "€90 mil milhões", language="pt") == ["amount"]
    assert lacks(money("90" + BILLION, "USD"), "€90 mil milhões", language="pt") == ["currency"]
    assert lacks(count("1250"), "1.250 bondes", language="pt") == []


def test_the_same_passage_cited_twice_keeps_both_places() -> None:
    """It is read once; a finding on the second fact must not point at the first."""
    places = Place("content/facts/one.yaml", 3, 5), Place("content/facts/two.yaml", 9, 5)
    cited = [dataclasses.replace(values.evidence("report", 1, ["100 trams"]), at=at) for at in places]
    read = stated.passages(cited, values.library(sources=[values.source("report")]))
    assert [item.evidence.at for item in read] == list(places)
