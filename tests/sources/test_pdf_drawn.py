"""PDFs by their drawing: where figures end, and what is struck out, slanted, crooked or in layers."""

from __future__ import annotations

import pytest

from briefing.model.findings import UsageError
from briefing.sources.extract import kinds
from briefing.sources.extract.extracted import Extracted
from tests.sources.test_boxed import of_one_page

LINES = (
    "The harbour office published its plan for the coming years on Tuesday, and the",
    "council is to debate it next week. It would pay up to 40 million for the tugs.",
)


def at(x: float, y: float, text: str, matrix: str = "1 0 0 1", size: int = 10) -> str:
    return f"BT /F {size} Tf {matrix} {x} {y} Tm ({text}) Tj ET "


TEXT = "".join(at(60, 700 - 12 * number, line) for number, line in enumerate(LINES))


def drawn(code: str) -> Extracted:
    return kinds.read(of_one_page((TEXT + code).encode("latin-1")), "plan.pdf")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (at(60, 600, "Slanted letters of 12 tugs", "1 0 0.3 1"), "Slanted letters of 12 tugs"),
        (at(60, 600, "Crooked as 12 scans are", "0.9998 0.0175 -0.0175 0.9998"), "Crooked as 12 scans are"),
        (at(60, 600, "2031") + at(84, 600, "4018") + at(112, 600, "tugs"), "2031 4018 tugs"),
        ("BT /F 10 Tf 60 600 Td [(The)-300(sum)-300(is)-280(40)-20(06)]TJ ET ", "The sum is 4006"),
        (at(60, 600, "Underlined 12 tugs") + "0.5 w 60 598 m 150 598 l S ", "Underlined 12 tugs"),
    ],
    ids=["slanted", "crooked", "cells", "one figure", "underlined"],
)
def test_what_is_seen_is_in_the_capture(code: str, text: str) -> None:
    found = drawn(code)
    assert found.paragraphs == (" ".join(LINES), text)
    assert found.left_out == ()


def test_a_text_that_a_line_strikes_out_is_left_out() -> None:
    found = drawn(at(60, 600, "Struck 12 tugs") + "1 w 58 603 m 130 603 l S ")
    assert [(item.kind, item.text) for item in found.left_out] == [("struck-out text", "Struck 12 tugs")]


def test_a_large_initial_is_part_of_its_word() -> None:
    lines = ("welve of the tugs would be", "ordered by the council in", "the coming winter, it said.")
    code = at(60, 580, "T", size=34)
    code += "".join(at(84, 604 - 12 * number, line) for number, line in enumerate(lines))
    assert any(text.startswith("Twelve of the tugs would be") for text in drawn(code).paragraphs)


def test_text_in_a_layer_is_to_be_looked_at() -> None:
    layer = b"<</Properties<</L<</Type/OCG/Name(Plan)>>>>"
    data = of_one_page(f"/OC /L BDC {TEXT}EMC ".encode())
    data = data.replace(b"<</Font<</F 5 0 R>>", layer + b"/Font<</F 5 0 R>>")
    found = kinds.read(data, "plan.pdf")
    assert found.doubts == (
        "Text in layers that can be switched off, on page 1: look whether all of it is shown.",
    )


def test_a_pdf_of_unseen_text_is_no_pdf_of_pictures() -> None:
    data = of_one_page(b"BT /F 10 Tf 3 Tr 60 700 Td (Nobody sees these 12 tugs.) Tj ET")
    with pytest.raises(UsageError, match=r"plan\.pdf contains no text that readers of it can see"):
        kinds.read(data, "plan.pdf")


def test_a_range_of_figures_over_the_end_of_a_line_stays_one() -> None:
    lines = ("It would take from the year 2031-", "2035 for all of the tugs that the", "council wants.")
    code = "".join(at(60, 600 - 12 * number, line) for number, line in enumerate(lines))
    found = drawn(code)
    assert "from the year 2031-2035 for all" in found.paragraphs[-1]
    assert "have a hyphen: 2031-2035." in found.remarks[1]
