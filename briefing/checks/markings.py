"""Checks over markings: what a text shows, what a record is made of, and marks that mark nothing.

Views hide what is marked more strictly than their readers may see; these checks say where an author would not
expect it, because a text or a record is marked less strictly than what it is made of.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from briefing.checks import every_text
from briefing.checks.base import Check, Subject
from briefing.content import strictness
from briefing.content.strictness import Strictness
from briefing.language import portion_marks
from briefing.model import fact_links
from briefing.model.briefs import Brief
from briefing.model.editions import Edition
from briefing.model.facts import REGISTERS, Entry, Fact
from briefing.model.findings import Finding, Place, Severity
from briefing.model.scales import Marking
from briefing.model.sources import Origin
from briefing.model.values import place_of


def marking_leak(subject: Subject) -> Iterator[Finding]:
    """Yield facts and entries that a brief or a plain page with a less strict marking asks for."""
    strict = _strictness(subject)
    if strict is None:
        return
    editions = {str(edition.brief): edition for edition in subject.editions}
    for brief in subject.own.briefs:
        found = dict(_of_brief(brief, strict))
        found = dict(_of_edition(editions.get(brief.id), brief.at, strict)) | found
        yield from (dataclasses.replace(finding, brief=brief.id) for finding in found.values())
    for page in subject.own.pages:
        marking = page.marking or strict.usual
        found = dict(_of_text(page.body, page.body_at, marking, strict))
        yield from (dict(_of_edition(subject.pages.get(page.id), page.at, strict)) | found).values()


def _strictness(subject: Subject) -> Strictness | None:
    """Return how strict records are; None where nothing can leak: all is alike, or hidden already."""
    library = subject.library
    return strictness.of(library) if library.level is None and library.is_marked else None


def _of_brief(brief: Brief, strict: Strictness) -> Iterator[tuple[str, Finding]]:
    marking = brief.marking or strict.usual
    line = portion_marks.portions(brief.bottom_line)
    if line and all(marking < part.marking for part in line):
        message = (
            f"the whole bottom line is marked more strictly than the brief, which is TLP:{marking.value}"
        )
        hint = "mark the brief like its bottom line, or give it a line for everybody who may read it"
        yield "", Finding("", message, place_of(brief.bottom_line, brief.at), hint)
    for name in reversed(REGISTERS):
        register = getattr(strict.library, name)
        for key in getattr(brief, name) or ():
            entry = register.get(key)
            if entry and _is_surprising(entry, strict.entry(entry), marking, strict):
                yield key, _leak(key, strict.entry(entry), marking, place_of(key, brief.at), "")
    selected = [key for of in brief.selections for key in of.facts]
    for key in (*selected, *(item.fact for item in brief.series)):
        fact = strict.library.facts.get(key)
        if fact and _is_surprising(fact, strict.facts[key], marking, strict):
            why = strict.reason(fact)
            yield key, _leak(key, strict.facts[key], marking, place_of(key, brief.at), why)
    for text, at in reversed([*_texts(brief)]):
        yield from _of_text(text, at, marking, strict)


def _is_surprising(record: Fact | Entry, strictest: Marking, marking: Marking, strict: Strictness) -> bool:
    """Return whether a brief asks for a record by name and does not get it, though its own mark allows it."""
    return marking < strictest and not marking < (record.marking or strict.usual)


def _of_text(text: str, at: Place, marking: Marking, strict: Strictness) -> Iterator[tuple[str, Finding]]:
    """Yield facts that a part of a text links and whose marking is stricter than that of the part."""
    facts = strict.library.facts
    for part in portion_marks.portions(text):
        carries = max(marking, part.marking)
        for link in fact_links.find(text[part.start : part.end]):
            if link.key in facts and carries < strict.facts[link.key]:
                where = fact_links.place_at(text, part.start + link.start, place_of(text, at))
                why = strict.reason(facts[link.key])
                yield link.key, _leak(link.key, strict.facts[link.key], carries, where, why)


def _of_edition(edition: Edition | None, at: Place, strict: Strictness) -> Iterator[tuple[str, Finding]]:
    """Yield facts that an edition shows for another reason, and which are stricter than it."""
    # An edition that stays until the hour of the next one may show a fact that is gone.
    for note in (item for item in (edition.notes if edition else ()) if item.fact in strict.facts):
        if edition and edition.marking < strict.facts[note.fact]:
            why = strict.reason(strict.library.facts[note.fact])
            yield note.fact, _leak(note.fact, strict.facts[note.fact], edition.marking, at, why)


def _leak(key: str, is_marked: Marking, carries: Marking, at: Place, why: str) -> Finding:
    mark = is_marked.value
    message = f"{key} is marked TLP:{mark}{why}, but shown in a text marked TLP:{carries.value}"
    hint = f"mark this text {mark} as well, or remove the fact from it; {_OR_MARK.format(mark)}"
    return Finding("", message, at, hint)


_OR_MARK = "or begin its paragraph with (TLP:{}), and other readers do not get that"
_HOW_TO_MARK = "begin a paragraph, a list or a heading with one of {}".format(
    ", ".join(f"(TLP:{item.value})" for item in Marking)
)

_HOW_TO_MARK_A_RECORD = (
    "delete it, and give the record a marking of its own, such as 'marking: AMBER'; only paragraphs of "
    "briefs and pages are marked in their text"
)


def understated_marking(subject: Subject) -> Iterator[Finding]:
    """Yield records that state a marking less strict than what they are made of, and sums of such addends."""
    strict = _strictness(subject)
    if strict is None:
        return
    for fact in subject.own.facts:
        stated = fact.marking or (strict.usual if fact.sum_of or fact.computed else None)
        if stated and stated < strict.facts[fact.id]:
            yield _understated(fact.id, stated, strict.facts[fact.id], strict.reason(fact), fact)
    for name in REGISTERS:
        for entry in getattr(subject.own, name):
            if entry.marking and entry.marking < strict.entry(entry):
                yield _understated(entry.id, entry.marking, strict.entry(entry), "", entry)
    for origin in subject.own.origins:
        strictest = strict.record("origins", origin.id)
        if origin.marking and origin.marking < strictest:
            yield _understated(origin.id, origin.marking, strictest, "", origin)


def _understated(
    name: str, stated: Marking, strictest: Marking, why: str, record: Fact | Entry | Origin
) -> Finding:
    message = (
        f"{name} is marked TLP:{stated.value}, but what it is made of is TLP:{strictest.value}{why}; "
        "only readers of that level get it"
    )
    return Finding("", message, record.at, f"write 'marking: {strictest.value}', so that it says so itself")


def portion_mark(subject: Subject) -> Iterator[Finding]:
    """Yield marks that are not where a paragraph or a heading of prose begins, or are on no scale."""
    for item in every_text.of(subject.own):
        read = portion_marks.misplaced if item.has_portions else portion_marks.like_marks
        for index, words in read(item.text):
            hint = _HOW_TO_MARK if item.has_portions else _HOW_TO_MARK_A_RECORD
            yield item.finding(index, f"'{words}' marks nothing here", hint)


def _texts(brief: Brief) -> Iterator[tuple[str, Place]]:
    yield from ((text, brief.at) for name, text in brief.prose.items() if name != "body")
    yield brief.body, brief.body_at


CHECKS = (
    Check(
        "marking-leak",
        Severity.ERROR,
        "A brief shows a fact whose marking is stricter than its own.",
        "A fact marked AMBER in a brief marked CLEAR has leaked as soon as the brief is sent.",
        "a brief marked AMBER that shows a fact marked AMBER",
        "a brief marked CLEAR that shows a fact marked AMBER",
        marking_leak,
        may_be_suppressed=False,
    ),
    Check(
        "understated-marking",
        Severity.WARNING,
        "A record states a marking that is less strict than what it is made of, or adds up stricter facts.",
        "A person who knows a sum and all addends but one knows that one as well.",
        "a sum marked AMBER with an addend marked AMBER",
        "a sum marked CLEAR with an addend marked AMBER",
        understated_marking,
    ),
    Check(
        "portion-mark",
        Severity.ERROR,
        "A mark in a text marks nothing, because it does not begin a paragraph, a list or a heading of a "
        "brief or a page.",
        "The author trusts that other readers do not get the words, and they do.",
        "(TLP:AMBER) They plan a second line.",
        "They plan (TLP:AMBER) a second line.",
        portion_mark,
        may_be_suppressed=False,
    ),
)
