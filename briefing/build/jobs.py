"""Every file that can be made from a snapshot: laid out with its inputs, but not yet made.

Layout is cheap compared with making the files. It fixes all inputs of each file, and the fingerprint covers
them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from briefing.build import steps, workers
from briefing.build.plan import Job
from briefing.build.steps import Snapshot
from briefing.compose import fact_data
from briefing.content import linker
from briefing.editions import clearance, freeze
from briefing.formats import registry
from briefing.formats.base import Format, Prepared, Theme
from briefing.model import query
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
    beside: dict[str, list[files.SiteFile]] = {}
    jobs: list[Job] = []
    problems: list[Finding] = []
    parts = _Parts(snapshot)
    wants_site = scope.covers(SITE, SITE)
    for number, (name, edition) in enumerate(snapshot.editions.items(), 1):
        progress(number, len(snapshot.editions), f"laying out {name}")
        state = snapshot.standings[name].state
        wanted = [
            item
            for item in registry.formats_of(edition)
            if scope.covers(name, item.name) or (wants_site and item.link)
        ]
        try:
            laid_out = lay_out(edition, state, snapshot.theme, wanted)
        except FoundProblem as problem:
            problems.append(dataclasses.replace(problem.finding, brief=name))
            continue
        shared = parts.shared(edition)
        for item in laid_out:
            inputs = parts.of(item.shown, shared, item.format)
            if scope.covers(name, item.format.name):
                path = f"{BRIEFS_FOLDER}/{name}{item.format.suffix}"
                jobs.append(Job(path, name, item.format.name, item.prepared, inputs))
            if wants_site and _is_download(item.format):
                downloads.setdefault(name, []).append(files.Download(item.format.link, item.format.suffix))
                copy = files.SiteFile(f"briefs/{name}{item.format.suffix}", item.prepared, inputs)
                beside.setdefault(name, []).append(copy)
        if wants_site:
            facts = next((item.facts for item in laid_out if item.shown is edition and item.facts), None)
            prepared = Prepared(
                "text", (facts or fact_data.of_edition(edition, state)).json, title=edition.title
            )
            downloads.setdefault(name, []).append(files.Download("Facts as JSON", ".json"))
            copy = files.SiteFile(f"briefs/{name}.json", prepared, parts.of(edition, shared))
            beside.setdefault(name, []).append(copy)
    snapshot = steps.with_findings(snapshot, problems)
    if wants_site and snapshot.library and SITE not in snapshot.held:
        try:
            jobs += site_jobs(snapshot, snapshot.library, downloads, beside)
        except FoundProblem as problem:
            snapshot = steps.with_findings(snapshot, [problem.finding])
    return tuple(jobs), snapshot


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
    """Return the files of the site, with only the content that the marking of the site allows.

    ``beside`` are the files beside the page of each brief, which ``downloads`` names.

    Raises FoundProblem if a template cannot be rendered.
    """
    marking = library.project.marking
    shown = linker.without(library, query.stricter_than(library, marking))
    public = {name: edition for name, edition in snapshot.editions.items() if not marking < edition.marking}
    issued = {
        name: clearance.editions(freeze.of_brief(Slug(name), library), library, marking)
        for name in library.issued
    }
    shown = dataclasses.replace(shown, issued={name: items for name, items in issued.items() if items})
    pages = site.prepare(public, snapshot.pages, downloads, shown, snapshot.theme)
    pages = (*pages, *(item for name in public for item in beside.get(name, ())))
    return [Job(f"{SITE}/{page.path}", SITE, SITE, page.prepared, page.inputs) for page in pages]


def _is_download(item: Format) -> bool:
    """Return whether the site offers a format beside the brief's page; it needs Pango to offer PDFs."""
    return bool(item.link) and not (item.is_typeset and versions.pango() is None)


class _Parts:
    """The names of the inputs of an edition's files, for the reasons."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.digests = {name: _digest_of(text) for name, text in snapshot.theme.texts.items()}

    def shared(self, edition: Edition) -> tuple[tuple[str, str], ...]:
        """Return the inputs that all files of a brief share, in every format."""
        assert self.snapshot.library  # an edition has a library
        brief = self.snapshot.library.briefs[edition.brief]
        to_check = signoff.suspects(brief, self.snapshot.library)
        return (
            ("the brief's own text", _digest_of(repr(brief))),
            *archive.parts_of(self.snapshot.standings[edition.brief].issued),
            ("paragraphs to be checked", str(len(to_check))),
        )

    def of(
        self, edition: Edition, shared: tuple[tuple[str, str], ...], made_by: Format | None = None
    ) -> Inputs:
        """Return the inputs of one file of a brief; without a format, those of the file of its facts."""
        assert self.snapshot.library
        named = [f"template {self.snapshot.library.briefs[edition.brief].template}.md.j2"]
        if made_by:
            named += [f"template {item}" for item in made_by.templates]
            named += [f"style {item}" for item in made_by.styles]
        parts = [(item, self.digests.get(item.partition(" ")[2], "")) for item in named]
        parts += shared
        if made_by and made_by.is_typeset:
            parts.append(("paper", self.snapshot.theme.paper.value))
            parts += [
                (item.rpartition(" ")[0], item.rpartition(" ")[2]) for item in versions.of_typesetting()
            ]
        return Inputs(frozenset(note.fact for note in edition.notes), tuple(parts))


def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
