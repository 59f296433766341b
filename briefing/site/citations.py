"""How a brief or a statement is cited: as a line of text, and as RIS and BibTeX for reference managers.

A citation of a brief names the edition and its day, and says whether it was withdrawn, corrected or
superseded; a draft is called a draft. An address is given only where the site's own is known: that of the
edition, which never changes.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.changes.history import address
from briefing.content import encode
from briefing.language.wording import Wording, closed
from briefing.language.words import Words
from briefing.model.editions import Edition
from briefing.model.facts import Fact
from briefing.model.ledger import Issued
from briefing.model.library import Library

VERSION = 7
"""How many digits of a digest name a version to a reader."""
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
"""What BibTeX and LaTeX read as signs of their own."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An edition or a statement as others cite it."""

    text: str
    ris: str
    """For reference managers: https://en.wikipedia.org/wiki/RIS_(file_format)."""
    bibtex: str
    """For LaTeX and reference managers: https://www.bibtex.org/Format/."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """What is cited, for all forms of a citation."""

    key: str
    """Its name in BibTeX."""
    is_report: bool
    title: str
    publisher: str
    language: str
    day: datetime.date | None
    edition: str
    note: str
    where: str
    """Its full address; empty where the site's is not known."""
    authors: tuple[str, ...] = ()


def of_brief(edition: Edition, issued: Sequence[Issued], library: Library) -> Citation:
    """Return the citation of a brief as it is now: as an issued edition, or as a draft."""
    if edition.is_draft or not issued:
        return _citation(edition, (), f"briefs/{edition.brief}.html", library)
    return of_edition(edition, issued[-1], (), library)


def of_edition(edition: Edition, issued: Issued, later: Sequence[Issued], library: Library) -> Citation:
    """Return the citation of an issued edition with its fate. ``later`` are the editions after it."""
    return _citation(edition, _fate(issued, later, edition.language), f"{address(issued)}.html", library)


def of_fact(fact: Fact, library: Library, wording: Wording) -> Citation:
    """Return the citation of a statement as it is recorded now."""
    say, project = wording.say, library.project
    day = fact.asserted
    version = hashlib.sha256(repr(encode.to_plain(fact)).encode()).hexdigest()[:VERSION]
    recorded = say("cite.recorded", date=wording.date(day)) if day else ""
    details = say("value.list").join(filter(None, (say("cite.statement"), recorded)))
    where = project.address_of(f"facts/{fact.id}.html")
    publisher, state = say("cite.publisher", publisher=project.publisher), say("cite.state", state=version)
    cited = _Cited(
        key=f"{fact.id}-{version}",
        is_report=False,
        title=fact.statement,
        publisher=project.publisher,
        language=project.languages[0],
        day=day.latest if day else None,
        edition="",
        note=say("cite.state_of", details=details, state=version, marking=project.marking.value),
        where=where,
    )
    words = (publisher, closed(fact.statement), f"{details}.", state, where)
    return Citation(" ".join(filter(None, words)), _ris(cited), _bibtex(cited))


_NAMES_IN_BABEL = {
    "en": "english", "en-GB": "british", "en-US": "american", "fr": "french", "de": "ngerman",
    "es": "spanish", "it": "italian", "nl": "dutch", "pl": "polish", "pt": "portuguese",
    "ru": "russian", "uk": "ukrainian",
}  # fmt: skip
"""The names of languages in the package babel of LaTeX, by which BibLaTeX chooses the hyphenation."""


def _langid(tag: str) -> str:
    """Return the name of a language for LaTeX; the tag itself where that is not known."""
    return _NAMES_IN_BABEL.get(tag) or _NAMES_IN_BABEL.get(tag.partition("-")[0], tag)


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
    version = edition.digest[:VERSION]
    titles = [closed(item) for item in (edition.title, edition.subtitle) if item]
    status = say("value.list").join(details)
    publisher, state = say("cite.publisher", publisher=edition.publisher), say("cite.state", state=version)
    authors = [closed(say.listed(edition.authors))] if edition.authors else []
    words = [*authors, publisher, *titles, f"{status}.", state, where]
    whole = say("cite.whole_title", title=edition.title, subtitle=edition.subtitle)
    cited = _Cited(
        key=f"{edition.brief}-{version}",
        is_report=True,
        title=whole if edition.subtitle else edition.title,
        publisher=edition.publisher,
        language=edition.language,
        day=edition.as_of_day,
        edition=edition.label,
        note=say("cite.state_of", details=status, state=version, marking=edition.marking.value),
        where=where,
        authors=edition.authors,
    )
    return Citation(" ".join(filter(None, words)), _ris(cited), _bibtex(cited))


def _ris(cited: _Cited) -> str:
    day = cited.day
    lines = [
        ("TY", "RPRT" if cited.is_report else "ELEC"),
        ("TI", cited.title),
        # The comma ends a name that is not a person's.
        *(("AU", name) for name in cited.authors or [f"{cited.publisher},"]),
        ("PB", cited.publisher),
        *((("PY", f"{day.year:04}"), ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}/")) if day else ()),
        *((("ET", cited.edition),) if cited.edition else ()),
        ("LA", cited.language),
        ("N1", cited.note),
        *((("UR", cited.where),) if cited.where else ()),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(text.split())}\n" for tag, text in lines)


def _bibtex(cited: _Cited) -> str:
    """Return the entry. Names and titles are in braces of their own, so that they are printed as they are."""
    day = cited.day
    fields = [
        ("author", " and ".join(f"{{{_escaped(name)}}}" for name in cited.authors or [cited.publisher])),
        ("title", f"{{{_escaped(cited.title)}}}"),
        ("institution" if cited.is_report else "publisher", f"{{{_escaped(cited.publisher)}}}"),
        ("year", f"{day.year:04}" if day else ""),
        ("month", str(day.month) if day else ""),
        ("date", day.isoformat() if day else ""),
        ("number" if cited.is_report else "", _escaped(cited.edition)),
        ("langid", _langid(cited.language)),
        ("note", _escaped(cited.note)),
        ("url", cited.where),
    ]
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields if name and text)
    key = re.sub(r"[^\w.:-]+", "-", cited.key)
    return f"@{'techreport' if cited.is_report else 'misc'}{{{key},\n{lines}}}\n"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))
