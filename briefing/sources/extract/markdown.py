"""A text in Markdown: what its readers see when it is set, and what it states about itself at its head."""

from __future__ import annotations

import re

from briefing.language.markdown_blocks import MarkdownIt, Token
from briefing.sources.extract import citation, html, plain
from briefing.sources.extract.extracted import (
    AS_IT_IS,
    RAISED,
    Choice,
    Extracted,
    Piece,
    Stated,
    clean,
    of_pieces,
)

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""Lines between two rules at the begin of a file, in which programs for notes and sites keep metadata."""
_TERM = re.compile(r"(?m)^([A-Za-z_]+):[ \t]*(\S.*?)[ \t]*$")
_FIELDS = {
    "title": "title",
    "author": "author",
    "publisher": "publisher",
    "date": "published",
    "published": "published",
    "lang": "language",
    "language": "language",
    "url": "url",
    "source": "url",
}


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a file without the marks of Markdown. Raises UsageError where it has none.

    Numbers of lists stay as the file has them, and so do notes, which are no part of common Markdown.
    """
    text = plain.decoded(data, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = _HEAD.match(text)
    pieces = [Piece(clean(head[1]), "front matter")] if head else []
    pieces += html.whole(_page(text[head.end() :] if head else text), name)
    remarks = ["The marks of Markdown were left out, and the addresses of links."]
    if any(re.search(r"[\^_]\(", piece.text) for piece in pieces):
        remarks.append(RAISED)
    return of_pieces(pieces, choice, stated=_stated(head[1] if head else ""), remarks=tuple(remarks))


def _page(text: str) -> str:
    """Return the text as a page, with the numbers of lists in it, which a browser would count."""
    # Without definitions of links: a note of one word would be one, and be lost.
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("reference")
    tokens = reader.parse(text)
    number = ""
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline" and number:
            token.children = [Token("text", "", 0, content=number), *(token.children or [])]
            number = ""
    return f"<body>{reader.renderer.render(tokens, reader.options, {})}</body>"


def _stated(head: str) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    for term, value in _TERM.findall(head):
        field = _FIELDS.get(term.lower(), "")
        said = clean(value.strip("\"'"))
        if field == "published":
            said = citation.day(said)
        if field and said and field not in found:
            found[field] = Stated(said, f"the file's {term}")
    return found
