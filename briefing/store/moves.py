"""Files that change together: each is written beside its place first, and then all are moved there, or none.

Before the first move, a journal names every file that changes, and a copy of each old file is kept beside it
until the last move. So a move that fails takes back all others. A build that was ended in between is
completed by the next one, or taken back if it cannot be completed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from briefing.model.findings import BriefingError
from briefing.store import disk
from briefing.store.disk import Manifest
from briefing.store.results import Artifact

_OF_ONE_FILE = (errno.EACCES, errno.EPERM, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)
"""Errors that concern one place; after any other, such as a full disk, no file can be written."""


class MoveError(BriefingError):
    """A file could not be moved into place or removed, so every file is as it was."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def stage(output: Path, path: str, data: bytes) -> None:
    """Write a file beside its place. Raises BriefingError if the file could not be moved there.

    Raises OSError if the disk takes no more.
    """
    if problem := obstacle(output, path):
        raise BriefingError(problem)
    target = disk.inside(output, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.beside(target).write_bytes(data)
    except OSError as error:
        discard(output, [path])
        if error.errno not in _OF_ONE_FILE:
            raise
        raise disk.machine_error(error, target) from error


def obstacle(output: Path, path: str) -> str:
    """Return why no file can be written at a path; empty if nothing is seen that prevents it."""
    try:
        target = disk.inside(output, path)
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
            target = disk.inside(output, path)
            disk.beside(target).unlink(missing_ok=True)
            disk.remove_empty(target.parent, output)


def move_all(output: Path, made: Mapping[str, Artifact], removed: Collection[str]) -> None:
    """Move every staged file into place and remove others: all of them, or none.

    Raises MoveError for the first file that cannot be moved or removed. ``settle`` must follow, once the
    manifest records the new state.
    """
    if not made and not removed:
        return
    disk.write_journal(output, made, removed)
    path = ""
    try:
        for path in (*made, *removed):
            _apply(disk.inside(output, path), is_removed=path in removed)
    except BaseException as error:
        _take_back(output, made, removed)
        disk.remove_journal(output)
        if isinstance(error, PermissionError):
            verb = "removed" if path in removed else "replaced"
            raise MoveError(path, str(disk.in_use(output / path, verb))) from error
        if isinstance(error, OSError):
            raise MoveError(path, str(disk.machine_error(error, output / path))) from error
        if isinstance(error, BriefingError):
            raise MoveError(path, str(error)) from error
        raise


def settle(output: Path, made: Collection[str], removed: Collection[str]) -> None:
    """Forget the state before the moves: remove the old files, the journal, and folders that became empty."""
    for path in (*made, *removed):
        with contextlib.suppress(OSError):
            disk.old_of(disk.inside(output, path)).unlink(missing_ok=True)
    for path in removed:
        disk.remove_empty((output / path).parent, output)
    disk.remove_journal(output)


def recover(output: Path, manifest: Manifest) -> Manifest:
    """Complete the moves of a build that was ended among them, or take them back; return the manifest."""
    journal = disk.read_journal(output)
    if journal is None:
        return manifest
    made, removed = journal
    try:
        for path, artifact in made.items():
            target = disk.inside(output, path)
            if disk.beside(target).exists():
                _apply(target)
            elif not _is_moved(output, artifact):
                raise BriefingError(f"{path} was lost")
        for path in removed:
            _apply(disk.inside(output, path), is_removed=True)
    except (OSError, BriefingError):
        _take_back(output, made, removed)
        disk.remove_journal(output)
        return dataclasses.replace(manifest, inputs="")
    kept = {path: item for path, item in manifest.artifacts.items() if path not in removed}
    recovered = dataclasses.replace(manifest, artifacts=kept | made, inputs="")
    disk.write_manifest(output, recovered)
    settle(output, made, removed)
    return recovered


def _apply(target: Path, is_removed: bool = False) -> None:
    """Move a staged file to its place, or remove the one that is there; the old one is kept beside."""
    if os.path.lexists(target):
        _keep_old(target)
    if is_removed:
        target.unlink(missing_ok=True)
    else:
        disk.beside(target).replace(target)


def _take_back(output: Path, made: Mapping[str, Artifact], removed: Iterable[str]) -> None:
    """Restore the state before the moves, and keep every staged file beside its place."""
    for path, artifact in made.items():
        with contextlib.suppress(OSError, BriefingError):
            target = disk.inside(output, path)
            if not disk.beside(target).exists() and _is_moved(output, artifact):
                target.replace(disk.beside(target))
    for path in (*made, *removed):
        with contextlib.suppress(OSError, BriefingError):
            target = disk.inside(output, path)
            old = disk.old_of(target)
            if os.path.lexists(old) and not os.path.lexists(target):
                old.replace(target)
            old.unlink(missing_ok=True)


def _is_moved(output: Path, artifact: Artifact) -> bool:
    return disk.digests(output, [artifact.path]).get(artifact.path) == artifact.sha256


def _keep_old(target: Path) -> None:
    """Give the present file a second name, or copy it where a disk knows no second names."""
    old = disk.old_of(target)
    old.unlink(missing_ok=True)
    try:
        os.link(target, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        copy = old.with_name(f"{old.name}.new")
        shutil.copy2(target, copy, follow_symlinks=False)
        copy.replace(old)
