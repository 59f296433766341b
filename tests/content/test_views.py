"""What readers at a level may see of a library: the rule, record by record."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import layout, linker, views
from briefing.content.linker import Records
from briefing.content.strictness import Strictness
from briefing.model import query
from briefing.model.briefs import Selection, Series
from briefing.model.facts import Computed, Row, Table
from briefing.model.findings import Finding
from briefing.model.ladders import Group, Ladder, Rung, RungId, Shape, Status
from briefing.model.ledger import Accepted, Printed
from briefing.model.library import Audience, Library, Renames
from briefing.model.scales import ActorKind, Degree, FactKind, Marking
from briefing.model.sources import Actor, Role, Verification
from briefing.model.values import Date, Key, Prose, Slug, StartOfTime
from briefing.review import signoff
from briefing.store import disk, request
from tests import values

ROOT = Path(__file__).parents[2]
AMBER = Marking.AMBER


def open_part(library: Library) -> Library:
    """What everybody may see."""
    return views.seen_at(library, Marking.CLEAR)


def secret_library() -> Library:
    secret = values.fact(
        "drones.secret",
        marking=Marking.AMBER,
        evidence=(values.evidence("leak"),),
        systems=(Slug("missile"),),
    )
    sheet = values.sheet(
        "drones",
        values.fact("drones.letter"),
        secret,
        gaps=(values.gap("drones.payer", "drones.secret"),),
        milestones=(values.milestone("drones.contract", "2027", "drones.letter"),),
        judgements=(values.judgement("drones.bold", "[it](fact:drones.secret)"),),
    )
    library, found = linker.link(
        values.records(
            sheets=(sheet,),
            sources=(values.source("report"), values.source("leak")),
            systems=(values.system("drones"), values.system("missile")),
        )
    )
    assert found == ()
    return library


def test_everything_that_rests_on_a_hidden_fact_is_hidden() -> None:
    shown = open_part(secret_library())
    assert list(shown.facts) == ["drones.letter"]
    assert [fact.id for fact in shown.sheets["drones"].facts] == ["drones.letter"]
    assert (list(shown.gaps), list(shown.judgements)) == ([], [])
    assert list(shown.milestones) == ["drones.contract"]


def test_what_a_hidden_fact_alone_names_is_hidden_as_well() -> None:
    shown = open_part(secret_library())
    assert list(shown.sources) == ["report"]
    assert list(shown.systems) == ["drones"]


def relinked(library: Library) -> tuple[Finding, ...]:
    """What leads nowhere within a library; its briefs are held back for themselves."""
    return linker.lost(
        Records(
            project=dataclasses.replace(library.project, home=()),
            sources=tuple(library.sources.values()),
            origins=tuple(library.origins.values()),
            actors=tuple(library.actors.values()),
            systems=tuple(library.systems.values()),
            matters=tuple(library.matters.values()),
            sheets=tuple(library.sheets.values()),
        )
    )


def corpus() -> Records:
    records, found = layout.load(disk.read(ROOT, request.FOLDERS))
    assert records
    assert found == ()
    return records


RECORDS = corpus()
CORPUS = linker.link(RECORDS)[0]


@given(st.sets(st.sampled_from(sorted(CORPUS.facts)), max_size=30))
def test_whatever_is_hidden_every_reference_that_is_left_leads_somewhere(keys: set[str]) -> None:
    """The site is printed from such a library: a name without a record would be a broken page."""
    facts = {
        key: dataclasses.replace(fact, marking=Marking.AMBER) if key in keys else fact
        for key, fact in CORPUS.facts.items()
    }
    shown = open_part(dataclasses.replace(CORPUS, facts=facts))
    assert not set(shown.facts) & keys
    assert relinked(shown) == ()


@given(st.dates(min_value=values.day("2025-06-01"), max_value=values.day("2026-06-01")))
def test_on_any_day_every_reference_that_is_left_leads_somewhere(day: Any) -> None:
    library, _ = linker.link(RECORDS, day)
    assert relinked(library) == ()


OPEN = values.fact("drones.letter")
SECRET = values.fact("drones.secret", marking=Marking.AMBER)
KEPT_BACK = {
    "a passage in the history of an open fact": values.records(
        dataclasses.replace(
            OPEN,
            asserted=values.date("2026"),
            history=(values.assertion("2025", evidence=(values.evidence("leak"),)),),
        ),
        dataclasses.replace(SECRET, evidence=(values.evidence("leak"),)),
        sources=(values.source("report"), values.source("leak")),
    ),
    "the speaker in the history of an open fact": values.records(
        dataclasses.replace(
            OPEN,
            asserted=values.date("2026"),
            history=(values.assertion("2025", said_by=(Slug("general"),)),),
        ),
        dataclasses.replace(SECRET, said_by=(Slug("general"),)),
    ),
    "the speaker of a statement that an open fact relays": values.records(
        dataclasses.replace(OPEN, evidence=(values.evidence(origin="post"),)),
        dataclasses.replace(SECRET, said_by=(Slug("minister"),)),
    ),
    "the fact that met an open milestone": values.records(
        sheets=(
            values.sheet(
                "drones",
                OPEN,
                SECRET,
                milestones=(
                    values.milestone("drones.m", "2027", "drones.letter", met_by=Key("drones.secret")),
                ),
            ),
        )
    ),
}


@pytest.mark.parametrize("what", KEPT_BACK)
def test_what_a_hidden_fact_shares_with_an_open_one_stays_whole(what: str) -> None:
    library, found = linker.link(KEPT_BACK[what])
    assert found == ()
    assert relinked(open_part(library)) == ()


def test_a_statement_that_a_role_relays_stays() -> None:
    role = Role("Chief", values.evidence(origin="post"))
    chief = Actor(Slug("chief"), "The Chief", ActorKind.PERSON, roles=(role,))
    records = values.records(
        OPEN,
        dataclasses.replace(SECRET, evidence=(values.evidence(origin="post"),)),
        actors=(values.actor("minister"), chief),
    )
    library, found = linker.link(records)
    assert found == ()
    assert relinked(open_part(library)) == ()


def test_a_milestone_that_a_hidden_fact_met_stays_open() -> None:
    library, _ = linker.link(KEPT_BACK["the fact that met an open milestone"])
    shown = open_part(library)
    assert library.milestones["drones.m"].met_by == "drones.secret"
    assert shown.milestones["drones.m"].met_by is None


def test_a_statement_that_only_a_hidden_fact_relays_is_gone_from_its_source_and_its_speaker_as_well() -> None:
    secret = dataclasses.replace(
        SECRET, evidence=(values.evidence(origin="speech"),), said_by=(Slug("general"),)
    )
    library = values.library(
        OPEN,
        secret,
        sources=(values.source("report", origins=(Slug("post"), Slug("speech"))),),
        origins=(values.origin("post", "minister"), values.origin("speech", "general")),
    )
    shown = open_part(library)
    assert (list(shown.origins), shown.sources["report"].origins) == (["post"], ("post",))
    assert list(shown.actors) == ["minister"]


def test_a_source_that_only_the_history_of_a_hidden_fact_cites_is_gone_as_well() -> None:
    secret = values.fact(
        "drones.secret",
        marking=Marking.AMBER,
        asserted=values.date("2026"),
        history=(values.assertion("2025", evidence=(values.evidence("leak"),)),),
    )
    library = values.library(OPEN, secret, sources=(values.source("report"), values.source("leak")))
    assert list(open_part(library).sources) == ["report"]


# ------------------------------------------------------------------------------- strictness goes up


def strictness(library: Library, key: str = "drones.letter") -> Marking:
    return Strictness(library).facts[Key(key)]


LETTER = values.fact("drones.letter")
LEAKED_ROW = Row(Slug("2026"), evidence=(values.evidence("leak"),))
AFTER = Date(within="6 months", of=StartOfTime("drones.one"))
RAISED = {
    "its own marking": values.library(dataclasses.replace(LETTER, marking=AMBER)),
    "its source": values.library(LETTER, sources=(values.source("report", marking=AMBER),)),
    "the statement that it relays": values.library(
        dataclasses.replace(LETTER, evidence=(values.evidence(origin="post"),)),
        origins=(values.origin("post", "minister", marking=AMBER),),
    ),
    "the speaker of that statement": values.library(
        dataclasses.replace(LETTER, evidence=(values.evidence(origin="post"),)),
        actors=(values.actor("minister", marking=AMBER), values.actor("general")),
    ),
    "the outlet of that statement": values.library(
        dataclasses.replace(LETTER, evidence=(values.evidence(origin="post"),)),
        origins=(values.origin("post", "minister", via=(Slug("general"),)),),
        actors=(values.actor("minister"), values.actor("general", marking=AMBER)),
    ),
    "its speaker": values.library(
        dataclasses.replace(LETTER, said_by=(Slug("general"),)),
        actors=(values.actor("minister"), values.actor("general", marking=AMBER)),
    ),
    "an actor whom it concerns": values.library(
        dataclasses.replace(LETTER, actors=(Slug("general"),)),
        actors=(values.actor("minister"), values.actor("general", marking=AMBER)),
    ),
    "a system that it concerns": values.library(
        dataclasses.replace(LETTER, systems=(Slug("drones"),)), systems=(values.system(marking=AMBER),)
    ),
    "its sheet": values.library(sheets=(values.sheet("drones", LETTER, marking=AMBER),)),
    "an addend of an addend": values.library(
        dataclasses.replace(LETTER, sum_of=(Key("drones.one"),)),
        values.fact("drones.one", sum_of=(Key("drones.two"),)),
        values.fact("drones.two", marking=AMBER),
    ),
    "the source of one of its rows": values.library(
        dataclasses.replace(LETTER, rows=(Row(Slug("2025")), LEAKED_ROW)),
        sources=(values.source(), values.source("leak", marking=AMBER)),
    ),
    "the table from which its rows are read": values.library(
        dataclasses.replace(LETTER, table=Table(Slug("leak"), "Year", "Number")),
        sources=(values.source(), values.source("leak", marking=AMBER)),
    ),
    "a fact from which it is computed": values.library(
        values.fact(kind=FactKind.CONTEXT, computed=Computed(count=(Key("drones.one"),), unit="drones")),
        values.fact("drones.one", marking=AMBER),
    ),
    "the fact from whose date its time runs": values.library(
        dataclasses.replace(LETTER, date=AFTER), values.fact("drones.one", marking=AMBER)
    ),
}


@pytest.mark.parametrize("what", RAISED)
def test_a_fact_is_as_strict_as_all_that_it_is_made_of(what: str) -> None:
    assert strictness(RAISED[what]) is AMBER
    assert "drones.letter" not in open_part(RAISED[what]).facts
    assert "drones.letter" in views.seen_at(RAISED[what], AMBER).facts


def test_a_circle_of_sums_ends() -> None:
    library = values.library(
        dataclasses.replace(LETTER, sum_of=(Key("drones.one"),)),
        values.fact("drones.one", sum_of=(Key("drones.letter"),), marking=AMBER),
    )
    assert strictness(library) is AMBER


def test_a_sheet_is_hidden_with_the_last_of_its_facts_and_so_is_what_only_says_so() -> None:
    hidden = values.sheet(
        "plans",
        values.fact("plans.one", marking=AMBER),
        gaps=(values.gap("plans.cost"),),
        formerly=(Slug("ideas"),),
    )
    library = values.library(
        sheets=(values.sheet("drones", LETTER), hidden),
        briefs=(values.brief(sheets=(Slug("drones"), Slug("plans"))),),
    )
    shown = open_part(library)
    assert list(shown.sheets) == ["drones"]
    assert list(shown.gaps) == []
    assert shown.renamed == Renames()
    assert shown.briefs["letter"].sheets == ("drones",)


def test_an_entry_may_be_stricter_than_its_facts() -> None:
    gaps = (dataclasses.replace(values.gap("drones.payer", "drones.letter"), marking=AMBER),)
    library = values.library(sheets=(values.sheet("drones", LETTER, gaps=gaps),))
    assert (list(open_part(library).gaps), list(open_part(library).facts)) == ([], ["drones.letter"])


def test_a_milestone_is_as_strict_as_the_fact_from_whose_date_its_time_runs() -> None:
    milestone = dataclasses.replace(values.milestone("drones.m", "2027", "drones.letter"), date=AFTER)
    secret = values.fact("drones.one", date=values.date(), marking=AMBER)
    library = values.library(sheets=(values.sheet("drones", LETTER, secret, milestones=(milestone,)),))
    assert list(open_part(library).milestones) == []
    assert list(views.seen_at(library, AMBER).milestones) == ["drones.m"]


def test_without_a_marking_facts_entries_and_briefs_have_that_of_the_project() -> None:
    library = values.library(
        LETTER, values.fact("drones.open", marking=Marking.CLEAR), project=values.project(marking=AMBER)
    )
    shown = open_part(library)
    assert list(shown.facts) == ["drones.open"]
    assert list(shown.sources) == ["report"], "the source has no marking of its own"
    assert (shown.project.marking, shown.level) == (Marking.CLEAR, Marking.CLEAR)


# --------------------------------------------------------------------------------- details are cut


def test_an_earlier_state_may_be_stricter_than_the_fact() -> None:
    history = (
        values.assertion("2024", marking=AMBER),
        values.assertion("2025", evidence=(values.evidence("leak"),)),
        values.assertion("2025-06"),
    )
    library = values.library(
        dataclasses.replace(LETTER, asserted=values.date("2026"), history=history),
        sources=(values.source("report"), values.source("leak", marking=AMBER)),
    )
    assert [state.asserted.edtf for state in open_part(library).facts["drones.letter"].history] == ["2025-06"]


def test_a_role_and_a_principal_may_be_stricter_than_the_actor() -> None:
    chief = values.actor(
        "chief",
        role="Chief",
        speaks_for=Slug("general"),
        roles=(Role("Chief", values.evidence("leak")), Role("Chair", values.evidence(), marking=AMBER)),
    )
    library = values.library(
        dataclasses.replace(LETTER, said_by=(Slug("chief"),)),
        sources=(values.source("report"), values.source("leak", marking=AMBER)),
        actors=(values.actor("minister"), values.actor("general", marking=AMBER), chief),
    )
    shown = open_part(library).actors["chief"]
    assert (shown.role, shown.roles, shown.speaks_for) == ("", (), None)


def test_a_selection_whose_condition_lost_all_names_selects_nothing() -> None:
    brief = values.brief(
        commitments=Selection(
            sheets=(Slug("plans"),),
            kinds=(FactKind.COMMITMENT,),
            facts=(Key("drones.letter"), Key("plans.one")),
        )
    )
    library = values.library(LETTER, values.fact("plans.one", marking=AMBER), briefs=(brief,))
    assert open_part(library).briefs["letter"].commitments == Selection(facts=(Key("drones.letter"),))


def test_a_series_of_a_hidden_fact_is_cut_out_of_a_brief() -> None:
    series = (Series(Key("plans.one"), title="Plans"), Series(Key("drones.letter")))
    library = values.library(
        LETTER, values.fact("plans.one", marking=AMBER), briefs=(values.brief(series=series),)
    )
    assert open_part(library).briefs["letter"].series == series[1:]


# ---------------------------------------------------------------------------------- needs go along


def ladder(name: str, *rungs: str) -> Ladder:
    low = Group(Slug("low"), Shape.OPEN_CIRCLE)
    return Ladder(Slug(name), (low,), tuple(Rung(Slug(rung), low.id, Degree.INTENT) for rung in rungs))


def test_a_ladder_that_only_what_is_hidden_names_is_hidden_as_well() -> None:
    secret, spare = ladder("secret", "intent"), ladder("spare", "intent")
    plans = values.sheet("plans", values.fact("plans.one", marking=AMBER), ladder=Slug("secret"))
    laws = values.matter("law", ladder=Slug("legislation"), marking=AMBER)
    library = values.library(
        project=values.project(ladder=Slug("commitments")),
        ladders=(secret, spare),
        sheets=(values.sheet("drones", LETTER), plans),
        matters=(laws,),
    )
    assert [*library.ladders] == ["commitments", "secret", "spare", "legislation"]
    assert [*open_part(library).ladders] == ["commitments", "spare"]
    assert [*views.seen_at(library, AMBER).ladders] == [*library.ladders]


@pytest.mark.parametrize(("rung", "stays_on"), [("intent", "commitments"), ("sworn", "secret")])
def test_a_fact_that_lost_a_matter_is_on_the_ladder_that_counts_without_it(rung: str, stays_on: str) -> None:
    library = values.library(
        values.fact(matters=(Slug("law"),), status=Status(RungId(rung))),
        project=values.project(ladder=Slug("commitments")),
        ladders=(ladder("secret", rung),),
        matters=(values.matter("law", ladder=Slug("secret"), marking=AMBER),),
    )
    before, after = (of.facts["drones.letter"].status for of in (library, open_part(library)))
    assert before
    assert after
    assert (before.id, before.ladder) == (rung, "secret")
    assert (after.id, after.ladder) == (rung, stays_on)
    assert ("secret" in open_part(library).ladders) == (stays_on == "secret")


def test_a_verification_keeps_no_passages_of_hidden_evidence() -> None:
    open_, closed = values.evidence("report"), values.evidence("report", terms=["a secret"])
    digests = tuple(query.passage_digest(item) for item in (open_, closed))
    verified = Verification(Slug("report"), values.date(), "0" * 64, 7, digests)
    secret = dataclasses.replace(SECRET, evidence=(closed,))
    library = values.library(LETTER, secret, verifications=(verified,))
    assert open_part(library).verifications["report"].passages == digests[:1]
    assert views.seen_at(library, AMBER).verifications["report"] is verified


def test_only_roles_of_actors_that_are_seen_need_their_source() -> None:
    role = Role("Chief", values.evidence("leak"))
    library = values.library(
        LETTER,
        dataclasses.replace(SECRET, evidence=(values.evidence("leak"),), said_by=(Slug("chief"),)),
        sources=(values.source("report"), values.source("leak")),
        actors=(
            values.actor("minister"),
            values.actor("chief", roles=(role,), speaks_for=Slug("principal")),
            values.actor("principal"),
        ),
    )
    shown = open_part(library)
    assert (list(shown.sources), list(shown.actors)) == (["report"], ["minister"])


def test_what_nobody_names_is_shown_unless_only_what_is_hidden_relays_it() -> None:
    library = values.library(
        LETTER,
        dataclasses.replace(SECRET, evidence=(values.evidence("leak"),)),
        sources=(
            values.source("report"),
            values.source("leak", origins=(Slug("whisper"),)),
            values.source("spare"),
        ),
        origins=(values.origin("whisper", "general"), values.origin("post", "minister")),
    )
    shown = open_part(library)
    assert (list(shown.sources), list(shown.origins)) == (["report", "spare"], ["post"])
    assert list(shown.actors) == ["minister"]


def test_a_marking_of_its_own_shows_a_source_that_only_a_hidden_fact_cites() -> None:
    library = values.library(
        LETTER,
        dataclasses.replace(SECRET, evidence=(values.evidence("leak"),)),
        sources=(values.source("report"), values.source("leak", marking=Marking.CLEAR)),
    )
    assert list(open_part(library).sources) == ["report", "leak"]


# -------------------------------------------------------------------------------- briefs and pages


def test_marked_parts_of_a_text_go_as_if_their_author_had_deleted_them() -> None:
    body = (
        "It was [signed](fact:drones.letter).\n\n(TLP:AMBER) A rumour.\n\n## (TLP:AMBER) Plans\n\n"
        "They plan.\n\n### More\n\n- One\n- Two\n\n## What is said\n\nOf [the rest](fact:drones.secret).\n"
    )
    library = values.library(LETTER, SECRET, briefs=(values.brief(body=body),))
    assert open_part(library).briefs["letter"].body == "It was [signed](fact:drones.letter).\n"
    assert views.seen_at(library, AMBER).briefs["letter"].body == body


def test_a_brief_goes_with_all_of_its_bottom_line_and_a_page_with_all_of_its_text() -> None:
    line = Prose("(TLP:AMBER) A secret.")
    library = values.library(
        briefs=(values.brief(bottom_line=line),), pages=(values.page(body="(TLP:RED) Words."),)
    )
    shown = open_part(library)
    assert (list(shown.briefs), list(shown.pages)) == ([], [])


def test_the_front_page_knows_only_briefs_that_are_seen() -> None:
    home = (Slug("secret"), Slug("letter"))
    library = values.library(
        briefs=(values.brief("secret", marking=AMBER), values.brief()), project=values.project(home=home)
    )
    assert open_part(library).project.home == ("letter",)


# -------------------------------------------------------------------------------------- the ledger


def test_an_edition_is_seen_whole_or_not_at_all_and_leaves_what_may_be_seen_of_its_state() -> None:
    now = values.library(
        LETTER,
        SECRET,
        briefs=(values.brief(),),
        issued=(
            values.issued("letter", "1", LETTER),
            values.issued("letter", "2", LETTER, values.fact("drones.secret")),
        ),
    )
    shown = open_part(now)
    assert [item.id for item in shown.issued["letter"]] == ["1"]
    reduced = shown.reduced["letter"]
    assert ([fact.id for fact in reduced.state.facts], reduced.printed.sections) == (["drones.letter"], ())
    assert [item.id for item in views.seen_at(now, AMBER).issued["letter"]] == ["1", "2"]
    assert dict(views.seen_at(now, AMBER).reduced) == {}


@pytest.mark.parametrize("stricter", ["source", "actor", "system", "matter", "gap", "brief", "mark"])
def test_an_edition_is_as_strict_as_everything_in_it_is_now(stricter: str) -> None:
    marked = {stricter: AMBER}
    fact = dataclasses.replace(
        LETTER, actors=(Slug("general"),), systems=(Slug("drones"),), matters=(Slug("drone-deal"),)
    )
    gap = values.gap("drones.payer", "drones.letter")
    issued = values.issued("letter", "1", fact)
    printed: Printed = dataclasses.replace(issued.printed, marking=marked.get("mark", Marking.CLEAR))
    issued = dataclasses.replace(
        issued, printed=printed, state=dataclasses.replace(issued.state, gaps=(gap,))
    )
    library = values.library(
        sheets=(values.sheet("drones", LETTER, gaps=(dataclasses.replace(gap, marking=marked.get("gap")),)),),
        sources=(values.source("report", marking=marked.get("source")),),
        actors=(values.actor("minister"), values.actor("general", marking=marked.get("actor"))),
        systems=(values.system(marking=marked.get("system")),),
        matters=(values.matter(marking=marked.get("matter")),),
        briefs=(values.brief(marking=marked.get("brief")),),
        issued=(issued,),
    )
    assert dict(open_part(library).issued) == {}
    assert list(views.seen_at(library, AMBER).issued) == ["letter"]


def test_acceptances_of_hidden_facts_are_hidden_and_of_a_stricter_state_only_that_it_differs() -> None:
    then = signoff.accepted_state(values.fact("drones.letter", statement="A secret.", marking=AMBER))
    brief, secret = values.brief(), signoff.accepted_state(SECRET)
    record = Accepted((), (then, secret))
    paragraph = values.brief(body="[One](fact:drones.letter).")
    assert paragraph != brief
    acceptance = [
        dataclasses.replace(values.acceptance(name), rests_on=(state.id,))
        for name, state in (("text.1", then), ("text.2", secret))
    ]
    library = values.library(
        LETTER,
        SECRET,
        briefs=(brief,),
        accepted={"letter": dataclasses.replace(record, acceptances=tuple(acceptance))},
    )
    shown = open_part(library).accepted["letter"]
    assert [item.paragraph for item in shown.acceptances] == ["text.1"]
    assert [(state.fact, state.statement) for state in shown.states] == [("drones.letter", "")]


def test_an_accepted_state_whose_rows_cite_what_is_hidden_now_says_no_more_than_that_it_differs() -> None:
    then = signoff.accepted_state(dataclasses.replace(LETTER, rows=(LEAKED_ROW,)))
    acceptance = dataclasses.replace(values.acceptance("text.1"), rests_on=(then.id,))
    library = values.library(
        LETTER,
        sources=(values.source(), values.source("leak", marking=AMBER)),
        briefs=(values.brief(),),
        accepted={"letter": Accepted((acceptance,), (then,))},
    )
    (shown,) = open_part(library).accepted["letter"].states
    assert (shown.statement, shown.rows) == ("", ())


# ----------------------------------------------------------------------------------- other promises


@given(st.sampled_from(list(Marking)))
def test_a_view_of_a_view_is_the_view(level: Marking) -> None:
    view = views.seen_at(secret_library(), level)
    assert views.seen_at(view, level) is view
    assert views.seen_at(secret_library(), level) == view


def test_where_nothing_is_restricted_only_the_level_is_new() -> None:
    library = CORPUS
    shown = open_part(library)
    for field in dataclasses.fields(Library):
        if field.name not in ("level", "seals", "_indexes", "_now"):
            assert getattr(shown, field.name) == getattr(library, field.name), field.name


def test_as_of_a_day_a_view_is_what_its_readers_knew_then() -> None:
    later = values.fact("drones.secret", marking=AMBER, asserted=values.date("2026-02-20"))
    shown = open_part(values.library(LETTER, later, as_of="2026-02-10"))
    assert (list(shown.facts), dict(shown.later), str(shown.as_of)) == (["drones.letter"], {}, "2026-02-10")


def test_an_audience_is_told_how_much_is_withheld_only_where_the_project_wants_it() -> None:
    brief = values.brief(body="A [secret](fact:drones.secret).")
    library = values.library(LETTER, SECRET, values.fact("money.price", marking=Marking.RED), briefs=(brief,))
    friends = Audience(Slug("friends"), Marking.GREEN)
    assert dict(views.for_audience(library, friends).withheld) == {}
    told = dataclasses.replace(friends, says_withheld=True)
    assert dict(views.for_audience(library, told).withheld) == {"": 2, "letter": 1}


def test_the_site_of_an_audience_does_not_claim_the_address_of_the_public_one() -> None:
    library = values.library(project=values.project(base_url="https://a.example/"))
    friends = Audience(Slug("friends"), Marking.GREEN)
    assert views.for_audience(library, friends).project.base_url == ""
    own = dataclasses.replace(friends, base_url="https://b.example/")
    assert views.for_audience(library, own).project.base_url == "https://b.example/"
