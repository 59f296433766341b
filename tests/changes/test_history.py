"""Days of the record: of two of one day, that which a text states; what is inferred of a day in brackets."""

from __future__ import annotations

import dataclasses

from briefing.changes import history
from briefing.language.wording import Wording
from briefing.model.scales import DatePart
from tests import values

ENGLISH = Wording("en-GB", {})


def test_what_is_inferred_of_a_day_is_in_brackets() -> None:
    days = [
        history.day_of(date, ENGLISH).words.replace("\N{NO-BREAK SPACE}", " ")
        for date in (
            values.date("2025-11-17"),
            values.date("2025-11-17", DatePart.YEAR),
            values.date("2025-11-17", DatePart.YEAR, DatePart.MONTH, DatePart.DAY),
            values.date("2025-11", DatePart.YEAR),
        )
    ]
    assert days == ["17 November 2025", "17 November [2025]", "[17 November 2025]", "November [2025]"]


def test_an_inferred_day_is_no_other_day_and_a_stated_one_goes_first() -> None:
    inferred = history.day_of(values.date("2025-11-17", DatePart.YEAR), ENGLISH)
    stated = history.day_of(values.date("2025-11-17"), ENGLISH)
    assert inferred.place == stated.place
    assert history.stated(inferred, stated) == history.stated(stated, inferred) == stated


def test_news_of_one_day_stand_under_the_day_that_one_of_its_texts_states() -> None:
    sources = [
        values.source("post", None, retrieved=values.date("2026-02-09", DatePart.YEAR)),
        values.source("report", "2026-02-09"),
    ]
    (found,) = history.days(ENGLISH, sources=sources)
    assert "[" not in found.day.words
    assert [source.id for source in found.sources] == ["post", "report"]


def test_an_edition_that_no_longer_lists_a_question_does_not_answer_it() -> None:
    gap = values.gap("drones.price", "drones.letter")
    first = values.issued("letter", "1", values.fact())
    first = dataclasses.replace(first, state=dataclasses.replace(first.state, gaps=(gap,)))
    second = values.issued("letter", "2", values.fact())
    still_asked = values.library(values.fact(), sheets=(values.sheet("drones", values.fact(), gaps=(gap,)),))
    for library, told in ((still_asked, []), (values.library(values.fact()), ["drones.price"])):
        _, now = history.of_brief([first, second], library, ENGLISH)
        assert [text.key for text in now.changes] == told


def test_a_day_of_which_no_text_states_any_part_is_a_day_of_its_own() -> None:
    whole = (DatePart.YEAR, DatePart.MONTH, DatePart.DAY)
    sources = [
        values.source("post", None, retrieved=values.date("2026-02-09", *whole)),
        values.source("report", "2026-02-09"),
    ]
    found = history.days(ENGLISH, sources=sources)
    assert [(news.day.anchor, [source.id for source in news.sources]) for news in found] == [
        ("2026-02-09", ["report"]),
        ("2026-02-09-inferred", ["post"]),
    ]
    assert history.day_of(values.date("2026-02", *whole[:2]), ENGLISH).is_stated is False
    assert history.day_of(values.date("2026-02", *whole[:1]), ENGLISH).is_stated
