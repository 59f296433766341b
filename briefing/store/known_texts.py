"""The texts of a project. Those that look as they did at the last build are read when they are asked for.

Such a text must have the digest that the build recorded: so all texts are those of one moment, as if they had
been read together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from briefing.model.findings import InUseError
from briefing.store.looks import Look

_TABLE = """
CREATE TABLE text (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    changed INTEGER NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID
"""
"""A row for each text that the last build knew."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the last build saw it."""

    digest: str
    look: Look


Known = Mapping[str, Seen]
"""The texts that the last build saw, by path."""


class ChangedTextError(InUseError):
    """A text is not as the record has it, or as it was when the command began: all have to be read."""


class KnownTexts(Mapping[str, str]):
    """Texts by path, of which some are read when they are asked for."""

    def __init__(
        self,
        digests: Mapping[str, str],
        texts: Mapping[str, str],
        read: Callable[[str], str],
        known: Known,
    ) -> None:
        """Take the digests of all texts, and those that were read now; ``read`` reads another one."""
        self.digests = digests
        self.new = frozenset(texts)
        """The paths of those that were read because nothing was known of them, or they look otherwise."""
        self.gone = known.keys() - digests.keys()
        """The paths of texts that the last build saw and that are not there any more."""
        self._texts = dict(texts)
        self._read = read

    def __getitem__(self, path: str) -> str:
        """Return a text. Raises ChangedTextError if it is not as it was."""
        if path not in self._texts:
            wanted = self.digests[path]
            text = self._read(path)
            if digest_of(text) != wanted:
                raise ChangedTextError(f"{path} was changed while this command ran; run the command again")
            self._texts[path] = text
        return self._texts[path]

    def __contains__(self, path: object) -> bool:
        return path in self.digests

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KnownTexts):
            return self.digests == other.digests
        return dict(self) == other

    __hash__ = None  # type: ignore[assignment]


class Unchanged(Mapping[str, str]):
    """Texts without those that are not as they were any more."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __getitem__(self, path: str) -> str:
        try:
            return self._texts[path]
        except ChangedTextError as error:
            raise KeyError(path) from error

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._texts if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def digest_of(text: str) -> str:
    """Return the digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


# ------------------------------------------------------------------------------------------------ the record


class _File(Protocol):
    """An open file of tables."""

    def execute(self, query: str, values: Any = ..., /) -> Any: ...
    def executemany(self, query: str, values: Iterable[Any], /) -> Any: ...


def is_there(file: _File) -> bool:
    """Return whether a record has the table; one that an earlier version of the program wrote has not."""
    return file.execute("SELECT 1 FROM sqlite_master WHERE name = 'text'").fetchone() is not None


def create(file: _File) -> None:
    """Make the table."""
    file.execute(_TABLE)


def read(file: _File) -> dict[str, Seen]:
    """Return the texts that the last build saw."""
    return {path: Seen(digest, (*look,)) for path, digest, *look in file.execute("SELECT * FROM text")}


def write(file: _File, seen: Known, gone: Iterable[str]) -> None:
    """Write how some texts look, and forget others."""
    rows = ((path, item.digest, *item.look) for path, item in seen.items())
    file.executemany("INSERT OR REPLACE INTO text VALUES (?, ?, ?, ?, ?, ?)", rows)
    file.executemany("DELETE FROM text WHERE path = ?", ((path,) for path in gone))
