"""Sums in prose: words that make one amount of several, and figures that are the sum of what is linked."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.checks import unlinked
from briefing.checks.prose_input import ProseSentence
from briefing.language import lexicon
from briefing.language.deeds import deeds_of
from briefing.language.lexicon import Lexicon
from briefing.language.sentences import Cited
from briefing.language.status_claims import Span
from briefing.language.verbs import grammar_of
from briefing.model.values import Money, Quantity

_LISTED = 12
"""Number of words between two amounts of one list."""
_SUBJECT = 14
"""Number of characters in which the subject of a sentence names an amount."""
_BREAK = re.compile(r"[;:.]\s")
_OF_OTHERS = r"(?i),\s+(?=(?:@grammar.pointing@)\s+[^\W\d_])"
_OF = r"(?i)\s+(?:@grammar.of@)(?!\w)\s*"
_BESIDE = r"\s+(?:@sums.made_with@)\s"
_THAT = r"(?i)(?<!\w)(?:@grammar.that@)(?!\w)"
"""What makes "added" a verb of saying: the minister added that."""
_TO = r"(?i)(?<!\w)(?:@grammar.to@)\s+(?:(?:@grammar.the@)\s+)?$"
_TO_WHICH = r"(?i)(?<!\w)(?:@sums.to_which@)(?!\w)"
_ABOUT_OTHERS = r"(?i)\s+(?:@sums.about_others@)\s+(?:(?:@grammar.the@)\s+)?"


def said(read: ProseSentence) -> Span | None:
    """Return the words of a sentence that make one amount of several, unless it is about talk of them."""
    deeds = deeds_of(read.lexicon)
    if any(deeds.governor(read.text, item.start, (0, 0)).is_topic for item, _ in read.facts):
        return None
    cited = [item for item, fact in read.facts if isinstance(fact.value, Quantity | Money)]
    return next((match.span() for match in _sums(read, cited) if not _is_figurative(match, read)), None) or (
        _added(read, cited)
    )


def worked_out(read: ProseSentence) -> Span | None:
    """Return a figure in no link that is the sum of amounts which differ."""
    for figure in read.figures:
        if not read.sentence.within(figure.start, figure.end) and unlinked.is_mixed_sum(figure, read):
            return figure.start, figure.end
    return None


def _sums(read: ProseSentence, cited: Sequence[Cited]) -> Iterator[re.Match[str]]:
    """Yield words for a sum, and in a list of amounts those for a whole."""
    yield from read.says("sums", "words").finditer(read.text)
    if _is_list(cited, read, read.lexicon.words["sums"]):
        yield from read.says("sums", "wholes").finditer(read.text)


def _is_list(cited: Sequence[Cited], read: ProseSentence, words: Mapping[str, Any]) -> bool:
    """Return whether a sentence lists amounts one after the other."""
    return any(
        re.search(
            rf",|(?<!\w)(?:{lexicon.either(words['joins'])})(?!\w)",
            between := read.text[first.end : after.start],
        )
        and len(between.split()) <= _LISTED
        for first, after in itertools.pairwise(cited)
    )


# ------------------------------------------------------------------------------ what is added to what


def _added(read: ProseSentence, cited: Sequence[Cited]) -> Span | None:
    """Return the verb by which one amount is added to another: the loan swells by the grant."""
    growing = lexicon.pattern(read.lexicon.words["sums"]["growing"])
    for first, after in itertools.pairwise(cited):
        if match := growing.search(read.text, first.end, after.start):
            return match.span()
    for match in _adding(read.lexicon)[0].finditer(read.text):
        if not read.sentence.within(*match.span()) and _adds(match, read, cited):
            return match.span()
    return None


def _adds(match: re.Match[str], read: ProseSentence, cited: Sequence[Cited]) -> bool:
    """Return whether a verb adds amounts: adds one to another, to which another is added, heaps one on it."""
    ahead = [item for item in cited if item.end <= match.start()]
    behind = [item for item in cited if item.start >= match.end()]
    said, to, to_which = (lexicon.filled(read.lexicon, text) for text in (_THAT, _TO, _TO_WHICH))
    if behind and said.search(read.text[match.end() : behind[0].start]):
        return False
    if len(behind) > 1:
        first, second = behind[:2]
        around = read.text[match.end() : first.start] + read.text[first.end : second.start]
        if _adding(read.lexicon)[1].search(read.text, first.end, second.start) and not _BREAK.search(around):
            return True
    if ahead and behind and to.search(read.text, 0, ahead[-1].start):
        return True
    return len(ahead) > 1 and to_which.search(read.text[ahead[-2].end : ahead[-1].start]) is not None


@functools.cache
def _adding(of: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return expressions for verbs of adding one amount to another, and for what is between the two."""
    words, grammar = of.words["sums"], grammar_of(of)
    forms = {form for verb in words["adding"] for form, _ in grammar.forms(verb)}
    return (
        re.compile(rf"\b(?:{lexicon.either(forms)})\b", re.I),
        re.compile(rf"(?<!\w)(?:{lexicon.either(words['adding_to'])})\s+(?:\w+\s+){{0,3}}$", re.I),
    )


# --------------------------------------------------------------------------------- figures of speech


def _is_figurative(match: re.Match[str], read: ProseSentence) -> bool:
    """Return whether a word for a sum makes none: it adds up to a slow start, on the plus side, to sum up."""
    rest, last = read.text[match.end() :], match.group().lower().split()[-1]
    amounts_at = [start - match.end() for start in _amounts_at(read)]
    found = lexicon.filled(read.lexicon, _ABOUT_OTHERS).match(rest)
    if found and _is_one_of(last, "may_be_of_others", read):
        return found.end() not in amounts_at
    behind = re.split(r"[,;:.—–](?:\s|$)", rest)[0]
    if not _is_one_of(last, "without_amounts", read) and any(
        0 <= place < len(behind) for place in amounts_at
    ):
        return False
    if _is_one_of(rest.lstrip(), "no_sums", read, is_whole=False):
        return _is_one_of(last, "no_sums_behind", read)
    return _is_of_others(match, rest, last, read) or _is_idiom(match, rest, behind, read)


def _is_of_others(match: re.Match[str], rest: str, last: str, read: ProseSentence) -> bool:
    """Return whether a whole is of something else: the whole affair, the sum of our knowledge, the papers."""
    if _is_one_of(last, "of_a_noun", read) and re.match(r"\s+[^\W\d_]", rest) and rest.lstrip()[0].islower():
        return not any(
            _is_one_of(rest.lstrip(), name, read, is_whole=False) for name in ("of_sums", "sum_nouns")
        )
    apart = lexicon.filled(read.lexicon, _OF_OTHERS).match(rest)
    if apart and _is_one_of(last, "together", read):
        place = match.end() + apart.end()
        return not any(place <= start < place + _SUBJECT for start in _amounts_at(read))
    of = lexicon.filled(read.lexicon, _OF).match(rest)
    if last in read.lexicon.words["grammar"]["of"] or (of and _is_one_of(last, "sum_of", read)):
        whole = rest[of.end() :] if of else rest.lstrip()
        return not any(_is_one_of(whole, name, read, is_whole=False) for name in ("whole_of", "sum_nouns"))
    return False


def _is_idiom(match: re.Match[str], rest: str, behind: str, read: ProseSentence) -> bool:
    """Return whether a word for a sum is part of an idiom: a swimming pool, all in all, put together."""
    phrase, before = match.group().lower(), read.text[: match.start()]
    ahead = before.lower().split()[-1:]
    if ahead and _is_one_of(ahead[0], "no_pools", read):
        return True
    for saying in lexicon.pattern(read.lexicon.words["sums"]["sayings"]).finditer(read.text):
        if saying.start() < match.end() and match.end() <= saying.end():  # All in all, …
            return saying.start() < match.start() or not before.strip()
    if phrase.split()[-1] in read.lexicon.words["grammar"]["to"]:
        clause = len(before) - len(_BREAK.split(before)[-1])
        is_of_links = any(clause <= item.start < match.start() for item in read.sentence.cited)
        nouns = lexicon.pattern(read.lexicon.words["sums"]["sum_nouns"])
        return not is_of_links and nouns.search(behind) is None
    made_with = lexicon.filled(read.lexicon, _BESIDE)
    return _is_one_of(phrase, "made", read) and made_with.match(rest) is not None


def _amounts_at(read: ProseSentence) -> list[int]:
    return [*(item.start for item in read.sentence.cited), *(figure.start for figure in read.figures)]


def _is_one_of(text: str, name: str, read: ProseSentence, *, is_whole: bool = True) -> bool:
    words = lexicon.pattern(read.lexicon.words["sums"][name])
    return (words.fullmatch(text) if is_whole else words.match(text)) is not None
