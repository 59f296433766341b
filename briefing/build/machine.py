"""What a machine makes files with: program, Python, packages, system libraries, fonts, and a test page.

Two machines make the same bytes if all of this is the same. The versions say what differs; the page finds
differences that no version shows, such as another build of a library.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import briefing
from briefing.formats.base import Attachment, Prepared
from briefing.formats.pdf import typeset
from briefing.model.findings import BriefingError
from briefing.store import versions

MAKER = "machine"
REQUEST = Prepared(MAKER, "")
"""What a worker is asked in order to describe its machine."""
_PACKAGES = ("brotli", "cssselect2", "pypdfium2")
"""Packages that affect the bytes, besides those that ``versions`` names for typesetting."""
_LIBRARIES: dict[str, tuple[str, Any, tuple[str, ...]]] = {
    "HarfBuzz": (
        "hb_version_string",
        ctypes.c_char_p,
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    ),
    "fontconfig": (
        "FcGetVersion",
        ctypes.c_int,
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    ),
}
"""System libraries: the function that states the version, what it returns, and the names of the file."""
_TESTED = "a test page as PDF"
_MOST = 3
"""Of more differences, the message counts the others."""
_STYLES = """
@page { size: A5; margin: 15mm; @bottom-center { content: counter(page) " / " counter(pages) } }
body { font: 10pt/1.4 "Source Serif 4"; hyphens: auto; text-align: justify }
h1, table { font-family: "Source Sans 3" }
code { font-family: "IBM Plex Mono" }
.note { float: footnote }
td { border: 0.5pt solid #888; background: linear-gradient(#eee, #fff) }
"""
_WORDS = (
    "Office “affluence” and a fjord: 1,234.5 metres, Їжак, Ωμέγα; inconsequential representations waver. "
)
_PAGE = f"""<!doctype html><html lang="en"><title>Test page</title>
<h1>Test page</h1>
<p>{_WORDS * 2}<span class="note">{_WORDS}</span> <code>fi == 0</code>
<table><tr><th scope="col">To AV<tr><td><a href="https://example.org">12</a></table>
"""
_TEST_PAGE = Prepared(
    "pdf", _PAGE, _STYLES, (), "Test page", (Attachment("a.txt", _WORDS, "text/plain", "Test"),)
)


def make(_: Prepared) -> bytes:
    """Return the description of this machine as JSON: names in order, each with a version or a digest."""
    return json.dumps(_description()).encode()


def differences(here: bytes, there: bytes) -> str:
    """Return in words how another machine differs from this one; empty if it does not."""
    mine, theirs = (json.loads(item) for item in (here, there))
    names = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
    if len(names) > 1:
        names = [name for name in names if name != _TESTED]  # it follows from the others
    shown = [
        f"{name}: {theirs.get(name, 'none')} there, {mine.get(name, 'none')} here" for name in names[:_MOST]
    ]
    return "; ".join(shown) + (f"; and {len(names) - _MOST} more" if len(names) > _MOST else "")


def _description() -> Mapping[str, str]:
    packages = (*versions.of_typesetting(), *versions.of_packages(*_PACKAGES))
    found = {
        "Briefing": f"{briefing.__version__} ({_digest(_sources())})",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        **dict(item.rsplit(" ", 1) for item in packages),
        **{name: _version(*how) for name, how in _LIBRARIES.items()},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{
            f"the files of {name}": _files(name)
            for name in (*versions.FONT_PACKAGES, *versions.SCRIPT_PACKAGES)
        },
    }
    return {**found, _TESTED: _tested()}


def _tested() -> str:
    try:
        return hashlib.sha256(typeset.make(_TEST_PAGE)).hexdigest()[:12]
    except BriefingError as error:
        return f"none ({error})"


def _sources() -> Iterable[Path]:
    """Return the files of the program that make a file; the templates have done their part before."""
    package = Path(briefing.__file__).parent
    return sorted(path for path in package.rglob("*") if path.suffix in (".py", ".toml"))


@functools.cache
def _files(package: str) -> str:
    """Return a digest of the font files of a package: a version alone does not say that they are whole."""
    try:
        folder = versions.package_folder(package)
    except BriefingError:
        return "none"
    return _digest(sorted(path for path in folder.rglob("*") if path.suffix in (".ttf", ".otf")))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name} ".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _version(function: str, kind: Any, names: Iterable[str]) -> str:
    """Return the version that a system library states; "unknown" where this system names it otherwise."""
    for name in names:
        with contextlib.suppress(OSError):
            call = ctypes.CDLL(name)[function]
            call.restype = kind
            found = call()
            return found.decode() if isinstance(found, bytes) else str(found)
    return "unknown"
