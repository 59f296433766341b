"""The checks: each has its page in the reference, a case in which it speaks and one in which it is silent."""

from __future__ import annotations

import dataclasses
import functools
import re
from decimal import Decimal
from types import ModuleType

import pytest

from briefing.checks import runner
from briefing.checks.runner import CHECKS, Check, Subject
from briefing.content.suppressions import Suppression
from briefing.model import findings
from briefing.model.findings import Finding, Severity
from briefing.model.scales import FactKind, Marking
from briefing.model.values import Key, Prose, Quantity, Slug
from tests import values
from tests.checkcases import (
    AT,
    Case,
    accepted,
    allowances,
    commitments,
    comparisons,
    credited,
    editions,
    estimates,
    evidence,
    facts,
    glyphs,
    ladders,
    links,
    look_alikes,
    markings,
    matters,
    numbers,
    prose,
    registers,
    rows,
    signed,
    stated,
    voices,
)

PERMANENT = {
    "about-the-texts",
    "ladder-order",
    "ladder-words",
    "ladder-unused",
    "ladder-needs",
    "marking-leak",
    "understated-marking",
    "portion-mark",
    "status-evidence",
    "credibility-one",
    "one-origin",
    "price-basis",
    "unverified",
    "review-due",
    "sum",
    "duplicate-fact",
    "contradiction",
    "role-differs",
    "without-matter",
    "empty-matter",
    "endless-side",
    "own-voice",
    "milestone-passed",
    "undated-fact",
    "fact-without-day",
    "unused-source",
    "unused-fact",
    "capture-missing",
    "capture-encoding",
    "capture-changed",
    "paragraph-missing",
    "term-moved",
    "term-missing",
    "term-normalised",
    "date-not-stated",
    "value-not-stated",
    "figure-not-stated",
    "row-not-stated",
    "series",
    "speaker-not-stated",
    "language-not-read",
    "overclaim",
    "unqualified",
    "bare-number",
    "possible-number",
    "look-alike",
    "language-not-checked",
    "figure-mismatch",
    "rounded-figure",
    "inferred-date",
    "mixed-sum",
    "attribution",
    "unclear-speaker",
    "relayed",
    "confirmation",
    "likelihood",
    "judgement-basis",
    "undefined-acronym",
    "bottom-line-length",
    "empty-brief",
    "raw-html",
    "image",
    "missing-glyph",
    "comment-in-prose",
    "unread-link",
    "edition-changed",
    "signature",
    "two-persons",
    "suspect",
    "silence",
    "unused-silence",
}
"""Slugs that were published: notes and scripts may name them. Add to them; never rename, never take away."""

MODULES: tuple[ModuleType, ...] = (
    facts,
    markings,
    comparisons,
    registers,
    matters,
    evidence,
    stated,
    rows,
    credited,
    commitments,
    ladders,
    numbers,
    voices,
    estimates,
    links,
    prose,
    glyphs,
    look_alikes,
    editions,
    signed,
    accepted,
    allowances,
)
"""Where the cases are; each has some for the checks of one module."""
GOOD: dict[str, list[Case]] = {slug: cases for module in MODULES for slug, cases in module.GOOD.items()}
BAD: dict[str, list[Case]] = {slug: cases for module in MODULES for slug, cases in module.BAD.items()}


@functools.cache
def found_in(case: Case, over_captures: bool) -> tuple[Finding, ...]:
    """All findings of a case, which several stories look at."""
    return (runner.over_captures if over_captures else runner.run)(case.subject)


def run(check: Check, case: Case) -> list[Finding]:
    return [finding for finding in found_in(case, check.needs_captures) if finding.check == check.slug]


def cases(of: dict[str, list[Case]]) -> list[object]:
    return [
        pytest.param(check, case, id=f"{check.slug}-{number}")
        for check in CHECKS
        for number, case in enumerate(of.get(check.slug, ()), 1)
    ]


@pytest.mark.parametrize(("check", "case"), cases(GOOD))
def test_a_check_is_silent_where_all_is_well(check: Check, case: Case) -> None:
    assert run(check, case) == []


@pytest.mark.parametrize(("check", "case"), cases(BAD))
def test_a_check_speaks_where_something_is_wrong(check: Check, case: Case) -> None:
    found = run(check, case)
    assert sorted(finding.at for finding in found) == sorted(case.at)
    assert all(finding.severity is check.severity and finding.message for finding in found)
    assert case.says in found[0].message


def test_every_check_has_cases_and_every_case_a_check() -> None:
    slugs = {check.slug for check in CHECKS}
    assert set(GOOD) == slugs, "add a good case to GOOD for each check"
    assert set(BAD) == slugs, "add a bad case to BAD for each check"


def test_no_two_modules_have_cases_for_one_check() -> None:
    for cases in ("GOOD", "BAD"):
        slugs = [slug for module in MODULES for slug in getattr(module, cases)]
        assert len(set(slugs)) == len(slugs)


def test_slugs_are_permanent_and_unique() -> None:
    slugs = [check.slug for check in CHECKS]
    assert len(set(slugs)) == len(slugs)
    assert set(slugs) >= PERMANENT, "a published slug is gone"
    assert set(slugs) <= PERMANENT, "a new slug is published; add it to PERMANENT"
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)
    assert not set(slugs) & findings.FOUND_BEFORE.keys()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
def test_every_check_has_its_page(check: Check) -> None:
    for text in (check.meaning, check.why):
        assert text.endswith(".")
        assert text[0].isupper()
    assert check.good
    assert check.bad
    assert check.good != check.bad
    assert check.run.__doc__


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
def test_a_check_matters_as_an_error_or_as_a_warning(check: Check) -> None:
    assert isinstance(check.severity, Severity)


def test_a_severity_that_is_not_known_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="fatal"):
        Severity("fatal")


def test_a_finding_takes_slug_and_severity_from_its_check() -> None:
    """A check cannot contradict its page in the reference."""
    (case,) = BAD["unused-source"]
    (finding,) = runner.run(Subject(case.library, (), values.TODAY))
    assert (finding.check, finding.severity) == ("unused-source", Severity.WARNING)


def test_what_a_brief_does_wrong_holds_back_that_brief_alone() -> None:
    for slug in ("marking-leak", "bottom-line-length", "empty-brief", "raw-html", "image"):
        check = next(check for check in CHECKS if check.slug == slug)
        assert {
            finding.brief for case in BAD[slug] if case.library.briefs for finding in run(check, case)
        } == {"letter"}


def test_prose_is_checked_wherever_it_stands() -> None:
    judgement = values.judgement("drones.j", "See ![a](b).")
    library = values.library(
        sheets=(values.sheet("drones", values.fact(), judgements=(judgement,)),),
        pages=(values.page("method", "![a](b)"),),
        briefs=(values.brief(bottom_line=Prose("![a](b)"), body="![a](b)"),),
    )
    found = [
        finding for finding in runner.run(Subject(library, (), values.TODAY)) if finding.check == "image"
    ]
    assert sorted(finding.brief for finding in found) == ["", "", "letter", "letter"]


def test_a_library_of_an_earlier_day_misses_no_source_and_no_fact() -> None:
    """On a day in the past much is not yet known; that is no mistake of anybody's."""
    library = values.library(
        values.fact("drones.letter"),
        values.fact("drones.old", asserted=values.date("2025")),
        as_of="2026-01-01",
    )
    assert library.later
    shown = dataclasses.replace(library, briefs={Slug("letter"): values.brief()})
    assert runner.run(Subject(shown, (values.edition("letter"),), values.TODAY)) == ()


def test_a_milestone_that_was_met_after_the_day_asked_for_is_not_told() -> None:
    milestone = values.milestone("drones.m", "2026-02-15", met_by=Key("drones.letter"))
    sheet = values.sheet("drones", values.fact(), milestones=(milestone,))
    library = values.library(sheets=(sheet,), as_of="2026-01-01")
    assert library.later
    assert runner.run(Subject(library, (), values.TODAY)) == ()


def test_a_page_that_shows_what_fewer_may_read_is_told() -> None:
    library = values.library(values.fact(marking=Marking.RED), pages=(values.page(),))
    shown = {"method": values.edition("method", "drones.letter")}
    found = runner.run(Subject(library, (), values.TODAY, shown))
    (finding,) = (item for item in found if item.check == "marking-leak")
    assert (finding.at, finding.is_error, finding.brief) == (library.pages["method"].at, True, "")


# ------------------------------------------------------------------------------------------- allowances

BELOW = Suppression("x", "why", AT, AT.line, AT.line + 99)
"""An allowance of whatever a case finds, below it."""


@pytest.mark.parametrize(("check", "case"), cases(BAD))
def test_what_may_be_allowed_is_left_out_where_it_is_and_nothing_else(check: Check, case: Case) -> None:
    allowed = tuple(
        dataclasses.replace(BELOW, check=check.slug, at=at, first_line=at.line, last_line=at.line)
        for at in dict.fromkeys(case.at)
    )
    before = everything(case)
    after = everything(dataclasses.replace(case, suppressions=(*case.suppressions, *allowed)))
    if check.may_be_suppressed:
        assert after == [finding for finding in before if finding.check != check.slug]
    else:
        assert [finding for finding in after if finding.check != "silence"] == [
            finding for finding in before if finding.check != "silence"
        ]
        assert any(f"'{check.slug}' cannot be allowed" in finding.message for finding in after)


def everything(case: Case) -> list[Finding]:
    """All findings of a case but those over allowances that allow nothing, which are told of elsewhere."""
    return sorted(
        (finding for finding in found_in(case, bool(case.verified)) if finding.check != "unused-silence"),
        key=lambda finding: (finding.at, finding.check, finding.message),
    )


def test_an_allowance_in_another_file_or_of_another_check_allows_nothing() -> None:
    (case, *_) = BAD["review-due"]
    elsewhere = dataclasses.replace(AT, path="content/facts/other.yaml")
    suppressions = (
        dataclasses.replace(BELOW, check="review-due", at=elsewhere),
        dataclasses.replace(BELOW, check="review-due", first_line=AT.line + 1),
        dataclasses.replace(BELOW, check="review-due", first_line=1, last_line=AT.line - 1),
        dataclasses.replace(BELOW, check="milestone-passed"),
    )
    assert run(by_slug("review-due"), dataclasses.replace(case, suppressions=suppressions)) == run(
        by_slug("review-due"), case
    )


def by_slug(slug: str) -> Check:
    return next(check for check in CHECKS if check.slug == slug)


def test_an_allowance_over_captures_is_unused_where_the_captures_are_at_hand() -> None:
    """No brief has to be made for that."""
    library = values.library(briefs=(values.brief(),))
    suppressions = (dataclasses.replace(BELOW, check="term-normalised"),)
    subject = Subject(library, (), values.TODAY, suppressions=suppressions)
    assert runner.run(subject) == ()
    (finding,) = runner.over_captures(subject)
    assert (finding.check, finding.at) == ("unused-silence", AT)


def test_where_allowing_is_an_answer_the_hint_names_the_comment() -> None:
    """In prose it is a comment of Markdown, elsewhere one of YAML."""
    (case,) = BAD["unused-source"]
    (finding,) = run(next(check for check in CHECKS if check.slug == "unused-source"), case)
    assert finding.hint.endswith(
        "; or, if no fact needs it, write '# allow[unused-source]: reason' on a line above"
    )
    hints = {
        finding.hint.partition("write '")[2].partition(" allow")[0]
        for case in BAD["bare-number"]
        for finding in run(next(check for check in CHECKS if check.slug == "bare-number"), case)
    }
    assert hints <= {"<!--", "#", ""}


def test_no_hint_proposes_a_fact_for_a_number_that_tells_how_long_ago_it_was() -> None:
    """ "Five years ago" is no "within five years", although a fact has five years."""
    fact = values.fact(
        kind=FactKind.CONTEXT,
        statement="A line must open within five years.",
        value=Quantity(Decimal(5), "years"),
    )
    for body in ("The board lowered its aim five years ago.", "Two decades ago it was 5 years ago."):
        found = runner.run(Subject(values.library(fact, briefs=(values.brief(body=body),)), (), values.TODAY))
        hints = [finding.hint for finding in found if finding.check == "bare-number"]
        assert hints
        assert not any(fact.id in hint for hint in hints)
