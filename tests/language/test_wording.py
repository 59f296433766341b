"""Values in words: exact, bounded, bracketed where inferred."""

from __future__ import annotations

import dataclasses
import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.decode import MAX_DIGITS
from briefing.formats import html
from briefing.language.wording import FORMS, Wording, closed, held_together, in_message, spaced_quotations
from briefing.model.edtf import NotADate
from briefing.model.facts import Fact, Judgement
from briefing.model.ladders import Status
from briefing.model.scales import ActorKind, Bound, Confidence, DatePart, FactKind, Likelihood
from briefing.model.sources import Actor, Evidence
from briefing.model.values import Date, Key, Label, Money, Prose, Quantity, Slug, Value
from tests import values
from tests.values import Reached

ACTORS = {
    name: Actor(Slug(name), text, ActorKind.PERSON)
    for name, text in (("a", "Ada Holm"), ("b", "Ivo Brandt"), ("c", "the Council"))
}
WORDING = Wording("en-GB", ACTORS)
NBSP = "\N{NO-BREAK SPACE}"


def _fact(value: Value | None = None, **more: object) -> Fact:
    fields: dict[str, object] = {
        "id": Key("s.f"),
        "kind": FactKind.CLAIM,
        "statement": "A statement.",
        "evidence": (Evidence(Slug("source"), 1, ("term",)),),
        "value": value,
    }
    return Fact(**(fields | more))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("amount", "long", "short"),
    [
        ("0", "0", "0"),
        ("4", "4", "4"),
        ("1250", "1,250", "1,250"),
        ("12.50", "12.50", "12.50"),
        ("-3", "−3", "−3"),
        ("-5000000", "−5 million", "−5m"),
        ("999999", "999,999", "999,999"),
        ("1000000", "1 million", "1m"),
        ("8000000", "8 million", "8m"),
        ("1250000", "1.25 million", "1.25m"),
        ("1255000", "1,255,000", "1,255,000"),
        ("90000000000", f"90{NBSP}billion", "90bn"),
        ("2500000000000", "2.5 trillion", "2.5tn"),
        ("1234567", "1,234,567", "1,234,567"),
        ("1000000.5", "1,000,000.5", "1,000,000.5"),
    ],
)
def test_number_is_short_only_where_that_is_exact(amount: str, long: str, short: str) -> None:
    assert WORDING.number(Decimal(amount)) == long.replace(" ", NBSP)  # no line ends before "million"
    assert WORDING.number(Decimal(amount), "short") == short


_SCALES = {"": 0, "million": 6, "billion": 9, "trillion": 12, "m": 6, "bn": 9, "tn": 12}


def _read_back(words: str) -> Decimal:
    match = re.fullmatch(r"(−?[\d,]+(?:\.\d+)?)\u00a0?(million|billion|trillion|m|bn|tn|)", words)
    assert match, words
    digits = match[1].replace(",", "").replace("−", "-")
    exponent = _SCALES[match[2]]
    whole, _, part = digits.partition(".")
    return Decimal(f"{whole}{part}E{exponent - len(part)}")


_AMOUNTS = st.one_of(
    st.integers(-(10**15), 10**15).map(Decimal),
    st.builds(lambda n, zeros: Decimal(n * 10**zeros), st.integers(-999, 999), st.integers(0, 14)),
    st.decimals(min_value=-(10**12), max_value=10**12, places=3),
)


@given(_AMOUNTS, st.sampled_from(["long", "short"]))
def test_number_in_words_reads_back_as_the_same_number(amount: Decimal, form: str) -> None:
    assert _read_back(WORDING.number(amount, form)) == amount


@given(
    st.integers(-(10**MAX_DIGITS) + 1, 10**MAX_DIGITS - 1),
    st.sampled_from([0, 3, 6, 9, 12]),
    st.sampled_from(["long", "short"]),
)
def test_longest_number_that_a_sheet_may_hold_is_not_rounded(number: int, scale: int, form: str) -> None:
    amount = Decimal(f"{number}E{scale}").quantize(Decimal(1))
    assert _read_back(WORDING.number(amount, form)) == amount


# --------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("value", "usual", "short", "long", "number"),
    [
        (Quantity(Decimal(4), "ferries"), "4 ferries", "4", "4 ferries", "4"),
        (
            Quantity(Decimal(100), "aircraft", Bound.UP_TO),
            "up to 100 aircraft",
            "up to 100",
            "up to 100 aircraft",
            "100",
        ),
        (
            Quantity(Decimal("12.50"), "%", Bound.AT_LEAST),
            "at least 12.50%",
            "at least 12.50",
            "at least 12.50%",
            "12.50",
        ),
        (
            Quantity(Decimal(300), "seats", Bound.BETWEEN, Decimal(350)),
            "between 300 and 350 seats",
            "between 300 and 350",
            "between 300 and 350 seats",
            "between 300 and 350",
        ),
        (
            Money(Decimal(90_000_000_000), "EUR"),
            f"EUR{NBSP}90{NBSP}billion",
            "€90bn",
            f"90{NBSP}billion euros",
            f"90{NBSP}billion",
        ),
        (
            Money(Decimal(5_000_000), "EUR", Bound.BETWEEN, Decimal(6_000_000)),
            f"between EUR{NBSP}5{NBSP}million and EUR{NBSP}6{NBSP}million",
            "between €5m and €6m",
            f"between 5{NBSP}million euros and 6{NBSP}million euros",
            f"between 5{NBSP}million and 6{NBSP}million",
        ),
        (
            Money(Decimal(1), "EUR", Bound.ABOUT),
            f"about EUR{NBSP}1",
            f"about EUR{NBSP}1",
            "about 1 euro",
            "1",
        ),
        (Label("F4"), "F4", "F4", "F4", "F4"),
        (Date("../2035"), "by 2035", "by 2035", "by 2035", "by 2035"),
    ],
)
def test_value_in_every_form(value: Value, usual: str, short: str, long: str, number: str) -> None:
    fact = _fact(value)
    assert (WORDING.fact(fact), WORDING.fact(fact, "table")) == (usual, usual)
    assert WORDING.fact(fact, "short") == short
    assert WORDING.fact(fact, "long") == long
    assert WORDING.fact(fact, "number") == number


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("trams", "fewer than 12 trams"),
        ("passengers per year", "fewer than 12 passengers per year"),
        ("km", "less than 12 km"),
        ("litres per day", "less than 12 litres per day"),
        ("%", "less than 12%"),
        ("GBP/MWh", "less than 12 GBP/MWh"),
        ("years", "less than 12 years"),
    ],
)
def test_things_are_fewer_and_measures_less(unit: str, words: str) -> None:
    assert WORDING.value(Quantity(Decimal(12), unit, Bound.LESS_THAN)) == words


@pytest.mark.parametrize(
    ("currency", "words"),
    [
        ("SEK", f"SEK{NBSP}40m"),
        ("CHF", f"CHF{NBSP}40m"),
        ("KWD", f"KWD{NBSP}40m"),
        ("EUR", "€40m"),
        ("USD", "US$40m"),
        ("GBP", "£40m"),
    ],
)
def test_a_code_is_set_apart_from_its_number(currency: str, words: str) -> None:
    assert WORDING.money(Decimal(40_000_000), currency, "short") == words
    assert WORDING.money(Decimal(-40_000_000), currency, "short") == f"−{words}"


def test_short_numbers_are_as_documented() -> None:
    assert WORDING.number(Decimal(8_000_000), "short") == "8m"
    assert WORDING.money(Decimal(90_000_000_000), "EUR", "short") == "€90bn"


@pytest.mark.parametrize("currency", ["EUR", "USD", "UAH", "SEK", "JPY", "XXX"])
@pytest.mark.parametrize("form", ["", "short", "long"])
def test_money_is_not_rounded_to_its_currency(currency: str, form: str) -> None:
    assert "1,234.567" in WORDING.money(Decimal("1234.567"), currency, form)


# ---------------------------------------------------------------------------------------------- dates


def _with_plain_spaces(words: str) -> str:
    return words.replace(NBSP, " ")


def test_day_stays_on_the_line_of_its_month() -> None:
    assert WORDING.date(Date("2025-11-17")).startswith(f"17{NBSP}November")
    assert WORDING.date(Date("2025-11-17"), "short").startswith(f"17{NBSP}Nov")


@pytest.mark.parametrize(
    ("edtf", "inferred", "long", "short"),
    [
        ("2025-11-17", "", "17 November 2025", "17 Nov 2025"),
        ("2025-11-17", "year", "17 November [2025]", "17 Nov [2025]"),
        ("2025-11-17", "month year", "17 [November 2025]", "17 [Nov 2025]"),
        ("2025-11-17", "day month year", "[17 November 2025]", "[17 Nov 2025]"),
        ("2025-11-17", "day", "[17] November 2025", "[17] Nov 2025"),
        ("2025-11", "", "November 2025", "Nov 2025"),
        ("2025-11", "year", "November [2025]", "Nov [2025]"),
        ("2025", "", "2025", "2025"),
        ("2025", "year", "[2025]", "[2025]"),
        ("2025-22", "", "summer 2025", "summer 2025"),
        ("2025-24", "year", "winter [2025]", "winter [2025]"),
        ("2025-33", "", "the first quarter of 2025", "the first quarter of 2025"),
        ("../2025-36", "", "by the fourth quarter of 2025", "by the fourth quarter of 2025"),
        ("2025-41", "year", "the second half of [2025]", "the second half of [2025]"),
        ("202X", "", "the 2020s", "the 2020s"),
        ("18XX", "", "the 19th century", "the 19th century"),
        ("20XX~", "", "about the 21st century", "about the 21st century"),
        ("../10XX", "", "by the 11th century", "by the 11th century"),
        ("21XX", "", "the 22nd century", "the 22nd century"),
        ("2025-XX", "", "2025", "2025"),
        ("2025-11-XX", "", "November 2025", "Nov 2025"),
        ("2025-11-17?", "", "17 November 2025 (uncertain)", "17 Nov 2025 (uncertain)"),
        ("2025-11~", "", "about November 2025", "about Nov 2025"),
        ("2025%", "", "about 2025 (uncertain)", "about 2025 (uncertain)"),
        ("../2035", "", "by 2035", "by 2035"),
        ("2026/..", "", "from 2026", "from 2026"),
        ("2026/", "", "from 2026", "from 2026"),
        ("2025-11-16/2025-11-18", "", "16 November 2025 to 18 November 2025", "16 Nov 2025 to 18 Nov 2025"),
        ("2025/2026~", "year", "[2025] to about [2026]", "[2025] to about [2026]"),
    ],
)
def test_date_in_words(edtf: str, inferred: str, long: str, short: str) -> None:
    date = Date(edtf, tuple(DatePart(part) for part in inferred.split()))
    assert (_with_plain_spaces(WORDING.date(date)), _with_plain_spaces(WORDING.date(date, "short"))) == (
        long,
        short,
    )


@pytest.mark.parametrize("edtf", ["202X-11", "202X-11-17", "202X-22", "20XX-11-17"])
def test_year_that_is_not_known_is_not_filled_in(edtf: str) -> None:
    """2020 would be one year out of ten; reading refuses such a date, so that none comes this far."""
    with pytest.raises(NotADate):
        WORDING.date(Date(edtf))


def test_century_is_not_called_a_decade() -> None:
    """'The 1900s' can be read as the ten years from 1900."""
    assert WORDING.date(Date("19XX")) != WORDING.date(Date("190X"))


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31)))
def test_day_in_words_reads_back(day: datetime.date) -> None:
    words = WORDING.day(day)
    assert words == WORDING.date(Date(day.isoformat()))
    number, month, year = words.split()
    assert datetime.datetime.strptime(f"{int(number):02} {month} {int(year):04}", "%d %B %Y").date() == day


# ---------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ("a", "Ada Holm"),
        ("a b", "Ada Holm and Ivo Brandt"),
        ("a b c", "Ada Holm, Ivo Brandt and the Council"),
    ],
)
def test_names_are_a_list_in_words(ids: str, words: str) -> None:
    assert WORDING.names(Slug(name) for name in ids.split()) == words


def test_an_actor_that_no_register_has_is_called_by_its_id() -> None:
    assert WORDING.names([Slug("b"), Slug("the-old-office")]) == "Ivo Brandt and The Old Office"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Quantity(Decimal(100), "ferries"), "100 ferries"),
        (Quantity(Decimal(1_234_567), "ferries", Bound.UP_TO), "up to 1,234,567 ferries"),
        (Quantity(Decimal("12.50"), "%"), "12.50%"),
        (Money(Decimal(90_000_000_000), "EUR"), "EUR 90 billion"),
        (Money(Decimal(9 * 10**12), "EUR", Bound.AT_LEAST), "at least EUR 9 trillion"),
        (Date("2025-11-17", (DatePart.YEAR,)), "17 November [2025]"),
        (Label("F4"), "F4"),
    ],
    ids=str,
)
def test_a_message_says_a_value_in_english_with_plain_spaces(value: Value, words: str) -> None:
    assert in_message(value) == words


def test_what_we_see_in_the_texts_is_not_said_by_them() -> None:
    assert WORDING.speakers(_fact(kind=FactKind.OBSERVATION)) == "our observation"
    assert WORDING.speakers(_fact(kind=FactKind.CONTEXT)) == "the report, in its own words"


@pytest.mark.parametrize(
    ("when", "status", "words"),
    [
        ("2031", Reached.ANNOUNCED, "announced for 2031"),
        ("2029-11-17", Reached.INTENT, f"declared intent, 17{NBSP}Nov 2029"),
        ("../2035", Reached.INTENT, "declared intent, by 2035"),
        ("2031", None, "2031"),
    ],
)
def test_a_promised_year_does_not_read_as_the_year_of_the_promise(
    when: str, status: Status | None, words: str
) -> None:
    fact = _fact(status=status, date=Date(when), asserted=Date("2029-11-17"), said_by=(Slug("a"),))
    assert WORDING.dated_status(fact) == words


def test_speaker_of_a_fact_without_one_is_the_source() -> None:
    assert WORDING.fact(_fact(), "speaker") == "the report, in its own words"
    many = (Evidence(Slug("gazette"), 1, ("a",)), Evidence(Slug("courier"), 1, ("a",)))
    assert WORDING.speakers(_fact(evidence=many)) == "the reports, in their own words"
    assert WORDING.fact(_fact(said_by=(Slug("b"),)), "speaker") == "Ivo Brandt"


def test_speaker_whom_no_passage_names_is_our_reading() -> None:
    named = Evidence(Slug("gazette"), 1, ("ferries",), Slug("post"))
    read = dataclasses.replace(named, inferred=True)
    for evidence, expected in (((read, named), "Ivo Brandt"), ((read,), "Ivo Brandt (our reading)")):
        fact = dataclasses.replace(_fact(said_by=(Slug("b"),)), evidence=evidence)
        assert WORDING.fact(fact, "speaker") == expected


# ---------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize("name", FORMS)
def test_form_is_documented_and_its_example_is_what_it_prints(name: str) -> None:
    form = FORMS[name]
    assert form.name == name
    assert form.meaning
    assert form.meaning[0].islower()
    facts = [
        _fact(Quantity(Decimal(12), "trams", Bound.UP_TO)),
        _fact(Quantity(Decimal(12), "trams")),
        _fact(Money(Decimal(90_000_000_000), "EUR")),
        _fact(date=Date("2025-11-17")),
        _fact(kind=FactKind.COMMITMENT, status=Reached.INTENT, said_by=(Slug("office"),)),
        _fact(
            Quantity(Decimal(12), "trams"),
            history=(values.assertion("2025-01-01", value=Quantity(Decimal(8), "trams")),),
        ),
    ]
    office = Actor(Slug("office"), "the Presidential Office", ActorKind.ORGANISATION)
    wording = Wording("en-GB", {**ACTORS, "office": office})
    printed = {wording.fact(fact, name) for fact in facts}
    if name == "statement":
        assert printed == {"A statement."}
    elif name == "mark":
        assert printed == {""}
    else:
        assert form.example in {words.replace(NBSP, " ") for words in printed if words}


@pytest.mark.parametrize(
    ("form", "fact"),
    [("", _fact()), ("short", _fact()), ("date", _fact()), ("status", _fact()), ("number", _fact())],
)
def test_form_without_anything_to_print_says_so(form: str, fact: Fact) -> None:
    assert WORDING.fact(fact, form) is None


# ---------------------------------------------------------------------------------------- completeness


@pytest.mark.parametrize(
    ("likelihood", "sentence"),
    [
        (Likelihood.ALMOST_NO_CHANCE, "We judge that there is almost no chance (1–5%) that ferries come."),
        (Likelihood.VERY_UNLIKELY, "We judge it very unlikely (5–20%) that ferries come."),
        (Likelihood.UNLIKELY, "We judge it unlikely (20–45%) that ferries come."),
        (Likelihood.ROUGHLY_EVEN, "We judge that there is a roughly even chance (45–55%) that ferries come."),
        (Likelihood.LIKELY, "We judge it likely (55–80%) that ferries come."),
        (Likelihood.VERY_LIKELY, "We judge it very likely (80–95%) that ferries come."),
        (Likelihood.ALMOST_CERTAIN, "We judge it almost certain (95–99%) that ferries come."),
    ],
)
def test_judgement_is_a_sentence_without_its_confidence(likelihood: Likelihood, sentence: str) -> None:
    judgement = Judgement(Key("s.j"), "ferries come", likelihood, Confidence.LOW, Prose("x"), "y")
    assert WORDING.judgement(judgement) == sentence


def test_statement_with_braces_is_printed_as_it_is() -> None:
    judgement = Judgement(Key("s.j"), "{0} and {x} come", Likelihood.LIKELY, Confidence.LOW, Prose("x"), "y")
    assert WORDING.judgement(judgement, "**{0}**") == "We judge it **likely** (55–80%) that {0} and {x} come."


@pytest.mark.parametrize(
    ("text", "language", "held"),
    [
        ("of 9 February 2026", "en-GB", "of 9_February_2026"),
        ("17 November [2025]", "en-GB", "17_November_[2025]"),
        ("on February 9, 2026", "en-US", "on February_9,_2026"),
        ("am 9. Februar 2026", "de", "am 9._Februar_2026"),
        ("le 1er janvier 2026", "fr", "le 1er_janvier_2026"),
        ("9 лютого 2026", "uk", "9_лютого_2026"),
        ("12 trams in May", "en-GB", "12 trams in May"),
        ("France 2 reports", "en-GB", "France 2_reports"),
        ("since edition 2", "en-GB", "since edition_2"),
    ],
)
def test_no_line_ends_within_a_date_or_between_a_number_and_what_it_counts(
    text: str, language: str, held: str
) -> None:
    assert held_together(text, language).replace(NBSP, "_") == held


def test_quotation_marks_in_french_have_their_spaces() -> None:
    assert spaced_quotations("à «14:39» et « midi »", "fr").replace(NBSP, "_") == "à «_14:39_» et «_midi_»"
    assert spaced_quotations("at «14:39»", "en-GB") == "at «14:39»"
    assert str(html.plain('le "mot"', "fr")).replace(NBSP, "_") == "le «_mot_»"


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("Wording corrected", "Wording corrected."),
        ("Why?", "Why?"),
        ("It says “no.”", "It says “no.”"),
        ("", ""),
    ],
)
def test_a_note_ends_as_a_sentence(note: str, sentence: str) -> None:
    assert closed(note) == sentence


def test_a_change_in_french_takes_any_words() -> None:
    words = Wording("fr", {}).change("en discussion", "le texte")
    assert words.replace(NBSP, " ") == " : auparavant en discussion, désormais le texte"


def test_counts_are_grouped_and_years_are_not() -> None:
    assert WORDING.say("value.number", n=1806) == "1,806"
    assert WORDING.say("home.part", part=2, whole=1806) == "2 of 1,806"
    assert WORDING.say("date.decade", year=1990) == "the 1990s"
