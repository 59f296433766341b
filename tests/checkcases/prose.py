"""Cases for the checks over the form of prose."""

from __future__ import annotations

from typing import Any

from briefing.model.editions import Claim, Edition, Section
from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.values import Key, Placed, Prose
from tests import values
from tests.checkcases import AT, BRIEF_AT, PROSE_AT, Case, told


def with_brief(body: str = "x", **changes: Any) -> Library:
    """A library with a brief of that prose."""
    return values.library(
        values.fact(asserted=values.date("2026"), at=AT),
        briefs=(values.brief(at=BRIEF_AT, body=Placed(body, PROSE_AT, body), **changes),),
    )


def bottom_line(words: int, claims: int = 0) -> Edition:
    """An edition whose bottom line has so many words, some of them printed by claims."""
    printed: list[str | Claim] = [
        Claim(Key("drones.letter"), "100 aircraft", 1, is_marked=True, is_first=True) for _ in range(claims)
    ]
    printed.append(" ".join(["word"] * (words - 2 * claims)))
    section = Section("bottom-line", "Bottom line", tuple(part for item in printed for part in (item, " ")))
    return values.edition("letter", sections=(section,))


GOOD: dict[str, list[Case]] = {
    "bottom-line-length": [
        Case(with_brief(), (bottom_line(60),)),
        Case(with_brief(), (bottom_line(60, claims=3),)),
    ],
    "empty-brief": [Case(with_brief(), (values.edition("letter", "drones.letter"),))],
    "about-the-texts": [
        Case(with_brief("They signed. One text says when. They paid.")),
        Case(with_brief("By our reading it is new. No text says more. " + "They signed it. " * 30)),
    ],
    "raw-html": [
        Case(with_brief("**bold**, a < b > c, `<b>` and\n\n```\n<b>\n```\n")),
        Case(with_brief("<https://example.org>")),
    ],
    "comment-in-prose": [Case(with_brief("a < b, `<!-- x -->` and a -- b -> c"))],
    "image": [Case(with_brief("A picture! [not one](https://example.org) \\![x](y) `![x](y)`"))],
}
BAD: dict[str, list[Case]] = {
    "bottom-line-length": [
        told(Case(with_brief(bottom_line=Prose(Placed("x", PROSE_AT))), (bottom_line(61),)), PROSE_AT),
        told(Case(with_brief(), (bottom_line(61, claims=3),)), BRIEF_AT),
    ],
    "empty-brief": [told(Case(with_brief(), (values.edition("letter"),)), BRIEF_AT)],
    "about-the-texts": [
        told(
            Case(with_brief("They signed.\n\nNo text says more. By our reading the text says little.")),
            Place(PROSE_AT.path, 14, 20),
            says="of 4 sentences here, 2 (50%) speak of the texts",
        ),
    ],
    "raw-html": [
        told(
            Case(with_brief("Some <b>bold</b>.")), Place(PROSE_AT.path, 12, 6), Place(PROSE_AT.path, 12, 13)
        ),
        told(Case(with_brief("one\ntwo <br/>")), Place(PROSE_AT.path, 13, 5)),
        told(Case(with_brief('<img src="x">')), PROSE_AT),
    ],
    "comment-in-prose": [
        told(Case(with_brief("One <!-- two -->.")), Place(PROSE_AT.path, 12, 5)),
        told(
            Case(with_brief("<!-- two\nthree --> four\n\nfive <!-- six")),
            PROSE_AT,
            Place(PROSE_AT.path, 15, 6),
        ),
        told(Case(with_brief("and --> out")), Place(PROSE_AT.path, 12, 5)),
        told(Case(with_brief("<!- two ->")), PROSE_AT),
    ],
    "image": [
        told(Case(with_brief("![map](map.png)")), PROSE_AT),
        told(Case(with_brief("A ![map][ref].")), Place(PROSE_AT.path, 12, 3)),
    ],
}
