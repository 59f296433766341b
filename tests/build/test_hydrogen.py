"""A corpus on another subject: prices, times, changes, sums and tables, and the words of a project.

``tests/hydrogen`` expresses all of it. Each story changes a line and reads what is printed or found.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import io
import re
from pathlib import Path

import openpyxl
import pytest

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.commands import rows
from briefing.formats import markdown
from briefing.model.findings import Finding, UsageError
from briefing.store import disk, request
from briefing.store.disk import Texts
from tests import values

PROJECT = Path(__file__).parents[1] / "hydrogen"
MONEY, PLAN = "content/facts/money.yaml", "content/facts/plan.yaml"
SUMS, SERIES = "content/facts/sums.yaml", "content/facts/series.yaml"
WORDS, BRIEF = "content/words.yaml", "content/briefs/hydrogen.md"


@functools.cache
def corpus() -> Texts:
    return disk.read(PROJECT, request.FOLDERS)


def changed(path: str, *pairs: tuple[str, str]) -> Texts:
    """The corpus with some words of one file replaced."""
    text = corpus().texts[path]
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        text = text.replace(old, new)
    return dataclasses.replace(corpus(), texts={**corpus().texts, path: text})


def snapshot(texts: Texts) -> Snapshot:
    return steps.snapshot(texts, values.TODAY)


@functools.cache
def sound() -> Snapshot:
    return snapshot(corpus())


def printed(found: Snapshot) -> str:
    """The brief as Markdown, with ordinary spaces."""
    return (
        "\n".join(markdown._parts(found.standings["hydrogen"].edition))
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\\", "")
    )


def problems(texts: Texts) -> list[Finding]:
    return [finding for finding in snapshot(texts).findings if finding.check != "review-due"]


def test_the_corpus_has_no_findings() -> None:
    assert [str(finding) for finding in sound().findings] == []


@pytest.mark.parametrize(
    "words",
    [
        "more than GBP 2 billion",
        "GBP 241 per MWh",
        "12 cubic metres per tonne",
        "EUR 1.14 per GBP",
        "in the third quarter of 2026",
        "in early 2027",
        "by mid-2028",
        "fiscal year 2026/27",
        "academic year 2026/27",
        "within 6 months of 15 December 2026",
        "from 6 gigawatts to 4.5 gigawatts",
        "up to [200] megawatts",
        "at least [40] megawatts",
        "at least [60]%",
        "[2] plants",
        "up to [100] megawatts per plant",
        "more than EUR [2.28 billion]",
        "Our arithmetic: 120 MW \u2212 up to 80 MW, so at least 40 MW.",
        "| 2022 | not known |",
        "| 2024 | GBP 0",
        "3 of 4 rows have a value. The least is GBP 0 (2024), the most GBP 4.3 million (2023).",
        "2023: GBP 4.3 million (S2 ¶2).",
        "Before: 6 gigawatts (S4 ¶6).",
    ],
)
def test_a_brief_prints(words: str) -> None:
    assert words in printed(sound())


def test_a_brief_in_french_has_its_own_forms() -> None:
    texts = changed(BRIEF, ("title: Hydrogen in", "language: fr\ntitle: Hydrogen in"))
    text = printed(snapshot(texts))
    assert "plus de 2 milliards de livres sterling" in text
    assert "241 livres sterling par mégawattheure" in text
    assert "1,14 euro par livre sterling" in text


@pytest.mark.parametrize(
    ("path", "old", "new", "check", "words"),
    [
        (MONEY, "per: MWh", "per: tonne", "value-not-stated", "GBP 241 per tonne"),
        (MONEY, "per: tonne", "per: day", "value-not-stated", "12 m³ per day"),
        (MONEY, "per: GBP", "per: USD", "value-not-stated", "EUR 1.14 per USD"),
        (
            MONEY,
            "per: MWh",
            "per: GBP",
            "does-not-fit",
            "'GBP' per 'GBP' is not one unit for each of another",
        ),
        (
            MONEY,
            "harbour-premium",
            "harbor-premium",
            "unknown-word",
            "'instrument' cannot be 'harbor-premium'",
        ),
        (MONEY, "instrument: budget", "instrument: equity", "value-not-stated", "instrument 'equity'"),
        (PLAN, "date: early 2027", "date: late 2027", "date-not-stated", "states the 'late' of late 2027"),
        (PLAN, "../mid 2028", "mid 2028", "date-not-stated", "has the date mid 2028"),
        (PLAN, "2026-35", "2026-36", "date-not-stated", "states the quarter of 2026-36"),
        (PLAN, "2027-40", "2027-41", "date-not-stated", "states the half of 2027-41"),
        (PLAN, "FY2026-04", "AY2026-04", "date-not-stated", "'academic year' of AY2026-04"),
        (PLAN, "FY2026-04", "FY2027-04", "date-not-stated", "year of FY2027-04"),
        (PLAN, "within: 6 months", "within: 9 months", "date-not-stated", "'within 9 months'"),
        (PLAN, "within: 6 months, ", "", "does-not-fit", "'within' and 'of' need each other"),
        (PLAN, "of: plan.award", "of: plan.awards", "unknown-reference", "plan.award"),
        (
            PLAN,
            "of: plan.award",
            "of: plan.second-plant",
            "date-not-stated",
            "has no date with a start and an end",
        ),
        (
            BRIEF,
            "[](fact:plan.first-plant#date)",
            "[late 2027](fact:plan.first-plant)",
            "figure-mismatch",
            "2027",
        ),
        (BRIEF, "[six gigawatts]", "[five gigawatts]", "figure-mismatch", "'five'"),
        (PLAN, "amount: 6, unit", "amount: 7, unit", "value-not-stated", "7 GW"),
        (PLAN, "        value: {amount: 6, unit: GW}\n", "", "nothing-to-print", "no earlier value to print"),
        (SUMS, "unit: MW, bound: up to", "unit: GW, bound: up to", "value-not-stated", "80 GW"),
        (
            SUMS,
            "{difference: [sums.north, sums.south]}",
            "{difference: [sums.south, money.water]}",
            "sum",
            "sums.lead takes sums.south, which is in MW, and money.water, which is in m³ per tonne",
        ),
        (
            SUMS,
            "{difference: [sums.north, sums.south]}",
            "{difference: [sums.north]}",
            "sum",
            "name two facts",
        ),
        (
            SUMS,
            "{difference: [sums.north, sums.south]}",
            "{minus: [sums.north]}",
            "unknown-key",
            "difference",
        ),
        (
            SUMS,
            "share: [sums.north, sums.both]",
            "share: [sums.part, sums.both]",
            "sum",
            "rests on it",
        ),
        (
            SUMS,
            "    computed: {share",
            '    value: {amount: 60, unit: "%"}\n    computed: {share',
            "does-not-fit",
            "a value of its own",
        ),
        (SUMS, ", unit: plants}", "}", "sum", "add 'unit: plants'"),
        (
            SUMS,
            "[money.budget, money.rate]",
            "[money.premium, money.rate]",
            "sum",
            "which is not per EUR",
        ),
        (
            SERIES,
            "amount: 4.3 million",
            "amount: 4.5 million",
            "value-not-stated",
            "series.spending, row 2023",
        ),
        (BRIEF, "[3 million pounds]", "[4 million pounds]", "figure-mismatch", "'4 million pounds'"),
        (BRIEF, "fact:series.spending#2023", "fact:series.spending#2021", "unknown-form", "2023"),
        (
            BRIEF,
            "fact:series.spending#2023",
            "fact:series.spending#2022",
            "nothing-to-print",
            "has no value to print",
        ),
        (
            SERIES,
            "value: Capacity (MW), unit: MW, status",
            "value: Capacity (MW), status",
            "does-not-fit",
            "write what its values count: unit: MW",
        ),
        (
            SERIES,
            "fen-court: {value: {amount: 0, unit: MW}",
            'fen-court: {value: {amount: 0, unit: ""}',
            "does-not-fit",
            "write what is counted",
        ),
        (
            BRIEF,
            "{fact: series.spending}",
            "{fact: money.price}",
            "series",
            "add 'rows:' to the fact",
        ),
        (
            BRIEF,
            "{fact: series.spending}",
            "{fact: series.spending, figure: ladder}",
            "unknown-word",
            "line, bars, stacked",
        ),
        (
            BRIEF,
            "{fact: series.spending}",
            "{fact: series.spendings}",
            "unknown-reference",
            "series.spending",
        ),
        (BRIEF, "[nearly 100 pounds]", "[100 pounds]", "figure-mismatch", "has a different bound"),
        (
            BRIEF,
            "[241 pounds per megawatt-hour]",
            "[241 pounds per tonne]",
            "figure-mismatch",
            "is for each t, but",
        ),
    ],
)
def test_a_mistake_is_found(path: str, old: str, new: str, check: str, words: str) -> None:
    found = problems(changed(path, (old, new)))
    assert check in {item.check for item in found}, [str(item) for item in found]
    assert any(words in f"{item.message} {item.hint}" for item in found), [str(item) for item in found]


def test_an_unknown_instrument_says_the_choices() -> None:
    found = problems(changed(MONEY, ("instrument: harbour-premium", "instrument: harbor-premium")))
    assert "harbour-premium" in found[0].hint
    assert "'instruments:' in content/words.yaml" in found[0].hint


def test_a_change_of_a_part_changes_what_is_computed_from_it() -> None:
    more = 'amount: 130, inferred: [amount], basis: "120 MW and 10 MW, so 130 MW", unit'
    texts = changed(SUMS, ("amount: 120, unit", more))
    text = printed(snapshot(texts))
    assert "up to [210] megawatts" in text
    assert "at least [50] megawatts" in text


def test_the_house_style_of_money_and_dates_holds_everywhere() -> None:
    text = printed(snapshot(changed(WORDS, ("money: code", "money: symbol"), ("dates: long", "dates: iso"))))
    assert "more than £2bn" in text
    assert "within 6 months of 15 December 2026" in text
    assert "2026-12-15" in text


def test_a_style_that_there_is_not_says_the_choices() -> None:
    found = problems(changed(WORDS, ("money: code", "money: coin")))
    assert any("code, symbol, name" in item.hint for item in found)


def test_rows_are_read_from_a_table_and_told_as_a_difference() -> None:
    table = (PROJECT / "projects.csv").read_bytes()
    assert rows.read(corpus(), "series.projects", table, "projects.csv").differences == ()
    other = table.replace(b"Ashby Quay,120", b"Ashby Quay,130").replace(b"Elm Dock,,", b"Elm Dock,?,")
    other = other.replace(b"Kiln End,9", b"Kiln Top,9")
    assert rows.read(corpus(), "series.projects", other, "projects.csv").differences == (
        "changed  ashby-quay: 120 MW, announced -> 130 MW, announced",
        "changed  elm-dock: empty, announced -> not known, announced",
        "new      kiln-top: 9 MW, discussed",
        "gone     kiln-end: 9 MW, discussed",
    )


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Capacity (GBP/MWh)", "write currency: GBP, per: MWh"),
        ("Capacity (t/a)", "write unit: t, per: a"),
        ("Capacity in kW", "write unit: kW"),
        ("Capacity", "write unit: MW, or currency: GBP"),
    ],
)
def test_a_column_in_another_unit_than_the_table_is_not_written(head: str, words: str) -> None:
    table = (PROJECT / "projects.csv").read_bytes().replace(b"Capacity (MW)", head.encode())
    texts = changed(SERIES, ("value: Capacity (MW), unit", f"value: {head}, unit"))
    with pytest.raises(UsageError, match="does not name 'MW'") as refused:
        rows.read(texts, "series.projects", table, "projects.csv")
    assert words in str(refused.value)


def test_a_price_basis_that_was_added_is_no_other_passage() -> None:
    table = b"Project,Price (GBP/MWh)\nAshby Quay,241\n"
    of = "table: {source: projects, name: Project, value: Price (GBP/MWh), currency: GBP, per: MWh"
    old = next(line for line in corpus().texts[SERIES].splitlines() if "table: {" in line)
    texts = changed(SERIES, (old.strip(), of + "}"))
    first = rows.read(texts, "series.projects", table, "projects.csv")
    assert first.differences[0] == "changed  ashby-quay: 120 MW, announced -> GBP 241 per MWh"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("series.spending", "add to it table: {source: register"),
        ("series.projcts", "did you mean 'series.projects'?"),
        ("zzz", "series.projects"),
    ],
)
def test_a_fact_without_a_table_is_told_which_have_one(key: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        rows.read(corpus(), key, (PROJECT / "projects.csv").read_bytes(), "projects.csv")
    assert words in str(refused.value)


def test_rows_of_a_sheet_with_errors_wait_for_these() -> None:
    texts = changed(SERIES, ("title: Series", "titel: Series"))
    with pytest.raises(UsageError, match=r"content/facts/series.yaml has errors"):
        rows.read(texts, "series.projects", b"", "projects.csv")


def test_rows_are_read_from_a_workbook_as_well() -> None:
    book = openpyxl.Workbook()
    for line in csv.reader(io.StringIO((PROJECT / "projects.csv").read_text("utf-8"))):
        book.active.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in line])
    packed = io.BytesIO()
    book.save(packed)
    assert rows.read(corpus(), "series.projects", packed.getvalue(), "projects.xlsx").differences == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"Capacity (MW)", b"Power", "has no column 'Capacity (MW)'"),
        (b"Brook Lane,80", b"Brook Lane,eighty-ish", "which is"),
        (b"Brook Lane,80", b"Ashby Quay,80", "is called 'Ashby Quay', as is row 2"),
        (b"Brook Lane,80,contracted", b"Brook Lane,80,promised", "has the status 'promised'"),
        (b"Brook Lane,80,contracted", b"Brook Lane,80,cancelled", "is the flag 'cancelled' of the ladder"),
        (b"Brook Lane,80", b"Brook Lane,80,1", "a column without a head"),
        (b"Year", b"Status", "has two columns 'Status'"),
    ],
)
def test_a_table_that_does_not_fit_says_why(old: bytes, new: bytes, words: str) -> None:
    table = (PROJECT / "projects.csv").read_bytes()
    with pytest.raises(UsageError, match=re.escape(words)):
        rows.read(corpus(), "series.projects", table.replace(old, new, 1), "projects.csv")


def test_the_scale_has_the_statuses_of_the_rows_that_are_printed() -> None:
    (ladder, *_) = sound().editions["hydrogen"].scales
    rows_of = {"announced", "contracted", "discussed", "in production"}
    assert rows_of <= {step for step, _ in ladder.rows}
