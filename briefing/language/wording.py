"""Values in words: numbers, money and dates as readers of a language expect them.

Briefs, the site, the reading of prose and messages all print values with this module.

Nothing is rounded, ever: a number is shortened to "8 million" only where that is the same number. Parts of a
date or a value that were inferred are in square brackets, as in library catalogues.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from babel import Locale, dates, numbers
from babel.numbers import list_currencies

from briefing.language import lexicon, quantities, source_words, words
from briefing.language.words import Words
from briefing.model import edtf
from briefing.model.facts import BEFORE, Fact, Judgement, Row
from briefing.model.ladders import Flag, Group, Ladder, Status
from briefing.model.project_words import NO_WORDS, ProjectWords
from briefing.model.scales import (
    Bound,
    DatePart,
    DateStyle,
    FactKind,
    Instrument,
    MoneyStyle,
    Noun,
    ValuePart,
)
from briefing.model.sources import Actor
from briefing.model.values import Date, Label, Money, Quantity, Slug, Value

USUAL = ""
_STYLES = {MoneyStyle.CODE: USUAL, MoneyStyle.SYMBOL: "short", MoneyStyle.NAME: "long"}
"""The form in which running text prints money, by the house style."""
_SCALES = {"trillion": 12, "billion": 9, "million": 6}
"""The words for large numbers, each with its power of ten."""
_DAY = r"d+|'[^']+'(?=[ \u00a0][ML])"
"""A day in a pattern of Babel, or the word for the first day before its month."""


@dataclass(frozen=True, slots=True)
class LinkForm:
    """A named way to print a fact: ``[](fact:key#name)``."""

    name: str
    meaning: str
    example: str
    words: Callable[[Wording, Fact], str | None]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one language; ``actors`` give the names to print for ids."""

    language: str
    actors: Mapping[str, Actor]
    own: ProjectWords = NO_WORDS
    """The words of the project."""

    @property
    def say(self) -> Words:
        """The words of the language that the program itself prints."""
        return Words(self.language, self._nouns())

    def _nouns(self) -> tuple[tuple[str, str, str], ...]:
        """Return the nouns of the project in this language: the thing, one of it, and several."""
        found = ((noun.value, self.own.noun(noun, self.language)) for noun in Noun) if self.own.nouns else ()
        return tuple((thing, item.one, item.many) for thing, item in found if item)

    @property
    def locale(self) -> Locale:
        """Babel's data of the language."""
        return words.locale_of(self.language)

    def named(self, step: Enum | Status | Flag) -> str:
        """Return the words of a step of a scale: in service."""
        return self.say.named(step)

    def fact(self, fact: Fact, form: str = USUAL) -> str | None:
        """Return a fact in a form; None where the fact has nothing for the form to print."""
        shown, form = fact.linked(form)
        return FORMS[form].words(self, shown)

    def value(self, value: Value, form: str = USUAL) -> str:
        """Return a value in the form '', short, long, table or number."""
        if isinstance(value, Date):
            return self.date(value, form)
        if isinstance(value, Label):
            return _marked(value.text, ValuePart.TEXT in value.inferred)
        is_few = value.bound is Bound.LESS_THAN and self._is_counted(value)
        key = "value.fewer" if is_few else f"bound.{value.bound.value}"
        if form == "number":
            is_inferred = ValuePart.AMOUNT in value.inferred
            low = _marked(self.number(value.amount), is_inferred)
            if value.upper is None:
                return low
            return self.say(key, low=low, high=_marked(self.number(value.upper), is_inferred))
        low, *rest = self._amounts(value, form)
        return _marked(self.say(key, low=low, high="".join(rest)), ValuePart.BOUND in value.inferred)

    def _is_counted(self, value: Quantity | Money) -> bool:
        """Return whether a value counts things: trams, but neither kilometres nor percent nor money."""
        known = lexicon.of_language(self.language)
        return isinstance(value, Quantity) and not (known and quantities.is_measured(value.unit, known))

    def _amounts(self, value: Quantity | Money, form: str) -> tuple[str, ...]:
        plain = self._counted_amounts(value, form)
        if not value.per:
            return plain
        per = _marked(self._per(value.per, form), ValuePart.PER in value.inferred)
        key = "value.per_short" if form == "short" else "value.per"
        return (*plain[:-1], self.say(key, words=plain[-1], unit=per))

    def _per(self, unit: str, form: str) -> str:
        """Return one of a unit as it is printed after "per", or a currency."""
        is_named = form == "long" or "{code}" not in self.say.pattern("value.money")
        if is_named and unit in list_currencies():
            return numbers.get_currency_name(unit, count=1, locale=self.locale)
        forms = self.own.unit(unit, self.language)
        return (forms and (forms.per or forms.one)) or unit

    def _unit(self, unit: str, amount: Decimal, form: str) -> str:
        """Return a unit as it is printed after a number."""
        forms = self.own.unit(unit, self.language)
        if forms is None:
            return unit
        is_one = self.locale.plural_form(amount.copy_abs()) == "one"
        usual = (forms.one if is_one else forms.many) or unit
        return (forms.short or usual) if form == "table" else usual

    def _counted_amounts(self, value: Quantity | Money, form: str) -> tuple[str, ...]:
        amounts = (value.amount,) if value.upper is None else (value.amount, value.upper)
        if isinstance(value, Money):
            style = _STYLES[self.own.money] if form in (USUAL, "table") else form
            return tuple(self.money(amount, value.currency, style, value.inferred) for amount in amounts)
        short = form == "short"
        is_inferred = ValuePart.AMOUNT in value.inferred
        plain = [
            _marked(self.number(amount, "short" if short else "long"), is_inferred) for amount in amounts
        ]
        if not short:
            printed = self._unit(value.unit, amounts[-1], form)
            unit = _marked(printed, ValuePart.UNIT in value.inferred)
            plain[-1] = (
                self.say("value.percent", number=plain[-1])
                if value.unit == "%"
                else self._of("value.of", amounts[-1], plain[-1], unit)
            )
        return tuple(plain)

    def _of(self, key: str, amount: Decimal, number: str, what: str, code: str = "") -> str:
        """Return a number with what it counts; in some languages, a word joins "million" to that."""
        if _compact_digits(amount) is not None:
            vowels = self.say("value.vowels")
            key += "_million_vowel" if what.lstrip("[")[:1].lower() in vowels.split() else "_million"
        return self.say(key, number=number, what=what, code=code)

    def number(self, amount: Decimal, form: str = "long") -> str:
        """Return a number, never rounded: 1,250; 12.10; 8 million (short: 8m) where that is exact."""
        return _unbroken(self._number(amount, form))

    def _number(self, amount: Decimal, form: str) -> str:
        digits = _compact_digits(amount)
        if digits is None:
            exponent = amount.as_tuple().exponent
            places = max(0, -exponent) if isinstance(exponent, int) else 0
            pattern = "#,##0" + ("." + "0" * places if places else "")
            return _in_digits(amount, pattern, self.language)
        if form == "short":
            text = numbers.format_compact_decimal(
                amount, format_type="short", locale=self.locale, fraction_digits=digits
            )
            return self._scaled(text)
        name, power = next(item for item in _SCALES.items() if abs(amount) >= Decimal(10) ** item[1])
        scaled = amount.scaleb(-power)
        shape = f"#,##0.{'#' * digits}" if digits else "#,##0"
        number = _in_digits(scaled, shape, self.language)
        return self.say.pattern(f"value.{name}", scaled).format(n=number)

    def _scaled(self, text: str) -> str:
        """Return a shortened number with the language's own abbreviation of its scale."""
        pairs = self.say("value.short_scales").split()
        scale = dict(zip(pairs[::2], pairs[1::2], strict=True)).get(text[-1:])
        return text[:-1] + scale if scale else text

    def money(
        self, amount: Decimal, currency: str, form: str = USUAL, inferred: Collection[ValuePart] = ()
    ) -> str:
        """Return an amount of money: EUR 90 billion; short €90bn; long 90 billion euros.

        Inferred parts are in square brackets; in the short form, which joins them, the whole is.
        """
        digits = _compact_digits(amount)
        if form == "short" and digits is not None:
            text = numbers.format_compact_currency(
                amount, currency, format_type="short", locale=self.locale, fraction_digits=digits
            )
            text = _unbroken(re.sub(r"(?<=[^\W\d_])(?=\d)", "\N{NO-BREAK SPACE}", self._scaled(text)))
            return _marked(text, bool({ValuePart.AMOUNT, ValuePart.CURRENCY} & {*inferred}))
        number = _marked(self.number(amount), ValuePart.AMOUNT in inferred)
        in_words = numbers.get_currency_name(currency, count=amount, locale=self.locale)
        code, name = (_marked(text, ValuePart.CURRENCY in inferred) for text in (currency, in_words))
        if form == "long":
            return self._of("value.of", amount, number, name)
        return self._of("value.money", amount, number, name, code)

    def row(self, row: Row) -> str:
        """Return the name of a row: 2025, March 2026, north plant."""
        return row.name or (self.date(row.when) if row.when else row.named)

    def cell(self, row: Row, form: str = USUAL) -> str:
        """Return the value of a row: not known, where the table says so, and nothing for an empty cell."""
        if row.value is not None:
            return self.value(row.value, form)
        return self.say("value.unknown" if row.is_unknown else "value.none")

    def rows(self, rows: Iterable[Row]) -> str:
        """Return the rows of a fact in words: 2024, 4.3 GW; 2025, 3.0 GW."""
        pairs = (self.say("value.list").join((self.row(row), self.cell(row))) for row in rows)
        return self.say("value.long_list").join(pairs)

    def is_form(self, fact: Fact, form: str) -> bool:
        """Return whether a link to a fact may have a form: one of those for all facts, or one of its rows."""
        return form in FORMS or fact.row(form) is not None

    def date(self, date: Date, form: str = USUAL) -> str:
        """Return a date: 17 November 2025; short 17 Nov 2025; inferred parts in brackets, bounds in words."""
        width = "short" if form == "short" or self.own.dates is DateStyle.SHORT else "long"
        if self.own.dates is DateStyle.ISO and edtf.is_day(date.edtf) and not date.inferred:
            return date.edtf
        if date.within:
            number, _, unit = date.within.partition(" ")
            time = self.say(f"date.time_{unit.removesuffix('s')}s", n=int(number))
            of = date.of if edtf.is_date(date.of) else date.edtf.partition("/")[0]
            return self.say("date.within", time=time, date=_date_words(self.language, of, (), width))
        return _date_words(self.language, date.edtf, date.inferred, width)

    def ladder(self, ladder: Ladder) -> str:
        """Return the name of a ladder."""
        return self.say.ladder(ladder)

    def group(self, group: Group, ladder: Ladder) -> str:
        """Return the name of a group of a ladder."""
        return self.say.group(group, ladder)

    def status(self, fact: Fact) -> str:
        """Return the status of a fact, marked where that is our reading; empty where it has none."""
        if fact.status is None:
            return ""
        return self._ours(self.step(fact), bool(fact.status_basis))

    def status_alone(self, fact: Fact) -> str:
        """Return the status of a fact where its speakers are not beside it; empty where it has none.

        It is marked where the status is our reading, or who says so.
        """
        return self._ours(self.step(fact), fact.is_our_reading) if fact.status else ""

    def step(self, fact: Fact) -> str:
        """Return the status of a fact, with the word "reported" where no actor says so; else empty."""
        words = self.named(fact.status) if fact.status else ""
        return self.say("value.reported", words=words) if words and fact.is_reported else words

    def _ours(self, text: str, is_ours: bool) -> str:
        """Return some words, with the remark that they are our reading where they are."""
        return (
            self.say("value.with_remark", words=text, remark=self.say("who.our_reading")) if is_ours else text
        )

    def deadline(self, date: Date) -> str:
        """Return the latest that a date can mean: by the end of 2035; days and open ends as in ``date``."""
        last = date.span.end
        if last is None or date.within or last.third or last.precision in ("day", "century"):
            return self.date(date)
        return self.say("date.by_the_end_of", date=self._point(last, date.inferred, "long"))

    def dated_status(self, fact: Fact) -> str:
        """Return status, flags and date of a fact: intent, 17 Nov 2025; announced for 2026, if it was ahead.

        A year that somebody promised must not read as the year in which he promised it.
        """
        assert fact.date
        date, said = self.date(fact.date, "short"), fact.asserted
        words = self.say("value.list").join(filter(None, (self.status(fact), *map(self.named, fact.flags))))
        is_ahead = said is not None and fact.date.latest > said.latest
        if fact.status and is_ahead and not self.has_words_before(fact.date):
            return self.say("value.due", words=words, date=date)
        return self.say("value.list").join(filter(None, (words, date)))

    def has_words_before(self, date: Date) -> bool:
        """Return whether a date in words cannot follow "from" or "to": by 2035, from 2026, an interval."""
        return date.span.is_interval

    def change(self, before: str, after: str) -> str:
        """Return a change, to follow what changed: ", from 4 to 6"; ": up to 4 before, up to 6 now"."""
        patterns = map(self.say.pattern, ("date.before", "date.since", "bound.up to", "bound.between"))
        bounds = tuple(filter(None, (pattern.partition("{")[0] for pattern in patterns)))
        has_bound = before.startswith(bounds) or after.startswith(bounds)
        return self.say("value.changed_bounds" if has_bound else "value.changed", before=before, after=after)

    def was_due(self, date: Date) -> str:
        """Return the date of a milestone that has passed: was expected on 31 Dec 2025, by the end of 2025."""
        span, words = date.span, self.date(date, "short")
        if span.is_interval or span.end is None or span.end.third:
            return self.say("date.was_expected", when=words)
        if span.end.precision == "day":
            return self.say("date.was_expected_on", date=words)
        return self.say("date.was_expected", when=self.say("date.by_the_end_of", date=words))

    def _date(self, date: Date, width: str) -> str:
        span = date.span
        start = span.start and self._point(span.start, date.inferred, width)
        end = span.end and self._point(span.end, date.inferred, width)
        if not span.is_interval:
            return start or ""
        if start and end:
            return self.say("date.interval", first=start, last=end)
        return self.say("date.since", date=start) if start else self.say("date.before", date=end)

    def _point(self, point: edtf.Point, inferred: tuple[DatePart, ...], width: str) -> str:
        text = self._unqualified(point, inferred, width)
        key = {"?": "date.uncertain", "~": "date.approximate", "%": "date.unsure"}.get(point.qualifier)
        return self.say(key, date=text) if key else text

    def _unqualified(self, point: edtf.Point, inferred: tuple[DatePart, ...], width: str) -> str:
        if point.third:
            plain = dataclasses.replace(point, third="", earliest=point.earliest.replace(day=1))
            key = f"date.{point.third}"
            return self.say(key, date=self._unqualified(plain, inferred, width))
        if point.precision in edtf.OTHER_YEARS.values():
            return self.say(f"date.{point.precision}", year=self._two_years(point, inferred))
        if point.precision == "century":
            number = point.earliest.year // 100 + 1
            return self.say("date.century", n=number, roman=_roman(number))
        if point.precision == "decade":
            return self.say("date.decade", year=point.earliest.year)
        if point.part:
            year = _bracketed(str(point.earliest.year), DatePart.YEAR in inferred)
            return self.say(f"date.part_{point.part}", year=year)
        pattern = self._day_pattern(_date_pattern(self.language, point.precision, width), point.earliest)
        for part, letters in ((DatePart.DAY, _DAY), (DatePart.MONTH, "[ML]+"), (DatePart.YEAR, "y+")):
            if part in inferred:
                pattern = re.sub(letters, _in_brackets, pattern, count=1)
        text = dates.format_date(point.earliest, pattern, locale=self.locale)
        return text.replace("]\N{NO-BREAK SPACE}[", "\N{NO-BREAK SPACE}").replace("] [", " ")

    def _two_years(self, point: edtf.Point, inferred: tuple[DatePart, ...]) -> str:
        """Return the years of a fiscal or academic year: 2025/26; 2026, if it is that of the calendar."""
        first, last = point.earliest.year, point.latest.year
        return _bracketed(
            str(first) if first == last else f"{first}/{last % 100:02}", DatePart.YEAR in inferred
        )

    def _day_pattern(self, pattern: str, day: datetime.date) -> str:
        """Return a pattern with the word that a language has for the first day of a month: 1er."""
        first = self.say("date.first")
        return re.sub("d+", f"'{first}'", pattern, count=1) if day.day == 1 and first != "1" else pattern

    def day(self, day: datetime.date) -> str:
        """Return a calendar day in words."""
        pattern = self._day_pattern(_date_pattern(self.language, "day", "long"), day)
        return dates.format_date(day, pattern, locale=self.locale)

    def judgement(self, judgement: Judgement, emphasis: str = "{0}") -> str:
        """Return a judgement as a sentence, with ``emphasis`` on its likelihood, and that one's range."""
        low, high = judgement.likelihood.percent
        share = self.say("scale.likelihood_range", low=low, high=high)
        words = emphasis.format(self.named(judgement.likelihood))
        likelihood = self.say("value.with_remark", words=words, remark=share)
        key = f"judgement.{judgement.likelihood.value}"
        return self.say(key, likelihood=likelihood, statement=judgement.statement)

    def names(self, ids: Iterable[Slug]) -> str:
        """Return the names of actors as a list: A, B and C; an unregistered actor by its id."""
        known = [
            self.actors[name].name if name in self.actors else name.replace("-", " ").title() for name in ids
        ]
        return self.say.listed(known)

    def speakers(self, fact: Fact) -> str:
        """Return who says a fact: actors, marked where that is our reading, the source itself, or we."""
        if fact.said_by:
            return self._ours(self.names(fact.said_by), fact.is_voice_inferred)
        if fact.kind is FactKind.OBSERVATION:
            return self.say("who.our_observation")
        is_one = len({item.source for item in fact.evidence}) == 1
        return self.say("who.source_itself" if is_one else "who.sources_themselves")

    def how_given(self, money: Money) -> tuple[str, ...]:
        """Return how money is given and in which prices, as far as recorded: loan; price basis: 2025."""
        basis = self.price_basis(money)
        known = (
            self.instrument(money),
            self.say("value.price_basis", basis=basis) if basis else "",
        )
        return tuple(filter(None, known))

    def terms(self, money: Money) -> str:
        """Return how money is given and in which prices, as far as either is stated."""
        known = self.how_given(money) if money.price_basis else (self.instrument(money),)
        return self.say("value.list").join(filter(None, known))

    def instrument(self, money: Money) -> str:
        """Return how money is given; empty where that is not recorded."""
        if not money.instrument:
            return ""
        own = self.own.instrument(money.instrument, self.language)
        is_known = money.instrument in list(Instrument)
        return own or (self.say(f"instrument.{money.instrument}") if is_known else money.instrument)

    def price_basis(self, money: Money) -> str:
        """Return in which prices money is; empty where that does not matter."""
        if money.price_basis is None:
            return self.say("value.not_stated")
        return _marked(money.price_basis, ValuePart.PRICE_BASIS in money.inferred)


MESSAGES = Wording("en-GB", {})
"""The wording of messages to authors, which are in English regardless of the language of a brief."""


def in_message(value: Value) -> str:
    """Return a value for a message, with ordinary spaces."""
    return with_plain_spaces(MESSAGES.value(value))


def with_plain_spaces(words: str) -> str:
    """Return words with ordinary spaces in place of no-break spaces."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


@functools.cache
def for_reading(language: str) -> Wording:
    """Return the wording in which prose is read; English where the language has no words of its own."""
    return Wording(language, {}) if words.is_known(language) else MESSAGES


@functools.lru_cache(maxsize=4096)
def _in_digits(amount: Decimal, pattern: str, language: str) -> str:
    """Return an amount in the digits of a language. The pattern says how many decimals, so 1.0 is not 1."""
    return numbers.format_decimal(
        amount, pattern, locale=words.locale_of(language), decimal_quantization=False
    )


def _unbroken(number: str) -> str:
    """Return a number that does not break over lines, with a true minus, so that no hyphen ends a line."""
    return number.replace("-", "\u2212").replace(" ", "\N{NO-BREAK SPACE}")


def _bracketed(text: str, is_inferred: bool) -> str:
    return f"[{text}]" if is_inferred else text


@functools.lru_cache(maxsize=8192)
def _date_words(language: str, text: str, inferred: tuple[DatePart, ...], width: str) -> str:
    return Wording(language, {})._date(Date(text, inferred), width)


def _marked(text: str, is_inferred: bool) -> str:
    """Return a text, in square brackets where no source states it."""
    return f"[{text}]" if is_inferred else text


def _in_brackets(part: re.Match[str]) -> str:
    """Return a part of a pattern in square brackets; text in quotation marks is printed as it is."""
    text = part.group()
    return f"'[{text[1:-1]}]'" if text.startswith("'") else f"'['{text}']'"


def _roman(number: int) -> str:
    """Return a number in Roman numerals, up to the centuries of the calendar."""
    found = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        found += number // value * letters
        number %= value
    return found


@functools.cache
def _date_pattern(language: str, precision: str, width: str) -> str:
    locale = words.locale_of(language)
    if precision == "year":
        return "y"
    if precision == "month":
        skeleton = "yMMM" if width == "short" else "yMMMM"
        return str(locale.datetime_skeletons[skeleton].pattern)
    pattern = str(dates.get_date_format("medium" if width == "short" else "long", locale=locale).pattern)
    return re.sub(r"(?<=d) (?=M)", "\N{NO-BREAK SPACE}", pattern)  # no line break between a day and its month


def held_together(text: str, language: str) -> str:
    """Return a text in which no line ends within a date or some counts: 17 November [2025], 2 reports."""
    if not _DIGIT.search(text):
        return text
    return _bound(language).sub(lambda match: match.group().replace(" ", "\N{NO-BREAK SPACE}"), text)


_DIGIT = re.compile(r"\d")
_COUNTED = ("matters.sign_reports", "ledger.edition")
"""Words with a number that a line must not part from it."""


@functools.cache
def _bound(language: str) -> re.Pattern[str]:
    """Return what finds the words that stay on one line."""
    found = [_a_date(language).pattern]
    for key in _COUNTED:
        forms = Words(language).forms(key)
        for form in (forms,) if isinstance(forms, str) else forms.values():
            before, place, after = re.sub(r"\{\w+\}", "\0", form).partition("\0")
            if place:
                found.append(rf"(?<!\w)(?i:{re.escape(before)})\d+{re.escape(after)}(?!\w)")
    return re.compile("|".join(dict.fromkeys(found)))


@functools.cache
def _a_date(language: str) -> re.Pattern[str]:
    """Return what finds a day and its month, in either order; the months are Babel's and those of sources."""
    names = words.locale_of(language).months["format"]
    found = {name for width in ("wide", "abbreviated") for name in names[width].values()}
    listed = source_words.of_language(language).table("dates").get("months", ())
    found |= {name for month in listed for name in month}
    months = "|".join(map(re.escape, sorted(found, key=lambda name: (-len(name), name))))
    first = re.escape(Words(language)("date.first"))
    day = rf"(?:\d{{1,2}}\.?|{first}|\d{{1,2}}(?:st|nd|rd|th))"
    year = r"(?:,? \[?\d{4}(?!\w))?"
    day_first = rf"(?<!\w){day}[ \u00a0](?:{months})(?!\w){year}"
    month_first = rf"(?<!\w)(?:{months}) \d{{1,2}}(?![\w.,:/%]\d|\w){year}"
    return re.compile(f"{day_first}|{month_first}")


def closed(note: str) -> str:
    """Return a note as a sentence: with a full stop, unless it ends with a mark of its own or is empty."""
    end = note.rstrip("”’»\"')] \u00a0\u202f")[-1:]
    return note if not note or end in ".?!…:;" else f"{note}."


@functools.cache
def quotation_marks(language: str) -> tuple[str, str, str, str]:
    """Return the marks around a quotation and around one within it, with the spaces of the language."""
    opening, _, closing = Words(language).pattern("value.quoted").partition("{words}")
    return opening, closing, *("‘’" if len(opening) == 1 else "“”")


def spaced_quotations(text: str, language: str) -> str:
    """Return a text in which quotation marks have the no-break spaces of the language: « 14:39 »."""
    opening, closing, *_ = quotation_marks(language)
    if len(opening) == 1 or not (opening[0] in text or closing[-1] in text):
        return text
    text = re.sub(rf"{opening[0]}[ \u00a0\u202f]?(?=\S)", opening, text)
    return re.sub(rf"(?<=\S)[ \u00a0\u202f]?{closing[-1]}", closing, text)


def _compact_digits(amount: Decimal) -> int | None:
    """Return the decimals that an exact number of millions or more needs; None to write it out."""
    size = abs(amount)
    scale = next((power for power in _SCALES.values() if size >= Decimal(10) ** power), None)
    if scale is None or amount != amount.to_integral_value():
        return None
    digits = 0
    while amount.scaleb(digits - scale) != amount.scaleb(digits - scale).to_integral_value():
        digits += 1
    return digits if digits <= 2 else None


def _of_value(form: str) -> Callable[[Wording, Fact], str | None]:
    def words(wording: Wording, fact: Fact) -> str | None:
        return None if fact.value is None else wording.value(fact.value, form)

    return words


def _of_date(wording: Wording, fact: Fact) -> str | None:
    return wording.date(fact.date) if fact.date else None


def _of_status(wording: Wording, fact: Fact) -> str | None:
    return wording.step(fact) or None


FORMS: Mapping[str, LinkForm] = {
    form.name: form
    for form in (
        LinkForm(USUAL, "the value as running text prints it", "up to 12 trams", _of_value(USUAL)),
        LinkForm("short", "the value, compact and without its unit", "up to 12", _of_value("short")),
        LinkForm("long", "the value, written out", "90 billion euros", _of_value("long")),
        LinkForm("table", "the value as a table prints it", "up to 12 trams", _of_value("table")),
        LinkForm("number", "the amount alone, without unit", "12", _of_value("number")),
        LinkForm(
            BEFORE,
            "the value before the last change",
            "8 trams",
            lambda words, fact: words.fact(fact, BEFORE),
        ),
        LinkForm("date", "the date of the fact", "17 November 2025", _of_date),
        LinkForm("status", "the status word", "declared intent", _of_status),
        LinkForm("statement", "the whole statement", "The council …", lambda _, fact: fact.statement),
        LinkForm("mark", "only the number of the note", "³", lambda _, fact: ""),
        LinkForm("speaker", "who says so", "the Presidential Office", Wording.speakers),
    )
}
"""Every form that a fact link may name after the ``#``."""
