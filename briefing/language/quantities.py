"""Figures in running text: numbers, amounts of money, percentages and dates, in digits and in words.

``find`` knows a language by its lexicon. It leaves out words that only look like a figure: designations such
as F-16, Article 5 or a name that it is given, and small numbers before people and texts at hand ("the two
ministers").
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from briefing.language.lexicon import Lexicon, Phrases, either, expression, folded, parts_of, pattern, spelled
from briefing.language.numerals import Numeral, Numerals
from briefing.language.verbs import grammar_of
from briefing.model import edtf
from briefing.model.scales import Bound

Span = tuple[int, int]
_NEAR = 120
"""Number of characters beside a number in words that are searched for what it counts."""
_THINGS = re.compile(r"\s+[^\W\d_A-Z]{3,}s\b")
"""Things behind a number in words, before which no label is: to berth eleven tugs."""
_GOES_ON = re.compile(r"\w|-?[A-Z]|/\d")
"""Characters that make digits the beginning of something else: 3D, 5th, 7-A, 24/7."""
_ALIKE = 5
"""Number of letters from which two nouns are taken for the same."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NOUNS_BEHIND = re.compile(r"(?:[\s\u00a0-]+[^\W\d_][\w’']*){1,3}")
_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}")
"""The number of a version of a program: 2.3.1."""
_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
_WITHIN = re.compile(r"[\w,;] $")
_NAME_BEHIND = re.compile(r" [A-Z][a-z]")
_NAME_AHEAD = re.compile(r"(?:^|[\w,;] )(?P<name>[A-Z][a-z]{2,}) $")
_FRACTION = re.compile(r"(?<![\w.,])[¼-¾⅐-⅞](?!\w)")
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
"""Four digits between these may be a year, if the words around them say so."""


class NumberKind(StrEnum):
    """The kinds of figure."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percentage"
    SHARE = "share"
    """A part or a multiple in words: half, a third, doubled."""
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure: what it measures, and how much of that one of it is."""

    name: str
    """Its shortest name."""
    of: str
    """What it measures, such as area: amounts in units of the same can be converted."""
    size: Decimal


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """One figure and its place in the text."""

    kind: NumberKind
    start: int
    end: int
    text: str
    amount: Decimal | None = None
    """The number; None for dates, shares and words such as dozens."""
    currency: str = ""
    """ISO 4217 code of an amount of money."""
    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    """Days of the month: several for "16 and 17 November"."""
    last_year: int | None = None
    """The second year of a date such as 2025/26."""
    precision: str = ""
    """``decade`` or ``century`` where the year is only the first of several: the 2020s, the 19th century."""
    season: int | None = None
    """The part of a year, as in EDTF: 21 is spring, 33 the first quarter, 40 the first half."""
    weekday: int | None = None
    """The day of the week before a date, 0 for Monday."""
    third: str = ""
    """The third of its year or month that words before it name: early, mid or late."""
    bracketed: str = ""
    """The parts in square brackets, which mark inferred parts."""
    bound: Bound | None = None
    """Its bound, where words beside it give one; for dates ``up to`` is by, ``at least`` is from."""
    scale: Decimal = Decimal(1)
    """The multiplier in the number: a million in "7.5 million"."""
    measure: Measure | None = None
    """The unit of measure that follows; None where none does."""
    is_start: bool = False
    """Whether it is given as the date from which something is so: since 2031."""
    is_hedged: bool = False
    """Whether words beside it qualify it without being a bound: well over, nearly."""
    is_nearly: bool = False
    """Whether these words say that a little is missing: nearly, almost."""
    per: str = ""
    """What the figure is an amount per: year, MWh, tonne, head; empty where nothing says so."""
    share: Decimal | None = None
    """The same part in percent: 20 for a fifth; None where percent cannot say it."""
    is_fall: bool = False
    """Whether the words beside it say that something became less by it: a fall of 5 %."""
    is_rise: bool = False
    """Whether they say that something became more by it: a gain of 5 %."""
    is_in_brackets: bool = False
    """Whether it is alone in brackets, which make an amount negative in accounts."""
    other_bound: Bound | None = None
    """The bound that the same words may give as well: "upwards of" is at least, or more than."""
    is_doubtful: bool = False
    """Whether the words of its bound may mean something else: over five years, rights over 64 parcels."""
    partner: Span | None = None
    """The other end of the range that it is an end of."""
    other: FoundNumber | None = None
    """Another reading: the same digits as a year or as a number, or the share of which it is a part."""


def find(
    text: str, lexicon: Lexicon, names: Sequence[Span] = (), units: Iterable[str] = ()
) -> tuple[FoundNumber, ...]:
    """Return the figures in a text, in order; ``names`` are stretches in which nothing is a figure.

    ``units`` are what a subject counts: a small number of them in words is a figure, even if people and texts
    are otherwise counted in passing.
    """
    return _found(text, lexicon, tuple(names), tuple(sorted({*units})))


def _counts_any(text: str, end: int, stems: Collection[str]) -> bool:
    """Return whether the words behind a number in words are one of some units: five mobile laboratories."""
    behind = _NOUNS_BEHIND.match(text, end) if stems else None
    nouns = _LONG_WORD.findall(folded(behind[0])) if behind else ()
    return any(noun[:_ALIKE] in stems for noun in nouns)


def _goes_on(text: str, end: int) -> bool:
    """Return whether figures go on behind a place of a text."""
    return text[end : end + 1] == "/" and text[end + 1 : end + 2].isdigit()


@functools.lru_cache(maxsize=65536)
def _found(
    text: str, lexicon: Lexicon, names: tuple[Span, ...], units: tuple[str, ...]
) -> tuple[FoundNumber, ...]:
    """Return the same from a cache, because plan, issue and diff read a project twice in one process."""
    grammar = _grammar(lexicon)
    signs = tuple(_signs(text))
    if not signs and not _DIGIT.search(text) and grammar.hints.isdisjoint(parts_of(text)):
        return ()
    found: list[FoundNumber] = []
    taken = bytearray(len(text))
    said = (match.span() for match in grammar.sayings.finditer(text))
    # Before a stroke or a digit "24/7" begins a date.
    for start, end in (*names, *(span for span in said if not _goes_on(text, span[1]))):
        _take(taken, start, end)
    for candidates in (signs, grammar.dates(text), grammar.amounts(text, units), grammar.shares(text)):
        for figure in candidates:
            if not any(taken[figure.start : figure.end]):
                found.append(figure)
                _take(taken, figure.start, figure.end)
    found.sort(key=lambda figure: figure.start)
    read = grammar.with_ratios(text, [grammar.with_context(text, figure) for figure in found])
    return tuple(grammar.with_ranges(text, read))


def _as_range(low: FoundNumber, high: FoundNumber) -> tuple[FoundNumber, FoundNumber]:
    """Return the ends of a range, sharing words said once: 7 to 7.5 billion euros, EUR 5–7 billion."""
    low = dataclasses.replace(
        low,
        bound=Bound.BETWEEN,
        per=low.per or high.per,
        measure=high.measure if low.measure is None else low.measure,
        partner=(high.start, high.end),
    )
    high = dataclasses.replace(high, bound=Bound.BETWEEN, partner=(low.start, low.end))
    if low.kind is NumberKind.NUMBER:
        low = dataclasses.replace(low, kind=high.kind, currency=high.currency)
    elif high.kind is NumberKind.NUMBER and low.kind is NumberKind.MONEY:
        high = dataclasses.replace(high, kind=low.kind, currency=low.currency)
    if low.amount is None or high.amount is None or low.scale != 1 or low.kind is not high.kind:
        return low, high
    scaled = low.amount * high.scale
    return (dataclasses.replace(low, amount=scaled) if scaled <= high.amount else low), high


def _as_number(figure: FoundNumber) -> FoundNumber | None:
    """Return a figure as a number; None for a date that cannot be one."""
    return figure if figure.kind is not NumberKind.DATE else figure.other


def _with_number(figure: FoundNumber, number: FoundNumber) -> FoundNumber:
    """Return a figure with another reading of it as a number."""
    if figure.kind is NumberKind.DATE:
        return dataclasses.replace(figure, other=number)
    return dataclasses.replace(number, other=figure.other)


def _unless_alone(figure: FoundNumber) -> FoundNumber:
    """Return a figure without the bound of a range where it is no end of one: "from 5 people"."""
    if figure.bound is Bound.BETWEEN and figure.partner is None:
        return dataclasses.replace(figure, bound=None)
    return figure


def _in_digits(match: re.Match[str], scale: Decimal) -> Decimal | None:
    """Return the number of some digits; None where their separators allow two readings."""
    if match["odd"]:
        return None
    digits = re.sub(r"[,\s]", "", match["digits"])
    number = Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)
    if match["fraction"]:
        number += Decimal(unicodedata.numeric(match["fraction"])).quantize(Decimal("0.001")).normalize()
    return number * scale


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _signs(text: str) -> Iterator[FoundNumber]:
    """Yield figures with signs in place of digits: raised, circled or Roman ones, alone or behind digits.

    A raised or lowered figure behind a letter is part of a unit or formula: m², CO₂.
    """
    done = 0
    for match in _NOT_ASCII.finditer(text):
        start = end = match.start()
        if start < done or not _is_sign(text[start]):
            continue
        while start > done and (text[start - 1].isdecimal() or text[start - 1] in ".,"):
            start -= 1
        while end < len(text) and (text[end].isdecimal() or _is_sign(text[end])):
            end += 1
        done = end
        is_small = unicodedata.decomposition(text[match.start()]).startswith(("<super>", "<sub>"))
        if not (is_small and start == match.start() and text[start - 1 : start].isalpha()):
            start += len(text[start:end]) - len(text[start:end].lstrip(".,"))
            amount = _amount_of(text[start:end])
            yield FoundNumber(NumberKind.NUMBER, start, end, text[start:end], amount=amount)


def _is_sign(character: str) -> bool:
    """Return whether a character is a number without being a digit, a letter or a fraction."""
    is_number = character.isnumeric() and not character.isdecimal() and not character.isalpha()
    return is_number and not _DIGIT.match(character)


def _amount_of(signs: str) -> Decimal | None:
    """Return the number of some signs; None where some are raised and others not, as in 10²."""
    if len(signs) == 1:
        return Decimal(str(unicodedata.numeric(signs)))
    if all(_is_sign(sign) and sign.isdigit() for sign in signs):
        return Decimal("".join(str(unicodedata.digit(sign)) for sign in signs))
    return None


def _take(taken: bytearray, start: int, end: int) -> None:
    """Mark a part of a text as read; a name may extend beyond the text."""
    start, end = max(0, start), min(len(taken), end)
    taken[start:end] = b"\x01" * (end - start)


def is_measured(unit: str, lexicon: Lexicon) -> bool:
    """Return whether a unit is one of measure, a percentage or money: km, % and GBP/MWh, but not trams."""
    first = next(iter(find(f"1 {unit}", lexicon)), None)
    return first is not None and (first.measure is not None or first.kind is not NumberKind.NUMBER)


def direction(text: str, lexicon: Lexicon) -> str:
    """Return whether a text speaks of a ``rise`` or of a ``fall``; empty where it does of neither or both."""
    grammar = _grammar(lexicon)
    bounds = {match.start() for match in grammar.bounded.finditer(text)}  # less than 3 per cent is no fall
    said = [
        name
        for name, words in grammar.directions.items()
        if any(match.start() not in bounds for match in words.finditer(text))
    ]
    return said[0] if len(said) == 1 else ""


def counted_by(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return what a text counts by: year for "litres per year", MWh for "GBP/MWh"."""
    return _grammar(lexicon).counted_by(text)


@functools.cache
def _grammar(lexicon: Lexicon) -> _Grammar:
    return _Grammar(lexicon)


class _Grammar:
    """The expressions of one language, made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words["numbers"]
        dates = lexicon.words["dates"]
        self.numerals = Numerals(words)
        small = lexicon.words["grammar"]
        self.the, self.of_name = either(small["the"]), either(small["of"])
        self.joined, self.to_or = (
            either([*small["and"], *small["or"]]),
            either([*small["and"], *small["to"], *small["or"]]),
        )
        self.gap = re.compile(rf",?[\s\u00a0]+(?:(?:{self.the})[\s\u00a0]+)?")
        self._tables(words, dates)
        self.hints = _hints(words, dates)
        self._amounts(words)
        self._dates(dates, words)
        self.share = Phrases(words["shares"])
        self.ordinal = re.compile(rf"-(?:{either(words['ordinals'])})(?!\w)", re.IGNORECASE)
        self.third_of_them = re.compile(
            rf"(?:{either(words['articles'])})\s+(?:{either(words['ordinals'])})"
            rf"\s+(?!(?:{either(words['after_shares'])})(?!\w))\w",
            re.IGNORECASE,
        )
        self.not_share = Phrases(words["not_shares"])
        self.sayings = Phrases(words["sayings"])
        other = words["other"]
        before = {
            *other["before_bound"],
            *other["loose"],
            *other["during"],
            *itertools.chain(*words["bounds"].values()),
        }
        self.no_names = self.months.keys() | self.weekdays.keys() | {folded(word) for word in before}
        self._shares(words)
        self._designations(lexicon)
        self._between(words)
        self._context(lexicon, dates, lexicon.words["rephrased"]["nearly"])
        self._counting(words)
        self.before_bound = _before_bounds(lexicon)

    def _shares(self, words: dict[str, Any]) -> None:
        """Make the expressions for what is beside "half", "twice" and "quarter"."""
        self.of_whole = {
            "half": re.compile(
                rf"\s+(?:(?:{either(words['whole_of_half'])})(?!\w)|[\w-]*\d)|\s*(?:$|[^\w\s-])",
                re.IGNORECASE,
            ),
            "twice": re.compile(
                rf"\s+(?:(?:{either(words['whole_of_twice'])})(?!\w)|[\w-]*\d)", re.IGNORECASE
            ),
        }
        self.quarter = re.compile(rf"(?<!\w)(?:{either(words['quarter_of_year'])})\s+$", re.IGNORECASE)

    def _designations(self, lexicon: Lexicon) -> None:
        """Make the expressions for names with a number, and for numbers that count nothing of a subject."""
        words, designations = lexicon.words["numbers"], lexicon.words["designations"]
        small, other = lexicon.words["grammar"], words["other"]
        self.no_noun = re.compile(
            rf"(?:[.,;:)”]|['’]s)*(?:\s+(?:{either(designations['behind_names'])})(?!\w)|\s*$|[,;:)]\s)", re.I
        )
        # Of a list of labels only the first number has it beside it: slides 4, 5 and 7, paragraphs 8 to 11.
        joins = either([*words["joins"], *words["range_joins"]])
        self.label = re.compile(
            rf"(?:{pattern(_also_at_heads(designations['labels'])).pattern})[\s\u00a0]*"
            rf"(?:\d+(?:[,\s\u00a0]|(?:{joins})\s)*(?:(?:,|{joins})[\s\u00a0]+))*$"
        )
        no_noun = either(small["before_things"])
        plain = "|".join(expression(item) for item in designations["plain_nouns"])
        self.plain_noun = re.compile(
            rf"\s+(?:(?!\w*s\b|(?:{no_noun})\b)[\w’'-]+\s+)?(?:{plain})(?!\w)",
            re.IGNORECASE,
        )
        self.anaphora = re.compile(rf"(?<!\w)(?:{either(designations['anaphora'])})$", re.IGNORECASE)
        part_of = either(other["part_of"])
        self.part_of = re.compile(rf"(?:^|[.;:]\s+)(?:{part_of})\s[^.;:,]+,\s+$", re.IGNORECASE)
        numbers = either([*words["units"], *words["tens"]])
        # The two to four of them.
        self.to_number = re.compile(rf"\s+(?:{either(small['to'])})\s+(?:{numbers})\b", re.IGNORECASE)
        self.long = re.compile(rf"-(?:{either(other['long'])})")
        self.of = re.compile(rf"\s+(?:{either(small['of'])})\b")
        self.at_hand = re.compile(rf"(?<!\w)(?:{either(designations['at_hand'])})\s+$", re.IGNORECASE)

    def _tables(self, words: dict[str, Any], dates: dict[str, Any]) -> None:
        """Make the tables of words that are numbers, currencies and parts of a date."""
        self.scales = {word: Decimal(value) for word, value in words["scales"].items()}
        self.currencies = {
            folded(name): code for code, names in words["currencies"].items() for name in spelled(names)
        }
        self.currencies |= {folded(name): "" for name in spelled(words["unnamed_currencies"])}
        self.hundredths = {folded(name): code for name, code in words["hundredths"].items()}
        self.months = {
            folded(name).rstrip("."): number
            for number, names in enumerate(dates["months"], 1)
            for name in names
        }
        parts = ((edtf.SPRING, "seasons"), (edtf.FIRST_QUARTER, "quarters"), (edtf.FIRST_HALF, "halves"))
        self.parts_of_year = {
            folded(name): number
            for first, table in parts
            for number, names in enumerate(dates[table], first)
            for name in names
        }
        self.centuries = dates["centuries"]
        self.weekdays = {
            folded(name).rstrip("."): number
            for number, names in enumerate(dates["weekdays"])
            for name in names
        }
        names = "|".join(sorted(self.weekdays, key=len, reverse=True))
        self.weekday = re.compile(
            rf"(?<!\w)(?P<name>{names})\.?,?[\s\u00a0]+(?:(?:{self.the})[\s\u00a0]+)?$", re.IGNORECASE
        )
        self.has_capital_months = all(name[0].isupper() for names in dates["months"] for name in names)

    def _context(self, lexicon: Lexicon, dates: dict[str, Any], nearly: list[str]) -> None:
        """Make the expressions for the words beside a figure that change its meaning."""
        words, small = lexicon.words["numbers"], lexicon.words["grammar"]
        articles, the = either(small["articles"]), either(small["the"])
        self.bounds = _bounds(lexicon, words["bounds"], words["bounds_behind"])
        self.loose = re.compile(
            rf"(?<!\w)(?:{either(words['other']['loose'])})[\s\u00a0]+(?:(?:{articles})\s+)?$", re.I
        )
        self.nearly = re.compile(rf"(?<!\w)(?:{either(nearly)})[\s\u00a0]+(?:(?:{articles})\s+)?$", re.I)
        self.not_loose = re.compile(
            rf"(?<!\w)(?:{either(words['other']['not_loose'])})[\s\u00a0]+(?:(?:{articles})\s+)?$", re.I
        )
        # More than the 40 of last year: a comparison.
        self.compares = re.compile(
            rf"(?:{either(words['other']['compares'])})[\s\u00a0]+(?:{the})[\s\u00a0]+$", re.I
        )
        self.still_more = re.compile(rf",\s+(?:{either(words['other']['still_more'])})$", re.I)
        self.next_figure = re.compile(rf"[\s\u00a0]+(?:\d|(?:{self.numerals.pattern})(?!\w))", re.I)
        self.open_dates = _bounds(
            lexicon, {"up to": dates["before"], "at least": dates["since"], "about": dates["about"]}
        )
        self.start = re.compile(
            rf"(?<!\w)(?:{either(dates['start'])})[\s\u00a0]+(?:(?:{the})\s+)?$", re.IGNORECASE
        )
        other = words["other"]
        self.changes = {
            name: (
                re.compile(
                    rf"(?<!\w)(?:{either(words[name]['ahead'])})[\s\u00a0]+(?:(?:{articles})\s+)?$",
                    re.IGNORECASE,
                ),
                re.compile(rf"[\s\u00a0-]+(?:{either(words[name]['behind'])})(?!\w)", re.IGNORECASE),
                re.compile(rf"(?<!\w)(?:{either(words[name]['no_change'])})[\s\u00a0]+$", re.IGNORECASE),
            )
            for name in ("rise", "fall")
        }
        self.bounded = Phrases(itertools.chain(*words["bounds"].values()), behind=r"\s+\D?\d")
        self.directions = {name: Phrases(words[name]["words"]) for name in ("rise", "fall")}
        self.during = re.compile(rf"(?<!\w)(?:{either(other['during'])})[\s\u00a0]+$", re.IGNORECASE)
        self.time = re.compile(rf"[\s\u00a0-](?:{either(other['times'])})(?!\w)", re.IGNORECASE)
        at_least = either(words["bounds_behind"]["at least"])
        self.capped = re.compile(
            rf"(?:[\s\u00a0]+[^\W\d_][\w’'-]*){{0,2}}?,?[\s\u00a0]+(?:{at_least}),?"
            rf"\s+(?:(?:{either(words['range_joins'])}|{either(small['but'])})\s+)?",
            re.IGNORECASE,
        )
        self.ambiguous = re.compile(
            rf"(?<![^\W\d_])(?P<word>[^\W\d_]+)[\s\u00a0]+(?:{either(other['ambiguous'])})"
            rf"[\s\u00a0]+(?P<the>(?:{the})\s+)?$",
            re.I,
        )
        self.governed = re.compile(
            rf"(?<!\w)(?:{either(other['governed'])})[\s\u00a0]+(?:(?:{the})\s+)?$", re.I
        )
        self.denominators = {word: Decimal(value) for word, value in words["parts"].items()}
        self.range_join = re.compile(
            rf"(?P<unit>(?:[\s\u00a0-]*[^\W\d_](?:-?[\w’'/²³])*+(?:-(?=\s))?+){{0,3}}?)"
            rf"\s*(?:(?<![^\W\d_])|(?=[-–—]))(?P<join>{either(words['range_joins'])})\s*",
            re.IGNORECASE,
        )

    def _between(self, words: dict[str, Any]) -> None:
        """Make the expression for what is before the high end of a range: between six and (eight of them)."""
        self.range_ahead = re.compile(
            rf"(?<!\w)(?:{either(words['bounds']['between'])})[\s\u00a0]+(?:{self.numerals.pattern})"
            rf"[\s\u00a0]+(?:{either(words['range_joins'])})[\s\u00a0]+$",
            re.IGNORECASE,
        )

    def _counting(self, words: dict[str, Any]) -> None:
        """Make the expressions for units of measure and for what an amount is counted by."""
        other = words["other"]
        self.period_words = {name: Phrases(phrases) for name, phrases in words["periods"].items()}
        self.periods = {
            name: re.compile(
                rf"^(?:[\s\u00a0/]*[\w’'-]++){{0,3}}?[\s\u00a0]*(?:{either(phrases)})(?!\w)", re.I
            )
            for name, phrases in words["periods"].items()
        }
        self.measures = [
            (
                re.compile(rf"(?:{either(names)})(?!\w)"),
                Measure(next(spelled([names[-1]])).rstrip("*"), kind, Decimal(size)),
            )
            for kind, units in words["measures"].items()
            for size, names in units.items()
        ]
        self.units_of = {folded(word): unit for word, unit in other["counted_by"].items()}
        every = either(
            name for units in words["measures"].values() for names in units.values() for name in names
        )
        unit = rf"(?P<unit>(?:{every})(?!\w)|[^\W\d_][\w’-]*)"
        each = rf"(?:{either(other['per'])})[\s\u00a0]+(?:{either(words['articles'])})?[\s\u00a0]*"
        self.per = re.compile(rf"(?:(?<!\w){each}|(?<=[\w€$£)%])\s?/\s?){unit}")
        self.per_behind = re.compile(rf"(?:[\s\u00a0]+[\w’'-]+){{0,3}}?(?:[\s\u00a0]+{each}|\s?/\s?){unit}")
        self.a_measure = re.compile(
            rf"[\s\u00a0]+(?:{either(words['articles'])})[\s\u00a0]+(?P<unit>{every})(?!\w)"
        )

        self.part_of_one = re.compile(
            rf"(?:[\s\u00a0]+(?:{either(words['part_joins'])}))?[\s\u00a0]+(?:{either(words['articles'])})"
            rf"(?=[\s\u00a0]+(?:{every})(?!\w))",
            re.IGNORECASE,
        )
        number = rf"\d{{1,3}}(?:,\d{{3}})*|(?:{self.numerals.pattern})"
        self.ratio = re.compile(
            rf"(?<![\w.,’'-])(?P<part>{number})(?P<of>[\s\u00a0]+[^\W\d_][\w’'-]*)?"
            rf"[\s\u00a0]+(?:{either(words['ratio_joins'])})[\s\u00a0]+(?P<whole>{number})(?![\w%-]|[.,]\d)",
            re.IGNORECASE,
        )
        self.counts_on = re.compile(
            rf"[\s\u00a0]+(?!(?:{either(words['after_shares'])})(?!\w))\w", re.IGNORECASE
        )
        self.a_time = re.compile(rf"[\s\u00a0-]+(?:{either(other['times'])})(?!\w)", re.IGNORECASE)

    def _amounts(self, words: dict[str, Any]) -> None:
        attached = "|".join(sorted((word for word in self.scales if len(word) <= 2), key=len, reverse=True))
        spaced = "|".join(
            sorted((word for word in self.scales if len(word) > 1), key=lambda word: -len(word))
        )
        many = r"\d{1,3}(?:[ ]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1 250 000, 1.250.000
        digits = rf"{many}|\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
        in_words = rf"(?<![\w’'-])(?P<words>{self.numerals.pattern})(?!\w)"
        scale = rf"(?:[\s\u00a0-]?(?:{spaced})|(?:{attached}))(?!\w)"
        groups = (*words["currencies"].values(), words["unnamed_currencies"])
        symbols = {symbol for group in groups for symbol in spelled(group)}
        symbol_ends = "".join(sorted({symbol[-1] for symbol in symbols if not symbol[-1].isalnum()}))
        before = "|".join(
            _currency(symbol) for symbol in sorted(symbols, key=lambda item: (-len(item), item))
        )
        # A dash is a minus where it does not join two words or figures: −5, €−5m, −€5m, minus 5.
        said = rf"(?<![\w-])(?:{either(words['minus'])})[\s\u00a0]+"
        minus = rf"(?P<minus>(?<![\w)\]’%.−–{re.escape(symbol_ends)}-])[−–-]|{said})"
        prefix = r"(?:(?<![\w/&\#@−-])|(?<=\d-))"
        self.amount = re.compile(
            rf"""
            (?:{minus}?(?<![\w])(?P<before>{before})[\s\u00a0]?(?P<negative>[−–-]|{said})?
              |{minus.replace("<minus>", "<alone>")}
              |{prefix})
            (?<!\d[.,])
            (?:(?P<digits>{digits})(?P<fraction>[¼-¾⅐-⅞])?(?P<odd>(?:[.,]\d+)+)?(?P<scale>{scale}|(?(before)[\s\u00a0](?:{attached})(?!\w)|(?!)))?|{in_words})
            (?:[\s\u00a0-]?(?P<percent>{either(words["percent"])})(?!\w)
              |(?:[\s\u00a0]?|-(?=[^\W\d_]+(?!\w|[\s\u00a0]?\d)))(?P<after>{either(self.hundredths)}|{before})(?!\w))?
            """,
            re.IGNORECASE | re.VERBOSE,
        )
        self.currency_before = re.compile(rf"(?<!\w)(?:{before})[\s\u00a0]?$", re.IGNORECASE)
        self.vague = Phrases(words["vague"])
        self.dozen = re.compile(rf"(?:\w+\s+)?(?:{either(words['articles'])})\s", re.IGNORECASE)

    def _dates(self, dates: dict[str, list[str]], words: dict[str, list[str]]) -> None:
        written = sorted((name for group in dates["months"] for name in group), key=len, reverse=True)
        month = "|".join(re.sub(r"\\\.$", r"\\.?", re.escape(name)) for name in written)
        names = f"(?P<month>{month})"
        year = r"(?P<year>\[?[12]\d{3}\]?)"
        ending = f"(?:{'|'.join(map(re.escape, dates['ordinals']))})?"
        day = rf"\[?(?P<day>\d{{1,2}}){ending}"
        several = rf"(?:\s*,\s*\d{{1,2}}{ending}){{1,5}}"
        listed = rf"(?P<days>{several})\s*,?\s*(?:{self.joined})"  # 16, 17 and 18 November
        more = rf"(?:(?:{listed}|\s*(?:[-–/]|{self.to_or}))\s*(?P<day2>\d{{1,2}}){ending})?"
        parts = "|".join(
            re.escape(name).replace(r"\ ", r"[\s\u00a0-]+")
            for name in sorted(self.parts_of_year, key=len, reverse=True)
        )
        numbers = "|".join(sorted(self.centuries, key=len, reverse=True))
        century = f"(?:{either(dates['century'])})"
        before = either(dates["before_month"])
        named, part, centuries = (
            _last_words(names) for names in (written, self.parts_of_year, spelled(dates["century"]))
        )
        of = f"(?:{self.of_name})"
        at_digit, anything = r"(?=[\[\d])", frozenset[str]()
        forms = (  # each with words of which it needs one, or else a digit
            (named, rf"{day}{more}(?:\s+{of})?[\s\u00a0]+\[?{names}\]?(?:,?[\s\u00a0]+{year})?"),
            (named, rf"{names}[\s\u00a0]+{day}{more}(?!\d|[.,]\d|[\s\u00a0]?%)(?:,?[\s\u00a0]+{year})?"),
            (named, rf"\[?{names}\]?(?:\s+{of})?,?[\s\u00a0]+{year}"),
            (anything, r"(?P<year>[12]\d{3})-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)"),
            (anything, r"(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])"),
            (
                part,
                rf"(?P<season>{parts})(?:\s+{of})?(?:\s+(?:{self.the})\s+(?:{either(dates['year'])}))?[\s\u00a0-]+{year}(?:[-–/](?P<year2>\d\d))?",
            ),
            (anything, rf"{year}[\s\u00a0-]?(?P<season>Q[1-4]|H[12])"),
            (
                anything,
                r"(?P<day>[0-3]?\d)(?P<dot>[./])(?P<number>0?[1-9]|1[0-2])(?P=dot)(?P<year>[12]\d{3})",
            ),
            (anything, r"\d{1,2}(?P<dot>[./])\d{1,2}(?P=dot)[12]\d{3}|\d{1,2}/\d{1,2}/\d\d"),
            (anything, r"(?:[01]?\d|2[0-3]):[0-5]\d"),
            (anything, r"(?P<year>[12]\d{3})[-–/](?P<year2>\d\d)"),
            (anything, r"(?P<decade>[12]\d\d0)['’]?s"),
            (centuries, rf"(?:(?P<century>\d{{1,2}}){ending}|(?P<ordinal>{numbers}))[\s\u00a0-]{century}"),
            (anything, r"(?P<year>\[?(?:19|20)\d\d\]?)"),
            (named, rf"(?<=\b)(?:{before})\s+{names}"),
        )
        guard = r"(?:(?<![\w/.&#@€$£:-])(?<!\d,)|(?<=(?<!\d)(?:19|20)\d\d[-/]))"
        end = r"(?!\w|/(?!(?:19|20)\d\d(?!\d))|[.,:]\d)"
        pre = "".join(rf"|(?<=\b{re.escape(name)}-)" for name in dates["hyphened"])
        pre = f"(?:{pre[1:]})"
        self.date_forms = [
            (needed, re.compile(f"{'' if needed else at_digit}(?:{guard}|{pre}){form}{end}", re.IGNORECASE))
            for needed, form in forms
        ]
        self.relative = Phrases(dates["relative"])
        self.thirds = {
            name: re.compile(rf"(?<!\w)(?:{either(dates[name])})[\s\u00a0-]*$", re.IGNORECASE)
            for name in edtf.THIRDS
        }

    # ------------------------------------------------------------------------------------------ finding

    def dates(self, text: str) -> Iterator[FoundNumber]:
        """Yield the dates, in their fullest form first."""
        starts = set()
        words, has_digit = parts_of(text), _DIGIT.search(text) is not None
        for needed, form in self.date_forms:
            if not (needed & words if needed else has_digit):
                continue
            for match in form.finditer(text):
                if self._is_labelled(text, match.start()) or not self._is_date(text, match):
                    continue
                figure = self._date(text, match)
                starts.add(figure.start)
                yield figure
        for match in self.relative.finditer(text):
            gap = self.gap.match(text, match.end())
            if not gap or gap.end() not in starts:  # "on Monday 17 November" is a date by itself
                yield FoundNumber(NumberKind.DATE, match.start(), match.end(), match.group())

    def _date(self, text: str, match: re.Match[str]) -> FoundNumber:
        groups = match.groupdict()
        month = self.months.get(folded(groups.get("month") or "").rstrip("."))
        if groups.get("number"):
            month = int(groups["number"])
        written = " ".join(groups.get(name) or "" for name in ("day", "days", "day2"))
        days = tuple(map(int, re.findall(r"\d+", written)))
        year, precision = self._year(groups)
        start = match.start("month") if groups.get("month") and not days and not year else match.start()
        weekday = self.weekday.search(text, max(0, start - 24), start) if days else None
        last = groups.get("year2")
        before = text[max(0, start - 24) : start]
        thirds = (name for name, said in self.thirds.items() if not days and said.search(before))
        return FoundNumber(
            NumberKind.DATE,
            start,
            match.end(),
            text[start : match.end()],
            year=year,
            month=month,
            days=days,
            last_year=_following(year, int(last)) if year and last else None,
            precision=precision,
            season=self._season(groups.get("season") or ""),
            third=next(thirds, ""),
            weekday=self.weekdays[folded(weekday["name"]).rstrip(".")] if weekday else None,
            bracketed=" ".join(re.findall(r"\[([^\[\]]*)\]", match.group())),
        )

    def _year(self, groups: dict[str, str | None]) -> tuple[int | None, str]:
        """Return the year of a date, the first of a decade or a century, and which of these it is."""
        if decade := groups.get("decade"):
            return int(decade), "decade"
        if groups.get("century") or groups.get("ordinal"):
            number = self.centuries.get(folded(groups.get("ordinal") or "")) or int(groups["century"] or 0)
            return (number - 1) * 100, "century"
        year = (groups.get("year") or "").strip("[]")
        return int(year) if year else None, ""

    def _season(self, name: str) -> int | None:
        """Return the number of a season, a quarter or a half of a year."""
        return self.parts_of_year.get(folded(name.replace("-", " ")))

    def _is_date(self, text: str, match: re.Match[str]) -> bool:
        """Return whether a match is a date; a year beside a currency is a number, "may" can be a verb."""
        groups = match.groupdict()
        if groups.get("month") and self.has_capital_months and groups["month"][0].islower():
            return False
        if groups.get("month") or groups.get("number") or groups.get("season"):
            return True
        if century := groups.get("century"):
            return 11 <= int(century) <= 30 and century != "21"
        year, last = groups.get("year"), groups.get("year2")
        if (
            year
            and last
            and not 1900 <= int(year) < 2100
            and _following(int(year), int(last)) != int(year) + 1
        ):
            return False
        if self.currency_before.search(text, max(0, match.start() - _NEAR), match.start()):
            return False
        amount = self.amount.match(text, match.start())
        return not (amount and (amount["scale"] or amount["percent"] or amount["after"]))

    def amounts(self, text: str, units: Iterable[str]) -> Iterator[FoundNumber]:
        """Yield numbers, money and percentages, in digits and in words; units are what a subject counts."""
        position, stems = 0, {unit[:_ALIKE] for words in units for unit in _LONG_WORD.findall(folded(words))}
        wholes = {match.start("whole") for match, _ in self._ratios(text)}
        while match := self.amount.search(text, position):
            numeral = self.numerals.read(match["words"]) if match["words"] else None
            position = match.end()
            if numeral and numeral.end < len(match["words"]):
                position = match.start("words") + numeral.end  # another number follows
            if numeral and numeral.amount > 1 and _counts_any(text, position, stems):
                wholes.add(match.start())
            figure = self._amount(text, match, position, numeral, wholes)
            if figure:
                yield figure
        for match in self.vague.finditer(text):
            yield FoundNumber(NumberKind.NUMBER, match.start(), match.end(), match.group())

    def _amount(
        self, text: str, match: re.Match[str], end: int, numeral: Numeral | None, wholes: Collection[int]
    ) -> FoundNumber | None:
        """Return the figure of a match up to an index; None where it only looks like one.

        ``wholes`` are the places of numbers that surely are figures, such as those that another is given a
        part of: four in "one in four".
        """
        if match["odd"] and _VERSION.fullmatch(match["digits"] + match["odd"]):
            return None
        is_whole = end == match.end()
        behind = match["after"] if is_whole else None
        currency, percent = match["before"] or behind, match["percent"] if is_whole else None
        is_sure = bool(currency or percent or match.start() in wholes)
        if numeral and not is_sure and not self._is_counted(text, match.start("words"), end, numeral.amount):
            return None
        is_label = self._is_labelled(text, match.start()) and not (numeral and _THINGS.match(text, end))
        is_range = bool(currency) and text[end : end + 1] == "-"  # USD 30-USD 40
        if is_label or (_GOES_ON.match(text, end) and not is_range):
            return None
        if not is_sure and self._is_name(text, match.start("words") if numeral else match.start(), end):
            return None
        scale = self.scales[folded(match["scale"]).lstrip("-")] if match["scale"] else Decimal(1)
        amount = numeral.amount if numeral else _in_digits(match, scale)
        named = folded(currency or "")
        if named in self.hundredths:  # 62 cents
            scale = (numeral.scale if numeral else scale) / 100
            amount = amount and amount / 100
        is_negative = match["minus"] or match["negative"] or match["alone"]
        return FoundNumber(
            NumberKind.PERCENT if percent else NumberKind.MONEY if currency else NumberKind.NUMBER,
            match.start(),
            end,
            text[match.start() : end],
            amount=-amount if amount and is_negative else amount,
            scale=numeral.scale if numeral and named not in self.hundredths else scale,
            currency=self.hundredths.get(named, self.currencies.get(named, "")),
        )

    def _is_name(self, text: str, start: int, end: int) -> bool:
        """Return whether a number is part of a name in a sentence: the Four Seasons, left Pier 4 at dawn."""
        if text[start : start + 1].isalpha():
            is_within = _WITHIN.search(text, max(0, start - 3), start) is not None
            return is_within and text[start].isupper() and _NAME_BEHIND.match(text, end) is not None
        word = _NAME_AHEAD.search(text, max(0, start - 40), start)
        is_name = word is not None and folded(word["name"]) not in self.no_names
        return is_name and end - start <= 3 and self.no_noun.match(text, end) is not None

    def _is_counted(self, text: str, start: int, end: int, amount: Decimal) -> bool:
        """Return whether a number in words is a figure: not "one", nor a small number of people or texts."""
        after = text[end : end + _NEAR]
        share = self.share.match(text, start)
        if (share and share.end() > end) or self.ordinal.match(after):
            return False  # two-thirds; twenty-first
        if amount > 12 or self.dozen.match(text, start, end):
            return True
        whole = self.part_of.search(text, max(0, start - _NEAR), start)
        if amount > 1 and whole:  # of the boats, seven have been painted; of the texts, two say so
            return self.plain_noun.search(whole.group()) is None
        if amount <= 1 or re.match(r"-", after):
            return self.long.match(after) is not None and amount > 1
        if self.anaphora.search(text, max(0, start - _NEAR), end) and not self.to_number.match(after):
            return False
        if self.range_ahead.search(text, max(0, start - _NEAR), start):  # between six and eight of them
            return True
        is_alone = not re.match(r"[\s\u00a0]+\w", after)
        return not self.plain_noun.match(after) and not (
            is_alone and self.at_hand.search(text, max(0, start - _NEAR), start)
        )

    def shares(self, text: str) -> Iterator[FoundNumber]:
        """Yield parts and multiples in words."""
        for match in self.share.finditer(text):
            is_name = self.not_share.match(text, match.start()) or text[match.end() : match.end() + 1] == "-"
            if self._is_degree(text, match):
                continue
            if not is_name and not self.third_of_them.match(text, match.start()):
                share = self._percent(match.group())
                if share and (whole := self.part_of_one.match(text, match.end())):
                    place = match.start(), whole.end(), text[match.start() : whole.end()]
                    yield FoundNumber(NumberKind.NUMBER, *place, amount=share / 100)  # half a gigahertz
                    continue
                yield FoundNumber(NumberKind.SHARE, match.start(), match.end(), match.group(), share=share)
        for match in _FRACTION.finditer(text):
            share = _in_percent(Fraction(unicodedata.numeric(match.group())).limit_denominator(10))
            yield FoundNumber(NumberKind.SHARE, match.start(), match.end(), match.group(), share=share)

    def _is_degree(self, text: str, match: re.Match[str]) -> bool:
        """Return whether it is no share: half done, asked twice, in a quarter that saw new auditors."""
        said = folded(match.group())
        if said.endswith("quarter") or said == "quarters":
            return self.quarter.search(text, 0, match.start()) is not None and not self.of.match(
                text, match.end()
            )
        of_whole = self.of_whole.get(said)
        return of_whole is not None and of_whole.match(text, match.end()) is None

    def _percent(self, words: str) -> Decimal | None:
        """Return a share in percent: 60 for three-fifths; None where it is none, or has no such number."""
        *first, last = re.split(r"[\s\u00a0-]+", folded(words))
        part = self.denominators.get(last)
        count = self.numerals.units.get(first[0]) if first and first[0] not in self.numerals.articles else 1
        return _in_percent(Fraction(count) / Fraction(part)) if part and count and len(first) < 2 else None

    def counted_by(self, text: str) -> tuple[str, ...]:
        """Return what a text counts by: periods first, then units."""
        found = [name for name, phrase in self.period_words.items() if phrase.search(text)]
        found += [self._unit(match["unit"]) for match in self.per.finditer(text)]
        return tuple(dict.fromkeys(found))

    def _per(self, figure: FoundNumber, after: str) -> str:
        """Return what a figure is an amount per, by the words after it."""
        if period := next((name for name, phrase in self.periods.items() if phrase.match(after)), ""):
            return period
        match = self.per_behind.match(after)
        if not match and figure.kind is NumberKind.MONEY:
            match = self.a_measure.match(after)
        return self._unit(match["unit"]) if match else ""

    def _unit(self, word: str) -> str:
        """Return one name for what amounts are counted by: tonne for tonnes, MWh for megawatt hour."""
        measure = self._measure(word)
        if measure is not None:
            name = measure.name
        else:
            name = folded(word)
            name = name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name
        return str(self.units_of.get(folded(name), name))

    def _measure(self, text: str) -> Measure | None:
        """Return the unit of measure that a text begins with, the longest that fits."""
        found = [(match.end(), measure) for unit, measure in self.measures if (match := unit.match(text))]
        # Of "megawatt-hour", "megawatt" with any ending is as long, and is before it.
        return max(reversed(found), key=lambda item: item[0])[1] if found else None

    def _is_labelled(self, text: str, start: int) -> bool:
        return bool(self.label.search(text, max(0, start - 24), start))

    # ------------------------------------------------------------------------------------------ context

    def with_ranges(self, text: str, found: Sequence[FoundNumber]) -> list[FoundNumber]:
        """Return the figures, with the two ends of each range marked: 7 to 7.5 billion euros."""
        figures = list(found)
        for index, ends in enumerate(itertools.pairwise(found)):
            low, high = (_as_number(item) for item in (figures[index], ends[1]))
            if low and high and self._is_range(text, low, high):
                pair = zip(figures[index : index + 2], _as_range(low, high), strict=True)
                figures[index : index + 2] = [_with_number(item, number) for item, number in pair]
        return [_unless_alone(item) for item in figures]

    def _is_range(self, text: str, low: FoundNumber, high: FoundNumber) -> bool:
        """Return whether two numbers are the ends of a range: "5 to 7" is one by itself, "5 and 7" is not."""
        is_capped = low.bound is Bound.AT_LEAST and high.bound is Bound.UP_TO
        if is_capped and self.capped.fullmatch(text, low.end, high.start):  # 300 at least and 380 at most
            return True
        bound = self.bounds[Bound.UP_TO][0].search(text, low.end, high.start) if is_capped else None
        join = self.range_join.fullmatch(text, low.end, bound.start() if bound else high.start)
        if not join:
            return False
        if bound:  # at least seven and at most nine
            return True
        unit = join["unit"].strip()
        if low.bound is Bound.BETWEEN:
            return True
        is_said_again = text[high.end :].lstrip(" \u00a0-").startswith(unit)  # 355 MW to 380 MW
        return is_said_again and not re.fullmatch(either(self.numerals.joins), join["join"], re.IGNORECASE)

    def with_context(self, text: str, figure: FoundNumber) -> FoundNumber:
        """Return the figure with its bound, unit and what it is counted by, from the words beside it."""
        read = self._in_context(text, figure)
        if not re.fullmatch(r"\d{4}", figure.text) or not _FIRST_YEAR <= int(figure.text) <= _LAST_YEAR:
            return read
        place = figure.start, figure.end, figure.text
        if figure.kind is NumberKind.DATE:
            other = FoundNumber(NumberKind.NUMBER, *place, amount=Decimal(figure.text))
        elif figure.kind is NumberKind.NUMBER:
            other = FoundNumber(NumberKind.DATE, *place, year=int(figure.text))
        else:
            return read
        return dataclasses.replace(read, other=self._in_context(text, other))

    def _in_context(self, text: str, figure: FoundNumber) -> FoundNumber:
        before, after = text[max(0, figure.start - 40) : figure.start], text[figure.end : figure.end + 40]
        is_date = figure.kind is NumberKind.DATE
        bounds = self.open_dates if is_date else self.bounds
        said = [
            (len(match.group()), bound)
            for bound, (ahead, _) in bounds.items()
            if (match := ahead.search(before)) and not self.compares.search(match.group())
        ]
        loose = self.loose.search(before)
        is_hedged = (
            not is_date and loose is not None and all(len(loose.group()) > length for length, _ in said)
        )
        is_bound = not is_hedged and not self.not_loose.search(before)
        # "No fewer than" ends in "fewer than": the longest words count.
        length = max(length for length, _ in said) if said and is_bound else 0
        found = [bound for size, bound in said if length == size]
        found = found or [
            bound
            for bound, (_, behind) in bounds.items()
            if (match := behind.match(after)) and not self._goes_on(after, match)
        ]
        ahead = before[: len(before) - length]
        rises, falls = (self._changes(name, ahead, after) and not is_date for name in ("rise", "fall"))
        return dataclasses.replace(
            figure,
            bound=found[0] if found else None,
            other_bound=found[1] if len(found) > 1 else None,
            is_start=is_date and bool(self.start.search(before)),
            is_hedged=is_hedged,
            is_nearly=is_hedged and self.nearly.search(before) is not None,
            per="" if is_date else self._per(figure, after),
            measure=self._measure(re.sub(r"^[\s\u00a0-]", "", after, count=1)),
            is_fall=falls,
            is_rise=rises,
            is_in_brackets=not is_date and before[-1:] == "(" and after[:1] == ")",
            is_doubtful=bool(
                (self.during.search(before) and self.time.match(after)) or self._is_governed(before)
            ),
        )

    def _goes_on(self, after: str, bound: re.Match[str]) -> bool:
        """Return whether words behind a figure bound another, or nothing: 58 on order, at least 20 built."""
        is_more = self.still_more.search(bound.group()) is not None
        return is_more or self.next_figure.match(after, bound.end()) is not None

    def _is_governed(self, before: str) -> bool:
        """Return whether "over" or the like is no bound: rights over 64 parcels, a joke about 40 million.

        Nor is it one where an article follows: nothing is built under the 48 million contract.
        """
        match = self.ambiguous.search(before)
        if not match:
            return False
        if match["the"]:
            return True
        word = match["word"].lower()
        return self.governed.search(before) is not None or not (
            word in self.before_bound or word.endswith(("ed", "ing", "ly"))
        )

    def _changes(self, name: str, before: str, after: str) -> bool:
        """Return whether the words beside a figure say that something rose or fell by it."""
        ahead, behind, no_change = self.changes[name]
        return bool((ahead.search(before) and not no_change.search(before)) or behind.match(after))

    def with_ratios(self, text: str, found: Sequence[FoundNumber]) -> list[FoundNumber]:
        """Return the figures, with the share as another reading of both numbers of "two in five"."""
        figures = {figure.start: figure for figure in found}
        for match, share in self._ratios(text):
            if share is None:
                continue
            place = match.start(), match.end(), match.group()
            read = self._in_context(text, FoundNumber(NumberKind.SHARE, *place, share=share))
            for start in (match.start("part"), match.start("whole")):
                figure = figures.get(start)
                if figure and figure.kind is NumberKind.NUMBER and figure.other is None:
                    other = dataclasses.replace(read, start=start, end=figure.end, text=figure.text)
                    figures[start] = dataclasses.replace(figure, other=other)
        return list(figures.values())

    def _ratios(self, text: str) -> Iterator[tuple[re.Match[str], Decimal | None]]:
        """Yield the shares in two numbers, in percent: one fish in four, 83 in every 100 berths.

        One fish in seven has no short number in percent.
        """
        for match in self.ratio.finditer(text):
            part, whole = (self._number(match[name]) for name in ("part", "whole"))
            if part is None or whole is None or not part < whole:
                continue
            # "Two ferries in three ports" counts both, and "12 in 14 days" is a pace.
            if (match["of"] and self.counts_on.match(text, match.end())) or self.a_time.match(
                text, match.end()
            ):
                continue
            yield match, _in_percent(Fraction(part) / Fraction(whole))

    def _number(self, words: str) -> Decimal | None:
        """Return a whole number in digits or words; None where the words are more than one number."""
        if words[0].isdigit():
            return Decimal(words.replace(",", ""))
        numeral = self.numerals.read(words)
        return numeral.amount if numeral.end == len(words) else None


def _in_percent(part: Fraction) -> Decimal | None:
    """Return a part in percent; None where no short decimal number is the same."""
    percent = part * 100
    short = Decimal(percent.numerator) / Decimal(percent.denominator)
    return short if Fraction(short) == percent else None


def _following(year: int, digits: int) -> int:
    """Return the first year after another that ends in two digits: 2026 for 2025/26."""
    century = year - year % 100
    return century + digits if century + digits > year else century + 100 + digits


def _before_bounds(lexicon: Lexicon) -> frozenset[str]:
    """Return the words behind which "over" is a bound: verbs that have an object, and small words."""
    grammar, other = grammar_of(lexicon), lexicon.words["numbers"]["other"]
    lists = [table.get("done", ()) for table in lexicon.words["deeds"].values()]
    verbs = {phrase.split()[0] for phrases in (*lists, other["counting"]) for phrase in phrases}
    forms = {form for verb in verbs if verb.isalpha() for form, _ in grammar.forms(verb)}
    return frozenset(forms | {*other["before_bound"]})


def _hints(words: dict[str, Any], dates: dict[str, Any]) -> frozenset[str]:
    """Return words of which every text with a figure has one, or else a digit: most texts have neither."""
    phrases = [*words["units"], *words["tens"], *words["scales"], *words["vague"], *words["shares"]]
    phrases += [name for names in dates["months"] for name in names]
    return _last_words(spelled((*phrases, *dates["relative"], *dates["centuries"])))


def _also_at_heads(labels: Iterable[str]) -> list[str]:
    """Return labels with their forms at the head of a sentence: footnote 3, Footnote 3."""
    found = list(labels)
    return list(
        dict.fromkeys(
            found + ["|".join(item[:1].upper() + item[1:] for item in label.split("|")) for label in found]
        )
    )


def _last_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return the last word of each phrase, as the parts of a text have it."""
    return frozenset(re.findall(r"[^\W_]+", phrase.lower())[-1] for phrase in phrases)


def _bounds(
    lexicon: Lexicon,
    words: Mapping[str, list[str]],
    behind_words: Mapping[str, list[str]] = MappingProxyType({}),
) -> dict[Bound, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return for each bound the expressions for its words before a figure and after it."""
    found = {}
    small = lexicon.words["grammar"]
    between = (
        rf"(?:(?:{either([*small['articles'], *small['part_of_time']])})\s+|(?:{either(small['mid'])})-?\s*)?"
    )
    # A word that may be between an amount and its bound: 300 tonnes of rice a year or more.
    plain = rf"(?!(?:{either(small['no_plain'])})\b)[^\W\d_][\w’'-]*"
    for name, phrases in words.items():
        ahead_words = either(phrases)
        ahead = re.compile(rf"(?<!\w)(?:{ahead_words})[\s\u00a0]+{between}$", re.IGNORECASE)
        late = [item for item in phrases if item.startswith(("or ", "at "))]
        if name in behind_words:
            late = [*behind_words[name]]
        behind = re.compile(
            rf"(?:[\s\u00a0,]+[\w’'-]+){{0,3}}?(?:[\s\u00a0]+{plain}){{0,2}},?"
            rf"[\s\u00a0]+(?:{either(late) or '(?!)'})(?!\w)",
            re.IGNORECASE,
        )
        found[Bound(name)] = (ahead, behind)
    return found


def _currency(name: str) -> str:
    """Return an expression for the name of a currency; a code needs capitals: "try" is not TRY."""
    escaped = re.escape(name).replace(r"\ ", r"[\s\u00a0]+")
    return f"(?-i:{escaped})" if re.fullmatch("[A-Z]{3}", name) else escaped
