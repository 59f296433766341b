"""Prose as the checks read it: which texts, sentence by sentence, and where in a file something stands."""

from __future__ import annotations

import dataclasses
import time
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import steps
from briefing.checks import prose_input, runner
from briefing.checks.runner import Subject
from briefing.model import briefs, facts, sources
from briefing.model import values as model_values
from briefing.model.briefs import Brief, Page, Series
from briefing.model.facts import (
    Assertion,
    Computed,
    Disagreement,
    Fact,
    FactSheet,
    Gap,
    Judgement,
    Milestone,
    Reading,
    Row,
)
from briefing.model.library import Library, Project
from briefing.model.matters import Matter
from briefing.model.sources import Actor, Evidence, Origin, Role, Source, System, Uncited
from briefing.model.values import NOWHERE, Key, Label, Money, Prose, Quantity, Slug
from briefing.store import disk, request
from tests import values
from tests.checkcases import ferries
from tests.model.test_findings import planned

# ------------------------------------------------------------------------------------ which texts


def test_every_text_of_a_library_is_read() -> None:
    judgement = values.judgement("ferries.order", "It rests on this.")
    library = ferries.library(
        "A body. With two sentences.",
        bottom_line=Prose("A bottom line."),
        pages=(values.page("method", "A page."),),
        sheets=(values.sheet("ferries", *ferries.FACTS, judgements=(judgement,)),),
    )
    read = [(item.text, item.brief, item.is_page) for item in prose_input.read(library)]
    assert read == [
        ("A bottom line.", "letter", False),
        ("A body.", "letter", False),
        ("With two sentences.", "letter", False),
        ("It rests on this.", "", False),
        ("A page.", "", True),
    ]


def test_a_text_whose_language_has_no_lexicon_is_not_read() -> None:
    assert list(prose_input.read(ferries.library("Тут текст.", language="uk"))) == []
    in_ukrainian = ferries.library(project=values.project(languages=("uk",)), briefs=())
    assert list(prose_input.written(in_ukrainian)) == []


def test_a_sentence_is_read_with_its_facts_names_and_figures() -> None:
    (read,) = prose_input.read(
        ferries.library("Ida Holm plans [4 ferries](fact:ferries.count) and [x](fact:no.fact).")
    )
    assert [fact.id for _, fact in read.facts] == ["ferries.count"]
    assert [mention.ids for mention in read.names] == [("holm",)]
    assert [figure.text for figure in read.figures] == ["4"]


def test_the_texts_of_a_sheet_are_read_with_the_facts_on_which_they_rest() -> None:
    stated = ferries.fact(
        "stated",
        "It is so.",
        caveat="It may be.",
        asserted=values.date("2026"),
        history=(values.assertion("2025", "It was so."),),
    )
    sheet = values.sheet(
        "ferries",
        stated,
        disagreements=(values.disagreement("ferries.d", "ferries.stated", "ferries.stated"),),
        gaps=(values.gap("ferries.g", "ferries.stated"),),
        milestones=(values.milestone("ferries.m", "2027", "ferries.stated"),),
    )
    library = values.library(stated, sheets=(sheet,), systems=(values.system("ferry"),))
    read = {text.text: (len(text.facts), text.is_statement) for text in prose_input.written(library)}
    expected = {
        "It is so.": (1, True),
        "It was so.": (1, True),
        "It may be.": (1, False),
        "Reading of ferries.stated.": (1, False),
        "How many?": (1, False),
        "Both are named.": (1, False),
        "Who pays?": (1, False),
        "A contract is expected.": (1, False),
        "What it covers.": (1, False),
    }
    assert expected.items() <= read.items()


NAMES = "a name, which the checks find but do not read"
AS_PUBLISHED = "the words of the source, which may hold what no fact does"
NOT_READ = {
    "Project.publisher": NAMES,
    "Project.contact": NAMES,
    "Project.base_url": "an address",
    "Project.licence": "terms of use, with the number of their version",
    "Project.languages": "tags",
    "Project.captures": "a folder",
    "Brief.owner": NAMES,
    "Brief.authors": NAMES,
    "Brief.language": "a tag",
    "FactSheet.owner": NAMES,
    "Source.title": AS_PUBLISHED,
    "Source.label": "it names the text, as a reader would: the report on the meeting of 4 May",
    "Source.publisher": NAMES,
    "Source.author": NAMES,
    "Source.url": "an address",
    "Source.language": "a tag",
    "Source.capture": "the name of a file",
    "Source.sha256": "a digest",
    "Uncited.reason": "says why no fact has to cite a figure, and names it",
    "Uncited.terms": AS_PUBLISHED,
    "Evidence.terms": AS_PUBLISHED,
    "Role.title": AS_PUBLISHED,
    "Actor.name": NAMES,
    "Actor.names": NAMES,
    "Actor.short": "a sign, such as EU",
    "System.name": NAMES,
    "System.names": NAMES,
    "Matter.names": NAMES,
    "Quantity.unit": "part of the value itself",
    "Quantity.per": "part of the value itself",
    **dict.fromkeys(
        ("Fact.status_basis", "Assertion.status_basis", "Quantity.basis", "Money.basis", "Label.basis"),
        "says from what we concluded what no passage states, with figures of its own",
    ),
    "Money.per": "part of the value itself",
    "Money.instrument": "part of the value itself",
    "Money.currency": "part of the value itself",
    "Money.price_basis": "part of the value itself",
    "Computed.unit": "part of the value itself",
    "Computed.per": "part of the value itself",
    "Label.text": "the value itself",
}
"""The texts of the content that no check over prose reads, each with the reason."""
RECORDS = (
    *(
        Project,
        Source,
        Uncited,
        Origin,
        Role,
        Actor,
        System,
        Matter,
        Evidence,
        Quantity,
        Money,
        Label,
        Fact,
        Assertion,
        Row,
        Computed,
    ),
    *(Reading, Disagreement, Gap, Milestone, Judgement, FactSheet, Brief, Series, Page),
)


def texts_of(record: type[Any]) -> Iterator[str]:
    """The fields of a record that hold words of somebody: texts, prose, lists of texts."""
    hints = typing.get_type_hints(record)
    for field in dataclasses.fields(record):
        found = {hints[field.name], *typing.get_args(hints[field.name])}
        if found & {str, Prose}:
            yield f"{record.__name__}.{field.name}"


def full_library() -> Library:
    """A library in which every text of a record is its own name: 'Gap.note'."""

    def said(record: Any, **changes: Any) -> Any:
        own = {name.partition(".")[2]: name for name in texts_of(type(record)) if name not in NOT_READ}
        return dataclasses.replace(record, **own, **changes)

    key = Key("drones.letter")
    fact = said(
        values.fact(asserted=values.date("2026-02-09")),
        history=(said(values.assertion("2025")),),
        rows=(said(Row(Slug("2025"))),),
    )
    split = values.disagreement("drones.d", key, key)
    sheet = said(
        values.sheet("drones", fact),
        disagreements=(said(split, readings=tuple(map(said, split.readings))),),
        gaps=(said(values.gap("drones.g", key)),),
        milestones=(said(values.milestone("drones.m", "2027", key)),),
        judgements=(said(values.judgement("drones.j", "x")),),
    )
    return values.library(
        project=said(values.project()),
        sources=(said(values.source()),),
        origins=(said(values.origin("post", "minister")),),
        actors=(said(values.actor("minister")), values.actor("general")),
        systems=(said(values.system()),),
        matters=(said(values.matter()),),
        sheets=(sheet,),
        briefs=(said(values.brief(), series=(said(Series(key)),)),),
        pages=(said(values.page()),),
    )


def test_every_text_that_is_printed_is_read_or_says_why_not() -> None:
    """A new text of a record is read by the checks, or is added above with the reason."""
    library = full_library()
    read = {item.text for item in prose_input.written(library)}
    read |= {item.text for item in prose_input.read(library)}
    every = {name for record in RECORDS for name in texts_of(record)}
    assert every - read == NOT_READ.keys()


def test_every_record_of_the_content_is_looked_at() -> None:
    """The texts of a new kind of record are printed as well."""
    known = {record.__name__ for record in RECORDS}
    made = {
        name
        for module in (facts, sources, briefs, model_values)
        for name, item in vars(module).items()
        if dataclasses.is_dataclass(item) and getattr(item, "__module__", "") == module.__name__
    }
    assert made - known == {
        *("AcceptedState", "Verification", "Selection", "Date"),
        *("RowState", "Table", "Defaults"),
    }, "these hold no text of their own"


def test_a_statement_cannot_support_itself() -> None:
    (text, *_) = prose_input.written(values.library(values.fact(statement="They signed for 9 drones.")))
    assert [fact.statement for fact in text.facts] == [""]


# ---------------------------------------------------------------------------------------- places

SHEET = """title: Extra
summary: Texts of several kinds.
facts:
  one:
    kind: context
    statement: >
      There is a long statement,
      and it has 9 boats.
    evidence: [{source: report, paragraph: 1, terms: [a letter]}]
  two:
    kind: context
    statement: "A \\"quoted\\" one has 8 boats."
    evidence: [{source: report, paragraph: 1, terms: [a letter]}]
  three:
    kind: context
    statement: |
      A block has lines,
      and 7 boats.
    evidence: [{source: report, paragraph: 1, terms: [a letter]}]
judgements:
  guess:
    statement: a contract is signed
    likelihood: likely
    confidence: low
    basis: >-
      There is [a letter](fact:drones.letter),
      and 6 boats.
    would_change: A refusal.
"""
BRIEF = """---
title: Extra
subtitle: A second brief
owner: not stated
sheets: [drones, extra]
bottom_line: >
  They signed [a letter](fact:drones.letter),
  and talk of 5 boats; **some** of 4 and of 4 more.
---
First [one](fact:extra.one), [two](fact:extra.two).

| [three](fact:extra.three) | 3 |
"""


def test_a_finding_stands_where_its_words_stand_in_the_file(tmp_path: Path) -> None:
    """In a text that is folded, in quotation marks, in a block, in front matter and in a row."""
    for path, text in values.good_texts().texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    texts = {"content/facts/extra.yaml": SHEET, "content/briefs/extra.md": BRIEF}
    for path, text in texts.items():
        (tmp_path / path).write_text(text, "utf-8")
    found = [
        item
        for item in planned(disk.read(tmp_path, request.FOLDERS), tmp_path).findings
        if item.check in ("bare-number", "figure-not-stated")
    ]
    said = [(texts[item.at.path].split("\n")[item.at.line - 1][item.at.column - 1 :])[:1] for item in found]
    assert sorted(said) == ["3", "4", "4", "5", "6", "7", "8", "9"]
    assert len({item.at for item in found}) == len(found)


ROWS, HYDROGEN = "content/facts/series.yaml", "content/briefs/hydrogen.md"
ROW, SERIES = "name: Ashby Quay", "title: Projects by capacity"


@pytest.mark.parametrize(
    ("path", "old", "new", "check", "at"),
    [
        (ROWS, ROW, "name: Ash\u200bby Quay", "hidden-character", "\u200bby"),
        (ROWS, ROW, "name: \u041e\u0440\u0435 Quay", "look-alike", "\u041e\u0440\u0435 Quay"),
        (ROWS, ROW, 'name: "Ashby [Quay](fact:sums.north)"', "unread-link", "](fact:sums.north)"),
        (ROWS, ROW, "name: Ashby Quay of 999 MW", "figure-not-stated", "999 MW"),
        (ROWS, ROW, f"caveat: One of 999 plants., {ROW}", "bare-number", "999 plants"),
        (ROWS, ROW, f"caveat: \u041e\u0440\u0435., {ROW}", "look-alike", "\u041e\u0440\u0435., name"),
        (HYDROGEN, SERIES, "title: Projects\u2060 by capacity", "hidden-character", "\u2060 by"),
        (HYDROGEN, SERIES, "title: Projects in \u041e\u0440\u0435", "look-alike", "\u041e\u0440\u0435}"),
        (HYDROGEN, SERIES, 'title: "By [size](fact:sums.north)"', "unread-link", "](fact:sums.north)"),
        (HYDROGEN, SERIES, "title: Projects above 999 MW", "bare-number", "999 MW"),
    ],
)
def test_a_slip_in_a_row_or_in_the_title_of_a_series_is_found_where_it_stands(
    path: str, old: str, new: str, check: str, at: str
) -> None:
    corpus = disk.read(Path(__file__).parents[1] / "hydrogen", request.FOLDERS)
    text = corpus.texts[path].replace(old, new)
    texts = dataclasses.replace(corpus, texts={**corpus.texts, path: text})
    # A row under another name is not the row that its passage states either.
    others = {"review-due", "row-not-stated"}
    (found,) = [item for item in steps.snapshot(texts, values.TODAY).findings if item.check not in others]
    assert (found.check, found.at.path) == (check, path)
    assert text.split("\n")[found.at.line - 1][found.at.column - 1 :].startswith(at)


def test_a_finding_of_a_text_that_stands_in_no_file_is_nowhere() -> None:
    (text, *_) = prose_input.written(values.library())
    assert text.finding(0, "message", "hint").at == NOWHERE


# -------------------------------------------------------------------------------- whatever is written

PIECES = st.sampled_from(
    [
        *(
            " ",
            "\n",
            "\n\n",
            ". ",
            "? ",
            ", ",
            ": ",
            "- ",
            "> ",
            "# ",
            "| ",
            "1. ",
            "*",
            "_",
            "`",
            "\\",
            "[",
            "]",
            "“",
            "”",
        ),
        *(
            "[a letter](fact:ferries.letter)",
            "[](fact:ferries.loan)",
            "[](fact:ferries.count#number)",
            "é",
            "є ",
            "İ",
        ),
        *(
            "[up to 5](fact:ferries.grant)",
            "[](fact:ferries.need)",
            "[it](fact:ferries.study)",
            "[](fact:no.fact)",
        ),
        *(
            "[](fact:ferries.letter#mark)",
            "[](fact:ferries.need#speaker)",
            "[17 November](fact:ferries.letter)",
        ),
        *(
            "Ida Holm ",
            "the mayor ",
            "Ferry ",
            "has ordered ",
            "will deliver ",
            "not ",
            "if ",
            "in total ",
            "FPR ",
            "(FPR) ",
        ),
        *(
            "likely ",
            "may well ",
            "confidence ",
            "improbable ",
            "historic ",
            "several sources ",
            "says ",
            "2035 ",
            "twelve ",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).map("".join)


@given(TEXTS)
def test_every_check_bears_any_text(body: str) -> None:
    library = ferries.library(body, pages=(values.page("method", body),))
    for finding in runner.run(Subject(library, (), values.TODAY)):
        lines = body.split("\n")
        if finding.brief and finding.check not in ("empty-brief",):
            assert finding.at.line - 12 < max(len(lines), 1)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "1",
            " ",
            "\t",
            "\n",
            "> ",
            "- ",
            "[",
            "](",
            "[x](",
            "*",
            "“",
            '"',
            "(",
            "a (AB) ",
            "XQZ, ",
            "A-",
            "ordered, ",
        ),
        *(
            "will deliver ",
            "likely ",
            "several sources ",
            "[a](fact:ferries.letter) ",
            "[](fact:ferries.loan) ",
            "the two ",
        ),
        *("7-", "EUR 5 to ", "half a ", "<a:", "` ", "\\", "є", "e\u0301"),
    ],
)
def test_no_text_keeps_the_checks_busy(piece: str) -> None:
    def read(length: int) -> None:
        text = "They ordered [a letter](fact:ferries.letter) " + (piece * length)[:length]
        runner.run(Subject(ferries.library(text), (), values.TODAY))

    read(400)  # the expressions are made; what was read once would not be read again
    start = time.thread_time()
    read(4000)
    assert time.thread_time() - start < 4
