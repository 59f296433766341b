"""Two states of a brief, compared: an issued edition, the brief as of a day, or the present brief."""

from __future__ import annotations

import dataclasses
import datetime
import re
from dataclasses import dataclass

from briefing.build import leaks, steps
from briefing.build.steps import Snapshot
from briefing.changes import in_words, states
from briefing.compose import draft_marks
from briefing.content import views
from briefing.editions import freeze
from briefing.formats.base import Theme
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.editions import Edition
from briefing.model.findings import Finding, UsageError
from briefing.model.ledger import Issued, State
from briefing.model.library import Library
from briefing.model.scales import Marking
from briefing.model.values import Slug
from briefing.redline import blocks, compare
from briefing.redline.tree import Redline, Side
from briefing.review import reasons
from briefing.store.disk import Texts
from briefing.store.results import Scope

NOW = "now"
"""The name of the present state of a brief."""
FOLDER = "redlines"
"""The folder of the redlines in the output folder; a build does not touch it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class BriefState:
    """One state of a brief."""

    side: Side
    edition: Edition
    state: State
    day: datetime.date
    """The day on which an edition was issued; of a draft, the day that it is as of."""
    marking: Marking
    """Who may read it now; an edition may show what has become stricter since."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing two states."""

    redline: Redline | None
    """None if one of the two cannot be printed; the findings say why."""
    theme: Theme
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    """Which state cannot be printed, in one sentence."""
    whole: Library | None = None
    """The library with everything."""

    def leaks(self, path: str, data: bytes) -> tuple[Finding, ...]:
        """Return what is in the file of the redline that its readers may not see."""
        if self.redline is None or self.whole is None:
            return ()
        level = Marking(self.redline.marking)
        return leaks.problems(leaks.of_level(self.whole, level, self.theme), level, path, data)


def run(texts: Texts, brief: str, old: str, new: str, today: datetime.date) -> Comparison:
    """Compare two states of a brief, each named as an edition, a day or NOW.

    An empty ``old`` means the last edition. Raises UsageError if there is no such brief, edition or day.
    """
    states_of = _States(texts, brief, today)
    now = states_of.now
    if now.library is None:
        return Comparison(None, now.theme, now.findings, "the project file has errors")
    found = []
    for name in (old or states_of.last(), new):
        state = states_of.found(name)
        if isinstance(state, Snapshot):
            when = "its present state" if name == NOW else f"its state as of {name}"
            problem = f"'{brief}' cannot be compared: {when} is held back, because of errors"
            errors = tuple(item for item in state.findings if item.is_error)
            return Comparison(None, now.theme, errors, problem)
        found.append(state)
    return Comparison(_redline(found[0], found[1], now.library), now.theme, whole=now.library)


def _redline(old: BriefState, new: BriefState, library: Library) -> Redline:
    marking = max(old.marking, new.marking)
    wording = Wording(new.edition.language, views.seen_at(library, marking).actors)
    changes = in_words.texts(states.between(old.state, new.state, library.renamed), wording)
    return Redline(
        title=new.edition.title,
        publisher=new.edition.publisher,
        marking=marking.value,
        language=new.edition.language,
        day=new.day,
        old=old.side,
        new=new.side,
        front=tuple(
            f"**{fact_links.escape(item.what)}.** {fact_links.escape(item.subject)}" for item in changes
        ),
        article=compare.compare(blocks.article(_bare(old.edition)), blocks.article(_bare(new.edition))),
    )


def _bare(edition: Edition) -> Edition:
    """Return the edition without its list of changes, which the redline has in front, and without marks."""
    sections = [item for item in edition.sections if item.role not in (freeze.CHANGES, draft_marks.TO_CHECK)]
    unmarked = tuple(
        dataclasses.replace(
            item,
            segments=tuple(
                reasons.without_marks(part) if isinstance(part, str) else part for part in item.segments
            ),
        )
        for item in sections
    )
    return dataclasses.replace(edition, sections=unmarked)


class _States:
    """The present state of the project, and its states as of other days."""

    def __init__(self, texts: Texts, brief: str, today: datetime.date) -> None:
        self.content, self.brief, self.today = steps.read(texts), brief, today
        self.now = self.snapshot_as_of(None)

    def snapshot_as_of(self, day: datetime.date | None) -> Snapshot:
        """Return the project as of a day, with this brief composed."""
        scope = Scope(frozenset((self.brief,)))
        return steps.check(steps.compose(steps.link(self.content, day), scope), self.today, scope)

    @property
    def issued(self) -> tuple[Issued, ...]:
        """The editions of the brief, oldest first."""
        library = self.now.library
        brief = library.briefs.get(self.brief) if library else None
        return freeze.of_brief(brief.id, library) if library and brief else ()

    def last(self) -> str:
        """Return the number of the last issued edition."""
        if not self.issued:
            raise UsageError(f"'{self.brief}' has no issued edition yet; name a day: --from DATE")
        return self.issued[-1].id

    def found(self, name: str) -> BriefState | Snapshot:
        """Return the state with this name; the snapshot if the brief is held back in it."""
        if name == NOW:
            return self.on(self.now, name)
        if _DAY.fullmatch(name):
            return self.on(self.snapshot_as_of(_day(name)), name)
        issued = next((item for item in self.issued if item.id == name), None)
        if issued is None:
            known = ", ".join(item.id for item in self.issued) or "none"
            raise UsageError(
                f"expected a day such as 2025-11-30 or an edition of '{self.brief}', found '{name}'; "
                f"there are {known}"
            )
        return self.of(issued)

    def of(self, issued: Issued) -> BriefState:
        """Return an issued edition as it was printed; a later edition does not change it."""
        wording = Wording(issued.printed.language, {})
        words = wording.say("redline.edition", number=issued.id, date=wording.date(issued.dated))
        edition = freeze.reissued(issued)
        return BriefState(
            Side(words, issued.id), edition, issued.state, issued.issued.latest, self.marking_of(issued)
        )

    def marking_of(self, issued: Issued) -> Marking:
        """Return who may read an edition now: fewer people, if what it shows has become stricter."""
        assert self.now.library
        seen = (views.seen_at(self.now.library, level) for level in Marking)
        known = ((item.id for item in view.issued.get(Slug(self.brief), ())) for view in seen)
        return next(level for level, numbers in zip(Marking, known, strict=True) if issued.id in numbers)

    def on(self, snapshot: Snapshot, name: str) -> BriefState | Snapshot:
        """Return the state of the brief in a snapshot; the snapshot if the brief is held back."""
        standing = snapshot.standings.get(self.brief)
        if standing is None:
            return snapshot
        if standing.is_issued:
            return self.of(standing.issued[-1])
        day = standing.edition.as_of
        say = Words(standing.edition.language)
        words = say("redline.now" if name == NOW else "redline.as_of", date=day)
        edition = standing.edition
        return BriefState(Side(words, name), edition, standing.state, edition.as_of_day, edition.marking)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"there is no day {text}") from error
