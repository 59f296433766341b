"""The door to SQLite: files of tables that other runs may have open, or that may be damaged."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.store import disk

Connection = sqlite3.Connection


class BusyError(Exception):
    """Another run uses the file."""


class BrokenError(Exception):
    """The file cannot be used; whatever it held is lost."""


def connect(path: Path | None, patience: int) -> Connection:
    """Open a file, and make it if there is none. ``path`` None is one in memory.

    ``patience`` is the number of milliseconds for which a statement waits for other runs.

    Raises BusyError, and BrokenError if the file cannot be used.
    """
    _refuse_others(path)
    with errors():
        file = sqlite3.connect(path or ":memory:", timeout=patience / 1000, isolation_level=None)
        try:
            file.execute("PRAGMA journal_mode = TRUNCATE")
        except BaseException:
            file.close()
            raise
        return file


def connect_present(path: Path, patience: int, *, is_read_only: bool = False) -> Connection:
    """Open a file that is there, and make none. Raises BusyError, and BrokenError if it cannot be used."""
    _refuse_others(path)
    with errors():
        place = f"{path.absolute().as_uri()}?mode={'ro' if is_read_only else 'rw'}"
        return sqlite3.connect(place, timeout=patience / 1000, isolation_level=None, uri=True)


def _refuse_others(path: Path | None) -> None:
    """Raise BrokenError where something else is in the place of a file: SQLite would wait for a pipe."""
    for name in (path, *beside(path)) if path else ():
        try:
            disk.refuse_other_than_file(name, follows_links=False)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise BrokenError(f"{name.name}: {error.strerror}") from error


def run_all(file: Connection, statements: str) -> None:
    """Carry out statements that semicolons separate, within the present transaction."""
    for statement in filter(str.strip, statements.split(";")):
        file.execute(statement)


@contextlib.contextmanager
def errors() -> Iterator[None]:
    """Raise BusyError or BrokenError for what SQLite raises."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise BusyError(str(error)) from error
        raise BrokenError(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise BrokenError(str(error)) from error


def close(file: Connection) -> None:
    """Close a file. What was not committed is dropped."""
    with contextlib.suppress(sqlite3.Error):
        if file.in_transaction:
            file.execute("ROLLBACK")
    file.close()


def remove(path: Path) -> None:
    """Remove a file that cannot be used, with what SQLite keeps beside it."""
    for name in (path, *beside(path)):
        with contextlib.suppress(OSError):
            name.unlink()


def beside(path: Path) -> Iterable[Path]:
    """Return the files that SQLite may leave beside one."""
    return [path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm")]
