"""Two commands at once: each does its work, or says for whom it waited; what one put on record, none loses.

Usually a few races are run; BRIEFING_RACES=1000 runs a thousand, over all pairs of commands.
"""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest

from briefing.cli import console
from briefing.model.findings import BriefingError
from briefing.store import locks, records
from tests import forks
from tests.commands import recording
from tests.commands.recording import Stage
from tests.conftest import Project, call, contents

pytestmark = [pytest.mark.pdf, pytest.mark.process]

RACES = int(os.environ.get("BRIEFING_RACES", "0"))
"""The number of races in the long mode; 0 for the short one."""
WRITING = ("issue", "accept", "withdraw", "source add", "verify", "new", "build")
PAIRS = list(itertools.combinations_with_replacement(WRITING, 2))
QUICKLY = [("issue", "accept"), ("accept", "withdraw"), ("issue", "build"), ("withdraw", "withdraw")]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = recording.prepare(tmp_path_factory.mktemp("stage"))
    warm = stage.copy(stage.accepted, tmp_path_factory.mktemp("warm"))
    recording.expect(warm, "issue", "letter", "--note", "Second.", "--by", "I. Suer")
    return stage


def race(pair: tuple[str, str], stage: Stage, tmp_path: Path) -> list[str]:
    """Run two commands at once; return the names of those that did their work."""
    shutil.rmtree(tmp_path / "project", ignore_errors=True)
    project = stage.copy(stage.accepted if "issue" in pair else stage.changed, tmp_path)
    ended = forks.at_once(tmp_path, *(recording.command(name, project) for name in pair))
    done = []
    for name, item in zip(pair, ended, strict=True):
        assert item.exit_code in (0, 2), item.text
        if item.exit_code == 0 and "nothing was written" not in item.text:
            assert recording.is_recorded(name, project), f"{name} is lost: {[each.text for each in ended]}"
            done.append(name)
        elif item.exit_code == 2:  # the other one has done this very work already
            assert pair[0] == pair[1], item.text
    assert done, [item.text for item in ended]
    recording.sound(project)
    assert not [path for path in recording.kept(project) if "/." in path]
    if "build" in pair:
        assert_shows_the_records(project)
    return done


def assert_shows_the_records(project: Project) -> None:
    """The next build makes what a build from nothing makes."""
    other = project.root / "other"
    for folder in (project.output, other):
        said = call("build", "--format", "markdown", "--project", project.root, "--output", folder)
        assert said.exit_code == 0, said.text
    assert contents(project.output) == contents(other)


def test_no_record_is_lost_when_two_commands_meet(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "WAIT_SECONDS", 60.0)
    pairs = itertools.cycle(PAIRS if RACES else QUICKLY)
    done = 0
    for number, pair in enumerate(itertools.islice(pairs, RACES or 8), 1):
        done += len(race(pair, stage, tmp_path))
        if number % 100 == 0:
            print(f"{number} races, {done} commands did their work, 0 records lost", flush=True)


def test_two_inits_of_one_folder_make_one_project(stage: Stage, tmp_path: Path) -> None:
    ended = forks.at_once(tmp_path, *[("init", tmp_path / "new")] * 2)
    assert sorted(item.exit_code for item in ended) == [0, 2]
    recording.sound(Project(tmp_path / "new"))


# ------------------------------------------------------------------------------------- who waits for whom


def test_a_command_that_waits_in_vain_says_for_whom(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "WAIT_SECONDS", 0.5)
    project = stage.copy(stage.changed, tmp_path)
    before = contents(project.root)
    mine = records.Call("briefing issue", "2031-05-01 10:30:00")
    with records.opened(project.root, {}, mine):
        said = project.call("withdraw", "letter", "1", "--reason", "Wrong.", "--by", "W. Drawer")
        looked = project.call("check")
    holder = f"'briefing issue' (process {os.getpid()}, since 2031-05-01 10:30:00)"
    assert said.exit_code == 2
    assert said.err.splitlines() == [
        f"briefing: waiting for {holder}",
        f"briefing: {holder} is writing into {project.root}; run the command again when it has ended",
    ]
    assert (looked.exit_code, contents(project.root)) == (0, before)  # looking is free


def test_a_killed_command_leaves_no_lock(stage: Stage, tmp_path: Path) -> None:
    project = stage.copy(stage.changed, tmp_path)
    fault = forks.Fault((project.root / "content",), 1)
    assert (
        forks.run(tmp_path / "said", *recording.command("accept", project), before=fault.arm).exit_code == -9
    )
    assert "briefing accept" in project.read(".briefing/records.lock")
    recording.expect(project, "withdraw", "letter", "1", "--reason", "Wrong.", "--by", "W. Drawer")


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no locks, as some shared drives."""

    def refuse(handle: int) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(locks, "_lock", refuse)


@pytest.mark.usefixtures("without_locks")
def test_where_a_drive_has_no_locks_no_record_is_lost_either(stage: Stage, tmp_path: Path) -> None:
    for pair in QUICKLY[:2]:
        race(pair, stage, tmp_path)


@pytest.mark.usefixtures("without_locks")
def test_where_a_drive_has_no_locks_that_of_a_killed_command_is_removed(stage: Stage, tmp_path: Path) -> None:
    project = stage.copy(stage.changed, tmp_path)
    fault = forks.Fault((project.root / "content",), 1)
    assert (
        forks.run(tmp_path / "said", *recording.command("accept", project), before=fault.arm).exit_code == -9
    )
    assert (project.root / ".briefing/records.lock.held").exists()
    recording.expect(project, "withdraw", "letter", "1", "--reason", "Wrong.", "--by", "W. Drawer")
    assert not (project.root / ".briefing/records.lock.held").exists()


@pytest.mark.usefixtures("without_locks")
def test_where_a_drive_has_no_locks_one_of_another_computer_is_named_with_its_file(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "WAIT_SECONDS", 0.1)
    project = stage.copy(stage.changed, tmp_path)
    held = '{"command": "briefing accept", "process": 5, "since": "2031-05-01 10:30:00", "computer": "tower"}'
    project.write(".briefing/records.lock.held", held)
    said = project.call("withdraw", "letter", "1", "--reason", "Wrong.", "--by", "W. Drawer")
    assert said.exit_code == 2
    assert "'briefing accept' (process 5 on tower, since 2031-05-01 10:30:00) is writing into" in said.err
    assert f"if it has ended already, delete {project.root}/.briefing/records.lock.held" in said.err


def test_a_lock_whose_file_was_removed_is_none(stage: Stage, tmp_path: Path) -> None:
    """Somebody deletes the folder of the lock while a command runs, so another one could begin."""
    project = stage.copy(stage.changed, tmp_path)
    before = recording.kept(project)
    with records.opened(project.root, {}, records.Call("briefing accept")) as opened:
        shutil.rmtree(project.root / ".briefing")
        with pytest.raises(BriefingError, match="somebody removed"):
            opened.write({"content/new.yaml": b"a: 1\n"})
    assert recording.kept(project) == before
