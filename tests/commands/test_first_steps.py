"""From an empty folder to a brief on one page about a text of one's own, in few steps and few lines."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from briefing.content import decode, yaml_nodes
from briefing.model.facts import FactSheet
from briefing.model.findings import Place
from tests.conftest import CAPTURES_VARIABLE, Project, call, run

TEXT = """\
Town News, 3 June 2025

The council agreed on 2 June 2025 to rebuild the footbridge.

It has set aside up to 240,000 euros for the work, the mayor, Joan Pell, said.

The bridge is to be open again by the end of 2027.
"""
SHEET = """\
title: The footbridge
summary: The decision to rebuild the footbridge.
defaults:
  source: report
  kind: event
  review_by: 2099-12-31
  credibility: "2"
  price_basis: not stated
facts:
  decision:
    statement: The council agreed to rebuild the footbridge.
    evidence: 2 "agreed on 2 June 2025", "rebuild the footbridge"
    date: 2025-06-02
  money:
    statement: The council has set money aside for the footbridge.
    evidence: 3 "set aside", "up to 240,000 euros"
    value: {amount: 240000, currency: EUR, bound: up to}
    status: financed
  opening:
    statement: The footbridge is to be open again by the end of 2027.
    evidence: 4 "open again", "by the end of 2027"
    value: {date: ../2027}
    kind: context
"""
BRIEF = """\
---
title: The footbridge
subtitle: What the council has decided
owner: A. Person
sheets: [report]
length: one-page
bottom_line: >-
  The council [agreed to rebuild the footbridge](fact:report.decision) and has set aside
  [](fact:report.money) for it.
commitments: {sheets: [report], kinds: [commitment]}
---
It is to be open again [](fact:report.opening).
"""


@pytest.mark.pdf
@pytest.mark.process
def test_seven_steps_lead_from_an_empty_folder_to_a_brief_on_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CAPTURES_VARIABLE, raising=False)
    town = Project(tmp_path)
    town.write("report.txt", TEXT)
    steps = 0

    def typed(*arguments: str) -> str:
        nonlocal steps
        steps += 1
        said = run(*arguments, cwd=tmp_path)
        assert said.exit_code == 0, said.text
        return said.text

    def edited(path: str, text: str) -> None:
        nonlocal steps
        steps += 1
        town.write(path, text)

    typed("init", "--text", "report.txt", "--language", "en")
    source = town.read("content/sources/report.yaml")
    edited("content/sources/report.yaml", source.replace("published: not stated", "published: 2025-06-03"))
    edited("content/facts/report.yaml", SHEET)
    edited("content/briefs/report.md", BRIEF)
    assert "0 errors" in typed("check")
    typed("verify", "--record")
    typed("build", "--only", "report", "--format", "pdf")
    assert steps <= 10
    assert (tmp_path / "output/briefs/report.pdf").read_bytes().startswith(b"%PDF")


GRANTS_TEXT = """\
Northmoor Herald, 14 May 2026

The government opened a grant scheme for ports. It has up to 48 million euros for the years 2026 to 2029.

On 12 May 2026 the jury selected seven projects, among them a station at Saltwick.

The Port Workers' Union called the scheme too small and asked for at least 90 million euros.
"""
GRANTS = """\
title: Grants at ports
summary: The scheme, the projects that were selected, and criticism.
ladder: grants
defaults:
  source: report
  kind: claim
  date: 2026-05-12
  review_by: 2099-12-31
  credibility: "2"
  price_basis: not stated
facts:
  budget:
    kind: context
    statement: The scheme has a budget.
    evidence: 2 "up to 48 million euros", "2026 to 2029"
    value: {amount: 48 million, currency: EUR, bound: up to}
  selected:
    statement: The jury selected projects for a grant.
    evidence: 3 "On 12 May 2026", "jury selected seven projects"
    value: {amount: 7, unit: projects}
    status: selected
  wanted:
    statement: The union asks for more money.
    evidence: 4 "Port Workers' Union", "at least 90 million euros"
    said_by: [port-workers-union]
    value: {amount: 90 million, currency: EUR, bound: at least}
"""
GRANTS_BRIEF = """\
---
title: Grants at ports
subtitle: Who gets what
owner: A. Person
sheets: [report]
length: one-page
bottom_line: >-
  The scheme has a budget of [](fact:report.budget), and the jury has selected [](fact:report.selected).
  The Port Workers' Union asks for [](fact:report.wanted).
commitments: {sheets: [report], kinds: [commitment]}
---
## What the text says

The jury selected [seven projects](fact:report.selected) for money from [the scheme](fact:report.budget).
"""


def test_a_brief_on_grants_is_checked_in_few_steps(tmp_path: Path) -> None:
    """Init, three files, check: the ladder knows its words, and each fact has five lines."""
    (tmp_path / "report.txt").write_text(GRANTS_TEXT, "utf-8")
    assert call("init", tmp_path / "p", "--text", tmp_path / "report.txt", "--language", "en").exit_code == 0
    ports = Project(tmp_path / "p")
    source = ports.read("content/sources/report.yaml")
    ports.write(
        "content/sources/report.yaml", source.replace("published: not stated", "published: 2026-05-14")
    )
    assert "kind: organisation" in ports.read("content/actors.yaml")
    ports.write("content/facts/report.yaml", GRANTS)
    ports.write("content/briefs/report.md", GRANTS_BRIEF)
    said = call("check", "--project", ports.root)
    assert "0 errors, 0 warnings" in said.text, said.text
    facts = re.split(r"(?m)^  (?=\w)", GRANTS.partition("facts:\n")[2])[1:]
    assert len(facts) == 3
    assert max(fact.count("\n") for fact in facts) <= 5


def test_the_date_of_a_sheet_is_that_of_what_happened() -> None:
    node, _ = yaml_nodes.parse(GRANTS, "content/facts/report.yaml")
    sheet, findings = decode.shape(FactSheet, node, id="report", at=Place(""))  # type: ignore[arg-type]
    assert (sheet and findings) == ()
    assert sheet
    dates = {fact.id: fact.date and fact.date.edtf for fact in sheet.facts}
    assert dates == {"report.budget": None, "report.selected": "2026-05-12", "report.wanted": None}


def test_a_fact_of_a_sheet_with_defaults_costs_at_most_five_lines() -> None:
    node, _ = yaml_nodes.parse(SHEET, "content/facts/report.yaml")
    assert isinstance(node, yaml_nodes.Mapping)
    facts = next(item for key, item in node.items if key.text == "facts")
    assert isinstance(facts, yaml_nodes.Mapping)
    begins = [key.at.line for key, _ in facts.items] + [SHEET.count("\n") + 1]
    assert max(end - begin for begin, end in itertools.pairwise(begins)) <= 5
    sheet, findings = decode.shape(FactSheet, node, id="report", at=Place(""))
    assert findings == ()
    assert sheet
    assert [(fact.kind, bool(fact.review_by), bool(fact.credibility)) for fact in sheet.facts] == [
        ("event", True, True),
        ("commitment", True, True),
        ("context", True, True),
    ]
