"""What readers of a page see of it, where the elements alone do not say: forms, lists, times, scripts."""

from __future__ import annotations

import pytest

from briefing.model.findings import UsageError
from briefing.sources.extract import kinds
from briefing.sources.extract.extracted import Extracted
from tests.sources.test_extract import SENTENCES, page

HEAD = '<script type="application/ld+json">{}</script>'


def read(body: str, head: str = "") -> Extracted:
    return kinds.read(page(head=head, body=body), "page.html")


def more(body: str) -> tuple[tuple[str, ...], list[tuple[str, str]], tuple[str, ...]]:
    """Return what a page has behind its usual paragraphs, what is left out within it, and the doubts."""
    found = read(body)
    left_out = [(item.kind, item.text) for item in found.left_out]
    around = [("navigation", "Home\nWorld"), ("page footer", "All rights reserved.")]
    assert [item for item in around if item in left_out] == around
    inner = [item for item in left_out if item not in around]
    return found.paragraphs[1 + len(SENTENCES) :], inner, found.doubts


@pytest.mark.parametrize(
    ("body", "left_out"),
    [
        ('<p>Paid: <input value="612"></p>', ("form", "612")),
        ('<iframe srcdoc="<p>Chart of 612</p>"></iframe>', ("frame", "Chart of 612")),
        ('<p><time datetime="10:30"></time>It begins.</p>', ("time that only a script shows", "10:30")),
        ("<svg><title>Chart of 612</title></svg>", ("drawing", "Chart of 612")),
        ("<math><mn>1</mn><annotation>612</annotation></math>", ("formula in another form", "612")),
    ],
    ids=["field", "frame", "time", "drawing", "formula"],
)  # fmt: skip
def test_what_is_shown_by_no_text_is_named(body: str, left_out: tuple[str, str]) -> None:
    assert left_out in more(body)[1]


def test_numbers_of_lists_that_browsers_count_are_named() -> None:
    paragraphs, _, doubts = more("<ol start=5><li>Tugs</li><li>Boats</li></ol>")
    assert paragraphs == ("Tugs", "Boats")
    assert doubts == ("The numbers of 2 items of lists, which browsers count, are not in the capture.",)


def test_a_heading_that_opens_a_part_is_a_heading() -> None:
    body = '<h3><button aria-expanded="false">Costs of 2031</button></h3><p hidden>It costs 612.</p>'
    assert more(body)[:2] == (("Costs of 2031",), [("hidden text", "It costs 612.")])
    assert more("<h3>Costs <button>Copy</button></h3>")[:2] == (("Costs",), [("button", "Copy")])


def test_a_page_that_hides_most_of_its_text_says_so() -> None:
    hidden = "".join(f"<p hidden>{text}</p>" for text in (*SENTENCES, *SENTENCES))
    assert "The page hides more text than was taken; look at what was left out." in read(hidden).doubts


def test_a_page_of_scripts_has_its_text_for_browsers_without_them_or_says_how_to_save_it() -> None:
    text = "".join(f"<p>{text}</p>" for text in SENTENCES)
    code = '<html lang="en"><body><div id="app"></div>{}</body></html>'
    found = kinds.read(code.format(f"<noscript>{text}</noscript>").encode(), "page.html")
    assert found.paragraphs == SENTENCES
    assert found.doubts == (
        "The page shows nothing without scripts; its text for browsers without them was taken.",
    )
    shown = kinds.read(
        code.format(f"<x-a><template shadowrootmode=open>{text}</template></x-a>").encode(), "page.html"
    )
    assert shown.paragraphs == SENTENCES
    with pytest.raises(UsageError, match="if a script makes it, save the page in a browser once it is shown"):
        kinds.read(code.format("<script>show('Twelve tugs.')</script>").encode(), "page.html")


def test_linked_data_may_be_within_what_a_page_is_about_and_is_told_if_it_is_damaged() -> None:
    inner = '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "author": "R. Vane"}}'
    assert read("", HEAD.format(inner)).stated["author"].value == "R. Vane"
    damaged = read("", HEAD.format('{"@type": "NewsArticle", "headline": "A "good" one"}')).doubts
    assert damaged == ("The JSON-LD of the page is damaged, so what it states there is not known.",)


def test_figures_that_may_be_one_are_kept_apart_and_named() -> None:
    paragraphs, _, doubts = more('<div class="row"><span class="a">612</span><span class="b">40</span></div>')
    assert paragraphs == ("612 40",)
    assert doubts == (
        "Figures of elements side by side were kept apart; the page may show them as one: 612 40.",
    )


def test_a_figure_that_a_page_divides_without_setting_it_apart_stays_one() -> None:
    inner = '<span style="font-weight: 400">4</span><span style="color: red">0</span>'
    body = f"<p>It costs <b>6</b>12 and {inner}.</p>"
    assert more(body) == (("It costs 612 and 40.",), [], ())


MARKDOWN = """---
title: "Tugs of 2031"
date: 2031-05-04T10:00
---
# Twelve tugs

The council *wants* [tugs](https://tarn.example/612) before
the winter.[^1] It ~~has 21~~ needs `12` of them.

| Harbour | Tugs |
|---------|-----:|
| Hest    | 5    |

3. first
4. second

[^1]: Estimate.
"""


def test_a_text_in_markdown_is_taken_as_its_readers_see_it() -> None:
    found = kinds.read(MARKDOWN.encode(), "tugs.md")
    assert found.paragraphs == (
        "Twelve tugs",
        "The council wants tugs before the winter.[^1] It needs 12 of them.",
        "Harbour | Tugs",
        "Hest | 5",
        "3. first",
        "4. second",
        "[^1]: Estimate.",
    )
    assert [(item.kind, item.text) for item in found.left_out] == [
        ("front matter", 'title: "Tugs of 2031" date: 2031-05-04T10:00'),
        ("struck-out text", "has 21"),
    ]
    stated = {field: item.value for field, item in found.stated.items()}
    assert stated == {"title": "Tugs of 2031", "published": "2031-05-04"}
