"""Fact links in Markdown: found where Markdown finds a link, and nowhere else."""

from __future__ import annotations

import html
import itertools
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.formats import html as html_format
from briefing.model import fact_links
from briefing.model.editions import Section
from briefing.model.findings import Place
from briefing.model.values import Key, Placed

PATH = "content/briefs/x.md"
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
"""Markdown as the standard has it, with GitHub's additions: what a link and what an escape is, it decides."""


def keys(text: str) -> list[str]:
    return [link.key for link in fact_links.find(text)]


def test_a_link_has_words_a_key_and_a_form() -> None:
    (link,) = fact_links.find("They signed [a *letter*](fact:drones.letter#short).")
    assert (link.key, link.words, link.form) == ("drones.letter", "a *letter*", "short")
    assert (link.start, link.end) == (12, 50)


def test_a_link_without_words_is_to_be_filled() -> None:
    (link,) = fact_links.find("[](fact:drones.letter)")
    assert (link.words, link.form) == ("", "")


def test_links_are_found_in_order() -> None:
    assert keys("[](fact:b.b) and [x](fact:a.a)[y](fact:c.c)") == ["b.b", "a.a", "c.c"]


def test_a_link_without_a_key_is_found_so_that_it_can_be_told() -> None:
    assert keys("[x](fact:)") == [""]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[x](https://example.org/fact:a.b)",
        "[x] (fact:a.b)",
        "\\[x](fact:a.b)",
        "`[x](fact:a.b)`",
        "`` ` [x](fact:a.b) ``",
        "```\n[x](fact:a.b)\n```",
        "```markdown\n[x](fact:a.b)\n```\n",
        "~~~\n[x](fact:a.b)\n~~~",
        "~~~\n```\n[x](fact:a.b)\n~~~",
        "   ```\n[x](fact:a.b)\n   ```",
        "```\n[x](fact:a.b)",
    ],
)
def test_code_and_escaped_brackets_hold_no_link(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "`code` [x](fact:a.b)",
        "```\ncode\n```\n[x](fact:a.b)",
        "~~~\ncode\n~~~~\n[x](fact:a.b)",
        "one ` alone [x](fact:a.b)",
        "\\` [x](fact:a.b) \\`",
        "`` one [x](fact:a.b) ` other",
        "\\\\[x](fact:a.b)",
        "[x \\] y](fact:a.b)",
        "[two\nlines](fact:a.b)",
    ],
)
def test_behind_and_between_code_a_link_is_a_link(text: str) -> None:
    assert keys(text) == ["a.b"]


def test_a_code_span_ends_with_its_paragraph() -> None:
    text = "One ` here.\n\n[x](fact:a.b) and ` there."
    assert 'href="fact:a.b' in MARKDOWN.render(text)
    assert keys(text) == ["a.b"]
    assert fact_links.without_code(text) == text
    assert keys("One ` here,\n[x](fact:a.b) and ` there.") == []


@pytest.mark.parametrize(
    "text",
    [
        "[x](<fact:a.b>)",
        '[x](fact:a.b "title")',
        "[x]( fact:a.b )",
        "[x](fact:a.b\n)",
        "[x][r]\n\n[r]: fact:a.b",
        "<fact:a.b>",
    ],
)
def test_a_link_that_only_markdown_takes_for_one_is_not_read(text: str) -> None:
    """Such links are refused (``language/link_slips``)."""
    assert 'href="fact:a.b' in MARKDOWN.render(text)
    assert keys(text) == []


@pytest.mark.parametrize("text", ["see fact:a.b there", "\\[x](fact:a.b)", "[x](fact:a.b#)", "[x](Fact:a.b)"])
def test_an_address_without_a_link_is_not_read_either(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize("blank", [" ", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", " \n"])
def test_a_link_with_blank_words_prints_the_value(blank: str) -> None:
    (link,) = fact_links.find(f"[{blank}](fact:a.b)")
    assert (link.key, link.words) == ("a.b", "")


@pytest.mark.parametrize(
    "text",
    [
        "- one ` tick\n- [x](fact:a.b) ` two",
        "One ` tick\n# [x](fact:a.b) ` two",
        "| a |\n|---|\n| one ` tick |\n| [x](fact:a.b) ` two |",
    ],
)
def test_a_code_span_ends_with_its_item_title_or_row(text: str) -> None:
    assert 'href="fact:a.b"' in MARKDOWN.render(text)
    assert keys(text) == ["a.b"]


def test_indented_code_is_no_code_here() -> None:
    """It could not be told from a paragraph, so the renderer does not know it either."""
    text = "text\n\n    [x](fact:a.b)"
    assert keys(text) == ["a.b"]
    assert fact_links.without_code(text) == text
    printed = html_format.section_html(Section("body", "", (text,)), html_format.linked_note("en"), "en").html
    assert "[x]" not in printed
    assert "<pre>" not in printed


SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
LINK_WORDS = st.text(max_size=20).map(fact_links.escape)


@given(SLUGS, SLUGS, st.sampled_from(["", "short", "date"]), LINK_WORDS)
def test_what_is_written_is_found_again(sheet: str, name: str, form: str, words: str) -> None:
    written = fact_links.write(f"{sheet}.{name}", form, words)
    found = list(fact_links.find(f"Before {written} after."))
    assert [(link.key, link.form, link.words) for link in found] == [(Key(f"{sheet}.{name}"), form, words)]
    assert f"Before {written} after."[found[0].start : found[0].end] == written


@pytest.mark.parametrize("piece", ["> ", ">", "> > ", ">  ", "[", "` ", "``` ", "~~~\n", "[a](fact:", "\\"])
def test_no_prose_keeps_the_scanner_busy(piece: str) -> None:
    start = time.thread_time()
    list(fact_links.find((piece * 20_000)[:20_000]))
    assert time.thread_time() - start < 2


@given(
    st.text()
    | st.lists(
        st.sampled_from(["`", "``", "~~~", "```", "\n", "[x](fact:a.b)", "\\", "[", "]", "(fact:", ")", " "]),
        max_size=30,
    ).map("".join)
)
@example("`" * 2000 + "[x](fact:a.b)")
def test_any_text_can_be_searched(text: str) -> None:
    found = list(fact_links.find(text))
    assert all(text[link.start] == "[" and text[link.end - 1] == ")" for link in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


# --------------------------------------------------------------------------------------------- escaping


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words", "plain words"),
        ("2 * 3 | 4", "2 \\* 3 \\| 4"),
        ("[x](fact:a.b)", "\\[x\\](fact:a.b)"),
        ("<b>", "\\<b\\>"),
        ("a & b", "a \\& b"),
        ("# not a title", "\\# not a title"),
        ("- not an item", "\\- not an item"),
        ("+ 5", "\\+ 5"),
        ("1. not an item", "1\\. not an item"),
        ("2025) not an item", "2025\\) not an item"),
        ("=== not a rule", "\\=== not a rule"),
        ("one\n  two\t three", "one two three"),
    ],
)
def test_plain_text_is_escaped_where_markdown_would_obey_it(text: str, escaped: str) -> None:
    assert fact_links.escape(text) == escaped


def printed(markdown: str) -> str:
    """What a reader sees of one paragraph."""
    paragraph = re.fullmatch(r"<p>(.*)</p>\n", MARKDOWN.render(markdown), re.DOTALL)
    assert paragraph, MARKDOWN.render(markdown)
    assert "<" not in paragraph[1]
    return html.unescape(paragraph[1])


# Blanks, tabs and line breaks become one blank; control characters never come out of content.
PLAIN = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters=" \t\n"
    )
)
TRICKY = st.text(alphabet="*_`~[]()<>#+-=|\\!&;:.0123456789 ax/\"'$^{}", max_size=30)


@given(PLAIN | TRICKY)
@example("1) x")
@example("![x](y)")
@example("&amp; &#42;")
@example("a\\")
@example("---")
@example("~~struck~~")
@example("https://example.org/_x_")
def test_escaped_text_prints_exactly_itself(text: str) -> None:
    flat = re.sub(r"[ \t\n]+", " ", text.strip())  # Markdown strips a paragraph of every sort of blank
    if flat:
        assert printed(fact_links.escape(text)).strip() == flat
    assert fact_links.unescape(fact_links.escape(text)) == re.sub(r"[ \t\n]+", " ", text).strip(" ")


@pytest.mark.parametrize("blank", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_a_no_break_space_is_kept(blank: str) -> None:
    """Else EUR and its number may part."""
    assert fact_links.escape(f"EUR{blank}90  billion") == f"EUR{blank}90 billion"


# ----------------------------------------------------------------------------------------------- places


def test_the_place_of_a_link_is_counted_in_its_file() -> None:
    text = Placed(
        "First line.\nSecond [x](fact:a.b).\n", Place(PATH, 5, 1), "First line.\nSecond [x](fact:a.b).\n"
    )
    (link,) = fact_links.find(text)
    assert fact_links.place_at(text, link.start, text.at) == Place(PATH, 6, 8)


def test_in_the_first_line_the_column_of_the_text_counts() -> None:
    assert fact_links.place_at("see <b>", 4, Place(PATH, 3, 10)) == Place(PATH, 3, 14)


def test_in_a_folded_text_the_place_is_looked_up_in_the_file() -> None:
    raw = ">-\n  one two\n  three <b>four</b>\n"
    text = Placed("one two three <b>four</b>", Place(PATH, 2, 8), raw)
    assert fact_links.place_at(text, text.index("<b>"), text.at) == Place(PATH, 4, 9)


def test_two_like_passages_of_a_folded_text_have_two_places() -> None:
    raw = ">-\n  <b>one</b>\n  <b>one</b>\n"
    text = Placed("<b>one</b> <b>one</b>", Place(PATH, 2, 8), raw)
    assert [fact_links.place_at(text, index, text.at) for index in (0, 11)] == [
        Place(PATH, 3, 3),
        Place(PATH, 4, 3),
    ]
