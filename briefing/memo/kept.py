"""The store of results: one SQLite file with every result, what it read, and whether it is stale.

A run reads and writes it in one transaction, so a run that is killed leaves it as it was. Removing the file
costs time only; a damaged one is removed by itself.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS about (program TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS node (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, key TEXT NOT NULL, level INTEGER NOT NULL,
    stale INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (rule, key));
CREATE INDEX IF NOT EXISTS by_stale ON node (level) WHERE stale;
CREATE TABLE IF NOT EXISTS read (node INTEGER NOT NULL, reader INTEGER NOT NULL,
    PRIMARY KEY (node, reader)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_reader ON read (reader);
"""
_PATIENCE = 20_000
"""Milliseconds that a reading waits for another run to write what it found."""
_BATCH = 500
"""Numbers in one question; SQLite allows some thousands."""


class BusyError(Exception):
    """Another run uses the store."""


class BrokenError(Exception):
    """The store cannot be used; whatever it held has to be worked out again."""


@dataclass(slots=True)
class Row:
    """One result in the store."""

    id: int
    is_stale: bool
    data: bytes


class Kept:
    """An open store. ``path`` None is a store in memory."""

    def __init__(self, path: Path | None, program: str) -> None:
        """Open a store. ``program`` is the digest of what works results out: another one empties the store.

        Raises BusyError, and BrokenError if the file cannot be used.
        """
        with _errors():
            self._file = sqlite3.connect(path or ":memory:", timeout=0, isolation_level=None)
            try:
                self._open(program)
            except BaseException:
                self._file.close()
                raise

    def _open(self, program: str) -> None:
        self._file.execute("PRAGMA journal_mode = TRUNCATE")
        self._file.execute("PRAGMA cache_size = -32000")
        self._file.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, _TABLES.split(";")):
            self._file.execute(statement)
        found = self._file.execute("SELECT program FROM about").fetchone()
        if found != (program,):
            for table in ("about", "node", "read"):
                self._file.execute(f"DELETE FROM {table}")
            self._file.execute("INSERT INTO about VALUES (?)", (program,))

    def find(self, rule: str, key: str) -> Row | None:
        """Return one result; None if it was never worked out."""
        with _errors():
            found = self._file.execute(
                "SELECT id, stale, data FROM node WHERE rule = ? AND key = ?", (rule, key)
            ).fetchone()
        return Row(found[0], bool(found[1]), found[2]) if found else None

    def of_rule(self, rule: str) -> dict[str, Row]:
        """Return all results of a rule, by key."""
        with _errors():
            found = self._file.execute("SELECT key, id, stale, data FROM node WHERE rule = ?", (rule,))
            return {key: Row(number, bool(stale), data) for key, number, stale, data in found}

    def write(self, rule: str, key: str, level: int, data: bytes) -> int:
        """Write a result that is not stale; return its number."""
        with _errors():
            found = self._file.execute(
                "INSERT INTO node (rule, key, level, stale, data) VALUES (?, ?, ?, 0, ?) "
                "ON CONFLICT (rule, key) DO UPDATE SET stale = 0, data = excluded.data RETURNING id",
                (rule, key, level, data),
            ).fetchone()
        return int(found[0])

    def set_reads(self, reader: int, nodes: frozenset[int]) -> None:
        """Write what a result has read, in place of what it had read before."""
        with _errors():
            known = {
                number
                for (number,) in self._file.execute("SELECT node FROM read WHERE reader = ?", (reader,))
            }
            gone, new = known - nodes, nodes - known
            self._file.executemany(
                "DELETE FROM read WHERE node = ? AND reader = ?", ((number, reader) for number in gone)
            )
            self._file.executemany("INSERT INTO read VALUES (?, ?)", ((number, reader) for number in new))

    def mark_readers(self, nodes: Sequence[int]) -> None:
        """Mark every result stale that has read one of some others."""
        with _errors():
            for start in range(0, len(nodes), _BATCH):
                some = nodes[start : start + _BATCH]
                marks = ", ".join("?" * len(some))
                self._file.execute(
                    "UPDATE node SET stale = 1 WHERE id IN "
                    f"(SELECT reader FROM read WHERE node IN ({marks}))",
                    some,
                )

    def stale(self, level: int) -> list[tuple[str, str]]:
        """Return the stale results of a level, as (rule, key), in the order in which they were first made."""
        with _errors():
            return self._file.execute(
                "SELECT rule, key FROM node WHERE stale AND level = ? ORDER BY id", (level,)
            ).fetchall()

    def save(self) -> None:
        """Write everything to the file for good, so that other runs may use it."""
        with _errors():
            if self._file.in_transaction:
                self._file.execute("COMMIT")
            self._file.execute(f"PRAGMA busy_timeout = {_PATIENCE}")

    def close(self) -> None:
        """Close the store. What was written since the last ``save`` is dropped."""
        with contextlib.suppress(sqlite3.Error):
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")
        self._file.close()


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise BusyError(str(error)) from error
        raise BrokenError(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise BrokenError(str(error)) from error


def opened(path: Path | None, program: str) -> Kept:
    """Open a store; one in memory where the file is in use, cannot be written or was damaged twice."""
    for _ in range(2):
        if path is None:
            break
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return Kept(path, program)
        except BusyError:
            break
        except OSError:
            break
        except BrokenError:
            remove(path)
    return Kept(None, program)


def remove(path: Path) -> None:
    """Remove a store that cannot be used."""
    for name in (path, *beside(path)):
        with contextlib.suppress(OSError):
            name.unlink()


def beside(path: Path) -> Iterable[Path]:
    """Return the files that SQLite may leave beside a store."""
    return [path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm")]
