"""A corpus on another subject, grants for hydrogen: read, checked and built with the means of any project."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

from briefing.content import state_of_play
from briefing.content.state_of_play import StateOfPlay
from briefing.model.ladders import Status
from briefing.model.library import Library
from briefing.site import pages as site
from briefing.site.lookups import Briefs
from tests.conftest import QUICK, REPOSITORY, Project, snapshot_of
from tests.values import Reached

GRANTS = REPOSITORY / "tests/electrolyser"


@pytest.fixture(scope="module")
def library() -> Library:
    found = snapshot_of(GRANTS).library
    assert found
    return found


def state(name: str, library: Library) -> StateOfPlay:
    return state_of_play.of_matter(name, library)


def in_short(found: StateOfPlay) -> list[tuple[Status, str | None, tuple[str, ...]]]:
    return [(item.status, item.voice.side, item.voice.speakers) for item in found.accounts]


def test_a_grant_has_come_as_far_as_each_side_and_each_report_says(library: Library) -> None:
    assert in_short(state("aldvik-electrolyser", library)) == [
        (Reached.DELIVERING, None, ()),
        (Reached.CONTRACTED, None, ()),
        (Reached.AGREED, "marrow", ("calder",)),
        (Reached.AGREED, "aldvik", ("lind",)),
        (Reached.REQUESTED, "aldvik", ("lind",)),
    ]


def test_the_sums_that_are_named_are_kept_apart_by_side(library: Library) -> None:
    named = state("aldvik-electrolyser", library).named
    assert [(int(item.value.amount), item.voice.side, item.voice.origins) for item in named] == [
        (20_000_000, "aldvik", ("lind-herald",)),
        (12_000_000, "marrow", ("calder-bulletin",)),
        (12_000_000, "aldvik", ("lind-herald",)),
    ]


def test_a_bid_that_was_withdrawn_is_over_and_one_without_an_answer_is_open(library: Library) -> None:
    assert state("belmoor-station", library).is_over
    assert state("belmoor-station", library).reached is None
    assert state("rowan-bid", library).gaps == ("grants.calls",)


def test_the_side_of_a_spokesman_is_the_state_of_its_ministry(library: Library) -> None:
    (voice,) = state("price-law", library).voices
    assert (voice.side, voice.speakers) == ("marrow", ("ministry-spokesman",))


def test_its_brief_and_its_site_count_matters_and_mark_what_is_reported(tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(GRANTS, tmp_path / "project")))
    project.draw_few_rows()
    said = project.call("build", *QUICK)
    assert said.exit_code == 0, said.text
    brief = project.read("output/briefs/grants.md")
    assert "reported: deliveries reported" in brief
    assert "Being delivered, by reports alone: First stacks: delivery as reported." in brief
    made = snapshot_of(GRANTS)
    assert made.library
    files = site.prepare(Briefs(made.editions), made.pages, made.library, made.theme)
    (front,) = (file.prepared.text for file in files if file.path == "index.html")
    shown = re.sub(r"<[^>]*>", "", html.unescape(front))
    assert "1 at “delivery” (deliveries reported; by reports alone" in shown
    assert "none at “contract or money”" in shown
    assert "1 cancelled or superseded item is not counted." in shown
