"""The state of play: who says that a matter has come how far, what is named, and how it moved."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from briefing.content import layout, linker, recorded, state_of_play
from briefing.content.recorded import RecordedLibrary
from briefing.content.state_of_play import Account, StateOfPlay
from briefing.memo import kept
from briefing.memo.engine import Engine, Rule
from briefing.model.facts import Fact
from briefing.model.ladders import Status
from briefing.model.library import Library
from briefing.model.scales import ActorKind, DatePart, FactKind
from briefing.model.values import Date, Money, Quantity, Slug
from tests import values
from tests.values import Flags, Reached

TRAMS = "new-trams"


def actors() -> tuple[Any, ...]:
    """A town with a mayor and a press office, a maker, and a paper."""
    return (
        values.actor("town", kind=ActorKind.COUNTRY),
        values.actor("mayor", part_of=Slug("town")),
        values.actor("press-office", speaks_for=Slug("mayor")),
        values.actor("maker", kind=ActorKind.ORGANISATION),
        values.actor("paper", kind=ActorKind.ORGANISATION),
    )


def told(name: str, *said_by: str, origin: str | None = None, **changes: Any) -> Fact:
    """A fact about the trams by some speakers."""
    given: dict[str, Any] = {
        "said_by": tuple(map(Slug, said_by)),
        "matters": (Slug(TRAMS),),
        "evidence": (values.evidence(origin=origin),),
        **changes,
    }
    return values.fact(f"drones.{name}", **given)


def library(*facts: Fact, **changes: Any) -> Library:
    given: dict[str, Any] = {
        "actors": actors(),
        "matters": (values.matter(TRAMS),),
        "origins": (
            values.origin("speech", "mayor"),
            values.origin("note", "press-office"),
            values.origin("offer", "maker", via=(Slug("paper"),)),
        ),
        **changes,
    }
    return values.library(*facts, **given)


def state(*facts: Fact, **changes: Any) -> StateOfPlay:
    return state_of_play.of_matter(TRAMS, library(*facts, **changes))


def in_short(accounts: tuple[Account, ...]) -> list[tuple[Status, str | None]]:
    return [(item.status, item.voice.side) for item in accounts]


# ------------------------------------------------------------------------------------------------- sides


def test_the_side_of_an_office_is_that_of_the_person_for_whom_it_speaks() -> None:
    known = library(told("letter", "mayor"))
    assert {name: known.side_of(name) for name in ("press-office", "mayor", "town", "maker")} == {
        "press-office": "town",
        "mayor": "town",
        "town": "town",
        "maker": "maker",
    }


def test_a_ring_of_parts_has_an_end() -> None:
    ring = (values.actor("one", part_of=Slug("two")), values.actor("two", part_of=Slug("one")))
    known = values.library(origins=(), actors=ring)
    assert known.side_of("one") == "two"


# ---------------------------------------------------------------------------------------------- accounts


def test_one_side_gathers_its_persons_and_offices() -> None:
    found = state(
        told("one", "mayor", origin="speech"),
        told("two", "press-office", origin="note"),
        told("three", "maker", origin="offer", status=Reached.DISCUSSED),
    )
    assert in_short(found.accounts) == [(Reached.INTENT, "town"), (Reached.DISCUSSED, "maker")]
    town, maker = (item.voice for item in found.accounts)
    assert (town.speakers, town.facts) == (("mayor", "press-office"), ("drones.one", "drones.two"))
    assert (town.origins, maker.via) == (("speech", "note"), ("paper",))


def test_relays_of_one_statement_count_once() -> None:
    relayed = tuple(values.evidence(paragraph=number, origin="speech") for number in (1, 2, 3))
    found = state(told("one", "mayor", evidence=relayed[:2]), told("two", "mayor", evidence=relayed[1:]))
    (account,) = found.accounts
    assert account.voice.origins == found.origins == ("speech",)
    assert [item.paragraph for item in account.voice.passages] == [1, 2, 3]


def test_what_two_sides_say_together_is_an_account_of_each() -> None:
    found = state(told("one", "mayor", "maker"))
    assert in_short(found.accounts) == [(Reached.INTENT, "town"), (Reached.INTENT, "maker")]


def test_each_side_rests_on_the_passages_that_relay_it() -> None:
    passages = (
        values.evidence(paragraph=1),
        values.evidence(paragraph=2, origin="speech"),
        values.evidence(paragraph=3, origin="offer"),
    )
    town, maker = (item.voice for item in state(told("one", "mayor", "maker", evidence=passages)).accounts)
    assert (town.origins, maker.origins, maker.via) == (("speech",), ("offer",), ("paper",))


def test_a_text_in_its_own_voice_reports_and_comes_after_the_sides() -> None:
    found = state(told("one"), told("two", "mayor"), told("three", status=Reached.DELIVERING))
    assert in_short(found.accounts) == [
        (Reached.DELIVERING, None),
        (Reached.INTENT, "town"),
        (Reached.INTENT, None),
    ]
    assert found.reached and found.claimed
    assert (found.reached.status, found.reached.voice.is_reported) == (Reached.DELIVERING, True)
    assert (found.claimed.status, found.claimed.voice.side) == (Reached.INTENT, "town")


def test_what_was_cancelled_does_not_say_how_far_a_matter_has_come() -> None:
    over = told("one", "mayor", status=Reached.CONTRACTED, flags=(Flags.CANCELLED,))
    found = state(over, told("two", "mayor"))
    assert in_short(found.accounts) == [(Reached.CONTRACTED, "town"), (Reached.INTENT, "town")]
    assert found.reached and found.reached.status == Reached.INTENT
    assert (found.is_over, state(over).is_over, state(over).reached) == (False, True, None)


def test_a_speaker_whom_no_passage_names_is_our_reading() -> None:
    passage = dataclasses.replace(values.evidence(origin="speech"), inferred=True)
    (voice,) = state(told("one", "mayor", evidence=(passage,))).voices
    assert voice.is_inferred
    (voice,) = state(told("one", "mayor", evidence=(passage,)), told("two", "mayor", origin="speech")).voices
    assert not voice.is_inferred


def test_a_matter_without_a_status_has_voices_and_no_account() -> None:
    found = state(told("hope", "mayor", kind=FactKind.CLAIM), told("note", kind=FactKind.CONTEXT))
    assert (found.accounts, found.reached, found.claimed) == ((), None, None)
    assert [voice.side for voice in found.voices] == ["town", None]


# ----------------------------------------------------------------------- amounts, entries, who is concerned


def test_an_amount_is_named_once_by_each_side() -> None:
    def some(number: int, basis: str = "") -> Quantity:
        return Quantity(Decimal(number), "trams", basis=basis)

    found = state(
        told("one", "mayor", value=some(100)),
        told("two", "press-office", value=some(100, "counted")),
        told("three", "maker", value=some(100)),
        told("four", value=Money(Decimal(5), "EUR")),
        told("five", "mayor", kind=FactKind.CLAIM, value=some(100)),
        told("six", "mayor", value=Date("2030")),
    )
    assert [(item.voice.side, item.voice.facts, item.status) for item in found.named] == [
        ("town", ("drones.one", "drones.two"), Reached.INTENT),
        ("maker", ("drones.three",), Reached.INTENT),
        (None, ("drones.four",), Reached.INTENT),
        ("town", ("drones.five",), None),
    ]


def test_an_entry_is_about_the_matters_that_it_names_and_those_of_each_fact_that_it_cites() -> None:
    one, again = told("one", "mayor"), told("again", "mayor")
    other, both = (
        told("other", "mayor", matters=()),
        told("both", "mayor", matters=(Slug(TRAMS), Slug("depot"))),
    )
    sheet = values.sheet(
        "drones",
        one,
        again,
        other,
        both,
        disagreements=(
            values.disagreement("drones.number", "drones.one", "drones.again"),
            values.disagreement("drones.name", "drones.one", "drones.both"),
            values.disagreement("drones.year", "drones.one", "drones.other"),
        ),
        gaps=(
            values.gap("drones.terms", "drones.both"),
            values.gap("drones.payer", "drones.other"),
            dataclasses.replace(values.gap("drones.maker"), matters=(Slug(TRAMS),)),
            dataclasses.replace(values.gap("drones.depot", "drones.one"), matters=(Slug("depot"),)),
        ),
        milestones=(values.milestone("drones.contract", "2027", "drones.one"),),
        judgements=(values.judgement("drones.likely", "See [it](fact:drones.one)."),),
    )
    known = (values.matter(TRAMS), values.matter("depot"))
    found = state(one, again, other, both, sheets=(sheet,), matters=known)
    assert found.disagreements == ("drones.number", "drones.name", "drones.year")
    assert found.gaps == ("drones.terms", "drones.maker", "drones.depot")
    of_depot = state_of_play.of_matter(
        "depot", library(one, again, other, both, sheets=(sheet,), matters=known)
    )
    assert of_depot.gaps == ("drones.terms", "drones.depot")
    assert (found.milestones, found.judgements) == (("drones.contract",), ("drones.likely",))


def test_who_is_concerned_need_not_say_anything() -> None:
    matter = values.matter(TRAMS, actors=(Slug("maker"),))
    found = state(told("one", "mayor", actors=(Slug("town"), Slug("maker"))), matters=(matter,))
    assert found.concerned == ("maker", "town")
    assert [voice.side for voice in found.voices] == ["town"]


def test_matters_come_by_topic_and_then_as_in_their_file() -> None:
    facts = (values.fact("money.price"), values.fact("drones.letter"))
    known = (
        values.matter("one"),
        values.matter("two", topic=Slug("money")),
        values.matter("three"),
    )
    found = state_of_play.of_all(library(*facts, matters=known))
    assert [item.matter.id for item in found] == ["two", "one", "three"]


# ------------------------------------------------------------------------------------------------- moves


def test_the_moves_of_a_matter_are_told_by_side_and_day() -> None:
    letter = told(
        "letter",
        "mayor",
        asserted=Date("2026-02-09"),
        history=(
            values.assertion("2026-01-15", said_by=(Slug("mayor"),), status=Reached.DISCUSSED),
            values.assertion("2026-01-20", said_by=(Slug("mayor"),), status=Reached.DISCUSSED),
        ),
    )
    report = told("report", status=Reached.CONTRACTED, asserted=Date("2026-02-09"))
    aside = told("aside", "press-office", status=Reached.INTEREST, asserted=Date("2026-03"))
    found = state(letter, report, aside)
    assert [
        (str(move.day and move.day.edtf), move.side, move.before, move.after) for move in found.moves
    ] == [
        ("2026-01-15", "town", None, Reached.DISCUSSED),
        ("2026-02-09", "town", Reached.DISCUSSED, Reached.INTENT),
        ("2026-02-09", None, None, Reached.CONTRACTED),
    ]
    assert found.moves[1].facts == ("drones.letter",)


def test_what_is_taken_back_or_cancelled_is_a_move_as_well() -> None:
    deal = told(
        "deal",
        "mayor",
        status=Reached.INTENT,
        flags=(Flags.CANCELLED,),
        asserted=Date("2026-03-01"),
        history=(
            values.assertion("2026-01-01", said_by=(Slug("mayor"),), status=Reached.AGREED),
            values.assertion("2026-02-01", said_by=(Slug("mayor"),), status=Reached.INTENT),
        ),
    )
    assert [(move.before, move.after) for move in state(deal).moves] == [
        (None, Reached.AGREED),
        (Reached.AGREED, Reached.INTENT),
        (Reached.INTENT, None),
    ]


def test_a_fact_that_changes_its_speaker_leaves_one_side_for_the_other() -> None:
    deal = told(
        "deal",
        "mayor",
        asserted=Date("2026-02-01"),
        history=(values.assertion("2026-01-01", said_by=(Slug("maker"),), status=Reached.INTENT),),
    )
    assert [(move.side, move.before, move.after) for move in state(deal).moves] == [
        ("maker", None, Reached.INTENT),
        ("town", None, Reached.INTENT),
        ("maker", Reached.INTENT, None),
    ]


# ------------------------------------------------------------------------------------------------- steps


def test_the_latest_word_of_each_side_is_a_step_also_where_nothing_moved() -> None:
    facts = [
        told("plan", "mayor", status=Reached.ANNOUNCED, asserted=Date("2026-01-15")),
        told("again", "press-office", status=Reached.ANNOUNCED, asserted=Date("2026-02-09")),
        told("talks", "mayor", status=Reached.DISCUSSED, asserted=Date("2026-02-09")),
        told("letter", "mayor", status=Reached.INTENT, asserted=Date("2026-03")),
        told("offer", "maker", status=Reached.REQUESTED, asserted=None, evidence=()),
        told("view", "maker", kind=FactKind.CLAIM, status=None, asserted=Date("2026-03")),
    ]
    steps = state_of_play.steps(facts, library(*facts))
    assert [
        (step.day and step.day.edtf, step.side, step.statuses, step.is_move, step.is_still) for step in steps
    ] == [
        (None, "maker", (Reached.REQUESTED,), False, False),
        ("2026-01-15", "town", (Reached.ANNOUNCED,), False, False),
        ("2026-02-09", "town", (Reached.ANNOUNCED, Reached.DISCUSSED), False, True),
        ("2026-03", "town", (Reached.INTENT,), True, False),
    ]
    assert steps[2].said == (("drones.again", 1), ("drones.talks", 1))


def test_another_speaker_of_a_side_who_says_more_in_a_later_text_moves_nothing() -> None:
    facts = [
        told("plan", "mayor", status=Reached.ANNOUNCED, asserted=Date("2026-01-15")),
        told("letter", "clerk", status=Reached.INTENT, asserted=Date("2026-03")),
        told("more", "clerk", status=Reached.AGREED, asserted=Date("2026-04")),
    ]
    of = library(*facts, actors=(*actors(), values.actor("clerk", part_of=Slug("town"))))
    steps = state_of_play.steps(facts, of)
    assert [(step.before, step.after, step.is_move) for step in steps] == [
        (None, Reached.ANNOUNCED, False),
        (Reached.ANNOUNCED, Reached.INTENT, False),
        (Reached.INTENT, Reached.AGREED, True),
    ]


def test_a_second_report_moves_a_matter_only_if_the_same_publisher_has_it() -> None:
    def of(publisher: str | None) -> list[bool]:
        texts = (
            values.source("first", "2026-01-15", publisher=publisher),
            values.source("second", "2026-03-01", publisher=publisher),
        )
        facts = [
            told(
                "talk",
                status=Reached.DISCUSSED,
                asserted=Date("2026-01-15"),
                evidence=(values.evidence("first"),),
            ),
            told(
                "plan",
                status=Reached.ANNOUNCED,
                asserted=Date("2026-03-01"),
                evidence=(values.evidence("second"),),
            ),
        ]
        return [step.is_move for step in state_of_play.steps(facts, library(*facts, sources=texts))]

    assert of("The Gazette") == [False, True]
    assert of(None) == [False, False]


def test_a_day_that_one_statement_infers_and_another_states_is_inferred_for_the_first_alone() -> None:
    whole = (DatePart.YEAR, DatePart.MONTH, DatePart.DAY)
    facts = [
        told("talk", "mayor", status=Reached.DISCUSSED, asserted=Date("2025-11-17", whole)),
        told("offer", "maker", status=Reached.INTENT, asserted=Date("2025-11-17", (DatePart.YEAR,))),
    ]
    of = library(*facts)
    assert [(step.side, step.day and step.day.inferred) for step in state_of_play.steps(facts, of)] == [
        ("town", whole),
        ("maker", (DatePart.YEAR,)),
    ]
    again = told("again", "mayor", status=Reached.DISCUSSED, asserted=Date("2025-11-17", (DatePart.YEAR,)))
    (voice,) = state_of_play.voices([again, facts[0]], of)
    assert [day.inferred for day in voice.days] == [(DatePart.YEAR,)]


def test_what_is_taken_back_is_a_step_without_a_status() -> None:
    deal = told(
        "deal",
        "mayor",
        status=Reached.INTENT,
        flags=(Flags.CANCELLED,),
        asserted=Date("2026-03-01"),
        history=(values.assertion("2026-01-01", said_by=(Slug("mayor"),), status=Reached.AGREED),),
    )
    first, last = state_of_play.steps([deal], library(deal))
    assert (first.statuses, first.is_move) == ((Reached.AGREED,), False)
    assert (first.said, last.said) == ((("drones.deal", 1),), (("drones.deal", 2),))
    assert (last.statuses, last.before, last.after, last.is_move) == ((), Reached.AGREED, None, True)


# ------------------------------------------------------------------------------------------- on demand


def test_step_by_step_the_state_of_play_is_that_of_the_whole_library() -> None:
    texts = values.good_texts()
    asked = Rule("state of play", recorded.TOP, lambda view, _: state_of_play.of_all(RecordedLibrary(view)))
    engine = Engine(kept.opened(None, ""), (*recorded.rules(texts), asked))
    recorded.put(engine, texts)
    engine.settle(recorded.TOP + 1)
    records, _ = layout.load(texts)
    assert records
    linked, findings = linker.link(records)
    assert findings == ()
    assert [item.matter.id for item in state_of_play.of_all(linked)] == ["drone-deal", "sheet"]
    assert engine.get("state of play", "") == state_of_play.of_all(linked)
