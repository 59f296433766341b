"""What `plan` and `impact` say for an audience: nothing above its level, of now and of the last build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests import values
from tests.conftest import Project

SHEET = "content/facts/drones.yaml"
BRIEF = "content/briefs/letter.md"
ONLY_TEXT = ("--format", "markdown", "--audience", "GREEN")
MODEL = "The model is the second."
SAID = ("drones.model", MODEL, "M2", "the second")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The good project, built for readers of GREEN; then one of its facts turns out to be for fewer."""
    shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")
    made = Project(tmp_path / "project")
    assert made.build(*ONLY_TEXT).exit_code == 0
    made.change(SHEET, "  model:\n", "  model:\n    marking: AMBER\n")
    made.change(SHEET, "  count:\n", "  count:\n    marking: AMBER\n")
    made.change(BRIEF, "The model is", "(TLP:AMBER) The model is")
    made.change(SHEET, "statement: The first batch has thirty", "statement: The first lot has thirty")
    return made


def says(text: str) -> set[str]:
    return {word for word in SAID if word in text}


def test_a_plan_for_an_audience_says_nothing_above_its_level(project: Project) -> None:
    said = project.call("plan", *ONLY_TEXT, "--json")
    assert {item["action"] for item in said.record["decisions"]} == {"make"}
    assert says(said.out) == set()
    assert "(withheld)" in json.dumps(said.record["impact"])
    assert says(project.call("plan", *ONLY_TEXT, "--verbose").text) == set()
    folder = str(project.output / "audience-green")
    everything = project.call("plan", "--format", "markdown", "--output", folder)
    assert "drones.model" in everything.text


def test_the_impact_for_an_audience_says_nothing_above_its_level(project: Project) -> None:
    said = project.call("impact", "drones", "--audience", "GREEN")
    assert said.exit_code == 1
    assert says(said.text) == set()
    assert "The first lot has thirty drones." in said.text
    for name in ("drones.model", "drones.modell"):
        asked = project.call("impact", name, "--audience", "GREEN")
        assert says(asked.text.replace(name, "")) == set(), name
    known = project.call("impact", "drones.model", "--audience", "AMBER")
    assert MODEL in known.text
