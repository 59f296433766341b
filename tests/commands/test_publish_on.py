"""An edition that is held until its hour: what readers see before, at and after it."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands import due
from briefing.model import moments
from tests import signers, values
from tests.conftest import QUICK, Project, Said

BEFORE, HOUR, AFTER = "2999-05-01T08:59+02:00", "2999-05-01T09:00+02:00", "2999-05-01T07:00:01Z"
SHEET = "content/facts/drones.yaml"
BRIEF = "output/briefs/letter.md"
HELD = "edition 2 is held until 2999-05-01, 09:00 +02:00; the edition before it stays"
pytestmark = [pytest.mark.pdf, pytest.mark.process]


def call(project: Project, *arguments: str) -> None:
    said = project.call(*arguments)
    assert said.exit_code == 0, said.text


@pytest.fixture(scope="module")
def _issued_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path_factory.mktemp("held") / "project")))
    (project.root / "captures").rename(project.root / "texts")
    call(project, "issue", "letter", "--note", "First.", "--by", "R. Lund")
    return project


@pytest.fixture(scope="module")
def _held_once(_issued_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(Path(shutil.copytree(_issued_once.root, tmp_path_factory.mktemp("held") / "project")))
    project.change(SHEET, "caveat: No contract.", "caveat: A contract is near.")
    call(project, "accept", "letter", "--by", "R. Lund")
    call(project, "issue", "letter", "--note", "It is near.", "--by", "R. Lund", "--publish-on", HOUR)
    return project


@pytest.fixture
def held(_held_once: Project, tmp_path: Path) -> Project:
    """The second edition waits for its hour."""
    return Project(Path(shutil.copytree(_held_once.root, tmp_path / "project")))


def build(project: Project, now: str, *arguments: str) -> Said:
    said = project.build("--now", now, *(arguments or QUICK))
    assert said.exit_code == 0, said.text
    return said


def test_the_former_edition_stays_until_the_hour_and_the_first_build_after_it_publishes(
    held: Project,
) -> None:
    said = build(held, BEFORE)
    assert f"leave  letter: {HELD}" in said.out
    assert "| 1 of " in held.read(BRIEF)
    assert "A contract is near" not in held.read(BRIEF)
    again = build(held, BEFORE)
    assert "0 made" in again.out
    assert HELD in again.out, "a build with nothing to do says it as well"
    said = build(held, HOUR)
    assert "2 made" in said.out
    assert "held until" not in said.out
    assert "| 2 of 1\N{NO-BREAK SPACE}May 2999 |" in held.read(BRIEF)
    assert "It is near." in held.read(BRIEF)
    assert "0 made" in build(held, AFTER).out


def test_the_whole_way_decides_as_the_short_one_does(held: Project) -> None:
    """A call for one brief takes every step anew; nothing of the last build is remembered there."""
    for now in (BEFORE, HOUR, BEFORE):
        build(held, now)
        short = held.read(BRIEF)
        shutil.rmtree(held.output)
        build(held, now, "--only", "letter", *QUICK)
        assert held.read(BRIEF) == short
        assert ("| 1 of " in short) is (now == BEFORE)


def test_where_the_clock_goes_back_so_does_the_edition(held: Project) -> None:
    build(held, AFTER)
    assert "| 2 of " in held.read(BRIEF)
    build(held, BEFORE)
    assert "| 1 of " in held.read(BRIEF)


def test_plan_says_what_the_hour_will_change(held: Project) -> None:
    build(held, BEFORE)
    said = held.call("plan", "--now", BEFORE, *QUICK)
    assert HELD in said.out
    assert "0 to make" in said.out
    said = held.call("plan", "--now", HOUR, *QUICK)
    assert "2 to make" in said.out
    assert "held until" not in said.out


def test_the_site_says_nothing_of_it_before(held: Project) -> None:
    build(held, BEFORE, "--format", "site")
    pages = {path.name: path for path in (held.output / "site").rglob("*.*")}
    assert "letter-1.html" in pages
    assert "letter-2.html" not in pages
    texts = [path.read_bytes() for path in pages.values()]
    assert not [name for name, text in zip(pages, texts, strict=True) if b"It is near." in text]
    said = [name for name, text in zip(pages, texts, strict=True) if b"held until" in text]
    assert [name for name in said if "handbook" not in name] == []  # which explains it in every project
    build(held, HOUR, "--format", "site")
    assert "It is near." in held.read("output/site/editions/letter-2.html")
    assert "It is near." in held.read("output/site/changes/month_2999-05.html")
    assert "It is near." in held.read("output/site/editions.atom")


def test_a_former_edition_is_printed_even_if_its_facts_are_gone(held: Project) -> None:
    line = "The Courier relays that the maker [gives thanks for the letter](fact:drones.thanks)."
    held.change("content/briefs/letter.md", line, "")
    without, times = re.subn(r"  thanks:\n(?:    .*\n)+", "", held.read(SHEET))
    assert times == 1
    held.write(SHEET, without.replace("facts: [drones.thanks]", "facts: [drones.letter]"))
    for arguments in (QUICK, ("--only", "letter", *QUICK), ("--format", "site")):
        said = held.build("--now", BEFORE, *arguments)
        assert said.exit_code == 0, said.text
    assert "thanks for the letter" in held.read(BRIEF)


def test_a_brief_without_a_former_edition_is_not_published_before(
    _issued_once: Project, tmp_path: Path
) -> None:
    project = Project(Path(shutil.copytree(_issued_once.root, tmp_path / "project")))
    shutil.rmtree(project.root / "content/editions")
    build(project, BEFORE)
    assert "Draft" in project.read(BRIEF)
    call(project, "issue", "letter", "--note", "First.", "--by", "R. Lund", "--publish-on", "2999-05-01")
    for arguments in (QUICK, ("--format", "site")):
        said = build(project, "2999-04-30T23:59Z", *arguments)
        assert "edition 1 is held until 2999-05-01, 00:00 UTC; nothing of this brief is published" in said.out
    assert not (project.root / BRIEF).exists()
    assert not (project.output / "site/briefs/letter.html").exists()
    build(project, "2999-05-01T00:00Z")
    assert "| 1 of " in project.read(BRIEF)


def test_an_edition_withdrawn_before_its_hour_is_never_published(held: Project) -> None:
    said = held.call("withdraw", "letter", "2", "--reason", "Too early.", "--by", "R. Lund")
    assert "it is never published" in said.out
    for now in (BEFORE, AFTER):
        build(held, now)
        assert "Draft after edition 1" in held.read(BRIEF)
    build(held, AFTER, "--format", "site")
    assert not (held.output / "site/editions/letter-2.html").exists()
    said = held.call("editions")
    assert "before it was published: Too early." in said.out
    call(held, "issue", "letter", "--note", "Now.", "--by", "R. Lund")
    build(held, BEFORE)
    assert "| 3 of " in held.read(BRIEF)
    assert "Since edition 1" in held.read(BRIEF)
    assert held.call("check").exit_code == 0


def test_nothing_is_issued_on_top_of_an_edition_that_waits(held: Project) -> None:
    held.change(SHEET, "caveat: A contract is near.", "caveat: It is done.")
    call(held, "accept", "letter", "--by", "R. Lund")
    said = held.call("issue", "letter", "--note", "More.", "--by", "R. Lund")
    assert said.exit_code == 2
    assert "edition 2 of 'letter' is held until 2999-05-01, 09:00 +02:00; withdraw it" in said.err


def test_lists_and_dues_name_the_hour(held: Project) -> None:
    said = held.call("editions")
    assert "It is near. (held until 2999-05-01, 09:00 +02:00)" in said.out
    (found,) = due.publications(signers.library(held), moments.parse(BEFORE))
    assert (found.key, found.day, found.is_late) == ("letter 2", datetime.date(2999, 5, 1), False)
    assert found.words == "edition 2 is published at 2999-05-01, 09:00 +02:00: It is near."
    assert due.publications(signers.library(held), moments.parse(HOUR)) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2020-01-01", "which has passed"),
        ("2999-05-01T09:00", "lacks its time zone; write 2025-11-30T09:00+01:00"),
        ("tomorrow", "expected a day, or a day and a time with its zone, found 'tomorrow'"),
        ("2999-13-01", "month must be in 1..12"),
    ],
)
def test_an_hour_is_in_the_future_and_has_a_zone(held: Project, text: str, says: str) -> None:
    said = held.call("issue", "letter", "--note", "More.", "--by", "R. Lund", "--publish-on", text)
    assert said.exit_code == 2
    assert says in " ".join(said.err.split())


def test_a_record_with_another_hour_is_no_longer_the_one_that_was_issued(held: Project) -> None:
    held.change("content/editions/letter/2.yaml", "2999-05-01T09:00+02:00", "2020-05-01T09:00+02:00")
    said = held.build("--now", BEFORE, *QUICK)
    assert said.exit_code == 1
    assert "error[edition-changed]" in said.err
    held.change("content/editions/letter/2.yaml", "2020-05-01T09:00+02:00", "some day")
    said = held.build("--now", BEFORE, *QUICK)
    assert "error[does-not-fit]" in said.err


@given(
    st.datetimes(datetime.datetime(1970, 1, 2), datetime.datetime(2999, 1, 1)),
    st.integers(-14 * 60 + 1, 14 * 60 - 1),
)
def test_a_moment_is_read_as_it_was_written(moment: datetime.datetime, minutes: int) -> None:
    zone = datetime.timezone(datetime.timedelta(minutes=minutes))
    made = moment.replace(microsecond=0, tzinfo=zone)
    assert moments.parse(moments.write(made)) == made
    assert moments.has_come(moments.write(made), made)
    assert not moments.has_come(moments.write(made), made - datetime.timedelta(seconds=1))
