"""The words of a language that checks know, as data: one TOML file per language in ``lexicons``.

A phrase of a lexicon is turned into a regular expression: whole words, any case, ``a|b`` for alternatives,
``*`` for any ending or beginning of a word, ``_`` for any one word, ``?`` after a word that may
be left out, ``...`` for up to nine words.
"""

from __future__ import annotations

import functools
import re
import sys
import tomllib
from collections import defaultdict
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


_WHOLE = r"(?<![\w’'-])"
"""What is before a phrase: no part of a word."""
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
    alternatives = "|".join(map(expression, _by_length(phrases)))
    return re.compile(rf"{_WHOLE}(?:{alternatives})(?!\w)" if alternatives else r"(?!)", re.IGNORECASE)


def _by_length(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=lambda phrase: (len(phrase.split()), len(phrase)), reverse=True)


_PART = re.compile(r"[^\W_]+")
_IN_FULL = re.compile(r"(?!\*).*[^\W_]")


@functools.lru_cache(maxsize=8192)
def parts_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, those with a hyphen or an apostrophe in parts."""
    return frozenset(_PART.findall(text.lower()))


class Phrases:
    """Phrases, found as ``pattern`` finds them, for a fraction of the time where most texts have none.

    A phrase is compiled when a text has a word of it that it cannot do without, and tried on such texts only.
    """

    def __init__(self, phrases: Iterable[str], ahead: str = _WHOLE, behind: str = "") -> None:
        """``ahead`` and ``behind`` are expressions for what must be before and after every phrase."""
        self._phrases = _by_length(phrases)
        self._ahead, self._behind = ahead, rf"(?!\w){behind}"
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_stem: list[tuple[str, int]] = []
        self._always: list[int] = []
        self._last: tuple[str, list[re.Pattern[str]]] = ("", [])
        """The last text and the phrases that it can have: a text is asked about place by place."""
        for index, phrase in enumerate(self._phrases):
            needed = _needed(phrase)
            for choice in needed:
                part = max(_PART.findall(choice.lower()), key=len)
                if choice.endswith("*"):
                    self._by_stem.append((part, index))
                else:
                    self._by_word[part].append(index)
            if not needed:
                self._always.append(index)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first phrase in a text."""
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the phrase that begins at a place."""
        found = (phrase.match(text, start, end) for phrase in self._candidates(text))
        return next(filter(None, found), None)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the phrases in a text, which do not overlap."""
        candidates = self._candidates(text)
        while candidates:
            found = [match for phrase in candidates if (match := phrase.search(text, start, end))]
            if not found:
                return
            first = min(found, key=lambda match: match.start())  # of two at one place, the longer phrase
            yield first
            start = first.end()
            candidates = [match.re for match in found]

    def _candidates(self, text: str) -> list[re.Pattern[str]]:
        """Return the phrases that a text can have, the longest first."""
        if text and self._last[0] is text:
            return self._last[1]
        words = parts_of(text)
        found = {*self._always}
        for word in self._by_word.keys() & words:
            found.update(self._by_word[word])
        for stem, index in self._by_stem:
            if any(word.startswith(stem) for word in words):
                found.add(index)
        self._last = text, [self._pattern(index) for index in sorted(found)]
        return self._last[1]

    def _pattern(self, index: int) -> re.Pattern[str]:
        if index not in self._compiled:
            words = expression(self._phrases[index])
            self._compiled[index] = re.compile(self._ahead + words + self._behind, re.IGNORECASE)
        return self._compiled[index]


def _needed(phrase: str) -> list[str]:
    """Return the alternatives of the word that says most about where a phrase can be: the longest."""
    words = [word.split("|") for word in phrase.split() if not word.endswith("?")]
    whole = [choices for choices in words if all(map(_IN_FULL.match, choices))]
    return max(whole, key=lambda choices: min(map(len, choices)), default=[])


def either(phrases: Iterable[str]) -> str:
    """Return the alternatives of an expression for any of some phrases, the longest first; empty for none."""
    return "|".join(expression(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_PLACE = re.compile(r"@([a-z_.]+)@")


@functools.lru_cache(maxsize=1024)
def filled(of: Lexicon, text: str) -> re.Pattern[str]:
    """Return an expression with phrases of a lexicon at its places: ``(?:@dates.late@)`` has those of a list.

    So the shape of what is looked for is in the code, and each of its words in the lexicon.
    """

    def phrases(place: re.Match[str]) -> str:
        found: Any = of.words
        for name in place[1].split("."):
            found = found[name]
        return either(found)

    return re.compile(_PLACE.sub(phrases, text))


def spelled(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase with its alternatives written out."""
    for phrase in phrases:
        spellings = [""]
        for word in phrase.split():
            spellings = [f"{text} {choice}".strip() for text in spellings for choice in word.split("|")]
        yield from spellings


def sample(phrase: str) -> str:
    """Return a phrase as a reader sees it, with its first choices: won a grant."""
    words = [word.split("|")[0] for word in phrase.split() if not word.endswith("?") and word != "_"]
    return " ".join("…" if word == "..." else word.replace("*", "…") for word in words)


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
        choices = word.removesuffix("?").split("|")
        either = "|".join(map(_word, choices))
        if len(choices) > 1:
            either = f"(?:{either})"
        gap = r"\s+" if index else ""
        if word == "...":
            text += r"(?:\s+[^\s;:]+){0,9}?"
            continue
        text += f"(?:{gap}{either})?" if word.endswith("?") else f"{gap}{either}"
    return text


def _word(choice: str) -> str:
    if choice == "_":
        return r"[\w’'-]+"
    if choice.startswith("*"):
        return r"[\w’'-]*" + re.escape(choice[1:])
    escaped = re.escape(choice.rstrip("*")).replace("'", "['’]")
    return escaped + (r"[\w’'-]*" if choice.endswith("*") else "")
