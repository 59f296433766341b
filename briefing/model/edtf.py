"""Dates as sources give them: the Extended Date/Time Format, level 1 (ISO 8601-2), in days.

This module reads `2025-11-17`, `2025-11`, `2025`, seasons (`2025-21` spring to `2025-24` winter), quarters
and halves of a year (`2025-33` to `2025-36`, `2025-40` and `2025-41`), unspecified digits (`202X`,
`2025-XX`, `2025-11-XX`), the qualifiers `?` (uncertain), `~` (approximate) and `%` (both) after a date, and
intervals (`2025-11-16/2025-11-18`, `../2035` for "by 2035", `2026/..` for "from 2026", `2025/` for an unknown
end). It does not read times of day or years with more than four digits, because no fact sheet needs them.

Three forms are ours, because texts have such dates and the standard has not: `early 2026`, `mid 2026-06` and
`late 2026` for a third of a year or a month, `FY2025-04` and `AY2025-09` for the fiscal and the academic year
that begin in that month. ``within`` gives the interval of "within six months of" a date.

Source: https://www.loc.gov/standards/datetime/ (specification of 4 February 2019).
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime
import re
from dataclasses import dataclass

_POINT = re.compile(
    r"(?:(?P<third>early|mid|late) )?"
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<qualifier>[?~%]?)",
    re.ASCII,
)
_OTHER_YEAR = re.compile(
    r"(?P<kind>FY|AY)(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?P<qualifier>[?~%]?)", re.ASCII
)
_DURATION = re.compile(r"(?P<number>[1-9]\d{0,2}) (?P<unit>day|week|month|year)s?")
THIRDS = ("early", "mid", "late")
"""The words for the thirds of a year or a month."""
OTHER_YEARS = {"FY": "fiscal", "AY": "academic"}
"""Years that do not begin in January: how they are written, with their precision."""
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
    """A day, month, season, quarter, half, year, fiscal or academic year, decade or century."""
    third: str = ""
    """``early``, ``mid`` or ``late``, where it is a third of its year or month."""

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


def is_date(text: str) -> bool:
    """Return whether a text is a date that this module reads."""
    try:
        parse(text)
    except NotADate:
        return False
    return True


def is_day(text: str) -> bool:
    """Return whether a text is one day, without a qualifier."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def within(duration: str, of: str) -> str:
    """Return the interval of "within six months of" a date, in EDTF. Raises NotADate.

    It begins with the date and ends so long after the last day that the date can mean. It is as exact as the
    date or, if that is finer, the unit.
    """
    match = _DURATION.fullmatch(duration)
    if not match:
        raise NotADate(f"'{duration}' is not a time such as 6 months, 10 days, 2 weeks or 1 year")
    span = parse(of)
    if not span.start or not span.end:
        raise NotADate(f"'{of}' has an open end, so nothing can be within {duration} of it")
    number, unit = int(match["number"]), match["unit"]
    last = span.latest
    if unit in ("day", "week"):
        last += datetime.timedelta(number * (7 if unit == "week" else 1))
    else:
        months = last.year * 12 + last.month - 1 + number * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        if year > datetime.MAXYEAR:
            raise NotADate(f"{duration} after '{of}' is beyond the calendar")
        is_last = last.day == calendar.monthrange(last.year, last.month)[1]
        length = calendar.monthrange(year, month + 1)[1]
        last = datetime.date(year, month + 1, length if is_last else min(last.day, length))
    precisions = {span.start.precision, span.end.precision}
    size = 10 if "day" in precisions or unit in ("day", "week") else 7
    if precisions == {"year"} and unit == "year" and not span.start.third:
        size = 4
    return f"{span.earliest.isoformat()[:size]}/{last.isoformat()[:size]}"


def _other_year(match: re.Match[str]) -> Point:
    """Return the fiscal or academic year that begins in a month."""
    if not 1 <= int(match["year"]) < datetime.MAXYEAR:
        raise NotADate(f"'{match.group()}' is not within the calendar")
    first = datetime.date(int(match["year"]), int(match["month"]), 1)
    following = datetime.date(first.year + 1, first.month, 1)
    return Point(
        match.group().rstrip("?~%"),
        first,
        following - datetime.timedelta(1),
        match["qualifier"],
        OTHER_YEARS[match["kind"]],
    )


def _point(text: str) -> Point:
    if other := _OTHER_YEAR.fullmatch(text):
        return _other_year(other)
    match = _POINT.fullmatch(text)
    if not match:
        raise NotADate(f"'{text}' is not a date such as 2025-11-17, 2025-11, 2025 or ../2035")
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
    point = Point(
        text=text.rstrip("?~%"),
        earliest=datetime.date(first_year, first_month, first_day),
        latest=datetime.date(
            last_year, last_month, last_day or calendar.monthrange(last_year, last_month)[1]
        ),
        qualifier=match["qualifier"],
        precision=precision,
    )
    return _third(point, match["third"]) if match["third"] else point


def _third(point: Point, third: str) -> Point:
    """Return the first, middle or last third of a year or a month."""
    if point.precision not in ("year", "month"):
        raise NotADate(
            f"'{point.text}' has '{third}' before a {point.precision}; write it before a year or a month"
        )
    index, first, last = THIRDS.index(third), point.earliest, point.latest
    if point.precision == "year":
        first = first.replace(month=1 + 4 * index)
        last = last.replace(month=4 + 4 * index, day=(30, 31, 31)[index])
    else:
        first = first.replace(day=1 + 10 * index)
        last = last.replace(day=(10, 20, last.day)[index])
    return dataclasses.replace(point, earliest=first, latest=last, third=third)
