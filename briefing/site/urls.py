"""Addresses of the site: paths of pages and pictures, full addresses, and former names."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from briefing.model.editions import Edition
from briefing.model.library import Library, Project
from briefing.model.scales import Marking
from briefing.store import versions

FORWARDING = "site-forward.html.j2"
"""Leads on from a former address."""


def former_names(library: Library) -> Mapping[str, list[str]]:
    """What each fact was called before, by its name now."""
    found: dict[str, list[str]] = {}
    for old, key in sorted(library.renamed.keys.items()):
        found.setdefault(key, []).append(old)
    return found


SIZE = (1200, 630)
"""Width and height in pixels: what Open Graph's readers ask for."""


OF_SITE = "assets/poster.png"


def path_of(brief: str) -> str:
    """Where the picture of a brief stands, below the site's folder."""
    return f"briefs/{brief}.png"


def paths(editions: Mapping[str, Edition], project: Project) -> frozenset[str]:
    """The pictures of a site. Their addresses must be given in full, so without the site's there are none."""
    if not project.base_url or versions.pango() is None:
        return frozenset()
    return frozenset([OF_SITE, *map(path_of, editions)])


def is_public(project: Project) -> bool:
    """Whether search engines may know of the site."""
    return project.marking is Marking.CLEAR


def address_of(path: str, project: Project) -> str:
    """A path below the site's folder in full; empty where the site's address is not known."""
    if not project.base_url:
        return ""
    return f"{project.base_url.rstrip('/')}/{'' if path == 'index.html' else quote(path)}"
