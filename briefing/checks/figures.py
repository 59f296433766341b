"""Checks over the figures in prose: each must be in a fact link, and say what the fact says."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence
from briefing.language import lexicon, quantities
from briefing.language.lexicon import Lexicon
from briefing.language.quantities import FoundNumber, NumberKind
from briefing.language.sentences import Cited
from briefing.language.wording import in_message
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.scales import Bound, DatePart
from briefing.model.values import Date, Money, Quantity, Value

_NEAR = 80
"""Number of characters before a printed value that are searched for words that change it."""


@dataclass(frozen=True, slots=True)
class Held:
    """One figure that a fact supports."""

    amount: Decimal | None = None
    currency: str = ""
    is_percent: bool = False
    bound: Bound | None = None
    """None for a figure without a bound."""
    period: str = ""
    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    season: int | None = None
    inferred: tuple[DatePart, ...] = ()
    measure: int | None = None
    is_value: bool = False
    """Whether it is the fact's value or date rather than a figure in its words."""
    text: str = ""
    is_hedged: bool = False


# ---------------------------------------------------------------------------------- what a fact supports


@functools.lru_cache(maxsize=65536)
def held_by(fact: Fact, of: Lexicon) -> tuple[Held, ...]:
    """Return the figures of a fact: its value and date first, then those in its words."""
    return (*_of_value(fact, of), *_of_words(fact, of))


def _of_value(fact: Fact, of: Lexicon) -> Iterator[Held]:
    yield from _printed(fact.value, of)
    yield from _printed(fact.date, of)


def _printed(value: Value | None, of: Lexicon) -> Iterator[Held]:
    """Yield the figures that a link prints of a value or a date."""
    if isinstance(value, Quantity | Money):
        bound = None if value.bound is Bound.EXACTLY else value.bound
        currency = value.currency if isinstance(value, Money) else ""
        unit = "" if isinstance(value, Money) else value.unit
        period = next((item.period for item in quantities.find(f"1 {unit}", of)), "")
        for amount in filter(None, (value.amount, value.upper)):
            is_percent = unit.startswith("%")
            measure = next((item.measure for item in quantities.find(f"1 {unit}", of)), None)
            yield Held(amount, currency, is_percent, bound, period, is_value=True, measure=measure)
    if isinstance(value, Date):
        yield from _of_date(value)


def _of_date(date: Date) -> Iterator[Held]:
    """Yield the ends of a date; the open end of an interval is a bound."""
    span = date.span
    for point, bound in ((span.start, Bound.AT_LEAST), (span.end, Bound.UP_TO)):
        if not point:
            continue
        is_open = span.is_interval and (span.start is None or span.end is None)
        day, text = point.earliest, point.text
        yield Held(
            year=day.year,
            month=day.month if len(text) >= 7 and point.precision in ("month", "day") else None,
            days=(day.day,) if point.precision == "day" else (),
            season=int(text[5:7]) if point.precision == "season" else None,
            bound=bound if is_open else None,
            inferred=date.inferred,
            is_value=True,
        )
        if not span.is_interval:
            return


def _of_words(fact: Fact, of: Lexicon) -> Iterator[Held]:
    texts = [state.statement for state in fact.states]
    texts += [term for state in fact.states for item in state.evidence for term in item.terms]
    texts.append(fact.caveat)
    if isinstance(fact.value, Money):
        texts.append(fact.value.price_basis or "")
    for text in dict.fromkeys(texts):
        for figure in quantities.find(text, of):
            yield Held(
                figure.amount,
                figure.currency,
                figure.kind is NumberKind.PERCENT,
                figure.bound,
                figure.period,
                figure.year,
                figure.month,
                figure.days,
                figure.season,
                text=figure.text.casefold(),
                is_hedged=figure.is_hedged,
            )


# --------------------------------------------------------------------------------------------- comparing


def _is_date(held: Held) -> bool:
    return held.year is not None or held.month is not None or bool(held.days)


def _agrees(figure: FoundNumber, held: Held) -> bool:
    """Return whether a figure is the one that a fact holds, regardless of the words around it."""
    if figure.kind is NumberKind.DATE:
        parts = ((figure.year, held.year), (figure.month, held.month), (figure.days, held.days))
        said = [(mine, theirs) for mine, theirs in parts if mine]
        if figure.season and not _is_in_season(figure.season, held):
            return False
        if not said:
            return held.text == figure.text.casefold()
        if figure.days and held.days and set(figure.days) <= set(held.days):
            said = [(mine, theirs) for mine, theirs in said if mine != figure.days]
        return all(mine == theirs for mine, theirs in said) or (
            held.amount is not None and held.amount == figure.year
        )
    if figure.amount is None:
        return held.text == figure.text.casefold()
    if held.amount is None and held.year is not None:
        return figure.kind is NumberKind.NUMBER and figure.amount == held.year
    return (
        figure.amount == held.amount
        and (not figure.currency or not held.currency or figure.currency == held.currency)
        and not (figure.currency and held.is_value and not held.currency)
        and (figure.kind is NumberKind.PERCENT) == held.is_percent
    )


def _is_in_season(season: int, held: Held) -> bool:
    """Return whether a date is in a season, quarter or half of its year, numbered as in EDTF."""
    if held.season or held.month is None:
        return held.season == season
    if season < quantities.QUARTERS:
        return held.month % 12 // 3 == (season - 20) % 4
    start = quantities.QUARTERS if season < quantities.HALVES else quantities.HALVES
    return (held.month - 1) // (3 if start == quantities.QUARTERS else 6) == season - start


def _problem(figure: FoundNumber, fact: Fact, of: Lexicon, of_value: str) -> tuple[str, str]:
    """Return how a figure differs from its fact as a message and a hint; both empty where they agree."""
    held = held_by(fact, of)
    same = [item for item in held if _agrees(figure, item)]
    # Where the value itself has the number, the fact's words cannot excuse another meaning of it.
    values = [item for item in held if item.is_value and item.amount == figure.amount is not None]
    if not same or (values and not any(item.is_value for item in same)):
        near = _in_words(fact, figure)
        said = f"{fact.id} has {near}" if near else f"{fact.id} does not have this figure"
        return f"'{figure.text}' is not what the fact says: {said}", f"write {of_value}, or correct the fact"
    same = [item for item in same if item.is_value] or same
    known = _periods(fact, of)
    if figure.period and known and figure.period not in known:
        return (
            f"'{figure.text}' is for each {figure.period}, but {fact.id} counts differently",
            f"write {of_value}",
        )
    if figure.measure is not None and all(item.measure not in (None, figure.measure) for item in same):
        return f"'{figure.text}' has a different unit from {fact.id}", f"write {of_value}"
    if figure.is_hedged and not any(item.is_hedged for item in same):
        return f"the words before '{figure.text}' qualify it, but {fact.id} does not", f"write {of_value}"
    if not any(_same_bound(figure, item) for item in same):
        return (
            f"'{figure.text}' has a different bound: {fact.id} has {_in_words(fact, figure)}",
            f"write {of_value}, with its bound",
        )
    return "", ""


def _same_bound(figure: FoundNumber, held: Held) -> bool:
    if figure.is_start:
        return held.bound in (None, Bound.AT_LEAST)
    return held.bound is figure.bound


@functools.lru_cache(maxsize=4096)
def _periods(fact: Fact, of: Lexicon) -> frozenset[str]:
    """Return the periods per which a fact counts (a year, a month), by its unit or its words."""
    unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
    texts = (unit, fact.statement, *(term for item in fact.evidence for term in item.terms))
    return frozenset(name for text in texts for name in quantities.periods(text, of))


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
            of_value = f"[](fact:{fact.id})" if fact.value is not None else "what the fact says"
            if cited.is_printed:
                yield from _around_printed(read, cited, fact)
                continue
            for figure in _within(read, cited):
                message, hint = _problem(figure, fact, read.lexicon, of_value)
                if message and figure.kind is NumberKind.DATE and not _is_bound_inside(figure, read, cited):
                    # "By [9 June] all had arrived": the word before the link does not qualify the date.
                    message, hint = _problem(
                        dataclasses.replace(figure, bound=None), fact, read.lexicon, of_value
                    )
                if message:
                    yield read.finding(figure.start, message, hint)


def _is_bound_inside(figure: FoundNumber, read: ProseSentence, cited: Cited) -> bool:
    """Return whether the words of the link themselves contain the bound of a date."""
    inside = quantities.find(cited.words, read.lexicon)
    return any(item.bound for item in inside if item.start + cited.start == figure.start)


def _within(read: ProseSentence, cited: Cited) -> Iterator[FoundNumber]:
    """Yield the figures in the words of a link, with the bound in them or just before them."""
    for figure in read.figures:
        if cited.start <= figure.start and figure.end <= cited.end:
            yield figure


def _around_printed(read: ProseSentence, cited: Cited, fact: Fact) -> Iterator[Finding]:
    """Yield a bound before a value that prints its own, or a missing bound before a bare number."""
    value = fact.value
    if not isinstance(value, Quantity | Money) or cited.form not in ("", "short", "long", "table", "number"):
        return
    bare = next((item for item in read.figures if item.start >= cited.start and item.end <= cited.end), None)
    words = quantities.find(f"{read.text[max(0, cited.start - _NEAR) : cited.start]}1", read.lexicon)
    before = words[-1] if words else None
    said = before.bound if before else None
    is_hedged = bool(before and before.is_hedged)
    bound = None if value.bound is Bound.EXACTLY else value.bound
    if cited.form == "number" and bound not in (None, Bound.BETWEEN):
        behind = bare.bound if bare else None
        if bound not in (said, behind):
            message = f"the number is printed without the '{value.bound.value}' of {fact.id}"
            yield read.finding(cited.start, message, f"write [](fact:{fact.id})")
    elif said not in (None, Bound.BETWEEN) or is_hedged:
        message = f"the words before the link change the value of {fact.id}, which prints its own bound"
        yield read.finding(cited.start, message, f"write [](fact:{fact.id}) without them")


def bare_number(subject: Subject) -> Iterator[Finding]:
    """Yield figures in the prose that are in no fact link."""
    for read in subject.sentences:
        if read.is_page:
            continue
        for figure in read.figures:
            if read.sentence.within(figure.start, figure.end) is None:
                message = f"'{figure.text}' is not in a fact link"
                yield read.finding(figure.start, message, _nearest(figure, read))

    for text in subject.texts:
        names = [(item.start, item.end) for item in text.names]
        found = [item for item in quantities.find(text.text, text.lexicon, names) if not _is_count(item)]
        if not found:
            continue
        held = [item for fact in text.facts for item in held_by(fact, text.lexicon)]
        held += [item for date in text.dates for item in _of_date(date)]
        for figure in found:
            if not any(_agrees(figure, item) for item in held):
                whose = ", ".join(dict.fromkeys(fact.id for fact in text.facts)) or "any fact"
                message = f"'{figure.text}' is in no value, date or evidence of {whose}"
                yield text.finding(figure.start, message, "add a term with it to the evidence, or delete it")


def _is_count(figure: FoundNumber) -> bool:
    """Return whether a number written as a word may count readings or speakers, as in "the three texts"."""
    return figure.text.isalpha() and figure.kind is NumberKind.NUMBER


def _nearest(figure: FoundNumber, read: ProseSentence) -> str:
    """Return the fact that most likely holds a figure, as a hint."""
    holders = [
        fact
        for fact in read.library.facts.values()
        if any(_agrees(figure, held) for held in held_by(fact, read.lexicon))
    ]
    named = {name for mention in read.names for name in mention.ids}
    brief = read.library.briefs.get(read.brief)
    sheets = brief.sheets if brief else ()

    def closeness(fact: Fact) -> tuple[bool, bool, bool]:
        return (
            any(fact is other for _, other in read.facts),
            query.sheet_of(fact.id) in sheets,
            bool(named & {*fact.systems, *fact.actors}),
        )

    if holders:
        best = max(holders, key=closeness)
        with_words = f"[{_phrase(figure, read)}](fact:{best.id})"
        if any(_agrees(figure, held) for held in _printed(best.value, read.lexicon)):
            return f"{best.id} has it: write [](fact:{best.id}) or {with_words}"
        if any(_agrees(figure, held) for held in _printed(best.date, read.lexicon)):
            return f"{best.id} has it: write [](fact:{best.id}#date) or {with_words}"
        return f"{best.id} has it in its words: write {with_words}"
    others = [fact for fact in read.library.facts.values() if named & {*fact.systems, *fact.actors}]
    if others:
        best = max(others, key=lambda fact: (closeness(fact), fact.value is not None))
        return f"cite a fact for it, or delete it; the nearest is {best.id}"
    return "cite a fact for it, or delete it"


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
            for figure in _within(read, cited):
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
        sums = read.says("sums", "words")
        match = sums.search(read.text)
        softened = read.says("sums", "refusals").search(read.text)
        amounts = [fact for _, fact in read.facts if isinstance(fact.value, Quantity | Money)]
        if not match or softened or read.is_quoted(match.start(), match.end()):
            continue
        kinds = {_kind_of(fact) for fact in amounts}
        if len(kinds) > 1 and len({fact.id for fact in amounts}) > 1:
            names = ", ".join(dict.fromkeys(fact.id for fact in amounts))
            message = f"'{match.group()}' adds up amounts that differ in {_difference(kinds)}: {names}"
            yield read.finding(match.start(), message, "give each amount separately")


@dataclass(frozen=True, slots=True)
class _Comparable:
    """The properties that two amounts must share to be added."""

    status: str
    unit: str
    instrument: str


def _kind_of(fact: Fact) -> _Comparable:
    value = fact.value
    unit = value.currency if isinstance(value, Money) else value.unit if isinstance(value, Quantity) else ""
    instrument = (value.instrument or "") if isinstance(value, Money) else ""
    return _Comparable(fact.status.value if fact.status else "", unit, str(instrument))


def _difference(kinds: Iterable[_Comparable]) -> str:
    listed = list(kinds)
    names = [
        field.name
        for field in dataclasses.fields(_Comparable)
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
        "figure-mismatch",
        Severity.ERROR,
        "A figure in the words of a fact link differs from the fact's, or lacks its bound.",
        "A wrong figure with a source behind it is worse than one without.",
        "[up to 12 trams](fact:trams.letter) for a fact that has up to 12",
        "[12 trams](fact:trams.letter) for a fact that has up to 12",
        figure_mismatch,
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
