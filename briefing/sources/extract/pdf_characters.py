"""The characters of a PDF: words with their places, what nobody can see of them, and lines that are drawn.

One of two modules that import pypdfium2: ``formats/pdf/pictures`` draws with it. Every character of a page is
in a word that is shown or in a text that is left out with the reason.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.model.findings import UsageError
from briefing.sources.extract.divided_words import HYPHEN
from briefing.sources.extract.extracted import Piece, clean
from briefing.sources.extract.pdf_layout import Drawn, Word

_TINY = 2.6
"""Type of less than this height, in points, is not for reading."""
_FAINT = 24
"""The least difference of a colour from its background, of 255, that can be seen."""
_TURNED = math.radians(3)
_CROOKED = math.radians(0.05)


@dataclass(slots=True, eq=False)
class _Glyph:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    angle: float
    why: str = ""
    """Why it is left out; empty where it is shown."""
    is_bold: bool = False
    is_start: bool = False
    """Whether a blank is before it."""

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    left_out: tuple[Piece, ...]
    drawn: Drawn
    has_picture: bool = False
    """Whether a picture covers most of it."""
    is_recognised: bool = False
    """Whether its text is that of text recognition, laid invisibly over a picture."""
    unknown: int = 0
    """The number of its characters of which the file does not say what they are."""
    has_layers: bool = False
    """Whether texts of it are in layers that its readers can switch on and off."""


@dataclass(slots=True)
class _Painted:
    """What is painted on a page, in its order: areas of one colour, pictures, and where texts are."""

    areas: list[tuple[int, tuple[float, float, float, float], tuple[int, int, int] | None]] = field(
        default_factory=list
    )
    pictures: list[tuple[int, tuple[float, float, float, float]]] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)
    clips: dict[int, tuple[float, float, float, float]] = field(default_factory=dict)
    """The areas in which texts are seen, where that is not the whole page."""
    opacity: dict[int, float] = field(default_factory=dict)
    """How far what is around a text lets it be seen, from 0 to 1."""
    has_layers: bool = False


@contextlib.contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """Open a PDF. Raises UsageError where it is damaged or needs a password."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UsageError(
                f"{name} cannot be opened as a PDF: it needs a password; open it with that, print it into "
                "a new PDF and add that"
            ) from error
        raise UsageError(f"{name} cannot be opened as a PDF: it is damaged or needs a password") from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"{name} is a damaged PDF: {str(error).rstrip('.')}") from error
    finally:
        document.close()


def tool() -> str:
    """Return the name and the version of the library that reads PDFs."""
    import pypdfium2

    return f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}"


def page(document: Any, number: int) -> Page:
    """Return what is on a page of an open document, counted from 1."""
    one = document[number - 1]
    try:
        return _read(one, number)
    finally:
        one.close()


def _read(page: Any, number: int) -> Page:
    from pypdfium2 import raw

    left, bottom, right, top = page.get_cropbox()
    painted = _painted(page, raw)
    found, unknown = _glyphs(page, raw, painted, (left, bottom, right, top))
    turn = _usual_turn(found)
    if turn:
        found = [_turned(glyph, turn) for glyph in found]
        if turn % 2:
            left, bottom, right, top = bottom, left, top, right
    _level(found)
    _mark_struck_out(found, painted.rules if not turn else [])
    is_recognised = False
    whys = Counter(glyph.why for glyph in found)
    area = (right - left) * (top - bottom)
    has_picture = any(_area(box) > 0.6 * area for _, box in painted.pictures)
    if has_picture and whys["invisible text"] > 20 and whys["invisible text"] > 4 * whys[""]:
        is_recognised = True
        for glyph in found:
            glyph.why = "" if glyph.why == "invisible text" else glyph.why
    _mark_watermarks(found)
    words = tuple(_words([glyph for glyph in found if not glyph.why]))
    return Page(
        number,
        right - left,
        top - bottom,
        words,
        tuple(_gone(found, number)) + tuple(_notes(page, raw, number)),
        Drawn(tuple(painted.rules) if not turn else ()),
        has_picture,
        is_recognised,
        unknown,
        painted.has_layers,
    )


def _area(box: tuple[float, float, float, float]) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


# ---------------------------------------------------------------------------------------------- characters


def _glyphs(
    page: Any, raw: Any, painted: _Painted, crop: tuple[float, float, float, float]
) -> tuple[list[_Glyph], int]:
    """Return the characters of a page in the order of pdfium, and how many of them are unknown."""
    text_page = page.get_textpage()
    handle = text_page.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    rect = raw.FS_RECTF()
    weight = raw.FPDFText_GetFontWeight
    of_object: dict[int, _Style] = {}
    found: list[_Glyph] = []
    unknown, is_start, high = 0, True, 0
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if raw.FPDFText_IsGenerated(handle, index) == 1 or code in (13, 10):
            is_start = True
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        character = chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
        is_blank = character.isspace() and character not in "\u00a0\u2007\u202f"
        if is_blank or not code:
            is_start = True
            unknown += not code
            continue
        unknown += (
            code == 0xFFFD or 0xE000 <= code < 0xF900 or raw.FPDFText_HasUnicodeMapError(handle, index) == 1
        )
        raw.FPDFText_GetLooseCharBox(handle, index, rect)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        pointer = raw.FPDFText_GetTextObject(handle, index)
        key = ctypes.addressof(pointer.contents) if pointer else 0
        if key not in of_object:
            of_object[key] = _of_object(raw, handle, index, pointer, painted, key)
        style = of_object[key]
        bottom, top = _upright(rect.bottom, rect.top, y.value, style.size)
        glyph = _Glyph(
            character, rect.left, bottom, rect.right, top, x.value, y.value,
            style.angle,
            is_bold=weight(handle, index) >= 600,
            is_start=is_start,
        )  # fmt: skip
        glyph.why = _why(glyph, style, painted, crop)
        is_start = False
        found.append(glyph)
    return _ligatures(found), unknown


@dataclass(frozen=True, slots=True)
class _Style:
    """How a stretch of text is painted."""

    order: int
    """Its place among all that is painted; -1 where it is not known."""
    mode: int
    colour: tuple[int, int, int]
    size: float
    """The size of its type, in points."""
    angle: float = 0.0
    """The turn of its line, clockwise; letters that are only slanted have none."""
    opacity: float = 1.0
    clip: tuple[float, float, float, float] | None = None


def _of_object(raw: Any, handle: Any, index: int, pointer: Any, painted: _Painted, key: int) -> _Style:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, index, *parts)
    mode = raw.FPDFTextObj_GetTextRenderMode(pointer) if pointer else 0
    red, green, blue, alpha = (part.value for part in parts)
    opacity = painted.opacity.get(key, 1.0)
    if pointer and alpha * opacity < 10 and mode != raw.FPDF_TEXTRENDERMODE_STROKE:
        mode = raw.FPDF_TEXTRENDERMODE_INVISIBLE
    matrix = raw.FS_MATRIX()
    is_known = raw.FPDFText_GetMatrix(handle, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) if is_known else 1.0
    size = raw.FPDFText_GetFontSize(handle, index) * scale
    is_filled = bool(pointer) and mode != raw.FPDF_TEXTRENDERMODE_STROKE
    opacity *= alpha / 255 if is_filled else 1.0
    order = painted.order.get(key, -1)
    angle = -math.atan2(matrix.b, matrix.a) % (2 * math.pi) if is_known else 0.0
    return _Style(order, mode, (red, green, blue), size, angle, opacity, painted.clips.get(key))


def _upright(bottom: float, top: float, base: float, size: float) -> tuple[float, float]:
    """Return the lower and the upper edge of a character; some fonts give only those of its drawing."""
    return (base - 0.22 * size, base + 0.78 * size) if top - bottom < 0.6 * size else (bottom, top)


def _why(glyph: _Glyph, style: _Style, painted: _Painted, crop: tuple[float, float, float, float]) -> str:
    """Return why nobody sees a character; empty where it is shown."""
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    if not (crop[0] - 1 <= x <= crop[2] + 1 and crop[1] - 1 <= y <= crop[3] + 1):
        return "text off the page"
    if style.mode in (3, 7):
        return "invisible text"
    if style.clip is not None and not _is_inside(x, y, style.clip):
        return "text outside the area in which it is drawn"
    if 0 < style.size < _TINY:
        return "tiny text"
    is_covered, background = _under(x, y, style.order, painted)
    if is_covered:
        return "covered text"
    if background is not None and _is_near(_mixed(style, background), background):
        return "text in the colour of its background"
    return ""


def _is_inside(x: float, y: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _mixed(style: _Style, background: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the colour that is seen where a text lets its background through."""
    share = style.opacity
    if share == 1:
        return style.colour
    red, green, blue = (
        round(share * one + (1 - share) * two) for one, two in zip(style.colour, background, strict=True)
    )
    return (red, green, blue)


def _is_near(colour: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(one - two) for one, two in zip(colour, other, strict=True)) < _FAINT


def _under(x: float, y: float, order: int, painted: _Painted) -> tuple[bool, tuple[int, int, int] | None]:
    """Return whether something is painted over a place later, and the colour below it, None for many."""
    background: tuple[int, int, int] | None = (255, 255, 255)
    for at, box, fill in painted.areas:
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            if at > order >= 0:
                if fill is not None:
                    return True, None
            else:
                background = fill
    for at, box in painted.pictures:
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            if at > order >= 0:
                return True, None
            background = None
    return False, background


def _ligatures(found: list[_Glyph]) -> list[_Glyph]:
    """Return characters with those of a drawing from right to left in the order in which they are read."""
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and (found[end].x, found[end].left) == (found[at].x, found[at].left):
            end += 1
        if end - at > 1 and all(
            unicodedata.bidirectional(item.text) in ("R", "AL", "NSM") for item in found[at:end]
        ):
            texts = [item.text for item in found[at:end]][::-1]
            for item, text in zip(found[at:end], texts, strict=True):
                item.text = text
        at = end
    return found


def _usual_turn(found: Sequence[_Glyph]) -> int:
    """Return by how many quarters the text of a page is turned: 0, unless most of it is."""
    quarters = Counter(round(glyph.angle / (math.pi / 2)) % 4 for glyph in found)
    usual = quarters.most_common(1)[0] if quarters else (0, 0)
    return usual[0] if usual[0] and usual[1] > 0.8 * len(found) else 0


def _turned(glyph: _Glyph, turn: int) -> _Glyph:
    """Return a character with the page turned so that the text is level."""
    corners = [(glyph.left, glyph.bottom), (glyph.right, glyph.top)]
    for _ in range(turn):  # pdfium counts clockwise
        corners = [(-y, x) for x, y in corners]
        glyph.x, glyph.y = -glyph.y, glyph.x
    (one, two), (three, four) = corners
    glyph.left, glyph.right = min(one, three), max(one, three)
    glyph.bottom, glyph.top = min(two, four), max(two, four)
    glyph.angle = (glyph.angle - turn * math.pi / 2) % (2 * math.pi)
    return glyph


def _level(found: Sequence[_Glyph]) -> None:
    """Make lines level that are turned a little, as on pages that were laid crookedly into a scanner."""
    for glyph in found:
        angle = (glyph.angle + math.pi) % (2 * math.pi) - math.pi
        if _CROOKED < abs(angle) <= _TURNED:
            shift = math.tan(angle) * glyph.x
            glyph.y, glyph.bottom, glyph.top = glyph.y + shift, glyph.bottom + shift, glyph.top + shift


def _mark_struck_out(found: Sequence[_Glyph], rules: Sequence[tuple[float, float, float]]) -> None:
    """Mark characters through the middle of which a line goes that is about as long as they are together."""
    for left, right, height in rules[:2_000]:
        struck = [
            glyph
            for glyph in found
            if left - 1 <= (glyph.left + glyph.right) / 2 <= right + 1
            and 0.12 * glyph.height < height - glyph.y < 0.4 * glyph.height
        ]
        if not struck:
            continue
        size = statistics.median(glyph.height for glyph in struck)
        begin, end = min(glyph.left for glyph in struck), max(glyph.right for glyph in struck)
        if begin - left < size and right - end < size:
            for glyph in struck:
                glyph.why = glyph.why or "struck-out text"


def _mark_watermarks(found: Sequence[_Glyph]) -> None:
    """Mark turned characters."""
    for glyph in found:
        if not glyph.why and min(glyph.angle, 2 * math.pi - glyph.angle) > _TURNED:
            glyph.why = "turned text"


def _gone(found: Sequence[_Glyph], number: int) -> Iterator[Piece]:
    """Yield the texts of a page that are left out, each with the reason."""
    text, why, before = "", "", None
    for glyph in [*found, None]:
        is_next = glyph is not None and glyph.why == why
        is_far = (
            before is not None
            and glyph is not None
            and (abs(glyph.y - before.y) + abs(glyph.x - before.x) > 12 * max(before.height, 1))
        )
        if text and why and (not is_next or is_far):
            yield Piece(clean(text), why, f"page {number}")
            text = ""
        if glyph is None or not glyph.why:
            text, why, before = "", "", None
            continue
        if not is_next:
            text = ""
        text += (" " if glyph.is_start and text else "") + glyph.text.replace(HYPHEN, "-")
        why, before = glyph.why, glyph


# --------------------------------------------------------------------------------------------------- words


def _words(found: Sequence[_Glyph]) -> Iterator[Word]:
    """Yield the words of characters that are shown."""
    run: list[_Glyph] = []
    last: list[_Glyph] = []
    """The last characters that are set apart, for figures behind them."""
    for glyph in [*found, None]:
        if run and (glyph is None or not _goes_on(run[-1], glyph)):
            yield from _of_run(run, last)
            if any(item.text.isalpha() for item in run):
                last = run
            run = []
        if glyph is not None:
            run.append(glyph)


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    """Return whether a character is on the line of the one before, and not far from it."""
    height = max(before.height, glyph.height, 0.1)
    is_level = abs(before.y - glyph.y) < 0.05 * height and abs(before.height - glyph.height) < 0.12 * height
    gap = max(glyph.left - before.right, before.left - glyph.right)
    return is_level and gap < 1.2 * height


def _of_run(run: Sequence[_Glyph], last: Sequence[_Glyph]) -> Iterator[Word]:
    gaps = _gaps(run)
    height = statistics.median(glyph.height for glyph in run)
    starts = _starts(run, gaps)
    spread = _spread(run, gaps, starts)
    if not spread and last and all(glyph.text.isdigit() for glyph in run) and abs(last[0].y - run[0].y) < 1:
        before = _gaps(last)
        usual = _spread(last, before, _starts(last, before))
        # Figures alone may be cells; behind letters that are set apart as they are, they are a figure.
        spread = usual if gaps and max(gaps) < usual and min(gaps) > usual - 0.3 * height else 0.0
    if spread:
        starts = [True, *(gap > spread for gap in gaps)]
    word: list[_Glyph] = []
    for glyph, is_start in zip(run, starts, strict=True):
        if is_start and word:
            yield _word(word)
            word = []
        word.append(glyph)
    yield _word(word)


def _gaps(run: Sequence[_Glyph]) -> list[float]:
    return [
        max(after.left - before.right, before.left - after.right) for before, after in itertools.pairwise(run)
    ]


def _starts(run: Sequence[_Glyph], gaps: Sequence[float]) -> list[bool]:
    height = statistics.median(glyph.height for glyph in run)
    found = [True, *(glyph.is_start or gap > 0.3 * height for glyph, gap in zip(run[1:], gaps, strict=True))]
    for at, gap in enumerate(gaps):
        beside = [*gaps[max(0, at - 1) : at], *gaps[at + 1 : at + 2]]
        # Figures of two cells, nearer to one another than words are, and not as near as those of one.
        if gap > 0.1 * height and run[at].text.isdigit() and run[at + 1].text.isdigit():
            found[at + 1] |= bool(beside) and gap - max(beside) > 0.08 * height
    return found


def _spread(run: Sequence[_Glyph], gaps: Sequence[float], starts: Sequence[bool]) -> float:
    """Return the least gap between words where letters are set apart; 0 where they are not."""
    letters = sum(glyph.text.isalpha() for glyph in run)
    signs = sum(glyph.text.isalnum() for glyph in run)
    if len(run) < 4 or sum(starts) < 0.6 * len(run) or letters < 0.55 * len(run) or signs < 0.8 * len(run):
        return 0.0
    usual = statistics.median_low(gaps)
    return usual + 0.15 * statistics.median(glyph.height for glyph in run)


def _word(found: Sequence[_Glyph]) -> Word:
    text = "".join(glyph.text for glyph in found)
    if not any(item.isalpha() for item in text) and any(item.isdigit() for item in text):
        text = "".join(glyph.text for glyph in sorted(found, key=lambda glyph: glyph.left))
    is_rtl = any(unicodedata.bidirectional(item) in ("R", "AL") for item in text)
    return Word(
        text,
        min(glyph.left for glyph in found),
        max(glyph.right for glyph in found),
        statistics.median(glyph.y for glyph in found),
        max(0.1, statistics.median(glyph.height for glyph in found)),
        2 * sum(glyph.is_bold for glyph in found) > len(found),
        is_rtl,
    )


# -------------------------------------------------------------------------------------------- what is drawn


def _painted(page: Any, raw: Any) -> _Painted:
    """Return what a page paints, down to three levels of forms."""
    found = _Painted()
    areas = 0
    opacity: dict[int, float] = {-1: 1.0}
    """Of the forms that are open, by their depth."""
    for order, item in enumerate(page.get_objects(max_depth=4)):
        if order > 60_000:
            break
        around = opacity.get(item.level - 1, 1.0)
        if item.type == raw.FPDF_PAGEOBJ_FORM:
            opacity[item.level] = around * _alpha(item, raw) / 255
        elif item.type == raw.FPDF_PAGEOBJ_TEXT:
            key = ctypes.addressof(item.raw.contents)
            found.order[key] = order
            found.has_layers = found.has_layers or _is_in_layer(item, raw)
            if around < 1:
                found.opacity[key] = around
            if not item.level and (clip := _clip(item, raw)):
                found.clips[key] = clip
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append((order, _bounds(item)))
        elif item.type == raw.FPDF_PAGEOBJ_PATH and areas < 20_000:
            areas += 1
            _add_path(item, order, found, raw)
        elif item.type == raw.FPDF_PAGEOBJ_SHADING:
            found.areas.append((order, _bounds(item), None))
    found.areas = _large(found.areas)
    return found


def _is_in_layer(item: Any, raw: Any) -> bool:
    name, size = ctypes.create_string_buffer(8), ctypes.c_ulong()
    for number in range(min(raw.FPDFPageObj_CountMarks(item.raw), 8)):
        mark = raw.FPDFPageObj_GetMark(item.raw, number)
        said = ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR))
        if raw.FPDFPageObjMark_GetName(mark, said, 8, size) and name.raw[: size.value] == _LAYER:
            return True
    return False


_LAYER = "OC\0".encode("utf-16-le")
"""The name of the mark of what is in a layer."""


def _alpha(item: Any, raw: Any) -> int:
    parts = [ctypes.c_uint() for _ in range(4)]
    return parts[3].value if raw.FPDFPageObj_GetFillColor(item.raw, *parts) else 255


def _clip(item: Any, raw: Any) -> tuple[float, float, float, float] | None:
    """Return the area in which an object is seen, None for the whole page."""
    path = raw.FPDFPageObj_GetClipPath(item.raw)
    found: tuple[float, float, float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFClipPath_CountPaths(path), 20) if path else 0):
        places = []
        for at in range(min(raw.FPDFClipPath_CountPathSegments(path, number), 100)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, number, at), x, y)
            places.append((x.value, y.value))
        if len(places) < 3:
            continue
        left, right = min(place[0] for place in places), max(place[0] for place in places)
        bottom, top = min(place[1] for place in places), max(place[1] for place in places)
        before = found or (left, bottom, right, top)
        found = (max(before[0], left), max(before[1], bottom), min(before[2], right), min(before[3], top))
    return found


def _bounds(item: Any) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
    except Exception:  # pdfium cannot say where an empty object is
        return (0.0, 0.0, 0.0, 0.0)
    return (left, bottom, right, top)


def _add_path(item: Any, order: int, found: _Painted, raw: Any) -> None:
    box = _bounds(item)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    width, height = box[2] - box[0], box[3] - box[1]
    if height <= 2.5 and width > 15 and (fill.value or stroke.value):
        found.rules.append((box[0], box[2], (box[1] + box[3]) / 2))
    elif (
        stroke.value
        and not fill.value
        and width > 15
        and height > 8
        and raw.FPDFPath_CountSegments(item.raw) <= 6
    ):
        found.rules += [(box[0], box[2], box[1]), (box[0], box[2], box[3])]
    if not fill.value or height < 4 or width < 4:
        return
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item.raw, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    is_plain = raw.FPDFPath_CountSegments(item.raw) <= 6
    if alpha > 200:
        found.areas.append((order, box, (red, green, blue) if is_plain else None))


def _large(areas: list[Any]) -> list[Any]:
    """Return the areas that text may be on; thousands of small ones are a drawing."""
    return areas if len(areas) < 400 else sorted(sorted(areas, key=lambda item: -_area(item[1]))[:400])


def _notes(page: Any, raw: Any, number: int) -> Iterator[Piece]:
    """Yield the comments and the form fields of a page, which are no part of its text."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 500)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            subtype = raw.FPDFAnnot_GetSubtype(note)
            kind = "form field" if subtype == raw.FPDF_ANNOT_WIDGET else "comment"
            key = b"V" if subtype == raw.FPDF_ANNOT_WIDGET else b"Contents"
            if subtype not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP) and (
                text := _string(raw, note, key)
            ):
                yield Piece(text, kind, f"page {number}")
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _string(raw: Any, note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < 100_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return clean(re.sub(r"[\r\n]+", " ", buffer.raw[: size - 2].decode("utf-16-le", "replace")))
