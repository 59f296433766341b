"""What a check is, and what it looks at."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.checks.prose_input import ProseSentence, SheetText
from briefing.content.suppressions import Suppression
from briefing.model.editions import Edition
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library
from briefing.sources.captures import Verified


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at."""

    library: Library
    editions: Sequence[Edition]
    today: datetime.date
    """Colours findings only: no page depends on it."""
    pages: Mapping[str, Edition] = field(default_factory=dict)
    """The plain pages of the site, cited, by id."""
    suppressions: Sequence[Suppression] = ()
    """Findings that the authors allow."""
    briefs: frozenset[str] = frozenset()
    """Ids of the briefs whose prose is read; all where it is empty."""
    sentences: Sequence[ProseSentence] = ()
    """The prose of the library, read once for all checks."""
    texts: Sequence[SheetText] = ()
    """The texts of its fact sheets, likewise."""
    verified: Sequence[Verified] = ()
    """The sources, held against their captures; empty where those are not at hand."""
    asked: frozenset[str] = frozenset()
    """Slugs of the checks that were run before, filled for those over the allowances."""
    used: frozenset[Suppression] = frozenset()
    """The allowances of what they found, filled for the same."""

    @property
    def is_present(self) -> bool:
        """Whether everything could be read and is shown as of now: what is not there is missing."""
        return self.library.is_whole and self.library.as_of is None

    @property
    def has_every_brief(self) -> bool:
        """Whether moreover every brief was cited: what no edition shows, no brief shows."""
        return self.is_present and {edition.brief for edition in self.editions} >= self.library.briefs.keys()


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its slug, how much it matters, and its page in the reference."""

    slug: str
    severity: Severity
    meaning: str
    """What it finds, in one sentence."""
    why: str
    """Why that matters to a reader of briefs."""
    good: str
    bad: str
    run: Callable[[Subject], Iterable[Finding]]
    may_be_suppressed: bool = True
    """Whether an author may allow a finding at the spot, with a reason."""
    needs_captures: bool = False
    """Whether it looks at captures: it then runs in ``briefing verify`` and nowhere else."""
