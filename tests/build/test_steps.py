"""The four steps, each alone: what it takes, what it adds, and what it leaves out."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.build import jobs, steps
from briefing.build.steps import EVERYTHING, Snapshot
from briefing.model.findings import Finding, Place, UsageError
from briefing.store.disk import Texts
from briefing.store.results import Scope
from tests import values

BRIEF = "content/briefs/letter.md"
SHEET = "content/facts/drones.yaml"


def texts_with(**changes: str) -> Texts:
    """The good project with some texts replaced or added; a name is a path with ``__`` for its strokes."""
    return dataclasses.replace(values.good_texts(), texts={**values.good_texts().texts, **changes})


def composed(texts: Texts, scope: Scope = EVERYTHING) -> Snapshot:
    return steps.compose(steps.link(steps.read(texts)), scope)


def test_reading_gives_records_and_follows_no_reference() -> None:
    text = values.good_texts().texts[SHEET].replace("source: report", "source: gazette")
    content = steps.read(texts_with(**{SHEET: text}))
    assert content.findings == ()
    assert content.brief_names == ("letter",)
    assert content.records
    assert [sheet.id for sheet in content.records.sheets] == ["drones", "papers"]
    assert {item.check for item in steps.link(content).findings} == {"unknown-reference"}


def test_linking_drafts_nothing() -> None:
    linked = steps.link(steps.read(values.good_texts()))
    assert linked.library
    assert set(linked.library.briefs) == {"letter"}
    assert (dict(linked.standings), linked.pages, linked.held) == ({}, {}, {})


def test_composing_checks_nothing() -> None:
    snapshot = composed(values.good_texts())
    assert set(snapshot.standings) == {"letter"}
    assert set(snapshot.pages) >= {"method", "handbook"}
    assert snapshot.findings == ()
    much_later = values.day("2099-01-01")
    assert steps.check(snapshot, much_later).findings, "what is due by then"


def test_composing_takes_only_the_briefs_in_scope() -> None:
    other = values.good_texts().texts[BRIEF].replace("formerly: [paper]\n", "")
    texts = texts_with(**{"content/briefs/other.md": other})
    snapshot = composed(texts, Scope(frozenset({"other"})))
    assert set(snapshot.standings) == {"other"}
    assert snapshot.pages == {}, "pages belong to the site"
    with pytest.raises(UsageError, match="there is no brief 'lettre'; did you mean 'letter'"):
        composed(texts, Scope(frozenset({"lettre"})))


def test_all_four_are_the_snapshot() -> None:
    texts = values.good_texts()
    checked = steps.check(composed(texts), values.TODAY)
    whole = steps.snapshot(texts, values.TODAY)
    assert (checked.findings, checked.held) == (whole.findings, whole.held)
    assert {name: item.edition.digest for name, item in checked.standings.items()} == {
        name: item.edition.digest for name, item in whole.standings.items()
    }


def test_nothing_goes_on_without_a_project_file() -> None:
    snapshot = steps.snapshot(texts_with(**{"content/project.yaml": "titel: x\n"}), values.TODAY)
    assert snapshot.library is None
    assert snapshot.held == dict.fromkeys(("letter", "site"), "content/project.yaml has errors")
    assert jobs.lay_out_all(snapshot, EVERYTHING) == ((), snapshot)


def test_what_a_later_step_finds_holds_back_as_what_an_earlier_one_does() -> None:
    snapshot = steps.snapshot(values.good_texts(), values.TODAY)
    assert (set(snapshot.standings), snapshot.held) == ({"letter"}, {})
    found = Finding("figures", "a figure is wrong", Place(BRIEF, 9), brief="letter")
    late = steps.with_findings(snapshot, [found])
    assert late.standings == {}
    assert set(late.held) == {"letter", "site"}
    assert steps.with_findings(late, []) == late
    assert steps.with_findings(late, [found]) == late, "what is found twice is told once"


def test_a_template_that_fails_while_files_are_laid_out_holds_back_its_brief_and_the_site() -> None:
    texts = texts_with(**{"templates/edition.html.j2": "{{ nothing_of_this_name }}"})
    snapshot = steps.snapshot(texts, values.TODAY)
    assert snapshot.held == {}
    laid_out, snapshot = jobs.lay_out_all(snapshot, EVERYTHING)
    assert laid_out == ()
    assert snapshot.held["letter"] == "templates/edition.html.j2 has errors"
    assert set(snapshot.held) == {"letter", "site"}


@pytest.mark.parametrize(
    "template", ["site-index.html.j2", "poster.html.j2", "site-fact.html.j2", "site-rows-parts.html.j2"]
)
def test_a_template_that_only_the_site_uses_holds_back_the_site_alone(template: str) -> None:
    texts = texts_with(**{f"templates/{template}": "{{ nothing_of_this_name }}"})
    laid_out, snapshot = jobs.lay_out_all(steps.snapshot(texts, values.TODAY), EVERYTHING)
    assert set(snapshot.held) == {"site"}
    assert {job.group for job in laid_out} == {"letter"}


def test_a_bad_day_is_no_reason_to_draft_what_needs_broken_facts() -> None:
    text = values.good_texts().texts[SHEET].replace("kind: commitment", "kind: comitment", 1)
    snapshot = composed(texts_with(**{SHEET: text}))
    assert snapshot.standings == {}
    assert snapshot.held["letter"] == f"it needs {SHEET}, which has errors"
    assert {item.check for item in snapshot.findings} == {"unknown-word"}, "and nothing that follows from it"


# --------------------------------------------------------------------------- mistakes of all steps at once

OTHER_SHEET = """\
title: Harbours
summary: What the report says about a harbour.
facts:
  berth:
    kind: context
    statement: A line was opened.
    evidence:
      - {source: report, paragraph: 4, terms: [opened in February 2026]}
    date: 2026-02
"""
OTHER_BRIEF = """\
---
title: Harbours
subtitle: Another brief
owner: not stated
sheets: [harbours]
bottom_line: A line [was opened](fact:harbours.berth).
---
There are 12 cranes. See [the quay](fact:harbours.quay), and [ the berth ](fact: harbours.berth).
"""
OF_OTHER_BRIEF = {
    ("unknown-fact", "content/briefs/harbours.md"),
    ("unread-link", "content/briefs/harbours.md"),
    ("bare-number", "content/briefs/harbours.md"),
}


def told(**changes: str) -> set[tuple[str, str]]:
    """The checks and files of the errors of the good project with another brief and these changes."""
    texts = texts_with(
        **{"content/facts/harbours.yaml": OTHER_SHEET, "content/briefs/harbours.md": OTHER_BRIEF}, **changes
    )
    found = steps.snapshot(texts, values.TODAY).findings
    return {(finding.check, finding.at.path) for finding in found if finding.is_error}


def test_the_mistakes_of_a_brief_are_told_if_all_else_is_well() -> None:
    assert told() == OF_OTHER_BRIEF


@pytest.mark.parametrize(
    ("path", "old", "new", "check"),
    [
        (SHEET, "kind: claim", "kind: clam", "unknown-word"),
        (SHEET, "source: report", "source: gazette", "unknown-reference"),
        (SHEET, "title: Drones", "title: [Drones", "yaml-syntax"),
        ("content/sources/interview.yaml", "reliability: F", "reliability: Z", "unknown-word"),
        ("content/pages/method.md", "order: 10", "order: ten", "number"),
        (BRIEF, "length: full", "length: fulll", "unknown-word"),
    ],
)
def test_a_mistake_elsewhere_does_not_hide_those_of_a_brief(
    path: str, old: str, new: str, check: str
) -> None:
    changed = values.good_texts().texts[path].replace(old, new, 1)
    assert told(**{path: changed}) == OF_OTHER_BRIEF | {(check, path)}


def test_a_mistake_in_a_register_hides_only_what_needs_names() -> None:
    path = "content/actors.yaml"
    changed = values.good_texts().texts[path].replace("kind: person", "kind: persn", 1)
    found = told(**{path: changed})
    assert found == {*OF_OTHER_BRIEF, ("unknown-word", path)} - {
        ("bare-number", "content/briefs/harbours.md")
    }


def test_a_mistake_in_the_project_file_does_not_hide_references_that_lead_nowhere() -> None:
    path = "content/project.yaml"
    project = values.good_texts().texts[path].replace("marking: CLEAR", "marking: CLAER", 1)
    sheet = values.good_texts().texts[SHEET].replace("systems: [interceptor]", "systems: [intercepter]", 1)
    found = told(**{path: project, SHEET: sheet})
    assert found == {("unknown-word", path), ("unknown-reference", SHEET)}


def test_a_link_to_a_sheet_with_a_mistake_is_no_further_mistake() -> None:
    sheet = values.good_texts().texts[SHEET].replace("kind: claim", "kind: clam", 1)
    page = values.good_texts().texts["content/pages/method.md"]
    page += "\nSee [the price](fact:drones.price) and [nothing](fact:harbours.nothing).\n"
    found = told(**{SHEET: sheet, "content/pages/method.md": page})
    assert found == {
        *OF_OTHER_BRIEF,
        ("unknown-word", SHEET),
        ("unknown-fact", "content/pages/method.md"),
    }
