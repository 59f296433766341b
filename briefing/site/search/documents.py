"""The documents of the search: one for every brief, edition, topic, fact, source, actor, system and page."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from briefing.changes.fact_fields import FIELDS
from briefing.changes.history import address
from briefing.formats import html
from briefing.formats.base import Prepared
from briefing.language.words import Words
from briefing.memo.engine import Parts
from briefing.model import query
from briefing.model.editions import Claim, Edition
from briefing.model.facts import Fact, FactSheet
from briefing.model.ledger import Issued
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.sources import Actor, Source, System
from briefing.site.files import PATHS, Lines, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer, Section
from briefing.site.search import index
from briefing.site.search.index import ASIDE, FOLDER, TITLE, Document, Entry, IndexScript, entry
from briefing.store.results import Inputs

PAGE = "search.html"


TEMPLATE = "site-search.html.j2"


SCRIPT = "search.js"
_LISTS = (
    ("index.html", "search.briefs_and_topics"),
    ("facts/index.html", "menu.facts"),
    ("sources/index.html", "menu.sources"),
    ("actors/index.html", "list.actors"),
    ("systems/index.html", "menu.systems"),
    ("timeline.html", "menu.timeline"),
    ("changes.html", "search.changes_and_editions"),
    ("registers.html", "registers.title"),
)
"""The lists in which a reader without a script finds everything, each with its words."""


def index_files(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the index of the search."""
    files = [
        file
        for section in SECTIONS
        for key in section.keys(lookups)
        for file in section.step(printer, lookups, key)
    ]
    paths = [file.path for file in files]
    yield from settings(printer, lookups, lambda _: [paths])
    yield from files


def settings(printer: Printer, lookups: Lookups, lines: Lines) -> Iterator[SiteFile]:
    """Yield the settings of the search. ``lines`` are those of its other scripts."""
    paths = (path for paths in lines(PATHS) for path in paths)
    names = (path.removeprefix(f"{FOLDER}/").removesuffix(".js") for path in paths)
    shards = [name for name in names if name.startswith("words-")]
    yield _script(printer, index.settings_script(shards, printer.piece(LENGTH, ""), lookups.language))


def search_page(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the search page and its script."""
    say = lookups.say
    lists = [(path, say(key)) for path, key in _LISTS]
    lists += [*lookups.plain_pages, ("scales.html", say("menu.scales"))]
    words = json.dumps(_script_words(lookups.language), ensure_ascii=False)
    yield printer.page(PAGE, TEMPLATE, (), title=say("search.title"), lists=lists, script_words=words)
    yield printer.asset(SCRIPT, "script")


def _script(printer: Printer, piece: IndexScript) -> SiteFile:
    """Return a script of the index."""
    digest = hashlib.sha256(piece.text.encode()).hexdigest()
    parts = () if piece.facts else (("words that can be searched for", digest),)
    prepared = Prepared("text", piece.text, title="search")
    return printer.file(f"{FOLDER}/{piece.name}.js", prepared, Inputs(piece.facts, parts))


def _script_words(language: str) -> dict[str, Any]:
    """Return the words that the script prints, by name; what has several forms, by plural category."""
    say = Words(language)
    names = ("results", "show_all", "too_common", "missing")
    return {"language": language, **{name: say.forms(f"search.script_{name}") for name in names}}


def of_brief(edition: Edition) -> Document:
    """Return a brief, with all its text."""
    return _of_edition(edition, f"briefs/{edition.brief}.html", "brief")


def of_page(name: str, edition: Edition) -> Document:
    """Return a plain page, with all its text."""
    return _of_edition(edition, f"pages/{name}.html", "page")


def of_issued(name: str, items: Iterable[Issued], lookups: Lookups) -> Iterator[Document]:
    """Yield the editions of a brief."""
    for issued in items:
        yield Document(
            f"{address(issued)}.html",
            "edition",
            lookups.say("changes.edition", title=issued.printed.title, number=issued.id),
            issued.note,
            kept_with=name,
            state=lookups.say("changes.is_withdrawn")
            if issued.withdrawn
            else lookups.wording.date(issued.issued),
        )


def of_sheet(sheet: FactSheet, lookups: Lookups) -> Document:
    """Return a topic, with the texts of its registers."""
    registers = [item.question for item in sheet.gaps]
    registers += [item.question for item in sheet.disagreements]
    registers += [item.expectation for item in sheet.milestones]
    registers += [lookups.wording.judgement(item) for item in sheet.judgements]
    return Document(
        f"topics/{sheet.id}.html",
        "topic",
        sheet.title,
        _joined(sheet.summary, *registers),
        kept_with=sheet.id,
        rest=(sheet.id,),
        facts=frozenset(fact.id for fact in sheet.facts),
    )


def of_actor(actor: Actor) -> Document:
    """Return an actor."""
    text = _joined(actor.role, *(role.title for role in actor.roles), actor.description)
    return _of_record("actor", actor, text)


def of_system(system: System) -> Document:
    """Return a system."""
    return _of_record("system", system, _joined(system.category, system.description))


def of_matter(matter: Matter, library: Library) -> Document:
    """Return a matter, with the names of its systems."""
    found = _of_record("matter", matter, matter.description)
    systems = [library.systems[name] for name in matter.systems if name in library.systems]
    others = [name for item in systems for name in (item.name, *item.names)]
    return dataclasses.replace(
        found, names=tuple(filter(None, dict.fromkeys((*matter.names, matter.label, *others))))
    )


def _of_edition(edition: Edition, path: str, kind: str) -> Document:
    """Return a brief or a plain page with all its text, as a reader sees it."""
    shown = [note.fact for note in edition.notes]
    shown += [
        part.fact for section in edition.sections for part in section.segments if isinstance(part, Claim)
    ]
    texts = (": ".join(filter(None, [section.title, html.bare(section)])) for section in edition.sections)
    return Document(
        path,
        kind,
        edition.title,
        _joined(edition.subtitle, *texts),
        kept_with=edition.brief,
        state=edition.label if kind == "brief" else "",
        rest=(edition.brief,),
        facts=frozenset(shown),
    )


def of_fact(fact: Fact, lookups: Lookups) -> Document:
    """Return a fact, also under the names of what it is about."""
    wording, library = lookups.wording, lookups.library
    texts = [field.read(fact, wording) for field in FIELDS if field.is_searched]
    named: list[str] = []
    for name in fact.systems:
        named += (library.systems[name].name, *library.systems[name].names)
    for name in (*fact.actors, *fact.said_by):
        named += (library.actors[name].name, *library.actors[name].names)
    sheet = query.sheet_of(fact.id)
    states = map(wording.named, (fact.status or fact.kind, *fact.flags))
    return Document(
        f"facts/{fact.id}.html",
        "fact",
        fact.statement,
        _joined(*texts),
        kept_with=sheet,
        state=wording.say("value.list").join(states),
        rest=(fact.id, lookups.topics[sheet].title, *dict.fromkeys(named)),
        facts=frozenset({str(fact.id)}),
        lead=TITLE if fact.status else ASIDE,
    )


def of_source(source: Source, lookups: Lookups) -> Document:
    """Return a source, with what it relays."""
    published = lookups.wording.date(source.published) if source.published else ""
    relayed = (lookups.library.origins[name].title for name in source.origins)
    return Document(
        f"sources/{source.id}.html",
        "source",
        source.title or source.label,
        _joined(source.publisher or "", source.author or "", published, *relayed, source.note),
        names=(source.label,),
        rest=(source.id,),
    )


def _of_record(kind: str, record: Any, text: str) -> Document:
    return Document(
        f"{kind}s/{record.id}.html",
        kind,
        record.name,
        _joined(text, *(name for name in record.names if name != record.name)),
        names=record.names,
        rest=(record.id,),
    )


def _joined(*texts: str) -> str:
    return " · ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


class Kept(Enum):
    """With which others documents of a kind are kept."""

    ALONE = "alone"
    BY_TOPIC = "by topic"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Found:
    """Documents of one kind: of which things there are any, and those of one thing."""

    name: str
    keys: Callable[[Lookups], Mapping[str, object]]
    of: Callable[[Lookups, str], Iterable[Document]]
    kept: Kept = Kept.ALONE

    @property
    def entries(self) -> Piece[tuple[Entry, ...]]:
        """The documents of one thing, with their words."""

        def entries(_: Printer, lookups: Lookups, key: str) -> tuple[Entry, ...]:
            return tuple(entry(item, lookups.language) for item in self.of(lookups, key))

        return Piece(f"search {self.name}", self.keys, entries, is_list=False, is_long=True)


FOUND = (
    Found(
        "briefs", lambda lookups: lookups.named, lambda lookups, key: _each(of_brief, lookups.editions, key)
    ),
    Found(
        "editions",
        lambda lookups: lookups.library.issued,
        lambda lookups, key: of_issued(key, lookups.library.issued.get(key, ()), lookups),
    ),
    Found(
        "pages",
        lambda lookups: lookups.pages,
        lambda lookups, key: _each(lambda page: of_page(key, page), lookups.pages, key),
    ),
    Found(
        "sheets",
        lambda lookups: lookups.library.sheets,
        lambda lookups, key: _each(lambda sheet: of_sheet(sheet, lookups), lookups.library.sheets, key),
    ),
    Found(
        "facts",
        lambda lookups: lookups.library.facts,
        lambda lookups, key: _each(lambda fact: of_fact(fact, lookups), lookups.library.facts, key),
        Kept.BY_TOPIC,
    ),
    Found(
        "sources",
        lambda lookups: lookups.library.sources,
        lambda lookups, key: _each(lambda source: of_source(source, lookups), lookups.library.sources, key),
        Kept.TOGETHER,
    ),
    Found(
        "actors",
        lambda lookups: lookups.library.actors,
        lambda lookups, key: _each(of_actor, lookups.library.actors, key),
        Kept.TOGETHER,
    ),
    Found(
        "systems",
        lambda lookups: lookups.library.systems,
        lambda lookups, key: _each(of_system, lookups.library.systems, key),
        Kept.TOGETHER,
    ),
    Found(
        "matters",
        lambda lookups: lookups.library.matters,
        lambda lookups, key: _each(
            lambda matter: of_matter(matter, lookups.library), lookups.library.matters, key
        ),
        Kept.TOGETHER,
    ),
)
"""Everything that can be found, kind by kind."""


def _each(of: Callable[[Any], Document], items: Mapping[Any, Any], key: str) -> Iterator[Document]:
    """Yield the document of a thing, if there is such a thing."""
    if (item := items.get(key)) is not None:
        yield of(item)


_BY_NAME = {kind.name: kind for kind in FOUND}


class _Shelves(Mapping[str, Found]):
    """The documents that are kept together, by kind and by topic or id: ``facts trams``."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups

    def __getitem__(self, name: str) -> Found:
        kind = _BY_NAME[name.partition(" ")[0]]
        if name.partition(" ")[2] not in self._of(kind):
            raise KeyError(name)
        return kind

    def __iter__(self) -> Iterator[str]:
        return (f"{kind.name} {name}" for kind in FOUND for name in self._of(kind))

    def __len__(self) -> int:
        return sum(len(self._of(kind)) for kind in FOUND)

    def _of(self, kind: Found) -> Collection[str]:
        if kind.kept is Kept.TOGETHER:
            return ("",)
        return self._lookups.library.sheets if kind.kept is Kept.BY_TOPIC else kind.keys(self._lookups)


def _together(printer: Printer, lookups: Lookups, name: str) -> Iterator[Entry]:
    """Yield the documents that are kept together."""
    kind, _, key = name.partition(" ")
    found = _BY_NAME[kind]
    if found.kept is Kept.TOGETHER:
        of_things: Iterable[tuple[Entry, ...]] = printer.pieces(found.entries).values()
    else:
        facts = lookups.library.sheets[key].facts if found.kept is Kept.BY_TOPIC else ()
        keys = [str(fact.id) for fact in facts] if found.kept is Kept.BY_TOPIC else [key]
        of_things = (printer.piece(found.entries, key) for key in keys)
    return itertools.chain.from_iterable(of_things)


def _length_on_shelf(printer: Printer, lookups: Lookups, name: str) -> int:
    return index.length_of_marks({item.document.path for item in _together(printer, lookups, name)})


def _length(printer: Printer, _: Lookups, __: str) -> int:
    return max(printer.pieces(LENGTHS).values(), default=4)


def _words(printer: Printer, lookups: Lookups, name: str) -> Parts:
    return Parts(index.postings(_together(printer, lookups, name), printer.piece(LENGTH, "")))


LENGTHS = Piece("search marks of shelf", _Shelves, _length_on_shelf, level=1)
LENGTH = Piece("search marks", lambda _: ("",), _length, level=2)
WORDS = Piece("search words", _Shelves, _words, level=3)
PIECES: tuple[Piece[Any], ...] = (*(kind.entries for kind in FOUND), LENGTHS, LENGTH, WORDS)
"""The documents with their words, and what those that are kept together add to the index."""


def _shelf(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    if name in _Shelves(lookups):
        for piece in index.shelves(_together(printer, lookups, name), printer.piece(LENGTH, "")):
            yield _script(printer, piece)


def _shards(printer: Printer, _: Lookups, beginning: str) -> Iterator[SiteFile]:
    for piece in index.shards(printer.part(WORDS, beginning).values()):
        yield _script(printer, piece)


SECTIONS = (
    Section("shelf of the search", _Shelves, _shelf, is_list=True),
    Section("words of the search", lambda _: index.BEGINNINGS, _shards, is_list=True),
)
"""The scripts of the index apart from its settings."""
