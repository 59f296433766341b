"""When a fact is to be looked at again: by the day it gives, or by its status."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from briefing.content import decode, linker, yaml_nodes
from briefing.content.linker import Records
from briefing.model.facts import Fact
from briefing.model.findings import Finding
from briefing.model.ladders import RungId, Status
from briefing.model.library import Project
from briefing.model.scales import Degree, FactKind
from briefing.model.values import Date, Days
from briefing.review import schedule
from tests import values
from tests.conftest import Page
from tests.conftest import Project as Folder
from tests.values import Flags, Reached

PROJECT = "title: T\nsubtitle: S\npublisher: P\nlanguages: [en-GB]\nmarking: CLEAR\ncontact: C\n"
FERRY = "content/facts/ferry.yaml"


def asserted(day: str = "2026-01-01", status: Status | None = Reached.INTENT, **changes: Any) -> Fact:
    return values.fact(asserted=Date(day), status=status, **changes)


def shaped(written: str) -> tuple[Project | None, tuple[Finding, ...]]:
    node, findings = yaml_nodes.parse(PROJECT + written, "content/project.yaml")
    assert node
    assert not findings
    return decode.shape(Project, node)


# ----------------------------------------------------------------------------------------- of one fact


def test_a_day_that_is_given_always_counts() -> None:
    fact = asserted(review_by=Date("2026-02"), flags=(Flags.CANCELLED,))
    review = schedule.due_on(fact, values.project(review_after={RungId("intent"): None}))
    assert review
    assert (review.day, review.is_given) == (values.day("2026-02-28"), True)


def test_a_commitment_without_a_day_is_due_by_its_status() -> None:
    review = schedule.due_on(asserted(), values.project())
    assert review
    assert (review.day, review.after, review.is_given) == (values.day("2026-06-30"), 180, False)
    assert review.by.edtf == "2026-06-30"


def test_days_are_counted_from_the_end_of_what_is_known_of_the_assertion() -> None:
    review = schedule.due_on(asserted("2026-01"), values.project())
    assert review
    assert review.day == values.day("2026-01-31") + datetime.timedelta(180)


@pytest.mark.parametrize(
    "fact",
    [
        asserted(status=None, kind=FactKind.EVENT),
        asserted(status=None, kind=FactKind.CLAIM, said_by=("minister",)),
        asserted(status=Reached.DELIVERED),
        asserted(status=Reached.IN_SERVICE),
        asserted(flags=(Flags.CANCELLED,)),
        asserted(flags=(Flags.DISPUTED, Flags.SUPERSEDED)),
        values.fact(asserted=None),
        asserted("2026/.."),
        asserted("9999-12-01"),
    ],
    ids=str,
)
def test_what_gives_no_day_is_never_due(fact: Fact) -> None:
    assert schedule.due_on(fact, values.project()) is None


def test_what_is_suspended_or_disputed_is_due_like_any_other() -> None:
    fact = asserted(flags=(Flags.SUSPENDED, Flags.DISPUTED))
    assert schedule.due_on(fact, values.project()) is not None


def test_every_status_has_a_usual_time_and_a_reason() -> None:
    assert list(schedule.USUAL) == list(Degree)
    for days, reason in schedule.USUAL.values():
        assert reason
        assert days is None or 30 <= days <= 365


def test_a_day_is_filled_from_the_first_source_where_the_fact_was_linked() -> None:
    library = values.library(values.fact(asserted=None))
    (review,) = schedule.agenda(library)
    assert review.day == values.day("2026-02-09") + datetime.timedelta(180)


# -------------------------------------------------------------------------------------- of all of them


def test_the_agenda_is_in_order_of_days() -> None:
    library = values.library(
        asserted("2026-02-01", id="drones.b"),
        asserted("2026-02-01", id="drones.a"),
        asserted("2026-03-01", id="drones.c", review_by=Date("2026-01-01")),
        asserted(id="drones.never", status=Reached.DELIVERED),
    )
    assert [item.fact.id for item in schedule.agenda(library)] == ["drones.c", "drones.a", "drones.b"]


def test_as_of_an_earlier_day_there_is_no_agenda() -> None:
    assert schedule.agenda(values.library(asserted(), as_of="2026-02-10")) == ()


def test_a_milestone_is_called_off_where_all_it_rests_on_is_over() -> None:
    facts = [
        asserted(id="drones.cancelled", flags=(Flags.CANCELLED,)),
        asserted(id="drones.superseded", flags=(Flags.SUPERSEDED,)),
        asserted(id="drones.open"),
    ]
    milestones = (
        values.milestone("drones.over", "2027", "drones.cancelled", "drones.superseded"),
        values.milestone("drones.half", "2027", "drones.cancelled", "drones.open"),
        values.milestone("drones.met", "2027", "drones.cancelled", met_by="drones.open"),
    )
    library = values.library(*facts, sheets=(values.sheet("drones", *facts, milestones=milestones),))
    assert schedule.called_off(library) == {"drones.over"}


# ---------------------------------------------------------------------------------------- as it is written


def test_a_project_sets_its_own_times() -> None:
    project, findings = shaped("review_after: {intent: 120, in-production: never}\n")
    assert not findings
    assert project
    assert project.review_after == {"intent": Days(120), "in-production": None}
    assert schedule.days_after(Reached.INTENT, project) == 120
    assert schedule.days_after(Reached.IN_PRODUCTION, project) is None
    assert schedule.days_after(Reached.AGREED, project) == 180


STATUSES = f"The choices are {', '.join(degree.value for degree in Degree)}"


@pytest.mark.parametrize(
    ("written", "message", "hint", "column"),
    [
        ("{intent: soon}", "'intent' must be a number of days, not 'soon'", "write 180, or never", 24),
        ("{intent: 0}", "'intent' must be a number of days, not '0'", "write 180, or never", 24),
        ("{intent: 99999}", "'intent' must be a number of days, not '99999'", "write 180, or never", 24),
        (
            "{intent: 6 months}",
            "'intent' must be a number of days, not '6 months'",
            "write 180, or never",
            24,
        ),
        (
            "{intent: not stated}",
            "'intent' must be a number of days, not 'not stated'",
            "write 180, or never",
            24,
        ),
        ("{intent: [90]}", "'intent' must be a single value", "write it on one line", 24),
        (
            "[intent]",
            "'review_after' must map words to values",
            "write 'name: value' lines below it, or {name: value}",
            15,
        ),
        (
            "90",
            "'review_after' must map words to values",
            "write 'name: value' lines below it, or {name: value}",
            15,
        ),
    ],
)
def test_a_mistake_in_the_times_is_told_with_its_place(
    written: str, message: str, hint: str, column: int
) -> None:
    project, (finding,) = shaped(f"review_after: {written}\n")
    assert project is None
    assert (finding.message, finding.hint, finding.at.line, finding.at.column) == (message, hint, 7, column)


def test_a_time_for_a_status_that_no_ladder_has_is_told_with_its_place() -> None:
    project, _ = shaped("review_after: {intnt: 90}\n")
    assert project
    (finding,) = linker.lost(Records(project))
    assert finding.message == "'review_after' cannot be 'intnt'"
    assert finding.hint == f"did you mean 'intent'? {STATUSES}"
    assert (finding.at.line, finding.at.column) == (7, 16)


# ---------------------------------------------------------------------------------------------- on the site


def test_editors_are_told_when_and_readers_are_not(built: Folder) -> None:
    built.write("content/project.yaml", built.read("content/project.yaml") + "review_after: {intent: 60}\n")
    assert built.build("--format", "site").exit_code == 0
    for path in ("facts/ferry.letter.html", "facts/ferry.count.html", "registers.html"):
        own = page(built, path).partition("For editors:")[0]
        assert not re.search("31 December 2099|14 May 2031|[Rr]eview", own), path
    listed = page(built, "reviews.html")
    assert "31 December 2099" in listed
    assert "14 May 2031Norrvik is to be able to buy ferries from Telmark" in listed


def test_a_changed_time_is_told_as_the_reason(built: Folder) -> None:
    built.write("content/project.yaml", built.read("content/project.yaml") + "review_after: {intent: 60}\n")
    planned = built.decided("plan", "--format", "site")
    assert planned["site/facts/ferry.count.json"] == (
        "make",
        "ferry.count review by 11\N{NO-BREAK SPACE}September 2031 -> 14\N{NO-BREAK SPACE}May 2031",
    )
    assert "site/facts/ferry.count.html" not in planned
    assert "site/facts/ferry.letter.json" not in planned
    assert {"site/reviews.json", "site/reviews.html"} <= planned.keys()
    assert not {"site/calendar.ics", "site/registers.html"} & planned.keys()


def test_the_site_names_who_keeps_a_sheet(built: Folder) -> None:
    built.change(FERRY, "title: The ferries\n", "title: The ferries\nowner: M. Sund\n")
    assert built.build("--format", "site").exit_code == 0
    assert "Owner: M. Sund." in page(built, "topics/ferry.html")
    assert "Owner:" not in page(built, "topics/harbour.html")


def test_a_milestone_that_was_called_off_says_so(built: Folder) -> None:
    built.change(FERRY, "value: {amount: 4, unit: ferries}\n    status: intent\n", CANCELLED)
    built.change(FERRY, "    date: ../2035\n    expectation", "    date: 2031-03-14\n    expectation")
    said = built.build("--format", "site", "--format", "markdown")
    assert said.exit_code == 0
    assert "Called off: what it rests on was cancelled or superseded." in page(built, "registers.html")
    assert "*Called off: what it rests on was cancelled" in built.read("output/briefs/ferry-purchase.md")
    assert "all-ferries" not in built.read("output/site/calendar.ics")


CANCELLED = "value: {amount: 4, unit: ferries}\n    status: intent\n    flags: [cancelled]\n"


def page(project: Folder, path: str) -> str:
    """The text of a page; every white space in it is a single space."""
    return Page(project.read(f"output/site/{path}")).text
