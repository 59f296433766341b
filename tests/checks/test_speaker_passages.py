"""A passage that relays a statement names its speaker, or the paragraph beside it, cited as well, does."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.checks import credited
from briefing.checks.base import Subject
from briefing.model.sources import Evidence
from briefing.sources.captures import CaptureState, Verified
from tests import values

PARAGRAPHS = (
    "The council met on Monday.",
    "“We agreed on a tram line and on its price.",
    "We thank the bank for its patience,” said Mara Ashdown.",
    "The line opens in spring.",
)


def messages(*evidence: Evidence) -> list[str]:
    """Return what the check says of a fact that cites some passages of a text, which is at hand."""
    fact = values.fact(evidence=evidence, said_by=("ashdown",))
    library = values.library(
        fact,
        sources=(values.source(),),
        origins=(values.origin("speech", "ashdown"),),
        actors=(dataclasses.replace(values.actor("ashdown"), name="Mara Ashdown", names=("Ashdown",)),),
    )
    source = library.sources[evidence[0].source]
    text = Verified(source.id, "report.txt", CaptureState.REGISTERED, "", PARAGRAPHS, ())
    subject = Subject(library, (), values.TODAY, verified=(text,))
    return [finding.message for finding in credited.speaker_not_stated(subject)]


def passage(paragraph: int, term: str, is_inferred: bool = False, origin: str | None = "speech") -> Evidence:
    return dataclasses.replace(values.evidence("report", paragraph, (term,), origin), inferred=is_inferred)


def test_a_quotation_may_name_its_speaker_in_the_next_paragraph_if_that_is_cited() -> None:
    quoted, named = passage(2, "agreed on a tram line"), passage(3, "said Mara Ashdown")
    assert messages(quoted, named) == messages(named, quoted) == []
    [said] = messages(quoted)
    assert said.startswith("paragraph 2 of report does not name Mara Ashdown")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(passage(3, "said Mara Ashdown", is_inferred=True), id="an inferred passage"),
        pytest.param(passage(3, "said Mara Ashdown", origin=None), id="a passage that relays nothing"),
        pytest.param(passage(1, "met on Monday"), id="a paragraph that does not name her"),
    ],
)
def test_a_passage_beside_it_does_not_name_a_speaker(other: Evidence) -> None:
    assert "paragraph 2 of report" in messages(passage(2, "agreed on a tram line"), other)[0]


def test_a_paragraph_farther_off_does_not_name_the_speaker_of_another() -> None:
    [said] = messages(
        passage(3, "said Mara Ashdown"), passage(4, "opens in spring"), passage(1, "met on Monday")
    )
    assert said.startswith("paragraph 1 of report")
