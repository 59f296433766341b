"""What Windows asks: names that it can keep, files that others hold open, modules that it has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.build import steps
from briefing.content import decode
from briefing.model.findings import BriefingError, Finding, Place
from briefing.store import disk, request
from tests import values
from tests.conftest import Project, contents, environment

DEVICES = ("con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9")


# ----------------------------------------------------------------------------------------------- names


def _found(files_of: dict[str, str], root: Path) -> tuple[Finding, ...]:
    """What a check says of the tiny good project with these files laid over it."""
    shutil.copytree(values.GOOD_PROJECT, root)
    for path, text in files_of.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return steps.snapshot(disk.read(root, request.FOLDERS), values.TODAY).findings


def _good(path: str) -> str:
    return (values.GOOD_PROJECT / "content" / path).read_text("utf-8")


FACT = """  {name}:
    kind: claim
    statement: The minister says so.
    evidence:
      - {{source: report, paragraph: 1, terms: [a letter], origin: post}}
    said_by: [minister]
"""
SHEET = "title: Extra\nsummary: More.\nfacts:\n" + FACT
PLACES = {
    "a sheet": {"content/facts/aux.yaml": SHEET.format(name="claim")},
    "a fact": {"content/facts/extra.yaml": SHEET.format(name="aux")},
    "a former fact": {
        "content/facts/extra.yaml": SHEET.format(name="claim") + "    formerly: [drones.aux]\n"
    },
    "a gap": {
        "content/facts/extra.yaml": SHEET.format(name="claim")
        + "gaps:\n  aux:\n    question: Who pays?\n    looked_at: [report]\n"
    },
    "a brief": {"content/briefs/aux.md": _good("briefs/letter.md").replace("formerly: [paper]\n", "")},
    "a former brief": {"content/briefs/letter.md": _good("briefs/letter.md").replace("[paper]", "[aux]")},
    "a page": {"content/pages/aux.md": "---\ntitle: A page\n---\nText.\n"},
    "a source": {"content/sources/aux.yaml": _good("sources/report.yaml")},
    "a capture": {
        "content/sources/extra.yaml": _good("sources/report.yaml").replace("report.txt", "aux.txt")
    },
    "an actor": {
        "content/actors.yaml": _good("actors.yaml") + "aux:\n  name: Another\n  kind: organisation\n"
    },
    "a system": {"content/systems.yaml": _good("systems.yaml") + "aux:\n  name: Other\n  category: drone\n"},
    "an origin": {
        "content/origins.yaml": _good("origins.yaml")
        + "aux:\n  title: A post\n  said_by: [minister]\n  date: not stated\n  medium: not stated\n"
    },
    "a template": {"templates/aux.md.j2": "Text."},
    "a folder of templates": {"templates/aux/part.md.j2": "Text."},
}
"""Each kind of name that becomes the name of a file, or could: the files in which one is a device's."""


@pytest.mark.parametrize("kind", PLACES)
def test_name_of_a_device_is_refused_wherever_a_name_stands(kind: str, tmp_path: Path) -> None:
    told = [
        item for item in _found(PLACES[kind], tmp_path / "project") if "device on Windows" in item.message
    ]
    assert told, kind
    assert all(item.is_error and item.hint == "choose another name" for item in told)
    assert told[0].at.path in PLACES[kind]


@pytest.mark.parametrize("name", DEVICES)
def test_every_device_is_known_in_any_spelling_and_with_any_ending(name: str) -> None:
    assert decode.check_name(name, Place("x"))
    for spelt in (name, name.upper(), f"{name}.txt", f"{name.title()}.tar.gz", f"{name} .txt"):
        (finding,) = decode.check_file_name(spelt, Place("x"))
        assert finding.message.startswith(f"'{spelt}' is the name of a device on Windows"), spelt


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("report.txt", ""),
        ("console.txt", ""),
        ("a-b_c.1.txt", ""),
        ("Über Häfen.txt", ""),
        ("report.txt.", "ends with a dot or a space"),
        ("report ", "ends with a dot or a space"),
        ("a:b.txt", "does not allow in file names: ':'"),
        ("what?.txt", "does not allow in file names: '?'"),
        ("tab\t.txt", "does not allow in file names"),
    ],
)
def test_file_name_is_one_that_windows_can_keep(name: str, words: str) -> None:
    told = [item.message for item in decode.check_file_name(name, Place("x"))]
    assert (len(told) == 1 and words in told[0]) if words else told == []


def test_two_templates_that_differ_in_capitals_only_are_one_file_elsewhere(tmp_path: Path) -> None:
    found = _found({"templates/own.md.j2": "a", "templates/Own.md.j2": "b"}, tmp_path / "project")
    (finding,) = [item for item in found if item.check == "name"]
    assert finding.at.path == "templates/own.md.j2"
    assert "the same file as templates/Own.md.j2" in finding.message


# ------------------------------------------------------------------------------- files held by others


def _hold_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody replace or remove a file, as Windows does while a reader shows it."""
    replace, unlink = Path.replace, Path.unlink

    def refuse(what: Path) -> None:
        if what == path:
            raise PermissionError(13, "The process cannot access the file", str(what))

    def held_replace(self: Path, target: Path) -> Path:
        refuse(target)
        return replace(self, target)

    def held_unlink(self: Path, missing_ok: bool = False) -> None:
        refuse(self)
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", held_replace)
    monkeypatch.setattr(Path, "unlink", held_unlink)


def test_file_that_is_open_elsewhere_is_named_and_the_rest_is_made(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = ("--format", "markdown", "--format", "html")
    assert project.build(*scope).exit_code == 0
    before = project.results()
    project.change("content/project.yaml", "The Skerry Desk", "The New Desk")
    held = project.output / "briefs/overview.html"
    with monkeypatch.context() as patch:
        _hold_open(held, patch)
        said = project.build(*scope)
        assert said.exit_code == 2
        assert f"briefs/overview.html: {held} could not be replaced" in said.err
        assert "another program may have it open. Close it there" in said.err
        assert ", 1 failed." in said.out
    after = project.results()
    assert after["briefs/overview.html"] == before["briefs/overview.html"]
    assert after["briefs/ferry-purchase.html"] != before["briefs/ferry-purchase.html"]
    assert not list(project.output.rglob(".*.new"))
    assert project.build(*scope).exit_code == 0
    assert project.results()["briefs/overview.html"] != before["briefs/overview.html"]
    assert set(project.results()) == set(before)


def test_file_that_should_go_and_is_open_elsewhere_goes_at_the_next_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = ("--format", "markdown")
    assert project.build(*scope).exit_code == 0
    (project.root / "content/briefs/ferry-purchase.md").unlink()
    held = project.output / "briefs/ferry-purchase.md"
    with monkeypatch.context() as patch:
        _hold_open(held, patch)
        said = project.build(*scope)
        assert said.exit_code == 2
        assert f"{held} could not be removed" in said.err
    assert held.exists()
    assert project.build(*scope).exit_code == 0
    assert not held.exists()


def test_one_file_on_request_that_is_open_elsewhere_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "redline.pdf"
    target.write_bytes(b"old")
    _hold_open(target, monkeypatch)
    with pytest.raises(BriefingError, match="could not be replaced; another program may have it open"):
        disk.put(tmp_path, target.name, b"new")
    assert contents(tmp_path) == {"redline.pdf": b"old"}


# -------------------------------------------------------------------------------------------- modules


@pytest.mark.process
@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("reference",), ("check",)])
def test_program_starts_without_the_modules_that_windows_lacks(
    arguments: tuple[str, ...], project: Project
) -> None:
    where = ("--project", str(project.root)) if arguments == ("check",) else ()
    code = (
        "import sys\n"
        "for name in ('fcntl', 'resource', 'termios', 'tty', 'pty', 'pwd', 'grp'):\n"
        "    sys.modules[name] = None\n"
        "from briefing.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, *where],
        env=environment(),
        capture_output=True,
        check=False,
        cwd=os.fspath(project.root),
    )
    assert (done.returncode, done.stderr) == (0, b"")
