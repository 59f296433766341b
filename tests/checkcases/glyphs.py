"""Cases for the check over characters that no font has."""

from __future__ import annotations

import dataclasses
from typing import Any

from briefing.model.editions import Claim, Note, Reference, Section
from briefing.model.findings import Place
from briefing.model.scales import Reliability
from briefing.model.values import Key, Placed, Prose, Slug
from tests import values
from tests.checkcases import AT, BRIEF_AT, PROSE_AT, Case

SOURCE_AT = Place("content/sources/report.yaml", 1, 8)
ACTOR_AT = Place("content/actors.yaml", 2, 9)
NO_FONT = frozenset("\N{CUNEIFORM SIGN A}\N{CJK UNIFIED IDEOGRAPH-56FD}\N{SHIP}\N{GOTHIC LETTER AHSA}\ue000")
CUNEIFORM = "The stone \N{CUNEIFORM SIGN A} of Ur"
CHINESE = "\N{CJK UNIFIED IDEOGRAPH-56FD}, a letter"
NAMED = "A minister \N{SHIP}"
PRIVATE = "A sign \ue000 of the house"
PROSE = "One line.\n\nThen a ship \N{SHIP}."
LIBRARY = values.library(
    sources=(
        values.source(title=Placed(CHINESE, SOURCE_AT, CHINESE)),
        values.source("interview", title=f"Found: {CUNEIFORM}"),
    ),
    actors=(
        dataclasses.replace(values.actor("minister"), name=Placed(NAMED, ACTOR_AT, NAMED)),
        values.actor("maker"),
    ),
    sheets=(values.sheet("drones", values.fact(caveat=Placed(PRIVATE, AT, PRIVATE))),),
    briefs=(values.brief(at=BRIEF_AT),),
)
"""Many of its records have such characters, whether anything prints them or not."""


def case(*at: Place, says: str = "", cell: str = "words", note: str = "Stated.", **changes: Any) -> Case:
    """An edition of its brief with these words in a cell of a table and in a note."""
    claim = Claim(Key("drones.letter"), cell, 1, is_marked=True, is_first=True)
    section = Section("commitments", "Where it stands", ("Matter: ", claim))
    printed = {"sections": (section,), "notes": (Note(1, claim.fact, note),), **changes}
    return Case(LIBRARY, (values.edition("letter", **printed),), at, says, unprintable=NO_FONT)


def with_brief(made: Case, **changes: Any) -> Case:
    """The case, with these words in the brief itself."""
    brief = values.brief(at=BRIEF_AT, **changes)
    return dataclasses.replace(made, library=dataclasses.replace(LIBRARY, briefs={brief.id: brief}))


def listed(title: str) -> Reference:
    """A source at the end of an edition."""
    return Reference("S1", Slug("report"), f"“{title}”, The Courier", title, Reliability.C, "")


GOOD = {
    "missing-glyph": [
        case(),
        dataclasses.replace(case(cell=NAMED, references=(listed(CHINESE),)), unprintable=frozenset()),
    ]
}
BAD = {
    "missing-glyph": [
        case(
            SOURCE_AT, references=(listed(CHINESE),), says="no font has CJK UNIFIED IDEOGRAPH-56FD (U+56FD)"
        ),
        case(Place(ACTOR_AT.path, 2, 20), cell=NAMED, says="no font has SHIP (U+1F6A2)"),
        case(
            Place(AT.path, 4, 10),
            note=f"Stated. {PRIVATE}",
            says="no font has the private-use character U+E000",
        ),
        with_brief(
            case(
                Place(BRIEF_AT.path, 1, 11), subtitle=CUNEIFORM, says="no font has CUNEIFORM SIGN A (U+12000)"
            ),
            subtitle=Placed(CUNEIFORM, BRIEF_AT, CUNEIFORM),
        ),
        with_brief(
            case(Place(PROSE_AT.path, 14, 13), sections=(Section("narrative", "", (PROSE,)),), says="SHIP"),
            body=Prose(Placed(PROSE, PROSE_AT, PROSE)),
        ),
        # No record has it, so a template prints it.
        case(BRIEF_AT, note="\N{GOTHIC LETTER AHSA}", says="no font has GOTHIC LETTER AHSA (U+10330)"),
    ]
}
