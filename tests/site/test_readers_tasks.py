"""What readers want of the shipped site: each finds it with the search, with clicks, and on paper.

What they should find was read from ``content/``; if the search does not give it, the search is at fault.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright import sync_api as playwright

from briefing.build import steps
from briefing.model.library import Library
from briefing.store import disk, request
from tests.browsing import opened
from tests.conftest import REPOSITORY

FIRST, AMONG_FIRST = 1, 3
SEARCHES = {
    # Spellings of names
    "zelensky": ("actors/zelenskyy.html", FIRST),
    "Fedorow": ("actors/fedorov.html", FIRST),
    "rafaele": ("matters/rafale.html", FIRST),
    "Vautrin visited Kiev": ("facts/events-and-visits.vautrin-visit.html", FIRST),
    "Élysée": ("actors/elysee.html", FIRST),
    # Ukrainian and Russian letters
    "Зеленський": ("actors/zelenskyy.html", FIRST),
    "Фёдоров": ("actors/fedorov.html", FIRST),
    "Макрон": ("actors/macron.html", FIRST),
    "Рафаль": ("matters/rafale.html", FIRST),
    "Міраж 2000": ("matters/mirage-2000.html", FIRST),
    # Numbers
    "100 Rafale": ("facts/rafale.aircraft.html", AMONG_FIRST),
    "by 2035": ("facts/rafale.horizon.html", FIRST),
    "EUR 90 billion": ("matters/loan-mechanism.html", FIRST),
    "€90bn": ("matters/loan-mechanism.html", FIRST),
    # British and American, singular and plural, abbreviations
    "air defense": ("briefs/air-defence.html", FIRST),
    "modernize SAMP/T": ("facts/air-defence.samp-t-improvement-proposal.html", FIRST),
    "Ukrainian minister of defense": ("actors/fedorov.html", FIRST),
    "loan mechanisms": ("matters/loan-mechanism.html", FIRST),
    "EU loan": ("matters/joint-projects-financing.html", AMONG_FIRST),
    "LNG sanctions": ("facts/diplomacy-and-sanctions.lng-sanctions.html", FIRST),
    "SAMP-T": ("matters/samp-t.html", FIRST),
    # Phrases and questions
    '"declaration of intent"': ("facts/rafale.declaration.html", AMONG_FIRST),
    '"historic order"': ("facts/rafale.order-wording.html", AMONG_FIRST),
    "who pays for the Rafale": ("topics/rafale.html#gap-financing", AMONG_FIRST),
    "rafale contract": ("topics/rafale.html#judgement-first-contract", AMONG_FIRST),
    "drone capacity": ("facts/drone-co-production.capacity.html", AMONG_FIRST),
}
"""What readers write, with the page that answers it and how far down it may be."""


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped corpus."""
    found = steps.link(steps.read(disk.read(REPOSITORY, request.FOLDERS))).library
    assert found
    return found


@pytest.fixture
def front(browser: playwright.Browser, shipped: Path) -> Iterator[playwright.Page]:
    """The front page, as a file of a disk."""
    with opened(browser, (shipped / "site" / "index.html").as_uri()) as page:
        yield page


def search(page: playwright.Page, query: str) -> list[str]:
    """Write a query into the search field of a page, and return the paths of what is found."""
    page.fill(".site-search input, #search-words", query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?**")
    said(page, f"“{query}”")
    return paths(page)


def said(page: playwright.Page, words: str = "result") -> str:
    """Return what the page says of its results, once they are there."""
    status = page.locator("#search-status")
    playwright.expect(status).to_contain_text(words)
    return status.inner_text()


def paths(page: playwright.Page) -> list[str]:
    """Return the paths of the results that are shown, below the site's folder."""
    home = page.url.partition("/search.html")[0]
    links = page.locator("#search-results .result-title a").evaluate_all("all => all.map((it) => it.href)")
    return [link.removeprefix(f"{home}/") for link in links]


def facts_in(page: playwright.Page, within: str = "main") -> set[str]:
    """Return the keys of the facts that a part of a page links."""
    links = page.locator(f'{within} a[href*="facts/"]').evaluate_all("all => all.map((it) => it.href)")
    return {match[1] for link in links if (match := re.search(r"/facts/([^/#]+\.[^/#]+)\.html", link))}


def show_all(page: playwright.Page) -> None:
    """Press "Show more" until all results are shown."""
    while (more := page.locator("#search-results .more")).count():
        before = len(paths(page))
        more.click()
        page.wait_for_function(
            "before => document.querySelectorAll('.result-title').length > before", arg=before
        )


# ------------------------------------------------------------------------------------------- searches


def test_what_readers_search_for_is_at_the_top(front: playwright.Page) -> None:
    search(front, "Ukraine")
    wrong = {}
    for query, (path, within) in SEARCHES.items():
        front.evaluate("document.getElementById('search-status').textContent = ''")
        front.fill("#search-words", query)
        said(front, f"“{query}”")
        found = paths(front)[:AMONG_FIRST]
        if path not in found[:within]:
            wrong[query] = found
    assert not wrong


def test_each_facet_leaves_what_the_corpus_says(front: playwright.Page, library: Library) -> None:
    """With each facet chosen alone, its number is that of the results, and each of these has its value."""
    facts = library.facts.values()
    judgements = {f"topics/{key.replace('.', '.html#judgement-')}" for key in library.judgements}
    warfare = {f"facts/{fact.id}.html" for fact in facts if fact.id.startswith("electronic-warfare.")}
    interested = {f"facts/{fact.id}.html" for fact in facts if fact.status and fact.status.id == "interest"}
    expected = {
        "kind": ("Judgements", judgements),
        "topic": ("Electronic warfare", warfare),
        "side": ("Russia", {"actors/russia.html"}),
        "status": ("interest", interested),
        "year": ("2022", {"facts/diplomacy-and-sanctions.invasion.html"}),
    }
    search(front, "Ukraine")
    for facet, (value, wanted) in expected.items():
        front.goto(f"{front.url.partition('?')[0]}?{facet}=")  # begin anew
        front.fill("#search-words", "Russia" if facet == "side" else "Ukraine")
        said(front, "results for")
        select = front.locator(f"#facet-{facet}")
        option = select.locator("option", has_text=value).first
        select.select_option(value=option.get_attribute("value"))
        front.fill("#search-words", "")
        number = int(said(front, "result").split()[0].replace(",", ""))
        show_all(front)
        found = paths(front)
        assert len(found) == number, facet
        assert wanted <= set(found), facet
        if facet in ("kind", "status"):
            assert wanted == set(found), facet
        front.click("#search-clear")


def test_keys_go_through_the_results_and_back_and_counts_are_announced(front: playwright.Page) -> None:
    search(front, "SAMP/T")
    assert (
        front.locator("#search-status").get_attribute("role") == "status"
    )  # which is read out when it changes
    front.focus("#search-words")
    for _ in range(3):
        front.keyboard.press("ArrowDown")
    third = front.locator("#search-results .result-title a").nth(2)
    playwright.expect(third).to_be_focused()
    front.keyboard.press("ArrowUp")
    playwright.expect(front.locator("#search-results .result-title a").nth(1)).to_be_focused()
    front.keyboard.press("Escape")
    playwright.expect(front.locator("#search-words")).to_be_focused()
    assert front.input_value("#search-words") == "SAMP/T"
    front.keyboard.press("Escape")
    assert front.input_value("#search-words") == ""
    playwright.expect(front.locator("#search-status")).to_have_text("")
    assert paths(front) == []
    front.keyboard.type("Rafale")
    said(front, "results for “Rafale”")
    front.keyboard.press("ArrowDown")
    front.keyboard.press("Enter")
    front.wait_for_url("**/matters/rafale.html")


def test_excerpts_are_whole_sentences(front: playwright.Page) -> None:
    search(front, "declaration of intent")
    texts = front.locator(".result-text").all_inner_texts()
    assert len(texts) > 10
    is_whole = re.compile(r"^[\W\d]*[A-Z(].*[.?!:”…)]$|·", re.DOTALL)
    assert [text for text in texts if not is_whole.search(text.strip())] == []


# ------------------------------------------------------------------------------------------ the tasks


def test_how_many_rafale_and_is_it_a_contract(front: playwright.Page) -> None:
    found = search(front, "how many Rafale")
    assert "briefs/rafale-deal.html" in found[:AMONG_FIRST]
    front.click("#search-results a[href$='briefs/rafale-deal.html']")
    bottom_line = front.inner_text(".bottom-line")
    assert "100 Rafale F4 aircraft" in bottom_line
    assert "a declaration of intent" in bottom_line
    assert "names no Rafale contract" in bottom_line
    found = search(front, "Is there a contract for the Rafale?")
    assert found[0] == "topics/rafale.html#gap-contract"
    front.locator("#search-results .result-title a").first.click()
    assert "Our texts mention none." in front.inner_text("#gap-contract")


def test_who_pays(front: playwright.Page) -> None:
    found = search(front, "who pays")
    assert "topics/rafale.html#gap-financing" in found
    kinds = [front.locator(".result-kind").nth(at).inner_text() for at in range(6)]
    assert sum(kind.startswith("Open question") for kind in kinds) >= 3
    front.click("#search-results a[href$='#gap-financing']")
    assert "tie no loan and no programme to it" in front.inner_text("#gap-financing")
    front.click(".menu a:text-is('Briefs')")
    front.click("main a[href$='briefs/financing.html'] >> nth=0")
    assert "tie no sum to the Rafale" in front.inner_text(".bottom-line")


def test_who_pays_what_one_side_says_and_what_has_no_date_are_two_clicks_away(front: playwright.Page) -> None:
    home = front.url
    front.click(".rail a:text-is('Who pays')")
    assert "Who is to pay for the Rafale, and from which funds?" in front.inner_text("#payment")
    front.goto(home)
    front.click(".menu a:text-is('State of play')")
    assert front.locator("main td a:text-is('payer open')").count() > 10
    front.click("main .key a:text-is('France')")
    front.wait_for_url("**/actors/france.html")
    assert "Our texts have no words of its own speakers, except as others relay them, on" in front.inner_text(
        "#matters"
    )
    front.goto(home)
    front.click(".menu a:text-is('Timeline')")
    front.click("main .jumps a:has-text('Without a date')")
    assert front.url.endswith("timeline.html#undated")


def test_everything_on_samp_t(front: playwright.Page, library: Library) -> None:
    wanted = {
        str(fact.id)
        for fact in library.facts.values()
        if "samp-t" in fact.matters or {"samp-t", "samp-t-new-generation"} & set(fact.systems)
    }
    assert search(front, "SAMP/T")[0] == "matters/samp-t.html"
    front.locator("#search-results .result-title a").first.click()
    found = facts_in(front)
    systems = front.locator("main a[href*='systems/']").evaluate_all("all => all.map((it) => it.href)")
    for address in dict.fromkeys(systems):
        front.click(f"main a[href$='{address.rpartition('/')[2]}'] >> nth=0")
        found |= facts_in(front)
        front.go_back()
    assert wanted <= found
    search(front, "SAMP/T")
    show_all(front)
    listed = {path.removeprefix("facts/").removesuffix(".html") for path in paths(front)}
    assert wanted <= listed


def test_what_changed_since_a_date(front: playwright.Page) -> None:
    """On the front page what moved; on the page of changes what became known since a day, and only that.

    The letter of February is another speaker's word than the announcement of November, and so no move.
    """
    nothing = "Our texts report no change of the status, figure or date of anything recorded."
    assert nothing in front.inner_text("#news")
    front.click("#news >> text=All changes")
    front.wait_for_url("**/changes.html")
    assert nothing in front.inner_text("#moves")
    days = front.locator("section.day:visible h3")
    assert days.count() > 2
    front.fill("#since-day", "2026-01-01")
    front.click("form.since >> text='Show'")
    shown = ["1 December 2026", "30 November 2026", "9 February 2026", "[9 February 2026]"]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in days.all_inner_texts()] == shown
    playwright.expect(front.locator("#since-status")).to_contain_text("Moves: 0.")
    assert front.locator("section.day:visible .happening").count() == 30, "the editions of those days"
    months = front.locator("section.month:visible > h2").all_inner_texts()
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in months] == [
        "December 2026",
        "November 2026",
        "February 2026",
    ]
    address = front.url
    assert address.endswith("#since=2026-01-01")
    front.click("form.since >> text='Show everything'")
    assert days.count() > 2
    front.goto("about:blank")
    front.goto(address)  # an address that somebody was sent
    assert days.count() == len(shown)
    front.fill("#since-day", "2099-01-01")
    front.keyboard.press("Enter")
    assert days.count() == 0
    playwright.expect(front.locator("#since-status")).to_have_text("Nothing was recorded since then.")


def test_what_only_france_says(front: playwright.Page, library: Library) -> None:
    wanted = {
        str(fact.id)
        for fact in library.facts.values()
        if fact.said_by and {library.side_of(name) for name in fact.said_by} == {"france"}
    }
    assert wanted
    front.click(".menu a:text-is('Who says what')")
    rows = front.locator("main tbody tr")
    groups = rows.evaluate_all("all => all.map((row) => row.matches('.group') ? row.innerText.trim() : '')")
    names = rows.evaluate_all("all => all.map((row) => row.querySelector('th a')?.innerText)")
    at = groups.index("France") + 1
    speakers = list(itertools.takewhile(bool, names[at:]))
    assert "Catherine Vautrin" in speakers
    found = set()
    for speaker in speakers:
        front.click(f"main th >> text={speaker}")
        found |= facts_in(front)
        front.go_back()
    assert wanted <= found
    search(front, "France")
    front.select_option("#facet-kind", "fact")
    front.select_option("#facet-side", "france")
    front.fill("#search-words", "")
    playwright.expect(front.locator("#search-status")).to_have_text(re.compile(r"^\d+ results\.$"))
    show_all(front)
    listed = {path.removeprefix("facts/").removesuffix(".html") for path in paths(front)}
    said_there = {
        str(it.id) for it in library.facts.values() if "france" in [*map(library.side_of, it.said_by)]
    }
    assert listed == said_there


def test_a_brief_is_printed_whole(front: playwright.Page) -> None:
    """The print has every heading, paragraph, item and cell of the brief, and no control of the site."""
    search(front, "Rafale for Ukraine")
    front.click("#search-results a[href$='briefs/rafale-deal.html'] >> nth=0")
    shown = front.locator("main .part :is(h2, h3, p, li, td, th)").evaluate_all(
        """all => all.filter((it) => !it.closest(".card, .as-csv")).map((it) => {
            const copy = it.cloneNode(true);
            copy.querySelectorAll("sup, svg, .card, .mark, .back, .open, .hint").forEach((it) => it.remove());
            return copy.querySelector("p, li") ? "" : copy.textContent;
        })"""
    )
    with pypdfium2.PdfDocument(front.pdf(format="A4")) as document:
        printed = "".join(page.get_textpage().get_text_range() for page in document)
        assert 3 <= len(document) <= 12
    assert len(list(filter(None, shown))) > 60
    assert [text for text in shown if _letters(text) not in _letters(printed)] == []
    assert not re.search("Menu|Search", printed)


def _letters(text: str) -> str:
    """Return the letters of a text in small ones: all else, and numbers of notes, are a matter of print."""
    return re.sub(r"[\W\d_]+", "", text).lower()
