"""Numbers with the nouns that they count, in messages and on pages, and lists of numbers in a call."""

from __future__ import annotations

import re

_SPAN = re.compile(r"\s*([0-9]{1,6})(?:\s*-\s*([0-9]{1,6}))?\s*")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 fact, 2 facts, 1,806 facts; ``many`` is a plural of another form."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spans(text: str) -> list[tuple[int, int]]:
    """Return the first and the last of each span of numbers in a list such as 2,5-7.

    Raises ValueError if the text is no such list.
    """
    found = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise ValueError(f"{part} is no span of numbers")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise ValueError(f"{part} ends before it begins")
        found.append((first, last))
    return found
