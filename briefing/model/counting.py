"""Numbers with the nouns that they count, in messages and on pages."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 fact, 2 facts, 1,806 facts; ``many`` is a plural of another form."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
