"""Status claims: the words of a sentence that claim a rung of the ladder of commitments.

The words of each rung, and those that soften a claim, are data in the lexicon. A sentence does not claim what
it denies, doubts, plans, asks or quotes.
"""

from __future__ import annotations

import bisect
import copy
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.language import lexicon
from briefing.language.lexicon import Lexicon, Phrases
from briefing.model.scales import Degree

Span = tuple[int, int]
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|«[^»]{0,2000}»|(?<!\w)‘[^’]{0,2000}’(?!\w)")
_STOP = re.compile(r"(?!\([A-Z]\w{1,7}\))[;:(—–]|(?<![A-Z])\)|\s-\s")
_REACH = 400
"""Number of characters beside a phrase in which words can soften it."""


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """Words of a sentence that say how far a commitment has come."""

    start: int
    end: int
    rung: int
    """The lowest rung of the ladder on which they are true."""
    clause: Span
    manner: str
    """done, future, nouns or inside."""
    is_attribute: bool
    """Whether they only qualify a noun: the leased trams."""


class Ladder:
    """The words of one language for each rung."""

    def __init__(self, words: Lexicon) -> None:
        def listed(table: str, *names: str) -> Iterator[str]:
            return (phrase for name in names for phrase in words.words[table].get(name, ()))

        def phrases(table: str, *names: str, behind: str = "") -> Phrases:
            return Phrases(listed(table, *names), behind=behind)

        def expression(table: str, *names: str) -> str:
            return lexicon.pattern(listed(table, *names)).pattern

        rungs = words.words["rungs"]
        self.rungs = [
            (status.rung, manner, Phrases(claims))
            for status in Degree
            for manner in ("done", "future", "nouns", "inside")
            if (claims := rungs.get(status.value, {}).get(manner))
        ]
        self.safe = {status: rungs.get(status.value, {}).get("safe", status.value) for status in Degree}
        self.before = phrases("softeners", "before", "contrasts", behind=r"(?!-\w)")
        self.before_nouns = phrases("softeners", "before", "contrasts", "before_nouns", behind=r"(?!-\w)")
        self.after = phrases("softeners", "after", behind=r"(?!-\w)")
        # Takes up again what comes before an aside: it is unlikely, and we say so, that.
        self.that = re.compile(rf",\s+{expression('grammar', 'that')}\s")
        self.directly = re.compile(
            rf"\s+(?:(?!{expression('grammar', 'joins')}\b)[\w’'-]+\s+){{0,3}}?"
            rf"{expression('softeners', 'directly')}"
            rf"(?!\s+{expression('softeners', 'not_directly')})",
            re.IGNORECASE,
        )
        self.affirmations = Phrases(listed("softeners", "affirmations"))
        self.neutral = frozenset(listed("neutral", "verbs", "future"))
        self.conditions = phrases("softeners", "conditions")
        self.inversions = phrases("softeners", "inversions")
        self.earlier = phrases("softeners", "earlier")
        self.retractions = phrases("softeners", "retractions")
        self.articles = re.compile(rf"{expression('softeners', 'articles')}\s+$", re.IGNORECASE)
        self.idioms = phrases("softeners", "idioms")
        self.no_modals = lexicon.pattern(listed("softeners", "no_modals"))
        self.quoting = phrases("softeners", "quoting")
        self.starts = phrases("softeners", "clause_starts")
        self.subordinates = phrases("softeners", "subordinates")
        self.joints = re.compile(rf"\s(?={expression('softeners', 'joints')})", re.IGNORECASE)
        self.now = phrases("actuality", "now")
        self.habits = phrases("actuality", "habits")
        self.handled = phrases("actuality", "handled")
        auxiliaries = expression("actuality", "auxiliaries")
        benign = "|".join(words.words["actuality"]["benign"])
        spoken = expression("actuality", "benign_perfect")
        been, adverb = (expression("grammar", name) for name in ("been", "adverbs"))
        self.perfect = re.compile(
            rf"\b{expression('grammar', 'has')}\s+(?:{been}\s+)?(?:{adverb}\s+)?"
            rf"(?!{spoken})(?!{been}\b)\w{{2,}}ed\b",
            re.IGNORECASE,
        )
        self.progress = re.compile(rf"{auxiliaries}\s+(?:{adverb}\s+)?(?!(?:{benign})\b)\w{{2,}}ing\b", re.I)
        self.unsettled = Phrases(
            (*listed("actuality", "unsettled"), *listed("softeners", "before", "before_nouns"))
        )
        self.whole, self.reporting = phrases("partial", "all"), phrases("voices", "reporting")
        self.papers, self.texts = phrases("topics", "papers"), phrases("topics", "texts")

    def said(self, text: str) -> tuple[StatusClaim, ...]:
        """Return what a sentence states as fact, without what it denies, doubts, plans or quotes."""
        return _said(self, self.without_nouns(text))

    def without_nouns(self, text: str) -> str:
        """Return a text of the same length in which a month does not look like a modal verb.

        Nor do "not only" and "nobody doubts that" look like a denial.
        """
        for match in self.affirmations.finditer(text):
            text = text[: match.start()] + re.sub(r"\w", "x", match.group()) + text[match.end() :]
        return self.no_modals.sub(
            lambda match: re.sub(r"(?i)may|will|can", "x" * 3, match.group())[: len(match.group())].ljust(
                len(match.group()), "x"
            ),
            text,
        )

    def is_attribute(self, text: str, span: Span) -> bool:
        """Return whether a single word is between an article and a noun."""
        return (
            " " not in text[slice(*span)]
            and self.articles.search(text, max(0, span[0] - _REACH), span[0]) is not None
        )

    def happens(self, text: str, clause: Span, with_now: bool) -> bool:
        """Return whether a clause says, unsoftened, that something is in progress, in hand or in use."""
        patterns = (self.progress, self.perfect, self.handled, *((self.now,) if with_now else ()))
        found = [pattern.search(text, *clause) for pattern in patterns]
        return any(match and not self.before.search(text, clause[0], match.start()) for match in found)

    def as_reported(self, rung: int, manner: str, is_reported: bool) -> int:
        """Return the rung of a claim; what a reported speaker promises or calls agreed is only announced."""
        if is_reported and (manner == "future" or rung == Degree.AGREED.rung):
            return Degree.ANNOUNCED.rung
        return rung

    def is_softened(self, text: str, phrase: Span, clause: Span, manner: str) -> bool:
        """Return whether the words around a phrase soften it."""
        before = self.before_nouns if manner == "nouns" else self.before
        start = 0 if self.that.search(text, clause[0], phrase[0]) else clause[0]
        if before.search(text, max(start, phrase[0] - _REACH), phrase[0]):
            return True
        if self.directly.match(text, phrase[1]) or self.directly.search(text, *phrase):
            return True
        behind = self.after.search(text, phrase[1], min(clause[1], phrase[1] + _REACH))
        return behind is not None and len(text[phrase[1] : behind.start()].split()) <= 6

    def is_taken_back(self, text: str, following: str) -> bool:
        """Return whether a sentence, with the text that follows it, corrects what an earlier text said."""
        earlier = self.earlier.search(text)
        return earlier is not None and self.retractions.search(f"{text} {following}") is not None

    def is_idiom(self, text: str, span: Span) -> bool:
        """Return whether a stretch of a text is part of an idiom in which its words mean something else."""
        return any(match.start() < span[1] and span[0] < match.end() for match in self.idioms.finditer(text))

    def clauses(self, text: str) -> list[Span]:
        """Return where the clauses of a sentence begin and end; a comma in a list ends none."""
        cuts = {match.start() for ends in (_STOP, self.joints) for match in ends.finditer(text)}
        start = 0
        for comma in [match.start() for match in re.finditer(r",\s", text)]:
            if self.starts.match(text, comma + 2) or self.subordinates.match(text, start + (start > 0)):
                cuts.add(comma)
            if comma in cuts:
                start = comma + 1
                while text[start : start + 1].isspace():
                    start += 1
                start -= start > 0
        ends = [*sorted(cuts), len(text)]
        return list(zip([0, *ends[:-1]], ends, strict=True))


@functools.lru_cache(maxsize=65536)
def _said(ladder: Ladder, text: str) -> tuple[StatusClaim, ...]:
    """Return the same from a cache, because plan, issue and diff read a project twice in one process."""
    spans = [
        (match.span(), rung, manner)
        for rung, manner, pattern in ladder.rungs
        for match in pattern.finditer(text)
    ]
    if not spans or text.rstrip().endswith("?") or ladder.inversions.match(text):
        return ()
    is_conditional = ladder.conditions.search(text) is not None
    clauses = ladder.clauses(text)
    ends = [end for _, end in clauses]
    wholes = [match.start() for match in ladder.whole.finditer(text)]
    idioms = [match.span() for match in ladder.idioms.finditer(text)]
    is_reported = ladder.reporting.search(text) is not None
    quotes = quoted(text) if ladder.reporting.search(text) or ladder.quoting.search(text) else ()
    found = []
    for span, rung, manner in spans:
        clause = clauses[bisect.bisect_right(ends, span[0])]
        if (
            (
                manner == "future"
                and (is_conditional or text[slice(*span)].rsplit(maxsplit=1)[-1].lower() in ladder.neutral)
            )
            or _touches(span, idioms)
            or _within(span, quotes)
            or ladder.is_softened(text, span, clause, manner)
        ):
            continue
        claimed = ladder.as_reported(rung, manner, is_reported)
        if rung == Degree.DELIVERED.rung and not _starts_in(clause, wholes):
            claimed = Degree.DELIVERING.rung  # perhaps not all of it
        found.append(StatusClaim(*span, claimed, clause, manner, ladder.is_attribute(text, span)))
    return tuple(found)


@functools.lru_cache(maxsize=256)
def own_ladder(words: Lexicon, claims: tuple[tuple[int, tuple[str, ...]], ...]) -> Ladder:
    """Return a ladder that knows other words: each number is claimed by some phrases.

    What softens, denies and quotes words is that of the language.
    """
    own = copy.copy(ladder_of(words))
    own.rungs = [(number, "done", Phrases(phrases)) for number, phrases in claims]
    return own


@functools.cache
def ladder_of(words: Lexicon) -> Ladder:
    """Return the ladder in a language."""
    return Ladder(words)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    """Return whether a span overlaps one of the others, which are in order and do not overlap."""
    index = bisect.bisect_left(others, span[1], key=_start) - 1
    return index >= 0 and span[0] < others[index][1]


def _within(span: Span, others: Sequence[Span]) -> bool:
    """Return whether a span is within one of the others, which are in order and do not overlap."""
    index = bisect.bisect_right(others, span[0], key=_start) - 1
    return index >= 0 and span[1] <= others[index][1]


def _starts_in(span: Span, starts: Sequence[int]) -> bool:
    return bisect.bisect_left(starts, span[0]) < bisect.bisect_left(starts, span[1])


def _start(span: Span) -> int:
    return span[0]


@functools.lru_cache(maxsize=4096)
def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return where quotations begin and end."""
    return tuple(match.span() for match in _QUOTED.finditer(text))
