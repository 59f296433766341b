"""The box: whatever a reader of foreign files does in it, the asker gets an answer or a sentence in time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from briefing.model.findings import BriefingError, MissingLibraryError, UsageError
from briefing.store import box
from briefing.store.box import Bounds
from briefing.store.last_word import sentence
from tests.conftest import REPOSITORY, environment

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="bounds of a process are set by POSIX"),
]
SMALL = Bounds(2, 1024, 30)


def ask(reader: str, data: bytes = b"", bounds: Bounds = SMALL) -> Any:
    return box.ask(f"tests.store.readers:{reader}", "letter.pdf", data, bounds)


def test_the_answer_is_what_the_reader_returns() -> None:
    assert ask("sizes", b"some bytes \xff") == ["letter.pdf", 12]


@pytest.mark.parametrize(
    ("reader", "message"),
    [
        ("turns", "more than 2 seconds of processor time"),
        ("grows", "more than 1 GB of memory"),
        ("fails", "its reader fails with ZeroDivisionError: division by zero"),
        ("fails_at_length", "its reader fails with ValueError: first line$"),
        ("nests", "nested too deeply"),
        ("crashes", r"its reader ended \(SIGSEGV\)"),
        ("leaves", r"its reader ended \(exit status 3\)"),
        ("has_no_words", "its reader fails with TypeError"),
    ],
)
def test_a_reader_that_fails_is_a_sentence(reader: str, message: str) -> None:
    with pytest.raises(box.OutOfBoundsError, match=message):
        ask(reader)


def test_a_reader_that_waits_is_stopped() -> None:
    with pytest.raises(box.OutOfBoundsError, match="longer than 1 seconds"):
        ask("waits", bounds=Bounds(10, 1024, 1))


def test_a_reader_that_says_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "MOST_ANSWERED", 1000)
    with pytest.raises(box.OutOfBoundsError, match="MB of text"):
        ask("repeats")


@pytest.mark.parametrize(("reader", "kind"), [("refuses", UsageError), ("lacks", MissingLibraryError)])
def test_what_a_reader_says_to_its_user_arrives(reader: str, kind: type[BriefingError]) -> None:
    with pytest.raises(kind, match=r"^letter\.pdf has no words$"):
        ask(reader)


def test_what_a_reader_prints_is_no_answer() -> None:
    assert ask("prints") == "quiet"


def test_the_child_ends_with_the_asker(tmp_path: Path) -> None:
    """The asker is killed while the child reads."""
    program = (
        "from briefing.store import box\n"
        f"box.ask('tests.store.readers:tells', {str(tmp_path / 'pid')!r}, b'', box.Bounds(60, 1024, 60))"
    )
    asker = subprocess.Popen([sys.executable, "-c", program], env=environment(), cwd=REPOSITORY)
    place = tmp_path / "pid"
    while not place.exists() or not place.read_text("ascii"):
        assert asker.poll() is None
        time.sleep(0.01)
    asker.kill()
    asker.wait()
    child = int(place.read_text("ascii"))
    for _ in range(1000):
        if not _is_running(child):
            return
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child goes on")


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"  # its new parent may not have asked for it yet


# ------------------------------------------------------------------------------------- work in this process


def turn_for_ever() -> None:
    while True:
        pass


def test_work_that_turns_is_broken_off() -> None:
    with (
        pytest.raises(box.TooLongError),
        box.watched("x", Bounds(1, 1024, 60), lambda name: name == __file__),
    ):
        turn_for_ever()


def test_work_is_broken_off_only_where_it_may_be() -> None:
    """Nothing of ours is left half done: at first the file of the loop may not be broken off, then it may."""
    asked: list[str] = []

    def may_stop(name: str) -> bool:
        asked.append(name)
        return len(asked) > 3

    with pytest.raises(box.TooLongError), box.watched("x", Bounds(1, 1024, 60), may_stop):
        turn_for_ever()
    assert asked == [__file__] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process has")
def test_work_that_grows_gets_a_memory_error_and_goes_on() -> None:
    with pytest.raises(MemoryError), box.watched("x", Bounds(10, 100, 60), lambda name: True):
        bytearray(200_000_000)
    assert len(bytearray(200_000_000)) == 200_000_000


def test_work_within_work_has_the_bounds_of_the_whole() -> None:
    with (
        pytest.raises(box.TooLongError),
        box.watched("x", Bounds(1, 1024, 60), lambda name: name == __file__),
        box.watched("y", Bounds(1000, 1024, 60), lambda name: False),
    ):
        turn_for_ever()


HUNG = """
from briefing.store import box
a, b = [], []
for _ in range(60):
    a, b = [a, a], [b, b]
box.TEMPLATE = box.Bounds(1, 1024, 2)
with box.watched("templates/letter.md.j2", box.TEMPLATE, lambda name: True):
    a == b
"""
"""One operation of the interpreter that takes years, and in which no signal is heard."""


def test_a_hung_operation_ends_the_command_and_is_told_with_its_place() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HUNG],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "briefing: templates/letter.md.j2: it has not come to an end after 2 seconds, so the command was "
        "ended; finished files stay as they were; simplify it\n"
    )


def test_the_last_word_names_the_innermost_template_and_is_silent_otherwise() -> None:
    said = "templates/a.j2\ntemplates/b.j2\n"
    dump = 'Timeout (0:00:02)!\n  File "/lib/x.py", line 3 in f\n  File "c.j2", line 9 in root\n'
    assert sentence(said, "2") == ""
    assert sentence(said + dump, "2").startswith("briefing: templates/c.j2: ")
    assert sentence(said + "Timeout (0:00:02)!\n", "2").startswith("briefing: templates/b.j2: ")
