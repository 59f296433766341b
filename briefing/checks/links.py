"""Checks over what looks like a fact link and is none, in prose and in every plain text of the content."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.checks.base import Check, Subject
from briefing.checks.units import Own
from briefing.language import link_slips
from briefing.language.link_slips import Targets
from briefing.model import fact_links
from briefing.model.briefs import Brief
from briefing.model.facts import REGISTERS
from briefing.model.findings import Finding, Place, Severity
from briefing.model.library import Library
from briefing.model.values import Prose, place_of

_WRITTEN = ("sources", "origins", "actors", "systems", "matters", "sheets", "briefs", "pages")
"""The records that are files or entries of a register; a sheet holds its facts and entries."""
_RECORDS = (*_WRITTEN, *REGISTERS)
_NEVER_PRINTED_AS_WORDS = frozenset({"terms", "url", "capture", "sha256", "base_url"})
"""Fields whose text is somebody else's, or is an address itself."""


def unread_link(subject: Subject) -> Iterator[Finding]:
    """Yield what looks like a fact link and is none, so that its characters would be printed."""
    library = subject.library
    targets = _targets(library)
    for text, at, brief, is_prose in _texts(subject.own):
        read = link_slips.in_prose if is_prose else link_slips.in_plain_text
        for slip in read(text, targets):
            where = fact_links.place_at(text, slip.start, place_of(text, at))
            yield Finding("", slip.message, where, slip.hint, brief=brief)


class _Linked(Mapping[str, bool]):
    """The facts to which a text can mean to link, each with whether it has a value, as far as it is asked."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __getitem__(self, key: str) -> bool:
        fact = self._library.facts.get(key)
        if fact is None and key not in self._library.later:
            raise KeyError(key)
        return fact is not None and fact.value is not None

    def __contains__(self, key: object) -> bool:
        return key in self._library.facts or key in self._library.later

    def __iter__(self) -> Iterator[str]:
        yield from self._library.later
        yield from (key for key in self._library.facts if key not in self._library.later)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _targets(library: Library) -> Targets:
    records = {name.removesuffix("s"): getattr(library, name).keys() for name in _RECORDS}
    return Targets(_Linked(library), records)


def _texts(own: Own) -> Iterator[tuple[str, Place, str, bool]]:
    """Yield every text that people write: text, place, the brief it belongs to, whether it is prose."""
    for record in itertools.chain(own.projects, *(getattr(own, name) for name in _WRITTEN)):
        brief = record.id if isinstance(record, Brief) else ""
        for text, at, is_prose in _within(record, record.at):
            yield text, at, brief, is_prose


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


CHECKS = (
    Check(
        "unread-link",
        Severity.ERROR,
        "Something looks like a fact link and is none: a slip in its brackets, its address or its key, a "
        "link to another kind of record, or any link in a field that is plain text.",
        "It would be printed with its brackets, and the figure in it would have no evidence.",
        "[words](fact:ferries.count), or the same between backticks where the syntax is explained",
        "[words](fact: ferries.count), [words] (fact:ferries.count), {{ ferries.count }}",
        unread_link,
        may_be_suppressed=False,
    ),
)
