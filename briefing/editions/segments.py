"""The segments of an edition: text cut at its fact links, marks in order, and the digest of everything."""

from __future__ import annotations

import bisect
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from briefing.language import markdown_blocks
from briefing.model import fact_links
from briefing.model.editions import Claim, Edition, Note, Section


def sealed(edition: Edition) -> Edition:
    """Return the edition with the digest of everything in it."""
    bare = dataclasses.replace(edition, digest="")
    return dataclasses.replace(edition, digest=hashlib.sha256(repr(bare).encode()).hexdigest())


def cut(
    text: str, found: Sequence[fact_links.Link], claim: Callable[[fact_links.Link, bool], Claim]
) -> Iterator[str | Claim]:
    """Yield a text cut at its fact links; in a paragraph or row only the last link to a fact is marked."""
    starts = [block.start for block in markdown_blocks.find(text)]
    marked = set({(bisect.bisect(starts, link.start), link.key): link for link in found}.values())
    position = 0
    for link in found:
        yield text[position : link.start]
        yield claim(link, link in marked)
        position = link.end
    yield text[position:]


def marks_in_order(segments: Iterable[str | Claim]) -> tuple[str | Claim, ...]:
    """Return the segments, with adjacent numbers of notes in rising order and each of them once."""
    ordered: list[str | Claim] = []
    for is_mark, run in itertools.groupby(
        segments, key=lambda part: isinstance(part, Claim) and not part.words
    ):
        parts = list(run)
        ordered += (
            sorted(parts, key=lambda part: part.note if isinstance(part, Claim) else 0) if is_mark else parts
        )
    last = 0
    for index, part in enumerate(ordered):
        if isinstance(part, Claim) and part.is_marked and not part.words and part.note == last:
            ordered[index] = dataclasses.replace(part, is_marked=False, is_first=False)
        elif isinstance(part, str) or part.is_marked or part.words:
            last = part.note if isinstance(part, Claim) and part.is_marked else 0
    return tuple(ordered)


def share_notes(
    sections: Iterable[Section], notes: Sequence[Note]
) -> tuple[tuple[Section, ...], tuple[Note, ...]]:
    """Give facts one number where their notes say the same; ``notes`` are in the order of their marks.

    Each fact keeps a note, because its card says more of it.
    """
    texts: dict[str, int] = {}
    numbers = {note.fact: texts.setdefault(note.text, len(texts) + 1) for note in notes}
    marked: set[int] = set()

    def numbered(part: str | Claim) -> str | Claim:
        if isinstance(part, str):
            return part
        number = numbers.get(part.fact, 0)
        is_first = part.is_marked and number not in marked
        marked.update([number] * is_first)
        return dataclasses.replace(part, note=number, is_first=is_first)

    shared = [
        dataclasses.replace(section, segments=marks_in_order(list(map(numbered, section.segments))))
        for section in sections
    ]
    return tuple(shared), tuple(dataclasses.replace(note, number=numbers[note.fact]) for note in notes)
