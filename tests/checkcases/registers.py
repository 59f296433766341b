"""Cases for the checks over the registers."""

from __future__ import annotations

import dataclasses
from typing import Any

from briefing.model.editions import Edition
from briefing.model.ladders import Flag
from briefing.model.library import Library
from briefing.model.scales import ActorKind
from briefing.model.sources import Actor, Evidence, Role
from briefing.model.values import Key, Placed, Slug
from tests import values
from tests.checkcases import AT, BRIEF_AT, EVIDENCE_AT, Case, told
from tests.values import Flags

SOURCES = (
    values.source("report"),
    values.source("interview"),
    values.source("dispatch"),
    values.source("newspaper", language="uk"),
    values.source("gazette", language="uk"),
)


def titled(**titles: str) -> Actor:
    """A person whose office is so called in each of these sources; ``report_2`` is a second title in one."""
    roles = tuple(
        Role(Placed(title, EVIDENCE_AT), Evidence(Slug(source.partition("_")[0]), 1, ("minister",)))
        for source, title in titles.items()
    )
    return values.actor("minister", roles=roles, at=AT)


def people(actor: Actor, told_of: str = "", has_lost: bool = False) -> Library:
    """A library with that person, and a disagreement about the office of another or of this one."""
    if has_lost:
        whole = people(values.actor("minister"), told_of)
        return dataclasses.replace(whole, actors={**whole.actors, actor.id: actor})
    recorded = dataclasses.replace(
        values.disagreement("drones.title", "drones.letter"), actors=(Slug(told_of),) if told_of else ()
    )
    cited = values.fact(evidence=tuple(values.evidence(source.id) for source in SOURCES))
    return values.library(
        sources=SOURCES,
        actors=(actor, values.actor("general")),
        sheets=(values.sheet("drones", cited, disagreements=(recorded,)),),
    )


def with_milestone(edtf: str, met_by: str | None = None) -> Library:
    milestone = values.milestone("drones.m", edtf, met_by=Key(met_by) if met_by else None, at=AT)
    return values.library(sheets=(values.sheet("drones", values.fact(), milestones=(milestone,)),))


def resting_on(*flags: Flag | None) -> Library:
    """A milestone of last year that rests on facts with these flags."""
    facts = [values.fact(f"drones.f{n}", flags=(flag,) if flag else ()) for n, flag in enumerate(flags)]
    milestone = values.milestone("drones.m", "2025", *(fact.id for fact in facts), at=AT)
    return values.library(sheets=(values.sheet("drones", *facts, milestones=(milestone,)),))


def shown(*keys: str, brief: str = "letter") -> Edition:
    return values.edition(brief, *keys)


TWO_FACTS = values.library(
    values.fact("drones.letter"),
    values.fact("drones.price", at=AT),
    briefs=(values.brief(), values.brief("overview")),
)
BOTH_BRIEFS = (shown("drones.letter"), shown("drones.letter", brief="overview"))
DIFFERENT = titled(report="Minister of Defence", interview="Minister of Transport")


def from_text(published: str | None, retrieved: str | None, **changes: Any) -> Library:
    """A library with one fact from a text that was published and retrieved on these days."""
    source = values.source("report", published, retrieved=values.date(retrieved) if retrieved else None)
    return values.library(values.fact(at=AT, **changes), sources=(source,))


UNDATED = from_text(None, "2026-03-01")
WITHOUT_DAY = from_text(None, None)
UKRAINIAN = values.brief(language="uk", at=BRIEF_AT)
GOOD: dict[str, list[Case]] = {
    "language-not-checked": [
        Case(values.library(briefs=(values.brief(),))),
        Case(dataclasses.replace(values.library(briefs=(UKRAINIAN,)), is_whole=False)),
    ],
    "undated-fact": [
        Case(from_text("2026-02-09", None)),
        Case(from_text(None, "2026-03-01", asserted=values.date("2026-02"))),
        # Worse: not even a day of reading.
        Case(WITHOUT_DAY),
        Case(dataclasses.replace(UNDATED, is_whole=False)),
    ],
    "fact-without-day": [
        Case(UNDATED),
        Case(from_text("2026-02-09", None)),
        Case(from_text(None, None, asserted=values.date("2026-02"))),
    ],
    "role-differs": [
        Case(people(titled())),
        Case(people(titled(report="Minister of Defence"))),
        Case(people(titled(report="Minister of Defence", interview="minister of defence"))),
        Case(people(titled(report="Minister", interview="Ukrainian Defence Minister"))),
        Case(people(titled(report="Minister of Defence", interview="Defence Minister"))),
        Case(people(titled(report="Minister of Defence", interview="Ukraine’s Defense Minister"))),
        Case(people(titled(report="Minister, Armed Forces", interview="Minister of the Armed Forces"))),
        Case(people(titled(report="Ukrainian Defence Minister", interview="Minister"))),
        Case(people(titled(report="Deputy Minister", interview="Deputy Defence Minister"))),
        # That there is no such source is told elsewhere.
        Case(people(titled(report="Minister of Defence", lost="Minister of Transport"), has_lost=True)),
        # One source may say it in two ways.
        Case(people(titled(report="Minister of Defence", report_2="Minister of Transport"))),
        # Two languages cannot be compared.
        Case(people(titled(report="Minister of Defence", newspaper="Міністр транспорту"))),
        Case(people(DIFFERENT, told_of="minister")),
        Case(people(dataclasses.replace(DIFFERENT, kind=ActorKind.ORGANISATION))),
        Case(dataclasses.replace(people(DIFFERENT), is_whole=False)),
        Case(dataclasses.replace(people(DIFFERENT), as_of=values.TODAY)),
    ],
    "milestone-passed": [
        Case(with_milestone("2026-03-01")),
        Case(with_milestone("2026")),
        Case(with_milestone("2025", met_by="drones.letter")),
        Case(with_milestone("../2035")),
        Case(with_milestone("2025/..")),
        Case(resting_on(Flags.CANCELLED)),
        Case(resting_on(Flags.CANCELLED, Flags.SUPERSEDED)),
        Case(dataclasses.replace(with_milestone("2025"), as_of=values.day("2025-06-30"))),
    ],
    "unused-source": [
        Case(values.library()),
        Case(
            values.library(
                values.fact(
                    asserted=values.date("2026-02-09"),
                    history=(values.assertion("2025", evidence=(values.evidence("earlier"),)),),
                ),
                sources=(values.source("report"), values.source("earlier")),
            )
        ),
        Case(
            values.library(
                sources=(values.source("report"), values.source("later", "2027-01-01")), as_of="2026-03-01"
            )
        ),
        Case(
            values.library(
                sources=(values.source("report"), values.source("other")), broken=frozenset({"facts/other"})
            )
        ),
    ],
    "unused-fact": [
        Case(TWO_FACTS, (shown("drones.letter"), shown("drones.price", brief="overview"))),
        # Not every brief was made.
        Case(TWO_FACTS, (shown("drones.letter"),)),
        Case(dataclasses.replace(TWO_FACTS, is_whole=False), BOTH_BRIEFS),
        Case(dataclasses.replace(TWO_FACTS, as_of=values.TODAY), BOTH_BRIEFS),
        # There is no brief yet.
        Case(values.library()),
    ],
}
BAD: dict[str, list[Case]] = {
    "language-not-checked": [
        told(Case(values.library(briefs=(UKRAINIAN,))), BRIEF_AT, says="no words of 'uk' are known"),
        told(Case(values.library(project=values.project(languages=("uk",), at=AT))), AT),
    ],
    "undated-fact": [
        told(Case(UNDATED), AT, says="nothing says from which day drones.letter holds"),
    ],
    "fact-without-day": [
        told(Case(WITHOUT_DAY), AT, says="drones.letter has no day at all"),
    ],
    "role-differs": [
        told(
            Case(people(DIFFERENT)),
            EVIDENCE_AT,
            says="minister is 'Minister of Defence' in report and 'Minister of Transport' in interview",
        ),
        told(Case(people(DIFFERENT, told_of="general")), EVIDENCE_AT),
        told(Case(people(titled(report="Minister", interview="Deputy Minister"))), EVIDENCE_AT),
        told(Case(people(titled(report="President", interview="former President"))), EVIDENCE_AT),
        told(Case(people(titled(report="President", interview="adviser to the President"))), EVIDENCE_AT),
        told(Case(people(titled(newspaper="Міністр оборони", gazette="Міністр транспорту"))), EVIDENCE_AT),
        # Once a person, however many titles there are.
        told(
            Case(
                people(
                    titled(
                        report="Minister", interview="Minister of Defence", dispatch="Minister of Transport"
                    )
                )
            ),
            EVIDENCE_AT,
            says="'Minister of Defence' in interview and 'Minister of Transport' in dispatch",
        ),
    ],
    "milestone-passed": [
        told(Case(with_milestone("2026-02-28")), AT),
        told(Case(with_milestone("../2025")), AT),
        told(Case(resting_on(Flags.SUSPENDED)), AT),
        told(Case(resting_on(Flags.CANCELLED, None)), AT),
    ],
    "unused-source": [
        told(Case(values.library(sources=(values.source("report"), values.source("idle", at=AT)))), AT),
    ],
    "unused-fact": [told(Case(TWO_FACTS, BOTH_BRIEFS), AT, says="no brief shows drones.price")],
}
