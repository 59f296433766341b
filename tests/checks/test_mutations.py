"""Every value of a fact, changed alone to another that a slip could make, is an error.

The share that is caught is the measure of what "checked" means. On sound content the checks find nothing.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.checks import credited, stated
from briefing.checks.base import Subject
from briefing.content import layout, linker
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.store import disk
from briefing.store.request import FOLDERS
from tests import mutations, values
from tests.conftest import REPOSITORY

HERE = Path(__file__).parents[1]
PROJECTS = {
    "shipped": REPOSITORY,
    "captured": HERE / "captured",
    "example": REPOSITORY / "briefing" / "starters" / "example",
}
CHECKS = (
    stated.value_not_stated,
    stated.date_not_stated,
    stated.figure_not_stated,
    credited.status_evidence,
    credited.speaker_not_stated,
)


def library_of(root: Path) -> Library:
    records, findings = layout.load(disk.read(root, FOLDERS))
    assert records
    assert [finding for finding in findings if finding.is_error] == []
    return linker.link(records)[0]


def errors(fact: Fact, library: Library) -> list[str]:
    """Return what the checks say of one fact."""
    alone = dataclasses.replace(library, facts={fact.id: fact}, milestones={})
    subject = Subject(alone, (), values.TODAY)
    return [finding.message for check in CHECKS for finding in check(subject)]


def survivors(library: Library) -> Iterator[tuple[str, bool, str]]:
    for fact in library.facts.values():
        for mutant in mutations.of_fact(fact, library):
            yield mutant.what, not errors(mutant.fact, library), mutant.change


@pytest.mark.parametrize("name", PROJECTS)
def test_no_changed_value_passes(name: str) -> None:
    library = library_of(PROJECTS[name])
    tried = list(survivors(library))
    missed = [f"{what}: {change}" for what, has_passed, change in tried if has_passed]
    count = Counter(what for what, _, _ in tried)
    assert missed == [], f"{len(missed)} of {len(tried)} passed: {missed[:40]}"
    assert {"amount", "status"} <= count.keys()


@pytest.mark.parametrize("name", PROJECTS)
def test_sound_values_pass(name: str) -> None:
    library = library_of(PROJECTS[name])
    assert [said for fact in library.facts.values() for said in errors(fact, library)] == []
