"""The definition of a format, and the values that every format takes and gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.store.font_files import FontFile

if TYPE_CHECKING:  # a worker needs none of this
    from briefing.compose.templates import Templates
    from briefing.model.editions import Edition, FactFile
    from briefing.model.scales import Length, Paper


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of every edition: templates and styles, by file name."""

    templates: Templates
    texts: Mapping[str, str]
    paper: Paper
    """The size of paper that PDFs are made for."""
    fonts: tuple[FontFile, ...] = ()
    """The project's own fonts, for characters that the usual ones lack."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in a PDF."""

    name: str
    text: str
    media_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that ``make`` needs and that the fingerprint covers."""

    maker: str
    """How it is made: ``text`` is ready, ``pdf`` to be typeset, ``font`` cut down, ``calendar`` written,
    ``poster`` typeset and drawn."""
    text: str
    styles: str = ""
    versions: tuple[str, ...] = ()
    """Names and versions of the programs and fonts that affect the bytes."""
    title: str = ""
    attachments: tuple[Attachment, ...] = ()
    max_pages: int = 0
    """The number of pages that a PDF may have; 0 means any number."""
    shorter: tuple[str, ...] = ()
    """Texts to use instead of ``text``, in this order, until one fits the allowed pages."""
    fonts: tuple[FontFile, ...] = ()
    """Fonts for characters of the text that the usual ones lack."""

    @property
    def fingerprint(self) -> str:
        """The digest of everything above."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, the ending of its files, and its way of preparing."""

    name: str
    suffix: str
    meaning: str
    templates: tuple[str, ...]
    """Templates that ``prepare`` renders; listed here so that a change of one can be shown as a reason."""
    styles: tuple[str, ...]
    prepare: Callable[[Edition, Theme, FactFile], Prepared]
    """Takes the whole edition; the facts are those of ``shown``."""
    short: Length | None = None
    """The length of the short form that it prints; None where it prints the whole brief."""
    link: str = ""
    """The text of a link to its file beside a brief's page: an entry of the words, or a name such as PDF.
    It is empty where the site does not offer the file."""
    is_typeset: bool = False
    """Whether it is a PDF: made slowly, with Pango, and with the facts inside."""

    def shown(self, edition: Edition) -> Edition:
        """Return the most that this format shows of an edition."""
        from briefing.compose import short_forms

        return short_forms.most_complete(edition, self.short) if self.short else edition
