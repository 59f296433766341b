"""What is measured: every command, what is done before each of its runs, and what it is measured beside."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import library as library_of
from tests.bench import peers, typesetting
from tests.bench.library import APART, FRESH, WHOLE, Library
from tests.bench.measure import PYTHON, ROOT, run
from tests.bench.peers import Peer

SHIPPED = "shipped corpus: nothing to do"
NOTHING = "nothing to do"
NOTHING_WHOLE = "nothing to do, PDFs included"
PLAN = "one fact: plan"
FACT = "one fact: build"
HUB = "a fact of every tenth brief: build"
PROSE = "the prose of one brief: build"
OF_PAGES = "the template of two pages: build"
OF_SOURCES = "the template of every source: build"
CHECK = "check after one fact"
CHECK_ALL = "check from nothing"
FROM_NOTHING = "from nothing"
FROM_NOTHING_WHOLE = "from nothing, with PDFs"
FACT_WHOLE = "one fact: build, with PDFs"
IMPORTS = "imports alone"
PAGES = "markdown-it and Jinja alone"
PDFS = "WeasyPrint alone, warm"
ONE_WORKER = "from nothing, with PDFs: one Dask worker"
TWO_WORKERS = "from nothing, with PDFs: two Dask workers"

OF_REFERENCE = (NOTHING, PLAN, FACT, CHECK)
"""What is measured in the smallest library too, in turn with a larger one."""
OF_LARGEST = (NOTHING, CHECK, CHECK_ALL, IMPORTS)
"""What is measured in libraries of more than ``LARGEST`` briefs."""
LARGEST = 3000
HEAVY = (
    *(CHECK_ALL, FROM_NOTHING, PAGES, FROM_NOTHING_WHOLE, PDFS, NOTHING_WHOLE, FACT_WHOLE),
    *(ONE_WORKER, TWO_WORKERS),
)
"""What takes most of the time, and what needs its results: it comes after the rest."""
BARE_IMPORTS = [PYTHON, "-c", "import yaml, click, jinja2, markdown_it"]


@dataclass(frozen=True)
class Contest:
    """A command, what is done before and after each of its runs, and how its figure is to be read."""

    name: str
    briefs: int
    """The size of the library; 0 is the shipped corpus."""
    command: Sequence[str]
    before: Callable[[], object] = lambda: None
    after: Callable[[], object] = lambda: None
    factor: float = 1
    """What the figure is multiplied by: typesetting a part of all PDFs stands for the rest."""
    is_long: bool = False
    """Its time grows with the library: in a large one it runs once, and that counts."""


def of_shipped(folder: Path) -> list[Contest]:
    """Return the contests of the shipped corpus."""
    project = folder / "shipped"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    shutil.copytree(ROOT / "content", project / "content")
    build = [PYTHON, "-m", "briefing", "build", "--project", str(project)]
    return [Contest(SHIPPED, 0, build), Contest(IMPORTS, 0, BARE_IMPORTS)]


def of_library(library: Library) -> list[Contest]:
    """Return what is measured of the program in a generated library."""

    def contest(name: str, command: str, edit: Callable[[], object], output: str = APART) -> Contest:
        def before() -> None:
            library.settle(output)
            edit()

        return Contest(name, library.briefs, library.command(command, output), before)

    def fresh() -> None:
        library.remove(FRESH)

    def whole() -> None:
        library.remove(WHOLE)

    nothing = [PYTHON, "-m", "briefing", "build", "--project", str(library.root), "--output"]

    def idle(name: str, output: str) -> Contest:
        return Contest(
            name, library.briefs, [*nothing, str(library.root / output)], lambda: library.settle(output)
        )

    return [
        idle(NOTHING, APART),
        Contest(IMPORTS, library.briefs, BARE_IMPORTS),
        contest(PLAN, "plan", library.change_fact),
        contest(FACT, "build", library.change_fact),
        contest(HUB, "build", library.change_hub),
        contest(PROSE, "build", library.change_prose),
        contest(OF_PAGES, "build", lambda: library.change_template(library_of.OF_PAGES)),
        contest(OF_SOURCES, "build", lambda: library.change_template(library_of.OF_SOURCES)),
        contest(CHECK, "check", library.change_fact),
        Contest(
            CHECK_ALL,
            library.briefs,
            library.command("check"),
            library.forget,
            library.remember,
            is_long=True,
        ),
        Contest(FROM_NOTHING, library.briefs, library.command("build", FRESH), fresh, fresh, is_long=True),
        Contest(FROM_NOTHING_WHOLE, library.briefs, library.command("build", WHOLE), whole, is_long=True),
        idle(NOTHING_WHOLE, WHOLE),
        contest(FACT_WHOLE, "build", library.change_fact, WHOLE),
    ]


def of_peers(folder: Path, briefs: int, found: Sequence[Peer]) -> Iterator[Contest]:
    """Yield what is measured of other generators of sites, and of the bare libraries, on as many pages."""
    bare = folder / f"peers/{briefs}/bare"
    if not bare.exists():
        peers.write_markdown(bare, briefs)
    target = bare.with_name("bare-site")
    yield Contest(
        PAGES,
        briefs,
        [PYTHON, "-m", "tests.bench.floors", str(bare), str(target)],
        lambda: shutil.rmtree(target, ignore_errors=True),
        is_long=True,
    )
    for peer in found:
        yield from _of_peer(peer, folder / f"peers/{briefs}/{peer.name}", briefs)


def _of_peer(peer: Peer, root: Path, briefs: int) -> Iterator[Contest]:
    project, site = root / "project", root / "site"
    if not project.exists():
        peer.write(project, briefs)

    def change() -> None:
        page = peer.page(project)
        page.write_text(f"{page.read_text('utf-8')}\nChanged.\n", "utf-8")

    yield Contest(
        f"{peer.name}: from nothing",
        briefs,
        peer.command(project, site, False),
        lambda: shutil.rmtree(site, ignore_errors=True),
        is_long=True,
    )
    yield Contest(f"{peer.name}: one page changed", briefs, peer.command(project, site, True), change)


def of_pdfs(library: Library, briefs: int) -> Contest:
    """Return WeasyPrint on the PDFs of a small library; those of a larger one are alike, and more."""
    file = library.root / "pdfs"
    made = typesetting.input_of(file, [], list(typesetting.pages_of(library.root).values()))
    command = typesetting.script(made, typesetting.THEIRS, "for page in pages:\n    make(page)\n")
    return Contest(PDFS, briefs, command, factor=briefs / library.briefs, is_long=True)


def of_cluster(library: Library) -> list[Contest]:
    """Return a build from nothing by one worker of a Dask cluster on this machine, and by two."""
    return [_with_workers(library, name, count) for name, count in ((ONE_WORKER, 1), (TWO_WORKERS, 2))]


def _with_workers(library: Library, name: str, count: int) -> Contest:
    running: list[subprocess.Popen[bytes]] = []
    folder = library.root / f"cluster-{count}"
    file = folder / "scheduler.json"

    def start(*arguments: str) -> None:
        command = [PYTHON, "-m", "dask", *arguments, "--scheduler-file", str(file), "--host", "127.0.0.1"]
        running.append(
            subprocess.Popen(
                [*command, "--no-dashboard"],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def before() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        start("scheduler", "--protocol", "tcp", "--port", "0")
        while not file.exists() and running[0].poll() is None:
            time.sleep(0.1)
        for _ in range(count):
            start("worker", "--nthreads", "1", "--no-nanny")
        client = f"distributed.Client(scheduler_file={str(file)!r})"
        run([PYTHON, "-c", f"import distributed; {client}.wait_for_workers({count}, 60)"], 120)

    def after() -> None:
        for process in running:
            process.kill()
            process.wait()
        running.clear()
        shutil.rmtree(folder, ignore_errors=True)

    build = library.command("build", WHOLE)[:-1]
    script = (
        "import json, os, sys; "
        f"address = json.load(open({str(file)!r}))['address']; "
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:], '--cluster', address])"
    )
    command = [PYTHON, "-c", script, *build[1:], str(folder / "output")]
    return Contest(name, library.briefs, command, before, after, is_long=True)
