"""The request of a call, and the answer of the last build if nothing has changed."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefing.store import disk, json_record, versions
from briefing.store.disk import Manifest, Texts
from briefing.store.results import Action, Decision, Outcome, Scope

SITE = "site"
BRIEFS_FOLDER = "briefs"
"""Folder of the briefs' own files in the output, and of their pages in the site."""
FORMATS = ("markdown", "html", "pdf", "two-page", "flash", SITE)
"""The names that ``--format`` accepts."""
PROJECT_FILE = "content/project.yaml"
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
    against: str = AGAINST_BUILD
    """The state to compare the words with: the last build, the last issued edition, or one by its number."""

    @property
    def scope(self) -> Scope:
        """The files that the request is about; for a named brief, its own files without the site."""
        return Scope(frozenset(self.briefs), frozenset(self.formats))


def digest(request: Request, texts: Texts) -> str:
    """Return the digest of everything that a build depends on: texts, scope, day, program and libraries."""
    asked = (sorted(request.briefs), sorted(request.formats), request.as_of, request.today)
    named = f"{texts.digest} {asked} {versions.of_everything()}"
    return hashlib.sha256(named.encode()).hexdigest()


def remembered(request: Request, inputs: str, manifest: Manifest) -> Outcome | None:
    """Return the outcome of the last build, if nothing that it read or wrote has changed since."""
    if manifest.inputs != inputs or manifest.pending:
        return None
    in_scope = [
        artifact
        for artifact in manifest.artifacts.values()
        if request.scope.covers(artifact.group, artifact.format)
    ]
    on_disk = disk.digests(request.output, (artifact.path for artifact in in_scope))
    if any(on_disk.get(artifact.path) != artifact.sha256 for artifact in in_scope):
        return None
    held = manifest.outcome.get("held", {})
    decisions = tuple(
        Decision(
            artifact.path,
            Action.HOLD if artifact.group in held else Action.KEEP,
            held.get(artifact.group, "unchanged"),
            artifact.group,
            artifact.format,
        )
        for artifact in sorted(in_scope, key=lambda artifact: artifact.path)
    )
    findings = tuple(json_record.to_finding(item) for item in manifest.outcome.get("findings", ()))
    return Outcome(request.command, findings, decisions, held=held, is_remembered=True)
