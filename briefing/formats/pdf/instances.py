"""The fonts that a PDF embeds: instances of variable fonts, the same bytes as WeasyPrint's in less time.

WeasyPrint has fontTools compute the instance of every glyph of a font. It keeps the numbers of glyphs, so
most of these are empty: of ten thousand glyphs in a brief, five hundred print something. Here only those are
computed, and each instance once for each process. This takes the place of one step of WeasyPrint's own
``Font.clean``, which does the rest; ``tests/formats/test_instances.py`` holds the step to the bytes of
WeasyPrint's.
"""

from __future__ import annotations

import functools
import io
from typing import Any

_KEPT = 128
"""The number of instances that a process remembers; a long brief has eleven."""


class Fonts(dict[Any, Any]):
    """The fonts of a document, as ``Document.fonts`` holds them, each with the quicker step."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.clean = functools.partial(_clean, font)
        super().__setitem__(key, font)


def _clean(font: Any, to_unicode: Any, hinting: bool) -> None:
    """Reduce a font to the glyphs in use, at one place of its design space."""
    if to_unicode:
        font.subset(to_unicode, hinting)
        if {"fvar", "gvar", "glyf"} <= {*font.tables}:
            place = tuple(sorted({"wght": font.weight, **font.variations}.items()))
            made = instance(font.file_content, font.index, place, frozenset(to_unicode))
            if made:
                font.file_content = made
                font.tables.remove("fvar")
    type(font).clean(font, {} if to_unicode else to_unicode, hinting)


@functools.lru_cache(_KEPT)
def instance(data: bytes, index: int, place: tuple[tuple[str, float], ...], used: frozenset[int]) -> bytes:
    """Return the instance of a variable font at a place of its design space; nothing if that is not so easy.

    ``used`` are the numbers of the glyphs in use. Of all others HarfBuzz has left the number, but neither
    outline nor variations, so an instance of them is what they are.
    """
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(io.BytesIO(data), fontNumber=index) as font:
        if {axis.axisTag for axis in font["fvar"].axes} != {*dict(place)}:
            return b""  # WeasyPrint chooses the place on some axes itself
        outlines, order = font["glyf"], font.getGlyphOrder()
        filled = [name for name in order if hasattr(outlines.glyphs[name], "data")]
        for name in filled:
            outlines[name]  # reads the glyph, which names its parts by their numbers in the whole order
        keep = {order[0], *filled, *(order[number] for number in used if number < len(order))}
        outlines.setGlyphOrder([name for name in order if name in keep])
        try:
            instantiateVariableFont(font, dict(place), inplace=True, static=True)
        except Exception:  # WeasyPrint meets it as well, and says what is wrong with the font
            return b""
        outlines.setGlyphOrder(order)
        if "gvar" in font:  # fontTools has left it for the glyphs that it was not shown
            del font["gvar"]
        written = io.BytesIO()
        font.save(written)
        return written.getvalue()
