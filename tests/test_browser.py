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
        page.click("a.fact >> nth=0")
        assert "/facts/" in page.url
        page.click(".evidence a >> nth=0")
        assert "/sources/" in page.url
        assert page.inner_text("h1")


def test_first_stop_of_the_keyboard_skips_to_the_text(browser: playwright.Browser, address: str) -> None:
    with _opened(browser, address + KINDS["brief"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0


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
