"""Dates as sources give them: what is read, what is refused, and the laws that hold for all."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.model import edtf

FIRST, LAST = datetime.date.min.isoformat(), datetime.date.max.isoformat()

GOOD = {
    "2025-11-17": ("2025-11-17", "2025-11-17"),
    "2024-02-29": ("2024-02-29", "2024-02-29"),
    "2025-11": ("2025-11-01", "2025-11-30"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2025": ("2025-01-01", "2025-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "202X": ("2020-01-01", "2029-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "2025-XX": ("2025-01-01", "2025-12-31"),
    "2025-11-XX": ("2025-11-01", "2025-11-30"),
    "2025-XX-XX": ("2025-01-01", "2025-12-31"),
    "2025-21": ("2025-03-01", "2025-05-31"),
    "2025-22": ("2025-06-01", "2025-08-31"),
    "2025-23": ("2025-09-01", "2025-11-30"),
    "2025-24": ("2025-12-01", "2025-12-31"),
    "2025-33": ("2025-01-01", "2025-03-31"),
    "2025-36": ("2025-10-01", "2025-12-31"),
    "2025-40": ("2025-01-01", "2025-06-30"),
    "2025-41~": ("2025-07-01", "2025-12-31"),
    "1648-10-24": ("1648-10-24", "1648-10-24"),
    "2999": ("2999-01-01", "2999-12-31"),
    "2025?": ("2025-01-01", "2025-12-31"),
    "2025-11~": ("2025-11-01", "2025-11-30"),
    "2025-11-17%": ("2025-11-17", "2025-11-17"),
    "2025-11-16/2025-11-18": ("2025-11-16", "2025-11-18"),
    "2025-11/2026": ("2025-11-01", "2026-12-31"),
    "2025~/2026-02?": ("2025-01-01", "2026-02-28"),
    "2025/2025-03": ("2025-01-01", "2025-03-31"),
    "early 2026": ("2026-01-01", "2026-04-30"),
    "mid 2026": ("2026-05-01", "2026-08-31"),
    "late 2026~": ("2026-09-01", "2026-12-31"),
    "early 2026-02": ("2026-02-01", "2026-02-10"),
    "mid 2026-02": ("2026-02-11", "2026-02-20"),
    "late 2028-02": ("2028-02-21", "2028-02-29"),
    "../mid 2026": (FIRST, "2026-08-31"),
    "late 2025/early 2026": ("2025-09-01", "2026-04-30"),
    "FY2025-04": ("2025-04-01", "2026-03-31"),
    "FY2025-01": ("2025-01-01", "2025-12-31"),
    "AY2025-09": ("2025-09-01", "2026-08-31"),
    "../FY2025-10": (FIRST, "2026-09-30"),
    "../2035": (FIRST, "2035-12-31"),
    "/2035": (FIRST, "2035-12-31"),
    "2026/..": ("2026-01-01", LAST),
    "2025/": ("2025-01-01", LAST),
}

BAD = {
    "": "is not a date",
    "soon": "is not a date",
    "early 2026-06-01": "write it before a year or a month",
    "late 202X": "write it before a year or a month",
    "FY2025": "is not a date",
    "FY9999-04": "is not within the calendar",
    "2025-11-17T14:39": "is not a date",
    "17.11.2025": "is not a date",
    "2025-1-7": "is not a date",
    "25": "is not a date",
    "12025": "is not a date",
    " 2025": "is not a date",
    "2025\n": "is not a date",
    "2025??": "is not a date",
    "-2025": "is not a date",
    "XXXX": "is not a date",
    "0000": "is before the year 1",
    "000X": "is before the year 1",
    "2025-00": "has no month 00",
    "2025-13": "has no month 13",
    "2025-25": "has no month 25",
    "2025-21-01": "has no month 21",
    "2025-XX-17": "has a day without its month",
    "2025-11-00": "a day that its month does not have",
    "2025-11-31": "a day that its month does not have",
    "2025-02-29": "a day that its month does not have",
    "..": "is not a date",
    "../..": "neither a start nor an end",
    "/": "neither a start nor an end",
    "2026/2025": "ends before it starts",
    "2025/2026/2027": "is not a date",
    "../soon": "'soon' is not a date",
}


@pytest.mark.parametrize("text", GOOD)
def test_a_good_date_means_its_days(text: str) -> None:
    span = edtf.parse(text)
    assert (span.earliest.isoformat(), span.latest.isoformat()) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_a_bad_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(edtf.NotADate) as refusal:
        edtf.parse(text)
    assert BAD[text] in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "precision", "qualifier"),
    [
        ("2025-11-17", "day", ""),
        ("2025-11?", "month", "?"),
        ("2025-11-XX~", "month", "~"),
        ("2025-22", "season", ""),
        ("2025%", "year", "%"),
        ("2025-XX", "year", ""),
        ("202X", "decade", ""),
        ("202X~", "decade", "~"),
        ("19XX", "century", ""),
    ],
)
def test_a_date_knows_how_exact_and_how_sure_it_is(text: str, precision: str, qualifier: str) -> None:
    point = edtf.parse(text).start
    assert point
    assert (point.precision, point.qualifier) == (precision, qualifier)
    assert point.text + point.qualifier == text


def test_only_a_slash_makes_an_interval() -> None:
    assert not edtf.parse("2025").is_interval
    assert edtf.parse("2025/2025").is_interval
    assert edtf.parse("../2035").start is None
    assert edtf.parse("2026/..").end is None


@pytest.mark.parametrize("text", ["２０２５-11-17", "٢٠٢٥"])
def test_digits_of_other_scripts_make_no_date(text: str) -> None:
    with pytest.raises(edtf.NotADate):
        edtf.parse(text)


@pytest.mark.parametrize("text", ["202X-11-17", "202X-11", "20XX-11", "202X-22", "202X-XX", "2025/202X-11"])
def test_an_open_year_has_no_month(text: str) -> None:
    """Level 1 leaves digits open from the right only."""
    with pytest.raises(edtf.NotADate, match="has a month, but its year is not known"):
        edtf.parse(text)


QUALIFIERS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def points(draw: st.DrawFn) -> tuple[str, datetime.date, datetime.date]:
    """A date at some precision, with the days that it means, found by the calendar alone."""
    day = draw(st.dates())
    year, month = f"{day.year:04}", f"{day.month:02}"
    last = calendar.monthrange(day.year, day.month)[1]
    text, first, final = draw(
        st.sampled_from(
            [
                (day.isoformat(), day, day),
                (f"{year}-{month}", day.replace(day=1), day.replace(day=last)),
                (f"{year}-{month}-XX", day.replace(day=1), day.replace(day=last)),
                (year, datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31)),
                (f"{year}-XX", datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31)),
            ]
        )
    )
    return text + draw(QUALIFIERS), first, final


@given(points())
def test_a_made_date_is_read_as_it_was_meant(made: tuple[str, datetime.date, datetime.date]) -> None:
    text, first, final = made
    span = edtf.parse(text)
    assert (span.earliest, span.latest) == (first, final)
    assert span.start == span.end
    assert span.start
    assert span.start.text + span.start.qualifier == text


@given(points(), points())
def test_an_interval_runs_from_its_start_to_its_end_or_is_refused(
    one: tuple[str, datetime.date, datetime.date], other: tuple[str, datetime.date, datetime.date]
) -> None:
    text = f"{one[0]}/{other[0]}"
    if one[1] > other[2]:
        with pytest.raises(edtf.NotADate, match="ends before it starts"):
            edtf.parse(text)
    else:
        assert (edtf.parse(text).earliest, edtf.parse(text).latest) == (one[1], other[2])


@given(points())
def test_an_open_end_keeps_the_other_end(made: tuple[str, datetime.date, datetime.date]) -> None:
    text = made[0]
    assert edtf.parse(f"{text}/..").earliest == edtf.parse(text).earliest
    assert edtf.parse(f"../{text}").latest == edtf.parse(text).latest


ALMOST_DATES = st.text(alphabet="0123456789X-/.?~% T:", max_size=24)


@given(st.text() | ALMOST_DATES | st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?", fullmatch=True))
@example("9999-12-XX")
@example("200X-02-29")
def test_any_text_is_a_date_or_no_date_and_nothing_worse(text: str) -> None:
    try:
        span = edtf.parse(text)
    except edtf.NotADate as refusal:
        assert text in str(refusal) or "/" in text
    else:
        assert span.earliest <= span.latest


@pytest.mark.parametrize(
    ("duration", "of", "interval"),
    [
        ("6 months", "2026-03-01", "2026-03-01/2026-09-01"),
        ("6 months", "2026-08-31", "2026-08-31/2027-02-28"),
        ("6 months", "2026-03", "2026-03/2026-09"),
        ("6 months", "2026", "2026-01/2027-06"),
        ("1 year", "2026", "2026/2027"),
        ("2 weeks", "2026-03-01", "2026-03-01/2026-03-15"),
        ("10 days", "2026-02", "2026-02-01/2026-03-10"),
        ("1 month", "2026-33", "2026-01/2026-04"),
    ],
)
def test_a_time_after_a_date_is_an_interval(duration: str, of: str, interval: str) -> None:
    assert edtf.within(duration, of) == interval
    assert edtf.parse(interval).is_interval


@pytest.mark.parametrize(
    ("duration", "of", "message"),
    [
        ("soon", "2026", "is not a time such as 6 months"),
        ("6 months", "../2026", "has an open end"),
        ("6 months", "soon", "is not a date"),
        ("1 year", "9999", "is beyond the calendar"),
    ],
)
def test_no_time_runs_from_what_is_no_date(duration: str, of: str, message: str) -> None:
    with pytest.raises(edtf.NotADate, match=message):
        edtf.within(duration, of)
