"""The content of a file: its paragraphs, and the metadata that it states about itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
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
    """Return a text with single spaces between words; no-break spaces stay, control characters go.

    Characters of format, such as soft hyphens, stay as well: ``visible`` knows which a language needs.
    """
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
    )


def _ordinary_blanks(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " "))
