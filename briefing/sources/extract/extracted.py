"""What is taken out of a file: its paragraphs, and what it states about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("title", "publisher", "author", "published", "url", "language")
"""What a file may state about itself, by the names of a source's fields."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Something that a file states about itself, and in which of its own terms."""

    value: str
    where: str
    """og:title, the PDF's Author."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file."""

    paragraphs: tuple[str, ...]
    tool: str = ""
    """What took it out, with its version; empty where the file is plain text."""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    """By the field of a source."""
    remarks: tuple[str, ...] = ()
    """What was done to the text, in sentences for the note on the source."""
    data: bytes = b""
    """The capture itself, where the file can serve as it is."""

    @property
    def capture(self) -> bytes:
        """The bytes of the capture: one paragraph a line."""
        return self.data or "".join(f"{paragraph}\n" for paragraph in self.paragraphs).encode()


def clean(text: str) -> str:
    """Words with single blanks between them; no-break blanks stay, control characters go."""
    kept = "".join(sign for sign in text if sign.isprintable() or sign.isspace() or sign == "\u00ad")
    return " ".join(part for part in _ordinary_blanks(kept).split(" ") if part)


def _ordinary_blanks(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " "))
