"""Cases for the checks over what a person accepted."""

from __future__ import annotations

import dataclasses

from briefing.model.briefs import Brief
from briefing.model.facts import Fact
from briefing.model.ledger import Accepted
from briefing.model.library import Library
from briefing.model.values import Date, Prose
from briefing.review import paragraphs, signoff
from tests import values
from tests.checkcases import BRIEF_AT, PROSE_AT, Case, told
from tests.values import Reached

BRIEF = values.brief(at=BRIEF_AT, body_at=PROSE_AT)
FACT = values.fact()
AGREED = values.fact(status=Reached.AGREED)


def since(fact: Fact, brief: Brief = BRIEF, was: Fact = FACT) -> Library:
    """A library with a fact and a brief, whose text was accepted when the fact was another."""
    then = values.library(was)
    record = signoff.added(
        Accepted(), paragraphs.of_brief(BRIEF, then), then, "A. Person", Date("2026-02-10")
    )
    return values.library(fact, briefs=(brief,), accepted={"letter": record})


GOOD = {
    "suspect": [
        Case(values.library(AGREED, briefs=(BRIEF,))),
        Case(since(FACT)),
        Case(since(values.fact(evidence=(values.evidence("report", 7),)))),
        Case(dataclasses.replace(since(AGREED), as_of=values.TODAY)),
        Case(since(AGREED, was=AGREED)),
    ]
}
BAD = {
    "suspect": [
        told(
            Case(since(AGREED)),
            BRIEF_AT,
            PROSE_AT,
            says="letter: bottom-line was accepted on 2026-02-10 by A. Person when drones.letter had the "
            "status declared intent; it has the status agreed now",
        ),
        # A word more does not make it read.
        told(
            Case(since(AGREED, dataclasses.replace(BRIEF, body=Prose(f"{BRIEF.body} So it is.")))),
            BRIEF_AT,
            PROSE_AT,
        ),
    ]
}
