"""Figures of passages are read in the passage's language, in digits and words, with what is beside them."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from babel import numbers
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.language import source_figures, source_words
from briefing.language.source_figures import StatedFigure

LANGUAGES = ("en", "fr", "de", "uk", "ru")


def read(text: str, language: str = "en") -> tuple[StatedFigure, ...]:
    return source_figures.find(text, source_words.of_language(language))


def amounts(text: str, language: str = "en") -> list[set[Decimal]]:
    return [set(figure.amounts) for figure in read(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("en", "250 trams", "250"),
        ("en", "1,250 trams", "1250"),
        ("en", "1 250 trams", "1250"),
        ("en", "2’600 ropes", "2600"),
        ("en", "7.5 billion", "7500000000"),
        ("en", "1·5 billion", "1500000000"),
        ("en", "90bn", "90000000000"),
        ("en", "two hundred and fifty thousand crates", "250000"),
        ("en", "twenty-five thousand three hundred", "25300"),
        ("en", "a hundred and one trams", "101"),
        ("en", "two dozen tugs", "24"),
        ("en", "half a dozen boats", "6"),
        ("en", "half a million", "500000"),
        ("en", "two and a half million", "2500000"),
        ("en", "three quarters of a million", "750000"),
        ("en", "a couple of boats", "2"),
        ("en", "1/8 million", "125000"),
        ("en", "2½ tonnes", "2.5"),
        ("en", "fell by −7 percent", "-7"),
        ("fr", "quatre-vingt-dix-sept rames", "97"),
        ("fr", "soixante et onze", "71"),
        ("fr", "deux cent cinquante mille", "250000"),
        ("fr", "6,5 GW", "6.5"),
        ("fr", "3,5 Md€", "3500000000"),
        ("fr", "un demi-million", "500000"),
        ("fr", "une centaine de bateaux", "100"),
        ("fr", "1.250 bateaux", "1250"),
        ("fr", "au moins 1.250 bateaux", "1250"),
        ("fr", "moins 5 degrés", "-5"),
        ("de", "1.250 Tonnen", "1250"),
        ("de", "7,5 Mrd. Euro", "7500000000"),
        ("de", "zweihundertfünfzigtausend", "250000"),
        ("de", "einundzwanzig Schiffe", "21"),
        ("de", "anderthalb Millionen", "1500000"),
        ("de", "eine halbe Million", "500000"),
        ("de", "ein Dutzend", "12"),
        ("uk", "двісті п’ятдесят тисяч", "250000"),
        ("uk", "двохсот п'ятдесяти суден", "250"),
        ("uk", "півтора мільярда доларів", "1500000000"),
        ("uk", "півмільйона", "500000"),
        ("uk", "1 мільйон 200 тисяч", "1200000"),
        ("uk", "90 млрд", "90000000000"),
        ("ru", "двадцать один", "21"),
        ("ru", "полмиллиона", "500000"),
        ("ru", "7,5 млрд евро", "7500000000"),
    ],
)
def test_a_figure_is_read_in_its_language(language: str, text: str, amount: str) -> None:
    assert amounts(text, language)[0] == {Decimal(amount)}


@pytest.mark.parametrize(
    ("language", "text", "bounds"),
    [
        ("en", "up to 8 million drones", {"up to"}),
        ("en", "at least some 50 trams", {"at least", "about"}),
        ("en", "up to another 50", {"up to"}),
        ("en", "not less than fifty", {"at least"}),
        ("en", "US$ 5bn or more", {"at least"}),
        ("en", "more than £2bn", {"more than"}),
        ("en", "fewer than 30", {"less than"}),
        ("en", "exactly 30", set()),
        ("fr", "jusqu'à 12 bateaux", {"up to"}),
        ("fr", "plus de 2 milliards de dollars", {"more than"}),
        ("de", "bis zu 12 Boote", {"up to"}),
        ("de", "rund 50", {"about"}),
        ("uk", "до 8 мільйонів на рік", {"up to"}),
        ("uk", "близько 50", {"about"}),
        ("uk", "зросла до 7", set()),
        ("ru", "не менее трёх", {"at least"}),
        ("en", "paid over 15 years", set()),
        ("en", "within 15 years", set()),
        ("en", "over 15 ships", {"more than"}),
        ("en", "it lasted over 15 years", {"more than"}),
        ("en", "over 15 years old", {"more than"}),
        ("de", "gezahlt über 15 Jahre", set()),
        ("de", "seit über 15 Jahren", {"more than"}),
        ("fr", "plus de 15 ans", {"more than"}),
    ],
)
def test_the_words_beside_a_figure_say_how_it_is_meant(language: str, text: str, bounds: set[str]) -> None:
    assert set(read(text, language)[0].bounds) == bounds


@pytest.mark.parametrize(
    ("language", "text", "currency"),
    [
        ("en", "€90 billion", "EUR"),
        ("en", "SEK40m", "SEK"),
        ("en", "90 billion euros", "EUR"),
        ("en", "5 million Canadian dollars", "CAD"),
        ("en", "EUR -5 million", "EUR"),
        ("fr", "5 M€", "EUR"),
        ("fr", "90 milliards d'euros", "EUR"),
        ("de", "über zwei Milliarden Dollar", "USD"),
        ("uk", "п'ять мільйонів євро", "EUR"),
        ("uk", "7 млн грн", "UAH"),
        ("ru", "семи миллиардов рублей", "RUB"),
        ("en", "90 billion trees", ""),
    ],
)
def test_money_has_its_currency(language: str, text: str, currency: str) -> None:
    assert read(text, language)[0].currency == currency


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "between five and seven ships", 5, 7),
        ("en", "from 5 to 7 billion euros", 5_000_000_000, 7_000_000_000),
        ("en", "5–7 million", 5_000_000, 7_000_000),
        ("en", "5-7%", 5, 7),
        ("fr", "entre cinq et sept", 5, 7),
        ("de", "zwischen fünf und sieben", 5, 7),
        ("uk", "від 5 до 7 млн грн", 5_000_000, 7_000_000),
        ("ru", "от пяти до семи миллиардов рублей", 5_000_000_000, 7_000_000_000),
    ],
)
def test_a_range_has_two_ends(language: str, text: str, low: int, high: int) -> None:
    first, second = read(text, language)
    assert low in first.amounts
    assert first.upper == second.amounts == {Decimal(high)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "rose from 5 to 7"),
        ("fr", "est passé de 5 à 7"),
        ("ru", "выросло с 5 до 7"),
        ("en", "five and six"),
    ],
)
def test_a_change_and_a_list_are_no_range(language: str, text: str) -> None:
    assert [figure.upper for figure in read(text, language)] == [frozenset(), frozenset()]


def test_a_share_is_a_percentage_as_well() -> None:
    figure = read("a fifth of it")[0]
    assert figure.is_percent
    assert Decimal(20) in figure.amounts


@pytest.mark.parametrize("text", ["the A400M", "F-16", "COVID-19", "at 13:28", "version 3.1.4"])
def test_digits_of_a_name_or_a_time_are_no_figure(text: str) -> None:
    assert read(text) == ()


def test_digits_of_an_unknown_language_keep_every_scale() -> None:
    assert Decimal(90_000_000_000) in amounts("90 biliões", "pt")[0]
    assert amounts("7,5%", "pt") == [{Decimal("7.5")}]


@given(st.integers(0, 10**12), st.sampled_from(LANGUAGES))
@example(1250, "fr")
def test_digits_grouped_as_the_language_writes_them_are_read_back(number: int, language: str) -> None:
    text = numbers.format_decimal(number, locale=language)
    assert Decimal(number) in read(f"x {text} y", language)[0].amounts


@given(st.integers(1, 999), st.sampled_from((10**3, 10**6, 10**9)), st.sampled_from(LANGUAGES))
def test_words_of_scales_are_read_back_in_every_case(number: int, scale: int, language: str) -> None:
    text = numbers.format_compact_decimal(number * scale, format_type="long", locale=language)
    assert Decimal(number * scale) in read(text, language)[0].amounts


@given(st.integers(2, 10**6), st.sampled_from(("EUR", "USD", "GBP", "UAH")), st.sampled_from(LANGUAGES))
def test_names_of_currencies_are_read_back_in_every_case(number: int, currency: str, language: str) -> None:
    text = numbers.format_currency(
        number, currency, "#,##0 ¤¤", locale=language, format_type="name", currency_digits=False
    )
    if "$" not in text and currency in ("EUR", "UAH"):
        assert read(text, language)[0].currency == currency


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_every_figure_lies_in_it(text: str, language: str) -> None:
    found = read(text, language)
    assert all(0 <= figure.start < figure.end <= len(text) for figure in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
