"""What the style sheets within a page do with its elements: hide them, or set them as lines of their own.

Only rules that count in every window are read; what a sheet of another file says is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE)
_VISIBILITY = re.compile(r"(?:^|[;\s])visibility\s*:\s*([a-z]+)\s*(!\s*important)?", re.IGNORECASE)
_OWN_LINES = frozenset(["block", "flex", "grid", "table", "table-row", "list-item", "flow-root"])
_OF_CHILDREN = frozenset(["flex", "grid", "inline-flex", "inline-grid"])
"""What sets the children of an element apart from one another."""
_MOST_RULES = 5_000
_MOST_ELEMENTS = 60_000
_NEVER_HIDDEN = frozenset(["html", "body"])
"""What a page hides only until its scripts have run."""


@dataclass(slots=True)
class Styles:
    """What is known of the elements of a page."""

    hidden: set[Any] = field(default_factory=set)
    own_lines: set[Any] = field(default_factory=set)
    """Elements that are set as lines of their own, or beside one another."""


def of(root: Any) -> Styles:
    """Return what the sheets within a page do with its elements."""
    found = Styles()
    matcher = _matcher(root)
    if matcher is not None:
        _match(root, matcher, found)
        total = len(root.text_content())
        # A page of which most is hidden is shown by its scripts.
        found.hidden -= {item for item in found.hidden if 2 * len(item.text_content()) > total}
    return found


def of_style(style: str) -> tuple[bool, bool]:
    """Return whether a style sets its element as lines of its own, and whether so its children."""
    match = _DISPLAY.search(style)
    value = match[1].lower() if match else ""
    return value in _OWN_LINES, value in _OF_CHILDREN


def _matcher(root: Any) -> Any:
    import cssselect2

    matcher, count = cssselect2.Matcher(), 0
    for style in root.iter("style"):
        for selectors, body in rules((style.text or "")[:1_000_000]):
            display, visibility = _DISPLAY.search(body), _VISIBILITY.search(body)
            if (display is None and visibility is None) or count > _MOST_RULES:
                continue
            try:
                compiled = list(cssselect2.compile_selector_list(selectors))
            except (cssselect2.SelectorError, RecursionError):
                continue
            count += len(compiled)
            for selector in compiled:
                matcher.add_selector(selector, (display, visibility))
    return matcher if count else None


def _match(root: Any, matcher: Any, found: Styles) -> None:
    import cssselect2

    for at, element in enumerate(cssselect2.ElementWrapper.from_html_root(root).iter_subtree()):
        if at > _MOST_ELEMENTS:
            return
        values = {"display": ("", False), "visibility": ("", False)}
        for _, _, pseudo, (display, visibility) in matcher.match(element):
            for name, match in (("display", display), ("visibility", visibility)):
                if pseudo is None and match is not None and (match[2] or not values[name][1]):
                    values[name] = (match[1].lower(), bool(match[2]))
        display, visibility = values["display"][0], values["visibility"][0]
        item = element.etree_element
        if (display == "none" or visibility in ("hidden", "collapse")) and item.tag not in _NEVER_HIDDEN:
            found.hidden.add(item)
        if display in _OWN_LINES:
            found.own_lines.add(item)
        if display in _OF_CHILDREN:
            found.own_lines.update(item)


def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the rules of a style sheet that count under no condition, each as its selectors and its body."""
    first, *others = sheet.split("/*")
    sheet = first + "".join(part.partition("*/")[2] for part in others)
    start = begin = depth = 0
    for match in re.finditer(r"[{};]", sheet):
        if match[0] == "{":
            begin = begin if depth else match.end()
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
            if not depth and begin > start:
                prelude, body = sheet[start : begin - 1].strip(), sheet[begin : match.start()]
                if prelude.startswith("@layer"):
                    yield from rules(body)
                elif not prelude.startswith("@"):
                    yield prelude, body
            start = start if depth else match.end()
        elif not depth:
            start = match.end()
