"""What a format is, and what every format takes and gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a worker needs none of this
    from briefing.compose.templates import Templates
    from briefing.model.editions import Edition, FactFile
    from briefing.model.scales import Length, Paper


@dataclass(frozen=True, slots=True)
class Theme:
    """What gives every edition its looks: templates and styles, by file name."""

    templates: Templates
    texts: Mapping[str, str]
    paper: Paper
    """The sheets that PDFs are made for."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside a PDF."""

    name: str
    text: str
    media_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that ``make`` needs, and all that the fingerprint covers."""

    maker: str
    """How it is made: ``text`` is ready, ``pdf`` to be typeset, ``font`` cut down, ``calendar`` written,
    ``poster`` typeset and drawn."""
    text: str
    styles: str = ""
    versions: tuple[str, ...] = ()
    """Names and versions of the programs and fonts that have a say in the bytes."""
    title: str = ""
    attachments: tuple[Attachment, ...] = ()
    max_pages: int = 0
    """How many pages a PDF may have; 0 where it may have any number."""
    shorter: tuple[str, ...] = ()
    """Texts to take instead of ``text``, in this order, until one keeps to its pages."""

    @property
    def fingerprint(self) -> str:
        """Digest of everything above."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, the ending of its files, and how it is prepared."""

    name: str
    suffix: str
    meaning: str
    templates: tuple[str, ...]
    """Templates that ``prepare`` renders; named here so that a change of one can be told as a reason."""
    styles: tuple[str, ...]
    prepare: Callable[[Edition, Theme, FactFile], Prepared]
    """Takes the edition whole; the facts are those of ``shown``."""
    short: Length | None = None
    """The length of the short form that it prints; None where it prints a brief whole."""
    is_typeset: bool = False
    """Whether it is a PDF: made slowly, with Pango, and with the facts inside."""

    def shown(self, edition: Edition) -> Edition:
        """What of an edition it shows, at most."""
        from briefing.compose import short_forms

        return short_forms.most_complete(edition, self.short) if self.short else edition
