"""Whatever ends a command that writes, its files are all as before or all as after, and the next one says so.

Usually some moments of each command are tried; BRIEFING_FAULTS=all tries every one.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import forks
from tests.commands import recording
from tests.commands.recording import Stage
from tests.conftest import Project, call, contents
from tests.forks import FAULTS, Ended, Fault

pytestmark = [pytest.mark.pdf, pytest.mark.process]

WRITING = ("issue", "accept", "withdraw", "review", "source add", "verify", "new", "migrate", "init")
VERIFIED = "content/verification.yaml"
IS_WHOLE = os.environ.get("BRIEFING_FAULTS") == "all"
STEP = 1 if IS_WHOLE else 13
PAIRS = [
    (name, fault)
    for number, fault in enumerate(FAULTS)
    for name in (WRITING if IS_WHOLE else (WRITING[number % len(WRITING)],))
]
SETTLED = re.compile(r"(completed|took back) what 'briefing [a-z ]+' was writing when it was ended")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return recording.prepare(tmp_path_factory.mktemp("stage"))


@dataclass(frozen=True)
class Try:
    """A command, and the files of the project before it and after it."""

    name: str
    state: Path
    folder: Path
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]

    def again(self) -> Project:
        shutil.rmtree(self.folder / "project", ignore_errors=True)
        return Project(Path(shutil.copytree(self.state, self.folder / "project")))

    def run(self, project: Project, fault: Fault) -> Ended:
        return forks.run(self.folder / "said", *recording.command(self.name, project), before=fault.arm)

    def settle(self, project: Project) -> str:
        """Run the next command; return what it says about the one that was ended."""
        if self.name == "init":
            return call("init", project.root / "new").err
        return recording.sound(project)


@pytest.fixture(params=WRITING)
def tried(request: pytest.FixtureRequest, stage: Stage, tmp_path: Path) -> Try:
    return _tried(request.param, stage, tmp_path)


def _tried(name: str, stage: Stage, tmp_path: Path) -> Try:
    """Run a command once, and return the files before it and after it."""
    state = recording.state_for(name, stage)
    made = Project(Path(shutil.copytree(state, tmp_path / "project")))
    old = recording.kept(made)
    said = call(*recording.command(name, made))
    assert said.exit_code == 0, said.text
    assert recording.is_recorded(name, made)
    new = recording.kept(made)
    if name == "verify":  # on the same day it says the same, so let it have an older record to replace
        return Try(name, _verified_earlier(state, tmp_path), tmp_path, _earlier(old), new)
    return Try(name, state, tmp_path, old, new)


def _verified_earlier(state: Path, tmp_path: Path) -> Path:
    earlier = Path(shutil.copytree(state, tmp_path / "earlier"))
    place = earlier / "content/verification.yaml"
    place.write_bytes(_earlier({VERIFIED: place.read_bytes()})[VERIFIED])
    return earlier


def _earlier(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, VERIFIED: re.sub(rb"(?m)day: .*$", b"day: 2026-02-11", files[VERIFIED])}


def moments(tried: Try, **how: object) -> Iterator[tuple[Project, Ended]]:
    """Yield the project after its command met a fault at one moment after another, until none is left."""
    moment = 1
    while True:
        project = tried.again()
        fault = Fault((project.root,), moment, **how)  # type: ignore[arg-type]
        ended = tried.run(project, fault)
        yield project, ended
        if ended.exit_code == 0:
            return
        moment += STEP


def test_a_killed_command_is_completed_or_taken_back_by_the_next_one(tried: Try) -> None:
    seen = set()
    for project, ended in moments(tried):
        assert ended.exit_code in (0, -9), ended.text
        before = recording.kept(project)
        said = tried.settle(project)
        after = recording.kept(project)
        if ended.exit_code == 0 or tried.name == "init":
            assert after == tried.new
        else:
            assert after in (tried.old, tried.new)
        if after not in (before, tried.new) or before not in (tried.old, tried.new):
            assert SETTLED.search(said), said
        seen.add(after == tried.new)
    assert True in seen


@pytest.mark.parametrize(("name", "fault"), PAIRS)
def test_a_command_that_the_disk_fails_says_so_and_leaves_the_old_state_or_the_new_one(
    name: str, fault: str, stage: Stage, tmp_path: Path
) -> None:
    tried = _tried(name, stage, tmp_path)
    error, events, is_lasting = FAULTS[fault]
    for project, ended in moments(tried, error=error, events=events, is_lasting=is_lasting):
        assert ended.exit_code in (0, 2), ended.text
        if ended.exit_code == 2:
            assert re.match("briefing: [^\n]+\n", ended.text), ended.text
        tried.settle(project)
        after = recording.kept(project)
        assert after == tried.new if ended.exit_code == 0 else after in (tried.old, tried.new)


def test_a_fault_that_passes_leaves_the_old_state_at_once(stage: Stage, tmp_path: Path) -> None:
    """The second of three files cannot be moved; nothing waits for the next command."""
    project = stage.copy(stage.accepted, tmp_path)
    old = contents(project.root)
    fault = Fault((project.root / "content/editions",), 2, FAULTS["a rename fails"][0], ("os.rename",))
    ended = forks.run(tmp_path / "said", *recording.command("issue", project), before=fault.arm)
    assert ended.exit_code == 2
    assert "Input/output error" in ended.text
    assert contents(project.root) == old
    assert recording.sound(project) == ""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_command_that_is_asked_to_end_clears_up(name: str, stage: Stage, tmp_path: Path) -> None:
    """In the middle of its moves, as when a terminal is closed or a computer shuts down."""
    project = stage.copy(stage.changed, tmp_path)
    old = contents(project.root)

    ended = forks.run(
        tmp_path / "said",
        *recording.command("accept", project),
        before=lambda: _ask_to_end(getattr(signal, name), signal.SIG_DFL),
    )
    assert (ended.exit_code, contents(project.root)) == (-getattr(signal, name), old)


def test_work_that_is_to_outlive_its_terminal_goes_on_when_that_is_closed(
    stage: Stage, tmp_path: Path
) -> None:
    """As under nohup, which ignores the signal for what it starts."""
    project = stage.copy(stage.changed, tmp_path)
    old = contents(project.root)
    ended = forks.run(
        tmp_path / "said",
        *recording.command("accept", project),
        before=lambda: _ask_to_end(signal.SIGHUP, signal.SIG_IGN),
    )
    assert ended.exit_code == 0, ended.text
    assert contents(project.root) != old
    assert recording.sound(project) == ""


def _ask_to_end(number: signal.Signals, handler: signal.Handlers) -> None:
    """Treat a signal as the caller of this process would have, and send it in the middle of the moves."""
    signal.signal(number, handler)

    def ask(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.rename" and str(arguments[1]).endswith("seals.yaml"):
            os.kill(os.getpid(), number)

    sys.addaudithook(ask)


def test_leftovers_of_an_earlier_version_go_with_the_next_command_that_writes(
    stage: Stage, tmp_path: Path
) -> None:
    project = stage.copy(stage.changed, tmp_path)
    for name in (".3.yaml.4711.new", ".accepted.yaml.new", ".withdrawn.yaml.new"):
        project.write(f"{recording.LEDGER}/{name}", "half of a reco")
    project.write(f"{recording.LEDGER}/.mine.yaml", "mine")
    recording.expect(project, "accept", "letter", "--by", "A. Reader")
    left = {path.name for path in (project.root / recording.LEDGER).iterdir() if path.name.startswith(".")}
    assert left == {".mine.yaml"}


def test_a_journal_that_somebody_damaged_stops_nothing(stage: Stage, tmp_path: Path) -> None:
    project = stage.copy(stage.changed, tmp_path)
    project.write(".briefing/records.json", '{"version": 1, "made": {"../../victim": {"sha256": 5}}}')
    said = project.call("check")
    assert "the journal of an ended command cannot be read and is removed" in said.err
    assert "journal" not in recording.sound(project)


def test_a_journal_that_was_not_finished_goes_with_the_next_command_that_writes(
    stage: Stage, tmp_path: Path
) -> None:
    project = stage.copy(stage.changed, tmp_path)
    project.write(".briefing/.records.json.new", '{"version": 1, "ma')
    recording.expect(project, "accept", "letter", "--by", "A. Reader")
    assert not (project.root / ".briefing/.records.json.new").exists()


def test_a_file_that_changed_while_the_command_ran_is_not_overwritten(stage: Stage, tmp_path: Path) -> None:
    """An editor, or version control, knows nothing of the lock."""
    project = stage.copy(stage.changed, tmp_path)
    record = project.root / recording.LEDGER / "accepted.yaml"

    def meddle(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith("drones.yaml"):
            with record.open("ab") as file:
                file.write(b"# theirs\n")

    ended = forks.run(
        tmp_path / "said", *recording.command("accept", project), before=lambda: sys.addaudithook(meddle)
    )
    assert ended.exit_code == 2
    assert "was changed while this command ran, so nothing was written" in ended.text
    assert record.read_bytes().endswith(b"# theirs\n")


def test_records_are_on_the_disk_before_the_command_says_so(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file that moves was synced before, and every folder after it."""
    project = stage.copy(stage.accepted, tmp_path)
    done: list[tuple[str, str]] = []
    sync, move = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append(("sync", str(Path(f"/proc/self/fd/{handle}").readlink())))
        sync(handle)

    def moved(source: str, target: str, **more: int) -> None:
        done.append(("move", os.fspath(target)))
        move(source, target, **more)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", moved)
    recording.expect(project, "issue", "letter", "--note", "Second.", "--by", "A. Reader")
    folder = project.root / recording.LEDGER
    for name in ("2.yaml", "accepted.yaml", "seals.yaml"):
        at = done.index(("move", str(folder / name)))
        assert ("sync", str(folder / f".{name}.new")) in done[:at]
        assert ("sync", str(project.root / ".briefing")) in done[:at]  # the journal names it
        assert ("sync", str(folder)) in done[at:]
