"""Findings that are allowed: what a comment holds for, to the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import suppressions
from briefing.content.suppressions import Covered, Suppression
from briefing.model.findings import Place

SHEET = "content/facts/drones.yaml"
BRIEF = "content/briefs/letter.md"


def marked(text: str) -> tuple[str, set[int]]:
    """A text without the ">" before some of its lines, and the numbers of these lines."""
    lines = text.strip("\n").split("\n")
    numbers = {number for number, line in enumerate(lines, 1) if line.startswith(">")}
    return "\n".join(line[1:] for line in lines), numbers


def lines_of(silence: Suppression) -> set[int]:
    return set(range(silence.first_line, silence.last_line + 1))


def in_prose(text: str) -> str:
    """A brief with that prose; its first line is the fourth of the file."""
    return f"---\ntitle: The letter\n---\n{text}"


# ------------------------------------------------------------------------------------------------- YAML

# A mark before a line says that the allowance holds for it.
SCOPES = {
    "a key": """
 facts:
   other: 1
>  # allow[date]: why
>  letter: 2
   third: 3
""",
    "a key and all below it": """
 facts:
   other: 1
>  # allow[date]: why
>  letter:
>    kind: event
>    evidence:
>      - {source: report}
>    caveat: None.
   third:
     kind: event
""",
    "the last key of what it is in": """
 facts:
   letter:
     kind: event
>    # allow[date]: why
>    date: 2025
   other:
     kind: event
""",
    "an item of a list and all of it": """
 evidence:
   - source: report
     paragraph: 1
>  # allow[date]: why
>  - source: report
>    terms:
>      - one
>      - two
   - source: report
""",
    "an item on one line": """
 evidence:
>  # allow[date]: why
>  - {source: report}
   - {source: report}
""",
    "a list that is indented no further than its key": """
 facts:
>  # allow[date]: why
>  evidence:
>  - source: report
>    paragraph: 1
>  -
>    source: report
   caveat: None.
""",
    "an item of such a list": """
 evidence:
># allow[date]: why
>- source: report
>  paragraph: 1
 - source: report
 caveat: None.
""",
    "a key within an item": """
 evidence:
   - source: report
>    # allow[date]: why
>    terms:
>      - one
     paragraph: 1
   - source: report
""",
    "a text of several lines": """
 facts:
   kind: event
>  # allow[date]: why
>  caveat: >-
>    One line

>    # and one that looks like a comment
>    and one more.
   other: 1
""",
    "a list in brackets over several lines": """
 facts:
   kind: event
>  # allow[date]: why
>  names: [
>    one,
>    two,
>  ]
   other: 1
""",
    "a record in braces over several lines": """
 facts:
   kind: event
>  # allow[date]: why
>  value: {
>    amount: 1,
>  }
   other: 1
""",
    "with blank lines and other comments between": """
 facts:
   kind: event
>  # allow[date]: why
>
>  # A remark.
>
>  letter:
>    one: 1
>
># another remark, at the margin
>
>    two: 2

   other: 1
""",
    "up to the end of the file": """
 facts:
>  # allow[date]: why
>  letter:
>    one: 1
""",
    "nothing": """
 facts:
   one: 1
>  # allow[date]: why
""",
    "above everything, the file as a whole": """
># A remark.
>
># allow[date]: why
>title: Drones
 summary: x
""",
}


@pytest.mark.parametrize("scope", SCOPES)
def test_in_yaml_it_holds_for_the_key_or_item_below_and_all_that_belongs_to_it(scope: str) -> None:
    text, numbers = marked(SCOPES[scope])
    (found,) = suppressions.find(SHEET, text)
    assert (found.check, found.reason, found.is_alone) == ("date", "why", True)
    # Blank lines hold nothing, so that it is all the same whether they are counted in.
    filled = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert lines_of(found) & filled == numbers & filled


def test_its_place_is_that_of_the_comment() -> None:
    (found,) = suppressions.find(SHEET, "facts:\n    # allow[date]: why\n    letter: 1\n")
    assert found.at == Place(SHEET, 2, 5)


@pytest.mark.parametrize(
    ("comment", "check", "reason"),
    [
        ("# allow[date]: why so", "date", "why so"),
        ("#allow[date]:why", "date", "why"),
        ("#   allow[ date ] : why  ", "date", "why"),
        ("# allow[date] why", "date", "why"),
        ("# allow[date]: see allow[name]: x", "date", "see allow[name]: x"),
        ("# allow[date]:", "date", ""),
        ("# allow[date]", "date", ""),
        ("# allow[]: why", "", "why"),
    ],
)
def test_what_is_allowed_and_why(comment: str, check: str, reason: str) -> None:
    (found,) = suppressions.find(SHEET, f"{comment}\na: 1\n")
    assert (found.check, found.reason) == (check, reason)
    (found,) = suppressions.find(BRIEF, in_prose(f"<!--{comment[1:]} -->\nText.\n"))
    assert (found.check, found.reason) == (check, reason)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "# allowed: x\na: 1\n",
        "# An allow[date] within a remark.\na: 1\n",
        "caveat: >-\n  # allow[date]: text\n  more\n",
        "caveat: |2-  # a text\n  # allow[date]: text\n",
        "- >-\n  # allow[date]: text\n",
        "- caveat: >\n    # allow[date]: text\n",
        "caveat: >-\n  text # allow[date]: text\n",
        'caveat: "text # allow[date]: text"\n',
        "caveat: 'text # allow[date]: text'\n",
        "caveat: x#allow[date]\n",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert suppressions.find(SHEET, text) == []


def test_a_text_block_ends_where_the_next_key_of_its_item_begins() -> None:
    text = "- caveat: >-\n    text\n  # allow[date]: why\n  other: 1\n"
    (found,) = suppressions.find(SHEET, text)
    assert lines_of(found) == {3, 4}


def test_several_hold_for_one_thing() -> None:
    text = "x: 1\n# allow[date]: one\n# allow[name]: two\nfacts:\n  # allow[date]: three\n  letter: 1\n"
    assert [(found.check, lines_of(found)) for found in suppressions.find(SHEET, text)] == [
        ("date", {2, 3, 4, 5, 6}),
        ("name", {3, 4, 5, 6}),
        ("date", {5, 6}),
    ]


@pytest.mark.parametrize(
    ("text", "column"), [("letter: 1  # allow[date]: why\n", 12), ("letter: {a: b} # allow[date]\n", 16)]
)
def test_one_beside_a_value_allows_nothing_and_is_found_to_be_told(text: str, column: int) -> None:
    (found,) = suppressions.find(SHEET, text)
    assert (found.check, found.is_alone, found.at) == ("date", False, Place(SHEET, 1, column))
    assert Covered((found,)).at(1) is None


def test_it_covers_its_lines() -> None:
    (found,) = suppressions.find(SHEET, "facts:\n  # allow[date]: why\n  letter: 1\n  other: 2\n")
    covered = Covered((found,))
    assert [covered.at(line) for line in range(1, 5)] == [None, found, found, None]


def test_of_several_the_last_covers_a_line() -> None:
    one, other = suppressions.find(
        SHEET, "a:\n  # allow[date]: all\n  b:\n    # allow[date]: one\n    c: 1\n    d: 2\n"
    )
    covered = Covered((one, other))
    assert [covered.at(line) for line in range(1, 8)] == [None, one, one, other, other, one, None]


# --------------------------------------------------------------------------------------------- Markdown

BLOCKS = {
    "a paragraph": """
 One.

><!-- allow[image]: why -->
>Two
>lines.

 Three.
""",
    "a paragraph after a blank line": """
><!-- allow[image]: why -->
>
>Two.

 Three.
""",
    "a heading": """
><!-- allow[image]: why -->
>## Two
 Three.
""",
    "a paragraph up to a heading": """
><!-- allow[image]: why -->
>Two.
 ## Three
""",
    "a list": """
><!-- allow[image]: why -->
>- one
>  more
>- two

 Three.
""",
    "a list with blank lines between its items": """
><!-- allow[image]: why -->
>1. one
>
>   more of it
>
>2. two
>
>   - inner

 Three.
""",
    "a heading over its rule": """
><!-- allow[image]: why -->
>Two
>===
 Three.
""",
    "a line that begins with a number sign": """
><!-- allow[image]: why -->
>Two of
>#5 and more.

 Three.
""",
    "code with blank lines in it": """
><!-- allow[image]: why -->
>```
>two

>more
>```

 Three.
""",
    "a list up to a paragraph": """
><!-- allow[image]: why -->
>- one
>
>- two
>goes on

 Three.

 - four
""",
    "the rest of a list": """
 - one
><!-- allow[image]: why -->
>- two

>- three

 Three.
""",
    "a list within a list": """
 - one

>  <!-- allow[image]: why -->
>  - two

>  - three
 - four
""",
    "a table": """
><!-- allow[image]: why -->
>| a |
>|---|
>| 1 |

 Three.
""",
    "a paragraph and not the next comment's": """
><!-- allow[image]: why -->
>Two.
 <!-- A remark. -->
""",
    "nothing": """
 One.

><!-- allow[image]: why -->
""",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_in_prose_it_holds_for_the_block_below(block: str) -> None:
    text, numbers = marked(BLOCKS[block])
    text = text.replace("<!-- A remark. -->", "<!-- allow[raw-html]: other -->")
    found = suppressions.find(BRIEF, in_prose(text))[0]
    assert (found.check, found.reason) == ("image", "why")
    filled = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert {number - 3 for number in lines_of(found)} & filled == numbers & filled


def test_several_hold_for_one_block() -> None:
    text = in_prose("<!-- allow[image]: a -->\n<!-- allow[raw-html]: b -->\n\nOne.\n\nTwo.\n")
    assert [(found.check, found.last_line) for found in suppressions.find(BRIEF, text)] == [
        ("image", 7),
        ("raw-html", 7),
    ]


def test_front_matter_is_yaml_and_prose_is_not() -> None:
    text = (
        "---\n# allow[date]: head\ntitle: x\n# allow[name]: below\nsubtitle: y\n---\n"
        "# allow[date]: a title\n\n<!-- allow[image]: body -->\nText.\n"
    )
    assert [(found.check, lines_of(found)) for found in suppressions.find(BRIEF, text)] == [
        ("date", {1, 2, 3}),
        ("name", {4, 5}),
        ("image", {9, 10}),
    ]
    assert suppressions.find(BRIEF, "---\n<!-- allow[date]: x -->\ntitle: x\n---\nText.\n") == []


def test_without_front_matter_everything_is_prose() -> None:
    (found,) = suppressions.find(BRIEF, "<!-- allow[image]: why -->\nText.\n")
    assert lines_of(found) == {1, 2}


EXAMPLES = (
    "```\n<!-- allow[image]: why -->\n```\n",
    "~~~ markdown\n\n<!-- allow[image]: why -->\n~~~\n",
    "Write `<!-- allow[image]: why -->` before it.\n",
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_in_code_is_none_and_is_printed(text: str) -> None:
    assert suppressions.find(BRIEF, in_prose(text)) == []
    assert suppressions.without(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Text <!-- allow[image]: why -->\n",
        "<!-- allow[image]: why --> text\n",
        "<!-- allow[image]: why,\nover two lines -->\n",
    ],
)
def test_one_within_prose_allows_nothing_and_is_found_to_be_told(text: str) -> None:
    (found,) = suppressions.find(BRIEF, in_prose(text))
    assert (found.check, found.is_alone) == ("image", False)
    assert found.at == Place(BRIEF, 4, text.index("<") + 1)


def test_it_is_never_printed_and_every_line_keeps_its_number() -> None:
    text = "One.\n\n  <!-- allow[image]: why -->\nTwo.\n<!-- A remark. -->\n"
    assert suppressions.without(text) == "One.\n\n\nTwo.\n<!-- A remark. -->\n"


WORDS = st.sampled_from(
    [
        "# allow[date]: x",
        "<!-- allow[date]: x -->",
        "allow[",
        "a:",
        "- b",
        "  ",
        "|",
        ">-",
        "\n",
        "```",
        "---",
        "[x]",
    ]
)


@given(st.lists(WORDS, max_size=30).map("".join) | st.text().map("allow[{}".format))
def test_any_text_can_be_searched_and_nothing_but_comments_goes(text: str) -> None:
    for path in (SHEET, BRIEF):
        for found in suppressions.find(path, text):
            assert found.first_line <= found.at.line <= found.last_line <= text.count("\n") + 1
    left = suppressions.without(text).split("\n")
    assert all(new in ("", old) for new, old in zip(left, text.split("\n"), strict=True))
