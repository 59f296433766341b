"""A redline to the bytes of a file."""

from __future__ import annotations

from briefing.formats import Theme
from briefing.redline import Redline, markdown, page, word


def make(redline: Redline, form: str, theme: Theme) -> bytes:
    """The file in one of its forms: html, pdf, md, docx. Raises BriefingError for what the computer lacks."""
    if form == "docx":
        return word.make(redline)
    if form == "pdf":
        return page.pdf(redline, theme)
    return (markdown.text(redline) if form == "md" else page.screen(redline, theme).text).encode()
