"""The checks: each looks at the library and its editions and yields findings. Nothing here changes anything.

A check is a function and a line in ``CHECKS``; its slug is permanent. What does not parse, does not fit or
leads nowhere is found before, by the steps that need it.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.checks import facts, prose
from briefing.model import Edition, Library
from briefing.problems import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at."""

    library: Library
    editions: Sequence[Edition]
    today: datetime.date
    """Colours findings only: no page depends on it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its slug, how much it matters, and its page in the reference."""

    slug: str
    severity: Severity
    meaning: str
    """What it finds, in one sentence."""
    why: str
    """Why that matters to a reader of briefs."""
    good: str
    bad: str
    run: Callable[[Library, Sequence[Edition], datetime.date], Iterable[Finding]]


CHECKS: tuple[Check, ...] = (
    Check(
        "marking-leak",
        Severity.ERROR,
        "A brief shows a fact whose marking is stricter than its own.",
        "A paragraph marked AMBER in a brief marked CLEAR has leaked as soon as the brief is sent.",
        "a brief marked AMBER that shows a fact marked AMBER",
        "a brief marked CLEAR that shows a fact marked AMBER",
        facts.marking_leak,
    ),
    Check(
        "credibility-one",
        Severity.ERROR,
        "A fact is graded 1, confirmed, and has no two independent origins.",
        "Outlets that relay one statement confirm nothing; the grade would promise what is not there.",
        "credibility 1 with statements by two different speakers",
        "credibility 1 with three reports of one post",
        facts.credibility_one,
    ),
    Check(
        "review-due",
        Severity.WARNING,
        "The day by which somebody should have looked at a fact again has passed.",
        "A stale fact is printed as if it still held.",
        "review_by: a day to come",
        "review_by: a day that has passed",
        facts.review_due,
    ),
    Check(
        "milestone-passed",
        Severity.WARNING,
        "The date of a milestone has passed and no fact says whether it was met.",
        "A brief that still expects what should have happened misleads.",
        "a milestone of last year with met_by: the fact that met it",
        "a milestone of last year without met_by",
        facts.milestone_passed,
    ),
    Check(
        "unused-source",
        Severity.WARNING,
        "No fact cites a source of the register.",
        "Either something in it was overlooked, or the register lists what was not used.",
        "every source is cited by a fact",
        "a source that no evidence names",
        facts.unused_source,
    ),
    Check(
        "bottom-line-length",
        Severity.ERROR,
        f"A bottom line is longer than {prose.BOTTOM_LINE_WORDS} words as printed.",
        "It is the one part that everybody reads.",
        "a bottom line of 55 words",
        "a bottom line of 80 words",
        prose.bottom_line_length,
    ),
    Check(
        "empty-brief",
        Severity.ERROR,
        "A brief cites no fact at all.",
        "A brief without facts is an opinion.",
        "prose with at least one fact link",
        "prose without a fact link",
        prose.empty_brief,
    ),
    Check(
        "raw-html",
        Severity.WARNING,
        "Prose holds an HTML tag.",
        "HTML is not obeyed: the tag would be printed as text.",
        "**bold** in Markdown",
        "<b>bold</b>",
        prose.raw_html,
    ),
    Check(
        "image",
        Severity.ERROR,
        "Prose holds a picture.",
        "A brief holds what facts support; nothing is fetched while a page is made.",
        "a table or a sentence",
        "![map](map.png)",
        prose.image,
    ),
)
"""Every check, in the order of the reference."""


def run(subject: Subject) -> tuple[Finding, ...]:
    """Run every check."""
    return tuple(_findings(subject))


def leaks(edition: Edition, at: Place, library: Library) -> tuple[Finding, ...]:
    """Facts that a plain page shows and that fewer people may read than the site."""
    found = facts.leaks(edition, at, library)
    return tuple(dataclasses.replace(finding, check="marking-leak") for finding in found)


def _findings(subject: Subject) -> Iterator[Finding]:
    for check in CHECKS:
        for finding in check.run(subject.library, subject.editions, subject.today):
            yield dataclasses.replace(finding, check=check.slug, severity=check.severity)
