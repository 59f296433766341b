"""Files that could be made, that were made, and what is decided about them.

Apart from the model, and small, because a build that has nothing to do needs these and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a file is made of, by name: it explains a change, the fingerprint decides whether there is one."""

    facts: frozenset[str]
    """Keys of the facts it shows."""
    parts: tuple[tuple[str, str], ...]
    """Everything else in words, each with its digest or version: ("style print.css", "3f…")."""


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
    """Of what it was made from."""
    sha256: str
    """Of its bytes."""
    inputs: str
    """Key of its inputs in the record of reasons."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which files a call is about: all, or those of some briefs and formats."""

    groups: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()

    def covers_group(self, group: str) -> bool:
        """Whether any file of this group is meant."""
        return not self.groups or group in self.groups

    def covers(self, group: str, format_name: str) -> bool:
        """Whether a file of this group and format is meant."""
        return self.covers_group(group) and (not self.formats or format_name in self.formats)


class Action(StrEnum):
    """What is to be done with a file."""

    MAKE = "make"
    """It is made, or made again."""
    KEEP = "keep"
    """It stays as it is."""
    REMOVE = "remove"
    """It is no longer made, and goes."""
    HOLD = "hold"
    """It should be made and cannot be: its last good state stays."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with one file, and why; ``plan`` prints decisions, ``build`` carries the same ones out."""

    path: str
    action: Action
    reason: str
    group: str
    format: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be made although its content is in order."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call found, decided and did; ``--json`` prints it."""

    command: str
    """check, plan or build."""
    findings: tuple[Any, ...]
    """Findings, in order of place."""
    decisions: tuple[Decision, ...] = ()
    """One for every file in scope; empty for ``check``."""
    failures: tuple[Failure, ...] = ()
    """Files that could not be made; their last good state stays."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Brief id or ``site`` -> why it is held back."""
    impact: tuple[Any, ...] = ()
    """What a plan would change in the words of the briefs; empty for ``check`` and ``build``."""
    is_remembered: bool = False
    """Whether nothing at all has changed since the last build, so that nothing was looked at again."""

    @property
    def exit_code(self) -> int:
        """0 fine, 1 content has errors, 2 the machine lacks something."""
        if self.failures:
            return 2
        return 1 if any(finding.is_error for finding in self.findings) else 0
