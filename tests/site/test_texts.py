"""A page says in how many texts its statements are, and which one has nearly all of them."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.language import scale_texts
from briefing.language.words import Words
from briefing.model.facts import Fact
from briefing.model.scales import Credibility
from briefing.model.sources import Evidence
from briefing.model.values import Slug
from briefing.site import texts
from briefing.site.texts import Texts
from tests import ledgers, matters, values
from tests.conftest import Page, Project


def _in(*sources: str) -> Fact:
    passages = tuple(Evidence(Slug(name), 1, ("ferries",)) for name in sources)
    return dataclasses.replace(values.fact("ferry.letter"), evidence=passages)


def test_all_in_one_text() -> None:
    assert texts.of([_in("post"), _in("post", "post")]) == Texts(2, 1, Slug("post"), 0)


def test_nearly_all_in_one_text() -> None:
    assert texts.of([*[_in("post")] * 14, _in("courier")]) == Texts(15, 2, Slug("post"), 1)


def test_what_is_in_two_texts_is_not_in_one_alone() -> None:
    assert texts.of([*[_in("post")] * 4, _in("post", "courier")]) == Texts(5, 2, Slug("post"), 1)
    assert texts.of([*[_in("post")] * 3, _in("post", "courier")]) == Texts(4, 2)
    assert texts.of([_in("post", "courier")]) == Texts(1, 2)


def test_without_statements_there_is_no_text() -> None:
    assert texts.of([]) == Texts(0, 0)


@pytest.mark.parametrize(
    ("number", "grade", "words"),
    [
        (1, Credibility.THREE, "one original source"),
        (4, Credibility.TWO, "4 original sources, not shown to be independent"),
        (2, None, "2 original sources, not shown to be independent"),
        (2, Credibility.ONE, "2 independent original sources"),
    ],
)
def test_sources_are_independent_only_where_the_grade_says_so(
    number: int, grade: Credibility | None, words: str
) -> None:
    assert scale_texts.originals(number, grade, Words("en")) == words


def test_pages_count_texts_and_no_original_sources(project: Project) -> None:
    matters.give(project)
    site = ledgers.site_of(project)
    for path, words in {
        "matters/crossing.html": "1 statement, in one text: ",
        "matters/ferries.html": "3 statements in 2 texts.",
        "topics/ferry.html": "7 statements in 2 texts.",
        "systems/m2-ferry.html": "6 statements in 2 texts.",
    }.items():
        text = Page(site[path]).text
        assert words in text, path
        assert "original source" not in text, path
    assert "2 independent original sources" in Page(site["facts/ferry.count.html"]).text
