"""Addresses of the site: paths of pages and pictures, and former names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefing.content import layout
from briefing.model.briefs import Page
from briefing.model.library import Library, Project
from briefing.model.scales import Marking
from briefing.store import versions

FORWARDING = "site-forward.html.j2"
"""The template of a page that forwards from a former address."""


def former_names(library: Library) -> Mapping[str, list[str]]:
    """Return the former names of each fact, by its present name."""
    found: dict[str, list[str]] = {}
    for old, key in sorted(library.renamed.keys.items()):
        found.setdefault(key, []).append(old)
    return found


SIZE = (1200, 630)
"""Width and height in pixels, as readers of Open Graph expect them."""


OF_SITE = "assets/poster.png"


def path_of(brief: str) -> str:
    """Return the path of the picture of a brief, below the site's folder."""
    return f"briefs/{brief}.png"


def paths(briefs: Iterable[str], project: Project) -> frozenset[str]:
    """Return the pictures of a site. They need full addresses: a site without its own address has none."""
    if not project.base_url or versions.pango() is None:
        return frozenset()
    return frozenset([OF_SITE, *map(path_of, briefs)])


def is_english(language: str) -> bool:
    """Return whether a language is the one in which the program's own pages are written."""
    return language.partition("-")[0].lower() == "en"


def language_of_page(page: Page, project: Project) -> str:
    """Return the language of a plain page: that of the project, or English for one of the program's own."""
    own = project.languages[0]
    is_of_program = page.at.path.startswith(f"{layout.PROGRAM_PAGES}/")
    return "en" if is_of_program and not is_english(own) else own


def is_public(project: Project) -> bool:
    """Return whether search engines may list the site."""
    return project.marking is Marking.CLEAR
