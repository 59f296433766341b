"""The words by which a passage states something, as data: one TOML file per language in ``lexicons/sources``.

These are for the languages of sources, in which figures, dates and statuses are looked up. The words by which
the prose of a brief is checked are another matter (``lexicon``): a project may have sources in ten languages
and briefs in one.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from briefing.model.findings import BriefingError

_FOLDER = "lexicons/sources"
TABLES = (
    "numbers", "times", "fractions", "percent", "currencies", "bounds", "behind", "ranges", "dates",
    "measures", "rates", "instruments", "rungs", "voided",
)  # fmt: skip
"""The tables that every file has."""


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words for figures, dates and statuses in one language."""

    language: str
    """Its primary language tag, such as fr; empty for a language whose words are not known."""
    words: Mapping[str, Any]
    """The tables of the file; empty where the language is not known."""

    @property
    def is_known(self) -> bool:
        """Whether there are words for the language; digits and symbols can be read in any."""
        return bool(self.words)

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table; empty where the language is not known."""
        found: Mapping[str, Any] = self.words.get(name, {})
        return found

    def __hash__(self) -> int:
        return hash(self.language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SourceWords) and other.language == self.language


UNKNOWN = SourceWords("", {})
"""What is known of a language without a file."""


@functools.cache
def of_language(tag: str) -> SourceWords:
    """Return the words for a BCP 47 tag; ``UNKNOWN`` where there is no file for its language.

    Raises BriefingError if a file lacks a table.
    """
    language = tag.partition("-")[0].lower()
    if not re.fullmatch("[a-z]{2,3}", language):
        return UNKNOWN
    path = resources.files("briefing.language") / _FOLDER / f"{language}.toml"
    if not path.is_file():
        return UNKNOWN
    words = tomllib.loads(path.read_text("utf-8"))
    if missing := [name for name in TABLES if name not in words]:
        raise BriefingError(f"{path.name} in {_FOLDER} lacks the tables {', '.join(missing)}")
    return SourceWords(language, words)


def languages() -> tuple[str, ...]:
    """Return the languages whose words are known."""
    folder = resources.files("briefing.language") / _FOLDER
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    )
