"""The shape of each group of statuses: filled ones are for what is binding, or done."""

from __future__ import annotations

from briefing.formats.charts.svg import Drawing
from briefing.model.ladders import Flag, Shape


def draw(drawing: Drawing, shape: Shape, x: float, y: float, radius: float) -> None:
    """Draw a mark around a point: a circle or a triangle, open or filled."""
    fill = "accent" if shape.is_filled else "paper"
    if shape.is_round:
        drawing.circle(x, y, radius, fill, "accent")
        return
    points = (
        (x - radius * 1.1, y + radius * 0.9),
        (x + radius * 1.1, y + radius * 0.9),
        (x, y - radius * 1.1),
    )
    drawing.polygon(points, fill, "accent")


def flagged(drawing: Drawing, flags: tuple[Flag, ...], x: float, y: float, radius: float) -> None:
    """Draw a cross over a mark that is over, or a ring around one with another flag."""
    if any(flag.ends for flag in flags):
        reach = radius * 1.5
        drawing.line(x - reach, y - reach, x + reach, y + reach, "warm", 1.2)
        drawing.line(x - reach, y + reach, x + reach, y - reach, "warm", 1.2)
    elif flags:
        drawing.ring(x, y, radius * 1.75, "warm")
