"""What an edition says of its making: its texts, its makers, whom to write to, and how others may use it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.words import Words
from briefing.model.editions import Edition


def people(edition: Edition) -> dict[str, str]:
    """Return who wrote an edition and who answers for it, by the words of the label."""
    say = Words(edition.language)
    found = {}
    if edition.authors:
        found[say("brief.authors", n=len(edition.authors))] = say.listed(edition.authors)
    if edition.owner:
        found[say("brief.owner")] = edition.owner
    return found


def sentences(edition: Edition) -> Iterator[str]:
    """Yield what the end of an edition says of its making; what is not stated has no sentence."""
    say = Words(edition.language)
    if edition.counts:
        yield edition.counts
    if edition.checked:
        yield edition.checked
    if edition.authors:
        yield say("brief.written_by", authors=say.listed(edition.authors))
    if edition.imprint.contact:
        yield say("page.contact", contact=edition.imprint.contact)
    if edition.imprint.licence:
        yield say("brief.licence", licence=edition.imprint.licence)
