"""Figures in running text: what is one, how much it is, and what the words beside it make of it."""

from __future__ import annotations

import dataclasses
import datetime
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import lexicon, quantities
from briefing.language.numerals import Numerals
from briefing.language.quantities import FoundNumber, NumberKind
from briefing.language.wording import Wording, in_message
from briefing.model.scales import Bound
from briefing.model.values import Money, Quantity

NUMBER, MONEY, PERCENT = NumberKind.NUMBER, NumberKind.MONEY, NumberKind.PERCENT
SHARE, DATE = NumberKind.SHARE, NumberKind.DATE
ENGLISH = lexicon.of_language("en")
assert ENGLISH


def find(text: str, *names: tuple[int, int]) -> tuple[FoundNumber, ...]:
    assert ENGLISH
    return quantities.find(text, ENGLISH, names)


def only(text: str) -> FoundNumber:
    (figure,) = find(text)
    return figure


# --------------------------------------------------------------------------------- numbers and money

AMOUNTS = {
    "They want 4 ferries.": (NUMBER, "4", "4", ""),
    "They want four ferries.": (NUMBER, "four", "4", ""),
    "1,250,000 seats": (NUMBER, "1,250,000", "1250000", ""),
    "1 250 000 seats": (NUMBER, "1 250 000", "1250000", ""),
    "1\u202f250\u202f000 seats": (NUMBER, "1\u202f250\u202f000", "1250000", ""),
    "1.250.000 seats": (NUMBER, "1.250.000", "1250000", ""),
    "12.50 metres": (NUMBER, "12.50", "12.50", ""),
    "a price of -5": (NUMBER, "-5", "-5", ""),
    "a price of −5": (NUMBER, "−5", "-5", ""),
    "7.5 million seats": (NUMBER, "7.5 million", "7500000", ""),
    "5m seats": (NUMBER, "5m", "5000000", ""),
    "two hundred and fifty thousand seats": (NUMBER, "two hundred and fifty thousand", "250000", ""),
    "a hundred seats": (NUMBER, "a hundred", "100", ""),
    "half a million seats": (NUMBER, "half a million", "500000", ""),
    "one and a half million seats": (NUMBER, "one and a half million", "1500000", ""),
    "a million and a half seats": (NUMBER, "a million and a half", "1500000", ""),
    "two and a half seats": (NUMBER, "two and a half", "2.5", ""),
    "twenty-five seats": (NUMBER, "twenty-five", "25", ""),
    "three dozen seats": (NUMBER, "three dozen", "36", ""),
    "three million two hundred thousand and five": (
        NUMBER,
        "three million two hundred thousand and five",
        "3200005",
        "",
    ),
    "a 40-year loan": (NUMBER, "40", "40", ""),
    "a five-year loan": (NUMBER, "five", "5", ""),
    "EUR 90 billion": (MONEY, "EUR 90 billion", "90000000000", "EUR"),
    "EUR90bn": (MONEY, "EUR90bn", "90000000000", "EUR"),
    "CHF\u00a0-5": (MONEY, "CHF\u00a0-5", "-5", "CHF"),
    "2 British pounds": (MONEY, "2 British pounds", "2", "GBP"),
    "EUR\u00a090\u00a0billion": (MONEY, "EUR\u00a090\u00a0billion", "90000000000", "EUR"),
    "€90bn": (MONEY, "€90bn", "90000000000", "EUR"),
    "90 €": (MONEY, "90 €", "90", "EUR"),
    "ninety billion euros": (MONEY, "ninety billion euros", "90000000000", "EUR"),
    "US$5": (MONEY, "US$5", "5", "USD"),
    "5 dollars": (MONEY, "5 dollars", "5", "USD"),
    "a 72-million-euro contract": (MONEY, "72-million-euro", "72000000", "EUR"),
    "a €72-million contract": (MONEY, "€72-million", "72000000", "EUR"),
    "a seven-billion-dollar fund": (MONEY, "seven-billion-dollar", "7000000000", "USD"),
    "a 30-euro ticket": (MONEY, "30-euro", "30", "EUR"),
    "a 62-cent rise": (MONEY, "62-cent", "0.62", ""),
    "a 5-million-tonne quota": (NUMBER, "5-million", "5000000", ""),
    "a 12-per-cent stake": (PERCENT, "12-per-cent", "12", ""),
    "5 million francs": (MONEY, "5 million francs", "5000000", ""),
    "7 Swiss\u00a0francs": (MONEY, "7 Swiss\u00a0francs", "7", "CHF"),
    "TRY 12": (MONEY, "TRY 12", "12", "TRY"),
    "They try 12 ferries.": (NUMBER, "12", "12", ""),
    "12.5 %": (PERCENT, "12.5 %", "12.5", ""),
    "12.5%": (PERCENT, "12.5%", "12.5", ""),
    "ten per cent": (PERCENT, "ten per cent", "10", ""),
    "a 10-percentage-point rise": (PERCENT, "10-percentage-point", "10", ""),
    "٣ ferries": (NUMBER, "٣", "3", ""),
    "2000 million euros": (MONEY, "2000 million euros", "2000000000", "EUR"),
    # Written so that two numbers can be read in it: none is.
    "12,5 %": (PERCENT, "12,5 %", None, ""),
    "1,2345 seats": (NUMBER, "1,2345", None, ""),
    "1,2,3": (NUMBER, "1,2,3", None, ""),
    "dozens of seats": (NUMBER, "dozens", None, ""),
    "hundreds of thousands of seats": (NUMBER, "hundreds of thousands", None, ""),
    "half of them": (SHARE, "half", None, ""),
    "two-thirds of them": (SHARE, "two-thirds", None, ""),
    "three quarters of them": (SHARE, "three quarters", None, ""),
    "a third of them": (SHARE, "a third", None, ""),
    "it doubled": (SHARE, "doubled", None, ""),
    "5½ metres": (NUMBER, "5½", "5.5", ""),
    "2½ billion euros": (MONEY, "2½ billion euros", "2500000000", "EUR"),
    "−€5 million": (MONEY, "−€5 million", "-5000000", "EUR"),
    "-EUR 5 million": (MONEY, "-EUR 5 million", "-5000000", "EUR"),
    "€−5m": (MONEY, "€−5m", "-5000000", "EUR"),
    "a gap of –£5m": (MONEY, "–£5m", "-5000000", "GBP"),
    "minus five per cent": (PERCENT, "minus five per cent", "-5", ""),
    "minus EUR 5": (MONEY, "minus EUR 5", "-5", "EUR"),
    "EUR minus 5": (MONEY, "EUR minus 5", "-5", "EUR"),
    "the price – €5 – is low": (MONEY, "€5", "5", "EUR"),
    "½ of them": (SHARE, "½", None, ""),
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_amount_is_found(text: str) -> None:
    figure = only(text)
    kind, written, amount, currency = AMOUNTS[text]
    assert (figure.kind, figure.text, figure.currency) == (kind, written, currency)
    assert figure.amount == (Decimal(amount) if amount else None)
    assert text[figure.start : figure.end] == written


# ----------------------------------------------------------------------------------------------- dates

DATES = {
    "on 17 November 2025": ("17 November 2025", 2025, 11, (17,)),
    "on 17 November": ("17 November", None, 11, (17,)),
    "on 17th of November 2025": ("17th of November 2025", 2025, 11, (17,)),
    "on November 17, 2025": ("November 17, 2025", 2025, 11, (17,)),
    "on 17\u00a0November\u00a02025": ("17\u00a0November\u00a02025", 2025, 11, (17,)),
    "on 16 and 17 November": ("16 and 17 November", None, 11, (16, 17)),
    "on 16–17 November 2025": ("16–17 November 2025", 2025, 11, (16, 17)),
    "on 5 Sept. 2025": ("5 Sept. 2025", 2025, 9, (5,)),
    "on 17/11/2025": ("17/11/2025", 2025, 11, (17,)),
    "on 17.11.2025.": ("17.11.2025", 2025, 11, (17,)),
    "on 2025-11-17": ("2025-11-17", 2025, 11, (17,)),
    "in 2025-11": ("2025-11", 2025, 11, ()),
    "in November 2025": ("November 2025", 2025, 11, ()),
    "It was in June.": ("June", None, 6, ()),
    "in 2025": ("2025", 2025, None, ()),
    "in the 1990s": ("1990s", 1990, None, ()),
    "in 2025/26": ("2025/26", 2025, None, ()),
    "mid-2025": ("2025", 2025, None, ()),
    "on 11/17/2025": ("11/17/2025", None, None, ()),
    "on 11/17/25": ("11/17/25", None, None, ()),
    "at 14:39": ("14:39", None, None, ()),
    "last year": ("last year", None, None, ()),
    "on Monday": ("on Monday", None, None, ()),
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_found(text: str) -> None:
    figure = only(text)
    assert figure.kind is DATE
    assert (figure.text, figure.year, figure.month, figure.days) == DATES[text]


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("spring 2026", 21),
        ("fall 2026", 23),
        ("Autumn 2026", 23),
        ("Q1 2026", 33),
        ("q4 2026", 36),
        ("H2 2026", 41),
    ],
)
def test_a_part_of_a_year_has_the_number_of_edtf(text: str, season: int) -> None:
    assert (only(text).season, only(text).year) == (season, 2026)


def test_what_stands_in_square_brackets_is_told_apart() -> None:
    assert only("on 17 November [2025]").bracketed == "2025"
    assert only("in [2025]").bracketed == "2025"
    assert only("on 17 November 2025").bracketed == ""


@pytest.mark.parametrize("text", ["2025–2027", "2025-2027", "2025 to 2027", "2025/2027"])
def test_both_years_of_a_span_are_figures(text: str) -> None:
    assert [figure.year for figure in find(text)] == [2025, 2027]


# -------------------------------------------------------------------------------------- no figures

NO_FIGURES = [
    "",
    "...",
    "–",
    "None at all.",
    "The F-16, the Su-27, the Mirage 2000, Article 5, Note 3 and No. 7",
    "COVID-19, G7, 3D, B2B, the 19th package and 24/7",
    "one of them, one another, the first time, once",
    "the two ministers, both texts, these two, two presidents",
    "May may march in the spring.",
    "a third country, a fifth ferry, the twenty-first century",
    "a quarters of the town",
    "https://example.org/a1b2",
    "He tries one.",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert [figure.text for figure in find(text)] == []


def test_nothing_that_touches_a_name_is_a_figure() -> None:
    text = "The Plan 2030 of 2025"
    assert [figure.text for figure in find(text, (4, 13))] == ["2025"]
    assert [figure.text for figure in find(text, (-9, 5), (9, 99))] == []


# -------------------------------------------------------------------------------------------- bounds

BOUNDS = {
    "up to 4": Bound.UP_TO,
    "as many as 4": Bound.UP_TO,
    "no more than 4": Bound.UP_TO,
    "at most the 4": Bound.UP_TO,
    "4 or fewer": Bound.UP_TO,
    "would not exceed 4": Bound.UP_TO,
    "won’t exceed 4": Bound.UP_TO,
    "less than 4": Bound.LESS_THAN,
    "fewer than 4": Bound.LESS_THAN,
    "under 4": Bound.LESS_THAN,
    "no less than 4": Bound.AT_LEAST,
    "more than 4": Bound.MORE_THAN,
    "over 4": Bound.MORE_THAN,
    "in excess of 4": Bound.MORE_THAN,
    "exceeds 4": Bound.MORE_THAN,
    "taken over 4": None,
    "at least 4": Bound.AT_LEAST,
    "no fewer than 4": Bound.AT_LEAST,
    "4 ferries or more": Bound.AT_LEAST,
    "about 4": Bound.ABOUT,
    "some 4 ferries": Bound.ABOUT,
    "4 ferries or so": Bound.ABOUT,
    "4": None,
    "4 of some": None,
    "by 2035": Bound.UP_TO,
    "until late 2035": Bound.UP_TO,
    "by the end of 2035": Bound.UP_TO,
    "no earlier than 2035": Bound.AT_LEAST,
    "in 2035": None,
}


@pytest.mark.parametrize("text", BOUNDS)
def test_words_beside_a_figure_are_its_bound(text: str) -> None:
    assert only(text).bound is BOUNDS[text]


RANGES = {
    "between four and seven ferries": [(NUMBER, "4", ""), (NUMBER, "7", "")],
    "from 4 to 7 ferries": [(NUMBER, "4", ""), (NUMBER, "7", "")],
    "4–7 ferries": [(NUMBER, "4", ""), (NUMBER, "7", "")],
    "4-7 %": [(PERCENT, "4", ""), (PERCENT, "7", "")],
    "4 to 7 billion euros": [(MONEY, "4000000000", "EUR"), (MONEY, "7000000000", "EUR")],
    "two to three billion euros": [(MONEY, "2000000000", "EUR"), (MONEY, "3000000000", "EUR")],
    "EUR 4–7 billion": [(MONEY, "4000000000", "EUR"), (MONEY, "7000000000", "EUR")],
    "€4–7bn": [(MONEY, "4000000000", "EUR"), (MONEY, "7000000000", "EUR")],
    "between €4 and €7 billion": [(MONEY, "4000000000", "EUR"), (MONEY, "7000000000", "EUR")],
    "EUR 500 million to EUR 7 billion": [(MONEY, "500000000", "EUR"), (MONEY, "7000000000", "EUR")],
    "from 5,000 to 2 million": [(NUMBER, "5000", ""), (NUMBER, "2000000", "")],
}


@pytest.mark.parametrize("text", RANGES)
def test_both_ends_of_a_range_have_what_is_said_once(text: str) -> None:
    found = find(text)
    assert [(item.kind, item.amount, item.currency) for item in found] == [
        (kind, Decimal(amount), currency) for kind, amount, currency in RANGES[text]
    ]
    assert {item.bound for item in found} == {Bound.BETWEEN}


def test_two_numbers_are_no_range() -> None:
    assert [item.bound for item in find("5 and 6 ferries")] == [None, None]


@pytest.mark.parametrize("text", ["nearly 4", "well over 4", "just under the 4", "far more than 4"])
def test_words_that_move_a_figure_are_told(text: str) -> None:
    assert only(text).is_hedged


@pytest.mark.parametrize("text", ["4", "up to 4", "handed over 4", "above all, 4"])
def test_other_words_move_nothing(text: str) -> None:
    assert not only(text).is_hedged


PERIODS = {
    "4 ferries a year": "year",
    "4 new small ferries per month": "month",
    "4/year": "year",
    "4 ferries/year": "year",
    "4 a day": "day",
    "4 biannual meetings": "",
    "4 ferries. A year later": "",
    "4": "",
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_rate_has_its_span_of_time(text: str) -> None:
    assert find(text)[0].per == PERIODS[text]


def test_a_unit_tells_its_span_of_time() -> None:
    assert ENGLISH
    assert quantities.counted_by("crossings per year, and weekly", ENGLISH) == ("week", "year")
    assert quantities.counted_by("crossings", ENGLISH) == ()


def test_units_of_measure_are_told_apart() -> None:
    assert only("4 metres").measure == only("4 meter").measure != only("4 miles").measure
    assert only("4 ferries").measure is None


def test_a_start_is_told() -> None:
    assert only("since 2031").is_start
    assert not only("in 2031").is_start


# ------------------------------------------------------------------------------- whatever is written

PIECES = st.sampled_from(
    [
        *(
            " ",
            "\n",
            "\u00a0",
            ". ",
            ", ",
            "-",
            "–",
            "/",
            ":",
            "(",
            ")",
            "[",
            "]",
            "%",
            "€",
            "$",
            "EUR ",
            " euros",
        ),
        *(
            "4",
            "12",
            "1,250",
            "12.50",
            "2025",
            "17",
            "0",
            "½",
            "²",
            "٣",
            "million",
            " bn",
            "m",
            "hundred",
            "half",
        ),
        *(
            "four ",
            "twenty-",
            "and ",
            "to ",
            "a ",
            "November ",
            "May ",
            "Q3 ",
            "spring ",
            "by ",
            "up to ",
            "about ",
        ),
        *(
            "per year",
            "a third ",
            "two-thirds",
            "last year",
            "F-",
            "Article ",
            "İ",
            "ı",
            "ß",
            "mıllıon",
            "є",
            "e\u0301",
        ),
        *("Swıss francs", "the two ", "ministers", "or more", "between "),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).map("".join)


@given(TEXTS)
def test_figures_stand_in_their_text_in_order_and_apart(text: str) -> None:
    end = 0
    for figure in find(text):
        assert end <= figure.start < figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end]
        assert figure.text.strip()
        end = figure.end


@given(TEXTS, st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=3))
def test_no_figure_touches_a_name(text: str, names: list[tuple[int, int]]) -> None:
    for figure in find(text, *names):
        assert not any(max(start, figure.start) < min(end, figure.end) for start, end in names)


NUMBERS = st.decimals(min_value="0.01", max_value="999999999999", places=2) | st.integers(2, 10**14).map(
    Decimal
)
CURRENCIES = st.sampled_from(sorted(ENGLISH.words["numbers"]["currencies"]))
BOUND = st.sampled_from([bound for bound in Bound if bound is not Bound.BETWEEN])
WORDING = Wording("en-GB", {})


def said(found: FoundNumber) -> Bound | None:
    return Bound.NEARLY if found.is_nearly else found.bound


@given(NUMBERS, BOUND, st.sampled_from(["", "long", "table"]))
def test_every_quantity_that_a_brief_prints_is_found(amount: Decimal, bound: Bound, form: str) -> None:
    value = Quantity(amount, "ferries", bound)
    for text in (WORDING.value(value, form), in_message(value)):
        found = only(text)
        if found.kind is DATE:  # 1999 ferries, or a year: the checks take it for either
            found = dataclasses.replace(found, kind=NUMBER, amount=Decimal(found.text))
        assert (found.kind, found.amount) == (NUMBER, amount), text
        assert said(only(text)) is (None if bound is Bound.EXACTLY else bound.sense), text


@given(NUMBERS, CURRENCIES, BOUND, st.sampled_from(["", "long", "table", "short"]))
def test_every_amount_of_money_that_a_brief_prints_is_found(
    amount: Decimal, currency: str, bound: Bound, form: str
) -> None:
    value = Money(amount, currency, bound)
    for text in (WORDING.value(value, form), in_message(value)):
        found = only(text)
        assert (found.kind, found.amount, found.currency) == (MONEY, amount, currency), text
        assert said(found) is (None if bound is Bound.EXACTLY else bound.sense), text


@given(NUMBERS, NUMBERS)
def test_every_range_that_a_brief_prints_is_found(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    if low < high:
        text = WORDING.value(Quantity(low, "ferries", Bound.BETWEEN, high))
        assert [(item.amount, item.bound) for item in find(text)] == [
            (low, Bound.BETWEEN),
            (high, Bound.BETWEEN),
        ]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_that_a_brief_prints_is_found(day: datetime.date) -> None:
    for text in (WORDING.day(day), day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert (only(text).year, only(text).month, only(text).days) == (day.year, day.month, (day.day,))


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def spelled(number: int, join: str) -> str:
    """A number in English words."""
    small = [*SMALL.split(), "seventeen", "eighteen", "nineteen"]
    if number < 20:
        return small[number]
    if number < 100:
        tens = TENS.split()[number // 10 - 2]
        return tens if number % 10 == 0 else f"{tens}-{small[number % 10]}"
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            head, rest = f"{spelled(number // scale, join)} {name}", number % scale
            return f"{head}{join if rest < 100 else ' '}{spelled(rest, join)}" if rest else head
    raise AssertionError


@given(st.integers(2, 10**12 - 1), st.sampled_from([" ", " and "]))
def test_every_number_in_words_is_read(number: int, join: str) -> None:
    assert ENGLISH
    words = spelled(number, join)
    read = Numerals(ENGLISH.words["numbers"]).read(words)
    assert (read.amount, read.end) == (Decimal(number), len(words)), words
    assert only(f"{words} ferries").amount == number


@given(st.integers(2, 99), st.integers(2, 99))
def test_two_numbers_in_words_are_two(one: int, other: int) -> None:
    found = find(f"between {spelled(one, ' ')} and {spelled(other, ' ')} ferries")
    assert [figure.amount for figure in found] == [one, other]


@pytest.mark.parametrize(
    "piece",
    [
        "7-",
        "2025-",
        "1,",
        "1.",
        "12 ",
        "one ",
        "hundred and ",
        "EUR 5 to ",
        "half a ",
        "the two ",
        "3 May ",
        "1 % ",
        "a",
    ],
)
def test_no_text_keeps_it_busy(piece: str) -> None:
    """Ten times the text takes about ten times as long; a hundred times would be minutes."""
    text = (piece * 5000)[:5000]
    find(text[:500])  # the expressions are made; what was read once would not be read again
    start = time.thread_time()
    find(text)
    assert time.thread_time() - start < 2
