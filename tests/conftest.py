"""The sample project, copies of it, the slow builds that many tests share, and the lanes of slow tests."""

from __future__ import annotations

import ast
import contextlib
import ctypes
import datetime
import fcntl
import functools
import gc
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import hypothesis
import pytest
from click.testing import CliRunner

from briefing.build import steps, workers
from briefing.build.steps import Snapshot
from briefing.cli import main
from briefing.content import layout, yaml_nodes
from briefing.formats.base import Prepared
from briefing.formats.pdf import typeset as typesetting
from briefing.store import box, disk, request
from briefing.store.box import Bounds

if TYPE_CHECKING:  # most tests need no browser
    from playwright.sync_api import Browser

    from tests.browsing import Places

REPOSITORY = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "sample"
GOLDEN = Path(__file__).parent / "golden"
QUICK = ("--format", "markdown", "--format", "html")
"""Formats that need no process of their own."""

IS_GATE = os.environ.get("BRIEFING_GATE") == "1"
"""Whether nothing may be missing: a test that would be skipped fails."""

os.environ.pop("COLUMNS", None)
"""What runs the tests may set it, and the program would fold its lines; tests of that set it themselves."""

_EXAMPLES = float(os.environ.get("BRIEFING_EXAMPLES") or (1 if IS_GATE else 1 / 3))
"""How many of the examples of a property are tried: all of them in the gate, more if that is asked for."""


def tries(number: int) -> int:
    """Return how many examples of a property this run tries, where the gate tries this number."""
    return max(1, round(number * _EXAMPLES))


hypothesis.settings.register_profile(
    "house", deadline=None, derandomize=_EXAMPLES <= 1, print_blob=True, max_examples=tries(100)
)
hypothesis.settings.load_profile("house")


T = TypeVar("T")

# ------------------------------------------------------------------------- captures of the shipped corpus

CAPTURES_VARIABLE = "BRIEFING_CAPTURES"


def _captures() -> Path | None:
    """Return the folder of the texts that the shipped corpus cites, or None where they are not."""
    named = os.environ.get(CAPTURES_VARIABLE)
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "sources"
    if named and not folder.is_dir():
        raise pytest.UsageError(f"{CAPTURES_VARIABLE} names {named}, and there is no such folder")
    return folder if folder.is_dir() else None


CAPTURES = _captures()
"""They are other people's and no part of the repository; the corpus is held against them where they are."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of a run what it could not hold against anything."""
    if CAPTURES is None:
        terminalreporter.write_line(
            "The shipped corpus was not held against its captures, which are no part of the repository; "
            f"{CAPTURES_VARIABLE} may name their folder.",
            yellow=True,
        )


# --------------------------------------------------------------------------------------------------- lanes

LANES = {
    "browser": frozenset({"browser", "places"}),
    "pdf": frozenset({"built_sample", "shipped", "published", "in_french", "_issued_once"}),
    "process": frozenset({"built_sample", "shipped", "in_french", "in_word"}),
}
"""The markers of slow tests -> the fixtures that bring them; other tests are marked where they stand."""


class _Watch:
    """What the running test is marked with; None between tests."""

    marks: frozenset[str] | None = None

    def expect(self, *lanes: str) -> None:
        """Raise pytest's failure where the running test has none of these marks."""
        if self.marks is not None and self.marks.isdisjoint(lanes):
            pytest.fail(f"this test does what slow tests do; mark it with pytest.mark.{lanes[0]}")


_watch = _Watch()


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec"):
        _watch.expect("process", "pdf", "browser")
    elif event == "import" and arguments[0] == "weasyprint":
        _watch.expect("pdf")


sys.addaudithook(_hear)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage, and never look again at what was collected.

    Thousands of tests are a million objects that stay to the end. To walk through them again and again took a
    quarter of the time of the collection, and afterwards four hundredths of that of the tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a slow fixture."""
    for item in items:
        for lane, fixtures in LANES.items():
            if not fixtures.isdisjoint(getattr(item, "fixturenames", ())):
                item.add_marker(lane)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Hold a test to its marks, whatever was imported by those before it."""
    _watch.marks = frozenset(mark.name for mark in item.iter_markers())
    imported = None if "pdf" in _watch.marks else sys.modules.pop("weasyprint", None)
    try:
        return (yield)
    finally:
        _watch.marks = None
        if imported:
            sys.modules["weasyprint"] = imported


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In the gate, let a test fail that would be skipped."""
    report = yield
    if IS_GATE and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"the gate leaves nothing out, and {item.nodeid} would be skipped: {report.longrepr}"
        )
    return report


def needs(is_there: object, reason: str) -> pytest.MarkDecorator:
    """Leave tests out that lack a program or library of the system; in the gate they run, and fail."""
    return pytest.mark.skipif(not is_there and not IS_GATE, reason=reason)


def pictures() -> Path | None:
    """Where this run keeps pictures for a look, if it was told to: a folder, from the checkout's top."""
    named = os.environ.get("BRIEFING_PICTURES")
    return REPOSITORY / named if named else None


def demand(is_there: object, reason: str) -> None:
    """The same for a fixture, or in the middle of a test."""
    if not is_there:
        (pytest.fail if IS_GATE else pytest.skip)(reason)


_OVERRIDE = 0b110
"""The bits of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets the super-user pass by permissions."""


def where_permissions_bind(work: Callable[[], T]) -> T:
    """Return what some work returns where permissions bind it, whoever runs the tests.

    The super-user of Linux has the right to pass by them taken from one thread, in which the work is done; so
    it needs no other user who could read the checkout and the folder of the test.
    """

    def give_up() -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this thread
        sets = (
            ctypes.c_uint32 * 6
        )()  # effective, permitted and inheritable: the lower 32 bits, then the upper
        assert libc.capget(header, sets) == 0, os.strerror(ctypes.get_errno())
        for index in range(3):
            sets[index] &= ~_OVERRIDE
        assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())

    if os.geteuid() != 0:
        return work()
    demand(sys.platform == "linux", "permissions do not bind the super-user; run the tests as another user")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(give_up).result()
        return thread.submit(work).result()


@dataclass(frozen=True)
class Said:
    """What a call answered."""

    exit_code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err

    @property
    def record(self) -> dict[str, Any]:
        """What ``--json`` printed."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def call(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Said:
    """Call the program within this process; whatever it raises but its exit code is a bug, and raised."""
    result = CliRunner(env=env).invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


@functools.cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax of a module, read once for all tests of the source."""
    return ast.parse(path.read_text("utf-8"))


def environment(**more: str) -> dict[str, str]:
    """The environment for a program of its own, in which this checkout is the package."""
    paths = [str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


def run(
    *arguments: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    python: tuple[str, ...] = (),
) -> Said:
    """Call the program in a process of its own."""
    done = subprocess.run(
        [sys.executable, *python, "-m", "briefing", *map(str, arguments)],
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Project:
    """A project in a folder of its own, to be changed and built."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    def change(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file exactly once."""
        target = self.root / path
        text = target.read_text("utf-8")
        assert text.count(old) == 1, f"{path} holds {old!r} {text.count(old)} times"
        target.write_text(text.replace(old, new), "utf-8")

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def draw_few_rows(self) -> None:
        """Let briefs draw tables of few rows as well."""
        shipped = layout.shipped_templates()["brief.md.j2"]
        assert "{% set few = 8 %}" in shipped
        self.write("templates/brief.md.j2", shipped.replace("{% set few = 8 %}", "{% set few = 0 %}"))

    def call(self, command: str, *arguments: str) -> Said:
        return call(command, "--project", self.root, *arguments)

    def build(self, *arguments: str) -> Said:
        return self.call("build", *arguments)

    def decided(self, command: str, *arguments: str) -> dict[str, tuple[str, str]]:
        """Path -> action and reason, of all files that are not simply kept."""
        said = self.call(command, "--json", *arguments)
        return {
            item["path"]: (item["action"], item["reason"])
            for item in said.record["decisions"]
            if item["action"] != "keep"
        }

    def results(self) -> dict[str, bytes]:
        """Every file of the output folder but the program's own records."""
        return contents(self.output)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the program's own records, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and disk.STATE_FOLDER not in path.relative_to(folder).parts
    }


@pytest.fixture(scope="session", autouse=True)
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what workers make for the whole run, by fingerprint: a file that many tests need is made once.

    All builds within this process share their workers as well, because one that starts imports WeasyPrint.
    ``test_workers`` takes this back, and builds in a process of their own (``run``) know nothing of it:
    ``test_reproducible`` holds them to making the same bytes anew.
    """
    shelf = _shared(tmp_path_factory) / "made"
    shelf.mkdir(exist_ok=True)
    make, typeset = workers.Pool.make, typesetting.make

    def watched(prepared: Prepared) -> bytes:
        _watch.expect("pdf")
        return typeset(prepared)

    with workers.started(1) as staff, pytest.MonkeyPatch.context() as patch:

        def kept(pool: workers.Pool, prepared: Prepared) -> bytes:
            _watch.expect("pdf")
            place = shelf / prepared.fingerprint
            with _locked(place):
                if not place.exists():
                    place.write_bytes(make(staff, prepared))
            return place.read_bytes()

        patch.setattr(workers.Pool, "make", kept)
        patch.setattr(workers.Pool, "warm_up", lambda pool: None)
        patch.setattr(typesetting, "make", watched)
        yield


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Keep what follows from a text alone: the records of a file, and the YAML of data.

    A test that changes one file of the sample reads that file, and takes the others as they were read before.
    """
    written: dict[tuple[str, str], str] = {}
    write = yaml_nodes.write

    def kept(record: Mapping[str, Any], comment: str) -> str:
        key = (repr(record), comment)
        if key not in written:
            written[key] = write(record, comment)
        return written[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "read_file", functools.lru_cache(maxsize=4096)(layout.read_file))
        patch.setattr(yaml_nodes, "write", kept)
        yield


@pytest.fixture(scope="session", autouse=True)
def _read_here() -> Iterator[None]:
    """Read foreign files in this process, as the box does in another, where a test starts no process."""
    ask, reporter = box.ask, box.reporter

    def asked(function: str, name: str, data: bytes, bounds: Bounds = box.FOREIGN) -> Any:
        if "process" in (_watch.marks or ()):
            return ask(function, name, data, bounds)
        kind, found = json.loads(json.dumps(box.answered(function, name, data)))
        return box.returned(kind, found, bounds)

    def reported() -> subprocess.Popen[bytes] | None:
        return reporter() if "process" in (_watch.marks or ()) else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(box, "ask", asked)
        patch.setattr(box, "reporter", reported)
        yield


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other processes and threads from making the same."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _shared(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of this run have in common."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The sample, never built."""
    return Project(Path(shutil.copytree(SAMPLE, tmp_path / "project")))


@pytest.fixture(scope="session")
def quickly_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its Markdown and its pages, which need no other process; to be copied, not changed."""
    return _once_a_day(tmp_path_factory, "quick", _make_quickly)


@pytest.fixture
def quick(tmp_path: Path, quickly_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the sample that was built today, without what needs another process."""
    ready = _once_a_day(tmp_path_factory, "quick", _make_quickly)
    return Project(Path(shutil.copytree(ready, tmp_path / "project")))


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built once for all; to be copied, not changed."""
    return _once_a_day(tmp_path_factory, "sample", _make_all)


@pytest.fixture
def built(tmp_path: Path, built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the sample with all that a build of today makes of it."""
    ready = _once_a_day(tmp_path_factory, "sample", _make_all)
    return Project(Path(shutil.copytree(ready, tmp_path / "project", symlinks=True)))


def _make_quickly(folder: Path) -> None:
    _make_all(folder, *QUICK)


def _make_all(folder: Path, *arguments: str) -> None:
    shutil.copytree(SAMPLE, folder)
    said = call("build", "--project", folder, *arguments)
    assert said.exit_code == 0, said.text


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the shipped content, built once for all; not to be changed."""

    def make(folder: Path) -> None:
        said = call("build", "--project", REPOSITORY, "--output", folder)
        assert said.exit_code == 0, said.text

    return _once(tmp_path_factory, "shipped", make)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Make a folder once, however many processes run the tests."""
    shared = _shared(factory)
    folder, done = shared / name, shared / f"{name}.done"
    with _locked(folder):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def _once_a_day(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Make a folder once for each day that the run sees: what was built yesterday is not up to date today."""
    return _once(factory, f"{name}-{datetime.date.today()}", make)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample after editions, a correction, a withdrawal and renames; to be copied, not changed."""
    from tests import ledgers

    def make(folder: Path) -> None:
        ledgers.tell_a_story(Project(Path(shutil.copytree(SAMPLE, folder))))

    return Project(_once(tmp_path_factory, "told", make))


@pytest.fixture(scope="session")
def in_french(told: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that project once it is in French, while its editions are in English; not to be changed."""

    def make(folder: Path) -> None:
        project = Project(Path(shutil.copytree(told.root, folder / "project")))
        project.change("content/project.yaml", "languages: [en-GB]", "languages: [fr]")
        said = project.build("--format", "site")
        assert said.exit_code == 0, said.text

    return _once(tmp_path_factory, "french", make) / "project/output/site"


@pytest.fixture(scope="session")
def told_site(told: Project) -> Mapping[str, str]:
    """The texts of that project's site, by path, without its downloads."""
    from tests import ledgers

    return MappingProxyType(ledgers.site_of(told))


@pytest.fixture(scope="session")
def story(
    shipped: Path, told: Project, told_site: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The site after editions, a withdrawal and renames, with a redline; not to be changed."""

    def make(folder: Path) -> None:
        for path, text in told_site.items():
            target = folder / "site" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        shutil.copytree(shipped / "site/assets/fonts", folder / "site/assets/fonts")
        # A page that leads on at once cannot be looked at; this one stays.
        leading, staying = (folder / f"site/facts/ferry.type{end}" for end in (".html", ".stays.html"))
        staying.write_text(
            re.sub('<meta http-equiv="refresh"[^>]*>', "", leading.read_text("utf-8")), "utf-8"
        )
        said = told.call("diff", "ferry-purchase", "--from", "1", "--output", str(folder / "redline.html"))
        assert said.exit_code == 0, said.text

    return _once(tmp_path_factory, "story", make)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a process; its driver could not be started twice."""
    from tests import browsing

    demand(browsing.CHROMIUM, "there is no Chromium on this computer")
    with browsing.started(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture(scope="session")
def places(shipped: Path, story: Path) -> Iterator[Places]:
    """The pages as files and on a server."""
    from tests import browsing

    with browsing.serving(shipped=shipped, story=story) as address:
        yield browsing.Places(shipped, story, address)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The sample, read, linked, drafted, cited and checked."""
    return snapshot_of(SAMPLE)


def snapshot_of(root: Path) -> Snapshot:
    """A project's library and editions."""
    return steps.snapshot(disk.read(root, request.FOLDERS), datetime.date(2031, 5, 1))


def expect_golden(name: str, text: str) -> None:
    """Compare a text with the one that was accepted; BRIEFING_ACCEPT=1 accepts it."""
    path = GOLDEN / name
    if os.environ.get("BRIEFING_ACCEPT") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"{name} differs; if it is right, set BRIEFING_ACCEPT=1 once"


@dataclass(frozen=True)
class Element:
    """One start tag."""

    tag: str
    attributes: Mapping[str, str]


class Page(HTMLParser):
    """An HTML page as a browser takes it: its elements, and the text that a reader sees."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._text: list[str] = []
        self._hidden = 0
        self.feed(text)
        self.close()

    @property
    def text(self) -> str:
        """The visible text, white space as single spaces."""
        return " ".join("".join(self._text).split())

    def every(self, tag: str) -> Iterator[Mapping[str, str]]:
        """The attributes of every element of a name."""
        return (element.attributes for element in self.elements if element.tag == tag)

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """(tag, address) of whatever names one."""
        return [
            (element.tag, element.attributes[name])
            for element in self.elements
            for name in ("href", "src", "srcset", "data", "poster", "action", "formaction", "background")
            if name in element.attributes
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        self._hidden += tag in ("style", "script", "title")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)
