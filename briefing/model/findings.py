"""Problems: findings about content, which are values, and errors of the machine, which are exceptions.

A problem of the content is never raised. Every step returns its findings beside its result, so that nine
mistakes give nine messages in one run. An exception is for a problem that the author of the content cannot
correct: a missing library, a full disk, a second build. A bug still gives a traceback.
"""

from __future__ import annotations

import functools
import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from briefing.model import characters

SAVE_AS_UTF_8 = (
    "save it again in UTF-8. In Word: Save as, Plain text, Other encoding, Unicode (UTF-8). "
    "In Notepad: Save as, Encoding, UTF-8"
)
"""The hint for a text in another encoding, such as the one that Word uses by default."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a text; line and column count from 1, as in editors."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def at_index(self, text: str, index: int) -> Place:
        """Return the place of ``text[index]``, if the text begins here and has the lines of the file."""
        line = text.count("\n", 0, index)
        column = index - (text.rfind("\n", 0, index) + 1) + 1
        return Place(self.path, self.line + line, column if line else self.column + column - 1)


class Severity(StrEnum):
    """How much a finding matters: an error holds back every brief that needs the content, the others none."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    """Good to know, but nothing has to be corrected."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of the content, and what to do about it."""

    check: str
    """Slug of the check that found it; it never changes, so that notes and scripts may name it."""
    message: str
    """What is wrong, in one sentence."""
    at: Place
    """The place of the problem."""
    hint: str = ""
    """What to do; empty if the message says it already."""
    severity: Severity = Severity.ERROR
    brief: str = ""
    """Id of the brief that this holds back; empty if it affects the whole library."""

    def __post_init__(self) -> None:
        # It may quote the content, and is printed on terminals, into workflows and into records.
        for name in ("message", "hint"):
            words = getattr(self, name)
            if not words.isprintable():
                object.__setattr__(self, name, characters.shown(words))

    @property
    def is_error(self) -> bool:
        """Whether it holds back the briefs that need the content."""
        return self.severity is Severity.ERROR


LEAK = "leak"
"""The slug of what the leak gate finds: everything is held back then."""

FOUND_BEFORE: Mapping[str, str] = {
    "unreadable": "A file cannot be read by the user who runs the program.",
    "encoding": "A file is not UTF-8.",
    "too-large": "A file is larger than the program reads.",
    "control-character": "A file contains a character that cannot be printed.",
    "hidden-character": (
        "A file, or its name, contains a character that nobody can see or that turns the order of the "
        "text, such as a zero-width space or U+202E; or a figure has a combining mark. What is printed would "
        "not be what was checked."
    ),
    "mixed-script": (
        "A word has letters of two scripts, such as a Cyrillic one in an English word; or a number has "
        "digits of two scripts."
    ),
    "empty-file": "A file is empty.",
    "unknown-file": "The program does not read a file of the content.",
    "font-file": "A file in the folder fonts/ is not a font that can be embedded in a PDF.",
    "yaml-syntax": "A file is not valid YAML.",
    "yaml-feature": "A file uses a part of YAML that is not allowed, such as an anchor or a tag.",
    "too-deep": "Lists and keys, or folders, are nested too deeply.",
    "duplicate-key": "A key occurs twice among the same fields.",
    "misread-text": (
        "YAML reads less or more of a text than its lines show: after a space, # begins a comment; a line "
        "that is indented more deeply is part of the text above it. This is a warning."
    ),
    "front-matter": "A brief or a page does not begin with its fields between two lines of ---.",
    "name": "A name or key is not made of lower-case letters, digits and single hyphens.",
    "unknown-key": "There is no field with that name.",
    "missing-key": (
        "A required field is missing: a fact without evidence, a quantity without a unit, money without a "
        "currency."
    ),
    "empty": "A field has no value.",
    "wrong-type": (
        "A value does not have the type of its field: a list, a record, a value of a fact, a passage "
        "on one line."
    ),
    "unknown-word": "A value is not one of the words of its scale or ladder.",
    "number": "A value is not a number, or has too many digits.",
    "date": "A value is not a date, or infers a part that the date does not have.",
    "does-not-fit": (
        "Fields contradict one another: a commitment without a status, a list of evidence without a passage, "
        "a reading of a disagreement without a fact, a range without its end. An address is not valid."
    ),
    "duplicate-name": "Two records of a sheet have the same name.",
    "former-name": "A former name belongs to two records, or is the present name of another one.",
    "unknown-reference": (
        "A name leads nowhere: there is no such source, actor, system, ladder, fact or brief."
    ),
    "ledger": (
        "A record of the ledger is missing, or was changed, replaced or put there by another hand; or an "
        "edition does not follow those before it."
    ),
    "language": "The program has no words for the language of a brief or of the site.",
    "template": "A template is missing, has an error, or uses a value that does not exist.",
    "unknown-fact": "A fact link leads nowhere.",
    "unknown-form": "A fact link names a form that does not exist.",
    "nothing-to-print": "A fact link without words leads to a fact without a value of that form.",
    "too-many-pages": (
        "A PDF of a brief takes more pages than it may have. Only a build finds this, because the PDF has to "
        "be typeset for it."
    ),
    LEAK: (
        "A file that a build made says what its readers may not see. Only a build finds this, because it "
        "searches the files; it publishes none of them."
    ),
    "not-yet-known": "As of an earlier day: a template cites a fact that became known later.",
    "held-until": (
        "An edition is held until its hour (`issue --publish-on`). This is a note; nothing has to be "
        "corrected."
    ),
    "not-published": (
        "A brief was never issued, and the site shows no drafts (`drafts:` in `project.yaml`), so it has no "
        "page there. This is a note; nothing has to be corrected."
    ),
    "nothing-known": (
        "As of an earlier day: none of the facts that a brief shows was known then, so it is not made. This "
        "is a note; nothing has to be corrected."
    ),
}
"""Findings that no check makes, but a step before the checks or the typesetting after them.

Slug -> what is wrong. They are errors unless the text says otherwise."""


MAX_ODD = 20
"""A text has at most so many findings on its characters; more of them have one cause."""


def on_characters(text: str, start: Place, *, is_template: bool = False) -> tuple[Finding, ...]:
    """Return findings on what is hidden or mixed in a text that begins at a place."""
    found = characters.find(text, is_template=is_template)
    return tuple(
        Finding(odd.check, odd.message, start.at_index(text, odd.index), odd.hint)
        for odd in itertools.islice(found, MAX_ODD)
    )


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, by place, then by check."""
    return tuple(sorted(set(findings), key=lambda found: (found.at, found.check, found.message, found.brief)))


MOST_CHOICES = 20
"""Up to so many known words are all listed in a hint; of more, the nearest."""
_NEAREST = 6


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint for an unknown word: the nearest known one, and the choices; of many, those most like it.

    ``otherwise`` says what else can be done where none is near. A key is compared with those of its sheet, by
    the name within that, because any other key is another fact.
    """
    names = sorted(known) if isinstance(known, Set) else list(dict.fromkeys(known))
    sheet = word[: word.find(".") + 1]
    same = [name for name in names if sheet and name.startswith(sheet)]
    if same:
        near = nearest_of(word.removeprefix(sheet), [name.removeprefix(sheet) for name in same])
        near, names = near and sheet + near, same
    else:
        near = nearest_of(word, names)
        if sheet and all("." in name for name in names):
            names = list(dict.fromkeys(name.partition(".")[0] + ".…" for name in names))
    listed = _choices(word, names)
    if near:
        return f"did you mean '{near}'?" + (f" T{listed[1:]}" if len(names) > 1 else "")
    return "; or ".join(filter(None, (listed, otherwise)))


def _choices(word: str, names: Sequence[str]) -> str:
    import difflib  # only when something is wrong

    if len(names) > MOST_CHOICES:
        like = difflib.get_close_matches(word, _likely(word, names), n=_NEAREST, cutoff=0.3)
        like = like or list(names[:_NEAREST])
        return f"the nearest of {len(names)} choices are {', '.join(like)}"
    return f"the {'choices are' if len(names) > 1 else 'only choice is'} {', '.join(names)}" if names else ""


def nearest_of(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word nearest to a mistaken one; empty if none is nearer than the cutoff, 0 to 1."""
    import difflib  # only when something is wrong

    return next(iter(difflib.get_close_matches(word, _likely(word, tuple(known)), n=1, cutoff=cutoff)), "")


_MANY = 500
"""Of more names, only those that share the most pairs of letters with a word are compared with it."""
_LIKELY = 50


def _likely(word: str, names: Sequence[str]) -> Sequence[str]:
    """Return the names that may be the nearest to a word."""
    if len(names) <= _MANY:
        return names
    by_pair = _by_pair(tuple(names))
    shared = Counter(index for pair in _pairs(word) for index in by_pair.get(pair, ()))
    best = heapq.nlargest(
        _LIKELY, shared, key=lambda index: (shared[index] / (len(word) + len(names[index])), -index)
    )
    return [names[index] for index in best]


@functools.lru_cache(maxsize=4)
def _by_pair(names: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        for pair in _pairs(name):
            found[pair].append(index)
    return found


def _pairs(word: str) -> set[str]:
    framed = f" {word} "
    return {framed[index : index + 2] for index in range(len(word) + 1)}


class FoundProblem(Exception):
    """A problem of the content, met deep inside a step; the caller of the step takes over the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class BriefingError(Exception):
    """A problem outside the content that stopped the work; its sentence says what to do."""


class UsageError(BriefingError):
    """The call names something that does not exist: a project, a brief, a format."""


class MissingLibraryError(BriefingError):
    """A library that the work needs is not installed."""


class RenderError(BriefingError):
    """A format could not make its bytes from an edition."""


class PageBudgetError(RenderError):
    """A PDF has more pages than it may have."""

    def __init__(self, pages: int, budget: int) -> None:
        super().__init__(pages, budget)
        self.takes, self.allowed = (f"{number} page{'s' * (number != 1)}" for number in (pages, budget))

    def __str__(self) -> str:
        return f"it takes {self.takes} and may have {self.allowed}; cut its text, or choose another length"


class ClusterError(BriefingError):
    """The machines that were to make files cannot do it; no file is at fault."""


class InUseError(BriefingError):
    """A file cannot be replaced or removed, most likely because another program has it open."""


class BusyError(BriefingError):
    """Another build is writing into the same output folder."""
