"""Several files at once, and the next version of a source: each file is read, then all is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.build import steps
from briefing.commands import add_source, renew_source
from briefing.commands.add_source import NewSource, Wanted
from briefing.commands.renew_source import Renewed
from briefing.model.findings import BriefingError, UsageError
from briefing.model.library import Library
from briefing.sources import captures, verify
from briefing.sources.captures import Verified
from briefing.sources.extract import kinds
from briefing.store import disk
from briefing.store.records import Records

MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files of one call, read."""

    entries: tuple[NewSource, ...]
    refused: tuple[str, ...] = ()
    """Why some of several files were not read."""
    repeated: tuple[str, ...] = ()
    """Which of several files have the text of another."""
    passed: tuple[str, ...] = ()
    """What in the folders of the call was not looked at."""


@dataclass(frozen=True, slots=True)
class Added:
    """The sources of one call, written."""

    entries: tuple[tuple[NewSource, tuple[Path, ...]], ...]
    repeated: tuple[str, ...]
    refused: int
    passed: tuple[str, ...] = ()


def prepare(paths: Sequence[Path], name: str | None, wanted: Wanted) -> Prepared:
    """Read the files of a call. Raises UsageError for a single file that cannot be registered."""
    files, passed = _files(paths)
    if len(files) == 1:
        return Prepared((_one(files[0], name, wanted),), passed=passed)
    one_only = (
        "--name" if name else "",
        "--metadata" if wanted.reference else "",
        "--take" if wanted.choice.take else "",
    )
    of_one = [f"--{field}" for field in wanted.given if field not in ("language", "retrieved", "publisher")]
    if named := [option for option in (*one_only, *of_one) if option]:
        raise UsageError(
            f"{', '.join(named)}: {len(files)} files were named, and this is about one; add it by itself"
        )
    entries: list[NewSource] = []
    refused: list[str] = []
    repeated: list[str] = []
    for file in files:
        try:
            entry = _one(file, None, wanted)
        except BriefingError as error:
            refused += str(error).splitlines()
            continue
        same = next((other for other in entries if other.capture == entry.capture), None)
        taken = next((other for other in entries if other.name == entry.name), None)
        if same is not None:
            repeated.append(f"{file} has the same text as {same.name}, and was not added again.")
        elif taken is not None:
            refused.append(
                f"{file}: its name would be {entry.name}, like another one's; add it by itself with --name"
            )
        else:
            entries.append(entry)
    return Prepared(tuple(entries), tuple(refused), tuple(repeated), passed)


def _one(file: Path, name: str | None, wanted: Wanted) -> NewSource:
    data = disk.read_foreign(file)
    return add_source.prepare(data, file.name, name or add_source.name_of(file.stem), wanted)


def _files(paths: Sequence[Path]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the files that are named and those of the folders that are, and what is passed over in these."""
    found: list[Path] = []
    passed: list[str] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        every = sorted(item for item in path.iterdir() if not item.name.startswith("."))
        inside = [item for item in every if item.suffix.lower() in kinds.ENDINGS and item.is_file()]
        if not inside:
            raise UsageError(
                f"{path} contains no file that can be added; they end in {', '.join(kinds.ENDINGS)}"
            )
        found += inside
        if others := [item for item in every if item not in inside]:
            named = ", ".join(f"{item.name}/" if item.is_dir() else item.name for item in others)
            passed.append(f"Not taken from {path}: {named}. Files end in {', '.join(kinds.ENDINGS)}.")
    if len(found) > MOST_FILES:
        raise UsageError(f"{len(found)} files were named, more than the {MOST_FILES} that are added at once")
    return list(dict.fromkeys(found)), tuple(passed)


def add(records: Records, folder: Path, found: Prepared) -> Added:
    """Write the sources of a call; one of several whose text is registered already is named and left."""
    entries, repeated = list(found.entries), list(found.repeated)
    if len(entries) > 1:
        for entry in found.entries:
            if (known := add_source.registered_as(records, entry.capture)) not in ("", entry.name):
                repeated.append(f"{entry.name}: this text is already registered, as {known}.")
                entries.remove(entry)
    written = add_source.add(records, folder, entries)
    return Added(
        tuple((entry, written[entry.name]) for entry in entries),
        tuple(repeated),
        len(found.refused),
        found.passed,
    )


def renew(records: Records, folder: Path, found: Prepared) -> tuple[Renewed, NewSource, Verified]:
    """Write the next version of a source, and compare what rests on it with the new text."""
    if len(found.entries) != 1 or found.refused:
        raise UsageError("--new-version is about one file and the source of its name, or of --name")
    entry = found.entries[0]
    library = steps.link(steps.read(records.texts)).library
    if library is None:
        raise UsageError("the content has errors, so nothing can be compared; `briefing check` shows them")
    renewed = renew_source.renew(records, folder, entry)
    return renewed, entry, _compared(library, entry)


def _compared(library: Library, entry: NewSource) -> Verified:
    """Return what rests on a source, looked up in its new text."""
    missing = captures.read(None)
    texts = dict.fromkeys(library.sources, missing)
    texts[entry.name] = captures.read(entry.capture)
    return next(item for item in verify.sources(library, texts) if item.source == entry.name)
