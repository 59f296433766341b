"""The makers, which turn a prepared file into bytes; each prepared file names its maker.

A maker imports its library only when it is called, because a call that makes nothing needs none of them.
"""

from __future__ import annotations

from briefing.formats.base import Prepared

SLOW_MAKERS = frozenset({"pdf", "font", "poster"})
"""The makers that run in processes of their own."""


def weight(prepared: Prepared) -> int:
    """Return how long a file takes beside others, roughly: a font as long as the longest page."""
    return 100_000 if prepared.maker == "font" else sum(map(len, (prepared.text, *prepared.shorter)))


def make(prepared: Prepared) -> bytes:
    """Return the bytes of a prepared file."""
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
    if prepared.maker == "machine":
        from briefing.build import machine

        return machine.make(prepared)
    return prepared.text.encode()
