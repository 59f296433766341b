"""The tokens: every pair of text and ground that is used can be read, by day and by night."""

from __future__ import annotations

import re

import pytest

from briefing.content.layout import shipped_templates

TEXTS = ("ink", "quiet", "accent", "warm")
GROUNDS = ("paper", "tint", "warm-tint")
ENOUGH = 4.5
"""Contrast of text by WCAG 2.2, level AA."""
SEEN = 3.0
"""Contrast of a line that carries meaning."""


def _tokens(name: str) -> dict[str, str]:
    text = shipped_templates()[name]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))


DAY = _tokens("tokens.css")
NIGHT = DAY | _tokens("night.css")


def _luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(tokens: dict[str, str], text: str, ground: str) -> None:
    assert _contrast(tokens[text], tokens[ground]) >= ENOUGH


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
def test_lines_that_carry_meaning_are_seen(tokens: dict[str, str]) -> None:
    assert _contrast(tokens["faint"], tokens["paper"]) >= SEEN


def test_night_has_a_colour_for_each_of_the_day() -> None:
    assert _tokens("night.css").keys() == DAY.keys()
