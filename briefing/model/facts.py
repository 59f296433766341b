"""Facts and fact sheets, with the disagreements, gaps, milestones and judgements beside the facts."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import fact_links
from briefing.model.findings import Place
from briefing.model.scales import Confidence, Credibility, FactKind, Flag, Likelihood, Marking, Status
from briefing.model.sources import Evidence
from briefing.model.values import Date, Key, Prose, Slug, Value, at_nowhere


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
    """suspended, cancelled, superseded, disputed."""
    date: Date | None = None
    """When it happened or will happen, as opposed to when it was stated."""
    asserted: Date | None = None
    """The day from which the fact holds in this form; by default the day of its first source."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors it concerns."""
    systems: tuple[Slug, ...] = ()
    """Ids of the systems and programmes it concerns."""
    credibility: Credibility | None = None
    """Admiralty grade 1 to 6."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    review_by: Date | None = None
    """The day by which to review it; by default, for a commitment, a day that depends on its status."""
    caveat: str = ""
    """What a reader must know to understand it correctly."""
    label: str = ""
    """A few words that name it in a figure, at most 60 characters; by default its statement."""
    sum_of: tuple[Key, ...] = ()
    """Facts whose amounts its value adds up: our own arithmetic, which no source states."""
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
    def named(self) -> str:
        """Its name in links and figures: its label, or its statement without the full stop."""
        return self.label or self.statement.rstrip(".")

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on: those whose amounts it adds up."""
        return self.sum_of

    @property
    def states(self) -> tuple[Fact | Assertion, ...]:
        """Its present state, then its earlier states, oldest first."""
        return (self, *self.history)


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
    met_by: Key | None = None
    """The fact that met it, if one has."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    at: Place = at_nowhere()

    @property
    def rests_on(self) -> tuple[Key, ...]:
        """The facts that it rests on, with the one that met it."""
        return self.facts if self.met_by is None else tuple(dict.fromkeys((*self.facts, self.met_by)))


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
