"""The board of a brief: a row for each matter, with who says that it has come how far.

The state of each matter is that of ``content/state_of_play``. Above ``MAX_ROWS`` matters the rows are topics
with counts: each matter counts once, where its furthest account puts it that is not over.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.content import state_of_play
from briefing.content.state_of_play import Account, Named, StateOfPlay, Voice
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.briefs import Selection
from briefing.model.editions import Mark
from briefing.model.ladders import Group, Ladder, Status
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.values import Key, Money, Quantity, Slug

MAX_ROWS = 12
"""How many matters a board shows one by one."""
MAX_CITED = 60
"""Counts of more statements cite none of them: the notes would be longer than the brief."""
MAX_NAMED = 2
"""How many quantities and amounts a row shows."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Somebody who says that a matter has come so far, or a number of matters."""

    mark: Mark
    who: str
    """The name of the side, or how many reports; empty for a number of matters."""
    facts: tuple[Key, ...]
    """The facts that it cites; none where a count rests on too many."""
    is_ours: bool = False
    """Whether it is our reading that it has come so far, or who says so."""


@dataclass(frozen=True, slots=True)
class NamedBy:
    """A quantity or an amount of money, with the signs of those who name it."""

    value: Quantity | Money
    signs: str
    fact: Key


@dataclass(frozen=True, slots=True)
class Row:
    """One matter, or the matters of a topic."""

    label: str
    ladder: Ladder
    signs: tuple[Sign, ...]
    named: tuple[NamedBy, ...] = ()
    count: int = 1
    """How many matters it shows."""
    is_sum: bool = False
    """Whether its signs are numbers of matters."""

    def within(self, group: str) -> list[Sign]:
        """Return the signs in a column."""
        status = ((sign, sign.mark.status) for sign in self.signs)
        return [sign for sign, found in status if found and self.ladder.group_of(found) == group]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one ladder, whose groups are the columns."""

    ladder: Ladder
    rows: tuple[Row, ...]

    def only(self, group: Group) -> Status | None:
        """Return the one status that all signs in a column have; None where they differ or count matters."""
        signs = [sign for row in self.rows if not row.is_sum for sign in row.within(group.id)]
        found = {sign.mark.status for sign in signs}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a brief; without parts where it has no matter."""

    parts: tuple[Part, ...] = ()
    sides: tuple[tuple[str, str], ...] = ()
    """The signs of the sides on it, with their names where these are others."""
    uncited: int = 0
    """Of how many statements its counts are made, where these are too many to cite; otherwise 0."""

    @property
    def is_by_topic(self) -> bool:
        """Whether its rows are topics, with numbers of matters."""
        return any(row.is_sum for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return [row for part in self.parts for row in part.rows]


def of(selection: Selection, library: Library, wording: Wording) -> Board:
    """Return the board of the matters that a selection names, or else of those of the facts it selects."""
    states = [state_of_play.of_matter(name, library) for name in _matters(selection, library)]
    rows = [_of_matter(state, library, wording) for state in states]
    is_by_topic = len(rows) > MAX_ROWS
    counted = sum(state.reached is not None for state in states) if is_by_topic else 0
    if is_by_topic:
        rows = list(_by_topic(states, library, counted <= MAX_CITED))
    ladders = dict.fromkeys(row.ladder.id for row in rows)
    parts = (
        Part(library.ladders[name], tuple(row for row in rows if row.ladder.id == name)) for name in ladders
    )
    sides = () if is_by_topic else tuple(dict.fromkeys(_sides(states, library)))
    return Board(tuple(parts), sides, counted if counted > MAX_CITED else 0)


def _matters(selection: Selection, library: Library) -> list[Slug]:
    """Return the matters of a selection: those that it names as it orders them, others by their topics."""
    if selection.matters:
        return [name for name in dict.fromkeys(selection.matters) if name in library.matters]
    found = {name for fact in query.select(selection, library) for name in fact.matters}
    order: Iterable[str] = dict.fromkeys((*selection.sheets, *library.sheets))
    places = {name: place for place, name in enumerate(order)}
    known = [matter.id for matter in library.matters.values() if matter.id in found]
    return sorted(known, key=lambda name: places.get(library.matters[name].topic, len(places)))


def ladder_of(matter: Matter, library: Library) -> Ladder:
    """Return the ladder whose columns show a matter."""
    statuses = (library.facts[key].status for key in library.about("matter", matter.id))
    names = (status.ladder for status in statuses if status)
    return library.ladders.get(next(names, Slug("")), next(iter(library.ladders.values())))


def by_group(state: StateOfPlay, library: Library) -> Mapping[Group, tuple[Account, ...]]:
    """Return the groups of the ladder of a matter with the accounts in each, the lowest status first."""
    ladder = ladder_of(state.matter, library)
    accounts = sorted(state.accounts, key=lambda account: account.status)
    return {
        group: tuple(item for item in accounts if ladder.group_of(item.status) == group.id)
        for group in ladder.groups
    }


def first_named(state: StateOfPlay, library: Library, wording: Wording) -> tuple[tuple[Named, str], ...]:
    """Return the amounts that a row shows, each once, with the signs of those who name it."""
    by_value: dict[Quantity | Money, list[Named]] = {}
    for item in _shown(state):
        by_value.setdefault(item.value, []).append(item)
    one_report = wording.say("matters.sign_reports", n=1)
    return tuple(
        (
            items[0],
            wording.say("value.list").join(sign_of(item.voice, library) or one_report for item in items),
        )
        for items in by_value.values()
    )


def _shown(state: StateOfPlay) -> Sequence[Named]:
    """Return the amounts that belong to what has come furthest, those first that a side names."""
    ordered = sorted(state.named, key=lambda item: item.voice.is_reported)
    with_status = [item for item in ordered if item.status]
    return (with_status or ordered)[:MAX_NAMED]


def sides_on(state: StateOfPlay) -> tuple[Slug, ...]:
    """Return the sides whose signs are in the row of a matter, each once."""
    voices = (*(item.voice for item in state.accounts), *(item.voice for item in _shown(state)))
    return tuple(dict.fromkeys(voice.side for voice in voices if voice.side))


def sign_of(voice: Voice, library: Library) -> str:
    """Return the sign of a side; empty for reports."""
    if voice.side is None:
        return ""
    side = library.actors[voice.side]
    return side.short or side.name


def _of_matter(state: StateOfPlay, library: Library, wording: Wording) -> Row:
    accounts = (account for items in by_group(state, library).values() for account in items)
    return Row(
        state.matter.plain,
        ladder_of(state.matter, library),
        tuple(_sign(account, library, wording) for account in accounts),
        tuple(
            NamedBy(item.value, signs, item.voice.facts[0])
            for item, signs in first_named(state, library, wording)
        ),
    )


def _sign(account: Account, library: Library, wording: Wording) -> Sign:
    voice = account.voice
    sign = sign_of(voice, library) or wording.say("matters.sign_reports", n=len(voice.origins))
    mark = Mark(
        sign,
        voice.facts[0],
        status=account.status,
        flags=account.flags,
        is_reported=voice.is_reported,
    )
    who = library.actors[voice.side].name if voice.side else sign
    return Sign(mark, who, _first_of_each(voice, library), account.is_ours)


def _first_of_each(voice: Voice, library: Library) -> tuple[Key, ...]:
    """Return the facts of a voice without those that add no source and no speaker to the ones before."""
    found: dict[Key, None] = {}
    seen: set[tuple[str, tuple[Slug, ...]]] = set()
    for key in voice.facts:
        fact = library.facts[key]
        pairs = {(str(item.origin or item.source), fact.said_by) for item in fact.evidence}
        if not pairs <= seen:
            found[key] = None
            seen |= pairs
    return tuple(found)


def _sides(states: Iterable[StateOfPlay], library: Library) -> Iterator[tuple[str, str]]:
    for side in (library.actors[name] for state in states for name in sides_on(state)):
        if side.short:
            yield side.short, side.name


def _by_topic(states: Iterable[StateOfPlay], library: Library, is_cited: bool) -> Iterator[Row]:
    """Yield a row for the matters of each topic and ladder; its counts cite what they count, or nothing."""

    def place(state: StateOfPlay) -> tuple[str, str]:
        return str(ladder_of(state.matter, library).id), str(state.matter.topic)

    order = list(dict.fromkeys(map(place, states)))
    for (ladder, topic), found in itertools.groupby(
        sorted(states, key=lambda state: order.index(place(state))), place
    ):
        items = list(found)
        yield Row(
            library.sheets[Slug(topic)].title,
            library.ladders[Slug(ladder)],
            tuple(_counts(items, library.ladders[Slug(ladder)], is_cited)),
            count=len(items),
            is_sum=True,
        )


def _counts(states: Iterable[StateOfPlay], ladder: Ladder, is_cited: bool) -> Iterator[Sign]:
    """Yield how many matters are in each column; those apart of which only reports say so."""
    reached = [state.reached for state in states if state.reached]
    for group in ladder.groups:
        within = [item for item in reached if ladder.group_of(item.status) == group.id]
        for is_reported in (False, True):
            counted = [item for item in within if item.voice.is_reported is is_reported]
            if counted:
                facts = tuple(item.voice.facts[0] for item in counted)
                status = counted[0].status
                mark = Mark(str(len(counted)), facts[0], status=status, is_reported=is_reported)
                yield Sign(mark, "", facts if is_cited else ())
