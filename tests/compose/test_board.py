"""The board that a brief places: its matters, and who says that each has come how far."""

from __future__ import annotations

import dataclasses
import re

import pytest

from briefing.compose import board
from briefing.formats import html
from briefing.language.wording import Wording
from briefing.model.briefs import Brief, Selection
from briefing.model.editions import Edition, Figure, Section
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.values import Key, Slug
from tests import matters
from tests.conftest import Project, expect_golden, snapshot_of
from tests.values import Reached

BOARD = """\
---
title: State of play
subtitle: All matters
owner: not stated
sheets: [ferry]
bottom_line: >-
  Norrvik may buy [](fact:ferry.count).
board:
  matters: [crossing, ferries]
disagreements: []
gaps: []
milestones: []
---
The letter names [](fact:ferry.count).
"""


@pytest.fixture
def placed(project: Project) -> Project:
    matters.give(project)
    project.write("content/briefs/state.md", BOARD)
    project.draw_few_rows()
    return project


def _edition(project: Project) -> Edition:
    return snapshot_of(project.root).editions[Slug("state")]


def _section(edition: Edition) -> Section:
    return next(section for section in edition.sections if section.role == "board")


def _figure(project: Project) -> Figure:
    figure = _section(_edition(project)).figure
    assert figure
    return figure


def test_rows_are_the_matters_that_a_brief_names_in_its_order(placed: Project) -> None:
    assert [row.label for row in _figure(placed).rows] == ["The first crossing", "Ferries"]


def test_rows_are_otherwise_the_matters_of_the_facts_that_it_selects(placed: Project) -> None:
    placed.change("content/briefs/state.md", "matters: [crossing, ferries]", "facts: [ferry.price]")
    assert [row.label for row in _figure(placed).rows] == ["Ferries"]


def test_signs_are_those_of_sides_and_a_report_is_one(placed: Project) -> None:
    crossing, ferries = _figure(placed).rows
    assert [(mark.label, mark.is_reported) for mark in crossing.marks] == [("report", True)]
    assert [mark.label for mark in ferries.marks] == ["NO", "TE", "report"]
    assert ferries.named == "4 ferries (NO, TE)"


def test_the_caption_names_the_sides_and_the_columns_without_a_statement(placed: Project) -> None:
    assert _figure(placed).text == (
        "2 matters, each in the column of how far it has come, with the sign of who says so. "
        "NO: Norrvik and TE: Telmark. A broken frame: a report, in its own voice. "
        "We rate nothing recorded as “contract or money” or “delivery”."
    )


def test_every_sign_has_its_evidence_in_the_table(placed: Project) -> None:
    edition = _edition(placed)
    cited = {part.fact for part in _section(edition).segments if not isinstance(part, str)}
    assert {mark.fact for row in _figure(placed).rows for mark in row.marks} <= cited
    assert cited <= {note.fact for note in edition.notes}


def test_a_page_has_the_columns_in_its_table_and_no_drawing(placed: Project) -> None:
    placed.change("content/briefs/state.md", "disagreements: []", "length: one-page\ndisagreements: []")
    section = _section(_edition(placed))
    assert section.figure is None
    text = "".join(part if isinstance(part, str) else part.words for part in section.segments)
    head, _, *rows = text.strip().splitlines()
    assert [cell.strip() for cell in head.strip("|").split("|")][1:5] == [
        "○ discussed",
        "△ declared intent",
        "▲ contract or money",
        "● delivery",
    ]
    assert rows[1].count("–") == 3
    cells = [cell.strip() for row in rows for cell in row.strip("|").split("|")]
    assert "Norrvik, Telmark, report" in cells  # the head has the status of all of them
    assert not [cell for cell in cells if "declared intent" in cell]


def test_a_column_of_two_statuses_keeps_its_name_and_a_count_has_no_status(placed: Project) -> None:
    snapshot = snapshot_of(placed.root)
    assert snapshot.library
    wording = Wording("en-GB", snapshot.library.actors)
    found = board.of(Selection(matters=(Slug("crossing"), Slug("ferries"))), snapshot.library, wording)
    (part,) = found.parts
    talked = part.ladder.groups[0]
    only = part.only(talked)
    assert only and str(only.id) == "discussed"
    other = part.rows[0].signs[0]
    asked = dataclasses.replace(other, mark=dataclasses.replace(other.mark, status=Reached.REQUESTED))
    mixed = dataclasses.replace(part.rows[0], signs=(other, asked))
    assert dataclasses.replace(part, rows=(mixed,)).only(talked) is None
    counts = dataclasses.replace(part.rows[0], is_sum=True)
    assert dataclasses.replace(part, rows=(counts,)).only(talked) is None


def test_a_brief_without_a_board_has_no_such_section(project: Project) -> None:
    matters.give(project)
    roles = [section.role for section in snapshot_of(project.root).editions[Slug("ferry-purchase")].sections]
    assert "board" not in roles


def _many(library: Library, count: int) -> Library:
    """A library with more matters like the first one, each with the same statements."""
    ferries = library.matters[Slug("ferries")]
    names = [Slug(f"ferries-{number}") for number in range(count)]
    facts = {
        key: dataclasses.replace(fact, matters=(*fact.matters, *names)) if "ferries" in fact.matters else fact
        for key, fact in library.facts.items()
    }
    more: dict[str, Matter] = {name: dataclasses.replace(ferries, id=name) for name in names}
    return dataclasses.replace(library, matters={**library.matters, **more}, facts=facts)


@pytest.mark.parametrize(("more", "rows"), [(10, 12), (11, 1)])
def test_above_twelve_matters_the_rows_are_topics_with_counts(placed: Project, more: int, rows: int) -> None:
    whole = snapshot_of(placed.root).library
    assert whole
    library = _many(whole, more)
    every = tuple(matter.id for matter in library.matters.values())
    found = board.of(Selection(matters=every), library, Wording("en-GB", library.actors))
    assert len(found.rows) == rows
    assert sum(row.count for row in found.rows) == more + 2
    if rows == 1:
        assert found.is_by_topic
        own, reported = sorted(found.rows[0].signs, key=lambda sign: sign.mark.is_reported)
        assert (own.mark.label, reported.mark.label) == ("12", "1")
        assert own.facts == (Key("ferry.count"),) * 12
        assert found.uncited == 0


def test_counts_of_many_statements_cite_none_and_say_of_how_many_they_are(placed: Project) -> None:
    whole = snapshot_of(placed.root).library
    assert whole
    library = _many(whole, board.MAX_CITED)
    every = tuple(matter.id for matter in library.matters.values())
    found = board.of(Selection(matters=every), library, Wording("en-GB", library.actors))
    assert found.uncited == board.MAX_CITED + 2
    assert {sign.facts for row in found.rows for sign in row.signs} == {()}


def test_a_brief_names_what_it_selects_in_one_place() -> None:
    selections = [field.name for field in dataclasses.fields(Brief) if field.type == "Selection"]
    assert selections == ["commitments", "timeline", "money", "board"]


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_the_board_is_printed_as_accepted(placed: Project, name: str) -> None:
    said = placed.call("build", "--format", name)
    assert said.exit_code in (0, 1), said.text
    suffix = {"markdown": ".md", "html": ".html"}[name]
    text = placed.read(f"output/briefs/state{suffix}")
    found = {
        "markdown": r"## State of play\n.*?(?=\n## )",
        "html": r'<section class="part board".*?</section>',
    }
    part = re.search(found[name], text, re.DOTALL)
    assert part
    expect_golden(f"board{suffix}", part[0] + "\n")


def test_the_search_reads_a_board(placed: Project) -> None:
    """It counts no open questions, because nobody can follow a number on paper.

    Its words are those of the section; nothing is drawn for them.
    """
    section = _section(_edition(placed))
    assert section.figure and not any(row.open for row in section.figure.rows)
    assert "The first crossing" in " ".join(text for _, text in html.bare_blocks(section))
