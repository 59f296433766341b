"""The line on demand: the same files and findings as the whole way, for the cost of what changed."""

from __future__ import annotations

import contextlib
import datetime
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.build import jobs, on_demand, pipeline, recorded, steps
from briefing.build.plan import Job
from briefing.build.steps import EVERYTHING
from briefing.content import layout
from briefing.memo import kept
from briefing.memo.engine import ALL, Engine
from briefing.memo.kept import Kept
from briefing.site import lists
from briefing.site import pages as site
from briefing.site.recorded import TOP
from briefing.store import built, disk, request
from briefing.store.results import Scope
from tests import ledgers, values
from tests.bench import corpus
from tests.conftest import QUICK, Project

ROOT = Path(__file__).parents[2]
PROJECTS = {
    "shipped": ROOT,
    "example": ROOT / "briefing/starters/example",
    "sample": ROOT / "tests/sample",
}
Files = dict[str, tuple[str, frozenset[str], tuple[tuple[str, str], ...]]]


@pytest.fixture(scope="module", autouse=True)
def short_lists() -> Iterator[None]:
    """Projects of several sizes are compared, so none has lists that are long: one test is about those."""
    with pytest.MonkeyPatch.context() as patch:
        for bound in ("MAX_ROWS", "MAX_RECORDS", "MAX_ON_FRONT_PAGE", "MAX_COVERED"):
            patch.setattr(lists, bound, 1_000_000)
        yield


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


def own(template: str) -> Callable[[Path], None]:
    """The project's own template."""

    def edit(project: Path) -> None:
        (project / "templates").mkdir()
        text = layout.shipped_templates()[template].replace(">{{", " data-own>{{")
        (project / "templates" / template).write_text(text, "utf-8")

    return edit


def both(*edits: Callable[[Path], None]) -> Callable[[Path], None]:
    """Several edits at once."""

    def edit(project: Path) -> None:
        for item in edits:
            item(project)

    return edit


SHEET = corpus.CHANGED_SHEET
EDITS = {
    "a value": replaced(
        SHEET, corpus.CHANGED_VALUE, "{amount: 43, unit: ferries, inferred: [amount], basis: so 43}"
    ),
    "a statement": replaced(SHEET, "for Route 2 of Line 1.", "for Road 2 of Line 1."),
    "a status": replaced(
        SHEET, "status: announced", "status: discussed\n    status_basis: discussed, so it was"
    ),
    "a date": both(
        replaced(SHEET, "date: 2025-03-12", "date: 2025-03-13"),
        replaced(SHEET, "12 March 2025", "13 March 2025"),
    ),
    "a term": replaced(SHEET, "Route 3 of Line 1]", "Route 3 of Line 1, by sea]"),
    "a paragraph": replaced("content/briefs/brief-1.md", "nobody confirms it", "nobody has confirmed it"),
    "a template of one kind of page": own("site-page.html.j2"),
    "a template of all changes": own("site-changes-parts.html.j2"),
    "a blank line": replaced(SHEET, "facts:\n", "\nfacts:\n"),
}
OF_EACH = ("a template of all changes",)
"""What concerns a piece of every topic."""
SEARCH = frozenset({"site shelf of the search", "site words of the search"})
PAGES_OF_RECORDS = frozenset({"site actor", "site source", "site system"})
LISTS: dict[str, frozenset[str]] = {
    "a value": SEARCH | {"site changes"},
    "a statement": SEARCH
    | PAGES_OF_RECORDS
    | {
        "site changes",
        "site coverage",
        "site feed_of_facts",
        "site list_of_facts",
        "site registers",
        "site reviews",
        "site timeline",
        "overview",
    },
    "a status": SEARCH
    | PAGES_OF_RECORDS
    | {
        "site changes",
        "site facets of the search",
        "site front",
        "site list_of_facts",
        "site timeline",
    },
    "a date": SEARCH | PAGES_OF_RECORDS | {"site list_of_facts", "site timeline"},
    "a term": SEARCH,
    "a paragraph": SEARCH,
    "a template of one kind of page": frozenset({"site plain page"}),
    "a template of all changes": frozenset({"site changes"}),
    "a blank line": frozenset(),
}
"""The files about many things that an edit makes again. A value is in the news of the day of its fact."""
OF_ONE_THING = frozenset({"site brief", "site topic", "site fact", "site worked_example"})


class Settled:
    """A generated project with its results; every edit is undone after it."""

    def __init__(self, folder: Path, briefs: int, store: Kept | None = None) -> None:
        self.project = generated(folder, briefs)
        self.store = store or kept.opened(None, "")
        for _ in range(2):  # lists of names are made of what was made first
            on_demand_of(self.project, engine_for(self.project, self.store))

    @contextlib.contextmanager
    def after(self, edit: Callable[[Path], None]) -> Iterator[Engine]:
        """Provide the engine after an edit, before anything is worked out."""
        before = {path: path.read_text("utf-8") for path in self.project.glob("content/**/*.*")}
        edit(self.project)
        yield engine_for(self.project, self.store)
        for path, text in before.items():
            path.write_text(text, "utf-8")
        shutil.rmtree(self.project / "templates", ignore_errors=True)
        on_demand_of(self.project, engine_for(self.project, self.store))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    return Settled(tmp_path_factory.mktemp("small"), 4)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    return Settled(tmp_path_factory.mktemp("large"), 12)


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_takes_as_many_steps_in_a_large_project_as_in_a_small_one(
    edit: str, small: Settled, large: Settled
) -> None:
    taken = []
    for settled in (small, large):
        with settled.after(EDITS[edit]) as engine:
            assert on_demand_of(settled.project, engine) == whole(settled.project)
            taken.append(engine.worked)
    few, many = taken
    if edit in OF_EACH:
        for piece in ("piece: lists of changes of topic", "piece: said of commitments of topic"):
            assert many.pop(piece) - few.pop(piece) == 8
        assert many.pop("piece: changes of source") > few.pop("piece: changes of source")
    assert few == many
    assert sum(few.values()) < 160
    about_many = {name for name in few if name.startswith("site ") or name in site.ABOUT_PAGES}
    assert about_many - OF_ONE_THING == LISTS[edit]


LONG: dict[str, frozenset[str]] = {
    "a value": frozenset(),
    "a blank line": frozenset(),
    "a statement": frozenset(
        {"all_2025-03", "status_announced_2025-03", "side_council-1", "system_ferry-1_2025-03"}
    ),
    "a status": frozenset(
        {
            *("all_2025-03", "side_council-1", "system_ferry-1_2025-03"),
            *("status_announced", "status_announced_2025-03", "status_discussed"),
        }
    ),
}
"""The pages of long lists of statements that an edit makes again."""


def test_a_change_makes_again_the_pages_of_long_lists_that_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MAX_ROWS", 20)
    monkeypatch.setattr(lists, "MAX_ON_FRONT_PAGE", 3)
    taken: dict[str, list[dict[str, int]]] = {}
    for briefs in (4, 8):
        settled = Settled(tmp_path / str(briefs), briefs)
        before = whole(settled.project)[0]
        for edit, expected in LONG.items():
            with settled.after(EDITS[edit]) as engine:
                files, findings = on_demand_of(settled.project, engine)
                assert (files, findings) == whole(settled.project)
                taken.setdefault(edit, []).append(dict(engine.worked))
            changed = {path for path in {*files, *before} if files.get(path) != before.get(path)}
            of_lists = {path for path in changed if re.fullmatch(r"site/facts/[^.]*_[^.]*\.html", path)}
            assert {Path(path).stem for path in of_lists} == expected
    for edit, (few, many) in taken.items():
        assert few == many, edit


class Counting(Kept):
    """A store that counts what each step has read: results on record, and their bytes."""

    def __init__(self) -> None:
        super().__init__(None, "")
        self.of_step: dict[str, tuple[int, int]] = {}

    def set_reads(self, reader: int, nodes: frozenset[int]) -> None:
        """Count what a step has read, which has just run."""
        super().set_reads(reader, nodes)
        ((rule, _, _),) = self._rows("id = ?", reader)
        reads, size = self.of_step.get(rule, (0, 0))
        self.of_step[rule] = reads + len(nodes), size + sum(map(self._size, nodes))

    def _size(self, node: int) -> int:
        ((rule, key, size),) = self._rows("id = ?", node)
        return sum(item[2] for item in self._rows("rule = ?", key)) if rule == ALL else size

    def _rows(self, where: str, value: object) -> list[tuple[str, str, int]]:
        question = f"SELECT rule, key, LENGTH(data) FROM node WHERE {where}"
        return self._file.execute(question, (value,)).fetchall()


JOINING = frozenset(
    {"site changes", "site words of the search", "findings of comparisons", "characters of all"}
)
"""What is about everything, and so reads a piece of every topic."""


def test_what_a_step_reads_after_one_value_does_not_grow_with_the_project(tmp_path: Path) -> None:
    sizes, found = (4, 12, 30), []
    for briefs in sizes:
        store = Counting()
        settled = Settled(tmp_path / str(briefs), briefs, store)
        with settled.after(EDITS["a value"]) as engine:
            store.of_step = {}
            on_demand_of(settled.project, engine)
            found.append(dict(store.of_step))
    first, *_, last = found
    assert {rule: reads for rule, (reads, _) in first.items()} == {
        rule: reads for rule, (reads, _) in last.items()
    }
    more = sizes[-1] - sizes[0]
    growth = {rule: (last[rule][1] - size) / more for rule, (_, size) in first.items()}
    assert {rule for rule, grown in growth.items() if grown > 40} <= JOINING, (
        "names of briefs and topics apart"
    )
    # The pages of short months list their statements, so those lists are read beside their numbers.
    assert max(growth.values()) < 1450


def test_a_template_of_pieces_that_has_errors_takes_the_whole_way(tmp_path: Path) -> None:
    project = generated(tmp_path, 1)
    (project / "templates").mkdir()
    (project / "templates/site-rows-parts.html.j2").write_text("{{ nothing_of_this_name }}", "utf-8")
    engine = engine_for(project)
    snapshot = on_demand.snapshot(engine, disk.read(project, request.FOLDERS), EVERYTHING)
    assert snapshot
    assert on_demand.lay_out(engine, snapshot, EVERYTHING, built.Manifest(), "", ()) is None


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
        "content/briefs/brief-1.md", "spoke of [](fact:common.fact-1)", "spoke of ferries"
    ),
    "a brief less": lambda project: remove(project / "content/briefs/brief-3.md"),
    "a brief more": lambda project: shutil.copy(
        project / "content/briefs/brief-1.md", project / "content/briefs/brief-9.md"
    ),
    "a default": replaced(
        "content/facts/topic-1.yaml", "facts:\n", "defaults: {review_by: 2099-12-31}\nfacts:\n"
    ),
    "another default": replaced("content/facts/topic-1.yaml", "2099-12-31", "2098-12-31"),
    "a gap": lambda project: gap(project / "content/facts/topic-1.yaml"),
    "the project's title": replaced("content/project.yaml", "title: Ferries", "title: Boats and ferries"),
    "drafts apart": replaced("content/project.yaml", "title:", "drafts: apart\ntitle:"),
    "a draft apart": replaced("content/briefs/brief-2.md", "title: Boats", "title: Small boats"),
    "no drafts": replaced("content/project.yaml", "drafts: apart", "drafts: hidden"),
    "drafts again": replaced("content/project.yaml", "drafts: hidden\n", ""),
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
    engine.settle(TOP)
    assert list(engine.differing()) == []


# ------------------------------------------------------------------------------------ decisions and reasons


def _decided(survey: pipeline.Survey) -> list[tuple[str, str, str]]:
    return [(item.path, item.action.value, item.reason) for item in survey.decisions]


def _planned(project: Project, *only: str) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """The decisions of the command, about what changed since the last build, and those on all files."""
    named = [word for name in only for word in ("--only", name)]
    record = project.call("plan", *named, *QUICK, "--format", "site", "--json").record
    said = [(item["path"], item["action"], item["reason"]) for item in record["decisions"]]
    scope = Scope(frozenset(only), frozenset(("markdown", "html", "site")))
    snapshot = steps.snapshot(disk.read(project.root, request.FOLDERS), datetime.date.today(), scope)
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
    "an edition": lambda project: ledgers.issue(project, "overview", "2031-04-11"),
    "a draft after it": lambda project: project.change(
        "content/briefs/overview.md", "a great storm", "a mighty storm"
    ),
    "drafts apart": lambda project: project.change(
        "content/project.yaml", "contact:", "drafts: apart\ncontact:"
    ),
    "no drafts": lambda project: project.change("content/project.yaml", "drafts: apart", "drafts: hidden"),
    "nothing": lambda project: None,
}
ONE = "overview"


@pytest.mark.pdf
def test_decisions_since_the_last_build_are_those_on_all_files(project: Project) -> None:
    """One change after another, each planned and then built; every second build is of one format only."""
    for number, (name, change) in enumerate(CHANGES.items()):
        change(project)
        said, every = _planned(project)
        assert said == every, name
        said, every = _planned(project, ONE)
        assert said == every, f"{name}, {ONE} only"
        if number % 3 == 2:
            project.build("--only", ONE, *QUICK)
            said, every = _planned(project)
            assert said == every, f"{name}, {ONE} only built"
        formats = ("--format", "markdown") if number % 2 else (*QUICK, "--format", "site")
        project.build(*formats)
        said, every = _planned(project)
        assert said == every, f"{name}, built"
        if not number % 2:
            assert {action for _, action, _ in said} == {"keep"}, name
