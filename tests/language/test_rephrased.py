"""Figures said in a roundabout way, and what they are when said plainly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from briefing.language import lexicon, quantities, rephrased

ENGLISH = lexicon.of_language("en")
assert ENGLISH


def plain(words: str, per: str = "", amount: str = "1") -> list[str]:
    assert ENGLISH
    return list(rephrased.plainly(words, ENGLISH, frozenset({per}), Decimal(amount)))


@pytest.mark.parametrize(
    ("words", "per", "said"),
    [
        ("a quarter of a million tonnes", "", "250000 tonnes"),
        ("a dozen and a half trams", "", "18 trams"),
        ("four trams every quarter of an hour", "hour", "16 trams per hour"),
        ("thirteen workers for every five pensioners", "pensioner", "2.6 workers per pensioners"),
        ("five slots a day", "week", "35 slots a week"),
        ("five thousand tonnes a month", "year", "60000 tonnes a year"),
    ],
)
def test_a_roundabout_figure_is_worked_out(words: str, per: str, said: str) -> None:
    assert said in plain(words, per)


@pytest.mark.parametrize("words", ["four trams an hour", "a dozen trams", "every tram of the four"])
def test_a_plain_figure_stays_as_it_is(words: str) -> None:
    assert plain(words, "hour") == []


def test_a_year_has_no_whole_number_of_weeks() -> None:
    assert plain("about four trams a week", "year", "200") == ["about 200 trams a year"]
    assert plain("about five trams a week", "year", "200") != ["about 200 trams a year"]
    assert plain("four trams a week", "year", "200") != ["200 trams a year"]


@pytest.mark.parametrize(
    ("words", "amount", "is_rounded"),
    [
        ("nearly 22,000 trams", "21700", True),
        ("nearly 22,000 trams", "22300", False),
        ("nearly 20 trams", "18", False),
        ("22,000 trams", "21700", False),
        ("about 119 million trams", "118500000", True),
        ("about 42,000 trams", "41500", False),
    ],
)
def test_a_rounded_figure_says_so_and_is_near(words: str, amount: str, is_rounded: bool) -> None:
    assert ENGLISH
    (figure,) = quantities.find(words, ENGLISH)
    before = words[: figure.start]
    assert rephrased.is_rounded(figure, before, Decimal(amount), ENGLISH) is is_rounded
