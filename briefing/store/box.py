"""The box for what others wrote: bounds of time and memory, and a child process that reads foreign files.

``limited`` sets the bounds of a process that does nothing else, such as a worker of the build; what passes
them ends the process or raises MemoryError. ``ask`` has a function read some bytes in a child process with
such bounds, and returns its answer, which is data: nothing that the child says is run here. ``watched``
bounds a piece of work within this process, for work that needs all that is in memory.
"""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import FrameType
from typing import Any

from briefing.model import findings
from briefing.model.findings import BriefingError

MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Bounds:
    """What some work may use at most."""

    processor_seconds: int
    megabytes: int
    """Of memory, where the system can bound it: Linux does, macOS and Windows do not."""
    seconds: int = 0
    """Of the clock; 0 for no bound."""


PAGE = Bounds(120, 4096)
"""The bounds of a worker that makes one file of a build."""
FOREIGN = Bounds(30, 2048, 600)
"""The bounds of reading one foreign file."""
TEMPLATE = Bounds(10, 1024, 600)
"""The bounds of one use of a template, where a project has templates of its own. Memory counts beside what is
in use already."""
MOST_ANSWERED = 32 * MEGABYTE
"""The most that a child may answer, in bytes."""


class OutOfBoundsError(BriefingError):
    """A foreign file could not be read: its sentence names the bound, or what the reader reported."""


class TooLongError(Exception):
    """The work took more processor time than ``watched`` allows."""


# ---------------------------------------------------------------------------------------- a process's bounds


@contextlib.contextmanager
def limited(bounds: Bounds) -> Iterator[None]:
    """Limit the processor time and the memory of this process for a block, where the system can."""
    if sys.platform == "win32":
        yield
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    wanted = {
        resource.RLIMIT_CPU: spent + bounds.processor_seconds,
        resource.RLIMIT_AS: bounds.megabytes * MEGABYTE,
    }
    before = {kind: _lower(kind, bound) for kind, bound in wanted.items()}
    try:
        yield
    finally:
        for kind, limits in before.items():
            # macOS refuses a limit of memory with a ValueError.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, limits)


def _lower(kind: int, bound: int) -> tuple[int, int]:
    """Lower a limit of this process, where the system can; return the limits before."""
    import resource

    before = resource.getrlimit(kind)
    others = [limit for limit in before if limit != resource.RLIM_INFINITY]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (min([bound, *others]), before[1]))
    return before


# ------------------------------------------------------------------------------------------ a child process


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a Python process that imports this program from where it runs now."""
    home = str(Path(__file__).parents[2])
    paths = os.pathsep.join(path for path in (home, os.environ.get("PYTHONPATH", "")) if path)
    return {**os.environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1", **more}


def ask(function: str, name: str, data: bytes, bounds: Bounds = FOREIGN) -> Any:
    """Have a function, named as ``module:function``, read a file in a child process; return its answer.

    It is called with the bytes and the name of the file, and answers with what JSON can say. Its own
    BriefingErrors are raised here. Raises OutOfBoundsError if it passes its bounds, raises anything else, or
    ends.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "briefing.store.box", function, name, str(len(data))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,
    )
    assert child.stdin
    assert child.stdout
    late = threading.Event()

    def stop() -> None:
        late.set()
        _kill(child)

    timer = threading.Timer(bounds.seconds, stop)
    timer.daemon = True
    if bounds.seconds:
        timer.start()
    try:
        with contextlib.suppress(OSError):  # it ended before it had read everything
            child.stdin.write(f"{bounds.processor_seconds} {bounds.megabytes}\n".encode() + data)
            child.stdin.flush()
        # Its standard input stays open: a child notices by it that this process has ended.
        said = child.stdout.read(MOST_ANSWERED + 1)
    finally:
        timer.cancel()
        _kill(child)
        child.stdout.close()
        with contextlib.suppress(OSError):
            child.stdin.close()
        code = child.wait()
    if late.is_set():
        raise OutOfBoundsError(f"reading it took longer than {bounds.seconds} seconds")
    if len(said) > MOST_ANSWERED:
        raise OutOfBoundsError(f"it contains more than {MOST_ANSWERED // MEGABYTE} MB of text")
    return _answer(said, code, bounds)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill a child, and whatever it has started."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def _answer(said: bytes, code: int, bounds: Bounds) -> Any:
    try:
        kind, found = json.loads(said)
    except ValueError:
        if code == -getattr(signal, "SIGXCPU", 0):
            kind, found = "time", ""
        else:
            kind, found = "ended", _how(code)
    return returned(kind, found, bounds)


def returned(kind: str, found: Any, bounds: Bounds) -> Any:
    """Return the answer of a child, or raise what it reports."""
    if kind == "answer":
        return found
    if kind in _ERRORS:
        raise _ERRORS[kind](str(found))
    memory = f"{bounds.megabytes // 1024} GB"
    raise OutOfBoundsError(
        {
            "time": f"reading it took more than {bounds.processor_seconds} seconds of processor time",
            "memory": f"reading it needs more than {memory} of memory",
            "raised": f"its reader fails with {found}",
        }.get(kind, f"its reader ended ({found}), as where it needs more than {memory} of memory")
    )


_ERRORS: dict[str, type[BriefingError]] = {
    error.__name__: error for error in (findings.UsageError, findings.MissingLibraryError)
}
"""The errors that a child may hand on, by name."""


def _how(code: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit status {code}"


def answered(function: str, name: str, data: bytes) -> list[Any]:
    """Return what a function says to the bytes of a file, or how it fails, as a child answers."""
    module, _, called = function.partition(":")
    try:
        return ["answer", getattr(importlib.import_module(module), called)(data, name)]
    except BriefingError as error:
        return [type(error).__name__ if type(error).__name__ in _ERRORS else "raised", str(error)]
    except MemoryError:
        return ["memory", ""]
    except RecursionError:
        return ["raised", "what is nested too deeply"]
    except Exception as error:  # whatever a foreign file makes a library raise
        lines = str(error).strip().splitlines()
        return ["raised", f"{type(error).__name__}{f': {lines[0][:200]}' if lines else ''}"]


def main() -> None:
    """Read one file and answer; discard whatever a library prints, and end with the process that asks."""
    function, name, size = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    seconds, megabytes = map(int, sys.stdin.buffer.readline().split())
    data = sys.stdin.buffer.read(int(size))
    threading.Thread(target=_end_with_asker, daemon=True).start()
    with limited(Bounds(seconds, megabytes)):
        try:
            text = json.dumps(answered(function, name, data))
        except MemoryError:
            text = json.dumps(["memory", ""])
        except TypeError as error:
            text = json.dumps(["raised", f"TypeError: {error}"])
    answers.write(text)
    answers.close()


def _end_with_asker() -> None:
    if not sys.stdin.buffer.read(1):
        os._exit(1)


# ------------------------------------------------------------------------------------- work in this process


class _Watch:
    """What is watched now: one piece of work at a time, and what it does in turn belongs to it."""

    is_on = False
    reporter: subprocess.Popen[bytes] | None = None


@contextlib.contextmanager
def watched(work: str, bounds: Bounds, may_stop: Callable[[str], bool]) -> Iterator[None]:
    """Bound a piece of work in this process, named by its file, as far as the system can.

    Past its processor time it raises TooLongError, once it is in a Python file that ``may_stop`` names: in
    others, a lock or a record may be open. Past its memory, Python raises MemoryError. Where neither comes
    through, because one operation of the interpreter takes all the time, the command ends with status 1 after
    the seconds of the clock, and says where it was (``last_word``).
    """
    if _Watch.is_on:
        yield
        return
    _Watch.is_on = True
    try:
        with _reported(work, bounds), _timed(bounds, may_stop), _confined(bounds):
            yield
    finally:
        _Watch.is_on = False


@contextlib.contextmanager
def reading(name: str, bounds: Bounds = FOREIGN) -> Iterator[None]:
    """Bound what our own readers take for a text from elsewhere. Raises OutOfBoundsError, which names it."""
    try:
        with _timed(bounds, _is_reader), _confined(bounds):
            yield
    except TooLongError as error:
        what = f"{bounds.processor_seconds} seconds of processor time"
        raise OutOfBoundsError(f"{name}: reading it takes more than {what}; divide it") from error
    except MemoryError as error:
        what = f"{bounds.megabytes // 1024} GB of memory"
        raise OutOfBoundsError(f"{name}: reading it needs more than {what}; divide it") from error


def _is_reader(file_name: str) -> bool:
    """Return whether code of a file only reads a text, so that it may be broken off."""
    return PurePath(file_name).parent.name in ("language", "sources", "extract", "re")


@contextlib.contextmanager
def _confined(bounds: Bounds) -> Iterator[None]:
    """Bound the memory that this process takes in addition to what it has."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:  # only Linux says how much that is
        yield
        return
    import resource

    used = pages * resource.getpagesize()
    before = _lower(resource.RLIMIT_AS, used + bounds.megabytes * MEGABYTE)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


_AGAIN = 0.05
"""Seconds until the next try where work could not be stopped at once."""


@contextlib.contextmanager
def _timed(bounds: Bounds, may_stop: Callable[[str], bool]) -> Iterator[None]:
    """Raise TooLongError in a block that takes too much processor time, where the system has such a clock."""
    is_here = threading.current_thread() is threading.main_thread()
    if sys.platform == "win32" or not is_here:
        yield
        return
    is_over = False

    def stop(number: int, frame: FrameType | None) -> None:
        if not is_over and frame and may_stop(frame.f_code.co_filename):
            raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, bounds.processor_seconds, _AGAIN)
    try:
        yield
    finally:
        is_over = True  # a signal may be on its way
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before or signal.SIG_DFL)


@contextlib.contextmanager
def _reported(work: str, bounds: Bounds) -> Iterator[None]:
    """End the command where a block hangs in one operation, and have another process say so."""
    if _Watch.reporter is None or _Watch.reporter.poll() is not None:
        _Watch.reporter = reporter()
    if _Watch.reporter is None or _Watch.reporter.stdin is None:
        yield
        return
    with contextlib.suppress(OSError):
        _Watch.reporter.stdin.write(f"{work}\n".encode("utf-8", "backslashreplace"))
    faulthandler.dump_traceback_later(bounds.seconds, exit=True, file=_Watch.reporter.stdin)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def reporter() -> subprocess.Popen[bytes] | None:
    """Start the process that says where this one hung, and ends with it; None where none can be started."""
    program = str(Path(__file__).with_name("last_word.py"))
    with contextlib.suppress(OSError):
        started = subprocess.Popen(
            [sys.executable, "-I", "-S", program, str(TEMPLATE.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            bufsize=0,
        )
        atexit.register(started.communicate)
        return started
    return None


if __name__ == "__main__":
    main()
