"""Which blocks of a web page are its article: decided by votes of a library and by the page's structure.

A library for main text votes for blocks. The element with most of these votes is the article; everything that
a browser shows in it is taken, apart from the parts that the page itself names as others: navigation, links
to other articles, comments. The headline, and what is between it and the text, are taken as well, and so are
corrections wherever they are. Every other block is left out, with its kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.language import page_words
from briefing.sources.extract import page_text
from briefing.sources.extract.extracted import Piece
from briefing.sources.extract.page_text import Block

_OTHERS = frozenset(
    [
        "cookie notice",
        "advertisement",
        "links to share",
        "comments",
        "other articles",
        "subscription",
        "navigation",
        "form",
        "closed dialogue",
    ]
)
"""Parts that are no part of an article even within it."""
_NEVER = frozenset(["cookie notice", "advertisement", "comments"])
"""Parts that are no article, even where nothing else has a vote."""
_OUTSIDE = _OTHERS | {"page footer", "side column", "page header"}
_CORRECTION = re.compile(rf"^\W*{page_words.any_of('corrections')}", re.IGNORECASE)
"""The begin of a notice that corrects an article."""
_COOKIES = re.compile(rf"\b{page_words.any_of('cookies')}\b", re.IGNORECASE)
_LEAST = 25
"""Shorter texts are in many places, so that a vote for them says nothing."""
_MOST = 0.8
"""The share of the votes that is in the element of the article."""


@dataclass(frozen=True, slots=True)
class Article:
    """The pieces of a page and the doubtful decisions about them."""

    pieces: tuple[Piece, ...]
    doubts: tuple[str, ...] = ()


def squeezed(text: str) -> str:
    """Return the letters and figures of a text, to compare texts whose blanks and signs differ."""
    return re.sub(r"\W+", "", text.lower())


def of_blocks(blocks: Sequence[Block], voted: str, title: str) -> Article:
    """Return which blocks are the article; ``voted`` is the main text that a library found."""
    text = squeezed(voted)
    votes = [_has_vote(block, text) for block in blocks]
    regions = _Regions(blocks, votes)
    is_out = [bool(block.hidden) for block in blocks]
    doubts: list[str] = []
    sound = [
        vote and not out and not regions.named(block, _OUTSIDE)
        for block, vote, out in zip(blocks, votes, is_out, strict=True)
    ]
    share = _weight(blocks, sound) / max(
        1, _weight(blocks, [vote and not out for vote, out in zip(votes, is_out, strict=True)])
    )
    container = _container(blocks, sound)
    structural = _by_structure(blocks, regions)
    if container is None or (share < 0.5 and structural is not None):
        if structural is not None and structural is not container:
            other = "something else, such as a banner" if text else "nothing"
            doubts.append(
                f"The library for main text found {other}; the element that the page marks as its article "
                "was taken."
            )
            container = structural
            sound = [False] * len(blocks)
        elif container is None:
            named = [
                vote and not out and not regions.named(block, _NEVER)
                for block, vote, out in zip(blocks, votes, is_out, strict=True)
            ]
            if (container := _container(blocks, named)) is not None:
                sound = named
                doubts.append("The text is in a part that the page names as something else than its article.")
    if container is not None and _is_banner(container, blocks, regions):
        regions.name(container, "cookie notice")
        doubts.append(
            "The longest text speaks of cookies and is before the headline; what is below was taken."
        )
        container, sound = None, [False] * len(blocks)
    if container is None:
        if not any(not out for out in is_out):
            return Article(())
        doubts.append(
            "No article was found; all text that the page shows was taken but what it names otherwise."
        )
        container = blocks[0].path[0]
    else:
        container = _widened(container, blocks, sound, regions)
    kinds = _kinds(blocks, container, sound, regions, title)
    doubts += _said(blocks, kinds)
    return Article(tuple(together(blocks, kinds)), tuple(doubts))


def _is_banner(container: Any, blocks: Sequence[Block], regions: _Regions) -> bool:
    """Return whether a part speaks of cookies and ends before a headline that has a text below it."""
    inside = [at for at, block in enumerate(blocks) if container in block.path and not block.hidden]
    heads = [at for at, block in enumerate(blocks) if block.tag == "h1" and not block.hidden]
    if not inside or not heads or heads[0] <= inside[-1]:
        return False
    below = sum(
        len(block.text)
        for block in blocks[heads[0] + 1 :]
        if not block.hidden and block.links < 0.5 * len(block.text) and not regions.named(block, _OUTSIDE)
    )
    return below > 0 and _speaks_of_cookies(" ".join(blocks[at].text for at in inside))


def _speaks_of_cookies(text: str) -> bool:
    return len(_COOKIES.findall(text)) > max(2, len(text) / 200)


def _has_vote(block: Block, text: str) -> bool:
    words = squeezed(block.text)
    return len(words) >= _LEAST and words in text


def _weight(blocks: Sequence[Block], chosen: Sequence[bool]) -> int:
    return sum(len(block.text) for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen)


class _Regions:
    """What the page names its parts, looked up once for each element."""

    def __init__(self, blocks: Sequence[Block] = (), votes: Sequence[bool] = ()) -> None:
        self._known: dict[Any, str] = {}
        weights: dict[Any, int] = defaultdict(int)
        for block, vote in zip(blocks, votes, strict=True):
            for element in block.path if vote and not block.hidden else ():
                weights[element] += len(block.text)
        most = max(weights.values(), default=0)
        self._main = {element for element, weight in weights.items() if weight > 0.5 * most}

    def of(self, element: Any) -> str:
        """Return the kind of part that an element is; what has most of the votes is none beside others."""
        if element not in self._known:
            kind = page_text.region(element)
            is_main = element in self._main and kind not in _NEVER
            self._known[element] = "" if is_main else kind
        return self._known[element]

    def name(self, element: Any, kind: str) -> None:
        """Name the kind of part that an element is."""
        self._known[element] = kind

    def named(self, block: Block, wanted: frozenset[str], below: Any = None) -> str:
        """Return the kind of part, of those wanted, that a block is in; only within an element, if given."""
        path = block.path
        if below is not None and below in path:
            path = path[path.index(below) + 1 :]
        return next((kind for element in path if (kind := self.of(element)) in wanted), "")


def _container(blocks: Sequence[Block], chosen: Sequence[bool]) -> Any:
    """Return the innermost element with most of the chosen blocks; None where there are none."""
    weights: dict[Any, int] = defaultdict(int)
    depth: dict[Any, int] = {}
    total = 0
    for block, is_chosen in zip(blocks, chosen, strict=True):
        if is_chosen:
            total += len(block.text)
            for at, element in enumerate(block.path):
                weights[element] += len(block.text)
                depth[element] = at
    wide = [element for element, weight in weights.items() if weight >= _MOST * total]
    best = max(wide, key=lambda element: depth[element], default=None)
    if best is not None and best.tag in ("p", "li", "td", "span", "blockquote", "b", "strong", "font"):
        parent = best.getparent()
        return parent if parent is not None else best
    return best


def _by_structure(blocks: Sequence[Block], regions: _Regions) -> Any:
    """Return the element that the page marks as its article, the one with most text; None without one."""
    weights: dict[Any, int] = defaultdict(int)
    for block in blocks:
        if block.hidden or block.links > 0.5 * len(block.text) or regions.named(block, _OTHERS):
            continue
        for element in block.path:
            if _is_marked(element):
                weights[element] += len(block.text)
    return max(weights, key=lambda element: (weights[element], element.tag == "article"), default=None)


def _is_marked(element: Any) -> bool:
    given = element.attrib
    return (
        element.tag in ("article", "main")
        or given.get("role") in ("main", "article")
        or given.get("itemprop") == "articleBody"
        or "Article" in given.get("itemtype", "")
    )


def _widened(container: Any, blocks: Sequence[Block], chosen: Sequence[bool], regions: _Regions) -> Any:
    """Return the element around it that the page marks as the article, unless much else is in it."""
    inside = sum(len(block.text) for block in blocks if container in block.path and not block.hidden)
    best = container
    for element in container.iterancestors():
        if not _is_marked(element) and not (element.tag == "section" and element.getparent() is not None):
            continue
        more = sum(
            len(block.text)
            for block in blocks
            if element in block.path
            and container not in block.path
            and not block.hidden
            and block.links < 0.5 * len(block.text)
            and not regions.named(block, _OTHERS, element)
        )
        if _is_marked(element) and more <= 0.6 * inside + 400:
            best = element
    return best


def _kinds(
    blocks: Sequence[Block], container: Any, chosen: Sequence[bool], regions: _Regions, title: str
) -> list[str]:
    """Return for each block why it is left out; empty for what is taken."""
    inside = [container in block.path for block in blocks]
    first = next((at for at, is_in in enumerate(inside) if is_in), 0)
    last = next((at for at in range(len(blocks) - 1, -1, -1) if inside[at]), len(blocks) - 1)
    headline = _headline(blocks, first, last, regions, title)
    islands = _Islands(blocks, container, chosen)
    kinds: list[str] = []
    for at, block in enumerate(blocks):
        if block.hidden:
            kinds.append(block.hidden)
        elif inside[at]:
            kinds.append(_within(block, container, chosen[at], regions, islands))
        elif at == headline:
            kinds.append("")
        else:
            is_lead = headline is not None and headline < at < first
            kinds.append(_without(block, chosen[at], is_lead, at > last, regions))
    return kinds


def _within(block: Block, container: Any, is_chosen: bool, regions: _Regions, islands: _Islands) -> str:
    """Return why a block in the article is left out."""
    if is_chosen or (_CORRECTION.match(block.text) and block.links < 0.5 * len(block.text)):
        return ""
    is_linked = block.links > 0.5 * len(block.text)
    if (kind := regions.named(block, _OTHERS, container)) and not (
        block.tag == "figcaption" and not is_linked
    ):
        return kind
    if block.tag != "tr" and not block.is_byline and islands.of_links(block) > 0.5:
        return "links"
    return ""


class _Islands:
    """The parts of an article in which the library chose nothing, each judged as a whole."""

    def __init__(self, blocks: Sequence[Block], container: Any, chosen: Sequence[bool]) -> None:
        self._container = container
        self._mainland: set[Any] = {container}
        self._text: dict[Any, int] = defaultdict(int)
        self._links: dict[Any, int] = defaultdict(int)
        for block, is_chosen in zip(blocks, chosen, strict=True):
            if container not in block.path or block.hidden:
                continue
            for element in block.path:
                self._text[element] += len(block.text)
                self._links[element] += block.links
            if is_chosen:
                self._mainland.update(block.path)

    def of_links(self, block: Block) -> float:
        """Return the share of links in the largest part around a block that has no chosen text."""
        inner = block.path[block.path.index(self._container) + 1 :]
        island = next((element for element in inner if element not in self._mainland), None)
        if island is None:
            return block.links / len(block.text)
        return max(self._links[island] / max(1, self._text[island]), 0.0)


def _without(block: Block, is_chosen: bool, is_lead: bool, is_after: bool, regions: _Regions) -> str:
    """Return why a block outside the article is left out."""
    kind = regions.named(block, _OUTSIDE)
    is_linked = block.links > 0.6 * len(block.text)
    if is_chosen and not kind:
        return ""
    if (is_after or len(block.text) >= _LEAST) and _CORRECTION.match(block.text) and not is_linked:
        return ""
    if is_lead and kind in ("", "page header") and not is_linked:
        return ""
    if kind:
        return kind
    if is_linked:
        return "links"
    return "heading outside the article" if block.is_heading else "text outside the article"


def _headline(blocks: Sequence[Block], first: int, last: int, regions: _Regions, title: str) -> int | None:
    """Return which block is the headline; None where it is in the article already, or there is none."""
    heads = [
        at
        for at, block in enumerate(blocks[: last + 1])
        if block.tag == "h1"
        and not block.hidden
        and not regions.named(block, _OTHERS | {"side column", "page footer"})
    ]
    if not heads or any(at >= first for at in heads):
        return None
    wanted = squeezed(title)
    like = [
        at
        for at in heads
        if (words := squeezed(blocks[at].text)) and (words in wanted or (wanted and wanted in words))
    ]
    return (like or heads)[-1]


_UNSEEN = ("hidden text", "text hidden by the page's style sheet", "template")


def _said(blocks: Sequence[Block], kinds: Sequence[str]) -> list[str]:
    """Return sentences about decisions that a person should look at."""
    taken = sum(len(block.text) for block, kind in zip(blocks, kinds, strict=True) if not kind)
    outside = sum(
        len(block.text)
        for block, kind in zip(blocks, kinds, strict=True)
        if kind == "text outside the article"
    )
    found = []
    if taken < 200:
        found.append("The article is very short; look whether it is one, and not a notice.")
    text = " ".join(block.text for block, kind in zip(blocks, kinds, strict=True) if not kind)
    if _speaks_of_cookies(text):
        found.append("The text speaks mostly of cookies and data; it may be a banner and not the article.")
    unseen = sum(len(block.text) for block in blocks if block.hidden in _UNSEEN)
    if unseen > taken:
        found.append("The page hides more text than was taken; look at what was left out.")
    if outside > taken:
        found.append("There is more text outside what was taken for the article than in it.")
    return found


def together(blocks: Sequence[Block], kinds: Sequence[str]) -> list[Piece]:
    """Return the blocks as pieces; what is left out side by side for one reason is one piece."""
    found: list[Piece] = []
    for block, kind in zip(blocks, kinds, strict=True):
        before = found[-1] if found else None
        if kind and before is not None and before.kind == kind and kind in _TOGETHER:
            found[-1] = Piece(f"{before.text}\n{block.text}", kind)
        else:
            found.append(Piece(block.text, kind))
    return found


_TOGETHER = _OUTSIDE | {
    "text outside the selected elements",
    "links",
    "drawing",
    "template",
    "text for browsers without scripts",
    "text for screen readers",
    "button",
    "frame",
    "text hidden by the page's style sheet",
}
"""Parts of which nobody wants a single line."""
