"""Checks over the ledger of issued editions: what was issued stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.editions import ledger
from briefing.model.findings import Finding, Severity


def edition_changed(subject: Subject) -> Iterator[Finding]:
    """Editions that do not stand any more as they were issued."""
    for issued in (item for items in subject.library.issued.values() for item in items):
        if ledger.seal(issued) != issued.seal:
            message = f"edition {issued.id} of {issued.brief} was changed after it was issued"
            hint = "restore the file from version control; what is wrong in it is corrected by a new edition"
            yield Finding("", message, issued.at, hint, brief=issued.brief)


CHECKS = (
    Check(
        "edition-changed",
        Severity.ERROR,
        "The file of an issued edition does not say any more what was issued.",
        "A reader who holds the edition, and one who looks it up, must find the same words.",
        "an edition as briefing issue wrote it",
        "an edition in which somebody mended a figure by hand",
        edition_changed,
        may_be_suppressed=False,
    ),
)
