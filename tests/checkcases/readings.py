"""Cases for the checks that read prose sentence by sentence."""

from __future__ import annotations

from decimal import Decimal

from briefing.model import (
    Bound,
    DatePart,
    Fact,
    Instrument,
    Kind,
    Library,
    Money,
    Placed,
    Quantity,
    Slug,
    Status,
)
from briefing.problems import Place
from tests import values
from tests.checkcases import AT, BRIEF_AT, PROSE_AT, Case, told

COUNT = values.fact(
    "drones.count",
    statement="Norrvik and Telmark intend a purchase of drones.",
    value=Quantity(Decimal(100), "drones", Bound.UP_TO),
    date=values.date("../2035"),
    systems=(Slug("drones"),),
)
LETTER = values.fact("drones.letter", date=values.date("2026-02-09", DatePart.YEAR))
LOAN = values.fact(
    "drones.loan",
    statement="A loan was discussed.",
    status=Status.DISCUSSED,
    value=Money(Decimal(90), "EUR", instrument=Instrument.LOAN, price_basis=None),
)
GRANT = values.fact(
    "drones.grant",
    statement="A grant was set aside.",
    status=Status.FINANCED,
    value=Money(Decimal(10), "EUR", instrument=Instrument.GRANT, price_basis=None),
    evidence=(values.evidence(terms=("set aside",)),),
)
NEED = values.fact(
    "drones.need",
    kind=Kind.CLAIM,
    statement="The minister says what is needed.",
    said_by=(Slug("minister"),),
    value=Quantity(Decimal(7), "sites"),
)
HEARSAY = values.fact(
    "drones.hearsay",
    kind=Kind.CLAIM,
    statement="The general wants a study.",
    said_by=(Slug("general"),),
    evidence=(values.evidence(origin="aside", terms=("a study",)),),
)


def saying(body: str, *facts: Fact) -> Case:
    """A brief of that prose over a small library."""
    return Case(_library(body, *facts))


def _library(body: str, *facts: Fact) -> Library:
    return values.library(
        *(COUNT, LETTER, LOAN, GRANT, NEED, HEARSAY, *facts),
        actors=(values.actor("minister"), values.actor("general"), values.actor("herald")),
        origins=(values.origin("post", "minister"), values.origin("aside", "general", via=(Slug("herald"),))),
        briefs=(values.brief(at=BRIEF_AT, body=Placed(body, PROSE_AT, body), body_at=PROSE_AT),),
    )


def resting(basis: str) -> Case:
    """A judgement with that basis."""
    judgement = values.judgement("drones.j", basis)
    sheet = values.sheet("drones", values.fact(), judgements=(judgement,))
    return Case(values.library(sheets=(sheet,)))


def stating(statement: str, **changes: object) -> Case:
    """A fact with that statement."""
    return Case(values.library(values.fact(statement=Placed(statement, AT, statement), at=AT, **changes)))


def at(column: int, line: int = 0) -> Place:
    """A place in the prose of a case."""
    return Place(PROSE_AT.path, PROSE_AT.line + line, column)


GOOD: dict[str, list[Case]] = {
    "bare-number": [
        saying("Norrvik intends to buy [](fact:drones.count), says the Minister."),
        saying("The two ministers met on [9 February](fact:drones.letter) at Camp F-16, under Article 5."),
        saying("One of the texts has no figure, and `100` is code."),
        stating("They signed for 100 drones.", value=Quantity(Decimal(100), "drones")),
        stating("They met on 9 February.", date=values.date("2026-02-09")),
    ],
    "figure-mismatch": [
        saying("They intend [up to 100 drones](fact:drones.count) [by 2035](fact:drones.count)."),
        saying("They intend as many as [a hundred drones](fact:drones.count)."),
        saying("They intend up to [](fact:drones.count#number) drones."),
        saying("They discussed [a loan of €90](fact:drones.loan)."),
    ],
    "inferred-date": [
        saying("They signed it on [9 February [2026]](fact:drones.letter)."),
        saying("They signed it on [9 February](fact:drones.letter) and [](fact:drones.letter#date)."),
    ],
    "mixed-sum": [
        saying(
            "A loan of [](fact:drones.loan) was discussed, and a grant of [](fact:drones.grant) set aside."
        ),
        saying(
            "The loan of [](fact:drones.loan) and the grant of [](fact:drones.grant) must not be added up."
        ),
    ],
    "overclaim": [
        saying("Norrvik intends to buy [drones](fact:drones.count)."),
        saying("Norrvik has not ordered [drones](fact:drones.count)."),
        saying('The Herald says that Norrvik has "bought" [drones](fact:drones.count).'),
        saying("Has Norrvik ordered [drones](fact:drones.count)?"),
        saying("If Norrvik had ordered [drones](fact:drones.count), it would have said so."),
        stating("They intend to order drones."),
    ],
    "attribution": [
        saying("The minister says that [seven sites](fact:drones.need) are needed."),
        saying("The minister spoke of sites. There are [seven](fact:drones.need) of them."),
        saying('The minister calls it "historic".'),
    ],
    "relayed": [
        saying("By The Herald's report the general wants [a study](fact:drones.hearsay)."),
        saying("The general, as relayed, wants [a study](fact:drones.hearsay)."),
    ],
    "confirmation": [
        saying("Nobody has confirmed [the letter](fact:drones.letter)."),
        saying("The report alone has [the letter](fact:drones.letter)."),
    ],
    "likelihood": [
        saying("We judge it unlikely that a contract follows. Our confidence is low."),
        saying("A contract may follow. The minister says that it probably will."),
    ],
    "judgement-basis": [resting("There is [a letter](fact:drones.letter).")],
    "undefined-acronym": [
        saying("The European Defence Fund (EDF) is not named; the EDF is not the EU."),
        saying("NATO and the EU were named, and COVID-19 too."),
    ],
}
BAD: dict[str, list[Case]] = {
    "bare-number": [
        told(saying("Norrvik wants 100 drones."), at(15), says="no fact link carries '100'"),
        told(
            saying("They met in March 2024.\nHalf of it was talk."), at(13), at(1, line=1), says="March 2024"
        ),
        told(
            stating("They signed for 120 drones.", value=Quantity(Decimal(100), "drones")),
            Place(AT.path, AT.line, AT.column + 16),
            says="'120' is in no value, date or evidence of drones.letter",
        ),
    ],
    "figure-mismatch": [
        told(
            saying("They intend [100 drones](fact:drones.count)."),
            at(14),
            says="drones.count has up to 100 drones",
        ),
        told(
            saying("They intend [up to 110 drones](fact:drones.count)."),
            at(20),
            says="is not what the fact says",
        ),
        told(saying("They intend it [in 2035](fact:drones.count)."), at(20), says="drones.count has by 2035"),
        told(saying("They intend [](fact:drones.count#number) drones."), at(13), says="without 'up to'"),
        told(saying("They intend about [](fact:drones.count)."), at(19), says="prints its own bound"),
        told(saying("They discussed a loan of [USD 90](fact:drones.loan)."), at(27), says="EUR 90"),
    ],
    "inferred-date": [
        told(saying("They signed it on [9 February 2026](fact:drones.letter)."), at(20), says="the year"),
    ],
    "mixed-sum": [
        told(
            saying("In total, [](fact:drones.loan) and [](fact:drones.grant) were discussed or set aside."),
            at(1),
            says="differ in status and instrument",
        ),
    ],
    "overclaim": [
        told(
            saying("Norrvik has ordered [drones](fact:drones.count)."),
            at(9),
            says="'has ordered' says contracted; drones.count is intent",
        ),
        told(saying("Norrvik trains on [drones](fact:drones.count)."), at(20), says="only intent"),
        told(saying("Drones have been delivered to Norrvik."), at(18), says="drones.count is intent"),
        told(
            stating("They ordered drones."),
            Place(AT.path, AT.line, AT.column + 5),
            says="'ordered' says contracted",
        ),
    ],
    "attribution": [
        told(saying("[Seven sites](fact:drones.need) are needed."), at(2), says="is a claim of The minister"),
        told(saying("It was a historic day."), at(10), says="'historic' is a judgement of value"),
    ],
    "relayed": [
        told(saying("The general wants [a study](fact:drones.hearsay)."), at(20), says="through The herald"),
    ],
    "confirmation": [
        told(
            saying("Several sources confirm [the letter](fact:drones.letter)."), at(1), says="Several sources"
        ),
    ],
    "likelihood": [
        told(saying("A contract may well follow."), at(12), says="'may well' is no step"),
        told(saying("We judge with high confidence that a contract is likely."), at(15), says="one sentence"),
        told(saying("It is likely to rain. It is improbable that it snows."), at(29), says="second row"),
    ],
    "judgement-basis": [told(resting("It seems so."), Place("", 1, 1), says="rests on no fact")],
    "undefined-acronym": [told(saying("The ESSF was named."), at(5), says="what ESSF stands for")],
}
