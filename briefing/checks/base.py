"""The type of a check, and of the subject that it looks at."""

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
    """All that the checks look at."""

    library: Library
    editions: Sequence[Edition]
    today: datetime.date
    """The day of the run. Only findings depend on it, no page does."""
    pages: Mapping[str, Edition] = field(default_factory=dict)
    """The plain pages of the site, cited, by id."""
    suppressions: Sequence[Suppression] = ()
    """The suppressions in the content: findings that the authors allow."""
    briefs: frozenset[str] = frozenset()
    """Ids of the briefs whose prose is read; empty for all."""
    sentences: Sequence[ProseSentence] = ()
    """The prose of the library, read once for all checks."""
    texts: Sequence[SheetText] = ()
    """The texts of the fact sheets, read once as well."""
    unprintable: frozenset[str] = frozenset()
    """The characters of the editions that no font has."""
    verified: Sequence[Verified] = ()
    """The sources, compared with their captures; empty where the captures are not available."""
    is_verifying: bool = False
    """Whether the captures themselves are checked, so that a missing term has a finding of its own."""
    asked: frozenset[str] = frozenset()
    """Slugs of the checks that have run; set only for the checks over suppressions."""
    used: frozenset[Suppression] = frozenset()
    """The suppressions that matched a finding; set only for the checks over suppressions."""

    @property
    def is_present(self) -> bool:
        """Whether all content could be read and is shown as of now, so that anything absent is missing."""
        return self.library.is_whole and self.library.as_of is None

    @property
    def has_every_brief(self) -> bool:
        """Whether also every brief was cited, so that no brief shows a fact which no edition shows."""
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
    """Whether an author may allow a finding where it occurs, giving a reason."""
    needs_captures: bool = False
    """Whether it looks at captures; if so, it runs only in ``briefing verify``."""
    reads_captures: bool = False
    """Whether it compares records with their passages. It sees more where captures are at hand, so it runs in
    ``briefing verify`` as well; as of an earlier day, when passages are left out, it does not run."""
