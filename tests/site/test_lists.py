"""Long lists: pages of bounded size by topic, status, side and month, in natural order, without a script."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from briefing.build import jobs, steps
from briefing.language.order import natural
from briefing.language.wording import Wording
from briefing.site import lists
from briefing.site.lists import Entry
from briefing.store import disk, request
from briefing.store.results import Scope
from tests import values
from tests.bench import corpus
from tests.conftest import Page, needs
from tests.site.test_accessible import SCHEMES, WIDTHS, violations, with_axe
from tests.site.test_html_valid import VALIDATOR, faults
from tests.site.test_pages import links

BOUND = {
    "MAX_ROWS": 20,
    "MAX_RECORDS": 6,
    "MAX_ON_FRONT_PAGE": 3,
    "MAX_COVERED": 4,
    "MAX_LINKS": 5,
    "MAX_NEXT": 2,
}
"""Small, so that a small project has long lists."""
BRIEFS = 11
OF_STATEMENTS = re.compile(r"facts/[a-z]+(_[^.]*)?\.html")


@pytest.fixture(scope="module")
def bounded() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in BOUND.items():
            patch.setattr(lists, name, value)
        yield


def laid_out(project: Path, briefs: int) -> dict[str, str]:
    """The text files of the site of a generated project, by path."""
    corpus.write(project, briefs)
    sheet = project / "content/facts/topic-2.yaml"
    gaps = "".join(
        f"  gap-{number}:\n    question: When will they sail?\n    note: No text says.\n"
        f"    facts: [topic-2.fact-1]\n"
        for number in range(30)
    )
    sheet.write_text(f"{sheet.read_text('utf-8')}gaps:\n{gaps}", "utf-8")
    matters = "".join(
        f"m-{n}:\n  name: Ferry {corpus.letters(n)}\n  topic: topic-{1 + n % briefs}\n" for n in range(8)
    )
    (project / "content/matters.yaml").write_text(matters, "utf-8")
    milestones = "".join(
        f"  ahead-{number}:\n    date: {{edtf: 203{number}, inferred: [year]}}\n"
        f"    expectation: They sail.\n    facts: [topic-3.fact-1]\n"
        for number in range(5)
    )
    sheet = project / "content/facts/topic-3.yaml"
    sheet.write_text(f"{sheet.read_text('utf-8')}milestones:\n{milestones}", "utf-8")
    scope = Scope(frozenset(), frozenset({"site"}))
    snapshot = steps.snapshot(disk.read(project, request.FOLDERS), datetime.date(2025, 12, 1), scope)
    found, _ = jobs.lay_out_all(snapshot, scope)
    return {
        job.path.removeprefix("site/"): job.prepared.text
        for job in found
        if job.path.startswith("site/") and not job.path.endswith(".woff2")
    }


@pytest.fixture(scope="module")
def site(bounded: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return laid_out(tmp_path_factory.mktemp("many"), BRIEFS)


@pytest.fixture(scope="module")
def folder(site: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site as files of a disk."""
    found = tmp_path_factory.mktemp("site")
    for path, text in site.items():
        (found / path).parent.mkdir(parents=True, exist_ok=True)
        (found / path).write_text(text, "utf-8")
    return found


ROW = re.compile(r'<tr><t[hd][^>]*><a href="(?:\.\./facts/)?([^"/]+\.[^"/]+)\.html">')


def facts_on(text: str) -> list[str]:
    """The statements in the table of a page."""
    return ROW.findall(text)


def of_shelf(site: Mapping[str, str], shelf: str) -> dict[str, str]:
    """The pages of a shelf of statements, by path."""
    return {path: text for path, text in site.items() if re.fullmatch(rf"facts/{shelf}(_.*)?\.html", path)}


SHEETS = ("common", *(f"topic-{number}" for number in range(1, BRIEFS + 1)))
EVERY = [f"{sheet}.fact-{place}" for sheet in SHEETS for place in range(1, 1 + corpus.FACTS_A_SHEET)]


# -------------------------------------------------------------------------------------- which pages there are


def test_few_statements_are_one_page() -> None:
    (page,) = lists.pages_of_shelf("status_announced", {"2024-12": 100, "2025-01": 100})
    assert (page.key, page.months, page.count) == ("status_announced", ("2024-12", "2025-01"), 200)
    assert lists.pages_of_shelf("status_announced", {}) == ()


def test_many_are_divided_by_year_a_long_year_by_month_and_a_long_month_by_number() -> None:
    counts = {"2023-05": 3, "2024-01": 150, "2024-02": 150, "2025-00": 1, "2025-03": 401, "undated": 7}
    contents, *pages = lists.pages_of_shelf("all", counts)
    assert contents.is_contents
    assert contents.count == 712
    assert [page.key for page in pages] == [
        "all_2023", "all_2024-01", "all_2024-02", "all_2025-00",
        "all_2025-03", "all_2025-03_p2", "all_2025-03_p3", "all_undated",
    ]  # fmt: skip
    assert [(page.number, page.of) for page in pages][4:7] == [(1, 3), (2, 3), (3, 3)]
    assert [page.after for page in pages] == [*(page.key for page in pages[1:]), ""]
    assert [page.before for page in pages] == ["", *(page.key for page in pages[:-1])]
    assert {lists.shelf_of(page.key) for page in pages} == {"all"}


def test_one_more_statement_moves_no_other_page() -> None:
    before = {f"2025-{month:02}": 50 for month in range(1, 13)}
    after = before | {"2025-03": 51}
    pairs = zip(lists.pages_of_shelf("all", before), lists.pages_of_shelf("all", after), strict=True)
    assert [old.key for old, new in pairs if old != new] == ["all", "all_2025-03"]


def test_records_are_in_natural_order_and_divided_by_what_they_have_in_common() -> None:
    entries = [
        Entry(f"s{number}", f"Report {number}", 0, (("publisher", "Газета" if number % 2 else "The Post"),))
        for number in range(250)
    ]
    pages = lists.pages_of_records(entries)
    first = pages["index"]
    assert first.names[:12] == tuple(f"s{number}" for number in range(12))
    assert first.pages == ("index", "index_p2", "index_p3")
    assert len(pages["index_p3"].names) == 50
    assert [(part.words, part.count) for part in first.parts] == [("The Post", 125), ("Газета", 125)]
    assert all(re.fullmatch(r"[a-z0-9_-]+", key) for key in pages)
    of_parts = [pages[key].names for part in first.parts for key in pages[part.key].pages]
    assert sorted(name for names in of_parts for name in names) == sorted(entry.name for entry in entries)


def test_few_records_are_one_page_without_parts() -> None:
    (page,) = lists.pages_of_records([Entry("b", "B"), Entry("a", "A")]).values()
    assert (page.key, page.names, page.parts) == ("index", ("a", "b"), ())


def test_a_facet_that_is_cut_knows_how_many_values_it_has() -> None:
    entries = [
        Entry(f"b{number}", f"Brief {number}", 0, (("topic", f"Topic {number // 2}"),))
        for number in range(2 * lists.MAX_LINKS + 40)
    ]
    parts = lists.pages_of_records(entries)["index"].parts
    assert len(parts) == lists.MAX_LINKS
    assert {part.of for part in parts} == {lists.MAX_LINKS + 20}


def test_a_facet_of_single_records_is_left_out() -> None:
    topics = [("topic", f"Topic {number}") for number in range(120)]
    entries = [
        Entry(f"b{n}", f"Brief {n}", 0, (topic, ("year", str(n % 2)))) for n, topic in enumerate(topics)
    ]
    assert {part.facet for part in lists.pages_of_records(entries)["index"].parts} == {"year"}


@pytest.mark.parametrize(
    ("name", "id", "words"),
    [
        ("Odile van der Berg", "van-der-berg", "van-der-berg"),
        ("The master of Dehaven", "master-1", "The master of Dehaven"),
    ],
)
def test_a_person_is_sorted_by_the_surname_where_the_id_is_that(name: str, id: str, words: str) -> None:
    actor = dataclasses.replace(values.actor(id), name=name)
    assert lists.entry_of("actors", actor, (), Wording("en-GB", {})).words == words


def test_periods_are_named_as_dates_are() -> None:
    wording = Wording("en-GB", {})
    found = [lists.period_words(period, wording) for period in ("2025", "2025-03", "2025-00", "undated")]
    assert found == ["2025", "March 2025", "2025, no month stated", "Without a date"]


# ------------------------------------------------------------------------------------------------- the pages


def test_every_statement_is_on_a_page_of_each_facet(site: Mapping[str, str]) -> None:
    facets = re.findall(r'<li><a href="\.\./(facts/[^"]+)">', site["facts/index.html"])
    assert facets
    by_facet: dict[str, list[str]] = {}
    for path in site:
        if found := re.fullmatch(r"facts/(all|status|kind|side)(_[^.]*)?\.html", path):
            by_facet.setdefault(found[1], []).extend(facts_on(site[path]))
    assert sorted(by_facet["all"]) == sorted(EVERY)
    assert sorted(by_facet["status"] + by_facet["kind"]) == sorted(EVERY)
    assert sorted(by_facet["side"]) == sorted(EVERY)


def test_no_page_of_a_list_has_more_rows_than_its_bound(site: Mapping[str, str]) -> None:
    listing = [path for path in site if OF_STATEMENTS.fullmatch(path)]
    assert len(listing) > 30
    assert max(len(facts_on(site[path])) for path in listing) <= BOUND["MAX_ROWS"]
    for kind in ("sources", "actors", "systems", "briefs", "topics"):
        for path, text in site.items():
            if re.fullmatch(rf"{kind}/(index|.*_.*)\.html", path):
                rows = text.count("</td></tr>")
                assert rows <= BOUND["MAX_RECORDS"], path


def test_front_page_shows_the_first_briefs_and_topics_and_leads_to_all(site: Mapping[str, str]) -> None:
    front = site["index.html"]
    assert front.count("<li><h3>") == BOUND["MAX_ON_FRONT_PAGE"]
    assert front.count('<tr><th scope="row"><a href="topics/') == BOUND["MAX_ON_FRONT_PAGE"]
    assert f"3 of {BRIEFS} briefs are shown here" in Page(front).text
    assert {"briefs/index.html", "topics/index.html"} <= {address for _, address in Page(front).addresses}


def test_indexes_name_every_brief_and_topic_in_natural_order(site: Mapping[str, str]) -> None:
    def titles(kind: str) -> list[str]:
        pages = [f"{kind}/index.html", f"{kind}/index_p2.html"]
        return [
            Page(cell).text
            for path in pages
            for cell in re.findall(r'<th scope="row"><a .*?</a>', site[path])
        ]

    assert titles("briefs") == [f"Ferries, part {corpus.letters(n)}" for n in (1, 10, 11, *range(2, 10))]
    assert len(titles("topics")) == BRIEFS + 1


def test_record_with_too_many_statements_leads_to_their_pages(site: Mapping[str, str]) -> None:
    page = site["actors/master-1.html"]
    assert facts_on(page) == []
    leaves = of_shelf(site, "speaker_master-1")
    assert leaves
    found = {fact for text in leaves.values() for fact in facts_on(text)}
    assert {address.removeprefix("../") for _, address in Page(page).addresses} >= set(leaves)
    assert found == {f"topic-{n}.fact-{place}" for n in range(1, 5) for place in range(1, 12, 2)}
    assert "in-topic-1" in Page(page).ids


def test_all_sides_are_listed_where_they_are_too_many_for_the_first_page(site: Mapping[str, str]) -> None:
    pages = [Page(site[path]) for path in ("facts/sides_all.html", "facts/sides_all_p2.html")]
    sides = {path.removeprefix("facts/") for path in site if re.fullmatch(r"facts/side_[^_]*\.html", path)}
    linked = {address.rpartition("/")[2] for page in pages for _, address in page.addresses}
    assert len(sides) == 7
    assert sides <= linked
    first = {address for _, address in Page(site["facts/index.html"]).addresses}
    assert sum("side_" in address for address in first) == BOUND["MAX_LINKS"]
    assert "../facts/sides_all.html" in first


def test_speakers_of_many_topics_are_on_pages_without_a_column_for_each(site: Mapping[str, str]) -> None:
    first = Page(site["voices.html"])
    assert site["voices.html"].count('<tr><th scope="row">') == BOUND["MAX_RECORDS"]
    assert 'data-label="Topics">12</td><td class="count" data-label="All">23</td>' in site["voices.html"]
    assert "voices_p2.html" in {address for _, address in first.addresses}


def test_speakers_with_as_many_statements_are_in_the_order_of_their_names(site: Mapping[str, str]) -> None:
    row = re.compile(r'<th scope="row"><a href="actors/[^"]*">([^<]*).*?data-label="All">(\d+)<')
    pages = sorted((path for path in site if re.fullmatch(r"voices(_p\d+)?\.html", path)), key=natural)
    found = [(name, int(count)) for path in pages for name, count in row.findall(site[path])]
    assert len(found) > 5
    assert found == sorted(found, key=lambda item: (-item[1], natural(item[0])))


def test_who_is_who_counts_what_is_said_by_and_about_somebody(site: Mapping[str, str]) -> None:
    assert '<th scope="col" class="count">Statements by or about</th>' in site["actors/index.html"]
    assert '<th scope="col" class="count">Statements</th>' in site["systems/index.html"]


def test_dates_ahead_that_are_cut_are_counted_and_lead_on(site: Mapping[str, str]) -> None:
    page = site["timeline.html"]
    assert re.search(r"The next 2 of \d+; the others:", page)
    assert "#months" in {address for _, address in Page(page).addresses}


def test_what_is_not_recorded_of_a_source_is_said_in_words(site: Mapping[str, str]) -> None:
    assert not [path for path, text in site.items() if re.search(r"<td[^>]*>\?</td>", text)]


def test_matters_of_many_topics_are_counted_by_topic(site: Mapping[str, str]) -> None:
    page = Page(site["matters/index.html"])
    assert "8 items." in page.text
    assert "../topics/topic-2.html" in {address for _, address in page.addresses}
    assert "Ferry D" not in page.text
    assert "Ferry B" in Page(site["topics/topic-2.html"]).text


def test_open_questions_of_many_topics_are_counted_by_topic(site: Mapping[str, str]) -> None:
    page = Page(site["registers.html"])
    assert "30 open questions" in page.text
    assert "topics/topic-2.html#gaps" in {address for _, address in page.addresses}
    assert "When will they sail?" not in page.text
    assert "3 more are with their topics." in page.text


def test_every_link_leads_somewhere_and_every_page_is_reached(site: Mapping[str, str]) -> None:
    pages = {path: Page(text) for path, text in site.items() if path.endswith(".html")}
    ids = {path: set(page.ids) for path, page in pages.items()}
    reached, queue = {"index.html"}, ["index.html"]
    while queue:
        path = queue.pop()
        for target, fragment in links(path, pages[path]):
            if target.endswith(".html"):
                assert target in pages, f"{path} leads to {target}"
                assert not fragment or fragment in ids[target], f"{path} leads to {target}#{fragment}"
                if target not in reached:
                    reached.add(target)
                    queue.append(target)
    assert reached == set(pages)


def test_titles_of_pages_are_all_different(site: Mapping[str, str]) -> None:
    pages = [text for path, text in site.items() if path.endswith(".html")]
    titles = [found[1] for text in pages if (found := re.search("<title>(.*?)</title>", text))]
    assert len(titles) == len(pages)
    assert len({*titles}) == len(titles)


def test_pages_of_lists_are_in_the_overview_as_lists(site: Mapping[str, str]) -> None:
    overview = site["index.json"]
    assert '"path": "facts/status_announced.html",\n   "kind": "list"' in overview
    assert '"path": "briefs/index.html",\n   "kind": "list"' in overview


def test_a_larger_project_has_more_pages_and_no_larger_ones(bounded: None, tmp_path: Path) -> None:
    bounds = re.compile(r"(facts|briefs|topics|sources|actors|systems)/[^/]*\.html|index.html|timeline.html")
    sizes = []
    for briefs in (8, 16):
        found = laid_out(tmp_path / str(briefs), briefs)
        sizes.append({path: len(text) for path, text in found.items() if bounds.fullmatch(path)})
    small, large = sizes
    assert len(large) > len(small)
    assert max(large.values()) < 1.15 * max(small.values())
    assert large["index.html"] < 1.05 * small["index.html"]


# ---------------------------------------------------------------------------------- for everybody, as files

LOOKED_AT = (
    "facts/index.html",
    "facts/status_announced.html",
    "facts/status_announced_2025-03.html",
    "sources/index.html",
    "sources/index_p2.html",
    "topics/index.html",
    "briefs/index.html",
    "actors/master-1.html",
    "registers.html",
    "coverage.html",
    "timeline.html",
    "voices.html",
    "facts/sides_all.html",
    "matters/index.html",
    "index.html",
)


@pytest.mark.parametrize("path", LOOKED_AT)
def test_axe_finds_nothing(path: str, browser: playwright.Browser, folder: Path) -> None:
    wrong: list[str] = []
    # Not as other tests open a page: this site has no fonts, which only a build makes.
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto((folder / path).as_uri())
        with_axe(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                wrong += violations(page, scheme)
    assert wrong == []


@needs(VALIDATOR.exists(), "html-validate is not installed; .setup/test does it")
@pytest.mark.process
def test_every_page_of_long_lists_is_valid(folder: Path, tmp_path: Path) -> None:
    assert faults([folder / path for path in LOOKED_AT], tmp_path) == []
