"""Prepared files of the site, with the facts and parts of which they are made."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.formats.base import Prepared
from briefing.store.results import Inputs

FACTS = "facts"


DOWNLOADS = {
    "pdf": "PDF",
    "two-page": "PDF, two pages",
    "flash": "PDF, one page",
    "markdown": "Markdown",
    FACTS: "Facts as JSON",
}
"""The files beside a brief's page, in this order, each with the text of its link: formats, facts as data."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site, by its path below the site's folder."""

    path: str
    prepared: Prepared
    inputs: Inputs
    title: str = ""
    """Title of a page for readers; empty for every other file, and for a forwarding page."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside a brief's page."""

    name: str
    """One of ``DOWNLOADS``."""
    suffix: str
    prepared: Prepared
    inputs: Inputs

    @property
    def words(self) -> str:
        """The text of a link to it."""
        return DOWNLOADS[self.name]
