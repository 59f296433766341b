"""BENCHMARK.md and its chart, from what was recorded.

.venv/bin/python -m tests.bench.page
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import chart, contests, results
from tests.bench.measure import ROOT
from tests.bench.results import Measurement, Results

PAGE = ROOT / "BENCHMARK.md"
CHART = ROOT / ".github/benchmark.svg"
_OF_GOALS = 3000
"""The size that most goals are set for."""
_MADE = re.compile(r"([\d,]+) (?:made|to make)\b")
_TEXT = Path(__file__).with_name("page.md")
"""The words of the page, with places for the figures."""


@dataclass(frozen=True)
class Goal:
    """What is aimed at, and what was measured."""

    what: str
    goal: str
    measured: str = ""
    """Empty if it was not measured."""
    is_met: bool = False


def write() -> None:
    """Write the page and its chart."""
    found = results.read()
    PAGE.write_text(text(found), "utf-8")
    CHART.write_text(chart.draw(found), "utf-8")


def text(found: Results) -> str:
    """Return the page."""
    stages = sorted({it.stage for it in found.counted()})
    left_out = [
        *(
            f"{it.name}, {it.briefs:,} briefs, failed: {why}"
            for it in found.measured
            for why in _failures(it)
        ),
        *(f"{what}: {why}" for what, why in found.not_run.items()),
    ]
    held = ((it.what, it.goal, it.measured or "not measured", _verdict(it)) for it in goals(found))
    return string.Template(_TEXT.read_text("utf-8")).substitute(
        processors=found.processors,
        machine=", ".join(f"{name} {version}" for name, version in found.machine.items()),
        goals=_table(("", "goal", "measured", ""), held),
        chart=CHART.relative_to(ROOT),
        figures="\n".join(f"### {_heading(found, stage)}\n\n{_figures(found, stage)}" for stage in stages),
        left_out="".join(f"* {line}\n" for line in left_out) or "Nothing.\n",
    )


def _heading(found: Results, stage: int) -> str:
    if not stage:
        return "The shipped corpus"
    return f"{stage:,} briefs, {found.pages[stage]:,} pages of the site"


def _failures(item: Measurement) -> Iterable[str]:
    return dict.fromkeys(item.failures)


def goals(found: Results) -> Iterator[Goal]:
    """Yield the goals, each with what was measured in the largest library that it can be held against."""
    shipped, bare = found.find(0, 0, contests.SHIPPED), found.find(0, 0, contests.IMPORTS)
    yield _ratio("Shipped corpus: nothing to do / bare imports", shipped, bare, 1.0)
    smallest = min((it.stage for it in found.counted() if it.stage), default=0)
    for what, name in (("One fact", contests.FACT), ("Check after one fact", contests.CHECK)):
        large = _largest(found, name, lambda it: it.briefs > smallest)
        small = found.find(large.stage, smallest, name) if large else None
        yield _ratio(f"{what}{_at(large)} / at {smallest:,}", large, small, 1.3)
    hugo = "Hugo: one page changed"
    large = _largest(found, contests.FACT, lambda it: _beside(found, it, hugo) is not None)
    yield _ratio(f"One fact{_at(large)} / {hugo}", large, _beside(found, large, hugo), 0.25)
    idle = _largest(found, contests.NOTHING)
    seconds = f"{_seconds(idle.wall)} s" if idle else ""
    yield Goal(f"Nothing to do{_at(idle)}", "<= 1 s", seconds, bool(idle and idle.wall <= 1))
    large = _largest(found, contests.FROM_NOTHING, lambda it: _beside(found, it, contests.PAGES) is not None)
    floor = _beside(found, large, contests.PAGES)
    ratio = large.processor / floor.processor if large and floor else 0.0
    what = f"From nothing, PDFs apart{_at(large)} / markdown-it and Jinja alone, by processor seconds"
    yield Goal(what, "<= 2", f"{ratio:.2f}" if ratio else "", 0 < ratio <= 2)
    name = contests.FROM_NOTHING_WHOLE
    large = _largest(found, name, lambda it: _beside(found, it, contests.PDFS) is not None)
    floor = _beside(found, large, contests.PDFS)
    ratio = large.wall * found.processors / floor.wall if large and floor else 0.0
    what = f"From nothing, with PDFs{_at(large)} / WeasyPrint alone, warm, on every processor"
    yield Goal(what, "<= 1.15", f"{ratio:.2f}" if ratio else "", 0 < ratio <= 1.15)
    yield _memory(found)
    two, one = (_largest(found, it) for it in (contests.TWO_WORKERS, contests.ONE_WORKER))
    efficiency = one.wall / two.wall / 2 if one and two else 0.0
    what = f"Two Dask workers / one, from nothing with PDFs{_at(two)}: efficiency of each"
    yield Goal(what, ">= 0.9", f"{efficiency:.2f}" if efficiency else "", efficiency >= 0.9)


def _memory(found: Results) -> Goal:
    own = [it for it in found.counted() if 0 < it.briefs == it.stage <= _OF_GOALS and _is_own(it)]
    size = max((it.briefs for it in own), default=0)
    most = max((it for it in own if it.briefs == size), key=lambda it: it.memory, default=None)
    measured = f"{most.memory:,.0f} MiB ({most.name})" if most else ""
    return Goal(f"Peak memory{_at(most)}", "<= 400 MB", measured, bool(most and most.memory <= 381))


def _is_own(item: Measurement) -> bool:
    is_floor = item.name in (contests.IMPORTS, contests.PAGES, contests.PDFS)
    return not is_floor and not item.name.startswith(("Hugo", "mkdocs", "Sphinx"))


def _ratio(what: str, large: Measurement | None, small: Measurement | None, limit: float) -> Goal:
    if large is None or small is None or not small.walls:
        return Goal(what, f"<= {limit:g}")
    ratio = large.wall / small.wall
    by_processor = large.processor / small.processor
    return Goal(what, f"<= {limit:g}", f"{ratio:.2f} (processor {by_processor:.2f})", ratio <= limit)


def _largest(found: Results, name: str, suits: object = None) -> Measurement | None:
    """Return a contest in the largest library, up to the size of the goals, that suits."""
    fits = suits if callable(suits) else lambda _: True
    return max(
        (it for it in chart.series(found, name) if it.briefs <= _OF_GOALS and fits(it)),
        key=lambda it: it.briefs,
        default=None,
    )


def _beside(found: Results, item: Measurement | None, name: str) -> Measurement | None:
    """Return another contest of the same turn and size, if it has runs that count."""
    other = found.find(item.stage, item.briefs, name) if item else None
    return other if other and other.walls else None


def _figures(found: Results, stage: int) -> str:
    rows = (
        (
            it.name if it.briefs == stage else f"{it.name}, at {it.briefs:,} briefs, in turn",
            _seconds(it.wall),
            f"{_seconds(min(it.walls))} to {_seconds(max(it.walls))}",
            _seconds(it.processor),
            f"{it.memory:,.0f}",
            _made(it),
            str(len(it.walls)),
        )
        for it in found.counted()
        if it.stage == stage
    )
    return _table(("", "seconds", "least to most", "processor", "MiB", "files made", "runs"), rows)


def _made(item: Measurement) -> str:
    made = _MADE.search(item.said)
    return made[1] if made else ""


def _verdict(goal: Goal) -> str:
    return ("met" if goal.is_met else "missed") if goal.measured else ""


def _at(item: Measurement | None) -> str:
    return f" at {item.briefs:,} briefs" if item else ""


def _seconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [head, tuple("---" for _ in head), *map(tuple, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    write()
