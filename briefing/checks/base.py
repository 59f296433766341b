"""The type of a check, and of the subject that it looks at."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from briefing.checks import units
from briefing.checks.prose_input import ProseSentence, SheetText
from briefing.checks.units import Own
from briefing.content.suppressions import Suppression
from briefing.model.editions import Edition
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library
from briefing.sources.captures import Verified

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at: a whole library, or one unit of it."""

    library: Library
    """All records, for looking them up."""
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
    unit: Own | None = None
    """The records to look at, if these are not all of the library."""
    texts_cited: Mapping[str, Sequence[str]] | None = None
    """The paragraphs of the captures that are as registered, by source; None if nobody has gathered them."""
    cited: frozenset[str] | None = None
    """Ids of the briefs that were cited, if these are not those of the editions."""
    shared: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What a check has worked out that another one needs as well, by name; of this subject alone."""

    def once(self, name: str, work: Callable[[], _Made]) -> _Made:
        """Return what some work makes, which is done for the first check that asks."""
        if name not in self.shared:
            self.shared[name] = work()
        made: _Made = self.shared[name]
        return made

    @property
    def own(self) -> Own:
        """The records to look at: one unit, or everything."""
        return self.unit or units.whole(self.library)

    @property
    def is_present(self) -> bool:
        """Whether all content could be read and is shown as of now, so that anything absent is missing."""
        return self.library.is_whole and self.library.as_of is None

    @property
    def has_every_brief(self) -> bool:
        """Whether also every brief was cited, so that no brief shows a fact which no edition shows."""
        return self.is_present and self.cited_briefs >= self.library.briefs.keys()

    @property
    def cited_briefs(self) -> frozenset[str]:
        """Ids of the briefs that were cited."""
        if self.cited is not None:
            return self.cited
        return frozenset(str(edition.brief) for edition in self.editions)


def _nothing(_: Subject) -> Iterable[Finding]:
    """Return nothing: no unit is looked at by itself."""
    return ()


def no_comparison(_: Subject, __: Iterable[Any]) -> Iterable[Finding]:
    """Return nothing: the check compares no units."""
    return ()


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
    run: Callable[[Subject], Iterable[Finding]] = _nothing
    """Looks at units one by one: its findings depend on ``own`` records and on those that it looks up."""
    gather: Callable[[Subject], Iterable[Any]] | None = None
    """Yields what ``compare`` needs to know of a unit: small values without what does not matter there."""
    compare: Callable[[Subject, Iterable[Any]], Iterable[Finding]] = no_comparison
    """Looks at what was gathered from all units, in their order."""
    gathers_from: tuple[str, ...] = ("sheets",)
    """The kinds of units from which there is anything to gather."""
    reads_day: bool = False
    """Whether what it compares depends on the day of the run."""
    reads_cited: bool = False
    """Whether what it compares depends on which briefs were cited."""
    reads_fonts: bool = False
    """Whether what it compares depends on the characters that no font has."""
    may_be_suppressed: bool = True
    """Whether an author may allow a finding where it occurs, giving a reason."""
    needs_captures: bool = False
    """Whether it looks at captures; if so, it runs only in ``briefing verify``."""
    reads_captures: bool = False
    """Whether it compares records with their passages. It sees more where captures are at hand, so it runs in
    ``briefing verify`` as well; as of an earlier day, when passages are left out, it does not run."""
