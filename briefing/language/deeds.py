"""Deeds: what a sentence says has been done to a thing, by it or with it, read from verbs and nouns.

``status_claims`` finds phrases that claim a rung by themselves. A deed claims one only of the thing that is
its subject or object, so this module knows where things are mentioned, but nothing of facts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from briefing.language import lexicon
from briefing.language.lexicon import Lexicon, Phrases
from briefing.language.status_claims import Ladder, Span, ladder_of
from briefing.language.verbs import (
    Form,
    Group,
    Mood,
    Unlisted,
    VerbList,
    Voice,
    Word,
    grammar_of,
    words_of,
)
from briefing.model.scales import Degree

_STOP = re.compile(r"[,;:.()]")
_ASIDE = re.compile(r",\s+(?:\w+\s+){0,3}")
"""What is between a thing and a participle that is beside it: the posts, long since filled."""
_TO_SUBJECT, _TO_OBJECT, _TO_PLACE, _TO_EVENT, _AHEAD = 9, 6, 8, 6, 7
"""Number of words that may be between a thing and the verb or noun that concerns it, and before a subject."""
_NEAR = 60
"""Number of characters behind a thing in which its event has its verb."""


class Role(StrEnum):
    """What a thing has to do with a deed."""

    THING = "thing"
    """It does it: the ships sail."""
    DONE = "done"
    """It is done to it: crews sail the ships."""
    WITH = "with"
    """People do it with it or in it: crews live aboard the ships."""
    EVENT = "event"
    """A noun says that it happened: since the delivery of the ships."""
    PAPER = "paper"
    """A noun for what is signed about it: the contract for the ships is signed."""
    USERS = "users"
    """People are called by what they do with it or in it: passengers of the ships."""
    GIVEN = "given"
    """It must be there: thanks to the ships."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb or a noun that says something has happened to a thing."""

    start: int
    end: int
    rung: int
    role: Role
    clause: Span
    group: Group | None = None
    """The verb with its auxiliaries; None for a noun."""
    is_money: bool = False
    """Whether it can be done to money only."""
    is_split: bool = False
    """Whether its object is between its verb and its particle."""
    is_absolute: bool = False
    """Whether only "with" makes it one: with the ships now sailing."""
    is_unlisted: bool = False
    """Whether no list has its verb."""


@dataclass(frozen=True, slots=True)
class Governor:
    """The words that connect a mention with its clause: "the keels of"."""

    preposition: str = ""
    noun: str = ""
    start: int = 0
    """Where the noun begins, or the preposition, or else the mention."""
    is_topic: bool = False
    """Whether the mention is only what something else is about: opponents of the ships."""
    further: str = ""
    """The preposition before the noun: "through the rock of"."""


class Deeds:
    """The deeds that one language has words for."""

    def __init__(self, words: Lexicon) -> None:
        self.grammar = grammar_of(words)
        self.ladder: Ladder = ladder_of(words)
        deeds, relations = words.words["deeds"], words.words["relations"]

        def listed(phrases: Sequence[str]) -> VerbList:
            return VerbList(phrases, self.grammar)

        self._lists = list(_verbs_of_rungs(deeds, listed))
        self._nouns = list(_nouns(words))
        states = deeds["absolute"]
        self._states = [(one.rung, Phrases(states[one.value])) for one in Degree if one.value in states]
        self._after = re.compile(
            rf"{lexicon.pattern(deeds['events']['after']).pattern}\s+(?:{_any(relations['articles'])}\s+)?(?:\w+\s+)?$",
            re.IGNORECASE,
        )
        self._took_place = Phrases(deeds["events"]["took_place"])
        self._signed = Phrases(deeds["events"]["signed"])
        self._was = re.compile(
            rf"(?:\s+[a-z]+){{0,4}}?\s+(?:{_any(relations['was'])})\b(?!\s+(?:{_any(relations['was_not'])})\b)",
            re.I,
        )
        self._making = listed(self.grammar.making)
        self._filling = listed(words.words["verbs"]["filling"])
        self._telic = listed(words.words["verbs"]["telic"])
        self._clefts = re.compile(
            rf"(?:\s+of\s+\w+)?,?\s+{lexicon.pattern(relations['clefts']).pattern}", re.IGNORECASE
        )
        self._decided = Phrases(relations["decided"])
        self._place_at_end = re.compile(rf"\s+(?:{_any(relations['places'])}|under)\s*(?:$|[,.;:!])", re.I)
        self._open = Phrases(relations["open"])
        self._topics = Phrases(words.words["topics"]["nouns"])
        self._topical = frozenset(words.words["topics"]["prepositions"])
        self._in_which = re.compile(
            rf"\s(?:{_any(words.words['topics']['in_which'])})\s+"
            rf"(?:(?:{_any(relations['determiners'])})\s+)?$",
            re.IGNORECASE,
        )
        self._keeping = frozenset(
            form for base in relations["keeping"] for form, _ in self.grammar.forms(base)
        )
        self._before_of = frozenset(relations["before_of"])
        self._determiners = frozenset(relations["determiners"])
        self._parts = frozenset(relations["parts"])
        self._places = frozenset(relations["places"])
        self._inside = frozenset(relations["inside"])
        self._sources = frozenset(relations["sources"])
        self._links = frozenset(relations["links"])
        self._done_on = frozenset(relations["done_on"])
        self._giving = frozenset(words.words["verbs"]["giving"])
        self._inherent = Phrases(relations["inherent"])
        self._shape_clauses(words, listed)

    def _shape_clauses(self, words: Lexicon, listed: Callable[[Sequence[str]], VerbList]) -> None:
        """Make the expressions for the words around a deed: ends, owners, relative clauses, the past."""
        relations = words.words["relations"]
        self._ends = re.compile(rf"\s*(?:$|[,.;:)!]|(?:{_any(relations['ends'])}|\w+ly)\b)", re.IGNORECASE)
        articles = _any(relations["articles"])
        self._fronted = re.compile(
            rf"(?:\s+and\s+\w+)?(?:\s+(?!and\b)[\w-]+){{0,5}},\s+(?:{_any(relations['determiners'])})?\s*(?:[\w-]+\s+)?",
            re.IGNORECASE,
        )
        relatives = _any(words.words["speech"]["relative_subjects"])
        self._subject_only = re.compile(
            rf"(?:(?:{relatives})\s+)?(?:(?:{articles}|{articles.title()})\s+)?(?:[A-Z][\w’'-]*\s+|of\s+(?:the\s+)?(?=[A-Z]))*"
        )
        self._relative = re.compile(rf"\s+(?:{relatives})\s+(?:(?:{articles})\s|[A-Z])")
        self._possessive = re.compile(
            rf"(?:\w['’]s|s['’]|\b(?:{_any(relations['possessors'])}))\s+(?:[\w-]+\s+)?$", re.IGNORECASE
        )
        self._owner = re.compile(
            rf"(?:\w['’]s|s['’]|\b(?:{_any((*relations['possessors'], 'the', 'this'))}))\s+(?:[\w-]+\s+)?$",
            re.IGNORECASE,
        )
        was = _any(relations["was"])
        was_not = _any(sorted({*relations["was_not"]} - {"one", "a", "the"}))
        past = "|".join(sorted({form.split("|")[0].split()[0] for form in self.grammar.irregular.values()}))
        self._past = re.compile(
            rf"^(?:[^.;:]*?\s)?"
            rf"(?:(?:{was})(?:,[^,]*,)?(?!,?\s+(?:{was_not})\b)|[a-z]{{2,}}ed|{past})\b",
            re.IGNORECASE,
        )
        self._with = re.compile(rf"(?:^|[,;:.]\s+)with\s+(?:(?:{articles}|all|these)\s+)?$", re.IGNORECASE)
        neutral = words.words["neutral"]
        self._neutral = listed(neutral["verbs"])
        self._copula = _copula(words)
        self._attitudes = Phrases(neutral["attitudes"])
        speech = listed((*words.words["speech"]["verbs"], *words.words["speech"]["weak"]))
        self._unlisted = Unlisted((speech, self._neutral), self.grammar, _no_deeds(words))

    def found(self, text: str) -> tuple[Deed, ...]:
        """Return what a sentence says is done or happens, whether or not to a thing that is cited."""
        return _found(self, text)

    def of_verbs(self, text: str) -> Iterator[Deed]:
        """Yield the verbs among them."""
        words, clauses = words_of(text), self.ladder.clauses(text)
        making = {found.index for found in self._making.find(text, words)}
        filling = {found.index for found in self._filling.find(text, words)}
        telic = {found.index for found in self._telic.find(text, words)}
        is_open = any(  # it hopes, but not: it forgot to ask
            not text[: match.start()].endswith("to ") for match in self.ladder.conditions.finditer(text)
        )
        for rung, role, verbs, is_money in self._lists:
            for found in verbs.find(text, words):
                group = self.grammar.group(words, found.index, found.forms, found.end)
                is_absolute = group is None and role is Role.THING and Form.ING in found.forms
                if is_absolute:
                    verb = words[found.index]
                    group = Group(verb.start, verb.start, verb.end, found.end, Mood.REAL, Voice.ACTIVE)
                if group is None or group.mood is Mood.UNREAL or group.is_denied:
                    continue
                if is_open and Form.ING in found.forms and self.grammar.is_factive(words, found.index):
                    continue  # by leasing the site, the port would gain
                if found.is_split and role is Role.THING:
                    continue  # nothing is between "go" and "up"
                is_bare = found.end == words[found.index].end and role is Role.DONE
                if is_bare and self._has_particle(words, found.index):
                    continue  # they bring up the ships: another verb
                claimed = rung if group.mood is Mood.REAL else Degree.AGREED.rung
                is_being_done = Form.ING in found.forms or words[found.index - 1].text == "being"
                is_whole = group.voice is not Voice.EITHER and Form.PARTICIPLE in found.forms
                if found.index in telic and is_whole and words[found.index - 1].text != "being":
                    is_perfect = any(
                        word.text in self.grammar.perfect for word in words_of(text[group.start : group.verb])
                    )
                    claimed = max(claimed, Degree.DELIVERING.rung) if is_perfect else claimed
                if found.index in filling and words[found.index - 1].text == "being":
                    claimed = min(claimed, Degree.IN_PRODUCTION.rung)
                if found.index in making and rung == Degree.DELIVERING.rung and is_being_done:
                    claimed = min(claimed, Degree.IN_PRODUCTION.rung)
                clause = _clause(clauses, group.verb)
                yield Deed(
                    group.verb, group.end, claimed, role, clause, group, is_money, found.is_split, is_absolute
                )

    def _has_particle(self, words: Sequence[Word], index: int) -> bool:
        behind = [word.text for word in words[index + 1 : index + 3]]
        return (
            behind[:1] != [] and behind[0] in self.grammar.particles and behind[1:] != ["to"]
        )  # not: up to 9

    def of_unlisted(self, text: str) -> Iterator[Deed]:
        """Yield verbs that no list has, where they are in the past, the perfect or in progress."""
        words, clauses = words_of(text), self.ladder.clauses(text)
        for found in self._unlisted.find(text, words):
            group = self.grammar.group(words, found.index, found.forms, found.end)
            ahead = words[found.index - 1].text if found.index else ""
            if group is None or (group.start == group.verb and ahead in self.grammar.no_verb_after):
                continue
            if group.mood is Mood.REAL and not group.is_denied:
                clause, rung = _clause(clauses, group.verb), Degree.DELIVERING.rung
                yield Deed(group.verb, group.end, rung, Role.DONE, clause, group, is_unlisted=True)

    def of_states(self, text: str) -> Iterator[Deed]:
        """Yield what can be said of a thing behind "with": with the ships complete."""
        for rung, phrases in self._states:
            for match in phrases.finditer(text):
                group = Group(match.start(), *match.span(), match.end(), Mood.REAL, Voice.ACTIVE)
                clause = _clause(self.ladder.clauses(text), match.start())
                yield Deed(*match.span(), rung, Role.THING, clause, group, is_absolute=True)

    def of_nouns(self, text: str) -> Iterator[Deed]:
        """Yield the nouns among them."""
        clauses = self.ladder.clauses(text)
        for rung, role, pattern in self._nouns:
            for match in pattern.finditer(text):
                yield Deed(*match.span(), rung, role, _clause(clauses, match.start()))

    # ------------------------------------------------------------------------------------------- whose deed

    def concerns(self, text: str, deed: Deed, mention: Span) -> bool:
        """Return whether a deed is done to, by or with a thing that is mentioned."""
        if self._is_headline(text, deed, mention):
            return True
        if not (deed.clause[0] <= mention[0] and mention[1] <= deed.clause[1]):
            return False
        begin = deed.end if deed.end <= mention[0] else deed.clause[0]
        governor = self.governor(text, mention[0], (begin, deed.clause[1]))
        if deed.group is None:
            return self._has_happened(text, deed, mention)
        if governor.is_topic or self._is_inherent(text, deed, deed.group):
            return False
        if self._is_beside(text, deed, deed.group, mention):
            return True
        if deed.is_absolute:
            return False
        if deed.is_split:
            is_between = deed.group.verb_end < mention[0] and mention[1] < deed.end
            return is_between and not governor.preposition
        if deed.role is Role.WITH:
            return self._is_with(text, deed, deed.group, mention, governor)
        if mention[1] <= deed.group.start:
            return self._is_subject(text, deed, deed.group, mention, governor)
        return mention[0] >= deed.end and self._is_behind(text, deed, deed.group, mention, governor)

    def _is_beside(self, text: str, deed: Deed, group: Group, mention: Span) -> bool:
        """Return whether a participle or a clause beside the thing says it: with the ships sold, painted."""
        is_bare = deed.role is Role.DONE and self._is_bare(group)
        if (deed.is_absolute or is_bare) and self._is_absolute(text, group, mention):
            return True
        if deed.role is Role.DONE and self._is_fronted(text, deed, group, mention):
            return True
        return not deed.is_absolute and self._is_cleft(text, deed, group, mention)

    def is_predicate(self, text: str, deed: Deed, link: Span) -> bool:
        """Return whether the words of a link say the deed and name no thing: [which the port leased]."""
        if deed.group is None or deed.is_absolute or deed.is_unlisted or deed.role is Role.WITH:
            return False
        if deed.role is Role.THING and deed.group.voice is Voice.PASSIVE:
            return False
        ahead = text[link[0] : max(link[0], deed.group.start)]
        if deed.role is Role.THING and not ahead:  # what does it is outside the link
            return False
        is_verbal = deed.group.voice is not Voice.EITHER or self._ends.match(text, deed.end) is not None
        return is_verbal and self._subject_only.fullmatch(ahead) is not None

    def _is_headline(self, text: str, deed: Deed, mention: Span) -> bool:
        """Return whether a participle with a colon is said of what follows it: sold: the ships."""
        is_first = (
            deed.group is not None and deed.group.voice is not Voice.ACTIVE and not text[: deed.start].strip()
        )
        between = text[deed.end : mention[0]].strip()
        return is_first and deed.role is Role.DONE and between[:1] == ":" and len(words_of(between)) <= 1

    def begins_aside(self, text: str, deed: Deed, thing: Span) -> bool:
        """Return whether a verb is beside the thing before it: in commas, or in a clause of its own."""
        if deed.group is None:
            return False
        between = text[thing[1] : max(thing[1], deed.group.start)]
        return bool(_ASIDE.fullmatch(between) or self._relative.match(between))

    def _is_absolute(self, text: str, group: Group, mention: Span) -> bool:
        """Return whether a verb in "-ing" says how things are: with the ships now sailing, prices fall."""
        between = [word.text for word in words_of(text[mention[1] : group.start])]
        is_near = mention[1] <= group.start and self.grammar.adverbs.issuperset(between)
        return is_near and self._with.search(text[: mention[0]]) is not None

    def _is_bare(self, group: Group) -> bool:
        """Return whether a participle has no auxiliary: with the contract signed."""
        return group.voice is not Voice.ACTIVE and group.start == group.verb

    def _is_fronted(self, text: str, deed: Deed, group: Group, mention: Span) -> bool:
        """Return whether a participle is before the subject, which is the thing: painted, the ships wait."""
        ahead = re.fullmatch(r"(?:[\w-]+,?\s+(?:and\s+)?){0,2}", text[: group.start])
        is_first = self._is_bare(group) and ahead is not None
        return is_first and self._fronted.fullmatch(text, deed.end, mention[0]) is not None

    def _is_cleft(self, text: str, deed: Deed, group: Group, mention: Span) -> bool:
        """Return whether a thing is what people do it to or with: the beds are what they sleep in."""
        if group.voice is not Voice.ACTIVE or group.start < mention[1]:
            return False
        if not self._clefts.match(text, mention[1]) or len(words_of(text[mention[1] : group.start])) > 14:
            return False
        ends = {Role.WITH: self._place_at_end, Role.DONE: self._ends}.get(deed.role)
        return ends is not None and ends.match(text, deed.end) is not None

    def governor(self, text: str, start: int, clause: Span) -> Governor:
        """Return what connects the mention that starts at a character with its clause."""
        words = words_of(text[clause[0] : start])
        while words and words[-1].text in self._determiners:
            words.pop()
        if self._is_in_texts(text, clause[0], start):
            return Governor(start=start, is_topic=True)
        if not words or words[-1].text not in self._parts | self._places | self._topical | self._links:
            return Governor(start=start)
        last, noun = words[-1], words[-2] if len(words) > 1 else None
        if last.text == "of" and noun and noun.text in self._before_of:  # out of, inside of
            return Governor("from", "", clause[0] + noun.start)
        phrase = text[clause[0] : clause[0] + last.start].rstrip()
        is_topic = last.text in self._topical or any(
            match.end() == len(phrase) for match in self._topics.finditer(phrase)
        )
        rest = words[:-2]
        while rest and rest[-1].text in self._determiners:
            rest.pop()
        further = rest[-1].text if rest and rest[-1].text in self._parts | self._places else ""
        at = clause[0] + (noun or last).start
        return Governor(last.text, noun.text if noun else "", at, is_topic, further)

    def _is_in_texts(self, text: str, start: int, mention: int) -> bool:
        """Return whether a relative clause about texts has what follows: the minutes in which they occur."""
        which = self._in_which.search(text, start, mention)
        ahead = text[start : which.start()].rstrip() if which else ""
        return any(match.end() == len(ahead) for match in self._topics.finditer(ahead))

    def _is_subject(self, text: str, deed: Deed, group: Group, mention: Span, governor: Governor) -> bool:
        """Return whether a thing before a verb is its subject, and is what it is done to or does it."""
        is_source = (
            deed.role is Role.THING
            and deed.rung == Degree.IN_SERVICE.rung
            and governor.preposition in self._sources
        )
        if governor.preposition and governor.preposition not in self._parts and not is_source:
            return False
        between = text[mention[1] : group.start]
        is_object = deed.role is Role.DONE and not deed.is_unlisted and group.voice is not Voice.PASSIVE
        is_ended = self._ends.match(text, deed.end) or self._ends.match(text, group.verb_end)
        if is_object and self._relative.match(between) and is_ended:
            return len(words_of(between)) <= _TO_SUBJECT  # the ships that the navy bought
        if group.voice is Voice.EITHER and not self._fits(text, deed, between):
            return False
        if group.voice is (Voice.ACTIVE if deed.role is Role.DONE else Voice.PASSIVE):
            return False
        if deed.is_unlisted and group.voice is not Voice.PASSIVE:
            return False
        ahead = words_of(text[deed.clause[0] : governor.start])
        joints = self.grammar.conjunctions | (self.grammar.subordinators - {"since"})  # long since paid for
        joint = any(word.text in joints for word in words_of(between))
        is_near = len(ahead) <= _AHEAD or _ASIDE.fullmatch(between) is not None
        return is_near and len(words_of(between)) <= _TO_SUBJECT and not joint

    def _fits(self, text: str, deed: Deed, between: str) -> bool:
        """Return whether a past form without an auxiliary fits: ships sold, but ships occupied the quay."""
        if deed.role is Role.DONE:
            return self._ends.match(text, deed.end) is not None
        return "," not in between  # the ships, supplied by the yard

    def _is_behind(self, text: str, deed: Deed, group: Group, mention: Span, governor: Governor) -> bool:
        """Return whether a thing behind a verb is its object, or does it: heated by the plant."""
        between = text[deed.end : mention[0]]
        if deed.role is Role.THING:
            is_agent = group.voice is not Voice.ACTIVE and governor.preposition == self.grammar.agent
            return is_agent and (not text[deed.end : governor.start].strip() or not governor.noun)
        if deed.is_unlisted and governor.preposition in self._inside:
            return len(words_of(between)) <= _TO_OBJECT and not _STOP.search(between)
        if governor.preposition and (governor.preposition not in self._parts or deed.is_unlisted):
            return False
        if deed.is_unlisted and len(words_of(between)) > 2:
            return False
        said = text[deed.start : deed.end].lower().split()
        is_giving = said[-1] in self._giving or (len(said) > 1 and said[-1] in self._parts)
        if group.voice is Voice.PASSIVE and not is_giving:
            return False
        return self._is_object(between, governor)

    def _is_object(self, between: str, governor: Governor) -> bool:
        words = words_of(between)
        if len(words) > _TO_OBJECT or _STOP.search(between):
            return False
        links = self._parts | self._places | self._topical | self._links | self.grammar.conjunctions
        others = [word.text for word in words if word.text in links]
        allowed = [governor.preposition] if governor.preposition else []
        return not others or others == allowed or (others[-1:] == allowed and set(others[:-1]) <= self._parts)

    def _is_with(self, text: str, deed: Deed, group: Group, mention: Span, governor: Governor) -> bool:
        """Return whether people do something in a thing or with it."""
        is_part = governor.preposition == "of" and governor.further in self._places
        if governor.preposition not in self._places and not is_part:
            return False
        if mention[1] <= group.start:
            return governor.start <= deed.clause[0] + 2
        between = text[deed.end : mention[0]]
        if (
            governor.preposition == "on"
            and governor.start > deed.end + 1
            and governor.noun not in self._done_on
        ):
            return False  # she wrote her thesis on the ships
        return len(words_of(between)) <= _TO_PLACE and not _STOP.search(between)

    def _is_inherent(self, text: str, deed: Deed, group: Group) -> bool:
        """Return whether a verb only says what a thing is like: ships that are built for ice."""
        is_made = deed.rung == Degree.IN_PRODUCTION.rung and group.voice is Voice.PASSIVE
        return is_made and self._inherent.match(text[group.start : group.verb] + text[deed.end :]) is not None

    def _has_happened(self, text: str, deed: Deed, mention: Span) -> bool:
        """Return whether what a noun says of a thing has happened."""
        between, rest = text[deed.end : mention[0]], text[mention[1] :]
        if mention[0] < deed.end or len(words_of(between)) > _TO_EVENT or _STOP.search(between):
            return False
        is_unsure, near = self._is_unsure(text, deed, rest), rest[:_NEAR]
        if deed.role in (Role.GIVEN, Role.USERS):
            is_near = all(word.text in self._determiners for word in words_of(between))
            is_there = is_near and not self._open.search(text)
            return is_there and not (deed.role is Role.USERS and is_unsure)
        if deed.role is Role.PAPER:
            before = self.ladder.before.search(text, deed.clause[0], deed.start)
            is_owned = self._owner.search(text, 0, deed.start) is not None
            is_signed = self._signed.search(near) is not None or (is_owned and not is_unsure)
            return is_signed and not before and not self.ladder.after.search(near)
        return self._took_place_then(text, deed, rest, is_unsure)

    def _took_place_then(self, text: str, deed: Deed, rest: str, is_unsure: bool) -> bool:
        """Return whether a sentence says that an event has been."""
        near = rest[:_NEAR]
        if self.ladder.before_nouns.search(text, deed.clause[0], deed.start):
            return False
        if self._decided.search(text, deed.clause[0], deed.start):
            return False
        if self._after.search(text, 0, deed.start):
            return not self.ladder.after.search(rest) and not self._open.search(rest)
        if self.ladder.after.search(near):
            return False
        if self._has_agent(text, deed, rest) and not is_unsure and self._past.search(near):
            return True
        was = deed.rung >= Degree.IN_PRODUCTION.rung and self._was.match(rest)
        return bool(was) or bool(self._took_place.search(near))

    def _has_agent(self, text: str, deed: Deed, rest: str) -> bool:
        """Return whether a noun says who did it: the yard's delivery of the ships, a purchase by the port."""
        is_owned = self._possessive.search(text, 0, deed.start) is not None
        return is_owned or re.match(rf"\s+{self.grammar.agent}\s", rest) is not None

    def _is_unsure(self, text: str, deed: Deed, rest: str) -> bool:
        """Return whether the clause of a noun asks, wishes or doubts."""
        start, near = deed.clause[0], re.split("[,;]", rest)[0][:_NEAR]
        return bool(
            self._open.search(near)
            or self.ladder.before_nouns.search(text, start, deed.start)
            or self._topics.search(text, start, deed.start)
        )

    # -------------------------------------------------------------------------------------- nothing of it

    def is_named_only(self, text: str, link: Span) -> bool:
        """Return whether a link without a verb is a topic, or the object of a verb that claims nothing."""
        clause = _clause(self.ladder.clauses(text), link[0])
        if any(self.grammar.is_verbal(word.text) for word in words_of(text[link[0] : link[1]])):
            return False
        if self.governor(text, link[0], clause).is_topic:
            return True
        before = [word.text for word in words_of(text[clause[0] : link[0]])]
        return len(before) > 1 and before[-1] in self._keeping

    def is_neutral(self, text: str, mention: int, clause: Span) -> bool:
        """Return whether a clause says nothing of how far the thing that it mentions there has come."""
        if self.governor(text, mention, clause).is_topic:
            return True
        if any(
            pattern.search(text, *clause) for pattern in (self._attitudes, self.ladder.after, self._copula)
        ):
            return True
        words = [word for word in words_of(text) if clause[0] <= word.start < clause[1]]
        found = self._neutral.find(text, words)
        return any(
            self.grammar.group(words, one.index, one.forms, one.end, can_be_noun=False)
            and not self.grammar.is_factive(words, one.index)
            for one in found
        )


def _nouns(words: Lexicon) -> Iterator[tuple[int, Role, Phrases]]:
    """Yield the nouns for each rung."""
    events = words.words["deeds"]["events"]
    grammar, deeds = grammar_of(words), words.words["deeds"]
    for status in Degree:
        verbs = (verb for verb in deeds.get(status.value, {}).get(Role.DONE.value, ()) if verb.isalpha())
        gerunds = (f"{form} of" for verb in verbs for form, name in grammar.forms(verb) if name is Form.ING)
        yield status.rung, Role.EVENT, Phrases((*events.get(status.value, ()), *gerunds))
    for status in (Degree.AGREED, Degree.CONTRACTED):
        yield status.rung, Role.PAPER, Phrases(events[f"papers_{status.value}"])
    yield Degree.DELIVERED.rung, Role.GIVEN, Phrases(events["given"])
    yield Degree.DELIVERED.rung, Role.USERS, Phrases(events["users"])


def _copula(words: Lexicon) -> re.Pattern[str]:
    """Return an expression for "is" and what only describes: is controversial, but not "is at the quay"."""
    states = "|".join(
        rf"\w+{word[1:]}" if word.startswith("*") else lexicon.expression(word)
        for word in words.words["neutral"]["states"]
    )
    being = lexicon.pattern(words.words["neutral"]["copula"]).pattern
    return re.compile(rf"{being}\s+(?:\w+ly\s+)?(?!(?:{states})\b)\w+", re.IGNORECASE)


def _verbs_of_rungs(
    deeds: Mapping[str, Any], listed: Callable[[Sequence[str]], VerbList]
) -> Iterator[tuple[int, Role, VerbList, bool]]:
    """Yield the rung, role and verbs of each list, and whether they are only of money."""
    for status in Degree:
        for role in (Role.DONE, Role.THING, Role.WITH):
            if phrases := deeds.get(status.value, {}).get(role.value):
                yield status.rung, role, listed(phrases), False
    for role in (Role.DONE, Role.THING):
        yield Degree.DELIVERING.rung, role, listed(deeds["money"][role.value]), True


def _no_deeds(words: Lexicon) -> frozenset[str]:
    """Return the words that look like verbs and say nothing of a deed."""
    grammar, table = grammar_of(words), words.words
    lists = (
        grammar.auxiliaries,
        table["neutral"]["no_verbs"],
        table["softeners"]["before"],
        table["softeners"]["before_nouns"],
        table["actuality"]["unsettled"],
        table["actuality"]["benign"],
        table["actuality"]["benign_perfect"],
    )
    return frozenset(lexicon.spelled(phrase for phrases in lists for phrase in phrases if " " not in phrase))


def _any(words: Sequence[str]) -> str:
    return "|".join(lexicon.expression(word) for word in words)


@functools.lru_cache(maxsize=65536)
def _found(deeds: Deeds, text: str) -> tuple[Deed, ...]:
    if text.rstrip().endswith("?") or deeds.ladder.inversions.match(text):
        return ()
    return (
        *deeds.of_verbs(text),
        *deeds.of_states(text),
        *deeds.of_nouns(text),
        *deeds.of_unlisted(text),
    )


def _clause(clauses: Sequence[Span], index: int) -> Span:
    return next((span for span in clauses if index < span[1]), clauses[-1])


@functools.cache
def deeds_of(words: Lexicon) -> Deeds:
    """Return the deeds of a language."""
    return Deeds(words)
