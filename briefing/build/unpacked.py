"""The texts in a file that is to be published, without markup, escapes and compression."""

from __future__ import annotations

import base64
import binascii
import html
import io
import itertools
import re
import struct
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_INLINE = (
    "a|abbr|b|bdi|bdo|cite|code|data|dfn|em|font|i|ins|del|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|"
    "text|time|tspan|u|var|wbr|w:[A-Za-z]+|rdf:[A-Za-z]+"
)
_NO_TEXT = re.compile(r"<!--|<style\b|<!\[CDATA\[|\]\]>")
_ENDS = {"<!--": ("-->",), "<style": (">", "</style>")}
"""What is no text of a page, and the marks up to the end of it."""
_WITHIN_WORDS = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>")
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_BREAK = re.compile(r"(?<=\w)[-\u00ad\u2010\x02]\r?\n\s*(?=\w)")
"""A hyphen where a line ends within a word."""
_FOLD = re.compile(r"\r?\n[ \t]")
"""Where a calendar continues a line on the next one (RFC 5545)."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([nrtbf\"'\\/,;]))")
_IN_PERCENT = re.compile(r"(?<![^\s\"'<>])[^\s\"'<>]*%[0-9A-Fa-f]{2}[^\s\"'<>]*")
_DATA = re.compile(r"data:([\w.+/-]*)[^,\"')\s]{0,80};base64,([A-Za-z0-9+/]{16,}={0,2})")
_DIGEST = re.compile(r"\bsha(?:256|384|512)-[A-Za-z0-9+/]{43,}={0,2}")
_LAYERS = 3
"""How often a text is unescaped: a page within a feed within a record is two layers."""
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a file."""

    where: str
    """Where in the file: page 2; empty for the file itself."""
    words: str
    """What readers see, with words that are divided by markup or by the ends of lines made whole."""
    markup: str = ""
    """What is around it: attributes, comments and styles."""
    is_binary: bool = False
    """Whether these are bytes of which nothing is known."""


def texts(path: str, data: bytes, drawn_from: Callable[[], str | None] = lambda: None) -> Iterator[Text]:
    """Yield every text in a file. ``drawn_from`` returns the page that a picture shows, if it is known.

    Raises ValueError where a file cannot be unpacked, and for a picture of an unknown page.
    """
    yield from _plain("its name", path)
    if data.startswith(b"%PDF"):
        from briefing.formats.pdf import unpacked

        for where, text in unpacked.texts(data):
            yield from _plain(where, text)
    elif data.startswith(b"\x89PNG"):
        page = drawn_from()
        if page is None:
            raise ValueError("it is not known what the picture shows")
        yield from _plain("the picture", page)
        yield from _plain("its metadata", "\n".join(_chunks(data)))
    elif data.startswith(b"PK\x03\x04"):
        yield from _archive(data)
    else:
        yield from _any("", data)


def _any(where: str, data: bytes) -> Iterator[Text]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except UnicodeDecodeError:
        yield Text(where, data.decode("latin-1"), is_binary=True)
    else:
        yield from _plain(where, text)


def _archive(data: bytes) -> Iterator[Text]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from _plain(name, name)
                yield from _any(name, archive.read(name))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise ValueError(f"it cannot be unpacked: {error}") from error


def _chunks(data: bytes) -> Iterator[str]:
    """Yield the texts in a PNG."""
    position = 8
    while position + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[position : position + 8])
        content = data[position + 8 : position + 8 + size]
        if name in _TEXT_CHUNKS:
            yield content.decode("utf-8", "replace")
            for start in (index + 1 for index in range(len(content)) if content[index] == 0):
                try:
                    yield zlib.decompress(content[start:].lstrip(b"\0")).decode("utf-8", "replace")
                except zlib.error:
                    continue
        position += size + 12


def _plain(where: str, text: str) -> Iterator[Text]:
    """Yield a text without markup and escapes, what is embedded in it, and its addresses in plain letters."""
    for match in _DATA.finditer(text):
        try:
            embedded = base64.b64decode(match[2] + "=" * (-len(match[2]) % 4))
        except binascii.Error:
            continue
        if not match[1].startswith(("font/", "application/font")):
            inner = texts("", embedded, lambda: "")  # what a picture within a page shows, nobody knows
            yield from (Text(where, item.words, item.markup, item.is_binary) for item in inner)
    if ";base64," in text:
        text = _DATA.sub(" ", text)
    if "sha" in text:
        text = _DIGEST.sub(" ", text)
    yield _read(where, text)
    opened = unescaped(text)
    if opened.count("<") != text.count("<"):  # markup that was itself escaped, as in a feed
        yield _read(where, opened)
    if "%" in text:
        found = " ".join(_IN_PERCENT.findall(text))
        if found:
            yield _read(where, urllib.parse.unquote(found, errors="replace"))


def _read(where: str, text: str) -> Text:
    if text.startswith("BEGIN:VCALENDAR"):
        text = _FOLD.sub("", text)
    if "<" not in text:
        return Text(where, _BREAK.sub("", unescaped(text)))
    apart = list(_comments(text))
    markup = [text[start:end] for start, end in apart if end - start > 9]
    places = (0, *itertools.chain(*apart), len(text))
    words = "".join(text[start:end] for start, end in zip(places[::2], places[1::2], strict=True))
    markup += _TAG.findall(words)
    words = _TAG.sub(" ", _WITHIN_WORDS.sub("", words))
    return Text(where, _BREAK.sub("", unescaped(words)), unescaped("\n".join(markup)))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where comments, styles and marks of XML are. What has no end is none, and is looked for once."""
    position, lacking = 0, set()
    while match := _NO_TEXT.search(text, position):
        end = match.end()
        for mark in _ENDS.get(match.group(), ()):
            place = -1 if mark in lacking else text.find(mark, end)
            if place < 0:
                lacking.add(mark)
                end = -1
                break
            end = place + len(mark)
        if end >= 0:
            yield match.start(), end
        position = max(end, match.end())


def unescaped(text: str) -> str:
    """Return a text without the escapes of HTML, XML, JSON and scripts."""
    for _ in range(_LAYERS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(_character, text)
        if text == before:
            break
    return text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else " "
    return match[4] if match[4] in "\"'\\/,;" else "\n"
