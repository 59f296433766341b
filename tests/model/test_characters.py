"""What a reader cannot see or takes for something else is found, and what a language needs stays."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import characters
from briefing.model.findings import Finding, Place
from briefing.model.look_alikes import LOOK_ALIKES

NEEDED = {
    "Persian": "می‌خواهد کتاب‌خانه را",
    "Hindi": "क्‍ष और श्री",
    "an emoji of several": "\U0001f469\u200d\U0001f680 ❤\ufe0f",
    "Japanese": "葛\U000e0100城市のABC社",
    "Korean": "한국의 KBS",
    "Thai": "ภาษาไทยABC",
    "Arabic and its digits": "تقرير ٢٠٢٥ عن العربية",
    "Hebrew": "שלום עולם",
    "Ukrainian": "Об’єднана IT-компанія «Київ»",
    "Greek": "Ράφαλ ΔΕΗ",
    "units and formulas": "30 m², 5 μm, 2 kΩ, CO₂, ΔT, 2½ t",
    "French spaces": "10\u202f000\u00a0€ «\u00a0oui\u00a0»",
    "entities": "caf&eacute;&nbsp;R&amp;D &copy; &thisisnone; A&B",
    "Turkish and Icelandic": "Diyarbakır, Þórshöfn",
}
ODD = [
    ("\u202e30\u202c", "hidden-character", 0),
    ("a\u061cb", "hidden-character", 1),
    ("30\u200b0", "hidden-character", 2),
    ("or\u00addered", "hidden-character", 2),
    ("or\u200ddered", "hidden-character", 2),
    ("or\ufe0fdered", "hidden-character", 2),
    ("1\ufe0f\u20e3", "hidden-character", 1),
    ("3\u0338", "hidden-character", 1),
    ("a\U000e0041", "hidden-character", 1),
    ("3 &#x202E; 0", "hidden-character", 2),
    ("3 &zwj; 0", "hidden-character", 2),
    ("\u043erdered", "mixed-script", 0),
    ("ord\u0435red", "mixed-script", 3),
    ("o\u0301rd\u0435red", "mixed-script", 4),
    ("\u03bfrdered", "mixed-script", 0),
    ("\u0420a\u043aета", "mixed-script", 1),
    ("&#1086;rdered", "mixed-script", 0),
    ("&omicron;rdered", "mixed-script", 0),
    ("3\u0660", "mixed-script", 0),
    ("12,\u09ea00", "mixed-script", 0),
]


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_what_a_language_needs_is_not_odd(text: str) -> None:
    assert list(characters.find(text)) == []
    assert characters.shown(text) == text
    assert characters.without_hidden(text) == (text, frozenset())


@pytest.mark.parametrize(("text", "check", "index"), ODD)
def test_what_is_odd_is_found_at_its_place(text: str, check: str, index: int) -> None:
    first = next(iter(characters.find(f"x {text}")))
    assert (first.check, first.index) == (check, index + 2)
    assert "U+" in first.message
    assert first.hint


def test_a_template_may_say_where_a_line_ends_and_nothing_more() -> None:
    style, page = r'li::after { content: "\2060\203a" }', "<i>a&#8288;b&shy;c</i>"
    assert not list(characters.find(style + page, is_template=True))
    for turned in (r'content: "\202e"', r"'\u{202E}'", r"'\U0000202e'", "&rlm;", "\u200f"):
        (found,) = characters.find(turned, is_template=True)
        assert found.check == "hidden-character"


def test_every_invisible_character_is_hidden_in_the_midst_of_a_latin_word() -> None:
    """By Unicode's category; the signs of Arabic numbers are of the same and can be seen."""
    seen = ("ARABIC", "SYRIAC ABBREVIATION", "KAITHI", "EGYPTIAN")
    formats = [character for character in map(chr, range(sys.maxunicode)) if _is_format(character)]
    missed = [item for item in formats if not list(characters.find(f"a{item}b"))]
    assert len(formats) > 150
    assert all(unicodedata.name(item, "").startswith(seen) for item in missed), missed


def _is_format(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


@given(st.text())
def test_what_is_shown_can_be_printed_and_read_as_one_line(text: str) -> None:
    shown = characters.shown_name(text)
    assert "\n" not in shown
    assert not any(unicodedata.category(item) in ("Cc", "Cs", "Zl", "Zp") for item in shown)
    assert characters.shown_name(shown) == shown
    shown.encode()


def test_a_byte_that_is_not_utf_8_is_shown_as_that_byte() -> None:
    assert characters.shown_name(b"a\xff\n.md".decode(errors="surrogateescape")) == "a⟨byte FF⟩⟨U+000A⟩.md"


@given(st.text(), st.text())
def test_a_finding_never_passes_on_a_control_that_it_quotes(quoted: str, hint: str) -> None:
    finding = Finding("name", f"'{quoted}' is wrong", Place("a.md"), hint)
    assert characters.shown(finding.message) == finding.message
    assert "\x1b" not in finding.message + finding.hint
    assert "\u202e" not in finding.message + finding.hint


def test_no_letter_looks_like_two_and_none_is_latin_already() -> None:
    letters = [letter for looking in LOOK_ALIKES.values() for letter in looking]
    assert len(letters) == len({*letters})
    assert not any(letter.isascii() for letter in letters)
    assert {*LOOK_ALIKES} >= {*"aceiopsxyABCEHIKMOPTX036"} - {"0"}
