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
MAX_CELLS = 1_000_000
"""Beyond this many pairs, even the heaviest items that kept their order are not looked for."""

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


def in_order(
    old: Sequence[_T],
    new: Sequence[_T],
    identity: Callable[[_T], Hashable],
    weight: Callable[[_T, _T], float],
) -> Iterator[Pair[_T]]:
    """Yield all items in order; those in pairs are the heaviest that kept their order, so the least moved.

    An item that both sequences have is paired with itself alone: otherwise two rows that changed places
    would look like two edited rows.

    Args:
        old: The earlier items.
        new: The later items.
        identity: The key by which two items are the same.
        weight: How much two items have in common, such as a number of words; 0 if they are no pair. No item
            may have more in common with another than with itself.
    """
    keys = [*map(identity, old)], [*map(identity, new)]
    if len(old) * len(new) > MAX_CELLS:
        yield from pairs(old, new, identity, lambda before, after: 0, 1)
        return
    first, rest = _ends(*keys)
    last = len(old) - rest, len(new) - rest
    counts = Counter(keys[0]), Counter(keys[1])
    singles = [[counts[side][key] > counts[1 - side][key] for key in keys[side]] for side in (0, 1)]
    is_weighed = sum(singles[0]) * sum(singles[1]) <= MAX_PAIRS

    def common(row: int, column: int) -> float:
        if keys[0][row] == keys[1][column]:
            return weight(old[row], new[column])
        is_open = is_weighed and singles[0][row] and singles[1][column]
        return weight(old[row], new[column]) if is_open else 0

    table = [[common(row, column) for column in range(first, last[1])] for row in range(first, last[0])]
    yield from zip(old[:first], new[:first], strict=True)
    yield from _heaviest(old[first : last[0]], new[first : last[1]], table)
    yield from zip(old[last[0] :], new[last[1] :], strict=True)


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many items two sequences share at the beginning, and how many at the end behind these."""
    shortest = min(len(old), len(new))
    first = next((index for index in range(shortest) if old[index] != new[index]), shortest)
    rest = shortest - first
    return first, next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)


def share(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1, regardless of order."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _edited(
    old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float], alike: float
) -> Iterator[Pair[_T]]:
    """Yield the pairing with the greatest total likeness."""
    table: list[list[float]] = []
    if len(old) * len(new) <= MAX_PAIRS:
        found = [[likeness(before, after) for after in new] for before in old]
        table = [[pair if pair >= alike else 0 for pair in row] for row in found]
    yield from _heaviest(old, new, table)


def _heaviest(old: Sequence[_T], new: Sequence[_T], table: Sequence[Sequence[float]]) -> Iterator[Pair[_T]]:
    """Yield the pairing with the greatest total weight; of equal ones, the one whose pairs come first."""
    best = _best(table, len(new))
    row = column = 0
    while row < len(table) and column < len(new):
        pair = table[row][column]
        if pair and best[row][column] == best[row + 1][column + 1] + pair:
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


def _best(table: Sequence[Sequence[float]], width: int) -> list[list[float]]:
    """Return for each place the total weight of the best pairing of the items from there on."""
    best = [[0.0] * (width + 1) for _ in range(len(table) + 1)]
    for row in reversed(range(len(table))):
        for column in reversed(range(width)):
            pair = table[row][column]
            paired = best[row + 1][column + 1] + pair if pair else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    return best
