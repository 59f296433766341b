"""Cases for the checks over matters and sides."""

from __future__ import annotations

import dataclasses
from typing import Any

from briefing.model.library import Library
from briefing.model.scales import FactKind
from briefing.model.values import Prose, Slug
from tests import values
from tests.checkcases import AT, BRIEF_AT, OTHER_AT, Case, told
from tests.values import Reached

DEAL = (Slug("drone-deal"),)


def known(*matters: str, **changes: Any) -> Library:
    """A library with a commitment about these matters, where there is one matter."""
    fact = values.fact(matters=tuple(map(Slug, matters)), at=AT, **changes)
    return values.library(fact, matters=(values.matter(at=OTHER_AT),))


def sides(**part_of: str) -> Library:
    """Actors, each a part of another one; the first is where the check speaks."""
    actors = [
        values.actor(
            name.replace("_", "-"), part_of=Slug(whole) if whole else None, at=AT if number == 0 else OTHER_AT
        )
        for number, (name, whole) in enumerate(part_of.items())
    ]
    return values.library(origins=(), actors=tuple(actors))


def delivered(*said_by: str, name: str = "Drones", label: str = "", line: str = "") -> Library:
    """A matter of which a fact says that it is delivered, by some speakers or by a report."""
    fact = values.fact(
        status=Reached.DELIVERED,
        said_by=tuple(map(Slug, said_by)),
        matters=DEAL,
        label=label,
        at=AT,
    )
    brief = values.brief(bottom_line=Prose(line or "It is [a letter](fact:drones.letter)."), at=BRIEF_AT)
    return values.library(
        fact, matters=(dataclasses.replace(values.matter(at=OTHER_AT), name=name),), briefs=(brief,)
    )


SAYS = "Drones have been delivered"
IN_LINE = dataclasses.replace(BRIEF_AT, column=23)
LINE = "The drones have been [delivered](fact:drones.letter)."
GOOD: dict[str, list[Case]] = {
    "without-matter": [
        Case(known("drone-deal")),
        # A project without matters has none to name.
        Case(values.library()),
        Case(known(kind=FactKind.EVENT, status=None)),
        Case(dataclasses.replace(known(), is_whole=False)),
    ],
    "empty-matter": [Case(known("drone-deal")), Case(dataclasses.replace(known(), as_of=values.TODAY))],
    "endless-side": [Case(sides(mayor="town", town="", office="mayor")), Case(values.library())],
    "own-voice": [
        Case(delivered("minister", name=SAYS, label=SAYS, line=LINE)),
        Case(delivered()),
        # A project without matters and sides has not begun to tell whose account is whose.
        Case(values.library(values.fact(status=Reached.DELIVERED, label=SAYS))),
        Case(delivered(line="One report says that the drones have been [delivered](fact:drones.letter).")),
        Case(delivered(line="The drones have been delivered, as some hope, and it is cold.")),
        # A declaration of intent is what it is, whoever reports it.
        Case(delivered(line="They signed [a letter of intent](fact:drones.letter).")),
    ],
}
BAD: dict[str, list[Case]] = {
    "without-matter": [told(Case(known()), AT, says="drones.letter is a commitment")],
    "empty-matter": [told(Case(known()), OTHER_AT, says="no fact is about the matter 'drone-deal'")],
    "endless-side": [
        told(
            Case(sides(mayor="town", town="mayor")),
            AT,
            OTHER_AT,
            says="mayor, town, and mayor",
        ),
        told(Case(sides(mayor="mayor")), AT, says="mayor, and mayor again"),
    ],
    "own-voice": [
        told(Case(delivered(name=SAYS)), OTHER_AT, says="delivered' is said here in our own voice"),
        told(Case(delivered(label=SAYS)), AT, says="delivered' is said here"),
        told(Case(delivered(line=LINE)), IN_LINE, says="delivered' is said here"),
    ],
}
