"""Evidence compared with the captures: whether the terms of each passage are there, have moved, or are gone.

This is a pure step from captures, as values, to verdicts. The checks over captures say what these mean for
the author of the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model.facts import Assertion, Fact, RowState
from briefing.model.library import Library
from briefing.model.sources import Evidence, Source
from briefing.sources import captures, term_matching
from briefing.sources.captures import Capture, CaptureState, CheckedPassage, Verdict, Verified
from briefing.sources.term_matching import Location
from briefing.store import box


def sources(library: Library, captures: Mapping[str, Capture]) -> tuple[Verified, ...]:
    """Return every source with the verdicts on its evidence; ``captures`` are by the source's id."""
    resting: dict[str, list[tuple[str, Evidence]]] = {}
    for owner, item in evidence(library):
        resting.setdefault(item.source, []).append((owner, item))
    found = []
    for source in library.sources.values():
        with box.reading(source.capture):
            found.append(_verified(source, captures[source.id], resting.get(source.id, [])))
    return tuple(found)


def unmatched(library: Library, captures: Mapping[str, Capture]) -> tuple[Verified, ...]:
    """Return every source with the text of its capture, without looking up what rests on it."""
    return tuple(against(source, captures[source.id]) for source in library.sources.values())


def against(source: Source, capture: Capture) -> Verified:
    """Return one source with the text of its capture, likewise."""
    state = _state(source, capture)
    return Verified(source.id, source.capture, state, capture.sha256, capture.paragraphs, ())


def _state(source: Source, capture: Capture) -> CaptureState:
    is_other = capture.state is CaptureState.REGISTERED and capture.sha256 != source.sha256
    return CaptureState.CHANGED if is_other else capture.state


def evidence(library: Library) -> Iterator[tuple[str, Evidence]]:
    """Yield every piece of evidence, with the name of the record that rests on it."""
    for fact in library.facts.values():
        for state in fact.states:
            for item in state.evidence:
                yield owner_of(fact, state), item
    for actor in library.actors.values():
        for role in actor.roles:
            yield f"the role of {actor.id}", role.evidence


def owner_of(fact: Fact, state: Fact | Assertion) -> str:
    """Return the name of a state of a fact in messages."""
    if isinstance(state, RowState):
        return f"{fact.id}, row {state.row}"
    return f"{fact.id}, history of {state.asserted.edtf}" if isinstance(state, Assertion) else fact.id


def _verified(source: Source, capture: Capture, resting: list[tuple[str, Evidence]]) -> Verified:
    state = _state(source, capture)
    is_changed = state is CaptureState.CHANGED
    pieces: list[CheckedPassage] = []
    if state in (CaptureState.REGISTERED, CaptureState.CHANGED):
        pieces += [_piece(owner, item, capture.paragraphs) for owner, item in resting]
        pieces += [_piece("uncited", item, capture.paragraphs, False) for item in _explanations(source)]
    return Verified(
        source.id,
        source.capture,
        state,
        capture.sha256,
        capture.paragraphs,
        tuple(pieces),
        captures.rewritten(capture.data, source.sha256) if is_changed else (),
    )


def _explanations(source: Source) -> Iterator[Evidence]:
    """Yield the passages that a source says nobody has to cite; they must be there as well."""
    for item in source.uncited:
        for number in item.paragraphs:
            yield Evidence(source.id, number, item.terms, at=item.at)


def _piece(owner: str, item: Evidence, texts: tuple[str, ...], is_evidence: bool = True) -> CheckedPassage:
    is_there = 0 < item.paragraph <= len(texts)
    text = texts[item.paragraph - 1] if is_there else ""
    matches = [term_matching.find(term, text) for term in item.terms]
    if is_there and all(matches):
        found = tuple(Location(term, match) for term, match in zip(item.terms, matches, strict=True))
        is_literal = not any(match.differences for match in matches if match)
        return CheckedPassage(
            owner, item, Verdict.HOLDS if is_literal else Verdict.NORMALISED, found, (), is_evidence
        )
    together = term_matching.containing(item.terms, texts) if item.terms else ()
    if together:
        return CheckedPassage(owner, item, Verdict.MOVED, (), together, is_evidence)
    lost = tuple(term_matching.locate(term, texts, item.paragraph) for term in item.terms)
    return CheckedPassage(owner, item, Verdict.GONE, lost, (), is_evidence)
