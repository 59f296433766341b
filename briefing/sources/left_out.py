"""The record beside a capture: what of its file is not in it, and which decisions a person should look at.

It quotes the file, so it is kept where the captures are and no part of a repository.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from dataclasses import dataclass

from briefing.model.counting import counted
from briefing.sources.extract.extracted import Choice, Extracted, LeftOut

ENDING = ".left-out.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What the reader of a file said about its capture."""

    file: str
    sha256: str
    """The digest of the file."""
    capture_sha256: str
    tool: str
    choice: Choice
    left_out: tuple[LeftOut, ...]
    doubts: tuple[str, ...]
    remarks: tuple[str, ...]


def of(extracted: Extracted, file: str, sha256: str, capture_sha256: str, choice: Choice) -> Record:
    """Return the record of a file that was read."""
    said = extracted.left_out, extracted.doubts, extracted.remarks
    return Record(file, sha256, capture_sha256, extracted.tool, choice, *said)


def name_of(capture: str) -> str:
    """Return the name of the record beside a capture: ferries.txt -> ferries.left-out.json."""
    return capture.removesuffix(".txt") + ENDING


def written(record: Record) -> bytes:
    """Return a record as the bytes of its file."""
    data = {"version": _VERSION, **dataclasses.asdict(record)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes) -> Record | None:
    """Return the record in the bytes of a file; None if they are none of this version."""
    try:
        found = json.loads(data)
        if found.pop("version") != _VERSION:
            return None
        choice = found.pop("choice")
        left_out = tuple(LeftOut(item["kind"], item["place"], item["text"]) for item in found.pop("left_out"))
        doubts, remarks = (tuple(map(str, found[name])) for name in ("doubts", "remarks"))
        taken = Choice(tuple(map(int, choice["take"])), choice["selector"], choice["pages"])
        file, sha256, capture, tool = (
            str(found[key]) for key in ("file", "sha256", "capture_sha256", "tool")
        )
        return Record(file, sha256, capture, tool, taken, left_out, doubts, remarks)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def in_short(left_out: tuple[LeftOut, ...]) -> str:
    """Return how much is left out, by its kind: "navigation (3), page number"."""
    kinds = Counter(item.kind for item in left_out)
    return ", ".join(kind if count == 1 else f"{kind} ({count})" for kind, count in kinds.items())


def with_figures(left_out: tuple[LeftOut, ...]) -> str:
    """Return how many parts have figures, for people who decide whether to look."""
    count = sum(any(item.isdigit() for item in part.text) for part in left_out)
    return counted(count, "part") + (" has figures" if count == 1 else " have figures")
