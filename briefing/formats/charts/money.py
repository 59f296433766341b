"""Amounts of money as bars, side by side and never added up; each currency has a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from briefing.formats.charts.ladder import step_of
from briefing.formats.charts.svg import Drawing, wrapped
from briefing.language.words import Words
from briefing.model.amounts import measure
from briefing.model.editions import Figure, Mark
from briefing.model.values import Money


def draw(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw the figure and return its height."""
    named = [mark for mark in figure.marks if mark.money]
    currencies = dict.fromkeys(measure(mark.money) for mark in named if mark.money)
    y = 0.0
    for currency in currencies:
        group = [mark for mark in named if mark.money and measure(mark.money) == currency]
        y = _scale(group, drawing, is_narrow, y, say)
    if unnamed := [mark.label for mark in figure.marks if not mark.money]:
        words = say("chart.no_amount", names=say("value.long_list").join(unnamed))
        y = (
            drawing.lines(0, y + drawing.size, wrapped(words, drawing.size, drawing.width), "quiet")
            - drawing.size
        )
    return y + 2


def _scale(marks: Sequence[Mark], drawing: Drawing, is_narrow: bool, y: float, say: Words) -> float:
    most = max(_top(mark.money) for mark in marks if mark.money)
    for mark in marks:
        y = _row(mark, _facts_of(mark, say), drawing, is_narrow, y, most)
    return y


def _top(money: Money) -> Decimal:
    return abs(money.upper if money.upper is not None else money.amount)


def _facts_of(mark: Mark, say: Words) -> str:
    """Return an amount with its status and flags, in words."""
    facts = say("value.list").join(filter(None, (step_of(mark, say), *map(say.named, mark.flags))))
    return say("value.long_list").join(filter(None, [mark.amount, facts]))


def _row(mark: Mark, words: str, drawing: Drawing, is_narrow: bool, y: float, most: Decimal) -> float:
    """Draw a label, a bar from zero to the amount, and the amount in words; return where the row ends."""
    size = drawing.size
    left = 0.0 if is_narrow else drawing.width * 0.4
    room = drawing.width if is_narrow else left - 10
    label = wrapped(mark.label, size, room)
    beside = drawing.width - left
    lines = wrapped(words, size, beside)
    bar = size * 1.1
    heights = (len(label) * drawing.line_height, len(lines) * drawing.line_height + bar + 2)
    height = sum(heights) if is_narrow else max(heights)
    drawing.lines(0, y + size, label)
    start = y + (heights[0] if is_narrow else 0.0)
    assert mark.money
    _bar(drawing, mark.money, left, start + 1, drawing.width - left - 12, most)
    drawing.lines(left, start + bar + 2 + size, lines, "ink", 600)
    foot = y + height + size * 0.45
    drawing.line(0, foot, drawing.width, foot, "rule", 0.5)
    return foot + size * 0.25


def _bar(drawing: Drawing, money: Money, left: float, y: float, room: float, most: Decimal) -> None:
    """Draw a bar, whose end shows the bound: hatched "up to", jagged "about", an arrow "at least"."""
    height = drawing.size * 0.95
    share = float(abs(money.amount) / most) if most else 0.0
    end = left + max(share * room, 1.0)
    if money.bound.is_ceiling:
        _hatched(drawing, left, end, y, height)
        return
    drawing.rect(left, y, end - left, height, "accent")
    if money.bound.is_rough:
        teeth = height / 4
        for index in range(4):
            top = y + index * teeth
            drawing.polygon(((end, top), (end + 4, top + teeth / 2), (end, top + teeth)), "accent")
    elif money.bound.is_floor:
        middle = y + height / 2
        drawing.line(end, middle, end + 5, middle, "accent", 1.6)
        drawing.polygon(((end + 11, middle), (end + 4, middle - 4), (end + 4, middle + 4)), "accent")
    elif money.upper is not None:
        _hatched(drawing, end, left + max(float(abs(money.upper) / most) * room, 1.0), y, height)


def _hatched(drawing: Drawing, left: float, right: float, y: float, height: float) -> None:
    """Draw an amount that may be less: a frame around slanted strokes."""
    drawing.rect(left, y, max(right - left, 1.0), height, "paper", "accent")
    x = left
    while x + height <= right:
        drawing.line(x, y + height, x + height, y, "accent", 0.7)
        x += 4
