"""A browser for tests, what it looks at, and what no page may do while it is looked at."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright import sync_api as playwright

from tests.conftest import REPOSITORY, pictures

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTHS = (1280, 800, 320)
HEIGHT = 900


@dataclass(frozen=True)
class Kind:
    """A kind of page: one that stands for all that its template prints."""

    path: str
    """Below the folder of the results."""
    template: str
    story: bool = False
    """Of the sample after its editions, a withdrawal and renames; else of the shipped content."""


LONG_LISTS = frozenset(
    f"site-{name}"
    for name in ("index-of-briefs", "index-of-topics", "matters", "shelf", "sides", "statements")
)
"""The templates of pages that only long lists have; ``tests/site/test_lists.py`` looks at these."""
KINDS = {
    "home": Kind("site/index.html", "site-index"),
    "brief": Kind("site/briefs/rafale-deal.html", "site-brief"),
    "one-page brief": Kind("site/briefs/overview.html", "site-brief"),
    "fact": Kind("site/facts/rafale.declaration.html", "site-fact"),
    "facts": Kind("site/facts/index.html", "site-facts"),
    "topic": Kind("site/topics/rafale.html", "site-topic"),
    "source": Kind("site/sources/paris-visit.html", "site-source"),
    "sources": Kind("site/sources/index.html", "site-list"),
    "actor": Kind("site/actors/zelenskyy.html", "site-actor"),
    "actors": Kind("site/actors/index.html", "site-list"),
    "system": Kind("site/systems/rafale.html", "site-system"),
    "systems": Kind("site/systems/index.html", "site-list"),
    "matter": Kind("site/matters/rafale.html", "site-matter"),
    "matters": Kind("site/matters/index.html", "site-board"),
    "who says what": Kind("site/voices.html", "site-voices"),
    "timeline": Kind("site/timeline.html", "site-timeline"),
    "scales": Kind("site/scales.html", "site-scales"),
    "how to read": Kind("site/how-to-read.html", "site-how-to-read"),
    "review dates": Kind("site/reviews.html", "site-reviews"),
    "method": Kind("site/pages/method.html", "site-page"),
    "handbook": Kind("site/pages/handbook.html", "site-page"),
    "open questions": Kind("site/registers.html", "site-registers"),
    "coverage": Kind("site/coverage.html", "site-coverage"),
    "search": Kind("site/search.html", "site-search"),
    "changes": Kind("site/changes.html", "site-changes"),
    "changes of a month": Kind("site/changes/month_2026-02.html", "site-changes-of-month"),
    "changes of a story": Kind("site/changes.html", "site-changes", story=True),
    "home of a story": Kind("site/index.html", "site-index", story=True),
    "fact with a past": Kind("site/facts/ferry.count.html", "site-fact", story=True),
    "brief with editions": Kind("site/briefs/ferry-purchase.html", "site-brief", story=True),
    "drafts": Kind("site/drafts/index.html", "site-drafts", story=True),
    "draft": Kind("site/drafts/at-a-glance.html", "site-brief", story=True),
    "edition": Kind("site/editions/ferry-purchase-2.html", "site-edition", story=True),
    "edition that was corrected": Kind("site/editions/ferry-purchase-1.html", "site-edition", story=True),
    "edition that was withdrawn": Kind("site/editions/at-a-glance-1.html", "site-edition", story=True),
    "former address": Kind("site/facts/ferry.type.stays.html", "site-forward", story=True),
    "brief's own page": Kind("briefs/rafale-deal.html", "page"),
    "brief's own one page": Kind("briefs/overview.html", "page"),
    "redline": Kind("redline.html", "redline", story=True),
}
WITH_CARDS = ("brief", "brief's own page", "edition")
"""Kinds of page with evidence on cards: one for each template."""


def page_templates() -> set[str]:
    """Templates that print a page a reader sees: those that no other includes or builds upon,
    and that are no parts of one."""
    folder = REPOSITORY / "templates"
    texts = {
        path.name.removesuffix(".html.j2"): path.read_text("utf-8") for path in folder.rglob("*.html.j2")
    }
    used = {
        name
        for text in texts.values()
        for name in re.findall(r'(?:extends|include|import|from) "([a-z-]+)\.html\.j2"', text)
    }
    parts = {name for name in texts if name.endswith("-parts")}
    return {name for name in texts if name.startswith("site-")} - used - parts


@dataclass(frozen=True)
class Places:
    """Where the pages are: as files, and on a server in a folder below its root."""

    shipped: Path
    story: Path
    server: str

    def folder(self, kind: Kind) -> Path:
        return self.story if kind.story else self.shipped

    def file(self, name: str) -> str:
        """The address of a kind of page as a file."""
        return (self.folder(KINDS[name]) / KINDS[name].path).as_uri()

    def served(self, name: str) -> str:
        """The address of a kind of page on the server."""
        return f"{self.server}{'story' if KINDS[name].story else 'shipped'}/{KINDS[name].path}"


@contextlib.contextmanager
def started(home: Path) -> Iterator[playwright.Browser]:
    """A browser that asks for nothing of its own, and keeps what it notes in a folder given to it."""
    folders = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(home))
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            env={**os.environ, **folders},
            args=[
                *("--no-sandbox", "--disable-background-networking", "--disable-component-update"),
                # There is no screen; what draws for one would be a process more, and a seventh of the time.
                *("--disable-gpu", "--disable-software-rasterizer", "--in-process-gpu"),
            ],
        )
        yield browser
        browser.close()


@contextlib.contextmanager
def serving(**folders: Path) -> Iterator[str]:
    """The address below which each folder stands by its name."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            name, _, rest = path.removeprefix("/below/here/").partition("/")
            if not path.startswith("/below/here/") or name not in folders:
                return "/nonexistent"
            self.directory = str(folders[name])
            return super().translate_path(f"/{rest}")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/below/here/"
    server.shutdown()
    server.server_close()


def home_of(address: str) -> str:
    """The folder that a page may ask of: the site's, or that of a page of its own."""
    before, site, _ = address.partition("/site/")
    return before + site if site else address.rpartition("/")[0] + "/"


@dataclass(frozen=True)
class Tab:
    """A page that is kept for one address after another."""

    page: playwright.Page
    homes: list[str]
    wrong: list[str]


_tabs: dict[tuple[playwright.Browser, str], Tab] = {}
"""Those that no test looks at, by what they were made with: a window for each page takes twice the time."""


def _tab(browser: playwright.Browser, options: dict[str, Any]) -> Tab:
    if kept := _tabs.pop((browser, repr(options)), None):
        return kept
    page, homes = browser.new_context(**options).new_page(), [""]
    return Tab(page, homes, watched(page, homes))


@contextlib.contextmanager
def opened(
    browser: playwright.Browser,
    address: str,
    width: int = 1280,
    scripts: bool = True,
    scheme: Literal["light", "dark"] = "light",
    **context_options: Any,
) -> Iterator[playwright.Page]:
    """A page that may say nothing on the console, fail at nothing, and ask for nothing outside its folder."""
    options = {"java_script_enabled": scripts, **context_options}
    tab = _tab(browser, options)
    try:
        tab.page.set_viewport_size({"width": width, "height": HEIGHT})
        tab.page.emulate_media(media="null", color_scheme=scheme)
        tab.page.mouse.move(0, 0)
        left = tab.homes[0]
        tab.homes[:] = [home_of(address)]
        tab.wrong.clear()
        tab.page.goto(address)
        yield tab.page
        # On a busy machine the browser may ask only now for the icon of the page that it left.
        late = f"asks {left}"
        wrong = [it for it in tab.wrong if not (left and it.startswith(late) and it.endswith("/icon.svg"))]
        assert wrong == [], wrong
    except BaseException:
        tab.page.context.close()
        raise
    if len(tab.page.context.pages) > 1 or tab.page.is_closed():
        tab.page.context.close()
    else:
        _tabs[browser, repr(options)] = tab


def watched(page: playwright.Page, homes: Sequence[str]) -> list[str]:
    """What goes wrong on a page from now on: breaches of its own policy are told on the console.

    It may ask for what is in one of its homes.
    """
    wrong: list[str] = []

    def failed(request: playwright.Request) -> None:
        # What a page was still loading when it was left is no failure.
        if request.failure != "net::ERR_ABORTED":
            wrong.append(f"failed: {request.url}")

    def asked(request: playwright.Request) -> None:
        if not request.url.startswith((*homes, "data:,")):
            wrong.append(f"asks {request.url}")

    def answered(response: playwright.Response) -> None:
        if response.status >= 400:
            wrong.append(f"{response.status}: {response.url}")

    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("requestfailed", failed)
    page.on("request", asked)
    page.on("response", answered)
    return wrong


def opened_card(page: playwright.Page) -> playwright.Locator:
    """The first card of evidence on a page, opened."""
    page.locator("sup.mark button").first.click()
    card = page.locator(".card:popover-open")
    card.wait_for()
    return card


def keep(page: playwright.Page, name: str) -> None:
    """Keep a picture of what a page shows, if pictures are asked for."""
    folder = pictures()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{re.sub('[^a-z0-9]+', '-', name)}.png", full_page=True)
