"""Ladders as data of a project: a corpus of grants is expressed, checked and printed without the program."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from pathlib import Path

import pytest

from briefing.build import recorded, steps
from briefing.build.steps import Snapshot
from briefing.compose import charts
from briefing.content import encode, ladders
from briefing.language.wording import MESSAGES, Wording
from briefing.memo import kept
from briefing.model.findings import Finding
from briefing.model.scales import FigureKind
from briefing.store import disk, request
from tests import values
from tests.values import Reached

GRANTS = Path(__file__).parents[1] / "grants"
DAY = datetime.date(2026, 5, 6)
OWN = """\
roofs:
  groups:
    open: {shape: open circle}
    won: {shape: filled triangle, name: won}
  rungs:
    called: {group: open, like: announced, words: {en: [invited applications]}}
    bid: {group: open, like: announced}
    selected: {group: open, like: intent, words: {en: [was shortlisted]}}
    awarded: {group: won, like: agreed, name: handed the prize, meaning: the prize is theirs,
              words: {en: [was awarded, took the laurels]}}
    paid: {group: won, like: delivering, words: {en: [first payment]}}
  flags:
    withdrawn: {ends: true, words: {en: [withdrew]}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GRANTS, tmp_path / "grants"))


FERRIES = """\
title: Ferries
summary: What the town wants.
facts:
  asked:
    kind: commitment
    statement: The town asked for ferries.
    evidence: [{source: gazette, paragraph: 2, terms: [invited applications]}]
    status: requested
"""
SHEET, BRIEF, PROJECT = "facts/roofs.yaml", "briefs/roofs.md", "project.yaml"


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "content" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def checked(root: Path) -> tuple[Snapshot, list[Finding]]:
    """The project and what is found in it."""
    snapshot = steps.snapshot(disk.read(root, request.FOLDERS), DAY)
    return snapshot, list(snapshot.findings)


@pytest.fixture
def own(project: Path) -> Path:
    """The same with a ladder of its own, which is the only one."""
    (project / "content/ladders.yaml").write_text(OWN, "utf-8")
    change(project, PROJECT, "ladder: grants\n", "")
    return project


# -------------------------------------------------------------------------------- a ladder of the program


def test_a_project_takes_a_ladder_by_name(project: Path) -> None:
    snapshot, found = checked(project)
    assert found == []
    assert snapshot.library
    status = snapshot.library.facts["roofs.library"].status
    assert status
    assert (status.ladder, status.place, MESSAGES.named(status)) == ("grants", 5, "awarded")
    text = "".join(f"[](fact:{fact.id})" for fact in snapshot.library.sheets["roofs"].facts)
    figure = charts.chart(FigureKind.LADDER, "", text, snapshot.library, Wording("en-GB", {}))
    assert figure
    assert figure.text == (
        "Open: 2 of 5 rows. Chosen: Grant of the Library Trust and Application of the Brass Band. "
        "Bound or paid: First payment to the Swim Club. Withdrawn: Application of the Ferry Museum."
    )
    (scale, *_) = snapshot.editions["roofs"].scales
    assert scale.title == "Status of a grant"
    assert scale.rows[-1] == ("paid out", "money has been paid")


def test_prose_is_judged_by_the_own_words_of_a_ladder(project: Path) -> None:
    change(project, BRIEF, "was shortlisted", "was awarded a grant")
    _, (finding,) = checked(project)
    assert finding.check == "overclaim"
    assert finding.message.startswith("'was awarded' says awarded; roofs.band is selected: the application")
    assert finding.hint == "say no more than 'selected'"


def test_a_flag_that_only_prose_has_is_found(project: Path) -> None:
    change(project, SHEET, "    flags: [withdrawn]\n", "")
    _, found = checked(project)
    assert ("overclaim", "'withdrew' says withdrawn; roofs.museum has no such flag") in [
        (finding.check, finding.message) for finding in found
    ]


def test_a_passage_states_a_rung_by_the_own_words_of_a_ladder(project: Path) -> None:
    change(project, SHEET, "status: awarded", "status: selected")
    change(project, SHEET, "The Library Trust was awarded a grant.", "The Library Trust was shortlisted.")
    change(project, BRIEF, "was awarded [](fact:roofs.library)", "was shortlisted, [](fact:roofs.library)")
    _, (finding,) = checked(project)
    assert finding.check == "status-evidence"
    assert finding.message == "roofs.library is selected, and its cited words say awarded: 'was awarded'"


def test_a_word_that_the_ladder_lacks_is_told_with_the_choices(project: Path) -> None:
    change(project, SHEET, "status: awarded", "status: contracted")
    change(project, SHEET, "flags: [withdrawn]", "flags: [cancelled]")
    _, found = checked(project)
    choices = "announced, called, bid, selected, awarded, signed, paid, running, completed"
    wrong = {finding.message: finding for finding in found if finding.check == "unknown-word"}
    assert set(wrong) == {"'status' cannot be 'contracted'", "'flags' cannot be 'cancelled'"}
    assert choices in wrong["'status' cannot be 'contracted'"].hint
    assert wrong["'status' cannot be 'contracted'"].at.line == 16
    assert "withdrawn, missed, met-in-part, suspended" in wrong["'flags' cannot be 'cancelled'"].hint


def test_a_commitment_without_a_status_is_told_the_choices(project: Path) -> None:
    change(project, SHEET, "    status: selected\n", "")
    _, found = checked(project)
    (finding,) = [finding for finding in found if finding.is_error]
    assert finding.message == "fact 'roofs.band': a commitment needs a status"
    assert finding.hint.startswith("add 'status:' with announced, called, bid, selected")


def test_a_ladder_that_nobody_knows_is_told_with_the_choices(project: Path) -> None:
    change(project, PROJECT, "ladder: grants", "ladder: grant")
    _, found = checked(project)
    (finding,) = [finding for finding in found if finding.check == "unknown-reference"]
    assert finding.message == "there is no ladder 'grant'"
    assert finding.hint.startswith("did you mean 'grants'?")


def test_the_ladder_of_the_sheets_is_that_of_the_project(project: Path) -> None:
    change(project, PROJECT, "ladder: grants\n", "")
    change(project, SHEET, "summary:", "ladder: grants\nsummary:")
    snapshot, found = checked(project)
    assert found == []
    assert snapshot.library
    assert list(snapshot.library.ladders) == ["grants"]
    assert ladders.for_tables(snapshot.library.ladders).id == "grants"


def test_a_sheet_with_statuses_and_no_ladder_is_on_that_of_the_program(project: Path) -> None:
    change(project, PROJECT, "ladder: grants\n", "")
    change(project, SHEET, "summary:", "ladder: grants\nsummary:")
    (project / "content/facts/ferries.yaml").write_text(FERRIES, "utf-8")
    snapshot, _ = checked(project)
    assert snapshot.library
    assert list(snapshot.library.ladders) == ["commitments", "grants"]


# ------------------------------------------------------------------------------------------ its own ladder


def test_a_project_with_one_ladder_of_its_own_needs_to_name_it_nowhere(own: Path) -> None:
    snapshot, found = checked(own)
    assert found == []
    assert snapshot.library
    assert list(snapshot.library.ladders) == ["roofs"]
    table = snapshot.editions["roofs"].sections[1]
    assert "▲ handed the prize" in "".join(part for part in table.segments if isinstance(part, str))


def test_own_words_are_found_that_no_lexicon_lists(own: Path) -> None:
    change(own, BRIEF, "was shortlisted", "took the laurels")
    _, found = checked(own)
    (finding,) = [finding for finding in found if finding.check == "overclaim"]
    assert finding.message.startswith("'took the laurels' says handed the prize; roofs.band is selected")


def test_a_renamed_rung_is_found_by_its_former_name(own: Path) -> None:
    change(own, "ladders.yaml", "    bid: {group", "    applied: {formerly: [bid], group")
    snapshot, found = checked(own)
    assert snapshot.library
    status = snapshot.library.facts["roofs.museum"].status
    assert status
    assert status.id == "applied"
    (finding,) = [finding for finding in found if finding.message == "'status' cannot be 'bid'"]
    assert finding.hint == "it is called 'applied' now"


@pytest.mark.parametrize(
    "sentence",
    [
        "The [Brass Band](fact:roofs.band) received its first payment.",
        "The council handed [the Brass Band](fact:roofs.band) a first payment.",
        "The [Brass Band](fact:roofs.band) took the laurels, which are made of gold.",
    ],
)
def test_where_own_words_say_too_much_neither_lists_nor_the_model_speak_again(
    own: Path, sentence: str
) -> None:
    change(own, BRIEF, "The [Brass Band](fact:roofs.band) was shortlisted.", sentence)
    _, (finding,) = checked(own)
    assert finding.check == "overclaim"
    assert "says paid" in finding.message or "says handed the prize" in finding.message


def test_own_words_leave_another_clause_to_the_lists(own: Path) -> None:
    sentence = "The [Brass Band](fact:roofs.band) was shortlisted, and the roof has been built."
    change(own, BRIEF, "The [Brass Band](fact:roofs.band) was shortlisted.", sentence)
    _, (finding,) = checked(own)
    assert finding.message.startswith("'has been built' says more than selected; roofs.band is selected")


# ------------------------------------------------------------------------------------- files with errors

SLIPS = {
    "'status' cannot be 'awarted'": (SHEET, "status: awarded", "status: awarted"),
    "'flags' cannot be 'withdrawm'": (SHEET, "flags: [withdrawn]", "flags: [withdrawm]"),
    "there is no ladder 'grans'": (SHEET, "title: Green roofs", "title: Green roofs\nladder: grans"),
    "'statuses' cannot be 'chosen'": (BRIEF, "  sheets: [roofs]\n---", "  statuses: [chosen]\n---"),
    "'review_after' cannot be 'payed'": (PROJECT, "paid: never", "payed: never"),
    "fact 'roofs.band': a commitment needs a status": (SHEET, "    status: selected\n", ""),
}
"""Slips in words of ladders, by their findings."""
ERRORS = {
    "none": (SHEET, "title: Green roofs", "title: Green roofs"),
    "in the fact": (SHEET, "label: Grant of the", "labl: Grant of the"),
    "in the sheet": (SHEET, "summary:", "sumary:"),
    "in the YAML of the sheet": (SHEET, "summary: The", "summary: &The"),
    "in the brief": (BRIEF, "owner: not stated", "owners: not stated"),
    "in the project": (PROJECT, "contact: the desk", "contacts: the desk"),
    "in a register": ("actors.yaml", "kind:", "kin:"),
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("message", SLIPS)
def test_an_unknown_word_is_found_beside_other_errors(project: Path, message: str, error: str) -> None:
    for path, old, new in (SLIPS[message], ERRORS[error]):
        change(project, path, old, new)
    _, found = checked(project)
    assert [finding.message for finding in found].count(message) == 1
    assert len([finding for finding in found if finding.check in ("unknown-word", "unknown-reference")]) <= 1
    by_reading = [finding for finding in found if finding.is_error and finding.check != "overclaim"]
    assert as_worked_out_on_demand(project) == by_reading


def as_worked_out_on_demand(root: Path) -> list[Finding]:
    """The findings on the files and the references of a project, in order, by the steps on demand."""
    texts = disk.read(root, request.FOLDERS)
    engine = recorded.engine_of(kept.opened(None, ""), texts, DAY)
    found = engine.get("all problems", "")
    return sorted((item for item in found if item.is_error), key=lambda item: (item.at.path, item.at.line))


def test_a_register_of_ladders_with_errors_is_read_as_far_as_possible(own: Path) -> None:
    change(own, "ladders.yaml", "shape: open circle", "shap: open circle")
    change(own, SHEET, "status: awarded", "status: awarted")
    _, found = checked(own)
    messages = [finding.message for finding in found]
    assert messages == ["'status' cannot be 'awarted'", "group 'open' has no field 'shap'"]
    assert found[0].hint.startswith("did you mean 'awarded'?")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PROJECT, "ladder: grants", "lader: grants"),
        (PROJECT, "ladder: grants", "ladder: grant"),
        (PROJECT, "ladder: grants", "ladder: Grants"),
        (SHEET, "title: Green roofs", "title: Green roofs\nladder: legislatio"),
        (SHEET, "title: Green roofs", "title: Green roofs\nlader: legislation"),
        (SHEET, "    status: called", "    matters: [roof]\n    status: called"),
        ("ladders.yaml", "roofs:", "roofs: &roofs"),
        ("ladders.yaml", "  rungs:", "  rugns:"),
        ("ladders.yaml", "  flags:\n    withdrawn: ", "  flags:\n    - "),
        ("ladders.yaml", OWN, "ladders:\n" + textwrap.indent(OWN, "  ")),
    ],
)
def test_one_slip_in_the_name_of_a_ladder_makes_no_status_unknown(
    project: Path, path: str, old: str, new: str
) -> None:
    if path == "ladders.yaml":
        (project / "content" / path).write_text(OWN, "utf-8")
        change(project, PROJECT, "ladder: grants\n", "")
    change(project, path, old, new)
    _, found = checked(project)
    assert len([finding for finding in found if finding.is_error]) == 1


# ---------------------------------------------------------------------------------------------- statuses


def test_statuses_of_one_ladder_are_compared_by_place_and_others_by_degree() -> None:
    grants = ladders.of_program()["grants"]
    called, bid, paid = (grants.status(name) for name in ("called", "bid", "paid"))
    assert called
    assert bid
    assert paid
    assert called < bid
    assert bid.degree < called.degree
    assert paid > Reached.CONTRACTED
    assert paid < Reached.DELIVERED
    assert encode.to_plain(paid) == "paid"


def test_an_edition_on_another_ladder_reads_on(project: Path) -> None:
    grants = ladders.of_program()["grants"]
    old = values.issued("roofs", "1", values.fact(status=Reached.IN_PRODUCTION))
    read = ladders.issued(old, lambda _: grants, {"grants": grants})
    assert read.state.facts[0].status == Reached.IN_PRODUCTION
