"""Prepared files of the site, with the facts and parts of which they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from briefing.formats import fonts
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
class Laid:
    """What others need to know of a file of the site: all but the text that it is made of."""

    path: str
    fingerprint: str
    """Digest of everything that it is made of."""
    shown: tuple[str, ...]
    """Keys of the facts that it shows, in order."""
    parts: tuple[tuple[str, str], ...]
    """Its other inputs in words, each with its digest."""
    title: str
    odd: str
    """The characters of a page that the usual fonts lack."""

    @property
    def inputs(self) -> Inputs:
        """Its inputs, by name."""
        return Inputs(frozenset(self.shown), self.parts)


class Listed(Protocol):
    """A file as lists of all pages name it."""

    @property
    def path(self) -> str:
        """Its path below the site's folder."""

    @property
    def title(self) -> str:
        """Its title; empty for what is no page for readers."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the facts that it shows."""


def laid(file: SiteFile) -> Laid:
    """Return what others need to know of a file."""
    text = file.prepared.text if file.path.endswith(".html") else ""
    return Laid(
        file.path,
        file.prepared.fingerprint,
        tuple(sorted(file.inputs.facts)),
        file.inputs.parts,
        file.title,
        "".join(sorted(fonts.odd([text]))),
    )


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside a brief's page, as a page names it."""

    link: str
    """The text of a link to it."""
    suffix: str
