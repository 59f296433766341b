"""A brief in French, of a made-up town: the words around the prose are those of its language."""

from __future__ import annotations

import re

import pytest

from briefing import __version__
from briefing.build.steps import Snapshot
from briefing.formats.registry import by_name
from briefing.model.editions import Edition, FactFile
from tests.conftest import REPOSITORY, expect_golden, snapshot_of


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of(REPOSITORY / "tests/french")


@pytest.fixture(scope="module")
def edition(snapshot: Snapshot) -> Edition:
    return snapshot.editions["tramway"]


def test_a_brief_takes_the_language_of_its_project(edition: Edition) -> None:
    assert edition.language == "fr"


def test_the_brief_is_as_accepted(snapshot: Snapshot, edition: Edition) -> None:
    text = by_name()["markdown"].prepare(edition, snapshot.theme, FactFile()).text
    text = text.replace(f"Briefing {__version__}", "Briefing VERSION").replace(edition.digest[:7], "DIGEST")
    expect_golden("tramway.md", text)


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_no_english_is_around_it(name: str, snapshot: Snapshot, edition: Edition) -> None:
    page = by_name()[name].prepare(edition, snapshot.theme, FactFile()).text
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert "L’essentiel" in shown
    assert not re.findall(r"\b(?:the|of|and|with|from|is|are|Notes|Draft|Evidence|Close)\b", shown)


def test_that_its_prose_is_not_checked_is_said(snapshot: Snapshot) -> None:
    assert "language-not-checked" in {finding.check for finding in snapshot.findings}
