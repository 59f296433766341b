"""Checks of tables and series: what each row is of, and whether rows can be drawn and printed as asked."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks import stated as passages_read
from briefing.checks.base import Check, Subject
from briefing.language import rates
from briefing.model import amounts
from briefing.model.briefs import Series
from briefing.model.facts import Fact, Row
from briefing.model.findings import Finding, Severity, nearest
from briefing.model.library import Library
from briefing.model.scales import FigureKind
from briefing.model.values import Money, Quantity, place_of
from briefing.sources import stated, stated_rows
from briefing.sources.stated_rows import RowLack


def row_not_stated(subject: Subject) -> Iterator[Finding]:
    """Yield rows of which no cited passage states the value together with the name or the time."""
    known, library = passages_read.texts(subject), subject.library
    for fact in subject.own.facts:
        for row in fact.rows:
            if stated_rows.is_misread_date(row):
                message = f"{fact.id}, row {row.id}, is called by figures that are no year and no date"
                hint = "write a year as 2026, a month as 2026-03; a thing that is called so: name: '…'"
                yield Finding("", message, row.at, hint)
                continue
            if found := _column_that_is_not_there(fact, row):
                yield found
            evidence = row.evidence or fact.evidence
            if passages_read.is_readable(evidence, subject):
                cited = stated.passages(evidence, library, known)
                if lack := stated_rows.lacking(fact, row, cited, library):
                    yield _of(fact, row, lack, library)
                elif row.value is None and row.evidence and (had := stated_rows.values(fact, cited, library)):
                    message = (
                        f"{fact.id}, row {row.id}, has no value, and its cited words have {_quoted(had)}"
                    )
                    hint = "write the value, or cite the words of the empty cell alone"
                    yield Finding("", message, row.at, hint)


def _column_that_is_not_there(fact: Fact, row: Row) -> Finding | None:
    """Return a finding, at its first row, if no row of a table cites the column of its values."""
    if fact.table is None or row is not fact.rows[0]:
        return None
    heads = {
        term.rpartition(": ")[0]
        for other in fact.rows
        for item in other.evidence
        for term in item.terms
        if ": " in term
    }
    wanted = fact.table.value
    if not heads or any(wanted.endswith(head) for head in heads):
        return None
    message = f"the table of {fact.id} has the column '{wanted}', which none of its rows cites"
    hint = nearest(wanted, sorted(heads)) + "; or read the rows again with 'briefing rows'"
    return Finding("", message, place_of(fact.table.value, fact.at), hint)


def _of(fact: Fact, row: Row, lack: RowLack, library: Library) -> Finding:
    owner, has = f"{fact.id}, row {row.id}", _quoted(lack.found)
    what = "the value of" if lack.has_value else "something of"
    if lack.found:
        message = f"{owner}: the cited words have {what} {has}, not of '{lack.wanted}'"
    else:
        message = f"{owner}: no cited words state '{lack.wanted}' with its value"
    hint = f"cite the words that have both, its value and '{lack.wanted}', or correct the row"
    if lack.part == "name":
        hint += "; if the text calls it otherwise, give it that name, or list both as the names of a system"
    return Finding("", message, row.at, hint)


def _quoted(found: tuple[str, ...]) -> str:
    return " and ".join(f"'{item}'" for item in found[:3])


def series(subject: Subject) -> Iterator[Finding]:
    """Yield series of briefs that have nothing to show, or whose rows cannot share a scale or a bar."""
    for brief in subject.own.briefs:
        for item in brief.series:
            fact = subject.library.facts.get(item.fact)
            if fact and (found := _unprintable(item, fact)):
                message, hint = found
                yield Finding("", message, place_of(item.fact, brief.at), hint, brief=brief.id)


def _unprintable(item: Series, fact: Fact) -> tuple[str, str] | None:
    """Return what is wrong with a series, and what to do; None where it can be shown."""
    if not fact.rows:
        what = "add 'rows:' to the fact, or read them from its table with 'briefing rows'"
        return f"the series shows {fact.id}, which has no rows", f"{what}; one value is a link in the prose"
    values = [row.value for row in fact.rows if isinstance(row.value, Quantity | Money)]
    if not values:
        return f"no row of {fact.id} has an amount, so nothing can be drawn", "give its rows their values"
    measures = list(dict.fromkeys(map(amounts.measure, values)))
    if len(measures) > 1:
        some = " and ".join(f"'{one}'" for one in measures[:3])
        hint = "make a fact with rows of each unit, and a series of each"
        return f"the rows of {fact.id} are in {some}, which share no scale", hint
    if item.figure is FigureKind.STACKED and not rates.can_be_added(values):
        why = "the amounts are not of one price basis"
        if rates.is_rate(values[0]):
            why = f"amounts in '{measures[0]}' add up to nothing"
        choices = "'figure: bars' (one for each row) or 'figure: line' (over time)"
        return f"the rows of {fact.id} cannot be stacked: {why}", f"write {choices}"
    return None


CHECKS = (
    Check(
        "series",
        Severity.ERROR,
        "A series of a brief shows a fact without rows or amounts, rows in several units, or stacks what "
        "cannot be added: prices per unit, shares, amounts of several price bases.",
        "A table that is announced would be missing, or a bar would show a sum that means nothing.",
        "series: [{fact: plants.prices, figure: bars}] with rows in EUR per MWh",
        "series: [{fact: plants.prices, figure: stacked}] with rows in EUR per MWh",
        series,
    ),
    Check(
        "row-not-stated",
        Severity.ERROR,
        "No words cited for a row of a table or a series state its value together with its name or its time.",
        "A right figure beside a wrong year or name is printed under a note that seems to prove it.",
        "2025: {value: {amount: 3, unit: ferries}} with the term '3 ferries in 2025'",
        "2026: {value: {amount: 3, unit: ferries}} with the term '3 ferries in 2025'",
        row_not_stated,
        reads_captures=True,
    ),
)
