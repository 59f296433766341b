"""Matters: the undertakings that facts are about, and about which readers ask."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.findings import Place
from briefing.model.scales import Marking
from briefing.model.values import Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class Matter:
    """An undertaking: a purchase, a grant, a law; what somebody asks for, promises, orders or carries out."""

    id: Slug
    """Its key in ``content/matters.yaml``."""
    name: str
    """The name that briefs print, beginning with a capital: New trams for the Harbour Line."""
    topic: Slug
    """Id of the fact sheet under which lists and the board show it."""
    label: str = ""
    """A plain name for tables and menus, at most 40 characters; by default the name."""
    ladder: Slug = Slug("")
    """Id of the ladder whose rungs say how far it has come; by default that of its facts' sheet."""
    systems: tuple[Slug, ...] = ()
    """Ids of the systems and programmes that it concerns."""
    actors: tuple[Slug, ...] = ()
    """Ids of the actors that it concerns."""
    names: tuple[str, ...] = ()
    """Other names for it, as sources and readers write them."""
    description: str = ""
    """One or two sentences for its page: what it covers and what it leaves out."""
    formerly: tuple[Slug, ...] = ()
    """Its former names; the site redirects from them, and issued editions still find it."""
    marking: Marking | None = None
    """Who may read it; by default everybody who may read something that names it."""
    at: Place = at_nowhere()

    @property
    def plain(self) -> str:
        """Its name in tables and menus: the label, or else the name."""
        return self.label or self.name
