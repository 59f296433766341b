"""The checks: each looks at the library and its editions and yields findings. Nothing here changes anything.

A check is a function and an entry in the ``CHECKS`` of its module; its slug is permanent. Mistakes of syntax,
of type and of reference are found earlier, by the steps that need the content.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.checks import (
    attribution,
    base,
    captures,
    consistency,
    credited,
    estimative_language,
    facts,
    figures,
    glyphs,
    ladders,
    links,
    look_alikes,
    markings,
    matters,
    prose,
    prose_input,
    registers,
    rows,
    seals,
    signatures,
    signoff,
    stated,
    statuses,
)
from briefing.checks import units as records
from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence
from briefing.checks.units import KINDS
from briefing.content.suppressions import Covered, Suppression
from briefing.model import fact_links
from briefing.model.briefs import Brief, Page
from briefing.model.findings import FOUND_BEFORE, Finding, Severity, nearest
from briefing.model.library import Library

__all__ = ["CHECKS", "Check", "Subject", "over_captures", "run"]


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of some checks, and the suppressions that allowed others."""

    findings: tuple[Finding, ...] = ()
    used: tuple[Suppression, ...] = ()


def run(subject: Subject) -> tuple[Finding, ...]:
    """Run every check, unit by unit, then those that compare what the units hold.

    Leave out the findings that an author allows, and report unused suppressions.
    """
    library = subject.library
    asked = asked_for(library)
    allowed = by_path(subject.suppressions)
    parts = list(units(subject))
    found = [of_unit(part, asked, allowed) for _, part in parts]
    for check in asked:
        if check.compare is not base.no_comparison:
            gathered = (
                item for kind, part in parts if kind in check.gathers_from for item in gather(check, part)
            )
            found.append(of_whole(check, subject, gathered, allowed))
    return (
        *(finding for item in found for finding in item.findings),
        *of_suppressions(subject, asked, found),
    )


def asked_for(library: Library) -> tuple[Check, ...]:
    """Return the checks that run without the captures' folder, apart from those over suppressions."""
    # As of an earlier day, records are not compared with their passages: later ones are left out, as are the
    # caveats, notes and bases that explain them.
    return tuple(check for check in asked_now() if not (library.as_of and check.reads_captures))


def asked_now() -> tuple[Check, ...]:
    """Return the checks that run on a library as of now, apart from those over suppressions."""
    return tuple(check for check in CHECKS if not check.needs_captures and check not in _OVER_SUPPRESSIONS)


def units(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """Yield the units of a whole library, each as the subject of its own checks, with its kind."""
    library = subject.library
    editions = {str(edition.brief): edition for edition in subject.editions}
    texts = stated.texts(subject)
    for kind in KINDS:
        for name in records.names(library, kind):
            edition = editions.get(name) if kind == "briefs" else None
            page = subject.pages.get(name) if kind == "pages" else None
            yield (
                kind,
                dataclasses.replace(
                    subject,
                    editions=(edition,) if edition else (),
                    pages={name: page} if page else {},
                    unit=records.of(library, kind, name),
                    texts_cited=texts,
                ),
            )


def of_unit(subject: Subject, asked: Iterable[Check], allowed: Mapping[str, Sequence[Suppression]]) -> Found:
    """Run the checks on one unit. ``allowed`` has the suppressions of each file."""
    subject = having_read(subject)
    return _allowing(
        (item for check in asked for item in _findings(check, subject, check.run(subject))), allowed
    )


def gather(check: Check, subject: Subject) -> tuple[Any, ...]:
    """Return what a check needs to know of a unit to compare it with the others."""
    return tuple(check.gather(subject)) if check.gather else ()


def of_whole(
    check: Check, subject: Subject, gathered: Iterable[Any], allowed: Mapping[str, Sequence[Suppression]]
) -> Found:
    """Compare what a check has gathered from all units."""
    return _allowing(_findings(check, subject, check.compare(subject, gathered)), allowed)


def of_suppressions(subject: Subject, asked: Iterable[Check], found: Iterable[Found]) -> tuple[Finding, ...]:
    """Return the findings over the suppressions, knowing what the other checks found."""
    used = frozenset(suppression for item in found for suppression in item.used)
    slugs = frozenset(check.slug for check in asked)
    subject = dataclasses.replace(subject, asked=slugs, used=used)
    return tuple(
        finding for check in _OVER_SUPPRESSIONS for finding in _findings(check, subject, check.run(subject))
    )


def by_path(suppressions: Iterable[Suppression]) -> Mapping[str, Sequence[Suppression]]:
    """Return suppressions by the path of their file."""
    found = defaultdict(list)
    for suppression in suppressions:
        found[suppression.at.path].append(suppression)
    return found


def _allowing(found: Iterable[Finding], allowed: Mapping[str, Sequence[Suppression]]) -> Found:
    """Leave out the findings that a suppression of their file covers."""
    kept: list[Finding] = []
    used: dict[Suppression, None] = {}
    covered: dict[tuple[str, str], Covered] = {}
    for finding in found:
        key = finding.at.path, finding.check
        if key not in covered:
            own = [item for item in allowed.get(finding.at.path, ()) if item.check == finding.check]
            covered[key] = Covered(own)
        suppression = covered[key].at(finding.at.line)
        if suppression and _BY_SLUG[finding.check].may_be_suppressed:
            used[suppression] = None
        else:
            kept.append(finding)
    return Found(tuple(kept), tuple(used))


def having_read(subject: Subject) -> Subject:
    """Return the subject with the prose and texts that rest on nothing which could not be read.

    As of an earlier day it has none: today's prose is not compared with what was known then.
    """
    library = subject.library
    if library.as_of is not None or library.broken & {"actors", "systems", "origins"}:
        return subject
    sentences = tuple(prose_input.read(library, subject.briefs, subject.own))
    unread = frozenset(name.partition("/")[2] for name in library.broken if name.startswith("sources/"))
    texts = tuple(prose_input.written(library, subject.briefs, subject.own, unread))
    if library.broken:
        sentences = tuple(item for item in sentences if _is_sure(item, unread))
    return dataclasses.replace(subject, sentences=sentences, texts=texts)


def _is_sure(item: ProseSentence, unread: frozenset[str]) -> bool:
    """Return whether all that a sentence rests on could be read."""
    library = item.library
    brief = library.briefs.get(item.brief)
    if brief and library.broken_sheets & {*brief.sheets}:
        return False
    return all(
        cited.fact in library.facts and prose_input.rests_on_none(library.facts[cited.fact], unread)
        for cited in item.sentence.cited
    )


def over_captures(subject: Subject) -> tuple[Finding, ...]:
    """Run the checks that need the captures, on the sources that were compared with them."""
    subject = dataclasses.replace(subject, is_verifying=True)
    return at_once(subject, [check for check in CHECKS if check.needs_captures or check.reads_captures])


def at_once(subject: Subject, asked: Sequence[Check]) -> tuple[Finding, ...]:
    """Run some checks on the whole library at once."""
    allowed = by_path(subject.suppressions)
    found = [_allowing(_findings(check, subject, check.run(subject)), allowed) for check in asked]
    found += [of_whole(check, subject, gather(check, subject), allowed) for check in asked]
    return (
        *(finding for item in found for finding in item.findings),
        *of_suppressions(subject, asked, found),
    )


_ALLOWED_IF = {
    "bare-number": "no source counts it, as in a name",
    "contradiction": "both are right",
    "duplicate-fact": "they are two statements",
    "look-alike": "it is a name in that script",
    "milestone-passed": "no source says yet what became of it",
    "role-differs": "both are one office",
    "undefined-acronym": "every reader knows it",
    "unused-fact": "no brief needs it",
    "unused-source": "no fact needs it",
}
"""Where allowing a finding is as good an answer as the hint: check -> on what condition."""


def _findings(check: Check, subject: Subject, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with the slug and severity of their check, and with how to allow them."""
    condition = _ALLOWED_IF.get(check.slug)
    prose = {record.at.path: record.body_at.line for record in _in_prose(subject)} if condition else {}
    for finding in found:
        hint = finding.hint
        if condition and fact_links.SCHEME not in hint:  # a hint that links a fact is the better answer
            allow = f"allow[{check.slug}]: reason"
            is_prose = finding.at.line >= prose.get(finding.at.path, sys.maxsize)
            comment = f"<!-- {allow} -->" if is_prose else f"# {allow}"
            hint = f"{hint}; or, if {condition}, write '{comment}' on a line above"
        yield dataclasses.replace(finding, check=check.slug, severity=check.severity, hint=hint)


def _in_prose(subject: Subject) -> Iterator[Brief | Page]:
    yield from subject.own.briefs
    yield from subject.own.pages


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
    # What a suppression allows may be above the level of a view.
    is_whole = subject.is_present and subject.library.level is None
    for suppression in subject.suppressions if is_whole else ():
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
    *markings.CHECKS,
    *consistency.CHECKS,
    *registers.CHECKS,
    *matters.CHECKS,
    *stated.CHECKS,
    *rows.CHECKS,
    *credited.CHECKS,
    *captures.CHECKS,
    *statuses.CHECKS,
    *ladders.CHECKS,
    *figures.CHECKS,
    *attribution.CHECKS,
    *estimative_language.CHECKS,
    *links.CHECKS,
    *prose.CHECKS,
    *glyphs.CHECKS,
    *look_alikes.CHECKS,
    *seals.CHECKS,
    *signatures.CHECKS,
    *signoff.CHECKS,
    *_OVER_SUPPRESSIONS,
)
"""Every check, in the order of the reference."""
_BY_SLUG = {check.slug: check for check in CHECKS}
