"""An edition as a PDF for paper: A4, real footnotes, running heads, tagged.

This half is cheap: it renders the page for print as HTML and names all that has a say in the bytes. The slow
half is in ``typesetting``.
"""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path

from briefing import versions
from briefing.formats import Format, Prepared, Theme, archiving, html, tagging, typesetting
from briefing.model import Claim, Edition, Length

TEMPLATES = ("print.html.j2", "edition.html.j2")
_DESIGNATION = re.compile(r"(?<=[A-Z])/(?=[A-Z]\b)")
"""The stroke of a name such as SAMP/T, after which a line must not end."""
STYLES = ("tokens.css", "text.css", "print.css", "band.css")
"""The last one only for what has to say on every page what it is."""


def prepare(edition: Edition, theme: Theme) -> Prepared:
    """Render the page for print; each note stands at the foot of the page that first marks it."""
    notes = {note.number: html.inline(note.text) for note in edition.notes}

    def footnote(claim: Claim) -> html.ClaimMarkup:
        if claim.is_first:
            note = f'<span class="footnote" id="note-{claim.note}">{notes[claim.note]}</span>'
            return html.ClaimMarkup("", html.NO_BREAK + note)
        return html.linked_note(claim)

    # One page has its foot in common with its end: there the notes run on in one paragraph.
    marker = html.linked_note if edition.length is Length.ONE_PAGE else footnote
    text = theme.templates.html(TEMPLATES[0], **html.context(edition, marker))
    text = _DESIGNATION.sub("/" + html.NO_BREAK, text)
    has_band = edition.is_draft or edition.notice
    styles = html.styles(theme, STYLES if has_band else STYLES[:-1])
    return Prepared("pdf", text, styles, (*versions.of_typesetting(), _source()), edition.title)


@functools.cache
def _source() -> str:
    """Digest of the modules that typeset: how WeasyPrint is called and mended has a say in the bytes as well."""
    files = [item.__file__ for item in (typesetting, tagging, archiving)]
    return hashlib.sha256(b"".join(Path(name).read_bytes() for name in files if name)).hexdigest()


FORMAT = Format("pdf", ".pdf", "PDF for paper and e-mail, A4", TEMPLATES, STYLES, prepare, typesetting.make)
