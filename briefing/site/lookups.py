"""Values that several pages look up, computed once before any page is printed and never changed."""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from briefing.changes import history
from briefing.language.order import natural
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model import query
from briefing.model.editions import Edition
from briefing.model.facts import Disagreement, Fact, FactSheet, Milestone
from briefing.model.library import Library
from briefing.model.values import Slug
from briefing.review import schedule
from briefing.review.schedule import Review
from briefing.site import alternates, lists, urls
from briefing.site.files import Download
from briefing.site.lists import ListPages
from briefing.site.source_coverage import CoveredSource, coverage_of
from briefing.store.request import BRIEFS_FOLDER, DRAFTS_FOLDER

_T = TypeVar("_T")
KINDS = ("sources", "origins", "actors", "speakers", "concerned", "outlets", "systems")
"""The kinds of records that facts name; actors as those who speak, as those concerned, as either, and as the
outlets through which alone a fact reached its sources."""


class _Lists(dict[str, tuple[_T, ...]]):
    """Lists by name; a missing name yields an empty list and is not added."""

    def __missing__(self, name: str) -> tuple[_T, ...]:
        return ()


def _grouped(pairs: Iterable[tuple[str, _T]]) -> _Lists[_T]:
    """Return the second items of pairs, grouped by the first, in their order."""
    found: dict[str, list[_T]] = defaultdict(list)
    for name, item in pairs:
        found[name].append(item)
    return _Lists({name: tuple(items) for name, items in found.items()})


@dataclass(frozen=True, slots=True)
class Briefs:
    """What the site shows of the briefs, by id."""

    published: Mapping[str, Edition] = field(default_factory=dict)
    """At the addresses of briefs: their last editions, and drafts in the place of a first edition."""
    drafts: Mapping[str, Edition] = field(default_factory=dict)
    """The drafts that it shows apart."""
    downloads: Mapping[str, Sequence[Download]] = field(default_factory=dict)
    """The files beside what is published."""
    draft_downloads: Mapping[str, Sequence[Download]] = field(default_factory=dict)
    """The files beside the drafts."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """Look-ups over a library and its editions. Lists have the order in which pages show them."""

    library: Library
    editions: Mapping[str, Edition]
    """The briefs, by id: those of the front page first, then by title."""
    pages: Mapping[str, Edition]
    """The plain pages, by id, in the order of the menu."""
    languages: Mapping[str, str]
    """Id of a plain page -> its language."""
    named: Mapping[str, Edition]
    """The briefs in the same order, for those who name them: their text may be left out."""
    downloads: Mapping[str, Sequence[Download]]
    """By id of the brief."""
    drafts: Mapping[str, Edition]
    """The drafts that the site shows apart, by id of the brief, in the same order."""
    named_drafts: Mapping[str, Edition]
    """The same for those who name them."""
    draft_downloads: Mapping[str, Sequence[Download]]
    """By id of the brief."""
    wording: Wording
    known_on: datetime.date
    """The day of the newest fact."""
    passed_by: datetime.date
    """The day by which milestones have passed: the newest day that a fact or an edition shows."""
    cited_in: Mapping[str, Sequence[Edition]]
    """Key of a fact -> the briefs that cite it; their text may be left out."""
    briefs_on: Mapping[str, Sequence[str]]
    """Id of a sheet -> ids of the briefs that name it."""
    disputed: Mapping[str, Sequence[Disagreement]]
    """Key of a fact -> the disagreements of which it supports a reading."""
    topics: Mapping[str, FactSheet]
    """The fact sheets, for those who name them: their facts and entries may be left out."""
    counts: Mapping[str, Mapping[str, int]]
    """``sources``, ``actors`` or ``systems`` -> id -> how many facts are on its page."""
    keys_of: Mapping[str, Mapping[str, Sequence[str]]]
    """A kind of ``KINDS`` -> id -> the keys of the facts that name it."""
    keys_in: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
    """Id of a sheet -> the same of its facts alone."""
    actors_of: Mapping[str, Sequence[str]]
    """Id of an actor that is a side -> the actors of that side, itself among them."""
    covered: Mapping[str, CoveredSource]
    """Id of a source -> which parts of it the facts cover."""
    versions: Mapping[str, Sequence[history.FactVersion]]
    """Id of a sheet -> the states of its facts, as news: without those that only record a wording."""
    former_names: Mapping[str, Sequence[str]]
    called_off: frozenset[str]
    """Keys of the milestones that nobody expects any more."""
    review_of: Mapping[str, Review]
    """By key of the fact."""
    milestones: Sequence[Milestone]
    """By day."""
    lists: ListPages
    """The pages of the lists that are long."""
    pictures: frozenset[str]
    """Paths of the pictures that social media show beside a link; none where the site has no address."""

    @classmethod
    def of(cls, briefs: Briefs, pages: Mapping[str, Edition], library: Library) -> Lookups:
        """Return every look-up. ``pages`` are plain pages, cited."""
        wording = Wording(library.project.languages[0], library.actors, library.project.own_words)
        in_order = {name: briefs.published[name] for name in _in_order(briefs.published, library)}
        drafts = {name: briefs.drafts[name] for name in _in_order(briefs.drafts, library)}
        by_order = sorted(pages.items(), key=lambda item: (library.pages[item[0]].order, item[1].title))
        keys_of = keys_by(library.facts.values(), library)
        disputed = _disputed(library)
        actors_of = _grouped((library.side_of(name), name) for name in library.actors)
        return cls(
            library=library,
            editions=MappingProxyType(in_order),
            pages=MappingProxyType(dict(by_order)),
            languages={name: edition.language for name, edition in by_order},
            named=MappingProxyType(in_order),
            downloads=briefs.downloads,
            drafts=MappingProxyType(drafts),
            named_drafts=MappingProxyType(drafts),
            draft_downloads=briefs.draft_downloads,
            wording=wording,
            known_on=query.known_on(library, library.facts.values()),
            passed_by=query.passed_by(library, library.facts.values(), library.issued),
            cited_in=_grouped((note.fact, item) for item in in_order.values() for note in item.notes),
            briefs_on=_grouped((sheet, name) for name in in_order for sheet in library.briefs[name].sheets),
            disputed=disputed,
            topics=library.sheets,
            counts=counts_of(keys_of, actors_of),
            keys_of=keys_of,
            keys_in={name: keys_by(sheet.facts, library) for name, sheet in library.sheets.items()},
            actors_of=actors_of,
            covered=coverage_of(library),
            versions={
                name: tuple(
                    since
                    for fact in sheet.facts
                    if not query.is_about_wording(fact, disputed[fact.id])
                    for since in history.of_fact(fact, library, wording)
                )
                for name, sheet in library.sheets.items()
            },
            former_names=urls.former_names(library),
            called_off=schedule.called_off(library),
            review_of={review.fact.id: review for review in schedule.agenda(library)},
            milestones=sorted(library.milestones.values(), key=lambda item: (item.date.sort_day, item.id)),
            lists=_list_pages(library, in_order, keys_of, wording),
            pictures=urls.paths(in_order, library.project),
        )

    @property
    def language(self) -> str:
        """The language of the site: the first of the project."""
        return self.library.project.languages[0]

    @property
    def say(self) -> Words:
        """The words of the language of the site."""
        return self.wording.say

    @property
    def plain_pages(self) -> list[tuple[str, str]]:
        """The paths of the plain pages, with their titles, in the order of the menu."""
        return [(f"pages/{name}.html", edition.title) for name, edition in self.pages.items()]

    @property
    def has_calendar(self) -> bool:
        """Whether the calendar would have entries."""
        return bool(self.milestones)

    def downloads_of(self, brief: str, is_draft: bool = False) -> list[Download]:
        """Return the files beside the page of a brief or of its draft, the most requested first."""
        offered = (self.draft_downloads if is_draft else self.downloads).get(brief, ())
        found = sorted(offered, key=lambda download: not download.suffix.endswith(".pdf"))
        return [dataclasses.replace(item, link=self.say.or_itself(item.link)) for item in found]

    def alternates_of(self, path: str) -> tuple[alternates.Alternate, ...]:
        """Return the files with the same content as a page."""
        folder, _, name = path.partition("/")
        offered = {BRIEFS_FOLDER: self.downloads, DRAFTS_FOLDER: self.draft_downloads}.get(folder, {})
        found = offered.get(name.removesuffix(".html"), ())
        return alternates.beside(path, [download.suffix for download in found])


def counts_of(
    keys_of: Mapping[str, Mapping[str, Sequence[str]]], actors_of: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, int]]:
    """Return how many facts name each record, by its kind; of an actor, how many its page has."""
    found = {kind: {name: len(keys) for name, keys in named.items()} for kind, named in keys_of.items()}
    for name in dict.fromkeys((*keys_of["actors"], *keys_of["outlets"], *actors_of)):
        on_page = OfActor.of(name, keys_of, actors_of.get(name, ()))
        if keys := {*on_page.said, *on_page.by_side, *on_page.relayed, *on_page.concerning}:
            found["actors"][name] = len(keys)
    return found


@dataclass(frozen=True, slots=True)
class OfActor:
    """The keys of the facts on the page of an actor."""

    said: Sequence[str]
    """What it says itself."""
    by_side: Sequence[str]
    """What all speakers of its side say, itself among them, where it is one."""
    relayed: Sequence[str]
    """What others say that reached its sources through it alone."""
    concerning: Sequence[str]
    """What others say that concerns it and came another way."""

    @classmethod
    def of(
        cls, actor: str, keys_of: Mapping[str, Mapping[str, Sequence[str]]], members: Iterable[str]
    ) -> OfActor:
        """Return the facts of an actor. ``members`` are the actors of its side, if it is one."""
        spoken = keys_of["speakers"]
        by_side = tuple(dict.fromkeys(key for name in members for key in spoken.get(name, ())))
        said = spoken.get(actor, ())
        relayed = tuple(key for key in keys_of["outlets"].get(actor, ()) if key not in {*said, *by_side})
        own = {*said, *by_side, *relayed}
        concerning = tuple(key for key in keys_of["concerned"].get(actor, ()) if key not in own)
        return cls(said, by_side, relayed, concerning)


def _list_pages(
    library: Library,
    editions: Mapping[str, Edition],
    keys_of: Mapping[str, Mapping[str, Sequence[str]]],
    wording: Wording,
) -> ListPages:
    counts = {kind: {name: len(keys) for name, keys in named.items()} for kind, named in keys_of.items()}
    records = {lists.BRIEFS: editions, lists.TOPICS: library.sheets}

    def topics_of(brief: Slug) -> list[FactSheet]:
        named = library.briefs[brief].sheets if brief in library.briefs else ()
        return [library.sheets[name] for name in named if name in library.sheets]

    return ListPages.of(
        library,
        counts,
        {
            kind: [
                lists.entry_of(kind, item, topics_of(name) if kind == lists.BRIEFS else (), wording)
                for name, item in records.get(kind, getattr(library, kind, {})).items()
            ]
            for kind in lists.RECORDS
        },
    )


def _in_order(editions: Mapping[str, Edition], library: Library) -> list[str]:
    home = [name for name in library.project.home if name in editions]
    return home + sorted(
        (name for name in editions if name not in home), key=lambda name: natural(editions[name].title)
    )


def _disputed(library: Library) -> _Lists[Disagreement]:
    return _grouped((key, item) for item in library.disagreements.values() for key in item.rests_on)


def keys_by(facts: Iterable[Fact], library: Library) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return kind -> id -> the keys of those facts that name it."""
    found: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
    for fact in facts:
        for kind, names in query.named_in(fact, library).items():
            for name in names:
                found[kind][name].append(str(fact.id))
    return {
        kind: _Lists({name: tuple(keys) for name, keys in named.items()}) for kind, named in found.items()
    }
