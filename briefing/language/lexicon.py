"""The words of a language that checks know, as data: one TOML file per language in ``lexicons``.

A phrase of a lexicon is turned into a regular expression: whole words, any case, ``a|b`` for alternatives,
``*`` for any ending of a word, ``_`` for any one word, ``?`` after a word that may
be left out, ``...`` for up to nine words.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from briefing.model.findings import BriefingError

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


_PATTERN = "en"
"""The lexicon that is complete: every other one needs the same tables and lists."""
_OF_ITS_OWN_WORDS = re.compile(
    r"numbers\.(?:units|tens|scales|parts|currencies|hundredths|measures\.\w+|counted_by)|dates\.centuries|roles\.spellings"
)
"""Tables whose entries are words of their language."""
_OPTIONAL = re.compile(r"rungs\.[a-z-]+\.(?:done|future|nouns|inside|safe)")


@functools.cache
def of_language(tag: str) -> Lexicon | None:
    """Return the lexicon for a BCP 47 tag; None where there is none for its language.

    Raises BriefingError where its file cannot be read, or lacks a table or a list.
    """
    language = tag.partition("-")[0].lower()
    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    path = resources.files("briefing.language") / _FOLDER / f"{language}.toml"
    if not path.is_file():
        return None
    try:
        words = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BriefingError(f"the lexicon {language}.toml cannot be read: {error}") from error
    complete = of_language(_PATTERN) if language != _PATTERN else None
    if complete and (missing := list(_missing(words, complete.words))):
        raise BriefingError(
            f"the lexicon {language}.toml is not complete; like {_PATTERN}.toml it needs {', '.join(missing)}"
        )
    return Lexicon(language, words)


def _missing(words: Mapping[str, Any], complete: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Yield the tables and lists of a complete lexicon that another lacks: dates, numbers.percent."""
    for name, value in complete.items():
        path = f"{above}{name}"
        if _OPTIONAL.fullmatch(path):
            continue
        if type(words.get(name)) is not type(value):
            yield path
        elif isinstance(value, dict) and not _OF_ITS_OWN_WORDS.fullmatch(path):
            yield from _missing(words[name], value, f"{path}.")


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


def either(phrases: Iterable[str]) -> str:
    """Return the alternatives of an expression for any of some phrases, the longest first; empty for none."""
    return "|".join(expression(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def spelled(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase with its alternatives written out."""
    for phrase in phrases:
        spellings = [""]
        for word in phrase.split():
            spellings = [f"{text} {choice}".strip() for text in spellings for choice in word.split("|")]
        yield from spellings


_DOTS = str.maketrans("İı", "ii")


@functools.lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Return a text in the form for comparison: case-folded, single spaces, every i the same letter."""
    return " ".join(text.translate(_DOTS).split()).casefold()


@functools.lru_cache(maxsize=1 << 16)
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
