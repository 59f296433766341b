"""Cases for the checks over allowances."""

from __future__ import annotations

import dataclasses

from briefing.content.suppressions import Suppression
from briefing.model.findings import Place
from briefing.model.library import Library
from tests import values
from tests.checkcases import AT, Case, told

SPOT = Place(AT.path, AT.line - 1, AT.column)
STALE = values.fact(review_by=dataclasses.replace(values.date("2025"), at=AT))
MADE = (values.edition("letter", "drones.letter"),)
WITH_BRIEF = {"briefs": (values.brief(),)}


def allowing(check: str, reason: str = "why", is_alone: bool = True) -> tuple[Suppression, ...]:
    """An allowance on the line before the fact."""
    return (Suppression(check, reason, SPOT, SPOT.line, AT.line, is_alone),)


def stale(**changes: object) -> Library:
    """A library with one finding of review-due."""
    return dataclasses.replace(values.library(STALE, **WITH_BRIEF), **changes)  # type: ignore[arg-type]


GOOD: dict[str, list[Case]] = {
    "silence": [
        Case(stale(), MADE),
        Case(stale(), MADE, suppressions=allowing("review-due")),
        Case(stale(), MADE, suppressions=allowing("milestone-passed")),
    ],
    "unused-silence": [
        Case(stale(), MADE),
        Case(stale(), MADE, suppressions=allowing("review-due")),
        # What would be found is not known.
        Case(stale(), suppressions=allowing("milestone-passed")),
        Case(stale(is_whole=False), MADE, suppressions=allowing("milestone-passed")),
        Case(stale(as_of=values.TODAY), MADE, suppressions=allowing("milestone-passed")),
        Case(stale(), MADE, suppressions=allowing("capture-missing")),
        Case(stale(), MADE, suppressions=allowing("term-normalised")),
        # One mistake is told once.
        Case(stale(), MADE, suppressions=allowing("milestone-pased")),
        Case(stale(), MADE, suppressions=allowing("marking-leak")),
        Case(stale(), MADE, suppressions=allowing("milestone-passed", reason="")),
        Case(stale(), MADE, suppressions=allowing("milestone-passed", is_alone=False)),
    ],
}
BAD: dict[str, list[Case]] = {
    "silence": [
        told(
            Case(stale(), MADE, suppressions=allowing("review-deu")),
            SPOT,
            says="there is no check 'review-deu'",
        ),
        told(Case(stale(), MADE, suppressions=allowing("")), SPOT, says="there is no check ''"),
        *(
            told(Case(stale(), MADE, suppressions=allowing(slug)), SPOT, says=f"'{slug}' cannot be allowed")
            for slug in ("marking-leak", "does-not-fit", "silence", "unused-silence")
        ),
        told(
            Case(stale(), MADE, suppressions=allowing("review-due", reason="")),
            SPOT,
            says="'review-due' is allowed here without a reason",
        ),
        told(
            Case(stale(), MADE, suppressions=allowing("review-due", is_alone=False)),
            SPOT,
            says="is not on a line of its own",
        ),
    ],
    "unused-silence": [
        told(
            Case(stale(), MADE, suppressions=allowing("milestone-passed")),
            SPOT,
            says="there is no 'milestone-passed' here to allow",
        ),
        # Two for one finding: the last is used.
        told(
            Case(
                stale(),
                MADE,
                suppressions=(
                    *(dataclasses.replace(item, at=AT) for item in allowing("review-due")),
                    *allowing("review-due", reason="also"),
                ),
            ),
            AT,
        ),
    ],
}
