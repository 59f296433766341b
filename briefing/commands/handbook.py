"""The program's own pages outside a site: as text for a terminal, and as stand-alone HTML pages."""

from __future__ import annotations

from briefing.compose.templates import Templates
from briefing.content import layout, linker
from briefing.formats import html
from briefing.formats.base import Theme
from briefing.language.words import Words
from briefing.model.editions import Edition
from briefing.model.library import Library
from briefing.model.scales import Paper
from briefing.site import pages
from briefing.store.disk import Texts
from briefing.store.request import PROJECT_FILE

TEMPLATE = "manual.html.j2"
_NO_PROJECT = """
title: Briefing
subtitle: not stated
publisher: not stated
languages: [en-GB]
marking: CLEAR
contact: not stated
"""
"""A project for callers without one, so that these pages take the same path as those of a site."""


def names() -> tuple[str, ...]:
    """Return the names of the pages."""
    return tuple(layout.program_pages())


def text(name: str) -> str:
    """Return a page as Markdown, with its title as the first heading."""
    page = _library().pages[name]
    return f"# {page.title}\n\n{page.body.strip()}\n"


def html_pages() -> dict[str, bytes]:
    """Return every page as one HTML page that needs no other file, by file name."""
    texts = layout.shipped_templates()
    theme = Theme(Templates(texts), texts, Paper.A4)
    return {f"{name}.html": _html(edition, theme).encode() for name, edition in _editions().items()}


def _html(edition: Edition, theme: Theme) -> str:
    css = html.styles(theme, html.STYLES)
    parts = [
        html.section_html(section, html.linked_note(edition.language), edition.language, is_screen=True)
        for section in edition.sections
    ]
    return theme.templates.html(
        TEMPLATE,
        edition=edition,
        say=Words(edition.language),
        parts=parts,
        contents=html.contents(parts),
        styles=css,
        policy=html.policy(css),
    )


def _editions() -> dict[str, Edition]:
    found = _library()
    cited = {name: pages.cite_page(page, found)[0] for name, page in found.pages.items()}
    return {name: edition for name, edition in cited.items() if edition}


def _library() -> Library:
    records, findings = layout.load(Texts({PROJECT_FILE: _NO_PROJECT}, (), ""))
    assert records, findings
    return linker.link(records)[0]
