"""The documents of the search: of briefs, topics, facts, registers, sources and records."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from briefing.changes import history
from briefing.changes.fact_fields import FIELDS
from briefing.formats import html
from briefing.formats.base import Prepared
from briefing.language import scale_texts, sentences
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.memo.engine import Parts
from briefing.model import query
from briefing.model.editions import Claim, Edition
from briefing.model.facts import Assertion, Fact, FactSheet
from briefing.model.ledger import Issued
from briefing.model.matters import Matter
from briefing.model.sources import Actor, Origin, Source, System
from briefing.model.values import Date, Money, Slug
from briefing.site import issued_words
from briefing.site.files import PATHS, Lines, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer, Section
from briefing.site.search import index
from briefing.site.search.index import (
    COMMITMENT,
    FACET_TABLES,
    FOLDER,
    HEADING,
    JUDGEMENT,
    LINE,
    NOTE,
    STATEMENT,
    TEXT,
    TITLE,
    Document,
    Entry,
    IndexScript,
    entry,
)
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
    scripts = [path.removeprefix(f"{FOLDER}/").removesuffix(".js") for path in paths]
    library = lookups.library
    names = {
        "topic": {str(name): sheet.title for name, sheet in lookups.topics.items()},
        "side": {
            str(name): actor.name for name, actor in library.actors.items() if library.side_of(name) == name
        },
    }
    yield _script(printer, index.settings_script(scripts, printer.piece(LENGTH, ""), lookups.language, names))


def search_page(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the search page and its script."""
    say = lookups.say
    lists = [(path, say(key)) for path, key in _LISTS]
    lists += [*lookups.plain_pages, ("scales.html", say("menu.scales"))]
    words = json.dumps(_script_words(lookups.language), ensure_ascii=False)
    yield printer.page(
        PAGE,
        TEMPLATE,
        (),
        title=say("search.title"),
        lists=lists,
        facets=[(name, say(f"search.facet_{name}")) for name in ("kind", *index.FACETS)],
        script_words=words,
    )
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
    names = (
        *("results", "listed", "all", "some", "without", "more", "any", "meant", "no_phrase"),
        *("too_common", "missing"),
    )
    return {"language": language, **{name: say.forms(f"search.script_{name}") for name in names}}


def of_brief(edition: Edition, lookups: Lookups) -> Document:
    """Return a brief, with all its text."""
    return _of_edition(edition, f"briefs/{edition.brief}.html", "brief", lookups)


def of_page(name: str, edition: Edition, lookups: Lookups) -> Document:
    """Return a plain page, with all its text."""
    return _of_edition(edition, f"pages/{name}.html", "page", lookups)


def of_issued(name: str, items: Iterable[Issued], lookups: Lookups) -> Iterator[Document]:
    """Yield the editions of a brief."""
    for issued in items:
        yield Document(
            f"{history.address(issued)}.html",
            "edition",
            lookups.say("changes.edition", title=issued.printed.title, number=issued.id),
            _parts(
                lookups.language,
                (TEXT, issued.note),
                (TEXT, issued.withdrawn.reason if issued.withdrawn else ""),
            ),
            kept_with=name,
            state=lookups.say("changes.is_withdrawn")
            if issued.withdrawn
            else lookups.wording.date(issued.issued),
            lead=TEXT,
            facets=((), (), (), _years(issued.issued)),
        )


def of_sheet(sheet: FactSheet, lookups: Lookups) -> Iterator[Document]:
    """Yield a topic, and the entries of its registers."""
    yield Document(
        f"topics/{sheet.id}.html",
        "topic",
        sheet.title,
        _parts(lookups.language, (HEADING, sheet.summary)),
        kept_with=sheet.id,
        rest=(sheet.id, sheet.owner or ""),
        facts=frozenset(fact.id for fact in sheet.facts),
        facets=((sheet.id,), (), (), ()),
    )
    say, wording = lookups.say, lookups.wording
    for judgement in sheet.judgements:
        basis = sentences.plain(judgement.basis, lookups.language, lookups.library.facts)
        grade = f"{say('brief.confidence')} {wording.named(judgement.confidence)}."
        parts = ("implication", "alternative", "would_change")
        said = [f"{say(f'brief.{name}')} {words}" for name in parts if (words := getattr(judgement, name))]
        yield _of_entry("judgement", wording.judgement(judgement), judgement, lookups, grade, basis, *said)
    for item in sheet.disagreements:
        readings = (reading.says for reading in item.readings)
        written = say("brief.we_write", wording=item.wording)
        yield _of_entry("disagreement", item.question, item, lookups, *readings, written, item.why)
    for gap in sheet.gaps:
        yield _of_entry("gap", gap.question, gap, lookups, gap.note)
    for milestone in sheet.milestones:
        found = _of_entry(
            "milestone",
            milestone.expectation,
            milestone,
            lookups,
            wording.date(milestone.date),
            milestone.shows,
        )
        topics, sides, statuses, _ = found.facets
        facets = (topics, sides, statuses, _years(milestone.date))
        yield dataclasses.replace(found, facets=facets, lead=STATEMENT)


def _of_entry(kind: str, title: str, item: Any, lookups: Lookups, *texts: str) -> Document:
    """Return an entry of a register: an anchor of the page of its topic."""
    topic, _, name = item.id.partition(".")
    facts = [lookups.library.facts[key] for key in item.rests_on if key in lookups.library.facts]
    return Document(
        f"topics/{topic}.html#{kind}-{name}",
        kind,
        title,
        _parts(lookups.language, *((TEXT, text) for text in texts)),
        kept_with=topic,
        rest=(item.id, *_names_in(facts, lookups)),
        facts=frozenset(item.rests_on),
        lead=JUDGEMENT if kind == "judgement" else COMMITMENT,
        facets=((topic,), _sides((name for fact in facts for name in fact.said_by), lookups), (), ()),
    )


def of_actor(actor: Actor, lookups: Lookups) -> Document:
    """Return an actor."""
    found = _of_record("actor", actor, (actor.description,), lookups, _sides((actor.id,), lookups))
    roles = dict.fromkeys((actor.role, *(role.title for role in actor.roles)))
    terms = (term for role in actor.roles for term in role.evidence.terms)
    return dataclasses.replace(
        found,
        parts=(*_parts(lookups.language, *((LINE, role) for role in roles)), *found.parts),
        names=(*found.names, actor.short),
        rest=(*found.rest, *terms),
    )


def of_system(system: System, lookups: Lookups) -> Document:
    """Return a system."""
    return _of_record("system", system, (system.category, system.description), lookups)


def of_matter(matter: Matter, lookups: Lookups) -> Document:
    """Return a matter, with the names of its systems."""
    found = _of_record("matter", matter, (matter.description,), lookups)
    systems = [lookups.library.systems[name] for name in matter.systems if name in lookups.library.systems]
    others = [name for item in systems for name in (item.name, *item.names)]
    return dataclasses.replace(
        found,
        parts=(*found.parts, (TITLE, matter.label)),
        names=tuple(dict.fromkeys((*matter.names, *others))),
        rest=(*found.rest, *_names_of(matter.actors, lookups.library.actors)),
        facets=((matter.topic,), (), (), ()),
    )


_WEIGHTS = {"bottom-line": LINE, "judgements": JUDGEMENT}
"""The weights of the sections of a brief, by role; all others are text."""


def _of_edition(edition: Edition, path: str, kind: str, lookups: Lookups) -> Document:
    """Return a brief or a plain page with all its text, as a reader sees it."""
    shown = [note.fact for note in edition.notes]
    shown += [
        part.fact for section in edition.sections for part in section.segments if isinstance(part, Claim)
    ]
    facts = [lookups.library.facts[key] for key in dict.fromkeys(shown) if key in lookups.library.facts]
    texts = [(HEADING, edition.subtitle)]
    for section in edition.sections:
        weight = _WEIGHTS.get(section.role, TEXT)
        texts += ((HEADING if is_heading else weight, text) for is_heading, text in html.bare_blocks(section))
    is_brief = kind == "brief"
    topics = tuple(dict.fromkeys(str(key).partition(".")[0] for key in shown)) if is_brief else ()
    return Document(
        path,
        kind,
        edition.title,
        _parts(edition.language, *texts),
        kept_with=edition.brief,
        state=issued_words.label(edition, lookups.library, lookups.wording) if is_brief else "",
        notes=tuple(
            f"{note.statement} {note.value} {note.speakers} {note.caveat} {note.remark}"
            for note in edition.notes
        ),
        rest=(edition.brief, edition.owner or "", *edition.authors, *_names_in(facts, lookups)),
        facts=frozenset(shown),
        facets=(topics, (), (), (str(edition.as_of_day.year),) if is_brief else ()),
    )


_SAID_OF_A_FACT = (scale_texts.caveat, scale_texts.remark)
"""What a reader may or must know of a fact, with our readings."""


def of_fact(fact: Fact, lookups: Lookups) -> Document:
    """Return a fact, also under the names of what it is about, and with what was said of it before."""
    wording = lookups.wording
    read = {field.name: field.read(fact, wording) for field in FIELDS if field.is_searched}
    sheet = query.sheet_of(fact.id)
    states = [wording.named(state) for state in (fact.status or fact.kind, *fact.flags)]
    lead = COMMITMENT if fact.status or fact.value else STATEMENT
    value = read.pop("value")
    read |= {"caveat": "", "remark": ""}  # with our readings, in sentences of their own
    terms = dict.fromkeys(term for state in fact.states for item in state.evidence for term in item.terms)
    return Document(
        f"facts/{fact.id}.html",
        "fact",
        fact.statement,
        (
            *_parts(lookups.language, *((TEXT, said(fact, wording)) for said in _SAID_OF_A_FACT)),
            (lead + 1, value),
            (TEXT, _joined(*read.values())),
            *_parts(lookups.language, *((NOTE, text) for text in _of_rows_and_past(fact, wording))),
            (NOTE, _joined(*(f'"{term}"' for term in terms))),
        ),
        kept_with=sheet,
        notes=(fact.label,),
        state=wording.say("value.list").join(states),
        rest=(
            fact.id,
            lookups.topics[sheet].title,
            *(words for state in fact.states for words in _beside_value(state, wording)),
            *_names_in([fact], lookups),
        ),
        facts=frozenset({str(fact.id)}),
        lead=lead,
        facets=(
            (sheet,),
            _sides(fact.said_by, lookups),
            tuple(states) if fact.status else (),
            _years(fact.date or fact.asserted),
        ),
    )


def _of_rows_and_past(fact: Fact, wording: Wording) -> Iterator[str]:
    """Yield what a reader must know of each row of a fact, and what the fact was on each earlier day."""
    for row in fact.rows:
        shown, _ = fact.linked(row.id)
        shown = dataclasses.replace(shown, caveat=row.caveat)
        if known := " ".join(filter(None, (said(shown, wording) for said in _SAID_OF_A_FACT))):
            yield f"{row.named}: {known}"
    for was in history.states_of(fact)[:-1]:
        day = wording.say("fact.from_day", date=wording.date(was.asserted)) if was.asserted else ""
        value = f"{wording.value(was.value)}." if was.value else ""
        yield " ".join(filter(None, (f"{day}: {was.statement}", value, scale_texts.caveat(was, wording))))


def _beside_value(state: Fact | Assertion, wording: Wording) -> Iterator[str]:
    """Yield status, date and price basis of a state of a fact; of a row, nothing else prints them."""
    if state.status:
        yield wording.named(state.status)
    if state.date:
        yield wording.date(state.date)
    if isinstance(state.value, Money):
        yield wording.price_basis(state.value)


def _names_in(facts: Iterable[Fact], lookups: Lookups) -> Iterable[str]:
    """Return all names of the actors, systems and matters that facts name, each once."""
    library, found = lookups.library, dict[str, None]()
    for fact in facts:
        found.update(dict.fromkeys(_names_of(fact.systems, library.systems)))
        found.update(dict.fromkeys(_names_of((*fact.actors, *fact.said_by), library.actors)))
        found.update(dict.fromkeys(_names_of(fact.matters, library.matters)))
    return found


def _names_of(ids: Iterable[Slug], records: Mapping[Any, Any]) -> Iterator[str]:
    for name in ids:
        yield records[name].name
        yield from records[name].names


def _sides(actors: Iterable[str], lookups: Lookups) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(lookups.library.side_of(name)) for name in actors))


def _years(date: Date | None) -> tuple[str, ...]:
    """Return the years that a date can mean; of a long time the first and the last."""
    if date is None:
        return ()
    first = date.earliest.year if date.span.start else date.latest.year
    last = date.latest.year if date.span.end else first
    years = range(first, last + 1) if last - first < 5 else (first, last)
    return tuple(map(str, years))


def of_source(source: Source, lookups: Lookups) -> Document:
    """Return a source, with what it relays."""
    published = lookups.wording.date(source.published) if source.published else ""
    origins = [lookups.library.origins[name] for name in source.origins]
    line = _joined(source.publisher or "", source.author or "", published)
    return Document(
        f"sources/{source.id}.html",
        "source",
        source.title or source.label,
        (
            (TEXT, line),
            *((TEXT, _relayed(item, lookups)) for item in origins),
            *_parts(lookups.language, (NOTE, source.note), *((NOTE, item.note) for item in origins)),
        ),
        names=(source.label,),
        rest=(source.id,),
        lead=HEADING,
        facets=(
            (),
            _sides((name for item in origins for name in item.said_by), lookups),
            (),
            _years(source.published),
        ),
    )


def _relayed(origin: Origin, lookups: Lookups) -> str:
    """Return a statement that a source relays in one line."""
    date = lookups.wording.date(origin.date) if origin.date else ""
    speakers = lookups.wording.names(origin.said_by)
    return _joined(origin.title, origin.short, speakers, origin.medium or "", date)


def of_scales(lookups: Lookups) -> Iterator[Document]:
    """Yield the page of the scales, with the words for every step."""
    scales = scale_texts.every(lookups.library.ladders.values(), lookups.say)
    texts = (
        ((HEADING, scale.title) for scale in scales),
        ((TEXT, f"{step}: {meaning}") for scale in scales for step, meaning in scale.rows),
    )
    yield Document(
        "scales.html",
        "page",
        lookups.say("menu.scales"),
        _parts(lookups.language, *itertools.chain.from_iterable(texts)),
        kept_with="scales",
    )


def _of_record(
    kind: str, record: Any, texts: Iterable[str], lookups: Lookups, sides: tuple[str, ...] = ()
) -> Document:
    names = _joined(*(name for name in record.names if name != record.name))
    return Document(
        f"{kind}s/{record.id}.html",
        kind,
        record.name,
        (*_parts(lookups.language, *((TEXT, text) for text in texts)), (TEXT, names)),
        names=record.names,
        rest=(record.id,),
        facets=((), sides, (), ()),
    )


def _parts(language: str, *texts: tuple[int, str]) -> tuple[tuple[int, str], ...]:
    """Return texts with their weights, each cut into sentences."""
    found = ((weight, "\n".join(sentences.of_plain(text, language))) for weight, text in texts)
    return tuple((weight, text) for weight, text in found if text)


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
        "briefs",
        lambda lookups: lookups.named,
        lambda lookups, key: _each(lambda brief: of_brief(brief, lookups), lookups.editions, key),
    ),
    Found(
        "editions",
        lambda lookups: lookups.library.issued,
        lambda lookups, key: of_issued(key, lookups.library.issued.get(key, ()), lookups),
    ),
    Found(
        "pages",
        lambda lookups: lookups.pages,
        lambda lookups, key: _each(lambda page: of_page(key, page, lookups), lookups.pages, key),
    ),
    Found("scales", lambda _: {"": None}, lambda lookups, _: of_scales(lookups)),
    Found(
        "sheets",
        lambda lookups: lookups.library.sheets,
        lambda lookups, key: of_sheet(lookups.library.sheets[key], lookups),
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
        lambda lookups, key: _each(lambda actor: of_actor(actor, lookups), lookups.library.actors, key),
        Kept.TOGETHER,
    ),
    Found(
        "systems",
        lambda lookups: lookups.library.systems,
        lambda lookups, key: _each(lambda system: of_system(system, lookups), lookups.library.systems, key),
        Kept.TOGETHER,
    ),
    Found(
        "matters",
        lambda lookups: lookups.library.matters,
        lambda lookups, key: _each(lambda matter: of_matter(matter, lookups), lookups.library.matters, key),
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
    found = _together(printer, lookups, name)
    return Parts(index.postings(found, printer.piece(LENGTH, ""), lookups.language))


LENGTHS = Piece("search marks of shelf", _Shelves, _length_on_shelf, level=1)
LENGTH = Piece("search marks", lambda _: ("",), _length, level=2)
WORDS = Piece("search words", _Shelves, _words, level=3)
PIECES: tuple[Piece[Any], ...] = (*(kind.entries for kind in FOUND), LENGTHS, LENGTH, WORDS)
"""The documents with their words, and what those that are kept together add to the index."""


def _shelf(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    if name in _Shelves(lookups):
        for piece in index.shelves(_together(printer, lookups, name), printer.piece(LENGTH, "")):
            yield _script(printer, piece)


def _shards(printer: Printer, lookups: Lookups, beginning: str) -> Iterator[SiteFile]:
    for piece in index.shards(printer.part(WORDS, beginning).values(), lookups.language):
        yield _script(printer, piece)


def _facets(printer: Printer, _: Lookups, table: str) -> Iterator[SiteFile]:
    if added := printer.part(WORDS, table):
        yield _script(printer, index.facets(table, added.values()))


SECTIONS = (
    Section("shelf of the search", _Shelves, _shelf, is_list=True),
    Section("words of the search", lambda _: index.BEGINNINGS, _shards, is_list=True),
    Section("facets of the search", lambda _: FACET_TABLES, _facets, is_list=True),
)
"""The scripts of the index apart from its settings."""
