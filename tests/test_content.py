"""The shipped corpus: it loads without an error, and keeps the rules that no type can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.checks.prose import BOTTOM_LINE_WORDS
from briefing.model.editions import Claim, Edition
from briefing.model.facts import Assertion, Fact
from briefing.model.library import Library
from briefing.model.scales import FactKind
from briefing.model.sources import Evidence
from briefing.store import disk, request
from tests import values

ROOT = Path(__file__).parent.parent
STATEMENT_WORDS = 22
"""A commitment stands in a table; a longer statement makes the table unreadable."""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return steps.snapshot(disk.read(ROOT, request.FOLDERS), values.TODAY)


@pytest.fixture(scope="module")
def library(snapshot: Snapshot) -> Library:
    assert snapshot.library
    return snapshot.library


def all_evidence(library: Library) -> Iterator[tuple[str, Evidence]]:
    """Every passage that anything cites, with what cites it."""
    for fact in library.facts.values():
        for item in fact.evidence:
            yield fact.id, item
        for earlier in fact.history:
            for item in earlier.evidence:
                yield f"{fact.id}, history of {earlier.asserted.edtf}", item
    for actor in library.actors.values():
        for role in actor.roles:
            yield f"{actor.id}, role {role.title}", role.evidence


def states(library: Library) -> Iterator[Fact | Assertion]:
    for fact in library.facts.values():
        yield fact
        yield from fact.history


def test_the_corpus_has_no_errors(snapshot: Snapshot) -> None:
    assert [
        str(finding.at) + " " + finding.message for finding in snapshot.findings if finding.is_error
    ] == []
    assert dict(snapshot.held) == {}


def test_every_file_became_something(library: Library, snapshot: Snapshot) -> None:
    content = ROOT / "content"
    assert set(library.sheets) == {path.stem for path in (content / "facts").glob("*.yaml")}
    assert set(library.sources) == {path.stem for path in (content / "sources").glob("*.yaml")}
    assert set(snapshot.editions) == {path.stem for path in (content / "briefs").glob("*.md")}
    own = {path.stem for path in (content / "pages").glob("*.md")}
    assert own == {"corpus"}
    assert set(snapshot.pages) == own | {"handbook", "method"}
    assert snapshot.editions
    assert library.facts


def words_of(edition: Edition, role: str) -> list[str]:
    """The words of a section as a reader counts them: between blanks, signs alone not counted."""
    (section,) = (part for part in edition.sections if part.role == role)
    text = "".join(part.words if isinstance(part, Claim) else part for part in section.segments)
    return [word for word in text.split() if re.search(r"\w", word)]


def test_every_bottom_line_is_short(snapshot: Snapshot) -> None:
    lengths = {name: len(words_of(edition, "bottom-line")) for name, edition in snapshot.editions.items()}
    assert all(0 < length <= BOTTOM_LINE_WORDS for length in lengths.values()), lengths
    assert BOTTOM_LINE_WORDS == 60


def test_every_source_has_a_capture_and_its_digest(library: Library) -> None:
    for source in library.sources.values():
        assert re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]*\.txt", source.capture), source.id
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256), source.id
    for field in ("capture", "sha256"):
        times = Counter(getattr(source, field) for source in library.sources.values())
        assert max(times.values()) == 1, f"two sources have one {field}"


def test_every_passage_is_named_by_one_to_four_short_terms(library: Library) -> None:
    for owner, item in all_evidence(library):
        assert item.paragraph >= 1, owner
        assert 1 <= len(item.terms) <= 4, owner
        assert len(set(item.terms)) == len(item.terms), owner
        assert all(1 <= len(term.split()) <= 5 for term in item.terms), owner


def test_a_passage_relays_only_what_its_source_is_said_to_relay(library: Library) -> None:
    for owner, item in all_evidence(library):
        if item.origin:
            assert item.origin in library.sources[item.source].origins, (
                f"{owner}: {item.source}, {item.origin}"
            )


def test_every_statement_that_a_source_is_said_to_relay_is_cited(library: Library) -> None:
    cited = {(item.source, item.origin) for _, item in all_evidence(library)}
    idle = [
        f"{source.id}: {origin}"
        for source in library.sources.values()
        for origin in source.origins
        if (source.id, origin) not in cited
    ]
    assert idle == []


def test_commitments_are_stated_in_few_words(library: Library) -> None:
    long = {
        fact.id: len(fact.statement.split())
        for fact in library.facts.values()
        if fact.kind is FactKind.COMMITMENT and len(fact.statement.split()) > STATEMENT_WORDS
    }
    assert long == {}


def test_every_statement_is_one_whole_sentence(library: Library) -> None:
    for state in states(library):
        assert re.fullmatch(r"[\w\"“‘€].*[.!?][”\"’]?", state.statement, re.DOTALL), state.statement
        assert "\n" not in state.statement


def test_nobody_is_registered_who_does_nothing(library: Library) -> None:
    facts = library.facts.values()
    spoken = {name for origin in library.origins.values() for name in origin.said_by}
    acting = {name for fact in facts for name in (*fact.actors, *fact.said_by)} | spoken
    assert set(library.actors) - acting == set()
    assert set(library.systems) - {name for fact in facts for name in fact.systems} == set()


def test_every_brief_is_on_the_home_page(library: Library) -> None:
    assert set(library.project.home) == set(library.briefs)


def test_judgements_never_put_likelihood_and_confidence_into_one_sentence(library: Library) -> None:
    """ICD 203: a reader takes 'likely, with high confidence' for one thing, and it is two."""
    for judgement in library.judgements.values():
        assert "confiden" not in judgement.statement.lower(), judgement.id
        for sentence in re.split(r"(?<=[.!?])\s", judgement.basis):
            assert not ("likel" in sentence.lower() and "confiden" in sentence.lower()), judgement.id
