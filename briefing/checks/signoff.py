"""Checks over what a person accepted: prose that no longer fits its facts."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.changes.fact_fields import FIELDS
from briefing.checks.base import Check, Subject
from briefing.model.findings import Finding, Severity
from briefing.review import reasons, signoff

_RELIED_ON = [field.title for field in FIELDS if field.is_relied_on]


def suspect(subject: Subject) -> Iterator[Finding]:
    """Paragraphs under which a fact has changed since somebody accepted them."""
    for brief in subject.library.briefs.values():
        if subject.briefs and brief.id not in subject.briefs:
            continue
        for item in signoff.suspects(brief, subject.library):
            name = item.paragraph.name
            for difference in item.differences:
                message = f"{brief.id}: {reasons.told(item, difference)}"
                hint = f"read it again; then mend it, and 'briefing accept {brief.id} {name} --by NAME'"
                yield Finding("", message, item.paragraph.at, hint, brief=brief.id)


CHECKS = (
    Check(
        "suspect",
        Severity.WARNING,
        f"A fact under a paragraph has changed its {', '.join(_RELIED_ON[:-1])} or {_RELIED_ON[-1]} since "
        "somebody accepted the paragraph.",
        "The figure in it is new, and the words around it may still say what was true before. A person has "
        "to read it: the brief is not issued until somebody has accepted it again.",
        "a paragraph read and accepted after the change",
        "a paragraph that was accepted when the fact was 'intent', and it is 'contracted' now",
        suspect,
        may_be_suppressed=False,
    ),
)
