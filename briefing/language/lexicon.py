"""The words of a language that checks know, as data: one TOML file per language in ``lexicons``.

A phrase of a lexicon is turned into a regular expression: whole words, any case, ``a|b`` for alternatives,
``*`` for any ending of a word, ``_`` for any one word, ``?`` after a word that may
be left out, ``...`` for up to nine words.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

_FOLDER = "lexicons"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that the checks know in one language."""

    language: str
    """Its primary language tag, such as en."""
    words: Mapping[str, Any]
    """The tables of the file."""

    def __hash__(self) -> int:
        return hash(self.language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and other.language == self.language


@functools.cache
def of_language(tag: str) -> Lexicon | None:
    """Return the lexicon for a BCP 47 tag; None where there is none for its language."""
    language = tag.partition("-")[0].lower()
    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    path = resources.files("briefing.language") / _FOLDER / f"{language}.toml"
    if not path.is_file():
        return None
    return Lexicon(language, tomllib.loads(path.read_text("utf-8")))


def languages() -> tuple[str, ...]:
    """Return the languages that have a lexicon."""
    folder = resources.files("briefing.language") / _FOLDER
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    )


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return one expression that finds any of some phrases, the longest that fits first."""
    by_length = sorted(phrases, key=lambda phrase: (len(phrase.split()), len(phrase)), reverse=True)
    alternatives = "|".join(expression(phrase) for phrase in by_length)
    return re.compile(rf"(?<![\w’'-])(?:{alternatives})(?![\w])" if alternatives else r"(?!)", re.IGNORECASE)


_DOTS = str.maketrans("İı", "ii")


def folded(text: str) -> str:
    """Return a text in the form for comparison: case-folded, single spaces, every i the same letter."""
    return " ".join(text.translate(_DOTS).split()).casefold()


def expression(phrase: str) -> str:
    """Return a phrase as a regular expression."""
    text = ""
    for index, word in enumerate(phrase.split()):
        either = "|".join(_word(choice) for choice in word.removesuffix("?").split("|"))
        gap = r"[\s\u00a0]+" if index else ""
        if word == "...":
            text += r"(?:[\s\u00a0]+[^\s;:]+){0,9}?"
            continue
        text += f"(?:{gap}(?:{either}))?" if word.endswith("?") else f"{gap}(?:{either})"
    return text


def _word(choice: str) -> str:
    if choice == "_":
        return r"[\w’'-]+"
    escaped = re.escape(choice.rstrip("*")).replace("'", "['’]")
    return escaped + (r"[\w’'-]*" if choice.endswith("*") else "")
