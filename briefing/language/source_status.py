"""How far a commitment has come by the words of a passage, in the language of the passage."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.language import source_figures
from briefing.language.lexicon import either, pattern
from briefing.language.source_words import SourceWords
from briefing.model.scales import Degree

_FAR = 8
"""The same for the modal verbs of a language that puts its verbs at the end."""
_PART = 8
"""The most words between the words for a part, or for all, and what has been done with it."""
_LEFT_OUT = "…"
"""Is between two terms of a passage, which leave words out."""
_SHORT = 3
"""The most letters of a word that speaks of a part only after a number: of, des, der, з."""
_BETWEEN = 2
"""The most words between a word that denies and what it denies."""


@dataclass(frozen=True, slots=True)
class SaidStatus:
    """Words of a passage that name one rung of the ladder."""

    start: int
    end: int
    status: Degree


def find(text: str, words: SourceWords) -> tuple[SaidStatus, ...]:
    """Return the words of a text that name a rung and are neither denied nor put off, in order.

    Where phrases overlap, the longest counts: "letter of intent" is no letter and no agreement.
    """
    return tuple(_reader(words).said(text))


def find_own(
    text: str, words: SourceWords, claims: tuple[tuple[int, Degree, tuple[str, ...]], ...]
) -> tuple[tuple[int, int, int], ...]:
    """Return where some phrases are that are neither denied nor put off, each with its number.

    Each number comes with the step that decides whether what is only planned counts, and with its phrases.
    """
    return tuple(_reader(words).own(text, claims))


@functools.cache
def _reader(words: SourceWords) -> _Reader:
    return _Reader(words)


class _Reader:
    """The expressions of one language, made once."""

    def __init__(self, words: SourceWords) -> None:
        rungs, voided = words.table("rungs"), words.table("voided")
        self.rungs = {status: pattern(rungs.get(status.value, ())) for status in Degree}
        self.denied = _ahead(voided.get("denied", ()), _BETWEEN + 1)
        self.open = _ahead(voided.get("open", ()), _BETWEEN)
        self.far = _ahead(voided.get("far", ()), _FAR)
        self.within = pattern(voided.get("within", ()))
        self.neutral = pattern(voided.get("neutral", ()))
        self.inner_denied = pattern(voided.get("denied", ()))
        self.partly = _up_to_end(voided.get("partly", ()), least=1)
        self.wholly = _up_to_end(voided.get("wholly", ()), least=0)
        self.predicates = pattern(voided.get("predicates", ()))
        self.words = words

    def said(self, text: str) -> Iterator[SaidStatus]:
        covered = [match.span() for match in self.within.finditer(text)]
        real = list(self._real(text, covered))
        yield from real
        if not real:
            for match in self.neutral.finditer(text):
                said = SaidStatus(*match.span(), Degree.AGREED)
                if not self._is_void(said, text):
                    yield said

    def own(
        self, text: str, claims: tuple[tuple[int, Degree, tuple[str, ...]], ...]
    ) -> Iterator[tuple[int, int, int]]:
        for number, degree, phrases in claims:
            for match in pattern(phrases).finditer(text):
                is_denied = self.inner_denied.search(match.group()) is not None  # has not been signed
                if not is_denied and not self._is_void(SaidStatus(*match.span(), degree), text):
                    yield (*match.span(), number)

    def _real(self, text: str, covered: list[tuple[int, int]]) -> Iterator[SaidStatus]:
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
            is_binding = not said.status < Degree.AGREED
            if is_binding and any(start <= said.start and said.end <= end for start, end in covered):
                continue
            if self._is_void(said, text):
                continue
            yield dataclasses.replace(said, status=self._by_extent(said, text))

    def _is_void(self, said: SaidStatus, text: str) -> bool:
        """Return whether words are denied, or from "agreed" on only planned, possible or talked about."""
        before = _sentence(text[: said.start])
        if self.denied.search(before):
            return True
        return not said.status < Degree.AGREED and bool(self.open.search(before) or self.far.search(before))

    def _by_extent(self, said: SaidStatus, text: str) -> Degree:
        """Return the status of words for what was handed over, with the extent that is stated before them."""
        if said.status not in (Degree.SUPPLIED, Degree.DELIVERED):
            return said.status
        before = _sentence(text[: said.start])
        part = self._part(before)
        if said.status is Degree.DELIVERED:
            return Degree.DELIVERING if part else said.status
        extent = part or self._whole(before)
        # "Most buses were already delivered" states an extent, "most buses already delivered" does not.
        between = before[extent.start() :] + text[said.start : said.end] if extent else ""
        if not extent or not (_LEFT_OUT in between or self.predicates.search(between)):
            return said.status
        return Degree.DELIVERING if part else Degree.DELIVERED

    def _part(self, before: str) -> re.Match[str] | None:
        """Return the words that say that a part of a number is meant: five of the twelve, half the fleet."""
        match = self.partly.search(before)
        if not match:
            return None
        counts = source_figures.find(before[: match.start() + 1] + " ", self.words)
        is_counted = any(match.start() - figure.end <= 1 for figure in counts)
        return match if is_counted or len(match.group().split()[0]) > _SHORT else None

    def _whole(self, before: str) -> re.Match[str] | None:
        """Return the words that say that all of something is meant, unless they are denied: not all."""
        match = self.wholly.search(before)
        return match if match and not self.denied.search(before[: match.start()]) else None


def _meets(said: SaidStatus, start: int, end: int) -> bool:
    return said.start < end and start < said.end


def _ahead(phrases: list[str] | tuple[str, ...], between: int) -> re.Pattern[str]:
    words = either(phrases)
    if not words:
        return re.compile("(?!)")
    return re.compile(
        rf"(?:(?<![\w’'-])(?:{words})|n[’']t)(?:\s+[\w’'/.,-]+){{0,{between}}}[\s\u00a0]+$", re.I
    )


def _up_to_end(phrases: list[str] | tuple[str, ...], least: int) -> re.Pattern[str]:
    """Return an expression for phrases with some words, and not many, from there to the end of a text."""
    words = either(phrases) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)(?:\W+\w[\w’'-]*){{{least},{_PART}}}\W+$", re.I)


def _sentence(before: str) -> str:
    """Return the part of a text after its last full stop."""
    return re.split(r"(?<=[.!?])\s+(?=[^\W\d_])", before)[-1]
