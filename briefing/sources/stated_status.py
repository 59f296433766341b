"""The status that cited passages name: the furthest rung of the ladder in their terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.language import source_status
from briefing.model.ladders import Ladder
from briefing.model.scales import Degree
from briefing.sources import term_matching
from briefing.sources.stated import Passage

_APART = " … "
"""Is between two terms, over which no denial reaches, but "five of the twelve" does."""
Said = tuple[Degree, str]
"""A step of the standard scale, and the words that name it."""


def is_readable(cited: Sequence[Passage]) -> bool:
    """Return whether the words of all passages are known, so that a missing status is missing."""
    return bool(cited) and all(item.words.is_known for item in cited)


def furthest(cited: Sequence[Passage]) -> Said | None:
    """Return the furthest step that the terms of some passages name; None where they name none.

    Where the paragraph is at hand it is read instead, so that "no" or "will" just before a term counts.
    """
    said = [words for item in cited for words in _said(item)]
    return max(said, key=lambda item: item[0].rung, default=None)


def furthest_own(cited: Sequence[Passage], ladder: Ladder) -> tuple[int, str] | None:
    """Return the place of the furthest rung that the terms name by own words of a ladder, and these words."""
    found = [item for passage in cited for item in _own(passage, ladder)]
    return max(found, key=lambda item: item[0], default=None)


def _own(item: Passage, ladder: Ladder) -> Iterator[tuple[int, str]]:
    claims = tuple(
        (place, rung.like, tuple(map(str, rung.words[item.words.language])))
        for place, rung in enumerate(ladder.rungs, 1)
        if item.words.language in rung.words
    )
    text = item.paragraph or _APART.join(item.texts)
    spans = [span for term in item.texts for span in term_matching.spans(term, item.paragraph)]
    for start, end, place in source_status.find_own(text, item.words, claims) if claims else ():
        if not item.paragraph or any(start < last and first < end for first, last in spans):
            yield place, text[start:end]


def names(degree: Degree, cited: Sequence[Passage]) -> bool:
    """Return whether a paragraph at hand names a step anywhere, where the terms of no passage name one."""
    return any(
        found.status is degree for item in cited for found in source_status.find(item.paragraph, item.words)
    )


def _said(item: Passage) -> Iterator[Said]:
    if not item.paragraph:
        text = _APART.join(item.texts)
        for found in source_status.find(text, item.words):
            yield found.status, text[found.start : found.end]
        return
    spans = [span for term in item.texts for span in term_matching.spans(term, item.paragraph)]
    for found in source_status.find(item.paragraph, item.words):
        if any(found.start < end and start < found.end for start, end in spans):
            yield found.status, item.paragraph[found.start : found.end]
