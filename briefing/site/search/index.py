"""The index of the search: words to documents, in scripts that are loaded one by one.

Words are in shards by their first letters, documents on shelves by topic, so that a changed fact changes only
two or three files. It is made in two turns: the documents of a topic give their shelf and what they add to
words that begin alike, and all that was added to those gives their shards.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.formats import html
from briefing.language.words import Words

FOLDER = "assets/search"


SETTINGS = "settings"


KINDS = ("matter", "brief", "topic", "fact", "source", "actor", "system", "page", "edition")
"""Kinds of documents in the order in which they are shown; the words have a heading for each."""


MAX_SHARD = 24_000
"""Characters: a longer shard of words is split by one letter more."""


MAX_SHELF = 32_000
"""Characters: a longer shelf of documents is split by their marks."""


TITLE, ASIDE, NAMES, TEXT, REST = 9, 8, 6, 3, 1
"""The weight of a word by its place; it is lower in the title of a fact that is not a commitment."""


_MARK_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


_OTHER_BEGINNINGS = 32


BEGINNINGS = (*_MARK_DIGITS, *(f"other-{number}" for number in range(_OTHER_BEGINNINGS)))
"""The shards are made one beginning of words after the other: the words of some first letters."""


_DIGITS = 48


_FOLDS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ς": "σ", "\N{SOFT HYPHEN}": "", "\N{WORD JOINER}": "",
}  # fmt: skip
"""Letters that Unicode does not decompose into a plain letter and an accent, each with its plain spelling."""


_WORD = re.compile(r"[^\W_]+(?:[-‐./'’,&][^\W_]+)*")


_PART = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found."""

    path: str
    """Its page, below the site's folder, with an anchor where it is part of a page."""
    kind: str
    """One of ``KINDS``."""
    title: str
    text: str
    """Its text, from which excerpts are taken."""
    kept_with: str = ""
    """The topic or brief that it is stored with; where it is empty, all others of its kind."""
    state: str = ""
    """Its status or its edition, in words."""
    names: tuple[str, ...] = ()
    """Its other names."""
    rest: tuple[str, ...] = ()
    """Words by which it is found and which are not shown."""
    facts: frozenset[str] = frozenset()
    """Keys of the facts that it shows."""
    lead: int = TITLE
    """The weight of a word in its title."""

    @property
    def shelf(self) -> str:
        """The name of its shelf, which begins with the kind."""
        return f"{self.kind}-{self.kept_with}" if self.kept_with else self.kind


@dataclass(frozen=True, slots=True)
class IndexScript:
    """One script of the index."""

    name: str
    text: str
    facts: frozenset[str] = frozenset()
    """Facts that it shows. A shard of words names none: most facts have a word in most shards."""


def folded(text: str) -> str:
    """Return a text without accents, capitals and the like, for comparison."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower()
    kept = (letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    return "".join(_FOLDS.get(letter, letter) for letter in kept)


@functools.lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: of F-16 or SAMP/T each part, and all together as f16 and sampt."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(folded(text)):
        parts = _PART.findall(match[0])
        yield from parts
        if len(parts) > 1:
            yield "".join(parts)


def stops(language: str) -> tuple[str, ...]:
    """Return the words of a language that the search ignores."""
    return tuple(Words(language)("search.stops").split())


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its words."""

    document: Document
    words: Mapping[str, int]
    """Each word, with its weight at the best place where it occurs."""


def entry(document: Document, language: str) -> Entry:
    """Return a document with the words by which it is found."""
    return Entry(document, _weighed(document, frozenset(stops(language))))


def beginning(word: str) -> str:
    """Return which words a word is with in the making of shards: one of ``BEGINNINGS``."""
    first = word[0]
    return first if first in _MARK_DIGITS else f"other-{ord(first) % _OTHER_BEGINNINGS}"


def length_of_marks(paths: Iterable[str]) -> int:
    """Return how long the marks of documents must be that are kept together: four characters mostly do."""
    marks = [_digits(path) for path in paths]
    return next(size for size in range(4, _DIGITS + 1) if len({mark[:size] for mark in marks}) == len(marks))


def shelves(entries: Iterable[Entry], length: int) -> Iterator[IndexScript]:
    """Yield the shelves of documents that are kept together, with marks of a length."""
    for name, marked in _shelved(entries, length).items():
        shown = {mark: item.document for mark, item in marked.items()}
        yield _piece(f"shelf-{name}", _shelf(shown), _facts_of(shown))


def postings(entries: Iterable[Entry], length: int) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return beginning -> word -> what documents that are kept together add to that word in its shard."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, marked in _shelved(entries, length).items():
        by_word: dict[str, str] = defaultdict(str)
        for mark, item in sorted(marked.items()):
            for word, weight in item.words.items():
                by_word[word] += f"{mark}{weight}"
        for word, marks in by_word.items():
            found[beginning(word)][word].append(f"{_json(name)}:{_json(marks)}")
    return {
        first: {word: tuple(texts) for word, texts in sorted(words.items())} for first, words in found.items()
    }


def shards(added: Iterable[Mapping[str, Sequence[str]]]) -> Iterator[IndexScript]:
    """Yield the shards of words that begin alike. ``added`` is what ``postings`` returned for them."""
    found: dict[str, list[str]] = defaultdict(list)
    for words in added:
        for word, texts in words.items():
            found[word] += texts
    entries = {word: f"{_json(word)}:{{{','.join(sorted(found[word]))}}}" for word in sorted(found)}
    for prefix, texts in _sharded(entries):
        name = f"words-{_file_name(prefix)}"
        yield IndexScript(name, f'briefingSearch("{name}",{{{",".join(texts)}}});\n')


def settings_script(shards: Iterable[str], length: int, language: str) -> IndexScript:
    """Return the script of the settings. ``shards`` are the names of all shards."""
    prefixes = (_prefix(name) for name in shards)
    return _piece(SETTINGS, settings(prefixes, length, language))


def settings(shards: Iterable[str], length: int, language: str) -> Mapping[str, Any]:
    """Return the settings that the script needs before it can look anything up."""
    say = Words(language)
    return {
        "english": language.lower().startswith("en"),
        "folds": _FOLDS,
        "kinds": {kind: say(f"search.{kind}") for kind in KINDS},
        "mark": length,
        "shards": sorted(shards),
        "stops": stops(language),
    }


def _weighed(document: Document, left_out: frozenset[str]) -> Mapping[str, int]:
    """Return each word of a document, with its weight at the best place where it occurs."""
    found: dict[str, int] = {}
    for weight, texts in (
        (document.lead, (document.title,)),
        (NAMES, document.names),
        (TEXT, (document.text, document.state)),
        (REST, document.rest),
    ):
        for word in (word for text in texts for word in words(text)):
            found.setdefault(word, weight)
    return {word: weight for word, weight in found.items() if word not in left_out}


def _shelved(entries: Iterable[Entry], length: int) -> Mapping[str, Mapping[str, Entry]]:
    """Return documents by shelf and mark. A mark depends on the path alone: a new document moves no other.

    Four characters distinguish the documents of one shelf; where they do not, all marks are longer.
    """
    by_shelf: dict[str, dict[str, Entry]] = defaultdict(dict)
    for item in entries:
        by_shelf[item.document.shelf][item.document.path] = item
    found: dict[str, dict[str, Entry]] = {}
    for shelf, by_path in sorted(by_shelf.items()):
        is_long = sum(_length(item.document) for item in by_path.values()) > MAX_SHELF and len(by_path) > 1
        for path in sorted(by_path):
            mark = _digits(path)[:length]
            found.setdefault(f"{shelf}-{mark[0]}" if is_long else shelf, {})[mark] = by_path[path]
    return found


def _length(document: Document) -> int:
    return len(document.path) + len(document.title) + len(document.text) + len(document.state)


def _digits(path: str) -> str:
    number, text = int.from_bytes(hashlib.sha256(path.encode()).digest(), "big"), ""
    for _ in range(_DIGITS):
        number, digit = divmod(number, len(_MARK_DIGITS))
        text += _MARK_DIGITS[digit]
    return text


def _sharded(entries: Mapping[str, str], length: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Yield words by their first letters: one letter, and more where a shard would be long.

    ``entries`` are the words in order, each with its entry in a shard.
    """
    by_prefix: dict[str, dict[str, str]] = defaultdict(dict)
    for word, text in entries.items():
        by_prefix[word[:length]][word] = text
    for prefix, shard in by_prefix.items():
        whole = [text for word, text in shard.items() if len(word) == length]
        longer = {word: text for word, text in shard.items() if len(word) > length}
        if len(longer) > 1 and sum(map(len, shard.values())) + len(shard) + 1 > MAX_SHARD:
            if whole:
                yield prefix, whole
            yield from _sharded(longer, length + 1)
        else:
            yield prefix, list(shard.values())


def _shelf(marked: Mapping[str, Document]) -> Mapping[str, Any]:
    return {
        mark: [document.path, _typeset(document.title), _typeset(document.text), document.state]
        for mark, document in sorted(marked.items())
    }


def _typeset(text: str) -> str:
    """Return a text with the quotation marks that pages print, without markup: the script escapes nothing."""
    return html.visible(html.plain(text).striptags())


def _facts_of(marked: Mapping[str, Document]) -> frozenset[str]:
    return frozenset[str]().union(*(document.facts for document in marked.values()))


def _piece(name: str, value: object, facts: frozenset[str] = frozenset()) -> IndexScript:
    return IndexScript(name, f'briefingSearch("{name}",{_json(value)});\n', facts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prefix(name: str) -> str:
    """Return the prefix of the words in a shard, by its name."""
    encoded = name.removeprefix("words-")
    return re.sub("_([0-9a-f]+)_", lambda found: chr(int(found[1], 16)), encoded)


def _file_name(prefix: str) -> str:
    """Return a prefix as a file name for any disk: letters other than a to z by their numbers."""
    return "".join(letter if letter in _MARK_DIGITS else f"_{ord(letter):x}_" for letter in prefix)
