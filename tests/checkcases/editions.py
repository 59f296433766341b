"""Cases for the checks over the ledger."""

from __future__ import annotations

import dataclasses

from briefing.model.findings import Place
from briefing.model.library import Library
from tests import values
from tests.checkcases import Case

EDITION_AT = Place("content/editions/letter/1.yaml", 1, 1)


def with_edition(**changes: str) -> Library:
    """A library whose brief has an edition, changed after it was sealed."""
    issued = dataclasses.replace(values.issued(at=EDITION_AT), **changes)  # type: ignore[arg-type]
    return values.library(briefs=(values.brief(),), issued=(issued,))


GOOD = {"edition-changed": [Case(values.library()), Case(with_edition())]}
BAD = {"edition-changed": [Case(with_edition(seal="0" * 64), at=(EDITION_AT,), says="edition 1 of letter")]}
