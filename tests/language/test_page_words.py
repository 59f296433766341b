"""The words of pages are in one file for each language, and are found whatever the language of the page."""

from __future__ import annotations

import re

import pytest

from briefing.language import page_words
from briefing.language.source_words import languages as of_sources


def test_every_language_of_sources_names_the_parts_of_its_pages() -> None:
    assert {*of_sources()} <= page_words.languages().keys()


@pytest.mark.parametrize("kind", page_words.KINDS)
def test_a_word_of_any_language_is_found(kind: str) -> None:
    any_of = re.compile(page_words.any_of(kind), re.IGNORECASE)
    words = [word for of in page_words.languages().values() for word in of[kind]]
    assert words
    plain = [word for word in words if re.fullmatch(r"[\w ]+", word)]
    assert all(any_of.fullmatch(word.upper()) for word in plain)


@pytest.mark.parametrize(
    "number", ["Page 3 of 9", "Seite 4 von 8", "стор. 3 з 9", "página 2 de 9", "4 sur 9", "- 12 -"]
)
def test_a_page_number_may_name_the_page_and_how_many_there_are(number: str) -> None:
    words = rf"\W*(?:{page_words.any_of('page')}\s*)?\d+(?:\s*{page_words.any_of('of')}\s*\d+)?\W*"
    assert re.fullmatch(words, number, re.IGNORECASE)
