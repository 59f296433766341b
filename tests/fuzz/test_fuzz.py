"""The short part of the long mode (``python -m tests.fuzz``): the same work on few projects, on every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import tries
from tests.fuzz import faults, judge, mutations, stage
from tests.fuzz.judge import Base, Ended, Tally

pytestmark = [pytest.mark.pdf, pytest.mark.process]

PROJECTS, BUILDS = tries(40), tries(6)


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Base, ...]:
    return stage.prepare(tmp_path_factory.mktemp("fuzz") / "bases")


def test_a_mutated_project_is_checked_or_refused_in_words(bases: tuple[Base, ...], tmp_path: Path) -> None:
    tally = Tally()
    for seed in range(PROJECTS):
        judge.checked(stage.of(bases, seed), seed, tmp_path, tally)
    assert "\n".join(tally.faults) == ""
    assert sum(tally.tried.values()) == PROJECTS


def test_a_mutated_project_is_built_as_from_nothing_and_spoils_no_later_build(
    bases: tuple[Base, ...], tmp_path: Path
) -> None:
    tally = Tally()
    for seed in range(5000, 5000 + BUILDS):
        judge.built(stage.of(bases, seed), seed, tmp_path, tally)
    assert "\n".join(tally.faults) == ""
    assert tally.tried["sound build over a mutated one"] == BUILDS


def test_a_build_that_is_ended_or_failed_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    """The commands that write records are tried in ``test_all_or_nothing``."""
    tally = Tally()
    faults.by_audit(tmp_path, tally, step=97, commands=("build",))
    assert "\n".join(tally.faults) == ""


def test_a_file_that_ends_in_the_middle_is_not_put_in_place(tmp_path: Path) -> None:
    tally = Tally()
    faults.by_limit(tmp_path, tally, commands=("issue",))
    assert "\n".join(tally.faults) == ""


def test_a_seed_makes_the_same_project_again(bases: tuple[Base, ...]) -> None:
    for seed in range(20):
        one, other = (mutations.mutated(bases[0].files, seed) for _ in range(2))
        assert one == other
        assert one.done
    assert len({mutations.mutated(bases[0].files, seed).done for seed in range(20)}) > 15


@pytest.mark.parametrize(
    ("ended", "fault"),
    [
        (Ended(70, "Traceback (most recent call last):\nValueError: x"), "traceback: ValueError: x"),
        (Ended(-24, ""), "hang"),
        (Ended(-11, ""), "exit code -11"),
        (Ended(3, ""), "exit code 3"),
        (Ended(1, "0 errors"), "exit code 1 without an error"),
        (Ended(1, "error[name] wrong\ncontent/x.yaml:1:1: error[name] wrong"), "no place: error[name]"),
        (Ended(1, "content/x.yaml:9:1: error[name] wrong"), "no place: content/x.yaml has no line 9"),
        (Ended(1, "/etc/x.yaml:9:1: error[name] wrong"), "no place: '/etc/x.yaml'"),
        (Ended(2, "briefing: something is wrong"), "no place: briefing: something is wrong"),
        (Ended(1, '{"findings": []}'), "exit code 1 with 0 errors"),
    ],
)
def test_the_judge_sees_each_kind_of_fault(ended: Ended, fault: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/x.yaml").write_text("a: 1\n", "utf-8")
    found = list(judge.wrong(ended, tmp_path))
    assert found
    assert found[0].startswith(fault)


def test_the_judge_sees_files_that_are_left_half_written(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/.letter.md.new").touch()
    assert list(judge.left_half(tmp_path)) == ["half-written: output/.letter.md.new"]


def test_a_record_with_anchors_within_anchors_is_mutated_as_any_other() -> None:
    """Every place of it would be more than a machine has room for, and of one that holds itself, no end."""
    many = "a0: &a0 [x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30)
    )
    for text in (many, "a: &a [b, {c: *a}]\n"):
        files = {"content/a.yaml": text.encode()}
        done = [mutations.mutated(files, seed).done for seed in range(6)]
        assert any(done)
