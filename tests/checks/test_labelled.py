"""The measure of the checks over prose: its sentences are sound, and the checks stay as good as they are."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from briefing.model import fact_links
from tests.labelled import sentences
from tests.labelled.sentences import (
    PRACTICE,
    PROSE_CHECKS,
    Judged,
    Labelled,
    Tally,
    alarms,
    judge,
    rounds,
    tallied,
)

ROUNDS = rounds()
AIMED_AT = ("overclaim", "bare-number", "figure-mismatch")
ENOUGH = 20
"""Number of labels from which a round says something about a check."""
WARNINGS = {"overclaim": "unqualified", "figure-mismatch": "rounded-figure"}
"""The warning that a check gives where it is less sure."""
LEAST = {"round-1": 0.95, "round-2": 0.95}
"""The precision and recall that a round must reach: those in sight while the checks were first written."""
PRECISE = 0.95
"""The precision that an overclaim, an error, must have on the round with the most of them."""
SMALL = ("attribution", "likelihood", "confirmation", "relayed", "undefined-acronym")
"""Checks that a single round has few labels for: all rounds together hold them."""
LEAST_ELSEWHERE = 0.90
LEAST_OF_ALL = 0.95


@functools.cache
def of_round(name: str) -> tuple[Labelled, ...]:
    return tuple(sentences.load(name))


@functools.cache
def judged(name: str) -> tuple[Judged, ...]:
    return tuple(judge(item) for item in of_round(name))


# ------------------------------------------------------------------------------------------ the sentences


@pytest.mark.parametrize("name", (*ROUNDS, PRACTICE))
def test_every_label_is_a_check_that_is_measured(name: str) -> None:
    assert {slug for item in of_round(name) for slug in item.expected} <= {*PROSE_CHECKS}


@pytest.mark.parametrize("name", (*ROUNDS, PRACTICE))
def test_no_sentence_is_labelled_twice(name: str) -> None:
    counted = Counter((item.subject, item.text) for item in of_round(name))
    assert [text for text, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", (*ROUNDS, PRACTICE))
def test_every_sentence_cites_facts_that_there_are(name: str) -> None:
    """An unknown fact would be passed over by every check."""
    for item in of_round(name):
        known = sentences.library_of(item.folder).facts
        assert {link.key for link in fact_links.find(item.text)} <= known.keys(), item.text


@pytest.mark.parametrize("name", ROUNDS)
def test_every_round_has_several_subjects(name: str) -> None:
    assert len({item.subject for item in of_round(name)}) >= 3


def test_there_are_sentences_enough_and_half_of_them_are_clean() -> None:
    every = [item for name in ROUNDS for item in of_round(name)]
    assert len(every) >= 300
    assert 0.4 <= sum(not item.expected for item in every) / len(every) <= 0.6


# ------------------------------------------------------------------------------------------- the checks


def no_worse(every: Sequence[Judged], least: float) -> None:
    """``python -m tests.labelled ROUND --wrong`` shows the sentences that are judged otherwise.

    What a warning says counts as found: of some overclaims, and of a figure that is only rounded.
    """
    tallies = tallied(every)
    assert tallies["overclaim"].labels >= ENOUGH, "too few sentences"
    for slug in (*AIMED_AT, "attribution"):
        tally = tallies[slug]
        if tally.labels < ENOUGH:
            continue
        assert tally.precision >= least, f"precision of {slug}"
        found = said_at_all(every, slug, WARNINGS[slug]) if slug in WARNINGS else tally
        assert found.recall >= least, f"recall of {slug}"


def said_at_all(judged: Iterable[Judged], error: str = "overclaim", warning: str = "unqualified") -> Tally:
    """How often something is found, as an error or as a warning."""
    counted = Counter(
        (error in item.labelled.expected, not {error, warning}.isdisjoint(item.found)) for item in judged
    )
    return Tally(counted[True, True], counted[False, True], counted[True, False])


@pytest.mark.parametrize("name", ROUNDS)
def test_a_round_is_judged_no_worse(name: str) -> None:
    no_worse(judged(name), LEAST.get(name, LEAST_ELSEWHERE))


def test_checks_with_few_labels_are_held_by_all_rounds_together() -> None:
    tallies = tallied(item for name in ROUNDS for item in judged(name))
    for slug in SMALL:
        assert tallies[slug].labels >= ENOUGH, slug
        assert tallies[slug].precision >= LEAST_OF_ALL, slug
        assert tallies[slug].recall >= LEAST_OF_ALL, slug


def test_an_overclaim_and_a_missing_speaker_are_hardly_ever_found_wrongly() -> None:
    tallies = tallied(judged("round-7"))
    assert tallies["overclaim"].precision >= PRECISE
    assert tallies["attribution"].precision >= PRECISE
    assert tallies["overclaim"].recall >= LEAST_OF_ALL


def test_all_rounds_together_are_judged_no_worse() -> None:
    every = [item for name in ROUNDS for item in judged(name)]
    assert all(tallied(every)[slug].labels >= ENOUGH for slug in AIMED_AT)
    no_worse(every, LEAST_OF_ALL)


def test_the_sentences_for_practice_are_judged_no_worse() -> None:
    tallies = tallied(judged(PRACTICE))
    assert tallies["overclaim"].precision >= 0.95
    assert said_at_all(judged(PRACTICE)).recall >= 0.85
    for slug in ("attribution", "relayed"):
        assert min(tallies[slug].precision, tallies[slug].recall) >= 0.9, slug


@pytest.mark.parametrize("name", ("round-7", "round-8", PRACTICE))
def test_a_neutral_mention_raises_hardly_an_alarm(name: str) -> None:
    neutral, spoken = alarms(judged(name))
    assert neutral >= 100
    assert spoken <= neutral / 10


def test_what_is_judged_otherwise_is_told_apart() -> None:
    item = Labelled("x", "A sentence.", frozenset({"overclaim", "relayed"}), sentences.FOLDER)
    one = Judged(item, {"relayed": "told", "likelihood": "told"})
    assert one.false == frozenset({"likelihood"})
    assert one.missed == frozenset({"overclaim"})
    assert tallied([one]) == {
        "likelihood": Tally(0, 1, 0),
        "overclaim": Tally(0, 0, 1),
        "relayed": Tally(1, 0, 0),
    }
    assert (Tally(3, 1, 0).precision, Tally(3, 1, 0).recall) == (0.75, 1.0)
    assert (Tally(0, 0, 2).precision, Tally(0, 0, 2).recall) == (1.0, 0.0)
