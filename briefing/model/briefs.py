"""Briefs and plain pages, as they are commissioned."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.findings import Place
from briefing.model.scales import FactKind, Length, Marking, Status
from briefing.model.values import Key, Prose, Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class Selection:
    """Which facts a table or timeline shows: those that meet every given condition, and those named."""

    sheets: tuple[Slug, ...] = ()
    """Facts of these sheets."""
    kinds: tuple[FactKind, ...] = ()
    """Facts of these kinds."""
    statuses: tuple[Status, ...] = ()
    """Facts with these statuses."""
    systems: tuple[Slug, ...] = ()
    """Facts that concern one of these systems."""
    actors: tuple[Slug, ...] = ()
    """Facts that concern one of these actors."""
    facts: tuple[Key, ...] = ()
    """These facts, whatever else holds; first, and in this order."""
    except_facts: tuple[Key, ...] = ()
    """Never these facts."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A commission: front matter and prose that refer to facts."""

    id: Slug
    """Name of its file in ``content/briefs/``."""
    title: str
    """Its title."""
    subtitle: str
    """One line under the title."""
    owner: str | None
    """Who answers for it."""
    sheets: tuple[Slug, ...]
    """Fact sheets it covers: their disagreements, gaps and milestones are printed."""
    bottom_line: Prose
    """What the reader must know, in at most 60 words."""
    body: Prose
    """The prose after the front matter."""
    judgements: tuple[Key, ...] = ()
    """Key judgements to print, in this order."""
    commitments: Selection = Selection()
    """What the table "Where it stands" shows."""
    timeline: Selection = Selection()
    """What the timeline shows."""
    money: Selection = Selection()
    """What the figure and the table of money show; a fact that names no amount is shown as naming none."""
    disagreements: tuple[Key, ...] | None = None
    """Disagreements to print; all of its sheets where it is left out."""
    gaps: tuple[Key, ...] | None = None
    """Gaps to print; all of its sheets where it is left out."""
    milestones: tuple[Key, ...] | None = None
    """Milestones to print; all of its sheets where it is left out."""
    marking: Marking | None = None
    """Who may read it; the project's marking where it is left out."""
    language: str = "en-GB"
    """Language of the prose, as a BCP 47 tag."""
    length: Length = Length.FULL
    """full, or one-page."""
    template: Slug = Slug("brief")
    """Name of the template that lays it out."""
    formerly: tuple[Slug, ...] = ()
    """What it was called before: its editions stay with it, and the site leads from there to here."""
    body_at: Place = at_nowhere()
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Page:
    """A plain page of the site; one called handbook or method replaces the program's own."""

    id: Slug
    """Name of its file in ``content/pages/``."""
    title: str
    """Its title."""
    body: Prose
    """The text after the front matter."""
    order: int = 100
    """Place in the site's menu, smallest first."""
    body_at: Place = at_nowhere()
    at: Place = at_nowhere()
