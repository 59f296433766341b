"""Evidence held against the captures: damage of each kind is caught and explained."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands import audit
from briefing.commands.audit import Audit
from briefing.content import layout
from briefing.model.sources import Evidence
from briefing.model.values import Slug
from briefing.sources import captures, verify
from briefing.sources.captures import CaptureState, Verdict
from briefing.store import disk, request
from tests import values
from tests.conftest import Project, Said, call
from tests.values import GOOD_PROJECT

VERIFIED = layout.VERIFICATION_FILE


@pytest.fixture
def good(tmp_path: Path) -> Project:
    """The tiny good project with its captures, and without a verification."""
    made = Project(Path(shutil.copytree(GOOD_PROJECT, tmp_path / "project")))
    (made.root / VERIFIED).unlink(missing_ok=True)
    return made


def verified(made: Project, *arguments: str) -> Said:
    return call("verify", "--project", made.root, "--captures", made.root / "captures", *arguments)


def audited(made: Project) -> Audit:
    return audit.run(disk.read(made.root, request.FOLDERS), made.root / "captures", values.TODAY)


def slugs(made: Project) -> set[str]:
    return {finding.check for finding in audited(made).findings}


# ----------------------------------------------------------------------------------------------- holding


def test_the_good_project_holds(good: Project) -> None:
    said = verified(good)
    assert (said.exit_code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("interview  as registered  4 paragraphs")
    assert lines[1].startswith("report     as registered  7 paragraphs")
    assert lines[-1].startswith("2 sources, ")
    assert lines[-1].endswith(" hold. 0 errors, 0 warnings")


def test_every_piece_of_evidence_is_held_against_its_capture(good: Project) -> None:
    """Those of facts, of what facts said before, of roles, and what the sources explain."""
    owners = {piece.owner for item in audited(good).verified for piece in item.pieces}
    assert {
        "drones.letter",
        "drones.letter, history of 2026-01-15",
        "the role of minister",
        "uncited",
    } <= owners


def test_record_of_a_verification_is_stable(good: Project) -> None:
    found = verified(good, "--json").record
    assert list(found) == ["version", "command", "exit_code", "findings", "sources"]
    assert (found["command"], found["exit_code"]) == ("verify", 0)
    (report,) = (item for item in found["sources"] if item["source"] == "report")
    assert list(report) == ["source", "capture", "state", "sha256", "paragraphs", "counts", "passages"]
    assert report["counts"]["holds"] == len(report["passages"])
    (first, *_) = report["passages"]
    assert {*first} == {"owner", "paragraph", "terms", "verdict", "moved_to", "path", "line", "column"}
    assert good.read(first["path"]).splitlines()[first["line"] - 1][first["column"] - 1] == "{"


# ---------------------------------------------------------------------------------------------- damage


def test_a_changed_term_is_caught_at_its_own_place(good: Project) -> None:
    good.change("content/facts/drones.yaml", "terms: [second model]", "terms: [second modell]")
    said = verified(good)
    assert said.exit_code == 1
    line = next(line for line in said.err.splitlines() if "[term-missing]" in line)
    assert "'second modell' is not in paragraph 3 of report (drones.model)" in line
    assert "the nearest words in it are 'second model'" in said.err


def test_a_wrong_paragraph_is_caught_and_the_right_one_named(good: Project) -> None:
    good.change(
        "content/facts/drones.yaml",
        "{source: report, paragraph: 3, terms: [second model]}",
        "{source: report, paragraph: 4, terms: [second model]}",
    )
    said = verified(good)
    assert said.exit_code == 1
    assert "are in paragraph 3 (drones.model)" in said.err
    assert "help: write paragraph: 3" in said.err


def test_a_changed_capture_is_told_passage_by_passage(good: Project) -> None:
    good.change(
        "captures/report.txt", "The drone is the second model of its kind.", "It is the third.\n\nPart two."
    )
    said = verified(good)
    assert said.exit_code == 1
    assert slugs(good) == {"capture-changed", "term-moved", "term-missing"}
    (report,) = (item for item in audited(good).verified if item.source == "report")
    verdicts = {(piece.owner, piece.verdict) for piece in report.pieces}
    assert {
        ("drones.letter", Verdict.HOLDS),
        ("drones.start", Verdict.MOVED),
        ("drones.model", Verdict.GONE),
        ("uncited", Verdict.MOVED),
    } <= verdicts
    assert "report     changed        8 paragraphs" in said.out


REWRITTEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "Windows": (lambda data: data.replace(b"\n", b"\r\n"), "other line ends"),
    "an old Mac": (lambda data: data.replace(b"\n", b"\r"), "other line ends"),
    "a mark": (lambda data: b"\xef\xbb\xbf" + data, "a byte-order mark"),
    "both": (
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        "other line ends and a byte-order mark",
    ),
    "some lines": (lambda data: data.replace(b"\n", b"\r\n", 2), "other line ends"),
    "no last line end": (lambda data: data.rstrip(b"\n"), "more or fewer line ends at its end"),
}


@pytest.mark.parametrize("editor", REWRITTEN)
def test_a_capture_that_an_editor_saved_has_the_same_words(good: Project, editor: str) -> None:
    save, difference = REWRITTEN[editor]
    file = good.root / "captures/report.txt"
    registered = file.read_bytes()
    file.write_bytes(save(registered))
    said = verified(good)
    assert said.exit_code == 1
    assert slugs(good) == {"capture-changed"}
    assert f"has the same words as the registered one, but {difference}\n" in said.err
    digest = disk.digest(save(registered))
    assert f"help: put the registered file back, or write sha256: {digest}" in said.err


def test_a_capture_registered_with_a_mark_may_lose_it() -> None:
    text = b"One line.\r\n\r\nAnother.\r\n"
    digest = disk.digest(b"\xef\xbb\xbf" + text)
    assert captures.rewritten(text, digest) == ("no byte-order mark",)
    assert captures.rewritten(text.replace(b"Another", b"An other"), digest) == ()


def test_a_capture_that_changed_where_nothing_is_cited_still_holds(good: Project) -> None:
    good.change("captures/report.txt", "bought in.", "bought in from elsewhere.")
    said = verified(good)
    assert said.exit_code == 1
    assert slugs(good) == {"capture-changed"}
    assert "0 moved, 0 gone" in said.err
    digest = disk.digest((good.root / "captures/report.txt").read_bytes())
    assert f"help: write sha256: {digest}" in said.err


def test_a_missing_capture_is_named_and_the_others_are_still_held(good: Project) -> None:
    (good.root / "captures/report.txt").unlink()
    said = verified(good)
    assert said.exit_code == 1
    assert slugs(good) == {"capture-missing"}
    assert "report     missing" in said.out
    assert "not read" in said.out
    assert "interview  as registered" in said.out


def test_a_capture_in_another_encoding_is_told(good: Project) -> None:
    (good.root / "captures/report.txt").write_bytes("Лист".encode("cp1251"))
    assert verified(good).exit_code == 1
    assert slugs(good) == {"capture-encoding"}


def test_an_explanation_of_a_paragraph_that_is_not_there_is_told(good: Project) -> None:
    good.change("content/sources/report.yaml", "paragraphs: [6]", "paragraphs: [6, 12]")
    found = [finding for finding in audited(good).findings if finding.is_error]
    assert [finding.check for finding in found] == ["term-moved"]


def test_other_errors_of_the_content_are_told_as_well(good: Project) -> None:
    good.change("content/facts/drones.yaml", "status: intent\n", "status: intnet\n")
    said = verified(good)
    assert said.exit_code == 1
    assert "error[unknown-word]" in said.err


def test_a_project_file_that_cannot_be_read_ends_nothing(good: Project) -> None:
    good.write("content/project.yaml", "title: [\n")
    for arguments in (("verify",), ("coverage", "report"), ("coverage", "--all")):
        said = call(*arguments, "--project", good.root, "--captures", good.root / "captures")
        assert said.exit_code == 1
        assert "content/project.yaml" in said.err


def test_an_allowance_holds_for_a_date_and_is_told_when_idle(good: Project) -> None:
    good.change("content/facts/drones.yaml", "    date: 2026-02\n    value:", "    date: 2026-03\n    value:")
    assert slugs(good) == {"date-not-stated"}
    good.change(
        "content/facts/drones.yaml",
        "    date: 2026-03\n",
        "    # allow[date-not-stated]: the line's opening is public knowledge\n    date: 2026-03\n",
    )
    assert slugs(good) == set()
    assert good.call("check").exit_code == 0
    assert "date-not-stated" not in good.call("check").err
    good.change("content/facts/drones.yaml", "    date: 2026-03\n", "    date: 2026-02\n")
    # Over captures the same check may see more, so only the check of the terms calls it idle.
    assert slugs(good) == set()
    assert "unused-silence" in good.call("check").err


# ------------------------------------------------------------------------------------------------ record


def test_a_verification_is_recorded_and_read_again(good: Project) -> None:
    said = verified(good, "--record")
    assert said.exit_code == 0
    assert said.out.endswith(f"Recorded in {VERIFIED}.\n")
    assert good.read(VERIFIED).startswith(
        "# Written by `briefing verify --record`; not to be edited by hand.\n"
    )
    assert "uncited: ['7: 40 percent']" in good.read(VERIFIED)
    records, findings = layout.load(disk.read(good.root, request.FOLDERS))
    assert findings == ()
    assert records
    assert {item.id: item.paragraphs for item in records.verifications} == {"interview": 4, "report": 7}
    assert good.call("check").exit_code == 0


def test_the_record_of_the_good_project_is_the_one_that_lies_in_it(good: Project) -> None:
    """What other tests take for verified is what a verification finds."""
    shipped = disk.read(GOOD_PROJECT, request.FOLDERS)
    lying, _ = layout.load(shipped)
    verified(good, "--record")
    made, _ = layout.load(disk.read(good.root, request.FOLDERS))
    assert lying
    assert made
    for one, other in zip(made.verifications, lying.verifications, strict=True):
        assert (one.id, one.sha256, one.paragraphs) == (other.id, other.sha256, other.paragraphs)
        assert {*one.passages} == {*other.passages}
        assert one.uncited == other.uncited


def test_nothing_is_recorded_while_there_are_errors(good: Project) -> None:
    good.change("content/facts/drones.yaml", "terms: [second model]", "terms: [third model]")
    said = verified(good, "--record")
    assert said.exit_code == 1
    assert said.err.endswith("Nothing was recorded, because there are errors.\n")
    assert not (good.root / VERIFIED).exists()


def test_a_spoilt_record_is_written_anew(good: Project) -> None:
    good.write(VERIFIED, "report: [\n")
    assert verified(good).exit_code == 0
    assert verified(good, "--record").exit_code == 0
    assert good.call("check").exit_code == 0


def test_a_record_that_cannot_be_written_is_a_problem_of_the_machine(good: Project) -> None:
    (good.root / VERIFIED).mkdir()
    said = verified(good, "--record")
    assert said.exit_code == 2
    assert "expected a file, found a folder at" in said.err


# ------------------------------------------------------------------------------------------------ calling


def test_the_folder_of_captures_of_a_project_needs_no_option(good: Project) -> None:
    assert call("verify", "--project", good.root, env={"BRIEFING_CAPTURES": ""}).exit_code == 0


def test_a_folder_elsewhere_is_asked_for_and_may_stand_in_the_environment(good: Project) -> None:
    elsewhere = good.root.parent / "elsewhere"
    (good.root / "captures").rename(elsewhere)
    said = call("verify", "--project", good.root, env={"BRIEFING_CAPTURES": ""})
    assert said.exit_code == 2
    assert "name the folder of the captured texts with --captures FOLDER" in said.err
    named = {"BRIEFING_CAPTURES": str(elsewhere)}
    assert call("verify", "--project", good.root, env=named).exit_code == 0
    assert call("coverage", "interview", "--project", good.root, env=named).exit_code in (0, 1)


def test_a_folder_that_is_not_there_is_named(good: Project) -> None:
    said = call("verify", "--project", good.root, "--captures", good.root / "nowhere")
    assert said.exit_code == 2
    assert said.err.startswith(f"briefing: there is no folder {good.root / 'nowhere'}")


# --------------------------------------------------------------------------------------------- properties

WORDS = ("letter", "intent", "contract", "40", "aircraft", "by", "2035", "‘historic’", "co-production")
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6
)


def held(texts: Iterable[str], paragraph: int, *terms: str) -> captures.Verified:
    library = values.library(values.fact(evidence=(Evidence(Slug("report"), paragraph, terms),)))
    (found,) = verify.sources(library, {"report": captures.read("\n".join(texts).encode())})
    return found


@given(PARAGRAPHS, st.data())
def test_terms_cut_from_a_paragraph_hold_in_it(texts: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(texts)))
    words = texts[number - 1].split()
    first = data.draw(st.integers(0, len(words) - 1))
    (piece,) = held(texts, number, " ".join(words[first : first + 5])).pieces
    assert piece.verdict is Verdict.HOLDS


@given(PARAGRAPHS, st.integers(1, 9))
def test_a_paragraph_put_before_another_moves_it_by_one(texts: list[str], number: int) -> None:
    number = min(number, len(texts))
    marked = [*texts]
    marked[number - 1] += " and this alone"
    (piece,) = held(["A new first paragraph.", *marked], number, "and this alone").pieces
    assert (piece.verdict, piece.moved_to) == (Verdict.MOVED, (number + 1,))


@given(PARAGRAPHS, st.integers(1, 9))
def test_words_that_stand_nowhere_are_gone(texts: list[str], number: int) -> None:
    found = held(texts, number, "words that nobody wrote")
    (piece,) = found.pieces
    assert piece.verdict is Verdict.GONE
    assert piece.moved_to == ()
    assert found.state is CaptureState.CHANGED


@pytest.mark.parametrize("term", ["“second model”", "«second model»", "‘second model’", "„second model“"])
def test_typographic_quotation_marks_around_a_term_are_named(good: Project, term: str) -> None:
    good.change("content/facts/drones.yaml", "terms: [second model]", f"terms: [{term}]")
    said = verified(good)
    assert said.exit_code == 1
    assert "help: remove the typographic quotation marks: second model" in said.err


def test_a_text_in_the_encoding_of_word_is_answered_with_how_to_save_it(good: Project) -> None:
    (good.root / "captures/report.txt").write_bytes("The “letter”".encode("cp1252"))
    assert "In Word: Save as, Plain text, Other encoding, Unicode (UTF-8)." in verified(good).err
