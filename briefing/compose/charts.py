"""Figures from facts: the facts of a section as rows that can be drawn.

A figure shows the facts that its section's text cites, and no others: a fact that is kept out of the text is
kept out of the drawing as well. Nothing is added up, and the caption counts facts that cannot be drawn.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from briefing.compose.board import Board
from briefing.content import ladders
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model import amounts, fact_links
from briefing.model.briefs import Series
from briefing.model.editions import BoardRow, Figure, Mark
from briefing.model.facts import Fact, Row
from briefing.model.ladders import COMMITMENTS, Ladder, RungId, Status
from briefing.model.library import Library
from briefing.model.scales import Bound, Degree, FigureKind, Stage
from briefing.model.values import Money, Quantity


def chart(
    kind: FigureKind, title: str, text: str, library: Library, wording: Wording, board: Board | None = None
) -> Figure | None:
    """Return the figure for a section's text; None where the text cites nothing that it could show."""
    facts = [library.facts[key] for key in fact_links.keys(text) if key in library.facts]
    if kind is FigureKind.BOARD:
        return _board(title, {fact.id for fact in facts}, wording, board) if board else None
    return _KINDS[kind](title, facts, wording, library)


def _timeline(title: str, facts: Sequence[Fact], wording: Wording, _: Library) -> Figure | None:
    ordered = sorted(facts, key=lambda fact: fact.date.sort_day if fact.date else datetime.date.max)
    marks = tuple(
        Mark(
            fact.named,
            fact.id,
            when=wording.date(fact.date, "short") if fact.date else wording.say("date.none"),
            date=fact.date,
            status=fact.status,
            flags=fact.flags,
            is_reported=fact.is_reported,
        )
        for fact in ordered
    )
    dated = [mark for mark in marks if mark.date]
    if not dated:
        return None
    say = wording.say
    known = _of("chart.timeline", len(dated), len(marks), say, events="count.events")
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


def _ladder(title: str, facts: Sequence[Fact], wording: Wording, library: Library) -> Figure | None:
    marks = tuple(
        Mark(fact.named, fact.id, status=fact.status, flags=fact.flags, is_reported=fact.is_reported)
        for fact in facts
        if fact.status
    )
    if not marks:
        return None
    say = wording.say
    matters = _by_matter(fact for fact in facts if fact.status)
    named = {mark.status.ladder for mark in marks if mark.status}
    usual = ladders.of_program()[COMMITMENTS]
    # Marks of several ladders are drawn on the program's own, by the steps that they resemble.
    ladder = library.ladders.get(named.pop(), usual) if len(named) == 1 else usual
    words = [*(_usual(matters, say) if ladder.id == COMMITMENTS else _by_group(ladder, matters, say))]
    for flag in dict.fromkeys((*ladder.all_flags, *(flag for mark in marks for flag in mark.flags))):
        count = sum(any(flag in fact.flags for fact in items) for items in matters)
        if count:
            key = str(flag.id) if flag in usual.all_flags and not flag.name else "flagged"
            words.append(say(f"chart.{key}", n=count, flag=say.named(flag)))
    if len({mark.status for mark in marks}) == 1:  # a drawing would have one rung, again and again
        return Figure(FigureKind.LADDER, title, " ".join(words), ())
    return Figure(FigureKind.LADDER, title, " ".join(words), marks, (ladders.drawn(ladder),))


def _usual(matters: Sequence[Sequence[Fact]], say: Words) -> Iterator[str]:
    """Yield what the caption of the program's own ladder says: how we rate it, and no denial."""
    furthest = [_furthest(items) for items in matters]
    bound, done = (
        [fact for fact in furthest if fact.status and fact.status.degree.stage is stage]
        for stage in (Stage.BINDING, Stage.UNDER_WAY)
    )
    own = [fact for fact in done if not fact.is_reported]
    reported = [fact for fact in done if fact.is_reported]

    def counted(found: Sequence[Fact]) -> str:
        return _of("chart.bound", len(found), len(matters), say, matters="count.matters")

    # Counted separately, because a thing may be delivered without a known contract.
    has_own = bool(own) or not reported
    if bound and own:
        yield say("chart.ladder", n=len(own), bound=counted(bound), words=_under_way(own, say))
    elif bound and has_own:
        words = _under_way((), say)
        yield say("chart.ladder_silent", n=len(bound), bound=counted(bound), words=words)
    elif own:
        yield say("chart.ladder_done", bound=counted(own), words=_under_way(own, say))
    elif has_own:
        every = say("count.matters", n=len(matters))
        words = _under_way((), say)
        yield say("chart.ladder_none", n=len(matters), matters=every, words=words)
    if reported and (bound or own):
        key = "chart.reports_add" if has_own else "chart.ladder_reported"
        words = _under_way(reported, say)
        yield say(key, n=len(reported), bound=counted(bound) if bound else "", words=words)
    elif reported:
        yield say("chart.ladder_done_reported", bound=counted(reported), words=_under_way(reported, say))
    if only := sum(fact.is_reported for fact in bound):
        yield say("chart.bound_reported", n=only, all=len(bound))
    yield from _one_voice(matters, say)
    yield say("chart.shapes")


def _by_group(ladder: Ladder, matters: Sequence[Sequence[Fact]], say: Words) -> Iterator[str]:
    """Yield how many matters are in each group of a ladder."""
    furthest = (_furthest(items).status for items in matters)
    reached = Counter(ladder.group_of(status) for status in furthest if status)
    words = [
        say("chart.in_group", n=reached[group.id], group=say.group(group, ladder))
        for group in ladder.groups
        if reached[group.id]
    ]
    yield say("chart.by_group", matters=say("count.matters", n=len(matters)), counts=say.listed(words))


_LAST = Status(RungId(""))
"""A status below all others."""
_UNDER_WAY = {
    Degree.IN_PRODUCTION: "chart.made",
    Degree.DELIVERING: "chart.being_delivered",
    Degree.SUPPLIED: "chart.supplied",
    Degree.DELIVERED: "chart.delivered",
    Degree.IN_SERVICE: "chart.in_service",
}


def _by_matter(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Return the facts of each matter; a fact that is about none counts as one by itself."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for name in fact.matters or (fact.id,):
            found.setdefault(name, []).append(fact)
    return list(found.values())


def _furthest(facts: Sequence[Fact]) -> Fact:
    """Return the fact that has come furthest, of two such one that an actor states."""
    own_first = sorted(facts, key=lambda fact: fact.is_reported)
    return max(own_first, key=lambda fact: fact.status or _LAST)


def _under_way(facts: Sequence[Fact], say: Words) -> str:
    """Return the words of the statuses that occur."""
    reached = {fact.status.degree for fact in facts if fact.status}
    words = [say(key) for degree, key in _UNDER_WAY.items() if degree in reached]
    usual = (Degree.IN_PRODUCTION, Degree.DELIVERED, Degree.IN_SERVICE)
    return say.listed(words or (say(_UNDER_WAY[degree]) for degree in usual), is_choice=True)


def _one_voice(matters: Iterable[Sequence[Fact]], say: Words) -> Iterator[str]:
    """Yield how many of the matters that two sides are said to intend rest on one speaker's account."""
    stated = [
        [fact for fact in facts if fact.status and fact.status.degree.stage is Stage.INTENDED]
        for facts in matters
    ]
    meant = [facts for facts in stated if facts]
    single = sum(_has_one_voice(facts) for facts in meant)
    if single:
        yield say("chart.one_voice", n=single, all=len(meant))


def _has_one_voice(facts: Iterable[Fact]) -> bool:
    """Return whether one speaker states all of some facts, and no text in its own voice any of them."""
    voices = {fact.said_by for fact in facts}
    return len(voices) == 1 and len(voices.pop()) == 1


def _money(title: str, facts: Sequence[Fact], wording: Wording, _: Library) -> Figure | None:
    marks = tuple(
        Mark(
            fact.named,
            fact.id,
            status=fact.status,
            flags=fact.flags,
            amount=_amount(fact.value, wording) if isinstance(fact.value, Money) else "",
            money=fact.value if isinstance(fact.value, Money) else None,
            is_reported=fact.is_reported,
        )
        for fact in facts
    )
    named = [mark for mark in marks if mark.money]
    if not named:
        return None
    say = wording.say
    matters = _by_matter(facts)
    stated = sum(any(isinstance(fact.value, Money) for fact in items) for items in matters)
    words = [_of("chart.money", stated, len(matters), say, matters="count.matters")]
    if len(named) > 1:
        currencies = {amounts.measure(mark.money) for mark in named if mark.money}
        words.append(say("chart.one_scale" if len(currencies) == 1 else "chart.many_scales"))
    # One bar alone would compare with nothing.
    return Figure(FigureKind.MONEY, title, " ".join(words), marks if len(named) > 1 else ())


def series_kind(item: Series, fact: Fact) -> FigureKind:
    """Return how the rows of a fact are drawn: over time, if each has a date of its own, or by name."""
    dates = [row.when.edtf for row in fact.rows if row.when]
    is_series = len({*dates}) == len(fact.rows) > 1
    return item.figure or (FigureKind.LINE if is_series else FigureKind.BARS)


def _series(kind: FigureKind) -> Callable[[str, Sequence[Fact], Wording, Library], Figure | None]:
    def figure(title: str, facts: Sequence[Fact], wording: Wording, _: Library) -> Figure | None:
        with_rows = [fact for fact in facts if fact.rows]
        return _of_rows(kind, title, with_rows[0], wording) if with_rows else None

    return figure


def _of_rows(kind: FigureKind, title: str, fact: Fact, wording: Wording) -> Figure | None:
    say, rows = wording.say, fact.rows
    if kind is FigureKind.LINE:
        rows = tuple(sorted(rows, key=lambda row: row.when.sort_day if row.when else datetime.date.max))
    marks = tuple(_row(row, fact, wording) for row in rows)
    numbered = [mark for mark in marks if mark.number is not None]
    if not numbered:
        return None
    least, most = (way(numbered, key=lambda mark: mark.number or 0) for way in (min, max))
    first, last = marks[0].label, marks[-1].label
    words = [_of("chart.series", len(numbered), len(marks), say, first=first, last=last, rows="count.rows")]
    if len(numbered) > 1:
        words.append(
            say(
                "chart.least_most",
                least=least.amount,
                first=least.label,
                most=most.amount,
                last=most.label,
            )
        )
    if lost := [mark.label for mark in marks if mark.number is None]:
        words.append(say("chart.no_value", names=say("value.list").join(lost)))
    return Figure(kind, title, " ".join(words), marks)


def _row(row: Row, fact: Fact, wording: Wording) -> Mark:
    value = row.value if isinstance(row.value, Quantity | Money) else None
    return Mark(
        wording.row(row),
        fact.id,
        when=wording.date(row.when, "short") if row.when else "",
        date=row.when,
        status=row.status,
        amount=wording.cell(row, "table"),
        number=value.amount if value else None,
        upper=value.upper if value else None,
        bound=value.bound if value else Bound.EXACTLY,
    )


def _board(title: str, cited: Set[str], wording: Wording, board: Board) -> Figure | None:
    say = wording.say
    rows = [
        (row, [sign for sign in row.signs if not (sign.facts and cited.isdisjoint(sign.facts))])
        for row in board.rows
    ]
    if not rows:
        return None
    drawn = tuple(
        BoardRow(
            row.label,
            row.ladder.id,
            tuple(sign.mark for sign in signs),
            say("value.list").join(
                say("value.with_remark", words=wording.value(item.value, "table"), remark=item.signs)
                for item in row.named
                if item.fact in cited
            ),
            row.open,
            row.is_sum,
        )
        for row, signs in rows
    )
    matters = say("count.matters", n=sum(row.count for row, _ in rows))
    is_by_topic = any(row.is_sum for row in drawn)
    words = [say("chart.board_by_topic" if is_by_topic else "chart.board", matters=matters)]
    if board.sides:
        signs = (say("value.with_meaning", words=sign, meaning=name) for sign, name in board.sides)
        words.append(say("chart.board_signs", signs=say.listed(signs)))
    if any(mark.is_reported for row in drawn for mark in row.marks):
        words.append(say("chart.board_counts_reported" if is_by_topic else "chart.board_reported"))
    for part in board.parts:
        said = {
            part.ladder.group_of(mark.status)
            for row in drawn
            if row.ladder == part.ladder.id
            for mark in row.marks
            if mark.status
        }
        silent = [say.group(group, part.ladder) for group in part.ladder.groups if group.id not in said]
        if silent:
            columns = say.listed((say("value.quoted", words=name) for name in silent), is_choice=True)
            words.append(say("matters.silent", columns=columns))
    ladders_drawn = tuple(ladders.drawn(part.ladder) for part in board.parts)
    return Figure(FigureKind.BOARD, title, " ".join(words), (), ladders_drawn, drawn)


_KINDS: dict[FigureKind, Callable[[str, Sequence[Fact], Wording, Library], Figure | None]] = {
    FigureKind.TIMELINE: _timeline,
    FigureKind.LADDER: _ladder,
    FigureKind.MONEY: _money,
    FigureKind.LINE: _series(FigureKind.LINE),
    FigureKind.BARS: _series(FigureKind.BARS),
    FigureKind.STACKED: _series(FigureKind.STACKED),
}


def _amount(money: Money, wording: Wording) -> str:
    return wording.say("value.list").join(filter(None, (wording.value(money), wording.instrument(money))))


def _of(key: str, number: int, total: int, say: Words, **things: str) -> str:
    """Return a count: ``2 of 6 matters are``; ``None of 6 matters is``; ``All 6 matters are``."""
    counted = {
        name: say(entry, n=total) if entry.startswith("count.") else entry for name, entry in things.items()
    }
    return say(f"{key}_all" if number == total > 1 else key, n=number, **counted)
