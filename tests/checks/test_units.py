"""The checks unit by unit: what they find together is what they find in the whole library at once."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.checks import glyphs, runner, units
from briefing.checks.base import Subject
from briefing.formats import fonts
from briefing.model.briefs import Brief
from briefing.model.findings import Finding
from briefing.model.values import Prose, Slug
from briefing.sources import captures, verify
from briefing.store import disk, request
from tests import values
from tests.bench import corpus
from tests.conftest import REPOSITORY
from tests.labelled import sentences

BAD = REPOSITORY / "tests" / "bad"
PROJECTS = {
    "shipped": REPOSITORY,
    "sample": REPOSITORY / "tests" / "sample",
    "captured": REPOSITORY / "tests" / "captured",
    "first": REPOSITORY / "briefing" / "starters" / "first",
    "example": REPOSITORY / "briefing" / "starters" / "example",
}


def composed(root: Path) -> Snapshot:
    return steps.compose(steps.link(steps.read(disk.read(root, request.FOLDERS))))


def subject_of(snapshot: Snapshot) -> Subject | None:
    library, records = snapshot.library, snapshot.content.records
    if library is None or records is None:
        return None
    editions = tuple(snapshot.editions.values())
    found = {
        str(item.id): captures.read(snapshot.content.captured.get(item.capture))
        for item in library.sources.values()
    }
    return Subject(
        library,
        editions,
        values.TODAY,
        snapshot.pages,
        records.suppressions,
        verified=verify.unmatched(library, found) if snapshot.content.captured else (),
        unprintable=fonts.lacking(glyphs.characters(editions, library.project), snapshot.theme.fonts),
    )


def in_order(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(map(repr, findings))


def at_once(subject: Subject) -> tuple[Finding, ...]:
    """Return the findings of the checks over a library that is not divided."""
    whole = dataclasses.replace(subject, texts_cited=None, unit=None)
    return runner.at_once(runner.having_read(whole), runner.asked_for(subject.library))


@pytest.mark.parametrize("name", PROJECTS)
def test_units_together_find_what_the_whole_does(name: str) -> None:
    subject = subject_of(composed(PROJECTS[name]))
    assert subject
    assert in_order(runner.run(subject)) == in_order(at_once(subject))


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.name)
def test_units_of_a_project_with_a_mistake_find_what_the_whole_does(path: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(BAD / "_good", project)
    shutil.copytree(path, project, dirs_exist_ok=True)
    if subject := subject_of(composed(project)):
        assert in_order(runner.run(subject)) == in_order(at_once(subject))


@pytest.mark.parametrize("name", [*sentences.rounds(), sentences.PRACTICE])
def test_units_of_labelled_prose_find_what_the_whole_does(name: str) -> None:
    by_folder: dict[Path, list[str]] = {}
    for item in sentences.load(name):
        by_folder.setdefault(item.folder, []).append(item.text)
    for folder, texts in by_folder.items():
        library = sentences.library_of(folder)
        halves = {"one": texts[::2], "two": texts[1::2]}
        briefs = {
            brief: Brief(
                id=Slug(brief),
                title="Some sentences",
                subtitle="",
                owner=None,
                language="en-GB",
                sheets=tuple(map(Slug, library.sheets))[:1],
                bottom_line=Prose(""),
                body=Prose("\n\n".join(half)),
            )
            for brief, half in halves.items()
        }
        library = dataclasses.replace(library, briefs={**library.briefs, **briefs})
        subject = Subject(library, (), values.TODAY)
        found = in_order(runner.run(subject))
        assert found
        assert found == in_order(at_once(subject))


def test_each_record_belongs_to_one_unit(tmp_path: Path) -> None:
    corpus.write(tmp_path, 3)
    library = composed(tmp_path).library
    assert library
    whole = units.whole(library)
    for field in dataclasses.fields(units.Own):
        of_units = [
            record
            for kind in units.KINDS
            for name in units.names(library, kind)
            for record in getattr(units.of(library, kind, name), field.name)
        ]
        assert of_units == list(getattr(whole, field.name))
