"""How long a build takes beside the bare cost of the same work.

    .venv/bin/python -m tests.bench                     the shipped corpus
    .venv/bin/python -m tests.bench --sizes 10 300 3000 generated projects as well

Every figure is a whole process, cold, from its start to its end. A measured command and its yardstick run in
turn (A B A B …), so that a machine that slows down slows both; the ratio is that of the medians. Nothing here
is a test: a slow machine must not turn the gate red.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import corpus

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
LARGE = 100
"""Projects of more briefs than that are measured less often."""
IMPORTS = [PYTHON, "-c", "import yaml, click, jinja2, markdown_it"]
WEASYPRINT = """
import sys
from weasyprint import CSS, HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[3], stylesheets=[CSS(filename=sys.argv[2])], pdf_tags=True)
"""


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, processor seconds with its children, peak memory of the largest in MiB."""

    wall: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Contest:
    """A command, what is done before each of its runs, and its yardstick."""

    name: str
    command: Sequence[str]
    yardstick_name: str
    yardstick: Sequence[str]
    before: Callable[[int], None] = lambda _: None
    is_long: bool = False
    """Takes minutes: run once, without a run to warm up."""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each (default 5)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="briefs in generated projects")
    asked = parser.parse_args()
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, "
        f"{asked.runs} runs after one to warm up"
    )
    print(f"{'':34}{'median':>9}{'min':>9}{'max':>9}{'MiB':>7}   {'yardstick':28}{'median':>9}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for contest in _of_shipped(Path(folder) / "shipped"):
            _report(contest, asked.runs)
        for size in asked.sizes:
            for contest in _of_generated(Path(folder) / f"generated-{size}", size):
                _report(contest, 3 if size > LARGE else asked.runs)


def _of_shipped(project: Path) -> list[Contest]:
    project.mkdir()
    shutil.copytree(ROOT / "content", project / "content")
    sheet = project / "content/facts/rafale.yaml"
    return _contests("shipped", project, sheet, "{amount: 100, unit: aircraft}", "rafale-deal")


def _of_generated(project: Path, size: int) -> list[Contest]:
    corpus.write(project, size)
    sheet = project / corpus.CHANGED_SHEET
    return _contests(
        f"{size} briefs", project, sheet, corpus.CHANGED_VALUE, corpus.CHANGED_BRIEF, is_large=size > LARGE
    )


def _contests(
    name: str, project: Path, sheet: Path, value: str, brief: str, is_large: bool = False
) -> list[Contest]:
    build = [PYTHON, "-m", "briefing", "build", "--project", str(project)]
    text = sheet.read_text("utf-8")
    assert value in text, f"{sheet} does not hold {value}"
    page, style = _page_for_print(project, brief)

    def change(number: int) -> None:
        changed = value.replace("amount: ", f"amount: {number + 2}")
        amount = changed.partition("amount: ")[2].partition(",")[0]
        # No passage states it, so it is marked as ours.
        changed = f"{changed[:-1]}, inferred: [amount], basis: so {amount}}}"
        sheet.write_text(text.replace(value, changed), "utf-8")

    def from_nothing(_: int) -> None:
        shutil.rmtree(project / "output", ignore_errors=True)

    typeset = [PYTHON, "-c", WEASYPRINT, str(page), str(style), str(project / "alone.pdf")]
    one = [*build, "--only", brief]
    return [
        Contest(
            f"{name}: from nothing",
            build,
            "WeasyPrint alone, same HTML",
            typeset,
            from_nothing,
            is_long=is_large,
        ),
        Contest(f"{name}: nothing to do", build, "imports alone", IMPORTS),
        Contest(f"{name}: one fact, one HTML", [*one, "--format", "html"], "imports alone", IMPORTS, change),
        Contest(
            f"{name}: one fact, one PDF",
            [*one, "--format", "pdf"],
            "WeasyPrint alone, same HTML",
            typeset,
            change,
        ),
        Contest(f"{name}: one fact, everything", build, "WeasyPrint alone, same HTML", typeset, change),
    ]


def _page_for_print(project: Path, brief: str) -> tuple[Path, Path]:
    """The very HTML and style sheet that a brief's PDF is made from."""
    script = f"""
import datetime, pathlib
from briefing.build import steps
from briefing.formats.pdf import prepare as pdf
from briefing.model.editions import FactFile
from briefing.store import disk, request
root = pathlib.Path({str(project)!r})
snapshot = steps.snapshot(disk.read(root, request.FOLDERS), datetime.date.today())
prepared = pdf.prepare(snapshot.editions[{brief!r}], snapshot.theme, FactFile())
(root / "alone.html").write_text(prepared.text, "utf-8")
(root / "alone.css").write_text(prepared.styles, "utf-8")
"""
    _must([PYTHON, "-c", script])
    return project / "alone.html", project / "alone.css"


def _report(contest: Contest, runs: int) -> None:
    measured: list[Run] = []
    yardstick: list[Run] = []
    first = 0 if contest.is_long else 1
    for number in range(first + (1 if contest.is_long else runs)):
        contest.before(number)
        measured.append(_run(contest.command))
        yardstick.append(_run(contest.yardstick))
    walls = [run.wall for run in measured[first:]]
    other = statistics.median(run.wall for run in yardstick[first:])
    median = statistics.median(walls)
    memory = max(run.memory for run in measured)
    print(
        f"{contest.name:34}{median:8.3f}s{min(walls):8.3f}s{max(walls):8.3f}s{memory:7.0f}   "
        f"{contest.yardstick_name:28}{other:8.3f}s{median / other:8.2f}",
        flush=True,
    )


def _run(command: Sequence[str]) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode()}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _must(command: Sequence[str]) -> None:
    subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _environment() -> dict[str, str]:
    """The same fonts for both: WeasyPrint alone would look through those of the whole machine."""
    settings = Path(tempfile.gettempdir()) / f"briefing-bench-{os.getpid()}-fonts.conf"
    if not settings.exists():
        from briefing.formats.pdf import typeset as typesetting

        folders = "".join(f"<dir>{folder}</dir>" for folder in typesetting.font_folders())
        settings.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
            f'<fontconfig>{folders}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>',
            "utf-8",
        )
    return {**os.environ, "FONTCONFIG_FILE": str(settings), "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    main()
