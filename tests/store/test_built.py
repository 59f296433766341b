"""The record of built files comes back, knows what changed on the disk, and costs a build if it is lost."""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.store import built, disk, moves
from briefing.store.built import Manifest
from briefing.store.results import Artifact, Inputs, Scope
from tests.conftest import QUICK, Project

EVERYTHING = Scope()
COUNT = ("content/facts/ferry.yaml", "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}")
_SHORT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_PATH = st.from_regex(r"[a-zé ]{1,6}(/[a-z.]{1,4}x)?", fullmatch=True)
_ENTRIES = st.dictionaries(_PATH, st.tuples(_SHORT, _SHORT, _SHORT, _SHORT, _SHORT), max_size=4)


def artifact(path: str, text: str = "text", **more: str) -> Artifact:
    return Artifact(path, "a", "markdown", "f" * 64, disk.digest(text.encode()), "key", **more)  # type: ignore[arg-type]


def record_of(output: Path) -> Path:
    return output / disk.STATE_FOLDER / built.NAME


# ------------------------------------------------------------------------------------------- coming back


@given(_ENTRIES, st.frozensets(_PATH, max_size=3), _SHORT)
def test_it_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    entries: dict[str, tuple[str, str, str, str, str]],
    pending: frozenset[str],
    inputs: str,
) -> None:
    output = tmp_path_factory.getbasetemp() / "record"
    artifacts = {path: Artifact(path, *entry) for path, entry in entries.items()}
    manifest = Manifest(artifacts, pending, inputs, {"findings": [], "held": {}})
    built.write(output, manifest)
    assert built.read(output) == manifest


@given(st.lists(st.tuples(_ENTRIES, st.frozensets(_PATH, max_size=2)), min_size=1, max_size=4))
def test_changes_written_one_after_another_give_what_one_writing_gives(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[dict[str, tuple[str, str, str, str, str]], frozenset[str]]],
) -> None:
    output = tmp_path_factory.mktemp("record")
    built.write(output, Manifest())
    expected: dict[str, Artifact] = {}
    for entries, removed in steps:
        made = {path: Artifact(path, *entry) for path, entry in entries.items()}
        manifest = built.read(output)
        built.write(output, dataclasses.replace(manifest, artifacts=manifest.changed(made, removed)))
        expected = {path: item for path, item in expected.items() if path not in removed} | made
    assert dict(built.read(output).artifacts) == expected
    for path, item in expected.items():
        assert built.some(built.read(output), "path", [path]) == {path: item}
        assert path in built.some(built.read(output), "group", [item.group])
    assert built.number(built.read(output), EVERYTHING) == len(expected)


def test_changes_over_changes_are_those_of_both(tmp_path: Path) -> None:
    built.write(tmp_path, Manifest({"a": artifact("a"), "b": artifact("b")}))
    manifest = built.read(tmp_path)
    once = dataclasses.replace(manifest, artifacts=manifest.changed({"c": artifact("c")}, ["a"]))
    twice = dataclasses.replace(once, artifacts=once.changed({"a": artifact("a", "new")}, ["c"]))
    built.write(tmp_path, twice)
    assert dict(built.read(tmp_path).artifacts) == {"a": artifact("a", "new"), "b": artifact("b")}


def test_reading_makes_no_record(tmp_path: Path) -> None:
    assert built.read(tmp_path) == Manifest()
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------ changes on the disk


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    """Two files on record that have not changed for a while."""
    for name in ("a", "b"):
        (tmp_path / name).write_text("text")
    built.write(tmp_path, Manifest({name: artifact(name) for name in ("a", "b")}))
    time.sleep(0.15)
    differing, unknown = built.differing(tmp_path, built.read(tmp_path), EVERYTHING)
    assert (differing, unknown) == ({}, ["a", "b"])
    built.stamp(tmp_path, unknown)
    assert built.differing(tmp_path, built.read(tmp_path), EVERYTHING) == ({}, [])
    return tmp_path


def test_a_file_with_a_stamp_is_not_read_again(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "digest_of", lambda *_: pytest.fail("it was read"))
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({}, [])


def test_another_text_of_the_same_length_and_time_is_noticed(settled: Path) -> None:
    """Some tools set the time of a file back; the time at which the disk noted that cannot be set."""
    before = (settled / "a").stat()
    (settled / "a").write_text("TEXT")
    os.utime(settled / "a", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built.differing(settled, built.read(settled), EVERYTHING)[0] == {"a": disk.digest(b"TEXT")}


def test_a_missing_file_and_a_folder_in_its_place_are_noticed(settled: Path) -> None:
    for name in ("a", "b"):
        (settled / name).unlink()
    (settled / "b").mkdir()
    assert built.differing(settled, built.read(settled), EVERYTHING)[0] == {"a": "", "b": ""}


def test_a_file_that_was_only_touched_is_read_and_found_to_be_the_same(settled: Path) -> None:
    os.utime(settled / "a")
    assert built.differing(settled, built.read(settled), EVERYTHING) == ({}, ["a"])


def test_a_file_that_changed_a_moment_ago_gets_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("text")
    built.write(tmp_path, Manifest({"a": artifact("a")}))
    built.stamp(tmp_path, ["a"])
    assert built.differing(tmp_path, built.read(tmp_path), EVERYTHING) == ({}, ["a"])


def test_a_stamp_does_not_count_for_another_state_of_the_record(settled: Path) -> None:
    manifest = built.read(settled)
    built.write(
        settled, dataclasses.replace(manifest, artifacts=manifest.changed({"a": artifact("a", "new")}))
    )
    assert built.differing(settled, built.read(settled), EVERYTHING)[0] == {"a": disk.digest(b"text")}


# ------------------------------------------------------------------------------------------------ reasons


def test_the_words_of_a_fact_are_those_of_the_build_that_made_the_file(tmp_path: Path) -> None:
    built.write(tmp_path, Manifest({"a": artifact("a", build=1)}))  # type: ignore[arg-type]
    for build, words in ((1, "4"), (3, "5")):
        built.write_reasons(tmp_path, build, [], {"f.a": {"value": words}})
    found = built.reasons(built.read(tmp_path))
    said = [found.said("f.a", build).get("value") for build in range(5)]
    assert said == [None, "4", "4", "5", "5"]
    assert [found.since(build) for build in (0, 2, 3)] == [{"f.a"}, {"f.a"}, frozenset()]
    assert built.last_said(built.read(tmp_path)) == {"f.a": {"value": "5"}}


def test_inputs_stay_while_a_file_is_made_of_them(tmp_path: Path) -> None:
    made_of = Inputs(frozenset({"f.a"}), (("style x", "1"),))
    key = built.key_of(made_of)
    built.write(tmp_path, Manifest({"a": dataclasses.replace(artifact("a"), inputs=key)}))
    built.write_reasons(tmp_path, built._CLEARED_EVERY, [made_of, Inputs(frozenset(), ())], {})
    found = built.reasons(built.read(tmp_path))
    assert found.inputs(key) == made_of
    assert found.inputs(built.key_of(Inputs(frozenset(), ()))) is None


# ----------------------------------------------------------------------------------------------- damage


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))


def _without_a_table(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("DROP TABLE file")
    file.close()


def _set(name: str, value: str) -> object:
    def change(path: Path) -> None:
        with sqlite3.connect(path) as file:
            file.execute("UPDATE about SET value = ? WHERE name = ?", (value, name))
        file.close()

    return change


DAMAGES = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("{}"),
    "cut": _cut,
    "overwritten": _overwritten,
    "without a table": _without_a_table,
    "another version": _set("version", "99"),
    "outcome of another type": _set("outcome", '{"findings": true}'),
    "held of another type": _set("outcome", '{"held": null}'),
    "finding of another type": _set("outcome", '{"findings": [{"check": "sum"}]}'),
    "notes of another type": _set("notes", '[["sum", "a.md", 5]]'),
    "no number": _set("build", "x"),
    "no record of any kind": _set("outcome", "{"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_record_costs_a_build_and_nothing_else(quick: Project, damage: str) -> None:
    before = quick.results()
    DAMAGES[damage](record_of(quick.output))  # type: ignore[operator]
    assert "4 to make" in quick.call("plan", *QUICK).out
    said = quick.build(*QUICK)
    assert said.exit_code == 0
    assert f"is thrown away: {built.NAME} in" in said.err
    assert "4 made, 0 kept" in said.out
    assert quick.results() == before
    assert "0 made, 4 kept" in quick.build(*QUICK).out


def test_a_record_of_reasons_that_is_lost_costs_the_reasons_only(quick: Project) -> None:
    with sqlite3.connect(record_of(quick.output)) as file:
        file.execute("DELETE FROM inputs")
    file.close()
    quick.change(*COUNT)
    made = quick.decided("build", *QUICK)
    assert {reason for action, reason in made.values() if action == "make"} == {
        "its earlier inputs are not known"
    }
    quick.change(COUNT[0], COUNT[2], COUNT[1])
    assert quick.decided("plan", *QUICK)["briefs/overview.md"] == (
        "make",
        "ferry.count 5 ferries -> 4 ferries",
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _SHORT,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(_SHORT, below, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(("outcome", "notes", "build", "inputs", "followed")), _JSON)
def test_whatever_it_says_reading_it_goes_on(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object
) -> None:
    output = tmp_path_factory.getbasetemp() / "damaged"
    built.write(output, Manifest({"a": artifact("a")}))
    with sqlite3.connect(record_of(output)) as file:
        file.execute("UPDATE about SET value = ? WHERE name = ?", (json.dumps(value), name))
    file.close()
    (output / disk.STATE_FOLDER / moves.JOURNAL).write_text(json.dumps({"version": 1, "made": value}))
    manifest = built.read(output)
    assert moves.recover(output, manifest).artifacts.keys() >= manifest.artifacts.keys()


# ----------------------------------------------------------------------------------- an earlier version


def test_files_that_an_earlier_version_recorded_are_known(tmp_path: Path) -> None:
    entry = {"group": "a", "format": "html", "fingerprint": "1", "sha256": "2", "ingredients": "key"}
    folder = disk.state_folder(tmp_path)
    record = {"version": 1, "artifacts": {"briefs/a.html": entry}, "pending": [], "inputs": "x"}
    (folder / "manifest.json").write_text(json.dumps(record))
    (folder / "reasons.json").write_text("{}")
    manifest = built.read(tmp_path)
    assert dict(manifest.artifacts) == {
        "briefs/a.html": Artifact("briefs/a.html", "a", "html", "1", "2", "key")
    }
    assert manifest.inputs == ""
    built.write(tmp_path, manifest)
    assert built.read(tmp_path).artifacts == manifest.artifacts
    assert [path.name for path in folder.iterdir() if path.suffix == ".json"] == []


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 1, "artifacts": {"../x": {}}}'])
def test_a_damaged_record_of_an_earlier_version_is_told(quick: Project, text: str) -> None:
    record_of(quick.output).unlink()
    quick.write("output/.briefing/manifest.json", text)
    said = quick.build(*QUICK)
    assert f"{built.NAME} in" in said.err
    assert "4 made" in said.out
