"""Checks over the ladders of a project, and whether facts have the evidence that their rung needs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from briefing.checks import units
from briefing.checks.base import Check, Subject
from briefing.language import lexicon
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.ladders import LadderFlag, Need, Rung
from briefing.model.library import Library
from briefing.model.values import place_of


def ladder_order(subject: Subject) -> Iterator[Finding]:
    """Yield rungs that are like a lower step than the rung below them, without a reason."""
    for ladder in subject.own.ladders:
        for below, rung in itertools.pairwise(ladder.rungs):
            if rung.like < below.like and not rung.reason:
                message = (
                    f"{rung.id} is above {below.id} and like {rung.like.value}, which is below "
                    f"{below.like.value}"
                )
                hint = "put it below, change 'like:', or say why with 'reason:'"
                yield Finding("", message, rung.at, hint)


def ladder_words(subject: Subject) -> Iterator[Finding]:
    """Yield words that two rungs or flags of a ladder claim."""
    for ladder in subject.own.ladders:
        claimed: dict[tuple[str, str], str] = {}
        parts: list[Rung | LadderFlag] = [*ladder.rungs, *ladder.flags]
        for item in parts:
            for language, phrases in item.words.items():
                for phrase in phrases:
                    for words in lexicon.spelled([phrase]):
                        first = claimed.setdefault((language, words), item.id)
                        if first != item.id:
                            message = f"'{words}' claims {first} and {item.id} of the ladder {ladder.id}"
                            hint = "leave it to one of the two, or write more of the words around it"
                            yield Finding("", message, place_of(phrase, item.at), hint)


def _ladders_of_facts(subject: Subject) -> Iterator[str]:
    """Yield the ladders on which facts have a status."""
    yield from dict.fromkeys(fact.status.ladder for fact in subject.own.facts if fact.status)


def ladder_unused(subject: Subject, used: Iterable[str]) -> Iterator[Finding]:
    """Yield ladders of the project on which no fact has a status."""
    known = set(used)
    for ladder in units.own_ladders(subject.library).values() if subject.is_present else ():
        if ladder.id not in known:
            hint = f"name it where it counts with 'ladder: {ladder.id}', or delete it"
            yield Finding("", f"no fact has a status on the ladder {ladder.id}", ladder.at, hint)


def ladder_needs(subject: Subject) -> Iterator[Finding]:
    """Yield facts without the evidence that their rung needs."""
    library = subject.library
    for fact in subject.own.facts:
        ladder = library.ladders.get(fact.status.ladder) if fact.status else None
        rung = ladder.rung(fact.status.id) if ladder and fact.status else None
        if not rung:
            continue
        for need in rung.needs:
            if not _has(need, fact, library):
                message = f"{fact.id} is {rung.id}, which needs {_NEEDED[need]}"
                yield Finding("", message, fact.at, f"{_HOW[need]}, or take a lower rung")


_NEEDED = {
    Need.SPEAKER: "a speaker",
    Need.TWO_ORIGINS: "two independent origins",
    Need.TWO_SIDES: "two sides that say so",
    Need.DOCUMENT: "a text that states it itself",
}
_HOW = {
    Need.SPEAKER: "say who says so with 'said_by:'",
    Need.TWO_ORIGINS: "cite a second origin",
    Need.TWO_SIDES: "name a speaker of each side under 'said_by:'",
    Need.DOCUMENT: "cite a passage that relays nobody",
}


def _has(need: Need, fact: Fact, library: Library) -> bool:
    if need is Need.SPEAKER:
        return bool(fact.said_by)
    if need is Need.TWO_ORIGINS:
        return query.independent_origins(fact.evidence, library) > 1
    if need is Need.DOCUMENT:
        return any(not item.origin for item in fact.evidence)
    return len({library.side_of(name) for name in fact.said_by if name in library.actors}) > 1


CHECKS = (
    Check(
        "ladder-order",
        Severity.WARNING,
        "A rung of a ladder is like a lower step of the standard scale than the rung below it.",
        "Prose is judged by these steps: what says too much of the lower rung would pass for the higher one.",
        "bid: {like: requested, reason: an application asks for what a call has offered} above called",
        "paid: {like: agreed} above signed: {like: contracted}",
        ladder_order,
    ),
    Check(
        "ladder-words",
        Severity.WARNING,
        "Two rungs or flags of one ladder are claimed by the same words.",
        "The words then claim the first of the two, whichever was meant.",
        "selected: {words: {en: [was selected]}} and awarded: {words: {en: [was awarded]}}",
        "selected and awarded, both with {words: {en: [was awarded]}}",
        ladder_words,
    ),
    Check(
        "ladder-unused",
        Severity.WARNING,
        "No fact has a status on a ladder of the project.",
        "The site explains every ladder; a reader would look for what is on it.",
        "ladder: awards in the sheet of the awards",
        "a ladder awards that no project, sheet or fact names",
        gather=_ladders_of_facts,
        compare=ladder_unused,
    ),
    Check(
        "ladder-needs",
        Severity.WARNING,
        "A fact has not the evidence that its rung needs.",
        "A project says with 'needs:' what it wants to know before it calls something so.",
        "a rung that needs two-origins, for a fact from two sources that do not depend on one another",
        "a rung that needs two-origins, for a fact from one source",
        ladder_needs,
    ),
)
