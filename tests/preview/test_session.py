"""The warm project: the pages that a build would make, the last good ones, and what the checks find."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from briefing.build import jobs, steps
from briefing.build.steps import EVERYTHING
from briefing.model.findings import FOUND_BEFORE, Finding
from briefing.preview.session import SITE_VIEW, Session
from briefing.store import disk, request
from briefing.store.request import SITE
from tests import values
from tests.bench import corpus
from tests.conftest import Project

BRIEF = "ferry-purchase"
FILE = f"content/briefs/{BRIEF}.md"


def session_of(project: Project) -> Session:
    def read() -> disk.Texts:
        return disk.read(project.root, request.FOLDERS)

    return Session(read, project.root, project.output, lambda: values.TODAY)


@pytest.fixture
def opened(project: Project) -> Session:
    return session_of(project)


def whole(project: Project) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The text of every file that a build would make, and all findings, the whole way."""
    snapshot = steps.snapshot(disk.read(project.root, request.FOLDERS), values.TODAY)
    found, snapshot = jobs.lay_out_all(snapshot, EVERYTHING)
    return {job.path: job.prepared.text for job in found}, snapshot.findings


def text(session: Session, view: str, brief: str = BRIEF) -> str:
    laid = session.laid(brief, view)
    assert laid
    return laid.prepared.text


def messages(session: Session, brief: str = BRIEF) -> list[str]:
    return [item.finding.message for item in session.state(brief).found]


EDITS: dict[str, Callable[[Project], object]] = {
    "a word": lambda project: project.change(FILE, "There is no contract", "No contract exists"),
    "a value": lambda project: project.change("content/facts/ferry.yaml", "amount: 4,", "amount: 5,"),
    "a name": lambda project: project.change("content/systems.yaml", "name: M2\n", "name: M3\n"),
    "a title": lambda project: project.change(FILE, "title: The ferry purchase", "title: Ferries"),
    "another brief's title": lambda project: project.write(
        "content/briefs/overview.md",
        project.read("content/briefs/overview.md").replace("title: ", "title: Now ", 1),
    ),
    "a page's title": lambda project: project.write(
        "content/pages/method.md",
        project.read("content/pages/method.md").replace("title: ", "title: Our ", 1),
    ),
    "a page more": lambda project: project.write(
        "content/pages/handbook.md", "---\ntitle: Own\n---\nText.\n"
    ),
    "a page less": lambda project: (project.root / "content/pages/handbook.md").unlink(),
    "a template": lambda project: project.write(
        "templates/edition.html.j2",
        (Path(__file__).parents[2] / "templates/edition/edition.html.j2").read_text("utf-8") + "<!-- own -->",
    ),
    "a style": lambda project: project.write("templates/text.css", "p { color: red; }\n"),
    "no style": lambda project: shutil.rmtree(project.root / "templates"),
    "no milestones": lambda project: project.write(
        "content/facts/ferry.yaml",
        project.read("content/facts/ferry.yaml").replace("review_by: 2099-12-31", ""),
    ),
}


def test_what_is_shown_after_every_save_is_what_a_build_makes(project: Project) -> None:
    session = session_of(project)
    for name, edit in EDITS.items():
        edit(project)
        session.refresh()
        made, findings = whole(project)
        for view, words in session.state(BRIEF).views:
            path = f"{SITE}/briefs/{BRIEF}.html" if view == SITE_VIEW else f"briefs/{BRIEF}{suffix(view)}"
            assert text(session, view) == made[path], (name, words)
        session.check()
        state = session.state(BRIEF)
        shown = {item.finding for item in (*state.found, *state.elsewhere)}
        assert shown == set(findings), name


def suffix(view: str) -> str:
    return {"html": ".html", "markdown": ".md", "pdf": ".pdf"}.get(view, f".{view}.pdf")


def test_one_saved_file_is_enough(project: Project, opened: Session) -> None:
    opened.check()
    project.change(FILE, "There is no contract", "No contract exists")
    assert opened.refresh({FILE})
    assert "No contract exists" in text(opened, SITE_VIEW)
    assert not opened.refresh({FILE})


def test_a_file_that_came_or_went_is_seen_whatever_was_reported(project: Project, opened: Session) -> None:
    project.write("content/briefs/another.md", project.read(FILE).replace("title: The", "title: Another", 1))
    assert opened.refresh({"content/briefs/another.md"})
    assert "another" in dict(opened.briefs())
    (project.root / "content/briefs/another.md").unlink()
    assert opened.refresh({"content/briefs/another.md"})
    assert "another" not in dict(opened.briefs())
    assert opened.state("another").held == "there is no brief 'another' any more"


BROKEN: dict[str, Callable[[Project], object]] = {
    "its front matter": lambda project: project.change(FILE, "owner: R. Lund\n", "owner: [\n"),
    "a fact link": lambda project: project.change(FILE, "fact:ferry.type", "fact:ferry.kind"),
    "a sheet": lambda project: project.change("content/facts/ferry.yaml", "facts:\n", "facts: [\n"),
    "a reference": lambda project: project.change(
        "content/origins.yaml", "said_by: [holm]", "said_by: [holt]"
    ),
    "the project": lambda project: project.change("content/project.yaml", "\npublisher:", "\npublishr:"),
    "the language": lambda project: project.change("content/project.yaml", "[en-GB]", "[xx]"),
    "its template": lambda project: project.write("templates/brief.md.j2", "{{ nothing }}"),
    "the file": lambda project: (project.root / FILE).write_bytes(b"\xff\xfe"),
    "the folder": lambda project: (project.root / "content/briefs").rename(project.root / "aside"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_while_it_is_broken_the_last_good_page_is_shown_with_the_errors(project: Project, name: str) -> None:
    session = session_of(project)
    good = {view: text(session, view) for view, _ in session.state(BRIEF).views}
    BROKEN[name](project)
    assert session.refresh()
    state = session.state(BRIEF)
    assert state.held
    session.check()
    assert {view: text(session, view) for view in good} == good
    _, findings = whole(project)
    shown = {item.finding for item in session.state(BRIEF).found}
    assert _before_the_checks(shown) == _before_the_checks(findings)


def _before_the_checks(findings: Iterable[Finding]) -> set[Finding]:
    """The errors that no check finds, but a step before."""
    return {item for item in findings if item.is_error and item.check in FOUND_BEFORE}


def test_a_brief_that_needs_nothing_broken_goes_on(project: Project) -> None:
    session = session_of(project)
    project.write("content/briefs/another.md", "---\nbroken")
    project.change(FILE, "There is no contract", "No contract exists")
    session.refresh()
    state = session.state(BRIEF)
    assert (state.held, state.has_errors) == ("", True)
    made, _ = whole(project)
    assert text(session, "html") == made[f"briefs/{BRIEF}.html"]
    assert "No contract exists" in text(session, SITE_VIEW)
    assert session.state("another").held == "content/briefs/another.md has errors"


def test_after_the_correction_everything_is_checked_again(project: Project, opened: Session) -> None:
    opened.check()
    before = messages(opened)
    good = project.read(FILE)
    project.write(FILE, "---\nbroken")
    opened.refresh({FILE})
    assert not opened.check()
    project.write(FILE, good)
    opened.refresh({FILE})
    opened.check()
    assert messages(opened) == before


def test_what_the_checks_find_in_a_sentence_is_there_before_the_project_is_checked(project: Project) -> None:
    session = session_of(project)
    session.check()
    project.change(FILE, "There is no contract", "There are 17 contracts")
    session.refresh({FILE})
    state = session.state(BRIEF)
    assert not state.is_checked
    found = next(item for item in state.found if item.finding.check == "bare-number")
    assert found.spot
    assert found.spot.words == ("there", "are", "17", "contracts")
    assert "17 contracts" in found.line


def test_a_finding_on_a_fact_belongs_to_the_claims_of_that_fact(project: Project) -> None:
    session = session_of(project)
    project.change(
        "content/facts/ferry.yaml", "value: {amount: 4, unit: ferries}", "value: {amount: 7, unit: ferries}"
    )
    session.refresh()
    session.check()
    spots = [item.spot for item in session.state(BRIEF).found if item.finding.at.path.endswith("ferry.yaml")]
    assert any(spot and spot.fact == "ferry.count" for spot in spots)


def test_other_files_of_the_site_are_those_of_a_build(project: Project, opened: Session) -> None:
    opened.check()
    made, _ = whole(project)
    for path in (
        "index.html",
        "timeline.html",
        "registers.html",
        "facts/index.html",
        "facts/ferry.count.html",
        "facts/ferry.count.json",
        "sources/gazette.html",
        "topics/ferry.html",
        "pages/method.html",
        f"briefs/{BRIEF}.json",
        f"briefs/{BRIEF}.ris",
    ):
        prepared = opened.file(path)
        assert prepared, path
        assert prepared.text == made[f"{SITE}/{path}"], path
    assert opened.file("facts/ferry.nothing.html") is None
    assert opened.file("../content/project.yaml") is None


def test_it_begins_with_what_the_last_build_worked_out_and_leaves_that_alone(quick: Project) -> None:
    store = quick.output / disk.STATE_FOLDER / "results.sqlite"
    before = {path.name: path.read_bytes() for path in store.parent.iterdir() if path.is_file()}
    session = session_of(quick)
    assert text(session, "html")
    assert sum(session._engine.worked.values()) < 20
    assert {path.name: path.read_bytes() for path in store.parent.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind" * 400])
def test_a_damaged_store_costs_time_only(quick: Project, damage: bytes) -> None:
    store = quick.output / disk.STATE_FOLDER / "results.sqlite"
    store.write_bytes(damage)
    assert text(session_of(quick), "html")


def test_a_result_that_somebody_has_spoilt_is_worked_out_again(quick: Project) -> None:
    session = session_of(quick)
    session.start_over()
    made, _ = whole(quick)
    assert text(session, "html") == made[f"briefs/{BRIEF}.html"]


EDITED = {
    "a paragraph": ("content/briefs/brief-1.md", "nobody confirms it", "nobody has confirmed it"),
    "a fact": (
        corpus.CHANGED_SHEET,
        corpus.CHANGED_VALUE,
        "{amount: 43, unit: ferries, inferred: [amount], basis: so 43}",
    ),
}


@pytest.mark.parametrize("edit", EDITED)
def test_a_save_takes_as_many_steps_in_a_large_project_as_in_a_small_one(edit: str, tmp_path: Path) -> None:
    taken = []
    for briefs in (3, 9):
        project = Project(tmp_path / str(briefs))
        corpus.write(project.root, briefs)
        session = session_of(project)
        text(session, SITE_VIEW, "brief-1")
        session.check()
        session._engine.worked.clear()
        path, old, new = EDITED[edit]
        project.write(path, project.read(path).replace(old, new, 1))
        session.refresh({path})
        assert text(session, SITE_VIEW, "brief-1")
        session.state("brief-1")
        shown = sum(session._engine.worked.values())
        session.check()
        taken.append((shown, session._engine.worked))
    assert taken[0] == taken[1]
    assert taken[0][0] < 60
