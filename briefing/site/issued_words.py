"""An issued edition in the words of the site, which may be in another language than the edition.

An edition says its number and its days in its own words. Around it, in cards, lists and results of a search,
the site says them in its own: "Édition 5 du 30 novembre 2026" of an edition in English.
"""

from __future__ import annotations

from briefing.editions import freeze
from briefing.language.wording import Wording
from briefing.model.editions import Edition
from briefing.model.ledger import Issued
from briefing.model.library import Library


def number(edition: Edition, library: Library, wording: Wording) -> str:
    """Return the number and day of an edition; of a draft, how far it is."""
    issued = _record(edition, library, wording)
    if issued is None:
        return edition.label
    return freeze.label_of(issued, wording)


def label(edition: Edition, library: Library, wording: Wording) -> str:
    """Return the same as words that make sense without a heading: Edition 5 of 30 November 2026."""
    words = number(edition, library, wording)
    return words if edition.is_draft else wording.say("edition.number", number=words)


def as_of(edition: Edition, library: Library, wording: Wording) -> str:
    """Return the day of the newest fact of an edition."""
    issued = _record(edition, library, wording)
    return wording.date(issued.printed.as_of_day) if issued else edition.as_of


def state(edition: Edition, library: Library, wording: Wording) -> str:
    """Return its label and that day: Edition 5 of 30 November 2026, as of 9 February 2026."""
    words, day = label(edition, library, wording), as_of(edition, library, wording)
    return wording.say("edition.state", label=words, date=day)


def _record(edition: Edition, library: Library, wording: Wording) -> Issued | None:
    """Return the record of an edition in another language than the site; None for every other edition."""
    if edition.is_draft or _primary(edition.language) == _primary(wording.language):
        return None
    own, issued = Wording(edition.language, {}), library.issued.get(edition.brief, ())
    return next((item for item in issued if freeze.label_of(item, own) == edition.label), None)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
