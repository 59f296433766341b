"""What a build writes down for the next one: the manifest of its files, and what each was made of.

The manifest decides whether there is anything to do. The reasons explain it, and never decide.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from briefing.build import plan
from briefing.build.plan import Job
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.review import schedule
from briefing.store import disk, json_record
from briefing.store.disk import Manifest, Reasons
from briefing.store.request import Request
from briefing.store.results import Action, Artifact, Ingredients, Outcome


def write(
    request: Request, before: Manifest, inputs: str, artifacts: Mapping[str, Artifact], outcome: Outcome
) -> None:
    """Write the manifest, where it differs from the one before."""
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
    """Write what every file that is there was made of, where it differs from the record before."""
    words = {key: (_digest_of(fields), fields) for key, fields in facts.items()}
    fresh = {key_of(job.ingredients, facts): job.ingredients for job in jobs}
    used = {artifact.ingredients for artifact in artifacts.values()}
    ingredients = {key: kept for key, kept in before.ingredients.items() if key in used}
    ingredients |= {key: _as_record(item, words) for key, item in fresh.items() if key in used}
    named = {digest for kept in ingredients.values() for digest in kept["facts"].values()}
    known = {**before.facts, **dict(words.values())}
    reasons = Reasons(ingredients, {digest: known[digest] for digest in sorted(named) if digest in known})
    if reasons != before:
        disk.write_reasons(output, reasons)


def facts_in_words(library: Library | None, jobs: Iterable[Job]) -> plan.FactWords:
    """The facts that any file shows, in words; a fact that no file can show may refer to what is broken."""
    shown = frozenset[str]().union(*(job.ingredients.facts for job in jobs))
    return {key: _in_words(library.facts[key], library) for key in sorted(shown)} if library else {}


def _in_words(fact: Fact, library: Library) -> dict[str, str]:
    """A fact's fields in words, in the order in which a change of them is told."""
    wording = Wording(library.project.languages[0], library.actors)
    review = None if library.as_of else schedule.due_on(fact, library.project)
    fields = {
        "value": wording.fact(fact) or "",
        "status": fact.status.value if fact.status else "",
        "flags": ", ".join(fact.flags),
        "date": wording.date(fact.date) if fact.date else "",
        "statement": fact.statement,
        "said by": wording.names(fact.said_by) if fact.said_by else "",
        "credibility": fact.credibility.value if fact.credibility else "",
        "caveat": fact.caveat,
        "evidence": "; ".join(
            f"{item.source} {item.paragraph} {item.origin or ''}" for item in fact.evidence
        ),
        "review by": wording.date(review.by) if review else "",
    }
    return {name: text for name, text in fields.items() if text}


def _known_notes(request: Request, before: Manifest, outcome: Outcome) -> tuple[tuple[str, str, str], ...]:
    """The notes that the next run need not call new: a build that saw not everything takes none away."""
    found = Counter(json_record.note_keys(outcome.findings))
    if request.briefs or request.as_of or outcome.exit_code:
        found |= Counter(before.notes)
    return tuple(sorted(found.elements()))


def _as_record(ingredients: Ingredients, words: Mapping[str, tuple[str, object]]) -> dict[str, Any]:
    return {
        "facts": {key: words[key][0] for key in sorted(ingredients.facts)},
        "parts": [list(part) for part in ingredients.parts],
    }


def key_of(ingredients: Ingredients, facts: Mapping[str, Mapping[str, str]]) -> str:
    """The key under which a file's ingredients are kept: two states of a fact give two keys."""
    return _digest_of([sorted((key, _digest_of(facts[key])) for key in ingredients.facts), ingredients.parts])


def _digest_of(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
