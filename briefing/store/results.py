"""Files that can be made or were made, and the decisions about them.

This module is small and separate from the model, because a build with nothing to do needs nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, overload


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a file, by name: they explain a change; the fingerprint decides whether there is one."""

    facts: frozenset[str]
    """Keys of the facts it shows."""
    parts: tuple[tuple[str, str], ...]
    """All other inputs in words, each with its digest or version: ("style print.css", "3f…")."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that the last build left."""

    path: str
    """Relative to the output folder, with forward slashes."""
    group: str
    """Id of the brief it belongs to, or ``site``."""
    format: str
    """markdown, html, pdf or site."""
    fingerprint: str
    """Digest of its inputs."""
    sha256: str
    """Digest of its bytes."""
    inputs: str
    """Key of its inputs in the record."""
    build: int = field(default=0, compare=False)
    """The number of the build that made it."""
    unit: str = field(default="", compare=False)
    """The step that it comes from; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which files a call is about: all, or those of some briefs and formats."""

    groups: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()

    def covers_group(self, group: str) -> bool:
        """Return whether the scope has any file of this group."""
        return not self.groups or group in self.groups

    def covers(self, group: str, format_name: str) -> bool:
        """Return whether the scope has the file of this group and format."""
        return self.covers_group(group) and (not self.formats or format_name in self.formats)


class Action(StrEnum):
    """The action of a build on a file."""

    MAKE = "make"
    """The build makes it, or makes it again."""
    KEEP = "keep"
    """It stays as it is."""
    REMOVE = "remove"
    """Nothing calls for it any more, and the build removes it."""
    HOLD = "hold"
    """It should be made and cannot be: its last good state stays."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An action on one file, and the reason: ``plan`` prints decisions, ``build`` carries them out."""

    path: str
    action: Action
    reason: str
    group: str
    format: str


class Decisions(Sequence[Decision]):
    """Decisions in order of paths. Those on files that stay as they are come when they are asked for."""

    def __init__(
        self,
        acted: Iterable[Decision],
        kept_number: int = 0,
        kept: Callable[[], Iterable[Decision]] = tuple,
    ) -> None:
        self.acted = tuple(acted)
        """The decisions on all other files."""
        self.kept_number = kept_number
        self._kept = kept
        self._all: tuple[Decision, ...] | None = None

    def _every(self) -> tuple[Decision, ...]:
        if self._all is None:
            self._all = tuple(sorted((*self.acted, *self._kept()), key=lambda item: item.path))
        return self._all

    @overload
    def __getitem__(self, index: int) -> Decision: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Decision]: ...
    def __getitem__(self, index: int | slice) -> Decision | Sequence[Decision]:
        return self._every()[index]

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self.acted) + self.kept_number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._every() == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def decisions(every: Iterable[Decision]) -> Decisions:
    """Return decisions on files of which all are known."""
    acted: list[Decision] = []
    kept: list[Decision] = []
    for item in every:
        (kept if item.action is Action.KEEP else acted).append(item)
    return Decisions(acted, len(kept), lambda: kept)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be made although its content has no errors."""

    path: str
    message: str
    holds: bool = True
    """Whether it holds back its brief and the site. A PDF that this machine lacks a library for does not,
    unless one of an earlier state is there: the other files do not refer to it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings, decisions and failures of a call; ``--json`` prints them."""

    command: str
    """check, plan or build."""
    findings: tuple[Any, ...]
    """Findings, in order of place."""
    decisions: Decisions = field(default_factory=lambda: Decisions(()))
    """One for every file in scope; empty for ``check``."""
    failures: tuple[Failure, ...] = ()
    """Files that could not be made; their last good state stays."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Brief id or ``site`` -> why it is held back."""
    impact: tuple[Any, ...] = ()
    """The changes of a plan in the words of the briefs; empty for ``check`` and ``build``."""
    is_remembered: bool = False
    """Whether nothing has changed since the last build, so that its outcome is repeated."""

    @property
    def exit_code(self) -> int:
        """0 if all is well, 1 if the content has errors, 2 if the computer has a problem."""
        if self.failures:
            return 2
        return 1 if any(finding.is_error for finding in self.findings) else 0
