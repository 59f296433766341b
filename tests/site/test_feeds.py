"""Feeds, read back by a parser and held against what RFC 4287 asks for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from tests import ledgers
from tests.conftest import Page, Project

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
NAMES = ("editions.atom", "facts.atom")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NAME = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())


def _text(element: ElementTree.Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, (name, len(found))
    assert found[0].text
    return found[0].text


def _check(feed: ElementTree.Element) -> None:
    """What RFC 4287 asks of a feed and of its entries (4.1.1, 4.1.2)."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(f"{XML}lang")
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert _NAME.fullmatch(_text(element, "id"))
        assert _text(element, "title").strip()
        assert _STAMP.fullmatch(_text(element, "updated"))
        datetime.datetime.fromisoformat(_text(element, "updated"))
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert links.count(("alternate", "text/html")) == 1
        assert len(links) == len(set(links))
        for author in element.findall(f"{ATOM}author"):
            assert _text(author, "name").strip()
    assert feed.find(f"{ATOM}author") is not None
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    entries = feed.findall(f"{ATOM}entry")
    names = [_text(entry, "id") for entry in entries]
    assert len(names) == len(set(names))
    stamps = [_text(entry, "updated") for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert not entries or _text(feed, "updated") == stamps[0]
    for entry in entries:
        assert _text(entry, "published") <= _text(entry, "updated")
        for content in entry.findall(f"{ATOM}content"):
            assert content.get("type") == "html"
            assert not list(content), "HTML stands escaped"
            assert {item.tag for item in Page(content.text or "").elements} <= {"p", "ul", "li", "strong"}


@pytest.mark.parametrize("name", NAMES)
def test_feed_is_as_the_standard_asks(name: str, told_site: Mapping[str, str]) -> None:
    _check(_read(told_site[name]))


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_leads_to_a_page_of_the_site(name: str, told_site: Mapping[str, str]) -> None:
    for link in _read(told_site[name]).iter(f"{ATOM}link"):
        path, _, fragment = (link.get("href") or "").partition("#")
        assert path in told_site
        assert not fragment or fragment in Page(told_site[path]).ids


def _titles(text: str) -> list[str]:
    return [_text(entry, "title") for entry in _read(text).findall(f"{ATOM}entry")]


def test_editions_and_withdrawals_are_told_newest_first(told_site: Mapping[str, str]) -> None:
    assert _titles(told_site["editions.atom"]) == [
        "Withdrawn: Ferries at a glance, edition 1",
        "Ferries at a glance, edition 1 (withdrawn)",
        "The ferry purchase, edition 2",
        "Ferries and their dues, edition 1",
        "The ferry purchase, edition 1",
    ]
    second = _read(told_site["editions.atom"]).findall(f"{ATOM}entry")[2]
    words = Page(_text(second, "content")).text
    assert "Corrects edition 1. A fifth ferry was left out." in words
    assert "Value changed, from 4 ferries to 5 ferries. Norrvik is to be able" in words


def test_states_of_facts_are_told_each(told_site: Mapping[str, str]) -> None:
    titles = _titles(told_site["facts.atom"])
    assert "Holm and Brandt signed a letter of intent on ferries." in titles
    assert titles[-1] == "Norrvik asks for berths in Telmark."  # of the first text that came here
    assert "Holm announces a purchase of ferries." in titles
    assert len(titles) == 12


def _names(text: str) -> dict[str, str]:
    return {_text(entry, "title"): _text(entry, "id") for entry in _read(text).findall(f"{ATOM}entry")}


def test_names_of_entries_outlive_renames_and_withdrawals(project: Project) -> None:
    ledgers.issue(project, "overview", "2031-04-11")
    before = ledgers.site_of(project)
    ledgers.withdraw(project, "overview", "1", "2031-05-03", "Wrong.")
    ledgers.rename_fact(project)
    ledgers.rename_brief(project)
    ledgers.rename_sheet(project)
    after = ledgers.site_of(project)
    assert _names(after["facts.atom"]) == _names(before["facts.atom"])
    (name,) = _names(before["editions.atom"]).values()
    assert _names(after["editions.atom"])["Ferries at a glance, edition 1 (withdrawn)"] == name


def test_addresses_are_full_only_where_the_site_s_is_known(project: Project) -> None:
    ledgers.issue(project, "overview", "2031-04-11")
    for link in _read(ledgers.site_of(project)["editions.atom"]).iter(f"{ATOM}link"):
        assert ":" not in (link.get("href") or "")
    project.change("content/project.yaml", "contact:", "base_url: https://skerry.example/desk\ncontact:")
    feed = _read(ledgers.site_of(project)["editions.atom"])
    assert feed.get(f"{XML}base") == "https://skerry.example/desk/"
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert "https://skerry.example/desk/editions/overview-1.html" in links
    assert all(link and link.startswith("https://skerry.example/desk/") for link in links)
    _check(feed)


def test_feed_without_an_edition_is_a_feed(project: Project) -> None:
    feed = _read(ledgers.site_of(project)["editions.atom"])
    _check(feed)
    assert not feed.findall(f"{ATOM}entry")
    assert _text(feed, "updated") == "2031-04-20T00:00:00Z"  # the newest text was retrieved then


def test_signs_of_markup_in_the_record_stay_text(project: Project) -> None:
    ledgers.issue(project, "overview", "2031-04-11", 'A <b>bold</b> & "quoted" note ]]> <script>x</script>')
    feed = _read(ledgers.site_of(project)["editions.atom"])
    _check(feed)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert Page(_text(entry, "content")).text == 'A <b>bold</b> & "quoted" note ]]> <script>x</script>'


def test_feeds_are_the_same_bytes_again(told: Project, told_site: Mapping[str, str]) -> None:
    assert ledgers.site_of(told) == told_site
