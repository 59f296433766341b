"""The built site in a browser: from files and from a server, wide and narrow, without a request outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from tests.browsing import HEIGHT, KINDS, LONG_LISTS, WIDTHS, Places, opened, page_templates
from tests.conftest import Project

FIRST, SECOND = "evidence-rafale.declaration", "evidence-rafale.aircraft"
"""The cards of the first two facts of the brief."""
_TEXT = """() => {
    document.querySelectorAll('noscript, form.since, button.copy').forEach(it => it.remove());
    return document.body.innerText;
}"""
"""What a page says whether its scripts run or not."""


def test_every_template_of_a_page_is_looked_at() -> None:
    assert page_templates() <= {kind.template for kind in KINDS.values()} | LONG_LISTS


@pytest.mark.parametrize("kind", KINDS)
def test_page_reads_the_same_from_files_and_from_a_server_and_never_scrolls_sideways(
    kind: str, browser: playwright.Browser, places: Places
) -> None:
    texts = []
    for address in (places.file(kind), places.served(kind)):
        for scripts in (False, True):
            with opened(browser, address, scripts=scripts) as page:
                texts.append(page.evaluate(_TEXT).strip())
                if address == places.served(kind) and scripts:
                    _expect_to_fit(page)
    assert texts[0]
    assert texts == texts[:1] * 4


def _expect_to_fit(page: playwright.Page, widths: Sequence[int] = WIDTHS) -> None:
    page.evaluate("document.fonts.ready.then(() => null)")  # widths are those of the site's fonts
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(_TORN) == [], width


_TORN = """() => {
    const isSeen = (it) => it.getClientRects().length && getComputedStyle(it).clipPath === "none";
    const isOpen = (it) => !it.closest(".card, .unseen");
    const said = (it) => it.textContent.trim().slice(0, 60);
    const found = [];
    for (const table of document.querySelectorAll("table")) {
        const box = table.closest(".table");
        const over = box ? box.scrollWidth - box.clientWidth : 0;
        if (over > 0 && over < 12) found.push(`${said(table)}: scrolls by ${over} pixels`);
        const head = table.querySelector("thead");
        const cells = [...table.querySelectorAll("tbody td")];
        if (head && isSeen(head) && cells.some((it) => getComputedStyle(it).display === "block"))
            found.push(`${said(table)}: its cells are a list below a head with columns`);
        for (const cell of head && isSeen(head) ? head.querySelectorAll("th") : []) {
            const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const node = texts.currentNode;
                for (const word of node.data.matchAll(/[\\p{L}]{2,}/gu)) {
                    const range = document.createRange();
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    const lines = new Set([...range.getClientRects()].map((it) => Math.round(it.top)));
                    if (lines.size > 1) found.push(`${word[0]}: torn in the head of a table`);
                }
            }
        }
    }
    for (const shape of document.querySelectorAll(".shape")) {
        const next = shape.nextSibling;
        if (!isOpen(shape) || !shape.getClientRects().length || next?.nodeType !== Node.TEXT_NODE) continue;
        const at = next.data.search(/\\S/u);
        const range = document.createRange();
        if (at < 0) { range.selectNodeContents(shape.nextElementSibling || shape); }
        else { range.setStart(next, at); range.setEnd(next, at + 1); }
        const word = range.getClientRects()[0], sign = shape.getClientRects()[0];
        if (word && word.top > sign.bottom) found.push(`${shape.textContent}: alone above its word`);
    }
    return found;
}"""
"""What looks broken at a width: a word in the head of a table or a symbol and its word on two lines, cells
that are a list below a head with columns, and a box that scrolls by no more than some invisible edge."""


@pytest.mark.parametrize(
    "name", ["index", "briefs/at-a-glance", "timeline", "registers", "changes", "voices"]
)
def test_a_page_in_french_fits(name: str, browser: playwright.Browser, in_french: Path) -> None:
    with opened(browser, (in_french / f"{name}.html").as_uri()) as page:
        _expect_to_fit(page, (1920, 1600, 1280, 800, 390, 320))


def test_a_wide_front_page_in_french_shows_every_column(browser: playwright.Browser, in_french: Path) -> None:
    with opened(browser, (in_french / "index.html").as_uri()) as page:
        for width in (1920, 1600, 1280):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.evaluate(
                "[...document.querySelectorAll('.table')].every((it) => it.scrollWidth <= it.clientWidth)"
            ), width


@pytest.mark.parametrize("width", [480, 390])
def test_the_board_of_a_brief_on_a_phone_is_a_list_whose_cells_name_their_columns(
    width: int, browser: playwright.Browser, places: Places
) -> None:
    with opened(browser, places.served("one-page brief"), width) as page:
        table = page.locator("section.board .table").first
        heads = [head.strip() for head in table.locator("thead th").all_text_contents()]
        cells = table.locator("tbody td").all()
        shown = [cell for cell in cells if cell.is_visible()]
        assert len(heads) > 3
        assert len(shown) >= 2
        assert {cell.inner_text().strip() for cell in cells if cell not in shown} <= {"–", ""}
        for cell in shown:
            told = cell.evaluate("it => getComputedStyle(it, '::before').content")
            assert " ".join(told.strip('"').removesuffix(": ").split()) in {
                " ".join(it.split()) for it in heads
            }
        assert table.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_the_button_of_the_menu_stays_where_it_was_pressed(
    browser: playwright.Browser, places: Places
) -> None:
    with opened(browser, places.served("home"), 390) as page:
        button = page.locator(".menu summary")
        before = button.bounding_box()
        button.click()
        assert page.get_by_role("link", name="Timeline").first.is_visible()
        assert button.bounding_box() == before


def test_quotations_in_french_have_their_spaces(browser: playwright.Browser, in_french: Path) -> None:
    with opened(browser, (in_french / "facts/ferry.count.html").as_uri()) as page:
        assert page.locator("q").first.evaluate("it => getComputedStyle(it).quotes").startswith('"«\u00a0"')


def test_wide_tables_can_be_reached_and_scrolled_by_keyboard(
    browser: playwright.Browser, places: Places
) -> None:
    with opened(browser, places.served("brief"), 600) as page:
        tables = page.locator(".table").all()
        assert {table.get_attribute("tabindex") for table in tables} == {"0"}
        wide = next(table for table in tables if table.evaluate("it => it.scrollWidth > it.clientWidth"))
        wide.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert page.evaluate("document.activeElement.className") == "table"
        assert page.evaluate("document.activeElement.scrollLeft") > 0


def test_commitments_on_a_phone_are_a_list_whose_cells_name_their_columns(
    browser: playwright.Browser, places: Places
) -> None:
    with opened(browser, places.served("brief"), 320) as page:
        table = page.locator(".commitments .table")
        heads = [head.strip() for head in table.locator("thead th").all_inner_texts()]
        cells = table.locator("tbody tr").first.locator("td").all()
        told = [cell.evaluate("it => getComputedStyle(it, '::before').content") for cell in cells]
        assert told == [f'"{head}: "' for head in heads[1:]]
        assert table.evaluate("it => it.scrollWidth <= it.clientWidth")


_LINE_STARTS = """() => {
    const shown = [...document.querySelectorAll(".chronicle li > a, .stacked td, .stacked tbody th")]
        .filter((it) => it.textContent.trim() && it.getClientRects().length);
    const boxes = shown.map((it) => it.getClientRects()[0]);
    const starts = boxes.filter((box) =>
        !boxes.some((other) =>
            other.left < box.left && other.top < box.bottom - 4 && other.bottom > box.top + 4));
    return {
        edges: [...new Set(starts.map((box) => Math.round(box.left)))],
        indents: [...new Set(shown.map((it) => getComputedStyle(it).paddingLeft))],
        number: starts.length,
    };
}"""
"""Where lines of lists begin, and how far in."""


@pytest.mark.parametrize("kind", ["home", "timeline", "actors", "facts"])
def test_lines_of_a_list_on_a_phone_begin_at_one_edge(
    kind: str, browser: playwright.Browser, places: Places
) -> None:
    """What sets words apart in the columns of a wide screen must not push them about on a narrow one."""
    with opened(browser, places.served(kind), 320) as page:
        found = page.evaluate(_LINE_STARTS)
    assert found["number"] > 3
    assert len(found["edges"]) == 1
    assert found["indents"] == ["0px"]


def test_words_of_a_figure_stay_in_it_where_no_font_comes_along(
    browser: playwright.Browser, project: Project
) -> None:
    project.draw_few_rows()
    assert project.build("--format", "html").exit_code == 0
    with opened(browser, (project.output / "briefs/ferry-purchase.html").as_uri(), 1280) as page:
        inside = page.evaluate(
            """() => [...document.querySelectorAll(".figure svg")].filter((it) => it.getClientRects().length)
                .flatMap((svg) => [...svg.querySelectorAll("text:not([transform])")].map((it) =>
                    it.getBoundingClientRect().right <= svg.getBoundingClientRect().right + 1))"""
        )
    assert len(inside) > 5
    assert all(inside)


def test_fonts_are_those_of_the_site(browser: playwright.Browser, places: Places) -> None:
    with opened(browser, places.served("brief")) as page:
        loaded = page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts]"
            ".filter(font => font.status == 'loaded').map(font => font.family.replaceAll('\"', '')))"
        )
        assert {"Source Serif 4", "Source Sans 3"} <= set(loaded)


def test_where_there_are_no_cards_a_number_leads_to_its_note_and_back(
    browser: playwright.Browser, places: Places
) -> None:
    with opened(browser, places.served("brief")) as page:
        page.evaluate(
            """() => [...document.styleSheets].forEach((sheet) => [...sheet.cssRules].forEach((rule, at) => {
                if (rule.conditionText === "selector(:popover-open)") sheet.deleteRule(at);
            }))"""
        )
        page.click("#mark-1 a")
        assert page.url.endswith("#note-1")
        page.click("#note-1 .back")
        assert page.url.endswith("#mark-1")


def test_first_stop_of_the_keyboard_skips_to_the_text(browser: playwright.Browser, places: Places) -> None:
    with opened(browser, places.served("brief")) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0


# --------------------------------------------------------------------------------------------- evidence


@pytest.fixture(params=["own", "site"])
def brief_page(request: pytest.FixtureRequest, shipped: Path) -> str:
    """A brief as a file: on a page of its own, and on the site."""
    folder = shipped / "briefs" if request.param == "own" else shipped / "site" / "briefs"
    return (folder / "rafale-deal.html").as_uri()


def _open_cards(page: playwright.Page) -> list[str]:
    return [card.get_attribute("id") or "" for card in page.locator(".card:popover-open").all()]


@pytest.mark.parametrize("width", [1280, 320])
def test_numbers_open_their_evidence_without_scripts(
    width: int, brief_page: str, browser: playwright.Browser
) -> None:
    with opened(browser, brief_page, width, scripts=False) as page:
        assert page.locator(".card").locator("visible=true").count() == 0
        marks = page.locator("sup.mark:has(button)").all()
        assert len(marks) > 20
        for mark in marks[::4]:
            number = mark.locator("button").get_attribute("popovertarget")
            mark.scroll_into_view_if_needed()
            at = mark.locator("a").bounding_box()
            assert at
            page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
            card = page.locator(".card:popover-open")
            assert card.get_attribute("id") == number
            box = card.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= HEIGHT
            middle = at["y"] + at["height"] / 2
            assert not box["y"] < middle < box["y"] + box["height"], "it hides the words"
            for part in ("Who says so", "Paragraph", "Reliability", "original source"):
                assert part in card.inner_text()
            card.get_by_role("button", name="Close").click()
            assert _open_cards(page) == []


def test_card_begins_with_the_words_of_the_source_and_names_who_says_so_after_its_caveat(
    brief_page: str, browser: playwright.Browser
) -> None:
    with opened(browser, brief_page) as page:
        page.locator("sup.mark button").first.click()
        card = page.locator(".card:popover-open")
        first = card.locator("q").first.inner_text()
        said = card.inner_text()
        places = [said.index(words) for words in (first, "Source 1, paragraph", "Caveat", "Who says so")]
        assert places == sorted(places)


_STOPS = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")]
    .filter((it) => it.tabIndex >= 0 && it.checkVisibility({visibilityProperty: true}))
    .filter((it) => it.closest("article") && !it.closest(".card"))
    .map((it) => it.getAttribute("aria-label") || it.textContent.trim())"""
"""Where the keyboard stops in a brief."""


def test_each_number_of_a_note_is_one_stop_of_the_keyboard_and_nothing_else_of_a_fact_is(
    browser: playwright.Browser, shipped: Path
) -> None:
    """Once the words of a fact and its number were a stop each, and so were two places in each note."""
    pages = sorted((shipped / "site" / "briefs").glob("*.html"))
    assert len(pages) > 3
    for path in (*pages, shipped / "briefs" / "rafale-deal.html"):
        with opened(browser, path.as_uri()) as page:
            stops = page.evaluate(_STOPS)
            marks, notes = page.locator("sup.mark button").count(), page.locator("#notes > ol > li").count()
            claims = page.locator("[data-fact]").count()
            assert sum(bool(re.fullmatch(r"Note \d+: evidence", stop)) for stop in stops) == marks, path
            assert not [stop for stop in stops if "note" in stop.lower() and ": evidence" not in stop][1:], (
                path
            )
            assert 2 * marks <= claims + marks + 2 * notes, path


def test_screen_readers_hear_the_figure_once(brief_page: str, browser: playwright.Browser) -> None:
    with opened(browser, brief_page) as page:
        heard = page.locator(".bottom-line").aria_snapshot()
        number = "100 Rafale F4 aircraft"
        assert number in heard
        assert heard.count(number) == page.inner_text(".bottom-line").count(number)
        assert (
            heard.count('button "Note 1: evidence"')
            == page.locator(f'.bottom-line [popovertarget="{FIRST}"]').count()
        )
        assert "link" not in heard


def test_keyboard_opens_reads_and_closes_a_card(brief_page: str, browser: playwright.Browser) -> None:
    with opened(browser, brief_page) as page:
        mark = page.locator(".bottom-line sup.mark button").first
        mark.focus()
        page.keyboard.press("Enter")
        assert _open_cards(page) == [FIRST]
        assert page.evaluate("document.activeElement.className") == "close"
        page.keyboard.press("Escape")
        assert _open_cards(page) == []
        assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == FIRST
        ring = page.locator(".bottom-line sup.mark").first
        assert ring.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == SECOND


def test_one_card_at_a_time_and_a_click_beside_it_closes_it(
    brief_page: str, browser: playwright.Browser
) -> None:
    with opened(browser, brief_page) as page:
        page.locator(".bottom-line sup.mark button").nth(0).click()
        page.locator("#judgements sup.mark button").nth(1).click()
        assert len(_open_cards(page)) == 1
        page.mouse.click(1270, 890)
        assert _open_cards(page) == []


def test_button_and_card_are_named_by_their_note(brief_page: str, browser: playwright.Browser) -> None:
    with opened(browser, brief_page) as page:
        page.get_by_role("button", name="Note 1: evidence", exact=True).first.press("Enter")
        assert page.get_by_role("dialog", name="Note 1: evidence").is_visible()


def test_copied_words_are_those_that_are_read(brief_page: str, browser: playwright.Browser) -> None:
    copied = (
        "() => { const range = document.createRange(); range.selectNodeContents("
        "document.querySelector('.bottom-line p')); const selection = getSelection(); "
        "selection.removeAllRanges(); selection.addRange(range); return selection.toString() }"
    )
    with opened(browser, brief_page) as page:
        with_cards = page.evaluate(copied)
        assert "[1]" in with_cards
        page.evaluate("document.querySelectorAll('sup.mark button').forEach(it => it.remove())")
        assert page.evaluate(copied) == with_cards
        assert page.evaluate("window.find('The Ukrainian Presidential Office says')")


def test_open_card_is_not_printed(brief_page: str, browser: playwright.Browser) -> None:
    with opened(browser, brief_page) as page:
        page.locator("sup.mark button").first.click()
        page.emulate_media(media="print")
        assert page.locator(".card").locator("visible=true").count() == 0
        assert page.locator(".hint, sup.mark button").locator("visible=true").count() == 0
        assert page.locator("sup.mark a").first.is_visible()


def test_lines_break_as_they_do_without_cards(brief_page: str, browser: playwright.Browser) -> None:
    """The button over a number takes no room and parts no line."""
    with opened(browser, brief_page) as page:
        height = "document.querySelector('article').getBoundingClientRect().height"
        before = page.evaluate(height)
        page.evaluate("document.querySelectorAll('sup.mark button').forEach(it => it.remove())")
        assert page.evaluate(height) == before


@pytest.mark.parametrize("kind", ["brief's own page", "brief's own one page", "redline"])
def test_page_of_its_own_needs_nothing(kind: str, browser: playwright.Browser, places: Places) -> None:
    address = places.file(kind)
    asked: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    context.close()
    assert asked == [address]


# -------------------------------------------------------------------------------------------- the past


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("briefs/overview.html", "briefs/at-a-glance.html"),
        ("facts/ferry.type.html", "facts/ferry.class.html"),
        ("topics/harbour.html", "topics/quays.html"),
        ("editions/overview-1.html", "editions/at-a-glance-1.html"),
    ],
)
def test_former_address_leads_on_from_files(
    old: str, new: str, browser: playwright.Browser, story: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((story / "site" / old).as_uri())
    page.wait_for_url(f"**/{new}")
    assert page.inner_text("h1") != "Moved"
    context.close()
