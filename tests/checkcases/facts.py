"""Cases for the checks over single facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from briefing.model import query
from briefing.model.findings import Place
from briefing.model.ladders import Flag, RungId, Status
from briefing.model.library import Library
from briefing.model.scales import Credibility
from briefing.model.sources import Actor, Evidence, Role, Verification
from briefing.model.values import Days, Money, Placed, Slug
from tests import values
from tests.checkcases import AT, EVIDENCE_AT, Case, told
from tests.values import Flags, Reached

SHA = "1" * 64


def cited(*passages: tuple[str, str], **changes: Any) -> Library:
    """A fact with passages of these sources, each with the statement that it relays, if any."""
    letter = values.fact(
        at=AT,
        evidence=tuple(
            replace(values.evidence(name, origin=origin or None), at=EVIDENCE_AT) for name, origin in passages
        ),
        **changes,
    )
    return values.library(
        letter,
        sources=tuple(values.source(name, publisher=f"House {name}") for name in ("one", "two", "three")),
        origins=(
            values.origin("post", "minister"),
            values.origin("interview", "minister"),
            values.origin("speech", "general"),
        ),
    )


def graded(*origins: str) -> Library:
    """A fact graded as confirmed, in as many sources, with what each relays."""
    passages = zip(("one", "two", "three"), origins, strict=False)
    return cited(*passages, credibility=Credibility.ONE)


def priced(basis: str | None, currency: str = "EUR") -> Library:
    return values.library(values.fact(value=Money(Decimal(90), currency, price_basis=basis), at=AT))


def to_review(edtf: str) -> Library:
    return values.library(values.fact(review_by=replace(values.date(edtf), at=AT)))


def by_status(status: Status, asserted: str, *flags: Flag, **after: int | None) -> Library:
    """A commitment that gives no day itself, in a project with its own times for some statuses."""
    fact = values.fact(status=status, asserted=values.date(asserted), flags=flags, at=AT)
    times = {RungId(name): None if days is None else Days(days) for name, days in after.items()}
    return values.library(fact, project=values.project(review_after=times))


def verified(*passages: Evidence, source: str = "report", sha256: str = SHA) -> Verification:
    """What is recorded of a source: these passages."""
    found = tuple(query.passage_digest(item) for item in passages)
    return Verification(Slug(source), values.date("2026-02-20"), sha256, 9, found)


SOURCE_AT = Place("content/sources/report.yaml", 10, 9)
PASSAGE = replace(values.evidence(), at=EVIDENCE_AT)
SECOND = replace(values.evidence(paragraph=2), at=AT)


def resting_on(*passages: Evidence, record: Verification | None = None, **changes: Any) -> Library:
    """A fact with these passages, and a record of what was verified."""
    return values.library(
        values.fact(evidence=passages, at=AT),
        sources=(values.source(sha256=Placed(SHA, SOURCE_AT)), values.source("interview", sha256=SHA)),
        verifications=(record,) if record else (),
        **changes,
    )


def titled(passage: Evidence) -> Actor:
    """A person whose office that passage states."""
    return values.actor(roles=(Role("Minister", passage),))


GOOD: dict[str, list[Case]] = {
    "credibility-one": [
        Case(graded("post", "speech")),
        Case(graded("", "")),
        Case(values.library(values.fact(credibility=Credibility.TWO))),
    ],
    "one-origin": [
        Case(cited(("one", ""))),
        Case(cited(("one", "post"))),
        Case(cited(("one", ""), ("one", ""))),
        Case(cited(("one", ""), ("two", ""))),
        Case(cited(("one", "post"), ("two", "speech"))),
        Case(cited(("one", "post"), ("one", ""))),
        Case(cited(("one", "post"), ("two", "post"), ("three", "speech"))),
    ],
    "price-basis": [
        Case(priced("2024 prices")),
        Case(priced(None)),
        Case(values.library()),
    ],
    "unverified": [
        Case(resting_on(PASSAGE)),
        Case(resting_on(PASSAGE, record=verified(PASSAGE))),
        Case(resting_on(PASSAGE, SECOND, record=verified(SECOND, PASSAGE))),
        # That there is no such source is told elsewhere.
        Case(replace(resting_on(PASSAGE, record=verified()), sources={})),
        # Its place and what it relays have no say in whether it stands there.
        Case(resting_on(replace(PASSAGE, origin=Slug("post")), record=verified(PASSAGE))),
    ],
    "review-due": [
        Case(to_review("2026-03-02")),
        Case(to_review("2026-03-01")),
        Case(to_review("2026")),
        Case(values.library()),
        Case(by_status(Reached.REQUESTED, "2025-12-01")),
        Case(by_status(Reached.DELIVERED, "2001-01-01")),
        Case(by_status(Reached.REQUESTED, "2025-01-01", requested=None)),
        Case(by_status(Reached.REQUESTED, "2025-01-01", Flags.CANCELLED)),
        Case(by_status(Reached.REQUESTED, "2025-01-01", Flags.SUPERSEDED)),
        # As of a day in the past, it may have been still to come.
        Case(replace(by_status(Reached.REQUESTED, "2025-01-01"), as_of=values.day("2025-02-01"))),
    ],
}
BAD: dict[str, list[Case]] = {
    "credibility-one": [
        told(Case(graded("post", "post", "post")), AT),
        told(Case(graded("")), AT),
        told(Case(graded("post", "interview")), AT),
    ],
    "one-origin": [
        told(
            Case(cited(("one", "post"), ("two", "post"), ("three", "post"))),
            EVIDENCE_AT,
            says="is cited from 3 sources, but counts as one origin: all relay post",
        ),
        told(
            Case(cited(("one", "post"), ("one", "interview"))),
            EVIDENCE_AT,
            says="counts as one origin: post, interview share their speaker or publisher",
        ),
        told(Case(cited(("one", "post"), ("two", "interview"))), EVIDENCE_AT, says="2 sources"),
    ],
    "price-basis": [
        told(Case(priced("")), AT, says="drones.letter gives EUR 90 without a price basis"),
        told(Case(priced("", Placed("EUR", EVIDENCE_AT))), EVIDENCE_AT),
        told(
            Case(
                values.library(
                    values.fact(
                        asserted=values.date("2026"),
                        history=(values.assertion("2025", value=Money(Decimal(1), "EUR"), at=AT),),
                    )
                )
            ),
            AT,
        ),
    ],
    "unverified": [
        told(
            Case(resting_on(PASSAGE, record=verified(source="interview"))),
            SOURCE_AT,
            says="the capture of report was never verified, and drones.letter rests on it",
        ),
        told(
            Case(resting_on(PASSAGE, record=verified(PASSAGE, sha256="2" * 64))),
            SOURCE_AT,
            says="the capture of report has changed since it was verified, and drones.letter rests on it",
        ),
        told(
            Case(
                resting_on(
                    PASSAGE,
                    record=verified(source="interview"),
                    actors=(titled(SECOND), values.actor("general")),
                )
            ),
            SOURCE_AT,
            says="2 facts and roles rest on it",
        ),
        told(
            Case(resting_on(SECOND, PASSAGE, record=verified(SECOND))),
            EVIDENCE_AT,
            says="drones.letter rests on report ¶ 1, which the verification of 2026-02-20 does not have",
        ),
        told(Case(resting_on(PASSAGE, SECOND, record=verified())), EVIDENCE_AT, says="(and 1 more)"),
        told(
            Case(
                values.library(
                    values.fact(
                        evidence=(SECOND,),
                        asserted=values.date("2026"),
                        history=(values.assertion("2025", evidence=(PASSAGE,)),),
                    ),
                    sources=(values.source(sha256=SHA),),
                    verifications=(verified(SECOND),),
                )
            ),
            EVIDENCE_AT,
        ),
        told(
            Case(
                resting_on(SECOND, record=verified(SECOND), actors=(titled(PASSAGE), values.actor("general")))
            ),
            EVIDENCE_AT,
            says="the role of minister rests on report ¶ 1",
        ),
    ],
    "review-due": [
        told(Case(to_review("2026-02-28")), AT, says="due for review by 2026-02-28, the day that was set"),
        told(Case(to_review("2025")), AT),
        told(
            Case(by_status(Reached.REQUESTED, "2025-11-30")),
            AT,
            says="due for review by 2026-02-28, 90 days after 2025-11-30, because its status is 'requested'",
        ),
        told(Case(by_status(Reached.IN_SERVICE, "2026-01-30", **{"in-service": 29})), AT),
        told(Case(by_status(Reached.REQUESTED, "2025-01-01", Flags.SUSPENDED, Flags.DISPUTED)), AT),
    ],
}
