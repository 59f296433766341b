"""Speakers who are named and say nothing, others who speak in their place, and judgements in our voice."""

from __future__ import annotations

import pytest

from tests.labelled.sentences import FOLDER, Labelled, judge

TERMINAL = FOLDER / "round-18/ferry-terminal-privatisation"
"""A subject in which the Dockers League says how many jobs would be lost, and Tollman is a firm."""
JOBS = "[more than 240 jobs](fact:main.losses)"


def found_in(text: str) -> set[str]:
    """The checks of speakers that speak on a sentence."""
    found = judge(Labelled("terminal", text, frozenset(), TERMINAL)).found
    return {"attribution", "unclear-speaker"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        f"Not the Dockers League but a harbour pilot says that {JOBS} would go.",
        f"Asked by the Dockers League, a harbour pilot answered that {JOBS} would go.",
        f"Over the Dockers League's protest, the owners say that {JOBS} would go.",
        f"What the Dockers League would not say, Tollman did: {JOBS} would go.",
        f"In a letter that reached the Dockers League, the owners speak of {JOBS}.",
        f"{JOBS} would go, a supplier told his bank.",
    ],
)
def test_who_is_asked_denied_or_overruled_is_no_speaker(text: str) -> None:
    assert found_in(text) == {"attribution"}


@pytest.mark.parametrize(
    "text",
    [
        f"It was the Dockers League, and not the bank, who spoke of {JOBS}.",
        f"It is on the Dockers League's authority that {JOBS} are said to go.",
        f'"{JOBS}, and not one fewer": thus the Dockers League on what the sale would cost.',
        f"Asked by a reporter, the Dockers League says that {JOBS} would go.",
        f"The Dockers League has told its members that {JOBS} would go.",
    ],
)
def test_a_speaker_may_be_named_in_many_ways(text: str) -> None:
    assert found_in(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Tollman, sadly, says that [the stake](fact:main.stake) is to be sold.",
        "A scandal by the sea: the city announces that it intends to sell [the stake](fact:main.stake).",
        "To the city's lasting credit, it intends to sell [the stake](fact:main.stake).",
        "Rarely was a town so foolish as the city, which announces [the stake](fact:main.stake).",
    ],
)
def test_a_judgement_beside_a_verb_of_saying_is_ours(text: str) -> None:
    assert found_in(text) == {"attribution"}


def test_a_judgement_that_somebody_else_makes_is_theirs() -> None:
    text = "For some [the stake](fact:main.stake) that the city intends to sell is folly."
    assert found_in(text) == set()
