"""Figures from facts: the facts of a section as rows that can be drawn.

A figure shows the facts that its section's text cites, and no others: a fact that is kept out of the text is
kept out of the drawing as well. Nothing is added up, and the caption counts facts that cannot be drawn.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from briefing.language.wording import Wording
from briefing.language.words import Words
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
            when=wording.date(fact.date, "short") if fact.date else wording.say("date.none"),
            date=fact.date,
            status=fact.status,
            flags=fact.flags,
        )
        for fact in ordered
    )
    dated = [mark for mark in marks if mark.date]
    if not dated:
        return None
    say = wording.say
    known = _of("chart.timeline", len(dated), marks, say, events="count.events")
    words = [say("chart.dated", events=known, when=_span(dated, wording))]
    if any(mark.date and mark.date.inferred for mark in dated):
        words.append(say("chart.inferred"))
    return Figure(FigureKind.TIMELINE, title, " ".join(words), marks)


def _span(dated: Sequence[Mark], wording: Wording) -> str:
    """Return the first and the last date of some events in words; a date may have a bound of its own."""
    first, last = dated[0], dated[-1]
    if len(dated) == 1:
        return first.when
    if any(mark.date and wording.has_words_before(mark.date) for mark in (first, last)):
        return wording.say("chart.first_last", first=first.when, last=last.when)
    return wording.say("chart.from_to", first=first.when, last=last.when)


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
    say = wording.say
    # Counted separately, because a thing may be delivered without a known contract.
    ordered = _of("chart.bound", bound, marks, say, matters="count.matters")
    words = [
        say("chart.ladder", n=done, bound=ordered, words=_under_way(marks, say)),
        *_one_voice(facts, say),
        say("chart.shapes"),
    ]
    for flag in Flag:
        count = sum(flag in mark.flags for mark in marks)
        if count:
            words.append(say(f"chart.{flag.value}", n=count))
    return Figure(FigureKind.LADDER, title, " ".join(words), marks)


_UNDER_WAY = {
    Status.IN_PRODUCTION: "chart.made",
    Status.DELIVERING: "chart.being_delivered",
    Status.DELIVERED: "chart.delivered",
    Status.IN_SERVICE: "chart.in_service",
}


def _under_way(marks: Sequence[Mark], say: Words) -> str:
    """Return the words of the statuses that occur."""
    reached = {mark.status for mark in marks}
    words = [say(key) for status, key in _UNDER_WAY.items() if status in reached]
    usual = (Status.IN_PRODUCTION, Status.DELIVERED, Status.IN_SERVICE)
    return say.listed(words or (say(_UNDER_WAY[status]) for status in usual), is_choice=True)


def _one_voice(facts: Sequence[Fact], say: Words) -> Iterator[str]:
    """Yield how many of the matters that two sides are said to intend rest on one speaker's account."""
    meant = [fact for fact in facts if fact.status and fact.status.stage is Stage.INTENDED]
    single = sum(len(fact.said_by) == 1 for fact in meant)
    if single:
        yield say("chart.one_voice", n=single, all=len(meant))


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
    say = wording.say
    words = [_of("chart.money", len(named), marks, say, matters="count.matters")]
    if len(named) > 1:
        currencies = {mark.money.currency for mark in named if mark.money}
        words.append(say("chart.one_scale" if len(currencies) == 1 else "chart.many_scales"))
    return Figure(FigureKind.MONEY, title, " ".join(words), marks)


_KINDS: dict[FigureKind, Callable[[str, Sequence[Fact], Wording], Figure | None]] = {
    FigureKind.TIMELINE: _timeline,
    FigureKind.LADDER: _ladder,
    FigureKind.MONEY: _money,
}


def _amount(money: Money, wording: Wording) -> str:
    given = [wording.named(money.instrument)] if money.instrument else []
    return wording.say("value.list").join([wording.value(money), *given])


def _of(key: str, number: int, marks: Sequence[Mark], say: Words, **things: str) -> str:
    """Return a count: ``2 of 6 matters are``; ``None of 6 matters is``; ``All 6 matters are``."""
    total = len(marks)
    counted = {name: say(entry, n=total) for name, entry in things.items()}
    return say(f"{key}_all" if number == total > 1 else key, n=number, **counted)
