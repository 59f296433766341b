"""What is different on macOS, as others report it: where libraries lie, and which bounds the system takes."""

from __future__ import annotations

import ctypes
import resource
import sys
from pathlib import Path

import pytest

from briefing.formats.base import Prepared
from briefing.formats.pdf import typeset
from briefing.store import box, versions

pytestmark = pytest.mark.skipif(versions.pango() is None, reason="needs Pango")


def _library() -> Path:
    """Where this system keeps Pango."""
    ctypes.CDLL("libpango-1.0.so.0")
    maps = Path("/proc/self/maps").read_text("utf-8")
    return Path(next(line.split()[-1] for line in maps.splitlines() if "libpango-1.0" in line))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux says where a library lies")
def test_pango_is_found_in_a_folder_that_the_loader_passes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "libpango-1.0.dylib"
    monkeypatch.setattr(versions, "_PANGO_NAMES", (name,))
    monkeypatch.setattr(versions, "_MAC_FOLDERS", (str(tmp_path / "nothing"), str(tmp_path)))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert versions.pango.__wrapped__() is None
    (tmp_path / name).symlink_to(_library())
    assert versions.pango.__wrapped__() == versions.pango()


def test_libraries_are_searched_in_homebrews_folder_on_macos_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sys.platform == "darwin" or versions.library_search({"DYLD_FALLBACK_LIBRARY_PATH": "/mine"}) == {}
    monkeypatch.setattr(sys, "platform", "darwin")
    (found,) = versions.library_search({}).items()
    assert found == (
        "DYLD_FALLBACK_LIBRARY_PATH",
        "/opt/homebrew/lib:/usr/local/lib:/opt/local/lib:/usr/lib",
    )
    own = versions.library_search({"DYLD_FALLBACK_LIBRARY_PATH": "/mine:/usr/local/lib"})
    assert own["DYLD_FALLBACK_LIBRARY_PATH"].split(":") == [
        *("/mine", "/usr/local/lib", "/opt/homebrew/lib", "/opt/local/lib", "/usr/lib")
    ]


@pytest.mark.pdf
def test_system_that_bounds_no_memory_still_makes_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    set_limit = resource.setrlimit
    bounded = []

    def refuse(kind: int, limits: tuple[int, int]) -> None:
        if kind == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")
        bounded.append(kind)
        set_limit(kind, limits)

    monkeypatch.setattr(resource, "setrlimit", refuse)
    before = resource.getrlimit(resource.RLIMIT_CPU)
    page = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p>Text.</p></body></html>'
    with box.limited(box.PAGE):
        assert typeset.make(Prepared("pdf", page, "", (), "x")).startswith(b"%PDF-")
    assert bounded == [resource.RLIMIT_CPU, resource.RLIMIT_CPU]
    assert resource.getrlimit(resource.RLIMIT_CPU) == before
