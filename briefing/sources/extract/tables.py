"""Tables in files: CSV and workbooks of Excel, as rows of cells that say what the file shows.

The only module that imports openpyxl. It knows nothing of captures: whatever reads tables can use it.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.model.findings import MissingLibraryError, UsageError
from briefing.sources.extract import plain
from briefing.sources.extract.extracted import clean
from briefing.store import versions

MOST_CELLS = 400_000
"""A larger table is no text that anybody cites from."""
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file."""

    name: str
    """The name of its sheet; empty for CSV."""
    heads: tuple[str, ...]
    """Its first row."""
    rows: tuple[tuple[str, ...], ...]
    """The other rows, each with a cell for every head."""
    left_out: tuple[tuple[str, str], ...] = ()
    """What the file has and does not show, as kind and text: hidden rows, comments."""
    doubts: tuple[str, ...] = ()


def read(data: bytes, name: str) -> tuple[Table, ...]:
    """Return the tables of a CSV file or a workbook. Raises UsageError where it has none or is damaged."""
    return _workbook(data, name) if data.startswith(b"PK") else (_csv(data, name),)


def with_heads(heads: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """Return a row as a paragraph that says by itself what its cells are; an empty cell keeps its place."""
    return clean("; ".join(f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True)))


def line(cells: tuple[str, ...]) -> str:
    """Return a row as a line of text; an empty cell keeps its place."""
    return clean(" | ".join(cells))


# ---------------------------------------------------------------------------------------------------- CSV


def _csv(data: bytes, name: str) -> Table:
    text = plain.decoded(data, name).removeprefix("\ufeff")
    delimiter = _delimiter(text)
    limit = csv.field_size_limit(1_000_000)
    try:
        rows = [
            tuple(clean(cell) for cell in row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UsageError(
            f"{name} is a damaged table: {error}; correct it, or save it as plain text"
        ) from error
    finally:
        csv.field_size_limit(limit)
    rows = [row for row in rows if any(row)]
    _refuse_large(sum(map(len, rows)), name)
    if not rows:
        raise UsageError(f"{name} contains no rows")
    wide = max(map(len, rows))
    uneven = sum(len(row) != wide for row in rows)
    doubts = (f"Rows with fewer cells than the others: {uneven}.",) if uneven else ()
    full = [row + ("",) * (wide - len(row)) for row in rows]
    return Table("", full[0], tuple(full[1:]), (), doubts)


def _delimiter(text: str) -> str:
    """Return what is between the cells: the sign with which most lines have equally many."""
    first = [row for row in text.splitlines()[:50] if row.strip()]

    def score(sign: str) -> tuple[int, int]:
        counts = [row.count(sign) for row in first]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=score)


def _refuse_large(cells: int, name: str) -> None:
    if cells > MOST_CELLS:
        raise UsageError(f"{name} has more than {MOST_CELLS:,} cells; save the part that you need")


# ----------------------------------------------------------------------------------------------- workbooks


def _workbook(data: bytes, name: str) -> tuple[Table, ...]:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingLibraryError(
            f"the workbook {name} needs openpyxl; install it with: {versions.how_to_install('web')}"
        ) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # it raises what the part that is damaged raises
        raise UsageError(f"{name} is a damaged workbook, or one with a password: {error}") from error
    found = []
    for sheet in book.worksheets:
        if (table := _sheet(sheet, formulas[sheet.title], name)) is not None:
            found.append(table)
    if not found:
        raise UsageError(f"{name} contains no cells")
    return tuple(found)


def _sheet(sheet: Any, formulas: Any, name: str) -> Table | None:
    if not hasattr(sheet, "iter_rows") or sheet.max_row is None:
        return None
    _refuse_large(sheet.max_row * sheet.max_column, name)
    left_out: list[tuple[str, str]] = []
    hidden = {column for column in range(1, sheet.max_column + 1) if _is_column_hidden(sheet, column)}
    rows: list[tuple[str, ...]] = []
    rounded = empty = 0
    for row in sheet.iter_rows():
        cells = [_shown(cell) for cell in row]
        rounded += sum(is_rounded for _, is_rounded in cells)
        for cell, (text, _) in zip(row, cells, strict=True):
            source = formulas.cell(cell.row, cell.column).value
            empty += not text and isinstance(source, str) and source.startswith("=")
            if cell.comment is not None:
                left_out.append(("comment", clean(f"{cell.coordinate}: {cell.comment.text}")))
        texts = [text for text, _ in cells]
        kept = tuple(text for at, text in enumerate(texts, 1) if at not in hidden)
        gone = tuple(text for at, text in enumerate(texts, 1) if at in hidden)
        if sheet.sheet_state != "visible" or sheet.row_dimensions[row[0].row].hidden:
            kind = "hidden sheet" if sheet.sheet_state != "visible" else "hidden row"
            left_out += [(kind, line(tuple(texts)))] if any(texts) else []
            continue
        left_out += [("hidden column", line(gone))] if any(gone) else []
        if any(kept):
            rows.append(kept)
    doubts = []
    if rounded:
        doubts.append(f"Figures taken as the sheet {sheet.title} shows them, rounded: {rounded}.")
    if empty:
        doubts.append(
            f"Cells of the sheet {sheet.title} that have a formula without a result: {empty}; "
            "open the workbook, save it and add it again."
        )
    if not rows and not left_out:
        return None
    width = max((_filled(row) for row in rows), default=0)
    cut = [row[:width] for row in rows]
    return Table(sheet.title, cut[0] if cut else (), tuple(cut[1:]), tuple(left_out), tuple(doubts))


def _filled(row: tuple[str, ...]) -> int:
    return max((at for at, text in enumerate(row, 1) if text), default=0)


def _is_column_hidden(sheet: Any, column: int) -> bool:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(column)
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and (dimension.min or 0) <= column <= (dimension.max or 0):
            return True
    return bool(letter in sheet.column_dimensions and sheet.column_dimensions[letter].hidden)


def _shown(cell: Any) -> tuple[str, bool]:
    """Return a cell as its sheet shows it, and whether that is rounded."""
    value = cell.value
    if value is None:
        return "", False
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, datetime.datetime):
        return (value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")), False
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), False
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    return clean(str(value)), False


_FORMAT = re.compile(
    r'(?P<before>(?:"[^"]*"|\[\$[^\]]*\]|[€$£¥ ])*)(?P<digits>[#0,?]+)(?:\.(?P<decimals>[0#?]+))?'
    r'(?P<per>%?)(?P<after>(?:"[^"]*"|\[\$[^\]]*\]|[€$£¥ ])*)'
)


def _number(value: float, form: str) -> tuple[str, bool]:
    """Return a number in the form of its cell, as far as that is a usual one."""
    exact = f"{value:.15g}"
    match = _FORMAT.fullmatch(re.sub(r"_.|\\|\*.", "", form.split(";", maxsplit=1)[0]).strip())
    if match is None or "e" in exact:
        return exact, False
    scaled = value * 100 if match["per"] else value
    decimals = len(match["decimals"] or "")
    text = f"{scaled:,.{decimals}f}" if "," in match["digits"] else f"{scaled:.{decimals}f}"
    optional = len(match["decimals"] or "") - len((match["decimals"] or "").rstrip("#?"))
    if optional:
        whole, _, part = text.partition(".")
        kept = part[: decimals - optional] + part[decimals - optional :].rstrip("0")
        text = f"{whole}.{kept}" if kept else whole
    is_rounded = abs(scaled - float(text.replace(",", ""))) > 1e-9 * max(1.0, abs(scaled))
    around = [_literal(match["before"]), _literal(match["after"])]
    return clean(f"{around[0]}{text}{match['per']}{around[1]}"), is_rounded


def _literal(form: str) -> str:
    return "".join(
        part.strip('"') if part.startswith('"') else re.sub(r"\[\$([^\]-]*).*\]", r"\1", part)
        for part in re.findall(r'"[^"]*"|\[\$[^\]]*\]|.', form)
    )


def pieces(found: tuple[Table, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield text, kind and place of what tables have, for a capture: a row a line, the heads first."""
    for table in found:
        place = f"sheet {table.name}" if table.name else ""
        if len(found) > 1 and table.heads:
            yield table.name, "", place
        if table.heads:
            yield "; ".join(table.heads), "", place
        for row in table.rows:
            yield with_heads(table.heads, row), "", place
        for kind, text in table.left_out:
            yield text, kind, place
