"""Pages of a PDF as pictures.

Writing a picture as PNG takes nothing but zlib, so no image library is needed.
"""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Provide a PDF of which pages can be drawn, for the length of a block."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page of a PDF, in points."""
    with opened(data) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def drawn(data: bytes, number: int, scale: float, effort: int) -> bytes:
    """Return one page of a PDF, counted from 0, as PNG.

    ``scale`` is pixels a point; ``effort`` that of zlib, 0 to 9: more of it makes a smaller file.
    """
    with opened(data) as document:
        bitmap = document[number].render(scale=scale, rev_byteorder=True)
        width, height, channels = bitmap.width, bitmap.height, bitmap.n_channels
        rows = bytes(bitmap.buffer)
        lines = (rows[at : at + width * channels] for at in range(0, bitmap.stride * height, bitmap.stride))
        return _png(width, height, [_without_alpha(line, channels) for line in lines], effort)


def _without_alpha(line: bytes, channels: int) -> bytes:
    if channels == 3:
        return line
    kept = bytearray(len(line) // channels * 3)
    for channel in range(3):
        kept[channel::3] = line[channel::channels]
    return bytes(kept)


def _png(width: int, height: int, lines: list[bytes], effort: int) -> bytes:
    """Return rows of red, green and blue as a PNG (ISO/IEC 15948), unfiltered: flat colours need no more."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + line for line in lines), effort)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
