"""The content of a file: its pieces, in the capture or left out, and the metadata that it states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from briefing.model import characters

FIELDS = ("title", "publisher", "author", "published", "url", "language")
"""The metadata that a file may state about itself, by the names of a source's fields."""

_DIGITS = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a file states about itself, and the name of the term that states it."""

    value: str
    where: str
    """The name of the term, such as og:title or the PDF's Author."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file's text: a paragraph of the capture, or something that is not in it."""

    text: str
    """Its paragraphs, a line each; only what is left out together has several."""
    kind: str = ""
    """What it is, if it is left out, such as navigation or running head; empty for a paragraph."""
    place: str = ""
    """Where it is, if that says more than its neighbours: page 3, foot."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a file's text that is not in the capture."""

    kind: str
    place: str
    text: str

    @property
    def line(self) -> str:
        """What it is and where, for people."""
        return f"{self.kind}, {self.place}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants of a file, where that differs from what its reader would take."""

    take: tuple[int, ...] = ()
    """The numbers of left-out parts that belong into the capture."""
    selector: str = ""
    """The XPath or CSS selector of the elements of a web page to which the capture is narrowed."""
    pages: str = ""
    """The pages of a PDF to which the capture is narrowed: 2-5,9."""


RAISED = "Raised figures are written as ^(2), lowered ones as _(2), so that they join no other figure."
"""The remark on a text that has such figures."""
AS_IT_IS = Choice()
"""What the reader of a file would take."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file."""

    paragraphs: tuple[str, ...]
    tool: str = ""
    """The tool that extracted it, with its version; empty for plain text."""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    """The stated metadata, by the field of a source."""
    remarks: tuple[str, ...] = ()
    """Sentences for the note on the source, about the changes to lines."""
    data: bytes = b""
    """The file itself, where it can serve as the capture."""
    left_out: tuple[LeftOut, ...] = ()
    """What of the file's text is not in the capture, in its order."""
    doubts: tuple[str, ...] = ()
    """Decisions of the reader that a person should look at, each as a sentence."""

    @property
    def capture(self) -> bytes:
        """The bytes of the capture: one paragraph per line."""
        return self.data or "".join(f"{paragraph}\n" for paragraph in self.paragraphs).encode()


def of_pieces(pieces: Iterable[Piece], choice: Choice, tool: str = "", **more: object) -> Extracted:
    """Return the text of a file from its pieces in their order, with those that a person takes back."""
    paragraphs: list[str] = []
    left_out: list[LeftOut] = []
    number = 0
    for piece in pieces:
        if not piece.text.strip():
            continue
        number += bool(piece.kind)
        if piece.kind and number not in choice.take:
            beside = f"after paragraph {len(paragraphs)}" if paragraphs else "before paragraph 1"
            place = f"{piece.place}, {beside}" if piece.place else beside
            left_out.append(LeftOut(piece.kind, place, piece.text))
        else:
            paragraphs += piece.text.splitlines()
    return Extracted(tuple(paragraphs), tool, left_out=tuple(left_out), **more)  # type: ignore[arg-type]


def clean(text: str) -> str:
    """Return a text with single spaces between words; no-break spaces stay, control characters go.

    Characters of format, such as soft hyphens, stay as well: ``visible`` knows which a language needs.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        item for item in text if item.isprintable() or item.isspace() or unicodedata.category(item) == "Cf"
    )
    return " ".join(part for part in _ordinary_blanks(kept).split(" ") if part)


def visible(extracted: Extracted) -> Extracted:
    """Return the content of a file without hidden characters, and a remark that says which they were."""
    gone: set[str] = set()

    def shown(text: str) -> str:
        kept, left_out = characters.without_hidden(text)
        gone.update(left_out)
        return kept

    paragraphs = tuple(shown(text) for text in extracted.paragraphs)
    stated = {field: replace(item, value=shown(item.value)) for field, item in extracted.stated.items()}
    left_out = tuple(replace(item, text=shown(item.text)) for item in extracted.left_out)
    if not gone:
        return extracted
    # Without their codes and numbers, which would be figures in the note.
    named = dict.fromkeys(_DIGITS.sub("", unicodedata.name(item, "control").lower()) for item in sorted(gone))
    remark = (
        "Characters that nobody can see, or that turn the order of the text, were left out: "
        f"{', '.join(named)}."
    )
    return replace(
        extracted,
        paragraphs=tuple(filter(str.strip, paragraphs)),
        stated={field: item for field, item in stated.items() if item.value.strip()},
        remarks=(*extracted.remarks, remark),
        data=b"",
        left_out=left_out,
    )


def _ordinary_blanks(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " "))
