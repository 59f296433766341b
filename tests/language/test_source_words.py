"""The word lists of the languages of sources have the same tables; an unfinished one says what it lacks."""

from __future__ import annotations

import pytest

from briefing.language import source_words
from briefing.language.lexicon import expression
from briefing.model.findings import BriefingError


def test_the_languages_that_sources_may_have() -> None:
    assert {"en", "fr", "de", "uk", "ru"} <= set(source_words.languages())


@pytest.mark.parametrize("language", source_words.languages())
def test_every_language_has_the_same_tables_and_lists(language: str) -> None:
    english, other = source_words.of_language("en"), source_words.of_language(language)
    assert other.words.keys() >= english.words.keys()
    assert set(other.table("bounds")) == set(english.table("bounds"))
    assert set(other.table("measures")) == set(english.table("measures"))
    assert set(other.table("voided")) == set(english.table("voided"))
    assert set(other.table("rates")) == set(english.table("rates"))
    assert [len(other.table("dates")[name]) for name in ("months", "seasons")] == [12, 4]
    assert all(
        expression(phrase)
        for name in ("bounds", "behind", "rungs", "currencies", "instruments", "rates", "voided")
        for phrases in other.table(name).values()
        for phrase in phrases
    )


def test_a_language_without_a_file_is_unknown() -> None:
    assert not source_words.of_language("pt").is_known
    assert not source_words.of_language("English").is_known
    assert source_words.of_language("en-GB") == source_words.of_language("en")


def test_a_file_without_a_table_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("package")
    (folder / "lexicons" / "sources").mkdir(parents=True)
    (folder / "lexicons" / "sources" / "xx.toml").write_text("[numbers]\n", "utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: folder)
    source_words.of_language.cache_clear()
    with pytest.raises(BriefingError, match=r"xx\.toml .* lacks the tables .*rungs"):
        source_words.of_language("xx")
    source_words.of_language.cache_clear()
