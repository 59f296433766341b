"""What can be wrong, and how it is told: one folder a case in ``bad/``, with the exact words of its report.

A case is a patch: its files are laid over the tiny good project in ``bad/_good``, and the line is run on the
result. ``as-of.txt`` gives the day that is asked for, where there is one. ``BRIEFING_ACCEPT=1`` writes the
reports anew; what changed is then read in the difference.
"""

from __future__ import annotations

import ast
import datetime
import functools
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import pipeline, steps, workers
from briefing.checks.runner import CHECKS
from briefing.cli.reports import plain_text
from briefing.commands import audit
from briefing.content import yaml_nodes
from briefing.model import findings as problems
from briefing.model.findings import Finding, Place, Severity, nearest, nearest_of
from briefing.store import built, disk, request
from briefing.store.disk import Texts
from briefing.store.request import Request
from briefing.store.results import Outcome
from tests import values
from tests.conftest import parsed, where_permissions_bind

PACKAGE = Path(__file__).parents[2] / "briefing"
BAD = Path(__file__).parents[1] / "bad"
CASES = sorted(path.name for path in BAD.iterdir() if path.is_dir() and not path.name.startswith("_"))

GENERATED = {
    # Four million characters are no file to keep in a repository.
    "too-large": {"content/facts/extra.yaml": "title: Extra\n".ljust(yaml_nodes.MAX_CHARACTERS + 1, "#")},
    # With a file of this name in it, a repository could not be checked out on Windows.
    "name-of-a-file": {"content/pages/con.md": "---\ntitle: A device on some computers\n---\nText.\n"},
}
"""Cases whose files are made when they are run: case -> path -> text."""
NOTES = {check.slug for check in CHECKS if check.severity is Severity.NOTE} | {
    "nothing-known",
    "not-published",
}
"""Cases that print notes as well: each shows a check whose findings are nothing else."""
ELSEWHERE = {
    "unreadable": "permissions do not bind every user; see the story below",
    "held-until": "an hour has to be ahead; see tests/commands/test_publish_on.py",
    "leak": "only a build finds it; see tests/build/test_leaks.py",
    "too-many-pages": "only a build finds it; see tests/build/test_one_state.py",
}
"""Slugs without a case, each with the reason."""
OVER_CAPTURES = {check.slug for check in CHECKS if check.needs_captures}
"""Cases that a verification finds, with the captures of the good project and of the case."""


def report_of(case: str, root: Path) -> str:
    """The report on a case, as it stands when colour is off."""
    shutil.copytree(values.GOOD_PROJECT, root, dirs_exist_ok=True)
    shutil.copytree(
        BAD / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt", "as-of.txt")
    )
    for path, text in GENERATED.get(case, {}).items():
        (root / path).write_text(text, "utf-8")
    asked_day = BAD / case / "as-of.txt"
    day = values.day(asked_day.read_text("utf-8").strip()) if asked_day.exists() else None
    texts = disk.read(root, request.FOLDERS)
    if case in OVER_CAPTURES:
        return told(audit.run(texts, root / "captures", values.TODAY).findings, texts)
    return told(planned(texts, root, day).findings, texts, has_notes=case in NOTES)


def planned(texts: Texts, root: Path = Path("nowhere"), as_of: datetime.date | None = None) -> Outcome:
    """The whole line short of making anything: every step that can find something is passed."""
    asked = Request("plan", root, root / "output", values.TODAY, as_of=as_of)
    return pipeline.run(asked, texts, built.Manifest(), "", workers.Pool(1), lambda done, total, title: None)


def told(findings: Sequence[Finding], texts: Texts, has_notes: bool = False) -> str:
    lines = [click.unstyle(line) for line in plain_text.findings(findings, texts.texts, has_notes)]
    return "".join(f"{line}\n" for line in lines)


def expected(case: str) -> str:
    path = BAD / case / "expected.txt"
    return path.read_text("utf-8") if path.exists() else ""


def test_the_good_project_is_good(tmp_path: Path) -> None:
    outcome = planned(values.good_texts())
    assert outcome.findings == ()
    assert outcome.held == {}
    assert outcome.exit_code == 0


@dataclass(frozen=True)
class Reported:
    """A case that was laid out in a folder, and the report on it."""

    case: str
    root: Path
    text: str


@pytest.fixture(scope="module", params=CASES)
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    root = tmp_path_factory.mktemp("case")
    return Reported(request.param, root, report_of(request.param, root))


def test_a_bad_project_is_told_in_these_words(reported: Reported) -> None:
    case, written = reported.case, reported.text
    assert written, "nothing was found"
    if os.environ.get("BRIEFING_ACCEPT") == "1":
        (BAD / case / "expected.txt").write_text(written, "utf-8")
    assert written == expected(case)


# ------------------------------------------------------------------------------------ nothing untold


@functools.cache
def literal_slugs() -> tuple[set[str], list[str]]:
    """Every slug that is written out where a finding is made, and the places where another word stands."""
    slugs, unknown = set(), []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in ("Finding", "LinkProblem", "Odd", "misfit"):
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg == "check"]
            first = (node.args or named)[0]
            if isinstance(first, ast.Constant):
                slugs.add(str(first.value))
            elif isinstance(first, ast.Name) and first.id.isupper():
                slugs.add(getattr(problems, first.id))
            else:
                unknown.append(f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(first)}")
    return slugs - {""}, unknown


PASSED_ON = {
    "model/findings.py: odd.check",  # an Odd, whose slugs are found by themselves
    "compose/cite.py: problem.check",  # a LinkProblem, whose slugs are found by themselves
    "store/json_record.py: record['check']",  # a finding of the last build, told again
    "build/redacted.py: finding.check",  # a finding without what it may not say
    "content/decode.py: check",  # the body of misfit, whose calls are found by themselves
}


def test_every_slug_can_be_found_in_the_source() -> None:
    assert set(literal_slugs()[1]) == PASSED_ON


def test_every_slug_has_a_case() -> None:
    emitted = literal_slugs()[0] | {check.slug for check in CHECKS}
    shown = {
        slug for case in CASES for slug in re.findall(r"^\S+: \w+\[([a-z-]+)\]", expected(case), re.MULTILINE)
    }
    assert emitted - shown == set(ELSEWHERE), "add a folder to tests/bad for each slug without a case"
    assert shown <= emitted, "no step emits these slugs any more"


def test_every_slug_is_explained() -> None:
    """In the reference: the checks have their pages, and what is found before them is in a table."""
    assert literal_slugs()[0] == problems.FOUND_BEFORE.keys()
    assert all(text.endswith(".") and text[0].isupper() for text in problems.FOUND_BEFORE.values())


def test_every_generated_case_is_run() -> None:
    assert set(GENERATED) <= set(CASES)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    shutil.copytree(values.GOOD_PROJECT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "content" / "systems.yaml").chmod(0)
    texts = where_permissions_bind(lambda: disk.read(tmp_path, request.FOLDERS))
    assert [finding.check for finding in planned(texts).findings] == ["unreadable"]


def test_a_report_names_places_that_are_there(reported: Reported) -> None:
    """A place is a file with that line; the caret stands below a sign of it, or just behind its last."""
    places = re.findall(r"^(\S+):(\d+):(\d+): \w+\[", expected(reported.case), re.MULTILINE)
    for path, line, column in places:
        if (reported.root / path).exists():
            lines = (reported.root / path).read_bytes().decode("utf-8", "replace").split("\n")
            assert 1 <= int(line) <= len(lines)
            assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1
        else:
            assert path.startswith("templates/"), path


# ------------------------------------------------------------- one mistake, one message, whatever follows


FOLLOW_UPS = {
    "a misspelt actor of a fact": ("facts/drones.yaml", "said_by: [minister]", "said_by: [ministre]"),
    "a misspelt source of a fact": ("facts/drones.yaml", "source: report", "source: reprot"),
    "a misspelt actor in a history": (
        "facts/drones.yaml",
        "        said_by: [minister]",
        "        said_by: [x]",
    ),
    "a misspelt fact in a judgement": (
        "facts/drones.yaml",
        "[a letter](fact:drones.letter)",
        "[x](fact:drones.x)",
    ),
    "a mistake in the actors": ("actors.yaml", "kind: person", "kind: persn"),
    "a mistake in the systems": ("systems.yaml", "names: [interceptor drone]", "names: interceptor drone"),
    "a mistake in the origins": ("origins.yaml", "date: 2026-02-09", "date: soon"),
    "a mistake in a source": ("sources/report.yaml", "reliability: C", "reliability: G"),
    "a mistake in a sheet": ("facts/drones.yaml", "kind: context", "kind: contxt"),
    "a mistake in a brief": ("briefs/letter.md", "length: full", "length: long"),
    "a mistake in a page": ("pages/method.md", "order: 10", "order: ten"),
    "a brief in a language without words": ("briefs/letter.md", "language: en-GB", "language: ko"),
    "a brief in a country that does not exist": ("briefs/letter.md", "language: en-GB", "language: en-XX"),
    "a brief in what is no language": ("briefs/letter.md", "language: en-GB", "language: en-!!"),
    "a project in a language without words": ("project.yaml", "[en-GB]", "[ko]"),
    "a project without a language": ("project.yaml", "[en-GB]", "[]"),
    "an amount that no context can hold": (
        "facts/drones.yaml",
        "amount: 50",
        "amount: 99999999999999999 trillion",
    ),
    "a misspelt key of a fact": ("facts/drones.yaml", "kind: commitment", "knid: commitment"),
    "a misspelt key of a brief": ("briefs/letter.md", "bottom_line:", "botom_line:"),
    "actors that are no YAML": ("actors.yaml", "minister:", "minister: ["),
    "systems that are indented with a tab": ("systems.yaml", "  name:", "\tname:"),
    "a sheet that is no YAML": ("facts/drones.yaml", "facts:", "facts: ["),
    "a brief without front matter": ("briefs/letter.md", "---", ""),
    "a fact that is no link": ("briefs/letter.md", "[](fact:drones.model)", "<fact:drones.model>"),
}


@pytest.mark.parametrize("story", FOLLOW_UPS)
def test_one_mistake_is_told_once_and_ends_nothing(story: str) -> None:
    name, old, new = FOLLOW_UPS[story]
    texts = dict(values.good_texts().texts)
    path = f"content/{name}"
    assert old in texts[path]
    texts[path] = texts[path].replace(old, new, 1)
    outcome = planned(Texts(texts, (), ""))
    told = [item for item in outcome.findings if item.check != "language-not-checked"]  # a consequence
    assert [finding.at.path for finding in told] == [path]
    assert outcome.exit_code == 1
    assert {"letter", "site"} >= set(outcome.held) >= {"site"}


def found_in(as_of: str = "", **bodies: str) -> list[tuple[str, Place]]:
    """What is told of the good project with more text at the end of its brief, or with another file."""
    texts = dict(values.good_texts().texts)
    texts["content/briefs/letter.md"] += "\n" + bodies.get("brief", "") + "\n"
    sheet = "content/facts/drones.yaml"
    texts[sheet] = texts[sheet].replace("A line was opened.", bodies.get("statement", "A line was opened."))
    outcome = planned(Texts(texts, (), ""), as_of=values.day(as_of) if as_of else None)
    return [(finding.check, finding.at) for finding in outcome.findings if finding.is_error]


def test_a_page_leaves_out_the_sections_that_cite_what_was_not_yet_known() -> None:
    texts = dict(values.good_texts().texts)
    texts["content/pages/method.md"] += "\n## Price\n\nAt [a price](fact:drones.price).\n\nThe end.\n"

    def page(day: str) -> str:
        pages = steps.snapshot(Texts(texts, (), ""), values.TODAY, as_of=values.day(day)).pages
        return repr(pages["method"].sections) if "method" in pages else ""

    assert "drones.price" in page("2026-02-09")
    assert "The end." in page("2026-02-09")
    assert page("2026-01-20") == ""  # the letter, too, stood otherwise


BRIEF = "content/briefs/letter.md"
ADDED = values.good_texts().texts[BRIEF].count("\n") + 2
"""The line of what is added to the brief."""


def test_an_address_that_is_no_link_is_told_where_it_stands() -> None:
    assert found_in(brief="See <fact:drones.start>.") == [("unread-link", Place(BRIEF, ADDED, 5))]
    assert found_in(brief="See `<fact:drones.start>`.") == []


@pytest.mark.parametrize(
    ("text", "slug", "column"),
    [
        ("<fact:drones.price>", "unread-link", 1),
        ("<fact:drones.m>", "unread-link", 1),
        ("`[](fact:drones.x)` [](fact:drones.x)", "unknown-fact", 23),
    ],
)
def test_a_link_is_told_where_it_stands_and_not_where_its_words_stand_first(
    text: str, slug: str, column: int
) -> None:
    assert found_in(brief=text) == [(slug, Place(BRIEF, ADDED, column))]


def test_a_link_in_the_plain_words_of_a_fact_is_told() -> None:
    """They have no links: its brackets would be printed as they stand."""
    sheet = "content/facts/drones.yaml"
    for words in ("see fact:drones.price", "at [a price](fact:drones.price)", "see drones.price"):
        ((slug, at),) = found_in(statement=f"A line was opened, {words}.")
        assert (slug, at.path) == ("unread-link", sheet)


def test_a_link_without_words_is_told_where_it_is_and_not_where_another_has_words() -> None:
    text = "One [start](fact:drones.thanks) here.\n\nThe Maker says [](fact:drones.thanks)."
    assert ("nothing-to-print", Place(BRIEF, ADDED + 2, 18)) in found_in(brief=text)


def test_a_passage_that_cites_what_was_not_yet_known_is_no_mistake() -> None:
    assert found_in("2026-01-20", brief="At [a price](fact:drones.price).") == []
    assert found_in("2026-01-20", brief="```\ncode\n```\nAt [a price](fact:drones.price).") == []


def test_a_passage_behind_code_is_left_out_like_any_other() -> None:
    code = "```\ncode\n\nmore\n```\n"
    assert found_in("2026-01-20", brief=code + "At [a price](fact:drones.price).") == []


# ---------------------------------------------------------------------------------------- the words

PLACES = st.builds(Place, st.sampled_from(["a.yaml", "b.md"]), st.integers(1, 30), st.integers(1, 9))
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["date", "name"]),
    st.sampled_from(["one", "two"]),
    PLACES,
    severity=st.sampled_from(Severity),
    brief=st.sampled_from(["", "letter"]),
)


@given(st.lists(FINDINGS), st.randoms(use_true_random=False))
def test_findings_come_once_each_in_the_order_of_their_places(found: list[Finding], random: object) -> None:
    ordered = problems.ordered(found)
    assert set(ordered) == set(found)
    assert len(set(ordered)) == len(ordered)
    places = [finding.at for finding in ordered]
    assert places == sorted(places)
    random.shuffle(found)  # type: ignore[attr-defined]
    assert [plain(finding) for finding in problems.ordered(found)] == [plain(finding) for finding in ordered]


def plain(finding: Finding) -> tuple[Place, str, str, str]:
    return finding.at, finding.check, finding.message, finding.brief


def test_lines_are_ordered_as_numbers() -> None:
    late, early = Place("a.yaml", 10), Place("a.yaml", 9)
    assert [
        finding.at for finding in problems.ordered([Finding("x", "x", late), Finding("x", "x", early)])
    ] == [early, late]


def test_a_place_reads_as_editors_write_it() -> None:
    assert str(Place("content/facts/x.yaml", 3, 7)) == "content/facts/x.yaml:3:7"


@given(st.text(), st.integers(0, 400), st.integers(1, 9), st.integers(1, 9))
def test_the_place_of_a_sign_leads_back_to_it(text: str, wanted: int, line: int, column: int) -> None:
    if not text:
        return
    index = wanted % len(text)
    place = Place("a.yaml", line, column).at_index(text, index)
    lines = ["\n"] * (line - 1) + (" " * (column - 1) + text).split("\n")
    assert (lines[place.line - 1] + "\n")[place.column - 1] == text[index]


def test_only_errors_hold_back() -> None:
    assert Finding("x", "x", Place("x")).is_error
    assert not Finding("x", "x", Place("x"), severity=Severity.WARNING).is_error


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("sumary", "did you mean 'summary'? The choices are summary, title"),
        ("SUMMARY", "the choices are summary, title; or say it"),
        ("xyz", "the choices are summary, title; or say it"),
        ("", "the choices are summary, title; or say it"),
    ],
)
def test_a_hint_offers_what_is_near_and_lists_the_choices(word: str, hint: str) -> None:
    assert problems.nearest(word, ["summary", "title"], "say it") == hint


def test_of_many_choices_a_hint_lists_the_nearest_first() -> None:
    many = [f"name-{number}" for number in range(30)] + ["letter", "letters", "ladder"]
    assert problems.nearest("leter", many).startswith(
        "did you mean 'letter'? The nearest of 33 choices are letter, letters, ladder"
    )
    assert problems.nearest("quay", ["mole"]) == "the only choice is mole"
    assert problems.nearest("quay", [], "make one") == "make one"


def test_a_hint_for_a_key_proposes_no_fact_of_another_name() -> None:
    keys = ["ferries.price", "ferries.count", "harbour.payer"]
    assert problems.nearest("ferries.payer", keys) == "the choices are ferries.price, ferries.count"
    assert problems.nearest("ferries.prise", keys).startswith("did you mean 'ferries.price'?")
    assert problems.nearest("x.y", keys, "add it") == "the choices are ferries.…, harbour.…; or add it"


@given(st.text(max_size=30), st.frozensets(st.text(max_size=10), max_size=5))
def test_a_hint_is_the_same_on_every_run(word: str, known: frozenset[str]) -> None:
    hint = problems.nearest(word, known, "otherwise")
    assert hint == problems.nearest(word, frozenset(sorted(known, reverse=True)), "otherwise")
    assert hint.startswith(("did you mean '", "the ", "otherwise"))


def test_machine_problems_are_one_small_family_and_no_kin_of_click() -> None:
    family = {
        item for item in vars(problems).values() if isinstance(item, type) and issubclass(item, Exception)
    }
    machine = {item for item in family if issubclass(item, problems.BriefingError)}
    assert family - machine == {problems.FoundProblem}, "only a finding on its way up is no machine's problem"
    assert not any(issubclass(item, click.ClickException) for item in family)


def test_a_finding_on_its_way_up_is_no_problem_of_the_machine() -> None:
    """Else the command line would take a mistake of the content for a broken computer."""
    finding = Finding("template", "it is broken", Place("templates/page.html.j2"))
    problem = problems.FoundProblem(finding)
    assert (problem.finding, str(problem)) == (finding, "it is broken")


def test_of_very_many_names_the_nearest_is_found_as_well() -> None:
    known = {f"sheet-{number % 70}.fact-{number}" for number in range(3000)} | {"ferries.letter"}
    assert nearest("ferry.letter", known).startswith("did you mean 'ferries.letter'?")
    assert nearest_of("qqq", known) == ""
