"""What is in both states at different places: a paragraph, row, item, table or section that moved.

``compare`` leaves such a block deleted at one place and inserted at the other. Here both get the number of
their move, and at the later place the block is compared with its earlier form, so that a block that moved
and changed shows both. The places can be in different lists, tables and sections. The largest block that
moved counts: a section that moved is one move, not one for each of its paragraphs, and blocks that are
neighbours at both places moved together.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass

from briefing.changes import align
from briefing.redline.tree import Block, EditKind, accepted, rejected

ALIKE = 0.6
"""The share of common words from which a deleted and an inserted block are one that moved and changed."""
LEAST = 4
"""With fewer words in common, equal blocks of different lists, tables or sections are a coincidence."""
_UNITS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "tr", "ul", "ol", "table", "blockquote", "pre", "section"}
)

Comparing = Callable[[Block, Block], Block]
Identity = Callable[[Block], Hashable]
Weight = Callable[[Block, Block], float]


@dataclass(frozen=True, slots=True)
class _Place:
    """A block in the merged tree."""

    index: int
    """Its number in the order of the text."""
    last: int
    """The number of the last block in it."""
    parent: int
    nth: int
    """Its number among its parent's blocks."""
    block: Block


@dataclass(frozen=True, slots=True)
class _Move:
    """A block at its two places."""

    old: _Place
    new: _Place


def marked(tree: Block, compared: Comparing, identity: Identity, weight: Weight) -> Block:
    """Return a merged tree in which what was deleted at one place and inserted at another is a move.

    Args:
        tree: The merged tree, without moves.
        compared: Returns one block made of its earlier and its later form.
        identity: The key by which two blocks are equal.
        weight: How much two blocks have in common; 0 if they cannot be one block.
    """
    places = [*_places(tree)]
    moves = _chosen(places, identity, weight)
    if not moves:
        return tree
    numbers = _numbers(moves)
    olds = {move.old.index: number for move, number in zip(moves, numbers, strict=True)}
    news = {move.new.index: (move.old.block, number) for move, number in zip(moves, numbers, strict=True)}
    return _rebuilt(iter(places), olds, news, compared)


def _places(block: Block, parent: int = -1, nth: int = 0, index: int = 0) -> Iterator[_Place]:
    inner: list[_Place] = []
    for number, part in enumerate(block.blocks):
        inner += _places(part, index, number, index + 1 + len(inner))
    yield _Place(index, index + len(inner), parent, nth, block)
    yield from inner


def _chosen(places: list[_Place], identity: Identity, weight: Weight) -> list[_Move]:
    """Return the moves, in the order of the later text; no block is in two of them."""
    taken: set[int] = set()
    found = []
    for _, move in sorted(_candidates(places, identity, weight), key=lambda item: item[0]):
        spans = [range(place.index, place.last + 1) for place in (move.old, move.new)]
        if not any(index in taken for span in spans for index in span):
            taken.update(*spans)
            found.append(move)
    return sorted(found, key=lambda move: move.new.index)


def _candidates(
    places: list[_Place], identity: Identity, weight: Weight
) -> Iterator[tuple[tuple[int, ...], _Move]]:
    """Yield what can be a move, each with its rank: the most common words come first."""
    keyed = _within_records(places)
    units = [item for item in places if item.block.tag in _UNITS and item.index not in keyed]
    deleted = [item for item in units if item.block.change is EditKind.DELETED]
    inserted = [item for item in units if item.block.change is EditKind.INSERTED]
    equal: dict[Hashable, list[_Place]] = defaultdict(list)
    for new in inserted:
        equal[identity(_plain(new.block))].append(new)
    is_few = len(deleted) * len(inserted) <= align.MAX_PAIRS
    for old in deleted:
        same = equal.get(identity(_plain(old.block)), [])
        for new in same:
            common = old.block.words.total()
            is_enough = common >= (1 if old.parent == new.parent else LEAST)
            if is_enough and _has_same_cells(old.block, new.block):
                yield (-common, 0, old.index, new.index), _Move(old, new)
        for new in [] if same or not is_few else inserted:
            common = _common(old.block, new.block, weight)
            if common >= LEAST:
                yield (-common, 1, old.index, new.index), _Move(old, new)


def _common(old: Block, new: Block, weight: Weight) -> int:
    """Return the number of words in common; 0 if the two are not one block that moved and changed."""
    if old.tag != new.tag or not _has_same_cells(old, new):
        return 0
    if align.share(old.words, new.words) < ALIKE or not weight(_plain(old), _plain(new)):
        return 0
    return (old.words & new.words).total()


def _within_records(places: list[_Place]) -> frozenset[int]:
    """Return the blocks that have a key or are in one that has: a record has no place of its own."""
    found: set[int] = set()
    for item in places:
        if item.block.key:
            found.update(range(item.index, item.last + 1))
    return frozenset(found)


def _plain(block: Block) -> Block:
    """Return a block that was deleted or inserted as it is in its own state."""
    found = rejected(block) if block.change is EditKind.DELETED else accepted(block)
    assert found is not None  # its own state has it
    return found


def _has_same_cells(old: Block, new: Block) -> bool:
    """Return whether two rows have the same cells; other blocks have none."""
    return old.tag != "tr" or [cell.tag for cell in old.blocks] == [cell.tag for cell in new.blocks]


def _numbers(moves: list[_Move]) -> list[int]:
    """Return the number of each move, in the order of the text; neighbours at both places share one."""
    groups: list[list[_Move]] = []
    for move in moves:
        before = groups[-1][-1] if groups else None
        if before and _follows(move.old, before.old) and _follows(move.new, before.new):
            groups[-1].append(move)
        else:
            groups.append([move])
    groups.sort(key=lambda group: min(group[0].old.index, group[0].new.index))
    numbers = {move.new.index: number for number, group in enumerate(groups, 1) for move in group}
    return [numbers[move.new.index] for move in moves]


def _follows(place: _Place, before: _Place) -> bool:
    return place.parent == before.parent and place.nth == before.nth + 1


def _rebuilt(
    places: Iterator[_Place],
    olds: Mapping[int, int],
    news: Mapping[int, tuple[Block, int]],
    compared: Comparing,
) -> Block:
    """Return the block whose places come next, with its moves."""
    place = next(places)
    blocks = tuple(_rebuilt(places, olds, news, compared) for _ in place.block.blocks)
    if place.index in olds:
        return _gone(place.block, olds[place.index])
    if place.index in news:
        old, number = news[place.index]
        return _here(compared(_plain(old), _plain(place.block)), number)
    return dataclasses.replace(place.block, blocks=blocks)


def _gone(block: Block, number: int) -> Block:
    """Return a moved block at its earlier place."""
    return dataclasses.replace(block, blocks=tuple(_gone(part, number) for part in block.blocks), move=number)


def _here(block: Block, number: int) -> Block:
    """Return a moved block at its later place; what is new in it, or gone from it, did not move."""
    if block.change is EditKind.DELETED:
        blocks = tuple(_here(part, number) for part in block.blocks)
        return dataclasses.replace(block, blocks=blocks, is_in_move=True)
    if block.change is not EditKind.KEPT:
        return block
    blocks = tuple(_here(part, number) for part in block.blocks)
    return dataclasses.replace(block, blocks=blocks, change=EditKind.INSERTED, move=number)
