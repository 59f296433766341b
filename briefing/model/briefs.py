"""Briefs and plain pages, as they are commissioned."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import fact_links
from briefing.model.findings import Place
from briefing.model.ladders import RungId
from briefing.model.scales import FactKind, Length, Marking, SeriesFigure
from briefing.model.values import Key, Prose, Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class Selection:
    """The facts that a table or timeline shows: those that meet every given condition, and those named."""

    sheets: tuple[Slug, ...] = ()
    """Facts of these sheets."""
    kinds: tuple[FactKind, ...] = ()
    """Facts of these kinds."""
    statuses: tuple[RungId, ...] = ()
    """Facts with these statuses."""
    systems: tuple[Slug, ...] = ()
    """Facts that concern one of these systems."""
    actors: tuple[Slug, ...] = ()
    """Facts that concern one of these actors."""
    matters: tuple[Slug, ...] = ()
    """Facts that are about one of these matters."""
    facts: tuple[Key, ...] = ()
    """These facts, whatever the conditions; first, and in this order."""
    except_facts: tuple[Key, ...] = ()
    """Never these facts."""


@dataclass(frozen=True, slots=True)
class Series:
    """A fact with rows that a brief prints as a table, and how they are drawn."""

    fact: Key
    """The fact."""
    figure: SeriesFigure | None = None
    """line, bars or stacked; by default a line where each row has a date of its own, and else bars."""
    title: str = ""
    """The heading above it; by default the label of the fact."""


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
    authors: tuple[str, ...] = ()
    """Who wrote it: names, in the order in which they are printed."""
    why_it_matters: Prose = Prose("")
    """Why the reader should care, from facts, in about three sentences; printed after the bottom line."""
    options: Prose = Prose("")
    """What the reader could decide, each option with what speaks for it and against it."""
    lines_to_take: Prose = Prose("")
    """What the reader can say in public, in sentences to be spoken."""
    watch: Prose = Prose("")
    """What to watch for without a date: a list of signs, each with what it would show."""
    judgements: tuple[Key, ...] = ()
    """Key judgements to print, in this order."""
    commitments: Selection = Selection()
    """The facts in the table of commitments."""
    timeline: Selection = Selection()
    """The facts in the timeline."""
    money: Selection = Selection()
    """The facts in the figure and the table of money; one without an amount is shown as having none."""
    series: tuple[Series, ...] = ()
    """Facts with rows to print as tables, each with its figure."""
    board: Selection = Selection()
    """The matters on the board: those that it names, in this order, or else those of its facts."""
    disagreements: tuple[Key, ...] | None = None
    """Disagreements to print; by default all of its sheets."""
    gaps: tuple[Key, ...] | None = None
    """Gaps to print; by default all of its sheets."""
    milestones: tuple[Key, ...] | None = None
    """Milestones to print; by default all of its sheets."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    language: str = ""
    """Language of the prose and of the words around it, as a BCP 47 tag; by default the project's first."""
    length: Length = Length.FULL
    """full, or one-page."""
    template: Slug = Slug("brief")
    """Name of the template that lays it out."""
    formerly: tuple[Slug, ...] = ()
    """Its former names: its editions stay with it, and the site redirects from them."""
    body_at: Place = at_nowhere()
    at: Place = at_nowhere()

    @property
    def selections(self) -> tuple[Selection, ...]:
        """What it selects for its tables and figures."""
        return (self.commitments, self.timeline, self.money, self.board)

    @property
    def prose(self) -> dict[str, Prose]:
        """Every text of it by the name of its field: as the shipped template prints them."""
        return {name: getattr(self, name) for name in PROSE}

    @property
    def linked(self) -> tuple[Key, ...]:
        """The facts that its texts link, each once, in order."""
        return tuple(dict.fromkeys(key for text in self.prose.values() for key in fact_links.keys(text)))


PROSE = ("bottom_line", "why_it_matters", "options", "lines_to_take", "body", "watch")
"""The fields of a brief that have prose, in the order of the shipped template."""


@dataclass(frozen=True, slots=True)
class Page:
    """A plain page of the site; one named handbook or method replaces the program's own."""

    id: Slug
    """Name of its file in ``content/pages/``."""
    title: str
    """Its title."""
    body: Prose
    """The text after the front matter."""
    order: int = 100
    """Place in the site's menu, smallest first."""
    marking: Marking | None = None
    """Who may read it; by default the project's marking."""
    body_at: Place = at_nowhere()
    at: Place = at_nowhere()
