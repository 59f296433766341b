"""The record of the files that builds left in an output folder: one SQLite file beside them.

It decides whether there is anything to do, and explains why a file is made again. It is a cache: a record
that cannot be used costs one build.

Whether somebody changed a file since is known from its size, its times and its number on the disk, as Git
does it. These count once the bytes have been compared, and only if the file had not changed just before.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.model.findings import BriefingError, InUseError
from briefing.store import database, disk, json_record, known_texts, looks, stamps
from briefing.store.database import BrokenError, BusyError
from briefing.store.disk import Texts
from briefing.store.known_texts import Known, KnownTexts, Seen
from briefing.store.looks import Look
from briefing.store.results import Artifact, Inputs, Scope

NAME = "built.sqlite"
FORMER = ("manifest.json", "reasons.json")
"""The records of earlier versions of the program."""
_VERSION = 1
_PATIENCE = 20_000
"""Milliseconds to wait for another run that writes or reads the record."""
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, owner TEXT NOT NULL, format TEXT NOT NULL, fingerprint TEXT NOT NULL,
    sha256 TEXT NOT NULL, inputs TEXT NOT NULL, unit TEXT NOT NULL, build INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX file_by_owner ON file (owner, format);
CREATE INDEX file_by_unit ON file (unit);
CREATE TABLE inputs (key TEXT PRIMARY KEY, facts TEXT NOT NULL, parts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shown (key TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE said (fact TEXT, build INTEGER, words TEXT NOT NULL, PRIMARY KEY (fact, build)) WITHOUT ROWID;
"""
_FIELDS = "path, owner, format, fingerprint, sha256, inputs, build, unit"
_CLEARED_EVERY = 20
"""After so many builds, inputs that no file has any more are removed."""
_BATCH = 500
"""Names in one question; SQLite allows some thousands."""

FactWords = Mapping[str, Mapping[str, str]]
"""Fact key -> its fields in words."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last build left: its files, and what it reported."""

    artifacts: Mapping[str, Artifact] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    """Files that a build started to write; empty after it has ended."""
    inputs: str = ""
    """Digest of everything that went into the last build; empty if that build was not complete."""
    outcome: Mapping[str, Any] = field(default_factory=dict)
    """The report of the last build, to be repeated if nothing has changed."""
    notes: tuple[tuple[str, str, str], ...] = ()
    """The notes of earlier builds: check, file and message of each."""
    build: int = field(default=0, compare=False)
    """The number of the last build."""
    followed: str = field(default="", compare=False)
    """The state of the kept results that the files follow, and the formats of which this is known."""
    audience: str = ""
    """The audience for which the files were made."""
    searched: str = ""
    """Digest of what all files were searched for, because their readers may not see it; empty if that is not
    known or nothing was withheld."""
    is_damaged: bool = False
    """Whether there is a record that cannot be used; the next build replaces it."""

    def changed(self, made: Mapping[str, Artifact], removed: Collection[str] = ()) -> Mapping[str, Artifact]:
        """Return the files after some were made and others removed."""
        return Changed(self.artifacts, made, removed)


class Changed(Mapping[str, Artifact]):
    """Files of a record, but for some that were made or removed since."""

    def __init__(
        self, before: Mapping[str, Artifact], made: Mapping[str, Artifact], removed: Collection[str]
    ) -> None:
        self.before = before
        self.made = dict(made)
        self.removed = frozenset(removed) - made.keys()

    def __getitem__(self, path: str) -> Artifact:
        if path in self.made:
            return self.made[path]
        if path in self.removed:
            raise KeyError(path)
        return self.before[path]

    def __iter__(self) -> Iterator[str]:
        yield from (path for path in self.before if path not in self.removed and path not in self.made)
        yield from self.made

    def __len__(self) -> int:
        return sum(1 for _ in self)


class RecordError(BriefingError):
    """The record turned out to be damaged while it was read; without it all files count as new."""


class Recorded(Mapping[str, Artifact]):
    """The files on record in an output folder, read when they are asked for."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._all: dict[str, Artifact] | None = None

    def of(self, name: str, values: Iterable[str]) -> dict[str, Artifact]:
        """Return the files with one of some values in a field, without reading the others."""
        found: dict[str, Artifact] = {}
        with _reading(self.output) as file:
            column = "owner" if name == "group" else name
            for row in _where(file, f"SELECT {_FIELDS} FROM file", column, values):
                found[row[0]] = _artifact(row)
        return found

    def _read(self) -> dict[str, Artifact]:
        if self._all is None:
            with _reading(self.output) as file:
                rows = file.execute(f"SELECT {_FIELDS} FROM file ORDER BY path")
                self._all = {row[0]: _artifact(row) for row in rows}
        return self._all

    def __getitem__(self, path: str) -> Artifact:
        return self._read()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def _artifact(row: tuple[Any, ...]) -> Artifact:
    """Return a file from its row. Raises RecordError if its path can lead out of the folder."""
    try:
        disk.refuse_leading_out(row[0])
    except BriefingError as error:
        raise RecordError(str(error)) from error
    return Artifact(*row)


# ---------------------------------------------------------------------------------------------- reading


def read(output: Path) -> Manifest:
    """Return what the last build left; nothing if there is no record or it cannot be used."""
    place = _place(output)
    if not os.path.lexists(place):
        return _of_former_version(output)
    try:
        with _reading(output) as file:
            about = dict(file.execute("SELECT name, value FROM about"))
            if about.get("version") != str(_VERSION):
                raise RecordError("another version wrote it")
            outcome = json.loads(about.get("outcome", "{}"))
            notes = json.loads(about.get("notes", "[]"))
            pending = [disk.refuse_leading_out(path) for (path,) in file.execute("SELECT path FROM pending")]
            file.execute(f"SELECT {_FIELDS} FROM file LIMIT 1")
        manifest = Manifest(
            Recorded(output),
            frozenset(pending),
            disk.text(about.get("inputs", "")),
            outcome,
            tuple((disk.text(check), disk.text(path), disk.text(text)) for check, path, text in notes),
            int(about.get("build", "0")),
            disk.text(about.get("followed", "")),
            disk.text(about.get("audience", "")),
            disk.text(about.get("searched", "")),
        )
        for finding in outcome.get("findings", []):
            json_record.to_finding(finding)
        disk.refuse_other_than_texts(outcome.get("held", {}))
        if not all(isinstance(had_come, bool) for had_come in {**outcome.get("hours", {})}.values()):
            raise TypeError("expected the hours of editions, each with whether it had come")
    except InUseError:
        raise
    except (*disk.DAMAGE, RecursionError):
        return Manifest(is_damaged=True)
    return manifest


def _of_former_version(output: Path) -> Manifest:
    """Return the files that an earlier version of the program recorded, so that none is left for ever."""
    record = disk.load(output / disk.STATE_FOLDER / FORMER[0])
    try:
        found = {path: disk.artifact(path, item) for path, item in record.get("artifacts", {}).items()}
    except disk.DAMAGE:
        found = {}
    is_there = os.path.lexists(output / disk.STATE_FOLDER / FORMER[0])
    return Manifest(found, is_damaged=is_there and not found)


Differing = tuple[dict[str, str], list[str]]
"""The files whose bytes are not those on record, each with its digest ("" if missing), and the list of files
whose bytes are as recorded but whose stamp has to be written again."""


def differing(output: Path, manifest: Manifest, scope: Scope) -> Differing:
    """Return the files in scope that are not as the record has them."""
    with looking(output, manifest, scope, is_alone=True) as found:
        return found()


@contextlib.contextmanager
def looking(
    output: Path, manifest: Manifest, scope: Scope, is_alone: bool = False
) -> Iterator[Callable[[], Differing]]:
    """Look which files in scope are not as the record has them, while this process does something else.

    Yields a function that returns the result once it is there. Where there are many files, another process
    looks at all of them; with ``is_alone``, this one has nothing else to do, and takes a part.
    """
    recorded = manifest.artifacts
    is_everything = not scope.groups and not scope.formats
    middle = _middle(recorded) if isinstance(recorded, Recorded) and is_everything else None
    if not isinstance(recorded, Recorded) or middle is None:
        yield lambda: _compared(output, _with_stamps(manifest, scope))
        return
    root, begin = f"{output}/", middle if is_alone else ""
    other = stamps.Other(_place(recorded.output), root, begin) if middle else None

    def found() -> Differing:
        with _reading(recorded.output) as file:
            paths = list(stamps.changed(file, root, "", middle)) if is_alone or not other else []
            rest = other.changed() if other else []
            paths += list(stamps.changed(file, root, begin)) if rest is None else rest
        items = recorded.of("path", paths).values()
        return _compared(output, ((item.path, item.sha256, None) for item in items))

    try:
        yield found
    finally:
        if other:
            other.end()


def _middle(recorded: Recorded) -> str | None:
    """Return the path from which another process looks, empty for none; None if the record has no stamps."""
    with _reading(recorded.output) as file:
        return stamps.middle(file) if stamps.is_there(file) else None


def _compared(output: Path, files: Iterable[tuple[str, str, Look | None]]) -> Differing:
    """Look at files with their digests and their stamps, and read those of which the stamp does not hold."""
    root = f"{output}/"
    found: dict[str, str] = {}
    unknown: list[str] = []
    for path, sha256, known in files:
        try:
            if looks.of(root + path) == known:
                continue
        except (OSError, ValueError):
            found[path] = ""
            continue
        digest = disk.digest_of(output, path)
        if digest == sha256:
            unknown.append(path)
        else:
            found[path] = digest
    return found, unknown


def _with_stamps(manifest: Manifest, scope: Scope) -> Iterator[tuple[str, str, Look | None]]:
    """Yield path, digest and stamp of the files on record that are in scope."""
    every = some(manifest, "group", scope.groups) if scope.groups else manifest.artifacts
    items = [item for item in every.values() if scope.covers(item.group, item.format)]
    known: dict[str, Look] = {}
    if isinstance(manifest.artifacts, Recorded):
        with _reading(manifest.artifacts.output) as file:
            if stamps.is_there(file):
                paths = (item.path for item in items)
                known = {path: (*look,) for path, *look in _where(file, stamps.LOOKS, "path", paths)}
    for item in items:
        yield item.path, item.sha256, known.get(item.path)


def groups(manifest: Manifest) -> dict[str, frozenset[str]]:
    """Return the formats of the files on record, by group."""
    found: dict[str, set[str]] = {}
    for owner, form, _ in _counts(manifest):
        found.setdefault(owner, set()).add(form)
    return {owner: frozenset(forms) for owner, forms in found.items()}


def number(manifest: Manifest, scope: Scope) -> int:
    """Return how many files in scope are on record."""
    return sum(number for owner, form, number in _counts(manifest) if scope.covers(owner, form))


def _counts(manifest: Manifest) -> Iterable[tuple[str, str, int]]:
    """Return how many files of each group and format are on record."""
    recorded = manifest.artifacts
    if not isinstance(recorded, Recorded):
        counted = Counter((item.group, item.format) for item in recorded.values())
        return [(*names, number) for names, number in counted.items()]
    with _reading(recorded.output) as file:
        return list(file.execute("SELECT owner, format, count(*) FROM file GROUP BY owner, format"))


def units(manifest: Manifest) -> frozenset[str]:
    """Return the steps that the files on record come from."""
    recorded = manifest.artifacts
    if not isinstance(recorded, Recorded):
        return frozenset(item.unit for item in recorded.values())
    with _reading(recorded.output) as file:
        return frozenset(unit for (unit,) in file.execute("SELECT DISTINCT unit FROM file"))


def some(manifest: Manifest, name: str, values: Collection[str]) -> dict[str, Artifact]:
    """Return the files on record with one of some values in a field: ``path``, ``group`` or ``unit``."""
    recorded = manifest.artifacts
    if isinstance(recorded, Recorded):
        return recorded.of(name, values)
    return {path: item for path, item in recorded.items() if getattr(item, name) in values}


# ---------------------------------------------------------------------------------------------- writing


def write(output: Path, manifest: Manifest) -> None:
    """Write the record; what has not changed is not written again."""
    with _writing(output) as file:
        _write_files(file, output, manifest.artifacts)
        known = {path for (path,) in file.execute("SELECT path FROM pending")}
        file.executemany("DELETE FROM pending WHERE path = ?", ((item,) for item in known - manifest.pending))
        file.executemany("INSERT INTO pending VALUES (?)", ((item,) for item in manifest.pending - known))
        about = {
            "version": str(_VERSION),
            "inputs": manifest.inputs,
            "outcome": _json(manifest.outcome),
            "notes": _json(manifest.notes),
            "build": str(manifest.build),
            "followed": manifest.followed,
            "audience": manifest.audience,
            "searched": manifest.searched,
        }
        before = dict(file.execute("SELECT name, value FROM about"))
        changed = [(name, value) for name, value in about.items() if before.get(name) != value]
        file.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", changed)
    for name in FORMER:
        with contextlib.suppress(OSError):
            (output / disk.STATE_FOLDER / name).unlink()


def _write_files(file: database.Connection, output: Path, artifacts: Mapping[str, Artifact]) -> None:
    made: Mapping[str, Artifact] = artifacts
    removed: Collection[str]
    base = artifacts
    while isinstance(base, Changed):
        base = base.before
    if isinstance(base, Recorded) and base.output == output:
        made, removed = {}, set()
        for layer in _layers(artifacts):
            made = {path: item for path, item in made.items() if path not in layer.removed} | layer.made
            removed = {path for path in removed if path not in layer.made} | layer.removed
    else:
        known = {row[0]: Artifact(*row) for row in file.execute(f"SELECT {_FIELDS} FROM file")}
        made = {path: item for path, item in artifacts.items() if known.get(path) != item}
        removed = known.keys() - artifacts.keys()
    stamps.forget(file, made, removed)
    rows = [tuple(getattr(item, name) for name in _COLUMNS) for item in made.values()]
    file.executemany(f"INSERT OR REPLACE INTO file ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    for path in removed:
        file.execute("DELETE FROM file WHERE path = ?", (path,))


_COLUMNS = ("path", "group", "format", "fingerprint", "sha256", "inputs", "build", "unit")


def _layers(artifacts: Mapping[str, Artifact]) -> list[Changed]:
    """Return the changes over a record, the first one first."""
    found = []
    while isinstance(artifacts, Changed):
        found.append(artifacts)
        artifacts = artifacts.before
    return found[::-1]


def assign_units(output: Path, units: Mapping[str, str]) -> None:
    """Write which step each file comes from, where that is not on record."""
    with _writing(output) as file:
        known = dict(file.execute("SELECT path, unit FROM file"))
        changed = [(unit, path) for path, unit in units.items() if known.get(path, unit) != unit]
        file.executemany("UPDATE file SET unit = ? WHERE path = ?", changed)


def stamp(output: Path, paths: Iterable[str]) -> None:
    """Write the stamps of files whose bytes have just been compared with the record.

    The bytes are compared again between two looks at the file, and a file that changed a moment ago gets no
    stamp: another change might not show.
    """
    paths = list(paths)
    if not paths:
        return
    now = _time_of(output)
    found = list(looks.settled(str(output), paths, now, lambda path: disk.digest_of(output, path)))
    if found:
        names = [path for path, _, _ in found]
        with _writing(output) as file:
            recorded = {
                item[0]: item[1] for item in _where(file, "SELECT path, sha256 FROM file", "path", names)
            }
            stamps.write(file, ((path, look) for path, look, digest in found if recorded.get(path) == digest))


def known(output: Path) -> Known:
    """Return the texts of the project that the last build saw; none where that is not on record."""
    if not os.path.lexists(_place(output)):
        return {}
    try:
        with _reading(output) as file:
            return known_texts.read(file) if known_texts.is_there(file) else {}
    except RecordError:
        return {}


def write_known(output: Path, root: Path, texts: Texts) -> None:
    """Write how the files of texts look, so that the next command need not read those that look the same."""
    found = texts.texts
    if not isinstance(found, KnownTexts) or not (found.new or found.gone) or not _place(output).exists():
        return
    if (root / disk.CONTENT).stat().st_dev != output.stat().st_dev:
        return  # the clock of the one says nothing of times on the other
    now = _time_of(output)
    seen = {
        path: Seen(digest, look)
        for path, look, digest in looks.settled(
            str(root), sorted(found.new), now, lambda path: disk.digest_of_text(root, path)
        )
        if digest == found.digests[path]
    }
    with _writing(output) as file:
        known_texts.write(file, seen, found.gone)


def _time_of(output: Path) -> int:
    """Return the time by the clock of the disk, which may be that of another machine."""
    probe = disk.state_folder(output) / ".clock"
    try:
        probe.write_bytes(b"")
        return probe.stat().st_mtime_ns
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()


# ---------------------------------------------------------------------------------------------- reasons


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the files on record were made of, in words."""

    inputs: Callable[[str], Inputs | None]
    """Returns the inputs of files by their key."""
    since: Callable[[int], frozenset[str]]
    """Returns the facts with other words than in a build."""
    said: Callable[[str, int], Mapping[str, str]]
    """Returns the words of a fact in a build, by field; none if it was not known then."""


def no_reasons() -> Reasons:
    """Return the reasons where nothing is on record."""
    return Reasons(lambda _: None, lambda _: frozenset(), lambda _fact, _build: {})


def reasons(manifest: Manifest) -> Reasons:
    """Return what the files on record were made of."""
    if not isinstance(manifest.artifacts, Recorded):
        return no_reasons()
    output = manifest.artifacts.output

    def inputs(key: str) -> Inputs | None:
        query = (
            "SELECT shown.facts, parts FROM inputs JOIN shown ON shown.key = inputs.facts "
            "WHERE inputs.key = ?"
        )
        with _reading(output) as file:
            row = file.execute(query, (key,)).fetchone()
        if row is None:
            return None
        try:
            facts, parts = json.loads(row[0]), json.loads(row[1])
            return Inputs(
                frozenset(map(disk.text, facts)),
                tuple((disk.text(name), disk.text(value)) for name, value in parts),
            )
        except disk.DAMAGE:
            return None

    def since(build: int) -> frozenset[str]:
        with _reading(output) as file:
            rows = file.execute("SELECT DISTINCT fact FROM said WHERE build > ?", (build,))
            return frozenset(fact for (fact,) in rows)

    def said(fact: str, build: int) -> Mapping[str, str]:
        query = "SELECT words FROM said WHERE fact = ? AND build <= ? ORDER BY build DESC LIMIT 1"
        with _reading(output) as file:
            row = file.execute(query, (fact, build)).fetchone()
        return _words(row[0]) if row else {}

    return Reasons(_once(inputs), _once(since), _once(said))


def _once(function: Any) -> Any:
    known: dict[Any, Any] = {}

    def asked(*names: Any) -> Any:
        if names not in known:
            known[names] = function(*names)
        return known[names]

    return asked


def _words(text: str) -> Mapping[str, str]:
    try:
        found = json.loads(text)
        disk.refuse_other_than_texts(found)
    except disk.DAMAGE:
        return {}
    return {str(name): str(value) for name, value in found.items()}


def last_said(manifest: Manifest) -> dict[str, Mapping[str, str]]:
    """Return the words of all facts in the last build."""
    if not isinstance(manifest.artifacts, Recorded):
        return {}
    with _reading(manifest.artifacts.output) as file:
        rows = file.execute("SELECT fact, words FROM said ORDER BY fact, build")
        return {fact: _words(words) for fact, words in rows}


def key_of(inputs: Inputs) -> str:
    """Return the key under which the inputs of a file are kept."""
    return hashlib.sha256(f"{_shown_key(inputs.facts)} {inputs.parts}".encode()).hexdigest()[:16]


def _shown_key(facts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()[:16]


def write_reasons(output: Path, build: int, inputs: Iterable[Inputs], said: FactWords) -> None:
    """Write the inputs of the files that a build made, and the words of the facts that changed before it."""
    with _writing(output) as file:
        for item in inputs:
            key, shown = key_of(item), _shown_key(item.facts)
            file.execute("INSERT OR IGNORE INTO shown VALUES (?, ?)", (shown, _json(sorted(item.facts))))
            file.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?)", (key, shown, _json(item.parts)))
        rows = ((fact, build, _json(words)) for fact, words in said.items())
        file.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", rows)
        if build % _CLEARED_EVERY == 0:  # to look for them takes longer than to write some
            file.execute("DELETE FROM inputs WHERE key NOT IN (SELECT inputs FROM file)")
            file.execute("DELETE FROM shown WHERE key NOT IN (SELECT facts FROM inputs)")


# --------------------------------------------------------------------------------------------- the file


def remove(output: Path) -> None:
    """Remove a record that cannot be used."""
    database.remove(_place(output))


def _place(output: Path) -> Path:
    return output / disk.STATE_FOLDER / NAME


@contextlib.contextmanager
def _reading(output: Path) -> Iterator[database.Connection]:
    """Open the record to read it. Raises RecordError if it cannot be used."""
    try:
        file = database.connect_present(_place(output), _PATIENCE)
        try:
            with database.errors():
                yield file
        finally:
            database.close(file)
    except BusyError as error:
        raise _busy(output) from error
    except BrokenError as error:
        raise RecordError(f"{_place(output)} cannot be used: {error}") from error


@contextlib.contextmanager
def _writing(output: Path) -> Iterator[database.Connection]:
    """Open the record to change it: all of a block, or nothing. One that cannot be used is replaced."""
    disk.state_folder(output)
    try:
        file = _opened(output)
    except BrokenError:
        database.remove(_place(output))
        try:
            file = _opened(output)
        except BrokenError as error:
            raise BriefingError(f"{_place(output)} cannot be written: {error}") from error
    try:
        with database.errors():
            yield file
            file.execute("COMMIT")
    except BusyError as error:
        raise _busy(output) from error
    except BrokenError as error:
        raise BriefingError(f"{_place(output)} cannot be written: {error}") from error
    finally:
        database.close(file)


def _opened(output: Path) -> database.Connection:
    file = database.connect(_place(output), _PATIENCE)
    try:
        with database.errors():
            file.execute("BEGIN IMMEDIATE")
            version = None
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
                version = file.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
            if version != (str(_VERSION),):
                for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    file.execute(f'DROP TABLE "{name}"')
                database.run_all(file, _TABLES)
            file.execute(f"SELECT {_FIELDS} FROM file LIMIT 1")
            if not stamps.is_there(file):
                stamps.create(file)
            if not known_texts.is_there(file):
                known_texts.create(file)
            file.execute("DROP TABLE IF EXISTS stamp")  # of earlier versions of the program
    except BusyError as error:
        database.close(file)
        raise _busy(output) from error
    except BaseException:
        database.close(file)
        raise
    return file


def _busy(output: Path) -> InUseError:
    return InUseError(f"{_place(output)} is in use by another program; run the command again")


def _where(
    file: database.Connection, query: str, column: str, values: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    listed = list(values)
    for start in range(0, len(listed), _BATCH):
        some = listed[start : start + _BATCH]
        yield from file.execute(f"{query} WHERE {column} IN ({', '.join('?' * len(some))})", some)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
