"""The workflow of the hosted checks: nothing in it is unsafe or wrong, it calls README's commands alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """Read every workflow below a folder, without asking the network."""
    program = Path(sys.executable).with_name("zizmor")
    options = ["--offline", "--no-progress", "--persona", "pedantic", "--color", "never"]
    command = [str(program), *options, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.process
def test_zizmor_finds_nothing() -> None:
    said = zizmor(ROOT / ".github/workflows")
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.process
@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "@v6", "unpinned-uses"),
        ("permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("steps:", "stepz:", "ci.yml"),
    ],
)
def test_zizmor_finds_what_is_unsafe_or_wrong(old: str, new: str, finding: str, tmp_path: Path) -> None:
    text = WORKFLOWS[0].read_text("utf-8")
    assert old in text
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/ci.yml").write_text(text.replace(old, new), "utf-8")
    said = zizmor(tmp_path)
    assert said.returncode != 0
    assert finding in said.stdout + said.stderr


def test_only_commands_of_the_readme_are_called() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    called = {line for path in WORKFLOWS for line in re.findall(r"\brun: (.+)", path.read_text("utf-8"))}
    assert {"sh .setup/build", "sh .setup/test"} <= called
    assert [line for line in sorted(called) if line not in readme] == []
