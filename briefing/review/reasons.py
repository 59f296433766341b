"""Reasons why a paragraph is suspect, in words: for findings and for the marks in drafts.

A draft prints values and names in its own language; a finding, like every message, is in English.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from briefing.changes.fact_fields import FIELDS, FactField
from briefing.language import words
from briefing.language.wording import MESSAGES, Wording, with_plain_spaces
from briefing.model.facts import AcceptedState, Fact
from briefing.model.values import Money
from briefing.review.signoff import FactDifference, Reviewed

_State = AcceptedState | Fact


@functools.cache
def marks() -> tuple[str, ...]:
    """Return the words that begin the mark at a paragraph of a draft, in every language."""
    return tuple(words.Words(language)("to_check.mark") for language in words.languages())


@functools.cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"\s*\*\\\[(?:{'|'.join(map(re.escape, marks()))}) (?:(?!\\\[).)*?\\\]\*")


def without_marks(text: str) -> str:
    """Return the Markdown of a draft as its author wrote it."""
    return _marks().sub("", text)


def marks_in(text: str) -> int:
    """Return the number of marked paragraphs in a Markdown text."""
    return len(_marks().findall(text))


def in_words(item: Reviewed, difference: FactDifference) -> str:
    """Return a sentence on one fact that a paragraph cites: its accepted state, and its state now."""
    since, name = difference.since, item.paragraph.name
    day = since.day.edtf
    if item.accepted:
        known = f"{name} was accepted on {day} by {since.by} when"
    elif since.paragraph == name:
        known = f"{name} was accepted in an earlier wording on {day} by {since.by} when"
    else:
        known = f"{name} is not accepted yet; when {since.by} accepted {since.paragraph} on {day},"
    then = with_plain_spaces(was(difference))
    return f"{known} {difference.key} {then}; it {with_plain_spaces(_now(difference))} now"


def was(difference: FactDifference) -> str:
    """Return the earlier state of a fact where it differs: was 6 trams and had the status intent."""
    return _said(difference, difference.was, difference.now, ("was", "had", "read"))


def _now(difference: FactDifference) -> str:
    return _said(difference, difference.now, difference.was, ("is", "has", "reads"))


def printed(difference: FactDifference, wording: Wording) -> str:
    """Return the earlier state of a fact as a draft prints it, in the language of the draft."""
    state, other, say = difference.was, difference.now, wording.say

    def of_field(field: FactField) -> str:
        key = f"to_check.{field.name}"
        if field.name == "statement":
            return say(key)
        if field.name == "caveat":
            kept = f"{key}_other" if other.caveat else key
            return say(kept if state.caveat else f"{key}_none")
        value = _printed_value(field, state, other, wording)
        if field.name in ("value", "flags", "date", "said_by"):
            return say(key, value=value) if value else say(f"{key}_none")
        name = say(f"field.{field.name}")
        name = name[:1].lower() + name[1:]
        return say("to_check.had", field=name, value=value) if value else say("to_check.had_no", field=name)

    return say.listed(of_field(field) for field in FIELDS if field.name in difference.aspects)


def _printed_value(field: FactField, state: _State, other: _State, wording: Wording) -> str:
    if field.name == "value" and state.value:
        return _in_full(state, other, wording)
    if field.name == "flags":
        missing = [flag for flag in other.flags if flag not in state.flags]
        mine = [wording.named(flag) for flag in state.flags if flag not in other.flags]
        mine += [wording.say("to_check.not_flag", flag=flag) for flag in missing]
        return wording.say("value.list").join(mine)
    return field.read(state, wording)


def _said(difference: FactDifference, state: _State, other: _State, verbs: tuple[str, str, str]) -> str:
    """Return in words where one state differs from the other."""
    wording = MESSAGES
    be, have, read = verbs
    date, speakers = state.date, state.said_by
    phrases: dict[str, Callable[[], str]] = {
        "value": lambda: f"{be} {_in_full(state, other, wording)}" if state.value else f"{have} no value",
        "flags": lambda: f"{be} {_flags(state, other)}",
        "date": lambda: f"{be} dated {wording.date(date)}" if date else f"{have} no date",
        "said_by": lambda: f"{be} said by {wording.names(speakers) if speakers else 'the source itself'}",
        "caveat": lambda: f"{have} the caveat “{state.caveat}”" if state.caveat else f"{have} no caveat",
        "statement": lambda: f"{read} “{state.statement}”",
    }
    said = [
        phrases[field.name]() if field.name in phrases else _has(field, state, have, wording)
        for field in FIELDS
        if field.name in difference.aspects
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _has(field: FactField, state: _State, have: str, wording: Wording) -> str:
    """Return the words for a field that has no phrase of its own: had the status intent."""
    value = field.read(state, wording)
    return f"{have} the {field.title} {value}" if value else f"{have} no {field.title}"


def _in_full(state: _State, other: _State, wording: Wording) -> str:
    """Return the value; also instrument and price basis, where money differs only in those."""
    assert state.value is not None
    value = wording.value(state.value)
    is_alike = other.value is not None and wording.value(other.value) == value
    if not is_alike or not isinstance(state.value, Money):
        return value
    given = wording.say("value.list").join(wording.how_given(state.value))
    remark = given or wording.say("to_check.no_instrument")
    return wording.say("value.with_remark", words=value, remark=remark)


def _flags(state: _State, other: _State) -> str:
    mine = [str(flag) for flag in state.flags if flag not in other.flags]
    missing = [f"not {flag}" for flag in other.flags if flag not in state.flags]
    return ", ".join([*mine, *missing])
