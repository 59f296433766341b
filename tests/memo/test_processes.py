"""Steps that run in other processes, while all results stay with one engine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from briefing.memo import kept
from briefing.memo.engine import Engine
from briefing.memo.processes import Processes
from briefing.store import box
from tests.memo.shop_process import RULES

pytestmark = pytest.mark.process
GOODS = [f"good{number}" for number in range(40)]


class Started:
    """Starts processes, and knows which."""

    def __init__(self) -> None:
        self.all: list[subprocess.Popen[bytes]] = []

    def __call__(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.memo.shop_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=box.environment(),
        )
        self.all.append(process)
        return process


@pytest.fixture
def started() -> Started:
    return Started()


@pytest.fixture
def helpers(started: Started) -> Iterator[Processes]:
    found = Processes(2, started, lambda: b"open!", many=24)
    yield found
    found.close()
    assert all(process.poll() is not None for process in started.all)


def shop(helpers: Processes | None, *goods: str) -> Engine:
    """An engine that knows some goods."""
    engine = Engine(kept.opened(None, ""), RULES, helpers)
    engine.put("label", dict.fromkeys([*GOODS, *goods], "1"))
    return engine


def test_many_steps_run_elsewhere_and_give_what_they_give_here(helpers: Processes) -> None:
    alone, together = shop(None), shop(helpers)
    for engine in (alone, together):
        engine.prepare("offer", GOODS)
        engine.prepare("takings", [" ".join(GOODS[:number]) for number in range(30)])
    assert together.worked["offer"] == 40
    assert together.worked["takings"] == 30
    makers = {together.extra("offer", good) for good in GOODS}
    assert os.getpid() not in makers
    assert [together.get("offer", good) for good in GOODS] == [alone.get("offer", good) for good in GOODS]
    everything = " ".join(GOODS[:29])
    assert together.get("takings", everything) == alone.get("takings", everything)
    assert together.worked["price"] == 40, "what steps read is worked out once, and here"
    assert not list(together.differing())


def test_what_they_read_is_on_record(helpers: Processes) -> None:
    engine = shop(helpers)
    engine.prepare("offer", GOODS)
    engine.prepare("takings", [" ".join(GOODS[:number]) for number in range(30)])
    before = dict(engine.worked)
    engine.put("label", {**dict.fromkeys(GOODS, "1"), "good7": "2"})
    engine.settle(4)
    assert engine.worked["price"] == before["price"] + 1
    assert engine.worked["offer"] == before["offer"], "its price came out equal, so nothing follows"


def test_after_the_start_what_is_stale_is_worked_out_elsewhere_too(helpers: Processes) -> None:
    engine = shop(helpers)
    engine.prepare("offer", GOODS)
    engine.put("label", {})
    engine.put("label", dict.fromkeys(GOODS, "1"))
    engine.settle(4)
    assert [engine.get("offer", good) for good in GOODS] == [shop(None).get("offer", good) for good in GOODS]


def test_a_process_gives_way_to_a_new_one_after_some_steps(started: Started) -> None:
    helpers = Processes(2, started, lambda: b"open!", many=24, max_steps=10)
    engine = shop(helpers)
    engine.prepare("offer", GOODS)
    assert [engine.get("offer", good) for good in GOODS] == [shop(None).get("offer", good) for good in GOODS]
    assert len(started.all) > 2
    assert len([process for process in started.all if process.poll() is None]) == 2
    assert len({engine.extra("offer", good) for good in GOODS}) == len(started.all)
    helpers.close()
    assert all(process.poll() is not None for process in started.all)


def test_few_steps_start_no_process(helpers: Processes, started: Started) -> None:
    engine = shop(helpers)
    engine.prepare("offer", GOODS[:5])
    assert not started.all
    assert engine.extra("offer", "good1") == os.getpid()


def test_what_a_step_raises_is_raised_here(helpers: Processes) -> None:
    with pytest.raises(ValueError, match="no more of this"):
        shop(helpers, "anger").prepare("haggled", [*GOODS, "anger"])


def test_what_a_process_leaves_when_it_ends_is_done_here(helpers: Processes) -> None:
    engine = shop(helpers, "fire")
    engine.prepare("haggled", ["fire", *GOODS])
    assert engine.get("haggled", "fire") == 13
    assert engine.worked["haggled"] == 41


def test_if_every_process_ends_all_is_done_here() -> None:
    def ending() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    helpers = Processes(2, ending, lambda: b"open!", many=24)
    engine = shop(helpers)
    engine.prepare("offer", GOODS)
    helpers.close()
    assert engine.get("offer", "good3") == "good3 for 15"
    assert engine.worked["offer"] == 40


def test_what_processes_begin_with_is_made_only_for_them() -> None:
    def setup() -> bytes:
        raise AssertionError("no process was needed")

    engine = shop(Processes(2, Started(), setup, many=41))
    engine.prepare("offer", GOODS)
    assert engine.get("offer", "good3") == "good3 for 15"
