"""The project, and the library, which contains all records, linked and indexed, as of one day."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

from briefing.model import moments
from briefing.model.briefs import Brief, Page
from briefing.model.editions import Imprint
from briefing.model.facts import Disagreement, Entry, Fact, FactSheet, Gap, Judgement, Milestone
from briefing.model.findings import Place
from briefing.model.ladders import Ladder, RungId
from briefing.model.ledger import Accepted, Issued, Sealed
from briefing.model.matters import Matter
from briefing.model.project_words import NO_WORDS, ProjectWords, UnitNames
from briefing.model.scales import ActorKind, Drafts, Marking, Paper
from briefing.model.signatures import CheckedSignature, Review, Signatures, SignedKeys, SigningKey
from briefing.model.sources import Actor, Origin, Source, System, Verification
from briefing.model.values import Date, Days, Key, Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers for whom the briefs and the site are made as a whole of their own."""

    id: Slug
    """Its name on the command line and in the name of the folder of its results."""
    level: Marking
    """What they may read: everything that is not marked more strictly."""
    says_withheld: bool = False
    """Whether their briefs and their site say how many statements are withheld; by default nothing does."""
    base_url: str = ""
    """Address at which their site is published."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Project:
    """The settings for the whole corpus."""

    title: str
    """Name of the corpus; the site's title."""
    subtitle: str
    """One line under the title."""
    publisher: str
    """Who publishes the briefs."""
    languages: tuple[str, ...]
    """BCP 47 tags; the first is the site's language."""
    marking: Marking
    """The marking of records that have none of their own."""
    contact: str | None
    """Whom to write to."""
    base_url: str = ""
    """Address at which the site is published, for what needs it in full: feeds, sitemap, pictures, PDFs."""
    licence: str = ""
    """On what terms others may use the briefs, such as CC BY 4.0."""
    home: tuple[Slug, ...] = ()
    """Briefs in the order in which the site lists them; the others follow by title."""
    review_after: Mapping[RungId, Days | None] = field(default_factory=dict)
    """After how many days to review a commitment, by status, if the usual time does not fit."""
    ladder: Slug = Slug("")
    """The ladder of statuses where nothing nearer names one; by default the first in ``ladders.yaml``."""
    paper: Paper = Paper.A4
    """The paper size of the PDFs: A4 or Letter."""
    drafts: Drafts | None = None
    """Which drafts the site shows: hidden, until-issued or apart; by default hidden where ``base_url`` is
    given, and otherwise until-issued."""
    units: tuple[UnitNames, ...] = ()
    """Units and the words by which sources name them, as in ``content/words.yaml``."""
    signed_since: Date | None = None
    """The first day whose editions, withdrawals, acceptances and reviews have to be signed."""
    two_persons_since: Date | None = None
    """The first day whose editions need two persons: one hands the brief in, and another one clears it."""
    captures: str = ""
    """Folder of the captured texts, below that of the project; by default ``captures``."""
    audiences: tuple[Audience, ...] = ()
    """Readers for whom ``build --audience`` makes results of their own; each scale step is one as well."""
    own_words: ProjectWords = NO_WORDS
    """What ``content/words.yaml`` has, with the units of the project file."""
    at: Place = at_nowhere()

    @property
    def drafts_on_site(self) -> Drafts:
        """Which drafts the site shows. A site with an address is public, and shows what was issued."""
        return self.drafts or (Drafts.HIDDEN if self.base_url else Drafts.UNTIL_ISSUED)

    def with_words(self, words: ProjectWords) -> Project:
        """Return the project with its words; ``units`` in the project file are read as well."""
        every = (*self.units, *words.units)
        return dataclasses.replace(self, units=every, own_words=dataclasses.replace(words, units=every))

    def address_of(self, path: str) -> str:
        """Return the full address of a path below the site's folder; empty where the site's is not known."""
        if not self.base_url:
            return ""
        return f"{self.base_url.rstrip('/')}/{'' if path == 'index.html' else quote(path)}"

    def imprint_of(self, brief: Slug) -> Imprint:
        """Return what is printed with every edition of a brief."""
        return Imprint(self.contact or "", self.licence, self.address_of(f"briefs/{brief}.html"))


@dataclass(frozen=True, slots=True)
class Renames:
    """Former names -> present names."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    """Facts and entries of registers."""
    sheets: Mapping[str, Slug] = field(default_factory=dict)
    briefs: Mapping[str, Slug] = field(default_factory=dict)
    matters: Mapping[str, Slug] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """An actor or a system by its names, without the rest that the registers say of it."""

    kind: str
    """actor or system."""
    id: Slug
    name: str
    names: tuple[str, ...]
    is_person: bool = False
    speaks_for: Slug | None = None
    """The actor whose office or spokesman it is."""
    role: str = ""
    """The role that briefs print with the name."""


class _Indexes:
    """What the methods of a library have gathered from its records, each once."""

    def __init__(self) -> None:
        self.about: Mapping[tuple[str, str], tuple[Key, ...]] | None = None
        self.entries_about: Mapping[str, tuple[Key, ...]] | None = None
        self.named: tuple[NamedRecord, ...] | None = None
        self.views: dict[Marking, Library] = {}
        self.strictness: object = None


@dataclass(frozen=True, slots=True)
class Library:
    """All records, linked and indexed; read-only. As of one day, later facts are in ``later``."""

    project: Project
    sources: Mapping[str, Source]
    origins: Mapping[str, Origin]
    actors: Mapping[str, Actor]
    systems: Mapping[str, System]
    matters: Mapping[str, Matter]
    ladders: Mapping[str, Ladder]
    """The ladders that the project defines or names; that of the project first."""
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
    """By present id of the brief: its editions, oldest first."""
    accepted: Mapping[str, Accepted]
    """By present id of the brief: the acceptances of its prose."""
    seals: Mapping[str, tuple[Sealed, ...]]
    """By folder of the ledger: the seals of its records as they are now, and of those that were lost."""
    signatures: Mapping[str, Signatures]
    """By folder of the ledger: the signatures of its records."""
    signed: Mapping[str, tuple[CheckedSignature, ...]]
    """By present id of the brief: the signatures, each compared with the keys when it is asked for."""
    reviews: Mapping[str, tuple[Review, ...]]
    """By present id of the brief: the steps of its reviews, oldest first."""
    signing_keys: tuple[SigningKey, ...]
    """The public keys of the persons who may sign."""
    signed_keys: tuple[SignedKeys, ...]
    """The lists of keys that persons signed, oldest first."""
    renamed: Renames
    later: Mapping[str, datetime.date]
    """Facts that were not yet known on the as-of day, with the day they became known."""
    otherwise: frozenset[str]
    """Facts that were different on the as-of day, so that today's words do not fit."""
    as_of: datetime.date | None
    """The day that the library shows; None means everything known."""
    is_whole: bool
    """Whether all of the content could be read; if not, a record that is missing here may exist."""
    captures: str = ""
    """The folder of the captures, if the project has one; hints need it."""
    broken: frozenset[str] = frozenset()
    """Files that could not be read: ``actors``, ``facts/trams``. Nothing is known of their records."""
    now: datetime.datetime | None = None
    """The time of the call. None for the authors, who see editions before their hour."""
    level: Marking | None = None
    """The level of its readers, if it is a view: it holds nothing that they may not read."""
    withheld: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The number of facts that a brief, by its id, does not show these readers, and of all under ""; empty
    where nobody is to know it."""
    reduced: Mapping[str, Issued] = field(default_factory=lambda: MappingProxyType({}))
    """By brief: its last edition, without its words, where these readers may no longer see all of it."""
    _now: Library | None = field(default=None, repr=False, compare=False)
    """The library of now from which one as of a day was made."""
    _indexes: _Indexes = field(default_factory=_Indexes, init=False, repr=False, compare=False)

    @property
    def of_now(self) -> Library:
        """The library of now from which one as of a day was made; any other is its own."""
        return self._now or self

    @property
    def broken_sheets(self) -> frozenset[str]:
        """Ids of the sheets that could not be read."""
        return frozenset(name.partition("/")[2] for name in self.broken if name.startswith("facts/"))

    def has_come(self, moment: str) -> bool:
        """Return whether the moment has come until which an edition is held."""
        return self.now is None or moments.has_come(moment, self.now)

    def waiting(self, brief: str) -> Issued | None:
        """Return the edition of a brief that is held until its hour; None if there is none."""
        held = (item for item in self.issued.get(brief, ()) if item.publish_on and not item.withdrawn)
        return next((item for item in held if not self.has_come(item.publish_on)), None)

    @property
    def is_marked(self) -> bool:
        """Whether anything may be marked otherwise than the project; where nobody has looked, it may."""
        return True

    def about(self, kind: str, name: str) -> tuple[Key, ...]:
        """Return the facts that name a source, origin, actor, system or matter, in any state, in order."""
        if self._indexes.about is None:
            self._indexes.about = named_by(self.facts.values())
        return self._indexes.about.get((kind, name), ())

    def entries_about(self, matter: str) -> tuple[Key, ...]:
        """Return the entries of registers that are about a matter, in their order."""
        if self._indexes.entries_about is None:
            entries = (entry for sheet in self.sheets.values() for entry in sheet.entries)
            self._indexes.entries_about = by_matter(entries, self.facts)
        return self._indexes.entries_about.get(matter, ())

    def side_of(self, actor: str) -> Slug:
        """Return the side of an actor: the last one that it speaks for or is a part of, or else itself."""
        name, passed = Slug(actor), set[str]()
        while (record := self.actors.get(name)) and (of := record.speaks_for or record.part_of):
            passed.add(name)
            if of in passed:  # A ring is an error, which the checks report.
                break
            name = of
        return name

    def named(self) -> tuple[NamedRecord, ...]:
        """Return the systems and the actors by their names."""
        if self._indexes.named is None:
            records: tuple[Actor | System, ...] = (*self.systems.values(), *self.actors.values())
            self._indexes.named = tuple(map(by_name, records))
        return self._indexes.named


def by_name(record: Actor | System) -> NamedRecord:
    """Return an actor or a system by its names."""
    if isinstance(record, System):
        return NamedRecord("system", record.id, record.name, record.names)
    is_person = record.kind is ActorKind.PERSON
    return NamedRecord(
        "actor", record.id, record.name, record.names, is_person, record.speaks_for, record.role
    )


def named_by(facts: Iterable[Fact]) -> dict[tuple[str, str], tuple[Key, ...]]:
    """Return the sources, origins, actors, systems and matters of facts, as (kind, id), with these facts."""
    found: dict[tuple[str, str], dict[Key, None]] = {}
    for fact in facts:
        named = [("actor", name) for name in fact.actors]
        named += (("system", name) for name in fact.systems)
        named += (("matter", name) for name in fact.matters)
        for state in fact.states:
            named += (("actor", name) for name in state.said_by)
            named += (("source", item.source) for item in state.evidence)
            named += (("origin", item.origin) for item in state.evidence if item.origin)
        for kind, name in named:
            found.setdefault((kind, str(name)), {})[fact.id] = None
    return {key: tuple(keys) for key, keys in found.items()}


def matters_of(item: Fact | Entry, facts: Mapping[str, Fact]) -> tuple[Slug, ...]:
    """Return the matters of a fact, or those that an entry names and those of every fact that it rests on.

    A question that cites facts about several matters is open for each of them.
    """
    if isinstance(item, Fact):
        return item.matters
    of_facts = (facts[key].matters for key in item.rests_on if key in facts)
    return tuple(dict.fromkeys((*item.matters, *(name for names in of_facts for name in names))))


def by_matter(entries: Iterable[Entry], facts: Mapping[str, Fact]) -> dict[str, tuple[Key, ...]]:
    """Return the matters that entries are about, each with these entries."""
    found: dict[str, list[Key]] = {}
    for entry in entries:
        for name in matters_of(entry, facts):
            found.setdefault(str(name), []).append(entry.id)
    return {name: tuple(keys) for name, keys in found.items()}
