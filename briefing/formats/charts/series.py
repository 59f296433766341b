"""The rows of a table: a line over time, bars by name, and bars by date that are divided by status.

Every value is beside its mark in words, so nobody reads it off a scale. A row without a value leaves a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from briefing.formats.charts.svg import Drawing, width_of, wrapped
from briefing.language.words import Words
from briefing.model.editions import Figure, Mark
from briefing.model.ladders import Status
from briefing.model.scales import Bound

_FILLS = ("accent", "faint", "warm", "rule", "quiet", "tint")
"""The fills of the parts of a bar, in the order of the statuses."""


def line(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw a line from date to date, and return its height; what has no room beside it is written below."""
    marks = [mark for mark in figure.marks if mark.date]
    if not marks:
        return bars(figure, drawing, is_narrow, say)
    size = drawing.size
    room = max(width_of(mark.amount, size) for mark in marks)
    left = min(room / 2 + 4, drawing.width * 0.2)
    wide, top, height = drawing.width - 2 * left, size * 2.2, size * (11 if is_narrow else 14)
    days = [mark.date.sort_day.toordinal() for mark in marks if mark.date]
    first, length = min(days), max(days) - min(days)
    low, high = _span([mark.number for mark in marks if mark.number is not None])
    points: list[tuple[Mark, float, float | None]] = []
    for mark, day in zip(marks, days, strict=True):
        x = left + ((day - first) / length if length else 0.5) * wide
        number = mark.number
        points.append(
            (mark, x, None if number is None else top + float((high - number) / (high - low)) * height)
        )
    zero = top + float(high / (high - low)) * height
    drawing.line(0, zero, drawing.width, zero, "rule", 0.8)
    _path([None if y is None else (x, y) for _, x, y in points], drawing)
    foot = top + height + size * 2.8
    rest = _beside(points, foot, drawing)
    undated = [mark for mark in figure.marks if not mark.date and mark.number is not None]
    words = [say("value.with_meaning", words=mark.label, meaning=mark.amount) for mark in (*rest, *undated)]
    lines = wrapped(say("value.long_list").join(words), size, drawing.width)
    y = drawing.lines(0, foot + size * 1.6, lines, "quiet") - size if lines else foot + size * 0.6
    return _without_values(figure, drawing, y, say)


def _beside(points: Sequence[tuple[Mark, float, float | None]], foot: float, drawing: Drawing) -> list[Mark]:
    """Write each value beside its point and each date below it, and return the marks that have no room."""
    size, rest, ends = drawing.size, [], [0.0]
    taken: list[tuple[float, float, float]] = []
    heights = [y for _, _, y in points]
    for index, (mark, x, y) in enumerate(points):
        if y is None:
            continue
        fill = "accent" if mark.bound is Bound.EXACTLY else "paper"
        drawing.circle(x, y, size * 0.3, fill, "accent")
        half, name = width_of(mark.amount, size) / 2, width_of(mark.label, size) / 2
        places = [y - size * 0.7, y + size * 1.3]
        if _is_lowest(y, heights[max(0, index - 1) : index + 2]):  # above it the line would run through
            places.reverse()
        is_within = x - half >= 0 and x + half <= drawing.width
        place = next((at for at in places if is_within and _is_free(taken, x, half, at, size)), None)
        has_name = x - name >= ends[-1] and x + name <= drawing.width
        if place is None or not has_name:
            rest.append(mark)
            continue
        taken.append((x, half, place))
        drawing.text(x, place, mark.amount, "ink", 600, "middle")
        drawing.text(x, foot, mark.label, "quiet", 400, "middle")
        ends.append(x + name + size * 0.5)
    return rest


def _is_lowest(y: float, heights: Sequence[float | None]) -> bool:
    """Return whether a point is below its neighbours; a larger number is further down."""
    others = [other for other in heights if other is not None and other != y]
    return bool(others) and max(others) < y


def _is_free(
    taken: Sequence[tuple[float, float, float]], x: float, half: float, y: float, size: float
) -> bool:
    """Return whether a line of text meets none of those that are written already."""
    return all(abs(x - other) >= half + reach + 2 or abs(y - at) >= size * 1.1 for other, reach, at in taken)


def bars(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw a bar for each row, and return the height."""
    marks = [mark for mark in figure.marks if mark.number is not None]
    low, high = _span(
        [number for mark in marks for number in (mark.number, mark.upper) if number is not None]
    )
    y = 0.0
    for mark in marks:
        words = (
            mark.amount
            if mark.status is None
            else say("value.list").join((mark.amount, say.named(mark.status)))
        )
        y = _bar(mark, words, low, high, drawing, is_narrow, y)
    return _without_values(figure, drawing, y, say)


def stacked(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw a bar for each date, divided by status, with a legend, and return the height."""
    groups: dict[str, list[Mark]] = {}
    for mark in figure.marks:
        if mark.number is not None:
            groups.setdefault(mark.when, []).append(mark)
    statuses = sorted({mark.status for marks in groups.values() for mark in marks if mark.status})
    order: list[Status | None] = [*statuses, None]
    if all(mark.status for marks in groups.values() for mark in marks):
        order.pop()
    y = _legend(order, drawing, say)
    most = max(map(_sum, groups.values()), default=Decimal(0))
    size = drawing.size
    left = 0.0 if is_narrow else drawing.width * 0.2
    for when, marks in groups.items():
        if when:
            drawing.text(0, y + size, when, "ink", 600)
        start = y + (drawing.line_height if is_narrow and when else 0.0)
        x = left
        for status in order:
            number = _sum([mark for mark in marks if mark.status == status])
            wide = float(number / most) * (drawing.width - left) if most else 0.0
            if wide:
                drawing.rect(x, start, wide, size * 1.2, _fill(order, status), "ink")
            x += wide
        parts = (say("value.with_meaning", words=mark.label, meaning=mark.amount) for mark in marks)
        lines = wrapped(say("value.long_list").join(parts), size, drawing.width - left)
        drawing.lines(left, start + size * 2.4, lines, "quiet")
        y = start + size * 1.8 + len(lines) * drawing.line_height + size * 0.6
    return _without_values(figure, drawing, y, say)


def _sum(marks: Sequence[Mark]) -> Decimal:
    return sum((abs(mark.number or Decimal(0)) for mark in marks), Decimal(0))


def _legend(order: Sequence[Status | None], drawing: Drawing, say: Words) -> float:
    """Draw the fill of each status beside its name, and return where the legend ends."""
    size, x, y = drawing.size, 0.0, 0.0
    for status in order:
        words = say.named(status) if status else say("chart.no_status")
        room = width_of(words, size) + size * 2.6
        if x and x + room > drawing.width:
            x, y = 0.0, y + drawing.line_height
        drawing.rect(x, y + size * 0.25, size * 0.8, size * 0.8, _fill(order, status), "ink")
        drawing.text(x + size * 1.2, y + size, words, "quiet")
        x += room
    return y + drawing.line_height + size * 0.5


def _fill(order: Sequence[Status | None], status: Status | None) -> str:
    return _FILLS[order.index(status) % len(_FILLS)]


def _span(numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the ends of a scale that begins at zero, or below it where a number is negative."""
    low, high = min((Decimal(0), *numbers)), max((Decimal(0), *numbers))
    return (low, high) if high > low else (low, low + 1)


def _path(points: Sequence[tuple[float, float] | None], drawing: Drawing) -> None:
    """Draw the lines between points that follow one another; a gap where one has no value."""
    run: list[tuple[float, float]] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
            continue
        if len(run) > 1:
            drawing.path(run, "accent", 1.4)
        run = []


def _bar(
    mark: Mark, words: str, low: Decimal, high: Decimal, drawing: Drawing, is_narrow: bool, y: float
) -> float:
    """Draw a label, a bar from zero to the value and the value in words; return where the row ends."""
    size = drawing.size
    left = 0.0 if is_narrow else drawing.width * 0.4
    label = wrapped(mark.label, size, drawing.width if is_narrow else left - 10)
    room = drawing.width - left - 12
    lines = wrapped(words, size, drawing.width - left)
    heights = (len(label) * drawing.line_height, len(lines) * drawing.line_height + size * 1.1 + 2)
    drawing.lines(0, y + size, label)
    start = y + (heights[0] if is_narrow else 0.0) + 1
    number = mark.number or Decimal(0)
    zero = left + float(-low / (high - low)) * room
    end = zero + float(number / (high - low)) * room
    first, last = min(zero, end), max(zero, end)
    is_open = mark.bound is not Bound.EXACTLY
    fill = "paper" if is_open and mark.bound is not Bound.BETWEEN else "accent"
    drawing.rect(first, start, max(last - first, 1.0), size * 0.95, fill, "accent")
    if mark.upper is not None:
        more = zero + float(mark.upper / (high - low)) * room
        drawing.rect(last, start, max(more - last, 1.0), size * 0.95, "paper", "accent")
    drawing.lines(left, start + size * 2.1 + 1, lines, "ink", 600)
    foot = y + (sum(heights) if is_narrow else max(heights)) + size * 0.45
    drawing.line(0, foot, drawing.width, foot, "rule", 0.5)
    return foot + size * 0.25


def _without_values(figure: Figure, drawing: Drawing, y: float, say: Words) -> float:
    """Write the rows that have no value below the drawing, and return the height."""
    lost = [mark.label for mark in figure.marks if mark.number is None]
    if not lost:
        return y + 2
    words = say("chart.no_value", names=say("value.list").join(lost))
    return drawing.lines(0, y + drawing.size, wrapped(words, drawing.size, drawing.width), "quiet") + 2
