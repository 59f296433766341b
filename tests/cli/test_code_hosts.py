"""What other programs are given: SARIF logs and the command lines of GitHub's workflows."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import __version__
from briefing.build import pipeline
from briefing.checks import runner
from briefing.cli.reports import code_hosts
from briefing.model import characters
from briefing.model.findings import FOUND_BEFORE, Finding, Place, Severity
from tests.conftest import Project, call

ERROR = Finding(
    "unknown-fact",
    "there is no fact 'ferry.tpye'",
    Place("content/briefs/overview.md", 16, 57),
    "did you mean 'ferry.type'?",
    brief="overview",
)
WARNING = Finding("review-due", "look at it", Place("content/facts/ferry.yaml", 3, 5), "", Severity.WARNING)
NOTE = Finding("review-due", "good to know", Place("content/facts/ferry.yaml"), "", Severity.NOTE)
STRANGE = Finding("never-heard-of", "50%: a,b", Place("templates/für alle.md.j2", 1, 1), "write\nit")


def _run(*findings: Finding, folder: str = "") -> Any:
    """The one run of a log."""
    log = json.loads(code_hosts.sarif(findings, folder))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    assert log.keys() == {"$schema", "version", "runs"}
    (run,) = log["runs"]
    return run


# ----------------------------------------------------------------------------------------------- SARIF
# The published schema is too large to keep here; a log of these four findings was valid by it when this was
# written. What it and code hosts demand is written out below.


def test_log_names_the_program_and_its_version() -> None:
    driver = _run()["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("Briefing", __version__)
    assert _run()["results"] == []


def test_every_check_and_every_earlier_problem_has_a_rule_with_its_page() -> None:
    rules = {rule["id"]: rule for rule in _run()["tool"]["driver"]["rules"]}
    assert list(rules) == [*(check.slug for check in runner.CHECKS), *FOUND_BEFORE]
    for check in runner.CHECKS:
        rule = rules[check.slug]
        assert rule["shortDescription"]["text"] == check.meaning
        assert rule["fullDescription"]["text"] == f"{check.meaning} {check.why}"
        assert rule["help"]["text"] == f"Good: {check.good}\nBad: {check.bad}"
        assert rule["defaultConfiguration"]["level"] == check.severity.value
    for slug, meaning in FOUND_BEFORE.items():
        assert rules[slug]["shortDescription"]["text"] == meaning
        assert rules[slug]["defaultConfiguration"]["level"] == "error"


def test_rule_has_what_the_schema_allows_and_code_hosts_need() -> None:
    for rule in _run(STRANGE)["tool"]["driver"]["rules"]:
        assert rule.keys() == {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        for name in ("shortDescription", "fullDescription", "help"):
            assert rule[name]["text"]
            assert rule[name].keys() <= {"text", "markdown"}
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_result_tells_place_severity_and_what_to_do() -> None:
    run = _run(ERROR)
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result.pop("ruleIndex")]["id"] == "unknown-fact"
    assert result == {
        "ruleId": "unknown-fact",
        "level": "error",
        "message": {"text": "there is no fact 'ferry.tpye'; did you mean 'ferry.type'?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/briefs/overview.md"},
                    "region": {"startLine": 16, "startColumn": 57},
                }
            }
        ],
        "properties": {"brief": "overview"},
    }


def test_levels_are_those_of_the_findings() -> None:
    results = _run(ERROR, WARNING, NOTE)["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
    assert [result["message"]["text"] for result in results[1:]] == ["look at it", "good to know"]
    assert "properties" not in results[1]


def test_finding_of_an_unknown_check_has_a_rule_as_well() -> None:
    run = _run(ERROR, STRANGE, STRANGE)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules.count("never-heard-of") == 1
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]


def test_place_is_a_relative_address_in_ascii() -> None:
    (result,) = _run(STRANGE, folder="corpora/sea ferries")["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "corpora/sea%20ferries/templates/f%C3%BCr%20alle.md.j2"


# ---------------------------------------------------------------------------------------------- GitHub


def test_finding_is_a_workflow_command() -> None:
    assert list(code_hosts.github([ERROR, WARNING, NOTE], "corpora/sea")) == [
        "::error file=corpora/sea/content/briefs/overview.md,line=16,col=57,title=unknown-fact::"
        "there is no fact 'ferry.tpye'; did you mean 'ferry.type'?",
        "::warning file=corpora/sea/content/facts/ferry.yaml,line=3,col=5,title=review-due::look at it",
        "::notice file=corpora/sea/content/facts/ferry.yaml,line=1,col=1,title=review-due::good to know",
    ]


def test_signs_of_the_command_are_escaped() -> None:
    found = Finding("a:b,c", "50%: a,b", Place("content/a:b,c%.md"), "write\nit")
    assert list(code_hosts.github([found])) == [
        "::error file=content/a%3Ab%2Cc%25.md,line=1,col=1,title=a%3Ab%2Cc::50%25: a,b; write%0Ait"
    ]


_TEXTS = st.text(max_size=40).map(characters.shown)


@given(path=_TEXTS, message=_TEXTS, hint=_TEXTS)
def test_command_is_one_line_that_reads_back_as_it_was(path: str, message: str, hint: str) -> None:
    (line,) = code_hosts.github([Finding("image", message, Place(path, 3, 4), hint)])
    assert not re.search("[\r\n]", line)
    head, _, body = line.removeprefix("::error ").partition("::")
    assert unquote(body) == "; ".join(filter(None, [message, hint]))
    named = dict(part.split("=", 1) for part in head.split(","))
    assert {name: unquote(text) for name, text in named.items()} == {
        "file": path,
        "line": "3",
        "col": "4",
        "title": "image",
    }


# ------------------------------------------------------------------------------------- the command line


def _broken(project: Project) -> Project:
    project.change("content/facts/ferry.yaml", "status: discussed", "status: discused")
    return project


def test_check_prints_what_it_is_asked_for(project: Project) -> None:
    assert _broken(project).call("check").exit_code == 1
    said = project.call("check", "--format", "sarif")
    assert (said.exit_code, said.err) == (1, "")
    (result,) = json.loads(said.out)["runs"][0]["results"]
    assert result["ruleId"] == "unknown-word"
    said = project.call("check", "--format", "github")
    assert (said.exit_code, said.err) == (1, "")
    assert re.fullmatch(r"::error file=[^:]+ferry\.yaml,line=\d+,col=\d+,title=unknown-word::.+\n", said.out)
    assert project.call("check", "--format", "text").text == project.call("check").text


def test_json_is_short_for_format_json(project: Project) -> None:
    _broken(project)
    assert project.call("check", "--json").out == project.call("check", "--format", "json").out
    assert project.call("check", "--json", "--format", "json").record["exit_code"] == 1
    said = project.call("check", "--json", "--format", "sarif")
    assert said.exit_code == 2
    assert "--json is short for --format json" in said.err


def test_good_content_is_an_empty_log_and_no_command(project: Project) -> None:
    said = project.call("check", "--format", "sarif")
    assert said.exit_code == 0
    results = json.loads(said.out)["runs"][0]["results"]
    assert [result for result in results if result["level"] == "error"] == []
    assert "::error" not in project.call("check", "--format", "github").out


def test_places_are_seen_from_where_the_command_is_called(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    _broken(project)
    for folder, expected in (
        (project.root.parent, f"{project.root.name}/content/facts/ferry.yaml"),
        (project.root, "content/facts/ferry.yaml"),
        (project.root / "content", "content/facts/ferry.yaml"),
    ):
        monkeypatch.chdir(folder)
        said = call("check", "--project", project.root, "--format", "github")
        assert f"file={expected}," in said.out
    monkeypatch.chdir(project.root)
    assert "file=content/facts/ferry.yaml," in call("check", "--format", "github").out


def test_notes_are_for_those_who_ask(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    line = pipeline.run

    def with_note(*arguments: Any) -> Any:
        return dataclasses.replace(line(*arguments), findings=(NOTE,))

    monkeypatch.setattr(pipeline, "run", with_note)
    assert project.call("check", "--format", "github").out == ""
    assert project.call("check", "--format", "github", "--verbose").out.startswith("::notice ")
    assert json.loads(project.call("check", "--format", "sarif").out)["runs"][0]["results"]
