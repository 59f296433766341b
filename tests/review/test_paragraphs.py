"""The paragraphs of a brief: where they begin and end, what they are called, what counts of their words."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import layout, linker
from briefing.model.briefs import Brief
from briefing.model.facts import Milestone
from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.scales import Likelihood
from briefing.model.values import Key, Placed, Prose, Slug
from briefing.review import paragraphs, signoff
from briefing.review.paragraphs import Paragraph
from briefing.store import disk, request
from tests import values
from tests.conftest import REPOSITORY, SAMPLE, expect_golden

LETTER, PRICE = "[a letter](fact:drones.letter)", "[](fact:drones.price)"


def of_prose(body: str) -> list[Paragraph]:
    """The paragraphs of a brief that has prose only."""
    brief = values.brief(body=Prose(body), bottom_line=Prose("Nothing."))
    return list(paragraphs.of_brief(brief, values.library()))


def names(body: str) -> list[str]:
    return [item.name for item in of_prose(body)]


def digest(text: str) -> str:
    (found,) = of_prose(text)
    return found.digest


# ------------------------------------------------------------------------------------------------- names


def test_a_block_is_called_by_its_heading_and_its_number_among_those_that_cite() -> None:
    body = (
        f"First {LETTER}.\n\nNothing is cited here.\n\nSecond {LETTER}.\n\n"
        f"## What was signed?\n\nWords.\n\nThird {LETTER}.\n\n"
        f"### Who — and “when”\nFourth {LETTER}.\nStill it.\n"
    )
    assert names(body) == ["text.1", "text.2", "what-was-signed.1", "who-and-when.1"]


def test_two_headings_of_one_name_count_on() -> None:
    assert names(f"## More\n\n{LETTER}\n\n## Other\n\n{LETTER}\n\n## More\n\n{LETTER}") == [
        "more.1",
        "other.1",
        "more.2",
    ]


def test_a_heading_may_cite_itself_and_is_called_by_the_words_of_its_links() -> None:
    assert names(f"## On {LETTER}\n\n{PRICE}") == ["on-a-letter.1", "on-a-letter.2"]
    assert names(f"## {PRICE}\n\n{LETTER}") == ["drones-price.1", "drones-price.2"]


@pytest.mark.parametrize("heading", ["##", "## …", "## ---"])
def test_a_heading_without_words_gives_no_name(heading: str) -> None:
    assert names(f"{heading}\n\n{LETTER}") == ["text.1"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"What\nwas signed\n=====\n{LETTER}", "what-was-signed.1"),
        (f"   ## What was signed ##\n{LETTER}", "what-was-signed.1"),
        (f"    ## What was signed\n{LETTER}", "what-was-signed.1"),
        (f"Words on\n#5 and {LETTER}", "text.1"),
        (f"> ## Quoted\n\n{LETTER}", "text.1"),
        (f"```\n\n## Code\n\n{LETTER}", None),
    ],
    ids=["over a rule", "indented", "indented far", "a number sign", "quoted", "in code"],
)
def test_a_heading_is_what_is_printed_as_one(text: str, name: str | None) -> None:
    assert names(text) == ([name] if name else [])


def test_a_heading_in_another_script_is_a_name() -> None:
    assert names(f"## Що підписано\n\n{LETTER}") == ["що-підписано.1"]


def test_a_list_and_a_table_are_a_block_each_and_code_is_never_cut() -> None:
    body = (
        f"- One {LETTER}\n- Two {PRICE}\n\n| A | B |\n|---|---|\n| {LETTER} | {PRICE} |\n\n"
        f"Before {LETTER}:\n```\n# no heading\n\n[x](fact:drones.no-link)\n```\nafter {PRICE}."
    )
    found = of_prose(body)
    assert [item.name for item in found] == ["text.1", "text.2", "text.3"]
    assert all(item.keys == ("drones.letter", "drones.price") for item in found)


def test_the_bottom_line_and_the_entries_that_are_printed_have_names() -> None:
    milestone = values.milestone("drones.opening", "2026-05", "drones.letter", met_by=Key("drones.price"))
    sheet = values.sheet(
        "drones",
        values.fact(),
        values.fact("drones.price"),
        judgements=(values.judgement("drones.contract", f"There is {LETTER}."),),
        disagreements=(values.disagreement("drones.count", "drones.price", "drones.letter"),),
        gaps=(values.gap("drones.payer", "drones.price"), values.gap("drones.nothing")),
        milestones=(milestone,),
    )
    brief = values.brief(
        bottom_line=Prose(LETTER),
        body="No link.",
        watch=Prose(f"- Who pays {PRICE}."),
        sheets=("drones",),
        judgements=(Key("drones.contract"),),
    )
    found = {item.name: item.keys for item in paragraphs.of_brief(brief, values.library(sheets=(sheet,)))}
    assert list(found.items()) == [
        ("bottom-line", ("drones.letter",)),
        ("drones.contract", ("drones.letter",)),
        ("drones.count", ("drones.letter", "drones.price")),
        ("drones.payer", ("drones.price",)),
        ("watch", ("drones.price",)),
        ("drones.opening", ("drones.letter", "drones.price")),
    ]


def test_a_paragraph_knows_where_it_stands() -> None:
    at = Place("content/briefs/letter.md", 9, 1)
    text = f"## Head\n\nWords.\n\nCited {LETTER}."
    brief = values.brief(body=Prose(Placed(text, at, text)), bottom_line=Prose("Nothing."), body_at=at)
    (found,) = paragraphs.of_brief(brief, values.library())
    assert found.at == Place(at.path, 13, 1)
    assert brief.body[found.start : found.end] == f"Cited {LETTER}."


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (f"- They **signed** {LETTER}.", "They signed a letter."),
        (f"> 1. Of {PRICE}\nit is said", "Of drones.price it is said"),
        (f"{'word ' * 20}{LETTER}", f"{'word ' * 11}…"),
    ],
)
def test_the_opening_words_are_plain_and_few(text: str, opening: str) -> None:
    (found,) = of_prose(text)
    assert found.opening == opening


# ------------------------------------------------------------------------------------------ on record

STARTERS = REPOSITORY / "briefing" / "starters"
CORPORA = {
    "shipped": REPOSITORY,
    "sample": SAMPLE,
    "example": STARTERS / "example",
    "first": STARTERS / "first",
}


@functools.cache
def _library(corpus: str) -> Library:
    records, _ = layout.load(disk.read(CORPORA[corpus], request.FOLDERS))
    assert records
    return linker.link(records)[0]


def test_the_names_of_all_paragraphs_of_our_own_briefs_stay_what_they_are() -> None:
    """People speak of a paragraph by its name, and ledgers have it on record."""
    lines = [
        f"{corpus} {brief.id} {item.name}"
        for corpus in CORPORA
        for library in [_library(corpus)]
        for brief in library.briefs.values()
        for item in paragraphs.of_brief(brief, library)
    ]
    expect_golden("paragraphs.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_acceptance_on_record_is_of_a_paragraph_as_it_stands(corpus: str) -> None:
    library = _library(corpus)
    for name, record in library.accepted.items():
        found = {item.paragraph.name: item for item in signoff.review(library.briefs[name], library)}
        names = {item.paragraph for item in record.acceptances}
        words = {item.words for item in record.acceptances}
        for item in found.values():
            assert item.paragraph.name in names or item.paragraph.digest in words  # below a heading of before
            assert item.is_accepted
            assert item.accepted and item.accepted.opening == item.paragraph.opening


# ------------------------------------------------------------------------------------------------- words

TEXT = f"They signed {LETTER} — “no contract” — at {PRICE}, in Ukraine's favour."


@pytest.mark.parametrize(
    "other",
    [
        f'They signed\n  {LETTER} -- "no contract" -- at {PRICE}, in Ukraine’s favour.',
        f"they signed {LETTER}: no contract, at {PRICE}; in Ukraine's *favour*",
        f"They _signed_ {LETTER} — “no contract” — at {PRICE}, in\N{NO-BREAK SPACE}Ukraine's favour.",
    ],
)
def test_layout_and_signs_are_no_words(other: str) -> None:
    assert digest(other) == digest(TEXT)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("no contract", "a contract"),
        TEXT.replace("a letter", "the letter"),
        TEXT.replace("drones.price)", "drones.price#short)"),
        TEXT.replace(PRICE, LETTER),
        TEXT.replace("at ", "at 5 % of "),
    ],
)
def test_another_word_or_another_form_or_another_fact_is_another_text(other: str) -> None:
    assert digest(other) != digest(TEXT)


def test_the_sign_of_a_measure_is_a_word() -> None:
    assert digest(f"5 % of {LETTER}") != digest(f"5 of {LETTER}")


def test_a_renamed_fact_leaves_the_words_as_they_are() -> None:
    assert digest(TEXT.replace("drones.letter", "ferry.paper")) == digest(TEXT)


def test_the_likelihood_and_the_day_are_words_of_their_entries() -> None:
    judgement = values.judgement("drones.contract", LETTER)
    sure = dataclasses.replace(judgement, likelihood=Likelihood.LIKELY)
    milestone = values.milestone("drones.opening", "2026-05", "drones.letter")
    later = dataclasses.replace(milestone, date=values.date("2026-06"))
    for one, other in ((judgement, sure), (milestone, later)):
        assert _entry(one).digest != _entry(other).digest


def _entry(item: Any) -> Paragraph:
    register = "milestones" if isinstance(item, Milestone) else "judgements"
    sheet = values.sheet("drones", values.fact(), **{register: (item,)})
    brief = values.brief(body="", bottom_line=Prose(""), sheets=("drones",), judgements=(item.id,))
    (found,) = paragraphs.of_brief(brief, values.library(sheets=(sheet,)))
    return found


# ------------------------------------------------------------------------------------------- of any text


@given(st.text(st.sampled_from("ab#\n `|->1. [](fact:drones.letter)"), max_size=120))
def test_every_link_of_any_text_is_in_exactly_one_paragraph(text: str) -> None:
    brief = Brief(
        Slug("letter"), "T", "S", None, (), Prose(""), Prose(text.replace("f", "[x](fact:drones.letter)"))
    )
    found = paragraphs.of_brief(brief, values.library())
    spans = [(item.start, item.end) for item in found]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    whole = paragraphs.cited(brief.body)
    assert {key for item in found for key in item.keys} == set(whole)
    assert len({item.name for item in found}) == len(found)
