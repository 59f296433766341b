"""Where matters stand, counted: what is bound, what is only said, and what is over."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from briefing.content import ladders
from briefing.model.facts import Fact
from briefing.model.ladders import COMMITMENTS, Flag, Status
from briefing.model.scales import FactKind
from briefing.model.values import Key, Slug
from briefing.site import stats
from briefing.site.stats import Outlook
from tests import values
from tests.values import Flags, Reached


def matter(name: str, status: Status, **changes: Any) -> Fact:
    return values.fact(f"drones.{name}", status=status, **changes)


def tallied(*facts: Fact) -> stats.Tally:
    """Facts that are each about a matter of its own."""
    return stats.tally(([fact] for fact in facts), values.library())


SAID = matter("talk", Reached.DISCUSSED)
MEANT = matter("letter", Reached.INTENT)
BOUND = matter("order", Reached.CONTRACTED)
DONE = matter("first-ten", Reached.DELIVERING)


def test_matters_are_counted_by_the_group_they_have_come_to() -> None:
    found = tallied(SAID, MEANT, BOUND, DONE, matter("offer", Reached.INTEREST))
    ladder = ladders.of_program()[COMMITMENTS]
    assert {str(group.id): found.counts.within(group, ladder) for group in ladder.groups} == {
        "said": 2,
        "intended": 1,
        "binding": 1,
        "under-way": 1,
    }


def test_what_is_bound_stands_with_the_furthest_first() -> None:
    found = tallied(MEANT, BOUND, DONE)
    assert found.bound == (DONE, BOUND)
    assert found.contracted == 2


def test_nothing_is_bound_where_there_is_no_more_than_intent() -> None:
    found = tallied(SAID, MEANT)
    assert (found.bound, found.contracted) == ((), 0)


def test_furthest_status_is_told_with_all_that_have_it() -> None:
    other = matter("second-letter", Reached.INTENT)
    found = tallied(MEANT, SAID, other)
    assert found.furthest == Reached.INTENT
    assert found.at_furthest == (MEANT, other)


def test_a_fact_that_is_no_commitment_is_no_matter() -> None:
    found = tallied(values.fact("drones.visit", kind=FactKind.EVENT))
    assert (found.matters, found.furthest, found.at_furthest, found.over) == ((), None, (), 0)


@pytest.mark.parametrize("flag", [Flags.CANCELLED, Flags.SUPERSEDED])
def test_what_is_over_is_counted_apart_however_far_it_had_come(flag: Flag) -> None:
    found = tallied(MEANT, matter("order", Reached.CONTRACTED, flags=(flag,)))
    assert found.matters == (MEANT,)
    assert (found.over, found.contracted) == (1, 0)


def test_a_matter_counts_once_by_the_furthest_of_its_commitments_a_side_before_a_report() -> None:
    by_side = matter("order", Reached.CONTRACTED, said_by=(Slug("minister"),))
    visit = values.fact("drones.visit", kind=FactKind.EVENT)
    found = stats.tally([[SAID, BOUND, by_side], [MEANT], [visit]], values.library())
    assert found.matters == (by_side, MEANT)
    assert (found.contracted, found.counts.reported.get(Reached.CONTRACTED), found.is_reported) == (
        1,
        None,
        False,
    )


def test_what_only_reports_say_is_counted_apart() -> None:
    found = stats.together([tallied(BOUND).counts, tallied(DONE, SAID).counts])
    assert (found.by_status[Reached.DELIVERING], found.reported[Reached.DELIVERING]) == (1, 1)
    assert found.is_reported


def test_what_one_side_alone_says_and_what_is_our_reading_is_counted() -> None:
    alone = matter(
        "order", Reached.CONTRACTED, said_by=(Slug("minister"),), status_basis="because he says so"
    )
    both = (Slug("minister"), Slug("firm"))
    together = dataclasses.replace(alone, said_by=both, status_basis="")
    for facts, expected in (
        ([alone], (1, 1)),
        ([together], (0, 0)),
        ([BOUND], (0, 0)),
        ([alone, BOUND], (0, 0)),  # a report says so as well, and needs no reading of ours
        ([alone, SAID], (1, 1)),  # a lower status changes nothing
    ):
        found = stats.tally([facts], values.library())
        counts = found.counts
        assert (counts.alone.get(Reached.CONTRACTED, 0), counts.ours.get(Reached.CONTRACTED, 0)) == expected
        assert found.is_ours == counts.is_ours == bool(expected[1])


def test_a_topic_counts_its_own_matters_wherever_their_facts_are() -> None:
    about = (Slug("drone-deal"),)
    library = values.library(
        dataclasses.replace(MEANT, matters=about),
        dataclasses.replace(SAID, matters=(Slug("grant"),)),
        matter("alone", Reached.INTEREST),
        values.fact("money.order", status=Reached.CONTRACTED, matters=about),
        matters=(values.matter(), values.matter("grant", topic=Slug("money"))),
    )
    drones, money = (stats.own_of_topic(library.sheets[name], library) for name in ("drones", "money"))
    assert [fact.id for fact in drones.matters] == ["money.order", "drones.alone"]
    assert [fact.id for fact in money.matters] == ["drones.talk"]


def test_what_is_disputed_or_suspended_still_counts() -> None:
    found = tallied(matter("order", Reached.CONTRACTED, flags=(Flags.DISPUTED, Flags.SUSPENDED)))
    assert (found.contracted, found.over) == (1, 0)
    assert (found.flagged(Flags.DISPUTED), found.flagged(Flags.CANCELLED)) == (1, 0)


# ------------------------------------------------------------------------------------------- milestones


def test_dates_that_have_passed_without_an_outcome_are_apart_from_what_to_watch() -> None:
    met = values.milestone("drones.met", "2026-01", "drones.letter", met_by="drones.letter")
    passed = values.milestone("drones.passed", "2026-01", "drones.letter")
    ahead = values.milestone("drones.ahead", "../2035", "drones.letter")
    found = stats.watched([ahead, passed, met], values.day("2026-02-09"), ())
    assert found == ([ahead, met], [passed])


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


def test_a_topic_counts_the_matters_of_others_of_which_it_speaks_and_all_topics_count_each_once() -> None:
    letter = values.fact("drones.letter", matters=("deal",), status=Reached.INTENT)
    talk = values.fact("money.talk", matters=("deal",), status=Reached.DISCUSSED)
    price = values.fact("money.price", matters=("loan", "site"), kind=FactKind.CLAIM, status=None)
    sheets = (values.sheet("drones", letter), values.sheet("money", talk, price))
    matters = (values.matter("deal"), values.matter("loan", topic=Slug("money")), values.matter("site"))
    library = values.library(letter, talk, price, sheets=sheets, matters=matters)
    shown = [stats.of_topic(sheet, library) for sheet in sheets]
    assert [(found.all, found.silent) for found in shown] == [(2, 1), (2, 1)]
    assert [[fact.id for fact in found.at_furthest] for found in shown] == [["drones.letter"]] * 2
    own = stats.together(stats.own_of_topic(sheet, library).counts for sheet in sheets)
    assert (own.all, own.silent, own.at_furthest) == (3, 2, 1)
