"""Merging of two trees of blocks into one, in which every word is kept, deleted or inserted.

Blocks are matched first: those with the most words that kept their order stay, equal or edited; the others
were deleted, inserted or moved (``moves``). Two blocks count as one edited block where they share half of
their words or cite the same facts. Within an edited block the sentences are matched by the same rule, and
within two sentences the words.

Three rules make a redline readable:

* A sentence of which less than half stays is replaced as a whole.
* A word or two that stay between much larger changes go with them, and so do punctuation and spaces between
  any changes.
* Deleted words come before the inserted words that replace them.
"""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from briefing.changes import align
from briefing.redline import moves
from briefing.redline.tree import Attributes, Block, EditKind, Run, Token, words_of

ALIKE = 0.5
"""The share of common words from which two texts count as one edited text."""
MAX_ISLAND = 2
MUCH_LARGER = 3
"""Up to ``MAX_ISLAND`` kept words go with the changes around them if each is ``MUCH_LARGER`` times larger."""
_CONTAINERS = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "article", "header", "blockquote"})
_SENTENCE_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")


def compare(old: Block, new: Block) -> Block:
    """Return one tree made of two. Both are articles, or one block before and after."""
    return moves.marked(_compared(old, new), _compared, _identity, _weight)


def _compared(old: Block, new: Block) -> Block:
    """Return one tree made of two, in which what moved is deleted at one place and inserted at another."""
    if new.runs or old.runs:
        return dataclasses.replace(new, runs=_runs(old.tokens, new.tokens))
    return dataclasses.replace(new, blocks=tuple(_blocks(old, new)))


def whole(block: Block, change: EditKind) -> Block:
    """Return a block that was deleted or inserted with everything in it."""
    runs = tuple(Run(change, run.tokens) for run in block.runs)
    blocks = tuple(whole(part, change) for part in block.blocks)
    return dataclasses.replace(block, runs=runs, blocks=blocks, change=change)


# ----------------------------------------------------------------------------------------------- blocks


def _blocks(old: Block, new: Block) -> Iterable[Block]:
    if [part.tag for part in old.blocks] == [part.tag for part in new.blocks] and _has_places(new):
        return map(_compared, old.blocks, new.blocks)
    if all(part.key for part in (*old.blocks, *new.blocks)):
        return _keyed(old.blocks, new.blocks)
    pairs = align.in_order(old.blocks, new.blocks, _identity, _weight)
    return [_joined(before, after) for before, after in pairs]


def _has_places(block: Block) -> bool:
    """Return whether its parts are matched by position: cells of a row, term and meaning of an entry."""
    return block.tag in ("tr", "table") or {part.tag for part in block.blocks} == {"dt", "dd"}


def _joined(old: Block | None, new: Block | None) -> Block:
    if old is None:
        assert new is not None  # a pair has at least one of two
        return whole(new, EditKind.INSERTED)
    return whole(old, EditKind.DELETED) if new is None else _compared(old, new)


def _keyed(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    """Return records by their keys, in the later order; a deleted one follows its former neighbour."""
    before = {part.key: part for part in old}
    after = {part.key: part for part in new}
    found = [_joined(before.get(key), part) for key, part in after.items()]
    previous = ""
    for key, part in before.items():
        if key not in after:
            place = next((index for index, item in enumerate(found, 1) if item.key == previous), 0)
            found.insert(place, whole(part, EditKind.DELETED))
        previous = key
    return found


def _identity(block: Block) -> Hashable:
    """Return the value by which two blocks are equal; it leaves out the numbers of notes."""
    words = tuple(token.identity for run in block.runs for token in run.tokens)
    return block.tag, block.key, _fixed(block), words, tuple(_identity(part) for part in block.blocks)


def _fixed(block: Block) -> Attributes:
    return tuple(item for item in block.attributes if item[0] != "value")


def _weight(old: Block, new: Block) -> float:
    """Return how much of two blocks would stay if they were one, in words; 0 if they cannot be one."""
    return 1 + (old.words & new.words).total() if _likeness(old, new) >= ALIKE else 0


def _likeness(old: Block, new: Block) -> float:
    """Return how similar two blocks are, from 0 to 1; from ALIKE on they can be one edited block."""
    if old.tag != new.tag or bool(old.runs) != bool(new.runs):
        return 0
    share = align.share(old.words, new.words)
    if old.tag == "section":
        same = old.role == new.role or _title(old) == _title(new) != ()
        return ALIKE + share * (1 - ALIKE) if same else 0
    if _fixed(old) != _fixed(new) or (old.tag == "table" and _columns(old) != _columns(new)):
        return 0
    if old.tag in _CONTAINERS:
        return ALIKE + share * (1 - ALIKE)
    notes = [{token.note for token in block.tokens if token.note} for block in (old, new)]
    return max(share, 0.75) if notes[0] and notes[0] == notes[1] else share


def _title(section: Block) -> tuple[str, ...]:
    first = section.blocks[:1]
    return tuple(token.text for block in first if block.tag == "h2" for token in block.tokens)


def _columns(table: Block) -> tuple[tuple[Attributes, ...], ...]:
    """Return the columns of a table, as its rows have them."""
    rows = (row for part in table.blocks for row in part.blocks)
    return tuple(dict.fromkeys(tuple(cell.attributes for cell in row.blocks) for row in rows))


# ------------------------------------------------------------------------------------------------ words


@dataclasses.dataclass(frozen=True)
class _SentenceTokens:
    tokens: tuple[Token, ...]

    @functools.cached_property
    def words(self) -> Counter[str]:
        return words_of(self.tokens)


@dataclasses.dataclass(slots=True)
class _Zone:
    """A stretch of a text: either kept words, or the deleted and inserted ones."""

    kept: list[Token] = dataclasses.field(default_factory=list)
    deleted: list[Token] = dataclasses.field(default_factory=list)
    inserted: list[Token] = dataclasses.field(default_factory=list)

    @property
    def size(self) -> int:
        """The number of words that it changes."""
        return max(_count(self.deleted), _count(self.inserted))


def _runs(old: tuple[Token, ...], new: tuple[Token, ...]) -> tuple[Run, ...]:
    """Return the words of a block before and after as runs."""
    pairs = align.pairs(_sentences(old), _sentences(new), _sentence_identity, _sentence_likeness, ALIKE)
    zones: list[_Zone] = []
    for before, after in pairs:
        if before and after:
            zones += _words(before.tokens, after.tokens)
        else:
            zones.append(
                _Zone([], list(before.tokens) if before else [], list(after.tokens) if after else [])
            )
    return tuple(_as_runs(_slid(_trimmed(_merged(zones)))))


def _sentence_identity(sentence: _SentenceTokens) -> Hashable:
    return tuple(token.identity for token in sentence.tokens)


def _sentence_likeness(old: _SentenceTokens, new: _SentenceTokens) -> float:
    return align.share(old.words, new.words)


def _sentences(tokens: Sequence[Token]) -> list[_SentenceTokens]:
    """Return the text in sentences, roughly cut. A wrong cut does no harm: it only groups the words."""
    found: list[_SentenceTokens] = []
    start = 0
    is_over = False
    for index, token in enumerate(tokens, 1):
        if token.is_space:
            if is_over or "\n" in token.text:
                found.append(_SentenceTokens(tuple(tokens[start:index])))
                start, is_over = index, False
        elif token.text in _SENTENCE_ENDS:
            is_over = True
        elif not (token.note or token.text in _CLOSERS):
            is_over = False
    if start < len(tokens):
        found.append(_SentenceTokens(tuple(tokens[start:])))
    return found


def _words(old: Sequence[Token], new: Sequence[Token]) -> list[_Zone]:
    """Return two sentences compared word by word, or as a whole where too little stays."""
    before, after = ([token.identity for token in side] for side in (old, new))
    zones = []
    for is_same, was, now in align.stretches(before, after):
        zones.append(_Zone(list(new[now])) if is_same else _Zone([], list(old[was]), list(new[now])))
    zones = _without_islands(zones, old)
    stays = sum(_count(zone.kept) for zone in zones)
    if stays < ALIKE * max(_count(old), _count(new)):
        return [_Zone([], list(old), list(new))]
    return zones


def _count(tokens: Iterable[Token]) -> int:
    return sum(token.is_word for token in tokens)


def _without_islands(zones: Sequence[_Zone], old: Sequence[Token], size: int = MAX_ISLAND) -> list[_Zone]:
    """Return the zones, with kept tokens between larger changes merged into them: punctuation, then words."""
    if size:
        zones = _without_islands(zones, old, 0)
    olds = iter(old)
    found: list[_Zone] = []
    for index, zone in enumerate(zones):
        taken = [next(olds) for _ in (zone.kept or zone.deleted)]
        words = _count(zone.kept)
        is_between = bool(zone.kept) and 0 < index < len(zones) - 1
        is_island = is_between and words <= size and not any(token.note for token in zone.kept)
        if is_island and MUCH_LARGER * words <= min(found[-1].size, zones[index + 1].size):
            found.append(_Zone([], taken, zone.kept))
        else:
            found.append(zone)
    return _merged(found)


def _merged(zones: Iterable[_Zone]) -> list[_Zone]:
    """Return the zones, with neighbours of the same kind merged."""
    found: list[_Zone] = []
    for zone in zones:
        if found and bool(found[-1].kept) == bool(zone.kept):
            last = found[-1]
            found[-1] = _Zone(
                last.kept + zone.kept, last.deleted + zone.deleted, last.inserted + zone.inserted
            )
        else:
            found.append(zone)
    return found


def _trimmed(zones: Iterable[_Zone]) -> list[_Zone]:
    """Return the zones, with white space that begins or ends both deletion and insertion kept outside."""
    found: list[_Zone] = []
    for zone in zones:
        deleted, inserted = zone.deleted, zone.inserted
        before: list[Token] = []
        after: list[Token] = []
        if _is_same_space(deleted[:1], inserted[:1]):
            before, deleted, inserted = inserted[:1], deleted[1:], inserted[1:]
        if _is_same_space(deleted[-1:], inserted[-1:]):
            after, deleted, inserted = inserted[-1:], deleted[:-1], inserted[:-1]
        parts = (_Zone(before), _Zone(zone.kept, deleted, inserted), _Zone(after))
        found += [part for part in parts if part.kept or part.deleted or part.inserted]
    return _merged(found)


def _slid(zones: Sequence[_Zone]) -> list[_Zone]:
    """Return the zones, with white space at the end of a mere deletion or insertion, not at its beginning."""
    found = list(zones)
    for index in range(1, len(found) - 1):
        before, zone, after = found[index - 1 : index + 2]
        tokens = zone.deleted or zone.inserted
        is_alone = not (zone.kept or (zone.deleted and zone.inserted))
        if is_alone and _is_same_space(tokens[:1], after.kept[:1]):
            moved = tokens[1:] + after.kept[:1]
            found[index - 1] = _Zone(before.kept + tokens[:1])
            found[index] = _Zone([], moved if zone.deleted else [], moved if zone.inserted else [])
            found[index + 1] = _Zone(after.kept[1:])
    return _merged(zone for zone in found if zone.kept or zone.deleted or zone.inserted)


def _is_same_space(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return bool(one and other) and one[0].is_space and one[0].identity == other[0].identity


def _as_runs(zones: Iterable[_Zone]) -> Iterable[Run]:
    for zone in zones:
        parts = {EditKind.KEPT: zone.kept, EditKind.DELETED: zone.deleted, EditKind.INSERTED: zone.inserted}
        yield from (Run(change, tuple(tokens)) for change, tokens in parts.items() if tokens)
