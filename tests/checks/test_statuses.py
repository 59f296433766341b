"""What says too much in the plainest words is an error, whatever the model makes of the rest."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.checks import runner, statuses
from tests.checkcases import ferries
from tests.labelled.sentences import FOLDER, Labelled, judge

AIRPORT = FOLDER / "round-9/airport"
"""A subject in which the guarantee is requested, and the concession is an intent."""


def found_in(text: str) -> set[str]:
    """The checks of statuses that speak on a sentence."""
    found = judge(Labelled("airport", text, frozenset(), AIRPORT)).found
    return {"overclaim", "unqualified"} & set(found)


@pytest.mark.parametrize(
    "words",
    [
        "They signed a contract for [it]({}).",
        "The two sides have signed a contract for [it]({}).",
        "The council took delivery of [it]({}).",
        "The ministry has ordered all of [it]({}).",
        "The town bought [it]({}) last year.",
    ],
)
@pytest.mark.parametrize("key", ["ledger.guarantee", "site.concession"])
def test_plain_words_of_a_status_before_a_link_are_an_error(words: str, key: str) -> None:
    assert found_in(words.format(f"fact:{key}")) == {"overclaim"}


@pytest.mark.parametrize(
    "words",
    [
        "Nobody signed a contract for [it]({}).",
        "They will have to sign a contract for [it]({}) first.",
        "If the council took delivery of [it]({}), the bank would pay.",
    ],
)
def test_what_takes_them_back_still_does(words: str) -> None:
    assert "overclaim" not in found_in(words.format("fact:ledger.guarantee"))


@pytest.mark.parametrize(
    "words",
    [
        "The minutes in which [it]({}) occurs are kept by the clerk.",
        "A glossary entry for [the term]({}) has been supplied by the translators.",
        "Letters to the editor mentioning [it]({}) were coded by hand.",
        'The heading "[It]({})" was chosen by the editors.',
        "Which of the two [it]({}) means is open.",
        "A footnote on [it]({}) has been delivered to the printers.",
    ],
)
@pytest.mark.parametrize("key", ["ledger.guarantee", "site.concession"])
def test_what_is_done_to_a_text_about_a_thing_is_not_done_to_the_thing(words: str, key: str) -> None:
    assert found_in(words.format(f"fact:{key}")) == set()


def test_a_thing_beside_a_text_is_still_one() -> None:
    for words in ("Letters were sent, and the bank has paid out [it]({}).", "They have ordered [it]({})."):
        assert found_in(words.format("fact:ledger.guarantee")) == {"overclaim"}


def test_what_a_sentence_claims_is_worked_out_once_for_both_checks() -> None:
    case = ferries.said("Norrvik admires [the four ferries](fact:ferries.count).")
    subject = runner.having_read(case.subject)
    asked: list[str] = []

    def work() -> str:
        asked.append("statuses")
        return "made"

    assert [subject.once("a name", work), subject.once("a name", work)] == ["made", "made"]
    assert asked == ["statuses"]
    assert len([*statuses.overclaim(subject)]) == 1
    assert [*statuses.unqualified(subject)] == []
    assert [item.read for item in subject.shared["statuses"]] == [*subject.sentences]
    assert dataclasses.replace(subject, briefs=frozenset()).shared == {}
