"""Commands in processes of their own, forked from a warm one: real kills and real races that cost little.

A fork has everything imported, so a command takes as long as its work. Faults are put in by an audit hook,
which Python calls before it opens, renames, links, removes or makes anything.
"""

from __future__ import annotations

import errno
import io
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from briefing.cli import main
from tests.conftest import Said, call

CHANGES = ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir")
"""The events before which a fault may come: whatever changes the disk."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
BROKEN = 70
"""The exit code of a process that ended with a traceback."""


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it said."""

    exit_code: int
    """Negative where a signal ended it."""
    text: str


@dataclass(frozen=True)
class Running:
    pid: int
    said: Path

    def end(self) -> Ended:
        _, status = os.waitpid(self.pid, 0)
        text = self.said.read_text("utf-8") if self.said.exists() else ""
        exit_code = os.waitstatus_to_exitcode(status)
        assert exit_code != BROKEN, text
        return Ended(exit_code, text)


def start(said: Path, *arguments: str | Path, before: Callable[[], None] = lambda: None) -> Running:
    """Start a command in a fork; what it says goes into a file."""
    said.unlink(missing_ok=True)
    pid = os.fork()
    if pid:
        return Running(pid, said)
    exit_code = BROKEN
    try:
        try:
            before()
            done = call(*arguments)
            text, exit_code = done.text, done.exit_code
        except BaseException:
            text = traceback.format_exc()
        # A limit that was set for the command is none for what is said about it.
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        said.write_text(text, "utf-8", "surrogateescape")
    finally:
        os._exit(exit_code)  # nothing of the tests may go on in the fork


def run(said: Path, *arguments: str | Path, before: Callable[[], None] = lambda: None) -> Ended:
    return start(said, *arguments, before=before).end()


def at_once(folder: Path, *commands: tuple[str | Path, ...]) -> list[Ended]:
    """Run commands in processes that begin at the same moment."""
    gate, release = os.pipe()

    def wait() -> None:
        os.close(release)
        os.read(gate, 1)

    running = [
        start(folder / f"said-{number}", *command, before=wait) for number, command in enumerate(commands)
    ]
    os.close(release)
    os.close(gate)
    return [item.end() for item in running]


def start_at(streams: tuple[int, int, int], work: Callable[[], None], encoding: str = "utf-8") -> int:
    """Start work in a fork whose standard streams are these, opened as Python opens them; return its id.

    The exit code is that of the command with which the work ends. Python reads the encoding before it runs a
    line, so one that is given by the environment needs a process from nothing.
    """
    pid = os.fork()
    if pid:
        return pid
    exit_code = BROKEN
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb", closefd=False), encoding)
        sys.stdout = io.TextIOWrapper(
            os.fdopen(1, "wb", closefd=False), encoding, "strict", line_buffering=os.isatty(1)
        )
        sys.stderr = io.TextIOWrapper(
            os.fdopen(2, "wb", closefd=False), encoding, "backslashreplace", line_buffering=True
        )
        try:
            work()
            exit_code = 0
        except SystemExit as end:
            exit_code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(exit_code)


def at_files(folder: Path, *arguments: str | Path) -> Said:
    """Run the program in a fork that writes to files, not to what a test catches; return what it answered."""
    with (
        Path(os.devnull).open("rb") as nothing,
        (folder / "out").open("wb") as out,
        (folder / "err").open("wb") as err,
    ):
        pid = start_at(
            (nothing.fileno(), out.fileno(), err.fileno()),
            lambda: main([*map(str, arguments)], prog_name="briefing"),
        )
    _, status = os.waitpid(pid, 0)
    texts = ((folder / name).read_text("utf-8") for name in ("out", "err"))
    return Said(os.waitstatus_to_exitcode(status), *texts)


@dataclass
class Fault:
    """What happens at the nth change of the disk below some folders, and perhaps at every later one."""

    below: tuple[Path, ...]
    moment: int
    error: int = 0
    """The error of the system; 0 kills the process."""
    events: tuple[str, ...] = CHANGES
    is_lasting: bool = False
    seen: int = 0

    def arm(self) -> None:
        """Put it into this process."""
        sys.addaudithook(self._watch)

    def _watch(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in self.events or not self._concerns(event, arguments):
            return
        self.seen += 1
        if self.seen == self.moment or (self.is_lasting and self.seen > self.moment):
            if not self.error:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self.error, os.strerror(self.error), str(arguments[0]))

    def _concerns(self, event: str, arguments: tuple[object, ...]) -> bool:
        place = arguments[0]
        if not isinstance(place, str | os.PathLike) or (event == "open" and not _is_writing(arguments)):
            return False
        return any(os.fspath(folder) in os.fspath(place) for folder in self.below)


def _is_writing(arguments: tuple[object, ...]) -> bool:
    return isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)


FAULTS = {
    "the disk is full": (errno.ENOSPC, ("open", "os.mkdir", "os.link"), True),
    "a rename fails": (errno.EIO, ("os.rename",), False),
    "every rename fails": (errno.EACCES, ("os.rename",), True),
    "no permission": (errno.EACCES, CHANGES, True),
    "the disk became read-only": (errno.EROFS, CHANGES, True),
    "a file cannot be removed": (errno.EPERM, ("os.remove",), False),
}
"""What the disk may do, as an error of the system at some events, once or from then on."""
