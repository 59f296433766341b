"""The scales and kinds for facts, commitments, sources, judgements, briefs and figures."""

from __future__ import annotations

from enum import Enum, StrEnum


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


class Status(Enum):
    """How far a commitment has come; the order of the lines is the order of the ladder."""

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
    DELIVERED = "delivered"
    IN_SERVICE = "in-service"

    @property
    def rung(self) -> int:
        """Its place on the ladder, 1 for interest."""
        return _RUNGS[self]

    @property
    def stage(self) -> Stage:
        """The group of statuses to which it belongs."""
        if self < Status.INTENT:
            return Stage.SAID
        if self < Status.CONTRACTED:
            return Stage.INTENDED
        return Stage.BINDING if self < Status.IN_PRODUCTION else Stage.UNDER_WAY

    @property
    def words(self) -> str:
        """The words for readers: "in service", where a sheet has ``in-service``."""
        return self.value.replace("-", " ")

    def __lt__(self, other: Status) -> bool:
        return self.rung < other.rung


_RUNGS = {status: number for number, status in enumerate(Status, 1)}


class Stage(StrEnum):
    """How far a commitment has come, in four groups of statuses; its shape is filled from an order on."""

    SAID = "said"
    """One side speaks about it, or both do."""
    INTENDED = "intended"
    """Both sides have an intention, or have said that they are bound; nothing is ordered."""
    BINDING = "binding"
    """It has a contract, an order or money."""
    UNDER_WAY = "under way or done"
    """It is being made or handed over, has been handed over, or is used."""

    @property
    def shape(self) -> str:
        """The symbol before a status of this group."""
        return {Stage.SAID: "○", Stage.INTENDED: "△", Stage.BINDING: "▲", Stage.UNDER_WAY: "●"}[self]


class Flag(StrEnum):
    """A remark that a status does not make by itself; a fact may have several."""

    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"


class Bound(StrEnum):
    """How an amount is meant."""

    EXACTLY = "exactly"
    UP_TO = "up to"
    LESS_THAN = "less than"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    ABOUT = "about"
    BETWEEN = "between"

    @property
    def is_ceiling(self) -> bool:
        """Whether the amount is the most that is meant, or just above it."""
        return self in (Bound.UP_TO, Bound.LESS_THAN)

    @property
    def is_floor(self) -> bool:
        """Whether the amount is the least that is meant, or just below it."""
        return self in (Bound.AT_LEAST, Bound.MORE_THAN)

    @property
    def is_strict(self) -> bool:
        """Whether the amount itself is not meant: more than 2, less than 2."""
        return self in (Bound.LESS_THAN, Bound.MORE_THAN)


class ValuePart(StrEnum):
    """A part of a value that can be inferred: computed, converted or concluded."""

    AMOUNT = "amount"
    BOUND = "bound"
    UNIT = "unit"
    CURRENCY = "currency"
    INSTRUMENT = "instrument"
    TEXT = "text"


class Instrument(StrEnum):
    """How money is given; amounts of different instruments are never added up."""

    LOAN = "loan"
    GRANT = "grant"
    GUARANTEE = "guarantee"
    IN_KIND = "in-kind"


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
    """One page: small type, notes without caveats, no scales."""
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


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    GROUP = "group"
