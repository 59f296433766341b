"""Commands that are ended or failed at every change of the disk, and what the next commands make of it.

``by_audit`` puts faults into this Python, before a file is opened, moved, linked or removed; ``by_limit``
lets files end in the middle; ``by_strace`` has the system end or fail a call, where strace may trace.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.store import records, request
from briefing.store.records import Call
from tests import forks
from tests.commands import recording
from tests.commands.recording import Stage
from tests.conftest import Project, environment
from tests.forks import FAULTS, Fault
from tests.fuzz import judge
from tests.fuzz.judge import Ended, Tally

COMMANDS = ("issue", "accept", "withdraw", "source add", "verify", "new", "migrate", "build", "init")
SYSTEM_CALLS = {
    "killed": ("openat,write,pwrite64,rename,link,unlink,mkdir,fsync", "signal=KILL"),
    "the disk is full": ("write,pwrite64,mkdir,link", "error=ENOSPC"),
    "input and output fail": ("fsync,rename", "error=EIO"),
    "the disk became read-only": ("mkdir,rename,unlink,link", "error=EROFS"),
}
"""Calls of the system, and what strace does to them."""
_MOST_MOMENTS = 5000


@dataclass(frozen=True)
class Tried:
    """A command, and the records of the project before it and after it."""

    name: str
    state: Path
    folder: Path
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]
    result: Mapping[str, bytes]
    """What a build from nothing makes of the new state."""

    def again(self) -> Project:
        shutil.rmtree(self.folder / "project", ignore_errors=True)
        return Project(Path(shutil.copytree(self.state, self.folder / "project")))


def tried(name: str, stage: Stage, folder: Path) -> Tried:
    """Run a command once, and return the records before it and after it."""
    state = folder / "state"
    shutil.rmtree(state, ignore_errors=True)
    shutil.copytree(recording.state_for(name, stage), state)
    if name == "verify":
        recorded = Project(state)
        text = recorded.read("content/verification.yaml")
        recorded.write("content/verification.yaml", re.sub("(?m)day: .*$", "day: 2026-02-11", text))
    found = Tried(name, state, folder, {}, {}, {})
    project = found.again()
    old = recording.kept(project)
    ended = judge.run(folder, *recording.command(name, project))
    assert ended.exit_code == 0, ended.text
    new = recording.kept(project)
    built = judge.run(folder, *recording.command("build", project))
    assert built.exit_code == 0, built.text
    return Tried(name, state, folder, old, new, project.results())


def after(tried: Tried, project: Project, ended: Ended, what: str) -> Iterator[str]:
    """Yield what is wrong after a command met a fault: records lost, or a next build that is another."""
    if ended.exit_code == forks.BROKEN or "Traceback" in ended.text:
        yield f"traceback: {ended.text[-2000:]}"
    elif ended.exit_code not in (0, 1, 2, -9):
        yield f"exit code {ended.exit_code}: {ended.text[-300:]}"
    next_one = judge.run(tried.folder, *_next(tried, project))
    is_there = tried.name == "init" and recording.kept(project) == tried.new  # and so the next one refuses
    if next_one.exit_code != 0 and not is_there:
        yield f"the next command ends with {next_one.exit_code}: {next_one.text[-500:]}"
    kept = recording.kept(project)
    if tried.name == "init" or ended.exit_code == 0:
        is_kept = kept == tried.new
    else:
        is_kept = kept in (tried.old, tried.new)
    if not is_kept:
        wrong = sorted(path for path in {*kept, *tried.new} if kept.get(path) != tried.new.get(path))
        yield f"records lost or torn after {what}: {', '.join(wrong)}"
    if tried.name in ("build", "issue") and project.results() != tried.result and kept == tried.new:
        yield f"the next build differs from one from nothing after {what}"
    if tried.name != "init":
        with records.opened(project.root, request.FOLDERS, Call("the next command that writes")):
            pass
    yield from judge.left_half(project.root)


def _next(tried: Tried, project: Project) -> tuple[str | Path, ...]:
    return recording.command("init" if tried.name == "init" else "build", project)


def by_audit(folder: Path, tally: Tally, step: int = 1, commands: Sequence[str] = COMMANDS) -> None:
    """End and fail commands at their changes of the disk: every ``step``-th moment, with every fault."""
    stage = recording.prepare(folder / "stage")
    for name in commands:
        found = tried(name, stage, folder)
        for what, (error, events, is_lasting) in {"killed": (0, forks.CHANGES, False), **FAULTS}.items():

            def fail(project: Project, moment: int) -> Callable[[], None]:
                return Fault((project.root,), moment, error, events, is_lasting).arm  # noqa: B023

            for moment in range(1, _MOST_MOMENTS, step):
                project = found.again()
                if _tried_once(found, project, what, moment, fail(project, moment), tally):
                    break


def by_limit(folder: Path, tally: Tally, commands: Sequence[str] = COMMANDS) -> None:
    """Let files end in the middle, as on a disk that fills while they are written."""
    stage = recording.prepare(folder / "stage-of-limits")
    for name in commands:
        found = tried(name, stage, folder)
        for size in (0, 1, 100, 500, 1000, 2000, 5000, 20_000):

            def limit(size: int = size) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

            _tried_once(found, found.again(), "a file has no more room", size, limit, tally)


def _tried_once(
    found: Tried, project: Project, what: str, moment: int, before: Callable[[], None], tally: Tally
) -> bool:
    """Run a command with a fault; return whether it ended well, because no moment is left."""
    ended = judge.run(found.folder, *recording.command(found.name, project), before=before)
    tally.count("kills" if what == "killed" else "faults of the disk")
    for item in after(found, project, ended, what):
        tally.fault(f"{found.name}, {what} at {moment}: {item}")
    return ended.exit_code == 0


def by_strace(folder: Path, tally: Tally, step: int = 1, commands: Sequence[str] = COMMANDS) -> None:
    """Have the system end or fail calls of a command in a process of its own."""
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "-qq", "true"], capture_output=True, check=False).returncode:
        print("strace cannot trace here; its part is left out")
        return
    stage = recording.prepare(folder / "stage-of-strace")
    for name in commands:
        found = tried(name, stage, folder)
        for what, (calls, injection) in SYSTEM_CALLS.items():
            for call in calls.split(","):
                for moment in range(1, _MOST_MOMENTS, step):
                    project = found.again()
                    ended, is_last = _traced(strace, found, project, f"{call}:{injection}:when={moment}")
                    tally.count("kills by strace" if what == "killed" else "faults by strace")
                    for item in after(found, project, ended, what):
                        tally.fault(f"{name}, strace, {call} {what} at {moment}: {item}")
                    if is_last:
                        break


def _traced(strace: str, found: Tried, project: Project, injection: str) -> tuple[Ended, bool]:
    """Return how a command ended that strace injected something into, and whether it injected nothing."""
    call = injection.partition(":")[0]
    log = found.folder / "strace.log"
    command = [sys.executable, "-B", "-m", "briefing", *map(str, recording.command(found.name, project))]
    done = subprocess.run(
        [strace, "-qq", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={injection}", *command],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout + done.stderr), "INJECTED" not in log.read_text(
        "utf-8", "replace"
    )
