"""Tables in files: CSV and workbooks of Excel, as rows of cells that say what the file shows.

The only module that imports openpyxl. It knows nothing of captures: whatever reads tables can use it.
"""

from __future__ import annotations

import collections
import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.model.counting import counted
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
    above: tuple[str, ...] = ()
    """Lines above the heads, such as a title."""


def read(data: bytes, name: str) -> tuple[Table, ...]:
    """Return the tables of a CSV file or a workbook. Raises UsageError where it has none or is damaged."""
    return _workbook(data, name) if data.startswith(b"PK") else (_csv(data, name),)


def with_heads(heads: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """Return a row as a paragraph that says by itself what its cells are; an empty cell keeps its place."""
    named = (f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True))
    return clean("; ".join(named))


def line(cells: tuple[str, ...]) -> str:
    """Return a row as a line of text; an empty cell keeps its place."""
    return clean(" | ".join(cells))


# ---------------------------------------------------------------------------------------------------- CSV


_SEPARATOR = re.compile(r"sep=(.)\n")
"""The line in which Excel says what is between the cells."""


def _csv(data: bytes, name: str) -> Table:
    try:
        text = plain.decoded(data, name)
    except UsageError as error:
        raise UsageError(f"{error}. In Excel: Save as, CSV UTF-8") from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if said := _SEPARATOR.match(text):
        text = text[said.end() :]
    delimiter = said[1] if said else _delimiter(text)
    limit = csv.field_size_limit(1_000_000)
    try:
        rows = [
            tuple(clean(cell) for cell in row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
        is_open = _is_open(text, delimiter)
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
    usual = _usual_width(rows)
    wide = max(map(len, rows))
    narrow = sum(usual > len(row) > 1 for row in rows)
    wider = sum(len(row) > usual for row in rows)
    doubts = []
    if narrow:
        doubts.append(f"Rows with fewer cells than the others: {narrow}.")
    if wider:
        doubts.append(
            f"Rows with more cells than the others: {wider}; a number or a text may be divided at a "
            f"'{delimiter}'."
        )
    if is_open:
        doubts.append("A quotation mark is not closed, so that rows may be joined into one: compare them.")
    full = [row + ("",) * (wide - len(row)) for row in rows]
    above, heads, others = headed(full)
    return Table("", heads, others, (), tuple(doubts), above)


def _usual_width(rows: list[tuple[str, ...]]) -> int:
    """Return how many cells the heads have; where a single line is above them, how many most rows have."""
    counts = collections.Counter(map(len, rows))
    return len(rows[0]) if len(rows[0]) > 1 else counts.most_common(1)[0][0]


def _is_open(text: str, delimiter: str) -> bool:
    """Return whether a text ends within a cell that a quotation mark began."""
    try:
        collections.deque(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def headed(
    rows: Sequence[tuple[str, ...]],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the lines above a table, its heads and its rows.

    A first row with one cell of several is a line above the table. A second row of heads fills up the first:
    it has no name of a row, and a head above it counts for what is below it to the right.
    """
    at = 0
    while at + 1 < len(rows) and sum(map(bool, rows[at])) == 1 and max(map(_filled, rows)) > 1:
        at += 1
    above = tuple(next(filter(None, row)) for row in rows[:at])
    heads, others = rows[at], tuple(rows[at + 1 :])
    if len(others) > 1 and _are_heads(heads, others[0]):
        group, named = "", []
        for head, below in zip(heads, others[0], strict=True):
            group = head or group
            named.append(" ".join(filter(None, (group if below else head, below))))
        heads, others = tuple(named), others[1:]
    return above, heads, others


def _are_heads(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether a second row goes on with the heads: it has no name and fills places that are empty."""
    is_nameless = not second[0] and sum(map(bool, second)) > 1
    return is_nameless and any(below and not head for head, below in zip(first, second, strict=True))


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
    _refuse_unpacked(data, name)
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


MOST_BYTES = 60_000_000
"""The most that the parts of a workbook may have together, unpacked."""


def _refuse_unpacked(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(
                item.file_size for item in packed.infolist() if not item.filename.startswith("xl/media/")
            )
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return  # its reader says what is wrong
    if size > MOST_BYTES:
        raise UsageError(
            f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB; save the part that you need as CSV"
        )


@dataclass(slots=True)
class _Found:
    """What is found in the cells of a sheet."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    rounded: int = 0
    empty: int = 0
    white: list[str] = field(default_factory=list)


def _sheet(sheet: Any, formulas: Any, name: str) -> Table | None:
    if not hasattr(sheet, "iter_rows"):
        return None
    last_row, last_column = _extent(sheet)
    if not last_row:
        return None
    _refuse_large(last_row * last_column, name)
    found = _Found()
    hidden = {column for column in range(1, last_column + 1) if _is_column_hidden(sheet, column)}
    names = _names_below(sheet)
    for row in sheet.iter_rows(max_row=last_row, max_col=last_column):
        texts = [_text(cell, formulas, found) or names.get(cell.coordinate, "") for cell in row]
        kept = tuple(text for at, text in enumerate(texts, 1) if at not in hidden)
        gone = tuple(text for at, text in enumerate(texts, 1) if at in hidden)
        if sheet.sheet_state != "visible" or sheet.row_dimensions[row[0].row].hidden:
            kind = "hidden sheet" if sheet.sheet_state != "visible" else "hidden row"
            found.left_out += [(kind, line(tuple(texts)))] if any(texts) else []
            continue
        found.left_out += [("hidden column", line(gone))] if any(gone) else []
        if any(kept):
            found.rows.append(kept)
    found.left_out += _around(sheet)
    if not found.rows and not found.left_out:
        return None
    first = min((_empty_before(row) for row in found.rows), default=0)
    width = max((_filled(row) for row in found.rows), default=0)
    above, heads, rows = headed([row[first:width] for row in found.rows]) if found.rows else ((), (), ())
    return Table(sheet.title, heads, rows, tuple(found.left_out), tuple(_doubts(sheet, found)), above)


def _names_below(sheet: Any) -> dict[str, str]:
    """Return what names a row in the first column, for the rows that a merged cell reaches down to."""
    found: dict[str, str] = {}
    for area in sheet.merged_cells.ranges:
        name = _shown(sheet.cell(area.min_row, area.min_col))[0]
        if area.min_col == sheet.min_column and area.max_row - area.min_row < 1000 and not name.isdecimal():
            for row in range(area.min_row + 1, area.max_row + 1):
                found[sheet.cell(row, area.min_col).coordinate] = name
    return found


def _extent(sheet: Any) -> tuple[int, int]:
    """Return the last row and the last column with a value or a comment; 0 and 0 without any."""
    rows, columns = 0, 0
    for (row, column), cell in sheet._cells.items():  # its own sizes count cells that have only a colour
        if cell.value is not None or cell.comment is not None:
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _text(cell: Any, formulas: Any, found: _Found) -> str:
    """Return what a cell shows; what it has and does not show is kept apart."""
    text, is_rounded = _shown(cell)
    source = formulas.cell(cell.row, cell.column).value
    found.empty += not text and isinstance(source, str) and source.startswith("=")
    if cell.comment is not None:
        found.left_out.append(("comment", clean(f"{cell.coordinate}: {cell.comment.text}")))
    if not text or not cell.has_style:
        return text
    if cell.font.strike or set(cell.number_format or "General") == {";"}:
        kind = "struck-out text" if cell.font.strike else "hidden cell"
        found.left_out.append((kind, f"{cell.coordinate}: {text}"))
        return ""
    colour = cell.font.color
    if colour is not None and colour.rgb == "FFFFFFFF" and cell.fill.fill_type is None:
        found.white.append(f"{cell.coordinate}: {text}")
    found.rounded += is_rounded
    return text


def _around(sheet: Any) -> Iterator[tuple[str, str]]:
    """Yield what a sheet prints around its cells."""
    for kind, part in (("page header", sheet.oddHeader), ("page footer", sheet.oddFooter)):
        texts = (item.text for item in (part.left, part.center, part.right) if item.text)
        if text := clean(" ".join(texts)):
            yield kind, text
    if drawn := len(sheet._charts) + len(sheet._images):
        yield "drawing", counted(drawn, "chart or picture", "charts or pictures")


def _doubts(sheet: Any, found: _Found) -> Iterator[str]:
    if found.rounded:
        yield f"Figures taken as the sheet {sheet.title} shows them, rounded: {found.rounded}."
    if found.empty:
        yield (
            f"Cells of the sheet {sheet.title} that have a formula without a result: {found.empty}; "
            "open the workbook, save it and add it again."
        )
    if found.white:
        yield (
            f"Cells of the sheet {sheet.title} in white, which may not be seen, were taken: "
            f"{', '.join(found.white[:12])}."
        )


def _filled(row: tuple[str, ...]) -> int:
    return max((at for at, text in enumerate(row, 1) if text), default=0)


def _empty_before(row: tuple[str, ...]) -> int:
    return next((at for at, text in enumerate(row) if text), 0)


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
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat(" "), False
    if isinstance(value, datetime.date):
        return _date(value, cell.number_format or ""), False
    if isinstance(value, datetime.time):
        return value.isoformat(), False
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}", False
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    return clean(str(value)), False


def _date(value: datetime.date, form: str) -> str:
    """Return a date as far as its cell shows it: a month alone has no day."""
    plain_form = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
    if "y" not in plain_form or "d" in plain_form:
        return value.isoformat()[:10]
    return value.isoformat()[: 7 if "m" in plain_form else 4]


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
    whole, dot, part = text.partition(".")
    least = len((match["digits"] or "").replace(",", "").lstrip("#?"))
    if "," not in match["digits"] and len(whole.lstrip("-")) < least:
        text = f"{'-' if value < 0 else ''}{whole.lstrip('-').zfill(least)}{dot}{part}"
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
        for text in table.above:
            yield text, "", place
        if table.heads:
            yield "; ".join(table.heads), "", place
        for row in table.rows:
            yield with_heads(table.heads, row), "", place
        for kind, text in table.left_out:
            yield text, kind, place
