"""Checks of tables and series: what each row is of, and whether rows can be drawn and printed as asked."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks import stated as passages_read
from briefing.checks.base import Check, Subject
from briefing.model.facts import Fact, Row
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library
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
            evidence = row.evidence or fact.evidence
            if passages_read.is_readable(evidence, subject):
                cited = stated.passages(evidence, library, known)
                if lack := stated_rows.lacking(fact, row, cited, library):
                    yield _of(fact, row, lack, library)


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


CHECKS = (
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
