"""Font files for characters that the usual fonts lack: a project's own, then those of packages."""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from briefing.store import versions

FOLDER = "fonts"
"""The folder of a project's own fonts, beside its content."""
ENDINGS = (".ttf", ".otf")
OTHER_ENDINGS = (".ttc", ".otc", ".woff", ".woff2", ".pfb", ".dfont")
"""Endings of font files that cannot be embedded in a PDF as they are."""
MAX_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file. Its place on this machine is no part of what it is."""

    name: str
    """Its path in the project, such as fonts/NotoSansSC.ttf, or its package and file name."""
    digest: str
    """The digest of its bytes; for a file of a package, the package's version."""
    place: Path = field(repr=False, compare=False)

    @property
    def is_own(self) -> bool:
        """Whether it is a project's own."""
        return self.name.startswith(f"{FOLDER}/")

    @property
    def family(self) -> str:
        """The part of its name that the weights and styles of one design share."""
        return re.split(r"[-\[]", PurePosixPath(self.name).stem)[0]


def of_project(name: str, data: bytes, place: Path) -> FontFile:
    """Return a font file of a project."""
    return FontFile(name, hashlib.sha256(data).hexdigest(), place)


@functools.cache
def packaged() -> tuple[FontFile, ...]:
    """Return the font files of the packages for other scripts. Raises MissingLibraryError without them."""
    return tuple(
        FontFile(f"{package}/{place.name}", versions.of_packages(package)[0], place)
        for package, folder in versions.SCRIPT_PACKAGES.items()
        for place in sorted((versions.package_folder(package) / folder).glob("*.ttf"))
    )
