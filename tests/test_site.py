"""The site: complete, linked, self-contained, and silent about what is marked stricter."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from briefing import build, request
from tests.conftest import REPOSITORY, Page, Project, contents, desk_of

_FROM_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/)", re.IGNORECASE)


def _site_of(output: Path) -> dict[str, bytes]:
    return contents(output / "site")


@pytest.fixture(scope="session", params=["sample", "shipped"])
def published(request: pytest.FixtureRequest) -> tuple[Mapping[str, bytes], Mapping[str, Page], build.Desk]:
    """A built site: its files, its pages read, and the content it was made from."""
    if request.param == "sample":
        root: Path = request.getfixturevalue("built_sample")
        output = root / "output"
    else:
        root, output = REPOSITORY, request.getfixturevalue("shipped")
    made = _site_of(output)
    pages = {path: Page(data.decode()) for path, data in made.items() if path.endswith(".html")}
    return made, pages, desk_of(root)


_Published = tuple[Mapping[str, bytes], Mapping[str, Page], build.Desk]


def _links(path: str, page: Page) -> list[tuple[str, str]]:
    """(file, fragment) of every link of a page within the site."""
    found = []
    for tag, address in page.addresses:
        if tag == "link" and address == "data:,":
            continue
        if tag == "a" and re.match(r"(https?|mailto):", address):
            continue
        assert not _FROM_OUTSIDE.match(address), f"{path} leads to {address}"
        target, _, fragment = address.partition("#")
        found.append(
            (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path,
                fragment,
            )
        )
    return found


def test_every_link_and_anchor_leads_somewhere(published: _Published) -> None:
    made, pages, _ = published
    for path, page in pages.items():
        for target, fragment in _links(path, page):
            assert target in made, f"{path} leads to {target}, which is not there"
            if fragment:
                assert fragment in pages[target].ids, f"{path} leads to {target}#{fragment}"


def test_ids_are_unique_in_every_page(published: _Published) -> None:
    for path, page in published[1].items():
        assert [name for name in page.ids if page.ids.count(name) > 1 or not name] == [], path


def test_nothing_is_fetched_from_elsewhere(published: _Published) -> None:
    made, pages, _ = published
    for path, page in pages.items():
        asked = [address for tag, address in page.addresses if tag != "a"]
        assert {address for address in asked if _FROM_OUTSIDE.match(address)} <= {"data:,"}, path
        assert {element.tag for element in page.elements} & {
            "script",
            "iframe",
            "img",
            "object",
            "embed",
        } == set()
    style = made["assets/site.css"].decode()
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", style):
        assert posixpath.normpath(posixpath.join("assets", address)) in made
    assert "@import" not in style


def test_every_record_has_a_page_that_can_be_reached(published: _Published) -> None:
    _, pages, desk = published
    library = desk.library
    assert library
    expected = {"index.html", "timeline.html", "scales.html"}
    expected |= {f"{kind}/index.html" for kind in ("facts", "sources", "actors", "systems")}
    for folder, names in (
        ("facts", library.facts),
        ("sources", library.sources),
        ("actors", library.actors),
        ("systems", library.systems),
        ("briefs", library.briefs),
        ("pages", library.pages),
        ("topics", library.sheets),
    ):
        expected |= {f"{folder}/{name}.html" for name in names}
    assert set(pages) == expected
    reached, queue = {"index.html"}, ["index.html"]
    while queue:
        path = queue.pop()
        new = {target for target, _ in _links(path, pages[path]) if target in pages} - reached
        reached |= new
        queue += sorted(new)
    assert reached == expected


def test_every_page_has_a_language_a_title_and_one_heading(published: _Published) -> None:
    for path, page in published[1].items():
        assert next(page.every("html"))["lang"] == "en-GB", path
        assert sum(element.tag == "h1" for element in page.elements) == 1, path
        assert any(item.get("name") == "viewport" for item in page.every("meta")), path
    titles = [
        re.search(r"<title>(.*?)</title>", data.decode())
        for data in published[0].values()
        if b"<title>" in data
    ]
    assert all(title and title[1].strip() for title in titles)


def test_headings_go_down_one_step_at_a_time(published: _Published) -> None:
    for path, page in published[1].items():
        levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path


def test_fact_tells_what_it_rests_on_and_where_it_is_used(built_sample: Path) -> None:
    page = Page((built_sample / "output/site/facts/ferry.count.html").read_text("utf-8"))
    for words in (
        "4 ferries",
        "by 2035",
        "Ada Holm",
        "four M2 ferries",
        "2 independent origins",
        "paragraph 4",
    ):
        assert words in page.text
    targets = {address for tag, address in page.addresses if tag == "a"}
    assert {"../briefs/overview.html", "../briefs/ferry-purchase.html", "../sources/gazette.html"} <= targets


def test_history_and_disagreement_are_told(built_sample: Path) -> None:
    page = Page((built_sample / "output/site/facts/ferry.letter.html").read_text("utf-8"))
    assert "From 1 February 2031" in page.text
    assert "Holm announces a purchase of ferries." in page.text
    assert "../topics/ferry.html#disagreement-name-of-document" in {address for _, address in page.addresses}


def test_downloads_are_the_briefs_own_files(built_sample: Path) -> None:
    output = built_sample / "output"
    for name in ("overview.pdf", "overview.md", "ferry-purchase.pdf", "ferry-purchase.md"):
        assert (output / "site/briefs" / name).read_bytes() == (output / "briefs" / name).read_bytes()


# ------------------------------------------------------------------------------------------- markings

_SECRET_FACT = """\
  zebra-fact:
    kind: claim
    statement: Zebra words in a statement.
    evidence:
      - {source: zebra-source, paragraph: 1, terms: [zebra term], origin: zebra-origin}
    said_by: [zebra-actor]
    value: {amount: 4242, unit: zebras}
    asserted: 2031-03-15
    systems: [zebra-system]
    marking: AMBER
  visit:
    kind: event
"""
_SECRET_REST = """\
disagreements:
  zebra-disagreement:
    question: Zebra question?
    readings:
      - {says: Zebra one., facts: [ferry.zebra-fact]}
      - {says: Zebra two., facts: [ferry.count]}
    wording: zebra wording
    why: Zebra why.
"""


def _with_secrets(project: Project) -> None:
    """Add a fact marked stricter than the project, what rests on it, and a brief marked like it."""
    ferry = "content/facts/ferry.yaml"
    project.change(ferry, "  visit:\n    kind: event\n", _SECRET_FACT)
    project.change(ferry, "disagreements:\n", _SECRET_REST)
    project.change(
        ferry,
        "gaps:\n",
        "gaps:\n  zebra-gap:\n    question: Zebra gap?\n    facts: [ferry.zebra-fact]\n",
    )
    project.change(
        ferry,
        "milestones:\n",
        "milestones:\n  zebra-milestone:\n    date: 2035\n    expectation: Zebra expectation.\n"
        "    facts: [ferry.zebra-fact]\n",
    )
    project.change(
        ferry,
        "judgements:\n",
        "judgements:\n  zebra-judgement:\n    statement: zebras come\n    likelihood: likely\n"
        "    confidence: low\n"
        "    basis: A [zebra](fact:ferry.zebra-fact).\n    would_change: Zebra news.\n",
    )
    source = project.read("content/sources/gazette.yaml")
    project.write(
        "content/sources/zebra-source.yaml",
        source.replace("Two ministries sign for ferries", "Zebra headline").replace(
            "[holm-at-the-quay]", "[zebra-origin]"
        ),
    )
    for register, fields in (
        ("origins", "title: Zebra post\n  said_by: [zebra-actor]\n  date: not stated\n  medium: Zebra net"),
        ("actors", "name: Zebra person\n  kind: person"),
        ("systems", "name: Zebra system\n  category: zebra"),
    ):
        path = f"content/{register}.yaml"
        project.write(path, f"{project.read(path)}zebra-{register.removesuffix('s')}:\n  {fields}\n")
    project.write(
        "content/briefs/zebra-brief.md",
        "---\ntitle: Zebra brief\nsubtitle: Zebra\nowner: not stated\nsheets: [ferry]\nmarking: AMBER\n"
        "bottom_line: A zebra, [](fact:ferry.zebra-fact).\n"
        "judgements: [ferry.zebra-judgement]\n---\nZebra.\n",
    )
    for brief in ("ferry-purchase", "overview"):
        path = f"content/briefs/{brief}.md"
        text = project.read(path).replace("disagreements: []\n", "").replace("milestones: []\n", "")
        project.write(
            path,
            text.replace(
                "sheets:",
                "disagreements: [ferry.name-of-document]\ngaps: [ferry.contract]\n"
                "milestones: [ferry.all-ferries]\nsheets:",
                1,
            ),
        )


def test_what_is_marked_stricter_appears_nowhere_on_the_site(built: Project) -> None:
    _with_secrets(built)
    said = built.build()
    assert said.exit_code == 0, said.text
    assert b"4,242 zebras" in (built.output / "briefs/zebra-brief.md").read_bytes()
    made = _site_of(built.output)
    for path, data in made.items():
        assert "zebra" not in path
        text = data.decode("utf-8", "replace")
        if path.endswith(".pdf"):
            pages = pypdfium2.PdfDocument(data)
            text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
        assert not re.search("zebra|4,?242", text, re.IGNORECASE), path


def test_what_is_marked_stricter_may_not_be_shown_by_a_page(project: Project) -> None:
    _with_secrets(project)
    project.change("content/pages/method.md", "[](fact:ferry.type)", "[](fact:ferry.zebra-fact)")
    desk = desk_of(project.root)
    assert ("marking-leak", "content/pages/method.md") in {
        (item.check, item.at.path) for item in desk.findings
    }
    assert request.SITE in desk.held


def test_what_is_marked_stricter_may_not_be_shown_by_a_brief(project: Project) -> None:
    _with_secrets(project)
    project.change(
        "content/briefs/overview.md", "The harbours", "It is [](fact:ferry.zebra-fact). The harbours"
    )
    desk = desk_of(project.root)
    assert desk.held.keys() == {"overview", request.SITE}


# ------------------------------------------------------------------------------------ names that collide


@pytest.mark.parametrize("register", ["systems", "actors"])
def test_record_named_index_does_not_take_the_place_of_the_list(project: Project, register: str) -> None:
    before = project.call("plan", "--json", "--format", "site").record["decisions"]
    path = f"content/{register}.yaml"
    fields = "category: ferry" if register == "systems" else "kind: person"
    project.write(path, f"{project.read(path)}index:\n  name: Index\n  {fields}\n")
    said = project.call("plan", "--json", "--format", "site")
    paths = [item["path"] for item in said.record["decisions"]]
    assert said.exit_code == 1 or len(paths) == len(before) + 1


def test_disagreement_may_have_any_name(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "  name-of-document:\n", "  content:\n")
    said = project.call("build", "--format", "site")
    assert said.exit_code == 0
    page = Page(project.read("output/site/topics/ferry.html"))
    assert page.ids.count("content") == 1
