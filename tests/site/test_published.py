"""Published means issued: readers find the last edition of a brief, and drafts only where they are shown."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import ledgers
from tests.conftest import Page, Project
from tests.ledgers import FERRY, PURCHASE

PROJECT = "content/project.yaml"
DRAFTS = {"drafts/index.html", "drafts/ferry-purchase.html", "drafts/overview.html"}
NEW_WORDS = "Nobody has approved this sentence"


def shows(project: Project, drafts: str) -> None:
    project.change(PROJECT, "contact:", f"drafts: {drafts}\ncontact:")


def written_anew(project: Project) -> None:
    """The brief of the purchase has edition 1, and somebody is writing its next one."""
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    project.write(PURCHASE, f"{project.read(PURCHASE)}\n{NEW_WORDS}.\n")


def _target(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def holding(site: Mapping[str, str], words: str) -> set[str]:
    return {path for path, text in site.items() if words in text}


@pytest.mark.parametrize("drafts", ["hidden", "until-issued"])
def test_words_that_were_not_issued_are_nowhere_on_the_site(project: Project, drafts: str) -> None:
    written_anew(project)
    shows(project, drafts)
    site = ledgers.site_of(project)
    assert holding(site, NEW_WORDS) == set()
    assert not any(path.startswith("drafts/") for path in site)
    assert "Edition 1 of" in Page(site["briefs/ferry-purchase.html"]).text.replace("\N{NO-BREAK SPACE}", " ")


def test_every_page_names_the_edition_and_not_the_draft(project: Project) -> None:
    written_anew(project)
    site = ledgers.site_of(project)
    assert (
        "Draft" not in Page(site["index.html"]).text.partition("The ferry purchase")[2].partition("as of")[0]
    )
    briefs = {item["id"]: item for item in json.loads(site["index.json"])["briefs"]}
    assert not briefs["ferry-purchase"]["is_draft"]
    assert briefs["overview"]["is_draft"]  # it was never issued


def test_a_public_site_shows_no_draft_unless_its_project_says_so(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    assert "briefs/overview.html" in ledgers.site_of(project)
    project.change(PROJECT, "contact:", "base_url: https://skerry.example/desk\ncontact:")
    site = ledgers.site_of(project)
    assert "briefs/overview.html" not in site
    assert "briefs/ferry-purchase.html" in site
    assert holding(site, "Ferries at a glance") == set(), "nothing names a brief without a page"
    shows(project, "until-issued")
    assert "briefs/overview.html" in ledgers.site_of(project)


def test_drafts_apart_have_a_folder_that_only_their_list_and_their_brief_lead_to(project: Project) -> None:
    written_anew(project)
    project.change(PROJECT, "contact:", "base_url: https://skerry.example/desk\ncontact:")
    shows(project, "apart")
    site = ledgers.site_of(project)
    assert holding(site, NEW_WORDS) == {"drafts/ferry-purchase.html"}
    pages = {path for path in site if path.endswith(".html")}
    assert {path for path in pages if path.startswith("drafts/")} == DRAFTS
    for path in ("drafts/index.html", "drafts/ferry-purchase.html"):
        assert '<meta name="robots" content="noindex' in site[path], path
    assert "noindex" not in site["briefs/ferry-purchase.html"]
    leading = {
        path
        for path, text in site.items()
        if path.endswith(".html")
        for tag, address in Page(text).addresses
        if tag == "a"
        and posixpath.normpath(posixpath.join(posixpath.dirname(path), address)).startswith("drafts/")
    }
    assert leading == {"index.html", "briefs/ferry-purchase.html", *DRAFTS}
    for path in ("sitemap.xml", "index.json", "llms.txt"):
        assert "drafts/" not in site[path], path


def test_an_edition_says_what_has_changed_since_in_what_it_shows(project: Project) -> None:
    ledgers.issue(project, "ferry-purchase", "2031-04-10")
    before = Page(ledgers.site_of(project)["briefs/ferry-purchase.html"]).text
    assert "changed since edition" not in before
    project.change(FERRY, "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}")
    text = Page(ledgers.site_of(project)["briefs/ferry-purchase.html"]).text
    assert "1 thing has changed since edition 1" in text
    assert "Value changed, from 4 ferries to 5 ferries." in text
    assert "that names 4 ferries" in text, "the text is as it was issued"


@pytest.mark.pdf
def test_the_files_beside_a_brief_are_those_of_its_edition(built: Project) -> None:
    ledgers.issue(built, "ferry-purchase", "2031-04-10")
    said = built.build()
    assert said.exit_code == 0, said.text
    at = built.output / "site/briefs"
    issued = {path.name: path.read_bytes() for path in at.glob("ferry-purchase.*") if path.suffix != ".html"}
    assert {"ferry-purchase.pdf", "ferry-purchase.md", "ferry-purchase.json"} <= issued.keys()
    assert issued["ferry-purchase.pdf"] == (built.output / "briefs/ferry-purchase.pdf").read_bytes()
    built.write(PURCHASE, f"{built.read(PURCHASE)}\n{NEW_WORDS}.\n")
    said = built.build()
    assert said.exit_code == 0, said.text
    assert {name: (at / name).read_bytes() for name in issued} == issued
    assert NEW_WORDS in (built.output / "briefs/ferry-purchase.md").read_text("utf-8")
    assert (built.output / "briefs/ferry-purchase.pdf").read_bytes() != issued["ferry-purchase.pdf"]
    again = built.call("build", "--json").record
    assert {item["action"] for item in again["decisions"]} == {"keep"}


@pytest.mark.pdf
def test_a_change_of_policy_takes_the_draft_and_its_files_away(built: Project) -> None:
    shows(built, "apart")
    assert built.build().exit_code == 0
    folder = built.output / "site/drafts"
    assert {"overview.html", "overview.pdf", "overview.json", "index.html"} <= {
        item.name for item in folder.iterdir()
    }
    assert not (built.output / "site/briefs/overview.html").exists()
    built.change(PROJECT, "drafts: apart", "drafts: hidden")
    assert built.build().exit_code == 0
    assert not folder.exists() or not list(folder.iterdir())
    assert not list((built.output / "site/briefs").glob("*.html"))
    assert (built.output / "briefs/overview.pdf").exists()


def test_no_key_is_in_the_words_of_a_page(told_site: Mapping[str, str]) -> None:
    keys = {item["id"] for item in json.loads(told_site["facts/index.json"])["facts"]}
    assert len(keys) > 5
    known = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, sorted(keys)))})(?![\w-])")
    for path, text in told_site.items():
        if path.endswith(".html"):
            page = Page(text)
            said = [page.text, *(item.get("content") or "" for item in page.every("meta"))]
            assert not [found for words in said for found in known.findall(words)], path


def test_policies_are_checked(project: Project, tmp_path: Path) -> None:
    shows(project, "never")
    said = project.call("check")
    assert said.exit_code == 1
    for choice in ("hidden", "until-issued", "apart"):
        assert choice in said.text
