"""All files of a brief, and the site, show one state of the content, whichever of them cannot be made."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from briefing.content.layout import shipped_templates
from briefing.store import built
from tests.conftest import Page, Project, Said, contents, environment, where_permissions_bind

FERRY = "content/facts/ferry.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"
COUNT = "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}"
"""Both briefs of the sample show it."""
FORMS = (".html", ".md", ".pdf", ".two-page.pdf", ".flash.pdf")
OF_PURCHASE = [f"briefs/ferry-purchase{form}" for form in FORMS] + [
    f"site/briefs/ferry-purchase{form}" for form in (*FORMS, ".json", ".ris")
]
SHARED = [
    "site/index.html",
    "site/facts/ferry.count.html",
    "site/facts/ferry.count.json",
    "site/assets/search/shelf-fact-ferry.js",
    "site/topics/ferry.html",
]
"""Files of the site that show the count and belong to no brief."""


@dataclass(frozen=True)
class Edited:
    """The sample, built, and edited since; with its files before and after the edit is built."""

    root: Path
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="module")
def edited_once(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    project = Project(
        Path(shutil.copytree(built_sample, tmp_path_factory.mktemp("edited") / "project", symlinks=True))
    )
    old = project.results()
    project.change(FERRY, *COUNT)
    other = project.root.parent / "other"
    assert project.build("--output", str(other)).exit_code == 0
    return Edited(project.root, old, contents(other))


@pytest.fixture
def project(edited_once: Edited, tmp_path: Path) -> Project:
    """A copy of it: edited, and not built since."""
    return Project(Path(shutil.copytree(edited_once.root, tmp_path / "project", symlinks=True)))


def of_overview(path: str) -> bool:
    """Return whether a file is an own file of the sample's other brief."""
    return path.startswith("briefs/overview.")


def expect_held(project: Project, edited: Edited, path: str, *, is_shared: bool) -> None:
    """Expect everything but one file, and the other brief's own files, at the old state."""
    now = project.results()
    assert {name: data for name, data in now.items() if not of_overview(name)} == {
        name: data for name, data in edited.old.items() if not of_overview(name) and name != path
    }
    other = edited.old if is_shared else edited.new
    assert {name for name in filter(of_overview, now) if now[name] != other[name]} == set()


# ------------------------------------------------------------------------- each file of a group in turn


@pytest.mark.parametrize("path", [*OF_PURCHASE, *SHARED])
def test_one_file_that_cannot_be_written_holds_back_its_brief_and_the_site(
    path: str, project: Project, edited_once: Edited
) -> None:
    assert edited_once.old[path] != edited_once.new[path]
    place = project.output / path
    place.unlink()
    place.mkdir()
    planned = project.call("plan", "--json")
    said = project.build("--json")
    assert said.exit_code == 2
    for name in ("decisions", "failures", "held", "exit_code"):
        assert planned.record[name] == said.record[name]
    (failure,) = said.record["failures"]
    assert failure["path"] == path
    assert failure["message"] == f"expected a file, found a folder at {place}; move it away"
    is_shared = path in SHARED
    assert set(said.record["held"]) == {"ferry-purchase", "site"} | ({"overview"} if is_shared else set())
    assert all(path in reason for reason in said.record["held"].values())
    expect_held(project, edited_once, path, is_shared=is_shared)

    place.rmdir()
    assert project.build().exit_code == 0
    assert project.results() == edited_once.new
    assert project.decided("plan") == {}


@pytest.mark.parametrize("folder", ["briefs", "site", "site/briefs", "site/facts"])
def test_folder_that_takes_no_files_holds_back_what_belongs_together(
    folder: str, project: Project, edited_once: Edited
) -> None:
    (project.output / folder).chmod(0o500)
    try:
        said = where_permissions_bind(project.build)
    finally:
        (project.output / folder).chmod(0o755)
    assert said.exit_code == 2
    assert f"the folder {project.output / folder} cannot be written; check its permissions" in said.err
    assert project.results() == edited_once.old
    assert project.build().exit_code == 0
    assert project.results() == edited_once.new


def test_place_that_is_taken_after_the_files_were_made_holds_back_the_same(
    project: Project, edited_once: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder comes while everything is moved: what had moved is taken back, and the rest goes out."""
    place = project.output / "site/topics/ferry.html"
    replace = Path.replace

    def late(self: Path, target: Path) -> Path:
        if target == place:
            target.unlink(missing_ok=True)
            target.mkdir(exist_ok=True)
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", late)
        assert project.build().exit_code == 2
    expect_held(project, edited_once, "site/topics/ferry.html", is_shared=True)
    assert not [path for path in project.results() if path.endswith((".new", ".old"))]
    place.rmdir()
    assert project.build().exit_code == 0
    assert project.results() == edited_once.new


def test_summary_counts_what_is_held_and_what_failed(project: Project) -> None:
    place = project.output / "briefs/ferry-purchase.md"
    place.unlink()
    place.mkdir()
    said = project.build()
    assert "  hold   ferry-purchase: briefs/ferry-purchase.md could not be made" in said.out
    assert (
        "  hold   site: the site is made as a whole, and briefs/ferry-purchase.md could not be made"
        in said.out
    )
    assert re.search(r"files: 3 made, 0 kept, 0 removed, \d+ held back, 1 failed\. 0 errors", said.out)


# --------------------------------------------------------------------------------- what cannot be typeset


def _outside(project: Project) -> None:
    """A style of the two-page form asks for a picture from elsewhere."""
    style = shipped_templates()["print.css"]
    own = "\n.two-page p { display: list-item; list-style-image: url(http://127.0.0.1:9/x.png) }\n"
    project.write("templates/print.css", style + own)


def _too_long(project: Project) -> None:
    text = project.read(PURCHASE)
    project.write(PURCHASE, text + "\nThis sentence is one of very many in the same section." * 800 + "\n")


def _too_long_on_one_page(project: Project) -> None:
    project.change(PURCHASE, "sheets: [ferry]\n", "sheets: [ferry]\nlength: one-page\n")
    # The sections from the end may be left out; what comes first may not.
    sentences = "This sentence is one of very many. " * 200
    project.change(PURCHASE, "bottom_line:", f"why_it_matters: {sentences}\nbottom_line:")


def _character(project: Project) -> None:
    project.change("content/sources/gazette.yaml", "title: ", "title: \N{CUNEIFORM SIGN A} ")


CAUSES = {
    "a style": (_outside, 2),
    "too many pages": (_too_long, 1),
    "too many for one page": (_too_long_on_one_page, 1),
    "a character": (_character, 1),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_pdf_that_cannot_be_typeset_holds_back_the_site_and_its_brief(
    cause: str, project: Project, edited_once: Edited
) -> None:
    spoil, exit_code = CAUSES[cause]
    spoil(project)
    said = project.build()
    assert said.exit_code == exit_code, said.text
    now = project.results()
    held = {path for path in edited_once.old if not of_overview(path)}
    assert {path for path in held if now[path] != edited_once.old[path]} == set()
    assert now.keys() == edited_once.old.keys()


@pytest.mark.parametrize("cause", CAUSES)
def test_first_build_makes_no_page_that_leads_to_a_pdf_that_is_not_there(
    cause: str, project: Project
) -> None:
    shutil.rmtree(project.output)
    spoil, exit_code = CAUSES[cause]
    spoil(project)
    assert project.build().exit_code == exit_code
    made = project.results()
    assert {path for path in made if not of_overview(path)} == set()
    if cause != "a character":  # both briefs cite that source
        assert {path for path in made if of_overview(path)} == {f"briefs/overview{end}" for end in FORMS[:3]}


def test_too_many_pages_are_a_finding_at_the_brief_and_are_remembered(project: Project) -> None:
    _too_long(project)
    said = project.build("--json")
    (finding,) = said.record["findings"]
    assert finding["check"] == "too-many-pages"
    assert (finding["path"], finding["line"], finding["brief"]) == (PURCHASE, 2, "ferry-purchase")
    assert re.fullmatch(
        r"'Full brief \(PDF\)' of this brief takes \d+ pages and may have 4 pages", finding["message"]
    )
    assert "cut its text" in finding["hint"]
    assert said.record["failures"] == []
    for command in ("plan", "build"):
        again = project.call(command, "--json")
        assert again.exit_code == 1
        assert again.record["findings"] == said.record["findings"]
        assert again.record["held"] == said.record["held"]


def test_brief_that_was_shortened_goes_out_with_the_site(project: Project, edited_once: Edited) -> None:
    text = project.read(PURCHASE)
    _too_long(project)
    assert project.build().exit_code == 1
    project.write(PURCHASE, text)
    assert project.build().exit_code == 0
    assert project.results() == edited_once.new


def test_every_link_of_a_site_leads_to_a_file(project: Project) -> None:
    """After builds of which some failed, and with a brief that came and one that went."""
    _too_long(project)
    assert project.build().exit_code == 1
    project.write("content/briefs/extra.md", project.read("content/briefs/overview.md"))
    assert project.build().exit_code == 1
    expect_links(project)
    (project.root / PURCHASE).unlink()
    assert project.build().exit_code == 0
    expect_links(project)


def expect_links(project: Project) -> None:
    site = project.output / "site"
    for page in site.rglob("*.html"):
        for _, address in Page(page.read_text("utf-8")).addresses:
            if re.match(r"[a-z]+:|#|$", address):
                continue
            target = unquote(re.split("[?#]", address)[0])
            assert not target or (page.parent / target).is_file(), f"{page}: {address}"


# ------------------------------------------------------------------------------------ ended in the middle

_ENDED = """
import os, signal, sys
moment, seen = int(sys.argv[1]), 0
def watch(name, arguments):
    global seen
    if name == "os.rename" and "/briefs/." in str(arguments[0]):
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from briefing.cli import main
main(sys.argv[2:])
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 4])
def test_build_that_was_ended_while_it_moved_files_is_completed_even_if_the_next_has_errors(
    moment: int, project: Project, edited_once: Edited
) -> None:
    """The PDFs are not in it: they would be made anew in that process."""
    quick = ("--format", "markdown", "--format", "html")
    arguments = [str(moment), "build", "--project", str(project.root), *quick]
    done = subprocess.run(
        [sys.executable, "-c", _ENDED, *arguments], env=environment(), capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    project.change(FERRY, "status: discussed", "status: discused")
    assert project.build(*quick).exit_code == 1
    texts = [path for path in edited_once.new if re.fullmatch(r"briefs/[a-z-]+\.(md|html)", path)]
    now = project.results()
    assert {path: now[path] for path in texts} == {path: edited_once.new[path] for path in texts}
    assert now.keys() == edited_once.old.keys()


# ----------------------------------------------------------------------------------------- without Pango


def _without_pango(project: Project, folder: Path) -> Said:
    (folder / "sitecustomize.py").write_text(
        "import ctypes\n"
        "class Without(ctypes.CDLL):\n"
        "    def __init__(self, name, *arguments, **more):\n"
        "        if name and 'pango' in str(name):\n"
        "            raise OSError(f'cannot load {name}')\n"
        "        super().__init__(name, *arguments, **more)\n"
        "ctypes.CDLL = Without\n",
        "utf-8",
    )
    from tests.conftest import REPOSITORY, run

    paths = os.pathsep.join([str(folder), str(REPOSITORY)])
    return run("build", "--project", project.root, env=environment() | {"PYTHONPATH": paths})


def test_pdf_of_an_earlier_state_is_not_left_beside_a_newer_page_where_pango_is_gone(
    project: Project, edited_once: Edited, tmp_path: Path
) -> None:
    said = _without_pango(project, tmp_path)
    assert said.exit_code == 2
    assert "PDF needs the system library Pango" in said.err
    assert project.results() == edited_once.old
    assert built.read(project.output).inputs == ""
