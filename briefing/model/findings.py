"""What can be wrong: findings about content (values) and errors of the machine (exceptions).

A content problem is never raised. Every step returns its findings beside its result, so that nine mistakes
give nine messages in one run. An exception is for what the content's author cannot mend: a missing library,
a full disk, a second build. Bugs stay tracebacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

SAVE_AS_UTF_8 = (
    "save it again in UTF-8. In Word: Save as, Plain text, Other encoding, Unicode (UTF-8). "
    "In Notepad: Save as, Encoding, UTF-8"
)
"""What to do about a text in another encoding, such as the one that Word takes by itself."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a text something stands; line and column count from 1, as editors do."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def of_sign(self, text: str, index: int) -> Place:
        """Where ``text[index]`` stands, if the text begins here and its lines are those of the file."""
        line = text.count("\n", 0, index)
        column = index - (text.rfind("\n", 0, index) + 1) + 1
        return Place(self.path, self.line + line, column if line else self.column + column - 1)


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


FOUND_BEFORE: Mapping[str, str] = {
    "unreadable": "A file cannot be read by whoever runs the program.",
    "encoding": "A file is not UTF-8.",
    "too-large": "A file is larger than the program reads.",
    "control-character": "A file holds a character that cannot be printed.",
    "empty-file": "A file holds nothing.",
    "unknown-file": "Nothing reads a file of the content.",
    "yaml-syntax": "A file is not valid YAML.",
    "yaml-feature": "A file uses a part of YAML that is refused, such as an anchor or a tag.",
    "too-deep": "Lists and keys are nested too deeply.",
    "duplicate-key": "A key stands twice among the same fields.",
    "front-matter": "A brief or a page does not begin with its fields between two lines of ---.",
    "name": "A name or key is no name: lower-case letters, digits and single hyphens.",
    "unknown-key": "There is no field of that name.",
    "missing-key": (
        "A field that must be given is missing: a fact without evidence, a quantity without a unit, money "
        "without a currency."
    ),
    "empty": "A field has no value.",
    "wrong-type": "A value is of another sort than its field: a list, a record, a value of a fact.",
    "unknown-word": "A value is none of the words of its scale.",
    "number": "A value is not a number, or is too long for one.",
    "date": "A value is not a date, or infers a part that the date does not have.",
    "does-not-fit": (
        "Fields contradict one another: a commitment without a status, a list of evidence without a passage, "
        "a reading of a disagreement that no fact holds, a range without its end. An address is none."
    ),
    "duplicate-name": "Two things of a sheet have one name.",
    "former-name": "A former name leads to two things, or something bears it now.",
    "unknown-reference": "A name leads nowhere: there is no such source, actor, system, fact or brief.",
    "language": "There are no words for the language of a brief or of the site.",
    "template": "A template is missing, is wrong, or uses what is not there.",
    "unknown-fact": "A fact link leads nowhere.",
    "unknown-form": "A fact link names a form that does not exist.",
    "unread-link": "The address of a fact stands in prose where no link is read.",
    "nothing-to-print": "A fact link without words leads to a fact without a value of that form.",
    "not-yet-known": "As of an earlier day: a template cites a fact that became known later.",
    "nothing-known": (
        "As of an earlier day: nothing that a brief shows was known then, so it is not made. This is a note; "
        "nothing has to be mended."
    ),
}
"""What is found before any check runs, and an error unless it says otherwise: slug -> what is wrong."""


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
    """A library that the work needs is not installed."""


class RenderError(BriefingError):
    """A format could not make its bytes from an edition."""


class InUseError(BriefingError):
    """A file cannot be replaced or removed, most likely because another program holds it open."""


class BusyError(BriefingError):
    """Another build is writing into the same output folder."""
