"""Reasons why a paragraph is suspect, in words: for findings and for the marks in drafts.

A draft prints values and names in its own language; a finding, like every message, is in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing.changes.fact_fields import FIELDS, FactField
from briefing.language.wording import MESSAGES, Wording, how_given, with_plain_spaces
from briefing.model.facts import AcceptedState, Fact
from briefing.model.values import Money
from briefing.review.signoff import FactDifference, Reviewed

MARK = "To be checked:"
"""The beginning of the mark at a paragraph of a draft."""

_State = AcceptedState | Fact
_MARKS = re.compile(r"\s*\*\\\[" + MARK + r" .*?\\\]\*")


def without_marks(text: str) -> str:
    """Return the Markdown of a draft as its author wrote it."""
    return _MARKS.sub("", text)


def marks_in(text: str) -> int:
    """Return the number of marked paragraphs in a Markdown text."""
    return len(_MARKS.findall(text))


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


def was(difference: FactDifference, wording: Wording = MESSAGES, is_short: bool = False) -> str:
    """Return the earlier state of a fact where it differs: was 6 trams and had the status intent."""
    return _said(difference, difference.was, difference.now, ("was", "had", "read"), wording, is_short)


def _now(difference: FactDifference) -> str:
    return _said(difference, difference.now, difference.was, ("is", "has", "reads"), MESSAGES, False)


def _said(
    difference: FactDifference,
    state: _State,
    other: _State,
    verbs: tuple[str, str, str],
    wording: Wording,
    is_short: bool,
) -> str:
    """Return in words where one state differs from the other."""
    be, have, read = verbs
    date, speakers = state.date, state.said_by
    phrases: dict[str, Callable[[], str]] = {
        "value": lambda: f"{be} {_in_full(state, other, wording)}" if state.value else f"{have} no value",
        "flags": lambda: f"{be} {_flags(state, other)}",
        "date": lambda: f"{be} dated {wording.date(date)}" if date else f"{have} no date",
        "said_by": lambda: f"{be} said by {wording.names(speakers) if speakers else 'the source itself'}",
        "caveat": lambda: _caveat(state, other, have, is_short),
        "statement": lambda: f"{be} put in other words" if is_short else f"{read} “{state.statement}”",
    }
    said = [
        phrases[field.name]() if field.name in phrases else _has(field, state, have, wording)
        for field in FIELDS
        if field.name in difference.aspects
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _has(field: FactField, state: _State, have: str, wording: Wording) -> str:
    """Return the words for a field that has no phrase of its own: had the status intent."""
    words = field.read(state, wording)
    return f"{have} the {field.title} {words}" if words else f"{have} no {field.title}"


def _caveat(state: _State, other: _State, have: str, is_short: bool) -> str:
    if not state.caveat:
        return f"{have} no caveat"
    if is_short:
        return f"{have} a different caveat" if other.caveat else f"{have} a caveat"
    return f"{have} the caveat “{state.caveat}”"


def _in_full(state: _State, other: _State, wording: Wording) -> str:
    """Return the value; also instrument and price basis, where money differs only in those."""
    assert state.value is not None
    words = wording.value(state.value)
    is_alike = other.value is not None and wording.value(other.value) == words
    if not is_alike or not isinstance(state.value, Money):
        return words
    return f"{words} ({', '.join(how_given(state.value)) or 'without instrument or price basis'})"


def _flags(state: _State, other: _State) -> str:
    mine = [str(flag) for flag in state.flags if flag not in other.flags]
    missing = [f"not {flag}" for flag in other.flags if flag not in state.flags]
    return ", ".join([*mine, *missing])
