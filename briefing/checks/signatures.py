"""Checks over signatures: each record was written by the person whose name it has."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.content import signed
from briefing.editions import proof
from briefing.model.findings import Finding, Severity


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
)
