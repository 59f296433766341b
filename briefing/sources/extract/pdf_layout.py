"""The words of a PDF's page in reading order: rows, columns, side boxes, tables and lines.

A PDF has no paragraphs, only places of characters on pages. White space says how they belong together: an
upright strip that no row crosses for several rows is a gutter, and what is beside it is a column of text, a
box at the side, or a table. Places are in points from the lower left.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARK = re.compile(r"[^\w\s]{1,2}|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
"""The mark of an item of a list, which may be a separate piece of text."""
_GUTTER = 0.75
"""The least width of a gutter, in heights of the type."""
_SMALL = 0.95
"""Raised and lowered figures are smaller than this share of the type around them."""
_FEWEST = 2
"""The least number of rows that have words on both sides of a gutter."""


@dataclass(frozen=True, slots=True)
class Word:
    """Some characters without a blank between them."""

    text: str
    left: float
    right: float
    base: float
    """The line that it is on."""
    height: float
    """The height of its type, from the lowest to the highest possible mark."""
    is_bold: bool = False
    is_rtl: bool = False
    """Whether it is written from right to left."""

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.base - 0.22 * self.height

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.base + 0.78 * self.height


@dataclass(slots=True, eq=False)
class Row:
    """Words on one line across the page, from left to right."""

    words: list[Word]
    base: float
    height: float

    @property
    def left(self) -> float:
        """Its left edge."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(word.right for word in self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a flow."""

    text: str
    left: float
    right: float
    base: float
    height: float
    first_word: float
    """The width of its first word."""
    is_item: bool = False
    """Whether it begins an item of a list."""
    is_bold: bool = False
    is_rtl: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines that are read one after the other, or the rows of a table."""

    lines: tuple[Line, ...]
    kind: str = "text"
    """text, columns, aside or table."""

    @property
    def is_table(self) -> bool:
        """Whether each of its lines is a row of a table."""
        return self.kind == "table"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page draws beside its text: where thin lines run across."""

    rules: tuple[tuple[float, float, float], ...] = ()
    """Left, right and height of each level line."""


def flows(words: Sequence[Word], drawn: Drawn) -> list[Flow]:
    """Return the flows of a page in reading order."""
    return _flows(rows(words), drawn, 0)


# --------------------------------------------------------------------------------------------------- rows


def rows(words: Iterable[Word]) -> list[Row]:
    """Return the rows of some words from top to bottom, raised and lowered ones in the rows they are in."""
    found: list[Row] = []
    ordered = sorted(words, key=lambda word: (-word.height, -word.base))
    for word in ordered:
        is_small = bool(found) and word.height < _SMALL * found[0].height
        row = next((row for row in found if _is_raised(word, row)), None) if is_small else None
        row = row or next((row for row in found if _is_level(word, row)), None)
        if row is None:
            found.append(Row([word], word.base, word.height))
        else:
            row.words.append(word)
    found = _put_raised_into_rows(found)
    for row in found:
        row.words.sort(key=lambda word: word.left)
        row.height = statistics.median(word.height for word in row.words)
        row.base = statistics.median(word.base for word in row.words if word.height >= _SMALL * row.height)
    return sorted(found, key=lambda row: (-row.base, row.left))


def _is_level(word: Word, row: Row) -> bool:
    return abs(word.base - row.base) <= 0.18 * min(word.height, row.height)


def _is_raised(word: Word, row: Row) -> bool:
    """Return whether a small word is raised or lowered in a row: beside a larger word, at once."""
    if (
        word.height >= _SMALL * row.height
        or not row.base - 0.45 * row.height < word.base < row.base + 0.6 * row.height
    ):
        return False
    return any(
        other.height * _SMALL > word.height
        and -0.2 * word.height < max(word.left - other.right, other.left - word.right) < 0.3 * other.height
        for other in row.words
    )


def _put_raised_into_rows(found: list[Row]) -> list[Row]:
    """Put rows that are only raised and lowered figures of other rows into these."""
    kept: list[Row] = []
    for row in found:
        homes: list[Row | None] = [None]
        if all(_FIGURE.fullmatch(word.text) for word in row.words):
            homes = [
                next((other for other in found if other is not row and _is_beside(word, other)), None)
                for word in row.words
            ]
        if not all(homes):
            kept.append(row)
            continue
        for word, home in zip(row.words, homes, strict=True):
            if home is not None:
                home.words.append(word)
    return kept


_FIGURE = re.compile(r"[\[(]?[\d,–*†-]{1,6}[\])]?")


def _is_beside(word: Word, row: Row) -> bool:
    """Return whether a word is a little higher or lower than a row, and follows a word of it at once."""
    shift = (word.base - row.base) / row.height
    return 0.1 < abs(shift) < 0.6 and any(
        not _FIGURE.fullmatch(other.text if len(other.text) < 2 else "")
        and -0.1 * word.height < word.left - other.right < 0.12 * other.height
        and other.height >= word.height * _SMALL
        and abs(other.base - row.base) < 0.1 * row.height
        for other in row.words
    )


def initials(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return the large initials that several lines are beside, each with the first word behind it."""
    if len(words) < 12:
        return []
    usual = statistics.median(word.height for word in words)
    found: list[tuple[Word, Word]] = []
    for word in words:
        if word.height < 1.7 * usual or not _INITIAL.fullmatch(word.text):
            continue
        beside = [
            other
            for other in words
            if other.height < 1.3 * usual
            and -1 < other.left - word.right < 1.5 * usual
            and word.base - 0.5 * usual < other.base < word.top
        ]
        bases = {round(other.base / 3) for other in beside}
        if len(bases) >= 2:
            found.append((word, max(beside, key=lambda other: (round(other.base / 3), -other.left))))
    return found


_INITIAL = re.compile(r"[«“„\"'‘]?[^\W\d_][’']?")


def line_numbers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the numbers that count the lines of a text at its side, from top to bottom; none elsewhere."""
    every = [word for word in words if word.text.isdecimal() and len(word.text) < 4]
    for edge in ("left", "right"):
        by_place: dict[int, list[Word]] = {}
        for word in every:
            for near in (0, 1):
                by_place.setdefault(round(getattr(word, edge) / 4) + near, []).append(word)
        for column in sorted(by_place.values(), key=len, reverse=True)[:4]:
            ordered = tuple(sorted(column, key=lambda word: -word.base))
            steps = {int(after.text) - int(before.text) for before, after in itertools.pairwise(ordered)}
            if len(ordered) >= 5 and len(steps) == 1 and min(steps) > 0 and _are_beside_text(ordered, words):
                return ordered
    return ()


def _are_beside_text(numbers: Sequence[Word], words: Sequence[Word]) -> bool:
    """Return whether numbers are at the side of a text of one column."""
    chosen = set(map(id, numbers))
    others = [word for word in words if id(word) not in chosen]
    if not others:
        return False
    top, bottom = numbers[0].base + numbers[0].height, numbers[-1].base - numbers[0].height
    beside = [word for word in others if bottom < word.base < top]
    is_left = max(word.right for word in numbers) < min((word.left for word in beside), default=0)
    is_right = min(word.left for word in numbers) > max((word.right for word in beside), default=1e9)
    column = rows(beside)
    return (is_left or is_right) and _is_text(column) and _band(column) is None


def without_notes(words: Sequence[Word], drawn: Drawn) -> tuple[list[Word], list[Word]]:
    """Return the words of a page's text, and those of the notes at its foot.

    Notes are the last rows: smaller than the text or below a short line, and the first begins with a mark.
    """
    if len(words) < 12:
        return list(words), []
    usual = statistics.median(word.height for word in words)
    every = rows(words)
    at = len(every)
    while at and every[at - 1].height < 0.93 * usual:
        at -= 1
    width = max(word.right for word in words) - min(word.left for word in words)
    below = [
        sum(row.base > rule[2] for row in every)
        for rule in drawn.rules
        if rule[1] - rule[0] < 0.7 * width and rule[0] < every[-1].left + usual
    ]
    for first in (at, *sorted(below, reverse=True)):
        if 0 < first < len(every) and first >= 0.3 * len(every) and _begins_note(every[first]):
            ids = {id(word) for row in every[first:] for word in row.words}
            notes = [word for row in every[first:] for word in row.words]
            return [word for word in words if id(word) not in ids], notes
    return list(words), []


_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])]?[.:]?")


def _begins_note(row: Row) -> bool:
    return len(row.words) > 1 and _NOTE.fullmatch(row.words[0].text) is not None


# ---------------------------------------------------------------------------------------------- columns


@dataclass(frozen=True, slots=True)
class _Band:
    """Successive rows that share gutters."""

    first: int
    end: int
    gutters: tuple[tuple[float, float], ...]


def _flows(found: list[Row], drawn: Drawn, depth: int) -> list[Flow]:
    if not found:
        return []
    band = _band(found) if len(found) >= _FEWEST and depth < 6 else None
    if band is None:
        return [Flow(tuple(lines(found)))]
    above, inside, below = found[: band.first], found[band.first : band.end], found[band.end :]
    if part := _table_within(inside, band):
        first, end = part
        return [
            *_flows([*above, *inside[:first]], drawn, depth + 1),
            *_flows(inside[first:end], drawn, depth + 1),
            *_flows([*inside[end:], *below], drawn, depth + 1),
        ]
    return [
        *_flows(above, drawn, depth + 1),
        *_divided(inside, band, drawn, above, below, depth),
        *_flows(below, drawn, depth + 1),
    ]


def _divided(
    inside: list[Row], band: _Band, drawn: Drawn, above: list[Row], below: list[Row], depth: int
) -> list[Flow]:
    """Return the flows of a band: columns, text with a box at its side, or a table."""
    columns = _columns(inside, band.gutters)
    box = _box(columns, band, below)
    if box is None and _is_table(inside, columns, band, drawn):
        return _table(inside, band, drawn)
    widths = [max(row.right for row in column) - min(row.left for row in column) for column in columns]
    side = _aside(columns, widths, above, below) if box is None and len(columns) == 2 else box
    if side is not None:
        main = columns[1 - side]
        return [
            *_flows(main, drawn, depth + 1),
            *(
                dataclasses.replace(flow, kind="aside") if flow.kind == "text" else flow
                for flow in _flows(columns[side], drawn, depth + 1)
            ),
        ]
    is_rtl = sum(word.is_rtl for row in inside for word in row.words) * 2 > sum(
        len(row.words) for row in inside
    )
    ordered = columns[::-1] if is_rtl else columns
    return [
        dataclasses.replace(flow, kind="columns") if flow.kind == "text" else flow
        for column in ordered
        for flow in _flows(column, drawn, depth + 1)
    ]


def _table_within(inside: Sequence[Row], band: _Band) -> tuple[int, int] | None:
    """Return the rows of a band that have more gutters than the columns above or below, as a table has."""
    most = len(band.gutters)
    is_cells = [len(_gaps(row)) > most for row in inside]
    for is_table, group in itertools.groupby(range(len(inside)), key=lambda at: is_cells[at]):
        places = list(group)
        first, end = places[0], places[-1] + 1
        if not is_table or len(places) < _FEWEST or end - first == len(inside):
            continue
        others = inside[:first] if first >= len(inside) - end else inside[end:]
        columns = _columns(others, band.gutters)
        if len(_gutters(inside[first:end])) > most and len(columns) > 1 and all(map(_is_text, columns)):
            return first, end
    return None


def _columns(inside: Sequence[Row], gutters: Sequence[tuple[float, float]]) -> list[list[Row]]:
    edges = [(left + right) / 2 for left, right in gutters]
    found: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for row in inside:
        for word in row.words:
            found[sum((word.left + word.right) / 2 > edge for edge in edges)].append(word)
    return [rows(words) for words in found if words]


def _band(found: list[Row]) -> _Band | None:
    """Return the rows with the best gutter, and all gutters that they share; None where there is none."""
    best: tuple[float, int, int, float] | None = None
    for edge in _candidates(found):
        for first, end in _runs(found, edge):
            both = _beside(found[first:end], edge)
            if both < _FEWEST or (both <= 3 and _is_within_text(found, first, end, edge)):
                continue
            score = both + 0.01 * (end - first)
            if best is None or score > best[0]:
                best = (score, first, end, edge)
    if best is None:
        return None
    _, first, end, edge = best
    first, end = _trimmed(found, first, end, edge)
    inside = found[first:end]
    if len(inside) < _FEWEST:
        return None
    gutters = _gutters(inside)
    return _Band(first, end, gutters) if gutters else None


def _candidates(found: Sequence[Row]) -> list[float]:
    edges: set[int] = set()
    for row in found:
        for before, after in _gaps(row):
            edges.add(round((before + after) / 2))
    # What is between two rows that share no line, as with a box at the side.
    rights = sorted({round(row.right) for row in found})
    lefts = sorted({round(row.left) for row in found})
    for right in rights:
        edges.update(itertools.islice(((right + left) // 2 for left in lefts if left > right + 3), 1))
    return sorted(map(float, edges))[:400]


def _gaps(row: Row) -> list[tuple[float, float]]:
    """Return the wide gaps between the words of a row."""
    found: list[tuple[float, float]] = []
    reach, is_mark = row.words[0].right, True
    is_first = True
    for before, word in itertools.pairwise(row.words):
        reach = max(reach, before.right)
        is_mark = is_first and bool(MARK.fullmatch(before.text))
        is_first = False
        if word.left - reach >= _GUTTER * row.height and not is_mark:
            found.append((reach, word.left))
    return found


def _is_crossed(row: Row, edge: float) -> bool:
    """Return whether words of a row are on an edge, or too near together beside it."""
    left = [word.right for word in row.words if word.left < edge]
    right = [word.left for word in row.words if word.left >= edge]
    if left and max(left) > edge - 0.5:
        return True
    if not left or not right:
        return False
    words = [word for word in row.words if word.left < edge]
    if len(words) == 1 and MARK.fullmatch(words[0].text):
        return True
    return min(right) - max(left) < _GUTTER * row.height


def _runs(found: Sequence[Row], edge: float) -> list[tuple[int, int]]:
    """Return the stretches of rows that an edge goes through, as first and end."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for at, row in enumerate(found):
        if _is_crossed(row, edge):
            if first is not None:
                runs.append((first, at))
            first = None
        elif first is None:
            first = at
    if first is not None:
        runs.append((first, len(found)))
    return runs


def _beside(inside: Sequence[Row], edge: float) -> int:
    """Return how many rows have words on both sides, or rows of one side that others are beside."""
    left = sum(row.left < edge for row in inside)
    right = sum(row.right > edge for row in inside)
    both = sum(row.left < edge < row.right for row in inside)
    if both >= _FEWEST:
        return both
    # No common rows: the sides must overlap in height.
    lower = [row.base for row in inside if row.left < edge]
    upper = [row.base for row in inside if row.right > edge]
    if not lower or not upper:
        return 0
    bottom, top = max(min(lower), min(upper)), min(max(lower), max(upper))
    within = [row for row in inside if bottom - 1 <= row.base <= top + 1]
    return min(left, right, sum(row.left < edge for row in within), sum(row.right > edge for row in within))


def _is_within_text(found: Sequence[Row], first: int, end: int, edge: float) -> bool:
    """Return whether the gaps of a few rows are those of lines that were spread out in a paragraph."""
    inside = found[first:end]
    if 2 * sum(_is_spread(row, edge) for row in inside) <= len(inside):
        return False
    goes_on = (first and _follows(found[first - 1], found[first])) or (
        end < len(found) and _follows(found[end - 1], found[end])
    )
    return bool(goes_on) or not _has_edges(inside, edge)


def _is_spread(row: Row, edge: float) -> bool:
    """Return whether the gap at an edge is like the others of its row, as in a line that was spread out."""
    words = row.words
    gaps = [after.left - before.right for before, after in itertools.pairwise(words)]
    at = next((at for at, word in enumerate(words[1:]) if word.left > edge), None)
    if at is None or not row.left < edge < row.right:
        return False
    others = gaps[:at] + gaps[at + 1 :]
    return not others or gaps[at] < 1.6 * statistics.median(others)


def _has_edges(inside: Sequence[Row], edge: float) -> bool:
    """Return whether the words on each side of an edge begin or end at one place, as cells do."""
    rows_beside = [row for row in inside if row.left < edge < row.right]
    before = [
        max((word for word in row.words if word.left < edge), key=lambda word: word.right)
        for row in rows_beside
    ]
    after = [
        min((word for word in row.words if word.left >= edge), key=lambda word: word.left)
        for row in rows_beside
    ]
    return all(
        any(
            max(places) - min(places) < 1.5
            for places in ([word.left for word in side], [word.right for word in side])
        )
        for side in (before, after)
    )


def _trimmed(found: Sequence[Row], first: int, end: int, edge: float) -> tuple[int, int]:
    """Return a band without the rows at its ends that belong to the text above and below it."""

    def is_one_sided(at: int) -> bool:
        return not found[at].left < edge < found[at].right

    inside = found[first:end]
    is_left = [row.left < edge for row in inside]
    is_right = [row.right > edge for row in inside]
    top = max(is_left.index(True), is_right.index(True))
    last = min(_last(is_left), _last(is_right))
    start = first
    while start < first + top and is_one_sided(start) and start and _follows(found[start - 1], found[start]):
        start += 1
    if start == first and all(is_left[:top]):  # a heading of its own above both
        gap = _largest_gap(found, first, first + top)
        start = gap if gap is not None else first
    stop = end
    gap = _largest_gap(found, first + last, end - 1)
    if gap is not None and all(is_left[gap - first :]) and _is_widest(inside, edge, gap - first):
        stop = gap
    return start, _without_tail(found, start, stop, edge)


def _without_tail(found: Sequence[Row], start: int, stop: int, edge: float) -> int:
    """Return the end of a band without rows below a box that go on with the text beside it."""
    right = [at for at in range(start, stop) if found[at].right > edge]
    if not right or right[-1] + 1 >= stop or right[-1] == start:
        return stop
    tail = right[-1] + 1
    box = [row for row in found[start:tail] if row.left < edge]
    step = found[right[-1]].base - found[tail].base
    usual = _usual([found[at] for at in right])
    is_next = step < 1.15 * usual and bool(box) and box[-1].base - found[tail].base > 1.3 * usual
    return tail if is_next and found[tail].left < edge else stop


def _is_widest(inside: Sequence[Row], edge: float, at: int) -> bool:
    """Return whether the space above a row is wider than those in the column above it."""
    bases = [row.base for row in inside[:at] if row.left < edge]
    steps = [before - after for before, after in itertools.pairwise(bases)]
    return inside[at - 1].base - inside[at].base > 1.3 * max(steps, default=0.0)


def _last(flags: Sequence[bool]) -> int:
    return len(flags) - 1 - list(reversed(flags)).index(True)


def _largest_gap(found: Sequence[Row], first: int, last: int) -> int | None:
    """Return the row behind the widest space between some rows that is no usual step; None without one."""
    steps = [(found[at].base - found[at + 1].base, at + 1) for at in range(first, min(last, len(found) - 1))]
    usual = _usual(found)
    wide = [(step, at) for step, at in steps if step > 1.6 * usual]
    return max(wide)[1] if wide else None


def _usual(found: Sequence[Row]) -> float:
    steps = [
        before.base - after.base
        for before, after in itertools.pairwise(found)
        if before.base - after.base > 0.5 * after.height
    ]
    return statistics.median_low(steps) if steps else 1e9


def _follows(before: Row, after: Row) -> bool:
    is_near = before.base - after.base < 1.7 * after.height
    return (
        is_near
        and abs(before.left - after.left) < 2 * after.height
        and 0.9 < before.height / after.height < 1.1
    )


def _gutters(inside: Sequence[Row]) -> tuple[tuple[float, float], ...]:
    """Return the strips that no row of a band crosses."""
    words = sorted((word.left, word.right) for row in inside for word in row.words)
    height = statistics.median(row.height for row in inside)
    found: list[tuple[float, float]] = []
    reach = words[0][1]
    for left, right in words[1:]:
        if left - reach >= 0.5 * height and not _is_of_marks(inside, left):
            found.append((reach, left))
        reach = max(reach, right)
    return tuple(found)


def _is_of_marks(inside: Sequence[Row], edge: float) -> bool:
    """Return whether left of an edge there are only marks of lists."""
    words = [word for row in inside for word in row.words if word.left < edge - 0.1]
    return bool(words) and all(MARK.fullmatch(word.text) for word in words)


def _box(columns: Sequence[list[Row]], band: _Band, below: list[Row]) -> int | None:
    """Return which of two columns is a box: the text beside it goes on below it, over its whole width."""
    if len(columns) != 2 or not below:
        return None
    for side in (0, 1):
        main, edge = columns[1 - side], band.gutters[0][0]
        is_short = len(columns[side]) <= 0.7 * len(main)
        is_next = (
            main[-1].base - below[0].base < 1.15 * _usual(main) and below[0].left < edge < below[0].right
        )
        if is_short and is_next and _is_text(main) and 0.9 < main[-1].height / below[0].height < 1.1:
            return side
    return None


def _aside(
    columns: Sequence[list[Row]], widths: Sequence[float], above: list[Row], below: list[Row]
) -> int | None:
    """Return which of two columns is a box beside a text that goes on above or below it; None for columns."""
    for side in (0, 1):
        main = columns[1 - side]
        goes_on = (below and _follows(main[-1], below[0])) or (above and _follows(above[-1], main[0]))
        if side == 0 and below and below[0].left <= columns[0][0].left < main[-1].left:
            goes_on = goes_on or main[-1].base - below[0].base < 1.7 * below[0].height
        is_other = widths[side] < 0.8 * widths[1 - side] or len(columns[side]) < 0.6 * len(main)
        is_wider = any(
            row.left < min(item.left for item in columns[side]) < row.right
            for row in [*above[-1:], *below[:1]]
        )
        if goes_on and is_other and is_wider and not _is_aligned(main, columns[side]):
            return side
    return None


def _is_aligned(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Return whether the rows of a column are on the lines of another."""
    bases = [row.base for row in left]
    near = sum(any(abs(row.base - base) < 0.12 * row.height for base in bases) for row in right)
    return near >= 0.7 * len(right)


# ------------------------------------------------------------------------------------------------- tables


def _is_table(inside: Sequence[Row], columns: Sequence[list[Row]], band: _Band, drawn: Drawn) -> bool:
    """Return whether the columns of a band are those of a table."""
    top, bottom = inside[0].base + inside[0].height, inside[-1].base - inside[-1].height
    across = [
        rule
        for rule in drawn.rules
        if bottom <= rule[2] <= top
        and any(rule[0] < left and right < rule[1] for left, right in band.gutters)
    ]
    if len(across) >= 2:
        return True
    if all(_is_text(column) for column in columns):
        return False
    first = columns[0]
    others = columns[1:]
    if len(columns) == 2 and not any(_is_near_rows(first, column) for column in others):
        return False
    return any(_is_near_rows(first, column) for column in others)


def _is_near_rows(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Return whether the rows of a column are beside those of another, as cells are."""
    small, large = sorted((left, right), key=len)
    near = sum(any(abs(row.base - other.base) < 0.12 * row.height for other in large) for row in small)
    return near >= 0.6 * len(small)


def _is_text(column: Sequence[Row]) -> bool:
    """Return whether a column has lines of running text."""
    width = max(row.right for row in column) - min(row.left for row in column)
    words = statistics.mean(len(row.words) for row in column)
    filled = sum(row.right - row.left > 0.7 * width for row in column) / len(column)
    letters = sum(item.isalpha() for row in column for word in row.words for item in word.text)
    figures = sum(item.isdigit() for row in column for word in row.words for item in word.text)
    return len(column) >= 3 and words >= 2.5 and filled >= 0.5 and letters > 2 * figures


def _table(inside: Sequence[Row], band: _Band, drawn: Drawn) -> list[Flow]:
    """Return a table as a flow of its rows, with the cells that are empty."""
    edges = [(left + right) / 2 for left, right in band.gutters]
    found: list[Line] = []
    for group in _groups(inside, drawn):
        cells: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
        for row in group:
            for word in row.words:
                cells[sum((word.left + word.right) / 2 > edge for edge in edges)].append(word)
        texts = [" ".join(line.text for line in lines(rows(cell))) if cell else "" for cell in cells]
        words = [word for row in group for word in row.words]
        found.append(
            Line(
                " | ".join(texts),
                min(word.left for word in words),
                max(word.right for word in words),
                group[0].base,
                group[0].height,
                0.0,
            )
        )
    return [Flow(tuple(found), "table")]


def _groups(inside: Sequence[Row], drawn: Drawn) -> list[list[Row]]:
    """Return the rows of a table, each with the lines that its cells have."""
    spaces = [
        (before.base - 0.22 * before.height) - (after.base + 0.78 * after.height)
        for before, after in itertools.pairwise(inside)
    ]
    height = statistics.median(row.height for row in inside)
    largest, smallest = max(spaces, default=0.0), min(spaces, default=0.0)
    is_padded = largest - smallest > 0.35 * height and smallest < 0.35 * height
    limit = (max(smallest, 0.0) + largest) / 2 if is_padded else smallest - 1
    limit = min(limit, max(smallest, 0.0) + 0.4 * height) if is_padded else limit
    found: list[list[Row]] = [[inside[0]]]
    for before, after, space in zip(inside, inside[1:], spaces, strict=False):
        is_ruled = any(
            after.base + 0.4 * after.height < rule[2] < before.base and rule[1] - rule[0] > 2 * height
            for rule in drawn.rules
        )
        is_beside = space < -0.3 * height
        if is_beside or (space <= limit and not is_ruled):
            found[-1].append(after)
        else:
            found.append([after])
    return found


# -------------------------------------------------------------------------------------------------- lines


def lines(found: Sequence[Row]) -> list[Line]:
    """Return rows as lines of text."""
    from_right, from_left = _directions(word for row in found for word in row.words)
    return [_line(row, from_right > from_left) for row in found]


def _directions(words: Iterable[Word]) -> tuple[int, int]:
    """Return how many words are written from right to left, and how many from left to right."""
    lettered = [word.is_rtl for word in words if any(sign.isalpha() for sign in word.text)]
    return sum(lettered), len(lettered) - sum(lettered)


def _line(row: Row, is_in_rtl: bool) -> Line:
    from_right, from_left = _directions(row.words)
    is_rtl = from_right > 0 and (from_right > from_left or is_in_rtl)
    ordered = _from_right(row.words) if is_rtl else row.words
    text = ""
    mark = ordered[0] if len(ordered) > 1 and MARK.fullmatch(ordered[0].text) else None
    before: Word | None = None
    for word in ordered:
        if before is not None:
            gap = before.left - word.right if is_rtl else word.left - before.right
            smaller = min(word.height, before.height)
            is_apart = gap > 0.12 * max(smaller, 0.5 * row.height)
            shift = word.base - row.base
            is_small = word.height < _SMALL * row.height and abs(shift) > 0.1 * row.height
            is_small = is_small or (abs(shift) > 0.18 * row.height and bool(_FIGURE.fullmatch(word.text)))
            if is_small and not is_apart:
                text += _set_apart(text, word.text, shift)
                before = word
                continue
            text += (
                " "
                if is_apart or (before.height >= _SMALL * row.height) == (word.height >= _SMALL * row.height)
                else ""
            )
            if text[-1:] == ")" and not is_apart and word.text[:1].isalnum():
                text += " "
        text += word.text
        before = word
    text = _with_brackets(text) if is_rtl else text
    first = next((word for word in ordered if word is not mark), ordered[0])
    is_bold = 2 * sum(word.is_bold for word in row.words) > len(row.words)
    return Line(
        text,
        row.left,
        row.right,
        row.base,
        row.height,
        _width_with_marks(first, ordered, row.height),
        mark is not None,
        is_bold,
        is_rtl,
    )


def _width_with_marks(first: Word, ordered: Sequence[Word], height: float) -> float:
    """Return the width of a word with what follows it without a blank, such as the call of a note."""
    left, right = first.left, first.right
    for word in ordered[ordered.index(first) + 1 :]:
        if max(word.left - right, left - word.right) > 0.12 * height:
            break
        left, right = min(left, word.left), max(right, word.right)
    return right - left


def _set_apart(before: str, text: str, shift: float) -> str:
    """Return a raised or lowered word as captures write it, so that it joins no figure."""
    has_figure = any(item.isdigit() for item in text)
    bare = text.rstrip(".,;:!?)»”\"'’")
    rest = text[len(bare) :]
    if has_figure and before[-1:].strip() and (shift > 0 or before[-1:].isdigit()):
        return f"{'^' if shift > 0 else '_'}({bare}){rest}"
    return text


_LOOSE = re.compile(r"([.,;:!?()\[\]]*)(.*?)([.,;:!?()\[\]]*)")
"""A figure, with the signs that follow the direction of the line around it."""
_MIRRORED = str.maketrans("()[]", ")(][")


def _with_brackets(text: str) -> str:
    """Return a line from right to left with its brackets turned, if its file has those that are drawn."""
    turned = text.translate(_MIRRORED)
    return turned if _unopened(text) > _unopened(turned) else text


def _unopened(text: str) -> int:
    """Return how many brackets of a text are closed before they are opened."""
    depth = found = 0
    for sign in text:
        if sign in ")]":
            found += depth == 0
            depth = max(0, depth - 1)
        depth += sign in "(["
    return found


def _as_read(word: Word) -> Word:
    """Return a figure of a line from right to left with the signs at its sides where they are read."""
    match = _LOOSE.fullmatch(word.text)
    if match is None or not any(sign.isdigit() for sign in word.text) or any(map(str.isalpha, word.text)):
        return word
    left, figure, right = match.groups()
    return dataclasses.replace(word, text=f"{right[::-1]}{figure}{left[::-1]}")


def _from_right(words: Sequence[Word]) -> list[Word]:
    """Return words of a line that is read from right to left; runs the other way keep their order."""
    found: list[Word] = []
    run: list[Word] = []
    for word in map(_as_read, reversed(words)):
        if word.is_rtl or not any(item.isalpha() for item in word.text):
            found += [*reversed(run), word]
            run = []
        else:
            run.append(word)
    return [*found, *reversed(run)]
