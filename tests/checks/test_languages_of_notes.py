"""The language in which editors write why a day was inferred: the project's, a source's, or English."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.model.findings import Finding
from tests.conftest import REPOSITORY, Project, snapshot_of


def _with_note(folder: Path, note: str) -> list[Finding]:
    project = Project(Path(shutil.copytree(REPOSITORY / "tests/french", folder / "project")))
    project.change(
        "content/sources/bulletin.yaml",
        "published: 2025-04-02\n",
        "published: not stated\nas_of: {edtf: 2025-03-20, inferred: [month, day]}\n" + note,
    )
    # Facts of this source have its day, of which it is no longer the day of publication.
    found = snapshot_of(project.root).findings
    return [item for item in found if item.check == "date-not-stated" and "counts as of" in item.message]


@pytest.mark.parametrize(
    "note",
    ["le 20 mars 2025, jour de la dépêche", "the other report is of 20 March 2025"],
    ids=["that of the project", "English"],
)
def test_a_note_may_be_in_any_language_of_its_readers(note: str, tmp_path: Path) -> None:
    assert _with_note(tmp_path, f"note: {note}\n") == []


def test_what_no_note_says_is_asked_for_in_words(tmp_path: Path) -> None:
    found, *_ = _with_note(tmp_path, "note: the day of the other report\n")
    assert "as of 2025-03-20" in found.message
    assert found.hint.endswith("… 20 March 2025")
