"""Checks over what looks like a fact link and is none, in prose and in every plain text of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.checks import every_text
from briefing.checks.base import Check, Subject
from briefing.language import link_slips
from briefing.language.link_slips import Targets
from briefing.model.facts import REGISTERS
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library

_RECORDS = (*(name for name in every_text.RECORDS if name not in ("projects", "ladders")), *REGISTERS)
"""The records to which a text can mean to link."""


def unread_link(subject: Subject) -> Iterator[Finding]:
    """Yield what looks like a fact link and is none, so that its characters would be printed."""
    library = subject.library
    targets = _targets(library)
    for item in every_text.of(subject.own):
        read = link_slips.in_prose if item.is_prose else link_slips.in_plain_text
        for slip in read(item.text, targets):
            yield item.finding(slip.start, slip.message, slip.hint)


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
