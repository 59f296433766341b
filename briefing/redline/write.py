"""A redline to the bytes of a file."""

from __future__ import annotations

from briefing.formats.base import Theme
from briefing.redline import html, markdown, word
from briefing.redline.tree import Redline


def make(redline: Redline, form: str, theme: Theme) -> bytes:
    """The file in one of its forms: html, pdf, md, docx. Raises BriefingError for what the computer lacks."""
    if form == "docx":
        return word.make(redline)
    if form == "pdf":
        return html.pdf(redline, theme)
    return (markdown.text(redline) if form == "md" else html.screen(redline, theme).text).encode()
