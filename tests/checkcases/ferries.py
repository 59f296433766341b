"""An invented purchase of ferries, and sentences about it: what the cases for the checks over prose share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from briefing.model.facts import Fact
from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.scales import ActorKind, Bound, DatePart, FactKind, Instrument
from briefing.model.sources import Actor, System
from briefing.model.values import Date, Label, Money, Placed, Prose, Quantity, Slug, Value
from tests import values
from tests.checkcases import AT, BRIEF_AT, PROSE_AT, Case, told
from tests.values import Reached

HOLM, COURIER = Slug("holm"), Slug("courier")
EVIDENCE = values.evidence(terms=("four ferries",))
ACTORS: tuple[Actor, ...] = (
    Actor(HOLM, "Ida Holm", ActorKind.PERSON, names=("the mayor",)),
    Actor(COURIER, "The Courier", ActorKind.ORGANISATION),
    Actor(Slug("yard"), "Port Yard (PY)", ActorKind.ORGANISATION, names=("Port Yard",)),
)
ORIGINS = (
    values.origin("post", "holm"),
    values.origin("hearing", "yard"),
    values.origin("hearsay", "holm", via=(COURIER,)),
)


def fact(name: str, statement: str, value: Value | None = None, **changes: Any) -> Fact:
    """A fact about the ferries; a commitment at intent unless told otherwise."""
    changes = {"evidence": (EVIDENCE,), "systems": (Slug("ferry"),), **changes}
    return values.fact(f"ferries.{name}", statement=statement, value=value, **changes)


def claim(name: str, statement: str, **changes: Any) -> Fact:
    return fact(name, statement, **{"kind": FactKind.CLAIM, "said_by": (HOLM,), **changes})


def context(name: str, statement: str, value: Value | None = None, **changes: Any) -> Fact:
    return fact(name, statement, value, kind=FactKind.CONTEXT, **changes)


def amount(number: str, unit: str, bound: Bound = Bound.EXACTLY, upper: str = "") -> Quantity:
    return Quantity(Decimal(number), unit, bound, Decimal(upper) if upper else None)


def money(number: str, currency: str = "EUR", bound: Bound = Bound.EXACTLY, **changes: Any) -> Money:
    return Money(Decimal(number), currency, bound, price_basis=None, **changes)


FACTS: tuple[Fact, ...] = (
    fact("count", "Norrvik intends to buy up to four ferries.", amount("4", "ferries", Bound.UP_TO)),
    fact("letter", "A letter of intent exists.", date=Date("2025-11-17", (DatePart.YEAR,))),
    fact("start", "Sailings are meant to begin by 2035.", Date("../2035"), status=Reached.ANNOUNCED),
    fact("wish", "Norrvik asks for two tugs.", status=Reached.REQUESTED),
    fact("tugs", "Two tugs are under contract.", amount("12", "tugs"), status=Reached.CONTRACTED),
    fact(
        "charter",
        "A charter is signed.",
        status=Reached.CONTRACTED,
        caveat=Prose("The charter takes effect only when the port has consented."),
    ),
    fact("buses", "Buses have been handed over.", amount("30", "buses"), status=Reached.DELIVERED),
    context("crossings", "There are crossings.", amount("1200000", "crossings per year", Bound.ABOUT)),
    context("share", "A part of the fleet is old.", amount("12.5", "%")),
    context("crew", "A crew is small.", amount("5", "people", Bound.BETWEEN, "7")),
    context("length", "A quay is long.", amount("120", "metres", Bound.AT_LEAST)),
    context("class", "The class is named.", Label("F4")),
    context("shift", "A shift begins early.", evidence=(values.evidence(terms=("at 14:39",)),)),
    context("season", "The line reopens.", date=Date("2026-21")),
    fact(
        "loan", "A loan is meant to pay.", money("90000000000", bound=Bound.UP_TO, instrument=Instrument.LOAN)
    ),
    fact("grant", "A grant is meant to pay.", money("5000000", instrument=Instrument.GRANT)),
    fact("second-loan", "A second loan is meant to pay.", money("10", instrument=Instrument.LOAN)),
    fact("third-loan", "A third loan is meant to pay.", money("20", instrument=Instrument.LOAN)),
    fact("crew-cost", "A crew costs.", money("5", bound=Bound.BETWEEN, upper=Decimal(7))),
    fact("dollars", "A loan in dollars.", money("7", "USD", instrument=Instrument.LOAN)),
    fact(
        "signed",
        "A contract may be signed.",
        money("8", instrument=Instrument.LOAN),
        status=Reached.AGREED,
    ),
    claim("need", "New ferries are needed."),
    claim("study", "A study is needed.", evidence=(values.evidence(origin="hearsay"),)),
    context("fog", "There is fog.", evidence=(values.evidence(origin="post"),)),
    context(
        "ice", "There is ice.", evidence=(values.evidence(origin="post"), values.evidence(origin="hearing"))
    ),
    fact("opening", "The yard was opened.", kind=FactKind.EVENT, date=Date("2024-05-03")),
)


def library(body: str = "x", *facts: Fact, **changes: Any) -> Library:
    """The library with that prose in a brief; ``facts`` stand beside the usual ones."""
    brief = {key: changes.pop(key) for key in ("language", "bottom_line") if key in changes}
    brief = {"language": "en-GB", "bottom_line": Prose(""), **brief}
    made = {
        "actors": ACTORS,
        "origins": ORIGINS,
        "systems": (System(Slug("ferry"), "Ferry", "ship", names=("Sound ferry",)),),
        "briefs": (
            values.brief(body=Placed(body, PROSE_AT, body), at=BRIEF_AT, sheets=(Slug("ferries"),), **brief),
        ),
        **changes,
    }
    return values.library(*FACTS, *facts, **made)


def said(body: str, *facts: Fact, **changes: Any) -> Case:
    """A brief in which that is well said."""
    return Case(library(body, *facts, **changes))


def wrong(body: str, *words: str, says: str = "", **changes: Any) -> Case:
    """A brief in which a check speaks at these words, each where it first stands."""
    places = [PROSE_AT.at_index(body, body.index(word)) for word in words]
    return told(said(body, **changes), *places, says=says)


def on_page(body: str) -> Case:
    """The same prose on a page of the site."""
    return Case(library(pages=(values.page("method", body),)))


def in_basis(basis: str) -> Case:
    """The same prose as what a judgement rests on."""
    judgement = values.judgement("ferries.order", basis)
    return Case(library(sheets=(values.sheet("ferries", *FACTS, judgements=(judgement,)),)))


def in_sheet(statement: str, *words: str, says: str = "", **changes: Any) -> Case:
    """A fact with that statement, of which a check speaks at these words."""
    stated = fact("stated", Placed(statement, AT, statement), at=AT, **changes)
    places = [Place(AT.path, AT.line, AT.column + statement.index(word)) for word in words]
    return told(said("x", stated), *places, says=says)


def in_summary(summary: str, *words: str, says: str = "", **changes: Any) -> Case:
    """The same for the summary of a sheet with one fact."""
    stated = fact("stated", "A plan exists.", at=AT, **changes)
    sheet = values.sheet("plans", stated, summary=Placed(summary, AT, summary))
    places = [Place(AT.path, AT.line, AT.column + summary.index(word)) for word in words]
    return told(Case(library(sheets=(values.sheet("ferries", *FACTS), sheet))), *places, says=says)
