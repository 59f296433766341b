"""A brief laid out by its template, its fact links still in it."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from briefing.build.steps import Snapshot
from briefing.compose import draft
from briefing.compose.templates import Templates
from briefing.content import layout, linker
from briefing.model.briefs import Selection
from briefing.model.editions import Draft
from briefing.model.library import Library
from briefing.model.values import Key, Prose, Slug
from briefing.store import disk, request
from tests import values
from tests.conftest import SAMPLE, Project, snapshot_of

SHIPPED = Templates(layout.shipped_templates())


def _library(as_of: str = "") -> Library:
    records, findings = layout.load(disk.read(SAMPLE, request.FOLDERS))
    assert records, findings
    return linker.link(records, datetime.date.fromisoformat(as_of) if as_of else None)[0]


def _drafted(library: Library, brief: str = "ferry-purchase", **changes: object) -> Draft:
    drafted, findings = draft.write(dataclasses.replace(library.briefs[brief], **changes), library, SHIPPED)  # type: ignore[arg-type]
    assert drafted, findings
    return drafted


def _section(drafted: Draft, role: str) -> str:
    return next((section.text for section in drafted.sections if section.role == role), "")


@pytest.fixture(scope="module")
def library() -> Library:
    return _library()


def test_sections_stand_in_the_order_of_the_template(library: Library) -> None:
    assert [section.role for section in _drafted(library).sections] == [
        *("bottom-line", "judgements", "commitments", "timeline", "narrative"),
        *("disagreements", "gaps", "milestones"),
    ]


def test_section_without_text_is_left_out(library: Library) -> None:
    drafted = _drafted(library, gaps=(), milestones=(), disagreements=(), timeline=Selection(), judgements=())
    assert [section.role for section in drafted.sections] == ["bottom-line", "commitments", "narrative"]


def test_timeline_is_in_order_of_time(library: Library) -> None:
    rows = _section(_drafted(library), "timeline").splitlines()[2:]
    assert [row.split("fact:")[1].split("#")[0] for row in rows] == [
        "harbour.storm",
        "ferry.visit",
        "ferry.letter",
    ]


def test_named_entries_come_in_the_order_named_and_all_of_the_sheets_otherwise(library: Library) -> None:
    both = _section(_drafted(library, "overview"), "gaps")
    assert both.index("Is there a contract?") < both.index("Who is to own the berths?")
    named = _section(_drafted(library, "overview", gaps=("harbour.owner", "ferry.contract")), "gaps")
    assert named.index("Who is to own the berths?") < named.index("Is there a contract?")


def test_brief_keeps_its_links(library: Library) -> None:
    text = _section(_drafted(library), "narrative")
    assert "[](fact:ferry.count#number)" in text
    assert text == library.briefs["ferry-purchase"].body.strip("\n")


def test_sections_that_cite_later_facts_are_left_out_and_counted() -> None:
    """The undated text reports things of 3 April, and beside another text it counts as one of that day."""
    drafted = _drafted(
        _library("2031-03-20"), body=Prose("[A](fact:ferry.type)\n\n## B\n\n[](fact:ferry.price)")
    )
    assert _section(drafted, "narrative") == "[A](fact:ferry.type)"
    assert _section(drafted, "bottom-line") == ""
    assert _section(drafted, "as-of") == (
        "This brief was compiled afterwards from what was known on 20\N{NO-BREAK SPACE}March 2031; it is not "
        "a document of that day. What rests on later knowledge is left out, including the bottom "
        "line and 1 of 2 passages of the text."
    )


def test_nothing_is_said_of_left_out_passages_where_there_are_none() -> None:
    assert _section(_drafted(_library("2031-12-31")), "as-of").endswith("not a document of that day.")


def test_heading_that_is_all_there_is_stays(library: Library) -> None:
    drafted = _drafted(library, body=Prose("## One\n\n## Two\n\ntext"))
    assert _section(drafted, "narrative") == "## One\n\n## Two\n\ntext"


def test_heading_over_a_lower_heading_stays_in_the_past_as_well() -> None:
    body = Prose("## One\n\n### Below one\n\n[text](fact:ferry.type)")
    assert _section(_drafted(_library("2031-03-20"), body=body), "narrative") == body


def test_unknown_template_is_a_finding_of_that_brief(library: Library) -> None:
    brief = dataclasses.replace(library.briefs["overview"], template=Slug("none"))
    drafted, (finding,) = draft.write(brief, library, SHIPPED)
    assert drafted is None
    assert (finding.check, finding.brief) == ("template", "overview")
    assert "'none'" in finding.message


def test_template_without_sections_is_a_finding(library: Library) -> None:
    drafted, (finding,) = draft.write(
        library.briefs["overview"], library, Templates({"brief.md.j2": "words"})
    )
    assert drafted is None
    assert "prints no section" in finding.message


def test_broken_sheet_of_another_topic_is_no_fault_of_the_template(project: Project) -> None:
    """A disagreement may weigh facts of two sheets; where one cannot be read, that is the error to name."""
    project.change(
        "content/facts/ferry.yaml",
        "        facts: [ferry.count]\n    wording",
        "        facts: [ferry.count, harbour.berths]\n    wording",
    )
    purchase = project.read("content/briefs/ferry-purchase.md")
    head, _, _ = purchase.partition("commitments:\n")
    project.write("content/briefs/ferry-purchase.md", head + "---\nText on [](fact:ferry.count).\n")
    project.change("content/facts/harbour.yaml", "bound: up to", "bound: upto")
    found = snapshot_of(project.root).findings
    assert {finding.at.path for finding in found if finding.is_error} == {"content/facts/harbour.yaml"}


def test_judgement_on_a_broken_sheet_of_another_topic_names_that_sheet_only(project: Project) -> None:
    project.change(
        "content/facts/ferry.yaml", "names [](fact:ferry.count) and", "names [](fact:harbour.berths) and"
    )
    purchase = project.read("content/briefs/ferry-purchase.md")
    head, _, _ = purchase.partition("commitments:\n")
    project.write("content/briefs/ferry-purchase.md", head + "---\nText on [](fact:ferry.count).\n")
    project.change("content/facts/harbour.yaml", "bound: up to", "bound: upto")
    found = snapshot_of(project.root).findings
    assert {finding.at.path for finding in found if finding.is_error} == {"content/facts/harbour.yaml"}


def test_desk_holds_every_brief(snapshot: Snapshot) -> None:
    assert set(snapshot.editions) == {"ferry-purchase", "overview"}
    assert snapshot.held == {}


def _with_milestone(**changes: object) -> str:
    """The milestones of a brief whose newest fact is of 9 February 2026."""
    milestone = values.milestone("drones.m", "2026-02-08", "drones.letter", **changes)
    sheet = values.sheet("drones", values.fact(asserted=values.date("2026-02-09")), milestones=(milestone,))
    library = values.library(sheets=(sheet,), briefs=(values.brief(),))
    return _section(_drafted(library, "letter"), "milestones")


def test_milestone_whose_day_has_passed_says_so() -> None:
    assert "Our texts do not report whether it happened." in _with_milestone()
    assert "passed" not in _with_milestone(date=values.date("2026-02-09"))


def test_a_passed_milestone_is_not_told_in_the_present() -> None:
    row = _with_milestone().splitlines()[-1]
    assert row.startswith(
        "| was expected on 8\N{NO-BREAK SPACE}Feb 2026 | Expected then: A contract is expected."
    )
    assert (
        _with_milestone(date=values.date("2026-01"))
        .splitlines()[-1]
        .startswith("| was expected by the end of Jan 2026 |")
    )
    assert "| was expected by 2025 |" in _with_milestone(date=values.date("../2025"))


def _issued(milestone: str, *days: str, issued_on: str = "0001-01-01") -> str:
    """The milestones of a brief of February 2026 that was issued on these days."""
    sheet = values.sheet(
        "drones",
        values.fact(asserted=values.date("2026-02-09")),
        milestones=(values.milestone("drones.m", milestone, "drones.letter"),),
    )
    editions = tuple(
        values.issued("letter", str(n), issued=values.date(day)) for n, day in enumerate(days, 1)
    )
    library = values.library(sheets=(sheet,), briefs=(values.brief(),), issued=editions)
    drafted, findings = draft.write(
        library.briefs["letter"], library, SHIPPED, issued_on=datetime.date.fromisoformat(issued_on)
    )
    assert drafted, findings
    return _section(drafted, "milestones")


@pytest.mark.parametrize(
    ("milestone", "days", "issued_on", "has_passed"),
    [
        ("2026-06-30", (), "0001-01-01", False),
        ("2026-06-30", (), "2026-06-30", False),
        ("2026-06-30", (), "2026-07-01", True),
        ("2026-06-30", ("2026-03-01",), "0001-01-01", False),
        ("2026-06-30", ("2026-03-01", "2026-07-01"), "0001-01-01", True),
        ("2026-06", ("2026-06-30",), "0001-01-01", False),
        ("2026/..", ("2027-01-01",), "0001-01-01", False),
        ("2026-33", ("2026-04-01",), "0001-01-01", True),
    ],
)
def test_a_milestone_has_passed_by_the_day_of_issue(
    milestone: str, days: tuple[str, ...], issued_on: str, has_passed: bool
) -> None:
    assert (
        "do not report whether it happened" in _issued(milestone, *days, issued_on=issued_on)
    ) is has_passed


def test_milestone_that_was_met_says_by_what() -> None:
    text = _with_milestone(met_by=Key("drones.letter"))
    assert "*Met:* [](fact:drones.letter#statement)" in text
    assert "passed" not in text


SIGNS = "- A price for [the ferries](fact:ferry.letter): the letter would become an order.\n- A payer.\n"


def test_signs_without_a_date_come_before_the_table_of_dates(library: Library) -> None:
    text = _section(_drafted(library, watch=Prose(SIGNS)), "milestones")
    signs, _, table = text.partition("\n\n")
    assert signs == SIGNS.strip()
    assert table.startswith("| Date | Expectation |")


def test_signs_make_a_section_where_no_date_is_set(library: Library) -> None:
    drafted = _drafted(library, watch=Prose(SIGNS), milestones=())
    assert _section(drafted, "milestones") == SIGNS.strip()
