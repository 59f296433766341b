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

from briefing.sources.extract.extracted import clean

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
_NOT_SHOWN = {
    "template": "template",
    "dialog": "closed dialogue",
    "noscript": "text for browsers without scripts",
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
}
_NO_TEXT = frozenset(["script", "style", "head", "title", "meta", "link", "base", "param", "source", "track"])
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|em|rem|%)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|(?:text-indent|left|top)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
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

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.tag in ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class _Walk:
    """The state of a walk over the elements of a page."""

    language: str
    hiding: tuple[frozenset[str], frozenset[str]]
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: int = 0
    in_link: int = 0
    path: list[Any] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    """What is hidden within the present block, and the descriptions of pictures in it."""
    tags: list[str] = field(default_factory=lambda: ["body"])

    def end(self) -> None:
        """End the present block."""
        raw, self.parts = "".join(self.parts), []
        links, self.links = self.links, 0
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
                self.blocks.append(block)
        self.blocks += self.beside
        self.beside = []


def blocks(root: Any, language: str = "") -> list[Block]:
    """Return all text of a page below its root, in the order of the file."""
    walk = _Walk(language.lower()[:2], _hidden_by_sheets(root))
    _visit(root, walk, 0)
    walk.end()
    return walk.blocks


def _visit(element: Any, walk: _Walk, depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _NO_TEXT:
        return
    if depth > MOST_DEEP:
        raise TooDeepError
    if tag in ("img", "br"):
        _sign(element, tag, walk)
        return
    if tag == "table" and (rows := _rows(element)):
        _table(element, rows, walk, depth)
        return
    why = _why_hidden(element, tag, walk)
    if why and tag not in _BLOCKS:
        _hide(element, tag, why, walk, depth)
        return
    is_block = tag in _BLOCKS
    if is_block:
        walk.end()
    walk.path.append(element)
    if why:
        walk.hidden.append(walk.hidden[-1] if walk.hidden else why)
    if is_block:
        walk.tags.append(tag)
    _contents(element, tag, walk, depth)
    if is_block:
        walk.end()
    walk.path.pop()
    if why:
        walk.hidden.pop()
    if is_block:
        walk.tags.pop()


def _sign(element: Any, tag: str, walk: _Walk) -> None:
    """Add the description of a picture, or the end of a line."""
    if tag == "br":
        walk.parts.append("\n" if "pre" in walk.tags else _BREAK)
    elif text := clean(element.get("alt") or ""):
        hidden = walk.hidden[-1] if walk.hidden else DESCRIPTION
        walk.beside.append(Block(text, "img", tuple(walk.path), 0, hidden))


def _hide(element: Any, tag: str, why: str, walk: _Walk, depth: int) -> None:
    """Add what is hidden within a line after the block that it is in, which it does not divide."""
    inner = _Walk(walk.language, walk.hiding, path=[*walk.path, element])
    inner.hidden = [walk.hidden[-1] if walk.hidden else why]
    _contents(element, tag, inner, depth)
    inner.end()
    walk.beside += inner.blocks


def _contents(element: Any, tag: str, walk: _Walk, depth: int) -> None:
    """Gather the text of an element and of all in it."""
    opening, closing = _around(element, tag, walk)
    before = len(walk.parts)
    walk.in_link += tag == "a"
    _say(opening + (element.text or ""), walk)
    for child in element:
        _visit(child, walk, depth + 1)
        _say(child.tail or "", walk)
    walk.in_link -= tag == "a"
    if closing:
        _say(closing, walk)
    if tag in ("sup", "sub"):
        _set_apart(walk, before, tag)


def _say(text: str, walk: _Walk) -> None:
    if text:
        walk.parts.append(text)
        if walk.in_link:
            walk.links += len(text.strip())


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


def _rows(table: Any) -> list[Any]:
    """Return the rows of a table of data; none where a table only places parts of the page."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return []
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows = list(table.iterdescendants("tr"))
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    if not rows or max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0) < 2:
        return []
    for cell in cells:
        if next(cell.iterdescendants("h1", "h2", "h3", "article", "section", "form"), None) is not None:
            return []
        size = len(cell.text_content())
        is_divided = len(list(cell.iterdescendants("p", "br"))) > 3 and size > 300
        if is_divided or size > (1500 if len(rows) > 1 else 600):
            return []
    return rows


def _table(table: Any, rows: list[Any], walk: _Walk, depth: int) -> None:
    walk.end()
    why = _why_hidden(table, "table", walk)
    walk.path.append(table)
    if why:
        walk.hidden.append(walk.hidden[-1] if walk.hidden else why)
    walk.tags.append("table")
    seen: set[int] = set()
    for element in table.iterdescendants():
        if element.tag == "tr":
            _row(element, walk, depth)
            seen.update(map(id, element.iterdescendants()))
            seen.add(id(element))
        elif (id(element) not in seen and element.tag == "caption") or (
            id(element) not in seen and element.tag not in ("thead", "tbody", "tfoot", "colgroup", "col")
        ):
            _visit(element, walk, depth + 1)
            seen.update(map(id, element.iterdescendants()))
    walk.tags.pop()
    if why:
        walk.hidden.pop()
    walk.path.pop()


def _row(row: Any, walk: _Walk, depth: int) -> None:
    """Add a row as one block, with its cells in their places; what is hidden in a cell becomes its own."""
    if why := _why_hidden(row, "tr", walk):
        walk.hidden.append(walk.hidden[-1] if walk.hidden else why)
    cells: list[str] = []
    links = 0
    beside: list[Block] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        inner = _Walk(walk.language, walk.hiding)
        inner.path, inner.hidden = [*walk.path, row], list(walk.hidden)
        already = len(inner.hidden)
        _visit(cell, inner, depth + 2)
        inner.end()
        shown = [block for block in inner.blocks if already or not block.hidden]
        beside += [block for block in inner.blocks if block.hidden and not already]
        cells.append("; ".join(block.text for block in shown))
        links += sum(block.links for block in shown)
        cells += [""] * (min(_span(cell), 60) - 1)
    if any(cells):
        walk.blocks.append(
            Block(
                clean(" | ".join(cells)),
                "tr",
                (*walk.path, row),
                links,
                walk.hidden[-1] if walk.hidden else "",
            )
        )
    walk.blocks += beside
    if why:
        walk.hidden.pop()


def _span(cell: Any) -> int:
    value = (cell.get("colspan") or "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1


# --------------------------------------------------------------------------------------------- visibility


def _why_hidden(element: Any, tag: str, walk: _Walk) -> str:
    """Return why a browser does not show an element as text; empty where it does."""
    if (kind := _NOT_SHOWN.get(tag)) and not (tag == "dialog" and element.get("open") is not None):
        return kind
    given = element.attrib
    if not given:
        return ""
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
    by_class, by_id = walk.hiding
    if (classes and not by_class.isdisjoint(classes.split())) or given.get("id", "") in by_id:
        return "text hidden by the page's style sheet"
    return ""


_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#])(-?[A-Za-z_][\w-]*)")


def _hidden_by_sheets(root: Any) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes and ids that the page's own style sheets hide, by rules of one simple selector."""
    names: dict[str, set[str]] = {".": set(), "#": set()}
    shown: dict[str, set[str]] = {".": set(), "#": set()}
    for style in root.iter("style"):
        for selectors, body in _RULE.findall(_without_conditions((style.text or "")[:500_000])):
            is_hiding = bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", body))
            is_showing = "display" in body and not is_hiding
            for selector in selectors.split(","):
                if (simple := _SIMPLE.fullmatch(selector.strip())) and (is_hiding or is_showing):
                    (names if is_hiding else shown)[simple[1]].add(simple[2])
    return frozenset(names["."] - shown["."]), frozenset(names["#"] - shown["#"])


def _without_conditions(sheet: str) -> str:
    """Return a style sheet without its comments and the rules that count only under a condition."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    kept: list[str] = []
    at, depth, start = 0, 0, 0
    for match in re.finditer(
        r"@(?:media|supports|keyframes|-webkit-keyframes|font-face|container)[^{;]*\{", sheet
    ):
        if match.start() < at:
            continue
        kept.append(sheet[at : match.start()])
        depth, start = 1, match.end()
        while depth and start < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[start], 0)
            start += 1
        at = start
    return "".join([*kept, sheet[at:]])


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
