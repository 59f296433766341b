"""The rung that the words of a passage name: the longest phrase counts, denials and plans do not."""

from __future__ import annotations

import pytest

from briefing.language import source_status, source_words
from briefing.model.scales import Degree


def furthest(text: str, language: str = "en") -> Degree | None:
    found = source_status.find(text, source_words.of_language(language))
    return max((said.status for said in found), key=lambda status: status.rung, default=None)


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "has expressed interest", Degree.INTEREST),
        ("en", "asked for six ferries", Degree.REQUESTED),
        ("en", "talks on a loan", Degree.DISCUSSED),
        ("en", "will deliver two", Degree.ANNOUNCED),
        ("en", "signed a letter of intent", Degree.INTENT),
        ("en", "aims to purchase", Degree.INTENT),
        ("en", "the two sides agreed", Degree.AGREED),
        ("en", "signed the contract", Degree.CONTRACTED),
        ("en", "placed an order", Degree.CONTRACTED),
        ("en", "funds were allocated", Degree.FINANCED),
        ("en", "are being built", Degree.IN_PRODUCTION),
        ("en", "deliveries have begun", Degree.DELIVERING),
        ("en", "was handed over", Degree.DELIVERED),
        ("en", "entered service", Degree.IN_SERVICE),
        ("fr", "lettre d'intention", Degree.INTENT),
        ("fr", "a signé le contrat", Degree.CONTRACTED),
        ("fr", "ont été livrés", Degree.DELIVERED),
        ("de", "eine Absichtserklärung", Degree.INTENT),
        ("de", "unterzeichneten den Vertrag", Degree.CONTRACTED),
        ("de", "sind in Betrieb", Degree.IN_SERVICE),
        ("uk", "лист про наміри", Degree.INTENT),
        ("uk", "підписали контракт", Degree.CONTRACTED),
        ("uk", "передали два судна", Degree.DELIVERED),
        ("ru", "ведут переговоры", Degree.DISCUSSED),
        ("ru", "подписали контракт", Degree.CONTRACTED),
    ],
)
def test_words_name_a_rung(language: str, text: str, status: Degree) -> None:
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
    [("a potential contract", None), ("plans to order", Degree.ANNOUNCED), ("unsigned contract", None)],
)
def test_what_is_only_possible_is_not_reached(text: str, status: Degree | None) -> None:
    assert furthest(text) is status


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "Five of the twelve trams have already been delivered", Degree.DELIVERING),
        ("en", "Half the fleet was previously supplied", Degree.DELIVERING),
        ("en", "Five of the twelve trams … already delivered", Degree.DELIVERING),
        ("en", "All 60 buses have already been delivered", Degree.DELIVERED),
        ("en", "Not all of the buses have already been delivered", Degree.SUPPLIED),
        ("en", "Sixty buses have already been delivered", Degree.SUPPLIED),
        ("en", "most of the trams previously supplied", Degree.SUPPLIED),
        ("en", "Norrvik has already supplied trams", Degree.SUPPLIED),
        ("fr", "Cinq des douze trams ont déjà été livrés", Degree.DELIVERING),
        ("fr", "Tous les bus ont déjà été livrés", Degree.DELIVERED),
        ("fr", "Les trams ont déjà été livrés", Degree.SUPPLIED),
        ("fr", "une partie des trams précédemment livrés", Degree.SUPPLIED),
        ("de", "Fünf der zwölf Trams wurden bereits ausgeliefert", Degree.DELIVERING),
        ("de", "Alle sechzig Busse sind bereits geliefert", Degree.DELIVERED),
        ("de", "Zwei der sechs bereits gelieferten Fähren", Degree.SUPPLIED),
        ("uk", "П'ять із дванадцяти трамваїв уже передано", Degree.DELIVERING),
        ("uk", "Усі дев'ять машин уже передано", Degree.DELIVERED),
        ("uk", "частину раніше переданих автобусів", Degree.SUPPLIED),
        ("ru", "Половина автобусов уже передана", Degree.DELIVERING),
        ("ru", "Все девять машин уже переданы", Degree.DELIVERED),
        ("ru", "часть ранее переданных автобусов", Degree.SUPPLIED),
    ],
)
def test_past_supply_without_an_extent_is_neither_a_part_nor_all(
    language: str, text: str, status: Degree
) -> None:
    assert furthest(text, language) is status


@pytest.mark.parametrize("language", source_words.languages())
def test_every_language_has_words_for_every_rung(language: str) -> None:
    rungs = source_words.of_language(language).table("rungs")
    assert set(rungs) == {status.value for status in Degree}
    assert all(len(phrases) >= 3 for phrases in rungs.values())
