"""The state of play: how far a matter has come, by whose account, and all else that is on record about it.

These are values alone. Pages, tables, figures and checks take from them what they print, count and compare,
so a matter has the same state wherever it is shown. Nothing is weighed: what one side says counts as that
side's account, and what a text says in its own voice is a report.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.model import query
from briefing.model.facts import REGISTERS, Assertion, Fact
from briefing.model.ladders import Flag, Status
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.sources import Evidence
from briefing.model.values import Date, Key, Money, Quantity, Slug, best_stated


@dataclass(frozen=True, slots=True)
class Voice:
    """One side with what it says in some facts, or the reports that say it in their own voice."""

    side: Slug | None
    """The side; None where reports speak in their own voice."""
    speakers: tuple[Slug, ...]
    """Its persons and offices that say so, in the order of the facts."""
    facts: tuple[Key, ...]
    """The facts in which they say so, in the order of the sheets."""
    days: tuple[Date, ...]
    """The days from which these facts hold, the earliest first."""
    passages: tuple[Evidence, ...]
    """Where it is stated, each passage once."""
    origins: tuple[str, ...]
    """The statements that the passages relay, or the sources in their own voice: relays of one count once."""
    via: tuple[Slug, ...] = ()
    """The outlets through which alone all of it came to the sources."""
    is_inferred: bool = False
    """Whether no passage names the speakers, so that who says so is our reading."""

    @property
    def is_reported(self) -> bool:
        """Whether no side says so, only reports."""
        return self.side is None


@dataclass(frozen=True, slots=True)
class Account:
    """How far a matter has come, by the account of one side or of reports."""

    status: Status
    voice: Voice
    flags: tuple[Flag, ...] = ()
    """What these facts say beside the status."""
    is_ours: bool = False
    """Whether it is our reading: that it has come so far, of each of these facts, or who says so."""

    @property
    def is_over(self) -> bool:
        """Whether what it describes was cancelled or superseded."""
        return any(flag.ends for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity or an amount of money that one side or reports name."""

    value: Quantity | Money
    """The amount, as the first of the facts has it."""
    voice: Voice
    status: Status | None = None
    """How far that has come to which the amount belongs; None where the facts do not say."""


@dataclass(frozen=True, slots=True)
class Move:
    """A day on which a matter came to another status, by the account of one side or of reports."""

    day: Date | None
    """The day; None where no text states one."""
    side: Slug | None
    """The side; None where reports speak in their own voice."""
    before: Status | None
    """The furthest status by that account until then; None where it had none."""
    after: Status | None
    """The furthest status since; None where it has taken back all that it said."""
    facts: tuple[Key, ...]
    """The facts that were new or changed on that day."""
    is_continued: bool = False
    """Whether somebody goes on from what that one said before: see ``Step``."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one side or reports said of a matter on a day: how far it has come, or that it no longer has."""

    day: Date | None
    """The day, of whose parts those are inferred that none of the statements has otherwise; None where no
    text states one."""
    side: Slug | None
    """The side; None where reports speak in their own voice."""
    statuses: tuple[Status, ...]
    """The statuses by these statements, the furthest first; none where they only take something back."""
    before: Status | None
    """The furthest status by that account until then; None where it had none."""
    after: Status | None
    """The furthest status since; None where it has taken back all that it said."""
    said: tuple[tuple[Key, int], ...]
    """The facts that say so, in the order of the statuses, each with the number of its state from 1."""
    is_continued: bool
    """Whether somebody goes on from what that one said before: a fact has a later state, or a speaker to whom
    the account of before is owed, or the same publisher, says something in a later text."""
    is_ours: bool
    """Whether all that gives the furthest status rests on our reading."""

    @property
    def is_move(self) -> bool:
        """Whether it brought the matter to another status by that account.

        What comes first is none, nor is another speaker's word about what may be something else.
        """
        reached = self.statuses[0] if self.statuses else None
        is_other = self.before is not None and self.before != self.after
        return is_other and self.is_continued and reached in (self.after, None)

    @property
    def is_still(self) -> bool:
        """Whether the account stays where it was, and somebody says so again."""
        return self.is_continued and bool(self.statuses) and self.before == self.statuses[0] == self.after


@dataclass(frozen=True, slots=True)
class StateOfPlay:
    """All that is on record about a matter."""

    matter: Matter
    facts: tuple[Key, ...]
    """The facts about it, in the order of the sheets."""
    accounts: tuple[Account, ...]
    """How far it has come, the furthest first; each status with each side once, for each set of flags."""
    voices: tuple[Voice, ...]
    """Who says anything about it: each side once, then the reports."""
    concerned: tuple[Slug, ...]
    """The actors whom it concerns, whether or not they say anything."""
    named: tuple[Named, ...]
    """The quantities and the money that are named; nothing is added up."""
    disagreements: tuple[Key, ...]
    gaps: tuple[Key, ...]
    milestones: tuple[Key, ...]
    judgements: tuple[Key, ...]
    moves: tuple[Move, ...]
    """How far it came when, the earliest first."""

    @property
    def origins(self) -> tuple[str, ...]:
        """The statements and sources behind all of it, each once."""
        return tuple(dict.fromkeys(name for voice in self.voices for name in voice.origins))

    @property
    def reached(self) -> Account | None:
        """The furthest account of what is not over, a side before reports; None if there is none."""
        return next((item for item in self.accounts if not item.is_over), None)

    @property
    def claimed(self) -> Account | None:
        """The furthest account of a side of what is not over; None where only reports say so."""
        own = (item for item in self.accounts if not item.is_over and not item.voice.is_reported)
        return next(own, None)

    @property
    def is_over(self) -> bool:
        """Whether all of it was cancelled or superseded."""
        return bool(self.accounts) and all(item.is_over for item in self.accounts)


def of_matter(name: str, library: Library) -> StateOfPlay:
    """Return the state of play of a matter of a library."""
    matter = library.matters[Slug(name)]
    facts = [library.facts[key] for key in library.about("matter", name)]
    entries = library.entries_about(name)
    registers: dict[str, tuple[Key, ...]] = {
        register: tuple(key for key in entries if key in getattr(library, register)) for register in REGISTERS
    }
    concerned = (*matter.actors, *(actor for fact in facts for actor in query.concerned(fact, library)))
    return StateOfPlay(
        matter,
        tuple(fact.id for fact in facts),
        accounts(facts, library),
        voices(facts, library),
        tuple(dict.fromkeys(concerned)),
        named(facts, library),
        moves=moves(facts, library),
        **registers,
    )


def of_all(library: Library) -> tuple[StateOfPlay, ...]:
    """Return the state of play of all matters: by topic in the order of the sheets, then as in their file."""
    places = {name: place for place, name in enumerate(library.sheets)}
    ordered = sorted(library.matters.values(), key=lambda matter: places.get(matter.topic, len(places)))
    return tuple(of_matter(matter.id, library) for matter in ordered)


def sides_of(state: Fact | Assertion, library: Library) -> tuple[Slug | None, ...]:
    """Return the sides that say what a fact states, each once; None alone where a report speaks."""
    return tuple(dict.fromkeys(map(library.side_of, state.said_by))) or (None,)


def voices(facts: Iterable[Fact], library: Library) -> tuple[Voice, ...]:
    """Return who says some facts: each side once, in the order of the facts, then the reports."""
    found: dict[Slug | None, list[Fact]] = {}
    for fact in facts:
        for side in sides_of(fact, library):
            found.setdefault(side, []).append(fact)
    ordered = sorted(found.items(), key=lambda item: item[0] is None)
    return tuple(_voice(side, items, library) for side, items in ordered)


def accounts(facts: Iterable[Fact], library: Library) -> tuple[Account, ...]:
    """Return how far facts say that their matter has come, by side, the furthest first."""
    found: dict[tuple[Status, tuple[Flag, ...], Slug | None], list[Fact]] = {}
    for fact in facts:
        for side in sides_of(fact, library):
            if fact.status:
                found.setdefault((fact.status, fact.flags, side), []).append(fact)
    # Sorting keeps the order of what is equal; the furthest goes first, and a side before reports.
    sides_first = sorted(found, key=lambda key: key[2] is None)
    ordered = sorted(sides_first, key=lambda key: key[0], reverse=True)
    return tuple(
        _account(status, flags, _voice(side, found[status, flags, side], library), library)
        for status, flags, side in ordered
    )


def _account(status: Status, flags: tuple[Flag, ...], voice: Voice, library: Library) -> Account:
    is_ours = all(is_reading(library.facts[key], voice.side, library) for key in voice.facts)
    return Account(status, voice, flags, is_ours)


def is_reading(state: Fact | Assertion, side: Slug | None, library: Library) -> bool:
    """Return whether that a side gives a status rests on our reading: of the status, or of who says so."""
    relays = [item for item in _passages(state, side, library) if item.origin]
    is_inferred = side is not None and bool(relays) and all(item.inferred for item in relays)
    return is_inferred or bool(state.status_basis)


def named(facts: Iterable[Fact], library: Library) -> tuple[Named, ...]:
    """Return the quantities and the money in facts, each once for each side that names it."""
    found: dict[tuple[Quantity | Money, Status | None, Slug | None], list[Fact]] = {}
    stated: dict[Quantity | Money, Quantity | Money] = {}
    for fact in facts:
        if isinstance(fact.value, Quantity | Money):
            amount = dataclasses.replace(fact.value, inferred=(), basis="")  # how we came to it says nothing
            stated.setdefault(amount, fact.value)
            for side in sides_of(fact, library):
                found.setdefault((amount, fact.status, side), []).append(fact)
    return tuple(
        Named(stated[amount], _voice(side, items, library), status)
        for (amount, status, side), items in found.items()
    )


def days_of_states(fact: Fact) -> tuple[Date | None, ...]:
    """Return the days since when the states of a fact hold, the oldest first."""
    return (*(state.asserted for state in fact.history), fact.asserted)


def moves(
    facts: Collection[Fact],
    library: Library,
    days_of: Callable[[Fact], Sequence[Date | None]] = days_of_states,
) -> tuple[Move, ...]:
    """Return the days on which facts brought their matter to another status, by side, the earliest first.

    ``days_of`` gives the day of each state of a fact, the oldest first.
    """
    return tuple(
        Move(on.day, on.side, on.before, on.after, tuple(fact.id for fact, _ in on.changed), on.is_continued)
        for on in _by_day(facts, library, days_of)
        if on.before != on.after
    )


def steps(facts: Collection[Fact], library: Library) -> tuple[Step, ...]:
    """Return what each side said on which day of how far its matter has come, the earliest first.

    So the latest word of each side is among them, also where that leaves the matter where it was.
    """
    found: list[Step] = []
    for on in _by_day(facts, library, days_of_states):
        by_status: dict[Status, list[tuple[Fact, Fact | Assertion]]] = {}
        for fact, state in on.changed:
            if state.status and _holds(state) and on.side in sides_of(state, library):
                by_status.setdefault(state.status, []).append((fact, state))
        if on.before != on.after and on.after not in by_status:
            found.append(_step(on, (), on.changed, is_ours=False))
        if by_status:
            statuses = tuple(sorted(by_status, reverse=True))
            furthest = (state for _, state in by_status[statuses[0]])
            is_ours = all(is_reading(state, on.side, library) for state in furthest)
            said = [item for status in statuses for item in by_status[status]]
            found.append(_step(on, statuses, said, is_ours))
    return tuple(found)


def _step(
    on: _OnDay,
    statuses: tuple[Status, ...],
    said: Collection[tuple[Fact, Fact | Assertion]],
    is_ours: bool,
) -> Step:
    places = tuple((fact.id, (*fact.history, fact).index(state) + 1) for fact, state in said)
    day = best_stated(state.asserted for _, state in said)
    return Step(day, on.side, statuses, on.before, on.after, places, on.is_continued, is_ours)


@dataclass(frozen=True, slots=True)
class _OnDay:
    """What changed on a day in the facts of one side, and how far its account had come and has."""

    day: Date | None
    side: Slug | None
    before: Status | None
    after: Status | None
    changed: tuple[tuple[Fact, Fact | Assertion], ...]
    is_continued: bool


def _by_day(
    facts: Iterable[Fact], library: Library, days_of: Callable[[Fact], Sequence[Date | None]]
) -> Iterator[_OnDay]:
    by_day: dict[datetime.date, list[tuple[Fact, Fact | Assertion, Date | None]]] = {}
    for fact in facts:
        states: tuple[Fact | Assertion, ...] = (*fact.history, fact)
        for state, since in zip(states, days_of(fact), strict=True):
            # What no text dates counts as there before everything else.
            day = since.latest if since else datetime.date.min
            by_day.setdefault(day, []).append((fact, state, since))
    now: dict[Key, Fact | Assertion] = {}
    reached: Mapping[Slug | None, Status] = {}
    for day in sorted(by_day):
        changed = by_day[day]
        then = dict(now)
        now |= {fact.id: state for fact, state, _ in changed}
        furthest = _furthest(now.values(), library)
        sides = dict.fromkeys(side for fact, _, _ in changed for side in _ever(fact, library))
        for side in sides:
            own = tuple(item for item in changed if side in _ever(item[0], library))
            yield _OnDay(
                best_stated(since for _, _, since in own),
                side,
                reached.get(side),
                furthest.get(side),
                tuple((fact, state) for fact, state, _ in own),
                _is_continued(side, own, then, furthest.get(side), library),
            )
        reached = furthest


def _is_continued(
    side: Slug | None,
    changed: Iterable[tuple[Fact, Fact | Assertion, Date | None]],
    then: Mapping[Key, Fact | Assertion],
    after: Status | None,
    library: Library,
) -> bool:
    """Return whether a side's account after some changes goes on from the one of before.

    A later state of a fact does. Otherwise somebody has to say it who held that account before: two facts by
    two speakers may be about two things.
    """
    if any(fact.id in then for fact, _, _ in changed):
        return True
    before = _furthest(then.values(), library).get(side)
    held = [state for state in then.values() if state.status == before and side in sides_of(state, library)]
    holders = set[str]().union(*(query.voices_of(state, library) for state in held if _holds(state)))
    new = (state for _, state, _ in changed if state.status == after and side in sides_of(state, library))
    return any(holders & query.voices_of(state, library) for state in new)


def _ever(fact: Fact, library: Library) -> tuple[Slug | None, ...]:
    """Return the sides that say a fact or said it in an earlier state."""
    return tuple(dict.fromkeys(side for state in fact.states for side in sides_of(state, library)))


def _furthest(states: Iterable[Fact | Assertion], library: Library) -> Mapping[Slug | None, Status]:
    """Return the furthest status of states that are not over, by side."""
    found: dict[Slug | None, Status] = {}
    for state in states:
        if state.status and _holds(state):
            for side in sides_of(state, library):
                found[side] = max(found.get(side, state.status), state.status)
    return found


def _holds(state: Fact | Assertion) -> bool:
    return not any(flag.ends for flag in state.flags)


def _voice(side: Slug | None, facts: Collection[Fact], library: Library) -> Voice:
    """Return a side with those of its statements that are in some facts."""
    passages = tuple(dict.fromkeys(item for fact in facts for item in _passages(fact, side, library)))
    dates = [fact.asserted for fact in facts if fact.asserted]
    days = {date.edtf: best_stated(item for item in dates if item.edtf == date.edtf) for date in dates}
    origins = [library.origins.get(item.origin or Slug("")) for item in passages]
    through = [origin.via if origin else () for origin in origins]
    relays = [item for item in passages if item.origin]
    return Voice(
        side,
        tuple(dict.fromkeys(_speakers(side, facts, library))),
        tuple(fact.id for fact in facts),
        tuple(sorted(filter(None, days.values()), key=lambda day: day.latest)),
        passages,
        query.origins_of(passages),
        tuple(dict.fromkeys(name for names in through for name in names)) if all(through) else (),
        side is not None and bool(relays) and all(item.inferred for item in relays),
    )


def _passages(fact: Fact | Assertion, side: Slug | None, library: Library) -> tuple[Evidence, ...]:
    """Return the passages that relay a side, where a fact has any; otherwise all of its passages."""

    def is_own(item: Evidence) -> bool:
        origin = library.origins.get(item.origin or Slug(""))
        return origin is not None and any(library.side_of(name) == side for name in origin.said_by)

    return tuple(filter(is_own, fact.evidence)) or fact.evidence


def _speakers(side: Slug | None, facts: Iterable[Fact], library: Library) -> Iterator[Slug]:
    for fact in facts:
        yield from (name for name in fact.said_by if library.side_of(name) == side)
