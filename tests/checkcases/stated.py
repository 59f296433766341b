"""Cases for the checks that hold values, dates and statements to the passages cited, in every language."""

from __future__ import annotations

import dataclasses
import hashlib
from decimal import Decimal
from typing import Any

from briefing.model.findings import Place
from briefing.model.project_words import UnitNames
from briefing.model.scales import Bound, DatePart, FactKind, Instrument, ValuePart
from briefing.model.sources import Evidence
from briefing.model.values import Date, Label, Money, Placed, Quantity, Slug, Value
from briefing.sources import captures, verify
from tests import values
from tests.checkcases import AT, Case, told

UNIT_AT = Place("content/facts/drones.yaml", 5, 31)
STATEMENT_AT = Place("content/facts/drones.yaml", 6, 16)
LANGUAGE_AT = Place("content/sources/report.yaml", 7, 11)
MILESTONE_AT = Place("content/facts/drones.yaml", 30, 11)
SOURCE_AT = Place("content/sources/report.yaml", 11, 8)
FERRIES = (UnitNames("ferries", ("bac|bacs", "Fähre|Fähren", "пором*", "паром*")),)


def cited(
    *terms: str,
    language: str = "en",
    text: str = "",
    published: str | None = None,
    as_of: Date | None = None,
    note: str = "",
    **changes: Any,
) -> Case:
    """A fact of no status with these terms; with a text, held against its capture."""
    source = values.source(
        published=published,
        language=Placed(language, LANGUAGE_AT),
        as_of=as_of,
        note=note,
        capture="report.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    fact = values.fact(
        kind=FactKind.CONTEXT, evidence=(Evidence(Slug("report"), 1, terms),), at=AT, **changes
    )
    library = values.library(fact, sources=(source,), project=values.project(units=FERRIES))
    held = verify.sources(library, {"report": captures.read(text.encode())}) if text else ()
    return Case(library, verified=held)


def _own(changes: dict[str, Any], *names: str) -> dict[str, Any]:
    """Take what is a value's own out of what is changed."""
    return {name: changes.pop(name) for name in names if name in changes}


def counted(amount: str, *terms: str, unit: str = "ferries", upper: str = "", **changes: Any) -> Case:
    """A quantity with these terms."""
    own = _own(changes, "bound", "inferred", "basis")
    top = Decimal(upper) if upper else None
    value = Quantity(Decimal(amount), Placed(unit, UNIT_AT), upper=top, **own)
    return cited(*terms, value=value, **changes)


def paid(amount: str, currency: str, *terms: str, upper: str = "", **changes: Any) -> Case:
    """An amount of money with these terms."""
    own = _own(changes, "bound", "inferred", "basis", "instrument")
    top = Decimal(upper) if upper else None
    value = Money(Decimal(amount), Placed(currency, UNIT_AT), upper=top, **own)
    return cited(*terms, value=value, **changes)


def each(amount: str, currency: str, per: str, *terms: str, **changes: Any) -> Case:
    """A price per unit with these terms."""
    value = Money(Decimal(amount), Placed(currency, UNIT_AT), price_basis=None, per=per)
    return cited(*terms, value=value, **changes)


def named(text: str, *terms: str, **changes: Any) -> Case:
    """A label with these terms."""
    own = _own(changes, "inferred", "basis")
    return cited(*terms, value=Label(Placed(text, UNIT_AT), **own), **changes)


def dated(edtf: str, *terms: str, **changes: Any) -> Case:
    """A fact of a date with these terms."""
    own = _own(changes, "inferred", "basis")
    return cited(*terms, date=Date(edtf, at=AT, **own), **changes)


def says(statement: str, *terms: str, value: Value | None = None, **changes: Any) -> Case:
    """A fact of this statement with these terms."""
    return cited(*terms, statement=Placed(statement, STATEMENT_AT), value=value, **changes)


def expected(edtf: str, *terms: str, inferred: tuple[DatePart, ...] = ()) -> Case:
    """A milestone that rests on a fact with these terms."""
    case = cited(*terms)
    (sheet,) = case.library.sheets.values()
    (fact,) = case.library.facts.values()
    milestone = dataclasses.replace(
        values.milestone("drones.all", edtf, str(fact.id)), date=Date(edtf, inferred, at=MILESTONE_AT)
    )
    changed = dataclasses.replace(sheet, milestones=(milestone,))
    return dataclasses.replace(case, library=values.library(sheets=(changed,), sources=(values.source(),)))


PLAN_OF_SEPTEMBER = {
    "en": ("of September 2020", "6.5 GW"),
    "fr": ("de septembre 2020", "6,5 GW"),
    "de": ("vom September 2020", "6,5 GW"),
    "uk": ("вересня 2020 року", "6,5 ГВт"),
    "ru": ("от сентября 2020 года", "6,5 ГВт"),
}
"""One plan in the words of sources in five languages."""
DOZEN = "no fewer than a dozen ferries"
YEAR = (DatePart.YEAR,)
TEXT = "By 2035 the yard is to build no fewer than a dozen ferries, Holm said on 9 February."

GOOD: dict[str, list[Case]] = {
    "value-not-stated": [
        Case(values.library()),
        counted("4", "four ferries"),
        counted("4", "4 ferries"),
        counted("12", DOZEN, bound=Bound.AT_LEAST),
        counted("4", "up to four ferries", bound=Bound.UP_TO),
        counted("4", "about four ferries", bound=Bound.ABOUT),
        counted("300", "between 300 and 350 ferries", upper="350", bound=Bound.BETWEEN),
        counted("12.5", "12.5 per cent of the cost", unit="%"),
        counted("1250", "1,250 ferries"),
        counted("1", "a ferry"),
        # The same in other languages, each with its own marks and words.
        counted("12000", "bis zu 12.000 Fähren", bound=Bound.UP_TO, language="de"),
        counted("1250", "au moins 1 250 bacs", bound=Bound.AT_LEAST, language="fr"),
        counted("4", "до чотирьох поромів", bound=Bound.UP_TO, language="uk"),
        counted("250", "не менее 250 паромов", bound=Bound.AT_LEAST, language="ru"),
        paid("90000000", "EUR", "about 90 million euros", bound=Bound.ABOUT),
        paid("90000000", "EUR", "€90m"),
        paid("1500000", "EUR", "mindestens 1,5 Millionen Euro", bound=Bound.AT_LEAST, language="de"),
        paid("90000000", "EUR", "environ 90 millions d’euros", bound=Bound.ABOUT, language="fr"),
        paid("90000000", "EUR", "близько 90 мільйонів євро", bound=Bound.ABOUT, language="uk"),
        paid("90000000", "EUR", "около 90 миллионов евро", bound=Bound.ABOUT, language="ru"),
        paid("90000000", "EUR", "a loan", "90 million euros", instrument=Instrument.LOAN),
        named("M2", "the M2 class"),
        # The head of a column has the unit, with its scale and what it is for each of.
        each("241", "GBP", "MWh", "Strike price (GBP/MWh): 241"),
        each("241", "GBP", "MWh", "Strike price (£ per MWh): 241"),
        each("4", "EUR", "kg", "Cost [€/kg]: 4"),
        each("4", "EUR", "tonne", "Prix (€/t): 4", language="fr"),
        each("4", "EUR", "kg", "Preis in €/kg: 4", language="de"),
        counted("12", "Output (t/a): 12", unit="tonnes per year"),
        counted("12", "Flow (l/d): 12", unit="litres per day"),
        counted("12", "Share (%): 12", unit="%"),
        paid("4000000", "EUR", "Grant (EUR million): 4"),
        paid("4000000", "EUR", "Zuschuss (Mio. €): 4", language="de"),
        # "Over" before a length of time may mean during; elsewhere it is a bound.
        counted("15", "over 15 years", unit="years"),
        counted("15", "over 15 years", unit="years", bound=Bound.MORE_THAN),
        counted("15", "3 ferries over 15 years", unit="years"),
        counted("15", "for over 15 years", unit="years", bound=Bound.MORE_THAN),
        counted("15", "within 15 years", unit="years"),
        counted("15", "über 15 Jahre verteilt", unit="years", language="de"),
        counted("15", "over 15 ferries", bound=Bound.MORE_THAN),
        # Words just beside a term count where the capture is at hand.
        counted("12", "a dozen ferries", bound=Bound.AT_LEAST, text=TEXT),
        # What we computed or converted names its result.
        counted(
            "48", "four ferries of twelve cars", unit="cars", inferred=(ValuePart.AMOUNT,), basis="48 cars"
        ),
        named("M2", "the second model", inferred=(ValuePart.TEXT,), basis="the second model, so M2"),
        # Of a language without words, digits are read and no more.
        counted("4", "4 barcos", unit="boats", language="pt"),
    ],
    "date-not-stated": [
        Case(values.library()),
        dated("2026-02-09", "on 9 February 2026"),
        dated("2026-02-09", "9 February", published="2026-02-10"),
        dated("2026-02-09", "9 February", inferred=YEAR, published="2026-02-10"),
        dated("2026-02-09", "9 February", inferred=YEAR, basis="the meeting of 2026"),
        dated("2026-02", "in February", published="2026"),
        dated("../2035", "by 2035"),
        dated("2033-22", "in the summer of 2033"),
        dated("202X", "in the 2020s"),
        dated("2026-02-09", "am 9. Februar 2026", language="de"),
        dated("2026-02-09", "le 9 février 2026", language="fr"),
        dated("2026-02-09", "9 лютого 2026 року", language="uk"),
        dated("2026-02-09", "9 февраля 2026 года", language="ru"),
        dated("../2035", "d’ici 2035", language="fr"),
        dated("../2035", "до 2035 року", language="uk"),
        # The year of a text without one is what its note says.
        dated(
            "2026-02-09",
            "9 February",
            inferred=YEAR,
            as_of=Date("2026-02-10", YEAR),
            note="It speaks of the vote of 2026.",
        ),
        dated("2026-02-09", "on 9 February", text=TEXT, published="2026"),
        expected("../2035", "by 2035"),
    ],
    "figure-not-stated": [
        Case(values.library()),
        says("Holm asks for four ferries.", "four ferries"),
        says("Holm asks for 4 ferries.", "four ferries"),
        says("Four ferries are wanted.", "чотири пороми", language="uk"),
        says("The letter covers 48 cars.", "four ferries", value=Quantity(Decimal(48), "cars")),
        says(
            "It was signed on 9 February 2026.",
            "9 February",
            date=Date("2026-02-09", YEAR, "the vote of 2026"),
        ),
        *(
            says("The plan of September 2020 had an aim of 6.5 GW.", *terms, language=language)
            for language, terms in PLAN_OF_SEPTEMBER.items()
        ),
        says("One in four sails.", "25 Prozent", language="de"),
        says("A ride costs 62 cents.", "62 Cent", language="de"),
        says("A plan exists.", "four ferries", label="Four ferries"),
    ],
    "language-not-read": [
        Case(values.library()),
        counted("4", "four ferries"),
        counted("4", "vier Fähren", language="de-CH"),
        # Nothing rests on it that would be compared.
        cited("um barco", language="pt"),
    ],
}
BAD: dict[str, list[Case]] = {
    "value-not-stated": [
        told(counted("5", "four ferries"), UNIT_AT, says="state the amount '5'; they have 'four ferries'"),
        told(counted("4", "no figure"), UNIT_AT, says="state the amount '4', unit 'ferries'"),
        told(counted("4", "four trams"), UNIT_AT, says="state the unit 'ferries'; they have 'four trams'"),
        told(
            counted("4", "up to four ferries"),
            UNIT_AT,
            says="without a bound, and the cited words have 'up to four",
        ),
        told(
            counted("15", "for over 15 years", unit="years"),
            UNIT_AT,
            says="without a bound, and the cited words have 'for over 15 years'",
        ),
        told(
            counted("15", "3 ferries over 15 years", unit="years", bound=Bound.MORE_THAN),
            UNIT_AT,
            says="state the bound 'more than'",
        ),
        told(
            counted("15", "within 15 years", unit="years", bound=Bound.MORE_THAN),
            UNIT_AT,
            says="state the bound 'more than'",
        ),
        told(counted("15", "over 15 ferries"), UNIT_AT, says="without a bound"),
        told(
            each("241", "EUR", "MWh", "Strike price (GBP/MWh): 241"),
            UNIT_AT,
            says="state the unit 'EUR per MWh'",
        ),
        told(
            each("241", "GBP", "kWh", "Strike price (GBP/MWh): 241"),
            UNIT_AT,
            says="state the unit 'GBP per kWh'",
        ),
        told(
            paid("241", "GBP", "Strike price (GBP/MWh): 241"),
            UNIT_AT,
            says="state the unit 'GBP'; they have 'GBP/MWh'",
        ),
        told(
            counted("12", "Output (t/a): 12", unit="tonnes"),
            UNIT_AT,
            says="state the unit 'tonnes'; they have 't/a'",
        ),
        told(counted("4", "four ferries", bound=Bound.ABOUT), UNIT_AT, says="state the bound 'about'"),
        told(counted("250", "1,250 ferries"), UNIT_AT, says="state the amount '250'"),
        told(counted("12", "12.000 Fähren", language="de"), UNIT_AT, says="state the amount '12'"),
        told(counted("5", "quatre bacs", language="fr"), UNIT_AT, says="state the amount '5'"),
        told(counted("4", "до чотирьох поромів", language="uk"), UNIT_AT, says="without a bound"),
        told(counted("4", "четыре трамвая", language="ru"), UNIT_AT, says="state the unit 'ferries'"),
        told(paid("90", "EUR", "90 million euros"), UNIT_AT, says="state the amount '90'"),
        told(paid("90000000", "USD", "90 million euros"), UNIT_AT, says="state the currency 'USD'"),
        told(
            paid("90000000", "EUR", "90 million euros", instrument=Instrument.LOAN),
            UNIT_AT,
            says="state the instrument 'loan'",
        ),
        told(named("M3", "the M2 class"), UNIT_AT, says="state the text 'M3'"),
        # A part of a word or of a number is not the word.
        told(named("M2", "the M25 road"), UNIT_AT, says="state the text 'M2'"),
        told(
            counted("48", "four ferries", unit="cars", inferred=(ValuePart.AMOUNT, ValuePart.UNIT)),
            UNIT_AT,
            says="infers the amount without a basis",
        ),
        told(
            named("M2", "the second model", inferred=(ValuePart.TEXT,), basis="as it is called"),
            UNIT_AT,
            says="does not name the text 'M2'",
        ),
        told(counted("5", "4 barcos", language="pt"), UNIT_AT, says="state the amount '5'"),
        told(counted("12", "a dozen ferries", text=TEXT), UNIT_AT, says="without a bound"),
        told(
            cited("in March 2026", value=Date("2026-02", at=UNIT_AT)),
            UNIT_AT,
            says="state the month '2026-02'; they have 'March 2026'",
        ),
    ],
    "date-not-stated": [
        told(
            dated("2026-02-09", "9 February"),
            AT,
            says="the year of 2026-02-09; they have '9 February'",
        ),
        told(dated("2026-02-09", "a letter", published="2026-02-09"), AT, says="states the day of"),
        told(dated("2026-02-10", "9 February", published="2026"), AT, says="states the day of"),
        told(dated("2026-03", "9 лютого", language="uk", published="2026"), AT, says="states the month of"),
        told(dated("2026-02-09", "am 10. Februar 2026", language="de"), AT, says="states the day of"),
        told(dated("2025-02-09", "le 9 février 2026", language="fr"), AT, says="states the year"),
        told(dated("2035", "до 2035 года", language="ru"), AT, says="the cited words have '2035'"),
        told(dated("../2035", "in 2035"), AT, says="has the date ../2035, and the cited words have '2035'"),
        told(
            dated("2026-02-09", "9 February", inferred=YEAR, published="2025"),
            AT,
            says="infers the year of 2026-02-09, and no date of its sources has that",
        ),
        # Once for a source, where no date at all is on record.
        told(
            dated("2026-02-09", "9 February", inferred=YEAR),
            Place(""),
            says="report states no date, and the dates of drones.letter are inferred without a basis",
        ),
        told(
            cited("a letter", as_of=Date("2026-02-10", YEAR, at=SOURCE_AT), note="Undated."),
            SOURCE_AT,
            says="its note does not say why the year",
        ),
        told(
            cited("a letter", asserted=Date("2026-02-09", at=AT)),
            AT,
            says="the year and month and day",
        ),
        told(expected("2035", "in 2034"), MILESTONE_AT, says="states the year of 2035; they have '2034'"),
    ],
    "figure-not-stated": [
        told(
            says("Holm asks for five ferries.", "four ferries"),
            STATEMENT_AT,
            says="'five' is in the statement of",
        ),
        told(
            says("Holm asks for 5 ferries.", "чотири пороми", language="uk"), STATEMENT_AT, says="'5' is in"
        ),
        told(says("It was signed on 9 February 2026.", "on 8 February 2026"), STATEMENT_AT, says="'9 Feb"),
        *(
            told(
                says("The plan of October 2020 had an aim of 6.5 GW.", *terms, language=language),
                STATEMENT_AT,
                says="'October 2020' is in the statement of",
            )
            for language, terms in PLAN_OF_SEPTEMBER.items()
        ),
        told(says("One in four sails.", "20 Prozent", language="de"), STATEMENT_AT, says="'four' is in"),
        told(
            says("A plan exists.", "four ferries", label=Placed("Five ferries", STATEMENT_AT)),
            STATEMENT_AT,
            says="'Five' is in the label of",
        ),
    ],
    "language-not-read": [
        told(counted("4", "4 barcos", language="pt"), LANGUAGE_AT, says="of report only digits"),
    ],
}
