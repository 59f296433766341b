"""Metadata of a page for machines: JSON-LD in the vocabulary of schema.org, Open Graph, its address.

It holds known values only: what a source does not state is left out, and a draft has no day of publication.
Full addresses are given where the site's own is known, and left out elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from briefing.formats import html
from briefing.model.editions import Edition
from briefing.model.facts import Fact
from briefing.model.ledger import Issued
from briefing.model.library import Library, Project
from briefing.model.scales import ActorKind
from briefing.model.sources import Source
from briefing.model.values import Date
from briefing.site import urls
from briefing.site.urls import is_public

MAX_DESCRIPTION = 300
_PEOPLE = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.COUNTRY: "Country",
    ActorKind.GROUP: "Thing",
}
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_WEB = re.compile(r"https?://[^\s<>]*[^\s<>.,;)]")


@dataclass(frozen=True, slots=True)
class About:
    """Known facts about a page, from which its metadata is made."""

    description: str = ""
    sort: str = "website"
    """Its type in Open Graph: article, or website."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Its JSON-LD, without its address; may be empty."""
    picture: str = ""
    """Path of the picture that represents it, below the site's folder."""
    is_listed: bool = True
    """Whether search engines may list it where they may list the site."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """The lines in the head of a page that only machines read."""

    title: str
    description: str
    sort: str
    language: str
    address: str
    """The full address; empty where the site's address is not known."""
    picture: str
    """Full address of its picture; empty where there is none."""
    size: tuple[int, int]
    """Width and height of the picture."""
    data: Markup
    """JSON-LD, escaped for use within a page; empty where there is none."""
    is_public: bool
    """Whether everybody may read it; search engines must ignore every other page."""


def head(path: str, title: str, about: About, project: Project, has_picture: bool) -> PageHead:
    """Return the head of a page. ``has_picture`` says whether the site has the picture of ``about``."""
    address = project.address_of(path)
    data = dict(about.data)
    if data:
        data = {
            "@context": "https://schema.org",
            **({"@id": address, "url": address} if address else {}),
            **data,
        }
    picture = project.address_of(about.picture) if has_picture else ""
    return PageHead(
        html.unlaid(title),
        _cut(html.unlaid(about.description or project.subtitle)),
        about.sort,
        project.languages[0],
        address,
        picture,
        urls.SIZE,
        Markup(html.visible(script(data))) if data else Markup(),
        is_public(project) and about.is_listed,
    )


def script(data: Mapping[str, Any]) -> Markup:
    """Return JSON for a script of a page: no character in it can end the script or begin another."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def of_site(project: Project) -> About:
    """Return the metadata of the home page."""
    data: dict[str, Any] = {
        "@type": "WebSite",
        "name": project.title,
        "description": project.subtitle,
        "inLanguage": project.languages[0],
        "publisher": _publisher(project.publisher, project.contact or ""),
        "license": _licence(project.licence),
    }
    if project.base_url:
        data["potentialAction"] = {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{project.address_of('search.html')}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        }
    return About(project.subtitle, data=_stated(data), picture=urls.OF_SITE)


def of_brief(edition: Edition, issued: Iterable[Issued], library: Library) -> About:
    """Return the metadata of a brief as it is now. ``issued`` are its editions that may be shown."""
    number = edition.label.partition(" ")[0]
    shown = next((item for item in issued if item.id == number), None) if not edition.is_draft else None
    brief = library.briefs.get(edition.brief)
    topics = [library.sheets[name].title for name in brief.sheets if name in library.sheets] if brief else []
    return of_edition(edition, shown, library, topics)


def of_edition(
    edition: Edition, issued: Issued | None, library: Library, topics: Iterable[str] = ()
) -> About:
    """Return the metadata of an edition; ``issued`` is None while it is a draft."""
    bottom = " ".join(html.bare(section) for section in edition.sections if section.role == "bottom-line")
    data = {
        "@type": "Report",
        "name": edition.title,
        "alternativeHeadline": edition.subtitle,
        "abstract": bottom,
        "inLanguage": edition.language,
        "author": list(edition.authors),
        "publisher": _publisher(edition.publisher, edition.imprint.contact),
        "license": _licence(edition.imprint.licence),
        "creativeWorkStatus": _status(edition, issued),
        "version": issued.id if issued else "",
        "datePublished": _day(issued.issued) if issued else "",
        "conditionsOfAccess": f"TLP:{edition.marking.value}",
        "about": [{"@type": "Thing", "name": topic} for topic in topics],
        "citation": [
            _cited(library.sources[reference.source])
            for reference in edition.references
            if reference.source in library.sources
        ],
    }
    return About(bottom or edition.subtitle, "article", _stated(data), urls.path_of(edition.brief))


def of_fact(fact: Fact, library: Library) -> About:
    """Return the metadata of a fact: a claim that somebody made, and the sources in which it appears."""
    sources = dict.fromkeys(item.source for item in fact.evidence)
    data = {
        "@type": "Claim",
        "name": fact.statement,
        "text": fact.statement,
        "inLanguage": library.project.languages[0],
        "author": [_speaker(library, name) for name in fact.said_by],
        "appearance": [_cited(library.sources[name]) for name in sources],
        "about": [{"@type": "Thing", "name": library.systems[name].name} for name in fact.systems]
        + [_speaker(library, name) for name in fact.actors],
    }
    return About(fact.statement, "article", _stated(data))


def of_source(source: Source) -> About:
    """Return the metadata of a source, as far as the source states it."""
    words = ", ".join(filter(None, (source.title or source.label, source.publisher)))
    return About(words, data=_cited(source))


def _status(edition: Edition, issued: Issued | None) -> str:
    if edition.is_draft:
        return "Draft"
    return "Withdrawn" if issued and issued.withdrawn else "Published"


def _cited(source: Source) -> dict[str, Any]:
    """Return a source. Its author and publisher stay plain text: it does not say whether they are people."""
    return _stated(
        {
            "@type": "CreativeWork",
            "name": source.title or source.label,
            "author": source.author,
            "publisher": source.publisher,
            "datePublished": _day(source.published),
            "inLanguage": source.language,
            "url": source.url,
        }
    )


def _speaker(library: Library, name: str) -> dict[str, Any]:
    actor = library.actors[name]
    return {"@type": _PEOPLE[actor.kind], "name": actor.name}


def _publisher(name: str, contact: str) -> dict[str, Any]:
    kind = "email" if _MAIL.fullmatch(contact) else "url" if _WEB.fullmatch(contact) else "description"
    point = {"contactPoint": {"@type": "ContactPoint", kind: contact}} if contact else {}
    return {"@type": "Organization", "name": name, **point}


def _licence(words: str) -> dict[str, Any]:
    """Return the terms of use, with their address where the words have one."""
    address = _WEB.search(words)
    named = {"@type": "CreativeWork", "name": words, "url": address[0] if address else ""}
    return _stated(named) if words else {}


def _day(date: Date | None) -> str:
    """Return a day that is stated as one; a month or an inferred date is no day of publication."""
    is_stated = date and not date.inferred and date.earliest == date.latest
    return date.latest.isoformat() if date and is_stated else ""


def _stated(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def _cut(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MAX_DESCRIPTION:
        return words
    return f"{words[:MAX_DESCRIPTION].rpartition(' ')[0]} …"
