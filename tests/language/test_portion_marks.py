"""Portion marks: which part of a text a mark is of, and what is left when parts are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import portion_marks
from briefing.model import fact_links
from briefing.model.findings import Place
from briefing.model.scales import Marking
from briefing.model.values import Placed, place_of

AT = Place("content/briefs/letter.md", 10, 1)


def marks(text: str) -> list[tuple[str, str]]:
    """The parts of a text, each by its first word of letters, with its marking."""
    return [
        (text[part.start : part.end].strip().split()[-1], part.marking.value)
        for part in portion_marks.portions(text)
    ]


def left(text: str, level: Marking = Marking.CLEAR) -> str:
    return portion_marks.seen(text, lambda part: not level < part.marking)


def test_a_mark_is_of_its_paragraph_alone() -> None:
    assert marks("One\n\n(TLP:AMBER) two\n\n(TLP:AMBER+STRICT) three\n\nfour\n") == [
        ("One", "CLEAR"),
        ("two", "AMBER"),
        ("three", "AMBER+STRICT"),
        ("four", "CLEAR"),
    ]


def test_a_mark_in_a_heading_is_of_all_below_it() -> None:
    text = "# (TLP:GREEN) A\n\none\n\n## (TLP:RED) B\n\ntwo\n\n## C\n\nthree\n\n# D\n\nfour"
    assert [marking for _, marking in marks(text)] == [
        *("GREEN", "GREEN", "RED", "RED"),
        *("GREEN", "GREEN", "CLEAR", "CLEAR"),
    ]


@pytest.mark.parametrize(
    "text",
    ["- (TLP:AMBER) one\n- two\n\n- three", "> (TLP:AMBER) one\n> two", "1. (TLP:AMBER) one\n\n   two"],
)
def test_a_list_or_quotation_is_one_part(text: str) -> None:
    assert [part.marking for part in portion_marks.portions(text)] == [Marking.AMBER]
    assert left(text) == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("One\n\n(TLP:RED) two\n\nThree\n", "One\n\nThree\n"),
        ("(TLP:RED) two\n\nThree\n", "Three\n"),
        ("One\n\n(TLP:RED) two\n", "One\n"),
        ("One\n\n## A\n\n(TLP:RED) two\n", "One\n"),
        ("## A\n\n### B\n\n(TLP:RED) two\n\n## C\n\nThree", "## C\n\nThree"),
        ("## An empty one\n\n## C\n\nThree", "## An empty one\n\n## C\n\nThree"),
        ("(TLP:RED) two\n", ""),
        ("", ""),
    ],
)
def test_what_is_left_is_what_the_author_would_have_left(text: str, rest: str) -> None:
    assert left(text) == rest


def test_a_text_that_was_cut_knows_its_places_and_not_what_was_cut() -> None:
    text = "One\n\n(TLP:RED) two\n\nThree [so](fact:drones.letter)\n"
    cut = left(Placed(text, AT, text))
    assert isinstance(cut, Placed)
    assert "two" not in cut.raw
    assert fact_links.place_at(cut, cut.index("Three"), place_of(cut, AT)) == Place(AT.path, 14, 1)
    assert fact_links.place_at(cut, cut.index("[so]"), place_of(cut, AT)) == Place(AT.path, 14, 7)


@given(st.lists(st.sampled_from(["", "(TLP:RED) ", "## ", "- ", "(TLP:AMBER) "]), max_size=7))
def test_what_is_left_is_left_again(begins: list[str]) -> None:
    text = "\n\n".join(f"{begin}Words {number}" for number, begin in enumerate(begins))
    once = left(text)
    assert left(once) == once
    assert "TLP:RED" not in once


def test_what_marks_nothing_is_found() -> None:
    text = (
        "One (TLP:RED) two\n\n(TLP: RED) three\n\n- a\n- (tlp:amber) b\n\n`(TLP:RED)`\n\n~~~\n(TLP:RED)\n~~~"
    )
    assert [words for _, words in portion_marks.misplaced(text)] == ["(TLP:RED)", "(TLP: RED)", "(tlp:amber)"]
