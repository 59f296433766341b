"""How many of the values, dates and statuses on record their passages state, and how many are ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model.facts import Assertion, Fact
from briefing.model.library import Library
from briefing.model.values import Date
from briefing.sources import stated, stated_dates, stated_status
from briefing.sources.stated import Passage

State = Fact | Assertion


@dataclass(frozen=True, slots=True)
class Accounted:
    """What is behind one kind of entry: value, date or status."""

    kind: str
    stated: int = 0
    """Cited words state them."""
    inferred: int = 0
    """They are marked as computed, converted or concluded, at least in part."""
    unread: int = 0
    """They rest on a source in a language whose words are not known."""
    missing: int = 0
    """No cited words state them."""

    @property
    def total(self) -> int:
        """The number of all."""
        return self.stated + self.inferred + self.unread + self.missing


def of_library(library: Library, texts: Mapping[str, Sequence[str]]) -> tuple[Accounted, ...]:
    """Return the counts for values, dates and statuses; ``texts`` are paragraphs by source, where at hand."""
    found: dict[str, list[str]] = {"value": [], "date": [], "status": []}
    for fact in library.facts.values():
        for state in fact.states:
            cited = stated.passages(state.evidence, library, texts)
            if state.value is not None:
                found["value"].append(_of_value(state, cited, library))
            if state.date is not None:
                found["date"].append(_of_date(state.date, state, cited, library))
            if state.status is not None:
                found["status"].append(_of_status(state, cited, library))
    return tuple(
        Accounted(kind, *(states.count(name) for name in ("stated", "inferred", "unread", "missing")))
        for kind, states in found.items()
    )


def _of_value(state: State, cited: Sequence[Passage], library: Library) -> str:
    value = state.value
    if isinstance(value, Date):
        return _of_date(value, state, cited, library)
    if value is None or (isinstance(state, Fact) and state.sum_of) or value.inferred:
        return "inferred"
    if stated.lacking(value, cited, library):
        return "missing"
    return "stated" if stated_status.is_readable(cited) else "unread"


def _of_date(date: Date, state: State, cited: Sequence[Passage], library: Library) -> str:
    if date.inferred:
        return "inferred"
    recorded = stated_dates.registered(state.evidence, library)
    spoken = stated_dates.spoken(state.evidence, library)
    if stated_dates.lacking(date, cited, recorded, spoken=spoken):
        return "missing"
    return "stated" if stated_status.is_readable(cited) else "unread"


def _of_status(state: State, cited: Sequence[Passage], library: Library) -> str:
    if state.status_basis:
        return "inferred"
    if not stated_status.is_readable(cited):
        return "unread"
    ladder = library.ladders.get(state.status.ladder) if state.status else None
    own = stated_status.furthest_own(cited, ladder) if ladder else None
    if own and state.status:
        return "stated" if own[0] == state.status.place else "missing"
    said = stated_status.furthest(cited)
    if said is None and state.status and stated_status.names(state.status.degree, cited):
        return "stated"
    return "stated" if said and state.status and said[0] is state.status.degree else "missing"
