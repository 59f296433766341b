"""Verbs of a sentence: their forms, and whether a clause states, promises or only imagines what they say.

A lexicon has verbs in their base form. What they become with an ending, in the past and behind "has" is
worked out here. The words before a verb say whether it is done to a thing or by it, and whether it is real.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from briefing.language import lexicon
from briefing.language.lexicon import Lexicon, Phrases

_WORD = re.compile(r"[^\W_]+(?:[-][^\W_]+)*|[’'](?:s|ve|re|ll|d)\b|n[’']t\b", re.IGNORECASE)
_VOWELS = "aeiou"
_GAP = r"[\s\u00a0]+"
_POSSESSIVE = ("’s", "'s")
_PARTICLES = frozenset(
    [
        "up",
        "down",
        "in",
        "out",
        "on",
        "off",
        "over",
        "away",
        "home",
        "aboard",
        "through",
        "together",
        "around",
        "ashore",
    ]
)


class Form(StrEnum):
    """A form of a verb."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


class Mood(StrEnum):
    """What a clause does with its verb."""

    REAL = "real"
    PROMISED = "promised"
    UNREAL = "unreal"
    """It is wished for, possible, to be done, or named only."""


class Voice(StrEnum):
    """Whether the subject of a verb does it, or has it done to it."""

    ACTIVE = "active"
    PASSIVE = "passive"
    EITHER = "either"
    """A past form without an auxiliary: the ships sold, or the ships sold by the yard."""


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries."""

    start: int
    """Where its first auxiliary begins, or else the verb."""
    verb: int
    verb_end: int
    end: int
    mood: Mood
    voice: Voice
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text, a contraction as two."""
    return [Word(match.group().lower(), *match.span()) for match in _WORD.finditer(text)]


class Grammar:
    """The words that make a verb finite, real, passive or only possible, in one language."""

    def __init__(self, words: Lexicon) -> None:
        table = words.words["verbs"]
        self.irregular: Mapping[str, str] = dict(table["irregular"])
        self.third: Mapping[str, str] = dict(table["third"])
        self.plural: Mapping[str, str] = dict(table["plural"])
        self.doubling = frozenset(table["doubling"])
        self.adverbs = frozenset(table["adverbs"])
        self.be = frozenset(table["be"])
        self.have = frozenset(table["have"])
        self.modal = frozenset(table["modal"])
        self.promise = frozenset(table["promise"])
        self.do = frozenset(table["do"])
        self.real_to = frozenset(table["real_to"])
        self.factive = frozenset(table["factive"])
        self.making = tuple(table["making"])
        self.conjunctions = frozenset(table["conjunctions"])
        self.clause_words = frozenset(table["clause_words"])
        self.agent: str = table["agent"]
        self.auxiliaries = frozenset(
            (*self.be, *self.have, *self.modal, *self.promise, *self.do, "been", "being", "having", "done")
        )
        self.no_verb_after = frozenset(table["no_verb_after"])
        self.plurals = frozenset(table["plurals"])
        self.determiners: tuple[str, ...] = tuple(words.words["relations"]["determiners"])
        self.perfect = frozenset(table["perfect"])
        self.not_denied = frozenset(table["not_denied"])
        self.particles = frozenset(table["particles"])
        self.subordinators = frozenset(table["subordinators"])

        self.forms = functools.cache(lambda base: tuple(self._forms(base)))
        """Return every form of a verb with its name."""

    def _forms(self, base: str) -> Iterator[tuple[str, Form]]:
        yield self.plural.get(base, base), Form.BASE
        yield self.third.get(base) or _third(base), Form.PRESENT
        past, participle = _both(self.irregular.get(base) or _regular(base, self.doubling))
        for name, text in ((Form.PAST, past), (Form.PARTICIPLE, participle)):
            for form in text.split("|"):
                yield form, name
        yield _ing(base, base in self.doubling), Form.ING

    def is_verbal(self, word: str) -> bool:
        """Return whether a word makes a clause: is, has, will, would."""
        return word in self.auxiliaries

    def group(
        self, words: list[Word], index: int, forms: Iterable[Form], ends: int, *, can_be_noun: bool = True
    ) -> Group | None:
        """Return the verb group around a word that can be such forms of a verb; None where it is no verb."""
        forms = frozenset(forms)
        before = _Before(words, index, self)
        verb, word = words[index], before.next()
        start, denied = before.start, before.is_denied
        if word in ("been", "being", "be"):
            mood = self._mood(before, word)
            if Form.PARTICIPLE in forms:
                return Group(before.start, verb.start, verb.end, ends, mood, Voice.PASSIVE, before.is_denied)
            if Form.ING in forms and word != "being":
                return Group(before.start, verb.start, verb.end, ends, mood, Voice.ACTIVE, before.is_denied)
            return None
        if word in self.be and (Form.PARTICIPLE in forms or Form.ING in forms):
            voice = Voice.PASSIVE if Form.PARTICIPLE in forms else Voice.ACTIVE
            return Group(start, verb.start, verb.end, ends, Mood.REAL, voice, denied)
        if Form.ING in forms and (word in self.real_to or self.is_factive(words, index)):
            first = start if word in self.real_to else verb.start  # has begun paying
            return Group(first, verb.start, verb.end, ends, Mood.REAL, Voice.ACTIVE, denied)
        if word in self.have and Form.PARTICIPLE in forms:
            mood = self._under(before)
            return Group(before.start, verb.start, verb.end, ends, mood, Voice.ACTIVE, before.is_denied)
        if Form.BASE in forms and word in (*self.modal, *self.promise, *self.do, "to"):
            mood = self._mood(before, word)
            return Group(before.start, verb.start, verb.end, ends, mood, Voice.ACTIVE, before.is_denied)
        if Form.PAST in forms or Form.PARTICIPLE in forms:
            return self._past(words, index, forms, ends)
        if Form.PRESENT in forms or Form.BASE in forms:
            is_next = index + 1 < len(words) and words[index + 1].start == verb.end + 1 == ends + 1
            after = words[index + 1].text if is_next else ""
            is_noun = after == "of" or after in (*self.modal, *self.promise, *self.be, *self.have, *self.do)
            return None if is_noun and can_be_noun else self._present(words, index, forms, ends)
        return None

    def is_factive(self, words: list[Word], index: int) -> bool:
        """Return whether a verb in "-ing" follows a preposition that begins a clause: in leasing the site."""
        return index > 0 and words[index - 1].text in self.factive and _is_first(words, index - 1)

    def _past(self, words: list[Word], index: int, forms: frozenset[Form], ends: int) -> Group | None:
        verb = words[index]
        if Form.PAST not in forms:  # "the keys taken": what is done to what is before it
            return Group(verb.start, verb.start, verb.end, ends, Mood.REAL, Voice.PASSIVE)
        voice = Voice.EITHER if Form.PARTICIPLE in forms else Voice.ACTIVE
        if Form.BASE in forms and index and words[index - 1].text in self.no_verb_after:
            return None
        return Group(verb.start, verb.start, verb.end, ends, Mood.REAL, voice)

    def _present(self, words: list[Word], index: int, forms: frozenset[Form], ends: int) -> Group | None:
        verb = words[index]
        place = index - 1
        while place > 0 and words[place].text in self.adverbs:
            place -= 1
        before = words[place].text if place >= 0 else ""
        is_relative = before in self.clause_words and _is_first(
            words, place
        )  # the networks, which carry calls
        if not before or (before in self.no_verb_after and not is_relative):
            return None
        if before in _POSSESSIVE and place:
            return None
        if place and words[place - 1].text == "for" and _is_last(words, index):
            return None  # for night trains
        is_plural = before in self.plurals or (before.endswith("s") and not before.endswith(("ss", "us")))
        if Form.PRESENT not in forms and not is_plural and not self._has_plural(words, place):
            return None
        return Group(verb.start, verb.start, verb.end, ends, Mood.REAL, Voice.ACTIVE)

    def _has_plural(self, words: list[Word], place: int) -> bool:
        """Return whether a plural noun with an "of" is the subject: the sections of the cable are there."""
        near = words[max(0, place - 7) : place]
        return any(
            one.text.endswith("s") and other.text in ("of", "from", "for", "at", "in", "on", "aboard")
            for one, other in itertools.pairwise(near)
        )

    def _mood(self, before: _Before, word: str) -> Mood:
        if word in ("been", "being"):
            word = before.next()
            return self._under(before) if word in self.have else Mood.REAL if word in self.be else Mood.UNREAL
        if word == "be":
            word = before.next()
        if word == "to":
            return Mood.REAL if before.peek() in self.real_to else Mood.UNREAL
        if word in self.promise:
            return Mood.PROMISED
        return Mood.REAL if word in self.do else Mood.UNREAL

    def _under(self, before: _Before) -> Mood:
        """Return the mood of a perfect: "would have been" is none."""
        word = before.peek()
        return Mood.UNREAL if word in (*self.modal, *self.promise, "to") else Mood.REAL


class _Before:
    """The words before a verb, read backwards without adverbs."""

    def __init__(self, words: list[Word], index: int, grammar: Grammar) -> None:
        self._words, self._index, self._grammar = words, index, grammar
        self.start = words[index].start
        self.is_denied = False

    def next(self) -> str:
        """Return the next word to the left and go there."""
        place = self._place()
        if place < 0:
            return ""
        self._index, self.start = place, self._words[place].start
        return self._words[place].text

    def peek(self) -> str:
        """Return the next word to the left."""
        place = self._place()
        return self._words[place].text if place >= 0 else ""

    def _place(self) -> int:
        place = self._index - 1
        while place >= 0:
            word = self._words[place].text
            if word in ("not", "never", "n't", "n’t", "hardly"):
                after = self._words[place + 1].text if place + 1 < len(self._words) else ""
                self.is_denied = self.is_denied or after not in self._grammar.not_denied
            elif word not in self._grammar.adverbs and not word.endswith("ly"):
                break
            place -= 1
        return place


def _is_first(words: list[Word], index: int) -> bool:
    """Return whether a word begins a sentence or follows a mark."""
    return index == 0 or words[index].start > words[index - 1].end + 1


def _is_last(words: list[Word], index: int) -> bool:
    """Return whether a word ends a sentence or comes before a mark."""
    return index + 1 == len(words) or words[index + 1].start > words[index].end + 1


def _both(forms: str) -> tuple[str, str]:
    """Return the past and the participle of a verb: "went gone"; one word is both."""
    past, _, participle = forms.partition(" ")
    return past, participle or past


def _third(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _regular(base: str, doubling: frozenset[str]) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied"
    return base + (base[-1] if base in doubling or _doubles(base) else "") + "ed"


def _ing(base: str, is_doubling: bool) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + (base[-1] if is_doubling or _doubles(base) else "") + "ing"


def _doubles(base: str) -> bool:
    """Return whether a verb of one syllable doubles its last letter: ship, shipped."""
    return bool(re.fullmatch(r"[^aeiou]*(?:qu)?[aeiou][bdgklmnprtv]", base))


class Unlisted:
    """Verbs that no list has, known by their form alone: an ending, or a strong verb in the past."""

    def __init__(self, listed: Iterable[VerbList], grammar: Grammar, others: frozenset[str]) -> None:
        self._listed = tuple(listed)
        self._others = others
        self._pasts = {
            form: forms
            for past, participle in map(_both, grammar.irregular.values())
            for form, forms in (
                *((form, frozenset({Form.PAST})) for form in past.split("|")),
                *((form, frozenset({Form.PAST, Form.PARTICIPLE})) for form in participle.split("|")),
            )
        }

    def find(self, text: str, words: list[Word]) -> Iterator[FoundVerb]:
        """Yield what can only be such a verb."""
        known = {found.index for verbs in self._listed for found in verbs.find(text, words)}
        for index, word in enumerate(words):
            if index in known or word.text in self._others:
                continue
            if re.fullmatch(r"[a-z]{2,}ed", word.text):
                yield FoundVerb(index, word.end, frozenset({Form.PAST, Form.PARTICIPLE}))
            elif forms := self._pasts.get(word.text):
                yield FoundVerb(index, word.end, forms)
            elif re.fullmatch(r"[a-z]{2,}ing", word.text):
                yield FoundVerb(index, word.end, frozenset({Form.ING}))


class VerbList:
    """Verbs with what follows them, found in any form."""

    def __init__(self, phrases: Iterable[str], grammar: Grammar) -> None:
        self._by_form: dict[str, dict[str, set[Form]]] = defaultdict(dict)
        self._rests: dict[str, list[str]] = defaultdict(list)
        self._no_object = frozenset((*grammar.auxiliaries, *grammar.clause_words, *grammar.subordinators)) - {
            "and",
            "’s",
            "'s",
        }
        self._no_noun = rf"(?!\s+(?:(?:{'|'.join(grammar.determiners)})\b|(?-i:[A-Z\d])))"
        """Behind a particle no noun follows: they switched the light on, but drew the ship on a napkin."""
        for phrase in phrases:
            base, _, rest = phrase.partition(" ")
            self._rests[base].append(rest)
        for base in self._rests:
            for form, name in grammar.forms(base):
                self._by_form[form].setdefault(base, set()).add(name)
        self._behind = functools.cache(self._what_follows)

    def _what_follows(self, base: str) -> tuple[bool, Phrases, tuple[Phrases, Phrases]]:
        """Return whether nothing need follow a verb, and what can: at once, and behind an object."""
        found = self._rests[base]
        split = [rest.removeprefix("... ") for rest in found if rest.startswith("... ")]
        whole = [rest for rest in found if rest and not rest.startswith("... ")]
        ahead = lexicon.expression("... ") + _GAP
        particles = [rest for rest in found if rest in _PARTICLES]
        splits = (Phrases(split, ahead), Phrases(particles, ahead, self._no_noun))
        return "" in found, Phrases(whole, _GAP), splits

    def find(self, text: str, words: list[Word]) -> Iterator[FoundVerb]:
        """Yield each of these verbs in a text, and again where its particle is behind its object."""
        for index, word in enumerate(words):
            for base, forms in self._by_form.get(word.text, {}).items():
                is_alone, whole, splits = self._behind(base)
                if match := whole.match(text, word.end):
                    yield FoundVerb(index, match.end(), frozenset(forms))
                elif is_alone:
                    yield FoundVerb(index, word.end, frozenset(forms))
                found = (split.match(text, word.end) for split in splits)
                if match := next(filter(None, found), None):
                    if not self._no_object.isdisjoint(one.text for one in words_of(match.group())):
                        continue  # make pumps and have yet to hand over
                    yield FoundVerb(index, match.end(), frozenset(forms), is_split=True)


@dataclass(frozen=True, slots=True)
class FoundVerb:
    """A verb in a text: which word, where what follows it ends, and the forms that the word can be."""

    index: int
    end: int
    forms: frozenset[Form]
    is_split: bool = False
    """Whether its object is between the verb and its particle: put the ships through."""


@functools.cache
def grammar_of(words: Lexicon) -> Grammar:
    """Return the grammar of a language."""
    return Grammar(words)
