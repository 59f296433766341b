"""The line on demand: the same files and findings as the whole way, for the cost of what changed."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.build import jobs, on_demand, pipeline, recorded, steps
from briefing.build.plan import Job
from briefing.build.steps import EVERYTHING
from briefing.content import layout
from briefing.memo import kept
from briefing.memo.engine import Engine
from briefing.memo.kept import Kept
from briefing.site import recorded as site
from briefing.store import built, disk, request
from briefing.store.results import Scope
from tests import values
from tests.bench import corpus
from tests.conftest import QUICK, Project

ROOT = Path(__file__).parents[2]
PROJECTS = {
    "shipped": ROOT,
    "example": ROOT / "briefing/starters/example",
    "sample": ROOT / "tests/sample",
}
Files = dict[str, tuple[str, frozenset[str], tuple[tuple[str, str], ...]]]


def engine_for(project: Path, store: Kept | None = None) -> Engine:
    """An engine that has read a project."""
    texts = disk.read(project, request.FOLDERS)
    return recorded.engine_of(store or kept.opened(None, ""), texts, values.TODAY)


def on_demand_of(project: Path, engine: Engine) -> tuple[Files, list[str]]:
    """What every file is made of, and all findings, on demand."""
    snapshot = on_demand.snapshot(engine, disk.read(project, request.FOLDERS), EVERYTHING)
    assert snapshot
    found = on_demand.lay_out(engine, snapshot, EVERYTHING, built.Manifest(), "", ())
    assert found is not None
    return _named(found.jobs), [f"{item.at} {item.check} {item.message}" for item in snapshot.findings]


def whole(project: Path) -> tuple[Files, list[str]]:
    """The same, the whole way."""
    snapshot = steps.snapshot(disk.read(project, request.FOLDERS), values.TODAY)
    found, snapshot = jobs.lay_out_all(snapshot, EVERYTHING)
    return _named(found), [f"{item.at} {item.check} {item.message}" for item in snapshot.findings]


def _named(found: tuple[Job, ...]) -> Files:
    return {job.path: (job.fingerprint, job.inputs.facts, job.inputs.parts) for job in found}


@pytest.mark.parametrize("name", PROJECTS)
def test_the_files_and_the_findings_are_those_of_the_whole_way(name: str) -> None:
    engine = engine_for(PROJECTS[name])
    assert on_demand_of(PROJECTS[name], engine) == whole(PROJECTS[name])


def generated(folder: Path, briefs: int) -> Path:
    """A generated project of some briefs."""
    corpus.write(folder, briefs)
    return folder


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of one file."""

    def edit(project: Path) -> None:
        text = (project / path).read_text("utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def own_template(project: Path) -> None:
    """The project's own template for plain pages, which are as many in every project."""
    (project / "templates").mkdir()
    text = layout.shipped_templates()["site-page.html.j2"]
    (project / "templates/site-page.html.j2").write_text(f"{text}<!-- own -->\n", "utf-8")


EDITS = {
    "a fact": replaced(
        corpus.CHANGED_SHEET,
        corpus.CHANGED_VALUE,
        "{amount: 43, unit: ferries, inferred: [amount], basis: so 43}",
    ),
    "a paragraph": replaced("content/briefs/brief-1.md", "nobody confirms it", "nobody has confirmed it"),
    "a template": own_template,
    "a blank line": replaced(corpus.CHANGED_SHEET, "facts:\n", "\nfacts:\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_takes_as_many_steps_in_a_large_project_as_in_a_small_one(edit: str, tmp_path: Path) -> None:
    taken = []
    for briefs in (4, 12):
        project = generated(tmp_path / str(briefs), briefs)
        store = kept.opened(None, "")
        on_demand_of(project, engine_for(project, store))
        on_demand_of(project, engine_for(project, store))  # lists of names are made of what was made first
        EDITS[edit](project)
        engine = engine_for(project, store)
        assert on_demand_of(project, engine) == whole(project)
        taken.append(engine.worked)
    assert taken[0] == taken[1]
    assert sum(taken[0].values()) < 150


def test_with_nothing_to_do_nothing_is_worked_out(tmp_path: Path) -> None:
    project = generated(tmp_path, 3)
    store = kept.opened(None, "")
    for _ in range(2):
        on_demand_of(project, engine_for(project, store))
    engine = engine_for(project, store)
    on_demand_of(project, engine)
    assert engine.worked == {}


def gap(sheet: Path) -> None:
    """An open question at the end of a sheet."""
    entry = "question: When will they sail?\n    note: No text says.\n    facts: [topic-1.fact-1]\n"
    sheet.write_text(f"{sheet.read_text('utf-8')}gaps:\n  when:\n    {entry}", "utf-8")


def remove(*files: Path) -> None:
    """Fewer files."""
    for file in files:
        file.unlink()


SERIES: dict[str, Callable[[Path], object]] = {
    "a value": replaced("content/facts/topic-2.yaml", "unit: ferries", "unit: ships"),
    "a statement": replaced("content/facts/common.yaml", "The minister named", "The minister announced"),
    "a source's title": replaced(
        "content/sources/source-1.yaml", "title: Report B", "title: The first report"
    ),
    "an actor's name": replaced("content/actors.yaml", "name: The minister", "name: The Minister of Ports"),
    "a brief's title": replaced("content/briefs/brief-2.md", "title: Ferries", "title: Boats"),
    "a brief without a fact": replaced(
        "content/briefs/brief-1.md", "[discussed](fact:common.fact-1)", "discussed"
    ),
    "a brief less": lambda project: remove(project / "content/briefs/brief-3.md"),
    "a brief more": lambda project: shutil.copy(
        project / "content/briefs/brief-1.md", project / "content/briefs/brief-9.md"
    ),
    "a gap": lambda project: gap(project / "content/facts/topic-1.yaml"),
    "the project's title": replaced("content/project.yaml", "title: Ferries", "title: Boats and ferries"),
    "a sheet less": lambda project: remove(
        project / "content/facts/topic-3.yaml", project / "content/briefs/brief-2.md"
    ),
}


def test_after_every_edit_of_a_series_all_is_as_from_nothing(tmp_path: Path) -> None:
    project = generated(tmp_path, 3)
    store = kept.opened(None, "")
    on_demand_of(project, engine_for(project, store))
    for name, edit in SERIES.items():
        edit(project)
        engine = engine_for(project, store)
        assert on_demand_of(project, engine) == whole(project), name
    engine.settle(site.TOP)
    assert list(engine.differing()) == []


# ------------------------------------------------------------------------------------ decisions and reasons


def _decided(survey: pipeline.Survey) -> list[tuple[str, str, str]]:
    return [(item.path, item.action.value, item.reason) for item in survey.decisions]


def _planned(project: Project) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """The decisions of the command, about what changed since the last build, and those on all files."""
    record = project.call("plan", *QUICK, "--format", "site", "--json").record
    said = [(item["path"], item["action"], item["reason"]) for item in record["decisions"]]
    snapshot = steps.snapshot(disk.read(project.root, request.FOLDERS), datetime.date.today())
    scope = Scope(formats=frozenset(("markdown", "html", "site")))
    every = pipeline.survey(snapshot, built.read(project.output), project.output, scope)
    return said, _decided(every)


CHANGES: dict[str, Callable[[Project], object]] = {
    "a value": lambda project: project.change(
        "content/facts/ferry.yaml", "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}"
    ),
    "a paragraph": lambda project: project.change("content/briefs/overview.md", "a storm", "a great storm"),
    "a file that somebody edited": lambda project: project.write("output/briefs/overview.md", "by hand"),
    "a file that is gone": lambda project: (project.output / "site/index.html").unlink(),
    "a new brief": lambda project: project.write(
        "content/briefs/extra.md", project.read("content/briefs/overview.md")
    ),
    "a brief that is gone": lambda project: (project.root / "content/briefs/extra.md").unlink(
        missing_ok=True
    ),
    "a brief off the site": lambda project: project.change(
        "content/briefs/overview.md", "\ntitle:", "\nmarking: AMBER\ntitle:"
    ),
    "the value as it was": lambda project: project.change(
        "content/facts/ferry.yaml", "value: {amount: 5, unit: ferries}", "value: {amount: 4, unit: ferries}"
    ),
    "a template": lambda project: project.write(
        "templates/site-source.html.j2", layout.shipped_templates()["site-source.html.j2"] + "<!-- own -->"
    ),
    "nothing": lambda project: None,
}


@pytest.mark.pdf
def test_decisions_since_the_last_build_are_those_on_all_files(project: Project) -> None:
    """One change after another, each planned and then built; every second build is of one format only."""
    for number, (name, change) in enumerate(CHANGES.items()):
        change(project)
        said, every = _planned(project)
        assert said == every, name
        formats = ("--format", "markdown") if number % 2 else (*QUICK, "--format", "site")
        project.build(*formats)
        said, every = _planned(project)
        assert said == every, f"{name}, built"
        if not number % 2:
            assert {action for _, action, _ in said} == {"keep"}, name
