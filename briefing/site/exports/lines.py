"""Lines of the lists of all pages: what the overview, the site map and the fonts need to know of every file.

They are kept in parts, so that a list is made again only after a change of what it says.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.memo.engine import Parts
from briefing.site.exports import data_files
from briefing.site.files import ADDRESSES, ODD, OVERVIEW, PATHS, Address, Laid
from briefing.site.lookups import Lookups
from briefing.store.request import DRAFTS_FOLDER


def of(lookups: Lookups, files: Iterable[Laid]) -> Parts:
    """Return what lists of all pages say of some files."""
    files = list(files)
    titled = [file for file in files if file.title and not file.path.startswith(f"{DRAFTS_FOLDER}/")]
    is_listed = bool(lookups.library.project.base_url)
    found = {
        OVERVIEW: data_files.elements(data_files.in_overview(lookups, file) for file in titled),
        ADDRESSES: tuple(Address(file.path, file.shown) for file in titled) if is_listed else (),
        PATHS: tuple(file.path for file in files),
        ODD: "".join(sorted({character for file in files for character in file.odd})),
    }
    return Parts({part: value for part, value in found.items() if value})
