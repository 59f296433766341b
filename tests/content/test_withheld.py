"""What of a record is a tell-tale of its own, and what other briefs may say in the same words."""

from __future__ import annotations

import re

from briefing.content import withheld
from briefing.model.editions import DraftSection
from tests import values
from tests.conftest import REPOSITORY

WRITTEN = {"bottom-line", "why", "options", "lines", "narrative"}
"""The sections whose words somebody writes for one brief."""


def test_every_section_of_a_brief_is_known_as_composed_or_as_written_for_it() -> None:
    """A new section is searched for in full until it stands in one of these lists."""
    template = (REPOSITORY / "templates/brief/brief.md.j2").read_text("utf-8")
    begun = set(re.findall(r'{{ section\("([a-z-]+)"', template))
    assert begun == withheld.COMPOSED | WRITTEN


def test_the_signs_above_the_dates_are_words_of_the_brief_and_the_dates_are_not() -> None:
    dates = "| Date | Expectation |\n|---|---|\n| 2026 | A factory. |"
    text = f"- A price of [the letter](fact:drones.letter).\n\n{dates}"
    issued = values.with_words(values.issued(), sections=(DraftSection("milestones", "To watch", text),))
    of_editions = (
        trace for trace in withheld.traces(values.library(issued=(issued,))) if trace.kind == "issued"
    )
    found = [trace.what for trace in of_editions if not trace.is_composed]
    assert "- A price of " in found
    assert not any("A factory" in str(words) for words in found)
