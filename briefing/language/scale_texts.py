"""The scales that briefs use, as data, each with its source.

They are ICD 203 for likelihood, the Admiralty code for sources and statements, the Traffic Light Protocol for
markings, and our own ladder of commitments. Their words are those of a language; the names in capitals are
the English ones, for messages and the reference.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from enum import Enum

from briefing.language import note_texts
from briefing.language.wording import MESSAGES, Wording
from briefing.language.words import Words
from briefing.model.editions import Edition, Scale
from briefing.model.facts import Fact
from briefing.model.ladders import COMMITMENTS, Ladder, Status
from briefing.model.scales import Confidence, Credibility, Likelihood, Marking, Reliability

_MEANINGS: dict[type[Enum], str] = {
    Confidence: "confidence_meaning",
    Reliability: "reliability_meaning",
    Credibility: "credibility_meaning",
    Marking: "marking_meaning",
}
"""The scales whose steps have meanings, each with the table of these."""


def meaning(step: Enum | Status, say: Words) -> str:
    """Return what a step of a scale means."""
    if isinstance(step, Status):
        if step.name or step.ladder == COMMITMENTS:
            return step.meaning or say(f"status_meaning.{step.degree.value}")
        return say(f"{step.ladder}_meaning.{step.id}")
    return say(f"{_MEANINGS[type(step)]}.{step.value}")


def graded(step: Enum, say: Words) -> str:
    """Return a step of a scale with its meaning: 3: possibly true."""
    return say("value.with_meaning", words=say.named(step), meaning=meaning(step, say))


def originals(number: int, credibility: Credibility | None, say: Words) -> str:
    """Return how many origins a statement has; they count as independent only where its grade says so."""
    is_confirmed = credibility is Credibility.ONE
    return say("count.independent" if is_confirmed else "count.originals", n=number)


def likelihood_range(step: Likelihood, say: Words) -> tuple[str, str]:
    """Return the second row's word for a step of likelihood, and its range of probability."""
    low, high = step.percent
    return say(f"likelihood_also.{step.value}"), say("scale.likelihood_range", low=low, high=high)


def of_ladder(ladder: Ladder, say: Words) -> Scale:
    """Return the steps of a ladder."""
    stages = say("value.list").join(f"{group.glyph} {say.group(group, ladder)}" for group in ladder.groups)
    rows = tuple((say.named(status), meaning(status, say)) for status in ladder.statuses)
    key = f"ladder.{ladder.id}_source" if not ladder.name else "ladder.own_source"
    if ladder.id == COMMITMENTS and not ladder.name:
        key = "scale.status_source"
    return Scale(say.ladder(ladder), say(key, stages=stages), rows)


@functools.cache
def of_likelihood(say: Words) -> Scale:
    """Return the words for likelihoods, both rows."""
    rows = []
    for step in Likelihood:
        other, share = likelihood_range(step, say)
        rows.append((say.named(step), say("scale.likelihood_step", range=share, other=other)))
    return Scale(say("scale.likelihood"), say("scale.likelihood_source"), tuple(rows))


@functools.cache
def of_confidence(say: Words) -> Scale:
    """Return the grades of confidence."""
    rows = tuple((say.named(step), meaning(step, say)) for step in Confidence)
    return Scale(say("scale.confidence"), say("scale.confidence_source"), rows)


@functools.cache
def of_reliability(say: Words) -> Scale:
    """Return the grades of sources."""
    rows = tuple((str(grade), meaning(grade, say)) for grade in Reliability)
    return Scale(say("scale.reliability"), say("scale.reliability_source"), rows)


@functools.cache
def of_credibility(say: Words) -> Scale:
    """Return the grades of statements."""
    rows = tuple((str(grade), meaning(grade, say)) for grade in Credibility)
    return Scale(say("scale.credibility"), say("scale.credibility_source"), rows)


@functools.cache
def of_marking(say: Words) -> Scale:
    """Return the markings, which are never translated."""
    rows = tuple((f"TLP:{marking.value}", meaning(marking, say)) for marking in Marking)
    return Scale(say("scale.marking"), say("scale.marking_source"), rows)


def every(ladders: Iterable[Ladder], say: Words) -> tuple[Scale, ...]:
    """Return all scales, those of some ladders first, in the order in which they are listed."""
    scales = (of_likelihood, of_confidence, of_reliability, of_credibility, of_marking)
    return (*(of_ladder(ladder, say) for ladder in ladders), *(scale(say) for scale in scales))


LIKELIHOOD, CONFIDENCE, RELIABILITY, CREDIBILITY, MARKING = every((), MESSAGES.say)


def only(scale: Scale, steps: set[str], say: Words) -> Scale:
    """Return a scale with only some of its steps, and the number of all of them."""
    rows = tuple((step, meaning) for step, meaning in scale.rows if step in steps)
    source = scale.source.partition(";")[0].rstrip()
    cut = say("scale.cut", source=source, n=len(rows), all=len(scale.rows))
    return Scale(scale.title, cut, rows)


def key(edition: Edition) -> str:
    """Return how to read an edition: the signs that it prints, our readings, and grades without scales."""
    say = Words(edition.language)
    signs = [
        say("note.key"),
        say("note.nothing", sign=say("value.none")) if _has_empty_cells(edition, say) else "",
        say("note.inferred") if _has_brackets(edition) else "",
        say("note.ours") if _has_readings(edition, say) else "",
    ]
    listed = say("value.long_list").join(filter(None, signs))
    return " ".join(filter(None, (f"{listed}.", grades(edition))))


def _has_brackets(edition: Edition) -> bool:
    """Return whether an edition prints anything in square brackets; those of a web link are no such."""
    parts = (part for section in edition.sections for part in section.segments)
    words = (part if isinstance(part, str) else part.words for part in parts)
    texts = (*words, *(note.text for note in edition.notes), *(item.text for item in edition.references))
    return "[" in edition.as_of or any("\\[" in text for text in texts)


def _has_empty_cells(edition: Edition, say: Words) -> bool:
    """Return whether the board of an edition has an empty cell."""
    boards = (section for section in edition.sections if section.role == "board")
    cell = f"| {say('value.none')} |"
    return any(cell in part for section in boards for part in section.segments if isinstance(part, str))


def _has_readings(edition: Edition, say: Words) -> bool:
    mark = f"({say('who.our_reading')})"
    return any(
        mark in note.speakers or mark in note.status or any(item.is_ours for item in note.passages)
        for note in edition.notes
    )


def draft_notice(edition: Edition) -> str:
    """Return what a reader must know of a draft: nobody has approved it, or nobody has issued it yet.

    Return nothing for an issued edition.
    """
    say = Words(edition.language)
    is_cleared = edition.label.startswith(say("edition.cleared"))
    return (
        say(f"edition.not_{'issued' if is_cleared else 'approved'}", label=edition.label)
        if edition.is_draft
        else ""
    )


def shared_reliability(edition: Edition) -> Reliability | None:
    """Return the grade of all sources of an edition, which is said once; None where they differ."""
    found = [reference.reliability for reference in edition.references]
    return found[0] if len(found) > 1 and len(set(found)) == 1 else None


def caveat(fact: Fact, wording: Wording) -> str:
    """Return what a reader must know of a fact: its caveat, and how we came to its value and date."""
    say = wording.say
    found = (
        fact.caveat,
        say("note.arithmetic" if fact.computed else "note.value_ours", basis=_open(fact.value.basis))
        if fact.value and fact.value.basis
        else "",
        say("note.date_ours", basis=_open(fact.date.basis)) if fact.date and fact.date.basis else "",
    )
    return " ".join(filter(None, found))


def remark(fact: Fact, wording: Wording) -> str:
    """Return what a reader who looks closer may want to know: its remark, and how we came to its status."""
    basis = wording.say("note.status_ours", basis=_open(fact.status_basis)) if fact.status_basis else ""
    return " ".join(filter(None, (fact.remark, basis)))


def _open(sentence: str) -> str:
    return sentence.rstrip(".")


def grades(edition: Edition) -> str:
    """Return what the grades in an edition mean, and which most have; empty where it prints their scales."""
    say = Words(edition.language)
    if any(scale.title == say("scale.reliability") for scale in edition.scales):
        return ""
    shared, usual = shared_reliability(edition), note_texts.usual_grade(edition)
    found = {reference.reliability for reference in edition.references} - {shared}
    graded = (step for step in Reliability if step in found)
    of_sources = [say("note.grade", grade=step, meaning=meaning(step, say)) for step in graded]
    known = sorted({note.grade for note in edition.notes if note.grade} - {usual})
    of_notes = [_grade("note.grade", grade, say) for grade in known]
    parts = [
        say("note.all_sources", grade=shared, meaning=meaning(shared, say)) if shared else "",
        *of_sources,
        _grade("note.usual", usual, say) if usual else "",
        *of_notes,
    ]
    listed = say("value.long_list").join(filter(None, parts))
    return say("note.grades", grades=listed) if listed else ""


def _grade(key: str, grade: str, say: Words) -> str:
    step, _, words = grade.partition(":")
    return say(key, grade=step.strip(), meaning=words.strip())
