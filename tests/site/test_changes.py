"""What the site says of change: editions, all changes by day, former addresses; and what it keeps back."""

from __future__ import annotations

import dataclasses
import itertools
import json
import posixpath
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.build.steps import Snapshot
from briefing.changes import history
from briefing.editions import freeze
from briefing.formats import base, markdown, registry
from briefing.formats.pdf import prepare as pdf
from briefing.language.wording import Wording
from briefing.model.editions import FactFile
from briefing.model.values import Date, EditionNumber, Slug
from briefing.site import all_changes, lists, months
from tests import ledgers, matters, values
from tests.conftest import Page, Project, snapshot_of

FORWARDS = {
    "briefs/overview.html": "briefs/at-a-glance.html",
    "editions/overview-1.html": "editions/at-a-glance-1.html",
    "facts/ferry.type.html": "facts/ferry.class.html",
    "facts/harbour.storm.html": "facts/quays.storm.html",
    "topics/harbour.html": "topics/quays.html",
}

MARCH, APRIL, MAY = (f"changes/month_2031-0{month}.html" for month in (3, 4, 5))
"""The pages of the months of the sample."""


@pytest.fixture(scope="module")
def pages(told_site: Mapping[str, str]) -> Mapping[str, Page]:
    return {path: Page(text) for path, text in told_site.items() if path.endswith(".html")}


def _targets(path: str, page: Page) -> set[str]:
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), address.partition("#")[0]))
        for tag, address in page.addresses
        if tag == "a"
    }


# ------------------------------------------------------------------------------------------- all pages


def test_every_link_of_a_site_with_a_past_leads_somewhere(
    told_site: Mapping[str, str], pages: Mapping[str, Page]
) -> None:
    for path, page in pages.items():
        for tag, address in page.addresses:
            target, _, fragment = address.partition("#")
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if address == "data:," or where == "calendar.ics":
                continue
            assert where in told_site, (path, tag, address)
            assert not fragment or fragment in pages[where].ids, (path, address)


def test_every_page_of_a_site_with_a_past_is_sound(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert [name for name in page.ids if page.ids.count(name) > 1 or not name] == [], path
        levels = [int(item.tag[1]) for item in page.elements if re.fullmatch("h[1-6]", item.tag)]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path


def test_feeds_are_found_from_every_page(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        if path not in FORWARDS and not path.startswith(("facts/harbour.", "editions/overview")):
            root = "../" * path.count("/")
            found = {item["href"] for item in page.every("link") if item.get("rel") == "alternate"}
            assert found >= {f"{root}editions.atom", f"{root}facts.atom"}, path


# --------------------------------------------------------------------------------------------- editions


def test_every_edition_stays_readable_under_an_address_of_its_own(pages: Mapping[str, Page]) -> None:
    first, second = pages["editions/ferry-purchase-1.html"], pages["editions/ferry-purchase-2.html"]
    assert "that names 4 ferries" in first.text
    assert "that names 5 ferries" in second.text
    for words in (
        "Issued 10 April 2031 by R. Lund: First edition.",
        "sha256 " + "a" * 64,
        "1 of 10 April 2031",
    ):
        assert words.replace(" ", "") in first.text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    assert "editions/ferry-purchase-2.html" in _targets("editions/ferry-purchase-1.html", first)


def test_the_notice_of_an_old_edition_leads_to_the_one_that_it_names(told_site: Mapping[str, str]) -> None:
    page = told_site["editions/ferry-purchase-1.html"]
    assert 'role="note"><a href="../editions/ferry-purchase-2.html">This edition was wrong' in page


def test_edition_that_was_wrong_or_withdrawn_says_so_before_anything_else(pages: Mapping[str, Page]) -> None:
    for path, words in (
        ("editions/ferry-purchase-1.html", "This edition was wrong. Edition 2 of"),
        ("editions/at-a-glance-1.html", "Withdrawn on"),
    ):
        text = pages[path].text
        assert words in text
        assert text.index(words) < text.index("Bottom line")
        tags = [item.tag for item in pages[path].elements]
        assert [tag for tag in tags[: tags.index("h1")] if tag != "a"][-1] == "p"
    for page in (pages["briefs/at-a-glance.html"], pages[MAY]):
        assert "It counted the ferries of a draft." in page.text
    assert "Corrected by edition 2" in pages["briefs/ferry-purchase.html"].text


def test_markdown_of_an_edition_stands_beside_its_page(told_site: Mapping[str, str]) -> None:
    text = told_site["editions/at-a-glance-1.md"]
    assert text.startswith("> **Withdrawn on ")
    assert "\n# Ferries at a glance\n" in text


def test_brief_says_how_it_stands_and_lists_its_editions(pages: Mapping[str, Page]) -> None:
    issued, withdrawn = pages["briefs/ferry-purchase.html"], pages["briefs/at-a-glance.html"]
    assert "not yet approved" not in issued.text
    assert issued.text.index("Edition 2") < issued.text.index("Edition 1: First edition.")
    assert "Withdrawn on 3 May 2031 by R. Lund" in withdrawn.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Draft" not in withdrawn.text, "what was published stays until the next edition"
    assert "editions/at-a-glance-1.html" in _targets("briefs/at-a-glance.html", withdrawn)
    home = pages["index.html"].text
    assert "withdrawn" in home.partition("Ferries at a glance")[2]
    assert "Edition 2 of" in home


def test_page_of_a_month_begins_with_what_was_said_in_it(project: Project) -> None:
    matters.give(project)
    site = ledgers.site_of(project)
    assert {path for path in site if path.startswith("changes/")} == {MARCH, APRIL}
    page = site[APRIL]
    section = page[page.index('id="said"') : page.index("</section>")]
    assert page.index('id="said"') < page.index('class="day"')
    found = [Page(item).text for item in re.findall("<li>.*?</li>", section)]
    assert found[0] == (
        "Ferries: Holm and Brandt signed a letter of intent on ferries (reported: declared intent); "
        "Brandt puts the price of the ferries at about EUR 90 million (about EUR 90 million; no status) "
        "and 1 more"
    ), "money is there although it has no status"
    assert "The first crossing is planned (reported: discussed)" in Page(site[MARCH]).text
    assert 'href="../matters/crossing.html#moves"' in site[MARCH]


def test_page_of_changes_has_the_moves_then_numbers_by_month_day_and_topic(
    pages: Mapping[str, Page], project: Project
) -> None:
    text = pages["changes.html"].text.replace("\N{NO-BREAK SPACE}", " ")
    moved = text.index("Status up, from announced to declared intent.")
    assert text.index("What moved") < moved < text.index("The ferry purchase: edition")
    assert "The ferry purchase: edition 2 (" in text
    assert "Holm announces a purchase of ferries" not in text, "statements are on the page of their month"
    matters.give(project)
    page = Page(ledgers.site_of(project)["changes.html"])
    assert "Statements on commitments and money: Ferries (" in page.text
    assert [item["href"] for item in page.every("a") if "#new-" in item.get("href", "")] != []
    assert {"month-2031-04", "month-2031-03"} <= set(page.ids)


def test_where_only_editions_changed_a_status_the_pages_say_so(project: Project) -> None:
    """A figure that was read otherwise has no history: no text reports a change, and two editions differ."""
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    project.change(ledgers.FERRY, "{amount: 4, unit: ferries}", "{amount: 5, unit: ferries}")
    ledgers.issue(project, "ferry-purchase", "2031-04-11")
    site = ledgers.site_of(project)
    changes = Page(site["changes.html"]).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "No text reports a change here: an edition corrected what the one before it said." in changes
    assert "Value changed, from 4 ferries to 5 ferries (edition 2)." in changes
    home = Page(site["index.html"]).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "The editions of 11 April 2031 corrected the status, figure or date of 1 statement." in home


def test_only_the_newest_months_are_on_the_first_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_changes, "MAX_MONTHS", 1)
    page = ledgers.site_of(project)["changes.html"]
    assert 'id="month-2031-04"' in page
    assert 'id="month-2031-03"' not in page
    earlier = page[page.index('id="earlier"') :]
    assert f'href="{MARCH}"' in earlier


def test_a_month_with_too_many_statements_for_a_page_has_their_numbers(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MAX_ROWS", 1)
    site = ledgers.site_of(project)
    assert "#new-" not in site["changes.html"]
    assert 'class="change-list"' not in site[APRIL].partition("<h3>First stated")[2].partition("<h3")[0]
    assert 'href="../topics/ferry.html#facts"' in site[APRIL]


def test_a_month_with_very_many_statements_has_their_numbers(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(months, "MAX_SAID", 2)
    matters.give(project)
    page = ledgers.site_of(project)[APRIL]
    section = page[page.index('id="said"') : page.index("</section>")]
    found = [Page(item).text for item in re.findall("<li>.*?</li>", section)]
    assert found[0] == "The ferries 3"


def test_what_another_text_says_again_is_said_again() -> None:
    then = values.assertion("2026-02-09")
    first, second = values.evidence("first"), values.evidence("second")
    told = dataclasses.replace(then, evidence=(first,))
    other = values.fact("drones.other", history=(told,), evidence=(first,))
    again = values.fact("drones.again", history=(told,), evidence=(first, second))
    library = values.library(other, again, sources=(values.source("first"), values.source("second")))
    wording = Wording("en-GB", library.actors)
    found = [since for fact in (other, again) for since in history.of_fact(fact, library, wording)]
    assert months.said_again(found) == {("drones.again", 2)}


def test_page_of_changes_says_how_many_statements_it_does_not_list(project: Project) -> None:
    assert "not listed" not in ledgers.site_of(project)["changes.html"]
    project.change(
        ledgers.FERRY, "        facts: [ferry.count]\n", "        facts: [ferry.count, ferry.type]\n"
    )
    page = Page(ledgers.site_of(project)["changes.html"])
    assert "1 statement that only records how texts word something is not listed." in page.text


def test_retired_brief_keeps_its_editions(pages: Mapping[str, Page]) -> None:
    assert "briefs/dues.html" not in pages
    assert "editions/dues-1.html" in _targets("changes.html", pages["changes.html"])
    assert "Discontinued briefs" in pages["changes.html"].text
    assert "changes.html" in _targets("editions/dues-1.html", pages["editions/dues-1.html"])


def test_edition_leads_only_to_pages_that_there_are(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    project.change(ledgers.PURCHASE, "of the class [](fact:ferry.type), to", "to")
    project.change("content/pages/method.md", "[](fact:ferry.type)", "a fact")
    text = project.read(ledgers.FERRY)
    start = text.index("  type:\n")
    project.write(ledgers.FERRY, text[:start] + text[text.index("  first-crossing:\n", start) :])
    made = ledgers.site_of(project)
    assert "facts/ferry.type.html" not in made
    page = Page(made["editions/ferry-purchase-1.html"])
    assert "of the class M2" in page.text
    assert "facts/ferry.type.html" not in _targets("editions/ferry-purchase-1.html", page)
    assert "facts/ferry.count.html" in _targets("editions/ferry-purchase-1.html", page)


# ---------------------------------------------------------------------------------------------- changes


def test_changes_stand_by_day_the_newest_first(pages: Mapping[str, Page]) -> None:
    days = [name.removeprefix("day-") for name in pages["changes.html"].ids if name.startswith("day-")]
    assert days == sorted(days, reverse=True)
    assert {"2031-05-03", "2031-05-02", "2031-04-10"} <= set(days)
    assert "2031-02-01" not in days, "what held in February became known with a text that came here in March"


def test_changes_tell_editions_facts_and_sources(pages: Mapping[str, Page]) -> None:
    text = " ".join(pages[path].text for path in ("changes.html", MARCH, APRIL, MAY))
    for words in (
        "Corrects edition 1. A fifth ferry was left out. Issued by R. Lund.",
        "Status up, from discussed to announced. The first crossing is planned.",
        "Value changed, from 4 ferries to 5 ferries. Norrvik is to be able to buy ferries from Telmark.",
        "announced Holm announces a purchase of ferries. It has changed since.",
        "Holm and Brandt signed a letter of intent on ferries. Status up, from announced to declared intent.",
        "Texts of this day Two ministries sign for ferries, The Norrvik Gazette",
    ):
        assert words in text
    assert "ferry.type" not in text


def test_two_changes_of_one_fact_are_told_together(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    project.change(
        ledgers.FERRY,
        "status: intent\n    date: ../2035",
        "status: agreed\n    status_basis: agreed, because both say so\n    date: ../2035",
    )
    project.change(ledgers.FERRY, "{amount: 4, unit: ferries}", "{amount: 5, unit: ferries}")
    words = (
        "**Status up, from declared intent to agreed. Value changed, from 4 ferries to 5 ferries.** "
        "Norrvik is to be able to buy ferries from Telmark."
    )
    assert (
        words
        in markdown.prepare(
            snapshot_of(project.root).editions["ferry-purchase"], _theme(project), FactFile()
        ).text
    )
    ledgers.issue(project, "ferry-purchase", "2031-04-11")
    page = Page(ledgers.site_of(project)[APRIL])
    assert words.replace("**", "") in page.text


def test_fact_tells_what_changed(pages: Mapping[str, Page]) -> None:
    letter = pages["facts/ferry.letter.html"]
    assert "Status up, from announced to declared intent." in letter.text
    assert "From 1 February 2031" in letter.text.replace("\N{NO-BREAK SPACE}", " ")
    assert {"state-1", "state-2"} <= set(letter.ids)


def test_a_fact_keeps_its_former_names_in_its_data(told_site: Mapping[str, str]) -> None:
    assert json.loads(told_site["facts/ferry.class.json"])["formerly"] == ["ferry.type"]
    assert json.loads(told_site["facts/quays.storm.json"])["formerly"] == ["harbour.storm"]


@pytest.mark.parametrize(
    ("asserted", "anchor", "words"),
    [
        (Date("2031-03-15"), "2031-03-15", "15\N{NO-BREAK SPACE}March 2031"),
        (values.date("2031-03-15~"), "2031-03-15", "15\N{NO-BREAK SPACE}March 2031"),
        (Date("2031-03"), "2031-03-01-to-2031-03-31", "March 2031"),
        (Date("2031"), "2031-01-01-to-2031-12-31", "2031"),
    ],
)
def test_day_is_no_more_exact_than_the_record(asserted: Date, anchor: str, words: str) -> None:
    wording = Wording("en-GB", {})
    fact = values.fact(asserted=asserted)
    library = values.library(fact, sources=(values.source(published=None),))
    (news,) = history.days(wording, history.of_fact(fact, library, wording))
    assert (news.day.anchor, news.day.words) == (anchor, words)


# --------------------------------------------------------------------------------------------- renames


def test_former_addresses_lead_on(told_site: Mapping[str, str], pages: Mapping[str, Page]) -> None:
    for old, new in FORWARDS.items():
        page = pages[old]
        refresh = next(item for item in page.every("meta") if item.get("http-equiv") == "refresh")
        assert refresh["content"] == f"0; url=../{new}"
        assert {"name": "robots", "content": "noindex"} in list(page.every("meta"))
        canonical = next(item for item in page.every("link") if item.get("rel") == "canonical")
        assert canonical["href"] == f"../{new}"
        assert _targets(old, page) == {new}
        assert new in told_site


def test_fact_renamed_after_its_sheet_is_found_by_all_its_names(told: Project, tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(told.root, tmp_path / "project")))
    project.change("content/facts/quays.yaml", "  storm:\n", "  gale:\n    formerly: [quays.storm]\n")
    for path in (ledgers.PURCHASE, "content/briefs/at-a-glance.md"):
        project.write(path, project.read(path).replace("quays.storm", "quays.gale"))
    made = ledgers.site_of(project)
    for old in ("harbour.storm", "quays.storm"):
        assert "url=../facts/quays.gale.html" in made[f"facts/{old}.html"]
    assert "facts/quays.gale.html" in _targets(
        "editions/ferry-purchase-1.html", Page(made["editions/ferry-purchase-1.html"])
    )


# -------------------------------------------------------------------------------------------- markings


def _marked(project: Project, marking: str = "AMBER") -> None:
    """The fact that gives the class is marked stricter, and nothing shows it any more."""
    text = project.read(ledgers.PURCHASE)
    project.write(ledgers.PURCHASE, text.replace("of the class [](fact:ferry.type), to", "to"))
    project.change("content/pages/method.md", "[](fact:ferry.type)", "a fact")
    project.change(ledgers.FERRY, "\n  type:\n", f"\n  type:\n    marking: {marking}\n")


def _nowhere(made: Mapping[str, str], words: str) -> None:
    for path, text in made.items():
        assert words not in text, path


def test_edition_that_shows_what_is_stricter_now_is_kept_back(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10", "Zebra note.")
    _marked(project)
    made = ledgers.site_of(project)
    assert not [path for path in made if path.startswith("editions/")]
    for words in ("class M2", "Zebra note", "ferry.type"):
        _nowhere(made, words)


def test_draft_does_not_tell_of_what_is_stricter_now(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    _marked(project)
    project.change(ledgers.FERRY, "status: discussed", ledgers.ANNOUNCED)
    edition = snapshot_of(project.root).editions["ferry-purchase"]
    text = markdown.prepare(edition, _theme(project), FactFile()).text
    assert "Status up, from discussed to announced" in text
    assert "M2" not in text


def test_edition_that_told_of_what_is_stricter_now_is_kept_back_and_its_brief_a_draft(
    project: Project,
) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    project.change(ledgers.FERRY, "    value: {text: M2}\n", "    value: {text: M3}\n")
    project.change(ledgers.FERRY, "The ferries are of the class M2.", "The ferries are of the class M3.")
    ledgers.issue(project, "ferry-purchase", "2031-04-12")
    assert "Value changed, from M2 to M3." in _bare(
        ledgers.site_of(project)["editions/ferry-purchase-2.html"]
    )
    _marked(project)
    made = ledgers.site_of(project)
    assert not [path for path in made if path.startswith("editions/")]
    _nowhere(made, "from M2")
    assert snapshot_of(project.root).editions["ferry-purchase"].is_draft


def test_edition_marked_stricter_never_reaches_the_site(project: Project) -> None:
    brief = project.read(ledgers.OVERVIEW)
    project.write(ledgers.OVERVIEW, brief.replace("length:", "marking: AMBER\nlength:"))
    ledgers.issue(project, "overview", "2031-04-10", "Zebra note.")
    project.write(ledgers.OVERVIEW, brief)
    ledgers.issue(project, "overview", "2031-04-12", "For everybody.")
    made = ledgers.site_of(project)
    assert "editions/overview-1.html" not in made
    assert "editions/overview-2.html" in made
    _nowhere(made, "Zebra note")


def test_edition_of_a_brief_that_became_stricter_is_kept_back(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10", "Zebra note.")
    project.change(ledgers.PURCHASE, "owner: R. Lund", "owner: R. Lund\nmarking: AMBER")
    made = ledgers.site_of(project)
    assert not [path for path in made if path.startswith("editions/")]
    for words in ("Zebra note", "What the letter of intent covers"):
        _nowhere(made, words)


def test_fact_that_is_stricter_leaves_no_forwarding_page(project: Project) -> None:
    ledgers.rename_fact(project)
    project.change(ledgers.PURCHASE, "of the class [](fact:ferry.class), to", "to")
    project.change("content/pages/method.md", "[](fact:ferry.class)", "a fact")
    project.change(ledgers.FERRY, "\n  class:\n", "\n  class:\n    marking: AMBER\n")
    assert not [path for path in ledgers.site_of(project) if "ferry.type" in path or "ferry.class" in path]


def _bare(text: str) -> str:
    return Page(text).text


# ------------------------------------------------------------------------------- drafts, in every format


def _theme(project: Project) -> base.Theme:
    return snapshot_of(project.root).theme


def test_draft_says_so_first_in_every_format(snapshot: Snapshot) -> None:
    edition = snapshot.editions["ferry-purchase"]
    texts = {
        name: item.prepare(edition, snapshot.theme, FactFile()) for name, item in registry.by_name().items()
    }
    assert texts["markdown"].text.startswith("> **Draft: not yet approved.**\n\n# The ferry purchase")
    page = Page(texts["html"].text).text
    assert page.index("Draft: not yet approved.") < page.index("What the letter of intent covers")
    assert 'data-band="Draft: not yet approved"' in texts["pdf"].text
    assert "string(band)" in texts["pdf"].styles


def test_issued_edition_bears_its_number_and_no_band(project: Project) -> None:
    issued = ledgers.issue(project, "ferry-purchase", "2031-04-10")
    theme = _theme(project)
    prepared = pdf.prepare(freeze.reissued(issued), theme, FactFile())
    assert "Edition 1 of 10\N{NO-BREAK SPACE}April 2031, as of" in prepared.text
    assert "data-band" not in prepared.text
    assert "string(band)" not in prepared.styles
    assert not markdown.prepare(freeze.reissued(issued), theme, FactFile()).text.startswith(">")


def test_withdrawn_edition_says_so_on_every_page_of_paper(told: Project) -> None:
    library = snapshot_of(told.root).library
    assert library
    (issued,) = freeze.of_brief(Slug("at-a-glance"), library)
    prepared = pdf.prepare(freeze.reissued(issued), _theme(told), FactFile())
    assert 'data-band="Withdrawn on 3\N{NO-BREAK SPACE}May 2031 by R. Lund"' in prepared.text
    assert prepared.text.index("It counted the ferries of a draft.") < prepared.text.index("<h1>")


# ---------------------------------------------------------------------------------------------- reasons


def test_plan_says_that_an_edition_is_new_or_withdrawn(built: Project) -> None:
    ledgers.issue(built, "ferry-purchase", "2031-04-10")
    planned = built.decided("plan")
    assert planned["site/editions/ferry-purchase-1.html"] == ("make", "new")
    assert planned["site/changes.html"] == ("make", "edition 1 of ferry-purchase added")
    assert planned["briefs/ferry-purchase.md"] == ("make", "edition 1 of ferry-purchase added")
    assert planned["site/briefs/ferry-purchase.html"] == ("make", "edition 1 of ferry-purchase added")
    assert built.build("--format", "markdown", "--format", "site").exit_code == 0
    ledgers.withdraw(built, "ferry-purchase", "1", "2031-05-03", "Wrong.")
    planned = built.decided("plan")
    reason = ("make", "withdrawal of edition 1 of ferry-purchase added")
    assert planned["site/editions/ferry-purchase-1.html"] == reason
    assert planned["site/changes.html"] == reason
    assert planned["briefs/ferry-purchase.md"] == reason
    assert "briefs/overview.md" not in planned


def test_numbers_of_editions_make_addresses_of_their_own(project: Project) -> None:
    first = ledgers.issue(project, "overview", "2031-04-10")
    minor = ledgers.issue(project, "overview", "2031-04-11", id=EditionNumber("1.1"))
    assert [history.address(item) for item in (first, minor)] == [
        "editions/overview-1",
        "editions/overview-1.1",
    ]


def test_how_texts_word_something_on_which_they_differ_is_no_news(project: Project) -> None:
    news = (MARCH, "changes.json", "facts.atom")
    site = ledgers.site_of(project)
    assert all("The ferries are of" in site[path] for path in news)
    project.change(
        ledgers.FERRY, "        facts: [ferry.letter]\n", "        facts: [ferry.letter, ferry.type]\n"
    )
    site = ledgers.site_of(project)
    assert not any("The ferries are of" in site[path] for path in news)
    assert "The ferries are of" in site["facts/index.html"]


def test_corrections_of_one_day_are_in_the_order_of_their_editions() -> None:
    """The tenth edition follows the ninth, which text alone would put last."""
    day = history.day_of(values.date("2031-04-11"), Wording("en-GB", {}))
    found = all_changes._corrected(
        [
            all_changes.Correction(
                "ferry.count", f"in {number}", "Ferries", "facts/ferry.count.html", number, "", day
            )
            for number in ("10", "9")
        ]
    )
    assert [what for what, _ in found.steps] == ["in 9", "in 10"]
