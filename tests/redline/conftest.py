"""A brief of the sample before and after a change."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.build.steps import Snapshot
from briefing.model.editions import Claim, Edition, Section
from tests.redline.trees import changed


@pytest.fixture(scope="module")
def purchase(snapshot: Snapshot) -> Edition:
    return snapshot.editions["ferry-purchase"]


@pytest.fixture(scope="module")
def fewer(purchase: Edition) -> Edition:
    """The brief before a row with its note came, an amount rose and a note was corrected."""
    index = next(place for place, item in enumerate(purchase.sections) if item.role == "commitments")
    table = purchase.sections[index]
    rows = [place for place, part in enumerate(table.segments) if isinstance(part, str) and "|\n| " in part]
    cut = rows[-1]
    last = str(table.segments[cut]).rpartition("\n| ")[0]
    shorter = dataclasses.replace(table, segments=(*table.segments[:cut], last))
    sections = (*purchase.sections[:index], shorter, *purchase.sections[index + 1 :])
    sections = tuple(_without_claims(item, "ferry.type") for item in sections)
    cited = {part.fact for item in sections for part in item.segments if isinstance(part, Claim)}
    notes = tuple(note for note in purchase.notes if note.fact in cited)
    assert len(notes) < len(purchase.notes)
    earlier = dataclasses.replace(purchase, sections=sections, notes=notes)
    return changed(earlier, ("4 ferries", "3 ferries"), ("Credibility 2", "Credibility 3"))


def _without_claims(section: Section, fact: str) -> Section:
    """A section that says the same and cites one fact less."""
    segments = (
        part.words if isinstance(part, Claim) and part.fact == fact else part for part in section.segments
    )
    return dataclasses.replace(section, segments=tuple(segments))
