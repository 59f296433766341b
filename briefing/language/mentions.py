"""Known names in running text: actors and systems, under their printed name and as sources write it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from briefing.language.lexicon import folded
from briefing.model.library import NamedRecord
from briefing.model.sources import Actor, System


@dataclass(frozen=True, slots=True)
class NameMention:
    """One name in a text."""

    start: int
    end: int
    kind: str
    """actor or system."""
    ids: tuple[str, ...]
    """Ids of all records with that name."""


_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(r"(?<![\w-])(?:\w|(?=[^\w\s]))")
"""Where a name may begin: with a word, or with a sign."""


class _Node:
    """The names that have come to their last word, and what may follow: a tree of words."""

    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.next: dict[str, _Node] = {}


class Names:
    """The names of a library, by their words: a text is gone through once, however many names there are."""

    def __init__(
        self, actors: Mapping[str, Actor | NamedRecord], systems: Mapping[str, System | NamedRecord]
    ) -> None:
        self._by_name: dict[str, list[tuple[str, str]]] = {}
        records: list[tuple[str, Actor | System | NamedRecord]] = [
            *(("system", item) for item in systems.values()),
            *(("actor", item) for item in actors.values()),
        ]
        written: set[str] = set()
        for kind, record in records:
            for name in dict.fromkeys((record.name, *record.names)):
                if folded(name):
                    self._by_name.setdefault(folded(name), []).append((kind, record.id))
                    written.add(" ".join(name.split()))
        self._signs: list[str] = []
        """The names that begin with a sign, the longest first."""
        self._words = _Node()
        for name in sorted(written, key=_longest_first):
            if _WORD.match(name):
                node = self._words
                for word in _WORD.findall(name):
                    node = node.next.setdefault(folded(word), _Node())
                node.names.append(name)
            else:
                self._signs.append(name)

    def find(self, text: str) -> list[NameMention]:
        """Return every name in a text, in order; a longer name wins over a shorter one within it."""
        found = []
        for match in self._matches(text):
            if match.group()[0].islower() and match.group().islower() and " " not in match.group().strip():
                continue  # a common word that is also somebody's name
            records = self._by_name[folded(match.group())]
            kind = records[0][0]
            ids = tuple(name for other, name in records if other == kind)
            found.append(NameMention(match.start(), match.end(), kind, ids))
        return found

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where a name is, whatever its letters; the longest one that begins at a place."""
        words = [(match.start(), folded(match.group())) for match in _WORD.finditer(text)]
        numbers = {start: number for number, (start, _) in enumerate(words)}
        end = 0
        for beginning in _BEGINNING.finditer(text):
            start = beginning.start()
            if start < end:
                continue
            names = self._from(words, numbers[start]) if start in numbers else self._signs
            for name in names:
                if match := _expression(name).match(text, start):
                    yield match
                    end = match.end()
                    break

    def _from(self, words: Sequence[tuple[int, str]], number: int) -> list[str]:
        """Return the names whose words are those of a text from one on, the longest first."""
        found: list[str] = []
        node: _Node | None = self._words
        while node and number < len(words):
            word = words[number][1]
            if word.endswith("s") and word[:-1] in node.next:  # a plural: two Ferrys
                found += node.next[word[:-1]].names
            node = node.next.get(word)
            found += node.names if node else ()
            number += 1
        return sorted(found, key=_longest_first) if len(found) > 1 else found


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


@functools.lru_cache(maxsize=4096)
def _expression(name: str) -> re.Pattern[str]:
    """Return the expression for a name whose words are apart by single spaces."""
    words = re.sub(r"(?:\\?\s)+", r"[\\s\\u00a0]+", re.escape(name))
    return re.compile(rf"{words}(?=(?:['’]s|s|['’])?(?![\w]))", re.I)


_Made = TypeVar("_Made")
_DERIVED: dict[object, tuple[tuple[NamedRecord, ...], Any]] = {}
"""What was made of the names of the library at hand: that costs more than to look at a text."""


def derived(records: tuple[NamedRecord, ...], what: object, make: Callable[[], _Made]) -> _Made:
    """Return what some work makes of the names of a library; for the same tuple it is done once.

    Only the same tuple counts, not an equal one: to compare thousands of names at each text takes too long.
    """
    found = _DERIVED.get(what)
    if found is None or found[0] is not records:
        found = _DERIVED[what] = records, make()
    made: _Made = found[1]
    return made


def known(records: tuple[NamedRecord, ...], *kinds: str) -> Names:
    """Return the names of some records of a library."""

    def make() -> Names:
        of: dict[str, dict[str, NamedRecord]] = {
            kind: {item.id: item for item in records if item.kind == kind} for kind in kinds
        }
        return Names(of.get("actor", {}), of.get("system", {}))

    return derived(records, kinds, make)


def by_family_name(
    text: str, records: tuple[NamedRecord, ...], found: Iterable[NameMention]
) -> Iterator[NameMention]:
    """Yield persons named by the last word of their name, where nothing else was found."""
    taken = [(item.start, item.end) for item in found]
    people = derived(records, "family names", lambda: _by_family_name(records))
    named = {
        person: name
        for match in _SIGN_OR_WORD.finditer(text)
        for person, name in people.get(match.group(), ())
    }
    for person, name in sorted(named.items()):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield NameMention(*match.span(), "actor", (records[person].id,))


_SIGN_OR_WORD = re.compile(r"\w+|[^\w\s]")


def _by_family_name(records: tuple[NamedRecord, ...]) -> dict[str, list[tuple[int, str]]]:
    """Return the persons by the first word of their family name, each by the place among all records."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, record in enumerate(records):
        last = record.name.split()[-1:] if record.is_person else []
        for name in last:
            first = _SIGN_OR_WORD.match(name)
            found.setdefault(first.group() if first else name, []).append((place, name))
    return found
