"""How a brief is cited: as a line of text, and as RIS, which reference managers read.

Both name the edition and its day, and say whether it was withdrawn, corrected or superseded; a draft is
called a draft. An address is given only where the site's own is known: that of the edition, which never
changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.changes.history import address
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model.editions import Edition
from briefing.model.ledger import Issued
from briefing.model.library import Library


@dataclass(frozen=True, slots=True)
class Citation:
    """An edition as others cite it."""

    text: str
    ris: str
    """For reference managers: https://en.wikipedia.org/wiki/RIS_(file_format)."""


def of_brief(edition: Edition, issued: Sequence[Issued], library: Library) -> Citation:
    """Return the citation of a brief as it is now: as an issued edition, or as a draft."""
    if edition.is_draft or not issued:
        return _citation(edition, (), f"briefs/{edition.brief}.html", library)
    return of_edition(edition, issued[-1], (), library)


def of_edition(edition: Edition, issued: Issued, later: Sequence[Issued], library: Library) -> Citation:
    """Return the citation of an issued edition with its fate. ``later`` are the editions after it."""
    return _citation(edition, _fate(issued, later, edition.language), f"{address(issued)}.html", library)


def _fate(issued: Issued, later: Sequence[Issued], language: str) -> tuple[str, ...]:
    wording = Wording(language, {})
    if issued.withdrawn:
        return (wording.say("cite.withdrawn", date=wording.date(issued.withdrawn.day)),)
    correction = next((item for item in later if item.corrects == issued.id), None)
    if correction:
        return (wording.say("cite.corrected", number=correction.id),)
    return (wording.say("cite.superseded", number=later[-1].id),) if later else ()


def _citation(edition: Edition, fate: Iterable[str], path: str, library: Library) -> Citation:
    say = Words(edition.language)
    number = say("edition.number", number=edition.label)
    label = say("cite.label_draft", label=edition.label) if edition.is_draft else number
    details = [label, *fate, say("cite.as_of", date=edition.as_of)]
    if library.as_of and edition.is_draft:
        details.append(say("cite.compiled"))
    where = library.project.address_of(path)
    digest = edition.digest[:12]
    titles = [_closed(item) for item in (edition.title, edition.subtitle) if item]
    status = say("value.list").join(details)
    publisher, state = say("cite.publisher", publisher=edition.publisher), say("cite.state", state=digest)
    authors = [_closed(say.listed(edition.authors))] if edition.authors else []
    words = [*authors, publisher, *titles, f"{status}.", state, where]
    return Citation(" ".join(filter(None, words)), _ris(edition, status, digest, where))


def _ris(edition: Edition, details: str, digest: str, where: str) -> str:
    day = edition.as_of_day
    say, marking = Words(edition.language), edition.marking.value
    whole = say("cite.whole_title", title=edition.title, subtitle=edition.subtitle)
    title = whole if edition.subtitle else edition.title
    lines = [
        ("TY", "RPRT"),
        ("TI", title),
        # The comma ends a name that is not a person's.
        *(("AU", name) for name in edition.authors or [f"{edition.publisher},"]),
        ("PB", edition.publisher),
        ("PY", f"{day.year:04}"),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}/"),
        ("ET", edition.label),
        ("LA", edition.language),
        ("N1", say("cite.state_of", details=details, state=digest, marking=marking)),
        *((("UR", where),) if where else ()),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(text.split())}\n" for tag, text in lines)


def _closed(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
