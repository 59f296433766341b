"""The line on demand: the steps of ``steps``, each run again only after something that it read has changed.

It takes a project without errors in its files, references, briefs and templates; errors that checks find do
not matter. For any other, for an earlier day, for an audience, where anything is marked otherwise than the
project, and for some briefs of which no result is kept yet, ``snapshot`` returns None, and the whole way of
``steps`` is taken.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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
from briefing.model.findings import Finding
from briefing.site import recorded as site
from briefing.store import built
from briefing.store.built import Manifest
from briefing.store.disk import Texts
from briefing.store.request import SITE
from briefing.store.results import Scope

_TOP = Rule("the whole", site.TOP + 1)
"""Reads everything; what it reads is not on record."""


class RecordsOf(Records):
    """The records of a library that say which brief needs which sheet, read when they are asked for."""

    __slots__ = ("_library",)
    _library: RecordedLibrary

    def __init__(self, library: RecordedLibrary) -> None:
        object.__setattr__(self, "_library", library)

    project: Any = property(lambda self: self._library.project)
    briefs: Any = property(lambda self: tuple(self._library.briefs.values()))
    sheets: Any = property(lambda self: tuple(self._library.sheets.values()))
    broken: Any = property(lambda self: self._library.broken)


def snapshot(engine: Engine, texts: Texts, scope: Scope) -> Snapshot | None:
    """Return the snapshot of a project; None if it needs the whole way.

    Raises UsageError if the scope names a brief that does not exist.
    """
    if scope.groups and not engine.has(checking.FINDINGS, ""):
        return None  # the whole way needs those briefs only
    engine.settle(composing.LEVEL)
    view = View(engine, _TOP)
    library = RecordedLibrary(view)
    project = library.project
    found: list[Finding] = [*texts.findings, *layout.template_problems(texts)]
    found += fonts.problems(texts.fonts)
    found += engine.get("all problems", "")
    is_sound = not any(finding.is_error for finding in found)
    has_words = bool(project.languages) and all(map(is_known, project.languages))
    if not is_sound or project == layout.UNREAD or not has_words:
        return None
    steps.refuse_unknown_briefs(scope.groups, layout.brief_names(texts))
    engine.settle(recorded.COMPOSED)
    engine.prepare(composing.COMPOSED, library.briefs)
    found += engine.get("all problems of briefs", "")
    if any(finding.is_error for finding in found) or library.is_marked:
        return None
    engine.settle(recorded.CHECKED)
    engine.prepare(checking.UNIT, checking.units_of(library))
    pages = {}
    for name in library.pages if scope.covers_group(SITE) else ():
        edition, problems = engine.get(site.PAGE_EDITION, name)
        if edition is None or problems:
            return None
        pages[name] = edition
    templates = layout.template_texts(texts)
    theme = Theme(Templates(templates), templates, project.paper, texts.fonts)
    read = Content(RecordsOf(library), layout.brief_names(texts), theme, (), texts.captured)
    wanted = filter(scope.covers_group, library.briefs)
    standings = Standings(wanted, lambda name: _composed(engine, name))
    composed = Snapshot(read, library, library, standings, pages)
    return steps.with_findings(composed, [*found, *engine.get(checking.FINDINGS, "")])


def _composed(engine: Engine, name: str) -> Standing:
    standing: Standing = engine.get(composing.COMPOSED, name)[0]
    return standing


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The files of a snapshot that may differ from those of the last build."""

    jobs: tuple[Job, ...]
    units: frozenset[str] = frozenset()
    """The steps, by name, whose files of the last build are compared with these."""
    is_whole: bool = True
    """Whether these are all files; else every other is as the last build left it."""
    facts: tuple[str, ...] = ()
    """The facts whose words may have changed; all facts if these are all files."""
    recomposed: frozenset[str] = frozenset()
    """The briefs whose text or state may have changed."""


def lay_out(
    engine: Engine,
    before: Snapshot,
    scope: Scope,
    manifest: Manifest,
    followed: str,
    differing: Collection[str],
) -> LaidOut | None:
    """Return the files of a snapshot; None if one cannot be laid out, which needs the whole way.

    ``followed`` is the state of the kept results that the last build followed, if it is known: then only the
    files of steps that came out otherwise since are looked at, and those that differ on the disk.
    """
    wants_site = scope.covers(SITE, SITE) and SITE not in before.held
    units = {recorded.name_of_unit(recorded.FILES, name): (recorded.FILES, name) for name in before.standings}
    engine.settle(recorded.LAID_OUT)
    engine.prepare(recorded.FILES, before.standings)
    if wants_site:
        engine.settle(site.TOP)
        site.prepare(engine)
        units |= {recorded.name_of_unit(rule, key): (rule, key) for rule, key in site.wanted(engine)}
    since = None if before.held or manifest.pending else engine.changed(followed)
    if since is None:
        return _all(engine, before, scope, wants_site)
    known = built.units(manifest)
    elsewhere = {item.unit for item in built.some(manifest, "path", differing).values()}
    if "" in known:
        return _all(engine, before, scope, wants_site)
    chosen = {recorded.name_of_unit(rule, key) for rule, key in since} | (units.keys() - known) | elsewhere
    listed = frozenset(site.briefs_shown(engine)) if wants_site else frozenset[str]()
    every_fact = frozenset[str](engine.get("names", "facts"))
    jobs: list[Job] = []
    for rule, key in (units[name] for name in sorted(chosen & units.keys())):
        if engine.get(rule, key).problem:
            return None
        jobs += recorded.files_of_unit(engine, rule, key, key in listed, every_fact)
    wanted = tuple(job for job in jobs if scope.covers(job.group, job.format))
    facts = sorted({key for rule, key in since if rule in ("facts", recorded.WORDS)})
    recomposed = frozenset(key for rule, key in since if rule == composing.COMPOSED)
    of_briefs = recorded.name_of_unit(recorded.FILES, "")
    # With some briefs only, the files of the others are not laid out, and not gone either.
    known_here = frozenset[str]() if scope.groups else known
    gone = {name for name in known_here - units.keys() if wants_site or name.startswith(of_briefs)}
    return LaidOut(wanted, frozenset(chosen | gone), False, tuple(facts), recomposed)


def _all(engine: Engine, before: Snapshot, scope: Scope, wants_site: bool) -> LaidOut | None:
    laid_out: list[BriefLaid] = [engine.get(recorded.FILES, name) for name in before.standings]
    if any(found.problem for found in laid_out):
        return None
    jobs = [
        job
        for job in recorded.files_of_briefs(engine, before.standings)
        if scope.covers(job.group, job.format)
    ]
    if wants_site:
        for rule, key in site.wanted(engine):
            if engine.get(rule, key).problem:
                return None
        jobs += recorded.files_of_site(engine)
    return LaidOut(tuple(jobs), facts=tuple(engine.get("names", "facts")))
