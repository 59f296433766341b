"""Pages about matters: the board of all of them, a page for each, and who says what.

The board is joined from one row a matter. A cell says who holds that the matter has come as far as its
column: a side by its sign, a text in its own voice as a report. An empty cell: no statement is rated so.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.compose.board import by_group, first_named, ladder_of, sides_on, sign_of
from briefing.compose.templates import joined
from briefing.content import encode, ladders, state_of_play
from briefing.content.state_of_play import Account, Named, StateOfPlay, Step, Voice
from briefing.language import scale_texts
from briefing.language.order import natural
from briefing.model import query
from briefing.model.facts import Entry, Fact, Gap
from briefing.model.ladders import Group, Ladder, Status
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.scales import FactKind
from briefing.model.sources import Actor
from briefing.model.values import Slug
from briefing.site import brackets, fact_rows, list_pages, lists, page_metadata, stats, texts
from briefing.site.brackets import Brackets
from briefing.site.exports import data_files, tables
from briefing.site.exports.data_files import Joined
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lists import RecordsPage
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer

BOARD = "matters/index.html"
VOICES = "voices.html"
PARTS = "site-board-parts.html.j2"
"""The template of a row of the board, and of its parts."""
_TOPIC = "site-index-parts.html.j2"
"""The template of a row for a topic with the numbers of its matters."""


@dataclass(frozen=True, slots=True)
class Column:
    """A group of statuses, which is a column of the board."""

    id: str
    name: str
    shape: str
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody who says that a matter has come as far as a column."""

    account: Account
    side: str
    """The name of the side; empty for reports."""
    short: str
    """Its sign on the board."""
    speakers: tuple[str, ...]
    """The names of those who say so, where they are others than the side."""
    reports: int
    """How many texts say so in their own voice."""
    fact: str
    """The fact that it leads to."""

    @property
    def voice(self) -> Voice:
        """Who says so, where and when."""
        return self.account.voice


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of a matter in one column."""

    column: Column
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One matter on the board."""

    topic: str
    topics: tuple[str, ...]
    """The topics that have a statement with a status about it."""
    ladder: str
    html: str
    data: str
    shown: tuple[str, ...]
    """The facts that it leads to."""
    said: tuple[str, ...]
    """The columns in which anybody says something of it."""
    sides: tuple[str, ...]
    """The sides with a sign on it."""


@dataclass(frozen=True, slots=True)
class Board:
    """The matters of one ladder, topic by topic."""

    ladder: str
    """Its name."""
    columns: tuple[Column, ...]
    topics: tuple[tuple[str, str, Any], ...]
    """Id and title of each topic, and its rows as HTML."""
    count: int
    silent: str
    """The names of the columns in which no matter is rated; empty where there is none."""


def columns(lookups: Lookups, ladder: Ladder) -> tuple[Column, ...]:
    """Return the columns of a ladder, in order."""
    return tuple(_column(lookups, ladder, group) for group in ladder.groups)


def _column(lookups: Lookups, ladder: Ladder, group: Group) -> Column:
    return Column(str(group.id), lookups.say.group(group, ladder), group.glyph, ladder.within(group))


def cells(state: StateOfPlay, lookups: Lookups) -> tuple[Cell, ...]:
    """Return what is said of a matter, column by column."""
    library = lookups.library
    ladder = ladder_of(state.matter, library)
    return tuple(
        Cell(_column(lookups, ladder, group), _marks(accounts, library))
        for group, accounts in by_group(state, library).items()
    )


def _marks(accounts: Iterable[Account], library: Library) -> tuple[Mark, ...]:
    """Return a mark for each account, the furthest first, and of two as far as each other as they were."""
    found = sorted(accounts, key=lambda account: account.status, reverse=True)
    return tuple(_mark(account, library) for account in found)


def _mark(account: Account, library: Library) -> Mark:
    voice = account.voice
    speakers = tuple(library.actors[name].name for name in voice.speakers if name != voice.side)
    reports = len(voice.origins) if voice.is_reported else 0
    if voice.side is None:
        return Mark(account, "", "", speakers, reports, str(voice.facts[0]))
    name = library.actors[voice.side].name
    return Mark(account, name, sign_of(voice, library), speakers, 0, str(voice.facts[0]))


def _row(printer: Printer, lookups: Lookups, name: str, root: str = "../") -> Row:
    state = state_of_play.of_matter(name, lookups.library)
    found = cells(state, lookups)
    named = first_named(state, lookups.library, lookups.wording)
    ladder = str(ladder_of(state.matter, lookups.library).id)
    return Row(
        str(state.matter.topic),
        tuple(
            dict.fromkeys(
                str(query.sheet_of(key)) for key in state.facts if lookups.library.facts[key].status
            )
        ),
        ladder,
        printer.fragment(
            PARTS, "row", state, found, named, _asks_who_pays(state, lookups.library), root=root
        ),
        data_files.items({name: _as_data(state, found, ladder, lookups.library)}),
        tuple(dict.fromkeys(mark.fact for cell in found for mark in cell.marks)),
        tuple(cell.column.id for cell in found if cell.marks),
        tuple(map(str, sides_on(state))),
    )


def _gaps(state: StateOfPlay, library: Library) -> list[Gap]:
    """Return the questions about a matter, those that ask who pays first."""
    return sorted((library.gaps[key] for key in state.gaps), key=lambda gap: not gap.payment)


def _asks_who_pays(state: StateOfPlay, library: Library) -> str:
    """Return the first question that asks who pays for a matter; empty where none does.

    A question that names matters asks it of these alone, whatever else its facts are about.
    """
    name = state.matter.id
    found = (gap for gap in _gaps(state, library) if gap.payment and name in (gap.matters or [name]))
    return next((str(gap.id) for gap in found), "")


def _as_data(state: StateOfPlay, found: Iterable[Cell], ladder: str, library: Library) -> dict[str, Any]:
    return {
        "name": state.matter.name,
        "topic": state.matter.topic,
        "ladder": ladder,
        "accounts": [
            {
                "column": cell.column.id,
                "status": encode.to_plain(mark.account.status),
                "flags": [encode.to_plain(flag) for flag in mark.account.flags],
                "side": mark.voice.side,
                "said_by": list(mark.voice.speakers),
                "facts": list(mark.voice.facts),
            }
            for cell in found
            for mark in cell.marks
        ],
        "open_questions": len(state.gaps),
        "who_pays_is_open": bool(_asks_who_pays(state, library)),
    }


def _row_of_front_page(printer: Printer, lookups: Lookups, name: str) -> Row:
    return _row(printer, lookups, name, root="")


ROWS = Piece("row of matter", lambda lookups: lookups.library.matters, _row, is_list=False)
FRONT_ROWS = Piece(
    "row of matter on the front page",
    lambda lookups: lookups.library.matters,
    _row_of_front_page,
    is_list=False,
)


def _row_of_topic(printer: Printer, lookups: Lookups, name: str) -> str:
    sheet = lookups.library.sheets[Slug(name)]
    ladder = ladders.for_tables(lookups.library.ladders)
    return printer.fragment(_TOPIC, "row", sheet, stats.of_topic(sheet, lookups.library), ladder, root="../")


ROWS_OF_TOPICS = Piece(
    "row of topic on the board", lambda lookups: lookups.library.sheets, _row_of_topic, is_list=False
)


def of_topic(printer: Printer, topic: str) -> dict[str, Row]:
    """Return the rows of the matters of a topic, then of others of which it says how far they are."""
    rows = printer.pieces(ROWS)
    own = {name: row for name, row in rows.items() if row.topic == topic}
    return own | {name: row for name, row in rows.items() if topic in row.topics}


def boards(lookups: Lookups, rows: Mapping[str, Row], first: str = "") -> tuple[Board, ...]:
    """Return some matters as the board of each ladder that they have; one topic may go first."""
    order = dict.fromkeys((Slug(first), *lookups.topics)) if first else lookups.topics
    places = {name: place for place, name in enumerate(order)}
    found: list[Board] = []
    for ladder in dict.fromkeys(row.ladder for row in rows.values()):
        own = sorted(
            (row for row in rows.values() if row.ladder == ladder),
            key=lambda row: places.get(Slug(row.topic), len(places)),
        )
        topics = tuple(
            (topic, lookups.topics[Slug(topic)].title, joined(row.html for row in items))
            for topic, items in itertools.groupby(own, key=lambda row: row.topic)
        )
        known = lookups.library.ladders[Slug(ladder)]
        every = columns(lookups, known)
        said = {name for row in own for name in row.said}
        say = lookups.say
        silent = (say("value.quoted", words=column.name) for column in every if column.id not in said)
        found.append(Board(say.ladder(known), every, topics, len(own), say.listed(silent, is_choice=True)))
    return tuple(found)


def board(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the board of all matters, with its data; nothing where there are none."""
    if not lookups.library.matters:
        return
    rows = printer.pieces(ROWS)
    data = {"matters": Joined((row.data for row in rows.values()), "{}")}
    yield data_files.written(printer, BOARD.removesuffix(".html"), data, EVERY_FACT)
    if len(rows) > lists.MAX_RECORDS:
        yield from _board_by_topic(printer, lookups, rows.values())
        return
    page = printer.page(
        BOARD,
        "site-board.html.j2",
        {key for row in rows.values() for key in row.shown},
        printer.parts_of(PARTS),
        title=lookups.say("matters.board"),
        boards=boards(lookups, rows),
        sides=sides(lookups, rows.values()),
        known_on=lookups.known_on,
    )
    yield from tables.beside(printer, page)


def _board_by_topic(printer: Printer, lookups: Lookups, rows: Iterable[Row]) -> Iterator[SiteFile]:
    """Yield how far the matters of each topic have come, whose page has the board of its own."""
    counts = Counter(row.topic for row in rows)
    titles = {topic: lookups.topics[Slug(topic)].title for topic in counts}
    in_order = sorted(titles, key=lambda topic: natural(titles[topic]))
    rows_of_topics = printer.pieces(ROWS_OF_TOPICS)
    for key, page in lists.numbered("index", in_order).items():
        laid_out = printer.page(
            f"matters/{key}.html",
            "site-matters.html.j2",
            (),
            (*printer.parts_of(list_pages.PARTS), *printer.parts_of(_TOPIC)),
            title=list_pages.title_of(page, lookups.say("matters.board"), lookups),
            page=page,
            count=sum(counts.values()),
            known_on=lookups.known_on,
            rows=joined(rows_of_topics[topic] for topic in page.names),
            ladder=ladders.for_tables(lookups.library.ladders),
        )
        yield from tables.beside(printer, laid_out)


def sides(lookups: Lookups, rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Return the sign, the name and the id of every side with a sign on a board, the most frequent first."""
    found = Counter(name for row in rows for name in row.sides)
    sides = [lookups.library.actors[Slug(name)] for name, _ in found.most_common()]
    return [(side.short, side.name, side.id) for side in sides if side.short]


# -------------------------------------------------------------------------------------- the page of a matter


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity or an amount of money that somebody names."""

    words: str
    named: Named
    who: str
    """The name of the side; empty for reports."""


def one(printer: Printer, lookups: Lookups, name: str) -> Iterator[SiteFile]:
    """Yield the page of a matter, with its data."""
    matter = lookups.library.matters.get(Slug(name))
    if matter is None:
        return
    library, wording = lookups.library, lookups.wording
    state = state_of_play.of_matter(name, library)
    judgements = [library.judgements[key] for key in state.judgements]
    found = cells(state, lookups)
    said = _by_side(printer, lookups, state)
    steps = _steps(state, library)
    page = printer.page(
        f"matters/{name}.html",
        "site-matter.html.j2",
        _shown(state, library),
        (*printer.parts_of(PARTS), *printer.parts_of(fact_rows.PARTS)),
        title=matter.name,
        about=page_metadata.About(matter.description),
        matter=matter,
        state=state,
        texts=texts.of(library.facts[key] for key in state.facts),
        cells=found,
        amounts=[
            Amount(wording.value(item.value), item, _name_of(item.voice, library)) for item in state.named
        ],
        meanings={
            mark.account.status: scale_texts.meaning(mark.account.status, lookups.say)
            for cell in found
            for mark in cell.marks
        },
        gaps=_gaps(state, library),
        disagreements=[library.disagreements[key] for key in state.disagreements],
        watched=stats.watched(
            (library.milestones[key] for key in state.milestones), lookups.passed_by, lookups.called_off
        ),
        judgements=judgements,
        basis={item.id: printer.prose(item.basis) for item in judgements},
        said=said,
        steps=[(step, _links(step, library)) for step in reversed(steps)],
        brackets=max(
            [*(group.brackets for group in said), *(brackets.of_date(step.day, wording) for step in steps)],
            default=Brackets.NONE,
        ),
        briefs=_briefs(lookups, state),
        names=_names(matter, library),
        passed_by=lookups.passed_by,
        called_off=lookups.called_off,
    )
    yield from tables.beside(printer, page, is_by_section=True)
    data = {
        "matter": encode.to_plain(matter),
        "state": _as_data(state, found, str(ladder_of(matter, library).id), library),
        "facts": list(state.facts),
    }
    yield data_files.written(printer, f"matters/{name}", data, state.facts, matter)


def _shown(state: StateOfPlay, library: Library) -> set[str]:
    entries: list[Entry] = [
        *(library.gaps[key] for key in state.gaps),
        *(library.disagreements[key] for key in state.disagreements),
        *(library.milestones[key] for key in state.milestones),
        *(library.judgements[key] for key in state.judgements),
    ]
    return {*state.facts, *(key for item in entries for key in item.rests_on)}


def _name_of(voice: Voice, library: Library) -> str:
    return library.actors[voice.side].name if voice.side else ""


def _steps(state: StateOfPlay, library: Library) -> Sequence[Step]:
    return state_of_play.steps([library.facts[key] for key in state.facts], library)


def _links(step: Step, library: Library) -> list[tuple[str, str]]:
    """Return the pages of the statements of a step, each with its name; of an earlier one with its words."""
    found = []
    for key, number in step.said:
        fact = library.facts[key]
        if number > len(fact.history):
            found.append((f"facts/{key}.html", fact.named))
        else:
            found.append((f"facts/{key}.html#state-{number}", fact.history[number - 1].statement))
    return found


def _by_side(printer: Printer, lookups: Lookups, state: StateOfPlay) -> list[fact_rows.Group]:
    """Return the statements about a matter under the sides that make them, those of two sides under both."""
    groups = []
    for voice in state.voices:
        found = [(key, printer.piece(fact_rows.ROWS, query.sheet_of(key))) for key in voice.facts]
        group = fact_rows.Group(
            voice.side or "reports",
            _name_of(voice, lookups.library) or lookups.say("matters.reports"),
            joined(of_topic.rows[key] for key, of_topic in found),
            max(of_topic.brackets.get(key, Brackets.NONE) for key, of_topic in found),
            len(voice.facts),
        )
        groups.append(group)
    return groups


def _briefs(lookups: Lookups, state: StateOfPlay) -> list[Any]:
    """Return the briefs that cite a statement about a matter, in the order of the site."""
    citing = {item.brief for key in state.facts for item in lookups.cited_in[key]}
    return [edition for name, edition in lookups.named.items() if name in citing]


def _names(matter: Matter, library: Library) -> list[str]:
    """Return the names by which readers and sources know a matter, apart from those that its page has."""
    systems = [library.systems[name] for name in matter.systems]
    found = dict.fromkeys((*matter.names, *(name for item in systems for name in (item.name, *item.names))))
    known = f"{matter.name}; {matter.label}".casefold()
    return [name for name in found if name.casefold() not in known]


# ------------------------------------------------------------------------------------ the matters of a side


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """How a side speaks of a matter."""

    side: str
    status: Status | None
    """The furthest that it says, of what is not over; None where its statements have no status."""
    is_ours: bool
    """Whether that is our reading."""
    via: tuple[str, ...]
    """Through whom alone that came to the sources."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks of a matter, and whom it concerns."""

    name: str
    by: tuple[SpokenBy, ...]
    concerned: tuple[str, ...]
    """The sides of those whom it concerns."""


@dataclass(frozen=True, slots=True)
class OfSide:
    """A matter of which a side is reported to speak."""

    id: str
    name: str
    by: SpokenBy
    is_alone: bool
    """Whether no other side is."""


@dataclass(frozen=True, slots=True)
class MattersOfSide:
    """The matters that concern a side: of which it is reported to speak, and how far by its account."""

    spoken: tuple[tuple[Status | None, tuple[OfSide, ...]], ...]
    """By status, the furthest first; last those without."""
    silent: tuple[tuple[str, str], ...]
    """The id and the name of those that concern it and of which no speaker of it is recorded."""

    @property
    def alone(self) -> list[OfSide]:
        """Those of which no speaker of another side is recorded."""
        return [item for _, found in self.spoken for item in found if item.is_alone]


def _spoken(_: Printer, lookups: Lookups, name: str) -> Spoken:
    library = lookups.library
    state = state_of_play.of_matter(name, library)

    def by(voice: Voice) -> SpokenBy:
        own = (item for item in state.accounts if item.voice.side == voice.side and not item.is_over)
        account = next(own, None)
        via = account.voice.via if account else voice.via
        return SpokenBy(
            str(voice.side),
            account.status if account else None,
            account.is_ours if account else voice.is_inferred,
            tuple(library.actors[item].name for item in via),
        )

    sides = dict.fromkeys(str(library.side_of(actor)) for actor in state.concerned)
    return Spoken(state.matter.plain, tuple(by(voice) for voice in state.voices if voice.side), tuple(sides))


SPOKEN = Piece("speakers of matter", lambda lookups: lookups.library.matters, _spoken, is_list=False)


def of_side(printer: Printer, side: str) -> MattersOfSide:
    """Return the matters of which a side is reported to speak, and those on which no speaker of it is."""
    spoken: list[OfSide] = []
    silent = []
    for name, item in printer.pieces(SPOKEN).items():
        own = next((by for by in item.by if by.side == side), None)
        if own:
            spoken.append(OfSide(name, item.name, own, len(item.by) == 1))
        elif side in item.concerned:
            silent.append((name, item.name))
    rated = sorted((item for item in spoken if item.by.status), key=_status_of, reverse=True)
    groups: list[tuple[Status | None, tuple[OfSide, ...]]] = [
        (status, tuple(found)) for status, found in itertools.groupby(rated, key=_status_of)
    ]
    if others := tuple(item for item in spoken if not item.by.status):
        groups.append((None, others))
    return MattersOfSide(tuple(groups), tuple(silent))


def _status_of(item: OfSide) -> Any:
    return item.by.status


# --------------------------------------------------------------------------------------------- who says what


@dataclass(frozen=True, slots=True)
class VoicesOfTopic:
    """How many statements of a topic each speaker makes, and each source in its own voice."""

    title: str
    count: int
    speakers: dict[str, int]
    inferred: dict[str, int]
    """How many of those of a speaker are by our reading: no cited passage names who says so."""
    relayed: dict[str, int]
    """How many of those of a speaker came to the sources through somebody else alone."""
    sources: dict[str, int]


def _voices(_: Printer, lookups: Lookups, name: str) -> VoicesOfTopic:
    sheet = lookups.library.sheets[Slug(name)]
    said = [(str(actor), fact) for fact in sheet.facts for actor in fact.said_by]
    own = [fact for fact in sheet.facts if not fact.said_by and fact.kind is not FactKind.OBSERVATION]
    sources = Counter(source for fact in own for source in _own(fact))
    return VoicesOfTopic(
        sheet.title,
        len(sheet.facts),
        dict(Counter(name for name, _ in said)),
        dict(Counter(name for name, fact in said if fact.is_voice_inferred)),
        dict(Counter(name for name, fact in said if query.outlets(fact, lookups.library))),
        dict(sources),
    )


def _own(fact: Fact) -> Iterable[str]:
    return dict.fromkeys(str(item.source) for item in fact.evidence)


VOICES_OF_TOPIC = Piece("voices of topic", lambda lookups: lookups.library.sheets, _voices)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A line of the table: somebody who says something, or a text in its own voice."""

    name: str
    page: str
    counts: tuple[int, ...]
    """How many statements, by topic."""
    inferred: int = 0
    """How many of all are by our reading."""
    relayed: int = 0
    """How many of all came through somebody else alone."""

    @property
    def total(self) -> int:
        """How many statements in all."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SpeakersOfSide:
    """A side with its persons and offices; or all texts that speak in their own voice."""

    name: str
    speakers: tuple[Speaker, ...]
    page: str = ""
    """The page of the side; texts together have none."""


def voices(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the table of who says how much on which topic, with its data."""
    topics = {name: item for name, item in printer.pieces(VOICES_OF_TOPIC).items() if item.count}
    library = lookups.library
    by_side: dict[Slug, list[Speaker]] = {}

    def name_of(speaker: str) -> str:
        return library.actors[Slug(speaker)].name

    def title_of(source: str) -> str:
        return _title(library, source)

    for name in _most_first(topics, "speakers", name_of):
        speaker = _speaker(library.actors[Slug(name)].name, f"actors/{name}.html", topics, "speakers", name)
        by_side.setdefault(library.side_of(Slug(name)), []).append(speaker)
    sides = [
        SpeakersOfSide(library.actors[side].name, tuple(found), f"actors/{side}.html")
        for side, found in by_side.items()
    ]
    sides.sort(key=lambda side: (-sum(speaker.total for speaker in side.speakers), natural(side.name)))
    in_own_voice = tuple(
        _speaker(_title(library, name), f"sources/{name}.html", topics, "sources", name)
        for name in _most_first(topics, "sources", title_of)
    )
    if in_own_voice:
        sides.append(SpeakersOfSide(lookups.say("matters.reports"), in_own_voice))
    speakers = (library.actors[Slug(name)] for name in _most_first(topics, "speakers", name_of))
    is_all_relayed = bool(by_side) and not _has_own(library, speakers)
    # A table with a column for each of many topics is wider than any screen.
    is_long = len(topics) > lists.MAX_ON_FRONT_PAGE
    for page, own in _in_pages(sides, is_long):
        laid_out = printer.page(
            f"{page.key}.html",
            "site-voices.html.j2",
            EVERY_FACT,
            printer.parts_of(list_pages.PARTS),
            title=list_pages.title_of(page, lookups.say("voices.title"), lookups),
            page=page,
            topics={} if is_long else topics,
            sides=own,
            count=sum(item.count for item in topics.values()),
            is_all_relayed=is_all_relayed,
            has_inferred_voices=any(item.inferred for item in topics.values()),
            has_relayed=any(item.relayed for item in topics.values()),
        )
        yield from tables.beside(printer, laid_out)
    data = {
        name: {
            "speakers": item.speakers,
            "by_our_reading": item.inferred,
            "at_second_hand": item.relayed,
            "sources": item.sources,
        }
        for name, item in topics.items()
    }
    yield data_files.written(printer, VOICES.removesuffix(".html"), {"topics": data}, EVERY_FACT)


def _has_own(library: Library, speakers: Iterable[Actor]) -> bool:
    """Return whether a text names a speaker as its publisher or author."""
    names = {name for actor in speakers for name in (actor.name, *actor.names)}
    texts = library.sources.values()
    return any(name in names for source in texts for name in (source.publisher, source.author) if name)


def _in_pages(
    sides: Sequence[SpeakersOfSide], is_long: bool
) -> Iterator[tuple[RecordsPage, Sequence[SpeakersOfSide]]]:
    """Yield the pages of the table, each with the sides on it; a short table is one page."""
    rows = [((side.name, side.page), speaker) for side in sides for speaker in side.speakers]
    pages = lists.numbered("voices", map(str, range(len(rows))) if is_long else ()).values()
    for page in pages:
        shown = (rows[int(place)] for place in page.names)
        found = itertools.groupby(shown, key=lambda row: row[0])
        own = [
            SpeakersOfSide(name, tuple(speaker for _, speaker in group), path)
            for (name, path), group in found
        ]
        yield page, own if is_long else sides


def _most_first(topics: Mapping[str, VoicesOfTopic], kind: str, words: Callable[[str], str]) -> list[str]:
    """Return those with the most statements first; of as many each, in the order of their names."""
    counts: Counter[str] = Counter()
    for item in topics.values():
        counts.update(getattr(item, kind))
    return sorted(counts, key=lambda name: (-counts[name], natural(words(name))))


def _speaker(name: str, page: str, topics: Mapping[str, VoicesOfTopic], kind: str, key: str) -> Speaker:
    return Speaker(
        name,
        page,
        tuple(getattr(item, kind).get(key, 0) for item in topics.values()),
        sum(item.inferred.get(key, 0) for item in topics.values()),
        sum(item.relayed.get(key, 0) for item in topics.values()),
    )


def _title(library: Library, name: str) -> str:
    source = library.sources[Slug(name)]
    return source.title or source.label
