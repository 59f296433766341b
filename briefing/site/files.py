"""Prepared files of the site, with the facts and parts of which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from briefing.formats import fonts
from briefing.formats.base import Prepared
from briefing.store.results import Inputs

EVERY_FACT = ("*",)
"""In place of the keys of facts: a file shows them all, so that it need not be laid out to know them."""


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

    def inputs(self, facts: frozenset[str]) -> Inputs:
        """Return its inputs, by name. ``facts`` are the keys of all facts."""
        return with_facts(Inputs(frozenset(self.shown), self.parts), facts)


def with_facts(inputs: Inputs, facts: frozenset[str]) -> Inputs:
    """Return inputs with the keys of all facts in place of ``EVERY_FACT``."""
    return Inputs(facts, inputs.parts) if inputs.facts == frozenset(EVERY_FACT) else inputs


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


OVERVIEW = "overview"
"""In lists of all pages: the pages for readers, as elements of a list in JSON."""
ADDRESSES = "addresses"
"""The pages for readers, with the facts that they show; only where the site has an address."""
PATHS = "paths"
ODD = "odd"
"""The characters of pages that the usual fonts lack."""
Lines = Callable[[str], Iterable[Any]]
"""Returns what lists of all pages say of the files of some steps: one of the parts above, of each step."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page for readers, with the facts that it shows."""

    path: str
    shown: tuple[str, ...]
