"""Every term that supports something stands literally in the passage that is cited for it.

An invented corpus is held against the captures beside it on every machine. The captured texts of the shipped
corpus are other people's and no part of the repository. Where they are (``conftest.CAPTURES``), it is held
against them as well; where they are not, the end of the run says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.commands import audit
from briefing.commands.audit import Audit
from briefing.content import layout, linker
from briefing.model.library import Library
from briefing.model.sources import Actor, System
from briefing.sources import term_matching
from briefing.sources.captures import CaptureState, Verdict
from briefing.store import disk
from briefing.store.request import FOLDERS
from tests import values
from tests.conftest import CAPTURES, REPOSITORY
from tests.test_content import all_evidence

INVENTED = Path(__file__).parents[1] / "captured"


@dataclass(frozen=True)
class Corpus:
    """A project and the folder of the texts that it cites."""

    root: Path
    captures: Path


CORPORA = {"invented": Corpus(INVENTED, INVENTED / "captures")}
if CAPTURES:
    CORPORA["shipped"] = Corpus(REPOSITORY, CAPTURES)


@pytest.fixture(scope="module", params=CORPORA)
def corpus(request: pytest.FixtureRequest) -> Corpus:
    return CORPORA[request.param]


@pytest.fixture(scope="module")
def library(corpus: Corpus) -> Library:
    records, findings = layout.load(disk.read(corpus.root, FOLDERS))
    assert records
    assert findings == ()
    return linker.link(records)[0]


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> Audit:
    return audit.run(disk.read(corpus.root, FOLDERS), corpus.captures, values.TODAY)


def test_every_capture_is_the_registered_one(found: Audit) -> None:
    assert {
        item.source: item.state for item in found.verified if item.state is not CaptureState.REGISTERED
    } == {}
    assert found.verified


def test_every_capture_is_registered(library: Library, corpus: Corpus) -> None:
    there = {path.name for path in corpus.captures.glob("*.txt")}
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
        if term_matching.Match(name) not in [term_matching.find(name, text) for text in texts]
    ]
    assert lost == []
