"""Two persons: who hands a brief in, who clears it, and what a project that asks for both refuses."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from briefing.checks import signatures
from briefing.checks.base import Subject
from briefing.editions import ledger
from briefing.model.signatures import Review, ReviewStep, progress_of
from briefing.model.values import Date
from tests import signers, values
from tests.conftest import Project, Said, needs
from tests.signers import ADA, BOB, LETTER

SINCE = "two_persons_since: 2020-01-01"
BRIEF = "content/briefs/letter.md"
REVIEWS = f"{LETTER}/reviews.yaml"


@pytest.fixture
def letter(tmp_path: Path) -> Project:
    """A project with one brief that asks for two persons, and for no signatures."""
    project = Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")))
    (project.root / "captures").rename(project.root / "texts")
    project.write("content/project.yaml", f"{project.read('content/project.yaml')}{SINCE}\n")
    return project


def review(project: Project, *arguments: str, by: str = ADA) -> Said:
    return project.call("review", "letter", *arguments, "--by", by)


def issue(project: Project, by: str = ADA) -> Said:
    return project.call("issue", "letter", "--note", "As agreed.", "--by", by)


def label(project: Project) -> str:
    said = project.build("--format", "markdown")
    assert said.exit_code == 0, said.text
    lines = project.read("output/briefs/letter.md").splitlines()
    return (
        lines[lines.index(next(line for line in lines if line.startswith("| --"))) + 1].split("|")[1].strip()
    )


def state(project: Project) -> str:
    (found,) = project.call("editions", "--json").record["briefs"]
    return str(found["state"])


def test_a_brief_goes_from_draft_over_review_to_cleared(letter: Project) -> None:
    assert state(letter) == "draft"
    assert label(letter) == "Draft"
    said = review(letter)
    assert said.out == f"letter is handed in by Ada Marsh, in {REVIEWS}.\n"
    assert state(letter) == "in review"
    assert label(letter) == "Draft in review"
    assert review(letter, "--clear", by=BOB).exit_code == 0
    assert state(letter) == "cleared"
    assert label(letter) == "Cleared draft"
    said = letter.call("editions")
    assert said.out == "letter: Cleared draft (handed in by Ada Marsh, cleared by Bob Reed)\n"
    assert letter.call("check").exit_code == 0


@pytest.mark.pdf
@pytest.mark.process
def test_an_issued_brief_names_its_two_persons(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    assert issue(letter).exit_code == 0
    assert state(letter) == "issued"
    assert letter.build("--format", "site").exit_code == 0
    page = letter.read("output/site/editions/letter-1.html")
    assert "handed in by Ada Marsh, cleared by Bob Reed" in page
    (brief,) = letter.call("editions", "--json").record["briefs"]
    assert (brief["editions"][0]["author"], brief["editions"][0]["cleared_by"]) == (ADA, BOB)
    said = review(letter)
    assert said.exit_code == 2
    assert "edition 1 of 'letter' has the same text, word for word" in said.err


def test_who_handed_it_in_cannot_clear_it(letter: Project) -> None:
    review(letter)
    for name in (ADA, "ada  marsh", "Ada MARSH"):
        said = review(letter, "--clear", by=name)
        assert said.exit_code == 2
        assert "Ada Marsh has handed in 'letter', so another person has to clear it" in said.err
    assert state(letter) == "in review"


def test_nothing_is_cleared_that_nobody_handed_in(letter: Project) -> None:
    said = review(letter, "--clear", by=BOB)
    assert said.exit_code == 2
    assert "nobody has handed in the present words of 'letter'" in said.err
    assert not (letter.root / LETTER).exists()


def test_it_is_handed_in_once(letter: Project) -> None:
    review(letter)
    said = review(letter, by=BOB)
    assert "Ada Marsh has handed in the present words of 'letter' already" in said.err
    review(letter, "--clear", by=BOB)
    assert "Bob Reed has cleared the present words" in review(letter, "--clear", by="C. Third").err


def test_what_is_given_back_is_a_draft_again_and_says_why(letter: Project) -> None:
    review(letter)
    said = review(letter, "--return", by=BOB)
    assert said.exit_code == 2
    assert "--return needs --reason" in said.err
    assert review(letter, "--return", "--reason", "Which price?", by=BOB).exit_code == 0
    assert state(letter) == "draft"
    assert "reason: Which price?" in letter.read(REVIEWS)
    assert review(letter).exit_code == 0


def test_a_word_changed_after_the_clearance_needs_another_one(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    letter.change(BRIEF, "The letter names", "This letter names")
    assert state(letter) == "draft"
    assert issue(letter).exit_code == 1
    letter.change(BRIEF, "This letter names", "The letter names")
    assert state(letter) == "cleared"


def test_a_changed_fact_needs_another_one_too(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    letter.change("content/facts/drones.yaml", "caveat: No contract.", "caveat: No contract yet.")
    assert state(letter) == "draft"


def test_nothing_is_issued_that_nobody_cleared(letter: Project) -> None:
    said = issue(letter)
    assert said.exit_code == 1
    assert "its author does with 'briefing review letter --by NAME'" in said.out
    review(letter)
    said = issue(letter)
    assert said.exit_code == 1
    assert "'briefing review letter --clear --by NAME'" in said.out
    assert not (letter.root / f"{LETTER}/1.yaml").exists()


@pytest.mark.pdf
@pytest.mark.process
def test_a_withdrawn_edition_is_cleared_again_before_it_is_issued_again(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    assert issue(letter).exit_code == 0
    assert letter.call("withdraw", "letter", "1", "--reason", "Too early.", "--by", ADA).exit_code == 0
    assert issue(letter).exit_code == 1
    assert review(letter).exit_code == 0
    assert review(letter, "--clear", by=BOB).exit_code == 0
    assert issue(letter).exit_code == 0
    assert letter.call("check").exit_code == 0


def test_a_brief_with_errors_is_not_handed_in(letter: Project) -> None:
    letter.change(BRIEF, "[](fact:drones.letter) at", "[](fact:drones.nothing) at")
    said = review(letter)
    assert said.exit_code == 1
    assert "error[unknown-fact]" in said.err
    assert "Nothing about letter is recorded" in said.out


def test_a_renamed_brief_stays_cleared(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    letter.write("content/briefs/note.md", letter.read(BRIEF).replace("[paper]", "[paper, letter]"))
    (letter.root / BRIEF).unlink()
    letter.change("content/project.yaml", "home: [letter]", "home: [note]")
    assert state(letter) == "cleared"


# ----------------------------------------------------------------------------------------- what is on file


def checked(project: Project) -> list[str]:
    subject = Subject(signers.library(project), (), signers.TODAY)
    return [f"{item.at}: {item.message}" for item in signatures.two_persons(subject)]


@pytest.mark.pdf
@pytest.mark.process
def test_an_edition_that_one_person_wrote_and_cleared_is_an_error(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    assert issue(letter).exit_code == 0
    (edition,) = signers.library(letter).issued["letter"]
    assert edition.cleared
    assert checked(letter) == []
    for cleared, says in (
        (None, "Ada Marsh issued it, and nobody had cleared it"),
        (dataclasses.replace(edition.cleared, author=BOB), "Bob Reed both handed it in and cleared it"),
        (dataclasses.replace(edition.cleared, words="0" * 64), "no record says that Ada Marsh handed it in"),
        (dataclasses.replace(edition.cleared, by="C. Third"), "no record says that Ada Marsh handed it in"),
    ):
        forged = dataclasses.replace(edition, cleared=cleared)
        signers.forge(letter, dataclasses.replace(forged, seal=ledger.seal(forged)))
        (found,) = checked(letter)
        assert found.startswith(f"{LETTER}/1.yaml:1:1: edition 1 of letter: {says}")


def test_a_step_that_names_the_author_as_reader_is_an_error(letter: Project) -> None:
    review(letter)
    review(letter, "--clear", by=BOB)
    letter.change(REVIEWS, "by: Bob Reed", "by: Ada Marsh")
    signers.seal_again(letter)
    (found,) = checked(letter)
    assert "Ada Marsh cleared letter, and no other person had handed in the same words" in found
    assert found.startswith(f"{REVIEWS}:")


def test_each_clearance_is_for_one_edition() -> None:
    def step(what: ReviewStep, by: str) -> Review:
        return Review(what, by, Date("2031-05-01"), "words")

    once = [step(ReviewStep.SUBMITTED, ADA), step(ReviewStep.CLEARED, BOB)]
    assert progress_of("words", once).state == "cleared"
    assert progress_of("words", once, issued=1).state == "draft"
    assert progress_of("words", once * 2, issued=1).state == "cleared"
    assert progress_of("words", once * 2, issued=2).state == "draft"
    assert progress_of("other words", once).state == "draft"


@pytest.mark.process
@needs(signers.SSH, "there is no ssh-keygen on this computer")
def test_with_keys_no_person_is_two(tmp_path: Path) -> None:
    office = signers.opened(tmp_path, SINCE)
    office.expect("review", "letter")
    said = office.call("review", "letter", "--clear", by=BOB, key="ada")
    assert said.exit_code == 2
    assert "it was made with another key" in said.err
    office.expect("review", "letter", "--clear", by=BOB)
    assert not office.problems
    office.project.change(REVIEWS, "step: submitted\n  by: Ada Marsh", "step: submitted\n  by: Bob Reed")
    signers.seal_again(office.project)
    found = [item.message for item in office.problems]
    assert found == ["the review step 'submitted' of letter, by Bob Reed: it is not signed"]
