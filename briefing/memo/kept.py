"""The store of results: one SQLite file with every result, what it read, and whether it is stale.

A run reads and writes it in one transaction, so a run that is killed leaves it as it was. Removing the file
costs time only; a damaged one is removed by itself.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.store import database
from briefing.store.database import BrokenError, BusyError, errors

_TABLES = """
CREATE TABLE IF NOT EXISTS about (program TEXT NOT NULL, name TEXT NOT NULL, run INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS node (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, key TEXT NOT NULL, level INTEGER NOT NULL,
    stale INTEGER NOT NULL, changed INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (rule, key));
CREATE INDEX IF NOT EXISTS by_stale ON node (level) WHERE stale;
CREATE INDEX IF NOT EXISTS by_change ON node (changed, rule, key);
CREATE TABLE IF NOT EXISTS read (node INTEGER NOT NULL, reader INTEGER NOT NULL,
    PRIMARY KEY (node, reader)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_reader ON read (reader);
CREATE TABLE IF NOT EXISTS marks (rule TEXT PRIMARY KEY, marks TEXT NOT NULL) WITHOUT ROWID;
"""
_PATIENCE = 20_000
"""Milliseconds that a reading waits for another run to write what it found."""
_BATCH = 500
"""Numbers in one question; SQLite allows some thousands."""


@dataclass(slots=True)
class Row:
    """One result in the store."""

    id: int
    is_stale: bool
    data: bytes


class Kept:
    """An open store. ``path`` None is a store in memory."""

    def __init__(self, path: Path | None, program: str, before: database.Connection | None = None) -> None:
        """Open a store. ``program`` is the digest of what works results out: another one empties the store.

        It begins with the results of ``before``. Raises BusyError, and BrokenError if a file cannot be used.
        """
        self._file = database.connect(path, 0)
        self.name = ""
        """A name that no other store has, and this one only until it is emptied."""
        self._run = 0
        """The number of this run, or of the last one that wrote a result, if this one writes none."""
        self._is_counted = False
        self._is_lasting = path is not None
        with errors():
            try:
                if before:
                    before.backup(self._file)
                self._open(program)
            except BaseException:
                self._file.close()
                raise

    def _open(self, program: str) -> None:
        self._file.execute("PRAGMA cache_size = -32000")
        self._file.execute("BEGIN IMMEDIATE")
        found = None
        if self._file.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
            names = {row[1] for row in self._file.execute("PRAGMA table_info(about)")}
            if names == {"program", "name", "run"}:
                found = self._file.execute("SELECT program, name, run FROM about").fetchone()
        if found is None or found[0] != program:
            for table in ("about", "node", "read", "marks"):
                self._file.execute(f"DROP TABLE IF EXISTS {table}")
            found = program, secrets.token_hex(8), 0
            database.run_all(self._file, _TABLES)
            self._file.execute("INSERT INTO about VALUES (?, ?, ?)", found)
        self.name, self._run = str(found[1]), int(found[2])

    def _count(self) -> None:
        """Give this run a number of its own, once it changes a result."""
        if not self._is_counted:
            self._is_counted = True
            self._run += 1
            self._file.execute("UPDATE about SET run = ?", (self._run,))

    def find(self, rule: str, key: str) -> Row | None:
        """Return one result; None if it was never worked out."""
        with errors():
            found = self._file.execute(
                "SELECT id, stale, data FROM node WHERE rule = ? AND key = ?", (rule, key)
            ).fetchone()
        return Row(found[0], bool(found[1]), found[2]) if found else None

    def of_rule(self, rule: str) -> dict[str, Row]:
        """Return all results of a rule, by key."""
        with errors():
            found = self._file.execute("SELECT key, id, stale, data FROM node WHERE rule = ?", (rule,))
            return {key: Row(number, bool(stale), data) for key, number, stale, data in found}

    def marks(self, rule: str) -> dict[str, str]:
        """Return the marks of all inputs of a rule, by key, as they were put last."""
        with errors():
            found = self._file.execute("SELECT marks FROM marks WHERE rule = ?", (rule,)).fetchone()
        try:
            marks = json.loads(found[0]) if found else {}
            return {str(key): str(mark) for key, mark in marks.items()}
        except (ValueError, AttributeError) as error:
            raise BrokenError(f"the marks of {rule} cannot be read") from error

    def set_marks(self, rule: str, marks: Mapping[str, str]) -> None:
        """Keep the marks of all inputs of a rule side by side; to gather them from their rows takes long."""
        with errors():
            self._file.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (rule, json.dumps(marks)))

    def count(self, rule: str) -> int:
        """Return how many results of a rule are kept, stale ones included."""
        with errors():
            found = self._file.execute("SELECT count(*) FROM node WHERE rule = ?", (rule,)).fetchone()
        return int(found[0])

    def fresh(self, rule: str) -> set[str]:
        """Return the keys of the results of a rule that are not stale."""
        with errors():
            found = self._file.execute("SELECT key FROM node WHERE rule = ? AND NOT stale", (rule,))
            return {key for (key,) in found}

    def write(self, rule: str, key: str, level: int, data: bytes) -> int:
        """Write a result that is not stale; return its number."""
        with errors():
            self._count()
            found = self._file.execute(
                "INSERT INTO node (rule, key, level, stale, changed, data) VALUES (?, ?, ?, 0, ?, ?) "
                "ON CONFLICT (rule, key) DO UPDATE SET stale = 0, data = excluded.data, "
                "changed = CASE WHEN data = excluded.data THEN changed ELSE excluded.changed END "
                "RETURNING id",
                (rule, key, level, self._run, data),
            ).fetchone()
        return int(found[0])

    def set_reads(self, reader: int, nodes: frozenset[int]) -> None:
        """Write what a result has read, in place of what it had read before."""
        with errors():
            known = {
                number
                for (number,) in self._file.execute("SELECT node FROM read WHERE reader = ?", (reader,))
            }
            gone, new = known - nodes, nodes - known
            self._file.executemany(
                "DELETE FROM read WHERE node = ? AND reader = ?", ((number, reader) for number in gone)
            )
            self._file.executemany("INSERT INTO read VALUES (?, ?)", ((number, reader) for number in new))

    def mark_readers(self, nodes: Sequence[int]) -> list[tuple[str, str]]:
        """Mark every result stale that has read one of some others; return them as (rule, key)."""
        found: list[tuple[str, str]] = []
        with errors():
            for start in range(0, len(nodes), _BATCH):
                some = nodes[start : start + _BATCH]
                marks = ", ".join("?" * len(some))
                found += self._file.execute(
                    "UPDATE node SET stale = 1 WHERE id IN "
                    f"(SELECT reader FROM read WHERE node IN ({marks})) RETURNING rule, key",
                    some,
                )
        return found

    def stale(self, level: int) -> list[tuple[str, str]]:
        """Return the stale results of a level, as (rule, key), in the order in which they were first made."""
        with errors():
            return self._file.execute(
                "SELECT rule, key FROM node WHERE stale AND level = ? ORDER BY id", (level,)
            ).fetchall()

    @property
    def state(self) -> str:
        """The name of the present state; empty for a store in memory."""
        return f"{self.name} {self._run}" if self._is_lasting else ""

    def changed(self, since: int) -> list[tuple[str, str]]:
        """Return the results, as (rule, key), that came out otherwise, or first, after a run."""
        with errors():
            return self._file.execute("SELECT rule, key FROM node WHERE changed > ?", (since,)).fetchall()

    def save(self) -> None:
        """Write everything to the file for good, so that other runs may use it."""
        with errors():
            if self._file.in_transaction:
                self._file.execute("COMMIT")
            self._file.execute(f"PRAGMA busy_timeout = {_PATIENCE}")

    def close(self) -> None:
        """Close the store. What was written since the last ``save`` is dropped."""
        database.close(self._file)


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
            database.remove(path)
    return Kept(None, program)


def copied(path: Path, program: str) -> Kept:
    """Return a store in memory with the results of one in a file, which is only read.

    It is empty where there is no such file, or it cannot be used.
    """
    try:
        file = database.connect_present(path, 0, is_read_only=True)
    except BrokenError:
        return Kept(None, program)
    try:
        return Kept(None, program, file)
    except (BrokenError, BusyError):
        return Kept(None, program)
    finally:
        database.close(file)
