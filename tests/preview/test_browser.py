"""The preview as somebody sees it who writes: a real browser, a real process, and files saved beside them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright import sync_api as playwright

from tests import browsing
from tests.browsing import keep
from tests.conftest import SAMPLE, Project, contents
from tests.preview.running import Served, preview

pytestmark = [pytest.mark.pdf, pytest.mark.process, pytest.mark.browser]
BRIEF = "ferry-purchase"
FILE = f"content/briefs/{BRIEF}.md"
PARAGRAPH = "There is no contract."
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ONLY = "resultTypes: ['violations'], preload: false"
"""What axe need not look for: the place of everything that is well, and styles from other hosts."""


@dataclass
class Desk:
    """A project that is previewed, with the texts that it began with."""

    project: Project
    served: Served
    files: dict[str, bytes]

    def put_back(self) -> None:
        """Take back what a test has changed."""
        now = contents(self.project.root / "content")
        for path, data in self.files.items():
            if now.get(path) != data:
                (self.project.root / "content" / path).write_bytes(data)

    def add(self, words: str, before: str = "## What is paid") -> None:
        """Write a paragraph into the brief."""
        self.project.change(FILE, before, f"{words}\n\n{before}")


@pytest.fixture(scope="module")
def of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("desk") / "project")))
    said = project.build("--format", "html", "--format", "site")
    assert said.exit_code == 0, said.text
    with preview(project.root, BRIEF) as served:
        yield Desk(project, served, contents(project.root / "content"))


@pytest.fixture
def desk(of_module: Desk) -> Iterator[Desk]:
    """The same preview for every test, of the same texts."""
    before = contents(of_module.project.output)
    yield of_module
    of_module.put_back()
    assert contents(of_module.project.output) == before


def opened(desk: Desk, browser: playwright.Browser, view: str = "site") -> playwright.Page:
    """The preview in one view, once the checks have run; it may say nothing on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": browsing.HEIGHT}, bypass_csp=True)
    page = context.new_page()
    page.wrong = browsing.watched(page, [desk.served.address])  # type: ignore[attr-defined]
    page.goto(f"{desk.served.address}show/{BRIEF}/{view}")
    shown(page).locator("main").wait_for()
    page.locator(".counted").filter(has_text=re.compile(r"\S")).wait_for()
    return page


def closed(page: playwright.Page) -> None:
    wrong: list[str] = page.wrong  # type: ignore[attr-defined]
    page.context.close()
    assert wrong == []


def shown(page: playwright.Page) -> playwright.FrameLocator:
    """The document within the frame."""
    return page.frame_locator("iframe.shown")


def top_of(page: playwright.Page, selector: str) -> float:
    """How far below the upper edge of the frame an element is."""
    script = "selector => document.querySelector('iframe.shown').contentDocument.querySelector(selector)"
    return float(page.evaluate(f"({script})('{selector}').getBoundingClientRect().top"))


def scroll_to(page: playwright.Page, selector: str) -> None:
    page.evaluate(
        "selector => document.querySelector('iframe.shown').contentDocument.querySelector(selector)"
        ".scrollIntoView({ block: 'start', behavior: 'instant' })",
        selector,
    )


def test_a_saved_sentence_appears_by_itself_at_the_place_that_is_read(
    desk: Desk, browser: playwright.Browser
) -> None:
    page = opened(desk, browser)
    heading = "[id$=what-is-paid]"
    scroll_to(page, heading)
    before = top_of(page, heading)
    desk.add("A paragraph that was not there. " * 12)
    shown(page).get_by_text("A paragraph that was not there").first.wait_for()
    assert abs(top_of(page, heading) - before) < 2
    # The words that somebody reads may change themselves; then those beside them keep the place.
    desk.project.change(FILE, "## What is paid", "## What is paid, and by whom")
    shown(page).get_by_role("heading", name="What is paid, and by whom").wait_for()
    assert abs(top_of(page, "[id$=and-by-whom]") - before) < 40
    closed(page)


def test_an_open_card_and_the_focus_outlast_a_save(desk: Desk, browser: playwright.Browser) -> None:
    page = opened(desk, browser)
    shown(page).locator("sup.mark button").nth(2).click()
    card = shown(page).locator(".card:popover-open")
    card.wait_for()
    name = card.get_attribute("id")
    desk.add("A paragraph more.")
    shown(page).get_by_text("A paragraph more.").wait_for()
    assert card.get_attribute("id") == name
    closed(page)


def test_a_finding_is_shown_at_its_sentence_and_goes_when_that_is_corrected(
    desk: Desk, browser: playwright.Browser
) -> None:
    page = opened(desk, browser)
    desk.add("The yard has built 250 ships for both.")
    mark = shown(page).locator("mark.found.error")
    mark.first.wait_for()
    assert mark.first.text_content() == "The yard has built 250 ships for both"
    badge = shown(page).locator(".found-badge.error")
    badge.focus()
    badge.press("Enter")
    shown(page).locator(".found-card:popover-open", has_text="'250' is not in a fact link").wait_for()
    number = badge.text_content()
    item = page.locator(f"#found-{number}")
    assert "at" in (item.get_attribute("class") or "")
    line = desk.project.read(FILE).split("The yard")[0].count("\n") + 1
    assert f"{FILE}:{line}:20" in (item.text_content() or "")
    keep(page, "preview with a finding")
    scroll_to(page, "h1")
    item.get_by_role("button").click()
    playwright.expect(badge).to_be_in_viewport()
    desk.project.change(FILE, "250 ships", "ships")
    page.locator(f"#found-{number}").wait_for(state="detached")
    mark.first.wait_for(state="detached")
    closed(page)


def test_while_a_file_is_broken_the_last_page_stays_and_the_place_of_the_error_is_named(
    desk: Desk, browser: playwright.Browser
) -> None:
    page = opened(desk, browser)
    desk.project.change(FILE, "owner: R. Lund", "owner: [R. Lund")
    page.locator(".held").wait_for()
    assert f"{FILE}:4:8" in (page.locator(".finding.error").first.text_content() or "")
    assert "owner: [R. Lund" in (page.locator(".finding.error pre").first.text_content() or "")
    playwright.expect(shown(page).get_by_text(PARAGRAPH).first).to_be_visible()
    keep(page, "preview with a broken file")
    desk.project.change(FILE, "owner: [R. Lund", "owner: R. Lund")
    page.locator(".held").wait_for(state="detached")
    closed(page)


@pytest.mark.pdf
@pytest.mark.parametrize("view", ["pdf", "two-page", "flash"])
def test_a_pdf_follows_as_well(desk: Desk, browser: playwright.Browser, view: str) -> None:
    page = opened(desk, browser, view)
    picture = shown(page).locator("img").first
    playwright.expect(picture).to_have_js_property("complete", True)
    before = picture.get_attribute("src") or ""
    assert (picture.get_attribute("alt") or "").startswith("Page 1 of")
    keep(page, f"preview of the {view}")
    desk.project.change(FILE, "title: The ferry purchase", "title: The purchase of ferries")
    playwright.expect(shown(page).locator("img").first).not_to_have_attribute("src", before)
    assert page.title() == "The purchase of ferries – Preview"
    assert shown(page).locator("h1").text_content() == "The purchase of ferries"
    closed(page)


def test_a_link_to_another_brief_takes_the_bar_along(desk: Desk, browser: playwright.Browser) -> None:
    page = opened(desk, browser)
    page.locator(".preview-briefs summary").click()
    page.get_by_role("link", name="Ferries at a glance").click()
    playwright.expect(page.locator(".preview-briefs summary")).to_have_text("Ferries at a glance")
    shown(page).get_by_role("link", name="Overview").first.wait_for()
    closed(page)


def test_a_page_of_a_fact_follows_a_save(desk: Desk, browser: playwright.Browser) -> None:
    page = opened(desk, browser)
    shown(page).locator("sup.mark button").first.click()
    shown(page).locator(".card:popover-open .card-links a").click()
    shown(page).get_by_text("Holm and Brandt signed a letter of intent on ferries.").first.wait_for()
    desk.project.change(
        "content/facts/ferry.yaml",
        "statement: Holm and Brandt signed a letter",
        "statement: They signed a letter",
    )
    shown(page).get_by_text("They signed a letter of intent on ferries.").first.wait_for()
    closed(page)


def test_the_end_of_the_preview_is_said(tmp_path: Path, browser: playwright.Browser) -> None:
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path / "project")))
    with preview(project.root, BRIEF) as served:
        page = browser.new_page()
        page.goto(served.address)
        shown(page).locator("main").wait_for()
        assert served.command.end() == 0
        page.locator("#status", has_text="The preview has ended").wait_for()
        page.close()


@pytest.mark.parametrize("view", ["site", "html", "markdown"])
def test_axe_finds_nothing(desk: Desk, browser: playwright.Browser, view: str) -> None:
    page = opened(desk, browser, view)
    desk.add("The yard has built 250 ships for both.")
    page.locator(".finding.error").first.wait_for()
    playwright.expect(page.locator("iframe")).to_have_count(1)
    page.add_script_tag(content=AXE_SCRIPT)
    body = shown(page).locator("body")
    body.evaluate("(_, script) => { window.eval(script); }", AXE_SCRIPT)
    wrong = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": browsing.HEIGHT})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(f"axe.run({{ iframes: false, {ONLY} }}).then(found => found.violations)")
            found += body.evaluate(f"axe.run({{ {ONLY} }}).then(found => found.violations)")
            wrong += [(width, scheme, item["id"], [node["html"] for node in item["nodes"]]) for item in found]
            keep(page, f"preview {view} {scheme} {width}")
    assert wrong == []
    closed(page)
