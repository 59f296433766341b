"""Values in words: numbers, money and dates as readers of a language expect them.

Briefs, the site, the reading of prose and messages all print values with this module.

Nothing is rounded, ever: a number is shortened to "8 million" only where that is the same number. Parts of a
date or a value that were inferred are in square brackets, as in library catalogues.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError, dates, lists, numbers

from briefing.language import lexicon, quantities
from briefing.model import edtf
from briefing.model.facts import Fact, Judgement
from briefing.model.scales import Bound, DatePart, Likelihood, ValuePart
from briefing.model.sources import Actor
from briefing.model.values import NOT_STATED, Date, Label, Money, Quantity, Slug, Value

USUAL = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language that are not in Babel's data."""

    bounds: Mapping[Bound, str]
    fewer: str
    """The bound ``less than`` before things that are counted, not measured."""
    before: str
    by_the_end_of: str
    since: str
    was_due: str
    """Before the date of a milestone that has passed; {0} is the date with the word ``before``."""
    expected_then: str
    not_met: str
    """The words before and after what was expected of such a milestone."""
    interval: str
    uncertain: str
    approximate: str
    unsure: str
    decade: str
    century: Callable[[int], str]
    """The words for a century by its number, 19 for 1800 to 1899."""
    seasons: tuple[str, str, str, str]
    quarters: tuple[str, str, str, str]
    halves: tuple[str, str]
    part_of_year: str
    """A quarter or a half with its year: {0} is the part, {1} the year."""
    short_scales: Mapping[str, str]
    """Abbreviations of million, billion and trillion where they differ from Babel's."""
    no_date: str
    source_itself: str
    our_reading: str
    sources_themselves: str
    judgement: Mapping[Likelihood, str]
    """The sentence for a judgement of each likelihood; {0} is the likelihood, {1} the statement."""


def _english_ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


_IT_IS = "We judge it {0} that {1}."
_THERE_IS = "We judge that there is {0} that {1}."

VOCABULARIES: Mapping[str, Vocabulary] = {
    "en": Vocabulary(
        bounds={
            Bound.EXACTLY: "{0}",
            Bound.UP_TO: "up to {0}",
            Bound.LESS_THAN: "less than {0}",
            Bound.AT_LEAST: "at least {0}",
            Bound.MORE_THAN: "more than {0}",
            Bound.ABOUT: "about {0}",
            Bound.BETWEEN: "between {0} and {1}",
        },
        fewer="fewer than {0}",
        before="by {0}",
        by_the_end_of="by the end of {0}",
        since="from {0}",
        was_due="was due {0}",
        expected_then="Expected then:",
        not_met="Not met, as far as our texts say.",
        interval="{0} to {1}",
        uncertain="{0} (uncertain)",
        approximate="about {0}",
        unsure="about {0} (uncertain)",
        decade="the {0}s",
        century=lambda number: f"the {_english_ordinal(number)} century",
        seasons=("spring", "summer", "autumn", "winter"),
        quarters=("first quarter", "second quarter", "third quarter", "fourth quarter"),
        halves=("first half", "second half"),
        part_of_year="the {0} of {1}",
        short_scales={"M": "m", "B": "bn", "T": "tn"},
        no_date="not dated",
        source_itself="the source itself",
        our_reading="our reading",
        sources_themselves="the sources themselves",
        judgement={
            Likelihood.ALMOST_NO_CHANCE: _THERE_IS,
            Likelihood.VERY_UNLIKELY: _IT_IS,
            Likelihood.UNLIKELY: _IT_IS,
            Likelihood.ROUGHLY_EVEN: "We judge that there is a {0} that {1}.",
            Likelihood.LIKELY: _IT_IS,
            Likelihood.VERY_LIKELY: _IT_IS,
            Likelihood.ALMOST_CERTAIN: _IT_IS,
        },
    ),
}
"""By language. A corpus in another language adds its own here."""


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

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the language."""
        return VOCABULARIES[self.language.partition("-")[0]]

    @property
    def locale(self) -> Locale:
        """Babel's data of the language."""
        return _locale(self.language)

    def fact(self, fact: Fact, form: str = USUAL) -> str | None:
        """Return a fact in a form; None where the fact has nothing for the form to print."""
        return FORMS[form].words(self, fact)

    def value(self, value: Value, form: str = USUAL) -> str:
        """Return a value in the form '', short, long, table or number."""
        if isinstance(value, Date):
            return self.date(value, form)
        if isinstance(value, Label):
            return _marked(value.text, ValuePart.TEXT in value.inferred)
        pattern = self.vocabulary.bounds[value.bound]
        if value.bound is Bound.LESS_THAN and self._is_counted(value):
            pattern = self.vocabulary.fewer
        if form == "number":
            is_inferred = ValuePart.AMOUNT in value.inferred
            low = _marked(self.number(value.amount), is_inferred)
            if value.upper is None:
                return low
            return pattern.format(low, _marked(self.number(value.upper), is_inferred))
        words = pattern.format(*self._amounts(value, form))
        return _marked(words, ValuePart.BOUND in value.inferred)

    def _is_counted(self, value: Quantity | Money) -> bool:
        """Return whether a value counts things: trams, but neither kilometres nor percent nor money."""
        words = lexicon.of_language(self.language)
        return isinstance(value, Quantity) and not (words and quantities.is_measured(value.unit, words))

    def _amounts(self, value: Quantity | Money, form: str) -> tuple[str, ...]:
        amounts = (value.amount,) if value.upper is None else (value.amount, value.upper)
        if isinstance(value, Money):
            return tuple(self.money(amount, value.currency, form, value.inferred) for amount in amounts)
        short = form == "short"
        is_inferred = ValuePart.AMOUNT in value.inferred
        plain = [
            _marked(self.number(amount, "short" if short else "long"), is_inferred) for amount in amounts
        ]
        if not short:
            unit = _marked(value.unit, ValuePart.UNIT in value.inferred)
            plain[-1] += unit if value.unit == "%" else f" {unit}"
        return tuple(plain)

    def number(self, amount: Decimal, form: str = "long") -> str:
        """Return a number, never rounded: 1,250; 12.10; 8 million (short: 8m) where that is exact."""
        return _unbroken(self._number(amount, form))

    def _number(self, amount: Decimal, form: str) -> str:
        digits = _compact_digits(amount)
        if digits is None:
            exponent = amount.as_tuple().exponent
            places = max(0, -exponent) if isinstance(exponent, int) else 0
            pattern = "#,##0" + ("." + "0" * places if places else "")
            return numbers.format_decimal(amount, pattern, locale=self.locale, decimal_quantization=False)
        kind: Literal["short", "long"] = "short" if form == "short" else "long"
        text = numbers.format_compact_decimal(
            amount, format_type=kind, locale=self.locale, fraction_digits=digits
        )
        return self._scaled(text) if kind == "short" else text

    def _scaled(self, text: str) -> str:
        """Return a shortened number with the language's own abbreviation of its scale."""
        scale = self.vocabulary.short_scales.get(text[-1:])
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
        if form == "long":
            name = numbers.get_currency_name(currency, count=amount, locale=self.locale)
            return f"{number} {_marked(name, ValuePart.CURRENCY in inferred)}"
        return f"{_marked(currency, ValuePart.CURRENCY in inferred)}\N{NO-BREAK SPACE}{number}"

    def date(self, date: Date, form: str = USUAL) -> str:
        """Return a date: 17 November 2025; short 17 Nov 2025; inferred parts in brackets, bounds in words."""
        return _date_words(self.language, date.edtf, date.inferred, "short" if form == "short" else "long")

    def status(self, fact: Fact) -> str:
        """Return the status of a fact, marked where that is our reading; empty where it has none."""
        if fact.status is None:
            return ""
        return (
            f"{fact.status.words} ({self.vocabulary.our_reading})" if fact.status_basis else fact.status.words
        )

    def deadline(self, date: Date) -> str:
        """Return the latest that a date can mean: by the end of 2035; days and open ends as in ``date``."""
        last = date.span.end
        if last is None or last.precision in ("day", "century"):
            return self.date(date)
        return self.vocabulary.by_the_end_of.format(self._point(last, date.inferred, "long"))

    def has_words_before(self, date: Date) -> bool:
        """Return whether a date in words cannot follow "from" or "to": by 2035, from 2026, an interval."""
        return date.span.is_interval

    def change(self, before: str, after: str) -> str:
        """Return a change, to follow what changed: ", from 4 to 6"; ": up to 4 before, up to 6 now"."""
        words = self.vocabulary
        patterns = (words.before, words.since, words.bounds[Bound.UP_TO], words.bounds[Bound.BETWEEN])
        bounds = tuple(filter(None, (pattern.partition("{0}")[0] for pattern in patterns)))
        if before.startswith(bounds) or after.startswith(bounds):
            return f": {before} before, {after} now"
        return f", from {before} to {after}"

    def was_due(self, date: Date) -> str:
        """Return the date of a milestone that has passed: was due by 31 Dec 2025."""
        end = date.span.end
        words = self.date(date, "short")
        if end:
            words = self.vocabulary.before.format(self._point(end, date.inferred, "short"))
        return self.vocabulary.was_due.format(words)

    def _date(self, date: Date, width: str) -> str:
        span = date.span
        start = span.start and self._point(span.start, date.inferred, width)
        end = span.end and self._point(span.end, date.inferred, width)
        if not span.is_interval:
            return start or ""
        if start and end:
            return self.vocabulary.interval.format(start, end)
        return self.vocabulary.since.format(start) if start else self.vocabulary.before.format(end)

    def _point(self, point: edtf.Point, inferred: tuple[DatePart, ...], width: str) -> str:
        words = {
            "?": self.vocabulary.uncertain,
            "~": self.vocabulary.approximate,
            "%": self.vocabulary.unsure,
            "": "{0}",
        }[point.qualifier]
        if point.precision == "century":
            return words.format(self.vocabulary.century(point.earliest.year // 100 + 1))
        if point.precision == "decade":
            return words.format(self.vocabulary.decade.format(point.earliest.year))
        if point.part:
            year = _bracketed(str(point.earliest.year), DatePart.YEAR in inferred)
            return words.format(self._part_of_year(point.part, year))
        pattern = _date_pattern(self.language, point.precision, width)
        for part, letters in ((DatePart.DAY, "d+"), (DatePart.MONTH, "[ML]+"), (DatePart.YEAR, "y+")):
            if part in inferred:
                pattern = re.sub(letters, lambda match: f"'['{match.group()}']'", pattern, count=1)
        text = dates.format_date(point.earliest, pattern, locale=self.locale)
        return words.format(text.replace("]\N{NO-BREAK SPACE}[", "\N{NO-BREAK SPACE}").replace("] [", " "))

    def _part_of_year(self, part: int, year: str) -> str:
        """Return a season, a quarter or a half of a year, by its number in EDTF."""
        words = self.vocabulary
        if part >= edtf.FIRST_HALF:
            return words.part_of_year.format(words.halves[part - edtf.FIRST_HALF], year)
        if part >= edtf.FIRST_QUARTER:
            return words.part_of_year.format(words.quarters[part - edtf.FIRST_QUARTER], year)
        return f"{words.seasons[part - edtf.SPRING]} {year}"

    def day(self, day: datetime.date) -> str:
        """Return a calendar day in words."""
        return dates.format_date(day, _date_pattern(self.language, "day", "long"), locale=self.locale)

    def judgement(self, judgement: Judgement, emphasis: str = "{0}") -> str:
        """Return a judgement as a sentence, with ``emphasis`` around its likelihood."""
        pattern = self.vocabulary.judgement[judgement.likelihood]
        return pattern.format(emphasis.format(judgement.likelihood.value), judgement.statement)

    def names(self, ids: Iterable[Slug]) -> str:
        """Return the names of actors as a list: A, B and C; an unregistered actor by its id."""
        known = [
            self.actors[name].name if name in self.actors else name.replace("-", " ").title() for name in ids
        ]
        return lists.format_list(known, locale=self.locale)

    def speakers(self, fact: Fact) -> str:
        """Return who says a fact: actors, marked where that is our reading, or the source itself."""
        if fact.said_by:
            by = f" ({self.vocabulary.our_reading})" if fact.is_voice_inferred else ""
            return self.names(fact.said_by) + by
        is_one = len({item.source for item in fact.evidence}) == 1
        return self.vocabulary.source_itself if is_one else self.vocabulary.sources_themselves


def is_known_language(language: str) -> bool:
    """Return whether the program has words and data for a language."""
    try:
        return language.partition("-")[0] in VOCABULARIES and bool(_locale(language))
    except (ValueError, UnknownLocaleError):
        return False


MESSAGES = Wording("en-GB", {})
"""The wording of messages to authors, which are in English regardless of the language of a brief."""


def how_given(money: Money) -> tuple[str, ...]:
    """Return how money is given and in which prices, as far as recorded: loan, price basis: 2025 prices."""
    basis = NOT_STATED if money.price_basis is None else money.price_basis
    known = (str(money.instrument or ""), f"price basis: {basis}" if basis else "")
    return tuple(filter(None, known))


def in_message(value: Value) -> str:
    """Return a value for a message, with ordinary spaces."""
    return with_plain_spaces(MESSAGES.value(value))


def with_plain_spaces(words: str) -> str:
    """Return words with ordinary spaces in place of no-break spaces."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


@functools.cache
def for_reading(language: str) -> Wording:
    """Return the wording in which prose is read; English where the language has no words of its own."""
    return Wording(language, {}) if is_known_language(language) else MESSAGES


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


@functools.cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@functools.cache
def _date_pattern(language: str, precision: str, width: str) -> str:
    locale = _locale(language)
    if precision == "year":
        return "y"
    if precision == "month":
        skeleton = "yMMM" if width == "short" else "yMMMM"
        return str(locale.datetime_skeletons[skeleton].pattern)
    pattern = str(dates.get_date_format("medium" if width == "short" else "long", locale=locale).pattern)
    return re.sub(r"(?<=d) (?=M)", "\N{NO-BREAK SPACE}", pattern)  # no line break between a day and its month


def _compact_digits(amount: Decimal) -> int | None:
    """Return the decimals that an exact number of millions or more needs; None to write it out."""
    size = abs(amount)
    scale = next((power for power in (12, 9, 6) if size >= Decimal(10) ** power), None)
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


def _of_status(_: Wording, fact: Fact) -> str | None:
    return fact.status.words if fact.status else None


FORMS: Mapping[str, LinkForm] = {
    form.name: form
    for form in (
        LinkForm(USUAL, "the value as running text prints it", "up to 12 trams", _of_value(USUAL)),
        LinkForm("short", "the value, compact and without its unit", "up to 12", _of_value("short")),
        LinkForm("long", "the value, written out", "90 billion euros", _of_value("long")),
        LinkForm("table", "the value as a table prints it", "up to 12 trams", _of_value("table")),
        LinkForm("number", "the amount alone, without unit", "12", _of_value("number")),
        LinkForm("date", "the date of the fact", "17 November 2025", _of_date),
        LinkForm("status", "the status word", "intent", _of_status),
        LinkForm("statement", "the whole statement", "The council …", lambda _, fact: fact.statement),
        LinkForm("mark", "only the number of the note", "³", lambda _, fact: ""),
        LinkForm("speaker", "who says so", "the Presidential Office", Wording.speakers),
    )
}
"""Every form that a fact link may name after the ``#``."""
