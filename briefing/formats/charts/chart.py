"""Figures as drawings, the same in print and in browsers, each in two widths, for paper and for phones.

A drawing shows the content of its figure and knows nothing about facts. Its width is given, and its height
depends on its labels, which are wrapped and never shortened.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from markupsafe import Markup

from briefing.formats.charts import board, ladder, money, series, timeline
from briefing.formats.charts.svg import Drawing
from briefing.language.words import Words
from briefing.model.editions import Figure
from briefing.model.scales import FigureKind


class Width(Enum):
    """The width of a drawing and the size of its type, in its own units."""

    WIDE = (482.0, 8.0)
    """One unit is a point where the drawing takes the whole width of an A4 page."""
    NARROW = (300.0, 12.6)
    """For phones: legible where it is only 262 pixels wide."""


_KINDS: dict[FigureKind, Callable[[Figure, Drawing, bool, Words], float]] = {
    FigureKind.TIMELINE: timeline.draw,
    FigureKind.LADDER: ladder.draw,
    FigureKind.MONEY: money.draw,
    FigureKind.LINE: series.line,
    FigureKind.BARS: series.bars,
    FigureKind.STACKED: series.stacked,
    FigureKind.BOARD: board.draw,
}


def draw(figure: Figure, width: Width, name: str, say: Words) -> Markup:
    """Return a figure as SVG; ``name`` becomes part of its ids and has to be unique on the page."""
    drawing = Drawing(*width.value)
    height = _KINDS[figure.kind](figure, drawing, width is Width.NARROW, say)
    whole = say("chart.whole", title=figure.title, text=figure.text)
    return drawing.svg(height, name, whole, figure.text, width.name.lower())
