"""A PDF: its lines joined into paragraphs, what is left out of them, and its title and author.

A line ends a paragraph if the first word of the next would have fitted into it; a larger step down, an
indented first line, and another type size begin one. A word divided at the end of a line is joined as the
rest of the text spells it. What is at the head or the foot of several pages, and page numbers, are no part of
the sentences that they interrupt.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefing.language import page_words
from briefing.model.counting import counted, spans
from briefing.model.findings import UsageError
from briefing.sources.extract import divided_words, pdf_characters, pdf_layout
from briefing.sources.extract.divided_words import HYPHEN, SOFT
from briefing.sources.extract.extracted import (
    AS_IT_IS,
    RAISED,
    Choice,
    Extracted,
    Piece,
    Stated,
    clean,
    of_pieces,
)
from briefing.sources.extract.pdf_characters import Page
from briefing.sources.extract.pdf_layout import Flow, Line, Row, Word

MOST_PAGES = 2_000
"""More pages are read in parts."""
_LARGEST_STEP = 2.4
"""The largest usual distance of lines, in heights of the type; what is further apart is no paragraph."""
_BULLET = re.compile(r"\A\s*[•‣▪▫◦●○■□]\s+(?=\S)")
_NUMBER = re.compile(
    rf"[\W_]*(?:{page_words.any_of('page')}\s*)?"
    rf"(?:\d{{1,4}}|[ivxlc]{{1,7}}|[A-Z]-\d{{1,3}})(?:\s*(?:{page_words.any_of('of')}|[/|])\s*\d{{1,4}})?[\W_]*",
    re.IGNORECASE,
)
"""The number of a page, as pages print it."""


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the text of a PDF. Raises UsageError where it cannot be opened or contains no text."""
    with pdf_characters.opened(data, name) as document:
        count = len(document)
        pages = [pdf_characters.page(document, number) for number in _chosen(choice.pages, count, name)]
        known = document.get_metadata_dict()
        attached = document.count_attachments()
    if not any(page.words for page in pages) and any(page.left_out for page in pages):
        raise UsageError(f"{name} contains no text that readers of it can see")
    if not any(page.words for page in pages):
        raise UsageError(
            f"{name} contains only pictures of text; have them read by a program for text recognition (OCR), "
            "compare the result with the pages, and add it"
        )
    pieces, doubts, undecided = _pieces(pages)
    stated = {
        of: Stated(value, f"the PDF's {key}")
        for of, key in (("title", "Title"), ("author", "Author"))
        if (value := clean(known.get(key, "")))
    }
    if choice.pages:
        doubts.insert(0, f"Only pages {choice.pages} of {count} were read.")
    if attached:
        doubts.append(f"The PDF contains {counted(attached, 'attached file')}, which were not read.")
    tool = pdf_characters.tool()
    found = of_pieces(
        pieces, choice, tool, stated=stated, remarks=_remarks(undecided, pieces), doubts=tuple(doubts)
    )
    if not found.paragraphs:
        raise UsageError(f"{name} contains no text that readers of it can see")
    return found


def _chosen(pages: str, count: int, name: str) -> list[int]:
    """Return the numbers of the pages to read. Raises UsageError for what are none."""
    if not pages:
        if count > MOST_PAGES:
            raise UsageError(
                f"{name} has {count} pages, more than the {MOST_PAGES} that are read at once; "
                "name some, such as --pages 1-200"
            )
        return list(range(1, count + 1))
    try:
        found = spans(pages)
    except ValueError:
        found = []
    if not found or any(first < 1 or last > count or last - first >= MOST_PAGES for first, last in found):
        raise UsageError(f"--pages: expected pages from 1 to {count}, such as 2-5,9; found '{pages}'")
    return [number for first, last in found for number in range(first, last + 1)]


def _remarks(undecided: Sequence[str], pieces: Sequence[Piece]) -> tuple[str, ...]:
    found = ["Its lines were joined into paragraphs by their places on the page."]
    if said := divided_words.remark(undecided):
        found.append(said)
    if any(re.search(r"[\^_]\(", piece.text) for piece in pieces):
        found.append(RAISED)
    return tuple(found)


# --------------------------------------------------------------------------------------------- the pieces


@dataclass(slots=True)
class _Text:
    """The paragraphs of pages as they are joined."""

    pieces: list[Piece] = field(default_factory=list)
    open: list[Line] = field(default_factory=list)
    """The lines of the paragraph that is not finished."""
    waiting: list[Piece] = field(default_factory=list)
    """What comes after that paragraph: a box beside it, a page number within it."""
    width: tuple[float, float] = (0.0, 0.0)
    """The edges of the column that the paragraph is in."""

    def close(self) -> None:
        """End the paragraph, and add what has waited for that."""
        if self.open:
            self.pieces.append(Piece("\n".join(line.text for line in self.open)))
        self.pieces += self.waiting
        self.open, self.waiting = [], []


def _pieces(pages: Sequence[Page]) -> tuple[list[Piece], list[str], tuple[str, ...]]:
    pages = [_with_initials(page, pages) for page in pages]
    numbers = {page.number: pdf_layout.line_numbers(page.words) for page in pages}
    running = _running(pages)
    text = _Text()
    kinds: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        gone = running[page.number]
        counted_lines = {id(word) for word in numbers[page.number]}
        kept = [word for word in page.words if id(word) not in gone.ids | counted_lines]
        main, notes = pdf_layout.without_notes(kept, page.drawn)
        found = pdf_layout.flows(main, page.drawn)
        for flow in found:
            if flow.kind != "text":
                kinds[flow.kind].append(page.number)
        text.waiting += gone.heads
        for flow in found:
            _add(flow, text)
        text.waiting += _notes(notes, page)
        if numbers[page.number]:
            lines = " ".join(word.text for word in numbers[page.number])
            text.waiting.append(Piece(lines, "line numbers", f"page {page.number}"))
        text.waiting += [*gone.feet, *page.left_out]
    text.close()
    texts, undecided = divided_words.joined([piece.text for piece in text.pieces])
    found_pieces = [
        dataclasses.replace(piece, text=clean(whole.replace(HYPHEN, "-")))
        for piece, whole in zip(text.pieces, texts, strict=True)
    ]
    return found_pieces, list(_doubts(pages, kinds)), undecided


def _notes(words: Sequence[Word], page: Page) -> list[Piece]:
    """Return the notes at the foot of a page, which interrupt no sentence that runs on to the next page."""
    notes = _Text()
    for flow in pdf_layout.flows(words, page.drawn):
        _add(flow, notes)
    notes.close()
    return notes.pieces


def _with_initials(page: Page, pages: Sequence[Page]) -> Page:
    """Return a page with large initials put before the words that they begin.

    Whether an initial is a word of its own, such as "A", the other words of the text decide.
    """
    words = list(page.words)
    for initial, first in pdf_layout.initials(words):
        if first not in words or initial not in words:  # it was put before another word
            continue
        whole, rest = (re.sub(r"\W", "", text).lower() for text in (initial.text + first.text, first.text))
        known = {
            re.sub(r"\W", "", word.text).lower() for one in pages for word in one.words if word is not first
        }
        is_apart = rest in known and whole not in known
        text = f"{initial.text}{' ' if is_apart else ''}{first.text}"
        words[words.index(first)] = dataclasses.replace(first, text=text)
        words.remove(initial)
    return page if len(words) == len(page.words) else dataclasses.replace(page, words=tuple(words))


def _doubts(pages: Sequence[Page], kinds: dict[str, list[int]]) -> Iterator[str]:
    said = {
        "columns": "columns, read one after the other",
        "aside": "a box beside the text, put after the paragraph beside it",
        "table": "a table, taken row by row",
    }
    for kind, words in said.items():
        if kinds[kind]:
            yield f"Decided by the white space, on {_numbered(kinds[kind])}: {words}."
    if silent := [page.number for page in pages if not page.words and page.has_picture]:
        yield f"A picture and no text on {_numbered(silent)}: its words are not in the capture."
    if read := [page.number for page in pages if page.is_recognised]:
        yield (
            f"Pictures with the text of a text recognition laid over them, on {_numbered(read)}: "
            "compare every figure with the picture."
        )
    if layered := [page.number for page in pages if page.has_layers]:
        yield (
            f"Text in layers that can be switched off, on {_numbered(layered)}: "
            "look whether all of it is shown."
        )
    if unknown := [page.number for page in pages if page.unknown]:
        count = counted(sum(page.unknown for page in pages), "character")
        yield f"The file does not say which letters {count} are, on {_numbered(unknown)}: compare them."


def _numbered(pages: Iterable[int]) -> str:
    numbers = sorted(set(pages))
    few = ", ".join(map(str, numbers[:12])) + (f" and {len(numbers) - 12} more" if len(numbers) > 12 else "")
    return f"{'page' if len(numbers) == 1 else 'pages'} {few}"


def _add(flow: Flow, text: _Text) -> None:
    """Add the lines of a flow to the text: they may go on with the paragraph that is open."""
    lines = [
        dataclasses.replace(
            line, text=_BULLET.sub("", line.text), is_item=line.is_item or bool(_BULLET.match(line.text))
        )
        for line in flow.lines
    ]
    if flow.is_table:
        text.close()
        text.pieces += [Piece(line.text) for line in lines]
        return
    if flow.kind == "aside":
        box = _Text()
        _add(Flow(tuple(lines)), box)
        box.close()
        text.waiting += box.pieces
        return
    usual = _usual(lines)
    for at, line in enumerate(lines):
        if text.open:
            before = text.open[-1]
            others = [
                item
                for item in lines
                if item.left < line.right and line.left < item.right and _is_alike(item, line)
            ]
            # A line that another flow ended is measured against its own column.
            if line.is_rtl:
                before, line_seen = _mirrored(before), _mirrored(line)
                right = -text.width[0] if at == 0 else -min(item.left for item in others)
            else:
                line_seen = line
                right = text.width[1] if at == 0 else max(item.right for item in others)
            is_filled = len(text.open) > 1 or before.right - before.left > 0.75 * (
                text.width[1] - text.width[0]
            )
            if _ends_paragraph(before, line_seen, usual, right, is_new=at == 0, is_filled=is_filled):
                text.close()
        text.open.append(line)
        text.width = (min(item.left for item in lines), max(item.right for item in lines))


def _is_alike(line: Line, other: Line) -> bool:
    """Return whether two lines have type of the same size, so that their column may be the same."""
    return 0.9 < line.height / (other.height or 1) < 1.1


def _mirrored(line: Line) -> Line:
    """Return a line from right to left as if it were one from left to right."""
    return dataclasses.replace(line, left=-line.right, right=-line.left)


def _usual(lines: Sequence[Line]) -> float:
    steps = [_step(line, after) for line, after in itertools.pairwise(lines) if _is_below(line, after)]
    return min(statistics.median_low(steps), _LARGEST_STEP) if steps else 0.0


def _step(line: Line, after: Line) -> float:
    """Return the distance from one line down to the next, in heights of the type."""
    return (line.base - after.base) / (after.height or 1)


def _is_below(line: Line, after: Line) -> bool:
    """Return whether a line is below another, in the same column."""
    return after.base < line.base and after.left < line.right and line.left < after.right


def _ends_paragraph(
    line: Line, after: Line, usual: float, right: float, is_new: bool, is_filled: bool
) -> bool:
    if after.is_item:
        return True
    is_divided = re.search(rf"[{HYPHEN}{SOFT}]$|\w-$", line.text) is not None
    if not _is_alike(after, line):
        return True
    if not _is_below(line, after) or (
        is_new and _step(line, after) > 2
    ):  # a new column or page, in which a sentence may continue
        is_full = line.right + 0.27 * line.height + after.first_word >= right - 1
        is_broken_off = is_filled and is_full and line.is_bold == after.is_bold and not _is_ended(line.text)
        return not (_runs_on(line.text, after.text) or is_divided or is_broken_off)
    is_within = is_filled and after.text.lstrip()[:1].islower() and _runs_on(line.text, after.text)
    largest = 1.5 if is_within else 1.25  # a raised figure pushes its line down
    if usual and _step(line, after) > largest * usual and not (is_new and _step(line, after) < 1.6):
        return True
    if line.is_bold != after.is_bold and (line.is_bold or re.search(r"[.!?:]$", line.text)):
        return True
    is_indented = after.left > line.left + 0.6 * line.height and not line.is_item
    had_room = line.right + 0.27 * line.height + after.first_word < right - 1
    # Within a paragraph of several lines, a break in the middle of a sentence is no end.
    had_room = had_room and not is_within
    return (is_indented or had_room) and not is_divided


def _is_ended(text: str) -> bool:
    return re.search(r"[.!?:;][\"'”’»)]*\s*$", text) is not None


def _runs_on(text: str, after: str) -> bool:
    """Return whether a text breaks off and another continues it."""
    if _is_ended(text):
        return False
    begin = after.lstrip()[:1]
    return (
        begin.islower()
        or begin.isdigit()
        or (begin.isalpha() and not begin.isupper())
        or text.rstrip().endswith(",")
    )


# ----------------------------------------------------------------------------------------- heads and feet


@dataclass(slots=True)
class _Running:
    """What of a page is at the head or the foot of every page."""

    ids: set[int] = field(default_factory=set)
    heads: list[Piece] = field(default_factory=list)
    feet: list[Piece] = field(default_factory=list)


def _running(pages: Sequence[Page]) -> dict[int, _Running]:
    """Return by page the running heads, the feet and the page numbers."""
    edges = {page.number: _edges(page) for page in pages}
    seen: Counter[tuple[str, str, int]] = Counter()
    for number, rows in edges.items():
        for place, row in rows:
            for text in _patterns(row, number):
                for near in (-1, 0, 1):
                    seen[(place, text, round(row.base / 3) + near)] += 1

    def times(place: str, row: Row, number: int) -> int:
        return max(seen[(place, text, round(row.base / 3))] for text in _patterns(row, number))

    slots = {
        (place, round(row.base / 3) + near)
        for number, rows in edges.items()
        for place, row in rows
        if len(pages) > 2 and times(place, row, number) >= 2
        for near in (-1, 0, 1)
    }
    found: dict[int, _Running] = {}
    for page in pages:
        running = found[page.number] = _Running()
        for place, row in edges[page.number]:
            words = _text(row)
            is_repeated = times(place, row, page.number) >= 2 and len(pages) > 1
            is_repeated = is_repeated or ((place, round(row.base / 3)) in slots and len(row.words) < 15)
            is_number = _NUMBER.fullmatch(words) is not None and _is_apart(row, place, page)
            is_number = is_number and _is_outermost(row, place, page, running)
            if not (
                is_number
                or (
                    is_repeated
                    and (_is_apart(row, place, page) or _is_all_running(row, place, page, running))
                )
            ):
                continue
            running.ids.update(map(id, row.words))
            kind = "page number" if is_number else f"running {place}"
            piece = Piece(words, kind, f"page {page.number}")
            (running.heads if place == "head" else running.feet).append(piece)
        running.feet.reverse()
    return found


def _edges(page: Page) -> list[tuple[str, Row]]:
    """Return the first and the last rows of a page, from the edge inwards."""
    rows = pdf_layout.rows(page.words)
    heads = [("head", row) for row in rows[:4] if row.base > page_middle(page)]
    feet = [("foot", row) for row in rows[::-1][:4] if row.base <= page_middle(page)]
    return [*heads, *feet]


def page_middle(page: Page) -> float:
    """Return the height in the middle of what is on a page."""
    bases = [word.base for word in page.words]
    return (max(bases) + min(bases)) / 2 if len(set(map(round, bases))) > 1 else -1e9


_COUNT = re.compile(r"\d{1,4}(?!\d)|(?<![a-z])[ivxlc]{1,7}(?![a-z])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _patterns(row: Row, page: int) -> set[str]:
    """Return what a row is on every page, if it is a running head: a number in it may count the pages.

    A number that changes otherwise is no page number, so that the titles of slides are no running heads.
    """
    text = _text(row).lower()
    counts = list(_COUNT.finditer(text))[:4]
    found = {text}
    for chosen in itertools.chain(*(itertools.combinations(counts, size) for size in (1, 2))):
        pattern = text
        for match in reversed(chosen):
            pattern = f"{pattern[: match.start()]}#{_number(match[0]) - page}{pattern[match.end() :]}"
        found.add(pattern)
    return found


def _number(text: str) -> int:
    """Return the value of a number in figures or in Roman ones."""
    if text.isdecimal():
        return int(text)
    values = [_ROMAN[sign] for sign in text]
    return sum(-one if one < two else one for one, two in itertools.pairwise([*values, 0]))


def _text(row: Row) -> str:
    return clean(" ".join(word.text for word in row.words).replace(HYPHEN, "-"))


def _is_apart(row: Row, place: str, page: Page) -> bool:
    """Return whether white space is between a row at an edge and the text."""
    others = [word.base for word in page.words if abs(word.base - row.base) > 0.6 * row.height]
    inner = [base for base in others if (base < row.base if place == "head" else base > row.base)]
    if not inner:
        return False
    next_one = max(inner) if place == "head" else min(inner)
    bases = sorted(others)
    steps = [
        after - before for before, after in itertools.pairwise(bases) if after - before > 0.5 * row.height
    ]
    usual = statistics.median_low(steps) if steps else row.height
    return (
        abs(row.base - next_one) > max(1.25 * usual, 1.3 * row.height)
        or abs(row.base - next_one) > 2.2 * row.height
    )


def _is_outermost(row: Row, place: str, page: Page, running: _Running) -> bool:
    """Return whether nothing but running heads or feet is between a row and the edge of the page."""
    return _is_all_running(row, place, page, running) or not _outer(row, place, page)


def _outer(row: Row, place: str, page: Page) -> list[Word]:
    """Return the words between a row and the edge of the page."""
    is_head = place == "head"
    return [
        word for word in page.words if (word.base > row.base + 1 if is_head else word.base < row.base - 1)
    ]


def _is_all_running(row: Row, place: str, page: Page, running: _Running) -> bool:
    """Return whether a row is the next of several running ones."""
    outer = _outer(row, place, page)
    return bool(outer) and all(id(word) in running.ids for word in outer)
