"""Checks over accepted prose: paragraphs that may no longer fit their facts."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.changes.fact_fields import FIELDS
from briefing.checks.base import Check, Subject
from briefing.model.findings import Finding, Severity
from briefing.review import reasons, signoff

_RELIED_ON = [field.title for field in FIELDS if field.is_relied_on]


def suspect(subject: Subject) -> Iterator[Finding]:
    """Yield accepted paragraphs that cite a fact which has changed since."""
    for brief in subject.own.briefs:
        if subject.briefs and brief.id not in subject.briefs:
            continue
        for item in signoff.suspects(brief, subject.library):
            name = item.paragraph.name
            for difference in item.differences:
                message = f"{brief.id}: {reasons.in_words(item, difference)}"
                hint = f"read it again, correct it, and run 'briefing accept {brief.id} {name} --by NAME'"
                yield Finding("", message, item.paragraph.at, hint, brief=brief.id)


CHECKS = (
    Check(
        "suspect",
        Severity.WARNING,
        f"A fact that a paragraph cites has changed its {', '.join(_RELIED_ON[:-1])} or "
        f"{_RELIED_ON[-1]} since somebody accepted the paragraph.",
        "The figure in it is new, but the words around it may still say what was true before. A person has "
        "to read it: the brief cannot be issued until somebody has accepted it again.",
        "a paragraph read and accepted after the change",
        "a paragraph that was accepted when the fact was 'intent', and it is 'contracted' now",
        suspect,
        may_be_suppressed=False,
    ),
)
