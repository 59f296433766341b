"""Before anything is written: what a change would do, to which sentence, of whose brief."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.changes.impact import BriefPart, ChangedSentence, Fate, Impact
from briefing.cli.reports import impact
from briefing.content.layout import shipped_templates
from briefing.editions import file_copy
from briefing.store import disk
from tests.conftest import QUICK, Project, run
from tests.ledgers import ANNOUNCED

FERRY = "content/facts/ferry.yaml"
HARBOUR = "content/facts/harbour.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"
OVERVIEW = "content/briefs/overview.md"
COUNT = "value: {amount: 4, unit: ferries}"
FIVE = "value: {amount: 5, unit: ferries}"
COPIES = Path("output", disk.STATE_FOLDER, "copies")
PILOTS = (
    "  pilots:\n    kind: commitment\n    statement: Norrvik asks for pilots.\n"
    "    evidence:\n      - {source: gazette, paragraph: 11, terms: [asks for pilots]}\n"
    "    status: requested\n    asserted: 2031-03-15\n"
)
VISIT = "  visit:\n    kind: event\n"


def planned(project: Project, *arguments: str) -> dict[str, dict[str, Any]]:
    """What a plan says of every brief, by its id."""
    record = project.call("plan", "--json", *QUICK, *arguments).record
    return {item["brief"]: item for item in record["impact"]}


def told(item: dict[str, Any], *parts: str) -> list[tuple[str, str]]:
    return [
        (one["before"], one["after"]) for one in item["sentences"] if one["part"] in (parts or one["part"])
    ]


def use(project: Project, fact: str, *arguments: str) -> dict[str, Any]:
    """What is said of one fact."""
    (found,) = project.call("impact", fact, "--json", *arguments).record["facts"]
    assert isinstance(found, dict)
    return found


# -------------------------------------------------------------------------------------- values change


def test_a_changed_value_shows_its_sentences_old_and_new_in_each_brief(quick: Project) -> None:
    assert planned(quick) == {}
    quick.change(FERRY, COUNT, FIVE)
    found = planned(quick)
    assert {name: item["owner"] for name, item in found.items()} == {
        "ferry-purchase": "R. Lund",
        "overview": None,
    }
    assert told(found["overview"], "sentence") == [
        (
            "Norrvik asks for up to 3 berths and may buy 4 ferries.",
            "Norrvik asks for up to 3 berths and may buy 5 ferries.",
        )
    ]
    assert [before.split(" | ")[1] for before, _ in told(found["overview"], "row")] == ["4 ferries"]
    assert {fact for one in found["overview"]["sentences"] for fact in one["changed"]} == {"ferry.count"}
    assert found["overview"]["files"] == ["briefs/overview.html", "briefs/overview.md"]
    assert found["overview"]["changes"] == [{"key": "ferry.count", "turn": "value"}]
    assert not found["overview"]["memberships"]


def test_plan_prints_them_under_the_files(quick: Project) -> None:
    quick.change(FERRY, COUNT, FIVE)
    said = quick.call("plan", *QUICK).out
    assert said.index("briefs/overview.html") < said.index("overview (owner: not stated): 1 sentence, 1 row")
    assert "    - Two ministers signed a letter of intent that names 4 ferries.\n" in said
    assert "    + Two ministers signed a letter of intent that names 5 ferries.\n" in said
    assert "\x1b" not in said
    below = said.partition("ferry-purchase (owner")[2].rpartition("\n\n")[0]
    assert max(map(len, below.splitlines())) <= 120


def test_what_plan_said_is_what_build_did(quick: Project) -> None:
    quick.change(FERRY, COUNT, FIVE)
    quick.change(FERRY, "status: discussed", ANNOUNCED)
    files_planned = {path for item in planned(quick).values() for path in item["files"]}
    assert set(quick.decided("build", *QUICK)) == files_planned
    assert planned(quick) == {}


def test_no_sentence_is_named_where_only_the_looks_change(quick: Project) -> None:
    page = shipped_templates()["page.html.j2"]
    quick.write("templates/page.html.j2", page.replace('<body class="page">', '<body class="page own">'))
    found = planned(quick)
    assert {name: item["sentences"] for name, item in found.items()} == {"ferry-purchase": [], "overview": []}
    assert found["overview"]["files"] == ["briefs/overview.html"]
    assert (
        "overview (owner: not stated): no words changed since the last build"
        in quick.call("plan", *QUICK).out
    )


def test_a_changed_template_of_the_brief_shows_what_it_prints_otherwise(quick: Project) -> None:
    template = shipped_templates()["brief.md.j2"]
    quick.write(
        "templates/brief.md.j2", template.replace('{{ say("brief.would_change") }}', "It would change by:")
    )
    (one,) = planned(quick)["ferry-purchase"]["sentences"]
    assert one["before"].startswith("What would change this:")
    assert one["after"].startswith("It would change by:")
    assert one["changed"] == []


def test_prose_is_told_without_any_fact_that_changed(quick: Project) -> None:
    quick.change(PURCHASE, "The letter names", "That letter names")
    (one,) = planned(quick)["ferry-purchase"]["sentences"]
    assert (one["section"], one["changed"]) == ("What is meant", [])
    said = quick.call("impact", "ferry.count")
    assert said.exit_code == 0
    assert said.out.startswith("ferry.count: unchanged")


def test_history_that_is_added_is_no_change_of_any_sentence(quick: Project) -> None:
    quick.change(FERRY, "asserted: 2031-02-01", "asserted: 2031-02-02")
    quick.change(FERRY, "1 лютого 2031", "2 лютого 2031")
    assert all(not item["sentences"] for item in planned(quick).values())
    assert use(quick, "ferry.letter")["changes"] == ["Also changed: history"]


# ------------------------------------------------------------------------------------------ membership


def test_a_new_fact_that_a_selection_finds_is_newly_in_the_table(quick: Project) -> None:
    quick.change(FERRY, VISIT, PILOTS + VISIT)
    found = planned(quick)
    assert set(found) == {"ferry-purchase"}
    assert found["ferry-purchase"]["memberships"] == [
        {"fact": "ferry.pilots", "section": "Where it stands", "is_in": True}
    ]
    assert told(found["ferry-purchase"], "row") == [
        (
            "",
            "Norrvik asks for pilots | not stated | ○ reported: requested | not dated | "
            "the report, in its own words",
        )
    ]
    assert "  ferry.pilots newly in: Where it stands\n" in quick.call("plan", *QUICK).out
    one = use(quick, "ferry.pilots")
    assert one["fate"] == "new"
    assert one["briefs"][0]["memberships"] == found["ferry-purchase"]["memberships"]


def test_a_status_that_a_selection_does_not_want_takes_the_fact_out(quick: Project) -> None:
    quick.change(PURCHASE, "  kinds: [commitment]\n", "  statuses: [discussed, intent]\n")
    quick.build(*QUICK)
    quick.change(FERRY, "status: discussed", ANNOUNCED)
    found = planned(quick)["ferry-purchase"]
    assert found["memberships"] == [
        {"fact": "ferry.first-crossing", "section": "Where it stands", "is_in": False}
    ]
    assert [after for _, after in told(found, "row")] == [""]
    said = quick.call("impact", "ferry.first-crossing")
    assert said.exit_code == 1
    assert "ferry.first-crossing: Status up, from discussed to announced" in said.out
    assert "  no longer in: Where it stands\n" in said.out


def test_a_field_that_is_never_printed_can_take_a_fact_out(quick: Project) -> None:
    quick.change(PURCHASE, "  kinds: [commitment]\n", "  systems: [m2-ferry]\n  kinds: [commitment]\n")
    quick.build(*QUICK)
    quick.change(
        FERRY, "actors: [norrvik, telmark]\n    systems: [m2-ferry]\n", "actors: [norrvik, telmark]\n"
    )
    one = use(quick, "ferry.count")
    assert one["changes"] == ["Also changed: systems"]
    assert one["is_printed_otherwise"]
    assert [item["is_in"] for shown in one["briefs"] for item in shown["memberships"]] == [False]


def test_a_timeline_is_a_table_as_well(quick: Project) -> None:
    quick.change(PURCHASE, "  facts: [ferry.visit, ferry.letter, harbour.storm]", "  facts: [ferry.visit]")
    out = {(item["fact"], item["is_in"]) for item in planned(quick)["ferry-purchase"]["memberships"]}
    assert out == {("ferry.letter", False), ("harbour.storm", False)}


# ------------------------------------------------------------------------------- renames and removals


def test_a_rename_changes_no_sentence(quick: Project) -> None:
    quick.change(HARBOUR, "  storm:\n", "  tempest:\n    formerly: [harbour.storm]\n")
    for path in (PURCHASE, OVERVIEW):
        text = quick.read(path).replace("harbour.storm", "harbour.tempest")
        quick.write(path, text)
    assert all(not item["sentences"] + item["memberships"] for item in planned(quick).values())
    said = quick.call("impact", "harbour.tempest")
    assert said.exit_code == 0
    assert said.out.startswith("harbour.tempest: unchanged")
    old = quick.call("impact", "harbour.storm")
    assert old.exit_code == 2
    assert old.err == "briefing: there is no fact 'harbour.storm'; it is called 'harbour.tempest' now\n"


def test_a_renamed_brief_is_compared_with_what_it_was_called_before(quick: Project) -> None:
    text = quick.read(OVERVIEW).replace("length: one-page", "length: one-page\nformerly: [overview]")
    (quick.root / OVERVIEW).unlink()
    quick.change("content/project.yaml", "home: [overview]", "home: [glance]")
    quick.write("content/briefs/glance.md", text.replace("Holm names", "Ada Holm names"))
    found = planned(quick)
    assert set(found) == {"glance"}
    assert [after for _, after in told(found["glance"], "sentence")] == [
        "Ada Holm names between 300 and 350 passengers a ferry."
    ]
    quick.build(*QUICK)
    assert {path.stem for path in (quick.root / COPIES).iterdir()} == {"ferry-purchase", "glance"}


def test_a_fact_that_is_gone_shows_where_it_stood(quick: Project) -> None:
    quick.change(PURCHASE, " of the class [](fact:ferry.type)", "")
    text = quick.read(FERRY)
    start, end = text.index("  type:\n"), text.index("  first-crossing:\n")
    quick.write(FERRY, text[:start] + text[end:])
    said = quick.call("impact", "ferry.type")
    assert said.exit_code == 1
    assert said.out.startswith("ferry.type: this fact no longer exists\n  The ferries are of the class M2.\n")
    one = use(quick, "ferry.type")
    (sentence,) = [item for item in one["briefs"][0]["sentences"] if item["part"] == "sentence"]
    assert "of the class M2" in sentence["before"]
    assert "of the class" not in sentence["after"]
    assert "briefs/ferry-purchase.md" in {item["path"] for item in one["files"]}


def test_a_brief_that_is_gone_is_named_with_its_owner(quick: Project) -> None:
    (quick.root / PURCHASE).unlink()
    found = planned(quick)
    assert (found["ferry-purchase"]["fate"], found["ferry-purchase"]["owner"]) == ("gone", "R. Lund")
    assert "ferry-purchase (owner: R. Lund): no longer made" in quick.call("plan", *QUICK).out
    one = use(quick, "ferry.price")
    assert one["fate"] == "unchanged"
    assert all(item["after"] == "" for item in one["briefs"][0]["sentences"])
    quick.build(*QUICK)
    assert {path.stem for path in (quick.root / COPIES).iterdir()} == {"overview"}


# ------------------------------------------------------------------------------------ where it is used


def test_impact_names_every_place_and_whatever_rests_on_the_fact(built: Project) -> None:
    one = use(built, "ferry.count")
    assert one["fate"] == "unchanged"
    assert [shown["brief"] for shown in one["briefs"]] == ["ferry-purchase", "overview"]
    sentences = [item for item in one["briefs"][0]["sentences"] if item["part"] == "sentence"]
    assert len(sentences) == 5
    assert all(item["before"] == item["after"] for item in sentences)
    assert [(entry["register"], entry["key"]) for entry in one["rests_on_it"]] == [
        ("disagreements", "ferry.name-of-document"),
        ("milestones", "ferry.all-ferries"),
        ("judgements", "ferry.no-contract"),
    ]
    paths = {item["path"]: item["action"] for item in one["files"]}
    assert paths["site/facts/ferry.count.html"] == "keep"
    assert "site/facts/ferry.type.html" not in paths
    assert built.call("impact", "ferry.count").exit_code == 0


def test_a_fact_that_sums_up_others_is_named(quick: Project) -> None:
    quick.change(
        FERRY,
        VISIT,
        PILOTS.replace(
            "    status", "    value: {amount: 4, unit: ferries}\n    sum_of: [ferry.count]\n    status"
        )
        + VISIT,
    )
    entries = use(quick, "ferry.count")["rests_on_it"]
    assert ("facts", "ferry.pilots") in {(entry["register"], entry["key"]) for entry in entries}
    assert "(sums it up)" in quick.call("impact", "ferry.count").out


@pytest.mark.pdf
def test_a_fact_that_no_brief_shows_is_known_from_its_page(quick: Project) -> None:
    quick.change(PURCHASE, " of the class [](fact:ferry.type)", "")
    assert quick.build("--format", "markdown", "--format", "html", "--format", "site").exit_code == 0
    quick.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    one = use(quick, "ferry.type")
    assert (one["fate"], one["changes"]) == ("changed", ["Value, from M2 to M3"])
    assert {item["path"] for item in one["files"] if item["action"] == "make"} >= {
        "site/facts/ferry.type.html"
    }
    assert quick.call("impact", "ferry.type").exit_code == 1


def test_a_sheet_stands_for_its_facts_that_changed(quick: Project) -> None:
    assert quick.call("impact", "ferry").out == "None of these facts has changed.\n"
    quick.change(FERRY, COUNT, FIVE)
    quick.change(FERRY, VISIT, PILOTS + VISIT)
    record = quick.call("impact", "ferry", "harbour", "--json").record
    assert [item["fact"] for item in record["facts"]] == ["ferry.count", "ferry.pilots"]
    assert record["exit_code"] == 1


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (
            "ferry.cuont",
            "there is no fact 'ferry.cuont'; did you mean 'ferry.count'? The choices are ferry.letter, ",
        ),
        ("ferri", "there is no sheet 'ferri'; did you mean 'ferry'? The choices are ferry, harbour"),
        ("xyz.qqq", "there is no fact 'xyz.qqq'; the choices are ferry.…, harbour.…; or look at the sheet"),
        ("", "there is no sheet ''; the choices are ferry, harbour; or name a fact as sheet.name"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(quick: Project, name: str, hint: str) -> None:
    said = quick.call("impact", name)
    assert said.exit_code == 2
    assert said.err.startswith(f"briefing: {hint}")


def test_with_errors_what_can_be_told_is_told(quick: Project) -> None:
    quick.change(FERRY, COUNT, "value: {amount: four, unit: ferries}")
    said = quick.call("impact", "ferry.count", "harbour.storm")
    assert said.exit_code == 1
    assert "error[number]" in said.err
    assert "ferry.count: its earlier state is not on record: its sheet has errors" in said.out
    assert "Nothing is known about overview: it needs content/facts/ferry.yaml, which has errors" in said.out


def test_with_errors_no_change_is_made_up(built: Project) -> None:
    """While everything is held back, what a fact says now is in no file: nothing can be told of it."""
    shutil.rmtree(built.root / COPIES)
    built.write("content/systems.yaml", "broken: [")
    for key in ("ferry.letter", "harbour.storm"):
        said = built.call("impact", key)
        assert said.exit_code == 1
        assert (
            f"{key}: its earlier state is not on record: the files that show it are held back by errors"
            in said.out
        )
        assert " to none" not in said.out


# ------------------------------------------------------------------------------------------ exit status


def test_exit_code_tells_whether_anything_would_be_done(built: Project) -> None:
    assert built.call("plan", "--exit-code").exit_code == 0
    built.change(FERRY, "title: The ferries\n", 'title: "The ferries"\n')
    assert built.call("plan", "--exit-code").exit_code == 0
    built.change(FERRY, COUNT, FIVE)
    assert built.call("plan", "--exit-code").exit_code == 1
    assert built.call("plan", "--exit-code", "--json").exit_code == 1
    assert built.call("plan").exit_code == 0
    built.change(FERRY, FIVE, "value: {amount: four, unit: ferries}")
    assert built.call("plan", "--exit-code").exit_code == 1


@pytest.mark.process
def test_no_pdf_is_made_and_nothing_slow_is_imported(quick: Project) -> None:
    quick.change(FERRY, COUNT, FIVE)
    said = run("impact", "ferry.count", "--project", quick.root, python=("-X", "importtime"))
    assert said.exit_code == 1
    assert "briefing.commands.where_used" in said.err
    assert "weasyprint" not in said.err


# -------------------------------------------------------------------------------------- against editions


def issue(project: Project, note: str) -> None:
    said = project.call("issue", "ferry-purchase", "--note", note, "--by", "R. Lund")
    assert said.exit_code == 0, said.text


@pytest.mark.pdf
def test_plan_and_impact_compare_with_issued_editions(quick: Project) -> None:
    for command in (("plan",), ("impact", "ferry.count")):
        said = quick.call(command[0], *command[1:], "--against", "issued")
        assert (said.exit_code, said.err) == (
            2,
            "briefing: there is no edition to compare with; there are none\n",
        )
    issue(quick, "First.")
    quick.change(FERRY, COUNT, FIVE)
    quick.build(*QUICK)
    assert planned(quick) == {}
    found = planned(quick, "--against", "issued")
    assert set(found) == {"ferry-purchase"}
    assert found["ferry-purchase"]["since"] == "edition 1"
    assert (
        "Two ministers signed a letter of intent that names 4 ferries.",
        "Two ministers signed a letter of intent that names 5 ferries.",
    ) in told(found["ferry-purchase"], "sentence")
    assert planned(quick, "--against", "1", "--only", "ferry-purchase") == found
    one = use(quick, "ferry.count", "--against", "issued")
    assert one["changes"] == ["Value changed, from 4 ferries to 5 ferries"]
    assert one["is_printed_otherwise"]
    assert use(quick, "ferry.count")["fate"] == "unchanged"
    said = quick.call("plan", "--against", "3")
    assert said.exit_code == 2
    assert said.err == "briefing: there is no edition 3 to compare with; there are ferry-purchase 1\n"
    assert quick.call("plan", "--against", "last").exit_code == 2


@pytest.mark.pdf
def test_an_edition_that_is_issued_changes_the_head_and_no_sentence(quick: Project) -> None:
    issue(quick, "First.")
    found = planned(quick)["ferry-purchase"]
    assert [(item["part"], item["before"]) for item in found["sentences"]] == [("head", "Edition: Draft")]


# ---------------------------------------------------------------------------------------- the file copies


def copies(project: Project) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in (project.root / COPIES).iterdir()}


def test_a_copy_is_written_only_where_the_words_change(quick: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in (quick.root / COPIES).iterdir()}
    quick.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    quick.build(*QUICK)
    after = {path: path.stat().st_mtime_ns for path in (quick.root / COPIES).iterdir()}
    assert {path.stem for path in after if after[path] != before[path]} == {"ferry-purchase"}


def test_a_build_with_nothing_to_do_looks_at_no_copy(built: Project) -> None:
    shutil.rmtree(built.root / COPIES)
    assert "0 made" in built.build().out
    assert not (built.root / COPIES).exists()


def test_a_build_of_some_files_leaves_the_copy_to_the_others(quick: Project) -> None:
    before = copies(quick)
    quick.change(FERRY, COUNT, FIVE)
    quick.build("--format", "markdown")
    assert copies(quick) == before
    assert told(planned(quick)["overview"], "sentence")
    quick.build(*QUICK)
    assert copies(quick) != before


def test_a_brief_that_is_held_back_keeps_its_copy(quick: Project) -> None:
    before = copies(quick)
    quick.change(FERRY, COUNT, "value: {amount: four, unit: ferries}")
    assert quick.build(*QUICK).exit_code == 1
    assert copies(quick) == before


def test_after_a_look_at_an_earlier_day_the_plan_says_what_came_since(quick: Project) -> None:
    there = ("--output", str(quick.output))
    assert quick.build(*QUICK, "--as-of", "2031-04-02", *there).exit_code == 0
    found = planned(quick)["overview"]
    assert {"fact": "harbour.grant", "section": "Where it stands", "is_in": True} in found["memberships"]
    assert ("", "Norrvik asks for up to 3 berths and may buy 4 ferries.") in told(found, "sentence")


def test_before_the_first_build_everything_is_new(project: Project) -> None:
    found = planned(project)
    assert {item["fate"] for item in found.values()} == {"new"}
    assert all(not item["sentences"] for item in found.values())
    one = use(project, "ferry.count")
    assert one["fate"] == "not known"
    assert all(item["before"] == "" for shown in one["briefs"] for item in shown["sentences"])


def test_without_its_copy_nothing_is_claimed(quick: Project) -> None:
    shutil.rmtree(quick.root / COPIES)
    quick.change(FERRY, COUNT, FIVE)
    assert {item["fate"] for item in planned(quick).values()} == {"not known"}
    assert "overview (owner: not stated): its earlier text is not on record" in quick.call("plan", *QUICK).out
    assert use(quick, "ferry.count")["fate"] == "not known"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, quickly_built: Path) -> Iterator[Project]:
    project = Project(Path(shutil.copytree(quickly_built, tmp_path_factory.mktemp("damage") / "project")))
    project.change(FERRY, COUNT, FIVE)
    yield project


JUNK = (b"", b"\x00\xff", b"[" * 100_000, json.dumps({"version": 1}).encode())


@pytest.mark.parametrize("junk", JUNK, ids=["nothing", "no text", "too deep", "no copy"])
def test_damaged_copies_are_not_known_and_no_traceback(changed: Project, junk: bytes) -> None:
    for name in ("ferry-purchase", "overview"):
        (changed.root / COPIES / f"{name}.json").write_bytes(junk)
    assert {item["fate"] for item in planned(changed).values()} == {"not known"}
    assert use(changed, "ferry.count")["fate"] == "not known"


@given(st.one_of(st.binary(max_size=200), st.sampled_from(JUNK)))
def test_no_junk_is_a_copy(junk: bytes) -> None:
    assert file_copy.read(junk) is None


# ------------------------------------------------------------------------------------------------ paper


def test_a_plan_that_touches_much_is_cut_and_says_so(quick: Project) -> None:
    text = quick.read(PURCHASE)
    quick.write(PURCHASE, text + "".join(f"\nFerry {name} sails.\n" for name in "ABCDEFGHJKLMNOP"))
    short = quick.call("plan", *QUICK).out
    assert short.count("    + Ferry ") == 10
    assert "  … and 5 more places; --verbose shows them all" in short
    assert quick.call("plan", "--verbose", *QUICK).out.count("    + Ferry ") == 15
    for number in range(21):
        quick.write(f"content/briefs/copy-{number}.md", text)
    assert "… and 2 more briefs; --verbose shows them all" in quick.call("plan", *QUICK).out


def test_colour_marks_the_words_that_differ_on_a_terminal_only() -> None:
    item = ChangedSentence(BriefPart.SENTENCE, "Text", "It names 4 ferries.", "It names 5 ferries.", (), ())
    found = Impact("b", "B", None, Fate.CHANGED, "the last build", sentences=(item,))
    lines = list(impact.impacts([found], 80))
    assert [line for line in lines if "names" in line] == [
        "    - It names \x1b[31m\x1b[1m4\x1b[0m ferries.",
        "    + It names \x1b[32m\x1b[1m5\x1b[0m ferries.",
    ]


def test_long_sentences_are_wrapped_behind_their_sign() -> None:
    words = " ".join(["word"] * 40)
    item = ChangedSentence(BriefPart.SENTENCE, "Text", "", f"{words} {'x' * 200}", (), ())
    found = Impact("b", "B", None, Fate.CHANGED, "the last build", sentences=(item,))
    lines = [click.unstyle(line) for line in impact.impacts([found], 80)][3:]
    assert lines[0].startswith("    + word")
    assert all(line.startswith("      ") for line in lines[1:])
    assert all(len(line) <= 80 for line in lines[:-1])
    assert " ".join(line[6:] for line in lines) == item.after
