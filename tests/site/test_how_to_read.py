"""The worked example: one sentence of the site's own, with its note, its card, its passage and its grades."""

from __future__ import annotations

import json
import re

from tests import ledgers
from tests.conftest import Page, Project

PATH = "how-to-read.html"


def test_the_example_is_the_first_commitment_of_the_first_brief(project: Project) -> None:
    made = ledgers.site_of(project)
    example = json.loads(made["how-to-read.json"])["example"]
    assert example == {"brief": "overview", "fact": "ferry.letter"} or example["brief"] in made["index.html"]
    page = Page(made[PATH])
    note = json.loads(made[f"facts/{example['fact']}.json"])
    assert note["fact"]["status"]
    places = [
        page.text.index(words)
        for words in (note["fact"]["evidence"][0]["terms"][0], note["fact"]["statement"], "Other signs")
    ]
    assert places == sorted(places)
    targets = {item["href"] for item in page.every("a")}
    assert {f"briefs/{example['brief']}.html", f"facts/{example['fact']}.html", "scales.html"} <= targets


def test_the_example_is_one_sentence_of_its_paragraph(project: Project) -> None:
    text = ledgers.site_of(project)[PATH]
    shown = Page(text[text.index("<blockquote") : text.index("</blockquote>")]).text
    assert shown.count(". ") == 0
    assert shown.rstrip().endswith(".")


def test_only_the_number_of_that_note_opens_a_card_and_the_card_is_there(project: Project) -> None:
    text = ledgers.site_of(project)[PATH]
    opening = set(re.findall(r'<sup class="mark"[^>]*>.*?popovertarget="([^"]+)"', text))
    assert len(opening) == 1
    assert re.findall('<dialog[^>]* id="([^"]+)"', text) == [*opening]


def test_without_a_brief_the_signs_are_explained_all_the_same(project: Project) -> None:
    for name in ("ferry-purchase", "overview"):
        (project.root / f"content/briefs/{name}.md").unlink()
    project.change("content/project.yaml", "home: [", "home: [] # [")
    made = ledgers.site_of(project)
    assert json.loads(made["how-to-read.json"]) == {"example": {}}
    assert "Square brackets" in made[PATH]
    assert "<dialog" not in made[PATH]


def test_pages_for_editors_are_at_the_foot_and_in_no_menu(project: Project) -> None:
    for path, text in ledgers.site_of(project).items():
        if not path.endswith(".html"):
            continue
        menu = text.partition('<nav class="menu"')[2].partition("</nav>")[0]
        foot = text.partition('class="for-editors"')[2].partition("</p>")[0]
        for page in ("pages/handbook.html", "coverage.html", "reviews.html"):
            assert page not in menu, path
            assert page in foot, path
