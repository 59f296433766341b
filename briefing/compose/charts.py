"""Figures from facts: the facts of a section as rows that can be drawn.

A figure shows the facts that its section's text cites, and no others: a fact that is kept out of the text is
kept out of the drawing as well. Nothing is added up, and the caption counts facts that cannot be drawn.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from briefing.compose.board import Board
from briefing.content import ladders
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model import amounts, fact_links
from briefing.model.briefs import Series
from briefing.model.editions import BoardRow, Figure, Mark
from briefing.model.facts import Fact, Row
from briefing.model.ladders import COMMITMENTS, Ladder
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
    rows = _Rows([fact for fact in facts if fact.status], library, say)
    named = {mark.status.ladder for mark in marks if mark.status}
    usual = ladders.of_program()[COMMITMENTS]
    # Marks of several ladders are drawn on the program's own, by the steps that they resemble.
    ladder = library.ladders.get(named.pop(), usual) if len(named) == 1 else usual
    words = [*(_usual(rows, say) if ladder.id == COMMITMENTS else _by_group(ladder, rows, say))]
    for flag in dict.fromkeys((*ladder.all_flags, *(flag for mark in marks for flag in mark.flags))):
        words += rows.named(say.named(flag), [fact for fact in rows.facts if flag in fact.flags])
    if len({mark.status for mark in marks}) == 1:  # a drawing would have one rung, again and again
        return Figure(FigureKind.LADDER, title, " ".join(words), ())
    return Figure(FigureKind.LADDER, title, " ".join(words), marks, (ladders.drawn(ladder),))


_NAMED = 3
"""The most rows that a caption names; more are counted."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a ladder, for its caption, which speaks of what a reader sees below it alone."""

    facts: Sequence[Fact]
    library: Library
    say: Words

    def named(self, words: str, found: Sequence[Fact]) -> Iterator[str]:
        """Yield of which rows some words hold; nothing where they hold of none."""
        if found:
            yield self.say("chart.rows", words=words[:1].upper() + words[1:], rows=self.which(found))

    def which(self, found: Sequence[Fact]) -> str:
        """Return some rows in words: a few by their names, more by their number."""
        names = list(dict.fromkeys(map(self.name, found)))
        if len(found) <= _NAMED and all(names):
            has_comma = any("," in name for name in names)
            return self.say("value.long_list").join(names) if has_comma else self.say.listed(names)
        if len(found) == len(self.facts):
            return self.say("chart.all_rows")
        return self.say("chart.of_rows", n=len(found), all=len(self.facts))

    def name(self, fact: Fact) -> str:
        """Return the label of a row or of its matter; empty where neither has one."""
        matters = (self.library.matters.get(name) for name in fact.matters)
        return fact.label or next((matter.label for matter in matters if matter), "")


def _usual(rows: _Rows, say: Words) -> Iterator[str]:
    """Yield what the caption of the program's own ladder says: how far we rate it, and no denial."""
    reached = {fact.id: fact.status for fact in rows.facts if fact.status}
    degrees = {key: status.degree for key, status in reached.items()}
    bound = [fact for fact in rows.facts if degrees[fact.id].stage is Stage.BINDING]
    done = {
        words: found
        for degree, words in _UNDER_WAY.items()
        if (found := [fact for fact in rows.facts if degrees[fact.id] is degree])
    }
    # What is bound and what is done is kept apart: a thing may be delivered without a known contract.
    for words, found in {"chart.bound": bound, **done}.items():
        yield from rows.named(say(words), [fact for fact in found if not fact.is_reported])
        by_reports = say("chart.by_reports", words=say(words))
        yield from rows.named(by_reports, [fact for fact in found if fact.is_reported])
    if not done:
        furthest = max(reached.values(), key=lambda status: (list(Degree).index(status.degree), status.place))
        yield say("chart.furthest", n=len(rows.facts), status=say.named(furthest))


def _by_group(ladder: Ladder, rows: _Rows, say: Words) -> Iterator[str]:
    """Yield which rows are in each group of a ladder."""
    for group in ladder.groups:
        found = [fact for fact in rows.facts if fact.status and ladder.group_of(fact.status) == group.id]
        yield from rows.named(say.group(group, ladder), found)


_UNDER_WAY = {
    Degree.IN_PRODUCTION: "chart.made",
    Degree.DELIVERING: "chart.being_delivered",
    Degree.SUPPLIED: "chart.supplied",
    Degree.DELIVERED: "chart.delivered",
    Degree.IN_SERVICE: "chart.in_service",
}


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
    if len(named) < 2:  # one bar would compare with nothing, and the table shows how many rows have an amount
        return None
    say = wording.say
    is_all = len(named) == len(marks)
    words = [say("chart.money_all" if is_all else "chart.money", n=len(named), all=len(marks))]
    currencies = {amounts.measure(mark.money) for mark in named if mark.money}
    words.append(say("chart.one_scale" if len(currencies) == 1 else "chart.many_scales"))
    return Figure(FigureKind.MONEY, title, " ".join(words), marks)


def series_kind(item: Series, fact: Fact) -> FigureKind:
    """Return how the rows of a fact are drawn: over time, if each has a date of its own, or by name."""
    dates = [row.when.edtf for row in fact.rows if row.when]
    is_series = len({*dates}) == len(fact.rows) > 1
    if item.figure:
        return item.figure
    return FigureKind.LINE if is_series else FigureKind.BARS


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
            is_sum=row.is_sum,
        )
        for row, signs in rows
    )
    matters = say("count.matters", n=sum(row.count for row, _ in rows))
    words = [say("chart.board_by_topic" if board.is_by_topic else "chart.board", matters=matters)]
    if board.sides:
        signs = (say("value.with_meaning", words=sign, meaning=name) for sign, name in board.sides)
        words.append(say("chart.board_signs", signs=say.listed(signs)))
    if any(mark.is_reported for row in drawn for mark in row.marks):
        words.append(say("chart.board_counts_reported" if board.is_by_topic else "chart.board_reported"))
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
    """Return a count: ``2 of 6 events have dates``; ``All 6 events have dates``."""
    counted = {
        name: say(entry, n=total) if entry.startswith("count.") else entry for name, entry in things.items()
    }
    return say(f"{key}_all" if number == total > 1 else key, n=number, **counted)
