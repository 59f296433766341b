"""Where a term stands: literally, in other signs, elsewhere, or nowhere with the nearest words."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.sources import term_matching
from briefing.sources.term_matching import Match, TermDifference
from tests.conftest import tries

ODD = "‘’“”«»‐‑–—−\u00ad\u200b\u200d\u00a0\u2009\u202f ﬁÅＡé½²ᅡ한\u0301\u0308'\"-a1,. \u09c7\u09be\uff9e\u30ab"
"""Signs that look alike, vanish, melt together or stand for several."""
TEXTS = st.text() | st.text(st.sampled_from(ODD))


def words_of(text: str, term: str) -> Match | None:
    return term_matching.find(term, text)


# ------------------------------------------------------------------------------------------- paragraphs


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert term_matching.paragraphs("one\n\n  \ntwo\r\nthree") == ("one", "two", "three")


def test_mark_of_the_encoding_is_no_word() -> None:
    assert term_matching.paragraphs("\ufeffone\n") == ("one",)
    assert term_matching.paragraphs("\ufeff\n") == ()


def test_blanks_alone_are_no_paragraph_but_keep_their_place_within_one() -> None:
    assert term_matching.paragraphs("\u00a0\n one  two \n") == (" one  two ",)


# ---------------------------------------------------------------------------------------------- finding


def test_a_term_that_stands_there_is_found_as_it_is() -> None:
    assert words_of("A letter of intent.", "letter of intent") == Match("letter of intent")


@pytest.mark.parametrize(
    ("text", "term", "differences"),
    [
        ("the maker’s price", "maker's price", (TermDifference.QUOTATION,)),
        ("the maker's price", "maker’s price", (TermDifference.QUOTATION,)),
        ("a „first“ step", 'a "first" step', (TermDifference.QUOTATION,)),
        ("co‑production", "co-production", (TermDifference.DASH,)),
        ("2026–2027", "2026-2027", (TermDifference.DASH,)),
        ("90\u00a0billion euros", "90 billion euros", (TermDifference.BLANK,)),
        ("90\u202fbillion  euros", "90 billion euros", (TermDifference.BLANK,)),
        ("co\u00adope\u200bration", "cooperation", (TermDifference.INVISIBLE,)),
        ("nai\u0308ve", "naïve", (TermDifference.FORM,)),
        ("the \ufb01rst", "the first", (TermDifference.FORM,)),
        (
            "the maker’s “first”\u00a0co‑production",
            'maker\'s "first" co-production',
            (TermDifference.QUOTATION, TermDifference.DASH, TermDifference.BLANK),
        ),
    ],
)
def test_what_had_to_be_overlooked_is_named_and_no_more(
    text: str, term: str, differences: tuple[TermDifference, ...]
) -> None:
    match = words_of(text, term)
    assert match
    assert match.differences == differences
    assert match.words in text
    assert words_of(text, match.words) == Match(match.words)


@pytest.mark.parametrize(
    "term", ["Letter of intent", "letters of intent", "letter  of", "intent letter", "x"]
)
def test_words_and_their_case_are_never_overlooked(term: str) -> None:
    match = words_of("A letter of intent.", term)
    assert match is None or match.differences == (TermDifference.BLANK,)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1,100 aircraft", "100 aircraft"),
        ("100,000", "100"),
        ("up to 80", "up to 8"),
        ("4.5", "5"),
        ("2.5", "2"),
    ],
)
def test_a_figure_is_not_found_within_a_longer_one(text: str, term: str) -> None:
    assert words_of(text, term) is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("an unsigned contract", "signed contract"),
        ("a deal is unlikely this year", "likely this year"),
        ("they disagreed", "agreed"),
        ("Nigerian ports", "Niger"),
        ("a non-binding agreement", "binding agreement"),
        ("long-term loans", "term loans"),
        ("the signed-off plan", "signed"),
        ("it can't deliver", "can"),
        ("непідписаний договір", "підписаний договір"),
        ("ein unterzeichneter Vertragsentwurf", "Vertrag"),
        ("inacceptable", "acceptable"),
    ],
)
def test_a_word_is_not_found_within_a_longer_one(text: str, term: str) -> None:
    assert words_of(text, term) is None
    assert term_matching.locate(term, [text], 1).inside != ""


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1 250 trams", "250 trams"),
        ("1\u00a0250 trams", "250 trams"),
        ("2’600 ropes", "600 ropes"),
        ("costs 1·5 billion", "5 billion"),
        ("1/8 million", "8 million"),
        ("fell by −7 percent", "7 percent"),
        ("fell by -7 percent", "7 percent"),
        ("in the 2020s", "2020"),
        ("$2020.50", "2020"),
        ("at 13:28", "28"),
        ("100² tugs", "1002 tugs"),
        ("½ of it", "12 of it"),
    ],
)
def test_a_figure_is_found_whole_and_with_its_minus(text: str, term: str) -> None:
    assert words_of(text, term) is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Norrvik’s ports", "Norrvik"),
        ("l’accord est signé", "accord est signé"),
        ("Brisk-30 tugs", "Brisk"),
        ("from 5-7 percent", "7 percent"),
        ("in 2025 100 tugs", "100 tugs"),
        ("(12 tugs)", "12 tugs"),
        ("合同签署了", "签署"),
        ("4.5-generation cars", "4.5"),
    ],
)
def test_a_word_beside_marks_or_at_the_head_of_a_compound_is_whole(text: str, term: str) -> None:
    assert words_of(text, term) is not None


def test_a_figure_is_found_before_the_end_of_a_sentence_and_beside_letters() -> None:
    assert words_of("There are 100, or so. In 2026.", "100")
    assert words_of("There are 100, or so. In 2026.", "In 2026")
    assert words_of("an F-16 and an F16", "F16")
    assert words_of("1,100 and 100 aircraft", "100 aircraft")


def test_every_place_of_a_term_is_told() -> None:
    assert term_matching.spans("a’s", "a’s and a’s") == [(0, 3), (8, 11)]
    assert term_matching.spans("a's", "a’s and a’s") == [(0, 3), (8, 11)]
    assert term_matching.spans("10", "10, 110 and 10") == [(0, 2), (12, 14)]
    assert term_matching.spans("b", "a") == []


# --------------------------------------------------------------------------------------------- locating

TEXT = ("A letter of intent was signed.", "No contract was signed.", "The letter of intent is short.")


def test_a_term_that_is_elsewhere_is_told_with_all_its_places() -> None:
    location = term_matching.locate("letter of intent", TEXT, 2)
    assert location.match is None
    assert location.elsewhere == (1, 3)


def test_nothing_is_looked_for_elsewhere_where_the_term_is_there() -> None:
    location = term_matching.locate("letter of intent", TEXT, 3)
    assert location.match
    assert location.elsewhere == ()
    assert location.nearest == ""


@pytest.mark.parametrize("wanted", [0, 4, 99])
def test_a_paragraph_that_is_not_there_holds_nothing(wanted: int) -> None:
    location = term_matching.locate("letter of intent", TEXT, wanted)
    assert location.match is None
    assert location.elsewhere == (1, 3)
    assert location.nearest == ""


@pytest.mark.parametrize(
    ("term", "nearest", "is_case"),
    [
        ("A letter of Intent", "A letter of intent", True),
        ("a Letter of Intent", "A letter of intent", True),
        ("letter of intention", "letter of intent", False),
        ("leter of intent was", "letter of intent was", False),
        ("purchase order", "", False),
    ],
)
def test_the_nearest_words_are_offered(term: str, nearest: str, is_case: bool) -> None:
    location = term_matching.locate(term, TEXT, 1)
    assert (location.nearest, location.differs_in_case) == (nearest, is_case)
    assert location.nearest_in == (1 if nearest else 0)


def test_the_nearest_words_of_another_paragraph_are_offered_where_this_one_has_none() -> None:
    location = term_matching.locate("No contracts were signed", ("Nothing of the kind.", *TEXT), 1)
    assert (location.nearest, location.nearest_in) == ("No contract was signed", 3)
    assert term_matching.locate("letter", ("Nothing.", *TEXT), 1).nearest == ""


def test_terms_stand_together_only_where_all_of_them_do() -> None:
    assert term_matching.containing(("letter", "signed"), TEXT) == (1,)
    assert term_matching.containing(("signed",), TEXT) == (1, 2)
    assert term_matching.containing(("letter", "contract"), TEXT) == ()


# ------------------------------------------------------------------------------------------- properties


@given(TEXTS)
@example("e\u200b\u0301")
@example("ᄒ\u00adᅡ")
@settings(max_examples=tries(400))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = term_matching.normalised(text)
    assert term_matching.normalised(once) == once


@given(TEXTS)
def test_nothing_is_normalised_that_is_not_to_be_overlooked(text: str) -> None:
    assert term_matching.normalised(text, ()) == text


@given(TEXTS, st.data())
def test_words_cut_from_a_paragraph_are_always_found_in_it(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    term = " ".join(words[first : last + 1])
    if term:
        assert term_matching.find(term, text) == Match(term)
        assert term_matching.locate(term, (text,), 1).match
        assert term_matching.spans(term, text)


ONE_KIND = [{kind} for kind in TermDifference if kind is not TermDifference.FORM]


@given(TEXTS, st.sampled_from([term_matching.ALL, *ONE_KIND]))
@settings(max_examples=tries(300))
def test_a_text_in_other_signs_is_found_as_it_stands(text: str, overlooked: set[TermDifference]) -> None:
    term = term_matching.normalised(text, overlooked).strip()
    if term:
        match = term_matching.find(term, text)
        assert match
        assert match.words in text


@given(st.lists(TEXTS, max_size=4), TEXTS, st.integers(0, 5))
def test_locating_never_fails(texts: list[str], term: str, wanted: int) -> None:
    location = term_matching.locate(term, texts, wanted)
    assert all(0 < number <= len(texts) for number in location.elsewhere)
