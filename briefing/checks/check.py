"""What a check is, and what it looks at."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefing.model import Edition, Library
from briefing.problems import Finding, Severity
from briefing.silences import Silence


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at."""

    library: Library
    editions: Sequence[Edition]
    today: datetime.date
    """Colours findings only: no page depends on it."""
    silences: Sequence[Silence] = ()
    """Findings that the authors allow."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its slug, how much it matters, and its page in the reference."""

    slug: str
    severity: Severity
    meaning: str
    """What it finds, in one sentence."""
    why: str
    """Why that matters to a reader of briefs."""
    good: str
    bad: str
    run: Callable[[Subject], Iterable[Finding]]
    may_be_silenced: bool = True
    """Whether an author may allow a finding at the spot, with a reason."""
