"""The site: complete, linked, self-contained, and silent about what is marked stricter."""

from __future__ import annotations

import base64
import hashlib
import inspect
import itertools
import posixpath
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pytest

from briefing.build.steps import Snapshot
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.scales import ActorKind
from briefing.site import pages as site
from briefing.site import source_coverage
from briefing.site.lookups import Briefs
from briefing.site.printer import Section
from briefing.store import request
from tests import ledgers, values
from tests.conftest import REPOSITORY, Page, Project, contents, snapshot_of

_FROM_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/)", re.IGNORECASE)


def _site_of(output: Path) -> dict[str, bytes]:
    return contents(output / "site")


@pytest.fixture(scope="session", params=["sample", "shipped"])
def published(
    request: pytest.FixtureRequest,
) -> tuple[Mapping[str, bytes], Mapping[str, Page], Snapshot]:
    """A built site: its files, its pages read, and the content it was made from."""
    if request.param == "sample":
        root: Path = request.getfixturevalue("built_sample")
        output = root / "output"
    else:
        root, output = REPOSITORY, request.getfixturevalue("shipped")
    made = _site_of(output)
    pages = {path: Page(data.decode()) for path, data in made.items() if path.endswith(".html")}
    return made, pages, snapshot_of(root)


_Published = tuple[Mapping[str, bytes], Mapping[str, Page], Snapshot]


def links(path: str, page: Page) -> list[tuple[str, str]]:
    """(file, fragment) of every link of a page within the site."""
    found = []
    for tag, address in page.addresses:
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


def test_no_section_is_forgotten() -> None:
    """A function of printer and look-ups alone that yields files is a section, and ``SECTIONS`` names it."""
    here = [
        item for item in vars(site).values() if inspect.isfunction(item) and item.__module__ == site.__name__
    ]
    alone = {
        item
        for item in here
        if [*inspect.signature(item).parameters] == ["printer", "lookups"] and _yields_files(item)
    }
    named = {item.whole if isinstance(item, Section) else item for item in site.SECTIONS}
    assert {item for item in named if item and item.__module__ == site.__name__} == alone


def _yields_files(function: Callable[..., object]) -> bool:
    return str(inspect.signature(function).return_annotation) == "Iterator[SiteFile]"


def test_every_link_and_anchor_leads_somewhere(published: _Published) -> None:
    made, pages, _ = published
    for path, page in pages.items():
        for target, fragment in links(path, page):
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
        assert [address for address in asked if _FROM_OUTSIDE.match(address)] == [], path
        assert {element.tag for element in page.elements} & {"iframe", "img", "object", "embed"} == set()
    style = made["assets/site.css"].decode()
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", style):
        assert posixpath.normpath(posixpath.join("assets", address)) in made
    assert "@import" not in style


SCRIPTS = {"search.html": "assets/search.js", "changes.html": "assets/since.js"}
"""The pages with a script of the program."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'none'; form-action 'self'; base-uri 'none'"
)


def test_every_page_keeps_to_a_strict_policy(published: _Published) -> None:
    """Nothing inline runs or paints; the policy stands before anything that it is about."""
    for path, page in published[1].items():
        metas = [item for item in page.every("meta") if "http-equiv" in item]
        assert [item["content"] for item in metas if item["http-equiv"] == "Content-Security-Policy"] == [
            POLICY
        ]
        tags = [element.tag for element in page.elements]
        assert tags[: tags.index("head") + 3] == ["html", "head", "meta", "meta"], path
        assert "style" not in tags, path
        for element in page.elements:
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")], path
        for script in page.every("script"):
            source = posixpath.normpath(posixpath.join(posixpath.dirname(path), script.get("src") or ""))
            known = SCRIPTS.get(path, "assets/copy.js")
            assert script.get("type") == "application/ld+json" or source == known, path


def test_column_is_aligned_by_a_class(project: Project) -> None:
    project.write(
        "content/pages/method.md",
        "---\ntitle: Method\n---\n| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n",
    )
    page = Page(ledgers.site_of(project)["pages/method.html"])
    assert [cell.get("class") for cell in (*page.every("th"), *page.every("td"))] == [
        *("left", "center", "right"),
        *("left", "center", "right"),
    ]
    assert not any("style" in element.attributes for element in page.elements)


def test_code_that_is_too_wide_can_be_scrolled_by_keyboard(project: Project) -> None:
    project.write("content/pages/method.md", "---\ntitle: Method\n---\n```sh\nbriefing build\n```\n")
    page = Page(ledgers.site_of(project)["pages/method.html"])
    assert [block.get("tabindex") for block in page.every("pre")] == ["0"]


def test_everything_on_a_brief_s_own_page_is_within_a_landmark(built_sample: Path) -> None:
    text = (built_sample / "output/briefs/ferry-purchase.html").read_text("utf-8")
    body = text[text.index("<body") : text.index("</body>")]
    for landmark in ("header", "main", "footer"):
        body = re.sub(f"\n<{landmark}.*?\n?</{landmark}>\n", "\n", body, count=1, flags=re.DOTALL)
    assert Page(body).text == ""


def test_brief_s_own_page_allows_its_one_style_sheet_and_nothing_else(shipped: Path) -> None:
    for path in (shipped / "briefs").glob("*.html"):
        text = path.read_text("utf-8")
        (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        page = Page(text)
        (policy,) = (item["content"] for item in page.every("meta") if "http-equiv" in item)
        assert f"style-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'")
        assert not any("style" in element.attributes for element in page.elements), path
        assert "script" not in {element.tag for element in page.elements}


def test_page_of_a_fact_says_why_a_status_is_our_reading(shipped: Path) -> None:
    library = snapshot_of(REPOSITORY).library
    assert library
    read = [fact for fact in library.facts.values() if fact.status_basis]
    assert read
    for fact in read:
        text = " ".join(Page((shipped / f"site/facts/{fact.id}.html").read_text("utf-8")).text.split())
        words = fact.status_basis.replace('"', "").split(",")[0]
        assert f"Status by our reading: {words}," in text, fact.id


def test_actors_are_listed_under_what_they_are_and_people_by_surname(published: _Published) -> None:
    _, pages, snapshot = published
    assert snapshot.library
    text = pages["actors/index.html"].text.partition("People, organisations and countries")[2]
    people = [item for item in snapshot.library.actors.values() if item.kind is ActorKind.PERSON]
    places = [text.index(item.name) for item in sorted(people, key=lambda person: person.id)]
    assert len(places) > 1
    assert places == sorted(places)
    assert places[-1] < text.index("Organisations")


def test_facts_of_several_topics_stand_under_their_topics(published: _Published) -> None:
    _, pages, snapshot = published
    library = snapshot.library
    assert library
    numbers = set()
    for name in library.sources:
        cited = [
            fact for fact in library.facts.values() if any(item.source == name for item in fact.evidence)
        ]
        topics = {query.sheet_of(fact.id) for fact in cited}
        heads = [
            item for item in pages[f"sources/{name}.html"].elements if item.attributes.get("class") == "group"
        ]
        assert len(heads) == (len(topics) if len(topics) > 1 else 0)
        numbers.add(len(heads))
    assert max(numbers) > 1


def test_topic_is_made_of_facts_of_others_that_its_registers_name(project: Project) -> None:
    def of_harbour() -> tuple[str, frozenset[str]]:
        snapshot = snapshot_of(project.root)
        assert snapshot.library
        files = site.prepare(Briefs(snapshot.editions), snapshot.pages, snapshot.library, snapshot.theme)
        (file,) = [file for file in files if file.path == "topics/harbour.html"]
        return Page(file.prepared.text).text, file.inputs.facts

    text, facts = of_harbour()
    assert "ferry.letter" not in facts
    project.change(
        "content/facts/harbour.yaml",
        "    question: Who is to own the berths?\n",
        "    question: Who is to own the berths?\n    facts: [ferry.letter]\n",
    )
    named, facts = of_harbour()
    assert "ferry.letter" in facts
    assert "Statement: Holm and Brandt signed a letter of intent" in named
    assert "Holm and Brandt signed" not in text


def test_every_record_has_a_page_that_can_be_reached(published: _Published) -> None:
    _, pages, snapshot = published
    library = snapshot.library
    assert library
    expected = {
        f"{name}.html"
        for name in (
            *("index", "timeline", "changes", "registers", "search", "voices", "how-to-read", "scales"),
            *("coverage", "reviews"),
        )
    }
    if library.matters:
        expected.add("matters/index.html")
    expected |= {f"{kind}/index.html" for kind in ("facts", "sources", "actors", "systems")}
    for folder, names in (
        ("facts", library.facts),
        ("sources", library.sources),
        ("actors", library.actors),
        ("systems", library.systems),
        ("briefs", library.briefs),
        ("pages", library.pages),
        ("topics", library.sheets),
        ("matters", library.matters),
    ):
        expected |= {f"{folder}/{name}.html" for name in names}
    expected |= {
        f"editions/{item.brief}-{item.id}.html" for items in library.issued.values() for item in items
    }
    months = {path for path in pages if path.startswith("changes/month_")}
    assert months
    assert set(pages) == expected | months
    reached, queue = {"index.html"}, ["index.html"]
    while queue:
        path = queue.pop()
        new = {target for target, _ in links(path, pages[path]) if target in pages} - reached
        reached |= new
        queue += sorted(new)
    assert reached == expected | months


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
        "чотири пороми M2",
        "2 independent original sources",
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


def test_source_without_a_day_says_as_of_which_it_counts(tmp_path: Path) -> None:
    made = ledgers.site_of(Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project"))))
    source = Page(made["sources/interview.html"]).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Publishednot stated Counts as of15 January 2026" in source
    assert "Counts as of" not in Page(made["sources/report.html"]).text


def test_downloads_are_the_briefs_own_files(built_sample: Path) -> None:
    output = built_sample / "output"
    for name in ("overview.pdf", "overview.md", "ferry-purchase.pdf", "ferry-purchase.md"):
        assert (output / "site/briefs" / name).read_bytes() == (output / "briefs" / name).read_bytes()


# --------------------------------------------------------------------------- open questions, coverage


def test_every_register_is_printed_whole_in_one_place(published: _Published) -> None:
    _, pages, snapshot = published
    library, page = snapshot.library, pages["registers.html"]
    assert library
    wording = Wording("en-GB", library.actors)
    parts = [gap.question for gap in library.gaps.values()]
    parts += [disagreement.question for disagreement in library.disagreements.values()]
    for disagreement in library.disagreements.values():
        parts += [reading.says for reading in disagreement.readings]
        parts += [disagreement.wording, disagreement.why]
    parts += [text for item in library.milestones.values() for text in (item.expectation, item.shows)]
    for judgement in library.judgements.values():
        parts += [wording.judgement(judgement), judgement.would_change]
        parts += [judgement.implication, judgement.alternative]
    shown = page.text.translate(_STRAIGHT)
    assert [part for part in parts if part.translate(_STRAIGHT) not in shown] == []
    assert {"gaps", "disagreements", "milestones", "judgements"} <= set(page.ids)


_STRAIGHT = str.maketrans("‘’“”", "''\"\"")

_VERIFIED = """\
gazette:
  day: 2031-05-02
  sha256: SHA256
  paragraphs: 12
  passages: []
  uncited: ["6: 40 per cent", "10: Telmark"]
"""
_EXPLAINED = """\
uncited:
  - {paragraphs: [4, 5], reason: a picture and its credit}
  - {paragraphs: [11, 12], reason: navigation}
  - {paragraphs: [7], terms: [the weather], reason: no subject of this corpus}
"""


def _with_verification(project: Project) -> None:
    source = project.read("content/sources/gazette.yaml")
    digest = re.search(r"sha256: (\w+)", source)
    assert digest
    project.write("content/sources/gazette.yaml", source + _EXPLAINED)
    project.write("content/verification.yaml", _VERIFIED.replace("SHA256", digest[1]))


def _coverage(project: Project) -> tuple[Page, Mapping[str, source_coverage.CoveredSource]]:
    """The page of the site, and what it is made of."""
    snapshot = snapshot_of(project.root)
    assert snapshot.library
    files = site.prepare(Briefs(snapshot.editions), snapshot.pages, snapshot.library, snapshot.theme)
    (page,) = [file.prepared.text for file in files if file.path == "coverage.html"]
    return Page(page), source_coverage.coverage_of(snapshot.library)


def test_coverage_counts_what_is_cited_explained_and_neither(project: Project) -> None:
    _with_verification(project)
    page, covered = _coverage(project)
    gazette = covered["gazette"]
    rows = [(row.first, row.last, row.paragraph.is_cited) for row in gazette.rows]
    assert rows == [
        *((number, number, True) for number in (1, 2, 3)),
        (4, 5, False),
        *((number, number, True) for number in (6, 7)),
        (8, 8, False),
        (9, 9, True),
        (10, 10, False),
        (11, 12, False),
    ]
    assert (gazette.cited.part, gazette.cited.whole, gazette.explained, gazette.open) == (6, 8, 4, 2)
    for words in (
        "12 paragraphs, quotations checked 2 May 2031: 6 cited, 4 left out with a reason, 2 not used.",
        "2 figures, dates or names are neither cited nor left out with a reason.",
        "4–5 not cited a picture and its credit",
        "unmatched: 40 per cent",
        "8 neither cited nor left out",
        "10 neither cited nor left out unmatched: Telmark",
        "the weather: no subject of this corpus",
        "Role of Ada Holm",
    ):
        assert words in page.text


def test_paragraph_with_open_words_stands_on_a_row_of_its_own(project: Project) -> None:
    _with_verification(project)
    project.change("content/verification.yaml", "10: Telmark", "12: Telmark")
    page, covered = _coverage(project)
    assert [(row.first, row.last) for row in covered["gazette"].rows][-2:] == [(11, 11), (12, 12)]
    assert "12 not cited navigation; unmatched: Telmark" in page.text


def test_what_is_left_over_is_told_only_where_the_number_of_paragraphs_is_on_record(project: Project) -> None:
    page, _ = _coverage(project)
    assert "The number of its paragraphs is not recorded; 6 are cited." in page.text
    assert "not used" not in page.text.partition("Not used")[0]
    assert "All sources" not in page.text
    _with_verification(project)
    page, _ = _coverage(project)
    assert "4 left out with a reason, 2 not used." in page.text
    assert "All sources" not in page.text


def test_verification_of_another_capture_is_not_on_record(project: Project) -> None:
    _with_verification(project)
    project.change("content/verification.yaml", "sha256: aa0d", "sha256: bb0d")
    page, covered = _coverage(project)
    assert covered["gazette"].verified is None
    assert "left out with a reason, " not in page.text


def test_source_s_page_shows_its_own_paragraphs(published: _Published) -> None:
    _, pages, snapshot = published
    assert snapshot.library
    for name, covered in source_coverage.coverage_of(snapshot.library).items():
        page = pages[f"sources/{name}.html"]
        targets = {address for tag, address in page.addresses if tag == "a"}
        cited = {key for item in covered.paragraphs for key in item.facts}
        assert {f"../facts/{key}.html" for key in cited} <= targets
        assert "coverage" in page.ids


# ------------------------------------------------------------------------------------------- markings

_SECRET_FACT = """\
  zebra-fact:
    kind: claim
    statement: Zebra words in a statement.
    evidence:
      - {source: zebra-source, paragraph: 1, terms: [zebra term, 4242 zebras, in 2035], origin: zebra-origin}
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
        "    basis: Zebra person tells of [a zebra](fact:ferry.zebra-fact).\n    would_change: Zebra news.\n",
    )
    source = project.read("content/sources/gazette.yaml")
    project.write(
        "content/sources/zebra-source.yaml",
        source.replace("Two ministries sign for ferries", "Zebra headline").replace(
            "[holm-at-the-quay]", "[zebra-origin]"
        ),
    )
    digest = re.search(r"sha256: (\w+)", source)
    assert digest
    project.write(
        "content/verification.yaml",
        f"zebra-source:\n  day: 2031-05-02\n  sha256: {digest[1]}\n  paragraphs: 4242\n  passages: []\n"
        '  uncited: ["1: zebra words"]\n',
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
        "bottom_line: Zebra person tells of [](fact:ferry.zebra-fact).\n"
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
    snapshot = snapshot_of(project.root)
    assert ("marking-leak", "content/pages/method.md") in {
        (item.check, item.at.path) for item in snapshot.findings
    }
    assert request.SITE in snapshot.held


def test_what_is_marked_stricter_may_not_be_shown_by_a_brief(project: Project) -> None:
    _with_secrets(project)
    project.change(
        "content/briefs/overview.md",
        "The harbours",
        "Zebra person tells of [](fact:ferry.zebra-fact). The harbours",
    )
    snapshot = snapshot_of(project.root)
    assert snapshot.held.keys() == {"overview", request.SITE}


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


@pytest.mark.pdf
def test_disagreement_may_have_any_name(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "  name-of-document:\n", "  content:\n")
    said = project.call("build", "--format", "site")
    assert said.exit_code == 0
    page = Page(project.read("output/site/topics/ferry.html"))
    assert page.ids.count("content") == 1


def test_timeline_ends_with_commitments_that_no_text_dates(project: Project) -> None:
    assert 'id="undated"' not in ledgers.site_of(project)["timeline.html"]
    project.change("content/facts/ferry.yaml", "    date: 2033-22\n", "")
    page = ledgers.site_of(project)["timeline.html"]
    dated, _, undated = page.partition('id="undated"')
    (item,) = re.findall(r"<li>.*?</li>", undated)
    assert (
        Page(item)
        .text.replace("\N{NO-BREAK SPACE}", " ")
        .startswith("as of 15 March 2031 The first crossing")
    )
    assert "facts/ferry.first-crossing.html" in item
    assert "facts/ferry.first-crossing.html" not in dated


def test_what_has_no_date_goes_by_its_status_the_furthest_first(project: Project) -> None:
    project.change("content/facts/ferry.yaml", "    date: 2033-22\n", "")
    letter = project.read("content/facts/ferry.yaml").partition("  count:\n")[0].partition("  letter:\n")[2]
    later = letter.replace("    date: {edtf: 2031-03-14, inferred: [year]}\n", "")
    project.change("content/facts/ferry.yaml", "  count:\n", f"  again:\n{later}  count:\n")
    undated = ledgers.site_of(project)["timeline.html"].partition('id="undated"')[2]
    heads = [Page(head).text for head in re.findall(r"<h3>.*?</h3>", undated)]
    assert heads == ["△ declared intent (1)", "○ discussed (1)"]


def test_a_date_that_only_a_text_has_is_no_event(project: Project) -> None:
    dated = (
        "  dated:\n    kind: context\n    statement: The Gazette has a date.\n"
        "    evidence:\n      - {source: gazette, paragraph: 1, terms: [visited the quay]}\n"
        "    date: {edtf: 2031-03-15, inferred: [year, month, day]}\n    asserted: 2031-03-15\n"
    )
    project.change("content/facts/ferry.yaml", "  visit:\n", dated + "  visit:\n")
    happened = (
        dated.replace("dated:", "happened:").replace("context", "event").replace("has a date", "came out")
    )
    project.change("content/facts/ferry.yaml", "  visit:\n", happened + "  visit:\n")
    page = ledgers.site_of(project)["timeline.html"]
    assert "The Gazette came out" in page, "it cites more than the date"
    assert "The Gazette has a date" not in page
    text = project.read("content/facts/ferry.yaml")
    own = text[text.index("  happened:\n") : text.index("  visit:\n")]
    bare = own.replace("[visited the quay]", "[15 March 2031]")
    project.write("content/facts/ferry.yaml", text.replace(own, bare))
    assert "The Gazette came out" not in ledgers.site_of(project)["timeline.html"]


def test_a_year_is_at_its_end_on_the_timeline(project: Project) -> None:
    page = ledgers.site_of(project)["timeline.html"]
    shown = re.findall(r'class="when[^"]*">([^<]*)<', page)
    assert shown.index("2031") > shown.index("April 2031")


def test_the_page_of_a_statement_calls_no_wish_and_no_talk_a_commitment(project: Project) -> None:
    site = ledgers.site_of(project)
    assert "<dt>Kind</dt>" not in site["facts/ferry.first-crossing.html"], "its status says what it is"
    assert "<dt>Kind</dt>" in site["facts/ferry.type.html"]


def test_what_we_see_in_the_texts_has_no_speaker_and_is_not_possibly_true(project: Project) -> None:
    text = project.read(ledgers.FERRY)
    start = text.index("  type:\n")
    seen = re.sub("    kind: [a-z]+\n", "    kind: observation\n", text[start:], count=1)
    project.write(ledgers.FERRY, text[:start] + seen)
    page = ledgers.site_of(project)["facts/ferry.type.html"]
    assert "our observation on the texts" in page
    for row in ("Who says so", "Credibility", "Date"):
        assert f"<dt>{row}</dt>" not in page


def test_the_guide_for_programs_keeps_the_brackets_of_what_is_inferred(project: Project) -> None:
    guide = ledgers.site_of(project)["llms.txt"]
    assert r"The letter of intent of 14 March \[2031\]" in guide
