"""The whole pipeline on one page: from texts to findings, decisions and files. Read this first.

``check`` ends after the checks, ``plan`` after the decisions, and ``build`` carries them out. Data flows only
forward, and every step except the first and the last is a pure function.
"""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.build import (
    blocked,
    build_record,
    jobs,
    leaks,
    on_demand,
    plan,
    preview,
    recorded,
    redacted,
    step_process,
    steps,
    workers,
)
from briefing.build.leaks import Gate
from briefing.build.on_demand import LaidOut
from briefing.build.plan import Job
from briefing.build.steps import EVERYTHING, Snapshot
from briefing.editions import file_copy
from briefing.formats import registry
from briefing.language.wording import MESSAGES
from briefing.memo import kept
from briefing.memo.coding import DamagedError
from briefing.memo.engine import Engine
from briefing.memo.kept import Kept
from briefing.memo.processes import Processes
from briefing.model.briefs import Brief
from briefing.model.findings import (
    LEAK,
    BriefingError,
    Finding,
    MissingLibraryError,
    PageBudgetError,
)
from briefing.model.values import place_of
from briefing.store import built, database, disk, moves, versions
from briefing.store.built import FactWords, Manifest, Reasons
from briefing.store.database import BrokenError, BusyError
from briefing.store.disk import Texts
from briefing.store.request import SITE, Request, unchanged
from briefing.store.results import Action, Artifact, Decision, Decisions, Failure, Outcome, Scope, decisions

_RESULTS = "results.sqlite"


@dataclass(frozen=True, slots=True)
class Survey:
    """The files that can be made from a snapshot, and the decisions about them."""

    snapshot: Snapshot
    laid_out: LaidOut = field(default_factory=lambda: LaidOut(()))
    decisions: Decisions = field(default_factory=lambda: Decisions(()))
    before: Reasons = field(default_factory=built.no_reasons)
    """The inputs of the files of the last build."""
    facts: FactWords = field(default_factory=dict)
    """Facts in words: all that any file shows, or those with other words than in the last build."""
    fresh: frozenset[str] = frozenset()
    """The facts with other words than in the last build."""
    followed: str = ""
    """The state of the kept results that these files follow; empty if it is not known."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The files that may differ from those of the last build."""
        return self.laid_out.jobs


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
    helpers = step_process.of(texts, request.processes)
    try:
        return _run(request, texts, manifest, inputs, pool, progress, kept_results, helpers)
    except (BrokenError, BusyError, DamagedError) as error:
        # The store lost something, cannot grow or is in use. It is a cache, so all is worked out again.
        kept_results.close()
        if store and not isinstance(error, BusyError):
            database.remove(store)
        kept_results = kept.opened(None, versions.of_everything())
        return _run(request, texts, manifest, inputs, pool, progress, kept_results, helpers)
    finally:
        helpers.close()
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
    helpers: Processes,
) -> Outcome:
    found = _survey(request, texts, manifest, progress, results, helpers)
    helpers.close()
    results.save()  # making files may take minutes, and other commands need not wait
    if request.command == "check":
        return Outcome("check", _concerning(request, found.snapshot), held=_held(request, found.snapshot))
    found = _without_obstructed(found, manifest, request.output)
    if request.command == "plan":
        findings, held = _concerning(request, found.snapshot), _held(request, found.snapshot)
        impacts = preview.impacts(found.snapshot, found.decisions, request.output, request.against)
        outcome = Outcome("plan", findings, found.decisions, found.snapshot.failures, held, impacts)
        return redacted.for_readers(outcome, found.snapshot)
    done = _carry_out(request, found, manifest, pool, progress)
    findings, held = _concerning(request, done.snapshot), _held(request, done.snapshot)
    outcome = Outcome("build", findings, done.decisions, done.snapshot.failures, held)
    _record(request, manifest, inputs, found, done, outcome)
    return outcome


def _record(
    request: Request, manifest: Manifest, inputs: str, found: Survey, done: _Done, outcome: Outcome
) -> None:
    """Leave the record for the next run."""
    if found.laid_out.is_whole and found.followed:
        built.assign_units(request.output, {job.path: job.unit for job in found.jobs})
    hours = build_record.hours(done.snapshot.library)
    build_record.write(
        request, manifest, inputs, done.artifacts, outcome, found.followed, hours, done.searched
    )
    made = {item.path for item in done.decisions.acted if item.action is Action.MAKE}
    shown = [job.inputs for job in found.jobs if job.path in made]
    if shown or found.fresh:
        said = {key: found.facts[key] for key in sorted(found.fresh)}
        built.write_reasons(request.output, manifest.build + 1, shown, said)


def _survey(
    request: Request,
    texts: Texts,
    manifest: Manifest,
    progress: workers.Progress,
    results: Kept,
    helpers: Processes,
) -> Survey:
    """Return what there is to do: on demand where that is possible, else the whole way."""
    scope, is_check = request.scope, request.command == "check"
    if request.as_of is None and not request.audience:
        engine = recorded.engine_of(results, texts, request.today, request.now, helpers)
        if is_check:
            return Survey(on_demand.snapshot(engine, texts, scope) or _whole(request, texts, progress))
        with built.looking(request.output, manifest, scope) as look:
            snapshot = on_demand.snapshot(engine, texts, scope)
            if snapshot:
                differing, _ = look()
                since = _followed(manifest, scope)
                laid_out = on_demand.lay_out(engine, snapshot, scope, manifest, since, differing)
                if laid_out is not None:
                    return _decided(request, snapshot, laid_out, manifest, differing, engine)
    snapshot = _whole(request, texts, progress)
    if is_check:
        return Survey(snapshot)
    return survey(snapshot, manifest, request.output, scope, progress)


def _whole(request: Request, texts: Texts, progress: workers.Progress) -> Snapshot:
    """Return the snapshot of a project by the whole way."""
    return steps.snapshot(
        texts, request.today, request.scope, request.as_of, progress, request.now, request.audience
    )


def survey(
    snapshot: Snapshot,
    manifest: Manifest,
    output: Path,
    scope: Scope = EVERYTHING,
    progress: workers.Progress = workers.no_progress,
) -> Survey:
    """Lay out every file in scope, and decide which of them a build would make, keep, remove or hold back."""
    found, snapshot = jobs.lay_out_all(snapshot, scope, progress)
    facts = build_record.facts_in_words(snapshot.library, found)
    before = built.reasons(manifest)
    fresh = build_record.changed_words(facts, manifest)
    differing, _ = built.differing(output, manifest, scope)
    why = plan.reasons_for(before, facts, fresh)
    on_disk = _on_disk(manifest.artifacts, differing)
    decided = plan.decide(found, manifest, on_disk, scope, _with_former_names(snapshot), why)
    return Survey(snapshot, LaidOut(found), decisions(decided), before, facts, fresh)


def _on_disk(artifacts: Mapping[str, Artifact], differing: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of those of some files that exist."""
    digests = {path: differing.get(path, item.sha256) for path, item in artifacts.items()}
    return {path: digest for path, digest in digests.items() if digest}


def _decided(
    request: Request,
    snapshot: Snapshot,
    laid_out: LaidOut,
    manifest: Manifest,
    differing: Mapping[str, str],
    engine: Engine,
) -> Survey:
    """Decide about files that were laid out on demand; every other file stays as it is."""
    scope = request.scope
    before = built.reasons(manifest)
    words = {key: engine.get(recorded.WORDS, key) for key in laid_out.facts}
    facts: FactWords = {key: found for key, found in words.items() if found is not None}
    if laid_out.is_whole:
        looked, fresh = manifest, build_record.changed_words(facts, manifest)
    else:
        old = built.some(manifest, "unit", laid_out.units) | built.some(manifest, "path", differing)
        looked = dataclasses.replace(manifest, artifacts=old)
        fresh = frozenset(key for key, found in facts.items() if before.said(key, sys.maxsize) != found)
    why = plan.reasons_for(before, facts, fresh)
    on_disk = _on_disk(looked.artifacts, differing)
    found = plan.decide(laid_out.jobs, looked, on_disk, scope, _with_former_names(snapshot), why)
    decided = decisions(found) if laid_out.is_whole else _with_others(found, manifest, looked, scope)
    followed = f"{engine.state} {_formats(scope)}" if engine.state else ""
    return Survey(snapshot, laid_out, decided, before, facts, fresh, followed)


def _followed(manifest: Manifest, scope: Scope) -> str:
    """Return the state of the kept results that all files in scope follow; empty where it is not known."""
    state, _, formats = manifest.followed.rpartition(" ")
    return state if formats == _formats(scope) else ""


def _formats(scope: Scope) -> str:
    return ",".join(sorted(scope.formats)) or "all"


def _with_others(found: Iterable[Decision], manifest: Manifest, looked: Manifest, scope: Scope) -> Decisions:
    """Return decisions about some files together with those about all others, which stay as they are."""
    here = decisions(found)
    acted = {item.path for item in here.acted}
    seen = sum(scope.covers(item.group, item.format) for item in looked.artifacts.values())

    def kept() -> Iterator[Decision]:
        yield from (item for item in here if item.action is Action.KEEP)
        for item in unchanged(manifest, scope, {}):
            if item.path not in looked.artifacts and item.path not in acted:
                yield item

    return Decisions(here.acted, here.kept_number + built.number(manifest, scope) - seen, kept)


def _without_obstructed(found: Survey, manifest: Manifest, output: Path) -> Survey:
    """Hold back what cannot be written: a folder is in its place, or its own folder takes no files."""
    making = (item.path for item in found.decisions.acted if item.action is Action.MAKE)
    obstacles = ((path, moves.obstacle(output, path)) for path in making)
    failures = [Failure(path, message) for path, message in obstacles if message]
    if not failures:
        return found
    snapshot = steps.with_findings(found.snapshot, (), failures)
    decided = plan.held_back(found.decisions, _with_former_names(snapshot), manifest)
    return dataclasses.replace(found, snapshot=snapshot, decisions=decided)


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
        and (
            finding.at.path in own
            or finding.check == LEAK
            or not finding.at.path.startswith("content/briefs/")
        )
    )


# ------------------------------------------------------------------------------------------ carrying out


@dataclass(frozen=True, slots=True)
class _Done:
    """What a build carried out."""

    snapshot: Snapshot
    """With the findings and failures of the making, and without the briefs that these hold back."""
    decisions: Decisions
    artifacts: Mapping[str, Artifact]
    """Every file that is now present, by path."""
    searched: str
    """Digest of what all of these were searched for; empty if it is not known."""


def _carry_out(
    request: Request, found: Survey, manifest: Manifest, pool: workers.Pool, progress: workers.Progress
) -> _Done:
    """Carry out the decisions: make and write files, and remove others.

    Everything is made and written beside its place before anything is moved there. A file that cannot be
    made, written or moved holds back its brief and the site; what remains then moves together. If a file says
    what its readers may not see, nothing is moved.
    """
    gate = leaks.of(found.snapshot)
    disk.clear_leftovers(request.output, manifest.pending)
    by_path = {job.path: job for job in found.jobs}
    wanted = [by_path[decision.path] for decision in found.decisions.acted if decision.action is Action.MAKE]
    if wanted:
        pending = manifest.pending | {job.path for job in wanted}
        manifest = dataclasses.replace(manifest, audience=request.audience)
        started = dataclasses.replace(manifest, pending=pending, inputs="", followed="")
        built.write(request.output, started)
    staged: dict[str, Artifact] = {}
    failures: list[Failure] = []
    alike: dict[str, list[Job]] = {}
    for job in wanted:
        alike.setdefault(job.fingerprint, []).append(job)

    def take(fingerprint: str, data: bytes) -> None:
        for job in alike[fingerprint]:
            try:
                moves.stage(request.output, job.path, data)
            except BriefingError as error:
                failures.append(Failure(job.path, str(error)))
            else:
                staged[job.path] = _artifact(job, data, manifest.build + 1)
                failures.extend(_searched(gate, job, data))

    try:
        problems = workers.make_each(wanted, pool, take, progress)
        unknown = _search_kept(gate, request.output, found, manifest)
        snapshot = _with_problems(found.snapshot, wanted, problems, manifest)
        snapshot = steps.with_findings(snapshot, gate.findings(), failures)
        planned = _nothing(found.decisions, snapshot, manifest) if gate.hits else found.decisions
        snapshot, decided = _move(request.output, planned, snapshot, manifest, staged)
    except BaseException:
        moves.discard(request.output, staged)
        raise
    making = {item.path for item in decided.acted if item.action is Action.MAKE}
    gone = {item.path for item in decided.acted if item.action is Action.REMOVE}
    made = {path: item for path, item in staged.items() if path in making}
    _keep_copies(request, snapshot, found.laid_out, decided)
    left = manifest.changed(made, gone)
    searched = manifest.searched if gate.hits else "" if unknown else gate.digest
    return _Done(snapshot, decided, left, searched)


def _nothing(planned: Decisions, snapshot: Snapshot, manifest: Manifest) -> Decisions:
    """Return decisions by which every file stays as it is, those that nothing calls for any more included."""
    groups = (item.group for item in planned.acted)
    return plan.held_back(planned, dict.fromkeys(groups, snapshot.held[SITE]), manifest)


def _searched(gate: Gate, job: Job, data: bytes) -> Iterator[Failure]:
    """Search a file that was made for what its readers may not see; yield the failure if that cannot be."""
    try:
        gate.search(job.group, job.path, data, functools.partial(_drawn_from, job))
    except ValueError as error:
        yield Failure(job.path, f"it cannot be searched for what its readers may not see: {error}")


def _drawn_from(job: Job | None) -> str | None:
    return job.prepared.text if job else None


def _search_kept(gate: Gate, output: Path, found: Survey, manifest: Manifest) -> bool:
    """Search the files that stay, if they were not searched for the same; return whether one of them was not.

    What is held back is not: it is as the last build left it, with what could be seen then.
    """
    digest = gate.digest
    if not digest or digest == manifest.searched:
        return False
    acted = {item.path: item.action for item in found.decisions.acted}
    jobs_by_path = {job.path: job for job in found.jobs}
    has_unknown = Action.HOLD in acted.values()
    for path, artifact in manifest.artifacts.items():
        if path in acted:
            continue
        try:
            data = disk.read_file(output / disk.refuse_leading_out(path))
            gate.search(artifact.group, path, data, functools.partial(_drawn_from, jobs_by_path.get(path)))
        except (OSError, ValueError):
            has_unknown = True
    return has_unknown


def _artifact(job: Job, data: bytes, build: int) -> Artifact:
    return Artifact(
        job.path,
        job.group,
        job.format,
        job.fingerprint,
        disk.digest(data),
        built.key_of(job.inputs),
        build,
        job.unit,
    )


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
    planned: Decisions,
    snapshot: Snapshot,
    manifest: Manifest,
    staged: Mapping[str, Artifact],
) -> tuple[Snapshot, Decisions]:
    """Move and remove all files that nothing holds back, together; return the decisions as carried out.

    If one of them cannot be moved, its brief and the site are held back, and the others are moved.
    """
    while True:
        decided = plan.held_back(planned, _with_former_names(snapshot), manifest)
        making = [item.path for item in decided.acted if item.action is Action.MAKE]
        going = {path: staged[path] for path in making if path in staged}
        leaving = [item.path for item in decided.acted if item.action is Action.REMOVE]
        moves.discard(output, staged.keys() - going.keys())
        try:
            moves.move_all(output, going, leaving)
        except moves.MoveError as error:
            snapshot = steps.with_findings(snapshot, (), [Failure(error.path, str(error))])
            continue
        if going or leaving:
            left = manifest.changed(going, leaving)
            built.write(output, dataclasses.replace(manifest, artifacts=left, inputs="", followed=""))
            moves.settle(output, going, leaving)
        return snapshot, decided


def _keep_copies(request: Request, snapshot: Snapshot, laid_out: LaidOut, decided: Decisions) -> None:
    """Keep a copy of the present text of every brief, for the next plan to compare with.

    If one of its files still has an older text, a brief keeps its older copy, because a copy represents all
    files of a brief.
    """
    own = built.groups(built.read(request.output))
    known = disk.copies(request.output)
    made = {item.group for item in decided.acted}
    for name in snapshot.standings:
        is_same = name in known and name not in made and name not in laid_out.recomposed
        if name not in own or (is_same and not laid_out.is_whole):
            continue
        if all(request.scope.covers(name, form) for form in own[name]):
            disk.write_copy(request.output, name, file_copy.write(preview.copy_of(snapshot.standings[name])))
    for name in known - own.keys():
        disk.remove_copy(request.output, name)
