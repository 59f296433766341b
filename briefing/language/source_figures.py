"""Figures as a passage states them, in digits and in words: each with all that its words can mean.

A passage is read to find out whether it states a value that somebody recorded. So a figure keeps every
reading that its language allows ("12.000" is twelve thousand in German), and the bound, currency and counted
thing beside it. Nothing is guessed for a language without words: its digits and symbols are read, no
more.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from briefing.language.lexicon import either, spelled
from briefing.language.source_words import SourceWords

_BLANK = r"[\s\u00a0\u2007\u2009\u202f]"
_MINUS = "−–-"
_GROUPED = rf"\d{{1,3}}(?:(?:{_BLANK}|['’‘.,])\d{{3}})+(?!\d)"
_DIGITS = re.compile(rf"(?:{_GROUPED}(?:[.,·]\d+)?|\d+(?:[.,·]\d+)?)(?!\d)")
_SLASHED = re.compile(r"(?P<over>\d{1,3})\s?[/⁄]\s?(?P<under>\d{1,3})(?![\d/])")
_VULGAR = "¼-¾⅐-⅞"
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "₴": "UAH", "₽": "RUB", "¥": "JPY", "₹": "INR", "₩": "KRW", "zł": "PLN",
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "NZ$": "NZD", "R$": "BRL", "CN¥": "CNY", "$": "USD",
    "Fr.": "CHF", "Kč": "CZK",
}  # fmt: skip
"""Symbols of money; a bare $ is read as the dollar of the United States."""
_ANY_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=len, reverse=True))
_CODE = re.compile(r"(?<![A-Z])(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|UAH|RUB|MDL|GEL|TRY|JPY"
    r"|CNY|INR|KRW|TWD|SGD|HKD|THB|IDR|MYR|PHP|VND|PKR|BDT|LKR|KZT|AZN|AMD|ILS|SAR|AED|QAR|KWD|BHD|OMR|JOD|EGP|MAD|TND"
    r"|DZD|NGN|GHS|KES|ZAR|CAD|AUD|NZD|BRL|MXN|ARS|CLP|COP|PEN|XDR|RSD|ALL|BAM|MKD)(?![A-Za-z])")  # fmt: skip
_UNKNOWN_SCALES = tuple(Decimal(1000) ** power for power in range(5))
"""The scales that a word of an unknown language may have after digits."""
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "İ": "i"})
_CUT = re.compile(r"[;:]|[.!?](?=\s|$)")
_STOPS = ".!?"
_NEAR = 90
"""Number of characters after a figure in which the counted thing is looked for."""
_LEAD = 40
"""Number of characters before a range in which a word of change makes it one: rose from five to seven."""
_CHAIN = 4
"""The most bounds and fillers in a row before a figure: "up to about another 50"."""


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure of a passage, with every number that it can mean."""

    start: int
    end: int
    amounts: frozenset[Decimal]
    """Its readings; more than one where the separators or an abbreviation leave it open."""
    bounds: frozenset[str] = frozenset()
    """What the words beside it say of it: names of bounds; empty where it is exact."""
    currency: str = ""
    """ISO 4217 code; empty where none is beside it."""
    is_percent: bool = False
    before: str = ""
    """The words of its sentence before it, up to the figure before."""
    after: str = ""
    """The words of its sentence after it, up to the next figure."""
    scale: Decimal = Decimal(1)
    """The multiplier in it."""
    is_rough: bool = False
    """Whether its words are often meant roughly: a couple of dozen, une vingtaine."""
    last: int = 0
    """Where the range ends of which it is the lower end; 0 where it is none."""
    may_be_plain: bool = False
    """Whether the word of its bound may mean "during", so that it is exact as well: over 15 years."""
    upper: frozenset[Decimal] = frozenset()
    """Readings of the upper end, where it is the lower end of a range."""


def find(text: str, words: SourceWords) -> tuple[StatedFigure, ...]:
    """Return the figures of a text, in order, those in words where the words of its language are known."""
    return _found(text, words)


@functools.lru_cache(maxsize=16384)
def _found(text: str, words: SourceWords) -> tuple[StatedFigure, ...]:
    reader = _reader(words)
    found = sorted(reader.figures(text), key=lambda figure: (figure.start, -figure.end))
    apart: list[StatedFigure] = []
    for figure in found:
        last = apart[-1] if apart else None
        if last and 1 < figure.scale < last.scale and re.fullmatch(_BLANK, text[last.end : figure.start]):
            both = frozenset(one + other for one in last.amounts for other in figure.amounts)
            apart[-1] = dataclasses.replace(last, end=figure.end, amounts=both)  # 1 million 200 thousand
        elif not last or figure.start >= last.end:
            apart.append(figure)
    return tuple(reader.in_ranges(text, reader.beside(text, apart)))


@functools.cache
def _reader(words: SourceWords) -> _Reader:
    return _Reader(words)


class _Reader:
    """The expressions of one language, made once."""

    def __init__(self, words: SourceWords) -> None:
        self.words = words
        self.decimal = words.words.get("decimal", ".")
        self.numbers = _values(words.table("numbers"))
        self.times = _values(words.table("times"))
        self.fractions = {
            _plain(name): Decimal(Fraction(number).numerator) / Fraction(number).denominator
            for number, names in words.table("fractions").items()
            for name in spelled(names)
        }
        self.joins = tuple(map(_plain, words.words.get("joins", ())))
        self.articles = tuple(map(_plain, words.words.get("articles", ())))
        self.parts = tuple(map(_plain, words.words.get("parts", ())))
        self.currencies = {code: _whole(names) for code, names in sorted(words.table("currencies").items())}
        self.percent = re.compile(
            rf"{_BLANK}?-?(?:[%٪]|(?:{either(words.table('percent').get('words', ())) or '(?!)'})(?!\w))",
            re.I,
        )
        self.ahead = {
            name: re.compile(rf"(?:(?<!\w)(?:{either(phrases)}))(?:{_BLANK}|-)*$", re.I)
            for name, phrases in words.table("bounds").items()
        }
        self.behind = {
            name: re.compile(rf"{_BLANK}*(?:[\w’'/%-]+{_BLANK}+){{0,3}}?,?(?:{either(phrases)})(?!\w)", re.I)
            for name, phrases in words.table("behind").items()
        }
        self._read_durations(words)
        ranges = words.table("ranges")
        self.joining = re.compile(
            rf"{_BLANK}*(?:{either(ranges.get('joins', ('-', '–', '—')))}){_BLANK}*", re.I
        )
        self.both = {*map(_plain, ranges.get("joins", ()))} & {
            *map(_plain, words.table("bounds").get("up to", ()))
        }
        self.minus = _before(words.words.get("minus", ()))
        self.no_bounds = _before(words.words.get("no_bounds", ()))
        self.half_after = re.compile(
            rf"{_BLANK}+\w+{_BLANK}+(?:{either(words.words.get('half_after', ())) or '(?!)'})(?!\w)", re.I
        )
        self.rough = _whole(words.words.get("rough", ()))
        self.change = _whole(ranges.get("changes", ()))
        compound = rf"(?:{either([*self.numbers, *(name for name in self.times if len(name) > 2)])})"
        self.run = self._run(compound)
        long = [name for name in self.times if len(name) > 1]
        short = [name for name in self.times if len(name) <= 2]
        self.scale = re.compile(
            rf"(?:{_BLANK}?-?(?:{either(long) or '(?!)'})|(?:{either(short) or '(?!)'})"
            rf"|{_BLANK}(?:{either(short) or '(?!)'})(?={_BLANK}?(?:[€$£]|EUR|USD|GBP)))\.?(?!\w)",
            re.I,
        )
        ordinals = [item for item in words.table("dates").get("ordinals", ()) if item[-1].isalpha()]
        self.ordinal = re.compile(rf"(?:{'|'.join(map(re.escape, ordinals)) or '(?!)'})(?!\w)")
        self.filler = re.compile(rf"(?<!\w)(?:{either(words.words.get('fillers', ()))}){_BLANK}+$", re.I)

    def _read_durations(self, words: SourceWords) -> None:
        """Make the expressions for lengths of time, before which a bound may be none."""
        during = words.table("durations")
        self.during = _before(during.get("during", ()))
        self.bounding, self.spreading = (_before(during.get(name, ())) for name in ("bounding", "spreading"))
        self.aged = re.compile(
            rf"{_BLANK}+[\w’'-]+{_BLANK}+(?:{either(during.get('aged', ())) or '(?!)'})(?!\w)", re.I
        )
        self.length = re.compile(
            rf"{_BLANK}?-?(?:{either([*_lengths(words), *during.get('longer', ())]) or '(?!)'})(?!\w)", re.I
        )

    def _run(self, compound: str) -> re.Pattern[str]:
        """Return an expression for number words in a row; in some languages they are written as one word."""
        if not self.numbers:
            return re.compile("(?!)")
        joins = either(self.joins) or "(?!)"
        article = rf"(?:(?:{either(self.articles) or '(?!)'}){_BLANK}+)?"
        if self.words.words.get("compounds"):
            word = rf"(?:{compound}(?:(?:{joins})?{compound})*)"
        else:
            word = compound
        times = either(name for name in self.times if len(name) > 2) or "(?!)"
        parts = either(self.parts) or "(?!)"
        part_of = rf"(?:{_BLANK}+(?:{parts}){_BLANK}+{article}(?:{times}))?"
        fraction = rf"(?:(?:{either(self.fractions) or '(?!)'}){part_of})"
        return re.compile(
            rf"(?<![\w’'-]){article}(?:{fraction}|{word})"
            rf"(?:(?:{_BLANK}|-)+(?:(?:{joins}){_BLANK}+)?{article}(?:{word}|{fraction}))*(?!\w)",
            re.I,
        )

    # ------------------------------------------------------------------------------------------ numbers

    def figures(self, text: str) -> Iterator[StatedFigure]:
        """Yield the numbers of a text; those in digits first."""
        taken: list[tuple[int, int]] = []
        for match in _fractions(text):
            yield (figure := self._with_scale(text, *match.span(), frozenset({_share(match)})))
            taken.append((figure.start, figure.end))
        for match in _DIGITS.finditer(text):
            if _touches(match.span(), taken) or _is_in_word(text, *match.span()):
                continue
            if self.ordinal.match(text, match.end()):
                continue  # the 5th of them
            readings = self._readings(match.group())
            yield (figure := self._with_scale(text, *match.span(), readings))
            taken.append((figure.start, figure.end))
        for match in self.run.finditer(text):
            yield from (
                figure
                for figure in self._in_words(text, match)
                if not _touches((figure.start, figure.end), taken) and not _is_of_head(text, figure)
            )

    def _readings(self, digits: str) -> frozenset[Decimal]:
        """Return the numbers that some digits can mean in the language."""
        digits = "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in digits)
        plain = re.sub(rf"{_BLANK}|['’‘]", "", digits).replace("·", ".")
        marks = [mark for mark in plain if mark in ".,"]
        if not marks:
            return frozenset({Decimal(plain)})
        if len(set(marks)) == 2:  # 1,250.5 or 1.250,5: the last is the decimal mark
            last = marks[-1]
            other = "," if last == "." else "."
            return frozenset({Decimal(plain.replace(other, "").replace(last, "."))})
        mark = marks[0]
        whole, _, rest = plain.rpartition(mark)
        is_grouped = len(rest) == 3 and 0 < len(whole.split(mark)[0]) <= 3 and whole.split(mark)[0] != "0"
        if len(marks) > 1:
            return frozenset({Decimal(plain.replace(mark, ""))})
        as_decimal, as_whole = Decimal(plain.replace(mark, ".")), Decimal(plain.replace(mark, ""))
        if not is_grouped:
            return frozenset({as_decimal})
        if not self.words.is_known:
            return frozenset({as_decimal, as_whole})
        return frozenset({as_decimal if mark == self.decimal else as_whole})

    def _with_scale(self, text: str, start: int, end: int, amounts: frozenset[Decimal]) -> StatedFigure:
        """Return a figure with the scale words after it: 7.5 billion, 90bn, 3 hundred thousand."""
        scale = Decimal(1)
        readings = set(amounts)
        while match := self.scale.match(text, end):
            name = _plain(match.group().strip("- \u00a0\u202f").rstrip("."))
            times = self.times.get(name) or self.times.get(f"{name}.")
            if not times:
                break
            scaled = {amount * times for amount in readings}
            # "5m" is five million, or five metres
            readings = scaled | readings if len(name) == 1 else scaled
            scale, end = scale * times, match.end()
        if not self.words.is_known and re.match(rf"{_BLANK}?\w", text[end:]):
            readings = {amount * times for amount in readings for times in _UNKNOWN_SCALES}
        if minus := self._minus_before(text[:start]):
            return StatedFigure(minus.start(), end, frozenset(-amount for amount in readings), scale=scale)
        before = text[:start].rstrip(" \u00a0")
        if before.endswith(tuple(_MINUS)) and not re.search(r"[\w)\]’%.][−–-]$", before):
            readings, start = {-amount for amount in readings}, len(before) - 1
        return StatedFigure(start, end, frozenset(readings), scale=scale)

    def _minus_before(self, before: str) -> re.Match[str] | None:
        """Return the word before a number that makes it negative; in "au moins" it is part of a bound."""
        minus = self.minus.search(before)
        said = [match for phrase in self.ahead.values() if minus and (match := phrase.search(before))]
        return None if any(minus and match.start() < minus.start() for match in said) else minus

    def _in_words(self, text: str, match: re.Match[str]) -> Iterator[StatedFigure]:
        """Yield the numbers in a run of number words: "five and six" are two."""
        total, group, scale, limit = Decimal(0), None, Decimal(1), Decimal("Infinity")
        start = end = match.start()
        pending_unit = after_join = False

        def made() -> Iterator[StatedFigure]:
            if start < end and (group is not None or total):
                yield StatedFigure(start, end, frozenset({total + (group or 0)}), scale=scale)

        for value, kind, first, last in self._tokens(match):
            if kind == "join":
                after_join = True
                pending_unit = group is not None and group % 100 < 10
                continue
            if kind == "article":
                continue
            if kind == "fraction":
                if after_join or group is None:  # two and a half; two million and a half
                    group = (group or Decimal(0)) + (value * scale if group is None and total else value)
                else:  # three quarters, un demi
                    group *= value
                end, after_join = last, False
                continue
            if kind == "times":
                if value >= limit or (group is None and total and value >= scale):
                    yield from made()
                    total, group, scale, start = Decimal(0), None, Decimal(1), first
                group = (Decimal(1) if group is None else group) * value
                if value >= 1000:
                    total, group, scale, limit = total + group, None, value, value
                end = last
                continue
            fits = group is None or _fits(value, group) or (pending_unit and value >= 20 and value % 10 == 0)
            if not fits:
                yield from made()
                total, group, scale, limit, start = Decimal(0), None, Decimal(1), Decimal("Infinity"), first
            group = value if group is None else group + value
            end, pending_unit, after_join = last, False, False
        yield from made()

    def _tokens(self, match: re.Match[str]) -> Iterator[tuple[Decimal, str, int, int]]:
        """Yield the value and kind of each number word in a run, with its place."""
        text, index = match.string, match.start()
        is_compound = bool(self.words.words.get("compounds"))
        tables = (self.fractions, self.numbers, self.times, self.joins, self.articles, self.parts)
        phrases = sorted({name for table in tables for name in table}, key=lambda name: (-len(name), name))
        while index < match.end():
            rest = _plain(text[index : match.end()])
            if (
                not rest
                or not text[index].isalnum()
                or (index and text[index - 1].isalnum() and not is_compound)
            ):
                index += 1
                continue
            name = next(
                (
                    item
                    for item in phrases
                    if rest.startswith(item)
                    and (is_compound or not rest[len(item) : len(item) + 1].isalnum())
                ),
                "",
            )
            if not name:
                index += 1
                continue
            last = index + len(name)
            if name in self.fractions:
                yield self.fractions[name], "fraction", index, last
            elif name in self.times:
                yield self.times[name], "times", index, last
            elif name in self.numbers:
                yield self.numbers[name], "add", index, last
            else:
                yield Decimal(0), "join" if name in self.joins else "article", index, last
            index = last

    # ------------------------------------------------------------------------------------------ beside

    def beside(self, text: str, figures: Sequence[StatedFigure]) -> list[StatedFigure]:
        """Return the figures with the currency, per cent, bounds and words that are beside them."""
        found: list[StatedFigure] = []
        for index, figure in enumerate(figures):
            floor = found[-1].end if found else 0
            if figure.start < floor:  # the "cent" of "pour cent"
                continue
            ceiling = figures[index + 1].start if index + 1 < len(figures) else len(text)
            found.append(self._beside(text, figure, floor, ceiling))
        return found

    def _beside(self, text: str, figure: StatedFigure, floor: int, ceiling: int) -> StatedFigure:
        before, after = text[floor : figure.start], text[figure.end : ceiling]
        start, end, currency = figure.start, figure.end, ""
        amounts = figure.amounts
        if money := _money_before(before):
            symbol, currency = money
            start = floor + symbol
            if (lead := text[:start].rstrip(" \u00a0")).endswith(tuple(_MINUS)) and not re.search(
                r"[\w)\]’%.][−–-]$", lead
            ):
                amounts, start = frozenset(-amount for amount in amounts), len(lead) - 1
        else:
            currency, size = self._money_after(after)
            end += size
            if size and figure.scale == 1 and (more := self.scale.match(text, end)):
                end = more.end()
        if currency:  # "5m" beside a currency is no length
            amounts = frozenset(
                amount for amount in amounts if amount * figure.scale not in amounts - {amount}
            )
        percent = self.percent.match(text, figure.end)
        if percent:
            end = percent.end()
        words_before, words_after = text[floor:start], text[end:ceiling]
        bounds = self._bounds(words_before)
        bounds |= {name for name, phrase in self.behind.items() if phrase.match(words_after)}
        if self.change.search(words_before) and _plain(_last_word(words_before)) in self.both:
            bounds -= {"up to"}  # in some languages one word is "up to" and the "to" of "rose to"
        may_be_plain = False
        length = self._lead_of_length(words_before, words_after) if "more than" in bounds else None
        if length is not None:
            is_clear = floor > 0 and _first_cut(text[floor:start]) == start - floor
            may_be_plain = not (is_clear or self.spreading.search(length))
            bounds -= set() if may_be_plain else {"more than"}
        cut = _first_cut(words_after)
        if half := self.half_after.match(text, end):  # deux ans et demi
            amounts = frozenset(amount + figure.scale / 2 for amount in amounts)
            words_after = words_after.replace(half.group().strip(), half.group().split()[0], 1)
        return dataclasses.replace(
            figure,
            start=start,
            end=end,
            amounts=amounts | {amount * 100 for amount in amounts if _is_share(text, figure)},
            currency=currency,
            is_percent=bool(percent) or _is_share(text, figure),
            bounds=frozenset(bounds),
            before=_last_part(words_before),
            after=words_after[:cut][:_NEAR],
            is_rough=bool(self.rough.search(text, figure.start, figure.end)),
            may_be_plain=may_be_plain,
        )

    def _lead_of_length(self, before: str, after: str) -> str | None:
        """Return what is before "over" where it may mean "during"; None where it does not."""
        during = self.during.search(before)
        if not during or not self.length.match(after):
            return None
        lead = before[: during.start()]
        is_bound = self.bounding.search(lead) or self.aged.match(after)
        return None if is_bound else lead

    def _money_after(self, after: str) -> tuple[str, int]:
        """Return the currency that is after a figure, and the number of characters up to its end."""
        if match := re.match(
            rf"{_BLANK}?-?(?:{_ANY_SYMBOL})",
            after,
        ):
            return _SYMBOLS[match.group().strip("- \u00a0\u202f\u2009\u2007")], match.end()
        if match := re.match(rf"{_BLANK}?-?({_CODE.pattern})", after):
            return match.group(1), match.end()
        best = ("", 0)
        for code, names in self.currencies.items():
            match = re.compile(
                rf"{_BLANK}?-?(?:(?:d’|d'|de|of|in){_BLANK}?)?(?:{names.pattern})", re.I
            ).match(after)
            if match and match.end() > best[1]:
                best = (code, match.end())
        return best

    def _bounds(self, before: str) -> set[str]:
        """Return what the words just before a figure say of it; several in a row count all."""
        found: set[str] = set()
        rest = before
        if self.no_bounds.search(before):  # "talks about 100" is no "about 100"
            return found
        for _ in range(_CHAIN):
            said = [
                (match.start(), name) for name, phrase in self.ahead.items() if (match := phrase.search(rest))
            ]
            if said:
                first = min(said)[0]
                found |= {name for start, name in said if start == first}
                rest = rest[:first]
            elif filler := self.filler.search(rest):
                rest = rest[: filler.start()]
            else:
                break
        return found

    # ------------------------------------------------------------------------------------------ ranges

    def in_ranges(self, text: str, figures: list[StatedFigure]) -> Iterator[StatedFigure]:
        """Yield the figures, with the two ends of a range joined: 5 to 7, between five and seven."""
        joined = list(figures)
        ends: set[int] = set()
        """Where the upper ends of ranges begin."""
        for index in range(len(joined) - 1):
            low, high = joined[index], joined[index + 1]
            if not self.joining.fullmatch(text, low.end, high.start):
                continue
            is_between = "between" in low.bounds
            bare = text[low.end : high.start].strip()
            is_and = not is_between and bare.isalpha() and not self._is_range_word(bare)
            lead = text[max(0, low.start - _LEAD) : low.start]
            is_change = bare.isalpha() and "between" in low.bounds and bool(self.change.search(lead))
            if is_change and not self._is_strict(text, low):
                joined[index] = dataclasses.replace(low, bounds=low.bounds - {"between", "at least"})
                joined[index + 1] = dataclasses.replace(high, bounds=high.bounds - {"up to"})
                continue
            if is_and:
                continue
            shared = (
                {amount * high.scale for amount in low.amounts} if low.scale == 1 != high.scale else set()
            )
            amounts = frozenset(low.amounts | shared)
            currency = low.currency or high.currency
            is_percent = low.is_percent or high.is_percent
            joined[index] = dataclasses.replace(
                low, amounts=amounts, upper=high.amounts, last=high.end, currency=currency,
                is_percent=is_percent,
                bounds=low.bounds | {"between"}, after=high.after,
            )  # fmt: skip
            ends.add(high.start)
            joined[index + 1] = dataclasses.replace(
                high,
                currency=high.currency or currency,
                is_percent=is_percent,
                bounds=high.bounds | {"between"},
            )
        # "Of" and "from" open a range in some languages, and alone they say nothing of a figure.
        return (
            figure
            if figure.upper or "between" not in figure.bounds or figure.start in ends
            else dataclasses.replace(figure, bounds=figure.bounds - {"between"})
            for figure in joined
        )

    def _is_range_word(self, word: str) -> bool:
        """Return whether a word joins a range by itself: "to" does; "and" and "or" need "between"."""
        return _plain(word) not in (*self.joins, *map(_plain, self.words.table("ranges").get("weak", ())))

    def _is_strict(self, text: str, low: StatedFigure) -> bool:
        """Return whether "between" is before a range, which is never a change."""
        strict = self.words.table("ranges").get("strict", ())
        return bool(strict) and bool(re.search(rf"(?:{either(strict)}){_BLANK}+$", text[: low.start], re.I))


def names_currency(code: str, text: str, words: SourceWords) -> bool:
    """Return whether a text has the code, a symbol or a name of a currency, beside a figure or not."""
    symbols = [symbol for symbol, of in _SYMBOLS.items() if of == code]
    names = _whole(words.table("currencies").get(code, ()))
    return code in text or any(symbol in text for symbol in symbols) or names.search(text) is not None


# ------------------------------------------------------------------------------------------------ helpers


def _values(table: Mapping[str, list[str]]) -> dict[str, Decimal]:
    return {_plain(name): Decimal(number) for number, names in table.items() for name in spelled(names)}


def _lengths(words: SourceWords) -> Iterator[str]:
    """Yield the names of lengths of time."""
    for name in ("minute", "hour", "day", "week", "month", "quarter", "year"):
        if phrases := words.table("measures").get(name):
            yield from (name, *phrases) if words.language == "en" else phrases


def _plain(text: str) -> str:
    """Return a text in small letters and plain blanks and apostrophes, of the same length."""
    return text.translate(_PLAIN).lower()


def _whole(phrases: Iterable[str]) -> re.Pattern[str]:
    words = either(phrases)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else "(?!)", re.I)


def _fits(value: Decimal, group: Decimal) -> bool:
    """Return whether a number word adds to those before it: 200 + 50, 60 + 11, but not 5 + 6."""
    rest = group % 100
    if group >= 100 and rest == 0:
        return value < 100
    return rest >= 20 and rest % 10 == 0 and value < (20 if rest in (60, 80) else 10)


def _fractions(text: str) -> Iterator[re.Match[str]]:
    yield from re.finditer(rf"(?<![\w.,])(?P<whole>\d*)(?P<vulgar>[{_VULGAR}])(?!\w)", text)
    for match in _SLASHED.finditer(text):
        if (
            not re.search(r"[\w/.,]$", text[: match.start()])
            and 0 < int(match["over"]) < int(match["under"]) <= 20
        ):
            yield match


def _share(match: re.Match[str]) -> Decimal:
    if "vulgar" in match.re.groupindex:
        return Decimal(match["whole"] or 0) + Decimal(str(unicodedata.numeric(match["vulgar"])))
    return Decimal(int(match["over"])) / Decimal(int(match["under"]))


_END_OF_HEAD = re.compile(rf"\.?{_BLANK}*+(?:(?:{_ANY_SYMBOL}|{_CODE.pattern}){_BLANK}*+)?[)\]:]")


def _is_of_head(text: str, figure: StatedFigure) -> bool:
    """Return whether a multiplier is only the scale in the head of a column: Price (EUR million)."""
    is_alone = figure.amounts == {figure.scale} and " " not in text[figure.start : figure.end]
    return is_alone and figure.scale >= 1000 and _END_OF_HEAD.match(text, figure.end) is not None


def _is_share(text: str, figure: StatedFigure) -> bool:
    """Return whether a figure is a part of a whole, which is a percentage as well: half, a fifth."""
    return (
        figure.scale == 1
        and all(0 < amount < 1 for amount in figure.amounts)
        and not re.search(r"[.,]\d", text[figure.start : figure.end])
    )


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Return whether digits belong to a word: F-16, A400M, COVID-19, 12:30, 3.1.4."""
    lettered = "|".join(re.escape(symbol) for symbol in _SYMBOLS if symbol[-1].isalpha() or symbol[-1] == ".")
    is_money = re.search(rf"(?:{lettered})$|{_CODE.pattern}-?$", text[:start])
    if re.match(r"[.:]\d|[’']?s(?!\w)", text[end:]):  # 13:28, 3.1.4, the 2020s
        return True
    return bool(re.search(r"\w$|[^\W\d]-$|\d[.,:/]$", text[:start])) and not is_money


def _money_before(before: str) -> tuple[int, str] | None:
    """Return where the currency before a figure begins, and its code; None where there is none."""
    stripped = before.rstrip(" \u00a0\u202f\u2009\u2007-−")
    if len(before) - len(stripped) > 2:
        return None
    for symbol in sorted(_SYMBOLS, key=len, reverse=True):
        if stripped.endswith(symbol) and not (
            symbol[0].isalpha() and re.search(r"\w$", stripped[: -len(symbol)])
        ):
            return len(stripped) - len(symbol), _SYMBOLS[symbol]
    if match := re.search(rf"(?:{_CODE.pattern})$", stripped):
        return match.start(), match.group()
    return None


def _before(phrases: Iterable[str]) -> re.Pattern[str]:
    words = either(phrases)
    return re.compile(rf"(?<!\w)(?:{words}){_BLANK}+$" if words else "(?!)", re.I)


def _first_cut(text: str) -> int:
    """Return where the sentence or clause ends; the point of an abbreviation ends none."""
    for match in _CUT.finditer(text):
        following = text[match.end() :].lstrip()
        if match.group() not in _STOPS or not following or not following[0].islower():
            return match.start()
    return len(text)


def _last_part(before: str) -> str:
    """Return the part of a text after its last cut, at most as long as a figure looks back."""
    cuts = [match.end() for match in re.finditer(r";|[.!?](?=\s+(?![€$£)]))", before)]
    return before[cuts[-1] if cuts else 0 :][-_NEAR:]


def _last_word(before: str) -> str:
    return before.rsplit(maxsplit=1)[-1] if before.split() else ""


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
