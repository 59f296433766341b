"""Every table has a caption and the heads of its rows; those of lists and briefs are files as well."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.words import Words
from briefing.site.exports import tables
from tests import ledgers, matters, values
from tests.conftest import Page, Project

ENGLISH = Words("en")
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


def read(text: str, separator: str = ",") -> list[list[str]]:
    """The rows of a file."""
    assert text.startswith(tables.MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(tables.MARK), newline=""), delimiter=separator))


def test_every_table_has_a_caption_and_every_row_a_head(told_site: Mapping[str, str]) -> None:
    found = [(path, table) for path, text in told_site.items() for table in TABLE.findall(text)]
    assert len({path.partition("/")[0] for path, _ in found}) > 6
    for path, table in found:
        assert re.search(r"<table[^>]*>\s*<caption[^>]*>[^<]+</caption>", table), path
        for row in re.findall(r"<tr\b.*?</tr>", table, re.DOTALL):
            assert re.search(r"^<tr[^>]*>\s*<th\b[^>]*\bscope=", row), (path, row)


def test_a_table_of_prose_is_called_by_what_is_above_it(project: Project) -> None:
    project.write(
        "content/pages/method.md",
        "---\ntitle: Method\n---\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "## Ferries\n\n**By town**\n\n| a |\n|---|\n| 1 |\n",
    )
    page = ledgers.site_of(project)["pages/method.html"]
    assert re.findall("<caption[^>]*>([^<]*)<", page) == ["Table", "Ferries: By town"]


def test_lists_and_briefs_have_their_tables_as_files(told_site: Mapping[str, str]) -> None:
    for path in ("facts/index", "sources/index", "actors/index", "systems/index", "voices", "coverage"):
        page = Page(told_site[f"{path}.html"])
        links = [item["href"] for item in page.every("a") if item["href"].endswith(".csv")]
        assert links, path
        folder = path.rpartition("/")[0]
        assert all(f"{folder}/{link}".lstrip("/") in told_site for link in links), path
    rows = read(told_site["briefs/ferry-purchase_commitments.csv"])
    assert rows[0] == ["Item", "Amount", "Status", "Date or deadline", "Who says so", "Notes"]
    assert rows[2][1] == "5 ferries"
    assert rows[2][-1].isdigit()


def test_pages_of_matters_records_and_editions_have_their_tables_as_files(project: Project) -> None:
    matters.give(project)
    ledgers.issue(project, "ferry-purchase", "2031-04-25")
    site = ledgers.site_of(project)
    for path in (
        "matters/ferries_named",
        "matters/ferries_said",
        "sources/gazette_facts",
        "sources/gazette_coverage",
        "systems/m2-ferry_facts",
        "actors/brandt_speakers",
        "actors/telmark_side",
        "actors/telmark_concerned",
        "editions/ferry-purchase-1_commitments",
    ):
        page = f"{path.partition('_')[0]}.html"
        assert f'href="{path.rpartition("/")[2]}.csv"' in site[page], path
        rows = read(site[f"{path}.csv"])
        assert len(rows) > 1, path
        assert {len(row) for row in rows} == {len(rows[0])}, path


def test_the_page_of_a_fact_has_its_rows(tmp_path: Path) -> None:
    hydrogen = Path(__file__).parents[1] / "hydrogen"
    site = ledgers.site_of(Project(Path(shutil.copytree(hydrogen, tmp_path / "hydrogen"))))
    page = site["facts/series.projects.html"]
    assert 'href="series.projects_rows.csv"' in page
    rows = read(site["facts/series.projects_rows.csv"])
    assert rows[0] == ["Project", "Capacity (MW)", "Status", "Date", "Evidence"]
    named = {row[0]: row[1:] for row in rows[1:]}
    assert named["Ashby Quay"][:2] == ["120 MW", "announced"]
    assert named["Dale Works"][0] == "not known"
    assert "Capacity (MW): 45.5" in named["Cold Fell"][-1]
    assert "series.spending_rows.csv" in site["facts/series.spending.html"]
    assert "_rows.csv" not in site["facts/money.price.html"]


def test_a_file_has_the_rows_of_all_tables_with_the_same_columns(told_site: Mapping[str, str]) -> None:
    rows = read(told_site["facts/index.csv"])
    page = told_site["facts/index.html"]
    assert len(rows) == 1 + page.count('<tr><th scope="row">')
    assert rows[0][0] == "Group"
    assert {row[0] for row in rows[1:]} == set(re.findall("<caption[^>]*>([^<]*)<", page))
    assert all(row[-1] in told_site for row in rows[1:])
    assert len({len(row) for row in rows}) == 1


def test_what_only_the_eye_or_the_ear_has_is_read_once() -> None:
    markup = (
        '<table class="x"><caption class="unseen">Ferries</caption><thead><tr><th scope="col">'
        '<span class="shape" aria-hidden="true">◇</span> Matter</th><th scope="col">Who</th></tr></thead>'
        '<tbody><tr><th scope="row"><a href="../facts/a.b.html">Four <em>ferries</em></a>\N{WORD JOINER}'
        '<sup class="mark"><span aria-hidden="true">[</span><a href="#note-3">3</a></sup></th>'
        '<td><a href="x.html"><span aria-hidden="true">NO</span><span class="unseen">Norrvik</span></a></td>'
        "</tr></tbody></table></div>"
    )
    table = tables.read(markup)
    assert table.caption == "Ferries"
    rows = tables.rows_of([table], "topics/t.html", values.library(), ENGLISH)
    assert rows == [
        ["Matter", "Who", "Notes", "Page"],
        ["Four ferries", "Norrvik", "3", "facts/a.b.html"],
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\tx", "'\tx"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("-5", "-5"),
        ("+12.5%", "+12.5%"),
        ("100 aircraft", "100 aircraft"),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert tables.harmless(cell) == written
    assert read(tables.MARK + tables.as_csv([[cell]])) == [[written]]


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), min_size=1)
)
def test_cells_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    for separator in ",;":
        text = tables.MARK + tables.as_csv(rows, separator)
        assert read(text, separator) == [[tables.harmless(cell) for cell in row] for row in rows]


def test_separator_is_that_of_spreadsheets_in_the_language() -> None:
    assert [Words(language).separator for language in ("en-GB", "fr", "de", "uk")] == [",", ";", ";", ";"]
