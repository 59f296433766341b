"""The watch over a project's folders: what was saved, a moment after it was. The only door to watchfiles.

Editors save in several ways: into the file, by renaming another over it, several files at once. A change is
reported after a short silence, once for all files that it concerns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from briefing.store import disk, font_files
from briefing.store.request import FOLDERS

SILENCE = 15
"""Milliseconds without a further change after which changes are reported."""
_LONGEST = 400
"""Milliseconds after which they are reported in any case."""
_LOOK = 500
"""Milliseconds after which the folders themselves are looked at: whether they are still the same."""
EVERYTHING = frozenset({""})
"""Reported where anything may have changed, such as after a folder was moved or removed."""


def changes(root: Path, stop: threading.Event) -> Iterator[frozenset[str]]:
    """Yield the paths below the root, of files that the program reads, whenever some of them have changed.

    The first report is ``EVERYTHING``: something may have changed before the watch began. ``stop`` ends it.
    """
    import watchfiles

    def is_wanted(_: watchfiles.Change, path: str) -> bool:
        return not disk.is_passing(Path(path).name)

    while not stop.is_set():
        folders = _folders(root)
        if not folders:
            stop.wait(_LOOK / 1000)
            continue
        is_new = True
        for found in watchfiles.watch(
            *folders,
            watch_filter=is_wanted,
            debounce=_LONGEST,
            step=SILENCE,
            stop_event=stop,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            is_moved = _folders(root) != folders
            if is_new or is_moved:
                yield EVERYTHING
            elif found:
                yield frozenset(Path(path).relative_to(root.absolute()).as_posix() for _, path in found)
            is_new = False
            if is_moved:
                break


def _folders(root: Path) -> dict[Path, tuple[int, int]]:
    """Return the folders that the program reads, each with its identity on the disk."""
    found = {}
    for name in (*FOLDERS, disk.captures_of(root), font_files.FOLDER):
        folder = root.absolute() / name
        if folder.is_dir():
            about = folder.stat()
            found[folder] = (about.st_dev, about.st_ino)
    return found
