"""What a sentence says has happened, and what takes it back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import lexicon
from briefing.language.status_claims import StatusClaim, ladder_of
from briefing.model.scales import Degree

ENGLISH = lexicon.of_language("en")
assert ENGLISH
LADDER = ladder_of(ENGLISH)


def said(text: str) -> list[tuple[str, str]]:
    """The words of a sentence that claim a rung, with the rung's status."""
    return [(text[item.start : item.end], list(Degree)[item.rung - 1].value) for item in heard(text)]


def heard(text: str) -> list[StatusClaim]:
    return sorted(LADDER.said(text), key=lambda item: item.start)


SAID = {
    "Norrvik has ordered four ferries.": ("has ordered", "contracted"),
    "Four ferries were bought by Norrvik.": ("bought", "contracted"),
    "Norrvik signed a contract for ferries.": ("signed a contract", "contracted"),
    "The two sides agreed on ferries.": ("agreed", "agreed"),
    "The yard will deliver four ferries.": ("will deliver", "agreed"),
    "The yard is building four ferries.": ("is building", "in-production"),
    "The yard has delivered two ferries.": ("delivered", "delivering"),
    "The yard has delivered all ferries.": ("delivered", "delivered"),
    "Four ferries are in service.": ("in service", "in-service"),
    "Norrvik has pledged four ferries.": ("pledged", "announced"),
    "NORRVIK HAS ORDERED FERRIES.": ("HAS ORDERED", "contracted"),
    "Norrvik has\u00a0ordered ferries.": ("has\u00a0ordered", "contracted"),
}


@pytest.mark.parametrize("text", SAID)
def test_words_claim_a_rung(text: str) -> None:
    assert SAID[text] in said(text)


TAKEN_BACK = [
    # Denied.
    "Norrvik has not ordered ferries.",
    "Nobody has ordered ferries.",
    "No contract was signed.",
    "Norrvik has yet to order ferries.",
    # Wished for, planned, possible.
    "Norrvik wants to have ordered ferries.",
    "Norrvik intends to buy ferries.",
    "Ferries may be ordered.",
    "A contract for ferries is expected.",
    # On a condition.
    "If Norrvik has ordered ferries, it is silent.",
    "Had Norrvik ordered ferries, it would sail.",
    "The yard will deliver ferries if it is paid.",
    # Asked.
    "Has Norrvik ordered ferries?",
    "It is open whether Norrvik has ordered ferries.",
    # Somebody's words.
    "Holm says they “ordered” ferries.",
    # Idioms.
    "In order to sail, they wait.",
    "It is a matter of law and order.",
    # Nothing of the kind.
    "Ferries are blue.",
    "They discussed the sea.",
    "...",
    "",
]


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_what_is_taken_back_is_not_said(text: str) -> None:
    assert said(text) == []


def test_what_takes_back_one_clause_leaves_the_other() -> None:
    assert said("Norrvik has not ordered trams, but it has ordered ferries.") == [
        ("has ordered", "contracted")
    ]
    assert said("Norrvik has ordered ferries; it has not ordered trams.") == [("has ordered", "contracted")]


def test_quotation_marks_without_a_speaker_excuse_nothing() -> None:
    assert said("Norrvik “ordered” ferries.") == [("ordered", "contracted")]


def test_a_promise_that_somebody_tells_is_announced_and_no_more() -> None:
    assert ("will deliver", "announced") in said("Holm says that the yard will deliver ferries.")


def test_a_word_that_only_qualifies_a_noun_is_told_apart() -> None:
    (attribute,) = heard("They paint the leased ferry.")
    (deed,) = heard("They leased it.")
    assert attribute.is_attribute
    assert not deed.is_attribute


CLAUSES = {
    "One clause only.": ["One clause only."],
    "One; two: three.": ["One", "; two", ": three."],
    "They sail, but they wait.": ["They sail", ",", " but they wait."],
    "Ships, trams and buses sail.": ["Ships, trams and buses sail."],
    "While they wait, ships sail.": ["While they wait", ", ships sail."],
    "They sail and it rains.": ["They sail", " and it rains."],
    "They sail (or wait).": ["They sail ", "(or wait", ")."],
    "": [""],
    ",": [","],
    ", ": [", "],
}


@pytest.mark.parametrize("text", CLAUSES)
def test_a_sentence_has_clauses(text: str) -> None:
    assert [text[start:end] for start, end in LADDER.clauses(text)] == CLAUSES[text]


def test_what_is_going_on_is_heard() -> None:
    text = "Crews are now sailing the ferries."
    assert LADDER.happens(text, (0, len(text)), with_now=True)
    assert not LADDER.happens("Crews wait.", (0, 11), with_now=True)


PIECES = st.sampled_from(
    [
        *(
            "Norrvik ",
            "has ",
            "have ",
            "been ",
            "ordered ",
            "will ",
            "deliver ",
            "signed ",
            "a ",
            "contract ",
            "not ",
        ),
        *(
            "if ",
            "whether ",
            "but ",
            "while ",
            "and it ",
            "says ",
            "that ",
            "“",
            "”",
            "agreed ",
            "on ",
            "in service ",
        ),
        *(
            ", ",
            "; ",
            ": ",
            "(",
            ")",
            " - ",
            "—",
            ". ",
            "?",
            "!",
            "\n",
            "\u00a0",
            "all ",
            "deal ",
            "the ",
            "No ",
            "is ",
        ),
        *("Привіт ", "e\u0301", "", "set ", "aside ", "guarantees ", "almost certain "),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=20).map("".join)


@given(TEXTS)
def test_clauses_join_to_the_whole(text: str) -> None:
    clauses = LADDER.clauses(text)
    assert "".join(text[start:end] for start, end in clauses) == text


@given(TEXTS)
def test_what_is_said_stands_in_the_text_and_in_a_clause(text: str) -> None:
    clauses = LADDER.clauses(text)
    for item in LADDER.said(text):
        assert 0 <= item.start < item.end <= len(text)
        assert item.clause in clauses
        assert item.clause[0] <= item.start < item.clause[1]
        assert 1 <= item.rung <= len(Degree)
        assert item.manner in ("done", "future", "nouns")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "ordered, ",
            "not ",
            "will deliver ",
            "bought x y z ",
            "signed the letter ",
            "if, ",
            "a deal was signed ",
        ),
        *(
            "is running ",
            "committed x ",
            "“a ",
            "delivered ",
            "in order ",
            "; ",
            " - ",
            "a",
            " ",
            "guarantees ",
        ),
    ],
)
def test_no_sentence_keeps_it_busy(piece: str) -> None:
    text = (piece * 5000)[:5000]
    LADDER.said(text[:500])  # the expressions are made; what was read once would not be read again
    start = time.thread_time()
    LADDER.said(text)
    assert time.thread_time() - start < 2
