"""The checks: each has its page in the reference, a case in which it speaks and one in which it is silent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest

from briefing import checks
from briefing.checks import CHECKS, Check, Subject
from briefing.model import Claim, Credibility, Edition, Key, Library, Marking, Placed, Prose, Section, Slug
from briefing.problems import Finding, Place, Severity
from tests import values

AT = Place("content/facts/drones.yaml", 4, 3)
BRIEF_AT = Place("content/briefs/letter.md", 1, 1)
PROSE_AT = Place("content/briefs/letter.md", 12, 1)

PERMANENT = {
    "marking-leak",
    "credibility-one",
    "review-due",
    "milestone-passed",
    "unused-source",
    "bottom-line-length",
    "empty-brief",
    "raw-html",
    "image",
}
"""Slugs that were published: notes and scripts may name them. Add to them; never rename, never take away."""


@dataclass(frozen=True)
class Case:
    """What a check looks at, and how often and where it speaks."""

    library: Library
    editions: tuple[Edition, ...] = ()
    at: tuple[Place, ...] = ()


def with_brief(body: str = "x", **changes: Any) -> Library:
    return values.library(
        values.fact(asserted=values.date("2026"), at=AT),
        briefs=(values.brief(at=BRIEF_AT, body=Placed(body, PROSE_AT, body), **changes),),
    )


def bottom_line(words: int, claims: int = 0) -> Edition:
    """An edition whose bottom line has so many words, some of them printed by claims."""
    printed: list[str | Claim] = [
        Claim(Key("drones.letter"), "100 aircraft", 1, is_marked=True, is_first=True) for _ in range(claims)
    ]
    printed.append(" ".join(["word"] * (words - 2 * claims)))
    section = Section("bottom-line", "Bottom line", tuple(part for item in printed for part in (item, " ")))
    return values.edition("letter", sections=(section,))


def graded(*origins: str) -> Library:
    """A fact graded as confirmed, in three sources, with what each relays."""
    names = ("one", "two", "three")
    letter = values.fact(
        at=AT,
        credibility=Credibility.ONE,
        evidence=tuple(
            values.evidence(name, origin=origin or None) for name, origin in zip(names, origins, strict=False)
        ),
    )
    return values.library(
        letter,
        sources=tuple(values.source(name) for name in names),
        origins=(values.origin("post", "minister"), values.origin("speech", "general")),
    )


def marked(fact: Marking | None, brief: Marking, usual: Marking = Marking.CLEAR) -> Case:
    library = values.library(
        values.fact(marking=fact), briefs=(values.brief(at=BRIEF_AT),), project=values.project(marking=usual)
    )
    return Case(library, (values.edition("letter", "drones.letter", marking=brief),))


def told(case: Case, *places: Place) -> Case:
    return replace(case, at=places)


def with_milestone(edtf: str, met_by: str | None = None) -> Library:
    milestone = values.milestone("drones.m", edtf, met_by=Key(met_by) if met_by else None, at=AT)
    return values.library(sheets=(values.sheet("drones", values.fact(), milestones=(milestone,)),))


def to_review(edtf: str) -> Library:
    return values.library(values.fact(review_by=replace(values.date(edtf), at=AT)))


GOOD: dict[str, list[Case]] = {
    "marking-leak": [
        marked(None, Marking.CLEAR),
        marked(Marking.AMBER, Marking.AMBER),
        marked(Marking.AMBER, Marking.RED),
        marked(None, Marking.GREEN, usual=Marking.GREEN),
    ],
    "credibility-one": [
        Case(graded("post", "speech")),
        Case(graded("", "")),
        Case(values.library(values.fact(credibility=Credibility.TWO))),
    ],
    "review-due": [
        Case(to_review("2026-03-02")),
        Case(to_review("2026-03-01")),
        Case(to_review("2026")),
        Case(values.library()),
    ],
    "milestone-passed": [
        Case(with_milestone("2026-03-01")),
        Case(with_milestone("2026")),
        Case(with_milestone("2025", met_by="drones.letter")),
    ],
    "unused-source": [
        Case(values.library()),
        Case(
            values.library(
                values.fact(
                    asserted=values.date("2026-02-09"),
                    history=(values.assertion("2025", evidence=(values.evidence("earlier"),)),),
                ),
                sources=(values.source("report"), values.source("earlier")),
            )
        ),
        Case(
            values.library(
                sources=(values.source("report"), values.source("later", "2027-01-01")), as_of="2026-03-01"
            )
        ),
        Case(
            values.library(
                sources=(values.source("report"), values.source("other")), broken=frozenset({"facts/other"})
            )
        ),
    ],
    "bottom-line-length": [
        Case(with_brief(), (bottom_line(60),)),
        Case(with_brief(), (bottom_line(60, claims=3),)),
    ],
    "empty-brief": [Case(with_brief(), (values.edition("letter", "drones.letter"),))],
    "raw-html": [
        Case(with_brief("**bold**, a < b > c, `<b>` and\n\n```\n<b>\n```\n")),
        Case(with_brief("<https://example.org>")),
    ],
    "image": [Case(with_brief("A picture! [not one](https://example.org) \\![x](y) `![x](y)`"))],
}
BAD: dict[str, list[Case]] = {
    "marking-leak": [
        told(marked(Marking.AMBER, Marking.CLEAR), BRIEF_AT),
        told(marked(None, Marking.CLEAR, usual=Marking.GREEN), BRIEF_AT),
        told(marked(Marking.AMBER_STRICT, Marking.AMBER), BRIEF_AT),
    ],
    "credibility-one": [Case(graded("post", "post", "post"), (), (AT,)), Case(graded(""), (), (AT,))],
    "review-due": [Case(to_review("2026-02-28"), (), (AT,)), Case(to_review("2025"), (), (AT,))],
    "milestone-passed": [
        Case(with_milestone("2026-02-28"), (), (AT,)),
        Case(with_milestone("../2025"), (), (AT,)),
    ],
    "unused-source": [
        Case(values.library(sources=(values.source("report"), values.source("idle", at=AT))), (), (AT,)),
    ],
    "bottom-line-length": [
        Case(with_brief(bottom_line=Prose(Placed("x", PROSE_AT))), (bottom_line(61),), (PROSE_AT,)),
        Case(with_brief(), (bottom_line(61, claims=3),), (BRIEF_AT,)),
    ],
    "empty-brief": [Case(with_brief(), (values.edition("letter"),), (BRIEF_AT,))],
    "raw-html": [
        Case(
            with_brief("Some <b>bold</b>."), (), (at := Place(PROSE_AT.path, 12, 6), Place(at.path, 12, 13))
        ),
        Case(with_brief("one\ntwo <br/>"), (), (Place(PROSE_AT.path, 13, 5),)),
        Case(with_brief('<img src="x">'), (), (PROSE_AT,)),
    ],
    "image": [
        Case(with_brief("![map](map.png)"), (), (PROSE_AT,)),
        Case(with_brief("A ![map][ref]."), (), (Place(PROSE_AT.path, 12, 3),)),
    ],
}


def run(check: Check, case: Case) -> list[Finding]:
    subject = Subject(case.library, case.editions, values.TODAY)
    return [finding for finding in checks.run(subject) if finding.check == check.slug]


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


def test_every_check_has_cases_and_every_case_a_check() -> None:
    slugs = {check.slug for check in CHECKS}
    assert set(GOOD) == slugs, "add a good case to GOOD for each check"
    assert set(BAD) == slugs, "add a bad case to BAD for each check"


def test_slugs_are_permanent_and_unique() -> None:
    slugs = [check.slug for check in CHECKS]
    assert len(set(slugs)) == len(slugs)
    assert set(slugs) >= PERMANENT, "a published slug is gone"
    assert set(slugs) <= PERMANENT, "a new slug is published; add it to PERMANENT"
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


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
    (finding,) = checks.run(Subject(case.library, (), values.TODAY))
    assert (finding.check, finding.severity) == ("unused-source", Severity.WARNING)


def test_what_a_brief_does_wrong_holds_back_that_brief_alone() -> None:
    for slug in ("marking-leak", "bottom-line-length", "empty-brief", "raw-html", "image"):
        check = next(check for check in CHECKS if check.slug == slug)
        assert {finding.brief for case in BAD[slug] for finding in run(check, case)} == {"letter"}


def test_prose_is_checked_wherever_it_stands() -> None:
    judgement = values.judgement("drones.j", "See ![a](b).")
    library = values.library(
        sheets=(values.sheet("drones", values.fact(), judgements=(judgement,)),),
        pages=(values.page("method", "![a](b)"),),
        briefs=(values.brief(bottom_line=Prose("![a](b)"), body="![a](b)"),),
    )
    found = [
        finding for finding in checks.run(Subject(library, (), values.TODAY)) if finding.check == "image"
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
    shown = replace(library, briefs={Slug("letter"): values.brief()})
    assert checks.run(Subject(shown, (values.edition("letter"),), values.TODAY)) == ()


def test_a_milestone_that_was_met_after_the_day_asked_for_is_not_told() -> None:
    milestone = values.milestone("drones.m", "2026-02-15", met_by=Key("drones.letter"))
    sheet = values.sheet("drones", values.fact(), milestones=(milestone,))
    library = values.library(sheets=(sheet,), as_of="2026-01-01")
    assert library.later
    assert checks.run(Subject(library, (), values.TODAY)) == ()


def test_a_page_that_shows_what_fewer_may_read_is_told() -> None:
    library = values.library(values.fact(marking=Marking.RED), pages=(values.page(),))
    (finding,) = checks.leaks(values.edition("method", "drones.letter"), AT, library)
    assert (finding.check, finding.at, finding.is_error) == ("marking-leak", AT, True)
