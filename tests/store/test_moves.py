"""Files that change together: all of them or none, whatever happens in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.model.findings import BriefingError
from briefing.store import built, disk, moves
from briefing.store.built import Manifest
from briefing.store.results import Artifact
from tests.conftest import contents, environment, where_permissions_bind

OLD = {"briefs/a.md": b"old a", "briefs/b.md": b"old b", "site/a/index.html": b"old page"}
NEW = {"briefs/a.md": b"new a", "briefs/c.md": b"new c", "site/a/index.html": b"new page"}
GONE = ("briefs/b.md",)


def artifact(path: str, data: bytes) -> Artifact:
    return Artifact(path, "a", "markdown", "f" * 64, disk.digest(data), "key")


def artifacts(files: Mapping[str, bytes]) -> dict[str, Artifact]:
    return {path: artifact(path, data) for path, data in files.items()}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder with the old files, and the new ones staged."""
    for path, data in OLD.items():
        disk.store(tmp_path, path, data)
    for path, data in NEW.items():
        moves.stage(tmp_path, path, data)
    (tmp_path / disk.STATE_FOLDER).mkdir()
    built.write(tmp_path, Manifest(artifacts(OLD), pending=frozenset(NEW)))
    return tmp_path


def move(output: Path) -> None:
    moves.move_all(output, artifacts(NEW), GONE)


def seen(output: Path) -> dict[str, bytes]:
    """What readers see: no hidden file."""
    return {path: data for path, data in contents(output).items() if "/." not in path}


def test_staging_changes_nothing_that_a_reader_sees(output: Path) -> None:
    assert seen(output) == OLD


def test_all_files_move_and_nothing_stays_beside_them(output: Path) -> None:
    move(output)
    assert seen(output) == NEW
    moves.settle(output, NEW, GONE)
    assert contents(output) == NEW
    assert moves.read_journal(output, moves.JOURNAL) is None


def test_what_was_staged_can_be_discarded_with_its_folders(tmp_path: Path) -> None:
    moves.stage(tmp_path, "site/a/b/index.html", b"page")
    moves.discard(tmp_path, ["site/a/b/index.html"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", NEW)
def test_one_file_that_cannot_be_moved_takes_back_all_others(path: str, output: Path) -> None:
    """A folder has come into its place since it was staged."""
    place = output / path
    place.unlink(missing_ok=True)
    (place / "mine").mkdir(parents=True)
    with pytest.raises(moves.MoveError) as caught:
        move(output)
    assert caught.value.path == path
    assert seen(output) == {name: data for name, data in OLD.items() if name != path}
    assert moves.read_journal(output, moves.JOURNAL) is None
    assert not list(output.rglob("*.old"))
    (place / "mine").rmdir()
    place.rmdir()
    move(output)  # everything is still staged
    assert seen(output) == NEW


def test_file_that_cannot_be_removed_takes_back_all_others(output: Path) -> None:
    moves.discard(output, [path for path in NEW if path.startswith("briefs/")])
    staged = {"site/a/index.html": NEW["site/a/index.html"]}
    (output / "briefs").chmod(0o500)
    try:
        with pytest.raises(moves.MoveError, match="could not be removed") as caught:
            where_permissions_bind(lambda: moves.move_all(output, artifacts(staged), GONE))
    finally:
        (output / "briefs").chmod(0o755)
    assert caught.value.path == "briefs/b.md"
    assert seen(output) == OLD


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("briefs/a.md", "expected a file, found a folder at"),
        ("briefs/b.md/c.md", "expected a folder, found a file at"),
        ("away/a.md", "expected a real folder for output, found a link at"),
        ("shut/a.md", "cannot be written; check its permissions"),
        ("briefs/" + "a" * 300, "File name too long"),
    ],
)
def test_place_that_takes_no_file_is_told_while_staging(path: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "briefs/a.md").mkdir(parents=True)
    (tmp_path / "briefs/b.md").write_bytes(b"b")
    (tmp_path / "away").symlink_to(tmp_path.parent)
    (tmp_path / "shut").mkdir(mode=0o500)
    before = contents(tmp_path)
    with pytest.raises(BriefingError, match=words):
        where_permissions_bind(lambda: moves.stage(tmp_path, path, b"new"))
    assert contents(tmp_path) == before


def test_link_in_the_place_of_a_file_comes_back_as_a_link(output: Path) -> None:
    target = output / "elsewhere.txt"
    target.write_bytes(b"mine")
    (output / "briefs/a.md").unlink()
    (output / "briefs/a.md").symlink_to(target)
    (output / "briefs/c.md/mine").mkdir(parents=True)
    with pytest.raises(moves.MoveError):
        move(output)
    assert (output / "briefs/a.md").is_symlink()
    assert target.read_bytes() == b"mine"


def test_disk_without_second_names_for_files_is_copied_on(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*names: object, **more: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (output / "site/a/index.html").unlink()
    (output / "site/a/index.html/mine").mkdir(parents=True)
    with pytest.raises(moves.MoveError):
        move(output)
    assert seen(output) == {path: data for path, data in OLD.items() if path.startswith("briefs/")}


# --------------------------------------------------------------------------------------- ended in the middle

_ENDED = """
import os, signal, sys
from pathlib import Path
from briefing.store import moves
from tests.store.test_moves import GONE, NEW, artifacts
moment, seen = int(sys.argv[2]), 0
def watch(name, arguments):
    global seen
    if name in ("os.rename", "os.link", "os.remove"):
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
output = Path(sys.argv[1])
moves.move_all(output, artifacts(NEW), GONE)
moves.settle(output, NEW, GONE)
"""


def ended(output: Path, moment: int) -> bool:
    """Move in a process that is killed before its nth change of the disk; False where it came to its end."""
    done = subprocess.run(
        [sys.executable, "-c", _ENDED, str(output), str(moment)],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode in (-signal.SIGKILL, 0), done.stderr
    return done.returncode != 0


@pytest.mark.process
@pytest.mark.parametrize("moment", [1, 2, 3, 5, 8, 9, 11, 14, 17])
def test_next_build_completes_moves_that_were_ended(moment: int, output: Path) -> None:
    was_ended = ended(output, moment)
    has_begun = moves.read_journal(output, moves.JOURNAL) is not None
    recovered = moves.recover(output, built.read(output))
    if has_begun:
        assert seen(output) == NEW
        assert recovered.artifacts == artifacts(NEW)
        assert contents(output) == NEW
    else:
        assert seen(output) in (OLD, NEW)
        assert was_ended == (moment < 17)
    assert moves.read_journal(output, moves.JOURNAL) is None


@pytest.mark.process
@pytest.mark.parametrize("moment", [3, 5, 7, 8])
def test_moves_that_cannot_be_completed_are_taken_back(moment: int, output: Path) -> None:
    """Somebody removed a staged file in between."""
    assert ended(output, moment)
    staged = output / "site/a/.index.html.new"
    assert staged.exists()
    staged.unlink()
    recovered = moves.recover(output, built.read(output))
    assert seen(output) == OLD
    assert recovered.artifacts == artifacts(OLD)
    assert not list(output.rglob("*.old"))


def test_journal_that_cannot_be_read_counts_as_none(output: Path) -> None:
    (output / disk.STATE_FOLDER / "moves.json").write_text("{", "utf-8")
    manifest = built.read(output)
    assert moves.recover(output, manifest) == manifest
    assert seen(output) == OLD
