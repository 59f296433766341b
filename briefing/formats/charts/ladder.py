"""Commitments by how far they have come: a column for each group of steps, and in it how many are at which.

It counts and names no commitment: the table beside it does. A group in which there is none keeps its column,
so that a reader sees how far nothing has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.content import ladders
from briefing.formats.charts import shapes
from briefing.formats.charts.svg import Drawing, wrapped
from briefing.language.words import Words
from briefing.model.editions import Figure, Mark
from briefing.model.ladders import Group, Ladder

_MOST = 5
"""The most marks that are drawn one by one: more are not counted at a glance."""
_GAP = 12.0
"""Between two columns."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Some commitments that have come equally far."""

    words: str
    marks: Sequence[Mark]


def draw(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw the figure and return its height."""
    marks = [mark for mark in figure.marks if mark.status]
    ladder = figure.ladders[0] if figure.ladders else ladders.before_supplied()
    columns = [(group, _steps(group, marks, ladder, say)) for group in ladder.groups if ladder.within(group)]
    if is_narrow:
        return _one_below_another(columns, ladder, drawing, say)
    return _side_by_side(columns, ladder, drawing, say)


def words_of(mark: Mark, say: Words) -> str:
    """Return status and flags in words."""
    assert mark.status
    return say("value.list").join((step_of(mark, say), *map(say.named, mark.flags)))


def step_of(mark: Mark, say: Words) -> str:
    """Return the status in words, "reported" before it where no actor states it; empty if there is none."""
    words = say.named(mark.status) if mark.status else ""
    return say("value.reported", words=words) if words and mark.is_reported else words


def _steps(group: Group, marks: Sequence[Mark], ladder: Ladder, say: Words) -> Sequence[_Step]:
    """Return the steps of a group that something has reached, the lowest first."""
    found: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: _place(mark, ladder)):
        assert mark.status
        if ladder.group_of(mark.status) == group.id:
            found.setdefault(words_of(mark, say), []).append(mark)
    return [_Step(words, same) for words, same in found.items()]


def _place(mark: Mark, ladder: Ladder) -> int:
    """Return the place of a mark; one of another ladder is put by the standard scale."""
    assert mark.status
    if mark.status.ladder == ladder.id:
        return mark.status.place
    return sum(not mark.status.degree < rung.like for rung in ladder.rungs)


_Columns = Sequence[tuple[Group, Sequence[_Step]]]


def _side_by_side(columns: _Columns, ladder: Ladder, drawing: Drawing, say: Words) -> float:
    room = (drawing.width - _GAP * (len(columns) - 1)) / len(columns)
    starts = [number * (room + _GAP) for number in range(len(columns))]
    heads = [
        _head(group, ladder, drawing, x, 0, room, say) for (group, _), x in zip(columns, starts, strict=True)
    ]
    top = max(heads)
    return max(
        _column(group, steps, drawing, x, top, room, say)
        for (group, steps), x in zip(columns, starts, strict=True)
    )


def _one_below_another(columns: _Columns, ladder: Ladder, drawing: Drawing, say: Words) -> float:
    y = 0.0
    for group, steps in columns:
        below = _head(group, ladder, drawing, 0, y, drawing.width, say)
        y = _column(group, steps, drawing, 0, below, drawing.width, say) + drawing.size * 0.5
    return y


def _head(
    group: Group, ladder: Ladder, drawing: Drawing, x: float, y: float, room: float, say: Words
) -> float:
    """Draw a line with the name of a group below it and return where its column goes on."""
    size = drawing.size
    drawing.line(x, y + 1, x + room, y + 1, "accent", 1)
    base = y + 1 + size * 1.35
    shapes.draw(drawing, group.shape, x + size * 0.45, base - size * 0.32, size * 0.34)
    lines = wrapped(say.group(group, ladder), size, room - size * 1.3)
    return drawing.lines(x + size * 1.3, base, lines, "accent", 600) - size * 0.55


def _column(
    group: Group, steps: Sequence[_Step], drawing: Drawing, x: float, y: float, room: float, say: Words
) -> float:
    """Draw the steps of a group, each as its marks, its words and their number, and return where they end."""
    size = drawing.size
    base = y + size * 0.95
    for step in steps:
        start = _marks(step.marks, group, drawing, x, base - size * 0.32)
        words = say("chart.step", words=step.words, n=len(step.marks))
        base = drawing.lines(start, base, wrapped(words, size, x + room - start)) + size * 0.15
    if not steps:
        drawing.text(x + size * 0.15, base, say("value.none"), "quiet")
        base += drawing.line_height
    return base - drawing.line_height + size * 0.45


def _marks(marks: Sequence[Mark], group: Group, drawing: Drawing, x: float, middle: float) -> float:
    """Draw a mark for each commitment, one for all where they are many, and return where words begin."""
    size, pitch = drawing.size, drawing.size * 1.15
    drawn = marks if len(marks) <= _MOST else marks[:1]
    for number, mark in enumerate(drawn):
        at = x + size * 0.45 + number * pitch
        shapes.draw(drawing, group.shape, at, middle, size * 0.4)
        shapes.flagged(drawing, mark.flags, at, middle, size * 0.4)
    return x + len(drawn) * pitch + size * 0.35
