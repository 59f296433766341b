"""All text of a web page, in blocks, each with its place and what speaks for or against it.

This is the complete account of a page: every text node is in exactly one block, visible or not, so that what
is not in a capture can be named. A block ends where a browser would begin a new line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.sources.extract import page_styles
from briefing.sources.extract.extracted import clean
from briefing.sources.extract.page_styles import Styles

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
        "optgroup",
        "option",
        "video",
        "audio",
        "iframe",
    ]
)
NO_SCRIPTS = "text for browsers without scripts"
_NOT_SHOWN = {
    "template": "template",
    "dialog": "closed dialogue",
    "noscript": NO_SCRIPTS,
    "noframes": "text for browsers without frames",
    "button": "button",
    "select": "form",
    "textarea": "form",
    "datalist": "form",
    "iframe": "frame",
    "object": "embedded object",
    "canvas": "embedded object",
    "audio": "embedded object",
    "video": "embedded object",
    "svg": "drawing",
    "del": "struck-out text",
    "s": "struck-out text",
    "strike": "struck-out text",
    "annotation": "formula in another form",
    "annotation-xml": "formula in another form",
}
_TYPED = frozenset(["text", "number", "search", "email", "tel", "url", "date", "submit", "button", "reset"])
"""The fields of forms whose values a browser shows."""
_SIDE_BY_SIDE = re.compile(r"display|float|position|margin|padding|width", re.IGNORECASE)
_RAISING = re.compile(r"vertical-align\s*:\s*(super|sub|text-top|text-bottom)", re.IGNORECASE)
_RAISED_BY_NAME = frozenset(
    ["sup", "super", "superscript", "footnote", "footnote-ref", "footnoteref", "noteref", "fn", "fnref"]
)
_LOWERED_BY_NAME = frozenset(["subscript"])
_MARK = re.compile(r"\s*[(\[]?[\d*†‡,;–-]{1,7}[)\]]?\s*")
"""The call of a note."""
_SENTENCE_PARENTS = frozenset(
    [
        "p",
        "li",
        "a",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "dd",
        "td",
        "th",
        "figcaption",
        "caption",
        "label",
        "font",
        "q",
        "cite",
        "blockquote",
    ]
)
_NO_TEXT = frozenset(["script", "style", "head", "title", "meta", "link", "base", "param", "source", "track"])
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|em|rem|%)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|(?:text-indent|left|top)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^:;]*line-through", re.IGNORECASE)
_FOR_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|u-hidden|a11y-hidden)(?:$|\s)"
)
_REGIONS: tuple[tuple[str, str], ...] = (
    ("cookie notice", r"cookies?|consent|gdpr|onetrust|didomi|cmp|usercentrics|cookiebot|cookiebanner"),
    (
        "advertisement",
        r"ads?|advert\w*|adsense|adslot|sponsor(?:ed)?|promo\w*|taboola|outbrain|dfp",
    ),
    ("links to share", r"share|sharing|social|sharebar|sharedaddy|socials|addthis|sharetools|follow-?us"),
    ("comments", r"comments?|disqus|respond|commentlist|comment-?list|reactions?|livefyre"),
    (
        "other articles",
        r"related\w*|recommend\w*|recirc\w*|most-?read|most-?popular|trending|popular|teasers?|more-?stories|"
        r"read-?more|see-?also|readnext|read-?next|also-?read|tags|taglist|keywords|topics|newest|latest|"
        r"outbrain|more-?from|zergnet|carousel|ticker",
    ),
    (
        "subscription",
        r"newsletters?|subscri\w*|sign-?up|paywall|regwall|login|signin|piano|membership|donat\w*|support-?us",
    ),
    (
        "navigation",
        r"nav\w*|menus?|breadcrumbs?|sitenav|toolbar|skip-?links?|skip|pagination|pager|masthead|topbar|toc",
    ),
    ("closed dialogue", r"modals?|popups?|pop-?up|overlay|lightbox|toast"),
    ("side column", r"sidebar|side-?bar|rail|right-?col(?:umn)?|secondary|widgets?"),
    ("page footer", r"footer|site-?footer|colophon|copyright|legal|disclaimer"),
)
_TOKENS = tuple((kind, re.compile(rf"(?:{pattern})")) for kind, pattern in _REGIONS)
_TAGS = {
    "nav": "navigation",
    "form": "form",
    "footer": "page footer",
    "header": "page header",
    "aside": "side column",
}
_ROLES = {
    "navigation": "navigation",
    "search": "form",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "side column",
    "menu": "navigation",
    "menubar": "navigation",
    "dialog": "closed dialogue",
    "alertdialog": "closed dialogue",
}
_ORDINALS = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "e",
        "er",
        "re",
        "ère",
        "ème",
        "es",
        "o",
        "a",
        "d",
        "de",
        "me",
        "mme",
        "le",
        "lle",
        "os",
        "as",
        "ers",
        "res",
    ]
)
_QUOTES = {
    "fr": ("« ", " »"),
    "de": ("„", "“"),
    "uk": ("«", "»"),
    "ru": ("«", "»"),
    "es": ("«", "»"),
    "it": ("«", "»"),
}
_BREAK = "\x00"
"""The mark of a line break within the text of a block."""
MOST_DEEP = 350
"""Elements nested more deeply are no page of a browser; Python counts two calls for each."""
DESCRIPTION = "description of a picture"
"""The kind of a text that a browser shows only instead of a picture."""


class TooDeepError(Exception):
    """A page has elements nested more deeply than is read."""


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of a page's text that a browser sets as lines of their own."""

    text: str
    tag: str
    """The nearest element that makes a block."""
    path: tuple[Any, ...]
    """The elements around it, from the outermost to the nearest."""
    links: int = 0
    """The number of its characters that are in links."""
    hidden: str = ""
    """Why a browser does not show it; empty where it does."""
    is_byline: bool = False
    """Whether it names the author or the day in the terms of HTML."""
    apart: tuple[str, ...] = ()
    """Figures side by side in it that may be one, as only a style sheet of another file says."""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.tag in _HEADINGS


@dataclass(slots=True)
class _Walk:
    """The state of a walk over the elements of a page."""

    language: str
    styles: Styles
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: int = 0
    in_link: int = 0
    path: list[Any] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    """What is hidden within the present block, and the descriptions of pictures in it."""
    tags: list[str] = field(default_factory=lambda: ["body"])
    is_border: bool = False
    """Whether an element that a style sheet may set apart has begun or ended since the last text."""
    is_byline: bool = False
    apart: list[str] = field(default_factory=list)

    def end(self) -> None:
        """End the present block."""
        raw, self.parts = "".join(self.parts), []
        links, self.links = self.links, 0
        is_byline, self.is_byline = self.is_byline, False
        apart, self.apart = tuple(self.apart), []
        self.is_border = False
        is_pre = "pre" in self.tags
        is_heading = self.tags[-1][0] == "h" and self.tags[-1][1:].isdigit()
        lines = re.split(r"\x00|\n" if is_pre else r"\x00", raw)
        for line in (
            _joined(lines) if not is_pre and not is_heading else lines if is_pre else [" ".join(lines)]
        ):
            if text := clean(line):
                block = Block(text, "pre" if is_pre else self.tags[-1], tuple(self.path))
                block.links = min(len(text), links)
                block.hidden = self.hidden[-1] if self.hidden else ""
                block.is_byline, block.apart = is_byline, apart
                self.blocks.append(block)
        self.blocks += self.beside
        self.beside = []


def blocks(root: Any, language: str = "") -> list[Block]:
    """Return all text of a page below its root, in the order of the file."""
    walk = _Walk(language.lower()[:2], page_styles.of(root))
    _visit(root, walk, 0)
    walk.end()
    return walk.blocks


def _visit(element: Any, walk: _Walk, depth: int) -> None:
    """Add an element with all that is in it. Two calls for each level: Python counts them."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or (tag in _NO_TEXT and not (tag == "title" and walk.hidden)):
        return
    if depth > MOST_DEEP:
        raise TooDeepError
    if _is_special(element, tag, walk, depth):
        return
    why = _why_hidden(element, tag, walk)
    is_block = tag in _BLOCKS or _is_of_own_lines(element, tag, walk)
    if why and not is_block:
        _hide(element, tag, why, walk, depth)
        return
    is_apart = is_block or _may_be_apart(element, tag)
    if is_block:
        walk.end()
    walk.is_border |= is_apart
    walk.path.append(element)
    if why:
        walk.hidden.append(walk.hidden[-1] if walk.hidden else why)
    if is_block:
        walk.tags.append(tag if tag in _BLOCKS else walk.tags[-1])
    _contents(element, tag, walk, depth)
    if is_block:
        walk.end()
    walk.is_border |= is_apart
    walk.path.pop()
    if why:
        walk.hidden.pop()
    if is_block:
        walk.tags.pop()


def _is_special(element: Any, tag: str, walk: _Walk, depth: int) -> bool:
    """Add an element that is more or less than the texts in it; return whether it is one."""
    if tag in ("img", "br", "input", "iframe"):
        _sign(element, tag, walk)
    elif tag == "table" and (rows := _rows(element)):
        _table(element, rows, walk, depth)
    elif element.get("role") == "row" and len(_cells(element)) > 1:
        _row(element, walk, depth)
    else:
        return False
    return True


def _is_of_own_lines(element: Any, tag: str, walk: _Walk) -> bool:
    """Return whether an element that is part of a line by itself is set as lines of its own."""
    if walk.tags[-1][0] == "h" and walk.tags[-1][1:].isdigit():
        return False
    if element in walk.styles.own_lines or page_styles.of_style(element.get("style", ""))[0]:
        return True
    parent = element.getparent()
    if parent is None:
        return False
    if page_styles.of_style(parent.get("style", ""))[1]:
        return True
    # Elements of a page's own are lines by its style sheet, unless they are parts of a sentence.
    return "-" in tag and parent.tag not in _SENTENCE_PARENTS and not _has_text(parent)


def _has_text(element: Any) -> bool:
    """Return whether text is directly in an element, between others."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _may_be_apart(element: Any, tag: str) -> bool:
    """Return whether a style sheet may set an element apart from what is at its side."""
    parent = element.getparent()
    is_part = parent is not None and parent.tag in _BETWEEN
    if is_part or tag in {"wbr", "q"} or _raising(element, tag):
        return False
    if tag in ("mn", "mfrac", "msup", "msub", "msubsup") or element.get("class"):
        return True
    if _SIDE_BY_SIDE.search(element.get("style", "")):
        return True
    return parent is not None and parent.tag not in ("p", "b", "i", "em", "strong") and not _has_text(parent)


def _sign(element: Any, tag: str, walk: _Walk) -> None:
    """Add the description of a picture, the end of a line, or what a browser shows of a field or a frame."""
    if tag == "br":
        walk.parts.append("\n" if "pre" in walk.tags else _BREAK)
        walk.is_border = False
        return
    if tag == "img":
        text, kind = element.get("alt"), DESCRIPTION
    elif tag == "input":
        text = element.get("value") if (element.get("type") or "text").lower() in _TYPED else ""
        kind = "form"
    else:
        text, kind = f"{element.get('srcdoc') or ''} {element.text_content()}", "frame"
        text = re.sub(r"<[^>]*>", " ", text)
    if text := clean(text or ""):
        walk.beside.append(_beside(text, tag, kind, walk))


def _beside(text: str, tag: str, kind: str, walk: _Walk) -> Block:
    return Block(text, tag, tuple(walk.path), 0, walk.hidden[-1] if walk.hidden else kind)


def _hide(element: Any, tag: str, why: str, walk: _Walk, depth: int) -> None:
    """Add what is hidden within a line after the block that it is in, which it does not divide."""
    inner = _Walk(walk.language, walk.styles, path=[*walk.path, element])
    inner.hidden = [walk.hidden[-1] if walk.hidden else why]
    _contents(element, tag, inner, depth)
    inner.end()
    walk.beside += inner.blocks


def _contents(element: Any, tag: str, walk: _Walk, depth: int) -> None:
    """Gather the text of an element and of all in it."""
    opening, closing = _around(element, tag, walk)
    before = len(walk.parts)
    walk.in_link += tag == "a"
    walk.is_byline |= tag == "time" or element.get("rel") == "author" or element.get("itemprop") == "author"
    if (
        tag == "time"
        and not element.text_content().strip()
        and (when := clean(element.get("datetime") or ""))
    ):
        walk.beside.append(_beside(when, tag, "time that only a script shows", walk))
    _say(opening + (element.text or ""), walk)
    for at, child in enumerate(element):
        sign = _BETWEEN.get(tag, ("",))[at - 1] if 0 < at <= len(_BETWEEN.get(tag, ())) else ""
        start = len(walk.parts)
        _visit(child, walk, depth + 1)
        if sign == "/":
            walk.parts.insert(start, sign)
        elif sign:
            walk.parts[start:] = [raised("".join(walk.parts[start:]), is_lowered=sign == "_")]
        _say(child.tail or "", walk)
    walk.in_link -= tag == "a"
    if closing:
        _say(closing, walk)
    if place := _raising(element, tag):
        _set_apart(walk, before, place)


_BETWEEN = {"msup": ("^",), "msub": ("_",), "msubsup": ("_", "^"), "mfrac": ("/",)}
"""What is between the parts of a formula, of which the places on the page say how they belong together."""


def _raising(element: Any, tag: str) -> str:
    """Return sup or sub for an element that is raised or lowered; empty for others."""
    if tag in ("sup", "sub"):
        return tag
    given = element.attrib
    if not given and tag != "small":
        return ""
    names = set(given.get("class", "").lower().split())
    style = _RAISING.search(given.get("style", ""))
    is_lowered = bool(names & _LOWERED_BY_NAME) or (
        style is not None and style[1].lower() in ("sub", "text-bottom")
    )
    if not (
        style
        or is_lowered
        or tag == "small"
        or names & _RAISED_BY_NAME
        or given.get("role") == "doc-noteref"
        or (tag == "a" and "#" in given.get("href", ""))
    ):
        return ""
    is_call = _MARK.fullmatch(element.text_content()) is not None and element.find(".//sup") is None
    return ("sub" if is_lowered else "sup") if is_call else ""


def _say(text: str, walk: _Walk) -> None:
    if not text:
        return
    if walk.is_border and walk.parts and not text[0].isspace():
        _keep_apart("".join(walk.parts[-3:])[-12:], text[:12], walk)
    walk.is_border = False
    walk.parts.append(text)
    if walk.in_link:
        walk.links += len(text.strip())


_FIGURE_ENDS = re.compile(r"\d[\d.,]*$")
_FIGURE_BEGINS = re.compile(r"[\d.,]*\d")


def _keep_apart(before: str, after: str, walk: _Walk) -> None:
    """Put a blank between texts of two elements that would make one figure or one word that nobody wrote."""
    if (one := _FIGURE_ENDS.search(before)) and after[0].isdigit():
        two = _FIGURE_BEGINS.match(after)
        walk.apart.append(f"{one[0]} {two[0] if two else after}")
    elif not (
        (re.search(r"[^\W\d_]{3}$", before) and after[0].isdigit())
        or (before[-1:].isdigit() and re.match(r"[^\W\d_]{4}", after))
        or (re.search(r"[^\W\d_]{2}$", before) and before[-1].islower() and after[0].isupper())
    ):
        return
    walk.parts.append(" ")


def _around(element: Any, tag: str, walk: _Walk) -> tuple[str, str]:
    """Return what a browser prints before and after an element that is not in the text."""
    if tag == "q":
        return _QUOTES.get((element.get("lang") or walk.language)[:2].lower(), ("“", "”"))
    return ("", "")


def _set_apart(walk: _Walk, start: int, tag: str) -> None:
    """Keep a raised or lowered figure apart from the characters before it."""
    inner = "".join(walk.parts[start:]).strip()
    before = "".join(walk.parts[max(0, start - 3) : start])[-1:]
    if not inner or not before.strip() or not (before.isalnum() or before in ")]%’'\"”»"):
        return
    is_figure = any(item.isdigit() for item in inner)
    is_word = inner.rstrip(".").lower() in _ORDINALS if before.isdigit() else inner.isalpha()
    is_apart = inner[0] in "[(^" and not inner[-1:].isdigit()
    if is_apart or is_word or (tag == "sub" and not before.isdigit()) or not (is_figure or before.isdigit()):
        return
    walk.parts[start:] = [raised(inner, is_lowered=tag == "sub")]


def raised(text: str, is_lowered: bool = False) -> str:
    """Return a raised or lowered text as captures write it, so that it joins no figure: ^(2), _(2)."""
    return f"{'_' if is_lowered else '^'}({text.strip()})"


def _joined(lines: list[str]) -> list[str]:
    """Return lines, with those joined that are broken within a sentence."""
    found: list[str] = []
    for line in lines:
        stripped = line.strip()
        runs_on = found and stripped[:1].islower() and re.search(r"[^\s.!?:;”\"»]\s*$", found[-1])
        if runs_on:
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


# ------------------------------------------------------------------------------------------------- tables


_CELL_ROLES = frozenset(["cell", "gridcell", "columnheader", "rowheader"])
_MOST_CELLS = 400
"""Rows with more cells than this are not padded."""
_SMALL_CELL = 300
"""The most text of a cell that has a table in it and is a cell of a table of data itself."""


def _rows(table: Any) -> list[Any]:
    """Return the rows of a table of data; none where a table only places parts of the page."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return []
    rows = [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table]
    cells = [cell for row in rows for cell in _cells(row)]
    if not rows or max(len(_cells(row)) for row in rows) < 2:
        return []
    if next(table.iterdescendants("table"), None) is not None and not (
        any(cell.tag == "th" for cell in cells)
        and all(len(cell.text_content()) <= _SMALL_CELL for cell in cells)
    ):
        return []
    for cell in cells:
        if next(cell.iterdescendants("h1", "h2", "h3", "article", "section", "form"), None) is not None:
            return []
        size = len(cell.text_content())
        is_divided = len(list(cell.iterdescendants("p", "br"))) > 3 and size > 300
        if is_divided or size > (1500 if len(rows) > 1 else 600):
            return []
    return rows


def _cells(row: Any) -> list[Any]:
    """Return the cells of a row, by their tags or by their roles; a form may be around some."""
    found: list[Any] = []
    for child in row:
        if child.tag in ("td", "th") or child.get("role") in _CELL_ROLES:
            found.append(child)
        elif child.tag == "form":
            found += _cells(child)
    return found


@dataclass(slots=True)
class _Spans:
    """The cells of a table that reach down into later rows, by their columns."""

    below: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fill(self, cells: list[str]) -> None:
        """Add to the cells of a row, so far, those that reach down to it from above."""
        while len(cells) in self.below:
            count, text = self.below.pop(len(cells))
            if count > 1:
                self.below[len(cells)] = (count - 1, text)
            cells.append(text)


def _table(table: Any, rows: list[Any], walk: _Walk, depth: int) -> None:
    walk.end()
    why = _why_hidden(table, "table", walk)
    walk.path.append(table)
    if why:
        walk.hidden.append(walk.hidden[-1] if walk.hidden else why)
    walk.tags.append("table")
    _say(table.text or "", walk)
    _parts(table, set(map(id, rows)), _Spans(), walk, depth)
    walk.end()
    walk.tags.pop()
    if why:
        walk.hidden.pop()
    walk.path.pop()


def _parts(parent: Any, rows: set[int], spans: _Spans, walk: _Walk, depth: int) -> None:
    """Add the rows of a table and what else is in it."""
    for element in parent:
        if id(element) in rows:
            _row(element, walk, depth, spans)
        elif element.tag in ("thead", "tbody", "tfoot", "form"):
            why = _why_hidden(element, element.tag, walk)
            walk.hidden += [walk.hidden[-1] if walk.hidden else why] if why else []
            _say(element.text or "", walk)
            _parts(element, rows, _Spans(), walk, depth + 1)
            walk.end()
            if why:
                walk.hidden.pop()
        else:
            _visit(element, walk, depth + 1)
        _say(element.tail or "", walk)


def _row(row: Any, walk: _Walk, depth: int, spans: _Spans | None = None) -> None:
    """Add a row as one block, with its cells in their places; what is hidden in a cell becomes its own.

    A cell that reaches down is named again in each row if it says what the row is about; a figure is not.
    """
    if depth > MOST_DEEP:
        raise TooDeepError
    walk.end()
    spans = spans or _Spans()
    if why := _why_hidden(row, "tr", walk):
        walk.hidden.append(walk.hidden[-1] if walk.hidden else why)
    cells: list[str] = []
    links = 0
    beside: list[Block] = []
    apart: tuple[str, ...] = ()
    _say(row.text or "", walk)
    every = _cells(row)
    for cell in (*every, *(item for item in row if item not in every and item.tag != "form")):
        inner = _Walk(walk.language, walk.styles)
        inner.path, inner.hidden = [*walk.path, row], list(walk.hidden)
        already = len(inner.hidden)
        _visit(cell, inner, depth + 2)
        inner.end()
        if cell not in every:  # a script, or what browsers put before the table
            walk.blocks += inner.blocks
            continue
        shown = [block for block in inner.blocks if already or not block.hidden]
        beside += [block for block in inner.blocks if block.hidden and not already]
        text = "; ".join(
            block.text.replace(" | ", ": ") if block.tag == "tr" else block.text for block in shown
        )
        apart = (*apart, *(item for block in shown for item in block.apart))
        links += sum(block.links for block in shown)
        spans.fill(cells)
        wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
        is_head = cell.tag == "th" or not cells
        for at in range(min(wide, 60) if len(cells) < _MOST_CELLS else 1):
            if deep > 1 and len(cells) < _MOST_CELLS:
                is_named = is_head and not at and not text.isdecimal()
                spans.below[len(cells)] = (min(deep, 1000) - 1, text if is_named else "")
            cells.append("" if at else text)
        _say(cell.tail or "", walk)
    spans.fill(cells)
    walk.end()
    if any(cells):
        walk.blocks.append(
            Block(
                clean(" | ".join(cells)),
                "tr",
                (*walk.path, row),
                links,
                walk.hidden[-1] if walk.hidden else "",
                False,
                apart,
            )
        )
    walk.blocks += beside
    if why:
        walk.hidden.pop()


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1


# --------------------------------------------------------------------------------------------- visibility


_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def _is_all_of_heading(element: Any) -> bool:
    """Return whether a heading has no other text, as where pressing it opens a part of the page."""
    heading = next((item for item in element.iterancestors() if item.tag in _HEADINGS), None)
    return heading is not None and heading.text_content().strip() == element.text_content().strip()


def _why_hidden(element: Any, tag: str, walk: _Walk) -> str:
    """Return why a browser does not show an element as text; empty where it does."""
    is_open = (
        (tag == "dialog" and element.get("open") is not None)
        or (tag == "template" and element.get("shadowrootmode") is not None)
        or (tag == "button" and _is_all_of_heading(element))
    )
    if (kind := _NOT_SHOWN.get(tag)) and not is_open:
        return kind
    given = element.attrib
    if not given:
        return "text hidden by the page's style sheet" if element in walk.styles.hidden else ""
    if "hidden" in given and given["hidden"].lower() != "until-found":
        return "hidden text"
    style = given.get("style", "")
    if style and _HIDING.search(style):
        return "hidden text"
    if style and _STRIKING.search(style):
        return "struck-out text"
    classes = given.get("class", "")
    if classes and _FOR_READERS.search(classes.lower()):
        return "text for screen readers"
    return "text hidden by the page's style sheet" if element in walk.styles.hidden else ""


# ------------------------------------------------------------------------------------------------ regions


def region(element: Any) -> str:
    """Return the kind of the part of a page that an element is, by its tag, its role and its names."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("html", "body", "main", "article"):
        return ""
    given = element.attrib
    role = _ROLES.get(given.get("role", "").lower(), "") if given else ""
    named = _TAGS.get(tag, "") or role
    if not given or tag not in _BLOCKS:
        return named
    for name in re.split(r"\s+", f"{given.get('id', '')} {given.get('class', '')}".strip()):
        if name and (kind := _named(name)):
            return kind
    return named


def _named(name: str) -> str:
    """Return what kind of part a class or an id names."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    words = re.sub(r"__|[_.:/]", "-", words)
    whole = [
        words,
        *words.split("-"),
        *("-".join(pair) for pair in itertools.pairwise(words.split("-"))),
    ]
    if re.search(
        r"-(?:no|has|with|without|is|js|not|hide|show)-|^(?:no|has|with|without|is|js|not|hide|show)-", words
    ):
        return ""
    return next((kind for kind, pattern in _TOKENS for word in whole if pattern.fullmatch(word)), "")


def shown(found: list[Block]) -> Iterator[Block]:
    """Yield the blocks that a browser shows."""
    return (block for block in found if not block.hidden)
