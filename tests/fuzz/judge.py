"""Commands on a mutated project, and what is wrong with what they say and leave.

A fault is a traceback, a hang, an exit code other than 0, 1 and 2, an error without a place in the project, a
half-written file, or a next build that differs from one from nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.store import disk
from tests import forks
from tests.conftest import Project, contents
from tests.fuzz import mutations
from tests.fuzz.mutations import Mutated

PROCESSOR_SECONDS = 45
"""A command that takes longer hangs; three templates may each take their ten seconds."""
CLOCK_SECONDS = 2000
MEMORY = 6 * 1024**3
FORMATS = ("--format", "markdown", "--format", "html")
"""The formats of a build in which no worker typesets."""
_PLACED = re.compile(r"^(?P<path>\S.*?):(?P<line>\d+):(?P<column>\d+): (error|warning|note)\[")
_LOOSE = re.compile(r"^(error|warning)\[")
_HIDDEN = re.compile(r"(^|/)\.[^/]+\.(new|old)$")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    exit_code: int
    text: str


@dataclass
class Tally:
    """What was tried, and what was wrong."""

    tried: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    say: Callable[[str], None] = lambda text: None
    """Called with each fault as it is found."""

    def fault(self, text: str) -> None:
        self.faults.append(text)
        self.say(text)

    def count(self, what: str) -> None:
        self.tried[what] = self.tried.get(what, 0) + 1


@dataclass(frozen=True)
class Base:
    """A sound project that was built, with what it makes from nothing."""

    root: Path
    files: Mapping[str, bytes]
    """Every file that a mutation may change."""
    result: Mapping[str, bytes]


def base(source: Path, root: Path) -> Base:
    """Copy a sound project into a folder and build it."""
    project = Project(Path(shutil.copytree(source, root)))
    ended = run(root.parent, "build", "--project", root, *FORMATS)
    assert ended.exit_code == 0, ended.text
    kept = {path: data for path, data in _all(root).items() if _may_change(path)}
    return Base(root, kept, project.results())


def _all(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _may_change(path: str) -> bool:
    """Return whether a mutation may change a file: all that no reader gets."""
    first, *rest = path.split("/")
    is_record = first == "output" and rest[0] == disk.STATE_FOLDER
    return is_record or first in ("content", "templates", "captures")


def run(folder: Path, *arguments: str | Path, before: Callable[[], None] = lambda: None) -> Ended:
    """Run a command in a fork with bounds; ``before`` is called there."""

    def bound() -> None:
        signal.alarm(CLOCK_SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        before()

    running = forks.start(folder / "said", *arguments, before=bound)
    _, status = os.waitpid(running.pid, 0)
    text = running.said.read_text("utf-8", "replace") if running.said.exists() else ""
    return Ended(os.waitstatus_to_exitcode(status), text)


def wrong(ended: Ended, root: Path, is_of_content: bool = True) -> Iterator[str]:
    """Yield what is wrong with how a command on a project ended."""
    if ended.exit_code == forks.BROKEN:
        yield f"traceback: {ended.text.strip().splitlines()[-1]}\n{ended.text}"
    elif ended.exit_code in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL):
        yield "hang"
    elif ended.exit_code not in (0, 1, 2):
        yield f"exit code {ended.exit_code}: {ended.text[-300:]}"
    elif ended.text.startswith("{"):
        yield from _of_record(ended, root)
    else:
        yield from _of_text(ended, root, is_of_content)


def _of_record(ended: Ended, root: Path) -> Iterator[str]:
    record, _ = json.JSONDecoder().raw_decode(ended.text)
    errors = [item for item in record["findings"] if item["severity"] == "error"]
    if ended.exit_code != bool(errors) and not record.get("failures"):
        yield f"exit code {ended.exit_code} with {len(errors)} errors"
    for item in record["findings"]:
        yield from _of_place(item["path"], item["line"], root, item["message"])


def _of_text(ended: Ended, root: Path, is_of_content: bool) -> Iterator[str]:
    if "Traceback" in ended.text or "Exception ignored" in ended.text:
        yield f"traceback: {ended.text[-2000:]}"
    for line in ended.text.splitlines():
        if _LOOSE.match(line):
            yield f"no place: {line}"
        elif found := _PLACED.match(line):
            yield from _of_place(found["path"], int(found["line"]), root, line)
    if ended.exit_code == 1 and not re.search(r": error\[|^briefing: .*\.j2", ended.text, re.MULTILINE):
        yield f"exit code 1 without an error: {ended.text[-300:]}"
    if ended.exit_code == 2 and is_of_content and not re.search(r"content/|captures|output", ended.text):
        yield f"no place: {ended.text[-300:]}"


def _of_place(path: str, line: int, root: Path, message: str) -> Iterator[str]:
    """Yield a place that nobody can open."""
    place = root / path
    if not path or path.startswith(("/", "..")):
        yield f"no place: '{path}': {message}"
    elif place.is_file() and not place.is_symlink():
        with contextlib.suppress(OSError):
            lines = place.read_bytes().count(b"\n") + 2  # YAML and Python also end lines at other characters
            extra = place.read_bytes().count(b"\r") + place.read_bytes().count(b"\xe2\x80\xa8")
            if not 1 <= line <= lines + extra:
                yield f"no place: {path} has no line {line}: {message}"


def left_half(root: Path) -> Iterator[str]:
    """Yield files that a command should have moved or removed."""
    for path in _all(root):
        if _HIDDEN.search(path) or path.endswith("/records.json") or path.endswith("/moves.json"):
            yield f"half-written: {path}"


def checked(of: Base, seed: int, folder: Path, tally: Tally) -> None:
    """Check one mutated project."""
    mutated = mutations.mutated(of.files, seed)
    root = _made(of, mutated, folder)
    command: tuple[str, ...] = (
        ("check", "--json") if seed % 3 == 0 else ("check",) if seed % 3 == 1 else ("plan",)
    )
    if (root / "content/project.yaml").exists() and seed % 20 == 7:
        command = ("verify", "--captures", str(root / "captures"))
    tally.count(command[0])
    ended = run(folder, *command, "--project", root)
    _note(tally, seed, mutated, " ".join(command[:2]), [*wrong(ended, root), *left_half(root)])


def built(of: Base, seed: int, folder: Path, tally: Tally) -> None:
    """Build one mutated project over the build of the sound one, from nothing, and the sound one over it."""
    mutated = mutations.mutated(of.files, seed)
    root = _made(of, mutated, folder)
    tally.count("build")
    ended = run(folder, "build", "--project", root, *FORMATS)
    found = [*wrong(ended, root), *left_half(root)]
    results = contents(root / "output")
    if ended.exit_code == 0:
        tally.count("build beside one from nothing")
        again = run(folder, "build", "--project", root, "--output", folder / "anew", *FORMATS)
        found += [f"from nothing: {item}" for item in wrong(again, root)]
        found += _difference(results, contents(folder / "anew"), "the build from nothing")
        shutil.rmtree(folder / "anew", ignore_errors=True)
    for path in mutated.odd:  # what is no file cannot be written over
        place = root / path
        place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink(missing_ok=True)
    state = f"output/{disk.STATE_FOLDER}/"
    for path in {*mutated.files, *of.files}:
        if not path.startswith(state):
            (root / path).unlink(missing_ok=True)
            if path in of.files:
                (root / path).write_bytes(of.files[path])
    tally.count("sound build over a mutated one")
    ended = run(folder, "build", "--project", root, *FORMATS)
    found += [f"sound again: {item}" for item in wrong(ended, root)]
    found += (
        [] if ended.exit_code == 0 else [f"sound again: exit code {ended.exit_code}: {ended.text[-300:]}"]
    )
    found += _difference(contents(root / "output"), of.result, "the sound build from nothing")
    _note(tally, seed, mutated, "build", found)


def _made(of: Base, mutated: Mutated, folder: Path) -> Path:
    root = folder / "project"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(of.root, root)
    mutated.put(root, of.files)
    return root


def _difference(found: Mapping[str, bytes], expected: Mapping[str, bytes], what: str) -> list[str]:
    differing = [path for path in {*found, *expected} if found.get(path) != expected.get(path)]
    return [f"differs from {what}: {', '.join(sorted(differing)[:5])}"] if differing else []


def _note(tally: Tally, seed: int, mutated: Mutated, command: str, found: list[str]) -> None:
    for item in dict.fromkeys(found):
        tally.fault(f"seed {seed} ({'; '.join(mutated.done)}), {command}: {item}")
