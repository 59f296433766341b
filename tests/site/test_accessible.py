"""Every kind of page goes through axe-core: by day and by night, on a wide screen and on a narrow one."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright import sync_api as playwright

from tests.browsing import HEIGHT, KINDS, WITH_CARDS, Places, keep, opened, opened_card

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1280, 320)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""By night the same elements stand in other colours, and nothing else differs."""


def with_axe(page: playwright.Page) -> None:
    page.evaluate("document.fonts.ready.then(() => null)")
    page.evaluate(AXE_SCRIPT)


def violations(page: playwright.Page, scheme: str, part: str = "html") -> list[str]:
    """What axe finds in a part of a page that has it; all else that it answers stays in the browser."""
    only = {"type": "rule", "values": COLOURS} if scheme == "dark" else {"type": "tag", "values": TAGS}
    found = page.evaluate(
        "([part, options]) => axe.run(part, options).then(found => found.violations)",
        [part, {"runOnly": only, "resultTypes": ["violations"], "preload": False}],
    )
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}" for item in found for node in item["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, browser: playwright.Browser, places: Places) -> None:
    wrong: dict[tuple[object, ...], list[str]] = {}
    # The page's own policy lets no script in but its own; the axe is the tester's.
    with opened(browser, places.file(kind), bypass_csp=True) as page:
        with_axe(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                wrong[width, scheme] = violations(page, scheme)
                if (width, scheme) != (320, "dark"):
                    keep(page, f"{kind} {width} {scheme}")
                if kind in WITH_CARDS:
                    card = opened_card(page)
                    # The rest of the page is as before.
                    wrong[width, scheme, "open"] = violations(page, scheme, ".card:popover-open")
                    keep(page, f"{kind} {width} {scheme} open")
                    card.get_by_role("button", name="Close").click()
    assert [f"{state}: {item}" for state, found in wrong.items() for item in found] == []


def test_axe_sees_what_is_wrong(browser: playwright.Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><html lang='en'><title>Bad</title><main><h1>Bad</h1><p style='color:#ccc'>pale</p>"
        "<svg role='img'></svg></main>",
        "utf-8",
    )
    with opened(browser, bad.as_uri()) as page:
        with_axe(page)
        found = violations(page, "light")
    assert {item.partition(":")[0] for item in found} >= {"color-contrast", "svg-img-alt"}
