"""The printer: it lays out pages and files of the site with the templates and styles of a theme."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from briefing.changes import history
from briefing.compose import templates
from briefing.formats import fonts as webfonts
from briefing.formats import html
from briefing.formats.base import Prepared, Theme
from briefing.model import fact_links
from briefing.site import page_metadata, urls
from briefing.site.citations import Citation
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.store.results import Inputs

ALL_PAGES = "pages"
"""In place of a path in the menu: all plain pages."""
Menu = Iterable[tuple[str, Iterable[tuple[str, str]]]]
"""Groups of pages, each with its words: paths, each with its words."""
STYLES = ("tokens.css", "night.css", "text.css", "screen.css", "site.css", "search.css")


class Printer:
    """Layout of pages and files. Parts of every page, such as the menu, come from the look-ups."""

    def __init__(self, lookups: Lookups, theme: Theme, menu: Menu = ()) -> None:
        self.lookups = lookups
        self.theme = theme
        self.menu = [(lookups.say(name), list(self._entries(entries))) for name, entries in menu]

    def _entries(self, entries: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Yield the path and the words of each page of a group; plain pages have their titles."""
        for path, key in entries:
            yield from self.lookups.plain_pages if path == ALL_PAGES else [(path, self.lookups.say(key))]

    def citation(self, page: str, citation: Citation, inputs: Inputs) -> SiteFile:
        """Return the file for reference managers beside a page."""
        return self.file(f"{page}.ris", Prepared("text", citation.ris, title="citation"), inputs)

    def page(
        self,
        path: str,
        template: str,
        shown: Iterable[str],
        made_of: Iterable[tuple[str, str]] = (),
        /,
        **context: Any,
    ) -> SiteFile:
        """Return one page. ``shown`` are the facts on it, ``made_of`` its other inputs with their digests."""
        is_for_readers = path.endswith(".html") and template != urls.FORWARDING
        about = context.pop("about", page_metadata.About())
        lookups = self.lookups
        project = lookups.library.project
        has_picture = bool(about.picture) and about.picture in lookups.pictures
        text = self.theme.templates.html(
            template,
            root="../" * path.count("/"),
            path=path,
            project=project,
            machine=page_metadata.head(path, context["title"], about, project, has_picture),
            alternates=lookups.alternates_of(path),
            library=lookups.library,
            wording=lookups.wording,
            say=lookups.say,
            menu=self.menu,
            publisher=project.publisher,
            has_calendar=lookups.has_calendar,
            address=history.address,
            **{"smart": html.plain, "bare": html.unlaid, "by_topic": lookups.by_topic, **context},
        )
        return SiteFile(
            path,
            Prepared("text", text, title=path),
            Inputs(frozenset(shown), (*self.parts_of(template), *made_of)),
            context["title"] if is_for_readers else "",
        )

    def file(self, path: str, prepared: Prepared, inputs: Inputs) -> SiteFile:
        """Return a file of the site that is not a page."""
        return SiteFile(path, prepared, inputs)

    def asset(self, name: str, what: str) -> SiteFile:
        """Return a file of the theme unchanged; ``what`` is its kind in a word."""
        text = self.theme.texts[name]
        parts = ((f"{what} {name}", digest(text)),)
        return SiteFile(f"assets/{name}", Prepared("text", text, title=name), Inputs(frozenset(), parts))

    def parts_of(self, template: str) -> tuple[tuple[str, str], ...]:
        """Return the templates that a page is laid out with, each with its digest."""
        names = templates.closure(template, self.theme.texts)
        known = ((name, self.theme.texts.get(name)) for name in names)
        return tuple((f"template {name}", "" if text is None else digest(text)) for name, text in known)

    def prose(self, text: str, root: str = "../") -> Any:
        """Return the prose of a register as HTML, with its fact links to the facts' pages."""
        written, position = "", 0
        for link in fact_links.find(text):
            fact = self.lookups.library.facts.get(link.key)
            words = link.words or fact_links.escape(
                (fact and self.lookups.wording.fact(fact, link.form)) or link.key
            )
            written += text[position : link.start] + f"[{words}]({root}facts/{link.key}.html)"
            position = link.end
        return html.inline(written + text[position:])

    def fonts(self, odd: Iterable[str]) -> Iterator[SiteFile]:
        """Yield the fonts of the site, and the style sheet that all pages share and that names them.

        ``odd`` are the characters of all pages that the usual fonts lack: they come from others.
        """
        fixed = Inputs(frozenset(), (("font packages", ""),))
        for face in webfonts.FACES:
            yield SiteFile(f"assets/fonts/{face.name}", webfonts.prepare(face), fixed)
        others: list[tuple[str, str]] = []
        for file, characters in webfonts.by_design(odd, self.theme.fonts).items():
            name = f"other-{len(others) + 1}.woff2"
            others.append((name, characters))
            inputs = Inputs(frozenset(), ((f"font {file.name}", file.digest),))
            prepared = webfonts.prepare_other(file, characters, name)
            yield SiteFile(f"assets/fonts/{name}", prepared, inputs)
        yield self._style_sheet(webfonts.style_sheet("fonts/", others))

    def _style_sheet(self, faces: str) -> SiteFile:
        text = "\n".join([faces, *(self.theme.texts[name] for name in STYLES)])
        parts = tuple((f"style {name}", digest(self.theme.texts[name])) for name in STYLES)
        return SiteFile(
            "assets/site.css", Prepared("text", text, title="style sheet"), Inputs(frozenset(), parts)
        )


@functools.lru_cache(maxsize=256)
def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
