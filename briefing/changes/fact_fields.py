"""The fields of a fact in one table: how each reads in words, and what is made of a change of it.

What looks at facts field by field goes by this table: changes, the reasons of a plan, suspect prose, the data
beside a brief, the search. What asks another question of a fact names its fields itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any

from briefing.language import scale_texts, sentences
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.sources import Evidence


class ChangeKind(StrEnum):
    """What sort of change it is; the order of the lines is that of their weight."""

    STATUS_DOWN = "status down"
    """A commitment has gone back on the ladder."""
    FLAGGED = "flagged"
    """It is suspended, cancelled, superseded or disputed now."""
    UNFLAGGED = "unflagged"
    """It is so no longer."""
    STATUS_UP = "status up"
    """A commitment has come further on the ladder."""
    VALUE = "value"
    """The figure, its bound or its unit is another."""
    ADDED = "added"
    """The fact was not in it before."""
    REMOVED = "removed"
    """The fact is in it no longer."""
    NEWLY_DISPUTED = "newly disputed"
    """Sources disagree now."""
    RESOLVED = "resolved"
    """A disagreement is over."""
    MET = "milestone met"
    """What was expected has come."""
    MISSED = "milestone missed"
    """Its day has passed, and no fact says that it was met."""
    MILESTONE = "milestone"
    """A milestone is new, has moved or is dropped."""
    JUDGEMENT = "judgement"
    """A judgement is new, is dropped, or is more or less likely or certain."""
    DATE = "date"
    """The thing itself has another date."""
    SPEAKER = "speaker"
    """Somebody else says so."""
    ANSWERED = "answered"
    """A question that no source answered is open no longer."""
    ASKED = "asked"
    """A question is newly open."""
    CREDIBILITY = "credibility"
    """The fact is graded otherwise."""
    CAVEAT = "caveat"
    """A reader has to know something else."""
    STATEMENT = "statement"
    """The fact is put in other words."""
    READINGS = "readings"
    """A disagreement goes on with other readings, or in other words."""
    SOURCE_ADDED = "source added"
    """A source is cited that was not."""
    SOURCE_DROPPED = "source dropped"
    """A source is cited no longer."""
    EVIDENCE = "evidence"
    """The fact rests on other passages."""

    @property
    def weight(self) -> int:
        """Its place, 0 for the heaviest."""
        return list(ChangeKind).index(self)


class Compared(Enum):
    """What of a field counts when two facts are compared."""

    EXACTLY = auto()
    AS_SET = auto()
    """Its items, in whatever order."""
    AS_WORDS = auto()
    """Its words; signs, spaces and the size of letters do not."""


@dataclass(frozen=True, slots=True)
class FactField:
    """One field of a fact."""

    name: str
    """Its name in ``model/facts``."""
    words: Callable[[Any, Wording], str] = lambda value, _: str(value)
    """A value of it in words."""
    compared: Compared = Compared.EXACTLY
    turn: ChangeKind | Callable[[Fact, Fact], Iterator[ChangeKind]] | None = None
    """What kind of change it is where two states of a fact differ in it; None where it is none."""
    changed: str = ""
    """How such a change is told: Date changed. Of what is compared exactly, old and new follow."""
    light: tuple[str, str] | None = None
    """One and many changes of it, where a minor edition may have them: caveat mended, caveats mended."""
    label: str = ""
    """What a plan and a finding call it; its name where this is left out."""
    is_relied_on: bool = False
    """Whether accepted prose becomes suspect when it changes; then ``AcceptedState`` has it as well."""
    is_searched: bool = False
    """Whether the search reads it, beside the statement, which is the title there."""
    is_copied: bool = False
    """Whether the data beside a brief hold it under its own name; no marking is held against it there."""

    @property
    def title(self) -> str:
        """What a plan and a finding call it."""
        return self.label or self.name.replace("_", " ")

    def read(self, state: object, wording: Wording) -> str:
        """Return how it reads in a state of a fact; empty where that has none."""
        value = getattr(state, self.name)
        return "" if value in (None, "", ()) else self.words(value, wording)

    def meaning(self, state: object) -> Any:
        """Return what of it counts in a comparison."""
        value = getattr(state, self.name)
        if self.compared is Compared.AS_SET:
            return frozenset(value)
        return sentences.words(value) if self.compared is Compared.AS_WORDS else value

    def differs(self, one: object, other: object) -> bool:
        """Return whether two states of a fact differ in it."""
        is_same = getattr(one, self.name) == getattr(other, self.name)
        return not is_same and self.meaning(one) != self.meaning(other)


def _listed(value: tuple[Any, ...], _: Wording) -> str:
    return ", ".join(map(str, value))


def _passages(value: tuple[Evidence, ...], _: Wording) -> str:
    return "; ".join(f"{item.source} {item.paragraph} {item.origin or ''}" for item in value)


def _on_ladder(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    if before.status is not after.status:
        is_up = after.status is not None and (before.status is None or before.status < after.status)
        yield ChangeKind.STATUS_UP if is_up else ChangeKind.STATUS_DOWN


def _flagged(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    if set(after.flags) - set(before.flags):
        yield ChangeKind.FLAGGED
    if set(before.flags) - set(after.flags):
        yield ChangeKind.UNFLAGGED


def _voiced(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    if set(before.said_by) != set(after.said_by) or before.is_voice_inferred != after.is_voice_inferred:
        yield ChangeKind.SPEAKER


FIELDS = (
    FactField(
        "status",
        lambda value, _: value.words,
        turn=_on_ladder,
        is_relied_on=True,
        is_copied=True,
    ),
    FactField("flags", _listed, Compared.AS_SET, _flagged, is_relied_on=True, is_copied=True),
    FactField(
        "value",
        lambda value, wording: wording.value(value),
        turn=ChangeKind.VALUE,
        changed="Value changed",
        is_relied_on=True,
        is_searched=True,
        is_copied=True,
    ),
    FactField(
        "date",
        lambda value, wording: wording.date(value),
        turn=ChangeKind.DATE,
        changed="Date changed",
        is_relied_on=True,
        is_searched=True,
        is_copied=True,
    ),
    FactField(
        "said_by",
        lambda value, wording: wording.names(value),
        Compared.AS_SET,
        _voiced,
        label="speakers",
        is_relied_on=True,
        is_searched=True,
    ),
    FactField(
        "credibility",
        lambda value, _: f"{value} ({scale_texts.CREDIBILITY_MEANINGS[value]})",
        turn=ChangeKind.CREDIBILITY,
        changed="Credibility regraded",
        is_copied=True,
    ),
    FactField(
        "caveat",
        compared=Compared.AS_WORDS,
        turn=ChangeKind.CAVEAT,
        changed="Caveat revised",
        light=("caveat mended", "caveats mended"),
        is_relied_on=True,
        is_searched=True,
        is_copied=True,
    ),
    FactField(
        "statement",
        compared=Compared.AS_WORDS,
        turn=ChangeKind.STATEMENT,
        changed="Statement reworded",
        light=("statement reworded", "statements reworded"),
        is_relied_on=True,
        is_copied=True,
    ),
    FactField(
        "evidence",
        _passages,
        Compared.AS_SET,
        ChangeKind.EVIDENCE,
        "Now cites other passages",
        ("fact rests on other passages", "facts rest on other passages"),
        is_copied=True,
    ),
    FactField("kind", is_copied=True),
    FactField("asserted"),
    FactField("actors"),
    FactField("systems"),
    FactField("marking"),
    FactField("review_by"),
    FactField("label"),
    FactField("sum_of"),
    FactField("history"),
)
"""Every field by weight, in which order they are told; ids and places say nothing of a fact."""

FIELD = {field.name: field for field in FIELDS}
"""The same, each by its name."""
LIGHT_WORDS: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.READINGS: ("disagreement reworded", "disagreements reworded"),
    **{field.turn: field.light for field in FIELDS if field.light and isinstance(field.turn, ChangeKind)},
}
"""Changes of wording and of passages, one and many of them in words."""
LIGHT = frozenset(LIGHT_WORDS)
"""What a minor edition may have, and no other change."""


def turns(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    """Yield the kinds of change between two states of one fact."""
    for field in FIELDS:
        if isinstance(field.turn, ChangeKind):
            if field.differs(before, after):
                yield field.turn
        elif field.turn:
            yield from field.turn(before, after)


def in_words(fact: Fact, wording: Wording) -> dict[str, str]:
    """Return the fields of which a change is told, in words, by what a plan calls them."""
    read = {field.title: field.read(fact, wording) for field in FIELDS if field.turn}
    return {title: words for title, words in read.items() if words}
