"""Every value of a fact, changed alone to another that a slip could make, is an error.

The share that is caught is the measure of what "checked" means. On sound content the checks find nothing.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from briefing.checks import credited, rows, stated
from briefing.checks.base import Subject
from briefing.content import layout, linker
from briefing.model import edtf
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.sources import captures
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


# --------------------------------------------------------------------------------------------------- rows

WITH_ROWS = {"hydrogen": HERE / "hydrogen", "electrolyser": HERE / "electrolyser", **PROJECTS}
ROW_CHECKS = (*CHECKS, rows.row_not_stated)
SWAPPED = ("value", "evidence", "name", "when")


def swapped(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """Yield a fact with one thing of a row swapped with that of another, for each pair of its rows."""
    for (first, one), (second, two) in itertools.permutations(enumerate(fact.rows), 2):
        for what in SWAPPED:
            fields = ("id", "date") if what == "when" else (what,)
            if what == "when" and one.when == two.when:
                continue
            if what == "name" and (edtf.is_date(one.id) or one.name == two.name):
                continue
            if what == "when" and not edtf.is_date(one.id):
                fields = ("date",)
            if what == "evidence" and (not one.evidence or not two.evidence):
                continue
            mine, theirs = ({name: getattr(row, name) for name in fields} for row in (one, two))
            if mine == theirs or (what == "value" and None in (one.value, two.value)):
                continue
            changed = list(fact.rows)
            changed[first] = dataclasses.replace(one, **theirs)
            changed[second] = dataclasses.replace(two, **mine)
            yield (
                f"{fact.id}, {what} of {one.id} and {two.id}",
                dataclasses.replace(fact, rows=tuple(changed)),
            )


def said_of(fact: Fact, library: Library, texts: Mapping[str, Sequence[str]]) -> list[str]:
    alone = dataclasses.replace(library, facts={fact.id: fact}, milestones={})
    subject = Subject(alone, (), values.TODAY, texts_cited=texts)
    return [finding.message for check in ROW_CHECKS for finding in check(subject)]


@pytest.mark.parametrize("has_captures", [False, True], ids=["terms", "captures"])
@pytest.mark.parametrize("name", WITH_ROWS)
def test_a_row_with_the_value_the_name_the_time_or_the_passage_of_another_is_an_error(
    name: str, has_captures: bool
) -> None:
    library = library_of(WITH_ROWS[name])
    folder = WITH_ROWS[name] / "captures"
    texts = {
        str(source.id): captures.read((folder / source.capture).read_bytes()).paragraphs
        for source in library.sources.values()
        if has_captures and (folder / source.capture).exists()
    }
    with_rows = [fact for fact in library.facts.values() if fact.rows]
    assert [said for fact in with_rows for said in said_of(fact, library, texts)] == []
    tried = [(change, mutant) for fact in with_rows for change, mutant in swapped(fact)]
    assert [change for change, mutant in tried if not said_of(mutant, library, texts)] == []
    assert len(tried) >= 300 or name != "hydrogen"
