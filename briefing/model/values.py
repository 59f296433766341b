"""Names, placed texts, dates, amounts and labels, the parts of the records of the content.

A field whose type admits ``None`` and which has no default is required; ``not stated`` in the content becomes
``None``. So a record says which values a source leaves open; they are never guessed and never just missing.
``at`` is the place of a record and takes no part in equality, so that a comment or a moved line changes
nothing.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NewType

from briefing.model.edtf import Span, parse
from briefing.model.findings import Place
from briefing.model.scales import Bound, DatePart, ValuePart

Slug = NewType("Slug", str)
"""A name for files and links: lower-case letters, digits and single hyphens."""


EditionNumber = NewType("EditionNumber", str)
"""Number of an issued edition: 2, or 2.1 for the first minor edition after it."""


Days = NewType("Days", int)
"""A number of days; ``never`` in the content becomes ``None``."""


Key = NewType("Key", str)
"""The full name of a fact, gap, milestone or judgement: its slug within a sheet, written ``sheet.name``."""


Prose = NewType("Prose", str)
"""Markdown that may contain fact links; every other text is plain and is escaped when it is printed."""


NOWHERE = Place("", 1, 1)


NOT_STATED = "not stated"
"""The words for ``None`` in the content."""


class Placed(str):
    """A text that knows its place; in every other respect it is the text."""

    __slots__ = ("_whole", "at", "raw")

    at: Place
    raw: str
    """The text exactly as in the file, with its line breaks and quotation marks; empty if it was cut."""
    _whole: tuple[str, tuple[tuple[int, int], ...]]
    """Of a text that was cut: the file's text, and where each piece begins in the text and in that one.
    Templates cannot reach it."""

    def __new__(cls, text: str, at: Place, raw: str = "") -> Placed:
        """Create a text with its place."""
        placed = super().__new__(cls, text)
        placed.at = at
        placed.raw = raw
        placed._whole = ("", ())
        return placed

    def cut(self, text: str, pieces: tuple[tuple[int, int], ...]) -> Placed:
        """Return what is left of the text, with the places of its pieces."""
        left = Placed(text, self.at)
        left._whole = (self.raw, pieces if self.raw == self else ())
        return left

    def place_in_file(self, index: int) -> Place | None:
        """Return the place of a character of a text that was cut; None if it was not."""
        raw, pieces = self._whole
        if not raw:
            return None
        begins, began = max((piece for piece in pieces if piece[0] <= index), default=(index, 0))
        return self.at.at_index(raw, began + index - begins)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        # In another process the text is only a text.
        return str, (str(self),)


def place_of(text: str, default: Place, part: str = "") -> Place:
    """Return the place of a text of the content, or of a part; ``default`` for a text of the program."""
    if not isinstance(text, Placed):
        return default
    return text.at.at_index(text.raw, max(text.raw.find(part), 0))


def place_within(text: str, record: Place) -> Place:
    """Return the place of a text of a record; that of the record if the text is from defaults above."""
    place = place_of(text, record)
    return place if place.line >= record.line else record


def at_nowhere() -> Place:
    """Return a dataclass field for the place of a record; it takes no part in equality."""
    return field(default=NOWHERE, compare=False, repr=False, kw_only=True)


StartOfTime = NewType("StartOfTime", str)
"""The date or the fact from which a time runs: 2026-03-01, trams.contract."""


ALL_DAYS = "0001/9999"
"""The days that a date can mean as long as the fact is not known from whose date its time runs."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known."""

    edtf: str = ""
    """The date in EDTF level 1: 2025-11-17, 2025-11, 2025, ../2035 for "by 2035", early 2026 and others."""
    inferred: tuple[DatePart, ...] = ()
    """Parts that no source states and that we inferred."""
    basis: str = ""
    """How we came to the inferred parts, where no date of the source or statement has them; it names them."""
    within: str = ""
    """The time after ``of`` in which it is, in place of ``edtf``: 6 months, 10 days, 1 year."""
    of: StartOfTime = StartOfTime("")
    """The date after which the time runs, or the fact whose date that is: 2026-03-01, trams.contract."""
    at: Place = at_nowhere()

    @property
    def span(self) -> Span:
        """The days that it can mean."""
        return _span(self.edtf or ALL_DAYS)

    @property
    def earliest(self) -> datetime.date:
        """The first day that it can mean."""
        return self.span.earliest

    @property
    def latest(self) -> datetime.date:
        """The last day that it can mean."""
        return self.span.latest

    @property
    def sort_day(self) -> datetime.date:
        """The day by which a timeline sorts it: its first, or its last if the start is open."""
        return self.span.earliest if self.span.start else self.span.latest


def best_stated(dates: Iterable[Date | None]) -> Date | None:
    """Return the first of some dates of which the least is inferred; None where there is none.

    Of texts that give one day, one that states it is enough.
    """
    return min(filter(None, dates), key=lambda date: len(date.inferred), default=None)


@functools.lru_cache(maxsize=4096)
def _span(text: str) -> Span:
    return parse(text)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something."""

    amount: Decimal
    """The number; ``8 million`` may be written for 8000000."""
    unit: str
    """The thing counted or measured: trams, households, litres per day, %."""
    bound: Bound = Bound.EXACTLY
    """How the amount is meant: exactly, up to, more than, nearly, between and others."""
    upper: Decimal | None = None
    """The upper end, if the bound is ``between``."""
    per: str = ""
    """The unit for each of which it is counted: head, day."""
    inferred: tuple[ValuePart, ...] = ()
    """Parts that no cited passage states, because we computed, converted or concluded them."""
    basis: str = ""
    """How we came to the inferred parts; it names the result: 4 trains of 6 cars, so 24 cars."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money."""

    amount: Decimal
    """The amount in units of the currency; ``90 billion`` may be written."""
    currency: str
    """Its ISO 4217 code."""
    bound: Bound = Bound.EXACTLY
    """How the amount is meant: exactly, up to, more than, nearly, between and others."""
    upper: Decimal | None = None
    """The upper end, if the bound is ``between``."""
    instrument: str | None = None
    """How it is given, if a source says so: loan, grant and others, or one of words.yaml."""
    price_basis: str | None = ""
    """The price basis, as a source states it: 2024 prices; ``not stated`` if no source does."""
    per: str = ""
    """What a price is paid for each of: MWh; for a rate of exchange, another currency."""
    inferred: tuple[ValuePart, ...] = ()
    """Parts that no cited passage states, because we computed, converted or concluded them."""
    basis: str = ""
    """How we came to the inferred parts; it names the result: 4 trains of 6 cars, so 24 cars."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name or version that is itself the value, such as F4."""

    text: str
    """The name as it is printed."""
    inferred: tuple[ValuePart, ...] = ()
    """Parts that no cited passage states, because we computed, converted or concluded them."""
    basis: str = ""
    """How we came to the inferred parts; it names the result: the timetable has R-7, which we write R7."""


Value = Quantity | Money | Date | Label
