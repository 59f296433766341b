"""Cases for the checks over who answers for a record."""

from __future__ import annotations

from typing import Any

from briefing.model.findings import Place
from briefing.model.ledger import Withdrawal
from briefing.model.library import Library
from briefing.model.signatures import Clearance, Review, Reviews, ReviewStep, SigningKey
from briefing.model.values import Date, EditionNumber, Slug
from tests import values
from tests.checkcases import Case, told

LINE_AT = Place("content/project.yaml", 7, 15)
STEP_AT = Place("content/editions/letter/reviews.yaml", 6, 1)
WORDS = "5" * 64
EDITION_AT = Place("content/editions/letter/1.yaml", 1, 1)
KEY_AT = Place("content/signers.yaml", 4, 1)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgixtOagK2/kQdJtYAn+05yjGp2YI8rrK1uFlIggbIQ"


def key(name: str, person: str, comment: str = "") -> SigningKey:
    return SigningKey(Slug(name), person, f"{KEY} {comment}".strip(), at=KEY_AT)


def asking(**changes: Any) -> Library:
    """A library of a project that asks for signatures."""
    project = values.project(signed_since=Date("2026-01-01", at=LINE_AT))
    return values.library(project=project, briefs=(values.brief(),), **changes)


def two_persons(
    reviewed: tuple[str, ...] = (),
    cleared: tuple[str, str] | None = None,
    issued: str = "2026-02-10",
    is_withdrawn: bool = False,
) -> Library:
    """A library of a project that asks for two persons, with an edition; ``reviewed`` took the two steps."""
    steps = (ReviewStep.SUBMITTED, ReviewStep.CLEARED)
    day = Date("2026-02-09")
    reviews = tuple(
        Review(step, by, day, WORDS, at=STEP_AT) for step, by in zip(steps, reviewed, strict=False)
    )
    persons = cleared or (reviewed if len(reviewed) == 2 else None)
    made = Clearance(persons[0], persons[1], WORDS) if persons else None
    edition = values.issued(cleared=made, issued=Date(issued), at=EDITION_AT)
    withdrawal = Withdrawal(EditionNumber("1"), day, "Bob Reed", "Nobody had read it.")
    return values.library(
        project=values.project(two_persons_since=Date("2026-01-01", at=LINE_AT)),
        briefs=(values.brief(),),
        issued=(edition,),
        withdrawals={"letter": (withdrawal,)} if is_withdrawn else {},
        reviews={"letter": Reviews(reviews)} if reviews else {},
    )


GOOD = {
    "signature": [
        Case(values.library(briefs=(values.brief(),), issued=(values.issued(at=EDITION_AT),))),
        Case(values.library(signing_keys=(key("ada", "Ada Marsh"),))),
    ],
    "two-persons": [
        Case(two_persons(reviewed=("Ada Marsh", "Bob Reed"))),
        Case(two_persons(reviewed=("Ada Marsh", "Bob Reed"), cleared=("Ada Marsh", "Bob Reed"))),
        # It is older than the rule.
        Case(two_persons(issued="2025-12-31")),
        # Somebody noticed, and withdrew it.
        Case(two_persons(is_withdrawn=True)),
    ],
}
BAD = {
    "signature": [
        told(Case(asking()), LINE_AT, says="nobody has signed the list of keys"),
        told(
            Case(asking(issued=(values.issued(at=EDITION_AT),))),
            EDITION_AT,
            LINE_AT,
            says="edition 1 of letter, by R. Lund: it is not signed",
        ),
        told(
            Case(asking(signing_keys=(key("ada", "Ada Marsh"), key("twin", "A. Twin", "of the same key")))),
            KEY_AT,
            says="'A. Twin' has the key of 'Ada Marsh', so they count as one person",
        ),
    ],
    "two-persons": [
        told(
            Case(two_persons()),
            EDITION_AT,
            says="edition 1 of letter: R. Lund issued it, and nobody had cleared it",
        ),
        told(
            Case(two_persons(cleared=("Ada Marsh", "ada marsh"))),
            EDITION_AT,
            says="edition 1 of letter: ada marsh both handed it in and cleared it",
        ),
        told(
            Case(two_persons(cleared=("Ada Marsh", "Bob Reed"))),
            EDITION_AT,
            says="edition 1 of letter: no record says that Ada Marsh handed it in and Bob Reed cleared it",
        ),
        told(
            Case(two_persons(reviewed=("Ada Marsh", "Ada Marsh"), issued="2025-12-31")),
            STEP_AT,
            says="Ada Marsh cleared letter, and no other person had handed in the same words",
        ),
    ],
}
