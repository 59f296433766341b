"""Numbers in words: two hundred and fifty thousand, half a million, one and a half billion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.language.lexicon import either, folded

_GAP = r"[\s\u00a0]+"
_HALF = "half"
_THOUSAND = 1000
_MORE = 30
"""No number has more words than this after its first."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in words."""

    amount: Decimal
    end: int
    """Where it ends in the words that were read: "five and six" are two numbers."""
    scale: Decimal
    """The multiplier of its last part: a million in "two million"; 1 where there is none."""


class Numerals:
    """The words for numbers in one language, from its lexicon."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.units = {word: Decimal(value) for word, value in words["units"].items()}
        self.tens = {word: Decimal(value) for word, value in words["tens"].items()}
        self.scales = {word: Decimal(value) for word, value in words["scales"].items()}
        self.joins = tuple(words["joins"])
        self.articles = tuple(words["articles"])
        small = f"(?:{either([*self.units, *self.tens])})"
        big = f"(?:{either(word for word in self.scales if len(word) > 3 and not word.endswith('s'))})"
        article, join = f"(?:{either(self.articles)})", f"(?:{either(self.joins)})"
        self.pattern = (
            rf"(?:(?:{_HALF}\s+)?{article}\s+{big}|{small}|{big})"
            rf"(?:(?:{_GAP}{join}{_GAP}|[\s\u00a0-]+)(?:{small}|{big}|{article}\s+{_HALF})){{0,{_MORE}}}"
        )
        """A run of such words; ``read`` finds how much of it is one number."""

    def read(self, words: str) -> Numeral:
        """Return the number that some words begin with."""
        number = _Number()
        aside: list[str] = []
        end = 0
        for token in re.finditer(r"\w+", words):
            word = folded(token.group())
            if word in self.joins or word in self.articles or (word == _HALF and not (number.last or aside)):
                aside.append("and" if word in self.joins else "a" if word in self.articles else _HALF)
                continue
            if not self._add(word, " ".join(aside), number):
                break
            aside, end = [], token.end()
        return Numeral(number.total + number.group, end, number.scale)

    def _add(self, word: str, aside: str, number: _Number) -> bool:
        """Add a word to a number if the two fit; ``aside`` are the joins and articles before the word."""
        if word in self.units:
            return number.add(self.units[word], aside, "units")
        if word in self.tens:
            return number.add(self.tens[word], aside, "tens")
        if word in self.scales:
            return number.multiply(self.scales[word], aside)
        return word == _HALF and number.add_half(aside)


@dataclass(slots=True)
class _Number:
    """A number whose words are being read."""

    total: Decimal = Decimal(0)
    """The part that is complete: the millions, the thousands."""
    group: Decimal = Decimal(0)
    """The part that is not yet multiplied by a thousand or more."""
    scale: Decimal = Decimal(1)
    last: str = ""
    """The kind of the last word: units, tens, hundred, thousand or half."""

    def add(self, value: Decimal, aside: str, name: str) -> bool:
        is_first = not self.last and not aside
        is_unit_of_tens = self.last == "tens" and not aside and name == "units" and 0 < value < 10
        is_rest = self.last in ("hundred", "thousand") and aside in ("", "and")
        if not (is_first or is_unit_of_tens or is_rest):
            return False
        self.group += value
        self.last = name
        return True

    def multiply(self, scale: Decimal, aside: str) -> bool:
        if self.last == "thousand" and self.scale == _THOUSAND < scale and not aside:  # four thousand million
            self.total, self.scale = self.total * scale, scale
            return True
        is_first = not self.last and aside in ("", "a", f"{_HALF} a")
        is_smaller = scale < self.scale or self.scale == 1
        can_grow = self.last in ("units", "tens", "half") or (self.last == "hundred" and scale >= _THOUSAND)
        if not is_first and not (can_grow and is_smaller and not aside):
            return False
        amount = (self.group or Decimal(1)) * scale / (2 if aside.startswith(_HALF) else 1)
        if scale < _THOUSAND:
            self.group, self.last = amount, "hundred"
        else:
            self.total, self.group = self.total + amount, Decimal(0)
            self.scale, self.last = scale, "thousand"
        return True

    def add_half(self, aside: str) -> bool:
        """Add "and a half": of one, or of the thousand or million before it."""
        if aside != "and a" or self.last not in ("units", "tens", "thousand"):
            return False
        if self.last == "thousand":
            self.total += self.scale / 2
        else:
            self.group += Decimal("0.5")
        self.last = "half"
        return True
