"""Cases for the checks over ladders."""

from __future__ import annotations

from typing import Any

from briefing.model.findings import Place
from briefing.model.ladders import Group, Ladder, LadderFlag, Need, Rung, RungId, Shape, Status
from briefing.model.library import Library
from briefing.model.scales import Degree
from briefing.model.values import Placed, Slug
from tests import values
from tests.checkcases import AT, Case, told

LADDER_AT = Place("content/ladders.yaml", 1, 1)
RUNG_AT = Place("content/ladders.yaml", 7, 5)
WORDS_AT = Place("content/ladders.yaml", 9, 12)


def rung(name: str, like: Degree, **changes: Any) -> Rung:
    return Rung(Slug(name), Slug("all"), like, at=RUNG_AT, **changes)


def words(*phrases: str) -> dict[str, tuple[str, ...]]:
    """Own words in English."""
    return {"en": tuple(Placed(phrase, WORDS_AT) for phrase in phrases)}


ASKED = rung("asked", Degree.REQUESTED, words=words("has asked"))


def on(*rungs: Rung, flags: tuple[LadderFlag, ...] = (), status: str = "asked", **changes: Any) -> Library:
    """A library whose only fact has a status on a ladder of the project."""
    group = Group(Slug("all"), Shape.OPEN_CIRCLE)
    ladder = Ladder(Slug("own"), (group,), rungs, flags, at=LADDER_AT)
    fact = values.fact(status=Status(RungId(status)), at=AT, **changes)
    return values.library(fact, ladders=(ladder,))


def needing(*needs: Need, **changes: Any) -> Library:
    return on(rung("asked", Degree.REQUESTED, needs=needs), **changes)


TWO = (values.evidence("report", origin="post"), values.evidence("report", 2, origin="hearsay"))
GOOD = {
    "ladder-order": [
        Case(on(ASKED, rung("given", Degree.AGREED))),
        Case(
            on(
                rung("offered", Degree.AGREED),
                rung("asked", Degree.REQUESTED, reason="it is asked for later"),
            )
        ),
        Case(values.library()),
    ],
    "ladder-words": [
        Case(on(ASKED, rung("given", Degree.AGREED, words=words("was|were given")))),
        Case(on(ASKED, rung("given", Degree.AGREED, words={"fr": ("has asked",)}))),
    ],
    "ladder-unused": [Case(on(ASKED)), Case(values.library())],
    "ladder-needs": [
        Case(needing(Need.SPEAKER, said_by=(Slug("minister"),))),
        Case(needing(Need.DOCUMENT)),
        Case(needing(Need.TWO_SIDES, said_by=(Slug("minister"), Slug("general")))),
        Case(on(ASKED)),
    ],
}
BAD = {
    "ladder-order": [
        told(
            Case(on(rung("offered", Degree.AGREED), ASKED)),
            RUNG_AT,
            says="asked is above offered and like requested, which is below agreed",
        ),
    ],
    "ladder-words": [
        told(
            Case(on(ASKED, rung("given", Degree.AGREED, words=words("has|had asked")))),
            WORDS_AT,
            says="'has asked' claims asked and given of the ladder own",
        ),
        told(Case(on(ASKED, flags=(LadderFlag(Slug("lost"), words=words("has asked")),))), WORDS_AT),
    ],
    "ladder-unused": [
        told(
            Case(
                values.library(
                    values.fact(at=AT),
                    project=values.project(ladder=Slug("commitments")),
                    ladders=(
                        Ladder(Slug("own"), (Group(Slug("all"), Shape.OPEN_CIRCLE),), (ASKED,), at=LADDER_AT),
                    ),
                )
            ),
            LADDER_AT,
            says="no fact has a status on the ladder own",
        ),
    ],
    "ladder-needs": [
        told(Case(needing(Need.SPEAKER)), AT, says="drones.letter is asked, which needs a speaker"),
        told(Case(needing(Need.TWO_ORIGINS)), AT, says="drones.letter is asked, which needs two independent"),
        told(Case(needing(Need.TWO_SIDES, said_by=(Slug("minister"),))), AT),
        told(Case(needing(Need.DOCUMENT, evidence=(TWO[0],))), AT),
    ],
}
