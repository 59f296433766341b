"""Names are in the order in which a reader looks for them."""

from __future__ import annotations

import pytest

from briefing.language.order import natural


@pytest.mark.parametrize(
    "names",
    [
        ["Brief 2", "Brief 10", "Brief 100"],
        ["2 tugs", "12 tugs", "A tug"],
        ["F-2", "F-16", "F-16B"],
        ["Ecole", "École", "Edward", "Été", "Zoo"],
        ["oar", "œuvre", "offer"],
        ["łódź", "Lublin"],
        ["иск", "ікра", "йод"],
        ["гай", "ґанок", "дім"],
    ],
)
def test_names_are_in_natural_order(names: list[str]) -> None:
    assert sorted({*names}, key=natural) == names


def test_accents_and_capitals_count_only_between_names_that_are_otherwise_the_same() -> None:
    assert natural("été")[0] == natural("Ete")[0]
    assert natural("été") != natural("Ete")


def test_a_mark_that_makes_another_letter_is_no_accent() -> None:
    assert natural("йод")[0] != natural("иод")[0]
