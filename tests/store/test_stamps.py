"""Files that changed on the disk are noticed, whichever process looks at them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.store import built, database, disk, stamps
from briefing.store.built import Manifest
from briefing.store.results import Artifact, Scope

pytestmark = pytest.mark.process
NAMES = ("a", "b", "c/d", "e", "\N{LATIN SMALL LETTER E WITH ACUTE}")
EVERYTHING = Scope()


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Some files on record that have not changed for a while, and are many already."""
    monkeypatch.setattr(stamps, "MANY", 2)
    (tmp_path / "c").mkdir()
    for name in NAMES:
        (tmp_path / name).write_text("text")
    digest = disk.digest(b"text")
    built.write(
        tmp_path, Manifest({name: Artifact(name, "site", "site", "", digest, "", 1) for name in NAMES})
    )
    time.sleep(0.15)
    built.stamp(tmp_path, NAMES)
    yield tmp_path


def found_beside(output: Path) -> built.Differing:
    """What another process finds while this one does something else."""
    with built.looking(output, built.read(output), EVERYTHING) as look:
        return look()


def test_nothing_differs_where_nothing_changed(settled: Path) -> None:
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({}, [])
    assert found_beside(settled) == ({}, [])


@pytest.mark.parametrize("name", NAMES)
def test_a_change_is_found_in_the_half_of_either_process(settled: Path, name: str) -> None:
    (settled / name).write_text("another text")
    changed = {name: disk.digest(b"another text")}
    assert built.differing(settled, built.read(settled), EVERYTHING) == (changed, [])
    assert found_beside(settled) == (changed, [])
    (settled / name).unlink()
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({name: ""}, [])
    assert found_beside(settled) == ({name: ""}, [])


@pytest.mark.parametrize("many", range(1, len(NAMES) + 2))
def test_nothing_is_left_out_or_asked_in_vain_however_many_files_are_many(
    settled: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(stamps, "MANY", many)
    for name in NAMES:
        (settled / name).unlink()
    gone = dict.fromkeys(NAMES, "")
    assert built.differing(settled, built.read(settled), EVERYTHING) == (gone, [])
    assert found_beside(settled) == (gone, [])


def test_a_file_of_which_other_bytes_are_on_record_is_compared_again(settled: Path) -> None:
    manifest = built.read(settled)
    made = {"b": Artifact("b", "site", "site", "", disk.digest(b"newer"), "", 2)}
    (settled / "e").unlink()
    built.write(settled, Manifest(manifest.changed(made, ["e"]), build=2))
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({"b": disk.digest(b"text")}, [])
    (settled / "b").write_text("newer")
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({}, ["b"])


def test_where_the_other_process_fails_this_one_looks_at_all(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settled / "e").write_text("another text")
    monkeypatch.setattr(sys, "executable", "/bin/false")
    changed = {"e": disk.digest(b"another text")}
    assert built.differing(settled, built.read(settled), EVERYTHING) == (changed, [])
    assert found_beside(settled) == (changed, [])


def test_the_other_process_does_not_outlive_the_work(settled: Path) -> None:
    with built.looking(settled, built.read(settled), EVERYTHING):
        pass  # something went wrong, and nobody asked
    (settled / "a").unlink()
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({"a": ""}, [])


def test_a_record_of_an_earlier_version_gets_its_stamps_with_the_next_write(settled: Path) -> None:
    place = settled / disk.STATE_FOLDER / built.NAME
    file = database.connect(place, 0)
    file.execute("DROP TABLE look")
    file.execute("CREATE TABLE stamp (path TEXT)")
    database.close(file)
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({}, list(NAMES))
    built.stamp(settled, NAMES)
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({}, [])


def test_some_briefs_or_formats_are_compared_alone(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (settled / "a").unlink()
    other = Scope(formats=frozenset(["pdf"]))
    assert built.differing(settled, built.read(settled), other) == ({}, [])
    own = Scope(groups=frozenset(["site"]))
    monkeypatch.setattr(disk, "digest_of", lambda *_: pytest.fail("a file with a stamp was read"))
    assert built.differing(settled, built.read(settled), own) == ({"a": ""}, [])
    assert built.differing(settled, built.read(settled), Scope(groups=frozenset(["trams"]))) == ({}, [])
