"""Suppressions: findings that an author allows in place, with a reason.

A suppression is a comment on a line of its own. ``# allow[slug]: reason`` in YAML covers the key or list item
below it and everything within that; ``<!-- allow[slug]: reason -->`` in Markdown covers the heading,
paragraph, list or table below it. At the top of a file it also covers findings about the file as a whole. It
is never printed.
"""

from __future__ import annotations

import bisect
import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.content import yaml_nodes
from briefing.language import markdown_blocks
from briefing.model import fact_links
from briefing.model.findings import Place

_MARK = "allow["
_IN_YAML = re.compile(r"(?P<indent> *)#[ \t]*(?P<allow>allow\[.*)")
_IN_MARKDOWN = re.compile(r"(?P<indent>[ \t]*)<!--[ \t]*(?P<allow>allow\[.*?)[ \t]*-->[ \t]*")
_ALLOW = re.compile(r"allow\[(?P<check>[^\]]*)\][ \t]*:?[ \t]*(?P<reason>.*?)[ \t]*")
_BESIDE_YAML = re.compile(r"(?<=\s)#[ \t]*allow\[(?P<check>[^\[\]]*)\]")
_BESIDE_MARKDOWN = re.compile(r"<!--\s*allow\[(?P<check>[^\[\]]*)\]")
_KEY = re.compile(r"(?P<dashes>(?: *- +)*) *(?P<rest>.*)")
_BLOCK = re.compile(r"(?P<key>.*:[ ]+)?[|>][-+0-9]{0,2}[ \t]*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One suppression, for findings of a check on some lines of a file."""

    check: str
    """Slug of the check whose findings are allowed."""
    reason: str
    """The reason; empty if the author gave none, which is a mistake."""
    at: Place
    first_line: int
    """The first line that it covers: its own, or that of the file if it is at the top."""
    last_line: int
    """The last line that it covers."""
    is_alone: bool = True
    """Whether it is on a line of its own; otherwise it allows nothing, which is a mistake."""


class Covered:
    """The lines of a file that suppressions of one check cover, each by the last of these."""

    def __init__(self, suppressions: Sequence[Suppression]) -> None:
        alone = [item for item in suppressions if item.is_alone]
        order = sorted(range(len(alone)), key=lambda number: alone[number].first_line)
        self._starts: list[int] = []
        self._last: list[Suppression | None] = []
        begun: list[int] = []
        begins = iter(order)
        coming = next(begins, None)
        lines = {item.first_line for item in alone} | {item.last_line + 1 for item in alone}
        for line in sorted(lines):
            while coming is not None and alone[coming].first_line <= line:
                heapq.heappush(begun, -coming)
                coming = next(begins, None)
            while begun and alone[-begun[0]].last_line < line:
                heapq.heappop(begun)
            self._starts.append(line)
            self._last.append(alone[-begun[0]] if begun else None)

    def at(self, line: int) -> Suppression | None:
        """Return the suppression that covers a line."""
        index = bisect.bisect_right(self._starts, line) - 1
        return self._last[index] if index >= 0 else None


def find(path: str, text: str) -> list[Suppression]:
    """Return every suppression of a file, in order."""
    if _MARK not in text:
        return []
    lines = text.split("\n")
    if not path.endswith(".md"):
        return list(_in_yaml(path, lines))
    end = yaml_nodes.end_of_front_matter(lines)
    head = ["", *lines[1:end]] if end else []
    return [*_in_yaml(path, head), *_in_markdown(path, lines, end)]


def without(text: str) -> str:
    """Return prose without suppressions; every line keeps its number."""
    if _MARK not in text:
        return text
    read = _without_code(text)
    lines = zip(text.split("\n"), read, strict=True)
    return "\n".join("" if _IN_MARKDOWN.fullmatch(blanked) else line for line, blanked in lines)


def _without_code(text: str) -> list[str]:
    """Return the lines of a Markdown text without code, because a suppression in code is an example."""
    return fact_links.without_code(text).split("\n")


def _suppression(allow: str, at: Place, first_line: int, last_line: int) -> Iterator[Suppression]:
    if found := _ALLOW.fullmatch(allow):
        yield Suppression(found["check"].strip(), found["reason"], at, first_line, last_line)


def _beside(path: str, index: int, found: re.Match[str]) -> Suppression:
    """Return a suppression that is not on a line of its own."""
    at = Place(path, index + 1, found.start() + 1)
    return Suppression(found["check"].strip(), "", at, at.line, at.line, is_alone=False)


# ------------------------------------------------------------------------------------------------- YAML


def _in_yaml(path: str, lines: Sequence[str]) -> Iterator[Suppression]:
    content, comments = _divided(lines)
    numbers = sorted(content)
    ends: dict[int, int] = {}
    for index in comments:
        if not (comment := _IN_YAML.fullmatch(lines[index])):
            continue
        first = bisect.bisect_right(numbers, index)
        first_line = index + 1 if first else 1
        at = Place(path, index + 1, len(comment["indent"]) + 1)
        if first not in ends:
            ends[first] = _end_of_node(lines, numbers, first)
        yield from _suppression(comment["allow"], at, first_line, max(ends[first], index + 1))
    for index in content:
        if (found := _BESIDE_YAML.search(lines[index])) and not _is_text(content, lines, index):
            yield _beside(path, index, found)


def _divided(lines: Sequence[str]) -> tuple[dict[int, bool], list[int]]:
    """Return the indices of lines with content, each with whether it is in a text block, and of comments."""
    content: dict[int, bool] = {}
    comments: list[int] = []
    block: int | None = None
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        if block is not None and _depth(line) > block:
            content[index] = True
            continue
        block = None
        if line.lstrip(" ").startswith("#"):
            comments.append(index)
            continue
        content[index] = False
        key = _KEY.match(line)
        if key and (opened := _BLOCK.fullmatch(key["rest"])):
            block = key.start("rest") if opened["key"] else _depth(line)
    return content, comments


def _is_text(content: dict[int, bool], lines: Sequence[str], index: int) -> bool:
    """Return whether an apparent comment beside a value is part of a text: in a block, or between quotes."""
    before = lines[index].partition("#")[0]
    return content[index] or before.count('"') % 2 == 1 or before.count("'") % 2 == 1


def _end_of_node(lines: Sequence[str], numbers: Sequence[int], first: int) -> int:
    """Return the number of the last line of the YAML key or item that begins a line; 0 if there is none.

    ``numbers`` are the indices of the lines with content, and ``first`` is the place of that line among them.
    """
    if first == len(numbers):
        return 0
    last = numbers[first]
    depth, is_item = _depth(lines[last]), _is_item(lines[last])
    for place in range(first + 1, len(numbers)):
        line = lines[numbers[place]]
        is_own_list = not is_item and _is_item(line)
        is_closing = line.lstrip(" ")[0] in "]}"
        if _depth(line) < depth or (_depth(line) == depth and not is_own_list and not is_closing):
            break
        last = numbers[place]
    return last + 1


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_item(line: str) -> bool:
    return f"{line.strip(' ')} ".startswith("- ")


# --------------------------------------------------------------------------------------------- Markdown


def _in_markdown(path: str, lines: Sequence[str], end: int) -> Iterator[Suppression]:
    """Yield the suppressions of the prose; ``end`` is the index of the line that closes the front matter."""
    start = end + 1 if end else 0
    text = "\n".join(lines[start:])
    prose = _Blocks(without(text))
    for number, line in enumerate(_without_code(text), 1):
        if comment := _IN_MARKDOWN.fullmatch(line):
            at = Place(path, start + number, len(comment["indent"]) + 1)
            yield from _suppression(comment["allow"], at, at.line, start + prose.end_below(number))
        elif found := _BESIDE_MARKDOWN.search(line):
            yield _beside(path, start + number - 1, found)


class _Blocks:
    """The blocks of a Markdown text, read once for all comments in it."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
        self._passages = list(markdown_blocks.passages(text))
        self._starts = [passage[0].start for passage in self._passages]
        self._of_list: dict[tuple[int, int], int] = {}
        for block in markdown_blocks.find(text):
            for depth, item in enumerate(block.items):
                key = depth, item.list_start
                self._of_list[key] = block.end

    def end_below(self, number: int) -> int:
        """Return the number of the last line of the heading, paragraph, list or table below a line."""
        index = bisect.bisect_left(self._starts, self._lines[number])
        if index == len(self._passages):
            return number
        passage = self._passages[index]
        last = passage[-1].end
        for depth, item in enumerate(passage[0].items):
            if item.start == passage[0].start:  # the rest of the list, also after blank lines
                last = max(last, self._of_list[depth, item.list_start])
                break
        return bisect.bisect_right(self._lines, last)
