"""Prose that somebody has accepted, and paragraphs that are suspect because a fact which they cite changed.

A paragraph is recognised by its words. Where its words are on record, each fact that it cites is compared
with its state when they were last accepted. Where they are not, because the paragraph is new or was edited, a
fact is compared with the states that the replaced text rested on, or else with every state on record:
correcting a comma or a word clears no suspicion. Only a person clears it, by accepting the paragraph.

The comparison covers the fields that prose relies on, which ``changes/fact_fields`` lists; of the caveat and
the statement only the words count. Other passages, another grade of credibility and a stricter marking do not
make the prose wrong, and other checks cover them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.changes.fact_fields import FIELDS, Compared
from briefing.model.briefs import Brief
from briefing.model.counting import counted
from briefing.model.facts import AcceptedState, Fact
from briefing.model.ladders import Status
from briefing.model.ledger import Acceptance, Accepted
from briefing.model.library import Library
from briefing.model.scales import Instrument
from briefing.model.values import Date, Key, Label, Money, Quantity, Slug
from briefing.review import paragraphs
from briefing.review.paragraphs import Paragraph

_KEPT = tuple(
    field for kept in dataclasses.fields(AcceptedState) for field in FIELDS if field.name == kept.name
)
"""The fields of a fact that a record keeps, in the order in which its digest has them."""
_LATER: Mapping[type, tuple[str, ...]] = {
    Quantity: ("inferred", "basis", "per"),
    Money: ("inferred", "basis", "per"),
    Label: ("inferred", "basis"),
    Date: ("basis", "within", "of"),
    AcceptedState: ("rows",),
}
"""Fields that values have got since the first records were written."""
_WERE_STEPS = ("loan", "grant", "guarantee", "in-kind")
"""Instruments that were steps of a scale in the first records."""


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A fact that has changed since prose about it was accepted."""

    key: Key
    was: AcceptedState
    now: Fact
    aspects: tuple[str, ...]
    """The fields that differ, the heaviest first."""
    since: Acceptance
    """The acceptance that rests on the earlier state."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A paragraph, compared with the recorded acceptances."""

    paragraph: Paragraph
    accepted: Acceptance | None = None
    """The last acceptance of these words; None where nobody has accepted them."""
    differences: tuple[FactDifference, ...] = ()

    @property
    def is_suspect(self) -> bool:
        """Whether a person has to read it again, because a fact that it cites changed."""
        return bool(self.differences)

    @property
    def is_accepted(self) -> bool:
        """Whether its present words are accepted with the present state of its facts."""
        return self.accepted is not None and not self.differences


def review(brief: Brief, library: Library) -> tuple[Reviewed, ...]:
    """Return every paragraph of a brief that rests on facts; without a record none is suspect."""
    found = paragraphs.of_brief(brief, library)
    record = library.accepted.get(brief.id, Accepted())
    book = _OpenRecord(record, found)
    return tuple(book.review(paragraph, library) for paragraph in found)


def suspects(brief: Brief, library: Library) -> tuple[Reviewed, ...]:
    """Return the suspect paragraphs; none as of an earlier day, because acceptance concerns today's words."""
    if library.as_of or brief.id not in library.accepted:
        return ()
    return tuple(item for item in review(brief, library) if item.is_suspect)


def to_be_checked(number: int) -> str:
    """Return in words that so many paragraphs are suspect."""
    return counted(number, "paragraph is to be checked", "paragraphs are to be checked")


def added(
    record: Accepted,
    accepted: Sequence[Paragraph],
    library: Library,
    by: str,
    day: Date,
    reason: str = "",
) -> Accepted:
    """Return the record with some paragraphs accepted in their present words and facts."""
    states = {item.id: item for item in record.states}
    acceptances = list(record.acceptances)
    for paragraph in accepted:
        present = [accepted_state(library.facts[key]) for key in paragraph.keys if key in library.facts]
        states |= {item.id: item for item in present if item.id not in states}
        rests_on = tuple(item.id for item in present)
        acceptances.append(
            Acceptance(paragraph.name, paragraph.opening, by, day, paragraph.digest, rests_on, reason)
        )
    return Accepted(tuple(acceptances), tuple(states.values()))


def without_gone(record: Accepted, present: Sequence[Paragraph]) -> Accepted:
    """Return the record without paragraphs whose name and words have both gone from the brief."""
    names, digests = {item.name for item in present}, {item.digest for item in present}
    kept = tuple(item for item in record.acceptances if item.paragraph in names or item.words in digests)
    named = {name for item in kept for name in item.rests_on}
    return Accepted(kept, tuple(state for state in record.states if state.id in named))


def accepted_state(fact: Fact) -> AcceptedState:
    """Return the state of a fact, as far as prose relies on it."""
    parts = (
        str(fact.id),
        *(
            field.meaning(fact)
            for field in _KEPT
            if field.compared is Compared.EXACTLY
            and not (field.name in _LATER[AcceptedState] and not field.meaning(fact))
        ),
        [sorted(map(str, field.meaning(fact))) for field in _KEPT if field.compared is Compared.AS_SET],
        [" ".join(field.meaning(fact)) for field in _KEPT if field.compared is Compared.AS_WORDS],
    )
    digest = hashlib.sha256(_as_recorded(parts).encode()).hexdigest()[:12]
    kept: dict[str, Any] = {field.name: getattr(fact, field.name) for field in _KEPT}
    return AcceptedState(id=Slug(digest), fact=fact.id, **kept)


def _as_recorded(value: object) -> str:
    """Return ``repr`` of a value without the empty fields that it has got since the first records.

    So a record on file and a new one of the same state have the same name.
    """
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        inner = ", ".join(map(_as_recorded, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, Status):
        return repr(Status(value.id))  # its id alone, as in records of before
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return repr(value)
    later = _LATER.get(type(value), ())
    if isinstance(value, Money) and value.instrument in _WERE_STEPS:
        value = dataclasses.replace(value, instrument=Instrument(value.instrument))
    fields = [
        f"{field.name}={_as_recorded(getattr(value, field.name))}"
        for field in dataclasses.fields(value)
        if field.repr and not (field.name in later and not getattr(value, field.name))
    ]
    return f"{type(value).__qualname__}({', '.join(fields)})"


def differing(was: AcceptedState, now: Fact) -> tuple[str, ...]:
    """Return the fields in which a fact has changed, the heaviest first."""
    return tuple(field.name for field in FIELDS if field.is_relied_on and field.differs(was, now))


class _OpenRecord:
    """A record, prepared for comparison with the present paragraphs of a brief."""

    def __init__(self, record: Accepted, found: Sequence[Paragraph]) -> None:
        self.acceptances = record.acceptances
        self.states = {item.id: item for item in record.states}
        last = {item.paragraph: item for item in record.acceptances}
        self.replaced = [
            item for item in last.values() if not any(self.is_of(item, paragraph) for paragraph in found)
        ]
        """The last acceptances of texts that were edited or deleted, and so are no longer in the brief."""

    def review(self, paragraph: Paragraph, library: Library) -> Reviewed:
        same = [item for item in self.acceptances if self.is_of(item, paragraph)]
        accepted = same[-1] if same else None
        differences = []
        for key in paragraph.keys:
            fact = library.facts.get(key)
            before = self.before(paragraph, key, accepted)
            earlier = [(item, was) for item in before for was in self.of(item, key)]
            if fact and earlier and all(differing(was, fact) for _, was in earlier):
                since, was = earlier[-1]
                differences.append(FactDifference(key, was, fact, differing(was, fact), since))
        return Reviewed(paragraph, accepted, tuple(differences))

    def before(self, paragraph: Paragraph, key: Key, accepted: Acceptance | None) -> Sequence[Acceptance]:
        """Return the acceptances with which a fact that a paragraph cites is compared."""
        if accepted:
            return [accepted]
        citing = [item for item in self.replaced if any(self.of(item, key))]
        own = [item for item in citing if item.paragraph == paragraph.name]
        return own or citing or self.acceptances

    def of(self, acceptance: Acceptance, key: Key) -> Iterator[AcceptedState]:
        """Yield the state of a fact when a paragraph was accepted; nothing if that did not cite it."""
        known = (self.states[name] for name in acceptance.rests_on if name in self.states)
        return (state for state in known if state.fact == key)

    def is_of(self, acceptance: Acceptance, paragraph: Paragraph) -> bool:
        """Return whether an acceptance is of exactly these words about these facts."""
        if acceptance.words != paragraph.digest:
            return False
        keys = [self.states[name].fact for name in acceptance.rests_on if name in self.states]
        return keys == list(paragraph.keys) if paragraph.is_linked else set(keys) == set(paragraph.keys)
