"""Marks on a page: the words that a finding is about, and the badge behind them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from briefing.model.findings import Severity
from briefing.preview import marks
from briefing.preview.marks import Mark, Spot

CLAIM = (
    '<span data-fact="{fact}">{words}</span><sup class="mark"><a href="#note-{note}">{note}</a>'
    '<button type="button" popovertarget="evidence-{note}"></button></sup>'
)
FACTS = {1: "trams.order", 2: "trams.price"}


def claim(words: str, note: int) -> str:
    """Words that state a fact, with the number of its note, which opens its evidence."""
    return CLAIM.format(words=words, note=note, fact=FACTS[note])


def page(article: str) -> str:
    return f"<body><header><p>Four trams run.</p></header><main>{article}</main></body>"


def marked(article: str, *spots: Spot, severity: Severity = Severity.ERROR) -> str:
    """The article with a mark for each spot; its badge is its number in brackets."""
    wanted = [Mark(number, severity, spot, f"[{number}]") for number, spot in enumerate(spots, 1)]
    found, placed = marks.marked(page(article), wanted)
    assert placed == {number for number, _ in enumerate(spots, 1)}
    return found.partition("<main>")[2].partition("</main>")[0]


def plain(text: str) -> str:
    """What is marked, between braces."""
    text = re.sub(r"<mark[^>]*>", "{", text).replace("</mark>", "}")
    return re.sub(r"<[^>]*>", "", text)


def of(text: str, **more: Any) -> Spot:
    return Spot(tuple(text.lower().split()), **more)


def test_a_sentence_is_marked_and_its_badge_comes_behind_the_full_stop() -> None:
    found = marked("<p>It rains. Four trams run. They are red.</p>", of("four trams run"))
    assert plain(found) == "It rains. {Four trams run}.[1] They are red."


def test_typographic_quotation_marks_and_entities_are_no_words() -> None:
    found = marked("<p>“Four &amp; a half”, she&#x27;s told.</p>", of("four a half she s told"))
    assert plain(found) == "“{Four &amp; a half”, she&#x27;s told}.[1]"


def test_a_sentence_with_claims_is_marked_whole_but_for_the_numbers_of_its_notes() -> None:
    article = f"<p>{claim('Four trams', 1)} cost {claim('EUR 9', 2)}. They are red.</p>"
    found = marked(article, of("cost", before=1, after=1))
    assert plain(found) == "{Four trams}1{ cost }{EUR 9}2.[1] They are red."


def test_a_badge_is_in_no_label_and_in_no_link() -> None:
    article = f'<p>See {claim("the order", 1)}</p><p><a href="https://a.example/">the text</a> here</p>'
    found = marked(article, Spot(fact="trams.order"), of("the text"))
    assert not re.search(r"<(label|a|sup)[^>]*>[^<]*(<(?!/\1)[^>]*>[^<]*)*\[\d\]", found)
    assert plain(found) == "See {the order}1[1]{the text}[2] here"


def test_every_appearance_of_a_fact_is_marked_and_the_first_has_the_badge() -> None:
    article = f"<p>{claim('An order', 1)} of {claim('four', 1)} for {claim('EUR 9', 2)}.</p>"
    assert plain(marked(article, Spot(fact="trams.order"))) == "{An order}1[1] of {four}1 for EUR 92."


@pytest.mark.parametrize(("nth", "wanted"), [(0, "{It runs}.[1] It runs."), (1, "It runs. {It runs}.[1]")])
def test_of_sentences_with_the_same_words_the_right_one_is_marked(nth: int, wanted: str) -> None:
    assert plain(marked("<p>It runs. It runs.</p>", of("it runs", nth=nth))) == wanted


def test_two_findings_at_one_sentence_share_its_mark() -> None:
    found = marked("<p>Four trams run.</p>", of("four trams run"), of("trams run"))
    assert plain(found) == "{Four }{trams run}.[1][2]"
    assert 'data-found="1 2"' in found


def test_words_that_come_from_no_text_of_the_brief_are_not_marked() -> None:
    nothing, placed = marks.marked(
        page('<nav>Four trams run.</nav><dialog class="card">Four trams run.</dialog><p>It rains.</p>'),
        [Mark(1, Severity.ERROR, of("four trams run"), "[1]")],
    )
    assert not placed
    assert "<mark" not in nothing


def test_an_element_is_marked_by_its_id() -> None:
    found = marked('<div id="source-S1"><dt>S1</dt><dd>A report</dd></div>', Spot(anchor="source-S1"))
    assert plain(found) == "{S1}[1]A report"


def test_a_page_without_its_marks_is_the_page() -> None:
    article = f"<p>Red &amp; <em>new</em>: {claim('Four', 1)} run.</p><hr><p>Rain.</p>"
    found = marked(article, of("run", before=1), of("rain"))
    assert re.sub(r"</?mark[^>]*>|\[\d\]", "", found) == article
