"""The shape of each group of statuses: open while nothing is ordered, filled from an order or contract on."""

from __future__ import annotations

from briefing.formats.charts.svg import Drawing
from briefing.model.scales import Flag, Stage


def draw(drawing: Drawing, stage: Stage, x: float, y: float, radius: float) -> None:
    """Draw a mark around a point: ○ said, △ intended, ▲ binding, ● under way or done."""
    fill = "accent" if stage in (Stage.BINDING, Stage.UNDER_WAY) else "paper"
    if stage in (Stage.SAID, Stage.UNDER_WAY):
        drawing.circle(x, y, radius, fill, "accent")
        return
    points = (
        (x - radius * 1.1, y + radius * 0.9),
        (x + radius * 1.1, y + radius * 0.9),
        (x, y - radius * 1.1),
    )
    drawing.polygon(points, fill, "accent")


def flagged(drawing: Drawing, flags: tuple[Flag, ...], x: float, y: float, radius: float) -> None:
    """Draw a cross over a mark that is cancelled or superseded, or a ring around one with another flag."""
    if set(flags) & {Flag.CANCELLED, Flag.SUPERSEDED}:
        reach = radius * 1.5
        drawing.line(x - reach, y - reach, x + reach, y + reach, "warm", 1.2)
        drawing.line(x - reach, y + reach, x + reach, y - reach, "warm", 1.2)
    elif flags:
        drawing.ring(x, y, radius * 1.75, "warm")
