"""Dates of passages are read in the language of the passage, with what they leave open."""

from __future__ import annotations

import datetime

import pytest
from babel import dates
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import source_dates, source_words
from briefing.language.source_dates import StatedDate

LANGUAGES = ("en", "fr", "de", "uk", "ru")


def read(text: str, language: str = "en") -> tuple[StatedDate, ...]:
    return source_dates.find(text, source_words.of_language(language))


@pytest.mark.parametrize(
    ("language", "text", "year", "month", "days"),
    [
        ("en", "Nov. 17", None, 11, (17,)),
        ("en", "16 and 17 November", None, 11, (16, 17)),
        ("en", "November 16–18, 2031", 2031, 11, (16, 18)),
        ("en", "09 February 2026", 2026, 2, (9,)),
        ("en", "2026-02-09", 2026, 2, (9,)),
        ("en", "Monday 17 November", None, 11, (17,)),
        ("en", "17th of March 1648", 1648, 3, (17,)),
        ("en", "in May 2025", 2025, 5, ()),
        ("fr", "le 1er mars 2031", 2031, 3, (1,)),
        ("fr", "de septembre 2020", 2020, 9, ()),
        ("fr", "du 16 au 18 novembre", None, 11, (16, 18)),
        ("de", "am 17. November 2025", 2025, 11, (17,)),
        ("de", "17.11.2025", 2025, 11, (17,)),
        ("uk", "17 листопада 2025 року", 2025, 11, (17,)),
        ("uk", "у листопаді", None, 11, ()),
        ("ru", "17 ноября 2025 года", 2025, 11, (17,)),
    ],
)
def test_a_date_is_read_in_its_language(
    language: str, text: str, year: int | None, month: int, days: tuple[int, ...]
) -> None:
    found = read(text, language)[0]
    assert (found.year, found.month, found.days) == (year, month, days)


@pytest.mark.parametrize(
    ("language", "text", "is_end", "is_start"),
    [
        ("en", "by 2035", True, False),
        ("en", "by the end of 2035", True, False),
        ("en", "since 2020", False, True),
        ("en", "in 2035", False, False),
        ("fr", "d'ici fin 2035", True, False),
        ("fr", "depuis 2020", False, True),
        ("de", "bis 2035", True, False),
        ("de", "seit dem 3. Juni", False, True),
        ("uk", "до 2035 року", True, False),
        ("ru", "к 2035 году", True, False),
    ],
)
def test_a_date_may_leave_an_end_open(language: str, text: str, is_end: bool, is_start: bool) -> None:
    found = read(text, language)[0]
    assert (found.is_end, found.is_start) == (is_end, is_start)


def test_parts_of_a_year_and_spans_of_years() -> None:
    assert read("spring 2027")[0].season == 21
    assert read("восени 2027 року", "uk")[0].season == 23
    assert read("the 1990s")[0].decade == 1990
    assert read("in the 20th century")[0].century == 1900
    assert [date.year for date in read("the season 2025/26")] == [2025, 2026]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "by the end of 2031"),
        ("fr", "d'ici fin 2031"),
        ("de", "bis Ende 2031"),
        ("uk", "до кінця 2031 року"),
        ("ru", "до конца 2031 года"),
    ],
)
def test_the_end_of_a_year_is_the_year_and_its_last_day(language: str, text: str) -> None:
    assert {(date.year, date.month, date.days) for date in read(text, language)} == {
        (2031, None, ()),
        (2031, 12, (31,)),
    }


def test_a_date_in_figures_that_can_be_read_twice_keeps_both_readings() -> None:
    assert {(date.month, date.days) for date in read("3/4/2031")} == {(4, (3,)), (3, (4,))}


@pytest.mark.parametrize("text", ["at 13:28", "it may be so", "1,250 trams", "EUR 12.5"])
def test_other_figures_and_words_are_no_date(text: str) -> None:
    assert read(text) == ()


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_as_the_language_writes_it_is_read_back(day: datetime.date, language: str) -> None:
    found = read(dates.format_date(day, "long", locale=language), language)
    assert any((item.year, item.month, item.days) == (day.year, day.month, (day.day,)) for item in found)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read(text: str, language: str) -> None:
    assert all(0 <= date.start < date.end <= len(text) for date in read(text, language))
