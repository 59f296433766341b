"""What changed between two states: each sort of change is seen, and nothing else is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from briefing.changes import states
from briefing.changes.fact_fields import LIGHT, ChangeKind
from briefing.editions import renames as editions_renames
from briefing.language import sentences
from briefing.model.facts import Fact, Reading
from briefing.model.ledger import ListedSource, State
from briefing.model.library import Renames
from briefing.model.scales import Bound, Confidence, Credibility, Likelihood
from briefing.model.values import Date, Key, Quantity, Slug
from tests import values
from tests.values import Flags, Reached

FACT = values.fact(
    value=Quantity(Decimal(100), "drones"), said_by=(Slug("minister"),), caveat="One text only."
)


def state(*facts: Fact, as_of: str = "2026-02-09", **changed: Any) -> State:
    return dataclasses.replace(State(Date(as_of), facts), **changed)


def turns(before: State, after: State, renames: Renames | None = None) -> list[ChangeKind]:
    return [change.turn for change in states.between(before, after, renames)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"status": Reached.CONTRACTED}, [ChangeKind.STATUS_UP]),
        ({"status": Reached.DISCUSSED}, [ChangeKind.STATUS_DOWN]),
        ({"flags": (Flags.SUSPENDED,)}, [ChangeKind.FLAGGED]),
        ({"value": Quantity(Decimal(110), "drones")}, [ChangeKind.VALUE]),
        ({"value": Quantity(Decimal(100), "drones", Bound.UP_TO)}, [ChangeKind.VALUE]),
        ({"value": None}, [ChangeKind.VALUE]),
        ({"value": Quantity(Decimal(100), "Mk2 drones")}, [ChangeKind.STATEMENT]),
        ({"value": Quantity(Decimal(100), "tonnes of drones")}, [ChangeKind.VALUE]),
        ({"value": Quantity(Decimal(100), "tonnes")}, [ChangeKind.VALUE]),
        ({"value": Quantity(Decimal(90), "patrol drones")}, [ChangeKind.VALUE]),
        ({"date": Date("2027")}, [ChangeKind.DATE]),
        ({"said_by": (Slug("general"),)}, [ChangeKind.SPEAKER]),
        ({"credibility": Credibility.FIVE}, [ChangeKind.CREDIBILITY]),
        ({"caveat": "Two texts."}, [ChangeKind.CAVEAT]),
        ({"statement": "They signed something."}, [ChangeKind.STATEMENT]),
        ({"evidence": (values.evidence(paragraph=2),)}, [ChangeKind.EVIDENCE]),
        (
            {"status": Reached.CONTRACTED, "value": None, "caveat": "", "flags": (Flags.DISPUTED,)},
            [ChangeKind.FLAGGED, ChangeKind.STATUS_UP, ChangeKind.VALUE, ChangeKind.CAVEAT],
        ),
    ],
    ids=str,
)
def test_every_change_of_a_fact_is_told_the_heaviest_first(
    changed: dict[str, Any], expected: list[ChangeKind]
) -> None:
    after = dataclasses.replace(FACT, **changed)
    assert turns(state(FACT), state(after)) == expected
    assert [change.turn for change in states.of_fact(FACT, after)] == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": "The two ministers signed a “letter of intent”…"},
        {"caveat": "one text only"},
        {"review_by": Date("2030")},
        {"actors": (Slug("minister"),)},
        {"history": (values.assertion("2026-01-01"),)},
        {"said_by": (Slug("minister"),)},
    ],
    ids=str,
)
def test_what_a_reader_does_not_rely_on_makes_no_change(changed: dict[str, Any]) -> None:
    before = dataclasses.replace(FACT, statement="The two ministers signed a 'letter of intent'.")
    after = dataclasses.replace(before, **changed)
    assert turns(state(before), state(after)) == []


def test_a_flag_that_goes_is_told() -> None:
    before = dataclasses.replace(FACT, flags=(Flags.DISPUTED, Flags.SUSPENDED))
    after = dataclasses.replace(FACT, flags=(Flags.SUSPENDED, Flags.SUPERSEDED))
    assert turns(state(before), state(after)) == [ChangeKind.FLAGGED, ChangeKind.UNFLAGGED]


def test_facts_come_and_go() -> None:
    other = values.fact("drones.other")
    found = states.between(state(FACT), state(other))
    assert [(change.turn, change.key) for change in found] == [
        (ChangeKind.ADDED, "drones.other"),
        (ChangeKind.REMOVED, "drones.letter"),
    ]
    assert found[0].before is None
    assert found[1].before is FACT
    assert found[1].after is None


def test_a_renamed_fact_is_the_same_fact_everywhere() -> None:
    old, new = values.fact("old.letter"), values.fact("drones.paper")
    number = values.disagreement("drones.number")

    def readings(fact: Fact) -> tuple[Reading, ...]:
        return (Reading("Many.", (fact.id,)), Reading("Few.", (fact.id,)))

    def of(fact: Fact, sheet: str) -> State:
        return state(
            dataclasses.replace(fact, sum_of=(fact.id,)),
            disagreements=(dataclasses.replace(number, id=Key(f"{sheet}.number"), readings=readings(fact)),),
            gaps=(values.gap(f"{sheet}.price", fact.id),),
            milestones=(values.milestone(f"{sheet}.contract", "2027", fact.id, met_by=fact.id),),
        )

    renames = Renames(
        keys={
            "old.letter": Key("drones.paper"),
            **{f"old.{name}": Key(f"drones.{name}") for name in ("number", "price", "contract")},
        }
    )
    assert turns(of(old, "old"), of(new, "drones"), renames) == []
    assert ChangeKind.REMOVED in turns(of(old, "old"), of(new, "drones"))
    assert editions_renames.renamed(of(old, "old"), renames).facts[0].sum_of == ("drones.paper",)


def test_disagreements_are_opened_reworded_and_resolved() -> None:
    item = values.disagreement("drones.number", "drones.letter", "drones.other")
    with_reading = dataclasses.replace(
        item, readings=(*item.readings, Reading("More.", (Key("drones.letter"),)))
    )
    assert turns(state(), state(disagreements=(item,))) == [ChangeKind.NEWLY_DISPUTED]
    assert turns(state(disagreements=(item,)), state()) == [ChangeKind.RESOLVED]
    assert turns(state(disagreements=(item,)), state(disagreements=(with_reading,))) == [ChangeKind.READINGS]
    assert (
        turns(state(disagreements=(item,)), state(disagreements=(dataclasses.replace(item, why="Else."),)))
        == []
    )


def milestone(edtf: str = "2026-06-30", **changed: Any) -> State:
    as_of = changed.pop("as_of", "2026-02-09")
    return state(
        as_of=as_of, milestones=(values.milestone("drones.contract", edtf, "drones.letter", **changed),)
    )


def test_milestones_are_new_moved_met_missed_and_dropped() -> None:
    assert turns(state(), milestone()) == [ChangeKind.MILESTONE]
    assert turns(milestone(), state()) == [ChangeKind.MILESTONE]
    assert turns(milestone(), milestone("2026-12-31")) == [ChangeKind.MILESTONE]
    assert turns(milestone(), milestone(met_by=Key("drones.letter"))) == [ChangeKind.MET]
    assert turns(milestone(), milestone(as_of="2026-07-01")) == [ChangeKind.MISSED]
    assert turns(milestone(), milestone(as_of="2026-06-30")) == []


def test_a_date_that_only_left_its_table_is_not_told_as_gone() -> None:
    before = dataclasses.replace(milestone(), facts=(FACT,))
    assert FACT.id in before.milestones[0].facts
    assert turns(before, state(FACT)) == []
    assert turns(before, state()) == [ChangeKind.REMOVED, ChangeKind.MILESTONE]


def test_a_date_that_became_the_value_of_its_fact_is_the_same_date() -> None:
    dated = dataclasses.replace(FACT, value=None, date=Date("2027"))
    valued = dataclasses.replace(FACT, value=Date("2027"))
    assert turns(state(dated), state(valued)) == []
    assert turns(state(valued), state(dated)) == []
    other = dataclasses.replace(FACT, value=Date("2028"))
    assert turns(state(dated), state(other)) == [ChangeKind.VALUE, ChangeKind.DATE]


def test_whose_words_a_passage_is_taken_for_is_no_other_passage() -> None:
    post = dataclasses.replace(FACT, evidence=(values.evidence(origin="post"),))
    report = dataclasses.replace(FACT, evidence=(values.evidence(),), said_by=())
    assert turns(state(post), state(report)) == [ChangeKind.SPEAKER]
    assert turns(milestone(as_of="2026-07-01"), milestone(as_of="2026-08-01")) == []


def test_judgements_become_more_and_less_likely() -> None:
    item = values.judgement("drones.likely", "Because.")
    before = state(judgements=(item,))

    def turned(**changed: Any) -> list[ChangeKind]:
        return turns(before, state(judgements=(dataclasses.replace(item, **changed),)))

    assert turned(likelihood=Likelihood.LIKELY) == [ChangeKind.JUDGEMENT]
    assert turned(confidence=Confidence.HIGH) == [ChangeKind.JUDGEMENT]
    assert turned(statement="No contract follows") == [ChangeKind.JUDGEMENT]
    assert turned(statement="A contract follows.") == []
    assert turned(would_change="Nothing.") == []
    assert turns(before, state()) == turns(state(), before) == [ChangeKind.JUDGEMENT]


def test_questions_and_sources_come_and_go() -> None:
    gap = values.gap("drones.price", "drones.letter")
    source = ListedSource(Slug("report"), "Letter signed.")
    assert turns(state(), state(gaps=(gap,), sources=(source,))) == [
        ChangeKind.ASKED,
        ChangeKind.SOURCE_ADDED,
    ]
    assert turns(state(gaps=(gap,), sources=(source,)), state()) == [
        ChangeKind.ANSWERED,
        ChangeKind.SOURCE_DROPPED,
    ]


def test_a_minor_edition_may_change_nothing_that_a_reader_relies_on() -> None:
    assert {turn.value for turn in LIGHT} == {"caveat", "statement", "readings", "evidence"}
    lightest = max(
        turn.weight for turn in ChangeKind if turn not in LIGHT and not turn.value.startswith("source")
    )
    assert all(turn.weight > lightest for turn in LIGHT)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("It's 100.", "It’s 100", True),
        ("a  b\nc", "A b c", True),
        ("a - b", "a – b", True),
        ("100", "110", False),
        ("not known", "known", False),
    ],
)
def test_words_are_compared_not_signs(one: str, other: str, is_same: bool) -> None:
    compare: Callable[[str, str], bool] = sentences.same_words
    assert compare(one, other) is is_same
