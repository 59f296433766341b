"""What a call asks for, and whether the last build has answered it already."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefing.store import disk, json_record, versions
from briefing.store.disk import Manifest, Texts
from briefing.store.results import Action, Decision, Outcome, Scope

SITE = "site"
FORMATS = ("markdown", "html", "pdf", "two-page", "flash", SITE)
"""What ``--format`` may name."""
PROJECT_FILE = "content/project.yaml"
"""What makes a folder a project."""
AGAINST_BUILD = "build"
"""What is printed is compared with what the last build printed."""
AGAINST_ISSUED = "issued"
"""Every brief is compared with its last issued edition."""
FOLDERS = {"content": (".yaml", ".md"), "templates": (".j2", ".css", ".js", ".svg")}
"""What is read of a project: folder -> endings."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    command: str
    """check, plan or build."""
    root: Path
    """The project's folder."""
    output: Path
    today: datetime.date
    briefs: tuple[str, ...] = ()
    """Ids of briefs; all where it is empty."""
    formats: tuple[str, ...] = ()
    """Names of formats, ``site`` among them; all where it is empty."""
    as_of: datetime.date | None = None
    processes: int = 1
    against: str = AGAINST_BUILD
    """What the words are compared with: the last build, the last issued edition, or one by its number."""

    @property
    def scope(self) -> Scope:
        """The files that the request is about: a named brief's own files, without the site."""
        return Scope(frozenset(self.briefs), frozenset(self.formats))


def digest(request: Request, texts: Texts) -> str:
    """Digest of everything that a build depends on: texts, scope, day, program and libraries."""
    asked = (sorted(request.briefs), sorted(request.formats), request.as_of, request.today)
    named = f"{texts.digest} {asked} {versions.of_everything()}"
    return hashlib.sha256(named.encode()).hexdigest()


def remembered(request: Request, inputs: str, manifest: Manifest) -> Outcome | None:
    """The outcome of the last build, where nothing that it read or wrote has changed since."""
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
