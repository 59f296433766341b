"""Checks over signatures: each record was written by the person whose name it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.checks.base import Check, Subject
from briefing.content import signed
from briefing.editions import proof
from briefing.model.findings import Finding, Severity
from briefing.model.ledger import Issued
from briefing.model.signatures import Clearance, Review, ReviewStep, is_same_person, progress_of


def signature(subject: Subject) -> Iterator[Finding]:
    """Yield records that are not signed as the project asks, and faults in the list of keys."""
    library = subject.library
    for project in subject.own.projects:
        for message, at, hint in signed.key_problems(project, library.signing_keys, library.signed_keys):
            yield Finding("", message, at, hint)
    for name in _briefs(subject):
        if library.project.signed_since is None and library.signed.get(name):
            message = f"the records of {name} are signed, and the project no longer asks for signatures"
            yield Finding("", message, library.project.at, "restore the line 'signed_since'", brief=name)
        for item in proof.unproven(name, library):
            message = f"{item.record.words} of {name}, by {item.record.by}: {item.reason}"
            hint = "restore the file and signatures.yaml beside it from version control"
            if item.is_adoptable:
                hint += f"; if nobody had to sign it then, run 'briefing adopt {name} --by NAME'"
            yield Finding("", message, item.record.at, hint, brief=name)


def two_persons(subject: Subject) -> Iterator[Finding]:
    """Yield editions, and steps of reviews, for which not two persons answer although the project asks."""
    library = subject.library
    since = library.project.two_persons_since
    for name in _briefs(subject) if since else ():
        known = library.reviews.get(name, ())
        for issued in library.issued.get(name, ()):
            is_asked = since and issued.issued.latest >= since.earliest and not issued.withdrawn
            if is_asked and (reason := _lacking(issued, known)):
                message = f"edition {issued.id} of {name}: {reason}"
                yield Finding("", message, issued.at, _ISSUE_AGAIN, brief=name)
        author: dict[str, str] = {}
        for step in known:
            if step.step is ReviewStep.SUBMITTED:
                author[step.words] = step.by
            elif step.step is ReviewStep.CLEARED and is_same_person(step.by, author.get(step.words, step.by)):
                message = f"{step.by} cleared {name}, and no other person had handed in the same words"
                yield Finding("", message, step.at, "another person has to clear it", brief=name)


_ISSUE_AGAIN = (
    "restore it and reviews.yaml beside it from version control; or withdraw it, and issue it again once "
    "another person has cleared it"
)


def _lacking(issued: Issued, reviews: Sequence[Review]) -> str:
    """Return why not two persons answer for an edition; empty if they do."""
    cleared = issued.cleared
    if cleared is None:
        return f"{issued.by} issued it, and nobody had cleared it"
    if is_same_person(cleared.author, cleared.by):
        return f"{cleared.by} both handed it in and cleared it"
    if not _was_cleared(cleared, reviews):
        return f"no record says that {cleared.author} handed it in and {cleared.by} cleared it"
    return ""


def _was_cleared(cleared: Clearance, reviews: Sequence[Review]) -> bool:
    """Return whether one person handed words in, and the other one cleared them after that."""
    found = (progress_of(cleared.words, reviews[:end]).clearance for end in range(1, len(reviews) + 1))
    return cleared in found


def _briefs(subject: Subject) -> list[str]:
    """Return the briefs whose records the subject has, by their present names."""
    now = subject.library.renamed.briefs
    found = [item.brief for item in subject.own.issued] + [brief.id for brief in subject.own.briefs]
    return list(dict.fromkeys(str(now.get(name, name)) for name in found))


CHECKS = (
    Check(
        "signature",
        Severity.ERROR,
        "A record lacks the signature that the project asks for, or has one that does not count; or the list "
        "of keys was changed and nobody on it has confirmed that.",
        "Readers rely on the person who is named. Without a signature, everybody who can write into the "
        "folder can write that name.",
        "an edition that its issuer signed with a key of content/signers.yaml",
        "an edition that names somebody else, or was changed after it was signed",
        signature,
        may_be_suppressed=False,
    ),
    Check(
        "two-persons",
        Severity.ERROR,
        "A project asks for two persons, and an edition was issued although nobody but its author has "
        "cleared its words.",
        "An author overlooks what is missing in a text of one's own. Another person has to have read it.",
        "a brief that Ada Marsh handed in and Bob Reed cleared",
        "a brief that Ada Marsh handed in, cleared and issued",
        two_persons,
        may_be_suppressed=False,
    ),
)
