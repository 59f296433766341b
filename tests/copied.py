"""The text of an output as a reader takes it out, and the figures that its page may show.

What a page may show is read from its text nodes, each for itself, where the number of a note is never beside
the figure before it. What a reader takes out of an output is one text, where the two must stay apart.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_INLINE = {"a", "b", "bdi", "code", "del", "em", "ins", "label", "q", "s", "span", "strong", "sup", "tspan"}
_UNSEEN = {"style", "script", "title", "desc"}
_SMALL = {str(number) for number in range(1, 100)}
"""Numbers that a style prints: of pages, of notes and of items."""


class _Reader(HTMLParser):
    """The text of a page: its nodes, and as one text in which only inline elements join."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.nodes: list[str] = []
        self.text = ""
        self.unseen = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        self.text += "" if tag in _INLINE else "\n"

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        self.text += "" if tag in _INLINE else "\n"

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.nodes.append(data)
            self.text += data


def _plain(text: str) -> str:
    return re.sub("[\N{WORD JOINER}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}]", "", text)


def runs(text: str) -> set[str]:
    """The runs of digits in a text, as a program or a person without a sense of type reads it."""
    return set(re.findall(r"\d+", _plain(text)))


def figures(page: str) -> set[str]:
    """The runs of digits that a page may show."""
    return _SMALL.union(*map(runs, _Reader(page).nodes))


def extracted(page: str) -> str:
    """The text of a page, as a program extracts it."""
    return _Reader(page).text


def rendered(markdown: str) -> str:
    """The text of Markdown where a viewer prints the number of a note for its mark."""
    return re.sub(r"\[\^(\d+)\]", r"\1", markdown)
