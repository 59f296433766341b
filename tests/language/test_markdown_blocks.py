"""The blocks of a text: one reading, and it is the renderer's."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import markdown_blocks
from briefing.language.markdown_blocks import BlockKind, Token

STORIES = {
    "paragraphs": ("One\ntwo.\n \t\nThree.", ["text: One\ntwo.", "text: Three."]),
    "headings": ("# A\ntext\n## B ##\n   ### C", ["heading: A", "text: text", "heading: B", "heading: C"]),
    "a heading over its rule": ("A\nb\n===\ntext", ["heading: A\nb", "text: text"]),
    "a heading without words": ("##\ntext", ["heading: ", "text: text"]),
    "no heading": ("of\n#5 it is", ["text: of\n#5 it is"]),
    "a heading of signs": ("# # #", ["heading: #"]),
    "a list": (
        "They plan:\n- one\n  goes on\n- two",
        ["text: They plan:", "text: one\n  goes on", "text: two"],
    ),
    "a list behind a list": ("- - one\n  - two", ["text: one", "text: two"]),
    "a year within a paragraph": ("It ends in\n2035. So.", ["text: It ends in\n2035. So."]),
    "an item that goes on at the margin": ("- one\ntwo", ["text: one\ntwo"]),
    "an item that is empty": ("-\n\n- two", ["markup: ", "text: two"]),
    "a quotation": ("> one\ntwo\n>\n> # three", ["text: one\ntwo", "markup: ", "heading: three"]),
    "a table": (
        "| a \\| b | c |\n|---|---|\n| 1 |\nafter",
        ["row: | a \\| b | c |", "markup: ", "row: | 1 |", "row: after"],
    ),
    "a table without bars at its sides": ("a | b\n--|--\n1 | 2", ["row: a | b", "markup: ", "row: 1 | 2"]),
    "rows without a table": ("| a |\n| b |", ["text: | a |\n| b |"]),
    "code": ("text\n```\n# none\n\n- none\n```\nmore", ["text: text", "code: ", "text: more"]),
    "code that does not end": ("~~~\ncode\n\n\n", ["code: "]),
    "no code by its indent": ("text\n\n    more", ["text: text", "text: more"]),
    "a comment, which is printed": ("<!-- one\n\ntwo -->", ["text: <!-- one", "text: two -->"]),
    "a rule": ("one\n\n---\ntwo", ["text: one", "markup: ", "text: two"]),
    "an address": ("[r]: https://example.org\none", ["markup: ", "text: one"]),
    "a blank that does not break": ("\u00a0\none", ["text: one"]),
    "line breaks of other systems": ("one\r\n\r\n# two\rthree", ["text: one", "heading: two", "text: three"]),
    "a character that nobody prints": ("# \x00", ["heading: \x00"]),
    "nothing": (" \n\n", []),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_text_is_read_by_blocks(story: str) -> None:
    text, wanted = STORIES[story]
    found = markdown_blocks.find(text)
    assert [f"{block.kind.value}: {text[block.words_start : block.words_end]}" for block in found] == wanted


def test_a_row_has_its_cells() -> None:
    head, _, row = markdown_blocks.find("| a \\| b | *c* |\n|---|---|\n| 1 |")
    assert (head.cells, row.cells) == (("a | b", "*c*"), ("1", ""))


def test_an_item_knows_its_lists() -> None:
    text = "- one\n\n  more\n  1. inner\n- two\n\ntext\n\n> - quoted"
    found = {
        text[block.words_start : block.words_end]: [(item.list_start, item.start) for item in block.items]
        for block in markdown_blocks.find(text)
    }
    inner, two, quoted = text.index("  1."), text.index("- two"), text.index("> ")
    assert found == {
        "one": [(0, 0)],
        "more": [(0, 0)],
        "inner": [(0, 0), (inner, inner)],
        "two": [(0, two)],
        "text": [],
        "quoted": [(quoted, quoted)],
    }


PASSAGES = {
    "what a blank line parts": ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
    "a heading with text below it": ("# One\ntwo", ["# One", "two"]),
    "a list below a line": ("one:\n- two\n- three\n\n- four", ["one:\n- two\n- three", "- four"]),
    "a heading within a quotation": ("> # One\n> two", ["> # One\n> two"]),
    "a table": ("| a |\n|---|\n| 1 |\n\ntwo", ["| a |\n|---|\n| 1 |", "two"]),
    "code with blank lines": ("one\n```\n\n\n```\ntwo", ["one\n```\n\n\n```\ntwo"]),
}


@pytest.mark.parametrize("story", PASSAGES)
def test_blocks_that_no_blank_line_parts_are_a_passage(story: str) -> None:
    text, wanted = PASSAGES[story]
    assert [text[found[0].start : found[-1].end] for found in markdown_blocks.passages(text)] == wanted


# ----------------------------------------------------------------------------------------- any text

SIGNS = [
    *(
        "a",
        "B c",
        "5 ",
        "2035. ",
        "1. ",
        "2) ",
        "- ",
        "* ",
        "> ",
        ">",
        "# ",
        "## ",
        "#",
        "#5",
        "| ",
        "a | b",
        "|---|",
    ),
    *(
        "===",
        "---",
        "***",
        "```",
        "~~~\n",
        "\n",
        "\n\n",
        "\n  \n",
        "\r\n",
        "  ",
        "    ",
        "\t",
        "\u00a0",
        "\x00",
        "\\",
    ),
    *(
        "<!-- ",
        " -->",
        "[r]: x\n",
        "[x](y)",
        "`",
        "*",
        "\n> ",
        "\n- ",
        "\n  - ",
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
]
TEXTS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=2), max_size=25).map("".join)


def tokens_of(text: str) -> list[Token]:
    """Return what the renderer reads of a text."""
    return markdown_blocks.parser().parse(text)


@given(TEXTS)
def test_every_line_is_part_of_one_block_or_blank(text: str) -> None:
    found = markdown_blocks.find(text)
    ends = [0, *(block.end for block in found)]
    starts = [*(block.start for block in found), len(text)]
    assert all(not text[end:start].strip(" \t\r\n") for end, start in zip(ends, starts, strict=True))
    for block in found:
        assert block.start <= block.words_start <= block.words_end <= block.end
        assert text[block.start : block.end].strip(" \t")
        assert block.start == 0 or text[block.start - 1] in "\r\n"
        assert block.end == len(text) or text[block.end] in "\r\n"
    assert all(one.end < other.start for one, other in itertools.pairwise(found))


@given(TEXTS)
def test_the_blocks_are_those_that_the_renderer_prints(text: str) -> None:
    tokens = tokens_of(text)
    kinds = {
        "paragraph_open": BlockKind.TEXT,
        "heading_open": BlockKind.HEADING,
        "tr_open": BlockKind.ROW,
        "fence": BlockKind.CODE,
    }
    found = [block for block in markdown_blocks.find(text) if block.kind is not BlockKind.MARKUP]
    assert [block.kind for block in found] == [kinds[token.type] for token in tokens if token.type in kinds]
    headings = [block for block in found if block.kind is BlockKind.HEADING]
    assert [f"h{block.level}" for block in headings] == [
        token.tag for token in tokens if token.type == "heading_open"
    ]


@given(TEXTS)
def test_the_words_of_a_block_begin_and_end_where_those_that_are_printed_do(text: str) -> None:
    """Between them the signs of a quotation stay where they are."""
    tokens = tokens_of(text)
    printed = [
        after.content.split("\n")
        for token, after in itertools.pairwise(tokens)
        if token.type in ("paragraph_open", "heading_open")
    ]
    words = [
        re.split(r"\r\n?|\n", text[block.words_start : block.words_end].replace("\x00", "\ufffd"))
        for block in markdown_blocks.find(text)
        if block.kind in (BlockKind.TEXT, BlockKind.HEADING)
    ]
    assert [lines[0].rstrip() for lines in words] == [lines[0].rstrip() for lines in printed]
    assert all(one[-1].endswith(other[-1]) for one, other in zip(words, printed, strict=True))


@given(TEXTS)
def test_the_passages_hold_all_blocks_in_order(text: str) -> None:
    found = markdown_blocks.passages(text)
    assert tuple(itertools.chain.from_iterable(found)) == markdown_blocks.find(text)
    assert all(len(passage) == 1 for passage in found if any(block.is_title for block in passage))
