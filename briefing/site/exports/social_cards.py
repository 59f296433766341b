"""The picture that represents a brief where somebody shares its address: its title, bottom line and state.

WeasyPrint typesets it like any page, and pypdfium2 draws that page.
"""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.formats import fonts, html
from briefing.formats.base import Prepared
from briefing.formats.pdf import pictures, typeset
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
    return pictures.drawn(typeset.make(prepared), 0, _PIXELS_A_POINT, effort=9)


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
    modules = (typeset.__file__, pictures.__file__, __file__)
    return hashlib.sha256(b"".join(Path(name).read_bytes() for name in modules)).hexdigest()
