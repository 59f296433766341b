"""Why a paragraph is suspect, in words: for findings and for the marks in drafts.

How values and names are said is given, because a finding says them as the content writes them, and a draft as
its readers do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.model import amounts
from briefing.model.facts import Fact
from briefing.model.ledger import Stood
from briefing.model.values import Date, Label, Money, Slug, Value
from briefing.review.signoff import Difference, Reviewed

MARK = "To be checked:"
"""How the mark at a paragraph of a draft begins."""

_State = Stood | Fact
_MARKS = re.compile(r"\s*\*\\\[" + MARK + r" .*?\\\]\*")


@dataclass(frozen=True, slots=True)
class Say:
    """How values and actors are said."""

    value: Callable[[Value], str]
    names: Callable[[Sequence[Slug]], str]


def _value(value: Value) -> str:
    if isinstance(value, Label):
        return value.text
    if isinstance(value, Date):
        inferred = f" (inferred: {', '.join(value.inferred)})" if value.inferred else ""
        return value.edtf + inferred
    return amounts.in_words(value)


AS_WRITTEN = Say(_value, ", ".join)
"""As the content writes them."""


def without_marks(text: str) -> str:
    """The Markdown of a draft as its author wrote it."""
    return _MARKS.sub("", text)


def marks_in(text: str) -> int:
    """How many paragraphs of a Markdown text bear a mark."""
    return len(_MARKS.findall(text))


def told(item: Reviewed, difference: Difference) -> str:
    """A sentence on one fact under a paragraph: how it stood, and how it stands now."""
    since, name = difference.since, item.paragraph.name
    day = since.day.edtf
    if item.accepted:
        known = f"{name} was accepted on {day} by {since.by} when"
    elif since.paragraph == name:
        known = f"{name} was accepted in other words on {day} by {since.by} when"
    else:
        known = f"{name} is not accepted yet, and when {since.by} accepted {since.paragraph} on {day},"
    return f"{known} {difference.key} {was(difference)}; it {_now(difference)} now"


def was(difference: Difference, say: Say = AS_WRITTEN, is_short: bool = False) -> str:
    """How the fact stood, in what it stands otherwise: was 6 trams and had the status intent."""
    return _said(difference, difference.was, difference.now, ("was", "had", "read"), say, is_short)


def _now(difference: Difference) -> str:
    return _said(difference, difference.now, difference.was, ("is", "has", "reads"), AS_WRITTEN, False)


def _said(
    difference: Difference,
    state: _State,
    other: _State,
    verbs: tuple[str, str, str],
    say: Say,
    is_short: bool,
) -> str:
    """In what one state differs from the other."""
    be, have, read = verbs
    status, date, speakers = state.status, state.date, state.said_by
    phrases: dict[str, Callable[[], str]] = {
        "value": lambda: f"{be} {_in_full(state, other, say)}" if state.value else f"{have} no value",
        "status": lambda: f"{have} the status {status.value}" if status else f"{have} no status",
        "flags": lambda: f"{be} {_flags(state, other)}",
        "date": lambda: f"{be} dated {say.value(date)}" if date else f"{have} no date",
        "said_by": lambda: f"{be} said by {say.names(speakers) if speakers else 'the source itself'}",
        "caveat": lambda: _caveat(state, other, have, is_short),
        "statement": lambda: f"{be} put in other words" if is_short else f"{read} “{state.statement}”",
    }
    said = [phrases[name]() for name in difference.aspects]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _caveat(state: _State, other: _State, have: str, is_short: bool) -> str:
    if not state.caveat:
        return f"{have} no caveat"
    if is_short:
        return f"{have} another caveat" if other.caveat else f"{have} a caveat"
    return f"{have} the caveat “{state.caveat}”"


def _in_full(state: _State, other: _State, say: Say) -> str:
    """The value; with how money is given and in which prices, where it differs in that alone."""
    assert state.value is not None
    words = say.value(state.value)
    is_alike = other.value is not None and say.value(other.value) == words
    if not is_alike or not isinstance(state.value, Money):
        return words
    basis = "not stated" if state.value.price_basis is None else state.value.price_basis
    known: list[Any] = [state.value.instrument, f"price basis: {basis}" if basis else ""]
    return f"{words} ({', '.join(str(part) for part in known if part) or 'nothing said of how it is given'})"


def _flags(state: _State, other: _State) -> str:
    mine = [str(flag) for flag in state.flags if flag not in other.flags]
    missing = [f"not {flag}" for flag in other.flags if flag not in state.flags]
    return ", ".join([*mine, *missing])
