"""Prose that somebody has accepted, and what of it has become suspect because a fact under it changed.

A paragraph is known again by its words. Where the words are on record, each fact that it cites is held
against the state in which it was when they were last accepted. Where they are not, because the paragraph is
new or was edited, a fact is held against what the text before it rested on, or else against every state on
record: to mend a comma, or a word, clears no suspicion. Only a person does, by accepting.

What counts of a fact is what prose relies on: the fields that ``changes/fact_fields`` says so of; of its
caveat and statement the words only. Other passages, another grade of credibility and a stricter marking leave
the prose as true as it was; other checks look after them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.changes.fact_fields import FIELDS, Compared
from briefing.model.briefs import Brief
from briefing.model.facts import AcceptedState, Fact
from briefing.model.ledger import Acceptance, Accepted
from briefing.model.library import Library
from briefing.model.values import Date, Key, Slug
from briefing.review import paragraphs
from briefing.review.paragraphs import Paragraph

_KEPT = tuple(
    field for kept in dataclasses.fields(AcceptedState) for field in FIELDS if field.name == kept.name
)
"""The fields that a record keeps of a fact, in its own order, which is that of its digest."""


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A fact that stands otherwise than when prose about it was accepted."""

    key: Key
    was: AcceptedState
    now: Fact
    aspects: tuple[str, ...]
    """The fields that differ, the heaviest first."""
    since: Acceptance
    """The acceptance that rests on the earlier state."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A paragraph, and how it stands with what was accepted."""

    paragraph: Paragraph
    accepted: Acceptance | None = None
    """The last acceptance of these words; None where nobody has accepted them."""
    differences: tuple[FactDifference, ...] = ()

    @property
    def is_suspect(self) -> bool:
        """Whether a person has to read it again, because a fact under it changed."""
        return bool(self.differences)

    @property
    def is_accepted(self) -> bool:
        """Whether it is on record as it stands, with its facts as they stand."""
        return self.accepted is not None and not self.differences


def review(brief: Brief, library: Library) -> tuple[Reviewed, ...]:
    """Every paragraph of a brief that rests on facts. Without a record nothing is suspect."""
    found = paragraphs.of_brief(brief, library)
    record = library.accepted.get(brief.id, Accepted())
    book = _OpenRecord(record, found)
    return tuple(book.review(paragraph, library) for paragraph in found)


def suspects(brief: Brief, library: Library) -> tuple[Reviewed, ...]:
    """The paragraphs to be read again. As of an earlier day there are none: they are of today."""
    if library.as_of or brief.id not in library.accepted:
        return ()
    return tuple(item for item in review(brief, library) if item.is_suspect)


def added(
    record: Accepted,
    accepted: Sequence[Paragraph],
    library: Library,
    by: str,
    day: Date,
    reason: str = "",
) -> Accepted:
    """The record with some paragraphs accepted as they stand."""
    states = {item.id: item for item in record.states}
    acceptances = list(record.acceptances)
    for paragraph in accepted:
        stand = [stood(library.facts[key]) for key in paragraph.keys if key in library.facts]
        states |= {item.id: item for item in stand if item.id not in states}
        rests_on = tuple(item.id for item in stand)
        acceptances.append(
            Acceptance(paragraph.name, paragraph.opening, by, day, paragraph.digest, rests_on, reason)
        )
    return Accepted(tuple(acceptances), tuple(states.values()))


def without_gone(record: Accepted, present: Sequence[Paragraph]) -> Accepted:
    """The record without paragraphs of which neither the name nor the words are in the brief any more."""
    names, digests = {item.name for item in present}, {item.digest for item in present}
    kept = tuple(item for item in record.acceptances if item.paragraph in names or item.words in digests)
    named = {name for item in kept for name in item.rests_on}
    return Accepted(kept, tuple(state for state in record.states if state.id in named))


def stood(fact: Fact) -> AcceptedState:
    """How a fact stands, as far as prose relies on it."""
    parts = (
        str(fact.id),
        *(field.meaning(fact) for field in _KEPT if field.compared is Compared.EXACTLY),
        [sorted(map(str, field.meaning(fact))) for field in _KEPT if field.compared is Compared.AS_SET],
        [" ".join(field.meaning(fact)) for field in _KEPT if field.compared is Compared.AS_WORDS],
    )
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
    kept: dict[str, Any] = {field.name: getattr(fact, field.name) for field in _KEPT}
    return AcceptedState(id=Slug(digest), fact=fact.id, **kept)


def differing(was: AcceptedState, now: Fact) -> tuple[str, ...]:
    """The fields in which a fact stands otherwise, the heaviest first."""
    return tuple(field.name for field in FIELDS if field.is_relied_on and field.differs(was, now))


class _OpenRecord:
    """A record opened at a brief as it stands."""

    def __init__(self, record: Accepted, found: Sequence[Paragraph]) -> None:
        self.acceptances = record.acceptances
        self.states = {item.id: item for item in record.states}
        last = {item.paragraph: item for item in record.acceptances}
        self.replaced = [
            item for item in last.values() if not any(self.is_of(item, paragraph) for paragraph in found)
        ]
        """The last acceptances of texts that are in the brief no more: edited, or taken out."""

    def review(self, paragraph: Paragraph, library: Library) -> Reviewed:
        same = [item for item in self.acceptances if self.is_of(item, paragraph)]
        accepted = same[-1] if same else None
        differences = []
        for key in paragraph.keys:
            fact = library.facts.get(key)
            before = self.before(paragraph, key, accepted)
            held = [(item, was) for item in before for was in self.of(item, key)]
            if fact and held and all(differing(was, fact) for _, was in held):
                since, was = held[-1]
                differences.append(FactDifference(key, was, fact, differing(was, fact), since))
        return Reviewed(paragraph, accepted, tuple(differences))

    def before(self, paragraph: Paragraph, key: Key, accepted: Acceptance | None) -> Sequence[Acceptance]:
        """The acceptances against which a fact under a paragraph is held."""
        if accepted:
            return [accepted]
        citing = [item for item in self.replaced if any(self.of(item, key))]
        own = [item for item in citing if item.paragraph == paragraph.name]
        return own or citing or self.acceptances

    def of(self, acceptance: Acceptance, key: Key) -> Iterator[AcceptedState]:
        """How a fact stood when a paragraph was accepted; nothing where that did not cite it."""
        known = (self.states[name] for name in acceptance.rests_on if name in self.states)
        return (state for state in known if state.fact == key)

    def is_of(self, acceptance: Acceptance, paragraph: Paragraph) -> bool:
        """Whether these very words, about these facts, were accepted."""
        if acceptance.words != paragraph.digest:
            return False
        keys = [self.states[name].fact for name in acceptance.rests_on if name in self.states]
        return keys == list(paragraph.keys) if paragraph.is_linked else set(keys) == set(paragraph.keys)
