"""What is due, and whose it is: for people, for programs, for calendars."""

from __future__ import annotations

import datetime

import icalendar
import pytest

from briefing.commands import due
from briefing.commands.due import DueItem, DueKind
from briefing.model.library import Library
from briefing.model.values import Date
from tests import values
from tests.conftest import SAMPLE, Project, call, run
from tests.values import Flags

FERRY = "content/facts/ferry.yaml"
TODAY = values.day("2026-09-01")
STALE = ("    review_by: 2099-12-31\n", "    review_by: 2020-01-01\n")


def library() -> Library:
    """Facts and milestones of two sheets, one of them kept by somebody, and of three briefs."""
    facts = {
        "drones": (
            values.fact("drones.letter", asserted=Date("2026-02-09")),  # until 8 August
            values.fact("drones.soon", asserted=Date("2026-02-09"), review_by=Date("2026-09")),
            values.fact("drones.far", asserted=Date("2026-02-09"), review_by=Date("2027-01-01")),
        ),
        "ships": (
            values.fact("ships.hull", asserted=Date("2026-02-09"), review_by=Date("2026-08-31")),
            values.fact("ships.mast", asserted=Date("2026-02-09"), review_by=Date("2026-09-01")),
            values.fact("ships.sail", asserted=Date("2026-02-09"), flags=(Flags.CANCELLED,)),
        ),
    }
    milestones = (
        values.milestone("ships.launch", "2026-08", "ships.hull"),
        values.milestone("ships.trial", "2026-09-15", "ships.hull"),
        values.milestone("ships.met", "2026-08", "ships.hull", met_by="ships.mast"),
        values.milestone("ships.off", "2026-08", "ships.sail"),
        values.milestone("ships.later", "../2035", "ships.hull"),
        values.milestone("ships.since", "2026-08/..", "ships.hull"),
    )
    return values.library(
        *facts["drones"],
        *facts["ships"],
        sheets=(
            values.sheet("drones", *facts["drones"], owner="M. Sund"),
            values.sheet("ships", *facts["ships"], milestones=milestones),
        ),
        briefs=(
            values.brief("letter", owner="R. Lund"),
            values.brief("fleet", sheets=("ships",), owner="A. Holm"),
            values.brief("navy", sheets=("ships",), milestones=("ships.trial",), owner=None),
        ),
    )


EDITIONS = {
    "letter": values.edition("letter", "drones.letter", "ships.mast"),
    "fleet": values.edition("fleet", "ships.mast"),
    "navy": values.edition("navy", "ships.hull"),
}


def found(until: str = "2026-10-01") -> dict[str, DueItem]:
    return {item.key: item for item in due.entries(library(), EDITIONS, TODAY, values.day(until))}


# ------------------------------------------------------------------------------------------ what is due


def test_what_is_late_stands_first_and_all_is_in_order_of_days() -> None:
    assert [(item.key, item.is_late) for item in found().values()] == [
        ("drones.letter", True),
        ("ships.hull", True),
        ("ships.launch", True),
        ("ships.mast", False),
        ("ships.trial", False),
        ("drones.soon", False),
    ]


def test_nothing_is_due_after_the_last_day_asked_for() -> None:
    assert "ships.trial" not in found(until="2026-09-14")
    assert "ships.trial" in found(until="2026-09-15")
    assert "ships.later" in found(until="2035-12-31")


def test_an_entry_says_what_to_look_at() -> None:
    entry = found()["drones.letter"]
    assert entry.what is DueKind.REVIEW
    assert (entry.day, entry.after, entry.status) == (values.day("2026-08-08"), 180, "intent")
    milestone = found()["ships.launch"]
    assert milestone.what is DueKind.MILESTONE
    assert (milestone.day, milestone.date.edtf, milestone.status) == (
        values.day("2026-08-31"),
        "2026-08",
        "intent",
    )


def test_the_owner_is_who_keeps_the_sheet_or_else_who_owns_the_briefs_that_show_it() -> None:
    owners = {key: item.owners for key, item in found().items()}
    assert owners == {
        "drones.letter": ("M. Sund",),
        "drones.soon": ("M. Sund",),
        "ships.mast": ("A. Holm", "R. Lund"),
        "ships.hull": (),  # only a brief without an owner shows it
        "ships.launch": ("A. Holm",),
        "ships.trial": ("A. Holm",),
    }


def test_briefs_that_show_an_entry_are_named_with_their_owners() -> None:
    shown = {key: [(brief.brief, brief.owner) for brief in item.briefs] for key, item in found().items()}
    assert shown["drones.soon"] == []
    assert shown["ships.mast"] == [("letter", "R. Lund"), ("fleet", "A. Holm")]
    assert shown["ships.launch"] == [("fleet", "A. Holm")]
    assert shown["ships.trial"] == [("fleet", "A. Holm"), ("navy", None)]


# --------------------------------------------------------------------------------------------- the call


def test_a_review_of_the_past_is_warned_of_and_listed_under_its_owner(project: Project) -> None:
    project.change(FERRY, *STALE)
    assert "warning[review-due] ferry.letter was due for review by 2020-01-01" in project.call("check").err
    said = project.call("due")
    assert said.exit_code == 1
    days = (datetime.date.today() - datetime.date(2020, 1, 1)).days
    assert said.out.splitlines() == [
        "R. Lund",
        f"  2020-01-01  overdue {days:,} days ago  ferry.letter (intent)",
        "      Holm and Brandt signed a letter of intent on ferries.",
        "      content/facts/ferry.yaml:15, in ferry-purchase (R. Lund), overview",
        "",
        "1 fact overdue, 0 milestones passed; until "
        f"{datetime.date.today() + datetime.timedelta(30)}: 0 facts to review, 0 milestones expected.",
    ]


def test_the_keeper_of_a_sheet_comes_before_the_owners_of_briefs(project: Project) -> None:
    project.change(FERRY, *STALE)
    project.change(FERRY, "title: The ferries\n", "title: The ferries\nowner: M. Sund\n")
    assert project.call("due").out.startswith("M. Sund\n")
    assert project.call("due", "--owner", "m. sund").exit_code == 1
    assert project.call("due", "--owner", "R. Lund").exit_code == 0
    assert project.call("due", "--owner", "not stated").exit_code == 0


def test_nothing_due_is_said_and_exits_with_0(project: Project) -> None:
    said = project.call("due", "--within", "0d")
    assert said.exit_code == 0
    today = datetime.date.today()
    assert said.out == (
        f"0 facts overdue, 0 milestones passed; until {today}: 0 facts to review, 0 milestones expected.\n"
    )


def test_a_longer_span_shows_more(project: Project) -> None:
    project.change("content/briefs/ferry-purchase.md", "owner: R. Lund", "owner: not stated")
    said = project.call("due", "--within", "1500w")
    assert said.exit_code == 0
    assert "Owner not stated\n" in said.out
    assert "  2035-12-31  expected in " in said.out
    assert "ferry.count (intent)\n" in said.out
    assert "180 days after it was asserted, by its status\n" in said.out
    assert " 2099-12-31" not in said.out


@pytest.mark.parametrize("span", ["6m", "30", "d", "-1d", "1.5w", "99999d", "30 d", ""])
def test_a_span_that_is_none_is_refused(span: str, project: Project) -> None:
    said = project.call("due", f"--within={span}")
    assert said.exit_code == 2
    assert f"expected days or weeks, such as 30d or 2w, found '{span}'" in said.err


def test_an_owner_that_nobody_knows_is_refused(project: Project) -> None:
    said = project.call("due", "--owner", "R. Lunt")
    assert said.exit_code == 2
    assert "there is no owner 'R. Lunt'; did you mean 'R. Lund'?" in said.err


def test_what_the_authors_allow_is_counted_and_no_more(project: Project) -> None:
    project.change(
        FERRY,
        "    date: ../2035\n    expectation",
        "    date: {edtf: ../2020, inferred: [year]}\n    expectation",
    )
    assert project.call("due").exit_code == 1
    project.change(
        FERRY, "  all-ferries:\n", "  # allow[milestone-passed]: nobody reports on it\n  all-ferries:\n"
    )
    said = project.call("due")
    assert said.exit_code == 0
    assert "0 milestones passed (1 more allowed in the content); until" in said.out


def test_errors_of_the_content_are_told_because_something_may_be_missing(project: Project) -> None:
    project.change(FERRY, "status: discussed", "status: discused")
    said = project.call("due")
    assert said.exit_code == 1
    assert "error[unknown-word] 'status' cannot be 'discused'" in said.err
    project.write("content/project.yaml", "title: [")
    assert project.call("due").exit_code == 1


def test_the_record_holds_the_same(project: Project) -> None:
    project.change(FERRY, *STALE)
    record = project.call("due", "--json").record
    assert (record["version"], record["command"], record["exit_code"]) == (1, "due", 1)
    assert record["findings"] == []
    assert record["entries"] == [
        {
            "what": "review",
            "key": "ferry.letter",
            "day": "2020-01-01",
            "date": "2020-01-01",
            "is_late": True,
            "days_by_status": None,
            "status": "intent",
            "words": "Holm and Brandt signed a letter of intent on ferries.",
            "owners": ["R. Lund"],
            "briefs": [
                {"brief": "ferry-purchase", "owner": "R. Lund"},
                {"brief": "overview", "owner": None},
            ],
            "path": "content/facts/ferry.yaml",
            "line": 15,
            "column": 16,
        }
    ]


# ------------------------------------------------------------------------------------------ as a calendar


def events(data: str) -> set[str]:
    return {
        str(event["UID"]).partition("@")[0] for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }


@pytest.mark.process
def test_the_calendar_has_that_of_the_site_and_the_reviews(built: Project) -> None:
    said = run("due", "--ics", "--project", built.root)
    assert said.exit_code == 0
    of_site = events(built.read("output/site/calendar.ics"))
    assert {name for name in events(said.out) if not name.startswith("review.")} == of_site
    assert "review.ferry.letter" in events(said.out)


def test_the_calendar_of_an_owner_holds_what_is_theirs(project: Project) -> None:
    project.change(FERRY, *STALE)
    project.change(
        "content/facts/harbour.yaml", "title: The harbours\n", "title: The harbours\nowner: M. Sund\n"
    )
    said = project.call("due", "--ics", "--owner", "M. Sund")
    assert said.exit_code == 0
    assert events(said.out) == {"review.harbour.berths", "review.harbour.grant"}
    assert "review.ferry.letter" in events(project.call("due", "--ics", "--owner", "R. Lund").out)


def test_an_owner_without_any_day_has_no_calendar(project: Project) -> None:
    for sheet in ("ferry", "harbour"):
        project.change(f"content/facts/{sheet}.yaml", "\nsummary:", "\nowner: M. Sund\nsummary:")
    said = project.call("due", "--ics", "--owner", "R. Lund")
    assert (said.exit_code, said.out) == (0, "")


def test_a_calendar_goes_with_no_span_and_no_record() -> None:
    for other in (["--json"], ["--within", "30d"]):
        said = call("due", "--ics", *other, "--project", SAMPLE)
        assert said.exit_code == 2
        assert "--ics prints all days, so it cannot be combined with --within or --json." in said.err
