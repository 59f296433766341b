"""A PDF: its lines joined into paragraphs, and its title and author.

One of two modules that import pypdfium2: ``social_cards`` draws with it.

A PDF has no paragraphs, only places of characters on pages. A line ends a paragraph if the first word of the
next would have fitted into it; a larger step down, an indented first line, and another type size begin one. A
word divided at the end of a line is joined as the rest of the text spells it.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.model.findings import UsageError
from briefing.sources.extract.extracted import Extracted, Stated, clean

_HYPHEN = "\x02"
"""The character that pdfium returns for a hyphen at the end of a line."""
_SOFT = "\u00ad\u2010"
"""The characters that typesetting programs insert where they divide a word."""
_MARK = re.compile(r"[^\w\s]{1,2}|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
"""The mark of an item of a list, which may be a separate piece of text."""
_BULLET = re.compile(r"\s*[•‣▪▫◦●○■□]\s+(?=\S)")
_DIVIDED = re.compile(rf"(\w+)([{_HYPHEN}{_SOFT}-])\n(\w+)")


@dataclass(frozen=True, slots=True)
class _TextLine:
    """One line on a page, in points from the lower left."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    first_word: float
    """The width of its first word."""
    is_item: bool = False
    """Whether it begins an item of a list."""


def read(data: bytes, name: str) -> Extracted:
    """Return the text of a PDF. Raises UsageError where it cannot be opened or contains no text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"{name} cannot be opened as a PDF: it is damaged or needs a password") from error
    try:
        pages = [_lines(page) for page in document]
        known = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"{name} is a damaged PDF: {str(error).rstrip('.')}") from error
    finally:
        document.close()
    paragraphs, undecided = _undivided(_over_pages(list(_paragraphs(page)) for page in pages))
    if not paragraphs:
        raise UsageError(f"{name} contains only pictures of text; run text recognition and add the result")
    stated = {
        field: Stated(value, f"the PDF's {key}")
        for field, key in (("title", "Title"), ("author", "Author"))
        if (value := clean(known.get(key, "")))
    }
    return Extracted(paragraphs, f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}", stated, _remarks(undecided))


def _remarks(undecided: Sequence[str]) -> tuple[str, ...]:
    lines = "Its lines were joined into paragraphs by their places on the page."
    if not undecided:
        return (lines,)
    return (lines, f"It is not known whether these words have a hyphen: {', '.join(undecided)}.")


# -------------------------------------------------------------------------------------------------- lines


def _lines(page: Any) -> list[_TextLine]:
    """Return the lines of a page that contain words, in the order of the file."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    characters = [chr(raw.FPDFText_GetUnicode(text_page, index)) for index in range(text_page.count_chars())]
    found: list[_TextLine] = []
    start = 0
    for index, character in enumerate([*characters, "\n"]):
        if character not in ("\r", "\n", _HYPHEN):
            continue
        end = index + (character == _HYPHEN)
        boxes = {
            at: text_page.get_charbox(at, loose=True)
            for at in range(start, end)
            if not _is_blank(characters[at])
        }
        if boxes:
            found.append(_line(characters, boxes, start, end))
        start = index + 1
    return _marked(found)


def _is_blank(character: str) -> bool:
    """Return whether a line may be broken at a character."""
    return character.isspace() and character not in "\u00a0\u2007\u202f"


def _marked(lines: Sequence[_TextLine]) -> list[_TextLine]:
    """Return the lines, with the marks of lists at the beginning of their items, and without bullets."""
    marks = [line for line in lines if _MARK.fullmatch(line.text.strip())]
    found: list[_TextLine] = []
    for line in lines:
        if line in marks and (_is_bullet(line.text) or any(_is_beside(line, host) for host in lines)):
            continue
        mark = next((mark for mark in marks if mark is not line and _is_beside(mark, line)), None)
        head = f"{mark.text.strip()} " if mark and not _is_bullet(mark.text) else ""
        is_item = bool(mark or _BULLET.match(line.text))
        found.append(dataclasses.replace(line, text=head + _BULLET.sub("", line.text), is_item=is_item))
    return found


def _is_bullet(text: str) -> bool:
    return not re.search(r"\w", text)


def _is_beside(mark: _TextLine, line: _TextLine) -> bool:
    """Return whether a mark is to the left of a line, at the same height."""
    return mark.right <= line.left and abs(mark.bottom - line.bottom) < line.height / 2


def _line(characters: Sequence[str], boxes: dict[int, tuple[float, ...]], start: int, end: int) -> _TextLine:
    text = "".join(characters[start:end]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    first = min(boxes)
    after = next((at for at in range(first, end) if at not in boxes), end)
    word = [boxes[at] for at in range(first, after)]
    return _TextLine(
        text,
        left=min(box[0] for box in boxes.values()),
        right=max(box[2] for box in boxes.values()),
        bottom=statistics.median(box[1] for box in boxes.values()),
        height=statistics.median(box[3] - box[1] for box in boxes.values()),
        first_word=max(box[2] for box in word) - min(box[0] for box in word),
    )


# --------------------------------------------------------------------------------------------- paragraphs


def _paragraphs(lines: Sequence[_TextLine]) -> Iterator[str]:
    """Yield the lines joined into paragraphs, with a line break for each end of a line."""
    steps = [_step(line, after) for line, after in _pairs(lines) if _is_below(line, after)]
    usual = statistics.median_low(steps) if steps else 0.0
    gathered: list[str] = []
    for line, after in [*_pairs(lines), *((line, None) for line in lines[-1:])]:
        gathered.append(line.text)
        if after is None or _ends_paragraph(line, after, usual, _right_of(line, lines)):
            yield "\n".join(gathered)
            gathered = []


def _over_pages(pages: Iterable[list[str]]) -> list[str]:
    """Return the paragraphs of all pages; one that breaks off at the foot of a page continues on the next."""
    found: list[str] = []
    for page in pages:
        if found and page and _runs_on(found[-1], page[0]):
            found[-1] += "\n" + page.pop(0)
        found += page
    return found


def _pairs(lines: Sequence[_TextLine]) -> list[tuple[_TextLine, _TextLine]]:
    return list(itertools.pairwise(lines))


def _step(line: _TextLine, after: _TextLine) -> float:
    """Return the distance from one line down to the next, in heights of the type."""
    return (line.bottom - after.bottom) / (after.height or 1)


def _is_below(line: _TextLine, after: _TextLine) -> bool:
    """Return whether a line is below another, in the same column."""
    return after.bottom < line.bottom and after.left < line.right and line.left < after.right


def _right_of(line: _TextLine, lines: Sequence[_TextLine]) -> float:
    """Return the right edge of the column that a line is in."""
    return max(other.right for other in lines if other.left < line.right and line.left < other.right)


def _ends_paragraph(line: _TextLine, after: _TextLine, usual: float, right: float) -> bool:
    if after.is_item:
        return True
    if not _is_below(line, after):  # a new column, in which a sentence may continue
        return not _runs_on(line.text, after.text)
    is_other_size = not 0.9 < after.height / (line.height or 1) < 1.1
    if is_other_size or _step(line, after) > 1.25 * usual:
        return True
    is_indented = after.left > line.left + 0.6 * line.height and not line.is_item
    had_room = line.right + 0.2 * line.height + after.first_word < right - 1
    return (is_indented or had_room) and not re.search(f"[{_HYPHEN}{_SOFT}]$", line.text)


def _runs_on(text: str, after: str) -> bool:
    """Return whether a text breaks off and another continues it."""
    return not re.search(r"[.!?:;][\"'”’»)]*\s*$", text) and after.lstrip()[:1].islower()


def _undivided(paragraphs: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return paragraphs as single lines with divided words joined, and the words that remain uncertain.

    The rest of the text decides whether a word has a hyphen. Where it does not have the word, the character
    decides: a hyphen of a typesetting program goes, an ordinary one stays.
    """
    words = {word.lower() for text in paragraphs for word in re.findall(r"[\w-]+", _DIVIDED.sub(" ", text))}
    undecided: list[str] = []

    def joined(match: re.Match[str]) -> str:
        before, hyphen, after = match.groups()
        whole, hyphened = before + after, f"{before}-{after}"
        if whole.lower() in words or (hyphen in _SOFT and hyphened.lower() not in words):
            return whole
        if hyphened.lower() not in words:
            undecided.append(hyphened)
        return hyphened

    lines = (_DIVIDED.sub(joined, text) for text in paragraphs)
    cleaned = tuple(clean(text.replace(_HYPHEN, "-")) for text in lines)
    return tuple(filter(None, cleaned)), tuple(dict.fromkeys(undecided))
