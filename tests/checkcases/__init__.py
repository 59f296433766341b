"""Cases for the checks, a module for each module of checks: ``GOOD`` where a check is silent, and ``BAD``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.checks.runner import Subject
from briefing.content.suppressions import Suppression
from briefing.model.editions import Edition
from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.sources.captures import Verified
from tests import values

AT = Place("content/facts/drones.yaml", 4, 3)
"""Where the first fact of a case stands, and whatever a check speaks of in it."""
OTHER_AT = Place("content/facts/drones.yaml", 12, 3)
EVIDENCE_AT = Place("content/facts/drones.yaml", 7, 9)
BRIEF_AT = Place("content/briefs/letter.md", 1, 1)
PROSE_AT = Place("content/briefs/letter.md", 12, 1)


@dataclass(frozen=True, eq=False)
class Case:
    """What a check looks at, and how often and where it speaks; a case is like no other one."""

    library: Library
    editions: tuple[Edition, ...] = ()
    at: tuple[Place, ...] = ()
    says: str = ""
    """Words of its first message."""
    suppressions: tuple[Suppression, ...] = ()
    verified: tuple[Verified, ...] = ()
    """The sources held against their captures, for the checks that need those."""

    unprintable: frozenset[str] = frozenset()
    """The characters that no font has."""

    @property
    def subject(self) -> Subject:
        """What a check is given."""
        return Subject(
            self.library,
            self.editions,
            values.TODAY,
            suppressions=self.suppressions,
            verified=self.verified,
            unprintable=self.unprintable,
        )


def told(case: Case, *places: Place, says: str = "") -> Case:
    """The case, with what the check says of it."""
    return replace(case, at=places, says=says)
