"""The review of a brief: its author hands it in, and another person clears it or gives it back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from briefing.build import steps
from briefing.commands import signing
from briefing.commands.signing import Signer
from briefing.compose.current import Standing
from briefing.content import seals
from briefing.editions import freeze, ledger, proof
from briefing.model.findings import Finding, UsageError
from briefing.model.signatures import BriefState, Review, Reviews, ReviewStep, is_same_person
from briefing.model.values import NOWHERE, Date
from briefing.review import signoff
from briefing.store.records import Records
from briefing.store.results import Scope


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """The step that a person takes."""

    brief: str
    step: ReviewStep
    by: str
    reason: str = ""
    key_file: str = ""
    """The file of the key that signs it; empty for the agent's."""


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The step that was recorded, or why none was."""

    path: str = ""
    """The path of the record; empty if there is none."""
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why nothing was recorded."""


def review(records: Records, request: ReviewRequest, today: datetime.date) -> ReviewResult:
    """Record a step of a review. Raises UsageError if it does not fit the state of the brief."""
    snapshot = steps.snapshot(records.texts, today, Scope(frozenset((request.brief,))))
    concerned = tuple(item for item in snapshot.findings if item.brief in ("", request.brief))
    if reason := snapshot.held.get(request.brief, ""):
        return ReviewResult(findings=concerned, reason=reason)
    library, read = snapshot.library, snapshot.content.records
    assert library
    assert read
    signer = Signer(request.by, today, request.key_file)
    signing.refuse_unable(signer, library)
    standing = snapshot.standings[request.brief]
    if suspects := signoff.suspects(library.briefs[request.brief], library):
        return ReviewResult(findings=concerned, reason=signoff.to_be_checked(len(suspects)))
    _refuse_misplaced(request, standing)
    step = Review(
        request.step, request.by, Date(today.isoformat()), freeze.words_of(standing.edition), request.reason
    )
    own = read.reviews.get(request.brief, Reviews())
    signature = signing.signature_for(request.brief, [proof.of_review(step, NOWHERE)], signer, library)
    new = {seals.REVIEWS: Reviews((*own.reviews, step)), **signature}
    records.write(ledger.files_of(request.brief, new, library))
    return ReviewResult(seals.path(request.brief, seals.REVIEWS))


def _refuse_misplaced(request: ReviewRequest, standing: Standing) -> None:
    """Raise UsageError if a step does not follow from the state of a brief."""
    brief, author, state = request.brief, standing.review.author, standing.review.state
    if state is BriefState.ISSUED:
        last = standing.issued[-1].id
        raise UsageError(
            f"edition {last} of '{brief}' has the same text, word for word; nothing is to be reviewed"
        )
    is_handed_in = state is not BriefState.DRAFT
    if request.step is ReviewStep.SUBMITTED:
        if is_handed_in:
            raise UsageError(f"{author} has handed in the present words of '{brief}' already")
        return
    if not is_handed_in:
        raise UsageError(
            f"nobody has handed in the present words of '{brief}'; 'briefing review {brief} --by NAME' does"
        )
    if request.step is ReviewStep.CLEARED:
        if is_same_person(request.by, author):
            raise UsageError(f"{author} has handed in '{brief}', so another person has to clear it")
        if done := standing.review.clearance:
            raise UsageError(f"{done.by} has cleared the present words of '{brief}' already")
