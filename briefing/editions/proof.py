"""Who answers for the records of a brief: what a signature has to cover, and the records that lack one."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.content import signed
from briefing.content.signed import PARAGRAPH
from briefing.editions import ledger
from briefing.model.findings import Place
from briefing.model.ledger import Acceptance, Accepted, Issued, Withdrawal
from briefing.model.library import Library
from briefing.model.signatures import CheckedSignature, Covered, Review
from briefing.model.values import Date


@dataclass(frozen=True, slots=True)
class ProvableRecord:
    """A record for which a person answers by name."""

    words: str
    """The record in words: edition 2, the acceptance of paragraph body."""
    by: str
    day: Date
    at: Place
    covered: Covered
    """The record as a signature covers it, by its present names."""
    folder: str = ""
    """The folder that it is in, if it stays there when the brief is renamed."""
    under: Callable[[Covered], Covered] | None = None
    """Returns it by the names that it had when it was signed, if it was renamed since."""

    def is_in(self, then: Covered) -> bool:
        """Return whether it says what a signature covers."""
        now = self.under(then) if self.under else self.covered
        return now.digest == then.digest


@dataclass(frozen=True, slots=True)
class Unproven:
    """A record that nobody has signed as it is, and why no signature counts."""

    record: ProvableRecord
    reason: str
    is_adoptable: bool
    """Whether another person may sign it, because it is older than the signatures of the project."""


def of_issued(issued: Issued) -> ProvableRecord:
    """Return an edition as a record to be signed."""
    covered = Covered(f"edition {issued.id}", ledger.seal(issued))
    return ProvableRecord(covered.record, issued.by, issued.issued, issued.at, covered, issued.brief)


def of_acceptance(acceptance: Acceptance, record: Accepted, at: Place) -> ProvableRecord:
    """Return an acceptance as a record to be signed."""
    states = {str(item.id): item for item in record.states}
    words = f"the acceptance of '{acceptance.paragraph}'"
    return ProvableRecord(
        words,
        acceptance.by,
        acceptance.day,
        at,
        signed.of_acceptance(acceptance, states),
        under=functools.partial(signed.of_acceptance, acceptance, states),
    )


def of_withdrawal(withdrawal: Withdrawal, issued: Issued) -> ProvableRecord:
    """Return the withdrawal of an edition as a record to be signed."""
    covered = signed.of_withdrawal(withdrawal, issued.seal)
    words = f"the withdrawal of edition {issued.id}"
    return ProvableRecord(words, withdrawal.by, withdrawal.day, withdrawal.at, covered, issued.brief)


def of_review(review: Review, at: Place) -> ProvableRecord:
    """Return a step of a review as a record to be signed."""
    words = f"the review step '{review.step}'"
    return ProvableRecord(words, review.by, review.day, at, signed.of_review(review))


def records(brief: str, library: Library) -> Iterator[ProvableRecord]:
    """Yield the records of a brief, by its present name, for which a person answers."""
    for issued in library.issued.get(brief, ()):
        yield of_issued(issued)
        if taken := issued.withdrawn:
            yield of_withdrawal(taken, issued)
    accepted = library.accepted.get(brief, Accepted())
    for acceptance in accepted.acceptances:
        yield of_acceptance(acceptance, accepted, acceptance.at)
    for review in library.reviews.get(brief, ()):
        yield of_review(review, review.at)


def unproven(brief: str, library: Library) -> Iterator[Unproven]:
    """Yield the records of a brief that are not signed as the project asks; none if it does not ask."""
    since = library.project.signed_since
    if since is None:
        return
    covering = _covering(brief, library)
    for record in records(brief, library):
        found = covering[_now(record.covered, library)]
        matching = [item for item, then in found if record.is_in(then) and _is_placed(item, record)]
        own = [item for item in matching if not item.signature.is_adopted and item.signature.by == record.by]
        is_older = record.day.latest < since.earliest and not record.covered.record.startswith("review")
        adopted = [item for item in matching if item.signature.is_adopted and is_older]
        candidates = own + adopted
        if any(not item.problem for item in candidates):
            continue
        if candidates:
            signature = candidates[-1].signature
            reason = f"the signature of {signature.by} does not count: {candidates[-1].problem}"
        elif any(_is_placed(item, record) for item, _ in found) and not matching:
            reason = "it was changed after it was signed"
        elif matching:
            reason = f"it is signed by {matching[-1].signature.by}, not by {record.by}"
        else:
            reason = "it is not signed"
        yield Unproven(record, reason, is_older)


def _covering(brief: str, library: Library) -> dict[str, list[tuple[CheckedSignature, Covered]]]:
    """Return the signatures over each record of a brief, by its present name."""
    found: dict[str, list[tuple[CheckedSignature, Covered]]] = defaultdict(list)
    for item in library.signed.get(brief, ()):
        for covered in item.signature.covers:
            found[_now(covered, library)].append((item, covered))
    return found


def _now(covered: Covered, library: Library) -> str:
    """Return the present name of a record, with the facts that it rests on."""
    name = covered.record.removeprefix(PARAGRAPH)
    if name == covered.record:
        return f"{name} {covered.digest}" if name == "review" else name
    now = library.renamed.keys
    return " ".join((PARAGRAPH, now.get(name, name), *(str(now.get(key, key)) for key in covered.facts)))


def _is_placed(item: CheckedSignature, record: ProvableRecord) -> bool:
    """Return whether a signature is in the folder of the record that it covers."""
    return record.folder in ("", item.signature.brief)
