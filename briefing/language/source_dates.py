"""Dates as a passage states them: days, months, seasons, years, decades and centuries, in its language."""

from __future__ import annotations

import calendar
import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.language.lexicon import either
from briefing.language.source_words import SourceWords
from briefing.model import edtf

_BLANK = r"[\s\u00a0\u202f]"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_RANGE = rf"(?:{_BLANK}?[-–—]{_BLANK}?)"
_ISO = re.compile(
    r"(?<![\d-])(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?(?![\d-])"
)
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[./])(?P<second>0?[1-9]|[12]\d|3[01])(?P=mark)"
    r"(?P<year>[12]\d{3}|\d{2})(?![\d/])"
)
_YEARS = re.compile(
    r"(?:(?<![\d.,/-])|(?<=\bmid-)|(?<=\bend-)|(?<=\bmi-))(?P<year>[12]\d{3})(?:[/–—-](?P<more>\d{2}|[12]\d{3}))?(?P<decade>[’']?s|er(?=[\s-])|-х|-ті|-е)?(?![\w.,]?\d)"
)
_CENTURY = re.compile(
    r"(?<!\w)(?P<number>\d{1,2})(?:st|nd|rd|th|er|e|ème|\.|-е|-го|-те|-му)?[\s\u00a0-](?:centur|siècle|Jahrhundert|століт|столет|век)",
    re.I,
)
_DECADE = re.compile(r"(?<!\w)années[\s\u00a0]+$", re.I)
_APART = 40
"""Number of characters before a date that are searched for by, until, since."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """One date of a passage, with the parts that it gives."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    season: int | None = None
    """A part of a year, as in EDTF: 21 is spring, 33 the first quarter, 40 the first half."""
    decade: int | None = None
    """The first year of a decade."""
    century: int | None = None
    """The first year of a century as EDTF has it: 1900 for the twentieth."""
    is_end: bool = False
    """Whether words beside it leave its start open: by, until."""
    is_start: bool = False
    """Whether words beside it leave its end open: since, from."""
    third: str = ""
    """The third of its year or month that words before it name: early, mid or late."""


def find(text: str, words: SourceWords) -> tuple[StatedDate, ...]:
    """Return the dates of a text, in order; months and seasons only where its language is known."""
    return _found(text, words)


@functools.lru_cache(maxsize=16384)
def _found(text: str, words: SourceWords) -> tuple[StatedDate, ...]:
    reader = _reader(words)
    found: list[StatedDate] = []
    read = (day for date in reader.dates(text) for day in (date, *reader.edges(text, date)))
    for date in read:
        # Two readings of one place may be beside one another: 3/4/2031.
        if all(date.start >= other.end or date.end <= other.start or
               (date.start, date.end) == (other.start, other.end) for other in found):  # fmt: skip
            found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


@functools.cache
def _reader(words: SourceWords) -> _Reader:
    return _Reader(words)


class _Reader:
    """The expressions of one language, made once."""

    def __init__(self, words: SourceWords) -> None:
        dates = words.table("dates")
        self.months = {
            spelled: number
            for number, names in enumerate(dates.get("months", ()), 1)
            for name in names
            for spelled in (name, name.capitalize(), name.upper())
        }
        parts = (("seasons", edtf.SPRING), ("quarters", edtf.FIRST_QUARTER), ("halves", edtf.FIRST_HALF))
        self.seasons = {
            name.lower(): number
            for table, first in parts
            for number, names in enumerate(dates.get(table, ()), first)
            for name in names
        }
        self.thirds = {third: _ahead(dates.get(third, ())) for third in edtf.THIRDS}
        month = rf"(?P<name>{_names(self.months)})(?!\w)\.?"
        season = rf"(?i:(?P<season>{_names(self.seasons)}))(?!\w)"
        ordinal = rf"(?:{_names(dates.get('ordinals', ()))})?"
        joins = "|".join(
            re.escape(item)
            for item in ("and", "et", "und", "і", "та", "и", "to", "bis", "au", "à", "до", "по")
        )
        first = rf"(?P<from>0?[1-9]|[12]\d|3[01]){ordinal}(?:{_RANGE}|{_BLANK}+(?:{joins}){_BLANK}+)"
        days = rf"(?<![\d.,])(?:{first})?{_DAY}"
        of = rf"(?:{_BLANK}*(?:of|de|d'|д|den|le|року){_BLANK}+|{_BLANK}*)"
        year = rf"(?:,?(?:{_BLANK}*(?:of|de){_BLANK}+|{_BLANK}+){_YEAR})?"
        known = bool(self.months)
        self.day_month = re.compile(rf"{days}{ordinal}{of}{month}{year}") if known else None
        self.month_day = re.compile(
            rf"(?<!\w){month}{_BLANK}+(?:(?P<from>0?[1-9]|[12]\d|3[01]){ordinal}"
            rf"(?:{_RANGE}|{_BLANK}+(?:{joins}){_BLANK}+))?{_DAY}{ordinal}(?![\d%]|[.,]\d)(?:,?{_BLANK}+{_YEAR})?"
        ) if known else None  # fmt: skip
        self.month_year = re.compile(rf"(?<!\w){month}{year}") if known else None
        self.season_year = re.compile(rf"(?<!\w){season}{year}") if known else None
        self.is_month_first = words.language in ("en", "")
        self.last = _ahead(dates.get("last", ()))
        self.first = _ahead(dates.get("first", ()))
        self.by = _ahead(dates.get("by", ()))
        self.since = _ahead(dates.get("since", ()))
        fillers = either(words.words.get("fillers", ()))
        self.filler = re.compile(
            rf"(?:(?<!\w)(?:{fillers or '(?!)'}|late|early|mid|end|fin|début|mi|Ende|Anfang|Mitte)"
            rf"{_BLANK}*-?)+$",
            re.I,
        )

    def dates(self, text: str) -> Iterator[StatedDate]:
        """Yield the dates of a text, the most exact first."""
        for match in _ISO.finditer(text):
            yield self._made(text, match, int(match["month"]), _days(match["day"]))
        for match in _NUMERIC.finditer(text):
            yield from self._numeric(text, match)
        for pattern in (self.day_month, self.month_day, self.month_year):
            for match in pattern.finditer(text) if pattern else ():
                month = self.months.get(match["name"]) or self.months[match["name"] + "."]
                groups = match.groupdict()
                yield self._made(text, match, month, _days(groups.get("from"), groups.get("day")))
        for match in self.season_year.finditer(text) if self.season_year else ():
            yield self._made(text, match, None, (), self.seasons[match["season"].lower()])
        for match in _CENTURY.finditer(text):
            yield self._bound(text, StatedDate(*match.span(), century=(int(match["number"]) - 1) * 100))
        for match in _YEARS.finditer(text):
            first = int(match["year"])
            if match["decade"] or (first % 10 == 0 and _DECADE.search(text[: match.start()])):
                yield self._bound(text, StatedDate(*match.span(), decade=first))
                continue
            yield self._bound(text, StatedDate(match.start(), match.start() + 4, year=first))
            if more := match["more"]:
                last = int(more) if len(more) == 4 else first - first % 100 + int(more)
                yield StatedDate(match.start("more"), match.end(), year=last)

    def edges(self, text: str, date: StatedDate) -> Iterator[StatedDate]:
        """Yield the day that words before a year or a month mean: the end of 2031 is its last day."""
        if date.year is None or date.days or date.season:
            return
        before = text[max(0, date.start - _APART) : date.start]
        month = date.month or (12 if self.last.search(before) else 1)
        if self.last.search(before):
            day = calendar.monthrange(date.year, month)[1]
        elif self.first.search(before):
            day = 1
        else:
            return
        yield dataclasses.replace(date, month=month, days=(day,))

    def _numeric(self, text: str, match: re.Match[str]) -> Iterator[StatedDate]:
        """Yield the readings of a date in three numbers."""
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        year = year if year > 99 else 2000 + year
        if second <= 12:
            yield self._bound(text, StatedDate(*match.span(), year=year, month=second, days=(first,)))
        if first <= 12 and second != first and match["mark"] == "/" and self.is_month_first:
            yield self._bound(text, StatedDate(*match.span(), year=year, month=first, days=(second,)))

    def _made(
        self,
        text: str,
        match: re.Match[str],
        month: int | None,
        days: tuple[int, ...],
        season: int | None = None,
    ) -> StatedDate:
        year = int(match["year"]) if match["year"] else None
        return self._bound(text, StatedDate(*match.span(), year=year, month=month, days=days, season=season))

    def _bound(self, text: str, date: StatedDate) -> StatedDate:
        """Return a date with what the words before it leave open."""
        before = text[max(0, date.start - _APART) : date.start]
        rests = (before, self.filler.sub("", before))
        is_end = any(self.by.search(rest) for rest in rests)
        is_start = any(self.since.search(rest) for rest in rests)
        thirds = (third for third, words in self.thirds.items() if not date.days and words.search(before))
        return dataclasses.replace(date, is_end=is_end, is_start=is_start, third=next(thirds, ""))


def _ahead(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(phrases) or '(?!)'})[\s\u00a0]*$", re.I)


def _names(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))) or "(?!)"


def _days(*days: str | None) -> tuple[int, ...]:
    """Return the days that are given: one, or the first and the last."""
    return tuple(int(day) for day in days if day)
