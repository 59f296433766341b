"""Moves: what may change a decision, by the day on which it became known here."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from briefing.changes import fact_fields, history, moves
from briefing.changes.fact_fields import ChangeKind
from briefing.changes.moves import Move
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.model.values import Quantity, Slug
from tests import values
from tests.values import FLAGS, Reached

SOURCES = (
    values.source(),
    values.source("later", "2026-03-01", retrieved=values.date("2026-06-20")),
    values.source("latest", "2026-07-01"),
)
FROM_LATER = (values.evidence("later"),)


def wording(library: Library) -> Wording:
    return Wording("en-GB", library.actors, library.project.own_words)


def of_facts(*facts: Fact) -> list[Move]:
    library = values.library(*facts, sources=SOURCES)
    found = [history.of_fact(fact, library, wording(library)) for fact in facts]
    return moves.ordered(move for states in found for move in moves.of_versions(states, wording(library)))


def moved(**now: Any) -> Fact:
    """A fact that was discussed as of 1 March, and is otherwise now, by a text that was read on 20 June."""
    then = values.assertion("2026-02-09")
    return values.fact(history=(then,), asserted=values.date("2026-03-01"), evidence=FROM_LATER, **now)


def test_a_move_is_of_the_day_on_which_its_text_came_here_not_of_the_day_since_when_it_holds() -> None:
    (move,) = of_facts(moved())
    assert move.day.latest == values.day("2026-06-20")
    assert move.what == "Status up, from discussed to declared intent"
    assert move.page == "facts/drones.letter.html#state-2"
    assert not move.is_reversal


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ({"status": Reached.REQUESTED}, ChangeKind.STATUS_DOWN),
        ({"status": Reached.DISCUSSED, "flags": (FLAGS[0],)}, ChangeKind.FLAGGED),
        ({"status": Reached.DISCUSSED, "value": Quantity(Decimal(4), "drones")}, ChangeKind.VALUE),
        ({"status": Reached.DISCUSSED, "date": values.date("2026-05")}, ChangeKind.DATE),
    ],
)
def test_statuses_figures_and_dates_move(now: dict[str, Any], kind: ChangeKind) -> None:
    (move,) = of_facts(moved(**now))
    assert move.kind is kind
    assert move.is_reversal == (kind in fact_fields.REVERSALS)


def test_other_words_another_grade_and_another_passage_are_no_move() -> None:
    assert of_facts(moved(status=Reached.DISCUSSED, statement="They talked.", credibility=None)) == []


def test_the_newest_day_goes_first_and_of_one_day_what_weighs_most() -> None:
    down = moved(id="drones.b", status=Reached.REQUESTED)
    up = moved(id="drones.a")
    newest = dataclasses.replace(moved(id="drones.c"), evidence=(values.evidence("latest"),))
    assert [move.facts for move in of_facts(up, down, newest)] == [
        ("drones.c",),
        ("drones.b",),
        ("drones.a",),
    ]


# --------------------------------------------------------------------------------------------- matters


def on_matter(key: str, **changes: Any) -> Fact:
    return values.fact(key, matters=("drone-deal",), said_by=("minister",), **changes)


def of_matter(*facts: Fact) -> list[str]:
    library = values.library(*facts, sources=SOURCES, matters=(values.matter(),))
    found = moves.of_matter("drone-deal", library, wording(library))
    return [f"{move.day.latest}: {move.what}" for move in found]


def test_a_new_fact_that_brings_its_matter_further_is_a_move_of_the_matter() -> None:
    first = on_matter("drones.talk", status=Reached.DISCUSSED)
    second = on_matter("drones.letter", evidence=FROM_LATER)
    assert of_matter(first, second) == ["2026-06-20: The minister: from discussed to declared intent"]


def test_another_speaker_who_says_more_of_a_matter_does_not_move_it() -> None:
    first = on_matter("drones.talk", status=Reached.DISCUSSED)
    second = dataclasses.replace(on_matter("drones.letter", evidence=FROM_LATER), said_by=(Slug("clerk"),))
    side = (
        values.actor("town"),
        values.actor("minister", part_of=Slug("town")),
        values.actor("clerk", part_of=Slug("town")),
    )
    library = values.library(first, second, sources=SOURCES, matters=(values.matter(),), actors=side)
    assert moves.of_matter("drone-deal", library, wording(library)) == ()


def test_the_first_account_of_a_side_and_a_fact_that_says_the_same_are_no_moves() -> None:
    first = on_matter("drones.talk")
    again = on_matter("drones.letter", evidence=FROM_LATER)
    other = values.fact("drones.general", matters=("drone-deal",), said_by=("general",), evidence=FROM_LATER)
    assert of_matter(first, again, other) == []


def test_what_a_later_state_of_a_fact_brought_is_a_move_of_that_fact_alone() -> None:
    fact = dataclasses.replace(moved(), matters=(Slug("drone-deal"),), said_by=(Slug("minister"),))
    then = dataclasses.replace(fact.history[0], said_by=(Slug("minister"),))
    fact = dataclasses.replace(fact, history=(then,))
    assert of_matter(fact) == []
    assert len(of_facts(dataclasses.replace(fact, matters=()))) == 1
