"""Passages on one line: ``courier 8 "about 20 trams", "by 2030", origin ashdown-speech, inferred``.

The line is read into the same node that a passage with fields has, with the place of each part, so that
everything after that treats both alike. Terms are between straight quotation marks; a term that contains one
needs the form with fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from briefing.content.yaml_nodes import Mapping, Node, Scalar, Sequence
from briefing.language import slips
from briefing.model.findings import Place

PATTERN = 'courier 8 "key words", "more key words"'
"""An example for hints."""
SHAPE = r'^(\S+\s+)?[0-9]+:?\s+"[^"]+"(\s*,\s*("[^"]+"|origin\s+\S+|inferred))*\s*$'
"""The shape of the line, as other programs read such patterns."""
_HEAD = re.compile(r'(?:(?P<source>[^\s"]+)\s+)??(?P<paragraph>\d+)(?::|(?=\s|$))\s*')
_TERM = re.compile(r'"(?P<term>[^"]*)"\s*')
_AFTER = re.compile(r"origin\s+(?P<origin>[^\s,]+)\s*|(?P<inferred>inferred)\s*")
_COMMA = re.compile(r",\s*")
_KEYED = re.compile(r"(?:[^\s\"]+ )?\d+")


class Unreadable(Exception):
    """The line is no passage: what is wrong, where, and what to write."""

    def __init__(self, message: str, at: Place, hint: str) -> None:
        super().__init__(message)
        self.at = at
        self.hint = hint


def written(paragraph: int, terms: Collection[str], source: str = "") -> str:
    """Return a passage on one line, as YAML; "" if its terms need the form with fields."""
    if any('"' in term or "\\" in term for term in terms):
        return ""
    quoted = ", ".join(f'"{term}"' for term in terms)
    line = f"{source} {paragraph} {quoted}".lstrip()
    # After a colon YAML would expect a value, and after a space and # a comment.
    return "'" + line.replace("'", "''") + "'" if re.search(r":(?=\s|$)|\s#", line) else line


def listed(node: Node) -> Node:
    """Return the passages of a fact as a list; one passage on one line needs no list around it."""
    is_line = isinstance(node, Scalar) and not node.is_empty
    return Sequence((node,), node.at) if is_line else node


def read(node: Node) -> Node:
    """Return the fields of a passage that is written on one line; any other node as it is.

    Raises Unreadable if the line cannot be read.
    """
    if isinstance(node, Mapping) and len(node.items) == 1:
        _refuse_colon(node)
    if not isinstance(node, Scalar) or node.is_empty or node.is_null:
        return node
    return Mapping(tuple(_fields(node)), node.at)


def _refuse_colon(node: Mapping) -> None:
    """Raise Unreadable if YAML has read a line with a colon behind the number as a field of that name."""
    key, value = node.items[0]
    if _KEYED.fullmatch(key.text):
        words = value.raw if isinstance(value, Scalar) and value.raw[:1] == '"' else '"key words"'
        message = f"YAML reads '{key.text}:' as the name of a field"
        raise Unreadable(message, key.at, f"delete the colon: {key.text} {words}")


def _fields(node: Scalar) -> Iterator[tuple[Scalar, Node]]:
    text = node.text
    head = _HEAD.match(text)
    if head is None:
        raise _without_number(node)
    for name in ("source", "paragraph"):
        if head[name]:
            at = _place(node, head.start(name))
            yield Scalar(name, at), Scalar(head[name], at, head[name])
    terms: list[Node] = []
    after: dict[str, tuple[Scalar, Node]] = {}
    index = head.end()
    while index < len(text):
        if terms:
            index = _after_comma(node, index)
        if not after and (match := _TERM.match(text, index)):
            at = _place(node, match.start("term"))
            terms.append(Scalar(match["term"], at, match["term"]))
        elif terms and (match := _AFTER.match(text, index)) and (name := match.lastgroup or "") not in after:
            at = _place(node, match.start(name))
            value = match[name] if name == "origin" else "true"
            after[name] = Scalar(name, at), Scalar(value, at, value)
        else:
            raise _unread(node, index, has_terms=bool(terms))
        index = match.end()
    if not terms:
        message = f"no term follows the number of the paragraph in '{text}'"
        raise Unreadable(message, node.at, f"add key words of the passage in quotation marks: {PATTERN}")
    yield Scalar("terms", terms[0].at), Sequence(tuple(terms), terms[0].at)
    yield from after.values()


def _after_comma(node: Scalar, index: int) -> int:
    if match := _COMMA.match(node.text, index):
        return match.end()
    if node.text.count('"') % 2:
        raise _unread(node, index, has_terms=True)
    message = f"there is no comma before '{node.text[index : index + 20]}'"
    raise Unreadable(message, _place(node, index), f"put a comma after each term: {PATTERN}")


def _without_number(node: Scalar) -> Unreadable:
    text = node.text
    source = text.split(maxsplit=1)[0] if text.strip() and text[0] not in '"“„«' else "SOURCE"
    hint = f'write {source} 5 "key words", with the number of the paragraph, counted from 1'
    return Unreadable(f"the number of the paragraph is missing in '{text}'", node.at, hint)


def _unread(node: Scalar, index: int, *, has_terms: bool) -> Unreadable:
    """Return what is wrong where a term, an origin or the end of the line should be."""
    rest = node.text[index:]
    at = _place(node, index)
    if slips.is_quoted_typographically(rest):
        message = "the term has typographic quotation marks"
        return Unreadable(message, at, f'{slips.STRAIGHT_QUOTES}: "{slips.without_quotes(rest)}"')
    if node.text.count('"') % 2:
        hint = "close it; a term that contains one needs the form {source: …, paragraph: …, terms: […]}"
        return Unreadable("a quotation mark has no partner", at, hint)
    message = f"expected a term in quotation marks, found '{rest[:40]}'"
    hint = f"put quotation marks around each term: {PATTERN}"
    if has_terms:
        message = f"expected a term, 'origin NAME' or 'inferred', found '{rest[:40]}'"
        hint = f"{hint}, origin statement, inferred"
    return Unreadable(message, at, hint)


def _place(node: Scalar, index: int) -> Place:
    """Return the place of a character of a text; that of the text where its escapes hide it."""
    raw, quote = node.raw, node.raw[:1]
    if quote in ("|", ">") or (quote == '"' and "\\" in raw) or (quote == "'" and "''" in raw):
        return node.at
    # YAML folds the line breaks of a text into spaces, so only the other characters are counted.
    wanted = len(re.sub(r"\s", "", node.text[:index])) + (quote in ("'", '"'))
    for position, character in enumerate(raw):
        if not character.isspace():
            if not wanted:
                return node.at.at_index(raw, position)
            wanted -= 1
    return node.at
