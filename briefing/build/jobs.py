"""Every file that can be made from a snapshot: laid out with its inputs, but not yet made.

Layout is cheap compared with making the files. It fixes all inputs of each file, and the fingerprint covers
them.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from briefing.build import steps, workers
from briefing.build.plan import Job, job
from briefing.build.steps import Snapshot
from briefing.compose import current, fact_data
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
from briefing.site.lookups import Briefs
from briefing.store import versions
from briefing.store.request import BRIEFS_FOLDER, DRAFTS_FOLDER, SITE
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
    on_site: dict[str, BriefFiles] = {}
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
            on_site[name] = laid_out
    snapshot = steps.with_findings(snapshot, problems)
    if wants_site and snapshot.library and SITE not in snapshot.held:
        try:
            jobs += site_jobs(snapshot, snapshot.library, on_site)
        except FoundProblem as problem:
            snapshot = steps.with_findings(snapshot, [problem.finding])
    return tuple(jobs), snapshot


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """The files of one brief: its own, and those beside its page on the site."""

    own: tuple[Job, ...]
    downloads: tuple[files.Download, ...]
    """What its page on the site names; nothing where it has none."""
    draft_downloads: tuple[files.Download, ...]
    """What the page of its draft names, if the site shows that apart."""
    beside: tuple[files.SiteFile, ...]
    """The files that these pages name."""


def of_brief(standing: Standing, library: Library, theme: Theme, wanted: Iterable[Format]) -> BriefFiles:
    """Lay out a brief in some formats, and the files beside its page on the site.

    ``library`` is the view of its readers. Raises FoundProblem if a template cannot be rendered.
    """
    laid_out = lay_out(standing.edition, standing.state, theme, wanted)
    brief = library.briefs[standing.edition.brief]
    parts = _shared_parts(standing, brief, library)
    own = [
        job(
            f"{BRIEFS_FOLDER}/{brief.id}{item.format.suffix}",
            brief.id,
            item.format.name,
            item.prepared,
            _inputs(item.shown, parts, brief, theme, item.format),
        )
        for item in laid_out
    ]
    shown = current.on_site(standing, library.project.drafts_on_site)
    offered: dict[str, tuple[files.Download, ...]] = {}
    beside: list[files.SiteFile] = []
    for folder, item in ((BRIEFS_FOLDER, shown.published), (DRAFTS_FOLDER, shown.draft)):
        if item is None:
            continue
        found, shared = laid_out, parts
        if item is not standing:  # it is frozen, and no longer depends on the brief
            forms = [form for form in registry.formats_of(item.edition) if form.link]
            found, shared = lay_out(item.edition, item.state, theme, forms), archive.parts_of(item.issued)
        offered[folder] = downloads([form.format for form in found])
        beside += _beside(folder, item, found, shared, brief, theme)
    return BriefFiles(
        tuple(own), offered.get(BRIEFS_FOLDER, ()), offered.get(DRAFTS_FOLDER, ()), tuple(beside)
    )


def _shared_parts(standing: Standing, brief: Brief, library: Library) -> tuple[tuple[str, str], ...]:
    """Return the inputs that all files of a brief as it is now share, each with its digest."""
    return (
        ("the brief's own text", _digest_of(repr(brief))),
        *archive.parts_of(standing.issued),
        ("paragraphs to be checked", str(len(signoff.suspects(brief, library)))),
    )


def _beside(
    folder: str,
    standing: Standing,
    laid_out: Sequence[LaidOut],
    shared: tuple[tuple[str, str], ...],
    brief: Brief,
    theme: Theme,
) -> Iterator[files.SiteFile]:
    """Yield the files beside the page of a brief in a folder of the site."""
    edition = standing.edition
    for item in laid_out:
        if _is_download(item.format):
            inputs = _inputs(item.shown, shared, brief, theme, item.format)
            yield files.SiteFile(f"{folder}/{brief.id}{item.format.suffix}", item.prepared, inputs)
    facts = next((item.facts for item in laid_out if item.shown is edition and item.facts), None)
    text = (facts or fact_data.of_edition(edition, standing.state)).json
    prepared = Prepared("text", text, title=edition.title)
    yield files.SiteFile(f"{folder}/{brief.id}.json", prepared, _inputs(edition, shared, brief, theme, None))


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
    snapshot: Snapshot, library: Library, laid_out: Mapping[str, BriefFiles] = MappingProxyType({})
) -> list[Job]:
    """Return the files of the site, all made of the view of its readers.

    ``laid_out`` has the files beside the pages of each brief.

    Raises FoundProblem if a template cannot be rendered.
    """
    view = views.of_site(library)
    shown = dataclasses.replace(
        view, issued={name: freeze.of_brief(Slug(name), view) for name in view.issued}
    )
    public = {
        name: current.on_site(standing, library.project.drafts_on_site)
        for name, standing in snapshot.standings.items()
        if name in view.briefs
    }
    briefs = Briefs(
        {name: item.published.edition for name, item in public.items() if item.published},
        {name: item.draft.edition for name, item in public.items() if item.draft},
        {name: item.downloads for name, item in laid_out.items()},
        {name: item.draft_downloads for name, item in laid_out.items()},
    )
    pages = site.prepare(briefs, snapshot.pages, shown, snapshot.theme)
    pages = (*pages, *(item for name in public if name in laid_out for item in laid_out[name].beside))
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
