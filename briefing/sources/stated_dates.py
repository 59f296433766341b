"""Dates held against the passages cited for them, and against the dates of sources and statements."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from briefing.language import lexicon, source_dates
from briefing.language.source_dates import StatedDate
from briefing.language.source_words import SourceWords
from briefing.model import edtf
from briefing.model.edtf import Point
from briefing.model.library import Library
from briefing.model.scales import DatePart
from briefing.model.sources import Evidence
from briefing.model.values import Date
from briefing.sources.stated import Lack, Passage

_FINENESS = {
    "year": 1,
    "season": 1,
    "quarter": 1,
    "half": 1,
    "fiscal": 1,
    "academic": 1,
    "month": 2,
    "day": 3,
}
"""Precision of a date -> how many of year, month and day it gives; decades and centuries give none."""


def lacking(
    date: Date,
    cited: Sequence[Passage],
    registered: Sequence[Date] = (),
    is_registered_enough: bool = False,
    spoken: Sequence[Date] = (),
) -> tuple[Lack, ...]:
    """Return the parts of a date that no passage states and that are not marked as inferred.

    The finest part must be in a passage; the year and the month of a day may come from ``registered``, the
    recorded dates of the sources and statements. With ``is_registered_enough`` these may state all of it.
    ``spoken`` are the days of the statements relayed, on which what they say may have happened.
    """
    stated = [day for item in cited for day in item.dates]
    known = all(item.words.is_known for item in cited)
    ends = [(point, name) for point, name in ((date.span.start, "start"), (date.span.end, "end")) if point]
    found = tuple(dict.fromkeys(_date_as_written(day, item) for item in cited for day in item.dates))
    lacks: list[Lack] = []
    for point in dict.fromkeys(point for point, _ in ends):
        parts = list(DatePart)[: _FINENESS.get(point.precision, 0)]
        if point.part or point.precision in ("decade", "century"):
            lacks += _coarse_lacks(point, date, stated, found, known)
            continue
        if point.precision in edtf.OTHER_YEARS.values():
            lacks += _other_year_lacks(point, date, cited, stated, found)
            continue
        if point.third and known and not any(_is_third(point, day) for day in stated):
            lacks.append(Lack(f"'{point.third}'", point.text, found))
        for part in parts:
            if part in date.inferred or (part is not DatePart.YEAR and not known):
                continue
            may_be_registered = is_registered_enough or part is not parts[-1]
            days = [*stated, *of_records(registered)] if may_be_registered else stated
            if not any(_is_part(part, point, day) for day in days):
                lacks.append(Lack(part.value, point.text, found))
    is_of_statement = any(item.edtf == date.edtf and not item.inferred for item in spoken)
    if lacks and is_of_statement and not any(day.days for day in stated):
        return ()  # no passage names a day, and the statement that is relayed was made on this one
    if not lacks and known and not date.inferred:
        lacks += _open_ends(date, stated, found)
    return tuple({lack.part: lack for lack in lacks}.values())


def is_point(
    point: Point,
    day: StatedDate,
    others: Sequence[StatedDate],
    item: Passage,
    registered: Sequence[Date] = (),
) -> bool:
    """Return whether a date of a passage is that of a record, with the coarser dates beside it: its year."""
    finest = _FINENESS.get(point.precision, 0)
    beside = [other for other in others if _parts_of(other) < finest]
    read = dataclasses.replace(item, dates=(day, *beside))
    return (finest < 2 or _parts_of(day) >= finest) and not [
        lack for lack in lacking(Date(point.text), (read,), registered) if lack.part != "open"
    ]


def _parts_of(day: StatedDate) -> int:
    """Return how many of year, month and day a date gives."""
    return 3 if day.days else 2 if day.month else 1


def _open_ends(date: Date, stated: Sequence[StatedDate], found: tuple[str, ...]) -> Iterator[Lack]:
    """Yield what is open in the record and not in the passages, or the other way round: by 2035, in 2035."""
    span = date.span
    if not span.is_interval:
        point = span.start
        same = [day for day in stated if point and _is_same(point, day)]
        if same and all(day.is_end for day in same):
            yield Lack("open", date.edtf, found)
    elif span.start is None and span.end is not None:
        same = [day for day in stated if _is_same(span.end, day)]
        if same and not any(day.is_end for day in same):
            yield Lack("open", date.edtf, found)
    elif span.end is None and span.start is not None:
        same = [day for day in stated if _is_same(span.start, day)]
        if same and not any(day.is_start for day in same):
            yield Lack("open", date.edtf, found)


def _is_same(point: Point, day: StatedDate) -> bool:
    return all(
        _is_part(part, point, day) for part in list(DatePart)[: _FINENESS.get(point.precision, 0)][-1:]
    )


def _coarse_lacks(
    point: Point, date: Date, stated: Sequence[StatedDate], found: tuple[str, ...], known: bool
) -> Iterator[Lack]:
    year = point.earliest.year
    if point.part:
        if known and not any(day.season == point.part for day in stated):
            yield Lack(point.precision, point.text, found)
        if DatePart.YEAR not in date.inferred and not any(day.year == year for day in stated):
            yield Lack("year", point.text, found)
    elif DatePart.YEAR not in date.inferred:
        wanted = "decade" if point.precision == "decade" else "century"
        if not any(getattr(day, wanted) == year for day in stated):
            yield Lack(wanted, point.text, found)


def _other_year_lacks(
    point: Point,
    date: Date,
    cited: Sequence[Passage],
    stated: Sequence[StatedDate],
    found: tuple[str, ...],
) -> Iterator[Lack]:
    """Yield what is missing of a fiscal or academic year, which texts name by either of its two years."""
    read = [item for item in cited if item.words.is_known]
    if len(read) == len(cited) and not any(_names_year(point.precision, item) for item in read):
        yield Lack(f"'{point.precision} year'", point.text, found)
    wanted, years = {point.earliest.year, point.latest.year}, {day.year for day in stated if day.year}
    # Beside both years, as in 2025/26, one of them alone is another year.
    is_stated = wanted <= years or (len(years) == 1 and years <= wanted)
    if DatePart.YEAR not in date.inferred and not is_stated:
        yield Lack("year", point.text, found)


def _names_year(kind: str, item: Passage) -> bool:
    """Return whether a passage calls a year fiscal or academic; its terms count before the rest of it."""
    terms, dates = " | ".join(item.texts), item.words.table("dates")
    called = [other for other in edtf.OTHER_YEARS.values() if lexicon.pattern(dates[other]).search(terms)]
    return kind in called if called else lexicon.pattern(dates[kind]).search(item.paragraph) is not None


def _is_third(point: Point, day: StatedDate) -> bool:
    """Return whether a stated date is the third of a year or month that a point is."""
    month = point.earliest.month if point.precision == "month" else None
    return day.third == point.third and day.year in (None, point.earliest.year) and month in (None, day.month)


def _is_part(part: DatePart, point: Point, day: StatedDate) -> bool:
    """Return whether a stated date gives one part of a point; its other parts must not contradict."""
    wanted = point.earliest
    if part is DatePart.YEAR:
        return day.year == wanted.year
    if day.year not in (None, wanted.year):
        return False
    if part is DatePart.MONTH:
        return day.month == wanted.month
    return wanted.day in day.days and day.month in (None, wanted.month)


def spoken(evidence: Sequence[Evidence], library: Library) -> list[Date]:
    """Return the recorded days of the statements that some passages relay."""
    origins = (library.origins.get(item.origin or "") for item in evidence)
    return [origin.date for origin in origins if origin and origin.date]


def registered(evidence: Sequence[Evidence], library: Library) -> list[Date]:
    """Return the recorded dates of the sources cited and of the statements relayed there."""
    found: list[Date | None] = []
    for item in evidence:
        source, origin = library.sources.get(item.source), library.origins.get(item.origin or "")
        found += [source.published, source.as_of] if source else []
        found += [origin.date] if origin else []
    return [date for date in found if date]


def of_records(dates: Iterable[Date]) -> Iterator[StatedDate]:
    """Yield recorded dates as if they had been stated, without their inferred parts."""
    for date in dates:
        for point in dict.fromkeys(point for point in (date.span.start, date.span.end) if point):
            parts = [
                part
                for part in list(DatePart)[: _FINENESS.get(point.precision, 0)]
                if part not in date.inferred
            ]
            yield StatedDate(
                0,
                0,
                point.earliest.year if DatePart.YEAR in parts else None,
                point.earliest.month if DatePart.MONTH in parts else None,
                (point.earliest.day,) if DatePart.DAY in parts else (),
            )


def unfounded_parts(
    date: Date, notes: Sequence[tuple[str, SourceWords]], recorded: Sequence[Date]
) -> list[DatePart]:
    """Return the inferred parts of a date for which neither a note nor a record gives the result."""
    known = [day for text, words in notes for day in source_dates.find(text, words)]
    known += list(of_records(dataclasses.replace(item, inferred=()) for item in recorded))
    readable = all(words.is_known for _, words in notes)
    return [
        part
        for point in dict.fromkeys(point for point in (date.span.start, date.span.end) if point)
        for part in list(DatePart)[: _FINENESS.get(point.precision, 0)]
        if part in date.inferred
        and (part is DatePart.YEAR or readable)
        and not any(_is_part(part, point, day) for day in known)
    ]


def _date_as_written(day: StatedDate, item: Passage) -> str:
    text = item.paragraph or next(
        (term for term in item.texts if day in source_dates.find(term, item.words)), ""
    )
    return text[day.start : day.end]
