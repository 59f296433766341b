"""Checks that compare facts with one another: sums, duplicates, contradictions."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from briefing.changes.fact_fields import FIELDS, Compared
from briefing.checks.base import Check, Subject
from briefing.content import derived
from briefing.language import lexicon, quantities
from briefing.language.lexicon import Lexicon
from briefing.language.wording import in_message
from briefing.model import amounts
from briefing.model.amounts import Amount
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Place, Severity
from briefing.model.scales import FactKind
from briefing.model.values import Key, Money, Quantity, place_of
from briefing.review import schedule

# -------------------------------------------------------------------------------------------------- sums


class _Wrong(NamedTuple):
    """A mistake in a sum: what is wrong, what to do, and which addend it concerns."""

    message: str
    hint: str
    addend: str = ""


def wrong_sum(subject: Subject) -> Iterator[Finding]:
    """Yield sums whose total is wrong or whose addends are not comparable."""
    facts = subject.library.facts
    for fact in subject.own.facts if subject.is_present else ():
        if fact.computed and all(key in facts for key in fact.computed.parts):
            parts = fact.computed.parts
            message, hint = derived.refusal(fact.computed, [facts[key] for key in parts])
            if fact.id in itertools.chain.from_iterable(_below(key, facts) for key in parts):
                message, hint = "takes a fact that rests on it", "name other facts"
            if message:
                yield Finding("", f"{fact.id} {message}", fact.at, hint)
        if not fact.sum_of or not all(key in facts for key in fact.sum_of):
            continue
        for wrong in _wrong_in(fact, facts):
            at = next((place_of(key, fact.at) for key in fact.sum_of if key == wrong.addend), fact.at)
            yield Finding("", f"{fact.id} {wrong.message}", at, wrong.hint)


def _wrong_in(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[_Wrong]:
    if len(fact.sum_of) < 2:
        yield _Wrong("adds up only one fact", "name two or more, or delete 'sum_of'", fact.sum_of[0])
        return
    counted = Counter(itertools.chain.from_iterable(_below(key, facts) for key in fact.sum_of))
    if counted[fact.id]:
        yield _Wrong("is part of its own sum", "remove it, or the sum that contains it, from 'sum_of'")
        return
    twice = [key for key, times in counted.items() if times > 1]
    for key in twice:
        yield _Wrong(
            f"counts {key} {counted[key]} times", "name each fact once, by itself or within a sum", key
        )
    addends = [facts[key] for key in fact.sum_of]
    unlike = list(_unlike(fact, addends))
    yield from unlike
    if not unlike and not twice:
        yield from _wrong_total(fact, addends)


def _below(key: str, facts: Mapping[str, Fact], above: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield a fact and, at every level, the facts that it adds up."""
    yield key
    if key in facts and key not in above:
        for part in facts[key].rests_on:
            yield from _below(part, facts, (*above, key))


def _unlike(fact: Fact, addends: list[Fact]) -> Iterator[_Wrong]:
    """Yield the first mismatch of each sort between a sum and its addends."""
    for one in (fact, *addends):
        if not isinstance(one.value, Quantity | Money):
            what = "has no amount" if one is fact else f"adds up {one.id}, which has no amount"
            yield _Wrong(what, "give it a quantity or an amount of money, or remove it from 'sum_of'", one.id)
            return
    apart = "give the amounts separately; amounts of different kinds cannot be added up"
    mine = derived.sorts(fact)
    for other in addends:
        for name, theirs in derived.sorts(other).items():
            if mine.get(name) != theirs:
                yield _Wrong(
                    f"is {name} {mine.get(name, '')}, but its addend {other.id} is {name} {theirs}",
                    apart,
                    other.id,
                )
                return
    if name := derived.rate_among(addends):
        yield _Wrong(f"adds up {name}, which is a rate or a share, and these add up to nothing", apart, name)
        return
    for other in addends:
        if gone := sorted(str(flag) for flag in other.flags if flag.ends and flag not in fact.flags):
            yield _Wrong(f"counts {other.id}, which is {gone[0]}", "remove it from 'sum_of'", other.id)


def _wrong_total(fact: Fact, addends: list[Fact]) -> Iterator[_Wrong]:
    value = fact.value
    assert isinstance(value, Quantity | Money)
    parts: list[Amount] = [item.value for item in addends if isinstance(item.value, Quantity | Money)]
    whole = amounts.total(parts)
    if whole is None:
        bounds = " and ".join(dict.fromkeys(f"'{part.bound}'" for part in parts))
        yield _Wrong(f"adds up {bounds}, which have no common total", "give the amounts separately")
    elif (value.amount, value.bound.sense, value.upper) != (whole.amount, whole.bound, whole.upper):
        message = f"says {in_message(value)}, but its addends make {in_message(whole)}"
        yield _Wrong(message, "write that amount with that bound, or name other facts")


# ------------------------------------------------------------------------------- duplicates, contradictions


def _said(subject: Subject) -> Iterator[tuple[Key, tuple[int, ...]]]:
    """Yield each fact with digests of what it says."""
    for fact in subject.own.facts if subject.is_present else ():
        yield fact.id, tuple(map(_digest, _sayings(fact)))


def duplicate_fact(subject: Subject, said: Iterable[tuple[Key, tuple[int, ...]]]) -> Iterator[Finding]:
    """Yield facts that say the same as another."""
    facts = subject.library.facts
    seen: dict[int, Key] = {}
    for name, sayings in said:
        other = next((seen[key] for key in sayings if key in seen), None)
        for key in sayings:
            seen.setdefault(key, name)
        if other:
            place = facts[other].at
            message = f"{name} says the same as {other} ({place.path}, line {place.line})"
            yield Finding("", message, facts[name].at, "keep one of the two, with the evidence of both")


def _digest(value: object) -> int:
    """Return a number that represents a value: equal values have the same one, in every run."""
    return int.from_bytes(hashlib.blake2b(_canonical(value).encode(), digest_size=8).digest(), "big")


def _canonical(value: object) -> str:
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, frozenset):
        return f"{{{', '.join(sorted(map(_canonical, value)))}}}"
    if isinstance(value, tuple):
        return f"({', '.join(map(_canonical, value))})"
    if dataclasses.is_dataclass(value):
        compared = (field.name for field in dataclasses.fields(value) if field.compare)
        return f"{type(value).__name__}({', '.join(_canonical(getattr(value, name)) for name in compared)})"
    return repr(value)


_RECORDED = tuple(field for field in FIELDS if field.is_relied_on and field.compared is not Compared.AS_WORDS)
"""The fields in which a fact says something apart from its words."""


def _sayings(fact: Fact) -> Iterator[Hashable]:
    """Yield the keys of which two facts that say the same share one: their words, or all recorded fields."""
    said = (*(field.meaning(fact) for field in _RECORDED), fact.sum_of, fact.computed)
    yield " ".join(re.findall(r"\w+", fact.statement.casefold())), said
    passages = frozenset((item.source, item.paragraph, item.terms) for item in fact.evidence)
    figured = tuple(re.findall(r"\d+", fact.statement))
    yield passages, fact.kind, frozenset(fact.systems), frozenset(fact.actors), said, figured


@dataclass(frozen=True, slots=True)
class _StatedAmount:
    """A fact with the amount that it states: its value, or the numbers in its statement."""

    fact: str
    at: Place
    about: int
    """A digest of what the amount is of."""
    much: Amount | tuple[Decimal, ...]
    words: str
    days: tuple[datetime.date, datetime.date] | None
    """The first and the last day that its date can mean."""


@dataclass(frozen=True, slots=True)
class _Related:
    """Two facts that a disagreement or a sum relates."""

    pair: tuple[str, ...]


def contradiction(_: Subject, stated: Iterable[_StatedAmount | _Related]) -> Iterator[Finding]:
    """Yield facts that cannot both hold, where no disagreement or sum relates them."""
    settled: set[tuple[str, ...]] = set()
    groups: dict[int, list[_StatedAmount]] = defaultdict(list)
    for item in stated:
        if isinstance(item, _Related):
            settled.add(item.pair)
        else:
            groups[item.about].append(item)
    for group in groups.values():
        if len({said.much for said in group}) < 2:
            continue
        for number, said in enumerate(group):
            against = (
                other
                for other in group[:number]
                if not _can_hold(said, other) and _pair(said.fact, other.fact) not in settled
            )
            for other in itertools.islice(against, 1):
                message = (
                    f"{said.fact} says {said.words}, but {other.fact}, about the same, says {other.words}"
                )
                hint = "record a disagreement with both, or flag the one that no longer holds as superseded"
                yield Finding("", message, said.at, hint)


def _stated(subject: Subject) -> Iterator[_StatedAmount | _Related]:
    """Yield facts that state an amount, with a digest of what it is of, and the pairs that are related.

    Without a value, it is the numbers in the statement, and it is of the statement's other words.
    """
    if not subject.is_present:
        return
    known = lexicon.of_language(subject.library.project.languages[0])
    for fact in subject.own.facts:
        yield from (_Related(_pair(*pair)) for pair in itertools.combinations((fact.id, *fact.rests_on), 2))
        if fact.kind not in (FactKind.COMMITMENT, FactKind.EVENT) or schedule.is_void(fact):
            continue
        about = (fact.kind, fact.status, frozenset(fact.systems), frozenset(fact.actors))
        days = (fact.date.earliest, fact.date.latest) if fact.date else None
        value = fact.value
        if isinstance(value, Quantity | Money) and fact.systems and fact.actors:
            sort = (value.instrument, value.price_basis or None) if isinstance(value, Money) else None
            same = _digest((about, amounts.measure(value), sort))
            yield _StatedAmount(fact.id, fact.at, same, value, in_message(value), days)
        elif value is None and known:
            words, numbers = _figured(fact.statement, known)
            if numbers:
                said = f'"{fact.statement}"'
                yield _StatedAmount(fact.id, fact.at, _digest((about, words)), numbers, said, days)
    for disagreement in subject.own.disagreements:
        for reading, rival in itertools.combinations(disagreement.readings, 2):
            for pair in itertools.product(reading.facts, rival.facts):
                yield _Related(_pair(*pair))


def _pair(*keys: str) -> tuple[str, ...]:
    return tuple(sorted(map(str, {*keys})))


def _figured(statement: str, known: Lexicon) -> tuple[str, tuple[Decimal, ...]]:
    """Return the words of a statement with its numbers left out, and the numbers."""
    numbers, words, end = [], "", 0
    for figure in quantities.find(statement, known):
        if figure.amount is not None:
            numbers.append(figure.amount)
            words += statement[end : figure.start] + "#"
            end = figure.end
    words += statement[end:]
    return " ".join(re.findall(r"[\w#]+", words.casefold())), tuple(numbers)


def _can_hold(one: _StatedAmount, other: _StatedAmount) -> bool:
    """Return whether both can hold: they give the same amount, or concern different days."""
    if one.days and other.days and not (one.days[0] <= other.days[1] and other.days[0] <= one.days[1]):
        return True
    if isinstance(one.much, tuple) or isinstance(other.much, tuple):
        return one.much == other.much
    return amounts.can_agree(one.much, other.much)


CHECKS = (
    Check(
        "sum",
        Severity.ERROR,
        "A fact adds up others, and they are of different kinds or their total is not what it says.",
        "Intended and delivered trams, loans and grants, or euros of two years have no sum; and 'up to' "
        "anywhere in a sum makes the whole 'up to'. Unit or currency, instrument, price basis and status "
        "must be the same. 'Up to' and 'at least' have no total, nor has 'about' with either of them or with "
        "'between'; and rates, shares and degrees have none.",
        "up to 30 trams, as the sum of up to 20 and 10, all intended",
        "30 trams, as the sum of up to 20 that are intended and 10 that were delivered",
        wrong_sum,
    ),
    Check(
        "duplicate-fact",
        Severity.WARNING,
        "Two facts say the same: in the same words, or with the same in every field.",
        "A brief would count them as two, and a correction would reach only one of them.",
        "one fact with the evidence of both texts",
        "two facts with one statement, value, status and date",
        gather=_said,
        compare=duplicate_fact,
    ),
    Check(
        "contradiction",
        Severity.WARNING,
        "Two commitments or events of the same actors and systems state different amounts, and no "
        "disagreement puts them in different readings.",
        "Rival figures are data: they are printed side by side, and none is dropped silently. Facts of "
        "different statuses or days and the parts of one sum do not contradict one another, nor does '80' "
        "contradict 'up to 100'.",
        "a disagreement with a reading for each; the older one flagged superseded",
        "4 ferries in one fact and 6 in another, both intended by the same two countries",
        gather=_stated,
        compare=contradiction,
    ),
)
