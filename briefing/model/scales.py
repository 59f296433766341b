"""The scales and kinds for facts, commitments, sources, judgements, briefs and figures."""

from __future__ import annotations

import typing
from enum import Enum, StrEnum
from typing import Any, Literal


class FactKind(StrEnum):
    """What sort of statement a fact is."""

    COMMITMENT = "commitment"
    """Somebody asks for, discusses, announces or undertakes something; it has a status."""
    EVENT = "event"
    """Something that happened on a day."""
    CLAIM = "claim"
    """Something that somebody asserts or values; always printed with who says it."""
    CONTEXT = "context"
    """Background that a source states in its own voice."""
    OBSERVATION = "observation"
    """What we see in the texts and none of them says: a count over several, a silence, a spelling."""


class Degree(Enum):
    """The standard scale of how far something has come; the order of the lines is its order.

    The words of every language are listed under these steps, and each rung of a ladder resembles one of them.
    """

    INTEREST = "interest"
    REQUESTED = "requested"
    DISCUSSED = "discussed"
    ANNOUNCED = "announced"
    INTENT = "intent"
    AGREED = "agreed"
    CONTRACTED = "contracted"
    FINANCED = "financed"
    IN_PRODUCTION = "in-production"
    DELIVERING = "delivering"
    SUPPLIED = "supplied"
    """Something was handed over before; how much, the source does not say."""
    DELIVERED = "delivered"
    IN_SERVICE = "in-service"

    @property
    def rung(self) -> int:
        """Its place on the scale, 1 for interest."""
        return _RUNGS[self]

    @property
    def stage(self) -> Stage:
        """The group of steps to which it belongs."""
        if self < Degree.INTENT:
            return Stage.SAID
        if self < Degree.CONTRACTED:
            return Stage.INTENDED
        return Stage.BINDING if self < Degree.IN_PRODUCTION else Stage.UNDER_WAY

    @property
    def words(self) -> str:
        """The words for readers: "in service", where a sheet has ``in-service``."""
        return self.value.replace("-", " ")

    def __lt__(self, other: Degree) -> bool:
        return self.rung < other.rung


_RUNGS = {degree: number for number, degree in enumerate(Degree, 1)}


class Stage(StrEnum):
    """How far something has come, in four groups of degrees."""

    SAID = "said"
    """One side speaks about it, or both do."""
    INTENDED = "intended"
    """Both sides have an intention, or have said that they are bound; nothing is ordered."""
    BINDING = "binding"
    """It has a contract, an order or money."""
    UNDER_WAY = "under-way"
    """It is being made or handed over, has been handed over, or is used."""


class Bound(StrEnum):
    """How an amount is meant."""

    EXACTLY = "exactly"
    UP_TO = "up to"
    LESS_THAN = "less than"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    ABOUT = "about"
    BETWEEN = "between"
    OVER = "over"
    """More than, in the word of the source."""
    UNDER = "under"
    """Less than, in the word of the source."""
    AROUND = "around"
    """About, in the word of the source."""
    NEARLY = "nearly"
    """A little less than."""
    ALMOST = "almost"
    """Nearly, in the word of the source."""

    @property
    def sense(self) -> Bound:
        """The bound that it means: ``over`` is ``more than``. Bounds are compared by their sense."""
        return _SENSES.get(self, self)

    @property
    def is_ceiling(self) -> bool:
        """Whether the amount is the most that is meant, or just above it."""
        return self.sense in (Bound.UP_TO, Bound.LESS_THAN)

    @property
    def is_floor(self) -> bool:
        """Whether the amount is the least that is meant, or just below it."""
        return self.sense in (Bound.AT_LEAST, Bound.MORE_THAN)

    @property
    def is_strict(self) -> bool:
        """Whether the amount itself is not meant: more than 2, less than 2, nearly 2."""
        return self.sense in (Bound.LESS_THAN, Bound.MORE_THAN, Bound.NEARLY)

    @property
    def is_rough(self) -> bool:
        """Whether the amount is only near what is meant: about 2, nearly 2."""
        return self.sense in (Bound.ABOUT, Bound.NEARLY)


_SENSES = {
    Bound.OVER: Bound.MORE_THAN,
    Bound.UNDER: Bound.LESS_THAN,
    Bound.AROUND: Bound.ABOUT,
    Bound.ALMOST: Bound.NEARLY,
}


class ValuePart(StrEnum):
    """A part of a value that can be inferred: computed, converted or concluded."""

    AMOUNT = "amount"
    BOUND = "bound"
    UNIT = "unit"
    CURRENCY = "currency"
    INSTRUMENT = "instrument"
    PRICE_BASIS = "price_basis"
    TEXT = "text"
    PER = "per"


class Instrument(StrEnum):
    """How money is given; amounts of different instruments are never added up. A project may add others."""

    LOAN = "loan"
    GRANT = "grant"
    GUARANTEE = "guarantee"
    IN_KIND = "in-kind"
    PREMIUM = "premium"
    """A payment on top of a price for each unit produced."""
    CONTRACT_FOR_DIFFERENCE = "contract-for-difference"
    """A payment of what a market price lacks to an agreed one, in either direction."""
    TAX_CREDIT = "tax-credit"
    BUDGET = "budget"
    """Money set aside for a purpose; who receives it may be open."""
    EQUITY = "equity"
    """A share of what the money pays for."""


class MoneyStyle(StrEnum):
    """How running text prints money."""

    CODE = "code"
    """EUR 90 billion"""
    SYMBOL = "symbol"
    """€90bn"""
    NAME = "name"
    """90 billion euros"""


class DateStyle(StrEnum):
    """How running text prints days."""

    LONG = "long"
    """17 November 2025"""
    SHORT = "short"
    """17 Nov 2025"""
    ISO = "iso"
    """2025-11-17"""


class Noun(StrEnum):
    """A thing for which a project may have a plain noun of its own."""

    SYSTEM = "system"
    MATTER = "matter"


class Marking(Enum):
    """Who may read it: Traffic Light Protocol 2.0; later lines are stricter. Never translated."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"

    def __lt__(self, other: Marking) -> bool:
        return self.rank < other.rank

    @property
    def rank(self) -> int:
        """Its place on the scale: 0 for CLEAR, and more for what fewer people may read."""
        return _RANKS[self]


_RANKS = {marking: rank for rank, marking in enumerate(Marking)}


class Reliability(StrEnum):
    """How far a source is trusted, by the Admiralty code; a label, never averaged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """How far a statement is believed, by the Admiralty code; 1 needs two independent origins."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


class Likelihood(StrEnum):
    """How likely a judgement is, by ICD 203, first row of words; the order runs from 1% to 99%."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"

    @property
    def percent(self) -> tuple[int, int]:
        """Its range of probability, in percent."""
        bounds = (1, 5, 20, 45, 55, 80, 95, 99)
        place = list(Likelihood).index(self)
        return bounds[place], bounds[place + 1]


class Confidence(StrEnum):
    """How good the basis of a judgement is; it says nothing about how likely it is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Length(StrEnum):
    """The length of a brief. The last two are short forms of a full brief; nobody commissions them."""

    FULL = "full"
    """Two pages if possible, five at most."""
    ONE_PAGE = "one-page"
    """One page: notes without caveats, no scales. The PDF leaves out the last sections if all do not fit."""
    TWO_PAGES = "two-page"
    """The short form of a full brief on two pages."""
    FLASH = "flash"
    """The short form of a full brief on one page."""


SHORT_FORMS = (Length.TWO_PAGES, Length.FLASH)
"""Lengths that nobody can commission, because the program makes them from a full brief."""


class Paper(StrEnum):
    """The paper size of PDFs."""

    A4 = "A4"
    """210 by 297 mm."""
    LETTER = "Letter"
    """US Letter, 8.5 by 11 inches."""


class Drafts(StrEnum):
    """Which drafts of briefs the site shows."""

    HIDDEN = "hidden"
    """None: a brief has no page before its first edition, and afterwards that of its last edition."""
    UNTIL_ISSUED = "until-issued"
    """Those of briefs that were never issued, in the place of their first edition."""
    APART = "apart"
    """All, in a folder of their own; where readers look for a brief they find its last edition."""


class DatePart(StrEnum):
    """A part of a date that can be inferred."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class FigureKind(StrEnum):
    """What a figure shows."""

    TIMELINE = "timeline"
    """When things happened or will happen."""
    LADDER = "ladder"
    """How far commitments have come."""
    MONEY = "money"
    """Amounts of money, side by side."""
    LINE = "line"
    """The rows of a series over time."""
    BARS = "bars"
    """The rows of a table, a bar each."""
    STACKED = "stacked"
    """The rows of a table by date or by status, one bar a date, divided by status."""
    BOARD = "board"
    """Who says how far matters have come."""


SeriesFigure = Literal[FigureKind.LINE, FigureKind.BARS, FigureKind.STACKED]
"""How the rows of a fact are drawn."""


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    GROUP = "group"


def members(wanted: Any) -> tuple[Enum, ...]:
    """Return the members of a scale, or of a part of one, that content may name; none for another type."""
    if typing.get_origin(wanted) is Literal:
        return typing.get_args(wanted)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return tuple(member for member in wanted if member not in SHORT_FORMS)
    return ()
