"""The versions of the installed programs and fonts, found without importing them."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import hashlib
import importlib.util
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.model.findings import MissingLibraryError

DISTRIBUTION = "briefing-compiler"
"""The name under which this program is installed; its command and its import name are ``briefing``."""
FONT_PACKAGES = ("fontpkg_source_serif_4", "fontpkg_source_sans_3", "fontpkg_ibm_plex_mono")
SCRIPT_PACKAGES = {"fontpkg_amiri": "files", "manimgx_fonts": "."}
"""Packages with fonts for other scripts, each with the folder of its files, in the order of preference."""

_TYPESETTING = ("weasyprint", "fonttools", "pydyf", "tinyhtml5", "tinycss2", "pyphen", *FONT_PACKAGES)
_PANGO_NAMES = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "libpango-1.0.so")
_MAC_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib")
"""Library folders of Homebrew (Apple silicon, Intel) and MacPorts; macOS searches only the second."""
_OF_PROGRAM = (".py", ".toml", ".md")
"""The endings of the files that this program consists of."""
_MAC_SEARCH = "DYLD_FALLBACK_LIBRARY_PATH"


def of_packages(*names: str) -> tuple[str, ...]:
    """Return name and version of installed packages."""
    installed = _installed()
    return tuple(f"{name} {installed.get(name, 'absent')}" for name in names)


def of_typesetting() -> tuple[str, ...]:
    """Return the versions of everything that affects the bytes of a PDF."""
    return (*of_packages(*_TYPESETTING), f"pango {pango()}")


@functools.cache
def pango() -> str | None:
    """Return the version of the system library Pango; None if it cannot be loaded."""
    named = [str(Path(folder) / name) for folder in _mac_folders() for name in _PANGO_NAMES]
    for name in (*_PANGO_NAMES, *named):
        with contextlib.suppress(OSError):
            library = ctypes.CDLL(name)
            library.pango_version_string.restype = ctypes.c_char_p
            return bytes(library.pango_version_string()).decode()
    return None


def library_search(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables that let WeasyPrint find its libraries where ``pango`` found Pango.

    There are none on most systems. On macOS the loader and Python's own search read this variable; without it
    they do not search Homebrew's folder.
    """
    folders = _mac_folders()
    if not folders:
        return {}
    before = environment.get(_MAC_SEARCH, "").split(":")
    # The variable replaces the loader's own list, whose last folder is the system's.
    return {_MAC_SEARCH: ":".join(dict.fromkeys([*filter(None, before), *folders, "/usr/lib"]))}


def _mac_folders() -> tuple[str, ...]:
    return _MAC_FOLDERS if sys.platform == "darwin" else ()


@functools.cache
def of_everything() -> str:
    """Return the digest of this program's source, pages and templates, of Python, and of every package."""
    digest = hashlib.sha256(f"{sys.version} {pango()}".encode())
    sources = {path for path in _files_below(Path(__file__).parents[1]) if path.endswith(_OF_PROGRAM)}
    for path in sorted(sources.union(_files_below(templates_folder()))):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - see _files_below
            digest.update(file.read())
    for name, version in sorted(_installed().items()):
        digest.update(f"{name} {version}\n".encode())
    return digest.hexdigest()


def _files_below(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below a folder as texts, because a pathlib.Path takes twice as long.

    Every command begins with this, so it counts where there is nothing else to do.
    """
    for place, _, names in os.walk(folder):
        yield from (f"{place}{os.sep}{name}" for name in names)


def templates_folder() -> Path:
    """Return the folder of the shipped templates: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@functools.cache
def package_folder(name: str) -> Path:
    """Return the folder of an installed package, without importing it. Raises MissingLibraryError."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise MissingLibraryError(
            f"the package {name.replace('_', '-')} is not installed; install it with: {how_to_install()}"
        )
    return Path(spec.origin).parent


def how_to_install(extra: str = "") -> str:
    """Return the shell command that installs the missing packages, of an extra or of the program itself.

    It names the running Python, so that it works wherever the program is installed: with pip or pipx, and
    with uv, whose environments have no pip. The program itself is there already, so the command downloads
    only the missing packages.
    """
    wanted = shlex.quote(f"{DISTRIBUTION}[{extra}]" if extra else DISTRIBUTION)
    python = shlex.quote(sys.executable)
    if importlib.util.find_spec("pip"):
        return f"{python} -m pip install {wanted}"
    return f"uv pip install --python {python} {wanted}"


@functools.cache
def _installed() -> dict[str, str]:
    """Return versions from the names of metadata folders; reading the metadata takes thirty times longer."""
    found: dict[str, str] = {}
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.name in ("site-packages", "dist-packages") and folder.is_dir():
            for path in folder.glob("*.dist-info"):
                name, _, version = path.stem.partition("-")
                found.setdefault(name.lower(), version)
    return found
