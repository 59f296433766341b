"""Drafts and editions: a brief when it is laid out, cited and printed."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from briefing.model.ladders import Flag, Ladder, Status
from briefing.model.scales import Bound, FigureKind, Length, Marking, Reliability
from briefing.model.values import Date, Key, Money, Slug


def _written(record: Any, *later: str) -> str:
    """Return the text of a record of which the digest of an edition is made.

    Fields that were added later are left out while they are empty: an edition of before keeps its digest.
    """
    shown = (item.name for item in dataclasses.fields(record) if item.repr)
    values = ((name, getattr(record, name)) for name in shown)
    parts = (f"{name}={value!r}" for name, value in values if value or name not in later)
    return f"{record.__class__.__name__}({', '.join(parts)})"


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact in a figure, as plain text and values."""

    label: str
    """The fact in few words."""
    fact: Key
    when: str = ""
    """Its date in words; empty if it has none, or the figure shows none."""
    date: Date | None = None
    """The date itself."""
    status: Status | None = None
    """How far it has come."""
    flags: tuple[Flag, ...] = ()
    """Its flags."""
    amount: str = ""
    """Its money in words, with the instrument; empty if it names none."""
    money: Money | None = None
    """The money itself."""
    is_reported: bool = False
    """Whether no actor says how far it has come, only texts in their own voice."""
    number: Decimal | None = None
    """The value of a row; None where it has none."""
    upper: Decimal | None = None
    """The upper end of the value of a row."""
    bound: Bound = Bound.EXACTLY
    """The bound of the value of a row."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One matter on a board, or the matters of one topic, which are counted."""

    label: str
    """The matter, or the topic."""
    ladder: Slug
    """The ladder whose groups are the columns."""
    marks: tuple[Mark, ...] = ()
    """Who says so, each a sign under the group of its status; in a row of a topic, numbers of matters."""
    named: str = ""
    """Numbers and money that are named, with the signs of those who name them."""
    open: int = 0
    """How many questions are open."""
    is_sum: bool = False
    """Whether its marks are numbers of matters."""


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A drawing of the facts that a section shows. The section's table has the same in words."""

    kind: FigureKind
    title: str
    """A description for people who cannot see it."""
    text: str
    """What it shows, in one to three plain sentences: how many of how many, and what could not be drawn."""
    marks: tuple[Mark, ...]
    ladders: tuple[Ladder, ...] = ()
    """The ladder on which the marks are drawn, as it was; none for another figure, and in older editions."""
    rows: tuple[BoardRow, ...] = ()
    """The rows of a board; none for another figure."""

    @property
    def is_drawn(self) -> bool:
        """Whether it has a drawing; otherwise its caption says all that one would show."""
        return bool(self.marks or self.rows)

    def __repr__(self) -> str:
        return _written(self, "ladders", "rows")


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A part of a draft; its role names it for styles, and its text is Markdown with fact links."""

    role: str
    title: str
    text: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief laid out by its template, with its fact links still in it."""

    brief: Slug
    sections: tuple[DraftSection, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One appearance of a fact in a text."""

    fact: Key
    words: str
    """The words printed, as Markdown."""
    note: int
    """Number of the note that gives its evidence."""
    is_marked: bool
    """Whether the note's number is printed here; in a paragraph or row only a fact's last claim has one."""
    is_first: bool
    """Whether this is the first place in the edition that prints the note's number."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an edition: Markdown, cut where a fact appears."""

    role: str
    title: str
    segments: tuple[str | Claim, ...]
    figure: Figure | None = None
    """The drawing before its text."""


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """One place in a source that a note cites."""

    reference: str
    """Label of the source in the list of references: S1."""
    source: Slug
    paragraph: int
    origin: str
    """The statement that is relayed there, as Markdown; empty if the source speaks in its own voice."""
    via: str = ""
    """Through whom that statement came to the source, as Markdown; empty if it came at first hand."""
    is_ours: bool = False
    """Whether the passage names no speaker, so that it relays that statement by our reading."""
    short: str = ""
    """How notes name that statement after the first that does, as Markdown; empty for its full name."""
    terms: tuple[str, ...] = ()
    """The words that are cited from it, literally; the card alone has them. None in older editions."""

    def __repr__(self) -> str:
        return _written(self, "short", "terms")


@dataclass(frozen=True, slots=True)
class Note:
    """The evidence for one fact, numbered in the order of first marking."""

    number: int
    fact: Key
    text: str
    """Who says so and where, as Markdown: it names references by their labels."""
    statement: str = ""
    """The fact's statement, as Markdown."""
    value: str = ""
    """Its value in words, with instrument and price basis of money, as Markdown; empty if it has none."""
    status: str = ""
    """Status, with its meaning and the flags; empty if the fact is not a commitment."""
    kind: str = ""
    """What sort of statement it is."""
    date: str = ""
    """When it happened or will happen, as Markdown."""
    speakers: str = ""
    """Who says so, as Markdown."""
    caveat: str = ""
    """What a reader must know to understand it correctly, as Markdown."""
    remark: str = ""
    """What a reader who looks closer may want to know, as Markdown; the card alone has it."""
    passages: tuple[Passage, ...] = ()
    grade: str = ""
    """Credibility with its meaning; empty if the fact is not graded."""
    independence: str = ""
    """From how many sources and independent origins it comes, in words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as listed at the end of an edition."""

    label: str
    """S1, S2 … in the order of the notes."""
    source: Slug
    text: str
    """Title, publisher, date as Markdown; it ends with what is not stated."""
    title: str
    """Its title alone, or how a brief names it if the headline is not stated, as Markdown."""
    reliability: Reliability
    origins: str = ""
    """The statements that it relays here, as Markdown; only in editions whose lists of sources named them."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale that an edition uses, as it is printed."""

    title: str
    source: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What readers need of the publisher today: it is printed with an edition and is no part of it."""

    contact: str = ""
    """Whom to write to; empty where that is not stated."""
    licence: str = ""
    """On what terms others may use the text; empty where that is not stated."""
    address: str = ""
    """The full address of its page on the site; empty where its readers have no site."""


NO_IMPRINT = Imprint()


@dataclass(frozen=True, slots=True, repr=False)
class Edition:
    """A brief ready to print: numbered, with references, independent of any format."""

    brief: Slug
    title: str
    subtitle: str
    owner: str | None
    marking: Marking
    language: str
    publisher: str
    as_of: str
    """The day of its newest fact, or the requested day, in words."""
    as_of_day: datetime.date
    """The same day, for metadata."""
    label: str
    """``Draft`` until it is issued, then its number and the day."""
    is_draft: bool
    """Whether nobody has issued it in this form."""
    notice: str
    """What a reader must know of this edition before anything else: that it is withdrawn, or corrected."""
    length: Length
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    scales: tuple[Scale, ...]
    counts: str
    """How many facts, sources and independent origins it rests on, in words."""
    digest: str
    """Digest of everything in it."""
    authors: tuple[str, ...] = ()
    """Who wrote it."""
    newest: str = ""
    """Of what day the newest text is that it rests on, as a sentence; empty in editions of before."""
    checked: str = ""
    """When its quotations were last checked, as a sentence; empty where that is not recorded."""
    imprint: Imprint = field(default=NO_IMPRINT, repr=False)

    def __repr__(self) -> str:
        return _written(self, "authors", "newest", "checked")

    @property
    def is_short_form(self) -> bool:
        """Whether it is a brief on one page or on two beside the full one."""
        return self.length in (Length.TWO_PAGES, Length.FLASH)


@dataclass(frozen=True, slots=True)
class FactFile:
    """The facts of an edition as data, for people who check a figure: the same in two formats."""

    yaml: str = ""
    json: str = ""
