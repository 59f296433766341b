"""Cases for the check over what looks like a fact link and is none."""

from __future__ import annotations

from briefing.model.findings import Place
from briefing.model.values import Placed
from tests import values
from tests.checkcases import AT, PROSE_AT, Case, told
from tests.checkcases.prose import with_brief

GOOD: dict[str, list[Case]] = {
    "unread-link": [
        Case(with_brief("[words](fact:drones.letter) and `{{ drones.letter }}`")),
        Case(with_brief("It is a fact: [they] signed. See [the page](https://example.org).")),
        Case(values.library(values.fact(statement="The fact: they [both] signed.", at=AT))),
    ]
}
BRIEF = PROSE_AT.path
BAD: dict[str, list[Case]] = {
    "unread-link": [
        told(Case(with_brief("See [words](fact: drones.letter).")), Place(BRIEF, 12, 5)),
        told(
            Case(with_brief("See {{ drones.letter }}\nand\n[] (fact:x)")),
            Place(BRIEF, 12, 8),
            Place(BRIEF, 14, 1),
        ),
        told(
            Case(with_brief(title=Placed("On drones.letter", Place(BRIEF, 2, 8)))),
            Place(BRIEF, 2, 11),
        ),
        told(
            Case(values.library(values.fact(caveat="See [x](fact:drones.letter).", at=AT))),
            Place(AT.path, 4, 9),
        ),
        told(
            Case(values.library(matters=(values.matter(description="On [drones](fact:x).", at=AT),))),
            Place(AT.path, 4, 13),
        ),
    ]
}
