"""A PDF: its lines joined to paragraphs, and its title and author.

One of two doors to pypdfium2: ``social_cards`` draws with it.

A PDF knows no paragraphs, only places of signs on pages. A line ends a paragraph where the first word of the
next would have had room in it; a larger step down, a first line that is set in, and another size of type
begin one. A word divided at the end of a line is put together as the rest of the text writes it.
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
"""How pdfium gives a hyphen at the end of a line."""
_SOFT = "\u00ad\u2010"
"""What typesetting programs put where they divide a word themselves."""
_MARK = re.compile(r"[^\w\s]{1,2}|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
"""What may stand before an item of a list, in a piece of its own."""
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
    """How wide its first word is."""
    is_item: bool = False
    """Whether it begins an item of a list."""


def read(data: bytes, name: str) -> Extracted:
    """The text of a PDF. Raises UsageError where it cannot be opened or holds no text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"{name} cannot be opened as a PDF: it is damaged or needs a password") from error
    try:
        pages = [_lines(page) for page in document]
        known = document.get_metadata_dict()
    finally:
        document.close()
    paragraphs, undecided = _undivided(_over_pages(list(_paragraphs(page)) for page in pages))
    if not paragraphs:
        raise UsageError(f"{name} holds no text, only pictures of it; have its text recognised and add that")
    stated = {
        field: Stated(value, f"the PDF's {key}")
        for field, key in (("title", "Title"), ("author", "Author"))
        if (value := clean(known.get(key, "")))
    }
    return Extracted(paragraphs, f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}", stated, _remarks(undecided))


def _remarks(undecided: Sequence[str]) -> tuple[str, ...]:
    lines = "Its lines were joined to paragraphs by their places on the page."
    if not undecided:
        return (lines,)
    return (lines, f"Whether a hyphen belongs to these words is not known: {', '.join(undecided)}.")


# -------------------------------------------------------------------------------------------------- lines


def _lines(page: Any) -> list[_TextLine]:
    """The lines of a page that hold words, in the order of the file."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    signs = [chr(raw.FPDFText_GetUnicode(text_page, index)) for index in range(text_page.count_chars())]
    found: list[_TextLine] = []
    start = 0
    for index, sign in enumerate([*signs, "\n"]):
        if sign not in ("\r", "\n", _HYPHEN):
            continue
        end = index + (sign == _HYPHEN)
        boxes = {
            at: text_page.get_charbox(at, loose=True) for at in range(start, end) if not _is_blank(signs[at])
        }
        if boxes:
            found.append(_line(signs, boxes, start, end))
        start = index + 1
    return _marked(found)


def _is_blank(sign: str) -> bool:
    """Whether a line may be broken at a sign."""
    return sign.isspace() and sign not in "\u00a0\u2007\u202f"


def _marked(lines: Sequence[_TextLine]) -> list[_TextLine]:
    """The lines, with the marks of lists at the head of their items; a bullet is no word and goes."""
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
    """Whether a mark stands left of a line, on the same height."""
    return mark.right <= line.left and abs(mark.bottom - line.bottom) < line.height / 2


def _line(signs: Sequence[str], boxes: dict[int, tuple[float, ...]], start: int, end: int) -> _TextLine:
    text = "".join(signs[start:end]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
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
    """Lines put together to paragraphs; within one, a line break stands for each end of a line."""
    steps = [_step(line, after) for line, after in _pairs(lines) if _is_below(line, after)]
    usual = statistics.median_low(steps) if steps else 0.0
    gathered: list[str] = []
    for line, after in [*_pairs(lines), *((line, None) for line in lines[-1:])]:
        gathered.append(line.text)
        if after is None or _ends_paragraph(line, after, usual, _right_of(line, lines)):
            yield "\n".join(gathered)
            gathered = []


def _over_pages(pages: Iterable[list[str]]) -> list[str]:
    """The paragraphs of all pages; one that breaks off at the foot of a page goes on with the next."""
    found: list[str] = []
    for page in pages:
        if found and page and _runs_on(found[-1], page[0]):
            found[-1] += "\n" + page.pop(0)
        found += page
    return found


def _pairs(lines: Sequence[_TextLine]) -> list[tuple[_TextLine, _TextLine]]:
    return list(itertools.pairwise(lines))


def _step(line: _TextLine, after: _TextLine) -> float:
    """From one line down to the next, in heights of the type."""
    return (line.bottom - after.bottom) / (after.height or 1)


def _is_below(line: _TextLine, after: _TextLine) -> bool:
    """Whether a line stands below another, and not in another column."""
    return after.bottom < line.bottom and after.left < line.right and line.left < after.right


def _right_of(line: _TextLine, lines: Sequence[_TextLine]) -> float:
    """The right edge of the column that a line stands in."""
    return max(other.right for other in lines if other.left < line.right and line.left < other.right)


def _ends_paragraph(line: _TextLine, after: _TextLine, usual: float, right: float) -> bool:
    if after.is_item:
        return True
    if not _is_below(line, after):  # a new column: a sentence may run on there
        return not _runs_on(line.text, after.text)
    is_other_size = not 0.9 < after.height / (line.height or 1) < 1.1
    if is_other_size or _step(line, after) > 1.25 * usual:
        return True
    is_set_in = after.left > line.left + 0.6 * line.height and not line.is_item
    had_room = line.right + 0.2 * line.height + after.first_word < right - 1
    return (is_set_in or had_room) and not re.search(f"[{_HYPHEN}{_SOFT}]$", line.text)


def _runs_on(text: str, after: str) -> bool:
    """Whether a text breaks off and another goes on."""
    return not re.search(r"[.!?:;][\"'”’»)]*\s*$", text) and after.lstrip()[:1].islower()


def _undivided(paragraphs: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Paragraphs as single lines, divided words made whole; and the words of which that is not certain.

    The rest of the text decides whether a hyphen belongs to a word. Where it says nothing, the sign decides:
    a typesetter's own hyphen goes, an ordinary one stays.
    """
    words = {word.lower() for text in paragraphs for word in re.findall(r"[\w-]+", _DIVIDED.sub(" ", text))}
    undecided: list[str] = []

    def joined(match: re.Match[str]) -> str:
        before, sign, after = match.groups()
        whole, hyphened = before + after, f"{before}-{after}"
        if whole.lower() in words or (sign in _SOFT and hyphened.lower() not in words):
            return whole
        if hyphened.lower() not in words:
            undecided.append(hyphened)
        return hyphened

    lines = (_DIVIDED.sub(joined, text) for text in paragraphs)
    cleaned = tuple(clean(text.replace(_HYPHEN, "-")) for text in lines)
    return tuple(filter(None, cleaned)), tuple(dict.fromkeys(undecided))
