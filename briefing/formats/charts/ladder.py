"""Commitments on the ladder of statuses: one row for each, with a mark on its rung.

No line leads to a mark: it would cross rungs about which nothing is known, a contract among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.content import ladders
from briefing.formats.charts import shapes
from briefing.formats.charts.svg import Drawing, width_of, wrapped
from briefing.language.words import Words
from briefing.model.editions import Figure, Mark
from briefing.model.ladders import Ladder, Shape

_TURN = -38.0
_BOLD = 1.06
"""How much wider words are in semibold."""
_RISE = 0.62
"""Sine of the angle by which the names of the rungs are turned."""


def draw(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw the figure and return its height."""
    marks = [mark for mark in figure.marks if mark.status]
    ladder = figure.ladders[0] if figure.ladders else ladders.before_supplied()
    return (_narrow if is_narrow else _wide)(marks, ladder, drawing, say)


def words_of(mark: Mark, say: Words) -> str:
    """Return status and flags in words."""
    assert mark.status
    return say("value.list").join((step_of(mark, say), *map(say.named, mark.flags)))


def step_of(mark: Mark, say: Words) -> str:
    """Return the status in words, "reported" before it where no actor states it; empty if there is none."""
    words = say.named(mark.status) if mark.status else ""
    return say("value.reported", words=words) if words and mark.is_reported else words


def _wide(marks: Sequence[Mark], ladder: Ladder, drawing: Drawing, say: Words) -> float:
    """Draw a column for each rung under its name; each mark also has the words of its rung beside it."""
    size = drawing.size
    left = drawing.width * 0.41
    column = (drawing.width - left - size * 3) / len(ladder.rungs)
    names = max(width_of(say.named(status), size) for status in ladder.statuses) * _RISE + size
    for status in ladder.statuses:
        x = left + (status.place - 0.5) * column
        drawing.text(x + 2, names, say.named(status), "quiet", turn=_TURN)
    top = names + 5
    y = _groups(ladder, drawing, left, column, top, say) + 5
    for mark in marks:
        y = _row(mark, ladder, drawing, left, column, y, say)
    return y + 2


def _groups(ladder: Ladder, drawing: Drawing, left: float, column: float, top: float, say: Words) -> float:
    """Draw the groups of rungs, each with its shape and a line over its columns."""
    base, gap = top + drawing.size + 1, drawing.size * 0.6
    groups = [(group, found) for group in ladder.groups if (found := ladder.within(group))]
    wanted = []
    for group, statuses in groups:
        start, end = left + (statuses[0].place - 1) * column, left + statuses[-1].place * column
        drawing.line(start + 2, base + 4, end - 2, base + 4, "accent", 1)
        room = width_of(say.group(group, ladder), drawing.size) * _BOLD + drawing.size
        wanted.append(((start + end - room) / 2, room))
    places = side_by_side(wanted, gap, drawing.width)
    for (group, _), x in zip(groups, places, strict=True):
        shapes.draw(drawing, group.shape, x + 3, base - drawing.size * 0.32, drawing.size * 0.34)
        drawing.text(x + drawing.size, base, say.group(group, ladder), "accent", 600)
    return base + 4


def side_by_side(wanted: Sequence[tuple[float, float]], gap: float, width: float) -> list[float]:
    """Return where words begin that are to begin at some places and take some room each.

    Those longer than their columns begin behind those before them; what would leave the figure moves back.
    """
    places: list[float] = []
    free = 0.0
    for x, room in wanted:
        places.append(max(x, free))
        free = places[-1] + room + gap
    last = width
    for number in reversed(range(len(wanted))):
        places[number] = min(places[number], last - wanted[number][1])
        last = places[number] - gap
    return places


def _height(mark: Mark, drawing: Drawing, left: float) -> float:
    return len(wrapped(mark.label, drawing.size, left - 8)) * drawing.line_height + drawing.size * 0.55


def _row(
    mark: Mark, ladder: Ladder, drawing: Drawing, left: float, column: float, y: float, say: Words
) -> float:
    assert mark.status
    lines = wrapped(mark.label, drawing.size, left - 8)
    height = _height(mark, drawing, left)
    middle = y + height / 2
    drawing.lines(0, y + (height - len(lines) * drawing.line_height) / 2 + drawing.size * 0.98, lines)
    x = left + (_place(mark, ladder) - 0.5) * column
    for status in ladder.statuses:
        drawing.circle(left + (status.place - 0.5) * column, middle, 0.9, "faint")
    drawing.line(0, y + height, drawing.width, y + height, "rule", 0.5)
    shapes.draw(drawing, _shape(mark, ladder), x, middle, drawing.size * 0.45)
    shapes.flagged(drawing, mark.flags, x, middle, drawing.size * 0.45)
    _name(words_of(mark, say), drawing, x, middle, left)
    return y + height


def _place(mark: Mark, ladder: Ladder) -> int:
    """Return the place of a mark; one of another ladder is put by the standard scale."""
    assert mark.status
    if mark.status.ladder == ladder.id:
        return mark.status.place
    return sum(not mark.status.degree < rung.like for rung in ladder.rungs)


def _shape(mark: Mark, ladder: Ladder) -> Shape:
    assert mark.status
    found = ladder.group_of(mark.status)
    return next((group.shape for group in ladder.groups if group.id == found), Shape.OPEN_CIRCLE)


def _name(words: str, drawing: Drawing, x: float, middle: float, left: float) -> None:
    """Write the words of a mark beside it, on the side with room; a background keeps lines off the words."""
    size = drawing.size
    room = width_of(words, size)
    is_right = x + size + room <= drawing.width
    start = x + size if is_right else max(x - size - room, left)
    drawing.rect(start - 1.5, middle - size * 0.55, room + 3, size * 1.1, "paper")
    drawing.text(start, middle + size * 0.33, words, "ink", 600)


def _narrow(marks: Sequence[Mark], ladder: Ladder, drawing: Drawing, say: Words) -> float:
    """Draw each label over a line of all steps, with the words of its rung below."""
    size, y = drawing.size, 0.0
    step = (drawing.width - 12) / len(ladder.rungs)
    for mark in marks:
        assert mark.status
        y = drawing.lines(0, y + size, wrapped(mark.label, size, drawing.width)) - size
        line = y + size * 0.55
        for status in ladder.statuses:
            x = 6 + (status.place - 0.5) * step
            drawing.line(x - step / 2 + 1, line, x + step / 2 - 1, line, "rule", 1.6)
        x = 6 + (_place(mark, ladder) - 0.5) * step
        shapes.draw(drawing, _shape(mark, ladder), x, line, size * 0.42)
        shapes.flagged(drawing, mark.flags, x, line, size * 0.42)
        words = say(
            "chart.step", words=words_of(mark, say), step=_place(mark, ladder), steps=len(ladder.rungs)
        )
        lines = wrapped(words, size, drawing.width)
        y = drawing.lines(0, line + size * 1.75, lines, "accent", 600) - size + size * 0.7
    return y
