"""The built site in a browser: from files and from a server, wide and narrow, without a request outside."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from tests import ledgers
from tests.conftest import SAMPLE, Project

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer")

WIDTHS = (1280, 768, 320)
KINDS = {
    "home": "index.html",
    "brief": "briefs/rafale-deal.html",
    "one-page brief": "briefs/overview.html",
    "fact": "facts/rafale.declaration.html",
    "facts": "facts/index.html",
    "topic": "topics/rafale.html",
    "source": "sources/paris-visit.html",
    "sources": "sources/index.html",
    "actor": "actors/zelenskyy.html",
    "actors": "actors/index.html",
    "system": "systems/rafale.html",
    "systems": "systems/index.html",
    "timeline": "timeline.html",
    "scales": "scales.html",
    "method": "pages/method.html",
    "open questions": "registers.html",
    "coverage": "coverage.html",
    "changes": "changes.html",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(shipped: Path) -> Path:
    return shipped / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site on a server, in a folder below the root."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            if not path.startswith("/below/here/"):
                return "/nonexistent"
            return super().translate_path(path.removeprefix("/below/here"))

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/below/here/"
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def _opened(
    browser: playwright.Browser, address: str, width: int = 1280, scripts: bool = True
) -> Iterator[playwright.Page]:
    """A page on which no error is allowed, nor a request that leaves the site."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    wrong: list[str] = []
    root = (
        address[: address.index("/site/") + 6]
        if "/site/" in address
        else address.partition("/below/here/")[0]
    )
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on(
        "requestfailed",
        # What a page was still loading when it was left is no failure.
        lambda request: (
            None if request.failure == "net::ERR_ABORTED" else wrong.append(f"failed: {request.url}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((root, "data:,")) else wrong.append(f"asks {request.url}")
        ),
    )
    page.goto(address)
    yield page
    context.close()
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_page_reads_the_same_from_files_and_from_a_server(
    kind: str, browser: playwright.Browser, site: Path, address: str
) -> None:
    with _opened(browser, (site / KINDS[kind]).as_uri()) as page:
        from_files = page.inner_text("body")
    with _opened(browser, address + KINDS[kind]) as page:
        from_server = page.inner_text("body")
    with _opened(browser, address + KINDS[kind], scripts=False) as page:
        without_scripts = page.inner_text("body")
    assert from_files.strip()
    assert from_files == from_server == without_scripts


@pytest.mark.parametrize("kind", KINDS)
def test_page_never_scrolls_sideways(kind: str, browser: playwright.Browser, address: str) -> None:
    pictures = os.environ.get("BRIEFING_PICTURES")
    for width in WIDTHS:
        with _opened(browser, address + KINDS[kind], width) as page:
            page.evaluate("document.fonts.ready.then(() => null)")  # widths are those of the site's fonts
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (kind, width)
            if pictures:
                name = f"{kind.replace(' ', '-')}-{width}.png"
                page.screenshot(path=Path(pictures) / name, full_page=True)


def test_wide_tables_can_be_reached_and_scrolled_by_keyboard(
    browser: playwright.Browser, address: str
) -> None:
    with _opened(browser, address + KINDS["brief"], 320) as page:
        tables = page.locator(".table").all()
        assert {table.get_attribute("tabindex") for table in tables} == {"0"}
        wide = next(table for table in tables if table.evaluate("it => it.scrollWidth > it.clientWidth"))
        wide.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert page.evaluate("document.activeElement.className") == "table"
        assert page.evaluate("document.activeElement.scrollLeft") > 0


def test_fonts_are_those_of_the_site(browser: playwright.Browser, address: str) -> None:
    with _opened(browser, address + KINDS["brief"]) as page:
        loaded = page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts]"
            ".filter(font => font.status == 'loaded').map(font => font.family.replaceAll('\"', '')))"
        )
        assert {"Source Serif 4", "Source Sans 3"} <= set(loaded)


def test_reader_follows_a_note_there_and_back(browser: playwright.Browser, address: str) -> None:
    with _opened(browser, address + KINDS["brief"]) as page:
        page.click("#mark-1")
        assert page.url.endswith("#note-1")
        page.click("#note-1 .back")
        assert page.url.endswith("#mark-1")


def test_reader_walks_from_a_brief_to_the_fact_and_its_source(
    browser: playwright.Browser, address: str
) -> None:
    with _opened(browser, address) as page:
        page.click("main .cards a >> nth=0")
        page.click(".claim >> nth=0")
        page.click(".card:popover-open .card-links a")
        assert "/facts/" in page.url
        page.click(".evidence a >> nth=0")
        assert "/sources/" in page.url
        assert page.inner_text("h1")


def test_first_stop_of_the_keyboard_skips_to_the_text(browser: playwright.Browser, address: str) -> None:
    with _opened(browser, address + KINDS["brief"]) as page:
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


_ON_THE_WORDS = (
    "it => { const line = [...it.getClientRects()].at(-1); return [line.x + 3, line.y + line.height / 2] }"
)
"""A point on the last line of some words."""


@pytest.mark.parametrize("width", [1280, 320])
def test_words_open_their_evidence_without_scripts(
    width: int, brief_page: str, browser: playwright.Browser
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(brief_page)
    assert page.locator(".card").locator("visible=true").count() == 0
    claims = page.locator(".claim").all()
    assert len(claims) > 20
    for claim in claims[::4]:
        number = claim.locator("button").get_attribute("popovertarget")
        claim.scroll_into_view_if_needed()
        page.mouse.click(*claim.evaluate(_ON_THE_WORDS))
        card = page.locator(".card:popover-open")
        assert card.get_attribute("id") == number
        box, words = card.bounding_box(), claim.locator("button").bounding_box()
        assert box
        assert words
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
        middle = words["y"] + words["height"] / 2
        assert not box["y"] < middle < box["y"] + box["height"], "it hides the words"
        for part in ("Who says so", "¶", "Reliability", "independent origin"):
            assert part in card.inner_text()
        card.get_by_role("button", name="Close").click()
        assert _open_cards(page) == []
    pictures = os.environ.get("BRIEFING_PICTURES")
    if pictures:
        claims[2].click()
        page.screenshot(
            path=Path(pictures) / f"card-{width}-{'site' if '/site/' in brief_page else 'own'}.png"
        )
    context.close()


def test_keyboard_opens_reads_and_closes_a_card(brief_page: str, browser: playwright.Browser) -> None:
    with _opened(browser, brief_page) as page:
        page.locator(".bottom-line .claim button").nth(1).focus()
        page.keyboard.press("Enter")
        assert _open_cards(page) == ["evidence-1"]
        assert page.evaluate("document.activeElement.className") == "close"
        page.keyboard.press("Escape")
        assert _open_cards(page) == []
        assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == "evidence-1"
        ring = page.locator(".bottom-line .claim").nth(1)
        assert ring.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#note-1"


def test_one_card_at_a_time_and_a_click_beside_it_closes_it(
    brief_page: str, browser: playwright.Browser
) -> None:
    with _opened(browser, brief_page) as page:
        claims = page.locator(".bottom-line .claim")
        claims.nth(0).click()
        page.locator("#judgements .claim").nth(1).click()
        assert len(_open_cards(page)) == 1
        page.mouse.click(1270, 790)
        assert _open_cards(page) == []


def test_number_leads_to_the_note_and_the_note_opens_the_card(
    brief_page: str, browser: playwright.Browser
) -> None:
    with _opened(browser, brief_page) as page:
        page.click("#mark-2")
        page.click("#note-2 .open")
        assert _open_cards(page) == ["evidence-2"]


def test_button_is_named_by_its_words_and_card_by_its_note(
    brief_page: str, browser: playwright.Browser
) -> None:
    with _opened(browser, brief_page) as page:
        words = page.locator(".bottom-line .claim").nth(1).inner_text().strip()
        page.get_by_role("button", name=words, exact=True).first.press("Enter")
        assert page.get_by_role("dialog", name="Evidence, note 1").is_visible()


def test_copied_words_are_those_that_are_read(brief_page: str, browser: playwright.Browser) -> None:
    copied = (
        "() => { const range = document.createRange(); range.selectNodeContents("
        "document.querySelector('.bottom-line p')); const selection = getSelection(); "
        "selection.removeAllRanges(); selection.addRange(range); return selection.toString() }"
    )
    with _opened(browser, brief_page) as page:
        with_cards = page.evaluate(copied)
        page.evaluate("document.querySelectorAll('.claim button').forEach(it => it.remove())")
        assert page.evaluate(copied) == with_cards
        assert page.evaluate("window.find('Zelenskyy and Macron signed a declaration')")


def test_open_card_is_not_printed(brief_page: str, browser: playwright.Browser) -> None:
    with _opened(browser, brief_page) as page:
        page.locator(".claim").first.click()
        page.emulate_media(media="print")
        assert page.locator(".card").locator("visible=true").count() == 0
        assert page.locator(".open, .hint").locator("visible=true").count() == 0
        decoration = page.locator(".claim").first.evaluate("it => getComputedStyle(it).textDecorationLine")
        assert decoration == "none"


def test_lines_break_as_they_do_without_cards(brief_page: str, browser: playwright.Browser) -> None:
    """The button at the end of the words takes no room and parts no line."""
    with _opened(browser, brief_page) as page:
        height = "document.querySelector('article').getBoundingClientRect().height"
        before = page.evaluate(height)
        page.evaluate("document.querySelectorAll('.claim button').forEach(it => it.remove())")
        assert page.evaluate(height) == before


@pytest.mark.parametrize("brief", ["rafale-deal", "overview"])
def test_brief_s_own_page_needs_nothing_and_never_scrolls_sideways(
    brief: str, browser: playwright.Browser, shipped: Path
) -> None:
    address = (shipped / "briefs" / f"{brief}.html").as_uri()
    asked: list[str] = []
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
    assert asked == [address] * len(WIDTHS)


# -------------------------------------------------------------------------------------------- the past


PAST = (
    "changes.html",
    "editions/ferry-purchase-1.html",
    "editions/at-a-glance-1.html",
    "briefs/at-a-glance.html",
)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with editions, a withdrawal and renames; without downloads."""
    root = tmp_path_factory.mktemp("past")
    project = Project(Path(shutil.copytree(SAMPLE, root / "project")))
    ledgers.tell_a_story(project)
    for path, text in ledgers.site_of(project).items():
        (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / path).write_text(text, "utf-8")
    return root / "site"


@pytest.mark.parametrize("path", PAST)
def test_page_of_the_past_never_scrolls_sideways(path: str, browser: playwright.Browser, past: Path) -> None:
    pictures = os.environ.get("BRIEFING_PICTURES")
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto((past / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if pictures:
            name = f"past-{path.replace('/', '-').removesuffix('.html')}-{width}.png"
            page.screenshot(path=Path(pictures) / name, full_page=True)
        context.close()


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
    old: str, new: str, browser: playwright.Browser, past: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((past / old).as_uri())
    page.wait_for_url(f"**/{new}")
    assert page.inner_text("h1") != "Moved"
    context.close()
