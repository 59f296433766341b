"""The makers: whatever was prepared becomes bytes here, by the maker that it names.

Each imports its library when it makes, because a call that makes nothing needs none of them.
"""

from __future__ import annotations

from briefing.formats.base import Prepared

SLOW_MAKERS = frozenset({"pdf", "font", "poster"})
"""What is made in processes of its own."""


def make(prepared: Prepared) -> bytes:
    """Make the bytes of whatever was prepared."""
    if prepared.maker == "pdf":
        from briefing.formats.pdf import typeset

        return typeset.make(prepared)
    if prepared.maker == "poster":
        from briefing.site.exports import social_cards

        return social_cards.make(prepared)
    if prepared.maker == "calendar":
        from briefing.site.exports import calendar as calendars

        return calendars.make(prepared)
    if prepared.maker == "font":
        from briefing.formats import fonts

        return fonts.make(prepared)
    return prepared.text.encode()
