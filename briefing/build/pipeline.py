"""The whole pipeline on one page: from texts to findings, decisions and files. Read this first.

``check`` ends after the checks, ``plan`` after the decisions, and ``build`` carries them out. Data flows only
forward, and every step except the first and the last is a pure function.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.build import build_record, jobs, plan, preview, steps, workers
from briefing.build.plan import Job
from briefing.build.steps import EVERYTHING, Snapshot
from briefing.editions import file_copy
from briefing.model.findings import Finding, InUseError
from briefing.store import disk
from briefing.store.disk import Manifest, Reasons, Texts
from briefing.store.request import Request
from briefing.store.results import Action, Artifact, Decision, Failure, Outcome, Scope


@dataclass(frozen=True, slots=True)
class Survey:
    """The files that can be made from a snapshot, and the decisions about them."""

    snapshot: Snapshot
    jobs: tuple[Job, ...]
    decisions: tuple[Decision, ...]
    before: Reasons
    """The inputs of the files of the last build."""
    facts: plan.FactWords
    """The facts that any file shows, in words."""


def run(
    request: Request,
    texts: Texts,
    manifest: Manifest,
    inputs: str,
    pool: workers.Pool,
    progress: workers.Progress,
) -> Outcome:
    """Run the pipeline as far as the request asks. ``inputs`` is the digest of all inputs of this run."""
    snapshot = steps.snapshot(texts, request.today, request.scope, request.as_of, progress)
    if request.command == "check":
        return Outcome("check", _concerning(request, snapshot), held=_held(request, snapshot))
    found = survey(snapshot, manifest, request.output, request.scope, progress)
    findings, held = _concerning(request, found.snapshot), _held(request, found.snapshot)
    if request.command == "plan":
        impacts = preview.impacts(found.snapshot, found.decisions, request.output, request.against)
        return Outcome("plan", findings, found.decisions, held=held, impact=impacts)
    artifacts, failures = _carry_out(request, found, manifest, pool, progress)
    outcome = Outcome("build", findings, found.decisions, failures, held)
    build_record.write_reasons(request.output, found.before, artifacts, found.jobs, found.facts)
    build_record.write(request, manifest, inputs, artifacts, outcome)
    return outcome


def survey(
    snapshot: Snapshot,
    manifest: Manifest,
    output: Path,
    scope: Scope = EVERYTHING,
    progress: workers.Progress = workers.no_progress,
) -> Survey:
    """Lay out every file in scope, and decide which of them a build would make, keep, remove or hold back."""
    found, snapshot = jobs.lay_out_all(snapshot, scope, progress)
    before = disk.read_reasons(output)
    facts = build_record.facts_in_words(snapshot.library, found)
    on_disk = disk.digests(output, manifest.artifacts)
    why = plan.reasons_for(before, facts)
    decisions = plan.decide(found, manifest, on_disk, scope, _with_former_names(snapshot), why)
    return Survey(snapshot, found, decisions, before, facts)


def _with_former_names(snapshot: Snapshot) -> Mapping[str, str]:
    """Return what is held back, under former names too, because the last good files may still have those."""
    renamed = snapshot.library.renamed.briefs if snapshot.library else {}
    former = {old: snapshot.held[now] for old, now in renamed.items() if now in snapshot.held}
    return {**former, **snapshot.held}


def _held(request: Request, snapshot: Snapshot) -> dict[str, str]:
    """Return the reasons for those requested briefs, and the site, that are held back."""
    return {group: reason for group, reason in snapshot.held.items() if request.scope.covers_group(group)}


def _concerning(request: Request, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return the findings without those of briefs that were not requested."""
    if not request.briefs:
        return snapshot.findings
    own = {f"content/briefs/{name}.md" for name in request.briefs}
    return tuple(
        finding
        for finding in snapshot.findings
        if finding.brief in ("", *request.briefs)
        and (finding.at.path in own or not finding.at.path.startswith("content/briefs/"))
    )


# ------------------------------------------------------------------------------------------ carrying out


def _carry_out(
    request: Request, found: Survey, manifest: Manifest, pool: workers.Pool, progress: workers.Progress
) -> tuple[dict[str, Artifact], tuple[Failure, ...]]:
    """Carry out the decisions: make and write files, and remove others.

    Return every file that is now present, by path, and the failures.
    """
    disk.clear_leftovers(request.output, manifest.pending)
    by_path = {job.path: job for job in found.jobs}
    wanted = [by_path[decision.path] for decision in found.decisions if decision.action is Action.MAKE]
    made, failures = workers.make_all([job.prepared for job in wanted], pool, progress)
    artifacts = dict(manifest.artifacts)
    if wanted:
        pending = manifest.pending | {job.path for job in wanted}
        disk.write_manifest(request.output, dataclasses.replace(manifest, pending=pending, inputs=""))
    failed = []
    for job in wanted:
        fingerprint = job.prepared.fingerprint
        if fingerprint in failures:
            failed.append(Failure(job.path, failures[fingerprint]))
            continue
        data = made[fingerprint]
        try:
            disk.store(request.output, job.path, data)
        except InUseError as error:
            failed.append(Failure(job.path, str(error)))
            continue
        key = build_record.key_of(job.inputs, found.facts)
        artifacts[job.path] = Artifact(job.path, job.group, job.format, fingerprint, disk.digest(data), key)
    for decision in found.decisions:
        if decision.action is Action.REMOVE:
            try:
                disk.remove(request.output, decision.path)
            except InUseError as error:
                failed.append(Failure(decision.path, str(error)))
                continue
            artifacts.pop(decision.path, None)
    unmade = {by_path[failure.path].group for failure in failed if failure.path in by_path}
    _keep_copies(request, found.snapshot, artifacts, unmade)
    return artifacts, tuple(failed)


def _keep_copies(
    request: Request, snapshot: Snapshot, artifacts: Mapping[str, Artifact], unmade: Collection[str]
) -> None:
    """Keep a copy of the present text of every brief, for the next plan to compare with.

    If one of its files still has an older text, a brief keeps its older copy, because a copy represents all
    files of a brief.
    """
    own: dict[str, list[Artifact]] = {}
    for artifact in artifacts.values():
        own.setdefault(artifact.group, []).append(artifact)
    for name, standing in snapshot.standings.items():
        is_whole = all(request.scope.covers(item.group, item.format) for item in own.get(name, ()))
        if name in own and is_whole and name not in unmade:
            disk.write_copy(request.output, name, file_copy.write(preview.copy_of(standing)))
    for name in disk.copies(request.output) - own.keys():
        disk.remove_copy(request.output, name)
