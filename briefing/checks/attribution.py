"""Checks over who speaks: claims without a speaker, relays without an outlet, false confirmations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence
from briefing.language import lexicon, mentions, offices, wording
from briefing.language.deeds import deeds_of
from briefing.language.mentions import NameMention
from briefing.language.sentences import Cited
from briefing.language.status_claims import Span
from briefing.language.voices import Saying, voices_of
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.scales import ActorKind, FactKind
from briefing.model.sources import Actor

_NEAR = 1000
"""Number of characters before a sentence that are searched for the outlet through which it came."""


_OFFICE = 4
"""Number of words behind the name of a country that may be those of an office."""
_AGENT = r"\s*(?:(?:@voices.agents@)\s+)?"
"""What is between "confirmed" and what takes it back: by nobody else."""
_BREAK = r"(?i);|,?\s+(?:@voices.other_clause@)\s|,\s+(?:@voices.next_clause@)\s"
"""What ends a main clause."""
_LAST_ASIDE = re.compile(r",[^,;]*,\s*$")
_OBJECT = r"\s+(?:@grammar.owners@)\s+(?:[\w-]+\s+)??(?P<noun>[a-z-]+)\b"
_BESIDE = r",[^,]*,|(?<!\w)(?:@voices.who@)\s+(?:\w+\s+)?(?:@voices.nots@)\s+\w+"
"""What is said of witnesses before their verb: two surveyors, asked apart, who never met."""
_INVERTED = r"(?i)\s*(?:@voices.inverted@)\s"
"""The head of a condition: were an independent body to corroborate it."""
_HAVING = r"(?i)(?<!\w)(?:@voices.having@)(?!\w)"
"""Others with this have a clause of their own: no longer doubted, others having found the same."""
_CLAUSES = r"[;:]\s|,\s+(?:@voices.clauses@)\s"
"""What is between a verb and its subject, and between clauses of which one denies nothing of the other."""
_OF_SAYING = r"(?i)(?:@voices.of_saying@)"
"""What can judge that somebody says something: an adverb, or to its credit."""
_NO_CLAIM = ("speaker", "date", "status")
"""Forms of a fact link that print something else than what is claimed."""


_COMPARED = tuple(
    (rf"(?i)(?<!\w)(?:@voices.{name}@)\s$", rf"(?i)(?:\s+[\w-]+){{0,3}}?\s+(?:@voices.{name}_behind@)(?!\w)")
    for name in ("as_much", "more")
)
"""The words around what is compared: as cowardly as this, more cowardly than this."""
_ONLY_THE = r"(?i)\s+(?:(?:@grammar.the@)\s+)?"
_PHRASE_END = r"[,;:.]\s|\s(?:@voices.ends@)\s"


def attribution(subject: Subject) -> Iterator[Finding]:
    """Yield claims and judgements of value that a sentence makes in our own voice."""
    for read in subject.sentences:
        if read.is_page:
            continue
        for found in _unsaid(read):
            if not found.is_named:
                yield _not_said(found, read)
        yield from _valuations(read)


def unclear_speaker(subject: Subject) -> Iterator[Finding]:
    """Yield claims whose speaker a sentence names without saying that it is theirs."""
    for read in subject.sentences:
        for found in _unsaid(read) if not read.is_page else ():
            if found.is_named:
                who = _names_of(found.fact, read)
                message = (
                    f"{found.fact.id} is a claim of {who}, and this sentence names {who} without saying so"
                )
                yield read.finding(found.cited.start, message, f"say who says it: {who} says that …")


@dataclass(frozen=True, slots=True)
class _Unsaid:
    """A claim that a sentence does not give in its speaker's name."""

    cited: Cited
    fact: Fact
    wrong: Saying | None
    """Somebody else who is said to say it."""
    is_named: bool
    """Whether its own speaker is named beside it, and nobody else says it."""


def _unsaid(read: ProseSentence) -> Iterator[_Unsaid]:
    """Yield the first claim of a sentence that it does not give in its speaker's name."""
    claims = [(cited, fact) for cited, fact in read.facts if fact.kind is FactKind.CLAIM]
    if not claims:
        return
    voices = voices_of(read.lexicon)
    every = _actors_in(read.text, read)
    names = [name for name in every if not voices.is_set_apart(read.text, name)]
    sayings = [
        item
        for item in voices.found(read.text, every)
        if item.speaker is None or any(item.speaker.start == name.start for name in names)
    ]
    for cited, fact in claims:
        if cited.form in _NO_CLAIM or cited.form not in ("", *wording.FORMS) or _is_mention(cited, read):
            continue
        allowed = _allowed(fact, read)
        around = [item for item in sayings if item.covers[0] <= cited.start < item.covers[1]]
        is_said, wrong = _said_by(around, allowed, read, names)
        if is_said and any(name not in names and allowed & {*name.ids} for name in every):
            is_said = any(item.speaker and allowed & {*item.speaker.ids} for item in around)
        if is_said or (not wrong and (_said_before(read, allowed) or _said_after(read, allowed))):
            continue
        owner = voices.owner(read.text, cited.start, names)
        if owner and allowed & {*owner.ids}:
            continue
        own = [name for name in names if allowed & {*name.ids}]
        if _is_its_own(cited, read, names, own):
            continue
        if wrong is None and any(voices.is_aside(read.text, name) for name in own):
            continue
        first, last = _clause_of(cited, read)
        if wrong and not first <= wrong.at < last and any(first <= name.start < last for name in own):
            wrong = None  # each clause has a speaker of its own
        is_named = wrong is None and any(
            first <= name.start < last and not voices.is_beside(read.text, name, (cited.start, cited.end))
            for name in own
        )
        yield _Unsaid(cited, fact, wrong, is_named)
        return


def _said_by(
    around: Sequence[Saying], allowed: set[str], read: ProseSentence, names: Sequence[NameMention]
) -> tuple[bool, Saying | None]:
    """Return whether a speaker of a fact may say what a sentence says, and else the one who does."""
    voices = voices_of(read.lexicon)
    wrong, may_be = None, False
    for item in around:
        who = _who(item, read, names, allowed)
        if who is None:
            if item.noun not in voices.persons | voices.things:
                return True, None
            may_be = True  # "in its letter": of the one who is named, if there is one
        elif who & allowed:
            return True, None
        else:
            wrong = wrong or item
    return may_be and wrong is None, wrong


def _is_its_own(
    cited: Cited, read: ProseSentence, names: Sequence[NameMention], own: Sequence[NameMention]
) -> bool:
    """Return whether a figure is given as that of the one named before it: the Guild keeps to its [9]."""
    before = read.text[: cited.start].split()[-1:]
    nearest = max(
        (name for name in names if name.end <= cited.start), key=lambda name: name.end, default=None
    )
    possessives = read.lexicon.words["speech"]["possessives"]
    return bool(before) and before[0].lower() in possessives and nearest in own


def _clause_of(cited: Cited, read: ProseSentence) -> Span:
    """Return the part of a sentence with a link: "it rained, and Deluca was pleased" are two."""
    text = read.text
    breaks = [match.span() for match in lexicon.filled(read.lexicon, _BREAK).finditer(text)]
    start = max((end for _, end in breaks if end <= cited.start), default=0)
    return start, min((first for first, _ in breaks if first >= cited.end), default=len(text))


def _is_mention(cited: Cited, read: ProseSentence) -> bool:
    """Return whether a link only names what a claim is about, and claims nothing: questions on [its cost]."""
    if cited.is_printed or any(cited.start < item.end and item.start < cited.end for item in read.figures):
        return False
    return deeds_of(read.lexicon).is_named_only(read.text, (cited.start, cited.end))


def _names_of(fact: Fact, read: ProseSentence) -> str:
    known = read.library.actors
    return ", ".join(known[name].name for name in fact.said_by if name in known) or "its speaker"


def _not_said(found: _Unsaid, read: ProseSentence) -> Finding:
    cited, fact, wrong = found.cited, found.fact, found.wrong
    who = _names_of(fact, read)
    hint = f"say who says it: {who} says that …"
    if wrong is None:
        message = f"{fact.id} is a claim of {who}, and this sentence states it as our own"
        return read.finding(cited.start, message, hint)
    named = read.text[wrong.speaker.start : wrong.speaker.end] if wrong.speaker else wrong.noun
    message = f"{fact.id} is a claim of {who}, and this sentence says that it is one of '{named}'"
    return read.finding(wrong.speaker.start if wrong.speaker else cited.start, message, hint)


def _who(
    item: Saying, read: ProseSentence, names: Sequence[NameMention], allowed: set[str]
) -> set[str] | None:
    """Return the actors that a saying can be of; None where nothing shows that it is of somebody else."""
    voices = voices_of(read.lexicon)
    known = read.library.actors
    if item.speaker:
        ids = {*item.speaker.ids}
        is_person = any(name in known and known[name].kind is ActorKind.PERSON for name in ids)
        is_open = item.is_deputy and not is_person and not _is_of_other(item.speaker, read, allowed)
        is_open = is_open and (not allowed or _are_akin(ids, allowed, read))
        return None if is_open else ids
    if voices.is_stranger(item.noun) or (item.noun in voices.firms and _are_associations(allowed, read)):
        return set()
    if item.noun not in voices.persons | voices.things:
        return None
    before = [
        *_actors_in(_last_of(read.sentence.before), read),
        *(name for name in names if name.end <= item.at),
    ]
    kinds = {ActorKind.PERSON} if item.noun in voices.persons else {*ActorKind} - {ActorKind.PERSON}
    found = {ids for name in before for ids in name.ids if ids in known and known[ids].kind in kinds}
    return found or None


def _are_associations(ids: Collection[str], read: ProseSentence) -> bool:
    """Return whether actors are bodies by their names that no word for a firm can mean: a union, a league."""
    named = [read.library.actors[name] for name in ids if name in read.library.actors]
    association = read.says("speech", "associations")
    return bool(named) and all(
        actor.kind is not ActorKind.PERSON and association.search(actor.name) for actor in named
    )


def _is_of_other(name: NameMention, read: ProseSentence, allowed: set[str]) -> bool:
    """Return whether an office of a country is none of the speakers': Tavland's finance ministry."""
    known = read.library.actors
    if not any(item in known and known[item].kind is ActorKind.COUNTRY for item in name.ids):
        return False
    behind = {word.lower() for word in read.text[name.end :].split()[:_OFFICE]}
    own = (f"{known[item].name} {known[item].role}" for item in allowed if item in known)
    return all(behind.isdisjoint(text.lower().split()) for text in own)


def _said_before(read: ProseSentence, allowed: set[str]) -> bool:
    """Return whether a speaker of the fact, or one without a name, speaks in the sentence before."""
    before = _last_of(read.sentence.before)
    voices = voices_of(read.lexicon)
    for item in voices.found(before, _actors_in(before, read)):
        if allowed & {*item.speaker.ids} if item.speaker else item.noun and not voices.is_stranger(item.noun):
            return True
    is_asked = before.rstrip().endswith("?")  # What does Deluca say?
    return is_asked and any(allowed & {*name.ids} for name in _actors_in(before, read))


def _said_after(read: ProseSentence, allowed: set[str]) -> bool:
    """Return whether a speaker of the fact answers a question, or is named by a sentence that refers back."""
    following = re.split(r"(?<=[.!?])\s", read.sentence.after[:300], maxsplit=1)[0]
    if not read.text.endswith("?") and not read.says("speech", "refers_back").match(following):
        return False
    return any(allowed & {*name.ids} for name in _actors_in(following, read))


def _allowed(fact: Fact, read: ProseSentence) -> set[str]:
    """Return the actors in whose name a claim may be given: its speakers, their offices, its outlets."""
    speakers = {*_speakers(fact, read), *query.outlets(fact, read.library)}
    actors = [item for item in read.library.named() if item.kind == "actor"]
    offices = {item.id for item in actors if item.speaks_for in speakers}
    return speakers | offices | {item.speaks_for or "" for item in actors if item.id in speakers}


def _actors_in(text: str, read: ProseSentence) -> list[NameMention]:
    """Return the actors that a text names, a person by the family name or the office as well, in order."""
    known = read.library.named()
    found = mentions.known(known, "actor").find(text)
    held = list(offices.named_by_office(text, known))
    found = [name for name in found if not _overlaps(name, held)] + held
    found += offices.named_in_short(text, known, found)
    found += mentions.by_family_name(text, known, found)
    return sorted(found, key=lambda item: item.start)


def _overlaps(name: NameMention, others: Sequence[NameMention]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in others)


def _are_akin(ids: Collection[str], allowed: Collection[str], read: ProseSentence) -> bool:
    """Return whether a body can be a speaker's: their names and offices share a word, or it is a country."""
    known = read.library.actors
    bodies = [known[name] for name in ids if name in known]
    if not bodies or any(body.kind in (ActorKind.COUNTRY, ActorKind.GROUP) for body in bodies):
        return True
    words = {word for body in bodies for text in (body.name, *body.names) for word in _long_words(text)}
    speakers = [known[name] for name in allowed if name in known]
    own = (
        word
        for item in speakers
        for text in (item.name, item.role, *item.names)
        for word in _long_words(text)
    )
    return not speakers or not words.isdisjoint(own)


def _long_words(text: str) -> Iterator[str]:
    return (word.lower() for word in re.findall(r"[^\W\d_]{4,}", text))


def _last_of(before: str) -> str:
    """Return about one sentence: the end of the text before it in the paragraph."""
    return before.rstrip()[-300:]


def _is_named(actor: Actor, text: str) -> bool:
    """Return whether a text names an actor; a person by the family name as well."""
    last = (actor.name.split()[-1],) if actor.kind is ActorKind.PERSON else ()
    return any(
        # A single word may also be a common word, unless it is written as a name.
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if " " in name else re.NOFLAG)
        for name in (actor.name, *actor.names, *last)
    )


def _speakers(fact: Fact, read: ProseSentence) -> set[str]:
    origins = (read.library.origins.get(item.origin or "") for item in fact.evidence)
    return {*fact.said_by, *(name for origin in origins if origin for name in origin.said_by)}


def _valuations(read: ProseSentence) -> Iterator[Finding]:
    plain = [found.span() for found in read.says("voices", "no_valuations").finditer(read.text)]
    for match in read.says("voices", "valuations").finditer(read.text):
        if read.is_quoted(*match.span()) or read.sentence.within(*match.span()):
            continue
        if _is_reported(read) and not _is_of_saying(match, read):
            continue
        if any(start < match.end() and match.start() < end for start, end in plain):
            continue
        is_open = read.says("voices", "open").search(read.text, 0, match.start()) is not None
        clause = read.text.rfind(";", 0, match.start()) + 1
        if read.says("voices", "for_some").search(read.text, clause, match.start()):
            continue
        if _is_in_name(match, read) or (is_open and not _is_superlative(match, read)):
            continue
        message = f"'{match.group()}' is a judgement of value in our own voice"
        yield read.finding(
            match.start(), message, "delete it, or put it in quotation marks and name the speaker"
        )
        return


def _is_superlative(match: re.Match[str], read: ProseSentence) -> bool:
    """Return whether a denial beside a comparison values all the more: none is as cowardly as this."""
    ahead, behind = read.text[: match.end()].rpartition(" ")[0] + " ", read.text[match.end() :]
    return any(
        lexicon.filled(read.lexicon, before).search(ahead)
        and lexicon.filled(read.lexicon, after).match(behind)
        for before, after in _COMPARED
    )


def _is_of_saying(match: re.Match[str], read: ProseSentence) -> bool:
    """Return whether a word judges that somebody says something: bravely said; to its credit, it said."""
    if _is_a_headline(match, read):
        return True
    if not lexicon.filled(read.lexicon, _OF_SAYING).fullmatch(match.group()):
        return False
    rest = read.text[match.end() :].lstrip()
    ahead = read.text[: match.start()].rstrip()
    is_aside = ahead[-1:] in ("", ",") and rest.startswith(",")
    return is_aside or read.says("voices", "reporting").match(rest) is not None


def _is_a_headline(match: re.Match[str], read: ProseSentence) -> bool:
    """Return whether a judgement and what it is of are all before a colon: a scandal on the hill."""
    head = read.text.split(":")[0]
    ahead = read.text[: match.start()].strip(" \"“'‘").lower()
    is_first = not ahead or ahead in read.lexicon.words["grammar"]["articles"]
    if not is_first or not match.end() <= len(head) < len(read.text):
        return False
    return read.says("voices", "reporting").search(head) is None and not _actors_in(head, read)


def _is_in_name(match: re.Match[str], read: ProseSentence) -> bool:
    """Return whether a word is part of a name: Milestone Hotels, the Historic Ships Fund."""
    if any(name.start <= match.start() < name.end for name in read.names):
        return True
    is_within = re.search(r"[\w,;]\s$", read.text[: match.start()]) is not None
    return is_within and match.group()[0].isupper() and not match.group().isupper()


def _is_reported(read: ProseSentence) -> bool:
    """Return whether the sentence reports what somebody says, and not only mentions one who announces."""
    relative = read.says("voices", "relative")
    return any(
        not any(item.end() + 1 == found.start() for item in relative.finditer(read.text))
        for found in read.says("voices", "reporting").finditer(read.text)
    )


def relayed(subject: Subject) -> Iterator[Finding]:
    """Yield third-hand statements that are cited as if they were first-hand."""
    for read in subject.sentences:
        for cited, fact in read.facts:
            outlets = {*query.outlets(fact, read.library)}
            if not outlets or read.is_page or _is_mention(cited, read):
                continue
            before = read.sentence.before[-_NEAR:]
            names = [read.library.actors[name] for name in outlets if name in read.library.actors]
            voices = voices_of(read.lexicon)
            if (
                voices.has_from(read.text, cited.start, _of(outlets, read))
                or voices.hearsay.search(read.text)
                or voices.hearsay.search(before)
                or any(_is_named(actor, before) for actor in names)
            ):
                continue
            who = " and ".join(actor.name for actor in names)
            message = f"{fact.id} reached the source through {who}, and is cited here as if said directly"
            yield read.finding(cited.start, message, f"say that {who} reports it")
            break


def _of(ids: Collection[str], read: ProseSentence) -> list[NameMention]:
    return [name for name in _actors_in(read.text, read) if not {*name.ids}.isdisjoint(ids)]


def confirmation(subject: Subject) -> Iterator[Finding]:
    """Yield facts of one origin that prose calls confirmed."""
    for read in subject.sentences:
        facts = [fact for _, fact in read.facts]
        if (
            not facts
            or read.text.endswith("?")
            or max(query.independent_origins(fact.evidence, read.library) for fact in facts) > 1
        ):
            continue
        is_claim = any(fact.kind is FactKind.CLAIM for fact in facts)
        for start, end in _confirming(read, is_claim=is_claim):
            if not (read.is_quoted(start, end) or _is_denied(read, start, end) or _is_one_text(read, end)):
                said = read.text[start:end]
                message = f"'{said}' promises more than one origin, and {facts[0].id} has one"
                yield read.finding(start, message, "name the one origin instead")
                break


def _confirming(read: ProseSentence, *, is_claim: bool) -> Iterator[Span]:
    """Yield the words of a sentence by which something is confirmed; what somebody claims, by others too."""
    plain = [found.span() for found in read.says("voices", "no_confirmations").finditer(read.text)]
    for name in ("confirmations", "beyond") if is_claim else ("confirmations",):
        for found in read.says("voices", name).finditer(read.text):
            start, end = found.span()
            is_plain = any(s < end and start < e and end - start <= e - s for s, e in plain)
            if not is_plain and not _is_of_others(read, start, end):
                yield start, end
                break
    names = _actors_in(read.text, read)
    denial, beside = read.says("voices", "denials"), lexicon.filled(read.lexicon, _BESIDE)
    for start, end, between in voices_of(read.lexicon).agreements(read.text, names, is_claim=is_claim):
        if not denial.search(beside.sub(" ", between)):
            yield start, end
    if is_claim:
        allowed = {actor for _, fact in read.facts for actor in _allowed(fact, read)}
        yield from _reached(read, _of(allowed, read))
        for other, end in voices_of(read.lexicon).seconded(read.text, names):
            if allowed.isdisjoint(other.ids):
                yield other.start, end


def _reached(read: ProseSentence, names: Sequence[NameMention]) -> Iterator[Span]:
    """Yield the words by which another comes to what a speaker has: judges arrive at the Guild's 21."""
    for name in names:
        is_owner = re.match(r"['’]s?\s", read.text[name.end :]) or re.search(r"['’]s$", read.text[: name.end])
        for found in read.says("voices", "reaching").finditer(read.text, 0, name.start) if is_owner else ():
            if lexicon.filled(read.lexicon, _ONLY_THE).fullmatch(read.text[found.end() : name.start]):
                yield found.start(), name.end


def _is_of_others(read: ProseSentence, start: int, end: int) -> bool:
    """Return whether somebody confirms a thing that is none of the facts: confirmed its sponsorship."""
    is_verb = read.says("voices", "confirming").match(read.text, start, end)
    found = lexicon.filled(read.lexicon, _OBJECT).match(read.text, end) if is_verb else None
    if found is None or found["noun"].lower() in read.lexicon.words["speech"]["own"]:
        return False
    rest = lexicon.filled(read.lexicon, _PHRASE_END).split(read.text[end:])[0]
    return not any(end <= cited.start < end + len(rest) for cited, _ in read.facts)


def _is_one_text(read: ProseSentence, end: int) -> bool:
    """Return whether what several give is one text: two papers print the same press release."""
    last = read.text[:end].lower().split()[-1]
    if last not in read.lexicon.words["voices"]["same"]:
        return False
    return read.says("voices", "one_text").match(read.text[end:].lstrip()) is not None


def _is_denied(read: ProseSentence, start: int, end: int) -> bool:
    """Return whether nobody is said to confirm it, or only the one whom it is from."""
    denial = read.says("voices", "denials")
    ahead = _LAST_ASIDE.sub(" ", read.text[:start])
    clauses, having, inverted, agent = (
        lexicon.filled(read.lexicon, text) for text in (_CLAUSES, _HAVING, _INVERTED, _AGENT)
    )
    clause = clauses.split(ahead)[-1]
    is_absolute = clause.rstrip().endswith(",") and having.search(read.text, start, end) is not None
    if not is_absolute and (inverted.match(clause) or denial.search(clause, max(0, len(clause) - 60))):
        return True
    last = read.text[start:end].split()[-1]
    rest = re.split(r"[,;:.]\s", read.text[end:])[0]
    if read.says("voices", "checks").match(last) and read.says("voices", "undone").search(rest):
        return True
    behind = agent.match(read.text, end)
    assert behind  # it matches anything
    return denial.match(read.text, behind.end()) is not None


CHECKS = (
    Check(
        "attribution",
        Severity.ERROR,
        "A sentence makes a claim without naming its speaker, or a judgement of value in our own voice.",
        "A reader takes as established what only one side says.",
        "Holm says that [four ferries](fact:ferries.need) are needed",
        "[Four ferries](fact:ferries.need) are needed where the fact is a claim of Holm",
        attribution,
    ),
    Check(
        "unclear-speaker",
        Severity.WARNING,
        "A sentence names the speaker of a claim, but not as the one who says it.",
        "A reader does not know whose words these are.",
        "By Holm's count [four ferries](fact:ferries.need) are needed",
        "[Four ferries](fact:ferries.need) are needed in the town of Holm where the fact is a claim of Holm",
        unclear_speaker,
    ),
    Check(
        "relayed",
        Severity.ERROR,
        "A third-hand statement is cited as if it had been made to our source.",
        "The outlet may have shortened, translated or misheard the statement.",
        "As the Courier reports, Holm asked for [a study](fact:ferries.study)",
        "Holm asked for [a study](fact:ferries.study) where the source has it from the Courier",
        relayed,
    ),
    Check(
        "confirmation",
        Severity.ERROR,
        "A sentence calls a fact confirmed, or says that several report it, but it has only one origin.",
        "Outlets that repeat one statement confirm nothing.",
        "Holm alone gives [the price](fact:ferries.price)",
        "several sources confirm [the price](fact:ferries.price) where all relay Holm",
        confirmation,
    ),
)
