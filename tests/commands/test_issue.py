"""Issuing, changing, issuing again, withdrawing: what whoever answers for a brief lives through."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import pytest

from briefing.content import decode, yaml_nodes
from briefing.editions import ledger
from briefing.model.findings import Place
from briefing.model.ledger import Issued
from briefing.model.values import Date
from briefing.store import disk
from tests.conftest import QUICK, SAMPLE, Project, Said

FERRY = "content/facts/ferry.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"
FIRST = "content/editions/ferry-purchase/1.yaml"
COUNT = "value: {amount: 4, unit: ferries}"
FIVE = "value: {amount: 5, unit: ferries}"


def issue(project: Project, *arguments: str, note: str = "As agreed.", brief: str = "ferry-purchase") -> Said:
    return project.call("issue", brief, "--note", note, "--by", "R. Lund", *arguments)


@pytest.fixture(scope="module")
def _issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("issued") / "project")))
    said = issue(project, note="First edition.")
    assert said.exit_code == 0, said.text
    return project.root


@pytest.fixture
def issued(tmp_path: Path, _issued_once: Path) -> Project:
    """The sample with the first edition of the ferry purchase."""
    return Project(Path(shutil.copytree(_issued_once, tmp_path / "project")))


def accept(project: Project) -> None:
    """Somebody reads the prose around what changed and accepts it."""
    assert project.call("accept", "ferry-purchase", "--by", "R. Lund").exit_code == 0


def printed(project: Project, *arguments: str) -> str:
    said = project.build(*QUICK, *arguments)
    assert said.exit_code == 0, said.text
    return project.read("output/briefs/ferry-purchase.md")


def section(text: str, title: str) -> str:
    return text.partition(f"## {title}")[2].partition("\n## ")[0]


# ---------------------------------------------------------------------------------------- first edition


def test_a_brief_is_a_draft_until_it_is_issued(project: Project) -> None:
    assert "Draft" in printed(project)


def test_an_issued_brief_bears_its_number_and_day_and_nothing_else_changes(issued: Project) -> None:
    text = printed(issued)
    assert "Draft" not in text
    assert "| 1 of " in text
    assert "What changed" not in text
    draft = printed(Project(Path(shutil.copytree(SAMPLE, issued.root.parent / "draft"))))
    without = [line for line in text.split("\n") if not line.startswith(("| 1 of ", "Compiled "))]
    assert set(without) <= set(draft.split("\n"))


def test_the_build_makes_the_very_files_that_were_issued(issued: Project) -> None:
    assert issued.build("--only", "ferry-purchase").exit_code == 0
    record = issued.read(FIRST)
    for ending in ("md", "html", "pdf"):
        data = (issued.output / f"briefs/ferry-purchase.{ending}").read_bytes()
        assert disk.digest(data) in record


def test_the_ledger_is_plain_text_with_who_when_and_why(issued: Project) -> None:
    text = issued.read(FIRST)
    assert text.startswith("# Written by `briefing issue`")
    for line in ("brief: ferry-purchase\n", "by: R. Lund\n", "note: First edition.\n"):
        assert line in text
    assert "      value: {amount: 4, unit: ferries}\n" in text
    assert "[4 ferries](fact:ferry.count)" in text


def test_other_briefs_stay_drafts(issued: Project) -> None:
    printed(issued)
    assert "| Draft |" in issued.read("output/briefs/overview.md")


# --------------------------------------------------------------------------------------------- refusals


def test_the_same_words_are_not_issued_twice(issued: Project) -> None:
    said = issue(issued)
    assert said.exit_code == 2
    assert "edition 1 of 'ferry-purchase' has the same text, word for word" in said.err


def test_a_brief_with_errors_is_not_issued(project: Project) -> None:
    project.change(FERRY, COUNT, "value: {amount: four, unit: ferries}")
    said = issue(project)
    assert said.exit_code == 1
    assert "error[number]" in said.err
    assert "is not issued" in said.out
    assert not (project.root / FIRST).exists()


def test_the_first_edition_cannot_be_minor(project: Project) -> None:
    said = issue(project, "--minor")
    assert said.exit_code == 2
    assert "the first one cannot be minor" in said.err


def test_an_unknown_brief_is_told_with_those_there_are(project: Project) -> None:
    said = issue(project, brief="fery")
    assert said.exit_code == 2
    assert "ferry-purchase" in said.err


def test_nobody_issues_without_a_name(project: Project) -> None:
    said = project.call("issue", "ferry-purchase", "--note", "New.")
    assert said.exit_code == 2
    assert "--by" in said.err


def test_a_minor_edition_with_a_changed_figure_is_refused(issued: Project) -> None:
    issued.change(FERRY, COUNT, FIVE)
    accept(issued)
    said = issue(issued, "--minor")
    assert said.exit_code == 2
    assert "ferry.count: value" in said.err


def test_an_edition_that_does_not_exist_cannot_be_corrected(issued: Project) -> None:
    issued.change(FERRY, COUNT, FIVE)
    accept(issued)
    said = issue(issued, "--corrects", "7")
    assert said.exit_code == 2
    assert "there is no edition 7 of 'ferry-purchase' to correct; there are 1" in said.err


# ---------------------------------------------------------------------------------------- later editions


def test_after_a_change_it_is_a_draft_that_says_what_changed(issued: Project) -> None:
    issued.change(FERRY, COUNT, FIVE)
    text = printed(issued)
    assert "Draft after edition 1" in text
    told = section(text, "What changed since edition 1")
    assert "from 4 ferries to 5 ferries" in told
    assert told.count("\n- ") == 1


def test_the_change_taken_back_it_is_the_edition_again(issued: Project) -> None:
    before = printed(issued)
    issued.change(FERRY, COUNT, FIVE)
    assert printed(issued) != before
    issued.change(FERRY, FIVE, COUNT)
    assert printed(issued) == before


def test_the_next_edition_says_what_is_new_and_stays_as_issued(issued: Project) -> None:
    issued.change(FERRY, COUNT, FIVE)
    accept(issued)
    assert issue(issued, note="One ferry more.").exit_code == 0
    text = printed(issued)
    assert "| 2 of " in text
    told = section(text, "What changed since edition 1")
    assert "One ferry more." in told
    assert "from 4 ferries to 5 ferries" in told
    assert printed(issued) == text


def test_what_changed_is_held_against_the_last_edition_only(issued: Project) -> None:
    issued.change(FERRY, COUNT, FIVE)
    accept(issued)
    assert issue(issued).exit_code == 0
    issued.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    told = section(printed(issued), "What changed since edition 2")
    assert "from M2 to M3" in told
    assert "5 ferries" not in told


def test_a_minor_edition_keeps_the_day_of_the_one_before(issued: Project) -> None:
    _date_earlier(issued)
    issued.change(PURCHASE, "The letter names", "That letter names")
    assert issue(issued, "--minor", note="A word.").exit_code == 0
    assert "| 1.1 of 30\N{NO-BREAK SPACE}April 2031 |" in printed(issued)
    second = issued.read("content/editions/ferry-purchase/1.1.yaml")
    assert "dated: 2031-04-30\n" in second
    assert "issued: 2031-04-30\n" not in second


def test_a_withdrawn_edition_says_so_and_stays(issued: Project) -> None:
    said = issued.call(
        "withdraw", "ferry-purchase", "1", "--reason", "The count was wrong.", "--by", "R. Lund"
    )
    assert said.exit_code == 0
    text = printed(issued)
    assert "Withdrawn on " in text
    assert "The count was wrong." in text
    again = issued.call("withdraw", "ferry-purchase", "1", "--reason", "Again.", "--by", "R. Lund")
    assert again.exit_code == 2
    assert "was already withdrawn" in again.err
    missing = issued.call("withdraw", "ferry-purchase", "3", "--reason", "Again.", "--by", "R. Lund")
    assert "there is no edition 3 of 'ferry-purchase'; there are 1" in missing.err


def test_the_words_of_a_withdrawn_edition_may_be_issued_again(issued: Project) -> None:
    issued.call("withdraw", "ferry-purchase", "1", "--reason", "Too early.", "--by", "R. Lund")
    assert issue(issued, note="Now it may go out.").exit_code == 0
    text = printed(issued)
    assert "| 2 of " in text
    assert "Withdrawn" not in text


def test_editions_are_listed_with_how_each_brief_stands(issued: Project) -> None:
    issued.change(FERRY, COUNT, FIVE)
    accept(issued)
    issue(issued, "--corrects", "1", note="One more.")
    issued.call("withdraw", "ferry-purchase", "1", "--reason", "Wrong.", "--by", "R. Lund")
    issued.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    said = issued.call("editions")
    lines = said.out.splitlines()
    assert "ferry-purchase: Draft after edition 2; 1 change since" in lines
    assert any(line.startswith("  2 ") and line.endswith("R. Lund: One more.") for line in lines)
    assert any(line.startswith("  1 ") and "(withdrawn on " in line for line in lines)
    assert "overview: Draft" in lines
    record = issued.call("editions", "ferry-purchase", "--json").record
    (brief,) = record["briefs"]
    assert [item["edition"] for item in brief["editions"]] == ["1", "2"]
    assert brief["editions"][1]["corrects"] == "1"
    assert brief["changes"] == [{"key": "ferry.type", "turn": "value"}]


# ----------------------------------------------------------------------------------------------- renames


def test_a_renamed_fact_sheet_and_brief_keep_their_editions(issued: Project) -> None:
    for path in (PURCHASE, "content/briefs/overview.md", "content/facts/harbour.yaml"):
        issued.write(path, issued.read(path).replace("ferry.", "boats.").replace("[ferry", "[boats"))
    text = (
        issued.read(FERRY).replace("ferry.", "boats.").replace("title: The", "formerly: [ferry]\ntitle: The")
    )
    (issued.root / FERRY).unlink()
    issued.write("content/facts/boats.yaml", text)
    project_file = issued.read("content/project.yaml")
    issued.write("content/project.yaml", project_file.replace("ferry-purchase", "the-purchase"))
    brief = issued.read(PURCHASE).replace("owner:", "formerly: [ferry-purchase]\nowner:")
    (issued.root / PURCHASE).unlink()
    issued.write("content/briefs/the-purchase.md", brief)
    for page in (issued.root / "content/pages").iterdir():
        page.write_text(page.read_text("utf-8").replace("fact:ferry.", "fact:boats."), "utf-8")
    said = issued.build(*QUICK)
    assert said.exit_code == 0, said.text
    renamed = issued.read("output/briefs/the-purchase.md")
    assert "| 1 of " in renamed
    assert "Draft" not in renamed


def test_a_link_to_a_former_name_is_told_the_new_one(issued: Project) -> None:
    issued.change(
        FERRY, "  type:\n    kind: context\n", "  class:\n    kind: context\n    formerly: [ferry.type]\n"
    )
    said = issued.call("check")
    assert said.exit_code == 1
    assert "it is called 'ferry.class' now" in said.err


# ------------------------------------------------------------------------------------------ the ledger


def _date_earlier(project: Project) -> None:
    """The first edition was dated on an earlier day, and issued by a version that listed no seals."""
    node, _ = yaml_nodes.parse(project.read(FIRST), FIRST)
    assert node
    first, _ = decode.shape(Issued, node, id="1", at=Place(FIRST))
    assert first
    first = dataclasses.replace(first, dated=Date("2031-04-30"), follows="")
    (project.root / FIRST).with_name("seals.yaml").unlink()
    project.write(FIRST, ledger.of_edition(dataclasses.replace(first, seal=ledger.seal(first))))


def test_who_issued_an_edition_and_when_is_not_to_be_changed_by_hand(issued: Project) -> None:
    text = issued.read(FIRST)
    for old, new in (("First edition.", "Forged."), ("by: R. Lund", "by: Z"), ("issued: 2", "issued: 3")):
        issued.write(FIRST, text.replace(old, new, 1))
        said = issued.call("check")
        assert "error[edition-changed]" in said.err, old


def test_a_withdrawal_never_overwrites_those_that_cannot_be_read(issued: Project) -> None:
    path = "content/editions/ferry-purchase/withdrawn.yaml"
    damaged = "<<<<<<< ours\n'1': {day: 2031-05-01, by: R. Lund, reason: Wrong.}\n"
    issued.write(path, damaged)
    said = issued.call("withdraw", "ferry-purchase", "1", "--reason", "Wrong.", "--by", "R. Lund")
    assert said.exit_code == 2
    assert "withdrawn.yaml has errors" in said.err
    assert issued.read(path) == damaged


@pytest.mark.parametrize("text", ["", "  ", "a\x1b[2Jb", "a\u202eb", "a\udcffb"])
def test_words_that_do_not_mean_what_they_show_are_refused(issued: Project, text: str) -> None:
    for arguments in (
        ("issue", "ferry-purchase", "--note", text, "--by", "R. Lund"),
        ("issue", "ferry-purchase", "--note", "As agreed.", "--by", text),
        ("withdraw", "ferry-purchase", "1", "--reason", text, "--by", "R. Lund"),
        ("accept", "ferry-purchase", "--reason", text, "--by", "R. Lund"),
    ):
        said = issued.call(*arguments)
        assert said.exit_code == 2, said.text
        assert "expected some text, found none" in said.err or "cannot be printed" in said.err


def test_words_of_several_lines_become_one(issued: Project) -> None:
    said = issued.call("withdraw", "ferry-purchase", "1", "--reason", " One\n\n- two ", "--by", "R.\nLund")
    assert said.exit_code == 0
    assert "R. Lund\n  reason: One - two\n" in issued.read("content/editions/ferry-purchase/withdrawn.yaml")


def test_an_edition_changed_by_hand_is_an_error(issued: Project) -> None:
    text = issued.read(FIRST)
    issued.write(FIRST, text.replace("[4 ferries]", "[9 ferries]"))
    said = issued.call("check")
    assert said.exit_code == 1
    assert "error[edition-changed]" in said.err


def test_an_edition_that_was_removed_is_missed_and_its_number_is_not_given_out_again(issued: Project) -> None:
    (issued.root / FIRST).unlink()
    said = issued.call("check")
    assert said.exit_code == 1
    assert re.search(
        r"ferry-purchase/seals.yaml:[0-9]+:[0-9]+: error\[ledger\] .*/1.yaml is missing", said.err
    )
    assert "restore it from version control" in said.err
    assert issue(issued).exit_code == 1
    assert not (issued.root / FIRST).exists()


def test_an_edition_that_is_lost_for_good_leaves_a_gap_with_its_reason(issued: Project) -> None:
    (issued.root / FIRST).unlink()
    path = "content/editions/ferry-purchase/seals.yaml"
    seal = re.search(r"record: '?1'?, seal: (\w+)", issued.read(path))
    assert seal
    issued.change(path, seal[1], f"{seal[1]}, lost: The disk broke in May")
    assert issue(issued, note="Issued again.").exit_code == 0
    assert [
        item["edition"] for item in issued.call("editions", "--json").record["briefs"][0]["editions"]
    ] == ["2"]
    assert "lost: The disk broke in May" in issued.read(path)
    assert issued.call("check").exit_code == 0


def test_a_withdrawal_behind_a_link_is_an_error(issued: Project) -> None:
    """The edition would count as valid again."""
    issued.call("withdraw", "ferry-purchase", "1", "--reason", "Wrong.", "--by", "R. Lund")
    place = issued.root / "content/editions/ferry-purchase/withdrawn.yaml"
    place.rename(issued.root / "elsewhere.yaml")
    place.symlink_to(issued.root / "elsewhere.yaml")
    said = issued.call("check")
    assert said.exit_code == 1
    assert "withdrawn.yaml:1:1: error[unknown-file] this is a link, and the program follows none" in said.err


def test_a_withdrawal_that_somebody_took_back_by_hand_is_an_error(issued: Project) -> None:
    issued.call("withdraw", "ferry-purchase", "1", "--reason", "Wrong.", "--by", "R. Lund")
    (issued.root / "content/editions/ferry-purchase/withdrawn.yaml").unlink()
    said = issued.call("withdraw", "ferry-purchase", "1", "--reason", "Again.", "--by", "R. Lund")
    assert said.exit_code == 2
    assert "seals.yaml has errors; correct them first" in said.err


def test_a_ledger_of_an_earlier_version_is_sealed_by_the_next_command(issued: Project) -> None:
    _date_earlier(issued)
    assert issued.call("check").exit_code == 0
    issued.call("withdraw", "ferry-purchase", "1", "--reason", "Wrong.", "--by", "R. Lund")
    sealed = re.findall(r"record: '?([a-z0-9]+)", issued.read("content/editions/ferry-purchase/seals.yaml"))
    assert sealed == ["1", "accepted", "withdrawn"]
    accepted = "content/editions/ferry-purchase/accepted.yaml"
    issued.write(accepted, issued.read(accepted).replace("by: R. Lund", "by: N. Else", 1))
    assert "error[ledger] this is not the record that" in issued.call("check").err


def test_a_damaged_edition_holds_its_brief_and_not_the_others(issued: Project) -> None:
    issued.write(FIRST, "brief: [")
    said = issued.build(*QUICK)
    assert said.exit_code == 1
    assert "hold" in said.out
    assert (issued.output / "briefs/overview.md").exists()
    assert not (issued.output / "briefs/ferry-purchase.md").exists()


def test_an_edition_in_another_folder_is_told(issued: Project) -> None:
    issued.write("content/editions/overview/1.yaml", issued.read(FIRST))
    said = issued.call("check")
    assert said.exit_code == 1
    assert "this edition of 'ferry-purchase'" in said.err
