"""The rung that the words of a passage name: the longest phrase counts, denials and plans do not."""

from __future__ import annotations

import pytest

from briefing.language import source_status, source_words
from briefing.model.scales import Status


def furthest(text: str, language: str = "en") -> Status | None:
    found = source_status.find(text, source_words.of_language(language))
    return max((said.status for said in found), key=lambda status: status.rung, default=None)


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "has expressed interest", Status.INTEREST),
        ("en", "asked for six ferries", Status.REQUESTED),
        ("en", "talks on a loan", Status.DISCUSSED),
        ("en", "will deliver two", Status.ANNOUNCED),
        ("en", "signed a letter of intent", Status.INTENT),
        ("en", "aims to purchase", Status.INTENT),
        ("en", "the two sides agreed", Status.AGREED),
        ("en", "signed the contract", Status.CONTRACTED),
        ("en", "placed an order", Status.CONTRACTED),
        ("en", "funds were allocated", Status.FINANCED),
        ("en", "are being built", Status.IN_PRODUCTION),
        ("en", "deliveries have begun", Status.DELIVERING),
        ("en", "was handed over", Status.DELIVERED),
        ("en", "entered service", Status.IN_SERVICE),
        ("fr", "lettre d'intention", Status.INTENT),
        ("fr", "a signé le contrat", Status.CONTRACTED),
        ("fr", "ont été livrés", Status.DELIVERED),
        ("de", "eine Absichtserklärung", Status.INTENT),
        ("de", "unterzeichneten den Vertrag", Status.CONTRACTED),
        ("de", "sind in Betrieb", Status.IN_SERVICE),
        ("uk", "лист про наміри", Status.INTENT),
        ("uk", "підписали контракт", Status.CONTRACTED),
        ("uk", "передали два судна", Status.DELIVERED),
        ("ru", "ведут переговоры", Status.DISCUSSED),
        ("ru", "подписали контракт", Status.CONTRACTED),
    ],
)
def test_words_name_a_rung(language: str, text: str, status: Status) -> None:
    assert furthest(text, language) is status


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no contract"),
        ("en", "six ferries"),
        ("en", "in order to study"[:11]),
        ("de", "kein Vertrag"),
        ("fr", "aucun contrat"),
        ("uk", "не підписали"),
        ("ru", "не подписали"),
    ],
)
def test_words_that_deny_or_say_nothing_name_none(language: str, text: str) -> None:
    assert furthest(text, language) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [("a potential contract", None), ("plans to order", Status.ANNOUNCED), ("unsigned contract", None)],
)
def test_what_is_only_possible_is_not_reached(text: str, status: Status | None) -> None:
    assert furthest(text) is status


@pytest.mark.parametrize("language", source_words.languages())
def test_every_language_has_words_for_every_rung(language: str) -> None:
    rungs = source_words.of_language(language).table("rungs")
    assert set(rungs) == {status.value for status in Status}
    assert all(len(phrases) >= 3 for phrases in rungs.values())
