"""A redline: two states of a brief in one text, every word kept, deleted or inserted.

``blocks`` reads an edition as a tree of blocks, the same for every format. ``compare`` merges two trees into
one, so that a table stays a table and emphasis is closed where it was opened; ``moves`` finds what is in both
at different places. ``html``, ``markdown`` and ``word`` write this tree, each in the manner of its medium.

A moved block is in the tree twice, with the number of its move: deleted where it was, and inserted where it
is now. There its words are kept, deleted or inserted beside its earlier form.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from briefing.language.words import Words

NOTE = "note "
SOURCE = "source "
BREAK = "break"
"""Prefixes of a token's name, which says what its text alone does not: a note, a source, a line break."""


class EditKind(StrEnum):
    """The change of a word or a block."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED = "moved"
    """Only counted: in a tree, a moved block is deleted and inserted."""


Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Style:
    """Emphasis, code or a link around words."""

    tag: str
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure, a punctuation mark or white space, which is never divided."""

    text: str
    styles: tuple[Style, ...] = ()
    """Outermost first."""
    name: str = ""
    """The meaning of a number: the fact of a note or the source of a label. A new number is not a change."""

    @property
    def identity(self) -> tuple[str, tuple[Style, ...]]:
        """The value by which two tokens are equal."""
        return self.name or self.text, self.styles

    @property
    def note(self) -> str:
        """The fact whose note is marked here; empty where none is."""
        return self.name.removeprefix(NOTE) if self.name.startswith(NOTE) else ""

    @property
    def is_space(self) -> bool:
        """Whether it is white space or a line break."""
        return self.text.isspace()

    @property
    def is_word(self) -> bool:
        """Whether it counts as a word; punctuation and white space do not."""
        return bool(self.name and self.name != BREAK) or any(letter.isalnum() for letter in self.text)


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive tokens with the same change."""

    change: EditKind
    tokens: tuple[Token, ...]


def words_of(tokens: Iterable[Token]) -> Counter[str]:
    """Return how often each word occurs."""
    return Counter(token.identity[0] for token in tokens if token.is_word)


@dataclass(frozen=True)
class Block:
    """A paragraph, item, cell or heading with its runs; or a list, row, table or section with its blocks."""

    tag: str
    """Its name in HTML; empty for a line of text beside other blocks in an item."""
    attributes: Attributes = ()
    blocks: tuple[Block, ...] = ()
    runs: tuple[Run, ...] = ()
    """Its words; a block has words or blocks, never both."""
    key: str = ""
    """Fact, source or step whose record it is; the block is matched by this in any position."""
    change: EditKind = EditKind.KEPT
    """DELETED or INSERTED for a block that changed as a whole, with everything in it."""
    move: int = 0
    """The number of the move that deleted or inserted it; 0 where none did."""
    is_in_move: bool = False
    """Whether it is gone from a block at the later place of that."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All its tokens, in order."""
        own = tuple(token for run in self.runs for token in run.tokens)
        return own + tuple(token for block in self.blocks for token in block.tokens)

    @functools.cached_property
    def words(self) -> Counter[str]:
        """How often it has each word."""
        return words_of(self.tokens)

    @property
    def is_moved_here(self) -> bool:
        """Whether it is at its later place; its runs are then compared with its earlier form."""
        return bool(self.move) and self.change is EditKind.INSERTED

    @property
    def role(self) -> str:
        """Its class, which names it for styles."""
        return dict(self.attributes).get("class", "")

    @property
    def has_changes(self) -> bool:
        """Whether any of its own words were deleted or inserted."""
        return any(run.change is not EditKind.KEPT for run in self.runs)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states, as the head of the redline names it."""

    words: str
    """edition 1 (3 November 2026); the draft of today's facts (as of 9 February 2026)."""
    name: str
    """The same for a file name: 1, 2025-11-30, now."""


@dataclass(frozen=True, slots=True)
class Redline:
    """Two states of a brief in one text."""

    title: str
    """The later state's title, as plain text."""
    publisher: str
    marking: str
    """The stricter one of the two states."""
    language: str
    day: datetime.date
    """The day on which the later state was issued, or that its draft is as of; tracked changes carry it."""
    old: Side
    new: Side
    front: tuple[str, ...]
    """What changed in the facts, a line of Markdown each."""
    article: Block

    @property
    def counts(self) -> dict[EditKind, int]:
        """The numbers of insertions, deletions and moves; a block that changed as a whole counts once."""
        found = list(_changes(self.article))
        counts = {change: found.count(change) for change in (EditKind.INSERTED, EditKind.DELETED)}
        moved = len(moves_in(self.article))
        return counts | ({EditKind.MOVED: moved} if moved else {})


def moves_in(block: Block) -> frozenset[int]:
    """Return the numbers of all moves in a block."""
    own = {block.move} - {0}
    return frozenset(own.union(*map(moves_in, block.blocks)))


def accepted(block: Block) -> Block | None:
    """Return the block as the later state has it; None where it is deleted."""
    return _without(block, EditKind.DELETED)


def rejected(block: Block) -> Block | None:
    """Return the block as in the earlier state, with the later numbers of notes; None where inserted."""
    return _without(block, EditKind.INSERTED)


def in_words(counts: dict[EditKind, int], say: Words) -> str:
    """Return the counts in words: 1 insertion, 12 deletions, 2 moves."""
    names = {
        EditKind.INSERTED: "redline.insertions",
        EditKind.DELETED: "redline.deletions",
        EditKind.MOVED: "redline.moves",
    }
    return say("value.list").join(say(names[change], n=number) for change, number in counts.items())


def _without(block: Block, unwanted: EditKind) -> Block | None:
    if block.change is unwanted:
        return None
    tokens = tuple(token for run in block.runs if run.change is not unwanted for token in run.tokens)
    blocks = tuple(kept for part in block.blocks if (kept := _without(part, unwanted)))
    runs = (Run(EditKind.KEPT, tokens),) if tokens else ()
    return dataclasses.replace(block, runs=runs, blocks=blocks, change=EditKind.KEPT, move=0)


def _changes(block: Block, within: Block | None = None) -> Iterator[EditKind]:
    """Yield the changes of a block, beside the moves: a whole one is one, with all that is in it."""
    is_within = within is not None and (within.change, within.move) == (block.change, block.move)
    if block.change is not EditKind.KEPT and not (block.move or is_within):
        yield block.change
    if block.change is EditKind.KEPT or block.is_moved_here:
        yield from (run.change for run in block.runs if run.change is not EditKind.KEPT)
    for part in block.blocks:
        yield from _changes(part, block)
