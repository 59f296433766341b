"""The watch over a project: every way of saving, folders that come and go, and nothing else."""

from __future__ import annotations

import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.store import watching
from briefing.store.watching import EVERYTHING
from tests.conftest import SAMPLE

FILE = "content/briefs/overview.md"


class Watch:
    """A watch in a thread, and what it reports."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reports: queue.Queue[frozenset[str]] = queue.Queue()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.next() == EVERYTHING

    def _run(self) -> None:
        for report in watching.changes(self.root, self.stop):
            self.reports.put(report)

    def next(self) -> frozenset[str]:
        return self.reports.get(timeout=60)

    def until(self, is_wanted: Callable[[frozenset[str]], bool]) -> frozenset[str]:
        """The first report that is wanted; the system may report one change in several parts."""
        while not is_wanted(report := self.next()):
            pass
        return report


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    found = Watch(Path(shutil.copytree(SAMPLE, tmp_path / "project")))
    yield found
    found.stop.set()
    found.thread.join()


def write(path: Path, text: str = "new") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def by_another_name(path: Path) -> None:
    """Save as many editors do: a new file is renamed over the old one."""
    new = path.with_name(f".{path.name}.swp")
    new.write_text("new", "utf-8")
    new.replace(path)


SAVES: dict[str, Callable[[Path], object]] = {
    "into the file": write,
    "by another name": by_another_name,
    "removed": Path.unlink,
    "renamed": lambda path: path.rename(path.with_name("other.md")),
}


@pytest.mark.parametrize("how", SAVES)
def test_a_save_is_reported_with_its_file(watch: Watch, how: str) -> None:
    SAVES[how](watch.root / FILE)
    assert FILE in watch.until(lambda report: FILE in report)


def test_what_editors_leave_beside_a_file_is_no_change(watch: Watch) -> None:
    for name in (".overview.md.swp", "overview.md~", ".#overview.md", "#overview.md#"):
        write(watch.root / f"content/briefs/{name}")
    write(watch.root / "output/site/index.html")
    write(watch.root / "notes.txt")
    write(watch.root / FILE)
    assert watch.next() == {FILE}


def test_a_folder_that_comes_later_is_watched_as_well(watch: Watch) -> None:
    write(watch.root / "templates/site.css")
    assert watch.until(lambda report: report == EVERYTHING)
    watch.until(lambda report: report == EVERYTHING)  # the watch over both has begun
    write(watch.root / "templates/site.css", "newer")
    assert watch.until(lambda report: "templates/site.css" in report)


def test_content_that_is_moved_away_and_back_is_watched_again(watch: Watch) -> None:
    (watch.root / "content").rename(watch.root / "aside")
    assert watch.until(lambda report: report == EVERYTHING)
    (watch.root / "aside").rename(watch.root / "content")
    assert watch.until(lambda report: report == EVERYTHING)
    while not watch.reports.empty():
        watch.reports.get()
    write(watch.root / FILE)
    assert watch.until(lambda report: bool(report & {FILE, *EVERYTHING}))


def test_a_folder_within_the_content_may_be_moved(watch: Watch) -> None:
    (watch.root / "content/briefs").rename(watch.root / "content/aside")
    watch.until(lambda report: "content/briefs" in report)
    (watch.root / "content/aside").rename(watch.root / "content/briefs")
    watch.until(lambda report: "content/briefs" in report)
    write(watch.root / FILE)
    assert watch.until(lambda report: FILE in report)
