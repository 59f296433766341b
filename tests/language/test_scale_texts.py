"""The scales as data: complete, in order, with their sources."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from enum import Enum
from typing import Any

import pytest

from briefing.content import ladders
from briefing.language import scale_texts, words
from briefing.language.words import Words
from briefing.model.editions import Passage, Reference, Section
from briefing.model.ladders import Status
from briefing.model.scales import Confidence, Credibility, Likelihood, Marking, Reliability
from briefing.model.values import Slug
from tests import values
from tests.values import LADDER

LANGUAGES = words.languages()
ENGLISH = Words("en")
COMMITMENTS = ladders.of_program()["commitments"]
STATUS = scale_texts.of_ladder(COMMITMENTS, ENGLISH)
SCALES: list[Iterable[Enum | Status]] = [LADDER, Confidence, Reliability, Credibility, Marking]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("steps", SCALES)
def test_every_step_has_a_meaning_of_its_own(steps: Iterable[Enum | Status], language: str) -> None:
    say = Words(language)
    meanings = [scale_texts.meaning(step, say) for step in steps]
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scale_is_listed_with_its_source_and_all_its_steps(language: str) -> None:
    scales = scale_texts.every([COMMITMENTS], Words(language))
    assert len({scale.title for scale in scales}) == len(scales)
    assert all(scale.source and len(scale.rows) >= 3 for scale in scales)
    assert [len(scale.rows) for scale in scales] == [13, 7, 3, 6, 6, 5]


def test_likelihoods_run_without_a_gap_from_one_to_ninety_nine() -> None:
    shares = (scale_texts.likelihood_range(step, ENGLISH)[1] for step in Likelihood)
    ends = [re.findall(r"\d+", share) for share in shares]
    assert ends[0][0] == "1"
    assert ends[-1][1] == "99"
    assert [one[1] for one in ends[:-1]] == [other[0] for other in ends[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_rows_of_likelihood_share_no_word(language: str) -> None:
    say = Words(language)
    first = {say.named(step) for step in Likelihood}
    second = {scale_texts.likelihood_range(step, say)[0] for step in Likelihood}
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
    cut = scale_texts.only(STATUS, {"declared intent", "announced"}, ENGLISH)
    assert [step for step, _ in cut.rows] == ["announced", "declared intent"]
    assert (
        cut.source
        == "our own ladder: ○ said or announced, △ declared, ▲ contract or money, ● delivery; 2 of 13 steps"
    )
    assert cut.title == STATUS.title


def test_grades_are_explained_where_the_scales_are_left_out() -> None:
    bare = values.edition("ferries", "ferries.deal")
    source = Reference("S1", Slug("gazette"), "Gazette", "Gazette", Reliability.F, "")
    notes = tuple(dataclasses.replace(note, grade="3: possibly true") for note in bare.notes)
    edition = dataclasses.replace(bare, references=(source,), notes=notes)
    assert scale_texts.grades(edition) == (
        "Grades by the Admiralty code: F\N{NO-BREAK SPACE}= not rated; 3\N{NO-BREAK SPACE}= possibly true."
    )
    assert scale_texts.grades(dataclasses.replace(edition, scales=(STATUS,))) == scale_texts.grades(edition)
    assert scale_texts.grades(dataclasses.replace(edition, scales=(scale_texts.RELIABILITY,))) == ""
    assert scale_texts.grades(bare) == ""


SIGNS = "¶ = paragraph"
INFERRED = "[ ] = inferred, no source states it"
OURS = "† or “our reading” = that speaker, statement or status is our inference"


@pytest.mark.parametrize(
    ("printed", "explained"),
    [
        ({}, f"{SIGNS}."),
        ({"speakers": "Ada Holm (our reading)"}, f"{SIGNS}; {OURS}."),
        ({"status": "intent (our reading): an intention"}, f"{SIGNS}; {OURS}."),
        ({"passages": (Passage("S1", Slug("gazette"), 2, "A post", "", True),)}, f"{SIGNS}; {OURS}."),
        ({"text": "A post, 14 Mar \\[2031\\] (S1 ¶2)."}, f"{SIGNS}; {INFERRED}."),
    ],
)
def test_a_sign_is_explained_where_it_is_printed(printed: dict[str, Any], explained: str) -> None:
    bare = values.edition("ferries", "ferries.deal")
    notes = tuple(dataclasses.replace(note, **printed) for note in bare.notes)
    key = scale_texts.key(dataclasses.replace(bare, notes=notes))
    assert key.replace("\N{NO-BREAK SPACE}", " ") == explained


def test_brackets_in_the_text_are_explained_and_those_of_a_link_are_not() -> None:
    bare = values.edition("ferries", "ferries.deal")
    linked, inferred = (
        dataclasses.replace(bare, sections=(Section("narrative", "", (text,)),))
        for text in ("See [the page](https://a.example).", "Signed on 14 March \\[2031\\].")
    )
    assert INFERRED not in scale_texts.key(linked).replace("\N{NO-BREAK SPACE}", " ")
    assert INFERRED in scale_texts.key(inferred).replace("\N{NO-BREAK SPACE}", " ")


def test_a_dash_is_explained_where_the_board_has_an_empty_cell() -> None:
    bare = values.edition("ferries", "ferries.deal")

    def key(role: str, text: str) -> str:
        made = dataclasses.replace(bare, sections=(Section(role, "", (text,)),))
        return scale_texts.key(made).replace("\N{NO-BREAK SPACE}", " ")

    assert "– = not reported in our texts" in key("board", "| Ferries | Lund | – | none |")
    assert "– =" not in key("board", "| Ferries | Lund | 2 – 3 | none |")
    assert "– =" not in key("narrative", "| Ferries | Lund | – | none |")


def test_grades_that_all_or_most_have_are_said_once() -> None:
    bare = values.edition("ferries", "ferries.deal", "ferries.price", "ferries.model", "ferries.date")
    grades = ("3: possibly true", "3: possibly true", "3: possibly true", "2: probably true")
    notes = tuple(
        dataclasses.replace(note, grade=grade) for note, grade in zip(bare.notes, grades, strict=True)
    )
    sources = tuple(Reference(label, Slug(label), "", "", Reliability.F, "") for label in ("S1", "S2"))
    edition = dataclasses.replace(bare, references=sources, notes=notes)
    assert scale_texts.grades(edition).replace("\N{NO-BREAK SPACE}", " ") == (
        "Grades by the Admiralty code: all sources F = not rated; "
        "statements 3 = possibly true, unless noted; 2 = probably true."
    )
