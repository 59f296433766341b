"""Text to nodes: YAML read as events, every scalar kept as text with its place.

This is the only module that imports yaml. ``write`` writes the files that the program itself adds to the
content, also as events.

YAML's own guesses (``no`` is false, ``010`` is 8, ``12:30`` is 750) are not used; the field decides what a
scalar means. Anchors, aliases, tags and second documents are not allowed, depth and size are limited, and
events are read one by one, so that no input can exhaust the machine: composing deeply nested YAML would crash
the process inside the C library.
"""

from __future__ import annotations

import dataclasses
import re
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from briefing.language import slips
from briefing.model.counting import counted
from briefing.model.findings import Finding, Place, on_characters

MAX_DEPTH = 32
LINE_WIDTH = 110
MAX_CHARACTERS = 4_000_000
FENCE = "---"
LEDGER = "content/editions/"
"""The folder of what was issued; ``seals`` knows its files."""

_LONG_DASHES = re.compile(r"[\u2010-\u2015\u2212-]+")
_NO_SPACE = re.compile(r"(?P<name>[a-z][a-z0-9_]*):(?=[^\s:/,\[\]{}])")
"""A field's name and its value without a space between them; an address has a slash there."""
_DROPPED = re.compile(r"(?P<before>[ \t]*\n[ \t]+|[ \t]+)(?P<comment>#(?P<rest>[^\n]*))")
_PASSAGE_WITH_COLON = re.compile(r'^\s*(?:evidence:|-)\s+(?:[a-z0-9-]+ )?\d+:\s+"', re.MULTILINE)
"""A passage on one line, with a colon that YAML takes for the end of a name."""
_SWALLOWED = re.compile(r"\n[ \t]*(?P<begun>- |[a-z][a-z0-9_]*:)")
_FIRST_OF_LINE = re.compile(r"\s*(?:- +)?[{\[]?\s*")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that no output may contain, even if escaped: XML forbids them, and a terminal obeys them."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; ``is_empty`` distinguishes a key with nothing after it from a quoted empty text."""

    text: str
    at: Place
    raw: str = ""
    """The text exactly as in the file."""
    is_empty: bool = False
    dropped: str = ""
    """The comment after a text without quotation marks, if it looks like more of that text."""
    swallowed: str = ""
    """The beginning of a line that became part of a text, and looks like an item or a field of its own."""

    @property
    def is_null(self) -> bool:
        """Whether other programs read it as nothing."""
        return self.raw in ("null", "Null", "NULL", "~")


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
    """A Markdown file in two parts: its YAML head, and its text with the place where that begins."""

    head: Node
    body: str
    body_at: Place


class _Stop(Exception):
    """The text cannot be read further; the exception contains the findings."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


def parse(text: str, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the node of one YAML document; None if there are any findings."""
    node, findings = parse_leniently(text, path)
    return (None if findings else node), findings


def parse_leniently(text: str, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the node of one YAML document; None if the text cannot be read to its end.

    If there are findings as well, use the node only to look for more mistakes in the same file.
    """
    findings: list[Finding] = []
    node: Node | None = None
    try:
        _refuse_odd_text(text, path)
        node = _NodeReader(text, path, findings).document()
    except _Stop as stop:
        findings.extend(stop.findings)
    except yaml.YAMLError as error:
        findings.append(_syntax_finding(error, text, path))
    return node, tuple(findings)


def parse_front_matter(text: str, path: str) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """Return the parts of a Markdown file that starts with YAML between two lines of ``---``."""
    lines = text.splitlines(keepends=True)
    end = end_of_front_matter(lines)
    if not end:
        return None, (_no_front_matter(lines, path),)
    head, findings = parse_leniently("".join(lines[:end]), path)
    body = "".join(lines[end + 1 :])
    body_at = Place(path, end + 2)
    try:
        _refuse_odd_text(body, path, first_line=body_at.line)
    except _Stop as stop:
        findings = (*findings, *stop.findings)
    return (FrontMatter(head, body, body_at) if head else None), findings


def end_of_front_matter(lines: abc.Sequence[str]) -> int:
    """Return the index of the line that closes the front matter; 0 if there is none."""
    fences = (index for index, line in enumerate(lines) if index and line.rstrip() == FENCE)
    return next(fences, 0) if lines and lines[0].rstrip() == FENCE else 0


def _no_front_matter(lines: list[str], path: str) -> Finding:
    """Return which of the two lines around the fields is missing, or consists of other dashes."""
    is_opened = bool(lines) and lines[0].rstrip() == FENCE
    where = next(
        (
            number
            for number, line in enumerate(lines[: None if is_opened else 1])
            if _LONG_DASHES.fullmatch(line.strip()) and line.rstrip() != FENCE
        ),
        None,
    )
    message = "the file does not start with front matter"
    if where is not None:
        is_long = set(lines[where].strip()) != {"-"}
        odd = "a long dash" if is_long else counted(len(lines[where].strip()), "hyphen")
        message = f"line {where + 1} has {odd}; type three hyphens"
        if lines[where].strip() == FENCE:
            message = f"line {where + 1} begins with a space; delete it"
    elif is_opened:
        message = "the front matter does not end: a second line of --- is missing"
    hint = (
        "front matter is the lines between two lines of --- at the top of the file; "
        "put the title and the other fields there"
    )
    return Finding("front-matter", message, Place(path, (where or 0) + 1), hint)


def _refuse_odd_text(text: str, path: str, first_line: int = 1) -> None:
    if len(text) > MAX_CHARACTERS:
        raise _Stop(
            Finding(
                "too-large",
                f"the file has {counted(len(text), 'character')}, more than {MAX_CHARACTERS:,}",
                Place(path),
                "split it into several files",
            )
        )
    if match := _CONTROL.search(text):
        raise _Stop(_control(match.group(), Place(path, first_line).at_index(text, match.start())))
    # Nobody may change what was issued, and its seal shows that nobody has.
    if not path.startswith(LEDGER) and (odd := on_characters(text, Place(path, first_line))):
        raise _Stop(*odd)


def _control(character: str, at: Place) -> Finding:
    message = f"there is a control character here (code {ord(character):#06x})"
    return Finding(
        "control-character", message, at, "delete it; it often comes from text pasted from another program"
    )


def _syntax_finding(error: yaml.YAMLError, text: str, path: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    lines = text.splitlines() or [""]
    start = getattr(error, "context_mark", None)
    if "could not find expected ':'" in problem and start and start.line < len(lines):
        begun = lines[start.line]
        if match := _NO_SPACE.match(begun, _end_of_indent(begun)):
            return _no_space(match["name"], Place(path, start.line + 1, match.start() + 1))
        at = Place(path, start.line + 1, start.column + 1)
        hint = "write it as 'name: value', or indent it if it belongs to the previous line"
        return Finding("yaml-syntax", "this line has no name with a colon", at, hint)
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark and mark.line < len(lines) else len(lines[line])
    hint = _hint_for_special(lines, line, start.line if start else line)
    if _PASSAGE_WITH_COLON.search("\n".join(lines[max(line - 1, 0) : line + 1])):
        hint = 'delete the colon behind the number of the paragraph: courier 8 "key words"'
    elif "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
        hint = "indent with spaces, not with tabs"
    elif slips.is_quoted_typographically(_value_on(lines[line])):
        hint = slips.STRAIGHT_QUOTES
    elif "mapping values are not allowed" in problem:
        hint = _COLON
        before = lines[line - 1] if line else ""
        if match := _NO_SPACE.match(before, _end_of_indent(before)):
            return _no_space(match["name"], Place(path, line, match.start() + 1))
    if (
        "expected ',' or" in problem
        and start
        and line > start.line
        and not lines[line].lstrip().startswith("#")
    ):
        opening, end = lines[start.line][start.column : start.column + 1], lines[start.line].rstrip()
        closing = _CLOSING.get(opening, "")
        if closing and lines[line].strip() and end.count(opening) > end.count(closing):
            at = Place(path, start.line + 1, start.column + 1)
            hint = f"end the line with {closing}, or put a comma before what goes on in the next line"
            return Finding("yaml-syntax", f"the bracket {opening} that opens here is not closed", at, hint)
    if hint in (_LOOK, _COLON) and (found := _misindented(lines, line, path)):
        return found
    at = Place(path, line + 1, column + 1)
    return Finding("yaml-syntax", f"this is not valid YAML: {problem}", at, hint)


_FIELD_LINE = re.compile(r" *[\w.-]+:(?: |$)")
_LOOK = "check indentation, colons and quotation marks here and on the previous line"
_COLON = "put quotation marks around a text that contains a colon"


def _misindented(lines: list[str], line: int, path: str) -> Finding | None:
    """Return a finding if a line begins with more or fewer spaces than the fields before and behind it."""
    if "\t" in lines[line] or not _FIELD_LINE.match(lines[line]):
        return None
    own = _end_of_indent(lines[line])
    before = next((item for item in reversed(lines[:line]) if _FIELD_LINE.match(item)), "")
    behind = next((item for item in lines[line + 1 :] if _FIELD_LINE.match(item)), "")
    usual = _end_of_indent(before)
    has_value = bool(before.partition(": ")[2].strip())
    is_alone = bool(behind) and usual == _end_of_indent(behind)
    if not has_value or own == usual or not (is_alone or own > usual):
        return None
    spaces = "1 space" if own == 1 else f"{own} spaces"
    name = before.strip().partition(":")[0]
    message = f"this line begins with {spaces}, and '{name}:' before it with {usual}"
    hint = f"begin it with {usual} spaces, if it belongs to the same record"
    return Finding("yaml-syntax", message, Place(path, line + 1, own + 1), hint)


def _hint_for_special(lines: list[str], line: int, begun: int) -> str:
    """Return what to do about a value that begins with a character to which YAML gives a meaning."""
    if comment := re.search(r"\s(#\S+)", "\n".join(lines[begun : line + 1])):
        return f"' {comment[1]}' begins a comment; put quotation marks around the whole text"
    for number in dict.fromkeys((line, max(line - 1, 0), begun)):
        value = _value_on(lines[min(number, len(lines) - 1)])
        first, closing = value[:1], _CLOSING.get(value[:1], "")
        if first in _QUOTES and first and not value.endswith(first, 1):
            return _QUOTED_IN_PART
        if (
            first
            and first in _SPECIAL
            and not (closing and (value.endswith(closing) or closing not in value))
        ):
            return f"a value that begins with {first} needs quotation marks around all of it"
    return _LOOK


_QUOTES = "\"'"
_SPECIAL = "[]{}*&!%@`>|?-,"
_CLOSING = {"[": "]", "{": "}"}
_QUOTED_IN_PART = (
    "quotation marks at the beginning go around the whole value: put others around all of it, "
    "'\"One\" and two', or begin with another word"
)


def _end_of_indent(line: str) -> int:
    """Return the index of the first word of a line, after a hyphen or a bracket."""
    match = _FIRST_OF_LINE.match(line)
    return match.end() if match else 0


def _value_on(line: str) -> str:
    """Return the text of a line after its first colon, or after the hyphen of a list."""
    name, colon, value = line.strip().partition(": ")
    return value.lstrip() if colon and " " not in name.removeprefix("- ") else line.strip().removeprefix("- ")


def _in_quotes(text: str) -> str:
    """Return how to write a text that a comma would end, in quotation marks that YAML knows."""
    if slips.is_quoted_typographically(text):
        return f'{slips.STRAIGHT_QUOTES}: "{slips.without_quotes(text)}"'
    return f'put quotation marks around all of it: "{text}"'


def run_together(raw: str) -> str:
    """Return the name in a text such as ``kind:event``, which lacks a space after the colon; otherwise ""."""
    match = _NO_SPACE.match(raw)
    return match["name"] if match else ""


def _no_space(name: str, at: Place) -> Finding:
    return Finding("yaml-syntax", f"there is no space after '{name}:'", at, f"put a space after '{name}:'")


def write(record: abc.Mapping[str, Any], comment: str) -> str:
    """Return a YAML file of texts, lists and mappings, below a comment; ``parse`` reads the same from it."""
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
    """Return whether a small record fits on a line between braces, as curators write values and passages."""
    width = 0
    for key, item in record.items():
        words = [item] if isinstance(item, str) else item
        if isinstance(words, abc.Mapping) or any(not isinstance(word, str) for word in words):
            return False
        width += len(key) + sum(len(word) + len(", ") for word in words) + len(": ")
    return 0 < width <= LINE_WIDTH


def _style(text: str) -> str | None:
    """Return the YAML style for a text; the emitter uses quotation marks if the style is not possible."""
    if not text:
        return "'"
    if len(text.splitlines()) > 1:
        return "|" if len(text.split("\n")) == len(text.splitlines()) else '"'
    if text != text.strip():
        return '"'
    return ">" if len(text) > LINE_WIDTH - 20 and " " in text else None


class _NodeReader:
    """A reader that builds nodes from the parser's events."""

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
            self.refuse(following, "a second YAML document starts here", "keep one document per file")
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
            hint = "write the value again; a text that begins with * needs quotation marks around it"
            self.refuse(event, f"the alias '*{event.anchor}' is not allowed", hint)
            return Scalar("", at, is_empty=True)
        if (anchor := getattr(event, "anchor", None)) is not None:
            hint = (
                "delete it, and write each value; a text that begins with & needs quotation marks around it"
            )
            self.refuse(event, f"the anchor '&{anchor}' is not allowed", hint)
        if (tag := getattr(event, "tag", None)) is not None:
            hint = "delete it; a text that begins with ! needs quotation marks around it"
            self.refuse(event, f"the tag '{tag}' is not allowed", hint)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.style in (None, "")
            assert event.start_mark
            assert event.end_mark
            raw = self.text[event.start_mark.index : event.end_mark.index]
            if match := _ESCAPED.search(event.value):  # written as an escape such as "\\a"
                self.findings.append(_control(match.group(), at))
            elif event.style == '"' and "\\" in raw:  # the escapes may write what the text itself has not
                self.findings += [dataclasses.replace(odd, at=at) for odd in on_characters(event.value, at)]
            if not is_plain:
                return Scalar(event.value, at, raw)
            swallowed = _SWALLOWED.search(raw)
            return Scalar(
                event.value,
                at,
                raw,
                is_empty=event.value == "",
                dropped=self.dropped(event.end_mark.index, at),
                swallowed=swallowed["begun"].strip() if swallowed else "",
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.sequence(depth)), at)
        return Mapping(tuple(self.mapping(depth)), at)

    def dropped(self, end: int, at: Place) -> str:
        """Return the comment after a plain text, unless it looks like one: two spaces, # and a space."""
        match = _DROPPED.match(self.text, end)
        if not match or "allow[" in match["rest"]:
            return ""
        before, is_apart = match["before"], not match["rest"] or match["rest"][0] in " \t#!"
        if "\n" not in before:
            return "" if is_apart and (len(before) > 1 or before == "\t") else match["comment"]
        line = self.text.splitlines()[at.line - 1]
        is_deeper = len(before.rpartition("\n")[2]) > len(line) - len(line.lstrip(" "))
        return match["comment"] if is_deeper and not is_apart else ""

    def sequence(self, depth: int) -> Iterator[Node]:
        run: list[yaml.Event] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            if not (run and (self.is_number_cut(run[-1], event) or self.is_quotation_cut(run, event))):
                self.refuse_cut_item(run)
                run = []
            run.append(event)
            yield self.node(event, depth + 1)
        self.refuse_cut_item(run)

    def mapping(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Place] = {}
        run: list[yaml.Event] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            following = next(self.events)
            value = self.node(following, depth + 1)
            if not isinstance(key, Scalar):
                self.refuse(event, "a key must be a single word", "write it as 'name: value'")
                continue
            if isinstance(value, Scalar) and value.is_empty:
                if run and self.is_cut(run[-1], event):
                    run.append(event)
                    continue
                if match := _NO_SPACE.match(key.raw):
                    self.findings.append(_no_space(match["name"], key.at))
                    rest = key.raw[match.end("name") + 1 :]
                    key, value = Scalar(match["name"], key.at), Scalar(rest, key.at, rest)
            self.refuse_cut_value(run)
            run = [following]
            if key.text in seen:
                self.findings.append(
                    Finding(
                        "duplicate-key",
                        f"'{key.text}' occurs twice; the first is on line {seen[key.text].line}",
                        key.at,
                        "delete or rename one of the two",
                    )
                )
            seen.setdefault(key.text, key.at)
            yield key, value
        self.refuse_cut_value(run)

    def between(self, first: yaml.Event, second: yaml.Event) -> str:
        """Return the file's text between two plain texts; "" if one is in quotation marks or not a text."""
        for event in (first, second):
            if not (isinstance(event, yaml.ScalarEvent) and event.value and event.style in (None, "")):
                return ""
        assert first.end_mark
        assert second.start_mark
        return self.text[first.end_mark.index : second.start_mark.index]

    def is_cut(self, before: yaml.Event, key: yaml.Event) -> bool:
        """Return whether a key without a value is the rest of the previous value, cut off by a comma."""
        is_rest = isinstance(key, yaml.ScalarEvent) and (key.value[:1].isdigit() or " " in key.value)
        return is_rest and self.between(before, key) in (",", ", ")

    def is_number_cut(self, before: yaml.Event, item: yaml.Event) -> bool:
        """Return whether the comma between two items of a list groups the digits of one number."""
        return (
            self.between(before, item) == ","
            and isinstance(before, yaml.ScalarEvent)
            and isinstance(item, yaml.ScalarEvent)
            and bool(re.search(r"(?<![\d.])\d{1,3}$", before.value))
            and bool(re.match(r"\d{3}(?!\d)", item.value))
        )

    def is_quotation_cut(self, run: list[yaml.Event], item: yaml.Event) -> bool:
        """Return whether typographic quotation marks open before the comma between two items."""
        is_plain = self.between(run[-1], item) in (",", ", ")
        return is_plain and slips.is_quotation_open(self.whole(run))

    def refuse_cut_value(self, run: list[yaml.Event]) -> None:
        if len(run) < 2:
            return
        text, at = self.whole(run), self.place(run[0])
        message = f"between braces a comma ends a value, and '{text}' contains one"
        finding = Finding("yaml-syntax", message, at, _in_quotes(text))
        if hint := slips.number(text):
            finding = Finding("number", message, at, hint)
        elif hint := slips.date(text):
            finding = Finding("date", message, at, hint)
        self.findings.append(finding)

    def refuse_cut_item(self, run: list[yaml.Event]) -> None:
        rests = [event.value for event in run[1:] if isinstance(event, yaml.ScalarEvent)]
        # [100,200] is two numbers; [240,000] and [1,204 signatures] are not.
        is_one = any(rest.startswith("0") or not rest.isdigit() for rest in rests)
        text = self.whole(run) if is_one else ""
        if is_one and not slips.is_quotation_open(text):
            message = f"between brackets a comma ends an item, and '{text}' contains one"
            self.findings.append(Finding("yaml-syntax", message, self.place(run[0]), _in_quotes(text)))

    def whole(self, run: list[yaml.Event]) -> str:
        """Return the file's text from the first of some events to the end of the last."""
        first, last = run[0].start_mark, run[-1].end_mark
        assert first
        assert last
        return self.text[first.index : last.index]

    def refuse(self, event: yaml.Event, message: str, hint: str) -> None:
        self.findings.append(Finding("yaml-feature", message, self.place(event), hint))

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # both parsers of PyYAML mark every event
        return Place(self.path, mark.line + 1, mark.column + 1)
