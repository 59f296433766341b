"""What the unit of an amount says about it: whether it is that of a rate, and whether amounts can be added.

A unit is in the language of its project or in that of a source, so the words of every language count.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.language import lexicon, source_words
from briefing.model.amounts import Amount, measure
from briefing.model.values import Money

_SIGNS = re.compile(r"[%‰°/]|⁻[¹²³]")
"""Signs of a rate in any language: km/h, m s⁻¹."""
_POWER_OF_TEN = r"1(?:[\s.,’']?0)+(?!\d)"
_REMARK = re.compile(r"\s*(?:[(;:]|,\s)")
"""What begins a remark behind a unit: index (2015 = 100)."""


def can_be_added(values: Sequence[Amount]) -> bool:
    """Return whether the sum of some amounts means anything.

    It does for amounts of one unit, or of one currency and price basis, that are no rates: neither prices
    per unit nor shares nor degrees.
    """
    kinds = {
        (measure(item), (item.price_basis, item.instrument) if isinstance(item, Money) else None)
        for item in values
    }
    return len(kinds) <= 1 and not any(map(is_rate, values))


def is_rate(amount: Amount) -> bool:
    """Return whether an amount is one for each of something, a share or a degree: it adds up to nothing."""
    return bool(amount.per) or (not isinstance(amount, Money) and _is_of_rate(amount.unit))


@functools.lru_cache(maxsize=4096)
def _is_of_rate(unit: str) -> bool:
    if _SIGNS.search(unit):
        return True
    words = _REMARK.split(unit)[0].strip()
    return any(known.is_of_rate(words) for known in _every_language())


@dataclass(frozen=True, slots=True)
class _Rates:
    """The words of one language that make a unit that of a rate."""

    inside: re.Pattern[str]
    whole: re.Pattern[str]
    none: re.Pattern[str]

    def is_of_rate(self, unit: str) -> bool:
        unit = self.none.sub("", unit).rstrip()
        return (self.whole.fullmatch(unit) or self.inside.search(unit)) is not None


@functools.cache
def _every_language() -> tuple[_Rates, ...]:
    found = []
    for language in source_words.languages():
        words = source_words.of_language(language).table("rates")
        between, behind, before = (lexicon.either(words[name]) for name in ("between", "behind", "of_number"))
        inside = (
            # In small letters: a pad of a make called Pro is counted, and a price pro pad is a rate.
            rf"(?<=\S)[\s-](?:{between})[\s-](?=\S)"
            rf"|(?<=\S)\s(?i:(?:{behind})(?!\w)|(?:{before})\s{_POWER_OF_TEN})"
        )
        whole = lexicon.either(words["whole"])
        found.append(_Rates(re.compile(inside), re.compile(whole, re.I), lexicon.pattern(words["none"])))
    return tuple(found)
