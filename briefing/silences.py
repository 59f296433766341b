"""Findings that an author allows at the spot, with a reason.

A comment on a line of its own, before what is meant: ``# allow[slug]: reason`` in YAML, where it holds for
the key or list item below it and all that belongs to that; ``<!-- allow[slug]: reason -->`` in Markdown,
where it holds for the paragraph, list or table below it. It is never printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.problems import Place

_COMMENT = re.compile(
    r"(?P<indent>[ \t]*)(?:\#[ \t]*(?P<yaml>allow\[.*)|<!--[ \t]*(?P<markdown>allow\[.*?)-->[ \t]*)"
)
_ALLOW = re.compile(r"allow\[(?P<check>[^\]]*)\][ \t]*:?[ \t]*(?P<reason>.*?)[ \t]*")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Silence:
    """One allowance: findings of a check, on some lines of a file."""

    check: str
    """Slug of the check that is to be silent."""
    reason: str
    """Why; empty where the author gave none, which is a mistake."""
    at: Place
    last_line: int
    """The last line it holds for; it begins with its own."""

    def covers(self, check: str, at: Place) -> bool:
        """Whether it allows what a check found at a place."""
        return check == self.check and at.path == self.at.path and self.at.line <= at.line <= self.last_line


def find(path: str, text: str) -> list[Silence]:
    """Every allowance of a file, in order."""
    if "allow[" not in text:
        return []
    lines = text.splitlines()
    prose_from = _end_of_front_matter(lines) if path.endswith(".md") else len(lines)
    found = []
    for index, line in enumerate(lines):
        comment = _COMMENT.fullmatch(line)
        is_prose = index >= prose_from
        written = comment and comment["markdown" if is_prose else "yaml"]
        allow = written and _ALLOW.fullmatch(written)
        if not comment or not allow:
            continue
        end = _end_of_block(lines, index) if is_prose else _end_of_node(lines[:prose_from], index)
        at = Place(path, index + 1, len(comment["indent"]) + 1)
        found.append(Silence(allow["check"].strip(), allow["reason"], at, end))
    return found


def without(text: str) -> str:
    """Prose without the comments; every line keeps its number."""
    if "allow[" not in text:
        return text
    return "\n".join("" if _is_comment(line) else line for line in text.split("\n"))


def _is_comment(line: str) -> bool:
    comment = _COMMENT.fullmatch(line)
    return bool(comment and comment["markdown"])


def _end_of_front_matter(lines: Sequence[str]) -> int:
    """Index of the first line of prose."""
    fences = (index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE)
    return next(fences, 0) if lines and lines[0].rstrip() == _FENCE else 0


def _below(lines: Sequence[str], index: int) -> Iterator[tuple[int, str]]:
    """The lines after a comment that hold something, without further comments, with their indices."""
    for number in range(index + 1, len(lines)):
        if lines[number].strip() and not _COMMENT.fullmatch(lines[number]):
            yield number, lines[number]


def _end_of_node(lines: Sequence[str], index: int) -> int:
    """Number of the last line of the YAML key or item that stands below a comment."""
    below = _below(lines, index)
    first, line = next(below, (index, ""))
    depth, last = _depth(line), first
    for number, line in below:
        is_own_list = _depth(line) == depth and line.lstrip().startswith("- ") != lines[
            first
        ].lstrip().startswith("- ")
        if _depth(line) <= depth and not (is_own_list and line.lstrip().startswith("- ")):
            break
        last = number
    return last + 1


def _end_of_block(lines: Sequence[str], index: int) -> int:
    """Number of the last line of the paragraph, list or table that stands below a comment."""
    first, _ = next(_below(lines, index), (index, ""))
    last = first
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return last + 1


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
