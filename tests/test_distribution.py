"""The package: its source distribution is the whole checkout, its wheel all that the program needs."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pathspec
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from briefing import __version__
from briefing.store import versions
from tests import weights

pytestmark = pytest.mark.process
ROOT = Path(__file__).parent.parent
NAME = versions.DISTRIBUTION.replace("-", "_")
MADE_BY_THE_BUILD = {"PKG-INFO"}


def kept(folder: Path = ROOT) -> Iterator[str]:
    """Yield the files of the checkout that .gitignore does not name: what git keeps, or would keep."""
    ignored = pathspec.GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text("utf-8").splitlines())
    for path in sorted(folder.iterdir()):
        name = path.relative_to(ROOT).as_posix()
        if path.name == ".git" or ignored.match_file(f"{name}/" if path.is_dir() else name):
            continue
        if path.is_dir():
            yield from kept(path)
        else:
            yield name


def build(source: Path, target: Path) -> None:
    """Build both packages as an installation would, without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution and the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source distribution."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built / f"{NAME}-{__version__}.tar.gz") as archive:
        # Python 3.11 before 3.11.4, which Debian 12 has, knows no filters; this archive is our own.
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)
    return folder / f"{NAME}-{__version__}"


def wheel(folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(folder / f"{NAME}-{__version__}-py3-none-any.whl") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_source_distribution_is_the_whole_checkout(unpacked: Path) -> None:
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert files - MADE_BY_THE_BUILD == set(kept()) - MADE_BY_THE_BUILD


def test_source_distribution_keeps_what_can_be_run(unpacked: Path) -> None:
    for name in kept():
        assert (unpacked / name).stat().st_mode & 0o111 == (ROOT / name).stat().st_mode & 0o111, name


def test_wheel_carries_the_package_its_data_and_the_templates(built: Path) -> None:
    below = {name for name in kept() if name.startswith("briefing/")}
    below |= {f"briefing/{name}" for name in kept() if name.startswith("templates/")}
    assert "briefing/py.typed" in below
    assert {name for name in wheel(built) if ".dist-info/" not in name} == below


def test_wheel_of_the_source_distribution_is_that_of_the_checkout(
    built: Path, unpacked: Path, tmp_path: Path
) -> None:
    build(unpacked, tmp_path)
    assert wheel(tmp_path) == wheel(built)


@pytest.fixture(scope="module")
def about(built: Path) -> Message:
    """What the wheel says about itself."""
    return Parser().parsestr(wheel(built)[f"{NAME}-{__version__}.dist-info/METADATA"].decode())


def test_wheel_has_its_own_name_and_brings_the_command(built: Path, about: Message) -> None:
    assert about["Name"] == versions.DISTRIBUTION
    commands = wheel(built)[f"{NAME}-{__version__}.dist-info/entry_points.txt"].decode()
    assert "briefing = briefing.cli:main" in commands


def test_an_installation_without_extras_asks_for_the_core_alone(about: Message) -> None:
    wanted = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    core = {canonicalize_name(item.name) for item in wanted if item.marker is None}
    assert core == set(weights.direct()["core"])
    assert set(about.get_all("Provides-Extra", [])) == {"cluster", "web", "word"}
