"""Known names in running text: actors and systems, under their printed name and as sources write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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


class Names:
    """The names of a library, as one expression."""

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
        names = sorted(written, key=lambda name: (-len(name), name))
        either = "|".join(re.sub(r"(?:\\?\s)+", r"[\\s\\u00a0]+", re.escape(name)) for name in names)
        self._pattern = re.compile(
            rf"(?<![\w-])(?:{either})(?=(?:['’]s|s|['’])?(?![\w]))" if names else "(?!)", re.I
        )

    def find(self, text: str) -> list[NameMention]:
        """Return every name in a text, in order; a longer name wins over a shorter one within it."""
        found = []
        for match in self._pattern.finditer(text):
            if match.group()[0].islower() and match.group().islower() and " " not in match.group().strip():
                continue  # a common word that is also somebody's name
            records = self._by_name[folded(match.group())]
            kind = records[0][0]
            ids = tuple(name for other, name in records if other == kind)
            found.append(NameMention(match.start(), match.end(), kind, ids))
        return found


_KNOWN: dict[tuple[str, ...], tuple[tuple[NamedRecord, ...], Names]] = {}
"""The names of the library at hand, by the kinds of its records: an expression costs more than a text."""


def known(records: tuple[NamedRecord, ...], *kinds: str) -> Names:
    """Return the names of some records; those of the same tuple are put together once."""
    made = _KNOWN.get(kinds)
    if made is None or made[0] is not records:
        of: dict[str, dict[str, NamedRecord]] = {
            kind: {item.id: item for item in records if item.kind == kind} for kind in kinds
        }
        made = _KNOWN[kinds] = records, Names(of.get("actor", {}), of.get("system", {}))
    return made[1]
