"""Actors that a text names by something else than their name: by their office, or by one word of it.

A reader who knows that Deluca is the director of the Bay Authority takes "the director of the Bay Authority"
for her, and "the authority" for it where no other is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefing.language import mentions
from briefing.language.mentions import NameMention
from briefing.model.library import NamedRecord

_SHORT = re.compile(r"\b[Tt]he\s+(?P<noun>[\w-]+)(?![\w-]|\s+[A-Z])")
"""An article and one word: the Bureau, the bureau."""
_ROLE = re.compile(r"(?P<title>.+?) (?P<of>of|for|at) (?:the )?(?P<body>.+)", re.I)
_LEAST = 3
"""The least letters of a word that can be short for a name."""


def named_by_office(text: str, known: tuple[NamedRecord, ...]) -> Iterator[NameMention]:
    """Yield persons named by their office: the director of the Bay Authority, the authority's director."""
    lower = text.lower()
    for person, title, pattern in mentions.derived(known, "offices", lambda: _offices(known)):
        if title in lower:
            for match in pattern.finditer(text):
                yield NameMention(*match.span(), "actor", (person,))


def _offices(known: tuple[NamedRecord, ...]) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return each person with an office, with its title in small letters and the expression for it."""
    found = []
    bodies_by_name = defaultdict[str, dict[str, None]](dict)
    for other in known:
        if other.kind == "actor":
            bare = [re.sub(r"(?i)^the\s+", "", name) for name in (other.name, *other.names)]
            for name in bare:
                bodies_by_name[name.lower()] |= dict.fromkeys(bare)
    for person in known:
        role = _ROLE.fullmatch(" ".join(person.role.split())) if person.is_person else None
        if not role:
            continue
        body = role["body"]
        names = {body, *bodies_by_name.get(body.lower(), ())}
        bodies = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        title = re.escape(role["title"])
        pattern = (
            rf"\b{title}\s+{role['of']}\s+(?:the\s+)?(?:{bodies})(?!\w)|\b(?:{bodies})['’]s?\s+{title}\b"
        )
        found.append((person.id, role["title"].lower(), re.compile(pattern, re.I)))
    return tuple(found)


def named_in_short(
    text: str, known: tuple[NamedRecord, ...], found: Sequence[NameMention]
) -> Iterator[NameMention]:
    """Yield bodies named by one word of their name: the Bureau, for the Visitor Bureau, or the yard.

    In small letters the word must be that of one body alone.
    """
    short = mentions.derived(known, "short names", lambda: _short_names(known))
    for match in _SHORT.finditer(text):
        noun = match["noun"]
        ids = short.get(noun.lower(), ())
        if not ids or (noun[0].islower() and len(ids) > 1):
            continue
        if not any(item.start < match.end() and match.start("noun") < item.end for item in found):
            yield NameMention(*match.span("noun"), "actor", ids)


def _short_names(known: tuple[NamedRecord, ...]) -> dict[str, tuple[str, ...]]:
    """Return the bodies by the last word of their names, and by the first where "of" is behind it."""
    by_noun: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for actor in known:
        first, *rest = actor.name.split()
        if actor.kind != "actor" or actor.is_person or not rest:
            continue
        nouns = [rest[-1]] if rest[-1][0].isupper() else []
        nouns += [first] if rest[0].lower() in ("of", "for") else []
        for noun in nouns:
            for form in {noun.lower(), noun.lower().removesuffix("s")}:
                if len(form) >= _LEAST:
                    by_noun[form][actor.id] = None
    return {noun: tuple(ids) for noun, ids in by_noun.items()}
