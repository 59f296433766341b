"""Alternates of a page for machines: files beside it with the same content, and their types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

JSON = "application/json"


MARKDOWN = "text/markdown"


_TYPES = {".md": (MARKDOWN, "Markdown"), ".json": (JSON, "JSON")}


_ALONE = ("search.html", "drafts/index.html", "topics/index.html", "briefs/index.html")
"""Pages without content of their own, and indexes of pages that have data beside them."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """A file with the same content as a page."""

    path: str
    media_type: str
    name: str
    """The kind of file, in a word."""

    @property
    def file(self) -> str:
        """Its name in the folder of its page."""
        return self.path.rpartition("/")[2]


def beside(path: str, downloads: Iterable[str] = ()) -> tuple[Alternate, ...]:
    """Return the alternates of a page. ``downloads`` are endings of the files beside a brief."""
    folder = path.partition("/")[0] if "/" in path else ""
    is_part = "_" in path.rpartition("/")[2]  # no name of a record has this character
    if not path.endswith(".html") or path in _ALONE or is_part:
        return ()
    if folder in ("briefs", "drafts"):
        known = frozenset(downloads)
        endings = [ending for ending in _TYPES if ending in known]
    else:
        endings = [".md"] if folder in ("pages", "editions") else [".json"]
    return tuple(Alternate(path.removesuffix(".html") + ending, *_TYPES[ending]) for ending in endings)
