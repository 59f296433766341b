"""What a build costs beside the bare cost of the same work, and how that grows with the library.

    .venv/bin/python -m tests.bench --minutes 20 --sizes 30 300    two sizes, for a look
    .venv/bin/python -m tests.bench --minutes 600 --record         all of it, for BENCHMARK.md
    .venv/bin/python -m tests.bench.page                           BENCHMARK.md and its chart, from that

Every figure is a whole process, cold, from its start to its end. What is compared runs in turn (A B A B …),
so that a machine that slows down slows all of it; the first round warms up and does not count. What takes
minutes in a large library runs once. A run that fails is named and not counted; what does not fit into the
time is named as well. Nothing here is a test: a slow machine must not turn the gate red.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import contests, peers, results
from tests.bench.contests import Contest
from tests.bench.library import APART, WHOLE, Library
from tests.bench.measure import FailedError, run
from tests.bench.peers import Peer
from tests.bench.results import Results

LARGE = 100
"""In libraries of more briefs than that, what takes long runs once."""
RUNS_OF_LONG = 3
"""How often it runs in smaller ones, at most."""
_NEEDS_WHOLE = (contests.NOTHING_WHOLE, contests.FACT_WHOLE)


def main() -> None:
    """Measure, print and record."""
    asked = _asked()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        _measure(asked, asked.folder or Path(scratch))


def _measure(asked: argparse.Namespace, folder: Path) -> None:
    if asked.peers:
        peers.install(folder / "peers/venv")
    found, lacking = peers.installed(folder / "peers/venv")
    file = results.FILE if asked.record else folder / "results.json"
    folder.mkdir(parents=True, exist_ok=True)
    result = Results(_machine(found), os.cpu_count() or 1)
    for name in lacking:
        result.not_run[name] = "not installed here"
    bench = Bench(
        folder, result, file, asked.runs, Budget(asked.minutes * 60), tuple(sorted(asked.sizes)), found
    )
    bench.run()
    print(f"Recorded in {file}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each (default 5)")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[30, 300, 3000, 10000],
        help="briefs in generated libraries (default 30 300 3000 10000)",
    )
    parser.add_argument("--minutes", type=float, default=60, help="how long it may take (default 60)")
    parser.add_argument("--folder", type=Path, help="where libraries and their builds stay for the next call")
    parser.add_argument("--peers", action="store_true", help="install mkdocs and Sphinx into that folder")
    parser.add_argument(
        "--record", action="store_true", help=f"write to {results.FILE.name} of the benchmark"
    )
    return parser.parse_args()


def _machine(found: Sequence[Peer]) -> dict[str, str]:
    own = {"Python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    return {**own, **{peer.name: peers.version_of(peer) for peer in found}}


@dataclass
class Budget:
    """The time that is left, and what a contest is expected to take."""

    seconds: float
    started: float = field(default_factory=time.monotonic)
    _known: dict[str, tuple[int, float]] = field(default_factory=dict)

    @property
    def left(self) -> float:
        """Seconds that are left, at least one."""
        return max(1.0, self.seconds - (time.monotonic() - self.started))

    def note(self, name: str, briefs: int, wall: float) -> None:
        """Note how long a contest took."""
        self._known[name] = (briefs, wall)

    def refusal(self, name: str, briefs: int) -> str:
        """Return why a contest does not fit; empty if it does, or if nothing is known of it."""
        size, wall = self._known.get(name, (briefs, 0.0))
        # Most things grow with the library at most as it does; what takes longer is stopped at the end.
        expected = wall * max(1.0, briefs / size if size else 1.0)
        if self.left <= 1:
            return "the time was up"
        if expected < self.left:
            return ""
        return f"would take about {expected / 60:.1f} min, and {self.left / 60:.1f} were left"


@dataclass
class Bench:
    """One call of the benchmark."""

    folder: Path
    results: Results
    file: Path
    runs: int
    budget: Budget
    sizes: tuple[int, ...]
    peers: Sequence[Peer]

    def run(self) -> None:
        """Run all contests, the small libraries first."""
        self.rounds(0, contests.of_shipped(self.folder))
        for size in self.sizes:
            library = self.library(size)
            if self.prepare(library):
                entered = list(self.contests(library))
                for is_heavy in (False, True):
                    self.rounds(size, [it for it in entered if (it.name in contests.HEAVY) is is_heavy])

    def library(self, size: int) -> Library:
        """Return the library of a size, written."""
        library = Library(self.folder / f"{size}", size)
        library.write()
        return library

    def prepare(self, library: Library) -> bool:
        """Build a library; if that was from nothing, it is a measurement. Return whether it is built."""
        refusal = self.budget.refusal(contests.FROM_NOTHING, library.briefs)
        if refusal and not (library.root / APART).exists():
            self.leave_out(f"{library.briefs} briefs", refusal)
            return False
        library.remember()  # a call that was broken off may have left it aside
        try:
            first = library.settle(limit=self.budget.left)
        except FailedError as error:
            self.leave_out(f"{library.briefs} briefs", str(error))
            return False
        self.results.pages[library.briefs] = library.pages()
        if first:
            self.results.of(library.briefs, library.briefs, contests.FROM_NOTHING).add(first)
            self.budget.note(contests.FROM_NOTHING, library.briefs, first.wall)
            self.show(library.briefs, library.briefs, contests.FROM_NOTHING)
        return True

    def contests(self, library: Library) -> Iterator[Contest]:
        """Yield the contests in a library, each followed by its twin in the smallest one."""
        size, smallest = library.briefs, self.library(self.sizes[0])
        twins = {it.name: it for it in contests.of_library(smallest)} if size != smallest.briefs else {}
        is_small = size <= contests.LARGEST
        others = contests.of_peers(self.folder, size, self.peers) if is_small else ()
        for contest in contests.of_library(library):
            if not is_small and contest.name not in contests.OF_LARGEST:
                continue
            yield contest
            if contest.name in twins and contest.name in contests.OF_REFERENCE:
                yield twins[contest.name]
            if contest.name == contests.FROM_NOTHING:
                yield from others
            if contest.name == contests.FROM_NOTHING_WHOLE:
                yield contests.of_pdfs(smallest, size)
        if size == smallest.briefs:
            yield from contests.of_cluster(library)

    def rounds(self, stage: int, entered: Sequence[Contest]) -> None:
        """Run contests in turn, as often as asked."""
        for number in range(self.runs + 1):
            for contest in entered:
                is_once = contest.is_long and contest.briefs > LARGE
                done = self.results.find(stage, contest.briefs, contest.name)
                enough = 1 if is_once else min(RUNS_OF_LONG, self.runs) if contest.is_long else self.runs
                if done and len(done.walls) + len(done.failures) >= enough:
                    continue
                self.once(stage, contest, is_counted=number > 0 or contest.is_long)
            self.results.write(self.file)
        for briefs, name in dict.fromkeys((it.briefs, it.name) for it in entered):
            self.show(stage, briefs, name)

    def once(self, stage: int, contest: Contest, is_counted: bool) -> None:
        """Run a contest once, if it fits into the time."""
        label = f"{contest.name}, {contest.briefs} briefs"
        refusal = self.budget.refusal(contest.name, contest.briefs)
        if contest.name in _NEEDS_WHOLE and not (self.folder / f"{contest.briefs}" / WHOLE).exists():
            refusal = "there is no build with PDFs"
        if refusal:
            self.leave_out(label, refusal)
            return
        try:
            contest.before()
            done = run(contest.command, self.budget.left)
        except FailedError as error:
            if self.budget.left <= 1:
                self.leave_out(label, str(error))
            else:
                self.results.of(stage, contest.briefs, contest.name, contest.factor).failures.append(
                    str(error)
                )
            return
        finally:
            contest.after()
        self.budget.note(contest.name, contest.briefs, done.wall)
        if is_counted:
            self.results.of(stage, contest.briefs, contest.name, contest.factor).add(done)

    def leave_out(self, what: str, why: str) -> None:
        """Note what was left out."""
        if what not in self.results.not_run:
            self.results.not_run[what] = why
            print(f"not run: {what}: {why}", flush=True)

    def show(self, stage: int, briefs: int, name: str) -> None:
        """Print what is known of a contest."""
        found = self.results.find(stage, briefs, name)
        if found and found.walls:
            span = f"{min(found.walls):.3f} to {max(found.walls):.3f}"
            print(
                f"{briefs:6} {name:44} {found.wall:9.3f} s ({span}), {found.processor:9.3f} s processor, "
                f"{found.memory:5.0f} MiB, {len(found.walls)} runs",
                flush=True,
            )
        for failure in dict.fromkeys(found.failures) if found else ():
            print(f"{briefs:6} {name:44} failed: {failure}", flush=True)


if __name__ == "__main__":
    main()
