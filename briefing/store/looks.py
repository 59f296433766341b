"""How a file looks: its size, its times and its number on the disk, as Git knows its files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

Look = tuple[int, int, int, int]
"""Its size, the times at which it was modified and changed, in nanoseconds, and its number on the disk."""
_COARSE, _FINE = 2_000_000_000, 100_000_000
"""Nanoseconds within which two changes of a file may have the same time, on a disk that counts whole seconds
and on one that counts more exactly."""


def of(path: str) -> Look:
    """Return how a file looks. Raises OSError and ValueError."""
    found = os.stat(path)  # noqa: PTH116 - a pathlib.Path for each of thousands of files takes too long
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def settled(
    folder: str, paths: Iterable[str], now: int, digest: Callable[[str], str]
) -> Iterator[tuple[str, Look, str]]:
    """Yield those of some files whose look another change would alter: path, look and digest.

    ``now`` is the time by the clock of their disk. Each is read between two looks at it. One that changed a
    moment ago is left out: another change might not show.
    """
    for path in paths:
        try:
            before = of(f"{folder}/{path}")
            found = digest(path)
            after = of(f"{folder}/{path}")
        except (OSError, ValueError):
            continue
        newest = max(before[1:3])
        grain = _COARSE if newest % 1_000_000_000 == 0 else _FINE
        if before == after and newest < now - grain:
            yield path, before, found
