"""Calendars: every milestone, and for editors every review, as an all-day event; the same bytes each time."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest

from briefing.model.facts import Fact, Milestone
from briefing.model.library import Library
from briefing.model.scales import Marking
from briefing.model.values import Date
from briefing.review import schedule
from briefing.site.exports import calendar as calendars
from tests import values
from tests.conftest import Project
from tests.values import Flags

FERRY = "content/facts/ferry.yaml"


def read(data: bytes) -> dict[str, Any]:
    """The events of a calendar by the part of their UID that names them."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(event["UID"]).partition("@")[0]: event for event in events}


def library(*milestones: Milestone, facts: tuple[Fact, ...] = (), **project: Any) -> Library:
    known = facts or (values.fact(asserted=Date("2026-02-09")),)
    sheets = (values.sheet("drones", *known, milestones=milestones),)
    return values.library(*known, sheets=sheets, project=values.project(**project))


def written(of: Library) -> dict[str, Any]:
    return read(made(of))


def made(of: Library) -> bytes:
    return calendars.make(calendars.prepare(of, schedule.agenda(of), of.milestones.values()))


def expected(edtf: str, **changes: Any) -> Any:
    """The event of a milestone of that date."""
    return written(library(values.milestone("drones.m", edtf, "drones.letter", **changes)))[
        "milestone.drones.m"
    ]


# ---------------------------------------------------------------------------------------------- events


def test_a_review_is_an_event_on_its_day() -> None:
    event = written(library())["review.drones.letter"]
    assert event.decoded("DTSTART") == datetime.date(2026, 8, 8)
    assert "DTEND" not in event
    assert event["SUMMARY"] == "Review: The two ministers signed a letter of intent."
    assert event["DESCRIPTION"] == "drones.letter, declared intent. 180 days, by its status.\nTLP:CLEAR"
    assert event.categories == ["Review"]
    assert (event["CLASS"], event["TRANSP"]) == ("PUBLIC", "TRANSPARENT")


def test_a_review_on_a_day_that_was_set_says_so() -> None:
    fact = values.fact(review_by=Date("2027-03"), asserted=Date("2026-02-09"))
    event = written(library(facts=(fact,)))["review.drones.letter"]
    assert event.decoded("DTSTART") == datetime.date(2027, 3, 31)
    assert str(event["SUMMARY"]).startswith("Review by the end of March 2027: ")
    assert "The day was set for this statement." in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("edtf", "day", "begin"),
    [
        ("2026-11-17", "2026-11-17", "Expected: A contract"),
        ("../2035", "2035-01-01", "Expected by 2035: A contract"),
        ("../2035-06", "2035-06-01", "Expected by June 2035: A contract"),
        ("2035", "2035-12-31", "Expected by the end of 2035: "),
        ("2026-02", "2026-02-28", "Expected by the end of February 2026: "),
        ("2026-22", "2026-08-31", "Expected by the end of summer 2026: "),
        ("203X", "2039-12-31", "Expected by the end of the 2030s: "),
        ("../2026-11-17", "2026-11-17", "Expected by 17 November 2026: "),
        ("2026-11-16/2026-11-18", "2026-11-18", "Expected 16 November 2026 to 18 November 2026: "),
        ("2026/..", "2026-01-01", "Expected from 2026: "),
        ("2035?", "2035-12-31", "Expected by the end of 2035 (uncertain): "),
    ],
)
def test_a_milestone_is_on_the_last_day_that_is_meant_or_on_the_first_of_what_it_may_include(
    edtf: str, day: str, begin: str
) -> None:
    event = expected(edtf)
    assert event.decoded("DTSTART") == values.day(day)
    assert str(event["SUMMARY"]).replace("\N{NO-BREAK SPACE}", " ").startswith(begin)


def test_a_milestone_that_was_met_says_by_what() -> None:
    event = expected("2026", met_by="drones.letter")
    assert event["SUMMARY"] == "Met: A contract is expected."
    assert "Met: The two ministers signed a letter of intent." in event["DESCRIPTION"]


def test_a_milestone_that_was_called_off_is_left_out() -> None:
    fact = values.fact(asserted=Date("2026-02-09"), flags=(Flags.CANCELLED,))
    open_too = values.fact("drones.other", asserted=Date("2026-02-09"))
    of = library(values.milestone("drones.m", "2027", "drones.letter"), facts=(fact, open_too))
    assert written(of).keys() == {"review.drones.other"}


def test_an_event_is_stamped_with_the_newest_assertion_it_rests_on() -> None:
    facts = (
        values.fact(asserted=Date("2026-02-09")),
        values.fact("drones.newer", asserted=Date("2026-02-20")),
    )
    found = written(
        library(values.milestone("drones.m", "2027", "drones.letter", "drones.newer"), facts=facts)
    )
    stamps = {name: str(event["DTSTAMP"].to_ical(), "ascii") for name, event in found.items()}
    assert stamps == {
        "milestone.drones.m": "20260220T000000Z",
        "review.drones.letter": "20260209T000000Z",
        "review.drones.newer": "20260220T000000Z",
    }


def test_addresses_stand_where_the_project_has_one() -> None:
    milestone = values.milestone("drones.m", "2027", "drones.letter")
    assert not any("URL" in event for event in written(library(milestone)).values())
    found = written(library(milestone, base_url="https://briefs.example.org/sea"))
    assert {name: event["URL"] for name, event in found.items()} == {
        "milestone.drones.m": "https://briefs.example.org/sea/topics/drones.html",
        "review.drones.letter": "https://briefs.example.org/sea/facts/drones.letter.html",
    }


def test_what_fewer_people_may_read_says_so_and_has_no_address() -> None:
    fact = values.fact(asserted=Date("2026-02-09"), marking=Marking.AMBER)
    of = library(
        values.milestone("drones.m", "2027", "drones.letter"), facts=(fact,), base_url="https://x.example"
    )
    for event in written(of).values():
        assert event["CLASS"] == "CONFIDENTIAL"
        assert str(event["DESCRIPTION"]).endswith("TLP:AMBER")
        assert "URL" not in event


# ----------------------------------------------------------------------------------------------- the file


def test_names_of_events_are_of_the_key_and_the_project() -> None:
    one, same, other = (made(library(title=title)) for title in ("One", "One", "Other"))
    assert one == same
    assert read(one).keys() == read(other).keys()
    names = [str(icalendar.Calendar.from_ical(data).walk("VEVENT")[0]["UID"]) for data in (one, other)]
    assert names[0] != names[1]


def test_lines_end_and_break_as_the_standard_wants() -> None:
    statement = "Ґедзь; a, b \\ " + "дуже довге речення " * 12
    fact = values.fact(asserted=Date("2026-02-09"), statement=statement)
    data = made(library(facts=(fact,), title="Ёж, and; more"))
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert read(data)["review.drones.letter"]["SUMMARY"] == f"Review: {statement}"
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Ёж, and; more"
    assert calendar["VERSION"] == "2.0"


# ---------------------------------------------------------------------------------------------- the site


def test_the_site_has_a_calendar_and_every_page_leads_to_it(built: Project) -> None:
    found = read((built.output / "site/calendar.ics").read_bytes())
    milestone = found["milestone.ferry.all-ferries"]
    assert milestone.decoded("DTSTART") == datetime.date(2035, 1, 1)
    assert milestone["SUMMARY"] == "Expected by 2035: Norrvik has received the ferries."
    assert not [name for name in found if name.startswith("review.")], "review dates are for editors"
    assert 'href="calendar.ics"' in built.read("output/site/index.html")
    assert 'href="../calendar.ics"' in built.read("output/site/facts/ferry.count.html")


def test_what_the_site_may_not_show_is_not_in_its_calendar(built: Project) -> None:
    built.change(
        FERRY, "value: {amount: 4, unit: ferries}\n", "value: {amount: 4, unit: ferries}\n    marking: RED\n"
    )
    date = "{edtf: ../2035, inferred: [year]}"
    seen = f"  seen:\n    date: {date}\n    expectation: All have seen it.\n    facts: [ferry.letter]\n"
    built.change(FERRY, "milestones:\n", f"milestones:\n{seen}")
    for name in ("ferry-purchase", "overview"):
        path = f"content/briefs/{name}.md"
        built.change(path, "sheets: [", "marking: RED\nsheets: [")
    said = built.build("--format", "site")
    assert said.exit_code == 0, said.text
    data = built.read("output/site/calendar.ics")
    assert "ferry.seen" in data
    assert "ferry.count" not in data
    assert "all-ferries" not in data  # it rests on that fact


def test_a_project_with_nothing_to_come_has_no_calendar(built: Project) -> None:
    text = built.read(FERRY)
    start, end = text.index("milestones:"), text.index("judgements:")
    built.write(FERRY, text[:start] + text[end:])
    said = built.build("--format", "site")
    assert said.exit_code == 0, said.text
    assert not (built.output / "site/calendar.ics").exists()
    assert "calendar.ics" not in built.read("output/site/index.html")
