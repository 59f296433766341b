"""The alignment of two sequences: which items stay, which were edited, deleted or inserted. Pure.

Identical items are matched first. Between them, the old and new items that are most alike are paired, in
order; the others were deleted or inserted. Paragraphs, rows, sentences and words are all aligned here, so
that redlines and lists of changed sentences agree.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

MAX_PAIRS = 100_000
"""Beyond this many pairs, likeness is not computed: all different items count as deleted or inserted."""

_T = TypeVar("_T")
Pair = tuple[_T | None, _T | None]
"""Something before and after; None before where it was inserted, None after where it was deleted."""


def stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, slice, slice]]:
    """Yield the stretches of two sequences, in order: whether both have it, and its place in each."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        yield kind == "equal", slice(first, last), slice(start, end)


def pairs(
    old: Sequence[_T],
    new: Sequence[_T],
    identity: Callable[[_T], Hashable],
    likeness: Callable[[_T, _T], float],
    alike: float,
) -> Iterator[Pair[_T]]:
    """Yield all items in order: identical ones in pairs, edited ones with their new form, the others alone.

    Args:
        old: The earlier items.
        new: The later items.
        identity: The key by which two items are the same.
        likeness: How alike two items are; its sum over the pairs is the greatest that the order allows.
        alike: The least likeness of a pair.
    """
    for is_same, was, now in stretches([*map(identity, old)], [*map(identity, new)]):
        if is_same:
            yield from zip(old[was], new[now], strict=True)
        else:
            yield from _edited(old[was], new[now], likeness, alike)


def share(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1, regardless of order."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _edited(
    old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float], alike: float
) -> Iterator[Pair[_T]]:
    """Yield the pairing with the greatest total likeness; of equal ones, the one whose pairs come first."""
    row = column = 0
    if len(old) * len(new) <= MAX_PAIRS:
        likely = [[likeness(before, after) for after in new] for before in old]
        best = _best(likely, len(new), alike)
        while row < len(old) and column < len(new):
            pair = likely[row][column]
            if pair >= alike and best[row][column] == best[row + 1][column + 1] + pair:
                yield old[row], new[column]
                row, column = row + 1, column + 1
            elif best[row][column] == best[row + 1][column]:
                yield old[row], None
                row += 1
            else:
                yield None, new[column]
                column += 1
    yield from ((item, None) for item in old[row:])
    yield from ((None, item) for item in new[column:])


def _best(likely: Sequence[Sequence[float]], width: int, alike: float) -> list[list[float]]:
    """Return for each place the total likeness of the best pairing of the items from there on."""
    best = [[0.0] * (width + 1) for _ in range(len(likely) + 1)]
    for row in reversed(range(len(likely))):
        for column in reversed(range(width)):
            pair = likely[row][column]
            paired = best[row + 1][column + 1] + pair if pair >= alike else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    return best
