"""The fields of a fact in one table: how each reads in words, and what a change of it means.

All code that looks at facts field by field uses this table: changes, the reasons of a plan, suspect prose,
the data beside a brief, the search. Code with another question names the fields that it needs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any

from briefing.language import scale_texts, sentences
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.sources import Evidence
from briefing.model.values import Date, Label, Money, Quantity


class ChangeKind(StrEnum):
    """The kinds of change, the heaviest first."""

    STATUS_DOWN = "status down"
    """A commitment has gone back on the ladder."""
    FLAGGED = "flagged"
    """It is now suspended, cancelled, superseded or disputed."""
    UNFLAGGED = "unflagged"
    """It no longer has one of these flags."""
    STATUS_UP = "status up"
    """A commitment has come further on the ladder."""
    VALUE = "value"
    """The figure, its bound or its unit is different."""
    ROWS = "rows"
    """Rows of its table have other values, are new or are gone."""
    ADDED = "added"
    """The brief did not have the fact before."""
    REMOVED = "removed"
    """The brief no longer has the fact."""
    NEWLY_DISPUTED = "newly disputed"
    """Sources disagree now."""
    RESOLVED = "resolved"
    """A disagreement is over."""
    MET = "milestone met"
    """The expected event has happened."""
    MISSED = "milestone missed"
    """Its day has passed, and no fact says that it was met."""
    MILESTONE = "milestone"
    """A milestone is new, has moved or is dropped."""
    JUDGEMENT = "judgement"
    """A judgement is new, is dropped, or is more or less likely or certain."""
    DATE = "date"
    """The event or commitment itself has another date."""
    SPEAKER = "speaker"
    """The fact is attributed to somebody else."""
    ANSWERED = "answered"
    """A question that no source answered is no longer open."""
    ASKED = "asked"
    """A question is newly open."""
    CREDIBILITY = "credibility"
    """The fact has a different grade."""
    CAVEAT = "caveat"
    """The caveat says something different."""
    STATEMENT = "statement"
    """The statement has different words."""
    READINGS = "readings"
    """A disagreement has different readings or different words."""
    SOURCE_ADDED = "source added"
    """A source is newly cited."""
    SOURCE_DROPPED = "source dropped"
    """A source is no longer cited."""
    EVIDENCE = "evidence"
    """The fact rests on other passages."""

    @property
    def weight(self) -> int:
        """Its place, 0 for the heaviest."""
        return list(ChangeKind).index(self)

    @property
    def key(self) -> str:
        """The entry of the words that says what changed; the old and new value may follow."""
        return f"change.{self.value.replace(' ', '_')}"


class Compared(Enum):
    """The part of a field that counts when two facts are compared."""

    EXACTLY = auto()
    AS_SET = auto()
    """Its items, regardless of order."""
    AS_WORDS = auto()
    """Its words, regardless of punctuation, spaces and case."""


@dataclass(frozen=True, slots=True)
class FactField:
    """One field of a fact."""

    name: str
    """Its name in ``model/facts``."""
    words: Callable[[Any, Wording], str] = lambda value, _: str(value)
    """A value of it in words."""
    compared: Compared = Compared.EXACTLY
    turn: ChangeKind | Callable[[Fact, Fact], Iterator[ChangeKind]] | None = None
    """The kind of change where two states of a fact differ in it; None where that is not a change."""
    is_light: bool = False
    """Whether a minor edition may have such changes; they are counted, not listed one by one."""
    label: str = ""
    """Its name in a plan and in a finding; empty where that is ``name``."""
    is_relied_on: bool = False
    """Whether accepted prose becomes suspect when it changes; if so, ``AcceptedState`` has it as well."""
    is_searched: bool = False
    """Whether the search reads it, in addition to the statement, which is the title there."""
    is_copied: bool = False
    """Whether the data beside a brief contain it under its own name, whatever the markings of its parts."""

    is_on_page: bool = False
    """Whether the page of a fact has a line for it, under its name in the words: ``field.kind``."""

    @property
    def title(self) -> str:
        """Its name in a plan and in a finding."""
        return self.label or self.name.replace("_", " ")

    def read(self, state: object, wording: Wording) -> str:
        """Return its value in a state of a fact, in words; empty where there is none."""
        value = getattr(state, self.name)
        return "" if value in (None, "", ()) else self.words(value, wording)

    def meaning(self, state: object) -> Any:
        """Return the part of its value that counts in a comparison."""
        value = getattr(state, self.name)
        if isinstance(value, Date | Quantity | Money | Label):
            return dataclasses.replace(value, basis="")  # how we came to it is not what it says
        if self.compared is Compared.AS_SET:
            return frozenset(value)
        return sentences.words(value) if self.compared is Compared.AS_WORDS else value

    def differs(self, one: object, other: object) -> bool:
        """Return whether two states of a fact differ in it."""
        is_same = getattr(one, self.name) == getattr(other, self.name)
        return not is_same and self.meaning(one) != self.meaning(other)


def _listed(value: tuple[Any, ...], wording: Wording) -> str:
    return wording.say("value.list").join(map(wording.named, value))


def _passages(value: tuple[Evidence, ...], _: Wording) -> str:
    return "; ".join(f"{item.source} {item.paragraph} {item.origin or ''}" for item in value)


def _on_ladder(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    if before.status != after.status:
        is_up = after.status is not None and (before.status is None or before.status < after.status)
        yield ChangeKind.STATUS_UP if is_up else ChangeKind.STATUS_DOWN


def _flagged(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    if set(after.flags) - set(before.flags):
        yield ChangeKind.FLAGGED
    if set(before.flags) - set(after.flags):
        yield ChangeKind.UNFLAGGED


def _rests_on(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    """Yield the change where a fact has other passages; whose words they are is a matter of its speakers."""
    one, other = ({(item.source, item.paragraph) for item in fact.evidence} for fact in (before, after))
    if one != other:
        yield ChangeKind.EVIDENCE


def _valued(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    """Yield the change of a value; a unit that is only named more fully leaves the figure as it was."""
    if FIELD["value"].differs(before, after) and not _is_same_date(before, after):
        is_named = _is_only_named(before.value, after.value)
        yield ChangeKind.STATEMENT if is_named else ChangeKind.VALUE


def _dated(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    """Yield the change of a date, unless it has only become the value of its fact, or was it."""
    if FIELD["date"].differs(before, after) and not _is_same_date(before, after):
        yield ChangeKind.DATE


def _is_same_date(before: Fact, after: Fact) -> bool:
    """Return whether a date is now where a value was or the other way round, and is the same."""
    one, other = ([item for item in (fact.date, fact.value) if item is not None] for fact in (before, after))
    return len(one) == 1 and isinstance(one[0], Date) and one == other


def _is_only_named(one: object, other: object) -> bool:
    """Return whether two amounts differ only in how fully their unit is named: 4 boats, 4 patrol boats."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return False
    shorter, longer = sorted((tuple(item.unit.split()) for item in (one, other)), key=len)
    is_same = dataclasses.replace(one, unit="", basis="") == dataclasses.replace(other, unit="", basis="")
    further = longer[: len(longer) - len(shorter)]
    # Tonnes of boats are no boats: a short word in small letters joins two nouns.
    is_joined = any(word.islower() and len(word) <= _JOIN for word in further)
    return is_same and bool(shorter) and longer == further + shorter and not is_joined


_JOIN = 3
"""The most letters of a word that joins two nouns of a unit, such as "of" or "per"."""


def _voiced(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    if set(before.said_by) != set(after.said_by) or before.is_voice_inferred != after.is_voice_inferred:
        yield ChangeKind.SPEAKER


FIELDS = (
    FactField(
        "status",
        lambda value, wording: wording.named(value),
        turn=_on_ladder,
        is_relied_on=True,
        is_copied=True,
    ),
    FactField("status_basis", label="basis of the status", is_copied=True),
    FactField("flags", _listed, Compared.AS_SET, _flagged, is_relied_on=True, is_copied=True),
    FactField(
        "value",
        lambda value, wording: wording.value(value),
        turn=_valued,
        is_relied_on=True,
        is_searched=True,
        is_copied=True,
    ),
    FactField(
        "rows",
        lambda value, wording: wording.rows(value),
        turn=ChangeKind.ROWS,
        is_relied_on=True,
        is_searched=True,
        is_copied=True,
    ),
    FactField(
        "date",
        lambda value, wording: wording.date(value),
        turn=_dated,
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
        lambda value, wording: wording.say(
            "value.with_remark", words=value, remark=scale_texts.meaning(value, wording.say)
        ),
        turn=ChangeKind.CREDIBILITY,
        is_copied=True,
    ),
    FactField(
        "caveat",
        compared=Compared.AS_WORDS,
        turn=ChangeKind.CAVEAT,
        is_light=True,
        is_relied_on=True,
        is_searched=True,
        is_copied=True,
    ),
    FactField("remark", is_copied=True),
    FactField(
        "statement",
        compared=Compared.AS_WORDS,
        turn=ChangeKind.STATEMENT,
        is_light=True,
        is_relied_on=True,
        is_copied=True,
    ),
    FactField(
        "evidence",
        _passages,
        Compared.AS_SET,
        _rests_on,
        is_light=True,
        is_copied=True,
    ),
    FactField("kind", lambda value, wording: wording.named(value), is_copied=True, is_on_page=True),
    FactField("asserted"),
    FactField("actors"),
    FactField("systems"),
    FactField("matters"),
    FactField("marking"),
    FactField("review_by"),
    FactField("label"),
    FactField("sum_of"),
    FactField("computed"),
    FactField("table"),
    FactField("history"),
)
"""Every field, the heaviest first, which is the order of reports. Ids and places are not compared."""

FIELD = {field.name: field for field in FIELDS}
"""The same fields by name."""
LIGHT = frozenset(
    [ChangeKind.READINGS, ChangeKind.EVIDENCE]
    + [field.turn for field in FIELDS if field.is_light and isinstance(field.turn, ChangeKind)]
)
"""Changes of wording and of passages: the only kinds of change that a minor edition may have."""
REVERSALS = frozenset({ChangeKind.STATUS_DOWN, ChangeKind.FLAGGED})
"""The moves by which less holds than before."""
MOVES = REVERSALS | {
    ChangeKind.UNFLAGGED,
    ChangeKind.STATUS_UP,
    ChangeKind.VALUE,
    ChangeKind.ROWS,
    ChangeKind.DATE,
}
"""The kinds of change that may change a decision."""


def turns(before: Fact, after: Fact) -> Iterator[ChangeKind]:
    """Yield the kinds of change between two states of one fact."""
    found: dict[ChangeKind, None] = {}
    for field in FIELDS:
        if isinstance(field.turn, ChangeKind):
            if field.differs(before, after):
                found[field.turn] = None
        elif field.turn:
            found.update(dict.fromkeys(field.turn(before, after)))
    yield from found


def in_words(fact: Fact, wording: Wording) -> dict[str, str]:
    """Return the values of the fields whose change is reported, in words, by the names in a plan."""
    read = {field.title: field.read(fact, wording) for field in FIELDS if field.turn}
    return {title: words for title, words in read.items() if words}
