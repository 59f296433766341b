"""The chart of BENCHMARK.md: seconds against the number of briefs, both on scales of powers of ten."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.formats.charts.svg import Drawing
from tests.bench import contests
from tests.bench.results import Measurement, Results

WIDTH, HEIGHT = 760.0, 430.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 250.0, 34.0, 46.0
DARK = {
    "ink": "#e6e8ec",
    "quiet": "#a9b0bb",
    "accent": "#9ec5ee",
    "warm": "#f0a878",
    "faint": "#7f8896",
    "rule": "#3b424d",
    "paper": "#13161b",
}
"""The tokens of ``night.css``."""
_SERIES = (
    (contests.FROM_NOTHING, "Briefing: from nothing", "accent", ""),
    (contests.FACT, "Briefing: one fact", "accent", ""),
    (contests.CHECK, "Briefing: check after one fact", "accent", ""),
    (contests.NOTHING, "Briefing: nothing to do", "accent", ""),
    ("Hugo: one page changed", "Hugo: one page changed", "warm", "5 3"),
    ("mkdocs: one page changed", "mkdocs: one page changed", "warm", "5 3"),
    ("Sphinx: one page changed", "Sphinx: one page changed", "warm", "5 3"),
)
"""What is drawn: its name, its label, its colour, and the dash of its line."""


@dataclass(frozen=True)
class Scale:
    """A scale of powers of ten on a stretch of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value is."""
        span = math.log10(self.high) - math.log10(self.low)
        share = (math.log10(value) - math.log10(self.low)) / span
        return self.start + share * (self.end - self.start)


def series(results: Results, name: str) -> list[Measurement]:
    """Return a contest at every size, each from the turn of that size, the smallest first."""
    found = (it for it in results.counted() if it.name == name and it.briefs == it.stage > 0)
    return sorted(found, key=lambda it: it.briefs)


def draw(results: Results) -> str:
    """Return the chart as SVG."""
    drawn = ((series(results, name), label, colour, dash) for name, label, colour, dash in _SERIES)
    lines = [line for line in drawn if line[0]]
    drawing = Drawing(WIDTH, 13)
    night = " ".join(
        f".fill-{name} {{fill: {it}}} .line-{name} {{stroke: {it}}}" for name, it in DARK.items()
    )
    drawing.add("style", {}, f"@media (prefers-color-scheme: dark) {{{night}}}")
    drawing.rect(0, 0, WIDTH, HEIGHT, "paper")
    everything = [it for found, *_ in lines for it in found]
    sizes = sorted({it.briefs for it in everything})
    if everything:
        across, up = _scales(everything, sizes)
        _axes(drawing, across, up, sizes)
        for found, _, colour, dash in lines:
            _line(drawing, found, across, up, colour, dash)
        _labels(
            drawing,
            [(up.place(found[-1].wall), label, colour) for found, label, colour, _ in lines],
        )
    named = ", ".join(label for _, label, *_ in lines)
    title = f"Seconds against the number of briefs, both on scales of powers of ten: {named}"
    return drawing.svg(HEIGHT, "benchmark", title, "Each figure is in the table.", "figure") + "\n"


def _scales(everything: Sequence[Measurement], sizes: Sequence[int]) -> tuple[Scale, Scale]:
    low = 10.0 ** math.floor(math.log10(min(min(it.walls) for it in everything)))
    high = 10.0 ** math.ceil(math.log10(max(max(it.walls) for it in everything)) + 1e-9)
    across = Scale(sizes[0] / 1.2, sizes[-1] * 1.2, LEFT, WIDTH - RIGHT)
    return across, Scale(low, high, HEIGHT - BOTTOM, TOP)


def _axes(drawing: Drawing, across: Scale, up: Scale, sizes: Sequence[int]) -> None:
    for power in range(round(math.log10(up.low)), round(math.log10(up.high)) + 1):
        y = up.place(10.0**power)
        drawing.line(LEFT, y, WIDTH - RIGHT, y)
        drawing.text(LEFT - 8, y + 4, f"{10.0**power:,g}", "quiet", anchor="end")
    for size in sizes:
        x = across.place(size)
        drawing.line(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5, "quiet")
        drawing.text(x, HEIGHT - BOTTOM + 20, f"{size:,}", "quiet", anchor="middle")
    drawing.text(LEFT, TOP - 14, "seconds on the clock", "quiet")
    drawing.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "briefs", "quiet", anchor="middle")


def _line(
    drawing: Drawing, found: Sequence[Measurement], across: Scale, up: Scale, colour: str, dash: str
) -> None:
    points = [(across.place(it.briefs), up.place(it.wall)) for it in found]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        drawing.line(x1, y1, x2, y2, colour, 1.6, dash)
    for it, (x, y) in zip(found, points, strict=True):
        drawing.line(x, up.place(min(it.walls)), x, up.place(max(it.walls)), colour, 1)
        drawing.circle(x, y, 3, colour)


def _labels(drawing: Drawing, wanted: list[tuple[float, str, str]]) -> None:
    """Write each label beside the end of its line, or below the one above it."""
    below = TOP
    for y, label, colour in sorted(wanted):
        at = max(y + 4, below)
        drawing.text(WIDTH - RIGHT + 10, at, label, colour, 600)
        below = at + drawing.line_height
