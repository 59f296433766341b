"""The leak gate: nothing that a build made is published while it says what its readers may not see.

It does not ask how something got into a file, and trusts no step before it: it searches the bytes, unpacked,
for the tell-tales of what the view of their readers does not have. Files that stay as they are were searched
when they were made; where something else is withheld since, they are searched again.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable

from briefing.build import telltales
from briefing.build.steps import Snapshot
from briefing.build.telltales import Hit, Telltales
from briefing.content import layout, views
from briefing.formats.base import Theme
from briefing.language import words
from briefing.model.counting import counted
from briefing.model.findings import LEAK, BriefingError, Finding, Place
from briefing.model.library import Library
from briefing.model.scales import Marking
from briefing.store.request import PROJECT_FILE, SITE

MAX_FINDINGS = 20
"""So many records are named; a template that prints everything would name all."""
_PRINTING = ("site", "formats", "compose", "redline", "changes", "editions", "language", "review")
"""The packages whose texts may be printed as they are."""
_DOCUMENTATION = re.compile(r'^[ ]*""".*?"""', re.DOTALL | re.MULTILINE)
_STRING = re.compile(r'""".*?"""|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
_EXCERPT = 60


@dataclass(slots=True)
class Gate:
    """The search of the files of one build."""

    levels: Mapping[str, Marking] = field(default_factory=dict)
    """The level of the readers of each group of files: of a brief by its id, and of the site."""
    sought: Mapping[Marking, Telltales] = field(default_factory=dict)
    """What is withheld at a level, if anything is."""
    hits: list[tuple[Marking, str, Hit]] = field(default_factory=list)
    """What was found: the level of the readers, the file and the tell-tale."""

    @property
    def digest(self) -> str:
        """The digest of all that is searched for; empty if nothing is withheld."""
        found = [f"{level.value} {self.sought[level].digest}" for level in Marking if level in self.sought]
        groups = sorted((name, level.value) for name, level in self.levels.items() if level in self.sought)
        return hashlib.sha256(f"{found} {groups}".encode()).hexdigest() if found else ""

    def search(
        self, group: str, path: str, data: bytes, drawn_from: Callable[[], str | None] = lambda: None
    ) -> None:
        """Search a file of a group. Raises ValueError where it cannot be unpacked."""
        level = self.levels.get(group)
        known = self.sought.get(level) if level else None
        if known and level:
            self.hits += ((level, path, hit) for hit in known.find(path, data, drawn_from))

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each record that a file betrays."""
        by_record: dict[str, list[tuple[Marking, str, Hit]]] = {}
        for level, path, hit in self.hits:
            by_record.setdefault(hit.trace.record, []).append((level, path, hit))
        return tuple(itertools.islice(map(finding, by_record.values()), MAX_FINDINGS))


def finding(found: Sequence[tuple[Marking, str, Hit]]) -> Finding:
    """Return the finding on what betrays one record: level, file and tell-tale, at least once."""
    level, path, hit = found[0]
    more = len({path for _, path, _ in found}) - 1
    also = f" and {counted(more, 'more file')}" if more else ""
    trace = hit.trace
    return Finding(
        LEAK,
        f"{path}{_where(hit)}{also} would say '{_short(hit.words)}', as {trace.record} does ({trace.field}), "
        f"which readers of TLP:{level.value} may not see",
        trace.at if trace.at.path else Place(PROJECT_FILE),
        "nothing was published: look for what prints it, such as a template of the project, or a text that "
        "says it in words and has no mark; if they may know it, give this record a less strict marking",
    )


def _where(hit: Hit) -> str:
    if hit.line:
        return f", line {hit.line},"
    return f", {hit.where}," if hit.where else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"


def problems(sought: Telltales, level: Marking, path: str, data: bytes) -> tuple[Finding, ...]:
    """Return what one file betrays to readers at a level. Raises BriefingError if it cannot be searched."""
    try:
        hits = sought.find(path, data)
    except ValueError as error:
        raise BriefingError(f"{path} cannot be searched for what its readers may not see: {error}") from error
    gate = Gate(hits=[(level, path, hit) for hit in hits])
    return gate.findings()


def of(snapshot: Snapshot) -> Gate:
    """Return the gate for the files of a snapshot. It searches nothing if everybody may see everything."""
    library, whole = snapshot.library, snapshot.whole
    if library is None or whole is None or not library.is_marked:
        return Gate()
    levels = {str(brief.id): views.level_of(brief, library) for brief in library.briefs.values()}
    levels[SITE] = library.level or library.project.marking
    every = {
        level: of_level(whole, level, snapshot.theme, library) for level in dict.fromkeys(levels.values())
    }
    return Gate(levels, {level: found for level, found in every.items() if found})


def of_level(whole: Library, level: Marking, theme: Theme, library: Library | None = None) -> Telltales:
    """Return the tell-tales of what readers at a level may not see, on any day.

    ``library`` is what their files are made of, if it differs from the whole.
    """
    now = whole.of_now
    shown = [views.seen_at(now, level)]
    if whole.as_of or library is not whole:
        shown.append(views.seen_at(library or whole, level))
    shipped = layout.shipped_templates()
    program = (*shipped.values(), *layout.program_pages().values(), *_own_words())
    own = [text for name, text in theme.texts.items() if shipped.get(name) != text]
    return telltales.of(now, shown, program, own)


@functools.cache
def _own_words() -> tuple[str, ...]:
    """Return the texts in the sources of the steps that print, the words of all languages, and the fields."""
    found = []
    for package in _PRINTING:
        for file in _sources(resources.files(f"briefing.{package}")):
            found.append(" ".join(_STRING.findall(_DOCUMENTATION.sub("", file))))
    for language in words.languages():
        for entry in words.entries(language).values():
            found += [entry] if isinstance(entry, str) else list(entry.values())
    return tuple(found)


def _sources(folder: Traversable) -> Iterator[str]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _sources(item)
        elif item.name.endswith(".py"):
            yield item.read_text("utf-8")
