"""Writing of a redline to the bytes of a file."""

from __future__ import annotations

from briefing.formats.base import Theme
from briefing.redline import html, markdown, word
from briefing.redline.tree import Redline


def make(redline: Redline, form: str, theme: Theme) -> bytes:
    """Return the file as html, pdf, md or docx. Raises BriefingError where a library is not installed."""
    if form == "docx":
        return word.make(redline, theme.paper)
    if form == "pdf":
        return html.pdf(redline, theme)
    return (markdown.text(redline) if form == "md" else html.screen(redline, theme).text).encode()
