"""The picture that represents a brief where somebody shares its address: its title, bottom line and state.

WeasyPrint typesets it like any page, and pypdfium2 draws that page. Writing a picture of this size as PNG
takes nothing but zlib, so no image library is needed.
"""

from __future__ import annotations

import functools
import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.formats import fonts, html
from briefing.formats.base import Prepared
from briefing.formats.pdf import typeset
from briefing.language.words import Words
from briefing.model.editions import Edition
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer, digest
from briefing.site.urls import OF_SITE, SIZE, path_of
from briefing.store import versions
from briefing.store.results import Inputs

TEMPLATES = ("poster.html.j2", "edition.html.j2")
STYLES = ("tokens.css", "poster.css")
_PIXELS_A_POINT = 96 / 72


def files(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the pictures of the site."""
    if not lookups.pictures:
        return
    for name in ("", *lookups.editions):
        yield file(printer, lookups, name)


def file(printer: Printer, lookups: Lookups, brief: str) -> SiteFile:
    """Return the picture of a brief, by its id; with no id, that of the site."""
    if not brief:
        return _file(printer, lookups, OF_SITE, None)
    return _file(printer, lookups, path_of(brief), lookups.editions[brief])


def make(prepared: Prepared) -> bytes:
    """Typeset a page, draw it and return the bytes of a PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(typeset.make(prepared))
    try:
        drawn = document[0].render(scale=_PIXELS_A_POINT, rev_byteorder=True)
        width, height, channels = drawn.width, drawn.height, drawn.n_channels
        rows = bytes(drawn.buffer)
        lines = (rows[at : at + width * channels] for at in range(0, drawn.stride * height, drawn.stride))
        return _png(width, height, [_without_alpha(line, channels) for line in lines])
    finally:
        document.close()


def _without_alpha(line: bytes, channels: int) -> bytes:
    if channels == 3:
        return line
    kept = bytearray(len(line) // channels * 3)
    for channel in range(3):
        kept[channel::3] = line[channel::channels]
    return bytes(kept)


def _png(width: int, height: int, lines: list[bytes]) -> bytes:
    """Return rows of red, green and blue as a PNG (ISO/IEC 15948), unfiltered: flat colours need no more."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _file(printer: Printer, lookups: Lookups, path: str, edition: Edition | None) -> SiteFile:
    """Return one picture; where the bottom line takes too much room, it shows the title alone."""
    context: dict[str, Any] = {
        "project": lookups.library.project,
        "edition": edition,
        "size": SIZE,
        "smart": html.plain,
        "say": Words(edition.language if edition else lookups.library.project.languages[0]),
    }
    lines = [_bottom_line(edition) if edition else lookups.library.project.subtitle, ""]
    text, shorter = (printer.theme.templates.html(TEMPLATES[0], line=line, **context) for line in lines)
    prepared = Prepared(
        "poster",
        text,
        html.styles(printer.theme, STYLES),
        (
            *versions.of_typesetting(),
            *versions.of_packages("pypdfium2"),
            zlib.ZLIB_RUNTIME_VERSION,
            _source(),
        ),
        f"picture of {edition.title if edition else lookups.library.project.title}",
        max_pages=1,
        shorter=(shorter,),
        fonts=fonts.needed([text, shorter], printer.theme.fonts),
    )
    shown = {note.fact for note in edition.notes} if edition else ()
    parts = [(f"style {name}", digest(printer.theme.texts[name])) for name in STYLES]
    return printer.file(path, prepared, Inputs(frozenset(shown), (*printer.parts_of(TEMPLATES[0]), *parts)))


def _bottom_line(edition: Edition) -> str:
    sections = [section for section in edition.sections if section.role == "bottom-line"]
    return " ".join(html.bare(section) for section in sections) or edition.subtitle


@functools.cache
def _source() -> str:
    """Return a digest of the modules that draw: the way they call the libraries affects the bytes as well."""
    modules = (typeset.__file__, __file__)
    return hashlib.sha256(b"".join(Path(name).read_bytes() for name in modules)).hexdigest()
