"""Files about the whole site: a site map and rules for search engines, a guide for language models.

A site map needs full addresses, so it exists only where the site's own address is known, and only where
everybody may read the pages. Its days are those of facts and editions: no others are on record.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

from briefing.changes.history import address
from briefing.formats.base import Prepared
from briefing.site import urls
from briefing.site.exports import data_files
from briefing.site.files import ADDRESSES, EVERY_FACT, Address, Lines, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Piece, Printer
from briefing.store.results import Inputs

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"
MAX_ADDRESSES = 50_000
"""The number of addresses that a site map may hold (sitemaps.org)."""
_UNLISTED = ("search.html",)


def guide(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the guide for language models."""
    yield _file(printer, lookups, LLMS, llms(printer, lookups), EVERY_FACT)


def sitemaps(printer: Printer, lookups: Lookups, lines: Lines) -> Iterator[SiteFile]:
    """Yield the rules and the site map for search engines, as far as this site can have them."""
    library = lookups.library
    if not library.project.base_url:
        return
    is_public = urls.is_public(library.project)
    yield _file(printer, lookups, ROBOTS, robots(library.project.address_of(SITEMAP), is_public), ())
    if is_public:
        days = _days(printer, (page for pages in lines(ADDRESSES) for page in pages))
        addresses = {library.project.address_of(path): day for path, day in days.items()}
        yield _file(printer, lookups, SITEMAP, sitemap(addresses), EVERY_FACT)


def sitemap(pages: Mapping[str, datetime.date | None]) -> str:
    """Return a site map in the form of sitemaps.org: addresses, each with the day of its newest entry."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for place, day in sorted(pages.items())[:MAX_ADDRESSES]:
        lastmod = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(place)}</loc>{lastmod}</url>")
    return "\n".join([*lines, "</urlset>"]) + "\n"


def robots(sitemap: str, is_public: bool) -> str:
    """Return the rules for search engines: they may read everything, or nothing if the site is not public."""
    if not is_public:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"


def _topic_in_guide(_: Printer, lookups: Lookups, name: str) -> str:
    sheet = lookups.library.sheets[name]
    return _link(lookups, sheet.title, f"topics/{name}.json", sheet.summary)


def _brief_in_guide(_: Printer, lookups: Lookups, name: str) -> str:
    edition = lookups.named[name]
    found = lookups.alternates_of(f"briefs/{name}.html")
    return _link(lookups, edition.title, found[0].path if found else f"briefs/{name}.html", edition.subtitle)


TOPICS = Piece("topic in guide", lambda lookups: lookups.library.sheets, _topic_in_guide)
BRIEFS = Piece("brief in guide", lambda lookups: lookups.named, _brief_in_guide)


def llms(printer: Printer, lookups: Lookups) -> str:
    """Return a guide in the form of llmstxt.org: what the site is, and its content as Markdown and JSON."""
    project = lookups.library.project
    lines = [f"# {_line(project.title)}", "", f"> {_line(project.subtitle or project.title)}", ""]
    say, publisher, marking = lookups.say, _line(project.publisher), project.marking.value
    lines.append(say("guide.published", publisher=publisher, marking=marking, rule=say("guide.rule")))
    lines += ["", f"## {say('guide.briefs')}", ""]
    lines += printer.pieces(BRIEFS).values()
    lines += ["", f"## {say('guide.topics')}", ""]
    lines += printer.pieces(TOPICS).values()
    lines += ["", f"## {say('guide.data')}", ""]
    for path, title, note in (
        (data_files.WHOLE, "guide.everything", "guide.everything_note"),
        ("facts/index.json", "menu.facts", "guide.facts_note"),
        ("sources/index.json", "menu.sources", "guide.sources_note"),
        ("registers.json", "menu.registers", "guide.registers_note"),
        ("timeline.json", "menu.timeline", "guide.timeline_note"),
        ("changes.json", "menu.changes", "guide.changes_note"),
    ):
        lines.append(_link(lookups, say(title), path, say(note)))
    lines += ["", f"## {say('guide.optional')}", ""]
    lines += [_link(lookups, title, path.replace(".html", ".md"), "") for path, title in lookups.plain_pages]
    lines.append(_link(lookups, say("menu.scales"), "scales.json", say("guide.scales_note")))
    return "\n".join(lines) + "\n"


def _link(lookups: Lookups, title: str, path: str, note: str) -> str:
    place = lookups.library.project.address_of(path) or path
    return f"- [{_line(title)}]({place})" + (f": {_line(note)}" if note else "")


def _line(text: str) -> str:
    """Return a text on one line, with its brackets escaped: here they mean what is inferred, and no link."""
    return " ".join(text.replace("[", "\\[").replace("]", "\\]").split())


def _asserted(_: Printer, lookups: Lookups, name: str) -> dict[str, datetime.date]:
    facts = lookups.library.sheets[name].facts
    return {str(fact.id): fact.asserted.latest for fact in facts if fact.asserted}


def _issued(_: Printer, lookups: Lookups, name: str) -> dict[str, datetime.date]:
    return {
        f"{address(item)}.html": (item.withdrawn.day if item.withdrawn else item.issued).latest
        for item in lookups.library.issued.get(name, ())
    }


ASSERTED = Piece("days of topic", lambda lookups: lookups.library.sheets, _asserted)
ISSUED = Piece("days of issue", lambda lookups: lookups.library.issued, _issued)


def _days(printer: Printer, printed: Iterable[Address]) -> dict[str, datetime.date | None]:
    """Return every page that search engines should list, with the day of its newest fact or its edition."""
    asserted = {key: day for days in printer.pieces(ASSERTED).values() for key, day in days.items()}
    issued = {path: day for days in printer.pieces(ISSUED).values() for path, day in days.items()}
    asserted |= dict.fromkeys(EVERY_FACT, max(asserted.values())) if asserted else {}
    return {
        page.path: issued.get(
            page.path, max((asserted[key] for key in page.shown if key in asserted), default=None)
        )
        for page in printed
        if page.path not in _UNLISTED
    }


def _file(printer: Printer, lookups: Lookups, path: str, text: str, shown: Iterable[str]) -> SiteFile:
    project = lookups.library.project
    parts = (
        ("the site's address", project.base_url or "none"),
        ("the site's marking", project.marking.value),
    )
    return printer.file(path, Prepared("text", text, title=path), Inputs(frozenset(shown), parts))
