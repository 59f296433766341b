"""Checks over the figures in prose: each must be in a fact link, and say what the fact says."""

from __future__ import annotations

import bisect
import dataclasses
import datetime
import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefing.checks import sums, unlinked
from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence, SheetText, dates_of, in_order, one_by_one
from briefing.checks.unlinked import Comparable
from briefing.language import lexicon, quantities, rephrased, source_dates, source_figures, source_words
from briefing.language.lexicon import Lexicon
from briefing.language.quantities import FoundNumber, Measure, NumberKind
from briefing.language.sentences import Cited
from briefing.language.source_words import SourceWords
from briefing.language.wording import FORMS, for_reading, in_message, with_plain_spaces
from briefing.model import amounts, edtf, fact_links, query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library
from briefing.model.scales import Bound, DatePart
from briefing.model.values import Date, Money, Quantity, Value

_NEAR = 80
"""Number of characters before a printed value that are searched for words that change it."""
_FORMS = ("", "date", "long", "number")
"""The forms of a link that a hint may propose, the plainest first."""


@dataclass(frozen=True, slots=True)
class Held:
    """One figure that a fact supports."""

    amount: Decimal | None = None
    currency: str = ""
    is_percent: bool = False
    is_money: bool = False
    bound: Bound | None = None
    """None for a figure without a bound."""
    per: str = ""
    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    season: int | None = None
    last_year: int | None = None
    precision: str = ""
    inferred: tuple[DatePart, ...] = ()
    measure: Measure | None = None
    is_value: bool = False
    """Whether it is the fact's value or date rather than a figure in its words."""
    text: str = ""
    is_hedged: bool = False
    share: Decimal | None = None
    is_end: bool = False
    """Whether it is the end of an interval: until 2035."""
    is_approximate: bool = False
    """Whether the date is given as about right."""
    third: str = ""
    """The third of its year or month that it is: early, mid or late."""


# ---------------------------------------------------------------------------------- what a fact supports


def held_by(fact: Fact, of: Lexicon, library: Library) -> tuple[Held, ...]:
    """Return the figures of a fact: its value and date first, then those in its words.

    Its own words are in the language of the prose; its terms, each in that of its source.
    """
    terms = [
        (term, source_words.of_language(library.sources[item.source].language))
        for state in fact.states
        for item in state.evidence
        if item.source in library.sources
        for term in item.terms
    ]
    return _held(fact, of, tuple(dict.fromkeys(terms)))


@functools.lru_cache(maxsize=65536)
def _held(fact: Fact, of: Lexicon, terms: tuple[tuple[str, SourceWords], ...]) -> tuple[Held, ...]:
    return (*_of_value(fact, of), *_of_words(fact, of, terms))


def _of_value(fact: Fact, of: Lexicon) -> Iterator[Held]:
    yield from _printed(fact.value, of)
    yield from _printed(fact.date, of)


def _printed(value: Value | None, of: Lexicon) -> Iterator[Held]:
    """Yield the figures that a link prints of a value or a date."""
    if isinstance(value, Quantity | Money):
        bound = None if value.bound is Bound.EXACTLY else value.bound
        unit = amounts.measure(value) if value.per or isinstance(value, Quantity) else ""
        # The unit may be a currency, a percentage, a scale or a rate: GBP/MWh, million litres per day.
        one = next(iter(quantities.find(f"1 {unit}", of)), None) if unit else None
        scale = one.scale if one else Decimal(1)
        for amount in (value.amount, value.upper):
            if amount is None:
                continue
            yield Held(
                amount * scale,
                value.currency if isinstance(value, Money) else one.currency if one else "",
                one is not None and one.kind is NumberKind.PERCENT,
                isinstance(value, Money) or (one is not None and one.kind is NumberKind.MONEY),
                bound,
                one.per if one else "",
                is_value=True,
                measure=one.measure if one else None,
            )
    if isinstance(value, Date):
        yield from _of_date(value)


def _of_date(date: Date) -> Iterator[Held]:
    """Yield the ends of a date, and what an interval can be called; its open end is a bound."""
    span = date.span
    for point, bound in ((span.start, Bound.AT_LEAST), (span.end, Bound.UP_TO)):
        if not point:
            continue
        is_open = span.is_interval and (span.start is None or span.end is None)
        day = point.earliest
        yield Held(
            year=day.year,
            month=day.month if point.precision in ("month", "day") and len(point.text) >= 7 else None,
            days=(day.day,) if point.precision == "day" else (),
            season=point.part,
            precision=point.precision if point.precision in ("decade", "century") else "",
            bound=bound if is_open else None,
            inferred=date.inferred,
            is_value=True,
            is_end=span.is_interval and point is span.end,
            is_approximate=point.qualifier in ("~", "%"),
            third=point.third,
        )
        if point.precision in edtf.OTHER_YEARS.values() and point.latest.year != day.year:
            yield Held(year=day.year, last_year=point.latest.year, inferred=date.inferred, is_value=True)
        if not span.is_interval:
            return
    if span.start and span.end:
        first, last = span.start.earliest, span.end.earliest
        if first.year != last.year:
            yield Held(year=first.year, last_year=last.year, inferred=date.inferred, is_value=True)
        elif first.month == last.month and span.start.precision == span.end.precision == "day":
            yield Held(
                year=first.year,
                month=first.month,
                days=(first.day, last.day),
                inferred=date.inferred,
                is_value=True,
            )


def _of_words(fact: Fact, of: Lexicon, terms: Iterable[tuple[str, SourceWords]]) -> Iterator[Held]:
    texts = [state.statement for state in fact.states]
    # In the language of the prose its lexicon knows more: what words qualify, and words such as dozens.
    texts += [term for term, words in terms if words.language == of.language]
    texts += [fact.caveat, fact.remark]
    if isinstance(fact.value, Money):
        texts.append(fact.value.price_basis or "")
    for text in dict.fromkeys(texts):
        for figure in quantities.find(text, of):
            yield Held(
                figure.amount,
                figure.currency,
                figure.kind is NumberKind.PERCENT,
                figure.kind is NumberKind.MONEY,
                figure.bound,
                figure.per,
                figure.year,
                figure.month,
                figure.days,
                figure.season,
                figure.last_year,
                figure.precision,
                text=figure.text.casefold(),
                is_hedged=figure.is_hedged,
                share=figure.share,
                third=figure.third,
            )
    for term, words in terms:
        if words.language != of.language:
            yield from _of_term(term, words)


def _of_term(term: str, words: SourceWords) -> Iterator[Held]:
    """Yield the figures and dates of a term, with every reading that its language allows."""
    for date in source_dates.find(term, words):
        first = date.decade if date.decade is not None else date.century
        yield Held(
            bound=Bound.UP_TO if date.is_end else None,
            year=first if date.year is None else date.year,
            month=date.month,
            days=date.days,
            season=date.season,
            precision="" if first is None else "century" if date.decade is None else "decade",
            third=date.third,
        )
    for figure in source_figures.find(term, words):
        bounds: list[Bound | None] = [bound for bound in Bound if bound.value in figure.bounds]
        if figure.is_rough:
            bounds.append(Bound.ABOUT)
        for amount, bound in itertools.product(sorted({*figure.amounts, *figure.upper}), bounds or [None]):
            yield Held(
                amount,
                figure.currency,
                figure.is_percent,
                bool(figure.currency),
                bound,
            )


# --------------------------------------------------------------------------------------------- comparing


def _is_date(held: Held) -> bool:
    return held.year is not None or held.month is not None or bool(held.days)


def _agrees(figure: FoundNumber, held: Held) -> bool:
    """Return whether a figure is the one that a fact holds, regardless of the words around it."""
    if figure.kind is NumberKind.DATE:
        return _agrees_as_date(figure, held)
    if figure.amount is None:
        is_fall = held.amount is not None and held.amount < 0 and not figure.is_rise
        share = -figure.share if figure.share is not None and is_fall else figure.share
        is_share = share is not None and held.is_percent and held.amount == share
        return is_share or held.text == figure.text.casefold()
    if held.amount is None:
        return figure.kind is NumberKind.PERCENT and figure.amount == held.share
    return (
        _is_amount(figure, held)
        and (not figure.currency or not held.currency or figure.currency == held.currency)
        and not (figure.kind is NumberKind.MONEY and held.is_value and not held.is_money)
        and (figure.kind is NumberKind.PERCENT) == held.is_percent
    )


def _is_amount(figure: FoundNumber, held: Held) -> bool:
    """Return whether a figure is an amount; "a fall of 5" and, in accounts, "(5)" may be minus five."""
    if figure.amount is None or held.amount is None:
        return False
    if figure.amount == held.amount or _is_converted(figure, held):
        return True
    return held.amount < 0 and figure.amount == -held.amount and (figure.is_fall or figure.is_in_brackets)


def _is_converted(figure: FoundNumber, held: Held) -> bool:
    """Return whether a figure is the same amount in another unit: half a gigahertz is 500 megahertz."""
    mine, theirs = figure.measure, held.measure
    if mine is None or theirs is None or figure.amount is None or held.amount is None:
        return False
    return mine.of == theirs.of and figure.amount * mine.size == held.amount * theirs.size


def _agrees_as_date(figure: FoundNumber, held: Held) -> bool:
    if figure.season and not _is_in_part(figure.season, held):
        return False
    if figure.third and held.third and figure.third != held.third:
        return False
    if figure.precision:
        return _is_within(figure, held)
    if held.precision and figure.year:
        return False
    if figure.last_year and not figure.season:
        return (figure.year, figure.last_year) == (held.year, held.last_year)
    years = figure.year
    if figure.last_year and held.year == figure.last_year and held.month in (1, 2):
        years = held.year  # the winter of 2025/26
    parts = ((years, held.year), (figure.month, held.month), (figure.days, held.days))
    said = [(mine, theirs) for mine, theirs in parts if mine]
    if not said:
        return held.text == figure.text.casefold()
    if figure.days and held.days and set(figure.days) <= set(held.days):
        said = [(mine, theirs) for mine, theirs in said if mine != figure.days]
    return all(mine == theirs for mine, theirs in said)


def _is_within(figure: FoundNumber, held: Held) -> bool:
    """Return whether a date is in a decade or a century: 2031 is in the 2030s, and in the 21st century."""
    if held.year is None or figure.year is None:
        return False
    is_in_century = held.year // 100 == figure.year // 100
    if figure.precision == "century" or (held.precision == "century" and figure.year % 100 == 0):
        return is_in_century  # "the 1800s" are a century or its first decade
    return held.precision != "century" and held.year // 10 == figure.year // 10


def _is_in_part(part: int, held: Held) -> bool:
    """Return whether a date is in a season, quarter or half of its year, numbered as in EDTF."""
    months = _months(held.season) if held.season else {held.month}
    return months <= _months(part)


def _months(part: int) -> set[int | None]:
    """Return the months of a season, a quarter or a half of a year; winter is at both ends of a year."""
    if part >= edtf.FIRST_HALF:
        first, count = 1 + 6 * (part - edtf.FIRST_HALF), 6
    elif part >= edtf.FIRST_QUARTER:
        first, count = 1 + 3 * (part - edtf.FIRST_QUARTER), 3
    else:
        first, count = 3 * (part - edtf.SPRING + 1), 3
    return {(month - 1) % 12 + 1 for month in range(first, first + count)}


def _readings(figure: FoundNumber) -> tuple[FoundNumber, ...]:
    """Return what a figure can be: 1648 may be a year or a number."""
    return (figure, figure.other) if figure.other else (figure,)


def _as_meant(figure: FoundNumber, held: Iterable[Held]) -> FoundNumber:
    """Return the reading of a figure that is a value of its fact; if none is, the likelier."""
    known = [item for item in held if item.is_value]
    return next((one for one in _readings(figure) if any(_agrees(one, item) for item in known)), figure)


def _problem(figure: FoundNumber, fact: Fact, of: Lexicon, library: Library) -> str:
    """Return how a figure differs from its fact, as a message; empty where they agree."""
    held = held_by(fact, of, library)
    figure = _as_meant(figure, held)
    same = [item for item in held if _agrees(figure, item)]
    # Where the value itself has the number, the fact's words cannot excuse another meaning of it.
    size = figure.amount and abs(figure.amount)
    values = [item for item in held if item.is_value and size is not None and _size(item, figure) == size]
    if not same or (values and not any(item.is_value for item in same)):
        near = _in_words(fact, figure)
        said = f"{fact.id} has {near}" if near else f"{fact.id} does not have this figure"
        return f"'{figure.text}' is not what the fact says: {said}"
    same = [item for item in same if item.is_value] or same
    if _is_reversed(figure, same, fact, of):
        return f"'{figure.text}' has the other direction: {fact.id} says '{fact.statement}'"
    if weekday := _weekday_problem(figure, same, of):
        return weekday
    known = _counted_by(fact, of)
    if figure.per and known and figure.per not in known:
        return f"'{figure.text}' is for each {figure.per}, but {fact.id} counts differently"
    if not any(
        figure.measure is None or item.measure in (None, figure.measure) or _is_converted(figure, item)
        for item in same
    ):
        return f"'{figure.text}' has a different unit from {fact.id}"
    if figure.is_hedged and not any(item.is_hedged or _is_nearly(figure, item) for item in same):
        return f"the words before '{figure.text}' qualify it, but {fact.id} does not"
    if not any(_same_bound(figure, item) for item in same) and not _is_a_limit(figure, same, fact, of):
        return f"'{figure.text}' has a different bound: {fact.id} has {_in_words(fact, figure)}"
    return ""


def _is_a_limit(figure: FoundNumber, same: Iterable[Held], fact: Fact, of: Lexicon) -> bool:
    """Return whether an exact value is itself a bound, so that words for one add nothing: a limit of 30 t."""
    is_bound = figure.bound in (Bound.UP_TO, Bound.AT_LEAST) and any(item.bound is None for item in same)
    nouns = lexicon.pattern(of.words["numbers"]["other"]["limits"])
    return is_bound and nouns.search(fact.statement) is not None


def _size(held: Held, figure: FoundNumber) -> Decimal | None:
    """Return an amount without its minus where the figure says that something rose, else as it is."""
    return abs(held.amount) if held.amount is not None and figure.is_rise else held.amount


def _is_reversed(figure: FoundNumber, same: Iterable[Held], fact: Fact, of: Lexicon) -> bool:
    """Return whether a figure gives a rise where the fact's words give a fall, or the other way round."""
    if figure.is_rise is figure.is_fall or not any(item.is_value and item.is_percent for item in same):
        return False
    terms = (term for item in fact.evidence for term in item.terms)
    said = quantities.direction(" | ".join((fact.statement, *terms)), of)
    return said == ("fall" if figure.is_rise else "rise")


def _weekday_problem(figure: FoundNumber, same: Iterable[Held], of: Lexicon) -> str:
    """Return a message if the calendar has another day of the week for a date."""
    if figure.weekday is None or len(figure.days) != 1 or not figure.month:
        return ""
    for year in filter(None, (figure.year, *(item.year for item in same))):
        try:
            day = datetime.date(year, figure.month, figure.days[0])
        except ValueError:
            return ""
        if day.weekday() != figure.weekday:
            name = of.words["dates"]["weekdays"][day.weekday()][0]
            return f"'{figure.text}' is not on that day of the week: {day.isoformat()} is a {name}"
        return ""
    return ""


def _same_bound(figure: FoundNumber, held: Held) -> bool:
    if figure.kind is not NumberKind.DATE:
        sense = held.bound and held.bound.sense
        return (
            sense is figure.bound
            or (figure.other_bound is not None and sense is figure.other_bound)
            or (figure.is_doubtful and held.bound is None)
            or _is_nearly(figure, held)
        )
    if figure.is_start:
        return held.bound in (None, Bound.AT_LEAST)
    if figure.bound is Bound.UP_TO and held.is_end:
        return True
    if figure.bound is Bound.ABOUT:  # "a talk about 2035" qualifies nothing
        return held.bound is None
    return held.bound is figure.bound and not held.is_approximate


def _is_nearly(figure: FoundNumber, held: Held) -> bool:
    """Return whether a figure is nearly an amount of which the fact says the same."""
    return figure.is_nearly and held.bound is not None and held.bound.sense is Bound.NEARLY


@functools.lru_cache(maxsize=4096)
def _counted_by(fact: Fact, of: Lexicon) -> frozenset[str]:
    """Return what the amounts of a fact are counted by (a year, a tonne), by its unit or its words."""
    unit = amounts.measure(fact.value) if isinstance(fact.value, Quantity | Money) else ""
    texts = (unit, fact.statement, *(term for item in fact.evidence for term in item.terms))
    return frozenset(name for text in texts for name in quantities.counted_by(text, of))


def _in_words(fact: Fact, figure: FoundNumber) -> str:
    """Return the fact's figure of the same sort, for a message; empty where it has none."""
    if figure.kind is NumberKind.DATE:
        dates = [item for item in (fact.value, fact.date) if isinstance(item, Date)]
        return in_message(dates[0]) if dates else ""
    return in_message(fact.value) if isinstance(fact.value, Quantity | Money) else ""


# ------------------------------------------------------------------------------------------------ checks


def figure_mismatch(subject: Subject) -> Iterator[Finding]:
    """Yield figures in the words of a link that differ from the fact's."""
    for read in subject.sentences:
        for cited, fact in read.facts:
            if cited.is_printed:
                yield from _around_printed(read, cited, fact)
                continue
            for figure, message in _wrong_in(read, cited, fact):
                if not _is_rounded(figure, fact, read):
                    yield read.finding(figure.start, message, _correction(figure, fact, read))


def rounded_figure(subject: Subject) -> Iterator[Finding]:
    """Yield figures in the words of a link that only round the fact's, and say so."""
    for read in subject.sentences:
        for cited, fact in read.facts:
            for figure, _ in _wrong_in(read, cited, fact) if not cited.is_printed else ():
                if _is_rounded(figure, fact, read):
                    has = in_message(fact.value) if fact.value else ""
                    message = f"'{figure.text}' with the words before it rounds what {fact.id} has: {has}"
                    yield read.finding(figure.start, message, _correction(figure, fact, read))


def _wrong_in(read: ProseSentence, cited: Cited, fact: Fact) -> list[tuple[FoundNumber, str]]:
    """Return the figures in the words of a link that differ from the fact's, each with a message.

    A figure beside the fact's own may round it: more than a fifth, at least 22 per cent.
    """
    figures = list(_within(read, cited))
    is_fall = any(figure.is_fall for figure in figures)  # shrunk by a fifth, 18 per cent
    figures = [dataclasses.replace(figure, is_fall=is_fall) for figure in figures]
    inside = [(figure, _problem_in(figure, read, cited, fact)) for figure in figures]
    wrong = [(figure, message) for figure, message in inside if message]
    if any(not message and figure.kind is not NumberKind.DATE for figure, message in inside):
        wrong = [(figure, message) for figure, message in wrong if not _is_near(figure, fact, read)]
    is_change = any(figure.is_rise or figure.is_fall for figure, _ in wrong)
    return wrong if wrong and (is_change or not _is_right_by_itself(read, cited, fact)) else []


def _is_rounded(figure: FoundNumber, fact: Fact, read: ProseSentence) -> bool:
    """Return whether a figure rounds the exact amount of a fact, or is that amount with "about" before it."""
    value = fact.value
    if not isinstance(value, Quantity | Money) or value.bound is not Bound.EXACTLY:
        return False
    if figure.bound is Bound.ABOUT:
        return _is_near(figure, fact, read) or not _problem(
            dataclasses.replace(figure, bound=None), fact, read.lexicon, read.library
        )
    return _is_near(figure, fact, read)


def _is_near(figure: FoundNumber, fact: Fact, read: ProseSentence) -> bool:
    """Return whether a figure is near the amount of a fact, on the side that the words before it say."""
    value = fact.value
    if not isinstance(value, Quantity | Money) or not _is_unit(figure, value, fact, read):
        return False
    said = figure.share if figure.share is not None else figure.amount
    scale = next((item.amount for item in held_by(fact, read.lexicon, read.library) if item.is_value), None)
    before = read.text[max(0, figure.start - _NEAR) : figure.start]
    return scale is not None and rephrased.is_rough(figure, said, before, scale, read.lexicon)


def _is_right_by_itself(read: ProseSentence, cited: Cited, fact: Fact) -> bool:
    """Return whether the words of a link, read without those around them, say what the fact says.

    They may have a bound or a share of their own, round a figure, or say it in a roundabout way.
    """
    value = fact.value if isinstance(fact.value, Quantity | Money) else None
    units = (value.unit,) if isinstance(value, Quantity) else ()
    alone = quantities.find(cited.words, read.lexicon, units=units)

    def agree(figures: Iterable[FoundNumber]) -> bool:
        return not any(_problem(one, fact, read.lexicon, read.library) for one in figures)

    own = [one for one in alone if one.bound or (one.other and (one.other.share or one.other.bound))]
    if own and own == [*alone] and agree(alone):
        return True
    if value is None or not alone:
        return False
    if len(alone) == 1 and value.bound is Bound.EXACTLY and _is_unit(alone[0], value, fact, read):
        before = cited.words[: alone[0].start]
        if rephrased.is_rounded(alone[0], before, value.amount, read.lexicon):
            return True
    per = _counted_by(fact, read.lexicon)
    plain = (
        quantities.find(words, read.lexicon)
        for words in rephrased.plainly(cited.words, read.lexicon, per, value.amount)
    )
    return any(figures and agree(figures) for figures in plain)


def _is_unit(figure: FoundNumber, value: Quantity | Money, fact: Fact, read: ProseSentence) -> bool:
    """Return whether a figure has the sort, the currency, the period and the unit of a value."""
    held = next(item for item in held_by(fact, read.lexicon, read.library) if item.is_value)
    bound = None if value.bound is Bound.EXACTLY else value.bound
    kind = NumberKind.PERCENT if figure.share is not None else figure.kind
    exact = dataclasses.replace(
        figure, kind=kind, amount=held.amount, bound=bound, is_hedged=False, other=None
    )
    return not _problem(exact, fact, read.lexicon, read.library)


def _problem_in(figure: FoundNumber, read: ProseSentence, cited: Cited, fact: Fact) -> str:
    """Return how a figure in the words of a link differs from its fact; empty where they agree."""
    message = _problem(figure, fact, read.lexicon, read.library)
    if not message or not any(one.kind is NumberKind.DATE for one in _readings(figure)):
        return message
    # "By [9 June] all had arrived": the word before the link does not qualify the date.
    inside = quantities.find(cited.words, read.lexicon)
    here = [item for item in inside if item.start + cited.start == figure.start]
    if any(one.bound for item in here for one in _readings(item)):
        return message
    other = figure.other and dataclasses.replace(figure.other, bound=None)
    return _problem(dataclasses.replace(figure, bound=None, other=other), fact, read.lexicon, read.library)


def _within(read: ProseSentence, cited: Cited) -> Iterator[FoundNumber]:
    """Yield the figures that the words of a link hold, or hold a part of: minus [5 million](fact:a.b)."""
    first = bisect.bisect_right(read.figures, cited.start, key=lambda figure: figure.end)
    for figure in itertools.takewhile(lambda figure: figure.start < cited.end, read.figures[first:]):
        beside = [(item.start, item.end) for item in read.sentence.touched(figure.start, figure.end)]
        if beside == [(cited.start, cited.end)]:
            yield _alone(figure, read, cited)


def _alone(figure: FoundNumber, read: ProseSentence, cited: Cited) -> FoundNumber:
    """Return an end of a range whose other end is another fact's as the plain amount that it is."""
    if figure.bound is not Bound.BETWEEN or figure.partner is None:
        return figure
    beside = read.sentence.within(*figure.partner)
    if beside and beside.fact == cited.fact:
        return figure
    return dataclasses.replace(figure, bound=None)


def _correction(figure: FoundNumber, fact: Fact, read: ProseSentence) -> str:
    """Return what to write in place of a wrong figure: a link that prints the fact's of the same kind."""
    held = (
        item
        for item in held_by(fact, read.lexicon, read.library)
        if not item.is_value and _agrees(figure, item)
    )
    is_otherwise = isinstance(fact.value, Quantity | Money) and fact.value.bound is not figure.bound
    if figure.bound and is_otherwise and any(item.bound is figure.bound for item in held):
        return f"if its passage says so, write 'bound: {figure.bound}' in the fact"
    is_date = figure.kind is NumberKind.DATE
    for form in ("", "date") if is_date else ("",):
        words = _words_of(fact, form, read)
        found = quantities.find(words, read.lexicon)
        if any(one.kind is figure.kind for item in found for one in _readings(item)):
            link = fact_links.write(fact.id, form)
            return f"write {link}, which prints '{words}', or correct the fact"
    return "correct the figure, or cite the fact that has it"


def _words_of(fact: Fact, form: str, read: ProseSentence) -> str:
    """Return what a link prints, with ordinary spaces; empty where it prints nothing."""
    words = for_reading(read.language).fact(fact, form) if form in FORMS else None
    return with_plain_spaces(words or "")


def _around_printed(read: ProseSentence, cited: Cited, fact: Fact) -> Iterator[Finding]:
    """Yield words before what a link prints that change or repeat its bound, or a bound that is missing."""
    words = _words_of(fact, cited.form, read)
    printed = fact.date if cited.form == "date" else fact.value
    if isinstance(printed, Date) and cited.form in ("", "short", "long", "table", "date"):
        yield from _before_date(read, cited, fact, words)
    value = fact.value
    if not isinstance(value, Quantity | Money) or cited.form not in ("", "short", "long", "table", "number"):
        return
    bare = next((item for item in read.figures if item.start >= cited.start and item.end <= cited.end), None)
    # In place of what is printed, the range "1 and 2" shows also the word "between" before it.
    found = quantities.find(f"{read.text[max(0, cited.start - _NEAR) : cited.start]}1 and 2", read.lexicon)
    before = found[-2] if len(found) > 1 else None
    said = _said_before(before) if before else None
    is_hedged = bool(before and before.is_hedged)
    bound = None if value.bound is Bound.EXACTLY else value.bound.sense
    if cited.form == "number" and bound not in (None, Bound.BETWEEN):
        behind = bare.bound if bare else None
        if bound not in (said, behind):
            message = f"the number is printed without the '{value.bound.value}' of {fact.id}"
            yield read.finding(cited.start, message, f"write [](fact:{fact.id})")
    elif is_hedged or (said and (said is not Bound.BETWEEN or bound is Bound.BETWEEN)):
        message = f"the words before the link change the value of {fact.id}, which prints its own bound"
        yield read.finding(cited.start, message, f"write [](fact:{fact.id}) without them")


def _said_before(figure: FoundNumber) -> Bound | None:
    """Return the bound that the words before a figure give it; None where they do not surely give one."""
    if figure.is_nearly:
        return Bound.NEARLY
    return None if figure.is_doubtful else figure.bound


def _before_date(read: ProseSentence, cited: Cited, fact: Fact, words: str) -> Iterator[Finding]:
    """Yield words before a printed date that it cannot follow: "in by 2035", "from from 2020"."""
    found = quantities.find(words, read.lexicon)
    if not found or not words[: found[0].start].strip():
        return
    dates = read.lexicon.words["dates"]
    if not any(one.bound or one.is_start for one in _readings(found[0])):
        return
    lists = (dates["before"], dates["since"], dates["start"], dates["about"], dates["leading"])
    last = read.text[: cited.start].rstrip()
    match = next(
        (item for item in lexicon.pattern(itertools.chain(*lists)).finditer(last) if item.end() == len(last)),
        None,
    )
    if match:
        message = f"'{match.group()}' before the date of {fact.id}, which prints '{words}'"
        yield read.finding(match.start(), message, "leave it out, or write the date in words of your own")


def bare_number(subject: Subject) -> Iterator[Finding]:
    """Yield figures in the prose that are in no fact link."""
    for read in subject.sentences:
        for figure in read.figures:
            if read.is_page:
                if _is_invented(figure, read):
                    message = f"'{figure.text}' is in no fact, and in no fact link"
                    yield read.finding(figure.start, message, "cite a fact for it, or delete it")
            elif _is_unlinked(figure, read) and not unlinked.is_doubtful(figure, read):
                message = f"'{figure.text}' is not in a fact link"
                yield read.finding(figure.start, message, _nearest(figure, read))
    yield from _in_registers(subject)


def possible_number(subject: Subject) -> Iterator[Finding]:
    """Yield words in no fact link that may be a figure of the subject."""
    for read in subject.sentences:
        for figure in read.figures if not read.is_page else ():
            if _is_unlinked(figure, read) and unlinked.is_doubtful(figure, read):
                message = f"'{figure.text}' may be a figure of the subject, and is not in a fact link"
                yield read.finding(figure.start, message, f"if it is one, {_nearest(figure, read)}")


def _is_unlinked(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether no link has a figure, and those of the sentence do not account for it."""
    is_linked = read.sentence.within(figure.start, figure.end) is not None
    if is_linked or _is_of_brief(figure, read) or unlinked.is_in_passing(figure, read):
        return False
    return not unlinked.is_worked_out(figure, read)


def _in_registers(subject: Subject) -> Iterator[Finding]:
    """Yield figures in the texts of records that no fact on which they rest supports."""
    for text in subject.texts:
        # The figures of a statement are those of its passages: figure-not-stated.
        if text.is_statement or text.is_definition:
            continue
        names = [(item.start, item.end) for item in text.names]
        found = [item for item in quantities.find(text.text, text.lexicon, names) if not _is_count(item)]
        if not found:
            continue
        if not text.is_known:
            continue
        held = _HeldBy(text, subject.library)
        for figure in found:
            if not _is_own(figure, text) and not _is_held(figure, held):
                named = dict.fromkeys(fact.id for fact in text.facts)
                whose = ", ".join(named) if len(named) < 4 else f"the {len(named)} facts that it is about"
                whose = whose or "any fact"
                message = f"'{figure.text}' is in no value, date or evidence of {whose}"
                yield text.finding(figure.start, message, "add a term with it to the evidence, or delete it")


def _is_of_brief(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a day is no figure of the subject: what we wrote last month, more of it on Thursday."""
    if not _is_relative(figure):
        return False
    is_counted = any(
        not read.text[item.end : figure.start].strip() for item in read.figures if item.end <= figure.start
    )
    if figure.text.split()[0].endswith("s") and not is_counted:  # years ago, by no count
        return True
    weekdays = {name for names in read.lexicon.words["dates"]["weekdays"] for name in names}
    is_weekday = figure.text.split()[-1] in weekdays
    return is_weekday or read.says("likelihood", "own").search(read.text) is not None


class _HeldBy(Iterable[Held]):
    """The figures that a text may have, read fact by fact as far as somebody looks for one."""

    def __init__(self, text: SheetText, library: Library) -> None:
        self._read = [item for date in text.dates for item in _of_date(date)]
        self._rest = self._of_facts(text, library)

    def __iter__(self) -> Iterator[Held]:
        yield from self._read
        for more in self._rest:
            self._read += more
            yield from more

    def _of_facts(self, text: SheetText, library: Library) -> Iterator[list[Held]]:
        for fact in text.facts:
            dates = [item for date in dates_of(fact, library) for item in _of_date(date)]
            yield [*held_by(fact, text.lexicon, library), *dates]


def _is_invented(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a page has a figure of the subject that no fact has; how the corpus is made is free."""
    is_of_subject = figure.kind in (NumberKind.MONEY, NumberKind.PERCENT) or read.names
    if not is_of_subject or _is_count(figure) or read.is_quoted(figure.start, figure.end):
        return False
    if read.sentence.within(figure.start, figure.end):
        return False
    return not any(
        _is_held(figure, held_by(fact, read.lexicon, read.library)) for fact in one_by_one(read.library)
    )


def _is_held(figure: FoundNumber, held: Iterable[Held]) -> bool:
    """Return whether any fact has a figure; of several days, each."""
    if any(_agrees(one, item) for one in _readings(figure) for item in held):
        return True
    days = [dataclasses.replace(figure, days=(day,)) for day in figure.days]
    return len(days) > 1 and all(any(_agrees(day, item) for item in held) for day in days)


def _is_own(figure: FoundNumber, text: SheetText) -> bool:
    """Return whether a figure is the text's own: the horizon of a judgement, a time of day of a source."""
    if text.has_times and _is_relative(figure) and ":" in figure.text:
        return True
    day = text.ahead_of
    for one in _readings(figure):
        if day and one.kind is NumberKind.DATE and one.year:
            return (one.year, one.month or 12, max(one.days, default=31)) > (day.year, day.month, day.day)
    return False


def _is_count(figure: FoundNumber) -> bool:
    """Return whether a number written as a word may count readings or speakers, as in "the three texts"."""
    return figure.text.isalpha() and figure.kind is NumberKind.NUMBER


# ------------------------------------------------------------------------------------------------- hints


def _nearest(figure: FoundNumber, read: ProseSentence) -> str:
    """Return a link that prints a figure, or one around its words, as a hint: only of a related fact."""
    if _is_ago(figure, read):
        return "write the date itself, in a fact link, or delete it"
    is_day_alone = figure.kind is NumberKind.DATE and not figure.year and not _is_relative(figure)
    for fact in _related(read, is_near=is_day_alone):
        if not any(
            _agrees(one, item)
            for one in _readings(figure)
            for item in held_by(fact, read.lexicon, read.library)
        ):
            continue
        around = f"[{_phrase(figure, read)}](fact:{fact.id})"
        is_sound = not _problem(figure, fact, read.lexicon, read.library) and _is_counted_alike(
            figure, fact, read
        )
        printing = _printing(figure, fact, read)
        if printing:
            return f"{fact.id} has it: write {printing}" + (f" or {around}" if is_sound else "")
        if is_sound:
            return f"{fact.id} has it: write {around}"
    return "cite a fact for it, or delete it"


def _is_ago(figure: FoundNumber, read: ProseSentence) -> bool:
    """Return whether a figure is part of a date relative to the day of writing: five years ago."""
    behind = bisect.bisect_left(read.figures, figure.end, key=lambda other: other.start)
    after = read.figures[behind] if behind < len(read.figures) else None
    return after is not None and _is_relative(after) and not read.text[figure.end : after.start].strip()


def _is_relative(figure: FoundNumber) -> bool:
    return figure.kind is NumberKind.DATE and not (figure.year or figure.month or figure.days)


def _related(read: ProseSentence, *, is_near: bool) -> list[Fact]:
    """Return the facts that a sentence may mean, the nearest first: cited or named in it, or of its brief.

    If it has to be near, only the first two: a day without its year is a day of many things.
    """
    named = {name for mention in read.names for name in mention.ids}
    brief = read.library.briefs.get(read.brief)
    sheets = brief.sheets if brief else ()
    cited = {fact.id for _, fact in read.facts}

    def closeness(fact: Fact) -> tuple[bool, bool, bool]:
        is_named = bool(named & {*fact.systems, *fact.actors})
        return (
            fact.id in cited,
            is_named and query.sheet_of(fact.id) in sheets,
            query.sheet_of(fact.id) in sheets,
        )

    found = [(closeness(fact), fact) for fact in in_order(read.library, cited, sheets)]
    near = [(how, fact) for how, fact in found if any(how[:2] if is_near else how)]
    return [fact for _, fact in sorted(near, key=lambda item: item[0], reverse=True)]


def _printing(figure: FoundNumber, fact: Fact, read: ProseSentence) -> str:
    """Return a link that prints the words that it would replace, with these; empty where no form does."""
    for form in _FORMS:
        words = _words_of(fact, form, read)
        found = quantities.find(words, read.lexicon)
        if len(found) != 1 or not any(_is_same(one, found[0]) for one in _readings(figure)):
            continue
        bound = fact.value.bound if isinstance(fact.value, Quantity | Money) else Bound.EXACTLY
        if form == "number" and bound is not Bound.EXACTLY:
            continue  # the number alone would lack it
        head, tail = words[: found[0].start].strip(), words[found[0].end :].strip()
        before = " ".join(read.text[: figure.start].split()).casefold()
        after = " ".join(read.text[figure.end :].split()).casefold()
        is_around = before.endswith(head.casefold()) and after.startswith(tail.casefold())
        if is_around and (tail or _is_counted_alike(figure, fact, read)):
            replaced = " ".join(filter(None, (head, figure.text, tail)))
            return f"{fact_links.write(fact.id, form)} for '{replaced}'"
    return ""


def _is_same(figure: FoundNumber, printed: FoundNumber) -> bool:
    """Return whether a figure says the same as a printed one, in whatever form."""

    def said(one: FoundNumber) -> tuple[object, ...]:
        date = (one.year, one.month, one.days, one.season, one.last_year, one.precision, one.bracketed)
        return one.kind, one.amount, one.currency, one.bound, one.is_hedged, one.share, *date

    return said(figure) == said(printed)


def _is_counted_alike(figure: FoundNumber, fact: Fact, read: ProseSentence) -> bool:
    """Return whether the prose counts what the fact does, by its unit: 12 tugs are not 12 crews."""
    value = fact.value
    if figure.kind is not NumberKind.NUMBER or not isinstance(value, Quantity):
        return True
    words = re.findall(r"[^\W\d_]+", read.text[figure.end : figure.end + _NEAR].casefold())[:4]
    wanted = {word[:4] for word in re.findall(r"[^\W\d_]+", value.unit.casefold())}
    return any(word[:4] in wanted for word in words)


def _phrase(figure: FoundNumber, read: ProseSentence) -> str:
    """Return the words of the prose that should be linked: the figure, and before a date "by the end of"."""
    start = figure.start
    if figure.kind is NumberKind.DATE:
        bounds = lexicon.pattern(read.lexicon.words["dates"]["before"]).finditer(read.text[:start].rstrip())
        end = len(read.text[:start].rstrip())
        start = next((match.start() for match in bounds if match.end() == end), start)
    return " ".join(read.text[start : figure.end].split())


def inferred_date(subject: Subject) -> Iterator[Finding]:
    """Yield inferred parts of dates that are printed as if a source stated them."""
    for read in subject.sentences:
        for cited, fact in read.facts:
            if cited.is_printed:
                continue
            for found in _within(read, cited):
                figure = _as_meant(found, held_by(fact, read.lexicon, read.library))
                if figure.kind is not NumberKind.DATE:
                    continue
                for held in _of_value(fact, read.lexicon):
                    part = _inferred_part(figure, held)
                    if part:
                        message = f"the {part} in '{figure.text}' is inferred in {fact.id}, not stated"
                        hint = f"write [](fact:{fact.id}#date), put it in square brackets, or leave it out"
                        yield read.finding(figure.start, message, hint)
                        break


def _inferred_part(figure: FoundNumber, held: Held) -> str:
    if not _is_date(held) or not _agrees(figure, held):
        return ""
    said = {
        DatePart.YEAR: str(figure.year or ""),
        DatePart.MONTH: str(figure.month or ""),
        DatePart.DAY: " ".join(map(str, figure.days)),
    }
    marked = figure.bracketed
    for part in held.inferred:
        is_marked = said[part] in marked if part is not DatePart.MONTH else bool(marked)
        if said[part] and not is_marked:
            return part.value
    return ""


def mixed_sum(subject: Subject) -> Iterator[Finding]:
    """Yield sums of facts that must not be added up."""
    for read in subject.sentences:
        added = [fact for _, fact in read.facts if isinstance(fact.value, Quantity | Money)]
        kinds = {unlinked.kind_of(fact) for fact in added}
        if len(kinds) < 2 or len({fact.id for fact in added}) < 2:
            continue
        span = sums.said(read) or sums.worked_out(read)
        if not span or read.says("sums", "refusals").search(read.text) or read.is_quoted(*span):
            continue
        names = ", ".join(dict.fromkeys(fact.id for fact in added))
        message = f"'{read.text[slice(*span)]}' adds up amounts that differ in {_difference(kinds)}: {names}"
        yield read.finding(span[0], message, "give each amount separately")


def _difference(kinds: Iterable[Comparable]) -> str:
    listed = list(kinds)
    names = [
        field.name
        for field in dataclasses.fields(Comparable)
        if len({getattr(item, field.name) for item in listed}) > 1
    ]
    return " and ".join(names)


CHECKS = (
    Check(
        "bare-number",
        Severity.ERROR,
        "A figure, date or amount in the prose of a brief is not in a fact link.",
        "Nobody can trace it, and nothing shows when it has become wrong.",
        "[](fact:ferries.count) are planned, or [four ferries](fact:ferries.count) are planned",
        "four ferries are planned",
        bare_number,
    ),
    Check(
        "possible-number",
        Severity.WARNING,
        "Words in the prose of a brief that may be a figure of its subject are not in a fact link.",
        "A day seen from today or a number without a noun is often none; if it is one, nobody can trace it.",
        "[](fact:ferries.count) were delivered in [](fact:ferries.count#date)",
        "[](fact:ferries.count) were delivered last year",
        possible_number,
    ),
    Check(
        "figure-mismatch",
        Severity.ERROR,
        "A figure in the words of a fact link differs from the fact's, or lacks its bound.",
        "A wrong figure with a source behind it is worse than one without.",
        "[up to 12 trams](fact:trams.letter) for a fact that has up to 12",
        "[12 trams](fact:trams.letter) for a fact that has up to 12",
        figure_mismatch,
    ),
    Check(
        "rounded-figure",
        Severity.WARNING,
        "A figure in the words of a fact link only rounds the fact's exact one.",
        "A reader who checks it finds another figure in the source.",
        "[1,940 trams](fact:trams.count) for a fact that has 1,940",
        "[nearly 2,000 trams](fact:trams.count) for a fact that has 1,940",
        rounded_figure,
    ),
    Check(
        "inferred-date",
        Severity.ERROR,
        "The words of a link give an inferred part of a date as if a source stated it.",
        "A reader would take our conclusion for the words of a source.",
        "[12 March](fact:trams.letter), or the date in the form #date, which brackets the year",
        "[12 March 2025](fact:trams.letter) where no source states the year",
        inferred_date,
    ),
    Check(
        "mixed-sum",
        Severity.ERROR,
        "A sentence adds up amounts of different status, unit, currency or instrument.",
        "A loan and a grant, or a wish and a contract, have no common total.",
        "a loan of [](fact:money.loan) and, besides, a grant of [](fact:money.grant)",
        "in total [](fact:money.loan) and [](fact:money.grant)",
        mixed_sum,
    ),
)
