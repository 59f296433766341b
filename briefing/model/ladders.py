"""Ladders: the steps by which a project says how far something has come, and the statuses on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from briefing.model.findings import Place
from briefing.model.scales import Degree
from briefing.model.values import Slug, at_nowhere

RungId = NewType("RungId", str)
"""The name of a rung in the content; whether a ladder has it is known when the library is linked."""


FlagId = NewType("FlagId", str)
"""The name of a flag in the content; whether a ladder has it is known when the library is linked."""


COMMITMENTS = Slug("commitments")
"""The ladder of a project that names none."""


class Shape(StrEnum):
    """The symbol before the statuses of a group; a filled one is for what is binding, or done."""

    OPEN_CIRCLE = "open circle"
    OPEN_TRIANGLE = "open triangle"
    FILLED_TRIANGLE = "filled triangle"
    FILLED_CIRCLE = "filled circle"

    @property
    def glyph(self) -> str:
        """The character that is printed."""
        return _GLYPHS[self]

    @property
    def is_filled(self) -> bool:
        """Whether it is filled."""
        return self in (Shape.FILLED_TRIANGLE, Shape.FILLED_CIRCLE)

    @property
    def is_round(self) -> bool:
        """Whether it is a circle."""
        return self in (Shape.OPEN_CIRCLE, Shape.FILLED_CIRCLE)


_GLYPHS = dict(zip(Shape, "○△▲●", strict=True))


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rungs that tables show as one column."""

    id: Slug
    """Its name in the ladder."""
    shape: Shape
    """The symbol before its statuses: open circle, open triangle, filled triangle, filled circle."""
    name: str = ""
    """Its name for readers; by default its id."""
    at: Place = at_nowhere()

    @property
    def glyph(self) -> str:
        """The character that is printed before its statuses."""
        return self.shape.glyph


class Need(StrEnum):
    """What the evidence of a fact must have for a rung."""

    SPEAKER = "speaker"
    """Somebody says so, and the fact names who."""
    TWO_ORIGINS = "two-origins"
    """Two origins that do not depend on one another state it."""
    TWO_SIDES = "two-sides"
    """Two sides say so, neither of which speaks for the other."""
    DOCUMENT = "document"
    """A cited text states it itself, and relays nobody."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder."""

    id: Slug
    """Its name in the content."""
    group: Slug
    """The group to which it belongs."""
    like: Degree
    """The step of the standard scale that it resembles: the words of a language are listed by these."""
    name: str = ""
    """Its name for readers; by default its id."""
    meaning: str = ""
    """What it means, for readers; by default what the step means that it is like."""
    needs: tuple[Need, ...] = ()
    """What its evidence must have: speaker, two-origins, two-sides, document."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """The words of sources and of prose that claim it, by language; ``*`` is any ending."""
    reason: str = ""
    """Why it is like a lower step than the rung below it, where it is."""
    formerly: tuple[RungId, ...] = ()
    """Its former names, with which issued editions and accepted prose find it."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class LadderFlag:
    """A remark that a status on a ladder does not make by itself."""

    id: Slug
    """Its name in the content."""
    name: str = ""
    """Its name for readers; by default its id."""
    meaning: str = ""
    """What it means, for readers."""
    ends: bool = False
    """Whether what has it is over, so that nothing more is expected and it is no longer counted."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """The words of prose that claim it, by language; ``*`` is any ending."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True, repr=False)
class Flag:
    """A remark beside a status, such as disputed. Until the library is linked it is only an id."""

    id: FlagId
    """Its name in the content."""
    name: str = field(default="", compare=False)
    """Its name for readers; empty where the words of a language name it."""
    ends: bool = field(default=False, compare=False)
    """Whether what has it is over."""

    @property
    def words(self) -> str:
        """Its words in messages."""
        return self.name or self.id.replace("-", " ")

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        # Digests in editions are made of this, those on file as well.
        name = f" {self.name!r}" if self.name else ""
        return f"<Flag.{self.id.upper().replace('-', '_')}: {self.id!r}{name}>"


SUPERSEDED, DISPUTED = Flag(FlagId("superseded"), ends=True), Flag(FlagId("disputed"))
GENERAL = (SUPERSEDED, DISPUTED)
"""The flags of every ladder, behind its own."""


@dataclass(frozen=True, slots=True, repr=False)
class Status:
    """How far something has come: a rung of a ladder. Until the library is linked it is only an id.

    Two statuses are equal if their ids are, as files and editions have nothing else of them.
    """

    id: RungId
    """Its name in the content."""
    ladder: Slug = field(default=Slug(""), compare=False)
    """Id of its ladder; empty until the library is linked."""
    place: int = field(default=0, compare=False)
    """Its place on the ladder, 1 for the lowest rung."""
    degree: Degree = field(default=Degree.INTEREST, compare=False)
    """The step of the standard scale that it resembles."""
    name: str = field(default="", compare=False)
    """Its name for readers; empty on a ladder of the program, where the words of a language name it."""
    meaning: str = field(default="", compare=False)
    """What it means, for readers; empty where that is what the step of the standard scale means."""
    group: Slug = field(default=Slug(""), compare=False)
    """The group of its rung."""
    shape: Shape = field(default=Shape.OPEN_CIRCLE, compare=False)
    """The symbol of that group."""

    @property
    def words(self) -> str:
        """Its words in messages: "in service", where a sheet has ``in-service``."""
        return self.name or self.id.replace("-", " ")

    @property
    def glyph(self) -> str:
        """The character that is printed before it."""
        return self.shape.glyph

    @property
    def is_linked(self) -> bool:
        """Whether its ladder is known."""
        return bool(self.ladder)

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        # Digests in editions and in records of accepted prose are made of this, those on file as well.
        if self.ladder in ("", COMMITMENTS):
            return f"<Status.{self.id.upper().replace('-', '_')}: {self.id!r}>"
        parts = (self.ladder, self.id, self.place, self.degree.value, self.name, self.meaning, self.group)
        return f"Status{(*parts, self.shape.value)}"

    def __lt__(self, other: Status) -> bool:
        """On one ladder the place decides, between ladders the standard scale."""
        if self.ladder == other.ladder:
            return self.place < other.place
        return self.degree < other.degree


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one kind of undertaking, lowest first."""

    id: Slug
    """Its name in the content."""
    groups: tuple[Group, ...]
    """Its groups, in order: the columns of tables."""
    rungs: tuple[Rung, ...]
    """Its steps, lowest first."""
    flags: tuple[LadderFlag, ...] = ()
    """The remarks that its statuses may have beside them; superseded and disputed go with every ladder."""
    name: str = ""
    """Its name for readers; by default its id."""
    at: Place = at_nowhere()

    @property
    def all_flags(self) -> tuple[Flag, ...]:
        """Its flags, then those of every ladder."""
        own = tuple(Flag(FlagId(str(item.id)), str(item.name), item.ends) for item in self.flags)
        return (*own, *(item for item in GENERAL if item not in own))

    def flag(self, name: str) -> Flag | None:
        """Return the flag that an id means; None where the ladder has none of that name."""
        return next((flag for flag in self.all_flags if flag.id == name), None)

    def rung(self, name: str) -> Rung | None:
        """Return the rung that an id means, or once meant; None where the ladder has no such rung."""
        known = [rung for rung in self.rungs if rung.id == name]
        former = (rung for rung in self.rungs if name in rung.formerly)
        return next((rung for found in (known, former) for rung in found), None)

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Its statuses, lowest first."""
        shapes = {group.id: group.shape for group in self.groups}
        return tuple(
            Status(
                RungId(str(rung.id)),  # without its place, which is in the file of the ladder
                Slug(str(self.id)),
                place,
                rung.like,
                str(rung.name),
                str(rung.meaning),
                Slug(str(rung.group)),
                shapes.get(rung.group, Shape.OPEN_CIRCLE),
            )
            for place, rung in enumerate(self.rungs, 1)
        )

    def status(self, name: str) -> Status | None:
        """Return the status that an id means; None where the ladder has no such rung."""
        found = self.rung(name)
        return next(
            (status for status, rung in zip(self.statuses, self.rungs, strict=True) if rung is found), None
        )

    def group_of(self, status: Status) -> Slug:
        """Return the group that a status belongs to; one of another ladder, by the standard scale."""
        if status.ladder == self.id:
            return status.group
        reached = [rung for rung in self.rungs if not status.degree < rung.like]
        return Slug(str((reached or self.rungs)[-1 if reached else 0].group))

    def within(self, group: Group) -> tuple[Status, ...]:
        """Return the statuses of a group, lowest first."""
        return tuple(status for status in self.statuses if status.group == group.id)
