"""The scales as data: complete, in order, with their sources."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

import pytest

from briefing import scales
from briefing.model import (
    Confidence,
    Credibility,
    Likelihood,
    Marking,
    Reference,
    Reliability,
    Scale,
    Slug,
    Status,
)
from tests import values

MEANINGS: list[tuple[type[Enum], Mapping[Any, object]]] = [
    (Status, scales.STATUS_MEANINGS),
    (Likelihood, scales.LIKELIHOOD_RANGES),
    (Confidence, scales.CONFIDENCE_MEANINGS),
    (Reliability, scales.RELIABILITY_MEANINGS),
    (Credibility, scales.CREDIBILITY_MEANINGS),
    (Marking, scales.MARKING_MEANINGS),
]


@pytest.mark.parametrize(("steps", "meanings"), MEANINGS, ids=lambda item: getattr(item, "__name__", ""))
def test_every_step_has_its_meaning_in_the_order_of_the_scale(
    steps: type[Enum], meanings: Mapping[Enum, object]
) -> None:
    assert list(meanings) == list(steps)
    assert all(meanings.values())
    assert len(set(map(str, meanings.values()))) == len(meanings)


def test_every_scale_is_listed_with_its_source_and_all_its_steps() -> None:
    declared = [item for item in vars(scales).values() if isinstance(item, Scale)]
    assert list(scales.ALL) == sorted(declared, key=scales.ALL.index)
    assert len({scale.title for scale in scales.ALL}) == len(scales.ALL)
    assert all(scale.source and len(scale.rows) >= 3 for scale in scales.ALL)
    assert [len(scale.rows) for scale in scales.ALL] == [12, 7, 3, 6, 6, 5]


def test_likelihoods_run_without_a_gap_from_one_to_ninety_nine() -> None:
    ends = [re.findall(r"\d+", share) for _, share in scales.LIKELIHOOD_RANGES.values()]
    assert ends[0][0] == "1"
    assert ends[-1][1] == "99"
    assert [one[1] for one in ends[:-1]] == [other[0] for other in ends[1:]]


def test_the_two_rows_of_likelihood_share_no_word() -> None:
    first = {str(step) for step in scales.LIKELIHOOD_RANGES}
    second = {word for word, _ in scales.LIKELIHOOD_RANGES.values()}
    assert not first & second
    assert len(second) == 7


def test_markings_carry_their_prefix_and_are_not_translated() -> None:
    assert [step for step, _ in scales.MARKING.rows] == [
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
    ]


def test_a_scale_cut_down_says_how_much_of_it_is_shown() -> None:
    cut = scales.only(scales.STATUS, {"intent", "announced"})
    assert [step for step, _ in cut.rows] == ["announced", "intent"]
    assert cut.source == "our own ladder: ○ said, △ intended, ▲ binding, ● under way or done; 2 of 12 steps"
    assert cut.title == scales.STATUS.title


def test_grades_are_explained_where_the_scales_are_left_out() -> None:
    bare = values.edition("ferries", "ferries.deal")
    source = Reference("S1", Slug("gazette"), "Gazette", "Gazette", Reliability.F, "")
    notes = tuple(dataclasses.replace(note, grade="3: possibly true") for note in bare.notes)
    edition = dataclasses.replace(bare, references=(source,), notes=notes)
    assert scales.grades(edition) == (
        "Grades by the Admiralty code: F\N{NO-BREAK SPACE}= reliability cannot be judged; "
        "3\N{NO-BREAK SPACE}= possibly true."
    )
    assert scales.grades(dataclasses.replace(edition, scales=(scales.STATUS,))) == ""
    assert scales.grades(bare) == ""


def test_a_reading_of_ours_is_explained_where_one_is_printed() -> None:
    bare = values.edition("ferries", "ferries.deal")
    assert scales.key(bare) == scales.KEY
    notes = tuple(dataclasses.replace(note, speakers="Ada Holm (our reading)") for note in bare.notes)
    assert scales.key(dataclasses.replace(bare, notes=notes)) == f"{scales.KEY} {scales.OUR_READING}"
