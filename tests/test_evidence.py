"""Every term that supports something stands literally in the passage that is cited for it.

The captured texts are other people's and no part of the repository. They are looked for in the folder that
``BRIEFING_CAPTURES`` names, or else in ``shared/sources`` beside the checkout; without them these tests are
skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing import audit, files, passages, project, request
from briefing import library as libraries
from briefing.audit import Audit
from briefing.captures import State, Verdict
from briefing.model import Actor, Library, System
from tests import values
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
def found() -> Audit:
    return audit.run(files.read(ROOT, request.FOLDERS), captures_folder(), values.TODAY)


def test_every_capture_is_the_registered_one(found: Audit) -> None:
    assert {item.source: item.state for item in found.verified if item.state is not State.REGISTERED} == {}
    assert found.verified


def test_every_capture_is_registered(library: Library) -> None:
    there = {path.name for path in captures_folder().glob("*.txt")}
    assert there == {source.capture for source in library.sources.values()}


def test_every_term_stands_literally_in_its_passage(library: Library, found: Audit) -> None:
    pieces = [piece for item in found.verified for piece in item.passages]
    assert len(pieces) == len(list(all_evidence(library))) >= len(library.facts)
    assert [
        f"{piece.owner}: {piece.evidence}" for piece in pieces if piece.verdict is not Verdict.HOLDS
    ] == []


def test_a_verification_finds_no_error(found: Audit) -> None:
    assert [f"{finding.at} {finding.message}" for finding in found.findings if finding.is_error] == []


def test_every_paragraph_with_content_is_cited(found: Audit) -> None:
    for item in found.covered:
        assert item.cited_paragraphs.percent == 100, item.source


def test_everything_in_the_sources_is_cited_or_explained(found: Audit) -> None:
    assert {
        item.source: [paragraph.open for paragraph in item.paragraphs if paragraph.open]
        for item in found.covered
    } == {item.source: [] for item in found.verified}


def test_every_name_stands_in_some_capture_as_sources_write_it(library: Library, found: Audit) -> None:
    texts = [text for item in found.verified for text in item.paragraphs]
    records: list[Actor | System] = [*library.actors.values(), *library.systems.values()]
    lost = [
        f"{record.id}: {name}"
        for record in records
        for name in record.names
        if passages.Match(name) not in [passages.find(name, text) for text in texts]
    ]
    assert lost == []
