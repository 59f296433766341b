"""The benchmark is run by hand, so tests hold that it measures what it says, and says what it measured."""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.build import jobs, steps
from briefing.build.steps import EVERYTHING
from briefing.store import disk, request
from tests import values
from tests.bench import chart, contests, corpus, library, page, peers, results, typesetting
from tests.bench.__main__ import Bench, Budget
from tests.bench.contests import Contest
from tests.bench.library import Library
from tests.bench.measure import FailedError, run
from tests.bench.results import Results
from tests.conftest import SAMPLE

SIZES = (2, 4)


def written(folder: Path, briefs: int) -> Library:
    """A library that was never built."""
    made = Library(folder / str(briefs), briefs)
    made.write()
    return made


def files_of(made: Library) -> dict[str, str]:
    """Every file that a build would make, with the digest of what it is made of."""
    snapshot = steps.snapshot(disk.read(made.root, request.FOLDERS), values.TODAY)
    assert not [finding for finding in snapshot.findings if finding.is_error]
    found, _ = jobs.lay_out_all(snapshot, EVERYTHING)
    return {job.path: job.fingerprint for job in found}


def pages_of(paths: set[str]) -> set[str]:
    """The pages among files, without their folder."""
    return {
        path.removeprefix("site/") for path in paths if path.startswith("site/") and path.endswith(".html")
    }


# ------------------------------------------------------------------------------------------ the library


def test_what_four_briefs_share_is_the_same_in_a_library_of_any_size() -> None:
    registers = {"actors.yaml", "origins.yaml", "systems.yaml"}
    small, large = dict(corpus.files(4)), dict(corpus.files(12))
    assert {path for path, text in small.items() if large[path] != text} == registers
    for name in registers:
        assert large[name].startswith(small[name])


def test_only_the_hubs_grow_with_the_library() -> None:
    shared = []
    for briefs in (40, 80):
        facts = [fact for sheet in range(briefs + 1) for fact in corpus.facts(sheet)]
        cited = Counter(re.findall(r"fact:([\w.-]+)", "".join(text for _, text in corpus.files(briefs))))
        found = {
            "sources": Counter(fact.source for fact in facts).most_common(2),
            "speakers": Counter(fact.speaker for fact in facts).most_common(2),
            "facts": cited.most_common(6),
        }
        shared.append({kind: [number for _, number in most] for kind, most in found.items()})
    small, large = shared
    assert [small["sources"][0], large["sources"][0]] == [52, 92]
    assert [small["speakers"][0], large["speakers"][0]] == [52, 92]
    assert large["facts"][0] == 2 * small["facts"][0]
    for kind in shared[0]:
        assert small[kind][1:] == large[kind][1:]


def test_a_library_that_is_there_is_left_as_it_is_and_another_size_replaces_it(tmp_path: Path) -> None:
    made = written(tmp_path, 4)
    before = (made.root / corpus.CHANGED_SHEET).read_text("utf-8")
    made.change_fact()
    changed = (made.root / corpus.CHANGED_SHEET).read_text("utf-8")
    assert changed != before
    made.write()
    assert (made.root / corpus.CHANGED_SHEET).read_text("utf-8") == changed
    Library(made.root, 2).write()
    assert (made.root / corpus.CHANGED_SHEET).read_text("utf-8") == before
    assert len(list((made.root / "content/briefs").iterdir())) == 2


# ------------------------------------------------------------------------------------------ the edits


@pytest.mark.parametrize("size", SIZES)
def test_each_edit_changes_exactly_the_pages_that_it_concerns(size: int, tmp_path: Path) -> None:
    made = written(tmp_path, size)
    sources = {path.stem for path in (made.root / "content/sources").iterdir()}
    expected = {
        "fact": {
            *("facts/topic-1.fact-1.html", "briefs/brief-1.html", f"briefs/brief-{size}.html"),
            "changes/month_2025-03.html",
        },
        "prose": {"briefs/brief-1.html"},
        "hub": {"facts/common.fact-1.html", "briefs/brief-1.html", "changes/month_2025-03.html"},
        "pages": {"pages/handbook.html", "pages/method.html"},
        "sources": {f"sources/{name}.html" for name in sources},
    }
    edits: dict[str, Callable[[], None]] = {
        "fact": made.change_fact,
        "prose": made.change_prose,
        "hub": made.change_hub,
        "pages": lambda: made.change_template(library.OF_PAGES),
        "sources": lambda: made.change_template(library.OF_SOURCES),
    }
    before = files_of(made)
    for name, edit in edits.items():
        for _ in range(2 if size == SIZES[0] else 1):  # each time there is the same to do
            edit()
            after = files_of(made)
            assert after.keys() == before.keys()
            changed = pages_of({path for path in after if before[path] != after[path]})
            # One sentence of the first brief is the example there.
            assert changed - {"how-to-read.html"} == expected[name], name
            before = after


@pytest.mark.process
def test_every_contest_does_what_its_name_says(tmp_path: Path) -> None:
    made = written(tmp_path, 2)
    assert made.settle()
    assert made.pages() == len(list(peers.pages(2)))
    entered = {contest.name: contest for contest in contests.of_library(made)}
    before = files_of(made)
    made.change_fact()
    after = files_of(made)
    concerned = sum(before[path] != after[path] for path in before)
    expected = {
        contests.NOTHING: ": 0 made,",
        contests.FACT: f": {concerned} made,",
        contests.PLAN: f": {concerned} to make,",
        contests.CHECK: "0 errors, ",
    }
    for name, words in expected.items():
        entered[name].before()
        assert words in run(entered[name].command).said, name
        entered[name].after()


# ------------------------------------------------------------------------------------------ the peers


@pytest.mark.parametrize("size", SIZES)
def test_every_peer_gets_as_many_pages_as_the_site_has(size: int, tmp_path: Path) -> None:
    wanted = pages_of(set(files_of(written(tmp_path, size))))
    found = [item.path for item in peers.pages(size)]
    assert len(set(found)) == len(found) == len(wanted)
    assert {path for path in wanted if path.startswith(("facts/", "briefs/", "sources/"))} == {
        f"{path}.html" for path in found if path.startswith(("facts/", "briefs/", "sources/"))
    }
    for peer in peers.everyone(tmp_path):
        peer.write(tmp_path / peer.name, size)
        assert peer.page(tmp_path / peer.name).exists()
        texts = [path for path in (tmp_path / peer.name).rglob("*") if path.suffix in (".md", ".rst")]
        assert len(texts) == len(wanted), peer.name


def test_a_peer_gets_the_texts_of_the_brief_with_links_to_pages() -> None:
    brief = next(item for item in peers.pages(2) if item.path == "briefs/brief-1")
    assert brief.blocks[0] == (
        "The harbour master of Dehaven named [41 ferries](/facts/topic-1.fact-1.html); nothing is ordered."
    )
    assert "fact:" not in brief.markdown


@pytest.mark.process
def test_a_peer_that_is_not_installed_is_named(tmp_path: Path) -> None:
    found, lacking = peers.installed(tmp_path)
    assert {*(peer.name for peer in found), *lacking} == {"Hugo", "mkdocs", "Sphinx"}
    assert {"mkdocs", "Sphinx"} <= {*lacking}


# ------------------------------------------------------------------------------------------ the runs


def bench_of(folder: Path, seconds: float = 600) -> Bench:
    """A call of the benchmark without libraries."""
    return Bench(folder, Results({}, 2), folder / "results.json", 2, Budget(seconds), (), ())


@pytest.mark.process
def test_a_run_that_fails_is_named_and_not_counted(tmp_path: Path) -> None:
    bench = bench_of(tmp_path)
    fails = Contest("fails", 2, [sys.executable, "-c", "raise SystemExit('no such page')"])
    works = Contest("works", 2, [sys.executable, "-c", "print('3 files: 3 made, 0 kept')"], factor=10)
    bench.rounds(2, [fails, works])
    failed, worked = bench.results.measured
    assert failed.walls == []
    assert failed.failures == ["it ended with 1: no such page"] * 2
    assert len(worked.walls) == 2
    assert results.read(bench.file).text == bench.results.text
    bench.results.pages[2] = 5
    said = page.text(bench.results)
    assert "* fails, 2 briefs, failed: it ended with 1: no such page\n" in said
    assert re.search(r"^\| works \| [\d.]+ \| .* \| 3 \| 2 \|$", said, re.MULTILINE)


@pytest.mark.process
def test_what_does_not_fit_into_the_time_is_named(tmp_path: Path) -> None:
    bench = bench_of(tmp_path)
    bench.budget.note("slow", 30, 100)
    bench.once(300, Contest("slow", 300, [sys.executable, "-c", ""]), is_counted=True)
    assert bench.results.not_run == {"slow, 300 briefs": "would take about 16.7 min, and 10.0 were left"}
    with pytest.raises(FailedError, match="it had not ended after"):
        run([sys.executable, "-c", "import time; time.sleep(600)"], 0.2)


# ------------------------------------------------------------------------------------------ the page


def measured() -> Results:
    """Made-up results, with two sizes in turn."""
    found = Results({"Python": "3.14"}, 2, {30: 450, 3000: 45000})
    for stage, briefs, name, walls in (
        (0, 0, contests.SHIPPED, [0.3, 0.2, 0.2]),
        (0, 0, contests.IMPORTS, [0.25]),
        (30, 30, contests.FACT, [1.0, 0.5, 3.0]),
        (3000, 3000, contests.FACT, [10.0]),
        (3000, 30, contests.FACT, [2.0]),
        (3000, 3000, "Hugo: one page changed", [20.0]),
        (3000, 3000, contests.FROM_NOTHING_WHOLE, [100.0]),
        (3000, 3000, contests.PDFS, [200.0]),
    ):
        item = found.of(stage, briefs, name)
        item.walls, item.processors, item.memories = walls, [2 * it for it in walls], [50.0, 500.0]
    return found


def test_the_goals_are_held_against_what_ran_in_turn() -> None:
    said = {goal.what: (goal.goal, goal.measured, goal.is_met) for goal in page.goals(measured())}
    assert said == {
        "Shipped corpus: nothing to do / bare imports": ("<= 1", "0.80 (processor 0.80)", True),
        "One fact at 3,000 briefs / at 30": ("<= 1.3", "5.00 (processor 5.00)", False),
        "Check after one fact / at 30": ("<= 1.3", "", False),
        "One fact at 3,000 briefs / Hugo: one page changed": ("<= 0.25", "0.50 (processor 0.50)", False),
        "Nothing to do": ("<= 1 s", "", False),
        "From nothing, PDFs apart / markdown-it and Jinja alone, by processor seconds": ("<= 2", "", False),
        "From nothing, with PDFs at 3,000 briefs / WeasyPrint alone, warm, on every processor": (
            *("<= 1.15", "1.00"),
            True,
        ),
        "Peak memory at 3,000 briefs": ("<= 400 MB", "500 MiB (one fact: build)", False),
        "Two Dask workers / one, from nothing with PDFs: efficiency of each": (">= 0.9", "", False),
    }


def test_the_table_says_what_was_measured() -> None:
    said = page.text(measured())
    assert "### 30 briefs, 450 pages of the site" in said
    assert "| one fact: build | 1.00 | 0.50 to 3.00 | 2.00 | 500 |  | 3 |" in said
    assert "| one fact: build, at 30 briefs, in turn | 2.00 | 2.00 to 2.00 | 4.00 | 500 |  | 1 |" in said
    assert "| Check after one fact / at 30 | <= 1.3 | not measured |  |" in said


def test_the_chart_has_each_figure_at_its_place() -> None:
    drawn = chart.draw(measured())
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"[^>]*class="fill-(\w+)"', drawn)
    assert [colour for _, _, colour in found] == ["accent", "accent", "warm"]
    (_, one), (_, ten), (_, twenty) = ((float(x), float(y)) for x, y, _ in found)
    decade = one - ten
    assert ten - twenty == pytest.approx(decade * 0.30103, abs=0.02)
    assert "Briefing: one fact" in drawn
    assert "prefers-color-scheme: dark" in drawn


def test_benchmark_md_and_its_chart_are_what_was_recorded() -> None:
    found = results.read()
    assert page.PAGE.read_text("utf-8") == page.text(found), "run: python -m tests.bench.page"
    assert page.CHART.read_text("utf-8") == chart.draw(found), "run: python -m tests.bench.page"


# ------------------------------------------------------------------------------------------ typesetting


@pytest.mark.process
def test_typesetting_is_compared_on_the_pages_of_the_build(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    pages = typesetting.pages_of(project)
    names = ("ferry-purchase.pdf", "ferry-purchase.flash.pdf")
    found = typesetting.comparisons(tmp_path, {name: pages[name] for name in names}, names[:1])
    assert found[0].name == "ferry-purchase.pdf: cold"
    assert "The ferry purchase" in (tmp_path / "ferry-purchase.pdf.html").read_text("utf-8")
    assert "@page" in (tmp_path / "ferry-purchase.pdf.css").read_text("utf-8")
