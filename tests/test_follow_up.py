"""A follow-up to the shipped corpus, from the new report to the second edition, as it is lived."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from briefing.store import disk
from tests import followup
from tests.conftest import Page, Project, call

BRIEF = followup.BRIEF
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The corpus with the first edition of a brief, built; then the follow-up, not yet built."""
    made = followup.copy(tmp_path / "followup")
    said = call("issue", BRIEF, "--note", "First edition.", "--by", "A. Person", "--project", made.root)
    assert said.exit_code == 0, said.text
    assert made.build("--format", "markdown", "--format", "site").exit_code == 0
    followup.plant(made)
    return made


def flat(text: str) -> str:
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def the_impact_is_seen_before_anything_is_written(project: Project) -> None:
    before = project.results()
    said = project.call("impact", "rafale.aircraft")
    assert said.exit_code == 1
    text = flat(said.out)
    assert "Value changed, from 100 Rafale F4 aircraft to 114 Rafale F4 aircraft" in text
    assert "- Zelenskyy says it lets Ukraine buy 100 Rafale F4 aircraft by 2035" in text
    assert "+ Zelenskyy says it lets Ukraine buy 114 Rafale F4 aircraft by 2035" in text
    assert {"financing", "overview", BRIEF} <= {word.strip("(") for word in text.split()}
    assert project.results() == before


def the_plan_names_files_rows_and_memberships(project: Project) -> None:
    record = project.call("plan", "--json").record
    made = {item["path"] for item in record["decisions"] if item["action"] == "make"}
    assert {f"briefs/{BRIEF}.pdf", "site/facts/rafale.first-lot.html", "site/changes.html"} <= made
    assert "site/briefs/drone-co-production.html" not in made
    (impact,) = [item for item in record["impact"] if item["brief"] == BRIEF]
    entered = [item["fact"] for item in impact["memberships"] if item["is_in"]]
    assert "rafale.first-lot" in entered
    assert project.call("plan", "--exit-code").exit_code == 1


def prose_around_the_changed_fact_is_suspect_and_nothing_else(project: Project) -> None:
    findings = project.call("check", "--json").record["findings"]
    suspect = [item["message"] for item in findings if item["check"] == "suspect"]
    assert suspect
    assert all(
        "rafale.aircraft was 100 Rafale F4 aircraft; it is 114 Rafale F4 aircraft now" in message
        for message in suspect
    )
    refused = project.call("issue", BRIEF, "--note", "Second.", "--by", "A. Person")
    assert refused.exit_code == 1
    assert f"{len(suspect)} paragraphs are to be checked" in refused.out


def the_draft_is_marked_and_says_what_changed(project: Project) -> None:
    assert project.build("--format", "markdown", "--format", "site").exit_code == 0
    text = flat(project.read(f"output/briefs/{BRIEF}.md"))
    assert "Draft after edition 1: not yet approved" in text
    assert "To be checked: rafale.aircraft was 100 Rafale F4 aircraft" in text
    news = text.partition("What changed since edition 1 of")[2].partition("## ")[0]
    order = [
        "Value changed, from 100 Rafale F4 aircraft to 114 Rafale F4 aircraft",
        "Now cited: contracted, 20 aircraft",
        "No longer disputed",
        "Source added",
    ]
    places = [news.find(words) for words in order]
    assert places == sorted(places)
    assert -1 not in places


def accepted_and_issued_it_is_the_second_edition(project: Project) -> None:
    accepted = project.call("accept", BRIEF, "--by", "B. Other", "--reason", "Read against the new report.")
    assert accepted.exit_code == 0
    assert [x for x in project.call("check", "--json").record["findings"] if x["check"] == "suspect"] == []
    record = project.read(f"content/editions/{BRIEF}/accepted.yaml")
    assert "by: B. Other" in record
    assert "reason: Read against the new report." in record
    issued = project.call("issue", BRIEF, "--note", "A first lot is reported.", "--by", "A. Person")
    assert issued.exit_code == 0, issued.text
    assert project.build("--only", BRIEF).exit_code == 0
    frozen = project.read(f"content/editions/{BRIEF}/2.yaml")
    for ending in ("md", "html", "pdf"):
        assert disk.digest((project.output / f"briefs/{BRIEF}.{ending}").read_bytes()) in frozen


def the_redline_marks_figures_whole_and_lists_the_changes_in_front(project: Project) -> None:
    said = project.call("diff", BRIEF, "--from", "1", "--to", "2", "--format", "md")
    assert said.exit_code == 0
    text = flat((project.output / f"redlines/{BRIEF}-1-to-2.md").read_text("utf-8"))
    assert "{--100--}{++114++} Rafale F4 aircraft" in text
    front = text.partition("# Rafale for Ukraine")[0]
    assert "from 100 Rafale F4 aircraft to 114 Rafale F4 aircraft" in front


def site_and_feed_tell_it(project: Project) -> None:
    assert project.build("--format", "site").exit_code == 0
    changes = flat(Page(project.read("output/site/changes.html")).text)
    assert "Rafale for Ukraine: edition 2" in changes
    months = sorted((project.output / "site/changes").glob("month_*.html"))
    assert "A first lot is reported." in flat(Page(months[-1].read_text("utf-8")).text)
    feed = ElementTree.fromstring(project.read("output/site/editions.atom"))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[:2] == ["Rafale for Ukraine, edition 2", "Rafale for Ukraine, edition 1"]
    old = flat(Page(project.read(f"output/site/editions/{BRIEF}-1.html")).text)
    assert "Superseded by edition 2" in old
    assert "100 Rafale F4 aircraft" in old
    facts = Path(project.output / "site/facts.atom").read_text("utf-8")
    assert "from 100 Rafale F4 aircraft to 114 Rafale F4 aircraft" in facts


@pytest.mark.pdf
def test_the_whole_story(project: Project) -> None:
    the_impact_is_seen_before_anything_is_written(project)
    the_plan_names_files_rows_and_memberships(project)
    prose_around_the_changed_fact_is_suspect_and_nothing_else(project)
    the_draft_is_marked_and_says_what_changed(project)
    accepted_and_issued_it_is_the_second_edition(project)
    the_redline_marks_figures_whole_and_lists_the_changes_in_front(project)
    site_and_feed_tell_it(project)
