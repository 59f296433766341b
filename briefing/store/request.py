"""The request of a call, and the answer of the last build if nothing has changed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.model.moments import has_come
from briefing.store import built, disk, json_record, versions
from briefing.store.built import Manifest
from briefing.store.disk import Texts
from briefing.store.results import Action, Decision, Decisions, Outcome, Scope

SITE = "site"
BRIEFS_FOLDER = "briefs"
"""Folder of the briefs' own files in the output, and of their pages in the site."""
DRAFTS_FOLDER = "drafts"
"""Folder of the site for the drafts that it shows apart."""
FORMATS = ("markdown", "html", "pdf", "two-page", "flash", SITE)
"""The names that ``--format`` accepts."""
PROJECT_FILE = disk.PROJECT_FILE
"""The file that makes a folder a project."""
AGAINST_BUILD = "build"
"""Compare every brief with the text that the last build printed."""
AGAINST_ISSUED = "issued"
"""Compare every brief with its last issued edition."""
FOLDERS = {"content": (".yaml", ".md"), "templates": (".j2", ".css", ".js", ".svg")}
"""The files that the program reads in a project: folder -> endings."""


@dataclass(frozen=True, slots=True)
class Request:
    """A call of ``check``, ``plan`` or ``build``."""

    command: str
    """check, plan or build."""
    root: Path
    """The project's folder."""
    output: Path
    today: datetime.date
    briefs: tuple[str, ...] = ()
    """Ids of briefs; empty for all."""
    formats: tuple[str, ...] = ()
    """Names of formats, with ``site``; empty for all."""
    as_of: datetime.date | None = None
    processes: int = 1
    cluster: str = ""
    """The address of the scheduler whose workers make the slow files; empty for processes of this machine."""
    now: datetime.datetime | None = None
    """The time of the call, with its zone: editions are held until their hour. None holds none."""
    against: str = AGAINST_BUILD
    """The state to compare the words with: the last build, the last issued edition, or one by its number."""
    audience: str = ""
    """The name of the audience for which everything is made; empty for each brief and the site as marked."""

    @property
    def scope(self) -> Scope:
        """The files that the request is about; for a named brief, its own files without the site."""
        return Scope(frozenset(self.briefs), frozenset(self.formats))


def digest(request: Request, texts: Texts) -> str:
    """Return the digest of everything that a build depends on: texts, scope, day, program and libraries."""
    asked = (
        sorted(request.briefs),
        sorted(request.formats),
        request.as_of,
        request.today,
        request.audience,
    )
    named = f"{texts.digest} {asked} {versions.of_everything()}"
    return hashlib.sha256(named.encode()).hexdigest()


def remembered(request: Request, inputs: str, manifest: Manifest) -> Outcome | None:
    """Return the outcome of the last build, if nothing that it read or wrote has changed since.

    An hour that has come since is such a change, although no text says so. A build writes the stamps of files
    that it has compared byte by byte, so that the next one need not.
    """
    if manifest.inputs != inputs or manifest.pending:
        return None
    hours = manifest.outcome.get("hours", {})
    if any(had_come != (not request.now or has_come(hour, request.now)) for hour, had_come in hours.items()):
        return None
    changed, unknown = built.differing(request.output, manifest, request.scope)
    if changed:
        return None
    if request.command == "build":
        built.stamp(request.output, unknown)
    held = manifest.outcome.get("held", {})
    findings = tuple(json_record.to_finding(item) for item in manifest.outcome.get("findings", ()))
    found = unchanged(manifest, request.scope, held)
    return Outcome(request.command, findings, found, held=held, is_remembered=True)


def unchanged(manifest: Manifest, scope: Scope, held: Mapping[str, str]) -> Decisions:
    """Return the decisions on the files in scope if none is made: some are held back, the others stay."""

    def kept() -> Iterator[Decision]:
        for item in manifest.artifacts.values():
            if item.group not in held and scope.covers(item.group, item.format):
                yield Decision(item.path, Action.KEEP, "unchanged", item.group, item.format)

    waiting = [
        Decision(item.path, Action.HOLD, held[item.group], item.group, item.format)
        for item in built.some(manifest, "group", held.keys()).values()
        if scope.covers(item.group, item.format)
    ]
    waiting.sort(key=lambda item: item.path)
    return Decisions(waiting, built.number(manifest, scope) - len(waiting), kept)
