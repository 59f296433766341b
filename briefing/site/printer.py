"""The printer: it lays out pages and files of the site with the templates and styles of a theme."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from briefing.changes import history
from briefing.compose import templates
from briefing.formats import fonts as webfonts
from briefing.formats import html
from briefing.formats.base import Prepared, Theme
from briefing.language.wording import Wording, closed
from briefing.memo.engine import Parts
from briefing.model import fact_links, query
from briefing.model.editions import Edition
from briefing.model.library import Library
from briefing.site import issued_words, lists, page_metadata, urls
from briefing.site.citations import Citation
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.store.results import Inputs

ALL_PAGES = "pages"
"""In place of a path in the menu: all plain pages for readers."""
HANDBOOK = "pages/handbook.html"
_FOR_EDITORS = (("coverage.html", "menu.coverage"), ("reviews.html", "menu.reviews"))
Menu = Iterable[tuple[str, Iterable[tuple[str, str]]]]
"""Groups of pages, each with its words: paths, each with its words."""
STYLES = ("tokens.css", "night.css", "text.css", "screen.css", "site.css", "search.css")


_BRIEFS_ON_FRONT = "index.html#briefs"
"""The list of briefs where they are few."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Piece(Generic[_T]):
    """What each topic, brief or source adds to pages about many of them.

    Such a page joins its pieces, so after a change one piece is made again and the others are only read.
    """

    name: str
    keys: Callable[[Lookups], Collection[str]]
    """The ids of the things that have one, in order; whether one is among them is asked for by itself."""
    of: Callable[[Printer, Lookups, str], _T]
    """Returns the piece of one thing: a value made of texts, numbers and frozen dataclasses."""
    is_list: bool = True
    """Whether of facts it shows no more than lists do."""
    level: int = 0
    """It may be made of pieces of lower levels."""
    is_long: bool = False
    """Whether making one takes so long that it is worth doing in another process."""


class Printer:
    """Layout of pages and files. Parts of every page, such as the menu, come from the look-ups."""

    def __init__(self, lookups: Lookups, theme: Theme, menu: Menu = ()) -> None:
        self.lookups = lookups
        self.theme = theme
        self._menu = menu
        self._pieces: dict[tuple[str, str], Any] = {}

    @functools.cached_property
    def menu(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The menu in words."""
        return [(self.lookups.say(name), list(self._entries(entries))) for name, entries in self._menu]

    @functools.cached_property
    def languages(self) -> dict[str, str]:
        """The languages of the pages that are in another one than the site, by path."""
        return {
            f"pages/{name}.html": language
            for name, language in self.lookups.languages.items()
            if language != self.lookups.language
        }

    @functools.cached_property
    def for_editors(self) -> list[tuple[str, str]]:
        """The pages for editors with their words; they are in no menu of readers."""
        handbook = [page for page in self.lookups.plain_pages if page[0] == HANDBOOK]
        return [*handbook, *((path, self.lookups.say(key)) for path, key in _FOR_EDITORS)]

    def piece(self, piece: Piece[_T], key: str) -> _T:
        """Return the piece of one thing."""
        if (piece.name, key) not in self._pieces:
            self._pieces[piece.name, key] = piece.of(self, self.lookups, key)
        found: _T = self._pieces[piece.name, key]
        return found

    def pieces(self, piece: Piece[_T]) -> Mapping[str, _T]:
        """Return the pieces of all things, by id, in their order."""
        return {key: self.piece(piece, key) for key in piece.keys(self.lookups)}

    def part(self, piece: Piece[Parts], part: str) -> Mapping[str, Any]:
        """Return a part of the pieces of all things, by id; of those that have it."""
        found = self.pieces(piece)
        return {key: item.parts[part] for key, item in found.items() if part in item.parts}

    def fragment(self, template: str, macro: str, *values: Any, root: str = "", **context: Any) -> str:
        """Return what a macro of a template prints; ``root`` leads to the folder of the site."""
        return self.fragments(template, macro, [values], root=root, **context)[0]

    def fragments(
        self, template: str, macro: str, calls: Iterable[tuple[Any, ...]], root: str = "", **context: Any
    ) -> list[str]:
        """Return what a macro of a template prints for each call of it."""
        return self.theme.templates.fragments(template, macro, calls, **self._context(root), **context)

    def _context(self, root: str) -> dict[str, Any]:
        """Return what the templates of pages and of parts of them print with."""
        lookups = self.lookups
        return {
            "root": root,
            "project": lookups.library.project,
            "library": lookups.library,
            "wording": lookups.wording,
            "say": lookups.say,
            "address": history.address,
            "outlets": functools.partial(query.outlets, library=lookups.library),
            "smart": functools.partial(html.plain, language=lookups.language),
            "bare": html.unlaid,
            "closed": closed,
            "label_of": self._of_issued(issued_words.label),
            "state_of": self._of_issued(issued_words.state),
        }

    def _of_issued(self, words: Callable[[Edition, Library, Wording], str]) -> Callable[[Edition], str]:
        library, wording = self.lookups.library, self.lookups.wording
        return lambda edition: words(edition, library, wording)

    def _entries(self, entries: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Yield the path and the words of each page of a group; plain pages have their titles."""
        for path, key in entries:
            if path.startswith("matters/") and not self.lookups.library.matters:
                continue
            if path == f"{lists.TOPICS}/index.html" and lists.TOPICS not in self.lookups.lists.long:
                continue
            if path == _BRIEFS_ON_FRONT and lists.BRIEFS in self.lookups.lists.long:
                yield f"{lists.BRIEFS}/index.html", self.lookups.say(key)
                continue
            if path == ALL_PAGES:
                yield from (page for page in self.lookups.plain_pages if page[0] != HANDBOOK)
            else:
                yield path, self.lookups.say(key)

    def _list_of(self, path: str) -> str:
        """Return the entry of the menu that a page within a folder belongs to."""
        folder, is_in_folder, _ = path.partition("/")
        if not is_in_folder:
            return path
        long = self.lookups.lists.long
        if folder in (lists.BRIEFS, "editions"):
            return f"{lists.BRIEFS}/index.html" if lists.BRIEFS in long else _BRIEFS_ON_FRONT
        if folder == "changes":
            return "changes.html"
        if folder == lists.TOPICS and lists.TOPICS not in long:
            folder = lists.STATEMENTS
        return f"{folder}/index.html"

    def citation(self, page: str, citation: Citation, inputs: Inputs) -> SiteFile:
        """Return the file for reference managers beside a page."""
        return self.file(f"{page}.ris", Prepared("text", citation.ris, title="citation"), inputs)

    def bibtex(self, page: str, citation: Citation, inputs: Inputs) -> SiteFile:
        """Return the file for LaTeX beside a page."""
        return self.file(f"{page}.bib", Prepared("text", citation.bibtex, title="citation"), inputs)

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
            path=path,
            machine=page_metadata.head(path, context["title"], about, project, has_picture),
            alternates=lookups.alternates_of(path),
            menu=self.menu,
            for_editors=self.for_editors,
            languages=self.languages,
            list_here=self._list_of(path),
            publisher=project.publisher,
            has_calendar=lookups.has_calendar,
            **{**self._context("../" * path.count("/")), **context},
        )
        return SiteFile(
            path,
            Prepared("text", text, title=path),
            Inputs(frozenset(shown), tuple(dict.fromkeys((*self.parts_of(template), *made_of)))),
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
        return html.inline(written + text[position:], self.lookups.language)

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


Whole = Callable[[Printer, Lookups], Iterator[SiteFile]]
"""Yields files about everything."""
Step = Callable[[Printer, Lookups, str], Iterator[SiteFile]]
"""Yields the files about one thing, by its id."""


@dataclass(frozen=True, slots=True)
class Section:
    """Files of the site of one kind: for which things there are any, and how those of one are laid out."""

    name: str
    keys: Callable[[Lookups], Iterable[str]]
    step: Step
    is_list: bool = False
    """Whether of facts they show no more than lists do; then a fact has nothing else to be read."""
    whole: Whole | None = None
    """What it consists in, if it is about everything."""
    groups: Callable[[Lookups], Mapping[str, Iterable[str]]] | None = None
    """Its keys in groups, by name and in order, where lists of all pages would be long to read without."""


@functools.lru_cache(maxsize=256)
def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
