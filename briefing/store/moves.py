"""Files that change together: each is written beside its place first, and then all are moved there, or none.

Before the first move, a journal names every file that changes, and a copy of each old file is kept beside it
until the last move. So a move that fails takes back all others. A command that was ended in between is
completed by the next one, or taken back if it cannot be completed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from briefing.model.findings import BriefingError
from briefing.store import built, disk
from briefing.store.built import Manifest

JOURNAL = "moves.json"
"""The name of the journal of a build, among the records of its output folder."""
_OF_ONE_FILE = (errno.EACCES, errno.EPERM, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)
"""Errors that concern one place; after any other, such as a full disk, no file can be written."""
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES, errno.ENOSYS)
"""Errors of a file system that cannot write a folder to the disk on demand."""


class Made(Protocol):
    """A file that is made: its path, and the digest by which it is recognised in its place."""

    @property
    def path(self) -> str:
        """The path, below the folder or absolute."""
        ...

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Journal:
    """The files that a command is writing beside their places or, once ``is_staged``, moving into place."""

    made: Mapping[str, Mapping[str, Any]]
    removed: tuple[str, ...]
    is_staged: bool = True
    command: str = ""
    """The command, for the message of the one that completes it; empty for a build."""
    is_synced: bool = False
    """Whether everything has to be on the disk, not only with the system, before the command goes on."""


class MoveError(BriefingError):
    """A file could not be moved into place or removed, so every file is as it was."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def stage(output: Path, path: str, data: bytes, is_synced: bool = False) -> None:
    """Write a file beside its place. Raises BriefingError if the file could not be moved there.

    Raises OSError if the disk takes no more.
    """
    if problem := obstacle(output, path):
        raise BriefingError(problem)
    target = place_of(output, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with disk.beside(target).open("wb") as file:
            file.write(data)
            if is_synced:
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        discard(output, [path])
        if error.errno not in _OF_ONE_FILE:
            raise
        raise disk.machine_error(error, target) from error


def place_of(output: Path, path: str) -> Path:
    """Return where a file is: below the output folder, or at an absolute path that a person named."""
    if os.path.isabs(path):  # noqa: PTH117 - on every system
        return disk.inside(Path(path).parent, Path(path).name)
    return disk.inside(output, path)


def obstacle(output: Path, path: str) -> str:
    """Return why no file can be written at a path; empty if nothing is seen that prevents it."""
    try:
        target = place_of(output, path)
    except BriefingError as error:
        return str(error)
    if os.path.lexists(target) and not target.is_symlink() and target.is_dir():
        return f"expected a file, found a folder at {target}; move it away"
    folder = next(filter(os.path.lexists, target.parents))
    if not folder.is_dir():
        return f"expected a folder, found a file at {folder}; move it away"
    if output in folder.parents and not os.access(folder, os.W_OK | os.X_OK):
        return f"the folder {folder} cannot be written; check its permissions"
    return ""


def discard(output: Path, paths: Iterable[str]) -> None:
    """Remove what was staged for these paths, and the folders that are empty without it."""
    for path in paths:
        with contextlib.suppress(OSError, BriefingError):
            target = place_of(output, path)
            with contextlib.suppress(OSError):
                disk.beside(target).unlink(missing_ok=True)
            if output in target.parents:
                disk.remove_empty(target.parent, output)


def move_all(
    output: Path,
    made: Mapping[str, Made],
    removed: Collection[str],
    journal: str = JOURNAL,
    command: str = "",
    is_synced: bool = False,
) -> None:
    """Move every staged file into place and remove others: all of them, or none.

    Raises MoveError for the first file that cannot be moved or removed. ``settle`` must follow, once the
    manifest records the new state.
    """
    if not made and not removed:
        return
    write_journal(output, journal, Journal(_entries(made), tuple(removed), True, command, is_synced))
    path = ""
    try:
        for path in (*made, *removed):
            _apply(place_of(output, path), is_removed=path in removed)
        if is_synced:
            sync_folders(output, (*made, *removed))
    except BaseException as error:
        if _take_back(output, {name: item.sha256 for name, item in made.items()}, removed):
            remove_journal(output, journal)
        if isinstance(error, PermissionError):
            verb = "removed" if path in removed else "replaced"
            raise MoveError(path, str(disk.in_use(output / path, verb))) from error
        if isinstance(error, OSError):
            raise MoveError(path, str(disk.machine_error(error, output / path))) from error
        if isinstance(error, BriefingError):
            raise MoveError(path, str(error)) from error
        raise


def settle(output: Path, made: Collection[str], removed: Collection[str], journal: str = JOURNAL) -> None:
    """Forget the state before the moves: remove the old files, the journal, and folders that became empty."""
    for path in (*made, *removed):
        with contextlib.suppress(OSError):
            disk.old_of(place_of(output, path)).unlink(missing_ok=True)
    for path in removed:
        disk.remove_empty((output / path).parent, output)
    remove_journal(output, journal)


def recover(output: Path, manifest: Manifest) -> Manifest:
    """Complete the moves of a build that was ended among them, or take them back; return the manifest."""
    journal = read_journal(output, JOURNAL)
    if journal is None:
        return manifest
    try:
        made = {path: disk.artifact(path, entry) for path, entry in journal.made.items()}
    except disk.DAMAGE:
        remove_journal(output, JOURNAL)
        return manifest
    if not complete(output, journal):
        remove_journal(output, JOURNAL)
        return dataclasses.replace(manifest, inputs="")
    recovered = dataclasses.replace(manifest, artifacts=manifest.changed(made, journal.removed), inputs="")
    built.write(output, recovered)
    settle(output, made, journal.removed)
    return built.read(output)


def complete(output: Path, journal: Journal) -> bool:
    """Complete the moves of a journal; take them back and return False if one of them cannot be completed.

    Raises OSError if neither is possible.
    """
    digests = {path: str(entry["sha256"]) for path, entry in journal.made.items()}
    try:
        for path, digest in digests.items():
            target = place_of(output, path)
            if disk.beside(target).exists():
                _apply(target)
            elif not _is_moved(target, digest):
                raise BriefingError(f"{path} was lost")
        for path in journal.removed:
            _apply(place_of(output, path), is_removed=True)
        if journal.is_synced:
            sync_folders(output, (*digests, *journal.removed))
    except (OSError, BriefingError) as error:
        if not _take_back(output, digests, journal.removed) and isinstance(error, OSError):
            raise
        return False
    return True


def _apply(target: Path, is_removed: bool = False) -> None:
    """Move a staged file to its place, or remove the one that is there; the old one is kept beside."""
    if os.path.lexists(target):
        _keep_old(target)
    if is_removed:
        target.unlink(missing_ok=True)
    else:
        disk.beside(target).replace(target)


def _take_back(output: Path, made: Mapping[str, str], removed: Iterable[str]) -> bool:
    """Restore the state before the moves, and keep every staged file beside its place.

    Return whether every file is as it was.
    """
    is_restored = True
    for path, digest in made.items():
        try:
            target = place_of(output, path)
            if not disk.beside(target).exists() and _is_moved(target, digest):
                target.replace(disk.beside(target))
        except (OSError, BriefingError):
            is_restored = False
    for path in (*made, *removed):
        try:
            target = place_of(output, path)
            old = disk.old_of(target)
            if os.path.lexists(old) and not os.path.lexists(target):
                old.replace(target)
            old.unlink(missing_ok=True)
        except (OSError, BriefingError):
            is_restored = False
    return is_restored


def _is_moved(target: Path, digest: str) -> bool:
    try:
        return disk.digest(disk.read_file(target)) == digest
    except OSError:
        return False


def _keep_old(target: Path) -> None:
    """Give the present file a second name, or copy it where a disk knows no second names."""
    old = disk.old_of(target)
    old.unlink(missing_ok=True)
    try:
        os.link(target, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        copy = disk.beside(old)
        shutil.copy2(target, copy, follow_symlinks=False)
        copy.replace(old)


# --------------------------------------------------------------------------------------------- the journal


def write_journal(root: Path, name: str, journal: Journal) -> None:
    """Write a journal, before anything that it names is done."""
    record = {"version": disk.RECORD_VERSION, **dataclasses.asdict(journal)}
    target = disk.state_folder(root) / name
    new = disk.beside(target)
    try:
        with new.open("wb") as file:
            file.write((json.dumps(record, ensure_ascii=False) + "\n").encode())
            if journal.is_synced:
                file.flush()
                os.fsync(file.fileno())
        new.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    if journal.is_synced:
        sync_folder(target.parent)


def read_journal(root: Path, name: str) -> Journal | None:
    """Return the journal of a command that was ended; None if there is none that can be used."""
    record = disk.load(root / disk.STATE_FOLDER / name)
    try:
        made = {path: dict(entry) for path, entry in record["made"].items()}
        removed = tuple(record["removed"])
        for path in (*made, *removed):
            if not os.path.isabs(path):  # noqa: PTH117 - on every system
                disk.refuse_leading_out(path)
        for entry in made.values():
            disk.text(entry["sha256"])
        is_staged, is_synced = record.get("is_staged") is not False, record.get("is_synced") is True
        return Journal(made, removed, is_staged, disk.text(record.get("command", "")), is_synced)
    except disk.DAMAGE:
        return None


def remove_journal(root: Path, name: str) -> None:
    """Remove a journal."""
    (root / disk.STATE_FOLDER / name).unlink(missing_ok=True)


def _entries(made: Mapping[str, Made]) -> dict[str, dict[str, Any]]:
    """Return files as records, by path."""
    return {path: disk.entry(item) for path, item in made.items()}


def sync_folders(root: Path, paths: Iterable[str]) -> None:
    """Write to the disk which files are in the folders of some paths, and in those above, up to a root."""
    folders = {place_of(root, path).parent for path in paths}
    above = {folder for path in folders for folder in path.parents if root in (folder, *folder.parents)}
    for folder in sorted({*folders, *above}, reverse=True):
        if folder.is_dir():
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Write to the disk which files a folder has; where the system cannot do that, it does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)
