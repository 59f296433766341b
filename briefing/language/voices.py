"""Who says what in a sentence: the subject of a verb of saying, "according to" and its like.

It knows where names are and which words introduce a speaker, and nothing of facts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.language import lexicon
from briefing.language.lexicon import Lexicon, Phrases
from briefing.language.mentions import NameMention
from briefing.language.status_claims import Span
from briefing.language.verbs import (
    Form,
    FoundVerb,
    Group,
    Mood,
    VerbList,
    Voice,
    Word,
    grammar_of,
    words_of,
)

_ASIDE = re.compile(r",[^,;]*,|\([^()]*\)|\s[–—]\s[^–—]*\s[–—]\s")
_MARKS = (",", "”", '"', "—", "–", "(")
"""What may be before a speaker whose verb is put into a sentence or behind it."""
_QUOTED = ("”", '"', "»")
"""What closes a quotation whose speaker follows: "...": thus Deluca on ships."""
_CAPITALS = (
    r"(?:[A-Z][\w’'-]*[\s\u00a0]+(?:(?:@speech.in_titles@)\s+(?:(?:@grammar.the@)\s+)?(?=[A-Z]))?){1,5}"
)
_OPEN_ASIDE = r"[^\W\d_],\s+(?:(?:@grammar.the@)\s+)?$"
"""What is before a name beside another word for the same: the minister, Deluca, ..."""
_WHOM = r"(?i)\b(?:@speech.whom@)\s+(?:(?:@grammar.the@)\s+)?$"
_BEHIND = 12
"""Number of characters behind a name in which its verb begins."""
_NEVER = r"(?i)\s+(?:(?:@speech.auxiliaries@)\s+)?(?:@speech.never@)\b"
_INFINITIVE = r"\s+(?:@grammar.to@)\s+[^\W\d_A-Z]"
_ABSOLUTE = r"[^,;:]*\b(?:@speech.absolute@)\b[^,;:]*,"
"""A clause without a verb of its own at the head: catches having fallen by a third, the minister wonders."""
_FAR = 5
"""Number of words between a speaker and the verb."""
_NEAR = 9
"""Number of words between others and the verb with which they say the same."""
_MOST = 40
"""Number of characters before others that are searched for a preposition."""
_AGREED_TO = (
    r"(?i)(?:@speech.agreed@)\s+(?:@grammar.to@)\s+(?!(?:@grammar.articles@|@speech.this@)\b)[^\W\d_]"
)
"""What says that people will do something: they agreed to differ."""
_AGENTS = r"[a-z]{3,}(?:ers|ors|i(?:sts|ans)|men|women)"
"""People by what they do: other auctioneers, two surveyors."""
_DONE = (Form.PARTICIPLE, Form.PAST)
"""The forms of a verb whose agent can be behind it."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker with the stretch of a sentence that is put in its mouth."""

    speaker: NameMention | None
    """Its name; None for a common noun or a pronoun."""
    noun: str
    """The word for it where it has no name."""
    covers: Span
    at: int
    is_deputy: bool = False
    """Whether it is somebody who speaks for the one named."""


_LONGEST_TITLE = 200
"""The most characters before a name among which its title is looked for."""


class Voices:
    """The words of one language that make somebody a speaker."""

    def __init__(self, words: Lexicon) -> None:
        table = words.words["speech"]
        self.grammar = grammar_of(words)
        self._verbs = VerbList(table["verbs"], self.grammar)
        self._weak = VerbList(table["weak"], self.grammar)
        self._inverted = VerbList(table["inverted"], self.grammar)
        self._quoting = VerbList(table["quoting"], self.grammar)
        self._strangers = frozenset(table["strangers"])
        self._speakers = frozenset(table["speakers"]) | self._strangers
        self._possessives = dict(table["possessives"])
        self.persons, self.things = frozenset(table["persons"]), frozenset(table["things"])
        self.firms = frozenset(table["firms"])
        self._prepositions = frozenset(table["prepositions"])
        self.hearsay = Phrases(table["hearsay"])
        self._shape_names(words)
        self._shape_named(words)
        self._shape_unnamed(words)
        self._shape_agreement(words)
        self._shape_clauses(words)

    def _shape_names(self, words: Lexicon) -> None:
        """Make the expressions for titles before a name, and for the few words around one."""
        table = words.words["speech"]
        articles = _any(words.words["relations"]["determiners"])
        title = rf"(?:(?!(?:{_any(table['no_title'])})\b)[a-z]+\s+){{0,3}}(?:{_any(table['titles'])}),?\s+"
        capitals = lexicon.filled(words, _CAPITALS).pattern
        self._title = re.compile(rf"(?:\b(?:{articles})\s+)?(?:{capitals}|{title})$")
        self._behind_verb = re.compile(rf"\s+(?:(?:{articles})\s+)?(?:{capitals}|{title})?")
        self._open_aside, self._whom, self._never, self._infinitive, self._absolute, self._agreed_to = (
            lexicon.filled(words, text)
            for text in (_OPEN_ASIDE, _WHOM, _NEVER, _INFINITIVE, _ABSOLUTE, _AGREED_TO)
        )

    def _shape_named(self, words: Lexicon) -> None:
        """Make the expressions that make a speaker of a name without a verb."""
        table, small = words.words["speech"], words.words["grammar"]
        before, by, own = lexicon.pattern(table["before"]).pattern, _any(table["by"]), _any(table["own"])
        the, agent, deputies = _any(small["the"]), _any(small["agent"]), _any(table["deputies"])
        self._before = re.compile(rf"{before}\s*,?\s*$", re.I)
        adverb, joined = _any(table["adverbs"]), _any(table["joined"])
        among = lexicon.pattern(table["among"]).pattern
        self._by = re.compile(
            rf"\b(?:{by})\b(?:\s+{adverb})?(?:\s+(?:{_any(table['inside'])})\s+\w+(?:\s+\w+)?)?"
            rf"(?:,?\s+{among},?)?\s+(?:{agent})\s+$",
            re.I,
        )
        self._papers = re.compile(rf"\b(?:{_any(table['papers'])})\s+(?:{_any(table['of'])})\s+$", re.I)
        self._paper_of = re.compile(
            rf"\s+(?:{_any(table['papers'])})\b(?!\s+(?:{_any(table['on_topic'])})\b)", re.I
        )
        self._owned = re.compile(rf"\b(?:{_any(table['owned'])})\s+(?:{adverb}\s+)?$", re.I)
        self._from = re.compile(rf"(?:.*[,;:]\s+)?(?:{_any(table['heard_from'])})\s+", re.I)
        self._heard = re.compile(rf"\s+(?:{_any(table['heard'])})\b", re.I)
        self._refers_back = re.compile(
            rf"\s*(?:(?:{joined})\s+)?{lexicon.pattern(table['refers_back']).pattern}", re.I
        )
        self._tag = re.compile(rf"[,;:–—]\s*(?:{_any(table['tags'])})\s+$", re.I)
        self._for = re.compile(rf"(?:^|[,;:]\s*)(?:(?:{joined})\s+)?(?:{_any(table['for'])})\s+$", re.I)
        self._believed = re.compile(rf"(?:,[^,]*,)?\s+(?:{_any(table['believed'])})", re.I)
        self._own = re.compile(
            rf"(?:['’]s?|(?<=['’]s)|,?(?:\s+\w+)?\s+{_any(table['whose'])})\s+(?:[\w-]+\s+){{0,2}}?(?:{own})\b",
            re.I,
        )
        self._owner = lexicon.filled(
            words,
            r"(?:['’]s?|(?<=['’]s))\s+(?:(?:[\w-]+\s+){1,2}(?:@speech.of_or_by@)\s+"
            r"|(?:[\w-]+\s+){0,3}[\w-]+,\s+)?|\s+\(",
        )
        self._claimed = re.compile(
            rf"\b(?:{own})\s*,?\s+(?:(?:{_any(table['of_which'])})\s+)?"
            rf"(?:{_any(table['claimed_by'])})\s+(?:(?:{the})\s+)?$",
            re.I,
        )
        self._deputy_before = re.compile(rf"\b(?:{deputies})\s+(?:{_any(table['deputy_of'])})\s+$", re.I)
        self._deputy_after = re.compile(rf"['’]s?\s+(?:[\w-]+\s+)?(?:{deputies})\b", re.I)
        self._audience = re.compile(rf"['’]s?\s+(?:[\w-]+\s+)?(?:{_any(table['audience'])})\b", re.I)

    def _shape_unnamed(self, words: Lexicon) -> None:
        """Make the expressions for speakers without a name."""
        table = words.words["speech"]
        before, by, own = lexicon.pattern(table["before"]).pattern, _any(table["by"]), _any(table["own"])
        articles, owners = _any(words.words["relations"]["determiners"]), _any(table["possessives"])
        small, adverb = words.words["grammar"], _any(table["adverbs"])
        that, agent = _any(small["that"]), _any(small["agent"])
        noun = rf"(?:{articles})\s+(?:[\w-]+\s+){{0,3}}?(?:{_any(sorted(table['speakers']))})\b"
        said = _any([form for verb in table["inverted"] for form, _ in self.grammar.forms(verb)])
        self._unnamed = re.compile(
            rf"\b(?:{by})\b(?:\s+{adverb})?\s+(?:{agent})\s+{noun}|\b(?:{said})\s+(?!(?:{that})\b){noun}"
            rf"|(?<![A-Z])\b(?:[a-z]+['’]s?|{owners})\s+(?:{_any(table['owning'])}\s+)?(?:{own})\b"
            rf"|\b(?:{_any(table['same_paper'])})\s+(?:{own}|{_any(table['relays'])})\b",
            re.I,
        )
        self._unnamed_behind = re.compile(rf"{before}\s*,?\s+([^,;:.]{{1,80}})", re.I)
        self._sure = re.compile(_any(table["sure"]), re.I)
        self._relatives = re.compile(rf"\b(?:{_any(table['relatives'])})$", re.I)
        self._article = re.compile(rf"\s*\b(?:{_any(words.words['relations']['articles'])})$", re.I)
        said = _any([form for verb in table["inverted"] for form, _ in self.grammar.forms(verb)])
        self._aside = re.compile(
            rf"(?:^|,\s+)(?:{_any(table['asides'])}|{said})\s+(?:(?:{articles})\s+)?$", re.I
        )
        self._aside_ends = lexicon.filled(words, r"(?:\s+[\w’'-]+(?:\s+@speech.it@)?)?\s*(?:[,.;:]|$)")
        self._after_comma = re.compile(rf",\s+(?:(?:{articles})\s+)?$", re.I)
        self._last_verb = re.compile(r"\s+[a-z]+(?:s|ed)[.!]?")
        self._own_of = re.compile(
            rf"\b(?:{own})\s+(?:{_any(table['written_by'])})\s+(?:(?:{articles})\s+)?$", re.I
        )
        own_self = _any(table["themselves"])
        self._relative_subject = re.compile(
            rf"(?:\s+(?:{own_self}))?,?\s+(?:{_any(table['relative_subjects'])})\s+", re.I
        )
        # "So low," groans Deluca: what is behind a quotation is a verb of saying.
        self._behind_quotation = re.compile(rf"[”\"],?\s+[a-z]+(?:s|ed)\s+(?:(?:{articles})\s+)?$")
        self._closed = re.compile(
            rf"(?:\s+(?:{_any(words.words['relations']['ends'])})\b[^,;]*)?\s*(?:[,.;:!)–—]|$)", re.I
        )

    def _shape_agreement(self, words: Lexicon) -> None:
        """Make the expressions for others who say the same."""
        table = words.words["voices"]
        others, witnesses, outsiders = (_any(table[name]) for name in ("others", "witnesses", "outsiders"))
        small = words.words["grammar"]
        of, owners, joins, the, that, to_believe = (
            _any(small[name]) for name in ("of", "articles_or_owners", "joins", "the", "that", "if")
        )
        self._that = re.compile(rf"\s+(?:{that})\b")
        self._saying_that = re.compile(rf"\s+(?:\w+\s+){{0,4}}(?:{that})\b")
        self._the_behind = re.compile(rf"(?<!\w)(?:{the})\s$")
        self._if_behind = re.compile(rf"(?<!\w)(?:{to_believe})\s$")
        self._along = re.compile(rf"\b(?:{_any(table['along'])})\b", re.I)
        self._one_of_them = re.compile(
            rf",\s+(?:{_any(table['one_of_them'])})\s+(?:(?:{the})\s+)?(?:[\w’'-]+\s+){{0,3}}?$", re.I
        )
        self._agreeing = VerbList(lexicon.spelled(table["agreeing"]), self.grammar)
        self._seconding = VerbList(lexicon.spelled(table["seconding"]), self.grammar)
        self._others = re.compile(
            rf"\b(?:(?:(?:{others})\s+(?:(?:{of})\s+(?:{owners})\s+)?)+"
            rf"(?:(?!(?:{joins})\b)[\w’'-]+\s+){{0,3}}?(?:{witnesses}|{_AGENTS})"
            rf"|(?:{_any(table['unlike'])})\s+(?:[\w’'-]+\s+)??\w+s|{outsiders}"
            rf"|(?:{witnesses}|{_AGENTS})\s+(?:{_any(table['apart'])})"
            rf"(?:\s+(?:(?:{the})\s+)?(?-i:[A-Z])[\w’'-]*(?:\s+(?-i:[A-Z])[\w’'-]*)*)?)(?!\w)",
            re.I,
        )

        self._apart = re.compile(rf"\b(?:{_any(table['unlike'])})\s+(?:[\w’'-]+\s+)??\w+s\b", re.I)
        self._proving = VerbList(lexicon.spelled(table["proving"]), self.grammar)
        evidence, of_evidence = _any(table["evidence"]), _any(table["of_evidence"])
        self._evidence = re.compile(rf"\b(?:{evidence})\s+(?:{of_evidence})\s+(?:(?:{the})\s+)?$", re.I)
        assents = _any(table["assents"])
        self._assents = re.compile(rf"\b(?:{assents})\s+(?:{of_evidence})\s+(?:(?:{the})\s+)?$", re.I)
        self._likewise = re.compile(rf"\b(?:{_any(table['likewise'])})\s+(?:(?:{the})\s+)?$", re.I)

    def _shape_clauses(self, words: Lexicon) -> None:
        """Make the expressions for clauses in which somebody is named without speaking."""
        table = words.words["speech"]
        self._fronted = re.compile(rf"\s*(?:{_any(table['fronted'])})\b", re.I)
        self._other_clause = re.compile(rf"\b(?:{_any(table['other_clause'])})\b", re.I)
        self._apart_ahead = re.compile(rf"(?<!\w)(?:{_any(table['apart_ahead'])})\s+$", re.I)
        self._apart_behind = re.compile(rf"\s+(?:{_any(table['apart_behind'])})(?!\w)", re.I)
        self._apart_relative = re.compile(rf",?\s+(?:{_any(table['apart_relative'])})(?!\w)", re.I)
        self._cleft = re.compile(
            rf"(?:^|[,;:.]\s|\b(?:{_any(table['joined'])})\s)\s*(?:{_any(table['cleft'])})\s+$", re.I
        )
        self._cleft_behind = re.compile(
            rf"(?:\s+(?:{_any(table['themselves'])})|,[^,]*,)?\s+(?:{_any(table['cleft_behind'])})\b", re.I
        )
        owned = _any(table["apart_owned"])
        self._apart_owned = re.compile(rf"(?:['’]s?|(?<=['’]s))\s+(?:{owned})(?!\w)", re.I)
        self._in_spite = re.compile(rf"(?<!\w)(?:{_any(table['in_spite'])})\s+$", re.I)
        self._of_members = re.compile(rf",\s+{_any(table['whose'])}\s", re.I)
        self._speaking = self._prepositions | self.grammar.be | frozenset(table["before_speaker"])

    def agreements(
        self, text: str, names: Sequence[NameMention], *, is_claim: bool = True
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the words by which others say the same, each with what is between them and their verb.

        Of what nobody claims, only others who are set apart and verbs of proving say so.
        """
        others, words = list((self._others if is_claim else self._apart).finditer(text)), words_of(text)
        verbs = self._agreeing if is_claim else self._proving
        for other in others if is_claim else ():
            if assent := self._assents.search(text, 0, other.start()):
                yield assent.start(), other.end(), ""
        for verb in verbs.find(text, words) if others else ():
            first = words[verb.index].start
            if self._agreed_to.match(text, first):
                continue
            for other in others:
                if other.start() <= first < other.end():
                    continue
                is_subject = other.end() <= first
                between = text[other.end() : first] if is_subject else text[verb.end : other.start()]
                if ";" in between or len(between.split()) > _NEAR:
                    continue
                before = words_of(
                    self._article.sub("", text[max(0, other.start() - _MOST) : other.start()].rstrip())
                )
                is_object = bool(before) and before[-1].text in self._prepositions
                if is_subject and self._evidence.search(text, 0, other.start()):
                    is_object = False
                # Two studies, that of the Guild and another: who is listed among them is no other subject.
                beside = (one for one in names if other.end() <= one.start < first)
                if (
                    is_subject
                    and not is_object
                    and all(self._one_of_them.search(text, other.end(), one.start) for one in beside)
                ):
                    yield other.start(), verb.end, between
                elif not is_subject and is_object:
                    is_along = self._along.search(text, first, other.start())
                    if is_along or not verb.forms.isdisjoint(_DONE):
                        yield first, other.end(), between

    def seconded(self, text: str, names: Sequence[NameMention]) -> Iterator[tuple[NameMention, int]]:
        """Yield the named bodies that say the same as somebody else, each with the end of its verb."""
        words = words_of(text) if names else []
        for verb in self._seconding.find(text, words) if names else ():
            group = self.grammar.group(words, verb.index, verb.forms, verb.end, can_be_noun=False)
            if group and group.voice is not Voice.PASSIVE and not group.is_denied:
                name, _, _ = self._subject(text, names, group)
                if name:
                    yield name, verb.end
        for name in names:
            if self._likewise.search(text, 0, name.start) and self._closed.match(text, name.end):
                yield name, name.end

    def found(self, text: str, names: Sequence[NameMention]) -> list[Saying]:
        """Return who says what in a sentence; the names are those of actors."""
        return [*self._by_structure(text, names), *self._by_verb(text, names)]

    def is_set_apart(self, text: str, name: NameMention) -> bool:
        """Return whether somebody is named who is asked, written to, denied or overruled, and no speaker."""
        ahead = [self._article.sub("", before.rstrip()) + " " for before in self._ahead(text, name)]
        if self._apart_behind.match(text, name.end) or self._apart_relative.match(text, name.end):
            return True
        if any(map(self._apart_ahead.search, ahead)):  # asked by the Guild, 57 per cent agree: its own survey
            return re.match(r",\s+\d", text[name.end :]) is None
        is_owner = self._apart_owned.match(text, name.end) is not None
        return is_owner and any(map(self._in_spite.search, ahead))

    def has_from(self, text: str, link: int, names: Sequence[NameMention]) -> bool:
        """Return whether what is linked at a place may have come through one of some outlets that are named.

        It may, unless one is named in another sentence, as the owner of something else, or denied something.
        """
        for name in names:
            first, last = self._between_stops(text, name.start)
            is_owner = re.match(r"['’]s?\s", text[name.end :]) is not None
            is_of_it = self._own.match(text, name.end) or self._audience.match(text, name.end)
            is_else = (
                (is_owner and not is_of_it)
                or self._never.match(text, name.end)
                or self._is_in_relative(text, name)
            )
            if first <= link < last and not is_else:
                return True
        return False

    def _is_in_relative(self, text: str, name: NameMention) -> bool:
        """Return whether a clause about somebody names an outlet that says nothing: whom it dislikes."""
        if not self._whom.search(text, 0, name.start):
            return False
        words = words_of(text)
        behind = re.split(r"[,;]", text[name.end :][:_BEHIND])[0]
        lists = (self._verbs, self._weak, self._quoting)
        said = (found for verbs in lists for found in verbs.find(text, words))
        return not any(name.end < words[verb.index].start <= name.end + len(behind) for verb in said)

    def is_aside(self, text: str, name: NameMention) -> bool:
        """Return whether a name is in an aside that says whose words these are: ", as Deluca says,"."""
        before, after = text[: name.start], text[name.end :]
        if self._aside.search(before) and self._aside_ends.match(after):
            return True
        if self._after_comma.search(before) and self._last_verb.fullmatch(after):
            return True
        return self._own_of.search(before) is not None and self._that.match(after) is not None

    def is_beside(self, text: str, name: NameMention, link: Span) -> bool:
        """Return whether a name near a link is surely not given as the one whose words these are.

        It is what something is done to, or the subject of another clause: with queues of [an hour], Deluca
        loses patience; [an hour] has made Deluca impatient.
        """
        if name.end <= link[0]:
            return self._of_members.match(text, name.end, link[0]) is not None
        between = text[link[1] : name.start]
        if self._fronted.match(text, 0, link[0]) and "," in between:
            return True
        if self._other_clause.search(between):
            return True
        before = words_of(self._article.sub("", self._ahead(text, name)[1].rstrip())[link[1] :])
        return bool(before) and before[-1].text not in self._speaking and between.rstrip()[-1:].isalpha()

    def owner(self, text: str, place: int, names: Sequence[NameMention]) -> NameMention | None:
        """Return the one whose figure begins at a place: the Guild's [6 per cent], its drop of [7]."""
        for name in names:
            if name.end <= place and self._owner.fullmatch(text, name.end, place):
                return name
        return None

    def is_stranger(self, noun: str) -> bool:
        """Return whether a common noun can hardly be the one who said it: critics, experts."""
        return noun in self._strangers

    def _by_structure(self, text: str, names: Sequence[NameMention]) -> Iterator[Saying]:
        """Yield the speakers that no verb of saying has as its subject."""
        for name in names:
            ahead, plain = self._ahead(text, name)
            owner = self._without_deputy(plain)
            whole = self._between_stops(text, name.start)
            if any(
                self._introduces(text, before, name)
                for before in (ahead, plain, self._the_behind.sub("", ahead))
            ):
                is_deputy = self._deputy_after.match(text, name.end) is not None
                yield Saying(name, "", whole, name.start, is_deputy)
            elif owner != plain and self._introduces(text, owner, name):
                yield Saying(name, "", whole, name.start, is_deputy=True)
            if self._own.match(text, name.end) or self._paper_of.match(text, name.end):
                yield Saying(name, "", whole, name.start)
        for match in self._unnamed.finditer(text):
            if not any(name.start < match.end() and match.start() < name.end for name in names):
                noun = self._possessives.get(match.group().split()[0].lower(), "")
                yield Saying(None, noun, self._between_stops(text, match.start()), match.start())
        for match in self._unnamed_behind.finditer(text):
            said = {word.text for word in words_of(match.group()[-80:])}
            is_named = any(match.start() < name.start < match.end() + 30 for name in names)
            if not is_named and (said & self._speakers or self._sure.match(match.group())):
                stranger = min(self._strangers & said, default="")
                yield Saying(None, stranger, self._between_stops(text, match.start()), match.start())

    def _between_stops(self, text: str, index: int) -> Span:
        """Return the part of a sentence between semicolons; what refers back belongs to what is before it."""
        start = text.rfind(";", 0, index) + 1
        if start and self._refers_back.match(text, start):
            start = 0
        end = text.find(";", index)
        return (start, len(text) if end < 0 else end)

    def _introduces(self, text: str, before: str, name: NameMention) -> bool:
        """Return whether the words before a name make it a speaker: according to, as described by."""
        if any(one.search(before) for one in (self._before, self._by, self._papers, self._behind_quotation)):
            return True
        if tag := self._tag.search(before):  # so Deluca
            is_quoted = before[: tag.start()].rstrip()[-1:] in _QUOTED
            return is_quoted or re.match(r"\s*(?:[,.;:)–—]|$)", text[name.end :]) is not None
        rest = text[name.end :]
        if re.match(r"['’]s?(?:\s+\w+)?[.,;:)]", rest) and self._owned.search(
            before
        ):  # the figure is Deluca's
            return True
        if self._from.fullmatch(before) and self._heard.match(rest):
            return True
        if (not before.strip() and rest.startswith(": ")) or (  # Deluca: so many; so many: Deluca
            re.search(r"(?::|\s[–—-]|\()\s*$", before) and re.fullmatch(r"[.)\s]*", rest)
        ):
            return True
        if self._cleft.search(before) and self._cleft_behind.match(
            text, name.end
        ):  # it was Deluca who said so
            return True
        if self._claimed.search(before):  # the range with which Deluca works
            return True
        if self._if_behind.search(before):
            return self._believed.match(text, name.end) is not None
        return (
            self._for.search(before) is not None and re.match(r"[^,;]{0,60},", text[name.end :]) is not None
        )

    def _ahead(self, text: str, name: NameMention) -> tuple[str, str]:
        """Return the text before a name, and the same without the title before it."""
        ahead = text[: name.start]
        title = self._title_at_end(ahead)
        return ahead, ahead[: title.start()] if title else ahead

    def _title_at_end(self, ahead: str) -> re.Match[str] | None:
        return self._title.search(ahead, max(0, len(ahead) - _LONGEST_TITLE))

    def _without_deputy(self, before: str) -> str:
        match = self._deputy_before.search(before)
        return before[: match.start()].rstrip() + " " if match else before

    def _has_deputy(self, text: str, name: NameMention) -> bool:
        return any(self._deputy_before.search(before) for before in self._ahead(text, name))

    def _by_verb(self, text: str, names: Sequence[NameMention]) -> Iterator[Saying]:
        """Yield the subjects of verbs of saying, and the speakers behind them: said Deluca."""
        words = words_of(text)
        done: set[int] = set()
        strong, weak = ((found.find(text, words)) for found in (self._verbs, self._weak))
        for verb, is_weak in (*((verb, False) for verb in strong), *((verb, True) for verb in weak)):
            is_name = any(name.end == words[verb.index].start - 1 for name in names)
            group = self.grammar.group(words, verb.index, verb.forms, verb.end, can_be_noun=not is_name)
            group = group or self._beside_name(text, words, verb, names)
            if group is None or group.verb in done or any(n.start <= group.verb < n.end for n in names):
                continue
            if group.voice is Voice.PASSIVE:
                continue
            done.add(group.verb)
            name, noun, is_deputy = self._subject(text, names, group)
            if name or (not is_weak and noun in self._speakers):
                yield Saying(name, noun, self._covered(text, name, group), group.verb, is_deputy)
        for verb in self._inverted.find(text, words):
            if verb.forms & {Form.PAST, Form.PRESENT}:
                yield from self._behind(text, names, verb.end)
        for verb in self._quoting.find(text, words):
            if verb.forms & {Form.PAST, Form.PRESENT, Form.BASE}:
                yield from self._behind(text, names, verb.end, is_deputy=True)

    def _beside_name(
        self, text: str, words: list[Word], verb: FoundVerb, names: Sequence[NameMention]
    ) -> Group | None:
        """Return the group of a verb that only the name before it makes one: Deluca, that says so."""
        first = words[verb.index]
        for name in names:
            between = text[name.end : first.start] if name.end < first.start else "-"
            is_present = Form.PRESENT in verb.forms and self._relative_subject.fullmatch(between)
            is_aside = between.strip() == "," and not verb.forms.isdisjoint((Form.BASE, Form.ING))
            if is_present or is_aside:
                return Group(first.start, first.start, first.end, verb.end, Mood.REAL, Voice.ACTIVE)
        return None

    def _behind(
        self, text: str, names: Sequence[NameMention], end: int, *, is_deputy: bool = False
    ) -> Iterator[Saying]:
        for name in names:
            if name.start >= end and self._behind_verb.fullmatch(text, end, name.start):
                yield Saying(name, "", self._between_stops(text, end), end, is_deputy)

    def _subject(
        self, text: str, names: Sequence[NameMention], group: Group
    ) -> tuple[NameMention | None, str, bool]:
        """Return the name or else the noun that a verb has as its subject, and whether it is a deputy's."""
        for name in sorted(names, key=lambda name: -name.end):
            if name.end > group.start or not self._is_head(text, name):
                continue
            between = _ASIDE.sub(" ", text[name.end : group.start])
            deputy = self._deputy_after.match(between)
            between = between[deputy.end() :] if deputy else between
            if self._is_antecedent(text, name, between):
                between = ""
            if re.match(r"['’]s?\s", between) or re.search("[,;:]", between):
                continue
            left = [word.text for word in words_of(between)]
            if len(left) > _FAR or not self.grammar.clause_words.isdisjoint(left):
                continue
            if any(
                name.end < other.start
                and other.end <= group.start
                and not _is_in_aside(text, other, name.end, group.start)
                and self._is_head(text, other)
                for other in names
            ):
                continue
            return name, "", deputy is not None or self._has_deputy(text, name)
        return None, self._head(text[: group.start]), False

    def _is_antecedent(self, text: str, name: NameMention, between: str) -> bool:
        """Return whether a name is the subject across a comma: Deluca, who; the minister, Deluca, ..."""
        if self._relative_subject.fullmatch(between) or between.strip() == ",":
            is_aside = self._open_aside.search(self._ahead(text, name)[1]) is not None
            return is_aside or between.strip() != ","
        return False

    def _head(self, before: str) -> str:
        """Return the noun that is the subject of what follows: critics, in "critics of Deluca"."""
        ahead = _ASIDE.sub(" ", before)
        last = re.split(r"[,;:]", ahead)[-1]
        words = words_of(last if last.strip() else ahead)
        while len(words) > 1 and words[-1].text in self.grammar.adverbs:
            words.pop()
        for index, word in enumerate(words):
            if index and word.text in self._prepositions and words[index - 1].text in self._speakers:
                return words[index - 1].text
        return words[-1].text if words else ""

    def _is_head(self, text: str, name: NameMention) -> bool:
        """Return whether a name is no part of another noun's: critics of Deluca, not a spokesman for her."""
        if self._has_deputy(text, name):
            return True
        for before in self._ahead(text, name):
            last = words_of(before[-40:])
            if (
                last
                and last[-1].text in self._prepositions
                and before.rstrip().lower().endswith(last[-1].text)
            ):
                return False
        return True

    def _covered(self, text: str, name: NameMention | None, group: Group) -> Span:
        """Return the part of a sentence that a verb of saying governs: what follows it, or all around it."""
        rest, whole = text[group.end :], self._between_stops(text, group.start)
        subject = name.start if name else group.start
        if article := self._article.search(text[:subject].rstrip()):
            subject = article.start()
        comma = max(text.rfind(mark, 0, subject) for mark in _MARKS)
        is_near = comma >= 0 and len(words_of(text[comma:subject])) <= _FAR
        is_near = is_near and (name is None or self._title_at_end(text[: name.start]) is not None)
        ahead = text[: comma + 1] if is_near else text[:subject].rstrip()
        if self._relatives.search(ahead):
            return whole
        closed = self._closed.match(rest)
        is_fronted = self._fronted.match(text) or self._absolute.match(text)
        is_behind_comma = text[:subject].rstrip().endswith(",") or (name is None and ahead.endswith(","))
        if is_fronted and is_behind_comma and (not closed or self._infinitive.match(rest)):
            return (group.verb, whole[1])  # with queues of [an hour], Deluca demands chairs
        if ahead.endswith(_MARKS[:3]) and not self._saying_that.match(rest):
            return whole
        if closed and (not ahead or ahead.endswith(_MARKS) or not rest[closed.end() :].strip()):
            return whole
        semicolon = text.find(";", group.end)
        return (group.verb, len(text) if semicolon < 0 else semicolon)


def _is_in_aside(text: str, name: NameMention, start: int, end: int) -> bool:
    return any(
        match.start() + start <= name.start < match.end() + start
        for match in _ASIDE.finditer(text[start:end])
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(lexicon.expression(word) for word in sorted(words, key=len, reverse=True))


@functools.cache
def voices_of(words: Lexicon) -> Voices:
    """Return the words of speech of a language."""
    return Voices(words)
