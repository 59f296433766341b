"""The checks: each looks at the library and its editions and yields findings. Nothing here changes anything.

A check is a function and an entry in the ``CHECKS`` of its module; its slug is permanent. What does not
parse, does not fit or leads nowhere is found before, by the steps that need it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from briefing.checks import facts, prose
from briefing.checks.check import Check, Subject
from briefing.model import Edition, Library
from briefing.problems import Finding, Place, Severity, nearest
from briefing.silences import Silence

__all__ = ["CHECKS", "Check", "Subject", "leaks", "run"]


def run(subject: Subject) -> tuple[Finding, ...]:
    """Run every check; findings that an author allows are left out, allowances of nothing are found."""
    found = [
        dataclasses.replace(finding, check=check.slug, severity=check.severity)
        for check in CHECKS
        for finding in check.run(subject)
    ]
    silenced = {
        finding: silence
        for finding in found
        for silence in subject.silences
        if silence.covers(finding.check, finding.at) and _BY_SLUG[finding.check].may_be_silenced
    }
    used = set(silenced.values())
    kept = [finding for finding in found if finding not in silenced]
    return (*kept, *_about_silences(subject, used))


def leaks(edition: Edition, at: Place, library: Library) -> tuple[Finding, ...]:
    """Facts that a plain page shows and that fewer people may read than the site."""
    found = facts.leaks(edition, at, library)
    return tuple(dataclasses.replace(finding, check="marking-leak") for finding in found)


def _about_silences(subject: Subject, used: set[Silence]) -> Iterator[Finding]:
    """What is wrong with the allowances themselves."""
    for silence in subject.silences:
        check = _BY_SLUG.get(silence.check)
        if check is None:
            hint = nearest(silence.check, _BY_SLUG, "see the checks in the reference")
            yield Finding("silence", f"there is no check '{silence.check}'", silence.at, hint)
        elif not check.may_be_silenced:
            message = f"'{silence.check}' cannot be allowed"
            yield Finding("silence", message, silence.at, "mend what it finds")
        elif not silence.reason:
            message = f"'{silence.check}' is allowed without a reason"
            yield Finding("silence", message, silence.at, "write allow[check]: and why")
        elif silence not in used and subject.library.is_whole and subject.library.as_of is None:
            message = f"there is no '{silence.check}' here to allow"
            yield Finding("unused-silence", message, silence.at, "take it out", Severity.WARNING)


CHECKS: tuple[Check, ...] = (*facts.CHECKS, *prose.CHECKS)
"""Every check, in the order of the reference."""
_BY_SLUG = {check.slug: check for check in CHECKS}
