"""What can be wrong: findings about content (values) and errors of the machine (exceptions).

A content problem is never raised. Every step returns its findings beside its result, so that nine mistakes
give nine messages in one run. An exception is for what the content's author cannot mend: a missing library,
a full disk, a second build. Bugs stay tracebacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a text something stands; line and column count from 1, as editors do."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a finding matters: an error holds back what needs it, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    """Good to know; nothing has to be mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the content, and what to do about it."""

    check: str
    """Slug of the check that found it; permanent, so that notes and scripts may name it."""
    message: str
    """What is wrong, in one sentence."""
    at: Place
    """Where it stands."""
    hint: str = ""
    """What to do; empty when the message says it already."""
    severity: Severity = Severity.ERROR
    brief: str = ""
    """Id of the brief that cannot go out while this stands; empty when it concerns the whole library."""

    @property
    def is_error(self) -> bool:
        """Whether it holds back what needs it."""
        return self.severity is Severity.ERROR


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by place, then by check."""
    return tuple(sorted(set(findings), key=lambda found: (found.at, found.check, found.message, found.brief)))


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that offers the known word nearest to a mistaken one."""
    near = nearest_of(word, known)
    return f"did you mean '{near}'?" if near else otherwise


def nearest_of(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a mistaken one; empty where none is near."""
    import difflib  # only when something is wrong

    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


class FoundProblem(Exception):
    """A step deep in its work met a problem of the content; the line above it takes the finding over."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class BriefingError(Exception):
    """Something outside the content stopped the work; the sentence says what to do."""


class UsageError(BriefingError):
    """The call names something that is not there: a project, a brief, a format."""


class MissingLibraryError(BriefingError):
    """A system library that a format needs is not on this machine."""


class RenderError(BriefingError):
    """A format could not make its bytes from an edition."""


class BusyError(BriefingError):
    """Another build is writing into the same output folder."""
