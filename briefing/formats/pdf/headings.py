"""The headings of a page for print: their size in the margin, and their words as bookmarks of the PDF."""

from __future__ import annotations

import functools
import re
from html import escape
from html.parser import HTMLParser

from briefing.formats import html
from briefing.formats.charts import svg

_HEADING = re.compile(
    r"<(?P<tag>h[1-6])(?P<attributes>[^<>]*)>(?P<words>(?:(?!<h[1-6]).)*?)</(?P=tag)>", re.DOTALL
)
_TEXT = re.compile(r"\s*(<h3[^>]*>((?!</h3>).)*</h3>\s*)?<(p|ul|ol)\b", re.DOTALL)
"""The text that a heading in the margin can be beside, at once or below a second heading."""
_MARGIN = 8.9
"""The least width of the margin beside the text, in em of a heading there."""
_TALL, _LONG = 3, 4
"""A heading of so many lines in the margin needs more room, or is above its text."""
_ASIDE = frozenset({"footnote", "mark", "delimiter", "move"})
"""The classes of what is not part of a heading's own words: notes, their numbers, the marks of a redline."""


def prepared(page: str) -> str:
    """Return a page whose headings say what the style sheet cannot know.

    A second-level heading gets classes for its number of lines in the margin and for what follows it. A
    heading whose text holds a note, its number or a character that is only there for the layout gets its
    words in ``data-bookmark``.
    """
    return _HEADING.sub(_with_hints, page)


def _with_hints(heading: re.Match[str]) -> str:
    reader = _Reader(heading["words"])
    words, text = html.unlaid(reader.words), " ".join(reader.text.split())
    given = heading["attributes"]
    if words != text:
        given += f' data-bookmark="{escape(words)}"'
    if heading["tag"] == "h2" and "class=" not in given:
        is_beside = _TEXT.match(heading.string, heading.end())
        classes = " ".join(filter(None, (_size(words), "" if is_beside else "above")))
        given += f' class="{classes}"' if classes else ""
    return f"<{heading['tag']}{given}>{heading['words']}</{heading['tag']}>"


@functools.lru_cache(maxsize=4096)
def _size(words: str) -> str:
    lines = len(svg.wrapped(words, 1, _MARGIN))
    return "long" if lines >= _LONG else "tall" if lines >= _TALL else ""


class _Reader(HTMLParser):
    """A reader of a heading's text, with and without what is not part of its own words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words = self.text = ""
        self.aside: list[bool] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in ("br", "wbr"):
            self.handle_data(" ")
            return
        classes = (dict(attrs).get("class") or "").split()
        self.aside.append(tag == "del" or not _ASIDE.isdisjoint(classes))

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self.aside and tag not in ("br", "wbr"):
            self.aside.pop()

    def handle_data(self, data: str) -> None:
        """Add words."""
        self.text += data
        self.words += "" if any(self.aside) else data
