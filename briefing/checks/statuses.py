"""Checks that prose says no more has happened than the status of the facts that it cites."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence, SheetText
from briefing.language import lexicon, rates, scale_texts, trained
from briefing.language.deeds import Deed, Role, deeds_of
from briefing.language.lexicon import Lexicon
from briefing.language.sentences import Cited
from briefing.language.status_claims import Ladder, Span, StatusClaim, ladder_of, own_ladder
from briefing.language.trained import Mentioned
from briefing.language.verbs import Mood
from briefing.language.voices import voices_of
from briefing.language.wording import MESSAGES
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.ladders import COMMITMENTS, LadderFlag, Rung
from briefing.model.ladders import Ladder as OwnLadder
from briefing.model.library import Library
from briefing.model.scales import Degree, FactKind
from briefing.model.values import Money, Quantity

_LABEL = re.compile(r"[^:]+:[\s.,;]*")
_CLOSING = ' \u00a0)]”’»"'
"""The characters that may follow the full stop of a sentence."""
_STATED = (
    r"\b(?:@relations.articles@)\s+(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]+)"
    r"(?=\s+(?:@grammar.behind_nouns@)\b|[.,;]|$)"
)
"""The noun of a part of a statement."""
_NEGATIVE = r"(?i)(?:@grammar.nobody@|(?:@grammar.no@)(?!\s+(?:@grammar.no_bound@)\b))\b"
"""Words of a link that take back what is said around it: obliges nobody."""
_QUOTES = ("'", '"', "‘", "’", "“", "”", "«", "»", "„")
_FOLLOWING = 150
"""Number of characters behind a sentence in which it can be taken back."""


SURE, DOUBTFUL = 600, -1400
"""The scores above which what the lists or the model find is an error, and above which it is a warning.

They were chosen on rounds that neither had seen: there 0.92 of the errors were right, and found 0.81 of what
says too much; with the warnings it was 0.93, and 3 of 100 neutral mentions had one. See
``tests/labelled/train``.
"""
PLAIN = -1300
"""The score above which words of a status right before the link that they are said of are an error.

The model knows few sentences as plain as "has ordered [them]". Of 149 such errors in rounds 148 are right.
"""
_LISTED = 800
"""How much the lists add to a score where they find something."""
_UNREAD = 1500
"""How much is taken from the score of a sentence that speaks of texts or of what somebody says."""


def mentioned(read: ProseSentence) -> tuple[Mentioned, ...]:
    """Return what the model is to see of a sentence beside its words: the links of facts, and known names."""
    links = (
        trained.link(item.start, item.end, degree_of(fact), isinstance(fact.value, Money))
        for item, fact in read.facts
    )
    names = (trained.name(item.start, item.end, item.kind == "system") for item in read.names)
    return (*links, *names)


def degree_of(fact: Fact) -> Degree | None:
    """Return the step of the standard scale that the status of a fact resembles."""
    return fact.status.degree if fact.status else None


def licence(fact: Fact, ladder: Ladder) -> int:
    """Return the highest rung that a fact supports: of its status or, where it has none, of its own words."""
    if fact.status:
        return fact.status.degree.rung
    own = max((said.rung for said in ladder.said(fact.statement)), default=0)
    return max(own, Degree.ANNOUNCED.rung) if fact.said_by else own


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sentence with what the lists and the model make of it."""

    read: ProseSentence
    listed: tuple[Finding, ...]
    """What the lists find too much in it."""
    as_read: Finding | None
    """What the model finds, where the lists find nothing."""
    score: int
    """How surely it says too much, in thousandths."""
    is_error: bool


def _judged(subject: Subject) -> tuple[_Judged, ...]:
    """Return all sentences with what is made of them, worked out once for both checks."""
    return subject.once("statuses", lambda: tuple(map(_judge, subject.sentences)))


def _judge(read: ProseSentence) -> _Judged:
    found = tuple(listed(read))
    score, as_read = _as_read(read, is_listed=bool(found))
    return _Judged(read, found, as_read, score, _is_error(read, score, is_listed=bool(found)))


def overclaim(subject: Subject) -> Iterator[Finding]:
    """Yield sentences that say more than the facts they cite."""
    for item in _judged(subject):
        for said, message, hint in _own_overclaims(item.read):
            yield item.read.finding(said.start, message, hint)
        waiting = () if item.is_error and item.listed else tuple(_in_effect(item.read))
        yield from waiting
        if item.is_error and not waiting:
            yield from item.listed or filter(None, (item.as_read,))
    for text in subject.texts:
        if text.is_statement and text.is_known:
            yield from _in_register(text, subject.library)


def _in_effect(read: ProseSentence) -> Iterator[Finding]:
    """Yield words that say that something counts already which by its caveat waits for something else."""
    effects, caveats = read.says("waiting", "effects"), read.says("waiting", "caveats")
    waiting = [
        (cited, fact)
        for cited, fact in read.facts
        if fact.status
        and fact.status.degree.rung <= Degree.FINANCED.rung
        and caveats.search(fact.caveat or "")
    ]
    if not waiting or read.text.endswith("?"):
        return
    ladder = ladder_of(read.lexicon)
    ahead, behind = read.says("waiting", "ahead"), read.says("waiting", "behind")
    for start, end in ladder.clauses(read.text):
        inside = [fact for cited, fact in waiting if start <= cited.start < end]
        found = effects.search(_outside(read), start, end) if inside else None
        if found is None or read.is_quoted(*found.span()):
            continue
        if ahead.search(read.text, 0, found.start()) or behind.search(read.text, found.end()):
            continue
        message = (
            f"'{found.group()}' says that it counts already, and {inside[0].id} waits: {inside[0].caveat}"
        )
        yield read.finding(found.start(), message, "say what it waits for, or correct the caveat")
        return


def _own_claims(text: str, of: Lexicon, ladder: OwnLadder) -> tuple[StatusClaim, ...]:
    """Return what a sentence claims by the own words of a ladder; a flag has a number above all rungs."""
    parts: list[Rung | LadderFlag] = [*ladder.rungs, *ladder.flags]
    claims = tuple(
        (number, tuple(map(str, part.words[of.language])))
        for number, part in enumerate(parts, _FIRST)
        if of.language in part.words
    )
    return own_ladder(of, claims).said(text) if claims else ()


_FIRST = 1001
"""The number of the lowest rung of an own ladder in a claim, far above those of the standard scale."""


def _own_of(read: ProseSentence) -> list[tuple[OwnLadder, tuple[StatusClaim, ...]]]:
    """Return the ladders of the facts that a sentence cites, with what it claims by their own words."""
    named = dict.fromkeys(fact.status.ladder for _, fact in read.facts if fact.status)
    known = [ladder for name in named if (ladder := read.library.ladders.get(name))]
    return [(ladder, _own_claims(read.text, read.lexicon, ladder)) for ladder in known]


def _is_own(start: int, end: int, read: ProseSentence) -> bool:
    """Return whether the own words of a ladder decide about words, and so not the standard scale.

    They do where they are these words, and in a clause in which they say too much: one place has one finding.
    """
    own = [claim for _, claims in _own_of(read) for claim in claims]
    if any(claim.start < end and start < claim.end for claim in own):
        return True
    return bool(own) and any(_is_in(start, said.clause) for said, *_ in _own_overclaims(read))


def _is_beside_own(index: int, read: ProseSentence) -> bool:
    """Return whether own words of a ladder are in the clause of a word, which the model has read as well."""
    return any(_is_in(index, claim.clause) for _, claims in _own_of(read) for claim in claims)


def _is_in(index: int, clause: Span) -> bool:
    return clause[0] <= index < clause[1]


def _own_overclaims(read: ProseSentence) -> Iterator[tuple[StatusClaim, str, str]]:
    """Yield own words of a ladder that claim more than their fact has, with a message and what to write."""
    ladder = ladder_of(read.lexicon)
    if ladder.is_taken_back(read.text, read.sentence.after[:_FOLLOWING]):
        return
    for own, claims in _own_of(read):
        for said in claims:
            inside = read.sentence.within(said.start, said.end)
            fact = None if inside and inside.is_printed else _subject_of(said, read, ladder)
            is_its_own = fact is not None and fact.status is not None and fact.status.ladder == own.id
            if fact and is_its_own and (found := _own_overclaim(said, read.text, fact, own)):
                yield said, *found
                break


def _own_overclaim(said: StatusClaim, text: str, fact: Fact, own: OwnLadder) -> tuple[str, str] | None:
    """Return a message about own words that say too much of a fact, and what to write instead."""
    assert fact.status
    place, words = said.rung - _FIRST, text[said.start : said.end]
    if place >= len(own.rungs):
        flag = own.all_flags[place - len(own.rungs)]
        if flag in fact.flags:
            return None
        message = f"'{words}' says {MESSAGES.named(flag)}; {fact.id} has no such flag"
        return message, f"add 'flags: [{flag.id}]' to the fact with the passage that says so"
    claimed = own.statuses[place]
    if claimed.place <= fact.status.place:
        return None
    meaning = scale_texts.meaning(fact.status, MESSAGES.say)
    status = MESSAGES.named(fact.status)
    message = f"'{words}' says {MESSAGES.named(claimed)}; {fact.id} is {status}: {meaning}"
    return message, f"say no more than '{status}'"


def safe(fact: Fact, ladder: Ladder) -> str:
    """Return the words that say no more of a fact than its status."""
    assert fact.status
    is_standard = fact.status.ladder == COMMITMENTS
    return ladder.safe[fact.status.degree] if is_standard else MESSAGES.named(fact.status)


def _as_read(read: ProseSentence, *, is_listed: bool) -> tuple[int, Finding | None]:
    """Return how surely a sentence says too much, in thousandths, and what the model finds in it.

    Where the model does not judge, what the lists find is sure.
    """
    ladder = ladder_of(read.lexicon)
    known = [(item, fact) for item, fact in read.facts if fact.status and item.form not in ("status", "mark")]
    # What the model has not seen: pages, items of a list, sentences that are one link.
    is_whole = bool(known) and not read.is_page and not read.sentence.lead and _has_words(read)
    judged = trained.judge(read.text, mentioned(read), read.lexicon.language) if is_whole else None
    if judged is None:
        return (SURE + 1 if is_listed else DOUBTFUL), None
    score = weighed(read, judged.score, is_listed=is_listed)
    _, fact = min(known, key=lambda pair: licence(pair[1], ladder))
    assert fact.status
    # Of what has all been handed over little more can happen, and the lists have the words for that.
    is_over = fact.status.degree.rung >= Degree.DELIVERED.rung
    if is_listed or is_over or _is_beside_own(judged.start, read):
        return score, None
    words = read.text[judged.start : judged.end]
    meaning = scale_texts.meaning(fact.status, MESSAGES.say)
    message = (
        f"by '{words}' and the words around it, this reads as if more had happened; "
        f"{fact.id} is {fact.status.id}: {meaning}"
    )
    hint = f"if so, say no more than '{safe(fact, ladder)}'"
    return score, read.finding(judged.start, message, hint)


def weighed(read: ProseSentence, score: int, *, is_listed: bool) -> int:
    """Return the score of a sentence by the model together with whether the lists find something in it."""
    if is_listed:
        return score + _LISTED
    return score if _can_be_read(read, ladder_of(read.lexicon)) else score - _UNREAD


def _has_words(read: ProseSentence) -> bool:
    """Return whether a sentence has words of its own beside its links."""
    links = [(item.start, item.end) for item in read.sentence.cited]
    words = re.finditer(r"[^\W\d_]+", read.text)
    return any(not any(start <= word.start() < end for start, end in links) for word in words)


def _can_be_read(read: ProseSentence, ladder: Ladder) -> bool:
    """Return whether a sentence states something of a thing, as those do that the model has seen.

    What speaks of texts, or of what somebody says, is for the lists.
    """
    alone = _outside(read)
    searched = (ladder.reporting, ladder.texts, voices_of(read.lexicon).hearsay)
    is_of_texts = any(words.search(alone) for words in searched) or _says_its_rung(read, ladder)
    is_of_texts = is_of_texts or _is_only_a_topic(read)
    is_corrected = ladder.is_taken_back(read.text, read.sentence.after[:_FOLLOWING])
    return _is_a_statement(read) and not (is_of_texts or is_corrected)


def _says_its_rung(read: ProseSentence, ladder: Ladder) -> bool:
    """Return whether a sentence says of papers what they are: they signed [a declaration of intent]."""
    known = [(item, fact) for item, fact in read.facts if fact.status]
    least = min(licence(fact, ladder) for _, fact in known)
    said = ladder.said(read.text)
    are_papers = all(item.words and ladder.papers.search(item.words) for item, _ in known)
    return are_papers and bool(said) and all(one.rung <= least for one in said)


def _is_only_a_topic(read: ProseSentence) -> bool:
    """Return whether something else is said, of which the things that are linked are only the topic."""
    deeds = deeds_of(read.lexicon)
    known = [item for item, fact in read.facts if fact.status]
    return all(
        _is_a_title(item, read) or deeds.governor(read.text, item.start, (0, 0)).is_topic for item in known
    )


def _is_a_title(item: Cited, read: ProseSentence) -> bool:
    """Return whether quotation marks are right around a link: a sentence is about these words."""
    return read.text[: item.start][-1:] in _QUOTES and read.text[item.end :].lstrip(",.")[:1] in _QUOTES


def listed(read: ProseSentence) -> Iterator[Finding]:
    """Yield what the lists find too much in a sentence: by phrase, by the words above its list, by verb."""
    ladder = ladder_of(read.lexicon)
    if ladder.is_taken_back(read.text, read.sentence.after[:_FOLLOWING]):
        return
    if read.facts and all(_is_a_title(item, read) for item, _ in read.facts):
        return
    reported: set[Span] = set()
    said = [words for words in _claims(read, ladder) if not _is_own(words.start, words.end, read)]
    for words in said:
        inside = read.sentence.within(words.start, words.end)
        if words.clause in reported or (inside and inside.is_printed):
            continue
        if words.manner == "inside" and not inside:
            continue
        fact = _subject_of(words, read, ladder)
        if fact and not inside and _is_topic_only(words, fact, read):
            continue
        if fact and _is_too_much(words, fact, ladder, is_inside=inside is not None):
            reported.add(words.clause)
            message, hint = _overclaimed(words, f"'{read.text[words.start : words.end]}'", fact, ladder)
            yield read.finding(words.start, message, hint)
    introduced = [] if said else list(_introduced(read, ladder))
    yield from introduced
    if not reported and not introduced and not read.is_page:
        yield from _done(read, ladder)


def _claims(read: ProseSentence, ladder: Ladder) -> list[StatusClaim]:
    """Return what a sentence states, in order; the words of a link take back only what they say."""
    outside = (said for said in ladder.said(_outside(read)) if said.manner != "nouns")
    return sorted({*ladder.said(read.text), *outside}, key=lambda said: (said.start, -said.rung))


def _outside(read: ProseSentence) -> str:
    """Return a sentence of the same length in which the words of its links are not legible."""
    text = read.text
    for item in read.sentence.cited:
        if lexicon.filled(read.lexicon, _NEGATIVE).match(item.words):
            continue
        text = text[: item.start] + re.sub(r"\w", "x", text[item.start : item.end]) + text[item.end :]
    return text


_JOINED = r"(?i)\s+(?:@grammar.joins@)\s|\s*[,;.]"
_LITTLE = re.compile(r"(?:\s+[^\W\d_]+){0,2}\s*")
"""What there may be between words of a status and the link that they are said of: has ordered the [boats]."""


def _is_error(read: ProseSentence, score: int, *, is_listed: bool) -> bool:
    """Return whether a sentence says too much for certain: by its score, or in the plainest words."""
    return score > SURE or (is_listed and score > PLAIN and _is_said_plainly(read))


def _is_said_plainly(read: ProseSentence) -> bool:
    """Return whether words that claim a status are right before the link of a fact."""
    ends = [said.end for said in _claims(read, ladder_of(read.lexicon)) if said.manner == "done"]
    links = [item.start for item, _ in read.facts]
    return any(
        end <= start and _LITTLE.fullmatch(read.text, end, start) is not None
        for end in ends
        for start in links
    )


def unqualified(subject: Subject) -> Iterator[Finding]:
    """Yield sentences that may say more than their facts, or do not say how far something has come."""
    for item in _judged(subject):
        read, as_read = item.read, item.as_read
        ladder = ladder_of(read.lexicon)
        if read.is_page or (item.is_error and (item.listed or as_read)):
            continue
        if item.listed and item.score > DOUBTFUL:
            yield item.listed[0]
        elif not item.listed:
            own = [claim for _, claims in _own_of(read) for claim in claims]
            flat = list(_flatly(read, [*_claims(read, ladder), *own], ladder))
            yield from flat
            if as_read and not own and item.score > DOUBTFUL and not flat:
                yield as_read


def _done(read: ProseSentence, ladder: Ladder) -> Iterator[Finding]:
    """Yield sentences that say more has been done to the thing of a fact than its status allows."""
    deeds = deeds_of(read.lexicon)
    things = list(_things(read, ladder))
    found = deeds.found(read.text)
    for deed in sorted(found, key=lambda deed: (deed.start, deed.is_unlisted, -deed.end, -deed.rung)):
        if _is_in_name(deed.start, read) or _is_own(deed.start, deed.end, read):
            continue
        if inside := read.sentence.within(deed.start, deed.start + 1):
            least = min(other.rung for other in found if other.start == deed.start)  # supplied by it or to it
            if fact := _said_inside(dataclasses.replace(deed, rung=least), inside, read, ladder):
                yield _too_much(deed, least, fact, read, ladder)
                return
            continue
        for span, fact, is_named in things:
            if deed.is_unlisted and (not fact.status or fact.status.degree > Degree.AGREED):
                continue
            rung = deed.rung
            if rung == Degree.DELIVERING.rung and ladder.whole.search(read.text, *deed.clause):
                rung = Degree.DELIVERED.rung
            if not fact.status or rung <= licence(fact, ladder) or not _can_be_of(deed, fact, is_named):
                continue
            if deeds.concerns(read.text, deed, span) and not _is_taken_back(deed, read, ladder, span):
                yield _too_much(deed, rung, fact, read, ladder)
                return


def _too_much(deed: Deed, rung: int, fact: Fact, read: ProseSentence, ladder: Ladder) -> Finding:
    words = StatusClaim(deed.start, deed.end, rung, deed.clause, "done", False)
    message, hint = _overclaimed(words, f"'{read.text[deed.start : deed.end]}'", fact, ladder)
    return read.finding(deed.start, message, hint)


def _said_inside(deed: Deed, link: Cited, read: ProseSentence, ladder: Ladder) -> Fact | None:
    """Return the fact of a link whose own words say that more has been done than its status allows."""
    fact = None if link.is_printed else read.library.facts.get(link.fact)
    if not fact or not fact.status or deed.rung <= licence(fact, ladder) or deed.is_money:
        return None
    span = (link.start, link.end)
    is_softened = ladder.is_softened(read.text, (deed.start, deed.end), span, "done")
    is_said = deeds_of(read.lexicon).is_predicate(read.text, deed, span)
    return fact if is_said and not is_softened and not _is_taken_back(deed, read, ladder, span) else None


def _can_be_of(deed: Deed, fact: Fact, is_named: bool) -> bool:
    """Return whether a deed can be done to what a fact is about: nobody sails money or cashes ships."""
    if is_named or not isinstance(fact.value, Money):
        return not deed.is_money
    return deed.rung not in (Degree.IN_PRODUCTION.rung, Degree.IN_SERVICE.rung)


def _is_taken_back(deed: Deed, read: ProseSentence, ladder: Ladder, thing: Span) -> bool:
    if deed.role in (Role.EVENT, Role.PAPER, Role.USERS):
        return False
    start = deed.group.start if deed.group else deed.start
    if (
        deed.group
        and deed.group.mood is Mood.PROMISED
        and (ladder.conditions.search(read.text) or ladder.reporting.search(read.text))
    ):
        return True
    if ladder.is_idiom(read.text, (deed.start, deed.end)):
        return True
    text = ladder.without_nouns(_outside(read))
    if read.is_quoted(deed.start, deed.end) and (
        ladder.reporting.search(text) or ladder.quoting.search(text)
    ):
        return True
    clause = deed.clause
    if deeds_of(read.lexicon).begins_aside(text, deed, thing):  # what is said of the thing as a whole is not
        clause = (thing[1], clause[1])
    return ladder.is_softened(text, (start, deed.end), clause, "done")


def _nouns_of(fact: Fact, library: Library, of: Lexicon) -> re.Pattern[str]:
    """Return an expression for the common nouns that a sentence may use for what a fact counts: the trams."""
    is_thing = not isinstance(fact.value, Money)
    named = [library.systems[name] for name in fact.systems if is_thing and name in library.systems]
    nouns = {word.split()[-1].lower() for system in named for word in (system.category, system.name)}
    nouns |= {word + "s" for word in nouns}
    if isinstance(fact.value, Quantity) and fact.value.unit and not rates.is_rate(fact.value):
        nouns.add(fact.value.unit.split()[-1].lower())
    if isinstance(fact.value, Money) and fact.value.instrument:
        nouns.add(str(fact.value.instrument))
    return _nouns(frozenset(noun for noun in nouns if noun.isalpha() and len(noun) > 2), of)


@functools.lru_cache(maxsize=4096)
def _stated_nouns(statement: str, of: Lexicon) -> re.Pattern[str]:
    """Return an expression for the things that a statement speaks of: the gates."""
    papers = {*of.words["neutral"]["no_things"]}
    found = {match["noun"] for match in lexicon.filled(of, _STATED).finditer(statement)}
    nouns = frozenset(noun for noun in found if len(noun) > 3 and noun not in papers)
    return _nouns(nouns, of, r"(?:[a-z-]+\s+)??")


@functools.lru_cache(maxsize=4096)
def _nouns(nouns: frozenset[str], of: Lexicon, between: str = "") -> re.Pattern[str]:
    either = "|".join(sorted(nouns)) or "(?!)"
    known, behind = (lexicon.either(of.words["grammar"][name]) for name in ("known_things", "of"))
    return re.compile(rf"\b(?:{known})\s+{between}(?P<noun>{either})\b(?!\s+(?:{behind})\b)", re.I)


def _is_in_name(index: int, read: ProseSentence) -> bool:
    is_named = any(mention.start <= index < mention.end for mention in read.names)
    return is_named or (index > 0 and read.text[index].isupper())


def _is_date(words: str, read: ProseSentence) -> bool:
    """Return whether the words of a link are a date, and so no thing."""
    months = "|".join(lexicon.either(names) for names in read.lexicon.words["dates"]["months"])
    return re.search(rf"\b[12]\d{{3}}$|^(?:\d{{1,2}} )?(?:{months})$", words) is not None


def _things(read: ProseSentence, ladder: Ladder) -> Iterator[tuple[Span, Fact, bool]]:
    """Yield the facts of a sentence where they are cited or named, and whether they are named."""
    cited = [(item, fact) for item, fact in read.facts if item.form not in ("status", "mark")]
    for item, fact in cited:
        is_date = item.form == "date" or _is_date(item.words, read)
        if not is_date and not (item.words and ladder.papers.search(item.words)):
            yield (item.start, item.end), fact, False
    for _, fact in cited:
        for match in _stated_nouns(fact.statement, read.lexicon).finditer(read.text):
            if not read.sentence.within(*match.span("noun")):
                yield match.span("noun"), fact, True
        for match in _nouns_of(fact, read.library, read.lexicon).finditer(read.text):
            if not read.sentence.within(*match.span("noun")):
                yield match.span("noun"), fact, not isinstance(fact.value, Money)
    for mention in read.names:
        if mention.kind != "system" or read.sentence.within(mention.start, mention.end):
            continue
        facts = [fact for _, fact in cited] if read.facts else read.about("system", mention.ids)
        about = [fact for fact in facts if {*mention.ids} & {*fact.systems} and fact.status]
        if about:
            furthest = max(about, key=lambda fact: licence(fact, ladder))
            yield (mention.start, mention.end), furthest, True


def _in_register(text: SheetText, library: Library) -> Iterator[Finding]:
    """Yield statements of facts that say more than their status; readings and gaps report what others say."""
    ladder = ladder_of(text.lexicon)
    if not text.is_statement or not text.facts[0].status:
        return
    best = text.facts[0]
    own = library.ladders.get(best.status.ladder) if best.status else None
    by_own = _own_claims(text.text, text.lexicon, own) if own else ()
    for said in by_own:
        if own and (found := _own_overclaim(said, text.text, best, own)):
            yield text.finding(said.start, *found)
            return
    for said in ladder.said(text.text):
        if any(said.start < claim.end and claim.start < said.end for claim in by_own):
            continue
        if said.rung > licence(best, ladder):
            words, claimed = text.text[said.start : said.end], list(Degree)[said.rung - 1].value
            assert best.status  # chosen among those that have one
            is_standard = best.status.ladder == COMMITMENTS
            says = claimed if is_standard else f"more than {MESSAGES.named(best.status)}"
            message = f"'{words}' says {says}; {best.id} is {best.status.id}"
            hint = f"say no more than '{safe(best, ladder)}', or correct the status"
            yield text.finding(said.start, message, hint)
            return


def _introduced(read: ProseSentence, ladder: Ladder) -> Iterator[Finding]:
    """Yield items of a list whose introduction says more than the fact that they begin with."""
    lead = read.sentence.lead
    if not lead or not read.facts or ladder.unsettled.search(read.text):
        return
    cited, fact = read.facts[0]
    words = max(ladder.said(lead), key=lambda said: said.rung, default=None)
    if words and _is_too_much(words, fact, ladder, is_inside=False):
        message, hint = _overclaimed(words, f"'{lead[words.start : words.end]}' above the list", fact, ladder)
        yield read.finding(cited.start, message, hint)


def _is_too_much(said: StatusClaim, fact: Fact, ladder: Ladder, is_inside: bool) -> bool:
    """Return whether words claim a higher rung than a fact has; with no status, only its link's words can."""
    if fact.status is None and (
        said.manner == "future" or (fact.kind is not FactKind.EVENT and not is_inside)
    ):
        return False
    return said.rung > licence(fact, ladder)


def _flatly(read: ProseSentence, said: Sequence[StatusClaim], ladder: Ladder) -> Iterator[Finding]:
    """Yield sentences that state something unsettled as settled, without any word of the ladder."""
    if not _is_a_statement(read) or ladder.conditions.search(read.text):
        return
    if read.facts and all(_is_a_title(item, read) for item, _ in read.facts):
        return
    lead, clauses = read.sentence.lead, ladder.clauses(read.text)
    if ladder.reporting.search(lead) or ladder.unsettled.search(lead):
        return
    deeds = deeds_of(read.lexicon)
    for index, fact in _subjects(read, ladder):
        clause = next((span for span in clauses if index < span[1]), clauses[-1])
        is_explained = any(words.clause == clause and not words.is_attribute for words in said)
        degree = degree_of(fact)
        is_flat = degree and not is_explained and _is_flat(_outside(read), clause, degree, ladder)
        if is_flat and not deeds.is_neutral(read.text, index, clause):
            assert fact.status
            meaning = scale_texts.meaning(fact.status, MESSAGES.say)
            message = f"nothing here says that {fact.id} is only {fact.status.id}: {meaning}"
            hint = f"say no more than '{safe(fact, ladder)}', or whose plan it is"
            yield read.finding(index, message, hint)
            return


def _subjects(read: ProseSentence, ladder: Ladder) -> Iterator[tuple[int, Fact]]:
    """Yield the facts that a sentence is about: those it cites, or else the furthest of a system it names."""
    for cited, fact in read.facts:
        if cited.form not in ("status", "mark") and not ladder.papers.search(cited.words):
            yield cited.start, fact
    for mention in read.names if not read.facts else ():
        about = read.about(mention.kind, mention.ids) if mention.kind == "system" else []
        if about:
            yield mention.start, max(about, key=lambda fact: licence(fact, ladder))


def _is_flat(text: str, clause: Span, degree: Degree, ladder: Ladder) -> bool:
    if ladder.reporting.search(text):
        return False
    if not degree < Degree.DELIVERING:  # "operates it every day" says more than "has it"
        return degree is Degree.DELIVERED and ladder.habits.search(text, *clause) is not None
    is_settled = degree > Degree.INTENT
    if not is_settled and not ladder.unsettled.search(text):
        return True
    return ladder.happens(text, clause, with_now=is_settled)


def _is_a_statement(read: ProseSentence) -> bool:
    """Return whether it states anything: headings, labels ("First crossing: 2035.") and questions do not."""
    alone = read.text
    for cited in reversed(read.sentence.cited):
        alone = alone[: cited.start] + alone[cited.end :]
    return alone.rstrip(_CLOSING).endswith((".", "!")) and not _LABEL.fullmatch(alone)


def _subject_of(said: StatusClaim, read: ProseSentence, ladder: Ladder) -> Fact | None:
    """Return the fact that words about progress concern: of the link around, after or before them."""
    cited = read.facts
    if inside := read.sentence.within(said.start, said.end):
        return read.library.facts.get(inside.fact)
    in_clause = [
        (item, fact) for item, fact in cited if item.start < said.clause[1] and said.clause[0] < item.end
    ]
    ahead = read.text[max(0, said.start - 40) : said.start].split()[-1:]
    is_passive = bool(ahead) and ahead[0] in read.lexicon.words["grammar"]["passive"]
    is_aside = ladder.subordinates.match(read.text, said.clause[0]) is not None
    near = in_clause or ([] if is_aside or _is_of_its_own(said, read) else cited)
    if (not near and cited) or _is_of_another(said, read):
        return None
    if ended := _ended_before(said, read):
        return ended
    if not near:
        return _about_named_system(said, read, ladder)

    def distance(pair: tuple[Cited, Fact]) -> tuple[bool, int]:
        item, _ = pair
        is_behind = item.start >= said.end
        gap = item.start - said.end if is_behind else said.start - item.end
        return (is_behind == is_passive, gap)

    return min(near, key=distance)[1]


def _is_of_its_own(said: StatusClaim, read: ProseSentence) -> bool:
    """Return whether a clause between semicolons has a subject of its own and takes up none: no "they"."""
    start, end = said.clause
    is_apart = read.text[start : start + 1] == ";" or read.text[end : end + 1] == ";"
    return is_apart and read.says("speech", "takes_up").search(read.text, start, end) is None


def _is_of_another(said: StatusClaim, read: ProseSentence) -> bool:
    """Return whether a claim is in an aside behind something else: a law, in force for years, led to it."""
    aside = _ASIDE.search(read.text, 0, said.start)
    end = read.text.find(", ", said.end)
    if aside is None or end < 0 or any(item.start < end for item, _ in read.facts):
        return False
    return read.sentence.within(aside.start(), aside.start() + 1) is None


_ASIDE = re.compile(r"(?<![^\W\d_])[^\W\d_]++,\s(?:[^\W\d_]++\s){0,2}$")


def _ended_before(said: StatusClaim, read: ProseSentence) -> Fact | None:
    """Return the fact whose link is right before a participle that ends its phrase: [them] awarded and."""
    first = re.match(r"\S+", read.text[said.start :])
    rest = read.text[said.start + first.end() :] if first else ""
    if not lexicon.filled(read.lexicon, _JOINED).match(rest):
        return None
    return next((fact for item, fact in read.facts if read.text[item.end : said.start].isspace()), None)


def _about_named_system(said: StatusClaim, read: ProseSentence, ladder: Ladder) -> Fact | None:
    """Return the furthest fact about a system that the clause names, for a sentence that cites no fact."""
    named = {
        name
        for mention in read.names
        if mention.kind == "system" and said.clause[0] <= mention.start < said.clause[1]
        for name in mention.ids
    }
    about = read.about("system", named)
    return max(about, key=lambda fact: licence(fact, ladder), default=None)


def _is_topic_only(said: StatusClaim, fact: Fact, read: ProseSentence) -> bool:
    """Return whether a fact is only what something else is about: the debate on the ships is over."""
    deeds = deeds_of(read.lexicon)
    cited = [item for item, other in read.facts if other is fact]
    ahead = [deeds.governor(read.text, item.start, (0, 0)) for item in cited if item.end <= said.start]
    behind = [
        deeds.governor(read.text, item.start, (said.end, 0)) for item in cited if said.end <= item.start
    ]
    return bool(cited) and all(governor.is_topic for governor in (*ahead, *behind))


def _overclaimed(said: StatusClaim, words: str, fact: Fact, ladder: Ladder) -> tuple[str, str]:
    """Return a message about words that say too much of a fact, and what to write instead."""
    claimed = list(Degree)[said.rung - 1]
    if fact.status:
        meaning = scale_texts.meaning(fact.status, MESSAGES.say)
        if fact.status.ladder == COMMITMENTS:
            message = f"{words} says {claimed.value}; {fact.id} is {fact.status.id}: {meaning}"
        else:  # a step of the program's own ladder says nothing on another one
            named = MESSAGES.named(fact.status)
            message = f"{words} says more than {named}; {fact.id} is {named}: {meaning}"
        return message, f"say no more than '{safe(fact, ladder)}'"
    kind = "a claim" if fact.kind is FactKind.CLAIM else f"of kind {fact.kind.value}"
    message = f"{words} says {claimed.value}; {fact.id} is {kind} and does not say so"
    return message, "keep to the fact's statement, or cite a fact that has come this far"


CHECKS = (
    Check(
        "overclaim",
        Severity.ERROR,
        "A sentence says that more has happened than the status of the fact it cites allows.",
        "A declaration of intent that is printed as a purchase misleads the people who decide on it.",
        "Norrvik intends to buy [four ferries](fact:ferries.count)",
        "Norrvik has ordered [four ferries](fact:ferries.count) where the fact has the status intent",
        overclaim,
    ),
    Check(
        "unqualified",
        Severity.WARNING,
        "A sentence treats something unsettled as if it were settled, and does not say how far it has come.",
        "A reader who meets a plan among facts takes it for one of them.",
        "Crews would train on [the four ferries](fact:ferries.count), if they are bought",
        "Crews rely on [the four ferries](fact:ferries.count) where the fact has the status intent",
        unqualified,
    ),
)
