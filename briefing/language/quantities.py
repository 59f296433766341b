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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from briefing.language.lexicon import Lexicon, expression, folded, pattern
from briefing.language.numerals import Numeral, Numerals
from briefing.model.scales import Bound

Span = tuple[int, int]
_NEAR = 120
"""Number of characters beside a number in words that are searched for what it counts."""
_GOES_ON = re.compile(r"\w|-?[A-Z]|/\d")
"""Characters that make digits the beginning of something else: 3D, 5th, 7-A, 24/7."""
_FRACTION = re.compile(r"(?<![\w.,])\d*[¼-¾⅐-⅞](?!\w)")
QUARTERS, HALVES = 33, 40
"""Beyond the seasons 21 to 24, EDTF numbers the quarters from 33 and the halves of a year from 40."""


class NumberKind(StrEnum):
    """The kinds of figure."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percentage"
    SHARE = "share"
    """A part or a multiple in words: half, a third, doubled."""
    DATE = "date"


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
    season: int | None = None
    """The part of a year, as in EDTF: 21 is spring, 33 the first quarter, 40 the first half."""
    bracketed: str = ""
    """The parts in square brackets, which mark inferred parts."""
    bound: Bound | None = None
    """Its bound, where words beside it give one; for dates ``up to`` is by, ``at least`` is from."""
    scale: Decimal = Decimal(1)
    """The multiplier in the number: a million in "7.5 million"."""
    measure: int | None = None
    """Which unit of measure of the lexicon follows; None where none does."""
    is_start: bool = False
    """Whether it is given as the date from which something is so: since 2031."""
    is_hedged: bool = False
    """Whether words beside it qualify it without being a bound: more than, nearly."""
    period: str = ""
    """day, week, month, quarter or year, where the figure is an amount per that time."""


def find(text: str, lexicon: Lexicon, names: Sequence[Span] = ()) -> tuple[FoundNumber, ...]:
    """Return the figures in a text, in order; ``names`` are stretches in which nothing is a figure."""
    return _found(text, lexicon, tuple(names))


@functools.lru_cache(maxsize=65536)
def _found(text: str, lexicon: Lexicon, names: tuple[Span, ...]) -> tuple[FoundNumber, ...]:
    """Return the same from a cache, because plan, issue and diff read a project twice in one process."""
    grammar = _grammar(lexicon)
    if not grammar.hint.search(text):
        return ()
    found: list[FoundNumber] = []
    taken = bytearray(len(text))
    for start, end in names:
        _take(taken, start, end)
    for candidates in (grammar.dates(text), grammar.amounts(text), grammar.shares(text)):
        for figure in candidates:
            if not any(taken[figure.start : figure.end]):
                found.append(figure)
                _take(taken, figure.start, figure.end)
    found.sort(key=lambda figure: figure.start)
    return tuple(grammar.with_ranges(text, [grammar.with_context(text, figure) for figure in found]))


def _as_range(low: FoundNumber, high: FoundNumber) -> tuple[FoundNumber, FoundNumber]:
    """Return the ends of a range, sharing words said once: 7 to 7.5 billion euros, EUR 5–7 billion."""
    low = dataclasses.replace(low, bound=Bound.BETWEEN, period=high.period, measure=high.measure)
    high = dataclasses.replace(high, bound=Bound.BETWEEN)
    if low.kind is NumberKind.NUMBER:
        low = dataclasses.replace(low, kind=high.kind, currency=high.currency)
    elif high.kind is NumberKind.NUMBER and low.kind is NumberKind.MONEY:
        high = dataclasses.replace(high, kind=low.kind, currency=low.currency)
    if low.amount is None or high.amount is None or low.scale != 1 or low.kind is not high.kind:
        return low, high
    scaled = low.amount * high.scale
    return (dataclasses.replace(low, amount=scaled) if scaled <= high.amount else low), high


def _in_digits(match: re.Match[str], scale: Decimal) -> Decimal | None:
    """Return the number of some digits; None where their separators allow two readings."""
    if match["odd"]:
        return None
    digits = re.sub(r"[,\s]", "", match["digits"])
    number = Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits) * scale
    return -number if match["minus"] or match["negative"] else number


def _take(taken: bytearray, start: int, end: int) -> None:
    """Mark a part of a text as read; a name may extend beyond the text."""
    start, end = max(0, start), min(len(taken), end)
    taken[start:end] = b"\x01" * (end - start)


def periods(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the periods per which a text counts: year for "litres per year"."""
    return _grammar(lexicon).periods_in(text)


@functools.cache
def _grammar(lexicon: Lexicon) -> _Grammar:
    return _Grammar(lexicon)


class _Grammar:
    """The expressions of one language, made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words["numbers"]
        dates = lexicon.words["dates"]
        designations = lexicon.words["designations"]
        self.numerals = Numerals(words)
        self.scales = {word: Decimal(value) for word, value in words["scales"].items()}
        self.currencies = {
            folded(name): code for code, names in words["currencies"].items() for name in _spelled(names)
        }
        self.months = {
            folded(name).rstrip("."): number
            for number, names in enumerate(dates["months"], 1)
            for name in names
        }
        self.seasons = {
            folded(name): number for number, names in enumerate(dates["seasons"], 21) for name in names
        }
        self.hint = _hint(words, dates)
        self._amounts(words)
        self._dates(dates, words)
        self.share = pattern(words["shares"])
        self.ordinal = re.compile(rf"-(?:{_either(words['ordinals'])})(?!\w)", re.IGNORECASE)
        self.third_of_them = re.compile(
            rf"(?:{_either(words['articles'])})\s+(?:{_either(words['ordinals'])})"
            rf"\s+(?!(?:{_either(words['after_shares'])})(?!\w))\w",
            re.IGNORECASE,
        )
        self.not_share = pattern(words["not_shares"])
        self.label = re.compile(rf"(?:{pattern(designations['labels']).pattern})[\s\u00a0]*$")
        plain = "|".join(expression(item) for item in designations["plain_nouns"])
        self.plain_noun = re.compile(
            rf"\s+(?:(?!\w*s\b|(?:in|of|for|to|by|on|at|from|with|and|or)\b)[\w’'-]+\s+)?(?:{plain})(?!\w)",
            re.IGNORECASE,
        )
        self.anaphora = re.compile(rf"(?<!\w)(?:{_either(designations['anaphora'])})$", re.IGNORECASE)
        self.at_hand = re.compile(rf"(?<!\w)(?:{_either(designations['at_hand'])})\s+$", re.IGNORECASE)
        self.bounds = _bounds(words["bounds"])
        self.loose = re.compile(
            rf"(?<!\w)(?:{_either(words['other']['loose'])})[\s\u00a0]+(?:the\s+|an?\s+)?$", re.I
        )
        self.not_loose = re.compile(
            rf"(?<!\w)(?:{_either(words['other']['not_loose'])})[\s\u00a0]+(?:the\s+|an?\s+)?$", re.I
        )
        self.open_dates = _bounds({"up to": dates["before"], "at least": dates["since"]})
        self.start = re.compile(
            rf"(?<!\w)(?:{_either(dates['start'])})[\s\u00a0]+(?:the\s+)?$", re.IGNORECASE
        )
        self.periods = {
            name: re.compile(
                rf"^(?:[\s\u00a0/]*[\w’'-]++){{0,3}}?[\s\u00a0]*(?:{_either(phrases)})(?!\w)", re.I
            )
            for name, phrases in words["periods"].items()
        }
        self.measures = [
            re.compile(rf"[\s\u00a0-]?(?:{_either(names)})(?!\w)") for names in words["other"]["measures"]
        ]
        self.period_words = {name: pattern(phrases) for name, phrases in words["periods"].items()}
        self.range_join = re.compile(rf"\s*(?:{_either(words['range_joins'])})\s*$", re.IGNORECASE)

    def _amounts(self, words: dict[str, Any]) -> None:
        attached = "|".join(sorted((word for word in self.scales if len(word) <= 2), key=len, reverse=True))
        spaced = "|".join(
            sorted((word for word in self.scales if len(word) > 1), key=lambda word: -len(word))
        )
        many = r"\d{1,3}(?:[ ]\d{3}){2,}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1 250 000, 1.250.000
        digits = rf"{many}|\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
        prefix = r"(?:(?<![\w/&\#@−-])|(?<=\d-)|(?P<minus>(?<![\w)\]’%.−-])[−-]))(?<!\d[.,])"
        in_words = rf"(?<![\w’'-])(?P<words>{self.numerals.pattern})(?!\w)"
        scale = rf"(?:[\s\u00a0]?(?:{spaced})|(?:{attached}))(?!\w)"
        symbols = {symbol for group in words["currencies"].values() for symbol in _spelled(group)}
        before = "|".join(
            _currency(symbol) for symbol in sorted(symbols, key=lambda item: (-len(item), item))
        )
        self.amount = re.compile(
            rf"""
            (?:(?<![\w])(?P<before>{before})[\s\u00a0]?)?
            (?:(?(before)(?P<negative>[−-])?|{prefix})(?P<digits>{digits})(?P<odd>(?:[.,]\d+)+)?(?P<scale>{scale})?|{in_words})
            (?:[\s\u00a0-]?(?P<percent>{_either(words["percent"])})(?!\w)
              |[\s\u00a0]?(?P<after>{before})(?!\w))?
            """,
            re.IGNORECASE | re.VERBOSE,
        )
        self.currency_before = re.compile(rf"(?<!\w)(?:{before})[\s\u00a0]?$", re.IGNORECASE)
        self.vague = pattern(words["vague"])

    def _dates(self, dates: dict[str, list[str]], words: dict[str, list[str]]) -> None:
        spelled = sorted((name for group in dates["months"] for name in group), key=len, reverse=True)
        month = "|".join(re.sub(r"\\\.$", r"\\.?", re.escape(name)) for name in spelled)
        names = f"(?P<month>{month})"
        year = r"(?P<year>\[?(?:19|20)\d\d\]?)"
        ending = f"(?:{'|'.join(dates['ordinals'])})?"
        day = rf"\[?(?P<day>\d{{1,2}}){ending}"
        more = rf"(?:\s*(?:[-–/]|and|to|or)\s*(?P<day2>\d{{1,2}}){ending})?"
        seasons = "|".join(map(re.escape, self.seasons))
        before = _either(dates["before_month"])
        forms = (
            rf"{day}{more}(?:\s+of)?[\s\u00a0]+\[?{names}\]?(?:,?[\s\u00a0]+{year})?",
            rf"{names}[\s\u00a0]+{day}{more}(?!\d|[.,]\d|[\s\u00a0]?%)(?:,?[\s\u00a0]+{year})?",
            rf"\[?{names}\]?(?:\s+of)?,?[\s\u00a0]+{year}",
            r"(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?",
            rf"(?P<season>{seasons}|Q[1-4]|H[12])(?:\s+of)?[\s\u00a0]+{year}",
            r"(?P<day>[0-3]?\d)(?P<dot>[./])(?P<number>0?[1-9]|1[0-2])(?P=dot)(?P<year>(?:19|20)\d\d)",
            r"\d{1,2}(?P<dot>[./])\d{1,2}(?P=dot)(?:19|20)\d\d|\d{1,2}/\d{1,2}/\d\d",
            r"(?:[01]?\d|2[0-3]):[0-5]\d",
            r"(?P<year>(?:19|20)\d\d)[-–/](?P<year2>\d\d)",
            rf"{year}(?:s\b)?",
            rf"(?<=\b)(?:{before})\s+{names}",
        )
        guard = r"(?:(?<![\w/.&#@€$£:-])(?<!\d,)|(?<=(?<!\d)(?:19|20)\d\d[-/]))"
        end = r"(?!\w|/(?!(?:19|20)\d\d(?!\d))|[.,:]\d)"
        pre = r"(?:(?<=\b(?:pre|mid|end)-)|(?<=\b(?:post|late)-)|(?<=\bearly-))"
        self.date_forms = [re.compile(f"(?:{guard}|{pre}){form}{end}", re.IGNORECASE) for form in forms]
        self.relative = pattern(dates["relative"])

    # ------------------------------------------------------------------------------------------ finding

    def dates(self, text: str) -> Iterator[FoundNumber]:
        """Yield the dates, in their fullest form first."""
        for form in self.date_forms:
            for match in form.finditer(text):
                groups = match.groupdict()
                if self._is_labelled(text, match.start()) or not self._is_date(text, match):
                    continue
                month = self.months.get(folded(groups.get("month") or "").rstrip("."))
                if groups.get("number"):
                    month = int(groups["number"])
                days = tuple(int(groups[name]) for name in ("day", "day2") if groups.get(name))
                year = (groups.get("year") or "").strip("[]")
                start = (
                    match.start("month") if groups.get("month") and not days and not year else match.start()
                )
                yield FoundNumber(
                    NumberKind.DATE,
                    start,
                    match.end(),
                    text[start : match.end()],
                    year=int(year) if year else None,
                    month=month,
                    days=days,
                    season=self._season(groups.get("season") or ""),
                    bracketed=" ".join(re.findall(r"\[([^\]]*)\]", match.group())),
                )
        for match in self.relative.finditer(text):
            yield FoundNumber(NumberKind.DATE, match.start(), match.end(), match.group())

    def _season(self, name: str) -> int | None:
        """Return the number of a season, a quarter or a half of a year."""
        if name[-1:].isdigit():
            return int(name[-1]) - 1 + (QUARTERS if name[0] in "qQ" else HALVES)
        return self.seasons.get(folded(name))

    def _is_date(self, text: str, match: re.Match[str]) -> bool:
        """Return whether a match is a date; a year beside a currency is a number, "may" can be a verb."""
        groups = match.groupdict()
        if groups.get("month") and groups["month"][0].islower():
            return False
        if groups.get("month") or groups.get("number"):
            return True
        if self.currency_before.search(text, max(0, match.start() - _NEAR), match.start()):
            return False
        amount = self.amount.match(text, match.start())
        return not (amount and (amount["scale"] or amount["percent"] or amount["after"]))

    def amounts(self, text: str) -> Iterator[FoundNumber]:
        """Yield numbers, money and percentages, in digits and in words."""
        position = 0
        while match := self.amount.search(text, position):
            numeral = self.numerals.read(match["words"]) if match["words"] else None
            position = match.end()
            if numeral and numeral.end < len(match["words"]):
                position = match.start("words") + numeral.end  # another number follows
            figure = self._amount(text, match, position, numeral)
            if figure:
                yield figure
        for match in self.vague.finditer(text):
            yield FoundNumber(NumberKind.NUMBER, match.start(), match.end(), match.group())

    def _amount(
        self, text: str, match: re.Match[str], end: int, numeral: Numeral | None
    ) -> FoundNumber | None:
        """Return the figure of a match up to an index; None where it only looks like one."""
        is_whole = end == match.end()
        behind = match["after"] if is_whole else None
        currency, percent = match["before"] or behind, match["percent"] if is_whole else None
        is_sure = bool(currency or percent)
        if numeral and not is_sure and not self._is_counted(text, match.start("words"), end, numeral.amount):
            return None
        if self._is_labelled(text, match.start()) or _GOES_ON.match(text, end):
            return None
        scale = self.scales[folded(match["scale"])] if match["scale"] else Decimal(1)
        return FoundNumber(
            NumberKind.PERCENT if percent else NumberKind.MONEY if currency else NumberKind.NUMBER,
            match.start(),
            end,
            text[match.start() : end],
            amount=numeral.amount if numeral else _in_digits(match, scale),
            scale=numeral.scale if numeral else scale,
            currency=self.currencies[folded(currency)] if currency else "",
        )

    def _is_counted(self, text: str, start: int, end: int, amount: Decimal) -> bool:
        """Return whether a number in words is a figure: not "one", nor a small number of people or texts."""
        after = text[end : end + _NEAR]
        share = self.share.match(text, start)
        if (share and share.end() > end) or self.ordinal.match(after):
            return False  # two-thirds; twenty-first
        if amount > 12:
            return True
        if amount <= 1 or re.match(r"-", after):
            return bool(re.match(r"-(?:year|month|week|day|hour)", after)) and amount > 1
        if self.anaphora.search(text, max(0, start - _NEAR), end):
            return False
        is_alone = not re.match(r"[\s\u00a0]+\w", after)
        return not self.plain_noun.match(after) and not (
            is_alone and self.at_hand.search(text, max(0, start - _NEAR), start)
        )

    def shares(self, text: str) -> Iterator[FoundNumber]:
        """Yield parts and multiples in words."""
        for match in self.share.finditer(text):
            is_name = self.not_share.match(text, match.start()) or text[match.end() : match.end() + 1] == "-"
            if not is_name and not self.third_of_them.match(text, match.start()):
                yield FoundNumber(NumberKind.SHARE, match.start(), match.end(), match.group())
        for match in _FRACTION.finditer(text):
            yield FoundNumber(NumberKind.SHARE, match.start(), match.end(), match.group())

    def periods_in(self, text: str) -> tuple[str, ...]:
        """Return the periods per which a text counts."""
        return tuple(name for name, phrase in self.period_words.items() if phrase.search(text))

    def _is_labelled(self, text: str, start: int) -> bool:
        return bool(self.label.search(text, max(0, start - 24), start))

    # ------------------------------------------------------------------------------------------ context

    def with_ranges(self, text: str, found: Sequence[FoundNumber]) -> list[FoundNumber]:
        """Return the figures, with the two ends of each range marked: 7 to 7.5 billion euros."""
        figures = list(found)
        for index, (low, high) in enumerate(itertools.pairwise(found)):
            if NumberKind.DATE in (low.kind, high.kind) or not self.range_join.fullmatch(
                text, low.end, high.start
            ):
                continue
            is_between = figures[index].bound is Bound.BETWEEN
            if (
                text[low.end : high.start].strip().isalpha()
                and not is_between
                and not self._is_open_range(text, low, high)
            ):
                continue
            figures[index : index + 2] = _as_range(figures[index], high)
        return figures

    def _is_open_range(self, text: str, low: FoundNumber, high: FoundNumber) -> bool:
        """Return whether "5 to 7" is a range by itself; "5 and 7" is not."""
        return not re.fullmatch(
            rf"\s*(?:{_either(self.numerals.joins)})\s*", text[low.end : high.start], re.IGNORECASE
        )

    def with_context(self, text: str, figure: FoundNumber) -> FoundNumber:
        """Return the figure with its bound, unit and period from the words beside it."""
        before, after = text[max(0, figure.start - 40) : figure.start], text[figure.end : figure.end + 40]
        bounds = self.open_dates if figure.kind is NumberKind.DATE else self.bounds
        said = [
            (len(match.group()), bound)
            for bound, (ahead, _) in bounds.items()
            if (match := ahead.search(before))
        ]
        loose = self.loose.search(before)
        is_hedged = (
            loose is not None
            and figure.kind is not NumberKind.DATE
            and all(len(loose.group()) > length for length, _ in said)
        )
        is_bound = not is_hedged and not self.not_loose.search(before)
        bound = max(said)[1] if said and is_bound else None  # "no fewer than" ends in "fewer than"
        if not bound and figure.kind is NumberKind.DATE and figure.text.isdigit():
            least, _ = self.bounds[Bound.AT_LEAST]
            bound = Bound.AT_LEAST if least.search(before) else None  # a number that looks like a year
        bound = bound or next((bound for bound, (_, behind) in bounds.items() if behind.match(after)), None)
        is_start = figure.kind is NumberKind.DATE and bool(self.start.search(before))
        measure = next((number for number, unit in enumerate(self.measures) if unit.match(after)), None)
        period = next((name for name, phrase in self.periods.items() if phrase.match(after)), "")
        return dataclasses.replace(
            figure,
            bound=bound,
            is_start=is_start,
            is_hedged=is_hedged,
            period=period,
            measure=measure,
        )


def _hint(words: dict[str, Any], dates: dict[str, Any]) -> re.Pattern[str]:
    """Return an expression that matches every text with a figure: it quickly rules out most texts."""
    phrases = [*words["units"], *words["tens"], *words["scales"], *words["vague"], *words["shares"]]
    phrases += [name for names in dates["months"] for name in names] + dates["relative"]
    last = {choice.rstrip(".") for phrase in phrases for choice in phrase.split()[-1].split("|")}
    return re.compile(r"[\d¼-¾⅐-⅞]|\b(?:" + "|".join(sorted(map(re.escape, last))) + r")\b", re.IGNORECASE)


def _bounds(words: dict[str, list[str]]) -> dict[Bound, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return for each bound the expressions for its words before a figure and after it."""
    found = {}
    for name, phrases in words.items():
        either = _either(phrases)
        ahead = re.compile(
            rf"(?<!\w)(?:{either})[\s\u00a0]+(?:the\s+|early\s+|mid-?\s*|late\s+|end\s+of\s+|an?\s+)?$",
            re.IGNORECASE,
        )
        late = [item for item in phrases if item.startswith(("or ", "at "))]
        behind = re.compile(
            rf"(?:[\s\u00a0,]+[\w’'-]+){{0,2}}?,?[\s\u00a0]+(?:{_either(late) or '(?!)'})(?!\w)",
            re.IGNORECASE,
        )
        found[Bound(name)] = (ahead, behind)
    return found


def _either(phrases: Iterable[str]) -> str:
    return "|".join(expression(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _currency(name: str) -> str:
    """Return an expression for the name of a currency; a code needs capitals: "try" is not TRY."""
    escaped = re.escape(name).replace(r"\ ", r"[\s\u00a0]+")
    return f"(?-i:{escaped})" if re.fullmatch("[A-Z]{3}", name) else escaped


def _spelled(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase with its alternatives written out."""
    for phrase in phrases:
        spellings = [""]
        for word in phrase.split():
            spellings = [f"{text} {choice}".strip() for text in spellings for choice in word.split("|")]
        yield from spellings
