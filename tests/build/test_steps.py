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
    assert [sheet.id for sheet in content.records.sheets] == ["drones"]
    assert {item.check for item in steps.link(content).findings} == {"unknown-reference"}


def test_linking_drafts_nothing() -> None:
    linked = steps.link(steps.read(values.good_texts()))
    assert linked.library
    assert set(linked.library.briefs) == {"letter"}
    assert (linked.standings, linked.pages, linked.held) == ({}, {}, {})


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


@pytest.mark.parametrize("template", ["site-index.html.j2", "poster.html.j2", "site-fact.html.j2"])
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
