"""Which steps lay out a file of the site, found by its path alone, so that one file can be made by itself."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.build import recorded
from briefing.site import pages
from briefing.site import recorded as recorded_site
from briefing.store.request import BRIEFS_FOLDER

_ONE = {
    "topics": "topic",
    "facts": "fact",
    "sources": "source",
    "actors": "actor",
    "systems": "system",
    "pages": "plain page",
}
"""Folder of the site -> the section of its pages, each about one thing."""
_WHOLE = {
    "index": "front",
    "search": "search_page",
    "editions": "feed_of_editions",
    "facts": "feed_of_facts",
    "moves": "feed_of_moves",
}
"""Names of files that are not those of the sections that make them."""


def makers_of(path: str) -> Iterator[tuple[str, str]]:
    """Yield rule and key of the steps that may lay out a file of the site."""
    folder, _, file = path.rpartition("/")
    name = file.rpartition(".")[0]
    sections = {section.name for section in pages.sections()}
    if folder == BRIEFS_FOLDER:
        yield recorded.FILES, name.partition(".")[0]
        yield recorded_site.rule_of("brief"), name.partition(".")[0]
    elif folder == "editions":
        yield recorded_site.rule_of("issued"), name.rpartition("-")[0]
    elif name == "index" and folder in _ONE:
        name = f"list of {folder}"
        yield recorded_site.rule_of(name if name in sections else name.replace(" ", "_")), ""
    elif folder in _ONE:
        yield recorded_site.rule_of(_ONE[folder]), name
    elif not folder and _WHOLE.get(name, name) in sections:
        yield recorded_site.rule_of(_WHOLE.get(name, name)), ""
