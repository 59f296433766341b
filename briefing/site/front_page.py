"""The front page: the state of all commitments, what is due and what changed, counted from the library.

A reader takes ten seconds for it, so it shows first what is binding and what is only said. Every figure on it
links to the facts that it counts.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.changes import history
from briefing.changes.history import DatedNews, Day, NewEdition, PlaceOfDay
from briefing.changes.moves import has_moved
from briefing.compose.board import MAX_ROWS
from briefing.compose.templates import joined
from briefing.content import ladders
from briefing.formats import html
from briefing.language import scale_texts
from briefing.language.order import natural
from briefing.language.words import Words
from briefing.model.editions import Claim, Edition
from briefing.model.ladders import Group, Ladder, Status
from briefing.model.values import Slug
from briefing.site import (
    all_changes,
    archive,
    brackets,
    lists,
    matters,
    news,
    page_metadata,
    registers,
    stats,
)
from briefing.site.brackets import Brackets
from briefing.site.files import EVERY_FACT, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer
from briefing.site.stats import BOUND, Counts, Outlook

MAX_BOUND = 5
MAX_DAYS = 3
MAX_MILESTONES = 4
MAX_MOVES = 6
"""How many of each, the newest or next, the front page shows; it links to the page with all of them."""


_PARTS = "site-index-parts.html.j2"


@dataclass(frozen=True, slots=True)
class Bound:
    """A commitment that is contracted or further along."""

    status: Status
    html: str


@dataclass(frozen=True, slots=True)
class Row:
    """A topic and how far its commitments have come."""

    html: str
    counts: Counts
    """How many of its own matters have come how far."""
    bound: tuple[Bound, ...]
    """The furthest of its commitments, as many as the page may show."""
    shown: int
    """How many matters it shows, those of other topics among them."""
    facts: int
    gaps: int
    payment: int
    """How many of the questions ask who pays."""
    disagreements: int
    judgements: int
    is_shown: bool
    """Whether the table shows it: it has a matter, also one that is over."""
    is_on_board: bool
    """Whether all of its commitments are about matters, so that a board shows them all."""


@dataclass(frozen=True, slots=True)
class NewsOfTopic:
    """A summary of what changed in a topic on a day."""

    day: Day
    reworded: int
    """The number of facts with other words, grades or passages, the same in substance."""
    new: int
    """The number of facts put on record."""


@dataclass(frozen=True, slots=True)
class NewsOfBrief:
    """An edition or a withdrawal on a day."""

    day: Day
    rank: tuple[int, str, int, int]
    """Its place: withdrawals first, then by title, the newest edition first."""
    html: str
    number: str
    corrects: str
    """The number of the edition that it corrects; empty where it corrects none."""

    @property
    def is_issue(self) -> bool:
        """Whether an edition was issued, not withdrawn."""
        return self.rank[0] > 0


@dataclass(frozen=True, slots=True)
class Issues:
    """The editions of several briefs that were issued on one day."""

    briefs: int
    again: int
    """How many of the briefs have more than one of them."""
    is_corrected: bool
    """Whether each of the later ones corrects another."""
    number: str
    """The number that the last edition of each has; empty where they differ."""


@dataclass(slots=True)
class News:
    """A summary of what changed on a day."""

    day: Day
    editions: list[NewsOfBrief] = field(default_factory=list)
    topics: list[NewsOfTopic] = field(default_factory=list)
    sources: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say of it beside what moved."""
        return not (self.editions or self.sources or self.reworded or self.new)

    @property
    def named(self) -> Any:
        """What was withdrawn, and what was issued of one brief alone, as HTML."""
        found = sorted(self.editions, key=lambda item: item.rank)
        return joined(item.html for item in found if not (self.issues and item.is_issue))

    @property
    def issues(self) -> Issues | None:
        """What was issued of several briefs, which is one line; None where it was one brief or none."""
        found = [item for item in sorted(self.editions, key=lambda item: item.rank) if item.is_issue]
        by_brief = [list(own) for _, own in itertools.groupby(found, lambda item: item.rank[1])]
        if len(by_brief) < 2:
            return None
        again = [item for own in by_brief for item in own[:-1]]
        numbers = {own[0].number for own in by_brief}
        return Issues(
            len(by_brief),
            sum(len(own) > 1 for own in by_brief),
            all(item.corrects for item in again),
            numbers.pop() if len(numbers) == 1 else "",
        )

    @property
    def reworded(self) -> int:
        """How many facts changed in words only."""
        return sum(item.reworded for item in self.topics)

    @property
    def new(self) -> int:
        """How many facts were put on record."""
        return sum(item.new for item in self.topics)

    @property
    def with_new(self) -> int:
        """The number of topics with such new facts."""
        return sum(bool(item.new) for item in self.topics)


@dataclass(frozen=True, slots=True)
class Lead:
    """The brief whose bottom line opens the page."""

    edition: Edition
    part: html.SectionHtml


def _row(printer: Printer, lookups: Lookups, name: str) -> Row:
    sheet = lookups.library.sheets[name]
    tally = stats.of_topic(sheet, lookups.library)
    own = stats.own_of_topic(sheet, lookups.library)
    bound = (
        Bound(fact.status, printer.fragment(_PARTS, "bound", fact))
        for fact in own.bound[:MAX_BOUND]
        if fact.status
    )
    return Row(
        printer.fragment(_PARTS, "row", sheet, tally, ladders.for_tables(lookups.library.ladders)),
        own.counts,
        tuple(bound),
        tally.all,
        len(sheet.facts),
        len(sheet.gaps),
        sum(gap.payment for gap in sheet.gaps),
        len(sheet.disagreements),
        len(sheet.judgements),
        bool(tally.all or tally.over),
        all(fact.matters for fact in sheet.facts if fact.status),
    )


def _news_of_topic(printer: Printer, lookups: Lookups, name: str) -> tuple[NewsOfTopic, ...]:
    def of_day(dated: DatedNews) -> NewsOfTopic:
        later = [since for since in dated.facts if since.number > 1]
        reworded = itertools.filterfalse(has_moved, later)
        new = sum(since.number == 1 for since in dated.facts)
        return NewsOfTopic(dated.day, sum(1 for _ in reworded), new)

    return tuple(map(of_day, history.days(lookups.wording, lookups.versions[name])[:MAX_DAYS]))


def _news_of_brief(printer: Printer, lookups: Lookups, name: str) -> tuple[NewsOfBrief, ...]:
    items, found = lookups.library.issued.get(name, ()), []
    editions = (NewEdition(item, None, ()) for item in items)
    for dated in history.days(lookups.wording, editions=editions)[:MAX_DAYS]:
        for issued in dated.withdrawn:
            rank = (0, issued.printed.title, *issued.order)
            printed = printer.fragment(_PARTS, "withdrawn", issued)
            found.append(NewsOfBrief(dated.day, rank, printed, issued.id, ""))
        for new in dated.editions:
            major, minor = new.issued.order
            rank = (1, new.issued.printed.title, -major, -minor)
            printed = printer.fragment(_PARTS, "issued", new.issued)
            found.append(NewsOfBrief(dated.day, rank, printed, new.issued.id, new.issued.corrects or ""))
    return tuple(found)


def _card(printer: Printer, lookups: Lookups, name: str) -> str:
    edition = lookups.named[name]
    return printer.fragment(_PARTS, "card", edition, lookups.downloads_of(name))


@dataclass(frozen=True, slots=True)
class DaysOfSource:
    """When a text came here, and of when it is."""

    seen: Day | None
    of: Day | None


def _days_of_source(_: Printer, lookups: Lookups, name: str) -> DaysOfSource:
    source = lookups.library.sources[name]
    seen, of = source.seen, source.published or source.as_of or source.retrieved
    found = (history.day_of(day, lookups.wording) if day else None for day in (seen, of))
    return DaysOfSource(*found)


DAYS_OF_SOURCES = Piece("days of source", lambda lookups: lookups.library.sources, _days_of_source)
ROWS = Piece("state of topic", lambda lookups: lookups.library.sheets, _row)
NEWS_OF_TOPIC = Piece("news of topic", lambda lookups: lookups.library.sheets, _news_of_topic)
NEWS_OF_BRIEF = Piece("news of brief", lambda lookups: lookups.library.issued, _news_of_brief)
CARDS = Piece("card of brief", lambda lookups: lookups.named, _card)


def page(printer: Printer, lookups: Lookups) -> SiteFile:
    """Return the front page of the site."""
    library = lookups.library
    ladder = ladders.for_tables(library.ladders)
    by_topic = printer.pieces(ROWS)
    rows = list(by_topic.values())
    together = stats.together(row.counts for row in rows)
    bound = sorted((item for row in rows for item in row.bound), key=lambda item: item.status, reverse=True)
    looked = [
        (item, stats.outlook(item, lookups.passed_by, lookups.called_off)) for item in lookups.milestones
    ]
    has_board = 0 < len(library.matters) <= MAX_ROWS and all(row.is_on_board for row in rows)
    on_board = printer.pieces(matters.FRONT_ROWS) if has_board else {}
    cards = printer.pieces(CARDS)
    issued = printer.pieces(archive.PARTS)
    first = _first_topics(lookups, by_topic)
    return printer.page(
        "index.html",
        "site-index.html.j2",
        EVERY_FACT,
        (
            *printer.parts_of(_PARTS),
            *printer.parts_of(matters.PARTS),
            *(part for name in cards for part in issued.get(name, ())),
        ),
        title=library.project.title,
        known_on=lookups.known_on,
        passed_by=lookups.passed_by,
        titles=lookups.topics,
        briefs=len(cards),
        cards=joined(map(cards.__getitem__, _first_briefs(lookups, cards))),
        drafts=len(lookups.named_drafts),
        more_briefs=lists.BRIEFS in lookups.lists.long,
        more_topics=lists.TOPICS in lookups.lists.long,
        shown=lists.MAX_ON_FRONT_PAGE,
        facts=sum(row.facts for row in rows),
        about=page_metadata.of_site(library.project),
        lead=_lead(lookups),
        rows=joined(by_topic[name].html for name in first if by_topic[name].is_shown),
        without=_without_matters(lookups, by_topic, first),
        topics=len(rows),
        boards=matters.boards(lookups, on_board),
        sides=matters.sides(lookups, on_board.values()),
        gaps=sum(row.gaps for row in rows),
        payment=sum(row.payment for row in rows),
        disagreements=sum(row.disagreements for row in rows),
        judgements=sum(row.judgements for row in rows),
        together=together,
        is_shared=sum(row.shown for row in rows) > together.all,
        reached=_reached(together, ladder, lookups.say),
        bound=joined(item.html for item in bound[:MAX_BOUND]),
        more_bound=max(together.contracted - MAX_BOUND, 0),
        ladder=ladder,
        ladders=list(library.ladders.values()),
        meaning=lambda status: scale_texts.meaning(status, lookups.say),
        ahead=[item for item, found in looked if found is Outlook.AHEAD][:MAX_MILESTONES],
        passed=[item for item, found in looked if found is Outlook.PASSED],
        signs=registers.signs(printer),
        **_what_changed(printer),
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """How many matters have come as far as a group of a ladder, in words."""

    words: str
    notes: str
    """Their statuses, and on whose word alone they have come so far; empty where there is nothing to say."""
    is_bound: bool
    """Whether the group has what is contracted or further along."""


def _reached(counts: Counts, ladder: Ladder, say: Words) -> tuple[Reached, ...]:
    """Return how many matters are in each group of a ladder, the furthest group first."""
    found = []
    for group in reversed(ladder.groups):
        number = counts.within(group, ladder)
        words = say("home.at", n=number, group=say("value.quoted", words=say.group(group, ladder)))
        is_bound = any(status.degree.stage in BOUND for status in ladder.within(group))
        notes = [_statuses(counts, group, ladder, say)] if is_bound and number else []
        notes += _how_many(counts, group, ladder, say)
        found.append(Reached(words, say("value.long_list").join(notes), is_bound))
    if counts.silent:
        found.append(Reached(say("home.silent", n=counts.silent), "", False))
    return tuple(found)


def _how_many(counts: Counts, group: Group, ladder: Ladder, say: Words) -> list[str]:
    """Return of how many of the matters in a group one side alone says so, and of how many we read it so."""
    found = {status: n for status, n in counts.by_status.items() if ladder.group_of(status) == group.id}
    parts = []
    for every, some, known in (
        ("home.all_alone", "home.n_alone", counts.alone),
        ("home.all_ours", "home.n_ours", counts.ours),
    ):
        number = sum(known.get(status, 0) for status in found)
        if number:
            parts.append(say(every) if number == sum(found.values()) else say(some, n=number))
    return parts


def _statuses(counts: Counts, group: Group, ladder: Ladder, say: Words) -> str:
    """Return the statuses of the matters in a group, and of how many of them only reports say so."""
    found = {status: n for status, n in counts.by_status.items() if ladder.group_of(status) == group.id}
    reported = sum(counts.reported.get(status, 0) for status in found)
    words = say.listed(
        say("home.of_status", n=n, status=say.named(status)) if len(found) > 1 else say.named(status)
        for status, n in found.items()
    )
    if not reported:
        return words
    if reported == sum(found.values()):
        return say("home.by_reports", statuses=words)
    return say("home.some_by_reports", statuses=words, n=reported)


def _what_changed(printer: Printer) -> dict[str, Any]:
    """Return what the page says of changes: what came since the last edition, the newest moves, the rest."""
    newest = news.of_all(printer)
    last_issue = _last_issue(printer)
    corrected = all_changes.corrected(printer)
    sources = printer.pieces(DAYS_OF_SOURCES).values()
    topics = (item.day for topic in printer.pieces(NEWS_OF_TOPIC).values() for item in topic)
    recorded = [*topics, *(move.day for move in newest), *(item.seen for item in sources if item.seen)]
    return {
        "moves": newest[:MAX_MOVES],
        "brackets": max((brackets.of_day(move.day) for move in newest[:MAX_MOVES]), default=Brackets.NONE),
        "corrected": sum(bool(last_issue and item.day.place == last_issue.place) for item in corrected),
        "more_moves": max(len(newest) - MAX_MOVES, 0),
        "last_issue": last_issue,
        "is_new": last_issue is not None and any(day.latest > last_issue.latest for day in recorded),
        "newest_text": max(
            filter(None, (item.of for item in sources)), key=lambda day: day.place, default=None
        ),
        "moves_since": sum(move.day.latest > last_issue.latest for move in newest) if last_issue else 0,
        "news": [item for item in _news(printer) if not item.is_empty],
    }


def _last_issue(printer: Printer) -> Day | None:
    """Return the day on which an edition was issued last."""
    found = (item for items in printer.pieces(NEWS_OF_BRIEF).values() for item in items)
    return max((item.day for item in found if item.rank[0]), key=lambda day: day.place, default=None)


def _first_briefs(lookups: Lookups, briefs: Collection[str]) -> list[str]:
    """Return the briefs of the page: all of a few; of many, those that the project names, then the newest."""
    if lists.BRIEFS not in lookups.lists.long:
        return list(briefs)
    home = lookups.library.project.home
    rest = (name for name in briefs if name not in home)
    newest = sorted(rest, key=lambda name: lookups.named[name].as_of_day, reverse=True)
    return [*(name for name in home if name in briefs), *newest][: lists.MAX_ON_FRONT_PAGE]


def _first_topics(lookups: Lookups, rows: Mapping[str, Row]) -> list[str]:
    """Return the topics of the page: all of a few; of many, those with the most matters."""
    if lists.TOPICS not in lookups.lists.long:
        return list(rows)
    titles = {name: natural(lookups.topics[Slug(name)].title) for name in rows}
    found = sorted(rows, key=lambda name: (-rows[name].counts.matters, titles[name]))
    return found[: lists.MAX_ON_FRONT_PAGE]


def _without_matters(
    lookups: Lookups, rows: Mapping[str, Row], names: Collection[str]
) -> list[tuple[str, str, int]]:
    """Return the id, the title and the number of open questions of each topic that has no matter."""
    found = (name for name in names if not rows[name].is_shown)
    return [(name, lookups.topics[Slug(name)].title, rows[name].gaps) for name in found]


def _lead(lookups: Lookups) -> Lead | None:
    """Return the bottom line of the first brief that the project names, unless it carries a notice.

    Of the names in the project, a view has those of the briefs that its readers may see.
    """
    name = next(iter(lookups.library.project.home), None)
    edition = lookups.editions.get(name) if name else None
    if edition is None or edition.notice:
        return None
    section = next((item for item in edition.sections if item.role == "bottom-line"), None)
    return (
        Lead(edition, html.section_html(section, _to_the_fact, edition.language, is_screen=True))
        if section
        else None
    )


def _to_the_fact(claim: Claim) -> html.ClaimMarkup:
    if not claim.words:
        return html.ClaimMarkup("", "")
    return html.ClaimMarkup(f'<a class="fact" href="facts/{claim.fact}.html">', "</a>")


def _news(printer: Printer) -> list[News]:
    """Return the newest days."""
    found: dict[PlaceOfDay, News] = {}

    def on(day: Day) -> News:
        item = found.setdefault(day.place, News(day))
        item.day = history.stated(item.day, day)
        return item

    for topic in printer.pieces(NEWS_OF_TOPIC).values():
        for item in topic:
            on(item.day).topics.append(item)
    for brief in printer.pieces(NEWS_OF_BRIEF).values():
        for edition in brief:
            on(edition.day).editions.append(edition)
    for source in printer.pieces(DAYS_OF_SOURCES).values():
        if source.seen:
            on(source.seen).sources += 1
    return [found[place] for place in sorted(found, reverse=True)[:MAX_DAYS]]
