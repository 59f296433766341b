"""Checks over the ledger of issued editions: an issued edition never changes."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.editions import ledger
from briefing.model.findings import Finding, Severity


def edition_changed(subject: Subject) -> Iterator[Finding]:
    """Yield editions that were changed after they were issued."""
    for issued in subject.own.issued:
        if ledger.seal(issued) != issued.seal:
            message = f"edition {issued.id} of {issued.brief} was changed after it was issued"
            hint = "restore the file from version control; to correct a mistake in it, issue a new edition"
            yield Finding("", message, issued.at, hint, brief=issued.brief)


CHECKS = (
    Check(
        "edition-changed",
        Severity.ERROR,
        "The file of an issued edition no longer says what was issued.",
        "A reader who holds the edition, and one who looks it up, must find the same words.",
        "an edition as briefing issue wrote it",
        "an edition in which somebody corrected a figure by hand",
        edition_changed,
        may_be_suppressed=False,
    ),
)
