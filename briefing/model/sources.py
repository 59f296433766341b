"""Sources and the registers beside them: evidence, statements, actors, systems and verifications."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.findings import Place
from briefing.model.scales import ActorKind, Marking, Reliability
from briefing.model.values import Date, Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact's pointer into a source."""

    source: Slug
    """Id of the source; a passage may be on one line: courier 8 "key words", "more", origin statement."""
    paragraph: int
    """Which non-empty line of the capture, counted from 1."""
    terms: tuple[str, ...]
    """One to four key terms, at most five words each, literally from that paragraph."""
    origin: Slug | None = None
    """Id of the statement relayed here; without one, the source itself speaks."""
    inferred: bool = False
    """Whether it is our reading that this comes from that statement, because the passage does not say so."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Uncited:
    """Paragraphs of a source, or words in them, that no fact has to cite."""

    paragraphs: tuple[int, ...]
    """Which non-empty lines of the capture, counted from 1."""
    reason: str
    """Why not: a photo credit, navigation, a subject that the corpus does not cover."""
    terms: tuple[str, ...] = ()
    """The words that are meant; by default the whole paragraphs."""
    at: Place = at_nowhere()


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
    """How a brief names it if the headline or the publisher is not stated."""
    origins: tuple[Slug, ...] = ()
    """Ids of the statements it relays."""
    uncited: tuple[Uncited, ...] = ()
    """Paragraphs that no fact has to cite, each with the reason."""
    as_of: Date | None = None
    """The day as of which it counts where it states no date; the note says how inferred parts were found."""
    note: str = ""
    """What a reader should know about it: what is not stated, what was inferred and from what."""
    marking: Marking | None = None
    """Who may read it; by default everybody who may read something that names it."""
    at: Place = at_nowhere()

    @property
    def seen(self) -> Date | None:
        """The day on which it came here: it was retrieved, or else published; None where neither is known."""
        return self.retrieved or self.published


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
    """Ids of the outlets through which it came to our sources, which makes these third-hand."""
    short: str = ""
    """How the notes of a brief name it after the first that does, with its speaker: Holm's post."""
    note: str = ""
    """What a reader should know about it."""
    marking: Marking | None = None
    """Who may read it; by default everybody who may read something that names it."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Role:
    """An office or role as a source states it."""

    title: str
    """The role."""
    evidence: Evidence
    """Where it is stated."""
    marking: Marking | None = None
    """Who may read it; by default everybody who may read of the actor and of the source."""


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
    """Id of the actor whose office or spokesman it is; statements of the two have one origin."""
    part_of: Slug | None = None
    """Id of the actor of which it is a part: the town of a mayor, the ministry of a department."""
    short: str = ""
    """A sign of at most 4 characters for it in narrow tables, such as EU; by default its name."""
    description: str = ""
    """One or two sentences for its page."""
    marking: Marking | None = None
    """Who may read it; by default everybody who may read something that names it."""
    at: Place = at_nowhere()


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
    marking: Marking | None = None
    """Who may read it; by default everybody who may read something that names it."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of ``briefing verify --record`` for one capture."""

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
    at: Place = at_nowhere()
