"""Every term that supports something stands literally in the passage that is cited for it.

The captured texts are other people's and no part of the repository. They are looked for in the folder that
``BRIEFING_CAPTURES`` names, or else in ``shared/sources`` beside the checkout; without them these tests are
skipped.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from briefing import files, project, request
from briefing import library as libraries
from briefing.model import Actor, Evidence, Library, System
from tests.test_content import all_evidence

ROOT = Path(__file__).parent.parent


def captures_folder() -> Path:
    """The folder of captures; the tests end here where there is none."""
    named = os.environ.get("BRIEFING_CAPTURES")
    folder = Path(named) if named else ROOT.parent / "shared" / "sources"
    if named:
        assert folder.is_dir(), "BRIEFING_CAPTURES names no folder"
    if not folder.is_dir():
        pytest.skip("the captured texts are not here; BRIEFING_CAPTURES may name their folder")
    return folder


@pytest.fixture(scope="module")
def library() -> Library:
    records, findings = project.load(files.read(ROOT, request.FOLDERS))
    assert records
    assert findings == ()
    return libraries.link(records)[0]


@pytest.fixture(scope="module")
def captures(library: Library) -> dict[str, bytes]:
    """Source id -> the bytes of its capture."""
    folder = captures_folder()
    return {source.id: (folder / source.capture).read_bytes() for source in library.sources.values()}


def paragraphs(capture: bytes) -> list[str]:
    """The non-empty lines of a capture: the first is paragraph 1."""
    return [line for line in capture.decode("utf-8").splitlines() if line.strip()]


def missing_terms(item: Evidence, capture: bytes) -> list[str]:
    lines = paragraphs(capture)
    if item.paragraph > len(lines):
        return [f"paragraph {item.paragraph} of {len(lines)}"]
    return [term for term in item.terms if term not in lines[item.paragraph - 1]]


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert paragraphs(b"one\n\n  \ntwo\r\nthree") == ["one", "two", "three"]


def test_a_term_counts_only_where_it_stands_literally_in_its_paragraph() -> None:
    def missing(paragraph: int, *terms: str) -> list[str]:
        return missing_terms(Evidence("x", paragraph, terms), b"A letter of intent.\n\nNo contract.\n")  # type: ignore[arg-type]

    assert missing(1, "letter of intent") == []
    assert missing(2, "No contract", "letter") == ["letter"]
    assert missing(1, "Letter of intent") == ["Letter of intent"]
    assert missing(3, "letter") == ["paragraph 3 of 2"]


def test_every_capture_is_the_registered_one(library: Library, captures: dict[str, bytes]) -> None:
    found = {name: hashlib.sha256(capture).hexdigest() for name, capture in captures.items()}
    assert found == {source.id: source.sha256 for source in library.sources.values()}


def test_every_capture_is_registered(library: Library) -> None:
    there = {path.name for path in captures_folder().glob("*.txt")}
    assert there == {source.capture for source in library.sources.values()}


def test_every_term_stands_in_its_passage(library: Library, captures: dict[str, bytes]) -> None:
    passages = list(all_evidence(library))
    assert len(passages) >= len(library.facts)
    lost = [
        f"{owner}: {item.source}, paragraph {item.paragraph}: {term}"
        for owner, item in passages
        for term in missing_terms(item, captures[item.source])
    ]
    assert lost == []


def test_every_name_stands_in_some_capture_as_sources_write_it(
    library: Library, captures: dict[str, bytes]
) -> None:
    whole = "\n".join(capture.decode("utf-8") for capture in captures.values())
    records: list[Actor | System] = [*library.actors.values(), *library.systems.values()]
    assert [f"{record.id}: {name}" for record in records for name in record.names if name not in whole] == []
