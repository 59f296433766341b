"""How a sentence reads to a model: whether it says that more has happened than the facts that it cites allow.

The model is a logistic regression over the words of a sentence, where they are beside the links, and how far
the cited facts have come. It was trained on labelled sentences (``tests/labelled``); its weights are data,
one file a language in ``weights``, in whole thousandths, so that every machine adds up the same. It knows
words and no grammar: it reads what no list foresaw, and doubts what a list finds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from briefing.model.scales import Degree

_FOLDER = "weights"
_TOKEN = re.compile(r"[\w’'-]+|[,;:.?!—]")
_DIGIT = re.compile(r"\d")
_LINK, _SYSTEM, _ACTOR = "LINK", "SYSTEM", "ACTOR"
_ENDINGS = ("ings", "ing", "edly", "ied", "ed", "ies", "es", "s")
_LEAST_STEM = 3
_BESIDE, _NEAR = 3, 5
"""Number of words from a link within which the place of a word counts, and within which it is near."""
_PREFIX = 5
_GROUPS = {
    Degree.INTEREST: "open",
    Degree.REQUESTED: "open",
    Degree.DISCUSSED: "open",
    Degree.ANNOUNCED: "open",
    Degree.INTENT: "open",
    Degree.AGREED: "agreed",
    Degree.CONTRACTED: "ordered",
    Degree.FINANCED: "paid",
    Degree.IN_PRODUCTION: "made",
    Degree.DELIVERING: "coming",
    Degree.SUPPLIED: "coming",
    Degree.DELIVERED: "there",
    Degree.IN_SERVICE: "used",
}
"""The statuses that a sentence must treat alike: nothing is ordered of what is open."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A part of a sentence that the model reads as a thing, and not by its words."""

    start: int
    end: int
    sort: str
    """LINK, SYSTEM or ACTOR."""
    status: Degree | None = None
    """The status of the fact of a link."""
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of a sentence."""

    score: int
    """In thousandths: the logarithm of the odds that it says too much."""
    start: int
    """Where the word begins that says it most plainly, and where it ends."""
    end: int


def link(start: int, end: int, status: Degree | None, is_money: bool) -> Mentioned:
    """Return the link of a fact, with the status of that."""
    return Mentioned(start, end, _LINK, status, is_money)


def name(start: int, end: int, is_system: bool) -> Mentioned:
    """Return the name of a system or of an actor."""
    return Mentioned(start, end, _SYSTEM if is_system else _ACTOR)


def judge(text: str, mentioned: Sequence[Mentioned], language: str) -> Judgement | None:
    """Return what the model says of a sentence; None without weights or a status of a fact."""
    if not any(item.status for item in mentioned) or not _weights(language):
        return None
    weights = _weights(language)
    tokens = _tokens(text, mentioned)
    by_token = [0] * len(tokens)
    total = weights[""]
    for feature, index in _features(text, tokens, mentioned).items():
        if weight := weights.get(feature):
            total += weight
            if index is not None:
                by_token[index] += weight
    words = [index for index, token in enumerate(tokens) if token.text[0].isalpha() and token.text.islower()]
    best = tokens[max(words, key=lambda index: by_token[index])] if words else tokens[0]
    return Judgement(total, best.start, best.end)


@functools.cache
def _weights(language: str) -> Mapping[str, int]:
    """Return the weight of each feature, in thousandths, and the bias by an empty name."""
    path = resources.files("briefing.language") / _FOLDER / f"{language}.tsv"
    if not path.is_file():
        return {}
    lines = (line.rsplit("\t", 1) for line in path.read_text("utf-8").splitlines() if line[:2] != "# ")
    return {feature: int(weight) for feature, weight in lines}


# ----------------------------------------------------------------------------------------------- features


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a mark, or a thing that is mentioned."""

    text: str
    start: int
    end: int


def features_of(text: str, mentioned: Sequence[Mentioned]) -> tuple[str, ...]:
    """Return the features of a sentence, in order of appearance."""
    return tuple(_features(text, _tokens(text, mentioned), mentioned))


def _features(text: str, tokens: Sequence[_Token], mentioned: Sequence[Mentioned]) -> dict[str, int | None]:
    """Return the features of a sentence, each with the first token that has it."""
    found: dict[str, int | None] = {}
    statuses = [item.status for item in mentioned if item.status]
    groups = sorted({_GROUPS[status] for status in statuses})
    for whole in (*(f"status={status.value}" for status in statuses), *(f"group={name}" for name in groups)):
        found[whole] = None
    if any(item.is_money for item in mentioned):
        found["money"] = None
    for item in mentioned:
        if item.sort == _LINK:
            inside = [_stem(token.text) for token in _words(text, item.start, item.end)]
            found.update(dict.fromkeys((f"in={stem}" for stem in inside), None))
            found.update(dict.fromkeys((f"first={stem}" for stem in inside[:1]), None))
    words = ["^", *(token.text for token in tokens), "$"]
    stems = [_stem(word) for word in words]
    links = [index for index, word in enumerate(words) if word == _LINK]
    for index, word in enumerate(words):
        place = min(max(index - 1, 0), len(tokens) - 1)
        for feature in _of_word(index, words, stems, links, groups):
            found.setdefault(feature, place)
        if word != "$":
            found.setdefault(f"pair={word} {words[index + 1]}", place)
    return found


def _of_word(
    index: int, words: Sequence[str], stems: Sequence[str], links: Sequence[int], groups: Sequence[str]
) -> Iterator[str]:
    """Yield the features of one word: itself, with the statuses, and by its place beside the links."""
    word, stem = words[index], stems[index]
    yield f"stem={stem}"
    if len(word) > _PREFIX:
        yield f"prefix={word[:_PREFIX]}"
    for group in groups:
        yield f"{group}: {stem}"
    nearest = min(links, key=lambda place: (abs(index - place), place), default=index)
    if index != nearest:
        yield f"{'before' if index < nearest else 'after'}={stem}"
        if abs(index - nearest) <= _NEAR:
            yield f"near={stem}"
    for place in links:
        if 0 < abs(index - place) <= _BESIDE:
            yield f"{index - place:+}={stem}"


def _tokens(text: str, mentioned: Sequence[Mentioned]) -> list[_Token]:
    """Return the words of a sentence in small letters, with each thing that is mentioned as one."""
    found: list[_Token] = []
    position = 0
    for item in sorted(mentioned, key=lambda item: (item.start, item.sort != _LINK, -item.end)):
        if item.start >= position:
            found += _words(text, position, item.start)
            found.append(_Token(item.sort, item.start, item.end))
            position = item.end
    return [*found, *_words(text, position, len(text))] or [_Token("$", 0, len(text))]


def _words(text: str, start: int, end: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield _Token("#" if _DIGIT.search(match.group()) else match.group().lower(), *match.span())


@functools.lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """Return a word without its commonest endings; things and marks are as they are."""
    if not word.islower():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word[:-1] if word.endswith("e") and len(word) > _LEAST_STEM + 1 else word
