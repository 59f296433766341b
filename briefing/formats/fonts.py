"""The site's fonts: those of the font packages, reduced to the scripts in use. The only door to fontTools.

A browser loads one variable file for each style, with its range of weights; PDFs use the packages' own files.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from briefing.formats.base import Prepared
from briefing.store import versions

UNICODES = (
    "0020-007E,00A0-017F,02BC,0400-045F,0490-0491,2010-2027,202F,2030-203A,2044,20AC,20B4,2116,2122,"
    "2190-2193,2212"
)
"""Latin, Ukrainian and the punctuation of ordinary text."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of the site."""

    family: str
    style: str
    package: str
    file: str
    name: str
    """File name on the site."""


FACES = (
    Face("Source Serif 4", "normal", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "serif.woff2"),
    Face(
        "Source Serif 4",
        "italic",
        "fontpkg_source_serif_4",
        "SourceSerif4-Italic[opsz,wght].ttf",
        "serif-italic.woff2",
    ),
    Face("Source Sans 3", "normal", "fontpkg_source_sans_3", "SourceSans3[wght].ttf", "sans.woff2"),
)

_LICENCE_NAMES = (0, 7, 13, 14)
"""Copyright, trade mark, licence and its address stay in the font, as the licence requires."""
_FEATURES = ("kern", "liga")
_WEIGHTS = (400, 700)
"""The range of weights that the styles may ask for."""


def prepare(face: Face) -> Prepared:
    """Return the input of a font file: its package and version, and the characters and features to keep."""
    return Prepared(
        "font",
        f"{face.package}/{face.file}",
        f"{UNICODES} {_FEATURES}",
        versions.of_packages("fonttools", "brotli", face.package),
        face.name,
    )


def make(prepared: Prepared) -> bytes:
    """Return a font reduced to the characters in use, as WOFF2. Takes two seconds."""
    from fontTools import subset, ttLib

    package, _, name = prepared.text.partition("/")
    font = ttLib.TTFont(versions.package_folder(package) / "files" / name, recalcTimestamp=False, lazy=True)
    options = subset.Options(layout_features=list(_FEATURES), notdef_outline=True, recalc_timestamp=False)
    options.name_IDs = [*options.name_IDs, *_LICENCE_NAMES]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(UNICODES))
    cutter.subset(font)
    for record in font["name"].names:
        # The licence reserves the name "Source" for fonts that nobody has changed.
        if record.nameID not in _LICENCE_NAMES:
            record.string = record.toUnicode().replace("Source", "Briefing")
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed, reorderTables=False)
    return packed.getvalue()


def style_sheet(folder: str) -> str:
    """Return the ``@font-face`` rules for the files below a folder of the site."""
    low, high = _WEIGHTS
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: {low} {high}; '
        f'font-display: swap; src: url("{folder}{face.name}") format("woff2"); }}'
        for face in FACES
    )
