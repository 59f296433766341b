"""Everything that can be taken out of a PDF: text, metadata, bookmarks, attachments, strings of its objects.

It is read in two ways that know nothing of one another: as PDFium reads it, and by decompressing every stream
and decoding every string. What one overlooks, such as an object that nothing refers to, the other has.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator

from briefing.formats.pdf import pictures

_STREAM = re.compile(rb"(<<(?:[^<>]|<<.*?>>|<[^<>]*>)*>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)", re.DOTALL)
_NAME = re.compile(rb"/[^\s/<>\[\]()]+")
"""The name of an operand or of a kind of object, which no reader sees."""
_HEXADECIMAL = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]{2,})>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_OCTAL = tuple(b"%d" % digit for digit in range(8))
_NAMED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r\n": b"",
    b"\r": b"",
}
_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"\1\0")
_HYPHEN = "\x02"
"""The character that PDFium returns for a hyphen at the end of a line."""


def texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text of a PDF, each with its place: page 2. Raises ValueError for a damaged one."""
    yield from _as_read(data)
    outside, position = [], 0
    for match in _STREAM.finditer(data):
        outside.append(data[position : match.start(2)])
        position = match.end()
        yield from _of_stream(match[1], match[2])
    outside.append(data[position:])
    yield "its objects", _strings(b"".join(outside))


def _as_read(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        with pictures.opened(data) as document:
            for number, page in enumerate(document, 1):
                text = page.get_textpage().get_text_bounded()
                yield f"page {number}", text.replace(f"{_HYPHEN}\r\n", "").replace(_HYPHEN, "")
            yield "its metadata", "\n".join(document.get_metadata_dict().values())
            yield "its bookmarks", "\n".join(item.get_title() for item in document.get_toc())
            for number in range(document.count_attachments()):
                attached = document.get_attachment(number)
                name = attached.get_name()
                yield (
                    f"the attachment {name}",
                    f"{name}\n{bytes(attached.get_data()).decode(errors='replace')}",
                )
    except RuntimeError as error:  # that of PDFium is one
        raise ValueError(f"it cannot be read as a PDF: {error}") from error


def _of_stream(about: bytes, packed: bytes) -> Iterator[tuple[str, str]]:
    content = packed
    if b"/FlateDecode" in about:
        try:
            content = zlib.decompressobj().decompress(packed)
        except zlib.error:
            content = packed
    if b"begincmap" in content or content.startswith(_FONTS) or content[36:40] == b"acsp":
        return  # letters of a font, what they mean, or colours: the same in every PDF
    is_foreign = b"/EmbeddedFile" in about or b"/Metadata" in about
    with contextlib.suppress(UnicodeDecodeError):
        yield "a stream in it", (content if is_foreign else _NAME.sub(b" ", content)).decode()
    if not is_foreign:
        yield "a stream in it", _strings(content)


def _strings(content: bytes) -> str:
    found = [_decoded(_ESCAPE.sub(_unescaped, match[1])) for match in _LITERAL.finditer(content)]
    for match in _HEXADECIMAL.finditer(content):
        digits = b"".join(match[1].split())
        found.append(_decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())))
    return "\n".join(found)


def _unescaped(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    return bytes([int(escaped, 8) & 255]) if escaped[:1] in _OCTAL else _NAMED.get(escaped, escaped)


def _decoded(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xff\xfe"):
        return text[2:].decode("utf-16-le", "replace")
    return text.removeprefix(b"\xef\xbb\xbf").decode(
        "utf-8" if text.startswith(b"\xef\xbb\xbf") else "latin-1", "replace"
    )
