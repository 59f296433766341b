"""How long typesetting takes beside WeasyPrint on the same HTML and style sheets.

    .venv/bin/python -m tests.bench.typesetting

``cold`` is a process that makes one PDF, from its start to its end, beside WeasyPrint's own command. ``warm``
is a process that has made two PDFs of other briefs before, and ``edited`` one that has made this page as
well, with another word in it. ``all`` makes every PDF of the corpus, on all processors, beside one
process of WeasyPrint. WeasyPrint has what its documentation offers: its fonts and style sheets are read once
for each process. It writes tags, but neither PDF/A nor attachments.

The figures are processor seconds, in turn (A B A B …), because other programs disturb them less; ``all`` also
has the time on the clock, times the number of processors.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.formats.base import Prepared
from tests.bench.measure import PYTHON, ROOT, environment, run

PAGES = ("rafale-deal.pdf", "overview.pdf", "financing.flash.pdf")
"""A full brief, one on a page, and a short form."""
PREPARED = """
import datetime, pathlib, pickle, sys
from briefing.build import jobs, steps
from briefing.store import disk, request
snapshot = steps.snapshot(disk.read(pathlib.Path(sys.argv[1]), request.FOLDERS), datetime.date.today())
found, _ = jobs.lay_out_all(snapshot, steps.EVERYTHING, lambda *_: None)
pdfs = {job.path.rpartition("/")[2]: job.prepared for job in found if job.prepared.maker == "pdf"}
pathlib.Path(sys.argv[2]).write_bytes(pickle.dumps(pdfs))
"""
LOAD = """
import pickle, sys, time
with open(sys.argv[1], "rb") as file:
    before, pages = pickle.load(file)
"""
TIME = """
for page in before:
    make(page)
begun = time.process_time()
for page in pages:
    make(page)
print(time.process_time() - begun)
"""
OURS = "from briefing.formats.pdf import typeset\ntypeset.warm_up()\nmake = typeset.make\n"
ON_ALL_PROCESSORS = """
import os
from briefing.build import workers
with workers.started(os.cpu_count()) as pool:
    made, problems = workers.make_all(pages, pool)
assert len(made) == len(pages) and not problems
"""
THEIRS = """
import functools
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
style_sheet = functools.cache(lambda text: CSS(string=text, font_config=fonts))

def make(page):
    sheets = [style_sheet(page.styles)]
    HTML(string=page.text).write_pdf(stylesheets=sheets, font_config=fonts, pdf_tags=True)
"""


@dataclass(frozen=True)
class Comparison:
    """Two measurements of the same work, each a call that gives seconds."""

    name: str
    ours: Callable[[], float]
    theirs: Callable[[], float]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each, after one (default 5)")
    runs = parser.parse_args().runs
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {runs} runs after one to warm up")
    print(f"{'processor seconds':34}{'Briefing':>10}{'WeasyPrint':>12}{'ratio':>8}{'of pairs':>18}")
    with tempfile.TemporaryDirectory() as folder:
        for comparison in comparisons(Path(folder), pages_of(ROOT)):
            _report(comparison, runs)


def pages_of(project: Path) -> dict[str, Prepared]:
    """Return what the PDFs of a project are made of, by the name of the file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages"
        subprocess.run(
            [PYTHON, "-c", PREPARED, str(project), str(file)], check=True, cwd=ROOT, env=environment()
        )
        found: dict[str, Prepared] = pickle.loads(file.read_bytes())
    return found


def comparisons(folder: Path, pages: dict[str, Prepared], names: Sequence[str] = PAGES) -> list[Comparison]:
    """Return all comparisons; their files are in a folder."""
    found: list[Comparison] = []
    for name in names:
        page = pages[name]
        others = [pages[other] for other in names if other != name]
        edited = dataclasses.replace(page, text=page.text.replace(" the ", " this ", 1))
        cold, warm, again = (
            input_of(folder / f"{name}.{kind}", before, [page])
            for kind, before in (("cold", []), ("warm", others), ("again", [*others, edited]))
        )
        html, css = folder / f"{name}.html", folder / f"{name}.css"
        html.write_text(page.text, "utf-8")
        css.write_text(page.styles, "utf-8")
        command = [PYTHON, "-m", "weasyprint", "--pdf-tags", "-s", str(css), str(html), str(folder / "pdf")]
        own = _process(command)
        found += [
            Comparison(f"{name}: cold", _process(script(cold, OURS, TIME)), own),
            Comparison(f"{name}: warm / cold command", _printed(script(warm, OURS, TIME)), own),
            Comparison(
                f"{name}: warm",
                _printed(script(warm, OURS, TIME)),
                _printed(script(warm, THEIRS, TIME)),
            ),
            Comparison(
                f"{name}: edited",
                _printed(script(again, OURS, TIME)),
                _printed(script(again, THEIRS, TIME)),
            ),
        ]
    everything = input_of(folder / "everything", [], list(pages.values()))
    ours, theirs = script(everything, "", ON_ALL_PROCESSORS), script(everything, THEIRS, TIME)
    processors = os.cpu_count() or 1
    return [
        *found,
        Comparison(f"all {len(pages)}", _process(ours), _process(theirs)),
        Comparison(
            f"all {len(pages)}, clock x {processors}",
            lambda: run(ours).wall * processors,
            lambda: run(theirs).wall,
        ),
    ]


def input_of(file: Path, before: list[Prepared], pages: list[Prepared]) -> Path:
    """Write the pages that a script makes first, and those that count, to a file."""
    file.write_bytes(pickle.dumps((before, pages)))
    return file


def script(file: Path, *parts: str) -> list[str]:
    """Return a command that loads pages from a file and runs parts of a program."""
    return [PYTHON, "-c", LOAD + "".join(parts), str(file)]


def _process(command: list[str]) -> Callable[[], float]:
    return lambda: run(command).processor


def _printed(command: list[str]) -> Callable[[], float]:
    def seconds() -> float:
        done = subprocess.run(command, check=True, cwd=ROOT, env=environment(), capture_output=True)
        return float(done.stdout)

    return seconds


def _report(comparison: Comparison, runs: int) -> None:
    pairs = [(comparison.ours(), comparison.theirs()) for _ in range(runs + 1)][1:]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(one / other for one, other in pairs)
    span = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"{comparison.name:34}{ours:10.3f}{theirs:12.3f}{ours / theirs:8.2f}{span:>18}", flush=True)


if __name__ == "__main__":
    main()
