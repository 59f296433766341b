"""The door to the disk: what is read, what is written, and what an ended build leaves."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from briefing.cli import console
from briefing.model.findings import BriefingError, BusyError, Severity
from briefing.store import built, disk, request
from tests.conftest import QUICK, SAMPLE, Project, contents, environment, run, where_permissions_bind

COUNT = ("content/facts/ferry.yaml", "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}")

# --------------------------------------------------------------------------------------------- reading


def _read(root: Path) -> disk.Texts:
    return disk.read(root, request.FOLDERS)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_what_it_looks_like_is_shown_and_not_read(tmp_path: Path) -> None:
    names = {
        b"\xff.yaml": "⟨byte FF⟩.yaml",
        b"\x1b]0;owned\x07x.yaml": "⟨U+001B⟩]0;owned⟨U+0007⟩x.yaml",
        b"a\nb.yaml:1:1: error[name] c.yaml": "a⟨U+000A⟩b.yaml:1:1: error[name] c.yaml",
        "a\u202eb.yaml".encode(): "a⟨U+202E⟩b.yaml",
        "\u200b".encode(): "⟨U+200B⟩",
    }
    for folder in ("content", "content/facts", "templates", "fonts", "captures"):
        for name in names:
            place = os.path.join(os.fsencode(tmp_path / folder), name)  # noqa: PTH118 - it is no text
            os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
            with open(place, "wb") as file:  # noqa: PTH123
                file.write(b"a: b\n")
    texts = _read(tmp_path)
    assert texts.texts == {}
    assert texts.captured == {}
    assert {finding.at.path for finding in texts.findings} == {
        f"{folder}/{shown}"
        for folder in ("content", "content/facts", "templates", "fonts")
        for shown in names.values()
    }
    assert {finding.check for finding in texts.findings} == {"hidden-character"}


def test_folders_without_an_end_are_one_finding(tmp_path: Path) -> None:
    deep = tmp_path.joinpath("content", *["d"] * 600)
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text("a: b\n", "utf-8")
    (finding,) = _read(tmp_path).findings
    assert (finding.check, finding.at.path) == ("too-deep", "/".join(["content", *["d"] * 17]))


def test_only_texts_of_the_project_are_read(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for path in ("content/a.yaml", "content/b/c.md", "templates/d.j2", "templates/e.css"):
        project.write(path, path)
    for path in (
        "content/.hidden.yaml",
        "content/.git/x.yaml",
        "content/a.yaml~",
        "content/x.txt",
        "other/a.yaml",
    ):
        project.write(path, "not read")
    (tmp_path / "content" / "link.yaml").symlink_to(tmp_path / "other" / "a.yaml")
    (tmp_path / "content" / "folder").symlink_to(tmp_path / "other", target_is_directory=True)
    os.mkfifo(tmp_path / "content" / "pipe.yaml")
    texts = _read(tmp_path)
    assert {finding.at.path: finding.severity for finding in texts.findings} == {
        "content/.hidden.yaml": Severity.NOTE,
        "content/x.txt": Severity.WARNING,
        "content/link.yaml": Severity.ERROR,
        "content/folder": Severity.ERROR,
        "content/pipe.yaml": Severity.ERROR,
    }
    assert dict(texts.texts) == {
        path: path for path in ("content/a.yaml", "content/b/c.md", "templates/d.j2", "templates/e.css")
    }


def test_line_ends_and_byte_order_mark_mean_nothing(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    digests = set()
    for data in (b"a: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"\xef\xbb\xbfa: 1\nb: 2\n"):
        (tmp_path / "content/a.yaml").write_bytes(data)
        texts = _read(tmp_path)
        assert texts.texts == {"content/a.yaml": "a: 1\nb: 2\n"}
        digests.add(texts.digest)
    assert len(digests) == 1


def test_what_is_not_utf_8_is_a_finding_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.yaml").write_bytes(b"title: x\nname: Zelenskyy\xe9\n")
    (finding,) = _read(tmp_path).findings
    assert (finding.check, str(finding.at)) == ("encoding", "content/a.yaml:2:1")


def test_what_is_too_large_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with (tmp_path / "content/a.yaml").open("wb") as file:
        file.truncate(disk.MAX_BYTES + 1)
    (finding,) = _read(tmp_path).findings
    assert finding.check == "too-large"


# -------------------------------------------------------------------------------------------- manifest

# --------------------------------------------------------------------------------------------- writing


@pytest.mark.parametrize(
    "path", ["../a", "a/../../b", "/etc/passwd", "a//b", "./a", "", "a\\..\\b", "C:/a", "a/.", "a:stream"]
)
def test_no_path_leads_out_of_the_output_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(BriefingError, match="cannot be the path of an output file"):
        disk.store(tmp_path / "output", path, b"x")
    with pytest.raises(BriefingError, match="cannot be the path of an output file"):
        disk.remove(tmp_path / "output", path)
    assert not list(tmp_path.rglob("*"))


def test_record_of_a_path_that_leads_out_removes_nothing_there(project: Project) -> None:
    project.build(*QUICK)
    victim = project.root / "victim"
    victim.write_text("mine")
    with sqlite3.connect(project.output / disk.STATE_FOLDER / built.NAME) as file:
        file.execute("UPDATE file SET path = '../victim' WHERE path = 'briefs/overview.md'")
    file.close()
    said = project.build(*QUICK)
    assert said.exit_code == 0
    assert victim.read_text() == "mine"


def test_links_in_the_output_folder_are_not_followed(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project.output.mkdir()
    (project.output / "briefs").symlink_to(elsewhere, target_is_directory=True)
    said = project.build(*QUICK)
    assert said.exit_code == 2
    assert "expected a real folder for output, found a link at" in said.err
    assert not list(elsewhere.iterdir())


def test_link_in_the_place_of_a_file_is_replaced_and_its_target_untouched(
    project: Project, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    (project.output / "briefs").mkdir(parents=True)
    (project.output / "briefs/overview.md").symlink_to(target)
    assert project.build(*QUICK).exit_code == 0
    assert target.read_text() == "mine"
    assert not (project.output / "briefs/overview.md").is_symlink()


def test_records_are_not_written_through_a_link(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project.output.mkdir()
    (project.output / disk.STATE_FOLDER).symlink_to(elsewhere, target_is_directory=True)
    project.build(*QUICK)
    assert not list(elsewhere.iterdir())


def test_folder_in_the_place_of_a_file_is_left_alone(project: Project) -> None:
    project.write("output/briefs/overview.md/mine.txt", "mine")
    said = project.build(*QUICK)
    assert said.exit_code == 2
    assert "expected a file, found a folder at" in said.err
    assert project.read("output/briefs/overview.md/mine.txt") == "mine"


def test_file_in_the_place_of_the_output_folder_is_left_alone(project: Project) -> None:
    project.output.write_text("mine")
    said = project.build(*QUICK)
    assert said.exit_code == 2
    assert "Traceback" not in said.text
    assert project.output.read_text() == "mine"


@pytest.mark.process
def test_a_folder_that_is_no_project_is_left_as_it_was(tmp_path: Path) -> None:
    said = run("build", cwd=tmp_path)
    assert said.exit_code == 2
    assert "is not a project: it has no content/project.yaml" in said.err
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------------------- builds at once


def test_second_build_is_told_to_wait(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "WAIT_SECONDS", 0.5)
    project.build(*QUICK)
    with disk.locked(project.output):
        project.change(*COUNT)
        before = project.results()
        said = project.build(*QUICK)
        assert said.exit_code == 2
        waiting, refused = said.err.splitlines()
        assert re.fullmatch(r"briefing: waiting for 'briefing build' \(process [0-9]+\)", waiting)
        assert f"is writing into {project.output}; run the command again when it has ended" in refused
        assert project.results() == before
        assert project.call("plan", *QUICK).exit_code == 0  # looking is free
    assert project.build(*QUICK).exit_code == 0


_PAUSED = """
import sys
paused = False
def watch(name, arguments):
    global paused
    if name == "os.rename" and not paused:
        paused = True
        print("working", flush=True)
        sys.stdin.readline()
sys.addaudithook(watch)
from briefing.cli import main
main(sys.argv[1:])
"""
"""A build that stops before it moves its first file, until it is told to go on."""


@pytest.mark.process
def test_lock_is_held_while_a_build_runs(project: Project) -> None:
    """The first build is in the middle of its work; the second is turned away."""
    first = subprocess.Popen(
        [sys.executable, "-c", _PAUSED, "build", "--project", str(project.root), *QUICK],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdin
    assert first.stdout
    assert first.stdout.readline() == "working\n"
    with pytest.raises(BusyError), disk.locked(project.output):
        pass
    said, _ = first.communicate("go on\n")
    assert first.returncode == 0, said
    with disk.locked(project.output):
        pass


# --------------------------------------------------------------------------------------- ended in the middle

_ENDED = """
import os, signal, sys
moment, event = int(sys.argv[1]), sys.argv[2]
seen = 0
def watch(name, arguments):
    global seen
    if name == event and (".new" in str(arguments[0]) or event == "sqlite3.connect"):
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from briefing.cli import main
main(sys.argv[3:])
"""


def _build_ended_at(project: Project, moment: int, event: str = "os.rename") -> bool:
    """Build in a process that is killed just before it moves its nth file; False where it came to its end."""
    arguments = [str(moment), event, "build", "--project", str(project.root), *QUICK]
    done = subprocess.run(
        [sys.executable, "-c", _ENDED, *arguments], env=environment(), capture_output=True, check=False
    )
    assert done.returncode in (-9, 0), done.stderr
    return done.returncode == -9


def _no_strays(found: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in found.items() if not path.endswith((".new", ".old"))}


@dataclass(frozen=True)
class _Changed:
    """The sample, changed since it was built, and its files before and after the change is built."""

    project: Project
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="module")
def changed_once(tmp_path_factory: pytest.TempPathFactory) -> _Changed:
    folder = tmp_path_factory.mktemp("changed")
    project = Project(Path(shutil.copytree(SAMPLE, folder / "project")))
    project.build(*QUICK)
    old = project.results()
    project.change(*COUNT)
    project.call("build", "--output", str(folder / "other"), *QUICK)
    return _Changed(project, old, contents(folder / "other"))


@pytest.fixture
def changed(changed_once: _Changed, tmp_path: Path) -> _Changed:
    """A copy of it: unbuilt since the change."""
    copy = Project(Path(shutil.copytree(changed_once.project.root, tmp_path / "project")))
    return replace(changed_once, project=copy)


@pytest.mark.process
@pytest.mark.parametrize(
    ("event", "moment"),
    [
        *(("os.rename", moment) for moment in range(1, 8)),
        *(("sqlite3.connect", moment) for moment in range(1, 10)),
    ],
)
def test_files_are_whole_whenever_a_build_ends_and_the_next_one_mends_all(
    changed: _Changed, event: str, moment: int
) -> None:
    """It ends just before a file is moved, or just before the record of files or of results is opened."""
    project, old, new = changed.project, changed.old, changed.new
    assert _build_ended_at(project, moment, event)
    for path, data in _no_strays(project.results()).items():
        assert data in (old[path], new[path]), path
    assert project.build(*QUICK).exit_code == 0
    assert project.results() == new
    assert "0 made, 4 kept" in project.build(*QUICK).out


@pytest.mark.process
def test_file_that_an_ended_build_made_and_nothing_wants_any_more_goes(project: Project) -> None:
    """The build ends between its first file and its manifest; then the brief is deleted."""
    assert _build_ended_at(project, 6)
    made = _no_strays(project.results())
    assert "briefs/ferry-purchase.md" in made
    (project.root / "content/briefs/ferry-purchase.md").unlink()
    assert project.build(*QUICK).exit_code == 0
    assert set(_no_strays(project.results())) == {"briefs/overview.md", "briefs/overview.html"}


@pytest.mark.process
def test_ended_build_leaves_nothing_beside_its_files(project: Project) -> None:
    assert _build_ended_at(project, 3)
    assert project.build(*QUICK).exit_code == 0
    assert [path.name for path in project.output.rglob("*.new")] == []


@pytest.mark.process
def test_twice_ended_build_forgets_nothing(project: Project) -> None:
    """First end: a new brief's files exist, unrecorded. Second end: before they could be removed."""
    project.build(*QUICK)
    project.write("content/briefs/extra.md", project.read("content/briefs/overview.md"))
    assert _build_ended_at(project, 4)
    assert "briefs/extra.html" in project.results()
    (project.root / "content/briefs/extra.md").unlink()
    project.change(*COUNT)
    assert _build_ended_at(project, 2)
    assert project.build(*QUICK).exit_code == 0
    assert "briefs/extra.html" not in project.results()


@pytest.mark.process
def test_disk_that_takes_no_more_is_a_sentence_and_the_old_files_stay(changed: _Changed) -> None:
    """A limit on the size of files stands for the full disk: it stops a write in its middle."""
    project, old = changed.project, changed.old
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))\n"
        "from briefing.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    arguments = ["build", "--project", str(project.root), *QUICK]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("briefing: ")
    assert "Traceback" not in done.stderr
    now = project.results()
    assert now.keys() == old.keys()  # nothing half-written stays beside
    assert project.build(*QUICK).exit_code == 0


@pytest.mark.parametrize(
    "close", [lambda project: project.output, lambda project: project.root / "content/facts"]
)
def test_folder_without_permission_is_a_sentence(project: Project, close: Callable[[Project], Path]) -> None:
    project.output.mkdir()
    folder = close(project)
    folder.chmod(0)
    try:
        said = where_permissions_bind(lambda: project.build(*QUICK))
    finally:
        folder.chmod(0o755)
    assert said.exit_code == 2
    assert re.fullmatch("briefing: .*(check its permissions|Permission denied)\n+", said.err)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("content/actors.yaml.txt", "actors.yaml"),
        ("content/briefs/one.md.txt", "one.md"),
        ("content/systems.yml", "systems.yaml"),
        ("content/facts/one.yml.txt", "one.yaml"),
        ("templates/brief.md.j2.txt", "brief.md.j2"),
    ],
)
def test_a_file_whose_ending_an_editor_changed_is_to_be_renamed(
    tmp_path: Path, name: str, wanted: str
) -> None:
    before = _read(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("x: 1\n")
    read = _read(tmp_path)
    assert [(finding.check, finding.at.path) for finding in read.findings] == [("unknown-file", name)]
    assert read.findings[0].hint.startswith(f"rename it {wanted}")
    assert read.digest != before.digest


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("content/notes.txt", Severity.WARNING),
        ("content/readme", Severity.WARNING),
        ("content/facts/report.docx", Severity.WARNING),
        ("content/facts/one.yaml.bak", Severity.NOTE),
        ("content/facts/.one.yaml", Severity.NOTE),
    ],
)
def test_a_file_of_the_content_that_nothing_reads_is_told(
    tmp_path: Path, name: str, severity: Severity
) -> None:
    before = _read(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("x: 1\n")
    read = _read(tmp_path)
    assert [(found.check, found.at.path, found.severity) for found in read.findings] == [
        ("unknown-file", name, severity)
    ]
    assert read.digest != before.digest


@pytest.mark.parametrize(
    "name",
    [
        "content/facts/one.yaml~",
        "content/facts/.one.yaml.swp",
        "content/facts/#one.yaml#",
        "content/facts/._one.yaml",
        "content/facts/~$report.docx",
        "content/.DS_Store",
        "content/facts/.gitkeep",
        "content/.git/x.yaml",
        "content/desktop.ini",
        "notes.txt",
        "templates/notes.txt",
    ],
)
def test_what_editors_and_systems_leave_beside_files_is_nobodys_business(tmp_path: Path, name: str) -> None:
    before = _read(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x: 1\n")
    assert _read(tmp_path) == before


# --------------------------------------------------------------------------------------- files from elsewhere


def test_a_capture_that_is_a_pipe_or_too_large_is_left_out(tmp_path: Path) -> None:
    """A pipe would be read for ever, and ``check`` reads every capture of the project."""
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures/good.txt").write_text("words", "utf-8")
    os.mkfifo(tmp_path / "captures/pipe.txt")
    with (tmp_path / "captures/large.txt").open("wb") as large:
        large.truncate(disk.MAX_BYTES + 1)
    assert disk.read(tmp_path, request.FOLDERS).captured == {"good.txt": b"words"}
    assert disk.read_captures(tmp_path / "captures", ["pipe.txt", "none.txt"]) == {
        "pipe.txt": None,
        "none.txt": None,
    }


def test_a_file_to_take_in_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as large:
        large.truncate(disk.MAX_FOREIGN_BYTES + 1)
    with pytest.raises(BriefingError, match=r"large\.pdf is larger than 256 MB; divide it"):
        disk.read_foreign(tmp_path / "large.pdf")


@pytest.mark.parametrize("sort", ["a pipe", "a folder", "nothing"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, sort: str) -> None:
    place = tmp_path / "letter.json"
    if sort == "a pipe":
        os.mkfifo(place)
    elif sort == "a folder":
        place.mkdir()
    with pytest.raises(OSError, match=r"letter\.json"):
        disk.read_file(place)


def test_a_pipe_in_the_place_of_a_copy_is_no_copy(tmp_path: Path) -> None:
    disk.write_copy(tmp_path, "letter", b"{}")
    assert disk.read_copy(tmp_path, "letter") == b"{}"
    (copy,) = (tmp_path / disk.STATE_FOLDER).rglob("letter.json")
    copy.unlink()
    os.mkfifo(copy)
    assert disk.read_copy(tmp_path, "letter") == b""
