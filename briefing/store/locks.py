"""Locks on folders: one process at a time writes there, and others learn which one.

The system holds the lock and releases it when the process ends, so a killed process leaves none: ``flock``,
or a locked byte on Windows. Where a file system has no locks, a file that only one process can create
replaces it. Such a file outlives a kill; the next process on the same computer sees that its maker is gone,
and removes it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from briefing.model.findings import BusyError

_FREE_BYTE = 1 << 30
"""The byte that Windows locks; it is behind the text of the file, which others may still read."""
_BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)
"""Errors of a file system that has no locks."""
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a lock, in the words that others read."""

    command: str = ""
    """The command, such as ``briefing issue``."""
    process: int = 0
    since: str = ""
    """When it took the lock, as the command line wrote it."""
    computer: str = ""

    def __str__(self) -> str:
        """Return who has the lock, for a sentence."""
        if not self.command:
            return "another command"
        where = f" on {self.computer}" if self.computer != _computer() else ""
        since = f", since {self.since}" if self.since else ""
        return f"'{self.command}' (process {self.process}{where}{since})"


Wait = Callable[[Holder], bool]
"""Called while another process has the lock; it waits a moment and returns whether to try again."""


def at_once(holder: Holder) -> bool:
    """Return that nobody waits."""
    return False


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that this process has."""

    path: Path
    handle: int
    """The open file that the system has locked; -1 where the file itself is the lock."""
    holder: Holder

    def refuse_lost(self) -> None:
        """Raise BusyError if somebody removed the file of the lock, so that others may have one as well."""
        with contextlib.suppress(OSError):
            if self.handle < 0:
                is_ours = _read(self.path) == self.holder
            else:
                is_ours = os.path.samestat(os.fstat(self.handle), os.stat(self.path))  # noqa: PTH116
            if is_ours:
                return
        raise BusyError(
            f"somebody removed {self.path} while this command ran, so nothing was written; "
            "run the command again"
        )


@contextlib.contextmanager
def held(path: Path, command: str, since: str, wait: Wait, advice: str = "") -> Iterator[Lock]:
    """Hold the lock of a file for one process.

    Raises BusyError if another process has it and ``wait`` has given up, and OSError if there can be none.
    """
    holder = Holder(command, os.getpid(), since, _computer())
    while (lock := _taken(path, holder)) is None:
        other = _read(_instead(path)) or _read(path) or Holder()
        if not wait(other):
            again = f"run the command again when it has ended{advice}"
            if _instead(path).exists():
                again += f"; if it has ended already, delete {_instead(path)}"
            raise BusyError(f"{other} is writing into {path.parent.parent}; {again}")
    try:
        yield lock
    finally:
        _release(lock)


def _taken(path: Path, holder: Holder) -> Lock | None:
    """Return the lock, or None if another process has it."""
    handle = _open(path)
    try:
        _lock(handle)
    except OSError as error:
        os.close(handle)
        if error.errno in _NO_LOCKS:
            return _taken_without_system(_instead(path), holder)
        if error.errno in _BUSY:
            return None
        raise
    lock = Lock(path, handle, holder)
    try:
        lock.refuse_lost()
    except BusyError:  # the process that had it removed the file
        os.close(handle)
        return None
    with contextlib.suppress(OSError):
        _write(handle, holder)
    return lock


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o666)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        return os.open(path, os.O_RDONLY | _NO_LINKS)  # another user's, which can be locked all the same


_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


def _taken_without_system(path: Path, holder: Holder) -> Lock | None:
    other = _read(path)
    if other and other.computer == holder.computer and not _is_alive(other.process):
        path.unlink(missing_ok=True)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return None
    try:
        _write(handle, holder)
    finally:
        os.close(handle)
    return Lock(path, -1, holder)


def _release(lock: Lock) -> None:
    with contextlib.suppress(OSError):
        if lock.handle < 0:
            lock.path.unlink(missing_ok=True)
        else:
            os.ftruncate(lock.handle, 0)
    if lock.handle >= 0:
        os.close(lock.handle)


def _instead(path: Path) -> Path:
    """Return the file that is the lock where the file system has none."""
    return path.with_name(f"{path.name}.held")


def _write(handle: int, holder: Holder) -> None:
    os.ftruncate(handle, 0)
    os.write(handle, (json.dumps(asdict(holder)) + "\n").encode())


def _read(path: Path) -> Holder | None:
    """Return who wrote the file of a lock; None if it names nobody."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MOST))
        holder = Holder(**found)
        is_sound = isinstance(holder.process, int) and all(
            isinstance(word, str) and word.isprintable()
            for word in (holder.command, holder.since, holder.computer)
        )
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return holder if is_sound else None


def _computer() -> str:
    if sys.platform == "win32":
        import platform

        return platform.node()
    return os.uname().nodename


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        return True  # Windows has locks everywhere, and there signal 0 is not a question
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FREE_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
