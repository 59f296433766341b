"""What the set-up says: how much it fetches, and, where it cannot fetch, why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.process

COMMON = REPOSITORY / ".setup" / "environment.sh"
SHELL = shutil.which("dash") or "sh"


def _shell(script: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run some lines with the functions of the set-up."""
    return subprocess.run(
        [SHELL, "-c", f"set -eu\n. '{COMMON}'\n{script}"],
        cwd=cwd,
        env={**os.environ, "root": str(cwd), "LC_ALL": "C", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_command_that_succeeds_says_nothing_and_one_that_fails_says_all(tmp_path: Path) -> None:
    good = _shell("quietly sh -c 'echo a notice; echo a warning >&2'", tmp_path)
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    bad = _shell("quietly sh -c 'echo first; echo last >&2; exit 7'", tmp_path)
    assert (bad.returncode, bad.stdout, bad.stderr) == (7, "", "first\nlast\n")


APT = "Need to get {} of archives.\nAfter this operation, {} of additional disk space will be used.\n"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (APT.format("134 MB", "500 MB"), " (134 MB to download, 500 MB on disk)"),
        (APT.format("11.2 MB/88.9 MB", "283 MB"), " (11.2 MB to download, 283 MB on disk)"),
        (APT.format("0 B/6460 B", "50.2 kB"), " (0 B to download, 50.2 kB on disk)"),
        (
            "Summary:\n  Download size: 6,460 B\n  Space needed: 50.2 kB / 12 GB available\n",
            " (6,460 B to download, 50.2 kB on disk)",
        ),
        ("E: Unable to locate package\n", ""),
    ],
)
def test_sizes_are_those_that_apt_names(asked: str, told: str, tmp_path: Path) -> None:
    done = _shell("apt_sizes || true", tmp_path, asked=asked)
    assert (done.stdout, done.stderr) == (told, "")


def test_what_pip_downloaded_is_added_up(tmp_path: Path) -> None:
    output = (
        "Collecting babel==2.18.0\n"
        "  Downloading babel-2.18.0-py3-none-any.whl.metadata (500 kB)\n"
        "  Downloading babel-2.18.0-py3-none-any.whl (10.2 MB)\n"
        "Using cached click-8.5.1-py3-none-any.whl (99 MB)\n"
        "Downloading weasyprint-70.0-py3-none-any.whl (1.3 MB)\n"
    )
    assert _shell("pip_fetched", tmp_path, output=output).stdout == "12"


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("npm error code ENOTFOUND", "The registry could not be reached: ENOTFOUND; check the network or"),
        (
            "  Could not connect to 10.0.0.1:80 (10.0.0.1). - connect (111: Connection refused)",
            "The registry could not be reached: Could not connect to 10.0.0.1:80; check",
        ),
        (
            "Temporary failure resolving 'deb.debian.org'",
            "not be reached: Temporary failure resolving; check",
        ),
        (
            "OSError: Tunnel connection failed: 407 Proxy Authentication Required)",
            "not be reached: Tunnel connection failed: 407 Proxy Authentication Required; check",
        ),
        (
            "SSLError(SSLCertVerificationError(1, 'certificate verify failed: unable to get local issuer'))",
            "The certificate of the registry is not trusted on this machine.",
        ),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "PIP_CERT may name the file of the office's authority"),
        ("E: Unable to locate package nothing", ""),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", ""),
    ],
)
def test_registry_that_gives_nothing_is_explained(output: str, told: str, tmp_path: Path) -> None:
    done = _shell("explain registry PIP_CERT", tmp_path, output=output)
    assert done.returncode == 0
    assert (told in done.stderr) if told else done.stderr == ""


def test_python_packages_that_cannot_be_fetched_are_no_missing_distribution(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    (tmp_path / "lock.txt").write_text(f"no-such-package-at-all==1.0 --hash=sha256:{'0' * 64}\n")
    done = _shell(
        "install_lock lock.txt",
        tmp_path,
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
        PIP_EXTRA_INDEX_URL="",
        PIP_INDEX_URL="http://127.0.0.1:9",
        PIP_RETRIES="1",
    )
    assert done.returncode == 1
    assert "connection broken by" in done.stderr  # what pip itself said
    assert "No matching distribution" not in done.stderr
    assert done.stderr.endswith(
        "The Python package registry could not be reached: Connection refused; check the network or the "
        "proxy settings (HTTPS_PROXY).\n"
    )
