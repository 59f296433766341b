"""Which fonts print a text, and the fonts of the site, reduced to what it shows. The only door to fontTools.

A browser loads one variable file for each style, with its range of weights; PDFs use the packages' own files.
Characters that these fonts lack are printed with a font of the project or of the packages for other scripts.
"""

from __future__ import annotations

import functools
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.formats.base import Prepared
from briefing.model.findings import Finding, Place
from briefing.store import box, font_files, versions
from briefing.store.font_files import FontFile

UNICODES = (
    "0020-007E,00A0-017F,02BC,0400-045F,0490-0491,2010-2027,202F,2030-203A,2044,20AC,20B4,2116,2122,"
    "2190-2193,2212"
)
"""Latin, Ukrainian and the punctuation of ordinary text."""
_ORDINARY = (
    "0020-007E,00A0-017F,02BC,0384-038A,038C,038E-03A1,03A3-03CE,0400-045F,0490-0491,1EA0-1EF9,2010-201E,"
    "2020-2022,2025-2026,202F,2030,2032-2033,2039-203A,2044,20AC,20B4,2116,2122,2190-2193,2212,25B2,25B3,"
    "25CB,25CF"
)
"""Characters that the font packages are known to have, so that no font file is read to find them: also Greek,
Vietnamese and the shapes of statuses."""


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


_NO_GLYPH = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))
"""Categories of characters that need no glyph: spaces, line ends, and marks for joining and direction."""
_NEVER = frozenset(("Co", "Cs", "Cn"))
"""Categories of characters that no PDF may contain, because nothing says what they mean."""
_ASCII = bytes(range(128))
_WHOLE = ("utf-8", "surrogatepass")
_RESTRICTED = 0x0002
"""In a font's field of rights: it must not be embedded."""


def lacking(texts: Iterable[str], own: Sequence[FontFile] = ()) -> frozenset[str]:
    """Return the characters that none of our fonts has. ``own`` are the fonts of the project."""
    found = odd(texts)
    return found - _designs(found, own).keys()


def needed(texts: Iterable[str], own: Sequence[FontFile] = ()) -> tuple[FontFile, ...]:
    """Return the fonts for those characters of some texts that the usual fonts lack."""
    designs = _designs(odd(texts), own)
    return tuple(dict.fromkeys(file for _, files in sorted(designs.items()) for file in files))


def by_design(texts: Iterable[str], own: Sequence[FontFile] = ()) -> dict[FontFile, str]:
    """Return the first file of each such font, with the characters that it supplies."""
    found: dict[FontFile, str] = {}
    for character, files in sorted(_designs(odd(texts), own).items()):
        if files:
            found[files[0]] = found.get(files[0], "") + character
    return found


def problems(own: Iterable[FontFile]) -> Iterator[Finding]:
    """Yield findings on fonts of a project that cannot be embedded in a PDF for the archive."""
    for file in own:
        if problem := _problem(file):
            hint = "take a TrueType font, or an OpenType font of one weight, whose licence allows embedding"
            yield Finding("font-file", problem, Place(file.name), hint)


def odd(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters of some texts that need a glyph and are not among those of ordinary text."""
    # Most of a page is ASCII, and bytes are sorted out twenty times faster than characters.
    rare = (text.encode(*_WHOLE).translate(None, _ASCII).decode(*_WHOLE) for text in texts)
    found = frozenset().union(*rare) - _ordinary()
    return frozenset(character for character in found if not _needs_none(character))


@functools.cache
def _ordinary() -> frozenset[str]:
    found: list[str] = []
    for part in _ORDINARY.split(","):
        first, _, last = part.partition("-")
        found += map(chr, range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def _needs_none(character: str) -> bool:
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_selector or unicodedata.category(character) in _NO_GLYPH


def _designs(odd: frozenset[str], own: Sequence[FontFile]) -> dict[str, tuple[FontFile, ...]]:
    """Return the files of the font that prints each character: none where a usual font does."""
    left = {character for character in odd if unicodedata.category(character) not in _NEVER}
    if not left:
        return {}
    found: dict[str, tuple[FontFile, ...]] = {item: () for item in left if ord(item) in _usual()}
    families: dict[str, list[FontFile]] = {}
    for file in (*own, *font_files.packaged()):
        families.setdefault(file.family, []).append(file)
    for files in families.values():
        for character in left - found.keys():
            if having := tuple(file for file in files if ord(character) in _characters(file)):
                found[character] = having
        if len(found) == len(left):
            break
    return found


@functools.cache
def _usual() -> frozenset[int]:
    """Return the characters of the font packages that every PDF is set in."""
    folders = (versions.package_folder(name) / "files" for name in versions.FONT_PACKAGES)
    files = [place for folder in folders for place in sorted(folder.glob("*.ttf"))]
    return frozenset().union(*(_characters(FontFile(place.name, "", place)) for place in files))


@functools.cache
def _characters(file: FontFile) -> frozenset[int]:
    """Return the characters that a font file has; none where it cannot be read."""
    if file.is_own:
        return _own(file)[1]
    from fontTools import ttLib

    try:
        with ttLib.TTFont(file.place, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (ttLib.TTLibError, OSError):
        return frozenset()


def _problem(file: FontFile) -> str:
    """Return why a font file cannot be used; empty if it can."""
    return _own(file)[0]


@functools.cache
def _own(file: FontFile) -> tuple[str, frozenset[int]]:
    """Return why a font of the project cannot be used, if so, and its characters: read in the box."""
    try:
        problem, characters = box.ask(f"{__name__}:described", file.name, file.place.read_bytes())
    except (box.OutOfBoundsError, OSError) as error:
        return f"the file cannot be read as a font: {error}", frozenset()
    return problem, frozenset(characters)


def described(data: bytes, name: str) -> tuple[str, list[int]]:
    """Return why a font cannot be used, if so, and its characters; the child process calls this."""
    from fontTools import ttLib

    try:
        with ttLib.TTFont(io.BytesIO(data), lazy=True) as font:
            characters = sorted(font.getBestCmap() or ())
            return _unfit(font, characters), characters
    except ttLib.TTLibError:
        return _UNREADABLE, []


_UNREADABLE = "the file cannot be read as a font"


def _unfit(font: Any, characters: Sequence[int]) -> str:
    if not characters:
        return _UNREADABLE
    if ord(" ") not in characters:
        return "the font has no space, so words next to its characters cannot be set"
    if "CFF2" in font:
        return "a variable font with outlines of the kind CFF2 cannot be embedded in a PDF"
    if not {"glyf", "CFF "} & set(font.keys()):
        return "the font has pictures instead of outlines, which a PDF for the archive cannot show"
    if "OS/2" in font and font["OS/2"].fsType & 0x000F == _RESTRICTED:
        return "the font says that it must not be embedded"
    return ""


def prepare(face: Face) -> Prepared:
    """Return the input of a font file: its package and version, and the characters and features to keep."""
    return Prepared(
        "font",
        f"{face.package}/{face.file}",
        f"{UNICODES} {_FEATURES}",
        versions.of_packages("fonttools", "brotli", face.package),
        face.name,
    )


def prepare_other(file: FontFile, characters: str, name: str) -> Prepared:
    """Return the input of a font file of the site with characters that its usual fonts lack."""
    unicodes = ",".join(f"{ord(character):04X}" for character in characters)
    return Prepared(
        "font", file.name, unicodes, versions.of_packages("fonttools", "brotli"), name, fonts=(file,)
    )


def make(prepared: Prepared) -> bytes:
    """Return a font reduced to the characters in use, as WOFF2. Takes two seconds."""
    from fontTools import subset, ttLib

    if prepared.fonts:  # a script may need any of the font's features to be legible
        (file,) = prepared.fonts
        place, unicodes, features = file.place, prepared.styles, ["*"]
    else:
        place, unicodes, features = _place(prepared.text), UNICODES, list(_FEATURES)
    font = ttLib.TTFont(place, recalcTimestamp=False, lazy=True)
    options = subset.Options(layout_features=features, notdef_outline=True, recalc_timestamp=False)
    options.name_IDs = [*options.name_IDs, *_LICENCE_NAMES]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    for record in font["name"].names:
        # The licence reserves the name "Source" for fonts that nobody has changed.
        if record.nameID not in _LICENCE_NAMES:
            record.string = record.toUnicode().replace("Source", "Briefing")
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed, reorderTables=False)
    return packed.getvalue()


def _place(name: str) -> Path:
    package, _, file = name.partition("/")
    return versions.package_folder(package) / "files" / file


def style_sheet(folder: str, others: Iterable[tuple[str, str]] = ()) -> str:
    """Return the ``@font-face`` rules for the files below a folder of the site.

    ``others`` are files, by name, with the characters that they supply to every face.
    """
    rules = [_rule(face, folder, face.name) for face in FACES]
    for name, characters in others:
        unicodes = ", ".join(f"U+{ord(character):04X}" for character in characters)
        rules += [_rule(face, folder, name, f" unicode-range: {unicodes};") for face in FACES]
    return "\n".join(rules)


def _rule(face: Face, folder: str, name: str, limits: str = "") -> str:
    low, high = _WEIGHTS
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: {low} {high}; '
        f'font-display: swap; src: url("{folder}{name}") format("woff2");{limits} }}'
    )
