"""The whole pipeline on one page: from texts to findings, decisions and files. Read this first.

``check`` ends after the checks, ``plan`` after the decisions, and ``build`` carries them out. Data flows only
forward, and every step except the first and the last is a pure function.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.build import (
    blocked,
    build_record,
    jobs,
    on_demand,
    plan,
    preview,
    recorded,
    steps,
    workers,
)
from briefing.build.plan import Job
from briefing.build.steps import EVERYTHING, Snapshot
from briefing.editions import file_copy
from briefing.formats import registry
from briefing.language.wording import MESSAGES
from briefing.memo import kept
from briefing.memo.coding import DamagedError
from briefing.memo.kept import BrokenError, BusyError, Kept
from briefing.model.briefs import Brief
from briefing.model.findings import BriefingError, Finding, MissingLibraryError, PageBudgetError
from briefing.model.values import place_of
from briefing.store import disk, moves, versions
from briefing.store.disk import Manifest, Reasons, Texts
from briefing.store.request import Request
from briefing.store.results import Action, Artifact, Decision, Failure, Outcome, Scope

_RESULTS = "results.sqlite"


@dataclass(frozen=True, slots=True)
class Survey:
    """The files that can be made from a snapshot, and the decisions about them."""

    snapshot: Snapshot
    jobs: tuple[Job, ...] = ()
    decisions: tuple[Decision, ...] = ()
    before: Reasons = field(default_factory=Reasons)
    """The inputs of the files of the last build."""
    facts: plan.FactWords = field(default_factory=dict)
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
    store = _store_of(request)
    kept_results = kept.opened(store, versions.of_everything())
    try:
        return _run(request, texts, manifest, inputs, pool, progress, kept_results)
    except (BrokenError, BusyError, DamagedError) as error:
        # The store lost something, cannot grow or is in use. It is a cache, so all is worked out again.
        kept_results.close()
        if store and not isinstance(error, BusyError):
            kept.remove(store)
        kept_results = kept.opened(None, versions.of_everything())
        return _run(request, texts, manifest, inputs, pool, progress, kept_results)
    finally:
        kept_results.close()


def _store_of(request: Request) -> Path | None:
    """Return where results are kept: beside the records of the build; ``check`` and ``plan`` make none."""
    folder = request.output / disk.STATE_FOLDER
    is_usable = request.as_of is None and (request.command == "build" or folder.is_dir())
    return folder / _RESULTS if is_usable else None


def _run(
    request: Request,
    texts: Texts,
    manifest: Manifest,
    inputs: str,
    pool: workers.Pool,
    progress: workers.Progress,
    results: Kept,
) -> Outcome:
    found = _survey(request, texts, manifest, progress, results)
    results.save()  # making files may take minutes, and other commands need not wait
    if request.command == "check":
        return Outcome("check", _concerning(request, found.snapshot), held=_held(request, found.snapshot))
    found = _without_obstructed(found, manifest, request.output)
    if request.command == "plan":
        findings, held = _concerning(request, found.snapshot), _held(request, found.snapshot)
        impacts = preview.impacts(found.snapshot, found.decisions, request.output, request.against)
        return Outcome("plan", findings, found.decisions, found.snapshot.failures, held, impacts)
    done = _carry_out(request, found, manifest, pool, progress)
    findings, held = _concerning(request, done.snapshot), _held(request, done.snapshot)
    outcome = Outcome("build", findings, done.decisions, done.snapshot.failures, held)
    build_record.write_reasons(request.output, found.before, done.artifacts, found.jobs, found.facts)
    build_record.write(request, manifest, inputs, done.artifacts, outcome)
    return outcome


def _survey(
    request: Request, texts: Texts, manifest: Manifest, progress: workers.Progress, results: Kept
) -> Survey:
    """Return what there is to do: on demand where that is possible, else the whole way."""
    scope, is_check = request.scope, request.command == "check"
    if request.as_of is None:
        engine = recorded.engine_of(results, texts, request.today)
        snapshot = on_demand.snapshot(engine, texts, scope)
        found = on_demand.lay_out(engine, snapshot, scope) if snapshot and not is_check else ()
        if snapshot and is_check:
            return Survey(snapshot)
        if snapshot and found is not None:
            return _decided(snapshot, found, manifest, request.output, scope)
    snapshot = steps.snapshot(texts, request.today, scope, request.as_of, progress)
    if is_check:
        return Survey(snapshot)
    return survey(snapshot, manifest, request.output, scope, progress)


def survey(
    snapshot: Snapshot,
    manifest: Manifest,
    output: Path,
    scope: Scope = EVERYTHING,
    progress: workers.Progress = workers.no_progress,
) -> Survey:
    """Lay out every file in scope, and decide which of them a build would make, keep, remove or hold back."""
    found, snapshot = jobs.lay_out_all(snapshot, scope, progress)
    return _decided(snapshot, found, manifest, output, scope)


def _decided(
    snapshot: Snapshot, found: tuple[Job, ...], manifest: Manifest, output: Path, scope: Scope
) -> Survey:
    before = disk.read_reasons(output)
    facts = build_record.facts_in_words(snapshot.library, found)
    on_disk = disk.digests(output, manifest.artifacts)
    why = plan.reasons_for(before, facts)
    decisions = plan.decide(found, manifest, on_disk, scope, _with_former_names(snapshot), why)
    return Survey(snapshot, found, decisions, before, facts)


def _without_obstructed(found: Survey, manifest: Manifest, output: Path) -> Survey:
    """Hold back what cannot be written: a folder is in its place, or its own folder takes no files."""
    making = (item.path for item in found.decisions if item.action is Action.MAKE)
    obstacles = ((path, moves.obstacle(output, path)) for path in making)
    failures = [Failure(path, message) for path, message in obstacles if message]
    if not failures:
        return found
    snapshot = steps.with_findings(found.snapshot, (), failures)
    decisions = plan.held_back(found.decisions, _with_former_names(snapshot), manifest)
    return dataclasses.replace(found, snapshot=snapshot, decisions=decisions)


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


@dataclass(frozen=True, slots=True)
class _Done:
    """What a build carried out."""

    snapshot: Snapshot
    """With the findings and failures of the making, and without the briefs that these hold back."""
    decisions: tuple[Decision, ...]
    artifacts: Mapping[str, Artifact]
    """Every file that is now present, by path."""


def _carry_out(
    request: Request, found: Survey, manifest: Manifest, pool: workers.Pool, progress: workers.Progress
) -> _Done:
    """Carry out the decisions: make and write files, and remove others.

    Everything is made and written beside its place before anything is moved there. A file that cannot be
    made, written or moved holds back its brief and the site; what remains then moves together.
    """
    disk.clear_leftovers(request.output, manifest.pending)
    by_path = {job.path: job for job in found.jobs}
    wanted = [by_path[decision.path] for decision in found.decisions if decision.action is Action.MAKE]
    made, problems = workers.make_all([job.prepared for job in wanted], pool, progress)
    snapshot = _with_problems(found.snapshot, wanted, problems, manifest)
    if wanted:
        pending = manifest.pending | {job.path for job in wanted}
        disk.write_manifest(request.output, dataclasses.replace(manifest, pending=pending, inputs=""))
    staged: dict[str, Artifact] = {}
    failures: list[Failure] = []
    try:
        for job in wanted:
            data = made.get(job.fingerprint)
            if data is None or blocked.brief_of(job.path) in snapshot.held:
                continue
            try:
                moves.stage(request.output, job.path, data)
            except BriefingError as error:
                failures.append(Failure(job.path, str(error)))
                continue
            key = build_record.key_of(job.inputs, found.facts)
            fingerprint = job.fingerprint
            staged[job.path] = Artifact(job.path, job.group, job.format, fingerprint, disk.digest(data), key)
        snapshot = steps.with_findings(snapshot, (), failures)
        snapshot, decisions = _move(request.output, found.decisions, snapshot, manifest, staged)
    except BaseException:
        moves.discard(request.output, staged)
        raise
    artifacts = dict(manifest.artifacts)
    for decision in decisions:
        if decision.action is Action.MAKE and decision.path in staged:
            artifacts[decision.path] = staged[decision.path]
        elif decision.action is Action.REMOVE:
            artifacts.pop(decision.path, None)
    _keep_copies(request, snapshot, artifacts)
    return _Done(snapshot, decisions, artifacts)


def _with_problems(
    before: Snapshot, wanted: Collection[Job], problems: Mapping[str, BriefingError], manifest: Manifest
) -> Snapshot:
    """Return the snapshot with what came up while the files were made, by fingerprint."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    for job in wanted:
        problem = problems.get(job.fingerprint)
        name = blocked.brief_of(job.path)
        brief = before.library.briefs.get(name) if before.library else None
        if isinstance(problem, PageBudgetError) and brief:
            findings.append(_over_budget(problem, job, brief))
        elif problem:
            is_old = job.path in manifest.artifacts
            holds = is_old or not isinstance(problem, MissingLibraryError)
            failures.append(Failure(job.path, str(problem), holds))
    return steps.with_findings(before, findings, failures)


def _over_budget(problem: PageBudgetError, job: Job, brief: Brief) -> Finding:
    """Return the finding for a PDF with too many pages, at the field that decides how many it may have."""
    form = next((item for item in registry.by_name().values() if job.path.endswith(item.suffix)), None)
    named = MESSAGES.say.or_itself(form.link) if form else "PDF"
    return Finding(
        "too-many-pages",
        f"'{named}' of this brief takes {problem.takes} and may have {problem.allowed}",
        place_of(brief.title, brief.at),
        "cut its text, or show fewer facts, or choose another length",
        brief=brief.id,
    )


def _move(
    output: Path,
    planned: tuple[Decision, ...],
    snapshot: Snapshot,
    manifest: Manifest,
    staged: Mapping[str, Artifact],
) -> tuple[Snapshot, tuple[Decision, ...]]:
    """Move and remove all files that nothing holds back, together; return the decisions as carried out.

    If one of them cannot be moved, its brief and the site are held back, and the others are moved.
    """
    while True:
        decisions = plan.held_back(planned, _with_former_names(snapshot), manifest)
        making = [item.path for item in decisions if item.action is Action.MAKE]
        going = {path: staged[path] for path in making if path in staged}
        leaving = [item.path for item in decisions if item.action is Action.REMOVE]
        moves.discard(output, staged.keys() - going.keys())
        try:
            moves.move_all(output, going, leaving)
        except moves.MoveError as error:
            snapshot = steps.with_findings(snapshot, (), [Failure(error.path, str(error))])
            continue
        kept = {path: item for path, item in manifest.artifacts.items() if path not in leaving}
        moved = dataclasses.replace(manifest, artifacts=kept | going, inputs="")
        if going or leaving:
            disk.write_manifest(output, moved)
            moves.settle(output, going, leaving)
        return snapshot, decisions


def _keep_copies(request: Request, snapshot: Snapshot, artifacts: Mapping[str, Artifact]) -> None:
    """Keep a copy of the present text of every brief, for the next plan to compare with.

    If one of its files still has an older text, a brief keeps its older copy, because a copy represents all
    files of a brief.
    """
    own: dict[str, list[Artifact]] = {}
    for artifact in artifacts.values():
        own.setdefault(artifact.group, []).append(artifact)
    for name, standing in snapshot.standings.items():
        is_whole = all(request.scope.covers(item.group, item.format) for item in own.get(name, ()))
        if name in own and is_whole:
            disk.write_copy(request.output, name, file_copy.write(preview.copy_of(standing)))
    for name in disk.copies(request.output) - own.keys():
        disk.remove_copy(request.output, name)
