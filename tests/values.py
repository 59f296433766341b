"""Small values of the model for the tests: each builder gives a good value and takes what a story changes.

The defaults fit together: ``library()`` has one source, one statement, two actors, one system and one sheet
with one fact, and every reference in it leads somewhere.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from briefing.content import ladders, linker
from briefing.content.linker import Records
from briefing.editions import ledger
from briefing.model.briefs import Brief, Page
from briefing.model.editions import Claim, DraftSection, Edition, Note, Section
from briefing.model.facts import Assertion, Disagreement, Fact, FactSheet, Gap, Judgement, Milestone, Reading
from briefing.model.ladders import COMMITMENTS, Status
from briefing.model.ledger import Acceptance, FileDigests, Issued, Printed, State
from briefing.model.library import Library, Project
from briefing.model.matters import Matter
from briefing.model.query import sheet_of
from briefing.model.scales import (
    ActorKind,
    Confidence,
    DatePart,
    Degree,
    FactKind,
    Length,
    Likelihood,
    Marking,
    Reliability,
)
from briefing.model.sources import Actor, Evidence, Origin, Source, System
from briefing.model.values import Date, EditionNumber, Key, Prose, Slug
from briefing.store import disk, request
from briefing.store.disk import Texts

TODAY = datetime.date(2026, 3, 1)
"""The day on which the tests run the line, whatever day it is."""
GOOD_PROJECT = Path(__file__).parent / "bad" / "_good"
"""A tiny project without a mistake that uses every field of the model."""


def on_ladder(degree: Degree) -> Status:
    """A status of the program's own ladder."""
    found = ladders.of_program()[COMMITMENTS].status(degree.value)
    assert found
    return found


class Reached:
    """The statuses of the program's own ladder, by name."""

    INTEREST = on_ladder(Degree.INTEREST)
    REQUESTED = on_ladder(Degree.REQUESTED)
    DISCUSSED = on_ladder(Degree.DISCUSSED)
    ANNOUNCED = on_ladder(Degree.ANNOUNCED)
    INTENT = on_ladder(Degree.INTENT)
    AGREED = on_ladder(Degree.AGREED)
    CONTRACTED = on_ladder(Degree.CONTRACTED)
    FINANCED = on_ladder(Degree.FINANCED)
    IN_PRODUCTION = on_ladder(Degree.IN_PRODUCTION)
    DELIVERING = on_ladder(Degree.DELIVERING)
    SUPPLIED = on_ladder(Degree.SUPPLIED)
    DELIVERED = on_ladder(Degree.DELIVERED)
    IN_SERVICE = on_ladder(Degree.IN_SERVICE)


class Flags:
    """The flags of the program's own ladder, by name."""

    SUSPENDED, CANCELLED, SUPERSEDED, DISPUTED = ladders.of_program()[COMMITMENTS].all_flags


FLAGS = ladders.of_program()[COMMITMENTS].all_flags
"""The flags of the program's own ladder."""
LADDER = ladders.of_program()[COMMITMENTS].statuses
"""All of them, lowest first."""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def date(edtf: str = "2026-02-09", *inferred: DatePart) -> Date:
    return Date(edtf, inferred)


def evidence(
    source: str = "report",
    paragraph: int = 1,
    terms: Iterable[str] = ("letter of intent",),
    origin: str | None = None,
) -> Evidence:
    return Evidence(Slug(source), paragraph, tuple(terms), Slug(origin) if origin else None)


def source(name: str = "report", published: str | None = "2026-02-09", **changes: Any) -> Source:
    made = Source(
        id=Slug(name),
        title="Letter signed",
        publisher="The Courier",
        author=None,
        published=Date(published) if published else None,
        retrieved=None,
        url=None,
        language="en",
        capture=f"{name}.txt",
        sha256="0" * 64,
        reliability=Reliability.C,
        label="Report on the letter",
    )
    return dataclasses.replace(made, **changes)


def origin(name: str = "post", *said_by: str, **changes: Any) -> Origin:
    made = Origin(Slug(name), f"The {name}", tuple(map(Slug, said_by)), date=None, medium=None)
    return dataclasses.replace(made, **changes)


def actor(name: str = "minister", **changes: Any) -> Actor:
    made = Actor(Slug(name), f"The {name.replace('-', ' ')}", ActorKind.PERSON)
    return dataclasses.replace(made, **changes)


def system(name: str = "drones", **changes: Any) -> System:
    return dataclasses.replace(System(Slug(name), name.capitalize(), "drone"), **changes)


def matter(name: str = "drone-deal", **changes: Any) -> Matter:
    made = Matter(Slug(name), name.replace("-", " ").capitalize(), topic=Slug("drones"))
    return dataclasses.replace(made, **changes)


def fact(key: str = "drones.letter", **changes: Any) -> Fact:
    """A commitment; with ``kind`` another sort of fact, which then has no status."""
    made = Fact(
        id=Key(key),
        kind=changes.get("kind", FactKind.COMMITMENT),
        statement="The two ministers signed a letter of intent.",
        evidence=(evidence(),),
        status=Reached.INTENT if changes.get("kind", FactKind.COMMITMENT) is FactKind.COMMITMENT else None,
    )
    return dataclasses.replace(made, **changes)


def assertion(
    asserted: str, statement: str = "The two ministers discussed a letter.", **changes: Any
) -> Assertion:
    made = Assertion(Date(asserted), statement, (evidence(),), status=Reached.DISCUSSED)
    return dataclasses.replace(made, **changes)


def disagreement(key: str, *facts: str) -> Disagreement:
    """Rival readings, one for each fact; at least two."""
    readings = tuple(Reading(f"Reading of {name}.", (Key(name),)) for name in facts)
    return Disagreement(Key(key), "How many?", readings, wording="some", why="Both are named.")


def gap(key: str, *facts: str) -> Gap:
    return Gap(Key(key), "Who pays?", facts=tuple(map(Key, facts)))


def milestone(key: str, edtf: str, *facts: str, **changes: Any) -> Milestone:
    made = Milestone(Key(key), Date(edtf), "A contract is expected.", tuple(map(Key, facts)))
    return dataclasses.replace(made, **changes)


def judgement(key: str, basis: str) -> Judgement:
    return Judgement(
        Key(key),
        "a contract follows",
        Likelihood.UNLIKELY,
        Confidence.LOW,
        Prose(basis),
        "A signed contract.",
    )


def sheet(name: str = "drones", *facts: Fact, **changes: Any) -> FactSheet:
    return dataclasses.replace(FactSheet(Slug(name), name.capitalize(), "What it covers.", facts), **changes)


def brief(
    name: str = "letter", body: str = "They signed [a letter](fact:drones.letter).", **changes: Any
) -> Brief:
    made = Brief(
        id=Slug(name),
        title="The letter",
        subtitle="What it says",
        owner=None,
        sheets=(Slug("drones"),),
        bottom_line=Prose("A [letter of intent](fact:drones.letter), not a contract."),
        body=Prose(body),
    )
    return dataclasses.replace(made, **changes)


def page(name: str = "method", body: str = "How we work.") -> Page:
    return Page(Slug(name), name.capitalize(), Prose(body))


def project(**changes: Any) -> Project:
    made = Project("The corpus", "Sample", "The publisher", ("en-GB",), Marking.CLEAR, "the desk")
    return dataclasses.replace(made, **changes)


def records(*facts: Fact, **changes: Any) -> Records:
    """Records that link without a finding; facts go to the sheets that their keys name."""
    given = facts or (fact(),)
    names = dict.fromkeys(sheet_of(item.id) for item in given)
    made = Records(
        project=project(),
        sources=(source(),),
        origins=(origin("post", "minister"),),
        actors=(actor("minister"), actor("general")),
        systems=(system(),),
        sheets=tuple(sheet(name, *(item for item in given if sheet_of(item.id) == name)) for name in names),
    )
    return dataclasses.replace(made, **changes)


def library(*facts: Fact, as_of: str | None = None, **changes: Any) -> Library:
    """A library of facts; ``changes`` are fields of its records."""
    linked, findings = linker.link(records(*facts, **changes), day(as_of) if as_of else None)
    assert findings == ()
    return linked


def edition(brief_name: str, *shown: str, **changes: Any) -> Edition:
    """An edition that marks some facts in its narrative."""
    claims = [
        Claim(Key(key), "words", number, is_marked=True, is_first=True)
        for number, key in enumerate(shown, start=1)
    ]
    made = Edition(
        brief=Slug(brief_name),
        title="The letter",
        subtitle="What it says",
        owner=None,
        marking=Marking.CLEAR,
        language="en-GB",
        publisher="The publisher",
        as_of="9 February 2026",
        as_of_day=datetime.date(2026, 2, 9),
        label="Draft",
        is_draft=True,
        notice="",
        length=Length.FULL,
        sections=(Section("narrative", "", tuple(claims)),),
        notes=tuple(Note(claim.note, claim.fact, "Where it stands.") for claim in claims),
        references=(),
        scales=(),
        counts="",
        digest="",
    )
    return dataclasses.replace(made, **changes)


def issued(name: str = "letter", number: str = "1", *facts: Fact, **changes: Any) -> Issued:
    """An issued edition of a brief, with the seal that belongs to it."""
    made = Issued(
        id=EditionNumber(number),
        brief=Slug(name),
        issued=Date("2026-02-10"),
        dated=Date("2026-02-10"),
        by="R. Lund",
        note="First edition.",
        program="0.1.0",
        seal="",
        files=FileDigests("0" * 64, "1" * 64, "2" * 64),
        printed=Printed(
            title="The letter",
            subtitle="What it says",
            owner=None,
            marking=Marking.CLEAR,
            language="en-GB",
            publisher="The publisher",
            as_of="9 February 2026",
            as_of_day=Date("2026-02-09"),
            length=Length.FULL,
            counts="",
            sections=(DraftSection("narrative", "", "They signed a letter."),),
            notes=(),
            references=(),
        ),
        state=State(Date("2026-02-09"), facts),
    )
    changed = dataclasses.replace(made, **changes)
    return changed if "seal" in changes else dataclasses.replace(changed, seal=ledger.seal(changed))


def acceptance(paragraph: str = "bottom-line", *rests_on: str) -> Acceptance:
    return Acceptance(
        Slug(paragraph), "They signed", "R. Lund", Date("2026-02-10"), "0" * 16, tuple(map(Slug, rests_on))
    )


def with_words(of: Issued, **changes: Any) -> Issued:
    """An issued edition with other printed words, and the seal that belongs to it."""
    changed = dataclasses.replace(of, printed=dataclasses.replace(of.printed, **changes))
    return dataclasses.replace(changed, seal=ledger.seal(changed))


def good_texts() -> Texts:
    """The texts of the tiny good project."""
    return disk.read(GOOD_PROJECT, request.FOLDERS)
