"""Checks over matters and sides: what is about nothing, chains without an end, headlines of reports."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence
from briefing.content import state_of_play
from briefing.language import lexicon
from briefing.language.status_claims import ladder_of
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Place, Severity, nearest
from briefing.model.library import Library
from briefing.model.scales import Degree
from briefing.model.sources import Actor
from briefing.model.values import place_of


def without_matter(subject: Subject) -> Iterator[Finding]:
    """Yield the commitments that are about no matter, where the project has matters."""
    library = subject.library
    if not subject.is_present or not len(library.matters):
        return
    for fact in subject.own.facts:
        if fact.status and not fact.matters:
            message = f"{fact.id} is a commitment, and it is about no matter, so no count and no board has it"
            fitting = sorted(_of_the_same(fact, library))
            choices = nearest(fact.id, fitting or library.matters, "describe one in content/matters.yaml")
            yield Finding("", message, fact.at, f"add 'matters:'; {choices}")


def _of_the_same(fact: Fact, library: Library) -> set[str]:
    """Return the matters of other facts that concern the same systems."""
    keys = {key for name in fact.systems for key in library.about("system", name)}
    return {str(name) for key in keys for name in library.facts[key].matters}


def empty_matter(subject: Subject) -> Iterator[Finding]:
    """Yield the matters that no fact is about."""
    for matter in subject.own.matters if subject.is_present else ():
        if not subject.library.about("matter", matter.id):
            message = f"no fact is about the matter '{matter.id}'"
            hint = f"write 'matters: [{matter.id}]' in the facts that are about it, or delete it"
            yield Finding("", message, matter.at, hint)


def endless_side(subject: Subject) -> Iterator[Finding]:
    """Yield the actors that speak for themselves, or are a part of themselves, through others."""
    actors = subject.library.actors
    for actor in subject.own.actors:
        passed: list[str] = [str(actor.id)]
        while (above := _above(actors.get(passed[-1]))) and above not in passed:
            passed.append(above)
        if above == actor.id:
            message = f"the side of {actor.id} has no end: {', '.join(passed)}, and {actor.id} again"
            hint = "take out the 'part_of' or 'speaks_for' that leads back; a state is a part of nothing"
            yield Finding("", message, actor.at, hint)


def _above(actor: Actor | None) -> str:
    return str((actor.speaks_for or actor.part_of or "") if actor else "")


def own_voice(subject: Subject) -> Iterator[Finding]:
    """Yield headlines that say for themselves what only reports say, in a project with matters."""
    library = subject.library
    if not len(library.matters):
        return
    usual = library.project.languages[0]
    for matter in subject.own.matters:
        state = state_of_play.of_matter(matter.id, library)
        reached, claimed = state.reached, state.claimed
        if reached and reached.voice.is_reported:
            known = claimed.status.degree.rung if claimed else 0
            for text in (matter.name, matter.label):
                yield from _asserted(text, place_of(text, matter.at), usual, known, reached.voice.facts[0])
    for fact in subject.own.facts:
        if fact.status and fact.is_reported:
            yield from _asserted(fact.label, place_of(fact.label, fact.at), usual, 0, fact.id)
    lines = {str(brief.id): brief.bottom_line for brief in subject.own.briefs}
    for read in subject.sentences:
        if read.source == lines.get(read.brief):
            yield from _of_sentence(read)


_MESSAGE = "'{}' is said here in our own voice, but only reports say so ({}); no side has"
_HINT = "write that it is reported, or who says so; add 'said_by' to the fact if its passage names a speaker"


def _of_sentence(read: ProseSentence) -> Iterator[Finding]:
    """Yield a finding if a sentence cites only facts that reports state, and names no report."""
    ladder = ladder_of(read.lexicon)
    cited = [fact for _, fact in read.facts if fact.status]
    is_named = ladder.reporting.search(read.text) or ladder.texts.search(read.text)
    if cited and not is_named and all(fact.is_reported for fact in cited):
        for said in ladder.said(read.text):
            if said.rung >= Degree.CONTRACTED.rung:
                words = read.text[said.start : said.end]
                yield read.finding(said.start, _MESSAGE.format(words, cited[0].id), _HINT)
                return


def _asserted(text: str, at: Place, language: str, known: int, fact: str) -> Iterator[Finding]:
    """Yield a finding if a name says more than a side does, from a contract on."""
    words = lexicon.of_language(language)
    if not text or words is None:
        return
    for said in ladder_of(words).said(text):
        if said.rung >= Degree.CONTRACTED.rung and said.rung > known:
            yield Finding("", _MESSAGE.format(text[said.start : said.end], fact), at, _HINT)
            return


CHECKS = (
    Check(
        "without-matter",
        Severity.WARNING,
        "A commitment is about no matter, in a project that has matters.",
        "Counts, boards and the pages of matters leave it out, and nobody sees that it is missing there.",
        "matters: [new-trams]",
        "a commitment without 'matters'",
        without_matter,
    ),
    Check(
        "empty-matter",
        Severity.WARNING,
        "No fact is about a matter.",
        "Its page would say nothing, and its row would be empty for want of records, not of events.",
        "a fact with 'matters: [new-trams]'",
        "a matter new-trams that no fact names",
        empty_matter,
    ),
    Check(
        "endless-side",
        Severity.ERROR,
        "An actor speaks for itself or is a part of itself, through others.",
        "Its side, under which pages gather what its persons and offices say, could not be found.",
        "mayor: part_of: town",
        "mayor: part_of: town, and town: part_of: mayor",
        endless_side,
        may_be_suppressed=False,
    ),
    Check(
        "own-voice",
        Severity.WARNING,
        "A name, a label or a bottom line says for itself that something is contracted or under way, but "
        "only reports say so.",
        "A reader takes it for what a side has confirmed.",
        "One report says that trams have been delivered.",
        "Trams have been delivered, from a fact without 'said_by'",
        own_voice,
    ),
)
