"""A site in French whose editions were issued in English: each language where it belongs."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.build import jobs, steps
from briefing.store import disk, request
from briefing.store.results import Scope
from tests.conftest import Page, Project


@pytest.fixture(scope="module")
def site(told: Project, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The texts of the site, by path."""
    project = Project(Path(shutil.copytree(told.root, tmp_path_factory.mktemp("french") / "project")))
    project.change("content/project.yaml", "languages: [en-GB]", "languages: [fr]")
    scope = Scope(frozenset(), frozenset({"site"}))
    read = disk.read(project.root, request.FOLDERS)
    found, _ = jobs.lay_out_all(steps.snapshot(read, datetime.date(2031, 5, 1), scope), scope)
    return {
        job.path.removeprefix("site/"): job.prepared.text
        for job in found
        if job.path.startswith("site/") and not job.path.endswith(".woff2")
    }


def test_an_edition_in_english_is_named_in_french(site: Mapping[str, str]) -> None:
    front = Page(site["index.html"]).text
    assert re.search(r"Édition \d du \d+ avril 2031, état au \d+ avril 2031", front)
    # The pages of editions and briefs have the words of these in a language of their own.
    own = ("editions/", "briefs/", "drafts/")
    pages = {path for path in site if path.endswith(".html") and not path.startswith(own)}
    assert len(pages) > 20
    assert not [path for path in pages if re.search(r"[ÉéEe]dition \d+ of \d", Page(site[path]).text)]


def test_a_result_of_the_search_names_the_edition(site: Mapping[str, str]) -> None:
    found = "".join(text for path, text in site.items() if path.startswith("assets/search/"))
    assert re.search(r"Édition \d du \d+.avril 2031", found)


@pytest.mark.parametrize("name", ["handbook"])
def test_a_page_of_the_program_says_that_it_is_in_english(name: str, site: Mapping[str, str]) -> None:
    page = site[f"pages/{name}.html"]
    assert page.startswith('<!doctype html>\n<html lang="fr">')
    assert '<header class="head" lang="en"><h1>' in page
    assert '<div class="text" lang="en">' in page
    assert re.search(rf'<a href="pages/{name}.html" hreflang="en" lang="en">', site["index.html"])


def test_a_page_of_the_corpus_is_in_the_language_of_the_site(site: Mapping[str, str]) -> None:
    assert '<div class="text">' in site["pages/method.html"]
    assert 'method.html" hreflang' not in site["index.html"]


def test_what_is_quoted_from_an_edition_in_english_says_so(site: Mapping[str, str]) -> None:
    page = site["how-to-read.html"]
    values = re.findall(r"<dt>(?:Date|Qui le dit|Statut)</dt><dd>(.{20})", page)
    assert len(values) >= 2
    assert all(value.startswith('<span lang="en-GB">') for value in values[:2])
    assert re.search(r'<div lang="en-GB">\s*<dialog', page)


def test_a_month_begins_with_a_capital_where_it_is_a_heading(site: Mapping[str, str]) -> None:
    headings = re.findall(r"<h2><a href=\"changes/month[^>]*>(\w+)", site["changes.html"])
    assert headings
    assert all(heading[0].isupper() for heading in headings)
