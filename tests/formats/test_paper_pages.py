"""Every page of every brief, in all lengths and on both papers, held against the rules of typesetting.

Each rule is a function from a paper to what breaks it, and each has a document that it catches.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pikepdf
import pytest

from briefing.build import workers
from briefing.formats.base import Format, Prepared, Theme
from briefing.formats.pdf import prepare as pdf
from briefing.model.editions import Claim, Edition, FactFile
from briefing.model.scales import Length, Paper
from briefing.store import versions
from tests import paper
from tests.conftest import REPOSITORY, SAMPLE, needs, snapshot_of
from tests.paper import HEADINGS, Block, Line

pytestmark = [needs(versions.pango(), "Pango is not installed"), pytest.mark.pdf]

SIZES = {Paper.A4: (595.28, 841.89), Paper.LETTER: (612.0, 792.0)}
BUDGETS = {Length.FULL: 4, Length.TWO_PAGES: 2, Length.FLASH: 1, Length.ONE_PAGE: 1}
FORMATS = {Length.FULL: pdf.FORMAT, Length.TWO_PAGES: pdf.TWO_PAGES, Length.FLASH: pdf.FLASH}
LEAST_LINES = 4
"""A last page with fewer lines than that looks like a slip."""
_ROUNDED = 0.02
HAIR = 1.5
"""In points: the ink of a letter such as j reaches beyond its place."""

Rule = Callable[[paper.Paper], Iterator[str]]

# --------------------------------------------------------------------------------------------- the rules


def _said(line: Line) -> str:
    return f"page {line.page + 1}, “{line.text[:40].strip()}”"


def outside_the_margins(sheets: paper.Paper) -> Iterator[str]:
    """The running feet reach from margin to margin; between them and the heads stands everything else."""
    for page in range(len(sheets.sizes)):
        running = sheets.running(page)
        half = sheets.sizes[page][1] / 2
        left, right = min(line.left for line in running), max(line.right for line in running)
        top = max(line.bottom for line in running if line.top < half)
        bottom = min(line.top for line in running if line.top > half)
        for line in set(sheets.on(page)) - set(running):
            is_within = left - HAIR <= line.left and line.right <= right + HAIR
            if not is_within or line.top < top or line.bottom > bottom:
                yield f"{_said(line)} reaches beyond the margins"


def over_one_another(sheets: paper.Paper) -> Iterator[str]:
    """Lines of different blocks that cover one another."""
    for page in range(len(sheets.sizes)):
        lines = sorted(sheets.on(page), key=lambda line: line.top)
        for index, line in enumerate(lines):
            for other in lines[index + 1 :]:
                if other.top > line.bottom:
                    break
                is_one = line.block == other.block != paper.ARTIFACT
                if not is_one and line.meets(other):
                    yield f"{_said(line)} is covered by “{other.text[:40].strip()}”"


def lonely_lines(sheets: paper.Paper) -> Iterator[str]:
    """A paragraph's first line alone at the end of a page, or its last alone at the beginning of one."""
    for block, lines in sheets.blocks.items():
        pages = sorted({line.page for line in lines})
        if len(pages) == 1 or block.kind not in ("P", "LBody", *HEADINGS):
            continue
        for page in (pages[0], pages[-1]):
            on_page = [line for line in lines if line.page == page]
            if len(on_page) < 2:
                yield f"{_said(on_page[0])} stands alone"


def stranded_headings(sheets: paper.Paper) -> Iterator[str]:
    """A heading with nothing of what it heads on its page."""
    blocks = [(block, lines) for block, lines in sheets.blocks.items() if block.kind != "Note"]
    for (block, lines), following in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind in HEADINGS and (following is None or following[1][0].page != lines[-1].page):
            yield f"{_said(lines[-1])} is parted from what it heads"


def _tables(sheets: paper.Paper) -> dict[int, dict[Block, list[Line]]]:
    found: dict[int, dict[Block, list[Line]]] = {}
    for block, lines in sheets.blocks.items():
        if block.table != -1:
            found.setdefault(block.table, {})[block] = lines
    return found


def heads_not_repeated(sheets: paper.Paper) -> Iterator[str]:
    """A table that goes on without saying again what its columns are."""
    for cells in _tables(sheets).values():
        heads = [lines for block, lines in cells.items() if block.kind == "TH"]
        head = {paper.bare(line.text) for lines in heads for line in lines}
        pages = sorted({line.page for lines in cells.values() for line in lines})
        for page in pages[1:]:
            again = {paper.bare(line.text) for line in sheets.on(page, paper.ARTIFACT)}
            if not head <= again:
                yield f"a table goes on on page {page + 1} without its head"
        if len(pages) > 1 and all(b.kind == "TH" for b, ls in cells.items() if ls[0].page == pages[0]):
            yield f"the head of a table stands alone on page {pages[0] + 1}"


def _words(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


def broken_rows(sheets: paper.Paper) -> Iterator[str]:
    """A row of a table of which one part stands on the next page."""
    for cells in _tables(sheets).values():
        rows: dict[int, set[int]] = {}
        for block, lines in cells.items():
            rows.setdefault(block.row, set()).update(line.page for line in lines)
        for pages in rows.values():
            if len(pages) > 1:
                yield f"a row is broken after page {min(pages) + 1}"


def lonely_rows(sheets: paper.Paper) -> Iterator[str]:
    """A table of which the first row stands alone at the foot of a page, or the last on the next."""
    for cells in _tables(sheets).values():
        rows = {block.row: lines[0].page for block, lines in cells.items() if block.kind != "TH"}
        pages = sorted(rows.values())
        ends = [pages[0], pages[-1]] if len(pages) > 1 else []
        yield from (
            f"one row of a table stands alone on page {page + 1}" for page in ends if pages.count(page) == 1
        )


def lonely_sources(sheets: paper.Paper) -> Iterator[str]:
    """A source that is alone on a page while the others are on another."""
    pages = [
        line.page
        for line in sorted(sheets.lines, key=lambda line: (line.page, line.top))
        if re.match(r"\s*S\d+\b", line.text) and line.block.kind not in ("Note", "TD")
    ]
    if len(set(pages)) > 1:
        for page in {pages[0], pages[-1]}:
            if pages.count(page) == 1:
                yield f"one source stands alone on page {page + 1}"


def notes_elsewhere(sheets: paper.Paper) -> Iterator[str]:
    """A footnote that begins neither on the page of its first call nor, for want of room, on the next."""
    for block, lines in sheets.blocks.items():
        number = re.match(r"\s*(\d+)\s", lines[0].text) if block.kind == "Note" else None
        page = lines[0].page
        if number and not page - 1 <= sheets.calls.get(number[1], page) <= page:
            yield f"note {number[1]} stands on page {lines[0].page + 1}"


def pages_not_numbered(sheets: paper.Paper) -> Iterator[str]:
    """Whoever holds one page must know which it is."""
    for page in range(len(sheets.sizes)):
        if f"Page {page + 1} of {len(sheets.sizes)}" not in {
            line.text.strip() for line in sheets.running(page)
        }:
            yield f"page {page + 1} has no number"


def nearly_empty_end(sheets: paper.Paper) -> Iterator[str]:
    """A last page for a line or two."""
    last = len(sheets.sizes) - 1
    if last and len({round(line.top) for line in sheets.text(last)}) < LEAST_LINES:
        yield "the last page is nearly empty"


def small_type(sheets: paper.Paper) -> Iterator[str]:
    """Prose in less than ten points, or anything else but the raised number of a note in less than eight."""
    least_of_all = 8 - _ROUNDED
    for line in sheets.lines:
        if not line.size or re.fullmatch(r"[\d\s,\[\]]*", line.text):
            continue
        if line.size < least_of_all:
            yield f"{_said(line)} is in {line.size:.1f} points"
    body = [line.size for line in sheets.lines if line.block.kind in ("P", "LBody") and line.size > 9]
    if not body or min(body) < 10 - _ROUNDED:
        yield f"the text is in {min(body, default=0):.1f} points"


def holes(sheets: paper.Paper) -> Iterator[str]:
    """A page of which more than a third is empty in one place, the last apart."""
    for page in range(len(sheets.sizes) - 1):
        height = sheets.sizes[page][1]
        end = paper.RUNNING
        for line in sorted(sheets.on(page), key=lambda line: line.top):
            if line.top - end > (height - 2 * paper.RUNNING) / 3:
                yield f"page {page + 1} is empty above {_said(line)}"
            end = max(end, line.bottom)


RULES: tuple[Rule, ...] = (
    small_type,
    holes,
    outside_the_margins,
    over_one_another,
    lonely_lines,
    stranded_headings,
    heads_not_repeated,
    broken_rows,
    lonely_rows,
    lonely_sources,
    notes_elsewhere,
    pages_not_numbered,
    nearly_empty_end,
)


# ------------------------------------------------------------------------------------ briefs as they are


@functools.cache
def _editions(root: Path) -> dict[str, Edition]:
    return snapshot_of(root).editions


@functools.cache
def _theme(root: Path) -> Theme:
    return snapshot_of(root).theme


def typeset(edition: Edition, made_by: Format, sheet: Paper, styles: str = "") -> bytes:
    theme = dataclasses.replace(_theme(SAMPLE), paper=sheet)
    prepared = made_by.prepare(edition, theme, FactFile())
    prepared = dataclasses.replace(prepared, styles=prepared.styles + styles)
    if not prepared.shorter:
        prepared = dataclasses.replace(prepared, max_pages=0)
    return _made(prepared)


def _made(prepared: Prepared) -> bytes:
    """Made by a worker, and so kept for the whole run."""
    with workers.started(1) as pool:
        return pool.make(prepared)


def _documents() -> Iterator[tuple[Path, str, Length]]:
    for root in (REPOSITORY, SAMPLE):
        for path in sorted((root / "content/briefs").glob("*.md")):
            if "length: one-page" in path.read_text("utf-8"):
                yield root, path.stem, Length.ONE_PAGE
            else:
                yield from ((root, path.stem, length) for length in FORMATS)


@pytest.mark.parametrize("sheet", Paper)
@pytest.mark.parametrize(
    ("root", "brief", "length"),
    [pytest.param(*item, id="-".join((item[0].name, item[1], item[2].value))) for item in _documents()],
)
def test_every_page_keeps_every_rule(
    root: Path, brief: str, length: Length, sheet: Paper, shipped: Path, built_sample: Path
) -> None:
    made_by = FORMATS.get(length, pdf.FORMAT)
    if sheet == _theme(root).paper:  # as the build made it
        output = shipped if root == REPOSITORY else built_sample / "output"
        data = (output / "briefs" / f"{brief}{made_by.suffix}").read_bytes()
    else:
        data = typeset(_editions(root)[brief], made_by, sheet)
    paper.keep(data, f"{brief}.{length.value}.{sheet.value}")
    sheets = paper.read(data)
    for size in sheets.sizes:
        assert size == pytest.approx(SIZES[sheet], abs=0.1)
    assert len(sheets.sizes) <= BUDGETS[length]
    assert [broken for rule in RULES for broken in rule(sheets)] == []


# ------------------------------------------------------------------------------ a brief that asks for it

_WORD = "Counterdronesurveillancecoordination"
_PROSE = (
    "The harbour office keeps three ledgers, and none of them says who ordered the second quay or why it was "
    "never built. Whoever reads them side by side finds the same sum under two names. "
)


_LONG = dict.fromkeys(range(0, 999, 9), f", {_PROSE}")
_ROWS = tuple(
    f"| Berth {number} of the harbour, as the ledger of the office has it{_LONG.get(number, '')} "
    f"| {_WORD * (number % 7 == 0)} {number} | {number * 1013} |\n"
    for number in range(1, 91)
)
_TABLE = "\n\n| Matter | Kind | Sum |\n|---|---|---|\n"
_LONG_HEAD = f"## A heading that goes on for longer than any margin can hold it\n\n{_WORD * 4} ends.\n\n"
_HEADS = "".join(f"## Heading {number} of some length\n\nOne line.\n\n" for number in range(1, 9))
_NESTED = "- One\n  - Two, " + _PROSE + "\n    - Three\n      1. Four\n      2. Five\n- Six\n\n"
_PARTS = tuple(
    f"## Part {number}\n\n{(_PROSE * (number % 4 + 1)).strip()}\n\n" * 2 for number in range(1, 12)
)


def _with(text: str) -> Edition:
    """The brief of the sample with more text in its narrative."""
    edition = _editions(SAMPLE)["ferry-purchase"]
    sections = tuple(
        dataclasses.replace(section, segments=(*section.segments, "\n\n", text))
        if section.role == "narrative"
        else section
        for section in edition.sections
    )
    return dataclasses.replace(edition, sections=sections)


def _stress() -> Edition:
    """A brief of many pages: a table over three of them, long notes, long words, heads close together."""
    edition = _with(
        "".join((_LONG_HEAD, _HEADS, _NESTED, *_PARTS, _TABLE, *_ROWS, "\n\n", _PROSE * 6)),
    )
    notes = tuple(dataclasses.replace(note, text=f"{note.text} {_PROSE * 4}") for note in edition.notes)
    return dataclasses.replace(edition, notes=notes)


_NARROW = "### By harbour\n\n"
_SMALL_TABLE = "| Harbour | Boats |\n|---|---|\n| Telmark and the quays of the north | 4 |"
SIDE_HEADINGS = (
    "Of tugs",
    "Berths, cranes and other works",
    "Interoperability and standardisation",
    "ALL CAPITALS IN THE HEAD OF IT",
    "A heading that goes on for longer than any margin can hold it at all",
    _WORD + "division",
    "Про буксири та інші роботи порту",
    "WWWWWWWW MMMMMMMM WWWWWWWWWW",
)
BELOW_THEM = (
    "One line.",
    _PROSE.strip(),
    "- One item",
    _SMALL_TABLE,
    f"One line.\n\n{_SMALL_TABLE}",
    f"- One item\n\n{_SMALL_TABLE}",
    f"{_NARROW}One line.",
    f"{_NARROW}{_SMALL_TABLE}",
    f"{_NARROW}One line.\n\n{_SMALL_TABLE}",
    f"{_NARROW}#### And by year\n\n{_SMALL_TABLE}",
    f"#### By year\n\n{_SMALL_TABLE}",
    "> Said.",
    "```\ncode\n```",
    "---\n\nOne line.",
    "",
)


@pytest.mark.parametrize("sheet", Paper)
def test_side_headings_keep_the_rules_whatever_follows_them(sheet: Paper) -> None:
    """Of one, two and more lines, before text, wide content and one another, at any height of a page."""
    pairs = itertools.product(SIDE_HEADINGS, BELOW_THEM)
    text = "".join(f"## {heading}\n\n{below}\n\n" for heading, below in pairs)
    sheets = paper.read(typeset(_with(text), pdf.FORMAT, sheet))
    rules = [rule for rule in RULES if rule is not nearly_empty_end]  # so much text ends where it ends
    assert [broken for rule in rules for broken in rule(sheets)] == []


@pytest.mark.parametrize("length", FORMATS)
def test_title_without_a_space_is_broken(length: Length) -> None:
    edition = dataclasses.replace(_with(_PROSE * 60), title=_WORD * 3)
    sheets = paper.read(typeset(edition, FORMATS[length], Paper.A4))
    assert [broken for rule in (outside_the_margins, over_one_another) for broken in rule(sheets)] == []


@pytest.mark.parametrize("sheet", Paper)
def test_brief_that_asks_for_it_keeps_the_rules_as_well(sheet: Paper) -> None:
    sheets = paper.read(typeset(_stress(), pdf.FORMAT, sheet))
    tables = [{line.page for lines in cells.values() for line in lines} for cells in _tables(sheets).values()]
    assert max(map(len, tables)) >= 3
    assert [broken for rule in RULES for broken in rule(sheets)] == []


PLAIN, HEADED, TABLED = "", _LONG_HEAD + _HEADS, "".join((_TABLE, *_ROWS[:30]))
PAGES = "".join(_PARTS)
"""Each rule is broken in one part of the brief that asks for it: in two to five pages instead of eleven."""

BREAKING: dict[str, tuple[Rule, str, str]] = {
    "text too small": (small_type, PLAIN, "body { font-size: 9.4pt !important }"),
    "notes too small": (small_type, PLAIN, ".footnote { font-size: 7.2pt !important }"),
    "page half empty": (holes, PAGES, ".part { break-before: page }"),
    "line too long": (outside_the_margins, PLAIN, ".narrative p { white-space: nowrap }"),
    "table too wide": (outside_the_margins, TABLED, ".table table { width: 190mm }"),
    "text into the foot": (outside_the_margins, PAGES, ".narrative p { position: relative; top: 60mm }"),
    "heads over heads": (over_one_another, HEADED, ".print h2.long { height: 0 !important }"),
    "heads over text": (
        over_one_another,
        HEADED,
        ".print h2 { margin-left: 0 !important; height: 0 !important }",
    ),
    "one line alone": (
        lonely_lines,
        PAGES,
        "body { orphans: 1; widows: 1 } h2 + p { orphans: 1 !important }",
    ),
    "heading alone": (stranded_headings, PLAIN, "h2 { break-after: page !important }"),
    "head once": (heads_not_repeated, TABLED, "thead { display: table-row-group !important }"),
    "row in two": (broken_rows, TABLED, "tr { break-inside: auto !important; font-size: 30pt }"),
    "one row over the page": (lonely_rows, TABLED, "tbody tr:last-child { break-before: page !important }"),
    "one row before the page": (
        lonely_rows,
        TABLED,
        "tbody tr:first-child { break-after: page !important }",
    ),
    "one source before the page": (
        lonely_sources,
        PLAIN,
        ".sources dl div:first-child { break-after: page !important }",
    ),
    "no number": (pages_not_numbered, PLAIN, "@page { @bottom-center { content: none } }"),
    "one line on the last page": (nearly_empty_end, PLAIN, ".colophon { break-before: page }"),
}


@pytest.mark.parametrize("name", BREAKING)
def test_rule_catches_what_breaks_it(name: str) -> None:
    rule, text, styles = BREAKING[name]
    assert not list(rule(paper.read(typeset(_with(text), pdf.FORMAT, Paper.A4))))
    assert list(rule(paper.read(typeset(_with(text), pdf.FORMAT, Paper.A4, styles))))


@pytest.mark.parametrize("away", [-1, 2])
def test_note_before_its_page_or_pages_later_is_caught(away: int) -> None:
    """WeasyPrint sets no such note; so the pages of the calls are told otherwise."""
    sheets = paper.read(typeset(_stress(), pdf.FORMAT, Paper.A4))
    elsewhere = {number: page - away for number, page in sheets.calls.items()}
    assert len(list(notes_elsewhere(dataclasses.replace(sheets, calls=elsewhere)))) > 5


def test_every_rule_has_something_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BREAKING.values()} | {notes_elsewhere} == set(RULES)


def test_bookmarks_hold_neither_notes_nor_characters_for_the_layout() -> None:
    edition = _with("## Of SAMP/T and co\u00adproduction\n\nOne line.\n\n### By ")
    narrative = next(item for item in edition.sections if item.role == "narrative")
    claim = next(part for item in edition.sections for part in item.segments if isinstance(part, Claim))
    again = dataclasses.replace(claim, is_first=False)
    named = dataclasses.replace(narrative, segments=(*narrative.segments, again, "\n\nOne line."))
    sections = tuple(named if item is narrative else item for item in edition.sections)
    data = typeset(dataclasses.replace(edition, sections=sections), pdf.FORMAT, Paper.A4)
    with pikepdf.open(io.BytesIO(data)) as document, document.open_outline() as outline:
        titles = [item.title for item in _all(outline.root)]
    assert "Of SAMP/T and coproduction" in titles
    assert f"By {claim.words}" in titles
    assert not any(re.search("[\u2060\u00ad]", title) for title in titles)


def _all(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _all(item.children)
