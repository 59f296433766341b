"""A redline: two states of a brief in one text, every word kept, deleted or inserted.

``blocks`` reads an edition as a tree of blocks, the same for every format. ``compare`` merges two trees into
one, so that a table stays a table and emphasis is closed where it was opened. ``html``, ``markdown`` and
``word`` write this tree, each in the manner of its medium.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.counting import counted

NOTE = "note "
SOURCE = "source "
BREAK = "break"
"""Prefixes of a token's name, which says what its text alone does not: a note, a source, a line break."""


class EditKind(StrEnum):
    """The change of a word or a block."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


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


@dataclass(frozen=True, slots=True)
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

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All its tokens, in order."""
        own = tuple(token for run in self.runs for token in run.tokens)
        return own + tuple(token for block in self.blocks for token in block.tokens)

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
    """The later state's day, which tracked changes carry: the clock must not affect a file."""
    old: Side
    new: Side
    front: tuple[str, ...]
    """What changed in the facts, a line of Markdown each."""
    article: Block

    @property
    def counts(self) -> dict[EditKind, int]:
        """The numbers of deletions and insertions; a block deleted or inserted as a whole counts once."""
        found = list(_changes(self.article))
        return {change: found.count(change) for change in (EditKind.INSERTED, EditKind.DELETED)}


def accepted(block: Block) -> Block | None:
    """Return the block as the later state has it; None where it is deleted."""
    return _without(block, EditKind.DELETED)


def rejected(block: Block) -> Block | None:
    """Return the block as in the earlier state, with the later numbers of notes; None where inserted."""
    return _without(block, EditKind.INSERTED)


def in_words(counts: dict[EditKind, int]) -> str:
    """Return the counts in words: 1 insertion, 12 deletions."""
    names = {EditKind.INSERTED: "insertion", EditKind.DELETED: "deletion"}
    words = ((number, names[change]) for change, number in counts.items())
    return ", ".join(counted(number, name) if number else f"no {name}s" for number, name in words)


def _without(block: Block, unwanted: EditKind) -> Block | None:
    if block.change is unwanted:
        return None
    tokens = tuple(token for run in block.runs if run.change is not unwanted for token in run.tokens)
    blocks = tuple(kept for part in block.blocks if (kept := _without(part, unwanted)))
    runs = (Run(EditKind.KEPT, tokens),) if tokens else ()
    return dataclasses.replace(block, runs=runs, blocks=blocks, change=EditKind.KEPT)


def _changes(block: Block) -> Iterator[EditKind]:
    if block.change is not EditKind.KEPT:
        yield block.change
        return
    yield from (run.change for run in block.runs if run.change is not EditKind.KEPT)
    for part in block.blocks:
        yield from _changes(part)
