"""Dates as sources give them: the Extended Date/Time Format, level 1 (ISO 8601-2), in days.

This module reads `2025-11-17`, `2025-11`, `2025`, seasons (`2025-21` spring to `2025-24` winter), quarters
and halves of a year (`2025-33` to `2025-36`, `2025-40` and `2025-41`), unspecified digits (`202X`,
`2025-XX`, `2025-11-XX`), the qualifiers `?` (uncertain), `~` (approximate) and `%` (both) after a date, and
intervals (`2025-11-16/2025-11-18`, `../2035` for "by 2035", `2026/..` for "from 2026", `2025/` for an unknown
end). It does not read times of day or years with more than four digits, because no fact sheet needs them.

Source: https://www.loc.gov/standards/datetime/ (specification of 4 February 2019).
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<qualifier>[?~%]?)",
    re.ASCII,
)
SPRING, FIRST_QUARTER, FIRST_HALF = 21, 33, 40
"""The numbers of the first season, quarter and half of a year; the others follow."""
_PARTS = (
    ("season", {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}),
    ("quarter", {FIRST_QUARTER + index: (3 * index + 1, 3 * index + 3) for index in range(4)}),
    ("half", {FIRST_HALF: (1, 6), FIRST_HALF + 1: (7, 12)}),
)
"""The parts of a year: each number with its first and last month."""
_OPEN = ".."


class NotADate(ValueError):
    """The text is not an EDTF level 1 date; the message says why."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date of an interval, or a single date."""

    text: str
    """The date without its qualifier."""
    earliest: datetime.date
    latest: datetime.date
    qualifier: str
    """``?``, ``~``, ``%`` or nothing."""
    precision: str
    """``day``, ``month``, ``season``, ``quarter``, ``half``, ``year``, ``decade`` or ``century``."""

    @property
    def part(self) -> int | None:
        """The number of its season, quarter or half of the year; None where it is none of these."""
        return int(self.text[5:7]) if self.precision in dict(_PARTS) else None


@dataclass(frozen=True, slots=True)
class Span:
    """The meaning of an EDTF text: two points, each None if the interval is open or unknown there."""

    start: Point | None
    end: Point | None
    is_interval: bool

    @property
    def earliest(self) -> datetime.date:
        """The first day that it can mean; the first day of the calendar if the start is open."""
        return self.start.earliest if self.start else datetime.date.min

    @property
    def latest(self) -> datetime.date:
        """The last day that it can mean; the last day of the calendar if the end is open."""
        return self.end.latest if self.end else datetime.date.max


def parse(text: str) -> Span:
    """Return the span of an EDTF level 1 text. Raises NotADate with a sentence for the author of the text."""
    first, slash, second = text.partition("/")
    if not slash:
        point = _point(first)
        return Span(point, point, is_interval=False)
    start, end = _end_of_interval(first), _end_of_interval(second)
    if start is None and end is None:
        raise NotADate(f"'{text}' has neither a start nor an end")
    if start and end and start.earliest > end.latest:
        raise NotADate(f"'{text}' ends before it starts")
    return Span(start, end, is_interval=True)


def _end_of_interval(text: str) -> Point | None:
    return None if text in ("", _OPEN) else _point(text)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise NotADate(f"'{text}' is not a date such as 2025-11-17, 2025-11, 2025, ../2035 or 2025-11-17?")
    year, month, day = match["year"], match["month"] or "", match["day"] or ""
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year < 1:
        raise NotADate(f"'{text}' is before the year 1")
    if "X" in year and month:
        raise NotADate(f"'{text}' has a month, but its year is not known")
    first_month, last_month, first_day, last_day = 1, 12, 1, 0
    precision = {0: "year", 1: "decade", 2: "century"}[year.count("X")]
    if month.isdigit():
        number = int(month)
        part = next((item for item in _PARTS if number in item[1] and not day), None)
        if part:
            precision, (first_month, last_month) = part[0], part[1][number]
        elif 1 <= number <= 12:
            first_month = last_month = number
            precision = "month"
        else:
            raise NotADate(
                f"'{text}' has no month {month}; months are 01 to 12, seasons 21 to 24, "
                "quarters 33 to 36, halves 40 and 41"
            )
    elif day.isdigit():
        raise NotADate(f"'{text}' has a day without its month")
    if day.isdigit():
        number = int(day)
        if not 1 <= number <= calendar.monthrange(last_year, last_month)[1]:
            raise NotADate(f"'{text}' is a day that its month does not have")
        first_day = last_day = number
        precision = "day"
    return Point(
        text=text.rstrip("?~%"),
        earliest=datetime.date(first_year, first_month, first_day),
        latest=datetime.date(
            last_year, last_month, last_day or calendar.monthrange(last_year, last_month)[1]
        ),
        qualifier=match["qualifier"],
        precision=precision,
    )
