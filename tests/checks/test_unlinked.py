"""Figures in no link: some of the things of a link are the subject's, ages and labels are nobody's."""

from __future__ import annotations

import pytest

from tests.labelled.sentences import FOLDER, Labelled, judge

AIRPORT = FOLDER / "round-9/airport"
"""A subject with a plan for aircraft stands, baggage belts and a guarantee that is requested."""
BELTS, GUARANTEE = "(fact:site.belts)", "(fact:ledger.guarantee)"


def figures_in(text: str) -> set[str]:
    """The checks of figures in no link that speak on a sentence."""
    found = judge(Labelled("airport", text, frozenset(), AIRPORT)).found
    return {"bare-number", "possible-number"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        f"Of [the belts]{BELTS}, seven have been repainted.",
        f"Out of [the belts]{BELTS} delivered, five were allotted to the west hall.",
        f"The clerk counted them again; of all [the belts]{BELTS}, four were missing.",
    ],
)
def test_some_of_the_things_of_a_link_are_figures_of_the_subject(text: str) -> None:
    assert figures_in(text) == {"bare-number"}


def test_texts_at_hand_are_not_counted_as_the_things_of_a_link() -> None:
    assert figures_in(f"Of the texts on [the belts]{BELTS}, two name a price.") == set()


@pytest.mark.parametrize(
    "text",
    [
        f"At 58, the chairman says, he is too old to wait for [the guarantee]{GUARANTEE}.",
        f"At fifty-three, its treasurer hopes for [the guarantee]{GUARANTEE}.",
        f"An aunt of eighty-eight is practising her speech on [the guarantee]{GUARANTEE}.",
        f"The envoy, who left office at sixty-nine, asked about [the guarantee]{GUARANTEE}.",
        f"Slides 4, 5 and 7 dealt with [the guarantee]{GUARANTEE}.",
        f"Flat 9 has a view of [the guarantee]{GUARANTEE} on a poster.",
        f"A beekeeper of 81 loses sleep over [the guarantee]{GUARANTEE}.",
        f"A retired postman, ninety next birthday, has opinions on [the guarantee]{GUARANTEE}.",
        f"The envoy, who at 74 still climbs ladders, asked about [the guarantee]{GUARANTEE}.",
        f"At 83, with a stick in each hand, its treasurer asked about [the guarantee]{GUARANTEE}.",
        f"A class of fifteen-year-olds with notebooks discussed [the guarantee]{GUARANTEE}.",
        f"A sprightly 71, the chairman asked about [the guarantee]{GUARANTEE}.",
        f"The porters lost, 2-1, and spoke of [the guarantee]{GUARANTEE} afterwards.",
        f"Two winegrowers quarrelled about [the guarantee]{GUARANTEE}.",
        f"The crossword has [the guarantee]{GUARANTEE} at 7 down.",
    ],
)
def test_ages_and_labels_are_said_in_passing(text: str) -> None:
    assert figures_in(text) == set()


def test_a_rough_number_of_onlookers_may_be_one() -> None:
    assert figures_in(f"Twenty-odd onlookers heard of [the guarantee]{GUARANTEE}.") == {"possible-number"}


@pytest.mark.parametrize(
    "text",
    [
        f"[The guarantee]{GUARANTEE} was asked for to the sound of two brass bands.",
        f"She had to ask three times about [the guarantee]{GUARANTEE}.",
        f"Letters to the editor: two for, three against [the guarantee]{GUARANTEE}.",
        f"The talks on [the guarantee]{GUARANTEE} took four pots of coffee.",
        f"[The guarantee]{GUARANTEE} has a page and a half in her memoirs.",
    ],
)
def test_what_belongs_to_the_scene_may_be_no_figure(text: str) -> None:
    assert figures_in(text) == {"possible-number"}


@pytest.mark.parametrize(
    "text",
    [
        f"Of those who pay for [the guarantee]{GUARANTEE}, nobody is under seven.",
        f"[The guarantee]{GUARANTEE}, as the state is asked for it, is the second instalment of four.",
        f"[The belts]{BELTS} would stop every ten minutes.",
        f"[The belts]{BELTS} would carry four times as much as the old ones.",
        f"Under [the guarantee]{GUARANTEE} the port is to berth eleven tugs.",
    ],
)
def test_limits_parts_of_a_series_and_multiples_are_figures(text: str) -> None:
    assert figures_in(text) == {"bare-number"}
