"""The formats by name, and the formats of an edition. A new format is one line here."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

from briefing.formats.base import Format
from briefing.model.editions import Edition


@functools.cache
def by_name() -> Mapping[str, Format]:
    """Return the formats by name. Importing them is cheap: they import slow libraries only to make a file."""
    from briefing.formats import html, markdown
    from briefing.formats.pdf import prepare as pdf

    formats = (markdown.FORMAT, html.FORMAT, pdf.FORMAT, pdf.TWO_PAGES, pdf.FLASH)
    return {item.name: item for item in formats}


def formats_of(edition: Edition) -> tuple[Format, ...]:
    """Return the formats of an edition: one on one page has no short forms, and its PDF says so."""
    every = by_name()
    if edition.length == "full":
        return tuple(every.values())
    named = {"pdf": "page.one_page_pdf"}
    return tuple(
        dataclasses.replace(item, link=named.get(item.name, item.link))
        for item in every.values()
        if item.short is None
    )
