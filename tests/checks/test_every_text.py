"""Which checks read which text: each field of the model with words is read, or named here with the reason."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.build import steps
from briefing.checks import runner
from briefing.checks.base import Subject
from briefing.content import linker
from briefing.model.briefs import Brief, Page
from briefing.model.facts import FactSheet
from briefing.model.findings import Place
from briefing.model.ladders import Flag, Ladder, Status
from briefing.model.matters import Matter
from briefing.model.sources import Actor, Origin, Source, System
from briefing.model.values import Prose
from briefing.store import disk, request
from tests import values

TESTS = Path(__file__).parents[1]
PROJECTS = ("bad/_good", "hydrogen", "electrolyser")
"""Projects that have a record of every type between them."""
KINDS = ("sources", "origins", "actors", "systems", "matters", "ladders", "sheets", "briefs", "pages")
NO_WORDS = {
    **dict.fromkeys(("id", "formerly", "at", "body_at"), "the name of a record, or a place"),
    "Date.edtf": "a date, which the decoder reads",
    "Date.within": "a time, which the decoder reads",
    "Evidence.terms": "words of a source, which ``verify`` holds against it",
    "Uncited.terms": "words of a source, likewise",
    "Rung.words": "words of sources and of prose, which are looked for and never printed",
    "LadderFlag.words": "words of prose, likewise",
    "Source.capture": "the name of a file",
    "Source.sha256": "a digest",
    "Source.url": "an address",
    "Source.language": "a tag, which the decoder reads",
    "Brief.language": "a tag, likewise",
    "Money.currency": "a code, which the decoder reads",
    "Money.instrument": "the name of an instrument, which the linker looks up",
    **dict.fromkeys(
        (f"Table.{name}" for name in ("name", "value", "currency", "price_basis", "status", "date")),
        "the head of a column, or what the values of its rows take",
    ),
}
"""Fields that are texts and hold no words of ours."""
FIGURES = "figures"
"""The checks that hold the figures of a text against facts, under the slug of none."""
EVERYWHERE = ("unread-link", "portion-mark", "missing-glyph")
"""The checks that hold for any text whatever."""


def words_for(number: int) -> tuple[str, dict[str, str]]:
    """Words with something for each check to find, and what its message then has."""
    letters = "".join(chr(ord("A") + place) for place in divmod(number, 26))
    glyph, code = chr(0xE000 + number), 100 + number
    said = f"XQ{letters}. There are 987,{code} lamps. 3O{code} [words](fact: n{code}) (TLP:X{code}) {glyph}"
    return said, {
        "unread-link": f"fact: n{code}",
        "portion-mark": f"(TLP:X{code})",
        "missing-glyph": f"no font has the private-use character U+{ord(glyph):04X}",
        "look-alike": f"'3O{code}'",
        FIGURES: f"987,{code}",
        "undefined-acronym": f"abbreviation XQ{letters}",
    }


class Planting:
    """Puts words into each field of a text once, and remembers them."""

    def __init__(self) -> None:
        self.planted: dict[str, dict[str, str]] = {}
        self.glyphs = ""

    def more(self, where: str, value: Any) -> Any:
        if where in self.planted:
            return value
        said, self.planted[where] = words_for(len(self.planted))
        self.glyphs += said[-1]
        if isinstance(value, tuple):
            return (*value, f"Words {said}")
        return f"{value or 'Words'} {said}"

    def into(self, record: Any) -> Any:
        cls = type(record)
        if isinstance(record, Place | Status | Flag):
            return record
        hints = typing.get_type_hints(cls)
        changes: dict[str, Any] = {}
        for name in (field.name for field in dataclasses.fields(cls)):
            value, where = getattr(record, name), f"{cls.__name__}.{name}"
            if name in NO_WORDS or where in NO_WORDS:
                continue
            arguments = (hints[name], *typing.get_args(hints[name]))
            if str in arguments or Prose in arguments:
                changes[name] = self.more(where, value)
            elif dataclasses.is_dataclass(value):
                changes[name] = self.into(value)
            elif isinstance(value, tuple) and any(map(dataclasses.is_dataclass, value)):
                changes[name] = tuple(map(self.into, value))
        return dataclasses.replace(record, **changes)


def found_in(project: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each field of a text in a project, with the checks that read it."""
    records = steps.read(disk.read(TESTS / project, request.FOLDERS)).records
    assert records
    planting = Planting()
    changes: dict[str, Any] = {kind: tuple(map(planting.into, getattr(records, kind))) for kind in KINDS}
    library = linker.link(dataclasses.replace(records, **changes))[0]
    printed = f"{planting.glyphs}\uf8f0\uf8f1"  # two that are in no text, so no finding is of what is left
    edition = values.edition(next(iter(library.briefs)), title=printed)
    subject = Subject(library, (edition,), values.TODAY, unprintable=frozenset(printed))
    messages: dict[str, str] = {}
    for item in runner.run(subject):
        if item.check != "missing-glyph" or " and " not in item.message:
            for slug in (item.check, FIGURES):
                messages[slug] = f"{messages.get(slug, '')}{item.message}\n"
    for where, said in planting.planted.items():
        yield where, frozenset(check for check, words in said.items() if words in messages.get(check, ""))


@functools.cache
def readers() -> dict[str, frozenset[str]]:
    """Each field of a text in the model, with the checks that read it."""
    found: dict[str, frozenset[str]] = {}
    for where, checks in itertools.chain.from_iterable(map(found_in, PROJECTS)):
        found[where] = found.get(where, frozenset()) | checks
    return found


NAMES = {
    *("Actor.name", "Actor.names", "Actor.short", "System.name", "System.names", "Matter.names"),
    *("Source.title", "Source.label", "Source.author", "Source.publisher", "Role.title"),
    *("Brief.owner", "Brief.authors", "FactSheet.owner"),
    *("Computed.unit", "Computed.per", "Table.unit", "Table.per"),
}
"""Names of others and units, which may be in any script."""
REASONS = {
    *("Date.basis", "Label.basis", "Money.basis", "Quantity.basis", "Money.price_basis"),
    *("Fact.status_basis", "Assertion.status_basis", "Uncited.reason"),
}
"""How we came to a field: checks of their own hold these against the field."""
DEFINITIONS = {
    *("Ladder.name", "Group.name", "Rung.name", "Rung.meaning", "Rung.reason"),
    *("LadderFlag.name", "LadderFlag.meaning"),
}
"""What explains the words of a project and states no fact."""
PAGES = {"Page.title", "Page.body"}
"""Pages explain how the corpus is made, with examples that no fact holds."""
VALUES = {"Label.text", "Money.per", "Quantity.unit", "Quantity.per"}
"""Parts of values, which prose prints by its links."""
PROSE = {
    *("Brief.body", "Brief.bottom_line", "Brief.lines_to_take", "Brief.options", "Brief.watch"),
    "Brief.why_it_matters",
    "Judgement.basis",
}
"""Running text: it writes an abbreviation out where it is first, which texts shown one by one cannot."""


def unread_by(check: str) -> set[str]:
    return {where for where, checks in readers().items() if check not in checks}


def read_by(check: str) -> set[str]:
    return readers().keys() - unread_by(check)


def test_what_is_wrong_in_any_text_is_found_in_every_text() -> None:
    assert unread_by("unread-link") == set()
    assert unread_by("portion-mark") == set()
    assert unread_by("missing-glyph") == PAGES  # only the site prints them, in the fonts of its reader


def test_words_in_other_letters_are_found_in_all_of_ours() -> None:
    assert unread_by("look-alike") == NAMES | REASONS


def test_figures_are_held_against_facts_in_all_that_states_something() -> None:
    # The words of a role are held against its passage, and a price basis against the year of its source.
    of_others = (NAMES | REASONS) - {"Role.title", "Money.price_basis"}
    # Of a page only money and percentages are, and what a caveat or a remark has, its fact has.
    assert unread_by(FIGURES) == of_others | DEFINITIONS | {"Page.body", "Fact.caveat", "Fact.remark"}


def test_abbreviations_are_explained_where_text_runs_and_where_words_are_defined() -> None:
    assert read_by("undefined-acronym") == PROSE | DEFINITIONS | VALUES


def texts_of(cls: type[Any], seen: set[type[Any]]) -> Iterator[str]:
    """Each field of a text in a type and in the types within it."""
    if cls in seen or cls in (Place, Status, Flag):
        return
    seen.add(cls)
    for name, hint in typing.get_type_hints(cls).items():
        parts = [hint, *typing.get_args(hint)]
        if str in parts or Prose in parts:
            yield f"{cls.__name__}.{name}"
        for part in parts:
            within = (part, *typing.get_args(part))
            for item in within:
                if isinstance(item, type) and dataclasses.is_dataclass(item):
                    yield from texts_of(item, seen)


def test_each_field_of_the_model_with_words_was_tried() -> None:
    """A field in no project of ``PROJECTS`` would be read by nobody knows which check."""
    seen: set[type[Any]] = set()
    written = (Source, Origin, Actor, System, Matter, Ladder, FactSheet, Brief, Page)
    fields = {where for cls in written for where in texts_of(cls, seen)}
    fields -= {where for where in fields if where in NO_WORDS or where.partition(".")[2] in NO_WORDS}
    assert fields - readers().keys() == set()
