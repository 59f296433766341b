"""Records of issued editions and of accepted prose, as the ledger keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.editions import DraftSection, Note, Reference, Scale
from briefing.model.facts import AcceptedState, Disagreement, Entry, Fact, Gap, Judgement, Milestone
from briefing.model.findings import Place
from briefing.model.scales import Length, Marking
from briefing.model.signatures import Clearance
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
    """The facts that a brief shows at one time, and the entries that it prints."""

    as_of: Date
    """The day of its newest fact."""
    facts: tuple[Fact, ...] = ()
    """The facts, as they were then."""
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
    """The words of an edition as they were printed; each fact link contains its printed words."""

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
    authors: tuple[str, ...] = ()
    """Who wrote it."""
    newest: str = ""
    """Of what day the newest text was that it rested on, as a sentence."""
    checked: str = ""
    """When its quotations had last been checked, as a sentence."""


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
    """The withdrawal of an issued edition."""

    id: EditionNumber
    """Number of the edition."""
    day: Date
    """When it was withdrawn."""
    by: str
    """Who withdrew it."""
    reason: str
    """Why."""
    is_unpublished: bool = False
    """Whether it was withdrawn before the hour until which it was held, so that it is never published."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The record that a person has compared a paragraph of a brief with its facts, and answers for it."""

    paragraph: str
    """Name of the paragraph then."""
    opening: str
    """Its first words, for people who read the record."""
    by: str
    """Who accepted it."""
    day: Date
    """When."""
    words: str
    """Digest of its words, without punctuation, spaces and the case of letters."""
    rests_on: tuple[Slug, ...]
    """The state of each fact that it cites, in the order in which it cites them."""
    reason: str = ""
    """Why, if the person gave a reason."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The acceptances of a brief, oldest first."""

    acceptances: tuple[Acceptance, ...] = ()
    """Every acceptance; the last one of a paragraph counts."""
    states: tuple[AcceptedState, ...] = ()
    """The states of facts, each once."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record of the ledger as it was when a command last wrote there."""

    record: str
    """The name of its file, without the ending: the number of an edition, accepted, or withdrawn."""
    seal: str = ""
    """Digest of what it said."""
    lost: str = ""
    """Why the file is missing, if it was lost for good; a person writes this by hand."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Seals:
    """The records in one folder of the ledger, each with its seal."""

    records: tuple[Sealed, ...] = ()
    """Editions by number, then the acceptances and the withdrawals."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An edition of a brief as it was issued: frozen, with everything that it rested on."""

    id: EditionNumber
    """Its number: the name of its file in the brief's folder in ``content/editions/``."""
    brief: Slug
    """Id of the brief then."""
    issued: Date
    """When it was issued."""
    dated: Date
    """The day that is printed on it; a minor edition keeps that of the previous edition."""
    by: str
    """Who issued it."""
    note: str
    """What is new in it, in the words for its readers."""
    program: str
    """Version of the program that made it."""
    seal: str
    """Digest of everything else in its file, which shows whether that was changed later."""
    files: FileDigests
    """Digests of its files."""
    printed: Printed
    """Its words."""
    state: State
    """What it rested on."""
    corrects: EditionNumber = EditionNumber("")
    """Number of an earlier edition that was wrong and that this one corrects."""
    follows: str = ""
    """Digest of the numbers and seals of all editions before it; empty in editions of earlier versions."""
    cleared: Clearance | None = None
    """Who handed it in and who cleared it, if it was reviewed before it was issued."""
    publish_on: str = ""
    """The moment until which it is held, with its time zone; empty if it was published at once."""
    withdrawn: Withdrawal | None = None
    """The record of its withdrawal, if it was withdrawn."""
    at: Place = at_nowhere()

    @property
    def is_minor(self) -> bool:
        """Whether it is a minor edition, in which only wording has changed."""
        return "." in self.id

    @property
    def order(self) -> tuple[int, int]:
        """Its place among the editions of its brief."""
        return order_of(self.id)


def order_of(number: str) -> tuple[int, int]:
    """Return the place of an edition among those of its brief, by its number."""
    major, _, minor = number.partition(".")
    return int(major), int(minor or 0)
