"""Where matters stand, counted: what is bound, what is only said, and what is over."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.model.facts import Fact
from briefing.model.scales import FactKind, Flag, Stage, Status
from briefing.model.values import Key
from briefing.site import stats
from briefing.site.stats import Outlook
from tests import values


def matter(name: str, status: Status, **changes: Any) -> Fact:
    return values.fact(f"drones.{name}", status=status, **changes)


SAID = matter("talk", Status.DISCUSSED)
MEANT = matter("letter", Status.INTENT)
BOUND = matter("order", Status.CONTRACTED)
DONE = matter("first-ten", Status.DELIVERING)


def test_matters_are_counted_by_the_stage_they_have_come_to() -> None:
    found = stats.tally([SAID, MEANT, BOUND, DONE, matter("offer", Status.INTEREST)])
    assert {stage: found.of_stage(stage) for stage in Stage} == {
        Stage.SAID: 2,
        Stage.INTENDED: 1,
        Stage.BINDING: 1,
        Stage.UNDER_WAY: 1,
    }


def test_what_is_bound_stands_with_the_furthest_first() -> None:
    found = stats.tally([MEANT, BOUND, DONE])
    assert found.bound == (DONE, BOUND)
    assert found.contracted == 2


def test_nothing_is_bound_where_there_is_no_more_than_intent() -> None:
    found = stats.tally([SAID, MEANT])
    assert (found.bound, found.contracted) == ((), 0)


def test_furthest_status_is_told_with_all_that_have_it() -> None:
    other = matter("second-letter", Status.INTENT)
    found = stats.tally([MEANT, SAID, other])
    assert found.furthest is Status.INTENT
    assert found.at_furthest == (MEANT, other)


def test_a_fact_that_is_no_commitment_is_no_matter() -> None:
    found = stats.tally([values.fact("drones.visit", kind=FactKind.EVENT)])
    assert (found.matters, found.furthest, found.at_furthest, found.over) == ((), None, (), 0)


@pytest.mark.parametrize("flag", [Flag.CANCELLED, Flag.SUPERSEDED])
def test_what_is_over_is_counted_apart_however_far_it_had_come(flag: Flag) -> None:
    found = stats.tally([MEANT, matter("order", Status.CONTRACTED, flags=(flag,))])
    assert found.matters == (MEANT,)
    assert (found.over, found.contracted) == (1, 0)


def test_what_is_disputed_or_suspended_still_counts() -> None:
    found = stats.tally([matter("order", Status.CONTRACTED, flags=(Flag.DISPUTED, Flag.SUSPENDED))])
    assert (found.contracted, found.over) == (1, 0)
    assert (found.flagged(Flag.DISPUTED), found.flagged(Flag.CANCELLED)) == (1, 0)


# ------------------------------------------------------------------------------------------- milestones


def test_a_milestone_is_ahead_until_the_last_day_that_its_date_allows_has_passed() -> None:
    milestone = values.milestone("drones.contract", "2026-02")
    assert stats.outlook(milestone, values.day("2026-02-28"), ()) is Outlook.AHEAD
    assert stats.outlook(milestone, values.day("2026-03-01"), ()) is Outlook.PASSED


def test_a_milestone_that_a_fact_meets_is_met_whatever_day_it_is() -> None:
    milestone = values.milestone("drones.contract", "2026-02", met_by=Key("drones.order"))
    assert stats.outlook(milestone, values.day("2025-01-01"), ()) is Outlook.MET
    assert stats.outlook(milestone, values.day("2027-01-01"), [milestone.id]) is Outlook.MET


def test_nobody_waits_for_a_milestone_that_was_called_off() -> None:
    milestone = values.milestone("drones.contract", "2026-02")
    assert stats.outlook(milestone, values.day("2027-01-01"), [milestone.id]) is Outlook.CALLED_OFF
