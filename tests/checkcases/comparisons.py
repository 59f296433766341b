"""Cases for the checks that hold facts against one another."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from briefing.model.facts import Fact, Reading
from briefing.model.library import Library
from briefing.model.scales import Bound, FactKind, Instrument
from briefing.model.values import Key, Label, Money, Placed, Quantity, Slug, Value
from tests import values
from tests.checkcases import AT, EVIDENCE_AT, OTHER_AT, Case, told
from tests.values import Flags, Reached

PARTIES = (Slug("minister"), Slug("general"))
SYSTEM = (Slug("drones"),)


def some(amount: float | str, bound: Bound = Bound.EXACTLY, unit: str = "ferries") -> Quantity:
    return Quantity(Decimal(amount), unit, bound)


def money(amount: int, currency: str = "EUR", **changes: Any) -> Money:
    return dataclasses.replace(Money(Decimal(amount), currency, price_basis=None), **changes)


def between(low: int, high: int) -> Quantity:
    return dataclasses.replace(some(low, Bound.BETWEEN), upper=Decimal(high))


# -------------------------------------------------------------------------------------------------- sums


def summed(
    whole: Value | None, *parts: Value | None, changes: dict[str, Any] | None = None, **of_parts: Any
) -> Library:
    """A fact that adds up others; ``of_parts`` are fields of these."""
    addends = [
        values.fact(f"drones.part-{number}", value=part, statement=f"Part {number}.", **of_parts)
        for number, part in enumerate(parts, 1)
    ]
    keys = tuple(Key(Placed(item.id, EVIDENCE_AT)) for item in addends)
    given = {"value": whole, "sum_of": keys, "at": AT, "statement": "In all.", **(changes or {})}
    return values.library(values.fact("drones.total", **given), *addends)


def nested(*below: str, whole: int | None = None) -> Library:
    """``drones.total`` adds up these of four facts: 1, 2, 3, and ``pair``, which adds up 1 and 2."""
    parts = [values.fact(f"drones.part-{n}", value=some(n), statement=f"Part {n}.") for n in (1, 2, 3)]
    pair = values.fact(
        "drones.pair", value=some(3), sum_of=(Key("drones.part-1"), Key("drones.part-2")), statement="Two."
    )
    wholes = {"part-1": 1, "part-2": 2, "part-3": 3, "pair": 3}
    total = values.fact(
        "drones.total",
        value=some(sum(wholes[name] for name in below) if whole is None else whole),
        sum_of=tuple(Key(Placed(f"drones.{name}", EVIDENCE_AT)) for name in below),
        statement="In all.",
        at=AT,
    )
    return values.library(*parts, pair, total)


def lacking(key: str, library: Library) -> Library:
    """The library without a fact to which others refer."""
    kept = {name: fact for name, fact in library.facts.items() if name != key}
    return dataclasses.replace(library, facts=kept)


def in_a_circle() -> Library:
    one = values.fact("drones.one", value=some(1), sum_of=(Key("drones.two"), Key("drones.three")), at=AT)
    two = values.fact(
        "drones.two",
        value=some(1),
        sum_of=(Key("drones.one"), Key("drones.three")),
        statement="Two.",
        at=OTHER_AT,
    )
    return values.library(one, two, values.fact("drones.three", value=some(1), statement="Three."))


# ------------------------------------------------------------------------------- duplicates, contradictions


def pair(one: dict[str, Any], other: dict[str, Any], **both: Any) -> Library:
    """Two facts with two statements; fields of the one, of the other, and of both."""
    first: dict[str, Any] = {"statement": "Norrvik is to buy ferries.", "at": AT}
    second: dict[str, Any] = {"statement": "Norrvik buys some ferries.", "at": OTHER_AT}
    facts = (
        values.fact("drones.one", **{**first, **both, **one}),
        values.fact("drones.two", **{**second, **both, **other}),
    )
    return values.library(*facts)


def rival(one: Value | None, other: Value | None, **both: Any) -> Library:
    """Two facts about the same parties and systems, with these values."""
    return pair({"value": one}, {"value": other}, **{"actors": PARTIES, "systems": SYSTEM, **both})


def said(one: str, other: str, **both: Any) -> Library:
    return pair({"statement": one}, {"statement": other}, **both)


def disputed(*readings: tuple[str, ...]) -> Library:
    """Two rival facts and a disagreement with these readings."""
    facts = (
        values.fact("drones.one", value=some(4), actors=PARTIES, systems=SYSTEM, statement="One.", at=AT),
        values.fact(
            "drones.two", value=some(6), actors=PARTIES, systems=SYSTEM, statement="Two.", at=OTHER_AT
        ),
        values.fact("drones.none", statement="None."),
    )
    recorded = dataclasses.replace(
        values.disagreement("drones.count", "drones.one"),
        readings=tuple(Reading("x", tuple(Key(f"drones.{name}") for name in names)) for names in readings),
    )
    return values.library(sheets=(values.sheet("drones", *facts, disagreements=(recorded,)),))


def parts_of_a_sum() -> Library:
    one = values.fact("drones.one", value=some(4), actors=PARTIES, systems=SYSTEM, statement="One.")
    two = values.fact("drones.two", value=some(3), actors=PARTIES, systems=SYSTEM, statement="Two.")
    total = values.fact(
        "drones.total",
        value=some(7),
        actors=PARTIES,
        systems=SYSTEM,
        sum_of=(one.id, two.id),
        statement="In all.",
    )
    return values.library(one, two, total)


def earlier_day(*facts: Fact) -> Library:
    return values.library(*facts, as_of="2026-02-20")


SAME = "Norrvik is to buy ferries."
DATED = {"date": values.date("2026-01")}

GOOD: dict[str, list[Case]] = {
    "sum": [
        Case(summed(some(30), some(10), some(20))),
        Case(summed(some("30.50"), some("10.5"), some(20))),
        Case(summed(some(30, Bound.UP_TO), some(10, Bound.UP_TO), some(20))),
        Case(summed(some(30, Bound.AT_LEAST), some(10, Bound.AT_LEAST), some(20))),
        Case(summed(some(30, Bound.ABOUT), some(10, Bound.ABOUT), some(20))),
        Case(summed(between(15, 25), between(10, 20), some(5))),
        Case(summed(money(30), money(10), money(20))),
        Case(summed(money(30), money(10, price_basis=""), money(20))),
        Case(
            summed(
                some(30), some(10), some(20), changes={"flags": (Flags.CANCELLED,)}, flags=(Flags.CANCELLED,)
            )
        ),
        Case(nested("pair", "part-3")),
        # What an addend leads to is told elsewhere where it is not there.
        Case(lacking("drones.part-2", summed(some(31), some(10), some(20)))),
        Case(lacking("drones.part-1", nested("pair", "part-3"))),
        Case(nested("part-1", "part-2", "part-3")),
        Case(values.library()),
        Case(
            earlier_day(
                values.fact("drones.total", value=some(30), sum_of=(Key("drones.one"), Key("drones.two"))),
                values.fact("drones.one", value=some(1)),
                values.fact("drones.two", value=some(1), statement="Two."),
            )
        ),
    ],
    "duplicate-fact": [
        Case(pair({"value": some(1)}, {"value": some(2)})),
        Case(pair({"evidence": (values.evidence(),)}, {"evidence": (values.evidence(paragraph=2),)})),
        Case(pair({"value": some(1)}, {"value": some(2)}, statement=SAME)),
        Case(pair({"date": values.date("2025")}, {"date": values.date("2026")}, statement=SAME)),
        Case(pair({"said_by": (Slug("minister"),)}, {"said_by": (Slug("general"),)}, statement=SAME)),
        Case(pair({"status": Reached.INTENT}, {"status": Reached.AGREED}, statement=SAME)),
        Case(pair({"flags": (Flags.SUPERSEDED,)}, {}, statement=SAME)),
        Case(pair({"systems": SYSTEM}, {})),
        Case(pair({"statement": "Article 3 holds."}, {"statement": "Article 4 holds as well."})),
    ],
    "contradiction": [
        Case(rival(some(4), some(4))),
        Case(rival(some(4), some(4, unit="crews"))),
        Case(rival(some(100, Bound.UP_TO), some(80))),
        Case(rival(some(100, Bound.ABOUT), some(95))),
        Case(rival(between(80, 120), some(100))),
        Case(rival(money(4), money(6, "USD"))),
        Case(rival(money(4, instrument=Instrument.LOAN), money(6, instrument=Instrument.GRANT))),
        Case(rival(money(4, price_basis="2023 prices"), money(6, price_basis="2024 prices"))),
        Case(rival(some(4), some(6), actors=())),
        Case(rival(some(4), some(6), systems=())),
        Case(rival(some(4), some(6), kind=FactKind.CLAIM, status=None)),
        Case(rival(Label("F3"), Label("F4"))),
        Case(rival(some(4), None)),
        Case(
            pair(
                {"value": some(4), "actors": PARTIES[:1]},
                {"value": some(6), "actors": PARTIES},
                systems=SYSTEM,
            )
        ),
        *(
            Case(pair({"value": some(4), **one}, {"value": some(6), **other}, actors=PARTIES, systems=SYSTEM))
            for one, other in (
                ({"status": Reached.INTENT}, {"status": Reached.CONTRACTED}),
                ({"flags": (Flags.SUPERSEDED,)}, {}),
                ({}, {"flags": (Flags.CANCELLED,)}),
                (DATED, {"date": values.date("2026-02")}),
                ({"date": values.date("2026-02")}, DATED),
            )
        ),
        Case(disputed(("one",), ("two",))),
        Case(disputed(("one", "none"), ("none", "two"))),
        Case(parts_of_a_sum()),
        Case(earlier_day(*rival(some(4), some(6)).facts.values())),
        Case(dataclasses.replace(rival(some(4), some(6)), is_whole=False)),
        Case(said("Norrvik buys ferries.", "Norrvik sells ferries.")),
        Case(said("Norrvik flies the F-16.", "Norrvik flies the F-35.")),
        Case(said("Norrvik buys four ferries.", "Norrvik buys 4 ferries")),
        Case(
            pair(
                {"statement": "Norrvik buys 4 ferries.", "value": Label("M2")},
                {"statement": "Norrvik buys 6 ferries.", "value": Label("M3")},
            )
        ),
        Case(
            dataclasses.replace(
                said("Norrvik buys 4 ferries.", "Norrvik buys 6 ferries."),
                project=values.project(languages=("uk",)),
            )
        ),
        Case(said("They met on 4 March 2026.", "They met on 6 March 2026.")),
        Case(said("Norrvik buys four ferries.", "Norrvik buys 4 ferries and no more.")),
    ],
}
BAD: dict[str, list[Case]] = {
    "sum": [
        told(
            Case(summed(some(31), some(10), some(20))),
            AT,
            says="drones.total says 31 ferries, but its addends make 30 ferries",
        ),
        told(
            Case(summed(some(30), some(10, Bound.UP_TO), some(20))),
            AT,
            says="says 30 ferries, but its addends make up to 30 ferries",
        ),
        told(Case(summed(between(15, 26), between(10, 20), some(5))), AT, says="between 15 and 25 ferries"),
        told(
            Case(summed(some(30, Bound.UP_TO), some(10, Bound.UP_TO), some(20, Bound.AT_LEAST))),
            AT,
            says="adds up 'up to' and 'at least', which have no common total",
        ),
        told(Case(summed(some(30, Bound.ABOUT), some(10, Bound.ABOUT), some(20, Bound.UP_TO))), AT),
        told(Case(summed(None, some(10), some(20))), AT, says="drones.total has no amount"),
        told(
            Case(summed(some(30), some(10), None)),
            EVIDENCE_AT,
            says="adds up drones.part-2, which has no amount",
        ),
        told(Case(summed(some(30), some(10), Label("F4"))), EVIDENCE_AT),
        told(
            Case(summed(some(30), some(10), some(20, unit="crews"))),
            EVIDENCE_AT,
            says="is in ferries, but its addend drones.part-2 is in crews",
        ),
        told(Case(summed(some(30), some(10), money(20))), EVIDENCE_AT, says="part-2 is in EUR"),
        told(Case(summed(money(30), money(10), money(20, "USD"))), EVIDENCE_AT, says="is in EUR, but"),
        told(
            Case(summed(money(30), money(10), money(20, instrument=Instrument.LOAN))),
            EVIDENCE_AT,
            says="is given as not stated, but its addend drones.part-2 is given as loan",
        ),
        told(
            Case(
                summed(money(30, price_basis="2024 prices"), money(30, price_basis="2024 prices"), money(0))
            ),
            EVIDENCE_AT,
            says="is in prices of 2024, but its addend drones.part-2 is in prices of not stated",
        ),
        told(
            Case(summed(some(30), some(10), some(20), status=Reached.REQUESTED)),
            EVIDENCE_AT,
            says="is of status intent, but its addend drones.part-1 is of status requested",
        ),
        told(
            Case(summed(some(30), some(10), some(20), changes={"kind": FactKind.CONTEXT, "status": None})),
            EVIDENCE_AT,
            says="is of status none, but its addend drones.part-1 is of status intent",
        ),
        told(
            Case(summed(some(30), some(30), flags=(Flags.SUPERSEDED,))),
            EVIDENCE_AT,
            says="adds up only one fact",
        ),
        told(
            Case(summed(some(30), some(10), some(20), flags=(Flags.SUPERSEDED,))),
            EVIDENCE_AT,
            EVIDENCE_AT,
            says="counts drones.part-1, which is superseded",
        ),
        told(Case(nested("part-1", "part-1")), EVIDENCE_AT, says="counts drones.part-1 2 times"),
        told(Case(nested("pair", "part-1")), EVIDENCE_AT, says="counts drones.part-1 2 times"),
        told(Case(nested("part-1", "part-1", whole=9)), EVIDENCE_AT, says="counts drones.part-1 2 times"),
        told(Case(in_a_circle()), AT, OTHER_AT, says="is part of its own sum"),
        *(
            told(
                Case(summed(some(3, unit=unit), some(1, unit=unit), some(2, unit=unit))),
                EVIDENCE_AT,
                says="adds up drones.part-1, which is a rate or a share",
            )
            for unit in ("%", "tonnes per year", "tonnes par an", "Euro je Stunde", "відсотків", "тонн в год")
        ),
    ],
    "duplicate-fact": [
        told(
            Case(pair({}, {}, statement=SAME)),
            OTHER_AT,
            says="drones.two says the same as drones.one (content/facts/drones.yaml, line 4)",
        ),
        told(
            Case(said(SAME, "NORRVIK is to buy, ferries", evidence=(values.evidence(terms=("x",)),))),
            OTHER_AT,
        ),
        told(Case(pair({}, {}, value=some(4), **DATED)), OTHER_AT),
        told(Case(pair({}, {}, actors=PARTIES, systems=SYSTEM, kind=FactKind.EVENT, status=None)), OTHER_AT),
    ],
    "contradiction": [
        told(
            Case(rival(some(4), some(6))),
            OTHER_AT,
            says="drones.two says 6 ferries, but drones.one, about the same, says 4 ferries",
        ),
        told(Case(rival(some(4), some(6), kind=FactKind.EVENT, status=None)), OTHER_AT),
        told(Case(rival(some(100, Bound.UP_TO), some(120))), OTHER_AT),
        told(Case(rival(some(100, Bound.UP_TO), some(80, Bound.UP_TO))), OTHER_AT),
        told(Case(rival(money(4), money(6))), OTHER_AT, says="EUR 6"),
        told(Case(rival(money(4, price_basis=""), money(6))), OTHER_AT),
        told(Case(rival(some(4), some(6), **DATED)), OTHER_AT),
        *(
            told(
                Case(
                    pair(
                        {"value": some(4), "date": values.date(one)},
                        {"value": some(6), "date": values.date(other)},
                        actors=PARTIES,
                        systems=SYSTEM,
                    )
                ),
                OTHER_AT,
            )
            for one, other in (
                ("2026-01", "2026-01-31/2026-02"),
                ("2026-01-31/2026-02", "2026-01"),
                ("2026", "2026-01-31"),
            )
        ),
        told(
            Case(pair({"value": some(4)}, {"value": some(6), **DATED}, actors=PARTIES, systems=SYSTEM)),
            OTHER_AT,
        ),
        told(
            Case(pair({"value": some(4), **DATED}, {"value": some(6)}, actors=PARTIES, systems=SYSTEM)),
            OTHER_AT,
        ),
        told(
            Case(
                pair(
                    {"value": some(4), "actors": PARTIES},
                    {"value": some(6), "actors": PARTIES[::-1]},
                    systems=SYSTEM,
                )
            ),
            OTHER_AT,
        ),
        told(Case(disputed(("one", "two"), ("none",))), OTHER_AT),
        told(Case(disputed(("one",), ("none",))), OTHER_AT),
        told(
            Case(said("Norrvik buys 4 ferries.", "Norrvik buys 6 ferries.")),
            OTHER_AT,
            says='drones.two says "Norrvik buys 6 ferries.", but drones.one, about the same, says "',
        ),
        told(Case(said("Norrvik buys four ferries.", "Norrvik buys six ferries.")), OTHER_AT),
    ],
}
