"""Checks over facts, sources and milestones."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence

from briefing import query
from briefing.model import Credibility, Edition, Evidence, Fact, Library
from briefing.problems import Finding, Place


def marking_leak(library: Library, editions: Sequence[Edition], today: datetime.date) -> Iterator[Finding]:
    """Facts in briefs that may be read by more people than the facts."""
    for edition in editions:
        for finding in leaks(edition, library.briefs[edition.brief].at, library):
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


def credibility_one(library: Library, editions: Sequence[Edition], today: datetime.date) -> Iterator[Finding]:
    """Facts graded as confirmed that are not."""
    for fact in library.facts.values():
        origins = query.independent_origins(fact.evidence, library)
        if fact.credibility is Credibility.ONE and origins < 2:
            message = f"{fact.id} is graded 1 and has {origins} independent origin"
            yield Finding("", message, fact.at, "grade it 2, or cite a second origin with another speaker")


def review_due(library: Library, editions: Sequence[Edition], today: datetime.date) -> Iterator[Finding]:
    """Facts that somebody should have looked at."""
    for fact in library.facts.values():
        if fact.review_by and fact.review_by.latest < today:
            message = f"{fact.id} was to be reviewed by {fact.review_by.edtf}"
            yield Finding("", message, fact.review_by.at, "look at it again and set a new day")


def milestone_passed(
    library: Library, editions: Sequence[Edition], today: datetime.date
) -> Iterator[Finding]:
    """Expectations whose day is over."""
    if library.as_of:
        return  # what came of it may have become known later
    for milestone in library.milestones.values():
        if milestone.date.latest < today and not milestone.met_by:
            message = (
                f"{milestone.id} was expected for {milestone.date.edtf}, and no fact says what came of it"
            )
            yield Finding(
                "", message, milestone.at, "add 'met_by:' with the fact that met it, or drop the milestone"
            )


def unused_source(library: Library, editions: Sequence[Edition], today: datetime.date) -> Iterator[Finding]:
    """Sources that nothing cites."""
    if library.as_of or not library.is_whole:
        return
    cited = {item.source for fact in library.facts.values() for item in _all_evidence(fact)}
    for source in library.sources.values():
        if source.id not in cited:
            yield Finding("", f"no fact cites the source {source.id}", source.at, "cite it, or take it out")


def _all_evidence(fact: Fact) -> Iterator[Evidence]:
    yield from fact.evidence
    for earlier in fact.history:
        yield from earlier.evidence
