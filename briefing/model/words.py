"""The words of the trade, as frozen values. Read this first: everything else takes and gives these.

Sources are cited by facts; facts live in fact sheets; all of them, linked, are the library. A brief is a
commission. Drafted against the library it is a draft, cited it is an edition, and a format turns an edition
into an artifact.

The model knows nothing of files, YAML or Jinja. A field whose type admits ``None`` and which has no default
must be given; ``not stated`` in the content becomes ``None``: what a source leaves open is recorded, never
guessed and never simply missing. ``at`` says where a thing stands and takes no part in equality, so that a
comment or a moved line changes nothing.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import NewType

from briefing.model.edtf import Span, parse
from briefing.model.findings import Place

Slug = NewType("Slug", str)
"""A name for files and links: lower-case letters, digits and single hyphens."""
EditionNumber = NewType("EditionNumber", str)
"""Number of an issued edition: 2, or 2.1 for the first minor edition after it."""
Days = NewType("Days", int)
"""A number of days; ``never`` in the content becomes ``None``."""
Key = NewType("Key", str)
"""A slug within a sheet, written ``sheet.name``: the full name of a fact, gap, milestone, judgement."""
Prose = NewType("Prose", str)
"""Markdown that may hold fact links; every other text is plain and is escaped where it is printed."""

NOWHERE = Place("", 1, 1)
NOT_STATED = "not stated"
"""How the content writes ``None``."""


class Placed(str):
    """A text that knows where it stands; in every other respect it is the text."""

    __slots__ = ("at", "raw")

    at: Place
    raw: str
    """The text as it stands in the file, with its line breaks and quotation marks."""

    def __new__(cls, text: str, at: Place, raw: str = "") -> Placed:
        """Give a text its place."""
        placed = super().__new__(cls, text)
        placed.at = at
        placed.raw = raw
        return placed

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        # In another process the text is only a text.
        return str, (str(self),)


def place_of(text: str, default: Place, part: str = "") -> Place:
    """Where a text of the content, or a part of it, stands; ``default`` for texts made by the program."""
    if not isinstance(text, Placed):
        return default
    return text.at.of_sign(text.raw, max(text.raw.find(part), 0))


def _at() -> Place:
    return field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# ---------------------------------------------------------------------------------------------- scales


class Kind(StrEnum):
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
        """Place on the ladder, 1 for interest."""
        return list(Status).index(self) + 1

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
        """What a reader reads: "in service", where a sheet writes ``in-service``."""
        return self.value.replace("-", " ")

    def __lt__(self, other: Status) -> bool:
        return self.rung < other.rung


class Stage(StrEnum):
    """What a commitment has come to, in four groups of statuses; its shape is filled from an order on."""

    SAID = "said"
    """One side speaks of it, or both do."""
    INTENDED = "intended"
    """Both sides have an intention, or have said that they are bound; nothing is ordered."""
    BINDING = "binding"
    """A contract, an order or money stands behind it."""
    UNDER_WAY = "under way or done"
    """It is being made or handed over, has been handed over, or is used."""

    @property
    def shape(self) -> str:
        """The sign that stands before a status of this group."""
        return {Stage.SAID: "○", Stage.INTENDED: "△", Stage.BINDING: "▲", Stage.UNDER_WAY: "●"}[self]


class Flag(StrEnum):
    """What a status does not say by itself; a fact may carry several."""

    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"


class Bound(StrEnum):
    """How an amount is meant."""

    EXACTLY = "exactly"
    UP_TO = "up to"
    AT_LEAST = "at least"
    ABOUT = "about"
    BETWEEN = "between"


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
        order = list(Marking)
        return order.index(self) < order.index(other)


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
    """How much room a brief takes. The last two are short forms of a full brief; none is commissioned."""

    FULL = "full"
    """Two pages where it can be, five at most."""
    ONE_PAGE = "one-page"
    """One page: small type, notes without caveats, no scales."""
    TWO_PAGES = "two-page"
    """The short form of a full brief on two pages."""
    FLASH = "flash"
    """The short form of a full brief on one page."""


SHORT_FORMS = (Length.TWO_PAGES, Length.FLASH)
"""What a brief cannot be commissioned as: it is made of one that is full."""


class Paper(StrEnum):
    """The size of the sheets that PDFs are made for."""

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
    """When things happened or are to happen."""
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


# ---------------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known."""

    edtf: str
    """The date in EDTF level 1: 2025-11-17, 2025-11, 2025, ../2035 for "by 2035"."""
    inferred: tuple[DatePart, ...] = ()
    """Parts that no source states and that we concluded."""
    at: Place = _at()

    @property
    def span(self) -> Span:
        """The days it can mean."""
        return _span(self.edtf)

    @property
    def earliest(self) -> datetime.date:
        """The first day it can mean."""
        return self.span.earliest

    @property
    def latest(self) -> datetime.date:
        """The last day it can mean."""
        return self.span.latest

    @property
    def sort_day(self) -> datetime.date:
        """The day by which it stands in a timeline: its first, or its last where the start is open."""
        return self.span.earliest if self.span.start else self.span.latest


@functools.lru_cache(maxsize=4096)
def _span(text: str) -> Span:
    return parse(text)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something."""

    amount: Decimal
    """The number; ``8 million`` may be written for 8000000."""
    unit: str
    """What is counted or measured: trams, households, litres per day, %."""
    bound: Bound = Bound.EXACTLY
    """How the amount is meant: exactly, up to, at least, about, between."""
    upper: Decimal | None = None
    """The upper end where the bound is ``between``."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money."""

    amount: Decimal
    """The amount in units of the currency; ``90 billion`` may be written."""
    currency: str
    """Its ISO 4217 code."""
    bound: Bound = Bound.EXACTLY
    """How the amount is meant: exactly, up to, at least, about, between."""
    upper: Decimal | None = None
    """The upper end where the bound is ``between``."""
    instrument: Instrument | None = None
    """How it is given, where a source says so: loan, grant, guarantee, in-kind."""
    price_basis: str | None = ""
    """In which prices it is meant, as a source states it: 2024 prices; ``not stated`` where none does."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name or version that is itself the value, such as F4."""

    text: str
    """The name as it is printed."""


Value = Quantity | Money | Date | Label


# ------------------------------------------------------------------------------------------- registers


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact's pointer into a source."""

    source: Slug
    """Id of the source."""
    paragraph: int
    """Which non-empty line of the capture, counted from 1."""
    terms: tuple[str, ...]
    """One to four key terms, at most five words each, that literally stand in that paragraph."""
    origin: Slug | None = None
    """Id of the statement relayed here; the source itself speaks where it is left out."""
    inferred: bool = False
    """Whether it is our reading that this comes from that statement: the passage does not say so of it."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Uncited:
    """Paragraphs of a source, or words in them, that no fact has to cite."""

    paragraphs: tuple[int, ...]
    """Which non-empty lines of the capture, counted from 1."""
    reason: str
    """Why not: a photo credit, navigation, a subject that the corpus does not cover."""
    terms: tuple[str, ...] = ()
    """The words that are meant; the whole paragraphs where it is left out."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Source:
    """Something published by somebody else."""

    id: Slug
    """Name of its file in ``content/sources/``."""
    title: str | None
    """Its headline."""
    publisher: str | None
    """Who published it."""
    author: str | None
    """Who wrote it."""
    published: Date | None
    """When it was published."""
    retrieved: Date | None
    """When the capture was taken."""
    url: str | None
    """Where it can be read."""
    language: str
    """Language of the capture, as a BCP 47 tag."""
    capture: str
    """File name of the captured text; captures stay out of the repository."""
    sha256: str
    """Digest of the capture, 64 hexadecimal digits."""
    reliability: Reliability
    """Admiralty grade A to F."""
    label: str
    """How a brief names it where the headline or the publisher is not stated."""
    origins: tuple[Slug, ...] = ()
    """Ids of the statements it relays."""
    uncited: tuple[Uncited, ...] = ()
    """Paragraphs that no fact has to cite, each with the reason."""
    note: str = ""
    """What a reader should know of it: what is not stated, what was inferred and from what."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Origin:
    """A statement that sources relay: outlets that repeat one statement are one origin."""

    id: Slug
    """Its key in ``content/origins.yaml``."""
    title: str
    """What it is: a post, a broadcast, an interview."""
    said_by: tuple[Slug, ...]
    """Ids of the actors who made it; origins with a common speaker are not independent."""
    date: Date | None
    """When it was made."""
    medium: str | None
    """Where it was made: Telegram, X, a broadcaster."""
    via: tuple[Slug, ...] = ()
    """Ids of the outlets through which it came to our sources: what they relay is third-hand."""
    note: str = ""
    """What a reader should know of it."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Role:
    """An office or role as a source states it."""

    title: str
    """The role."""
    evidence: Evidence
    """Where it is stated."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an organisation, a country or a group."""

    id: Slug
    """Its key in ``content/actors.yaml``."""
    name: str
    """The name that briefs print."""
    kind: ActorKind
    """person, organisation, country or group."""
    role: str = ""
    """The role that briefs print with the name."""
    names: tuple[str, ...] = ()
    """The name as sources write it."""
    roles: tuple[Role, ...] = ()
    """The role as each source states it."""
    speaks_for: Slug | None = None
    """Id of the actor whose office or spokesman it is: what the two say is of one origin."""
    description: str = ""
    """One or two sentences for its page."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class System:
    """A weapon, a vehicle, a programme, an instrument of finance."""

    id: Slug
    """Its key in ``content/systems.yaml``."""
    name: str
    """The name that briefs print."""
    category: str
    """What it is: tram, water works, programme."""
    names: tuple[str, ...] = ()
    """The name as sources write it."""
    description: str = ""
    """One or two sentences for its page."""
    at: Place = _at()


# ---------------------------------------------------------------------------------------- fact sheets


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a fact said before: an earlier state in its history, complete in itself."""

    asserted: Date
    """Since when it held."""
    statement: str
    """The statement then, in our own words."""
    evidence: tuple[Evidence, ...]
    """Where it was stated."""
    value: Value | None = None
    """The value then."""
    status: Status | None = None
    """The status then."""
    flags: tuple[Flag, ...] = ()
    """The flags then."""
    date: Date | None = None
    """The date of the thing itself, as understood then."""
    said_by: tuple[Slug, ...] = ()
    """Who said so."""
    credibility: Credibility | None = None
    """Admiralty grade 1 to 6."""
    caveat: str = ""
    """What a reader had to know."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that somebody can check."""

    id: Key
    """``sheet.name``; the name is its key in the sheet."""
    kind: Kind
    """commitment, event, claim or context."""
    statement: str
    """The statement in our own words, one sentence."""
    evidence: tuple[Evidence, ...]
    """Where sources state it; at least one passage."""
    said_by: tuple[Slug, ...] = ()
    """Ids of the actors who say so; empty where the source speaks in its own voice."""
    value: Value | None = None
    """The figure, amount, date or label that a link to the fact prints."""
    status: Status | None = None
    """How far a commitment has come; required for commitments, not allowed elsewhere."""
    flags: tuple[Flag, ...] = ()
    """suspended, cancelled, superseded, disputed."""
    date: Date | None = None
    """When the thing itself happened or is to happen."""
    asserted: Date | None = None
    """Since when the fact holds in this form; by default the day its first source was published."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors it concerns."""
    systems: tuple[Slug, ...] = ()
    """Ids of the systems and programmes it concerns."""
    credibility: Credibility | None = None
    """Admiralty grade 1 to 6."""
    marking: Marking | None = None
    """Who may read it; the project's marking where it is left out."""
    review_by: Date | None = None
    """By when somebody should look at it again; a commitment has a day by its status where it is left out."""
    caveat: str = ""
    """What a reader must know to read it rightly."""
    label: str = ""
    """A few words that name it in a figure, at most 60 signs; its statement where they are left out."""
    sum_of: tuple[Key, ...] = ()
    """Facts whose amounts its value adds up: an arithmetic of ours, which no source states."""
    history: tuple[Assertion, ...] = ()
    """What it said before, oldest first."""
    formerly: tuple[Key, ...] = ()
    """What it was called before; the site leads from there to here, and editions know it again."""
    at: Place = _at()

    @property
    def is_voice_inferred(self) -> bool:
        """Whether no passage that relays a speaker names one: who says so is our reading."""
        relays = [item for item in self.evidence if item.origin]
        return bool(self.said_by and relays) and all(item.inferred for item in relays)

    @property
    def named(self) -> str:
        """What links and figures call it: its label, or its statement without the full stop."""
        return self.label or self.statement.rstrip(".")

    @property
    def states(self) -> tuple[Fact | Assertion, ...]:
        """What it says now, and what it said before, oldest first."""
        return (self, *self.history)


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a disagreement."""

    says: str
    """The reading, in our own words."""
    facts: tuple[Key, ...]
    """Facts that hold it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Rival readings side by side; printed, never resolved in silence."""

    id: Key
    """``sheet.name``."""
    question: str
    """What they disagree on."""
    readings: tuple[Reading, ...]
    """The readings; at least two."""
    wording: str
    """The wording that briefs use."""
    why: str
    """Why this wording."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors whose roles it is about, where sources state them differently."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that no source answers."""

    id: Key
    """``sheet.name``."""
    question: str
    """The question."""
    note: str = ""
    """What comes closest to an answer."""
    facts: tuple[Key, ...] = ()
    """Facts that raise the question."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated expectation."""

    id: Key
    """``sheet.name``."""
    date: Date
    """When it is expected."""
    expectation: str
    """What is expected, and from whom."""
    facts: tuple[Key, ...]
    """Facts on which it rests."""
    met_by: Key | None = None
    """The fact that met it, if one has."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A likelihood with its basis and confidence: ours, not a source's."""

    id: Key
    """``sheet.name``."""
    statement: str
    """What is judged, as a clause that follows "that": a contract is signed in 2026."""
    likelihood: Likelihood
    """One of the seven steps of ICD 203."""
    confidence: Confidence
    """low, moderate or high."""
    basis: Prose
    """The reasons, with links to the facts."""
    would_change: str
    """What would change it."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class FactSheet:
    """One topic: one YAML file."""

    id: Slug
    """Name of its file in ``content/facts/``."""
    title: str
    """The topic's name."""
    summary: str
    """One or two sentences: what the sheet covers."""
    facts: tuple[Fact, ...]
    """Its facts, in the order of the file."""
    owner: str = ""
    """Who keeps its facts: ``briefing due`` lists under this name what is to be looked at again."""
    disagreements: tuple[Disagreement, ...] = ()
    """What the sources disagree on."""
    gaps: tuple[Gap, ...] = ()
    """What no source says."""
    milestones: tuple[Milestone, ...] = ()
    """What is expected when."""
    judgements: tuple[Judgement, ...] = ()
    """What we judge."""
    formerly: tuple[Slug, ...] = ()
    """What it was called before, and with it everything in it."""
    at: Place = _at()


# ---------------------------------------------------------------------------------------------- briefs


@dataclass(frozen=True, slots=True)
class Selection:
    """Which facts a table or timeline shows: those that meet every given condition, and those named."""

    sheets: tuple[Slug, ...] = ()
    """Facts of these sheets."""
    kinds: tuple[Kind, ...] = ()
    """Facts of these kinds."""
    statuses: tuple[Status, ...] = ()
    """Facts with these statuses."""
    systems: tuple[Slug, ...] = ()
    """Facts that concern one of these systems."""
    actors: tuple[Slug, ...] = ()
    """Facts that concern one of these actors."""
    facts: tuple[Key, ...] = ()
    """These facts, whatever else holds; first, and in this order."""
    except_facts: tuple[Key, ...] = ()
    """Never these facts."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A commission: front matter and prose that refer to facts."""

    id: Slug
    """Name of its file in ``content/briefs/``."""
    title: str
    """Its title."""
    subtitle: str
    """One line under the title."""
    owner: str | None
    """Who answers for it."""
    sheets: tuple[Slug, ...]
    """Fact sheets it covers: their disagreements, gaps and milestones are printed."""
    bottom_line: Prose
    """What the reader must know, in at most 60 words."""
    body: Prose
    """The prose after the front matter."""
    judgements: tuple[Key, ...] = ()
    """Key judgements to print, in this order."""
    commitments: Selection = Selection()
    """What the table "Where it stands" shows."""
    timeline: Selection = Selection()
    """What the timeline shows."""
    money: Selection = Selection()
    """What the figure and the table of money show; a fact that names no amount is shown as naming none."""
    disagreements: tuple[Key, ...] | None = None
    """Disagreements to print; all of its sheets where it is left out."""
    gaps: tuple[Key, ...] | None = None
    """Gaps to print; all of its sheets where it is left out."""
    milestones: tuple[Key, ...] | None = None
    """Milestones to print; all of its sheets where it is left out."""
    marking: Marking | None = None
    """Who may read it; the project's marking where it is left out."""
    language: str = "en-GB"
    """Language of the prose, as a BCP 47 tag."""
    length: Length = Length.FULL
    """full, or one-page."""
    template: Slug = Slug("brief")
    """Name of the template that lays it out."""
    formerly: tuple[Slug, ...] = ()
    """What it was called before: its editions stay with it, and the site leads from there to here."""
    body_at: Place = _at()
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Page:
    """A plain page of the site; one called handbook or method replaces the program's own."""

    id: Slug
    """Name of its file in ``content/pages/``."""
    title: str
    """Its title."""
    body: Prose
    """The text after the front matter."""
    order: int = 100
    """Place in the site's menu, smallest first."""
    body_at: Place = _at()
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Project:
    """What holds for the whole corpus."""

    title: str
    """Name of the corpus; the site's title."""
    subtitle: str
    """One line under the title."""
    publisher: str
    """Who publishes the briefs."""
    languages: tuple[str, ...]
    """BCP 47 tags; the first is the site's language."""
    marking: Marking
    """The marking of whatever does not carry one."""
    contact: str
    """Whom to write to."""
    base_url: str = ""
    """Address at which the site is published, for what names it in full: feeds, the sitemap, pictures."""
    home: tuple[Slug, ...] = ()
    """Briefs in the order in which the site lists them; the others follow by title."""
    review_after: Mapping[Status, Days | None] = field(default_factory=dict)
    """After how many days a commitment is to be looked at again, by status, where the usual time is wrong."""
    paper: Paper = Paper.A4
    """The sheets that the PDFs are made for: A4 or Letter."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``briefing verify --record`` found in one capture, and when."""

    id: Slug
    """Id of the source."""
    day: Date
    """When the capture was read."""
    sha256: str
    """Digest of the capture then."""
    paragraphs: int
    """How many non-empty lines the capture has."""
    passages: tuple[str, ...]
    """Digests of the pieces of evidence that were found in it."""
    uncited: tuple[str, ...] = ()
    """Figures, dates and names in it that no fact cites and no reason explains: ``7: 40 percent``."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Renames:
    """What things were called before -> what they are called now."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    """Facts and entries of registers."""
    sheets: Mapping[str, Slug] = field(default_factory=dict)
    briefs: Mapping[str, Slug] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything, linked and indexed; read-only. As of one day: later facts are in ``later``."""

    project: Project
    sources: Mapping[str, Source]
    origins: Mapping[str, Origin]
    actors: Mapping[str, Actor]
    systems: Mapping[str, System]
    sheets: Mapping[str, FactSheet]
    facts: Mapping[str, Fact]
    disagreements: Mapping[str, Disagreement]
    gaps: Mapping[str, Gap]
    milestones: Mapping[str, Milestone]
    judgements: Mapping[str, Judgement]
    briefs: Mapping[str, Brief]
    pages: Mapping[str, Page]
    verifications: Mapping[str, Verification]
    """By id of the source."""
    issued: Mapping[str, tuple[Issued, ...]]
    """By id of the brief as it is called now: its editions, oldest first."""
    accepted: Mapping[str, Accepted]
    """By id of the brief as it is called now: what was accepted of its prose."""
    renamed: Renames
    later: Mapping[str, datetime.date]
    """Facts that were not yet known on the as-of day, with the day they became known."""
    otherwise: frozenset[str]
    """Facts that stood otherwise on the as-of day than they do today, so that today's words do not fit."""
    as_of: datetime.date | None
    """The day the library shows; None is everything known."""
    is_whole: bool
    """Whether all of the content could be read: otherwise what is missing here may exist."""


# ------------------------------------------------------------------------------------ drafts, editions


@dataclass(frozen=True, slots=True)
class Mark:
    """What a figure shows of one fact, as plain text and values."""

    label: str
    """The fact in few words."""
    fact: Key
    when: str = ""
    """Its date in words; empty where it has none, or where the figure shows none."""
    date: Date | None = None
    """The date itself."""
    status: Status | None = None
    """How far it has come."""
    flags: tuple[Flag, ...] = ()
    """Its flags."""
    amount: str = ""
    """Its money in words, with how it is given; empty where it names none."""
    money: Money | None = None
    """The money itself."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What can be drawn of the facts that a section shows. The section's table has the same in words."""

    kind: FigureKind
    title: str
    """What it is, for whoever cannot see it."""
    text: str
    """What it shows, in one to three plain sentences: how many of how many, and what could not be drawn."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A part of a draft: its role names it for styles, its text is Markdown with fact links."""

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
    """Whether the note's number is printed here: in a paragraph or row only a fact's last claim is marked."""
    is_first: bool
    """Whether this is the first place in the edition that prints the note's number."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an edition: Markdown, cut where a fact appears."""

    role: str
    title: str
    segments: tuple[str | Claim, ...]
    figure: Figure | None = None
    """What is drawn before its text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One place in a source that a note cites."""

    reference: str
    """Label of the source in the list of references: S1."""
    source: Slug
    paragraph: int
    origin: str
    """The statement that is relayed there, as Markdown; empty where the source speaks in its own voice."""
    via: str = ""
    """Through whom that statement came to the source, as Markdown; empty where it relays it at first hand."""


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
    """Its value in words, with instrument and price basis of money, as Markdown; empty where it has none."""
    status: str = ""
    """Status, with its meaning and the flags; empty where the fact is no commitment."""
    kind: str = ""
    """What sort of statement it is."""
    date: str = ""
    """When the thing itself happened or is to happen, as Markdown."""
    speakers: str = ""
    """Who says so, as Markdown."""
    caveat: str = ""
    """What a reader must know to read it rightly, as Markdown."""
    passages: tuple[Passage, ...] = ()
    grade: str = ""
    """Credibility with its meaning; empty where the fact is not graded."""
    independence: str = ""
    """From how many sources and independent origins it comes, in words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as listed at the end of an edition."""

    label: str
    """S1, S2 … in the order of the notes."""
    source: Slug
    text: str
    """Title, publisher, date as Markdown; what is not stated says so."""
    title: str
    """Its title alone, or how a brief names it where the headline is not stated, as Markdown."""
    reliability: Reliability
    origins: str
    """The statements that it relays here, as Markdown."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale that an edition uses, as it is printed."""

    title: str
    source: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A brief as it can be printed: numbered, referenced, tied to no format."""

    brief: Slug
    title: str
    subtitle: str
    owner: str | None
    marking: Marking
    language: str
    publisher: str
    as_of: str
    """The day of its newest fact, or the day asked for, in words."""
    as_of_day: datetime.date
    """The same day, for metadata."""
    label: str
    """``Draft`` until it is issued, then its number and the day."""
    is_draft: bool
    """Whether nobody has issued it as it stands."""
    notice: str
    """What a reader must know of this edition before anything else: that it is withdrawn, or corrected."""
    length: Length
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    scales: tuple[Scale, ...]
    counts: str
    """How many facts, sources and independent origins it rests on, and when that was verified, in words."""
    digest: str
    """Of everything above."""


@dataclass(frozen=True, slots=True)
class FactFile:
    """The facts of an edition as data, for whoever checks a figure: the same in two formats."""

    yaml: str = ""
    json: str = ""


# --------------------------------------------------------------------------------------------- the ledger


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source that a brief rests on, in words."""

    id: Slug
    """Id of the source."""
    words: str
    """Title, publisher and date, as Markdown."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class State:
    """What a brief rests on at one time: the facts that it shows, the entries that it prints."""

    as_of: Date
    """The day of its newest fact."""
    facts: tuple[Fact, ...] = ()
    """The facts, as they stood."""
    disagreements: tuple[Disagreement, ...] = ()
    """The disagreements that it prints."""
    gaps: tuple[Gap, ...] = ()
    """The gaps that it prints."""
    milestones: tuple[Milestone, ...] = ()
    """The milestones that it prints."""
    judgements: tuple[Judgement, ...] = ()
    """The judgements that it prints."""
    sources: tuple[ListedSource, ...] = ()
    """The sources that it cites."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of an edition as they were printed; fact links carry the words that stood for them."""

    title: str
    """Its title."""
    subtitle: str
    """The line under the title."""
    owner: str | None
    """Who answered for it."""
    marking: Marking
    """Who may read it."""
    language: str
    """Language of the prose, as a BCP 47 tag."""
    publisher: str
    """Who published it."""
    as_of: str
    """The day of its newest fact, in words."""
    as_of_day: Date
    """The same day."""
    length: Length
    """full, or one-page."""
    counts: str
    """How many facts, sources and independent origins it rested on, in words."""
    sections: tuple[DraftSection, ...]
    """Its text."""
    notes: tuple[Note, ...]
    """The evidence for each fact."""
    references: tuple[Reference, ...]
    """Its sources."""
    scales: tuple[Scale, ...] = ()
    """The scales that it printed."""


@dataclass(frozen=True, slots=True)
class FileDigests:
    """SHA-256 of the files of an edition, as they were when it was issued."""

    markdown: str
    """Of the Markdown file."""
    html: str
    """Of the HTML page."""
    pdf: str
    """Of the PDF."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An issued edition taken back."""

    id: EditionNumber
    """Number of the edition."""
    day: Date
    """When it was withdrawn."""
    by: str
    """Who withdrew it."""
    reason: str
    """Why."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Stood:
    """How a fact stood when prose about it was accepted: all of it that such prose relies on."""

    id: Slug
    """Digest of the rest, by which acceptances name it."""
    fact: Key
    """The fact."""
    statement: str
    """Its statement."""
    value: Value | None = None
    """Its value, with its bound."""
    status: Status | None = None
    """How far it had come."""
    flags: tuple[Flag, ...] = ()
    """Its flags."""
    date: Date | None = None
    """When the thing itself happened or was to happen."""
    said_by: tuple[Slug, ...] = ()
    """Who said so."""
    caveat: str = ""
    """What a reader had to know."""
    marking: Marking | None = None
    """Who could read it; the project's marking where it is left out."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody has read a paragraph of a brief beside its facts, and answers for it."""

    paragraph: str
    """Name of the paragraph then."""
    opening: str
    """Its first words, for whoever reads the record."""
    by: str
    """Who accepted it."""
    day: Date
    """When."""
    words: str
    """Digest of its words: signs, spaces and the size of letters are no part of it."""
    rests_on: tuple[Slug, ...]
    """How each fact that it cites stood, in the order in which it cites them."""
    reason: str = ""
    """Why, where that was said."""
    at: Place = _at()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted of a brief, oldest first."""

    acceptances: tuple[Acceptance, ...] = ()
    """Every acceptance; of one paragraph the last one counts."""
    states: tuple[Stood, ...] = ()
    """How facts stood, each state once."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An edition of a brief as it was issued: frozen, with all that it rested on."""

    id: EditionNumber
    """Its number: the name of its file in the brief's folder in ``content/editions/``."""
    brief: Slug
    """Id of the brief then."""
    issued: Date
    """When it was issued."""
    dated: Date
    """The day that it bears: a minor edition bears that of the edition before it."""
    by: str
    """Who issued it."""
    note: str
    """What is new in it, as a reader is told."""
    program: str
    """Version of the program that made it."""
    seal: str
    """Digest of everything else in its file: it tells whether that was changed since."""
    files: FileDigests
    """Digests of its files."""
    printed: Printed
    """Its words."""
    state: State
    """What it rested on."""
    corrects: EditionNumber = EditionNumber("")
    """Number of an earlier edition that was wrong and that this one corrects."""
    withdrawn: Withdrawal | None = None
    """Set where it was taken back."""
    at: Place = _at()

    @property
    def is_minor(self) -> bool:
        """Whether it is a minor edition: nothing in it but wording has changed."""
        return "." in self.id

    @property
    def order(self) -> tuple[int, int]:
        """Place among the editions of its brief."""
        major, _, minor = self.id.partition(".")
        return int(major), int(minor or 0)
