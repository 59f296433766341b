"""Tags of languages: what is one, and which one is meant by what is none."""

from __future__ import annotations

import pytest

from briefing.language import tags


@pytest.mark.parametrize("tag", ["en", "en-GB", "uk", "zh-Hant", "zh-Hant-TW", "es-419", "de-1996", "hsb"])
def test_a_tag_is_a_tag(tag: str) -> None:
    assert tags.is_tag(tag)
    assert tags.meant(tag) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("english", "en"),
        ("French", "fr"),
        ("Deutsch", "de"),
        ("français", "fr"),
        ("anglais", "en"),
        ("українська", "uk"),
        ("русский", "ru"),
        ("magyar", "hu"),
        ("British English", "en-GB"),
        ("en_GB", "en-GB"),
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("ua", "uk"),
        ("cz", "cs"),
    ],
)
def test_what_is_no_tag_names_the_tag_that_is_meant(text: str, tag: str) -> None:
    assert not tags.is_tag(text)
    assert tags.meant(text) == tag


@pytest.mark.parametrize("text", ["", "xx", "Klingonese", "not stated", "en-", "e", "the language", "123"])
def test_what_means_no_language_has_no_tag(text: str) -> None:
    assert not tags.is_tag(text)
    assert tags.meant(text) == ""
