"""Build, change something, plan, build, expect: what a curator lives through."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.content.layout import shipped_templates
from tests.conftest import QUICK, SAMPLE, Project, call, tries
from tests.ledgers import ANNOUNCED

FERRY = "content/facts/ferry.yaml"
HARBOUR = "content/facts/harbour.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"
COUNT = "value: {amount: 4, unit: ferries}"
PRICE = "{amount: 90 million, currency: EUR, bound: about, instrument: loan, price_basis: not stated}"
PRICE_IN_ANOTHER_ORDER = (
    "{price_basis: not stated, currency: EUR, bound: about, instrument: loan, amount: 90 million}"
)
ALL_OF_PURCHASE = {
    f"{folder}/ferry-purchase{ending}"
    for folder in ("briefs", "site/briefs")
    for ending in (".html", ".md", ".pdf", ".two-page.pdf", ".flash.pdf")
}
SHORT_FORMS = {path for path in ALL_OF_PURCHASE if path.count(".") > 1}


def _groups(paths: set[str]) -> set[str]:
    return {path.partition(".")[0] for path in paths if path.startswith("briefs/")}


def _to_read(paths: Iterable[str]) -> set[str]:
    """Paths without those for machines: the twins of pages, the index of the search, citations."""
    return {path for path in paths if not path.endswith((".json", ".js", ".ris", ".bib", ".csv"))}


# ------------------------------------------------------------------------------------- nothing to do


def test_second_build_makes_nothing_and_says_so(built: Project) -> None:
    before = written_at(built.output)
    said = built.build()
    assert said.exit_code == 0
    number = len(built.results())
    assert f"{number} files: 0 made, {number} kept, 0 removed, 0 held back" in said.out
    assert before == written_at(built.output)


def written_at(folder: Path) -> dict[Path, int]:
    """When each file of a folder was written, the lock apart, which every build takes."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {path: path.stat().st_mtime_ns for path in files}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FERRY, "facts:\n  letter:", "# A comment.\nfacts:\n  letter:"),
        (FERRY, "  count:\n", "\n\n  count:  # four?\n"),
        (
            FERRY,
            f"    said_by: [brandt]\n    value: {PRICE}\n",
            f"    value: {PRICE_IN_ANOTHER_ORDER}\n    said_by: [brandt]\n",
        ),
        (FERRY, "title: The ferries\n", 'title: "The ferries"\n'),
        (FERRY, "amount: 90 million", "amount: 90000000"),
        (PURCHASE, "owner: R. Lund\nsheets: [ferry]\n", "sheets: [ferry]\nowner: R. Lund\n"),
    ],
    ids=[
        "comment",
        "blank lines",
        "reordered keys",
        "quotation marks",
        "same amount",
        "reordered front matter",
    ],
)
def test_what_means_the_same_makes_nothing_anew(built: Project, path: str, old: str, new: str) -> None:
    built.change(path, old, new)
    assert built.decided("plan") == {}
    before = built.results()
    assert built.build().exit_code == 0
    assert built.results() == before


# ------------------------------------------------------------------------------------ something changed


def test_changed_value_makes_exactly_what_shows_it(built: Project) -> None:
    shows_it = {
        path
        for path, data in built.results().items()
        if b"4 ferries" in data or path.endswith(".pdf")  # both briefs show it
    }
    before = built.results()
    built.change(FERRY, COUNT, "value: {amount: 5, unit: ferries}")
    planned = built.decided("plan")
    assert _to_read(planned) == _to_read(shows_it)
    assert {planned[path] for path in _to_read(planned)} == {("make", "ferry.count 4 ferries -> 5 ferries")}
    assert "site/facts/ferry.count.json" in planned
    assert "site/assets/search/shelf-fact-ferry.js" in planned
    assert built.decided("build") == planned
    after = built.results()
    made = {path for path, (action, _) in planned.items() if action == "make"}
    assert {path for path in after if after[path] != before.get(path)} == made
    assert "5 ferries" in built.read("output/briefs/ferry-purchase.md")
    assert "4 ferries" not in built.read("output/briefs/ferry-purchase.md")
    assert built.decided("plan") == {}


def test_change_in_one_brief_s_fact_leaves_the_other_brief_alone(built: Project) -> None:
    built.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    planned = built.decided("plan")
    assert _groups(set(planned)) == {"briefs/ferry-purchase"}
    assert planned["briefs/ferry-purchase.pdf"] == ("make", "ferry.type M2 -> M3")
    assert "site/facts/ferry.type.html" in planned
    assert "site/facts/ferry.count.html" not in planned


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("status: discussed", ANNOUNCED, "ferry.first-crossing status discussed -> announced"),
        (
            "    date: ../2035\n    asserted: 2031-03-15\n    actors: [norrvik, telmark]",
            "    date: ../2036\n    asserted: 2031-03-15\n    actors: [norrvik, telmark]",
            "ferry.count date by 2035 -> by 2036",
        ),
        (
            "statement: The ferries are of the class M2.",
            "statement: The class M2 is meant.",
            "ferry.type statement The ferries are of the class M2. -> The class M2 is meant.",
        ),
        (
            "statement: Holm says how many passengers one ferry carries.",
            "statement: Holm states how many passengers each ferry carries.",
            "ferry.places statement reworded",
        ),
        (
            "said_by: [holm, brandt]",
            "said_by: [holm]",
            "ferry.count speakers Ada Holm and Ivo Brandt -> Ada Holm",
        ),
    ],
)
def test_reason_names_what_changed_in_a_fact(built: Project, old: str, new: str, reason: str) -> None:
    built.change(FERRY, old, new)
    fact = reason.split(maxsplit=1)[0]
    assert built.decided("plan")[f"site/facts/{fact}.html"] == ("make", reason)


def test_changed_prose_makes_its_brief_only(built: Project) -> None:
    built.change(PURCHASE, "The letter names", "That letter names")
    planned = built.decided("plan")
    assert _groups(set(planned)) == {"briefs/ferry-purchase"}
    assert planned["briefs/ferry-purchase.md"] == ("make", "the brief's own text changed")
    assert _to_read(planned) == _to_read(ALL_OF_PURCHASE - SHORT_FORMS)  # they leave the text out
    assert "site/assets/search/shelf-brief-ferry-purchase.js" in planned


def test_changed_fact_makes_the_short_forms_that_show_it(built: Project) -> None:
    """The first fact stands in the table, the second in the text alone."""
    built.change(FERRY, "status: discussed", ANNOUNCED)
    made = built.decided("build")
    reason = "ferry.first-crossing status discussed -> announced"
    assert {made.get(path) for path in SHORT_FORMS} == {("make", reason)}
    assert not any(path.startswith("briefs/overview.") and path.count(".") > 1 for path in made)

    built.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    planned = built.decided("plan")
    assert "briefs/ferry-purchase.pdf" in planned
    assert not SHORT_FORMS & planned.keys()


@pytest.mark.pdf
def test_short_form_can_be_asked_for_alone(project: Project) -> None:
    assert set(project.decided("build", "--format", "flash")) == {"briefs/ferry-purchase.flash.pdf"}
    assert [path.name for path in (project.output / "briefs").iterdir()] == ["ferry-purchase.flash.pdf"]


def test_brief_that_becomes_one_page_loses_its_short_forms(built: Project) -> None:
    built.change(PURCHASE, "sheets: [ferry]\n", "sheets: [ferry]\nlength: one-page\n")
    planned = built.decided("plan")
    gone = {path for path, (action, _) in planned.items() if action == "remove"}
    assert gone == SHORT_FORMS


def test_new_fact_that_a_query_finds_reaches_the_brief(built: Project) -> None:
    built.change(
        FERRY,
        "  visit:\n    kind: event\n",
        "  pilots:\n    kind: commitment\n    statement: Norrvik asks for pilots.\n"
        "    evidence:\n      - {source: gazette, paragraph: 11, terms: [asks for pilots]}\n"
        "    status: requested\n    asserted: 2031-03-15\n  visit:\n    kind: event\n",
    )
    planned = built.decided("plan")
    assert planned["briefs/ferry-purchase.md"] == ("make", "ferry.pilots is new here")
    assert "briefs/overview.md" not in planned
    assert planned["site/facts/ferry.pilots.html"] == ("make", "new")


def test_changed_template_and_style_make_what_they_touch(built: Project) -> None:
    shipped_style = shipped_templates()["print.css"]
    built.write("templates/print.css", shipped_style + "\nh2 { color: black; }\n")
    planned = built.decided("plan")
    assert set(planned) == SHORT_FORMS | {
        f"{folder}/{brief}.pdf"
        for folder in ("briefs", "site/briefs")
        for brief in ("ferry-purchase", "overview")
    }
    assert set(planned.values()) == {("make", "style print.css changed")}

    page = shipped_templates()["page.html.j2"]
    built.write("templates/page.html.j2", page.replace('<body class="page">', '<body class="page own">'))
    made = built.decided("build")
    assert made["briefs/overview.html"] == ("make", "template page.html.j2 changed")
    assert not any(path.startswith("site/") and path.endswith(".html") for path in made)
    assert 'class="page own"' in built.read("output/briefs/overview.html")

    (built.root / "templates" / "page.html.j2").unlink()
    assert set(built.decided("plan")) == {"briefs/overview.html", "briefs/ferry-purchase.html"}


# ---------------------------------------------------------------------------------- files that come and go


def test_deleted_brief_takes_its_own_files_along_and_no_others(built: Project) -> None:
    foreign = built.output / "briefs" / "notes.txt"
    foreign.write_text("mine")
    (built.root / PURCHASE).unlink()
    before = built.results()
    made = built.decided("build")
    gone = {path for path, (action, _) in made.items() if action == "remove"}
    assert gone >= ALL_OF_PURCHASE
    assert _to_read(gone) == _to_read(ALL_OF_PURCHASE)
    assert {made[path][1] for path in gone} == {"nothing calls for it any more"}
    after = built.results()
    assert before.keys() - after.keys() == gone
    assert foreign.read_text() == "mine"
    assert "ferry-purchase" not in built.read("output/site/index.html")


def test_renamed_brief_moves_its_files(built: Project) -> None:
    (built.root / PURCHASE).rename(built.root / "content/briefs/purchase.md")
    made = built.decided("build", *QUICK)
    assert made == {
        "briefs/ferry-purchase.html": ("remove", "nothing calls for it any more"),
        "briefs/ferry-purchase.md": ("remove", "nothing calls for it any more"),
        "briefs/purchase.html": ("make", "new"),
        "briefs/purchase.md": ("make", "new"),
    }
    assert (built.output / "briefs/ferry-purchase.pdf").exists()  # out of scope
    assert not (built.output / "briefs/ferry-purchase.html").exists()


def test_renamed_brief_with_errors_keeps_its_last_good_files(built: Project) -> None:
    text = built.read(PURCHASE).replace("sheets: [ferry]", "formerly: [ferry-purchase]\nsheets: [ferry]")
    (built.root / PURCHASE).unlink()
    built.write("content/briefs/the-purchase.md", text.replace("(fact:ferry.type)", "(fact:ferry.typo)"))
    built.write(
        "content/project.yaml", built.read("content/project.yaml").replace("ferry-purchase", "the-purchase")
    )
    said = built.build()
    assert said.exit_code == 1
    assert (built.output / "briefs/ferry-purchase.pdf").exists()
    built.change("content/briefs/the-purchase.md", "(fact:ferry.typo)", "(fact:ferry.type)")
    assert built.build(*QUICK).exit_code == 0
    assert (built.output / "briefs/the-purchase.html").exists()
    assert not (built.output / "briefs/ferry-purchase.html").exists()


def test_emptied_folder_goes_with_its_last_file(project: Project) -> None:
    project.build(*QUICK)
    for brief in (project.root / "content/briefs").iterdir():
        brief.unlink()
    project.change("content/project.yaml", "home: [overview]\n", "")
    assert project.build(*QUICK).exit_code == 0
    assert not (project.output / "briefs").exists()


def test_file_that_was_edited_or_deleted_is_restored(built: Project) -> None:
    before = built.results()
    edited, deleted = "briefs/overview.html", "site/facts/ferry.count.html"
    (built.output / edited).write_text("mine now")
    (built.output / deleted).unlink()
    expected = {
        edited: ("make", "it was modified after the last build"),
        deleted: ("make", "it was missing"),
    }
    assert built.decided("plan") == expected
    assert built.decided("build") == expected
    assert built.results() == before


# ------------------------------------------------------------------------------------------ held back


def test_error_in_a_sheet_holds_what_needs_it_and_nothing_else(built: Project) -> None:
    built.change(PURCHASE, ", harbour.storm]", "]")
    built.change(PURCHASE, "[](fact:harbour.storm#mark)", "")
    built.change(
        PURCHASE,
        "Norrvik pays [](fact:harbour.share) of the works; Telmark gives [](fact:harbour.grant).",
        "Nothing.",
    )
    # Its table takes commitments of every sheet; now it says of which.
    built.change(PURCHASE, "  kinds: [commitment]\n", "  sheets: [ferry]\n  kinds: [commitment]\n")
    assert built.build().exit_code == 0
    good = built.results()

    built.change(HARBOUR, "amount: 3, unit: berths", "amount: three, unit: berths")
    built.change(FERRY, COUNT, "value: {amount: 5, unit: ferries}")
    said = built.build("--json")
    assert said.exit_code == 1
    actions = {item["path"]: item["action"] for item in said.record["decisions"]}
    held = {path for path, action in actions.items() if action == "hold"}
    assert {path for path in held if not path.startswith("site/")} == {
        "briefs/overview.html",
        "briefs/overview.md",
        "briefs/overview.pdf",
    }
    assert held > {path for path in good if path.startswith("site/")}
    assert {path for path, action in actions.items() if action == "make"} == {
        "briefs/ferry-purchase.html",
        "briefs/ferry-purchase.md",
        "briefs/ferry-purchase.pdf",
        "briefs/ferry-purchase.two-page.pdf",
        "briefs/ferry-purchase.flash.pdf",
    }
    now = built.results()
    assert {path: now[path] for path in held} == {path: good[path] for path in held}
    assert b"5 ferries" in now["briefs/ferry-purchase.md"]
    assert "needs content/facts/harbour.yaml, which has errors" in said.record["held"]["overview"]
    (finding,) = said.record["findings"]
    assert (finding["path"], finding["check"]) == (HARBOUR, "number")

    again = built.build("--json")
    assert again.exit_code == 1
    assert again.record["findings"] == said.record["findings"]
    assert again.record["held"] == said.record["held"]

    built.change(HARBOUR, "amount: three, unit: berths", "amount: 3, unit: berths")
    assert built.build().exit_code == 0
    assert b"5 ferries" in built.results()["briefs/overview.md"]
    assert b"5 ferries" in built.results()["site/facts/ferry.count.html"]
    assert built.decided("plan") == {}


def test_error_in_a_brief_holds_that_brief_and_the_site(built: Project) -> None:
    before = built.results()
    built.change(PURCHASE, "of the class [](fact:ferry.type)", "of the class [](fact:ferry.tpye)")
    built.change(FERRY, COUNT, "value: {amount: 5, unit: ferries}")
    said = built.build("--json")
    assert said.exit_code == 1
    (finding,) = said.record["findings"]
    assert finding["check"] == "unknown-fact"
    assert finding["hint"].startswith("did you mean 'ferry.type'? The choices are ")
    assert (finding["path"], finding["line"]) == (PURCHASE, 16)
    after = built.results()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"briefs/overview.html", "briefs/overview.md", "briefs/overview.pdf"}


def test_error_in_a_register_holds_everything(built: Project) -> None:
    before = built.results()
    built.change(
        "content/actors.yaml",
        "kind: person\n  role: Minister of the Sea",
        "kind: human\n  role: Minister of the Sea",
    )
    said = built.build("--json")
    assert said.exit_code == 1
    assert {item["action"] for item in said.record["decisions"]} == {"hold"}
    assert built.results() == before


def test_nine_mistakes_give_nine_findings_in_one_run(project: Project) -> None:
    for path, old, new in (
        (FERRY, "unit: ferries", "unti: ferries"),
        (FERRY, "status: discussed", "status: discused"),
        (FERRY, "date: 2033-22\n    asserted", "date: 2033-42\n    asserted"),
        (HARBOUR, "amount: 1250000", "amount: 1,250,000"),
        (HARBOUR, "kind: event", "kind: happening"),
        (HARBOUR, "bound: up to", "bound: upto"),
        ("content/sources/gazette.yaml", "reliability: B", "reliability: good"),
        ("content/systems.yaml", "category: ferry\n  names", "categry: ferry\n  names"),
        (PURCHASE, "sheets: [ferry]", "sheets: ferry"),
    ):
        project.change(path, old, new)
    said = project.call("check", "--json")
    assert said.exit_code == 1
    places = {(finding["path"], finding["line"]) for finding in said.record["findings"]}
    assert len(places) >= 9
    assert said.record["findings"] == sorted(
        said.record["findings"], key=lambda item: (item["path"], item["line"], item["column"], item["check"])
    )


# -------------------------------------------------------------------------------------------- scope


def test_only_makes_the_named_brief_and_leaves_the_rest(built: Project) -> None:
    before = built.results()
    built.change(FERRY, COUNT, "value: {amount: 5, unit: ferries}")
    made = built.decided("build", "--only", "overview")
    assert set(made) == {"briefs/overview.html", "briefs/overview.md", "briefs/overview.pdf"}
    after = built.results()
    assert {path for path in after if after[path] != before[path]} == set(made)
    rest = built.decided("plan")
    assert rest["briefs/ferry-purchase.md"] == ("make", "ferry.count 4 ferries -> 5 ferries")
    assert rest["site/facts/ferry.count.html"] == ("make", "ferry.count 4 ferries -> 5 ferries")
    assert not any(path.startswith("briefs/overview") for path in rest)


def test_format_makes_the_named_format_of_every_brief(built: Project) -> None:
    built.change(FERRY, COUNT, "value: {amount: 5, unit: ferries}")
    assert set(built.decided("build", "--format", "markdown")) == {
        "briefs/overview.md",
        "briefs/ferry-purchase.md",
    }
    assert set(built.decided("build", "--format", "html", "--only", "overview")) == {"briefs/overview.html"}


def test_unknown_brief_is_a_mistake_in_the_call(project: Project) -> None:
    said = project.build("--only", "ferries")
    assert said.exit_code == 2
    assert said.err == "briefing: there is no brief 'ferries'; the choices are ferry-purchase, overview\n"
    assert project.results() == {}


def test_unknown_format_is_a_mistake_in_the_call(project: Project) -> None:
    said = project.build("--format", "docx")
    assert said.exit_code == 2
    assert "expected one of markdown, html, pdf, two-page, flash, site, found 'docx'" in said.err


def test_as_of_shows_the_past_beside_the_present(project: Project) -> None:
    project.build(*QUICK)
    before = project.results()
    assert project.build(*QUICK, "--as-of", "2031-03-20", "--only", "overview").exit_code == 0
    past = project.read("output/as-of-2031-03-20/briefs/overview.md")
    assert "20\N{NO-BREAK SPACE}March 2031" in past
    assert "berths" not in past.partition("texts do not say")[0]  # asked for on 1 April
    assert "4 ferries" in past
    assert {path: data for path, data in project.results().items() if "as-of-" not in path} == before
    assert project.decided("plan", *QUICK) == {}


def test_as_of_in_the_folder_of_today_replaces_it_and_the_present_comes_back(project: Project) -> None:
    project.build(*QUICK)
    before = project.results()
    there = ("--output", str(project.output))
    assert project.build(*QUICK, "--as-of", "2031-03-20", "--only", "overview", *there).exit_code == 0
    assert project.results() != before
    assert project.build(*QUICK).exit_code == 0
    assert project.results() == before


def test_as_of_takes_a_fact_as_it_was_then(project: Project) -> None:
    (project.root / "content/pages/method.md").unlink()
    project.write(
        "content/briefs/then.md",
        "---\ntitle: Then\nsubtitle: As it was\nowner: not stated\nsheets: []\n"
        "bottom_line: There is [a letter](fact:ferry.letter).\ncommitments: {facts: [ferry.letter]}\n---\n"
        "Its status is [](fact:ferry.letter#status).\n",
    )
    assert project.build(*QUICK, "--only", "then", "--as-of", "2031-02-10").exit_code == 0
    then = project.read("output/as-of-2031-02-10/briefs/then.md")
    assert "| Holm announces a purchase of ferries | ○ announced | Ada Holm⁽[^1]⁾ |" in then
    assert "There is" not in then and "Its status" not in then and "As it was" not in then
    assert project.build(*QUICK, "--only", "then").exit_code == 0
    assert "Its status is reported: declared intent" in project.read("output/briefs/then.md")


def test_as_of_does_not_hold_back_what_only_a_later_text_states(project: Project) -> None:
    """Today the amount is held to the Evening Post, which came later; as of March that text is left out."""
    sheet = "content/facts/ferry.yaml"
    project.change(sheet, "intends to buy four ferries, by 2035", "intends to buy, by 2035")
    assert project.build(*QUICK, "--only", "overview").exit_code == 0
    assert project.build(*QUICK, "--as-of", "2031-03-20", "--only", "overview").exit_code == 0
    assert "4 ferries" in project.read("output/as-of-2031-03-20/briefs/overview.md")
    project.change(sheet, "чотири пороми", "пороми")
    said = project.build(*QUICK, "--only", "overview")
    assert said.exit_code == 1 and "value-not-stated" in said.err + said.out


def test_as_of_builds_the_site_of_the_past(built: Project) -> None:
    """A brief leaves out what was not known yet; a plain page must not hold the past back either."""
    said = built.call("plan", "--as-of", "2031-03-01")
    assert said.exit_code == 0


# ------------------------------------------------------------------------------------ plan and build


@pytest.mark.parametrize(
    "edit",
    [
        (FERRY, COUNT, "value: {amount: 5, unit: ferries}"),
        (HARBOUR, "flags: [disputed]", "flags: [cancelled]"),
        (PURCHASE, "title: The ferry purchase", "title: The purchase"),
        ("content/pages/method.md", "A grade is a label.", "A grade is a label only."),
        ("content/actors.yaml", "name: Ada Holm", "name: Ada B. Holm"),
        ("content/project.yaml", "marking: CLEAR", "marking: GREEN"),
        (HARBOUR, "status: requested", "status: wished"),
    ],
    ids=["value", "flag", "title", "page", "name", "marking", "error"],
)
def test_build_does_what_the_plan_said(built: Project, edit: tuple[str, str, str]) -> None:
    built.change(*edit)
    planned, before = built.call("plan", "--json").record, built.results()
    assert built.results() == before  # a plan changes nothing
    done = built.call("build", "--json").record
    for name in ("decisions", "findings", "held", "exit_code"):
        assert done[name] == planned[name]
    after = built.results()
    made = {item["path"] for item in done["decisions"] if item["action"] == "make"}
    assert {path for path in after if after[path] != before.get(path)} == made


def test_build_from_nothing_equals_build_by_steps(built: Project, tmp_path: Path) -> None:
    """However a state was reached, its files are the same."""
    for edit in (
        (FERRY, COUNT, "value: {amount: 5, unit: ferries}"),
        (PURCHASE, "## What is paid", "## Who pays"),
        ("content/systems.yaml", "name: Ice ferry", "name: Winter ferry"),
    ):
        built.change(*edit)
        assert built.build(*QUICK, "--format", "site").exit_code == 0
    assert built.build().exit_code == 0
    fresh = tmp_path / "fresh"
    assert built.call("build", "--output", str(fresh), *QUICK).exit_code == 0
    by_steps = {path: data for path, data in built.results().items() if not path.startswith("site/")}
    anew = Project(tmp_path / "anew")
    shutil.copytree(built.root / "content", anew.root / "content")
    assert anew.build(*QUICK).exit_code == 0
    assert anew.results() == {path: data for path, data in by_steps.items() if not path.endswith(".pdf")}


# --------------------------------------------------------------------------------------- any bad input

_TEXTS = {
    path.relative_to(SAMPLE).as_posix(): path.read_text("utf-8")
    for path in sorted(SAMPLE.rglob("*"))
    if path.suffix in (".yaml", ".md")
}


@st.composite
def _mutations(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the sample with one piece of it deleted, doubled, replaced or moved."""
    path = draw(st.sampled_from(sorted(_TEXTS)))
    text = _TEXTS[path]
    start = draw(st.integers(0, len(text)))
    end = min(len(text), start + draw(st.integers(0, 60)))
    piece = draw(
        st.sampled_from(
            [
                "",
                text[start:end] * 2,
                "\n",
                ": ",
                "not stated",
                "[]",
                "{}",
                "- ",
                '"',
                "9" * 40,
                "2031-13-99",
                "…",
                "[](fact:ferry.count)",
                "[x](fact:)",
                "(fact:a.b",
                "\x00",
                "\t",
                "é́",
                "&a",
                "*a",
                "!!int",
                "---\n",
                "|",
            ]
        )
        | st.text(max_size=12)
    )
    return path, text[:start] + piece + text[end:]


def _broken(root: Path, mutation: tuple[str, str]) -> Path:
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    path, text = mutation
    (root / path).write_text(text, "utf-8")
    return root


@settings(max_examples=tries(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutation=_mutations())
def test_any_broken_file_is_reported_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, mutation: tuple[str, str]
) -> None:
    root = _broken(tmp_path_factory.mktemp("broken"), mutation)
    said = call("check", "--project", root, "--json")
    assert said.exit_code in (0, 1)
    assert bool([item for item in said.record["findings"] if item["severity"] == "error"]) == bool(
        said.exit_code
    )
    shutil.rmtree(root)


@settings(max_examples=tries(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutation=_mutations())
def test_no_broken_file_crashes_a_plan(
    tmp_path_factory: pytest.TempPathFactory, mutation: tuple[str, str]
) -> None:
    root = _broken(tmp_path_factory.mktemp("broken"), mutation)
    assert call("plan", "--project", root, "--json", *QUICK).exit_code in (0, 1)
    shutil.rmtree(root)


def test_today_is_no_part_of_any_page(project: Project) -> None:
    """A milestone of the past colours the findings; the files stay what they were."""
    assert datetime.date.today() < datetime.date(2035, 1, 1), "give the milestone of the sample a later day"
    project.build(*QUICK)
    before = project.results()
    project.change(FERRY, "review_by: 2099-12-31", "review_by: 2020-01-01")
    said = project.build(*QUICK)
    assert said.exit_code == 0
    assert "warning[review-due] ferry.letter was due for review by 2020-01-01" in said.err
    assert project.results() == before
