"""The index of the search: words to documents, in scripts that are loaded one by one.

Words are in shards by their first letters, documents on shelves by topic, so that a changed fact changes only
two or three files.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.formats import html
from briefing.language.words import Words

FOLDER = "assets/search"


SETTINGS = "settings"


KINDS = ("brief", "topic", "fact", "source", "actor", "system", "page", "edition")
"""Kinds of documents in the order in which they are shown; the words have a heading for each."""


MAX_SHARD = 24_000
"""Characters: a longer shard of words is split by one letter more."""


MAX_SHELF = 32_000
"""Characters: a longer shelf of documents is split by their marks."""


TITLE, ASIDE, NAMES, TEXT, REST = 9, 8, 6, 3, 1
"""The weight of a word by its place; it is lower in the title of a fact that is not a commitment."""


_MARK_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


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


def index(entries: Iterable[Entry], language: str) -> tuple[IndexScript, ...]:
    """Return the scripts of an index over documents: settings, shards of words, shelves of documents."""
    by_path = {item.document.path: item for item in entries}
    shelves = _shelved(item.document for item in by_path.values())
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for shelf, marked in shelves.items():
        for mark, document in marked.items():
            for word, weight in by_path[document.path].words.items():
                found[word][shelf][mark] = weight
    shards = dict(_sharded({word: _postings(found[word]) for word in sorted(found)}))
    length = len(next((mark for marked in shelves.values() for mark in marked), ""))
    return (
        _piece(SETTINGS, settings(shards, length, language)),
        *(_piece(f"shelf-{name}", _shelf(marked), _facts_of(marked)) for name, marked in shelves.items()),
        *(_piece(f"words-{_file_name(prefix)}", shard) for prefix, shard in shards.items()),
    )


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


def _shelved(documents: Iterable[Document]) -> Mapping[str, Mapping[str, Document]]:
    """Return documents by shelf and mark. A mark depends on the path alone: a new document moves no other.

    Four characters distinguish the documents of one shelf; where they do not, all marks are longer.
    """
    by_shelf: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        by_shelf[document.shelf][document.path] = document
    found: dict[str, dict[str, Document]] = {}
    marks = {shelf: {path: _digits(path) for path in by_path} for shelf, by_path in by_shelf.items()}
    length = next(
        size for size in range(4, _DIGITS + 1) if all(_differ(all_, size) for all_ in marks.values())
    )
    for shelf, by_path in sorted(by_shelf.items()):
        is_long = sum(_length(document) for document in by_path.values()) > MAX_SHELF and len(by_path) > 1
        for path in sorted(by_path):
            mark = marks[shelf][path][:length]
            found.setdefault(f"{shelf}-{mark[0]}" if is_long else shelf, {})[mark] = by_path[path]
    return found


def _differ(marks: Mapping[str, str], size: int) -> bool:
    return len({mark[:size] for mark in marks.values()}) == len(marks)


def _length(document: Document) -> int:
    return len(document.path) + len(document.title) + len(document.text) + len(document.state)


def _digits(path: str) -> str:
    number, text = int.from_bytes(hashlib.sha256(path.encode()).digest(), "big"), ""
    for _ in range(_DIGITS):
        number, digit = divmod(number, len(_MARK_DIGITS))
        text += _MARK_DIGITS[digit]
    return text


def _postings(found: Mapping[str, Mapping[str, int]]) -> Mapping[str, str]:
    """Return shelf -> marks of its documents, each followed by the one digit of its weight."""
    return {
        shelf: "".join(f"{mark}{weight}" for mark, weight in sorted(marks.items()))
        for shelf, marks in sorted(found.items())
    }


def _sharded(
    found: Mapping[str, Mapping[str, str]], length: int = 1
) -> Iterator[tuple[str, Mapping[str, Mapping[str, str]]]]:
    """Yield words by their first letters: one letter, and more where a shard would be long."""
    by_prefix: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for word, postings in found.items():
        by_prefix[word[:length]][word] = postings
    for prefix, shard in by_prefix.items():
        whole = {word: postings for word, postings in shard.items() if len(word) == length}
        longer = {word: postings for word, postings in shard.items() if len(word) > length}
        if len(longer) > 1 and len(_json(shard)) > MAX_SHARD:
            if whole:
                yield prefix, whole
            yield from _sharded(longer, length + 1)
        else:
            yield prefix, shard


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


def _file_name(prefix: str) -> str:
    """Return a prefix as a file name for any disk: letters other than a to z by their numbers."""
    return "".join(letter if letter in _MARK_DIGITS else f"_{ord(letter):x}_" for letter in prefix)
