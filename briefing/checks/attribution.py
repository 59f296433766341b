"""Checks over who speaks: claims have a speaker, relays are told, one origin confirms nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.scales import ActorKind, FactKind
from briefing.model.sources import Actor

_NEAR = 1000
"""How many characters before a sentence can say through whom it came."""


def attribution(subject: Subject) -> Iterator[Finding]:
    """Claims and valuations in our own voice."""
    for read in subject.sentences:
        if read.is_page:
            continue
        yield from _claims(read)
        yield from _valuations(read)


def _claims(read: ProseSentence) -> Iterator[Finding]:
    claims = [(cited, fact) for cited, fact in read.facts if fact.kind is FactKind.CLAIM]
    near = f"{_last_of(read.sentence.before)} {read.text}"
    if not claims or read.says("voices", "speech").search(near):
        return
    for cited, fact in claims:
        if cited.form == "speaker" or _names_speaker(read, near, fact):
            continue
        speakers = ", ".join(
            read.library.actors[name].name for name in fact.said_by if name in read.library.actors
        )
        who = speakers or "its speaker"
        message = f"{fact.id} is a claim of {who}, and this sentence makes it ours"
        yield read.finding(cited.start, message, f"say who says it: {who} says that …")
        return


def _names_speaker(read: ProseSentence, near: str, fact: Fact) -> bool:
    """Whether the sentence, or the one before, names a speaker."""
    speakers = _speakers(fact, read)
    if any(speakers & {*mention.ids} for mention in read.names):
        return True
    known = read.library.actors
    return any(_is_named(known[name], near) for name in speakers & known.keys())


def _last_of(before: str) -> str:
    """About one sentence: the end of what stands before in the paragraph."""
    return before.rstrip()[-300:]


def _is_named(actor: Actor, text: str) -> bool:
    """Whether a text names an actor; a person by the family name as well."""
    last = (actor.name.split()[-1],) if actor.kind is ActorKind.PERSON else ()
    return any(
        # One word may be a common one, too, unless it is written as a name.
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if " " in name else re.NOFLAG)
        for name in (actor.name, *actor.names, *last)
    )


def _speakers(fact: Fact, read: ProseSentence) -> set[str]:
    origins = (read.library.origins.get(item.origin or "") for item in fact.evidence)
    return {*fact.said_by, *(name for origin in origins if origin for name in origin.said_by)}


def _valuations(read: ProseSentence) -> Iterator[Finding]:
    for match in read.says("voices", "valuations").finditer(read.text):
        if read.is_quoted(*match.span()) or read.sentence.within(*match.span()) or _is_told(read):
            continue
        message = f"'{match.group()}' is a judgement of value in our own voice"
        yield read.finding(
            match.start(), message, "take it out, or put it in quotation marks with its speaker"
        )
        return


def _is_told(read: ProseSentence) -> bool:
    """Whether the sentence tells what somebody says."""
    return bool(read.says("voices", "tells").search(read.text))


def relayed(subject: Subject) -> Iterator[Finding]:
    """Third-hand statements that are cited as if they were first-hand."""
    for read in subject.sentences:
        for cited, fact in read.facts:
            outlets = {*query.outlets(fact, read.library)}
            if not outlets or read.is_page:
                continue
            named = {name for mention in read.names for name in mention.ids}
            told = read.says("voices", "relayed")
            before = read.sentence.before[-_NEAR:]
            names = [read.library.actors[name] for name in outlets if name in read.library.actors]
            if (
                outlets & named
                or told.search(read.text)
                or told.search(before)
                or any(_is_named(actor, before) for actor in names)
            ):
                continue
            who = " and ".join(actor.name for actor in names)
            message = f"{fact.id} reached the source through {who}, and stands here as if said directly"
            yield read.finding(cited.start, message, f"say that {who} reports it")
            break


def confirmation(subject: Subject) -> Iterator[Finding]:
    """Facts of one origin that prose calls confirmed."""
    for read in subject.sentences:
        match = read.says("voices", "confirmations").search(read.text)
        if not match or read.is_quoted(*match.span()) or _is_denied(read, match):
            continue
        facts = [fact for _, fact in read.facts]
        origins = [query.independent_origins(fact.evidence, read.library) for fact in facts]
        if facts and max(origins) < 2:
            message = f"'{match.group()}' promises more than one origin, and {facts[0].id} has one"
            yield read.finding(match.start(), message, "say who alone says it")


def _is_denied(read: ProseSentence, match: re.Match[str]) -> bool:
    denial = read.says("voices", "denials")
    return bool(denial.search(read.text, max(0, match.start() - 60), match.start())) or bool(
        denial.match(read.text, min(len(read.text), match.end() + 1))
    )


CHECKS = (
    Check(
        "attribution",
        Severity.ERROR,
        "A claim stands without its speaker, or a judgement of value in our own voice.",
        "A reader takes for established what one side says.",
        "Holm says that [four ferries](fact:ferries.need) are needed",
        "[Four ferries](fact:ferries.need) are needed where the fact is a claim of Holm",
        attribution,
    ),
    Check(
        "relayed",
        Severity.ERROR,
        "A statement at third hand is cited as if it had been made to our source.",
        "What came through an outlet may have been shortened, translated or misheard there.",
        "As the Courier reports, Holm asked for [a study](fact:ferries.study)",
        "Holm asked for [a study](fact:ferries.study) where the source has it from the Courier",
        relayed,
    ),
    Check(
        "confirmation",
        Severity.ERROR,
        "A sentence calls confirmed, or said by several, what comes from one origin.",
        "Outlets that repeat one statement confirm nothing.",
        "Holm alone gives [the price](fact:ferries.price)",
        "several sources confirm [the price](fact:ferries.price) where all relay Holm",
        confirmation,
    ),
)
