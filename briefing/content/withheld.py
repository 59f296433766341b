"""The texts and values of a library, field by field, and those of them that a view does not have.

Nothing here knows a kind of record or a field by name, except to leave it out: a new one is gone over too.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from briefing.model.editions import DraftSection
from briefing.model.facts import REGISTERS
from briefing.model.findings import Place
from briefing.model.ledger import Issued
from briefing.model.library import Library, Renames
from briefing.model.values import NOWHERE, Date, Label, Money, Quantity, place_of

LEFT_OUT: Mapping[str, str] = {
    "project": "its settings are for everybody; what they name has records of its own",
    "seals": "no view has them",
    "signatures": "no view has them",
    "signed": "no view has them",
    "signing_keys": "no view has them",
    "signed_keys": "no view has them",
    "later": "names of facts, which are gone over themselves",
    "otherwise": "names of facts, which are gone over themselves",
    "as_of": "no record",
    "is_whole": "no record",
    "captures": "no record",
    "broken": "no record",
    "now": "no record",
    "level": "no record",
    "withheld": "numbers of facts",
    "reduced": "parts of editions, which are gone over themselves",
    "_now": "another library",
    "_indexes": "gathered from the records",
}
"""The fields of a library that are not gone over, each with the reason."""
_ELSEWHERE = {"sheets": ("facts", *REGISTERS)}
"""Fields of records whose parts are records of the library themselves."""
COMPOSED = frozenset(
    ("as-of", "to-check", "changes", "board", "commitments", "money", "series", "timeline", "judgements",
     "disagreements", "gaps", "milestones")
)  # fmt: skip
"""The sections of an edition that are composed of records; others are prose that somebody wrote for it."""
_WATCH = "milestones"
"""The section that has both: what somebody wrote, and below it a table that is composed."""
_NOUNS = {
    "origins": "statement",
    "accepted": "acceptances",
    "issued": "edition",
    "renamed": "former name",
    "verifications": "verification",
    "reviews": "review",
}
_ROW = re.compile(r"^\| ", re.MULTILINE)
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(fact:[^)\s]{0,2000}\)")


@dataclass(frozen=True, slots=True)
class Trace:
    """A text or a value, with the record and the field that it is in."""

    what: str | Date | Quantity | Money
    record: str
    """The record in words: the fact 'trams.cost'."""
    kind: str
    """The kind of the record, by the field of the library: facts."""
    field: str
    at: Place
    is_composed: bool = False
    """Whether only its words show anything, and not their order: the program composes texts of them, as it
    does in other briefs."""


def traces(library: Library) -> Iterator[Trace]:
    """Yield every text and value of a library."""
    for kind, name, record in _records(library):
        yield from _of_record(kind, name, record)


def of(whole: Library, view: Library) -> Iterator[Trace]:
    """Yield the texts and values of the records that a view has otherwise or not at all.

    Some may be in the view all the same, because what is left of the record, or another one, has them.
    """
    seen = {(kind, name): record for kind, name, record in _records(view)}
    for kind, name, record in _records(whole):
        known = seen.get((kind, name))
        if known is not record and known != record:
            yield from _of_record(kind, name, record)


def _records(library: Library) -> Iterator[tuple[str, str, Any]]:
    for field in dataclasses.fields(library):
        found = getattr(library, field.name) if field.name not in LEFT_OUT else ()
        if isinstance(found, Renames):
            for part in dataclasses.fields(found):
                yield from ((field.name, old, old) for old in getattr(found, part.name))
        elif isinstance(found, Mapping):
            yield from ((field.name, str(name), record) for name, record in found.items())


def _of_record(kind: str, name: str, record: Any) -> Iterator[Trace]:
    noun = _NOUNS.get(kind, kind.removesuffix("s"))
    label = f"the {noun} '{name}'"
    at = getattr(record, "at", NOWHERE)
    yield Trace(name, label, kind, "id", at)
    left_out = _ELSEWHERE.get(kind, ())
    for what, field, place in _parts(record, "", at, left_out):
        yield Trace(what, label, kind, field, place, is_composed=kind == "issued")
    if kind == "issued":
        for what, field, place in _parts(tuple(map(_as_written, record)), "", at):
            yield Trace(what, label, kind, field, place)


def _is_composed(role: str) -> bool:
    return role in COMPOSED or role.startswith("series-")


def _as_written(issued: Issued) -> Issued:
    """Return an edition without what is composed of records, which other briefs say in the same words."""
    words, state = issued.printed, issued.state
    prose = (
        _before_table(item) if item.role == _WATCH else item
        for item in words.sections
        if item.role == _WATCH or not _is_composed(item.role)
    )
    empty: dict[str, Any] = dict.fromkeys(("notes", "references", "scales"), ())
    empty |= dict.fromkeys(("counts", "newest", "checked", "as_of"), "")
    written = dataclasses.replace(words, sections=tuple(prose), **empty)
    named = tuple(dataclasses.replace(item, words="") for item in state.sources)
    return dataclasses.replace(issued, printed=written, state=dataclasses.replace(state, sources=named))


def _before_table(section: DraftSection) -> DraftSection:
    """Return a section up to its first table."""
    table = _ROW.search(section.text)
    return dataclasses.replace(section, text=section.text[: table.start()]) if table else section


def _parts(
    value: Any, field: str, at: Place, left_out: tuple[str, ...] = ()
) -> Iterator[tuple[Any, str, Place]]:
    """Yield the texts and values in a value, each with the name of its field and its place."""
    if value is None or isinstance(value, Enum | bool | int | Decimal):
        return
    if isinstance(value, str):
        place = place_of(value, at)
        for piece in pieces(value):
            yield piece, field, place
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _parts(key, field, at)
            yield from _parts(item, field, at)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _parts(item, field, at)
    elif dataclasses.is_dataclass(value):
        at = getattr(value, "at", at)
        if isinstance(value, Date | Quantity | Money):
            yield value, field, at
        is_label = isinstance(value, Label)
        for part in dataclasses.fields(value):
            if part.name not in left_out and not (isinstance(value, Date) and part.name == "edtf"):
                name = field if is_label and part.name == "text" else part.name
                yield from _parts(getattr(value, part.name), name, at)


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces: the words of its fact links, which are printed as values, and those between."""
    position = 0
    for link in _LINK.finditer(text):
        yield text[position : link.start()]
        yield link[1]
        position = link.end()
    yield text[position:]
