"""Files of tables: what is in the place of one and is none is damage, and never waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.store import database

MAKERS: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a link": lambda path: path.symlink_to("elsewhere"),
}


@pytest.mark.parametrize("ending", ["", "-journal", "-wal", "-shm"])
@pytest.mark.parametrize("sort", MAKERS)
def test_what_is_no_file_is_damage(tmp_path: Path, sort: str, ending: str) -> None:
    """SQLite opens its journal to see whether a run broke off, and would wait for the writer of a pipe."""
    path = tmp_path / "results.sqlite"
    if ending:
        database.close(database.connect(path, 100))
    MAKERS[sort](tmp_path / f"results.sqlite{ending}")
    with pytest.raises(database.BrokenError, match="it is no file"):
        database.connect(path, 100)
    with pytest.raises(database.BrokenError, match="it is no file"):
        database.connect_present(path, 100, is_read_only=True)


def test_a_file_with_what_belongs_to_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    file = database.connect(path, 100)
    file.execute("CREATE TABLE t (x)")
    database.close(file)
    assert path.is_file()
    other = database.connect_present(path, 100, is_read_only=True)
    assert other.execute("SELECT count(*) FROM t").fetchone() == (0,)
    database.close(other)
