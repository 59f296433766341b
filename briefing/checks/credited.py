"""Checks that a status and a speaker are the ones that the cited passages give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.checks.base import Check, Subject
from briefing.checks.stated import is_readable, texts
from briefing.language import source_status, source_words
from briefing.language.lexicon import expression, sample
from briefing.language.source_words import SourceWords
from briefing.model.findings import Finding, Severity
from briefing.model.ladders import Status
from briefing.model.library import Library, NamedRecord, by_name
from briefing.model.sources import Actor, Evidence
from briefing.model.values import place_of, place_within
from briefing.sources import stated, stated_status, verify
from briefing.sources.stated import Passage

_BACK = 3
"""The number of paragraphs before a passage in which a pronoun's person is looked for."""
_SMALL = 3
"""The most letters of a word of an office that does not count: of, the, for."""


# ------------------------------------------------------------------------------------------------- status


def status_evidence(subject: Subject) -> Iterator[Finding]:
    """Yield commitments with a status that is not the one that the cited words name."""
    known, library = texts(subject), subject.library
    own = source_words.of_language(library.project.languages[0])
    for fact in subject.own.facts:
        for state in fact.states:
            if state.status is None or not is_readable(state.evidence, subject):
                continue
            cited = stated.passages(state.evidence, library, known)
            if state.status_basis:
                if not _names_status(state.status_basis, state.status, own):
                    owner = verify.owner_of(fact, state)
                    message = f"the basis of the status of {owner} does not name '{state.status.words}'"
                    hint = f"begin it with the status: status_basis: {state.status.words}, because …"
                    yield Finding("", message, place_of(state.status_basis, state.at), hint)
                continue
            if by_own := _by_own_words(state.status, cited, library):
                claimed, words = by_own
                if claimed.place != state.status.place:
                    owner = verify.owner_of(fact, state)
                    message = (
                        f"{owner} is {state.status.words}, and its cited words say {claimed.words}: '{words}'"
                    )
                    at = next((item.at for item in state.evidence), state.at)
                    hint = _HOW.format(state.status.words) + _counting(state.status, cited, library)
                    yield Finding("", message, at, hint)
                continue
            said = stated_status.furthest(cited)
            if not stated_status.is_readable(cited) or (said and said[0] is state.status.degree):
                continue
            if said is None and _is_said_beside(state.statement, state.status, cited, own):
                continue
            owner = verify.owner_of(fact, state)
            if said is None or _has_own_words(state.status, library):
                # A step of the program's own ladder says nothing of what counts on another one.
                message = f"{owner} is {state.status.words}, and none of its cited words names a status"
            else:
                message = (
                    f"{owner} is {state.status.words}, and its cited words say {said[0].words}: '{said[1]}'"
                )
            hint = _HOW.format(state.status.words) + _counting(state.status, cited, library)
            yield Finding("", message, next((item.at for item in state.evidence), state.at), hint)


_HOW = "quote the words that say so, correct the status, or say why it is yours: status_basis: {}, because …"


def _has_own_words(status: Status, library: Library) -> bool:
    ladder = library.ladders.get(status.ladder)
    return bool(ladder) and any(rung.words for rung in ladder.rungs)  # type: ignore[union-attr]


def _counting(status: Status, cited: Sequence[Passage], library: Library) -> str:
    """Return the end of a hint: the words that name a status in the languages of its passages."""
    ladder = library.ladders.get(status.ladder)
    rung = ladder.rung(status.id) if ladder else None
    phrases: list[str] = []
    for words in dict.fromkeys(item.words for item in cited):
        own = rung.words.get(words.language, ()) if rung else ()
        has_own = ladder is not None and any(words.language in other.words for other in ladder.rungs)
        phrases += own or (() if has_own else words.table("rungs").get(status.degree.value, ()))
    shown = list(dict.fromkeys(filter(None, map(sample, phrases))))[:_SHOWN]
    if not shown:
        return ""
    return f"; words that say {status.words}: {', '.join(shown)} ('briefing reference' has all)"


_SHOWN = 8
"""The most words that a hint names."""


def _by_own_words(status: Status, cited: Sequence[Passage], library: Library) -> tuple[Status, str] | None:
    """Return the furthest status that the cited words name by the own words of a ladder, and these words."""
    ladder = library.ladders.get(status.ladder)
    said = stated_status.furthest_own(cited, ladder) if ladder else None
    return (ladder.statuses[said[0] - 1], said[1]) if ladder and said else None


def _is_said_beside(statement: str, status: Status, cited: Sequence[Passage], own: SourceWords) -> bool:
    """Return whether a status that no term names is named beside the terms.

    That is in the paragraph, where the captures are at hand, or else in the fact's own statement.
    """
    if any(item.paragraph for item in cited):
        return stated_status.names(status.degree, cited)
    said = [found.status for found in source_status.find(statement, own)]
    return max(said, key=lambda found: found.rung, default=None) is status.degree


def _names_status(text: str, status: Status, own: SourceWords) -> bool:
    return re.match(rf"\s*(?:{re.escape(status.words)}|{re.escape(status.id)})(?!\w)", text, re.I) is not None


# ------------------------------------------------------------------------------------------------ speakers


def speaker_not_stated(subject: Subject) -> Iterator[Finding]:
    """Yield facts whose speaker is nobody whom a cited passage or its statement names."""
    known, library = texts(subject), subject.library
    for fact in subject.own.facts if subject.is_present else ():
        for state in fact.states:
            if any(item.source not in library.sources for item in state.evidence):
                continue  # which is said already
            cited = stated.passages(state.evidence, library, known)
            for name in state.said_by:
                actor = library.actors.get(name)
                if actor is None or any(_speaks(actor, item, library) for item in cited):
                    continue
                owner = verify.owner_of(fact, state)
                origins = sorted({origin for item in cited for origin in _speakers(item.evidence, library)})
                has = f"; they relay {', '.join(origins)}" if origins else ""
                message = f"{owner} is said by {name}, whom no cited passage names{has}"
                hint = (
                    "correct the speaker, quote the words that name him, or cite the statement with 'origin:'"
                )
                yield Finding("", message, place_within(name, state.at), hint)
            for item in cited:
                evidence = item.evidence
                speakers = [
                    library.actors[name] for name in _speakers(evidence, library) if name in library.actors
                ]
                if not evidence.origin or evidence.inferred or not item.paragraph or not speakers:
                    continue
                before = known.get(evidence.source, ())[: evidence.paragraph - 1][-_BACK:]
                beside = [item, *(other for other in cited if _continues(other.evidence, evidence))]
                if not any(
                    any(_is_in_passage(actor, other, library) for other in beside)
                    or _is_referred_to(actor, item, before, library)
                    for actor in speakers
                ):
                    owner = verify.owner_of(fact, state)
                    who = ", ".join(actor.name for actor in speakers)
                    message = (
                        f"paragraph {evidence.paragraph} of {evidence.source} does not name {who}, "
                        f"whose statement it is to relay ({owner})"
                    )
                    hint = (
                        "cite the paragraph beside it as well if that does; if you concluded who speaks, "
                        "write: inferred: true"
                    )
                    yield Finding("", message, evidence.at, hint)


def _continues(one: Evidence, other: Evidence) -> bool:
    """Return whether one passage relays the same statement as another, in a paragraph beside it."""
    return (
        (one.source, one.origin) == (other.source, other.origin)
        and abs(one.paragraph - other.paragraph) == 1
        and not one.inferred
    )


def _speaks(actor: Actor, item: Passage, library: Library) -> bool:
    """Return whether a passage relays an actor or names him in its terms or its paragraph."""
    speakers = _speakers(item.evidence, library)
    if item.evidence.origin:
        allied = {actor.id, actor.speaks_for} | {
            library.actors[name].speaks_for for name in speakers if name in library.actors
        }
        return bool({*speakers} & (allied - {None})) or actor.id in allied & {*speakers}
    return _is_in_passage(actor, item, library)


def _speakers(item: Evidence, library: Library) -> tuple[str, ...]:
    origin = library.origins.get(item.origin or "")
    return tuple(map(str, origin.said_by)) if origin else ()


def _is_in_passage(actor: Actor, item: Passage, library: Library) -> bool:
    """Return whether a passage names an actor, by any of the names, an office or the family name."""
    text = " | ".join([*item.texts, item.paragraph])
    offices = [
        other
        for other in library.named()
        if other.kind == "actor" and (other.speaks_for == actor.id or actor.speaks_for == other.id)
    ]
    return any(_is_named(other, text, item.words) for other in (by_name(actor), *offices))


def _is_referred_to(actor: Actor, item: Passage, before: Sequence[str], library: Library) -> bool:
    """Return whether a paragraph means an actor by office, or by a pronoun for the person named last."""
    offices = (actor.role, *(role.title for role in actor.roles))
    if any(office and _has_words(office, item.paragraph, item.words) for office in offices):
        return True
    pronouns = "|".join(expression(word) for word in item.words.words.get("pronouns", ()))
    if not pronouns or not re.search(rf"(?<!\w)(?:{pronouns})(?!\w)", item.paragraph, re.I):
        return False
    people = [other for other in library.named() if other.is_person]
    for text in reversed(before):
        if named := {other.id for other in people if _is_named(other, text, item.words)}:
            return actor.id in named
    return False


def _has_words(office: str, text: str, words: SourceWords) -> bool:
    """Return whether a text has all the words of an office: the town's mayor, Mayor of the town."""
    wanted = [word for word in re.findall(r"\w+", office) if len(word) > _SMALL]
    return bool(wanted) and all(stated.has_form(word, text, words) for word in wanted)


def _is_named(actor: NamedRecord, text: str, words: SourceWords) -> bool:
    last = (actor.name.split()[-1],) if actor.is_person else ()
    for name in (actor.name, *actor.names, *last):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I):
            return True
        # In languages with cases the ending of each word may differ: Зеленського.
        if words.language not in ("en", "") and len(name) >= _SMALL:
            stems = [
                re.escape(word[: max(_SMALL, len(word) - 3)] if len(word) > _SMALL + 1 else word[:-1])
                + r"\w*"
                for word in name.split()
            ]
            if re.search(r"(?<!\w)" + r"[\s-]+".join(stems) + r"(?!\w)", text, re.I):
                return True
    return False


CHECKS = (
    Check(
        "status-evidence",
        Severity.ERROR,
        "The furthest step of the ladder that the cited words of a commitment name is not its status, and no "
        "status_basis says why.",
        "A status shows a reader how far something has come; words that do not name it cannot show it. Words "
        "that deny it or put it off do not count.",
        "status: contracted, with the term 'signed the contract'",
        "status: contracted, with the terms 'four ferries' and 'potential contract'",
        status_evidence,
        reads_captures=True,
    ),
    Check(
        "speaker-not-stated",
        Severity.ERROR,
        "A fact is said by somebody whom no cited passage names and whose statement none relays.",
        "Words would be printed as somebody's who never said them.",
        "said_by: [holm] with a passage that relays a statement of holm",
        "said_by: [holm] with a passage that relays a statement of berg",
        speaker_not_stated,
        reads_captures=True,
    ),
)
