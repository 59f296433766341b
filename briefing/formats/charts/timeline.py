"""A timeline: every dated fact at its place in time, with its words beside it; the undated listed below."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.formats.charts.svg import Drawing, width_of, wrapped
from briefing.language.words import Words
from briefing.model.editions import Figure, Mark
from briefing.model.values import Date

MAX_COLUMNS = 8
"""The number of labels for which there is room above and below one axis; more are set in rows."""
_RADIUS = 0.38
"""Of a dot, in sizes of the type."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scale from days to places between two ends of a line."""

    first: datetime.date
    last: datetime.date
    left: float
    right: float
    say: Words
    """The words of the language of its names."""

    @property
    def months(self) -> list[str]:
        """The short names of the months."""
        return self.say("date.months").split()

    def at(self, day: datetime.date) -> float:
        """Return the place of a day."""
        span = (self.last - self.first).days
        share = (min(max(day, self.first), self.last) - self.first).days / span
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _MarkLabel:
    """The words of a mark, in lines."""

    mark: Mark
    when: list[str]
    lines: list[str]
    x: float
    width: float

    def height(self, drawing: Drawing) -> float:
        return (len(self.when) + len(self.lines)) * drawing.line_height


def draw(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw the figure and return its height."""
    dated = [mark for mark in figure.marks if mark.date]
    undated = [mark for mark in figure.marks if not mark.date]
    y = 0.0
    if dated:
        in_rows = is_narrow or len(dated) > MAX_COLUMNS
        y = _rows(dated, drawing, is_narrow, say) if in_rows else _columns(dated, drawing, say)
    if undated:
        names = say("value.long_list").join(mark.label for mark in undated)
        words = say("chart.not_dated", names=names)
        y += drawing.line_height * 0.6
        y = drawing.lines(0, y + drawing.size, wrapped(words, drawing.size, drawing.width), "quiet") - (
            drawing.size
        )
    return y + 2


def _columns(marks: Sequence[Mark], drawing: Drawing, say: Words) -> float:
    """Draw one axis, with labels below it, and above it as well where there are many."""
    axis = _axis(marks, 14, drawing.width - 14, say)
    half = (len(marks) + 1) // 2 if len(marks) > 4 else 0
    above = [mark for index, mark in enumerate(marks) if half and index % 2]
    below = [mark for index, mark in enumerate(marks) if not half or index % 2 == 0]
    upper, lower = (_labels(group, axis, drawing) for group in (above, below))
    top = max((label.height(drawing) for label in upper), default=0.0)
    names, dot = drawing.size + 6, drawing.size * _RADIUS
    line = top + 14 if upper else names
    foot = line + 14 + (names if upper else 0.0)
    for label in upper:
        _leader(drawing, axis, label, (line - dot, line - dot - 1, top + 2))
        _words(drawing, label, top - label.height(drawing) + drawing.size)
    for label in lower:
        _leader(drawing, axis, label, (line, foot - 12 if upper else line + dot, foot - 2))
        _words(drawing, label, foot + drawing.size)
    _draw_axis(axis, line, drawing, is_below=bool(upper))
    for mark in marks:
        _place(drawing, axis, mark, line)
    return foot + max((label.height(drawing) for label in lower), default=0.0)


def _labels(marks: Sequence[Mark], axis: _Axis, drawing: Drawing) -> list[_MarkLabel]:
    """Return labels side by side in the order of time, each as near to its mark as the others allow."""
    if not marks:
        return []
    gap = 12.0
    room = min((drawing.width - gap * (len(marks) - 1)) / len(marks), 150.0)
    texts = [[wrapped(words, drawing.size, room) for words in (mark.when, mark.label)] for mark in marks]
    widths = [max(width_of(line, drawing.size) for text in pair for line in text) for pair in texts]
    labels: list[_MarkLabel] = []
    least = 0.0
    for index, (mark, (when, lines)) in enumerate(zip(marks, texts, strict=True)):
        rest = sum(widths[index:]) + gap * (len(marks) - index - 1)
        x = min(max(axis.at(_middle(mark, axis)) - 4, least), drawing.width - rest)
        labels.append(_MarkLabel(mark, when, lines, x, widths[index]))
        least = x + widths[index] + gap
    return labels


def _leader(drawing: Drawing, axis: _Axis, label: _MarkLabel, heights: tuple[float, float, float]) -> None:
    """Draw a line from a mark to its words: straight past the names of the axis, then to their start."""
    x = axis.at(_middle(label.mark, axis))
    foot = min(max(x, label.x + 1), label.x + max(label.width - 4, 1))
    start, knee, end = heights
    drawing.path(((x, start), (x, knee), (foot, end)), "faint", 0.6)


def _words(drawing: Drawing, label: _MarkLabel, y: float) -> None:
    y = drawing.lines(label.x, y, label.when, "accent", 600)
    drawing.lines(label.x, y, label.lines)


def _rows(marks: Sequence[Mark], drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw one row for each fact, under an axis that all rows share."""
    left = 4.0 if is_narrow else drawing.width * 0.6
    axis = _axis(marks, left, drawing.width - 8, say)
    room = drawing.width if is_narrow else left - 12
    y = drawing.size + 6
    top = y
    bodies: list[tuple[Mark, float, float]] = []
    for mark in marks:
        start = y + 5
        lines = wrapped(mark.label, drawing.size, room)
        when = wrapped(mark.when, drawing.size, room)
        height = (len(lines) + len(when)) * drawing.line_height
        y = start + height + (12 if is_narrow else 3)
        bodies.append((mark, start, start + height + 5 if is_narrow else start + height / 2))
        at = drawing.lines(0, start + drawing.size, when, "accent", 600)
        drawing.lines(0, at, lines)
    _draw_axis(axis, top, drawing, is_below=False)
    for mark, _, line in bodies:
        drawing.line(axis.left, line, axis.right, line, "rule", 0.6)
        for day, _ in _ticks(axis, drawing):
            drawing.line(axis.at(day), line - 2.5, axis.at(day), line + 2.5, "rule", 0.6)
        _place(drawing, axis, mark, line)
    return y


def _draw_axis(axis: _Axis, y: float, drawing: Drawing, is_below: bool) -> None:
    drawing.line(axis.left - 4, y, axis.right + 4, y, "faint", 1)
    way = 1 if is_below else -1
    for day, name in _ticks(axis, drawing):
        x = axis.at(day)
        drawing.line(x, y, x, y + 3 * way, "faint", 0.8)
        room = width_of(name, drawing.size)
        middle = min(max(x, room / 2), drawing.width - room / 2)
        base = y + drawing.size + 4 if is_below else y - 5
        if is_below:  # a line that leads to words is interrupted, the name is not
            drawing.rect(middle - room / 2, base - drawing.size * 0.8, room, drawing.size, "paper")
        drawing.text(middle, base, name, "quiet", anchor="middle")


def _ticks(axis: _Axis, drawing: Drawing) -> list[tuple[datetime.date, str]]:
    """Return the named days of the axis: as many as have room, all of one kind; none where two do not fit."""
    for days, steps in _TICKS:
        for step in steps:
            found = list(days(axis, step))
            widest = max((width_of(name, drawing.size) for _, name in found), default=0)
            places = [axis.at(day) for day, _ in found]
            gaps = [after - before for before, after in itertools.pairwise(places)]
            if 2 <= len(found) <= 12 and min(gaps) > widest + 8:
                return found
    return []


def _of_days(axis: _Axis, step: int) -> Iterator[tuple[datetime.date, str]]:
    if (axis.last - axis.first).days > 100:
        return
    day = axis.first
    while day <= axis.last:
        month = axis.months[day.month - 1]
        yield day, axis.say("date.axis_day", day=day.day, month=month, year=day.year)
        day += datetime.timedelta(days=step)


def _of_months(axis: _Axis, step: int) -> Iterator[tuple[datetime.date, str]]:
    if (axis.last - axis.first).days > 366 * 6:
        return
    for year in range(axis.first.year, axis.last.year + 1):
        for month in range(1, 13, step):
            day = datetime.date(year, month, 1)
            if axis.first <= day <= axis.last:
                yield day, axis.say("date.axis_month", month=axis.months[month - 1], year=year)


def _of_years(axis: _Axis, step: int) -> Iterator[tuple[datetime.date, str]]:
    first = -(-axis.first.year // step) * step
    for year in range(max(first, 1), axis.last.year + 1, step):
        day = datetime.date(year, 1, 1)
        if axis.first <= day <= axis.last:
            yield day, str(year)


_TICKS = ((_of_days, (1, 7)), (_of_months, (1, 2, 3, 6)), (_of_years, (1, 2, 5, 10, 50, 100, 500)))


def _axis(marks: Sequence[Mark], left: float, right: float, say: Words) -> _Axis:
    """Return an axis over all dated marks, with a little room at its ends."""
    ends = [end for mark in marks if mark.date for end in _ends(mark.date) if end]
    first, last = min(ends), max(ends)
    margin = max((last - first).days // 16, 2)
    return _Axis(_moved(first, -margin), _moved(last, margin), left, right, say)


def _moved(day: datetime.date, days: int) -> datetime.date:
    least, most = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    return datetime.date.fromordinal(min(max(day.toordinal() + days, least), most))


def _ends(date: Date) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day; None where that end is open."""
    span = date.span
    return (span.start.earliest if span.start else None, span.end.latest if span.end else None)


def _middle(mark: Mark, axis: _Axis) -> datetime.date:
    assert mark.date  # only dated marks are placed
    start, end = _ends(mark.date)
    if start is None or end is None:
        return start or end or axis.first
    return start + (end - start) // 2


def _place(drawing: Drawing, axis: _Axis, mark: Mark, y: float) -> None:
    """Draw a dot for a day, a bar for a period, or an open bar where one end is not known."""
    assert mark.date
    start, end = _ends(mark.date)
    dot = drawing.size * _RADIUS
    left = axis.at(start) if start else axis.left - 4
    right = axis.at(end) if end else axis.right + 4
    if start and end and right - left < dot * 2:
        drawing.circle((left + right) / 2, y, dot, "accent", "paper")
        return
    if start and end:
        drawing.rect(left, y - dot, right - left, dot * 2, "paper", "accent")
        return
    drawing.line(left, y, right, y, "accent", 2, dash="4 2.5")
    x, way = (left, 1.0) if start else (right, -1.0)
    tip = right if start else left
    drawing.line(x, y - 4, x, y + 4, "accent", 1.6)
    drawing.polygon(((tip, y), (tip - 6 * way, y - 3.2), (tip - 6 * way, y + 3.2)), "accent")
