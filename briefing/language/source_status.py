"""How far a commitment has come by the words of a passage, in the language of the passage."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.language.lexicon import expression
from briefing.language.source_words import SourceWords
from briefing.model.scales import Status

_BETWEEN = 2
"""The most words between a word that denies and what it denies."""


@dataclass(frozen=True, slots=True)
class SaidStatus:
    """Words of a passage that name one rung of the ladder."""

    start: int
    end: int
    status: Status


def find(text: str, words: SourceWords) -> tuple[SaidStatus, ...]:
    """Return the words of a text that name a rung and are neither denied nor put off, in order.

    Where phrases overlap, the longest counts: "letter of intent" is no letter and no agreement.
    """
    return tuple(_reader(words).said(text))


@functools.cache
def _reader(words: SourceWords) -> _Reader:
    return _Reader(words)


class _Reader:
    """The expressions of one language, made once."""

    def __init__(self, words: SourceWords) -> None:
        rungs, voided = words.table("rungs"), words.table("voided")
        self.rungs = {status: _whole(rungs.get(status.value, ())) for status in Status}
        self.denied = _ahead(voided.get("denied", ()))
        self.open = _ahead(voided.get("open", ()))
        self.within = _whole(voided.get("within", ()))

    def said(self, text: str) -> Iterator[SaidStatus]:
        covered = [match.span() for match in self.within.finditer(text)]
        found = [
            SaidStatus(*match.span(), status)
            for status, phrase in self.rungs.items()
            for match in phrase.finditer(text)
        ]
        # The longest first; of equal words the lowest rung, which is the careful reading.
        taken: list[SaidStatus] = []
        for said in sorted(found, key=lambda item: (item.start - item.end, item.status.rung)):
            if any(_meets(said, other.start, other.end) for other in taken):
                continue
            taken.append(said)
        for said in sorted(taken, key=lambda item: item.start):
            if any(start <= said.start and said.end <= end for start, end in covered):
                continue
            before = text[: said.start]
            if self.denied.search(before) or (not said.status < Status.AGREED and self.open.search(before)):
                continue
            yield said


def _meets(said: SaidStatus, start: int, end: int) -> bool:
    return said.start < end and start < said.end


def _whole(phrases: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(expression(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w’'-])(?:{either})(?!\w)" if either else "(?!)", re.I)


def _ahead(phrases: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(expression(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![\w’'-])(?:{either})|n[’']t)(?:\s+[\w’'/.-]+){{0,{_BETWEEN}}}[\s\u00a0]+$"
        if either
        else "(?!)",
        re.I,
    )
