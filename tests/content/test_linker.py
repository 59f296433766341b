"""Records to a library: every reference followed, every fact as it was known on a day."""

from __future__ import annotations

import dataclasses
import itertools
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import layout, linker
from briefing.content.linker import Records
from briefing.model.briefs import Selection
from briefing.model.facts import AcceptedState, Reading, Row
from briefing.model.findings import Finding, Place
from briefing.model.ladders import Flag, FlagId, RungId, Status
from briefing.model.ledger import Accepted
from briefing.model.library import Library
from briefing.model.scales import ActorKind, DatePart
from briefing.model.sources import Actor, Role, Source, Verification
from briefing.model.values import Date, Key, Placed, Slug, StartOfTime
from briefing.store import disk, request
from tests import values
from tests.values import Reached

ROOT = Path(__file__).parents[2]
AT = Place("content/facts/drones.yaml", 9, 5)


def findings(records: Records) -> tuple[Finding, ...]:
    return linker.link(records)[1]


def lost(records: Records) -> Finding:
    """The one reference that leads nowhere."""
    found = findings(records)
    assert len(found) == 1, found
    assert found[0].check == "unknown-reference"
    return found[0]


# ----------------------------------------------------------------------------------------------- linked


def test_everything_is_indexed_by_its_id() -> None:
    library = values.library(
        values.fact("drones.letter"),
        values.fact("money.price"),
        briefs=(values.brief(),),
        pages=(values.page(),),
    )
    assert list(library.facts) == ["drones.letter", "money.price"]
    assert list(library.sheets) == ["drones", "money"]
    assert (list(library.sources), list(library.origins)) == (["report"], ["post"])
    assert (list(library.actors), list(library.systems)) == (["minister", "general"], ["drones"])
    assert (list(library.briefs), list(library.pages)) == (["letter"], ["method"])
    assert (library.as_of, dict(library.later)) == (None, {})


def test_the_registers_of_all_sheets_are_joined() -> None:
    one = values.sheet(
        "drones",
        values.fact("drones.letter"),
        gaps=(values.gap("drones.payer", "drones.letter"),),
        milestones=(values.milestone("drones.contract", "2027", "drones.letter"),),
    )
    other = values.sheet(
        "money",
        values.fact("money.price"),
        disagreements=(values.disagreement("money.sum", "money.price", "drones.letter"),),
        judgements=(values.judgement("money.paid", "There is [a price](fact:money.price)."),),
    )
    library, found = linker.link(values.records(sheets=(one, other)))
    assert found == ()
    assert list(library.gaps) == ["drones.payer"]
    assert list(library.milestones) == ["drones.contract"]
    assert list(library.disagreements) == ["money.sum"]
    assert list(library.judgements) == ["money.paid"]


def test_a_library_cannot_be_changed() -> None:
    library = values.library()
    for field in dataclasses.fields(Library):
        index = getattr(library, field.name)
        if hasattr(index, "keys"):
            with pytest.raises(TypeError):
                index["new"] = None


# --------------------------------------------------------------------------------------------- asserted


def test_a_fact_holds_from_the_day_its_first_source_was_published() -> None:
    letter = values.fact(
        evidence=(values.evidence("late"), values.evidence("early"), values.evidence("undated"))
    )
    library = values.library(
        letter,
        sources=(
            values.source("late", "2026-02-09"),
            values.source("early", "2026-01-15"),
            values.source("undated", None),
        ),
    )
    assert library.facts["drones.letter"].asserted == values.date("2026-01-15")


def test_what_the_sheet_says_goes_before_what_the_sources_say() -> None:
    library = values.library(values.fact(asserted=values.date("2025-12")))
    assert library.facts["drones.letter"].asserted == values.date("2025-12")


def test_the_day_from_which_a_fact_holds_does_not_depend_on_the_order_of_its_texts() -> None:
    """Of a dated and an undated text on one day the stated date counts, and the most exact one."""
    year = (DatePart.YEAR,)
    sources = (
        values.source("stated", "2026-02-28"),
        values.source("month", "2026-02"),
        values.source("undated", None, as_of=Date("2026-02-28", year, "its note")),
    )
    for order in itertools.permutations(("stated", "month", "undated")):
        letter = values.fact(evidence=tuple(map(values.evidence, order)))
        asserted = values.library(letter, sources=sources).facts["drones.letter"].asserted
        assert asserted == Date("2026-02-28"), order


def test_without_a_dated_source_it_is_not_known_since_when() -> None:
    library = values.library(sources=(values.source("report", None),))
    assert library.facts["drones.letter"].asserted is None


# ------------------------------------------------------------------------------------------------ as of

STORY = values.fact(
    statement="They signed a letter.",
    asserted=values.date("2026-02-09"),
    status=Reached.INTENT,
    history=(
        values.assertion("2025-11", "They spoke of a letter.", evidence=(values.evidence("talks"),)),
        values.assertion(
            "2026-01-15",
            "They announced a letter.",
            evidence=(values.evidence("plans"),),
            status=Reached.ANNOUNCED,
            caveat="Before it was signed.",
        ),
    ),
)


def sources_of(talks: str | None = "2025-11-02", plans: str | None = "2026-01-15") -> tuple[Source, ...]:
    """The sources of the story: the newest is the report of 9 February 2026."""
    return values.source("report"), values.source("talks", talks), values.source("plans", plans)


def story_on(day: str, sources: tuple[Source, ...] = sources_of()) -> Library:
    return values.library(STORY, sources=sources, as_of=day)


def statement_on(day: str, sources: tuple[Source, ...] = sources_of()) -> str | None:
    fact = story_on(day, sources).facts.get(Key("drones.letter"))
    return fact.statement if fact else None


@pytest.mark.parametrize(
    ("day", "statement"),
    [
        ("2025-11-29", None),
        ("2025-11-30", "They spoke of a letter."),
        ("2026-01-14", "They spoke of a letter."),
        ("2026-01-15", "They announced a letter."),
        ("2026-02-08", "They announced a letter."),
        ("2026-02-09", "They signed a letter."),
        ("2030-01-01", "They signed a letter."),
    ],
)
def test_a_fact_says_what_was_known_on_the_day(day: str, statement: str | None) -> None:
    assert statement_on(day) == statement


@pytest.mark.parametrize(
    ("day", "statement"),
    [
        ("2025-11-30", None),
        ("2025-12-23", None),
        ("2025-12-24", "They spoke of a letter."),
        ("2026-01-15", "They spoke of a letter."),
        ("2026-01-19", "They spoke of a letter."),
        ("2026-01-20", "They announced a letter."),
    ],
)
def test_nothing_is_known_before_a_source_was_published_that_says_it(day: str, statement: str | None) -> None:
    assert statement_on(day, sources_of(talks="2025-12-24", plans="2026-01-20")) == statement


def test_a_source_without_a_date_supports_what_is_said_to_hold() -> None:
    sources = sources_of(talks=None, plans=None)
    assert statement_on("2025-11-29", sources) is None
    assert statement_on("2025-11-30", sources) == "They spoke of a letter."
    assert statement_on("2026-01-15", sources) == "They announced a letter."


def test_one_passage_that_was_published_is_enough() -> None:
    letter = values.fact(
        asserted=values.date("2025"), evidence=(values.evidence("late"), values.evidence("early"))
    )
    sources = (values.source("late", "2026-06-01"), values.source("early", "2026-01-15"))
    assert values.library(letter, sources=sources, as_of="2026-01-14").facts == {}
    fact = values.library(letter, sources=sources, as_of="2026-01-15").facts["drones.letter"]
    assert [item.source for item in fact.evidence] == ["early"]


def test_a_source_that_is_not_known_to_the_day_counts_from_the_last_day_that_it_can_mean() -> None:
    letter = values.fact(asserted=values.date("2025"))
    sources = (values.source("report", "2026-01"),)
    assert dict(values.library(letter, sources=sources, as_of="2026-01-30").later) == {
        "drones.letter": values.day("2026-01-31")
    }
    assert values.library(letter, sources=sources, as_of="2026-01-31").facts


def test_an_earlier_state_that_was_published_later_is_not_told_before() -> None:
    library = story_on("2026-02-09", sources_of(talks="2026-06-01"))
    history = library.facts["drones.letter"].history
    assert [earlier.statement for earlier in history] == ["They announced a letter."]


def test_without_a_day_the_newest_state_is_shown_with_its_whole_history() -> None:
    fact = values.library(STORY, sources=sources_of()).facts["drones.letter"]
    assert fact.statement == "They signed a letter."
    assert len(fact.history) == 2


def test_an_earlier_state_takes_over_every_field_that_it_has() -> None:
    fact = story_on("2026-01-20").facts["drones.letter"]
    assert (fact.status, fact.caveat, fact.asserted) == (
        Reached.ANNOUNCED,
        "Before it was signed.",
        values.date("2026-01-15"),
    )
    assert [earlier.statement for earlier in fact.history] == ["They spoke of a letter."]
    assert (fact.id, fact.at) == (STORY.id, STORY.at)


def test_a_fact_not_yet_known_is_listed_with_the_day_on_which_it_became_known() -> None:
    library = story_on("2025-06-01")
    assert dict(library.facts) == {}
    assert dict(library.later) == {"drones.letter": values.day("2025-11-30")}
    assert dict(library.sheets) == {}
    late = story_on("2025-06-01", sources_of(talks="2025-12-24"))
    assert dict(late.later) == {"drones.letter": values.day("2025-12-24")}


def test_only_sources_published_by_the_day_support_a_fact() -> None:
    letter = values.fact(
        evidence=(values.evidence("early"), values.evidence("late"), values.evidence("undated")),
    )
    sources = (
        values.source("early", "2026-01-15"),
        values.source("late", "2026-02-09"),
        values.source("undated", None),
    )

    def cited(day: str) -> list[str]:
        fact = values.library(letter, sources=sources, as_of=day).facts["drones.letter"]
        return [item.source for item in fact.evidence]

    assert cited("2026-01-20") == ["early", "undated"]
    assert cited("2026-02-09") == ["early", "late", "undated"]


def test_what_rests_on_later_facts_is_left_out() -> None:
    early, late = (
        values.fact("drones.early", evidence=(values.evidence("talks"),)),
        values.fact("drones.late"),
    )
    sheet = values.sheet(
        "drones",
        early,
        late,
        disagreements=(
            values.disagreement("drones.old", "drones.early", "drones.early"),
            values.disagreement("drones.new", "drones.early", "drones.late"),
        ),
        gaps=(values.gap("drones.open"), values.gap("drones.raised-late", "drones.late")),
        milestones=(
            values.milestone("drones.first", "2027", "drones.early", met_by=Key("drones.late")),
            values.milestone("drones.second", "2027", "drones.late"),
        ),
        judgements=(
            values.judgement("drones.sure", "[early](fact:drones.early)"),
            values.judgement("drones.bold", "[early](fact:drones.early) and [late](fact:drones.late)"),
        ),
    )
    library, found = linker.link(
        values.records(sheets=(sheet,), sources=sources_of()), values.day("2026-01-01")
    )
    assert found == ()
    assert list(library.facts) == ["drones.early"]
    assert list(library.disagreements) == ["drones.old"]
    assert dict(library.gaps) == {}  # the one that cites nothing may be of today
    assert list(library.milestones) == ["drones.first"]
    assert library.milestones["drones.first"].met_by is None
    assert list(library.judgements) == ["drones.sure"]


@given(st.dates(min_value=values.day("2025-01-01"), max_value=values.day("2027-01-01")))
def test_on_any_day_a_fact_is_known_or_listed_as_later_and_never_both(day: Any) -> None:
    library, found = linker.link(
        values.records(STORY, values.fact("drones.other"), sources=sources_of(talks="2025-12-24")), day
    )
    assert found == ()
    assert set(library.facts) | set(library.later) == {"drones.letter", "drones.other"}
    assert not set(library.facts) & set(library.later)
    for fact in library.facts.values():
        assert fact.asserted
        assert fact.asserted.latest <= day
        assert fact.evidence
        for item in (*fact.evidence, *(item for earlier in fact.history for item in earlier.evidence)):
            published = library.sources[item.source].published
            assert published
            assert published.latest <= day
        assert all(earlier.asserted.latest < fact.asserted.latest for earlier in fact.history)
    assert all(since > day for since in library.later.values())


# ------------------------------------------------------------------------------- references to nowhere


def test_good_records_have_no_findings() -> None:
    assert findings(values.records(briefs=(values.brief(),))) == ()


PLACED = Placed("ministr", AT)
NOWHERE = Key("drones.lettre")
BAD_RECORDS = {
    "source of a fact": (
        values.records(values.fact(evidence=(values.evidence("reprot"),))),
        "source 'reprot'",
        "report",
    ),
    "origin of a passage": (
        values.records(values.fact(evidence=(values.evidence(origin="pots"),))),
        "origin 'pots'",
        "post",
    ),
    "speaker of a fact": (values.records(values.fact(said_by=(PLACED,))), "actor 'ministr'", "minister"),
    "actor of a fact": (values.records(values.fact(actors=(Slug("genral"),))), "actor 'genral'", "general"),
    "matter of a fact": (
        values.records(values.fact(matters=(Slug("drone-deals"),)), matters=(values.matter(),)),
        "matter 'drone-deals'",
        "drone-deal",
    ),
    "matter of an entry": (
        values.records(
            sheets=(
                values.sheet(
                    "drones",
                    values.fact(),
                    gaps=(dataclasses.replace(values.gap("drones.g"), matters=(Slug("drone-deals"),)),),
                ),
            ),
            matters=(values.matter(),),
        ),
        "matter 'drone-deals'",
        "drone-deal",
    ),
    "matter of a selection": (
        values.records(
            briefs=(values.brief(commitments=Selection(matters=(Slug("drone-deals"),))),),
            matters=(values.matter(),),
        ),
        "matter 'drone-deals'",
        "drone-deal",
    ),
    "topic of a matter": (
        values.records(matters=(values.matter(topic=Slug("drone")),)),
        "sheet 'drone'",
        "drones",
    ),
    "ladder of a matter": (
        values.records(matters=(values.matter(ladder=Slug("commitment")),)),
        "ladder 'commitment'",
        "commitments",
    ),
    "system of a matter": (
        values.records(matters=(values.matter(systems=(Slug("drone"),)),)),
        "system 'drone'",
        "drones",
    ),
    "actor of a matter": (
        values.records(matters=(values.matter(actors=(Slug("ministr"),)),)),
        "actor 'ministr'",
        "minister",
    ),
    "whole of a part": (
        values.records(actors=(values.actor("minister", part_of=Slug("minster")), values.actor("general"))),
        "actor 'minster'",
        "minister",
    ),
    "system of a fact": (values.records(values.fact(systems=(Slug("drone"),))), "system 'drone'", "drones"),
    "speaker in a history": (
        values.records(
            values.fact(
                asserted=values.date("2026"), history=(values.assertion("2025", said_by=(Slug("ministre"),)),)
            )
        ),
        "actor 'ministre'",
        "minister",
    ),
    "source in a history": (
        values.records(
            values.fact(
                asserted=values.date("2026"),
                history=(values.assertion("2025", evidence=(values.evidence("reports"),)),),
            )
        ),
        "source 'reports'",
        "report",
    ),
    "statement that a source relays": (
        values.records(sources=(values.source("report", origins=(Slug("posts"),)),)),
        "origin 'posts'",
        "post",
    ),
    "speaker of a statement": (
        values.records(origins=(values.origin("post", "generals"),)),
        "actor 'generals'",
        "general",
    ),
    "source of a role": (
        values.records(
            actors=(
                values.actor("minister"),
                Actor(Slug("x"), "X", ActorKind.PERSON, roles=(Role("Chief", values.evidence("rapport")),)),
            )
        ),
        "source 'rapport'",
        "report",
    ),
    "fact of a gap": (
        values.records(
            sheets=(values.sheet("drones", values.fact(), gaps=(values.gap("drones.g", NOWHERE),)),)
        ),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "fact of a milestone": (
        values.records(
            sheets=(
                values.sheet(
                    "drones", values.fact(), milestones=(values.milestone("drones.m", "2027", NOWHERE),)
                ),
            )
        ),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "fact that met a milestone": (
        values.records(
            sheets=(
                values.sheet(
                    "drones",
                    values.fact(),
                    milestones=(values.milestone("drones.m", "2027", met_by=NOWHERE),),
                ),
            )
        ),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "fact of a reading": (
        values.records(
            sheets=(
                values.sheet(
                    "drones",
                    values.fact(),
                    disagreements=(
                        dataclasses.replace(
                            values.disagreement("drones.d"),
                            readings=(Reading("x", (NOWHERE,)), Reading("y", ())),
                        ),
                    ),
                ),
            )
        ),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "fact of a judgement's basis": (
        values.records(
            sheets=(
                values.sheet(
                    "drones",
                    values.fact(),
                    judgements=(values.judgement("drones.j", f"[it](fact:{NOWHERE})"),),
                ),
            )
        ),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "sheet of a brief": (
        values.records(briefs=(values.brief(sheets=(Slug("drone"),)),)),
        "sheet 'drone'",
        "drones",
    ),
    "sheet of a table": (
        values.records(briefs=(values.brief(commitments=Selection(sheets=(Slug("drone"),))),)),
        "sheet 'drone'",
        "drones",
    ),
    "system of a table": (
        values.records(briefs=(values.brief(commitments=Selection(systems=(Slug("dronez"),))),)),
        "system 'dronez'",
        "drones",
    ),
    "actor of a timeline": (
        values.records(briefs=(values.brief(timeline=Selection(actors=(Slug("ministers"),))),)),
        "actor 'ministers'",
        "minister",
    ),
    "fact of a timeline": (
        values.records(briefs=(values.brief(timeline=Selection(facts=(NOWHERE,))),)),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "fact left out of a table": (
        values.records(briefs=(values.brief(commitments=Selection(except_facts=(NOWHERE,))),)),
        "fact 'drones.lettre'",
        "drones.letter",
    ),
    "brief on the home page": (
        values.records(briefs=(values.brief(),), project=values.project(home=(Slug("leter"),))),
        "brief 'leter'",
        "letter",
    ),
}


@pytest.mark.parametrize("what", BAD_RECORDS)
def test_a_reference_to_nowhere_is_told_with_the_nearest_name(what: str) -> None:
    records, message, near = BAD_RECORDS[what]
    finding = lost(records)
    assert finding.message == f"there is no {message}"
    assert finding.hint.startswith(f"did you mean '{near}'?")


@pytest.mark.parametrize("register", ["disagreements", "gaps", "milestones", "judgements"])
def test_a_brief_that_asks_for_an_unknown_entry_is_told(register: str) -> None:
    asked: dict[str, Any] = {register: (Key("drones.nothing"),)}
    finding = lost(values.records(briefs=(values.brief(**asked),)))
    assert finding.message == f"there is no {register.removesuffix('s')} 'drones.nothing'"
    assert finding.hint == "add it"


def test_a_reference_to_nowhere_is_told_where_it_stands() -> None:
    assert lost(values.records(values.fact(said_by=(PLACED,)))).at == AT


def test_a_reference_whose_place_is_not_known_is_told_where_its_owner_stands() -> None:
    assert lost(values.records(values.fact(said_by=(Slug("ministr"),), at=AT))).at == AT


def test_each_reference_to_nowhere_is_told() -> None:
    fact = values.fact(actors=(Slug("one"), Slug("two")), systems=(Slug("three"),))
    assert len(findings(values.records(fact))) == 3


def test_one_name_for_two_things_is_told() -> None:
    sheet = values.sheet("drones", values.fact("drones.letter", at=AT), gaps=(values.gap("drones.letter"),))
    (finding,) = findings(values.records(sheets=(sheet,)))
    assert finding.check == "duplicate-name"
    assert "the other is on line 9" in finding.message


# ------------------------------------------------------------------------------------- broken elsewhere


def test_what_a_broken_sheet_would_have_held_is_not_missed() -> None:
    """The mistake in the sheet is told already; everything that follows from it would only hide it."""
    sheet = values.sheet("drones", values.fact(), gaps=(values.gap("drones.g", "money.price"),))
    brief = values.brief(
        sheets=(Slug("money"), Slug("drones")),
        judgements=(Key("money.paid"),),
        commitments=Selection(sheets=(Slug("money"),), facts=(Key("money.price"),)),
    )
    records = values.records(sheets=(sheet,), briefs=(brief,))
    assert len(findings(records)) == 5
    assert findings(dataclasses.replace(records, broken=frozenset({"facts/money"}))) == ()


@pytest.mark.parametrize(
    ("records", "broken"),
    [
        (values.records(values.fact(said_by=(Slug("nobody"),))), "actors"),
        (values.records(values.fact(systems=(Slug("nothing"),))), "systems"),
        (values.records(values.fact(matters=(Slug("nothing"),))), "matters"),
        (values.records(matters=(values.matter(topic=Slug("money")),)), "facts/money"),
        (values.records(values.fact(evidence=(values.evidence(origin="nowhere"),))), "origins"),
        (values.records(values.fact(evidence=(values.evidence("lost"),))), "sources/lost"),
        (values.records(project=values.project(home=(Slug("lost"),))), "briefs/lost"),
    ],
)
def test_what_a_broken_file_would_have_held_is_not_missed(records: Records, broken: str) -> None:
    assert lost(records)
    assert findings(dataclasses.replace(records, broken=frozenset({broken}))) == ()


@pytest.mark.parametrize("broken", ["facts/money", "systems", "sources/nobody", "briefs/nobody"])
def test_a_broken_file_excuses_nothing_else(broken: str) -> None:
    records = values.records(values.fact(said_by=(Slug("nobody"),)), broken=frozenset({broken}))
    assert lost(records).message == "there is no actor 'nobody'"


def test_a_broken_sheet_excuses_no_source_of_its_name() -> None:
    records = values.records(
        values.fact(evidence=(values.evidence("money"),)), broken=frozenset({"facts/money"})
    )
    assert lost(records).message == "there is no source 'money'"


# -------------------------------------------------------------------------------- what to write instead


def test_an_actor_that_nobody_described_is_answered_with_the_lines_to_add() -> None:
    records = values.records(values.fact(said_by=(Slug("joan-pell"),)))
    assert lost(records).hint == (
        "the choices are general, minister; or describe it in content/actors.yaml:\n"
        "joan-pell:\n"
        "  name: Joan Pell   # The name that briefs print.\n"
        "  kind: person   # person, organisation, country or group."
    )


def test_a_system_without_any_file_of_systems_is_answered_with_the_file_as_well() -> None:
    records = values.records(values.fact(systems=(Slug("harbour-line"),)), systems=())
    assert lost(records).hint.startswith(
        "describe it in content/systems.yaml, a file that you make if there is none:\nharbour-line:\n"
    )


def test_a_source_that_is_not_registered_is_answered_with_the_command() -> None:
    records = values.records(values.fact(evidence=(values.evidence("lost"),)))
    assert "'briefing source add FILE'" in lost(records).hint


@pytest.mark.parametrize(("captures", "named"), [("captures", "captures"), ("", "FOLDER")])
def test_a_record_of_a_source_that_is_gone_is_answered_with_the_command(captures: str, named: str) -> None:
    gone = Verification(Slug("gone"), Date("2026-02-09"), "0" * 64, 1, ())
    records = values.records(verifications=(gone,), captures=captures)
    assert lost(records).hint == f"'briefing verify --captures {named} --record' writes this file again"


def test_a_time_runs_from_the_date_of_a_fact_in_every_state_and_row() -> None:
    then = Date(within="6 months", of=StartOfTime("drones.letter"))
    found = values.library(
        values.fact(date=Date("2026-03-01")),
        values.fact(
            "drones.orders",
            date=then,
            asserted=Date("2026-02-09"),
            history=(values.assertion("2026-02-08", value=then),),
            rows=(Row(Slug("north"), date=then), Row(Slug("south"), value=then)),
        ),
    ).facts["drones.orders"]
    north, south = found.rows
    dates = (found.date, found.history[0].value, north.date, south.value)
    assert [date.edtf for date in dates if isinstance(date, Date)] == ["2026-03-01/2026-09-01"] * 4


def test_statuses_of_rows_are_on_a_ladder_in_editions_and_acceptances_as_well() -> None:
    row = Row(Slug("north"), status=Status(RungId("agreed")))
    fact = values.fact(rows=(row,))
    state = AcceptedState(Slug("0123456789abcdef"), fact.id, fact.statement, rows=(row,))
    found = values.library(
        fact,
        briefs=(values.brief(),),
        issued=(values.issued("letter", "1", fact),),
        accepted={"letter": Accepted(states=(state,))},
    )
    rows = (
        *found.facts[fact.id].rows,
        *found.issued["letter"][0].state.facts[0].rows,
        *found.accepted["letter"].states[0].rows,
    )
    assert [(row.status.name, row.status.is_linked) for row in rows if row.status] == [("", True)] * 3


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        (
            {"status": "awarded"},
            "the ladder 'grants' has it: write 'ladder: grants' at the head of the sheet",
        ),
        (
            {"status": "withdrawn"},
            "the ladder 'grants' has it: write 'ladder: grants' at the head of the sheet, and "
            "'flags: [withdrawn]' beside the status",
        ),
        (
            {"status": "suspended"},
            "it is no status of its ladder: write 'flags: [suspended]' beside the status",
        ),
        ({"flags": "intent"}, "it is no flag of its ladder: write 'status: intent'"),
    ],
)
def test_a_word_of_another_ladder_is_answered_with_that_ladder(changes: dict[str, str], hint: str) -> None:
    given: dict[str, Any] = {
        name: Status(RungId(word)) if name == "status" else (Flag(FlagId(word)),)
        for name, word in changes.items()
    }
    (found,) = findings(values.records(values.fact(**given)))
    assert found.hint.startswith(f"{hint}; the choices are ")


# ------------------------------------------------------------------------------------------- every name

_OWN_NAMES = {"id", "formerly"}
_MEANT_OTHERWISE = {
    ("Rung", "group"): "the group of its own ladder, which the decoder looks up",
    ("Brief", "template"): "a template, which is looked up when the brief is composed",
}


def _elsewhere(hint: Any, value: Any) -> Any:
    """A value of a field that names records, with a name that no record has; None where it names none."""
    names: dict[Any, str] = {Slug: "nowhere", Key: "drones.nowhere", StartOfTime: "drones.nowhere"}
    for part in (hint, *typing.get_args(hint)):
        if part in names and value and (part is not StartOfTime or "." in value):
            return (part(names[part]), *value[1:]) if isinstance(value, tuple) else part(names[part])
    return None


def misnaming(record: Any) -> Iterator[tuple[str, Any]]:
    """A record once for each field in it that names another record, with a name that leads nowhere."""
    cls = type(record)
    hints = typing.get_type_hints(cls)
    for name in (field.name for field in dataclasses.fields(cls)):
        value = getattr(record, name)
        if (cls.__name__, name) in _MEANT_OTHERWISE or name in _OWN_NAMES:
            continue
        if (other := _elsewhere(hints[name], value)) is not None:
            yield f"{cls.__name__}.{name}", dataclasses.replace(record, **{name: other})
        items = value if isinstance(value, tuple) else (value,)
        for place, item in enumerate(items):
            if dataclasses.is_dataclass(item) and not isinstance(item, Place | Status | Flag):
                for where, changed in misnaming(item):
                    new = (*items[:place], changed, *items[place + 1 :])
                    yield where, dataclasses.replace(record, **{name: new if items is value else new[0]})


@pytest.mark.parametrize("project", ["bad/_good", "hydrogen", "electrolyser"])
def test_a_name_in_any_field_that_leads_nowhere_is_reported(project: str) -> None:
    sound, problems = layout.load(disk.read(ROOT / "tests" / project, request.FOLDERS))
    assert sound and problems == () and findings(sound) == ()
    tried: dict[str, bool] = {}
    for kind in ("origins", "actors", "matters", "ladders", "sheets", "briefs", "sources"):
        records = getattr(sound, kind)
        for place, record in enumerate(records):
            for where, changed in misnaming(record):
                given: dict[str, Any] = {kind: (*records[:place], changed, *records[place + 1 :])}
                found = findings(dataclasses.replace(sound, **given))
                tried[where] = tried.get(where, False) or any("nowhere" in item.message for item in found)
    assert [where for where, is_reported in tried.items() if not is_reported] == []
    assert set(USED[project]) <= tried.keys()


USED = {
    "bad/_good": ("Fact.matters", "Evidence.source", "Gap.facts"),
    "hydrogen": ("Table.source", "Date.of", "Series.fact"),
    "electrolyser": ("Matter.topic", "Origin.said_by"),
}
"""Some fields of each project, which show that the test finds them."""
