"""A person walks through the site: looks for something, opens what is found, and follows it to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright import sync_api as playwright
from playwright.sync_api import expect

from tests.browsing import WIDTHS, Places, opened

ADDRESSES = ("files", "server")


@pytest.fixture(params=ADDRESSES)
def home(request: pytest.FixtureRequest, places: Places) -> str:
    """The front page, as a file and on a server."""
    return places.file("home") if request.param == "files" else places.served("home")


@pytest.mark.parametrize("width", WIDTHS)
def test_reader_goes_from_the_home_to_a_source_and_back_to_the_brief(
    home: str, width: int, browser: playwright.Browser
) -> None:
    with opened(browser, home, width) as page:
        page.get_by_role("searchbox").fill("buy Rafale aircraft")
        page.get_by_role("searchbox").press("Enter")
        found = page.locator("#search-results a", has_text="can buy 100 Rafale F4 aircraft").first
        found.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("can buy 100 Rafale F4 aircraft")
        assert page.url.endswith("facts/rafale.aircraft.html")

        page.locator(".evidence a").first.click()
        assert "/sources/" in page.url
        page.go_back()
        page.get_by_role("link", name="Rafale for Ukraine", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Rafale for Ukraine")

        page.locator(".bottom-line sup.mark button").nth(1).click()
        expect(page.get_by_role("dialog")).to_contain_text("Who says so")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.goto(page.url.partition("#")[0] + "#cite")
        expect(page.locator("#cite")).to_be_in_viewport()
        assert "Rafale for Ukraine" in page.locator("#cite blockquote").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_reader_without_scripts_finds_a_fact_by_its_topic(
    home: str, width: int, browser: playwright.Browser
) -> None:
    with opened(browser, home, width, scripts=False) as page:
        page.locator(".state-of-play").get_by_role("link", name="Rafale", exact=True).click()
        assert page.url.endswith("topics/rafale.html")
        page.locator("#facts a", has_text="version F4").first.click()
        assert "/facts/rafale." in page.url
        page.locator(".crumbs a", has_text="Overview").click()
        assert page.url == home


@pytest.mark.parametrize("width", [1280, 320])
def test_keyboard_alone_reaches_the_menu_the_search_and_the_evidence(
    home: str, width: int, browser: playwright.Browser
) -> None:
    with opened(browser, home, width) as page:
        stops = [_stop(page) for _ in range(9)]
        assert stops[0].startswith("a.skip")
        assert any(stop.startswith("input") for stop in stops)
        in_menu = "summary" if width == 320 else "a Overview"
        assert any(stop.startswith(in_menu) for stop in stops), stops
        if width == 320:
            page.locator(".menu summary").focus()
            page.keyboard.press("Enter")
        page.locator(".menu").get_by_role("link", name="Timeline").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/timeline.html")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/timeline.html#content")
        assert _stop(page).startswith("a ")


def _stop(page: playwright.Page) -> str:
    """Press Tab, and say where that leads."""
    page.keyboard.press("Tab")
    return str(
        page.evaluate(
            "() => { const it = document.activeElement; const box = it.getBoundingClientRect();"
            " if (!box.width) throw new Error('the focus is out of sight');"
            " return it.localName + (it.className ? '.' + it.className : '') + ' ' + it.innerText.trim() }"
        )
    )


def _downloads(page: playwright.Page) -> Iterator[str]:
    for link in page.locator(".downloads a").all():
        yield link.get_attribute("href") or ""


def test_downloads_of_a_brief_are_there(browser: playwright.Browser, places: Places) -> None:
    address = places.served("brief")
    with opened(browser, address) as page:
        named = list(_downloads(page))
        assert {re.sub(r"^[a-z-]+", "", name) for name in named} == {
            *(".pdf", ".two-page.pdf", ".flash.pdf", ".md", ".json")
        }
        for name in named:
            answer = page.request.get(f"{address.rpartition('/')[0]}/{name}")
            assert answer.ok, name
            assert len(answer.body()) > 500, name


def test_every_link_of_the_menu_leads_somewhere(browser: playwright.Browser, places: Places) -> None:
    home = places.served("home")
    with opened(browser, home) as page:
        targets = {link.get_attribute("href") or "" for link in page.locator(".menu a, .site-foot a").all()}
        assert len(targets) > 12
        data = {target for target in targets if target.endswith((".atom", ".ics", ".json"))}
        for target in sorted(data):
            assert page.request.get(f"{home.rpartition('/')[0]}/{target}").ok, target
    for target in sorted(targets - data):
        with opened(browser, f"{home.rpartition('/')[0]}/{target}", 800) as page:
            assert page.get_by_role("heading", level=1).count() == 1, target
