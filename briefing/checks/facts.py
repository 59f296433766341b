"""Checks over single facts: their grade, status, price, date and passages."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from briefing.checks import stated as passages_read
from briefing.checks.base import Check, Subject
from briefing.checks.units import Own
from briefing.language.wording import in_message
from briefing.model import amounts, query
from briefing.model.counting import counted
from briefing.model.facts import Assertion, Fact, RowState
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library
from briefing.model.scales import Credibility
from briefing.model.sources import Evidence
from briefing.model.values import Money, Value, place_of
from briefing.review import schedule
from briefing.review.schedule import Review
from briefing.sources import term_matching

State = Fact | Assertion


def credibility_one(subject: Subject) -> Iterator[Finding]:
    """Yield facts graded 1, confirmed, that have fewer than two independent origins."""
    for fact in subject.own.facts:
        origins = query.independent_origins(fact.evidence, subject.library)
        if fact.credibility is Credibility.ONE and origins < 2:
            message = f"{fact.id} is graded 1, but has only {counted(origins, 'independent origin')}"
            yield Finding("", message, fact.at, "grade it 2, or cite a second origin with another speaker")


def one_origin(subject: Subject) -> Iterator[Finding]:
    """Yield facts with several sources or statements that are one voice."""
    # Where a register could not be read, nobody knows who speaks.
    for fact in subject.own.facts if subject.library.is_whole else ():
        sources = tuple(dict.fromkeys(item.source for item in fact.evidence))
        origins = query.origins_of(fact.evidence)
        is_several = len(sources) > 1 or len(origins) > 1
        if not is_several or query.independent_origins(fact.evidence, subject.library) > 1:
            continue
        cited = counted(len(sources), "source") if len(sources) > 1 else counted(len(origins), "statement")
        voice = (
            f"all relay {origins[0]}"
            if len(origins) == 1
            else f"{', '.join(origins)} share their speaker or publisher"
        )
        message = f"{fact.id} is cited from {cited}, but counts as one origin: {voice}"
        yield Finding("", message, fact.evidence[0].at, "only another speaker makes a second origin")


# ------------------------------------------------------------------------------------------- what is cited


def price_basis(subject: Subject) -> Iterator[Finding]:
    """Yield amounts of money without a price basis."""
    for fact in subject.own.facts:
        without = [row for row in fact.rows if _needs_basis(row.value)]
        for state in fact.states:
            if _needs_basis(state.value):
                if isinstance(state, RowState) and without and state.row != without[0].id:
                    continue  # said once for the whole table
                message = f"{fact.id} gives {in_message(state.value)} without a price basis"
                if isinstance(state, RowState):
                    message += f", as {counted(len(without), 'row')} of its table" if len(without) > 1 else ""
                at = place_of(state.value.currency, state.at)
                hint = "add 'price_basis: 2024 prices' as a source states it, or 'not stated'"
                if fact.table and isinstance(state, RowState):
                    hint += "; under 'table:', for all rows, and then 'briefing rows' again"
                yield Finding("", message, at, hint)


def _needs_basis(value: Value | None) -> TypeGuard[Money]:
    """Return whether money lacks its price basis; a rate of exchange has none."""
    return isinstance(value, Money) and value.price_basis == "" and not amounts.is_rate_of_exchange(value)


def unverified(subject: Subject) -> Iterator[Finding]:
    """Yield passages that no verification has found as they are now."""
    library = subject.library
    if not library.verifications:
        return
    for owner, passages in _passages(subject.own):
        lost = [
            item
            for item in passages
            if _is_as_verified(item.source, library) and not query.verified_on(item, library)
        ]
        if lost:
            if said := _not_in_capture(owner, lost, subject):
                yield said
                continue
            day = library.verifications[lost[0].source].day.edtf
            more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
            message = (
                f"{owner} rests on {lost[0].source} ¶ {lost[0].paragraph}, which the verification of {day} "
                f"does not have{more}"
            )
            yield Finding("", message, lost[0].at, _how_to_verify(library))


def _not_in_capture(owner: str, lost: Sequence[Evidence], subject: Subject) -> Finding | None:
    """Return a finding if a capture is at hand and has no such paragraph, or not these words in it."""
    known = passages_read.texts(subject)
    for item in lost:
        texts = known.get(item.source)
        if texts is None:
            continue
        if item.paragraph > len(texts):
            message = f"{owner} rests on {item.source} ¶ {item.paragraph}, and {item.source} has "
            message += counted(len(texts), "paragraph")
            return Finding("", message, item.at, "correct the number of the paragraph")
        for term in item.terms:
            if term_matching.find(term, texts[item.paragraph - 1]):
                continue
            place = term_matching.locate(term, texts, item.paragraph)
            message = f"'{term}' of {owner} is not in {item.source} ¶ {item.paragraph}"
            hint = "quote the words as the text has them"
            if place.elsewhere:
                hint = f"¶ {place.elsewhere[0]} has it: correct the number of the paragraph"
            elif place.nearest:
                hint = f"the nearest words are '{place.nearest}': quote the words as the text has them"
            return Finding("", message, item.at, hint)
    return None


def _resting_on_unverified(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield each source whose capture is not the one that was verified, with what rests on it."""
    library = subject.library
    if not library.verifications:
        return
    for owner, passages in _passages(subject.own):
        for source in dict.fromkeys(item.source for item in passages):
            if source in library.sources and not _is_as_verified(source, library):
                yield source, owner


def _unverified_captures(subject: Subject, resting: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield sources whose capture is not the one that was verified, once each."""
    library = subject.library
    by_source: dict[str, list[str]] = defaultdict(list)
    for name, owner in resting:
        by_source[name].append(owner)
    for name, owners in by_source.items():
        was = "was never verified" if _digest(name, library) is None else "has changed since it was verified"
        rest = (
            f"{owners[0]} rests"
            if len(owners) == 1
            else f"{counted(len(owners), 'fact or role', 'facts and roles')} rest"
        )
        at = place_of(library.sources[name].sha256, library.sources[name].at)
        yield Finding("", f"the capture of {name} {was}, and {rest} on it", at, _how_to_verify(library))


def _is_as_verified(source: str, library: Library) -> bool:
    """Return whether the registered capture of a source is the one that was verified."""
    known = library.sources.get(source)
    return known is not None and _digest(source, library) == known.sha256


def _digest(source: str, library: Library) -> str | None:
    """Return the digest of the capture that was verified."""
    verified = library.verifications.get(source)
    return verified.sha256 if verified else None


def _passages(own: Own) -> Iterator[tuple[str, list[Evidence]]]:
    """Yield the name of each fact and of each actor's roles, with the passages of all its states."""
    for fact in own.facts:
        yield fact.id, [item for state in fact.states for item in state.evidence]
    for actor in own.actors:
        yield f"the role of {actor.id}", [role.evidence for role in actor.roles]


def _reviews(subject: Subject) -> Iterator[tuple[datetime.date, Finding]]:
    """Yield the day of review of each fact that has one, with what is to be said after it."""
    library = subject.library
    for fact in subject.own.facts if library.as_of is None else ():
        if review := schedule.due_on(fact, library.project):
            message = f"{fact.id} was due for review by {review.by.edtf}, {_whose_day(review)}"
            hint = "review it, and set 'review_by:' to the day of the next review"
            yield review.day, Finding("", message, review.by.at, hint)


def review_due(subject: Subject, reviews: Iterable[tuple[datetime.date, Finding]]) -> Iterator[Finding]:
    """Yield facts whose day of review has passed."""
    return (finding for day, finding in reviews if day < subject.today)


def _whose_day(review: Review) -> str:
    """Return in words where the day of a review comes from."""
    fact = review.fact
    if review.is_given or not (fact.status and fact.asserted):
        return "the day that was set"
    after = counted(review.after or 0, "day")
    return f"{after} after {fact.asserted.edtf}, because its status is '{fact.status.id}'"


def _how_to_verify(library: Library) -> str:
    """Return the command to run, with the captures folder where the project has one of the usual name."""
    if library.captures:
        return f"run 'briefing verify --captures {library.captures} --record'"
    return "run 'briefing verify --captures FOLDER --record' with the captures folder"


CHECKS = (
    Check(
        "credibility-one",
        Severity.ERROR,
        "A fact is graded 1, confirmed, and has fewer than two independent origins.",
        "Outlets that relay one statement confirm nothing, so the grade would mislead.",
        "credibility 1 with statements by two different speakers",
        "credibility 1 with three reports of one post",
        credibility_one,
        may_be_suppressed=False,
    ),
    Check(
        "one-origin",
        Severity.NOTE,
        "A fact is cited from several sources or statements that go back to one origin.",
        "However many they are, they count as one; a reader who counts links would take them for more.",
        "two reports, each with a speaker of its own",
        "three reports that relay one post; a post and an interview of one speaker",
        one_origin,
    ),
    Check(
        "price-basis",
        Severity.WARNING,
        "An amount of money does not say which year's prices it is in.",
        "Amounts of different years, or with and without inflation, cannot be compared or added.",
        "price_basis: 2024 prices, or price_basis: not stated where no source says",
        "{amount: 90 billion, currency: EUR}",
        price_basis,
    ),
    Check(
        "unverified",
        Severity.WARNING,
        "There is a record of verification, and a fact or a role rests on a passage that is not in it.",
        "The passage is new, or it or its capture has changed, and nobody has compared the two since.",
        "every passage is in content/verification.yaml as it was found",
        "a term that was changed after the last briefing verify --record",
        unverified,
        gather=_resting_on_unverified,
        compare=_unverified_captures,
        gathers_from=("sheets", "actors"),
    ),
    Check(
        "review-due",
        Severity.WARNING,
        "The day by which somebody should have reviewed a fact has passed: the one it gives, or for a "
        "commitment that gives none, the one that its status gives.",
        "A stale fact is printed as if it still held.",
        "review_by: a day to come",
        "review_by: a day that has passed; a request of last year, without review_by",
        gather=_reviews,
        compare=review_due,
        reads_day=True,
    ),
)
