"""The board: a row for each matter, a column for each group of a ladder, and in it the signs of who says so.

A report has a broken frame. A column in which nobody says anything stays, because that is what it says.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.formats.charts import shapes
from briefing.formats.charts.svg import Drawing, width_of, wrapped
from briefing.language.words import Words
from briefing.model.editions import BoardRow, Figure, Mark
from briefing.model.ladders import Group, Ladder

_NONE = "–"


def draw(figure: Figure, drawing: Drawing, is_narrow: bool, say: Words) -> float:
    """Draw the figure and return its height."""
    y = 0.0
    for ladder in figure.ladders:
        rows = [row for row in figure.rows if row.ladder == ladder.id]
        y = _narrow(rows, ladder, drawing, y, say) if is_narrow else _wide(rows, ladder, drawing, y, say)
    return y + 2


def _wide(rows: Sequence[BoardRow], ladder: Ladder, drawing: Drawing, y: float, say: Words) -> float:
    """Draw the head and the rows of one ladder under it; return where they end."""
    size, width = drawing.size, drawing.width
    has_named = any(row.named for row in rows)
    has_open = any(row.open for row in rows)  # figures of before count the open questions
    label, named, last = width * 0.22, width * (0.17 if has_named else 0), width * (0.1 if has_open else 0)
    left = label + named
    column = (width - left - last) / len(ladder.groups)
    places = [(group, left + column * index) for index, group in enumerate(ladder.groups)]
    heads = [(left + index * column, say.group(group, ladder)) for index, (group, _) in enumerate(places)]
    heads += [(width - last, say("matters.open"))] if has_open else []
    heads += [(label, say("matters.named"))] if has_named else []
    above = size * 1.4
    foot = y
    for x, words in heads:
        room = (named if x == label and has_named else last if has_open and x == width - last else column) - 6
        foot = max(foot, drawing.lines(x, y + above + size, wrapped(words, size, room), "quiet", 600))
    for group, x in places:
        shapes.draw(drawing, group.shape, x + size * 0.5, y + size * 0.7, size * 0.36)
    y = foot - size * 0.5
    drawing.line(0, y, width, y, "accent", 1)
    for row in rows:
        start = y + size * 0.45
        ends = [drawing.lines(0, start + size, wrapped(row.label, size, label - 8))]
        if has_named:
            words, colour = (row.named, "ink") if row.named else (say("matters.not_named"), "quiet")
            ends.append(drawing.lines(label, start + size, wrapped(words, size, named - 8), colour))
        for group, x in places:
            marks = _within(row, group, ladder)
            if not marks:
                drawing.text(x, start + size, _NONE, "quiet")
            at = start
            for mark in marks:
                at = _mark(drawing, mark, _words(mark, row, group, ladder, say), x, at, column - 6)
            ends.append(at + size * 0.6)
        if has_open:
            count = str(row.open) if row.open else _NONE
            drawing.text(width - last, start + size, count, "ink" if row.open else "quiet")
        y = max(ends) - size * 0.55
        drawing.line(0, y, width, y, "rule", 0.5)
    return y + size


def _narrow(rows: Sequence[BoardRow], ladder: Ladder, drawing: Drawing, y: float, say: Words) -> float:
    """Draw the signs of each matter one under another, each with its column in words."""
    size, width = drawing.size, drawing.width
    for row in rows:
        y = drawing.lines(0, y + size, wrapped(row.label, size, width), weight=600) - size + size * 0.3
        for group in ladder.groups:
            for mark in _within(row, group, ladder):
                step = _words(mark, row, group, ladder, say)
                name = say.group(group, ladder)
                words = say("value.with_meaning", words=name, meaning=step) if step else name
                y = _mark(drawing, mark, words, 0, y, width)
        for words in filter(None, (row.named, say("matters.n_open", n=row.open) if row.open else "")):
            y = drawing.lines(0, y + size, wrapped(words, size, width), "quiet") - size
        y += size * 0.4
        drawing.line(0, y, width, y, "rule", 0.6)
        y += size * 0.4
    return y


def _within(row: BoardRow, group: Group, ladder: Ladder) -> list[Mark]:
    return [mark for mark in row.marks if mark.status and ladder.group_of(mark.status) == group.id]


def _words(mark: Mark, row: BoardRow, group: Group, ladder: Ladder, say: Words) -> str:
    """Return what the column alone does not say: the status where it has several, and flags."""
    assert mark.status
    has_several = len(ladder.within(group)) > 1 and not row.is_sum
    steps = [say.named(mark.status)] if has_several else []
    return say("value.list").join((*steps, *map(say.named, mark.flags)))


def _mark(drawing: Drawing, mark: Mark, words: str, x: float, y: float, room: float) -> float:
    """Draw a sign in its frame, and words beside it where they fit, else below; return where that ends."""
    size, inset = drawing.size, drawing.size * 0.35
    lines = wrapped(mark.label, size, room - 2 * inset)
    width = max((width_of(line, size) for line in lines), default=0.0) + 2 * inset
    height = len(lines) * drawing.line_height + size * 0.2
    drawing.frame(x, y, width, height, "faint" if mark.is_reported else "accent", mark.is_reported)
    drawing.lines(x + inset, y + size * 1.05, lines, "quiet" if mark.is_reported else "accent", 600)
    if any(flag.ends for flag in mark.flags):
        drawing.line(x, y + height / 2, x + width, y + height / 2, "warm", 1.2)
    foot = y + height
    beside = x + width + size * 0.4
    if words and len(lines) == 1 and beside + width_of(words, size) <= x + room:
        drawing.text(beside, y + size * 1.05, words)
    elif words:
        foot = drawing.lines(x, foot + size, wrapped(words, size, room)) - size + size * 0.1
    return foot + size * 0.3
