"""The store of results: whole after a kill, emptied by another program, removed where it is damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.memo import kept
from briefing.memo.kept import Kept
from briefing.store.database import BrokenError, BusyError


def test_results_are_found_by_rule_and_key(tmp_path: Path) -> None:
    store = Kept(tmp_path / "results", "1")
    number = store.write("price", "tea", 1, b"12")
    found = store.find("price", "tea")
    assert found
    assert (found.id, found.is_stale, found.data) == (number, False, b"12")
    assert store.find("price", "milk") is None
    assert list(store.of_rule("price")) == ["tea"]
    assert (store.count("price"), store.count("label")) == (1, 0)


def test_readers_of_a_result_become_stale_and_nothing_else() -> None:
    store = Kept(None, "1")
    tea, milk = store.write("price", "tea", 1, b"12"), store.write("price", "milk", 1, b"2")
    basket, other = store.write("basket", "tea", 2, b""), store.write("basket", "milk", 2, b"")
    store.set_reads(basket, frozenset({tea}))
    store.set_reads(other, frozenset({milk}))
    store.mark_readers([tea])
    assert store.stale(2) == [("basket", "tea")]
    store.set_reads(basket, frozenset({milk}))
    store.write("basket", "tea", 2, b"")
    store.mark_readers([tea])
    assert store.stale(2) == []


def test_another_program_finds_an_empty_store(tmp_path: Path) -> None:
    store = Kept(tmp_path / "results", "1")
    store.write("price", "tea", 1, b"12")
    store.save()
    store.close()
    assert Kept(tmp_path / "results", "2").find("price", "tea") is None


def test_what_was_not_saved_is_as_if_it_had_never_been(tmp_path: Path) -> None:
    store = Kept(tmp_path / "results", "1")
    store.write("price", "tea", 1, b"12")
    store.save()
    store.close()
    store = Kept(tmp_path / "results", "1")
    store.write("price", "tea", 1, b"13")
    store.close()
    found = Kept(tmp_path / "results", "1").find("price", "tea")
    assert found
    assert found.data == b"12"


@pytest.mark.process
def test_a_run_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "results"
    store = Kept(path, "1")
    store.write("price", "tea", 1, b"12")
    store.save()
    store.close()
    killed = f"""
import os, signal, pathlib
from briefing.memo.kept import Kept
store = Kept(pathlib.Path({str(path)!r}), "1")
for number in range(20_000):
    store.write("price", str(number), 1, b"x" * 1000)
store.write("price", "tea", 1, b"13")
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", killed], check=False)
    found = Kept(path, "1")
    tea = found.find("price", "tea")
    assert tea
    assert tea.data == b"12"
    assert found.find("price", "7") is None


def test_a_store_in_use_is_left_alone_and_one_in_memory_used(tmp_path: Path) -> None:
    first = Kept(tmp_path / "results", "1")
    first.write("price", "tea", 1, b"12")
    with pytest.raises(BusyError):
        Kept(tmp_path / "results", "1")
    second = kept.opened(tmp_path / "results", "1")
    assert second.find("price", "tea") is None
    second.write("price", "tea", 1, b"13")
    second.save()
    first.save()
    found = first.find("price", "tea")
    assert found
    assert found.data == b"12"


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_store_is_removed_and_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "results"
    path.write_bytes(content)
    with pytest.raises(BrokenError):
        Kept(path, "1")
    store = kept.opened(path, "1")
    store.write("price", "tea", 1, b"12")
    store.save()
    store.close()
    assert Kept(path, "1").find("price", "tea")


def test_where_no_store_can_be_made_results_are_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = kept.opened(tmp_path / "file" / "results", "1")
    store.write("price", "tea", 1, b"12")
    assert store.find("price", "tea")


def test_a_copy_begins_with_what_the_file_has_and_changes_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    store = kept.opened(path, "one")
    store.write("price", "tea", 1, b"12")
    store.save()
    before = path.read_bytes()
    copy = kept.copied(path, "one")
    found = copy.find("price", "tea")
    assert found
    assert found.data == b"12"
    copy.write("price", "tea", 1, b"13")
    copy.save()
    copy.close()
    store.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [None, b"", b"nothing of the kind" * 300])
def test_a_copy_of_what_cannot_be_read_is_empty(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "results.sqlite"
    if data is not None:
        path.write_bytes(data)
    assert kept.copied(path, "one").find("price", "tea") is None
    assert path.exists() == (data is not None)


def test_a_copy_of_another_versions_store_is_empty(tmp_path: Path) -> None:
    store = kept.opened(tmp_path / "results.sqlite", "one")
    store.write("price", "tea", 1, b"12")
    store.save()
    store.close()
    assert kept.copied(tmp_path / "results.sqlite", "two").find("price", "tea") is None


def test_a_store_in_use_can_be_copied(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    store = kept.opened(path, "one")
    store.write("price", "tea", 1, b"12")
    store.save()
    store.close()
    other = kept.opened(path, "one")  # as a build that has not saved yet
    other.write("price", "tea", 1, b"13")
    found = kept.copied(path, "one").find("price", "tea")
    other.close()
    assert found
    assert found.data == b"12"
