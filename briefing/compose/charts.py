"""Figures from facts: the facts of a section as rows that can be drawn.

A figure shows the facts that its section's text cites, and no others: a fact that is kept out of the text is
kept out of the drawing as well. Nothing is added up, and the caption counts facts that cannot be drawn.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from briefing.language.wording import Wording
from briefing.model import fact_links
from briefing.model.editions import Figure, Mark
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.model.scales import FigureKind, Flag, Stage, Status
from briefing.model.values import Money


def chart(kind: FigureKind, title: str, text: str, library: Library, wording: Wording) -> Figure | None:
    """Return the figure for a section's text; None where the text cites nothing that it could show."""
    facts = [library.facts[key] for key in fact_links.keys(text) if key in library.facts]
    return _KINDS[kind](title, facts, wording)


def _timeline(title: str, facts: Sequence[Fact], wording: Wording) -> Figure | None:
    ordered = sorted(facts, key=lambda fact: fact.date.sort_day if fact.date else datetime.date.max)
    marks = tuple(
        Mark(
            fact.named,
            fact.id,
            when=wording.date(fact.date, "short") if fact.date else wording.vocabulary.no_date,
            date=fact.date,
            status=fact.status,
            flags=fact.flags,
        )
        for fact in ordered
    )
    dated = [mark for mark in marks if mark.date]
    if not dated:
        return None
    when = _span(dated, wording)
    words = [f"{_of(len(dated), marks, 'event', ('has a date', 'have dates'))}: {when}"]
    if any(mark.date and mark.date.inferred for mark in dated):
        words.append("What stands in square brackets is inferred")
    return Figure(FigureKind.TIMELINE, title, _sentences(words), marks)


def _span(dated: Sequence[Mark], wording: Wording) -> str:
    """Return the first and the last date of some events in words; a date may have a bound of its own."""
    first, last = dated[0], dated[-1]
    if len(dated) == 1:
        return first.when
    if any(mark.date and wording.has_words_before(mark.date) for mark in (first, last)):
        return f"the first {first.when}, the last {last.when}"
    return f"from {first.when} to {last.when}"


def _ladder(title: str, facts: Sequence[Fact], wording: Wording) -> Figure | None:
    marks = tuple(
        Mark(fact.named, fact.id, status=fact.status, flags=fact.flags) for fact in facts if fact.status
    )
    if not marks:
        return None
    bound, done = (
        sum(mark.status.stage is stage for mark in marks if mark.status)
        for stage in (Stage.BINDING, Stage.UNDER_WAY)
    )
    # Counted separately, because a thing may be delivered without a known contract.
    words = [
        f"{_of(bound, marks, 'matter', ('is', 'are'))} contracted or financed, and "
        f"{done or 'none'} {'are' if done > 1 else 'is'} {_under_way(marks)}",
        *_one_voice(facts),
        "Open shapes: only said or intended; filled shapes: binding, under way or done",
    ]
    for flag in Flag:
        count = sum(flag in mark.flags for mark in marks)
        if count:
            words.append(f"{count} {'is' if count == 1 else 'are'} {flag.value}")
    return Figure(FigureKind.LADDER, title, _sentences(words), marks)


_UNDER_WAY = {
    Status.IN_PRODUCTION: "being made",
    Status.DELIVERING: "being delivered",
    Status.DELIVERED: "delivered",
    Status.IN_SERVICE: "in service",
}


def _under_way(marks: Sequence[Mark]) -> str:
    """Return the words of the statuses that occur."""
    reached = {mark.status for mark in marks}
    *words, last = [word for status, word in _UNDER_WAY.items() if status in reached] or [
        "being made",
        "delivered",
        "in service",
    ]
    return f"{', '.join(words)} or {last}" if words else last


def _one_voice(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield how many of the matters that two sides are said to intend rest on one speaker's account."""
    meant = [fact for fact in facts if fact.status and fact.status.stage is Stage.INTENDED]
    single = sum(len(fact.said_by) == 1 for fact in meant)
    if single:
        rest = "rests" if single == 1 else "rest"
        yield f"Of {len(meant)} intended, {single} {rest} on one speaker’s account"


def _money(title: str, facts: Sequence[Fact], wording: Wording) -> Figure | None:
    marks = tuple(
        Mark(
            fact.named,
            fact.id,
            status=fact.status,
            flags=fact.flags,
            amount=_amount(fact.value, wording) if isinstance(fact.value, Money) else "",
            money=fact.value if isinstance(fact.value, Money) else None,
        )
        for fact in facts
    )
    named = [mark for mark in marks if mark.money]
    if not named:
        return None
    words = [f"{_of(len(named), marks, 'matter', ('has', 'have'))} an amount"]
    if len(named) > 1:
        currencies = {mark.money.currency for mark in named if mark.money}
        scale = "on one scale" if len(currencies) == 1 else "each currency on a scale of its own"
        words.append(f"Amounts stand side by side, {scale}, and are not added up")
    return Figure(FigureKind.MONEY, title, _sentences(words), marks)


_KINDS: dict[FigureKind, Callable[[str, Sequence[Fact], Wording], Figure | None]] = {
    FigureKind.TIMELINE: _timeline,
    FigureKind.LADDER: _ladder,
    FigureKind.MONEY: _money,
}


def _amount(money: Money, wording: Wording) -> str:
    words = wording.value(money)
    return f"{words}, {money.instrument.value}" if money.instrument else words


def _of(number: int, marks: Sequence[Mark], what: str, verbs: tuple[str, str]) -> str:
    """Return a count: ``2 of 6 matters are``; ``None of 6 matters is``; ``All 6 matters are``."""
    total = len(marks)
    things = what if total == 1 else f"{what}s"
    if number == total > 1:
        return f"All {total} {things} {verbs[1]}"
    return f"{number or 'None'} of {total} {things} {verbs[number > 1]}"


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(f"{part}." for part in parts)
