"""The index of the search: words to documents, in scripts that are loaded one by one.

Words are in shards by the first letters of their sound, so that all spellings of a name are in one shard;
documents are on shelves by topic, so that a changed fact changes only two or three files. It is made in two
turns: the documents of a topic give their shelf and what they add to words that begin alike, and all that was
added to those gives their shards. The facets, by which results are narrowed, are in tables of their own.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
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


KINDS = (
    *("matter", "brief", "topic", "actor", "system", "judgement", "disagreement", "gap", "fact"),
    *("milestone", "source", "page", "edition"),
)
"""Kinds of documents; of results that are equally good, the earlier kind comes first. The words name each."""


_WITH_TOPIC = ("judgement", "disagreement", "gap", "milestone")
"""Kinds that are kept on the shelf of their topic."""


FACETS = ("topic", "side", "status", "year")
"""What results can be narrowed by, besides their kind."""


MAX_SHARD = 24_000
"""Characters: a longer shard of words is split by one letter more."""


MAX_SHELF = 32_000
"""Characters: a longer shelf of documents is split by their marks."""


TITLE, LINE, JUDGEMENT, HEADING, COMMITMENT, STATEMENT, TEXT, NOTE, REST = range(9, 0, -1)
"""The weight of a word by its place: title, bottom line or other name, judgement, and so on."""


_PER_WEIGHT, _PER_DOUBLE = 3.8, 0.15
"""The score of a word by weight of its place, and what it loses whenever the text there is twice as long.

The highest score has to be a digit of ``_MARK_DIGITS``."""


_MARK_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


_OTHER_BEGINNINGS = 32


BEGINNINGS = (*_MARK_DIGITS, *(f"other-{number}" for number in range(_OTHER_BEGINNINGS)))
"""The shards are made one beginning of words after the other: the words of some first letters."""


FACET_TABLES = tuple(f"facets-{digit}" for digit in "0123456789ab")
"""The tables of facets; a document is in one of them by its mark."""


_DIGITS = 48


_FOLDS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ς": "σ", "\N{SOFT HYPHEN}": "", "\N{WORD JOINER}": "",
}  # fmt: skip
"""Letters that Unicode does not decompose into a plain letter and an accent, each with its plain spelling."""


_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i",
    "ь": "", "э": "e", "ю": "iu", "я": "ia", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "ѕ": "dz",
}  # fmt: skip
"""Cyrillic letters in Latin ones; the accents of others are gone by then."""


_SPELLINGS = {
    "en": (
        ("([a-z]{2})ies$", "$1y"),
        ("([a-z0-9]{2}[^siu])s$", "$1"),
        ("^bn$", "billion"),
        ("^mn$", "million"),
        ("dgement", "dgment"),
        ("mme$", "m"),
        ("ogue$", "og"),
        ("([a-z]{3})our", "$1or"),
        ("([a-z]{3})is(e|ed|ing|ation)", "$1iz$2"),
        ("([a-z]{3})ys(e|ing)", "$1yz$2"),
        ("([a-z]{3})ence", "$1ense"),
        ("([a-z]{2}[bt])re$", "$1er"),
        ("([sxz]|ch|sh)es?$", "$1"),
    ),
    "fr": (
        ("^mds?$", "milliard"),
        ("([a-z]{2})eaux$", "$1eau"),
        ("([a-z]{2})aux$", "$1al"),
        ("([a-z0-9]{2}[^s])s$", "$1"),
    ),
}
"""What is taken for the same in a language, in order: singular and plural, British and American.

A rule leaves the first three letters alone, by which the script finds the words that begin alike, or it is
about a whole word."""


_LIKE = (("[jy]", "i"), (r"([a-z])\1+", "$1"))
"""Spellings of names that are taken for the same: Zelensky and Zelenskyy; after those of a language."""


_SOUND = (("[cq]", "k"), ("kh", "h"), ("g", "h"), ("w", "v"), ("x", "ks"), (r"([a-z])\1+", "$1"))
"""What else is taken for the same across scripts; a word is in the shard of what this leaves of it."""


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
    parts: tuple[tuple[int, str], ...] = ()
    """Its text in parts, each with the weight of its words; each line is a sentence, for excerpts."""
    kept_with: str = ""
    """The topic or brief that it is stored with; where it is empty, all others of its kind."""
    state: str = ""
    """Its status or its edition, in words."""
    names: tuple[str, ...] = ()
    """Its other names."""
    rest: tuple[str, ...] = ()
    """Words by which it is found and which are not shown."""
    notes: tuple[str, ...] = ()
    """The same of its notes, which count for more."""
    facts: frozenset[str] = frozenset()
    """Keys of the facts that it shows."""
    lead: int = TITLE
    """The weight of a word in its title."""
    facets: tuple[tuple[str, ...], ...] = ((), (), (), ())
    """What it is found under when results are narrowed, in the order of ``FACETS``."""

    @property
    def shelf(self) -> str:
        """The name of its shelf."""
        kind = "topic" if self.kind in _WITH_TOPIC else self.kind
        return f"{kind}-{self.kept_with}" if self.kept_with else kind

    @property
    def text(self) -> str:
        """Its text as it is shown, a sentence a line."""
        return "\n".join(dict.fromkeys(filter(None, (text for _, text in self.parts))))


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


@functools.lru_cache(maxsize=65536)
def alike(word: str, language: str) -> str:
    """Return what a folded word has in common with its other spellings: of programmes it is program."""
    latin = word if word.isascii() else "".join(_LATIN.get(letter, letter) for letter in word)
    return _replaced(latin, (*spellings(language), *_LIKE)) or word


@functools.lru_cache(maxsize=65536)
def sound(word: str, language: str) -> str:
    """Return what a folded word has in common with its spellings in other scripts; it is kept under that."""
    return _replaced(alike(word, language), _SOUND) or word


def spellings(language: str) -> tuple[tuple[str, str], ...]:
    """Return the rules for spellings that are the same in a language: pattern and replacement."""
    return _SPELLINGS.get(language.partition("-")[0].lower(), ())


def _replaced(word: str, rules: Iterable[tuple[str, str]]) -> str:
    for pattern, text in rules:
        word = _compiled(pattern).sub(text.replace("$", "\\"), word)
    return word


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def stops(language: str) -> tuple[str, ...]:
    """Return the words of a language that the search ignores."""
    return tuple(Words(language)("search.stops").split())


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its words."""

    document: Document
    words: Mapping[str, int]
    """Each word, with its score at the best place where it occurs: a digit of ``_MARK_DIGITS``."""


def entry(document: Document, language: str) -> Entry:
    """Return a document with the words by which it is found."""
    return Entry(document, _weighed(document, frozenset(stops(language))))


def beginning(word: str, language: str) -> str:
    """Return which words a word is with in the making of shards: one of ``BEGINNINGS``."""
    first = sound(word, language)[0]
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


def postings(entries: Iterable[Entry], length: int, language: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return beginning -> word -> what documents that are kept together add to that word in its shard.

    What they add to a table of facets is beside it, by shelf and mark.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, marked in _shelved(entries, length).items():
        by_word: dict[str, str] = defaultdict(str)
        for mark, item in sorted(marked.items()):
            table = FACET_TABLES[_MARK_DIGITS.index(mark[0]) % len(FACET_TABLES)]
            found[table][f"{name} {mark}"].append(_json(_facets(item.document)))
            for word, score in item.words.items():
                by_word[word] += f"{mark}{_MARK_DIGITS[score]}"
        for word, marks in by_word.items():
            found[beginning(word, language)][word].append(f"{_json(name)}:{_json(marks)}")
    return {
        first: {word: tuple(texts) for word, texts in sorted(words.items())} for first, words in found.items()
    }


def _facets(document: Document) -> str:
    """Return kind and facets of a document in one text."""
    return "|".join((document.kind, *map(",".join, document.facets)))


def facets(name: str, added: Iterable[Mapping[str, Sequence[str]]]) -> IndexScript:
    """Return a table of facets. ``added`` is what ``postings`` returned for it."""
    found = {key: texts[0] for keys in added for key, texts in keys.items()}
    return IndexScript(name, f'briefingSearch("{name}",{{{_entries(found)}}});\n')


def _entries(found: Mapping[str, str]) -> str:
    return ",".join(f"{_json(key)}:{text}" for key, text in sorted(found.items()))


def shards(added: Iterable[Mapping[str, Sequence[str]]], language: str) -> Iterator[IndexScript]:
    """Yield the shards of words that begin alike. ``added`` is what ``postings`` returned for them."""
    found: dict[str, list[str]] = defaultdict(list)
    for words in added:
        for word, texts in words.items():
            found[word] += texts
    entries = {word: f"{_json(word)}:{{{','.join(sorted(found[word]))}}}" for word in sorted(found)}
    for prefix, texts in _sharded({word: (sound(word, language), text) for word, text in entries.items()}):
        name = f"words-{_file_name(prefix)}"
        yield IndexScript(name, f'briefingSearch("{name}",{{{",".join(texts)}}});\n')


def settings_script(
    scripts: Iterable[str], length: int, language: str, names: Mapping[str, Mapping[str, str]]
) -> IndexScript:
    """Return the script of the settings. ``scripts`` are the names of all others."""
    return _piece(SETTINGS, settings(scripts, length, language, names))


def settings(
    scripts: Iterable[str], length: int, language: str, names: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Any]:
    """Return the settings that the script needs before it can look anything up.

    ``names`` are those of topics and sides, by id.
    """
    say = Words(language)
    by_name = sorted(scripts)
    return {
        "alike": [*spellings(language), *_LIKE],
        "facets": [name for name in by_name if name in FACET_TABLES],
        "folds": _FOLDS,
        "kinds": {kind: [say(f"search.one_{kind}"), say(f"search.{kind}")] for kind in KINDS},
        "latin": _LATIN,
        "mark": length,
        "names": names,
        "shards": sorted(_prefix(name) for name in by_name if name.startswith("words-")),
        "sound": _SOUND,
        "stops": stops(language),
    }


def _weighed(document: Document, left_out: frozenset[str]) -> Mapping[str, int]:
    """Return each word of a document, with its score at the best place where it occurs.

    A word says more of a title of two words than of a paragraph of sixty.
    """
    found: dict[str, int] = {}
    for weight, texts in (
        (document.lead, (document.title,)),
        (LINE, document.names),
        *((weight, (text,)) for weight, text in document.parts),
        (TEXT, (document.state,)),
        (NOTE, document.notes),
        (REST, document.rest),
    ):
        for text in texts:
            within = words(text)
            score = _score(weight, len(within))
            for word in within:
                if found.get(word, 0) < score:
                    found[word] = score
    return {word: score for word, score in found.items() if word not in left_out}


@functools.cache
def _score(weight: int, length: int) -> int:
    doubles = max(0.0, math.log2(max(1, length) / 2))
    return max(1, round(_PER_WEIGHT * weight / (1 + _PER_DOUBLE * doubles)))


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


def _sharded(entries: Mapping[str, tuple[str, str]], length: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Yield words by the first letters of their sounds: one letter, and more where a shard would be long.

    ``entries`` are the words in order, each with its sound and its entry in a shard.
    """
    by_prefix: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for word, (key, text) in entries.items():
        by_prefix[key[:length]][word] = (key, text)
    for prefix, shard in by_prefix.items():
        whole = [text for key, text in shard.values() if len(key) == length]
        longer = {word: item for word, item in shard.items() if len(item[0]) > length}
        size = sum(len(text) + 1 for _, text in shard.values())
        if len(longer) > 1 and size > MAX_SHARD:
            if whole:
                yield prefix, whole
            yield from _sharded(longer, length + 1)
        else:
            yield prefix, [text for _, text in shard.values()]


def _shelf(marked: Mapping[str, Document]) -> Mapping[str, Any]:
    return {
        mark: [document.path, _typeset(document.title), _lines(document.text), document.state]
        for mark, document in sorted(marked.items())
    }


def _lines(text: str) -> str:
    return "\n".join(map(_typeset, text.split("\n")))


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
