"""Which units are those of rates, in every language that has words; their amounts are never added."""

from __future__ import annotations

from decimal import Decimal

import pytest

from briefing.checks.rows import series
from briefing.content import derived
from briefing.language import rates, source_words
from briefing.model.facts import Computed
from briefing.model.scales import FigureKind
from briefing.model.values import Key, Money, Quantity
from tests import values
from tests.checkcases import rows

RATES = {
    "en": (
        "per cent", "percentage points", "per cent of GDP", "degrees", "degrees Celsius", "price index",
        "index (2020 = 100)", "ratio", "tonnes per year", "parts per kit", "tonnes a year",
        "passengers-per-hour", "flights daily", "deaths in 1,000", "mph",
    ),
    "fr": (
        "pour cent", "tonnes par an", "points de pourcentage", "euros de l'heure", "habitants par km²",
        "indice des prix", "naissances pour 1 000 habitants", "kilomètres à l’heure",
    ),
    "de": (
        "Prozent", "Euro je Stunde", "Tonnen pro Jahr", "Kilometer die Stunde", "Preisindex", "Grad Celsius",
        "Fälle auf 100 000 Einwohner", "Besucher täglich", "Prozentpunkte",
    ),
    "uk": (
        "відсотків", "тонн на рік", "осіб на км²", "грн за літр", "градусів Цельсія", "відсоткових пунктів",
        "випадків на 100 тисяч населення", "індекс цін", "рейсів щодня",
    ),
    "ru": (
        "процентов", "тонн в год", "рублей за кубометр", "человек на квадратный километр",
        "процентных пунктов", "индекс цен", "рейсов ежедневно",
    ),
    "": ("%", "‰", "°C", "km/h", "m s⁻¹"),
}  # fmt: skip
COUNTED = (
    "index cards", "degree courses", "paper rolls", "permits", "percussionists", "ratio charts", "ferries",
    "iPad Pro tablets", "seats in 12 coaches", "MWh", "tonnes", "Jeans", "Jets", "Projekte", "Prozesse",
    "Gradierwerke", "parpaings", "parcs", "colis par avion", "points de vente", "indicateurs", "насосів",
    "наметів", "навчальних місць", "квитків на потяг", "насосов", "вагонов в пути", "процентных ставок",
    "відсоткових ставок", "",
)  # fmt: skip
OF_RATES = [unit for units in RATES.values() for unit in units]


def amount(unit: str) -> Quantity:
    return Quantity(Decimal(3), unit)


def test_every_language_of_sources_is_tried() -> None:
    assert set(RATES) - {""} == set(source_words.languages())


@pytest.mark.parametrize("unit", OF_RATES)
def test_amounts_of_a_rate_are_never_added(unit: str) -> None:
    one, other = (values.fact(f"drones.{name}", value=amount(unit)) for name in ("one", "other"))
    assert rates.is_rate(amount(unit))
    assert not rates.can_be_added([amount(unit), amount(unit)])
    message, _ = derived.refusal(Computed(total=(Key("drones.one"), Key("drones.other"))), [one, other])
    assert message == "takes drones.one, which is a rate or a share, and these add up to nothing"


@pytest.mark.parametrize("unit", COUNTED)
def test_what_only_looks_like_a_rate_is_added(unit: str) -> None:
    one, other = (values.fact(f"drones.{name}", value=amount(unit)) for name in ("one", "other"))
    assert rates.can_be_added([amount(unit), amount(unit)])
    assert derived.refusal(Computed(total=(Key("drones.one"), Key("drones.other"))), [one, other]) == ("", "")


@pytest.mark.parametrize("unit", [*OF_RATES, *COUNTED])
def test_bars_of_rates_are_not_stacked(unit: str) -> None:
    found = series(rows.drawn(amount(unit), amount(unit), figure=FigureKind.STACKED).subject)
    assert [f"amounts in '{unit}' add up to nothing" in item.message for item in found] == (
        [True] if unit in OF_RATES else []
    )


def test_a_price_for_each_is_a_rate_and_money_is_none() -> None:
    assert rates.is_rate(Money(Decimal(3), "EUR", per="MWh"))
    assert rates.is_rate(Quantity(Decimal(3), "Fahrten", per="Tag"))
    assert rates.can_be_added([Money(Decimal(3), "EUR"), Money(Decimal(4), "EUR")])
    assert not rates.can_be_added([Money(Decimal(3), "EUR"), Money(Decimal(4), "USD")])
