"""The checks: each looks at the library and its editions and yields findings. Nothing here changes anything.

A check is a function and an entry in the ``CHECKS`` of its module; its slug is permanent. Mistakes of syntax,
of type and of reference are found earlier, by the steps that need the content.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefing.checks import (
    attribution,
    captures,
    consistency,
    credited,
    estimative_language,
    facts,
    figures,
    glyphs,
    links,
    prose,
    prose_input,
    registers,
    seals,
    signoff,
    stated,
    statuses,
)
from briefing.checks.base import Check, Subject
from briefing.model import fact_links
from briefing.model.briefs import Brief, Page
from briefing.model.findings import FOUND_BEFORE, Finding, Severity, nearest

__all__ = ["CHECKS", "Check", "Subject", "over_captures", "run"]


def run(subject: Subject) -> tuple[Finding, ...]:
    """Run every check. Leave out the findings that an author allows, and report unused suppressions."""
    library = subject.library
    asked = [check for check in CHECKS if not check.needs_captures]
    # As of an earlier day, today's prose is not compared with what was known then, nor are records with their
    # passages: later ones are left out, as are the caveats, notes and bases that explain them.
    if library.as_of is not None:
        return _run(subject, [check for check in asked if not check.reads_captures])
    if not library.broken & {"actors", "systems", "origins"}:
        subject = _having_read(subject)
    return _run(subject, asked)


def _having_read(subject: Subject) -> Subject:
    """Return the subject with the prose and texts that rest on nothing which could not be read."""
    library = subject.library
    sentences = tuple(prose_input.read(library, subject.briefs))
    texts = tuple(prose_input.written(library, subject.briefs))
    if library.broken:
        unread = {name.partition("/")[2] for name in library.broken if name.startswith("sources/")}
        unsure = {name for name, brief in library.briefs.items() if library.broken_sheets & {*brief.sheets}}
        known = {
            key
            for key, fact in library.facts.items()
            if unread.isdisjoint(item.source for state in fact.states for item in state.evidence)
        }
        sentences = tuple(
            item
            for item in sentences
            if item.brief not in unsure and known >= {cited.fact for cited in item.sentence.cited}
        )
        texts = tuple(item for item in texts if known >= {fact.id for fact in item.facts})
    return dataclasses.replace(subject, sentences=sentences, texts=texts)


def over_captures(subject: Subject) -> tuple[Finding, ...]:
    """Run the checks that need the captures, on the sources that were compared with them."""
    subject = dataclasses.replace(subject, is_verifying=True)
    return _run(subject, [check for check in CHECKS if check.needs_captures or check.reads_captures])


def _run(subject: Subject, asked: Sequence[Check]) -> tuple[Finding, ...]:
    found = tuple(_findings(subject, [check for check in asked if check not in _OVER_SUPPRESSIONS]))
    by_place = defaultdict(list)
    for suppression in subject.suppressions:
        by_place[suppression.check, suppression.at.path].append(suppression)
    suppressed = {
        finding: suppression
        for finding in found
        for suppression in by_place[finding.check, finding.at.path]
        if suppression.covers(finding.check, finding.at) and _BY_SLUG[finding.check].may_be_suppressed
    }
    slugs = frozenset(check.slug for check in asked)
    subject = dataclasses.replace(subject, asked=slugs, used=frozenset(suppressed.values()))
    kept = [finding for finding in found if finding not in suppressed]
    return (*kept, *_findings(subject, _OVER_SUPPRESSIONS))


_ALLOWED_IF = {
    "bare-number": "no source counts it, as in a name",
    "contradiction": "both are right",
    "duplicate-fact": "they are two statements",
    "milestone-passed": "no source says yet what became of it",
    "role-differs": "both are one office",
    "undefined-acronym": "every reader knows it",
    "unused-fact": "no brief needs it",
    "unused-source": "no fact needs it",
}
"""Where allowing a finding is as good an answer as the hint: check -> on what condition."""


def _findings(subject: Subject, asked: Sequence[Check]) -> Iterator[Finding]:
    records: tuple[Brief | Page, ...] = (*subject.library.briefs.values(), *subject.library.pages.values())
    prose = {record.at.path: record.body_at.line for record in records}
    for check in asked:
        for finding in check.run(subject):
            hint = finding.hint
            condition = _ALLOWED_IF.get(check.slug)
            if condition and fact_links.SCHEME not in hint:  # a hint that links a fact is the better answer
                allow = f"allow[{check.slug}]: reason"
                is_prose = finding.at.line >= prose.get(finding.at.path, sys.maxsize)
                comment = f"<!-- {allow} -->" if is_prose else f"# {allow}"
                hint = f"{hint}; or, if {condition}, write '{comment}' on a line above"
            yield dataclasses.replace(finding, check=check.slug, severity=check.severity, hint=hint)


def _suppression(subject: Subject) -> Iterator[Finding]:
    """Yield suppressions that cannot take effect."""
    for suppression in subject.suppressions:
        check = _BY_SLUG.get(suppression.check)
        if suppression.check in FOUND_BEFORE or (check and not check.may_be_suppressed):
            yield Finding("", f"'{suppression.check}' cannot be allowed", suppression.at, "fix what it finds")
        elif check is None:
            hint = nearest(
                suppression.check, [slug for slug, item in _BY_SLUG.items() if item.may_be_suppressed]
            )
            yield Finding("", f"there is no check '{suppression.check}'", suppression.at, hint)
        elif not suppression.is_alone:
            hint = "put it on the line above the finding, with nothing else on that line"
            yield Finding("", "this suppression is not on a line of its own", suppression.at, hint)
        elif not suppression.reason:
            message = f"'{suppression.check}' is allowed here without a reason"
            yield Finding("", message, suppression.at, f"write the reason after allow[{suppression.check}]:")


def _unused_suppression(subject: Subject) -> Iterator[Finding]:
    """Yield suppressions without a finding, where the check has run and would have found it."""
    for suppression in subject.suppressions if subject.is_present else ():
        check = _BY_SLUG.get(suppression.check)
        if not check or check.slug not in subject.asked or suppression in subject.used:
            continue
        is_good = check.may_be_suppressed and suppression.is_alone and suppression.reason
        if is_good and (check.needs_captures or subject.has_every_brief):
            yield Finding("", f"there is no '{suppression.check}' here to allow", suppression.at, "delete it")


_OVER_SUPPRESSIONS = (
    Check(
        "silence",
        Severity.ERROR,
        "A suppression (allow) names no check that can be allowed, gives no reason, or is not on a line of "
        "its own.",
        "It has no effect; and nobody else can judge a finding that is hidden without a reason.",
        "# allow[milestone-passed]: nothing was reported by the end of March",
        "# allow[milestone-passed]",
        _suppression,
        may_be_suppressed=False,
    ),
    Check(
        "unused-silence",
        Severity.WARNING,
        "A suppression is at a place where its check finds nothing.",
        "If it stayed, it would hide the next finding there.",
        "a suppression above what the check finds, and none elsewhere",
        "a suppression that stayed when its sentence was corrected",
        _unused_suppression,
        may_be_suppressed=False,
    ),
)
CHECKS: tuple[Check, ...] = (
    *facts.CHECKS,
    *consistency.CHECKS,
    *registers.CHECKS,
    *stated.CHECKS,
    *credited.CHECKS,
    *captures.CHECKS,
    *statuses.CHECKS,
    *figures.CHECKS,
    *attribution.CHECKS,
    *estimative_language.CHECKS,
    *links.CHECKS,
    *prose.CHECKS,
    *glyphs.CHECKS,
    *seals.CHECKS,
    *signoff.CHECKS,
    *_OVER_SUPPRESSIONS,
)
"""Every check, in the order of the reference."""
_BY_SLUG = {check.slug: check for check in CHECKS}
