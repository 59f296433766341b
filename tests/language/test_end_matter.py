"""What is printed after the text says once what holds for many, and nothing of what the text has."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.language import end_matter
from briefing.language.words import Words
from briefing.model.editions import Edition, Reference, Scale, Section
from briefing.model.scales import Reliability
from briefing.model.values import Slug
from tests import apparatus, values
from tests.conftest import REPOSITORY

ENGLISH = Words("en-GB")
LADDER = Scale(
    ENGLISH("scale.status"),
    "our own ladder: ○ said, △ intended, ▲ binding, ● under way or done; 2 of 13 steps",
    (("discussed", "both sides have talked about it"), ("intent", "an intention")),
)
LIKELIHOOD = Scale(ENGLISH("scale.likelihood"), "ICD 203", (("likely", "55–80%; also: probable"),))
CONFIDENCE = Scale(ENGLISH("scale.confidence"), "after ICD 203", (("low", "the basis is thin"),))


def edition(*scales: Scale, **sections: str) -> Edition:
    made = values.edition("trams", "trams.deal", "trams.talks")
    notes = tuple(
        dataclasses.replace(note, status=f"{step}: {meaning}")
        for note, (step, meaning) in zip(made.notes, LADDER.rows, strict=True)
    )
    parts = tuple(Section(role, "", (text,)) for role, text in sections.items())
    return dataclasses.replace(made, notes=notes, sections=parts, scales=scales)


def listing(*texts: str) -> Edition:
    references = tuple(
        Reference(f"S{number}", Slug(f"s{number}"), text, text, Reliability.C, "")
        for number, text in enumerate(texts, 1)
    )
    return dataclasses.replace(edition(), references=references)


def test_a_ladder_has_the_steps_and_signs_that_the_text_prints() -> None:
    (shown,) = end_matter.shown(edition(LADDER, commitments="| Trams | △ intent |")).scales
    assert shown.source == "our own ladder: △ intended"
    assert shown.rows == (("intent", "an intention"),)


def test_a_ladder_of_which_the_text_prints_nothing_is_left_out() -> None:
    """The card of a fact has its status with the meaning."""
    assert end_matter.shown(edition(LADDER, narrative="They discussed an intent.")).scales == ()


def test_a_likelihood_is_explained_by_the_range_beside_it() -> None:
    with_range = edition(LIKELIHOOD, CONFIDENCE, judgements="We judge it likely (55–80%) that ...")
    (shown,) = end_matter.shown(with_range).scales
    assert (shown.title, shown.rows) == ("Likelihood and confidence", CONFIDENCE.rows)
    older = edition(LIKELIHOOD, CONFIDENCE, judgements="We judge it likely that ...")
    assert end_matter.shown(older).scales == (LIKELIHOOD, CONFIDENCE)
    alone = edition(LIKELIHOOD, judgements="We judge it likely (55–80%) that ...")
    assert end_matter.shown(alone).scales == (LIKELIHOOD,)


def test_what_several_sources_do_not_state_is_said_in_one_sentence() -> None:
    found = listing(
        "Report on the visit (headline, publisher and date not stated).",
        "R. Lund, “Trams”, The Courier, 14 March 2031.",
        "Leaflet, 3 May 2031 (headline and publisher not stated).",
        "Report on the talks (headline, publisher and date not stated).",
    )
    assert [item.text for item in end_matter.shown(found).references] == [
        "Report on the visit.",
        "R. Lund, “Trams”, The Courier, 14 March 2031.",
        "Leaflet, 3 May 2031.",
        "Report on the talks.",
    ]
    assert end_matter.key(found).startswith(
        "Not stated: headline, publisher and date of S1 and S4; headline and publisher of S3. ¶"
    )


def test_what_one_source_does_not_state_stays_with_it() -> None:
    found = listing("Leaflet (date not stated).", "“Trams”, The Courier, 14 March 2031.")
    assert end_matter.shown(found).references == found.references
    assert end_matter.key(found).startswith("¶")


def test_an_edition_keeps_its_digest() -> None:
    found = edition(LADDER)
    assert end_matter.shown(found).digest == found.digest


@pytest.mark.parametrize("brief", [path.stem for path in (REPOSITORY / "content/briefs").glob("*.md")])
def test_notes_sources_and_scales_are_no_more_than_two_fifths_of_a_brief(brief: str) -> None:
    """The aim is 30 in 100. A brief without a needless line is shorter, and its notes are not.

    The overview has little prose beside its table, which cites five topics with their caveats.
    """
    found = {item.brief: apparatus.share(item) for item in apparatus.of_project(REPOSITORY)}
    assert found[Slug(brief)] <= (0.51 if brief == "overview" else 0.38)
