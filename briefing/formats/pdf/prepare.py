"""An edition as a PDF for paper: whole, on two pages or on one; real footnotes, running heads, tagged.

This half is cheap: it renders the page for print as HTML and names all that has a say in the bytes. The slow
half is in ``typeset``.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.compose import draft_marks, short_forms
from briefing.formats import html
from briefing.formats.base import Attachment, Format, Prepared, Theme
from briefing.formats.pdf import typeset
from briefing.model.editions import Claim, Edition, FactFile
from briefing.model.scales import Length, Paper
from briefing.store import versions

_TYPESETTING = ("typeset", "tags", "pdfa")
TEMPLATES = ("print.html.j2", "edition.html.j2")
_DESIGNATION = re.compile(r"(?<=[A-Z])/(?=[A-Z]\b)")
"""The stroke of a name such as SAMP/T, after which a line must not end."""
_HEAD = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TALL, _LONG = 30, 48
"""So many letters of a heading may take three lines in the margin, and more than three."""
BAND = "band.css"
STYLES = ("tokens.css", "text.css", "print.css", BAND)
"""The last one only for what has to say on every page what it is."""


LETTER = "letter.css"
"""Read last where the sheets are US Letter."""
MAX_PAGES = 5
"""More than that is no brief."""
_Prepare = Callable[[Edition, Theme, FactFile], Prepared]
_RUN_IN = (Length.ONE_PAGE, Length.FLASH)
"""One page has its foot in common with its end: there the notes run on in one paragraph."""


def prepare(edition: Edition, theme: Theme, facts: FactFile) -> Prepared:
    """Render the page for print; each note stands at the foot of the page that first marks it."""
    # A draft with marks in it is for its authors; the marks go, and with them the room that they take.
    has_marks = any(section.role == draft_marks.TO_CHECK for section in edition.sections)
    budget = 1 if edition.length is Length.ONE_PAGE else MAX_PAGES
    return _prepared((edition,), theme, facts, 0 if has_marks else budget)


def _short(length: Length, pages: int, edition: Edition, theme: Theme, facts: FactFile) -> Prepared:
    """Render the short forms of an edition; the first that keeps to its pages is printed."""
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
        html.styles(theme, names),
        (*versions.of_typesetting(), _source()),
        edition.title,
        _attachments(edition, facts),
        max_pages,
        tuple(others),
    )


def _page(edition: Edition, theme: Theme) -> str:
    notes = {note.number: html.inline(note.text) for note in edition.notes}

    def footnote(claim: Claim) -> html.ClaimMarkup:
        if claim.is_first:
            note = f'<span class="footnote" id="note-{claim.note}">{notes[claim.note]}</span>'
            return html.ClaimMarkup("", html.NO_BREAK + note)
        return html.linked_note(claim)

    marker = html.linked_note if edition.length in _RUN_IN else footnote
    text = theme.templates.html(TEMPLATES[0], **html.context(edition, marker))
    return _HEAD.sub(_sized, _DESIGNATION.sub("/" + html.NO_BREAK, text))


def _attachments(edition: Edition, facts: FactFile) -> tuple[Attachment, ...]:
    """The facts as data, so that a reader can check a figure with nothing but the PDF."""
    what = f"The facts shown in “{edition.title}”, with their passages, as"
    return (
        Attachment(f"{edition.brief}.facts.yaml", facts.yaml, "application/yaml", f"{what} YAML"),
        Attachment(f"{edition.brief}.facts.json", facts.json, "application/json", f"{what} JSON"),
    )


def _sized(head: re.Match[str]) -> str:
    """A heading that says how much room it needs in the margin: what follows is as high as it."""
    letters = len(_TAG.sub("", head["words"]))
    size = "long" if letters > _LONG else "tall" if letters > _TALL else ""
    return f'<h2{head["attributes"]} class="{size}">{head["words"]}</h2>' if size else head[0]


@functools.cache
def _source() -> str:
    """Digest of the modules that typeset: how WeasyPrint is called and mended has a say in the bytes too."""
    files = (Path(typeset.__file__).with_name(f"{name}.py") for name in _TYPESETTING)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _format(name: str, meaning: str, short: Length | None, prepare: _Prepare) -> Format:
    styles = (*STYLES, LETTER)
    return Format(
        name,
        f".{name}.pdf" if short else ".pdf",
        meaning,
        TEMPLATES,
        styles,
        prepare,
        short,
        True,
    )


FORMAT = _format("pdf", "PDF for paper and e-mail", None, prepare)
TWO_PAGES = _format(
    "two-page",
    "the short form of a full brief on two pages, as PDF",
    Length.TWO_PAGES,
    functools.partial(_short, Length.TWO_PAGES, 2),
)
FLASH = _format(
    "flash",
    "the short form of a full brief on one page, as PDF",
    Length.FLASH,
    functools.partial(_short, Length.FLASH, 1),
)
