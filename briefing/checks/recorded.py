"""Rules for the checks: the findings of each unit, what is gathered from it, and what comparing that shows.

A unit is checked again only after a record has changed that its checks have read. A check that compares units
runs again only after what it gathers from one of them comes out different.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from briefing.checks import glyphs, runner, units
from briefing.checks.base import Check, Subject, no_comparison
from briefing.checks.runner import Found
from briefing.compose.recorded import EDITION
from briefing.content import recorded
from briefing.content.layout import FileContent
from briefing.content.recorded import FILE, PATHS, RecordedLibrary
from briefing.content.suppressions import Suppression
from briefing.memo.engine import Engine, Rule, View
from briefing.model.editions import Edition
from briefing.model.findings import Finding
from briefing.model.library import Library
from briefing.sources import captures, verify
from briefing.sources.captures import CaptureState
from briefing.store import disk
from briefing.store.disk import Texts

UNIT = "findings of units"
COMPARED = "findings of comparisons"
FINDINGS = "findings of checks"
UNPRINTABLE = "unprintable"
LEVEL = recorded.TOP + 10
"""The usual level of these rules."""
LEVELS = 5
"""How many levels there are."""
TODAY = "today"
CAPTURE = "capture"
FONTS = "fonts to check"
CitedPage = Callable[[View, str], Edition | None]
_NO_DAY = datetime.date.min
"""The day of the run, for checks that do not read it."""


def put(engine: Engine, texts: Texts, today: datetime.date) -> None:
    """Give the day, the captures and the fonts of a project to an engine."""
    engine.put(TODAY, {"": today.isoformat()})
    engine.put(CAPTURE, {name: disk.digest(data) for name, data in texts.captured.items()})
    engine.put(FONTS, {"": "\n".join(f"{font.name} {font.digest}" for font in texts.fonts)})


def rules(
    texts: Texts,
    lacking: Callable[[frozenset[str]], frozenset[str]],
    cited_page: CitedPage,
    level: int = LEVEL,
) -> tuple[Rule, ...]:
    """Return the rules of the checks.

    ``lacking`` returns those characters that no font has, the project's own included; ``cited_page`` a plain
    page, cited. ``level`` is the lowest of these rules; that of cited briefs and pages is below it.
    """
    compared = {check.slug: check for check in _ASKED if check.compare is not no_comparison}

    def unprintable(view: View, _: str) -> str:
        view.get(FONTS)
        return "".join(sorted(lacking(frozenset(view.get("characters of all")))))

    return (
        Rule(TODAY, 0),
        Rule(FONTS, 0),
        Rule(CAPTURE, 0, load=texts.captured.__getitem__),
        Rule("suppressions", 2, _suppressions),
        Rule("all suppressions", 3, _all_suppressions),
        Rule("captured", recorded.TOP, _captured),
        Rule("is cited", level, _is_cited),
        Rule("cited", level + 1, _cited),
        Rule("characters", level, _characters),
        Rule("characters of all", level + 1, _all_characters),
        Rule(UNPRINTABLE, level + 2, unprintable),
        Rule(UNIT, level + 1, functools.partial(_unit, cited_page), is_long=True),
        *(
            Rule(_gathered(check), level + 1, functools.partial(_gather, check, cited_page))
            for check in compared.values()
        ),
        Rule(COMPARED, level + 3, functools.partial(_compare, compared)),
        Rule(FINDINGS, level + 4, functools.partial(_findings, tuple(compared))),
    )


_ASKED = runner.asked_now()


# ------------------------------------------------------------------------------------------------- inputs


def _suppressions(view: View, path: str) -> tuple[Suppression, ...]:
    found: FileContent = view.get(FILE, path)
    return found.suppressions


def _all_suppressions(view: View, _: str) -> tuple[Suppression, ...]:
    paths = filter(None, (view.get(PATHS) or "").split("\n"))
    return tuple(item for found in view.every("suppressions", paths).values() for item in found)


class _Allowed(Mapping[str, Sequence[Suppression]]):
    """The suppressions of each file, read where a finding is."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, path: str) -> Sequence[Suppression]:
        found: tuple[Suppression, ...] = self._view.get("suppressions", path)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(item.at.path for item in self._view.get("all suppressions")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _captured(view: View, name: str) -> tuple[str, ...] | None:
    """Return the paragraphs of a capture that is as registered."""
    library = RecordedLibrary(view)
    source = library.sources.get(name)
    if source is None:
        return None
    found = verify.against(source, captures.read(view.get(CAPTURE, source.capture)))
    return found.paragraphs if found.state is CaptureState.REGISTERED else None


class _Captures(Mapping[str, Sequence[str]]):
    """The paragraphs of the captures that are as registered, by source, read where they are asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, name: str) -> Sequence[str]:
        found: tuple[str, ...] | None = self._view.get("captured", name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._view.get("names", "sources") if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _is_cited(view: View, name: str) -> bool:
    return view.get(EDITION, name) is not None


def _cited(view: View, _: str) -> tuple[str, ...]:
    every = view.every("is cited", view.get("names", "briefs"))
    return tuple(sorted(name for name, is_cited in every.items() if is_cited))


def _characters(view: View, name: str) -> str:
    edition: Edition | None = view.get(EDITION, name)
    return "".join(sorted(glyphs.printed((edition,)))) if edition else ""


def _all_characters(view: View, _: str) -> str:
    library = RecordedLibrary(view)
    every = view.every("characters", view.get("names", "briefs"))
    return "".join(sorted(glyphs.characters((), library.project).union(*every.values())))


# ------------------------------------------------------------------------------------------------- checks


def _gathered(check: Check) -> str:
    return f"gathered for {check.slug}"


def _subject(view: View, unit: str, cited_page: CitedPage) -> Subject:
    """Return one unit, named as ``kind:name``, as a subject in which every look-up is on record."""
    kind, _, name = unit.partition(":")
    library = RecordedLibrary(view)
    edition = view.get(EDITION, name) if kind == "briefs" else None
    page = cited_page(view, name) if kind == "pages" else None
    return Subject(
        library,
        (edition,) if edition else (),
        _NO_DAY,
        {name: page} if page else {},
        unit=units.of(library, kind, name),
        texts_cited=_Captures(view),
    )


def _unit(cited_page: CitedPage, view: View, unit: str) -> Found:
    return runner.of_unit(_subject(view, unit, cited_page), _ASKED, _Allowed(view))


def _gather(check: Check, cited_page: CitedPage, view: View, unit: str) -> tuple[Any, ...]:
    return runner.gather(check, _subject(view, unit, cited_page))


def _compare(checks: Mapping[str, Check], view: View, slug: str) -> Found:
    check = checks[slug]
    library = RecordedLibrary(view)
    names = [f"{kind}:{name}" for kind in check.gathers_from for name in units.names(library, kind)]
    gathered = view.every(_gathered(check), names) if names else {}
    day = datetime.date.fromisoformat(view.get(TODAY)) if check.reads_day else _NO_DAY
    unprintable = frozenset(view.get(UNPRINTABLE)) if check.reads_fonts else frozenset[str]()
    editions = _every_edition(view) if unprintable else ()
    cited = frozenset(view.get("cited")) if check.reads_cited else frozenset[str]()
    subject = Subject(library, editions, day, unprintable=unprintable, cited=cited, unit=units.Own())
    found = (item for name in names for item in gathered[name])
    return runner.of_whole(check, subject, found, _Allowed(view))


def _every_edition(view: View) -> tuple[Edition, ...]:
    every = view.every(EDITION, view.get("names", "briefs"))
    return tuple(edition for edition in every.values() if edition)


def units_of(library: Library) -> list[str]:
    """Return the names of all units, as ``kind:name``."""
    return [f"{kind}:{name}" for kind in units.KINDS for name in units.names(library, kind)]


def _findings(slugs: Sequence[str], view: View, _: str) -> tuple[Finding, ...]:
    library = RecordedLibrary(view)
    names = units_of(library)
    found: list[Found] = [*view.every(UNIT, names).values(), *(view.get(COMPARED, slug) for slug in slugs)]
    findings = tuple(finding for item in found for finding in item.findings)
    suppressions = view.get("all suppressions")
    if not suppressions:
        return findings
    subject = Subject(
        library, (), _NO_DAY, suppressions=suppressions, cited=frozenset(view.get("cited")), unit=units.Own()
    )
    return (*findings, *runner.of_suppressions(subject, _ASKED, found))
