"""Checks that prose says no more has happened than the status of the facts that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence, SheetText
from briefing.language import scale_texts
from briefing.language.sentences import Cited
from briefing.language.status_claims import Ladder, Span, StatusClaim, ladder_of
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity
from briefing.model.scales import FactKind, Status

_LABEL = re.compile(r"[^:]+:[\s.,;]*")
_CLOSING = ' \u00a0)]”’»"'
"""The characters that may follow the full stop of a sentence."""
_PASSIVE = ("been", "were", "was", "are", "is")


def licence(fact: Fact, ladder: Ladder) -> int:
    """Return the highest rung that a fact supports: of its status or, where it has none, of its own words."""
    if fact.status:
        return fact.status.rung
    own = max((said.rung for said in ladder.said(fact.statement)), default=0)
    return max(own, Status.ANNOUNCED.rung) if fact.said_by else own


def overclaim(subject: Subject) -> Iterator[Finding]:
    """Yield sentences that say more than the facts they cite."""
    for read in subject.sentences:
        ladder = ladder_of(read.lexicon)
        reported: set[Span] = set()
        said = sorted(ladder.said(read.text), key=lambda said: (said.start, -said.rung))
        for words in said:
            inside = read.sentence.within(words.start, words.end)
            if words.clause in reported or (inside and inside.is_printed):
                continue
            fact = _subject_of(words, read, ladder)
            if fact and _is_too_much(words, fact, ladder, is_inside=inside is not None):
                reported.add(words.clause)
                message, hint = _overclaimed(words, f"'{read.text[words.start : words.end]}'", fact, ladder)
                yield read.finding(words.start, message, hint)
        introduced = [] if said else list(_introduced(read, ladder))
        yield from introduced
        if not reported and not introduced and not read.is_page:
            yield from _flatly(read, said, ladder)

    for text in subject.texts:
        yield from _in_register(text)


def _in_register(text: SheetText) -> Iterator[Finding]:
    """Yield statements of facts that say more than their status; readings and gaps report what others say."""
    ladder = ladder_of(text.lexicon)
    if not text.is_statement or not text.facts[0].status:
        return
    best = text.facts[0]
    for said in ladder.said(text.text):
        if said.rung > licence(best, ladder):
            words, claimed = text.text[said.start : said.end], list(Status)[said.rung - 1].value
            assert best.status  # chosen among those that have one
            message = f"'{words}' says {claimed}; {best.id} is {best.status.value}"
            hint = f"say no more than '{ladder.safe[best.status]}', or correct the status"
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
    lead, clauses = read.sentence.lead, ladder.clauses(read.text)
    if ladder.speech.search(lead) or ladder.unsettled.search(lead):
        return
    for index, fact in _subjects(read, ladder):
        clause = next((span for span in clauses if index < span[1]), clauses[-1])
        is_explained = any(words.clause == clause and not words.is_attribute for words in said)
        if fact.status and not is_explained and _is_flat(read.text, clause, fact.status, ladder):
            meaning = scale_texts.STATUS_MEANINGS[fact.status]
            message = f"nothing here says that {fact.id} is only {fact.status.value}: {meaning}"
            hint = f"say no more than '{ladder.safe[fact.status]}', or whose plan it is"
            yield read.finding(index, message, hint)
            return


def _subjects(read: ProseSentence, ladder: Ladder) -> Iterator[tuple[int, Fact]]:
    """Yield the facts that a sentence is about: those it cites, or else the furthest of a system it names."""
    for cited, fact in read.facts:
        if cited.form not in ("status", "mark"):
            yield cited.start, fact
    for mention in read.names if not read.facts else ():
        about = [fact for fact in read.library.facts.values() if {*mention.ids} & {*fact.systems}]
        if mention.kind == "system" and about:
            yield mention.start, max(about, key=lambda fact: licence(fact, ladder))


def _is_flat(text: str, clause: Span, status: Status, ladder: Ladder) -> bool:
    if ladder.speech.search(text):
        return False
    if not status < Status.DELIVERING:  # "operates it every day" says more than "has it"
        return status is Status.DELIVERED and ladder.habits.search(text, *clause) is not None
    is_settled = status > Status.INTENT
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
    is_passive = read.text[max(0, said.start - 40) : said.start].split()[-1:] in ([word] for word in _PASSIVE)
    is_aside = ladder.subordinates.match(read.text, said.clause[0]) is not None
    near = in_clause or ([] if is_aside else cited)
    if not near:
        return None if cited else _about_named_system(said, read, ladder)

    def distance(pair: tuple[Cited, Fact]) -> tuple[bool, int]:
        item, _ = pair
        is_behind = item.start >= said.end
        gap = item.start - said.end if is_behind else said.start - item.end
        return (is_behind == is_passive, gap)

    return min(near, key=distance)[1]


def _about_named_system(said: StatusClaim, read: ProseSentence, ladder: Ladder) -> Fact | None:
    """Return the furthest fact about a system that the clause names, for a sentence that cites no fact."""
    named = {
        name
        for mention in read.names
        if mention.kind == "system" and said.clause[0] <= mention.start < said.clause[1]
        for name in mention.ids
    }
    about = [fact for fact in read.library.facts.values() if named & {*fact.systems}]
    return max(about, key=lambda fact: licence(fact, ladder), default=None)


def _overclaimed(said: StatusClaim, words: str, fact: Fact, ladder: Ladder) -> tuple[str, str]:
    """Return a message about words that say too much of a fact, and what to write instead."""
    claimed = list(Status)[said.rung - 1]
    if fact.status:
        meaning = scale_texts.STATUS_MEANINGS[fact.status]
        message = f"{words} says {claimed.value}; {fact.id} is {fact.status.value}: {meaning}"
        return message, f"say no more than '{ladder.safe[fact.status]}'"
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
)
