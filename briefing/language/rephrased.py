"""Figures said in a roundabout way, said plainly: four trams every quarter of an hour are 16 an hour.

Only arithmetic that has one result is done, in exact fractions; ``quantities`` reads what the words mean.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from briefing.language import quantities
from briefing.language.lexicon import Lexicon, either
from briefing.language.quantities import FoundNumber, NumberKind
from briefing.model.scales import Bound

_NUMBER = r"(?:\d[\d,.]*|[^\W\d_]+(?:-[^\W\d_]+)?)"
_DAYS = {
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(1461, 48),
    "quarter": Fraction(1461, 16),
    "year": Fraction(1461, 4),
}
"""The length of each period; that of a month, a quarter and a year is a mean."""
_EXACT = ({"minute", "hour", "day", "week"}, {"month", "quarter", "year"})
"""Periods of which each is a whole number of another."""
_UNDER, _ABOUT = Decimal("0.025"), Decimal("0.01")
_WIDE, _ROUGH = Decimal("0.12"), Decimal("0.05")
"""How far a figure may be from the amount that it rounds: where words say on which side, and else."""
_NEAR = Fraction(5, 100)
"""The most by which a pace may differ where a year has no whole number of weeks."""


def plainly(words: str, lexicon: Lexicon, per: frozenset[str], amount: Decimal | None) -> Iterator[str]:
    """Yield the words with each figure said plainly: of a fact with an amount, counted per something."""
    forms = _Forms.of(lexicon)
    for rewrite in (forms.parts, forms.ranges, forms.composed, forms.every, forms.for_each):
        if (said := rewrite(words)) != words:
            yield said
    yield from forms.paces(words, per, amount)


def is_rounded(figure: FoundNumber, before: str, amount: Decimal, lexicon: Lexicon) -> bool:
    """Return whether a figure is an amount in fewer digits, and the words before it say so: nearly 22,000.

    "Nearly" allows a fortieth more than the amount, "about" a hundredth more or less.
    """
    said = figure.amount
    if said is None or amount <= 0 or said == amount:
        return False
    is_nearly = _nearly(lexicon).search(before) is not None
    digit = Decimal(1).scaleb(int(said.normalize().as_tuple().exponent))
    if said != (amount / digit).quantize(Decimal(1), ROUND_HALF_UP) * digit:
        return False
    if is_nearly:
        return amount < said <= amount * (1 + _UNDER)
    return figure.bound is Bound.ABOUT and abs(said - amount) <= amount * _ABOUT


def is_rough(
    figure: FoundNumber, said: Decimal | None, before: str, amount: Decimal, lexicon: Lexicon
) -> bool:
    """Return whether a figure is near an amount, in no more digits, on the side that its words say."""
    if (
        said is None
        or amount == 0
        or (said := abs(said)) == 0
        or _digits(said) > _digits(amount := abs(amount))
    ):
        return False
    if _nearly(lexicon).search(before) or figure.bound in (Bound.LESS_THAN, Bound.UP_TO):
        return amount < said <= amount * (1 + _WIDE)
    if _barely_over(lexicon).search(before) or figure.bound in (Bound.MORE_THAN, Bound.AT_LEAST):
        return said < amount <= said * (1 + _WIDE)
    return figure.bound is Bound.ABOUT and abs(said - amount) <= amount * _ROUGH


def _digits(amount: Decimal) -> int:
    """Return the number of digits of an amount without the noughts at its end."""
    return len(amount.normalize().as_tuple().digits)


@functools.cache
def _barely_over(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(lexicon.words['rephrased']['barely_over'])})\s+$", re.I)


@functools.cache
def _nearly(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(lexicon.words['rephrased']['nearly'])})\s+$", re.I)


class _Forms:
    """The expressions of one language, made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        words = lexicon.words["rephrased"]
        shares = {word: Fraction(share) for share, names in words["shares"].items() for word in names}
        share = "|".join(sorted(map(re.escape, shares), key=len, reverse=True))
        scale = rf"(?:{either(words['scales'])})"
        self._shares = shares
        small = lexicon.words["grammar"]
        of, joined, one = (either(small[name]) for name in ("of", "and", "one"))
        self._ones = frozenset(small["one"])
        # A quarter of a million; a dozen and a half.
        self._part = re.compile(rf"\b(?P<share>{share})\s+(?:{of})\s+(?P<scale>{scale})(?!\w)", re.I)
        self._and_part = re.compile(rf"\b(?P<scale>{scale})\s+(?:{joined})\s+(?P<share>{share})(?!\w)", re.I)
        units = either(words["periods"])
        # Seven million every two years; four every quarter of an hour.
        self._every = re.compile(
            rf"\b(?:{either(words['every'])})\s+(?P<count>{share}|{_NUMBER})(?:\s+(?:(?:{of})\s+)?(?:{one}))?\s+(?P<unit>{units})(?!\w)",
            re.I,
        )
        # An hour and a quarter; two years and two months.
        self._with_part = re.compile(
            rf"\b(?P<count>{one}|{_NUMBER})\s+(?P<unit>{units})\s+(?:{joined})\s+(?P<share>{share})(?!\w)",
            re.I,
        )
        self._with_rest = re.compile(
            rf"\b(?P<count>{one}|{_NUMBER})\s+(?P<unit>{units}),?\s+(?:(?:{joined})\s+)?(?P<rest>{one}|{_NUMBER})\s+(?P<small>{units})(?!\w)",
            re.I,
        )
        # Eight hours a week, or nine.
        self._either_of = re.compile(
            rf"\b(?P<low>{_NUMBER})(?P<unit>(?:\s+[^\W\d_]+){{0,4}}),?\s+(?:{either(words['either_of'])})"
            rf"\s+(?P<high>{_NUMBER})(?!\w)",
            re.I,
        )
        # Thirteen for every five.
        self._for_each = re.compile(rf"\b(?:{either(words['for_each'])})\s+(?P<count>{_NUMBER})\s+", re.I)

    @staticmethod
    @functools.cache
    def of(lexicon: Lexicon) -> _Forms:
        """Return the expressions of a language."""
        return _Forms(lexicon)

    def _amount(self, words: str) -> Fraction | None:
        """Return the number that some words are; None for anything else."""
        if share := self._shares.get(words.lower()):
            return share
        found = [item for item in quantities.find(f"{words} kilometres", self._lexicon) if item.amount]
        is_whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(words)
        return Fraction(found[0].amount) if is_whole and found[0].amount else None

    def parts(self, words: str) -> str:
        """Return words with parts and multiples of round numbers as one number."""

        def whole(match: re.Match[str], add: int) -> str:
            scale = self._amount(match["scale"])
            return _written(scale * (self._shares[match["share"].lower()] + add)) if scale else match.group()

        words = self._part.sub(lambda match: whole(match, 0), words)
        return self._and_part.sub(lambda match: whole(match, 1), words)

    def composed(self, words: str) -> str:
        """Return words with one number for a length of time in two parts: 75 minutes, 26 months."""

        def with_part(match: re.Match[str]) -> str:
            count = self._count(match["count"])
            return (
                f"{_written(count + self._shares[match['share'].lower()])} {match['unit']}"
                if count
                else match[0]
            )

        def with_rest(match: re.Match[str]) -> str:
            count, rest = self._count(match["count"]), self._count(match["rest"])
            big, small = (_DAYS.get(match[name].lower().removesuffix("s")) for name in ("unit", "small"))
            if not (count and rest and big and small and big > small):
                return match[0]
            size = Fraction(12) if (big, small) == (_DAYS["year"], _DAYS["month"]) else big / small
            return f"{_written(count * size + rest)} {match['small']}"

        return self._with_rest.sub(with_rest, self._with_part.sub(with_part, words))

    def _count(self, words: str) -> Fraction | None:
        return Fraction(1) if words.lower() in self._ones else self._amount(words)

    def ranges(self, words: str) -> str:
        """Return words with a range for two numbers of which either may be right."""

        def span(match: re.Match[str]) -> str:
            low, high = self._amount(match["low"]), self._amount(match["high"])
            if low is None or high is None or low >= high:
                return match[0]
            return f"between {_written(low)} and {_written(high)}{match['unit']}"

        return self._either_of.sub(span, words)

    def every(self, words: str) -> str:
        """Return words with a figure for one period in place of one for several, or for a part of one."""
        return self._divided(words, self._every, lambda match: f"per {match['unit']}")

    def for_each(self, words: str) -> str:
        """Return words with a figure for one thing in place of one for several."""
        return self._divided(words, self._for_each, lambda _: "per ")

    def _divided(self, words: str, pattern: re.Pattern[str], per: Callable[[re.Match[str]], str]) -> str:
        match = pattern.search(words)
        count = self._amount(match["count"]) if match else None
        ahead = [item for item in self._figures(words) if match and item.end <= match.start()]
        if not match or not count or not ahead:
            return words
        first = ahead[-1]
        said = _said(first, Fraction(first.amount or 0) / count)
        return (
            words[: first.start] + said + words[first.end : match.start()] + per(match) + words[match.end() :]
        )

    def _figures(self, words: str) -> list[FoundNumber]:
        found = quantities.find(words, self._lexicon)
        return [item for item in found if item.amount and item.kind in (NumberKind.NUMBER, NumberKind.MONEY)]

    def paces(self, words: str, per: frozenset[str], amount: Decimal | None) -> Iterator[str]:
        """Yield words with every pace given for the period of the fact: five a day for 35 a week."""
        for period in sorted(per & _DAYS.keys()):
            said = words
            for item in reversed(self._figures(words)):
                pace = re.compile(rf"(?<!\w){re.escape(item.per)}(?!\w)", re.I).search(said, item.end)
                if item.per == period or item.per not in _DAYS or not pace:
                    continue
                result = Fraction(item.amount or 0) * _DAYS[period] / _DAYS[item.per]
                is_exact = any({period, item.per} <= group for group in _EXACT)
                is_rough = item.bound is not None or item.is_hedged
                if not is_exact and is_rough and amount and abs(result / Fraction(amount) - 1) <= _NEAR:
                    result = Fraction(amount)
                said = said[: pace.start()] + period + said[pace.end() :]
                said = said[: item.start] + _said(item, result) + said[item.end :]
            if said != words:
                yield said


def _said(figure: FoundNumber, amount: Fraction) -> str:
    return f"{figure.currency} {_written(amount)}".strip()


def _written(amount: Fraction) -> str:
    """Return a number in digits, with as many decimals as it has, up to six."""
    number = Decimal(amount.numerator) / Decimal(amount.denominator)
    return f"{round(number, 6).normalize():f}"
