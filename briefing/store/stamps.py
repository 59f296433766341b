"""Which files on record no longer look as they did: by their size, times and number on the disk, as Git does.

To ask the disk about hundreds of thousands of files takes longer than all else where nothing has changed. So
another process takes a part of them: this module run as a program.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.store import database
from briefing.store.database import Connection
from briefing.store.looks import Look

_TABLE = """
CREATE TABLE look (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
    number INTEGER NOT NULL) WITHOUT ROWID
"""
"""A row for each file on record; one not yet compared with the record has a size that no file has."""
LOOKS = "SELECT path, size, modified, changed, number FROM look"
"""The question for how files looked, each with its path."""
MANY = 20_000
"""Of more files another process takes a part: its start takes as long as some thousands."""
_PATIENCE = 20_000
"""Milliseconds to wait for another run that writes the record."""


def is_there(file: Connection) -> bool:
    """Return whether a record has the table; one that an earlier version of the program wrote has not."""
    return file.execute("SELECT 1 FROM sqlite_master WHERE name = 'look'").fetchone() is not None


def create(file: Connection) -> None:
    """Make the table, with a row for each file on record."""
    file.execute(_TABLE)
    file.execute("INSERT INTO look SELECT path, -1, 0, 0, 0 FROM file")


def middle(file: Connection) -> str:
    """Return the path from which another process looks; empty where the files are few.

    While it starts, this one looks at as many.
    """
    (number,) = file.execute("SELECT count(*) FROM look").fetchone()
    if number <= MANY:
        return ""
    (path,) = file.execute(
        "SELECT path FROM look ORDER BY path LIMIT 1 OFFSET ?", ((number + MANY) // 2,)
    ).fetchone()
    return str(path)


def changed(file: Connection, root: str, begin: str, end: str = "") -> Iterator[str]:
    """Yield the files that look otherwise or are gone, from the path ``begin`` on and before ``end``.

    ``root`` is the output folder, with a separator behind it; without ``end``, it goes to the last file.
    """
    query, values = f"{LOOKS} WHERE path >= ?", [begin]
    if end:
        query, values = f"{query} AND path < ?", [begin, end]
    stat = os.stat
    for path, *known in file.execute(query, values):
        try:
            now = stat(root + path)
        except (OSError, ValueError):
            yield path
            continue
        if known != [now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino]:
            yield path


def write(file: Connection, rows: Iterable[tuple[str, Look]]) -> None:
    """Write how files look, each with its path."""
    values = ((path, *look) for path, look in rows)
    file.executemany("INSERT OR REPLACE INTO look VALUES (?, ?, ?, ?, ?)", values)


def forget(file: Connection, made: Iterable[str], removed: Iterable[str]) -> None:
    """Forget how files look that were made or removed: other bytes are on record now, or none."""
    file.executemany("INSERT OR REPLACE INTO look VALUES (?, -1, 0, 0, 0)", ((path,) for path in made))
    file.executemany("DELETE FROM look WHERE path = ?", ((path,) for path in removed))


class Other:
    """Another process that looks at the files of a record from a path on."""

    def __init__(self, record: Path, root: str, begin: str) -> None:
        from briefing.store import box

        self._process = subprocess.Popen(
            [sys.executable, "-m", "briefing.store.stamps", str(record), root, begin],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=box.environment(),
        )

    def changed(self) -> list[str] | None:
        """Return the files that look otherwise; None if the process has failed."""
        said, _ = self._process.communicate()
        return os.fsdecode(said).split("\0")[:-1] if self._process.returncode == 0 else None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def main() -> None:
    """Write the files that look otherwise to standard output, each with a zero behind it."""
    record, root, begin = sys.argv[1:]
    file = database.connect_present(Path(record), _PATIENCE, is_read_only=True)
    with contextlib.closing(file):
        for path in changed(file, root, begin):
            sys.stdout.buffer.write(os.fsencode(path) + b"\0")


if __name__ == "__main__":
    main()
