"""Rules for the files of briefs, and the engine with the rules of all packages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.build import build_record, jobs
from briefing.build.plan import Job
from briefing.checks import recorded as checking
from briefing.compose import recorded as composing
from briefing.compose.current import Standing
from briefing.compose.recorded import SharedTemplates
from briefing.content import layout
from briefing.content import recorded as content
from briefing.content.recorded import RecordedLibrary
from briefing.formats import fonts, registry
from briefing.formats.base import Prepared, Theme
from briefing.language.wording import Wording
from briefing.memo.engine import Beside, Engine, Helpers, Rule, View
from briefing.memo.kept import Kept
from briefing.model.findings import Finding, FoundProblem
from briefing.site import recorded as site
from briefing.site.files import Download, Laid, laid
from briefing.store.disk import Texts
from briefing.store.font_files import FontFile
from briefing.store.request import SITE
from briefing.store.results import Inputs

FILES = "files of a brief"
WORDS = "words of a fact"
"""The rule that gives a fact with its fields in words."""
COMPOSED = composing.LEVEL + 4
"""A level above all that briefs are composed by."""
_PAGE = COMPOSED
_CHECKS = _PAGE + 1
CHECKED = _CHECKS + checking.LEVELS
"""A level above all checks."""
_LEVEL = CHECKED + 1
LAID_OUT = _LEVEL + 1
"""A level above all files of briefs."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of a brief in one format."""

    path: str
    format: str
    fingerprint: str
    shown: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]

    @property
    def inputs(self) -> Inputs:
        """Its inputs, by name."""
        return Inputs(frozenset(self.shown), self.parts)


@dataclass(frozen=True, slots=True)
class BriefLaid:
    """The files of a brief, without the texts that they are made of."""

    own: tuple[OwnFile, ...] = ()
    downloads: tuple[Download, ...] = ()
    draft_downloads: tuple[Download, ...] = ()
    beside: tuple[Laid, ...] = ()
    problem: Finding | None = None
    """Why they could not be laid out."""


def _files(shared: SharedTemplates, own_fonts: tuple[FontFile, ...]) -> Callable[[View, str], object]:
    def step(view: View, name: str) -> object:
        view.get("fonts")
        standing: Standing | None = view.get(composing.COMPOSED, name)[0]
        if standing is None:
            return BriefLaid()
        library = RecordedLibrary(view)
        with shared.reading(view) as templates:
            theme = Theme(templates, templates.texts, library.project.paper, own_fonts)
            try:
                found = jobs.of_brief(standing, library, theme, registry.formats_of(standing.edition))
            except FoundProblem as problem:
                return BriefLaid(problem=problem.finding)
        own = tuple(
            OwnFile(job.path, job.format, job.fingerprint, tuple(sorted(job.inputs.facts)), job.inputs.parts)
            for job in found.own
        )
        texts = {job.path: job.prepared for job in found.own}
        texts |= {f"{SITE}/{file.path}": file.prepared for file in found.beside}
        beside = tuple(map(laid, found.beside))
        return Beside(BriefLaid(own, found.downloads, found.draft_downloads, beside), texts)

    return step


def _words(view: View, key: str) -> dict[str, str] | None:
    library = RecordedLibrary(view)
    fact = library.facts.get(key)
    if fact is None:
        return None
    return build_record.in_words(
        fact, library, Wording(library.project.languages[0], library.actors, library.project.own_words)
    )


def rules(texts: Texts) -> tuple[Rule, ...]:
    """Return the rules of all packages, for the texts of a project."""
    shared = SharedTemplates(layout.template_texts(texts))
    return (
        *content.rules(texts),
        *composing.rules(shared),
        site.page_rule(_PAGE),
        *checking.rules(
            texts,
            lambda characters: fonts.lacking(characters, texts.fonts),
            lambda view, name: view.get(site.PAGE_EDITION, name)[0],
            _CHECKS,
        ),
        Rule(FILES, _LEVEL, _files(shared, texts.fonts), is_long=True),
        Rule(WORDS, _LEVEL, _words),
        Rule(site.DOWNLOADS, _LEVEL + 1, lambda view, name: view.get(FILES, name).downloads or None),
        Rule(
            site.DRAFT_DOWNLOADS,
            _LEVEL + 1,
            lambda view, name: view.get(FILES, name).draft_downloads or None,
        ),
        *site.rules(shared, texts.fonts),
    )


def engine_of(
    kept: Kept,
    texts: Texts,
    today: datetime.date,
    now: datetime.datetime | None = None,
    helpers: Helpers | None = None,
) -> Engine:
    """Return an engine that has read the texts of a project.

    ``today`` decides what is due, ``now`` which editions are held until their hour; without it, none is.
    ``helpers`` run long steps in other processes.
    """
    engine = Engine(kept, rules(texts), helpers)
    content.put(engine, texts, now)
    composing.put(engine, layout.template_texts(texts))
    checking.put(engine, texts, today)
    engine.put("fonts", {"": " ".join(f"{font.name} {font.digest}" for font in texts.fonts)})
    return engine


def files_of_briefs(engine: Engine, names: Iterable[str]) -> Iterator[Job]:
    """Yield the files of briefs, each in all its formats."""
    for name in names:
        yield from _own_files(engine, name)


def _own_files(engine: Engine, name: str) -> Iterator[Job]:
    found: BriefLaid = engine.get(FILES, name)
    unit = name_of_unit(FILES, name)
    for file in found.own:
        prepare = _prepare(engine, FILES, name, file.path)
        yield Job(file.path, name, file.format, file.inputs, file.fingerprint, prepare, unit)


def files_of_site(engine: Engine) -> Iterator[Job]:
    """Yield the files of the site."""
    facts = frozenset[str](engine.get("names", "facts"))
    for rule, key in site.wanted(engine):
        yield from _laid_out(engine, rule, key, engine.get(rule, key).files, facts)
    for name in site.briefs_shown(engine):
        yield from _laid_out(engine, FILES, name, engine.get(FILES, name).beside, facts)


def _laid_out(
    engine: Engine, rule: str, key: str, files: Iterable[Laid], facts: frozenset[str]
) -> Iterator[Job]:
    unit = name_of_unit(rule, key)
    for file in files:
        path = f"{SITE}/{file.path}"
        # A step about the site names its files below the folder of the site, one about a brief all its files.
        prepare = _prepare(engine, rule, key, path if rule == FILES else file.path)
        yield Job(path, SITE, SITE, file.inputs(facts), file.fingerprint, prepare, unit)


def name_of_unit(rule: str, key: str) -> str:
    """Return the name under which the step that lays files out is on record."""
    return f"{rule}: {key}"


def files_of_unit(
    engine: Engine, rule: str, key: str, is_listed: bool, facts: frozenset[str]
) -> Iterator[Job]:
    """Yield the files that one step lays out; with ``is_listed``, those of the site beside a brief too.

    ``facts`` are the keys of all facts.
    """
    if rule != FILES:
        yield from _laid_out(engine, rule, key, engine.get(rule, key).files, facts)
        return
    yield from _own_files(engine, key)
    if is_listed:
        yield from _laid_out(engine, rule, key, engine.get(rule, key).beside, facts)


def _prepare(engine: Engine, rule: str, key: str, path: str) -> Callable[[], Prepared]:
    def prepare() -> Prepared:
        found: Mapping[str, Any] = engine.extra(rule, key)
        prepared: Prepared = found[path]
        return prepared

    return prepare
