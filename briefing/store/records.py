"""The records of a project, which nothing can make again: the one way in which commands write them.

A command that writes opens the records, which locks them, reads the texts and writes its files together. So
no other command writes in between, and the files are all as before or all as after, however the command ends.
What it left behind is completed, or taken back, by the next command that reads or writes the project.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.model.findings import BriefingError, BusyError, UsageError
from briefing.store import disk, locks, moves
from briefing.store.disk import NOTHING_KNOWN, Texts
from briefing.store.known_texts import Known
from briefing.store.locks import Lock
from briefing.store.moves import Journal

JOURNAL = "records.json"
_LOCK = "records.lock"
_LEFT = re.compile(r"\..+\.(?:yaml|txt)(?:\.old|\.\d+)?\.new|\..+\.yaml\.old")
"""Names of files that this program, or an earlier version of it, had not yet moved into place."""
_READINGS = 20
"""So often a reader begins again because somebody changes the content while it reads."""


@dataclass(frozen=True, slots=True)
class Call:
    """The command that opens the records, and how it speaks to the person who called it."""

    command: str
    """Such as ``briefing issue``."""
    since: str = ""
    """When it was called."""
    wait: locks.Wait = locks.at_once
    say: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class _NewFile:
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a project, locked for one command."""

    root: Path
    texts: Texts
    """The texts of the project, read since the lock is held."""
    call: Call
    lock: Lock

    def write(self, files: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
        """Write files and remove others: all of them, or none.

        A path is below the project or, for a capture, absolute. Raises BusyError if one of the files is no
        longer as it was read, and BriefingError if the disk takes no more; then everything is as it was.
        """
        for path in (*files, *removed):
            self._refuse_changed(path)
        self.lock.refuse_lost()
        _write(self.root, files, removed, self.call.command)

    def _refuse_changed(self, path: str) -> None:
        """Raise BusyError if an editor, or a program that brings files from elsewhere, has changed a file."""
        target = moves.place_of(self.root, path)
        try:
            now: str | None = disk.plain(disk.read_file(target)).decode()
        except FileNotFoundError:
            now = None
        except IsADirectoryError as error:
            raise BriefingError(f"expected a file, found a folder at {target}; move it away") from error
        except (OSError, UnicodeDecodeError) as error:
            raise BriefingError(f"{target} cannot be read, so nothing was written: {error}") from error
        if now != self.texts.texts.get(path):
            raise BusyError(
                f"{target} was changed while this command ran, so nothing was written; run the command again"
            )


@contextlib.contextmanager
def opened(root: Path, folders: Mapping[str, tuple[str, ...]], call: Call) -> Iterator[Records]:
    """Lock the records of a project, and read its texts. Raises BusyError if another command has them."""
    with _locked(root, call) as lock:
        yield Records(root, disk.read(root, folders), call, lock)


def read(
    root: Path, folders: Mapping[str, tuple[str, ...]], call: Call, known: Known = NOTHING_KNOWN
) -> Texts:
    """Return the texts of a project as they were at one moment, without a lock.

    Those that look as when they were ``known`` are read when they are asked for.

    If a command was ended while it wrote, its work is completed or taken back first.
    """
    texts = None
    for _ in range(_READINGS):
        if _has_journal(root):
            with _locked(root, call):
                pass
        before = _state(root / disk.CONTENT)
        texts = disk.read(root, folders, known)
        if not _has_journal(root) and before == _state(root / disk.CONTENT):
            break
    assert texts
    return texts


def create(root: Path, files: Mapping[str, bytes], call: Call, refuse: Callable[[], None]) -> None:
    """Write the files of a new project: all of them, or none.

    ``refuse`` raises UsageError if the folder is not to be used. Nothing of the records' own stays in it.
    """
    if not _has_journal(root):
        refuse()
        _refuse_taken(root, files)
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    try:
        with _locked(root, call):
            try:
                refuse()
                _refuse_taken(root, files)
                _write(root, files, (), call.command, is_synced=False)
            finally:
                _remove_state(root)
    except BaseException:
        for folder in missing:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _refuse_taken(root: Path, files: Collection[str]) -> None:
    for name in sorted({path.partition("/")[0] for path in files}):
        if os.path.lexists(root / name):
            raise UsageError(f"{root / name} already exists, so nothing was written; name an empty folder")


@contextlib.contextmanager
def _locked(root: Path, call: Call) -> Iterator[Lock]:
    """Hold the lock of the records, with everything settled that an ended command left behind."""
    folder = disk.state_folder(root)
    try:
        with locks.held(folder / _LOCK, call.command, call.since, call.wait) as lock:
            ignored = folder / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", "utf-8")
            _settle(root, call)
            yield lock
    except OSError as error:
        raise disk.machine_error(error, root) from error


def _remove_state(root: Path) -> None:
    """Remove the folder of the lock, unless a build or a journal needs it."""
    folder = root / disk.STATE_FOLDER
    with contextlib.suppress(OSError):
        if {path.name for path in folder.iterdir()} <= {_LOCK, ".gitignore"}:
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()


def _write(
    root: Path, files: Mapping[str, bytes], removed: Collection[str], command: str, is_synced: bool = True
) -> None:
    made = {path: _NewFile(path, disk.digest(data)) for path, data in files.items()}
    entries = {path: disk.entry(item) for path, item in made.items()}
    try:
        # It names the files before they are there, so that the next command removes those of an ended one.
        moves.write_journal(root, JOURNAL, Journal(entries, tuple(removed), False, command, is_synced))
        try:
            for path, data in files.items():
                moves.stage(root, path, data, is_synced)
            moves.move_all(root, made, removed, JOURNAL, command, is_synced)
        except BaseException:
            journal = moves.read_journal(root, JOURNAL)
            if journal is None or not journal.is_staged:  # else not all could be taken back
                moves.discard(root, made)
                moves.remove_journal(root, JOURNAL)
            raise
        moves.settle(root, made, removed, JOURNAL)
        if is_synced:
            moves.sync_folder(root / disk.STATE_FOLDER)
    except OSError as error:
        raise disk.machine_error(error, root) from error


def _has_journal(root: Path) -> bool:
    return (root / disk.STATE_FOLDER / JOURNAL).exists()


def _settle(root: Path, call: Call) -> None:
    """Complete or take back what an ended command was writing, and remove the files that it left."""
    journal = moves.read_journal(root, JOURNAL)
    if journal is None:
        if _has_journal(root):
            call.say(
                f"the journal of an ended command cannot be read and is removed: "
                f"{root / disk.STATE_FOLDER / JOURNAL}"
            )
            moves.remove_journal(root, JOURNAL)
    else:
        named = ", ".join((*journal.made, *journal.removed))
        if journal.is_staged and moves.complete(root, journal):
            moves.settle(root, journal.made, journal.removed, JOURNAL)
            call.say(f"completed what '{journal.command}' was writing when it was ended: {named}")
        else:
            moves.discard(root, journal.made)
            moves.remove_journal(root, JOURNAL)
            call.say(
                f"took back what '{journal.command}' was writing when it was ended; run it again: {named}"
            )
    # A journal that was not finished named nothing yet.
    for left in (*_left_behind(root), disk.beside(root / disk.STATE_FOLDER / JOURNAL)):
        with contextlib.suppress(OSError):
            left.unlink()


def _left_behind(root: Path) -> Iterator[Path]:
    """Yield files beside records that an earlier version of the program wrote and did not move."""
    content = root / disk.CONTENT
    for folder in (content, content / "sources", *(content / "editions").glob("*")):
        if folder.is_symlink() or not folder.is_dir():
            continue
        for path in folder.iterdir():
            if _LEFT.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                yield path


def _state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return what changes about the files below a folder whenever one of them is written or replaced."""
    found: dict[str, tuple[int, int, int]] = {}
    folders = [str(folder)]
    while folders:  # os.walk of Python 3.11 calls itself, and folders may be nested too deeply for that
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                with contextlib.suppress(OSError):
                    seen = os.lstat(entry.path)
                    found[entry.path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found
