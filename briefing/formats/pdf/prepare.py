"""An edition as a tagged PDF for paper: whole, on two pages or on one, with footnotes and running heads.

This half is cheap: it renders the page for print as HTML and lists everything that affects the bytes. The
slow half is in ``typeset``.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from briefing.compose import draft_marks, short_forms
from briefing.formats import fonts, html
from briefing.formats.base import Attachment, Format, Prepared, Theme
from briefing.formats.pdf import codes, headings, typeset
from briefing.language import wording
from briefing.language.words import Words
from briefing.model.editions import Claim, Edition, FactFile
from briefing.model.scales import Length, Paper
from briefing.store import versions

_TYPESETTING = ("typeset", "instances", "lines", "tags", "pdfa")
TEMPLATES = ("print.html.j2", "edition.html.j2")
_DESIGNATION = re.compile(r"(?<=[A-Z])/(?=[A-Z]\b)")
"""The slash in a name such as CR/LF, after which a line must not end."""
_TEXT = re.compile(r">[^<>]+<")
"""Text between tags."""
BAND = "band.css"
STYLES = ("tokens.css", "text.css", "print.css", BAND)
"""The last one is used only for drafts and for editions with a notice, which print it on every page."""


LETTER = "letter.css"
"""Read last where the sheets are US Letter."""
MAX_PAGES = 4
"""A longer text is not a brief."""
_Prepare = Callable[[Edition, Theme, FactFile], Prepared]
_RUN_IN = (Length.ONE_PAGE, Length.FLASH)
"""On a single page the foot of the page is the end of the text: the notes run on there in one paragraph."""


def prepare(edition: Edition, theme: Theme, facts: FactFile) -> Prepared:
    """Return the page for print; each note is at the foot of the page with its first mark."""
    # A draft with "to check" marks is for its authors: it may be longer, because the marks will be removed.
    has_marks = any(section.role == draft_marks.TO_CHECK for section in edition.sections)
    is_single = edition.length is Length.ONE_PAGE
    forms = (edition, *short_forms.forms(edition, edition.length)) if is_single else (edition,)
    return _prepared(forms, theme, facts, 0 if has_marks else 1 if is_single else MAX_PAGES)


def _short(length: Length, pages: int, edition: Edition, theme: Theme, facts: FactFile) -> Prepared:
    """Return the short forms of an edition for print; the first that fits the allowed pages is printed."""
    return _prepared(short_forms.forms(edition, length), theme, facts, pages)


def _prepared(forms: Sequence[Edition], theme: Theme, facts: FactFile, max_pages: int) -> Prepared:
    first, *others = (_page(form, theme) for form in forms)
    edition = forms[0]
    names = [name for name in STYLES if name != BAND or edition.is_draft or edition.notice]
    if theme.paper is Paper.LETTER:
        names.append(LETTER)
    return Prepared(
        "pdf",
        first,
        html.styles(theme, names) + html.paper_words(edition.language),
        (*versions.of_typesetting(), _source()),
        edition.title,
        _attachments(edition, facts),
        max_pages,
        tuple(others),
        fonts.needed((first, *others), theme.fonts),
    )


def _page(edition: Edition, theme: Theme) -> str:
    notes = html.notes(edition)
    say = Words(edition.language)

    def footnote(claim: Claim) -> html.ClaimMarkup:
        if claim.is_first:
            call, back = (escape(say(key, number=claim.note)) for key in ("note.number", "note.back"))
            ends = f'data-call="{call}" data-back="{back}"'
            note = f'<span class="footnote" id="note-{claim.note}" {ends}>{notes[claim.note]}</span>'
            return html.ClaimMarkup("", f"{html.NO_BREAK}{html.OPENING}{note}{html.CLOSING}")
        return linked(claim)

    linked = html.linked_note(edition.language)
    marker = linked if edition.length in _RUN_IN else footnote
    context = html.context(edition, marker, is_screen=False)
    address = edition.imprint.address
    code = codes.drawn(address, say("paper.code", address=address)) if address else ""
    text = theme.templates.html(TEMPLATES[0], say=say, code=code, **context)
    text = _DESIGNATION.sub("/" + html.NO_BREAK, text)
    text = _TEXT.sub(lambda match: wording.held_together(match.group(), edition.language), text)
    return headings.prepared(text)


def _attachments(edition: Edition, facts: FactFile) -> tuple[Attachment, ...]:
    """Return the facts as data, so that a reader can check a figure with nothing but the PDF."""
    say = Words(edition.language)
    title = say("value.quoted", words=edition.title)
    return tuple(
        Attachment(
            f"{edition.brief}.facts.{kind}",
            text,
            f"application/{kind}",
            say("paper.attached", title=title, kind=kind.upper()),
        )
        for kind, text in (("yaml", facts.yaml), ("json", facts.json))
    )


@functools.cache
def _source() -> str:
    """Return a digest of the modules that typeset: their calls and corrections affect the bytes as well."""
    files = (Path(typeset.__file__).with_name(f"{name}.py") for name in _TYPESETTING)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _format(name: str, link: str, meaning: str, short: Length | None, prepare: _Prepare) -> Format:
    styles = (*STYLES, LETTER)
    return Format(
        name,
        f".{name}.pdf" if short else ".pdf",
        meaning,
        TEMPLATES,
        styles,
        prepare,
        short,
        link,
        is_typeset=True,
    )


FORMAT = _format("pdf", "page.full", "PDF for paper and e-mail", None, prepare)
TWO_PAGES = _format(
    "two-page",
    "page.two_pages",
    "the short form of a full brief on two pages, as PDF",
    Length.TWO_PAGES,
    functools.partial(_short, Length.TWO_PAGES, 2),
)
FLASH = _format(
    "flash",
    "page.one_page",
    "the short form of a full brief on one page, as PDF",
    Length.FLASH,
    functools.partial(_short, Length.FLASH, 1),
)
