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
from briefing.site.files import Listed, SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer
from briefing.store.results import Inputs

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"
MAX_ADDRESSES = 50_000
"""The number of addresses that a site map may hold (sitemaps.org)."""
_UNLISTED = ("search.html",)


def files(printer: Printer, lookups: Lookups, printed: Iterable[Listed]) -> Iterator[SiteFile]:
    """Yield the files about this site that it can have. ``printed`` are its files so far."""
    library = lookups.library
    yield _file(printer, lookups, LLMS, llms(lookups), library.facts)
    if not library.project.base_url:
        return
    is_public = urls.is_public(library.project)
    yield _file(printer, lookups, ROBOTS, robots(urls.address_of(SITEMAP, library.project), is_public), ())
    if is_public:
        days = _days(lookups, printed)
        addresses = {urls.address_of(path, library.project): day for path, day in days.items()}
        yield _file(printer, lookups, SITEMAP, sitemap(addresses), library.facts)


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


def llms(lookups: Lookups) -> str:
    """Return a guide in the form of llmstxt.org: what the site is, and its content as Markdown and JSON."""
    library = lookups.library
    project = library.project
    lines = [f"# {_line(project.title)}", "", f"> {_line(project.subtitle or project.title)}", ""]
    say, publisher, marking = lookups.say, _line(project.publisher), project.marking.value
    lines.append(say("guide.published", publisher=publisher, marking=marking, rule=say("guide.rule")))
    lines += ["", f"## {say('guide.briefs')}", ""]
    for name, edition in lookups.named.items():
        found = lookups.alternates_of(f"briefs/{name}.html")
        path = found[0].path if found else f"briefs/{name}.html"
        lines.append(_link(lookups, edition.title, path, edition.subtitle))
    lines += ["", f"## {say('guide.topics')}", ""]
    lines += [
        _link(lookups, sheet.title, f"topics/{name}.json", sheet.summary)
        for name, sheet in library.sheets.items()
    ]
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
    place = urls.address_of(path, lookups.library.project) or path
    return f"- [{_line(title)}]({place})" + (f": {_line(note)}" if note else "")


def _line(text: str) -> str:
    """Return a text on one line, with nothing in it that Markdown takes for a link."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def _days(lookups: Lookups, printed: Iterable[Listed]) -> dict[str, datetime.date | None]:
    """Return every page that search engines should list, with the day of its newest fact or its edition."""
    library = lookups.library
    issued = {
        f"{address(item)}.html": (item.withdrawn.day if item.withdrawn else item.issued).latest
        for items in library.issued.values()
        for item in items
    }
    found: dict[str, datetime.date | None] = {}
    asserted = {key: fact.asserted.latest for key, fact in library.facts.items() if fact.asserted}
    for file in printed:
        if file.title and file.path not in _UNLISTED:
            newest = max((asserted[key] for key in file.shown if key in asserted), default=None)
            found[file.path] = issued.get(file.path, newest)
    return found


def _file(printer: Printer, lookups: Lookups, path: str, text: str, shown: Iterable[str]) -> SiteFile:
    project = lookups.library.project
    parts = (
        ("the site's address", project.base_url or "none"),
        ("the site's marking", project.marking.value),
    )
    return printer.file(path, Prepared("text", text, title=path), Inputs(frozenset(shown), parts))
