"""The rows of a table by the heads of its columns, for facts that have rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.model.findings import UsageError
from briefing.sources.extract import boxed


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table: the heads of its columns, and the cells of each row by these."""

    heads: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def read(data: bytes, name: str) -> SourceTable:
    """Return the table of a CSV file or a workbook. Raises UsageError where it is none, or several."""
    found = boxed.read_tables(data, name)
    if len(found) > 1:
        sheets = ", ".join(table.name for table in found)
        raise UsageError(f"{name} has several tables ({sheets}); save the one that is meant by itself")
    table = found[0] if found else None
    if table is None or not table.rows or len(table.heads) < 2:
        raise UsageError(
            f"{name} is no table: expected a line of heads and a line for each row, with two columns"
        )
    if twice := next((head for head in table.heads if head and table.heads.count(head) > 1), None):
        raise UsageError(f"{name} has two columns '{twice}'; give each column a head of its own")
    if "" in table.heads:
        raise UsageError(f"{name} has a column without a head; give each column a head of its own")
    if table.doubts:
        raise UsageError(f"{name}: {table.doubts[0]}")
    return SourceTable(table.heads, tuple(dict(zip(table.heads, row, strict=True)) for row in table.rows))
