"""Cases for the check over words and figures that seem to be others."""

from __future__ import annotations

from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.values import Placed
from tests import values
from tests.checkcases import AT, BRIEF_AT, PROSE_AT, Case, told


def with_brief(body: str) -> Library:
    """A library with a brief of that prose."""
    return values.library(
        values.fact(asserted=values.date("2026"), at=AT),
        briefs=(values.brief(at=BRIEF_AT, body=Placed(body, PROSE_AT, body)),),
    )


def with_caveat(caveat: str) -> Library:
    """A library with a fact of that caveat."""
    return values.library(values.fact(caveat=Placed(caveat, AT, caveat)))


OWN_LETTERS = (
    "Зеленський, Ράφαλ and Þór met in Diyarbakır.",
    "The hall has 30 m², 5 μm of CO₂ and 2½ floors.",
    "They wrote to Mᵐᵉ Marsh for the 2ᵉ time, and to the 1ᵉʳ adjoint.",
    "In كتاب, ספר and 東京 nothing looks like Latin.",
    "The Su-30, the H2O tank, 5l of oil and the N2O line.",
)
DISGUISED = (
    ("They signed a сору.", 15, "'сору' reads as 'copy'"),
    ("They \U0001d428\U0001d42b\U0001d41d\U0001d41e\U0001d42b it.", 6, "reads as 'order'"),
    ("They \u24de\u24e1\u24d3\u24d4\u24e1 it.", 6, "reads as 'order'"),
    ("They \uff4f\uff52\uff44\uff45\uff52 it.", 6, "reads as 'order'"),
    ("They con\ufb01rm it.", 6, "'con\ufb01rm' reads as 'confirm'"),
    ("They \u1d52\u02b3\u1d48\u1d49\u02b3 it.", 6, "reads as 'order'"),
    ("The \u0261oal.", 5, "'\u0261oal' reads as 'goal'"),
    ("It has \u09ea crews.", 8, "'\u09ea' reads as '4'"),
    ("It has \u0663\u0660 crews.", 8, "reads as '30'"),
    ("It has [3O](fact:drones.letter) crews.", 9, "'3O' reads as '30'"),
    ("It has 1l0 crews.", 8, "'1l0' reads as '110'"),
    ("A code of `сору` is a word.", 12, "reads as 'copy'"),
)
GOOD: dict[str, list[Case]] = {"look-alike": [Case(with_brief(text)) for text in OWN_LETTERS]}
BAD: dict[str, list[Case]] = {
    "look-alike": [
        *(
            told(Case(with_brief(text)), Place(PROSE_AT.path, PROSE_AT.line, column), says=says)
            for text, column, says in DISGUISED
        ),
        told(Case(with_caveat("They signed a сору.")), Place(AT.path, AT.line, AT.column + 14)),
    ]
}
