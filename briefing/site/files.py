"""Prepared files of the site, with the facts and parts of which they are made."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.formats.base import Prepared
from briefing.store.results import Inputs


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
    """A file beside a brief's page, as a page names it."""

    link: str
    """The text of a link to it."""
    suffix: str
