"""Checks over the registers: the roles of actors, milestones, and unused sources and facts."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator

from briefing.checks.base import Check, Subject
from briefing.language import lexicon
from briefing.language.lexicon import Lexicon
from briefing.language.wording import MESSAGES, with_plain_spaces
from briefing.model import query
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Place, Severity
from briefing.model.library import Library
from briefing.model.scales import ActorKind
from briefing.model.sources import Role
from briefing.model.values import place_of
from briefing.review import schedule


def _roles(subject: Subject) -> Iterator[tuple[str, Finding | None]]:
    """Yield people to whom sources give different offices, and actors of whom a disagreement records it."""
    library = subject.library
    for disagreement in subject.own.disagreements:
        yield from ((str(name), None) for name in disagreement.actors)
    for actor in subject.own.actors if subject.is_present else ():
        if actor.kind is not ActorKind.PERSON:
            continue
        pair = next(
            (pair for pair in itertools.combinations(actor.roles, 2) if _differ(*pair, library)), None
        )
        if pair:
            one, other = pair
            found = Finding(
                "",
                f"{actor.id} is '{one.title}' in {one.evidence.source} and '{other.title}' in "
                f"{other.evidence.source}",
                place_of(other.title, other.evidence.at),
                f"record a disagreement with 'actors: [{actor.id}]'",
            )
            yield str(actor.id), found


def role_differs(_: Subject, roles: Iterable[tuple[str, Finding | None]]) -> Iterator[Finding]:
    """Yield people to whom sources give different offices, where no disagreement records it."""
    known = list(roles)
    recorded = {name for name, finding in known if finding is None}
    return (finding for name, finding in known if finding and name not in recorded)


def _differ(one: Role, other: Role, library: Library) -> bool:
    """Return whether two sources of one language name two offices."""
    sources = [library.sources.get(role.evidence.source) for role in (one, other)]
    if one.evidence.source == other.evidence.source or None in sources:
        return False
    languages = {source.language.partition("-")[0].lower() for source in sources if source}
    if len(languages) > 1:
        return False
    known = lexicon.of_language(languages.pop())
    words, other_words = _words(one.title, known), _words(other.title, known)
    apart = set(known.words["roles"]["apart"]) if known else set()
    is_within = words <= other_words or other_words <= words
    return not is_within or words & apart != other_words & apart


def _words(title: str, known: Lexicon | None) -> set[str]:
    """Return the significant words of a title, each in one spelling."""
    table = known.words["roles"] if known else {"small": (), "spellings": {}}
    words = re.findall(r"\w+", title.casefold().replace("’s", "").replace("'s", ""))
    return {table["spellings"].get(word, word) for word in words} - set(table["small"])


def _expected(subject: Subject) -> Iterator[tuple[datetime.date, Finding]]:
    """Yield the last day of each milestone that no fact settles, with what is to be said after it."""
    library = subject.library
    # As of an earlier day, the outcome may have become known later.
    for milestone in subject.own.milestones if library.as_of is None else ():
        if not milestone.met_by and not schedule.is_called_off(milestone, library):
            due = with_plain_spaces(MESSAGES.was_due(milestone.date))
            message = f"{milestone.id} {due}, and no fact gives the outcome"
            hint = "add 'met_by:' with the fact that met it, or delete the milestone"
            yield milestone.date.latest, Finding("", message, milestone.at, hint)


def milestone_passed(
    subject: Subject, expected: Iterable[tuple[datetime.date, Finding]]
) -> Iterator[Finding]:
    """Yield milestones whose day has passed and that no fact settles."""
    return (finding for day, finding in expected if day < subject.today)


def language_not_checked(subject: Subject) -> Iterator[Finding]:
    """Yield briefs in a language without a lexicon, once each, and the project if its own has none."""
    library = subject.library
    if not subject.is_present:
        return
    hint = "have a second person read it beside its facts, or add a lexicon for the language"
    for project in subject.own.projects:
        own = project.languages[0]
        if lexicon.of_language(own) is None:
            message = (
                f"no words of '{own}' are known: no check reads the fact sheets, registers and pages for "
                "figures"
            )
            yield Finding("", message, project.at, hint)
    for brief in subject.own.briefs:
        if lexicon.of_language(brief.language) is None and brief.id in (subject.briefs or library.briefs):
            message = (
                f"no words of '{brief.language}' are known: no check reads the prose of {brief.id} "
                "for figures, statuses, speakers and likelihood"
            )
            yield Finding("", message, place_of(brief.language, brief.at), hint, brief=brief.id)


def undated_fact(subject: Subject) -> Iterator[Finding]:
    """Yield facts that rest on undated texts alone and do not say from which day they hold."""
    for fact in _without_day(subject):
        if any(query.known_days(subject.library, (fact,))):
            message = f"nothing says from which day {fact.id} holds: no text that it rests on is dated"
            hint = "add 'asserted:' with that day; until then, the day on which its texts were read counts"
            yield Finding("", message, fact.at, hint)


def fact_without_day(subject: Subject) -> Iterator[Finding]:
    """Yield facts of which not even the texts say when they were published or read."""
    for fact in _without_day(subject):
        cites_unknown = any(item.source not in subject.library.sources for item in fact.evidence)
        if not cites_unknown and not any(query.known_days(subject.library, (fact,))):
            message = (
                f"{fact.id} has no day at all: its texts are undated, and nobody says when they were read"
            )
            hint = "give its source the day of its text, 'published:', or the one on which you read it, "
            hint += "'retrieved:'; or the fact 'asserted:', if a passage states that day"
            yield Finding("", message, fact.at, hint)


def _without_day(subject: Subject) -> Iterator[Fact]:
    """Yield the facts for which neither they themselves nor their texts give a day."""
    facts = subject.own.facts if subject.is_present else ()
    return (fact for fact in facts if not fact.asserted)


def _sources(subject: Subject) -> Iterator[tuple[str, Place | None]]:
    """Yield the sources with their places, and those that facts cite without."""
    if subject.is_present:
        yield from ((str(source.id), source.at) for source in subject.own.sources)
    evidence = (item for fact in subject.own.facts for state in fact.states for item in state.evidence)
    yield from ((name, None) for name in dict.fromkeys(str(item.source) for item in evidence))


def unused_source(_: Subject, sources: Iterable[tuple[str, Place | None]]) -> Iterator[Finding]:
    """Yield sources that no fact cites."""
    known = list(sources)
    cited = {name for name, at in known if at is None}
    for name, at in known:
        if at and name not in cited:
            yield Finding("", f"no fact cites the source {name}", at, "cite it, or delete it")


def _shown(subject: Subject) -> Iterator[tuple[str, Place | None]]:
    """Yield the facts with their places, and those that briefs show without."""
    yield from ((str(fact.id), fact.at) for fact in subject.own.facts)
    for edition in subject.editions:
        yield from ((name, None) for name in dict.fromkeys(str(note.fact) for note in edition.notes))


def unused_fact(subject: Subject, facts: Iterable[tuple[str, Place | None]]) -> Iterator[Finding]:
    """Yield facts that no brief shows."""
    if not subject.cited_briefs or not subject.has_every_brief:
        return
    known = list(facts)
    shown = {name for name, at in known if at is None}
    for name, at in known:
        if at and name not in shown:
            yield Finding("", f"no brief shows {name}", at, "the site lists it among the facts of its sheet")


CHECKS = (
    Check(
        "role-differs",
        Severity.WARNING,
        "Sources give a person different offices, and no disagreement names the person.",
        "The person's own staff notice a wrong title at once. Two titles count as one where the "
        "words of the shorter are all in the longer, unless deputy, former, acting or the like makes the "
        "difference.",
        "a disagreement with actors: [minister]; 'Minister' and 'Minister of Defence'",
        "'Minister of Defence' in one source, 'Deputy Minister of Defence' in another, and no disagreement",
        gather=_roles,
        compare=role_differs,
        gathers_from=("sheets", "actors"),
    ),
    Check(
        "milestone-passed",
        Severity.WARNING,
        "The date of a milestone has passed, and no fact says that it was met or that what it rests on is "
        "cancelled or superseded.",
        "A brief that still expects something which is overdue misleads.",
        "a milestone of last year with met_by: the fact that met it",
        "a milestone of last year without met_by",
        gather=_expected,
        compare=milestone_passed,
        reads_day=True,
    ),
    Check(
        "language-not-checked",
        Severity.WARNING,
        "The program has no words of the language of a brief or of the project; its prose is not checked.",
        "A check that finds nothing says something only where it can read.",
        "a brief in a language with a file in language/lexicons",
        "a brief in a language without one",
        language_not_checked,
    ),
    Check(
        "undated-fact",
        Severity.WARNING,
        "A fact rests only on texts without a date of publication, and has no 'asserted'.",
        "A brief is as of the day of its newest fact. Without one, the day on which somebody read the text "
        "counts, which may be years later.",
        "a fact from an undated text with asserted: 2025-11-17",
        "the same fact without 'asserted'",
        undated_fact,
    ),
    Check(
        "fact-without-day",
        Severity.ERROR,
        "Neither a fact nor a text that it rests on gives any day, not even that on which the text was read.",
        "A brief that cites it could not say as of when it holds.",
        "a fact with 'asserted', or from a source with 'published' or 'retrieved'",
        "a fact without 'asserted' from a source of which no day is stated",
        fact_without_day,
        may_be_suppressed=False,
    ),
    Check(
        "unused-source",
        Severity.WARNING,
        "No fact cites a source of the register.",
        "Either something in it was overlooked, or the register lists a source that was not used.",
        "every source is cited by a fact",
        "a source that no evidence names",
        gather=_sources,
        compare=unused_source,
        gathers_from=("sheets", "sources"),
    ),
    Check(
        "unused-fact",
        Severity.NOTE,
        "No brief shows a fact. This is reported only where every brief was made.",
        "The fact may belong in a brief, or may be there for completeness: both are fine.",
        "a fact that a brief cites",
        "a fact that is only in its sheet",
        gather=_shown,
        compare=unused_fact,
        gathers_from=("sheets", "briefs"),
        reads_cited=True,
    ),
)
