"""Commitments on the ladder of statuses: one row for each, with a mark on its rung.

No line leads to a mark: it would cross rungs about which nothing is known, a contract among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.formats.charts import shapes
from briefing.formats.charts.svg import Drawing, width_of, wrapped
from briefing.language.words import Words
from briefing.model.editions import Figure, Mark
from briefing.model.scales import Stage, Status

_RUNGS = tuple(Status)
_TURN = -38.0
_RISE = 0.62
"""Sine of the angle by which the names of the rungs are turned."""


def draw(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw the figure and return its height."""
    marks = [mark for mark in figure.marks if mark.status]
    return _narrow(marks, drawing, say) if is_narrow else _wide(marks, drawing, say)


def words_of(mark: Mark, say: Words) -> str:
    """Return status and flags in words."""
    assert mark.status
    return say("value.list").join(map(say.named, (mark.status, *mark.flags)))


def _wide(marks: Sequence[Mark], drawing: Drawing, say: Words) -> float:
    """Draw twelve columns under their names; each mark also has the words of its rung beside it."""
    size = drawing.size
    left = drawing.width * 0.41
    column = (drawing.width - left - size * 3) / len(_RUNGS)
    names = max(width_of(say.named(status), size) for status in _RUNGS) * _RISE + size
    for status in _RUNGS:
        x = left + (status.rung - 0.5) * column
        drawing.text(x + 2, names, say.named(status), "quiet", turn=_TURN)
    top = names + 5
    y = _stages(drawing, left, column, top, say) + 5
    for mark in marks:
        y = _row(mark, drawing, left, column, y, say)
    return y + 2


def _stages(drawing: Drawing, left: float, column: float, top: float, say: Words) -> float:
    """Draw the groups of rungs, each with its shape and a line over its columns."""
    base = top + drawing.size + 1
    for stage in Stage:
        rungs = [status.rung for status in _RUNGS if status.stage is stage]
        start, end = left + (rungs[0] - 1) * column, left + rungs[-1] * column
        drawing.line(start + 2, base + 4, end - 2, base + 4, "accent", 1)
        room = width_of(say.named(stage), drawing.size) + drawing.size
        x = (start + end - room) / 2
        shapes.draw(drawing, stage, x + 3, base - drawing.size * 0.32, drawing.size * 0.34)
        drawing.text(x + drawing.size, base, say.named(stage), "accent", 600)
    return base + 4


def _height(mark: Mark, drawing: Drawing, left: float) -> float:
    return len(wrapped(mark.label, drawing.size, left - 8)) * drawing.line_height + drawing.size * 0.55


def _row(mark: Mark, drawing: Drawing, left: float, column: float, y: float, say: Words) -> float:
    assert mark.status
    lines = wrapped(mark.label, drawing.size, left - 8)
    height = _height(mark, drawing, left)
    middle = y + height / 2
    drawing.lines(0, y + (height - len(lines) * drawing.line_height) / 2 + drawing.size * 0.98, lines)
    x = left + (mark.status.rung - 0.5) * column
    for status in _RUNGS:
        drawing.circle(left + (status.rung - 0.5) * column, middle, 0.9, "faint")
    drawing.line(0, y + height, drawing.width, y + height, "rule", 0.5)
    shapes.draw(drawing, mark.status.stage, x, middle, drawing.size * 0.45)
    shapes.flagged(drawing, mark.flags, x, middle, drawing.size * 0.45)
    _name(words_of(mark, say), drawing, x, middle, left)
    return y + height


def _name(words: str, drawing: Drawing, x: float, middle: float, left: float) -> None:
    """Write the words of a mark beside it, on the side with room; a background keeps lines off the words."""
    size = drawing.size
    room = width_of(words, size)
    is_right = x + size + room <= drawing.width
    start = x + size if is_right else max(x - size - room, left)
    drawing.rect(start - 1.5, middle - size * 0.55, room + 3, size * 1.1, "paper")
    drawing.text(start, middle + size * 0.33, words, "ink", 600)


def _narrow(marks: Sequence[Mark], drawing: Drawing, say: Words) -> float:
    """Draw each label over a line of twelve steps, with the words of its rung below."""
    size, y = drawing.size, 0.0
    step = (drawing.width - 12) / len(_RUNGS)
    for mark in marks:
        assert mark.status
        y = drawing.lines(0, y + size, wrapped(mark.label, size, drawing.width)) - size
        line = y + size * 0.55
        for status in _RUNGS:
            x = 6 + (status.rung - 0.5) * step
            drawing.line(x - step / 2 + 1, line, x + step / 2 - 1, line, "rule", 1.6)
        x = 6 + (mark.status.rung - 0.5) * step
        shapes.draw(drawing, mark.status.stage, x, line, size * 0.42)
        shapes.flagged(drawing, mark.flags, x, line, size * 0.42)
        words = say("chart.step", words=words_of(mark, say), step=mark.status.rung, steps=len(_RUNGS))
        lines = wrapped(words, size, drawing.width)
        y = drawing.lines(0, line + size * 1.75, lines, "accent", 600) - size + size * 0.7
    return y
