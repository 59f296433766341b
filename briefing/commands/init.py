"""A project to start from: a draft on a text of one's own, a small first project, or a complete example.

The package contains the last two exactly as they are written, edition and digests included.
"""

from __future__ import annotations

from pathlib import Path

from briefing.model.findings import UsageError
from briefing.store import disk, records
from briefing.store.records import Call
from briefing.store.request import PROJECT_FILE

FIRST = "first"
"""A text, a sheet of five facts, an actor and a brief, with a note on every line."""
EXAMPLE = "example"
"""A corpus of three texts that has one of everything."""
CAPTURES = disk.CAPTURES
"""The folder of the captured texts in a starter."""


def tree(name: str) -> dict[str, bytes]:
    """Return the files of a starter, by path."""
    folder = Path(__file__).parents[1] / "starters" / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lay(name: str, folder: Path, call: Call) -> None:
    """Write the files of a starter: all, or none. Raises UsageError if the folder has a project already."""
    put(folder, tree(name), call)


def put(folder: Path, files: dict[str, bytes], call: Call) -> None:
    """Write the files of a project, with schemas for editors: all, or none.

    Raises UsageError if the folder has a project already.
    """
    # The command line names the starters before anybody calls for one, and has to be quick.
    from briefing.commands import schema

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, so nothing was written; name a folder")

    def refuse() -> None:
        if (folder / PROJECT_FILE).exists():
            raise UsageError(
                f"{folder.absolute()} already has a project, so nothing was written; name another folder"
            )

    records.create(folder, schema.of_files(files), call, refuse)
