"""The content of a file: its paragraphs, and the metadata that it states about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("title", "publisher", "author", "published", "url", "language")
"""The metadata that a file may state about itself, by the names of a source's fields."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a file states about itself, and the name of the term that states it."""

    value: str
    where: str
    """The name of the term, such as og:title or the PDF's Author."""


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

    @property
    def capture(self) -> bytes:
        """The bytes of the capture: one paragraph per line."""
        return self.data or "".join(f"{paragraph}\n" for paragraph in self.paragraphs).encode()


def clean(text: str) -> str:
    """Return a text with single spaces between words; no-break spaces stay, control characters go."""
    kept = "".join(item for item in text if item.isprintable() or item.isspace() or item == "\u00ad")
    return " ".join(part for part in _ordinary_blanks(kept).split(" ") if part)


def _ordinary_blanks(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " "))
