"""Text to nodes: YAML read as events, every scalar kept as text with its place. The only door to yaml.

What the program itself writes into the content goes out by the same door, as events as well: ``write``.

YAML's own guesses (``no`` is false, ``010`` is 8, ``12:30`` is 750) are never made: what a scalar means is
decided by the field it fills. Anchors, aliases, tags and second documents are refused, depth and size are
limited, and events are taken one by one, so that no input can exhaust the machine: composing deeply nested
YAML ends the process inside the C library.
"""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from briefing.model.findings import Finding, Place

MAX_DEPTH = 32
LINE_WIDTH = 110
MAX_CHARACTERS = 4_000_000
FENCE = "---"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What no output can carry, however it was written: XML has no place for it, and a terminal obeys it."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; ``is_empty`` tells a key with nothing after it from a quoted empty text."""

    text: str
    at: Place
    raw: str = ""
    """The text as it stands in the file."""
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file."""

    items: tuple[tuple[Scalar, Node], ...]
    at: Place


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A Markdown file cut in two: its YAML head, and its text with the place where that begins."""

    head: Node
    body: str
    body_at: Place


class _Stop(Exception):
    """The text cannot be read further; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def parse(text: str, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read one YAML document. Returns None for the node where anything was found."""
    findings: list[Finding] = []
    node: Node | None = None
    try:
        _refuse_odd_text(text, path)
        node = _Reader(text, path, findings).document()
    except _Stop as stop:
        findings.append(stop.finding)
    except yaml.YAMLError as error:
        findings.append(_syntax_finding(error, text, path))
    return (None if findings else node), tuple(findings)


def parse_front_matter(text: str, path: str) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """Read a Markdown file that starts with YAML between two lines of ``---``."""
    lines = text.splitlines(keepends=True)
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        return None, (
            Finding(
                "front-matter",
                "the file does not start with front matter",
                Place(path),
                "put the title and the other fields between two lines of --- at the top",
            ),
        )
    head, findings = parse("".join(lines[: fences[1]]), path)
    body = "".join(lines[fences[1] + 1 :])
    body_at = Place(path, fences[1] + 2)
    try:
        _refuse_odd_text(body, path, first_line=body_at.line)
    except _Stop as stop:
        findings = (*findings, stop.finding)
    if head is None or findings:
        return None, findings
    return FrontMatter(head, body, body_at), ()


def _refuse_odd_text(text: str, path: str, first_line: int = 1) -> None:
    if len(text) > MAX_CHARACTERS:
        raise _Stop(
            Finding(
                "too-large",
                f"the file has {len(text)} characters, more than {MAX_CHARACTERS}",
                Place(path),
                "divide it into several files",
            )
        )
    if match := _CONTROL.search(text):
        raise _Stop(_control(match.group(), Place(path, first_line).of_sign(text, match.start())))


def _control(sign: str, at: Place) -> Finding:
    message = f"a control character stands here (code {ord(sign):#06x})"
    return Finding(
        "control-character", message, at, "delete it; it often comes from pasting out of another program"
    )


def _syntax_finding(error: yaml.YAMLError, text: str, path: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    lines = text.splitlines() or [""]
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark and mark.line < len(lines) else len(lines[line])
    hint = "check indentation, colons and quotation marks here and on the line before"
    if "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
        hint = "indent with spaces, not with tabs"
    elif "mapping values are not allowed" in problem:
        hint = "a text that holds a colon must stand in quotation marks"
    at = Place(path, line + 1, column + 1)
    return Finding("yaml-syntax", f"this is not valid YAML: {problem}", at, hint)


def write(record: abc.Mapping[str, Any], comment: str) -> str:
    """A YAML file of texts, lists and mappings, below a comment; ``parse`` reads the same texts from it."""
    events = [
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(),
        *_events(record),
        yaml.DocumentEndEvent(),
        yaml.StreamEndEvent(),
    ]
    text: str = yaml.emit(events, Dumper=yaml.SafeDumper, width=LINE_WIDTH, allow_unicode=True)
    return f"# {comment}\n{text}"


def _events(value: Any, depth: int = 0) -> Iterator[yaml.Event]:
    if isinstance(value, abc.Mapping):
        yield yaml.MappingStartEvent(None, None, True, flow_style=depth > 1 and _fits_on_a_line(value))
        for key, item in value.items():
            yield from _events(key)
            yield from _events(item, depth + 1)
        yield yaml.MappingEndEvent()
    elif isinstance(value, str):
        yield yaml.ScalarEvent(None, None, (True, True), value, style=_style(value))
    else:
        is_short = all(isinstance(item, str) for item in value)
        yield yaml.SequenceStartEvent(None, None, True, flow_style=is_short)
        for item in value:
            yield from _events(item, depth + 1)
        yield yaml.SequenceEndEvent()


def _fits_on_a_line(record: abc.Mapping[str, Any]) -> bool:
    """Whether a small record reads best between braces, as curators write values and passages."""
    width = 0
    for key, item in record.items():
        words = [item] if isinstance(item, str) else item
        if isinstance(words, abc.Mapping) or any(not isinstance(word, str) for word in words):
            return False
        width += len(key) + sum(len(word) + len(", ") for word in words) + len(": ")
    return 0 < width <= LINE_WIDTH


def _style(text: str) -> str | None:
    """How a text stands in the file; the emitter falls back to quotation marks where that cannot be."""
    if not text:
        return "'"
    if len(text.splitlines()) > 1:
        return "|" if len(text.split("\n")) == len(text.splitlines()) else '"'
    if text != text.strip():
        return '"'
    return ">" if len(text) > LINE_WIDTH - 20 and " " in text else None


class _Reader:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, path: str, findings: list[Finding]) -> None:
        self.text = text
        self.path = path
        self.findings = findings
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))

    def document(self) -> Node:
        next(self.events)  # the stream starts
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _Stop(Finding("empty-file", "the file is empty", Place(self.path), "delete it or fill it"))
        node = self.node(next(self.events), depth=0)
        next(self.events)  # the document ends
        following = next(self.events)
        if not isinstance(following, yaml.StreamEndEvent):
            self.refuse(following, "a second YAML document starts here", "keep one document a file")
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        at = self.place(event)
        if depth > MAX_DEPTH:
            raise _Stop(
                Finding(
                    "too-deep", f"lists and keys are nested more than {MAX_DEPTH} deep", at, "flatten them"
                )
            )
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"the alias '*{event.anchor}' is not allowed", "write the value out again")
            return Scalar("", at, is_empty=True)
        if (anchor := getattr(event, "anchor", None)) is not None:
            self.refuse(event, f"the anchor '&{anchor}' is not allowed", "delete it; write values out")
        if (tag := getattr(event, "tag", None)) is not None:
            self.refuse(event, f"the tag '{tag}' is not allowed", "delete it; the field decides the type")
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.style in (None, "")
            assert event.start_mark
            assert event.end_mark
            raw = self.text[event.start_mark.index : event.end_mark.index]
            if match := _ESCAPED.search(event.value):  # written as an escape such as "\\a"
                self.findings.append(_control(match.group(), at))
            return Scalar(event.value, at, raw, is_empty=is_plain and event.value == "")
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.sequence(depth)), at)
        return Mapping(tuple(self.mapping(depth)), at)

    def sequence(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def mapping(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Place] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.refuse(event, "a key must be a single word", "write it as 'name: value'")
                continue
            if key.text in seen:
                self.findings.append(
                    Finding(
                        "duplicate-key",
                        f"'{key.text}' stands here a second time; the first is on line {seen[key.text].line}",
                        key.at,
                        "delete or rename one of the two",
                    )
                )
            seen.setdefault(key.text, key.at)
            yield key, value

    def refuse(self, event: yaml.Event, message: str, hint: str) -> None:
        self.findings.append(Finding("yaml-feature", message, self.place(event), hint))

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # both parsers of PyYAML mark every event
        return Place(self.path, mark.line + 1, mark.column + 1)
