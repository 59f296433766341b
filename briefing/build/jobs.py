"""Every file that can be made from a snapshot: laid out with its inputs, but not yet made.

Layout is cheap compared with making the files. It fixes all inputs of each file, and the fingerprint covers
them.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from briefing.build import steps, workers
from briefing.build.plan import Job, job
from briefing.build.steps import Snapshot
from briefing.compose import fact_data
from briefing.compose.current import Standing
from briefing.content import views
from briefing.editions import freeze
from briefing.formats import registry
from briefing.formats.base import Format, Prepared, Theme
from briefing.model.briefs import Brief
from briefing.model.editions import Edition, FactFile
from briefing.model.findings import Finding, FoundProblem
from briefing.model.ledger import State
from briefing.model.library import Library
from briefing.model.values import Slug
from briefing.review import signoff
from briefing.site import archive, files
from briefing.site import pages as site
from briefing.store import versions
from briefing.store.request import BRIEFS_FOLDER, SITE
from briefing.store.results import Inputs, Scope


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An edition in one format, ready to be made."""

    format: Format
    shown: Edition
    """The part of the edition that the format shows."""
    facts: FactFile | None
    """The facts that it shows, as data; None if it contains no data."""
    prepared: Prepared


def lay_out_all(
    snapshot: Snapshot, scope: Scope, progress: workers.Progress = workers.no_progress
) -> tuple[tuple[Job, ...], Snapshot]:
    """Return every file in scope, and the snapshot with findings about files that could not be laid out."""
    downloads: dict[str, list[files.Download]] = {}
    beside: dict[str, tuple[files.SiteFile, ...]] = {}
    jobs: list[Job] = []
    problems: list[Finding] = []
    library = snapshot.library
    wants_site = scope.covers(SITE, SITE)
    for number, (name, standing) in enumerate(snapshot.standings.items(), 1):
        assert library  # an edition has a library
        progress(number, len(snapshot.standings), f"laying out {name}")
        wanted = [
            item
            for item in registry.formats_of(standing.edition)
            if scope.covers(name, item.name) or (wants_site and item.link)
        ]
        try:
            view = views.of_brief(library.briefs[name], library)
            laid_out = of_brief(standing, view, snapshot.theme, wanted)
        except FoundProblem as problem:
            problems.append(dataclasses.replace(problem.finding, brief=name))
            continue
        jobs += (item for item in laid_out.own if scope.covers(name, item.format))
        if wants_site:
            downloads[name], beside[name] = list(laid_out.downloads), laid_out.beside
    snapshot = steps.with_findings(snapshot, problems)
    if wants_site and snapshot.library and SITE not in snapshot.held:
        try:
            jobs += site_jobs(snapshot, snapshot.library, downloads, beside)
        except FoundProblem as problem:
            snapshot = steps.with_findings(snapshot, [problem.finding])
    return tuple(jobs), snapshot


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """The files of one brief: its own, and those beside its page on the site."""

    own: tuple[Job, ...]
    downloads: tuple[files.Download, ...]
    """What the page names."""
    beside: tuple[files.SiteFile, ...]
    """The files that it names."""


def of_brief(standing: Standing, library: Library, theme: Theme, wanted: Iterable[Format]) -> BriefFiles:
    """Lay out a brief in some formats, and the files beside its page on the site.

    ``library`` is the view of its readers. Raises FoundProblem if a template cannot be rendered.
    """
    edition, name = standing.edition, standing.edition.brief
    laid_out = lay_out(edition, standing.state, theme, wanted)
    brief = library.briefs[name]
    shared = (
        ("the brief's own text", _digest_of(repr(brief))),
        *archive.parts_of(standing.issued),
        ("paragraphs to be checked", str(len(signoff.suspects(brief, library)))),
    )
    own: list[Job] = []
    beside: list[files.SiteFile] = []
    for item in laid_out:
        inputs = _inputs(item.shown, shared, brief, theme, item.format)
        own.append(
            job(f"{BRIEFS_FOLDER}/{name}{item.format.suffix}", name, item.format.name, item.prepared, inputs)
        )
        if _is_download(item.format):
            beside.append(files.SiteFile(f"briefs/{name}{item.format.suffix}", item.prepared, inputs))
    facts = next((item.facts for item in laid_out if item.shown is edition and item.facts), None)
    text = (facts or fact_data.of_edition(edition, standing.state)).json
    prepared = Prepared("text", text, title=edition.title)
    beside.append(
        files.SiteFile(f"briefs/{name}.json", prepared, _inputs(edition, shared, brief, theme, None))
    )
    return BriefFiles(tuple(own), downloads([item.format for item in laid_out]), tuple(beside))


def downloads(made: Iterable[Format]) -> tuple[files.Download, ...]:
    """Return the files beside a brief's page, of a brief that is made in some formats."""
    offered = [files.Download(item.link, item.suffix) for item in made if _is_download(item)]
    return (*offered, files.Download("page.facts_json", ".json"))


def lay_out(edition: Edition, state: State, theme: Theme, wanted: Iterable[Format]) -> tuple[LaidOut, ...]:
    """Lay out an edition in some of its formats. A typeset format contains the facts that it shows, as data.

    Raises FoundProblem if a template cannot be rendered.
    """
    found = []
    for item in wanted:
        shown = item.shown(edition)
        facts = fact_data.of_edition(shown, state) if item.is_typeset else None
        found.append(LaidOut(item, shown, facts, item.prepare(edition, theme, facts or FactFile())))
    return tuple(found)


def site_jobs(
    snapshot: Snapshot,
    library: Library,
    downloads: Mapping[str, Sequence[files.Download]],
    beside: Mapping[str, Sequence[files.SiteFile]] = MappingProxyType({}),
) -> list[Job]:
    """Return the files of the site, all made of the view of its readers.

    ``beside`` are the files beside the page of each brief, which ``downloads`` names.

    Raises FoundProblem if a template cannot be rendered.
    """
    view = views.of_site(library)
    shown = dataclasses.replace(
        view, issued={name: freeze.of_brief(Slug(name), view) for name in view.issued}
    )
    public = {name: edition for name, edition in snapshot.editions.items() if name in view.briefs}
    pages = site.prepare(public, snapshot.pages, downloads, shown, snapshot.theme)
    pages = (*pages, *(item for name in public for item in beside.get(name, ())))
    return [job(f"{SITE}/{page.path}", SITE, SITE, page.prepared, page.inputs) for page in pages]


def _is_download(item: Format) -> bool:
    """Return whether the site offers a format beside the brief's page; it needs Pango to offer PDFs."""
    return bool(item.link) and not (item.is_typeset and versions.pango() is None)


def _inputs(
    edition: Edition,
    shared: tuple[tuple[str, str], ...],
    brief: Brief,
    theme: Theme,
    made_by: Format | None,
) -> Inputs:
    """Return the inputs of one file of a brief by name; without a format, those of the file of its facts.

    ``shared`` are those that all its files share.
    """
    named = [f"template {brief.template}.md.j2"]
    if made_by:
        named += [f"template {item}" for item in made_by.templates]
        named += [f"style {item}" for item in made_by.styles]
    parts = [(item, _digest_of(theme.texts.get(item.partition(" ")[2], ""))) for item in named]
    parts += shared
    if made_by and made_by.is_typeset:
        parts.append(("paper", theme.paper.value))
        parts += [(item.rpartition(" ")[0], item.rpartition(" ")[2]) for item in versions.of_typesetting()]
    return Inputs(frozenset(note.fact for note in edition.notes), tuple(parts))


@functools.lru_cache(maxsize=256)
def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
