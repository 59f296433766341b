"""The records that a build leaves for the next one: the manifest of its files, and the inputs of each.

The manifest decides whether there is anything to do. The reasons only explain it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from briefing.build import plan
from briefing.build.plan import Job
from briefing.changes import fact_fields
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.review import schedule
from briefing.store import disk, json_record
from briefing.store.disk import Manifest, Reasons
from briefing.store.request import Request
from briefing.store.results import Action, Artifact, Inputs, Outcome


def write(
    request: Request, before: Manifest, inputs: str, artifacts: Mapping[str, Artifact], outcome: Outcome
) -> None:
    """Write the manifest, if it differs from the previous one."""
    findings = [json_record.of_finding(finding) for finding in outcome.findings]
    failed = {failure.path for failure in outcome.failures}
    removed = {decision.path for decision in outcome.decisions if decision.action is Action.REMOVE}
    manifest = Manifest(
        artifacts,
        pending=before.pending - artifacts.keys() - (removed - failed),
        inputs="" if outcome.failures else inputs,
        outcome={"findings": findings, "held": dict(outcome.held)},
        notes=_known_notes(request, before, outcome),
    )
    if manifest != before:
        disk.write_manifest(request.output, manifest)


def write_reasons(
    output: Path,
    before: Reasons,
    artifacts: Mapping[str, Artifact],
    jobs: Iterable[Job],
    facts: plan.FactWords,
) -> None:
    """Write the inputs of every present file, if they differ from the previous record."""
    words = {key: (_digest_of(fields), fields) for key, fields in facts.items()}
    fresh = {key_of(job.inputs, facts): job.inputs for job in jobs}
    used = {artifact.inputs for artifact in artifacts.values()}
    inputs = {key: kept for key, kept in before.inputs.items() if key in used}
    inputs |= {key: _as_record(item, words) for key, item in fresh.items() if key in used}
    named = {digest for kept in inputs.values() for digest in kept["facts"].values()}
    known = {**before.facts, **dict(words.values())}
    reasons = Reasons(inputs, {digest: known[digest] for digest in sorted(named) if digest in known})
    if reasons != before:
        disk.write_reasons(output, reasons)


def facts_in_words(library: Library | None, jobs: Iterable[Job]) -> plan.FactWords:
    """Return the facts that any file shows, each with its fields in words, the most important first.

    A fact that no file shows is left out, because it may refer to records with errors.
    """
    if library is None:
        return {}
    shown = frozenset[str]().union(*(job.inputs.facts for job in jobs))
    wording = Wording(library.project.languages[0], library.actors)
    return {key: _in_words(library.facts[key], library, wording) for key in sorted(shown)}


def _in_words(fact: Fact, library: Library, wording: Wording) -> dict[str, str]:
    review = None if library.as_of else schedule.due_on(fact, library.project)
    due = {"review by": wording.date(review.by)} if review else {}
    return fact_fields.in_words(fact, wording) | due


def _known_notes(request: Request, before: Manifest, outcome: Outcome) -> tuple[tuple[str, str, str], ...]:
    """Return the notes that are not new to the next run; a build that did not see everything drops none."""
    found = Counter(json_record.note_keys(outcome.findings))
    if request.briefs or request.as_of or outcome.exit_code:
        found |= Counter(before.notes)
    return tuple(sorted(found.elements()))


def _as_record(inputs: Inputs, words: Mapping[str, tuple[str, object]]) -> dict[str, Any]:
    return {
        "facts": {key: words[key][0] for key in sorted(inputs.facts)},
        "parts": [list(part) for part in inputs.parts],
    }


def key_of(inputs: Inputs, facts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the key under which a file's inputs are kept; two states of a fact give two keys."""
    return _digest_of([sorted((key, _digest_of(facts[key])) for key in inputs.facts), inputs.parts])


def _digest_of(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
