"""The scales as data: complete, in order, with their sources."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

import pytest

from briefing.language import scale_texts
from briefing.model.editions import Reference, Scale
from briefing.model.scales import Confidence, Credibility, Likelihood, Marking, Reliability, Status
from briefing.model.values import Slug
from tests import values

MEANINGS: list[tuple[type[Enum], Mapping[Any, object]]] = [
    (Status, scale_texts.STATUS_MEANINGS),
    (Likelihood, scale_texts.LIKELIHOOD_RANGES),
    (Confidence, scale_texts.CONFIDENCE_MEANINGS),
    (Reliability, scale_texts.RELIABILITY_MEANINGS),
    (Credibility, scale_texts.CREDIBILITY_MEANINGS),
    (Marking, scale_texts.MARKING_MEANINGS),
]


@pytest.mark.parametrize(("steps", "meanings"), MEANINGS, ids=lambda item: getattr(item, "__name__", ""))
def test_every_step_has_its_meaning_in_the_order_of_the_scale(
    steps: type[Enum], meanings: Mapping[Enum, object]
) -> None:
    assert list(meanings) == list(steps)
    assert all(meanings.values())
    assert len(set(map(str, meanings.values()))) == len(meanings)


def test_every_scale_is_listed_with_its_source_and_all_its_steps() -> None:
    declared = [item for item in vars(scale_texts).values() if isinstance(item, Scale)]
    assert list(scale_texts.ALL) == sorted(declared, key=scale_texts.ALL.index)
    assert len({scale.title for scale in scale_texts.ALL}) == len(scale_texts.ALL)
    assert all(scale.source and len(scale.rows) >= 3 for scale in scale_texts.ALL)
    assert [len(scale.rows) for scale in scale_texts.ALL] == [12, 7, 3, 6, 6, 5]


def test_likelihoods_run_without_a_gap_from_one_to_ninety_nine() -> None:
    ends = [re.findall(r"\d+", share) for _, share in scale_texts.LIKELIHOOD_RANGES.values()]
    assert ends[0][0] == "1"
    assert ends[-1][1] == "99"
    assert [one[1] for one in ends[:-1]] == [other[0] for other in ends[1:]]


def test_the_two_rows_of_likelihood_share_no_word() -> None:
    first = {str(step) for step in scale_texts.LIKELIHOOD_RANGES}
    second = {word for word, _ in scale_texts.LIKELIHOOD_RANGES.values()}
    assert not first & second
    assert len(second) == 7


def test_markings_carry_their_prefix_and_are_not_translated() -> None:
    assert [step for step, _ in scale_texts.MARKING.rows] == [
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
    ]


def test_a_scale_cut_down_says_how_much_of_it_is_shown() -> None:
    cut = scale_texts.only(scale_texts.STATUS, {"intent", "announced"})
    assert [step for step, _ in cut.rows] == ["announced", "intent"]
    assert cut.source == "our own ladder: ○ said, △ intended, ▲ binding, ● under way or done; 2 of 12 steps"
    assert cut.title == scale_texts.STATUS.title


def test_grades_are_explained_where_the_scales_are_left_out() -> None:
    bare = values.edition("ferries", "ferries.deal")
    source = Reference("S1", Slug("gazette"), "Gazette", "Gazette", Reliability.F, "")
    notes = tuple(dataclasses.replace(note, grade="3: possibly true") for note in bare.notes)
    edition = dataclasses.replace(bare, references=(source,), notes=notes)
    assert scale_texts.grades(edition) == (
        "Grades by the Admiralty code: F\N{NO-BREAK SPACE}= reliability cannot be judged; "
        "3\N{NO-BREAK SPACE}= possibly true."
    )
    assert scale_texts.grades(dataclasses.replace(edition, scales=(scale_texts.STATUS,))) == ""
    assert scale_texts.grades(bare) == ""


@pytest.mark.parametrize(
    ("printed", "explained"),
    [
        (("", ""), ""),
        (("Ada Holm (our reading)", ""), "beside a name: no passage names that speaker."),
        (("", "intent (our reading): an intention"), "beside a status: no passage names that status."),
        (
            ("Ada Holm (our reading)", "intent (our reading): an intention"),
            "beside a name or a status: no passage names that speaker or that status.",
        ),
    ],
)
def test_a_reading_of_ours_is_explained_where_one_is_printed(
    printed: tuple[str, str], explained: str
) -> None:
    bare = values.edition("ferries", "ferries.deal")
    speakers, status = printed
    notes = tuple(dataclasses.replace(note, speakers=speakers, status=status) for note in bare.notes)
    key = scale_texts.key(dataclasses.replace(bare, notes=notes))
    assert key == f"{scale_texts.KEY} “Our reading” {explained}" if explained else key == scale_texts.KEY
