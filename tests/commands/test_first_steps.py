"""From an empty folder to a brief on one page about a text of one's own, in few steps and few lines."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from briefing.content import decode, yaml_nodes
from briefing.model.facts import FactSheet
from briefing.model.findings import Place
from tests.conftest import CAPTURES_VARIABLE, Project, run

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
