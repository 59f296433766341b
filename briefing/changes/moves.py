"""Moves: the changes that may change a decision, of a status, a figure or a date.

A move is dated by the day on which it became known here, so what is new since a day is what came in since
then, however long ago it happened. Everything else that changes, such as words, grades and passages, is
context.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.changes.fact_fields import MOVES, REVERSALS, ChangeKind
from briefing.changes.history import Day, FactVersion, day_of
from briefing.content import state_of_play
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.library import Library
from briefing.model.values import Slug


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a matter or of a fact, in words."""

    day: Day
    """The day on which it became known here."""
    kind: ChangeKind
    """The kind of change; of several in one fact, the heaviest."""
    subject: str
    """What moved, as plain text: the name of a matter, or the statement of a fact."""
    what: str
    """How it moved, as plain text without a full stop: Status up, from intent to contracted."""
    page: str
    """The page that shows it, with its place there, below the folder of the site."""
    facts: tuple[str, ...]
    """The facts that say so."""
    number: int
    """The number of the state of the fact, or of the move among those of the matter."""
    matter: str = ""
    """The matter that moved; empty where a fact did."""

    @property
    def is_reversal(self) -> bool:
        """Whether less holds than before."""
        return self.kind in REVERSALS

    @property
    def rank(self) -> tuple[int, int, str, str, int]:
        """Its place among all moves: the newest day first, and of one day what weighs most."""
        return (-self.day.latest.toordinal(), self.kind.weight, self.subject, self.page, self.number)


def ordered(moves: Iterable[Move]) -> list[Move]:
    """Return moves, the newest first, and those of one day by weight."""
    return sorted(moves, key=lambda move: move.rank)


def has_moved(since: FactVersion) -> bool:
    """Return whether a state of a fact is a move from the one before it."""
    return any(item.change.turn in MOVES for item in since.changes)


def of_versions(versions: Iterable[FactVersion], wording: Wording) -> tuple[Move, ...]:
    """Return the moves in the states of facts."""
    found = []
    for since in versions:
        changes = [item for item in since.changes if item.change.turn in MOVES]
        if changes and since.known:
            found.append(
                Move(
                    day_of(since.known, wording),
                    changes[0].change.turn,
                    since.fact.statement,
                    ". ".join(item.what for item in changes),
                    f"facts/{since.fact.id}.html#{since.anchor}",
                    (str(since.fact.id),),
                    since.number,
                )
            )
    return tuple(found)


def of_matter(name: str, library: Library, wording: Wording) -> tuple[Move, ...]:
    """Return the moves of a matter that new facts brought, by the account of each side and of reports.

    What a later state of a fact brought is a move of that fact. The first account of a side is no move, nor
    is a further one by somebody else than who gave the account before: it may be about another thing.
    """
    return tuple(_of_matter(name, library, wording))


def _of_matter(name: str, library: Library, wording: Wording) -> Iterator[Move]:
    matter = library.matters[Slug(name)]
    facts = {key: library.facts[key] for key in library.about("matter", name)}
    first = {key: query.since_when_known(fact, library)[0] for key, fact in facts.items()}
    known = functools.partial(query.since_when_known, library=library)
    for number, move in enumerate(state_of_play.moves(tuple(facts.values()), library, known), 1):
        if not (move.before and move.after and move.day and move.is_continued):
            continue
        if not any(first[key] == move.day for key in move.facts):
            continue
        say = wording.say
        who = library.actors[move.side].name if move.side else say("matters.reports")
        words = say(
            "matters.moved", who=who, before=wording.named(move.before), after=wording.named(move.after)
        )
        is_up = move.before < move.after
        yield Move(
            day_of(move.day, wording),
            ChangeKind.STATUS_UP if is_up else ChangeKind.STATUS_DOWN,
            matter.name,
            words.rstrip("."),
            f"matters/{matter.id}.html#moves",
            tuple(map(str, move.facts)),
            number,
            str(matter.id),
        )
