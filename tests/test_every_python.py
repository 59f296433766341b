"""The command that runs the quick checks on every Python: which ones it finds."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
THIS = Path(getattr(sys, "_base_executable", sys.executable))
VERSION = f"{platform.python_version()}{sys.abiflags}"

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.version_info.releaselevel != "final", reason="only final releases are found"),
]


def listed(path: Path, pyenv: Path, *arguments: str) -> list[str]:
    """Return what the command finds with this PATH and this folder of pyenv."""
    environment = {**os.environ, "PATH": f"{path}:/usr/sbin:/usr/bin:/sbin:/bin", "PYENV_ROOT": str(pyenv)}
    command = ["sh", str(ROOT / ".setup/every-python"), *(arguments or ("--list",))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def test_a_python_of_the_path_is_found(tmp_path: Path) -> None:
    program(tmp_path / "bin/python3.99", f'exec "{THIS}" "$@"')
    assert f"{VERSION} {THIS}" in listed(tmp_path / "bin", tmp_path)


def test_a_python_of_pyenv_is_found_once_though_it_is_also_on_the_path(tmp_path: Path) -> None:
    program(tmp_path / "bin/python3.99", f'exec "{THIS}" "$@"')
    program(tmp_path / "versions/one/bin/python3", f'exec "{THIS}" "$@"')
    program(tmp_path / "versions/two/bin/python3", f'exec "{THIS}" "$@"')
    for folder in ("bin", "none"):
        found = [line.partition(" ")[0] for line in listed(tmp_path / folder, tmp_path)]
        assert found.count(VERSION) == 1


def test_what_is_too_old_or_does_not_run_is_left_out(tmp_path: Path) -> None:
    before = listed(tmp_path / "bin", tmp_path)
    program(tmp_path / "bin/python3.98", "echo 'command not found' >&2; exit 127")
    program(tmp_path / "versions/old/bin/python3", "exit 0")
    assert listed(tmp_path / "bin", tmp_path) == before


def test_a_python_that_is_not_there_is_an_error_that_says_so(tmp_path: Path) -> None:
    said = listed(tmp_path / "bin", tmp_path, "3.99")
    assert said == ["There is no Python 3.99 from 3.11 on here, neither on the PATH nor in pyenv's folder."]
