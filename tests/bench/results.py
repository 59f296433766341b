"""What was measured, as values and as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.measure import Run

FILE = Path(__file__).with_name("results.json")
"""The measurement that BENCHMARK.md shows."""


@dataclass
class Measurement:
    """All runs of one contest."""

    stage: int
    """The size of the library in whose turn it ran: what is compared ran in turn."""
    briefs: int
    """The size of the library that it is about; 0 is the shipped corpus."""
    name: str
    factor: float = 1
    walls: list[float] = field(default_factory=list)
    processors: list[float] = field(default_factory=list)
    memories: list[float] = field(default_factory=list)
    said: str = ""
    """The last line of the last run."""
    failures: list[str] = field(default_factory=list)
    """Why runs failed; they are not counted."""

    def add(self, run: Run) -> None:
        """Count a run."""
        self.walls.append(round(run.wall * self.factor, 3))
        self.processors.append(round(run.processor * self.factor, 3))
        self.memories.append(round(run.memory, 1))
        self.said = run.said

    @property
    def wall(self) -> float:
        """The median of the seconds on the clock."""
        return statistics.median(self.walls)

    @property
    def processor(self) -> float:
        """The median of the processor seconds."""
        return statistics.median(self.processors)

    @property
    def memory(self) -> float:
        """The peak memory of the largest process of all runs, in MiB."""
        return max(self.memories)


@dataclass
class Results:
    """All measurements of a call, and what was left out."""

    machine: dict[str, str]
    """Names and versions of what it ran on and beside."""
    processors: int
    pages: dict[int, int] = field(default_factory=dict)
    """Pages of the site, by the size of the library."""
    measured: list[Measurement] = field(default_factory=list)
    not_run: dict[str, str] = field(default_factory=dict)
    """What was left out, and why."""

    def of(self, stage: int, briefs: int, name: str, factor: float = 1) -> Measurement:
        """Return the measurement of a contest; a new one if there is none."""
        found = self.find(stage, briefs, name)
        if found is None:
            found = Measurement(stage, briefs, name, factor)
            self.measured.append(found)
        return found

    def find(self, stage: int, briefs: int, name: str) -> Measurement | None:
        """Return the measurement of a contest, if it ran."""
        wanted = (stage, briefs, name)
        return next((it for it in self.measured if (it.stage, it.briefs, it.name) == wanted), None)

    def counted(self) -> Iterator[Measurement]:
        """Yield the measurements with at least one run that counts."""
        return (item for item in self.measured if item.walls)

    @property
    def text(self) -> str:
        """The results as JSON, one measurement a line."""
        measured = ",\n".join(f"  {json.dumps(vars(item))}" for item in self.measured)
        rest = {key: value for key, value in vars(self).items() if key != "measured"}
        head = json.dumps(rest, indent=1).removesuffix("\n}")
        return f'{head},\n "measured": [\n{measured}\n ]\n}}\n'

    def write(self, file: Path) -> None:
        """Write the results to a file; a call that is broken off leaves those it had."""
        beside = file.with_name(f"{file.name}.new")
        beside.write_text(self.text, "utf-8")
        beside.replace(file)


def read(file: Path = FILE) -> Results:
    """Return the results in a file."""
    found: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return Results(
        machine=found["machine"],
        processors=found["processors"],
        pages={int(size): pages for size, pages in found["pages"].items()},
        measured=[Measurement(**item) for item in found["measured"]],
        not_run=found["not_run"],
    )
