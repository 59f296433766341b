"""Cases for the checks over who answers for a record."""

from __future__ import annotations

from typing import Any

from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.signatures import SigningKey
from briefing.model.values import Date, Slug
from tests import values
from tests.checkcases import Case, told

LINE_AT = Place("content/project.yaml", 7, 15)
EDITION_AT = Place("content/editions/letter/1.yaml", 1, 1)
KEY_AT = Place("content/signers.yaml", 4, 1)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgixtOagK2/kQdJtYAn+05yjGp2YI8rrK1uFlIggbIQ"


def key(name: str, person: str, comment: str = "") -> SigningKey:
    return SigningKey(Slug(name), person, f"{KEY} {comment}".strip(), at=KEY_AT)


def asking(**changes: Any) -> Library:
    """A library of a project that asks for signatures."""
    project = values.project(signed_since=Date("2026-01-01", at=LINE_AT))
    return values.library(project=project, briefs=(values.brief(),), **changes)


GOOD = {
    "signature": [
        Case(values.library(briefs=(values.brief(),), issued=(values.issued(at=EDITION_AT),))),
        Case(values.library(signing_keys=(key("ada", "Ada Marsh"),))),
    ]
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
    ]
}
