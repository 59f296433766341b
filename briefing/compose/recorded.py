"""Rules for the briefs: each as it is now, with what of it others need to know."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.compose import current
from briefing.compose.current import OnSite, Standing
from briefing.compose.templates import Templates
from briefing.content import layout, recorded
from briefing.content.recorded import RecordedLibrary
from briefing.language.words import is_known
from briefing.memo.engine import Engine, Rule, View
from briefing.model.editions import Edition
from briefing.model.findings import Finding
from briefing.store import disk

COMPOSED = "composed"
EDITION = "editions"
"""The rule that gives the present edition or draft of a brief."""
ON_SITE = "on site"
"""The rule that gives what the site shows of a brief."""
PUBLISHED = "published"
"""The rule that gives the edition, or the draft, at the address of a brief on the site."""
DRAFT = "drafts"
"""The rule that gives the draft that the site shows apart."""
CARD = "cards"
DRAFT_CARD = "cards of drafts"
"""The rules that give both without their text, for those who only name them."""
TEMPLATE = "template"
TEMPLATES = "templates"
LEVEL = recorded.TOP


def put(engine: Engine, templates: Mapping[str, str]) -> None:
    """Give the templates and styles of a project to an engine."""
    engine.put(TEMPLATE, {name: disk.digest(text.encode()) for name, text in templates.items()})
    engine.put(TEMPLATES, {"": "\n".join(templates)})


class SharedTemplates:
    """The templates of a project, compiled once for all steps; each step's use of them is on its record."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.source = texts
        self._views: list[View] = []
        # Which are the project's own decides on bounds and not on what is printed, so it is not on record.
        self._templates = Templates(_Texts(self), self.read, layout.own_templates(texts))

    def read(self, name: str) -> str | None:
        """Return the text of a template for the step that runs."""
        text: str | None = self._views[-1].get(TEMPLATE, name)
        return text

    def names(self) -> tuple[str, ...]:
        """Return the names of all templates and styles for the step that runs."""
        return tuple((self._views[-1].get(TEMPLATES) or "").split("\n"))

    @contextlib.contextmanager
    def reading(self, view: View) -> Iterator[Templates]:
        """Provide the templates to a step."""
        self._views.append(view)
        try:
            yield self._templates
        finally:
            self._views.pop()


class _Texts(Mapping[str, str]):
    def __init__(self, shared: SharedTemplates) -> None:
        self._shared = shared

    def __getitem__(self, name: str) -> str:
        text = self._shared.read(name)
        if text is None:
            raise KeyError(name)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._shared.names())

    def __len__(self) -> int:
        return len(self._shared.names())


def rules(shared: SharedTemplates) -> tuple[Rule, ...]:
    """Return the rules of the briefs."""

    def composed(view: View, name: str) -> tuple[Standing | None, tuple[Finding, ...]]:
        library = RecordedLibrary(view)
        brief = library.briefs.get(name)
        if brief is None:
            return None, ()
        if not is_known(brief.language):
            return None, (current.unknown_language(brief.language, brief.at),)
        with shared.reading(view) as templates:
            return current.compose(brief, library, templates)

    return (
        Rule(TEMPLATE, 0, load=shared.source.__getitem__),
        Rule(TEMPLATES, 0),
        Rule(COMPOSED, LEVEL, composed, is_long=True),
        Rule(EDITION, LEVEL + 1, lambda view, name: _edition(view.get(COMPOSED, name)[0])),
        Rule(ON_SITE, LEVEL + 1, _on_site),
        Rule(PUBLISHED, LEVEL + 2, lambda view, name: _edition(view.get(ON_SITE, name).published)),
        Rule(DRAFT, LEVEL + 2, lambda view, name: _edition(view.get(ON_SITE, name).draft)),
        Rule("problems of briefs", LEVEL + 1, lambda view, name: view.get(COMPOSED, name)[1]),
        Rule("all problems of briefs", LEVEL + 2, _all_problems),
        Rule(CARD, LEVEL + 3, lambda view, name: _card(view.get(PUBLISHED, name))),
        Rule(DRAFT_CARD, LEVEL + 3, lambda view, name: _card(view.get(DRAFT, name))),
    )


def _on_site(view: View, name: str) -> OnSite:
    standing: Standing | None = view.get(COMPOSED, name)[0]
    return current.on_site(standing, RecordedLibrary(view).project.drafts_on_site) if standing else OnSite()


def _edition(standing: Standing | None) -> Edition | None:
    return standing.edition if standing else None


def _all_problems(view: View, _: str) -> tuple[Finding, ...]:
    every = view.every("problems of briefs", view.get("names", "briefs"))
    return tuple(problem for problems in every.values() for problem in problems)


def _card(edition: Edition | None) -> Any:
    """Return an edition without its text, for those who only name it."""
    if edition is None:
        return None
    empty: dict[str, Any] = dict.fromkeys(("sections", "notes", "references", "scales"), ())
    return dataclasses.replace(edition, counts="", newest="", checked="", digest="", **empty)
