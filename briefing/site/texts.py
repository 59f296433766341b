"""In how many texts statements are, and whether nearly all of them are in one.

Relays of one text are easily taken for several sources. So a page counts the texts that were read, and names
the one on which nearly all of its statements rest alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.model.facts import Fact
from briefing.model.values import Slug

_NEARLY_ALL = 5
"""One text is named where no more than one in so many statements is in others."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that some statements are in."""

    facts: int
    """How many statements they are."""
    count: int
    """How many texts."""
    main: Slug | None = None
    """The text in which nearly all of them are, and in no other; None where there is none."""
    elsewhere: int = 0
    """How many are in other texts."""


def of(facts: Iterable[Fact]) -> Texts:
    """Return the texts that some statements are in."""
    found = [{item.source for item in fact.evidence} for fact in facts]
    texts = set[Slug]().union(*found)
    alone = Counter(next(iter(sources)) for sources in found if len(sources) == 1)
    main, most = max(alone.items(), key=lambda item: item[1], default=(None, 0))
    elsewhere = len(found) - most
    if main is None or elsewhere * _NEARLY_ALL > len(found):
        return Texts(len(found), len(texts))
    return Texts(len(found), len(texts), main, elsewhere)
