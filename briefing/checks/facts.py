"""Checks over facts, sources and milestones."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from briefing import query
from briefing.checks.check import Check, Subject
from briefing.model import Credibility, Edition, Evidence, Fact, Library
from briefing.problems import Finding, Place, Severity


def marking_leak(subject: Subject) -> Iterator[Finding]:
    """Facts in briefs that may be read by more people than the facts."""
    for edition in subject.editions:
        for finding in leaks(edition, subject.library.briefs[edition.brief].at, subject.library):
            yield dataclasses.replace(finding, brief=edition.brief)


def leaks(edition: Edition, at: Place, library: Library) -> Iterator[Finding]:
    """Facts in one edition that may be read by more people than the facts."""
    for note in edition.notes:
        marking = library.facts[note.fact].marking or library.project.marking
        if edition.marking < marking:
            yield Finding(
                "",
                f"{note.fact} is marked TLP:{marking.value}, and what shows it TLP:{edition.marking.value}",
                at,
                f"mark it {marking.value} here as well, or take the fact out",
            )


def credibility_one(subject: Subject) -> Iterator[Finding]:
    """Facts graded as confirmed that are not."""
    for fact in subject.library.facts.values():
        origins = query.independent_origins(fact.evidence, subject.library)
        if fact.credibility is Credibility.ONE and origins < 2:
            message = f"{fact.id} is graded 1 and has {origins} independent origin"
            yield Finding("", message, fact.at, "grade it 2, or cite a second origin with another speaker")


def review_due(subject: Subject) -> Iterator[Finding]:
    """Facts that somebody should have looked at."""
    for fact in subject.library.facts.values():
        if fact.review_by and fact.review_by.latest < subject.today:
            message = f"{fact.id} was to be reviewed by {fact.review_by.edtf}"
            yield Finding("", message, fact.review_by.at, "look at it again and set a new day")


def milestone_passed(subject: Subject) -> Iterator[Finding]:
    """Expectations whose day is over."""
    if subject.library.as_of:
        return  # what came of it may have become known later
    for milestone in subject.library.milestones.values():
        if milestone.date.latest < subject.today and not milestone.met_by:
            message = (
                f"{milestone.id} was expected for {milestone.date.edtf}, and no fact says what came of it"
            )
            yield Finding(
                "", message, milestone.at, "add 'met_by:' with the fact that met it, or drop the milestone"
            )


def unused_source(subject: Subject) -> Iterator[Finding]:
    """Sources that nothing cites."""
    if subject.library.as_of or not subject.library.is_whole:
        return
    cited = {item.source for fact in subject.library.facts.values() for item in _all_evidence(fact)}
    for source in subject.library.sources.values():
        if source.id not in cited:
            yield Finding("", f"no fact cites the source {source.id}", source.at, "cite it, or take it out")


def _all_evidence(fact: Fact) -> Iterator[Evidence]:
    yield from fact.evidence
    for earlier in fact.history:
        yield from earlier.evidence


CHECKS = (
    Check(
        "marking-leak",
        Severity.ERROR,
        "A brief shows a fact whose marking is stricter than its own.",
        "A paragraph marked AMBER in a brief marked CLEAR has leaked as soon as the brief is sent.",
        "a brief marked AMBER that shows a fact marked AMBER",
        "a brief marked CLEAR that shows a fact marked AMBER",
        marking_leak,
        may_be_silenced=False,
    ),
    Check(
        "credibility-one",
        Severity.ERROR,
        "A fact is graded 1, confirmed, and has no two independent origins.",
        "Outlets that relay one statement confirm nothing; the grade would promise what is not there.",
        "credibility 1 with statements by two different speakers",
        "credibility 1 with three reports of one post",
        credibility_one,
        may_be_silenced=False,
    ),
    Check(
        "review-due",
        Severity.WARNING,
        "The day by which somebody should have looked at a fact again has passed.",
        "A stale fact is printed as if it still held.",
        "review_by: a day to come",
        "review_by: a day that has passed",
        review_due,
    ),
    Check(
        "milestone-passed",
        Severity.WARNING,
        "The date of a milestone has passed and no fact says whether it was met.",
        "A brief that still expects what should have happened misleads.",
        "a milestone of last year with met_by: the fact that met it",
        "a milestone of last year without met_by",
        milestone_passed,
    ),
    Check(
        "unused-source",
        Severity.WARNING,
        "No fact cites a source of the register.",
        "Either something in it was overlooked, or the register lists what was not used.",
        "every source is cited by a fact",
        "a source that no evidence names",
        unused_source,
    ),
)
