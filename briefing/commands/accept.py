"""Accepting prose: the record that a person has compared paragraphs with their facts.

The record belongs to the brief and moves with it when the brief is renamed. It loses entries only when an
edition is issued: those of paragraphs that the brief no longer has, neither by name nor by their words.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.commands import signing
from briefing.commands.signing import Signer
from briefing.content import seals
from briefing.editions import ledger, proof
from briefing.model.briefs import Brief
from briefing.model.findings import Finding, UsageError, nearest
from briefing.model.ledger import Accepted, Issued
from briefing.model.library import Library
from briefing.model.values import Date
from briefing.review import paragraphs, signoff
from briefing.review.signoff import Reviewed
from briefing.store.disk import Texts
from briefing.store.records import Records
from briefing.store.results import Scope


@dataclass(frozen=True, slots=True)
class AcceptRequest:
    """The paragraphs that a person accepts, and what that person says about them."""

    brief: str
    by: str
    key_file: str = ""
    """The file of the key that signs it; empty for the agent's."""
    paragraphs: tuple[str, ...] = ()
    """Names of the paragraphs; empty for all that are not accepted in their present form."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AcceptResult:
    """The paragraphs that were accepted, or why none was."""

    accepted: tuple[Reviewed, ...] = ()
    """The accepted paragraphs, in the state that they had before."""
    of: int = 0
    """How many paragraphs of the brief rest on facts."""
    path: str = ""
    """The path of the record; empty if there was nothing to record."""
    findings: tuple[Finding, ...] = ()
    held: str = ""
    """Why nothing was accepted: the brief has errors."""


def accept(records: Records, request: AcceptRequest, today: datetime.date) -> AcceptResult:
    """Record paragraphs as accepted. Raises UsageError if there is no such brief or paragraph."""
    snapshot, errors = _snapshot(records.texts, request.brief, today)
    if reason := snapshot.held.get(request.brief, ""):
        return AcceptResult(findings=errors, held=reason)
    library = snapshot.library
    assert library
    brief = library.briefs[request.brief]
    found = signoff.review(brief, library)
    chosen = _chosen(found, request)
    if not chosen:
        return AcceptResult(of=len(found))
    record = signoff.added(
        library.accepted.get(brief.id, Accepted()),
        [item.paragraph for item in chosen],
        library,
        request.by,
        Date(today.isoformat()),
        request.reason,
    )
    put(records, brief, library, {}, record, Signer(request.by, today, request.key_file))
    return AcceptResult(chosen, len(found), seals.path(brief.id, seals.ACCEPTED))


def reviewed(texts: Texts, brief: str, today: datetime.date) -> tuple[tuple[Reviewed, ...], AcceptResult]:
    """Return every paragraph of a brief with its state. Raises UsageError if there is no such brief."""
    snapshot, errors = _snapshot(texts, brief, today)
    if reason := snapshot.held.get(brief, ""):
        return (), AcceptResult(findings=errors, held=reason)
    assert snapshot.library
    return signoff.review(snapshot.library.briefs[brief], snapshot.library), AcceptResult()


def with_issued(
    brief: Brief, library: Library, view: Library, by: str, today: datetime.date, number: str
) -> Accepted:
    """Return the record with all paragraphs accepted: the person who issues a brief answers for its words.

    ``view`` is that of the edition's readers; paragraphs which are not in it were not issued.
    """
    found = signoff.review(brief, library)
    before = library.accepted.get(brief.id, Accepted())
    kept = signoff.without_gone(before, [item.paragraph for item in found])
    printed = {item.digest for item in paragraphs.of_brief(view.briefs[brief.id], view)}
    new = [item.paragraph for item in found if not item.is_accepted and item.paragraph.digest in printed]
    reason = f"issued as edition {number}"
    return signoff.added(kept, new, library, by, Date(today.isoformat()), reason)


def put(
    records: Records,
    brief: Brief,
    library: Library,
    new: Mapping[str, object],
    accepted: Accepted,
    signer: Signer,
) -> None:
    """Write new records of a brief and its acceptances together, in the folder of its present name only.

    They are signed together, if the project asks for it.
    """
    before = library.accepted.get(brief.id, Accepted()).acceptances
    to_sign = [proof.of_issued(item) for item in new.values() if isinstance(item, Issued)]
    to_sign += [
        proof.of_acceptance(item, accepted, item.at) for item in accepted.acceptances if item not in before
    ]
    new = {**new, **signing.signature_for(brief.id, to_sign, signer, library)}
    if accepted != Accepted() or seals.path(brief.id, seals.ACCEPTED) in records.texts.texts:
        new = {**new, seals.ACCEPTED: accepted}
    former = [(name, seals.ACCEPTED) for name in brief.formerly]
    gone = [item for item in former if seals.path(*item) in records.texts.texts]
    files = ledger.files_of(brief.id, new, library, gone)
    records.write(files, [seals.path(*item) for item in gone])


def _snapshot(texts: Texts, brief: str, today: datetime.date) -> tuple[Snapshot, tuple[Finding, ...]]:
    """Return the project with one brief composed, and the errors that affect it."""
    snapshot = steps.snapshot(texts, today, Scope(frozenset((brief,))))
    return snapshot, tuple(item for item in snapshot.findings if item.brief in ("", brief) and item.is_error)


def _chosen(found: Sequence[Reviewed], request: AcceptRequest) -> tuple[Reviewed, ...]:
    if not request.paragraphs:
        return tuple(item for item in found if not item.is_accepted)
    _refuse_unknown(request, found)
    return tuple(item for item in found if item.paragraph.name in request.paragraphs)


def _refuse_unknown(request: AcceptRequest, found: Collection[Reviewed]) -> None:
    known = [item.paragraph.name for item in sorted(found, key=lambda item: not item.is_suspect)]
    for name in request.paragraphs:
        if name not in known:
            hint = nearest(name, known, "" if known else "none of them rests on a fact")
            raise UsageError(f"'{request.brief}' has no paragraph '{name}'; {hint}")
