"""The decision on each file, and why: one comparison of a file, and a reason in words.

The fingerprint decides; the inputs only explain. So the plan misses no change of a page, even if none of the
known inputs has changed.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.formats import registry
from briefing.formats.base import Prepared
from briefing.store.built import FactWords, Manifest, Reasons
from briefing.store.request import BRIEFS_FOLDER
from briefing.store.results import Action, Artifact, Decision, Decisions, Inputs, Scope, decisions

MAX_REASONS = 3


@dataclass(frozen=True, slots=True)
class Job:
    """A file that can be made."""

    path: str
    group: str
    """Id of the brief it belongs to, or ``site``."""
    format: str
    inputs: Inputs
    fingerprint: str
    """Digest of everything that the file is made of."""
    prepare: Callable[[], Prepared]
    unit: str = ""
    """The step that lays it out on demand; empty where it is laid out the whole way."""

    @property
    def prepared(self) -> Prepared:
        """Everything that the file is made of."""
        return self.prepare()


def job(path: str, group: str, format_name: str, prepared: Prepared, inputs: Inputs) -> Job:
    """Return a file that can be made of what is at hand."""
    return Job(path, group, format_name, inputs, prepared.fingerprint, lambda: prepared)


def decide(
    jobs: Iterable[Job],
    manifest: Manifest,
    on_disk: Mapping[str, str],
    scope: Scope,
    held: Mapping[str, str],
    why: Callable[[Artifact, Job], str],
) -> tuple[Decision, ...]:
    """Decide on every file in scope: those that can be made, and those that the last build left.

    ``on_disk`` maps the paths of the manifest to the digests of the present files; ``held`` maps a group that
    is held back to the reason. Files of the manifest that no job makes any more are removed, unless their
    group is held back.
    """
    wanted = {job.path: job for job in jobs if scope.covers(job.group, job.format)}
    decisions = [_for_job(job, manifest, on_disk, why) for job in wanted.values()]
    for artifact in manifest.artifacts.values():
        if artifact.path in wanted or not scope.covers(artifact.group, artifact.format):
            continue
        reason = held.get(artifact.group)
        action = Action.REMOVE if reason is None else Action.HOLD
        decisions.append(_decision(artifact, action, reason or "nothing calls for it any more"))
    known = manifest.artifacts.keys() | wanted.keys()
    for path in manifest.pending - known:
        group, name = _owner(path)
        if scope.covers(group, name) and group not in held:
            decisions.append(Decision(path, Action.REMOVE, "an interrupted build left it", group, name))
    return tuple(sorted(decisions, key=lambda decision: decision.path))


def held_back(planned: Decisions, held: Mapping[str, str], manifest: Manifest) -> Decisions:
    """Return the decisions after some groups turned out to be held back: their present files stay."""
    if not held:
        return planned
    return decisions(
        dataclasses.replace(item, action=Action.HOLD, reason=held[item.group]) if item.group in held else item
        for item in planned
        if item.group not in held or item.path in manifest.artifacts
    )


def reasons_for(before: Reasons, facts: FactWords, fresh: Collection[str]) -> Callable[[Artifact, Job], str]:
    """Return a function that explains why a file's fingerprint differs from that of the last build.

    ``fresh`` are the facts with other words than in the last build, and ``facts`` has at least their words.
    """

    def why(artifact: Artifact, job: Job) -> str:
        old = before.inputs(artifact.inputs)
        if old is None:
            return "its earlier inputs are not known"
        found = [
            *_fact_reasons(old, job.inputs, artifact.build, before, facts, fresh),
            *_part_reasons(old, job.inputs),
        ]
        if not found:
            return "something that it prints changed"
        more = f", and {len(found) - MAX_REASONS} more" if len(found) > MAX_REASONS else ""
        return "; ".join(found[:MAX_REASONS]) + more

    return why


def _owner(path: str) -> tuple[str, str]:
    """Return the group and format of a file that no manifest lists, by its place."""
    folder, _, name = path.partition("/")
    if folder != BRIEFS_FOLDER:
        return folder, folder
    stem, dot, ending = name.partition(".")  # the name of a brief contains no dot
    found = (item.name for item in registry.by_name().values() if item.suffix == dot + ending)
    return stem, next(found, "")


def _for_job(
    job: Job, manifest: Manifest, on_disk: Mapping[str, str], why: Callable[[Artifact, Job], str]
) -> Decision:
    artifact = manifest.artifacts.get(job.path)
    if artifact is None:
        return _decision(job, Action.MAKE, "new")
    if artifact.fingerprint != job.fingerprint:
        return _decision(job, Action.MAKE, why(artifact, job))
    if job.path not in on_disk:
        return _decision(job, Action.MAKE, "it was missing")
    if on_disk[job.path] != artifact.sha256:
        return _decision(job, Action.MAKE, "it was modified after the last build")
    return _decision(job, Action.KEEP, "unchanged")


def _decision(item: Job | Artifact, action: Action, reason: str) -> Decision:
    return Decision(item.path, action, reason, item.group, item.format)


def _fact_reasons(
    old: Inputs, new: Inputs, build: int, before: Reasons, after: FactWords, fresh: Collection[str]
) -> Iterator[str]:
    changed = before.since(build).union(fresh) & old.facts & new.facts
    for key in sorted(changed | (old.facts ^ new.facts)):
        if key not in old.facts:
            yield f"{key} is new here"
        elif key not in new.facts:
            yield f"{key} is no longer here"
        else:
            was = before.said(key, build)
            now = after[key] if key in after else before.said(key, sys.maxsize)
            if was != now:
                yield f"{key} {_fact_change(was, now)}"


def _fact_change(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    changed = [name for name in (*new, *(old.keys() - new.keys())) if old.get(name, "") != new.get(name, "")]
    name = changed[0]
    was, now = old.get(name, ""), new.get(name, "")
    if name == "value":
        return f"{was or 'no value'} -> {now or 'no value'}"
    if max(len(was), len(now)) > 40:
        return f"{name} reworded"
    return f"{name} {was or 'none'} -> {now or 'none'}"


def _part_reasons(old: Inputs, new: Inputs) -> Iterator[str]:
    old_parts, new_parts = dict(old.parts), dict(new.parts)
    for name in (*new_parts, *(old_parts.keys() - new_parts.keys())):
        if old_parts.get(name) == new_parts.get(name):
            continue
        was, now = old_parts.get(name), new_parts.get(name)
        is_digest = len(was or now or "") == 64
        if was is None or now is None:
            yield f"{name} {'added' if was is None else 'dropped'}"
        else:
            yield f"{name} changed" if is_digest else f"{name} {was} -> {now}"
