"""Texts that look as they did at the last build: read when they are asked for, and never in another state."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from briefing.store import built, disk, known_texts, looks, request
from briefing.store.known_texts import ChangedTextError, KnownTexts, Seen, Unchanged
from tests.conftest import QUICK, SAMPLE, Project

FERRY = "content/facts/ferry.yaml"
FOUR, FIVE = "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one text, an hour old."""
    (tmp_path / "content").mkdir()
    _save(tmp_path, "a: 1\n")
    return tmp_path


def _save(folder: Path, text: str, name: str = "a") -> None:
    path = folder / f"content/{name}.yaml"
    path.write_text(text, "utf-8")
    hour_ago = path.stat().st_mtime - 3600
    os.utime(path, (hour_ago, hour_ago))


def _seen(folder: Path, digest: str = "") -> dict[str, Seen]:
    path = "content/a.yaml"
    there = digest or known_texts.digest_of((folder / path).read_text("utf-8"))
    return {path: Seen(there, looks.of(str(folder / path)))}


def _read(folder: Path, known: dict[str, Seen]) -> KnownTexts:
    texts = disk.read(folder, request.FOLDERS, known).texts
    assert isinstance(texts, KnownTexts)
    return texts


def test_a_text_that_looks_as_before_is_read_when_it_is_asked_for(folder: Path) -> None:
    texts = _read(folder, _seen(folder))
    assert not texts.new
    assert [*texts] == ["content/a.yaml"]
    assert texts["content/a.yaml"] == "a: 1\n"
    assert texts == {"content/a.yaml": "a: 1\n"}
    assert texts == _read(folder, {})


def test_the_digest_of_all_texts_is_the_same_however_they_were_read(folder: Path) -> None:
    known = disk.read(folder, request.FOLDERS, _seen(folder))
    assert known.digest == disk.read(folder, request.FOLDERS).digest
    _save(folder, "a: 2\n")
    assert known.digest != disk.read(folder, request.FOLDERS).digest


def test_a_text_of_the_same_length_and_time_is_read_again(folder: Path) -> None:
    known, before = _seen(folder), (folder / "content/a.yaml").stat()
    (folder / "content/a.yaml").write_text("a: 2\n", "utf-8")
    os.utime(folder / "content/a.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    texts = _read(folder, known)
    assert texts.new == {"content/a.yaml"}
    assert texts["content/a.yaml"] == "a: 2\n"


def test_a_text_that_is_saved_while_a_command_runs_is_never_taken_for_the_one_before(folder: Path) -> None:
    texts = _read(folder, _seen(folder))
    _save(folder, "a: 2\n")
    with pytest.raises(ChangedTextError, match=r"content/a\.yaml was changed while this command ran"):
        texts["content/a.yaml"]
    (folder / "content/a.yaml").unlink()
    with pytest.raises(ChangedTextError):
        texts["content/a.yaml"]


def test_a_line_that_has_changed_meanwhile_is_not_shown(folder: Path) -> None:
    _save(folder, "b: 1\n", "b")
    known = {**_seen(folder), "content/b.yaml": Seen("another", looks.of(str(folder / "content/b.yaml")))}
    shown = Unchanged(_read(folder, known))
    assert dict(shown) == {"content/a.yaml": "a: 1\n"}
    assert (shown.get("content/b.yaml", ""), len(shown)) == ("", 1)


def test_the_folder_of_captures_is_never_taken_from_another_project_file(folder: Path) -> None:
    _save(folder, "captures: scans\n", "project")
    path = "content/project.yaml"
    known = {path: Seen("another digest", looks.of(str(folder / path)))}
    with pytest.raises(ChangedTextError):
        disk.read(folder, request.FOLDERS, known)


def test_a_text_that_was_read_stays_as_it_was_read(folder: Path) -> None:
    texts = _read(folder, {})
    _save(folder, "a: 2\n")
    assert texts["content/a.yaml"] == "a: 1\n"


def test_what_is_no_text_any_more_is_known_no_longer(folder: Path) -> None:
    known = _seen(folder)
    (folder / "content/a.yaml").write_bytes(b"\xff")
    texts = _read(folder, known)
    assert not texts
    assert texts.gone == {"content/a.yaml"}


def test_a_file_that_changed_a_moment_ago_has_no_look_to_rely_on(folder: Path) -> None:
    now = (folder / "content/a.yaml").stat().st_ctime_ns

    def settled(now: int) -> list[str]:
        return [
            path for path, _, _ in looks.settled(str(folder), ["content/a.yaml"], now, lambda _: "digest")
        ]

    assert settled(now) == []
    assert settled(now + 3_000_000_000) == ["content/a.yaml"]


def test_a_file_that_changes_while_it_is_read_has_none_either(folder: Path) -> None:
    def saved_meanwhile(_: str) -> str:
        _save(folder, "a: 12\n")
        return "digest"

    later = (folder / "content/a.yaml").stat().st_ctime_ns + 60_000_000_000
    assert not [*looks.settled(str(folder), ["content/a.yaml"], later, saved_meanwhile)]


# -------------------------------------------------------------------------------------- from build to build


@pytest.fixture
def settled(project: Project) -> Project:
    """The sample, built twice: before the second time its files had been there for a while."""
    project.build(*QUICK)
    _wait_for_the_clock(project)
    project.build(*QUICK)
    return project


def _wait_for_the_clock(project: Project) -> None:
    """Let the clock of the disk go on until files of now look settled."""
    newest = max(path.stat().st_ctime_ns for path in project.root.rglob("content/**/*") if path.is_file())
    probe = project.root / "clock"
    while True:
        probe.write_bytes(b"")
        if probe.stat().st_mtime_ns > newest + 150_000_000:
            break
    probe.unlink()


def test_a_build_records_every_text(settled: Project) -> None:
    texts = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("content/**/*") if path.is_file()}
    assert {path for path in texts if path.endswith((".yaml", ".md"))} <= built.known(settled.output).keys()


def test_another_figure_of_the_same_length_is_seen_at_once(settled: Project) -> None:
    settled.change(FERRY, FOUR, FIVE)
    assert "5 ferries" in settled.build(*QUICK).out
    settled.change(FERRY, FIVE, FOUR)
    assert "4 ferries" in settled.build(*QUICK).out


def test_a_text_that_is_removed_is_forgotten(settled: Project) -> None:
    before = built.known(settled.output)
    (settled.root / "content/pages/method.md").unlink()
    settled.build(*QUICK)
    assert before.keys() - built.known(settled.output).keys() == {"content/pages/method.md"}


def _damaged(project: Project, query: str) -> None:
    with sqlite3.connect(project.output / ".briefing" / built.NAME) as file:
        file.execute(query)


@pytest.mark.parametrize("query", ["UPDATE text SET digest = 'x'", "DROP TABLE text", "DELETE FROM text"])
def test_a_record_that_is_wrong_about_texts_costs_time_only(settled: Project, query: str) -> None:
    expected = settled.results()
    _damaged(settled, query)
    settled.change(FERRY, FOUR, FIVE)
    assert settled.build(*QUICK).exit_code == 0
    settled.change(FERRY, FIVE, FOUR)
    assert settled.build(*QUICK).exit_code == 0
    assert settled.results() == expected


def test_lines_of_findings_are_shown_where_their_files_were_not_read(settled: Project) -> None:
    settled.change("content/facts/ferry.yaml", "review_by: 2099-12-31", "review_by: 2020-01-01")
    first = settled.call("check", "--verbose").text
    settled.build(*QUICK)
    _wait_for_the_clock(settled)
    settled.build(*QUICK)
    assert settled.call("check", "--verbose").text == first
    assert "review_by: 2020-01-01" in first
