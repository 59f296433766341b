"""Files of others, read in the box: a child process with bounds of time and memory.

Whatever a file does to the library that reads it, the answer is its text or a sentence that names the file.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from briefing.model.findings import UsageError
from briefing.sources.extract import kinds, tables
from briefing.sources.extract.extracted import AS_IT_IS, Choice, Extracted, LeftOut, Stated
from briefing.sources.extract.tables import Table
from briefing.store import box, disk

BOUNDS = box.FOREIGN


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a file. Raises UsageError where it has none, or cannot be read within the bounds."""
    asked = json.dumps(dataclasses.asdict(choice)).encode() + b"\n" + data
    found = _asked("answer", name, asked, "save its text as plain text in UTF-8 and add that")
    stated = {field: Stated(value, where) for field, (value, where) in found["stated"].items()}
    extracted = Extracted(
        tuple(found["paragraphs"]),
        found["tool"],
        stated,
        tuple(found["remarks"]),
        data if found["is_as_it_is"] else b"",
        tuple(LeftOut(*item) for item in found["left_out"]),
        tuple(found["doubts"]),
    )
    if len(extracted.capture) > disk.MAX_BYTES:
        most = disk.MAX_BYTES // 1_000_000
        raise UsageError(f"{name} contains more than {most} MB of text; divide it, and add the parts")
    return extracted


def read_tables(data: bytes, name: str) -> tuple[Table, ...]:
    """Return the tables of a file. Raises UsageError where it has none, or is out of bounds."""
    found = _asked("answer_tables", name, data, "save the table that is meant as CSV")
    return tuple(
        Table(
            item["name"],
            tuple(item["heads"]),
            tuple(map(tuple, item["rows"])),
            tuple((kind, text) for kind, text in item["left_out"]),
            tuple(item["doubts"]),
            tuple(item["above"]),
        )
        for item in found
    )


def _asked(function: str, name: str, data: bytes, advice: str) -> Any:
    try:
        return box.ask(f"{__name__}:{function}", name, data, BOUNDS)
    except box.OutOfBoundsError as error:
        raise UsageError(f"{name}: {error}; {advice}") from error


def answer(data: bytes, name: str) -> dict[str, Any]:
    """Return the text of a file as JSON can say it; the child process calls this."""
    wanted, _, file = data.partition(b"\n")
    choice = json.loads(wanted)
    extracted = kinds.read(file, name, Choice(tuple(choice["take"]), choice["selector"], choice["pages"]))
    return {
        "paragraphs": extracted.paragraphs,
        "tool": extracted.tool,
        "stated": {field: dataclasses.astuple(item) for field, item in extracted.stated.items()},
        "remarks": extracted.remarks,
        "is_as_it_is": bool(extracted.data),
        "left_out": [dataclasses.astuple(item) for item in extracted.left_out],
        "doubts": extracted.doubts,
    }


def answer_tables(data: bytes, name: str) -> list[dict[str, Any]]:
    """Return the tables of a file as JSON can say them; the child process calls this."""
    return [dataclasses.asdict(table) for table in tables.read(data, name)]
