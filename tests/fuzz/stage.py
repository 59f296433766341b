"""The sound projects that are mutated: small, with everything that can be broken, and built."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.content import layout
from tests import values
from tests.commands import recording
from tests.conftest import SAMPLE, Project
from tests.fuzz import judge
from tests.fuzz.judge import Base

EXAMPLE = Path(layout.__file__).parents[1] / "starters" / "example"


def prepare(folder: Path) -> tuple[Base, ...]:
    """Return three projects: one with a ledger, templates and captures; the sample; and the example."""
    folder.mkdir()
    ledger = recording.prepare(folder / "stage").accepted
    project = Project(ledger)
    shutil.copytree(values.GOOD_PROJECT / "captures", ledger / "captures", dirs_exist_ok=True)
    recording.expect(project, "issue", "letter", "--note", "Second.", "--by", "I. Suer")
    recording.expect(project, "withdraw", "letter", "1", "--reason", "Wrong.", "--by", "W. Drawer")
    with_templates = folder / "templates"
    shutil.copytree(values.GOOD_PROJECT, with_templates)
    for name in ("brief.md.j2", "page.html.j2", "edition.html.j2"):
        own = layout.shipped_templates()[name] + "{# ours #}\n"
        Project(with_templates).write(f"templates/{name}", own)
    example = folder / "example"
    shutil.copytree(EXAMPLE, example)
    sources = (ledger, with_templates, SAMPLE, example)
    return tuple(judge.base(source, folder / f"base-{number}") for number, source in enumerate(sources))


def of(bases: tuple[Base, ...], seed: int) -> Base:
    """Return the project that a seed mutates; the small ones more often, because they cost less."""
    return bases[(0, 1, 0, 1, 2, 0, 1, 3)[seed % 8]]
