"""What is held back: each brief that needs something broken, no other, and the site with any of them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from briefing.build import blocked
from briefing.content.linker import Records
from briefing.model.briefs import Selection
from briefing.model.findings import Finding, Place, Severity
from briefing.model.scales import FactKind
from briefing.model.values import Key, Prose, Slug
from briefing.store.request import SITE
from briefing.store.results import Failure
from tests import values
from tests.values import Reached

MONEY = "content/facts/money.yaml"


def error(path: str, brief: str = "") -> Finding:
    return Finding("date", "it is no date", Place(path), brief=brief)


def records(sheet_changes: dict[str, Any] | None = None, **brief_changes: Any) -> Records:
    """Two sheets and a brief on the first of them."""
    sheets = (
        values.sheet("drones", values.fact("drones.letter"), **(sheet_changes or {})),
        values.sheet("money", values.fact("money.price")),
    )
    return values.records(sheets=sheets, briefs=(values.brief(**brief_changes),))


def held(*findings: Finding, **brief_changes: Any) -> dict[str, str]:
    return blocked.held(findings, records(**brief_changes), ("letter", "other"))


def test_without_an_error_nothing_is_held() -> None:
    warning = dataclasses.replace(error("content/facts/drones.yaml"), severity=Severity.WARNING)
    note = dataclasses.replace(warning, severity=Severity.NOTE)
    assert held(warning, note) == {}


def test_a_brief_with_an_error_is_held_alone_with_the_site() -> None:
    assert held(error("content/briefs/other.md")) == {
        "other": "content/briefs/other.md has errors",
        SITE: "the site is made as a whole, and content/briefs/other.md has errors",
    }


def test_a_brief_with_the_former_name_of_one_that_is_held_is_held_too() -> None:
    """Under that name are the last good files of the other."""
    wrong = error("content/briefs/letter.md")
    assert set(held(wrong, formerly=(Slug("other"),))) == {"letter", "other", SITE}
    assert set(held(wrong, formerly=(Slug("another"),))) == {"letter", SITE}
    assert set(held(error("content/briefs/other.md"), formerly=(Slug("other"),))) == {"other", SITE}


def test_an_error_that_names_its_brief_holds_that_one_wherever_it_stands() -> None:
    found = held(error("templates/brief.md.j2", brief="letter"))
    assert set(found) == {"letter", SITE}
    assert found["letter"] == "templates/brief.md.j2 has errors"


@pytest.mark.parametrize(
    "path", ["content/sources/report.yaml", "content/actors.yaml", "content/project.yaml"]
)
def test_what_everything_rests_on_holds_everything(path: str) -> None:
    assert held(error(path)) == {
        "letter": f"it needs {path}, which has errors",
        "other": f"it needs {path}, which has errors",
        SITE: f"the site is made as a whole, and {path} has errors",
    }


@pytest.mark.parametrize("path", ["content/pages/method.md", "templates/site-fact.html.j2"])
def test_what_only_the_site_shows_holds_the_site_alone(path: str) -> None:
    assert set(held(error(path))) == {SITE}


def test_the_first_reason_is_told() -> None:
    found = held(error("content/briefs/letter.md"), error("content/facts/drones.yaml"))
    assert found["letter"] == "content/briefs/letter.md has errors"


# ----------------------------------------------------------------------------- files that cannot be made


def held_by(*paths: str, holds: bool = True) -> dict[str, str]:
    failures = [Failure(path, "it needs more memory", holds) for path in paths]
    return blocked.held([], records(), ("letter", "other"), failures)


@pytest.mark.parametrize(
    "path",
    ["briefs/letter.md", "briefs/letter.two-page.pdf", "site/briefs/letter.html", "site/briefs/letter.png"],
)
def test_a_file_that_cannot_be_made_holds_its_brief_and_the_site(path: str) -> None:
    assert held_by(path) == {
        "letter": f"{path} could not be made",
        SITE: f"the site is made as a whole, and {path} could not be made",
    }


@pytest.mark.parametrize("path", ["site/index.html", "site/facts/drones.letter.html", "site/assets/site.css"])
def test_a_page_that_shows_all_briefs_holds_them_all(path: str) -> None:
    assert set(held_by(path)) == {"letter", "other", SITE}


def test_a_library_that_this_machine_lacks_holds_nothing() -> None:
    assert held_by("briefs/letter.pdf", holds=False) == {}


# ------------------------------------------------------------------------------------- what a brief needs

SHOWS_MONEY: dict[str, dict[str, Any]] = {
    "its sheets": {"sheets": (Slug("drones"), Slug("money"))},
    "its table": {"commitments": Selection(facts=(Key("money.price"),))},
    "a sheet of its table": {"commitments": Selection(sheets=(Slug("money"),), kinds=(FactKind.CLAIM,))},
    "its timeline": {"timeline": Selection(facts=(Key("money.price"),))},
    "a table of whatever fits": {"commitments": Selection(statuses=(Reached.INTENT.id,))},
    "a link of its prose": {"body": "At [a price](fact:money.price)."},
    "a link of its bottom line": {"bottom_line": Prose("At [a price](fact:money.price).")},
    "a judgement": {"judgements": (Key("money.judged"),)},
    "a disagreement": {"disagreements": (Key("money.count"),)},
    "a gap": {"gaps": (Key("money.payer"),)},
    "a milestone": {"milestones": (Key("money.day"),)},
}


@pytest.mark.parametrize("way", SHOWS_MONEY)
def test_a_brief_that_can_show_something_of_a_broken_sheet_is_held(way: str) -> None:
    found = held(error(MONEY), **SHOWS_MONEY[way])
    assert found["letter"] == f"it needs {MONEY}, which has errors"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"commitments": Selection(sheets=(Slug("drones"),), kinds=(FactKind.COMMITMENT,))},
        {"timeline": Selection(facts=(Key("drones.letter"),), except_facts=(Key("money.price"),))},
        {"body": "Not `[a price](fact:money.price)`."},
    ],
)
def test_a_brief_that_cannot_show_anything_of_it_goes_out(changes: dict[str, Any]) -> None:
    assert set(held(error(MONEY), **changes)) == {SITE}


RESTS_ON_MONEY: dict[str, dict[str, Any]] = {
    "a disagreement": {"disagreements": (values.disagreement("drones.d", "drones.letter", "money.price"),)},
    "a gap": {"gaps": (values.gap("drones.g", "money.price"),)},
    "a milestone": {"milestones": (values.milestone("drones.m", "2027", "money.price"),)},
    "what met a milestone": {
        "milestones": (values.milestone("drones.m", "2027", "drones.letter", met_by=Key("money.price")),)
    },
    "a judgement": {"judgements": (values.judgement("drones.j", "At [a price](fact:money.price)."),)},
    "a sum": {"facts": (values.fact("drones.total", sum_of=(Key("drones.letter"), Key("money.price"))),)},
}


@pytest.mark.parametrize("way", RESTS_ON_MONEY)
def test_a_brief_whose_sheet_rests_on_a_broken_one_is_held(way: str) -> None:
    found = blocked.held([error(MONEY)], records(RESTS_ON_MONEY[way]), ("letter",))
    assert found["letter"] == f"it needs {MONEY}, which has errors"


def test_a_table_of_whatever_fits_needs_sheets_that_could_not_be_read_as_well() -> None:
    brief = values.brief(commitments=Selection(kinds=(FactKind.CLAIM,)))
    broken = dataclasses.replace(records(), broken=frozenset({"facts/lost", "briefs/other"}))
    assert blocked.sheets_of(brief, broken) == {"drones", "money", "lost"}
