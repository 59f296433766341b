"""Whether what a page shows has square brackets, in which a date has what is inferred of it.

The dates decide, not the printed words, in which an editor or a source may have brackets of another meaning.
"""

from __future__ import annotations

from enum import IntEnum

from briefing.changes import history
from briefing.changes.history import Day
from briefing.language.wording import Wording
from briefing.model.values import Date


class Brackets(IntEnum):
    """The dates in brackets that a page or a part of it has; the highest of its parts counts."""

    NONE = 0
    PARTS = 1
    """Parts of some dates are inferred."""
    WHOLE = 2
    """Some dates are inferred as a whole."""


def of_day(day: Day) -> Brackets:
    """Return what is inferred of a day."""
    if not day.inferred:
        return Brackets.NONE
    return Brackets.PARTS if day.is_stated else Brackets.WHOLE


def of_date(date: Date | None, wording: Wording) -> Brackets:
    """Return what is inferred of a date; nothing where there is none."""
    if date is None or not date.inferred:
        return Brackets.NONE
    return of_day(history.day_of(date, wording))
