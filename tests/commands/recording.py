"""A small project in the states in which commands write into it, and those commands."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.build import steps
from briefing.store import records, request
from briefing.store.records import Call
from tests import values
from tests.conftest import Project, contents

DRONES = "content/facts/drones.yaml"
LEDGER = "content/editions/letter"
NOTE = "The maker delivered 20 drones on 3 March 2026.\nNobody counted them.\n"


@dataclass(frozen=True)
class Stage:
    """Projects that are made once and copied for every try."""

    changed: Path
    """Edition 1 is out, a fact has changed since, and nobody has accepted that yet."""
    accepted: Path
    """The same, and somebody has accepted it: edition 2 can be issued."""

    def copy(self, state: Path, folder: Path) -> Project:
        return Project(Path(shutil.copytree(state, folder / "project")))


def prepare(folder: Path) -> Stage:
    changed, accepted = folder / "changed", folder / "accepted"
    project = Project(Path(shutil.copytree(values.GOOD_PROJECT, changed)))
    # Under this name no check reads them, which takes half of the time of every command.
    (project.root / "captures").rename(project.root / "texts")
    project.write("note.txt", NOTE)
    # One commitment has no matter yet, for the command that gives it one.
    project.change(DRONES, "    matters: [drone-deal]\n    credibility", "    credibility")
    expect(project, "issue", "letter", "--note", "First.", "--by", "A. Reader")
    project.change(DRONES, "caveat: No contract.", "caveat: No contract yet.")
    shutil.copytree(changed, accepted)
    expect(Project(accepted), "accept", "letter", "--by", "A. Reader")
    return Stage(changed, accepted)


def expect(project: Project, *arguments: str) -> None:
    said = project.call(*arguments)
    assert said.exit_code == 0, said.text


def command(name: str, project: Project) -> tuple[str | Path, ...]:
    """Return a call that writes into a project."""
    root = project.root
    return {
        "issue": ("issue", "letter", "--note", "Second.", "--by", "I. Suer", "--project", root),
        "accept": ("accept", "letter", "--by", "A. Cceptor", "--project", root),
        "review": ("review", "letter", "--by", "R. Eader", "--project", root),
        "withdraw": ("withdraw", "letter", "1", "--reason", "Wrong.", "--by", "W. Drawer", "--project", root),
        "source add": (
            *("source", "add", root / "note.txt", "--captures", root / "texts"),
            *("--language", "en", "--project", root),
        ),
        "verify": ("verify", "--record", "--captures", root / "texts", "--project", root),
        "new": ("new", "actor", "new-actor", "--project", root),
        "migrate": ("migrate", "--write", "--project", root),
        "build": ("build", "--format", "markdown", "--project", root),
        "init": ("init", root / "new"),
    }[name]


def state_for(name: str, stage: Stage) -> Path:
    return stage.accepted if name in ("issue", "review") else stage.changed


def kept(project: Project) -> Mapping[str, bytes]:
    """Every file of a project but what a build makes of it, hidden ones included."""
    return {path: data for path, data in contents(project.root).items() if not path.startswith("output/")}


def is_recorded(name: str, project: Project) -> bool:
    """Return whether what a command puts on record is there."""
    path, words = {
        "issue": (f"{LEDGER}/2.yaml", "Second."),
        "accept": (f"{LEDGER}/accepted.yaml", "A. Cceptor"),
        "review": (f"{LEDGER}/reviews.yaml", "R. Eader"),
        "withdraw": (f"{LEDGER}/withdrawn.yaml", "W. Drawer"),
        "source add": ("content/sources/note.yaml", "note.txt"),
        "verify": ("content/verification.yaml", "passages"),
        "new": ("content/actors.yaml", "new-actor"),
        "migrate": ("content/facts/drones.yaml", "kind: commitment\n    matters: [drone-deal]\n"),
        "build": ("output/briefs/letter.md", ""),
        "init": ("new/content/project.yaml", ""),
    }[name]
    place = project.root / path
    return place.is_file() and words in place.read_text("utf-8")


def sound(project: Project) -> str:
    """Read and link a project, as every command does first; return what is said about an ended command."""
    said: list[str] = []
    texts = records.read(project.root, request.FOLDERS, Call("briefing check", say=said.append))
    wrong = [item for item in steps.link(steps.read(texts)).findings if item.is_error]
    assert not wrong, wrong
    return "\n".join(said)
