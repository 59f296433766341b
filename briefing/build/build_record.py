"""The record that a build leaves for the next one: its report, its files, and the facts in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from briefing.build.plan import Job
from briefing.changes import fact_fields
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.review import schedule
from briefing.store import built, json_record
from briefing.store.built import FactWords, Manifest
from briefing.store.request import Request
from briefing.store.results import Action, Artifact, Outcome


def hours(library: Library | None) -> dict[str, bool]:
    """Return the moments until which editions are held, each with whether it had come."""
    issued = (item for items in library.issued.values() for item in items) if library else ()
    moments = sorted({item.publish_on for item in issued if item.publish_on})
    return {moment: library.has_come(moment) for moment in moments} if library else {}


def write(
    request: Request,
    before: Manifest,
    inputs: str,
    artifacts: Mapping[str, Artifact],
    outcome: Outcome,
    followed: str,
    hours: Mapping[str, bool],
    searched: str,
) -> None:
    """Write the record of a build. ``followed`` is the state of the kept results that its files follow.

    ``searched`` is the digest of what all files were searched for.

    A build that leaves something out follows none, unless it changed no file. After one of named briefs, each
    file follows the state before or a later one, so the next build compares what changed since the former.
    """
    findings = [json_record.of_finding(finding) for finding in outcome.findings]
    failed = {failure.path for failure in outcome.failures}
    removed = {decision.path for decision in outcome.decisions.acted if decision.action is Action.REMOVE}
    is_complete = not (outcome.failures or outcome.held)
    is_idle = not any(item.action in (Action.MAKE, Action.REMOVE) for item in outcome.decisions.acted)
    if is_complete and not request.briefs:
        follows = followed
    else:
        follows = before.followed if is_complete or is_idle else ""
    pending = before.pending - (removed - failed)
    manifest = Manifest(
        artifacts,
        pending=frozenset(path for path in pending if path not in artifacts) if pending else pending,
        inputs="" if outcome.failures else inputs,
        outcome={"findings": findings, "held": dict(outcome.held), "hours": dict(hours)},
        notes=_known_notes(request, before, outcome),
        build=before.build + 1,
        followed=follows,
        audience=request.audience,
        searched=searched,
    )
    built.write(request.output, manifest)


def changed_words(facts: FactWords, manifest: Manifest) -> frozenset[str]:
    """Return the facts with other words than in the last build. ``facts`` are all that any file shows."""
    before = built.last_said(manifest)
    return frozenset(key for key, words in facts.items() if before.get(key) != words)


def facts_in_words(library: Library | None, jobs: Iterable[Job]) -> FactWords:
    """Return the facts that any file shows, each with its fields in words, the most important first.

    A fact that no file shows is left out, because it may refer to records with errors. So is one that is
    gone: an edition that stays until the hour of the next one may show it.
    """
    if library is None:
        return {}
    shown = frozenset[str]().union(*(job.inputs.facts for job in jobs))
    wording = Wording(library.project.languages[0], library.actors, library.project.own_words)
    known = (key for key in sorted(shown) if key in library.facts)
    return {key: in_words(library.facts[key], library, wording) for key in known}


def in_words(fact: Fact, library: Library, wording: Wording) -> dict[str, str]:
    """Return a fact with its fields in words."""
    review = None if library.as_of else schedule.due_on(fact, library.project)
    due = {"review by": wording.date(review.by)} if review else {}
    return fact_fields.in_words(fact, wording) | due


def _known_notes(request: Request, before: Manifest, outcome: Outcome) -> tuple[tuple[str, str, str], ...]:
    """Return the notes that are not new to the next run; a build that did not see everything drops none."""
    found = Counter(json_record.note_keys(outcome.findings))
    if request.briefs or request.as_of or outcome.exit_code:
        found |= Counter(before.notes)
    return tuple(sorted(found.elements()))
