"""The words of the program's ladders of grants and of laws, in passages and in prose."""

from __future__ import annotations

import pytest

from briefing.content import ladders
from briefing.language import lexicon, source_status, source_words
from briefing.language.status_claims import own_ladder
from briefing.model.ladders import Ladder

GRANTS = [
    ("announced", "The ministry announced a third round."),
    ("announced", "A new programme was unveiled."),
    ("called", "The ministry opened a call for applications."),
    ("called", "The regional government has opened a grant scheme."),
    ("called", "Applications are invited."),
    ("bid", "Nineteen companies applied."),
    ("bid", "Nineteen companies had applied by the end of April."),
    ("bid", "Nineteen bids were received."),
    ("bid", "The port submitted an application."),
    ("selected", "The jury selected seven projects."),
    ("selected", "Seven projects were shortlisted."),
    ("selected", "The ministry has chosen seven projects."),
    ("awarded", "The ministry awarded grants to Cromar Green."),
    ("awarded", "Cromar Green was awarded a grant."),
    ("awarded", "Cromar Green received an award of 3 million pounds."),
    ("awarded", "Cromar Green won a grant."),
    ("awarded", "The ministry granted Cromar Green support."),
    ("signed", "Cromar Green signed the grant agreement."),
    ("signed", "Contracts with Cromar Green were signed."),
    ("paid", "The ministry paid 3 million pounds."),
    ("paid", "Cromar Green has been paid."),
    ("paid", "The grant for Tilbrook has been paid out."),
    ("paid", "Cromar Green received 3 million pounds from the scheme."),
    ("running", "Construction has begun."),
    ("running", "The plant is being built."),
    ("completed", "The plant has been completed."),
    ("completed", "The team finished the work in May."),
]
LAWS = [
    ("proposed", "The Commission proposed a new regulation."),
    ("proposed", "A ban was proposed."),
    ("tabled", "The government tabled the bill in March."),
    ("tabled", "The bill was introduced in parliament."),
    ("adopted", "Parliament adopted the law."),
    ("adopted", "The law was passed on 3 May."),
    ("adopted", "The Senate has approved the bill."),
    ("in-force", "The law entered into force on 1 July."),
    ("in-force", "The directive applies since March."),
    ("in-force", "The rules took effect in May."),
]
OTHERS = [
    ("grants", "fr", "awarded", "Le ministère a attribué des subventions à onze projets."),
    ("grants", "fr", "selected", "Le jury a retenu sept projets."),
    ("grants", "fr", "paid", "Les aides ont été versées en mars."),
    ("grants", "de", "awarded", "Das Ministerium hat elf Projekten Zuschüsse bewilligt."),
    ("grants", "de", "selected", "Die Jury wählte sieben Projekte aus."),
    ("grants", "de", "signed", "Der Vertrag mit dem Hafen wurde unterzeichnet."),
    ("legislation", "fr", "adopted", "Le parlement a adopté la loi."),
    ("legislation", "fr", "in-force", "La loi est entrée en vigueur."),
    ("legislation", "de", "adopted", "Der Landtag hat das Gesetz beschlossen."),
    ("legislation", "de", "tabled", "Die Regierung brachte das Gesetz ein."),
]
ALL = [
    *(("grants", "en", *item) for item in GRANTS),
    *(("legislation", "en", *item) for item in LAWS),
    *OTHERS,
]
ENGLISH = [item for item in ALL if item[1] == "en" and "grant scheme" not in item[3]]


def ladder(name: str) -> Ladder:
    return ladders.of_program()[name]


def in_passage(of: Ladder, language: str, text: str) -> str:
    """The furthest rung that a passage names; empty where it names none."""
    claims = tuple(
        (number, rung.like, tuple(map(str, rung.words[language]))) for number, rung in enumerate(of.rungs)
    )
    found = source_status.find_own(text, source_words.of_language(language), claims)
    return str(of.rungs[max(number for *_, number in found)].id) if found else ""


def in_prose(of: Ladder, text: str) -> str:
    """The furthest rung that a sentence of a brief claims."""
    words = lexicon.of_language("en")
    assert words
    claims = tuple((number, tuple(map(str, rung.words["en"]))) for number, rung in enumerate(of.rungs))
    found = own_ladder(words, claims).said(text)
    return str(of.rungs[max(item.rung for item in found)].id) if found else ""


@pytest.mark.parametrize(("name", "language", "rung", "text"), ALL, ids=[item[3][:40] for item in ALL])
def test_a_passage_names_a_rung_in_either_voice(name: str, language: str, rung: str, text: str) -> None:
    assert in_passage(ladder(name), language, text) == rung


@pytest.mark.parametrize(
    ("name", "language", "rung", "text"), ENGLISH, ids=[item[3][:40] for item in ENGLISH]
)
def test_prose_claims_a_rung_in_either_voice(name: str, language: str, rung: str, text: str) -> None:
    assert in_prose(ladder(name), text) == rung


@pytest.mark.parametrize(
    "text",
    [
        "None of the seven has received any money so far.",
        "Contracts with all eleven developers are to be signed by June 2026.",
        "The contract has not been signed.",
        "The ministry will award grants in May.",
    ],
)
def test_what_is_denied_or_put_off_names_no_rung(text: str) -> None:
    assert in_passage(ladder("grants"), "en", text) == ""


@pytest.mark.parametrize("name", ["grants", "legislation"])
def test_every_rung_has_its_words_in_three_languages(name: str) -> None:
    for rung in ladder(name).rungs:
        assert {"en", "fr", "de"} <= rung.words.keys()
        assert all(lexicon.sample(str(phrase)) for phrase in rung.words["en"])
