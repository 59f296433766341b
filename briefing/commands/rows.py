"""The work of ``rows``: read the rows of a fact from a table, and say how they differ from those it has."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.build import steps
from briefing.content import encode, ladders
from briefing.language import slips, source_figures, source_words
from briefing.language.source_words import SourceWords
from briefing.language.wording import MESSAGES, with_plain_spaces
from briefing.model import edtf
from briefing.model.facts import Fact, Row, Table
from briefing.model.findings import BriefingError, UsageError, nearest
from briefing.model.ladders import Ladder, Status
from briefing.model.library import Library
from briefing.model.query import sheet_of
from briefing.model.scales import Bound
from briefing.model.sources import Evidence
from briefing.model.values import Date, Money, Quantity, Slug
from briefing.sources import stated
from briefing.sources.extract import table_rows
from briefing.sources.extract.table_rows import SourceTable
from briefing.store.disk import Texts
from briefing.store.records import Records

_LONGEST = 5
"""The most words of a term."""
_UNKNOWN = ("?", "n/a", "n.a.", "unknown")


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of a fact as a table has them now, and how they differ from those that it had."""

    fact: Fact
    rows: tuple[Row, ...]
    differences: tuple[str, ...]


def read(texts: Texts, key: str, data: bytes, name: str) -> ReadRows:
    """Return the rows of a fact from a file. Raises UsageError where the table does not fit the fact."""
    library = steps.link(steps.read(texts)).library
    if library is None:
        raise UsageError("content/project.yaml has errors; 'briefing check' names them, and they come first")
    fact = library.facts.get(key)
    if fact is None:
        if sheet_of(key) in library.broken_sheets:
            path = f"content/facts/{sheet_of(key)}.yaml"
            raise UsageError(f"{path} has errors; 'briefing check' names them, and they come first")
        raise UsageError(f"there is no fact '{key}'; {_choices(key, library)}")
    if fact.table is None:
        how = "table: {source: register, name: Project, value: Capacity, unit: MW}"
        raise UsageError(f"{key} does not say how its rows are read; add to it {how}")
    table = table_rows.read(data, name)
    sheet = library.sheets.get(sheet_of(key))
    ladder = ladders.of_fact(fact, sheet, library.matters, library.ladders)
    if fact.table.value not in table.heads:
        raise UsageError(_no_column(fact.table.value, table, name))
    if not fact.table.unit and not fact.table.currency:
        raise UsageError(f"{key} does not say what '{fact.table.value}' counts; {_unit_of(fact.table.value)}")
    rows = tuple(_rows(fact.table, table, ladder, library, name))
    _refuse_other_unit(fact.table, rows, library, name)
    return ReadRows(fact, rows, tuple(_differences(fact.rows, rows)))


def _choices(key: str, library: Library) -> str:
    """Return the hint for a fact that is not there: the nearest, or those that have a table."""
    with_table = [fact.id for fact in library.facts.values() if fact.table]
    otherwise = f"facts with a table: {', '.join(with_table)}" if with_table else "no fact has a 'table:' yet"
    return nearest(key, library.facts, otherwise)


def record(records: Records, found: ReadRows) -> str:
    """Write the rows into the sheet of the fact, and return the path of the sheet."""
    path = f"content/facts/{sheet_of(found.fact.id)}.yaml"
    text = _with_rows(records.texts.texts[path], found.fact, found.rows)
    records.write({path: text.encode()})
    return path


# -------------------------------------------------------------------------------------------------- rows


def _rows(of: Table, table: SourceTable, ladder: Ladder, library: Library, name: str) -> Iterator[Row]:
    for column in filter(None, (of.name, of.value, of.status, of.date)):
        if column not in table.heads:
            raise UsageError(_no_column(column, table, name))
    source = library.sources.get(of.source)
    words = source_words.of_language(source.language if source else library.project.languages[0])
    seen: dict[str, int] = {}
    for number, cells in enumerate(table.rows, 2):
        where = f"row {number} of {name}"
        named, cell = cells[of.name], cells[of.value]
        row = named if edtf.is_date(named) and re.fullmatch(r"[\d-]+", named) else slips.slug(named)
        if not row:
            raise UsageError(f"{where} has no name in the column '{of.name}'")
        if row in seen:
            raise UsageError(
                f"{where} is called '{named}', as is row {seen[row]}; each row needs its own name"
            )
        seen[row] = number
        is_unknown = cell.lower() in _UNKNOWN
        value = None if is_unknown or not cell else _value(of, cell, words, where)
        heads = [head for head in (of.name, of.value, of.status, of.date) if head and cells[head]]
        terms = tuple(_term(head, cells[head], head != of.name) for head in heads)
        yield Row(
            Slug(row),
            value,
            "" if row == named else named,
            date=Date(cells[of.date]) if of.date and edtf.is_date(cells[of.date]) else None,
            status=_status(cells[of.status], ladder, where) if of.status and cells[of.status] else None,
            evidence=(Evidence(of.source, number, terms),),
            is_unknown=is_unknown,
        )


def _no_column(column: str, table: SourceTable, name: str) -> str:
    return f"{name} has no column '{column}'; {nearest(column, table.heads)}"


def _unit_of(head: str) -> str:
    """Return what to write for the unit that the head of a column has: currency: GBP, per: MWh."""
    inner = re.search(r"[(\[]([^)\]]+)[)\]]|(?:,| in)\s+(\S+)$", head)
    what, _, each = (inner[1] or inner[2] if inner else "").partition("/")
    if not what:
        return "write unit: MW, or currency: GBP and for prices per: MWh"
    english = source_words.of_language("en")
    figure = next(iter(source_figures.find(f"1 {what}", english)), None)
    unit = f"currency: {figure.currency}" if figure and figure.currency else f"unit: {what.strip()}"
    return f"write {unit}" + (f", per: {each.strip()}" if each else "")


def _refuse_other_unit(of: Table, rows: tuple[Row, ...], library: Library, name: str) -> None:
    """Raise UsageError where the head of the column does not name the unit of the table."""
    for row in rows:
        cell = next((term for term in row.evidence[0].terms if ": " in term), "").rpartition(": ")[2]
        # The whole head, of which a term has the last words only.
        evidence = Evidence(of.source, 1, (cell,))
        cited = stated.passages((evidence,), library, {str(of.source): (f"{of.value}: {cell}",)})
        value = row.value if isinstance(row.value, Quantity | Money) else None
        lacks = stated.lacking(value, cited, library) if value else ()
        if lost := next((lack for lack in lacks if lack.part in ("unit", "currency")), None):
            raise UsageError(
                f"the column '{of.value}' of {name} does not name '{lost.wanted}', and the rows would say so "
                f"under every value; {_unit_of(of.value)}, or list the word that it has under 'units:' in "
                "content/project.yaml"
            )


def _term(head: str, cell: str, has_head: bool) -> str:
    """Return a cell as a term, with its head where that says what it counts; the last five words at most."""
    return " ".join((f"{head}: {cell}" if has_head else cell).split()[-_LONGEST:])


def _value(of: Table, cell: str, words: SourceWords, where: str) -> Quantity | Money:
    """Return the value of a cell. Raises UsageError where it is no number, or may be two."""
    figures = source_figures.find(cell, words)
    if len(figures) != 1 or len(figures[0].amounts) != 1 or not re.search(r"\d", cell):
        read = "two numbers" if figures else "no number"
        raise UsageError(
            f"{where} has '{cell}' in the column '{of.value}', which is {read}; write 12.5, ? or nothing"
        )
    (amount,), bounds = figures[0].amounts, figures[0].bounds
    bound = next((item for item in Bound if item.value in bounds), Bound.EXACTLY)
    amount = (amount * of.scale).normalize()
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
    if of.currency:
        return Money(amount, of.currency, bound, price_basis=of.price_basis, per=of.per)
    return Quantity(amount, of.unit, bound, per=of.per)


def _status(words: str, ladder: Ladder, where: str) -> Status:
    known = {status.words.lower(): status for status in ladder.statuses}
    known |= {MESSAGES.named(status).lower(): status for status in ladder.statuses}
    if flag := ladder.flag(slips.slug(words)):
        raise UsageError(
            f"{where} has the status '{words}', which is the flag '{flag.words}' of the ladder {ladder.id}, "
            "and a row has no flags; leave the cell empty, or make the row a fact with 'flags:'"
        )
    if words.lower() not in known:
        raise UsageError(f"{where} has the status '{words}'; {nearest(words.lower(), known)}")
    return known[words.lower()]


# ------------------------------------------------------------------------------------------- differences


def _differences(before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[str]:
    """Yield a line for each row that is new, gone or otherwise."""
    old, new = ({row.id: row for row in rows} for rows in (before, after))
    for name, row in new.items():
        if name not in old:
            yield f"new      {name}: {_words(row)}"
        elif _words(row) != _words(old[name]):
            yield f"changed  {name}: {_words(old[name])} -> {_words(row)}"
        elif row.evidence != old[name].evidence:
            yield f"moved    {name}: other passage"
        elif dataclasses.replace(row, at=old[name].at) != old[name]:
            yield f"changed  {name}: price basis, name or date"
    for name, row in old.items():
        if name not in new:
            yield f"gone     {name}: {_words(row)}"


def _words(row: Row) -> str:
    value = MESSAGES.cell(row) if row.value or row.is_unknown else "empty"
    return with_plain_spaces(", ".join(filter(None, (value, row.status.words if row.status else ""))))


# ------------------------------------------------------------------------------------------------- writing


def _with_rows(text: str, fact: Fact, rows: tuple[Row, ...]) -> str:
    """Return the text of a sheet with the rows of a fact in place of those that it has."""
    lines = text.split("\n")
    first = fact.at.line - 1
    indent = _indent(lines[first])
    end = _end_of_block(lines, first + 1, indent)
    inner = next((_indent(line) for line in lines[first + 1 : end] if line.strip()), 0)
    if inner <= indent:
        raise BriefingError(
            f"{fact.id} is written on one line; write its fields on lines of their own below it"
        )
    written = [f"{' ' * inner}rows:", *(f"{' ' * (inner + 2)}{_line(row)}" for row in rows)]
    at = next((n for n in range(first + 1, end) if re.match(rf" {{{inner}}}rows:", lines[n])), None)
    if at is None:
        return "\n".join([*lines[:end], *written, *lines[end:]])
    return "\n".join([*lines[:at], *written, *lines[_end_of_block(lines, at + 1, inner) :]])


def _end_of_block(lines: list[str], start: int, indent: int) -> int:
    """Return where the lines end that are indented more than some; blank lines at the end are outside."""
    end = start
    for number in range(start, len(lines)):
        if lines[number].strip() and _indent(lines[number]) <= indent:
            break
        end = number + 1 if lines[number].strip() else end
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _line(row: Row) -> str:
    """Return a row as one line of YAML."""
    return f"{row.id}: {_flow(encode.to_plain(row))}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    is_plain = re.fullmatch(r"[\w][\w .%/²³°€£$-]*", text) is not None and text == text.strip()
    return text if is_plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
