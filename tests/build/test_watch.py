"""build --watch: one command that builds after every save, and ends by Ctrl-C."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.conftest import QUICK, Project, call, contents
from tests.preview.running import running

pytestmark = pytest.mark.process
FILE = "content/briefs/ferry-purchase.md"
WAITING = "Waiting for the next save"


def test_every_save_is_built_with_its_reason_and_an_error_waits_for_the_next(project: Project) -> None:
    with running("build", "--watch", "--project", project.root, *QUICK) as watch:
        watch.until(WAITING)
        good = project.read(FILE)
        project.change(FILE, "title: The ferry purchase", "title: Ferries")
        watch.until("briefs/ferry-purchase.html, briefs/ferry-purchase.md: the brief's own text changed")
        watch.until(WAITING, 2)
        project.write(FILE, "---\nbroken")
        watch.until(f"{FILE}:1:1: error[front-matter]")
        watch.until(WAITING, 3)
        assert "Ferries" in (project.output / "briefs/ferry-purchase.html").read_text("utf-8")
        project.write(FILE, good)
        watch.until(WAITING, 4)
        sheet = project.root / "content/project.yaml"
        sheet.rename(project.root / "aside")
        watch.until("is not a project: it has no content/project.yaml")
        (project.root / "aside").rename(sheet)
        watch.until(WAITING, 5)
        assert watch.end() == 0
        assert watch.lines[-2:] == ["The watch has ended; finished files stay as they were.", "(ended)"]
    made = contents(project.output)
    shutil.rmtree(project.output)
    assert call("build", "--project", project.root, *QUICK).exit_code == 0
    assert contents(project.output) == made


def test_a_file_saved_without_a_change_builds_nothing(project: Project) -> None:
    with running("build", "--watch", "--project", project.root, *QUICK) as watch:
        watch.until(WAITING)
        project.write(FILE, project.read(FILE))
        project.change("content/briefs/overview.md", "title: Ferries", "title: The ferries")
        watch.until(WAITING, 2)
        assert [line for line in watch.lines if "make" in line][1:] == [
            "  make   briefs/overview.html, briefs/overview.md: the brief's own text changed"
        ]


def test_another_command_may_build_in_between(project: Project) -> None:
    with running("build", "--watch", "--project", project.root, *QUICK) as watch:
        watch.until(WAITING)
        assert call("build", "--project", project.root, *QUICK).exit_code == 0
        project.change(FILE, "title: The ferry purchase", "title: Ferries")
        watch.until(WAITING, 2)
        assert watch.end(signal.SIGTERM) == -signal.SIGTERM


def test_one_record_and_a_watch_exclude_each_other(project: Project, tmp_path: Path) -> None:
    said = project.build("--watch", "--json")
    assert said.exit_code == 2
    assert "give one of the two" in said.err
    assert call("build", "--watch", "--project", tmp_path / "none").exit_code == 2
