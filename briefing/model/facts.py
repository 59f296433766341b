"""Facts and fact sheets, with the disagreements, gaps, milestones and judgements beside the facts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.model import edtf, fact_links
from briefing.model.findings import Place
from briefing.model.ladders import Flag, Status
from briefing.model.scales import Confidence, Credibility, FactKind, Likelihood, Marking
from briefing.model.sources import Evidence
from briefing.model.values import Date, Key, Prose, Slug, Value, at_nowhere

BEFORE = "before"
"""The form of a fact link that shows the value before the last change."""


def run_from(value: Value | None) -> tuple[Key, ...]:
    """Return the fact from whose date the time of a date runs, if it does from one."""
    is_fact = isinstance(value, Date) and value.of[:1].isalpha() and "." in value.of
    return (Key(value.of),) if is_fact and isinstance(value, Date) else ()


@dataclass(frozen=True, slots=True)
class Assertion:
    """An earlier state of a fact in its history, complete in itself."""

    asserted: Date
    """The day from which it held."""
    statement: str
    """The statement then, in our own words."""
    evidence: tuple[Evidence, ...]
    """Where it was stated."""
    value: Value | None = None
    """The value then."""
    status: Status | None = None
    """The status then."""
    status_basis: str = ""
    """Why it has this status, where no cited words name it; it begins with the status."""
    flags: tuple[Flag, ...] = ()
    """The flags then."""
    date: Date | None = None
    """When it happened or would happen, as understood then."""
    said_by: tuple[Slug, ...] = ()
    """Who said so."""
    credibility: Credibility | None = None
    """Admiralty grade 1 to 6."""
    caveat: str = ""
    """What a reader had to know."""
    marking: Marking | None = None
    """Who may read it; by default everybody who may read the fact."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Computed:
    """Arithmetic with the values of other facts: one of the first six fields, with the facts it takes."""

    total: tuple[Key, ...] = ()
    """Two or more facts that are added up."""
    difference: tuple[Key, ...] = ()
    """Two facts: the second is taken from the first."""
    share: tuple[Key, ...] = ()
    """Two facts: the first as a percentage of the second."""
    rate: tuple[Key, ...] = ()
    """Two facts: the first for each unit of the second."""
    product: tuple[Key, ...] = ()
    """Two facts: an amount, and a price or a rate per unit of it."""
    count: tuple[Key, ...] = ()
    """The facts that are counted."""
    unit: str = ""
    """What is counted: plants; only of a count."""
    per: str = ""
    """The unit of a rate, in the singular: plant; by default the unit of the second fact."""
    places: int = 1
    """The decimals of a share, a rate or a product; a result that needs more is "about" so much."""

    @property
    def operation(self) -> str:
        """The name of its arithmetic; empty where not exactly one is given."""
        given = [name for name in OPERATIONS if getattr(self, name)]
        return given[0] if len(given) == 1 else ""

    @property
    def parts(self) -> tuple[Key, ...]:
        """The facts that it takes."""
        return tuple(key for name in OPERATIONS for key in getattr(self, name))


OPERATIONS = ("total", "difference", "share", "rate", "product", "count")
"""The arithmetic that a fact can be computed by."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table or a series: a year, a month, or a thing by its name."""

    id: Slug
    """Its name in fact links: 2025, 2025-03, north-plant."""
    value: Value | None = None
    """Its value; none where its cell is empty, or where the table says that it is not known."""
    name: str = ""
    """Its name as it is printed; by default its date, or its id."""
    date: Date | None = None
    """Its date; by default its id, if that is a date."""
    status: Status | None = None
    """How far it has come."""
    evidence: tuple[Evidence, ...] = ()
    """Where it is stated; by default where the whole table is."""
    is_unknown: bool = False
    """Whether the table itself says, with a question mark, that the value is not known."""
    caveat: str = ""
    """What a reader must know to understand it correctly."""
    at: Place = at_nowhere()

    @property
    def when(self) -> Date | None:
        """Its date, which its id may be."""
        return self.date or (Date(str(self.id)) if edtf.is_date(self.id) else None)

    @property
    def status_basis(self) -> str:
        """Why it has its status, if its table has the status in so many words; it begins with the status."""
        words = self.status.words if self.status else ""
        terms = (term.lower() for item in self.evidence for term in item.terms)
        return f"{words}: the table says so" if words and any(term.endswith(words) for term in terms) else ""

    @property
    def named(self) -> str:
        """Its name, or its id in words."""
        return self.name or str(self.id).replace("-", " ")


@dataclass(frozen=True, slots=True)
class RowState(Assertion):
    """A row as a state of its fact, so that all that holds for passages and values holds for it."""

    row: Slug = Slug("")
    """The row."""


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of a fact are read from a table: its source and its columns, by their heads."""

    source: Slug
    """Id of the source that is the table."""
    name: str
    """The column with the name, the year or the day of each row."""
    value: str
    """The column with the value."""
    unit: str = ""
    """The unit of the values; or ``currency``."""
    currency: str = ""
    """The currency of the values, as an ISO 4217 code."""
    per: str = ""
    """The unit that the values are for each of."""
    scale: Decimal = Decimal(1)
    """What a value has to be multiplied by: 1 million, if the table gives millions."""
    price_basis: str | None = ""
    """The price basis of money."""
    status: str = ""
    """The column with the status, in words of the ladder."""
    date: str = ""
    """The column with the date of each row."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that somebody can check."""

    id: Key
    """``sheet.name``; the name is its key in the sheet."""
    kind: FactKind
    """commitment, event, claim or context."""
    statement: str
    """The statement in our own words, one sentence."""
    evidence: tuple[Evidence, ...]
    """Where sources state it; at least one passage."""
    said_by: tuple[Slug, ...] = ()
    """Ids of the actors who say so; empty if the source speaks in its own voice."""
    value: Value | None = None
    """The figure, amount, date or label that a link to the fact prints."""
    status: Status | None = None
    """How far a commitment has come; required for commitments, not allowed elsewhere."""
    status_basis: str = ""
    """Why it has this status, where no cited words name it; it begins with the status."""
    flags: tuple[Flag, ...] = ()
    """superseded, disputed, or a flag of its ladder, such as suspended or cancelled."""
    date: Date | None = None
    """When it happened or will happen, as opposed to when it was stated."""
    asserted: Date | None = None
    """The day from which the fact holds in this form; by default the day of its first source."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors it concerns."""
    systems: tuple[Slug, ...] = ()
    """Ids of the systems and programmes it concerns."""
    matters: tuple[Slug, ...] = ()
    """Ids of the matters that it is about; its status says how far its speakers see them come."""
    credibility: Credibility | None = None
    """Admiralty grade 1 to 6."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    review_by: Date | None = None
    """The day by which to review it; by default, for a commitment, a day that depends on its status."""
    caveat: str = ""
    """What a reader must know to understand it correctly."""
    remark: str = ""
    """What a reader who looks closer may want to know: in its card and on its page, not in notes on paper."""
    label: str = ""
    """A few words that name it in a figure, at most 60 characters; by default its statement."""
    sum_of: tuple[Key, ...] = ()
    """Facts whose amounts its value adds up: our own arithmetic, which no source states."""
    computed: Computed | None = None
    """How its value follows from those of other facts, in place of a ``value``: our own arithmetic."""
    rows: tuple[Row, ...] = ()
    """The rows of a table or a series, each with its value and its passage."""
    table: Table | None = None
    """The table from which ``briefing rows`` reads its rows."""
    history: tuple[Assertion, ...] = ()
    """Its earlier states, oldest first."""
    formerly: tuple[Key, ...] = ()
    """Its former names; the site redirects from them, and issued editions still find it."""
    at: Place = at_nowhere()

    @property
    def is_voice_inferred(self) -> bool:
        """Whether no passage that relays a speaker names one, so that the speaker is our reading."""
        relays = [item for item in self.evidence if item.origin]
        return bool(self.said_by and relays) and all(item.inferred for item in relays)

    @property
    def is_our_reading(self) -> bool:
        """Whether it is our reading that it has come as far as its status says, or who says so."""
        return bool(self.status_basis) or self.is_voice_inferred

    @property
    def is_reported(self) -> bool:
        """Whether no actor says so: texts report it in their own voice."""
        return not self.said_by

    @property
    def named(self) -> str:
        """Its name in links and figures: its label, or its statement without the full stop."""
        return self.label or self.statement.rstrip(".")

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on: those whose amounts it adds up, and from whose dates a time runs."""
        times = (run_from(item) for state in self.states for item in (state.date, state.value))
        parts = self.computed.parts if self.computed else ()
        return tuple(dict.fromkeys((*self.sum_of, *parts, *(key for keys in times for key in keys))))

    @property
    def before(self) -> Assertion | None:
        """Its newest earlier state that has a value, which the form ``#before`` prints."""
        return next((state for state in reversed(self.history) if state.value is not None), None)

    def linked(self, form: str) -> tuple[Fact, str]:
        """Return what a link with a form shows, the fact or an earlier state, and the form that prints it."""
        if row := self.row(form):
            return dataclasses.replace(
                self,
                value=row.value,
                date=row.when,
                status=row.status,
                status_basis="",
                evidence=row.evidence or self.evidence,
                caveat=row.caveat or self.caveat,
                remark="",
                rows=(),
                history=(),
            ), ""
        if form != BEFORE:
            return self, form
        shown = (
            "statement",
            "evidence",
            "value",
            "status",
            "status_basis",
            "flags",
            "date",
            "said_by",
            "caveat",
        )
        then = self.before
        was: dict[str, Any] = {name: getattr(then, name) for name in shown} if then else {"value": None}
        return dataclasses.replace(self, **was, remark="", history=()), ""

    def row(self, name: str) -> Row | None:
        """Return the row of a name; None if there is none."""
        return next((row for row in self.rows if row.id == name), None)

    @property
    def states(self) -> tuple[Fact | Assertion, ...]:
        """Its present state, then its earlier states, oldest first, then its rows."""
        rows = (
            RowState(
                self.asserted,  # type: ignore[arg-type]  # a fact that is not linked yet may have none
                row.name,
                row.evidence or self.evidence,
                row.value,
                row.status,
                row.status_basis,
                date=row.date,
                caveat=row.caveat,
                row=row.id,
                at=row.at,
            )
            for row in self.rows
        )
        return (self, *self.history, *rows)


@dataclass(frozen=True, slots=True)
class AcceptedState:
    """The state of a fact when prose about it was accepted: everything that such prose relies on."""

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
    rows: tuple[Row, ...] = ()
    """Its rows."""
    date: Date | None = None
    """When it happened or was expected to happen."""
    said_by: tuple[Slug, ...] = ()
    """Who said so."""
    caveat: str = ""
    """What a reader had to know."""
    marking: Marking | None = None
    """Who could read it; by default the project's marking."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a disagreement."""

    says: str
    """The reading, in our own words."""
    facts: tuple[Key, ...]
    """Facts that hold it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Rival readings side by side; they are printed, never resolved silently."""

    id: Key
    """``sheet.name``."""
    question: str
    """What they disagree on."""
    readings: tuple[Reading, ...]
    """The readings; at least two."""
    wording: str
    """The wording that briefs use."""
    why: str
    """The reason for this wording."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors whose roles it is about, if sources state these differently."""
    matters: tuple[Slug, ...] = ()
    """Ids of the matters that it is about; beside those of the facts under it."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    at: Place = at_nowhere()

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on: those of its readings, each once, in order."""
        return tuple(dict.fromkeys(key for reading in self.readings for key in reading.facts))


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
    matters: tuple[Slug, ...] = ()
    """Ids of the matters that it is about; beside those of the facts under it."""
    payment: bool = False
    """Whether it asks who pays, or from what money; the state of play and the open questions point to it."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    at: Place = at_nowhere()

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on: those that raise the question."""
        return self.facts


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
    shows: str = ""
    """What it would show if it happens, or if it does not."""
    met_by: Key | None = None
    """The fact that met it, if one has."""
    matters: tuple[Slug, ...] = ()
    """Ids of the matters that it is about; beside those of the facts that it rests on."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    at: Place = at_nowhere()

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on, with the one that met it."""
        met = (self.met_by,) if self.met_by else ()
        return tuple(dict.fromkeys((*self.facts, *met, *run_from(self.date))))


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
    """What would change it; on its page, and in a brief that does not say what to watch."""
    implication: str = ""
    """What follows from it for the reader."""
    alternative: str = ""
    """The other way to read the same facts, and why it is less likely."""
    matters: tuple[Slug, ...] = ()
    """Ids of the matters that it is about; beside those of the facts that it rests on."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    at: Place = at_nowhere()

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on: those that its basis links, each once, in order."""
        return fact_links.keys(self.basis)


Entry = Disagreement | Gap | Milestone | Judgement
"""A record beside the facts in a sheet and in the registers."""
REGISTERS = ("disagreements", "gaps", "milestones", "judgements")
"""The registers of a sheet, of a library and of a state, in the order of their fields."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the facts of a sheet take where they say nothing else, written once at its head."""

    source: Slug | None = None
    """The source of each passage that names none."""
    origin: Slug | None = None
    """The statement that passages of that source relay, unless they name one or say ``not stated``."""
    inferred: bool = False
    """Whether it is our reading that they relay it."""
    kind: FactKind | None = None
    """The kind of facts without a status; a fact with a status is a commitment."""
    said_by: tuple[Slug, ...] = ()
    """Ids of the actors who say so; a fact that the source states in its own voice says ``[]``."""
    asserted: Date | None = None
    """The day from which the facts hold; earlier states under ``history`` have their own."""
    date: Date | None = None
    """When it happened: the date of events and commitments that have none; of others ``not stated``."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors whom the facts concern."""
    systems: tuple[Slug, ...] = ()
    """Ids of the systems and programmes that they concern."""
    matters: tuple[Slug, ...] = ()
    """Ids of the undertakings that they are about."""
    price_basis: str | None = ""
    """The price basis of values of money: 2024 prices."""
    credibility: Credibility | None = None
    """Admiralty grade 1 to 6."""
    marking: Marking | None = None
    """Who may read them."""
    review_by: Date | None = None
    """The day by which to review them."""


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
    ladder: Slug = Slug("")
    """The ladder of their statuses; by default that of the project."""
    owner: str = ""
    """Who keeps its facts: ``briefing due`` lists the facts to review under this name."""
    disagreements: tuple[Disagreement, ...] = ()
    """Questions on which the sources disagree."""
    gaps: tuple[Gap, ...] = ()
    """Questions that no source answers."""
    milestones: tuple[Milestone, ...] = ()
    """Expected events with their dates."""
    judgements: tuple[Judgement, ...] = ()
    """Our own judgements."""
    formerly: tuple[Slug, ...] = ()
    """Former names of the sheet; they apply to everything in it."""
    marking: Marking | None = None
    """Who may read anything of it; by default everybody who may read one of its facts."""
    at: Place = at_nowhere()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything in it except its facts."""
        return (*self.disagreements, *self.gaps, *self.milestones, *self.judgements)
