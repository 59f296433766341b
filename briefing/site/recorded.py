"""Rules for the site: what its pages look up, and every page with what it is made of.

``RecordedLookups`` answers as ``Lookups`` does, and puts on record what it was asked. What is about one thing
is read for that thing alone; only lists and pages about everything read all records of a kind.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Never

from briefing.changes import history
from briefing.compose import recorded as briefs
from briefing.compose.recorded import SharedTemplates
from briefing.content import recorded
from briefing.content.recorded import AllOf, RecordedLibrary
from briefing.editions import freeze
from briefing.formats.base import Theme
from briefing.language.order import natural
from briefing.language.wording import Wording
from briefing.memo.engine import Beside, Engine, Parts, Rule, View
from briefing.model import query
from briefing.model.editions import Edition
from briefing.model.facts import REGISTERS, Disagreement, Fact, FactSheet, Milestone
from briefing.model.findings import Finding, FoundProblem
from briefing.model.ledger import Issued
from briefing.model.library import Project
from briefing.model.scales import FactKind
from briefing.model.values import Slug
from briefing.review import schedule
from briefing.review.schedule import Review
from briefing.site import lists, lookups, pages, source_coverage, urls
from briefing.site.exports import lines, social_cards
from briefing.site.files import Download, Laid, Lines, SiteFile, laid
from briefing.site.lists import Entry, ListPages, RecordsPage, ShelfPage
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer, Section
from briefing.site.search import documents
from briefing.site.source_coverage import CoveredSource
from briefing.store.font_files import FontFile

LEVEL = recorded.TOP + 40
"""The level of the look-ups; everything that they need of briefs and formats is below."""
_PAGES = LEVEL + 10
_ABOUT_PAGES = LEVEL + 12
PAGE_EDITION = "page editions"
"""The rule of plain pages, cited; its level is below that of the checks."""
DOWNLOADS = "downloads"
DRAFT_DOWNLOADS = "downloads of drafts"
"""The rules that give the files beside the pages of a brief and of its draft, at a level below ``LEVEL``."""


class SiteLibrary(RecordedLibrary):
    """The library as the site shows it: its issued editions under present names."""

    __slots__ = ()

    issued = property(lambda self: _Shown(self._view))


class ListedLibrary(SiteLibrary):
    """The library as lists show it: of facts only what a list says, and nothing else changes it."""

    __slots__ = ()

    facts = property(lambda self: AllOf(self._view, "facts", "listed facts"))
    sheets = property(lambda self: AllOf(self._view, "sheets", "listed sheets"))


@dataclass(frozen=True, slots=True, eq=False)
class NotListed:
    """What lists do not say of a fact. Any use of it is a mistake of the program, and raises."""

    def _refuse(self, *_: object) -> Never:
        raise AssertionError("this page is made of listed facts, which lack what it asks for")

    __bool__ = __eq__ = __hash__ = __iter__ = __len__ = __str__ = __contains__ = __html__ = _refuse


_IN_LISTS = frozenset(
    ("id", "kind", "statement", "label", "status", "status_basis", "flags", "date", "said_by", "evidence",
     "asserted", "review_by", "formerly", "matters", "at")
)  # fmt: skip
"""The fields of a fact that lists show."""
_NOT_LISTED = {field.name: NotListed() for field in dataclasses.fields(Fact) if field.name not in _IN_LISTS}


def _listed(fact: Fact) -> Fact:
    """Return a fact as lists show it: passages without their terms, and no value."""
    evidence = tuple(dataclasses.replace(item, terms=()) for item in fact.evidence)
    fields: dict[str, Any] = _NOT_LISTED
    return dataclasses.replace(fact, evidence=evidence, **fields)


class _Shown(Mapping[str, tuple[Issued, ...]]):
    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, name: str) -> tuple[Issued, ...]:
        found: tuple[Issued, ...] = self._view.get("shown editions", name)
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.get("names of shown editions"))

    def __len__(self) -> int:
        return len(self._view.get("names of shown editions"))


class _By(Mapping[str, Any]):
    """Something by name, looked up name by name."""

    def __init__(self, names: Callable[[], Iterable[str]], get: Callable[[str], Any]) -> None:
        self._names = names
        self._get = get

    def __getitem__(self, name: str) -> Any:
        found = self._get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return sum(1 for _ in self._names())


def _asked(method: Callable[[Any], Any]) -> Any:
    """Return a field that is worked out whenever it is asked for."""
    return property(method)


class RecordedLookups(Lookups):
    """Look-ups that put on record what they were asked. Each field is what the method of its name returns."""

    __slots__ = ("_is_list", "_view")
    _view: View
    _is_list: bool

    def __init__(self, view: View, is_list: bool = False) -> None:
        """With ``is_list``, facts are those of ``ListedLibrary``."""
        object.__setattr__(self, "_view", view)
        object.__setattr__(self, "_is_list", is_list)

    def _get(self, rule: str, key: str = "") -> Any:
        return self._view.get(rule, key)

    def _library(self) -> SiteLibrary:
        return ListedLibrary(self._view) if self._is_list else SiteLibrary(self._view)

    def _wording(self) -> Wording:
        return Wording(self.library.project.languages[0], self.library.actors, self.library.project.own_words)

    def _editions(self) -> Mapping[str, Edition]:
        def shown(name: str) -> Any:
            return self._get(briefs.PUBLISHED, name) if self._get(briefs.CARD, name) else None

        return _By(lambda: self._get("order of briefs"), shown)

    def _named(self) -> Mapping[str, Edition]:
        return _By(lambda: self._get("order of briefs"), lambda name: self._get(briefs.CARD, name))

    def _drafts(self) -> Mapping[str, Edition]:
        def shown(name: str) -> Any:
            return self._get(briefs.DRAFT, name) if self._get(briefs.DRAFT_CARD, name) else None

        return _By(lambda: self._get("order of drafts"), shown)

    def _named_drafts(self) -> Mapping[str, Edition]:
        names = lambda: self._get("order of drafts")  # noqa: E731 - what is read later
        return _By(names, lambda name: self._get(briefs.DRAFT_CARD, name))

    def _draft_downloads(self) -> Mapping[str, Sequence[Download]]:
        names = lambda: self._get("order of drafts")  # noqa: E731 - what is read later
        return _By(names, lambda name: self._get(DRAFT_DOWNLOADS, name))

    def _pages(self) -> Mapping[str, Edition]:
        return _By(lambda: self._get("order of pages"), lambda name: self._get(PAGE_EDITION, name)[0])

    def _languages(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self._get("languages of pages")
        return found

    def _plain_pages(self) -> list[tuple[str, str]]:
        return list(self._get("menu"))

    def _downloads(self) -> Mapping[str, Sequence[Download]]:
        return _By(lambda: self._get("order of briefs"), lambda name: self._get(DOWNLOADS, name))

    def _cited_in(self) -> Mapping[str, Sequence[Edition]]:
        return _By(tuple, lambda key: [self.named[name] for name in self._get("cited in", key)])

    def _briefs_on(self) -> Mapping[str, Sequence[str]]:
        return _By(tuple, lambda sheet: self._get("briefs on", sheet))

    def _disputed(self) -> Mapping[str, Sequence[Disagreement]]:
        found = self.library.disagreements
        return _By(tuple, lambda key: [found[name] for name in self._get("disputed", key)])

    def _keys_of(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        def of_kind(kind: str) -> Mapping[str, Sequence[str]]:
            return _By(lambda: self._get("named", kind), lambda name: self._get("named by", f"{kind}:{name}"))

        return {kind: of_kind(kind) for kind in lookups.KINDS}

    def _keys_in(self) -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
        return _By(lambda: self._get("names", "sheets"), lambda name: self._get("names in sheet", name))

    def _actors_of(self) -> Mapping[str, Sequence[str]]:
        return _By(tuple, lambda side: self._get("actors of side", side))

    def _topics(self) -> Mapping[str, FactSheet]:
        return AllOf(self._view, "sheets", "topics")

    def _counts(self) -> Mapping[str, Mapping[str, int]]:
        found: Mapping[str, Mapping[str, int]] = self._get("counts")
        return found

    def _covered(self) -> Mapping[str, CoveredSource]:
        return _By(lambda: self.library.sources, lambda name: self._get("covered", name))

    def _former_names(self) -> Mapping[str, Sequence[str]]:
        return urls.former_names(self.library)

    def _lists(self) -> ListPages:
        def named(rule: str) -> Mapping[str, str]:
            """Return the names that a rule gives, read when they are asked for."""
            return _By(lambda: self._get(rule), lambda name: name if name in self._get(rule) else None)

        def of_kind(kind: str) -> Mapping[str, RecordsPage]:
            keys = lambda: self._get("pages of list", kind)  # noqa: E731 - what is read later
            return _By(keys, lambda key: self._get("page of list", f"{kind} {key}"))

        return ListPages(
            named("long lists"),
            _By(lambda: self._get("names", "sheets"), lambda name: self._get("length of topic", name)),
            named("long shelves"),
            _By(lambda: self._get("shelves"), lambda shelf: self._get("shelf", shelf)),
            _By(
                lambda: self._get("pages of shelves"),
                lambda key: self._get("page of shelf", key),
            ),
            {kind: of_kind(kind) for kind in lists.RECORDS},
        )

    def _pictures(self) -> frozenset[str]:
        return urls.paths(self._get("order of briefs"), self.library.project)

    def _has_calendar(self) -> bool:
        return bool(self._get("has calendar"))

    def _review_of(self) -> Mapping[str, Review]:
        library = self.library

        def review(key: str) -> Review | None:
            return schedule.due_on(library.facts[key], library.project) if key in library.facts else None

        return _By(tuple, review)

    def _known_on(self) -> datetime.date:
        return datetime.date.fromisoformat(self._get("known on"))

    def _passed_by(self) -> datetime.date:
        return datetime.date.fromisoformat(self._get("passed by"))

    def _called_off(self) -> frozenset[str]:
        return frozenset(self._get("called off"))

    def _versions(self) -> Mapping[str, Sequence[history.FactVersion]]:
        return _By(lambda: self._get("names", "sheets"), lambda name: self._get("versions", name))

    def _milestones(self) -> list[Milestone]:
        found = self.library.milestones.values()
        return sorted(found, key=lambda item: (item.date.sort_day, item.id))

    library = _asked(_library)
    wording = _asked(_wording)
    editions = _asked(_editions)
    named = _asked(_named)
    drafts = _asked(_drafts)
    named_drafts = _asked(_named_drafts)
    draft_downloads = _asked(_draft_downloads)
    pages = _asked(_pages)
    languages = _asked(_languages)
    plain_pages = _asked(_plain_pages)
    downloads = _asked(_downloads)
    cited_in = _asked(_cited_in)
    briefs_on = _asked(_briefs_on)
    disputed = _asked(_disputed)
    keys_of = _asked(_keys_of)
    keys_in = _asked(_keys_in)
    actors_of = _asked(_actors_of)
    topics = _asked(_topics)
    counts = _asked(_counts)
    covered = _asked(_covered)
    former_names = _asked(_former_names)
    lists = _asked(_lists)
    pictures = _asked(_pictures)
    has_calendar = _asked(_has_calendar)
    review_of = _asked(_review_of)
    known_on = _asked(_known_on)
    passed_by = _asked(_passed_by)
    called_off = _asked(_called_off)
    versions = _asked(_versions)
    milestones = _asked(_milestones)


# ----------------------------------------------------------------------------------------------- look-ups


def page_rule(level: int) -> Rule:
    """Return the rule of plain pages, cited; it reads no more than a library."""
    return Rule(PAGE_EDITION, level, _page_edition)


def _look_ups() -> tuple[Rule, ...]:
    return (
        Rule("shown editions", LEVEL, _shown_editions),
        Rule("names of shown editions", LEVEL + 1, _names_of_shown_editions),
        Rule("order of briefs", LEVEL + 1, lambda view, _: _in_order(view, briefs.CARD)),
        Rule("order of drafts", LEVEL + 1, lambda view, _: _in_order(view, briefs.DRAFT_CARD)),
        Rule("cited keys", LEVEL, _cited_keys),
        Rule("cited in all", LEVEL + 2, _cited_in_all),
        Rule("cited in", LEVEL + 3, lambda view, key: view.get("cited in all").get(key, ())),
        Rule("sheets of brief", LEVEL, _sheets_of_brief),
        Rule("briefs on all", LEVEL + 2, _briefs_on_all),
        Rule("briefs on", LEVEL + 3, lambda view, name: view.get("briefs on all").get(name, ())),
        Rule("page title", LEVEL + 1, _page_title),
        Rule("language of page", LEVEL + 1, _language_of_page),
        Rule("languages of pages", LEVEL + 2, _languages_of_pages),
        Rule("order of pages", LEVEL + 2, _order_of_pages),
        Rule("menu", LEVEL + 3, _menu),
        Rule("names in sheet", LEVEL, _names_in_sheet, has_places=False),
        Rule("named by all", LEVEL + 1, _named_by_all),
        Rule("named by", LEVEL + 2, _named_by),
        Rule("named", LEVEL + 2, lambda view, kind: tuple(view.get("named by all").get(kind, {}))),
        Rule("side of actor", LEVEL, lambda view, name: str(RecordedLibrary(view).side_of(name))),
        Rule("actors of sides", LEVEL + 1, _actors_of_sides),
        Rule("actors of side", LEVEL + 2, lambda view, side: view.get("actors of sides").get(side, ())),
        Rule("disputed in sheet", LEVEL, _disputed_in_sheet),
        Rule("disputed in all", LEVEL + 1, _disputed_in_all),
        Rule("disputed", LEVEL + 2, lambda view, key: view.get("disputed in all").get(key, ())),
        Rule("citations in sheet", LEVEL, _citations_in_sheet),
        Rule("all citations", LEVEL + 1, _all_citations),
        Rule("cited paragraphs", LEVEL + 2, lambda view, name: view.get("all citations").get(name, {})),
        Rule("covered", LEVEL + 3, _covered),
        Rule("counts", LEVEL + 2, _counts),
        Rule("topics", LEVEL, _topic_head),
        Rule("listed facts", LEVEL, _listed_fact, has_places=False),
        Rule("listed sheets", LEVEL, _listed_sheet, has_places=False),
        Rule("versions", LEVEL + 3, _versions, has_places=False),
        Rule("day of sheet", LEVEL, _day_of_sheet),
        Rule("known on", LEVEL + 1, _known_on),
        Rule("last issue", LEVEL + 1, _last_issue),
        Rule("passed by", LEVEL + 3, _passed_by),
        Rule("called off", LEVEL, lambda view, _: tuple(sorted(schedule.called_off(SiteLibrary(view))))),
        Rule("dates in sheet", LEVEL, _dates_in_sheet),
        Rule("has calendar", LEVEL + 1, _has_calendar),
        Rule("length of topic", LEVEL, _length_of_topic),
        Rule("long lists", LEVEL + 3, _long_lists),
        Rule("long shelves", LEVEL + 3, _long_shelves),
        Rule("shelves of topic", LEVEL, _shelves_of_topic),
        Rule("shelves", LEVEL + 4, _shelves),
        Rule("shelf", LEVEL + 1, _shelf),
        Rule("pages of shelves", LEVEL + 5, _pages_of_shelves),
        Rule("page of shelf", LEVEL + 2, _page_of_shelf),
        *(Rule(f"{kind} in list", LEVEL + 1, _entry_in_list(kind)) for kind in lists.RECORDS),
        Rule("list", LEVEL + 2, _list),
        Rule("pages of list", LEVEL + 3, lambda view, kind: tuple(view.get("list", kind))),
        Rule("page of list", LEVEL + 3, _page_of_list),
    )


def _shown_editions(view: View, name: str) -> tuple[Issued, ...]:
    library = RecordedLibrary(view)
    if name not in library.issued:
        return ()
    return freeze.of_brief(Slug(name), library)


def _names_of_shown_editions(view: View, _: str) -> tuple[str, ...]:
    every = view.every("shown editions", view.get("names", "issued"))
    return tuple(name for name, items in every.items() if items)


def _in_order(view: View, rule: str) -> tuple[str, ...]:
    """Return the briefs for which a rule gives a card, in the order of the site."""
    cards: dict[str, Edition | None] = view.every(rule, view.get("names", "briefs"))
    titles = {name: card.title for name, card in cards.items() if card}
    project: Project = view.get("project")
    home = [name for name in project.home if name in titles]
    others = (name for name in titles if name not in home)
    return (*home, *sorted(others, key=lambda name: natural(titles[name])))


def _cited_keys(view: View, name: str) -> tuple[str, ...]:
    edition: Edition | None = view.get(briefs.PUBLISHED, name)
    return tuple(str(note.fact) for note in edition.notes) if edition else ()


def _cited_in_all(view: View, _: str) -> dict[str, tuple[str, ...]]:
    order: tuple[str, ...] = view.get("order of briefs")
    return _gathered((key, name) for name, keys in view.every("cited keys", order).items() for key in keys)


def _sheets_of_brief(view: View, name: str) -> tuple[str, ...]:
    brief = view.get("briefs", name)
    return tuple(brief.sheets) if brief else ()


def _briefs_on_all(view: View, _: str) -> dict[str, tuple[str, ...]]:
    order: tuple[str, ...] = view.get("order of briefs")
    every = view.every("sheets of brief", order)
    return _gathered((sheet, name) for name, sheets in every.items() for sheet in sheets)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, item in pairs:
        found[name].append(item)
    return {name: tuple(items) for name, items in found.items()}


def _page_edition(view: View, name: str) -> tuple[Edition | None, tuple[Finding, ...]]:
    library = RecordedLibrary(view)
    page = library.pages.get(name)
    return pages.cite_page(page, library) if page else (None, ())


def _page_title(view: View, name: str) -> tuple[int, str] | None:
    edition: Edition | None = view.get(PAGE_EDITION, name)[0]
    return (view.get("pages", name).order, edition.title) if edition else None


def _language_of_page(view: View, name: str) -> str:
    edition: Edition | None = view.get(PAGE_EDITION, name)[0]
    return edition.language if edition else ""


def _languages_of_pages(view: View, _: str) -> dict[str, str]:
    return view.every("language of page", view.get("names", "pages"))


def _order_of_pages(view: View, _: str) -> tuple[str, ...]:
    found = view.every("page title", view.get("names", "pages"))
    return tuple(sorted((name for name in found if found[name]), key=found.__getitem__))


def _menu(view: View, _: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"pages/{name}.html", view.get("page title", name)[1]) for name in view.get("order of pages")
    )


def _names_in_sheet(view: View, name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return kind -> id -> those facts of a sheet that name it."""
    sheet: FactSheet | None = view.get("sheets", name)
    found = lookups.keys_by(sheet.facts if sheet else (), RecordedLibrary(view))
    return {kind: dict(names) for kind, names in found.items()}


def _named_by_all(view: View, _: str) -> dict[str, dict[str, tuple[str, ...]]]:
    every = view.every("names in sheet", view.get("names", "sheets"))
    found: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in lookups.KINDS}
    for kinds in every.values():
        for kind, names in kinds.items():
            for item, keys in names.items():
                found[kind][item] += keys
    return {kind: {item: tuple(keys) for item, keys in names.items()} for kind, names in found.items()}


def _named_by(view: View, name: str) -> tuple[str, ...]:
    kind, _, item = name.partition(":")
    found: tuple[str, ...] = view.get("named by all")[kind].get(item, ())
    return found


def _actors_of_sides(view: View, _: str) -> dict[str, tuple[str, ...]]:
    sides: dict[str, str] = view.every("side of actor", view.get("names", "actors"))
    return _gathered((side, name) for name, side in sides.items())


def _disputed_in_sheet(view: View, name: str) -> tuple[tuple[str, str], ...]:
    sheet: FactSheet | None = view.get("sheets", name)
    found = sheet.disagreements if sheet else ()
    return tuple((key, item.id) for item in found for key in item.rests_on)


def _disputed_in_all(view: View, _: str) -> dict[str, tuple[str, ...]]:
    every = view.every("disputed in sheet", view.get("names", "sheets"))
    return _gathered(pair for pairs in every.values() for pair in pairs)


def _covered(view: View, name: str) -> CoveredSource | None:
    library = SiteLibrary(view)
    source = library.sources.get(name)
    return source_coverage.of_source(source, library, view.get("cited paragraphs", name)) if source else None


def _citations_in_sheet(view: View, name: str) -> tuple[tuple[str, int, str], ...]:
    sheet: FactSheet | None = view.get("sheets", name)
    facts = sheet.facts if sheet else ()
    return tuple((*cited, str(fact.id)) for fact in facts for cited in source_coverage.citations_of(fact))


def _all_citations(view: View, _: str) -> dict[str, dict[int, tuple[str, ...]]]:
    every = view.every("citations in sheet", view.get("names", "sheets"))
    found: dict[str, dict[int, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for source, paragraph, key in (item for items in every.values() for item in items):
        found[source][paragraph][key] = None
    return {name: {number: tuple(keys) for number, keys in item.items()} for name, item in found.items()}


def _counts(view: View, _: str) -> dict[str, dict[str, int]]:
    return lookups.counts_of(view.get("named by all"), view.get("actors of sides"))


def _topic_head(view: View, name: str) -> FactSheet | None:
    sheet: FactSheet | None = view.get("sheets", name)
    if sheet is None:
        return None
    empty: dict[str, Any] = dict.fromkeys(("facts", *REGISTERS), ())
    return dataclasses.replace(sheet, summary="", **empty)


def _listed_fact(view: View, key: str) -> Fact | None:
    fact: Fact | None = view.get("facts", key)
    return _listed(fact) if fact else None


def _listed_sheet(view: View, name: str) -> FactSheet | None:
    sheet: FactSheet | None = view.get("sheets", name)
    return dataclasses.replace(sheet, facts=tuple(map(_listed, sheet.facts))) if sheet else None


def _versions(view: View, name: str) -> tuple[history.FactVersion, ...]:
    """Return the states of the facts of a sheet.

    Of a fact that has but one state, news say what lists do and its value.
    """
    looked = RecordedLookups(view)
    sheet = looked.library.sheets.get(name)
    found: list[history.FactVersion] = []
    for fact in sheet.facts if sheet else ():
        is_of_texts = fact.kind in (FactKind.CONTEXT, FactKind.OBSERVATION)
        if is_of_texts and query.is_about_wording(fact, looked.disputed[fact.id]):
            continue
        versions = history.of_fact(fact, looked.library, looked.wording)
        if not fact.history:
            listed = dataclasses.replace(_listed(fact), value=fact.value)
            versions = tuple(dataclasses.replace(item, fact=listed) for item in versions)
        found += versions
    return tuple(found)


def _day_of_sheet(view: View, name: str) -> str:
    sheet: FactSheet | None = view.get("sheets", name)
    return query.known_on(SiteLibrary(view), sheet.facts if sheet else ()).isoformat()


def _known_on(view: View, _: str) -> str:
    every = view.every("day of sheet", view.get("names", "sheets"))
    return max(every.values(), default=datetime.date.min.isoformat())


def _last_issue(view: View, name: str) -> str:
    """Return the day on which a brief was last issued."""
    items: tuple[Issued, ...] = view.get("shown editions", name)
    return max((item.issued.latest for item in items), default=datetime.date.min).isoformat()


def _passed_by(view: View, _: str) -> str:
    every: dict[str, str] = view.every("last issue", view.get("names of shown editions"))
    return max([str(view.get("known on")), *every.values()])


def _dates_in_sheet(view: View, name: str) -> bool:
    """Return whether a sheet has an entry for the calendar."""
    sheet: FactSheet | None = view.get("sheets", name)
    return bool(sheet and sheet.milestones)


def _has_calendar(view: View, _: str) -> bool:
    return any(view.every("dates in sheet", view.get("names", "sheets")).values())


def _length_of_topic(view: View, name: str) -> int:
    sheet: FactSheet | None = view.get("sheets", name)
    return len(sheet.facts) if sheet else 0


def _lengths(view: View) -> dict[str, int]:
    return view.every("length of topic", view.get("names", "sheets"))


def _long_lists(view: View, _: str) -> tuple[str, ...]:
    topics = _lengths(view)
    return lists.long_lists(
        topics, {lists.BRIEFS: len(view.get("order of briefs")), lists.TOPICS: len(topics)}
    )


def _long_shelves(view: View, _: str) -> tuple[str, ...]:
    return lists.long_shelves(_lengths(view), view.get("counts"))


def _shelves_of_topic(view: View, name: str) -> Parts:
    """Return how many facts of a sheet are on each shelf, by month."""
    sheet: FactSheet | None = view.get("sheets", name)
    return Parts(lists.counted(sheet.facts if sheet else (), RecordedLibrary(view)))


def _shelves(view: View, _: str) -> tuple[str, ...]:
    if lists.STATEMENTS not in view.get("long lists"):
        return ()
    every: dict[str, tuple[str, ...]] = view.every("shelves of topic", view.get("names", "sheets"))
    long = view.get("long shelves")
    found = {shelf for shelves in every.values() for shelf in shelves}
    return tuple(sorted(shelf for shelf in found if lists.is_of_facet(shelf) or shelf in long))


def _shelf(view: View, shelf: str) -> tuple[ShelfPage, ...]:
    every = view.part("shelves of topic", shelf, view.get("names", "sheets"))
    counts: Counter[str] = Counter()
    for months in every.values():
        counts.update(months)
    return lists.pages_of_shelf(shelf, counts)


def _pages_of_shelves(view: View, _: str) -> tuple[str, ...]:
    return tuple(page.key for shelf in view.get("shelves") for page in view.get("shelf", shelf))


def _page_of_shelf(view: View, key: str) -> ShelfPage | None:
    return next((page for page in view.get("shelf", lists.shelf_of(key)) if page.key == key), None)


def _entry_in_list(kind: str) -> Callable[[View, str], Entry | None]:
    def step(view: View, name: str) -> Entry | None:
        looked = RecordedLookups(view, is_list=True)
        records = {lists.BRIEFS: looked.named, lists.TOPICS: looked.topics}
        record = records.get(kind, getattr(looked.library, kind, {})).get(name)
        named = view.get("sheets of brief", name) if kind == lists.BRIEFS else ()
        topics = (looked.topics.get(sheet) for sheet in named)
        return lists.entry_of(kind, record, filter(None, topics), looked.wording) if record else None

    return step


def _list(view: View, kind: str) -> dict[str, RecordsPage]:
    names = view.get("order of briefs") if kind == lists.BRIEFS else _names_of(view, kind)
    every: dict[str, Entry | None] = view.every(f"{kind} in list", names)
    return lists.pages_of_records(filter(None, every.values()))


def _names_of(view: View, kind: str) -> tuple[str, ...]:
    found: tuple[str, ...] = view.get("names", "sheets" if kind == lists.TOPICS else kind)
    return found


def _page_of_list(view: View, name: str) -> RecordsPage | None:
    kind, _, key = name.partition(" ")
    found: dict[str, RecordsPage] = view.get("list", kind)
    return found.get(key)


# ------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Files:
    """The files that one step lays out."""

    files: tuple[Laid, ...] = ()
    problem: Finding | None = None
    """Why they could not be laid out."""


def _made_of(piece: Piece[Any]) -> str:
    return f"piece: {piece.name}"


class RecordedPrinter(Printer):
    """A printer that puts on record of which pieces a page is made."""

    def __init__(self, view: View, looked: RecordedLookups, theme: Theme) -> None:
        super().__init__(looked, theme, pages.MENU)
        self._view = view
        self._of_all: dict[str, Mapping[str, Any]] = {}
        """The pieces of all things, by the name of the piece: a page may ask for them more than once."""

    def piece(self, piece: Piece[Any], key: str) -> Any:
        """Return the piece of one thing."""
        return _sound(self._view.get(_made_of(piece), key))

    def pieces(self, piece: Piece[Any]) -> Mapping[str, Any]:
        """Return the pieces of all things: one entry in the record of what was read."""
        if piece.name not in self._of_all:
            found = self._view.every(_made_of(piece), piece.keys(self.lookups))
            self._of_all[piece.name] = {key: _sound(item) for key, item in found.items()}
        return self._of_all[piece.name]

    def part(self, piece: Piece[Parts], part: str) -> Mapping[str, Any]:
        """Return a part of the pieces of all things: one entry in the record of what was read."""
        return self._view.part(_made_of(piece), part, piece.keys(self.lookups))


@dataclass(frozen=True, slots=True)
class Unmade:
    """In place of a piece that could not be made."""

    problem: Finding


def _sound(piece: Any) -> Any:
    """Return a piece. Raises the problem for which it could not be made."""
    if isinstance(piece, Unmade):
        raise FoundProblem(piece.problem)
    return piece


def _sections() -> tuple[Section, ...]:
    return (*pages.sections(), *documents.SECTIONS)


def rule_of(section: str) -> str:
    """Return the rule that lays out the files of a section, by the name of that."""
    return f"site {section}"


def _rule(section: Section) -> str:
    return rule_of(section.name)


def _rule_of_lines(section: Section) -> str:
    return f"lines of {section.name}"


def _cards(printer: Printer, looked: RecordedLookups, name: str) -> Iterator[SiteFile]:
    if looked.pictures:
        yield social_cards.file(printer, looked, name)


Maker = Callable[[View, Callable[[Printer, RecordedLookups], Iterable[SiteFile]], bool], Beside]
"""Lays files out for a step; the last argument says whether they show no more than lists do."""


def _maker(shared: SharedTemplates, fonts: tuple[FontFile, ...]) -> Maker:
    def made(
        view: View, step: Callable[[Printer, RecordedLookups], Iterable[SiteFile]], is_list: bool
    ) -> Beside:
        view.get("fonts")
        looked = RecordedLookups(view, is_list)
        with shared.reading(view) as templates:
            theme = Theme(templates, templates.texts, looked.library.project.paper, fonts)
            try:
                found = list(step(RecordedPrinter(view, looked, theme), looked))
            except FoundProblem as problem:
                return Beside(Files(problem=problem.finding), {})
        return Beside(Files(tuple(map(laid, found))), {file.path: file.prepared for file in found})

    return made


def _groups(section: Section, looked: RecordedLookups) -> Collection[str]:
    return section.groups(looked) if section.groups else tuple(section.keys(looked))


def _lines_of(section: Section) -> Callable[[View, str], Parts]:
    def step(view: View, name: str) -> Parts:
        looked = RecordedLookups(view)
        keys = section.groups(looked).get(name, ()) if section.groups else (name,)
        found: list[Files] = [view.get(_rule(section), key) for key in keys]
        return lines.of(looked, (file for files in found for file in files.files))

    return step


def _lines(view: View, sections: Iterable[Section]) -> Lines:
    """Return the lines of the files of some sections."""
    looked = RecordedLookups(view)

    def part(name: str) -> Iterator[Any]:
        for section in sections:
            yield from view.part(_rule_of_lines(section), name, _groups(section, looked)).values()

    return part


def rules(shared: SharedTemplates, fonts: tuple[FontFile, ...]) -> tuple[Rule, ...]:
    """Return the rules of the site. ``fonts`` are those of the project."""
    made = _maker(shared, fonts)

    def of(section: Section) -> Callable[[View, str], Beside]:
        return lambda view, key: made(
            view, lambda printer, looked: section.step(printer, looked, key), section.is_list
        )

    def about(step: pages.AboutPages, sections: Iterable[Section]) -> Callable[[View, str], Beside]:
        return lambda view, _: made(
            view, lambda printer, looked: step(printer, looked, _lines(view, sections)), False
        )

    def piece(item: Piece[Any]) -> Callable[[View, str], object]:
        def step(view: View, key: str) -> object:
            looked = RecordedLookups(view, item.is_list)
            if key not in item.keys(looked):
                return None  # it is gone, and nobody asks for its piece
            with shared.reading(view) as templates:
                theme = Theme(templates, templates.texts, looked.library.project.paper, ())
                try:
                    return item.of(RecordedPrinter(view, looked, theme), looked, key)
                except FoundProblem as problem:
                    return Unmade(problem.finding)

        return step

    def picture(view: View, name: str) -> Beside:
        return made(view, lambda printer, looked: _cards(printer, looked, name), False)

    return (
        *_look_ups(),
        Rule("fonts", 0),
        *(Rule(_rule(section), _PAGES, of(section), is_long=True) for section in _sections()),
        *(Rule(_rule_of_lines(section), _PAGES + 1, _lines_of(section)) for section in _sections()),
        *(
            Rule(_made_of(item), LEVEL + 5 + item.level, piece(item), has_places=False, is_long=item.is_long)
            for item in pages.PIECES
        ),
        Rule("search settings", _ABOUT_PAGES, about(documents.settings, documents.SECTIONS[1:])),
        Rule("social card", _PAGES, picture),
        *(
            Rule(name, _ABOUT_PAGES, about(step, pages.sections()))
            for name, step in pages.ABOUT_PAGES.items()
        ),
    )


def wanted(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield the rule and the key of every step that lays files of the site out."""
    view = View(engine, Rule("site", _ABOUT_PAGES + 1))
    for section in _sections():
        yield from ((_rule(section), key) for key in section.keys(RecordedLookups(view)))
    yield from ((rule, "") for rule in ("search settings", *pages.ABOUT_PAGES))
    for name in ("", *view.get("order of briefs")):
        yield "social card", name


def briefs_shown(engine: Engine) -> tuple[str, ...]:
    """Return the briefs that have a page on the site, or a page of their draft."""
    orders = (*engine.get("order of briefs", ""), *engine.get("order of drafts", ""))
    return tuple(dict.fromkeys(orders))


def prepare(engine: Engine) -> None:
    """Work out together what the pages are joined from, and those that are about one thing each."""
    looked = RecordedLookups(View(engine, Rule("site", _ABOUT_PAGES + 1)))
    for piece in pages.PIECES:
        if piece.is_long:
            engine.prepare(_made_of(piece), piece.keys(looked))
    for section in _sections():
        engine.prepare(_rule(section), section.keys(looked))


TOP = _ABOUT_PAGES + 1
"""A level above all rules of the site."""
