"""The line on demand: the steps of ``steps``, each run again only after something that it read has changed.

It takes a project without errors in its files, references, briefs and templates; errors that checks find do
not matter. For any other, for some briefs only, for an earlier day, and where facts are withheld from the
site, ``snapshot`` returns None, and the whole way of ``steps`` is taken.
"""

from __future__ import annotations

from typing import Any

from briefing.build import recorded, steps
from briefing.build.plan import Job
from briefing.build.recorded import BriefLaid
from briefing.build.steps import Content, Snapshot, Standings
from briefing.checks import recorded as checking
from briefing.compose import recorded as composing
from briefing.compose.current import Standing
from briefing.compose.templates import Templates
from briefing.content import layout
from briefing.content.linker import Records
from briefing.content.recorded import RecordedLibrary
from briefing.formats import fonts
from briefing.formats.base import Theme
from briefing.language.words import is_known
from briefing.memo.engine import Engine, Rule, View
from briefing.model import query
from briefing.model.findings import Finding
from briefing.site import recorded as site
from briefing.store.disk import Texts
from briefing.store.request import SITE
from briefing.store.results import Scope

_TOP = Rule("the whole", site.TOP + 1)
"""Reads everything; what it reads is not on record."""


class _RecordsOf(Records):
    """The records of a library that say which brief needs which sheet, read when they are asked for."""

    __slots__ = ("_library",)
    _library: RecordedLibrary

    def __init__(self, library: RecordedLibrary) -> None:
        object.__setattr__(self, "_library", library)

    project: Any = property(lambda self: self._library.project)
    briefs: Any = property(lambda self: tuple(self._library.briefs.values()))
    sheets: Any = property(lambda self: tuple(self._library.sheets.values()))
    broken = frozenset[str]()


def snapshot(engine: Engine, texts: Texts, scope: Scope) -> Snapshot | None:
    """Return the snapshot of a project; None if it needs the whole way."""
    engine.settle(composing.LEVEL)
    view = View(engine, _TOP)
    library = RecordedLibrary(view)
    project = library.project
    found: list[Finding] = [*texts.findings, *layout.template_names(texts.texts)]
    found += fonts.problems(texts.fonts)
    found += engine.get("all problems", "")
    is_sound = not any(finding.is_error for finding in found)
    has_words = bool(project.languages) and all(map(is_known, project.languages))
    if scope.groups or not is_sound or project == layout.UNREAD or not has_words:
        return None
    engine.settle(recorded.COMPOSED)
    found += engine.get("all problems of briefs", "")
    if any(finding.is_error for finding in found) or query.stricter_than(library, project.marking):
        return None
    engine.settle(recorded.CHECKED)
    pages = {}
    for name in library.pages:
        edition, problems = engine.get(site.PAGE_EDITION, name)
        if edition is None or problems:
            return None
        pages[name] = edition
    templates = layout.template_texts(texts)
    theme = Theme(Templates(templates), templates, project.paper, texts.fonts)
    read = Content(_RecordsOf(library), layout.brief_names(texts), theme, (), texts.captured)
    standings = Standings(library.briefs, lambda name: _composed(engine, name))
    composed = Snapshot(read, library, standings, pages)
    return steps.with_findings(composed, [*found, *engine.get(checking.FINDINGS, "")])


def _composed(engine: Engine, name: str) -> Standing:
    standing: Standing = engine.get(composing.COMPOSED, name)[0]
    return standing


def lay_out(engine: Engine, before: Snapshot, scope: Scope) -> tuple[Job, ...] | None:
    """Return the files of a snapshot; None if one cannot be laid out, which needs the whole way."""
    laid_out: list[BriefLaid] = [engine.get(recorded.FILES, name) for name in before.standings]
    if any(found.problem for found in laid_out):
        return None
    jobs = [
        job
        for job in recorded.files_of_briefs(engine, before.standings)
        if scope.covers(job.group, job.format)
    ]
    if scope.covers(SITE, SITE) and SITE not in before.held:
        engine.settle(site.TOP)
        for rule, key in site.wanted(engine):
            if engine.get(rule, key).problem:
                return None
        jobs += recorded.files_of_site(engine)
    return tuple(jobs)
