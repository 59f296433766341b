"""Changes in words, as a brief, the site and the terminal tell them."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from briefing.changes import in_words, states
from briefing.changes.fact_fields import ChangeKind
from briefing.language import words
from briefing.language.wording import Wording
from briefing.model.editions import DraftSection
from briefing.model.facts import Fact
from briefing.model.ledger import ListedSource, State
from briefing.model.scales import Confidence, Credibility, DatePart, FactKind, Length, Likelihood
from briefing.model.values import Date, Key, Quantity, Slug
from tests import values
from tests.values import Flags, Reached

LIBRARY = values.library(values.fact(), values.fact("drones.other"))
WORDING = Wording("en-GB", LIBRARY.actors)
FACT = values.fact(value=Quantity(Decimal(100), "drones"), said_by=(Slug("minister"),))


def state(*facts: Fact, **changed: Any) -> State:
    return dataclasses.replace(State(Date("2026-02-09"), facts), **changed)


def told(before: State, after: State) -> list[tuple[str, str]]:
    return [(item.what, item.subject) for item in in_words.texts(states.between(before, after), WORDING)]


def what(**changed: Any) -> str:
    ((words, _),) = told(state(FACT), state(dataclasses.replace(FACT, **changed)))
    return words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": Reached.CONTRACTED}, "Status up, from declared intent to contracted"),
        ({"status": Reached.REQUESTED}, "Status down, from declared intent to requested"),
        ({"value": Quantity(Decimal(110), "drones")}, "Value changed, from 100 drones to 110 drones"),
        ({"value": None}, "Value no longer stated: 100 drones"),
        ({"date": Date("../2035")}, "Date now stated: by 2035"),
        ({"said_by": (Slug("general"),)}, "Attributed otherwise, from The minister to The general"),
        ({"flags": (Flags.SUSPENDED, Flags.DISPUTED)}, "Now suspended, disputed"),
        ({"credibility": Credibility.TWO}, "Credibility now stated: 2 (probably true)"),
        ({"caveat": "Mind it."}, "Caveat revised"),
    ],
    ids=str,
)
def test_a_change_of_a_fact_is_told_from_what_to_what(changed: dict[str, Any], words: str) -> None:
    assert what(**changed) == words


def test_a_fact_is_told_with_what_it_says() -> None:
    assert told(state(), state(FACT)) == [("Now cited: declared intent, 100 drones", FACT.statement)]
    assert told(state(FACT), state()) == [("No longer cited: declared intent, 100 drones", FACT.statement)]
    bare = values.fact("drones.bare", status=None)
    assert told(state(), state(bare)) == [("Now cited", bare.statement)]


def test_a_date_that_no_text_states_is_told_as_inferred() -> None:
    bare, year = (dataclasses.replace(FACT, date=date) for date in (None, Date("2031", (DatePart.YEAR,))))
    assert told(state(bare), state(year)) == [("Date now inferred: [2031]", FACT.statement)]
    dated = dataclasses.replace(FACT, date=Date("2031"))
    assert told(state(bare), state(dated)) == [("Date now stated: 2031", FACT.statement)]


def test_registers_are_told_with_their_questions() -> None:
    milestone = values.milestone("drones.m", "2027", "drones.letter")
    later = dataclasses.replace(milestone, date=Date("2028"))
    disagreement = values.disagreement("drones.d", "drones.letter", "drones.other")
    judgement = values.judgement("drones.j", "Because.")
    surer = dataclasses.replace(judgement, likelihood=Likelihood.LIKELY, confidence=Confidence.HIGH)
    expected = "A contract is expected."
    assert told(state(), state(milestones=(milestone,))) == [("New milestone: 2027", expected)]
    assert told(state(milestones=(milestone,)), state(milestones=(later,))) == [
        ("Milestone moved, from 2027 to 2028", expected)
    ]
    assert told(state(), state(disagreements=(disagreement,))) == [("Sources now disagree", "How many?")]
    assert told(state(disagreements=(disagreement,)), state()) == [("No longer disputed", "How many?")]
    (words,) = told(state(judgements=(judgement,)), state(judgements=(surer,)))
    assert words[0] == "Judged more likely, from unlikely to likely. Confidence changed, from low to high"


def test_every_sort_of_change_has_words() -> None:
    made_up = {ChangeKind.MILESTONE, ChangeKind.JUDGEMENT}
    assert {turn for turn in ChangeKind if turn.key not in words.entries("en")} == made_up


def news(
    before: State, after: State, length: Length = Length.FULL, note: str = "", is_of_same_day: bool = False
) -> DraftSection | None:
    since = values.issued()
    changed = states.between(before, after)
    return in_words.news(changed, since, LIBRARY, WORDING, length, note, is_of_same_day)


def test_no_change_is_no_news() -> None:
    assert news(state(FACT), state(FACT)) is None


def test_news_cite_what_still_stands() -> None:
    section = news(state(FACT, values.fact("drones.gone")), state(dataclasses.replace(FACT, value=None)))
    assert section
    assert section.title == "What changed since edition 1 of 10\N{NO-BREAK SPACE}February 2026"
    assert section.text.split("\n") == [
        f"- **Value no longer stated: 100 drones.** {FACT.statement}[](fact:drones.letter#mark)",
        f"- **No longer cited: declared intent.** {FACT.statement}",
    ]


def test_a_met_milestone_cites_the_fact_that_met_it() -> None:
    milestone = values.milestone("drones.m", "2027", "drones.letter")
    met = dataclasses.replace(milestone, met_by=Key("drones.other"))
    section = news(state(milestones=(milestone,)), state(milestones=(met,)))
    assert section
    assert section.text == "- **Milestone met.** A contract is expected.[](fact:drones.other#mark)"


def test_what_is_light_is_summed_up_and_the_note_stands_first() -> None:
    mended = dataclasses.replace(FACT, caveat="Mind it.", statement="They put a letter on paper.")
    section = news(state(FACT), state(mended), note="Only words_ changed.")
    assert section
    assert section.text == "Only words\\_ changed.\n\n- Besides: 1 caveat revised, 1 statement reworded."


def test_corrections_do_not_read_like_events() -> None:
    lower = dataclasses.replace(FACT, status=Reached.REQUESTED)
    section = news(state(FACT), state(lower), is_of_same_day=True, note="Read again.")
    assert section
    assert section.text.startswith("Read again. No newer text is used.\n\n- **")
    source = ListedSource(Slug("report"), "“Letter signed”, The Courier.")
    section = news(state(FACT), state(lower, sources=(source,)), is_of_same_day=True)
    assert section
    assert "No newer text" not in section.text


def test_a_question_that_a_brief_no_longer_lists_is_not_answered() -> None:
    gap = values.gap("drones.price", "drones.letter")
    changed = states.between(state(gaps=(gap,)), state())
    still_asked = values.library(FACT, sheets=(values.sheet("drones", FACT, gaps=(gap,)),))
    assert in_words.without_unlisted(changed, still_asked) == ()
    assert in_words.without_unlisted(changed, values.library(FACT)) == changed


def test_where_no_newer_text_is_used_no_statement_is_news() -> None:
    other = values.fact("drones.other", status=Reached.INTENT)
    lower = dataclasses.replace(FACT, status=Reached.REQUESTED)
    section = news(state(FACT), state(lower, other), is_of_same_day=True)
    assert section
    assert "New: " not in section.text
    assert "newly cited" not in section.text


def test_where_no_newer_text_is_used_only_what_may_change_a_decision_is_told() -> None:
    """Who says so, a new question and other words change no decision; a figure that was wrong does."""
    gap = values.gap("drones.price", "drones.letter")
    mended = dataclasses.replace(
        FACT, caveat="Mind it.", said_by=(Slug("holm"),), value=Quantity(Decimal(90), "drones")
    )
    section = news(state(FACT), state(mended, gaps=(gap,)), is_of_same_day=True)
    assert section
    told = [line for line in section.text.split("\n") if line.startswith("- ")]
    assert len(told) == 1
    assert told[0].startswith("- **Value changed, from 100 drones to 90 drones.")


def test_what_has_no_items_is_one_paragraph_with_its_title_in_it() -> None:
    reworded = dataclasses.replace(FACT, statement="They put a letter on paper.")
    section = news(state(FACT), state(reworded), note="Read again", is_of_same_day=True)
    assert section
    assert section.title == ""
    assert section.text.replace("\N{NO-BREAK SPACE}", " ") == (
        "**Since edition 1 of 10 February 2026:** Read again. No newer text is used."
    )


def test_a_judgement_in_other_words_is_counted_and_one_that_is_likelier_told() -> None:
    judged = values.judgement("drones.soon", "There is [a letter](fact:drones.letter).")
    reworded = dataclasses.replace(judged, statement="it comes soon")
    section = news(state(judgements=(judged,)), state(judgements=(reworded,)))
    assert section
    assert section.text == "- Besides: 1 judgement reworded."
    likelier = dataclasses.replace(judged, likelihood=Likelihood.ALMOST_CERTAIN)
    section = news(state(judgements=(judged,)), state(judgements=(likelier,)))
    assert section
    assert section.text.startswith("- **Judged more likely")


def test_statements_that_say_how_far_nothing_has_come_are_counted() -> None:
    visit, other = (values.fact(f"drones.{name}", kind=FactKind.EVENT) for name in ("visit", "other"))
    section = news(state(visit), state(other, FACT))
    assert section
    assert section.text.split("\n") == [
        f"- **Now cited: declared intent, 100 drones.** {FACT.statement}[](fact:drones.letter#mark)",
        "- Besides: 1 statement newly cited, 1 statement no longer cited.",
    ]


@pytest.mark.parametrize("length", list(in_words.MAX_LISTED))
def test_a_brief_tells_the_heaviest_and_counts_the_rest(length: Length) -> None:
    many = [values.fact(f"drones.f{number}", status=Reached.INTENT) for number in range(20)]
    section = news(state(), state(*many), length)
    assert section
    most = in_words.MAX_LISTED[length]
    lines = section.text.split("\n")
    assert len(lines) == most + 1
    assert lines[-1] == f"- Besides: {20 - most} more changes."


def test_sources_are_told_by_their_words() -> None:
    source = ListedSource(Slug("report"), "“Letter signed”, The Courier.")
    assert told(state(), state(sources=(source,))) == [("Source added", "“Letter signed”, The Courier.")]
