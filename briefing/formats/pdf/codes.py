"""The QR code of an address, drawn, for readers with paper in one hand and a telephone in the other.

The only door to segno.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.formats.charts.svg import COLOURS, Drawing

QUIET = 4
"""Modules that stay white around a code; cameras need them."""
LEAST = 22.0
"""The width of a code on paper with its white edge, in millimetres."""
_MODULE = 0.4
"""The least width of a module, in millimetres: a telephone reads it from a hand's breadth."""
_MOST = 30.0
"""The most that a page has room for. A longer address is printed without a code."""
_PIXELS = 96 / 25.4
"""Pixels of a style sheet in a millimetre."""


def drawn(address: str, title: str) -> str:
    """Return the code of an address as SVG; empty where it would be too fine for a camera.

    The title is for readers who cannot see it.
    """
    rows = matrix(address)
    side = max(LEAST, _MODULE * (len(rows) + 2 * QUIET)) if rows else _MOST + 1
    if side > _MOST:
        return ""
    drawing = Drawing(side * _PIXELS, 0)
    module = drawing.width / (len(rows) + 2 * QUIET)
    # All of it is one path: between two of them, a hair of white would be seen.
    edges = [f"{(place + QUIET) * module:.2f}" for place in range(len(rows) + 1)]
    path = "".join(
        f"M{edges[left]} {edges[top]}H{edges[right]}V{edges[top + 1]}H{edges[left]}z"
        for top, row in enumerate(rows)
        for left, right in _runs(row)
    )
    drawing.add("path", {"d": path, "fill": COLOURS["ink"]})
    return drawing.svg(drawing.width, "address-code", title, "", "address-code")


def matrix(address: str) -> Sequence[Sequence[int]]:
    """Return the modules of a code, row by row, 1 for a dark one; none where no code holds the address."""
    import segno

    try:
        return segno.make_qr(address, error="m").matrix
    except segno.DataOverflowError:
        return ()


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where dark modules that are side by side begin and end."""
    start = None
    for place, is_dark in enumerate((*row, 0)):
        if is_dark and start is None:
            start = place
        elif not is_dark and start is not None:
            yield start, place
            start = None
