"""The dependencies: listed with their reasons, locked, and as few as the work at hand needs."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import weights
from tests.conftest import QUICK, SAMPLE, Said, environment, run
from tests.sources.test_extract import page

ROOT = Path(__file__).parent.parent


def table(heading: str) -> list[str]:
    """Return the first column of the table of CONTRIBUTING below a heading."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    names = re.findall(r"^\| ([A-Za-z][\w.-]+) \|", section, re.MULTILINE)
    return [name for name in names if name != "package"]


def locked(name: str) -> dict[str, str]:
    """Return the versions of a lock by package."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = (Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[a-z0-9]", line))
    return {canonicalize_name(item.name): str(item.specifier) for item in found}


def test_contributing_says_of_every_dependency_what_it_is_for() -> None:
    declared = {name for names in weights.direct().values() for name in names}
    listed = table("Dependencies")
    assert sorted(map(canonicalize_name, listed)) == sorted(declared)


def test_the_two_commands_install_the_extra_for_web_pages() -> None:
    parts = weights.direct()
    assert {*parts["core"], *parts["web"], *parts["build"]} <= locked("requirements.txt").keys()
    assert {name for names in parts.values() for name in names} <= locked("requirements-dev.txt").keys()


def test_both_locks_hold_the_same_versions() -> None:
    lock, larger = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: larger.get(name) for name in lock} == lock


# ------------------------------------------------------------------------------------ without the extra


@pytest.fixture(scope="module")
def without_web(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process that cannot import what only the extra ``web`` brings."""
    parts = weights.direct()
    core, extra = (
        {found for name in parts[part] for found in weights.brought(name)} for part in ("core", "web")
    )
    gone = sorted(
        module
        for module, names in importlib.metadata.packages_distributions().items()
        if {canonicalize_name(name) for name in names} <= extra - core
    )
    assert {"trafilatura", "lxml", "urllib3"} <= set(gone)
    folder = tmp_path_factory.mktemp("without-web")
    lines = f"import sys\nsys.modules.update(dict.fromkeys({gone!r}))\n"
    (folder / "sitecustomize.py").write_text(lines, "utf-8")
    paths = environment()["PYTHONPATH"]
    return environment(PYTHONPATH=f"{folder}:{paths}")


def add(file: Path, project: Path, env: dict[str, str]) -> Said:
    where = ("--project", project, "--captures", project / "captures")
    return run("source", "add", file, "--language", "en", *where, env=env)


@pytest.mark.process
def test_the_core_builds_without_the_extra(tmp_path: Path, without_web: dict[str, str]) -> None:
    said = run("build", "--project", SAMPLE, "--output", tmp_path, *QUICK, env=without_web)
    assert said.exit_code == 0, said.text
    assert (tmp_path / "briefs/ferry-purchase.html").is_file()


@pytest.mark.process
def test_a_web_page_asks_for_the_extra_and_a_plain_text_does_not(
    tmp_path: Path, without_web: dict[str, str]
) -> None:
    (tmp_path / "content/sources").mkdir(parents=True)
    (tmp_path / "content/project.yaml").write_text(
        (SAMPLE / "content/project.yaml").read_text("utf-8"), "utf-8"
    )
    (tmp_path / "a.txt").write_text("Two ferries for Norrvik\n", "utf-8")
    (tmp_path / "b.html").write_bytes(page())
    assert add(tmp_path / "a.txt", tmp_path, without_web).exit_code == 0
    said = add(tmp_path / "b.html", tmp_path, without_web)
    assert said.exit_code == 2
    assert "the web page b.html needs trafilatura; install it with: " in said.err
    assert said.err.rstrip().endswith(" install 'briefing-compiler[web]'")
    assert not (tmp_path / "content/sources/b.yaml").exists()
