"""Slow work in processes of its own."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.build import workers
from briefing.formats.base import Prepared
from briefing.model.findings import RenderError
from briefing.store.box import Bounds
from tests.conftest import REPOSITORY

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set by POSIX"),
    pytest.mark.pdf,
]


@pytest.fixture(autouse=True, scope="module")
def _made_anew(_made_once: None) -> Iterator[None]:
    """Here every worker makes what it is asked for itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers.Pool, "make", MAKE)
        patch.setattr(workers.Pool, "warm_up", WARM_UP)
        yield


MAKE, WARM_UP = workers.Pool.make, workers.Pool.warm_up
"""As they are before the tests share what workers make."""
GOOD = Prepared(
    "pdf",
    "<!doctype html><html lang='en'><title>Good</title><p>Good",
    "body { font-family: 'Source Serif 4' }",
    (),
    "Good",
)


def _tell_nobody(done: int, total: int, title: str) -> None:
    pass


def _with_bounds(folder: Path, monkeypatch: pytest.MonkeyPatch, bounds: Bounds) -> None:
    """Let workers start with other bounds: Python reads ``sitecustomize`` before everything else."""
    lines = ["from briefing.store import box", f"box.PAGE = box.{bounds}"]
    (folder / "sitecustomize.py").write_text("\n".join(lines), "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(REPOSITORY)]))


def test_bytes_come_back_and_each_thing_is_made_once() -> None:
    told: list[tuple[int, int, str]] = []
    text = Prepared("text", "words")
    with workers.started(2) as pool:
        made, failures = workers.make_all([GOOD, text, GOOD, text], pool, lambda *said: told.append(said))
    assert failures == {}
    assert made.keys() == {GOOD.fingerprint, text.fingerprint}
    assert made[text.fingerprint] == b"words"
    assert made[GOOD.fingerprint].startswith(b"%PDF-")
    assert [(done, total) for done, total, _ in told][-1] == (1, 1)
    assert "Good" in told[-1][2]


def test_two_workers_make_the_same_bytes_at_two_times() -> None:
    with workers.started(1) as one, workers.started(1) as other:
        first = one.make(GOOD)
        time.sleep(1.1)  # times in fonts are whole seconds
        assert first == other.make(GOOD)


@pytest.mark.parametrize("seconds", [0.0, 0.15, 0.3, 0.45])
def test_worker_that_is_ended_at_any_moment_leaves_nothing_behind(
    seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with workers.started(1) as pool:
        pool.warm_up()
        time.sleep(seconds)
    assert list(tmp_path.iterdir()) == []


def test_nothing_slow_starts_no_worker() -> None:
    with workers.started(4) as pool:
        made, _ = workers.make_all([Prepared("text", "words")], pool, _tell_nobody)
        assert list(made.values()) == [b"words"]
        assert pool._all == []


def test_workers_end_with_their_crew() -> None:
    with workers.started(1) as pool:
        pool.make(GOOD)
        (worker,) = pool._all
        assert worker.poll() is None
    assert worker.poll() is not None


HEAD = "<!doctype html><html lang='en'><title>Bad</title>"
ENDLESS = {
    "nested boxes": Prepared("pdf", HEAD + "<div>" * 24 + "x", "div { display: flex }", (), "Endless"),
    "wide cell": Prepared("pdf", HEAD + "<table><tr><td colspan=100000>x</table>", "", (), "Endless"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_document_is_stopped_and_the_others_are_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_bounds(tmp_path, monkeypatch, Bounds(3, 4096))
    with workers.started(2) as pool:
        made, failures = workers.make_all([ENDLESS[name], GOOD], pool, _tell_nobody)
    assert made.keys() == {GOOD.fingerprint}
    assert {name: str(failure) for name, failure in failures.items()} == {
        ENDLESS[name].fingerprint: (
            "it took too much processor time and was stopped; look for an endless table or style"
        )
    }


def test_greedy_document_is_refused_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_bounds(tmp_path, monkeypatch, Bounds(120, 300))
    greedy = Prepared("pdf", HEAD + "<p>many words</p>" * 60_000, "", (), "Greedy")
    with workers.started(1) as pool:
        made, failures = workers.make_all([greedy, GOOD], pool, _tell_nobody)
    assert failures.keys() == {greedy.fingerprint}
    assert "memory" in str(failures[greedy.fingerprint])
    assert made.keys() == {GOOD.fingerprint}


def test_deep_document_is_a_failure_of_one_file() -> None:
    deep = Prepared("pdf", HEAD + "<div>" * 400 + "x", "", (), "Deep")
    with workers.started(1) as pool:
        made, failures = workers.make_all([deep, GOOD], pool, _tell_nobody)
    assert failures.keys() == {deep.fingerprint}
    assert made.keys() == {GOOD.fingerprint}


def test_worker_that_dies_is_a_failure_of_one_file() -> None:
    with workers.started(1) as pool:
        pool.warm_up()
        (worker,) = pool._all
        worker.kill()
        with pytest.raises(RenderError, match="exited with code"):
            pool.make(GOOD)
        assert pool.make(GOOD).startswith(b"%PDF-")  # by the next one


def test_bug_in_a_worker_is_a_bug_here() -> None:
    with workers.started(1) as pool, pytest.raises(RuntimeError, match="Traceback"):
        pool.make(Prepared("font", "fontpkg_source_sans_3/no-such-font.ttf"))
