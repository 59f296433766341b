"""Records of issued editions and of prose that a person accepted, as the ledger keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.editions import DraftSection, Note, Reference, Scale
from briefing.model.facts import AcceptedState, Disagreement, Entry, Fact, Gap, Judgement, Milestone
from briefing.model.findings import Place
from briefing.model.scales import Length, Marking
from briefing.model.values import Date, EditionNumber, Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source that a brief rests on, in words."""

    id: Slug
    """Id of the source."""
    words: str
    """Title, publisher and date, as Markdown."""
    at: Place = at_nowhere()


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

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of registers that it prints."""
        return (*self.disagreements, *self.gaps, *self.milestones, *self.judgements)


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
    at: Place = at_nowhere()


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
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted of a brief, oldest first."""

    acceptances: tuple[Acceptance, ...] = ()
    """Every acceptance; of one paragraph the last one counts."""
    states: tuple[AcceptedState, ...] = ()
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
    at: Place = at_nowhere()

    @property
    def is_minor(self) -> bool:
        """Whether it is a minor edition: nothing in it but wording has changed."""
        return "." in self.id

    @property
    def order(self) -> tuple[int, int]:
        """Place among the editions of its brief."""
        major, _, minor = self.id.partition(".")
        return int(major), int(minor or 0)
