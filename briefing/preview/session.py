"""The warm project: read again after a save, and laid out as far as somebody looks at it.

It takes the line on demand (``build/on_demand``) in a store of its own, in memory, which begins with what the
last build has worked out. A page comes before the findings of the whole project. While files have errors, a
brief that needs them is shown as it was last; every other brief goes on. One thread may use a session.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing.build import blocked, jobs, on_demand, recorded
from briefing.checks import recorded as checking
from briefing.compose import current
from briefing.compose import recorded as composing
from briefing.compose.current import Standing
from briefing.compose.templates import Templates
from briefing.content import layout
from briefing.content import recorded as content
from briefing.content.recorded import RecordedLibrary
from briefing.formats import fonts, registry
from briefing.formats.base import Prepared, Theme
from briefing.language.words import Words, is_known
from briefing.memo import kept
from briefing.memo.engine import Engine, Rule, View
from briefing.model.findings import BriefingError, Finding, FoundProblem, Place, Severity, ordered
from briefing.model.library import Project
from briefing.preview import site_paths
from briefing.preview.spots import Found, Spots
from briefing.site import pages, printer
from briefing.site import recorded as site
from briefing.site.files import Download
from briefing.site.printer import Printer
from briefing.site.recorded import RecordedLookups
from briefing.store import disk, versions
from briefing.store.disk import Texts
from briefing.store.request import PROJECT_FILE, SITE
from briefing.store.watching import EVERYTHING

SITE_VIEW = SITE
"""The view of a brief that is its page on the site; the others are named as their formats."""
_MOST = 50
"""How many findings of other briefs are listed."""
_LONGEST = 100
"""How many characters of a line are shown."""
_TOP = Rule("what is shown", site.TOP + 1)
_LOOKED_UP = frozenset({"shown editions", "names of shown editions", "dates in sheet", "has calendar"})
"""The look-ups of the site that the page of a brief needs, beside records."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One brief in one view, ready to be made."""

    prepared: Prepared
    is_current: bool
    """Whether it shows the content as it was saved last."""
    suffix: str
    """The ending of its file."""


@dataclass(frozen=True, slots=True)
class State:
    """What there is to say of one brief."""

    brief: str
    title: str
    views: tuple[tuple[str, str], ...]
    """Name and words of each view."""
    found: tuple[Found, ...]
    """The findings that concern it, errors first."""
    elsewhere: tuple[Found, ...]
    """The first of the other findings of the project."""
    number_elsewhere: int
    """How many there are."""
    held: str
    """Why it is shown as it was last; empty if it is current."""
    is_checked: bool
    """Whether the findings are those of all checks."""
    has_errors: bool
    """Whether files have errors, so that the checks wait."""
    project: str
    briefs: tuple[tuple[str, str], ...]
    """Id and title of every brief."""


class _Lookups(RecordedLookups):
    """The look-ups for one page: what it says of other briefs and pages is read of their records alone."""

    __slots__ = ("_found",)
    _found: tuple[Download, ...]

    def __init__(self, view: View, found: tuple[Download, ...]) -> None:
        super().__init__(view)
        object.__setattr__(self, "_found", found)

    downloads: Any = property(lambda self: _Same(self._found))
    named_drafts: Any = MappingProxyType({})
    pictures: Any = frozenset()
    plain_pages: Any = property(lambda self: _titles_of_pages(self.library.pages.values()))


class _Same(dict[str, tuple[Download, ...]]):
    def __init__(self, found: tuple[Download, ...]) -> None:
        self._found = found

    def get(self, name: str, otherwise: Any = None) -> Any:
        return self._found


def _titles_of_pages(found: Iterable[Any]) -> list[tuple[str, str]]:
    in_order = sorted(found, key=lambda page: (page.order, page.title))
    return [(f"pages/{page.id}.html", page.title) for page in in_order]


class Session:
    """A project that stays warm."""

    def __init__(
        self, read: Callable[[], Texts], root: Path, output: Path, today: Callable[[], datetime.date]
    ) -> None:
        """``read`` returns the texts of the project at ``root``. Raises BriefingError if it has none."""
        self._read, self._root, self._today = read, root, today
        self._kept = kept.copied(output / disk.STATE_FOLDER / "results.sqlite", versions.of_everything())
        self._texts = read()
        self._live = Texts({}, (), "")
        self._problem = ""
        """Why the project cannot be read at all."""
        self._structural: tuple[Finding, ...] = ()
        """Findings on files and references."""
        self._has_errors = False
        """Whether files or references have errors, so that nothing is checked."""
        self._held: Mapping[str, str] = {}
        self._complete: tuple[Finding, ...] = ()
        """All findings, as the checks found them last."""
        self._checked: tuple[Finding, ...] = ()
        """Those of them that are not on files and references."""
        self._is_checked = False
        self._good: dict[str, Standing] = {}
        """Each brief as it could be shown last."""
        self._pages: dict[str, Prepared] = {}
        """Its page on the site, likewise."""
        self._engine = self._started(self._texts)
        self._look()

    def start_over(self) -> None:
        """Begin with nothing worked out, after the store was found damaged."""
        self._kept.close()
        self._kept = kept.opened(None, versions.of_everything())
        self._engine = self._started(self._texts)
        self._look()

    # ------------------------------------------------------------------------------------------ after a save

    def refresh(self, paths: Collection[str] = EVERYTHING) -> bool:
        """Read the project again after files were saved; return whether anything has changed."""
        before, problem = self._texts, self._problem
        again = disk.read_again(self._root, before, paths)
        try:
            texts = again or self._read()
            self._problem = ""
        except BriefingError as error:
            self._problem = str(error)
            return self._problem != problem
        is_same = (texts.texts, texts.findings, texts.captured, texts.fonts) == (
            before.texts,
            before.findings,
            before.captured,
            before.fonts,
        )
        if is_same and problem == self._problem:
            return False
        self._texts = texts
        self._take(texts, before)
        self._look()
        return True

    def _started(self, texts: Texts) -> Engine:
        self._live = dataclasses.replace(texts, texts=dict(texts.texts), captured=dict(texts.captured))
        self._templates = Templates(layout.template_texts(texts))
        return recorded.engine_of(self._kept, self._live, self._today())

    def _take(self, texts: Texts, before: Texts) -> None:
        """Give changed texts to the engine; other templates or fonts need a new one, with what is kept."""
        if texts.fonts != before.fonts or _templates_of(texts) != _templates_of(before):
            self._engine = self._started(texts)
            return
        for live, now in ((self._live.texts, texts.texts), (self._live.captured, texts.captured)):
            assert isinstance(live, dict)
            live.clear()
            live.update(now)
        self._live = dataclasses.replace(texts, texts=self._live.texts, captured=self._live.captured)
        content.put(self._engine, self._live)
        checking.put(self._engine, self._live, self._today())

    def _look(self) -> None:
        """Find out which briefs can be shown as they are now."""
        engine, texts = self._engine, self._texts
        self._is_checked = False
        engine.settle(composing.LEVEL)
        found = [*texts.findings, *layout.template_problems(texts), *fonts.problems(texts.fonts)]
        self._structural = (*found, *engine.get("all problems", ""))
        library = self._library()
        project = library.project
        records = None if project == layout.UNREAD else on_demand.RecordsOf(library)
        names = layout.brief_names(texts)
        unknown = [tag for tag in project.languages if not is_known(tag)]
        self._structural += tuple(current.unknown_language(tag, project.at) for tag in unknown)
        is_readable = bool(records and project.languages) and not unknown
        self._has_errors = not is_readable or any(finding.is_error for finding in self._structural)
        self._held = {}
        if self._has_errors:
            self._held = blocked.held(self._structural, records if is_readable else None, names)

    def check(self) -> bool:
        """Work out the findings of the whole project; return whether they differ from the last ones.

        While files have errors, nothing is checked.
        """
        if self._has_errors:
            return False
        before, engine = self._complete, self._engine
        was_checked = self._is_checked
        engine.settle(recorded.CHECKED)
        found = (
            *self._structural,
            *engine.get("all problems of briefs", ""),
            *engine.get(checking.FINDINGS, ""),
        )
        self._complete = ordered(found)
        structural = {*self._structural}
        self._checked = tuple(item for item in self._complete if item not in structural)
        self._is_checked = True
        return self._complete != before or not was_checked

    # ------------------------------------------------------------------------------------------ what is shown

    def briefs(self) -> tuple[tuple[str, str], ...]:
        """Return id and title of every brief, by title; those that cannot be read have their ids."""
        titles = {brief.id: str(brief.title) for brief in self._library().briefs.values() if brief}
        found = [(name, titles.get(name, name)) for name in layout.brief_names(self._texts)]
        return tuple(sorted(found, key=lambda item: item[1].casefold()))

    def state(self, brief: str) -> State:
        """Return what there is to say of one brief."""
        standing, problems, is_current = self._standing(brief)
        spot_of = self._spots(brief, standing) if is_current else None
        own: list[Found] = []
        elsewhere: list[Finding] = []
        for finding in sorted(self._findings(brief, problems, is_current), key=_weight):
            spot = spot_of.of(finding) if spot_of else None
            concerns = brief in (finding.brief, _brief_at(finding.at.path)) or (
                not is_current and finding.is_error
            )
            if spot or concerns:
                own.append(Found(len(own) + 1, finding, self._line_at(finding.at), spot))
            else:
                elsewhere.append(finding)
        titles = self.briefs()
        return State(
            brief,
            standing.edition.title if standing else dict(titles).get(brief, brief),
            self._views(standing),
            tuple(own),
            tuple(Found(0, finding, self._line_at(finding.at)) for finding in elsewhere[:_MOST]),
            len(elsewhere),
            "" if is_current else self._reason(brief),
            self._is_checked,
            self._has_errors,
            str(self._project().title),
            titles,
        )

    def laid(self, brief: str, view: str) -> Laid | None:
        """Return a brief in one view, as it is or as it could be shown last; None if it never could."""
        standing, _, is_current = self._standing(brief)
        if standing is None:
            return None
        if view == SITE_VIEW:
            prepared = self._page(standing) if is_current else self._pages.get(brief)
            return Laid(prepared, is_current, ".html") if prepared else None
        form = next((item for item in registry.formats_of(standing.edition) if item.name == view), None)
        if form is None:
            return None
        try:
            found = jobs.lay_out(standing.edition, standing.state, self._theme(), [form])
        except FoundProblem:
            return None
        return Laid(found[0].prepared, is_current, form.suffix)

    def file(self, path: str) -> Prepared | None:
        """Return any other file of the site, by its path; None if there is none, or files have errors."""
        if self._problem or self._has_errors or self._library().is_marked:
            return None
        engine = self._engine
        for rule, key in site_paths.makers_of(path):
            engine.settle(engine.rules[rule].level)
            engine.get(rule, key)
            found: Mapping[str, Any] = engine.extra(rule, key)
            if path in found or f"{SITE}/{path}" in found:
                prepared: Prepared = found.get(f"{SITE}/{path}") or found[path]
                return prepared
        return None

    def style_sheet(self) -> str:
        """Return the style sheet that all pages of the site share."""
        theme = self._theme()
        return "\n".join([fonts.style_sheet("fonts/", ()), *(theme.texts[name] for name in printer.STYLES)])

    def text_of(self, template: str) -> str | None:
        """Return a file of the theme as it is."""
        return self._theme().texts.get(template)

    def html(self, template: str, **context: Any) -> str:
        """Render a template of the preview, in the language of the project."""
        known = [name for name in self._project().languages[:1] if is_known(name)]
        language = known[0] if known else "en-GB"
        say = Words(language)
        return self._theme().templates.html(template, say=say, language=language, **context)

    # ------------------------------------------------------------------------------------------------- parts

    def _library(self) -> RecordedLibrary:
        return RecordedLibrary(View(self._engine, _TOP))

    def _project(self) -> Project:
        return self._library().project  # type: ignore[no-any-return]

    def _theme(self) -> Theme:
        return Theme(self._templates, self._templates.texts, self._project().paper, self._texts.fonts)

    def _reason(self, brief: str) -> str:
        """Return why a brief cannot be shown as it is."""
        if brief not in layout.brief_names(self._texts):
            return f"there is no brief '{brief}' any more"
        return self._problem or self._held.get(brief) or f"content/briefs/{brief}.md has errors"

    def _standing(self, brief: str) -> tuple[Standing | None, tuple[Finding, ...], bool]:
        """Return a brief as it is, or as it could be shown last; its problems; and whether it is as it is."""
        if self._problem or brief in self._held:
            return self._good.get(brief), (), False
        standing, problems = self._engine.get(composing.COMPOSED, brief)
        if standing is None:
            return self._good.get(brief), problems, False
        self._good[brief] = standing
        return standing, problems, True

    def _findings(self, brief: str, problems: tuple[Finding, ...], is_current: bool) -> tuple[Finding, ...]:
        """Return the findings: those of this brief as it is now, of all others as they were checked last."""
        if self._problem:
            return (Finding("unreadable", self._problem, Place(PROJECT_FILE)),)
        if self._is_checked:
            return self._complete
        if self._has_errors or not is_current:
            return ordered((*self._structural, *problems))
        checked = self._engine.get(checking.UNIT, f"briefs:{brief}").findings
        others = (item for item in self._checked if brief not in (item.brief, _brief_at(item.at.path)))
        return (*ordered((*self._structural, *problems, *checked)), *others)

    def _page(self, standing: Standing) -> Prepared | None:
        """Return the page of a brief on the site; None if the site does not show it."""
        brief = standing.edition.brief
        engine = self._engine
        marking = self._project().marking
        if marking < standing.edition.marking:
            return None
        engine.settle(site.LEVEL + 2, _LOOKED_UP)
        view = View(engine, _TOP)
        found = jobs.downloads(registry.formats_of(standing.edition))
        looked = _Lookups(view, found)
        laid_out = next(
            pages.brief_page(Printer(looked, self._theme(), pages.MENU), looked, standing.edition)
        )
        self._pages[brief] = laid_out.prepared
        return laid_out.prepared

    def _views(self, standing: Standing | None) -> tuple[tuple[str, str], ...]:
        """Return the name of each view of a brief, with its words or their entry."""
        if standing is None:
            return ()
        forms = registry.formats_of(standing.edition)
        is_on_site = not self._project().marking < standing.edition.marking
        return (
            *([(SITE_VIEW, "preview.site")] if is_on_site else []),
            *((form.name, form.link or f"preview.{form.name}") for form in forms),
        )

    def _spots(self, brief: str, standing: Standing | None) -> Spots | None:
        library = self._library()
        own = library.briefs.get(brief)
        return Spots(own, standing.edition, library) if own and standing else None

    def _line_at(self, at: Place) -> str:
        """Return the line at a place; of a long one, the words around it."""
        lines = self._texts.texts.get(at.path, "").split("\n")
        line = lines[at.line - 1].rstrip() if 0 < at.line <= len(lines) else ""
        if len(line) <= _LONGEST:
            return line.strip()
        start = max(0, min(at.column - 1 - _LONGEST // 2, len(line) - _LONGEST))
        end = start + _LONGEST
        return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


_WEIGHTS = {severity: place for place, severity in enumerate(Severity)}


def _weight(finding: Finding) -> int:
    return _WEIGHTS[finding.severity]


def _templates_of(texts: Texts) -> dict[str, str]:
    return disk.below(texts, "templates")


@functools.lru_cache(maxsize=4096)
def _brief_at(path: str) -> str:
    folder, _, file = path.rpartition("/")
    return file.removesuffix(".md") if folder == "content/briefs" else ""
