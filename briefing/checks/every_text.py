"""Every text that people write into records, field by field, as the types of the model say where one is.

Checks that hold for any text whatever read these. Those that need a language, facts to hold against the text,
or sentences read ``prose_input`` instead.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.checks.units import Own
from briefing.model import fact_links
from briefing.model.briefs import Brief, Page
from briefing.model.findings import Finding, Place
from briefing.model.values import Prose, place_of

RECORDS = (
    "projects",
    "sources",
    "origins",
    "actors",
    "systems",
    "matters",
    "ladders",
    "sheets",
    "briefs",
    "pages",
)
"""The records that are files or entries of a register; a sheet holds its facts and entries."""
_NEVER_PRINTED_AS_WORDS = frozenset({"terms", "url", "capture", "sha256", "base_url"})
"""Fields whose text is somebody else's, or is an address itself."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text of a record."""

    text: str
    at: Place
    """The place of its record."""
    brief: str
    """Id of the brief to which it belongs, if it is of one."""
    is_prose: bool
    """Whether it is Markdown, with links."""
    has_portions: bool
    """Whether its parts can be marked, because it is the prose of a brief or a page."""

    def finding(self, index: int, message: str, hint: str) -> Finding:
        """Return a finding at a character of the text; check and severity are filled in later."""
        where = fact_links.place_at(self.text, index, place_of(self.text, self.at))
        return Finding("", message, where, hint, brief=self.brief)


def of(own: Own) -> Iterator[WrittenText]:
    """Yield every text of some records."""
    for record in itertools.chain(*(getattr(own, name) for name in RECORDS)):
        brief = str(record.id) if isinstance(record, Brief) else ""
        for text, at, is_prose in _within(record, record.at):
            yield WrittenText(text, at, brief, is_prose, is_prose and isinstance(record, Brief | Page))


def _within(record: Any, at: Place) -> Iterator[tuple[str, Place, bool]]:
    for name, is_prose in _fields(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if dataclasses.is_dataclass(item):
                yield from _within(item, getattr(item, "at", at))
            elif is_prose is not None and isinstance(item, str) and item:
                yield item, at, is_prose


@functools.cache
def _fields(cls: type[Any]) -> tuple[tuple[str, bool | None], ...]:
    """Return the fields of a record, each with whether it is prose; None if it is no text that is printed."""
    hints = typing.get_type_hints(cls)
    found: list[tuple[str, bool | None]] = []
    for name in (field.name for field in dataclasses.fields(cls)):
        hint = hints[name]
        is_text = str in (hint, *typing.get_args(hint)) and name not in _NEVER_PRINTED_AS_WORDS
        found.append((name, True if hint is Prose else False if is_text else None))
    return tuple(found)
