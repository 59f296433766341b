"""Audiences: briefs and a site for a level, from the command line to the files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests import values
from tests.conftest import Project

SHEET = "content/facts/drones.yaml"
BRIEF = "content/briefs/letter.md"
ONLY_TEXT = ("--only", "letter", "--format", "markdown")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The good project, whose letter has a second paragraph and one fact for fewer readers."""
    shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")
    made = Project(tmp_path / "project")
    made.change(SHEET, "  model:\n", "  model:\n    marking: AMBER\n")
    made.change(SHEET, "  count:\n", "  count:\n    marking: AMBER\n")
    made.change(BRIEF, "The model is", "(TLP:AMBER) The model is")
    return made


def text(project: Project, folder: str = "") -> str:
    return (project.root / "output" / folder / "briefs/letter.md").read_text("utf-8")


def test_a_brief_for_everybody_lacks_a_marked_paragraph_and_numbers_its_notes_without_a_gap(
    project: Project,
) -> None:
    said = project.call("build", *ONLY_TEXT)
    assert said.exit_code == 0, said.text
    written = text(project)
    assert "TLP:CLEAR" in written
    assert "The model is" not in written
    numbers = [int(line[2:].partition("]")[0]) for line in written.splitlines() if line.startswith("[^")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "withheld" not in written


def test_an_audience_has_its_folder_its_level_and_what_it_may_see(project: Project) -> None:
    said = project.call("build", *ONLY_TEXT, "--audience", "amber")
    assert said.exit_code == 0, said.text
    written = text(project, "audience-amber")
    assert "TLP:AMBER" in written
    assert "(TLP:AMBER) The model is" in written
    assert not (project.root / "output/briefs").exists()
    again = project.call("build", *ONLY_TEXT, "--audience", "TLP:AMBER", "--json").record
    assert {item["action"] for item in again["decisions"]} == {"keep"}
    as_of = project.call("build", *ONLY_TEXT, "--audience", "AMBER", "--as-of", "2026-02-20", "--json").record
    assert as_of["decisions"]
    assert (project.root / "output/audience-amber/as-of-2026-02-20").is_dir()


def test_a_named_audience_is_told_how_much_is_withheld_if_the_project_wants_it(project: Project) -> None:
    said = project.call("build", *ONLY_TEXT, "--audience", "friends")
    assert said.exit_code == 0, said.text
    written = text(project, "audience-friends")
    assert "1 statement is withheld." in written
    assert "TLP:GREEN" in written
    for name in ("partners", "../friends"):
        other = project.call("plan", "--audience", name)
        assert other.exit_code == 2
        assert f"there is no audience '{name}'" in other.text
        assert "friends, CLEAR, GREEN, AMBER, AMBER+STRICT, RED" in other.text


def test_a_folder_with_results_for_others_is_refused(project: Project) -> None:
    folder = str(project.root / "shared")
    assert project.call("build", *ONLY_TEXT, "--audience", "AMBER", "--output", folder).exit_code == 0
    for audience in ((), ("--audience", "GREEN")):
        said = project.call("build", *ONLY_TEXT, *audience, "--output", folder)
        assert said.exit_code == 2
        assert "has results for the audience AMBER; name another folder with --output" in said.text


def test_a_brief_that_an_audience_may_not_see_is_no_brief_for_it(project: Project) -> None:
    project.change(BRIEF, "marking: CLEAR", "marking: AMBER")
    said = project.call("build", *ONLY_TEXT, "--audience", "GREEN")
    assert said.exit_code == 2
    assert "'letter' is marked more strictly than TLP:GREEN" in said.text


@pytest.mark.pdf
def test_an_issued_brief_is_its_edition_for_an_audience_that_sees_no_more(project: Project) -> None:
    issued = project.call("issue", "letter", "--note", "First.", "--by", "A. Person")
    assert issued.exit_code == 0, issued.text
    assert project.call("build", *ONLY_TEXT, "--audience", "GREEN").exit_code == 0
    assert "| 1 of " in text(project, "audience-green")
    assert project.call("build", *ONLY_TEXT, "--audience", "AMBER").exit_code == 0
    assert "Draft after edition 1" in text(project, "audience-amber")


def test_a_template_of_the_project_gets_what_the_readers_of_the_brief_may_see(project: Project) -> None:
    project.write(
        "templates/own.md.j2",
        '{{ section("text", "T") }}[](fact:drones.letter)\n\n'
        "{% for fact in library.facts.values() %}{{ fact.statement }} {% endfor %}\n"
        "{{ brief.body.raw }}\n",
    )
    project.change(BRIEF, "template: brief", "template: own")
    secret = "The model is the second."
    assert secret in project.read(SHEET)
    assert project.call("build", *ONLY_TEXT).exit_code == 0
    assert secret not in text(project)
    assert "The model is" not in text(project)
    assert project.call("build", *ONLY_TEXT, "--audience", "AMBER").exit_code == 0
    assert secret in text(project, "audience-amber")


def test_what_an_audience_plans_is_what_its_readers_may_see(project: Project) -> None:
    assert project.call("build", *ONLY_TEXT, "--audience", "GREEN").exit_code == 0
    project.change(SHEET, "The model is the second.", "The model is the third.")
    planned = project.call("plan", *ONLY_TEXT, "--audience", "GREEN", "--json").record
    assert {item["action"] for item in planned["decisions"]} == {"keep"}
    assert "third" not in json.dumps(planned)


@pytest.mark.pdf
def test_every_file_for_a_level_is_that_of_the_project_without_what_is_above_it(
    project: Project, tmp_path: Path
) -> None:
    partners = "audiences:\n  partners: {level: GREEN, base_url: https://partners.example.org/}\n"
    project.change("content/project.yaml", "audiences:\n", partners)
    shutil.copytree(project.root, tmp_path / "by-hand")
    by_hand = Project(tmp_path / "by-hand")
    for path, begin, end in (
        (SHEET, "  model:\n", "  start:\n"),
        (SHEET, "  count:\n", "  office:\n"),
        (BRIEF, "(TLP:AMBER) The model is", "The Courier relays"),
    ):
        before, _, rest = by_hand.read(path).partition(begin)
        by_hand.write(path, before + end + rest.partition(end)[2])
    by_hand.change(BRIEF, "  except_facts: [drones.model]\n", "")
    by_hand.change(BRIEF, "disagreements: [drones.count]", "disagreements: []")
    for made in (project, by_hand):
        said = made.call("build", "--audience", "partners")
        assert said.exit_code == 0, said.text
    results = project.results()
    assert {Path(path).suffix for path in results} > {".pdf", ".html", ".json", ".ics", ".png", ".js"}
    assert results == by_hand.results()
