"""The four steps from texts to findings: read, link, compose and check, each callable alone.

Every step takes the result of the previous one and adds to it. It leaves out content that it cannot use, and
reports it. ``snapshot`` takes all four steps.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefing.build import blocked, workers
from briefing.checks import glyphs, runner
from briefing.compose import cite, current
from briefing.compose.current import Standing
from briefing.compose.templates import Templates
from briefing.content import layout, linker, views
from briefing.content.linker import Records
from briefing.formats import fonts
from briefing.formats.base import Theme
from briefing.language.words import is_known
from briefing.model.briefs import Brief, Page
from briefing.model.editions import Edition
from briefing.model.findings import Finding, UsageError, nearest, ordered
from briefing.model.library import Library
from briefing.model.scales import Paper
from briefing.site import pages as site
from briefing.sources import captures, verify
from briefing.sources.captures import Verified
from briefing.store.disk import Texts
from briefing.store.request import SITE
from briefing.store.results import Failure, Scope

EVERYTHING = Scope()
"""The scope of a call that names no brief and no format."""


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a project: its records, not yet linked, and its templates."""

    records: Records | None
    """None if the project file cannot be used."""
    brief_names: tuple[str, ...]
    """Names of the files of all briefs, including those that could not be read."""
    theme: Theme
    findings: tuple[Finding, ...]
    captured: Mapping[str, bytes] = field(default_factory=dict)
    """The captured texts of the project, by file name."""


class Standings(Mapping[str, Standing]):
    """Briefs as they are now, by id; ``get`` gives one of them, and may compose it first."""

    def __init__(self, names: Iterable[str] = (), get: Callable[[str], Standing] | None = None) -> None:
        self._names = dict.fromkeys(names)
        self._get = get

    def __getitem__(self, name: str) -> Standing:
        if name not in self._names or self._get is None:
            raise KeyError(name)
        return self._get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def without(self, names: Collection[str]) -> Standings:
        """Return the briefs without some of them."""
        return Standings((name for name in self._names if name not in names), self._get)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A project at one moment: linked, and composed and checked if those steps were taken."""

    content: Content
    library: Library | None
    """For an audience, its view; None if the project file cannot be used."""
    whole: Library | None
    """The library with everything, for any audience."""
    standings: Standings = field(default_factory=Standings)
    """The briefs that are not held back, by id."""
    pages: Mapping[str, Edition] = field(default_factory=dict)
    """The plain pages of the site, by id."""
    findings: tuple[Finding, ...] = ()
    """In order of place."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Brief id or ``site`` -> why it is held back."""
    failures: tuple[Failure, ...] = ()
    """The files that a build could not make, although their content has no errors."""

    @property
    def editions(self) -> dict[str, Edition]:
        """The editions to print, by id of the brief."""
        return {name: standing.edition for name, standing in self.standings.items()}

    @property
    def theme(self) -> Theme:
        """The templates and styles of the project."""
        return self.content.theme


def snapshot(
    texts: Texts,
    today: datetime.date,
    scope: Scope = EVERYTHING,
    as_of: datetime.date | None = None,
    progress: workers.Progress = workers.no_progress,
    now: datetime.datetime | None = None,
    audience: str = "",
) -> Snapshot:
    """Take all four steps. Raises UsageError if a brief of the scope or the audience does not exist.

    With ``now``, editions are held until their hour; without it, as the authors see them, they are not.
    """
    linked = link(read(texts), as_of, now, audience)
    return check(compose(linked, scope, progress), today, scope)


def read(texts: Texts) -> Content:
    """Return the records of a project, read from its texts."""
    records, findings = layout.load(texts)
    templates = layout.template_texts(texts)
    paper = records.project.paper if records else Paper.A4
    theme = Theme(Templates(templates), templates, paper, texts.fonts)
    findings = (*findings, *fonts.problems(texts.fonts))
    return Content(records, layout.brief_names(texts), theme, findings, texts.captured)


def link(
    content: Content,
    as_of: datetime.date | None = None,
    now: datetime.datetime | None = None,
    audience: str = "",
) -> Snapshot:
    """Link the records to a library: all of them, or those that were known on a day.

    For an audience, its view is all that the later steps get. Raises UsageError if there is no such audience.
    """
    if content.records is None:
        return with_findings(Snapshot(content, None, None), content.findings)
    whole, lost = linker.link(content.records, as_of, now)
    library = whole
    if audience:
        library = views.for_audience(whole, views.audience_of(whole.project, audience))
    project = library.project
    unknown = [current.unknown_language(tag, project.at) for tag in project.languages if not is_known(tag)]
    return with_findings(Snapshot(content, library, whole), (*content.findings, *lost, *unknown))


def compose(
    linked: Snapshot, scope: Scope = EVERYTHING, progress: workers.Progress = workers.no_progress
) -> Snapshot:
    """Draft and cite every brief in scope that is not held back, and the plain pages of the site.

    Raises UsageError if the scope names a brief that does not exist.
    """
    library = linked.library
    if library is None:
        return linked
    refuse_unknown_briefs(scope.groups, linked.content.brief_names)
    _refuse_unseen_briefs(scope.groups, library)
    findings: list[Finding] = []
    standings: dict[str, Standing] = {}
    for number, brief in enumerate(library.briefs.values(), 1):
        if not scope.covers_group(brief.id):
            continue
        if brief.id in linked.held:
            findings += cite.link_problems(brief, library) if is_known(brief.language) else ()
            continue
        progress(number, len(library.briefs), f"citing {brief.id}")
        standing, problems = _composed(brief, library, linked.theme)
        findings += problems
        if standing:
            standings[brief.id] = standing
    # A page may cite any fact, so pages are cited only if there are no errors; else their links are read.
    is_sound = not any(finding.is_error for finding in (*linked.findings, *findings))
    pages: dict[str, Edition] = {}
    for page in library.pages.values() if scope.covers_group(SITE) else ():
        edition, problems = _cited(page, library, is_sound)
        findings += [dataclasses.replace(finding, brief="") for finding in problems]
        if edition:
            pages[page.id] = edition
    composed = Standings(standings, standings.__getitem__)
    return with_findings(dataclasses.replace(linked, standings=composed, pages=pages), findings)


def _composed(brief: Brief, library: Library, theme: Theme) -> tuple[Standing | None, tuple[Finding, ...]]:
    """Return a brief as its readers may see it, and every mistake in its links, those of others included."""
    view = views.of_brief(brief, library)
    seen = view.briefs.get(brief.id)
    if seen is None:
        # All of its bottom line is marked more strictly than the brief, which a check reports.
        return None, ()
    if not is_known(brief.language):
        unknown = current.unknown_language(brief.language, brief.at)
        return None, (dataclasses.replace(unknown, brief=brief.id),)
    standing, problems = current.compose(seen, view, theme.templates)
    is_cut = seen.prose != brief.prose
    return standing, (*problems, *(cite.link_problems(brief, library) if is_cut else ()))


def _cited(page: Page, library: Library, is_sound: bool) -> tuple[Edition | None, tuple[Finding, ...]]:
    """Return a plain page as the readers of the site may see it, and the mistakes in its links."""
    view = views.of_site(library)
    seen = view.pages.get(page.id)
    if is_sound and seen:
        return site.cite_page(seen, view)
    if is_known(library.project.languages[0]):
        return None, cite.link_problems(site.brief_of(page, library), library)
    return None, ()


def check(composed: Snapshot, today: datetime.date, scope: Scope = EVERYTHING) -> Snapshot:
    """Run every check over the library, its editions and its pages. ``today`` decides what is due."""
    library = composed.library
    if composed.content.records is None or library is None:
        return composed
    editions = tuple(composed.editions.values())
    subject = runner.Subject(
        library,
        editions,
        today,
        composed.pages,
        composed.content.records.suppressions,
        scope.groups,
        verified=_verified(composed.content.captured, library),
        unprintable=fonts.lacking(glyphs.characters(editions, library.project), composed.theme.fonts),
    )
    return with_findings(composed, runner.run(subject))


def _verified(captured: Mapping[str, bytes], library: Library) -> tuple[Verified, ...]:
    """Return the sources with the project's own captures; none where it has none, or as of a day."""
    if not captured or library.as_of is not None:
        return ()
    sources = library.sources.values()
    found = {str(source.id): captures.read(captured.get(source.capture)) for source in sources}
    return verify.unmatched(library, found)


def with_findings(before: Snapshot, found: Iterable[Finding], failures: Iterable[Failure] = ()) -> Snapshot:
    """Return the snapshot with more findings and failures, and without the briefs that these hold back.

    This is the only place that decides what is held back. It does so after every step, from all findings, and
    in a build also from the files that could not be made.
    """
    findings = ordered((*before.findings, *found))
    failures = (*before.failures, *failures)
    held = blocked.held(findings, before.content.records, before.content.brief_names, failures)
    standings = before.standings.without(held)
    return dataclasses.replace(before, findings=findings, failures=failures, held=held, standings=standings)


def _refuse_unseen_briefs(names: Collection[str], library: Library) -> None:
    """Raise UsageError if an audience may not see a brief that a call names."""
    for name in sorted(names):
        if library.level and name not in library.briefs and f"briefs/{name}" not in library.broken:
            level = library.level.value
            raise UsageError(
                f"'{name}' is marked more strictly than TLP:{level}; this audience gets no file of it"
            )


def refuse_unknown_briefs(names: Collection[str], known: Collection[str]) -> None:
    """Raise UsageError if a name is that of no brief."""
    for name in sorted(names):
        if name not in known:
            hint = nearest(name, sorted(known), "" if known else "there are none")
            raise UsageError(f"there is no brief '{name}'; {hint}")
